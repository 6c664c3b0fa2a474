/* pagemap.c - looking places up in the page map: binary search over (node, byte). */
#include "layout/pagemap.h"

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
