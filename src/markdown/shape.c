/* shape.c - what only the finished blocks show: alerts, bold lines that are headings, and anchors that belong to the block behind them. */
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

/* ---- **Like this**: a heading for those who want none in their contents ---- */

enum { BOLD_HEAD_MOST = 120 }; /* bytes: what is longer is a text with much weight */

static bool is_bold(const inc_node *n)
{
    return n->kind == INC_NODE_SPAN && (n->as.span_.tag == INC_SPAN_STRONG || n->as.span_.tag == INC_SPAN_B);
}

/* Nothing but bold text, and maybe a colon behind it. */
static bool is_bold_line(const inc_node *n)
{
    const inc_node *bold = NULL;
    if (!n || n->kind != INC_NODE_PARAGRAPH || n->class_count || n->span.length > BOLD_HEAD_MOST)
        return false;
    for (const inc_node *c = n->first; c; c = c->next) {
        bool colon = bold && c->kind == INC_NODE_TEXT && inc_str_is(inc_str_trim(c->as.text.text), ":");
        if (is_bold(c) && !bold)
            bold = c;
        else if (c->kind != INC_NODE_ANCHOR && c->kind != INC_NODE_INDEX_MARK && !colon && !inc_md_is_blank(c))
            return false;
    }
    return bold != NULL;
}

static bool parts(const inc_node *n)
{
    return n->kind == INC_NODE_HEADING || n->kind == INC_NODE_RULE || n->kind == INC_NODE_PAGE_BREAK || n->kind == INC_NODE_NOTE;
}

/* It belongs to what follows; of several such lines the last one does. */
static void mark_bold_heads(inc_md *md, inc_node *parent)
{
    for (inc_node *child = parent->first; child; child = child->next) {
        const inc_node *next = child->next;
        if (next && !parts(next) && is_bold_line(child) && !is_bold_line(next))
            inc_node_add_class(md->arena, child, INC_STR("bold-head"));
    }
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

/* An anchor before a block that cannot hold it: the block takes its name, or else a paragraph before it does. */
static void name_block(inc_md *md, inc_node *block, inc_node *anchor)
{
    if (!block->label.n) {
        block->label = anchor->label;
        return;
    }
    inc_node *holder = block->prev;
    if (!holder || !holder->first || holder->kind != INC_NODE_PARAGRAPH || !inc_node_has_class(holder, "anchors")) {
        holder = inc_node_new(md->arena, INC_NODE_PARAGRAPH, anchor->span);
        inc_node_add_class(md->arena, holder, INC_STR("anchors"));
        inc_node_insert_before(block, holder);
    }
    inc_node_append(holder, anchor);
}

/* Takes the paragraphs from `first` to before `end` out of the tree; their anchors become children of a node of its own. */
static inc_node *take_anchors(inc_md *md, inc_node *first, const inc_node *end)
{
    inc_node *anchors = inc_node_new(md->arena, INC_NODE_PARAGRAPH, INC_NO_SPAN);
    for (inc_node *paragraph = first, *next; paragraph != end; paragraph = next) {
        next = paragraph->next;
        inc_node_detach(paragraph);
        while (paragraph->first) {
            inc_node *child = paragraph->first;
            inc_node_detach(child);
            if (!is_anchor(child))
                continue;
            child->kind = INC_NODE_ANCHOR;
            inc_node_append(anchors, child);
        }
    }
    return anchors;
}

/* Paragraphs of anchors would be empty lines: those from `first` on move into the block behind them, else to the end of
 * the one before. Returns where to go on. */
static inc_node *move_anchors(inc_md *md, inc_node *first)
{
    inc_node *before = first->prev, *behind = first;
    while (behind && holds_only_anchors(behind))
        behind = behind->next;
    inc_node *go_on = behind;
    if (behind && behind->kind == INC_NODE_NOTE)
        behind = NULL;
    if (!behind && !(before && holds_text(before)))
        return go_on;
    inc_node *at = behind && holds_text(behind) ? behind->first : NULL;
    inc_node *anchors = take_anchors(md, first, go_on);
    while (anchors->first) {
        inc_node *anchor = anchors->first;
        inc_node_detach(anchor);
        if (behind && !holds_text(behind))
            name_block(md, behind, anchor);
        else if (at)
            inc_node_insert_before(at, anchor);
        else
            inc_node_append(behind ? behind : before, anchor);
    }
    return go_on;
}

static void shape_children(inc_md *md, inc_node *node)
{
    for (inc_node *child = node->first; child;)
        child = holds_only_anchors(child) ? move_anchors(md, child) : child->next;
}

void inc_md_shape(inc_md *md, inc_node *root)
{
    inc_md_diagrams(md);
    for (inc_walk w = inc_walk_begin(root); inc_walk_next(&w);) {
        if (w.enter || !w.node->first || inc_node_is_inline(w.node->first))
            continue;
        shape_children(md, w.node);
        if (w.node->kind == INC_NODE_QUOTE && md->options->admonitions)
            make_alert(w.node);
    }
    inc_md_image_attributes(md, root);
    inc_md_figures(md, root);
    for (inc_walk w = inc_walk_begin(root); inc_walk_next(&w);) { /* when captions are no paragraphs any more */
        if (!w.enter || !w.node->first)
            continue;
        w.skip = inc_node_is_inline(w.node->first);
        if (!w.skip)
            mark_bold_heads(md, w.node);
    }
}
