/* check.c - the invariants that the back ends rely on. */
#include "document/document.h"

static bool holds_blocks(const inc_node *node)
{
    switch (node->kind) {
    case INC_NODE_PART:
    case INC_NODE_CHAPTER:
    case INC_NODE_ITEM:
    case INC_NODE_QUOTE:
    case INC_NODE_FIGURE:
    case INC_NODE_DIV:
    case INC_NODE_DEFINITION:
    case INC_NODE_ALERT:
    case INC_NODE_NOTE: return true;
    default: return false;
    }
}

static bool holds_inlines(const inc_node *node)
{
    switch (node->kind) {
    case INC_NODE_HEADING:
    case INC_NODE_PARAGRAPH:
    case INC_NODE_TERM:
    case INC_NODE_CAPTION:
    case INC_NODE_SPAN:
    case INC_NODE_LINK:
    case INC_NODE_PAGE_LIST: return true;
    default: return false;
    }
}

/* Why child may not stand in parent, or NULL. */
static const char *misplaced(const inc_node *parent, const inc_node *child)
{
    switch (parent->kind) {
    case INC_NODE_BOOK:
        return child->kind == INC_NODE_PART || child->kind == INC_NODE_CHAPTER ? NULL : "book holds parts and chapters only";
    case INC_NODE_LIST: return child->kind == INC_NODE_ITEM ? NULL : "list holds items only";
    case INC_NODE_TABLE: return child->kind == INC_NODE_ROW ? NULL : "table holds rows only";
    case INC_NODE_ROW: return child->kind == INC_NODE_CELL ? NULL : "row holds cells only";
    case INC_NODE_DEFINITIONS:
        return child->kind == INC_NODE_TERM || child->kind == INC_NODE_DEFINITION ? NULL : "definitions hold terms and definitions only";
    case INC_NODE_CODE: return child->kind == INC_NODE_CALLOUT ? NULL : "code holds callouts only";
    case INC_NODE_PAGE_LIST: return child->kind == INC_NODE_PAGE_REF ? NULL : "page list holds page references only";
    case INC_NODE_CELL:
        return inc_node_is_inline(child) == inc_node_is_inline(parent->first) ? NULL : "cell mixes blocks and inlines";
    default: break;
    }
    if (child->kind == INC_NODE_CALLOUT)
        return "callout outside of code";
    if (holds_inlines(parent))
        return inc_node_is_inline(child) ? NULL : "block among inlines";
    if (!holds_blocks(parent))
        return "this kind has no children";
    if (inc_node_is_inline(child))
        return "inline among blocks";
    switch (child->kind) {
    case INC_NODE_BOOK:
    case INC_NODE_PART:
    case INC_NODE_CHAPTER: return "chapter or part inside a chapter";
    case INC_NODE_ITEM:
    case INC_NODE_ROW:
    case INC_NODE_CELL:
    case INC_NODE_TERM: return "part of a list or table outside of it";
    case INC_NODE_NOTE: return parent->kind == INC_NODE_CHAPTER ? NULL : "note outside of a chapter";
    case INC_NODE_CAPTION: return parent->kind == INC_NODE_FIGURE ? NULL : "caption outside of a figure";
    default: return NULL;
    }
}

const char *inc_document_check(const inc_document *document, const inc_node **where)
{
    unsigned depth = 0;
    for (inc_walk w = inc_walk_begin(document->book); inc_walk_next(&w);) {
        const inc_node *n = w.node;
        depth += w.enter ? 1 : -1u;
        if (!w.enter)
            continue;
        const char *why = depth > INC_NESTING_MAX + 8 ? "nested too deep" : NULL;
        if (n->kind == INC_NODE_HEADING && (n->as.heading.level < 1 || n->as.heading.level > 6))
            why = "heading level outside 1..6";
        for (const inc_node *c = n->first; c && !why; c = c->next) {
            if (c->parent != n || (c->next ? c->next->prev != c : n->last != c))
                why = "family links broken";
            else
                why = misplaced(n, c);
        }
        if (why) {
            *where = n;
            return why;
        }
    }
    return NULL;
}
