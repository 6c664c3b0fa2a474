/* markdown.c - the passes over a chapter's text, in order. */
#include "markdown/markdown.h"

#include "markdown/internal.h"

enum { TEXT_MAX = 1 << 30 };

/* A note whose body md4c did not reach (something before it never ended) still belongs to the chapter. */
static void append_lost_notes(inc_md *md)
{
    for (size_t i = 0; i < md->notes.n; i++) {
        inc_node *note = md->notes.entries[i].value;
        if (!note->parent)
            inc_node_append(md->chapter, note);
    }
}

void inc_markdown_parse(const inc_text *text, const inc_markdown_options *options, inc_arena *arena, inc_diags *diags,
                        inc_node *chapter)
{
    if (text->bytes.n > TEXT_MAX) {
        inc_report(diags, INC_DIAG_EXPANDS_TOO_FAR, inc_text_span(text, 0, 0), "the chapter with its includes has more than %d bytes", TEXT_MAX);
        return;
    }
    inc_md md = {.source = text, .options = options, .arena = arena, .diags = diags, .chapter = chapter, .notes = inc_map_in(arena), .unknown_tags = inc_map_in(arena)};
    inc_prepared prepared;
    inc_md_prepare(&md, &prepared);
    inc_md_mask(&md, &prepared);
    inc_md_parse(&md, &prepared);
    append_lost_notes(&md);
    if (!options->commonmark) {
        inc_md_html(&md, chapter);
        if (options->math)
            inc_md_math(&md, chapter);
        inc_md_shape(&md, chapter);
    }
}
