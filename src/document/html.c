/*
 * html.c - the tree as HTML, to be read by people and by conformance tests. It is not what EPUB gets (epub/).
 *
 * With `commonmark` the output is, byte for byte, what the CommonMark 0.31.2 and GFM examples show. Else every
 * element also has its id, classes and language.
 */
#include "document/document.h"

typedef struct printer {
    inc_buf *out;
    bool commonmark;
    const inc_node *book;
} printer;

static void escape(inc_buf *out, inc_str s)
{
    for (size_t i = 0; i < s.n; i++)
        switch (s.p[i]) {
        case '&': inc_buf_puts(out, "&amp;"); break;
        case '<': inc_buf_puts(out, "&lt;"); break;
        case '>': inc_buf_puts(out, "&gt;"); break;
        case '"': inc_buf_puts(out, "&quot;"); break;
        default: inc_buf_byte(out, s.p[i]);
        }
}

/* Percent-encodes what a URL must not hold (RFC 3986); what is encoded already stays. */
static void escape_url(inc_buf *out, inc_str url)
{
    static const char safe[] = "-_.+!*'(),%#@?=;:/$~";
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (c == '&')
            inc_buf_puts(out, "&amp;");
        else if ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || (c && c < 128 && strchr(safe, c)))
            inc_buf_byte(out, (char)c);
        else
            inc_buf_printf(out, "%%%02X", c);
    }
}

static void line_start(inc_buf *out)
{
    if (out->n && out->p[out->n - 1] != '\n')
        inc_buf_byte(out, '\n');
}

static void attribute(inc_buf *out, const char *name, inc_str value)
{
    if (!value.n)
        return;
    inc_buf_printf(out, " %s=\"", name);
    escape(out, value);
    inc_buf_byte(out, '"');
}

/* id, class, lang and what else the node carries. */
static void common_attributes(printer *p, const inc_node *node)
{
    if (p->commonmark)
        return;
    attribute(p->out, "id", node->label);
    inc_str implied[4];
    uint32_t n = inc_node_implied_classes(node, implied, INC_COUNT(implied));
    if (n + node->class_count) {
        inc_buf_puts(p->out, " class=\"");
        for (uint32_t i = 0; i < n + node->class_count; i++) {
            if (i)
                inc_buf_byte(p->out, ' ');
            escape(p->out, i < n ? implied[i] : node->classes[i - n]);
        }
        inc_buf_byte(p->out, '"');
    }
    attribute(p->out, "lang", node->lang);
    for (const inc_attribute *a = node->attributes; a; a = a->next) {
        inc_buf_byte(p->out, ' ');
        escape(p->out, a->name);
        inc_buf_puts(p->out, "=\"");
        escape(p->out, a->value);
        inc_buf_byte(p->out, '"');
    }
}

static void open_tag(printer *p, const inc_node *node)
{
    inc_str name = inc_node_element(node);
    inc_buf_byte(p->out, '<');
    inc_buf_add(p->out, name);
    common_attributes(p, node);
}

static void close_tag(printer *p, const inc_node *node)
{
    inc_buf_puts(p->out, "</");
    inc_buf_add(p->out, inc_node_element(node));
    inc_buf_byte(p->out, '>');
}

/* A block of blocks: tags on lines of their own. */
static void block_holder(printer *p, const inc_node *node, bool enter)
{
    line_start(p->out);
    if (enter) {
        open_tag(p, node);
        inc_buf_byte(p->out, '>');
    } else
        close_tag(p, node);
    inc_buf_byte(p->out, '\n');
}

/* A block of inlines: one line. */
static void text_block(printer *p, const inc_node *node, bool enter)
{
    if (enter) {
        line_start(p->out);
        open_tag(p, node);
        inc_buf_byte(p->out, '>');
    } else {
        close_tag(p, node);
        inc_buf_byte(p->out, '\n');
    }
}

static bool in_tight_item(const inc_node *node)
{
    const inc_node *item = node->parent;
    return item && item->kind == INC_NODE_ITEM && item->parent && item->parent->as.list.tight;
}

static void list(printer *p, const inc_node *node, bool enter)
{
    line_start(p->out);
    if (enter) {
        open_tag(p, node);
        if (node->as.list.ordered && node->as.list.start != 1)
            inc_buf_printf(p->out, " start=\"%u\"", node->as.list.start);
        inc_buf_byte(p->out, '>');
    } else
        close_tag(p, node);
    inc_buf_byte(p->out, '\n');
}

static void item(printer *p, const inc_node *node, bool enter)
{
    text_block(p, node, enter);
    if (enter && node->as.item.task != INC_TASK_NONE)
        inc_buf_puts(p->out, node->as.item.task == INC_TASK_DONE ? "<input checked=\"\" disabled=\"\" type=\"checkbox\"> "
                                                                 : "<input disabled=\"\" type=\"checkbox\"> ");
}

static void code(printer *p, const inc_node *node)
{
    line_start(p->out);
    if (node->raw) {
        inc_buf_add(p->out, node->as.code.text);
        line_start(p->out);
        return;
    }
    open_tag(p, node);
    inc_buf_puts(p->out, "><code");
    if (node->as.code.language.n) {
        inc_buf_puts(p->out, " class=\"language-");
        escape(p->out, node->as.code.language);
        inc_buf_byte(p->out, '"');
    }
    inc_buf_byte(p->out, '>');
    escape(p->out, node->as.code.text);
    inc_buf_puts(p->out, "</code></pre>\n");
}

static const char *section_of(const inc_node *row)
{
    return row->as.row.head ? "thead" : row->as.row.foot ? "tfoot" : "tbody";
}

static void row(printer *p, const inc_node *node, bool enter)
{
    const char *section = section_of(node);
    const inc_node *neighbour = enter ? node->prev : node->next, *later = enter ? node : neighbour;
    bool edge = !neighbour || strcmp(section_of(neighbour), section) != 0 || later->as.row.opens;
    if (enter && edge)
        inc_buf_printf(p->out, "<%s>\n", section);
    block_holder(p, node, enter);
    if (!enter && edge)
        inc_buf_printf(p->out, "</%s>\n", section);
}

static void cell(printer *p, const inc_node *node, bool enter)
{
    static const char *const aligns[] = {"", "left", "center", "right"};
    if (!enter) {
        text_block(p, node, false);
        return;
    }
    line_start(p->out);
    open_tag(p, node);
    attribute(p->out, "align", inc_str_of(aligns[node->as.cell.align]));
    if (node->as.cell.colspan > 1)
        inc_buf_printf(p->out, " colspan=\"%u\"", node->as.cell.colspan);
    if (node->as.cell.rowspan != 1)
        inc_buf_printf(p->out, " rowspan=\"%u\"", node->as.cell.rowspan);
    inc_buf_byte(p->out, '>');
}

static void span(printer *p, const inc_node *node, bool enter)
{
    if (enter) {
        open_tag(p, node);
        inc_buf_byte(p->out, '>');
    } else
        close_tag(p, node);
}

static void link(printer *p, const inc_node *node, bool enter)
{
    if (!enter) {
        inc_buf_puts(p->out, "</a>");
        return;
    }
    inc_buf_puts(p->out, "<a href=\"");
    escape_url(p->out, node->as.link.url);
    inc_buf_byte(p->out, '"');
    attribute(p->out, "title", node->as.link.title);
    common_attributes(p, node);
    inc_buf_byte(p->out, '>');
}

static void image(printer *p, const inc_node *node)
{
    inc_buf_puts(p->out, "<img src=\"");
    escape_url(p->out, node->as.image.url);
    inc_buf_puts(p->out, "\" alt=\"");
    escape(p->out, node->as.image.alt);
    inc_buf_byte(p->out, '"');
    attribute(p->out, "title", node->as.image.title);
    attribute(p->out, "width", node->as.image.width);
    attribute(p->out, "height", node->as.image.height);
    common_attributes(p, node);
    inc_buf_puts(p->out, " />");
}

static void text(printer *p, const inc_node *node)
{
    if (node->raw)
        inc_buf_add(p->out, node->as.text.text);
    else
        escape(p->out, node->as.text.text);
}

static void verbatim(printer *p, const inc_node *node)
{
    span(p, node, true);
    text(p, node);
    span(p, node, false);
}

static void note_ref(printer *p, const inc_node *node)
{
    inc_buf_puts(p->out, "<sup>");
    open_tag(p, node);
    attribute(p->out, "href", node->as.note_ref.name);
    inc_buf_byte(p->out, '>');
    escape(p->out, node->as.note_ref.name);
    inc_buf_puts(p->out, "</a></sup>");
}

static void index_mark(printer *p, const inc_node *node)
{
    open_tag(p, node);
    attribute(p->out, "data-index", node->as.index_mark.term);
    inc_buf_puts(p->out, "></span>");
}

static void caption(printer *p, const inc_node *node, bool enter)
{
    const inc_node *figure = node->parent;
    text_block(p, node, enter);
    if (enter && figure && figure->as.figure.number.n) {
        inc_buf_puts(p->out, "<!-- ");
        escape(p->out, figure->as.figure.number);
        inc_buf_puts(p->out, " -->");
    }
}

static void node_html(printer *p, const inc_node *node, bool enter)
{
    bool leaf_done = !enter;
    switch (node->kind) {
    case INC_NODE_BOOK: return;
    case INC_NODE_PART:
    case INC_NODE_CHAPTER:
        if (!p->commonmark)
            block_holder(p, node, enter);
        return;
    case INC_NODE_PARAGRAPH:
        if (!in_tight_item(node))
            text_block(p, node, enter);
        return;
    case INC_NODE_HEADING:
    case INC_NODE_TERM: text_block(p, node, enter); return;
    case INC_NODE_CAPTION: caption(p, node, enter); return;
    case INC_NODE_LIST: list(p, node, enter); return;
    case INC_NODE_ITEM: item(p, node, enter); return;
    case INC_NODE_QUOTE:
    case INC_NODE_TABLE:
    case INC_NODE_FIGURE:
    case INC_NODE_DIV:
    case INC_NODE_DEFINITIONS:
    case INC_NODE_DEFINITION:
    case INC_NODE_ALERT:
    case INC_NODE_NOTE: block_holder(p, node, enter); return;
    case INC_NODE_ROW: row(p, node, enter); return;
    case INC_NODE_CELL: cell(p, node, enter); return;
    case INC_NODE_SPAN: span(p, node, enter); return;
    case INC_NODE_LINK: link(p, node, enter); return;
    default: break;
    }
    if (leaf_done)
        return;
    switch (node->kind) {
    case INC_NODE_CODE: code(p, node); break;
    case INC_NODE_RULE:
    case INC_NODE_PAGE_BREAK:
        line_start(p->out);
        open_tag(p, node);
        inc_buf_puts(p->out, " />\n");
        break;
    case INC_NODE_TEXT: text(p, node); break;
    case INC_NODE_CODE_SPAN:
    case INC_NODE_MATH: verbatim(p, node); break;
    case INC_NODE_IMAGE: image(p, node); break;
    case INC_NODE_BREAK: inc_buf_puts(p->out, "<br />\n"); break;
    case INC_NODE_SOFT_BREAK: inc_buf_byte(p->out, '\n'); break;
    case INC_NODE_ANCHOR:
    case INC_NODE_PAGE_REF:
    case INC_NODE_PAGE_LIST:
        span(p, node, true);
        span(p, node, false);
        break;
    case INC_NODE_NOTE_REF: note_ref(p, node); break;
    case INC_NODE_INDEX_MARK: index_mark(p, node); break;
    default: break; /* done above */
    }
}

void inc_document_html(const inc_document *document, bool commonmark, inc_buf *out)
{
    printer p = {out, commonmark, document->book};
    for (inc_walk w = inc_walk_begin(document->book); inc_walk_next(&w);)
        node_html(&p, w.node, w.enter);
}
