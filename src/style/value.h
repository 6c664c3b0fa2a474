/* value.h - the pieces that property values are made of: numbers, lengths, percentages, calc(), colours. */
#ifndef INC_STYLE_VALUE_H
#define INC_STYLE_VALUE_H

#include "base/length.h"
#include "base/paint.h"
#include "style/token.h"

typedef struct inc_css_units { /* what the relative units are measured in */
    inc_len em, rem, lh;
} inc_css_units;

typedef struct inc_cursor {
    inc_css_tokens t;
    size_t at;
    const inc_css_units *units;
} inc_cursor;

typedef enum inc_quantity_kind { INC_QUANTITY_NUMBER /* millionths */, INC_QUANTITY_LENGTH /* inc_len */, INC_QUANTITY_PERCENT /* millionths of one percent */ } inc_quantity_kind;
typedef struct inc_quantity {
    inc_quantity_kind kind;
    bool integer; /* a number, written as an integer */
    int64_t value;
} inc_quantity;

const inc_css_token *inc_cursor_peek(inc_cursor *c); /* the next token that is not white space; EOF at the end */
void inc_cursor_next(inc_cursor *c);                 /* over it: a whole function or bracket */
bool inc_cursor_word(inc_cursor *c, const char *word); /* takes the word if it comes next */
bool inc_cursor_comma(inc_cursor *c);
bool inc_cursor_slash(inc_cursor *c);
bool inc_cursor_done(inc_cursor *c);
inc_cursor inc_cursor_inside(inc_cursor *c);         /* the arguments of the function that comes next, which is not taken */

/* A number, length, percentage or calc(); takes nothing when false. */
bool inc_read_quantity(inc_cursor *c, inc_quantity *q);
bool inc_read_length(inc_cursor *c, inc_len *length);        /* 0 may stand without unit */
bool inc_read_integer(inc_cursor *c, int64_t low, int64_t high, int64_t *value);
bool inc_read_color(inc_cursor *c, inc_color *color, bool *current); /* *current: currentcolor */

/* value * number (millionths), rounded and clamped to INC_LEN_MAX / 65536. */
inc_len inc_len_times(inc_len value, int64_t millionths);


#endif
