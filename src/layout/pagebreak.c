/*
 * pagebreak.c - page breaking as a shortest path: an edge for every page that fits, costing what it leaves empty and where it ends. Pages
 * hold a bounded count of boxes, so the cost is linear in the chapter.
 */
#include "layout/pagebreak.h"

typedef struct way {
    int64_t cost;
    uint32_t from;
    bool reached;
    inc_pb_page page; /* the one that ends here */
} way;

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

enum { PAGE_COST = 400, SHORTNESS_MAX = 10000000, LAST_LINES = 5, LONE_LINES_COST = 4000 };

/* A chapter's last page should hold a few lines, or look forgotten. */
static int64_t lone_lines(inc_len position, size_t from, bool last, const inc_pb_params *params)
{
    return last && from > 0 && params->unit > 0 && position < LAST_LINES * params->unit ? LONE_LINES_COST : 0;
}

/* What a page costs that ends short of its full height by `left`: one line is nothing much, a third of a page hurts. */
static int64_t shortness(inc_len left, const inc_pb_params *params)
{
    inc_len unit = INC_MAX(params->unit > 0 ? params->unit : 12 * INC_PT, INC_PT);
    int64_t tenths = INC_MIN(left * 10 / unit, SHORTNESS_MAX);
    return tenths * tenths / 4;
}

static void relax(way *ways, size_t from, size_t to, int64_t cost, inc_pb_page page)
{
    cost += ways[from].cost + PAGE_COST;
    if (ways[to].reached && ways[to].cost <= cost)
        return;
    ways[to] = (way){.cost = cost, .from = (uint32_t)from, .reached = true, .page = page};
}

/* All pages that begin with box `from`. */
static void extend(const inc_pb_box *boxes, size_t n, const inc_pb_params *params, way *ways, size_t from)
{
    inc_len position = from == 0 ? params->first_top : 0, notes = 0;
    bool any = false;
    for (size_t i = from; i < n; i++) {
        if (i > from && boxes[i].forced)
            return;
        position = inc_pb_advance(&boxes[i], params, position, i == from) + boxes[i].height;
        if (boxes[i].notes)
            notes += boxes[i].notes + (notes ? 0 : params->note_space);
        bool fits = position + notes <= params->height;
        if (!fits && any)
            return;
        bool end = i + 1 == n || boxes[i + 1].forced;
        int32_t penalty = end ? 0 : boxes[i + 1].penalty;
        if (penalty >= INC_NO_PAGE_BREAK && fits)
            continue;
        inc_pb_page page = {(uint32_t)from, (uint32_t)i + 1, position, notes, !fits};
        int64_t cost = end ? lone_lines(position, from, i + 1 == n, params) : shortness(params->height - position - notes, params) + penalty;
        if (!fits) {
            /* Nothing that fits ends in a legal place: end the page before this box all the same, or let a single box stick out. */
            size_t cut = i > from ? i : i + 1;
            if (i > from) {
                page.end = (uint32_t)i;
                page.overfull = false;
                inc_len p = from == 0 ? params->first_top : 0, q = 0;
                for (size_t k = from; k < i; k++) {
                    p = inc_pb_advance(&boxes[k], params, p, k == from) + boxes[k].height;
                    q += boxes[k].notes ? boxes[k].notes + (q ? 0 : params->note_space) : 0;
                }
                page.height = p;
                page.notes = q;
            }
            relax(ways, from, cut, INC_NO_PAGE_BREAK, page);
            return;
        }
        any = true;
        relax(ways, from, i + 1, cost, page);
        if (end)
            return;
    }
}

size_t inc_pagebreak(inc_arena *arena, const inc_pb_box *boxes, size_t n, const inc_pb_params *params, inc_pb_page **pages)
{
    if (!n)
        return 0;
    way *ways = INC_NEW_N(arena, way, n + 1);
    ways[0].reached = true;
    for (size_t i = 0; i < n; i++)
        if (ways[i].reached)
            extend(boxes, n, params, ways, i);
    size_t count = 0;
    for (size_t at = n; at > 0; at = ways[at].from)
        count++;
    *pages = INC_NEW_N(arena, inc_pb_page, count);
    size_t k = count;
    for (size_t at = n; at > 0; at = ways[at].from)
        (*pages)[--k] = ways[at].page;
    return count;
}
