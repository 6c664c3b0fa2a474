/* map.h - an insert-only hash map from byte strings to pointers, and one that interns strings. Iteration is in order
 * of insertion, so nothing that is written out depends on hashing. */
#ifndef INC_MAP_H
#define INC_MAP_H

#include "base/str.h"

typedef struct inc_map_entry {
    inc_str key; /* borrowed: must live as long as the map; inc_map_put does not copy */
    void *value;
    uint64_t hash;
} inc_map_entry;

typedef struct inc_map_node {
    uint32_t less, more, level;
} inc_map_node;

typedef struct inc_map {
    inc_arena *arena;
    inc_map_entry *entries; /* n of them, in order of insertion */
    size_t n, cap;
    uint32_t *slots; /* index + 1 into entries, 0 for free */
    size_t slot_count;
    inc_map_node *tree; /* in place of the slots, when the keys are chosen so that they collide; one for each entry */
    uint32_t root;
} inc_map;

static inline inc_map inc_map_in(inc_arena *arena) { return (inc_map){.arena = arena}; }
uint64_t inc_hash(const void *p, size_t n); /* FNV-1a, 64 bit: the same everywhere */
void *inc_map_find(const inc_map *map, inc_str key);      /* NULL when absent */
void inc_map_put(inc_map *map, inc_str key, void *value); /* replaces an existing value */
bool inc_map_has(const inc_map *map, inc_str key);

#endif
