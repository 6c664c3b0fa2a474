/* test_resolve.c - structure: heading levels, numbers, parts, single files, generated matter. */
#include "resolve_book.h"

#include "base/guard.h"

/* "1 Title|2 Section|..." of a chapter's headings, numbers included. */
static inc_str outline(const book *b, const inc_node *chapter)
{
    inc_buf out = inc_buf_in(b->arena);
    for (inc_walk w = inc_walk_begin(chapter); inc_walk_next(&w);)
        if (w.enter && w.node->kind == INC_NODE_HEADING)
            inc_buf_printf(&out, "%s%u %.*s", out.n ? "|" : "", w.node->as.heading.level, INC_STR_ARG(all_text(b, w.node)));
    return inc_buf_str(&out);
}

/* ---- levels ---- */

static void test_levels_follow_summary(void **state)
{
    book b = new_book(state);
    inc_node *top = new_chapter(&b, "1", 0, "One", "one.md");
    add_heading(&b, 2, "One");
    add_heading(&b, 4, "Deep");
    add_heading(&b, 3, "Beside");
    inc_node *sub = new_chapter(&b, "1.1", 1, "Sub", "sub.md");
    add_heading(&b, 1, "Sub");
    add_heading(&b, 2, "Part of it");
    add_heading(&b, 1, "Again");
    add_heading(&b, 2, "Below again");
    resolve(&b);
    assert_str(outline(&b, top), "1 1 One|2 Deep|2 Beside");
    assert_str(outline(&b, sub), "2 1.1 Sub|3 Part of it|3 Again|4 Below again");
}

static void test_levels_are_capped(void **state)
{
    book b = new_book(state);
    for (unsigned depth = 0; depth < 8; depth++) {
        new_chapter(&b, "1", depth, "X", "x.md");
        add_heading(&b, 1, "X");
        add_heading(&b, 2, "Y");
    }
    inc_node *last = b.chapter;
    resolve(&b);
    assert_str(outline(&b, last), "6 1 X|6 Y");
}

static void test_heading_is_generated_where_none_titles_the_file(void **state)
{
    book b = new_book(state);
    inc_node *bare = new_chapter(&b, "1", 0, "Bare", "bare.md");
    add_paragraph(&b, "text");
    inc_node *late = new_chapter(&b, "2", 0, "Late", "late.md");
    add_paragraph(&b, "text");
    add_heading(&b, 3, "Section");
    inc_node *same = new_chapter(&b, "3", 0, "Same", "same.md");
    add_paragraph(&b, "text");
    add_heading(&b, 2, "Same");
    inc_node *empty = new_chapter(&b, "4", 0, "Empty", "empty.md");
    resolve(&b);
    assert_str(outline(&b, bare), "1 1 Bare");
    assert_true(bare->first->generated);
    assert_str(outline(&b, late), "1 2 Late|2 2.1 Section");
    assert_str(outline(&b, same), "1 3 Same");
    assert_str(outline(&b, empty), "1 4 Empty");
}

static void test_headings_in_quotations_are_no_sections(void **state)
{
    book b = new_book(state);
    inc_node *c = new_chapter(&b, "1", 0, "One", "one.md");
    add_heading(&b, 1, "One");
    inc_node *quote = add_block(&b, NULL, INC_NODE_QUOTE, NULL);
    inc_node *quoted = add_block(&b, quote, INC_NODE_HEADING, "Quoted");
    quoted->as.heading.level = 2;
    add_heading(&b, 2, "Real");
    resolve(&b);
    assert_str(outline(&b, c), "1 1 One|2 Quoted|2 1.1 Real");
    assert_false(quoted->as.heading.in_contents);
}

/* ---- numbers ---- */

static void test_sections_are_numbered_only_in_leaf_chapters(void **state)
{
    book b = new_book(state);
    inc_node *leaf = new_chapter(&b, "1", 0, "Leaf", "leaf.md");
    add_heading(&b, 1, "Leaf");
    add_heading(&b, 2, "A");
    add_heading(&b, 3, "Deeper");
    inc_node_add_class(b.arena, add_heading(&b, 2, "Plain"), S("unnumbered"));
    add_heading(&b, 2, "B");
    inc_node *stem = new_chapter(&b, "2", 0, "Stem", "stem.md");
    add_heading(&b, 1, "Stem");
    add_heading(&b, 2, "A");
    inc_node *sub = new_chapter(&b, "2.1", 1, "Sub", "sub.md");
    add_heading(&b, 1, "Sub");
    add_heading(&b, 2, "A");
    resolve(&b);
    assert_str(outline(&b, leaf), "1 1 Leaf|2 1.1 A|3 Deeper|2 Plain|2 1.2 B");
    assert_str(outline(&b, stem), "1 2 Stem|2 A");
    assert_str(outline(&b, sub), "2 2.1 Sub|3 A");
    const inc_node *number = leaf->first->first;
    assert_int_equal(number->kind, INC_NODE_SPAN);
    assert_true(inc_node_has_class(number, "number") && number->generated);
    assert_str(number->next->as.text.text, " ");
    assert_str(leaf->first->as.heading.number, "1");
}

static void test_sections_stay_unnumbered_when_asked(void **state)
{
    book b = new_book(state);
    b.options.number_sections = false;
    inc_node *c = new_chapter(&b, "1", 0, "One", "one.md");
    add_heading(&b, 1, "One");
    add_heading(&b, 2, "A");
    resolve(&b);
    assert_str(outline(&b, c), "1 1 One|2 A");
}

static void test_parts_get_roman_numerals(void **state)
{
    book b = new_book(state);
    inc_node *front = new_chapter(&b, "", 0, "Preface", "preface.md");
    inc_node *parts[4];
    inc_node *chapters[4];
    for (int i = 0; i < 4; i++) {
        parts[i] = new_part(&b, "A \"part\"");
        chapters[i] = new_chapter(&b, "1", 0, "C", "c.md");
    }
    resolve(&b);
    assert_str(parts[3]->as.part.number, "IV");
    assert_str(all_text(&b, parts[3]->first), "Part IV");
    assert_true(inc_node_has_class(parts[3]->first, "part-number"));
    assert_true(inc_node_has_class(parts[3]->first->next, "part-title"));
    assert_str(all_text(&b, parts[3]->first->next), "A “part”");
    assert_int_equal(parts[3]->first->next->as.heading.level, 1);
    assert_ptr_equal(chapters[2]->as.chapter.part, parts[2]);
    assert_null(front->as.chapter.part);
}

static void test_figures_count_by_chapter_and_kind(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "6", 0, "Six", "six.md");
    inc_node *f1 = add_figure(&b, INC_FIGURE_FIGURE, "", "One");
    inc_node *t1 = add_figure(&b, INC_FIGURE_TABLE, "", "Two");
    inc_node *bare = add_figure(&b, INC_FIGURE_FIGURE, "", NULL);
    new_chapter(&b, "6.1", 1, "Sub", "sub.md");
    inc_node *f2 = add_figure(&b, INC_FIGURE_FIGURE, "fig-x", NULL);
    new_chapter(&b, "7", 0, "Seven", "seven.md");
    inc_node *f3 = add_figure(&b, INC_FIGURE_FIGURE, "", "Three");
    resolve(&b);
    assert_str(f1->as.figure.number, "6-1");
    assert_str(t1->as.figure.number, "6-1");
    assert_str(f2->as.figure.number, "6-2");
    assert_str(f3->as.figure.number, "7-1");
    assert_str(bare->as.figure.number, "");
    assert_null(bare->first->next);
    assert_true(inc_node_has_class(bare, "here")); /* meant by its place: it does not move away */
    assert_false(inc_node_has_class(f1, "here") || inc_node_has_class(t1, "here") || inc_node_has_class(f2, "here"));
    assert_str(all_text(&b, f1->last), "Figure 6-1 One");
    assert_str(all_text(&b, t1->first), "Table 6-1 Two"); /* above the table */
    assert_true(inc_node_has_class(f1->last->first, "label"));
    assert_int_equal(f2->last->kind, INC_NODE_CAPTION);
    assert_str(all_text(&b, f2->last), "Figure 6-2");
}

static void test_written_numbers_are_kept(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "4", 0, "Four", "four.md");
    inc_node *first = add_figure(&b, INC_FIGURE_FIGURE, "", "Figure 4-3: The heap");
    inc_node *second = add_figure(&b, INC_FIGURE_FIGURE, "", "Next");
    inc_node *listing = add_figure(&b, INC_FIGURE_LISTING, "", "Code");
    listing->as.figure.number = S("4-7");
    listing->as.figure.file_name = S("src/main.rs");
    inc_node *nameless = add_figure(&b, INC_FIGURE_LISTING, "", NULL);
    nameless->as.figure.file_name = S("Cargo.toml");
    inc_node *silent = add_figure(&b, INC_FIGURE_LISTING, "", "");
    silent->as.figure.file_name = S("a.rs");
    inc_node *prose = add_figure(&b, INC_FIGURE_FIGURE, "", "Figure skating");
    inc_node *knots = add_figure(&b, INC_FIGURE_FIGURE, "", "Figure 8 knots");
    inc_node *dotted = add_figure(&b, INC_FIGURE_FIGURE, "", "Table 4-1. Ages");
    resolve(&b);
    assert_str(all_text(&b, first->last), "Figure 4-3 The heap");
    assert_str(second->as.figure.number, "4-4");
    assert_str(all_text(&b, listing->first), "Listing 4-7 Code src/main.rs");
    assert_true(inc_node_has_class(listing->first->last, "file-name"));
    assert_str(nameless->as.figure.number, "");
    assert_str(all_text(&b, nameless->first), "Cargo.toml"); /* above the code */
    assert_str(all_text(&b, prose->last), "Figure 4-5 Figure skating");
    assert_str(all_text(&b, knots->last), "Figure 4-6 Figure 8 knots");
    assert_str(all_text(&b, dotted->first), "Table 4-1 Ages");
    assert_str(silent->as.figure.number, "");
    assert_str(all_text(&b, silent->first), "a.rs");
}

/* In words that we do not know, as a translator writes them. */
static void test_written_labels_of_any_language_are_kept(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "16", 0, "Sixteen", "x.md");
    static const char *const captions[][2] = {{"表 B-1：运算符", "表 B-1 运算符"},
                                              {"示例 16-7: 代码", "示例 16-7 代码"},
                                              {"Next", "Table 16-8 Next"},
                                              {"Encoding UTF-8: bytes", "Table 16-9 Encoding UTF-8: bytes"},
                                              {"From 16-1 on: more", "Table 16-10 From 16-1 on: more"},
                                              {"表B-1：", "Table 16-11 表B-1："},
                                              {"表 4-", "Table 16-12 表 4-"}};
    inc_node *tables[INC_COUNT(captions)];
    for (size_t i = 0; i < INC_COUNT(captions); i++)
        tables[i] = add_figure(&b, INC_FIGURE_TABLE, i ? "" : "ops", captions[i][0]);
    inc_node *link = add_link(&b, add_paragraph(&b, ""), "#", "#ops");
    resolve(&b);
    for (size_t i = 0; i < INC_COUNT(captions); i++)
        assert_str(all_text(&b, tables[i]->first), captions[i][1]);
    assert_str(tables[0]->as.figure.number, "B-1");
    assert_str(inc_node_flatten(b.arena, link, true), "表 B-1");
}

static void test_file_name_before_code_makes_a_listing(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *p = add_block(&b, NULL, INC_NODE_PARAGRAPH, NULL);
    inc_node *span = add_block(&b, p, INC_NODE_SPAN, "Filename: src/main.rs");
    inc_node_add_class(b.arena, span, S("filename"));
    inc_node *code = add_block(&b, NULL, INC_NODE_CODE, NULL);
    code->as.code.text = S("fn main() {}\n");
    resolve(&b);
    inc_node *figure = code->parent;
    assert_int_equal(figure->kind, INC_NODE_FIGURE);
    assert_int_equal(figure->as.figure.kind, INC_FIGURE_LISTING);
    assert_int_equal(figure->as.figure.number.n, 0);
    assert_null(p->parent);
    assert_str(inc_node_flatten(b.arena, figure->first, true), "src/main.rs");
}

static void test_caption_span_after_image_makes_a_figure(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "4", 0, "Four", "four.md");
    inc_node *holder = add_block(&b, NULL, INC_NODE_PARAGRAPH, NULL);
    add_block(&b, holder, INC_NODE_IMAGE, NULL)->as.image.alt = S("alt");
    inc_node *line = add_block(&b, NULL, INC_NODE_PARAGRAPH, NULL);
    inc_node *span = add_block(&b, line, INC_NODE_SPAN, "Figure 4-1: A String");
    inc_node_add_class(b.arena, span, S("caption"));
    resolve(&b);
    const inc_node *figure = holder->parent;
    assert_int_equal(figure->kind, INC_NODE_FIGURE);
    assert_str(figure->as.figure.number, "4-1");
    assert_str(all_text(&b, figure->last), "Figure 4-1 A String");
}

static void test_words_follow_the_language(void **state)
{
    book b = new_book(state);
    b.document->meta.language = S("de-AT");
    new_chapter(&b, "1", 0, "Eins", "eins.md");
    inc_node *figure = add_figure(&b, INC_FIGURE_FIGURE, "", "Bild");
    inc_node *alert = add_block(&b, NULL, INC_NODE_ALERT, NULL);
    alert->as.alert.kind = INC_ALERT_TIP;
    add_block(&b, alert, INC_NODE_PARAGRAPH, "Text");
    new_chapter(&b, "2", 0, "Zwei", "zwei.md");
    resolve(&b);
    assert_str(all_text(&b, figure->last), "Abbildung 1-1 Bild");
    assert_str(all_text(&b, alert->first), "Tipp");
    assert_true(inc_node_has_class(alert->first, "alert-title"));
    assert_str(find_role(&b, INC_ROLE_CONTENTS)->as.chapter.title, "Inhalt");
}

/* ---- single files ---- */

static book single(void **state, const char *title)
{
    book b = new_book(state);
    b.options.single_file = true;
    b.document->meta.title = S(title);
    new_chapter(&b, "", 0, "", "essay.md");
    return b;
}

static void test_lone_h1_titles_an_article(void **state)
{
    book b = single(state, "");
    add_heading(&b, 1, "On Walking");
    add_paragraph(&b, "Abstract");
    add_heading(&b, 2, "Shoes");
    add_heading(&b, 3, "Laces");
    add_heading(&b, 2, "Roads");
    resolve(&b);
    assert_true(b.document->meta.article);
    assert_str(b.document->meta.title, "On Walking");
    const inc_node *first = b.document->book->first;
    assert_int_equal(first->as.chapter.role, INC_ROLE_PREFIX);
    assert_str(outline(&b, first), "1 On Walking");
    assert_str(outline(&b, first->next), "1 Shoes|2 Laces");
    assert_str(first->next->as.chapter.name, "shoes");
    assert_str(outline(&b, first->next->next), "1 Roads");
    assert_null(first->next->next->next);
    assert_false(first->next->as.chapter.opens_recto);
    assert_true(first->as.chapter.numbered_pages_start);
}

static void test_title_in_front_matter_makes_a_book(void **state)
{
    book b = single(state, "Walks");
    add_paragraph(&b, "A motto");
    inc_node_add_class(b.arena, add_heading(&b, 1, "Preface"), S("unnumbered"));
    add_heading(&b, 1, "Shoes");
    add_heading(&b, 2, "Laces");
    add_heading(&b, 1, "Roads");
    resolve(&b);
    assert_false(b.document->meta.article);
    const inc_node *motto = find_role(&b, INC_ROLE_PREFIX), *preface = motto->next, *shoes = preface->next;
    assert_str(outline(&b, motto), "");
    assert_int_equal(preface->as.chapter.role, INC_ROLE_PREFIX);
    assert_str(outline(&b, preface), "1 Preface");
    assert_str(outline(&b, shoes), "1 1 Shoes|2 1.1 Laces");
    assert_str(outline(&b, shoes->next), "1 2 Roads");
    assert_true(shoes->as.chapter.opens_recto && shoes->as.chapter.numbered_pages_start);
}

static void test_file_without_headings_is_one_article(void **state)
{
    book b = single(state, "");
    add_paragraph(&b, "text");
    resolve(&b);
    assert_true(b.document->meta.article);
    assert_str(b.document->meta.title, "essay");
    assert_str(b.document->book->first->as.chapter.title, "essay");
    assert_int_equal(b.document->book->first->first->kind, INC_NODE_PARAGRAPH);
    assert_null(b.document->book->first->next);
}

static void test_notes_follow_their_chapters(void **state)
{
    book b = single(state, "Walks");
    add_heading(&b, 1, "A");
    inc_node *a = add_note_ref(&b, add_paragraph(&b, "text"), "n");
    add_heading(&b, 1, "B");
    inc_node *in_b = add_note_ref(&b, add_paragraph(&b, "text"), "n");
    add_note(&b, "n", "both");
    resolve(&b);
    assert_non_null(a->as.note_ref.note);
    assert_non_null(in_b->as.note_ref.note);
    assert_ptr_not_equal(a->as.note_ref.note, in_b->as.note_ref.note);
    assert_ptr_equal(in_b->as.note_ref.note->parent, inc_node_within(in_b, INC_NODE_CHAPTER));
    assert_int_equal(in_b->as.note_ref.note->as.note.number, 1);
    assert_int_equal(b.diags->n, 0);
}

/* ---- matter ---- */

static void add_entry_text(const book *b, inc_buf *out, const inc_node *list, unsigned depth)
{
    for (const inc_node *item = list->first; item; item = item->next) {
        inc_buf_printf(out, "%*s%.*s: %.*s%s\n", (int)depth * 2, "", INC_STR_ARG(item->classes[0]), INC_STR_ARG(all_text(b, item->first)),
                       item->first->last->kind == INC_NODE_PAGE_REF ? " @" : "");
        if (item->first->next)
            add_entry_text(b, out, item->first->next, depth + 1);
    }
}

static inc_str contents_of(const book *b)
{
    inc_buf out = inc_buf_in(b->arena);
    add_entry_text(b, &out, find_role(b, INC_ROLE_CONTENTS)->last, 0);
    return inc_buf_str(&out);
}

static void build_mixed(book *b)
{
    new_chapter(b, "", 0, "Preface", "preface.md");
    new_part(b, "Basics");
    new_chapter(b, "1", 0, "Flat", "flat.md");
    add_heading(b, 1, "Flat");
    add_heading(b, 2, "Section");
    add_heading(b, 3, "Detail");
    new_chapter(b, "2", 0, "Nested", "nested.md");
    add_heading(b, 1, "Nested");
    add_heading(b, 2, "Unlisted");
    new_chapter(b, "2.1", 1, "Inner", "inner.md");
    add_heading(b, 1, "Inner");
    add_heading(b, 2, "Innermost");
    new_chapter(b, "3", 0, "To come", "");
    new_chapter(b, "", 0, "Afterword", "after.md")->as.chapter.role = INC_ROLE_SUFFIX;
}

static void test_contents_list_two_levels(void **state)
{
    book b = new_book(state);
    build_mixed(&b);
    resolve(&b);
    assert_str(contents_of(&b), "toc-front: Preface @\n"
                                "toc-part: Part I Basics @\n"
                                "toc-chapter: 1 Flat @\n"
                                "  toc-section: 1.1 Section @\n"
                                "toc-chapter: 2 Nested @\n"
                                "  toc-section: 2.1 Inner @\n"
                                "toc-chapter: 3 To come\n"
                                "toc-back: Afterword @\n");
}

/* What is wrong with a title is wrong where it was written. */
static void test_contents_know_the_places_of_titles(void **state)
{
    book b = new_book(state);
    build_mixed(&b);
    inc_node *heading = NULL;
    for (inc_walk w = inc_walk_begin(b.document->book); !heading && inc_walk_next(&w);)
        heading = w.node->kind == INC_NODE_HEADING ? (inc_node *)w.node : NULL;
    heading->span = (inc_span){1, 5, 4};
    resolve(&b);
    const inc_node *item = find_role(&b, INC_ROLE_CONTENTS)->last->first->next->next;
    assert_str(all_text(&b, item->first), "1 Flat");
    assert_memory_equal(&item->first->first->last->span, &heading->span, sizeof(inc_span));
}

static void test_contents_depth_is_obeyed(void **state)
{
    book b = new_book(state);
    b.options.contents_depth = 1;
    build_mixed(&b);
    resolve(&b);
    assert_str(contents_of(&b), "toc-front: Preface @\ntoc-part: Part I Basics @\ntoc-chapter: 1 Flat @\ntoc-chapter: 2 Nested @\n"
                                "toc-chapter: 3 To come\ntoc-back: Afterword @\n");
    book c = new_book(state);
    c.options.contents_depth = 3;
    build_mixed(&c);
    resolve(&c);
    assert_str(contents_of(&c), "toc-front: Preface @\ntoc-part: Part I Basics @\n"
                                "toc-chapter: 1 Flat @\n  toc-section: 1.1 Section @\n    toc-section: Detail @\n"
                                "toc-chapter: 2 Nested @\n  toc-section: 2.1 Inner @\n    toc-section: Innermost @\n"
                                "toc-chapter: 3 To come\ntoc-back: Afterword @\n");
}

/* Without a depth of the author's: what SUMMARY.md lists, however deep, and headings of the second level. */
static void test_contents_list_all_chapters(void **state)
{
    book b = new_book(state);
    b.options.contents_depth = 255;
    build_mixed(&b);
    resolve(&b);
    assert_str(contents_of(&b), "toc-front: Preface @\ntoc-part: Part I Basics @\ntoc-chapter: 1 Flat @\n  toc-section: 1.1 Section @\n"
                                "toc-chapter: 2 Nested @\n  toc-section: 2.1 Inner @\ntoc-chapter: 3 To come\ntoc-back: Afterword @\n");
    book c = new_book(state);
    c.options.contents_depth = 255;
    static const char *const numbers[] = {"1", "1.1", "1.1.1", "1.1.1.1"};
    for (unsigned depth = 0; depth < 4; depth++) {
        new_chapter(&c, numbers[depth], depth, "X", numbers[depth]);
        add_heading(&c, 1, "X");
        add_heading(&c, 2, "Y");
    }
    resolve(&c);
    assert_str(contents_of(&c), "toc-chapter: 1 X @\n  toc-section: 1.1 X @\n    toc-section: 1.1.1 X @\n      toc-section: 1.1.1.1 X @\n");
}

/* A draft has a heading, and so a place, when something stands below it. */
static void test_drafts_above_chapters_have_headings(void **state)
{
    book b = new_book(state);
    b.options.contents_depth = 255;
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *above = new_chapter(&b, "1.1", 1, "Above", "");
    inc_node *lone = new_chapter(&b, "1.1.1", 2, "Lone", "");
    new_chapter(&b, "1.1.2", 2, "Text", "text.md");
    inc_node *last = new_chapter(&b, "2", 0, "Last", "");
    new_chapter(&b, "2.1", 1, "Nothing", "");
    resolve(&b);
    assert_str(outline(&b, above), "2 1.1 Above");
    assert_true(lone->as.chapter.draft && last->as.chapter.draft);
    assert_str(contents_of(&b), "toc-chapter: 1 One @\n  toc-section: 1.1 Above @\n    toc-section: 1.1.1 Lone\n    toc-section: 1.1.2 Text @\n"
                                "toc-chapter: 2 Last\n  toc-section: 2.1 Nothing\n");
}

static void test_matter_comes_first(void **state)
{
    book b = new_book(state);
    inc_str authors[] = {S("Ada"), S("Bob")};
    inc_meta *meta = &b.document->meta;
    meta->authors = authors;
    meta->author_count = 2;
    meta->subtitle = S("It's one");
    meta->date = S("2024-03-01");
    meta->isbn_print = S("978-3-16-148410-0");
    meta->edition = S("2");
    meta->publisher = S("Press");
    new_chapter(&b, "1", 0, "A", "a.md");
    new_chapter(&b, "2", 0, "B", "b.md");
    resolve(&b);
    const inc_node *half = b.document->book->first, *title = half->next, *copyright = title->next, *contents = copyright->next;
    assert_int_equal(half->as.chapter.role, INC_ROLE_HALF_TITLE);
    assert_int_equal(title->as.chapter.role, INC_ROLE_TITLE_PAGE);
    assert_int_equal(copyright->as.chapter.role, INC_ROLE_COPYRIGHT);
    assert_int_equal(contents->as.chapter.role, INC_ROLE_CONTENTS);
    assert_str(all_text(&b, half->first), "The Book");
    assert_true(inc_node_has_class(title->first, "title"));
    assert_str(all_text(&b, title->first->next), "It’s one");
    assert_true(inc_node_has_class(title->last, "publisher"));
    inc_str want[] = {S("Copyright © 2024 Ada, Bob"), S("Edition 2"), S("Press"), S("ISBN 978-3-16-148410-0 (print)"),
                      S("Set in Source Serif 4, Source Sans 3 and Iosevka Charon Mono by incipit.")};
    const inc_node *line = copyright->first;
    for (size_t i = 0; i < INC_COUNT(want); i++, line = line->next)
        assert_true(inc_str_eq(all_text(&b, line), want[i]));
    assert_null(line);
    assert_int_equal(contents->first->kind, INC_NODE_HEADING);
    assert_str(contents->as.chapter.name, "contents");
    assert_false(half->as.chapter.numbered_pages_start);
    assert_true(contents->next->as.chapter.numbered_pages_start);
}

/* ---- lists of figures, tables and listings ---- */

static inc_str list_of(const book *b, inc_chapter_role role)
{
    inc_buf out = inc_buf_in(b->arena);
    const inc_node *chapter = find_role(b, role);
    if (chapter)
        add_entry_text(b, &out, chapter->last, 0);
    return inc_buf_str(&out);
}

static void build_figures(book *b)
{
    new_chapter(b, "1", 0, "One", "one.md");
    add_figure(b, INC_FIGURE_FIGURE, "", "The heap");
    add_figure(b, INC_FIGURE_TABLE, "", "Sizes");
    inc_node_add_class(b->arena, add_figure(b, INC_FIGURE_FIGURE, "", "Not counted"), S("unnumbered"));
    new_chapter(b, "1.1", 1, "Inner", "inner.md");
    add_figure(b, INC_FIGURE_FIGURE, "fig-stack", "The stack");
    new_chapter(b, "2", 0, "Two", "two.md");
    inc_node_set_attribute(b->arena, add_figure(b, INC_FIGURE_FIGURE, "", "A long story about queues"), S("data-short"), S("Queues"));
}

static void test_lists_name_what_bears_numbers(void **state)
{
    book b = new_book(state);
    b.options.lists[INC_FIGURE_FIGURE] = b.options.lists[INC_FIGURE_TABLE] = b.options.lists[INC_FIGURE_LISTING] = true;
    build_figures(&b);
    resolve(&b);
    assert_str(list_of(&b, INC_ROLE_FIGURES), "toc-figure: 1-1 The heap @\ntoc-figure: 1-2 The stack @\ntoc-figure: 2-1 Queues @\n");
    assert_str(list_of(&b, INC_ROLE_TABLES), "toc-table: 1-1 Sizes @\n");
    assert_null(find_role(&b, INC_ROLE_LISTINGS)); /* none in the book */
    const inc_node *figures = find_role(&b, INC_ROLE_FIGURES), *item = figures->last->first;
    assert_int_equal(figures->prev->as.chapter.role, INC_ROLE_CONTENTS);
    assert_false(figures->as.chapter.opens_recto);
    assert_str(figures->as.chapter.name, "list-of-figures");
    assert_false(inc_node_has_class(item, "opens") || inc_node_has_class(item->next, "opens"));
    assert_true(inc_node_has_class(item->next->next, "opens"));
    assert_str(item->first->first->as.link.target->label, "figure-1-1"); /* what is linked to has a name */
    assert_str(item->next->first->first->as.link.target->label, "fig-stack");
    inc_str contents = contents_of(&b);
    assert_true(inc_str_starts(contents, S("toc-front: List of figures @\ntoc-front: List of tables @\ntoc-chapter: 1 One @\n")));
}

static void test_books_without_lists_keep_their_ids(void **state)
{
    book b = new_book(state);
    build_figures(&b);
    resolve(&b);
    assert_null(find_role(&b, INC_ROLE_FIGURES));
    for (inc_walk w = inc_walk_begin(b.document->book); inc_walk_next(&w);)
        if (w.enter && w.node->kind == INC_NODE_FIGURE)
            assert_true(!w.node->label.n || inc_str_eq(w.node->label, S("fig-stack")));
}

static void test_small_book_has_no_contents(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "A", "a.md");
    resolve(&b);
    assert_null(find_role(&b, INC_ROLE_CONTENTS));
    assert_non_null(find_role(&b, INC_ROLE_COPYRIGHT));
}

static void test_rights_replace_the_copyright_line(void **state)
{
    book b = new_book(state);
    b.document->meta.rights = S("Public domain");
    new_chapter(&b, "1", 0, "A", "a.md");
    resolve(&b);
    assert_str(all_text(&b, find_role(&b, INC_ROLE_COPYRIGHT)->first), "Public domain");
}

static void test_arabic_folios_start_with_the_first_part(void **state)
{
    book b = new_book(state);
    inc_node *preface = new_chapter(&b, "", 0, "Preface", "preface.md");
    new_part(&b, "Basics");
    new_chapter(&b, "1", 0, "Draft", "");
    inc_node *two = new_chapter(&b, "2", 0, "Two", "two.md");
    inc_node *sub = new_chapter(&b, "2.1", 1, "Sub", "sub.md");
    resolve(&b);
    assert_false(preface->as.chapter.numbered_pages_start);
    assert_true(two->as.chapter.numbered_pages_start);
    assert_true(two->as.chapter.opens_recto);
    assert_false(sub->as.chapter.opens_recto);
}

static void test_folios_without_numbered_chapters(void **state)
{
    book b = new_book(state);
    inc_node *a = new_chapter(&b, "", 0, "A", "a.md");
    new_chapter(&b, "", 0, "B", "b.md");
    resolve(&b);
    assert_true(a->as.chapter.numbered_pages_start);
}

static void test_empty_book(void **state)
{
    book b = new_book(state);
    resolve(&b);
    assert_null(b.document->book->first);
    assert_int_equal(b.document->node_count, 1);
}

/* ---- memory ---- */

static void build_everything(book *b)
{
    build_mixed(b);
    inc_node *p = add_paragraph(b, "\"Quoted\" text");
    add_note_ref(b, p, "n");
    add_note(b, "n", "note");
    add_note(b, "unused", "note");
    add_link(b, p, "x", "flat.md#section");
    add_link(b, p, "#", "flat.md");
    add_link(b, p, "x", "../gone/");
    add_figure(b, INC_FIGURE_TABLE, "tab", "Table 3: x");
    add_block(b, p, INC_NODE_IMAGE, NULL)->as.image.url = S("gone.png");
}

static void test_every_allocation_may_fail(void **state)
{
    (void)state;
    bool whole = false;
    for (unsigned long n = 1; !whole && n < 5000; n++) {
        inc_arena *arena = inc_arena_new();
        void *slot = arena;
        book b = new_book(&slot);
        build_everything(&b);
        inc_guard guard;
        inc_alloc_fail_after(n);
        if (INC_GUARD(&guard) == 0) {
            inc_resolve(b.document, &b.options, b.diags);
            inc_guard_leave(&guard);
            inc_alloc_fail_after(0);
            whole = true;
        }
        inc_alloc_fail_after(0);
        inc_arena_free(arena);
    }
    assert_true(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_levels_follow_summary),
        TEST(test_levels_are_capped),
        TEST(test_heading_is_generated_where_none_titles_the_file),
        TEST(test_headings_in_quotations_are_no_sections),
        TEST(test_sections_are_numbered_only_in_leaf_chapters),
        TEST(test_sections_stay_unnumbered_when_asked),
        TEST(test_parts_get_roman_numerals),
        TEST(test_figures_count_by_chapter_and_kind),
        TEST(test_written_numbers_are_kept), TEST(test_written_labels_of_any_language_are_kept),
        TEST(test_caption_span_after_image_makes_a_figure), TEST(test_file_name_before_code_makes_a_listing),
        TEST(test_words_follow_the_language),
        TEST(test_lone_h1_titles_an_article),
        TEST(test_title_in_front_matter_makes_a_book),
        TEST(test_file_without_headings_is_one_article),
        TEST(test_notes_follow_their_chapters),
        TEST(test_contents_list_two_levels),
        TEST(test_contents_know_the_places_of_titles), TEST(test_contents_depth_is_obeyed),
        TEST(test_contents_list_all_chapters), TEST(test_drafts_above_chapters_have_headings),
        TEST(test_matter_comes_first),
        TEST(test_lists_name_what_bears_numbers), TEST(test_books_without_lists_keep_their_ids),
        TEST(test_small_book_has_no_contents),
        TEST(test_rights_replace_the_copyright_line),
        TEST(test_arabic_folios_start_with_the_first_part),
        TEST(test_folios_without_numbered_chapters),
        TEST(test_empty_book),
        TEST(test_every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
