/*
 * table_turn.c - tables that are too wide for the measure are turned by 90 degrees and get pages of their own, behind the page where they are
 * met; the text goes on and fills that page.
 *
 * Such a table, with its caption and its notes, is a list of its own that is broken into pages as wide as the others are high. assemble.c turns
 * the marks when they have their places: the head of the table stands at the left, on either side of a spread.
 */
#include "layout/table.h"

const inc_node *inc_only_table(const inc_node *figure)
{
    const inc_node *table = NULL;
    for (const inc_node *child = figure->first; child; child = child->next) {
        if (child->kind == INC_NODE_CAPTION)
            continue;
        if (child->kind != INC_NODE_TABLE || table)
            return NULL;
        table = child;
    }
    return table;
}

/* Measures the table and leaves it in the flow for the one who sets it. */
static bool wants_turning(inc_vbuilder *b, const inc_node *table, const inc_style *style, inc_len room)
{
    inc_table *t = INC_NEW(b->flow->lists, inc_table);
    if (!inc_table_begin(t, b, table, style))
        return false;
    b->flow->measured = t;
    inc_table_fit upright = inc_table_choose(t, room);
    if (upright.fits && !upright.crowded)
        return false;
    inc_table_fit turned = inc_table_choose(t, b->flow->page_height);
    return !upright.fits || (turned.fits && (!turned.crowded || turned.crowding * 2 < upright.crowding));
}

bool inc_turn(inc_vbuilder *b, const inc_node *node, const inc_style *style, const inc_style *parent_style)
{
    const inc_node *table = node->kind == INC_NODE_TABLE ? node : node->kind == INC_NODE_FIGURE ? inc_only_table(node) : NULL;
    inc_flow *flow = b->flow;
    if (!table || b->turned || b->columns || b->list != &flow->list || flow->page_height <= flow->measure)
        return false;
    inc_vbuilder inside = *b;
    const inc_style *table_style = style;
    if (table != node) {
        inside.width = inc_block_room(b, style);
        table_style = inc_style_of(flow->worker->styler, table, style);
    }
    if (!wants_turning(&inside, table, table_style, inc_block_room(&inside, table_style)))
        return false;
    inc_report(flow->diags, INC_DIAG_TABLE_FITTED, table->span, "the table is turned by 90 degrees and gets a page of its own");
    inc_apart apart;
    inc_apart_begin(&apart, b, node, flow->page_height, flow->measure);
    inc_block(&apart.inside, node, parent_style);
    inc_vbuilder_finish(&apart.inside);
    inc_apart_end(&apart);
    return true;
}
