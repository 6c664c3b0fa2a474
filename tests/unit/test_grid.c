/* test_grid.c - cells of a table in their slots: spans, what stands in their way, and where they end. */
#include "harness.h"

#include <stdlib.h>

#include "document/grid.h"

/* "2x1" is a cell over two columns and one row; rows end with ';', a row group before '|'. */
static inc_node *table_of(inc_arena *arena, const char *text)
{
    inc_node *table = inc_node_new(arena, INC_NODE_TABLE, INC_NO_SPAN), *row = NULL;
    bool opens = false;
    for (; *text; text++) {
        if (*text == ';' || *text == '|') {
            row = NULL;
            opens = *text == '|';
        }
        if (*text < '0' || *text > '9')
            continue;
        if (!row) {
            row = inc_node_new(arena, INC_NODE_ROW, INC_NO_SPAN);
            row->as.row.opens = opens;
            inc_node_append(table, row);
        }
        char *end;
        inc_node *cell = inc_node_new(arena, INC_NODE_CELL, INC_NO_SPAN);
        cell->as.cell.colspan = (uint16_t)strtoul(text, &end, 10);
        cell->as.cell.rowspan = (uint16_t)strtoul(end + 1, &end, 10);
        inc_node_append(row, cell);
        text = end - 1;
    }
    return table;
}

/* Which cell, by letter, has each slot; '.' for a hole. */
static void check(inc_arena *arena, const char *table, const char *expected)
{
    inc_grid grid = inc_grid_of(arena, table_of(arena, table));
    char slots[16][17] = {{0}};
    for (uint32_t r = 0; r < grid.row_count; r++)
        memset(slots[r], '.', grid.column_count);
    for (uint32_t i = 0; i < grid.row_first[grid.row_count]; i++)
        for (uint32_t r = 0; r < grid.cells[i].rows; r++)
            for (uint32_t c = 0; c < grid.cells[i].columns; c++) {
                char *slot = &slots[grid.cells[i].row + r][grid.cells[i].column + c];
                assert_int_equal(*slot, '.'); /* never two in one */
                *slot = (char)('a' + i);
            }
    inc_buf got = inc_buf_in(arena);
    for (uint32_t r = 0; r < grid.row_count; r++)
        inc_buf_printf(&got, "%s%s", r ? " " : "", slots[r]);
    inc_buf_byte(&got, '\0');
    assert_string_equal(got.p, expected);
}

static void test_spans(void **state)
{
    check(*state, "1x1 1x1; 1x1 1x1", "ab cd");
    check(*state, "1x2 1x1; 1x1", "ab ac");
    check(*state, "2x2 1x1; 1x1; 1x1 1x1 1x1", "aab aac def");
    check(*state, "1x1 1x1; 1x1", "ab c.");
}

static void test_spans_in_the_way(void **state)
{
    check(*state, "1x1 1x3 1x1; 2x1 1x1; 1x1 1x1", "abc dbe fbg");
    check(*state, "1x1 1x9 1x1; 1x1 1x1", "abc dbe");
    check(*state, "1x1 999x65535; 1x1", "ab cb");
}

static void test_spans_end_with_their_rows(void **state)
{
    check(*state, "1x0 1x1; 1x1 | 1x0 1x1; 1x1", "ab ac de df");
    check(*state, "1x9 1x1 | 1x1 1x1", "ab cd");
}

static void test_too_many_columns(void **state)
{
    inc_node *table = inc_node_new(*state, INC_NODE_TABLE, INC_NO_SPAN), *row = inc_node_new(*state, INC_NODE_ROW, INC_NO_SPAN);
    inc_node_append(table, row);
    for (int i = 0; i < 10000; i++)
        inc_node_append(row, inc_node_new(*state, INC_NODE_CELL, INC_NO_SPAN));
    inc_grid grid = inc_grid_of(*state, table);
    assert_int_equal(grid.column_count, INC_TABLE_COLUMNS_MAX + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_spans),
        TEST(test_spans_in_the_way),
        TEST(test_spans_end_with_their_rows),
        TEST(test_too_many_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
