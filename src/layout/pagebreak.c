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
enum { ENDS_MAX = 24 /* tried for a page, the fullest ones */, FAR_LINES = 10 };

typedef struct way {
    int64_t cost, due;  /* due: for the note lines left over */
    uint32_t from;      /* first box of the page that ends here */
    uint32_t noted;     /* note lines before the next page */
    uint8_t from_way;
    int8_t lines;
    uint8_t stretched;
    bool reached;
} way;

typedef struct ways {
    way of[WAYS];
} ways;

typedef struct pager {
    const inc_pb_list *list;
    const inc_pb_params *params;
    uint32_t *called;   /* note lines called before box i */
    inc_len *foot;      /* height of all note lines before line k */
    uint32_t *note_of;  /* first line of the note that line k belongs to */
    uint32_t *chunk_end; /* behind the lines that stay with line k */
    ways *boxes;        /* by the box that a page begins with */
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

typedef struct page_start { /* the ways to a box that have left the same notes over */
    uint32_t from, noted;
    uint8_t ways[WAYS];
    size_t n;
} page_start;

static void reach(pager *p, uint32_t box, uint8_t by, way found)
{
    way *to = &p->boxes[box].of[by];
    found.reached = true;
    if (!to->reached || found.cost + found.due < to->cost + to->due)
        *to = found;
}

/* What the lines left over at the end of a page will cost. */
static int64_t due_for(const pager *p, uint32_t noted, uint32_t called)
{
    if (noted >= called)
        return 0;
    return inc_len_scale(PAGE_COST + SPLIT_NOTE_COST, notes_height(p, noted, called), INC_MAX(p->params->height, INC_PT));
}

/* The page, in each of its shapes, behind each of the ways to its first box. */
static void add_page(pager *p, const page_start *start, uint32_t end, int64_t cost, const inc_fit *shapes, bool levelled, uint32_t noted)
{
    cost += PAGE_COST + (noted < p->called[end] ? SPLIT_NOTE_COST : 0);
    for (size_t w = 0; w < start->n; w++) {
        uint8_t by = start->ways[w];
        const way *before = &p->boxes[start->from].of[by];
        bool left = by == RIGHT; /* behind a right-hand page stands a left-hand one */
        for (uint8_t depth = 0; depth < INC_FIT_DEPTHS; depth++) {
            const inc_fit *shape = &shapes[depth];
            if (!shape->possible)
                continue;
            way found = {.cost = before->cost + cost + shape->cost, .from = start->from, .from_way = by, .noted = noted, .lines = shape->lines,
                         .stretched = shape->stretched};
            if (!left && by < INC_FIT_DEPTHS && levelled)
                found.cost += inc_fit_uneven(by, depth);
            found.due = due_for(p, noted, p->called[end]);
            reach(p, end, !left ? RIGHT : levelled ? depth : ALONE, found);
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
    uint32_t end = i > start->from ? i : i + 1;
    inc_len position = i > start->from ? before : behind;
    inc_fit shapes[INC_FIT_DEPTHS] = {{.possible = true}};
    uint32_t noted = notes_that_fit(p, start->noted, p->called[end], height_of(p, start->from) - position, true);
    add_page(p, start, end, INC_NO_PAGE_BREAK, shapes, false, noted);
}

/* All pages that begin in this way. */
static void extend(pager *p, const page_start *start)
{
    const inc_pb_box *boxes = p->list->boxes;
    size_t n = p->list->n, count = 0;
    uint32_t from = start->from, noted = start->noted;
    inc_len height = height_of(p, from), position = from == 0 ? p->params->first_top : 0;
    page_end ends[ENDS_MAX];
    inc_fit_slack slack = inc_fit_slack_from(p->list, from);
    for (uint32_t i = from; i < n; i++) {
        if (i > from && boxes[i].forced)
            break;
        inc_len before = position;
        position = inc_pb_advance(&boxes[i], p->params, position, i == from) + boxes[i].height;
        inc_fit_slack_add(&slack, p->list, i, i == from);
        inc_len foot = notes_height(p, noted, notes_needed(p, noted, from, i + 1));
        inc_len least = position + foot - (p->called[i + 1] > noted ? 0 : inc_fit_least(&slack, p->params));
        if (least > height || i - from >= BOXES_MAX) {
            if (!count) {
                force_page(p, start, i, before, position);
                return;
            }
            if (position + foot > height + INC_PB_LINES_MAX * p->params->unit || i - from >= BOXES_MAX)
                break;
            continue;
        }
        bool last = i + 1 == n || boxes[i + 1].forced;
        int32_t penalty = last ? 0 : boxes[i + 1].penalty;
        if (penalty < INC_NO_PAGE_BREAK)
            ends[count++ % ENDS_MAX] = (page_end){i + 1, penalty, last, position, slack};
    }
    bool good = false;
    for (size_t k = 1; k <= INC_MIN(count, (size_t)ENDS_MAX); k++) { /* the fullest one first; no need to look far behind a good one */
        const page_end *e = &ends[(count - k) % ENDS_MAX];
        if (good && height - e->position > FAR_LINES * p->params->unit)
            break;
        end_page(p, start, e);
        good |= e->penalty < INC_BAD_PAGE_BREAK;
    }
}

/* The ways to a box, in groups that have left the same notes over; not those that cannot win whatever comes. */
static void extend_all(pager *p, uint32_t box)
{
    const ways *to = &p->boxes[box];
    int64_t best = INT64_MAX;
    for (int w = 0; w < ALONE; w++)
        if (to->of[w].reached)
            best = INC_MIN(best, to->of[w].cost + to->of[w].due);
    bool done[WAYS] = {false};
    for (uint8_t w = 0; w < WAYS; w++)
        done[w] = !to->of[w].reached || (w < ALONE && to->of[w].cost + to->of[w].due > best + INC_FIT_UNEVEN_MAX);
    for (uint8_t w = 0; w < WAYS; w++) {
        page_start start = {.from = box, .noted = to->of[w].noted};
        for (uint8_t k = w; k < WAYS; k++)
            if (!done[k] && to->of[k].noted == start.noted) {
                start.ways[start.n++] = k;
                done[k] = true;
            }
        if (start.n)
            extend(p, &start);
    }
}

/* ---- the result ---- */

static inc_pb_page page_of(const pager *p, const way *by, uint32_t end)
{
    const inc_pb_box *boxes = p->list->boxes;
    inc_pb_page page = {.first = by->from, .end = end, .lines = by->lines, .stretched = by->stretched, .note_end = by->noted};
    page.note_first = p->boxes[by->from].of[by->from_way].noted;
    page.height = by->from == 0 ? p->params->first_top : 0;
    for (uint32_t i = page.first; i < end; i++)
        page.height = inc_pb_advance(&boxes[i], p->params, page.height, i == page.first) + boxes[i].height;
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

static const way *cheapest(const ways *to)
{
    const way *best = NULL;
    for (int w = 0; w < WAYS; w++)
        if (to->of[w].reached && (!best || to->of[w].cost + to->of[w].due < best->cost + best->due))
            best = &to->of[w];
    return best;
}

static const way *step_back(const pager *p, const way *at)
{
    return at->from ? &p->boxes[at->from].of[at->from_way] : NULL;
}

size_t inc_pagebreak(inc_arena *arena, const inc_pb_list *list, const inc_pb_params *params, inc_pb_page **pages)
{
    uint32_t n = (uint32_t)list->n;
    size_t count = 0;
    if (!n)
        return 0;
    pager p = {.list = list, .params = params, .boxes = INC_NEW_N(arena, ways, list->n + 1)};
    measure_notes(&p, arena);
    p.boxes[0].of[params->recto ? ALONE : RIGHT].reached = true;
    for (uint32_t i = 0; i < n; i++)
        extend_all(&p, i);
    const way *last = cheapest(&p.boxes[n]);
    for (const way *at = last; at; at = step_back(&p, at))
        count++;
    *pages = INC_NEW_N(arena, inc_pb_page, count + list->note_count - last->noted);
    size_t k = count;
    uint32_t end = n;
    for (const way *at = last; at; end = at->from, at = step_back(&p, at))
        (*pages)[--k] = page_of(&p, at, end);
    return count + finish_notes(&p, *pages + count, last->noted);
}
