/* test_pdf.c - a whole small book through pdf/, judged by the tools that read PDFs. */
#include "pdf_tools.h"

#include <zlib.h>

#include "base/files.h"
#include "base/guard.h"

static void check_fonts(inc_arena *arena, inc_str path)
{
    int status;
    if (!installed("pdffonts"))
        return;
    inc_str fonts = say(arena, "pdffonts %s", path, &status), rest = fonts;
    inc_str_cut(&rest, '\n');
    inc_str_cut(&rest, '\n');
    unsigned n = 0;
    for (; rest.n; n++) {
        inc_str row = inc_str_cut(&rest, '\n');
        assert_contains(row, "yes yes yes"); /* embedded, subset, with ToUnicode */
    }
    assert_true(n >= 5);
    assert_contains(fonts, "+SourceSerif4-Regular");
}

static void check_text(inc_arena *arena, inc_str path)
{
    int status;
    static const char *const wanted[] = {"Affluent Office AVATAR", "The first efficient chapter two has (paren\\theses) \xE2\x80\x9Cquotes\xE2\x80\x9D.",
                                         "An international", "caf\xC3\xA9, non breaking, \xE2\x86\x92 \xE2\x88\x80x \xF0\x9F\x98\x80", "Figure 1. A gradient",
                                         "This paragraph begins on one page", "fn main() -> i32 { \"\xC3\xA9\" }", "tracked", "x\xC2\xB2"};
    if (!installed("pdftotext"))
        return;
    inc_str text = say(arena, "pdftotext %s -", path, &status);
    /* pdftotext keeps U+00AD and the line's end between the two halves of a hyphenated word */
    inc_buf joined = inc_buf_in(arena);
    for (size_t i = 0; i < text.n; i++)
        if (inc_str_starts(inc_str_slice(text, i, text.n), INC_STR("\xC2\xAD\n")))
            i += 2;
        else if (inc_str_starts(inc_str_slice(text, i, text.n), INC_STR("\xC2\xA0")))
            inc_buf_byte(&joined, ' '), i++;
        else
            inc_buf_byte(&joined, text.p[i]);
    for (size_t i = 0; i < INC_COUNT(wanted); i++)
        assert_contains(inc_buf_str(&joined), wanted[i]);
}

/* ---- tests ---- */

static void test_screen(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    inc_str pdf = write_pdf(b, INC_SCREEN, 1);
    for (size_t i = 0; i < b->diags->n; i++)
        fail_msg("%.*s", INC_STR_ARG(b->diags->v[i].message));
    assert_true(inc_str_starts(pdf, INC_STR("%PDF-1.7\n")));
    inc_str path = to_file(arena, pdf, "screen.pdf");
    check_readers(arena, path);
    check_fonts(arena, path);
    check_text(arena, path);
    int status;
    if (installed("pdfinfo")) {
        inc_str info = say(arena, "pdfinfo %s", path, &status);
        assert_contains(info, "A Test \xE2\x80\x94 <Book>");
        assert_contains(info, "Ann Author, Bob Writer");
        assert_contains(info, "Tagged:          yes");
        assert_contains(info, "Pages:           3");
        inc_str tree = say(arena, "pdfinfo -struct-text %s", path, &status);
        assert_contains(tree, "\"An international caf");
        assert_contains(tree, "\"This paragraph begins on one page\"\n      \"and ends on another.\"");
        assert_contains(tree, "/ColSpan 3");
        assert_contains(tree, "/ListNumbering /Decimal");
    }
    drop_file(path);
}

/* Where poppler sees a word begin must be where its mark stands, to 1/50 pt. */
static void assert_word_at(inc_str boxes, const char *word, inc_len x)
{
    char closing[80];
    snprintf(closing, sizeof closing, ">%s</word>", word);
    size_t end = inc_str_find(boxes, inc_str_of(closing));
    if (end == INC_NPOS)
        fail_msg("no word %s", word);
    size_t start = inc_str_rfind_char(inc_str_slice(boxes, 0, end), '<');
    double found;
    assert_int_equal(sscanf(boxes.p + start, "<word xMin=\"%lf\"", &found), 1);
    double off = found - (double)x / (double)INC_PT;
    if (off > 0.02 || off < -0.02)
        fail_msg("%s stands %f pt off", word, off);
}

static void test_positions(void **state)
{
    inc_arena *arena = *state;
    if (!installed("pdftotext"))
        return;
    book *b = make_book(arena);
    b->page = 1;
    inc_tag *p = tag(b, b->pages.tags, INC_TAG_P);
    b->pages.tag_count = b->tags;
    for (int i = 0; i < 3; i++) {
        b->size = (i == 2 ? 30 : 10) * INC_PT + i * 12345;
        line(b, p, i == 0 ? "To be or not" : i == 1 ? "AVA Vary questioned Wave" : "BIG TYPE", 30 * INC_PT + 777, (60 + 40 * i) * INC_PT, 23456);
    }
    b->pages.pages[1].marks = b->marks[1].v;
    b->pages.pages[1].mark_count = b->marks[1].n;
    int status;
    inc_str path = to_file(arena, write_pdf(b, INC_SCREEN, 1), "positions.pdf");
    inc_str boxes = say(arena, "pdftotext -f 2 -l 2 -bbox %s -", path, &status);
    unsigned words = 0;
    for (size_t i = 0; i < b->marks[1].n; i++) {
        const inc_mark *m = &b->marks[1].v[i];
        if (inc_str_is(m->as.text.text, " "))
            continue;
        assert_word_at(boxes, inc_cstr(arena, m->as.text.text), m->x);
        words++;
    }
    assert_int_equal(words, 10);
    drop_file(path);
}

/* A line that runs upwards: its words stand one above the other, each from where layout put it. */
static void test_turned_line(void **state)
{
    inc_arena *arena = *state;
    if (!installed("pdftotext"))
        return;
    book *b = make_book(arena);
    b->page = 1;
    inc_tag *p = tag(b, b->pages.tags, INC_TAG_P);
    b->pages.tag_count = b->tags;
    b->size = 10 * INC_PT;
    line(b, p, "rain upon tea", 0, 60 * INC_PT, 0);
    for (size_t i = 0; i < b->marks[1].n; i++) {
        inc_mark *m = &b->marks[1].v[i];
        *m = (inc_mark){.kind = m->kind, .turned = true, .tag = m->tag, .x = 60 * INC_PT, .y = 300 * INC_PT - m->x, .width = m->width, .color = {m->color[0], m->color[1]}, .as = m->as};
    }
    b->pages.pages[1].marks = b->marks[1].v;
    b->pages.pages[1].mark_count = b->marks[1].n;
    int status;
    inc_str path = to_file(arena, write_pdf(b, INC_SCREEN, 1), "turned.pdf");
    inc_str boxes = say(arena, "pdftotext -f 2 -l 2 -bbox %s -", path, &status);
    for (size_t i = 0; i < b->marks[1].n; i++) {
        const inc_mark *m = &b->marks[1].v[i];
        if (inc_str_is(m->as.text.text, " "))
            continue;
        inc_str end = inc_strf(arena, "yMax=\"%.2f", (double)m->y / INC_PT); /* its first letter is its lowest */
        size_t word = inc_str_find(boxes, inc_strf(arena, ">%.*s<", INC_STR_ARG(m->as.text.text)));
        assert_true(word != INC_NPOS);
        size_t from = word;
        while (from > 0 && boxes.p[from] != '\n')
            from--;
        if (inc_str_find(inc_str_slice(boxes, from, word), end) == INC_NPOS)
            fail_msg("%.*s is not at %.*s: %.*s", INC_STR_ARG(m->as.text.text), INC_STR_ARG(end), (int)(word - from), boxes.p + from);
    }
    drop_file(path);
}

/* What is drawn looks like text and is none: no glyph, no font for it, no letters to copy; on both media. */
static void test_shapes(void **state)
{
    inc_arena *arena = *state;
    for (int medium = INC_SCREEN; medium <= INC_PRINT; medium++) {
        book *b = make_book(arena);
        size_t first = b->marks[2].n;
        b->page = 2;
        b->chain = b->serif;
        unit(b, NULL, INC_STR("QXZ"), 50 * INC_PT, 200 * INC_PT, 0);
        for (size_t i = first; i < b->marks[2].n; i++)
            b->marks[2].v[i].as.text.shapes = true;
        b->pages.pages[2].marks = b->marks[2].v;
        b->pages.pages[2].mark_count = b->marks[2].n;
        inc_str path = to_file(arena, write_pdf(b, medium, 1), "shapes.pdf");
        check_readers(arena, path);
        int status;
        if (installed("pdftotext"))
            assert_true(inc_str_find(say(arena, "pdftotext -f 3 -l 3 %s -", path, &status), INC_STR("QXZ")) == INC_NPOS);
        if (installed("mutool")) { /* three paths with their own origins */
            inc_str trace = say(arena, "mutool trace %s 3", path, &status);
            size_t count = 0;
            for (size_t at = 0; (at = inc_str_find(inc_str_slice(trace, 0, trace.n), INC_STR("<fill_path"))) != INC_NPOS; count++)
                trace = inc_str_slice(trace, at + 1, trace.n);
            assert_true(count >= 3);
        }
        drop_file(path);
    }
}

/* Two glyphs for three characters: no code can read as that, so the place says it. */
static void test_indivisible_cluster(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    b->page = 1;
    inc_mark *m = mark(b, INC_MARK_TEXT, tag(b, b->pages.tags, INC_TAG_P), 50 * INC_PT, 50 * INC_PT);
    inc_shape_request request = {.chain = b->serif, .size = 10 * INC_PT};
    const inc_shaped *shaped = inc_shape(b->shaper, &request, INC_STR("xy"));
    inc_glyph_run *run = INC_NEW(arena, inc_glyph_run);
    *run = shaped->runs[0];
    run->glyphs = INC_NEW_N(arena, inc_glyph, 2);
    memcpy(run->glyphs, shaped->runs[0].glyphs, 2 * sizeof(inc_glyph));
    run->glyphs[0].cluster = run->glyphs[1].cluster = 7;
    m->as.text = (inc_text_mark){.run = run, .count = 2, .text = INC_STR("abc"), .text_start = 7};
    b->pages.tag_count = b->tags;
    b->pages.pages[1].marks = b->marks[1].v;
    b->pages.pages[1].mark_count = b->marks[1].n;
    if (!installed("pdftotext"))
        return;
    int status;
    inc_str path = to_file(arena, write_pdf(b, INC_SCREEN, 1), "cluster.pdf");
    assert_str(inc_str_trim(say(arena, "pdftotext -f 2 -l 2 %s -", path, &status)), "abc");
    check_readers(arena, path);
    drop_file(path);
}

/* The same book in a PostScript-flavoured font (ghostscript's own), which has no glyph map: aliases become ActualText. */
static void test_cff_font(void **state)
{
    inc_arena *arena = *state;
    static const char path_cff[] = "/usr/share/fonts/opentype/urw-base35/C059-Roman.otf";
    if (access(path_cff, R_OK) != 0) {
        fprintf(stderr, "SKIPPED: no CFF font here (package fonts-urw-base35)\n");
        return;
    }
    book *b = make_book(arena);
    inc_fonts_declare(b->fonts, INC_STR("C059"), 400, false, inc_str_of(path_cff), INC_NO_SPAN);
    b->chain = pdf_test_chain(b, "C059", false);
    b->page = 1;
    inc_tag *p = tag(b, b->pages.tags, INC_TAG_P);
    inc_len at = line(b, p, "a-b inter", 50 * INC_PT, 50 * INC_PT, 0);
    hyphen(b, p, at, 50 * INC_PT);
    line(b, p, "national affairs", 50 * INC_PT, 64 * INC_PT, 0);
    b->pages.tag_count = b->tags;
    b->pages.pages[1].marks = b->marks[1].v;
    b->pages.pages[1].mark_count = b->marks[1].n;
    int status;
    inc_str path = to_file(arena, write_pdf(b, INC_SCREEN, 1), "cff.pdf");
    assert_int_equal(b->diags->n, 0);
    check_readers(arena, path);
    check_fonts(arena, path);
    if (installed("pdffonts"))
        assert_contains(say(arena, "pdffonts %s", path, &status), "CID Type 0C");
    if (installed("pdftotext"))
        assert_contains(say(arena, "pdftotext -f 2 -l 2 %s -", path, &status), "a-b inter\xC2\xAD\nnational affairs");
    drop_file(path);
}

static void test_impossible_page(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    b->pages.width = 20000 * INC_PT;
    inc_buf out = inc_buf_in(arena);
    inc_memory_sink sink = inc_memory_sink_to(&out);
    inc_pdf_options options = {.medium = INC_PRINT, .inks = test_inks(arena, false, INC_INK_TOTAL), .producer = INC_STR("x"), .jobs = 1};
    assert_false(inc_pdf_write(&b->pages, &options, arena, b->diags, &sink.sink));
    assert_int_equal(b->diags->count[INC_FATAL], 1);
    assert_int_equal(out.n, 0);
}

/* More of everything than one leaf, one node or one object stream holds. */
static void test_many(void **state)
{
    enum { PAGES = 160 };
    inc_arena *arena = *state;
    book *b = INC_NEW(arena, book);
    b->arena = arena;
    b->diags = inc_diags_new(arena);
    open_fonts(b);
    inc_tag *document = tag(b, NULL, INC_TAG_DOCUMENT);
    b->pages = (inc_pages){.tags = document, .width = 200 * INC_PT, .height = 300 * INC_PT, .title = INC_STR("Many"), .language = INC_STR("en")};
    b->pages.page_count = b->pages.destination_count = b->pages.outline_count = PAGES;
    b->pages.pages = INC_NEW_N(arena, inc_page, PAGES);
    b->pages.destinations = INC_NEW_N(arena, inc_destination, PAGES);
    b->pages.outline = INC_NEW_N(arena, inc_outline_item, PAGES);
    for (uint32_t i = 0; i < PAGES; i++) {
        inc_str name = inc_strf(arena, "n%03u", i);
        b->marks[0] = (marks){0};
        inc_tag *note = tag(b, document, INC_TAG_NOTE), *p = tag(b, note, INC_TAG_P), *link = tag(b, p, INC_TAG_LINK);
        note->note_id = name;
        inc_len end = line(b, link, name.p, 20 * INC_PT, 40 * INC_PT, 0);
        link_box(b, link, 20 * INC_PT, 40 * INC_PT, end, "n077", "");
        b->pages.pages[i] = (inc_page){.label = name, .marks = b->marks[0].v, .mark_count = b->marks[0].n};
        b->pages.destinations[i] = (inc_destination){name, i, 0, 0};
        b->pages.outline[i] = (inc_outline_item){name, i % 3, i, 0, false};
    }
    b->pages.tag_count = b->tags;
    inc_str pdf = write_pdf(b, INC_SCREEN, 2);
    assert_int_equal(b->diags->n, 0);
    inc_str path = to_file(arena, pdf, "many.pdf");
    check_readers(arena, path);
    int status;
    if (installed("pdfinfo")) {
        inc_str names = say(arena, "pdfinfo -dests %s", path, &status);
        assert_contains(names, "n000");
        assert_contains(names, "n159");
        assert_contains(say(arena, "pdfinfo %s", path, &status), "Pages:           160");
    }
    drop_file(path);
}

/* Text without a colour stays searchable on the screen and is not there at all in print. */
static void test_colourless_text(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    b->page = 1;
    b->ink = (inc_color){0};
    line(b, tag(b, b->pages.tags, INC_TAG_P), "invisible", 50 * INC_PT, 50 * INC_PT, 0);
    b->pages.tag_count = b->tags;
    b->pages.pages[1].marks = b->marks[1].v;
    b->pages.pages[1].mark_count = b->marks[1].n;
    if (!installed("pdftotext"))
        return;
    int status;
    inc_str path = to_file(arena, write_pdf(b, INC_SCREEN, 1), "hidden.pdf");
    assert_contains(say(arena, "pdftotext %s -", path, &status), "invisible");
    drop_file(path);
    path = to_file(arena, write_pdf(b, INC_PRINT, 1), "hidden-print.pdf");
    assert_false(contains(say(arena, "pdftotext %s -", path, &status), "invisible"));
    drop_file(path);
}

static void test_print(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    b->pages.bleed = 9 * INC_PT;
    b->pages.marks = INC_MARKS_CROP;
    inc_str pdf = write_pdf(b, INC_PRINT, 1);
    assert_int_equal(b->diags->n, 0);
    assert_true(inc_str_starts(pdf, INC_STR("%PDF-1.6\n")));
    assert_contains(pdf, "/MediaBox[0 0 406 466]/BleedBox[24 24 382 442]/TrimBox[33 33 373 433]");
    assert_false(contains(pdf, "/Annot"));
    assert_false(contains(pdf, "/StructTreeRoot"));
    assert_false(contains(pdf, "/Outlines"));
    assert_false(contains(pdf, "/ObjStm"));
    assert_contains(pdf, "/Trapped/False");
    assert_contains(pdf, "/CreationDate(D:20260131000000Z)");
    inc_str path = to_file(arena, pdf, "print.pdf");
    check_readers(arena, path);
    check_fonts(arena, path);
    check_text(arena, path);
    drop_file(path);
}

static void test_same_bytes(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    for (int medium = INC_SCREEN; medium <= INC_PRINT; medium++) {
        inc_str one = write_pdf(b, (inc_medium)medium, 1), four = write_pdf(b, (inc_medium)medium, 4);
        assert_true(inc_str_eq(one, four));
        assert_true(inc_str_eq(one, write_pdf(make_book(arena), (inc_medium)medium, 2)));
    }
    assert_false(inc_str_eq(write_pdf(b, INC_SCREEN, 1), write_pdf(b, INC_PRINT, 1)));
}

/* Both files take the pictures from one place: the bytes are those of a file that makes its own. */
static void test_shared_pictures(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    inc_pdf_pictures *pictures = inc_pdf_pictures_of(&b->pages, true, test_inks(arena, false, INC_INK_TOTAL), arena);
    assert_true(inc_pdf_pictures_count(pictures) > 1);
    for (size_t i = inc_pdf_pictures_count(pictures); i > 0; i--)
        inc_pdf_pictures_make(pictures, i - 1, 0);
    for (int medium = INC_SCREEN; medium <= INC_PRINT; medium++) {
        inc_buf out = inc_buf_in(arena);
        inc_memory_sink sink = inc_memory_sink_to(&out);
        inc_pdf_options options = {.medium = (inc_medium)medium, .inks = medium == INC_PRINT ? test_inks(arena, false, INC_INK_TOTAL) : NULL, .producer = INC_STR("incipit 0.1.0"), .jobs = 1, .pictures = pictures};
        assert_true(inc_pdf_write(&b->pages, &options, arena, b->diags, &sink.sink));
        assert_true(inc_str_eq(inc_buf_str(&out), write_pdf(b, (inc_medium)medium, 1)));
    }
}

/* The curves of the sRGB profile are formulas: readers invert tables so slowly that turning pages takes time. */
static void test_profile(void **state)
{
    inc_arena *arena = *state;
    inc_str pdf = write_pdf(make_book(arena), INC_SCREEN, 1);
    size_t at = inc_str_find(pdf, INC_STR("/N 3/Alternate/DeviceRGB"));
    assert_int_not_equal(at, INC_NPOS);
    inc_str rest = inc_str_slice(pdf, at, pdf.n), stream = INC_STR("stream\n");
    rest = inc_str_slice(rest, inc_str_find(rest, stream) + stream.n, rest.n);
    char profile[8192];
    z_stream z = {.next_in = (Bytef *)rest.p, .avail_in = (uInt)rest.n, .next_out = (Bytef *)profile, .avail_out = sizeof profile};
    assert_int_equal(inflateInit(&z), Z_OK);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    inflateEnd(&z);
    inc_str icc = {profile, z.total_out};
    assert_contains(icc, "mntrRGB XYZ ");
    assert_contains(icc, "para");
    assert_false(contains(icc, "curv"));
}

static void test_claims(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    inc_str pdf = write_pdf(b, INC_SCREEN, 1);
    assert_contains(pdf, "<pdfuaid:part>1</pdfuaid:part>");
    assert_contains(pdf, "<pdfaid:conformance>A</pdfaid:conformance>");
    assert_contains(pdf, "A Test \xE2\x80\x94 &lt;Book&gt;");
    for (inc_tag *t = b->pages.tags->first->first; t; t = t->next)
        if (t->kind == INC_TAG_FIGURE)
            t->alt = INC_STR("");
    pdf = write_pdf(b, INC_SCREEN, 1);
    assert_false(contains(pdf, "pdfuaid"));
    assert_int_equal(b->diags->n, 1);
    assert_int_equal(b->diags->v[0].id, INC_DIAG_NOT_ACCESSIBLE);
}

static void test_lost_things_are_told(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    b->pages.destination_count = 2; /* "two" is gone */
    inc_image *svg = make_image(b, INC_IMAGE_SVG, "d.svg", INC_STR("<svg/>"), 0);
    b->page = 1;
    picture(b, b->pages.tags->first, svg, 0, 0, INC_PT, INC_PT);
    b->pages.pages[1].marks = b->marks[1].v;
    b->pages.pages[1].mark_count = b->marks[1].n;
    write_pdf(b, INC_SCREEN, 1);
    assert_int_equal(b->diags->n, 2);
    assert_int_equal(b->diags->v[0].id, INC_DIAG_PICTURE_LEFT_OUT);
    assert_str(b->diags->v[0].page, "v");
    assert_int_equal(b->diags->v[1].id, INC_DIAG_LINK_LEFT_OUT);
    assert_str(b->diags->v[1].page, "iv");
}

static void test_nothing_at_all(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    b->pages = (inc_pages){.pages = b->pages.pages + 1, .page_count = 1, .width = 100 * INC_PT, .height = 100 * INC_PT};
    inc_str path = to_file(arena, write_pdf(b, INC_SCREEN, 0), "blank.pdf");
    check_readers(arena, path);
    drop_file(path);
    path = to_file(arena, write_pdf(b, INC_PRINT, 0), "blank-print.pdf");
    check_readers(arena, path);
    drop_file(path);
}

static void test_failing_sink(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    for (int medium = INC_SCREEN; medium <= INC_PRINT; medium++) {
        inc_buf out = inc_buf_in(arena);
        inc_memory_sink memory = inc_memory_sink_to(&out);
        inc_failing_sink sink = inc_failing_sink_on(&memory.sink, 1000, 28);
        inc_pdf_options options = {.medium = (inc_medium)medium, .inks = medium == INC_PRINT ? test_inks(arena, false, INC_INK_TOTAL) : NULL, .producer = INC_STR("x"), .jobs = 1};
        assert_false(inc_pdf_write(&b->pages, &options, arena, b->diags, &sink.sink));
        assert_int_equal(sink.sink.error, 28);
    }
}

/* Every allocation of ours fails in turn: the call unwinds or returns false, and nothing leaks or crashes. */
static void test_memory_runs_out(void **state)
{
    (void)state;
    for (volatile unsigned long n = 1;; n += 1 + n / 8) {
        inc_arena *arena = inc_arena_new();
        book *b = make_book(arena);
        inc_arena *work = inc_arena_new();
        inc_buf out = inc_buf_in(work);
        inc_memory_sink memory = inc_memory_sink_to(&out);
        inc_pdf_options options = {.medium = INC_SCREEN, .producer = INC_STR("x"), .jobs = 1};
        inc_guard guard;
        volatile bool good = false;
        inc_alloc_fail_after(n);
        if (INC_GUARD(&guard) == 0) {
            good = inc_pdf_write(&b->pages, &options, work, b->diags, &memory.sink);
            inc_guard_leave(&guard);
        }
        inc_alloc_fail_after(0);
        inc_arena_free(work);
        inc_arena_free(arena);
        if (good)
            break;
    }
}

static void test_pages_dump(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    inc_buf out = inc_buf_in(arena);
    inc_pages_dump(&b->pages, &out);
    inc_str text = inc_buf_str(&out);
    assert_contains(text, "pages 3 size 340 400 bleed 0\n");
    assert_contains(text, "page 1 \"iv\" recto frame 0 0 0 0\n  text 40 30");
    assert_contains(text, "SourceSerif4-Regular 20 \"Affluent\" H1#3\n");
    assert_contains(text, "(paren\\\\theses)");
    assert_contains(text, " hyphen P#");
    assert_contains(text, "  rule 40 320 60 0.5 artifact\n");
    assert_contains(text, "#1040a0ff Link#");
    assert_contains(text, "page 2 \"v\" verso blank frame");
    assert_contains(text, "    H1#3\n");
    assert_contains(text, "\n  page 1 y 0 \"One \xE2\x80\x94 first\" open\n    page 3 y 60 \"Two\"\n");
    assert_contains(text, "labels 2\n  page 1 r 4\n  page 3 D 1\ndestinations 3\n  page 1 40 320 \"note-1\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_screen), TEST(test_positions), TEST(test_turned_line), TEST(test_shapes), TEST(test_many), TEST(test_indivisible_cluster), TEST(test_cff_font), TEST(test_impossible_page), TEST(test_colourless_text), TEST(test_print), TEST(test_same_bytes), TEST(test_shared_pictures), TEST(test_profile), TEST(test_claims), TEST(test_lost_things_are_told),
        TEST(test_nothing_at_all), TEST(test_failing_sink), TEST(test_memory_runs_out), TEST(test_pages_dump),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
