/* reading.h - a reading of a book in the process's folder, for the targets that go through one of its files. */
#ifndef INC_FUZZ_READING_H
#define INC_FUZZ_READING_H

#include "folder.h"
#include "image/diagram.h"
#include "manuscript/reading.h"
#include "manuscript/settings.h"

static inline inc_reading fuzz_reading(inc_arena *arena, inc_str root)
{
    inc_reading r = {.arena = arena, .sources = inc_sources_new(arena), .diags = inc_diags_new(arena), .book = INC_NEW(arena, inc_manuscript)};
    void **slot = inc_defer(arena, (void (*)(void *))inc_arena_free);
    *slot = r.scratch = inc_arena_new();
    *r.book = (inc_manuscript){.sources = r.sources, .root = root, .src = root};
    r.book->title = r.book->description = r.book->language = r.book->direction = INC_STR("");
    inc_settings_default(&r.book->settings);
    return r;
}

static inline void fuzz_show(inc_buf *out, inc_str s)
{
    FUZZ_CHECK(inc_utf8_invalid(s) == INC_NPOS, "a setting is not UTF-8");
    inc_buf_printf(out, "%.*s\n", INC_STR_ARG(s));
}

/* Commands have a program, and what they draw stays inside of the book. */
static inline void fuzz_show_diagrams(const inc_reading *r, inc_buf *out)
{
    const inc_diagram_rules *rules = &r->book->settings.diagrams;
    fuzz_check_span(r->sources, rules->span, "diagrams");
    for (uint32_t i = 0; i < rules->n; i++) {
        const inc_diagram_rule *rule = &rules->v[i];
        fuzz_check_span(r->sources, rule->span, "a language of diagrams");
        FUZZ_CHECK(rule->command.n && rule->command.v[0].n && rule->seconds, "a diagram without a command");
        FUZZ_CHECK(inc_diagram_rule_find(rules, rule->name), "a rule that is not found");
        FUZZ_CHECK(rules->folder.n && rules->folder.p[0] != '/' && !inc_str_is(rules->folder, "..") && !inc_str_starts(rules->folder, INC_STR("../")), "a folder outside");
        fuzz_show(out, rule->name);
        for (uint32_t k = 0; k < rule->command.n; k++)
            fuzz_show(out, rule->command.v[k]);
        inc_str name = inc_diagram_name(rule, rule->version, r->arena);
        FUZZ_CHECK(inc_str_find_char(name, '/') == INC_NPOS && (inc_diagram_is_name(name) || !rule->name.n), "a name of a drawing that is none");
        fuzz_show(out, name);
    }
}

/* All that was read, and the findings as a command would show them. */
static inline void fuzz_show_reading(inc_reading *r, inc_buf *out)
{
    const inc_manuscript *b = r->book;
    const inc_settings *s = &b->settings;
    const inc_str strings[] = {b->title, b->description, b->language, b->direction, s->output, s->theme, s->cover, s->base_url, s->date, s->isbn_print,
                               s->isbn_epub, s->identifier, s->publisher, s->rights, s->subtitle, s->edition, s->default_edition};
    for (size_t i = 0; i < INC_COUNT(strings); i++)
        fuzz_show(out, strings[i]);
    for (uint32_t i = 0; i < b->author_count; i++)
        fuzz_show(out, b->authors[i]);
    for (uint32_t i = 0; i < s->style_count; i++)
        fuzz_show(out, s->styles[i]);
    for (uint32_t i = 0; i < s->hideline_count; i++)
        fuzz_show(out, s->hidelines[i]);
    fuzz_show_diagrams(r, out);
    for (size_t i = 0; i < b->item_count; i++) {
        fuzz_check_span(r->sources, b->items[i].span, "an item");
        fuzz_show(out, b->items[i].title);
        fuzz_show(out, b->items[i].path);
        inc_buf_printf(out, "%d %d %d\n", b->items[i].kind, b->items[i].place, b->items[i].depth);
    }
    fuzz_check_diags(r->sources, r->diags, out);
}

/* Every byte of the text is one that its piece says it is. */
static inline void fuzz_check_text(const inc_sources *sources, const inc_text *text)
{
    FUZZ_CHECK(inc_utf8_invalid(text->bytes) == INC_NPOS, "a text is not UTF-8");
    for (size_t i = 0; i < text->piece_count; i++) {
        const inc_piece *piece = &text->pieces[i];
        size_t end = i + 1 < text->piece_count ? text->pieces[i + 1].at : text->bytes.n;
        FUZZ_CHECK(piece->at <= end && end <= text->bytes.n && (i || !piece->at), "pieces out of order");
        fuzz_check_span(sources, piece->origin, "a piece");
        if (!piece->origin.file || piece->origin.length != end - piece->at)
            continue;
        inc_str origin = inc_sources_get(sources, piece->origin.file)->bytes;
        FUZZ_CHECK(memcmp(text->bytes.p + piece->at, origin.p + piece->origin.offset, end - piece->at) == 0, "a piece is no copy of its origin");
    }
}

#endif
