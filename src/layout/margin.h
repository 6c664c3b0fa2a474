/* margin.h - inside layout: what stands in the margins of finished pages. */
#ifndef INC_MARGIN_H
#define INC_MARGIN_H

#include "layout/book.h"

typedef struct inc_running { /* a string that string-set carries from page to page */
    inc_str name, start, first, last; /* when the page begins, the first one set on it, the last one */
    bool set;                /* on this page */
} inc_running;

typedef struct inc_margins {
    inc_book *book;
    inc_flow *flow;          /* gives worker and arenas for the text */
    inc_arena *scratch;      /* of one page */
    const inc_page *page;
    size_t number;           /* of the page, from 0 */
    INC_VEC(inc_running) strings;
} inc_margins;

void inc_margins_turn(inc_margins *margins);                              /* a new page begins */
void inc_margins_set(inc_margins *margins, const inc_vstring *string);    /* those of a box on it, in order */
void inc_margins_put(inc_margins *margins, inc_marks *marks, const inc_page_style *ps);

#endif
