/* toml.c - TOML into a tree: the C half of the seam to toml++. */
#include "manuscript/toml.h"

#include "base/guard.h"
#include "base/utf8.h"
#include "manuscript/tree.h"

enum {
    SIZE_LARGEST = 1 << 20,
    DOTS_MOST = 16, /* in one key; with toml++'s own cap on nested values this bounds the depth of its (recursive) tree */
};

typedef struct reader {
    inc_arena *arena;
    inc_points points;
    uint32_t file;
    inc_tree *open[INC_TREE_DEPTH_MAX + 2]; /* tables and arrays around the next value */
    unsigned depth;
    inc_tree *root;
} reader;

static inc_span span_of(const reader *r, inc_toml_position begin, inc_toml_position end)
{
    uint32_t from = inc_points_offset_at(&r->points, begin.line, begin.column);
    uint32_t to = inc_points_offset_at(&r->points, end.line, end.column);
    return (inc_span){r->file, from, to > from ? to - from : 0};
}

static void take(reader *r, const inc_toml_value *value)
{
    static const inc_tree_kind kinds[] = {
        [INC_TOML_TABLE] = INC_TREE_TABLE,     [INC_TOML_ARRAY] = INC_TREE_ARRAY, [INC_TOML_STRING] = INC_TREE_STRING,
        [INC_TOML_INTEGER] = INC_TREE_INTEGER, [INC_TOML_BOOLEAN] = INC_TREE_BOOLEAN, [INC_TOML_DATE] = INC_TREE_DATE,
        [INC_TOML_OTHER] = INC_TREE_OTHER,
    };
    if (value->event == INC_TOML_END) {
        r->depth--;
        return;
    }
    inc_tree *node = INC_NEW(r->arena, inc_tree);
    node->kind = kinds[value->event];
    node->span = span_of(r, value->begin, value->end);
    node->key_span = node->span;
    if (value->key) {
        node->key = inc_tree_text(r->arena, (inc_str){value->key, value->key_size});
        node->key_span = span_of(r, value->key_begin, value->key_end);
    }
    if (node->kind == INC_TREE_STRING)
        node->string = inc_tree_text(r->arena, (inc_str){value->string, value->string_size});
    if (node->kind == INC_TREE_DATE)
        node->string = inc_strf(r->arena, "%04u-%02u-%02u", value->year, value->month, value->day);
    node->integer = value->integer;
    node->boolean = value->boolean;
    if (r->depth)
        inc_tree_append(r->open[r->depth - 1], node);
    else
        r->root = node;
    if (node->kind == INC_TREE_TABLE || node->kind == INC_TREE_ARRAY)
        r->open[r->depth++] = node;
}

bool inc_toml_visit(void *data, const inc_toml_value *value)
{
    inc_guard guard; /* a C++ frame is above us: no unwinding past this point */
    if (INC_GUARD(&guard) != 0)
        return false;
    take(data, value);
    inc_guard_leave(&guard);
    return true;
}

/* Behind the quoted string that begins at `at`, single- or multi-line; the end when it is not closed. */
static size_t skip_string(inc_str s, size_t at)
{
    char quote = s.p[at];
    bool triple = at + 2 < s.n && s.p[at + 1] == quote && s.p[at + 2] == quote;
    for (size_t i = at + (triple ? 3 : 1); i < s.n; i++) {
        if (quote == '"' && s.p[i] == '\\')
            i++;
        else if (!triple && s.p[i] == '\n')
            return i;
        else if (s.p[i] == quote && !triple)
            return i + 1;
        else if (s.p[i] == quote && i + 2 < s.n && s.p[i + 1] == quote && s.p[i + 2] == quote) {
            for (i += 3; i < s.n && s.p[i] == quote;) /* one or two quotes may stand before the closing three */
                i++;
            return i;
        }
    }
    return s.n;
}

/* What toml++ must not be given: keys with many dots (each is one more table in its tree, which it frees recursively) and characters
 * beyond ASCII outside of strings and comments (TOML has none there, and version 3.3 runs into undefined behaviour on them). INC_NPOS when
 * there is nothing; else where, and *why. */
static size_t find_danger(inc_str s, const char **why)
{
    unsigned dots = 0;
    for (size_t i = 0; i < s.n;) {
        char c = s.p[i];
        if (c == '"' || c == '\'') {
            i = skip_string(s, i);
            continue;
        }
        if (c == '#') {
            const char *end = memchr(s.p + i, '\n', s.n - i);
            i = end ? (size_t)(end - s.p) : s.n;
            continue;
        }
        *why = (unsigned char)c >= 0x80 ? "not TOML: this character must stand in quotes" : "this key has too many dots";
        dots += c == '.';
        if (dots > DOTS_MOST || (unsigned char)c >= 0x80)
            return i;
        if (memchr("=[]{},\n", c, 7))
            dots = 0;
        i++;
    }
    return INC_NPOS;
}

/* toml++'s sentence without its habitual opening. */
static inc_str shorten(const char *message)
{
    inc_str s = inc_str_of(message), opening = INC_STR("Error while parsing ");
    if (inc_str_starts(s, opening))
        s = inc_str_slice(s, opening.n, s.n);
    size_t bad = inc_utf8_invalid(s); /* it may be cut within a character */
    if (bad != INC_NPOS)
        s.n = bad;
    return inc_str_trim(s);
}

inc_tree *inc_toml_parse(inc_sources *sources, uint32_t file, inc_arena *arena, inc_diags *diags)
{
    const inc_source *source = inc_sources_get(sources, file);
    if (source->bytes.n > SIZE_LARGEST) {
        inc_report(diags, INC_DIAG_FILE_TOO_BIG, (inc_span){file, 0, 0}, "a book.toml of more than 1 MiB is not read");
        return NULL;
    }
    const char *why = "";
    size_t danger = find_danger(source->bytes, &why);
    if (danger != INC_NPOS) {
        inc_report(diags, INC_DIAG_BAD_TOML, (inc_span){file, (uint32_t)danger, 1}, "%s", why);
        return NULL;
    }
    reader r = {.arena = arena, .points = inc_points_of(arena, source->bytes), .file = file};
    inc_toml_error error = {0};
    switch (inc_toml_walk(source->bytes.p, source->bytes.n, INC_TREE_DEPTH_MAX, &r, &error)) {
    case INC_TOML_OK:
        return r.root;
    case INC_TOML_SYNTAX: {
        inc_span span = {file, inc_points_offset_at(&r.points, error.at.line, error.at.column), 0};
        inc_report(diags, INC_DIAG_BAD_TOML, span, "not TOML: %.*s", INC_STR_ARG(shorten(error.message)));
        return NULL;
    }
    case INC_TOML_TOO_DEEP:
        inc_report(diags, INC_DIAG_BAD_TOML, (inc_span){file, 0, 0}, "tables are nested deeper than %d", INC_TREE_DEPTH_MAX);
        return NULL;
    case INC_TOML_MEMORY:
        break;
    }
    inc_out_of_memory();
}
