/* pagemap.c - looking places up in the page map by binary search over (node, byte); the pages of an index entry. */
#include "layout/pagemap.h"

#include <stdlib.h>

/* Index of the first break that lies behind (node_id, byte). */
static size_t upper_bound(const inc_pagemap *map, uint32_t node_id, uint32_t byte)
{
    size_t low = 0, high = map->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const inc_page_break *b = &map->breaks[mid];
        if (b->node_id < node_id || (b->node_id == node_id && b->byte <= byte))
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

inc_str inc_pagemap_label(const inc_pagemap *map, const inc_node *node, uint32_t byte)
{
    size_t behind = upper_bound(map, node->id, byte);
    return behind ? map->breaks[behind - 1].label : INC_STR("");
}

size_t inc_pagemap_breaks(const inc_pagemap *map, uint32_t node_id, const inc_page_break **first)
{
    size_t from = node_id ? upper_bound(map, node_id - 1, UINT32_MAX) : 0;
    size_t to = upper_bound(map, node_id, UINT32_MAX);
    *first = map->n ? map->breaks + from : NULL;
    return to - from;
}

/* ---- pages of an index entry ---- */

enum { RANGE_LEAST = 3 }; /* pages in a row that become a range */

typedef enum folio_kind { FOLIO_ROMAN, FOLIO_ARABIC, FOLIO_OTHER } folio_kind;

typedef struct stay { /* pages that one place names */
    folio_kind kind;
    uint64_t first, last; /* FOLIO_OTHER: the place's index, so that their order stays */
    inc_str from, to;
    uint32_t place;
    bool main, range;
} stay;

static folio_kind folio_of(inc_str label, uint64_t *number)
{
    static const char letters[] = "ivxlcdm";
    static const uint16_t values[] = {1, 5, 10, 50, 100, 500, 1000};
    if (inc_str_to_uint(label, number))
        return FOLIO_ARABIC;
    uint64_t sum = 0, before = 0;
    for (size_t i = label.n; i-- > 0;) { /* from the right: a smaller one is taken off */
        const char *at = label.p[i] ? strchr(letters, label.p[i]) : NULL;
        if (!at)
            return FOLIO_OTHER;
        uint64_t value = values[at - letters];
        sum = value < before ? sum - value : sum + value;
        before = value;
    }
    *number = sum;
    return label.n ? FOLIO_ROMAN : FOLIO_OTHER;
}

static stay stay_of(const inc_page_place *place, uint32_t index)
{
    stay s = {.from = place->from, .to = place->from, .place = index, .main = place->main};
    s.kind = folio_of(place->from, &s.first);
    if (s.kind == FOLIO_OTHER)
        s.first = index;
    s.last = s.first;
    uint64_t last;
    if (place->to.n && s.kind != FOLIO_OTHER && folio_of(place->to, &last) == s.kind && last > s.first) {
        s.last = last;
        s.to = place->to;
        s.range = true;
    }
    return s;
}

/* By page; of one page the principal place first, then in the order of the text. */
static int compare_stays(const void *x, const void *y)
{
    const stay *a = x, *b = y;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    if (a->first != b->first)
        return a->first < b->first ? -1 : 1;
    if (a->main != b->main)
        return a->main ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

/* The end of the row of pages that begins with stays[at]: each page follows the one before or is the same. */
static uint32_t row_end(const stay *stays, uint32_t n, uint32_t at, stay *row)
{
    *row = stays[at];
    uint32_t i = at + 1;
    for (; i < n && !row->main && !stays[i].main && stays[i].kind == row->kind && row->kind != FOLIO_OTHER && stays[i].first <= row->last + 1; i++) {
        row->range |= stays[i].range;
        if (stays[i].last > row->last) {
            row->last = stays[i].last;
            row->to = stays[i].to;
        }
    }
    return i;
}

uint32_t inc_page_runs(inc_arena *arena, const inc_page_place *places, uint32_t n, inc_page_run *runs)
{
    stay *stays = INC_NEW_N(arena, stay, n);
    for (uint32_t i = 0; i < n; i++)
        stays[i] = stay_of(&places[i], i);
    if (n > 1)
        qsort(stays, n, sizeof *stays, compare_stays);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++) { /* one page once */
        const stay *before = kept ? &stays[kept - 1] : NULL;
        bool same = before && !stays[i].range && before->kind == stays[i].kind && stays[i].first == before->first &&
                    (before->kind != FOLIO_OTHER || inc_str_eq(before->from, stays[i].from));
        bool told = before && before->kind == FOLIO_OTHER && inc_str_eq(before->from, stays[i].from);
        if (!same && !told)
            stays[kept++] = stays[i];
    }
    uint32_t count = 0;
    for (uint32_t i = 0, end; i < kept; i = end) {
        stay row;
        end = row_end(stays, kept, i, &row);
        if (row.last - row.first + 1 < RANGE_LEAST && !row.range)
            for (uint32_t k = i; k < end; k++)
                runs[count++] = (inc_page_run){.place = stays[k].place, .from = stays[k].from, .main = stays[k].main};
        else
            runs[count++] = (inc_page_run){.place = stays[i].place, .from = row.from, .to = row.last > row.first ? row.to : INC_STR(""), .main = row.main};
    }
    return count;
}
