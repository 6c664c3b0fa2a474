/* markdown_fixture.h - a chapter from a string, for the tests of markdown/. */
#ifndef INC_TEST_MARKDOWN_FIXTURE_H
#define INC_TEST_MARKDOWN_FIXTURE_H

#include "harness.h"

#include "document/document.h"
#include "markdown/markdown.h"

typedef struct fixture {
    inc_arena *arena;
    inc_sources *sources;
    inc_diags *diags;
    inc_document *document;
    inc_node *chapter;
} fixture;

static const inc_markdown_options all_options = {.definition_lists = true, .admonitions = true};

static inline fixture parse_with(inc_arena *arena, const char *markdown, const inc_markdown_options *options)
{
    fixture f = {.arena = arena, .sources = inc_sources_new(arena), .diags = inc_diags_new(arena)};
    uint32_t file = inc_sources_add(f.sources, INC_STR("a.md"), INC_STR("a.md"), inc_str_of(markdown));
    inc_text text = inc_text_of_source(arena, f.sources, file);
    f.document = inc_document_new(arena, f.sources);
    f.chapter = inc_node_new(arena, INC_NODE_CHAPTER, INC_NO_SPAN);
    inc_node_append(f.document->book, f.chapter);
    inc_markdown_parse(&text, options, arena, f.diags, f.chapter);
    const inc_node *where = NULL;
    const char *why = inc_document_check(f.document, &where);
    if (why)
        fail_msg("%s: %s in \"%s\"", inc_node_kind_name(where->kind), why, markdown);
    return f;
}

static inline fixture parse(inc_arena *arena, const char *markdown)
{
    return parse_with(arena, markdown, &all_options);
}

/* The HTML of the chapter's children, without the section around them. */
static inline void assert_html(inc_arena *arena, const char *markdown, const char *want)
{
    fixture f = parse(arena, markdown);
    inc_document inner = *f.document;
    inner.book = f.chapter;
    inc_buf out = inc_buf_in(arena);
    inc_document_html(&inner, false, &out);
    inc_str html = inc_buf_str(&out), open = INC_STR("<section class=\"chapter numbered depth-0\">\n"), close = INC_STR("</section>\n");
    assert_true(inc_str_starts(html, open) && inc_str_ends(html, close));
    assert_str(inc_str_slice(html, open.n, html.n - close.n), want);
}

/* The n-th node of that kind, from 0. */
static inline inc_node *find_node(const fixture *f, inc_node_kind kind, unsigned n)
{
    for (inc_walk w = inc_walk_begin(f->chapter); inc_walk_next(&w);)
        if (w.enter && w.node->kind == kind && n-- == 0)
            return w.node;
    fail_msg("no such %s", inc_node_kind_name(kind));
    return NULL;
}

static inline size_t count_diags(const fixture *f, inc_diag_id id)
{
    size_t n = 0;
    for (size_t i = 0; i < f->diags->n; i++)
        n += f->diags->v[i].id == id;
    return n;
}

static inline void assert_bytes(const fixture *f, inc_span span, const char *want)
{
    const inc_source *source = inc_sources_get(f->sources, span.file);
    assert_non_null(source);
    assert_str(inc_str_slice(source->bytes, span.offset, span.offset + span.length), want);
}

#endif
