/*
 * map.c - open addressing over an insertion-ordered table.
 *
 * The hash has no secret: the same everywhere, and whoever writes a manuscript can make labels that all fall into one slot, so that each costs a walk
 * over all others. Random numbers we do not want. So when a walk gets longer than it ever does by chance, the table is given up for a balanced tree over
 * the keys (Andersson 1993, "Balanced search trees made simple"), which no choice of keys slows down. Nothing else changes: the order of iteration is that
 * of insertion either way.
 */
#include "base/map.h"

enum { PROBES_MOST = 2048, LEVELS_MOST = 64 };

uint64_t inc_hash(const void *p, size_t n)
{
    const unsigned char *s = p;
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ s[i]) * 1099511628211u;
    return h;
}

static size_t slot_of(const inc_map *map, inc_str key, uint64_t hash, size_t *probes)
{
    size_t mask = map->slot_count - 1, i = (size_t)hash & mask;
    *probes = 0;
    for (; map->slots[i]; i = (i + 1) & mask, ++*probes) {
        const inc_map_entry *e = &map->entries[map->slots[i] - 1];
        if (e->hash == hash && inc_str_eq(e->key, key))
            break;
    }
    return i;
}

/* ---- the tree: nodes and links are indices into the entries plus one, 0 for none ---- */

static int compare(inc_str a, inc_str b)
{
    size_t n = INC_MIN(a.n, b.n);
    int order = n ? memcmp(a.p, b.p, n) : 0;
    return order ? order : a.n < b.n ? -1 : a.n > b.n;
}

static uint32_t tree_find(const inc_map *map, inc_str key)
{
    uint32_t at = map->root;
    for (int order; at && (order = compare(key, map->entries[at - 1].key)) != 0;)
        at = order < 0 ? map->tree[at - 1].less : map->tree[at - 1].more;
    return at;
}

static uint32_t level_of(const inc_map *map, uint32_t at)
{
    return at ? map->tree[at - 1].level : 0;
}

static uint32_t skew(inc_map *map, uint32_t at)
{
    uint32_t less = map->tree[at - 1].less;
    if (level_of(map, less) != level_of(map, at))
        return at;
    map->tree[at - 1].less = map->tree[less - 1].more;
    map->tree[less - 1].more = at;
    return less;
}

static uint32_t split(inc_map *map, uint32_t at)
{
    uint32_t more = map->tree[at - 1].more;
    if (!more || level_of(map, map->tree[more - 1].more) != level_of(map, at))
        return at;
    map->tree[at - 1].more = map->tree[more - 1].less;
    map->tree[more - 1].less = at;
    map->tree[more - 1].level++;
    return more;
}

/* Hangs the entry in: down to its place, then back up, putting right what has got out of balance. */
static void tree_add(inc_map *map, uint32_t added)
{
    uint32_t path[LEVELS_MOST * 2];
    size_t n = 0;
    for (uint32_t at = map->root; at; n++) {
        path[n] = at;
        at = compare(map->entries[added - 1].key, map->entries[at - 1].key) < 0 ? map->tree[at - 1].less : map->tree[at - 1].more;
    }
    map->tree[added - 1] = (inc_map_node){.level = 1};
    uint32_t top = added;
    while (n > 0) {
        uint32_t at = path[--n];
        if (compare(map->entries[added - 1].key, map->entries[at - 1].key) < 0)
            map->tree[at - 1].less = top;
        else
            map->tree[at - 1].more = top;
        top = split(map, skew(map, at));
    }
    map->root = top;
}

static void become_tree(inc_map *map)
{
    inc_map_node *tree = INC_NEW_N(map->arena, inc_map_node, map->cap); /* if memory is out, the map stays as it was */
    map->tree = tree;
    map->root = 0;
    for (uint32_t i = 1; i <= map->n; i++)
        tree_add(map, i);
}

/* ---- the table ---- */

static void grow(inc_map *map)
{
    size_t count = map->slot_count ? map->slot_count * 2 : 16;
    map->slots = INC_NEW_N(map->arena, uint32_t, count); /* if memory is out, the map stays as it was */
    map->slot_count = count;
    for (size_t i = 0, probes; i < map->n; i++)
        map->slots[slot_of(map, map->entries[i].key, map->entries[i].hash, &probes)] = (uint32_t)i + 1;
}

static inc_map_entry *find(const inc_map *map, inc_str key)
{
    if (!map->n)
        return NULL;
    size_t probes;
    uint32_t at = map->tree ? tree_find(map, key) : map->slots[slot_of(map, key, inc_hash(key.p, key.n), &probes)];
    return at ? &map->entries[at - 1] : NULL;
}

static void grow_entries(inc_map *map)
{
    size_t cap = map->cap ? map->cap * 2 : 8;
    inc_map_entry *entries = inc_realloc(map->arena, map->entries, map->cap * sizeof *entries, cap * sizeof *entries);
    map->entries = entries;
    if (map->tree)
        map->tree = inc_realloc(map->arena, map->tree, map->cap * sizeof *map->tree, cap * sizeof *map->tree);
    map->cap = cap;
}

void *inc_map_find(const inc_map *map, inc_str key)
{
    inc_map_entry *e = find(map, key);
    return e ? e->value : NULL;
}

bool inc_map_has(const inc_map *map, inc_str key)
{
    return find(map, key) != NULL;
}

void inc_map_put(inc_map *map, inc_str key, void *value)
{
    inc_map_entry *old = find(map, key);
    if (old) {
        old->value = value;
        return;
    }
    if (!map->tree && (map->n + 1) * 4 > map->slot_count * 3)
        grow(map);
    if (map->n == map->cap)
        grow_entries(map);
    uint64_t hash = inc_hash(key.p, key.n);
    size_t probes = 0, slot = map->tree ? 0 : slot_of(map, key, hash, &probes);
    if (probes > PROBES_MOST)
        become_tree(map);
    map->entries[map->n] = (inc_map_entry){key, value, hash};
    if (map->tree)
        tree_add(map, (uint32_t)map->n + 1);
    else
        map->slots[slot] = (uint32_t)map->n + 1;
    map->n++;
}
