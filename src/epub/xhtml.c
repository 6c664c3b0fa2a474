/*
 * xhtml.c - one chapter to one XHTML document (EPUB 3.3, section 6.1; DPUB-ARIA 1.1).
 *
 * What readers are known to want of notes: nothing but the number inside the reference's <a> (Apple), an <aside> with
 * its own id for each note (Kobo, Apple), and the way back first in the note, not last (Kindle runs notes together
 * otherwise). No style attributes: Kindle drops files over them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "epub/book.h"
#include "epub/xml.h"

typedef enum table_part { TABLE_EMPTY, TABLE_HEAD, TABLE_BODY, TABLE_FOOT } table_part;

typedef struct writer {
    inc_epub_book *book;
    inc_epub_file *file;
    inc_buf *out;
    INC_VEC(const inc_page_break *) pending; /* pages that begin at the next place where a span may stand */
    inc_str lead;        /* markup for the beginning of the next paragraph: a check box, a note's number */
    unsigned link_depth; /* open <a>s: they do not nest */
    table_part tables[INC_NESTING_MAX + 2];
    unsigned table_depth;
    bool in_notes;
} writer;

static void put(writer *w, const char *markup)
{
    inc_buf_puts(w->out, markup);
}

/* ---- page breaks ---- */

static void write_break(void *context, const inc_page_break *b)
{
    writer *w = context;
    inc_epub_book *book = w->book;
    if (b->label.n == 0 || inc_map_has(&book->page_labels, b->label))
        return;
    inc_str wish = inc_xml_name(book->arena, inc_strf(book->arena, "page-%.*s", INC_STR_ARG(b->label)));
    inc_str id = inc_epub_unique_id(book, &w->file->ids, wish);
    put(w, "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\"");
    inc_xml_attribute(w->out, "id", id);
    inc_xml_attribute(w->out, "aria-label", b->label);
    put(w, "></span>");
    inc_map_put(&book->page_labels, b->label, book);
    inc_epub_page page = {b->label, inc_strf(book->arena, "%.*s#%.*s", INC_STR_ARG(w->file->name), INC_STR_ARG(id))};
    INC_PUSH(book->arena, &book->pages, page);
}

static void flush_breaks(writer *w)
{
    for (size_t i = 0; i < w->pending.n; i++)
        write_break(w, w->pending.v[i]);
    w->pending.n = 0;
}

/* Breaks at the node itself wait for the next place; those inside its text are given back. */
static size_t take_breaks(writer *w, const inc_node *node, const inc_page_break **inside)
{
    const inc_page_break *first;
    size_t n = inc_pagemap_breaks(w->book->input->pagemap, node->id, &first), head = 0;
    bool text = node->kind == INC_NODE_TEXT || node->kind == INC_NODE_CODE_SPAN || node->kind == INC_NODE_CODE;
    while (head < n && (!text || first[head].byte == 0))
        INC_PUSH(w->book->arena, &w->pending, &first[head++]);
    *inside = n ? first + head : NULL;
    return n - head;
}

/* ---- tags ---- */

static void write_class(writer *w, bool *open, inc_str name)
{
    put(w, *open ? " " : " class=\"");
    inc_xml_value(w->out, name);
    *open = true;
}

static void write_classes(writer *w, const inc_node *node, const char *more)
{
    inc_str implied[8];
    uint32_t n = inc_node_implied_classes(node, implied, INC_COUNT(implied));
    bool open = false;
    for (uint32_t i = 0; i < n; i++) {
        bool other =
            inc_str_is(implied[i], "language-other"); /* the model has static names only; here is the real one */
        write_class(w, &open, other ? INC_STR("language-") : implied[i]);
        if (other)
            inc_xml_value(w->out, node->as.code.language);
    }
    for (uint32_t i = 0; i < node->class_count; i++)
        write_class(w, &open, node->classes[i]);
    if (more)
        write_class(w, &open, inc_str_of(more));
    put(w, open ? "\"" : "");
}

/* "<name" with id, class, language and title; the caller adds what it needs and closes it. */
static void begin_tag(writer *w, const inc_node *node, const char *name, const char *more_class)
{
    inc_buf_byte(w->out, '<');
    put(w, name);
    if (w->book->ids[node->id].n)
        inc_xml_attribute(w->out, "id", w->book->ids[node->id]);
    write_classes(w, node, more_class);
    if (inc_xml_is_language(node->lang)) {
        inc_xml_attribute(w->out, "lang", node->lang);
        inc_xml_attribute(w->out, "xml:lang", node->lang);
    }
    inc_str title = inc_node_attribute(node, "title"), direction = inc_node_attribute(node, "dir");
    if (title.n)
        inc_xml_attribute(w->out, "title", title);
    if (inc_str_is(direction, "rtl") || inc_str_is(direction, "ltr"))
        inc_xml_attribute(w->out, "dir", direction);
}

static void end_tag(writer *w, const char *name, bool block)
{
    inc_buf_printf(w->out, "</%s>%s", name, block ? "\n" : "");
}

/* The names of elements are string literals, so they end in NUL. */
static const char *element_name(const inc_node *node)
{
    return inc_node_element(node).p;
}

/* A container of blocks or items. */
static void container(writer *w, const inc_node *node, bool enter, const char *attributes)
{
    if (enter) {
        begin_tag(w, node, element_name(node), NULL);
        put(w, attributes);
        put(w, ">\n");
    } else
        end_tag(w, element_name(node), true);
}

/* A block of inlines: a page may begin inside. */
static void text_block(writer *w, const inc_node *node, bool enter, const char *name)
{
    if (!enter) {
        end_tag(w, name, true);
        return;
    }
    begin_tag(w, node, name, NULL);
    put(w, ">");
    inc_buf_add(w->out, w->lead);
    w->lead = INC_STR("");
    flush_breaks(w);
}

/* Puts `lead` at the start of the block's first paragraph, which is made when there is none. */
static void lead_into(writer *w, const inc_node *node, inc_str lead)
{
    if (node->first && node->first->kind == INC_NODE_PARAGRAPH)
        w->lead = lead;
    else
        inc_buf_printf(w->out, "<p>%.*s</p>\n", INC_STR_ARG(lead));
}

/* ---- blocks ---- */

static void section(writer *w, const inc_node *node, bool enter)
{
    if (!enter) {
        flush_breaks(w);
        put(w, w->in_notes ? "</section>\n</section>\n" : "</section>\n");
        return;
    }
    inc_epub_semantics semantics = inc_epub_semantics_of(w->book, node);
    begin_tag(w, node, "section", NULL);
    if (semantics.type)
        inc_xml_attribute(w->out, "epub:type", inc_str_of(semantics.type));
    if (semantics.role)
        inc_xml_attribute(w->out, "role", inc_str_of(semantics.role));
    put(w, ">\n");
}

static void list(writer *w, const inc_node *node, bool enter)
{
    char start[32] = "";
    if (node->as.list.ordered && node->as.list.start != 1)
        snprintf(start, sizeof start, " start=\"%u\"", node->as.list.start);
    container(w, node, enter, start);
}

static void item(writer *w, const inc_node *node, bool enter)
{
    container(w, node, enter, "");
    if (enter && node->as.item.task != INC_TASK_NONE)
        lead_into(w, node,
                  node->as.item.task == INC_TASK_DONE ? INC_STR("<span class=\"check\">☑</span> ")
                                                      : INC_STR("<span class=\"check\">☐</span> "));
}

static void code_block(writer *w, const inc_node *node)
{
    const inc_page_break *inside;
    size_t n = take_breaks(w, node, &inside);
    begin_tag(w, node, "pre", NULL);
    put(w, "><code>");
    flush_breaks(w);
    inc_arena_mark mark = inc_arena_mark_get(w->book->scratch);
    inc_epub_code(w->book->scratch, node->as.code.language, node->as.code.text, inside, n, write_break, w, w->out);
    inc_arena_reset(w->book->scratch, mark);
    put(w, "</code></pre>\n");
}

/* Rules stand among blocks; a figure's caption must stay first, so there the page waits. */
static void rule(writer *w, const inc_node *node)
{
    if (node->parent->kind != INC_NODE_FIGURE)
        flush_breaks(w);
    begin_tag(w, node, "hr", NULL);
    put(w, "/>\n");
}

static void end_table_part(writer *w, table_part part)
{
    static const char *const ends[] = {"", "</thead>\n", "</tbody>\n", "</tfoot>\n"};
    put(w, ends[part]);
}

static void table(writer *w, const inc_node *node, bool enter)
{
    if (enter) {
        container(w, node, true, "");
        if (w->table_depth + 1 < INC_COUNT(w->tables))
            w->tables[++w->table_depth] = TABLE_EMPTY;
        return;
    }
    end_table_part(w, w->tables[w->table_depth]);
    if (w->table_depth > 0)
        w->table_depth--;
    container(w, node, false, "");
}

/* Head rows after the first body row are body rows: HTML has one thead, and it comes first. */
static void row(writer *w, const inc_node *node, bool enter)
{
    static const char *const begins[] = {"", "<thead>\n", "<tbody>\n", "<tfoot>\n"};
    table_part *part = &w->tables[w->table_depth], now = TABLE_BODY;
    if (node->as.row.head && *part <= TABLE_HEAD)
        now = TABLE_HEAD;
    else if (node->as.row.foot)
        now = TABLE_FOOT;
    if (enter && (now != *part || (now == TABLE_BODY && node->as.row.opens))) {
        end_table_part(w, *part);
        put(w, begins[now]);
        *part = now;
    }
    container(w, node, enter, "");
}

static const char *scope_of(const writer *w, const inc_node *cell)
{
    static const char *const scopes[] = {"row", "col", "rowgroup", "colgroup"};
    inc_str scope = inc_node_attribute(cell, "scope");
    for (size_t i = 0; i < INC_COUNT(scopes); i++)
        if (inc_str_eq_nocase(scope, inc_str_of(scopes[i])))
            return scopes[i];
    return w->tables[w->table_depth] == TABLE_HEAD ? "col" : "row";
}

static void cell(writer *w, const inc_node *node, bool enter)
{
    static const char *const aligns[] = {NULL, "align-left", "align-center", "align-right"};
    bool head = node->as.cell.head && node->first; /* an empty head names nothing */
    const char *name = head ? "th" : "td";
    if (!enter) {
        end_tag(w, name, true);
        return;
    }
    begin_tag(w, node, name, aligns[node->as.cell.align]);
    if (head)
        inc_buf_printf(w->out, " scope=\"%s\"", scope_of(w, node));
    if (node->as.cell.column_end > node->as.cell.column + 1)
        inc_buf_printf(w->out, " colspan=\"%u\"", node->as.cell.column_end - node->as.cell.column);
    if (node->as.cell.rows > 1)
        inc_buf_printf(w->out, " rowspan=\"%u\"", node->as.cell.rows);
    put(w, ">");
    if (node->first && inc_node_is_inline(node->first))
        flush_breaks(w);
}

/* HTML wants a term before a definition and a definition after a term. */
static void definition_part(writer *w, const inc_node *node, bool enter)
{
    if (node->kind == INC_NODE_TERM) {
        text_block(w, node, enter, "dt");
        if (!enter && !node->next)
            put(w, "<dd></dd>\n");
    } else {
        if (enter && !node->prev)
            put(w, "<dt></dt>\n");
        container(w, node, enter, "");
    }
}

static void note(writer *w, const inc_node *node, bool enter)
{
    if (!enter) {
        end_tag(w, "aside", true);
        return;
    }
    if (!w->in_notes)
        put(w, "<section class=\"footnotes\" epub:type=\"footnotes\">\n");
    w->in_notes = true;
    begin_tag(w, node, "aside", NULL);
    put(w, " epub:type=\"footnote\" role=\"doc-footnote\">\n");
    inc_str back = w->book->ids[w->book->first_refs[node->id]]; /* the 0th is empty */
    unsigned number = node->as.note.number;
    if (back.n)
        lead_into(w, node,
                  inc_strf(w->book->arena, "<a class=\"backlink\" href=\"#%.*s\" role=\"doc-backlink\">%u.</a> ",
                           INC_STR_ARG(back), number));
    else
        lead_into(w, node, inc_strf(w->book->arena, "%u. ", number));
}

/* ---- inlines ---- */

static void text(writer *w, const inc_node *node, inc_str bytes, const inc_page_break *inside, size_t n)
{
    (void)node;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        size_t stop = INC_MIN(INC_MAX((size_t)inside[i].byte, at), bytes.n);
        while (stop < bytes.n && ((unsigned char)bytes.p[stop] & 0xC0) == 0x80)
            stop++;
        inc_xml_text(w->out, inc_str_slice(bytes, at, stop));
        write_break(w, &inside[i]);
        at = stop;
    }
    inc_xml_text(w->out, inc_str_slice(bytes, at, bytes.n));
}

static void plain_text(writer *w, const inc_node *node)
{
    const inc_page_break *inside;
    size_t n = take_breaks(w, node, &inside);
    flush_breaks(w);
    text(w, node, node->as.text.text, inside, n);
}

static void code_span(writer *w, const inc_node *node)
{
    const inc_page_break *inside;
    size_t n = take_breaks(w, node, &inside);
    flush_breaks(w);
    begin_tag(w, node, "code", NULL);
    put(w, ">");
    text(w, node, node->as.text.text, inside, n);
    put(w, "</code>");
}

static void inline_container(writer *w, const inc_node *node, bool enter, const char *name)
{
    if (!enter) {
        end_tag(w, name, false);
        return;
    }
    flush_breaks(w);
    begin_tag(w, node, name, NULL);
    put(w, ">");
}

static bool link_href(writer *w, const inc_node *node, inc_str *href)
{
    if (node->as.link.target) {
        *href = inc_epub_href(w->book, node, node->as.link.target);
        return href->n > 0;
    }
    return node->as.link.external && inc_xml_url(w->book->arena, node->as.link.url, href);
}

/* A link that leads nowhere, or stands inside another, is plain text. */
static void link_(writer *w, const inc_node *node, bool enter)
{
    inc_str href = {0};
    bool live = link_href(w, node, &href) && (enter ? w->link_depth == 0 : w->link_depth == 1);
    if (!enter) {
        w->link_depth--;
        end_tag(w, live ? "a" : "span", false);
        return;
    }
    w->link_depth++;
    flush_breaks(w);
    begin_tag(w, node, live ? "a" : "span", NULL);
    if (live)
        inc_xml_attribute(w->out, "href", href);
    if (node->as.link.title.n && inc_node_attribute(node, "title").n == 0)
        inc_xml_attribute(w->out, "title", node->as.link.title);
    put(w, ">");
}

static void image(writer *w, const inc_node *node)
{
    flush_breaks(w);
    inc_epub_book *book = w->book;
    const inc_epub_picture *picture =
        node->as.image.file.n ? inc_epub_picture_of(book, node->as.image.name, node->as.image.file, node->span) : NULL;
    if (!picture) {
        begin_tag(w, node, "span", "missing-image");
        put(w, ">");
        inc_xml_text(w->out, node->as.image.alt);
        put(w, "</span>");
        return;
    }
    *(node->as.image.decorative ? &book->images_decorative
      : node->as.image.alt.n    ? &book->images_described
                                : &book->images_without_alt) += 1;
    uint32_t width = inc_epub_width_class(book, node->as.image.width);
    char width_class[16] = "";
    if (width)
        snprintf(width_class, sizeof width_class, "w%u", width);
    begin_tag(w, node, "img", width ? width_class : NULL);
    inc_xml_attribute(w->out, "src", picture->href);
    inc_xml_attribute(w->out, "alt", node->as.image.alt);
    if (node->as.image.decorative)
        put(w, " role=\"presentation\"");
    if (node->as.image.title.n && inc_node_attribute(node, "title").n == 0)
        inc_xml_attribute(w->out, "title", node->as.image.title);
    put(w, "/>");
}

static void note_ref(writer *w, const inc_node *node)
{
    flush_breaks(w);
    const inc_node *target = node->as.note_ref.note;
    inc_str href = target && target->as.note.number ? inc_epub_href(w->book, node, target) : INC_STR("");
    if (!target || target->as.note.number == 0) { /* undefined: as it was written */
        put(w, "[^");
        inc_xml_text(w->out, node->as.note_ref.name);
        put(w, "]");
        return;
    }
    bool live = href.n > 0 && w->link_depth == 0;
    begin_tag(w, node, live ? "a" : "span", NULL);
    if (live) {
        inc_xml_attribute(w->out, "href", href);
        put(w, " epub:type=\"noteref\" role=\"doc-noteref\"");
    }
    inc_buf_printf(w->out, ">%u</%s>", target->as.note.number, live ? "a" : "span");
}

/* What to call a place: its page where the PDF has pages, else its chapter. */
static inc_str place_name(writer *w, const inc_node *target)
{
    inc_str label = inc_pagemap_label(w->book->input->pagemap, target, 0);
    const inc_node *root = inc_epub_file_node(target);
    if (label.n || !root)
        return label;
    if (root->kind == INC_NODE_PART)
        return root->as.part.title;
    return root->as.chapter.number.n ? root->as.chapter.number : root->as.chapter.title;
}

static void place_link(writer *w, const inc_node *node, const inc_node *target)
{
    inc_str href = inc_epub_href(w->book, node, target), name = place_name(w, target);
    bool live = href.n > 0 && w->link_depth == 0;
    if (live) {
        put(w, "<a");
        inc_xml_attribute(w->out, "href", href);
        put(w, ">");
    }
    inc_xml_text(w->out, name);
    put(w, live ? "</a>" : "");
}

static void page_ref(writer *w, const inc_node *node)
{
    flush_breaks(w);
    begin_tag(w, node, "span", NULL);
    put(w, ">");
    if (node->as.page_ref.target)
        place_link(w, node, node->as.page_ref.target);
    put(w, "</span>");
}

static void page_list(writer *w, const inc_node *node)
{
    flush_breaks(w);
    begin_tag(w, node, "span", NULL);
    put(w, ">");
    inc_str before = {0};
    for (uint32_t i = 0; i < node->as.page_list.count; i++) {
        const inc_node *target = node->as.page_list.targets[i];
        inc_str name = place_name(w, target);
        if (i > 0 && inc_str_eq(name, before)) /* two marks on one page */
            continue;
        put(w, i > 0 ? ", " : "");
        place_link(w, node, target);
        before = name;
    }
    put(w, "</span>");
}

/* Nothing to see, but a place to go to. */
static void anchor(writer *w, const inc_node *node)
{
    flush_breaks(w);
    if (w->book->ids[node->id].n == 0)
        return;
    begin_tag(w, node, "span", NULL);
    put(w, "></span>");
}

static void math(writer *w, const inc_node *node)
{
    flush_breaks(w);
    begin_tag(w, node, "span", NULL);
    put(w, ">");
    inc_xml_text(w->out, node->as.text.text);
    put(w, "</span>");
}

/* ---- the walk ---- */

/* A caption is a figcaption only as the first or last child; between others it is a plain block. */
static const char *caption_name(const inc_node *node)
{
    return node->prev && node->next ? "div" : "figcaption";
}

static void write_node(writer *w, const inc_node *node, bool enter)
{
    bool has_own_breaks =
        node->kind == INC_NODE_TEXT || node->kind == INC_NODE_CODE_SPAN || node->kind == INC_NODE_CODE;
    const inc_page_break *unused;
    if (enter && !has_own_breaks)
        take_breaks(w, node, &unused);
    switch (node->kind) {
    case INC_NODE_BOOK:
        break;
    case INC_NODE_PART:
    case INC_NODE_CHAPTER:
        section(w, node, enter);
        break;
    case INC_NODE_HEADING:
        text_block(w, node, enter, element_name(node));
        break;
    case INC_NODE_PARAGRAPH:
        text_block(w, node, enter, "p");
        break;
    case INC_NODE_LIST:
        list(w, node, enter);
        break;
    case INC_NODE_ITEM:
        item(w, node, enter);
        break;
    case INC_NODE_CODE:
        if (enter)
            code_block(w, node);
        break;
    case INC_NODE_RULE:
    case INC_NODE_PAGE_BREAK:
        if (enter)
            rule(w, node);
        break;
    case INC_NODE_TABLE:
        table(w, node, enter);
        break;
    case INC_NODE_ROW:
        row(w, node, enter);
        break;
    case INC_NODE_CELL:
        cell(w, node, enter);
        break;
    case INC_NODE_CAPTION:
        text_block(w, node, enter, caption_name(node));
        break;
    case INC_NODE_QUOTE:
    case INC_NODE_FIGURE:
    case INC_NODE_DIV:
    case INC_NODE_DEFINITIONS:
        container(w, node, enter, "");
        break;
    case INC_NODE_TERM:
    case INC_NODE_DEFINITION:
        definition_part(w, node, enter);
        break;
    case INC_NODE_ALERT:
        container(w, node, enter, " role=\"note\"");
        break;
    case INC_NODE_NOTE:
        note(w, node, enter);
        break;
    case INC_NODE_TEXT:
        if (enter)
            plain_text(w, node);
        break;
    case INC_NODE_CODE_SPAN:
        if (enter)
            code_span(w, node);
        break;
    case INC_NODE_SPAN:
        inline_container(w, node, enter, element_name(node));
        break;
    case INC_NODE_LINK:
        link_(w, node, enter);
        break;
    case INC_NODE_IMAGE:
        if (enter)
            image(w, node);
        break;
    case INC_NODE_BREAK:
        put(w, enter ? "<br/>\n" : "");
        break;
    case INC_NODE_SOFT_BREAK:
        put(w, enter ? "\n" : "");
        break;
    case INC_NODE_ANCHOR:
    case INC_NODE_INDEX_MARK:
        if (enter)
            anchor(w, node);
        break;
    case INC_NODE_NOTE_REF:
        if (enter)
            note_ref(w, node);
        break;
    case INC_NODE_PAGE_REF:
        if (enter)
            page_ref(w, node);
        break;
    case INC_NODE_PAGE_LIST:
        if (enter)
            page_list(w, node);
        break;
    case INC_NODE_MATH:
        if (enter)
            math(w, node);
        break;
    case INC_NODE_KIND_COUNT:
        break;
    }
}

static void write_tree(writer *w, const inc_node *root)
{
    for (inc_walk walk = inc_walk_begin(root); inc_walk_next(&walk);)
        write_node(w, walk.node, walk.enter);
}

static int by_number(const void *a, const void *b)
{
    const inc_node *x = *(const inc_node *const *)a, *y = *(const inc_node *const *)b;
    if (x->as.note.number != y->as.note.number)
        return x->as.note.number < y->as.note.number ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* The notes come last and in the order of their numbers, wherever the author put them. */
static void write_notes(writer *w, const inc_node *root)
{
    INC_VEC(const inc_node *) notes = {0};
    for (const inc_node *node = root->first; node; node = node->next)
        if (node->kind == INC_NODE_NOTE && inc_epub_is_kept(node))
            INC_PUSH(w->book->arena, &notes, node);
    if (notes.n > 1)
        qsort(notes.v, notes.n, sizeof *notes.v, by_number);
    for (size_t i = 0; i < notes.n; i++)
        write_tree(w, notes.v[i]);
}

void inc_epub_page_begin(inc_epub_book *book, inc_buf *out, const inc_epub_file *file, inc_str title, const char *matter)
{
    inc_str language =
        inc_xml_is_language(book->document->meta.language) ? book->document->meta.language : INC_STR("und");
    inc_buf_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n"
                      "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\"");
    inc_xml_attribute(out, "lang", language);
    inc_xml_attribute(out, "xml:lang", language);
    inc_buf_puts(out, book->document->meta.right_to_left ? " dir=\"rtl\"" : "");
    inc_buf_puts(out, ">\n<head>\n<meta charset=\"utf-8\"/>\n<title>");
    inc_xml_text(out, title.n                        ? title
                      : book->document->meta.title.n ? book->document->meta.title
                                                     : INC_STR("Untitled"));
    inc_buf_puts(out, "</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n<body");
    if (matter)
        inc_xml_attribute(out, "epub:type", inc_str_of(matter));
    if (file && book->counters)
        inc_buf_printf(out, " class=\"f%zu\"", (size_t)(file - book->files.v) + 1);
    inc_buf_puts(out, ">\n");
}

void inc_epub_page_end(inc_buf *out)
{
    inc_buf_puts(out, "</body>\n</html>\n");
}

void inc_epub_xhtml(inc_epub_book *book, inc_epub_file *file)
{
    inc_arena_mark mark = inc_arena_mark_get(book->page);
    inc_buf out = inc_buf_in(book->page);
    writer w = {.book = book, .file = file, .out = &out};
    const inc_node *root = file->node;
    inc_str title = root->kind == INC_NODE_PART ? root->as.part.title : root->as.chapter.title;
    inc_epub_page_begin(book, &out, file, title, inc_epub_semantics_of(book, root).matter);
    write_node(&w, root, true);
    for (const inc_node *child = root->first; child; child = child->next)
        if (child->kind != INC_NODE_NOTE)
            write_tree(&w, child);
    write_notes(&w, root);
    write_node(&w, root, false);
    inc_epub_page_end(&out);
    file->xhtml = inc_str_dup(book->arena, inc_buf_str(&out));
    inc_arena_reset(book->page, mark);
}
