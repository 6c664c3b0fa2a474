/* fuzz_css.c - any text is a style sheet; every kind of node still gets a style, and every page. */
#include "fuzz.h"
#include "style/style.h"

static inc_node *add(inc_arena *arena, inc_node *parent, inc_node_kind kind)
{
    inc_node *node = inc_node_new(arena, kind, INC_NO_SPAN);
    inc_node_append(parent, node);
    return node;
}

static void small_book(inc_document *document, inc_arena *arena)
{
    inc_node *chapter = add(arena, document->book, INC_NODE_CHAPTER);
    chapter->as.chapter.title = INC_STR("A");
    inc_node *heading = add(arena, chapter, INC_NODE_HEADING), *quote = add(arena, chapter, INC_NODE_QUOTE), *list = add(arena, chapter, INC_NODE_LIST);
    heading->as.heading.level = 2;
    heading->label = INC_STR("a");
    for (int i = 0; i < 3; i++) {
        inc_node *paragraph = add(arena, add(arena, list, INC_NODE_ITEM), INC_NODE_PARAGRAPH);
        inc_node_add_class(arena, paragraph, i ? INC_STR("a") : INC_STR("b"));
        inc_node_append(paragraph, inc_node_text(arena, INC_STR("text"), INC_NO_SPAN));
    }
    inc_node_set_attribute(arena, quote, INC_STR("title"), INC_STR("a b"));
    inc_node *paragraph = add(arena, quote, INC_NODE_PARAGRAPH);
    add(arena, paragraph, INC_NODE_LINK)->as.link.url = INC_STR("#a");
    add(arena, paragraph, INC_NODE_CODE_SPAN)->as.text.text = INC_STR("x");
    inc_node *row = add(arena, add(arena, chapter, INC_NODE_TABLE), INC_NODE_ROW);
    add(arena, row, INC_NODE_CELL);
    add(arena, row, INC_NODE_CELL);
    add(arena, chapter, INC_NODE_CODE)->as.code.language = INC_STR("rust");
}

static const inc_style *style_below(inc_styler *styler, const inc_node *node, const inc_style **styles, unsigned depth)
{
    return styles[depth] = inc_style_of(styler, node, depth ? styles[depth - 1] : NULL);
}

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    inc_sources *sources = inc_sources_new(arena);
    inc_diags *diags = inc_diags_new(arena);
    inc_sheet *sheet = inc_sheet_new(arena, sources, diags);
    inc_sheet_add(sheet, fuzz_source(sources, "a.css", fuzz_text(input, arena)), INC_STR(""));
    inc_document *document = inc_document_new(arena, sources);
    small_book(document, arena);
    inc_document_number(document);
    inc_styler *styler = inc_styler_new(arena, sheet, diags);
    const inc_style *styles[8];
    unsigned depth = 0;
    for (inc_walk w = inc_walk_begin(document->book); inc_walk_next(&w);) {
        if (!w.enter) {
            depth--;
            continue;
        }
        const inc_style *style = style_below(styler, w.node, styles, depth++);
        FUZZ_CHECK(style->font_size >= 0 && style->weight <= 1000, "font size %lld, weight %u", (long long)style->font_size, style->weight);
        FUZZ_CHECK(style == inc_style_of(styler, w.node, depth > 1 ? styles[depth - 2] : NULL), "styles are not interned");
        inc_style_dump(style, out);
        for (inc_pseudo pseudo = INC_PSEUDO_BEFORE; pseudo <= INC_PSEUDO_FOOTNOTE_MARKER; pseudo++) {
            const inc_style *made = inc_style_pseudo(styler, w.node, style, pseudo);
            if (made)
                inc_style_dump(made, out);
        }
    }
    for (unsigned i = 0; i < 8; i++) {
        const inc_page_style *page = inc_page_style_of(styler, i & 4 ? INC_STR("a") : INC_STR(""), i & 1, i & 2, i == 5);
        FUZZ_CHECK(page->footnote && page->width > 0 && page->height > 0, "a page without a size");
    }
    inc_sheet_write_epub(sheet, NULL, NULL, out);
    fuzz_check_diags(sources, diags, out);
}
