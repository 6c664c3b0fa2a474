/* coder.h - a listing while it is set. Private to code.c and codemarks.c. */
#ifndef INC_CODER_H
#define INC_CODER_H

#include "highlight/highlight.h"
#include "layout/flow.h"

typedef struct inc_coder {
    inc_vbuilder *b;
    inc_flow *flow;
    const inc_node *node;
    const inc_style *style;  /* of the code element inside pre */
    const inc_style *line_style; /* of the line that is being set */
    inc_tag *tag;
    inc_str text;            /* tabs expanded */
    const inc_token *tokens;
    size_t token_count, token; /* the next one not passed */
    inc_len cell;            /* advance of one column */
    uint32_t columns;        /* that fit the measure */
    inc_len x, width;        /* of the code: the content box, less what line numbers need where there is no margin */
    inc_len line_height, baseline;
    INC_VEC(uint32_t) starts; /* of the source lines */
    INC_VEC(uint32_t) rows;  /* that each of them takes */
    uint32_t *origin;        /* offset in the node's text of each byte, when tabs were expanded */
    size_t origin_count;
    uint8_t *cells;          /* columns of each byte from `measured` on, of a line that is not ASCII; or NULL */
    uint32_t measured;
    const inc_node *callout; /* the next one not passed, or NULL */
    inc_len band_x, band_width; /* of the ground below marked lines */
    uint32_t band;           /* index + 1 of its frame that is open, or 0 */
    uint8_t band_marks;      /* of the lines on it */
} inc_coder;

/* ---- codemarks.c ---- */

/* The listing takes less room where its lines bear numbers and no margin is beside it. */
void inc_code_make_room(inc_coder *c);

/* Opens and closes the ground below lines that are highlighted, added or deleted; before the boxes of line `index`, and behind the last line. */
void inc_code_band(inc_coder *c, uint32_t index);
void inc_code_band_end(inc_coder *c);

/* The number of line `index` beside it, when it bears one that shows. */
void inc_code_number(inc_coder *c, inc_marks *marks, uint32_t index, bool first);

/* The callouts of the line [from, *to): *to becomes the end of the code before them; returns how many columns they take. */
uint32_t inc_code_callouts(inc_coder *c, uint32_t from, uint32_t *to);

/* Discs for the callouts that end at `end`, behind code that ends at x; steps over them. Returns where what comes next stands. */
inc_len inc_code_discs(inc_coder *c, inc_marks *marks, uint32_t end, inc_len x);

#endif
