/* test_layout_code.c - listings on the page: numbers, bands, discs, columns. */
#include "layout_fixture.h"

static inc_node *add_code(fixture *f, inc_node *parent, const char *language, const char *text)
{
    inc_node *code = add(f, parent, INC_NODE_CODE);
    code->as.code.language = inc_str_of(language);
    code->as.code.text = inc_str_of(text);
    return code;
}

/* Text that is no part of the text. */
static const inc_mark *find_artifact(const inc_page *page, const char *text)
{
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == INC_MARK_TEXT && !page->marks[i].tag && inc_str_is(page->marks[i].as.text.text, text))
            return &page->marks[i];
    return NULL;
}

/* The first and every fifth number, beside the code, and no part of the text. */
static void test_numbers(void **state)
{
    fixture *f = begin(*state);
    inc_node *code = add_code(f, add_chapter(f, "a", "T"), "", "l_a\nl_b\nl_c\nl_d\n");
    code->as.code.first_number = 98;
    const inc_page *page = &lay_out(f)->pages[0];
    const inc_mark *first = find_artifact(page, "98"), *fifth = find_artifact(page, "100"), *text = find_text(page, "l_a");
    assert_non_null(first);
    assert_non_null(fifth);
    assert_null(find_artifact(page, "99"));
    assert_int_equal(first->y, text->y);
    assert_int_equal(fifth->y, find_text(page, "l_c")->y);
    assert_int_equal(first->x + first->width, text->x - 11 * INC_PT);
    assert_int_equal(fifth->x + fifth->width, text->x - 11 * INC_PT);
    assert_str(page_text(f, page), "Tl_a l_b l_c l_d");
}

/* In a cell no margin is beside the code: it gives way. */
static void test_numbers_in_a_cell(void **state)
{
    inc_len x[2];
    for (unsigned numbered = 0; numbered < 2; numbered++) {
        fixture *f = begin(*state);
        inc_node *table = add(f, add_chapter(f, "a", "T"), INC_NODE_TABLE);
        table->as.table.column_count = 1;
        inc_node *cell = add(f, add(f, table, INC_NODE_ROW), INC_NODE_CELL);
        add_code(f, cell, "", "l_a\n")->as.code.first_number = numbered;
        const inc_page *page = &lay_out(f)->pages[0];
        x[numbered] = find_text(page, "l_a")->x;
        if (numbered)
            assert_true(find_artifact(page, "1")->x >= x[0]);
    }
    assert_true(x[1] > x[0] + 11 * INC_PT);
}

static unsigned count_bands(const inc_page *page, inc_len height)
{
    unsigned n = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        const inc_mark *mark = &page->marks[i];
        n += mark->kind == INC_MARK_RULE && mark->width > 340 * INC_PT && mark->height == height && mark->color[INC_PRINT].r == 0xE0;
    }
    return n;
}

/* Lines that follow each other have one band, wrapped ones too. */
static void test_bands(void **state)
{
    fixture *f = begin(*state);
    static uint8_t marks[] = {INC_LINE_HIGHLIGHTED, INC_LINE_HIGHLIGHTED, 0, INC_LINE_ADDED, INC_LINE_HIGHLIGHTED};
    inc_node *code = add_code(f, add_chapter(f, "a", "T"), "", "a\nb\nc\nd\n12345678 12345678 12345678 12345678 12345678 12345678 12345678 12345678 12345678 "
                                                              "12345678\n");
    code->as.code.marks = marks;
    code->as.code.mark_count = 5;
    const inc_page *page = &lay_out(f)->pages[0];
    inc_len line = find_text(page, "b")->y - find_text(page, "a")->y;
    assert_int_equal(count_bands(page, line), 1);
    assert_int_equal(count_bands(page, 2 * line), 2);
}

/* Whether a line of text lies on the ground of a listing. */
static bool on_ground(const inc_page *page, const inc_mark *text)
{
    for (size_t i = 0; i < page->mark_count; i++) {
        const inc_mark *mark = &page->marks[i];
        if (mark->kind == INC_MARK_RULE && mark->width > 340 * INC_PT && mark->height > 12 * INC_PT && mark->color[INC_SCREEN].r == 0xF8 && text->y > mark->y &&
            text->y <= mark->y + mark->height)
            return true;
    }
    return false;
}

/* The ground of code is below all of it and below nothing else. Returns whether a figure stands above code on this page. */
static bool check_ground(const inc_page *page)
{
    bool figure = false, code = false;
    for (size_t i = 0; i < page->mark_count; i++) {
        const inc_mark *mark = &page->marks[i];
        if (mark->kind != INC_MARK_TEXT || !mark->tag || inc_str_is(mark->as.text.text, " "))
            continue;
        bool is_code = inc_str_starts(mark->as.text.text, INC_STR("let"));
        figure |= inc_str_is(mark->as.text.text, "drawn") && !code;
        code |= is_code;
        assert_int_equal(on_ground(page, mark), is_code);
    }
    return figure && code;
}

/* A figure from the page before stands amid a listing that goes on: the ground goes on behind it, and to the listing's end. */
static void test_ground_behind_a_figure(void **state)
{
    unsigned met = 0;
    for (unsigned lines = 8; lines < 36; lines++) {
        fixture *f = begin_with(*state, lines % 2 ? "figure { break-inside: avoid }" : "figure { break-inside: avoid; border: 1pt solid }");
        inc_node *chapter = add_chapter(f, "a", "T");
        for (unsigned i = 0; i < lines; i++)
            add_text(f, chapter, "One.");
        inc_node *figure = add(f, chapter, INC_NODE_FIGURE);
        for (unsigned i = 0; i < 18; i++)
            add_text(f, figure, "drawn");
        add_text(f, chapter, "Two.");
        inc_buf code = inc_buf_in(f->arena);
        for (unsigned i = 0; i < 90; i++)
            inc_buf_add(&code, INC_STR("let\n"));
        inc_node *node = add_code(f, chapter, "", "");
        node->as.code.text = inc_buf_str(&code);
        add_text(f, chapter, "Three.");
        const inc_pages *pages = lay_out(f);
        bool begun = false;
        for (size_t i = 0; i < pages->page_count; i++) {
            met += check_ground(&pages->pages[i]) && begun;
            begun |= find_text(&pages->pages[i], "let") != NULL;
        }
    }
    assert_true(met >= 10);
}

static inc_node *add_callout(fixture *f, inc_node *code, uint32_t byte, uint32_t length, uint32_t number)
{
    inc_node *callout = add(f, code, INC_NODE_CALLOUT);
    callout->label = inc_strf(f->arena, "c%u", number);
    callout->as.callout.byte = byte;
    callout->as.callout.length = length;
    callout->as.callout.number = number;
    return callout;
}

/* A disc stands at the right edge of its line, reads as the comment, and leads to what explains it, which leads back. */
static void test_callouts(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T"), *code = add_code(f, chapter, "c", "\tx; // (1) (2)\ny;\n");
    inc_node *callouts[] = {add_callout(f, code, 3, 8, 1), add_callout(f, code, 11, 3, 2)};
    inc_node *list = add(f, chapter, INC_NODE_LIST), *item = add(f, list, INC_NODE_ITEM);
    list->as.list.ordered = list->as.list.tight = true;
    item->label = INC_STR("i1");
    item->as.item.number = 1;
    add_text(f, item, "One.");
    callouts[0]->as.callout.item = item;
    item->as.item.callout = callouts[0];
    const inc_pages *pages = lay_out(f);
    const inc_page *page = &pages->pages[0];
    assert_str(page_text(f, page), "T    x; // (1) (2) y;1.One.");
    unsigned discs = 0, links = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        const inc_mark *mark = &page->marks[i];
        discs += mark->kind == INC_MARK_RULE && mark->round;
        if (mark->kind != INC_MARK_LINK)
            continue;
        assert_int_equal(mark->tag->kind, INC_TAG_LINK);
        assert_str(mark->as.link.destination, links ? "a#c1" : "a#i1");
        assert_int_equal(mark->tag->parent->kind, links ? INC_TAG_LBL : INC_TAG_CODE);
        links++;
    }
    assert_int_equal(discs, 3);
    assert_int_equal(links, 2); /* the second one is explained nowhere */
    bool there = false;
    for (size_t i = 0; i < pages->destination_count; i++)
        there |= inc_str_is(pages->destinations[i].name, "a#c1");
    assert_true(there);
}

/* A line that leaves no room for its disc is wrapped, and no text stands under a disc. */
static void test_discs_have_room(void **state)
{
    for (unsigned columns = 70; columns <= 80; columns++) {
        fixture *f = begin(*state);
        inc_buf line = inc_buf_in(*state);
        while (line.n < columns)
            inc_buf_puts(&line, "x");
        inc_buf_puts(&line, " // (1) (2)\n");
        inc_node *code = add_code(f, add_chapter(f, "a", "T"), "rust", "");
        code->as.code.text = inc_buf_str(&line);
        add_callout(f, code, columns, 7, 1);
        add_callout(f, code, columns + 7, 4, 2);
        const inc_page *page = &lay_out(f)->pages[0];
        inc_len left = INC_LEN_MAX, y = 0, right = 0;
        for (size_t i = 0; i < page->mark_count; i++)
            if (page->marks[i].round && page->marks[i].x < left) {
                left = page->marks[i].x;
                y = page->marks[i].y;
            }
        for (size_t i = 0; i < page->mark_count; i++) {
            const inc_mark *mark = &page->marks[i];
            if (mark->kind == INC_MARK_TEXT && inc_str_starts(mark->as.text.text, INC_STR("x")) && mark->y > y && mark->y < y + 10 * INC_PT)
                right = INC_MAX(right, mark->x + mark->width);
        }
        assert_true(right > 0 && right < left);
        assert_int_equal(f->diags->count[INC_NOTE], columns > 73); /* two discs take seven columns */
    }
}

/* What is drawn decides how wide a line is: 41 crabs are 82 columns, combining marks none, long arrows two each. */
static void test_columns(void **state)
{
    static const struct {
        const char *unit;
        unsigned fit; /* of 80 columns */
    } cases[] = {{"\xF0\x9F\xA6\x80", 40}, {"e\xCC\x81", 80}, {"\xE2\x86\x92", 80}, {"\xE2\x9F\xB6", 40}, {"\xE2\x94\x80", 80}};
    for (size_t i = 0; i < INC_COUNT(cases); i++)
        for (unsigned more = 0; more < 2; more++) {
            fixture *f = begin(*state);
            inc_buf line = inc_buf_in(*state);
            for (unsigned k = 0; k < cases[i].fit + more; k++)
                inc_buf_puts(&line, cases[i].unit);
            inc_buf_byte(&line, '\n');
            inc_node *code = add_code(f, add_chapter(f, "a", "T"), "c", "");
            code->as.code.text = inc_buf_str(&line);
            lay_out(f);
            assert_int_equal(f->diags->count[INC_NOTE], more);
        }
}

/* A terminal's lines of up to 85 columns make its type a little smaller; longer ones are wrapped without a word. */
static void test_terminals(void **state)
{
    static const struct {
        unsigned columns;
        bool smaller, wrapped;
    } cases[] = {{80, false, false}, {81, true, false}, {85, true, false}, {86, false, true}};
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        fixture *f = begin(*state);
        inc_buf line = inc_buf_in(*state);
        inc_buf_puts(&line, "first\n");
        for (unsigned k = 0; k < cases[i].columns; k++)
            inc_buf_byte(&line, 'x');
        inc_buf_puts(&line, "\nlast\n");
        inc_node *code = add_code(f, add_chapter(f, "a", "T"), "console", "");
        code->as.code.text = inc_buf_str(&line);
        const inc_page *page = &lay_out(f)->pages[0];
        const inc_mark *first = find_text(page, "first"), *last = find_text(page, "last");
        assert_int_equal(first->as.text.run->size, cases[i].smaller ? 8 * INC_PT : INC_PT * 17 / 2);
        assert_int_equal(last->y - first->y, (cases[i].wrapped ? 3 : 2) * (last->y - find_text(page, "xx")->y) / (cases[i].wrapped ? 2 : 1));
        assert_int_equal(f->diags->n, 0);
    }
}

/* What rustc says, in no language, is a terminal's: no note when it is turned over. */
static void test_messages(void **state)
{
    static const struct {
        const char *text;
        bool console;
    } cases[] = {
        {"error[E0382]: borrow\n --> src/main.rs:5:28\n", true}, {"warning: unused\n   --> a.rs:1:1\n", true}, {"error: no\n --> a.rs:1:1\n", true},
        {"error[E0382]: borrow\nmore\n", false}, {"error: no", false}, {"errors\n --> a\n", false}, {"", false},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        fixture *f = begin(*state);
        inc_node *chapter = add_chapter(f, "a", "T");
        assert_int_equal(inc_node_is_console(add_code(f, chapter, "", cases[i].text)), cases[i].console);
        assert_false(inc_node_is_console(add_code(f, chapter, "rust", cases[i].text)));
    }
}

/* Where lines of 80 columns and more are turned over: what stands at the head of the second row. */
static void test_turned_lines(void **state)
{
    static const char filler[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    static const struct {
        unsigned fill; /* letters, then the text */
        const char *text, *second;
    } cases[] = {
        {60, " one.two(three, four) + five", "four"},       /* the last blank, */
        {40, " onetwothreefourfive.sixseveneightnineteneleven", ".six"}, /* a call's point if the last blank is far back, */
        {70, "(onetwothreefourfive)sixseven", "onetwo"},     /* a bracket, */
        {76, "1234567.89", "567.89"},                        /* the edge, as a number is not parted at its point */
        {74, " }, x }", "x }"},                              /* no bracket alone on its row */
        {78, "..=b", "=b"},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        fixture *f = begin(*state);
        inc_node *code = add_code(f, add_chapter(f, "a", "T"), "other", "");
        code->as.code.text = inc_strf(*state, "%.*s%s\n", (int)cases[i].fill, filler, cases[i].text);
        const inc_page *page = &lay_out(f)->pages[0];
        if (!find_text(page, cases[i].second)) {
            inc_buf dump = inc_buf_in(*state);
            for (size_t k = 0; k < page->mark_count; k++)
                if (page->marks[k].kind == INC_MARK_TEXT)
                    inc_buf_printf(&dump, " '%.*s'", INC_STR_ARG(page->marks[k].as.text.text));
            fail_msg("case %zu:%.*s", i, INC_STR_ARG(inc_buf_str(&dump)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_numbers), TEST(test_numbers_in_a_cell), TEST(test_bands), TEST(test_ground_behind_a_figure), TEST(test_callouts),
        TEST(test_discs_have_room), TEST(test_columns), TEST(test_terminals), TEST(test_messages), TEST(test_turned_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
