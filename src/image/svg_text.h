/* svg_text.h - a text element on its way: letters, and stretches that are shaped as one. */
#ifndef INC_IMAGE_SVG_TEXT_H
#define INC_IMAGE_SVG_TEXT_H

#include "image/svg.h"

typedef enum inc_svg_place { INC_SVG_PLACE_X = 1, INC_SVG_PLACE_Y = 2, INC_SVG_PLACE_DX = 4, INC_SVG_PLACE_DY = 8, INC_SVG_PLACE_TURN = 16 } inc_svg_place;

typedef struct inc_svg_milestone {
    inc_svg_point at;
    double along; /* from the beginning of the path */
} inc_svg_milestone;
typedef struct inc_svg_track { /* what a textPath runs along */
    inc_svg_milestone *v;
    size_t n, cap;
    double length, offset; /* offset: where the text begins */
} inc_svg_track;

typedef struct inc_svg_letter { /* a code point */
    uint32_t byte;   /* where it begins in the text */
    uint8_t placed;  /* which of the following its element gives */
    double x, y, dx, dy, turn;
    const inc_svg_track *track; /* of a textPath, or NULL */
    double opacity, shift; /* of all tspans around it; shift is upwards */
    const inc_svg_style *style;
    const inc_svg_node *node;
} inc_svg_letter;

typedef struct inc_svg_stretch { /* shaped as one; lengths in user units */
    size_t from, to; /* letters */
    bool chunk;      /* begins at a place of its own */
    bool off;        /* the path that it runs along does not go there */
    const inc_svg_letter *letter; /* the first */
    inc_str bytes;
    const inc_glyph_run *runs; /* scaled */
    uint32_t run_count;
    double x, y, advance, turn;
    double extra;    /* between letters: textLength */
    double widened;  /* the same, by lengthAdjust */
    double baseline; /* how far below the alphabetic baseline the glyphs must stand */
    double ascent, descent, x_height, underline, thickness; /* underline: above the baseline, so negative */
} inc_svg_stretch;

typedef struct inc_svg_adjustment { /* textLength */
    size_t from, to;
    double length;
    bool widens;
} inc_svg_adjustment;

typedef struct inc_svg_text {
    inc_buf bytes;
    double scale; /* of the runs */
    INC_VEC(inc_svg_letter) letters;
    INC_VEC(inc_svg_stretch) stretches;
    INC_VEC(inc_svg_adjustment) adjustments;
} inc_svg_text;

/* The path of a textPath; NULL when it has none. */
const inc_svg_track *inc_svg_track_of(inc_svg *svg, inc_svg_node *node, const inc_svg_style *style, double width, double height);
/* The place at a length along it, and the direction there in degrees; false before its beginning and behind its end. */
bool inc_svg_track_at(const inc_svg_track *track, double along, inc_svg_point *at, double *direction);

/* Shapes a stretch at the style's size times `scale`; its runs stay empty when the size is none that can be set. */
void inc_svg_shape_text(inc_svg *svg, const inc_svg_style *style, const inc_svg_node *node, inc_str bytes, double scale, inc_svg_stretch *stretch);

#endif
