/* test_resolve_text.c - typographic punctuation and footnotes. */
#include "resolve_book.h"

#include "resolve/letters.h"

/* ---- punctuation ---- */

static inc_str smart(void **state, const char *language, const char *text)
{
    book b = new_book(state);
    b.document->meta.language = S(language);
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *p = add_paragraph(&b, text);
    resolve(&b);
    return p->first->as.text.text;
}

static void test_english_quotes(void **state)
{
    const char *cases[][2] = {
        {"\"Hello,\" she said.", "“Hello,” she said."},
        {"\"It's 'fine', isn't it?\"", "“It’s ‘fine’, isn’t it?”"},
        {"the dogs' \"bones\"", "the dogs’ “bones”"},
        {"'tis the '90s", "’tis the ’90s"},
        {"(\"x\") [\"y\"] \"z\"!", "(“x”) [“y”] “z”!"},
        {"f('a')'s", "f(‘a’)’s"},
        {"5\" wide", "5” wide"},
        {"\"unclosed", "“unclosed"},
        {"a -- b --- c ---- d ----- e - f", "a – b — c –– d —– e - f"},
        {"wait... what....", "wait… what…."},
        {"..", ".."},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++)
        assert_str(smart(state, "en", cases[i][0]), cases[i][1]);
}

static void test_languages(void **state)
{
    const char *text = "Er: \"Das 'Wort'!\"";
    assert_str(smart(state, "de", text), "Er: „Das ‚Wort‘!“");
    assert_str(smart(state, "de-CH", text), "Er: «Das ‹Wort›!»");
    assert_str(smart(state, "fr", text), "Er: «\u202FDas “Wort”!\u202F»");
    assert_str(smart(state, "es-MX", text), "Er: «Das “Wort”!»");
    assert_str(smart(state, "sv", text), "Er: ”Das ’Wort’!”");
    assert_str(smart(state, "pl", text), "Er: „Das «Wort»!”");
    assert_str(smart(state, "da", text), "Er: »Das ›Wort‹!«");
    assert_str(smart(state, "xx", text), "Er: “Das ‘Wort’!”");
    assert_str(smart(state, "fr", "Quoi ? Oui : non !"), "Quoi\u202F? Oui\u00A0: non\u202F!");
}

static void test_quotes_flow_across_inlines(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *p = add_paragraph(&b, "\"");
    inc_node *em = add_block(&b, p, INC_NODE_SPAN, "No");
    add_block(&b, p, INC_NODE_TEXT, NULL)->as.text.text = S("\", said ");
    add_block(&b, p, INC_NODE_CODE_SPAN, NULL)->as.text.text = S("it's \"x\"");
    add_block(&b, p, INC_NODE_TEXT, NULL)->as.text.text = S("'s \"");
    add_block(&b, p, INC_NODE_CODE_SPAN, NULL)->as.text.text = S("y");
    add_block(&b, p, INC_NODE_TEXT, NULL)->as.text.text = S("\"");
    inc_node *next = add_paragraph(&b, "\"new\"");
    resolve(&b);
    assert_str(all_text(&b, p), "“No”, said it's \"x\"’s “y”");
    assert_str(all_text(&b, em), "No");
    assert_str(all_text(&b, next), "“new”");
}

static void test_quotes_follow_the_nearest_language(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *p = add_paragraph(&b, "\"a\" ");
    add_block(&b, p, INC_NODE_SPAN, "\"b\"")->lang = S("de");
    resolve(&b);
    assert_str(all_text(&b, p), "“a” „b“");
}

static void test_note_reference_closes_a_quote(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *p = add_paragraph(&b, "He said \"so\"");
    add_note_ref(&b, p, "a");
    add_block(&b, p, INC_NODE_TEXT, NULL)->as.text.text = S("and went.");
    add_note(&b, "a", "note");
    resolve(&b);
    assert_str(p->first->as.text.text, "He said “so”");
}

static void test_punctuation_can_stay_as_written(void **state)
{
    book b = new_book(state);
    b.options.smart_punctuation = false;
    inc_node *c = new_chapter(&b, "1", 0, "It's", "one.md");
    inc_node *p = add_paragraph(&b, "\"a\" -- b");
    resolve(&b);
    assert_str(p->first->as.text.text, "\"a\" -- b");
    assert_str(c->as.chapter.title, "It's");
}

static void test_escaped_punctuation_stays(void **state)
{
    struct { const char *source, *text, *want; } cases[] = {
        {"a \\\"b\\\" 'c'", "a \"b\" 'c'", "a \"b\" ‘c’"},
        {"&quot;b\" \\-- x", "\"b\" -- x", "\"b” -- x"},
        {"R&D \\... &amp; it's", "R&D ... & it's", "R&D ... & it’s"},
        {"&#39;tis isn't", "'tis isn't", "'tis isn’t"},
        {"plain \"x\"", "plain \"x\"", "plain “x”"},
        {"elsewhere", "\"x\"", "“x”"},
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        book b = new_book(state);
        uint32_t file = inc_sources_add(b.document->sources, S("one.md"), S("one.md"), S(cases[i].source));
        new_chapter(&b, "1", 0, "One", "one.md");
        inc_node *p = add_paragraph(&b, cases[i].text);
        p->first->span = (inc_span){file, 0, (uint32_t)strlen(cases[i].source)};
        resolve(&b);
        if (!inc_str_is(p->first->as.text.text, cases[i].want))
            fail_msg("%s: got %.*s", cases[i].source, INC_STR_ARG(p->first->as.text.text));
    }
}

static void test_titles_are_smart_too(void **state)
{
    book b = new_book(state);
    inc_node *c = new_chapter(&b, "1", 0, "What's \"new\"", "one.md");
    resolve(&b);
    assert_str(c->as.chapter.title, "What’s “new”");
    assert_str(all_text(&b, c->first), "1 What’s “new”");
}

/* ---- letters ---- */

static void test_letters(void **state)
{
    (void)state;
    assert_int_equal(inc_lower('Z'), 'z');
    assert_int_equal(inc_lower(0xC4), 0xE4);
    assert_int_equal(inc_lower(0x178), 0xFF);
    assert_int_equal(inc_lower(0x100), 0x101);
    assert_int_equal(inc_lower(0x101), 0x101);
    assert_int_equal(inc_lower(0x3A9), 0x3C9);
    assert_int_equal(inc_lower(0x42F), 0x44F);
    assert_int_equal(inc_lower(0x10FFFF), 0x10FFFF);
    assert_int_equal(inc_lower(0xD7), 0xD7);
    assert_true(inc_is_letter_or_digit(0x4E2D) && inc_is_letter_or_digit(0x663) && inc_is_letter_or_digit(0xB2));
    assert_false(inc_is_letter_or_digit(0x2019) || inc_is_letter_or_digit(0xD7) || inc_is_letter_or_digit(0x1F600) || inc_is_letter_or_digit(0x80));
}

/* ---- notes ---- */

static void test_notes_are_numbered_by_first_reference(void **state)
{
    book b = new_book(state);
    inc_node *c = new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *a = add_note(&b, "a", "A"), *z = add_note(&b, "z", "Z");
    inc_node *p = add_paragraph(&b, "text");
    inc_node *first = add_note_ref(&b, p, "Z"), *second = add_note_ref(&b, p, "a"), *again = add_note_ref(&b, p, "z");
    resolve(&b);
    assert_ptr_equal(first->as.note_ref.note, z);
    assert_int_equal(z->as.note.number, 1);
    assert_int_equal(z->as.note.references, 2);
    assert_int_equal(again->as.note_ref.ordinal, 2);
    assert_int_equal(second->as.note_ref.ordinal, 1);
    assert_int_equal(a->as.note.number, 2);
    assert_ptr_equal(c->last, a);
    assert_ptr_equal(a->prev, z);
    assert_int_equal(b.diags->n, 0);
}

static void test_notes_cite_notes(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *p = add_paragraph(&b, "text");
    inc_node *inner = add_note(&b, "inner", "I"), *outer = add_note(&b, "outer", "O"), *self = add_note(&b, "self", "S"), *next = add_note(&b, "next", "N");
    add_note_ref(&b, outer->first, "inner");
    add_note_ref(&b, self->first, "self");
    add_note_ref(&b, p, "outer");
    add_note_ref(&b, p, "next");
    resolve(&b);
    assert_int_equal(outer->as.note.number, 1);
    assert_int_equal(inner->as.note.number, 2); /* it stands below the one that calls it, before that of the text */
    assert_int_equal(next->as.note.number, 3);
    assert_null(self->parent);
    only_diag(&b, INC_DIAG_UNUSED_NOTE);
}

static void test_undefined_reference_stays(void **state)
{
    book b = new_book(state);
    new_chapter(&b, "1", 0, "One", "one.md");
    inc_node *ref = add_note_ref(&b, add_paragraph(&b, "text"), "none");
    new_chapter(&b, "2", 0, "Two", "two.md");
    add_note(&b, "none", "of another chapter");
    resolve(&b);
    assert_null(ref->as.note_ref.note);
    only_diag(&b, INC_DIAG_UNUSED_NOTE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_english_quotes),
        TEST(test_languages),
        TEST(test_quotes_flow_across_inlines),
        TEST(test_quotes_follow_the_nearest_language),
        TEST(test_note_reference_closes_a_quote),
        TEST(test_punctuation_can_stay_as_written),
        TEST(test_escaped_punctuation_stays),
        TEST(test_titles_are_smart_too),
        TEST(test_letters),
        TEST(test_notes_are_numbered_by_first_reference),
        TEST(test_notes_cite_notes),
        TEST(test_undefined_reference_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
