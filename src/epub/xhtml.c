/*
 * xhtml.c - one chapter to one XHTML document (EPUB 3.3, section 6.1; DPUB-ARIA 1.1).
 *
 * What readers are known to want of notes: nothing but the number inside the reference's <a> (Apple), an <aside> with
 * its own id for each note (Kobo, Apple), and the way back first in the note, not last (Kindle runs notes together
 * otherwise). No style attributes: Kindle drops files over them.
 */
#include "epub/xhtml.h"

#include <stdlib.h>

/* A caption is a figcaption only as the first or last child; between others it is a plain block. */
static const char *caption_name(const inc_node *node)
{
    return node->prev && node->next ? "div" : "figcaption";
}

/* The title page has a heading, too, for those who go from heading to heading. */
static const char *paragraph_name(const inc_node *node)
{
    const inc_node *page = node->parent;
    bool title = page->kind == INC_NODE_CHAPTER && page->as.chapter.role == INC_ROLE_TITLE_PAGE && inc_node_has_class(node, "title");
    return title ? "h1" : inc_xhtml_element_name(node);
}

/* In a paragraph of code a line's end would show. */
static bool in_pre(const inc_node *node)
{
    const inc_node *paragraph = inc_node_within(node, INC_NODE_PARAGRAPH);
    return paragraph && inc_node_has_class(paragraph, "pre");
}

static void write_node(inc_xhtml *w, const inc_node *node, bool enter)
{
    bool has_own_breaks =
        node->kind == INC_NODE_TEXT || node->kind == INC_NODE_CODE_SPAN || node->kind == INC_NODE_CODE;
    const inc_page_break *unused;
    if (enter && !has_own_breaks)
        inc_xhtml_take_breaks(w, node, &unused);
    switch (node->kind) {
    case INC_NODE_BOOK:
        break;
    case INC_NODE_PART:
    case INC_NODE_CHAPTER:
        inc_xhtml_section(w, node, enter);
        break;
    case INC_NODE_HEADING:
        inc_xhtml_text_block(w, node, enter, inc_xhtml_element_name(node));
        break;
    case INC_NODE_PARAGRAPH:
        inc_xhtml_text_block(w, node, enter, paragraph_name(node));
        break;
    case INC_NODE_LIST:
        inc_xhtml_list(w, node, enter);
        break;
    case INC_NODE_ITEM:
        inc_xhtml_item(w, node, enter);
        break;
    case INC_NODE_CODE:
        if (enter)
            inc_xhtml_code_block(w, node);
        break;
    case INC_NODE_RULE:
    case INC_NODE_PAGE_BREAK:
        if (enter)
            inc_xhtml_rule(w, node);
        break;
    case INC_NODE_TABLE:
        inc_xhtml_table(w, node, enter);
        break;
    case INC_NODE_ROW:
        inc_xhtml_row(w, node, enter);
        break;
    case INC_NODE_CELL:
        inc_xhtml_cell(w, node, enter);
        break;
    case INC_NODE_CAPTION:
        inc_xhtml_text_block(w, node, enter, caption_name(node));
        break;
    case INC_NODE_QUOTE:
    case INC_NODE_FIGURE:
    case INC_NODE_DEFINITIONS:
        inc_xhtml_container(w, node, enter, "");
        break;
    case INC_NODE_DIV:
        inc_xhtml_container(w, node, enter, node->as.div.open && node->as.div.tag == INC_DIV_DETAILS ? " open=\"open\"" : "");
        break;
    case INC_NODE_TERM:
    case INC_NODE_DEFINITION:
        inc_xhtml_definition_part(w, node, enter);
        break;
    case INC_NODE_ALERT:
        inc_xhtml_alert(w, node, enter);
        break;
    case INC_NODE_NOTE:
        inc_xhtml_note(w, node, enter);
        break;
    case INC_NODE_TEXT:
        if (enter)
            inc_xhtml_plain_text(w, node);
        break;
    case INC_NODE_CODE_SPAN:
        if (enter)
            inc_xhtml_code_span(w, node);
        break;
    case INC_NODE_SPAN:
        inc_xhtml_inline_container(w, node, enter, inc_xhtml_element_name(node));
        break;
    case INC_NODE_LINK:
        inc_xhtml_link(w, node, enter);
        break;
    case INC_NODE_IMAGE:
        if (enter)
            inc_xhtml_image(w, node);
        break;
    case INC_NODE_BREAK:
        inc_xhtml_put(w, !enter ? "" : in_pre(node) ? "<br/>" : "<br/>\n");
        break;
    case INC_NODE_SOFT_BREAK:
        inc_xhtml_put(w, enter ? "\n" : "");
        break;
    case INC_NODE_ANCHOR:
    case INC_NODE_INDEX_MARK:
        if (enter)
            inc_xhtml_anchor(w, node);
        break;
    case INC_NODE_NOTE_REF:
        if (enter)
            inc_xhtml_note_ref(w, node);
        break;
    case INC_NODE_PAGE_REF:
        if (enter)
            inc_xhtml_page_ref(w, node);
        break;
    case INC_NODE_PAGE_LIST:
        if (enter)
            inc_xhtml_page_list(w, node);
        break;
    case INC_NODE_MATH:
        if (enter)
            inc_xhtml_math(w, node);
        break;
    case INC_NODE_CALLOUT: /* stands inside its code: inc_xhtml_code_block */
    case INC_NODE_KIND_COUNT:
        break;
    }
}

/* What stands on paper only; pages may begin in it all the same. */
static void pass_over(inc_xhtml *w, const inc_node *node)
{
    for (inc_walk walk = inc_walk_begin(node); inc_walk_next(&walk);) {
        const inc_page_break *inside;
        size_t n = walk.enter ? inc_xhtml_take_breaks(w, walk.node, &inside) : 0;
        for (size_t i = 0; i < n; i++)
            INC_PUSH(w->book->arena, &w->pending, &inside[i]);
    }
}

static void write_tree(inc_xhtml *w, const inc_node *root)
{
    for (inc_walk walk = inc_walk_begin(root); inc_walk_next(&walk);) {
        walk.skip = walk.enter && (walk.node->paper || walk.node->kind == INC_NODE_PAGE_LIST);
        if (!walk.node->paper)
            write_node(w, walk.node, walk.enter);
        else if (walk.enter)
            pass_over(w, walk.node);
    }
}

static int by_number(const void *a, const void *b)
{
    const inc_node *x = *(const inc_node *const *)a, *y = *(const inc_node *const *)b;
    if (x->as.note.number != y->as.note.number)
        return x->as.note.number < y->as.note.number ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* The notes come last and in the order of their numbers, wherever the author put them. */
static void write_notes(inc_xhtml *w, const inc_node *root)
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
    inc_xhtml w = {.book = book, .file = file, .out = &out};
    const inc_node *root = file->node;
    inc_str running = inc_node_attribute(root, "running"), title = root->kind == INC_NODE_PART ? root->as.part.title : root->as.chapter.title;
    if (running.n)
        title = running;
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
