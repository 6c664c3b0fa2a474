/*
 * glyphs.h - which glyphs of which fonts a file shows, and how each of them reads.
 *
 * ToUnicode gives each character code one reading. A glyph that reads differently in different places (a small capital for both cases,
 * a hyphen typed or added) gets further codes, aliases, which /CIDToGIDMap leads to the same outline. What that cannot express (a CFF
 * font has no such map; several glyphs for one character) becomes an ActualText at its place.
 */
#ifndef INC_PDF_GLYPHS_H
#define INC_PDF_GLYPHS_H

#include "base/map.h"
#include "base/vec.h"
#include "layout/page.h"
#include "pdf/object.h"

typedef struct inc_pdf_alias {
    uint16_t gid;
    inc_str reading;
    uint32_t number; /* its code is the subset's glyph count plus this */
} inc_pdf_alias;

typedef struct inc_pdf_font {
    const inc_font *font;
    uint32_t number;     /* its resource name is /F<number> */
    inc_glyph_set set;
    inc_str *reading;    /* by gid: UTF-8, .p NULL while unknown */
    INC_VEC(inc_pdf_alias *) aliases;
    inc_map alias_map;   /* by gid (two bytes) and reading */
    int32_t *width;      /* by gid, in 1/100000 em, of the glyphs of the subset */
    inc_font_subset subset;
    bool embedded;       /* false: could not be subset (reported) */
    inc_ref ref;
} inc_pdf_font;

typedef struct inc_pdf_fonts {
    inc_arena *arena;
    inc_medium medium;
    INC_VEC(inc_pdf_font *) list;     /* in order of first use */
    INC_VEC(inc_pdf_font *) by_index; /* by inc_font_index */
    bool notdef;         /* the glyph of a missing character is shown somewhere */
    bool private_use;    /* a glyph reads as a private use character, whose meaning no reader knows */
} inc_pdf_fonts;

/* Is the mark painted (or, for a link, present) in this medium? */
bool inc_pdf_mark_shows(const inc_mark *mark, inc_medium medium);

/* Goes over the marks of all pages, over `slugs`, one a page, which may be NULL, and over the text of graphics. */
void inc_pdf_fonts_gather(inc_pdf_fonts *fonts, const inc_pages *pages, const inc_mark *slugs, const inc_graphic *const *graphics, size_t graphic_count);
inc_pdf_font *inc_pdf_fonts_find(const inc_pdf_fonts *fonts, const inc_font *font);

/* A graphic's text as a mark's. */
static inline inc_text_mark inc_pdf_text_of(const inc_op *op)
{
    const inc_glyph_run *run = op->as.text.run;
    return (inc_text_mark){.run = run, .count = run->count, .text = inc_str_slice(op->as.text.text, run->start, run->start + run->length), .text_start = run->start};
}

/* The glyphs that belong together: glyphs [first, first + count) of the run read as `text`. */
typedef struct inc_pdf_cluster {
    uint32_t first, count;
    inc_str text;    /* without default-ignorable characters, white space as U+0020; "" when unknown */
    bool ignorable;  /* the source was default-ignorable altogether: nothing to show */
} inc_pdf_cluster;

/* The cluster at glyph *at (relative to the mark's first); moves *at behind it, false at the mark's end. Text that has to be rewritten
 * goes to arena. */
bool inc_pdf_cluster_next(const inc_text_mark *mark, uint32_t *at, inc_arena *arena, inc_pdf_cluster *cluster);

enum { INC_PDF_CODES = 64 };

/* The character codes of the cluster's glyphs (of the first INC_PDF_CODES; inc_pdf_plain_code for any further), chosen so that they read
 * as its text; false when they do not, so that the text must be said. */
bool inc_pdf_cluster_codes(const inc_pdf_font *font, const inc_text_mark *mark, const inc_pdf_cluster *cluster, uint16_t codes[INC_PDF_CODES]);

static inline uint16_t inc_pdf_plain_code(const inc_pdf_font *font, uint16_t gid) { return font->subset.new_gid[gid]; }

/* Is the glyph at `at` (relative to the mark's first) a cluster by itself, one byte of ASCII that the glyph is known to read as? So it is with
 * nearly all of a book's glyphs, and there is nothing more to find out about them. */
static inline bool inc_pdf_is_common(const inc_pdf_font *font, const inc_text_mark *mark, uint32_t at)
{
    const inc_glyph *glyph = &mark->run->glyphs[mark->first + at];
    inc_str reading = font->reading[glyph->gid];
    size_t start = (size_t)glyph->cluster - mark->text_start;
    size_t end = at + 1 < mark->count ? (size_t)glyph[1].cluster - mark->text_start : mark->text.n;
    if (mark->hyphen || reading.n != 1 || glyph->gid == 0 || glyph->cluster < mark->text_start || end != start + 1 || end > mark->text.n)
        return false;
    char c = mark->text.p[start];
    return c == reading.p[0] && c >= 0x20 && c < 0x7F;
}

#endif
