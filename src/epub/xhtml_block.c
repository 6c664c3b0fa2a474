/* xhtml_block.c - sections, lists, listings, tables, definitions and notes. */
#include <stdio.h>

#include "epub/xhtml.h"

void inc_xhtml_section(inc_xhtml *w, const inc_node *node, bool enter)
{
    if (!enter) {
        inc_xhtml_flush_breaks(w);
        inc_xhtml_put(w, w->in_notes ? "</section>\n</section>\n" : "</section>\n");
        return;
    }
    inc_epub_semantics semantics = inc_epub_semantics_of(w->book, node);
    inc_xhtml_begin_tag(w, node, "section", NULL);
    if (semantics.type)
        inc_xml_attribute(w->out, "epub:type", inc_str_of(semantics.type));
    if (semantics.role)
        inc_xml_attribute(w->out, "role", inc_str_of(semantics.role));
    inc_xhtml_put(w, ">\n");
}

void inc_xhtml_list(inc_xhtml *w, const inc_node *node, bool enter)
{
    char start[32] = "";
    if (node->as.list.ordered && node->as.list.start != 1)
        snprintf(start, sizeof start, " start=\"%u\"", node->as.list.start);
    inc_xhtml_container(w, node, enter, start);
}

void inc_xhtml_item(inc_xhtml *w, const inc_node *node, bool enter)
{
    inc_xhtml_container(w, node, enter, "");
    if (enter && node->as.item.task != INC_TASK_NONE)
        inc_xhtml_lead_into(w, node,
                  node->as.item.task == INC_TASK_DONE ? INC_STR("<span class=\"check\">☑</span> ")
                                                      : INC_STR("<span class=\"check\">☐</span> "));
    if (enter && !node->as.item.callout && node->parent->as.list.ordered && inc_node_has_class(node->parent, "callouts"))
        inc_xhtml_lead_into(w, node, inc_strf(w->book->arena, "<span class=\"callout backlink\">%u</span> ", node->as.item.number));
    inc_str back = enter && node->as.item.callout ? inc_epub_href(w->book, node, node->as.item.callout) : INC_STR("");
    if (back.n)
        inc_xhtml_lead_into(w, node, inc_strf(w->book->arena, "<a class=\"callout backlink\" href=\"%.*s\" role=\"doc-backlink\" aria-label=\"(%u)\">%u</a> ",
                                              INC_STR_ARG(back), node->as.item.number, node->as.item.number));
}

/* A callout that something explains leads there; it says so where a disc would say nothing. */
static void callout(void *context, const inc_node *node, bool enter)
{
    inc_xhtml *w = context;
    inc_str href = node->as.callout.item ? inc_epub_href(w->book, node, node->as.callout.item) : INC_STR("");
    if (!enter) {
        inc_xhtml_end_tag(w, href.n ? "a" : "span", false);
        return;
    }
    inc_xhtml_begin_tag(w, node, href.n ? "a" : "span", NULL);
    if (href.n) {
        inc_xml_attribute(w->out, "href", href);
        inc_buf_printf(w->out, " role=\"doc-noteref\" aria-label=\"(%u)\"", node->as.callout.number);
    }
    inc_xhtml_put(w, ">");
}

void inc_xhtml_code_block(inc_xhtml *w, const inc_node *node)
{
    const inc_page_break *inside;
    size_t n = inc_xhtml_take_breaks(w, node, &inside);
    inc_xhtml_begin_tag(w, node, "pre", NULL);
    inc_xhtml_put(w, "><code>");
    inc_xhtml_flush_breaks(w);
    inc_arena_mark mark = inc_arena_mark_get(w->book->scratch);
    static const inc_epub_code_events events = {inc_xhtml_break, callout};
    inc_epub_code(w->book->scratch, node, inside, n, &events, w, w->out);
    inc_arena_reset(w->book->scratch, mark);
    inc_xhtml_put(w, "</code></pre>\n");
}

/* Rules stand among blocks; a figure's caption must stay first, so there the page waits. */
void inc_xhtml_rule(inc_xhtml *w, const inc_node *node)
{
    if (node->parent->kind != INC_NODE_FIGURE)
        inc_xhtml_flush_breaks(w);
    inc_xhtml_begin_tag(w, node, "hr", NULL);
    inc_xhtml_put(w, "/>\n");
}

static void end_table_part(inc_xhtml *w, inc_xhtml_part part)
{
    static const char *const ends[] = {"", "</thead>\n", "</tbody>\n", "</tfoot>\n"};
    inc_xhtml_put(w, ends[part]);
}

void inc_xhtml_table(inc_xhtml *w, const inc_node *node, bool enter)
{
    if (enter) {
        inc_xhtml_container(w, node, true, "");
        if (w->table_depth + 1 < INC_COUNT(w->tables))
            w->tables[++w->table_depth] = INC_XHTML_EMPTY;
        return;
    }
    end_table_part(w, w->tables[w->table_depth]);
    if (w->table_depth > 0)
        w->table_depth--;
    inc_xhtml_container(w, node, false, "");
}

/* Head rows after the first body row are body rows: HTML has one thead, and it comes first. */
void inc_xhtml_row(inc_xhtml *w, const inc_node *node, bool enter)
{
    static const char *const begins[] = {"", "<thead>\n", "<tbody>\n", "<tfoot>\n"};
    inc_xhtml_part *part = &w->tables[w->table_depth], now = INC_XHTML_BODY;
    if (node->as.row.head && *part <= INC_XHTML_HEAD)
        now = INC_XHTML_HEAD;
    else if (node->as.row.foot)
        now = INC_XHTML_FOOT;
    if (enter && (now != *part || (now == INC_XHTML_BODY && node->as.row.opens))) {
        end_table_part(w, *part);
        inc_xhtml_put(w, begins[now]);
        *part = now;
    }
    inc_xhtml_container(w, node, enter, "");
}

static const char *scope_of(const inc_xhtml *w, const inc_node *cell)
{
    static const char *const scopes[] = {"row", "col", "rowgroup", "colgroup"};
    inc_str scope = inc_node_attribute(cell, "scope");
    for (size_t i = 0; i < INC_COUNT(scopes); i++)
        if (inc_str_eq_nocase(scope, inc_str_of(scopes[i])))
            return scopes[i];
    return w->tables[w->table_depth] == INC_XHTML_HEAD ? "col" : "row";
}

void inc_xhtml_cell(inc_xhtml *w, const inc_node *node, bool enter)
{
    static const char *const aligns[] = {NULL, "align-left", "align-center", "align-right"};
    bool head = node->as.cell.head && node->first; /* an empty head names nothing */
    const char *name = head ? "th" : "td";
    if (!enter) {
        inc_xhtml_end_tag(w, name, true);
        return;
    }
    inc_xhtml_begin_tag(w, node, name, aligns[node->as.cell.align]);
    if (head)
        inc_buf_printf(w->out, " scope=\"%s\"", scope_of(w, node));
    if (node->as.cell.column_end > node->as.cell.column + 1)
        inc_buf_printf(w->out, " colspan=\"%u\"", node->as.cell.column_end - node->as.cell.column);
    if (node->as.cell.rows > 1)
        inc_buf_printf(w->out, " rowspan=\"%u\"", node->as.cell.rows);
    inc_xhtml_put(w, ">");
    if (node->first && inc_node_is_inline(node->first))
        inc_xhtml_flush_breaks(w);
}

/* Its sign goes before the words of its title. */
void inc_xhtml_alert(inc_xhtml *w, const inc_node *node, bool enter)
{
    inc_xhtml_container(w, node, enter, " role=\"note\"");
    if (enter && node->first && node->first->kind == INC_NODE_PARAGRAPH && inc_node_has_class(node->first, "alert-title")) {
        w->lead = inc_str_of(inc_epub_icon(node->as.alert.kind));
        w->file->has_svg = true;
    }
}

/* HTML wants a term before a definition and a definition after a term. */
void inc_xhtml_definition_part(inc_xhtml *w, const inc_node *node, bool enter)
{
    if (node->kind == INC_NODE_TERM) {
        inc_xhtml_text_block(w, node, enter, "dt");
        if (!enter && !node->next)
            inc_xhtml_put(w, "<dd></dd>\n");
    } else {
        if (enter && !node->prev)
            inc_xhtml_put(w, "<dt></dt>\n");
        inc_xhtml_container(w, node, enter, "");
    }
}

void inc_xhtml_note(inc_xhtml *w, const inc_node *node, bool enter)
{
    if (!enter) {
        inc_xhtml_end_tag(w, "aside", true);
        return;
    }
    if (!w->in_notes)
        inc_xhtml_put(w, "<section class=\"footnotes\" epub:type=\"footnotes\">\n");
    w->in_notes = true;
    inc_xhtml_begin_tag(w, node, "aside", NULL);
    inc_xhtml_put(w, " epub:type=\"footnote\" role=\"doc-footnote\">\n");
    inc_str back = w->book->ids[w->book->first_refs[node->id]]; /* the 0th is empty */
    unsigned number = node->as.note.number;
    if (back.n)
        inc_xhtml_lead_into(w, node,
                  inc_strf(w->book->arena, "<a class=\"backlink\" href=\"#%.*s\" role=\"doc-backlink\" aria-label=\"%.*s\">%u.</a> ",
                           INC_STR_ARG(back), INC_STR_ARG(inc_epub_back_text(w->book->arena, inc_epub_words_of(w->book->document->meta.language), number)), number));
    else
        inc_xhtml_lead_into(w, node, inc_strf(w->book->arena, "%u. ", number));
}
