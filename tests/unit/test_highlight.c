/* test_highlight.c - tokens of listings, whole and broken. */
#include "harness.h"

#include "highlight/language.h"

/* The code with each token as {class:text}. */
static inc_str marked(inc_arena *arena, const char *language, const char *code)
{
    size_t n;
    inc_str text = inc_str_of(code);
    const inc_token *tokens = inc_highlight(arena, inc_str_of(language), text, &n);
    inc_buf out = inc_buf_in(arena);
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(tokens[i].start >= at && tokens[i].length > 0);
        inc_buf_add(&out, inc_str_slice(text, at, tokens[i].start));
        at = tokens[i].start + tokens[i].length;
        inc_buf_printf(&out, "{%s:%.*s}", tokens[i].token_class, (int)tokens[i].length, text.p + tokens[i].start);
    }
    inc_buf_add(&out, inc_str_slice(text, at, text.n));
    return inc_buf_str(&out);
}
#define MARKS(language, code, want) assert_str(marked(*state, language, code), want)

static inc_str first_name(size_t language)
{
    const char *names = inc_languages[language]->names;
    return (inc_str){names, strcspn(names, " ")};
}

/* A word in two lists would have the class of whichever came first. */
static void test_words_are_listed_once(void **state)
{
    for (size_t i = 0; i < inc_language_count; i++) {
        const inc_language *l = inc_languages[i];
        const char *lists[] = {l->introducers, l->keywords, l->types, l->literals, l->built_ins};
        inc_buf all = inc_buf_in(*state);
        inc_buf_puts(&all, " ");
        for (size_t k = 0; k < INC_COUNT(lists); k++)
            for (const char *p = lists[k]; p && *p;) {
                size_t n = strcspn(p, " ");
                assert_true(n > 0);
                inc_str word = inc_strf(*state, " %.*s ", (int)n, p);
                if (inc_str_find(inc_buf_str(&all), word) != INC_NPOS)
                    fail_msg("%s: '%.*s' stands twice", l->names, (int)n, p);
                inc_buf_add(&all, inc_str_slice(word, 1, word.n));
                p += n + (p[n] == ' ');
            }
    }
}

static void test_names_are_given_once(void **state)
{
    inc_buf all = inc_buf_in(*state);
    inc_buf_puts(&all, " ");
    for (size_t i = 0; i < inc_language_count; i++)
        for (const char *p = inc_languages[i]->names; *p;) {
            size_t n = strcspn(p, " ");
            inc_str name = inc_strf(*state, " %.*s ", (int)n, p);
            if (n == 0 || inc_str_find(inc_buf_str(&all), name) != INC_NPOS)
                fail_msg("'%.*s' names two languages", (int)n, p);
            inc_buf_add(&all, inc_str_slice(name, 1, name.n));
            p += n + (p[n] == ' ');
        }
    assert_true(inc_language_count >= 60);
}

static void test_rust(void **state)
{
    MARKS("rust", "fn main() { let x: &'static str = \"a\\\"b\"; }",
          "{keyword:fn} {title:main}() { {keyword:let} x: &{symbol:'static} {type:str} = {string:\"a\\\"b\"}; }");
    MARKS("rust", "'a' 'a '\\'' '\\u{1F600}' 'é' b'\\n' ' '",
          "{string:'a'} {symbol:'a} {string:'\\''} {string:'\\u{1F600}'} {string:'é'} {string:b'\\n'} {string:' '}");
    MARKS("rust", "fn f<'a>(x: &'a str) -> Option<&'a str>",
          "{keyword:fn} {title:f}<{symbol:'a}>(x: &{symbol:'a} {type:str}) -> {type:Option}<&{symbol:'a} {type:str}>");
    MARKS("rust", "/* a /* b */ c */ d", "{comment:/* a /* b */ c */} d");
    MARKS("rust", "r#\"a\"b\"# br##\"x\"#y\"## r\"\\\" r#type",
          "{string:r#\"a\"b\"#} {string:br##\"x\"#y\"##} {string:r\"\\\"} r#type");
    MARKS("rust", "#[derive(Debug, Clone)]\n#![doc = \"]\"]\nstruct P;",
          "{meta:#[derive(Debug, Clone)]}\n{meta:#![doc = \"]\"]}\n{keyword:struct} {type:P};");
    MARKS("rust", "println!(\"{}\", 1..2, 0xFF_u8, 1.5e-3, t.0.1, x != y)",
          "{built_in:println!}({string:\"{}\"}, {number:1}..{number:2}, {number:0xFF_u8}, {number:1.5e-3}, t.0.1, x != "
          "y)");
    MARKS("rust", "f().await; MAX_LEN; Self::new(); x.type_",
          "f().{keyword:await}; {literal:MAX_LEN}; {keyword:Self}::new(); x.type_");
    MARKS("rust", "macro_rules! vec { ($x:expr) => {} }", "{built_in:macro_rules!} {title:vec} { ($x:expr) => {} }");
    MARKS("rust", "'outer: loop { break 'outer; }",
          "{symbol:'outer}: {keyword:loop} { {keyword:break} {symbol:'outer}; }");
    MARKS("rust", "let safe = union(a, b); union Bits { x: u8 }",
          "{keyword:let} safe = union(a, b); {keyword:union} {type:Bits} { x: {type:u8} }");
}

/* A listing may begin or end anywhere: one odd quote must not colour the rest. */
static void test_fragments(void **state)
{
    MARKS("rust", "let s = \"abc\nlet t = 1;\n", "{keyword:let} s = {string:\"abc}\n{keyword:let} t = {number:1};\n");
    MARKS("rust", "#[derive(\nstruct A;", "#[derive(\n{keyword:struct} {type:A};");
    MARKS("c", "char *s = \"abc;\nint x;", "{type:char} *s = {string:\"abc;}\n{type:int} x;");
    MARKS("python", "x = '''abc\ny = 1", "x = {string:'''abc}\ny = {number:1}");
    MARKS("javascript", "a = `x\nlet b", "a = {string:`x}\n{keyword:let} b");
    MARKS("rust", "'", "'");
    MARKS("rust", "b'", "b'");
    MARKS("rust", "r#", "r#");
}

static void test_c_family(void **state)
{
    MARKS("c", "#include <stdio.h> // io\n#define A \\\n  1\nint main(void) { return 0x1Fu; }",
          "{meta:#include <stdio.h>} {comment:// io}\n{meta:#define A \\\n  1}\n{type:int} main({type:void}) { "
          "{keyword:return} {number:0x1Fu}; }");
    MARKS("c++", "auto s = R\"x(a\")\" b)x\"; int n = 1'000;",
          "{keyword:auto} s = {string:R\"x(a\")\" b)x\"}; {type:int} n = {number:1'000};");
    MARKS("js", "const r = /a[/]b/g, q = a / b / c;", "{keyword:const} r = {regexp:/a[/]b/g}, q = a / b / c;");
    MARKS("ts", "`a${ {x: `n${1}`} }b` + 1",
          "{string:`a}${ {x: {string:`n}${{number:1}}{string:`}} }{string:b`} + {number:1}");
    MARKS("go", "func f() { s := `a\nb`; return nil }",
          "{keyword:func} {title:f}() { s := {string:`a\nb`}; {keyword:return} {literal:nil} }");
    MARKS("java", "@Override public int x() { return 'c'; }",
          "{meta:@Override} {keyword:public} {type:int} x() { {keyword:return} {string:'c'}; }");
}

static void test_scripts(void **state)
{
    MARKS("python", "@app.route(\"/\")\ndef f(x: int) -> None:\n    return rb'x' # c",
          "{meta:@app.route}({string:\"/\"})\n{keyword:def} {title:f}(x: {built_in:int}) -> {literal:None}:\n    "
          "{keyword:return} {string:rb'x'} {comment:# c}");
    MARKS("sql", "SELECT count(*) FROM t WHERE a = 'it''s' -- c",
          "{keyword:SELECT} {built_in:count}(*) {keyword:FROM} t {keyword:WHERE} a = {string:'it''s'} {comment:-- c}");
    MARKS("lua", "--[[ a\nb ]] local x = nil -- c",
          "{comment:--[[ a\nb ]]} {keyword:local} x = {literal:nil} {comment:-- c}");
    MARKS("bash", "for f in *.rs; do echo \"$f: ${x}\"; done # end",
          "{keyword:for} f {keyword:in} *.rs; {keyword:do} {built_in:echo} {string:\"}{variable:$f}{string:: "
          "}{variable:${x}}{string:\"}; {keyword:done} {comment:# end}");
    MARKS("sh", "X=1 cat <<'EOF'\n$a for\nEOF\ncd a#b",
          "{variable:X}=1 {built_in:cat} {string:<<'EOF'}\n{string:$a for\nEOF}\n{built_in:cd} a#b");
    MARKS("make", "CC := gcc\nall: $(OBJ) # x\n\t$(CC) -o $@\n",
          "{variable:CC} := gcc\n{title:all}: {variable:$(OBJ)} {comment:# x}\n\t{variable:$(CC)} -o {variable:$@}\n");
}

static void test_data(void **state)
{
    MARKS("toml", "[package]\nname = \"x\" # c\nd = 1979-05-27\na = [\n  [1, 2],\n]\ndep = { version = \"1\" }",
          "{title:[package]}\n{attr:name} = {string:\"x\"} {comment:# c}\n{attr:d} = {number:1979-05-27}\n{attr:a} = "
          "[\n  [{number:1}, {number:2}],\n]\n"
          "{attr:dep} = { {attr:version} = {string:\"1\"} }");
    MARKS("json", "{\"a\": [\"b\", -1.5, true]}", "{{attr:\"a\"}: [{string:\"b\"}, {number:-1.5}, {literal:true}]}");
    MARKS("yaml", "a: \"x\" # c\nb: |\n  t: 1\n\n  u\nc:\n  - yes: 12\n  - http://x",
          "{attr:a}: {string:\"x\"} {comment:# c}\n{attr:b}: |\n{string:  t: 1\n\n  u}\n{attr:c}:\n  - {attr:yes}: "
          "{number:12}\n  - http://x");
    MARKS("css", "p.x { color: #fff; } @media print { a:hover { margin: 0 } }",
          "{keyword:p}{type:.x} { {attr:color}: {number:#fff}; } {keyword:@media} {keyword:print} { a:hover { "
          "{attr:margin}: {number:0} } }");
    MARKS("html", "<!-- c --><p class=\"x\">a &amp; b</p>",
          "{comment:<!-- c -->}<{keyword:p} {attr:class}={string:\"x\"}>a {symbol:&amp;} b</{keyword:p}>");
    MARKS("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z",
          "{meta:--- a}\n{meta:+++ b}\n{meta:@@ -1 +1 @@}\n{deletion:-x}\n{addition:+y}\n z");
}

static void put_marked(const inc_token *tokens, size_t n, inc_str code, inc_buf *out)
{
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(tokens[i].start >= at && tokens[i].start + tokens[i].length <= code.n);
        inc_buf_add(out, inc_str_slice(code, at, tokens[i].start));
        at = tokens[i].start + tokens[i].length;
        inc_buf_printf(out, "{%s:%.*s}", tokens[i].token_class, (int)tokens[i].length, code.p + tokens[i].start);
    }
    inc_buf_add(out, inc_str_slice(code, at, code.n));
}

/* The signs are no part of the language; a comment that changes in the middle goes on behind them. */
static void test_difference_in_a_language(void **state)
{
    static const struct {
        const char *code, *want;
    } cases[] = {
        {" let a = 1;\n-let b = 2;\n+let b = \"x\";\n", " {keyword:let} a = {number:1};\n{deletion:-}{keyword:let} b = {number:2};\n"
                                                   "{addition:+}{keyword:let} b = {string:\"x\"};\n"},
        {"+/* a\n+   b */\n", "{addition:+}{comment:/* a}\n{addition:+}{comment:   b */}\n"},
        {"\n+\nfn x", "\n{addition:+}\n{keyword:fn} {title:x}"}, /* without a first column of its own, and an empty line */
        {"-", "{deletion:-}"},
        {"", ""},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        size_t n;
        inc_str code = inc_str_of(cases[i].code);
        const inc_token *tokens = inc_highlight_diff(*state, INC_STR("rust"), code, &n);
        inc_buf out = inc_buf_in(*state);
        put_marked(tokens, n, code, &out);
        assert_str(inc_buf_str(&out), cases[i].want);
    }
}

static void test_terminal(void **state)
{
    MARKS("console", "$ cargo run \\\n  --release\nerror[E0277]: no\n  |     ^^^ here\nwarning: w\n",
          "{meta:$ }{input:cargo run \\}\n{input:  --release}\n{error:error[E0277]:}{message: no}\n  |     {error:^^^} "
          "here\n{warning:warning:}{message: w}\n");
    MARKS("console", "error: \nFor more information about this error, try `rustc --explain E0277`.\n",
          "{error:error:}{message: }\n{message:For more information about this error, try `rustc --explain E0277`.}\n");
    MARKS("text", "a.c:3:7: error: x\nerrors: 2\ntest a ... ok\n",
          "a.c:3:7: {error:error:} x\nerrors: 2\ntest a ... {ok:ok}\n");
    MARKS("text", "test result: FAILED ... FAILED", "test result: {error:FAILED} ... FAILED");
    MARKS("text", "> dir\n... and so on\n>x", "{meta:> }{input:dir}\n... and so on\n>x");
    MARKS("console", "$ a &&\n> b\n> c\nout\n> out\n", "{meta:$ }{input:a &&}\n{meta:> }{input:b}\n{meta:> }{input:c}\nout\n> out\n");
    MARKS("console", "$ a\n> out\n", "{meta:$ }{input:a}\n> out\n");
    MARKS("console", "> dir\nout\n> cd\n", "{meta:> }{input:dir}\nout\n{meta:> }{input:cd}\n");
    MARKS("console", "PS> dir\nPS C:\\> cd\n", "{meta:PS> }{input:dir}\n{meta:PS C:\\> }{input:cd}\n");
    MARKS("pycon", ">>> 1 + 1\n2\n", "{meta:>>> }{input:1 + 1}\n2\n");
}

static void test_unknown_language(void **state)
{
    size_t n = 7;
    inc_highlight(*state, INC_STR("klingon"), INC_STR("fn main"), &n);
    assert_int_equal(n, 0);
    assert_false(inc_highlight_knows(INC_STR("klingon")));
    assert_false(inc_highlight_knows(INC_STR("")));
    assert_true(inc_highlight_knows(INC_STR("rust")));
}

/* Every language over every cut of a nasty text: tokens stay in order and inside. */
static void test_every_cut(void **state)
{
    static const char nasty[] = "fn 'a '\\'' r#\"x\"# /* /* */ \"\\ `${`}` $(a ${ <<E\n[x\nk = 'v''\n#[a(\"]\n<a "
                                "b='c'>&x; <!-- <?\n- \"a\": |\n"
                                "  b\nR\"q(z)\" $ x\\\n@a.b {c:d} --[[ %{ 0x1.e+5..2 1'0 \xC3\xA9'";
    for (size_t l = 0; l < inc_language_count; l++)
            for (size_t from = 0; from < sizeof nasty; from++) {
                inc_arena_mark mark = inc_arena_mark_get(*state);
                size_t to = from % 2 ? sizeof nasty - 1 : INC_MIN(from + 40, sizeof nasty - 1), n, at = 0;
                inc_str code = inc_str_dup(*state, inc_str_slice(INC_STR(nasty), INC_MIN(from, to), to));
                const inc_token *tokens = inc_highlight(*state, first_name(l), code, &n);
                for (size_t i = 0; i < n; i++) {
                    assert_true(tokens[i].start >= at && tokens[i].length > 0);
                    at = (size_t)tokens[i].start + tokens[i].length;
                    assert_true(at <= code.n);
                }
                inc_arena_reset(*state, mark);
            }
}

/* Text made to defeat searches for closing marks must not cost the square of its length. */
static void test_linear_cost(void **state)
{
    static const char *const units[] = {"\\\"\n", "r#\"\n", "#[", "`${", "<<A\n",     "/*",  "<a '",
                                        "<!--",   "'\\",    "$(", "[[",  "\"\"\"'''", "|\n "};
    for (size_t u = 0; u < INC_COUNT(units); u++) {
        inc_buf code = inc_buf_in(*state);
        while (code.n < 8000)
            inc_buf_puts(&code, units[u]);
        for (size_t l = 0; l < inc_language_count; l++) {
                size_t n;
                inc_highlight(*state, first_name(l), inc_buf_str(&code), &n);
            }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_words_are_listed_once), TEST(test_names_are_given_once),
                                       TEST(test_rust),
                                       TEST(test_fragments),
                                       TEST(test_c_family),
                                       TEST(test_scripts),
                                       TEST(test_data),
                                       TEST(test_difference_in_a_language),
                                       TEST(test_terminal),
                                       TEST(test_unknown_language),
                                       TEST(test_every_cut),
                                       TEST(test_linear_cost)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
