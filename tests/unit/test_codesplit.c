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
    assert_true(l.penalties[1] > l.penalties[3] && l.penalties[1] < l.penalties[8]); /* a blank line stays at the foot, if nothing is closed instead */
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
    for (size_t i = 2; i <= 6; i++)
        assert_int_equal(l.penalties[i], INC_CODE_NEVER);
    assert_true(l.penalties[1] < 1000);
}

/* Whatever ends a thing stays with it: in each language by its own sign or word. */
static void test_ends_stay(void **state)
{
    static const struct {
        const char *language, *code;
        unsigned end; /* the line that ends something */
    } cases[] = {
        {"rust", "fn a() {\n    b();\n    c();\n}\n", 3},
        {"rust", "let a = b(\n    1,\n    2,\n);\n", 3},
        {"javascript", "f(() => {\n  a();\n  b();\n});\n", 3},
        {"ruby", "def a\n  b\n  c\nend\n", 3},
        {"lua", "f(function()\n  a()\n  b()\nend)\n", 3},
        {"bash", "if a; then\n  b\n  c\nfi\n", 3},
        {"bash", "for a in b; do\n  c\n  d\ndone >e\n", 3},
        {"html", "<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>\n", 3},
        {"c", "/*\n * a\n * b\n */\nint c;\n", 3},
        {"json", "[\n  1,\n  2\n]\n", 3},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        listing l = split(*state, cases[i].language, cases[i].code);
        if (l.penalties[cases[i].end] != INC_CODE_NEVER)
            fail_msg("%s: %d before line %u", cases[i].language, l.penalties[cases[i].end], cases[i].end);
    }
    listing names = split(*state, "python", "a = 1\nend = 2\nendpoint = 3\nfinal = 4\ndone_it = 5\n");
    assert_true(names.penalties[2] < 1000 && names.penalties[3] < 1000 && names.penalties[4] < 1000);
}

static void test_beginnings_stay(void **state)
{
    static const struct {
        const char *language, *code;
    } cases[] = { /* before the second line */
        {"python", "def a():\n    b()\n    c()\n"}, {"go", "case 1:\n\ta()\n"}, {"ruby", "class A\n  def b\n"}, {"yaml", "a:\n  b: c\n"},
        {"rust", "fn a() {\n    b();\n}\n"}, {"c", "int a(void)\n{\n    b();\n}\n"},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++)
        if (split(*state, cases[i].language, cases[i].code).penalties[1] < 2000)
            fail_msg("%s parts behind the line that begins it", cases[i].language);
}

/* Attributes, decorators and annotations, on a line or on several, and comments that tell of something, stay with it. Directives do not. */
static void test_what_is_said_of_things_stays(void **state)
{
    static const struct {
        const char *language, *code;
        unsigned lines; /* that are kept together, from the first on */
    } cases[] = {
        {"rust", "#[derive(Debug)]\n#[non_exhaustive]\nstruct A;\nstruct B;\n", 3},
        {"rust", "#[derive(\n    Debug,\n    Clone,\n)]\nstruct A;\nstruct B;\n", 5},
        {"rust", "/// One.\n#[inline]\n/// Two.\nfn a() {}\nfn b() {}\n", 4},
        {"rust", "/** One.\n    Two. */\nfn a() {}\nfn b() {}\n", 3},
        {"python", "@a\n@b.c\ndef d(): pass\ne = 1\n", 3},
        {"python", "@app.route(\n    \"/x\",\n    methods=[\"GET\"],\n)\ndef d(): pass\ne = 1\n", 5},
        {"java", "@Override\npublic void a() {}\nint b;\n", 2},
        {"java", "/**\n * One.\n * @return two\n */\nint a() {}\nint b;\n", 5},
        {"typescript", "@Component({\n  a: 1,\n})\nclass B {}\nclass C {}\n", 4},
        {"csharp", "[Fact]\npublic void A() {}\nint b;\n", 2},
        {"go", "// A is a.\nfunc A() {}\nvar b int\n", 2},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        listing l = split(*state, cases[i].language, cases[i].code);
        for (unsigned k = 1; k < cases[i].lines; k++)
            if (l.penalties[k] != INC_CODE_NEVER)
                fail_msg("%s, case %zu: %d before line %u", cases[i].language, i, l.penalties[k], k);
        assert_true(l.penalties[cases[i].lines] < 1000);
    }
    listing includes = split(*state, "c", "#include <a>\n#include <b>\n#define C 1\n#define D 2\n");
    for (size_t i = 1; i < includes.n; i++)
        assert_true(includes.penalties[i] < 1000);
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
        TEST(test_blank_lines_come_first), TEST(test_comments_and_attributes_stay), TEST(test_ends_stay), TEST(test_beginnings_stay),
        TEST(test_what_is_said_of_things_stays), TEST(test_sessions_part_at_prompts), TEST(test_any_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
