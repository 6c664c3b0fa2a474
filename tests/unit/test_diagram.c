/* test_diagram.c - what a drawing is called, what tools say, what is a drawing; and commands that draw. */
#include "harness.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "image/diagram.h"

static inc_diagram_rule rule_of(inc_arena *arena, const char *name, const char *const *words, const char *version)
{
    inc_diagram_rule rule = {.name = inc_str_of(name), .version = inc_str_of(version), .seconds = 10};
    while (words[rule.command.n])
        rule.command.n++;
    rule.command.v = INC_NEW_N(arena, inc_str, rule.command.n);
    for (uint32_t i = 0; i < rule.command.n; i++)
        rule.command.v[i] = inc_str_of(words[i]);
    return rule;
}

static inc_str name_of(inc_arena *arena, const char *name, const char *const *words, const char *version, const char *text)
{
    inc_diagram_rule rule = rule_of(arena, name, words, version);
    return inc_diagram_name(&rule, inc_str_of(text), arena);
}

/* What is committed today must be found by the incipit of tomorrow: these names may not change. */
static void test_names_stay(void **state)
{
    const char *const dot[] = {"dot", "-Tsvg", NULL};
    assert_str(name_of(*state, "dot", dot, "", "digraph { a -> b }\n"), "dot-d5bda699a79e5e95171f.svg");
    assert_str(name_of(*state, "dot", dot, "2", ""), "dot-1bfc5e000d6fec99236d.svg");
}

static void test_names_differ(void **state)
{
    const char *const dot[] = {"dot", "-Tsvg", NULL}, *const neato[] = {"neato", "-Tsvg", NULL}, *const joined[] = {"dot-Tsvg", NULL}, *const parted[] = {"dot", "-Tsv", "g", NULL},
                      *const longer[] = {"dot", "-Tsvg", "", NULL};
    inc_str names[] = {name_of(*state, "dot", dot, "", "a"), name_of(*state, "dot", neato, "", "a"), name_of(*state, "dot", joined, "", "a"),
        name_of(*state, "dot", parted, "", "a"), name_of(*state, "dot", longer, "", "a"), name_of(*state, "dot", dot, "a", ""), name_of(*state, "dot", dot, "", "a\n"),
        name_of(*state, "dot", dot, "", "")};
    for (size_t i = 0; i < INC_COUNT(names); i++)
        for (size_t k = 0; k < i; k++)
            assert_false(inc_str_eq(names[i], names[k]));
    inc_diagram_rule slow = rule_of(*state, "dot", dot, "");
    slow.seconds = 99; /* is no part of it */
    assert_true(inc_str_eq(inc_diagram_name(&slow, INC_STR("a"), *state), names[0]));
}

/* Whatever a book calls its language, the file lies in the folder of drawings and is known again. */
static void test_names_are_safe(void **state)
{
    static const char *const languages[] = {"dot", "../../etc/passwd", "c++", "a/b", "\xC3\xA4", "", ".", "a-b", "a very long name, longer than any language has ever been called by anybody"};
    const char *const words[] = {"x", NULL};
    for (size_t i = 0; i < INC_COUNT(languages); i++) {
        inc_str name = name_of(*state, languages[i], words, "", "text");
        assert_int_equal(inc_str_find_char(name, '/'), INC_NPOS);
        assert_true(name.n < 64);
        assert_int_equal(inc_diagram_is_name(name), languages[i][0] != '\0');
    }
    static const char *const others[] = {"", "dot.svg", "dot-0123456789abcdef0123", "dot-0123456789abcdef012.svg", "dot-0123456789abcdef01234.svg", "dot-0123456789ABCDEF0123.svg",
        "-0123456789abcdef0123.svg", "Dot-0123456789abcdef0123.svg", "dot_0123456789abcdef0123.svg", "dot-0123456789abcdef0123.svgz", "dot-0123456789abcdefg123.svg"};
    for (size_t i = 0; i < INC_COUNT(others); i++)
        assert_false(inc_diagram_is_name(inc_str_of(others[i])));
}

static void test_rules(void **state)
{
    (void)state;
    inc_diagram_rule own[] = {{.name = INC_STR("dot")}, {.name = INC_STR("gv")}};
    inc_diagram_rules rules = {.v = own, .n = 2}, none = {0};
    assert_ptr_equal(inc_diagram_rule_find(&rules, INC_STR("dot")), &own[0]);
    assert_ptr_equal(inc_diagram_rule_find(&rules, INC_STR("graphviz")), &own[0]);
    assert_ptr_equal(inc_diagram_rule_find(&rules, INC_STR("gv")), &own[1]);
    assert_null(inc_diagram_rule_find(&rules, INC_STR("rust")));
    assert_null(inc_diagram_rule_find(&rules, INC_STR("")));
    assert_null(inc_diagram_rule_find(&none, INC_STR("graphviz")));
    assert_string_equal(inc_diagram_package(INC_STR("/usr/bin/neato")), "graphviz");
    assert_null(inc_diagram_package(INC_STR("mmdc")));
}

static void test_blamed_line(void **state)
{
    static const struct {
        const char *said;
        uint32_t line;
    } cases[] = {{"Error: <stdin>: syntax error in line 3 near '->'", 3}, {"Parse error on line 12:\n...", 12}, {"Error line 4 in file: diagram.puml", 4}, {"LINE 7", 7},
        {"err: -:5:1: unexpected", 5}, {"diagram.d2:9:2: no", 9}, {"a pipeline 3 is no line", 0}, {"at 10:30: too late", 30}, {"line", 0}, {"line x", 0}, {"", 0},
        {"line 99999999999999999999", 999999999}, {"underline 4: no", 0}, {"node:internal/modules/cjs/loader:1080", 0}, {":1:", 1}};
    (void)state;
    for (size_t i = 0; i < INC_COUNT(cases); i++)
        if (inc_diagram_blamed_line(inc_str_of(cases[i].said)) != cases[i].line)
            fail_msg("\"%s\": line %u", cases[i].said, inc_diagram_blamed_line(inc_str_of(cases[i].said)));
}

static void test_gist(void **state)
{
    assert_str(inc_diagram_gist(INC_STR("\n\n  Error: no\n\n   at 3\nb\nc\nd\n"), *state), "Error: no; at 3; b");
    assert_str(inc_diagram_gist(INC_STR("\x1B[31mred\xFF\tend\r\n"), *state), "?[31mred? end");
    assert_str(inc_diagram_gist(INC_STR(" \n"), *state), "");
    inc_buf much = inc_buf_in(*state);
    for (unsigned i = 0; i < 10000; i++)
        inc_buf_byte(&much, 'x');
    assert_true(inc_diagram_gist(inc_buf_str(&much), *state).n <= 300);
}

static void test_faults(void **state)
{
    (void)state;
    assert_null(inc_diagram_fault(INC_STR("<svg xmlns='http://www.w3.org/2000/svg'/>")));
    assert_null(inc_diagram_fault(INC_STR("<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg/>\n")));
    assert_string_equal(inc_diagram_fault(INC_STR("")), "it wrote nothing");
    assert_string_equal(inc_diagram_fault(INC_STR(" \n")), "it wrote nothing");
    assert_string_equal(inc_diagram_fault(INC_STR("<html/>")), "what it wrote is no SVG");
    assert_string_equal(inc_diagram_fault(INC_STR("<svg><g></svg>")), "its SVG is not well-formed XML");
    assert_string_equal(inc_diagram_fault(INC_STR("<svg><g>")), "its SVG is not well-formed XML");
    assert_string_equal(inc_diagram_fault(INC_STR("<svg/><svg/>")), "it wrote more than one SVG, or something behind it");
}

/* ---- commands ---- */

static char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "TMPDIR=/nowhere", NULL};

static inc_drawing draw(inc_arena *arena, const char *script, const char *third, inc_str text)
{
    char folder[] = "/tmp/incipit-diagram-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *const words[] = {"sh", "-c", script, "sh", third, NULL};
    inc_diagram_rule rule = rule_of(arena, "sketch", words, "");
    inc_diagram_bench bench = {.root = INC_STR("/the book"), .scratch = inc_str_dup(arena, inc_str_of(folder)), .environment = environment};
    inc_drawing drawing = inc_diagram_draw(&bench, &rule, text, arena);
    assert_int_equal(rmdir(folder), 0); /* nothing stays behind */
    return drawing;
}

static void test_draws(void **state)
{
    inc_drawing streams = draw(*state, "read n; echo \"<svg width='$n'/>\"; echo careful >&2", NULL, INC_STR("17\n"));
    assert_int_equal(streams.end, INC_DIAGRAM_DRAWN);
    assert_str(streams.svg, "<svg width='17'/>\n");
    assert_str(inc_diagram_gist(streams.said, *state), "careful");
    inc_drawing files = draw(*state, "cat '{input}' >copy && sed 's/x/svg/' copy >{output} && mkdir -p a/b && touch a/b/c $TMPDIR/d", NULL, INC_STR("<x/>"));
    assert_int_equal(files.end, INC_DIAGRAM_DRAWN);
    assert_str(files.svg, "<svg/>");
    inc_drawing words = draw(*state, "echo \"<svg id='$1'/>\"", "{root}/{roof}{", INC_STR(""));
    assert_str(words.svg, "<svg id='/the book/{roof}{'/>\n");
}

static void test_fails(void **state)
{
    inc_drawing failed = draw(*state, "echo \"$0: line 3: no\" >&2; echo \"$PWD/diagram.x\" >&2; exit 2", NULL, INC_STR("x"));
    assert_int_equal(failed.end, INC_DIAGRAM_FAILED);
    assert_str(failed.reason, "exit status 2");
    assert_str(inc_diagram_gist(failed.said, *state), "sh: line 3: no; diagram.x"); /* without the name that is another each time */
    assert_str(draw(*state, "exit 0; {output}", NULL, INC_STR("x")).reason, "it wrote no file");
    assert_str(draw(*state, "mkdir {output}", NULL, INC_STR("x")).reason, "what it wrote cannot be read: Is a directory");
    assert_str(draw(*state, "kill -9 $$", NULL, INC_STR("x")).reason, "killed by SIGKILL");
    assert_str(draw(*state, "exec head -c 100000000 /dev/zero >{output}", NULL, INC_STR("x")).reason, "it wrote a file of more than 67108864 bytes");
    inc_str large = {inc_alloc(*state, INC_DIAGRAM_SIZE_MAX + 1), INC_DIAGRAM_SIZE_MAX + 1};
    assert_str(draw(*state, "echo '<svg/>'", NULL, large).reason, "the block has more than 1048576 bytes");
}

static void test_missing(void **state)
{
    const char *const words[] = {"no-such-program-anywhere", NULL};
    inc_diagram_rule rule = rule_of(*state, "x", words, "");
    inc_diagram_bench bench = {.root = INC_STR("/"), .scratch = INC_STR("/tmp"), .environment = environment};
    inc_drawing drawing = inc_diagram_draw(&bench, &rule, INC_STR("x"), *state);
    assert_int_equal(drawing.end, INC_DIAGRAM_MISSING);
    bench.scratch = INC_STR("/no/such/folder");
    assert_int_equal(inc_diagram_draw(&bench, &rule, INC_STR("x"), *state).end, INC_DIAGRAM_NO_SCRATCH);
    volatile sig_atomic_t interrupted = 2;
    const char *const sleeps[] = {"sleep", "100", NULL};
    rule = rule_of(*state, "x", sleeps, "");
    bench = (inc_diagram_bench){.root = INC_STR("/"), .scratch = INC_STR("/tmp"), .environment = environment, .interrupted = &interrupted};
    assert_int_equal(inc_diagram_draw(&bench, &rule, INC_STR("x"), *state).end, INC_DIAGRAM_INTERRUPTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_names_stay), TEST(test_names_differ), TEST(test_names_are_safe), TEST(test_rules), TEST(test_blamed_line), TEST(test_gist), TEST(test_faults),
        TEST(test_draws), TEST(test_fails), TEST(test_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
