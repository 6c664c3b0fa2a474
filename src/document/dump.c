/* dump.c - the tree as indented text, one node a line: kind, fields, #label, .classes, text, @file:line:column. */
#include "document/document.h"

static void quoted(inc_buf *out, inc_str s)
{
    inc_buf_byte(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '\n')
            inc_buf_puts(out, "\\n");
        else if (c == '\t')
            inc_buf_puts(out, "\\t");
        else if (c == '"' || c == '\\')
            inc_buf_printf(out, "\\%c", c);
        else if (c < 32 || c == 127)
            inc_buf_printf(out, "\\x%02x", c);
        else
            inc_buf_byte(out, (char)c);
    }
    inc_buf_byte(out, '"');
}

static void field(inc_buf *out, const char *name, inc_str value)
{
    if (!value.n)
        return;
    inc_buf_printf(out, " %s=", name);
    quoted(out, value);
}

static void number(inc_buf *out, const char *name, unsigned long value)
{
    inc_buf_printf(out, " %s=%lu", name, value);
}

static void flag(inc_buf *out, const char *name, bool set)
{
    if (set)
        inc_buf_printf(out, " %s", name);
}

static void value(inc_buf *out, inc_str s)
{
    inc_buf_byte(out, ' ');
    quoted(out, s);
}

/* What a target is called: its label, or its kind. */
static void target(inc_buf *out, const inc_node *node)
{
    if (!node)
        return;
    field(out, "to", node->label.n ? node->label : node->kind == INC_NODE_CHAPTER ? node->as.chapter.name
                                                                                  : inc_str_of(inc_node_kind_name(node->kind)));
}

static void chapter(inc_buf *out, const inc_node *n)
{
    static const char *const roles[] = {"numbered", "prefix", "suffix", "half-title", "title-page", "copyright", "contents",
                                        "list-of-figures", "list-of-tables", "list-of-listings", "index"};
    inc_buf_printf(out, " %s", roles[n->as.chapter.role]);
    number(out, "depth", n->as.chapter.depth);
    flag(out, "draft", n->as.chapter.draft);
    flag(out, "opens-recto", n->as.chapter.opens_recto);
    flag(out, "numbered-pages-start", n->as.chapter.numbered_pages_start);
    field(out, "title", n->as.chapter.title);
    field(out, "number", n->as.chapter.number);
    field(out, "path", n->as.chapter.path);
    field(out, "name", n->as.chapter.name);
}

static void table(inc_buf *out, const inc_node *n)
{
    number(out, "columns", n->as.table.column_count);
    inc_buf_puts(out, " aligns=");
    for (uint32_t i = 0; i < n->as.table.column_count; i++)
        inc_buf_byte(out, n->as.table.aligns ? "-lcr"[n->as.table.aligns[i]] : '-');
}

static void cell(inc_buf *out, const inc_node *n)
{
    static const char *const aligns[] = {"", " left", " center", " right"};
    flag(out, "head", n->as.cell.head);
    inc_buf_puts(out, aligns[n->as.cell.align]);
    if (n->as.cell.colspan != 1)
        number(out, "colspan", n->as.cell.colspan);
    if (n->as.cell.rowspan != 1)
        number(out, "rowspan", n->as.cell.rowspan);
}

static void image(inc_buf *out, const inc_node *n)
{
    value(out, n->as.image.url);
    field(out, "alt", n->as.image.alt);
    field(out, "title", n->as.image.title);
    field(out, "name", n->as.image.name);
    field(out, "width", n->as.image.width);
    field(out, "height", n->as.image.height);
    flag(out, "decorative", n->as.image.decorative);
    if (n->as.image.diagram)
        field(out, "diagram", n->as.image.diagram->language);
}

static void list(inc_buf *out, const inc_node *n)
{
    inc_buf_puts(out, n->as.list.ordered ? " ordered" : " bullets");
    flag(out, "tight", n->as.list.tight);
    if (n->as.list.ordered)
        inc_buf_printf(out, " start=%u delimiter=%c", n->as.list.start, n->as.list.delimiter ? n->as.list.delimiter : '-');
}

/* Marks as one character a line: "." none, "h" highlighted, "+" and "-" changed, "P" and "M" both. */
static void code(inc_buf *out, const inc_node *n)
{
    flag(out, "fenced", n->as.code.fenced);
    field(out, "language", n->as.code.language);
    flag(out, "diff", n->as.code.diff);
    if (n->as.code.first_number)
        number(out, "first-number", n->as.code.first_number);
    if (n->as.code.marks)
        inc_buf_puts(out, " marks=");
    for (uint32_t i = 0; n->as.code.marks && i < n->as.code.mark_count; i++)
        inc_buf_byte(out, ".h+P-M"[n->as.code.marks[i] % 6]);
    value(out, n->as.code.text);
}

static void fields(inc_buf *out, const inc_node *n)
{
    static const char *const figures[] = {"figure", "table", "listing"};
    static const char *const alerts[] = {"note", "tip", "important", "warning", "caution"};
    static const char *const tasks[] = {"", " open", " done"};
    switch (n->kind) {
    case INC_NODE_PART:
        field(out, "title", n->as.part.title);
        field(out, "number", n->as.part.number);
        break;
    case INC_NODE_CHAPTER: chapter(out, n); break;
    case INC_NODE_HEADING:
        number(out, "level", n->as.heading.level);
        field(out, "number", n->as.heading.number);
        flag(out, "in-contents", n->as.heading.in_contents);
        break;
    case INC_NODE_LIST: list(out, n); break;
    case INC_NODE_ITEM:
        inc_buf_puts(out, tasks[n->as.item.task]);
        if (n->as.item.number)
            number(out, "number", n->as.item.number);
        break;
    case INC_NODE_CODE: code(out, n); break;
    case INC_NODE_TABLE: table(out, n); break;
    case INC_NODE_ROW:
        flag(out, "head", n->as.row.head);
        flag(out, "foot", n->as.row.foot);
        flag(out, "opens", n->as.row.opens);
        break;
    case INC_NODE_CELL: cell(out, n); break;
    case INC_NODE_FIGURE:
        inc_buf_printf(out, " %s", figures[n->as.figure.kind]);
        field(out, "number", n->as.figure.number);
        field(out, "file-name", n->as.figure.file_name);
        break;
    case INC_NODE_ALERT: inc_buf_printf(out, " %s", alerts[n->as.alert.kind]); break;
    case INC_NODE_NOTE:
        value(out, n->as.note.name);
        if (n->as.note.number)
            number(out, "number", n->as.note.number);
        if (n->as.note.references)
            number(out, "references", n->as.note.references);
        break;
    case INC_NODE_TEXT:
    case INC_NODE_CODE_SPAN:
    case INC_NODE_MATH: value(out, n->as.text.text); break;
    case INC_NODE_SPAN: inc_buf_printf(out, " %.*s", INC_STR_ARG(inc_node_element(n))); break;
    case INC_NODE_LINK:
        value(out, n->as.link.url);
        field(out, "title", n->as.link.title);
        flag(out, "external", n->as.link.external);
        target(out, n->as.link.target);
        break;
    case INC_NODE_IMAGE: image(out, n); break;
    case INC_NODE_NOTE_REF:
        value(out, n->as.note_ref.name);
        if (n->as.note_ref.ordinal)
            number(out, "ordinal", n->as.note_ref.ordinal);
        flag(out, "undefined", !n->as.note_ref.note);
        break;
    case INC_NODE_PAGE_REF:
        target(out, n->as.page_ref.target);
        if (n->as.page_ref.end)
            inc_buf_puts(out, " to");
        target(out, n->as.page_ref.end);
        break;
    case INC_NODE_INDEX_MARK: value(out, n->as.index_mark.term); break;
    case INC_NODE_CALLOUT:
        number(out, "number", n->as.callout.number);
        value(out, inc_str_slice(n->parent->as.code.text, n->as.callout.byte, n->as.callout.byte + n->as.callout.length));
        flag(out, "explained", n->as.callout.item);
        break;
    default: break; /* no fields */
    }
}

static void place(inc_buf *out, inc_sources *sources, inc_span span)
{
    inc_place p;
    if (sources && inc_sources_place(sources, span, &p))
        inc_buf_printf(out, " @%.*s:%u:%u", INC_STR_ARG(p.name), p.line, p.column);
}

static void node_line(inc_buf *out, inc_sources *sources, const inc_node *n, unsigned depth)
{
    for (unsigned i = 0; i < depth; i++)
        inc_buf_puts(out, "  ");
    inc_buf_puts(out, inc_node_kind_name(n->kind));
    flag(out, "generated", n->generated);
    flag(out, "paper", n->paper);
    flag(out, "raw", n->raw);
    fields(out, n);
    if (n->label.n) {
        inc_buf_puts(out, " #");
        inc_buf_add(out, n->label);
    }
    for (uint32_t i = 0; i < n->class_count; i++) {
        inc_buf_puts(out, " .");
        inc_buf_add(out, n->classes[i]);
    }
    field(out, "lang", n->lang);
    for (const inc_attribute *a = n->attributes; a; a = a->next) {
        inc_buf_puts(out, " [");
        inc_buf_add(out, a->name);
        inc_buf_byte(out, '=');
        quoted(out, a->value);
        inc_buf_byte(out, ']');
    }
    place(out, sources, n->span);
    inc_buf_byte(out, '\n');
}

void inc_document_dump(const inc_document *document, inc_buf *out)
{
    unsigned depth = 0;
    for (inc_walk w = inc_walk_begin(document->book); inc_walk_next(&w);) {
        if (w.enter)
            node_line(out, document->sources, w.node, depth++);
        else
            depth--;
    }
}
