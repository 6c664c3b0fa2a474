/*
 * pagebreak.c - page breaking as a shortest path: an edge for every page that fits, costing what it leaves empty and where it ends. Pages
 * hold a bounded count of boxes, so the cost is linear in the chapter.
 *
 * How many note lines stand on a page follows from where it begins and ends: as many as fit. Ways that meet at a box may have left different
 * lines over; they are compared with what those will still cost, by the room they need.
 */
#include "layout/pagebreak.h"

enum { PAGE_COST = 400, SPLIT_NOTE_COST = 2500 /* as a page ten lines short */, SHORTNESS_MAX = 10000000, BOXES_MAX = 600 /* on a page */ };
enum { LAST_LINES = 5, LONE_LINES_COST = 4000 };

typedef struct way {
    int64_t cost, due; /* due: for the note lines left over */
    uint32_t from;
    bool reached;
    inc_pb_page page; /* the one that ends here */
} way;

typedef struct pager {
    const inc_pb_list *list;
    const inc_pb_params *params;
    uint32_t *called;   /* note lines called before box i */
    inc_len *foot;      /* height of all note lines before line k */
    uint32_t *note_of;  /* first line of the note that line k belongs to */
    uint32_t *chunk_end; /* behind the lines that stay with line k */
    way *ways;          /* by the box that a page begins with */
} pager;

static inc_len round_up(inc_len value, inc_len unit)
{
    inc_len rest = unit > 0 ? value % unit : 0;
    return rest > INC_PT / 100 ? value + unit - rest : value;
}

inc_len inc_pb_advance(const inc_pb_box *box, const inc_pb_params *params, inc_len position, bool page_first)
{
    inc_len phase = page_first && !box->grid ? 0 : box->phase;
    position += page_first ? phase + box->repeated : box->gap;
    return box->sync ? round_up(position - phase, params->unit) + phase : position;
}

/* What a page costs that ends short of its full height by `left`: one line is nothing much, a third of a page hurts. */
static int64_t shortness(inc_len left, const inc_pb_params *params)
{
    inc_len unit = INC_MAX(params->unit > 0 ? params->unit : 12 * INC_PT, INC_PT);
    int64_t tenths = INC_MIN(left * 10 / unit, SHORTNESS_MAX);
    return tenths * tenths / 4;
}

/* A chapter's last page should hold a few lines, or look forgotten. */
static int64_t lone_lines(inc_len position, size_t from, bool last, const inc_pb_params *params)
{
    return last && from > 0 && params->unit > 0 && position < LAST_LINES * params->unit ? LONE_LINES_COST : 0;
}

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

/* The page with boxes [from, end), which take `position`. */
static inc_pb_page make_page(const pager *p, size_t from, size_t end, inc_len position)
{
    inc_len height = height_of(p, from);
    inc_pb_page page = {.first = (uint32_t)from, .end = (uint32_t)end, .height = position, .overfull = position > height};
    page.note_first = p->ways[from].page.note_end;
    page.note_end = notes_that_fit(p, page.note_first, p->called[end], height - position, true);
    page.notes = notes_height(p, page.note_first, page.note_end);
    return page;
}

static void relax(pager *p, int64_t cost, inc_pb_page page)
{
    way *to = &p->ways[page.end];
    uint32_t called = p->called[page.end];
    cost += p->ways[page.first].cost + PAGE_COST;
    int64_t due = 0;
    if (page.note_end < called) {
        cost += SPLIT_NOTE_COST;
        due = inc_len_scale(PAGE_COST + SPLIT_NOTE_COST, notes_height(p, page.note_end, called), INC_MAX(p->params->height, INC_PT));
    }
    if (!to->reached || cost + due < to->cost + to->due)
        *to = (way){.cost = cost, .due = due, .from = page.first, .reached = true, .page = page};
}

/* All pages that begin with box `from`. */
static void extend(pager *p, size_t from)
{
    const inc_pb_box *boxes = p->list->boxes;
    size_t n = p->list->n;
    uint32_t noted = p->ways[from].page.note_end;
    inc_len height = height_of(p, from), position = from == 0 ? p->params->first_top : 0;
    bool any = false;
    for (size_t i = from; i < n; i++) {
        if (i > from && boxes[i].forced)
            return;
        inc_len before = position;
        position = inc_pb_advance(&boxes[i], p->params, position, i == from) + boxes[i].height;
        bool fits = position + notes_height(p, noted, notes_needed(p, noted, from, i + 1)) <= height && i - from < BOXES_MAX;
        if (!fits) {
            if (!any) /* nothing that fits ends in a legal place: end before this box all the same, or let a single box stick out */
                relax(p, INC_NO_PAGE_BREAK, i > from ? make_page(p, from, i, before) : make_page(p, from, i + 1, position));
            return;
        }
        bool end = i + 1 == n || boxes[i + 1].forced;
        int32_t penalty = end ? 0 : boxes[i + 1].penalty;
        if (penalty >= INC_NO_PAGE_BREAK)
            continue;
        any = true;
        inc_pb_page page = make_page(p, from, i + 1, position);
        relax(p, end ? lone_lines(position, from, i + 1 == n, p->params) : shortness(height - position - page.notes, p->params) + penalty, page);
    }
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

size_t inc_pagebreak(inc_arena *arena, const inc_pb_list *list, const inc_pb_params *params, inc_pb_page **pages)
{
    size_t n = list->n, count = 0;
    if (!n)
        return 0;
    pager p = {.list = list, .params = params, .ways = INC_NEW_N(arena, way, n + 1)};
    measure_notes(&p, arena);
    p.ways[0].reached = true;
    for (size_t i = 0; i < n; i++)
        if (p.ways[i].reached)
            extend(&p, i);
    for (size_t at = n; at > 0; at = p.ways[at].from)
        count++;
    uint32_t noted = p.ways[n].page.note_end;
    *pages = INC_NEW_N(arena, inc_pb_page, count + list->note_count - noted);
    size_t k = count;
    for (size_t at = n; at > 0; at = p.ways[at].from)
        (*pages)[--k] = p.ways[at].page;
    return count + finish_notes(&p, *pages + count, noted);
}
