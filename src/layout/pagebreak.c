/*
 * pagebreak.c - page breaking as a shortest path: an edge for every page that fits, costing what it leaves empty, what it bends and where it
 * ends. Pages hold a bounded count of boxes and a box is reached in a bounded count of ways, so the cost is linear in the chapter.
 *
 * A box that begins a page may be reached behind a right-hand page in one way, behind a left-hand page in one way for each depth of it: the
 * right-hand page that follows is judged beside it.
 *
 * How many note lines stand on a page follows from where it begins and ends: as many as fit. Ways that meet at a box may have left different
 * lines over; they are compared with what those will still cost, by the room they need.
 */
#include "layout/pagefit.h"

enum { PAGE_COST = 400, SPLIT_NOTE_COST = 2500 /* as a page ten lines short */, BOXES_MAX = 600 /* on a page */ };
enum { ALONE = INC_FIT_DEPTHS, RIGHT, WAYS }; /* ways to a box: behind a left-hand page of each depth, behind one that may end anywhere, behind a right-hand page */
enum { WITH_FLOAT = WAYS, ALL_WAYS = 2 * WAYS, MOVE_COST = 150, OVERLEAF_COST = 150 }; /* the same ways with a figure that has moved to the next page */
enum { ENDS_MAX = 24 /* tried for a page, the fullest ones */, FAR_LINES = 10 };

typedef struct way {
    int64_t cost, due;  /* due: for the note lines left over */
    uint32_t from;      /* first box of the page that ends here */
    uint32_t noted;     /* note lines before the next page */
    uint32_t moved;     /* index + 1 of the float for the head of the next page */
    uint8_t from_way;
    int8_t lines;
    uint8_t stretched;
    bool blank;         /* a blank page follows */
    bool reached;
} way;


typedef struct pager {
    const inc_pb_list *list;
    const inc_pb_params *params;
    uint32_t *called;   /* note lines called before box i */
    inc_len *foot;      /* height of all note lines before line k */
    uint32_t *note_of;  /* first line of the note that line k belongs to */
    uint32_t *chunk_end; /* behind the lines that stay with line k */
    way *ways;          /* `stride` of them by the box that a page begins with */
    size_t stride;      /* those with a figure only when there is one */
} pager;

/* ---- notes ---- */

static void measure_notes(pager *p, inc_arena *arena)
{
    const inc_pb_list *list = p->list;
    p->called = INC_NEW_N(arena, uint32_t, list->n + 1);
    for (size_t i = 0; i < list->n; i++)
        p->called[i + 1] = p->called[i] + list->boxes[i].notes;
    assert(p->called[list->n] == list->note_count);
    p->foot = INC_NEW_N(arena, inc_len, list->note_count + 1);
    p->note_of = INC_NEW_N(arena, uint32_t, list->note_count);
    p->chunk_end = INC_NEW_N(arena, uint32_t, list->note_count);
    for (uint32_t k = 0; k < list->note_count; k++) {
        p->foot[k + 1] = p->foot[k] + list->notes[k].gap + list->notes[k].height;
        p->note_of[k] = k == 0 || list->notes[k].begins ? k : p->note_of[k - 1];
    }
    for (uint32_t k = (uint32_t)list->note_count, end = k; k > 0; k--) {
        p->chunk_end[k - 1] = end;
        if (!list->notes[k - 1].firm)
            end = k - 1;
    }
}

static inc_len notes_height(const pager *p, uint32_t first, uint32_t end)
{
    return first < end ? p->params->note_space + p->foot[end] - p->foot[first] - p->list->notes[first].gap : 0;
}

/* The end of as many lines of [first, end) as fit; with `whole`, not between two that stay together. */
static uint32_t notes_that_fit(const pager *p, uint32_t first, uint32_t end, inc_len room, bool whole)
{
    uint32_t low = first, high = end;
    while (low < high) {
        uint32_t mid = low + (high - low + 1) / 2;
        if (notes_height(p, first, mid) <= room)
            low = mid;
        else
            high = mid - 1;
    }
    while (whole && low > first && low < end && p->list->notes[low].firm)
        low--;
    return low;
}

/* The end of the note lines that a page with boxes [from, end) must hold: its own notes begin on it, older ones go on. */
static uint32_t notes_needed(const pager *p, uint32_t noted, size_t from, size_t end)
{
    uint32_t called = p->called[end];
    if (called == noted)
        return noted;
    uint32_t last = called > p->called[from] ? p->note_of[called - 1] : noted;
    return INC_MIN(p->chunk_end[last], called);
}

/* ---- pages ---- */

static inc_len height_of(const pager *p, size_t from)
{
    return from == 0 && p->params->first_height ? p->params->first_height : p->params->height;
}

typedef struct page_end { /* a page may end before this box */
    uint32_t end;
    int32_t penalty;
    bool last;          /* of the chapter, or before a forced break: need not be full */
    inc_len position;
    inc_fit_slack slack;
} page_end;

typedef struct page_start { /* the ways to a box that have left the same notes and the same figure over */
    uint32_t from, noted;
    const inc_pb_float *head; /* or NULL */
    const inc_pb_float *moves; /* to the next page, or NULL */
    uint8_t ways[ALL_WAYS];
    size_t n;
} page_start;

static way *ways_to(const pager *p, uint32_t box)
{
    return p->ways + box * p->stride;
}

static uint32_t float_number(const pager *p, const inc_pb_float *f)
{
    return f ? (uint32_t)(f - p->list->floats) + 1 : 0;
}

/* The boxes of a page one by one: the position behind box i, from that behind the one before it. */
static inc_len add_box(const pager *p, const page_start *start, uint32_t i, inc_len position)
{
    inc_pb_box box = p->list->boxes[i];
    if (start->head && i == start->from) {
        box.gap = INC_MAX(box.gap, start->head->after);
        box.sync = true;
    } else if (start->moves && i == start->moves->end)
        box.gap = start->moves->bare;
    return inc_pb_advance(&box, p->params, position, i == start->from && !start->head) + box.height;
}

/* The position that the first box of a page comes behind. */
static inc_len page_head(const pager *p, const page_start *start)
{
    inc_len position = start->from == 0 ? p->params->first_top : 0;
    for (uint32_t i = start->head ? start->head->first : 0; start->head && i < start->head->end; i++)
        position = inc_pb_advance(&p->list->boxes[i], p->params, position, i == start->head->first) + p->list->boxes[i].height;
    return position;
}

static int64_t total(const way *w)
{
    return w->cost + w->due;
}

static void reach(pager *p, uint32_t box, uint8_t by, way found)
{
    way *to = ways_to(p, box) + by + (found.moved ? WITH_FLOAT : 0);
    found.reached = true;
    if (!to->reached || total(&found) < total(to))
        *to = found;
}

/* What the lines left over at the end of a page will cost. */
static int64_t due_for(const pager *p, uint32_t noted, uint32_t called)
{
    if (noted >= called)
        return 0;
    return inc_len_scale(PAGE_COST + SPLIT_NOTE_COST, notes_height(p, noted, called), INC_MAX(p->params->height, INC_PT));
}

/* Whether the box must have a blank page before it when the page that ends before it is a left-hand one, or is not. */
static bool needs_blank(const pager *p, uint32_t box, bool left)
{
    if (box == p->list->n || !p->list->boxes[box].forced)
        return false;
    return p->list->boxes[box].side == (left ? INC_PB_VERSO : INC_PB_RECTO);
}

/* The page, in each of its shapes, behind each of the ways to its first box. */
static void add_page(pager *p, const page_start *start, uint32_t end, int64_t cost, const inc_fit *shapes, bool levelled, uint32_t noted)
{
    cost += PAGE_COST + (start->moves ? MOVE_COST : 0) + (noted < p->called[end] ? SPLIT_NOTE_COST : 0);
    for (size_t w = 0; w < start->n; w++) {
        uint8_t by = start->ways[w] % WAYS;
        const way *before = ways_to(p, start->from) + start->ways[w];
        bool left = by == RIGHT; /* behind a right-hand page stands a left-hand one */
        bool blank = needs_blank(p, end, left);
        for (uint8_t depth = 0; depth < INC_FIT_DEPTHS; depth++) {
            const inc_fit *shape = &shapes[depth];
            if (!shape->possible)
                continue;
            way found = {.cost = before->cost + cost + shape->cost, .from = start->from, .from_way = start->ways[w], .noted = noted,
                         .moved = float_number(p, start->moves), .lines = shape->lines, .stretched = shape->stretched};
            if (!left && by < INC_FIT_DEPTHS && levelled)
                found.cost += inc_fit_uneven(by, depth);
            found.cost += start->moves && !left ? OVERLEAF_COST : 0;
            found.due = due_for(p, noted, p->called[end]);
            found.blank = blank;
            reach(p, end, left == blank ? RIGHT : levelled ? depth : ALONE, found);
        }
    }
}

static void end_page(pager *p, const page_start *start, const page_end *e)
{
    inc_fit shapes[INC_FIT_DEPTHS] = {{0}};
    inc_len left = height_of(p, start->from) - e->position;
    uint32_t noted = start->noted, called = p->called[e->end];
    if (called > noted) { /* notes reach down to the foot: the page is as deep as it can be */
        noted = notes_that_fit(p, noted, called, left, true);
        left -= notes_height(p, start->noted, noted);
        shapes[0] = (inc_fit){.possible = true, .cost = e->last ? 0 : inc_fit_shortness(left, p->params)};
    } else
        inc_fit_shapes(&e->slack, left, e->last, p->params, shapes);
    int64_t cost = e->penalty;
    if (e->last && e->end == p->list->n && start->from > 0)
        cost += inc_fit_lone_lines(e->position, p->params);
    add_page(p, start, e->end, cost, shapes, !e->last, noted);
}

/* Nothing that fits ends in a legal place: the page ends before box i all the same, or lets a single box stick out. */
static void force_page(pager *p, const page_start *start, uint32_t i, inc_len before, inc_len behind)
{
    bool some = i > start->from || start->head;
    uint32_t end = some ? i : i + 1;
    inc_len position = some ? before : behind;
    inc_fit shapes[INC_FIT_DEPTHS] = {{.possible = true}};
    uint32_t noted = notes_that_fit(p, start->noted, p->called[end], height_of(p, start->from) - position, true);
    add_page(p, start, end, INC_NO_PAGE_BREAK, shapes, false, noted);
}

static bool begins_float(const pager *p, const inc_pb_float *behind, uint32_t box)
{
    return behind + 1 < p->list->floats + p->list->float_count && behind[1].first == box;
}

typedef struct page_ends { /* found on the way down a page: the last ones, in a ring */
    page_end v[ENDS_MAX];
    size_t count;
} page_ends;

static void end_pages(pager *p, const page_start *start, const page_ends *ends)
{
    inc_len height = height_of(p, start->from);
    bool good = false;
    for (size_t k = 1; k <= INC_MIN(ends->count, (size_t)ENDS_MAX); k++) { /* the fullest one first; no need to look far behind a good one */
        const page_end *e = &ends->v[(ends->count - k) % ENDS_MAX];
        if (good && height - e->position > FAR_LINES * p->params->unit)
            break;
        end_page(p, start, e);
        good |= e->penalty < INC_BAD_PAGE_BREAK;
    }
}

/* All pages that begin in this way. */
static void extend(pager *p, const page_start *start)
{
    const inc_pb_box *boxes = p->list->boxes;
    const inc_pb_float *moves = start->moves;
    uint32_t n = (uint32_t)p->list->n, from = start->from, noted = start->noted;
    inc_len height = height_of(p, from), position = page_head(p, start);
    inc_fit_slack slack = inc_fit_slack_from(p->list, from);
    page_ends ends = {.count = 0};
    if (start->head && !moves) /* the figure alone */
        ends.v[ends.count++] = (page_end){.end = from, .position = position, .slack = slack};
    for (uint32_t i = from; i < n; i++) {
        if (moves && i == moves->first)
            i = moves->end;
        bool behind = !moves || i >= moves->end; /* where it may end: before the figure it would be a page on which nothing moves */
        if (i == n || ((i > from || start->head) && boxes[i].forced) || (moves && behind && (boxes[i].barrier || begins_float(p, moves, i))))
            break;
        inc_len before = position;
        position = add_box(p, start, i, position);
        inc_fit_slack_add(&slack, p->list, i, i == from && !start->head);
        inc_len foot = notes_height(p, noted, notes_needed(p, noted, from, i + 1));
        inc_len least = position + foot - (p->called[i + 1] > noted ? 0 : inc_fit_least(&slack, p->params));
        bool fits = least <= height && i - from < BOXES_MAX;
        if (!fits && !ends.count && !moves) {
            force_page(p, start, i, before, position);
            return;
        }
        if (!fits && (i - from >= BOXES_MAX || position + foot > height + INC_PB_LINES_MAX * p->params->unit))
            break;
        bool last = i + 1 == n || boxes[i + 1].forced;
        int32_t penalty = last ? 0 : boxes[i + 1].penalty;
        if (fits && behind && penalty < INC_NO_PAGE_BREAK && !(last && moves))
            ends.v[ends.count++ % ENDS_MAX] = (page_end){i + 1, penalty, last, position, slack};
    }
    end_pages(p, start, &ends);
}

/* The first float behind a box. */
static uint32_t float_behind(const pager *p, uint32_t box)
{
    uint32_t low = 0, high = (uint32_t)p->list->float_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (p->list->floats[mid].first <= box)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* The same with each of the figures on the page moved to the next one. */
static void extend_moving(pager *p, page_start *start)
{
    extend(p, start);
    inc_len position = page_head(p, start), room = height_of(p, start->from);
    uint32_t at = start->from;
    for (uint32_t k = float_behind(p, at); k < p->list->float_count; k++) {
        const inc_pb_float *f = &p->list->floats[k];
        for (; at < f->first && position <= room && at - start->from < BOXES_MAX; at++)
            position = add_box(p, start, at, position);
        if (at < f->first || position > room)
            return;
        page_start moving = *start;
        moving.moves = f;
        extend(p, &moving);
    }
}

/* The ways to a box, in groups that have left the same over, figures first; not those that cannot win whatever comes. */
static void extend_all(pager *p, uint32_t box)
{
    const way *to = ways_to(p, box);
    bool done[ALL_WAYS] = {false};
    for (int half = (int)p->stride - WAYS; half >= 0; half -= WITH_FLOAT) {
        int64_t best = INT64_MAX;
        for (int w = half; w < half + ALONE; w++)
            if (to[w].reached)
                best = INC_MIN(best, total(&to[w]));
        for (int w = half; w < half + WAYS; w++)
            done[w] = !to[w].reached || (w < half + ALONE && total(&to[w]) > best + INC_FIT_UNEVEN_MAX);
        for (int w = half; w < half + WAYS; w++) {
            uint32_t moved = to[w].moved;
            page_start start = {.from = box, .noted = to[w].noted, .head = moved ? &p->list->floats[moved - 1] : NULL};
            for (int k = w; k < half + WAYS; k++)
                if (!done[k] && to[k].noted == start.noted && to[k].moved == moved) {
                    start.ways[start.n++] = (uint8_t)k;
                    done[k] = true;
                }
            if (start.n)
                extend_moving(p, &start);
        }
    }
}

/* ---- the result ---- */

static inc_pb_page page_of(const pager *p, const way *by, uint32_t end)
{
    const way *before = ways_to(p, by->from) + by->from_way;
    inc_pb_page page = {.first = by->from, .end = end, .lines = by->lines, .stretched = by->stretched, .note_first = before->noted,
                        .note_end = by->noted, .head = before->moved, .moved = by->moved};
    page_start start = {.from = by->from, .head = page.head ? &p->list->floats[page.head - 1] : NULL,
                        .moves = page.moved ? &p->list->floats[page.moved - 1] : NULL};
    page.height = page_head(p, &start);
    for (uint32_t i = page.first; i < end; i++) {
        if (start.moves && i == start.moves->first)
            i = start.moves->end;
        page.height = add_box(p, &start, i, page.height);
    }
    page.height += (page.lines + page.stretched) * p->params->unit;
    page.overfull = page.height > height_of(p, page.first);
    page.notes = notes_height(p, page.note_first, page.note_end);
    return page;
}

/* Pages behind the last box, for what is left of the notes. */
static size_t finish_notes(const pager *p, inc_pb_page *pages, uint32_t noted)
{
    uint32_t all = (uint32_t)p->list->note_count, n = (uint32_t)p->list->n;
    size_t count = 0;
    while (noted < all) {
        uint32_t end = notes_that_fit(p, noted, all, p->params->height, true);
        if (end == noted)
            end = INC_MAX(notes_that_fit(p, noted, all, p->params->height, false), noted + 1);
        inc_len height = notes_height(p, noted, end);
        pages[count++] = (inc_pb_page){.first = n, .end = n, .note_first = noted, .note_end = end, .notes = height, .overfull = height > p->params->height};
        noted = end;
    }
    return count;
}

static const way *cheapest(const way *to)
{
    const way *best = NULL;
    for (int w = 0; w < WAYS; w++)
        if (to[w].reached && (!best || total(&to[w]) < total(best)))
            best = &to[w];
    return best;
}

static const way *step_back(const pager *p, const way *at)
{
    return at->from ? ways_to(p, at->from) + at->from_way : NULL;
}

size_t inc_pagebreak(inc_arena *arena, const inc_pb_list *list, const inc_pb_params *params, inc_pb_page **pages)
{
    uint32_t n = (uint32_t)list->n;
    size_t count = 0;
    if (!n)
        return 0;
    pager p = {.list = list, .params = params, .stride = list->float_count ? ALL_WAYS : WAYS};
    p.ways = INC_NEW_N(arena, way, (list->n + 1) * p.stride);
    measure_notes(&p, arena);
    p.ways[params->recto ? ALONE : RIGHT].reached = true;
    for (uint32_t i = 0; i < n; i++)
        extend_all(&p, i);
    const way *last = cheapest(ways_to(&p, n));
    for (const way *at = last; at; at = step_back(&p, at))
        count += 1 + at->blank;
    *pages = INC_NEW_N(arena, inc_pb_page, count + list->note_count - last->noted);
    size_t k = count;
    uint32_t end = n;
    for (const way *at = last; at; end = at->from, at = step_back(&p, at)) {
        if (at->blank)
            (*pages)[--k] = (inc_pb_page){.first = end, .end = end, .note_first = at->noted, .note_end = at->noted, .blank = true};
        (*pages)[--k] = page_of(&p, at, end);
    }
    return count + finish_notes(&p, *pages + count, last->noted);
}

void inc_pb_order(const inc_pb_list *list, inc_pb_page *pages, size_t page_count, uint32_t *order)
{
    uint32_t n = 0;
    for (size_t p = 0; p < page_count; p++) {
        inc_pb_page *page = &pages[p];
        const inc_pb_float *head = page->head ? &list->floats[page->head - 1] : NULL, *moves = page->moved ? &list->floats[page->moved - 1] : NULL;
        uint32_t first = n;
        for (uint32_t i = head ? head->first : 0; head && i < head->end; i++)
            order[n++] = i;
        for (uint32_t i = page->first; i < page->end; i++)
            if (!moves || i < moves->first || i >= moves->end)
                order[n++] = i;
        page->first = first;
        page->end = n;
    }
    assert(n == list->n);
}
