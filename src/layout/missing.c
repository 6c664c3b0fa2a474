/* missing.c - characters that no font has: noted while text is set, told when the whole book is known. */
#include "base/map.h"
#include "base/utf8.h"
#include "layout/book.h"

/* Characters that are told one by one: odd signs and letters of a script that the fonts have; of another script one word is enough to know, and a book in
 * it has hundreds. */
enum { FEW = 8, FEW_OF_FOREIGN = 3 };

typedef struct missing {
    struct {
        const char *family; /* as it is interned: each flow has its own list */
        uint64_t cp;
    } key;
    inc_str family;   /* the first that was asked for it */
    inc_span span;    /* of the node that has it; none for generated text */
} missing;

static void note(inc_flow *flow, uint32_t cp, const inc_style *style, inc_span span)
{
    inc_str family = style->families.n ? style->families.v[0] : INC_STR("?");
    missing here = {.key = {family.p, cp}, .family = family, .span = span};
    if (!flow->missing.arena)
        flow->missing = inc_map_in(flow->arena);
    missing *m = inc_map_find(&flow->missing, (inc_str){(const char *)&here.key, sizeof here.key});
    if (m && !m->span.file)
        m->span = span;
    if (m)
        return;
    m = INC_NEW(flow->arena, missing);
    *m = here;
    inc_map_put(&flow->missing, (inc_str){(const char *)&m->key, sizeof m->key}, m);
}

/* The first character of the i-th glyph's cluster that the font really lacks. */
static uint32_t missing_at(const inc_glyph_run *run, inc_str text, uint32_t i)
{
    size_t at = run->glyphs[i].cluster, end = run->start + run->length;
    for (uint32_t k = i + 1; k < run->count; k++)
        if (run->glyphs[k].cluster > at) {
            end = run->glyphs[k].cluster;
            break;
        }
    uint32_t first = inc_utf8_decode(text, at, &at);
    for (uint32_t cp = first;; cp = inc_utf8_decode(text, at, &at)) {
        if (!inc_font_glyph(run->font, cp))
            return cp;
        if (at >= end)
            return first;
    }
}

void inc_note_missing(inc_flow *flow, const inc_shaped *shaped, inc_str text, const inc_style *style, inc_span span)
{
    if (!shaped->missing)
        return;
    if (!shaped->run_count)
        note(flow, shaped->first_missing, style, span);
    for (uint32_t r = 0; r < shaped->run_count; r++) {
        const inc_glyph_run *run = &shaped->runs[r];
        for (uint32_t i = 0; i < run->count; i++)
            if (run->glyphs[i].flags & INC_GLYPH_MISSING && (!i || run->glyphs[i].cluster != run->glyphs[i - 1].cluster))
                note(flow, missing_at(run, text, i), style, span);
    }
}

/* ---- telling ---- */

typedef struct group { /* of one script, in text set in one family */
    const char *script; /* "Han"; "" for signs that many scripts share */
    const missing *few[FEW];
    size_t count;
} group;

static void add_to_group(inc_book *book, inc_map *groups, const missing *m)
{
    const char *script = inc_text_script_name((uint32_t)m->key.cp);
    inc_str key = inc_strf(book->arena, "%s\n%.*s", script, INC_STR_ARG(m->family));
    group *g = inc_map_find(groups, key);
    if (!g) {
        g = INC_NEW(book->arena, group);
        g->script = script;
        inc_map_put(groups, key, g);
    }
    if (g->count < FEW)
        g->few[g->count] = m;
    g->count++;
}

static size_t few_of(const group *g)
{
    static const char *const ours[] = {"", "Latin", "Greek", "Cyrillic"};
    for (size_t i = 0; i < INC_COUNT(ours); i++)
        if (strcmp(g->script, ours[i]) == 0)
            return FEW;
    return FEW_OF_FOREIGN;
}

static inc_span place_of(const inc_book *book, const missing *m)
{
    return inc_sources_find_char(book->input->document->sources, m->span, (uint32_t)m->key.cp);
}

static void report_one(inc_book *book, const missing *m)
{
    char bytes[4];
    inc_str shown = {bytes, inc_utf8_encode((uint32_t)m->key.cp, bytes)};
    inc_report(book->diags, INC_DIAG_MISSING_GLYPH, place_of(book, m), "no font has '%.*s' (U+%04X), in text set in %.*s", INC_STR_ARG(shown),
               (unsigned)m->key.cp, INC_STR_ARG(m->family))
        ->hint = INC_STR("add a font that has it to the font-family list in a style sheet of the book");
}

static void report_many(inc_book *book, const group *g)
{
    const missing *m = g->few[0];
    for (size_t i = 1; i < INC_MIN(g->count, (size_t)FEW) && !m->span.file; i++)
        m = g->few[i];
    char bytes[4];
    inc_str shown = {bytes, inc_utf8_encode((uint32_t)m->key.cp, bytes)};
    inc_report(book->diags, INC_DIAG_MISSING_GLYPH, place_of(book, m), "no font has %zu %s%s, such as '%.*s' (U+%04X), in text set in %.*s", g->count,
               *g->script ? "characters of the script " : "signs and symbols", g->script, INC_STR_ARG(shown), (unsigned)m->key.cp, INC_STR_ARG(m->family))
        ->hint = INC_STR("declare a font that has them and name it last in font-family, in a style sheet of the book (docs/styles.md)");
}

/* The characters of all flows, each with the first place that it has in a source. */
static inc_map gather(inc_book *book)
{
    inc_map all = inc_map_in(book->arena);
    for (size_t f = 0; f < book->flows.n; f++) {
        const inc_map *noted = &book->flows.v[f].flow.missing;
        for (size_t i = 0; i < noted->n; i++) {
            missing *m = noted->entries[i].value;
            inc_str key = inc_strf(book->arena, "%u %.*s", (unsigned)m->key.cp, INC_STR_ARG(m->family));
            missing *before = inc_map_find(&all, key);
            if (!before)
                inc_map_put(&all, key, m);
            else if (!before->span.file)
                before->span = m->span;
        }
    }
    return all;
}

void inc_book_report_missing(inc_book *book)
{
    inc_map all = gather(book), groups = inc_map_in(book->arena);
    for (size_t i = 0; i < all.n; i++)
        add_to_group(book, &groups, all.entries[i].value);
    for (size_t i = 0; i < groups.n; i++) {
        const group *g = groups.entries[i].value;
        if (g->count > few_of(g))
            report_many(book, g);
        else
            for (size_t k = 0; k < g->count; k++)
                report_one(book, g->few[k]);
    }
}
