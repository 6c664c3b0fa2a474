/* test_layout.c - a small book by hand through the default sheet and the real fonts: pages, lines, tags, references. */
#include "layout_fixture.h"

static void test_lines_stay_in_the_measure(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "The Waiting Room");
    for (int i = 0; i < 30; i++)
        add_text(f, chapter, prose);
    const inc_pages *pages = lay_out(f);
    assert_true(pages->page_count >= 4);
    for (size_t i = 0; i < pages->page_count; i++) {
        const inc_page *page = &pages->pages[i];
        for (size_t k = 0; k < page->mark_count; k++) {
            const inc_mark *mark = &page->marks[k];
            if (!mark->tag || mark->kind != INC_MARK_TEXT)
                continue;
            assert_true(mark->x >= page->frame_x0 - 6 * INC_PT);
            assert_true(mark->x + mark->width <= page->frame_x1 + 6 * INC_PT);
            assert_true(mark->y >= page->frame_y0 && mark->y <= page->frame_y1);
        }
    }
}

/* Marks lead back to the sources through their tags: a block's tag has the block's span, an inline's that of the block around it. */
static void test_tags_know_their_place(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "T"), *p = add_text(f, chapter, "Some ");
    chapter->first->span = (inc_span){1, 10, 3};
    p->span = (inc_span){1, 20, 7};
    inc_node *code = add(f, p, INC_NODE_CODE_SPAN);
    code->as.text.text = INC_STR("code");
    code->span = (inc_span){1, 25, 6};
    const inc_pages *pages = lay_out(f);
    const inc_page *page = &pages->pages[0];
    unsigned seen = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        const inc_mark *mark = &page->marks[i];
        if (!mark->tag || mark->kind != INC_MARK_TEXT)
            continue;
        assert_int_equal(mark->tag->span.offset, mark->tag->kind == INC_TAG_H1 ? 10 : 20);
        seen |= 1u << mark->tag->kind;
    }
    assert_int_equal(seen, 1u << INC_TAG_H1 | 1u << INC_TAG_P | 1u << INC_TAG_CODE);
}

static void test_loose_lines_fill_the_measure(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "The Waiting Room");
    add_text(f, chapter, "At this point, you have successfully built the guessing game. Congratulations!");
    const inc_pages *pages = lay_out(f);
    const inc_page *page = &pages->pages[0];
    inc_len right = 0;
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == INC_MARK_TEXT && page->marks[i].tag && page->marks[i].tag->kind == INC_TAG_P)
            right = INC_MAX(right, page->marks[i].x + page->marks[i].width);
    assert_true(right > page->frame_x1 - INC_PT);
}

/* Letters give when spaces do not suffice, evenly over the line, and those of code never. */
static void test_tracking(void **state)
{
    fixture *f = begin_with(*state, "body { -inc-tracking: .018em; hyphens: none }");
    inc_node *chapter = add_chapter(f, "one", "The Waiting Room");
    for (int cut = 0; cut < 40; cut++) {
        inc_node *p = add_text(f, chapter, prose + cut);
        inc_node *code = add(f, p, INC_NODE_CODE_SPAN);
        code->as.text.text = INC_STR("executors");
        inc_node_append(p, inc_node_text(f->arena, inc_str_of(prose + cut * 3), INC_NO_SPAN));
    }
    const inc_pages *pages = lay_out(f);
    unsigned wider = 0, closer = 0;
    for (size_t i = 0; i < pages->page_count; i++)
        for (size_t k = 0; k < pages->pages[i].mark_count; k++) {
            const inc_mark *mark = &pages->pages[i].marks[k];
            if (mark->kind != INC_MARK_TEXT || !mark->as.text.extra)
                continue;
            inc_len extra = mark->as.text.extra;
            assert_true(extra <= INC_PT * 18 / 100 && extra >= -INC_PT * 12 / 100);
            assert_true(!mark->tag || mark->tag->kind == INC_TAG_P);
            assert_true(mark->x + mark->width <= pages->pages[i].frame_x1 + 3 * INC_PT);
            *(extra > 0 ? &wider : &closer) += 1;
        }
    assert_true(wider && closer);
}

/* The words of a page's lines, joined with what stands between them: "|" where a line ends, "-|" where it ends in an added hyphen. */
static inc_str page_lines(fixture *f, const inc_page *page)
{
    inc_buf out = inc_buf_in(f->arena);
    inc_len y = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        const inc_mark *mark = &page->marks[i];
        if (mark->kind != INC_MARK_TEXT || !mark->tag)
            continue;
        if (y && mark->y > y + 5 * INC_PT)
            inc_buf_byte(&out, '|');
        y = mark->y;
        if (mark->as.text.hyphen)
            inc_buf_byte(&out, '-');
        else
            inc_buf_add(&out, mark->as.text.text);
    }
    return inc_buf_str(&out);
}

/* An address in running text, and behind each count of letters before it: it is parted at its marks, and no hyphen is added. */
static void test_urls_have_no_hyphens(void **state)
{
    static const char *const addresses[] = {"https://documentation.example.org/internationalisation/documentation/hyphenation",
                                            "www.documentation-internationalisation.example.org/documentation/internationalisation"};
    unsigned parted = 0;
    for (unsigned n = 20; n < 80; n += 3)
        for (size_t k = 0; k < INC_COUNT(addresses); k++) {
            fixture *f = begin(*state);
            inc_node *chapter = add_chapter(f, "one", "T");
            inc_str text = inc_strf(f->arena, "%.*s %s and so on with internationalisation and documentation of everything else", (int)n, prose, addresses[k]);
            add_text(f, chapter, inc_cstr(f->arena, text));
            const inc_pages *pages = lay_out(f);
            inc_str lines = page_lines(f, &pages->pages[0]);
            size_t from = inc_str_find(lines, k ? INC_STR("www.") : INC_STR("https:")), to = from;
            assert_int_not_equal(from, INC_NPOS);
            while (to < lines.n && lines.p[to] != ' ') {
                parted += lines.p[to] == '|';
                assert_false(lines.p[to] == '|' && !strchr("/.-:", lines.p[to - 1]));
                assert_false(lines.p[to] == '-' && lines.p[to + 1] == '|' && k == 0);
                to++;
            }
        }
    assert_true(parted > 20);
}

static void test_numbers_stay_with_their_word(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "The Waiting Room");
    for (int i = 0; i < 40; i++) /* each comes to its line's end at another place */
        add_text(f, chapter, inc_cstr(f->arena, inc_strf(f->arena, "%.*s see Chapter 2 and more of it that follows in the next line of this text", i + 30, prose)));
    const inc_pages *pages = lay_out(f);
    unsigned seen = 0;
    for (size_t i = 0; i < pages->page_count; i++) {
        inc_str lines = page_lines(f, &pages->pages[i]);
        assert_int_equal(inc_str_find(lines, INC_STR("Chapter |2")), INC_NPOS);
        seen += inc_str_find(lines, INC_STR("Chapter 2")) != INC_NPOS;
    }
    assert_true(seen > 0);
}

/* Long names in code are parted where their words meet before a line is torn apart; typed hyphens make a ladder too. */
static void test_long_names_are_parted(void **state)
{
    fixture *f = begin_with(*state, "@page { size: 200pt 700pt; margin: 40pt } @page :left { margin: 40pt }");
    inc_node *chapter = add_chapter(f, "one", "T"), *p = add_text(f, chapter, "It is the ");
    inc_node *code = add(f, p, INC_NODE_CODE_SPAN);
    code->as.text.text = INC_STR("AbstractSingletonProxyFactoryBean");
    inc_node_append(p, inc_node_text(f->arena, INC_STR(" that does it."), INC_NO_SPAN));
    const inc_pages *pages = lay_out(f);
    inc_str lines = page_lines(f, &pages->pages[0]);
    size_t bar = inc_str_find(lines, INC_STR("|Singleton"));
    bar = bar == INC_NPOS ? inc_str_find(lines, INC_STR("|Proxy")) : bar;
    bar = bar == INC_NPOS ? inc_str_find(lines, INC_STR("|Factory")) : bar;
    assert_int_not_equal(bar, INC_NPOS);
    assert_true(lines.p[bar - 1] != '-');
}

/* Only with its last word whole the first line would have spaces of 240 %. */
static void test_last_word_is_cut_for_a_loose_line(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "T"), *p = add_text(f, chapter, "The ");
    add(f, p, INC_NODE_CODE_SPAN)->as.text.text = INC_STR("std::fs");
    inc_node_append(p, inc_node_text(f->arena, INC_STR(" module contains several functions that deal with the filesystem."), INC_NO_SPAN));
    inc_str lines = page_lines(f, &lay_out(f)->pages[0]);
    assert_int_not_equal(inc_str_find(lines, INC_STR("the file")), INC_NPOS);
    assert_int_equal(inc_str_find(lines, INC_STR("|filesystem")), INC_NPOS);
}

static unsigned page_of(fixture *f, const inc_pages *pages, const char *text)
{
    for (unsigned i = 0; i < pages->page_count; i++)
        if (inc_str_find(page_text(f, &pages->pages[i]), inc_str_of(text)) != INC_NPOS)
            return i;
    fail_msg("'%s' stands nowhere", text);
    return 0;
}

/* Thirty lists, one in the other: the text of the last still has two fifths of the measure. */
static void test_deep_lists_keep_a_measure(void **state)
{
    fixture *f = begin(*state);
    inc_node *inside = add_chapter(f, "one", "T");
    for (int i = 0; i < 30; i++) {
        inside = add(f, add(f, inside, INC_NODE_LIST), INC_NODE_ITEM);
        add_text(f, inside, i == 29 ? prose : "Deeper.");
    }
    const inc_pages *pages = lay_out(f);
    inc_len left = INC_LEN_MAX, right = 0;
    for (size_t p = 0; p < pages->page_count; p++)
        for (size_t i = 0; i < pages->pages[p].mark_count; i++) {
            const inc_mark *mark = &pages->pages[p].marks[i];
            if (mark->kind != INC_MARK_TEXT || !mark->tag || mark->tag->kind != INC_TAG_P || inc_str_is(mark->as.text.text, "Deeper."))
                continue;
            left = INC_MIN(left, mark->x);
            right = INC_MAX(right, mark->x + mark->width);
        }
    assert_true(right - left >= 342 * INC_PT * 2 / 5 - 2 * INC_PT);
}

static void test_page_reference_without_a_place(void **state)
{
    fixture *f = begin(*state);
    inc_node *p = add_text(f, add_chapter(f, "one", "T"), "It stands on page ");
    add(f, p, INC_NODE_PAGE_REF)->as.page_ref.target = inc_node_new(f->arena, INC_NODE_HEADING, INC_NO_SPAN); /* set nowhere */
    const inc_pages *pages = lay_out(f);
    assert_true(inc_str_ends(page_text(f, &pages->pages[0]), INC_STR("page ?")));
}

static void test_margins_without_room(void **state)
{
    fixture *f = begin_with(*state, "@page { margin: 30cm } @page :left { margin: 30cm }");
    add_text(f, add_chapter(f, "one", "T"), "Words.");
    lay_out(f);
    unsigned told = 0;
    for (size_t i = 0; i < f->diags->n; i++)
        told += f->diags->v[i].id == INC_DIAG_MARGINS_TOO_WIDE;
    assert_int_equal(told, 1);
}

static void test_break_to_a_side(void **state)
{
    fixture *f = begin_with(*state, "h2 { break-before: verso } h3 { break-before: recto } h4 { display: run-in; break-before: page }");
    inc_node *chapter = add_chapter(f, "one", "T");
    add_text(f, chapter, "First.");
    for (unsigned level = 2; level <= 4; level++) {
        inc_node *heading = add(f, chapter, INC_NODE_HEADING);
        heading->as.heading.level = (uint8_t)level;
        inc_node_append(heading, inc_node_text(f->arena, INC_STR("Next"), INC_NO_SPAN));
        add_text(f, chapter, level == 2 ? "Second." : level == 3 ? "Third." : "Fourth.");
    }
    const inc_pages *pages = lay_out(f);
    assert_int_equal(page_of(f, pages, "First."), 0);
    assert_int_equal(page_of(f, pages, "Second."), 1);
    assert_int_equal(page_of(f, pages, "Third."), 2);
    assert_int_equal(page_of(f, pages, "Fourth."), 3); /* a run-in heading breaks too */
    f = begin_with(*state, "h2 { break-before: recto }");
    chapter = add_chapter(f, "one", "T");
    add_text(f, chapter, "First.");
    inc_node *heading = add(f, chapter, INC_NODE_HEADING);
    heading->as.heading.level = 2;
    inc_node_append(heading, inc_node_text(f->arena, INC_STR("Next"), INC_NO_SPAN));
    pages = lay_out(f);
    assert_int_equal(page_of(f, pages, "Next"), 2);
    assert_true(pages->pages[1].blank);
    assert_int_equal(pages->pages[1].mark_count, 0);
}

static void test_short_tables_stay_whole(void **state)
{
    for (int lines = 30; lines < 40; lines++) {
        fixture *f = begin(*state);
        inc_node *chapter = add_chapter(f, "one", "The Waiting Room");
        for (int i = 0; i < lines; i++)
            add_text(f, chapter, "Line.");
        inc_node *table = add(f, chapter, INC_NODE_TABLE);
        table->as.table.column_count = 1;
        for (int i = 0; i < 5; i++) {
            inc_node *row = add(f, table, INC_NODE_ROW);
            row->as.row.head = i == 0;
            inc_node_append(add(f, row, INC_NODE_CELL), inc_node_text(f->arena, i ? INC_STR("Cell") : INC_STR("Head"), INC_NO_SPAN));
        }
        const inc_pages *pages = lay_out(f);
        for (size_t i = 0, seen = 0; i < pages->page_count; i++, seen = 0) {
            for (size_t k = 0; k < pages->pages[i].mark_count; k++)
                seen += pages->pages[i].marks[k].kind == INC_MARK_TEXT && inc_str_is(pages->pages[i].marks[k].as.text.text, "Cell");
            assert_true(seen == 0 || seen == 4);
        }
    }
}

static void add_text_item(fixture *f, inc_node *list, const char *text)
{
    add_text(f, add(f, list, INC_NODE_ITEM), text);
}

/* Wherever the page ends: two lines stand below a heading, list items do not stand alone, "like this:" keeps what it announces. */
static void test_what_stays_together(void **state)
{
    for (int lines = 24; lines < 42; lines++) {
        fixture *f = begin_with(*state, "* { -inc-stretch: off }");
        inc_node *chapter = add_chapter(f, "one", "The Waiting Room");
        for (int i = 0; i < lines; i++)
            add_text(f, chapter, "Line.");
        inc_node *heading = add(f, chapter, INC_NODE_HEADING);
        heading->as.heading.level = 2;
        inc_node_append(heading, inc_node_text(f->arena, INC_STR("Heading"), INC_NO_SPAN));
        inc_node *list = add(f, chapter, INC_NODE_LIST);
        list->as.list.tight = true;
        add_text_item(f, list, "First.");
        add_text_item(f, list, "Second.");
        add_text_item(f, list, "Third.");
        add_text_item(f, list, "Fourth.");
        add_text(f, chapter, "Some more.");
        add_text(f, chapter, "It is announced like this:");
        inc_node *code = add(f, chapter, INC_NODE_CODE);
        code->as.code.text = INC_STR("announced();\n");
        const inc_pages *pages = lay_out(f);
        assert_int_equal(page_of(f, pages, "Heading"), page_of(f, pages, "Second."));
        assert_int_equal(page_of(f, pages, "First."), page_of(f, pages, "Second."));
        assert_int_equal(page_of(f, pages, "Third."), page_of(f, pages, "Fourth."));
        assert_int_equal(page_of(f, pages, "It is"), page_of(f, pages, "announced()"));
    }
}

/* Wherever the page ends: a heading over a section break, a bold line that is a heading, and an item's word above a list of its own stay with what follows. */
static void test_heads_are_not_stranded(void **state)
{
    for (int lines = 8; lines < 42; lines++) {
        fixture *f = begin_with(*state, "* { -inc-stretch: off }");
        inc_node *chapter = add_chapter(f, "one", "The Waiting Room");
        for (int i = 0; i < lines; i++)
            add_text(f, chapter, "Line.");
        inc_node *heading = add(f, chapter, INC_NODE_HEADING);
        heading->as.heading.level = 2;
        inc_node_append(heading, inc_node_text(f->arena, INC_STR("Heading"), INC_NO_SPAN));
        add(f, chapter, INC_NODE_RULE);
        inc_node *lower = add(f, chapter, INC_NODE_HEADING);
        lower->as.heading.level = 3;
        inc_node_append(lower, inc_node_text(f->arena, INC_STR("Lower"), INC_NO_SPAN));
        add_text(f, chapter, "Below.");
        add_text(f, chapter, "Filling.");
        inc_node_add_class(f->arena, add_text(f, chapter, "Bold"), INC_STR("bold-head"));
        inc_node *list = add(f, chapter, INC_NODE_LIST);
        list->as.list.tight = true;
        add_text_item(f, list, "First.");
        add_text_item(f, list, "Second.");
        inc_node *item = add(f, list, INC_NODE_ITEM);
        add_text(f, item, "Limits");
        inc_node *inner = add(f, item, INC_NODE_LIST);
        inner->as.list.tight = true;
        for (int i = 0; i < 6; i++)
            add_text_item(f, inner, i ? "Sub." : "Innermost.");
        const inc_pages *pages = lay_out(f);
        assert_int_equal(page_of(f, pages, "Heading"), page_of(f, pages, "Below."));
        assert_int_equal(page_of(f, pages, "Bold"), page_of(f, pages, "First."));
        assert_int_equal(page_of(f, pages, "Limits"), page_of(f, pages, "Innermost."));
    }
}

/* A figure for listings, with a label. */
static inc_node *add_listing(fixture *f, inc_node *chapter, const char *name)
{
    inc_node *figure = add(f, chapter, INC_NODE_FIGURE);
    figure->classes = INC_NEW(f->arena, inc_str);
    figure->classes[0] = INC_STR("listing");
    figure->class_count = 1;
    inc_node *label = add(f, add(f, figure, INC_NODE_CAPTION), INC_NODE_SPAN);
    label->classes = INC_NEW(f->arena, inc_str);
    label->classes[0] = INC_STR("label");
    label->class_count = 1;
    inc_node_append(label, inc_node_text(f->arena, inc_str_of(name), INC_NO_SPAN));
    return figure;
}

static void test_parted_listing_has_its_label_again(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "The Waiting Room"), *figure = add_listing(f, chapter, "Listing 4-3"), *code = add(f, figure, INC_NODE_CODE);
    inc_buf text = inc_buf_in(f->arena);
    inc_buf_puts(&text, "\n  \n"); /* dropped, as is what is blank at the end */
    for (int i = 0; i < 70; i++)
        inc_buf_printf(&text, "line_%d();\n", i);
    inc_buf_puts(&text, "\n\n");
    code->as.code.text = inc_buf_str(&text);
    const inc_pages *pages = lay_out(f);
    assert_int_equal(pages->page_count, 2);
    const inc_mark *again = find_text(&pages->pages[1], "Listing ");
    assert_non_null(again);
    assert_null(again->tag); /* an artifact: the label is read once */
    assert_non_null(find_text(&pages->pages[1], ", continued"));
    inc_str first = page_text(f, &pages->pages[0]), second = page_text(f, &pages->pages[1]);
    assert_true(inc_str_find(first, INC_STR("continued")) == INC_NPOS);
    assert_true(inc_str_starts(second, INC_STR("line_")));
    assert_true(inc_str_ends(second, INC_STR("line_69();")));
    inc_len caption_to_code = find_text(&pages->pages[0], "line_0")->y - find_text(&pages->pages[0], "Listing ")->y;
    assert_true(caption_to_code < 28 * INC_PT); /* no blank line between */
    bool above_ground = false;
    for (size_t i = 0; i < pages->pages[1].mark_count; i++)
        above_ground |= pages->pages[1].marks[i].kind == INC_MARK_RULE && pages->pages[1].marks[i].height > 100 * INC_PT && pages->pages[1].marks[i].y >= again->y;
    assert_true(above_ground);
}

/* A figure's listing in two parts, of `lines` lines and of eight. */
static const inc_pages *lay_out_parts(fixture *f, int lines)
{
    inc_node *chapter = add_chapter(f, "one", "The Waiting Room"), *figure = add_listing(f, chapter, "Listing 4-3");
    inc_buf text = inc_buf_in(f->arena);
    for (int i = 0; i < lines; i++)
        inc_buf_printf(&text, "line_%d();\n", i);
    add(f, figure, INC_NODE_CODE)->as.code.text = inc_buf_str(&text);
    add(f, figure, INC_NODE_CODE)->as.code.text = INC_STR("part_a();\nb();\nc();\nd();\ne();\nf();\ng();\nh();\n");
    return lay_out(f);
}

/* Also where the page ends between two parts of it; the first part, on whatever page, has the caption itself. */
static void test_listing_parted_between_its_parts(void **state)
{
    int between = 0;
    for (int lines = 20; lines < 50; lines++) {
        fixture *f = begin(*state);
        const inc_pages *pages = lay_out_parts(f, lines);
        bool overleaf = page_of(f, pages, "part_a") > page_of(f, pages, "line_0()");
        inc_str second = overleaf ? page_text(f, &pages->pages[1]) : INC_STR("");
        if (inc_str_starts(second, INC_STR("part_a")) && ++between)
            assert_non_null(find_text(&pages->pages[1], ", continued"));
        else if (!overleaf)
            assert_null(find_text(&pages->pages[0], ", continued"));
    }
    assert_true(between > 0);
}

static void test_heading_keeps_its_distance(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "The Waiting Room");
    add_text(f, chapter, prose);
    inc_node *first = add(f, chapter, INC_NODE_HEADING);
    first->as.heading.level = 3;
    inc_node_append(first, inc_node_text(f->arena, INC_STR("Plain"), INC_NO_SPAN));
    add_text(f, chapter, "Alpha text.");
    inc_node *code = add(f, chapter, INC_NODE_CODE);
    code->as.code.text = INC_STR("one\ntwo\n");
    inc_node *second = add(f, chapter, INC_NODE_HEADING);
    second->as.heading.level = 3;
    inc_node_append(second, inc_node_text(f->arena, INC_STR("Coded"), INC_NO_SPAN));
    add_text(f, chapter, "Beta text.");
    const inc_page *page = &lay_out(f)->pages[0];
    inc_len plain = find_text(page, "Alpha")->y - find_text(page, "Plain")->y, coded = find_text(page, "Beta")->y - find_text(page, "Coded")->y;
    assert_int_equal(plain, coded);
}

static void test_listing_keeps_its_distance_from_a_heading(void **state)
{
    static const char *const codes[] = {"A1\n", "B1\n2\n3\n", "C1\n2\n3\n4\n"}, *const names[] = {"Ah", "Bh", "Ch"};
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "The Waiting Room");
    for (size_t i = 0; i < INC_COUNT(codes); i++) {
        inc_node *heading = add(f, chapter, INC_NODE_HEADING);
        heading->as.heading.level = 3;
        inc_node_append(heading, inc_node_text(f->arena, inc_str_of(names[i]), INC_NO_SPAN));
        add(f, chapter, INC_NODE_CODE)->as.code.text = inc_str_of(codes[i]);
        add_text(f, chapter, "Text.");
    }
    const inc_page *page = &lay_out(f)->pages[0];
    inc_len apart[INC_COUNT(codes)];
    for (size_t i = 0; i < INC_COUNT(codes); i++)
        apart[i] = find_text(page, inc_cstr(f->arena, inc_str_slice(inc_str_of(codes[i]), 0, 2)))->y - find_text(page, names[i])->y;
    assert_int_equal(apart[0], apart[1]); /* the slack is below */
    assert_int_equal(apart[1], apart[2]);
}

static void test_no_word_is_lost(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "one", "T");
    for (int i = 0; i < 12; i++)
        add_text(f, chapter, prose);
    const inc_pages *pages = lay_out(f);
    inc_buf got = inc_buf_in(f->arena), want = inc_buf_in(f->arena);
    inc_buf_puts(&want, "T");
    for (int i = 0; i < 12; i++)
        inc_buf_puts(&want, prose);
    for (size_t i = 0; i < pages->page_count; i++)
        inc_buf_add(&got, page_text(f, &pages->pages[i]));
    assert_str(inc_buf_str(&got), inc_cstr(f->arena, inc_buf_str(&want)));
}

static void test_chapters_open_on_rectos(void **state)
{
    fixture *f = begin(*state);
    for (int i = 0; i < 3; i++)
        add_text(f, add_chapter(f, i == 0 ? "a" : i == 1 ? "b" : "c", "Chapter"), prose);
    const inc_pages *pages = lay_out(f);
    assert_int_equal(pages->page_count, 6);
    assert_true(pages->pages[1].blank && pages->pages[3].blank);
    assert_int_equal(pages->pages[1].mark_count, 0);
    assert_str(pages->pages[4].label, "5");
    assert_int_equal(pages->outline_count, 3);
    assert_int_equal(pages->destination_count, 3);
}

static void test_page_reference_settles(void **state)
{
    fixture *f = begin(*state);
    inc_node *first = add_chapter(f, "a", "First"), *p = add_text(f, first, "See page ");
    inc_node *ref = add(f, p, INC_NODE_PAGE_REF);
    inc_node *second = add_chapter(f, "b", "Second");
    ref->as.page_ref.target = second;
    add_text(f, second, prose);
    const inc_pages *pages = lay_out(f);
    assert_true(f->result.passes >= 2);
    inc_str text = page_text(f, &pages->pages[0]);
    assert_str(text, "FirstSee page 3");
}

static void test_links_lead_to_parts(void **state)
{
    fixture *f = begin(*state);
    inc_node *p = add_text(f, add_chapter(f, "a", "First"), "See "), *link = add(f, p, INC_NODE_LINK);
    inc_node_append(link, inc_node_text(f->arena, INC_STR("there"), INC_NO_SPAN));
    inc_node *part = add(f, f->document->book, INC_NODE_PART), *heading = add(f, part, INC_NODE_HEADING);
    heading->as.heading.level = 1;
    inc_node_append(heading, inc_node_text(f->arena, INC_STR("Part"), INC_NO_SPAN));
    part->label = INC_STR("part-1");
    link->as.link.target = part;
    add_text(f, add_chapter(f, "b", "Second"), prose);
    const inc_pages *pages = lay_out(f);
    const inc_page *page = &pages->pages[0];
    const inc_mark *last = &page->marks[page->mark_count - 1];
    for (size_t i = 0; i < page->mark_count; i++)
        last = page->marks[i].kind == INC_MARK_LINK ? &page->marks[i] : last;
    assert_int_equal(last->kind, INC_MARK_LINK);
    assert_str(last->as.link.destination, "part-1");
    assert_int_equal(pages->destination_count, 3);
    assert_str(pages->destinations[2].name, "part-1");
    assert_int_equal(pages->destinations[2].page, 2);
}

static void test_footnote_stands_on_the_page_of_its_call(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "First");
    for (int i = 0; i < 9; i++)
        add_text(f, chapter, prose);
    inc_node *p = add_text(f, chapter, "The call");
    inc_node *ref = add(f, p, INC_NODE_NOTE_REF), *note = add(f, chapter, INC_NODE_NOTE);
    note->as.note.number = ref->as.note_ref.ordinal = 1;
    ref->as.note_ref.note = note;
    add_text(f, note, "It is explained here.");
    const inc_pages *pages = lay_out(f);
    for (size_t i = 0; i < pages->page_count; i++) {
        inc_str text = page_text(f, &pages->pages[i]);
        bool call = inc_str_find(text, INC_STR("The call")) != INC_NPOS, body = inc_str_find(text, INC_STR("explained here")) != INC_NPOS;
        assert_int_equal(call, body);
    }
}

static void test_code_is_wrapped_and_whole(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T"), *code = add(f, chapter, INC_NODE_CODE);
    code->as.code.language = INC_STR("rust");
    code->as.code.text = INC_STR("fn main() {\n    let very_long_name_of_a_value = another_long_name_of_a_function(argument_one, argument_two, argument_three);\n\n}\n");
    const inc_pages *pages = lay_out(f);
    assert_str(page_text(f, &pages->pages[0]),
               "Tfn main() {     let very_long_name_of_a_value = another_long_name_of_a_function(argument_one, argument_two, argument_three);  }");
    assert_int_equal(f->diags->count[INC_NOTE], 1);
}

/* A table that is too narrow for its words is one finding. */
static void test_overfull_tables_are_told_once(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T"), *table = add(f, chapter, INC_NODE_TABLE);
    table->as.table.column_count = 60;
    for (int r = 0; r < 2; r++) {
        inc_node *row = add(f, table, INC_NODE_ROW);
        for (int i = 0; i < 60; i++) {
            inc_node *cell = add(f, row, INC_NODE_CELL);
            inc_node_append(cell, inc_node_text(f->arena, INC_STR("wide words"), INC_NO_SPAN));
        }
    }
    lay_out(f);
    assert_int_equal(f->diags->n, 2); /* it is turned, and still too wide */
    assert_int_equal(f->diags->v[0].id, INC_DIAG_TABLE_FITTED);
    assert_int_equal(f->diags->v[1].id, INC_DIAG_TABLE_TOO_FULL);
}

/* In the running head an en stands between the number and the title. */
static void test_number_in_the_running_head(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "Title"), *heading = chapter->first;
    inc_node *number = inc_node_new(f->arena, INC_NODE_SPAN, INC_NO_SPAN);
    inc_node_add_class(f->arena, number, INC_STR("number"));
    inc_node_append(number, inc_node_text(f->arena, INC_STR("4"), INC_NO_SPAN));
    inc_node_insert_before(heading->first, inc_node_text(f->arena, INC_STR(" "), INC_NO_SPAN));
    inc_node_insert_before(heading->first, number);
    heading->as.heading.number = INC_STR("4");
    for (int i = 0; i < 12; i++)
        add_text(f, chapter, prose);
    const inc_pages *pages = lay_out(f);
    assert_true(pages->page_count > 1);
    inc_buf head = inc_buf_in(f->arena);
    for (size_t i = 0; i < pages->pages[1].mark_count; i++)
        if (pages->pages[1].marks[i].kind == INC_MARK_TEXT && !pages->pages[1].marks[i].tag)
            inc_buf_add(&head, pages->pages[1].marks[i].as.text.text);
    assert_true(inc_str_find(inc_buf_str(&head), INC_STR("4\xE2\x80\x82Title")) != INC_NPOS);
}

/* The rules above and below a printed listing end with the text, though the ground on screen is wider. */
static void test_rules_of_listings_end_with_the_text(void **state)
{
    fixture *f = begin(*state);
    inc_node *code = add(f, add_chapter(f, "a", "T"), INC_NODE_CODE);
    code->as.code.text = INC_STR("one\n");
    const inc_page *page = &lay_out(f)->pages[0];
    unsigned rules = 0, grounds = 0;
    for (size_t i = 0; i < page->mark_count; i++) {
        const inc_mark *mark = &page->marks[i];
        if (mark->kind != INC_MARK_RULE || mark->width < page->frame_x1 - page->frame_x0)
            continue;
        bool rule = mark->color[INC_PRINT].a;
        assert_int_equal(mark->x, page->frame_x0 - (rule ? 0 : 6 * INC_PT));
        assert_int_equal(mark->x + mark->width, page->frame_x1 + (rule ? 0 : 6 * INC_PT));
        rules += rule;
        grounds += !rule;
    }
    assert_int_equal(rules, 2);
    assert_int_equal(grounds, 1);
}

/* No space is kept above a listing that begins a page: its ground begins where the text of other pages does. */
static void test_listing_begins_at_the_head_of_a_page(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T");
    add_text(f, chapter, prose);
    inc_node *page_break = add(f, chapter, INC_NODE_PAGE_BREAK), *code = add(f, chapter, INC_NODE_CODE);
    inc_node_add_class(f->arena, page_break, INC_STR("page"));
    code->as.code.text = INC_STR("one\ntwo\n");
    add_text(f, chapter, prose);
    const inc_pages *pages = lay_out(f);
    const inc_page *page = &pages->pages[1];
    bool ground = false;
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == INC_MARK_RULE && page->marks[i].y >= page->frame_y0 && !ground) {
            ground = true;
            assert_int_equal(page->marks[i].y, page->frame_y0);
        }
    assert_true(ground);
}

/* Hard breaks, a number above its title, a file's name beside a caption of two lines: no two words become one, and the name comes last. */
static void test_words_stay_apart_at_line_ends(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "Title");
    inc_node *number = inc_node_new(f->arena, INC_NODE_SPAN, INC_NO_SPAN), *space = inc_node_text(f->arena, INC_STR(" "), INC_NO_SPAN);
    inc_node_add_class(f->arena, number, INC_STR("number"));
    inc_node_append(number, inc_node_text(f->arena, INC_STR("1"), INC_NO_SPAN));
    inc_node_insert_before(chapter->first->first, space);
    inc_node_insert_before(space, number);
    inc_node *p = add_text(f, chapter, "one");
    add(f, p, INC_NODE_BREAK);
    inc_node_append(p, inc_node_text(f->arena, INC_STR("two"), INC_NO_SPAN));
    inc_node *figure = add(f, chapter, INC_NODE_FIGURE), *caption = add(f, figure, INC_NODE_CAPTION);
    inc_node_append(caption, inc_node_text(f->arena, inc_str_of(prose), INC_NO_SPAN));
    inc_node *name = add(f, caption, INC_NODE_SPAN);
    inc_node_add_class(f->arena, name, INC_STR("file-name"));
    inc_node_append(name, inc_node_text(f->arena, INC_STR("main.rs"), INC_NO_SPAN));
    const inc_pages *pages = lay_out(f);
    assert_str(page_text(f, &pages->pages[0]), inc_cstr(f->arena, inc_strf(f->arena, "1 Titleone two%s main.rs", prose)));
}

static void test_file_name_alone_is_a_caption(void **state)
{
    fixture *f = begin(*state);
    inc_node *figure = add(f, add_chapter(f, "a", "T"), INC_NODE_FIGURE), *caption = add(f, figure, INC_NODE_CAPTION);
    inc_node *name = add(f, caption, INC_NODE_SPAN);
    inc_node_add_class(f->arena, name, INC_STR("file-name"));
    inc_node_append(name, inc_node_text(f->arena, INC_STR("main.rs"), INC_NO_SPAN));
    const inc_page *page = &lay_out(f)->pages[0];
    assert_str(page_text(f, page), "Tmain.rs");
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == INC_MARK_TEXT && inc_str_eq(page->marks[i].as.text.text, INC_STR("main.rs")))
            assert_int_equal(page->marks[i].tag->kind, INC_TAG_CAPTION);
}

static void test_long_table_repeats_its_head(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T"), *table = add(f, chapter, INC_NODE_TABLE);
    table->as.table.column_count = 2;
    for (int i = 0; i < 100; i++) {
        inc_node *row = add(f, table, INC_NODE_ROW);
        row->as.row.head = i == 0;
        for (int k = 0; k < 2; k++) {
            inc_node *cell = add(f, row, INC_NODE_CELL);
            cell->as.cell.head = i == 0;
            inc_node_append(cell, inc_node_text(f->arena, i == 0 ? INC_STR("Head") : INC_STR("some cell with a number of words in it"), INC_NO_SPAN));
        }
    }
    const inc_pages *pages = lay_out(f);
    assert_true(pages->page_count >= 3);
    size_t heads = 0;
    for (size_t i = 0; i < pages->page_count; i++)
        for (size_t k = 0; k < pages->pages[i].mark_count; k++) {
            const inc_mark *mark = &pages->pages[i].marks[k];
            heads += mark->kind == INC_MARK_TEXT && inc_str_is(inc_str_trim(mark->as.text.text), "Head");
        }
    size_t used = 0;
    for (size_t i = 0; i < pages->page_count; i++)
        used += pages->pages[i].mark_count > 2;
    assert_int_equal(heads, 2 * used);
}

static inc_node *add_item(fixture *f, inc_node *parent, uint32_t number)
{
    inc_node *list = add(f, parent, INC_NODE_LIST), *item = add(f, list, INC_NODE_ITEM);
    list->as.list.ordered = true;
    item->as.item.number = number;
    return item;
}

static void add_cell(fixture *f, inc_node *parent, const char *text)
{
    inc_node *table = add(f, parent, INC_NODE_TABLE), *row = add(f, table, INC_NODE_ROW), *cell = add(f, row, INC_NODE_CELL);
    table->as.table.column_count = 1;
    inc_node_append(cell, inc_node_text(f->arena, inc_str_of(text), INC_NO_SPAN));
}

static void test_every_item_has_its_mark(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T");
    add_text(f, add_item(f, add_item(f, chapter, 1), 21), "nested"); /* lists that begin with lists */
    inc_node *table = add_item(f, chapter, 3);
    add_cell(f, table, "cell");
    add_text(f, table, "text");
    add(f, add_item(f, chapter, 4), INC_NODE_PARAGRAPH)->label = INC_STR("nothing");
    inc_node *image = add(f, add(f, add_item(f, chapter, 5), INC_NODE_PARAGRAPH), INC_NODE_IMAGE);
    image->as.image.alt = INC_STR("picture");
    add(f, add_item(f, chapter, 6), INC_NODE_RULE);
    add_item(f, add_item(f, chapter, 7), 8);
    const inc_pages *pages = lay_out(f);
    assert_str(page_text(f, &pages->pages[0]), "T1.u.nested3.celltext4.5.picture6.7.h.");
}

/* The ground of a quotation that runs over pages is on each of them, below what it holds, and covers a table's repeated head. */
static void test_frames_run_over_pages(void **state)
{
    fixture *f = begin_with(*state, "blockquote { background: #eeeeee; margin: 0 } blockquote blockquote { background: #cccccc }");
    inc_node *chapter = add_chapter(f, "a", "T"), *outer = add(f, chapter, INC_NODE_QUOTE);
    add_text(f, add(f, outer, INC_NODE_QUOTE), "A short one before.");
    inc_node *table = add(f, add(f, outer, INC_NODE_QUOTE), INC_NODE_TABLE);
    table->as.table.column_count = 1;
    for (int i = 0; i < 100; i++) {
        inc_node *row = add(f, table, INC_NODE_ROW), *cell = add(f, row, INC_NODE_CELL);
        row->as.row.head = cell->as.cell.head = i == 0;
        inc_node_append(cell, inc_node_text(f->arena, i ? INC_STR("cell") : INC_STR("Head"), INC_NO_SPAN));
    }
    const inc_pages *pages = lay_out(f);
    assert_true(pages->page_count >= 3);
    for (size_t i = 0; i + 1 < pages->page_count; i++) {
        const inc_page *page = &pages->pages[i];
        const inc_mark *inner = NULL;
        uint8_t last = 0xff; /* darker from the outside in */
        for (size_t k = 0; k < page->mark_count; k++) {
            const inc_mark *mark = &page->marks[k];
            if (mark->kind == INC_MARK_RULE && (mark->color[0].r == 0xee || mark->color[0].r == 0xcc)) {
                assert_true(mark->color[0].r <= last);
                last = mark->color[0].r;
                inner = mark;
            }
        }
        const inc_mark *head = find_text(page, "Head");
        assert_non_null(inner);
        assert_true(head && inner->y < head->y && inner->y + inner->height > head->y + 20 * INC_PT);
        assert_int_equal(last, 0xcc);
    }
}

static void test_named_page_ends_with_its_block(void **state)
{
    fixture *f = begin_with(*state, ".wide-page { page: wide } @page wide { margin-top: 20pt }");
    inc_node *chapter = add_chapter(f, "a", "T");
    add_text(f, chapter, "before");
    inc_node *wide = add(f, chapter, INC_NODE_DIV);
    inc_node_add_class(f->arena, wide, INC_STR("wide-page"));
    add_text(f, wide, "wide");
    add_text(f, chapter, "after");
    const inc_pages *pages = lay_out(f);
    assert_int_equal(pages->page_count, 3);
    assert_int_equal(pages->pages[1].frame_y0, 20 * INC_PT);
    assert_int_equal(pages->pages[2].frame_y0, 70 * INC_PT);
}

/* A table in a table's tall cell: its head is set once, and nothing lies over it. */
static void test_table_in_a_tall_cell(void **state)
{
    fixture *f = begin(*state);
    inc_node *table = add(f, add_chapter(f, "a", "T"), INC_NODE_TABLE), *cell = add(f, add(f, table, INC_NODE_ROW), INC_NODE_CELL);
    table->as.table.column_count = 1;
    inc_node *inner = add(f, cell, INC_NODE_TABLE);
    inner->as.table.column_count = 1;
    for (int i = 0; i < 60; i++) {
        inc_node *row = add(f, inner, INC_NODE_ROW), *small = add(f, row, INC_NODE_CELL);
        row->as.row.head = small->as.cell.head = i == 0;
        inc_node_append(small, inc_node_text(f->arena, i ? INC_STR("cell") : INC_STR("Head"), INC_NO_SPAN));
    }
    const inc_pages *pages = lay_out(f);
    size_t heads = 0;
    for (size_t i = 0; i < pages->page_count; i++) {
        inc_len y = 0;
        for (size_t k = 0; k < pages->pages[i].mark_count; k++) {
            const inc_mark *mark = &pages->pages[i].marks[k];
            if (mark->kind != INC_MARK_TEXT || (!mark->tag && !inc_str_is(mark->as.text.text, "Head")))
                continue;
            heads += inc_str_is(mark->as.text.text, "Head");
            assert_true(mark->y > y);
            y = mark->y;
        }
    }
    assert_int_equal(heads, 1);
}

static const inc_tag *tag_in(const inc_tag *root, const char *lang)
{
    for (const inc_tag *tag = root->first; tag; tag = tag->next) {
        if (inc_str_is(tag->lang, lang))
            return tag;
        const inc_tag *below = tag_in(tag, lang);
        if (below)
            return below;
    }
    return NULL;
}

static void test_languages_reach_the_tags(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T");
    add_text(f, chapter, "Guten Tag")->lang = INC_STR("de");
    inc_node *item = add_item(f, chapter, 1);
    item->lang = INC_STR("fr");
    add_text(f, item, "Bonjour");
    chapter->first->lang = INC_STR("la");
    const inc_pages *pages = lay_out(f);
    assert_int_equal(tag_in(pages->tags, "de")->kind, INC_TAG_P);
    assert_int_equal(tag_in(pages->tags, "fr")->kind, INC_TAG_LI);
    assert_int_equal(tag_in(pages->tags, "la")->kind, INC_TAG_H1);
}

static inc_node *labelled(inc_node *node, const char *label)
{
    node->label = inc_str_of(label);
    return node;
}

static void test_every_label_is_a_destination(void **state)
{
    fixture *f = begin(*state);
    inc_node *chapter = add_chapter(f, "a", "T"), *p = add_text(f, chapter, "text");
    labelled(add(f, chapter, INC_NODE_RULE), "rule");
    labelled(add(f, chapter, INC_NODE_PAGE_BREAK), "break");
    labelled(add(f, p, INC_NODE_IMAGE), "image");
    inc_node *table = labelled(add(f, chapter, INC_NODE_TABLE), "table"), *row = labelled(add(f, table, INC_NODE_ROW), "row");
    table->as.table.column_count = 1;
    labelled(add(f, row, INC_NODE_CELL), "cell"); /* an empty one */
    labelled(add(f, labelled(add(f, chapter, INC_NODE_PARAGRAPH), "paragraph"), INC_NODE_ANCHOR), "anchor"); /* at the very end */
    const inc_pages *pages = lay_out(f);
    static const char *const names[] = {"a", "a#anchor", "a#break", "a#cell", "a#image", "a#paragraph", "a#row", "a#rule", "a#table"};
    assert_int_equal(pages->destination_count, INC_COUNT(names));
    for (size_t i = 0; i < INC_COUNT(names); i++)
        assert_str(pages->destinations[i].name, names[i]);
}

static void test_verses_keep_their_lines(void **state)
{
    fixture *f = begin_with(*state, ".verse p { white-space: pre-wrap }");
    inc_node *verse = add(f, add_chapter(f, "a", "T"), INC_NODE_DIV), *p = add_text(f, verse, "One line");
    inc_node_add_class(f->arena, verse, INC_STR("verse"));
    add(f, p, INC_NODE_SOFT_BREAK);
    inc_node_append(p, inc_node_text(f->arena, INC_STR("another"), INC_NO_SPAN));
    const inc_page *page = &lay_out(f)->pages[0];
    assert_true(find_text(page, "One")->y < find_text(page, "another")->y);
}

static void test_jobs_do_not_matter(void **state)
{
    inc_str dumps[2];
    for (int i = 0; i < 2; i++) {
        fixture *f = begin(*state);
        for (int k = 0; k < 6; k++)
            add_text(f, add_chapter(f, k == 0 ? "a" : k == 1 ? "b" : k == 2 ? "c" : k == 3 ? "d" : k == 4 ? "e" : "f", "Chapter"), prose);
        f->input.jobs = i ? 3 : 1;
        inc_buf out = inc_buf_in(f->arena);
        inc_pages_dump(lay_out(f), &out);
        dumps[i] = inc_buf_str(&out);
    }
    assert_true(dumps[0].n > 1000);
    assert_true(inc_str_eq(dumps[0], dumps[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_lines_stay_in_the_measure), TEST(test_loose_lines_fill_the_measure), TEST(test_tracking), TEST(test_what_stays_together),
        TEST(test_heads_are_not_stranded), TEST(test_parted_listing_has_its_label_again), TEST(test_listing_parted_between_its_parts),
        TEST(test_urls_have_no_hyphens), TEST(test_numbers_stay_with_their_word), TEST(test_long_names_are_parted),
        TEST(test_last_word_is_cut_for_a_loose_line), TEST(test_deep_lists_keep_a_measure), TEST(test_page_reference_without_a_place),
        TEST(test_margins_without_room), TEST(test_break_to_a_side),
        TEST(test_heading_keeps_its_distance), TEST(test_listing_keeps_its_distance_from_a_heading), TEST(test_short_tables_stay_whole),
        TEST(test_no_word_is_lost), TEST(test_chapters_open_on_rectos), TEST(test_page_reference_settles), TEST(test_links_lead_to_parts),
        TEST(test_footnote_stands_on_the_page_of_its_call), TEST(test_code_is_wrapped_and_whole), TEST(test_listing_begins_at_the_head_of_a_page),
        TEST(test_number_in_the_running_head), TEST(test_overfull_tables_are_told_once), TEST(test_rules_of_listings_end_with_the_text),
        TEST(test_words_stay_apart_at_line_ends),
        TEST(test_file_name_alone_is_a_caption), TEST(test_long_table_repeats_its_head),
        TEST(test_tags_know_their_place), TEST(test_every_item_has_its_mark), TEST(test_frames_run_over_pages), TEST(test_named_page_ends_with_its_block),
        TEST(test_table_in_a_tall_cell), TEST(test_languages_reach_the_tags), TEST(test_every_label_is_a_destination),
        TEST(test_verses_keep_their_lines), TEST(test_jobs_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
