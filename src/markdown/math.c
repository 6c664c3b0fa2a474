/*
 * math.c - MathJax's delimiters as mdBook's authors write them: \\( inline \\) and \\[ display \\].
 *
 * Markdown has turned "\\(" into "\(" when they come here. What stands between becomes one MATH node, if it is text alone:
 * where Markdown saw emphasis or a link in it, the text stays as it is. ($ and $$ are md4c's work.)
 */
#include "markdown/internal.h"

typedef struct fence {
    inc_str open, close;
    bool display;
} fence;

static const fence fences[] = {{{"\\(", 2}, {"\\)", 2}, false}, {{"\\[", 2}, {"\\]", 2}, true}};

typedef struct search { /* within the children of one node */
    inc_md *md;
    bool no_close[INC_COUNT(fences)];             /* none was found: there is none further on ... */
    const inc_node *blocked[INC_COUNT(fences)];   /* ... before this node, which is no text; NULL: to the end */
} search;

/* The first opening delimiter in s at or after `from`, or INC_NPOS. */
static size_t find_open(const search *x, inc_str s, size_t from, size_t *which)
{
    for (size_t i = from; i + 1 < s.n; i++)
        for (size_t k = 0; s.p[i] == '\\' && k < INC_COUNT(fences); k++)
            if (!x->no_close[k] && s.p[i + 1] == fences[k].open.p[1]) {
                *which = k;
                return i;
            }
    return INC_NPOS;
}

/* Collects the text from offset `at` of `text` to the closing delimiter; its node and offset, or NULL with the node in the
 * way, if there is one. */
static inc_node *find_close(inc_node *text, size_t at, inc_str close, inc_buf *math, size_t *end, const inc_node **blocked)
{
    *blocked = NULL;
    for (inc_node *n = text; n; n = n->next, at = 0) {
        if (n->kind == INC_NODE_SOFT_BREAK) {
            inc_buf_byte(math, '\n');
            continue;
        }
        if (n->kind != INC_NODE_TEXT) {
            *blocked = n;
            return NULL;
        }
        inc_str rest = inc_str_slice(n->as.text.text, at, n->as.text.text.n);
        size_t found = inc_str_find(rest, close);
        inc_buf_add(math, inc_str_slice(rest, 0, found == INC_NPOS ? rest.n : found));
        if (found != INC_NPOS) {
            *end = at + found + close.n;
            return n;
        }
    }
    return NULL;
}

static inc_span part(inc_span span, size_t from, size_t to) /* near enough when the text has escapes */
{
    uint32_t a = (uint32_t)INC_MIN(from, span.length), b = (uint32_t)INC_MIN(to, span.length);
    return (inc_span){span.file, span.offset + a, b - a};
}

/* Replaces text[at..] to last[..end) by a MATH node; returns the text behind it, or the next node. */
static inc_node *replace(search *x, inc_node *text, size_t at, inc_node *last, size_t end, inc_str math, bool display)
{
    inc_arena *arena = x->md->arena;
    inc_node *node = inc_node_new(arena, INC_NODE_MATH, part(text->span, at, text->span.length));
    node->as.text.text = inc_str_trim(math);
    if (display)
        inc_node_add_class(arena, node, INC_STR("display"));
    inc_str rest = inc_str_slice(last->as.text.text, end, last->as.text.text.n);
    inc_node *behind = rest.n ? inc_node_text(arena, rest, part(last->span, end, last->span.length)) : NULL;
    inc_node_insert_after(last, node);
    if (behind)
        inc_node_insert_after(node, behind);
    for (inc_node *n = text->next, *next; text != last && n != node; n = next) {
        next = n->next;
        inc_node_detach(n);
    }
    text->span = part(text->span, 0, at);
    text->as.text.text = inc_str_slice(text->as.text.text, 0, at);
    if (!at)
        inc_node_detach(text);
    return behind ? behind : node->next;
}

static void find_math(inc_md *md, inc_node *parent)
{
    search x = {.md = md};
    size_t from = 0;
    for (inc_node *n = parent->first; n;) {
        for (size_t k = 0; k < INC_COUNT(fences); k++)
            x.no_close[k] = x.no_close[k] && x.blocked[k] != n;
        size_t which, end, at = n->kind == INC_NODE_TEXT ? find_open(&x, n->as.text.text, from, &which) : INC_NPOS;
        if (at == INC_NPOS) {
            n = n->next;
            from = 0;
            continue;
        }
        inc_buf math = inc_buf_in(md->arena);
        inc_node *last = find_close(n, at + 2, fences[which].close, &math, &end, &x.blocked[which]);
        if (last) {
            n = replace(&x, n, at, last, end, inc_buf_str(&math), fences[which].display);
            from = 0;
        } else {
            x.no_close[which] = true;
            from = at + 2;
        }
    }
}

void inc_md_math(inc_md *md, inc_node *root)
{
    for (inc_walk w = inc_walk_begin(root); inc_walk_next(&w);)
        if (!w.enter && w.node->first && inc_node_is_inline(w.node->first))
            find_math(md, w.node);
}
