/* test_document.c - the tree's dumps and its invariants. */
#include "markdown_fixture.h"

static void test_dump(void **state)
{
    fixture f = parse(*state, "# H {#x .c}\n\nA *b*\"\\\\[^1]\n\n1) [x] i\n\n| a |\n|:-:|\n\n```rust,ignore\nx\t\n```\n\n[^1]: n\n");
    inc_buf out = inc_buf_in(*state);
    inc_document_dump(f.document, &out);
    assert_str(inc_buf_str(&out), "book\n"
                                  "  chapter numbered depth=0\n"
                                  "    heading level=1 #x .c @a.md:1:1\n"
                                  "      text \"H\" @a.md:1:3\n"
                                  "    paragraph @a.md:3:1\n"
                                  "      text \"A \" @a.md:3:1\n"
                                  "      span em @a.md:3:4\n"
                                  "        text \"b\" @a.md:3:4\n"
                                  "      text \"\\\"\\\\\" @a.md:3:6\n"
                                  "      note-ref \"1\" @a.md:3:9\n"
                                  "    list ordered tight start=1 delimiter=) @a.md:5:8\n"
                                  "      item done number=1 @a.md:5:8\n"
                                  "        paragraph @a.md:5:8\n"
                                  "          text \"i\" @a.md:5:8\n"
                                  "    table columns=1 aligns=c @a.md:7:1\n"
                                  "      row head @a.md:7:3\n"
                                  "        cell head center @a.md:7:3\n"
                                  "          text \"a\" @a.md:7:3\n"
                                  "    code fenced language=\"rust\" \"x\\t\\n\" .ignore @a.md:10:1\n"
                                  "    note \"1\" @a.md:14:1\n"
                                  "      paragraph @a.md:14:7\n"
                                  "        text \"n\" @a.md:14:7\n");
}

static inc_str commonmark_html(inc_arena *arena, const char *markdown, bool gfm)
{
    inc_markdown_options options = {.commonmark = true, .gfm = gfm};
    fixture f = parse_with(arena, markdown, &options);
    inc_buf out = inc_buf_in(arena);
    inc_document_html(f.document, true, &out);
    return inc_buf_str(&out);
}

static void test_commonmark_html(void **state)
{
    assert_str(commonmark_html(*state, "a <b>x</b>\n\n<div>\n\n*md* [^1]\n\n</div>\n\n[^1]: /url\n", false),
               "<p>a <b>x</b></p>\n<div>\n<p><em>md</em> <a href=\"/url\">^1</a></p>\n</div>\n");
    assert_str(commonmark_html(*state, "# T {#x}\n\n```Ruby x\n#\n```\n", false), "<h1>T {#x}</h1>\n<pre><code class=\"language-Ruby\">#\n</code></pre>\n");
    assert_str(commonmark_html(*state, "- [x] a\n\n|a|\n|-|\n", false), "<ul>\n<li>[x] a</li>\n</ul>\n<p>|a|\n|-|</p>\n");
    assert_str(commonmark_html(*state, "- [x] a\n", true), "<ul>\n<li><input checked=\"\" disabled=\"\" type=\"checkbox\"> a</li>\n</ul>\n");
    assert_str(commonmark_html(*state, "[a](<b c&amp;\xC3\xA4>)\n", false), "<p><a href=\"b%20c&amp;%C3%A4\">a</a></p>\n");
}

static void test_check_finds_broken_shapes(void **state)
{
    fixture f = parse(*state, "a\n");
    const inc_node *where;
    inc_node_append(f.chapter, inc_node_text(*state, INC_STR("x"), INC_NO_SPAN));
    assert_string_equal(inc_document_check(f.document, &where), "inline among blocks");
    assert_ptr_equal(where, f.chapter);
    inc_node_detach(f.chapter->last);
    assert_null(inc_document_check(f.document, &where));
    inc_node *deep = f.chapter;
    for (int i = 0; i < INC_NESTING_MAX + 10; i++) {
        inc_node *quote = inc_node_new(*state, INC_NODE_QUOTE, INC_NO_SPAN);
        inc_node_append(deep, quote);
        deep = quote;
    }
    assert_string_equal(inc_document_check(f.document, &where), "nested too deep");
}

static void test_walk_and_edit(void **state)
{
    fixture f = parse(*state, "a *b* c\n\n- d\n");
    unsigned enters = 0, exits = 0;
    for (inc_walk w = inc_walk_begin(f.document->book); inc_walk_next(&w);) {
        *(w.enter ? &enters : &exits) += 1;
        w.skip = w.node->kind == INC_NODE_LIST;
    }
    assert_int_equal(enters, exits);
    assert_int_equal(enters, 8); /* book, chapter, paragraph, text, span, text, text, list */
    inc_document_number(f.document);
    assert_int_equal(f.document->node_count, 11);
    inc_node_unwrap(find_node(&f, INC_NODE_SPAN, 0));
    assert_str(inc_node_flatten(*state, f.chapter->first, false), "a b c");
    assert_int_equal(f.chapter->first->first->next->next->id, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_dump), TEST(test_commonmark_html), TEST(test_check_finds_broken_shapes), TEST(test_walk_and_edit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
