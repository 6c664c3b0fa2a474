/* test_markdown_html.c - raw HTML, figures, captions, anchors. */
#include "markdown_fixture.h"

static void test_inline_tags(void **state)
{
    assert_html(*state, "<b>b</b><i>i</i> <em>e</em><strong>s</strong> <kbd>K</kbd> x<sup>1</sup><sub>2</sub> <mark>m</mark> <u>u</u> <s>s</s> "
                        "<del>d</del> <small>s</small> <abbr title=\"T\">A</abbr> <span class=\"a b\" id=x lang=fr>sp</span> <!-- gone -->end\n",
                "<p><b>b</b><i>i</i> <em>e</em><strong>s</strong> <kbd>K</kbd> x<sup>1</sup><sub>2</sub> <mark>m</mark> <u>u</u> <s>s</s> "
                "<del>d</del> <small>s</small> <abbr title=\"T\">A</abbr> <span id=\"x\" class=\"a b\" lang=\"fr\">sp</span> end</p>\n");
    assert_html(*state, "<code>a &lt; <em>b</em></code> <code>plain</code>\n", "<p><code>a &lt; </code><em><code>b</code></em> <code>plain</code></p>\n");
    assert_html(*state, "a<br>b <a href=\"u?a&amp;b\" title=t>l *e*</a> <a id=\"n\"></a><a name='m'>t</a>\n",
                "<p>a<br />\nb <a href=\"u?a&amp;b\" title=\"t\">l <em>e</em></a> <span id=\"n\"></span><span id=\"m\"></span>t</p>\n");
    assert_html(*state, "x <img src=\"a.png\" alt='A' width=60% class=c> y\n", "<p>x <img src=\"a.png\" alt=\"A\" width=\"60%\" class=\"c\" /> y</p>\n");
}

static void test_index_marks(void **state)
{
    fixture f = parse(*state, "<span data-index=\"waker; cloning\" see=\"x\">w</span> and <span data-index=\"y\"></span>\n");
    inc_node *span = find_node(&f, INC_NODE_SPAN, 0), *first = find_node(&f, INC_NODE_INDEX_MARK, 0);
    assert_ptr_equal(first->parent, span);
    assert_str(first->as.index_mark.term, "waker; cloning");
    assert_str(inc_node_attribute(first, "see"), "x");
    inc_node *second = find_node(&f, INC_NODE_INDEX_MARK, 1);
    assert_int_equal(second->parent->kind, INC_NODE_PARAGRAPH);
    assert_str(second->as.index_mark.term, "y");
}

static void test_blocks(void **state)
{
    assert_html(*state, "<div class=\"x\">\n\n*md*\n\n</div>\n", "<div class=\"x\">\n<p><em>md</em></p>\n</div>\n");
    assert_html(*state, "<ul><li>one<li>two <b>x</b></ul>\n", "<ul class=\"tight\">\n<li>one</li>\n<li>two <b>x</b></li>\n</ul>\n");
    assert_html(*state, "<ol start=3><li><p>a</p><p>b</p></li></ol>\n", "<ol start=\"3\">\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ol>\n");
    assert_html(*state, "<dl><dt>T<dd>D</dl>\n", "<dl>\n<dt>T</dt>\n<dd>\n<p>D</p>\n</dd>\n</dl>\n");
    assert_html(*state, "<details><summary>Sum</summary>\n\nBody\n\n</details>\n",
                "<details class=\"details\">\n<summary class=\"summary\"><strong>Sum</strong></summary>\n<p>Body</p>\n</details>\n");
    assert_html(*state, "<details>Body<summary>Late</summary></details>\n\n<details></details>\n",
                "<details class=\"details\">\n<summary class=\"summary\"><strong>Late</strong></summary>\n<p>Body</p>\n</details>\n");
    assert_html(*state, "<details open>Body</details>\n", "<details class=\"details\">\n<p>Body</p>\n</details>\n"); /* resolve/ sums it up */
    assert_html(*state, "a\n\n<div>\n\nb\n\n<div id=\"x\">c</div></div>\n\nd\n", "<p>a</p>\n<p>b</p>\n<div id=\"x\">\n<p>c</p>\n</div>\n<p>d</p>\n");
    assert_html(*state, "<div id=w class=\"warning x\">\n\n*md*\n\n</div>\n", "<aside id=\"w\" class=\"alert warning x\">\n<p><em>md</em></p>\n</aside>\n");
    assert_html(*state, "<div class=\"note\">n</div>\n", "<div class=\"note\">\n<p>n</p>\n</div>\n");
    assert_html(*state, "<p align=\"center\">\n\nmd *x*\n\n</p>\n\n<h2 id=h>H</h2>\n", "<p class=\"center\">md <em>x</em></p>\n<h2 id=\"h\">H</h2>\n");
    assert_html(*state, "<pre><code class=\"language-C\">a &lt; <em>b</em>\n\nc</code></pre>\n", "<pre class=\"language-c\"><code class=\"language-c\">a &lt; b\n\nc\n</code></pre>\n");
    assert_html(*state, "<pre>Vec<T></pre>\n", "<pre><code>Vec&lt;T&gt;\n</code></pre>\n");
    assert_html(*state, "a\n<br class=\"page\">\nb\n", "<p>a</p>\n<hr class=\"page\" />\n<p>b</p>\n");
    assert_html(*state, "<blockquote>q<hr>r</blockquote>\n", "<blockquote>\n<p>q</p>\n<hr />\n<p>r</p>\n</blockquote>\n");
    assert_html(*state, "read_line<!--\nignore --> is\n", "<p>read_line is</p>\n");
    assert_html(*state, "<!-- only a comment -->\n\nText <!-- c --> here\n", "<p>Text here</p>\n");
}

static void test_tables(void **state)
{
    assert_html(*state, "<table><caption>Table 1-2: <b>C</b></caption><thead><tr><th>A<th colspan=2>B</thead><tbody><tr><td rowspan=2>1<td>2<td><p>x<ul><li>y</ul></table>\n",
                "<figure class=\"table\">\n<figcaption><!-- 1-2 --><b>C</b></figcaption>\n<table>\n<thead>\n<tr>\n<th>A</th>\n<th colspan=\"2\">B</th>\n</tr>\n</thead>\n"
                "<tbody>\n<tr>\n<td rowspan=\"2\">1</td>\n<td>2</td>\n<td>\n<p>x</p>\n<ul class=\"tight\">\n<li>y</li>\n</ul>\n</td>\n</tr>\n</tbody>\n</table>\n</figure>\n");
    fixture f = parse(*state, "| a |\n|---|\n| x<br>y <ul><li>z</ul> |\n");
    inc_node *cell = find_node(&f, INC_NODE_CELL, 1);
    assert_int_equal(cell->first->kind, INC_NODE_PARAGRAPH);
    assert_int_equal(cell->last->kind, INC_NODE_LIST);
}

static void test_listing(void **state)
{
    fixture f = parse(*state, "<Listing number=\"6-2\" file-name=\"src/main.rs\" caption=\"An `x` and <code>y &lt; z</code> *e*\">\n\n```rust\nfn f() {}\n```\n\n</Listing>\n\nAfter\n");
    assert_int_equal(f.diags->n, 0);
    inc_node *figure = find_node(&f, INC_NODE_FIGURE, 0);
    assert_int_equal(figure->as.figure.kind, INC_FIGURE_LISTING);
    assert_str(figure->as.figure.number, "6-2");
    assert_str(figure->as.figure.file_name, "src/main.rs");
    assert_str(figure->label, "listing-6-2");
    assert_int_equal(figure->first->kind, INC_NODE_CODE);
    assert_int_equal(figure->last->kind, INC_NODE_CAPTION);
    assert_str(inc_node_flatten(*state, figure->last, false), "An x and y < z e");
    assert_str(find_node(&f, INC_NODE_CODE_SPAN, 1)->as.text.text, "y < z");
    assert_bytes(&f, find_node(&f, INC_NODE_CODE_SPAN, 0)->span, "x");
    assert_int_equal(figure->next->kind, INC_NODE_PARAGRAPH);
}

static void test_figures(void **state)
{
    const char *want = "<figure id=\"f\" class=\"figure\">\n<p><img src=\"a.svg\" alt=\"A\" /></p>\n<figcaption><!-- 4-1 -->The <code>x</code></figcaption>\n</figure>\n";
    assert_html(*state, "<figure id=f>\n\n<img src=\"a.svg\" alt=\"A\">\n\n<figcaption>Figure 4-1: The `x`</figcaption>\n\n</figure>\n", want);
    assert_html(*state, "<img id=f src=\"a.svg\" alt=\"A\" />\n\n<span class=\"caption\">Figure 4-1: The `x`</span>\n", want);
    assert_html(*state, "<img id=f\nsrc=\"a.svg\" alt=\"A\" />\n<span class=\"caption\">Figure 4-1: The `x`</span>\n", want);
    assert_html(*state, "![A](a.svg \"Title\")\n", "<figure class=\"figure\">\n<p><img src=\"a.svg\" alt=\"A\" /></p>\n<figcaption>Title</figcaption>\n</figure>\n");
    assert_html(*state, "![A](a.svg)\n", "<figure class=\"figure\">\n<p><img src=\"a.svg\" alt=\"A\" /></p>\n</figure>\n");
    assert_html(*state, "![A](a.svg) text\n", "<p><img src=\"a.svg\" alt=\"A\" /> text</p>\n");
    assert_html(*state, "<span class=\"caption\">Table 3.1. T</span>\n\n|a|\n|-|\n",
                "<figure class=\"table\">\n<figcaption><!-- 3.1 -->T</figcaption>\n<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n</table>\n</figure>\n");
    fixture f = parse(*state, "<figure>\n\n```c\nx\n```\n\n<figcaption>\n\nLong *caption*\n\n</figcaption>\n</figure>\n");
    assert_int_equal(find_node(&f, INC_NODE_FIGURE, 0)->as.figure.kind, INC_FIGURE_LISTING);
    assert_str(inc_node_flatten(*state, find_node(&f, INC_NODE_CAPTION, 0), false), "Long caption");
}

static void test_anchors_move(void **state)
{
    assert_html(*state, "<a id=\"x\"></a>\n<a id=\"y\"></a>\n\n## H\n", "<h2><span id=\"x\"></span><span id=\"y\"></span>H</h2>\n");
    assert_html(*state, "<a id=\"x\"></a>\n\n```c\ny\n```\n", "<pre id=\"x\" class=\"language-c\"><code class=\"language-c\">y\n</code></pre>\n");
    assert_html(*state, "<a id=\"x\"></a>\n\n<a id=\"y\"></a>\n\n<a id=\"z\"></a>\n\n***\n",
                "<p class=\"anchors\"><span id=\"y\"></span><span id=\"z\"></span></p>\n<hr id=\"x\" />\n");
    assert_html(*state, "Text\n\n<a id=\"x\"></a>\n", "<p>Text<span id=\"x\"></span></p>\n");
}

static void test_mistakes(void **state)
{
    fixture f = parse(*state, "A <iframe src=x>kept <video>too</video></iframe> Vec<T> <b>open\n\n</div>\n\n<div>\n\nx\n");
    assert_int_equal(count_diags(&f, INC_DIAG_UNKNOWN_HTML), 1);
    assert_int_equal(count_diags(&f, INC_DIAG_NOT_HTML), 1);
    assert_int_equal(count_diags(&f, INC_DIAG_UNCLOSED_HTML), 2);
    assert_int_equal(count_diags(&f, INC_DIAG_MISNESTED_HTML), 1);
    assert_str(inc_node_flatten(*state, f.chapter->first, false), "A Vec<T> open");
    f = parse(*state, "a</detail> <my-x>b</my-x>\n\n</detail>\n\n`</detail>`\n"); /* an end tag alone is no text */
    assert_int_equal(count_diags(&f, INC_DIAG_NOT_HTML), 4);
    assert_str(inc_node_flatten(*state, f.chapter, false), "a <my-x>b</my-x></detail>");
    f = parse(*state, "> <div>\n>\n> a\n\nb\n"); /* an element stays in its quote */
    assert_int_equal(f.chapter->last->kind, INC_NODE_PARAGRAPH);
    assert_int_equal(count_diags(&f, INC_DIAG_UNCLOSED_HTML), 1);
    f = parse(*state, "<b><i>x</b></i>\n");
    assert_int_equal(f.diags->n, 2);
    f = parse(*state, "<script>alert(1)</script>\n\n<style>p{}</style>after\n");
    assert_str(inc_node_flatten(*state, f.chapter, false), "after");
    f = parse(*state, "[^n]\n\n<div>\n\nx\n\n[^n]: note\n"); /* a note is the chapter's though a div stays open */
    assert_ptr_equal(find_node(&f, INC_NODE_NOTE, 0)->parent, f.chapter);
}

static void test_icons(void **state)
{
    assert_html(*state, "<i class=\"fas fa-print\"></i> <i class=\"fa fa-lg fa-no-such\"></i> <span class='fa-solid fa-check'></span>\n",
                "<p><span class=\"fas fa-print\">\U0001F5A8</span> <span class=\"fa fa-lg fa-no-such\">[no-such]</span> "
                "<span class=\"fa-solid fa-check\">\u2713</span></p>\n");
    assert_html(*state, "<i class=\"fa-print\"></i><i class=\"fa\"></i><b class=\"fa fa-print\"></b><i class=\"fa fa-print\">x</i>\n",
                "<p><i class=\"fa-print\"></i><i class=\"fa\"></i><b class=\"fa fa-print\"></b><i class=\"fa fa-print\">x</i></p>\n");
}

static void test_hidden(void **state)
{
    fixture f = parse(*state, "a <span hidden>b *c* <img src=x></span>d\n\n<div class=\"x hidden\">\n\n# H\n\n- i\n\n<table><tr><td>t</table><pre>p</pre>\n\n"
                              "> q\n\n</div>\n\ne <b class=hidden>f\n\n[^n]\n\n<p hidden>g\n\n[^n]: note\n");
    assert_str(inc_node_flatten(*state, f.chapter->first, false), "a d");
    assert_str(inc_node_flatten(*state, f.chapter->first->next, false), "e");
    assert_int_equal(f.chapter->first->next->next->first->kind, INC_NODE_NOTE_REF);
    assert_int_equal(f.chapter->last->kind, INC_NODE_NOTE);
    assert_ptr_equal(f.chapter->first->next->next->next, f.chapter->last);
    assert_html(*state, "<ul><li>a<li hidden>b</li><li>c</ul><span hidden>\n\nseen\n", "<ul class=\"tight\">\n<li>a</li>\n<li>c</li>\n</ul>\n<p>seen</p>\n");
}

static void test_media(void **state)
{
    assert_html(*state, "<video id=v title=T src=\"https://a.b/c?d&amp;e\"><p>No video</video> x\n",
                "<p><a href=\"https://a.b/c?d&amp;e\" title=\"T\" id=\"v\">T</a> x</p>\n");
    assert_html(*state, "<video width=1>\n  <source src=\"https://a.b/c.mp4\"><source src=\"https://a.b/d.mp4\">\n  No *video*.\n\n- x\n\n</video>\n",
                "<p><a href=\"https://a.b/c.mp4\">https://a.b/c.mp4</a></p>\n");
    assert_html(*state, "<div class=x><iframe src=\"//a.b/c\"></iframe></div>\n", "<div class=\"x\">\n<p><a href=\"https://a.b/c\">https://a.b/c</a></p>\n</div>\n");
    assert_html(*state, "<a href=u><embed src=\"http://a.b\"></a>\n", "<p><a href=\"u\"><span>http://a.b</span></a></p>\n");
    assert_html(*state, "x <object data=\"a.svg\"><img src=\"a.png\" alt=A></object> <canvas>No canvas</canvas>\n", "<p>x <img src=\"a.png\" alt=\"A\" /></p>\n");
    fixture f = parse(*state, "<video src=\"a.mp4\">No</video> <audio src=\"https://a.b\">No</audio> <video hidden></video>\n");
    assert_int_equal(count_diags(&f, INC_DIAG_UNKNOWN_HTML), 1);
    assert_int_equal(count_diags(&f, INC_DIAG_WEB_ONLY), 1);
}

static void test_web_only(void **state)
{
    fixture f = parse(*state, "<style>p { a: b }</style>\n<script>x</script>\n<link rel=x><meta name=y>\n<noscript>\n\nSeen\n\n</noscript>\n");
    assert_str(inc_node_flatten(*state, f.chapter, false), "Seen");
    assert_int_equal(count_diags(&f, INC_DIAG_WEB_ONLY), 2);
    assert_int_equal(f.diags->n, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_inline_tags), TEST(test_index_marks), TEST(test_blocks), TEST(test_tables), TEST(test_listing),
        TEST(test_figures), TEST(test_anchors_move), TEST(test_mistakes), TEST(test_icons), TEST(test_hidden), TEST(test_media), TEST(test_web_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
