/* test_markdown.c - what md4c lacks: footnotes, tables, definitions, attributes, alerts, code. And places. */
#include "markdown_fixture.h"

#include "base/guard.h"
#include "markdown/scan.h"

static void test_tables_with_single_dashes(void **state)
{
    assert_html(*state, "| a | b |\n|-|-|\n| 1 | 2 |\n",
                "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n");
    assert_html(*state, "> a | b\n> :-|-:\n> x | `y\\|z`\n",
                "<blockquote>\n<table>\n<thead>\n<tr>\n<th align=\"left\">a</th>\n<th align=\"right\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
                "<td align=\"left\">x</td>\n<td align=\"right\"><code>y|z</code></td>\n</tr>\n</tbody>\n</table>\n</blockquote>\n");
    assert_html(*state, "| a | b |\n|-|\n", "<p>| a | b |\n|-|</p>\n"); /* cells do not match: no table */
    assert_html(*state, "```\n| a |\n|-|\n```\n", "<pre><code>| a |\n|-|\n</code></pre>\n");
}

/* The cells of the first table: texts with "|" behind each, "/" behind each row. */
static void assert_cells(inc_arena *arena, const char *markdown, const char *want)
{
    fixture f = parse(arena, markdown);
    inc_buf out = inc_buf_in(arena);
    for (const inc_node *row = find_node(&f, INC_NODE_TABLE, 0)->first; row; row = row->next) {
        for (inc_node *cell = row->first; cell; cell = cell->next)
            inc_buf_printf(&out, "%.*s|", INC_STR_ARG(inc_node_flatten(arena, cell, false)));
        inc_buf_byte(&out, '/');
    }
    assert_str(inc_buf_str(&out), want);
}

static void test_empty_cells(void **state)
{
    assert_cells(*state, "|A|B|C|\n|-|-|-|\n||3|4|\n|a||4|\n|a|b||\n|||\n", "A|B|C|/|3|4|/a||4|/a|b||/|||/");
    assert_cells(*state, "> ||A|B\n> |-|-|-|\n> ||`||`|\\||\n> |`` a||b ``|\\`||x\n", "|A|B|/|`||/`` a||b ``|/"); /* in code too */
    assert_cells(*state, "- x\n\n  a||\n  -|-\n  ```||`\n", "a||/```||/");
    fixture f = parse(*state, "||b|\n|-|-|\n||d|\n");
    assert_bytes(&f, find_node(&f, INC_NODE_TEXT, 0)->span, "b");
    assert_bytes(&f, find_node(&f, INC_NODE_TEXT, 1)->span, "d");
    assert_bytes(&f, find_node(&f, INC_NODE_TABLE, 0)->span, "||b|\n|-|-|\n||d|");
}

#define TABLE_AB "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"

/* As in cmark-gfm and pulldown-cmark: a row that begins with "|" ends the paragraph if it is the head of a table. */
static void test_tables_below_text(void **state)
{
    assert_html(*state, "x\n*y*\n| a | b |\n|-|-|\n", "<p>x\n<em>y</em></p>\n" TABLE_AB "</table>\n");
    assert_html(*state, "- x\n  |a|b|\n  |-|-|\n- y\n", "<ul class=\"tight\">\n<li>x\n" TABLE_AB "</table>\n</li>\n<li>y</li>\n</ul>\n");
    assert_html(*state, "> x\n>   |a|b|\n> -|-\n", "<blockquote>\n<p>x</p>\n" TABLE_AB "</table>\n</blockquote>\n");
    assert_html(*state, "t\n: x\n  |a|b|\n  |-|-|\n", "<dl>\n<dt>t</dt>\n<dd>\n<p>x</p>\n" TABLE_AB "</table>\n</dd>\n</dl>\n");
    static const char *const none[] = {"x\n| a | b |\n|-|\n", "x\na | b\n-|-\n", "x\n| a | b |\n\n|-|-|\n", "> x\n|a|\n|-|\n", "> x\n> |a|\n|-|\n", "x\n|a|"};
    for (size_t i = 0; i < INC_COUNT(none); i++) {
        fixture f = parse(*state, none[i]);
        for (inc_walk w = inc_walk_begin(f.chapter); inc_walk_next(&w);)
            assert_true(w.node->kind != INC_NODE_TABLE);
    }
    const inc_markdown_options options = {.commonmark = true};
    fixture f = parse_with(*state, "x\n| a |\n|-|\n", &options);
    assert_null(f.chapter->first->next);
    f = parse(*state, "x\n|a|b|\n|-|-|\n");
    assert_bytes(&f, find_node(&f, INC_NODE_PARAGRAPH, 0)->span, "x");
    assert_bytes(&f, find_node(&f, INC_NODE_TABLE, 0)->span, "|a|b|\n|-|-|");
    assert_int_equal(f.diags->n, 0);
}

/* To md4c these lines were rows. */
static void test_blocks_below_tables(void **state)
{
    assert_html(*state, "|a|b|\n|-|-|\n# h\n|a|b|\n|-|-|\n```\nc\n```\n|a|b|\n|-|-|\n<!-- d -->\n\ne\n",
                TABLE_AB "</table>\n<h1>h</h1>\n" TABLE_AB "</table>\n<pre><code>c\n</code></pre>\n" TABLE_AB "</table>\n<p>e</p>\n");
    assert_html(*state, "> |a|b|\n> |-|-|\n> [^1]: n\n>\n> x[^1]\n", "<blockquote>\n" TABLE_AB
                "</table>\n<p>x<sup><a class=\"noteref\" href=\"1\">1</a></sup></p>\n</blockquote>\n<aside class=\"footnote\">\n<p>n</p>\n</aside>\n");
    assert_html(*state, "t\n: |a|b|\n  |-|-|\n: c\n", "<dl>\n<dt>t</dt>\n<dd>\n" TABLE_AB "</table>\n</dd>\n<dd>\n<p>c</p>\n</dd>\n</dl>\n");
}

/* A paragraph of nothing but definitions has no text for a heading. */
static void test_rules_below_definitions(void **state)
{
    assert_html(*state, "[a]: https://x.y/\n----\n\n[a]\n", "<hr />\n<p><a href=\"https://x.y/\">a</a></p>\n");
    assert_html(*state, "- [a\\]]: <u v> (t)\n  [b]: u(v) \"t\\\"\"\n  ---\n  x\n- y\n", "<ul class=\"tight\">\n<li>\n<hr />\nx</li>\n<li>y</li>\n</ul>\n");
    assert_html(*state, "[a]: u\n===\n[a]\n", "<p>===\n<a href=\"u\">a</a></p>\n");
    static const char *const headings[] = {"[a]", "[a]: u \"t\" x", "[a]: u \"t", "[ ]: u", "[a]: u(", "[a]: <u", "[a]: u\nx", "a: u", "[a]: <u>\"t\"", "[[a]: u"};
    for (size_t i = 0; i < INC_COUNT(headings); i++) {
        fixture f = parse(*state, inc_cstr(*state, inc_strf(*state, "%s\n---\n", headings[i])));
        assert_int_equal(f.chapter->first->kind, INC_NODE_HEADING);
    }
    fixture f = parse(*state, "[a]: u\n---\nT\n===\n");
    assert_bytes(&f, find_node(&f, INC_NODE_RULE, 0)->span, "---");
    assert_bytes(&f, find_node(&f, INC_NODE_HEADING, 0)->span, "T\n===");
}

static void test_delimiter_row_keeps_places(void **state)
{
    fixture f = parse(*state, "| a | b |\n|-|-|\n| 1 | 2 |\n");
    assert_bytes(&f, find_node(&f, INC_NODE_TEXT, 3)->span, "2");
    assert_bytes(&f, find_node(&f, INC_NODE_TABLE, 0)->span, "| a | b |\n|-|-|\n| 1 | 2 |");
}

static void test_footnotes(void **state)
{
    fixture f = parse(*state, "One[^1], two[^b], one[^1], \\[^1], `[^1]`.\n\n[^1]: note\n[^b]: First [ref].\n\n    Second\n    paragraph.\n\n"
                              "    - list\n\nAfter.\n\n[ref]: /url\n");
    assert_int_equal(f.diags->n, 0);
    inc_node *first = find_node(&f, INC_NODE_NOTE, 0), *second = find_node(&f, INC_NODE_NOTE, 1);
    assert_str(first->as.note.name, "1");
    assert_str(inc_node_flatten(*state, first, false), "note");
    assert_int_equal(second->first->kind, INC_NODE_PARAGRAPH);
    assert_str(find_node(&f, INC_NODE_LINK, 0)->as.link.url, "/url");
    assert_int_equal(second->last->kind, INC_NODE_LIST);
    assert_ptr_equal(find_node(&f, INC_NODE_NOTE_REF, 0)->as.note_ref.note, first);
    assert_ptr_equal(find_node(&f, INC_NODE_NOTE_REF, 1)->as.note_ref.note, second);
    assert_ptr_equal(find_node(&f, INC_NODE_NOTE_REF, 2)->as.note_ref.note, first);
    assert_bytes(&f, find_node(&f, INC_NODE_NOTE_REF, 1)->span, "[^b]");
    assert_str(inc_node_flatten(*state, f.chapter->first, false), "One, two, one, [^1], [^1].");
    assert_str(inc_node_flatten(*state, f.chapter->first->next, false), "After.");
}

static void test_footnotes_in_odd_places(void **state)
{
    fixture f = parse(*state, "- item[^x]\n\n  [^x]: in an item\n\n  more\n- next\n\n> quote[^y]\n> [^y]: in a quote\n> lazy\n");
    assert_int_equal(f.diags->n, 0);
    assert_str(inc_node_flatten(*state, find_node(&f, INC_NODE_NOTE, 0), false), "in an item");
    assert_str(inc_node_flatten(*state, find_node(&f, INC_NODE_NOTE, 1), false), "in a quote lazy");
    assert_int_equal(find_node(&f, INC_NODE_LIST, 0)->first->next->kind, INC_NODE_ITEM);
    f = parse(*state, "A[^n]\n\n[^n]:\n    ```rust\n    fn f() {}\n\nAfter[^m]\n\n[^m]: fine\n"); /* a fence that never ends */
    assert_str(find_node(&f, INC_NODE_CODE, 0)->as.code.text, "fn f() {}\n\n");
    assert_str(inc_node_flatten(*state, find_node(&f, INC_NODE_NOTE, 1), false), "fine");
    f = parse(*state, "B[^q]\n\n[^q]: outer\n\n    [^r]: inner\n\n```\n[^z]: code\n"); /* the text ends in a fence */
    assert_str(find_node(&f, INC_NODE_CODE, 0)->as.code.text, "[^z]: code\n");
    assert_str(inc_node_flatten(*state, find_node(&f, INC_NODE_NOTE, 0), false), "outer");
    assert_str(inc_node_flatten(*state, find_node(&f, INC_NODE_NOTE, 1), false), "inner");
}

static void test_footnote_diagnostics(void **state)
{
    fixture f = parse(*state, "A[^no]\n\nB[^d] [^D]\n\n[^d]: first\n\n[^d]: second\n");
    assert_int_equal(count_diags(&f, INC_DIAG_UNDEFINED_NOTE), 1);
    assert_bytes(&f, f.diags->v[1].span, "[^no]");
    assert_int_equal(count_diags(&f, INC_DIAG_DUPLICATE_NOTE), 1);
    assert_str(inc_node_flatten(*state, f.chapter->first, false), "A[^no]");
    assert_str(inc_node_flatten(*state, find_node(&f, INC_NODE_NOTE, 0), false), "first");
    assert_int_equal(find_node(&f, INC_NODE_NOTE_REF, 1)->as.note_ref.note == find_node(&f, INC_NODE_NOTE, 0), true);
}

static inc_str many_lines(inc_arena *arena, const char *first, const char *line, int n)
{
    inc_buf b = inc_buf_in(arena);
    inc_buf_puts(&b, first);
    for (int i = 0; i < n; i++)
        inc_buf_puts(&b, line);
    return inc_buf_str(&b);
}

/* A paragraph of more lines than md4c can look through becomes several, wherever it stands. */
static void test_endless_paragraphs(void **state)
{
    static const struct {
        const char *first, *line;
        inc_node_kind holder; /* of the second part */
        size_t parts;
    } cases[] = {{"", "[a](b)\n", INC_NODE_CHAPTER, 3}, {"> x\n", "> [a](b)\n", INC_NODE_QUOTE, 3}, {"> x\n", "[a](b)\n", INC_NODE_CHAPTER, 3},
                 {"- x\n", "  [a](b)\n", INC_NODE_ITEM, 3}, {"", "      [a](b)\n", INC_NODE_CODE, 0}, {"x\n", "      [a](b)\n", INC_NODE_CHAPTER, 3},
                 {"x[^n]\n\n[^n]: y\n", "    [a](b)\n", INC_NODE_NOTE, 3}, {"t\n: y\n", "  [a](b)\n", INC_NODE_DEFINITION, 3}};
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        fixture f = parse(*state, inc_cstr(*state, many_lines(*state, cases[i].first, cases[i].line, 2 * INC_PARAGRAPH_LINES_MAX + 1)));
        size_t parts = count_diags(&f, INC_DIAG_PARAGRAPH_CUT) + (cases[i].parts > 0);
        assert_int_equal(parts, cases[i].parts);
        size_t links = 0;
        for (inc_walk w = inc_walk_begin(f.chapter); inc_walk_next(&w);)
            if (w.enter && w.node->kind == INC_NODE_LINK) {
                links++;
                if (links == INC_PARAGRAPH_LINES_MAX + 10)
                    assert_int_equal(w.node->parent->parent->kind, cases[i].holder);
            }
        assert_int_equal(links, cases[i].parts ? 2 * INC_PARAGRAPH_LINES_MAX + 1 : 0);
    }
    fixture f = parse(*state, inc_cstr(*state, many_lines(*state, "", "a\n", INC_PARAGRAPH_LINES_MAX)));
    assert_int_equal(f.diags->n, 0);
    assert_null(f.chapter->first->next);
}

static void test_authors_comments_are_no_marks(void **state)
{
    assert_html(*state, "a[^1]\n\n<!-- -->\n\nb\n\n[^1]: n\n",
                "<p>a<sup><a class=\"noteref\" href=\"1\">1</a></sup></p>\n<p>b</p>\n<aside class=\"footnote\">\n<p>n</p>\n</aside>\n");
}

static void test_heading_attributes(void **state)
{
    assert_html(*state, "# T { #id .c1 .c2 key=val lang=de }\n", "<h1 id=\"id\" class=\"c1 c2\" lang=\"de\" key=\"val\">T</h1>\n");
    assert_html(*state, "## T {#a_b_c} ##\n", "<h2>T {#a_b_c}</h2>\n");
    assert_html(*state, "Two\nlines {#x}\n===\n", "<h1 id=\"x\">Two\nlines</h1>\n");
    assert_html(*state, "# Using {} and `{#a}`\n", "<h1>Using {} and <code>{#a}</code></h1>\n");
    assert_html(*state, "# C# {#c}\n", "<h1 id=\"c\">C#</h1>\n");
    assert_html(*state, "# \\{#a}\n", "<h1>{#a}</h1>\n");
    assert_html(*state, "> # {#q}\n", "<blockquote>\n<h1 id=\"q\"></h1>\n</blockquote>\n");
}

static void test_definitions(void **state)
{
    assert_html(*state, "Term *one*\n: def a\n: def b\n\n    more b\n\nTerm two\n\n: c\n\nText.\n",
                "<dl>\n<dt>Term <em>one</em></dt>\n<dd>\n<p>def a</p>\n</dd>\n<dd>\n<p>def b</p>\n<p>more b</p>\n</dd>\n<dt>Term two</dt>\n<dd>\n<p>c</p>\n</dd>\n"
                "</dl>\n<p>Text.</p>\n");
    assert_html(*state, "> T\n> : d\n>   - x\n", "<blockquote>\n<dl>\n<dt>T</dt>\n<dd>\n<p>d</p>\n<ul class=\"tight\">\n<li>x</li>\n</ul>\n</dd>\n</dl>\n</blockquote>\n");
    assert_html(*state, ": no term\n", "<p>: no term</p>\n");
    assert_html(*state, "a :b\n", "<p>a :b</p>\n");
    inc_markdown_options off = {0};
    fixture f = parse_with(*state, "T\n: d\n", &off);
    assert_str(inc_node_flatten(*state, f.chapter, false), "T : d");
}

static void test_alerts(void **state)
{
    assert_html(*state, "> [!NOTE]\n> text\n>\n> > [!warning]\n> > more\n",
                "<aside class=\"alert note\">\n<p>text</p>\n<aside class=\"alert warning\">\n<p>more</p>\n</aside>\n</aside>\n");
    assert_html(*state, "> [!NOTE] x\n", "<blockquote>\n<p>[!NOTE] x</p>\n</blockquote>\n");
    assert_html(*state, "> [!OTHER]\n> x\n", "<blockquote>\n<p>[!OTHER]\nx</p>\n</blockquote>\n");
}

/* **Like this**, above something: a heading of those who want none in their contents. */
static void test_bold_heads(void **state)
{
    assert_html(*state, "a\n\n**Sub**\n\nb\n", "<p>a</p>\n<p class=\"bold-head\"><strong>Sub</strong></p>\n<p>b</p>\n");
    assert_html(*state, "__Sub:__\n- b\n", "<p class=\"bold-head\"><strong>Sub:</strong></p>\n<ul class=\"tight\">\n<li>b</li>\n</ul>\n");
    assert_html(*state, "**Sub**:\n\nb\n", "<p class=\"bold-head\"><strong>Sub</strong>:</p>\n<p>b</p>\n");
    assert_html(*state, "**a** b\n\n**c**\n", "<p><strong>a</strong> b</p>\n<p><strong>c</strong></p>\n"); /* words, and nothing below */
    assert_html(*state, "**a**\n\n## b\n", "<p><strong>a</strong></p>\n<h2>b</h2>\n");
    assert_html(*state, "**a**\n\n**b**\n\nc\n", "<p><strong>a</strong></p>\n<p class=\"bold-head\"><strong>b</strong></p>\n<p>c</p>\n");
    inc_buf longer = inc_buf_in(*state);
    inc_buf_puts(&longer, "**");
    for (int i = 0; i < 40; i++)
        inc_buf_puts(&longer, "much ");
    inc_buf_puts(&longer, "weight**\n\nb\n");
    fixture f = parse(*state, inc_buf_str(&longer).p);
    assert_int_equal(find_node(&f, INC_NODE_PARAGRAPH, 0)->class_count, 0);
}

static void test_diagrams_without_a_command(void **state)
{
    const char *text = "```mermaid\ngraph TD\n```\n\n```Dot,x\n```\n\n```rust\n```\n\n    mermaid\n";
    fixture f = parse(*state, text);
    assert_int_equal(count_diags(&f, INC_DIAG_DIAGRAM_AS_SOURCE), 2);
    assert_int_equal(f.diags->n, 2);
    assert_str(f.diags->v[0].message, "a diagram in mermaid is set as its source");
    inc_diagram_rule drawn[] = {{.name = INC_STR("mermaid")}};
    inc_markdown_options options = all_options;
    options.diagrams = &(inc_diagram_rules){.v = drawn, .n = 1};
    f = parse_with(*state, text, &options);
    assert_int_equal(count_diags(&f, INC_DIAG_DIAGRAM_AS_SOURCE), 1);
    f = parse(*state, "<pre class=\"mermaid\">graph TD</pre>\n\n<pre class=\"x\">y</pre>\n"); /* as mdbook-mermaid leaves it */
    assert_int_equal(f.diags->n, 1);
    assert_int_equal(f.diags->v[0].id, INC_DIAG_DIAGRAM_AS_SOURCE);
    assert_true(inc_str_find(f.diags->v[0].hint, INC_STR("renderers = [\"html\"]")) != INC_NPOS);
}

static void test_code_hides_lines(void **state)
{
    fixture f = parse(*state, "```Rust,ignore editable\n# use x;\n#\n## doc\n  # hidden\n#[attr]\n#!inner\nfn f() {}\n```\n");
    inc_node *code = find_node(&f, INC_NODE_CODE, 0);
    assert_str(code->as.code.language, "rust");
    assert_true(inc_node_has_class(code, "ignore") && inc_node_has_class(code, "editable"));
    assert_str(code->as.code.text, "# doc\n#[attr]\n#!inner\nfn f() {}\n");
    assert_int_equal(code->as.code.line_count, 4);
    assert_bytes(&f, code->as.code.lines[0], "# doc");
    assert_bytes(&f, code->as.code.lines[3], "fn f() {}");
    f = parse(*state, "```python hidelines=!!!\n!!!hidden\nshown\n# shown\n```\n\n    indented\n");
    assert_str(find_node(&f, INC_NODE_CODE, 0)->as.code.text, "shown\n# shown\n");
    assert_str(find_node(&f, INC_NODE_CODE, 1)->as.code.language, "");
    assert_false(find_node(&f, INC_NODE_CODE, 1)->as.code.fenced);
    const inc_str pairs[] = {INC_STR("go"), INC_STR("//-")};
    inc_markdown_options options = {.hidelines = pairs, .hideline_count = 1};
    f = parse_with(*state, "```go\n//- x\ny\n```\n", &options);
    assert_str(find_node(&f, INC_NODE_CODE, 0)->as.code.text, "y\n");
}

static void test_unclosed_fences(void **state)
{
    static const char *const unclosed[] = {"a\n\n```rust\nb\n\n# c\n", "- ```rust\n  b\n\nc\n", "> ```rust\n> b\n\nc\n", "x[^n]\n\n[^n]: ```rust\n    b\n",
                                           "t\n: ```rust\n  b\n\nc\n", "> - ```rust\n>   b\n> ```\n> c\n> ```\n", "```rust\n~~~\n``\n```x\n    ```\n", "```rust"};
    for (size_t i = 0; i < INC_COUNT(unclosed); i++) {
        fixture f = parse(*state, unclosed[i]);
        assert_int_equal(f.diags->n, 1);
        assert_int_equal(f.diags->v[0].id, INC_DIAG_UNCLOSED_FENCE);
        assert_bytes(&f, f.diags->v[0].span, "```rust");
    }
    assert_int_equal(parse(*state, "- ```\n  b\n  ```\n> ~~~\n> c\n> ~~~~~\n\n```\n```\n\n    ```\n").diags->n, 0);
}

/* A fence that runs out of an included file. */
static void test_fence_leaves_its_file(void **state)
{
    for (unsigned closed = 0; closed < 2; closed++) {
        inc_sources *sources = inc_sources_new(*state);
        uint32_t outer = inc_sources_add(sources, INC_STR("a.md"), INC_STR("a.md"), INC_STR("a\n\nb\n"));
        uint32_t inner = inc_sources_add(sources, INC_STR("b.md"), INC_STR("b.md"), INC_STR("```\nc\n"));
        inc_text_builder text = inc_text_begin(*state);
        inc_text_add_source(&text, sources, (inc_span){outer, 0, 3});
        inc_text_add_source(&text, sources, (inc_span){inner, 0, 6});
        if (!closed)
            inc_text_add_source(&text, sources, (inc_span){outer, 3, 2});
        inc_diags *diags = inc_diags_new(*state);
        inc_text whole = inc_text_finish(&text);
        inc_markdown_parse(&whole, &all_options, *state, diags, inc_node_new(*state, INC_NODE_CHAPTER, INC_NO_SPAN));
        assert_int_equal(diags->n, 1);
        assert_int_equal(diags->v[0].span.file, inner);
        assert_int_equal(inc_str_find(diags->v[0].message, INC_STR("in this file")) == INC_NPOS, closed);
    }
}

/* Without a text inside, a link's or an image's place is where it opens. */
static void test_places_of_empty_links(void **state)
{
    fixture f = parse(*state, "One ![a](b).\n\n- ![](c)![][r]\n\n> [](d) [![](e)](f)\n\n[r]: g\n");
    inc_place place;
    const struct {
        inc_node_kind kind;
        unsigned index, line, column;
    } wanted[] = {{INC_NODE_IMAGE, 1, 3, 3}, {INC_NODE_IMAGE, 2, 3, 9}, {INC_NODE_LINK, 0, 5, 3}, {INC_NODE_IMAGE, 3, 5, 10}, {INC_NODE_LINK, 1, 5, 10}};
    for (size_t i = 0; i < INC_COUNT(wanted); i++) {
        assert_true(inc_sources_place(f.sources, find_node(&f, wanted[i].kind, wanted[i].index)->span, &place));
        assert_int_equal(place.line, wanted[i].line);
        assert_int_equal(place.column, wanted[i].column);
    }
}

/* The precision that parse.c promises for every kind. */
static void test_places(void **state)
{
    fixture f = parse(*state, "# Head *em*\n\nA &amp; b `code` [link](u) ![alt](i)\nnext.\n\n- item\n\n> quote\n\n***\n\n```x\n\nline\n\n  two\n```\n\n"
                              "Set\n---\n\n    indented\n\n    more\n");
    assert_bytes(&f, find_node(&f, INC_NODE_HEADING, 0)->span, "# Head *em*");
    assert_bytes(&f, find_node(&f, INC_NODE_SPAN, 0)->span, "em");
    assert_bytes(&f, find_node(&f, INC_NODE_TEXT, 2)->span, "A &amp; b ");
    assert_bytes(&f, find_node(&f, INC_NODE_CODE_SPAN, 0)->span, "code");
    assert_bytes(&f, find_node(&f, INC_NODE_LINK, 0)->span, "link");
    assert_bytes(&f, find_node(&f, INC_NODE_IMAGE, 0)->span, "alt");
    assert_bytes(&f, find_node(&f, INC_NODE_PARAGRAPH, 0)->span, "A &amp; b `code` [link](u) ![alt](i)\nnext.");
    assert_bytes(&f, find_node(&f, INC_NODE_ITEM, 0)->span, "item");
    assert_bytes(&f, find_node(&f, INC_NODE_QUOTE, 0)->span, "quote");
    assert_bytes(&f, find_node(&f, INC_NODE_RULE, 0)->span, "***");
    inc_node *code = find_node(&f, INC_NODE_CODE, 0);
    assert_bytes(&f, code->span, "```x\n\nline\n\n  two\n```");
    assert_int_equal(code->as.code.line_count, 4);
    const char *lines[] = {"", "line", "", "two"};
    for (unsigned i = 0; i < 4; i++) {
        inc_place place;
        assert_true(inc_sources_place(f.sources, code->as.code.lines[i], &place));
        assert_int_equal(place.line, 13 + i);
        assert_bytes(&f, code->as.code.lines[i], lines[i]);
    }
    assert_bytes(&f, find_node(&f, INC_NODE_HEADING, 1)->span, "Set\n---");
    assert_bytes(&f, find_node(&f, INC_NODE_CODE, 1)->span, "indented\n\n    more");
}

static void test_places_inside_moved_text(void **state)
{
    fixture f = parse(*state, "> x[^1]\n>\n> [^1]: one\n>\n>     ```c\n>     int i;\n>     ```\n\nT\n: d\n\n      code\n");
    inc_node *code = find_node(&f, INC_NODE_CODE, 1);
    assert_str(code->as.code.text, "int i;\n");
    assert_bytes(&f, code->as.code.lines[0], "int i;");
    assert_str(find_node(&f, INC_NODE_CODE, 0)->as.code.text, "code\n");
    assert_bytes(&f, find_node(&f, INC_NODE_CODE, 0)->as.code.lines[0], "code");
}

static void test_entities(void **state)
{
    assert_html(*state, "&amp; &ouml; &ngE; &nosuch; &#0; &#x41; &#1234567;\n", "<p>&amp; \xC3\xB6 \xE2\x89\xA7\xCC\xB8 &amp;nosuch; \xEF\xBF\xBD A \xEF\xBF\xBD</p>\n");
    fixture f = parse(*state, "[x](a&amp;b \"t&quot;\")\n");
    assert_str(find_node(&f, INC_NODE_LINK, 0)->as.link.url, "a&b");
    assert_str(find_node(&f, INC_NODE_LINK, 0)->as.link.title, "t\"");
}

static void test_math(void **state)
{
    inc_markdown_options options = {.math = true};
    fixture f = parse_with(*state, "$5 and $6, $x_1$ and $$a*b*c$$.\n\nA \\\\( a_1 + b_2 \\\\), `\\\\(c\\\\)`, \\\\(open\n\n\\\\[\nx \\\\\\\\ y\n\\\\]\n",
                           &options);
    assert_str(inc_node_flatten(*state, f.chapter->first, false), "$5 and $6, x_1 and a*b*c.");
    assert_str(find_node(&f, INC_NODE_MATH, 0)->as.text.text, "x_1");
    assert_true(inc_node_has_class(find_node(&f, INC_NODE_MATH, 1), "display"));
    inc_node *inline_math = find_node(&f, INC_NODE_MATH, 2), *display = find_node(&f, INC_NODE_MATH, 3);
    assert_str(inline_math->as.text.text, "a_1 + b_2");
    assert_str(inline_math->next->as.text.text, ", ");
    assert_str(display->as.text.text, "x \\\\ y");
    assert_true(inc_node_has_class(display, "display") && !display->next && !display->prev);
    f = parse_with(*state, "\\\\(a *b* c\\\\), \\\\(d\\\\)\n", &options);
    assert_str(find_node(&f, INC_NODE_MATH, 0)->as.text.text, "d");
    f = parse(*state, "\\\\(a\\\\) $b$\n");
    assert_str(inc_node_flatten(*state, f.chapter, false), "\\(a\\) $b$");
}

/* Marks behind a link whose destination is an address are marks; those in a bare address are not. */
static void test_addresses(void **state)
{
    assert_html(*state, "**[D](https://x.y/a)**; [a](https://x.y/a)-**b** *[c](https://x.y)*'s [d](http://x.y/a)*s* ~~[e](https://x.y)~~f\n",
                "<p><strong><a href=\"https://x.y/a\">D</a></strong>; <a href=\"https://x.y/a\">a</a>-<strong>b</strong> <em><a href=\"https://x.y\">c</a></em>'s "
                "<a href=\"http://x.y/a\">d</a><em>s</em> <del><a href=\"https://x.y\">e</a></del>f</p>\n");
    assert_html(*state, "https://x.y/*/a_(b)) [HTTP://x.y/~c/_d_/*/] **ftp://x.y/~e?f=1&amp;g=h;** https://x.y/h&hl;.\n",
                "<p><a href=\"https://x.y/*/a_(b)\">https://x.y/*/a_(b)</a>) [<a href=\"HTTP://x.y/~c/_d_/*/\">HTTP://x.y/~c/_d_/*/</a>] "
                "<strong><a href=\"ftp://x.y/~e?f=1&amp;g=h\">ftp://x.y/~e?f=1&amp;g=h</a>;</strong> <a href=\"https://x.y/h\">https://x.y/h</a>&amp;hl;.</p>\n");
    assert_html(*state, "https\\://x.y &#104;ttps://x.y xhttps://x.y https://x https://a_b.c <i>https://x.y</i> `https://x.y`\n",
                "<p>https://x.y https://x.y xhttps://x.y https://x https://a_b.c <i>https://x.y</i> <code>https://x.y</code></p>\n");
    assert_html(*state, "[see https://x.y](u) <a href=\"u\">see https://x.y</a> [t](https://x.y/_a_?b&amp;c \"at https://x.y/_a_ &amp; b\")\n",
                "<p><a href=\"u\">see https://x.y</a> <a href=\"u\">see https://x.y</a> "
                "<a href=\"https://x.y/_a_?b&amp;c\" title=\"at https://x.y/_a_ &amp; b\">t</a></p>\n");
    fixture f = parse(*state, "a[^n] &ouml; https://x.y/a&amp;_b_\\_c, d\n\n[^n]: https://x.y/_n_/.\n");
    assert_str(find_node(&f, INC_NODE_LINK, 0)->as.link.url, "https://x.y/a&_b__c");
    assert_bytes(&f, find_node(&f, INC_NODE_LINK, 0)->span, "https://x.y/a&amp;_b_\\_c");
    assert_bytes(&f, find_node(&f, INC_NODE_TEXT, 1)->span, " &ouml; ");
    assert_bytes(&f, find_node(&f, INC_NODE_TEXT, 3)->span, ", d");
    assert_bytes(&f, find_node(&f, INC_NODE_LINK, 1)->span, "https://x.y/_n_/");
}

static char *repeat(inc_arena *arena, const char *s, size_t n, const char *end)
{
    inc_buf b = inc_buf_in(arena);
    for (size_t i = 0; i < n; i++)
        inc_buf_puts(&b, s);
    inc_buf_puts(&b, end);
    inc_buf_byte(&b, 0);
    return b.p;
}

static void test_hostile_nesting(void **state)
{
    static const char *const units[] = {">", "- ", "1. ", "*a ", "[", "<div>", "<b>", "<ul><li>", "<table><tr><td>", "![", "> - ", "<p><i>", "(http://", "_www.a", "*https://a.b/~"};
    for (size_t i = 0; i < INC_COUNT(units); i++) {
        fixture f = parse(*state, repeat(*state, units[i], 1000, "x\n"));
        assert_non_null(f.chapter->first);
    }
    for (size_t depth = INC_NESTING_MAX - 12; depth < INC_NESTING_MAX + 2; depth++) { /* the last levels that fit */
        parse(*state, repeat(*state, "> ", depth, "*\n"));
        parse(*state, repeat(*state, "> ", depth, "T <b>*a*</b>\n"));
        parse(*state, repeat(*state, "<div>", depth, "\n\n- a\n\n![x](y \"t\")\n"));
    }
    inc_buf steps = inc_buf_in(*state); /* a list in a list in a list: each text stays a paragraph, and none is glued to the next */
    for (int i = 0; i < 50; i++)
        inc_buf_printf(&steps, "%*s- n%d\n", 2 * i, "", i);
    inc_buf_byte(&steps, 0);
    fixture list = parse(*state, steps.p);
    for (inc_walk w = inc_walk_begin(list.chapter); inc_walk_next(&w);) {
        if (w.enter && w.node->kind == INC_NODE_PARAGRAPH)
            assert_ptr_equal(w.node->first, w.node->last);
        if (w.enter && w.node->kind == INC_NODE_PARAGRAPH && w.node->next && w.node->next->kind == INC_NODE_PARAGRAPH)
            assert_false(w.node->parent->parent->as.list.tight);
    }
    fixture f = parse(*state, repeat(*state, "> ", 100, "deep\n"));
    assert_int_equal(count_diags(&f, INC_DIAG_NESTED_TOO_DEEP), 1);
    assert_str(inc_node_flatten(*state, f.chapter, false), "deep");
}

static void test_expansion_is_capped(void **state)
{
    inc_buf b = inc_buf_in(*state);
    inc_buf_puts(&b, "[a]: /");
    inc_buf_puts(&b, repeat(*state, "x", 50000, "\n\n"));
    inc_buf_puts(&b, repeat(*state, "[a] ", 5000, "\n"));
    inc_buf_byte(&b, 0);
    fixture f = parse(*state, b.p);
    assert_int_equal(count_diags(&f, INC_DIAG_EXPANDS_TOO_FAR), 1);
    assert_true(inc_arena_used(*state) < 64u << 20);
}

/* As cmark-gfm has it. */
static void test_bars_in_code(void **state)
{
    struct { const char *row, *cells; unsigned told; } cases[] = {
        {"| `x|y` | z |", "<td>`x</td><td>y`</td><td>z</td>", 1},
        {"| `x\\|y` | z |", "<td><code>x|y</code></td><td>z</td><td></td>", 0},
        {"| `x` `y | ``z`` |", "<td><code>x</code> `y</td><td><code>z</code></td><td></td>", 0},
        {"| ``a | `b` | c`` |", "<td>``a</td><td><code>b</code></td><td>c``</td>", 1},
        {"| \\`x | `y\\` |", "<td>`x</td><td><code>y\\</code></td><td></td>", 0},
        {"||a|b", "<td></td><td>a</td><td>b</td>", 0},
        {"|a||b|c|", "<td>a</td><td></td><td>b</td>", 1},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        inc_arena *arena = *state;
        const char *text = inc_cstr(arena, inc_strf(arena, "> | `h|i` | 3 |\n> |-|-|-|\n> %s\n", cases[i].row));
        fixture f = parse(arena, text);
        inc_buf out = inc_buf_in(arena), flat = inc_buf_in(arena);
        inc_document_html(f.document, false, &out);
        for (size_t k = 0; k < out.n; k++)
            if (out.p[k] != '\n')
                inc_buf_byte(&flat, out.p[k]);
        inc_str html = inc_buf_str(&flat);
        if (inc_str_find(html, inc_strf(arena, "<tbody><tr>%s</tr></tbody>", cases[i].cells)) == INC_NPOS || f.diags->n != cases[i].told)
            fail_msg("%s: %zu findings, %.*s", cases[i].row, f.diags->n, INC_STR_ARG(html));
        assert_true(inc_str_find(html, INC_STR("<th>`h</th><th>i`</th><th>3</th>")) != INC_NPOS);
    }
}

static void test_wide_tables(void **state)
{
    inc_buf b = inc_buf_in(*state);
    inc_buf_puts(&b, repeat(*state, "a|", 1001, "\n"));
    inc_buf_puts(&b, repeat(*state, "-|", 1001, "\n"));
    inc_buf_byte(&b, 0);
    fixture f = parse(*state, b.p);
    assert_int_equal(count_diags(&f, INC_DIAG_TABLE_TOO_WIDE), 1);
    assert_int_equal(f.chapter->first->kind, INC_NODE_PARAGRAPH);
}

/* Each allocation fails in turn: the guard is reached every time, and never through md4c (the sanitizer sees leaks). */
static void test_memory_runs_out(void **state)
{
    (void)state;
    static const char markdown[] = "# T {#x}\n\na[^1] *b* <b>c</b>\n\n[^1]: n\n\nT\n: d\n\n<div>\n\n```rust\nx\n```\n\n</div>\n";
    volatile unsigned long n = 0;
    volatile bool done = false;
    while (!done) {
        n = n < 200 ? n + 1 : n + 7;
        inc_arena *volatile arena = inc_arena_new();
        inc_guard guard;
        inc_alloc_fail_after(n);
        if (INC_GUARD(&guard) == 0) {
            parse(arena, markdown);
            inc_guard_leave(&guard);
            done = true;
        }
        inc_alloc_fail_after(0);
        inc_arena_free(arena);
    }
    assert_true(n > 100);
}

/* ---- diagrams ---- */

static fixture parse_diagrams(inc_arena *arena, const char *markdown)
{
    static inc_diagram_rule rules[] = {{.name = {"dot", 3}}, {.name = {"sketch", 6}}};
    static const inc_diagram_rules diagrams = {.v = rules, .n = 2};
    inc_markdown_options options = all_options;
    options.diagrams = &diagrams;
    return parse_with(arena, markdown, &options);
}

static void test_diagram_words(void **state)
{
    fixture f = parse_diagrams(*state, "```Dot,own {#life .wide .mine width=60% alt=\"a, {b} c\" caption='The \"life\"' height=300}\n# a\n\n  b\n```\n");
    inc_node *image = find_node(&f, INC_NODE_IMAGE, 0), *figure = find_node(&f, INC_NODE_FIGURE, 0);
    assert_non_null(image->as.image.diagram);
    assert_str(image->as.image.diagram->language, "dot");
    assert_str(image->as.image.diagram->text, "# a\n\n  b\n");
    assert_int_equal(image->as.image.diagram->line_count, 3);
    assert_str(image->as.image.alt, "a, {b} c");
    assert_str(image->as.image.width, "60%");
    assert_str(image->as.image.height, "300px");
    assert_str(figure->label, "life");
    assert_true(inc_node_has_class(figure, "wide") && inc_node_has_class(image, "mine") && inc_node_has_class(image, "own"));
    assert_str(inc_node_flatten(*state, find_node(&f, INC_NODE_CAPTION, 0), true), "The \"life\"");
    assert_int_equal(f.diags->n, 0);
}

static void test_diagram_places(void **state)
{
    fixture f = parse_diagrams(*state,
        "- item\n\n  ~~~graphviz alt=x\n  a\n  ~~~\n\n> ```dot\n> b\n> ```\n\n<div class=\"side-by-side\">\n\n```dot {caption=\"one\"}\n1\n```\n\n```sketch {caption=\"two\"}\n2\n```\n\n</div>\n\n"
        "```dot\nc\n```\n<span class=\"caption\">Of *many*</span>\n\n    dot\n\n```rust\n# fn main() {}\n```\n");
    assert_str(find_node(&f, INC_NODE_IMAGE, 0)->as.image.alt, "x");
    assert_int_equal(find_node(&f, INC_NODE_IMAGE, 1)->parent->parent->kind, INC_NODE_FIGURE);
    assert_int_equal(find_node(&f, INC_NODE_IMAGE, 1)->parent->parent->parent->kind, INC_NODE_QUOTE);
    assert_str(find_node(&f, INC_NODE_IMAGE, 3)->as.image.diagram->language, "sketch");
    assert_str(inc_node_flatten(*state, find_node(&f, INC_NODE_CAPTION, 2), true), "Of many");
    assert_str(find_node(&f, INC_NODE_CODE, 0)->as.code.text, "dot\n");
    assert_str(find_node(&f, INC_NODE_CODE, 1)->as.code.text, "");
}

static void test_diagram_is_a_listing_without_a_rule(void **state)
{
    fixture f = parse(*state, "```dot {#a alt=\"b\"}\nx\n```\n");
    assert_str(find_node(&f, INC_NODE_CODE, 0)->as.code.text, "x\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_diagram_words),
        TEST(test_diagram_places),
        TEST(test_diagram_is_a_listing_without_a_rule),
        TEST(test_tables_with_single_dashes), TEST(test_empty_cells), TEST(test_tables_below_text), TEST(test_rules_below_definitions),
        TEST(test_blocks_below_tables), TEST(test_delimiter_row_keeps_places), TEST(test_footnotes),
        TEST(test_footnotes_in_odd_places), TEST(test_footnote_diagnostics), TEST(test_endless_paragraphs), TEST(test_authors_comments_are_no_marks),
        TEST(test_heading_attributes), TEST(test_definitions), TEST(test_alerts), TEST(test_bold_heads), TEST(test_diagrams_without_a_command),
        TEST(test_code_hides_lines), TEST(test_unclosed_fences), TEST(test_fence_leaves_its_file), TEST(test_places),
        TEST(test_places_of_empty_links),
        TEST(test_places_inside_moved_text), TEST(test_entities), TEST(test_addresses), TEST(test_math), TEST(test_hostile_nesting),
        TEST(test_expansion_is_capped),
        TEST(test_bars_in_code), TEST(test_wide_tables), TEST(test_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
