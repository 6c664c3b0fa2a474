/*
 * test_highlight_languages.c - each language against its sample: tests/highlight/NAME.txt and, with every token as {class:text}, NAME.tokens.
 * BLESS=1 in the environment writes what came out; read it before it is committed.
 */
#include "harness.h"

#include <stdlib.h>

#include "highlight/language.h"

static inc_str read_file(inc_arena *arena, inc_str path, bool *found)
{
    inc_buf out = inc_buf_in(arena);
    FILE *file = fopen(inc_cstr(arena, path), "rb");
    *found = file != NULL;
    char chunk[4096];
    for (size_t n; file && (n = fread(chunk, 1, sizeof chunk, file)) > 0;)
        inc_buf_add(&out, (inc_str){chunk, n});
    if (file)
        fclose(file);
    return inc_buf_str(&out);
}

static inc_str marked(inc_arena *arena, inc_str language, inc_str code)
{
    size_t n, at = 0;
    const inc_token *tokens = inc_highlight(arena, language, code, &n);
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < n; i++) {
        assert_true(tokens[i].start >= at && tokens[i].length > 0 && tokens[i].start + tokens[i].length <= code.n);
        inc_buf_add(&out, inc_str_slice(code, at, tokens[i].start));
        at = tokens[i].start + tokens[i].length;
        inc_buf_printf(&out, "{%s:%.*s}", tokens[i].token_class, (int)tokens[i].length, code.p + tokens[i].start);
    }
    inc_buf_add(&out, inc_str_slice(code, at, code.n));
    return inc_buf_str(&out);
}

static void write_file(inc_arena *arena, inc_str path, inc_str text)
{
    FILE *file = fopen(inc_cstr(arena, path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.p, 1, text.n, file), text.n);
    assert_int_equal(fclose(file), 0);
}

static unsigned check_language(inc_arena *arena, const inc_language *language)
{
    inc_str name = {language->names, strcspn(language->names, " ")};
    inc_str base = inc_strf(arena, "%s/tests/highlight/%.*s", getenv("INCIPIT_ROOT"), (int)name.n, name.p);
    bool found;
    inc_str code = read_file(arena, inc_strf(arena, "%.*s.txt", (int)base.n, base.p), &found);
    if (!found) {
        print_error("%.*s.txt is missing: a language has a sample\n", (int)base.n, base.p);
        return 1;
    }
    inc_str got = marked(arena, name, code), path = inc_strf(arena, "%.*s.tokens", (int)base.n, base.p);
    if (getenv("BLESS"))
        write_file(arena, path, got);
    inc_str want = read_file(arena, path, &found);
    if (inc_str_eq(got, want))
        return 0;
    size_t at = 0, line = 1;
    while (at < got.n && at < want.n && got.p[at] == want.p[at])
        line += got.p[at++] == '\n';
    print_error("%.*s.tokens:%zu: got \"%.*s\", want \"%.*s\"\n", (int)base.n, base.p, line, (int)INC_MIN(got.n - at, (size_t)60), got.p + at,
                (int)INC_MIN(want.n - at, (size_t)60), want.p + at);
    return 1;
}

static void test_samples(void **state)
{
    unsigned failures = 0;
    for (size_t i = 0; i < inc_language_count; i++)
        failures += check_language(*state, inc_languages[i]);
    assert_int_equal(failures, 0);
}

static void test_documentation_names_them_all(void **state)
{
    bool found;
    inc_str page = read_file(*state, inc_strf(*state, "%s/docs/highlighting.md", getenv("INCIPIT_ROOT")), &found);
    assert_true(found);
    for (size_t i = 0; i < inc_language_count; i++) {
        inc_buf row = inc_buf_in(*state);
        const char *name = inc_languages[i]->names;
        for (bool first = true; *name; first = false) {
            size_t n = strcspn(name, " ");
            inc_buf_printf(&row, "%s`%.*s`", first ? "\n| " : inc_languages[i]->names + strcspn(inc_languages[i]->names, " ") + 1 == name ? " | " : ", ", (int)n, name);
            name += n + (name[n] == ' ');
        }
        if (inc_str_find(page, inc_buf_str(&row)) == INC_NPOS)
            fail_msg("docs/highlighting.md has no row%.*s", INC_STR_ARG(inc_buf_str(&row)));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_samples), TEST(test_documentation_names_them_all)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
