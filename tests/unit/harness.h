/* harness.h - cmocka with the headers it forgets to include, and an arena for each test. */
#ifndef INC_TEST_HARNESS_H
#define INC_TEST_HARNESS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"

static inline int test_arena_setup(void **state)
{
    *state = inc_arena_new();
    return 0;
}

static inline int test_arena_teardown(void **state)
{
    inc_arena_free(*state);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, test_arena_setup, test_arena_teardown)

static inline void assert_str(inc_str got, const char *want)
{
    if (got.n != strlen(want) || (got.n && memcmp(got.p, want, got.n) != 0))
        fail_msg("got \"%.*s\", want \"%s\"", INC_STR_ARG(got), want);
}

#endif
