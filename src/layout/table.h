/* table.h - inside layout: a table between its nodes and its boxes. */
#ifndef INC_TABLE_H
#define INC_TABLE_H

#include "document/grid.h"
#include "layout/flow.h"

typedef struct inc_column {
    inc_len least, most; /* what its cells cannot do without, and what they would take; edges included */
    inc_len stated;      /* width from the sheet, or 0 */
    inc_len width, x;    /* x: from the text block's left edge */
} inc_column;

typedef struct inc_table_cell {
    const inc_style *style;
    inc_len least, divided, most; /* of its content: its widest word, its widest part of a word, all on one line */
    inc_len total;       /* of all its lines, one after the other, each as long as it would be */
    uint32_t lines;      /* if it is as wide as `most` */
    inc_len indent;      /* at its right, so that decimal points stand below each other */
    inc_len x, width;    /* of its border box */
    inc_vlist list;      /* its content, in place sideways, from 0 downwards */
    inc_tag *tag;
} inc_table_cell;

struct inc_table {
    inc_vbuilder *b;
    inc_flow *flow;
    const inc_node *node;
    const inc_style *style;       /* in the size that was chosen */
    inc_grid grid;
    inc_table_cell *cells;        /* parallel to grid.cells */
    const inc_style **row_styles;
    inc_column *columns;
    int32_t padding;              /* percent of the cells' side paddings that are kept */
    inc_len row_gap;              /* below each row of the body but its last one */
};

typedef struct inc_table_fit { /* how a table is made to fit its measure */
    inc_len size;        /* of its type */
    int32_t padding;     /* percent */
    bool divided;        /* words are hyphenated */
    bool fits;           /* else words break anywhere */
    int32_t crowding;    /* lines in narrow columns beyond the first, in percent of the cells */
    bool crowded;        /* it fits, but cannot be read with ease */
} inc_table_fit;

/* ---- table_columns.c ---- */
/* Finds the grid and measures the cells; what was measured last is taken as it is. False: nothing to set. */
bool inc_table_begin(inc_table *t, inc_vbuilder *b, const inc_node *node, const inc_style *style);
inc_table_fit inc_table_choose(inc_table *t, inc_len room);
void inc_table_apply(inc_table *t, const inc_table_fit *fit); /* measures anew when something changes */
inc_len inc_table_share_out(inc_table *t, inc_len room);      /* gives the columns their widths and places from 0; returns the whole width */
inc_len inc_table_edge(const inc_table *t, const inc_style *cell, inc_side side);

/* ---- table_decimals.c ---- */
void inc_table_decimals(inc_table *t); /* indents numbers in columns of them, when the cells are measured */

/* ---- widths.c: what content needs at least, with words divided or whole, and takes at most ---- */
typedef struct inc_widths {
    inc_len least, most, total; /* total: of all lines one after the other */
    uint32_t lines;             /* when it is as wide as it likes */
} inc_widths;
inc_widths inc_content_widths(inc_vbuilder *b, const inc_node *parent, const inc_style *style, bool divide); /* of inlines or blocks inside */
inc_widths inc_table_widths(inc_vbuilder *b, const inc_node *node, const inc_style *style);

/* ---- table_rows.c ---- */
void inc_table_rows(inc_table *t); /* sets all rows, the columns being in place */

/* ---- table_headers.c ---- */
void inc_table_headers(inc_table *t); /* each cell's heads, when all rows are laid */

/* ---- table_cells.c ---- */
/* Rows [first, end), which no cell leaves, become one box, or several when they are taller than `whole`. */
typedef struct inc_row_band {
    size_t box;          /* index in the list */
    uint32_t row;        /* that begins here, or UINT32_MAX: inside of one */
    bool joined;         /* a cell reaches over its top */
} inc_row_band;
typedef INC_VEC(inc_row_band) inc_row_bands;
void inc_table_lay_group(inc_table *t, uint32_t first, uint32_t end, inc_tag *section, inc_len whole, inc_row_bands *bands);

#endif
