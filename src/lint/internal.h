/* internal.h - inside lint: pages read as lines, and the findings before they are reported. */
#ifndef INC_LINT_INTERNAL_H
#define INC_LINT_INTERNAL_H

#include "base/vec.h"
#include "lint/lint.h"

typedef enum inc_line_kind { INC_LINE_PROSE, INC_LINE_HEADING, INC_LINE_OTHER } inc_line_kind;

typedef struct inc_lint_line inc_lint_line;
struct inc_lint_line {
    inc_line_kind kind;
    const inc_tag *block;      /* its paragraph, heading, caption, cell ... */
    bool note;                 /* part of a footnote */
    bool opens;                /* the first line of its block */
    const inc_lint_line *next; /* of the block, or NULL */
    uint32_t page;             /* index */
    uint32_t first, end;       /* marks of the page; among them rules and links */
    inc_len x0, x1, y;         /* of its text; the baseline is that of its largest text */
    inc_len size;
};

typedef struct inc_finding {
    inc_diag_id id;
    uint32_t page;
    inc_span span;
    inc_str message;
} inc_finding;

typedef struct inc_linter {
    const inc_pages *pages;
    uint32_t print_ppi; /* pixels an inch that the book asks for; 0: by the kind of picture */
    inc_arena *arena;
    INC_VEC(inc_lint_line) lines; /* in the order of the pages and their marks */
    uint32_t *page_lines;         /* index of each page's first line, and one more behind the last */
    const inc_tag **flows;        /* by page: the child of DOCUMENT that it belongs to; NULL for a page without text */
    INC_VEC(inc_finding) findings;
} inc_linter;

/* lines.c */
void inc_lint_read(inc_linter *l);
const inc_tag *inc_lint_flow_of(const inc_tag *tag);

/* The text marks of a line in their order: for (const inc_mark *m = NULL; (m = inc_lint_mark(l, line, m));). */
const inc_mark *inc_lint_mark(const inc_linter *l, const inc_lint_line *line, const inc_mark *before);
inc_str inc_lint_words(const inc_linter *l, const inc_lint_line *line); /* its beginning, to find it by */

/* Pictures in the order of the pages: for (inc_lint_place at = {0}; (mark = inc_lint_picture(l, &at));), each on page at.page. */
typedef struct inc_lint_place {
    uint32_t page, next; /* the mark to look at next */
} inc_lint_place;
const inc_mark *inc_lint_picture(const inc_linter *l, inc_lint_place *at);

/* lint.c */
void inc_lint_add(inc_linter *l, inc_diag_id id, uint32_t page, inc_span span, const char *format, ...)
    INC_PRINTF(5, 6);

/* The families. */
void inc_lint_breaks(inc_linter *l);  /* breaks.c: widows, orphans, stranded headings, uneven, short and blank pages */
void inc_lint_spacing(inc_linter *l); /* spacing.c: loose lines, ladders, rivers, short last lines */
void inc_lint_frame(inc_linter *l);   /* frame.c: what leaves the text block */
void inc_lint_print(inc_linter *l);   /* print.c: what is too small or too thin for paper */
void inc_lint_pictures(inc_linter *l); /* pictures.c: pictures with too few pixels for paper */
void inc_lint_drawings(inc_linter *l); /* drawings.c: what is too small or too thin in drawings */

#endif
