/* fuzz_style.c - any text is a style sheet; a node still gets a style. */
#include "fuzz.h"
#include "style/style.h"

static void fuzz_one(inc_str input, inc_arena *arena)
{
    inc_sources *sources = inc_sources_new(arena);
    inc_diags *diags = inc_diags_new(arena);
    uint32_t file = inc_sources_add(sources, INC_STR("a.css"), INC_STR("a.css"), fuzz_text(input, arena));
    inc_sheet *sheet = inc_sheet_new(arena, sources, diags);
    inc_sheet_add(sheet, file, INC_STR(""));
    inc_document *document = inc_document_new(arena, sources);
    inc_node *paragraph = inc_node_new(arena, INC_NODE_PARAGRAPH, INC_NO_SPAN);
    inc_node_append(document->book, paragraph);
    inc_styler *styler = inc_styler_new(arena, sheet, diags);
    const inc_style *style = inc_style_of(styler, paragraph, inc_style_of(styler, document->book, NULL));
    inc_buf out = inc_buf_in(arena);
    inc_style_dump(style, &out);
    inc_style_pseudo(styler, paragraph, style, INC_PSEUDO_BEFORE);
    inc_page_style_of(styler, INC_STR(""), true, true, false);
    inc_sheet_write_epub(sheet, NULL, NULL, &out);
}
