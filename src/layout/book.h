/* book.h - inside layout: the whole book between its flows and its pages. */
#ifndef INC_BOOK_H
#define INC_BOOK_H

#include "layout/flow.h"

typedef struct inc_flow_pages {
    const inc_node *first, *end;
    bool recto;              /* must begin on a right-hand page */
    bool clean;              /* every page number printed in it is true */
    inc_arena *arena, *lists; /* see inc_flow */
    inc_flow flow;
    const inc_page_style *page_style;
    inc_pb_params params;
    inc_pb_page *pages;
    size_t page_count;
    bool blank_before;
    size_t first_page;       /* physical, from 0 */
} inc_flow_pages;

typedef struct inc_book {
    const inc_layout_input *input;
    inc_arena *arena;        /* lives as long as the pages */
    inc_arena *pass;         /* of the labels */
    inc_diags *diags;
    inc_worker *workers;
    unsigned worker_count;
    const inc_style *book_style;
    INC_VEC(inc_flow_pages) flows;
    inc_str *labels;         /* by node id */
    size_t page_count, arabic_flow;
} inc_book;

/* The folio of a physical page: roman before the arabic start. */
inc_str inc_book_page_label(inc_book *book, inc_arena *arena, size_t page);

/* assemble.c: the finished pages, the tag tree, destinations, outline and the page map. */
void inc_book_pages(inc_book *book, inc_layout_result *result);

#endif
