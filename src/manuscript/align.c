/* align.c - a line diff that only goes forward: good enough for places, and linear whatever the input. */
#include "manuscript/align.h"

#include "base/map.h"

enum {
    TELLING = 4,  /* a line of fewer bytes ("", "}", "```") stands anywhere: it is no reason to skip lines */
    NEAR = 256    /* so many equal lines are looked at for one behind the last match */
};

/* A line of the known text; equal ones are chained in order. */
typedef struct line {
    size_t from, to; /* without the line end */
    size_t next;     /* index + 1 of the next equal one */
} line;

typedef struct chain {
    size_t first, last; /* indices + 1; `first` moves forward as lines are passed */
} chain;

typedef struct aligner {
    const inc_text *known;
    line *lines;
    size_t count;
    inc_map chains; /* text of a line -> chain */
} aligner;

static inc_str trimmed(inc_str text, size_t from, size_t to)
{
    return inc_str_trim(inc_str_slice(text, from, to));
}

static void index_lines(aligner *a, inc_arena *scratch)
{
    inc_str text = a->known->bytes;
    size_t n = 1;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n';
    a->lines = INC_NEW_N(scratch, line, n);
    a->chains = inc_map_in(scratch);
    for (size_t from = 0; from < text.n;) {
        const char *newline = memchr(text.p + from, '\n', text.n - from);
        size_t to = newline ? (size_t)(newline - text.p) : text.n;
        a->lines[a->count++] = (line){.from = from, .to = to};
        inc_str key = trimmed(text, from, to);
        chain *c = key.n >= TELLING ? inc_map_find(&a->chains, key) : NULL;
        if (c) {
            a->lines[c->last - 1].next = a->count;
            c->last = a->count;
        } else if (key.n >= TELLING) {
            c = INC_NEW(scratch, chain);
            *c = (chain){a->count, a->count};
            inc_map_put(&a->chains, key, c);
        }
        from = to + 1;
    }
}

static bool same(const aligner *a, size_t i, inc_str wanted)
{
    return i < a->count && inc_str_eq(inc_str_slice(a->known->bytes, a->lines[i].from, a->lines[i].to), wanted);
}

/* The known line, from `next` on, that is the wanted one; count when there is none. */
static size_t find(const aligner *a, inc_str wanted, size_t next)
{
    if (same(a, next, wanted))
        return next;
    inc_str key = inc_str_trim(wanted);
    chain *c = key.n >= TELLING ? inc_map_find(&a->chains, key) : NULL;
    while (c && c->first && c->first - 1 < next) /* matches never go back, so what is passed is passed for good */
        c->first = a->lines[c->first - 1].next;
    size_t at = c ? c->first : 0;
    for (unsigned looked = 0; at && looked < NEAR; looked++, at = a->lines[at - 1].next)
        if (same(a, at - 1, wanted))
            return at - 1;
    return a->count;
}

inc_text inc_align(const inc_text *known, inc_span begin, inc_str bytes, inc_arena *arena, inc_arena *scratch)
{
    aligner a = {.known = known};
    index_lines(&a, scratch);
    inc_text_builder out = inc_text_begin(arena);
    inc_span place = begin; /* of the last line that was found */
    size_t next = 0;
    for (size_t from = 0; from < bytes.n;) {
        const char *newline = memchr(bytes.p + from, '\n', bytes.n - from);
        size_t to = newline ? (size_t)(newline - bytes.p) : bytes.n;
        size_t found = find(&a, inc_str_slice(bytes, from, to), next);
        if (found < a.count) {
            const line *l = &a.lines[found];
            bool with_end = newline && l->to < known->bytes.n;
            inc_text_add_slice(&out, known, l->from, l->to + with_end);
            place = inc_text_span(known, l->from, l->to);
            next = found + 1;
            if (newline && !with_end)
                inc_text_add_generated(&out, INC_STR("\n"), place);
        } else
            inc_text_add_generated(&out, inc_str_slice(bytes, from, newline ? to + 1 : to), place);
        from = newline ? to + 1 : bytes.n;
    }
    return inc_text_finish(&out);
}
