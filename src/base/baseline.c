/* baseline.c - fingerprints of findings, and lists of them. */
#include "base/baseline.h"

#include <stdlib.h>

#include "base/utf8.h"

#define HEADER "# incipit baseline: findings that this book is known to have. Made by `incipit check --write-baseline`.\n"

enum { CONTEXT = 100 }; /* bytes of the line that count, before and behind the place */

inc_fingerprints inc_fingerprints_in(inc_arena *arena)
{
    return (inc_fingerprints){.arena = arena, .seen = inc_map_in(arena)};
}

/* White space does not count, so that indenting changes nothing. */
static void add_context(inc_buf *out, const inc_place *place)
{
    uint32_t into = INC_MIN(place->offset - place->line_offset, (uint32_t)place->line_text.n);
    size_t from = into > CONTEXT ? into - CONTEXT : 0, to = INC_MIN(place->line_text.n, (size_t)into + CONTEXT);
    for (size_t i = from; i < to; i++)
        if (place->line_text.p[i] != ' ' && place->line_text.p[i] != '\t')
            inc_buf_byte(out, place->line_text.p[i]);
}

/* Numbers in messages are measures, pages and lines: they change with the text around. */
static void add_without_numbers(inc_buf *out, inc_str message)
{
    for (size_t i = 0; i < message.n; i++) {
        bool digit = message.p[i] >= '0' && message.p[i] <= '9';
        if (!digit)
            inc_buf_byte(out, message.p[i]);
        else if (!i || message.p[i - 1] < '0' || message.p[i - 1] > '9')
            inc_buf_byte(out, '#');
    }
}

inc_str inc_fingerprint_next(inc_fingerprints *fingerprints, inc_sources *sources, const inc_diag *diag)
{
    inc_buf text = inc_buf_in(fingerprints->arena);
    inc_place place;
    inc_buf_printf(&text, "%s\n", inc_diag_info_of(diag->id)->name);
    if (inc_sources_place(sources, diag->span, &place)) {
        inc_buf_add(&text, place.name);
        inc_buf_byte(&text, '\n');
        add_context(&text, &place);
    }
    inc_buf_byte(&text, '\n');
    add_without_numbers(&text, diag->message);
    inc_str hash = inc_strf(fingerprints->arena, "%016llx", (unsigned long long)inc_hash(text.p, text.n));
    uintptr_t number = (uintptr_t)inc_map_find(&fingerprints->seen, hash) + 1;
    inc_map_put(&fingerprints->seen, hash, (void *)number);
    return inc_strf(fingerprints->arena, "%.*s:%zu", INC_STR_ARG(hash), (size_t)number);
}

/* ---- reading ---- */

static bool is_fingerprint(inc_str s)
{
    uint64_t number;
    for (size_t i = 0; i < 16; i++)
        if (i >= s.n || !((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
            return false;
    return s.n > 17 && s.p[16] == ':' && inc_str_to_uint(inc_str_slice(s, 17, s.n), &number);
}

bool inc_baseline_read(inc_baseline *baseline, inc_str text, inc_arena *arena, unsigned *line)
{
    *baseline = (inc_baseline){.fingerprints = inc_fingerprints_in(arena), .known = inc_map_in(arena)};
    for (*line = 1; text.n; ++*line) {
        inc_str rest = inc_str_trim(inc_str_cut(&text, '\n'));
        if (!rest.n || rest.p[0] == '#')
            continue;
        inc_str fingerprint = inc_str_cut(&rest, ' '), id = inc_str_cut(&rest, ' ');
        if (!is_fingerprint(fingerprint) || !id.n)
            return false;
        inc_map_put(&baseline->known, inc_str_dup(arena, fingerprint), baseline);
    }
    return true;
}

void inc_baseline_apply(inc_baseline *baseline, inc_diags *diags, inc_sources *sources)
{
    for (; baseline->done < diags->n; baseline->done++) {
        inc_diag *diag = &diags->v[baseline->done];
        inc_str fingerprint = inc_fingerprint_next(&baseline->fingerprints, sources, diag);
        if (diag->severity >= INC_ERROR || !inc_map_has(&baseline->known, fingerprint))
            continue;
        diag->known = true;
        diags->count[diag->severity]--;
        diags->known++;
    }
}

/* ---- writing ---- */

typedef struct entry {
    inc_str file, id, fingerprint;
} entry;

/* For the reader alone; left out when it would not fit on a line. */
static inc_str file_name(const inc_sources *sources, const inc_diag *diag)
{
    const inc_source *source = inc_sources_get(sources, diag->span.file);
    return source && inc_str_find_char(source->name, '\n') == INC_NPOS ? source->name : INC_STR("");
}

static int compare(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = inc_str_cmp(x->file, y->file);
    order = order ? order : inc_str_cmp(x->id, y->id);
    return order ? order : inc_str_cmp(x->fingerprint, y->fingerprint);
}

void inc_baseline_write(const inc_diags *diags, inc_sources *sources, inc_buf *out)
{
    inc_fingerprints fingerprints = inc_fingerprints_in(out->arena);
    entry *entries = INC_NEW_N(out->arena, entry, diags->n + 1);
    size_t n = 0;
    for (size_t i = 0; i < diags->n; i++) {
        const inc_diag *diag = &diags->v[i];
        inc_str fingerprint = inc_fingerprint_next(&fingerprints, sources, diag);
        if (diag->severity < INC_ERROR)
            entries[n++] = (entry){file_name(sources, diag), inc_str_of(inc_diag_info_of(diag->id)->name), fingerprint};
    }
    qsort(entries, n, sizeof *entries, compare);
    inc_buf_puts(out, HEADER);
    for (size_t i = 0; i < n; i++) {
        inc_buf_printf(out, "%.*s %.*s", INC_STR_ARG(entries[i].fingerprint), INC_STR_ARG(entries[i].id));
        if (entries[i].file.n)
            inc_buf_printf(out, " %.*s", INC_STR_ARG(entries[i].file));
        inc_buf_byte(out, '\n');
    }
}
