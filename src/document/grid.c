/* grid.c - forming a table: each cell takes the next free slot of its row. */
#include "document/grid.h"

enum { COLUMNS_LIMIT = INC_TABLE_COLUMNS_MAX + 1 };

/* Rows from which on a span must end: each row group's end, by row. */
static uint32_t *group_ends(inc_arena *arena, const inc_grid *grid)
{
    uint32_t *ends = INC_NEW_N(arena, uint32_t, grid->row_count + 1);
    for (uint32_t r = grid->row_count, end = r; r > 0; r--) {
        ends[r - 1] = end;
        const inc_node *row = grid->rows[r - 1], *before = r > 1 ? grid->rows[r - 2] : NULL;
        if (row->as.row.opens || (before && (before->as.row.head != row->as.row.head || before->as.row.foot != row->as.row.foot)))
            end = r - 1;
    }
    return ends;
}

static void gather_rows(inc_arena *arena, inc_grid *grid, const inc_node *table, size_t *cell_count)
{
    for (const inc_node *row = table->first; row; row = row->next)
        grid->row_count++;
    grid->rows = INC_NEW_N(arena, const inc_node *, INC_MAX(grid->row_count, 1));
    uint32_t n = 0;
    for (const inc_node *row = table->first; row; row = row->next) {
        grid->rows[n++] = row;
        for (const inc_node *cell = row->first; cell; cell = cell->next)
            ++*cell_count;
    }
    while (grid->head_end < n && grid->rows[grid->head_end]->as.row.head)
        grid->head_end++;
    grid->foot = n;
    while (grid->foot > grid->head_end && grid->rows[grid->foot - 1]->as.row.foot)
        grid->foot--;
}

/* Columns in which no cell begins are none: they come from spans wider than the table. */
static void drop_idle_columns(inc_grid *grid)
{
    uint32_t n = grid->row_first[grid->row_count], index[COLUMNS_LIMIT + 1] = {0};
    for (uint32_t i = 0; i < n; i++)
        index[grid->cells[i].column + 1] = 1;
    for (uint32_t c = 0; c < grid->column_count; c++)
        index[c + 1] += index[c];
    for (uint32_t i = 0; i < n; i++) {
        inc_grid_cell *cell = &grid->cells[i];
        uint32_t end = index[cell->column + cell->columns];
        cell->column = index[cell->column];
        cell->columns = end - cell->column;
    }
    grid->column_count = index[grid->column_count];
}

inc_grid inc_grid_of(inc_arena *arena, const inc_node *table)
{
    inc_grid grid = {0};
    size_t cell_count = 0, n = 0;
    gather_rows(arena, &grid, table, &cell_count);
    grid.cells = INC_NEW_N(arena, inc_grid_cell, INC_MAX(cell_count, 1));
    grid.row_first = INC_NEW_N(arena, uint32_t, grid.row_count + 1);
    uint32_t *ends = group_ends(arena, &grid);
    uint32_t taken[COLUMNS_LIMIT + 1] = {0}; /* by column: the row from which on it is free again */
    for (uint32_t r = 0; r < grid.row_count; r++) {
        uint32_t at = 0;
        grid.row_first[r] = (uint32_t)n;
        for (const inc_node *node = grid.rows[r]->first; node; node = node->next) {
            while (at < grid.column_count && taken[at] > r)
                at++;
            if (at >= COLUMNS_LIMIT)
                break;
            uint32_t wanted = INC_MAX(node->as.cell.colspan, 1), columns = 1;
            while (columns < wanted && at + columns < COLUMNS_LIMIT && taken[at + columns] <= r)
                columns++;
            uint32_t left = ends[r] - r, rows = node->as.cell.rowspan ? INC_MIN((uint32_t)node->as.cell.rowspan, left) : left;
            grid.cells[n++] = (inc_grid_cell){.node = node, .row = r, .column = at, .rows = rows, .columns = columns};
            for (uint32_t i = 0; i < columns; i++)
                taken[at + i] = r + rows;
            at += columns;
            grid.column_count = INC_MAX(grid.column_count, at);
        }
    }
    grid.row_first[grid.row_count] = (uint32_t)n;
    drop_idle_columns(&grid);
    return grid;
}
