/* test_layout_limits.c - hostile style sheets, and sizes at which anything that is not linear would take minutes. */
#include "layout_fixture.h"

static inc_str repeated(fixture *f, const char *text, size_t n)
{
    inc_buf out = inc_buf_in(f->arena);
    for (size_t i = 0; i < n; i++)
        inc_buf_puts(&out, text);
    return inc_buf_str(&out);
}

static inc_node *add_code(fixture *f, inc_node *parent, inc_str text)
{
    inc_node *code = add(f, parent, INC_NODE_CODE);
    code->as.code.language = INC_STR("rust");
    code->as.code.text = text;
    return code;
}

static inc_node *add_list(fixture *f, inc_node *parent, int items)
{
    inc_node *list = add(f, parent, INC_NODE_LIST);
    list->as.list.ordered = true;
    list->as.list.tight = true;
    for (int i = 0; i < items; i++) {
        inc_node *item = add(f, list, INC_NODE_ITEM);
        item->as.item.number = (uint32_t)i + 1;
        add_text(f, item, "An item of the list.");
    }
    return list;
}

static inc_node *add_table(fixture *f, inc_node *parent, int rows, uint32_t columns)
{
    inc_node *table = add(f, parent, INC_NODE_TABLE);
    table->as.table.column_count = columns;
    for (int i = 0; i < rows; i++) {
        inc_node *row = add(f, table, INC_NODE_ROW);
        row->as.row.head = i == 0;
        for (uint32_t k = 0; k < columns; k++) {
            inc_node *cell = add(f, row, INC_NODE_CELL);
            cell->as.cell.head = i == 0;
            inc_node_append(cell, inc_node_text(f->arena, INC_STR("some words in it"), INC_NO_SPAN));
        }
    }
    return table;
}

static void add_note(fixture *f, inc_node *chapter, inc_node *paragraph, const char *text)
{
    inc_node *ref = add(f, paragraph, INC_NODE_NOTE_REF), *note = add(f, chapter, INC_NODE_NOTE);
    note->as.note.number = ref->as.note_ref.ordinal = 1;
    ref->as.note_ref.note = note;
    add_text(f, note, text);
}

/* One of everything. */
static fixture *mixed(inc_arena *arena, const char *css)
{
    fixture *f = begin_with(arena, css);
    inc_node *chapter = add_chapter(f, "one", "The Waiting Room");
    add_text(f, chapter, prose);
    inc_node *call = add_text(f, chapter, "Called here.");
    inc_node *quote = add(f, chapter, INC_NODE_QUOTE);
    add_text(f, add(f, add_list(f, quote, 3), INC_NODE_ITEM), prose);
    add_code(f, chapter, INC_STR("fn main() {\n\tlet x = 1; // \xE2\x94\x80\xE2\x94\x80 \xE6\xBC\xA2\xE5\xAD\x97\n}\n"));
    add_table(f, chapter, 5, 3);
    add(f, chapter, INC_NODE_RULE);
    inc_node *deep = chapter;
    for (int i = 0; i < 40; i++)
        deep = add(f, deep, INC_NODE_QUOTE);
    add_text(f, deep, prose);
    add_note(f, chapter, call, prose);
    return f;
}

static size_t words_on(fixture *f, const inc_pages *pages, const char *word)
{
    size_t n = 0;
    for (size_t i = 0; i < pages->page_count; i++) {
        inc_str text = page_text(f, &pages->pages[i]);
        for (size_t at; (at = inc_str_find(text, inc_str_of(word))) != INC_NPOS; n++)
            text = inc_str_slice(text, at + 1, text.n);
    }
    return n;
}

static void test_hostile_sheets(void **state)
{
    static const char *const sheets[] = {
        "@page { margin: 1000pt }", "@page { size: 1pt 1pt; margin: 0 }", "@page { margin: -500pt }", "@page { size: 1000000pt 1000000pt }",
        "@page :first { margin-top: 700pt }", "@page :left { margin: 300pt }", "@page { @footnote { margin-top: 5000pt; padding-top: 999999pt } }",
        "body { font-size: 0 }", "body { font-size: 10000pt; line-height: 10000pt }", "* { font-size: larger }", "body, p, li, pre, td { line-height: 0 }",
        "* { line-height: 999999999 }", "* { font-size: 400% }", "* { letter-spacing: 1000000pt }", "* { letter-spacing: -100pt }",
        "* { margin: 100000% }", "* { margin: -100000% }", "blockquote { margin-left: -100% }", "* { padding: 9999999pt }", "* { padding: 5000% }",
        "* { width: 0; max-width: 0 }", "* { width: 1000000% }", "* { height: 1000000% }", "* { text-indent: -1000000pt }", "* { text-indent: 1000% }",
        "* { border: 100000pt solid red }", "* { -inc-grid: on } body { -inc-grid-unit: .001pt }", "body { -inc-grid-unit: 100000pt }",
        "* { break-before: page }", "* { break-before: avoid; break-inside: avoid; break-after: avoid }", "* { display: block }", "* { display: inline }",
        "* { display: inline-block; width: 300% }", "* { float: right }", "* { display: run-in }", "* { orphans: 255; widows: 255 }", "* { tab-size: 255 }",
        "* { white-space: pre }", "* { text-transform: uppercase; hyphens: auto; text-align: justify }", "* { vertical-align: 1000000pt }",
        "*::before, *::after { content: \"xyz \"; display: block; margin: auto; height: 1000% }", "li::marker { content: \"\"; font-size: 9999pt }",
        "* { page: other } @page other { margin: 5000pt }",
    };
    for (size_t i = 0; i < INC_COUNT(sheets); i++) {
        inc_arena *arena = inc_arena_new();
        fixture *f = mixed(arena, sheets[i]);
        const inc_pages *pages = lay_out(f);
        if (pages->page_count < 1 || pages->page_count > 3000)
            fail_msg("%zu pages with %s", pages->page_count, sheets[i]);
        inc_buf dump = inc_buf_in(arena);
        inc_pages_dump(pages, &dump);
        inc_arena_free(arena);
    }
    (void)state;
}

/* A sheet may spoil the looks, but no word is lost. */
static void test_hostile_sheets_keep_the_words(void **state)
{
    static const char *const sheets[] = {"@page { margin: 1000pt }", "@page :first { margin-top: 700pt }", "* { padding: 5000% }", "* { margin: 100000% }"};
    for (size_t i = 0; i < INC_COUNT(sheets); i++) {
        fixture *f = mixed(*state, sheets[i]);
        const inc_pages *pages = lay_out(f);
        assert_int_equal(words_on(f, pages, "W"), words_on(f, lay_out(mixed(*state, "")), "W"));
        assert_int_equal(words_on(f, pages, "x"), words_on(f, lay_out(mixed(*state, "")), "x"));
    }
}

static void test_first_page_with_a_margin_of_its_own(void **state)
{
    fixture *f = begin_with(*state, "@page :first { margin-top: 400pt }");
    inc_node *chapter = add_chapter(f, "one", "T");
    for (int i = 0; i < 20; i++)
        add_text(f, chapter, prose);
    const inc_pages *pages = lay_out(f);
    assert_int_equal(pages->pages[0].frame_y0, 400 * INC_PT);
    assert_int_equal(pages->pages[1].frame_y0, 70 * INC_PT);
    for (size_t i = 0; i < pages->page_count; i++) {
        inc_len last = 0;
        for (size_t k = 0; k < pages->pages[i].mark_count; k++)
            last = pages->pages[i].marks[k].tag ? INC_MAX(last, pages->pages[i].marks[k].y) : last;
        assert_true(last <= pages->pages[i].frame_y1);
        assert_true(i + 1 >= pages->page_count - 1 || last > pages->pages[i].frame_y1 - 40 * INC_PT); /* and it is filled */
    }
}

static void test_word_without_end(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "T"), *p = add(f, chapter, INC_NODE_PARAGRAPH);
    inc_node_append(p, inc_node_text(f->arena, repeated(f, "abcdefghij", 20000), INC_NO_SPAN));
    inc_node *letters = add(f, chapter, INC_NODE_PARAGRAPH); /* one word in a thousand styles */
    for (int i = 0; i < 1000; i++) {
        inc_node *span = i % 2 ? add(f, letters, INC_NODE_SPAN) : letters;
        span->as.span_.tag = i % 2 ? INC_SPAN_EM : span->as.span_.tag;
        inc_node_append(span, inc_node_text(f->arena, INC_STR("xy"), INC_NO_SPAN));
    }
    const inc_pages *pages = lay_out(f);
    assert_int_equal(words_on(f, pages, "a"), 20000);
    assert_int_equal(words_on(f, pages, "x"), 1000);
    for (size_t i = 0; i < pages->page_count; i++)
        for (size_t k = 0; k < pages->pages[i].mark_count; k++)
            assert_true(pages->pages[i].marks[k].x + pages->pages[i].marks[k].width <= pages->pages[i].frame_x1 + 6 * INC_PT);
}

static void test_many_anchors_and_breaks(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "T"), *p = add(f, chapter, INC_NODE_PARAGRAPH);
    for (int i = 0; i < 50000; i++) {
        add(f, p, INC_NODE_ANCHOR)->label = inc_strf(f->arena, "a%d", i);
        add(f, p, INC_NODE_BREAK);
    }
    const inc_pages *pages = lay_out(f);
    assert_true(pages->destination_count > 50000);
    assert_true(pages->page_count > 1000);
}

static void test_invisible_text(void **state)
{
    fixture *f = begin_with(*state, "p { font-size: 0; line-height: 0 }");
    inc_node *chapter = add_chapter(f, "one", "T"), *p = add(f, chapter, INC_NODE_PARAGRAPH);
    inc_node_append(p, inc_node_text(f->arena, repeated(f, "some words ", 30000), INC_NO_SPAN));
    assert_true(lay_out(f)->page_count < 100);
    f = begin_with(*state, "p { line-height: 0 }");
    chapter = add_chapter(f, "one", "T");
    for (int i = 0; i < 20000; i++)
        add_text(f, chapter, "word");
    assert_true(lay_out(f)->page_count < 100);
}

static void test_many_framed_blocks(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "T");
    for (int i = 0; i < 20000; i++)
        add_code(f, chapter, INC_STR("let x = 1;\n"));
    assert_true(lay_out(f)->page_count > 500);
}

static void test_long_heading_in_the_running_head(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "T"), *heading = add(f, chapter, INC_NODE_HEADING);
    heading->as.heading.level = 2;
    inc_node_append(heading, inc_node_text(f->arena, repeated(f, "words and ", 3000), INC_NO_SPAN));
    for (int i = 0; i < 100; i++)
        add_text(f, chapter, prose);
    assert_true(lay_out(f)->page_count > 10);
}

static void test_long_list_and_table(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "T");
    add_list(f, chapter, 5000);
    add_table(f, chapter, 2000, 3);
    const inc_pages *pages = lay_out(f);
    assert_int_equal(words_on(f, pages, "An item"), 5000);
    assert_int_equal(words_on(f, pages, "some words"), 2000 * 3);
}

static uint32_t page_with_last_word(const inc_pages *pages)
{
    uint32_t found = 0;
    for (uint32_t n = 0; n < pages->page_count; n++)
        found = pages->pages[n].blank ? found : n;
    return found;
}

/* A paragraph of a megabyte is set in stretches: every word once, in its order, and no line but the last is short. */
static void test_long_paragraph(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "T");
    inc_buf text = inc_buf_in(f->arena);
    enum { WORDS = 60000 };
    for (unsigned i = 0; i < WORDS; i++)
        inc_buf_printf(&text, "%sw%u", i ? " " : "", i);
    inc_node *p = add(f, chapter, INC_NODE_PARAGRAPH), *anchor;
    inc_node_append(p, inc_node_text(f->arena, inc_buf_str(&text), INC_NO_SPAN));
    anchor = add(f, p, INC_NODE_ANCHOR);
    anchor->label = INC_STR("end");
    const inc_pages *pages = lay_out(f);
    unsigned word = 0, lines = 0, full = 0;
    inc_len y = 0, right = 0;
    for (size_t n = 0; n < pages->page_count; n++)
        for (size_t i = 0; i < pages->pages[n].mark_count; i++) {
            const inc_mark *mark = &pages->pages[n].marks[i];
            if (mark->kind != INC_MARK_TEXT || !mark->tag || mark->tag->kind != INC_TAG_P)
                continue;
            if (mark->y != y) {
                lines += y != 0;
                full += y && right > pages->pages[n].frame_x1 - 40 * INC_PT;
            }
            y = mark->y;
            right = mark->x + mark->width;
            inc_str want = inc_strf(f->arena, "w%u", word++);
            assert_true(inc_str_starts(mark->as.text.text, want));
        }
    assert_int_equal(word, WORDS);
    assert_true(lines > 4000 && full + 2 >= lines);
    const inc_destination *last = NULL;
    for (size_t i = 0; i < pages->destination_count; i++)
        if (inc_str_ends(pages->destinations[i].name, INC_STR("#end")))
            last = &pages->destinations[i];
    assert_non_null(last);
    assert_int_equal(last->page, page_with_last_word(pages));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_hostile_sheets), TEST(test_hostile_sheets_keep_the_words), TEST(test_first_page_with_a_margin_of_its_own),
        TEST(test_word_without_end), TEST(test_many_anchors_and_breaks), TEST(test_invisible_text), TEST(test_many_framed_blocks),
        TEST(test_long_heading_in_the_running_head), TEST(test_long_paragraph), TEST(test_long_list_and_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
