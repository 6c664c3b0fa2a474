/*
 * pagefit.c - how deep a page is: what it costs to end short, to stretch blocks and to loosen paragraphs; and where its boxes stand in the end.
 */
#include "layout/pagefit.h"

enum { SHORTNESS_MAX = 10000000, LAST_LINES = 5, LONE_LINES_COST = 4000 };
enum { UNEVEN_ONE = 40, UNEVEN = 120 /* times the square of the lines */ };

static const int64_t stretch_costs[INC_PB_STRETCHED_MAX + 1] = {0, 20, 60, 140};

static inc_len unit_of(const inc_pb_params *params)
{
    return INC_MAX(params->unit > 0 ? params->unit : 12 * INC_PT, INC_PT);
}

/* ---- positions ---- */

/* Up to the grid; behind a block that a page break has parted, down to it when that costs the gap a sixth of a line at most. */
static inc_len to_grid(inc_len value, inc_len unit)
{
    inc_len rest = unit > 0 ? value % unit : 0;
    return rest > INC_MAX(unit / 6, INC_PT / 100) ? value + unit - rest : value - rest;
}

inc_len inc_pb_advance(const inc_pb_box *box, const inc_pb_params *params, inc_len position, bool page_first)
{
    inc_len phase = page_first && !box->grid ? 0 : box->phase;
    position += page_first ? phase + box->repeated : box->gap;
    return box->sync ? to_grid(position - phase, params->unit) + phase : position;
}

/* The first box behind the page's last block. */
static uint32_t last_sync(const inc_pb_box *boxes, const inc_pb_page *page)
{
    uint32_t at = page->end;
    while (at > page->first && !boxes[at - 1].sync)
        at--;
    return at > page->first ? at - 1 : page->first;
}

static unsigned count_blocks(const inc_pb_box *boxes, uint32_t from, uint32_t end)
{
    unsigned n = 0;
    for (uint32_t i = from; i < end; i++)
        n += boxes[i].stretch != INC_PB_RIGID;
    return n;
}

inc_len inc_pb_tops(const inc_pb_box *boxes, const inc_pb_page *page, const inc_pb_params *params, inc_len *tops)
{
    uint32_t behind = last_sync(boxes, page);
    bool led = behind > page->first && boxes[behind].stretch == INC_PB_LED; /* the page's last block */
    unsigned blocks = count_blocks(boxes, page->first + 1, page->end), seen = 0, stretched = INC_MIN((unsigned)page->stretched, blocks);
    blocks -= led && stretched < blocks; /* others come first */
    inc_len position = page->first == 0 ? params->first_top : 0, below = 0;
    for (uint32_t i = page->first; i < page->end; i++) {
        const inc_pb_box *box = &boxes[i];
        if (box->sync) {
            position += below;
            below = 0;
        }
        position = inc_pb_advance(box, params, position, i == page->first);
        if (i > page->first && box->stretch != INC_PB_RIGID && seen < blocks) {
            bool takes = (seen + 1) * stretched / blocks > seen * stretched / blocks; /* evenly over the page */
            below = takes && box->stretch != INC_PB_ABOVE && behind > i ? params->unit / 2 : 0;
            position += takes ? params->unit - below : 0;
            seen++;
        }
        tops[i - page->first] = position;
        position += box->height;
    }
    return position;
}

/* ---- slack ---- */

static uint32_t first_variant(const inc_pb_list *list, uint32_t box)
{
    uint32_t low = 0, high = (uint32_t)list->variant_count;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (list->variants[mid].first < box)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

inc_fit_slack inc_fit_slack_from(const inc_pb_list *list, uint32_t from)
{
    return (inc_fit_slack){.from = from, .next = first_variant(list, from)};
}

static void insert(int32_t best[INC_PB_LINES_MAX], int32_t cost)
{
    for (int i = 0; i < INC_PB_LINES_MAX && cost; i++)
        if (!best[i] || cost < best[i]) {
            int32_t worse = best[i];
            best[i] = cost;
            cost = worse;
        }
}

void inc_fit_slack_add(inc_fit_slack *slack, const inc_pb_list *list, uint32_t box, bool page_first)
{
    slack->blocks += !page_first && list->boxes[box].stretch != INC_PB_RIGID;
    for (; slack->next < list->variant_count; slack->next++) {
        const inc_pb_variant *v = &list->variants[slack->next];
        if (v->first + v->count > box + 1)
            return;
        insert(slack->shorter, v->shorter);
        insert(slack->longer, v->longer);
    }
}

static unsigned count_of(const int32_t best[INC_PB_LINES_MAX])
{
    unsigned n = 0;
    while (n < INC_PB_LINES_MAX && best[n])
        n++;
    return n;
}

inc_len inc_fit_least(const inc_fit_slack *slack, const inc_pb_params *params)
{
    return count_of(slack->shorter) * params->unit;
}

/* ---- shapes ---- */

/* What a page costs that ends short of its full height by `left`: one line is nothing much, a third of a page hurts. */
int64_t inc_fit_shortness(inc_len left, const inc_pb_params *params)
{
    int64_t tenths = INC_MIN(left * 10 / unit_of(params), SHORTNESS_MAX);
    return tenths * tenths / 4;
}

int64_t inc_fit_uneven(unsigned left_depth, unsigned right_depth)
{
    int64_t apart = left_depth > right_depth ? left_depth - right_depth : right_depth - left_depth;
    return apart < 2 ? apart * UNEVEN_ONE : INC_MIN(UNEVEN * apart * apart, INC_FIT_UNEVEN_MAX);
}

/* A chapter's last page should hold a few lines, or look forgotten. */
int64_t inc_fit_lone_lines(inc_len position, const inc_pb_params *params)
{
    return params->unit > 0 && position < LAST_LINES * params->unit ? LONE_LINES_COST : 0;
}

static void offer(inc_fit *shape, int64_t cost, int lines, unsigned stretched)
{
    if (!shape->possible || cost < shape->cost)
        *shape = (inc_fit){cost, (int8_t)lines, (uint8_t)stretched, true};
}

/* The page with that many lines more or less. */
static void offer_lines(const inc_fit_slack *slack, inc_len left, bool last, const inc_pb_params *params, int lines, int64_t cost,
                        inc_fit shapes[INC_FIT_DEPTHS])
{
    inc_len unit = unit_of(params);
    left -= lines * unit;
    unsigned most = last ? 0 : INC_MIN(slack->blocks, (unsigned)INC_PB_STRETCHED_MAX);
    for (unsigned k = 0; k <= most && left >= 0; k++, left -= unit) {
        int64_t depth = INC_MIN((left + unit / 2) / unit, INC_FIT_DEPTHS - 1);
        offer(&shapes[depth], cost + stretch_costs[k] + (last ? 0 : inc_fit_shortness(left, params)), lines, k);
    }
}

void inc_fit_shapes(const inc_fit_slack *slack, inc_len left, bool last, const inc_pb_params *params, inc_fit shapes[INC_FIT_DEPTHS])
{
    offer_lines(slack, left, last, params, 0, 0, shapes);
    int64_t cost = 0;
    for (unsigned i = 0; i < INC_PB_LINES_MAX && slack->shorter[i]; i++)
        offer_lines(slack, left, last, params, -(int)i - 1, cost += slack->shorter[i], shapes);
    cost = 0;
    for (unsigned i = 0; i < INC_PB_LINES_MAX && slack->longer[i] && !last; i++)
        offer_lines(slack, left, last, params, (int)i + 1, cost += slack->longer[i], shapes);
}

/* ---- which paragraphs ---- */

size_t inc_pb_chosen(const inc_pb_list *list, const inc_pb_page *page, uint32_t chosen[INC_PB_LINES_MAX])
{
    size_t wanted = (size_t)(page->lines < 0 ? -page->lines : page->lines), n = 0;
    for (; n < wanted; n++) {
        int32_t least = 0;
        for (uint32_t i = first_variant(list, page->first); i < list->variant_count; i++) {
            const inc_pb_variant *v = &list->variants[i];
            if (v->first + v->count > page->end)
                break;
            int32_t cost = page->lines < 0 ? v->shorter : v->longer;
            bool taken = n > 0 && chosen[0] == i;
            if (cost && !taken && (!least || cost < least)) {
                least = cost;
                chosen[n] = i;
            }
        }
        assert(least);
    }
    return n;
}
