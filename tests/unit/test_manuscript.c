/* test_manuscript.c - whole books written into a temporary folder and read back. */
#include "harness.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/guard.h"
#include "base/paint.h"
#include "manuscript/manuscript.h"

typedef struct book {
    inc_arena *arena;
    inc_str folder;
    inc_sources *sources;
    inc_diags *diags;
    inc_manuscript *m;
} book;

static book begin(void **state)
{
    book b = {.arena = *state};
    char folder[] = "/tmp/incipit-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    b.folder = inc_str_dup(b.arena, inc_str_of(folder));
    b.sources = inc_sources_new(b.arena);
    b.diags = inc_diags_new(b.arena);
    return b;
}

static void put_bytes(const book *b, const char *name, inc_str bytes)
{
    inc_str path = inc_path_join(b->arena, b->folder, inc_str_of(name));
    assert_int_equal(inc_folder_make(inc_path_folder(path)), 0);
    FILE *file = fopen(inc_cstr(b->arena, path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    fclose(file);
}

static void put(const book *b, const char *name, const char *text)
{
    put_bytes(b, name, inc_str_of(text));
}

static void read_at(book *b, const char *name)
{
    b->m = inc_manuscript_read(*name ? inc_path_join(b->arena, b->folder, inc_str_of(name)) : b->folder, INC_STR(""), b->arena, b->sources, b->diags);
    char command[64];
    snprintf(command, sizeof command, "rm -rf %.*s", INC_STR_ARG(b->folder));
    assert_int_equal(system(command), 0);
}

static void read_book(book *b)
{
    read_at(b, "");
}

/* A book of one chapter with that text, ready for more files. */
static book chapter_book(void **state, const char *text)
{
    book b = begin(state);
    put(&b, "book.toml", "[book]\ntitle = \"T\"\n");
    put(&b, "src/SUMMARY.md", "- [C](c.md)\n");
    put(&b, "src/c.md", text);
    return b;
}

static inc_str chapter_text(const book *b)
{
    assert_true(b->m->item_count > 0);
    return b->m->items[0].text.bytes;
}

/* The nth diagnostic as "file:line:column id: message". */
static void assert_diag(book *b, size_t n, const char *want)
{
    if (n >= b->diags->n)
        fail_msg("no diagnostic %zu, wanted \"%s\"", n, want);
    const inc_diag *d = &b->diags->v[n];
    inc_place place = {.name = INC_STR("-")};
    inc_sources_place(b->sources, d->span, &place);
    assert_str(inc_strf(b->arena, "%.*s:%u:%u %s: %.*s", INC_STR_ARG(place.name), place.line, place.column, inc_diag_info_of(d->id)->name,
                        INC_STR_ARG(d->message)),
               want);
}

static void assert_clean(book *b)
{
    if (b->diags->n)
        fail_msg("unexpected: %.*s", INC_STR_ARG(b->diags->v[0].message));
}

static void assert_one_diag(book *b, const char *want)
{
    assert_diag(b, 0, want);
    assert_int_equal(b->diags->n, 1);
}

/* ---- SUMMARY.md ---- */

/* Items one a line: "place kind number title (path)". */
static inc_str outline(const book *b)
{
    inc_buf out = inc_buf_in(b->arena);
    for (size_t i = 0; i < b->m->item_count; i++) {
        const inc_item *item = &b->m->items[i];
        inc_buf_byte(&out, "pns"[item->place]);
        inc_buf_puts(&out, item->kind == INC_ITEM_PART ? " part" : item->kind == INC_ITEM_SEPARATOR ? " ---" : "");
        for (int k = 0; item->number && k <= item->depth; k++)
            inc_buf_printf(&out, "%s%u", k ? "." : " ", item->number[k]);
        if (item->title.n)
            inc_buf_printf(&out, " %.*s", INC_STR_ARG(item->title));
        if (item->path.n)
            inc_buf_printf(&out, " (%.*s)", INC_STR_ARG(item->path));
        inc_buf_byte(&out, '\n');
    }
    return inc_buf_str(&out);
}

static book summary_book(void **state, const char *summary)
{
    book b = begin(state);
    static const char *const files[] = {"a.md", "b.md", "c.md", "d.md", "e/README.md", "with space.md"};
    for (size_t i = 0; i < INC_COUNT(files); i++)
        put(&b, inc_strf(b.arena, "src/%s", files[i]).p, "# Text\n");
    put(&b, "book.toml", "");
    put(&b, "src/SUMMARY.md", summary);
    read_book(&b);
    return b;
}

static void test_summary_parts_and_affixes(void **state)
{
    book b = summary_book(state, "<!-- generated -->\n# Summary\n\n[Preface](a.md)\n[To the *reader* &amp; `you`](./b.md)\n\n---\n\n"
                                 "# One\n\n- [A](c.md) (a remark)\n  * [Sub]()\n    1. [Deep](d.md)\n\n---\n\n- [B]()\n\n## no part\n\n# Two\n\nwords\n\n"
                                 "- [E](e/README.md)\n\n[After](with%20space.md)\n\n---\n");
    assert_clean(&b);
    assert_str(outline(&b), "p Preface (a.md)\np To the reader & you (b.md)\np ---\nn part One\nn 1 A (c.md)\nn 1.1 Sub\nn 1.1.1 Deep (d.md)\n"
                            "n ---\nn 2 B\nn part Two\nn 3 E (e/README.md)\ns After (with space.md)\ns ---\n");
    inc_place place;
    assert_true(inc_sources_place(b.sources, b.m->items[4].span, &place));
    assert_int_equal(place.line, 11);
    assert_int_equal(place.column, 3);
    assert_int_equal(place.end_column, 12);
    assert_str(b.m->items[4].text.bytes, "# Text\n");
    assert_int_equal(b.m->items[6].depth, 2);
}

static void test_summary_spans(void **state)
{
    book b = summary_book(state, "[ *A* ](<a.md> \"t\") and [x][r]\n\n- [](b.md)\n- []()\n\n[r]: c.md\n");
    static const struct {
        uint32_t line, column, end;
    } want[] = {{1, 1, 20}, {1, 25, 31}, {3, 3, 11}, {4, 1, 7}};
    assert_int_equal(b.m->item_count, INC_COUNT(want));
    for (size_t i = 0; i < INC_COUNT(want); i++) {
        inc_place place;
        assert_true(inc_sources_place(b.sources, b.m->items[i].span, &place));
        assert_int_equal(place.line, want[i].line);
        assert_int_equal(place.column, want[i].column);
        assert_int_equal(place.end_column, want[i].end);
    }
}

static void test_summary_item_without_link(void **state)
{
    book b = summary_book(state, "# S\n\n- [A](a.md)\n- not a link [B](b.md)\n  - [C](c.md)\n-\n- [D](d.md)\n");
    assert_diag(&b, 0, "src/SUMMARY.md:4:1 bad-summary: a list item must begin with a link");
    assert_diag(&b, 1, "src/SUMMARY.md:6:1 bad-summary: a list item must begin with a link");
    assert_int_equal(b.diags->n, 2);
    assert_str(outline(&b), "n 1 A (a.md)\nn 2 D (d.md)\n");
}

static void test_summary_list_after_suffix(void **state)
{
    book b = summary_book(state, "- [A](a.md)\n\n[B](b.md)\n\n- [C](c.md)\n\n# Late\n");
    assert_diag(&b, 0, "src/SUMMARY.md:5:1 bad-summary: a list cannot follow the suffix chapters");
    assert_diag(&b, 1, "src/SUMMARY.md:7:1 bad-summary: a part cannot follow the suffix chapters");
    assert_str(outline(&b), "n 1 A (a.md)\ns B (b.md)\n");
}

static void test_summary_duplicate(void **state)
{
    book b = summary_book(state, "- [A](a.md)\n- [B](b.md)\n- [Again](./a.md)\n");
    assert_one_diag(&b, "src/SUMMARY.md:3:3 duplicate-chapter: 'a.md' is listed twice");
    assert_str(b.diags->v[0].hint, "it is first listed in line 1");
    assert_str(outline(&b), "n 1 A (a.md)\nn 2 B (b.md)\nn 3 Again\n");
}

static void test_summary_missing_and_outside(void **state)
{
    book b = begin(state);
    put(&b, "book.toml", "");
    put(&b, "other.md", "x");
    put(&b, "src/dir/x.md", "x");
    put(&b, "src/SUMMARY.md", "- [A](gone.md)\n- [B](../other.md)\n- [C](/etc/passwd)\n- [D](dir)\n- [E](link.md)\n- []()\n");
    assert_int_equal(symlink("/etc/passwd", inc_cstr(b.arena, inc_path_join(b.arena, b.folder, INC_STR("src/link.md")))), 0);
    read_book(&b);
    assert_diag(&b, 0, "src/SUMMARY.md:6:1 bad-summary: this entry has no title");
    assert_diag(&b, 1, "src/SUMMARY.md:1:3 missing-chapter: chapter file 'gone.md' does not exist");
    assert_diag(&b, 2, "src/SUMMARY.md:2:3 outside-book: chapter file '../other.md' is not inside the book's folder");
    assert_diag(&b, 3, "src/SUMMARY.md:3:3 outside-book: chapter file '/etc/passwd' is not inside the book's folder");
    assert_diag(&b, 4, "src/SUMMARY.md:4:3 missing-chapter: 'dir' is a folder, not a chapter file");
    assert_diag(&b, 5, "src/SUMMARY.md:5:3 outside-book: chapter file 'link.md' is not inside the book's folder");
    assert_int_equal(b.m->items[0].text.bytes.n, 0);
}

static void test_missing_file_suggestion(void **state)
{
    book b = begin(state);
    put(&b, "book.toml", "");
    put(&b, "src/SUMMARY.md", "- [A](sub/Chapter1.md)\n- [B](sub/capter2.md)\n- [C](sub/other.md)\n");
    put(&b, "src/sub/chapter1.md", "");
    put(&b, "src/sub/chapter2.md", "");
    put(&b, "src/sub/chapter3.md", "");
    read_book(&b);
    assert_str(b.diags->v[0].hint, "did you mean 'chapter1.md'?");
    assert_str(b.diags->v[1].hint, "did you mean 'chapter2.md'?");
    assert_true(inc_str_starts(b.diags->v[2].hint, INC_STR("create it")));
}

/* One endless line, and a hundred errors on it. */
static void test_summary_endless_line(void **state)
{
    inc_buf text = inc_buf_in(*state);
    for (int i = 0; i < 30000; i++)
        inc_buf_puts(&text, "[a](x.md)");
    inc_buf_byte(&text, '\0');
    book b = summary_book(state, text.p);
    assert_true(b.diags->n < 200);
    assert_true(b.m->item_count < 200);
    text.n = 0;
    for (int i = 0; i < 30000; i++)
        inc_buf_puts(&text, "[a]()");
    inc_buf_byte(&text, '\0');
    b = summary_book(state, text.p);
    assert_int_equal(b.m->item_count, 20000);
    assert_str(b.diags->v[0].message, "more than 20,000 entries are not read");
    assert_int_equal(b.diags->n, 1);
}

static void test_summary_nested_too_deep(void **state)
{
    inc_buf text = inc_buf_in(*state);
    for (int depth = 0; depth < 40; depth++) {
        for (int i = 0; i < depth; i++)
            inc_buf_puts(&text, "  ");
        inc_buf_puts(&text, "- [A]()\n");
    }
    inc_buf_byte(&text, '\0');
    book b = summary_book(state, text.p);
    assert_one_diag(&b, "src/SUMMARY.md:17:33 bad-summary: chapters are nested too deep");
    assert_int_equal(b.m->item_count, 16);
}

/* ---- helpers ---- */

static void test_include_ranges(void **state)
{
    book b = chapter_book(state, "{{#include f:2}}|{{#include f:2:3}}|{{#include f:4:}}|{{#include f::2}}|{{ #include f}}|{{#include f::}}|{{#include f:0}}|"
                                 "{{#include f:3:x}}|{{#include \"a b\":2}}|{{#include\n  f:1  words }}\n");
    put(&b, "src/f", "one\ntwo\n3\nfour\nfive\n");
    put(&b, "src/a b", "x\nyes");
    read_book(&b);
    assert_clean(&b);
    assert_str(chapter_text(&b), "two|two\n3|four\nfive|one\ntwo|one\ntwo\n3\nfour\nfive|one\ntwo\n3\nfour\nfive|one|3\nfour\nfive|yes|one\n");
}

static void test_include_anchors(void **state)
{
    book b = chapter_book(state, "A {{#include f.rs:a}}\nB {{#include f.rs:b-1}}\n");
    put(&b, "src/f.rs", "0\n// ANCHOR: a\n1\n// ANCHOR:b-1\n2\n// ANCHOR_END: a\n3\n// ANCHOR_END:   b-1\n4\n");
    read_book(&b);
    assert_clean(&b);
    assert_str(chapter_text(&b), "A 1\n2\nB 2\n3\n");
}

static void test_rustdoc_include(void **state)
{
    book b = chapter_book(state, "{{#rustdoc_include f.rs:a}}\n--\n{{#rustdoc_include f.rs:2:2}}\n");
    put(&b, "src/f.rs", "x\n// ANCHOR: a\ny\n// ANCHOR_END: a\nz\n// ANCHOR: a\ny2\n// ANCHOR_END: a\n");
    read_book(&b);
    assert_clean(&b);
    assert_str(chapter_text(&b), "# x\ny\n# z\ny2\n--\n# x\n// ANCHOR: a\n# y\n# // ANCHOR_END: a\n# z\n# // ANCHOR: a\n# y2\n# // ANCHOR_END: a\n");
    const inc_text *text = &b.m->items[0].text;
    assert_int_equal(inc_text_span(text, 0, 1).length, 27); /* the helper stands for "# " */
    inc_place place;
    assert_true(inc_sources_place(b.sources, inc_text_span(text, 4, 5), &place));
    assert_str(place.name, "src/f.rs");
    assert_int_equal(place.line, 3);
}

static void test_playground_title_escape(void **state)
{
    /* a\vb are two words, as for mdBook, whose split_whitespace() knows the vertical tab */
    book b = chapter_book(state, "{{#title  My title }}x\n\n{{#playground f.rs editable no_run}}\n{{#playpen g.rs a\vb}}\n\\{{#include f.rs}} {{#include z}}\n{{#each x}}\n");
    put(&b, "src/f.rs", "fn main() {}\n");
    put(&b, "src/g.rs", "/// ```\n");
    read_book(&b);
    assert_clean(&b);
    assert_str(b.m->items[0].running_title, "My title");
    assert_str(chapter_text(&b), "x\n\n```rust,editable,no_run\nfn main() {}\n```\n````rust,a,b\n/// ```\n````\n{{#include f.rs}} {{#include z}}\n{{#each x}}\n");
}

static void test_what_mdbook_takes_for_text(void **state)
{
    book b = chapter_book(state, "the helper `{{ #include }}`, or {{#title}}\n{{#include f:rest}}\n");
    put(&b, "src/f", "1\nANCHOR: a\nANCHOR: rest\n2\nANCHOR_END: a\nANCHOR: rets\n3\nANCHOR_END: rets\n4\n"); /* open to the end, on purpose */
    read_book(&b);
    assert_clean(&b);
    assert_str(chapter_text(&b), "the helper `{{ #include }}`, or {{#title}}\n2\n3\n4\n");
}

static void test_include_errors(void **state)
{
    book b = chapter_book(state, "a\n {{#include gone.md}}\n{{#include f:name}}\n{{#include f:9}}\n{{#include f:2:1}}\n{{#include f:1:9}}\n{{#include ../../x}}\n"
                                 "{{#include /etc/passwd}}\n{{#include link}}\n{{#include \"f}}\n{{#inclde f}}\n{{#include f:open}}\n{{#include ../src}}\n");
    put(&b, "src/f", "1\n2\n");
    assert_int_equal(symlink("/etc/passwd", inc_cstr(b.arena, inc_path_join(b.arena, b.folder, INC_STR("src/link")))), 0);
    put(&b, "src/f", "1\nANCHOR: open\nANCHOR_END: opne\n");
    read_book(&b);
    assert_diag(&b, 0, "src/c.md:2:2 missing-include: included file 'src/gone.md' does not exist");
    assert_diag(&b, 1, "src/c.md:3:1 missing-anchor: 'src/f' has no anchor 'name'");
    assert_diag(&b, 2, "src/c.md:4:1 bad-range: 'src/f' has only 3 lines");
    assert_diag(&b, 3, "src/c.md:5:1 bad-range: the range ends before it begins");
    assert_diag(&b, 4, "src/c.md:6:1 short-range: 'src/f' has only 3 lines");
    assert_str(b.diags->v[4].hint, "a range without an end, as in \"file:6:\", goes to the last line");
    assert_diag(&b, 5, "src/c.md:7:1 outside-book: included file '../../x' is not inside the book's folder");
    assert_diag(&b, 6, "src/c.md:8:1 outside-book: included file '/etc/passwd' is not inside the book's folder");
    assert_diag(&b, 7, "src/c.md:9:1 outside-book: included file 'link' is not inside the book's folder");
    assert_diag(&b, 8, "src/c.md:10:1 bad-helper: the quote around the file's name is not closed");
    assert_diag(&b, 9, "src/c.md:11:1 unknown-helper: there is no helper 'inclde'");
    assert_diag(&b, 10, "src/c.md:12:1 unclosed-anchor: anchor 'open' in 'src/f' has no end, but there is an end of 'opne'");
    assert_diag(&b, 11, "src/c.md:13:1 missing-include: included 'src' is a folder");
    assert_int_equal(b.diags->n, 12);
    assert_true(inc_str_starts(chapter_text(&b), INC_STR("a\n {{#include gone.md}}\n\n\n\n1\nANCHOR: open\nANCHOR_END: opne\n{{#include ../../x}}\n")));
}

static void test_nested_includes_map_back(void **state)
{
    book b = chapter_book(state, "before\n{{#include parts/one.md}}after\n");
    put(&b, "src/parts/one.md", "1\n> {{#include ../../code/two.md:2:}}\n1b\n");
    put(&b, "code/two.md", "no\n2\n\n  {{#include three.md}}\n");
    put(&b, "code/three.md", "3\n33\n");
    read_book(&b);
    assert_clean(&b);
    const inc_text *text = &b.m->items[0].text;
    assert_str(text->bytes, "before\n1\n> 2\n>\n>   3\n>   33\n1bafter\n");
    static const struct {
        const char *words, *name;
        uint32_t line, column;
    } want[] = {{"before", "src/c.md", 1, 1},    {"1\n", "src/parts/one.md", 1, 1}, {"2\n", "code/two.md", 2, 1},
                {"3\n", "code/three.md", 1, 1}, {"33", "code/three.md", 2, 1},     {"1b", "src/parts/one.md", 3, 1},
                {"after", "src/c.md", 2, 26},   {"> 2", "src/parts/one.md", 2, 1}};
    for (size_t i = 0; i < INC_COUNT(want); i++) {
        size_t at = inc_str_find(text->bytes, inc_str_of(want[i].words));
        inc_place place;
        assert_true(inc_sources_place(b.sources, inc_text_span(text, at, at + 1), &place));
        assert_str(place.name, want[i].name);
        assert_int_equal(place.line, want[i].line);
        assert_int_equal(place.column, want[i].column);
    }
}

static void test_prefixes(void **state)
{
    book b = chapter_book(state, "See {{#include f}}\n1. {{#include f}}\n    {{#include f}}\n// {{#include f}}\n  words {{#include f}}\n");
    put(&b, "src/f", "a\n\nb\n");
    read_book(&b);
    assert_str(chapter_text(&b), "See a\n\nb\n1. a\n\n   b\n    a\n\n    b\n// a\n//\n// b\n  words a\n\n  b\n");
}

static void test_include_cycle_and_depth(void **state)
{
    book b = chapter_book(state, "{{#include a}}\n");
    put(&b, "src/a", "a {{#include b}}\n");
    put(&b, "src/b", "b {{#include a}}\n");
    read_book(&b);
    assert_one_diag(&b, "src/a:1:3 include-cycle: 'src/a' includes itself");
    assert_str(chapter_text(&b), "a b a {{#include b}}\n");
}

static void test_include_depth(void **state)
{
    book b = chapter_book(state, "{{#include 0}}");
    for (int i = 0; i < 12; i++)
        put(&b, inc_strf(b.arena, "src/%d", i).p, inc_strf(b.arena, "%d {{#include %d}}", i, i + 1).p);
    read_book(&b);
    assert_one_diag(&b, "src/9:1:3 include-cycle: includes are nested deeper than 10");
    assert_str(chapter_text(&b), "0 1 2 3 4 5 6 7 8 9 {{#include 10}}");
}

/* A file may take another part of itself. */
static void test_include_self_part(void **state)
{
    book b = chapter_book(state, "x{{#include c.md:2}}\ny\n");
    read_book(&b);
    assert_clean(&b);
    assert_str(chapter_text(&b), "xy\ny\n");
}

/* Ten levels of a hundred includes each would be 10^20 bytes. */
static void test_include_explosion(void **state)
{
    book b = chapter_book(state, "{{#include 0}}");
    for (int i = 0; i < 9; i++) {
        inc_buf text = inc_buf_in(b.arena);
        for (int k = 0; k < 600; k++)
            inc_buf_printf(&text, "{{#include %d}}\n", i + 1);
        inc_buf_byte(&text, '\0');
        put(&b, inc_strf(b.arena, "src/%d", i).p, text.p);
    }
    put(&b, "src/9", "x");
    read_book(&b);
    bool found = false;
    for (size_t i = 0; i < b.diags->n; i++)
        found = found || b.diags->v[i].id == INC_DIAG_INCLUDE_SIZE;
    assert_true(found);
}

/* ---- book.toml ---- */

static book config_book(void **state, const char *toml)
{
    book b = begin(state);
    put(&b, "book.toml", toml);
    put(&b, "src/SUMMARY.md", "- [A]()\n");
    put(&b, "text/SUMMARY.md", "- [B]()\n");
    put(&b, "own.css", "");
    put(&b, "cover.png", "");
    read_book(&b);
    return b;
}

static void test_config_defaults(void **state)
{
    book b = config_book(state, "");
    assert_clean(&b);
    const inc_settings *s = &b.m->settings;
    assert_true(s->smart_punctuation && !s->smart_punctuation_set && s->definition_lists && s->admonitions && s->number_sections && !s->mathjax);
    assert_int_equal(s->contents_depth, INC_DEPTH_UNSET);
    assert_str(s->theme, "rubric");
    assert_str(b.m->title, inc_cstr(b.arena, inc_path_name(b.folder)));
    assert_str(b.m->language, "");
    assert_true(inc_str_ends(b.m->src, INC_STR("/src")));
}

static void test_config_everything(void **state)
{
    book b = config_book(state,
                         "[book]\ntitle = \"Title é\"\nauthors = [\"A\", \"B\"]\ndescription = \"D\"\nlanguage = \"de\"\ntext-direction = \"ltr\"\n"
                         "multilingual = false\nsrc = \"text\"\n[rust]\nedition = \"2021\"\n[build]\ncreate-missing = false\n"
                         "[preprocessor.links]\n[output.html]\nsmart-punctuation = false\nadmonitions = false\nmathjax-support = true\n"
                         "additional-css = [\"x.css\"]\n[output.html.code.hidelines]\npython = \"~\"\n[output.html.redirect]\n\"/a.html\" = \"b.html\"\n[output.other]\nx = 1.5\n"
                         "[output.incipit]\noutput = \"dist\"\nstyles = [\"own.css\"]\ntheme = \"octavo\"\ndefinition-lists = false\nadmonitions = true\n"
                         "cover = \"./cover.png\"\nbase-url = \"https://x.org/\"\ndate = 2026-03-31\nisbn-print = \"978-3-16-148410-0\"\n"
                         "isbn-epub = \"0-306-40615-2\"\nidentifier = \"urn:x\"\npublisher = \"P\"\nrights = \"R\"\nsubtitle = \"S\"\nedition = \"2nd\"\ncertified-by = \"C\"\n"
                         "number-sections = false\ncontents-depth = 3\ncommand = \"incipit\"\noptional = true\n");
    assert_clean(&b);
    const inc_manuscript *m = b.m;
    const inc_settings *s = &m->settings;
    assert_str(m->title, "Title é");
    assert_int_equal(m->author_count, 2);
    assert_str(m->authors[1], "B");
    assert_str(m->description, "D");
    assert_str(m->language, "de");
    assert_str(m->direction, "ltr");
    assert_true(inc_str_ends(m->src, INC_STR("/text")));
    assert_str(m->items[0].title, "B");
    assert_str(s->default_edition, "2021");
    assert_true(!s->smart_punctuation && s->smart_punctuation_set && s->mathjax && s->admonitions && !s->definition_lists && !s->number_sections);
    assert_int_equal(s->hideline_count, 2);
    assert_str(s->hidelines[0], "python");
    assert_str(s->hidelines[1], "~");
    assert_int_equal(s->redirect_count, 2);
    assert_str(s->redirects[0], "/a.html");
    assert_str(s->redirects[1], "b.html");
    assert_str(s->output, "dist");
    assert_int_equal(s->style_count, 1);
    assert_str(s->styles[0], "own.css");
    assert_str(s->theme, "octavo");
    assert_str(s->cover, "cover.png");
    assert_str(s->base_url, "https://x.org/");
    assert_str(s->certified_by, "C");
    assert_str(s->date, "2026-03-31");
    assert_str(s->isbn_print, "978-3-16-148410-0");
    assert_str(s->isbn_epub, "0-306-40615-2");
    assert_str(s->identifier, "urn:x");
    assert_str(s->publisher, "P");
    assert_str(s->rights, "R");
    assert_str(s->subtitle, "S");
    assert_str(s->edition, "2nd");
    assert_int_equal(s->contents_depth, 3);
}

static void test_config_own_setting_wins(void **state)
{
    book b = config_book(state, "[output.html]\ncurly-quotes = false\n[output.incipit]\nsmart-punctuation = true\n");
    assert_clean(&b);
    assert_true(b.m->settings.smart_punctuation && b.m->settings.smart_punctuation_set);
}

static void test_config_unknown_keys(void **state)
{
    book b = config_book(state, "[book]\ntitel = \"x\"\n[output.incipit]\nsmart-punctation = true\nisbn = \"1\"\nzzzzzz = 1\n[outptu]\n[preprocessor.katex]\n");
    assert_diag(&b, 0, "book.toml:7:2 unknown-book-key: mdBook has no key 'outptu' at the top of book.toml");
    assert_str(b.diags->v[0].hint, "did you mean 'output'?");
    assert_diag(&b, 1, "book.toml:2:1 unknown-book-key: mdBook has no key 'titel' in [book]");
    assert_str(b.diags->v[1].hint, "did you mean 'title'?");
    assert_int_equal(b.diags->v[1].severity, INC_WARNING);
    assert_diag(&b, 2, "book.toml:5:1 unknown-setting: [output.incipit] has no setting 'isbn'");
    assert_true(inc_str_starts(b.diags->v[2].hint, INC_STR("did you mean 'isbn-")));
    assert_diag(&b, 3, "book.toml:4:1 unknown-setting: [output.incipit] has no setting 'smart-punctation'");
    assert_str(b.diags->v[3].hint, "did you mean 'smart-punctuation'?");
    assert_int_equal(b.diags->v[3].severity, INC_ERROR);
    assert_diag(&b, 4, "book.toml:6:1 unknown-setting: [output.incipit] has no setting 'zzzzzz'");
    assert_int_equal(b.diags->v[4].hint.n, 0);
}

static void test_config_preprocessors(void **state)
{
    static const char *const tables = "[preprocessor.%s]\n[output.incipit.diagrams.%s]\n";
    struct { const char *name, *drawn; inc_diag_id id; const char *hint; } cases[] = {
        {"links", "dot", INC_DIAG_COUNT, NULL},
        {"index", "dot", INC_DIAG_COUNT, NULL},
        {"toc", "dot", INC_DIAG_PREPROCESSOR_NEEDLESS, ""},
        {"admonish", "dot", INC_DIAG_PREPROCESSOR_NOT_RUN, "let mdBook run it: "},
        {"katex", "dot", INC_DIAG_PREPROCESSOR_NOT_RUN, "set mathjax = true"},
        {"svgbob", "dot", INC_DIAG_PREPROCESSOR_NOT_RUN, "name a command that draws its blocks in [output.incipit.diagrams.bob] "},
        {"graphviz", "dot", INC_DIAG_COUNT, NULL}, /* drawn without it */
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        inc_arena *arena = *state;
        book b = config_book(state, inc_cstr(arena, inc_strf(arena, tables, cases[i].name, cases[i].drawn)));
        if (!cases[i].hint) {
            assert_clean(&b);
            continue;
        }
        assert_int_equal(b.diags->n, 1);
        assert_int_equal(b.diags->v[0].id, cases[i].id);
        assert_true(inc_str_starts(b.diags->v[0].hint, inc_str_of(cases[i].hint)));
    }
}

static void test_config_bad_values(void **state)
{
    book b = config_book(state, "[book]\ntitle = 5\nauthors = \"A\"\ntext-direction = \"up\"\n[output.incipit]\nbase-url = \"x.org\"\ncontents-depth = 7\ncover = \"no.png\"\n"
                                "date = \"2026-02-29\"\nisbn-epub = \"978-3-16-148410-1\"\nmathjax = \"yes\"\nstyles = [\"own.css\", 3, \"no.css\"]\ntheme = []\n");
    assert_diag(&b, 0, "book.toml:2:9 bad-setting: 'title' must be a string, not a number");
    assert_diag(&b, 1, "book.toml:3:11 bad-setting: 'authors' must be an array of strings, not a string");
    assert_str(b.diags->v[1].hint, "authors = [\"A\"]");
    assert_diag(&b, 2, "book.toml:4:18 bad-setting: 'text-direction' must be \"ltr\" or \"rtl\"");
    assert_diag(&b, 3, "book.toml:6:12 bad-setting: 'base-url' must begin with https:// or http://");
    assert_diag(&b, 4, "book.toml:7:18 bad-setting: 'contents-depth' must be from 1 to 6");
    assert_diag(&b, 5, "book.toml:8:9 missing-file: file 'no.png' does not exist");
    assert_diag(&b, 6, "book.toml:9:8 bad-setting: '2026-02-29' is not a date");
    assert_diag(&b, 7, "book.toml:10:13 doubtful-setting: '978-3-16-148410-1' is not an ISBN");
    assert_diag(&b, 8, "book.toml:11:11 bad-setting: 'mathjax' must be true or false, not a string");
    assert_diag(&b, 9, "book.toml:12:22 bad-setting: 'styles' must be a string, not a number");
    assert_diag(&b, 10, "book.toml:12:10 missing-file: file 'no.css' does not exist");
    assert_diag(&b, 11, "book.toml:13:9 bad-setting: 'theme' must be a string, not an array");
    assert_int_equal(b.m->settings.style_count, 1);
    assert_str(b.m->settings.theme, "rubric");
}

static void test_config_print(void **state)
{
    book b = config_book(state, "[output.incipit]\nprint-profile = \"cover.png\"\nprint-condition = \"FOGRA52\"\nprint-inks = \"black\"\nprint-ink-limit = 280\n"
                                "print-bleed = \"0.125in\"\nprint-marks = \"cross crop\"\n");
    const inc_settings *s = &b.m->settings;
    assert_clean(&b);
    assert_str(s->print_profile, "cover.png");
    assert_str(s->print_condition, "FOGRA52");
    assert_true(s->print_black && s->print_bleed_set && s->print_marks_set);
    assert_int_equal(s->print_ink_limit, 280);
    assert_int_equal(s->print_bleed, 9 * INC_PT);
    assert_int_equal(s->print_marks, INC_MARKS_CROP | INC_MARKS_CROSS);
}

static void test_config_print_bad(void **state)
{
    book b = config_book(state, "[output.incipit]\nprint-profile = \"../x.icc\"\nprint-inks = \"blue\"\nprint-ink-limit = 90\nprint-bleed = \"3 mm\"\n"
                                "print-marks = \"crop,cross\"\n");
    assert_diag(&b, 0, "book.toml:5:15 bad-setting: 'print-bleed' must be a length of at most one inch, not '3 mm'");
    assert_diag(&b, 1, "book.toml:4:19 bad-setting: 'print-ink-limit' must be from 100 to 400: per cent of all inks together");
    assert_diag(&b, 2, "book.toml:3:14 bad-setting: 'print-inks' must be \"cmyk\" or \"black\", not 'blue'");
    assert_diag(&b, 3, "book.toml:6:15 bad-setting: 'print-marks' must be \"crop\", \"cross\", \"crop cross\" or \"none\", not 'crop,cross'");
    assert_diag(&b, 4, "book.toml:2:17 outside-book: '../x.icc' is not inside the book's folder");
    static const char *const lengths[] = {"0", "3MM", ".3cm", "9pt", "1.in"};
    static const inc_len points[] = {0, 557314, 557314, 9 * INC_PT, 72 * INC_PT};
    for (size_t i = 0; i < INC_COUNT(lengths); i++) {
        b = config_book(state, inc_cstr(*state, inc_strf(*state, "[output.incipit]\nprint-bleed = \"%s\"\n", lengths[i])));
        assert_clean(&b);
        assert_int_equal(b.m->settings.print_bleed, points[i]);
    }
    static const char *const wrong[] = {"", "3", "-3mm", "3em", "1.1in", "3mm 3mm", "99999999999mm"};
    for (size_t i = 0; i < INC_COUNT(wrong); i++) {
        b = config_book(state, inc_cstr(*state, inc_strf(*state, "[output.incipit]\nprint-bleed = \"%s\"\n", wrong[i])));
        assert_int_equal(b.diags->n, 1);
        assert_false(b.m->settings.print_bleed_set);
    }
}

static void test_config_quoting(void **state)
{
    book b = config_book(state, "[book]\ntitle = \"\"\"a\"\"\"\"\nauthors = ['''é''''', \"é\", 'é', \"\\\"é\"] # é\n");
    assert_clean(&b);
    assert_str(b.m->title, "a\"");
    assert_str(b.m->authors[0], "é''");
    assert_str(b.m->authors[3], "\"é");
    b = config_book(state, "[book]\ntitle = Größe\n");
    assert_one_diag(&b, "book.toml:2:11 bad-toml: not TOML: this character must stand in quotes");
}

static void test_config_syntax_error(void **state)
{
    book b = config_book(state, "[book]\ntitle = \"é\" x\n");
    assert_diag(&b, 0, "book.toml:2:13 bad-toml: not TOML: key-value pair: expected a comment or whitespace, saw 'x'");
    assert_int_equal(b.m->item_count, 1); /* the rest is read with the defaults */
    static const char *const broken[] = {"[/", "[a", "=1", "a.=1", "[a]\n[a]\n", "a", "[[a", "\"", "a = [", "a = {", "a = \"\\u00", ".", "[.]", "a = 1979-"};
    for (size_t i = 0; i < INC_COUNT(broken); i++) {
        b = config_book(state, broken[i]);
        assert_int_equal(b.diags->v[0].id, INC_DIAG_BAD_TOML);
    }
}

static void test_config_control_characters(void **state)
{
    book b = config_book(state, "[book]\ntitle = \"a\\u0000b\\u0007\\tc\"\n");
    assert_str(b.m->title, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD\tc");
}

static void test_messages_are_one_line(void **state)
{
    inc_buf text = inc_buf_in(*state);
    inc_buf_puts(&text, "[output.incipit]\n\"a\\nb\" = 1\n");
    for (int i = 0; i < 300; i++)
        inc_buf_puts(&text, "é-");
    text.p[text.n - 1] = '_';
    for (size_t i = text.n; i > 0 && text.p[i - 1] != '\n'; i--)
        text.p[i - 1] = text.p[i - 1] & 0x80 ? 'e' : text.p[i - 1];
    inc_buf_puts(&text, " = 1\n");
    inc_buf_byte(&text, '\0');
    book b = config_book(state, text.p);
    assert_diag(&b, 0, "book.toml:2:1 unknown-setting: [output.incipit] has no setting 'a b'");
    assert_int_equal(b.diags->v[1].message.n, 403);
}

static void test_config_too_deep(void **state)
{
    inc_buf text = inc_buf_in(*state);
    inc_buf_puts(&text, "# a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t\nx = \"a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t\"\n[a");
    for (int i = 0; i < 100000; i++)
        inc_buf_puts(&text, ".a");
    inc_buf_puts(&text, "]\n");
    inc_buf_byte(&text, '\0');
    book b = config_book(state, text.p);
    assert_one_diag(&b, "book.toml:3:35 bad-toml: this key has too many dots");
    text.n = 0;
    for (int i = 0; i < 60; i++)
        inc_buf_puts(&text, "{a.a.a.a=");
    inc_buf_byte(&text, '\0');
    b = config_book(state, inc_strf(*state, "x = %s1%.*s", text.p, 60, "}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}").p);
    assert_one_diag(&b, "book.toml:1:1 bad-toml: tables are nested deeper than 64");
}

static void test_src_outside(void **state)
{
    book b = config_book(state, "[book]\nsrc = \"../..\"\n");
    assert_one_diag(&b, "-:0:0 outside-book: '../../SUMMARY.md' is not inside the book's folder");
}

/* ---- kinds of book ---- */

static void test_folder_with_summary_only(void **state)
{
    book b = begin(state);
    put(&b, "SUMMARY.md", "# My book\n\n- [A](a.md)\n");
    put(&b, "a.md", "text");
    read_book(&b);
    assert_clean(&b);
    assert_str(b.m->title, "My book");
    assert_str(chapter_text(&b), "text");

    b = begin(state);
    put(&b, "my-novel/src/SUMMARY.md", "# Table of Contents\n\n- [A](a.md)\n");
    put(&b, "my-novel/src/a.md", "text");
    read_at(&b, "my-novel/");
    assert_clean(&b);
    assert_str(b.m->title, "my-novel");
    assert_str(chapter_text(&b), "text");
}

/* A book without a title is called after its folder, or the one around a folder that is only called "book". */
static void test_title_of_folder(void **state)
{
    book b = begin(state);
    put(&b, "lamps/docs/book.toml", "[book]\n");
    put(&b, "lamps/docs/src/SUMMARY.md", "- [A](a.md)\n");
    put(&b, "lamps/docs/src/a.md", "text");
    read_at(&b, "lamps/docs");
    assert_str(b.m->title, "lamps");
    assert_one_diag(&b, "book.toml:1:1 no-title: the book has no title and is called 'lamps'");
    b = begin(state);
    put(&b, "lamps/book/SUMMARY.md", "# Summary\n\n- [A](a.md)\n");
    put(&b, "lamps/book/a.md", "text");
    read_at(&b, "lamps/book");
    assert_clean(&b);
    assert_str(b.m->title, "lamps");
}

/* Front matter of chapters is for other tools; what follows keeps its place, and a rule stays a rule. */
static void test_front_matter_of_chapters(void **state)
{
    book b = chapter_book(state, "---\nminutes: 5\ntags: [a, b]\n---\n# C\n");
    put(&b, "src/SUMMARY.md", "- [C](c.md)\n- [D](d.md)\n- [E](e.md)\n- [F](f.md)\n- [G](g.md)\n- [H](h.md)\n");
    put(&b, "src/d.md", "---\ncourse: Fundamentals\n---\n\n# D\n");
    const char *texts[] = {"---\nNote: it stays\n\n---\nE\n", "---\n\nkey: value\n---\n", "---\nkey: value: more\n---\n", "\n---\nkey: value\n---\n"};
    put(&b, "src/e.md", texts[0]);
    put(&b, "src/f.md", texts[1]);
    put(&b, "src/g.md", texts[2]);
    put(&b, "src/h.md", texts[3]);
    read_book(&b);
    assert_str(b.m->title, "T");
    assert_str(b.m->items[0].text.bytes, "# C\n");
    assert_str(b.m->items[1].text.bytes, "\n# D\n");
    for (size_t i = 0; i < INC_COUNT(texts); i++)
        assert_str(b.m->items[2 + i].text.bytes, texts[i]);
    assert_one_diag(&b, "src/c.md:1:1 chapter-front-matter: front matter of chapters is left out, here and in 1 more");
    inc_place place;
    assert_true(inc_sources_place(b.sources, inc_text_span(&b.m->items[0].text, 2, 3), &place));
    assert_int_equal(place.line, 5);
    assert_int_equal(place.column, 3);
}

static void test_named_files(void **state)
{
    book b = chapter_book(state, "text");
    read_at(&b, "book.toml");
    assert_str(b.m->title, "T");
    b = chapter_book(state, "text");
    read_at(&b, "src/SUMMARY.md");
    assert_clean(&b);
    assert_str(b.m->title, "T");
    assert_str(chapter_text(&b), "text");
}

static void test_no_book(void **state)
{
    book b = begin(state);
    put(&b, "x.txt", "");
    inc_str path = b.folder;
    read_book(&b);
    assert_one_diag(&b, inc_strf(b.arena, "-:0:0 no-book: there is no book in '%.*s'", INC_STR_ARG(path)).p);
    b = begin(state);
    put(&b, "x.txt", "");
    read_at(&b, "x.txt");
    assert_int_equal(b.diags->v[0].id, INC_DIAG_NO_BOOK);
    b = begin(state);
    read_at(&b, "nothing");
    assert_int_equal(b.diags->v[0].id, INC_DIAG_NO_BOOK);
    b = begin(state);
    put(&b, "book.toml", "");
    read_book(&b);
    assert_one_diag(&b, "-:0:0 missing-summary: 'src/SUMMARY.md' does not exist");
}

/* ---- a single file ---- */

static book single(void **state, const char *text)
{
    book b = begin(state);
    put(&b, "note.md", text);
    put(&b, "inc.md", "included\n");
    put(&b, "c.png", "");
    put(&b, "a.css", "");
    read_at(&b, "note.md");
    return b;
}

static void test_single_front_matter(void **state)
{
    book b = single(state, "---\ntitle: \"Tît: le\"\nsubtitle: S\nauthor:\n  - A\n  - name: B\n    affiliation: X\nlang: de\ndate: 2026-03\nisbn:\n  print: 978-3-16-148410-0\n"
                           "  epub: 978-3-16-148410-0\ncover: c.png\nstyles: a.css\ntheme: theirs\noutput: {pdf_document: null}\nrights: R\npublisher:\n"
                           "incipit:\n  theme: handbook\n  contents-depth: 1\n  number-sections: false\n---\n# One\n{{#include inc.md}}\n");
    assert_clean(&b);
    const inc_manuscript *m = b.m;
    assert_true(m->single_file);
    assert_str(m->title, "Tît: le");
    assert_int_equal(m->author_count, 2);
    assert_str(m->authors[1], "B");
    assert_str(m->language, "de");
    const inc_settings *s = &m->settings;
    assert_str(s->subtitle, "S");
    assert_str(s->date, "2026-03");
    assert_str(s->isbn_print, "978-3-16-148410-0");
    assert_str(s->isbn_epub, "978-3-16-148410-0");
    assert_str(s->cover, "c.png");
    assert_int_equal(s->style_count, 1);
    assert_str(s->styles[0], "a.css");
    assert_str(s->theme, "handbook");
    assert_str(s->output, "");
    assert_str(s->rights, "R");
    assert_str(s->publisher, "");
    assert_int_equal(s->contents_depth, 1);
    assert_false(s->number_sections);
    assert_int_equal(m->item_count, 1);
    assert_str(m->items[0].title, "Tît: le");
    assert_str(m->items[0].path, "note.md");
    assert_null(m->items[0].number);
    assert_str(chapter_text(&b), "# One\nincluded\n");
    inc_place place;
    assert_true(inc_sources_place(b.sources, inc_text_span(&m->items[0].text, 0, 5), &place));
    assert_int_equal(place.line, 24);
    assert_str(place.line_text, "# One");
}

static void test_single_without_front_matter(void **state)
{
    static const char *const texts[] = {"# One\n", "---\n\nA paragraph.\n\n---\n", "---\ntitle: x\n", "----\ntitle: x\n---\n", "---\nSee this: it\n---\n", "---", ""};
    for (size_t i = 0; i < INC_COUNT(texts); i++) {
        book b = single(state, texts[i]);
        assert_clean(&b);
        assert_str(chapter_text(&b), texts[i]);
        assert_str(b.m->title, "");
        assert_str(b.m->items[0].title, "note");
    }
}

static void test_front_matter_errors(void **state)
{
    book b = single(state, "---\ntitle: \"é\n---\ntext\n");
    assert_int_equal(b.diags->v[0].id, INC_DIAG_BAD_FRONT_MATTER);
    assert_str(chapter_text(&b), "text\n");
    b = single(state, "---\nnamé: a: b\n---\n");
    assert_one_diag(&b, "note.md:2:8 bad-front-matter: front matter is not YAML: mapping values are not allowed in this context");
    b = single(state, "---\na: &x 1\nb: *x\n---\n");
    assert_one_diag(&b, "note.md:3:4 bad-front-matter: front matter cannot have aliases (*name)");
    b = single(state, "---\ntitle: [a]\ndate: May 2026\nincipit:\n  thme: x\n---\n");
    assert_diag(&b, 0, "note.md:2:8 bad-setting: 'title' must be a string, not an array");
    assert_diag(&b, 1, "note.md:3:7 doubtful-setting: 'May 2026' is not a date");
    assert_diag(&b, 2, "note.md:5:3 unknown-setting: there is no setting 'thme'");
}

static void test_hostile_bytes(void **state)
{
    book b = begin(state);
    put_bytes(&b, "x.md", INC_STR("\xEF\xBB\xBF---\r\ntitle: A\0B\r\n---\r\nx\xFF\r\n"));
    read_at(&b, "x.md");
    assert_int_equal(b.diags->v[0].id, INC_DIAG_NUL_BYTE);
    assert_str(chapter_text(&b), "x\xEF\xBF\xBD\n");
    b = begin(state);
    put_bytes(&b, "book.toml", INC_STR("[book]\ntitle = \"\0\"\n\xFF = 1\n"));
    put_bytes(&b, "src/SUMMARY.md", INC_STR("- [\0](\0.md)\n- [\xFF]("));
    read_book(&b);
    assert_true(b.diags->n > 0);
}

/* Reads with each allocation failing in turn; the sanitizers see what leaks. Returns how many failed. */
static unsigned long read_failing(inc_str path)
{
    for (volatile unsigned long n = 1;; n++) {
        inc_arena *arena = inc_arena_new();
        inc_guard guard;
        volatile bool failed = true;
        if (INC_GUARD(&guard) == 0) {
            inc_sources *sources = inc_sources_new(arena);
            inc_diags *diags = inc_diags_new(arena);
            inc_alloc_fail_after(n);
            inc_manuscript_read(path, INC_STR(""), arena, sources, diags);
            inc_guard_leave(&guard);
            failed = false;
        }
        inc_alloc_fail_after(0);
        inc_arena_free(arena);
        if (!failed)
            return n - 1;
    }
}

static void test_every_allocation_may_fail(void **state)
{
    book b = chapter_book(state, "{{#include f:a}} {{#playground f}} {{#include Fx}}\n");
    put(&b, "src/f", "ANCHOR: a\nx\nANCHOR_END: a\n");
    put(&b, "src/SUMMARY.md", "# S\n\n[P](p.md)\n\n- [C &amp; D](c.md)\n  - [E](e\\_f.md)\n- x\n");
    put(&b, "book.toml", "[book]\ntitle = \"A\"\nauthors = [\"B\", \"C\"]\nx = { y = [1, 2.5, 2020-01-01] }\n[output.incipit]\nstyles = [\"src/f\"]\n");
    put(&b, "one.md", "---\ntitle: A\nauthor: [B, {name: C}]\n---\n{{#include src/f}}\n");
    put(&b, "bad.md", "---\ntitle: A: [B\n---\n");
    unsigned long failures = read_failing(b.folder);
    assert_true(failures > 100);
    assert_true(read_failing(inc_path_join(b.arena, b.folder, INC_STR("one.md"))) > 20);
    assert_true(read_failing(inc_path_join(b.arena, b.folder, INC_STR("bad.md"))) > 10);
    read_book(&b);
}

/* ---- diagrams ---- */

static book settings_book(void **state, const char *settings)
{
    book b = begin(state);
    put(&b, "book.toml", settings);
    put(&b, "src/SUMMARY.md", "- [C](c.md)\n");
    put(&b, "src/c.md", "# C\n");
    read_book(&b);
    return b;
}

static void test_diagram_settings(void **state)
{
    book b = settings_book(state, "[output.incipit.diagrams]\nfolder = \"art/./drawn/\"\n[output.incipit.diagrams.dot]\n[output.incipit.diagrams.sKetch]\n"
                                  "command = [\"mmdc\", \"-i\", \"{input}\"]\ntimeout = 60\nversion = \"11\"\n");
    assert_clean(&b);
    const inc_diagram_rules *rules = &b.m->settings.diagrams;
    assert_str(rules->folder, "art/drawn");
    assert_int_equal(rules->n, 2); /* sorted by name */
    assert_str(rules->v[0].name, "dot");
    assert_int_equal(rules->v[0].command.n, 2);
    assert_str(rules->v[0].command.v[1], "-Tsvg");
    assert_int_equal(rules->v[0].seconds, 30);
    assert_str(rules->v[1].name, "sketch");
    assert_int_equal(rules->v[1].command.n, 3);
    assert_int_equal(rules->v[1].seconds, 60);
    assert_str(rules->v[1].version, "11");
}

static void test_diagram_settings_by_default(void **state)
{
    book b = settings_book(state, "[book]\n"), named = settings_book(state, "[output.incipit.diagrams.folder]\ncommand = [\"x\"]\n");
    assert_int_equal(b.m->settings.diagrams.n, 0);
    assert_clean(&named); /* a language may be called so */
    assert_str(named.m->settings.diagrams.v[0].name, "folder");
    assert_str(named.m->settings.diagrams.folder, "diagrams");
}

static void test_diagram_settings_at_fault(void **state)
{
    static const char *const cases[][2] = {
        {"[output.incipit]\ndiagrams = true", "book.toml:2:12 bad-setting: 'diagrams' must be a table, not a boolean"},
        {"[output.incipit.diagrams]\ndot = true", "book.toml:2:7 bad-setting: 'dot' must be a table with a command, not a boolean"},
        {"[output.incipit.diagrams.d2]", "book.toml:1:26 bad-setting: diagrams in 'd2' need a 'command'"},
        {"[output.incipit.diagrams.dot]\ncommand = \"dot\"", "book.toml:2:11 bad-setting: 'command' must be an array of strings, not a string"},
        {"[output.incipit.diagrams.dot]\ncommand = [\"\"]", "book.toml:2:11 bad-setting: 'command' names no program"},
        {"[output.incipit.diagrams.dot]\ntimeout = 0", "book.toml:2:11 bad-setting: 'timeout' must be a number of seconds from 1 to 3600"},
        {"[output.incipit.diagrams.dot]\ntimeuot = 1", "book.toml:2:1 unknown-setting: a language of [output.incipit.diagrams] has no setting 'timeuot'"},
        {"[output.incipit.diagrams]\nfolder = \"/tmp\"", "book.toml:2:10 outside-book: '/tmp' is not inside the book's folder"},
        {"[output.incipit.diagrams]\nfolder = \"a/../../b\"", "book.toml:2:10 outside-book: 'a/../../b' is not inside the book's folder"},
        {"[output.incipit.diagrams]\nfolder = \".\"", "book.toml:2:10 bad-setting: 'folder' must name a folder of its own inside the book's"},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        book b = settings_book(state, cases[i][0]);
        assert_one_diag(&b, cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_summary_parts_and_affixes),
        TEST(test_summary_spans),
        TEST(test_summary_item_without_link),
        TEST(test_summary_list_after_suffix),
        TEST(test_summary_duplicate),
        TEST(test_summary_missing_and_outside),
        TEST(test_missing_file_suggestion),
        TEST(test_summary_endless_line),
        TEST(test_summary_nested_too_deep),
        TEST(test_include_ranges),
        TEST(test_include_anchors),
        TEST(test_rustdoc_include),
        TEST(test_playground_title_escape),
        TEST(test_what_mdbook_takes_for_text),
        TEST(test_include_errors),
        TEST(test_nested_includes_map_back),
        TEST(test_prefixes),
        TEST(test_include_cycle_and_depth),
        TEST(test_include_depth),
        TEST(test_include_self_part),
        TEST(test_include_explosion),
        TEST(test_config_defaults),
        TEST(test_config_everything),
        TEST(test_config_own_setting_wins),
        TEST(test_config_unknown_keys),
        TEST(test_config_preprocessors),
        TEST(test_config_bad_values),
        TEST(test_config_print), TEST(test_config_print_bad), TEST(test_config_quoting),
        TEST(test_config_syntax_error),
        TEST(test_config_control_characters),
        TEST(test_messages_are_one_line),
        TEST(test_config_too_deep),
        TEST(test_src_outside),
        TEST(test_folder_with_summary_only),
        TEST(test_named_files),
        TEST(test_no_book),
        TEST(test_title_of_folder),
        TEST(test_front_matter_of_chapters),
        TEST(test_single_front_matter),
        TEST(test_single_without_front_matter),
        TEST(test_front_matter_errors),
        TEST(test_diagram_settings),
        TEST(test_diagram_settings_by_default),
        TEST(test_diagram_settings_at_fault),
        TEST(test_hostile_bytes),
        TEST(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
