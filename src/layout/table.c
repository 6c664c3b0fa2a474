/* table.c - tables: made to fit, then set row by row. */
#include "layout/table.h"

static void report_fit(inc_table *t, const inc_table_fit *fit, inc_len base)
{
    if (!fit->fits) {
        inc_report(t->flow->diags, INC_DIAG_TABLE_TOO_FULL, t->node->span, "a table of %u columns is too wide: words break anywhere", t->grid.column_count)
            ->hint = INC_STR("fewer columns, or shorter words");
        t->flow->overfull_table = t->node; /* its lines need not be reported */
        return;
    }
    if (fit->size == base && !fit->divided)
        return;
    char size[32];
    size[inc_len_format(fit->size, 1, size)] = '\0';
    inc_report(t->flow->diags, INC_DIAG_TABLE_FITTED, t->node->span, "the table is set in %s pt%s to fit the measure", size,
               fit->divided ? ", with words divided," : "");
}

void inc_table_block(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    inc_table t;
    if (!inc_table_begin(&t, b, node, style))
        return;
    b->flow->measured = NULL;
    inc_len room = inc_block_room(b, style);
    inc_table_fit fit = inc_table_choose(&t, room);
    report_fit(&t, &fit, style->font_size);
    inc_table_apply(&t, &fit);
    inc_len used = inc_table_share_out(&t, room);
    inc_style *sized = INC_NEW(b->flow->arena, inc_style);
    *sized = *t.style;
    sized->width = (inc_dim){INC_DIM_LENGTH, used};
    inc_open_block open = inc_block_open(b, sized);
    for (uint32_t i = 0; i < t.grid.column_count; i++)
        t.columns[i].x += b->x;
    if (node->label.n)
        inc_vbuilder_anchor(b, node);
    inc_table_rows(&t);
    inc_block_close(b, &open);
}
