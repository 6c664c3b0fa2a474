/*
 * patterns.c - Liang's patterns (F. M. Liang, Word Hy-phen-a-tion by Com-put-er, 1983).
 *
 * The files are those of the Hyphen library; its code is not used because it takes two seconds to load the German
 * dictionary, once for each thread, and ends the process when memory runs out. What the format adds to Liang: a charset
 * on the first line; two levels (patterns before NEXTLEVEL find the joints of compounds, those after it divide the
 * parts); minima at joints; and patterns with "/", whose hyphen changes the spelling and is therefore never used here.
 *
 * One more thing is the library's own and the dictionaries are tuned to it: of the patterns that end at a letter only
 * one counts, the longest beginning of any pattern that the text up to there ends in, if that is a pattern itself.
 * (Liang lets all count; the files for English contain what all would give. In the German one short patterns would
 * spoil long ones.)
 */
#include "text/patterns.h"

#include <unicode/ucnv.h>

#include "base/utf8.h"
#include "base/vec.h"

enum { PATTERN_LETTERS_MAX = 60, CHANGES_SPELLING = 0x80, DEPTH_MAX = 16, FILE_MAX = 1 << 26 };

typedef struct node {      /* a beginning of patterns */
    const uint8_t *values; /* NULL: not a pattern; else one a gap, depth + 1 of them */
} node;

typedef struct edge { /* in a hash table: the child of parent by letter; child 0: free */
    uint32_t parent, letter, child;
} edge;

typedef struct level {
    INC_VEC(node) nodes; /* 0 is the root */
    edge *edges;
    size_t edge_count; /* slots, a power of two */
} level;

struct inc_patterns {
    level joints, parts;
    bool has_joints;            /* the file has NEXTLEVEL; else the only joints are apostrophes */
    size_t left_min, right_min; /* at joints, in letters */
};

/* ---- reading ---- */

static edge *edge_of(const level *l, uint32_t parent, uint32_t letter)
{
    uint64_t hash = ((uint64_t)parent << 21 | letter) * 0x9E3779B97F4A7C15u;
    size_t i = (size_t)(hash >> 32) & (l->edge_count - 1);
    while (l->edges[i].child && (l->edges[i].parent != parent || l->edges[i].letter != letter))
        i = (i + 1) & (l->edge_count - 1);
    return &l->edges[i];
}

static level level_new(inc_arena *arena, size_t patterns)
{
    level l = {.edge_count = 64};
    while (l.edge_count < patterns * 4)
        l.edge_count *= 2;
    l.edges = INC_NEW_N(arena, edge, l.edge_count);
    INC_PUSH(arena, &l.nodes, (node){NULL});
    return l;
}

static void grow(inc_arena *arena, level *l)
{
    const edge *old = l->edges;
    size_t n = l->edge_count;
    l->edge_count *= 2;
    l->edges = INC_NEW_N(arena, edge, l->edge_count);
    for (size_t i = 0; i < n; i++)
        if (old[i].child)
            *edge_of(l, old[i].parent, old[i].letter) = old[i];
}

static uint32_t child_of(inc_arena *arena, level *l, uint32_t parent, uint32_t letter)
{
    edge *e = edge_of(l, parent, letter);
    if (e->child)
        return e->child;
    if (l->nodes.n * 4 >= l->edge_count * 3) {
        grow(arena, l);
        e = edge_of(l, parent, letter);
    }
    *e = (edge){parent, letter, (uint32_t)l->nodes.n};
    INC_PUSH(arena, &l->nodes, (node){NULL});
    return e->child;
}

/* Equal letters a second time: the later pattern counts. */
static void add_pattern(inc_arena *arena, level *l, inc_str line)
{
    inc_str rest = line, body = inc_str_cut(&rest, '/');
    uint8_t flag = body.n < line.n ? CHANGES_SPELLING : 0;
    uint8_t values[PATTERN_LETTERS_MAX + 1] = {0};
    size_t gaps = 0;
    uint32_t at_node = 0;
    for (size_t at = 0; at < body.n;) {
        uint32_t cp = inc_utf8_decode(body, at, &at);
        if (cp >= '0' && cp <= '9')
            values[gaps] = (uint8_t)((cp - '0') | (cp & 1 ? flag : 0));
        else if (gaps == PATTERN_LETTERS_MAX)
            return;
        else {
            at_node = child_of(arena, l, at_node, cp);
            gaps++;
        }
    }
    if (!gaps)
        return;
    uint8_t *copy = inc_alloc(arena, gaps + 1);
    memcpy(copy, values, gaps + 1);
    l->nodes.v[at_node].values = copy;
}

static bool setting(inc_str line, const char *name, size_t *value)
{
    inc_str key = inc_str_of(name);
    uint64_t v;
    if (!inc_str_starts(line, key) || line.n == key.n || (line.p[key.n] != ' ' && line.p[key.n] != '\t'))
        return false;
    if (inc_str_to_uint(inc_str_trim(inc_str_slice(line, key.n, line.n)), &v) && v < INC_PATTERN_LETTERS_MAX)
        *value = (size_t)v;
    return true;
}

static inc_str next_line(inc_str *rest)
{
    return inc_str_trim(inc_str_cut(rest, '\n'));
}

static size_t count_lines(inc_str s)
{
    size_t n = 1;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

/* Reads up to NEXTLEVEL or the end; true when there is a next level. */
static bool read_level(inc_arena *arena, inc_str *rest, size_t lines, level *l, size_t minima[4])
{
    static const char *const names[] = {"LEFTHYPHENMIN", "RIGHTHYPHENMIN", "COMPOUNDLEFTHYPHENMIN",
                                        "COMPOUNDRIGHTHYPHENMIN"};
    *l = level_new(arena, lines);
    while (rest->n) {
        inc_str line = next_line(rest);
        if (!line.n || line.p[0] == '#' || line.p[0] == '%' || inc_str_starts(line, INC_STR("NOHYPHEN")))
            continue;
        if (inc_str_is(line, "NEXTLEVEL"))
            return true;
        bool is_setting = false;
        for (size_t i = 0; i < INC_COUNT(names); i++)
            is_setting = setting(line, names[i], &minima[i]) || is_setting;
        if (!is_setting)
            add_pattern(arena, l, line);
    }
    return false;
}

/* The file behind its first line, as UTF-8; false when the charset is unknown. */
static bool to_utf8(inc_arena *arena, inc_str charset, inc_str *s)
{
    if (inc_str_starts(charset, INC_STR("microsoft-")))
        charset = inc_str_slice(charset, 10, charset.n);
    if (inc_str_eq_nocase(charset, INC_STR("UTF-8")))
        return true;
    UErrorCode status = U_ZERO_ERROR;
    const char *from = inc_cstr(arena, charset);
    int32_t n = ucnv_convert("UTF-8", from, NULL, 0, s->p, (int32_t)s->n, &status);
    if (status != U_BUFFER_OVERFLOW_ERROR)
        return false;
    char *p = inc_alloc(arena, (size_t)n + 1);
    status = U_ZERO_ERROR;
    n = ucnv_convert("UTF-8", from, p, n + 1, s->p, (int32_t)s->n, &status);
    *s = (inc_str){p, (size_t)INC_MAX(n, 0)};
    return U_SUCCESS(status);
}

inc_patterns *inc_patterns_read(inc_arena *arena, inc_str file)
{
    inc_str charset = next_line(&file);
    if (!file.n || file.n > FILE_MAX || !to_utf8(arena, charset, &file))
        return NULL;
    inc_patterns *p = INC_NEW(arena, inc_patterns);
    size_t minima[4] = {0}, inner[4] = {0};
    size_t split = inc_str_find(file, INC_STR("NEXTLEVEL"));
    size_t first_lines = count_lines(split == INC_NPOS ? file : inc_str_slice(file, 0, split));
    if (read_level(arena, &file, first_lines, &p->joints, minima)) {
        p->has_joints = true;
        read_level(arena, &file, count_lines(file), &p->parts, inner);
    } else {
        p->parts = p->joints;
        p->joints = level_new(arena, 0);
    }
    p->left_min = minima[2] ? minima[2] : p->has_joints ? 0 : minima[0] ? minima[0] : 3;
    p->right_min = minima[3] ? minima[3] : p->has_joints ? 0 : minima[1] ? minima[1] : 3;
    return p->parts.nodes.n > 1 ? p : NULL;
}

/* ---- applying ---- */

/* Raises values[i], the gap before letter i of a word of n letters, to those of a pattern whose first gap lies before
 * letter `from` of the dotted word (0: the dot). */
static void raise_values(uint8_t *values, size_t n, size_t from, const uint8_t *pattern, size_t letters)
{
    for (size_t k = 0; k <= letters; k++) {
        size_t gap = from + k; /* gap 1 is before the first letter */
        if (gap >= 1 && gap <= n + 1 && (pattern[k] & 15) > (values[gap - 1] & 15))
            values[gap - 1] = pattern[k];
    }
}

static void best_values(const level *l, const uint32_t *letters, size_t n, uint8_t *values)
{
    uint32_t alive[INC_PATTERN_LETTERS_MAX +
                   2]; /* alive[s]: the node of the text from letter s to here, 0 when there is none */
    size_t oldest = 0;
    for (size_t i = 0; i <= n; i++)
        values[i] = 0;
    for (size_t to = 0; to < n + 2; to++) {
        uint32_t letter = to == 0 || to == n + 1 ? '.' : letters[to - 1];
        alive[to] = 0; /* the root: a text begins at each letter */
        for (size_t s = oldest; s <= to; s++)
            if (s == to || alive[s])
                alive[s] = edge_of(l, alive[s], letter)->child;
        while (oldest <= to && !alive[oldest])
            oldest++;
        if (oldest <= to && l->nodes.v[alive[oldest]].values)
            raise_values(values, n, oldest, l->nodes.v[alive[oldest]].values, to - oldest + 1);
    }
}

static bool is_plain_break(uint8_t value)
{
    return (value & 1) && !(value & CHANGES_SPELLING);
}

/* Joints of the word: where the first level allows a break, or around apostrophes. */
static bool find_joints(const inc_patterns *p, const uint32_t *letters, size_t n, uint8_t *values)
{
    bool any = false;
    if (p->has_joints)
        best_values(&p->joints, letters, n, values);
    else {
        memset(values, 0, n + 1);
        for (size_t i = 1; i < n; i++)
            values[i] = letters[i] == '\'' || letters[i - 1] == '\'';
    }
    for (size_t i = 1; i < n; i++)
        any = any || (values[i] & 1);
    return any;
}

/* A stretch of the word; inner says that it begins or ends at a joint. Compounds of compounds divide again. */
static void divide(const inc_patterns *p, const uint32_t *letters, size_t n, bool left_inner, bool right_inner,
                   bool *points, int depth)
{
    uint8_t values[INC_PATTERN_LETTERS_MAX + 1];
    if (n < 2)
        return;
    if (depth < DEPTH_MAX && find_joints(p, letters, n, values)) {
        for (size_t from = 0, i = 1; i <= n; i++) {
            if (i < n && !(values[i] & 1))
                continue;
            divide(p, letters + from, i - from, from > 0 || left_inner, i < n || right_inner, points + from, depth + 1);
            if (i < n)
                points[i] = is_plain_break(values[i]);
            from = i;
        }
        return;
    }
    best_values(&p->parts, letters, n, values);
    size_t first = left_inner ? INC_MAX(p->left_min, (size_t)1) : 1,
           last = right_inner ? n - INC_MIN(n, p->right_min) : n - 1;
    for (size_t i = first; i <= last && i < n; i++)
        points[i] = is_plain_break(values[i]);
}

void inc_patterns_apply(const inc_patterns *patterns, const uint32_t *letters, size_t n, bool *points)
{
    assert(n <= INC_PATTERN_LETTERS_MAX);
    memset(points, 0, n * sizeof *points);
    divide(patterns, letters, n, false, false, points, 0);
}
