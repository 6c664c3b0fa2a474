/*
 * table_headers.c - which heads each cell has, where rows and columns do not tell (ISO 32000-1, 14.8.5.7, Headers; ISO 14289-1, 7.5).
 *
 * In a plain table the scope of its heads says all. Where heads reach over several rows or columns or stand in several rows, each cell names
 * its heads: those of the table's head in its columns, and those beside it in its rows.
 */
#include "layout/table.h"

enum { HEADS_MAX = 12 /* of a cell */ };

typedef struct heads {
    inc_tag *v[HEADS_MAX];
    uint32_t n;
} heads;

static bool is_irregular(const inc_table *t)
{
    bool heads_in_body = false, spans = t->grid.head_end > 1;
    for (uint32_t i = 0; i < t->grid.row_first[t->grid.row_count]; i++) {
        const inc_grid_cell *at = &t->grid.cells[i];
        bool head = t->cells[i].tag && t->cells[i].tag->kind == INC_TAG_TH;
        spans = spans || (head && (at->columns > 1 || at->rows > 1));
        heads_in_body = heads_in_body || (head && at->row >= t->grid.head_end);
    }
    return spans && (heads_in_body || t->grid.head_end);
}

static void add_head(heads *to, inc_tag *tag)
{
    for (uint32_t i = 0; i < to->n; i++)
        if (to->v[i] == tag)
            return;
    if (to->n < HEADS_MAX)
        to->v[to->n++] = tag;
}

static void name_heads(inc_table *t, inc_tag *tag, const heads *all)
{
    if (!all->n)
        return;
    tag->headers = INC_NEW_N(t->flow->arena, inc_tag *, all->n);
    tag->header_count = all->n;
    for (uint32_t i = 0; i < all->n; i++)
        tag->headers[i] = all->v[i];
}

/* Heads of the rows that are open at `row`; those that have ended are dropped. */
static size_t drop_ended(const inc_table *t, uint32_t *open, size_t n, uint32_t row)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (t->grid.cells[open[i]].row + t->grid.cells[open[i]].rows > row)
            open[kept++] = open[i];
    return kept;
}

void inc_table_headers(inc_table *t)
{
    if (!is_irregular(t))
        return;
    heads *columns = INC_NEW_N(t->flow->lists, heads, t->grid.column_count);
    uint32_t *open = INC_NEW_N(t->flow->lists, uint32_t, t->grid.column_count + 1);
    size_t open_count = 0;
    for (uint32_t r = 0; r < t->grid.row_count; r++) {
        uint32_t first = t->grid.row_first[r], end = t->grid.row_first[r + 1];
        bool in_head = r < t->grid.head_end;
        open_count = drop_ended(t, open, open_count, r);
        for (uint32_t i = first; i < end && !in_head; i++)
            if (t->cells[i].tag->kind == INC_TAG_TH && t->cells[i].tag->scope_row && open_count < t->grid.column_count)
                open[open_count++] = i;
        for (uint32_t i = first; i < end; i++) {
            const inc_grid_cell *at = &t->grid.cells[i];
            inc_tag *tag = t->cells[i].tag;
            heads all = {.n = 0};
            for (uint32_t c = at->column; c < at->column + at->columns; c++)
                for (uint32_t k = 0; k < columns[c].n; k++)
                    add_head(&all, columns[c].v[k]);
            for (size_t k = 0; k < open_count; k++)
                if (open[k] != i)
                    add_head(&all, t->cells[open[k]].tag);
            name_heads(t, tag, &all);
            if (tag->kind == INC_TAG_TH)
                tag->note_id = inc_strf(t->flow->arena, "head-%u", at->node->id);
        }
        for (uint32_t i = first; i < end; i++) /* heads below name those above */
            for (uint32_t c = t->grid.cells[i].column; in_head && c < t->grid.cells[i].column + t->grid.cells[i].columns; c++)
                if (t->cells[i].tag->kind == INC_TAG_TH)
                    add_head(&columns[c], t->cells[i].tag);
    }
}
