/* test_cli.c - what the command line shows: widths, excerpts, findings, options. */
#include "harness.h"

#include <getopt.h>

#include "base/source.h"
#include "cli/cli.h"

static inc_place place_of(inc_arena *arena, const char *text, size_t offset, size_t length)
{
    inc_sources *sources = inc_sources_new(arena);
    uint32_t file = inc_sources_add(sources, INC_STR("a.md"), INC_STR("book/src/a.md"), inc_str_of(text));
    inc_place place;
    assert_true(inc_sources_place(sources, (inc_span){file, (uint32_t)offset, (uint32_t)length}, &place));
    return place;
}

static void check_excerpt(inc_arena *arena, const char *text, size_t offset, size_t length, unsigned width, const char *line, const char *carets)
{
    inc_place place = place_of(arena, text, offset, length);
    inc_buf shown = inc_buf_in(arena), below = inc_buf_in(arena);
    inc_columns_excerpt(&place, width, &shown, &below);
    assert_str(inc_buf_str(&shown), line);
    assert_str(inc_buf_str(&below), carets);
}

static void test_widths(void **state)
{
    (void)state;
    assert_int_equal(inc_columns_of('a'), 1);
    assert_int_equal(inc_columns_of(0xE9), 1);
    assert_int_equal(inc_columns_of(0x301), 0);  /* combining acute */
    assert_int_equal(inc_columns_of(0x200B), 0); /* zero width space */
    assert_int_equal(inc_columns_of(0x4E2D), 2);
    assert_int_equal(inc_columns_of(0xFF21), 2);
    assert_int_equal(inc_columns_of(0x1F600), 2);
}

static void test_excerpts(void **state)
{
    inc_arena *arena = *state;
    check_excerpt(arena, "one two three\n", 4, 3, 80, "one two three", "    ^^^");
    check_excerpt(arena, "one\ntwo", 4, 3, 80, "two", "^^^");
    check_excerpt(arena, "ab", 2, 0, 80, "ab", "  ^");                                  /* at the line's end */
    check_excerpt(arena, "one\ntwo\n", 1, 5, 80, "one", " ^^");                         /* over the line's end */
    check_excerpt(arena, "\tx\ty", 3, 1, 80, "    x   y", "        ^");                 /* tabs */
    check_excerpt(arena, "\xE4\xB8\xAD\xE6\x96\x87x", 3, 3, 80, "\xE4\xB8\xAD\xE6\x96\x87x", "  ^^"); /* wide */
    check_excerpt(arena, "e\xCC\x81x", 3, 1, 80, "e\xCC\x81x", " ^");                   /* combining */
    check_excerpt(arena, "a\x1B[2Jb", 5, 1, 80, "a\xEF\xBF\xBD[2Jb", "     ^");         /* an escape sequence is not obeyed */
    check_excerpt(arena, "0123456789abcdefghij", 18, 1, 9, "fghij", "   ^");            /* a window */
    check_excerpt(arena, "0123456789abcdefghij", 2, 1, 9, "012345678\xE2\x80\xA6", "  ^");
    check_excerpt(arena, "0123456789abcdefghij", 0, 20, 9, "012345678\xE2\x80\xA6", "^^^^^^^^^");
}

static void render(inc_arena *arena, inc_render how, const char *want)
{
    inc_sources *sources = inc_sources_new(arena);
    inc_diags *diags = inc_diags_new(arena);
    uint32_t file = inc_sources_add(sources, INC_STR("src/a.md"), INC_STR("book/./src/a.md"), INC_STR("first\nsecond line\n"));
    inc_report(diags, INC_DIAG_NUL_BYTE, (inc_span){file, 13, 4}, "a NUL \033 byte")->hint = INC_STR("remove it");
    inc_report(diags, INC_DIAG_CANNOT_WRITE, INC_NO_SPAN, "cannot write 'x'")->page = INC_STR("iv");
    inc_buf out = inc_buf_in(arena);
    inc_report_render(diags, sources, NULL, &how, &out);
    assert_str(inc_buf_str(&out), want);
    assert_str(inc_report_summary(diags, how.notes, arena), "1 error, 1 warning");
}

static void test_gcc(void **state)
{
    render(*state, (inc_render){.format = INC_FORMAT_GCC, .notes = true},
        "book/src/a.md:2:8: warning: a NUL \xEF\xBF\xBD byte; remove it [nul-byte]\n"
        "incipit: fatal error: cannot write 'x' (page iv) [cannot-write]\n");
}

static void test_human(void **state)
{
    render(*state, (inc_render){.format = INC_FORMAT_HUMAN, .notes = true},
        "warning[nul-byte]: a NUL \xEF\xBF\xBD byte\n"
        "  --> book/src/a.md:2:8\n"
        " 2 | second line\n"
        "   |        ^^^^\n"
        "   = hint: remove it\n"
        "\n"
        "error[cannot-write]: cannot write 'x'\n"
        "   page iv\n"
        "\n");
}

static void test_runs_are_shortened(void **state)
{
    inc_arena *arena = *state;
    inc_diags *diags = inc_diags_new(arena);
    for (int i = 0; i < 40; i++)
        inc_report(diags, INC_DIAG_NUL_BYTE, INC_NO_SPAN, "again");
    inc_buf out = inc_buf_in(arena);
    inc_report_render(diags, inc_sources_new(arena), NULL, &(inc_render){.format = INC_FORMAT_HUMAN}, &out);
    assert_int_not_equal(inc_str_find(inc_buf_str(&out), INC_STR("... and 28 more of nul-byte")), INC_NPOS);
    inc_buf all = inc_buf_in(arena);
    inc_report_render(diags, inc_sources_new(arena), NULL, &(inc_render){.format = INC_FORMAT_HUMAN, .all = true}, &all);
    assert_true(all.n > 2 * out.n);
}

static bool parse(inc_arena *arena, inc_options *options, int *status, int argc, ...)
{
    static char *argv[16];
    va_list args;
    va_start(args, argc);
    argv[0] = (char *)"incipit";
    for (int i = 1; i <= argc; i++)
        argv[i] = va_arg(args, char *);
    argv[argc + 1] = NULL;
    va_end(args);
    optind = 0; /* glibc: begin anew */
    return inc_options_read(argc + 1, argv, arena, options, status);
}

static void test_options(void **state)
{
    inc_arena *arena = *state;
    inc_options o;
    int status;
    assert_true(parse(arena, &o, &status, 0));
    assert_int_equal(o.command, INC_COMMAND_BUILD);
    assert_string_equal(o.book, ".");
    assert_true(parse(arena, &o, &status, 7, "--strict", "check", "my.md", "-j", "3", "--color=never", "-v"));
    assert_int_equal(o.command, INC_COMMAND_CHECK);
    assert_string_equal(o.book, "my.md");
    assert_int_equal(o.jobs, 3);
    assert_true(o.strict && o.verbose && o.color == INC_WHEN_NEVER);
    assert_true(parse(arena, &o, &status, 5, "./book", "--to", "pdf, epub", "-o", "x"));
    assert_int_equal(o.to, INC_TO_PDF | INC_TO_EPUB);
    assert_string_equal(o.output, "x");
    assert_true(parse(arena, &o, &status, 3, "dump", "--as", "pages"));
    assert_int_equal(o.dump, INC_DUMP_PAGES);
    assert_true(parse(arena, &o, &status, 2, "build", "check")); /* a book may have a command's name */
    assert_string_equal(o.book, "check");
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_widths), TEST(test_excerpts), TEST(test_gcc), TEST(test_human),
        TEST(test_runs_are_shortened), TEST(test_options)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
