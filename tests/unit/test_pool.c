/* test_pool.c - loops over threads: every item once, memory that runs out, work that is abandoned. */
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#include "base/guard.h"
#include "base/pool.h"

enum { ITEMS = 200 };

typedef struct counts {
    atomic_uint times[ITEMS], all;
    size_t fails_at;
    bool slow;
} counts;

static void count(void *context, size_t i, unsigned worker)
{
    counts *c = context;
    (void)worker;
    atomic_fetch_add(&c->times[i], 1);
    atomic_fetch_add(&c->all, 1);
    if (c->slow)
        usleep(2000);
    if (i == c->fails_at)
        inc_out_of_memory();
}

static void assert_each_once(counts *c)
{
    for (size_t i = 0; i < ITEMS; i++)
        assert_int_equal(atomic_load(&c->times[i]), 1);
}

static void test_parallel(void **state)
{
    (void)state;
    for (unsigned jobs = 1; jobs <= 70; jobs += 23) {
        counts c = {.fails_at = ITEMS};
        assert_true(inc_parallel(jobs, ITEMS, count, &c));
        assert_each_once(&c);
        counts failing = {.fails_at = 7};
        assert_false(inc_parallel(jobs, ITEMS, count, &failing));
        for (size_t i = 0; i < ITEMS; i++) /* a worker that was torn from its work begins nothing new */
            assert_true(atomic_load(&failing.times[i]) == (i <= 7) || (jobs > 1 && i > 7 && atomic_load(&failing.times[i]) == 1));
    }
    assert_true(inc_parallel(3, 0, count, NULL));
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_OWN_MALLOC
#endif
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(HAS_OWN_MALLOC) /* the sanitizers' malloc has no such heap */
#define HAS_HEAP_TEST

/* Leaves no room behind the heap, and then asks for memory until malloc has had to look for it elsewhere. */
static bool block_the_heap(void)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uintptr_t end = ((uintptr_t)sbrk(0) + page - 1) / page * page;
    if (mmap((void *)end, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0) == MAP_FAILED)
        return false;
    errno = 0;
    for (int i = 0; i < 256 && !errno; i++)
        if (!malloc(64 * 1024))
            return false;
    return errno == ENOMEM;
}

/* What malloc says of it is not that memory ran out. In a child, whose heap is spoilt then. */
static void test_heap_without_room(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        inc_guard guard;
        errno = ENOMEM; /* for a library, in earnest */
        if (INC_GUARD(&guard) == 0) {
            inc_libraries_check();
            _exit(1);
        }
        if (!block_the_heap())
            _exit(2);
        if (INC_GUARD(&guard) != 0)
            _exit(3);
        inc_libraries_check();
        _exit(0);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}
#endif

static void test_background(void **state)
{
    inc_arena *arena = *state;
    for (unsigned jobs = 1; jobs <= 4; jobs++)
        for (unsigned threads = 0; threads <= jobs; threads++) {
            counts c = {.fails_at = ITEMS}, failing = {.fails_at = ITEMS - 1};
            assert_true(inc_background_finish(inc_background_begin(arena, jobs, ITEMS, count, &c), threads));
            assert_each_once(&c);
            assert_false(inc_background_finish(inc_background_begin(arena, jobs, ITEMS, count, &failing), threads));
            assert_each_once(&failing);
        }
    assert_true(inc_background_finish(inc_background_begin(arena, 2, 0, count, NULL), 1));
}

/* One job: nothing is left for later. */
static void test_one_job(void **state)
{
    inc_arena *arena = *state;
    counts c = {.fails_at = ITEMS};
    inc_background_begin(arena, 1, ITEMS, count, &c);
    assert_each_once(&c);
}

static void test_abandoned(void **state)
{
    (void)state;
    counts c = {.fails_at = ITEMS, .slow = true};
    inc_arena *arena = inc_arena_new();
    inc_background_begin(arena, 2, ITEMS, count, &c);
    inc_arena_free(arena);
    unsigned then = atomic_load(&c.all);
    assert_true(then < ITEMS);
    usleep(10000);
    assert_int_equal(atomic_load(&c.all), then); /* nobody works any more */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_parallel), TEST(test_background), TEST(test_one_job), TEST(test_abandoned),
#ifdef HAS_HEAP_TEST
        TEST(test_heap_without_room),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
