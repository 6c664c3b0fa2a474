/* test_style.c - selectors, cascade, inheritance, values, paints, pages: computed styles of small documents. */
#include "harness.h"

#include "style/style.h"

typedef struct world {
    inc_arena *arena;
    inc_sources *sources;
    inc_diags *diags;
    inc_sheet *sheet;
    inc_styler *styler;
    inc_node *book;
} world;

static world make(inc_arena *arena, const char *css)
{
    world w = {.arena = arena, .sources = inc_sources_new(arena), .diags = inc_diags_new(arena)};
    w.sheet = inc_sheet_new(arena, w.sources, w.diags);
    inc_sheet_add(w.sheet, inc_sources_add(w.sources, INC_STR("a.css"), INC_STR("a.css"), inc_str_of(css)), INC_STR(""));
    w.styler = inc_styler_new(arena, w.sheet, w.diags);
    w.book = inc_node_new(arena, INC_NODE_BOOK, INC_NO_SPAN);
    return w;
}

static inc_node *add(world *w, inc_node *parent, inc_node_kind kind, const char *class_name)
{
    inc_node *node = inc_node_new(w->arena, kind, INC_NO_SPAN);
    if (kind == INC_NODE_HEADING)
        node->as.heading.level = 1;
    if (class_name)
        inc_node_add_class(w->arena, node, inc_str_of(class_name));
    inc_node_append(parent, node);
    return node;
}

static const inc_style *style_of(world *w, const inc_node *node)
{
    return inc_style_of(w->styler, node, node->parent ? style_of(w, node->parent) : NULL);
}

/* The font weight that a rule `SELECTOR { font-weight: 900 }` gives the node: matched or not. */
static bool matches(inc_arena *arena, const char *selector, inc_node *(*build)(world *w))
{
    world w = make(arena, inc_cstr(arena, inc_strf(arena, "%s { font-weight: 900 !important } * { font-weight: 100 }", selector)));
    if (w.diags->n)
        fail_msg("%s: %.*s", selector, INC_STR_ARG(w.diags->v[0].message));
    return style_of(&w, build(&w))->weight == 900;
}

/* body > section.chapter > h1, p#first.a, "text", p.b[title=x], ul > li > p(the one asked for), p */
static inc_node *build_item(world *w)
{
    inc_node *chapter = add(w, w->book, INC_NODE_CHAPTER, NULL);
    add(w, chapter, INC_NODE_HEADING, NULL);
    add(w, chapter, INC_NODE_PARAGRAPH, "a")->label = INC_STR("first");
    inc_node *b = add(w, chapter, INC_NODE_PARAGRAPH, "b");
    inc_node_set_attribute(w->arena, b, INC_STR("title"), INC_STR("one two"));
    inc_node *list = add(w, chapter, INC_NODE_LIST, "c");
    inc_node *item = add(w, list, INC_NODE_ITEM, NULL);
    add(w, list, INC_NODE_ITEM, NULL);
    inc_node *p = add(w, item, INC_NODE_PARAGRAPH, "d");
    add(w, chapter, INC_NODE_PARAGRAPH, "e");
    return p;
}

static inc_node *build_b(world *w)
{
    return build_item(w)->parent->parent->prev;
}

static inc_node *build_last(world *w)
{
    return build_item(w)->parent->parent->next;
}

static inc_node *build_body_row(world *w) /* table of two head rows and three body rows: the second of the body */
{
    inc_node *table = add(w, w->book, INC_NODE_TABLE, NULL), *wanted = NULL;
    for (int i = 0; i < 5; i++) {
        inc_node *row = add(w, table, INC_NODE_ROW, NULL);
        row->as.row.head = i < 2;
        add(w, row, INC_NODE_CELL, NULL);
        wanted = i == 3 ? row : wanted;
    }
    return wanted;
}

static void test_selectors(void **state)
{
    inc_arena *a = *state;
    static const char *const item_yes[] = {"p", "*", ".d", "p.d", "li p", "li > p", "ul p", "body p", "html p", "section ul.c > li > p.d", ":root p",
        ".chapter p", "ul:not(.x) p", "p:not(.x, .y)", "p:first-child", "p:only-child", "p:nth-child(odd)", "li:nth-child(-n+1) > p", ":is(ul, ol) p",
        ":where(ul) > li > p", "h1 ~ ul p", "p + ul p", ".a ~ .c .d", "h1 ~ p ~ ul p", "[class~=d]", "[class=d]", "[class]", "li:first-of-type p",
        "section p.d:last-child", "body > section > ul > li > p", "UL P", "p:empty", "p.\\64"};
    static const char *const item_no[] = {"h1", ".D", "ul > p", "section > p", "ol p", "p + p", "li + li p", "p:not(.d)", "p:nth-child(2n)", ".e", "#first",
        "h1 + ul p", "ul ~ p", "p:hover", "[title]", "li:last-child p", ".c.x p", "p::first-letter", "ul + p"};
    for (size_t i = 0; i < INC_COUNT(item_yes); i++)
        if (!matches(a, item_yes[i], build_item))
            fail_msg("%s should match", item_yes[i]);
    for (size_t i = 0; i < INC_COUNT(item_no); i++)
        if (matches(a, item_no[i], build_item))
            fail_msg("%s should not match", item_no[i]);
    static const char *const b_yes[] = {"p + p", "#first + p", "h1 ~ p", "p:nth-child(3)", "p:nth-of-type(2)", "p:nth-child(2n+1)", "[title]", "[title~=two]",
        "[title^=one]", "[title$=two]", "[title*='e t']", "[title='ONE TWO' i]", ".chapter > .b"};
    static const char *const b_no[] = {"h1 + p", "p:first-child", "p:last-of-type", "[title=one]", "[title~='']", "[title^='']", "[title|=one]", "p:nth-child(2)",
        "#first ~ ul ~ p"};
    for (size_t i = 0; i < INC_COUNT(b_yes); i++)
        if (!matches(a, b_yes[i], build_b))
            fail_msg("%s should match", b_yes[i]);
    for (size_t i = 0; i < INC_COUNT(b_no); i++)
        if (matches(a, b_no[i], build_b))
            fail_msg("%s should not match", b_no[i]);
    assert_true(matches(a, "ul ~ p:last-child", build_last));
    assert_true(matches(a, "p:last-of-type", build_last));
    assert_true(matches(a, "tbody tr:nth-child(even)", build_body_row));
    assert_true(matches(a, "table > tbody > tr", build_body_row));
    assert_true(matches(a, "thead + tbody > tr + tr", build_body_row));
    assert_false(matches(a, "thead tr", build_body_row));
    assert_false(matches(a, "tr:first-child", build_body_row));
    assert_false(matches(a, "table > tr", build_body_row));
    assert_false(matches(a, "tbody:first-child > tr", build_body_row));
}

static void test_cascade(void **state)
{
    world w = make(*state, "p.x { color: #111111 } p { color: #222222 } p { text-align: right; text-align: center }"
                           "#i { font-weight: 300 } .x.y { font-weight: 400 } p { font-style: italic !important } .x { font-style: normal }"
                           ".x { hyphens: auto } .y { hyphens: none } :where(#i) { widows: 9 } p { widows: 5 } :is(#i, p) { orphans: 9 } p { orphans: 3 }");
    inc_node *p = add(&w, w.book, INC_NODE_PARAGRAPH, "x");
    inc_node_add_class(w.arena, p, INC_STR("y"));
    p->label = INC_STR("i");
    const inc_style *s = style_of(&w, p);
    assert_int_equal(s->paint[INC_PRINT].color.r, 0x11);
    assert_int_equal(s->text_align, INC_TEXT_CENTER);
    assert_int_equal(s->weight, 300);
    assert_true(s->italic);
    assert_int_equal(s->hyphens, INC_HYPHENS_NONE);
    assert_int_equal(s->widows, 5);
    assert_int_equal(s->orphans, 9);
    uint32_t later = inc_sources_add(w.sources, INC_STR("b.css"), INC_STR("b.css"), INC_STR("p { widows: 7 }")); /* a book's own sheet */
    inc_sheet_add(w.sheet, later, INC_STR(""));
    w.styler = inc_styler_new(w.arena, w.sheet, w.diags);
    assert_int_equal(style_of(&w, p)->widows, 7);
}

static void test_inheritance(void **state)
{
    world w = make(*state, "body { font: italic 600 20pt/1.5 Serif, 'Two Words'; margin: 3pt; letter-spacing: .1em; text-indent: 10% }"
                           "p { font-size: 50%; margin: inherit; padding: 1em 2rem }"
                           ".initial { font-size: initial; font-style: initial } .unset { margin: unset; font-style: unset }"
                           ".fixed { line-height: 150% } .fixed em { font-size: 2em }");
    inc_node *p = add(&w, w.book, INC_NODE_PARAGRAPH, NULL), *i = add(&w, w.book, INC_NODE_PARAGRAPH, "initial");
    inc_node *u = add(&w, w.book, INC_NODE_PARAGRAPH, "unset"), *f = add(&w, w.book, INC_NODE_PARAGRAPH, "fixed");
    inc_node *em = add(&w, f, INC_NODE_SPAN, NULL);
    em->as.span_.tag = INC_SPAN_EM;
    const inc_style *s = style_of(&w, p);
    assert_int_equal(s->font_size, 10 * INC_PT);
    assert_int_equal(s->line_height, 15 * INC_PT); /* the number is inherited, not the length */
    assert_int_equal(s->weight, 600);
    assert_true(s->italic);
    assert_int_equal(s->letter_spacing, 2 * INC_PT); /* computed where it stands */
    assert_int_equal(s->margin[INC_LEFT].value, 3 * INC_PT);
    assert_int_equal(s->padding[INC_TOP].value, 10 * INC_PT);
    assert_int_equal(s->padding[INC_LEFT].value, 40 * INC_PT);
    assert_int_equal(s->families.n, 2);
    assert_str(s->families.v[1], "Two Words");
    assert_int_equal(inc_dim_resolve(s->text_indent, 200 * INC_PT, 0), 20 * INC_PT);
    assert_int_equal(style_of(&w, i)->font_size, 12 * INC_PT);
    assert_false(style_of(&w, i)->italic);
    assert_int_equal(style_of(&w, u)->margin[INC_TOP].value, 0);
    assert_true(style_of(&w, u)->italic);
    assert_int_equal(style_of(&w, em)->font_size, 20 * INC_PT);
    assert_int_equal(style_of(&w, em)->line_height, 15 * INC_PT);
}

static void test_variables(void **state)
{
    world w = make(*state, ":root { --a: 4pt; --b: calc(var(--a) * 2); --loop: var(--pool); --pool: var(--loop); --sides: 1pt 2pt }"
                           "p { --a: 6pt; margin: var(--b); padding: var(--sides) var(--none, 3pt); widows: var(--loop); orphans: 7; orphans: var(--missing);"
                           " text-indent: var(--missing, var(--a)); color: var(--a); --c: initial; width: var(--c, 9pt) }");
    inc_node *p = add(&w, w.book, INC_NODE_PARAGRAPH, NULL);
    const inc_style *s = style_of(&w, p);
    assert_int_equal(w.diags->n, 1); /* the circle, once for all elements and both media */
    assert_int_equal(w.diags->v[0].id, INC_DIAG_CSS_CYCLE);
    assert_int_equal(s->margin[INC_TOP].value, 8 * INC_PT); /* --b was computed at the root */
    assert_int_equal(s->padding[INC_RIGHT].value, 2 * INC_PT);
    assert_int_equal(s->padding[INC_BOTTOM].value, 3 * INC_PT);
    assert_int_equal(s->widows, 2);
    assert_int_equal(s->orphans, 2); /* invalid at computed-value time: not the 7 before it */
    assert_int_equal(s->text_indent.value, 6 * INC_PT);
    assert_int_equal(s->paint[INC_PRINT].color.a, 255);
    assert_int_equal(s->width.value, 9 * INC_PT);
    /* each line doubles: a gigabyte, were it not capped */
    inc_buf css = inc_buf_in(w.arena);
    inc_buf_puts(&css, ":root { --x0: 1pt 1pt; ");
    for (int i = 1; i < 40; i++)
        inc_buf_printf(&css, "--x%d: var(--x%d) var(--x%d); ", i, i - 1, i - 1);
    inc_buf_puts(&css, "margin: var(--x39) }");
    w = make(*state, inc_cstr(*state, inc_buf_str(&css)));
    assert_int_equal(style_of(&w, w.book)->margin[INC_TOP].value, 0);
}

/* Names that go round only where their declarations meet in one element. */
static void test_cycles_are_told(void **state)
{
    const char *css = ".a { --x: var(--y) } .b { --y: var(--x) } .c { --z: var(--z, 1pt) }";
    for (int both = 0; both < 2; both++) {
        world w = make(*state, css);
        inc_document *document = inc_document_new(*state, w.sources);
        inc_node *a = add(&w, document->book, INC_NODE_PARAGRAPH, "a");
        add(&w, document->book, INC_NODE_PARAGRAPH, "b");
        if (both)
            inc_node_add_class(*state, a, INC_STR("b"));
        inc_document_number(document);
        inc_sheet_check(w.sheet, document, *state);
        assert_int_equal(w.diags->n, both);
        if (both)
            assert_int_equal(w.diags->v[0].span.offset, 5);
    }
    world w = make(*state, css);
    inc_document *document = inc_document_new(*state, w.sources);
    add(&w, document->book, INC_NODE_PARAGRAPH, "c");
    inc_document_number(document);
    inc_sheet_check(w.sheet, document, *state);
    assert_int_equal(w.diags->n, 1);
    assert_str(w.diags->v[0].message, "'--z' needs its own value; it has none");
}

/* The 257th rule that can hold for one page is told of; rules for other pages, and other media, do not count. */
static void test_too_many_page_rules(void **state)
{
    static const char *const kinds[] = {"@page{margin:1in}", "@page a{margin:1in}", "@page :left{margin:1in}", "@page :right{margin:1in}", "@media epub{@page{margin:1in}}"};
    static const struct { int counts[5]; size_t found; } cases[] = {{{256, 0, 0, 0, 0}, 0}, {{257, 0, 0, 0, 0}, 1}, {{200, 57, 0, 0, 0}, 1}, {{200, 56, 0, 0, 0}, 0},
        {{0, 0, 200, 200, 0}, 0}, {{100, 0, 157, 0, 0}, 1}, {{200, 0, 0, 0, 200}, 0}};
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        inc_buf css = inc_buf_in(*state);
        for (size_t k = 0; k < INC_COUNT(kinds); k++)
            for (int n = 0; n < cases[i].counts[k]; n++)
                inc_buf_puts(&css, kinds[k]);
        world w = make(*state, inc_cstr(*state, inc_buf_str(&css)));
        inc_sheet_check(w.sheet, inc_document_new(*state, w.sources), *state);
        assert_int_equal(w.diags->n, cases[i].found);
        if (w.diags->n)
            assert_int_equal(w.diags->v[0].id, INC_DIAG_CSS_TOO_MANY_PAGES);
    }
}

static inc_str dump_of(inc_arena *arena, const char *declarations)
{
    world w = make(arena, inc_cstr(arena, inc_strf(arena, "p { %s }", declarations)));
    if (w.diags->n)
        fail_msg("%s: %.*s", declarations, INC_STR_ARG(w.diags->v[0].message));
    inc_buf out = inc_buf_in(arena);
    inc_style_dump(style_of(&w, add(&w, w.book, INC_NODE_PARAGRAPH, NULL)), &out);
    return inc_buf_str(&out);
}

static void assert_dump(inc_arena *arena, const char *declarations, const char *line)
{
    inc_str dump = dump_of(arena, declarations);
    inc_str wanted = inc_strf(arena, "%s\n", line);
    if (inc_str_find(dump, wanted) == INC_NPOS)
        fail_msg("%s: no \"%s\" in\n%.*s", declarations, line, INC_STR_ARG(dump));
}

static void test_values(void **state)
{
    inc_arena *a = *state;
    assert_str(dump_of(a, ""), "line-height: 14.4pt\nscreen color: #000000\nprint color: #000000\n");
    assert_dump(a, "margin-top: 1in", "margin-top: 72pt");
    assert_dump(a, "margin-top: 2.54cm", "margin-top: 72pt");
    assert_dump(a, "margin-top: 25.4mm", "margin-top: 72pt");
    assert_dump(a, "margin-top: 101.6q", "margin-top: 72pt");
    assert_dump(a, "margin-top: 16px", "margin-top: 12pt");
    assert_dump(a, "margin-top: 2pc", "margin-top: 24pt");
    assert_dump(a, "margin-top: 2ch", "margin-top: 12pt");
    assert_dump(a, "margin-top: 2lh", "margin-top: 28.8pt");
    assert_dump(a, "margin-top: calc(1in / 2 + 2 * (3pt - 1pt))", "margin-top: 40pt");
    assert_dump(a, "margin-top: calc(10% * -3)", "margin-top: -30%");
    assert_dump(a, "orphans: calc(1 + 2)", "orphans: 3");
    assert_dump(a, "font: bold small-caps 10pt/12pt X, serif", "font-weight: 700");
    assert_dump(a, "font: bold small-caps 10pt/12pt X, serif", "line-height: 12pt");
    assert_dump(a, "font-size: smaller", "font-size: 10pt");
    assert_dump(a, "font-size: small", "font-size: 9.75pt");
    assert_dump(a, "color: hsl(120, 100%, 25%)", "print color: #008000");
    assert_dump(a, "color: rgb(100% 0% 0% / 50%)", "print color: #FF000080");
    assert_dump(a, "color: #abc", "print color: #AABBCC");
    assert_dump(a, "color: RebeccaPurple", "print color: #663399");
    assert_dump(a, "color: red; border-left: 2pt solid", "print border-left-color: #FF0000");
    assert_dump(a, "border: thin dashed #000", "border-left-width: 0.75pt");
    assert_dump(a, "list-style: inside square", "list-style-type: square");
    assert_dump(a, "list-style-type: '\\2013 '", "list-style-type:  \"\xE2\x80\x93\"");
    assert_dump(a, "text-indent: hanging 2em", "text-indent: 24pt hanging");
    assert_dump(a, "break-before: right", "break-before: recto");
    assert_dump(a, "page-break-inside: avoid", "break-inside: avoid");
    assert_dump(a, "columns: 2 auto; column-gap: 18pt", "column-count: 2");
    assert_dump(a, "content: 'a' counter(page) string(t, first) attr(href) target-counter(attr(href), page)",
                "content: \"a\" counter(page) string(t) attr(href) target-counter(attr(href), page)");
    assert_dump(a, "content: counter(a, lower-roman) counters(b, '.') counter(pages) target-counter(attr(href) b) target-text(attr(href), content) leader(dotted) open-quote",
                "content: counter(a) counters(b) counter(pages) target-counter(attr(href), b) target-text(attr(href)) leader(. ) quote(open-quote)");
    assert_dump(a, "counter-reset: a b 4; counter-increment: a -1; counter-set: none", "counter-reset: a 0 b 4");
    assert_dump(a, "string-set: a content(text) 'x', b 'y'", "string-set: a content(text) \"x\"");
    assert_dump(a, "vertical-align: 25%", "vertical-align:  3.6pt");
    assert_dump(a, "text-decoration: underline wavy red 1pt", "print text-decoration: underline #FF0000");
    assert_dump(a, "-inc-grid: on; -inc-protrusion: on", "-inc-protrusion: on");
    assert_dump(a, "-inc-grid: on; -inc-protrusion: on", "-inc-grid: on");
    assert_dump(a, "margin: 1pt auto", "margin-right: auto");
    assert_dump(a, "text-align: center; TEXT-ALIGN: RIGHT", "text-align: right");
}

static void test_features(void **state)
{
    world w = make(*state, "body { font-variant-numeric: oldstyle-nums proportional-nums; font-feature-settings: 'onum' 0, \"zero\" }"
                           "p { font-variant-ligatures: none; font-variant-caps: all-small-caps; font-kerning: none; font-feature-settings: normal }");
    const inc_style *body = style_of(&w, w.book), *p = style_of(&w, add(&w, w.book, INC_NODE_PARAGRAPH, NULL));
    static const char *const tags[] = {"c2sc", "calt", "clig", "dlig", "hlig", "kern", "liga", "onum", "pnum", "smcp"};
    assert_int_equal(body->features.n, 3);
    assert_memory_equal(body->features.v[0].tag, "onum", 4);
    assert_int_equal(body->features.v[0].value, 0); /* the low-level setting wins */
    assert_int_equal(p->features.n, INC_COUNT(tags));
    for (uint32_t i = 0; i < p->features.n; i++)
        assert_memory_equal(p->features.v[i].tag, tags[i], 4);
    assert_int_equal(p->features.v[6].value, 0);
}

static void test_paints_and_geometry(void **state)
{
    world w = make(*state, "@media print { :root { --c: #000 } p { border-top: 2pt solid } a { color: black } }"
                           "@media screen { :root { --c: #123456 } p { background: #EEE; border-left: 3pt solid red } a { text-decoration: underline } }"
                           "p { color: var(--c); border-bottom-width: 5pt } .pad { padding: 1pt }");
    inc_node *node = add(&w, w.book, INC_NODE_PARAGRAPH, NULL);
    const inc_style *p = style_of(&w, node), *a = style_of(&w, add(&w, node, INC_NODE_LINK, NULL));
    assert_int_equal(p->paint[INC_SCREEN].color.b, 0x56);
    assert_int_equal(p->paint[INC_PRINT].color.b, 0);
    assert_int_equal(p->paint[INC_PRINT].background.a, 0);
    assert_int_equal(p->paint[INC_SCREEN].background.r, 0xEE);
    assert_int_equal(p->border_width[INC_TOP], 2 * INC_PT);
    assert_int_equal(p->paint[INC_SCREEN].border[INC_TOP].a, 0);
    assert_int_equal(p->paint[INC_PRINT].border[INC_TOP].a, 255);
    assert_int_equal(p->border_width[INC_LEFT], 3 * INC_PT); /* takes its place in print too */
    assert_int_equal(p->paint[INC_PRINT].border[INC_LEFT].a, 0);
    assert_int_equal(p->border_width[INC_BOTTOM], 0); /* its style is none */
    assert_int_equal(a->paint[INC_SCREEN].decoration_lines, INC_DECORATION_UNDERLINE);
    assert_int_equal(a->paint[INC_PRINT].decoration_lines, 0);
    assert_int_equal(a->paint[INC_SCREEN].decoration.b, 0x56);
}

static void test_decoration_reaches_inline_children(void **state)
{
    world w = make(*state, "a { text-decoration: underline red } code { text-decoration: none } kbd { display: inline-block }");
    inc_node *a = add(&w, w.book, INC_NODE_LINK, NULL), *code = add(&w, a, INC_NODE_CODE_SPAN, NULL), *kbd = add(&w, a, INC_NODE_SPAN, NULL);
    kbd->as.span_.tag = INC_SPAN_KBD;
    assert_int_equal(style_of(&w, code)->paint[INC_PRINT].decoration_lines, INC_DECORATION_UNDERLINE);
    assert_int_equal(style_of(&w, code)->paint[INC_PRINT].decoration.r, 255);
    assert_int_equal(style_of(&w, kbd)->paint[INC_PRINT].decoration_lines, 0);
}

static void test_pseudo_elements(void **state)
{
    world w = make(*state, "p { color: red } p::before { content: 'x'; font-weight: 700 } p:after { font-weight: 700 } hr::after { content: '' }"
                           "li::marker { color: blue } aside::footnote-marker { font-weight: 900 } .none::before { content: none }");
    inc_node *p = add(&w, w.book, INC_NODE_PARAGRAPH, NULL), *hr = add(&w, w.book, INC_NODE_RULE, NULL), *none = add(&w, w.book, INC_NODE_PARAGRAPH, "none");
    const inc_style *before = inc_style_pseudo(w.styler, p, style_of(&w, p), INC_PSEUDO_BEFORE);
    assert_non_null(before);
    assert_str(before->content.v[0].text, "x");
    assert_int_equal(before->paint[INC_PRINT].color.r, 255);
    assert_null(inc_style_pseudo(w.styler, p, style_of(&w, p), INC_PSEUDO_AFTER)); /* no content */
    assert_non_null(inc_style_pseudo(w.styler, hr, style_of(&w, hr), INC_PSEUDO_AFTER)); /* empty is content */
    assert_null(inc_style_pseudo(w.styler, none, style_of(&w, none), INC_PSEUDO_BEFORE));
    assert_null(inc_style_pseudo(w.styler, p, style_of(&w, p), INC_PSEUDO_MARKER));
    inc_node *note = add(&w, w.book, INC_NODE_NOTE, NULL), *item = add(&w, w.book, INC_NODE_ITEM, NULL);
    assert_int_equal(inc_style_pseudo(w.styler, note, style_of(&w, note), INC_PSEUDO_FOOTNOTE_MARKER)->weight, 900);
    assert_int_equal(inc_style_pseudo(w.styler, item, style_of(&w, item), INC_PSEUDO_MARKER)->paint[INC_SCREEN].color.b, 255);
    assert_null(inc_style_pseudo(w.styler, p, style_of(&w, p), INC_PSEUDO_FIRST_LINE));
}

static void test_synthetic_and_anonymous(void **state)
{
    world w = make(*state, "pre { color: red; margin: 4pt } pre .hljs-keyword { font-weight: 700 } pre span.a.b { font-style: italic }");
    inc_node *pre = add(&w, w.book, INC_NODE_CODE, NULL);
    const inc_style *style = style_of(&w, pre);
    const inc_style *keyword = inc_style_synthetic(w.styler, pre, style, "span", INC_STR("hljs-keyword"));
    assert_int_equal(keyword->weight, 700);
    assert_int_equal(keyword->paint[INC_PRINT].color.r, 255);
    assert_ptr_equal(keyword, inc_style_synthetic(w.styler, pre, style, "span", INC_STR("hljs-keyword")));
    assert_true(inc_style_synthetic(w.styler, pre, style, "span", INC_STR("b a"))->italic);
    const inc_style *box = inc_style_anonymous(w.styler, style, INC_DISPLAY_BLOCK);
    assert_int_equal(box->display, INC_DISPLAY_BLOCK);
    assert_int_equal(box->margin[INC_TOP].value, 0);
    assert_int_equal(box->paint[INC_PRINT].color.r, 255);
    inc_style copy = *box; /* layout may bend a copy; its children still find what they inherit */
    assert_int_equal(inc_style_of(w.styler, add(&w, pre, INC_NODE_SPAN, NULL), &copy)->paint[INC_PRINT].color.r, 255);
}

static void test_equal_values_same_pointer(void **state)
{
    world w = make(*state, ".a { margin: 4pt } .b { margin: 2pt 4pt; margin-top: 4pt; margin-bottom: calc(2pt * 2) }");
    inc_node *a = add(&w, w.book, INC_NODE_PARAGRAPH, "a"), *b = add(&w, w.book, INC_NODE_PARAGRAPH, "b"), *c = add(&w, w.book, INC_NODE_PARAGRAPH, NULL);
    assert_ptr_equal(style_of(&w, a), style_of(&w, b));
    assert_ptr_not_equal(style_of(&w, a), style_of(&w, c));
    assert_ptr_equal(style_of(&w, inc_node_text(w.arena, INC_STR("x"), INC_NO_SPAN)), style_of(&w, w.book));
}

static void test_pages(void **state)
{
    world w = make(*state, "body { font-size: 10pt; -inc-grid-unit: 14pt }"
                           "@page { size: A5; margin: 10mm 20pt 5% 40pt; bleed: 3mm; marks: crop; @top-center { content: 'all' } @footnote { width: 42pt; border-top: 1pt solid } }"
                           "@page :left { margin-left: 20pt; @top-left { content: counter(page); padding-top: 2em } }"
                           "@page :first { @top-center { content: none } @bottom-right { content: 'first' } }"
                           "@page wide { size: 6in 9in landscape; } @page wide { size: 6in 9in } @page wide:blank { @top-center { content: 'blank' } }"
                           "@page :blank { @top-center { content: 'weaker' } }");
    const inc_page_style *recto = inc_page_style_of(w.styler, INC_STR(""), true, false, false);
    const inc_page_style *verso = inc_page_style_of(w.styler, INC_STR(""), false, false, false);
    const inc_page_style *first = inc_page_style_of(w.styler, INC_STR(""), true, true, false);
    const inc_page_style *wide = inc_page_style_of(w.styler, INC_STR("wide"), true, false, true);
    char text[32];
    inc_len_format(recto->width, 2, text);
    assert_string_equal(text, "419.53");
    assert_int_equal(recto->margin[INC_LEFT], 40 * INC_PT);
    assert_int_equal(verso->margin[INC_LEFT], 20 * INC_PT);
    assert_int_equal(verso->margin[INC_RIGHT], 20 * INC_PT);
    assert_int_equal(recto->margin[INC_BOTTOM], inc_len_scale(recto->height, 5, 100));
    assert_int_equal(recto->marks, INC_MARKS_CROP);
    assert_null(recto->boxes[INC_BOX_TOP_LEFT]);
    assert_int_equal(verso->boxes[INC_BOX_TOP_LEFT]->content.v[0].kind, INC_CONTENT_PAGE);
    assert_int_equal(verso->boxes[INC_BOX_TOP_LEFT]->padding[INC_TOP].value, 20 * INC_PT); /* em of the root's type */
    assert_int_equal(verso->boxes[INC_BOX_TOP_CENTER]->text_align, INC_TEXT_CENTER);
    assert_null(first->boxes[INC_BOX_TOP_CENTER]);
    assert_int_equal(first->boxes[INC_BOX_BOTTOM_RIGHT]->text_align, INC_TEXT_RIGHT);
    assert_int_equal(wide->width, 432 * INC_PT);
    assert_str(wide->boxes[INC_BOX_TOP_CENTER]->content.v[0].text, "blank");
    assert_int_equal(recto->footnote->width.value, 42 * INC_PT);
    assert_ptr_equal(recto, inc_page_style_of(w.styler, INC_STR(""), true, false, false));
    assert_int_equal(inc_styler_grid(w.styler), 14 * INC_PT);
    world bare = make(*state, "");
    assert_non_null(inc_page_style_of(bare.styler, INC_STR("x"), false, false, true)->footnote);
    assert_int_equal(inc_styler_grid(bare.styler), 0);
}

/* Sibling selectors over a long chapter must stay linear: this takes minutes if they are not. */
static void test_many_siblings(void **state)
{
    enum { COUNT = 20000 };
    world w = make(*state, "h1 ~ p { color: red } p:nth-child(3n) { font-style: italic } .x ~ p { font-weight: 900 } p:nth-of-type(2n) { widows: 3 } p:last-of-type { orphans: 4 }");
    inc_node *chapter = add(&w, w.book, INC_NODE_CHAPTER, NULL);
    add(&w, chapter, INC_NODE_HEADING, NULL);
    for (int i = 0; i < COUNT; i++)
        add(&w, chapter, INC_NODE_PARAGRAPH, NULL);
    const inc_style *parent = style_of(&w, chapter);
    for (int pass = 0; pass < 2; pass++) {
        int italic = 0, three = 0, four = 0;
        for (const inc_node *p = chapter->first; p; p = p->next) {
            const inc_style *s = inc_style_of(w.styler, p, parent);
            italic += s->italic;
            three += s->widows == 3;
            four += s->orphans == 4;
            assert_int_equal(s->paint[INC_PRINT].color.r, p->kind == INC_NODE_PARAGRAPH ? 255 : 0);
            assert_int_equal(s->weight, 400);
        }
        assert_int_equal(italic, (COUNT + 1) / 3);
        assert_int_equal(three, COUNT / 2);
        assert_int_equal(four, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_selectors), TEST(test_cascade), TEST(test_inheritance), TEST(test_variables), TEST(test_cycles_are_told), TEST(test_too_many_page_rules), TEST(test_values), TEST(test_features),
        TEST(test_paints_and_geometry), TEST(test_decoration_reaches_inline_children), TEST(test_pseudo_elements), TEST(test_synthetic_and_anonymous),
        TEST(test_equal_values_same_pointer), TEST(test_pages), TEST(test_many_siblings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
