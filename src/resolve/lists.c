/*
 * lists.c - the lists of figures, tables and listings behind the contents, as nodes: LIST.toc.list-entries of ITEM.toc-figure (or -table, -listing).
 *
 * Each entry is one paragraph as in the contents: LINK(SPAN.number, TEXT caption), TEXT " ", PAGE_REF. The first entry of each chapter has the class
 * "opens" too, so that style sheets may part the chapters. What bears no number is not listed, for nothing refers to it.
 */
#include "resolve/passes.h"

/* A long caption may have shorter words for the list. Without either the entry is a number alone; a listing's file name then helps. */
static void put_words(inc_resolver *r, const inc_node *figure, inc_node *into)
{
    inc_str words = inc_node_attribute(figure, "data-short");
    const inc_node *caption = inc_next_of(figure->first, INC_NODE_CAPTION);
    if (words.n)
        inc_node_append(into, inc_node_text(r->arena, inc_smarten(r, words, inc_node_language(figure, r->document->meta.language)), figure->span));
    else if (caption)
        inc_copy_inlines(r, caption, into);
    if (into->first || !figure->as.figure.file_name.n)
        return;
    inc_node *name = inc_node_new(r->arena, INC_NODE_CODE_SPAN, figure->span);
    name->as.text.text = figure->as.figure.file_name;
    inc_node_append(into, name);
}

static void add_entry(inc_resolver *r, inc_node *list, const inc_node *figure, bool opens)
{
    static const char *const classes[] = {"toc-figure", "toc-table", "toc-listing"};
    inc_node *item = inc_generated(r, INC_NODE_ITEM, classes[figure->as.figure.kind]), *paragraph = inc_generated(r, INC_NODE_PARAGRAPH, NULL),
             *link = inc_generated(r, INC_NODE_LINK, NULL);
    if (opens)
        inc_node_add_class(r->arena, item, INC_STR("opens"));
    link->as.link.target = figure;
    put_words(r, figure, link);
    inc_prepend_label(r, link, inc_generated_span(r, "number", figure->as.figure.number));
    inc_node_append(paragraph, link);
    inc_append_page(r, paragraph, figure);
    inc_node_append(item, paragraph);
    inc_node_append(list, item);
}

static void add_figures(inc_resolver *r, inc_node *list, inc_figure_kind kind)
{
    bool opens = false; /* the first entry of the list parts nothing */
    for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c)) {
        opens |= list->first && c->as.chapter.depth == 0;
        if (c->as.chapter.draft)
            continue;
        for (inc_walk w = inc_walk_begin(c); inc_next_block(&w);) {
            if (w.node->kind != INC_NODE_FIGURE || w.node->as.figure.kind != kind || !w.node->as.figure.number.n || inc_node_within(w.node->parent, INC_NODE_FIGURE))
                continue; /* parts of figures are not listed either */
            add_entry(r, list, w.node, opens);
            opens = false;
        }
    }
}

inc_node *inc_list_chapter(inc_resolver *r, inc_figure_kind kind)
{
    if (!r->options->lists[kind])
        return NULL;
    inc_node *list = inc_generated(r, INC_NODE_LIST, "toc");
    inc_node_add_class(r->arena, list, INC_STR("list-entries"));
    list->as.list.tight = true;
    add_figures(r, list, kind);
    if (!list->first)
        return NULL;
    inc_str title = inc_str_of(r->terms->list_of[kind]);
    inc_node *chapter = inc_generated_chapter(r, (inc_chapter_role)(INC_ROLE_FIGURES + kind), title), *heading = inc_generated(r, INC_NODE_HEADING, NULL);
    heading->as.heading.level = 1;
    inc_node_append(heading, inc_node_text(r->arena, title, INC_NO_SPAN));
    inc_node_append(chapter, heading);
    inc_node_append(chapter, list);
    return chapter;
}
