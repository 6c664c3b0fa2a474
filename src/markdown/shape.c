/* shape.c - what only the finished blocks show: alerts, and anchors that belong to the block behind them. */
#include "markdown/internal.h"
#include "markdown/tag.h"

/* ---- alerts: > [!NOTE] ---- */

static bool alert_kind(inc_str text, inc_alert_kind *kind)
{
    static const char *const names[] = {"[!NOTE]", "[!TIP]", "[!IMPORTANT]", "[!WARNING]", "[!CAUTION]"};
    for (size_t i = 0; i < INC_COUNT(names); i++)
        if (inc_str_eq_nocase(inc_str_trim(text), inc_str_of(names[i]))) {
            *kind = (inc_alert_kind)i;
            return true;
        }
    return false;
}

static void make_alert(inc_node *quote)
{
    inc_node *paragraph = quote->first, *text = paragraph ? paragraph->first : NULL;
    inc_alert_kind kind;
    if (!text || paragraph->kind != INC_NODE_PARAGRAPH || text->kind != INC_NODE_TEXT || !alert_kind(text->as.text.text, &kind))
        return;
    if (text->next && text->next->kind != INC_NODE_SOFT_BREAK && text->next->kind != INC_NODE_BREAK)
        return; /* more on the same line: a quote that begins with these words */
    if (text->next)
        inc_node_detach(text->next);
    inc_node_detach(text);
    if (!paragraph->first)
        inc_node_detach(paragraph);
    quote->kind = INC_NODE_ALERT;
    quote->as.alert.kind = kind;
}

/* ---- anchors ---- */

static bool is_anchor(const inc_node *n)
{
    return n->kind == INC_NODE_ANCHOR || (n->kind == INC_NODE_SPAN && !n->first && n->label.n);
}

static bool holds_only_anchors(const inc_node *paragraph)
{
    if (paragraph->kind != INC_NODE_PARAGRAPH || !paragraph->first || paragraph->label.n)
        return false;
    for (const inc_node *c = paragraph->first; c; c = c->next)
        if (!is_anchor(c) && !inc_md_is_blank(c))
            return false;
    return true;
}

static bool holds_text(const inc_node *n)
{
    return n->kind == INC_NODE_HEADING || n->kind == INC_NODE_PARAGRAPH;
}

/* One anchor before a block that cannot hold it: the block takes its name, or a DIV around it does. */
static void name_block(inc_md *md, inc_node *block, const inc_node *anchor)
{
    if (!block->label.n && block->kind != INC_NODE_NOTE) {
        block->label = anchor->label;
        return;
    }
    inc_node *div = inc_node_new(md->arena, INC_NODE_DIV, anchor->span);
    div->label = anchor->label;
    inc_node_insert_before(block, div);
    inc_node_detach(block);
    inc_node_append(div, block);
}

/* A paragraph of anchors would be an empty line: they move into the block behind it, else to the end of the one before. */
static void move_anchors(inc_md *md, inc_node *paragraph)
{
    inc_node *next = paragraph->next, *before = paragraph->prev;
    if (next && next->kind == INC_NODE_NOTE)
        next = NULL;
    if (!next && !(before && holds_text(before)))
        return;
    inc_node *at = next ? next->first : NULL;
    while (paragraph->last) {
        inc_node *anchor = next ? paragraph->first : paragraph->first;
        inc_node_detach(anchor);
        if (!is_anchor(anchor))
            continue;
        anchor->kind = INC_NODE_ANCHOR;
        if (next && !holds_text(next)) {
            name_block(md, next, anchor);
            while (next->parent != paragraph->parent)
                next = next->parent;
        } else if (next && at)
            inc_node_insert_before(at, anchor);
        else
            inc_node_append(next ? next : before, anchor);
    }
    inc_node_detach(paragraph);
}

static void shape_children(inc_md *md, inc_node *node)
{
    for (inc_node *child = node->last, *before; child; child = before) { /* backwards: anchors may follow one another */
        before = child->prev;
        if (holds_only_anchors(child))
            move_anchors(md, child);
    }
}

void inc_md_shape(inc_md *md, inc_node *root)
{
    for (inc_walk w = inc_walk_begin(root); inc_walk_next(&w);) {
        if (w.enter || !w.node->first || inc_node_is_inline(w.node->first))
            continue;
        shape_children(md, w.node);
        if (w.node->kind == INC_NODE_QUOTE && md->options->admonitions)
            make_alert(w.node);
    }
    inc_md_figures(md, root);
}
