/* test_layout_notes.c - footnotes: long ones, notes in notes, notes in cells, notes without text. */
#include "layout_fixture.h"

/* Calls a note at the end of the paragraph; its blocks are to be added. */
static inc_node *call(fixture *f, inc_node *chapter, inc_node *paragraph, uint32_t number)
{
    inc_node *ref = add(f, paragraph, INC_NODE_NOTE_REF), *note = add(f, chapter, INC_NODE_NOTE);
    note->as.note.number = number;
    ref->as.note_ref.ordinal = 1;
    ref->as.note_ref.note = note;
    return note;
}

static inc_len lowest(const inc_page *page, const char *text)
{
    inc_len y = 0;
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == INC_MARK_TEXT && inc_str_find(page->marks[i].as.text.text, inc_str_of(text)) != INC_NPOS)
            y = INC_MAX(y, page->marks[i].y);
    return y;
}

static inc_len highest(const inc_page *page, const char *text)
{
    inc_len y = INC_LEN_MAX;
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == INC_MARK_TEXT && inc_str_find(page->marks[i].as.text.text, inc_str_of(text)) != INC_NPOS)
            y = INC_MIN(y, page->marks[i].y);
    return y;
}

static size_t count_of(inc_str text, const char *word)
{
    size_t n = 0;
    for (size_t at; (at = inc_str_find(text, inc_str_of(word))) != INC_NPOS; n++)
        text = inc_str_slice(text, at + 1, text.n);
    return n;
}

static void test_long_note_runs_on(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T");
    for (int i = 0; i < 4; i++)
        add_text(f, chapter, "text text text text text text text text text text text text text text text text text text text text text text text text text text");
    inc_node *note = call(f, chapter, add_text(f, chapter, "Here is the call."), 1);
    for (int i = 0; i < 30; i++)
        add_text(f, chapter, "text text text text text text text text text text text text text text text text text text text text text text text text text text");
    inc_buf long_text = inc_buf_in(f->arena);
    for (int i = 0; i < 1500; i++)
        inc_buf_puts(&long_text, "noted words ");
    for (int i = 0; i < 3; i++)
        add_text(f, note, inc_cstr(f->arena, inc_buf_str(&long_text)));
    const inc_pages *pages = lay_out(f);
    size_t noted = 0, with_notes = 0;
    for (size_t i = 0; i < pages->page_count; i++) {
        const inc_page *page = &pages->pages[i];
        size_t here = count_of(page_text(f, page), "noted");
        noted += here;
        with_notes += here > 0;
        assert_true(lowest(page, "noted") <= page->frame_y1);
        assert_true(lowest(page, "text") < highest(page, "noted"));
        if (inc_str_find(page_text(f, page), INC_STR("the call")) != INC_NPOS)
            assert_true(here > 0);
    }
    assert_int_equal(noted, 4500);
    assert_true(with_notes >= 4);
    assert_int_equal(f->diags->count[INC_WARNING], 0);
}

static void test_note_in_a_note(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T");
    inc_node *outer = call(f, chapter, add_text(f, chapter, "The call."), 1);
    inc_node *inner = call(f, chapter, add_text(f, outer, "The outer note."), 2);
    add_text(f, inner, "The inner note.");
    const inc_pages *pages = lay_out(f);
    assert_str(page_text(f, &pages->pages[0]), "TThe call.11The outer note.22The inner note.");
    assert_true(highest(&pages->pages[0], "outer") < highest(&pages->pages[0], "inner"));
}

static void test_note_without_text(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T");
    call(f, chapter, add_text(f, chapter, "One."), 1);
    add_text(f, call(f, chapter, add_text(f, chapter, "Two."), 2), "Second.");
    const inc_pages *pages = lay_out(f);
    assert_str(page_text(f, &pages->pages[0]), "TOne.1Two.212Second.");
}

static void test_notes_of_a_table(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T"), *table = add(f, chapter, INC_NODE_TABLE);
    table->as.table.column_count = 1;
    for (uint32_t i = 0; i < 3; i++) {
        inc_node *row = add(f, table, INC_NODE_ROW), *cell = add(f, row, INC_NODE_CELL);
        row->as.row.head = cell->as.cell.head = i == 0;
        inc_node_append(cell, inc_node_text(f->arena, INC_STR("Cell"), INC_NO_SPAN));
        add_text(f, call(f, chapter, cell, i + 1), "A note.");
    }
    const inc_pages *pages = lay_out(f);
    assert_str(page_text(f, &pages->pages[0]), "TCell1Cell2Cell31A note.2A note.3A note.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_long_note_runs_on), TEST(test_note_in_a_note), TEST(test_note_without_text), TEST(test_notes_of_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
