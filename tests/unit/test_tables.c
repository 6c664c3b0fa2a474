/* test_tables.c - tables on pages: spans, tall rows, wide tables turned, what cells say to a screen reader. */
#include "layout_fixture.h"

static inc_node *add_row(fixture *f, inc_node *table, bool head)
{
    inc_node *row = add(f, table, INC_NODE_ROW);
    row->as.row.head = head;
    return row;
}

static inc_node *add_cell(fixture *f, inc_node *row, const char *text)
{
    inc_node *cell = add(f, row, INC_NODE_CELL);
    cell->as.cell.head = row->as.row.head;
    inc_node_append(cell, inc_node_text(f->arena, inc_str_of(text), INC_NO_SPAN));
    return cell;
}

static inc_node *add_table(fixture *f, inc_node *parent, uint32_t columns)
{
    inc_node *table = add(f, parent, INC_NODE_TABLE);
    table->as.table.column_count = columns;
    return table;
}

/* A cell over two rows stands beside both, and the second row's cell in its own column. */
static void test_cells_span_rows(void **state)
{
    fixture *f = begin(*state);
    inc_node *table = add_table(f, add_chapter(f, "a", "T"), 2), *row = add_row(f, table, false);
    add_cell(f, row, "tall")->as.cell.rowspan = 2;
    add_cell(f, row, "one");
    add_cell(f, add_row(f, table, false), "two");
    const inc_page *page = &lay_out(f)->pages[0];
    const inc_mark *tall = find_text(page, "tall"), *one = find_text(page, "one"), *two = find_text(page, "two");
    assert_non_null(tall);
    assert_int_equal(one->x, two->x);
    assert_int_equal(tall->y, one->y);
    assert_true(two->y > one->y && one->x > tall->x);
}

/* A row taller than any page goes on over pages, with its head set again as an artifact, and no word is lost. */
static void test_tall_rows_are_split(void **state)
{
    fixture *f = begin(*state);
    inc_node *table = add_table(f, add_chapter(f, "a", "T"), 2), *head = add_row(f, table, true), *row = add_row(f, table, false);
    add_cell(f, head, "Left");
    add_cell(f, head, "Right");
    add_cell(f, row, "short");
    inc_buf text = inc_buf_in(f->arena);
    for (int i = 0; i < 900; i++)
        inc_buf_printf(&text, "word%d ", i);
    inc_buf_byte(&text, '\0');
    add_cell(f, row, text.p);
    const inc_pages *pages = lay_out(f);
    assert_true(pages->page_count > 2);
    inc_buf all = inc_buf_in(f->arena);
    for (size_t p = 0; p < pages->page_count; p++) {
        const inc_page *page = &pages->pages[p];
        if (page->blank)
            continue;
        const inc_mark *again = find_text(page, "Right");
        assert_non_null(again);
        assert_int_equal(!again->tag, p > 0);
        inc_buf_add(&all, page_text(f, page));
        for (size_t i = 0; i < page->mark_count; i++)
            assert_true(page->marks[i].kind != INC_MARK_TEXT || !page->marks[i].tag || page->marks[i].y < page->frame_y1);
    }
    for (int i = 0; i < 900; i += 50)
        assert_int_not_equal(inc_str_find(inc_buf_str(&all), inc_strf(f->arena, "word%d ", i)), INC_NPOS);
}

/* The text goes on before a turned table's page; there all of it stands in the text block, upwards. */
static void test_long_names_do_not_make_type_small(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T"), *row = add_row(f, add_table(f, chapter, 3), false);
    add_cell(f, row, "rustc_monomorphize::collector::collect_crate_mono_items");
    add_cell(f, row, "Collect monomorphized items reachable from non-generic items");
    add_cell(f, row, "rustc_middle::Map::par_for_each_module");
    const inc_page *page = &lay_out(f)->pages[0];
    assert_int_equal(f->diags->n, 0);
    assert_true(find_text(page, "items")->y > find_text(page, "rustc_")->y);
}

static void test_wide_tables_are_turned(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T"), *table;
    add_text(f, chapter, prose);
    table = add_table(f, chapter, 9);
    for (int r = 0; r < 3; r++) {
        inc_node *row = add_row(f, table, false);
        for (int i = 0; i < 9; i++)
            add_cell(f, row, "incomparably");
    }
    add_text(f, chapter, "Afterwards");
    const inc_pages *pages = lay_out(f);
    assert_int_equal(pages->page_count, 2);
    assert_non_null(find_text(&pages->pages[0], "Afterwards"));
    const inc_page *page = &pages->pages[1];
    size_t turned = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        const inc_mark *mark = &page->marks[i];
        if (!mark->turned)
            continue;
        turned++;
        assert_true(mark->x <= page->frame_x1 && mark->x >= page->frame_x0);
        assert_true(mark->y <= page->frame_y1 && mark->y - mark->width >= page->frame_y0 - INC_PT / 4);
    }
    assert_int_equal(turned, 27);
    assert_int_equal(f->diags->v[0].id, INC_DIAG_TABLE_FITTED);
}

static const inc_tag *find_tag(const inc_tag *tag, inc_tag_kind kind, unsigned nth)
{
    for (const inc_tag *at = tag; at;) {
        if (at->kind == kind && nth-- == 0)
            return at;
        if (at->first) {
            at = at->first;
            continue;
        }
        while (at && !at->next)
            at = at->parent;
        at = at ? at->next : NULL;
    }
    return NULL;
}

/* Under a head of two rows each cell names the heads above it. */
static void test_cells_name_their_heads(void **state)
{
    fixture *f = begin(*state);
    inc_node *table = add_table(f, add_chapter(f, "a", "T"), 2), *top = add_row(f, table, true), *low = add_row(f, table, true);
    add_cell(f, top, "Both")->as.cell.colspan = 2;
    add_cell(f, low, "Left");
    add_cell(f, low, "Right");
    inc_node *row = add_row(f, table, false);
    add_cell(f, row, "1");
    add_cell(f, row, "2");
    const inc_tag *root = lay_out(f)->tags;
    const inc_tag *both = find_tag(root, INC_TAG_TH, 0), *right = find_tag(root, INC_TAG_TH, 2), *two = find_tag(root, INC_TAG_TD, 1);
    assert_int_equal(both->colspan, 2);
    assert_int_equal(right->header_count, 1);
    assert_ptr_equal(right->headers[0], both);
    assert_int_equal(two->header_count, 2);
    assert_ptr_equal(two->headers[0], both);
    assert_ptr_equal(two->headers[1], right);
    assert_true(right->note_id.n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_cells_span_rows), TEST(test_tall_rows_are_split), TEST(test_long_names_do_not_make_type_small),
                                       TEST(test_wide_tables_are_turned),
                                       TEST(test_cells_name_their_heads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
