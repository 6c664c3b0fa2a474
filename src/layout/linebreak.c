/*
 * linebreak.c - the best sequence of breaks for a paragraph.
 *
 * One pass over the items. Each legal breakpoint is tried against the active nodes (ends of feasible lines so far):
 *
 *   for each item i
 *       box, glue:  add to the running totals
 *       legal at i: for each active node a
 *                       badness of the line a..i          [K&P p. 1127; TeX part 38, section 851]
 *                       too long:   deactivate a
 *                       feasible:   remember the cheapest way into each of four fitness classes
 *                   make new active nodes out of these
 *   follow the cheapest final node back
 */
#include "layout/linebreak.h"

#include "base/vec.h"

enum { LINE_PENALTY = 10, CLASSES = 4, COUNTS = 8 /* of lines, told apart by their remainder */, BADNESS_MAX = 10000, OVERFULL = 10001 };
enum { DESPERATE = 3000 }; /* penalty */
enum { ITEMS_MAX = 1000 }; /* on one line: text without width must not keep every break active */
enum { DEMERITS_DOUBLE_HYPHEN = 10000, DEMERITS_FITNESS = 3000, DEMERITS_SHORT_LAST = 60000, DEMERITS_HYPHEN_BEFORE_LAST = 5000,
       DEMERITS_OVERFULL = 1000000 };

typedef struct node {
    struct node *previous; /* on the best way here */
    struct node *next;     /* in the active list */
    uint32_t item;         /* the break; UINT32_MAX for the start */
    uint32_t start;        /* first item of the line after it */
    uint8_t fitness;
    bool flagged, overfull;
    unsigned hyphens;      /* lines in a row ending in a hyphen, this one among them */
    unsigned line;         /* lines so far */
    inc_len width, stretch, shrink; /* totals up to `start` */
    int64_t demerits;
} node;

typedef struct breaker {
    inc_arena *arena;
    const inc_lb_item *items;
    size_t n;
    const inc_lb_params *params;
    inc_len width, stretch, shrink; /* totals before the current item */
    node *active;
    bool by_count;         /* ways in different counts of lines are kept apart */
} breaker;

typedef struct candidate {
    node *from;
    int64_t demerits;
    bool overfull;
} candidate;

/* 100 (t/s)^3, TeX section 108: 297^3 is about 100 * 2^18. */
static int32_t badness(inc_len t, inc_len s)
{
    if (t <= 0)
        return 0;
    if (s <= 0)
        return BADNESS_MAX;
    if (t / s >= 1290 / 297 + 1)
        return BADNESS_MAX;
    int64_t r = t * 297 / s;
    return r > 1290 ? BADNESS_MAX : (int32_t)((r * r * r + (1 << 17)) >> 18);
}

static inc_len first_left(const breaker *b, uint32_t start)
{
    return start < b->n && b->items[start].kind == INC_LB_BOX ? b->items[start].left : 0;
}

/* What hangs out on the right when the line ends at item i. */
static inc_len last_right(const breaker *b, uint32_t start, size_t i)
{
    if (b->items[i].kind == INC_LB_PENALTY && b->items[i].flagged)
        return b->items[i].right;
    while (i > start && b->items[i - 1].kind != INC_LB_BOX)
        i--;
    return i > start ? b->items[i - 1].right : 0;
}

typedef struct measure {
    inc_len shortfall, stretch, shrink;
} measure;

static measure measure_line(const breaker *b, const node *a, size_t i)
{
    const inc_lb_item *item = &b->items[i];
    inc_len natural = b->width - a->width + (item->kind == INC_LB_PENALTY ? item->width : 0);
    natural -= first_left(b, a->start) + last_right(b, a->start, i);
    return (measure){b->params->width - natural, b->stretch - a->stretch, b->shrink - a->shrink};
}

/* Badness of the line, OVERFULL when it cannot shrink enough. */
static int32_t line_badness(const breaker *b, const measure *m, bool last)
{
    if (m->shortfall >= 0)
        return last ? 0 : badness(m->shortfall, m->stretch + b->params->line_stretch);
    return -m->shortfall > m->shrink ? OVERFULL : badness(-m->shortfall, m->shrink);
}

static uint8_t fitness_of(const measure *m, int32_t bad)
{
    if (m->shortfall < 0)
        return bad > 12 ? 0 : 1; /* tight, decent */
    return bad > 99 ? 3 : bad > 12 ? 2 : 1; /* very loose, loose, decent */
}

static int64_t line_demerits(const breaker *b, const node *a, size_t i, int32_t bad, const measure *m, bool last)
{
    const inc_lb_item *item = &b->items[i];
    int64_t base = LINE_PENALTY + bad, d = base * base;
    if (item->kind == INC_LB_PENALTY && item->penalty > 0)
        d += (int64_t)item->penalty * item->penalty;
    if (bad >= BADNESS_MAX && m->shortfall > 0) { /* of two lines beyond all measure the fuller one is better */
        int64_t percent = INC_MIN(m->shortfall, b->params->width) * 100 / INC_MAX(b->params->width, 1);
        d += percent * percent * BADNESS_MAX;
    }
    bool flagged = item->kind == INC_LB_PENALTY && item->flagged;
    if (flagged && a->flagged)
        d += DEMERITS_DOUBLE_HYPHEN;
    if (last && a->flagged)
        d += DEMERITS_HYPHEN_BEFORE_LAST;
    if (last && b->params->width - m->shortfall < b->params->last_min && a->item != UINT32_MAX)
        d += DEMERITS_SHORT_LAST;
    int distance = (int)fitness_of(m, bad) - (int)a->fitness;
    if (distance > 1 || distance < -1)
        d += DEMERITS_FITNESS;
    return d;
}

static bool legal(const breaker *b, size_t i)
{
    const inc_lb_item *item = &b->items[i];
    if (item->kind == INC_LB_PENALTY)
        return item->penalty < INC_PENALTY_NEVER;
    return item->kind == INC_LB_GLUE && i > 0 && b->items[i - 1].kind == INC_LB_BOX;
}

static void activate(breaker *b, size_t i, const candidate *best, uint8_t fitness)
{
    const inc_lb_item *item = &b->items[i];
    node *made = INC_NEW(b->arena, node);
    bool flagged = item->kind == INC_LB_PENALTY && item->flagged;
    *made = (node){.previous = best->from, .line = best->from->line + 1, .item = (uint32_t)i, .fitness = fitness, .flagged = flagged, .overfull = best->overfull,
                   .hyphens = flagged ? best->from->hyphens + 1 : 0, .demerits = best->demerits,
                   .width = b->width, .stretch = b->stretch, .shrink = b->shrink};
    size_t start = i;
    for (; start < b->n && b->items[start].kind != INC_LB_BOX; start++) {
        if (b->items[start].kind == INC_LB_GLUE) {
            made->width += b->items[start].width;
            made->stretch += b->items[start].stretch;
            made->shrink += b->items[start].shrink;
        } else if (start > i && b->items[start].penalty <= INC_PENALTY_FORCED)
            break;
    }
    made->start = (uint32_t)start;
    made->next = b->active;
    b->active = made;
}

static void try_break(breaker *b, size_t i)
{
    const inc_lb_item *item = &b->items[i];
    bool forced = item->kind == INC_LB_PENALTY && item->penalty <= INC_PENALTY_FORCED;
    bool last = forced; /* a forced break inside (a hard line break) ends a line that is not stretched either */
    bool flagged = item->kind == INC_LB_PENALTY && item->flagged;
    candidate best[COUNTS * CLASSES];
    int slots = b->by_count ? COUNTS * CLASSES : CLASSES;
    memset(best, 0, (size_t)slots * sizeof *best);
    bool desperate = item->kind == INC_LB_PENALTY && item->penalty >= DESPERATE; /* inside a word: not before the line is nearly full */
    node *rescue = NULL;
    for (node **at = &b->active; *at;) {
        node *a = *at;
        if (desperate && (b->params->width - (b->width - a->width)) * 4 > b->params->width) {
            at = &a->next;
            continue;
        }
        measure m = measure_line(b, a, i);
        int32_t bad = i - a->start > ITEMS_MAX && i > a->start ? OVERFULL : line_badness(b, &m, last);
        bool too_many = flagged && a->hyphens >= b->params->max_hyphens;
        if (bad <= b->params->tolerance && !too_many) {
            int slot = fitness_of(&m, bad) + (b->by_count ? (int)(a->line % COUNTS) * CLASSES : 0);
            int64_t d = a->demerits + line_demerits(b, a, i, bad, &m, last);
            if (!best[slot].from || d < best[slot].demerits)
                best[slot] = (candidate){a, d, false};
        }
        if (bad == OVERFULL || forced) {
            if (!rescue || a->demerits < rescue->demerits)
                rescue = a;
            *at = a->next;
        } else
            at = &a->next;
    }
    bool any = false;
    for (int slot = 0; slot < slots; slot++)
        any |= best[slot].from != NULL;
    if (!any && !b->active && b->params->force) /* nothing else is left: an overfull or very loose line */
        best[1] = (candidate){rescue, rescue->demerits + DEMERITS_OVERFULL, true};
    for (int slot = 0; slot < slots; slot++)
        if (best[slot].from)
            activate(b, i, &best[slot], (uint8_t)(slot % CLASSES));
}

static size_t collect(breaker *b, const node *end, inc_lb_line **lines)
{
    size_t n = 0;
    for (const node *a = end; a->previous; a = a->previous)
        n++;
    *lines = INC_NEW_N(b->arena, inc_lb_line, n);
    size_t at = n;
    for (const node *a = end; a->previous; a = a->previous) {
        const node *from = a->previous;
        inc_lb_line *line = &(*lines)[--at];
        inc_len width = 0, stretch[2] = {0}, shrink[2] = {0};
        for (uint32_t i = from->start; i < a->item; i++) {
            bool word = b->items[i].kind == INC_LB_BOX;
            width += b->items[i].kind == INC_LB_PENALTY ? 0 : b->items[i].width;
            stretch[word] += b->items[i].stretch;
            shrink[word] += b->items[i].shrink;
        }
        const inc_lb_item *item = &b->items[a->item];
        width += item->kind == INC_LB_PENALTY ? item->width : 0;
        width -= first_left(b, from->start) + last_right(b, from->start, a->item);
        *line = (inc_lb_line){.start = from->start, .end = a->item, .shortfall = b->params->width - width, .stretch = stretch[0],
                              .shrink = shrink[0], .word_stretch = stretch[1], .word_shrink = shrink[1], .hyphenated = a->flagged, .overfull = a->overfull,
                              .last = item->kind == INC_LB_PENALTY && item->penalty <= INC_PENALTY_FORCED};
    }
    return n;
}

/* All feasible ways to the end become active nodes; false when there is none. */
static bool find_ways(breaker *b)
{
    const inc_lb_item *items = b->items;
    assert(b->n && items[b->n - 1].kind == INC_LB_PENALTY && items[b->n - 1].penalty <= INC_PENALTY_FORCED);
    b->active = INC_NEW(b->arena, node);
    *b->active = (node){.item = UINT32_MAX, .fitness = 1};
    for (size_t i = 0; i < b->n; i++) {
        if (legal(b, i)) {
            try_break(b, i);
            if (!b->active)
                return false;
        }
        if (items[i].kind != INC_LB_PENALTY)
            b->width += items[i].width;
        if (items[i].kind == INC_LB_GLUE || b->params->track) {
            b->stretch += items[i].stretch;
            b->shrink += items[i].shrink;
        }
    }
    return true;
}

/* The best one, or the best in so many lines. */
static const node *best_way(const breaker *b, unsigned lines)
{
    const node *best = NULL;
    for (const node *a = b->active; a; a = a->next)
        if ((!lines || a->line == lines) && (!best || a->demerits < best->demerits))
            best = a;
    return best;
}

size_t inc_linebreak(inc_arena *arena, const inc_lb_item *items, size_t n, const inc_lb_params *params, inc_lb_line **lines)
{
    breaker b = {.arena = arena, .items = items, .n = n, .params = params};
    return find_ways(&b) ? collect(&b, best_way(&b, 0), lines) : 0;
}

void inc_linebreak_loose(inc_arena *arena, const inc_lb_item *items, size_t n, const inc_lb_params *params, inc_lb_lines ways[3])
{
    breaker b = {.arena = arena, .items = items, .n = n, .params = params, .by_count = true};
    memset(ways, 0, 3 * sizeof *ways);
    if (!find_ways(&b))
        return;
    unsigned best = best_way(&b, 0)->line;
    for (unsigned i = 0; i < 3; i++) {
        const node *end = best + i > 1 ? best_way(&b, best + i - 1) : NULL;
        if (!end)
            continue;
        ways[i].demerits = end->demerits;
        ways[i].n = collect(&b, end, &ways[i].v);
    }
}
