/* test_listings.c - what compilers say, made comparable; differences; versions; blocks of the text. */
#include "harness.h"

#include "listings/compare.h"

static void test_normalise(void **state)
{
    assert_str(inc_listings_normalise(*state, INC_STR("a\r\nb\n\n\n"), INC_NORMALISE_LINES), "a\nb\n");
    assert_str(inc_listings_normalise(*state, INC_STR("\n\na"), INC_NORMALISE_LINES), "\n\na\n");
    assert_str(inc_listings_normalise(*state, INC_STR("\n\n"), INC_NORMALISE_LINES), "");
    assert_str(inc_listings_normalise(*state,
                   INC_STR("error[E0277]: no\n --> x.rs:1:2\n  |\n1 | f();\n  | ^\nnote: required by this\n"
                           "   --> /rustc/abc/library/core/src/future/into_future.rs:139:5\n    |\n139 |     fn f(self);\n    |     ^^^\n"
                           "\nerror: aborting due to 1 previous error\n\nFor more information about this error, try `rustc --explain E0277`.\n"),
                   INC_NORMALISE_RUSTC),
        "error[E0277]: no\n --> x.rs:1:2\n  |\n1 | f();\n  | ^\nnote: required by this\n   --> STD/core/src/future/into_future.rs\n");
}

static void test_loosen(void **state)
{
    assert_str(inc_listings_loosen(*state, INC_STR("error[E1]: a\n  --> x.rs:1:2\n  |\nnote: b\n  --> x.rs:9:9\nerror: c\n --> x.rs:3:1\n")),
        "error[E1]: a\n--> x.rs:1:2\nerror: c\n--> x.rs:3:1\n");
}

static void test_difference(void **state)
{
    size_t line;
    assert_str(inc_listings_difference(*state, INC_STR("a\nb\nc\n"), INC_STR("a\nx\nc\n"), INC_STR("x.out"), &line),
        "--- x.out (recorded)\n+++ what came out\n a\n-b\n+x\n c\n");
    assert_int_equal(line, 2);
    inc_listings_difference(*state, INC_STR("a\n"), INC_STR("a\nb\n"), INC_STR("x.out"), &line);
    assert_int_equal(line, 2);
    inc_str far = inc_listings_difference(*state, INC_STR("1\n2\n3\n4\n5\n6\n7\n8\n9\n"), INC_STR("0\n2\n3\n4\n5\n6\n7\n8\n0\n"), INC_STR("x"), &line);
    assert_str(far, "--- x (recorded)\n+++ what came out\n-1\n+0\n 2\n 3\n 4\n@@\n 6\n 7\n 8\n-9\n+0\n");
}

static void test_versions(void **state)
{
    (void)state;
    assert_true(inc_listings_compare_versions(INC_STR("1.95.0"), INC_STR("1.95")) == 0);
    assert_true(inc_listings_compare_versions(INC_STR("1.9"), INC_STR("1.85")) < 0);
    assert_true(inc_listings_compare_versions(INC_STR("2"), INC_STR("1.99.9")) > 0);
    assert_true(inc_listings_compare_versions(INC_STR(""), INC_STR("0.1")) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_normalise), TEST(test_loosen), TEST(test_difference), TEST(test_versions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
