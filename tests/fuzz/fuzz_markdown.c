/* fuzz_markdown.c - any text is a chapter; what comes out keeps the document's shape. */
#include "fuzz.h"
#include "markdown/markdown.h"
#include "resolve/resolve.h"

static void fuzz_one(inc_str input, inc_arena *arena)
{
    inc_sources *sources = inc_sources_new(arena);
    inc_diags *diags = inc_diags_new(arena);
    uint32_t file = inc_sources_add(sources, INC_STR("a.md"), INC_STR("a.md"), fuzz_text(input, arena));
    inc_text text = inc_text_of_source(arena, sources, file);
    inc_document *document = inc_document_new(arena, sources);
    inc_node *chapter = inc_node_new(arena, INC_NODE_CHAPTER, INC_NO_SPAN);
    chapter->as.chapter.path = INC_STR("a.md");
    chapter->as.chapter.title = INC_STR("A");
    inc_node_append(document->book, chapter);
    inc_markdown_options options = {.definition_lists = true, .admonitions = true, .math = true};
    inc_markdown_parse(&text, &options, arena, diags, chapter);
    document->meta.title = INC_STR("T");
    document->meta.language = INC_STR("en");
    inc_resolve_options resolve = {.root = INC_STR("/nonexistent"), .src = INC_STR("/nonexistent"), .smart_punctuation = true,
        .number_sections = true, .contents_depth = 2};
    inc_resolve(document, &resolve, diags);
    const inc_node *where;
    const char *broken = inc_document_check(document, &where);
    if (broken) {
        fprintf(stderr, "%s at a %s\n", broken, inc_node_kind_name(where->kind));
        abort();
    }
    inc_buf out = inc_buf_in(arena);
    inc_document_html(document, false, &out);
}
