/* test_style_sheet.c - the default theme: it parses clean, gives the look's values, and makes an EPUB sheet. */
#include <stdlib.h>

#include "harness.h"
#include "style/style.h"

#include "base/files.h"

static inc_str root_folder(inc_arena *arena)
{
    const char *root = getenv("INCIPIT_ROOT");
    return inc_str_dup(arena, inc_str_of(root ? root : "."));
}

static inc_sheet *load_theme(inc_arena *arena, inc_diags **diags)
{
    inc_sources *sources = inc_sources_new(arena);
    *diags = inc_diags_new(arena);
    inc_sheet *sheet = inc_sheet_new(arena, sources, *diags);
    int error = 0;
    inc_str folder = inc_path_join(arena, root_folder(arena), INC_STR("styles"));
    uint32_t file = inc_file_read_text(sources, arena, INC_STR("rubric.css"), inc_path_join(arena, folder, INC_STR("rubric.css")), *diags, &error);
    assert_int_not_equal(file, 0);
    inc_sheet_add(sheet, file, root_folder(arena));
    for (size_t i = 0; i < (*diags)->n; i++) {
        inc_place place = {.name = INC_STR("")};
        inc_sources_place(sources, (*diags)->v[i].span, &place);
        print_message("%.*s:%u:%u: %.*s\n", INC_STR_ARG(place.name), place.line, place.column, INC_STR_ARG((*diags)->v[i].message));
    }
    return sheet;
}

static void test_theme_is_clean(void **state)
{
    inc_diags *diags;
    const inc_font_face *faces;
    inc_sheet *sheet = load_theme(*state, &diags);
    assert_int_equal(diags->n, 0);
    assert_int_equal(inc_sheet_font_faces(sheet, &faces), 17);
    assert_str(faces[0].family, "Source Serif 4");
    assert_int_equal(faces[0].weight, 300);
    assert_true(inc_str_ends(faces[0].path, INC_STR("/fonts/source-serif-4/SourceSerif4_300Light.ttf")));
}

static inc_node *add(inc_arena *arena, inc_node *parent, inc_node_kind kind)
{
    inc_node *node = inc_node_new(arena, kind, INC_NO_SPAN);
    if (kind == INC_NODE_HEADING)
        node->as.heading.level = 1;
    if (parent)
        inc_node_append(parent, node);
    return node;
}

static const inc_style *style_of(inc_styler *styler, const inc_node *node)
{
    return inc_style_of(styler, node, node->parent ? style_of(styler, node->parent) : NULL);
}

#define TENTHS(n) (INC_PT * (n) / 10)

static void test_theme_values(void **state)
{
    inc_arena *a = *state;
    inc_diags *diags;
    inc_sheet *sheet = load_theme(a, &diags);
    inc_styler *styler = inc_styler_new(a, sheet, diags);
    assert_int_equal(inc_styler_grid(styler), 14 * INC_PT);
    inc_node *book = add(a, NULL, INC_NODE_BOOK), *chapter = add(a, book, INC_NODE_CHAPTER), *h1 = add(a, chapter, INC_NODE_HEADING);
    inc_node *number = add(a, h1, INC_NODE_SPAN), *p1 = add(a, chapter, INC_NODE_PARAGRAPH), *p2 = add(a, chapter, INC_NODE_PARAGRAPH);
    inc_node *h2 = add(a, chapter, INC_NODE_HEADING), *pre = add(a, chapter, INC_NODE_CODE), *p3 = add(a, chapter, INC_NODE_PARAGRAPH);
    inc_node *code = add(a, p3, INC_NODE_CODE_SPAN), *alert = add(a, chapter, INC_NODE_ALERT);
    inc_node_add_class(a, number, INC_STR("number"));
    h2->as.heading.level = 2;
    alert->as.alert.kind = INC_ALERT_WARNING;
    const inc_style *s = style_of(styler, p1);
    assert_int_equal(s->font_size, 10 * INC_PT);
    assert_int_equal(s->line_height, 14 * INC_PT);
    assert_int_equal(s->text_align, INC_TEXT_JUSTIFY);
    assert_int_equal(s->hyphens, INC_HYPHENS_AUTO);
    assert_str(s->families.v[0], "Source Serif 4");
    assert_int_equal(s->features.n, 2); /* onum, pnum */
    assert_int_equal(s->paint[INC_SCREEN].color.r, 0x1F);
    assert_int_equal(s->paint[INC_PRINT].color.r, 0);
    assert_int_equal(s->text_indent.value, 0);
    assert_int_equal(style_of(styler, p2)->text_indent.value, 14 * INC_PT);
    assert_int_equal(style_of(styler, p3)->text_indent.value, 0); /* after a listing */
    s = style_of(styler, h1);
    assert_int_equal(s->font_size, 29 * INC_PT);
    assert_int_equal(s->weight, 300);
    assert_int_equal(s->padding[INC_TOP].value, 28 * INC_PT);
    assert_int_equal(s->string_set_count, 2);
    assert_non_null(inc_style_pseudo(styler, h1, s, INC_PSEUDO_AFTER));
    assert_int_equal(style_of(styler, number)->font_size, 54 * INC_PT);
    assert_int_equal(style_of(styler, number)->paint[INC_SCREEN].color.r, 0x9C);
    s = style_of(styler, h2);
    assert_int_equal(s->margin[INC_TOP].value + s->line_height + s->margin[INC_BOTTOM].value, 56 * INC_PT);
    s = style_of(styler, pre);
    assert_int_equal(s->font_size, TENTHS(85));
    assert_int_equal(s->line_height, TENTHS(112));
    assert_int_equal(s->border_width[INC_TOP], INC_PT * 3 / 4);
    assert_int_equal(s->paint[INC_SCREEN].border[INC_TOP].a, 0);
    assert_int_equal(s->paint[INC_SCREEN].background.r, 0xF8);
    assert_int_equal(s->paint[INC_PRINT].background.a, 0);
    assert_int_equal(s->margin[INC_LEFT].value, -s->padding[INC_LEFT].value); /* code stands on the text edge */
    assert_int_equal(style_of(styler, code)->font_size, inc_len_scale(10 * INC_PT, 913, 1000));
    s = style_of(styler, alert);
    assert_int_equal(s->border_width[INC_TOP], INC_PT * 9 / 4);
    assert_int_equal(s->paint[INC_SCREEN].border[INC_LEFT].r, 0x7A);
}

static void test_theme_pages(void **state)
{
    inc_diags *diags;
    inc_sheet *sheet = load_theme(*state, &diags);
    inc_styler *styler = inc_styler_new(*state, sheet, diags);
    const inc_page_style *recto = inc_page_style_of(styler, INC_STR(""), true, false, false);
    const inc_page_style *verso = inc_page_style_of(styler, INC_STR(""), false, false, false);
    const inc_page_style *opening = inc_page_style_of(styler, INC_STR(""), true, true, false);
    assert_int_equal(recto->height - recto->margin[INC_TOP] - recto->margin[INC_BOTTOM], 588 * INC_PT);
    assert_int_equal(recto->width - recto->margin[INC_LEFT] - recto->margin[INC_RIGHT], 342 * INC_PT);
    assert_int_equal(verso->width - verso->margin[INC_LEFT] - verso->margin[INC_RIGHT], 342 * INC_PT);
    assert_int_equal(recto->margin[INC_LEFT], verso->margin[INC_RIGHT]);
    assert_non_null(recto->boxes[INC_BOX_TOP_RIGHT]);
    assert_null(recto->boxes[INC_BOX_TOP_LEFT]);
    assert_str(recto->boxes[INC_BOX_TOP_RIGHT_NEXT]->content.v[0].text, "section");
    assert_str(verso->boxes[INC_BOX_TOP_LEFT_NEXT]->content.v[0].text, "chapter");
    assert_int_equal(verso->boxes[INC_BOX_TOP_LEFT]->weight, 600);
    assert_null(opening->boxes[INC_BOX_TOP_RIGHT]);
    assert_non_null(opening->boxes[INC_BOX_BOTTOM_RIGHT]);
    assert_int_equal(recto->footnote->width.value, 42 * INC_PT);
    for (int i = 0; i < 8; i++) {
        const inc_page_style *plain = inc_page_style_of(styler, i & 4 ? INC_STR("plain") : INC_STR(""), i & 1, i & 2, !(i & 4));
        for (int box = 0; box < INC_BOX_COUNT; box++)
            assert_null(plain->boxes[box]);
    }
}

static inc_str first_face_only(void *context, const inc_font_face *face)
{
    (void)context;
    return face->weight == 300 ? INC_STR("fonts/a \"b\".ttf") : INC_STR("");
}

static void test_epub_sheet(void **state)
{
    inc_arena *a = *state;
    inc_diags *diags;
    inc_sheet *sheet = load_theme(a, &diags);
    inc_buf out = inc_buf_in(a);
    inc_sheet_write_epub(sheet, first_face_only, NULL, &out);
    inc_str css = inc_buf_str(&out);
    static const char *const wanted[] = {"@media (prefers-color-scheme: dark) {", "font-family: \"Source Serif 4\";", "src: url(\"fonts/a \\22 b\\22 .ttf\");",
        "pre .line {\n  display: block;", "h1 {\n  font-size: 1.9em;"};
    static const char *const unwanted[] = {"@page", "-inc-", "@media print", "@media screen", "var(", "--", "pt;", "string(", "footnote-marker", "@import", "504pt"};
    for (size_t i = 0; i < INC_COUNT(wanted); i++)
        if (inc_str_find(css, inc_str_of(wanted[i])) == INC_NPOS)
            fail_msg("no %s", wanted[i]);
    for (size_t i = 0; i < INC_COUNT(unwanted); i++)
        if (inc_str_find(css, inc_str_of(unwanted[i])) != INC_NPOS)
            fail_msg("%s", unwanted[i]);
    inc_sources *sources = inc_sources_new(a); /* what we write we can read */
    inc_sheet *again = inc_sheet_new(a, sources, inc_diags_new(a));
    inc_buf twice = inc_buf_in(a), without = inc_buf_in(a);
    inc_sheet_add(again, inc_sources_add(sources, INC_STR("e.css"), INC_STR("e.css"), css), INC_STR(""));
    inc_sheet_write_epub(sheet, NULL, NULL, &without);
    inc_sheet_write_epub(again, NULL, NULL, &twice);
    assert_true(inc_str_eq(inc_buf_str(&without), inc_buf_str(&twice)));
}

static void test_epub_of_own_sheet(void **state)
{
    inc_arena *a = *state;
    inc_sources *sources = inc_sources_new(a);
    inc_sheet *sheet = inc_sheet_new(a, sources, inc_diags_new(a));
    inc_str css = INC_STR(":root { --accent: /* deep */ red; --w: 2em } .x, .x::footnote-call { color: var(--accent) ; margin: var(--w) var(--unknown, 1pt) ; page: y; string-set: a 'b' }"
                          "section { break-before: recto; direction: rtl; background: url(x.png); content: counter(page); float: footnote; float: left }"
                          "@media epub { .only { color: blue !important } } @media screen { .s { color: red } } @page { margin: 0 } .broken { color: rgb(1 }");
    inc_buf out = inc_buf_in(a);
    inc_sheet_add(sheet, inc_sources_add(sources, INC_STR("a.css"), INC_STR("a.css"), css), INC_STR(""));
    inc_sheet_write_epub(sheet, NULL, NULL, &out);
    assert_str(inc_buf_str(&out), ".x {\n  color: red;\n  margin: 2em 1pt;\n}\nsection {\n  break-before: page;\n  float: left;\n}\n"
                                  ".only {\n  color: blue !important;\n}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_theme_is_clean), TEST(test_theme_values), TEST(test_theme_pages), TEST(test_epub_sheet), TEST(test_epub_of_own_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
