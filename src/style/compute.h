/* compute.h - from matched declarations to a computed style. */
#ifndef INC_STYLE_COMPUTE_H
#define INC_STYLE_COMPUTE_H

#include "style/sheet.h"

typedef struct inc_style_source { /* the declarations of one rule, under the rule's condition */
    inc_declarations declarations;
    const inc_condition *condition;
} inc_style_source;

typedef struct inc_compute {
    inc_interner *interner;
    const inc_computed *parent;
    inc_len rem;
    const inc_style_source *sources; /* from the weakest to the strongest */
    size_t count;
    inc_display display;       /* before any declaration */
    inc_text_align text_align; /* if own_align: before any declaration, instead of the inherited one */
    bool own_align;
} inc_compute;

const inc_computed *inc_style_compute(const inc_compute *request);

/* ---- what styler.c offers to page.c ---- */
struct inc_styler {
    inc_arena *arena;
    const inc_sheet *sheet;
    inc_interner interner;
    inc_matcher matcher;
    struct inc_styler_tables *tables; /* the selectors, indexed (styler.c) */
    inc_map cache;                /* parent and matched selectors -> style */
    inc_map pages;
    inc_buf key;
    INC_VEC(uint32_t) matched;
    INC_VEC(inc_style_source) sources;
    inc_node book;                /* stands for the root where no node is at hand */
    const inc_computed *root;
};

#endif
