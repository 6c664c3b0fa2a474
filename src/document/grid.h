/*
 * grid.h - the cells of a table in their rows and columns (HTML, 4.9.12.1, "Forming a table").
 *
 * Where the standard lets cells overlap, the later one gives way: no slot belongs to two cells. A span ends with its row group and
 * with the rows that there are. Slots that no cell covers are holes. Columns in
 * which no cell begins are dropped.
 */
#ifndef INC_GRID_H
#define INC_GRID_H

#include "document/document.h"

#define INC_TABLE_COLUMNS_MAX 1000 /* of a table that is read; more stays text */

typedef struct inc_grid_cell {
    const inc_node *node;
    uint32_t row, column;   /* of its first slot, from 0 */
    uint32_t rows, columns; /* how many it covers, 1 at least */
} inc_grid_cell;

typedef struct inc_grid {
    inc_grid_cell *cells;   /* in the order of the document: those of a row by their columns */
    uint32_t *row_first;    /* index of each row's first cell, and one more behind the last */
    const inc_node **rows;
    uint32_t row_count, column_count;
    uint32_t head_end;      /* rows [0, head_end) are the head */
    uint32_t foot;          /* rows [foot, row_count) are the foot */
} inc_grid;

/* Lays out the grid in the arena; linear in rows times columns. column_count is at most INC_TABLE_COLUMNS_MAX + 1, which says that cells
 * behind that column were left out. */
inc_grid inc_grid_of(inc_arena *arena, const inc_node *table);

#endif
