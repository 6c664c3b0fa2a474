/* pagefit.h - inside page breaking: in which depths a page can be had, and what they cost. */
#ifndef INC_PAGEFIT_H
#define INC_PAGEFIT_H

#include "layout/pagebreak.h"

enum { INC_FIT_DEPTHS = 8 /* lines that a page is short of, the last one for more */, INC_FIT_UNEVEN_MAX = 3000 };

typedef struct inc_fit_slack { /* what the boxes of a page, so far, can give */
    unsigned blocks;       /* that can take a unit more */
    uint32_t from, next;   /* first box of the page; next variant to look at */
    int32_t shorter[INC_PB_LINES_MAX], longer[INC_PB_LINES_MAX]; /* the cheapest ones, ascending; 0: none */
} inc_fit_slack;

typedef struct inc_fit { /* one shape of a page */
    int64_t cost;
    int8_t lines;
    uint8_t stretched;
    bool possible;
} inc_fit;

inc_fit_slack inc_fit_slack_from(const inc_pb_list *list, uint32_t from);
void inc_fit_slack_add(inc_fit_slack *slack, const inc_pb_list *list, uint32_t box, bool page_first);

/* How much shorter the page can be made. */
inc_len inc_fit_least(const inc_fit_slack *slack, const inc_pb_params *params);

/* The cheapest shape of each depth: `left` is what the page leaves empty by itself (negative when it must be made shorter); `last`: it may. */
void inc_fit_shapes(const inc_fit_slack *slack, inc_len left, bool last, const inc_pb_params *params, inc_fit shapes[INC_FIT_DEPTHS]);

int64_t inc_fit_shortness(inc_len left, const inc_pb_params *params);
int64_t inc_fit_uneven(unsigned left_depth, unsigned right_depth); /* of the two pages of a spread; at most INC_FIT_UNEVEN_MAX */
int64_t inc_fit_lone_lines(inc_len position, const inc_pb_params *params); /* a chapter's last page that reaches down to there only */

#endif
