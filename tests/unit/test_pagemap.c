/* test_pagemap.c - labels of places. */
#include "harness.h"

#include "layout/pagemap.h"

static void test_lookup(void **state)
{
    (void)state;
    const inc_page_break breaks[] = {
        {3, 0, INC_STR("i")}, {5, 10, INC_STR("ii")}, {5, 40, INC_STR("1")}, {9, 0, INC_STR("2")}};
    inc_pagemap map = {breaks, INC_COUNT(breaks)};
    inc_node node = {.id = 2};
    assert_str(inc_pagemap_label(&map, &node, 0), "");
    node.id = 4;
    assert_str(inc_pagemap_label(&map, &node, 0), "i");
    node.id = 5;
    assert_str(inc_pagemap_label(&map, &node, 9), "i");
    assert_str(inc_pagemap_label(&map, &node, 10), "ii");
    assert_str(inc_pagemap_label(&map, &node, 400), "1");
    node.id = 100;
    assert_str(inc_pagemap_label(&map, &node, 0), "2");
    const inc_page_break *first;
    assert_int_equal(inc_pagemap_breaks(&map, 5, &first), 2);
    assert_ptr_equal(first, &breaks[1]);
    assert_int_equal(inc_pagemap_breaks(&map, 4, &first), 0);
    assert_int_equal(inc_pagemap_breaks(&(inc_pagemap){0}, 4, &first), 0);
    assert_str(inc_pagemap_label(&(inc_pagemap){0}, &node, 0), "");
}

/* "3 12-14 *30" of places written the same way. */
static void check_runs(inc_arena *arena, const char *given, const char *want)
{
    inc_page_place places[16];
    inc_page_run runs[16];
    uint32_t n = 0;
    inc_str rest = inc_str_of(given);
    while (rest.n) {
        inc_str word = inc_str_cut(&rest, ' ');
        places[n].main = inc_str_starts(word, INC_STR("*"));
        word = inc_str_slice(word, places[n].main, word.n);
        places[n].from = inc_str_cut(&word, '-');
        places[n++].to = word;
    }
    uint32_t count = inc_page_runs(arena, places, n, runs);
    inc_buf out = inc_buf_in(arena);
    for (uint32_t i = 0; i < count; i++) {
        inc_buf_printf(&out, "%s%s%.*s", i ? " " : "", runs[i].main ? "*" : "", INC_STR_ARG(runs[i].from));
        if (runs[i].to.n)
            inc_buf_printf(&out, "-%.*s", INC_STR_ARG(runs[i].to));
    }
    assert_str(inc_buf_str(&out), want);
}

static void test_runs_of_pages(void **state)
{
    check_runs(*state, "", "");
    check_runs(*state, "3", "3");
    check_runs(*state, "3 3 3", "3");
    check_runs(*state, "12 13", "12 13");
    check_runs(*state, "14 12 13 30", "12-14 30");
    check_runs(*state, "viii ix x 1 xi 2", "viii-xi 1 2");
    check_runs(*state, "5-6 7", "5-7");
    check_runs(*state, "5-9 7 7-8", "5-9");
    check_runs(*state, "5-5", "5");
    check_runs(*state, "9-5", "9");
    check_runs(*state, "1 2 *3 4 5", "1 2 *3 4 5");
    check_runs(*state, "3 *3", "*3");
    check_runs(*state, "00 00", "00");
    check_runs(*state, "Preface Preface 2.1 2.1", "Preface 2.1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_lookup), TEST(test_runs_of_pages)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
