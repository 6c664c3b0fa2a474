/* test_lint.c - each finding on pages typed in by hand: where it must be seen, and the nearest case where it must not.
 */
#include "harness.h"

#include "base/vec.h"
#include "lint/lint.h"

enum { PAGES_MAX = 4, MARKS_MAX = 256, LEFT = 66, RIGHT = 408, HEAD = 70, FOOT = 658 };

/* A book of up to four pages with a text block from (66, 70) to (408, 658); each letter is half an em wide, the word
 * space too. */
typedef struct fixture {
    inc_arena *arena;
    inc_pages pages;
    inc_diags *diags;
    inc_tag *chapter;
    inc_len size;
} fixture;

static inc_tag *add_tag(fixture *f, inc_tag *parent, inc_tag_kind kind)
{
    inc_tag *tag = INC_NEW(f->arena, inc_tag);
    tag->kind = kind;
    tag->parent = parent;
    tag->id = ++f->pages.tag_count;
    tag->span = (inc_span){1, tag->id * 10, 5};
    if (parent) {
        *(parent->last ? &parent->last->next : &parent->first) = tag;
        parent->last = tag;
    }
    return tag;
}

static fixture begin(inc_arena *arena, size_t page_count)
{
    static const char *const labels[PAGES_MAX] = {"1", "2", "3", "4"};
    fixture f = {.arena = arena, .diags = inc_diags_new(arena), .size = 10 * INC_PT};
    f.pages.pages = INC_NEW_N(arena, inc_page, PAGES_MAX);
    f.pages.page_count = page_count;
    f.pages.width = 504 * INC_PT;
    f.pages.height = 720 * INC_PT;
    for (size_t i = 0; i < PAGES_MAX; i++)
        f.pages.pages[i] = (inc_page){.label = inc_str_of(labels[i]),
                                      .recto = i % 2 == 0,
                                      .marks = INC_NEW_N(arena, inc_mark, MARKS_MAX),
                                      .frame_x0 = LEFT * INC_PT,
                                      .frame_y0 = HEAD * INC_PT,
                                      .frame_x1 = RIGHT * INC_PT,
                                      .frame_y1 = FOOT * INC_PT};
    f.pages.tags = add_tag(&f, NULL, INC_TAG_DOCUMENT);
    f.chapter = add_tag(&f, f.pages.tags, INC_TAG_SECT);
    return f;
}

static inc_mark *add_mark(fixture *f, unsigned page, inc_mark mark)
{
    inc_page *to = &f->pages.pages[page];
    assert_true(to->mark_count < MARKS_MAX);
    mark.color[INC_SCREEN] = mark.color[INC_PRINT] = (inc_color){0, 0, 0, 255};
    to->marks[to->mark_count] = mark;
    return &to->marks[to->mark_count++];
}

/* A word with the space that follows it; its glyphs are a letter a byte. */
static inc_mark *add_word(fixture *f, unsigned page, inc_tag *tag, inc_len x, inc_len y, inc_str text)
{
    inc_glyph_run *run = INC_NEW(f->arena, inc_glyph_run);
    *run = (inc_glyph_run){.size = f->size,
                           .count = (uint32_t)text.n,
                           .length = (uint32_t)text.n,
                           .glyphs = INC_NEW_N(f->arena, inc_glyph, text.n)};
    for (uint32_t i = 0; i < run->count; i++)
        run->glyphs[i] = (inc_glyph){.gid = 1, .advance = (int32_t)(f->size / 2), .cluster = i};
    inc_len width = f->size / 2 * (inc_len)inc_str_trim(text).n;
    return add_mark(f, page,
                    (inc_mark){.kind = INC_MARK_TEXT,
                               .tag = tag,
                               .x = x,
                               .y = y,
                               .width = width,
                               .as.text = {.run = run, .count = run->count, .text = text}});
}

/* A line from x on (both in pt), its word spaces `percent` of the normal. */
static void add_line(fixture *f, unsigned page, inc_tag *tag, int x, int y, const char *words, int percent)
{
    inc_len at = x * INC_PT;
    for (inc_str rest = inc_str_of(words); rest.n;) {
        size_t space = inc_str_find_char(rest, ' ');
        size_t n = space == INC_NPOS ? rest.n : space + 1;
        inc_mark *mark = add_word(f, page, tag, at, y * INC_PT, inc_str_slice(rest, 0, n));
        at += mark->width + inc_len_scale(f->size / 2, percent, 100);
        rest = inc_str_slice(rest, n, rest.n);
    }
}

static void add_lines(fixture *f, unsigned page, inc_tag *tag, int y, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        add_line(f, page, tag, LEFT, y + 14 * (int)i, "some words of ordinary length in a line", 100);
}

static unsigned found(const fixture *f, inc_diag_id id)
{
    unsigned n = 0;
    for (size_t i = 0; i < f->diags->n; i++)
        n += f->diags->v[i].id == id;
    return n;
}

/* Runs lint: there must be just `count` findings, all of that kind. */
static const inc_diag *expect(fixture *f, inc_diag_id id, unsigned count)
{
    f->diags = inc_diags_new(f->arena);
    inc_lint(&f->pages, 0, f->diags);
    for (size_t i = 0; i < f->diags->n; i++)
        if (f->diags->v[i].id != id || count == 0)
            fail_msg("found %s: %.*s", inc_diag_info_of(f->diags->v[i].id)->name, INC_STR_ARG(f->diags->v[i].message));
    assert_int_equal(found(f, id), count);
    return count ? &f->diags->v[0] : NULL;
}

static void expect_nothing(fixture *f)
{
    expect(f, INC_DIAG_COUNT, 0);
}

/* ---- breaks ---- */

/* Eight lines of prose so that a page is not short. */
static void fill(fixture *f, unsigned page, int y)
{
    add_lines(f, page, add_tag(f, f->chapter, INC_TAG_P), y, 8);
}

static fixture paragraph_over_pages(inc_arena *arena, inc_tag_kind kind, unsigned before, unsigned after)
{
    fixture f = begin(arena, 2);
    inc_tag *parent = kind == INC_TAG_P ? f.chapter : add_tag(&f, f.chapter, kind);
    inc_tag *p = add_tag(&f, parent, INC_TAG_P);
    fill(&f, 0, 100);
    add_lines(&f, 0, p, 600, before);
    add_lines(&f, 1, p, 80, after);
    fill(&f, 1, 300);
    return f;
}

static void test_uneven_spread(void **state)
{
    fixture f = begin(*state, 4);
    for (unsigned page = 0; page < 4; page++)
        fill(&f, page, 400);
    expect_nothing(&f);
    fill(&f, 1, 514); /* the left-hand page goes on for eight lines */
    const inc_diag *diag = expect(&f, INC_DIAG_UNEVEN_SPREAD, 1);
    assert_str(diag->page, "3");
    assert_str(diag->message, "the page ends 114 pt above the one beside it");
    assert_true(diag->span.file);
    fill(&f, 2, 500); /* a line less is nothing */
    expect_nothing(&f);
    f.pages.page_count = 3; /* a chapter's last page ends where it ends */
    f.pages.pages[2].mark_count = 0;
    fill(&f, 2, 100);
    expect_nothing(&f);
}

static void test_far_float(void **state)
{
    fixture f = begin(*state, 4);
    for (unsigned page = 0; page < 4; page++)
        fill(&f, page, 300);
    inc_tag *figure = add_tag(&f, f.chapter, INC_TAG_DIV), *picture = add_tag(&f, figure, INC_TAG_FIGURE);
    inc_tag *behind = add_tag(&f, f.chapter, INC_TAG_P);
    inc_mark image = {.kind = INC_MARK_IMAGE, .tag = picture, .x = LEFT * INC_PT, .y = 80 * INC_PT, .width = 100 * INC_PT, .height = 100 * INC_PT};
    add_mark(&f, 2, image);
    add_lines(&f, 1, behind, 600, 2); /* a left-hand page: the figure is beside it */
    add_lines(&f, 2, behind, 600, 2);
    expect_nothing(&f);
    f = begin(*state, 4);
    for (unsigned page = 0; page < 4; page++)
        fill(&f, page, page == 1 ? 328 : 300);
    figure = add_tag(&f, f.chapter, INC_TAG_DIV);
    image.tag = add_tag(&f, figure, INC_TAG_FIGURE);
    behind = add_tag(&f, f.chapter, INC_TAG_P);
    add_mark(&f, 3, image);
    add_lines(&f, 2, behind, 412, 2);
    add_lines(&f, 3, behind, 412, 2);
    const inc_diag *diag = expect(&f, INC_DIAG_FAR_FLOAT, 1);
    assert_str(diag->page, "4");
    assert_str(diag->message, "the figure stands overleaf from its place on page 3");
    assert_int_equal(diag->span.offset, figure->span.offset);
}

static void test_orphan(void **state)
{
    fixture f = paragraph_over_pages(*state, INC_TAG_P, 1, 3);
    const inc_diag *diag = expect(&f, INC_DIAG_ORPHAN, 1);
    assert_str(diag->page, "1");
    assert_int_equal(diag->severity, INC_NOTE);
    assert_int_equal(diag->span.offset, 30);
    f = paragraph_over_pages(*state, INC_TAG_P, 1, 1);
    expect(&f, INC_DIAG_ORPHAN, 1);
    f = paragraph_over_pages(*state, INC_TAG_P, 2, 2);
    expect_nothing(&f);
    f = paragraph_over_pages(*state, INC_TAG_P, 1, 0);
    expect_nothing(&f);
}

static void test_widow(void **state)
{
    fixture f = paragraph_over_pages(*state, INC_TAG_LBODY, 3, 1);
    assert_str(expect(&f, INC_DIAG_WIDOW, 1)->page, "2");
    f = paragraph_over_pages(*state, INC_TAG_P, 3, 2);
    expect_nothing(&f);
}

static void test_only_running_text_has_widows(void **state)
{
    static const inc_tag_kind others[] = {INC_TAG_TD, INC_TAG_TOCI, INC_TAG_CAPTION};
    for (size_t i = 0; i < INC_COUNT(others); i++) {
        fixture f = paragraph_over_pages(*state, others[i], 3, 1);
        expect_nothing(&f);
    }
    fixture f = begin(*state, 2);
    inc_tag *code = add_tag(&f, add_tag(&f, f.chapter, INC_TAG_P), INC_TAG_CODE);
    fill(&f, 0, 100);
    add_lines(&f, 0, code, 600, 1);
    add_lines(&f, 1, code, 80, 3);
    fill(&f, 1, 300);
    expect_nothing(&f);
    f = paragraph_over_pages(*state, INC_TAG_P, 3, 1);
    f.chapter->first->span = INC_NO_SPAN; /* generated */
    expect_nothing(&f);
}

/* A line of nothing but code is a line all the same. */
static void test_code_in_a_paragraph(void **state)
{
    fixture f = begin(*state, 2);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P), *code = add_tag(&f, p, INC_TAG_CODE);
    fill(&f, 0, 100);
    add_lines(&f, 0, p, 600, 2);
    add_lines(&f, 1, code, 80, 1);
    fill(&f, 1, 300);
    expect(&f, INC_DIAG_WIDOW, 1);
}

static fixture heading_at_foot(inc_arena *arena, unsigned below)
{
    fixture f = begin(arena, 2);
    inc_tag *heading = add_tag(&f, f.chapter, INC_TAG_H2), *p = add_tag(&f, f.chapter, INC_TAG_P),
            *note = add_tag(&f, f.chapter, INC_TAG_NOTE);
    fill(&f, 0, 100);
    add_line(&f, 0, heading, LEFT, 580, "On being left behind", 100);
    add_lines(&f, 0, p, 600, below);
    add_lines(&f, 0, add_tag(&f, note, INC_TAG_P), 640, 2);
    add_lines(&f, 1, p, 80, 3);
    fill(&f, 1, 300);
    return f;
}

static void test_stranded_heading(void **state)
{
    fixture f = heading_at_foot(*state, 0);
    assert_int_equal(expect(&f, INC_DIAG_STRANDED_HEADING, 1)->span.offset, 30);
    f = heading_at_foot(*state, 2);
    expect_nothing(&f);
    f = heading_at_foot(*state, 0);
    add_mark(&f, 0,
             (inc_mark){.kind = INC_MARK_IMAGE,
                        .x = LEFT * INC_PT,
                        .y = 590 * INC_PT,
                        .width = 90 * INC_PT,
                        .height = 40 * INC_PT});
    expect_nothing(&f);
}

/* One line below the heading: too few if the text goes on, all there is if the next section follows. */
static void test_heading_with_a_short_section(void **state)
{
    fixture f = begin(*state, 2);
    inc_tag *heading = add_tag(&f, f.chapter, INC_TAG_H2), *p = add_tag(&f, f.chapter, INC_TAG_P),
            *next = add_tag(&f, f.chapter, INC_TAG_H2);
    fill(&f, 0, 100);
    add_line(&f, 0, heading, LEFT, 580, "Left behind", 100);
    add_lines(&f, 0, p, 600, 1);
    add_line(&f, 1, next, LEFT, 80, "The next one", 100);
    fill(&f, 1, 300);
    expect_nothing(&f);
    next->kind = INC_TAG_P;
    expect(&f, INC_DIAG_STRANDED_HEADING, 1);
}

/* Alone at the foot it is stranded, whatever the next page begins with. */
static void test_two_headings_parted(void **state)
{
    fixture f = begin(*state, 2);
    fill(&f, 0, 100);
    add_line(&f, 0, add_tag(&f, f.chapter, INC_TAG_H2), LEFT, 640, "Left behind", 100);
    add_line(&f, 1, add_tag(&f, f.chapter, INC_TAG_H3), LEFT, 80, "Its first part", 100);
    fill(&f, 1, 300);
    expect(&f, INC_DIAG_STRANDED_HEADING, 1);
}

/* A heading in the line of its paragraph is a part of it: two lines before the break, and nothing stranded. */
static void test_run_in_heading(void **state)
{
    fixture f = begin(*state, 2);
    inc_tag *heading = add_tag(&f, f.chapter, INC_TAG_H4), *p = add_tag(&f, f.chapter, INC_TAG_P);
    fill(&f, 0, 100);
    add_line(&f, 0, heading, LEFT, 600, "A heading in the line and", 100);
    add_line(&f, 0, heading, LEFT, 614, "the next", 100);
    add_line(&f, 0, p, LEFT + 46, 614, "with text behind", 100);
    add_lines(&f, 1, p, 80, 2);
    fill(&f, 1, 300);
    expect_nothing(&f);
}

static void test_short_page(void **state)
{
    fixture f = begin(*state, 2);
    fill(&f, 0, 100);
    add_lines(&f, 1, add_tag(&f, f.chapter, INC_TAG_P), 80, 4);
    assert_str(expect(&f, INC_DIAG_SHORT_PAGE, 1)->page, "2");
    add_lines(&f, 1, add_tag(&f, f.chapter, INC_TAG_P), 200, 1);
    expect_nothing(&f);
    f = begin(*state, 2); /* a chapter of one short page is what its author wrote */
    fill(&f, 0, 100);
    f.chapter = add_tag(&f, f.pages.tags, INC_TAG_SECT);
    add_lines(&f, 1, add_tag(&f, f.chapter, INC_TAG_P), 80, 2);
    expect_nothing(&f);
}

static void test_blank_pages(void **state)
{
    fixture f = begin(*state, 4);
    fill(&f, 0, 100);
    f.chapter = add_tag(&f, f.pages.tags, INC_TAG_SECT);
    fill(&f, 3, 100);
    f.pages.pages[1].blank = f.pages.pages[2].blank = true;
    const inc_diag *diag = expect(&f, INC_DIAG_BLANK_PAGES, 1);
    assert_int_equal(diag->span.offset, f.chapter->span.offset);
    f.pages.pages[2].blank = false;
    expect_nothing(&f);
}

/* ---- spacing ---- */

static void test_loose_line(void **state)
{
    fixture f = begin(*state, 1);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P);
    add_line(&f, 0, p, LEFT, 100, "words far apart here", 230);
    add_line(&f, 0, p, LEFT, 114, "words not so far", 190);
    assert_str(expect(&f, INC_DIAG_LOOSE_LINE, 1)->message, "word spaces of 230 % in the line 'words far apart here'");
    p->parent = add_tag(&f, f.chapter, INC_TAG_TD);
    expect_nothing(&f);
}

/* The margin around an inline element of another font or tag is no word space. */
static void test_kerns_are_not_loose(void **state)
{
    fixture f = begin(*state, 1);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P), *code = add_tag(&f, p, INC_TAG_CODE);
    add_line(&f, 0, p, LEFT, 100, "word ", 100);
    add_line(&f, 0, code, LEFT + 40, 100, "code", 100);
    expect_nothing(&f);
}

static void test_cap(void **state)
{
    fixture f = begin(*state, 1);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P);
    for (int i = 0; i < 10; i++) /* no river: every other line is set in */
        add_line(&f, 0, p, LEFT + i % 2 * 8, 100 + 14 * i, "a line with words far apart", 210);
    inc_lint(&f.pages, 0, f.diags);
    assert_int_equal(found(&f, INC_DIAG_LOOSE_LINE), 3);
    assert_str(f.diags->v[2].hint, "and 7 more on this page");
}

static void add_hyphenated(fixture *f, unsigned page, inc_tag *p, int y, bool typed)
{
    add_line(f, page, p, LEFT, y, typed ? "a line with a well-" : "a line with a hy", 100);
    if (!typed)
        add_word(f, page, p, (LEFT + 80) * INC_PT, y * INC_PT, INC_STR("-"))->as.text.hyphen = true;
}

static void test_hyphen_ladder(void **state)
{
    fixture f = begin(*state, 2);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P);
    add_hyphenated(&f, 0, p, 100, false);
    add_hyphenated(&f, 0, p, 114, false);
    add_lines(&f, 0, p, 128, 1);
    add_hyphenated(&f, 0, p, 142, false);
    add_hyphenated(&f, 0, p, 156, true);
    add_hyphenated(&f, 1, p, 80, false); /* a page's turn breaks the ladder */
    add_lines(&f, 1, p, 94, 5);
    expect_nothing(&f);
    add_hyphenated(&f, 1, p, 164, false);
    add_hyphenated(&f, 1, p, 178, true);
    add_hyphenated(&f, 1, p, 192, false);
    add_hyphenated(&f, 1, p, 206, false);
    const inc_diag *diag = expect(&f, INC_DIAG_HYPHEN_LADDER, 1);
    assert_str(diag->message, "4 lines in a row end in a hyphen, from 'a line with a hy-' on");
    assert_str(diag->page, "2");
}

static void add_river(fixture *f, inc_tag *p, unsigned lines, int percent)
{
    for (unsigned i = 0; i < lines; i++)
        add_line(f, 0, p, LEFT, 100 + 14 * (int)i, i % 2 ? "a word there" : "the word fits", percent);
}

static void test_river(void **state)
{
    fixture f = begin(*state, 1);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P);
    for (int i = 0; i < 7; i++)
        add_line(&f, 0, p, LEFT, 100 + 14 * i, "some words", 180);
    expect(&f, INC_DIAG_RIVER, 1);
    f = begin(*state, 1);
    p = add_tag(&f, f.chapter, INC_TAG_P);
    for (int i = 0; i < 7; i++)
        add_line(&f, 0, p, LEFT, 100 + 14 * i, "some words", 140); /* too narrow to show */
    expect_nothing(&f);
    f = begin(*state, 1);
    add_river(&f, add_tag(&f, f.chapter, INC_TAG_P), 7, 180); /* wide, but not below each other */
    expect_nothing(&f);
    f = begin(*state, 1);
    p = add_tag(&f, f.chapter, INC_TAG_P);
    for (int i = 0; i < 4; i++)
        add_line(&f, 0, p, LEFT, 100 + 14 * i, "some words", 180); /* too short */
    expect_nothing(&f);
}

static void test_short_last_line(void **state)
{
    fixture f = begin(*state, 1);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P), *next = add_tag(&f, f.chapter, INC_TAG_P);
    add_lines(&f, 0, p, 100, 2);
    add_line(&f, 0, p, LEFT, 128, "so", 100);
    expect_nothing(&f);
    add_line(&f, 0, next, LEFT + 14, 142, "the next begins to its right", 100);
    add_lines(&f, 0, next, 156, 2);
    assert_int_equal(expect(&f, INC_DIAG_SHORT_LAST_LINE, 1)->span.offset, p->span.offset);
    f = begin(*state, 1);
    p = add_tag(&f, f.chapter, INC_TAG_P);
    add_line(&f, 0, p, LEFT + 14, 100, "set in by fourteen points", 100);
    add_line(&f, 0, p, LEFT, 114, "enough", 100);
    expect_nothing(&f);
}

/* What comes next sets the measure only as a part of the same text; a footnote is set in by its number. */
static void test_indents_that_do_not_count(void **state)
{
    fixture f = begin(*state, 1);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P), *quote = add_tag(&f, f.chapter, INC_TAG_BLOCKQUOTE);
    inc_tag *note = add_tag(&f, add_tag(&f, f.chapter, INC_TAG_NOTE), INC_TAG_P), *next = add_tag(&f, quote, INC_TAG_P);
    add_lines(&f, 0, p, 100, 2);
    add_line(&f, 0, p, LEFT, 128, "so", 100);
    add_line(&f, 0, next, LEFT + 14, 142, "a quotation set in", 100);
    add_lines(&f, 0, next, 156, 2);
    add_line(&f, 0, note, LEFT + 14, 600, "a note behind its number", 100);
    add_line(&f, 0, note, LEFT, 611, "so", 100);
    expect_nothing(&f);
}

/* ---- frame ---- */

static void test_outside_frame(void **state)
{
    fixture f = begin(*state, 1);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P);
    add_line(&f, 0, p, RIGHT - 20, 100, "words", 100); /* 25 pt */
    assert_str(expect(&f, INC_DIAG_OUTSIDE_FRAME, 1)->message, "'words' sticks out by 5 pt at the right");
    f = begin(*state, 1);
    p = add_tag(&f, f.chapter, INC_TAG_P);
    add_line(&f, 0, p, RIGHT - 22, 100, "end, ", 100); /* within; the space does not count */
    add_line(&f, 0, p, RIGHT - 17, 114, "end, ", 100); /* the comma hangs out */
    add_line(&f, 0, p, LEFT - 20, 128, "left", 100);   /* a sheet may hang out to the left */
    expect_nothing(&f);
    add_line(&f, 0, p, -20, 142, "lost", 100);
    assert_str(expect(&f, INC_DIAG_OUTSIDE_FRAME, 1)->message,
               "'lost' sticks out by 20 pt beyond the page's left edge");
}

/* Two thirds of a sign may hang out, no more. */
static void test_hanging_too_far(void **state)
{
    fixture f = begin(*state, 1);
    add_line(&f, 0, add_tag(&f, f.chapter, INC_TAG_P), RIGHT - 16, 100, "end,", 100);
    assert_str(expect(&f, INC_DIAG_OUTSIDE_FRAME, 1)->message, "'end,' sticks out by 4 pt at the right");
}

static void test_picture_and_rule_outside(void **state)
{
    fixture f = begin(*state, 1);
    inc_tag *figure = add_tag(&f, f.chapter, INC_TAG_FIGURE);
    inc_mark *mark = add_mark(&f, 0,
                              (inc_mark){.kind = INC_MARK_IMAGE,
                                         .tag = figure,
                                         .x = LEFT * INC_PT,
                                         .y = 600 * INC_PT,
                                         .width = 90 * INC_PT,
                                         .height = 58 * INC_PT});
    inc_mark *rule = add_mark(&f, 0,
                              (inc_mark){.kind = INC_MARK_RULE,
                                         .x = (LEFT - 9) * INC_PT,
                                         .y = 80 * INC_PT,
                                         .width = 360 * INC_PT,
                                         .height = INC_PT});
    expect_nothing(&f);
    mark->height = 70 * INC_PT;
    assert_str(expect(&f, INC_DIAG_OUTSIDE_FRAME, 1)->message, "a picture sticks out by 12 pt at the foot");
    mark->height = 58 * INC_PT;
    rule->width = 450 * INC_PT;
    assert_str(expect(&f, INC_DIAG_OUTSIDE_FRAME, 1)->message,
               "a rule or a ground sticks out by 3 pt beyond the page's right edge");
    f.pages.bleed = 9 * INC_PT;
    rule->x = -9 * INC_PT;
    rule->width = (504 + 18) * INC_PT;
    expect_nothing(&f);
}

static void test_known_overfull_line_gets_its_page(void **state)
{
    fixture f = begin(*state, 1);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P);
    add_line(&f, 0, p, RIGHT - 20, 100, "words", 100);
    inc_report(f.diags, INC_DIAG_OVERFULL_LINE, p->span, "a line sticks out");
    inc_lint(&f.pages, 0, f.diags);
    assert_int_equal(f.diags->n, 1);
    assert_str(f.diags->v[0].page, "1");
}

/* ---- print ---- */

static void test_small_text(void **state)
{
    fixture f = begin(*state, 1);
    inc_tag *p = add_tag(&f, f.chapter, INC_TAG_P), *small = add_tag(&f, f.chapter, INC_TAG_P);
    add_line(&f, 0, p, LEFT, 100, "large", 100);
    f.size = 6 * INC_PT;
    add_word(&f, 0, p, (LEFT + 25) * INC_PT, 96 * INC_PT, INC_STR("2")); /* raised */
    expect_nothing(&f);
    add_line(&f, 0, small, LEFT, 120, "small print", 100);
    assert_str(expect(&f, INC_DIAG_SMALL_TEXT, 1)->message, "text of 6 pt in print: 'small'; 2 words so small");
    for (size_t i = 0; i < f.pages.pages[0].mark_count; i++)
        f.pages.pages[0].marks[i].color[INC_PRINT].a = 0; /* on the screen alone */
    expect_nothing(&f);
}

static void test_low_resolution(void **state)
{
    fixture f = begin(*state, 2);
    inc_image image = {.kind = INC_IMAGE_PNG, .name = INC_STR("x.png"), .width = 300, .height = 600};
    inc_mark shown = {.kind = INC_MARK_IMAGE, .x = LEFT * INC_PT, .y = 100 * INC_PT, .width = 72 * INC_PT, .height = 144 * INC_PT, .as.image = &image};
    add_mark(&f, 0, shown);
    expect_nothing(&f); /* 300 */
    shown.width *= 2;
    shown.height *= 2;
    add_mark(&f, 0, shown);
    expect_nothing(&f); /* 150 */
    shown.width += INC_PT * 3;
    add_mark(&f, 0, shown);
    shown.width += INC_PT * 3;
    shown.color[INC_PRINT].a = 0; /* of pictures colours say nothing */
    add_mark(&f, 1, shown);
    const inc_diag *diag = expect(&f, INC_DIAG_LOW_RESOLUTION, 1);
    assert_str(diag->message, "image 'x.png' is printed at 144 ppi; below 150 single pixels are seen");
    f.diags = inc_diags_new(f.arena);
    inc_lint(&f.pages, 144, f.diags);
    assert_int_equal(found(&f, INC_DIAG_LOW_RESOLUTION), 0);
    inc_lint(&f.pages, 145, f.diags);
    assert_int_equal(found(&f, INC_DIAG_LOW_RESOLUTION), 1);
    assert_str(f.diags->v[f.diags->n - 1].message, "image 'x.png' is printed at 144 ppi; the book asks for 145");
    assert_str(diag->page, "2");
    image.kind = INC_IMAGE_SVG;
    expect_nothing(&f);
}

/* Of drawings counts what is printed: each file is told once for its lines and once for its letters, where they are smallest. */
static void test_fine_drawing(void **state)
{
    fixture f = begin(*state, 2);
    inc_glyph_run run = {.size = 8 * INC_PT, .count = 1};
    inc_paint black_ink = {.kind = INC_PAINT_COLOR, .opacity = 255, .as.color = {0, 0, 0, 255}};
    inc_matrix same = {INC_MATRIX_ONE, 0, 0, INC_MATRIX_ONE, 0, 0}, half = {INC_MATRIX_ONE / 2, 0, 0, INC_MATRIX_ONE / 2, 0, 0};
    inc_op ops[] = {{.kind = INC_OP_PATH, .matrix = same, .stroke = {.paint = black_ink, .width = INC_PT}},
                    {.kind = INC_OP_PATH, .matrix = half, .stroke = {.paint = black_ink, .width = INC_PT}},
                    {.kind = INC_OP_PATH, .matrix = half, .stroke = {.width = INC_PT / 8}}, /* not painted */
                    {.kind = INC_OP_TEXT, .matrix = same, .fill = black_ink, .as.text = {.run = &run, .text = INC_STR(" heap ")}}};
    inc_graphic graphic = {.width = 100 * INC_PT, .height = 50 * INC_PT, .ops = ops, .op_count = 3};
    inc_image image = {.kind = INC_IMAGE_SVG, .name = INC_STR("x.svg"), .width = 100, .height = 50, .graphic = &graphic};
    inc_mark shown = {.kind = INC_MARK_IMAGE, .x = LEFT * INC_PT, .y = 100 * INC_PT, .width = 75 * INC_PT, .height = INC_PT * 75 / 2, .as.image = &image};
    add_mark(&f, 0, shown);
    expect_nothing(&f); /* lines of 0.75 and 0.375 pt */
    shown.width = 40 * INC_PT;
    add_mark(&f, 0, shown);
    shown.turned = true; /* 20 pt wide */
    shown.height = 20 * INC_PT;
    add_mark(&f, 1, shown);
    const inc_diag *diag = expect(&f, INC_DIAG_THIN_LINE, 1);
    assert_str(diag->message, "lines of 0.1 pt in 'x.svg' as it is printed; 2 so thin");
    assert_str(diag->page, "2");
    graphic.ops = ops + 3;
    graphic.op_count = 1;
    assert_str(expect(&f, INC_DIAG_SMALL_LETTERING, 1)->message, "text of 1.6 pt in 'x.svg' as it is printed: 'heap'; 1 so small");
}

static void test_thin_rule(void **state)
{
    fixture f = begin(*state, 1);
    inc_mark rule = {
        .kind = INC_MARK_RULE, .x = LEFT * INC_PT, .y = 80 * INC_PT, .width = 42 * INC_PT, .height = INC_PT * 3 / 4};
    inc_mark *mark = add_mark(&f, 0, rule);
    expect_nothing(&f);
    mark->height = INC_PT / 2;
    assert_str(expect(&f, INC_DIAG_THIN_RULE, 1)->message, "a rule of 0.5 pt in print; 1 rule so thin");
    mark->color[INC_PRINT].a = 0;
    expect_nothing(&f);
}

static void test_no_pages(void **state)
{
    fixture f = begin(*state, 0);
    expect_nothing(&f);
    f.pages.page_count = 2; /* pages without marks */
    expect_nothing(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_uneven_spread), TEST(test_far_float), TEST(test_orphan),
        TEST(test_widow),
        TEST(test_only_running_text_has_widows),
        TEST(test_code_in_a_paragraph),
        TEST(test_stranded_heading),
        TEST(test_heading_with_a_short_section),
        TEST(test_run_in_heading),
        TEST(test_short_page),
        TEST(test_blank_pages),
        TEST(test_loose_line),
        TEST(test_kerns_are_not_loose),
        TEST(test_cap),
        TEST(test_hyphen_ladder),
        TEST(test_river),
        TEST(test_short_last_line),
        TEST(test_outside_frame),
        TEST(test_hanging_too_far),
        TEST(test_two_headings_parted),
        TEST(test_indents_that_do_not_count),
        TEST(test_picture_and_rule_outside),
        TEST(test_known_overfull_line_gets_its_page),
        TEST(test_small_text),
        TEST(test_low_resolution), TEST(test_fine_drawing), TEST(test_thin_rule),
        TEST(test_no_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
