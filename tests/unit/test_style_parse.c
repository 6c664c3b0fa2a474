/* test_style_parse.c - tokens, declarations, error recovery, media, at-rules: what a sheet says about itself. */
#include "harness.h"

#include "style/sheet.h"

static inc_str kinds(inc_arena *arena, const char *css)
{
    static const char letters[] = "$if@#sSuUd1%D_<>:;,[](){}";
    inc_css_tokens t = inc_css_tokenize(arena, inc_str_of(css));
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < t.n; i++)
        inc_buf_byte(&out, letters[t.v[i].kind]);
    return inc_buf_str(&out);
}

static void test_tokens(void **state)
{
    inc_arena *a = *state;
    assert_str(kinds(a, "a b/* c */c"), "i_ii");
    assert_str(kinds(a, "#id #1a @media 12 1.5 -3% +4px .5e3 --x -a"), "#_#_@_1_1_%_D_1_i_i");
    assert_str(kinds(a, "url(a.png) url( \"a\" ) url(a b) f(x)"), "u_f_s_)_U_fi)");
    assert_str(kinds(a, "\"open\nx 'ok' <!-- -->"), "S_i_s_<_>");
    assert_str(kinds(a, "a:b;c,[]{}()*"), "i:i;i,[]{}()d");
    assert_str(kinds(a, "/* never closed"), "");
    assert_str(kinds(a, "\\"), "d");
    assert_str(kinds(a, "-"), "d");
    assert_str(kinds(a, "1e 1e+ 1.e"), "D_Dd_1di");
}

static void test_token_values(void **state)
{
    inc_arena *a = *state;
    inc_css_tokens t = inc_css_tokenize(a, INC_STR("\\41 b\\E9  \"a\\\nb\\26 x\" url(a\\)b) -1.5e2PX 0.0000005 12345678901234567890 1e99"));
    assert_str(t.v[0].text, "Ab\xC3\xA9");
    assert_str(t.v[2].text, "ab&x");
    assert_str(t.v[4].text, "a)b");
    assert_int_equal(t.v[6].number, -150 * INC_CSS_UNIT);
    assert_str(t.v[6].text, "PX");
    assert_int_equal(t.v[8].number, 1);
    assert_int_equal(t.v[10].number, INC_CSS_NUMBER_MAX);
    assert_int_equal(t.v[12].number, INC_CSS_NUMBER_MAX);
}

static void test_brackets(void **state)
{
    inc_css_tokens t = inc_css_tokenize(*state, INC_STR("{([)]}a(b"));
    assert_int_equal(t.v[0].match, 8); /* the "(" is never closed, so nothing around it is */
    assert_int_equal(t.v[2].match, 2);
    t = inc_css_tokenize(*state, INC_STR("{(])}x"));
    assert_int_equal(t.v[0].match, 4);
    assert_int_equal(t.v[1].match, 2);
}

typedef struct parsed {
    inc_sheet *sheet;
    inc_diags *diags;
    inc_sources *sources;
} parsed;

static parsed parse(inc_arena *arena, const char *css)
{
    parsed p = {.sources = inc_sources_new(arena), .diags = inc_diags_new(arena)};
    p.sheet = inc_sheet_new(arena, p.sources, p.diags);
    inc_sheet_add(p.sheet, inc_sources_add(p.sources, INC_STR("a.css"), INC_STR("a.css"), inc_str_of(css)), INC_STR(""));
    return p;
}

/* The ids of all findings with their places: "css-bad-value@1:12". */
static inc_str findings(inc_arena *arena, const char *css)
{
    parsed p = parse(arena, css);
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < p.diags->n; i++) {
        inc_place place = {0};
        inc_sources_place(p.sources, p.diags->v[i].span, &place);
        inc_buf_printf(&out, "%s%s@%u:%u", i ? " " : "", inc_diag_info_of(p.diags->v[i].id)->name, place.line, place.column);
    }
    return inc_buf_str(&out);
}

static void test_recovery(void **state)
{
    inc_arena *a = *state;
    parsed p = parse(a, "p { color: red; broken; margin: 1pt }\n} h1 { color: blue }");
    assert_int_equal(p.sheet->rules.n, 1); /* the stray } is part of the next selector, which spoils it */
    assert_int_equal(p.sheet->rules.v[0].declarations.n, 2);
    assert_str(findings(a, "p { color: red; broken; margin: 1pt }"), "css-syntax@1:17");
    assert_str(findings(a, "p { a { color: red } margin: 1pt }"), "css-syntax@1:5");
    assert_str(findings(a, "p { color: red"), "");
    assert_str(findings(a, "p {} garbage"), "css-syntax@1:6");
    assert_str(findings(a, "@charset \"x\"; @namespace svg url(x); <!-- p{} --> @keyframes x { from { top: 0 } }"), "");
    assert_str(findings(a, "@import \"x.css\";"), "css-import@1:1");
    assert_str(findings(a, "p {} @import \"x.css\";"), "css-syntax@1:6");
    assert_str(findings(a, "@rotate { x }"), "css-unknown-rule@1:1");
    assert_str(findings(a, "p & q { color: red } p::wibble { } p:wibble {} p > { }"),
               "css-bad-selector@1:3 css-bad-selector@1:25 css-bad-selector@1:38 css-bad-selector@1:50");
}

static void test_diagnosed_values(void **state)
{
    inc_arena *a = *state;
    assert_str(findings(a, "p { colour: red; color: rainbow;\n  margin: 1pt 2pt 3pt 4pt 5pt; margin: 3; margin: auto }"),
               "css-unknown-property@1:5 css-bad-value@1:25 css-bad-value@2:11 css-bad-value@2:40");
    assert_str(findings(a, "p { display: grid; overflow: hidden; -webkit-hyphens: auto; box-shadow: 0 0 2px red; background: url(x.png) no-repeat }"),
               "css-readers-only@1:5 css-readers-only@1:20 css-readers-only@1:61 css-readers-only@1:86");
    assert_str(findings(a, "p { box-shadow: none } q { box-shadow: none } @media epub { p { position: static } }"), "css-readers-only@1:5");
    assert_str(findings(a, "p { color: var(--x); margin: var(--y, 1pt) }"), "");
    assert_str(findings(a, "p { width: calc(100% - 1pt) }"), "css-bad-value@1:12");
    assert_str(findings(a, "p { padding: -1pt } p { line-height: -1 } p { font-size: -1pt } p { size: 1in }"),
               "css-bad-value@1:14 css-bad-value@1:38 css-bad-value@1:58 css-unknown-property@1:69");
    assert_str(findings(a, "@media screen { p { color: red; margin: 1pt; border: 1pt solid } }"), "css-screen-geometry@1:33");
    assert_str(findings(a, "@media epub { p { wibble: 1; color: nonsense } }"), ""); /* not for paper: none of our business */
    assert_str(findings(a, "@page { @left-nowhere { content: 'x' } }"), "css-unknown-rule@1:9");
    assert_str(findings(a, "@page a:b {}"), "css-bad-selector@1:7");
    assert_str(findings(a, "@font-face { font-family: X; src: local('Y') }"), "css-font-face@1:1");
    parsed p = parse(a, "p { colour: red }");
    assert_str(p.diags->v[0].hint, "did you mean 'color'?");
}

static void test_media(void **state)
{
    inc_arena *a = *state;
    static const struct {
        const char *media;
        int screen, print, epub;
        const char *wrap;
    } cases[] = {
        {"print", 0, 1, 0, ""}, {"screen", 1, 0, 0, ""}, {"epub", 0, 0, 1, ""}, {"print, screen", 1, 1, 0, ""}, {"all", 1, 1, 1, ""},
        {"not print", 1, 0, 1, ""}, {"not epub", 1, 1, 0, ""}, {"only screen", 1, 0, 0, ""}, {"speech", 0, 0, 0, ""},
        {"screen and (min-width: 30em)", 0, 0, 0, ""}, {"(prefers-color-scheme: dark)", 0, 0, 1, "@media (prefers-color-scheme: dark)"},
        {"epub and (prefers-color-scheme: dark)", 0, 0, 1, "@media (prefers-color-scheme: dark)"},
        {"print, (max-width: 20em)", 0, 1, 1, "@media (max-width: 20em)"}, {"amzn-kf8", 0, 0, 1, "@media amzn-kf8"},
        {"(prefers-color-scheme: light)", 1, 1, 1, "@media (prefers-color-scheme: light)"}, {"", 1, 1, 1, ""}, {"{{", 0, 0, 0, ""},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        const inc_condition *c = inc_media_parse(a, inc_css_tokenize(a, inc_str_of(cases[i].media)), &inc_condition_none);
        if (c->paged[INC_SCREEN] != cases[i].screen || c->paged[INC_PRINT] != cases[i].print || c->epub != cases[i].epub)
            fail_msg("@media %s: screen %d print %d epub %d", cases[i].media, c->paged[INC_SCREEN], c->paged[INC_PRINT], c->epub);
        assert_str(c->epub_wrap, cases[i].wrap);
    }
    const inc_condition *s = inc_supports_parse(parse(a, "").sheet, inc_css_tokenize(a, INC_STR("(hyphens: auto) and (not (display: grid))")), &inc_condition_none);
    assert_true(s->paged[INC_PRINT]);
    assert_str(s->epub_wrap, "@supports (hyphens: auto) and (not (display: grid))");
}

/* Any bytes: no crash, no endless loop, findings inside the file. */
static void test_garbage(void **state)
{
    static const char alphabet[] = "a:;{}()[]@#.,>+~*\"'\\/ \n-1%p!=|var(--x)calc(url(@page@media:not(";
    inc_arena *arena = *state;
    uint32_t seed = 1;
    for (int round = 0; round < 300; round++) {
        char css[200];
        size_t n = 0;
        while (n < sizeof css - 1) {
            seed = seed * 1664525 + 1013904223;
            css[n++] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        css[n] = '\0';
        parsed p = parse(arena, inc_cstr(arena, (inc_str){css, n}));
        for (size_t i = 0; i < p.diags->n; i++)
            assert_true(p.diags->v[i].span.offset + p.diags->v[i].span.length <= n);
        inc_buf out = inc_buf_in(arena);
        inc_sheet_write_epub(p.sheet, NULL, NULL, &out);
        inc_styler *styler = inc_styler_new(arena, p.sheet, p.diags);
        inc_page_style_of(styler, INC_STR(""), true, true, false);
    }
}

static void test_deep_nesting(void **state)
{
    inc_buf css = inc_buf_in(*state);
    for (int i = 0; i < 20000; i++)
        inc_buf_puts(&css, "@media print{");
    parse(*state, inc_cstr(*state, inc_buf_str(&css)));
    css.n = 0;
    inc_buf_puts(&css, "p{width:");
    for (int i = 0; i < 20000; i++)
        inc_buf_puts(&css, "calc(");
    parse(*state, inc_cstr(*state, inc_buf_str(&css)));
    css.n = 0;
    for (int i = 0; i < 20000; i++)
        inc_buf_puts(&css, ":not(");
    parse(*state, inc_cstr(*state, inc_buf_str(&css)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_tokens), TEST(test_token_values), TEST(test_brackets), TEST(test_recovery), TEST(test_diagnosed_values), TEST(test_media),
        TEST(test_garbage), TEST(test_deep_nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
