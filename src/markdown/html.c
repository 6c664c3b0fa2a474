/*
 * html.c - raw HTML becomes nodes.
 *
 * md4c hands HTML over as it stands: inlines tag by tag, blocks as text with blocks of Markdown between them. Each block of
 * Markdown that holds others is taken apart and put together again by a builder (html_build.h), which the tags open and
 * close elements in. So "<figure>", a blank line, Markdown, a blank line, "</figure>" is one figure, but an element never
 * reaches out of the list item or quote that it was opened in.
 */
#include "base/utf8.h"
#include "markdown/entity.h"
#include "markdown/html_open.h"

enum { OPEN_MAX = 200 }; /* elements open at once in one block; beyond that tags are dropped */
enum { TAG_SHOWN = 60 }; /* bytes of one in a message */

static const inc_text *raw_of(const inc_md *md, const inc_node *node)
{
    return &md->raws.v[node->id - 1];
}

/* ---- text ---- */

/* Text between tags: white space as in HTML, line ends as SOFT_BREAK. */
static void put_text(const inc_reader *r, size_t from, size_t to)
{
    inc_arena *arena = r->b->md->arena;
    inc_str s = r->html->bytes;
    while (from < to) {
        size_t i = from;
        bool line_end = false;
        while (i < to && inc_is_space(s.p[i]))
            line_end = s.p[i++] == '\n' || line_end;
        size_t word = i;
        while (i < to && s.p[i] != '\n')
            i++;
        size_t end = i;
        while (end > word && inc_is_space(s.p[end - 1]))
            end--;
        inc_span at = inc_text_span(r->html, from, word);
        if (line_end)
            inc_builder_put_inline(r->b, inc_node_new(arena, INC_NODE_SOFT_BREAK, at));
        else if (word > from && end > word && s.p[word - 1] == ' ')
            word--; /* the space is the text's first character */
        else if (word > from)
            inc_builder_put_inline(r->b, inc_node_text(arena, INC_STR(" "), at));
        if (end > word) {
            inc_str text = inc_entity_decode_all(arena, inc_str_slice(s, word, end));
            inc_builder_put_inline(r->b, inc_node_text(arena, text, inc_text_span(r->html, word, end)));
        }
        from = end > word ? end : i;
    }
}

/* Text inside <pre>. */
static void put_code(const inc_reader *r, size_t from, size_t to)
{
    inc_builder *b = r->b;
    inc_str s = inc_str_slice(r->html->bytes, from, to);
    if (!b->code.n && s.n && s.p[0] == '\n') { /* the LF behind <pre> counts for nothing */
        s = inc_str_slice(s, 1, s.n);
        from++;
    }
    while (s.n) {
        size_t lf = inc_str_find_char(s, '\n'), n = lf == INC_NPOS ? s.n : lf + 1;
        if (!b->code.n || b->code.p[b->code.n - 1] == '\n')
            INC_PUSH(b->md->arena, &b->lines, inc_text_span(r->html, from, from + n - (lf != INC_NPOS)));
        inc_buf_add(&b->code, inc_entity_decode_all(b->md->arena, inc_str_slice(s, 0, n)));
        s = inc_str_slice(s, n, s.n);
        from += n;
    }
}

/* Text of a <pre> with formatting in it: its lines as code, its blanks as they are. */
static void put_preformatted(const inc_reader *r, size_t from, size_t to)
{
    inc_arena *arena = r->b->md->arena;
    inc_str s = r->html->bytes;
    if (s.p[from] == '\n' && !inc_builder_current(r->b)->first && inc_builder_current(r->b)->kind == INC_NODE_PARAGRAPH)
        from++; /* the LF behind <pre> counts for nothing */
    while (from < to) {
        const char *lf = memchr(s.p + from, '\n', to - from);
        size_t end = lf ? (size_t)(lf - s.p) : to;
        inc_node *code = inc_node_new(arena, INC_NODE_CODE_SPAN, inc_text_span(r->html, from, end));
        code->as.text.text = inc_entity_decode_all(arena, inc_str_slice(s, from, end));
        if (end > from)
            inc_builder_put_inline(r->b, code);
        if (lf)
            inc_builder_put_inline(r->b, inc_node_new(arena, INC_NODE_BREAK, inc_text_span(r->html, end, end)));
        from = end + 1;
    }
}

/* Inside a <pre> that became a paragraph? */
static bool is_preformatted(const inc_builder *b)
{
    for (size_t i = b->stack.n; i-- > 0;) {
        const inc_open *open = &b->stack.v[i];
        if (open->node && !inc_node_is_inline(open->node))
            return open->element && open->element->kind == INC_ELEMENT_PRE && open->node->kind == INC_NODE_PARAGRAPH;
    }
    return false;
}

static void put_plain(const inc_reader *r, size_t from, size_t to)
{
    if (from >= to)
        return;
    if (is_preformatted(r->b)) {
        put_preformatted(r, from, to);
        return;
    }
    if (inc_builder_current(r->b)->kind == INC_NODE_CODE)
        put_code(r, from, to);
    else
        put_text(r, from, to);
}

static void put_literal(const inc_reader *r, const inc_tag *tag)
{
    inc_str s = inc_str_slice(r->html->bytes, tag->from, tag->end);
    inc_builder_put_inline(r->b, inc_node_text(r->b->md->arena, s, inc_reader_span(r, tag)));
}

/* A tag of no element was meant to be read, Vec<T>; but an end tag of which no start tag was shown is a slip of the pen, </detail>. */
static void put_unknown(const inc_reader *r, const inc_tag *tag)
{
    inc_md *md = r->b->md;
    inc_str shown = inc_utf8_start(inc_str_slice(r->html->bytes, tag->from, tag->end), TAG_SHOWN);
    if (tag->kind == INC_TAG_CLOSE && !inc_map_has(&md->unknown_tags, tag->name)) {
        inc_report(md->diags, INC_DIAG_NOT_HTML, inc_reader_span(r, tag), "'%.*s' is no HTML element and closes nothing; it is left out", INC_STR_ARG(shown));
        return;
    }
    inc_report(md->diags, INC_DIAG_NOT_HTML, inc_reader_span(r, tag), "'%.*s' is no HTML element; it is shown as it stands", INC_STR_ARG(shown))->hint =
        INC_STR("write it in backticks, or &lt; for <");
    if (tag->kind == INC_TAG_OPEN)
        inc_map_put(&md->unknown_tags, tag->name, md);
    put_literal(r, tag);
}

/* ---- closing tags ---- */

/* The open element that a closing tag ends, as index + 1; 0: none. Inline elements end within their block. */
static size_t find_open(const inc_reader *r, const inc_element *element)
{
    bool is_inline = element->kind < INC_ELEMENT_FIRST_BLOCK;
    for (size_t i = r->b->stack.n; i-- > 0;) {
        const inc_open *open = &r->b->stack.v[i];
        if (open->element == element)
            return i + 1;
        bool block = open->node && !inc_node_is_inline(open->node);
        bool table = open->node && open->node->kind == INC_NODE_TABLE && element->kind != INC_ELEMENT_TABLE;
        if ((is_inline && block) || (table && element->kind != INC_ELEMENT_DIV))
            return 0;
    }
    return 0;
}

static void close_element(const inc_reader *r, const inc_tag *tag, const inc_element *element)
{
    size_t index = find_open(r, element);
    if (index) {
        inc_builder_close_to(r->b, index);
        inc_builder_close(r->b);
    } else if (element->kind == INC_ELEMENT_BREAK)
        inc_html_put_break(r, tag);
    else if (element->kind != INC_ELEMENT_PARAGRAPH && element->kind < INC_ELEMENT_IGNORED && !inc_html_is_void(element->name))
        inc_report(r->b->md->diags, INC_DIAG_MISNESTED_HTML, inc_reader_span(r, tag), "</%s> closes nothing that is open here", element->name);
}

/* ---- reading ---- */

static size_t obey(inc_reader *r, const inc_tag *tag)
{
    inc_builder *b = r->b;
    if (tag->kind == INC_TAG_COMMENT)
        return tag->end;
    const inc_element *element = inc_element_find(tag->name);
    inc_node *at = inc_builder_current(b);
    if (at->kind == INC_NODE_CODE && !(tag->kind == INC_TAG_CLOSE && element && element->kind == INC_ELEMENT_PRE)) {
        if (element)
            inc_html_tag_in_pre(r, tag, element, at);
        else
            put_code(r, tag->from, tag->end); /* Vec<T> */
        return tag->end;
    }
    if (!element) {
        put_unknown(r, tag);
        return tag->end;
    }
    if (tag->kind == INC_TAG_CLOSE) {
        close_element(r, tag, element);
        return tag->end;
    }
    if (b->stack.n >= OPEN_MAX)
        return tag->end;
    size_t open_before = b->stack.n, next = inc_html_open(r, tag, element);
    bool empty = tag->self_closing || inc_html_is_void(element->name);
    if (empty && b->stack.n && b->stack.v[b->stack.n - 1].element == element && b->stack.n > open_before)
        inc_builder_close(b);
    return next;
}

static bool read_tag(inc_reader *r, size_t at, inc_tag *tag)
{
    inc_str s = r->html->bytes;
    char next = at + 1 < s.n ? s.p[at + 1] : 0;
    if ((next == '!' && r->no_comment) || (next == '?' && r->no_instruction))
        return false;
    if (inc_tag_read(s, at, tag))
        return true;
    bool comment = next == '!' && at + 3 < s.n && s.p[at + 2] == '-' && s.p[at + 3] == '-';
    if (comment)
        inc_report(r->b->md->diags, INC_DIAG_UNCLOSED_HTML, inc_text_span(r->html, at, at + 4), "'<!--' is not closed; it is shown as it stands")->hint =
            INC_STR("a comment ends with -->");
    r->no_comment = r->no_comment || comment;
    r->no_instruction = r->no_instruction || next == '?';
    return false;
}

static void read_html(inc_builder *b, const inc_text *html)
{
    inc_reader r = {.b = b, .html = html};
    inc_str s = html->bytes;
    size_t plain = 0;
    for (size_t i = 0; i < s.n;) {
        const char *lt = memchr(s.p + i, '<', s.n - i);
        if (!lt)
            break;
        i = (size_t)(lt - s.p);
        inc_tag tag;
        if (!read_tag(&r, i, &tag)) {
            i++;
            continue;
        }
        put_plain(&r, plain, i);
        plain = i = obey(&r, &tag);
    }
    put_plain(&r, plain, s.n);
}

/* ---- Markdown's own blocks and inlines ---- */

/* Does the paragraph hold a tag of a block element, so that it has to be taken apart? */
static bool has_block_tag(const inc_md *md, const inc_node *paragraph)
{
    for (const inc_node *c = paragraph->first; c; c = c->next) {
        if (!c->raw)
            continue;
        inc_str s = raw_of(md, c)->bytes;
        inc_tag tag;
        for (size_t i = 0; i < s.n; i++) {
            if (s.p[i] != '<' || !inc_tag_read(s, i, &tag))
                continue;
            i = tag.end - 1;
            const inc_element *element = tag.kind == INC_TAG_COMMENT ? NULL : inc_element_find(tag.name);
            if (element && ((element->kind >= INC_ELEMENT_FIRST_BLOCK && element->kind < INC_ELEMENT_IGNORED)
                            || element->kind == INC_ELEMENT_BREAK))
                return true;
        }
    }
    return false;
}

static void feed(inc_builder *b, inc_node *node);

static void feed_children(inc_builder *b, inc_node *node)
{
    while (node->first) {
        inc_node *child = node->first;
        inc_node_detach(child);
        feed(b, child);
    }
}

/* Too deep, or in a <pre>: only what is inside goes on. */
static void dissolve(inc_builder *b, inc_node *node)
{
    switch (node->kind) {
    case INC_NODE_TEXT:
    case INC_NODE_CODE_SPAN:
    case INC_NODE_MATH: inc_buf_add(&b->code, node->as.text.text); return;
    case INC_NODE_CODE: inc_buf_add(&b->code, node->as.code.text); return;
    case INC_NODE_BREAK:
    case INC_NODE_SOFT_BREAK: inc_buf_byte(&b->code, '\n'); return;
    default: feed_children(b, node);
    }
}

static void put_paragraph(inc_builder *b, inc_node *paragraph)
{
    if (!has_block_tag(b->md, paragraph)) {
        inc_html_resolve(b->md, paragraph, inc_builder_depth(b) + 1);
        inc_trim_inlines(paragraph);
        if (paragraph->first)
            inc_builder_put_block(b, paragraph);
        return;
    }
    inc_node *rest = inc_node_new(b->md->arena, INC_NODE_PARAGRAPH, paragraph->span);
    while (paragraph->first) {
        inc_node *child = paragraph->first;
        inc_node_detach(child);
        inc_node_append(rest, child);
    }
    if (!inc_takes_only_inlines(inc_builder_current(b)))
        inc_builder_open(b, NULL, paragraph, paragraph->span);
    feed_children(b, rest);
    inc_builder_end_inlines(b);
}

/* Items and cells come here alone only when their list or table was flattened. */
static bool is_part(const inc_node *n)
{
    return n->kind == INC_NODE_ITEM || n->kind == INC_NODE_ROW || n->kind == INC_NODE_CELL || n->kind == INC_NODE_TERM
           || n->kind == INC_NODE_DEFINITION;
}

/* Takes what stands inside of what is not shown. An inline one ends before a block, as others do. */
static bool swallow(inc_builder *b, inc_node *node)
{
    const inc_open *dropping = inc_builder_dropping(b);
    if (!dropping || node->raw)
        return false;
    if (!inc_node_is_inline(node) && dropping->element->kind < INC_ELEMENT_FIRST_BLOCK) {
        inc_builder_close_to(b, (size_t)(dropping - b->stack.v));
        return false;
    }
    if (node->kind == INC_NODE_PARAGRAPH)
        feed_children(b, node); /* the end may be there */
    return true;
}

static void feed(inc_builder *b, inc_node *node)
{
    if (node->kind == INC_NODE_NOTE)
        inc_builder_close_to(b, 0); /* notes are the chapter's, whatever was left open */
    if (swallow(b, node))
        return;
    if (node->raw)
        read_html(b, raw_of(b->md, node));
    else if (inc_builder_current(b)->kind == INC_NODE_CODE)
        dissolve(b, node);
    else if (node->kind == INC_NODE_PARAGRAPH)
        put_paragraph(b, node);
    else if (node->kind == INC_NODE_LINK && inc_node_within(inc_builder_current(b), INC_NODE_LINK)) /* in the author's <a> */
        feed_children(b, node);
    else if (is_part(node) || (node->first && node->kind != INC_NODE_CODE && !inc_builder_has_room(b, node->span)))
        feed_children(b, node);
    else if (inc_node_is_inline(node)) {
        inc_builder_put_inline(b, node);
        inc_html_resolve(b->md, node, inc_builder_depth(b) + 1);
    } else {
        inc_builder_put_block(b, node);
        if (node->parent)
            inc_html_resolve(b->md, node, inc_builder_depth(b) + 1);
    }
}

/* A tight item holds one paragraph; more of them come from lists that were flattened, and would be read as one. */
static void loosen(inc_node *list)
{
    for (const inc_node *item = list->first; item; item = item->next)
        for (const inc_node *child = item->first; child && child->next; child = child->next)
            if (child->kind == INC_NODE_PARAGRAPH && child->next->kind == INC_NODE_PARAGRAPH)
                list->as.list.tight = false;
}

/* Rebuilds what is inside node; the recursion is as deep as Markdown's own nesting (INC_NESTING_MAX). */
void inc_html_resolve(inc_md *md, inc_node *node, unsigned depth)
{
    if (!node->first || node->kind == INC_NODE_CODE)
        return;
    switch (node->kind) {
    case INC_NODE_LIST:
    case INC_NODE_TABLE:
    case INC_NODE_ROW:
    case INC_NODE_DEFINITIONS: /* no HTML stands directly in these */
        for (inc_node *child = node->first; child; child = child->next)
            inc_html_resolve(md, child, depth + 1);
        if (node->kind == INC_NODE_LIST && node->as.list.tight)
            loosen(node);
        return;
    default: break;
    }
    inc_node *children = inc_node_new(md->arena, INC_NODE_DIV, INC_NO_SPAN);
    while (node->first) {
        inc_node *child = node->first;
        inc_node_detach(child);
        inc_node_append(children, child);
    }
    inc_builder b = inc_builder_on(md, node, depth);
    feed_children(&b, children);
    inc_builder_close_to(&b, 0);
}

void inc_md_html(inc_md *md, inc_node *root)
{
    inc_html_resolve(md, root, 2);
}
