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

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_lookup)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
