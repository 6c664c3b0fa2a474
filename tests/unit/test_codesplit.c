/* test_codesplit.c - where a listing may be parted. */
#include "harness.h"

#include "base/vec.h"
#include "layout/codesplit.h"

enum { LINES = 32 };

typedef struct listing {
    size_t n;
    int32_t penalties[LINES];
} listing;

static listing split(inc_arena *arena, const char *language, const char *code)
{
    listing l = {0};
    uint32_t starts[LINES];
    inc_str text = inc_str_of(code);
    for (uint32_t at = 0; at < text.n; l.n++) {
        starts[l.n] = at;
        at += (uint32_t)inc_str_find_char(inc_str_slice(text, at, text.n), '\n') + 1;
    }
    size_t count;
    const inc_token *tokens = inc_highlight(arena, inc_str_of(language), text, &count);
    inc_code_penalties(text, tokens, count, starts, l.n, l.penalties);
    return l;
}

static void test_blank_lines_come_first(void **state)
{
    listing l = split(*state, "rust",
                      "use std::io;\n"             /* 0 */
                      "\n"                         /* 1 */
                      "fn main() {\n"              /* 2 */
                      "    let a = 1;\n"           /* 3 */
                      "    let b = 2;\n"           /* 4 */
                      "\n"                         /* 5 */
                      "    if a < b {\n"           /* 6 */
                      "        println!(\"a\");\n" /* 7 */
                      "    }\n"                    /* 8 */
                      "}\n"                        /* 9 */
                      "fn next() {}\n");           /* 10 */
    assert_int_equal(l.n, 11);
    assert_true(l.penalties[2] < l.penalties[6]); /* the outer one first */
    assert_true(l.penalties[6] < l.penalties[4]); /* then an inner one, then between two statements */
    assert_true(l.penalties[10] < l.penalties[4]); /* behind the end of a function */
    assert_true(l.penalties[4] < l.penalties[3]); /* not behind "{" */
    assert_true(l.penalties[4] < l.penalties[8] && l.penalties[4] < l.penalties[9]); /* not before "}" */
    assert_true(l.penalties[1] > l.penalties[8]); /* a blank line stays at the foot */
}

static void test_comments_and_attributes_stay(void **state)
{
    listing l = split(*state, "rust",
                      "struct A;\n"
                      "/// One line of it,\n"
                      "/// and another.\n"
                      "#[derive(Debug)]\n"
                      "#[must_use]\n"
                      "struct B { // that is\n"
                      "           // all of it\n"
                      "    c: u8,\n"
                      "}\n");
    for (size_t i = 2; i <= 5; i++)
        assert_true(l.penalties[i] >= 6000);
    assert_int_equal(l.penalties[6], INC_CODE_NEVER);
    assert_true(l.penalties[1] < 1000);
}

static void test_sessions_part_at_prompts(void **state)
{
    listing l = split(*state, "console",
                      "$ cargo build\n"
                      "   Compiling a v0.1.0\n"
                      "    Finished dev\n"
                      "$ cargo run\n"
                      "Hello\n");
    assert_true(l.penalties[3] < l.penalties[1] && l.penalties[3] < l.penalties[2] && l.penalties[3] < l.penalties[4]);
}

static void test_any_text(void **state)
{
    listing l = split(*state, "", "\n\n   \n\x80\xFF\n}\n)\n");
    assert_int_equal(l.n, 6);
    assert_int_equal(l.penalties[0], 0);
    for (size_t i = 1; i < l.n; i++)
        assert_true(l.penalties[i] > 0 && l.penalties[i] <= INC_CODE_NEVER);
    assert_int_equal(split(*state, "rust", "").n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_blank_lines_come_first), TEST(test_comments_and_attributes_stay), TEST(test_sessions_part_at_prompts), TEST(test_any_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
