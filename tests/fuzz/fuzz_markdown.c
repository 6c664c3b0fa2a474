/* fuzz_markdown.c - any text is a chapter; what comes out keeps the document's shape. The first byte chooses the dialect. */
#include "fuzz.h"
#include "markdown/markdown.h"
#include "resolve/resolve.h"

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    unsigned how = input.n ? (unsigned char)input.p[0] % 4u : 0;
    inc_sources *sources = inc_sources_new(arena);
    inc_diags *diags = inc_diags_new(arena);
    inc_text text = inc_text_of_source(arena, sources, fuzz_source(sources, "a.md", fuzz_text(input, arena)));
    inc_document *document = inc_document_new(arena, sources);
    inc_node *chapter = inc_node_new(arena, INC_NODE_CHAPTER, INC_NO_SPAN);
    chapter->as.chapter.path = INC_STR("a.md");
    chapter->as.chapter.title = INC_STR("A");
    inc_node_append(document->book, chapter);
    inc_diagram_rule rule = {.name = INC_STR("dot")};
    inc_diagram_rules diagrams = {.v = &rule, .n = 1};
    inc_markdown_options options = {.diagrams = how == 3 ? NULL : &diagrams, .definition_lists = true, .admonitions = true, .math = how == 1, .commonmark = how == 3, .gfm = how == 3};
    inc_markdown_parse(&text, &options, arena, diags, chapter);
    if (how == 3) {
        inc_document_number(document);
        fuzz_check_document(document);
    } else {
        document->meta.title = how == 2 ? INC_STR("") : INC_STR("T");
        document->meta.language = INC_STR("en");
        inc_resolve_options resolve = {.reach = INC_STR("/nonexistent"), .src = INC_STR("/nonexistent"), .smart_punctuation = true,
            .number_sections = true, .number_depth = how == 1 ? 3 : UINT8_MAX, .contents_depth = 2, .single_file = how == 2,
            .page_references = true, .url_notes = how == 1 ? INC_URLS_LIST : INC_URLS_NOTES, .index = true};
        inc_resolve(document, &resolve, diags);
        fuzz_check_document(document);
    }
    fuzz_check_diags(sources, diags, out);
    inc_document_dump(document, out);
    inc_document_html(document, how == 3, out);
}
