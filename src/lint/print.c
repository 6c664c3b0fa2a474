/*
 * print.c - what paper and ink may lose: text under 7 pt and rules under 0.75 pt, in what the print file paints.
 *
 * Such sizes come from a style sheet, so each is reported once in a book, where it first occurs. Raised and lowered
 * text is small by custom.
 */
#include "lint/internal.h"

#define LEAST_TEXT (7 * INC_PT)
#define LEAST_RULE (INC_PT * 3 / 4)
#define ROUNDING (INC_PT / 64)

typedef struct small { /* one size of small text or thickness of thin rules */
    inc_len size;
    uint32_t page, count;
    inc_span span;
    inc_str text;
} small;

typedef INC_VEC(small) smalls;

/* The same size, or the same block: glyphs of other fonts are fitted into the cells of code one by one. */
static bool is_same(const small *a, const small *b)
{
    inc_len apart = a->size - b->size;
    return (apart < ROUNDING && apart > -ROUNDING) ||
           (a->span.file && memcmp(&a->span, &b->span, sizeof(inc_span)) == 0);
}

static void count_small(inc_linter *l, smalls *all, small found)
{
    found.count = 1;
    for (size_t i = 0; i < all->n; i++) {
        small *known = &all->v[i];
        if (!is_same(known, &found))
            continue;
        found.count = known->count + 1;
        if (found.size < known->size - ROUNDING)
            *known = found;
        known->count = found.count;
        return;
    }
    INC_PUSH(l->arena, all, found);
}

static bool is_raised(const inc_linter *l, uint32_t page, uint32_t mark)
{
    for (uint32_t i = l->page_lines[page]; i < l->page_lines[page + 1]; i++)
        if (l->lines.v[i].first <= mark && mark < l->lines.v[i].end)
            return l->pages->pages[page].marks[mark].y != l->lines.v[i].y;
    return false;
}

static bool is_thin(const inc_mark *mark)
{
    inc_len thickness = INC_MIN(mark->width, mark->height), length = INC_MAX(mark->width, mark->height);
    return thickness < LEAST_RULE - ROUNDING && length > 4 * thickness;
}

static void report(inc_linter *l, const smalls *texts, const smalls *rules)
{
    char size[32];
    for (size_t i = 0; i < texts->n; i++) {
        const small *s = &texts->v[i];
        size[inc_len_format(s->size, 1, size)] = '\0';
        inc_lint_add(l, INC_DIAG_SMALL_TEXT, s->page, s->span, "text of %s pt in print: '%.*s'; %u word%s so small",
                     size, INC_STR_ARG(s->text), s->count, s->count == 1 ? "" : "s");
    }
    for (size_t i = 0; i < rules->n; i++) {
        const small *s = &rules->v[i];
        size[inc_len_format(s->size, 2, size)] = '\0';
        inc_lint_add(l, INC_DIAG_THIN_RULE, s->page, s->span, "a rule of %s pt in print; %u rule%s so thin", size,
                     s->count, s->count == 1 ? "" : "s");
    }
}

void inc_lint_print(inc_linter *l)
{
    smalls texts = {0}, rules = {0};
    for (uint32_t p = 0; p < l->pages->page_count; p++)
        for (uint32_t i = 0; i < l->pages->pages[p].mark_count; i++) {
            const inc_mark *mark = &l->pages->pages[p].marks[i];
            small found = {.page = p, .span = mark->tag ? mark->tag->span : INC_NO_SPAN};
            if (!mark->color[INC_PRINT].a || mark->width <= 0)
                continue;
            if (mark->kind == INC_MARK_TEXT && mark->as.text.run->size < LEAST_TEXT - ROUNDING && !is_raised(l, p, i)) {
                found.size = mark->as.text.run->size;
                found.text = inc_str_trim(mark->as.text.text);
                count_small(l, &texts, found);
            } else if (mark->kind == INC_MARK_RULE && is_thin(mark)) {
                found.size = INC_MIN(mark->width, mark->height);
                count_small(l, &rules, found);
            }
        }
    report(l, &texts, &rules);
}
