/* test_text.c - break opportunities, hyphenation, scripts, case. */
#include "harness.h"

#include <stdlib.h>

#include "base/guard.h"
#include "base/utf8.h"
#include "text/patterns.h"
#include "text/text.h"

/* The text with | at allowed breaks, ! at mandatory ones, ~ at poor ones, ^ at the last ones. */
static inc_str show(inc_arena *arena, inc_str s, const uint8_t *kinds)
{
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < s.n; i++) {
        if (kinds[i])
            inc_buf_byte(&out, " |!~^"[kinds[i]]);
        inc_buf_byte(&out, s.p[i]);
    }
    return inc_buf_str(&out);
}

static inc_str breaks(inc_arena *arena, const char *text)
{
    inc_breaker *breaker = inc_breaker_new(arena, INC_STR("en"));
    inc_str s = inc_str_of(text);
    uint8_t *kinds = inc_alloc(arena, s.n + 1);
    inc_breaker_find(breaker, s, kinds);
    return show(arena, s, kinds);
}

static void test_prose(void **state)
{
    inc_arena *arena = *state;
    assert_str(breaks(arena, "e.g. x"), "e.g. |x");
    assert_str(breaks(arena, "std::io and file.rs"), "std::io |and |file.rs");
    assert_str(breaks(arena, "well-known\nend"), "well-|known\n!end");
    assert_str(breaks(arena, "10\u00A0km (so)"), "10\u00A0km |(so)");
    assert_str(breaks(arena, "say \u201Cno\u201D \u2014 or"), "say |\u201Cno\u201D |\u2014 |or");
    assert_str(breaks(arena, "\U0001F468\u200D\U0001F469 a"), "\U0001F468\u200D\U0001F469 |a");
    assert_str(breaks(arena, ""), "");
}

static inc_str more(inc_arena *arena, const char *text, void (*find)(inc_str, uint8_t *))
{
    inc_str s = inc_str_of(text);
    uint8_t *kinds = inc_alloc(arena, s.n + 1);
    find(s, kinds);
    return show(arena, s, kinds);
}

static void test_code(void **state)
{
    inc_arena *arena = *state;
    assert_str(more(arena, "std::collections::HashMap", inc_breaks_in_code), "std::|collections::|HashMap");
    assert_str(more(arena, "camelCase", inc_breaks_in_code), "camelCase");
    assert_str(more(arena, "ThreadPoolBuilder", inc_breaks_in_code), "Thread^Pool^Builder"); /* reads as three names */
    assert_str(more(arena, "anIteratorOfABC", inc_breaks_in_code), "anIterator^OfABC");
    assert_str(more(arena, "Vec<GlobalThreadPoolBuilder>", inc_breaks_in_code), "Vec<Global~Thread~Pool~Builder>"); /* at need */
    assert_str(more(arena, "SCREAMING_CASE_NAME", inc_breaks_in_code), "SCREAMING_|CASE_|NAME");
    assert_str(more(arena, "snake_case_name", inc_breaks_in_code), "snake_|case_|name");
    assert_str(more(arena, "__init__", inc_breaks_in_code), "__init__");
    assert_str(more(arena, "--no-default-features", inc_breaks_in_code), "--no-|default-|features");
    assert_str(more(arena, "a->b(c,d)", inc_breaks_in_code), "a->b(|c,|d)");
    assert_str(more(arena, "main()", inc_breaks_in_code), "main()");
    assert_str(more(arena, "x.y 1.5 src/lib.rs", inc_breaks_in_code), "x.|y 1.5 src/|lib.|rs");
    assert_str(more(arena, "0..=9", inc_breaks_in_code), "0..=9");
}

static inc_str tailored(inc_arena *arena, const char *text, void (*tailor)(inc_str, uint8_t *))
{
    inc_str s = inc_str_of(text);
    uint8_t *kinds = inc_alloc(arena, s.n + 1);
    inc_breaker_find(inc_breaker_new(arena, INC_STR("en")), s, kinds);
    tailor(s, kinds);
    return show(arena, s, kinds);
}

/* UAX #14 would part nearly all of these. */
static void test_marks_stay_with_their_word(void **state)
{
    inc_arena *arena = *state;
    static const char *const code[] = {"C++", "libstdc++", "--edition", "!Send", "?Sized", "&&str", "*const", "~const", "$crate", "@v1", "//x", "</div>",
                                       "\"/etc", "vec![1]", "a->b", "x?[0]", "-Wl", "->"};
    for (size_t i = 0; i < INC_COUNT(code); i++)
        assert_str(tailored(arena, code[i], inc_breaks_in_code), code[i]);
    assert_str(tailored(arena, "#![no_std]", inc_breaks_in_code), "#![no_|std]");
    assert_str(tailored(arena, "/etc/passwd --x y", inc_breaks_in_code), "/etc/|passwd |--x |y");
    assert_str(tailored(arena, "std::++x\n!y", inc_breaks_in_code), "std::|++x\n!!y");
    static const char *const prose[] = {"C++", "--flag", "/disconnect_all", "(--flag)", "//x"};
    for (size_t i = 0; i < INC_COUNT(prose); i++)
        assert_str(tailored(arena, prose[i], inc_breaks_in_text), prose[i]);
    assert_str(tailored(arena, "is !Send or /etc in .git ... no !", inc_breaks_in_text), "is |!Send |or |/etc |in |.git ... |no !");
    assert_str(tailored(arena, "and/or well-known - no", inc_breaks_in_text), "and/|or |well-|known |- |no");
}

static void test_url(void **state)
{
    inc_arena *arena = *state;
    assert_str(more(arena, "https://doc.rust-lang.org/std/?a=b&c=%20d", inc_breaks_in_url),
               "https://|doc.|rust-|lang.|org/|std/?|a=|b&|c=|%20d");
}

static void test_merging_keeps_mandatory(void **state)
{
    inc_arena *arena = *state;
    inc_breaker *breaker = inc_breaker_new(arena, INC_STR("not a tag at all \xFF"));
    inc_str s = INC_STR("a/b\nc");
    uint8_t kinds[6];
    inc_breaker_find(breaker, s, kinds);
    inc_breaks_in_code(s, kinds);
    assert_int_equal(kinds[4], INC_BREAK_MANDATORY);
    assert_int_equal(kinds[2], INC_BREAK_ALLOWED);
}

/* The conformance suite of Unicode; ICU tailors a few rules, hence the tolerance. */
static void test_conformance(void **state)
{
    inc_arena *arena = *state;
    FILE *f = fopen("/usr/share/unicode/auxiliary/LineBreakTest.txt", "r");
    if (!f) {
        puts("SKIPPED: LineBreakTest.txt is not there (package unicode-data)");
        skip();
    }
    inc_breaker *breaker = inc_breaker_new(arena, INC_STR(""));
    char line[4096];
    unsigned cases = 0, failures = 0;
    while (fgets(line, sizeof line, f)) {
        inc_str rest = inc_str_trim(inc_str_slice(inc_str_of(line), 0, strcspn(line, "#\n")));
        if (!rest.n)
            continue;
        char text[512];
        uint8_t want[512] = {0}, kinds[513];
        size_t n = 0;
        while (rest.n && n < sizeof text - 4) {
            inc_str token = inc_str_cut(&rest, ' ');
            if (inc_str_is(token, "\u00F7"))
                want[n] = 1;
            else if (!inc_str_is(token, "\u00D7"))
                n += inc_utf8_encode((uint32_t)strtoul(token.p, NULL, 16), text + n);
        }
        inc_breaker_find(breaker, (inc_str){text, n}, kinds);
        bool good = true;
        for (size_t i = 1; i < n; i++)
            good = good && (kinds[i] != INC_BREAK_NONE) == want[i];
        cases++;
        failures += !good;
    }
    fclose(f);
    assert_true(cases > 7000);
    if (failures > 30)
        fail_msg("%u of %u cases fail", failures, cases);
}

static inc_hyphenator *hyphenator(inc_arena *arena, const char *language)
{
    const char *root = getenv("INCIPIT_ROOT");
    assert_non_null(root);
    inc_diags *diags = inc_diags_new(arena);
    inc_hyphenator *h = inc_hyphenator_new(arena, inc_strf(arena, "%s/hyphenation", root), inc_str_of(language), diags);
    assert_int_equal(diags->n, 0);
    return h;
}

static inc_str hyphens(inc_arena *arena, inc_hyphenator *h, const char *word)
{
    inc_str s = inc_str_of(word);
    uint16_t offsets[32];
    inc_buf out = inc_buf_in(arena);
    size_t n = inc_hyphenate(h, s, offsets, INC_COUNT(offsets)), from = 0;
    for (size_t i = 0; i < n; i++) {
        inc_buf_add(&out, inc_str_slice(s, from, offsets[i]));
        inc_buf_byte(&out, '-');
        from = offsets[i];
    }
    inc_buf_add(&out, inc_str_slice(s, from, s.n));
    return inc_buf_str(&out);
}

static void test_english(void **state)
{
    inc_arena *arena = *state;
    inc_hyphenator *h = hyphenator(arena, "en");
    assert_non_null(h);
    assert_str(hyphens(arena, h, "hyphenation"), "hy-phen-ation");
    assert_str(hyphens(arena, h, "hyphenation"), "hy-phen-ation"); /* from the cache */
    assert_str(hyphens(arena, h, "Hyphenation"), "Hy-phen-ation");
    assert_str(hyphens(arena, h, "TYPOGRAPHY"), "TY-POG-RA-PHY");
    assert_str(hyphens(arena, h, "after"), "after");
    assert_str(hyphens(arena, h, "ready"), "ready");
    assert_str(hyphens(arena, h, "abcdef1"), "abcdef1");
    assert_str(hyphens(arena, h, ""), "");
    uint16_t one;
    assert_int_equal(inc_hyphenate(h, INC_STR("hyphenation"), &one, 1), 1);
    char word[1000];
    memset(word, 'a', sizeof word);
    assert_int_equal(inc_hyphenate(h, (inc_str){word, sizeof word}, &one, 1), 0);
    assert_int_equal(inc_hyphenate(h, (inc_str){word, 150}, &one, 1), 0);
    assert_str(hyphens(arena, hyphenator(arena, "en-GB"), "typography"), "ty-po-graphy");
}

static void test_german_is_latin1(void **state)
{
    inc_arena *arena = *state;
    inc_hyphenator *h = hyphenator(arena, "de-AT");
    assert_non_null(h);
    assert_str(hyphens(arena, h, "straßenbahn"), "stra-ßen-bahn");
    assert_str(hyphens(arena, h, "Silbentrennung"), "Sil-ben-tren-nung");
}

static void test_french_counts_characters(void **state)
{
    inc_arena *arena = *state;
    inc_hyphenator *h = hyphenator(arena, "fr-CA");
    assert_non_null(h);
    assert_str(hyphens(arena, h, "élémentaire"), "élé-men-taire");
    assert_str(hyphens(arena, h, "e\u0301le\u0301mentaire"), "e\u0301le\u0301-men-taire");
    inc_str split = hyphens(arena, h, "l\u2019élémentaire");
    assert_true(inc_str_ends(split, INC_STR("men-taire")));
    assert_true(inc_str_starts(split, INC_STR("l\u2019él")));
}

static void test_languages(void **state)
{
    inc_arena *arena = *state;
    assert_non_null(hyphenator(arena, "es"));
    assert_non_null(hyphenator(arena, "it-CH"));
    assert_null(hyphenator(arena, "tlh"));
    assert_null(hyphenator(arena, "../hyph_en"));
    assert_null(hyphenator(arena, ""));
    assert_null(hyphenator(arena, "e"));
}

/* The word with hyphens by a dictionary given as text. */
static inc_str by_patterns(inc_arena *arena, const char *dictionary, const char *word)
{
    inc_patterns *p = inc_patterns_read(arena, inc_str_of(dictionary));
    assert_non_null(p);
    uint32_t letters[INC_PATTERN_LETTERS_MAX];
    bool points[INC_PATTERN_LETTERS_MAX];
    inc_str s = inc_str_of(word);
    size_t n = 0;
    for (size_t at = 0; at < s.n;)
        letters[n++] = inc_utf8_decode(s, at, &at);
    inc_patterns_apply(p, letters, n, points);
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < n; i++) {
        if (points[i])
            inc_buf_byte(&out, '-');
        inc_buf_code_point(&out, letters[i]);
    }
    return inc_buf_str(&out);
}

static void test_patterns(void **state)
{
    inc_arena *arena = *state;
    assert_str(by_patterns(arena, "UTF-8\n1b\n", "abab"), "a-ba-b");
    assert_str(by_patterns(arena, "UTF-8\r\n% note\r\n1b\r\n2b.\r\n", "abab"), "a-bab");
    assert_str(by_patterns(arena, "UTF-8\n1b\n.a2b\n", "abab"), "aba-b");
    assert_str(by_patterns(arena, "UTF-8\n1ß\n", "aßaß"), "a-ßa-ß");
    assert_str(by_patterns(arena, "ISO8859-1\n1\xDF\n", "aßaß"), "a-ßa-ß");
    assert_str(by_patterns(arena, "UTF-8\nf1f/ff=f,1,2\n1b\n", "affab"), "affa-b"); /* schiff-fahrt: not a plain hyphen */
    assert_str(by_patterns(arena, "UTF-8\nCOMPOUNDLEFTHYPHENMIN 2\nx1\nNEXTLEVEL\n1b\n", "abxbabab"), "a-bx-ba-ba-b");
    assert_str(by_patterns(arena, "UTF-8\nCOMPOUNDLEFTHYPHENMIN 3\nx1\nNEXTLEVEL\n1b\n", "abxabab"), "a-bx-aba-b");
    assert_str(by_patterns(arena, "UTF-8\n1b\n", ""), "");
    assert_null(inc_patterns_read(arena, INC_STR("")));
    assert_null(inc_patterns_read(arena, INC_STR("UTF-8\n")));
    assert_null(inc_patterns_read(arena, INC_STR("NO-SUCH-CHARSET\n1b\n")));
    inc_buf big = inc_buf_in(arena); /* more patterns than the first guess of the table, and one that is too long */
    inc_buf_puts(&big, "UTF-8\n");
    for (int i = 0; i < 2000; i++)
        inc_buf_printf(&big, "%c%c1%c%c%c%c\n", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i * 7 % 26, 'a' + i * 11 % 26, 'a' + i / 5 % 26, 'a' + i % 3);
    for (int i = 0; i < 300; i++)
        inc_buf_byte(&big, 'z');
    inc_buf_puts(&big, "\nq1q\n");
    assert_str(by_patterns(arena, inc_cstr(arena, inc_buf_str(&big)), "aqqa"), "aq-qa");
}

static void test_scripts(void **state)
{
    (void)state;
    size_t at = 99;
    assert_int_equal(inc_text_script(INC_STR("Plain, naïve, Ελληνικά, \u20AC \U0001F600"), &at), INC_SCRIPT_SIMPLE);
    assert_int_equal(inc_text_script(INC_STR("a \u05D0"), &at), INC_SCRIPT_RIGHT_TO_LEFT);
    assert_int_equal(at, 2);
    assert_int_equal(inc_text_script(INC_STR("é\u6F22"), &at), INC_SCRIPT_CJK);
    assert_int_equal(at, 2);
}

static void test_case(void **state)
{
    inc_arena *arena = *state;
    assert_str(inc_text_upper(arena, INC_STR("straße ﬁ"), INC_STR("de")), "STRASSE FI");
    assert_str(inc_text_upper(arena, INC_STR("i"), INC_STR("tr")), "\u0130");
    assert_str(inc_text_upper(arena, INC_STR("i"), INC_STR("")), "I");
    assert_str(inc_text_lower(arena, INC_STR("ΣΑΣ"), INC_STR("el")), "σας");
    assert_str(inc_text_lower(arena, INC_STR(""), INC_STR("en")), "");
}

static void whole_journey(inc_arena *arena)
{
    inc_str folder = inc_strf(arena, "%s/hyphenation", getenv("INCIPIT_ROOT"));
    inc_hyphenator *h = inc_hyphenator_new(arena, folder, INC_STR("it"), inc_diags_new(arena));
    uint16_t offsets[8];
    inc_hyphenate(h, INC_STR("tipografia"), offsets, 8);
    uint8_t kinds[4];
    inc_breaker_find(inc_breaker_new(arena, INC_STR("ja")), INC_STR("a b"), kinds);
    inc_text_upper(arena, INC_STR("ΐΐΐΐΐΐΐΐΐΐΐΐΐΐΐΐ"), INC_STR("el"));
}

/* Each allocation fails in turn; the leak checker watches. */
static void test_exhaustion(void **state)
{
    (void)state;
    volatile bool failed = true;
    for (unsigned long n = 1; failed; n += n < 40 ? 1 : 97) {
        inc_arena *arena = inc_arena_new();
        inc_guard guard;
        inc_alloc_fail_after(n);
        if (INC_GUARD(&guard) == 0) {
            whole_journey(arena);
            inc_guard_leave(&guard);
            failed = false;
        }
        inc_alloc_fail_after(0);
        inc_arena_free(arena);
        assert_true(n < 5000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_prose), TEST(test_code),
        TEST(test_marks_stay_with_their_word), TEST(test_url), TEST(test_merging_keeps_mandatory), TEST(test_conformance), TEST(test_english),
        TEST(test_german_is_latin1), TEST(test_french_counts_characters), TEST(test_languages), TEST(test_patterns), TEST(test_scripts), TEST(test_case), TEST(test_exhaustion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
