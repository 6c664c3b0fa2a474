/* test_pool.c - loops over threads: every item once, memory that runs out, work that is abandoned. */
#include <stdatomic.h>
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
