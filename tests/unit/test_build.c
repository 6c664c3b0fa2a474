/* test_build.c - the whole run: names, dumps, statuses, and memory that runs out anywhere. */
#include "harness.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "base/guard.h"
#include "build.h"
#include "build_run.h"

static inc_build_options options_for(inc_arena *arena, const char *book)
{
    const char *root = getenv("INCIPIT_ROOT");
    return (inc_build_options){.book = inc_strf(arena, "%s/%s", root, book), .data = inc_str_of(root), .jobs = 1};
}

static void test_slugs(void **state)
{
    assert_str(inc_run_slug(*state, inc_str_of("The C++ Book: 2nd édition!")), "the-c-book-2nd-édition");
    assert_str(inc_run_slug(*state, inc_str_of("  -- ")), "");
    assert_str(inc_run_slug(*state, inc_str_of("../../etc/passwd")), "etc-passwd");
    assert_true(inc_run_slug(*state, inc_strf(*state, "%0400d", 1)).n <= 124);
}

static bool holds(inc_str s, const char *part)
{
    return inc_str_find(s, inc_str_of(part)) != INC_NPOS;
}

static void test_dumps(void **state)
{
    inc_build_options options = options_for(*state, "tests/books/sampler");
    const char *want[] = {"chapter ", "<h1", "page", "font-size"};
    for (unsigned kind = INC_DUMP_DOCUMENT; kind <= INC_DUMP_STYLE; kind++) {
        inc_build_result result = inc_dump(&options, (inc_dump_kind)kind);
        assert_int_equal(result.status, INC_STATUS_FINE);
        if (!holds(result.dump, want[kind]))
            fail_msg("dump %u lacks '%s'", kind, want[kind]);
        inc_build_result_free(&result);
    }
}

static void test_check_counts_and_writes_nothing(void **state)
{
    inc_build_options options = options_for(*state, "tests/books/sampler");
    inc_build_result result = inc_check(&options);
    assert_int_equal(result.status, INC_STATUS_FINE);
    assert_int_equal(result.output_count, 0);
    assert_true(result.chapter_count > 3 && result.page_count > 10 && result.layout_passes > 0);
    assert_str(result.title, "A Sampler of Everything");
    inc_build_result_free(&result);
}

static size_t count_of(const inc_build_result *result, inc_diag_id id)
{
    size_t n = 0;
    for (size_t i = 0; i < result->diags->n; i++)
        n += result->diags->v[i].id == id;
    return n;
}

static void test_check_looks_at_the_pages(void **state)
{
    inc_build_options options = options_for(*state, "tests/books/loose.md");
    inc_build_result result = inc_check(&options);
    assert_int_equal(result.status, INC_STATUS_FINE);
    assert_int_equal(count_of(&result, INC_DIAG_LOOSE_LINE), 1);
    inc_place place;
    assert_true(inc_sources_place(result.sources, result.diags->v[result.diags->n - 1].span, &place));
    assert_int_equal(place.line, 3);
    inc_build_result_free(&result);
    result = inc_dump(&options, INC_DUMP_PAGES);
    assert_int_equal(count_of(&result, INC_DIAG_LOOSE_LINE), 0);
    inc_build_result_free(&result);
}

static void write_file(inc_arena *arena, inc_str folder, const char *name, inc_str text)
{
    FILE *file = fopen(inc_path_join(arena, folder, inc_str_of(name)).p, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.p, 1, text.n, file), text.n);
    fclose(file);
}

/* `switch` in a drawing chooses by the language of the book, which is English when it names none: the German line is the one that is too thin. */
static void test_drawings_speak_the_language_of_the_book(void **state)
{
    static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='50'><switch><path systemLanguage='de' d='M0 9H200' stroke='#000' stroke-width='.1'/>"
                              "<path d='M0 9H200' stroke='#000' stroke-width='3'/></switch></svg>";
    static const struct {
        const char *front;
        size_t thin;
    } cases[] = {{"---\nlanguage: de-AT\n---\n", 1}, {"---\nlanguage: fr\n---\n", 0}, {"", 0}};
    char name[] = "/tmp/incipit-build-XXXXXX";
    assert_non_null(mkdtemp(name));
    inc_str folder = inc_str_of(name);
    write_file(*state, folder, "x.svg", INC_STR(svg));
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        write_file(*state, folder, "book.md", inc_strf(*state, "%s# A\n\n![A line](x.svg)\n", cases[i].front));
        inc_build_options options = options_for(*state, "");
        options.book = inc_path_join(*state, folder, INC_STR("book.md"));
        inc_build_result result = inc_check(&options);
        assert_int_equal(result.status, INC_STATUS_FINE);
        assert_int_equal(count_of(&result, INC_DIAG_THIN_LINE), cases[i].thin);
        inc_build_result_free(&result);
    }
    remove(inc_path_join(*state, folder, INC_STR("x.svg")).p);
    remove(inc_path_join(*state, folder, INC_STR("book.md")).p);
    assert_int_equal(rmdir(name), 0);
}

static void test_statuses(void **state)
{
    inc_build_options options = options_for(*state, "tests/no-such-book");
    inc_build_result result = inc_check(&options);
    assert_int_equal(result.status, INC_STATUS_ERRORS);
    inc_build_result_free(&result);
    options = options_for(*state, "tests/books/sampler");
    options.data = inc_str_of("/nonexistent");
    result = inc_check(&options);
    assert_int_equal(result.status, INC_STATUS_MACHINE);
    inc_build_result_free(&result);
    volatile sig_atomic_t interrupted = 1;
    options = options_for(*state, "tests/books/sampler");
    options.interrupted = &interrupted;
    result = inc_check(&options);
    assert_int_equal(result.status, INC_STATUS_INTERRUPTED);
    inc_build_result_free(&result);
}

/* ---- memory ---- */

static size_t count_files(inc_str folder, const inc_build_result *result)
{
    size_t n = 0;
    for (unsigned i = 0; i < result->output_count; i++)
        n += inc_file_exists(result->outputs[i].path);
    return rmdir(folder.p) == 0 ? 0 : n ? n : 99; /* 99: something else is left */
}

/* Allocations fail at points spread over the whole run; each time status 3 comes back and no file stays behind. */
static void test_memory_runs_out(void **state)
{
    inc_arena *arena = *state;
    char folder[] = "/tmp/incipit-build-XXXXXX";
    assert_non_null(mkdtemp(folder));
    inc_build_options options = options_for(arena, "tests/golden/notes/input.md");
    options.output = inc_strf(arena, "%s/out", folder);
    unsigned long before = inc_alloc_count();
    inc_build_result result = inc_check(&options);
    unsigned long all = inc_alloc_count() - before;
    assert_int_equal(result.status, INC_STATUS_FINE);
    inc_build_result_free(&result);
    for (unsigned long n = 1; n < all; n += n < 10 ? 1 : all / 12) {
        inc_alloc_fail_after(n);
        result = inc_build(&options);
        inc_alloc_fail_after(0);
        if (result.status != INC_STATUS_MACHINE || !result.out_of_memory || result.output_count)
            fail_msg("allocation %lu of %lu: status %d, %u files", n, all, result.status, result.output_count);
        if (inc_folder_exists(options.output))
            assert_int_equal(count_files(options.output, &result), 0);
        inc_build_result_free(&result);
    }
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_slugs),
        TEST(test_dumps),
        TEST(test_check_counts_and_writes_nothing),
        TEST(test_check_looks_at_the_pages),
        TEST(test_drawings_speak_the_language_of_the_book),
        TEST(test_statuses),
        TEST(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
