/* test_resolve_links.c - labels, links, references, images. */
#include "resolve_book.h"


/* ---- labels ---- */

static void test_heading_ids_follow_mdbook(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "One", "one.md");
    const char *texts[] = {"  What's New?  ", "Über Größe & ЖУК", "snake_case-and Tab\tHere", "Σίσυφος 2²", "???", "What's New?", "İstanbul"};
    const char *want[] = {"whats-new", "über-größe--жук", "snake_case-and-tab-here", "σίσυφος-2²", "section", "whats-new-1", "istanbul"};
    inc_node *headings[INC_COUNT(texts)];
    for (size_t i = 0; i < INC_COUNT(texts); i++)
        headings[i] = add_heading(&b, i ? 2 : 1, texts[i]);
    resolve(&b);
    for (size_t i = 0; i < INC_COUNT(texts); i++)
        assert_str(headings[i]->label, want[i]);
}

static void test_written_labels_go_first(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *plain = add_heading(&b, 1, "Notes");
    inc_node *named = add_heading(&b, 2, "Other");
    named->label = S("notes");
    inc_node *again = add_paragraph(&b, "x");
    again->label = S("notes");
    inc_node *odd = add_paragraph(&b, "x");
    odd->label = S(" two words ");
    resolve(&b);
    assert_str(named->label, "notes");
    assert_str(again->label, "notes-1");
    assert_str(plain->label, "notes-2");
    assert_str(odd->label, "two-words");
    only_diag(&b, INC_DIAG_DUPLICATE_LABEL);
    assert_ptr_equal(inc_map_find(&b.document->labels, S("one#notes")), named);
    assert_ptr_equal(inc_map_find(&b.document->labels, S("one")), b.chapter);
}

static void test_chapter_names_are_unique(void **state)
{
    book b = new_book(state);
    inc_node *a = new_chapter(&b, "1", 0, "A", "ch04/Intro Text.md");
    inc_node *twin = new_chapter(&b, "2", 0, "B", "ch04-intro-text.md");
    inc_node *title = new_chapter(&b, "3", 0, "C", "title-page.md");
    inc_node *foreign = new_chapter(&b, "4", 0, "D", "глава.md");
    inc_node *nav = new_chapter(&b, "5", 0, "E", "nav.md");
    inc_node *draft = new_chapter(&b, "6", 0, "Some Day", "");
    inc_node *part = new_part(&b, "P");
    resolve(&b);
    assert_str(a->as.chapter.name, "ch04-intro-text");
    assert_str(twin->as.chapter.name, "ch04-intro-text-1");
    assert_str(title->as.chapter.name, "title-page");
    assert_str(find_role(&b, INC_ROLE_TITLE_PAGE)->as.chapter.name, "title-page-1");
    assert_str(foreign->as.chapter.name, "d");
    assert_str(nav->as.chapter.name, "nav-1");
    assert_str(draft->as.chapter.name, "some-day");
    assert_str(part->label, "part-1");
}

static void test_many_equal_headings_stay_cheap(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *last = NULL;
    for (int i = 0; i < 20000; i++)
        last = add_heading(&b, 2, "Example");
    resolve(&b);
    assert_str(last->label, "example-19999");
}

/* ---- links ---- */

typedef struct two {
    book b;
    inc_node *here, *there, *index, *heading, *from;
} two;

static two two_chapters(void **state)
{
    two t = {.b = new_book(state)};
    t.here = new_chapter(&t.b, "1", 0, "Here", "a/here.md");
    t.heading = add_heading(&t.b, 1, "Here");
    t.from = add_paragraph(&t.b, "See ");
    t.there = new_chapter(&t.b, "2", 0, "There", "b/over there.md");
    add_heading(&t.b, 1, "There");
    add_heading(&t.b, 2, "Details");
    t.index = new_chapter(&t.b, "3", 0, "Index", "c/README.md");
    return t;
}

static const inc_node *target_of(two *t, const char *url)
{
    inc_node *link = add_link(&t->b, t->from, "x", url);
    resolve(&t->b);
    return link->as.link.target;
}

static void test_links_find_chapters(void **state)
{
    struct { const char *url; int which; } cases[] = {
        {"../b/over%20there.md", 1}, {"../b/over there.html", 1}, {"../b/over%20there.md?x=1", 1}, {"../b/over there", 1},
        {"/b/over there.md", 1}, {"./../b/./over there.md", 1}, {"../c/", 2}, {"../c", 2}, {"../c/index.html", 2},
        {"../c/README.md", 2}, {"../c/readme.html", 2}, {"here.md", 0}, {"here.html#", 0},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        two t = two_chapters(state);
        const inc_node *want[] = {t.here, t.there, t.index}, *got = target_of(&t, cases[i].url);
        if (got != want[cases[i].which] || t.b.diags->n)
            fail_msg("%s: wrong target or %zu diagnostics", cases[i].url, t.b.diags->n);
    }
}

static void test_links_find_labels(void **state)
{
    two t = two_chapters(state);
    const inc_node *details = t.there->first->next;
    assert_ptr_equal(target_of(&t, "../b/over%20there.html#details"), details);
    two u = two_chapters(state);
    assert_ptr_equal(target_of(&u, "#here"), u.heading);
    two v = two_chapters(state);
    v.heading->label = S("größe");
    assert_ptr_equal(target_of(&v, "#gr%C3%B6%C3%9Fe"), v.heading);
}

static void test_missing_label_falls_back_to_the_chapter(void **state)
{
    two t = two_chapters(state);
    assert_ptr_equal(target_of(&t, "../b/over%20there.md#detials"), t.there);
    assert_str(only_diag(&t.b, INC_DIAG_DANGLING_LINK)->hint, "did you mean '#details'? As it is, the link goes to the head of the chapter");
}

static void test_case_and_separators_of_a_label(void **state)
{
    two t = two_chapters(state);
    t.there->first->next->label = S("a_b_c-of-it");
    for (int i = 0; i < 50; i++) /* more than costly searches are made for */
        add_link(&t.b, t.from, "x", "../b/over%20there.md#zzz");
    target_of(&t, "../b/over%20there.md#A-B-C-of_it");
    assert_int_equal(count_diags(&t.b, INC_DIAG_DANGLING_LINK), 51);
    assert_str(t.b.diags->v[50].hint, "did you mean '#a_b_c-of-it'? As it is, the link goes to the head of the chapter");
}

static void test_label_without_its_sign(void **state)
{
    two t = two_chapters(state);
    t.heading->label = S("will-there-be");
    target_of(&t, "will-there-be");
    assert_str(only_diag(&t.b, INC_DIAG_LINK_LEAVES_BOOK)->hint, "did you mean '#will-there-be'?");
}

static void test_placeholders_in_links(void **state)
{
    two t = two_chapters(state);
    t.b.document->meta.base_url = S("https://example.org/book"); /* would only make it worse */
    target_of(&t, "{{#DOCS_URL}}/x.html");
    const inc_diag *diag = only_diag(&t.b, INC_DIAG_LINK_LEAVES_BOOK);
    assert_str(diag->message, "link '{{#DOCS_URL}}/x.html' has a placeholder that nobody filled in, and became plain text");
    assert_true(inc_str_starts(diag->hint, S("a preprocessor does that")));
    assert_str(all_text(&t.b, t.from), "See x");
}

static void test_redirects(void **state)
{
    const inc_str table[] = {
        S("/old/page.html"), S("../b/over there.html"), S("./gone.html"), S("old/page.html#details"), S("b/over there.html#past"), S("#details"),
        S("web.html"), S("https://example.org/w.html"), S("out.html"), S("../std/x.html"), S("round.html"), S("round.html"),
        S("old/index.html"), S("/c/index.html"), S("a/here.html"), S("../b/over there.html"),
    };
    struct { const char *url; int which; } cases[] = {
        {"../old/page.md", 1}, {"../old/page.html#details", 2}, {"/gone.html", 2}, {"../b/over%20there.md#past", 2}, {"../old/", 3}, {"here.md", 0},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        two t = two_chapters(state);
        t.b.options.redirects = table;
        t.b.options.redirect_count = INC_COUNT(table);
        const inc_node *want[] = {t.here, t.there, t.there->first->next, t.index}, *got = target_of(&t, cases[i].url);
        if (got != want[cases[i].which] || t.b.diags->n)
            fail_msg("%s: wrong target or %zu diagnostics", cases[i].url, t.b.diags->n);
    }
    two t = two_chapters(state);
    t.b.options.redirects = table;
    t.b.options.redirect_count = INC_COUNT(table);
    t.b.document->meta.base_url = S("https://example.org/book");
    inc_node *web = add_link(&t.b, t.from, "x", "../web.html#a"), *out = add_link(&t.b, t.from, "x", "../out.html");
    resolve(&t.b);
    assert_str(web->as.link.url, "https://example.org/w.html#a");
    assert_str(out->as.link.url, "https://example.org/std/x.html");
    assert_int_equal(t.b.diags->n, 0);
    two u = two_chapters(state);
    u.b.options.redirects = table;
    u.b.options.redirect_count = INC_COUNT(table);
    target_of(&u, "../round.md");
    only_diag(&u.b, INC_DIAG_DANGLING_LINK);
}

static void test_missing_chapter_leaves_the_text(void **state)
{
    two t = two_chapters(state);
    target_of(&t, "nowhere.md");
    only_diag(&t.b, INC_DIAG_DANGLING_LINK);
    assert_str(all_text(&t.b, t.from), "See x");
    assert_int_equal(t.from->last->kind, INC_NODE_TEXT);
    two u = two_chapters(state);
    target_of(&u, "");
    only_diag(&u.b, INC_DIAG_DANGLING_LINK);
    assert_str(all_text(&u.b, u.from), "See x");
}

static void test_links_out_of_the_book(void **state)
{
    two t = two_chapters(state);
    target_of(&t, "../../std/vec.html");
    only_diag(&t.b, INC_DIAG_LINK_LEAVES_BOOK);
    assert_int_equal(t.from->last->kind, INC_NODE_TEXT);

    two u = two_chapters(state);
    u.b.document->meta.base_url = S("https://example.org/book");
    inc_node *link = add_link(&u.b, u.from, "x", "../../std/vec.html#m?");
    inc_node *picture = add_link(&u.b, u.from, "x", "img/a.svg");
    resolve(&u.b);
    assert_true(link->as.link.external);
    assert_str(link->as.link.url, "https://example.org/std/vec.html#m?");
    assert_str(picture->as.link.url, "https://example.org/book/a/img/a.svg");
    assert_int_equal(u.b.diags->n, 0);
}

static void test_schemes(void **state)
{
    two t = two_chapters(state);
    inc_node *web = add_link(&t.b, t.from, "x", "HTTPS://example.org/#a");
    inc_node *mail = add_link(&t.b, t.from, "x", "mailto:a@example.org");
    inc_node *relative = add_link(&t.b, t.from, "x", "//example.org/y");
    inc_node *script = add_link(&t.b, t.from, "x", "javascript:alert(1)");
    script->label = S("kept");
    resolve(&t.b);
    assert_true(web->as.link.external && mail->as.link.external && relative->as.link.external);
    assert_str(relative->as.link.url, "https://example.org/y");
    only_diag(&t.b, INC_DIAG_LINK_LEAVES_BOOK);
    assert_int_equal(script->kind, INC_NODE_SPAN);
    assert_ptr_equal(inc_map_find(&t.b.document->labels, S("a-here#kept")), script);
}

static void test_fragments_work_across_a_split_file(void **state)
{
    book b = new_book(state);
    b.options.single_file = true;
    new_chapter(&b, "", 0, "", "essay.md");
    add_heading(&b, 1, "A");
    inc_node *link = add_link(&b, add_paragraph(&b, "x"), "x", "#same-1");
    add_heading(&b, 2, "Same");
    add_heading(&b, 1, "B");
    inc_node *same = add_heading(&b, 2, "Same");
    resolve(&b);
    assert_str(same->label, "same-1");
    assert_ptr_equal(link->as.link.target, same);
    assert_int_equal(b.diags->n, 0);
}

/* ---- references ---- */

static void test_references_are_filled_in(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "7", 0, "Seven", "seven.md");
    add_heading(&b, 1, "Seven");
    add_heading(&b, 2, "Heaps");
    inc_node *p = add_paragraph(&b, "See ");
    inc_node *figure = add_link(&b, p, "#", "#fig-x"), *section = add_link(&b, p, "#", "#heaps"), *chapter = add_link(&b, p, "#", "seven.md"),
             *front = add_link(&b, p, "#", "front.md"), *nothing = add_link(&b, p, "#", "#p");
    p->label = S("p");
    add_figure(&b, INC_FIGURE_FIGURE, "fig-x", "X");
    new_chapter(&b, "", 0, "Foreword", "front.md");
    resolve(&b);
    assert_str(all_text(&b, figure), "Figure 7-1");
    assert_str(all_text(&b, section), "Section 7.1");
    assert_str(all_text(&b, chapter), "Chapter 7");
    assert_str(all_text(&b, front), "Foreword");
    assert_str(all_text(&b, nothing), "#");
    only_diag(&b, INC_DIAG_NO_NUMBER);
}

static void test_wrong_numbers_are_told(void **state)
{
    struct { const char *text, *url; bool wrong; } cases[] = {
        {"Figure 7-1", "#fig-x", false}, {"Figure 7-3", "#fig-x", true}, {"the figure", "#fig-x", false}, {"Table 7-1", "#fig-x", true},
        {"Chapter 7", "#heaps", false}, {"Section 7.1", "#heaps", false}, {"Section 7.2", "#heaps", true}, {"Chapter 8", "seven.md", true},
        {"Chapter 7", "sub.md", false}, {"Chapter 7 of it", "seven.md", false},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        book b = new_book(state);
        new_chapter(&b, "7", 0, "Seven", "seven.md");
        add_heading(&b, 1, "Seven");
        add_heading(&b, 2, "Heaps");
        add_link(&b, add_paragraph(&b, "See "), cases[i].text, cases[i].url);
        add_figure(&b, INC_FIGURE_FIGURE, "fig-x", "X");
        new_chapter(&b, "8", 0, "Eight", "eight.md");
        new_chapter(&b, "7.1", 1, "Sub", "sub.md");
        resolve(&b);
        if (count_diags(&b, INC_DIAG_WRONG_NUMBER) != cases[i].wrong || b.diags->n != cases[i].wrong)
            fail_msg("%s -> %s", cases[i].text, cases[i].url);
    }
}

/* ---- images ---- */

static inc_node *add_image(book *b, const char *url, const char *alt)
{
    inc_node *n = add_block(b, add_block(b, NULL, INC_NODE_PARAGRAPH, NULL), INC_NODE_IMAGE, NULL);
    n->as.image.url = S(url);
    n->as.image.alt = S(alt);
    return n;
}

static book book_on_disk(void **state)
{
    book b = new_book(state);
    const char *root = getenv("INCIPIT_ROOT");
    b.options.reach = inc_strf(b.arena, "%s/tests", root);
    b.options.src = inc_strf(b.arena, "%s/tests/unit", root);
    new_chapter(&b, "1", 0, "One", "sub/one.md");
    return b;
}

static void test_images_are_found(void **state)
{
    book b = book_on_disk(state);
    inc_node *image = add_image(&b, "../harness%2Eh", "alt"), *absolute = add_image(&b, "/harness.h", "alt");
    inc_node *above = add_image(&b, "../../CMakeLists.txt", "alt");
    resolve(&b);
    assert_int_equal(b.diags->n, 0);
    assert_str(image->as.image.name, "harness.h");
    assert_str(absolute->as.image.name, "harness.h");
    assert_str(above->as.image.name, "../CMakeLists.txt");
    assert_true(inc_str_ends(image->as.image.file, S("/unit/harness.h")));
}

static void test_bad_images_are_errors(void **state)
{
    struct { const char *url; inc_diag_id id; } cases[] = {
        {"none.png", INC_DIAG_MISSING_IMAGE}, {"", INC_DIAG_MISSING_IMAGE}, {"../../../CMakeLists.txt", INC_DIAG_OUTSIDE_BOOK},
        {"data:image/png;base64,AA", INC_DIAG_MISSING_IMAGE}, {"file:///etc/x.png", INC_DIAG_MISSING_IMAGE},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        book b = book_on_disk(state);
        inc_node *image = add_image(&b, cases[i].url, "alt");
        resolve(&b);
        assert_int_equal(only_diag(&b, cases[i].id)->severity, INC_ERROR);
        assert_str(image->as.image.file, "");
        assert_str(image->as.image.alt, "alt");
    }
}

static void test_images_on_the_web_become_links(void **state)
{
    struct { const char *url, *alt, *words, *target; } cases[] = {
        {"https://example.org/a%20x.png?v=4", "an x", "an x", "https://example.org/a%20x.png?v=4"},
        {"HTTP://example.org/x.png?v=4", " ", "x.png", "HTTP://example.org/x.png?v=4"},
        {"//example.org/", "", "//example.org/", "https://example.org/"},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        book b = book_on_disk(state);
        inc_node *image = add_image(&b, cases[i].url, cases[i].alt);
        resolve(&b);
        assert_int_equal(only_diag(&b, INC_DIAG_REMOTE_IMAGE)->severity, INC_WARNING);
        assert_int_equal(image->kind, INC_NODE_LINK);
        assert_true(image->as.link.external);
        assert_str(image->as.link.url, cases[i].target);
        assert_str(inc_node_flatten(b.arena, image, true), cases[i].words);
    }
}

static void test_badges_keep_their_link(void **state)
{
    book b = book_on_disk(state);
    inc_node *image = add_image(&b, "https://example.org/badge.svg", "version 1"), *paragraph = image->parent;
    inc_node *link = add_block(&b, paragraph, INC_NODE_LINK, NULL);
    link->as.link.url = S("https://example.org/crate");
    inc_node_detach(image);
    inc_node_append(link, image);
    resolve(&b);
    only_diag(&b, INC_DIAG_REMOTE_IMAGE);
    assert_str(link->as.link.url, "https://example.org/crate");
    assert_ptr_equal(link->first, link->last);
    assert_int_equal(link->first->kind, INC_NODE_TEXT);
    assert_str(link->first->as.text.text, "version 1");
}

/* Without a caption there is no figure left; with one it keeps its number. */
static void test_figures_on_the_web(void **state)
{
    for (int captioned = 0; captioned < 2; captioned++) {
        book b = book_on_disk(state);
        inc_node *figure = add_block(&b, NULL, INC_NODE_FIGURE, NULL), *paragraph = add_block(&b, figure, INC_NODE_PARAGRAPH, NULL);
        inc_node *image = add_block(&b, paragraph, INC_NODE_IMAGE, NULL);
        image->as.image.url = S("https://example.org/x.png");
        image->as.image.alt = S("an x");
        if (captioned)
            inc_node_append(add_block(&b, figure, INC_NODE_CAPTION, NULL), inc_node_text(b.arena, S("An x"), INC_NO_SPAN));
        resolve(&b);
        only_diag(&b, INC_DIAG_REMOTE_IMAGE);
        assert_int_equal(paragraph->parent->kind, captioned ? INC_NODE_FIGURE : INC_NODE_CHAPTER);
        if (captioned)
            assert_str(figure->as.figure.number, "1-1");
    }
}

static void test_alt_text_is_asked_for(void **state)
{
    book b = book_on_disk(state);
    add_image(&b, "/harness.h", " ");
    inc_node *decorative = add_image(&b, "/harness.h", "");
    inc_node_add_class(b.arena, decorative, S("decorative"));
    add_image(&b, "/harness.h", "")->as.image.decorative = true;
    resolve(&b);
    only_diag(&b, INC_DIAG_MISSING_ALT);
    assert_true(decorative->as.image.decorative);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_heading_ids_follow_mdbook),
        TEST(test_written_labels_go_first),
        TEST(test_chapter_names_are_unique),
        TEST(test_many_equal_headings_stay_cheap),
        TEST(test_links_find_chapters),
        TEST(test_links_find_labels),
        TEST(test_missing_label_falls_back_to_the_chapter),
        TEST(test_case_and_separators_of_a_label),
        TEST(test_label_without_its_sign),
        TEST(test_placeholders_in_links),
        TEST(test_redirects),
        TEST(test_missing_chapter_leaves_the_text),
        TEST(test_links_out_of_the_book),
        TEST(test_schemes),
        TEST(test_fragments_work_across_a_split_file),
        TEST(test_references_are_filled_in),
        TEST(test_wrong_numbers_are_told),
        TEST(test_images_are_found),
        TEST(test_bad_images_are_errors),
        TEST(test_images_on_the_web_become_links),
        TEST(test_badges_keep_their_link),
        TEST(test_figures_on_the_web),
        TEST(test_alt_text_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
