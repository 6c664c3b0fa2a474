/* test_index.c - the order of an index, its nodes, and what links say on paper. */
#include "resolve_book.h"

#include "resolve/collate.h"

/* ---- order ---- */

static void test_order_of_terms(void **state)
{
    static const char *const sorted[] = {"&mut", "-> (arrow)", "_ (underscore)", "2-inch plank", "10 things", "Æolus", "almanac", "éclair", "Éclair", "eclairs", "`for`",
                                         "forest", "knot", "knot hitch", "knots", "naïve", "öre", "Orkney", "straße", "strasse b", "zebra", "Ёлка", "жук"};
    for (size_t i = 0; i < INC_COUNT(sorted); i++)
        for (size_t k = 0; k < INC_COUNT(sorted); k++) {
            inc_collation a = inc_collation_of(*state, S(sorted[i])), b = inc_collation_of(*state, S(sorted[k]));
            int order = inc_collation_compare(&a, &b);
            if ((order < 0) != (i < k) && i != k)
                fail_msg("'%s' and '%s': %d", sorted[i], sorted[k], order);
            assert_true(i != k || order == 0);
        }
}

static void test_heads_of_letters(void **state)
{
    static const char *const terms[] = {"apple", "Ärger", "ßmall", "жук", "ÿ", "9 lives", "ωμέγα"}, *const heads[] = {"A", "A", "S", "Ж", "Y", "0–9", "Ω"};
    for (size_t i = 0; i < INC_COUNT(terms); i++) {
        inc_collation key = inc_collation_of(*state, S(terms[i]));
        assert_str(inc_collation_head(*state, &key), heads[i]);
    }
}

/* ---- nodes ---- */

static inc_node *mark(book *b, inc_node *parent, const char *term, const char *name, const char *value)
{
    inc_node *m = inc_node_new(b->arena, INC_NODE_INDEX_MARK, (inc_span){1, 0, 0});
    m->as.index_mark.term = S(term);
    if (name)
        inc_node_set_attribute(b->arena, m, S(name), S(value));
    inc_node_append(parent, m);
    return m;
}

/* "term, pages" a line, indented by level; a page is @, a range @-@, a principal one @!. */
static void write_entries(const book *b, const inc_node *parent, unsigned depth, inc_buf *out)
{
    for (const inc_node *child = parent->first; child; child = child->next) {
        if (child->kind == INC_NODE_HEADING)
            inc_buf_printf(out, "[%.*s]\n", INC_STR_ARG(child->first->as.text.text));
        else if (child->kind == INC_NODE_LIST)
            write_entries(b, child, depth + (parent->kind == INC_NODE_ITEM), out);
        else if (child->kind == INC_NODE_ITEM)
            write_entries(b, child, depth, out);
        else {
            inc_buf_printf(out, "%*s", (int)depth * 2, "");
            for (inc_walk w = inc_walk_begin(child); inc_walk_next(&w);) {
                if (w.enter && (w.node->kind == INC_NODE_TEXT || w.node->kind == INC_NODE_CODE_SPAN))
                    inc_buf_add(out, w.node->as.text.text);
                if (w.enter && w.node->kind == INC_NODE_PAGE_REF)
                    inc_buf_printf(out, "@%s%s", w.node->as.page_ref.end ? "-@" : "", inc_node_has_class(w.node, "main") ? "!" : "");
            }
            inc_buf_byte(out, '\n');
        }
    }
}

static inc_str index_of(const book *b)
{
    inc_buf out = inc_buf_in(b->arena);
    for (inc_walk w = inc_walk_begin(b->document->book); inc_walk_next(&w);)
        if (w.enter && w.node->kind == INC_NODE_DIV && inc_node_has_class(w.node, "index"))
            write_entries(b, w.node, 0, &out);
    return inc_buf_str(&out);
}

static void test_entries_and_their_pages(void **state)
{
    book b = new_book(state);
    b.options.index = true;
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *p = add_paragraph(&b, "x");
    mark(&b, p, "waker; cloning", NULL, NULL);
    mark(&b, p, " waker ;  cloning", NULL, NULL);
    mark(&b, p, "waker", "main", "");
    mark(&b, p, "`Arc`; `a;b`", NULL, NULL);
    mark(&b, p, "rope", "range", "begin");
    mark(&b, p, "rope", "range", "end");
    mark(&b, p, "hawser", "see", "rope");
    mark(&b, p, "waker", "seealso", "`Arc`; `a;b`");
    resolve(&b);
    assert_str(index_of(&b), "[A]\nArc\n  a;b, @\n[H]\nhawser, see rope\n[R]\nrope, @-@\n[W]\nwaker, @!@; see also Arc, a;b\n  cloning, @@\n");
    assert_int_equal(b.diags->n, 0);
    const inc_node *last = b.document->book->last;
    assert_int_equal(last->as.chapter.role, INC_ROLE_INDEX);
    assert_str(last->as.chapter.title, "Index");
}

static void test_index_stands_where_it_is_asked_for(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *heading = add_heading(&b, 1, "One");
    inc_node_set_attribute(b.arena, heading, S("data-index"), S("first"));
    inc_node *chapter = new_chapter(&b, "", 0, "Register", "register.md");
    chapter->as.chapter.role = INC_ROLE_SUFFIX;
    inc_node *div = add_block(&b, NULL, INC_NODE_DIV, NULL);
    inc_node_add_class(b.arena, div, S("index"));
    resolve(&b);
    assert_str(index_of(&b), "[F]\nfirst, @\n");
    assert_int_equal(chapter->as.chapter.role, INC_ROLE_INDEX);
    assert_ptr_equal(b.document->book->last, chapter);
    assert_int_equal(b.diags->n, 0);
}

static void test_what_an_index_lacks_is_said(void **state)
{
    static const struct { const char *term, *name, *value; bool index; inc_diag_id id; } cases[] = {
        {"a", "see", "b", true, INC_DIAG_INDEX_SEE}, {"a", "range", "begin", true, INC_DIAG_INDEX_RANGE}, {"a", "range", "end", true, INC_DIAG_INDEX_RANGE},
        {" ; ", NULL, NULL, false, INC_DIAG_INDEX_EMPTY}, {"a", NULL, NULL, false, INC_DIAG_NO_INDEX},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        book b = new_book(state);
        b.options.index = cases[i].index;
        new_chapter(&b, "1", 0, "One", "one.md");
        mark(&b, add_paragraph(&b, "x"), cases[i].term, cases[i].name, cases[i].value);
        resolve(&b);
        only_diag(&b, cases[i].id);
    }
}

/* ---- links on paper ---- */

static inc_str paper_text(const book *b, const inc_node *root)
{
    inc_buf out = inc_buf_in(b->arena);
    for (inc_walk w = inc_walk_begin(root); inc_walk_next(&w);) {
        if (!w.enter)
            continue;
        if (w.node->kind == INC_NODE_TEXT)
            inc_buf_add(&out, w.node->as.text.text);
        else if (w.node->kind == INC_NODE_PAGE_REF)
            inc_buf_byte(&out, '@');
        else if (w.node->kind == INC_NODE_NOTE_REF)
            inc_buf_printf(&out, "^%u", inc_note_paper_number(w.node->as.note_ref.note));
    }
    return inc_buf_str(&out);
}

static void test_links_name_their_pages(void **state)
{
    book b = new_book(state);
    b.options.page_references = true;
    new_chapter(&b, "1", 0, "One", "one.md");
    add_link(&b, add_heading(&b, 1, "See "), "two", "two.md");
    inc_node *p = add_paragraph(&b, "Read ");
    add_link(&b, p, "Two", "two.md");
    inc_node_append(p, inc_node_text(b.arena, S(" twice, "), INC_NO_SPAN));
    add_link(&b, p, "Two", "two.md");
    inc_node *inner = add_paragraph(&b, "(or ");
    add_link(&b, inner, "Two", "two.md");
    new_chapter(&b, "2", 0, "Two", "two.md");
    add_heading(&b, 1, "Two");
    add_paragraph(&b, "text");
    resolve(&b);
    assert_str(paper_text(&b, p), "Read Two (page\xC2\xA0@) twice, Two");
    assert_str(paper_text(&b, inner), "(or Two [page\xC2\xA0@]");
    assert_null(b.chapter->first->last->next);
}

static void test_addresses_are_noted_once(void **state)
{
    book b = new_book(state);
    inc_node *chapter = new_chapter(&b, "1", 0, "One", "one.md");
    add_heading(&b, 1, "One");
    inc_node *p = add_paragraph(&b, "");
    add_link(&b, p, "A", "https://a.example/");
    add_note_ref(&b, p, "own");
    add_link(&b, p, "b.example", "https://b.example/");
    add_link(&b, p, "again", "https://a.example/");
    inc_node *note = add_note(&b, "own", "mine ");
    add_link(&b, note->first, "C", "https://c.example");
    resolve(&b);
    assert_str(paper_text(&b, p), "A^1^2b.exampleagain^1");
    assert_int_equal(note->as.note.number, 1);
    assert_int_equal(note->as.note.paper_number, 2);
    assert_str(paper_text(&b, note), "mine C (https://c.example)");
    assert_true(chapter->last->paper);
    assert_str(paper_text(&b, chapter->last), "https://a.example/");
}

static void test_addresses_as_a_list(void **state)
{
    book b = new_book(state);
    b.options.url_notes = INC_URLS_LIST;
    inc_node *chapter = new_chapter(&b, "1", 0, "One", "one.md");
    add_heading(&b, 1, "One");
    inc_node *p = add_paragraph(&b, "");
    add_link(&b, p, "A", "https://a.example/");
    add_link(&b, p, "B", "https://b.example/");
    add_link(&b, p, "A", "https://a.example/");
    resolve(&b);
    assert_str(paper_text(&b, p), "A\xC2\xA0[1]B\xC2\xA0[2]A\xC2\xA0[1]");
    assert_str(paper_text(&b, chapter->last), "Linkshttps://a.example/https://b.example/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_order_of_terms), TEST(test_heads_of_letters), TEST(test_entries_and_their_pages), TEST(test_index_stands_where_it_is_asked_for),
        TEST(test_what_an_index_lacks_is_said), TEST(test_links_name_their_pages), TEST(test_addresses_are_noted_once), TEST(test_addresses_as_a_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
