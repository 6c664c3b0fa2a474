/* book.h - inside layout: the whole book between its flows and its pages. */
#ifndef INC_BOOK_H
#define INC_BOOK_H

#include "layout/flow.h"

typedef struct inc_note_line { /* a line of a footnote: box `index` of the note's list */
    const inc_vlist *list;
    uint32_t index;
} inc_note_line;

typedef struct inc_flow_pages {
    const inc_node *first, *end;
    bool recto, verso;       /* must begin on a right-hand or left-hand page */
    bool clean;              /* every page number printed in it is true */
    inc_arena *arena, *lists; /* see inc_flow */
    inc_flow flow;
    inc_pb_params params;
    inc_note_line *note_lines; /* of all notes, in the order of their calls */
    inc_pb_box *boxes;       /* what the page breaker saw */
    inc_pb_variant *variants;
    struct {
        inc_pb_page *pages;
        size_t count;
        uint32_t *order;     /* of the boxes on the pages, when figures have moved; else NULL */
    } ways[2];               /* when the first page is a left-hand one, and when it is a right-hand one */
    inc_pb_page *pages;      /* one of the two */
    size_t page_count;
    bool upright;            /* among the turned ones: a figure, which is not turned */
    struct inc_flow_pages *turned; /* tables and figures on pages of their own, by their places; each has pages like a flow */
    size_t turned_count;
    struct inc_flow_sheet *sheets; /* all pages in their order, turned ones among them */
    size_t sheet_count;
    const uint32_t *order;
    inc_len *tops;           /* of each box, from the head of its page's text block */
    bool blank_before;
    size_t first_page;       /* physical, from 0 */
} inc_flow_pages;

typedef struct inc_flow_sheet { /* a page of a flow */
    const inc_flow_pages *from; /* the flow, or a turned table of it */
    uint32_t page;
} inc_flow_sheet;

typedef struct inc_book {
    const inc_layout_input *input;
    inc_arena *arena;        /* lives as long as the pages */
    inc_arena *pass;         /* of the labels */
    inc_arena *pass_before;  /* while the next labels are collected */
    inc_diags *diags;
    inc_worker *workers;
    unsigned worker_count;
    const inc_style *book_style;
    const inc_counters *counters;
    INC_VEC(inc_flow_pages) flows;
    inc_str *labels;         /* by node id */
    bool *settled;           /* by node id: see inc_flow */
    size_t page_count, arabic_flow;
} inc_book;

typedef struct inc_text_block { /* where text stands, from the page's upper left corner */
    inc_len x0, y0, x1, y1;
} inc_text_block;

/* The text block of such a page, never too small for a line. The left and right edge do not depend on `opening`: a flow has one measure. */
inc_text_block inc_text_block_of(inc_styler *styler, inc_str page_name, bool recto, bool opening);

/* Whether its first page is an opening (@page :first). */
bool inc_flow_has_opening(const inc_flow_pages *flow);

/* paging.c: a flow's pages. Breaks them, on both sides unless its first page is always a right-hand one; takes one of the two; and when all is
 * known, sets the paragraphs that pages wanted shorter or longer, and finds where the boxes stand. */
void inc_flow_break(inc_flow_pages *f, bool on_verso, bool on_recto);
void inc_flow_choose(inc_flow_pages *f, bool recto);
const inc_vbox *inc_flow_box(const inc_flow_pages *f, uint32_t i); /* of the pages' boxes, before they are settled */
void inc_flow_settle(inc_flow_pages *f);

/* The folio of a physical page: roman before the arabic start. */
inc_str inc_book_page_label(inc_book *book, inc_arena *arena, size_t page);
size_t inc_book_page_number(const inc_book *book, size_t page); /* the same as a number */

/* missing.c: reports what inc_note_missing has remembered. */
void inc_book_report_missing(inc_book *book);

/* assemble.c: the finished pages, the tag tree, destinations, outline and the page map. */
void inc_book_pages(inc_book *book, inc_layout_result *result);

#endif
