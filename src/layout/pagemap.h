/* pagemap.h - which page a place of the document came to stand on. */
#ifndef INC_PAGEMAP_H
#define INC_PAGEMAP_H

#include "document/document.h"

typedef struct inc_page_break { /* page `label` begins with this byte of this node */
    uint32_t node_id;
    uint32_t byte;   /* in node.as.text.text of TEXT/CODE_SPAN, node.as.code.text of CODE; 0 for every other kind */
    inc_str label;
} inc_page_break;

typedef struct inc_pagemap {
    const inc_page_break *breaks; /* sorted by (node_id, byte); pages without text (blank ones) have none */
    size_t n;
} inc_pagemap;

/* The label of the page where that byte of that node stands; "" before the first break. Binary search. */
inc_str inc_pagemap_label(const inc_pagemap *map, const inc_node *node, uint32_t byte);

/* ---- pages of an index entry ---- */

typedef struct inc_page_place { /* a page, or the pages from one to another, by their labels */
    inc_str from, to;  /* to: "" for one page */
    bool main;
} inc_page_place;

typedef struct inc_page_run { /* what is printed between two commas */
    uint32_t place;    /* the first of the places that it stands for */
    inc_str from, to;  /* to: "" for one page */
    bool main;
} inc_page_run;

/* Puts n places into the order of their pages (roman ones first), each page once, three or more pages in a row as one range (the rule of
 * makeindex); what is given as a range joins its neighbours. Principal pages stand alone. Writes at most n runs and returns how many. */
uint32_t inc_page_runs(inc_arena *arena, const inc_page_place *places, uint32_t n, inc_page_run *runs);

/* The breaks inside [node_id, node_id]: sets *first and returns how many. */
size_t inc_pagemap_breaks(const inc_pagemap *map, uint32_t node_id, const inc_page_break **first);

#endif
