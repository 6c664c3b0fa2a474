/* test_align.c - places of text that a preprocessor has changed. */
#include "harness.h"

#include "manuscript/align.h"

typedef struct world {
    inc_arena *arena;
    inc_sources *sources;
    inc_text known;
} world;

static world world_of(inc_arena *arena, const char *text)
{
    world w = {.arena = arena, .sources = inc_sources_new(arena)};
    uint32_t file = inc_sources_add(w.sources, INC_STR("a.md"), INC_STR("a.md"), inc_str_of(text));
    w.known = inc_text_of_source(arena, w.sources, file);
    return w;
}

/* Every line of `bytes` against the line of the source that its first byte leads to. */
static void check(inc_arena *arena, const char *known, const char *bytes, const unsigned *lines)
{
    world w = world_of(arena, known);
    inc_arena *scratch = inc_arena_new();
    inc_text text = inc_align(&w.known, (inc_span){1, 0, 0}, inc_str_of(bytes), arena, scratch);
    inc_arena_free(scratch);
    assert_str(text.bytes, bytes);
    size_t at = 0;
    for (inc_str rest = text.bytes; rest.n; lines++) {
        inc_str line = inc_str_cut(&rest, '\n');
        inc_place place;
        assert_true(inc_sources_place(w.sources, inc_text_span(&text, at, at + line.n), &place));
        if (place.line != *lines)
            fail_msg("line \"%.*s\" leads to line %u instead of %u", INC_STR_ARG(line), place.line, *lines);
        at += line.n + 1;
    }
}

static void test_alignment(void **state)
{
    inc_arena *arena = *state;
    const char *known = "# Title\n\nfirst line\nsecond line\n\n}\n\nthird line\n";
    check(arena, known, known, (unsigned[]){1, 2, 3, 4, 5, 6, 7, 8});
    check(arena, known, "put in\n# Title\n\nfirst line\nalso new\nsecond line\n\n}\n\nthird line", (unsigned[]){1, 1, 2, 3, 3, 4, 5, 6, 7, 8});
    check(arena, known, "# Title\n\nthird line\n", (unsigned[]){1, 2, 8});      /* lines taken out */
    check(arena, known, "# Title\n}\nfirst line\n", (unsigned[]){1, 1, 3});      /* a short line is no reason to skip others */
    check(arena, known, "third line\nfirst line\n", (unsigned[]){8, 8});         /* never back */
    check(arena, "same line\nx\nsame line\n", "same line\ny\nsame line\nsame line\n", (unsigned[]){1, 1, 3, 3});
    check(arena, "", "new\n\nnew", (unsigned[]){1, 1, 1});
    check(arena, "one line", "one line\nmore\n", (unsigned[]){1, 1});
}

/* Inside of a line that was kept, places are exact. */
static void test_columns(void **state)
{
    inc_arena *arena = *state;
    world w = world_of(arena, "one two\nthree four\n");
    inc_arena *scratch = inc_arena_new();
    inc_text text = inc_align(&w.known, (inc_span){1, 0, 0}, INC_STR("new words\nthree four\n"), arena, scratch);
    inc_arena_free(scratch);
    inc_span span = inc_text_span(&text, 16, 20); /* "four" */
    assert_int_equal(span.offset, 14);
    assert_int_equal(span.length, 4);
}

/* Many equal lines, all passed: each look-up must not walk them again. */
static void test_cost(void **state)
{
    inc_arena *arena = *state;
    inc_buf known = inc_buf_in(arena), changed = inc_buf_in(arena);
    for (int i = 0; i < 200000; i++) {
        inc_buf_puts(&known, "equal line\n");
        inc_buf_puts(&changed, i % 2 ? "equal line\n" : "another one\n");
    }
    inc_buf_puts(&known, "end");
    world w = world_of(arena, inc_cstr(arena, inc_buf_str(&known)));
    inc_arena *scratch = inc_arena_new();
    inc_text text = inc_align(&w.known, (inc_span){1, 0, 0}, inc_buf_str(&changed), arena, scratch);
    inc_arena_free(scratch);
    assert_int_equal(text.bytes.n, changed.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_alignment), TEST(test_columns), TEST(test_cost)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
