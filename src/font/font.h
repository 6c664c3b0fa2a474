/*
 * font.h - font files, fallback chains, shaping, outlines and subsets.
 *
 * A font is one face of one file (TrueType, CFF, WOFF, WOFF2), opened when first needed. Nothing comes from the system's fonts.
 * Threads: fonts are opened under a lock and immutable afterwards; a shaper (with its caches) serves one thread.
 */
#ifndef INC_FONT_H
#define INC_FONT_H

#include "base/diag.h"
#include "base/length.h"

typedef struct inc_fonts inc_fonts; /* the catalogue */
typedef struct inc_font inc_font;   /* one face */
typedef struct inc_chain inc_chain; /* faces in order of preference, interned */
typedef struct inc_shaper inc_shaper;

typedef struct inc_font_metrics { /* in font units */
    int32_t upem, ascent, descent /* negative */, line_gap, x_height, cap_height, underline_position, underline_thickness;
} inc_font_metrics;

/* Faces are opened lazily, from any thread that shapes; only then, and under the lock, is diags written to. Shapers must not outlive
 * the catalogue. */
inc_fonts *inc_fonts_new(inc_arena *arena, inc_diags *diags);

/* Declares a face; the file is opened at first use. A later one with equal family (ASCII case-insensitive), weight and slant
 * replaces an earlier one. */
void inc_fonts_declare(inc_fonts *fonts, inc_str family, uint16_t weight, bool italic, inc_str path, inc_span span);

/* For each family of the list the face nearest in slant, then weight (CSS Fonts 4, 5.2); families that are not declared
 * are skipped (generic names serif, sans-serif, monospace are never declared). Never NULL; empty only if no face can be opened, which is reported. */
const inc_chain *inc_fonts_chain(inc_fonts *fonts, const inc_str *families, uint32_t n, uint16_t weight, bool italic);
bool inc_fonts_has(inc_fonts *fonts, inc_str family); /* it is declared, and a face of it can be opened */
const inc_font *inc_chain_first(const inc_chain *chain);

inc_font_metrics inc_font_metrics_of(const inc_font *font);
inc_str inc_font_postscript_name(const inc_font *font); /* ASCII, no blanks */
inc_str inc_font_family_name(const inc_font *font);
inc_str inc_font_path(const inc_font *font);
uint32_t inc_font_index(const inc_font *font);          /* small and dense: position in order of declaration */
bool inc_font_is_cff(const inc_font *font);
bool inc_font_is_fixed_pitch(const inc_font *font);
bool inc_font_is_italic(const inc_font *font);
uint16_t inc_font_weight(const inc_font *font);
uint16_t inc_font_glyph(const inc_font *font, uint32_t cp); /* nominal glyph, 0 when missing */
int32_t inc_font_advance(const inc_font *font, uint16_t gid); /* font units */
uint16_t inc_font_glyph_count(const inc_font *font);

typedef struct inc_box { /* font units, y up; all 0 for an empty glyph */
    int32_t x0, y0, x1, y1;
} inc_box;
inc_box inc_font_ink(const inc_font *font, uint16_t gid);
inc_box inc_font_bbox(const inc_font *font);

/* ---- shaping ---- */
typedef struct inc_glyph {
    uint16_t gid;
    uint16_t flags;       /* INC_GLYPH_... */
    int32_t advance;      /* 1/65536 pt: letter spacing and fallback scaling included, justification not */
    int16_t x_offset, y_offset; /* font units */
    uint32_t cluster;     /* byte offset in the shaped text, non-decreasing (all left-to-right for now) */
} inc_glyph;
enum { INC_GLYPH_UNSAFE_TO_BREAK = 1, INC_GLYPH_MISSING = 2 };

typedef struct inc_glyph_run { /* one font at one size */
    const inc_font *font;
    inc_len size;         /* after the x-height scaling of a fallback face */
    inc_glyph *glyphs;
    uint32_t count;
    uint32_t start, length; /* bytes of the shaped text */
    inc_len advance;      /* sum */
} inc_glyph_run;

typedef struct inc_shape_feature { /* same layout as inc_feature of style.h */
    char tag[4];
    uint32_t value;
} inc_shape_feature;

typedef struct inc_shape_request {
    const inc_chain *chain;
    inc_len size, letter_spacing, word_spacing;
    const inc_shape_feature *features;
    uint32_t feature_count;
    inc_str language;     /* BCP 47 */
    bool monospace_grid;  /* fallback glyphs are fitted into 1 or 2 cells of the first face (code) */
} inc_shape_request;

typedef struct inc_shaped {
    const inc_glyph_run *runs; /* owned by the shaper's arena (words are cached there) or by `arena` */
    uint32_t run_count;
    inc_len advance;
    uint32_t missing;     /* code points without a glyph in any face of the chain; drawn as .notdef of the first */
    uint32_t first_missing; /* the first of them */
} inc_shaped;

inc_shaper *inc_shaper_new(inc_arena *arena, inc_fonts *fonts);

/* Shapes a text (a word, a space, or a longer stretch) as one unit. Results are cached by (request, text) in the shaper's arena and
 * shared: do not change them. Default-ignorables (U+00AD, ZWJ ...) give no visible glyph. */
const inc_shaped *inc_shape(inc_shaper *shaper, const inc_shape_request *request, inc_str text);

/* ---- output ---- */
typedef struct inc_glyph_set { /* which glyphs of a font a file uses */
    uint32_t *bits;
    uint32_t bit_count;
} inc_glyph_set;
inc_glyph_set inc_glyph_set_new(inc_arena *arena, const inc_font *font);
static inline void inc_glyph_set_add(inc_glyph_set *set, uint16_t gid) { set->bits[gid / 32] |= 1u << gid % 32; }
static inline bool inc_glyph_set_has(const inc_glyph_set *set, uint16_t gid) { return set->bits[gid / 32] >> gid % 32 & 1; }

typedef struct inc_font_subset {
    inc_str bytes;        /* TrueType: a whole sfnt for FontFile2; CFF: the bare CFF table for FontFile3 /CIDFontType0C */
    bool cff;
    uint16_t *new_gid;    /* by old gid; 0 for glyphs outside the set */
    uint32_t glyph_count; /* in the subset */
    uint16_t *old_gid;    /* by new gid */
} inc_font_subset;
/* For PDF: glyph ids remapped, layout tables dropped. False when the font cannot be subset (reported). */
bool inc_font_subset_pdf(const inc_font *font, const inc_glyph_set *set, inc_arena *arena, inc_diags *diags, inc_font_subset *subset);

/* For EPUB: an sfnt with cmap and layout tables for these code points (sorted, unique). */
bool inc_font_subset_web(const inc_font *font, const uint32_t *code_points, size_t n, inc_arena *arena, inc_diags *diags, inc_str *bytes);

/* A glyph as 8-bit coverage at a pixel size (FreeType, no hinting); left/top as in FT_Bitmap. For the raster cover. */
typedef struct inc_bitmap {
    uint8_t *coverage; /* width * height */
    int32_t width, height, left, top;
    inc_len advance; /* in pixels * 65536 */
} inc_bitmap;
bool inc_font_raster(const inc_font *font, uint16_t gid, uint32_t pixels_per_em, inc_arena *arena, inc_bitmap *bitmap);

/* Outline of a glyph in font units, y up (quadratics turned into cubics). */
typedef struct inc_outline_sink {
    void (*move_to)(void *context, int32_t x, int32_t y);
    void (*line_to)(void *context, int32_t x, int32_t y);
    void (*curve_to)(void *context, int32_t x1, int32_t y1, int32_t x2, int32_t y2, int32_t x, int32_t y);
    void *context;
} inc_outline_sink;
bool inc_font_outline(const inc_font *font, uint16_t gid, const inc_outline_sink *sink);

#endif
