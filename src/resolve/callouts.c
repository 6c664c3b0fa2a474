/* callouts.c - the callouts of a listing and the ordered list behind it that explains them, bound to each other. */
#include "resolve/passes.h"

/* The list directly behind the listing, or behind the figure that holds it; or NULL. */
static inc_node *list_behind(inc_node *code)
{
    inc_node *block = code;
    while (block && !block->next && block->parent && block->parent->kind == INC_NODE_FIGURE)
        block = block->parent;
    if (block->parent->kind == INC_NODE_FIGURE && block->next->kind == INC_NODE_CAPTION && !block->next->next)
        block = block->parent;
    inc_node *next = block->next;
    return next && next->kind == INC_NODE_LIST && next->as.list.ordered ? next : NULL;
}

/* The items by their numbers, as far as callouts go. */
static void find_items(inc_node *list, inc_node *items[INC_CALLOUT_MAX + 1])
{
    for (inc_node *item = list->first; item; item = item->next)
        if (item->as.item.number <= INC_CALLOUT_MAX && !items[item->as.item.number])
            items[item->as.item.number] = item;
}

static void bind(inc_resolver *r, inc_node *code)
{
    inc_node *list = list_behind(code), *items[INC_CALLOUT_MAX + 1] = {0};
    if (!list) {
        inc_report(r->diags, INC_DIAG_UNBOUND_CALLOUT, code->first->span, "no ordered list behind the listing explains its callouts");
        return;
    }
    inc_node_add_class(r->arena, list, INC_STR("callouts"));
    find_items(list, items);
    for (inc_node *callout = code->first; callout; callout = callout->next) {
        inc_node *item = items[callout->as.callout.number];
        if (!item) {
            inc_report(r->diags, INC_DIAG_UNBOUND_CALLOUT, callout->span, "no item of the list behind the listing explains callout %u",
                       callout->as.callout.number);
            continue;
        }
        callout->as.callout.item = item;
        if (!item->as.item.callout)
            item->as.item.callout = callout;
    }
    for (const inc_node *item = list->first; item; item = item->next)
        if (!item->as.item.callout)
            inc_report(r->diags, INC_DIAG_UNBOUND_CALLOUT, item->span, "no line of the listing before has the callout %u", item->as.item.number);
}

void inc_resolve_callouts(inc_resolver *r)
{
    for (inc_walk w = inc_walk_begin(r->document->book); inc_next_block(&w);)
        if (w.node->kind == INC_NODE_CODE && w.node->first)
            bind(r, w.node);
}
