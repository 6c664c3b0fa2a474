/*
 * test_svg.c - SVGs as graphics. Whole drawings, in the manner of the programs that make them, are compared with tests/unit/svg/NAME.txt
 * (INCIPIT_BLESS=1 writes these: read the difference); single rules stand below.
 */
#include "harness.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "base/guard.h"
#include "base/utf8.h"
#include "image/graphic.h"

typedef struct world {
    inc_arena *arena;
    inc_diags *diags;
    inc_graphic_context context;
    unsigned count;
} world;

static inc_str root(void)
{
    return inc_str_of(getenv("INCIPIT_ROOT"));
}

static void declare(world *w, const char *family, uint16_t weight, bool italic, const char *file)
{
    inc_fonts_declare(w->context.fonts, inc_str_of(family), weight, italic, inc_path_join(w->arena, inc_path_join(w->arena, root(), INC_STR("fonts")), inc_str_of(file)),
                      INC_NO_SPAN);
}

static world begin(void **state)
{
    static const inc_str serif[] = {{"Source Serif", 12}}, sans[] = {{"Source Sans", 11}}, mono[] = {{"Iosevka", 7}};
    world w = {.arena = *state};
    w.diags = inc_diags_new(w.arena);
    inc_fonts *fonts = inc_fonts_new(w.arena, w.diags);
    w.context = (inc_graphic_context){.fonts = fonts, .shaper = inc_shaper_new(w.arena, fonts), .images = inc_images_new(w.arena, w.diags), .serif = serif, .sans = sans,
                                      .mono = mono, .serif_count = 1, .sans_count = 1, .mono_count = 1, .current = {0, 0, 0, 255},
                                      .sources = inc_sources_new(w.arena), .root = root()};
    declare(&w, "Source Serif", 400, false, "source-serif-4/SourceSerif4_400Regular.ttf");
    declare(&w, "Source Sans", 400, false, "source-sans-3/SourceSans3_400Regular.ttf");
    declare(&w, "Source Sans", 600, false, "source-sans-3/SourceSans3_600SemiBold.ttf");
    declare(&w, "Source Sans", 400, true, "source-sans-3/SourceSans3_400Regular_Italic.ttf");
    declare(&w, "Iosevka", 400, false, "iosevka-charon-mono/IosevkaCharonMono_400Regular.ttf");
    return w;
}

static const inc_graphic *draw_file(world *w, inc_str name, inc_str path)
{
    const inc_image *image = inc_images_open(w->context.images, name, path, INC_NO_SPAN);
    assert_non_null(image);
    return inc_svg_graphic(image, &w->context, w->arena, w->diags);
}

/* The dump, then the findings. */
static inc_str seen(world *w, const inc_graphic *graphic)
{
    inc_buf out = inc_buf_in(w->arena);
    if (graphic)
        inc_graphic_dump(graphic, &out);
    for (size_t i = 0; i < w->diags->n; i++) {
        const inc_diag *d = &w->diags->v[i];
        inc_place place = {0};
        inc_sources_place(w->context.sources, d->span, &place);
        inc_buf_printf(&out, "%u:%u %s: %.*s\n", place.line, place.column, inc_diag_info_of(d->id)->name, INC_STR_ARG(d->message));
    }
    return inc_buf_str(&out);
}

/* What is drawn of a text, without the first line and indents. */
static inc_str drawn(world *w, const char *text)
{
    char path[] = "/tmp/incipit-svg-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    w->diags->n = 0;
    inc_str name = inc_strf(w->arena, "%u.svg", w->count++);
    const inc_graphic *graphic = draw_file(w, name, inc_str_of(path));
    inc_str all = seen(w, graphic);
    remove(path);
    if (graphic)
        inc_str_cut(&all, '\n');
    inc_buf out = inc_buf_in(w->arena);
    while (all.n) {
        inc_buf_add(&out, inc_str_trim(inc_str_cut(&all, '\n')));
        inc_buf_byte(&out, '\n');
    }
    return inc_buf_str(&out);
}

/* ---- whole drawings ---- */

static void whole(world *w, const char *name)
{
    inc_str folder = inc_path_join(w->arena, root(), INC_STR("tests/unit/svg"));
    inc_str file = inc_strf(w->arena, "%s.svg", name), want, path = inc_path_join(w->arena, folder, inc_strf(w->arena, "%s.txt", name));
    inc_str got = seen(w, draw_file(w, file, inc_path_join(w->arena, folder, file)));
    if (getenv("INCIPIT_BLESS")) {
        FILE *f = fopen(inc_cstr(w->arena, path), "wb");
        assert_non_null(f);
        fwrite(got.p, 1, got.n, f);
        fclose(f);
    }
    assert_int_equal(inc_file_read(w->arena, path, INC_FILE_SIZE_MAX, &want), 0);
    for (unsigned line = 1; got.n || want.n; line++) {
        inc_str one = inc_str_cut(&got, '\n'), other = inc_str_cut(&want, '\n');
        if (!inc_str_eq(one, other))
            fail_msg("%s.txt:%u: got \"%.*s\"\nwant \"%.*s\"", name, line, INC_STR_ARG(one), INC_STR_ARG(other));
    }
}

static void drawings_are_as_before(void **state)
{
    static const char *const names[] = {"graphviz", "mermaid", "drawio", "inkscape", "matplotlib", "excalidraw", "clip", "grad", "stroke", "text", "textpath", "use"};
    for (size_t i = 0; i < INC_COUNT(names); i++) {
        world w = begin(state);
        whole(&w, names[i]);
    }
}

/* ---- single rules ---- */

#define SVG(inside) "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'>" inside "</svg>"

static void path_data_is_read_up_to_the_first_mistake(void **state)
{
    world w = begin(state);
    assert_str(drawn(&w, SVG("<path d='M1 2l3 4x5'/>")), "path M 1 2 L 4 6 fill #000000\n");
    assert_str(drawn(&w, SVG("<path d='M.5.5-1e1-1H5V6z m1 1L9 9'/>")), "path M 0.5 0.5 L -10 -1 L 5 -1 L 5 6 Z M 1.5 1.5 L 9 9 fill #000000\n");
    assert_str(drawn(&w, SVG("<path d='M0 0zL5 5'/>")), "path M 0 0 Z M 0 0 L 5 5 fill #000000\n");
    assert_str(drawn(&w, SVG("<path d='L5 5'/>")), "");
    assert_str(drawn(&w, SVG("<path d='M0 0a5 5 0 1110 0z'/>")), "path M 0 0 C 0 -2.76 2.24 -5 5 -5 C 7.76 -5 10 -2.76 10 0 Z fill #000000\n");
    assert_str(drawn(&w, SVG("<path d='M0 0Q2 4 6 0T12 0'/>")), "path M 0 0 C 1.33 2.67 3.33 2.67 6 0 C 8.67 -2.67 10.67 -2.67 12 0 fill #000000\n");
}

static void the_nearest_declaration_holds(void **state)
{
    world w = begin(state);
    const char *text = SVG("<style>rect{fill:#111}.a{fill:#222}#b{fill:#333}*{stroke:none}g>.c{fill:#444!important}</style>"
                           "<rect width='1' height='1' fill='red'/><rect class='a' width='2' height='1'/><rect class='a' id='b' width='3' height='1'/>"
                           "<g><rect class='c' width='4' height='1' style='fill:blue'/></g><rect width='5' height='1' style='fill:inherit'/>");
    assert_str(drawn(&w, text), "path M 0 0 L 1 0 L 1 1 L 0 1 Z fill #111111\npath M 0 0 L 2 0 L 2 1 L 0 1 Z fill #222222\n"
                                "path M 0 0 L 3 0 L 3 1 L 0 1 Z fill #333333\npath M 0 0 L 4 0 L 4 1 L 0 1 Z fill #444444\n"
                                "path M 0 0 L 5 0 L 5 1 L 0 1 Z fill #000000\n");
}

static void circles_of_references_end(void **state)
{
    world w = begin(state);
    assert_str(drawn(&w, SVG("<g id='a'><use href='#a'/></g>")), "1:76 svg-bad-reference: image '0.svg' has a <g> that refers to itself\n");
    drawn(&w, SVG("<pattern id='p' width='9' height='9' patternUnits='userSpaceOnUse'><rect width='9' height='9' fill='url(#p)'/></pattern><rect width='9' height='9' fill='url(#p)'/>"));
    assert_int_equal(w.diags->n, 1);
    drawn(&w, SVG("<mask id='m'><rect width='9' height='9' mask='url(#m)'/></mask><rect width='9' height='9' mask='url(#m)'/>"));
    assert_int_equal(w.diags->n, 1);
    drawn(&w, SVG("<clipPath id='c' clip-path='url(#c)'><rect width='9' height='9'/></clipPath><rect width='9' height='9' clip-path='url(#c)'/>"));
    assert_int_equal(w.diags->n, 1);
    assert_str(drawn(&w, SVG("<style>:root{--a:var(--b);--b:var(--a)}</style><rect width='1' height='1' style='fill:var(--a)'/>")),
               "path M 0 0 L 1 0 L 1 1 L 0 1 Z fill #000000\n");
}

/* Each use of ten doubles ten times over: a thousand million squares, if it were let. */
static void expansion_is_limited(void **state)
{
    world w = begin(state);
    inc_buf text = inc_buf_in(w.arena);
    inc_buf_puts(&text, "<svg xmlns='http://www.w3.org/2000/svg'><defs><rect id='u0' width='1' height='1'/>");
    for (int i = 1; i < 12; i++) {
        inc_buf_printf(&text, "<g id='u%d'>", i);
        for (int k = 0; k < 10; k++)
            inc_buf_printf(&text, "<use href='#u%d'/>", i - 1);
        inc_buf_puts(&text, "</g>");
    }
    inc_buf_puts(&text, "</defs><use href='#u11'/></svg>");
    drawn(&w, inc_cstr(w.arena, inc_buf_str(&text)));
    assert_int_equal(w.diags->n, 1);
    assert_int_equal(w.diags->v[0].id, INC_DIAG_SVG_TOO_LARGE);
}

static void what_is_no_svg_is_refused(void **state)
{
    world w = begin(state);
    assert_str(drawn(&w, "<svg xmlns='http://www.w3.org/2000/svg'>\n<rect></svg>"), "2:9 broken-image: image '0.svg' is not well-formed XML: mismatched tag\n");
    assert_str(drawn(&w, "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&b;</text></svg>"),
               "text 0 0 SourceSerif4-Regular 16 \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" "
               "advance 865.6 fill #000000\n");
    inc_buf deep = inc_buf_in(w.arena);
    inc_buf_puts(&deep, "<svg>");
    for (int i = 0; i < 300; i++)
        inc_buf_puts(&deep, "<g>");
    inc_str told = drawn(&w, inc_cstr(w.arena, inc_buf_str(&deep)));
    assert_true(inc_str_find(told, INC_STR("more than 256 deep")) != INC_NPOS);
}

static void colours_of_all_kinds(void **state)
{
    static const struct {
        const char *text, *drawn;
    } cases[] = {{"#f80", "#ff8800"}, {"#ff880080", "#ff880080"}, {"rgb(1,2,3)", "#010203"}, {"rgb(100% 0% 50% / 50%)", "#ff008080"}, {"hsl(120,100%,25%)", "#008000"},
                 {"hsl(240deg 100% 50%)", "#0000ff"}, {"hwb(0 50% 0%)", "#ff8080"}, {"RebeccaPurple", "#663399"}, {"color(srgb 1 .5 0)", "#ff8000"},
                 {"light-dark(rgb(1, 2, 3), #fff)", "#010203"}, {"currentColor", "#0000ff"}, {"#123 icc-color(x, 1)", "#112233"},
                 {"oklch(62.8% 0.25768 29.23)", "#ff0000"}, {"oklab(0.86644 -0.23389 0.1795)", "#00ff00"}, {"oklch(0.5 0 0)", "#636363"}};
    world w = begin(state);
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        inc_str text = inc_strf(w.arena, SVG("<path color='blue' d='M0 0L1 1' style='fill:%s'/>"), cases[i].text);
        assert_str(drawn(&w, inc_cstr(w.arena, text)), inc_cstr(w.arena, inc_strf(w.arena, "path M 0 0 L 1 1 fill %s\n", cases[i].drawn)));
    }
    assert_str(drawn(&w, SVG("<path d='M0 0L1 1' style='fill:lab(50 2 3)'/>")),
               "path M 0 0 L 1 1 fill #000000\n1:66 svg-not-drawn: image '15.svg' has the colour 'lab(50 2 3)', which incipit does not know\n");
}

static void what_is_not_drawn_is_told_once(void **state)
{
    world w = begin(state);
    inc_str told = drawn(&w, SVG("\n<foreignObject/><foreignObject/>\n<rect filter='url(#f)' width='1' height='1'><animate/></rect><script/>"
                                 "<text><textPath>a</textPath></text><image href='http://x/y.png'/><image href='../../up.png'/><unknown/><use href='#no'/>"));
    static const char *const parts[] = {"2:1 svg-not-drawn: image '0.svg' holds HTML", "3:1 svg-not-drawn: image '0.svg' has a filter", "is animated", "has a script",
                                        "remote-image", "no element with the id 'no'"};
    for (size_t i = 0; i < INC_COUNT(parts); i++)
        if (inc_str_find(told, inc_str_of(parts[i])) == INC_NPOS)
            fail_msg("nothing says \"%s\" in:\n%.*s", parts[i], INC_STR_ARG(told));
    size_t first = inc_str_find(told, INC_STR("holds HTML"));
    assert_true(inc_str_find(inc_str_slice(told, first + 1, told.n), INC_STR("holds HTML")) == INC_NPOS);
}

/* What is said of a file is text, whatever bytes the escapes in its name stand for. */
static void names_of_files_are_text(void **state)
{
    static const char *const names[] = {"a%CAb.png", "a%0Ab.png", "a%7Fb.png", "a%00b.png"};
    for (size_t i = 0; i < INC_COUNT(names); i++) {
        world w = begin(state);
        inc_str told = drawn(&w, inc_cstr(w.arena, inc_strf(w.arena, SVG("<image href='%s'/>"), names[i])));
        if (inc_utf8_invalid(told) != INC_NPOS || inc_str_find(told, inc_strf(w.arena, "image file '%s' does not exist", names[i])) == INC_NPOS)
            fail_msg("%s: %.*s", names[i], INC_STR_ARG(told));
    }
    world w = begin(state);
    assert_true(inc_str_find(drawn(&w, SVG("<image href='a%C3%A9%20b.png'/>")), INC_STR("image file 'a\xC3\xA9 b.png' does not exist")) != INC_NPOS);
}

static void switches_choose_by_language(void **state)
{
    world w = begin(state);
    const char *text = SVG("<switch><foreignObject/><path d='M0 0L1 0' systemLanguage='de'/><path d='M0 0L2 0' systemLanguage='fr, en-GB'/><path d='M0 0L3 0'/></switch>");
    assert_str(drawn(&w, text), "path M 0 0 L 2 0 fill #000000\n");
    w.context.language = INC_STR("de-CH");
    assert_str(drawn(&w, text), "path M 0 0 L 1 0 fill #000000\n");
    w.context.language = INC_STR("d");
    assert_str(drawn(&w, text), "path M 0 0 L 3 0 fill #000000\n");
}

/* Each allocation in turn fails, in expat's callbacks too; the sanitizers see what is not given back. */
static void memory_that_runs_out_unwinds(void **state)
{
    static const char text[] = SVG("<style>rect{fill:var(--a)}</style><defs><pattern id='p' width='5' height='5' patternUnits='userSpaceOnUse'><rect width='3' height='3'/></pattern></defs>"
                                   "<g opacity='.5'><rect width='9' height='9' fill='url(#p)'/></g><text>a</text>");
    const inc_image image = {.kind = INC_IMAGE_SVG, .name = INC_STR("x"), .file = INC_STR(""), .bytes = INC_STR(text), .natural_width = 75 * INC_PT, .natural_height = 75 * INC_PT};
    world w = begin(state);
    volatile unsigned long fails = 0;
    volatile bool whole_once = false;
    assert_non_null(inc_svg_graphic(&image, &w.context, w.arena, w.diags)); /* opens the fonts */
    for (volatile unsigned long n = 1; !whole_once; n++) {
        inc_guard guard;
        inc_arena *volatile arena = inc_arena_new();
        inc_alloc_fail_after(n);
        if (INC_GUARD(&guard) == 0) {
            whole_once = inc_svg_graphic(&image, &w.context, arena, w.diags) != NULL;
            inc_guard_leave(&guard);
        } else
            fails++;
        inc_alloc_fail_after(0);
        inc_arena_free(arena);
    }
    assert_true(fails > 50);
}

static void a_bad_number_is_none(void **state)
{
    world w = begin(state);
    assert_str(drawn(&w, SVG("<rect width='1e400' height='1' x='-1e400'/><rect width='nan' height='1'/><rect width='-1' height='1'/><g transform='scale(0)'><rect width='1' height='1'/></g>"
                             "<g transform='rotate(1'><path d='M0 0L1 1'/></g>")),
               "path M -1048576 0 L 0 0 L 0 1 L -1048576 1 Z fill #000000\npath M 0 0 L 1 1 fill #000000\n");
}

/* The advance of "abc...z" in a text of 100 px with this family, in 1/65536 px. */
static inc_len width_in(world *w, const char *attributes)
{
    inc_str svg = inc_strf(w->arena, "<svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'><text font-size='100' %s>abcdefghijklmnopqrstuvwxyz</text></svg>",
                           attributes);
    const inc_image *image = inc_images_add(w->context.images, INC_STR("one.svg"), svg, INC_NO_SPAN);
    assert_non_null(image);
    const inc_graphic *graphic = inc_svg_graphic(image, &w->context, w->arena, w->diags);
    assert_non_null(graphic);
    assert_int_equal(graphic->op_count, 1);
    assert_int_equal(graphic->ops[0].kind, INC_OP_TEXT);
    return graphic->ops[0].as.text.run->advance;
}

static bool about(inc_len value, inc_len wanted)
{
    return value > wanted - wanted / 100 && value < wanted + wanted / 100; /* kerning */
}

static void letters_fit_the_room_that_a_known_face_was_given(void **state)
{
    world w = begin(state);
    inc_len serif = width_in(&w, "font-family='serif'"), sans = width_in(&w, "font-family='sans-serif'"), times = 26 * 459 * INC_PT / 10;
    assert_true(serif > times * 11 / 10);
    assert_true(about(width_in(&w, "font-family='Times,serif'"), times));
    assert_true(about(width_in(&w, "font-family='No Such Font, &quot;Times New Roman&quot;, Times'"), times));
    assert_int_equal(width_in(&w, "font-family='serif, Times'"), serif);
    assert_int_equal(width_in(&w, "font-family='Source Serif, Times'"), serif);
    assert_int_equal(width_in(&w, "font-family='Georgia, Times'"), serif);    /* its width we do not know */
    assert_int_equal(width_in(&w, "font-family='DejaVu Sans'"), sans);        /* never larger */
    assert_true(about(width_in(&w, "font-family='Arial Narrow'"), sans * 401 / 475));
    declare(&w, "Times", 400, false, "source-serif-4/SourceSerif4_400Regular.ttf");
    assert_int_equal(width_in(&w, "font-family='Times, serif' id='again'"), serif);
}

static void equal_bytes_are_one_image(void **state)
{
    world w = begin(state);
    inc_images *images = w.context.images;
    inc_str one = INC_STR("<svg width='1' height='2'/>"), other = INC_STR("<svg width='2' height='2'/>");
    const inc_image *first = inc_images_add(images, INC_STR("a"), one, INC_NO_SPAN);
    assert_non_null(first);
    assert_ptr_equal(inc_images_add(images, INC_STR("b"), inc_str_dup(w.arena, one), INC_NO_SPAN), first);
    assert_ptr_not_equal(inc_images_add(images, INC_STR("a"), other, INC_NO_SPAN), first);
    assert_null(inc_images_add(images, INC_STR("c"), INC_STR("noise"), INC_NO_SPAN));
    assert_null(inc_images_add(images, INC_STR("d"), INC_STR("noise"), INC_NO_SPAN));
    assert_int_equal(w.diags->n, 1); /* what is none is told once */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(drawings_are_as_before),   TEST(path_data_is_read_up_to_the_first_mistake), TEST(the_nearest_declaration_holds),
        TEST(circles_of_references_end), TEST(expansion_is_limited),                     TEST(what_is_no_svg_is_refused),
        TEST(colours_of_all_kinds),     TEST(what_is_not_drawn_is_told_once), TEST(names_of_files_are_text),            TEST(a_bad_number_is_none),  TEST(memory_that_runs_out_unwinds),
         TEST(switches_choose_by_language), TEST(letters_fit_the_room_that_a_known_face_was_given), TEST(equal_bytes_are_one_image),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
