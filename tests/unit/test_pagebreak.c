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
    size_t n = inc_pagebreak(*state, &(inc_pb_list){.boxes = boxes, .n = 14, .notes = &note, .note_count = 1}, &params, &pages);
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
    inc_pb_list list = {.boxes = boxes, .n = 20, .notes = notes, .note_count = 12};
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
    inc_pb_list list = {.boxes = boxes, .n = 30, .notes = notes, .note_count = 4};
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
    inc_pb_list list = {.boxes = boxes, .n = 3, .notes = notes, .note_count = 35};
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
    inc_pb_list list = {.boxes = boxes, .n = 12, .notes = notes, .note_count = 4};
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
        inc_pb_list list = {.boxes = boxes, .n = LINES, .notes = notes, .note_count = count};
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

/* Ten lines a page, the first one on the right, then spreads. */
static const inc_pb_params spreads = {.height = 100 * INC_PT, .unit = 10 * INC_PT, .note_space = 5 * INC_PT, .recto = true};

static void test_facing_pages_end_level(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    for (int i = 28; i < 32; i++) /* the right-hand page of the spread must end three lines early */
        boxes[i].penalty = INC_NO_PAGE_BREAK;
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &(inc_pb_list){.boxes = boxes, .n = 60}, &spreads, &pages);
    check_cover(pages, n, 60);
    assert_true(pages[1].height - pages[2].height <= 10 * INC_PT && pages[2].height - pages[1].height <= 10 * INC_PT);
    inc_pb_params alone = spreads;
    alone.recto = false; /* now that page is a left-hand one: the right-hand one beside it ends early too */
    n = inc_pagebreak(*state, &(inc_pb_list){.boxes = boxes, .n = 60}, &alone, &pages);
    check_cover(pages, n, 60);
    assert_true(pages[0].height - pages[1].height <= 10 * INC_PT && pages[1].height - pages[0].height <= 10 * INC_PT);
    assert_true(pages[2].height - pages[3].height <= 10 * INC_PT && pages[3].height - pages[2].height <= 10 * INC_PT);
}

static void test_blocks_take_room(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    boxes[2].stretch = INC_PB_AROUND; /* a block of two lines */
    boxes[2].sync = boxes[4].sync = true;
    boxes[6].stretch = INC_PB_ABOVE; /* a heading */
    boxes[6].sync = true;
    boxes[8].penalty = boxes[9].penalty = INC_NO_PAGE_BREAK;
    boxes[10].penalty = INC_BAD_PAGE_BREAK;
    boxes[0].stretch = INC_PB_ABOVE; /* has no room above it at the head of the page */
    for (int i = 8; i < 12; i++)
        boxes[i].penalty = i == 8 ? 0 : INC_NO_PAGE_BREAK; /* the page ends two lines early */
    inc_pb_page *pages;
    size_t n = break_pages(*state, boxes, 28, &pages);
    assert_int_equal(pages[0].end, 8);
    assert_int_equal(pages[0].stretched, 2);
    assert_int_equal(pages[0].height, 100 * INC_PT);
    inc_len tops[LINES];
    assert_int_equal(inc_pb_tops(boxes, &pages[0], &params, tops), 100 * INC_PT);
    assert_int_equal(tops[1], 10 * INC_PT);
    assert_int_equal(tops[2], 25 * INC_PT);
    assert_int_equal(tops[3], 35 * INC_PT);
    assert_int_equal(tops[4], 50 * INC_PT); /* text is on the grid again */
    assert_int_equal(tops[6], 80 * INC_PT);
    check_cover(pages, n, 28);
}

static void test_last_block_has_its_room_above(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    boxes[7].stretch = INC_PB_AROUND;
    boxes[7].sync = boxes[9].sync = true;
    boxes[10].penalty = INC_NO_PAGE_BREAK; /* the page ends with the block, a line early */
    inc_pb_page *pages;
    break_pages(*state, boxes, 19, &pages);
    assert_int_equal(pages[0].end, 9);
    assert_int_equal(pages[0].stretched, 1);
    inc_len tops[LINES];
    assert_int_equal(inc_pb_tops(boxes, &pages[0], &params, tops), 100 * INC_PT);
    assert_int_equal(tops[7], 80 * INC_PT);
}

static void test_block_that_is_led_in_to_gives_way(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    boxes[3].stretch = INC_PB_ABOVE;
    boxes[7].stretch = INC_PB_LED;
    boxes[3].sync = boxes[7].sync = boxes[9].sync = true;
    boxes[10].penalty = INC_NO_PAGE_BREAK; /* the page ends with the block, a line early */
    inc_pb_page *pages;
    break_pages(*state, boxes, 19, &pages);
    assert_int_equal(pages[0].end, 9);
    assert_int_equal(pages[0].stretched, 1);
    inc_len tops[LINES];
    assert_int_equal(inc_pb_tops(boxes, &pages[0], &params, tops), 100 * INC_PT);
    assert_int_equal(tops[3], 40 * INC_PT);
    assert_int_equal(tops[7], tops[6] + 10 * INC_PT);
}

static void test_paragraphs_give_lines(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    inc_pb_variant variants[] = {{.first = 1, .count = 5, .shorter = 90, .longer = 50}, {.first = 12, .count = 4, .shorter = 60}};
    inc_pb_list list = {.boxes = boxes, .n = 21, .variants = variants, .variant_count = 2};
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &list, &params, &pages); /* 21 lines: one page less with a paragraph a line shorter */
    assert_int_equal(n, 2);
    check_cover(pages, n, 21);
    assert_int_equal(pages[0].lines + pages[1].lines, -1);
    uint32_t chosen[INC_PB_LINES_MAX];
    size_t short_page = pages[0].lines ? 0 : 1;
    assert_int_equal(inc_pb_chosen(&list, &pages[short_page], chosen), 1);
    assert_int_equal(chosen[0], short_page);
    boxes[10].penalty = INC_BAD_PAGE_BREAK; /* a widow; a line more before it saves it */
    list.n = 30;
    variants[0].shorter = 0;
    n = inc_pagebreak(*state, &list, &params, &pages);
    check_cover(pages, n, 30);
    assert_int_equal(pages[0].end, 9);
    assert_int_equal(pages[0].lines, 1);
    assert_int_equal(pages[0].height, 100 * INC_PT);
}

static void test_any_mixture_of_shapes(void **state)
{
    uint32_t seed = 7;
    for (int round = 0; round < 500; round++) {
        inc_pb_box boxes[LINES];
        inc_pb_variant variants[LINES];
        inc_len tops[LINES];
        size_t count = 0;
        lines_of(boxes);
        for (uint32_t i = 0; i < LINES; i++) {
            seed = seed * 1664525 + 1013904223;
            boxes[i].penalty = seed >> 29 == 0 ? INC_NO_PAGE_BREAK : seed >> 29 == 1 ? INC_BAD_PAGE_BREAK : 0;
            boxes[i].stretch = (seed >> 16 & 7) == 0 ? INC_PB_ABOVE : (seed >> 16 & 7) == 1 ? INC_PB_AROUND : (seed >> 16 & 7) == 2 ? INC_PB_LED : INC_PB_RIGID;
            boxes[i].sync = boxes[i].stretch || (seed >> 12 & 3) == 0;
            boxes[i].forced = (seed >> 20 & 31) == 0;
            if (i % 4 == 3)
                variants[count++] = (inc_pb_variant){i - 3, 4, seed >> 8 & 63, seed >> 3 & 31};
        }
        inc_pb_list list = {.boxes = boxes, .n = LINES, .variants = variants, .variant_count = count};
        inc_pb_params at = spreads;
        at.recto = round % 2;
        inc_pb_page *pages;
        size_t n = inc_pagebreak(*state, &list, &at, &pages);
        check_cover(pages, n, LINES);
        for (size_t p = 0; p < n; p++) {
            uint32_t chosen[INC_PB_LINES_MAX];
            assert_int_equal(inc_pb_chosen(&list, &pages[p], chosen), pages[p].lines < 0 ? -pages[p].lines : pages[p].lines);
            assert_true(pages[p].overfull || pages[p].height <= at.height);
            inc_len end = inc_pb_tops(boxes, &pages[p], &at, tops);
            assert_int_equal(end + pages[p].lines * at.unit, pages[p].height);
        }
    }
}

/* Boxes 5 to 7 are a figure of 60 pt and its caption. */
static inc_pb_list with_figure(inc_pb_box boxes[LINES], inc_pb_float *figure, size_t n)
{
    lines_of(boxes);
    boxes[5].height = 50 * INC_PT;
    boxes[5].gap = 10 * INC_PT;
    boxes[6].penalty = INC_NO_PAGE_BREAK;
    boxes[7].gap = 10 * INC_PT;
    *figure = (inc_pb_float){.first = 5, .end = 7, .after = 10 * INC_PT};
    return (inc_pb_list){.boxes = boxes, .n = n, .floats = figure, .float_count = 1};
}

static void test_figure_moves_when_it_does_not_fit(void **state)
{
    inc_pb_box boxes[LINES];
    inc_pb_float figure;
    inc_pb_list list = with_figure(boxes, &figure, 30);
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &list, &params, &pages);
    assert_int_equal(pages[0].moved, 1);
    assert_int_equal(pages[0].end, 12); /* five lines before it, five behind it */
    assert_int_equal(pages[0].height, 100 * INC_PT);
    assert_int_equal(pages[1].head, 1);
    assert_int_equal(pages[1].end, 15); /* 60 pt, the space below it, three lines */
    uint32_t order[LINES];
    inc_pb_order(&list, pages, n, order);
    check_cover(pages, n, 30);
    const uint32_t want[] = {0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 5, 6, 12};
    for (size_t i = 0; i < INC_COUNT(want); i++)
        assert_int_equal(order[i], want[i]);
}

static void test_figure_stays_when_it_fits(void **state)
{
    inc_pb_box boxes[LINES];
    inc_pb_float figure;
    inc_pb_list list = with_figure(boxes, &figure, 30);
    boxes[5].height = 10 * INC_PT;
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &list, &params, &pages);
    assert_int_equal(pages[0].moved, 0);
    check_cover(pages, n, 30);
}

static void test_figure_stays_in_its_section(void **state)
{
    inc_pb_box boxes[LINES];
    inc_pb_float figure;
    inc_pb_list list = with_figure(boxes, &figure, 30);
    boxes[8].barrier = true; /* one line of text between the figure and a heading */
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &list, &params, &pages);
    for (size_t i = 0; i < n; i++)
        assert_true(!pages[i].moved || pages[i].end <= 8);
    list = with_figure(boxes, &figure, 8); /* or and the end of the chapter */
    n = inc_pagebreak(*state, &list, &params, &pages);
    assert_int_equal(pages[n - 1].end, 8);
    assert_int_equal(pages[n - 1].moved, 0);
}

static void test_any_mixture_of_figures(void **state)
{
    uint32_t seed = 3;
    unsigned moved = 0;
    for (int round = 0; round < 1000; round++) {
        inc_pb_box boxes[LINES];
        inc_pb_float floats[LINES];
        uint32_t order[LINES];
        size_t count = 0;
        lines_of(boxes);
        for (uint32_t i = 0; i < LINES; i++) {
            seed = seed * 1664525 + 1013904223;
            boxes[i].penalty = seed >> 29 == 0 ? INC_NO_PAGE_BREAK : 0;
            boxes[i].barrier = (seed >> 20 & 15) == 0;
            boxes[i].forced = (seed >> 10 & 63) == 0;
            boxes[i].gap = (inc_len)(seed >> 8 & 1) * 10 * INC_PT;
            if ((seed >> 14 & 7) == 0 && i + 2 < LINES && (!count || floats[count - 1].end <= i))
                floats[count++] = (inc_pb_float){.first = i, .end = i + 1 + (seed >> 5 & 1), .after = 10 * INC_PT};
        }
        for (size_t k = 0; k < count; k++) {
            boxes[floats[k].first].height = 60 * INC_PT;
            for (uint32_t i = floats[k].first + 1; i < floats[k].end; i++)
                boxes[i] = (inc_pb_box){.height = 10 * INC_PT, .penalty = INC_NO_PAGE_BREAK};
        }
        inc_pb_list list = {.boxes = boxes, .n = LINES, .floats = floats, .float_count = count};
        inc_pb_page *pages;
        size_t n = inc_pagebreak(*state, &list, &spreads, &pages);
        for (size_t i = 0; i < n; i++) {
            moved += pages[i].moved != 0;
            assert_true(pages[i].overfull || pages[i].height <= spreads.height);
            assert_int_equal(pages[i].head, i ? pages[i - 1].moved : 0);
            if (!pages[i].moved)
                continue;
            const inc_pb_float *f = &floats[pages[i].moved - 1];
            assert_true(f->first > pages[i].first && f->end < pages[i].end);
            for (uint32_t k = f->end; k < pages[i].end; k++)
                assert_true(!boxes[k].barrier && !boxes[k].forced && (pages[i].moved == count || k < floats[pages[i].moved].first));
        }
        inc_pb_order(&list, pages, n, order);
        bool seen[LINES] = {false};
        for (size_t i = 0; i < LINES; i++) {
            assert_false(seen[order[i]]);
            seen[order[i]] = true;
        }
        for (size_t k = 1; k < count; k++) { /* figures keep their order */
            size_t a = 0, b = 0;
            for (size_t i = 0; i < LINES; i++) {
                a = order[i] == floats[k - 1].first ? i : a;
                b = order[i] == floats[k].first ? i : b;
            }
            assert_true(a < b);
        }
    }
    assert_true(moved > 100);
}

static void test_sides(void **state)
{
    inc_pb_box boxes[LINES];
    lines_of(boxes);
    boxes[13].forced = boxes[20].forced = true;
    boxes[13].side = INC_PB_VERSO; /* the two pages before it are a right-hand and a left-hand one: a blank right-hand page */
    boxes[20].side = INC_PB_RECTO; /* the page before it is a left-hand one: nothing to do */
    inc_pb_page *pages;
    size_t n = inc_pagebreak(*state, &(inc_pb_list){.boxes = boxes, .n = 25}, &spreads, &pages);
    assert_int_equal(n, 5);
    const struct {
        uint32_t first, end;
        bool blank;
    } want[] = {{0, 8, false}, {8, 13, false}, {13, 13, true}, {13, 20, false}, {20, 25, false}};
    for (size_t i = 1; i < n; i++) {
        assert_int_equal(pages[i].end, want[i].end);
        assert_int_equal(pages[i].blank, want[i].blank);
    }
    inc_pb_params left = spreads;
    left.recto = false; /* now it is the other one that needs a blank page, or none */
    n = inc_pagebreak(*state, &(inc_pb_list){.boxes = boxes, .n = 25}, &left, &pages);
    assert_int_equal(n, 4);
    for (size_t i = 0; i < n; i++)
        assert_false(pages[i].blank);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_fills_pages), TEST(test_last_page_holds_a_few_lines), TEST(test_avoids_a_widow), TEST(test_forbidden_break_moves_the_heading), TEST(test_note_takes_room),
        TEST(test_long_note_goes_on),
        TEST(test_note_is_not_split_early), TEST(test_note_behind_the_last_box), TEST(test_no_room_for_a_note), TEST(test_any_mixture_of_notes),
        TEST(test_too_tall_box_gets_its_page), TEST(test_nothing_legal_still_ends), TEST(test_forced_and_repeated), TEST(test_lower_first_page), TEST(test_boxes_without_height), TEST(test_grid),
        TEST(test_facing_pages_end_level), TEST(test_blocks_take_room), TEST(test_last_block_has_its_room_above),
        TEST(test_block_that_is_led_in_to_gives_way), TEST(test_paragraphs_give_lines),
        TEST(test_any_mixture_of_shapes), TEST(test_figure_moves_when_it_does_not_fit), TEST(test_figure_stays_when_it_fits),
        TEST(test_figure_stays_in_its_section), TEST(test_any_mixture_of_figures), TEST(test_sides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
