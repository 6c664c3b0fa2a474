/* compare.c - normalising what compilers say, and the shortest way to show a difference. */
#include "listings/compare.h"

#include "base/vec.h"

enum { CONTEXT = 3, SHOWN_MAX = 60, TABLE_MAX = 4000000 };

typedef INC_VEC(inc_str) line_list;

static line_list lines_of(inc_arena *arena, inc_str text)
{
    line_list lines = {0};
    while (text.n) {
        size_t end = inc_str_find_char(text, '\n');
        inc_str line = inc_str_slice(text, 0, end == INC_NPOS ? text.n : end);
        text = end == INC_NPOS ? INC_STR("") : inc_str_slice(text, end + 1, text.n);
        if (line.n && line.p[line.n - 1] == '\r')
            line.n--;
        INC_PUSH(arena, &lines, line);
    }
    return lines;
}

/* ---- rustc ---- */

static bool is_closing(inc_str line)
{
    return inc_str_starts(line, INC_STR("For more information about")) || inc_str_starts(line, INC_STR("error: aborting due to")) ||
           inc_str_starts(line, INC_STR("Some errors have detailed"));
}

/* Offset of "library/core/src/..." in a place of the standard library, or INC_NPOS. */
static size_t library_at(inc_str line)
{
    size_t arrow = inc_str_find(line, INC_STR("--> ")), library = inc_str_find(line, INC_STR("/library/"));
    return arrow == INC_NPOS || library == INC_NPOS || library < arrow ? INC_NPOS : library + 1;
}

/* A line of quoted source: "12 | text", "   |", "...". */
static bool is_quoted(inc_str line)
{
    size_t at = 0;
    while (at < line.n && (line.p[at] == ' ' || (line.p[at] >= '0' && line.p[at] <= '9')))
        at++;
    return inc_str_starts(line, INC_STR("...")) || (at > 0 && at < line.n && (line.p[at] == '|' || line.p[at] == ':'));
}

/* Places of the standard library lose the way to it and their line: "--> STD/core/src/option.rs". */
static inc_str library_place(inc_arena *arena, inc_str line, size_t library)
{
    size_t arrow = inc_str_find(line, INC_STR("--> ")), path = library + strlen("library/"), end = path;
    while (end < line.n && line.p[end] != ':')
        end++;
    return inc_strf(arena, "%.*s--> STD/%.*s", (int)arrow, line.p, (int)(end - path), line.p + path);
}

inc_str inc_listings_normalise(inc_arena *arena, inc_str text, inc_normaliser normaliser)
{
    line_list lines = lines_of(arena, text);
    inc_buf out = inc_buf_in(arena);
    size_t blank = 0;
    bool skipping = false, rustc = normaliser == INC_NORMALISE_RUSTC;
    for (size_t i = 0; i < lines.n; i++) {
        inc_str line = lines.v[i];
        if (rustc && is_closing(line))
            continue;
        if (skipping && is_quoted(line))
            continue;
        size_t library = rustc ? library_at(line) : INC_NPOS;
        skipping = library != INC_NPOS;
        if (skipping)
            line = library_place(arena, line, library);
        if (!line.n) {
            blank++;
            continue;
        }
        for (; blank > 0; blank--)
            inc_buf_puts(&out, "\n");
        inc_buf_add(&out, line);
        inc_buf_puts(&out, "\n");
    }
    return inc_buf_str(&out);
}

inc_str inc_listings_loosen(inc_arena *arena, inc_str text)
{
    line_list lines = lines_of(arena, text);
    inc_buf out = inc_buf_in(arena);
    bool wants_place = false;
    for (size_t i = 0; i < lines.n; i++) {
        inc_str line = lines.v[i];
        bool error = inc_str_starts(line, INC_STR("error"));
        size_t arrow = inc_str_find(line, INC_STR("--> "));
        bool place = wants_place && arrow != INC_NPOS && inc_str_find(line, INC_STR("--> STD")) == INC_NPOS;
        if (error || place) {
            inc_buf_add(&out, place ? inc_str_slice(line, arrow, line.n) : line);
            inc_buf_puts(&out, "\n");
        }
        wants_place = error || (wants_place && !place);
    }
    return inc_buf_str(&out);
}

/* ---- the difference ---- */

typedef struct comparison {
    line_list a, b;
    uint32_t *common; /* length of the longest common sequence of a[i..] and b[j..], by rows; NULL when the texts are too long for it */
} comparison;

static uint32_t *cell(const comparison *c, size_t i, size_t j)
{
    return &c->common[i * (c->b.n + 1) + j];
}

static void fill_table(comparison *c, inc_arena *arena)
{
    if ((c->a.n + 1) * (c->b.n + 1) > TABLE_MAX)
        return;
    c->common = INC_NEW_N(arena, uint32_t, (c->a.n + 1) * (c->b.n + 1));
    for (size_t i = c->a.n; i-- > 0;)
        for (size_t j = c->b.n; j-- > 0;)
            *cell(c, i, j) = inc_str_eq(c->a.v[i], c->b.v[j]) ? *cell(c, i + 1, j + 1) + 1 : INC_MAX(*cell(c, i + 1, j), *cell(c, i, j + 1));
}

typedef struct edit {
    char mark; /* ' ', '-', '+' */
    inc_str line;
} edit;
typedef INC_VEC(edit) edit_list;

static edit_list edits_of(const comparison *c, inc_arena *arena)
{
    edit_list edits = {0};
    size_t i = 0, j = 0;
    while (i < c->a.n || j < c->b.n) {
        bool both = i < c->a.n && j < c->b.n;
        if (both && inc_str_eq(c->a.v[i], c->b.v[j])) {
            INC_PUSH(arena, &edits, (edit){' ', c->a.v[i]});
            i++;
            j++;
        } else if (i < c->a.n && (!both || !c->common || *cell(c, i + 1, j) >= *cell(c, i, j + 1))) {
            INC_PUSH(arena, &edits, (edit){'-', c->a.v[i++]});
        } else
            INC_PUSH(arena, &edits, (edit){'+', c->b.v[j++]});
    }
    return edits;
}

static bool near_change(const edit_list *edits, size_t at)
{
    size_t from = at > CONTEXT ? at - CONTEXT : 0, to = INC_MIN(at + CONTEXT + 1, edits->n);
    for (size_t i = from; i < to; i++)
        if (edits->v[i].mark != ' ')
            return true;
    return false;
}

inc_str inc_listings_difference(inc_arena *arena, inc_str recorded, inc_str got, inc_str recorded_name, size_t *line)
{
    comparison c = {.a = lines_of(arena, recorded), .b = lines_of(arena, got)};
    fill_table(&c, arena);
    edit_list edits = edits_of(&c, arena);
    inc_buf out = inc_buf_in(arena);
    inc_buf_printf(&out, "--- %.*s (recorded)\n+++ what came out\n", INC_STR_ARG(recorded_name));
    size_t shown = 0, at_line = 1;
    bool gap = false;
    *line = 0;
    for (size_t i = 0; i < edits.n; i++) {
        if (!*line && edits.v[i].mark != ' ')
            *line = at_line;
        at_line += edits.v[i].mark != '+';
        if (!near_change(&edits, i)) {
            gap = true;
            continue;
        }
        if (shown == SHOWN_MAX) {
            inc_buf_puts(&out, "...\n");
            break;
        }
        if (gap && shown > 0)
            inc_buf_puts(&out, "@@\n");
        gap = false;
        inc_buf_printf(&out, "%c%.*s\n", edits.v[i].mark, INC_STR_ARG(edits.v[i].line));
        shown++;
    }
    *line = INC_MAX(*line, (size_t)1);
    return inc_buf_str(&out);
}

/* ---- versions ---- */

/* The next number of a version, from *at; 0 at its end. */
static uint64_t next_number(inc_str s, size_t *at)
{
    uint64_t value = 0;
    while (*at < s.n && s.p[*at] >= '0' && s.p[*at] <= '9' && value < UINT32_MAX)
        value = value * 10 + (uint64_t)(s.p[(*at)++] - '0');
    *at = *at < s.n && s.p[*at] == '.' ? *at + 1 : s.n;
    return value;
}

int inc_listings_compare_versions(inc_str a, inc_str b)
{
    for (size_t i = 0, j = 0; i < a.n || j < b.n;) {
        uint64_t x = next_number(a, &i), y = next_number(b, &j);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return 0;
}
