/* xhtml_tags.c - tags with what every element may have, and page breaks, which stand where a span may. */
#include "epub/xhtml.h"

void inc_xhtml_put(inc_xhtml *w, const char *markup)
{
    inc_buf_puts(w->out, markup);
}

/* ---- page breaks ---- */

void inc_xhtml_break(void *context, const inc_page_break *b)
{
    inc_xhtml *w = context;
    inc_epub_book *book = w->book;
    if (b->label.n == 0 || inc_map_has(&book->page_labels, b->label))
        return;
    inc_str wish = inc_xml_name(book->arena, inc_strf(book->arena, "page-%.*s", INC_STR_ARG(b->label)));
    inc_str id = inc_epub_unique_id(book, &w->file->ids, wish);
    inc_xhtml_put(w, "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\"");
    inc_xml_attribute(w->out, "id", id);
    inc_xml_attribute(w->out, "aria-label", b->label);
    inc_xhtml_put(w, "></span>");
    inc_map_put(&book->page_labels, b->label, book);
    inc_epub_page page = {b->label, inc_strf(book->arena, "%.*s#%.*s", INC_STR_ARG(w->file->name), INC_STR_ARG(id))};
    INC_PUSH(book->arena, &book->pages, page);
}

void inc_xhtml_flush_breaks(inc_xhtml *w)
{
    for (size_t i = 0; i < w->pending.n; i++)
        inc_xhtml_break(w, w->pending.v[i]);
    w->pending.n = 0;
}

/* Breaks at the node itself wait for the next place; those inside its text are given back. */
size_t inc_xhtml_take_breaks(inc_xhtml *w, const inc_node *node, const inc_page_break **inside)
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

static void write_class(inc_xhtml *w, bool *open, inc_str name)
{
    inc_xhtml_put(w, *open ? " " : " class=\"");
    inc_xml_value(w->out, name);
    *open = true;
}

static void write_classes(inc_xhtml *w, const inc_node *node, const char *more)
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
    inc_xhtml_put(w, open ? "\"" : "");
}

/* Languages that are written so as a rule; a script subtag may say otherwise. */
static bool is_right_to_left(inc_str language)
{
    static const char *const names[] = {"ar", "he", "iw", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "syr", "arc"};
    if (inc_str_find(language, INC_STR("-Latn")) != INC_NPOS)
        return false;
    inc_str primary = inc_str_cut(&language, '-');
    for (size_t i = 0; i < INC_COUNT(names); i++)
        if (inc_str_eq_nocase(primary, inc_str_of(names[i])))
            return true;
    return false;
}

/* "<name" with id, class, language and title; the caller adds what it needs and closes it. */
void inc_xhtml_begin_tag(inc_xhtml *w, const inc_node *node, const char *name, const char *more_class)
{
    inc_buf_byte(w->out, '<');
    inc_xhtml_put(w, name);
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
    else if (node->lang.n && is_right_to_left(node->lang) != w->book->document->meta.right_to_left)
        inc_xml_attribute(w->out, "dir", is_right_to_left(node->lang) ? INC_STR("rtl") : INC_STR("ltr"));
}

void inc_xhtml_end_tag(inc_xhtml *w, const char *name, bool block)
{
    inc_buf_printf(w->out, "</%s>%s", name, block ? "\n" : "");
}

/* The names of elements are string literals, so they end in NUL. */
const char *inc_xhtml_element_name(const inc_node *node)
{
    return inc_node_element(node).p;
}

/* A container of blocks or items. */
void inc_xhtml_container(inc_xhtml *w, const inc_node *node, bool enter, const char *attributes)
{
    if (enter) {
        inc_xhtml_begin_tag(w, node, inc_xhtml_element_name(node), NULL);
        inc_xhtml_put(w, attributes);
        inc_xhtml_put(w, ">\n");
    } else
        inc_xhtml_end_tag(w, inc_xhtml_element_name(node), true);
}

/* A block of inlines: a page may begin inside. */
void inc_xhtml_text_block(inc_xhtml *w, const inc_node *node, bool enter, const char *name)
{
    if (!enter) {
        inc_xhtml_end_tag(w, name, true);
        return;
    }
    inc_xhtml_begin_tag(w, node, name, NULL);
    inc_xhtml_put(w, ">");
    inc_buf_add(w->out, w->lead);
    w->lead = INC_STR("");
    inc_xhtml_flush_breaks(w);
}

/* Puts `lead` at the start of the block's first paragraph, which is made when there is none. */
void inc_xhtml_lead_into(inc_xhtml *w, const inc_node *node, inc_str lead)
{
    if (node->first && node->first->kind == INC_NODE_PARAGRAPH)
        w->lead = lead;
    else
        inc_buf_printf(w->out, "<p>%.*s</p>\n", INC_STR_ARG(lead));
}
