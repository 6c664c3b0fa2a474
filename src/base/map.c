/* map.c - open addressing over an insertion-ordered table. */
#include "base/map.h"

uint64_t inc_hash(const void *p, size_t n)
{
    const unsigned char *s = p;
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ s[i]) * 1099511628211u;
    return h;
}

static size_t slot_of(const inc_map *map, inc_str key, uint64_t hash)
{
    size_t mask = map->slot_count - 1, i = (size_t)hash & mask;
    for (; map->slots[i]; i = (i + 1) & mask) {
        const inc_map_entry *e = &map->entries[map->slots[i] - 1];
        if (e->hash == hash && inc_str_eq(e->key, key))
            break;
    }
    return i;
}

static void grow(inc_map *map)
{
    size_t count = map->slot_count ? map->slot_count * 2 : 16;
    map->slots = INC_NEW_N(map->arena, uint32_t, count); /* if memory is out, the map stays as it was */
    map->slot_count = count;
    for (size_t i = 0; i < map->n; i++)
        map->slots[slot_of(map, map->entries[i].key, map->entries[i].hash)] = (uint32_t)i + 1;
}

static inc_map_entry *find(const inc_map *map, inc_str key)
{
    if (!map->n)
        return NULL;
    uint32_t at = map->slots[slot_of(map, key, inc_hash(key.p, key.n))];
    return at ? &map->entries[at - 1] : NULL;
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
    if ((map->n + 1) * 4 > map->slot_count * 3)
        grow(map);
    if (map->n == map->cap) {
        size_t cap = map->cap ? map->cap * 2 : 8;
        map->entries = inc_realloc(map->arena, map->entries, map->cap * sizeof(inc_map_entry), cap * sizeof(inc_map_entry));
        map->cap = cap;
    }
    uint64_t hash = inc_hash(key.p, key.n);
    size_t slot = slot_of(map, key, hash);
    map->entries[map->n] = (inc_map_entry){key, value, hash};
    map->slots[slot] = (uint32_t)++map->n;
}
