/*
 * vec.h - a growing array in an arena.
 *
 *     typedef INC_VEC(inc_span) inc_spans;
 *     inc_spans spans = {0};
 *     INC_PUSH(arena, &spans, span);       spans.v[i], spans.n
 *
 * INC_PUSH evaluates its arguments more than once.
 */
#ifndef INC_VEC_H
#define INC_VEC_H

#include "base/arena.h"

#define INC_VEC(type) \
    struct { \
        type *v; \
        size_t n, cap; \
    }

#define INC_RESERVE(arena, vec, extra) \
    do { \
        while ((vec)->cap - (vec)->n < (size_t)(extra)) \
            (vec)->v = inc_vec_grow((arena), (vec)->v, &(vec)->cap, sizeof(*(vec)->v)); \
    } while (0)

#define INC_PUSH(arena, vec, ...) \
    do { \
        INC_RESERVE(arena, vec, 1); \
        (vec)->v[(vec)->n++] = (__VA_ARGS__); \
    } while (0)

/* Doubles the capacity (8 at first). */
static inline void *inc_vec_grow(inc_arena *arena, void *v, size_t *cap, size_t size)
{
    size_t old = *cap, now = old ? old * 2 : 8;
    void *grown = inc_realloc(arena, v, old * size, now * size);
    *cap = now; /* not before: if memory is out, the vector must stay as it was for those who still read it */
    return grown;
}

#endif
