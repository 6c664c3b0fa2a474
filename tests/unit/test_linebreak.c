/* test_linebreak.c - breaking with typed-in numbers. */
#include "harness.h"

#include "base/vec.h"
#include "layout/linebreak.h"

typedef struct paragraph {
    INC_VEC(inc_lb_item) items;
} paragraph;

/* "aaa bb cccc": a box of one pt a letter, glue 1 +1 -0.5 for a blank, '-' a hyphenation point. */
static paragraph paragraph_of(inc_arena *arena, const char *text)
{
    paragraph p = {0};
    for (const char *s = text; *s;) {
        size_t n = strcspn(s, " -");
        if (n)
            INC_PUSH(arena, &p.items, (inc_lb_item){.kind = INC_LB_BOX, .width = (inc_len)n * INC_PT});
        s += n;
        if (*s == ' ')
            INC_PUSH(arena, &p.items, (inc_lb_item){.kind = INC_LB_GLUE, .width = INC_PT, .stretch = INC_PT, .shrink = INC_PT / 2});
        else if (*s == '-')
            INC_PUSH(arena, &p.items, (inc_lb_item){.kind = INC_LB_PENALTY, .flagged = true, .penalty = 50, .width = INC_PT});
        s += *s != '\0';
    }
    INC_PUSH(arena, &p.items, (inc_lb_item){.kind = INC_LB_PENALTY, .penalty = INC_PENALTY_FORCED});
    return p;
}

static size_t break_at(inc_arena *arena, const char *text, inc_len width, int32_t tolerance, bool force, inc_lb_line **lines)
{
    paragraph p = paragraph_of(arena, text);
    inc_lb_params params = {.width = width * INC_PT, .tolerance = tolerance, .max_hyphens = 2, .force = force};
    return inc_linebreak(arena, p.items.v, p.items.n, &params, lines);
}

static void test_exact_lines(void **state)
{
    inc_lb_line *lines;
    size_t n = break_at(*state, "aaaa bbbb cccc dddd ee", 9, 100, false, &lines);
    assert_int_equal(n, 3);
    assert_int_equal(lines[0].shortfall, 0);
    assert_int_equal(lines[1].start, 4);
    assert_true(lines[2].last);
    assert_false(lines[0].last);
}

static void test_whole_paragraph_beats_greedy(void **state)
{
    /* Greedy would fill the first line with three words and leave the second with a hole. */
    inc_lb_line *lines;
    size_t n = break_at(*state, "aa bb cc ddddddd eeeeee f", 8, 10000, false, &lines);
    assert_true(n >= 3);
    for (size_t i = 0; i < n; i++)
        assert_false(lines[i].overfull);
}

static void test_hyphen_is_used_when_needed(void **state)
{
    inc_lb_line *lines;
    size_t n = break_at(*state, "aaaa bbb-bbb cccc", 9, 200, false, &lines);
    assert_int_equal(n, 2);
    assert_true(lines[0].hyphenated);
    assert_int_equal(lines[0].shortfall, 0);
}

static void test_infeasible_is_said(void **state)
{
    inc_lb_line *lines;
    assert_int_equal(break_at(*state, "aaaaaaaaaaaaaaaaaaaa bb", 9, 10000, false, &lines), 0);
    size_t n = break_at(*state, "aaaaaaaaaaaaaaaaaaaa bb", 9, 10000, true, &lines);
    assert_int_equal(n, 2);
    assert_true(lines[0].overfull);
    assert_true(lines[0].shortfall < 0);
}

static void test_lines_cover_every_box_once(void **state)
{
    inc_arena *arena = *state;
    inc_buf text = inc_buf_in(arena);
    unsigned seed = 7;
    for (int i = 0; i < 3000; i++) {
        seed = seed * 1103515245 + 12345;
        for (unsigned k = 0; k < 1 + (seed >> 16) % 9; k++)
            inc_buf_byte(&text, 'a');
        inc_buf_byte(&text, (seed >> 24) % 5 ? ' ' : '-');
    }
    paragraph p = paragraph_of(arena, inc_cstr(arena, inc_buf_str(&text)));
    inc_lb_params params = {.width = 60 * INC_PT, .tolerance = 10000, .max_hyphens = 3, .force = true};
    inc_lb_line *lines;
    size_t n = inc_linebreak(arena, p.items.v, p.items.n, &params, &lines);
    size_t boxes = 0, want = 0;
    for (size_t i = 0; i < p.items.n; i++)
        want += p.items.v[i].kind == INC_LB_BOX;
    for (size_t i = 0; i < n; i++) {
        assert_true(i == 0 || lines[i].start >= lines[i - 1].end);
        for (uint32_t k = lines[i].start; k < lines[i].end; k++)
            boxes += p.items.v[k].kind == INC_LB_BOX;
        if (!lines[i].overfull)
            assert_true(lines[i].shortfall >= -lines[i].shrink);
    }
    assert_int_equal(boxes, want);
}

static void test_protrusion_widens_the_line(void **state)
{
    inc_arena *arena = *state;
    paragraph p = paragraph_of(arena, "aaaa bbbbb cc");
    p.items.v[2].right = INC_PT; /* the last letter of the line may hang out */
    inc_lb_params params = {.width = 9 * INC_PT, .tolerance = 10, .max_hyphens = 2};
    inc_lb_line *lines;
    size_t n = inc_linebreak(arena, p.items.v, p.items.n, &params, &lines);
    assert_int_equal(n, 2);
    assert_int_equal(lines[0].shortfall, 0);
}

static void test_looseness(void **state)
{
    inc_arena *arena = *state;
    paragraph p = paragraph_of(arena, "aaa bbb ccc ddd eee fff ggg hhh iii jjj kkk lll mmm nnn ooo ppp qqq rrr sss ttt uuu vvv www xxx yyy");
    inc_lb_params params = {.width = 22 * INC_PT, .tolerance = 10000, .max_hyphens = 2};
    inc_lb_line *lines;
    inc_lb_lines ways[3];
    size_t n = inc_linebreak(arena, p.items.v, p.items.n, &params, &lines);
    inc_linebreak_loose(arena, p.items.v, p.items.n, &params, ways);
    assert_int_equal(ways[1].n, n);
    assert_int_equal(ways[2].n, n + 1);
    assert_true(ways[2].demerits > ways[1].demerits);
    for (int way = 0; way < 3; way++)
        for (size_t i = 0; i < ways[way].n; i++)
            assert_true(ways[way].v[i].shortfall >= -ways[way].v[i].shrink);
    params.tolerance = 1; /* nothing but the best */
    inc_linebreak_loose(arena, p.items.v, p.items.n, &params, ways);
    assert_int_equal(ways[2].n, 0);
}

static void test_words_give_with_tracking_only(void **state)
{
    inc_arena *arena = *state;
    paragraph p = paragraph_of(arena, "aaaaa bbbbb cccccc dd");
    for (size_t i = 0; i < p.items.n; i++)
        if (p.items.v[i].kind == INC_LB_BOX)
            p.items.v[i].stretch = p.items.v[i].shrink = INC_PT;
    inc_lb_params params = {.width = 10 * INC_PT, .tolerance = 100, .max_hyphens = 2};
    inc_lb_line *lines;
    assert_int_equal(inc_linebreak(arena, p.items.v, p.items.n, &params, &lines), 0);
    params.track = true;
    assert_int_equal(inc_linebreak(arena, p.items.v, p.items.n, &params, &lines), 2);
    assert_int_equal(lines[0].shrink, INC_PT / 2); /* of the space */
    assert_int_equal(lines[0].word_shrink, 2 * INC_PT);
    assert_int_equal(lines[0].shortfall, -INC_PT);
}

/* Where a line cannot be good, it is filled all the same: "about them is at" before a long word, not "about" alone. */
static void test_hopeless_lines_are_filled(void **state)
{
    inc_arena *arena = *state;
    paragraph p = paragraph_of(arena, "about them is at lllllllllllllllllllllllllllll mmmmm nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn zz");
    for (size_t i = 0; i < p.items.n; i++)
        p.items.v[i].stretch /= 16;
    inc_lb_params params = {.width = 40 * INC_PT, .tolerance = 10000, .line_stretch = 5 * INC_PT, .max_hyphens = 2};
    inc_lb_line *lines;
    size_t n = inc_linebreak(arena, p.items.v, p.items.n, &params, &lines);
    assert_int_equal(n, 3);
    assert_int_equal(lines[0].shortfall, 24 * INC_PT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_exact_lines), TEST(test_whole_paragraph_beats_greedy), TEST(test_hyphen_is_used_when_needed), TEST(test_infeasible_is_said),
        TEST(test_lines_cover_every_box_once), TEST(test_protrusion_widens_the_line), TEST(test_looseness), TEST(test_words_give_with_tracking_only), TEST(test_hopeless_lines_are_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
