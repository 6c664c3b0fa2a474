/*
 * graphic.h - a vector graphic: what an SVG (or another source of drawings) becomes, and all that pdf/ knows of it.
 *
 * A graphic is a list of operations in painting order. Groups nest, up to INC_GRAPHIC_DEPTH_MAX: an INC_OP_BEGIN has its INC_OP_END, and
 * what stands between is clipped, masked and made transparent together. Everything is resolved: no style sheet, no inheritance, no `<use>`,
 * no unit is left; markers are paths, text is glyphs of the book's own fonts.
 *
 * Lengths are inc_len: 1/65536 of the graphic's unit, which is a CSS px (3/4 pt) when it is shown at its natural size. The origin is the upper left
 * corner, y goes down. Whoever shows it scales `width` by `height` to the box that layout gave it; what lies outside of them is not seen.
 *
 * A graphic is immutable once made; it and all that it points to live in the arena it was made in.
 */
#ifndef INC_GRAPHIC_H
#define INC_GRAPHIC_H

#include "base/paint.h"
#include "font/font.h"
#include "image/image.h"

enum {
    INC_GRAPHIC_DEPTH_MAX = 64,
    INC_GRAPHIC_NESTING_MAX = 8, /* graphics in graphics: masks and the tiles of patterns in each other */
    INC_MATRIX_ONE = 65536
};

typedef struct inc_matrix { /* x' = a x + c y + e, y' = b x + d y + f; a to d in 1/65536 */
    int64_t a, b, c, d;
    inc_len e, f;
} inc_matrix;

/* ---- paths ---- */

typedef enum inc_segment { INC_SEGMENT_MOVE, INC_SEGMENT_LINE, INC_SEGMENT_CURVE, INC_SEGMENT_CLOSE } inc_segment; /* 1, 1, 3 and 0 points */

typedef struct inc_path {
    const uint8_t *segments; /* inc_segment; the first is MOVE, and so is what follows a CLOSE */
    uint32_t segment_count;
    const inc_len *points;   /* x, y of each */
    uint32_t point_count;
} inc_path;

/* ---- paint ---- */

typedef enum inc_paint_kind { INC_PAINT_NONE, INC_PAINT_COLOR, INC_PAINT_LINEAR, INC_PAINT_RADIAL, INC_PAINT_PATTERN } inc_paint_kind;
typedef enum inc_spread { INC_SPREAD_PAD, INC_SPREAD_REFLECT, INC_SPREAD_REPEAT } inc_spread;

typedef struct inc_stop {
    uint32_t offset;         /* 0 to 65536, not falling */
    inc_color color;         /* a: the stop's opacity */
} inc_stop;

typedef struct inc_gradient {
    inc_matrix matrix;       /* from the gradient's space to that of the operation */
    inc_spread spread;
    inc_len x0, y0, r0;      /* linear: from (x0, y0) to (x1, y1); radial: from the circle (x0, y0, r0), the focus, to (x1, y1, r1) */
    inc_len x1, y1, r1;
    const inc_stop *stops;   /* at least two, and not all equal: else it would be a colour */
    uint32_t stop_count;
} inc_gradient;

typedef struct inc_graphic inc_graphic;

typedef struct inc_pattern {
    inc_matrix matrix;       /* from the tile's space to that of the operation */
    inc_len x, y, width, height; /* of one tile, in its space; more than 0 */
    const inc_graphic *tile; /* its operations, in the tile's space; width and height as here, clipped to them */
} inc_pattern;

typedef struct inc_paint {
    inc_paint_kind kind;
    uint8_t opacity;         /* of gradients and patterns as a whole; a colour has its own */
    union {
        inc_color color;     /* a: opacity */
        const inc_gradient *gradient;
        const inc_pattern *pattern;
    } as;
} inc_paint;

typedef enum inc_cap { INC_CAP_BUTT, INC_CAP_ROUND, INC_CAP_SQUARE } inc_cap;     /* numbered as PDF's J and j */
typedef enum inc_join { INC_JOIN_MITER, INC_JOIN_ROUND, INC_JOIN_BEVEL } inc_join;

typedef struct inc_stroke {
    inc_paint paint;
    inc_len width;           /* more than 0, else the paint is none */
    inc_cap cap;
    inc_join join;
    int64_t miter_limit;     /* 1/65536, at least 1 */
    const inc_len *dashes;   /* none negative, not all 0; NULL: solid */
    uint32_t dash_count;
    inc_len dash_offset;
} inc_stroke;

/* ---- operations ---- */

typedef enum inc_op_kind { INC_OP_PATH, INC_OP_TEXT, INC_OP_IMAGE, INC_OP_BEGIN, INC_OP_END } inc_op_kind;

typedef struct inc_clip { /* what lies inside any of these paths is seen */
    const inc_path *paths;
    const bool *even_odd;    /* one for each */
    uint32_t path_count;     /* 0: nothing is seen */
} inc_clip;

typedef struct inc_mask {
    const inc_graphic *content; /* in the space of the group that it masks, placed at the origin */
    bool luminance;          /* else its alpha */
    inc_len x, y, width, height; /* outside of this rectangle nothing is seen */
} inc_mask;

typedef enum inc_blend { INC_BLEND_NORMAL, INC_BLEND_MULTIPLY, INC_BLEND_SCREEN, INC_BLEND_OVERLAY, INC_BLEND_DARKEN, INC_BLEND_LIGHTEN } inc_blend;

typedef struct inc_op {
    inc_op_kind kind;
    inc_matrix matrix;       /* PATH, TEXT, IMAGE: from their space to the graphic's. BEGIN, END: identity. As a rule the identity: what does
                                not change the shape of strokes is in the points already */
    inc_paint fill;          /* PATH, TEXT */
    inc_stroke stroke;       /* PATH, TEXT */
    bool stroke_first;       /* paint-order: stroke */
    union {
        struct {
            inc_path path;
            bool even_odd;
        } path;
        struct {             /* one run on one baseline, which starts at (x, y) in the operation's space */
            const inc_glyph_run *run; /* its size and advances in the operation's units */
            inc_str text;    /* what was shaped: run->start and the clusters count from its first byte */
            inc_len x, y;
        } text;
        const inc_image *image; /* a raster picture on the unit square as it is seen (after orientation), its upper left corner at the origin */
        struct {             /* BEGIN */
            uint8_t opacity; /* of all that follows up to END, as one picture */
            inc_blend blend;
            const inc_clip *clips; /* all of them apply, in the graphic's space */
            uint32_t clip_count;
            const inc_mask *mask; /* or NULL */
        } group;
    } as;
} inc_op;

struct inc_graphic {
    inc_len width, height;
    const inc_op *ops;
    size_t op_count;
    bool transparent;        /* something in it is not opaque: an opacity, a mask, a blend, a picture with alpha */
};

/* ---- making one ---- */

typedef struct inc_graphic_context {
    inc_fonts *fonts;
    inc_shaper *shaper;      /* of the calling thread; glyph runs live in its arena */
    inc_images *images;      /* for raster pictures inside of the drawing, which are added here (not thread-safe) */
    /* What CSS's generic families are in this book; families that no sheet declares are passed over. */
    const inc_str *serif, *sans, *mono;
    uint32_t serif_count, sans_count, mono_count;
    inc_color current;       /* what `currentColor` is at the root: the ink of the text */
    inc_str language;        /* of the book, BCP 47: what `switch` chooses by, and text is shaped for; "": English */
    inc_sources *sources;    /* findings point into the SVG, which is added here then (not thread-safe); NULL: to where the book names it */
    inc_str root;            /* the folder which pictures inside of the drawing may not leave; "": they are not looked for */
} inc_graphic_context;

/* The drawing of an SVG; NULL when it is not one that can be read (reported at the image's span). What it holds that we do not draw is reported,
 * and left out. */
const inc_graphic *inc_svg_graphic(const inc_image *image, const inc_graphic_context *context, inc_arena *arena, inc_diags *diags);

/* For tests and `dump`: one line an operation, lengths with two decimals. */
void inc_graphic_dump(const inc_graphic *graphic, inc_buf *out);

#endif
