/*
 * arena.h - memory that is given back all at once.
 *
 * Three arenas live during a build: build (the whole run), pass (one layout pass) and scratch (one function's work). A
 * pointer points only into an arena that lives at least as long as the arena it is stored in.
 *
 * Allocation never returns NULL. Exhaustion unwinds to the innermost inc_guard (base/guard.h); never let that happen
 * inside a callback that a foreign library calls: put a guard of your own there and return the library's error code.
 */
#ifndef INC_ARENA_H
#define INC_ARENA_H

#include "base/base.h"

typedef struct inc_arena inc_arena;

/* A new, empty arena; unwinds when memory is out. Give it back with inc_arena_free. */
inc_arena *inc_arena_new(void);

/* Runs the deferred clean-ups, last registered first, and frees everything. NULL is fine. */
void inc_arena_free(inc_arena *arena);

/* Zeroed memory, aligned for any type. n == 0 gives a valid unique pointer. */
void *inc_alloc(inc_arena *arena, size_t n);

/* count * size with overflow check, zeroed. */
void *inc_alloc_array(inc_arena *arena, size_t count, size_t size);

/* Grows the block p of old_n bytes (the first call has p == NULL, old_n == 0) to n bytes: in place when it is the
 * arena's last block, else by a copy. The added bytes hold anything: what grows is written before it is read. */
void *inc_realloc(inc_arena *arena, void *p, size_t old_n, size_t n);

/* Registers a clean-up before a foreign handle is opened; store the handle into the returned slot when it is there.
 * fn runs from inc_arena_free, and only if the slot is not NULL by then. */
void **inc_defer(inc_arena *arena, void (*fn)(void *handle));

/* Bytes handed out so far, for caps and for --verbose. */
size_t inc_arena_used(const inc_arena *arena);

/* A place to roll back to: everything allocated after inc_arena_mark is reused after inc_arena_reset. Blocks of
 * inc_defer must not be registered in between. For scratch arenas. */
typedef struct inc_arena_mark {
    void *chunk;
    size_t used;
    const void *deferred; /* to assert the rule above */
} inc_arena_mark;
inc_arena_mark inc_arena_mark_get(inc_arena *arena);
void inc_arena_reset(inc_arena *arena, inc_arena_mark mark);

#define INC_NEW(arena, type) ((type *)inc_alloc((arena), sizeof(type)))
#define INC_NEW_N(arena, type, n) ((type *)inc_alloc_array((arena), (n), sizeof(type)))

#endif
