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

static size_t break_pages(inc_arena *arena, const inc_pb_box *boxes, size_t n, inc_pb_page **pages)
{
    return inc_pagebreak(arena, &(inc_pb_list){.boxes = boxes, .n = n}, &params, pages);
}

static void test_fills_pages(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    inc_pb_page *pages;
    size_t n = break_pages(*state, boxes, 25, &pages);
    assert_int_equal(n, 3);
    assert_int_equal(pages[0].end, 10);
    check_cover(pages, n, 25);
}

static void test_last_page_holds_a_few_lines(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    inc_pb_page *pages;
    size_t n = break_pages(*state, boxes, 22, &pages);
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
    size_t n = break_pages(*state, boxes, 15, &pages);
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
    size_t n = break_pages(*state, boxes, 15, &pages);
    assert_int_equal(pages[0].end, 9);
    assert_int_equal(pages[1].height, 60 * INC_PT); /* its space is gone at the head of the page */
    check_cover(pages, n, 15);
}

static void test_note_takes_room(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    inc_pb_note note = {.height = 25 * INC_PT, .begins = true};
    boxes[3].notes = 1;
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &(inc_pb_list){boxes, 14, &note, 1}, &params, &pages);
    assert_int_equal(n, 2);
    assert_int_equal(pages[0].end, 7);
    assert_int_equal(pages[0].notes, 30 * INC_PT);
}

/* Every note line stands once, in order, and nothing is higher than its page. */
static void check_notes(const inc_pb_page *pages, size_t n, const inc_pb_list *list)
{
    uint32_t at = 0;
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(pages[i].note_first, at);
        assert_true(pages[i].note_end >= at);
        at = pages[i].note_end;
        assert_true(pages[i].overfull || pages[i].height + pages[i].notes <= params.height);
    }
    assert_int_equal(at, list->note_count);
}

/* One note of n lines of 10 pt, split neither after its first line nor before its last one. */
static void note_of(inc_pb_note *notes, int n)
{
    for (int i = 0; i < n; i++)
        notes[i] = (inc_pb_note){.height = 10 * INC_PT, .begins = i == 0, .firm = i == 1 || (i && i == n - 1)};
}

static void test_long_note_goes_on(void **state)
{
    inc_pb_box boxes[LINES];
    inc_pb_note notes[12];
    lines_of(boxes);
    note_of(notes, 12);
    boxes[2].notes = 12;
    inc_pb_list list = {boxes, 20, notes, 12};
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &list, &params, &pages);
    check_notes(pages, n, &list);
    check_cover(pages, n, 20);
    assert_int_equal(n, 4);
    assert_int_equal(pages[0].end, 3);
    assert_int_equal(pages[0].note_end, 6);
    assert_int_equal(pages[1].note_end, 12); /* the rest at once, under its rule */
    assert_int_equal(pages[1].notes, 65 * INC_PT);
}

static void test_note_is_not_split_early(void **state)
{
    inc_pb_box boxes[LINES];
    inc_pb_note notes[4];
    lines_of(boxes);
    note_of(notes, 4); /* four lines: two and two */
    boxes[7].notes = 4;
    inc_pb_list list = {boxes, 30, notes, 4};
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &list, &params, &pages);
    check_notes(pages, n, &list);
    assert_int_equal(pages[0].end, 7); /* a page three lines short is better than a split note */
    assert_int_equal(pages[0].note_end, 0);
    assert_int_equal(pages[1].note_end, 4);
    note_of(notes, 3); /* cannot be split at all */
    list.note_count = boxes[7].notes = 3;
    n = inc_pagebreak(*state, &list, &params, &pages);
    check_notes(pages, n, &list);
    assert_int_equal(pages[0].note_end, 0);
}

static void test_note_behind_the_last_box(void **state)
{
    inc_pb_box boxes[LINES];
    inc_pb_note notes[35];
    lines_of(boxes);
    note_of(notes, 35);
    boxes[1].notes = 35;
    inc_pb_list list = {boxes, 3, notes, 35};
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &list, &params, &pages);
    check_notes(pages, n, &list);
    assert_true(n >= 4);
    assert_int_equal(pages[n - 1].first, 3);
    assert_int_equal(pages[n - 1].end, 3);
}

static void test_no_room_for_a_note(void **state)
{
    inc_pb_box boxes[LINES];
    inc_pb_note notes[4];
    lines_of(boxes);
    note_of(notes, 4);
    boxes[2].height = 95 * INC_PT; /* a picture that fills its page */
    boxes[2].notes = 3;
    boxes[3].notes = 1;
    notes[3] = (inc_pb_note){.height = 200 * INC_PT, .begins = true};
    inc_pb_list list = {boxes, 12, notes, 4};
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &list, &params, &pages);
    check_notes(pages, n, &list);
    assert_int_equal(pages[1].notes, 0);
    assert_true(pages[n - 1].overfull); /* that line of 200 pt */
}

static void test_any_mixture_of_notes(void **state)
{
    uint32_t seed = 1;
    for (int round = 0; round < 500; round++) {
        inc_pb_box boxes[LINES];
        inc_pb_note notes[LINES * 6];
        uint32_t count = 0;
        lines_of(boxes);
        for (int i = 0; i < LINES; i++) {
            seed = seed * 1664525 + 1013904223;
            boxes[i].penalty = seed >> 29 == 0 ? INC_NO_PAGE_BREAK : seed >> 29 == 1 ? INC_BAD_PAGE_BREAK : 0;
            boxes[i].forced = (seed >> 16 & 31) == 0;
            boxes[i].notes = (seed >> 8 & 7) == 0 ? 1 + (seed >> 12) % 6 : 0;
            note_of(notes + count, (int)boxes[i].notes);
            count += boxes[i].notes;
        }
        inc_pb_list list = {boxes, LINES, notes, count};
        inc_pb_page *pages;
        size_t n = inc_pagebreak(*state, &list, &params, &pages);
        check_notes(pages, n, &list);
        for (size_t i = 1; i < n; i++)
            assert_int_equal(pages[i].first, pages[i - 1].end);
        assert_int_equal(pages[n - 1].end, LINES);
    }
}

static void test_too_tall_box_gets_its_page(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    boxes[2].height = 150 * INC_PT;
    inc_pb_page *pages;
    size_t n = break_pages(*state, boxes, 5, &pages);
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
    size_t n = break_pages(*state, boxes, LINES, &pages);
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
    size_t n = break_pages(*state, boxes, 28, &pages);
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

static void test_lower_first_page(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    inc_pb_params lower = params;
    lower.first_height = 40 * INC_PT;
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &(inc_pb_list){.boxes = boxes, .n = 24}, &lower, &pages);
    assert_int_equal(n, 3);
    assert_int_equal(pages[0].end, 4);
    assert_int_equal(pages[1].end, 14);
}

static void test_boxes_without_height(void **state)
{
    size_t n = 100000;
    inc_pb_box *boxes = INC_NEW_N(*state, inc_pb_box, n);
    inc_pb_page *pages;
    size_t count = break_pages(*state, boxes, n, &pages);
    assert_true(count >= 1 && count < 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_fills_pages), TEST(test_last_page_holds_a_few_lines), TEST(test_avoids_a_widow), TEST(test_forbidden_break_moves_the_heading), TEST(test_note_takes_room),
        TEST(test_long_note_goes_on),
        TEST(test_note_is_not_split_early), TEST(test_note_behind_the_last_box), TEST(test_no_room_for_a_note), TEST(test_any_mixture_of_notes),
        TEST(test_too_tall_box_gets_its_page), TEST(test_nothing_legal_still_ends), TEST(test_forced_and_repeated), TEST(test_lower_first_page), TEST(test_boxes_without_height), TEST(test_grid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
