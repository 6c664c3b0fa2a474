/*
 * spacing.c - the colour of a paragraph: loose lines, ladders of hyphens, rivers of white, last lines that hardly show.
 *
 * The normal word space is the advance of the space glyph that a word's mark ends with; the one set is the gap to the
 * next mark.
 *
 * A river is a chain of word spaces in lines that follow each other, each at least one and a half times as wide as
 * normal and lying below the one before by at least half its width. Chains of narrower spaces are chance, and do not
 * show.
 */
#include "lint/internal.h"

enum { LOOSE = 200 /* percent */, LADDER = 3, RIVER_LINES = 5, RIVER_SPACE = 150 /* percent */, SPACES_MAX = 64 };

typedef struct space {
    inc_len x0, x1;
    inc_len normal;
    bool pure;      /* nothing but a word space: no margin of an inline element can lie in it */
    unsigned chain; /* lines of the river that ends here */
} space;

static inc_len normal_space(const inc_mark *mark)
{
    const inc_text_mark *text = &mark->as.text;
    if (!text->count || !text->text.n || text->text.p[text->text.n - 1] != ' ')
        return 0;
    return text->run->glyphs[text->first + text->count - 1].advance;
}

static unsigned read_spaces(const inc_linter *l, const inc_lint_line *line, space *spaces)
{
    unsigned n = 0;
    const inc_mark *before = NULL;
    for (const inc_mark *mark = NULL; n < SPACES_MAX && (mark = inc_lint_mark(l, line, mark)); before = mark) {
        inc_len normal = before ? normal_space(before) : 0;
        if (normal <= 0)
            continue;
        bool pure = mark->tag == before->tag && mark->as.text.run->font == before->as.text.run->font &&
                    mark->as.text.run->size == before->as.text.run->size;
        spaces[n++] =
            (space){.x0 = before->x + before->width, .x1 = mark->x, .normal = normal, .pure = pure, .chain = 1};
    }
    return n;
}

/* ---- one line ---- */

/* Percent of the normal space over all spaces of a line; 0 when there is none to judge by. */
static unsigned looseness(const space *spaces, unsigned n)
{
    inc_len set = 0, normal = 0;
    for (unsigned i = 0; i < n; i++)
        if (spaces[i].pure) {
            set += spaces[i].x1 - spaces[i].x0;
            normal += spaces[i].normal;
        }
    return normal > 0 && set > 0 ? (unsigned)inc_len_scale(100, set, normal) : 0;
}

static bool ends_in_hyphen(const inc_linter *l, const inc_lint_line *line)
{
    const inc_mark *last = NULL;
    for (const inc_mark *mark = NULL; (mark = inc_lint_mark(l, line, mark));)
        last = mark->width > 0 || !last ? mark : last;
    inc_str text = inc_str_trim(last->as.text.text);
    return last->as.text.hyphen || inc_str_ends(text, INC_STR("-")) || inc_str_ends(text, INC_STR("\xE2\x80\x90"));
}

/* ---- lines that follow each other ---- */

static bool is_wide(const space *s)
{
    return (s->x1 - s->x0) * 100 >= s->normal * RIVER_SPACE;
}

static bool lies_below(const space *upper, const space *lower)
{
    inc_len shared = INC_MIN(upper->x1, lower->x1) - INC_MAX(upper->x0, lower->x0);
    return shared * 2 >= INC_MIN(upper->x1 - upper->x0, lower->x1 - lower->x0);
}

/* Lengthens the chains of the line above; returns the longest. */
static unsigned flow_on(const space *above, unsigned above_count, space *spaces, unsigned n)
{
    unsigned longest = 0;
    for (unsigned i = 0; i < n; i++) {
        for (unsigned k = 0; k < above_count && is_wide(&spaces[i]); k++)
            if (is_wide(&above[k]) && lies_below(&above[k], &spaces[i]))
                spaces[i].chain = INC_MAX(spaces[i].chain, above[k].chain + 1);
        longest = INC_MAX(longest, spaces[i].chain);
    }
    return longest;
}

static void report_ladder(inc_linter *l, const inc_lint_line *from, unsigned rungs)
{
    if (rungs >= LADDER)
        inc_lint_add(l, INC_DIAG_HYPHEN_LADDER, from->page, from->block->span,
                     "%u lines in a row end in a hyphen, from '%.*s' on", rungs, INC_STR_ARG(inc_lint_words(l, from)));
}

static void check_lines(inc_linter *l, const inc_lint_line *opening)
{
    const inc_lint_line *before = NULL, *from = NULL;
    space pair[2][SPACES_MAX];
    unsigned count[2] = {0}, rungs = 0, longest = 0, now = 0;
    for (const inc_lint_line *line = opening; line; line = line->next, now = !now) {
        space *spaces = pair[now];
        if (before && before->page != line->page) {
            report_ladder(l, from, rungs);
            rungs = longest = count[!now] = 0;
        }
        count[now] = read_spaces(l, line, spaces);
        unsigned loose = looseness(spaces, count[now]);
        if (loose > LOOSE)
            inc_lint_add(l, INC_DIAG_LOOSE_LINE, line->page, line->block->span,
                         "word spaces of %u %% in the line '%.*s'", loose, INC_STR_ARG(inc_lint_words(l, line)));
        unsigned river = flow_on(pair[!now], count[!now], spaces, count[now]);
        if (river >= RIVER_LINES && longest < RIVER_LINES)
            inc_lint_add(l, INC_DIAG_RIVER, line->page, line->block->span,
                         "a river of white runs down to the line '%.*s'", INC_STR_ARG(inc_lint_words(l, line)));
        longest = INC_MAX(longest, river);
        bool hyphen = ends_in_hyphen(l, line);
        if (!hyphen) {
            report_ladder(l, from, rungs);
            rungs = 0;
        } else if (!rungs++)
            from = line;
        before = line;
    }
    report_ladder(l, from, rungs);
}

/* ---- last lines ---- */

/* How far the first line is set in from the second. */
static inc_len indent_of(const inc_lint_line *opening)
{
    return opening->next ? INC_MAX(opening->x0 - opening->next->x0, 0) : 0;
}

static void check_last_line(inc_linter *l, const inc_lint_line *opening)
{
    const inc_lint_line *last = opening;
    while (last->next)
        last = last->next;
    if (last == opening || opening->note)
        return;
    inc_len indent = indent_of(opening);
    const inc_lint_line *after = last + 1 < l->lines.v + l->lines.n ? last + 1 : NULL;
    if (after && after->kind == INC_LINE_PROSE && after->opens && after->block->parent == opening->block->parent)
        indent = INC_MAX(indent, indent_of(after));
    if (last->x1 - last->x0 < indent)
        inc_lint_add(l, INC_DIAG_SHORT_LAST_LINE, last->page, opening->block->span,
                     "a paragraph's last line, '%.*s', is shorter than the indent",
                     INC_STR_ARG(inc_lint_words(l, last)));
}

void inc_lint_spacing(inc_linter *l)
{
    for (uint32_t i = 0; i < l->lines.n; i++)
        if (l->lines.v[i].opens && l->lines.v[i].kind == INC_LINE_PROSE) {
            check_lines(l, &l->lines.v[i]);
            check_last_line(l, &l->lines.v[i]);
        }
}
