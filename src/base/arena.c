/* arena.c - chunked bump allocation, and the guard that catches exhaustion. */
#include "base/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/guard.h"

enum { CHUNK_MIN = 64 * 1024, CHUNK_MAX = 4 * 1024 * 1024, ALIGN = 16, LARGE_PAGE = 2 * 1024 * 1024 };

typedef struct chunk {
    struct chunk *prev;
    size_t size, used;
    size_t fresh; /* bytes from here on were never handed out and are zero */
    _Alignas(16) unsigned char data[];
} chunk;

typedef struct deferred {
    struct deferred *prev;
    void (*fn)(void *);
    void *handle;
} deferred;

struct inc_arena {
    chunk *last;
    deferred *deferred;
    size_t total;
    unsigned char *tail; /* the most recent block, which may grow in place */
};

static _Thread_local inc_guard *guard_top;
static _Thread_local unsigned long fail_after, alloc_count;
static _Thread_local bool (*must_fail)(unsigned long n);

void inc_guard_enter(inc_guard *guard)
{
    guard->outer = guard_top;
    guard_top = guard;
}

void inc_guard_leave(inc_guard *guard)
{
    assert(guard_top == guard);
    guard_top = guard->outer;
}

void inc_out_of_memory(void)
{
    inc_guard *guard = guard_top;
    if (!guard)
        abort();
    guard_top = guard->outer;
    longjmp(guard->env, 1);
}

void inc_alloc_fail_after(unsigned long n)
{
    fail_after = n;
    alloc_count = 0;
}

void inc_alloc_ask(bool (*fails)(unsigned long n))
{
    must_fail = fails;
}

unsigned long inc_alloc_count(void)
{
    return alloc_count;
}

/* Every allocation of ours passes here, also those that an arena serves from its chunk, so that the torture test can
 * fail each of them in turn. */
static void count_allocation(void)
{
    alloc_count++;
    if ((fail_after && alloc_count >= fail_after) || (must_fail && must_fail(alloc_count))) {
        fail_after = 0;
        inc_out_of_memory();
    }
}

void *inc_malloc(size_t n)
{
    count_allocation();
    void *p = calloc(1, n ? n : 1);
    if (!p)
        inc_out_of_memory();
    return p;
}

inc_arena *inc_arena_new(void)
{
    return inc_malloc(sizeof(inc_arena));
}

void inc_arena_free(inc_arena *arena)
{
    if (!arena)
        return;
    for (deferred *d = arena->deferred; d; d = d->prev)
        if (d->handle)
            d->fn(d->handle);
    for (chunk *c = arena->last, *prev; c; c = prev) {
        prev = c->prev;
        free(c);
    }
    free(arena);
}

/* A block that is larger than any chunk (a picture's samples) is used from end to end: the system may give it in large pages, with a fault
 * for each two megabytes instead of four kilobytes. */
static void use_large_pages(chunk *c)
{
#ifdef MADV_HUGEPAGE
    uintptr_t begin = ((uintptr_t)c->data + LARGE_PAGE - 1) & ~(uintptr_t)(LARGE_PAGE - 1);
    uintptr_t end = ((uintptr_t)c->data + c->size) & ~(uintptr_t)(LARGE_PAGE - 1);
    int before = errno;
    if (begin < end)
        madvise((void *)begin, end - begin, MADV_HUGEPAGE);
    errno = before; /* only advice: a system that has no such pages is not out of memory */
#else
    (void)c;
#endif
}

static void add_chunk(inc_arena *arena, size_t need)
{
    size_t size = arena->last ? INC_MIN(arena->last->size * 2, (size_t)CHUNK_MAX) : (size_t)CHUNK_MIN;
    size = INC_MAX(size, need);
    if (size > SIZE_MAX - sizeof(chunk))
        inc_out_of_memory();
    chunk *c = calloc(1, sizeof(chunk) + size); /* large ones come from the system as zeros, page by page when they are touched */
    if (!c)
        inc_out_of_memory();
    c->prev = arena->last;
    c->size = size;
    if (size > CHUNK_MAX)
        use_large_pages(c);
    arena->last = c;
}

/* Bytes [from, to) of the chunk are handed out; with `clean`, what was used before is cleared. */
static void hand_out(chunk *c, size_t from, size_t to, bool clean)
{
    if (clean && from < c->fresh)
        memset(c->data + from, 0, INC_MIN(to, c->fresh) - from);
    c->fresh = INC_MAX(c->fresh, to);
}

static void *take(inc_arena *arena, size_t n, bool clean)
{
    count_allocation();
    if (n > SIZE_MAX - ALIGN)
        inc_out_of_memory();
    size_t need = (INC_MAX(n, (size_t)1) + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (!arena->last || arena->last->size - arena->last->used < need)
        add_chunk(arena, need);
    chunk *c = arena->last;
    hand_out(c, c->used, c->used + need, clean);
    arena->tail = c->data + c->used;
    arena->total += need;
    c->used += need;
    return arena->tail;
}

void *inc_alloc(inc_arena *arena, size_t n)
{
    return take(arena, n, true);
}

void *inc_alloc_array(inc_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        inc_out_of_memory();
    return inc_alloc(arena, count * size);
}

void *inc_realloc(inc_arena *arena, void *p, size_t old_n, size_t n)
{
    if (p && p == arena->tail) {
        chunk *c = arena->last;
        size_t at = (size_t)((unsigned char *)p - c->data);
        if (n <= c->size - at) {
            size_t end = (at + INC_MAX(n, (size_t)1) + ALIGN - 1) & ~(size_t)(ALIGN - 1);
            count_allocation();
            if (end <= c->size) {
                hand_out(c, at, end, false);
                arena->total += end > c->used ? end - c->used : 0;
                c->used = end;
                return p;
            }
        }
    }
    void *grown = take(arena, n, false);
    if (old_n)
        memcpy(grown, p, INC_MIN(old_n, n));
    return grown;
}

void **inc_defer(inc_arena *arena, void (*fn)(void *handle))
{
    deferred *d = INC_NEW(arena, deferred);
    d->fn = fn;
    d->prev = arena->deferred;
    arena->deferred = d;
    return &d->handle;
}

size_t inc_arena_used(const inc_arena *arena)
{
    return arena->total;
}

inc_arena_mark inc_arena_mark_get(inc_arena *arena)
{
    return (inc_arena_mark){.chunk = arena->last, .used = arena->last ? arena->last->used : 0,
                            .deferred = arena->deferred};
}

void inc_arena_reset(inc_arena *arena, inc_arena_mark mark)
{
    assert(mark.deferred == arena->deferred);
    while (arena->last && arena->last != mark.chunk && arena->last->prev) {
        chunk *prev = arena->last->prev;
        free(arena->last);
        arena->last = prev;
    }
    if (arena->last)
        arena->last->used = arena->last == mark.chunk ? mark.used : 0;
    arena->tail = NULL;
}
