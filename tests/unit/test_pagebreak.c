/* test_pagebreak.c - page breaking with typed-in numbers: lines of 10 pt on pages of 100. */
#include "harness.h"

#include "layout/pagebreak.h"

enum { LINES = 64 };

static const inc_pb_params params = {.height = 100 * INC_PT, .unit = 10 * INC_PT, .note_space = 5 * INC_PT};

static void lines_of(inc_pb_box boxes[LINES])
{
    for (int i = 0; i < LINES; i++)
        boxes[i] = (inc_pb_box){.height = 10 * INC_PT};
}

static void check_cover(const inc_pb_page *pages, size_t n, size_t boxes)
{
    uint32_t at = 0;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(pages[i].first, at);
        assert_true(pages[i].end > at);
        at = pages[i].end;
    }
    assert_int_equal(at, boxes);
}

static void test_fills_pages(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, boxes, 25, &params, &pages);
    assert_int_equal(n, 3);
    assert_int_equal(pages[0].end, 10);
    check_cover(pages, n, 25);
}

static void test_last_page_holds_a_few_lines(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, boxes, 22, &params, &pages);
    assert_int_equal(n, 3);
    assert_true(pages[2].end - pages[2].first >= 5);
    check_cover(pages, n, 22);
}

static void test_avoids_a_widow(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    boxes[10].penalty = 20000; /* the last line of a paragraph must not stand alone */
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, boxes, 15, &params, &pages);
    assert_int_equal(n, 2);
    assert_int_equal(pages[0].end, 9);
}

static void test_forbidden_break_moves_the_heading(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    boxes[9].gap = 10 * INC_PT; /* a heading in the last line, glued to two lines */
    boxes[10].penalty = boxes[11].penalty = INC_NO_PAGE_BREAK;
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, boxes, 15, &params, &pages);
    assert_int_equal(pages[0].end, 9);
    assert_int_equal(pages[1].height, 60 * INC_PT); /* its space is gone at the head of the page */
    check_cover(pages, n, 15);
}

static void test_note_takes_room(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    boxes[3].notes = 25 * INC_PT;
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, boxes, 14, &params, &pages);
    assert_int_equal(n, 2);
    assert_int_equal(pages[0].end, 7);
    assert_int_equal(pages[0].notes, 30 * INC_PT);
}

static void test_too_tall_box_gets_its_page(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    boxes[2].height = 150 * INC_PT;
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, boxes, 5, &params, &pages);
    assert_int_equal(n, 3);
    assert_true(pages[1].overfull);
    check_cover(pages, n, 5);
}

static void test_nothing_legal_still_ends(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    for (int i = 1; i < LINES; i++)
        boxes[i].penalty = INC_NO_PAGE_BREAK;
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, boxes, LINES, &params, &pages);
    check_cover(pages, n, LINES);
    for (size_t i = 0; i < n; i++)
        assert_true(pages[i].height <= params.height);
}

static void test_forced_and_repeated(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    boxes[4].forced = true;
    for (int i = 5; i < 30; i++)
        boxes[i].repeated = 20 * INC_PT;
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, boxes, 28, &params, &pages);
    assert_int_equal(pages[0].end, 4);
    assert_int_equal(pages[1].end, 14);
    assert_true(pages[2].end - pages[2].first <= 8);
    check_cover(pages, n, 28);
}

static void test_grid(void **state)
{
    (void)state;
    inc_pb_box heading = {.height = 20 * INC_PT, .gap = 27 * INC_PT, .phase = 7 * INC_PT, .grid = true}, text = {.height = 10 * INC_PT, .gap = 3 * INC_PT, .sync = true};
    assert_int_equal(inc_pb_advance(&heading, &params, 0, true), 7 * INC_PT);
    assert_int_equal(inc_pb_advance(&heading, &params, 10 * INC_PT, false), 37 * INC_PT);
    heading.sync = true; /* behind a block that left the grid */
    assert_int_equal(inc_pb_advance(&heading, &params, 12 * INC_PT, false), 47 * INC_PT);
    assert_int_equal(inc_pb_advance(&text, &params, 42 * INC_PT, false), 50 * INC_PT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_fills_pages), TEST(test_last_page_holds_a_few_lines), TEST(test_avoids_a_widow), TEST(test_forbidden_break_moves_the_heading), TEST(test_note_takes_room),
        TEST(test_too_tall_box_gets_its_page), TEST(test_nothing_legal_still_ends), TEST(test_forced_and_repeated), TEST(test_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
