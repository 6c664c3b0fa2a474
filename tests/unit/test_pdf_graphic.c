/* test_pdf_graphic.c - vector graphics in PDF files: what their content streams say, and what readers make of them. */
#include "graphic_fixture.h"

#include <zlib.h>

/* ---- reading the file ---- */

static inc_str inflated(inc_arena *arena, inc_str data)
{
    inc_buf out = inc_buf_in(arena);
    char part[4096];
    z_stream z = {.next_in = (Bytef *)data.p, .avail_in = (uInt)data.n};
    assert_int_equal(inflateInit(&z), Z_OK);
    for (int status = Z_OK; status == Z_OK;) {
        z.next_out = (Bytef *)part;
        z.avail_out = sizeof part;
        status = inflate(&z, Z_NO_FLUSH);
        assert_true(status == Z_OK || status == Z_STREAM_END);
        inc_buf_add(&out, (inc_str){part, sizeof part - z.avail_out});
    }
    inflateEnd(&z);
    return inc_buf_str(&out);
}

/* The dictionaries and contents of all forms and tiles, in the file's order: what stands inside comes first. */
static inc_str drawings(inc_arena *arena, inc_str pdf)
{
    inc_buf out = inc_buf_in(arena);
    for (size_t at = 0;;) {
        inc_str rest = inc_str_slice(pdf, at, pdf.n);
        size_t stream = inc_str_find(rest, INC_STR(">>\nstream\n"));
        if (stream == INC_NPOS)
            return inc_buf_str(&out);
        size_t start = stream;
        while (start > 4 && memcmp(rest.p + start - 4, "obj\n", 4) != 0)
            start--;
        inc_str dictionary = inc_str_slice(rest, start, stream), data = inc_str_slice(rest, stream + 10, rest.n);
        if (contains(dictionary, "/Subtype/Form") || contains(dictionary, "/PatternType 1")) {
            inc_buf_add(&out, dictionary);
            inc_buf_puts(&out, "\n-\n");
            inc_buf_add(&out, inflated(arena, data));
            inc_buf_puts(&out, "=\n");
        }
        at += stream + 10;
    }
}

static unsigned count(inc_str s, const char *what)
{
    unsigned n = 0;
    for (size_t at = 0; (at = inc_str_find(s, inc_str_of(what))) != INC_NPOS; n++)
        s = inc_str_slice(s, at + 1, s.n);
    return n;
}

/* The graphic on a page of 200 by 100 pt, in the medium; readers take the file without a word. */
static inc_str shown(book *b, const sketch *s, inc_medium medium)
{
    b->marks[1] = (marks){0};
    show_graphic(b, graphic_of(s), 40 * INC_PT, 40 * INC_PT, 200 * INC_PT, 100 * INC_PT);
    inc_str pdf = write_pdf(b, medium, 1);
    assert_int_equal(b->diags->n, 0);
    inc_str path = to_file(b->arena, pdf, medium == INC_SCREEN ? "graphic.pdf" : "graphic-print.pdf");
    check_readers(b->arena, path);
    drop_file(path);
    inc_str all = drawings(b->arena, pdf);
    if (medium == INC_PRINT) {
        static const char *const colors[] = {" rg\n", " RG\n", "DeviceRGB"};
        for (size_t i = 0; i < INC_COUNT(colors); i++)
            assert_false(contains(all, colors[i]));
    }
    return all;
}

/* ---- tests ---- */

static void test_paths(void **state)
{
    book *b = make_book(*state);
    sketch s = sketch_of(*state, 400, 200);
    s.fill = ink_of(0x000000, 255);
    draw_path(&s, "M10 10L30 10L30 40L10 40Z");
    draw_path(&s, "M10 10L30.125 11L30 40Z")->as.path.even_odd = true;
    s.fill = ink_of(0x3366CC, 255);
    draw_path(&s, "M0 0C0 0 1 2 3 4C5 6 7 8 7 8C1 2 3 4 5 6");
    s.stroke = ink_of(0x000000, 255);
    s.line = PX(1.5);
    draw_path(&s, "M0 0L10 0");
    s.fill.kind = INC_PAINT_NONE;
    static const inc_len dashes[] = {PX(3), PX(1)};
    inc_op *op = draw_path(&s, "M0 5L10 5");
    op->stroke.cap = INC_CAP_ROUND;
    op->stroke.dashes = dashes;
    op->stroke.dash_count = 2;
    op->stroke.dash_offset = PX(-1);
    inc_str screen = shown(b, &s, INC_SCREEN);
    assert_contains(screen, "/Type/XObject/Subtype/Form/BBox[0 0 400 200]/Matrix[1 0 0 -1 0 200]/Resources<<>>");
    assert_contains(screen, "-\n0 g\n10 10 20 30 re\nf\n10 10 m\n30.13 11 l\n30 40 l\nh\nf*\n.2 .4 .8 rg\n0 0 m\n1 2 3 4 v\n5 6 7 8 y\n1 2 3 4 5 6 c\nf\n"
                            "0 G\n1.5 w\n0 J\n0 j\n4 M\n[]0 d\n0 0 m\n10 0 l\nB\n1 J\n[3 1]7 d\n0 5 m\n10 5 l\nS\n=\n");
    assert_false(contains(screen, "/Group"));
    inc_str print = shown(b, &s, INC_PRINT);
    assert_contains(print, "\n0 g\n");
    assert_contains(print, "\n0 G\n"); /* black lines have one plate */
    assert_int_equal(count(print, " k\n"), 1);
}

/* Shown twice, there once; each place has its scale. */
static void test_is_shared(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch s = sketch_of(arena, 400, 200);
    s.fill = ink_of(0, 255);
    draw_path(&s, "M10 10L30 10L30 40L10 40Z");
    const inc_graphic *g = graphic_of(&s);
    show_graphic(b, g, 40 * INC_PT, 40 * INC_PT, 200 * INC_PT, 100 * INC_PT);
    show_graphic(b, g, 40 * INC_PT, 160 * INC_PT, 100 * INC_PT, 200 * INC_PT)->turned = true;
    inc_str pdf = write_pdf(b, INC_PRINT, 1);
    assert_int_equal(count(pdf, "/Subtype/Form"), 1);
    inc_str page = INC_STR("");
    for (size_t at = 0; !contains(page, "/D0 Do");) {
        size_t stream = inc_str_find(inc_str_slice(pdf, at, pdf.n), INC_STR("<<\n/Filter/FlateDecode/Length "));
        assert_true(stream != INC_NPOS);
        at += stream + 1;
        inc_str rest = inc_str_slice(pdf, at, pdf.n);
        page = inflated(arena, inc_str_slice(rest, inc_str_find(rest, INC_STR("stream\n")) + 7, rest.n));
    }
    assert_contains(page, "q .5 0 0 .5 40 260 cm/D0 Do Q\nq 0 .5 -.5 0 140 40 cm/D0 Do Q\n");
}

static void test_opacity(void **state)
{
    book *b = make_book(*state);
    sketch s = sketch_of(*state, 400, 200);
    s.fill = ink_of(0xFF0000, 128);
    draw_path(&s, "M10 10L30 10L30 40L10 40Z");
    begin_group(&s, 51); /* one thing: by itself */
    s.fill = ink_of(0x00FF00, 255);
    draw_path(&s, "M50 10L70 10L70 40L50 40Z");
    end_group(&s);
    inc_str alone = shown(b, &s, INC_SCREEN);
    assert_contains(alone, "/E1<</ca .502/CA 1>>/E2<</ca .2/CA 1>>");
    assert_contains(alone, "-\n/E1 gs\n1 0 0 rg\n10 10 20 30 re\nf\n/E2 gs\n0 1 0 rg\n50 10 20 30 re\nf\n=\n");
    assert_false(contains(alone, "/Group"));
    begin_group(&s, 51); /* two things: as one */
    draw_path(&s, "M50 10L70 10L70 40L50 40Z");
    draw_path(&s, "M60 20L70 10L70 40Z");
    end_group(&s);
    draw_path(&s, "M60 20L70 10L70 40Z");
    inc_str both = shown(b, &s, INC_SCREEN);
    assert_contains(both, "/Group<</S/Transparency/I true/CS/DeviceRGB>>");
    assert_contains(both, "q q /E3 gs\n/X0 Do Q\nQ\n/E0 gs\n60 20 m\n");
    assert_contains(shown(b, &s, INC_PRINT), "/Group<</S/Transparency/I true/CS/DeviceCMYK>>");
    inc_str pdf = write_pdf(b, INC_PRINT, 1);
    assert_contains(pdf, "/Group<</Type/Group/S/Transparency/CS/DeviceCMYK>>");
}

/* A stroke that one can see through does not take the fill below it away. */
static void test_fill_and_stroke(void **state)
{
    book *b = make_book(*state);
    sketch s = sketch_of(*state, 400, 200);
    s.fill = ink_of(0xFF0000, 255);
    s.stroke = ink_of(0x0000FF, 128);
    draw_path(&s, "M10 10L30 10L30 40L10 40Z");
    s.stroke = ink_of(0x0000FF, 255);
    draw_path(&s, "M10 10L30 10L30 40L10 40Z")->stroke_first = true;
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "-\n1 0 0 rg\n10 10 20 30 re\nf\n/E1 gs\n0 0 1 RG\n1 w\n0 J\n0 j\n4 M\n[]0 d\n10 10 20 30 re\nS\n"
                         "/E0 gs\n10 10 20 30 re\nS\n10 10 20 30 re\nf\n=\n");
}

static void test_clips(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch s = sketch_of(arena, 400, 200);
    s.fill = ink_of(0, 255);
    const char *right = "M0 0L50 0L50 50L0 50Z", *apart = "M100 0L150 0L150 50L100 50Z", *across = "M20 20L20 90L90 90L90 20Z";
    for (int i = 0; i < 4; i++) {
        inc_op *group = begin_group(&s, 255);
        group->as.group.clips = i == 3 ? INC_NEW(arena, inc_clip) : clip_of(arena, right, i == 1 ? apart : i == 2 ? across : NULL, i == 1);
        group->as.group.clip_count = 1;
        draw_path(&s, "M0 0L400 0L400 200L0 200Z");
        end_group(&s);
    }
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "q 0 0 50 50 re\nW n\n0 g\n0 0 400 200 re\nf\nQ\n");
    assert_contains(all, "q 0 0 50 50 re\n100 0 50 50 re\nW* n\n0 g\n0 0 400 200 re\nf\nQ\n");
    assert_contains(all, "-\n0 g\n0 0 50 50 re\nf\n20 20 m\n20 90 l\n90 90 l\n90 20 l\nh\nf\n=\n"); /* would cut each other out: a mask */
    assert_contains(all, "/SMask<</S/Alpha/G ");
    assert_int_equal(count(all, "0 0 400 200 re\nf"), 3); /* behind a clip without paths nothing is seen */
}

static void test_gradients(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch s = sketch_of(arena, 400, 200);
    static const inc_stop stops[] = {{0, {255, 0, 0, 255}}, {16384, {255, 255, 255, 255}}, {16384, {0, 0, 0, 255}}, {65536, {0, 0, 255, 255}}};
    s.fill = gradient_paint(arena, INC_PAINT_LINEAR, (double[]){10, 0, 0, 110, 0, 0}, stops, 4);
    draw_path(&s, "M10 10L390 10L390 40L10 40Z");
    static const inc_stop greys[] = {{6554, {0, 0, 0, 255}}, {65536, {255, 255, 255, 255}}};
    s.fill = gradient_paint(arena, INC_PAINT_RADIAL, (double[]){200, 100, 0, 200, 100, 50}, greys, 2);
    draw_path(&s, "M150 50L250 50L250 150L150 150Z");
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "/P0<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceRGB/Coords[10 0 110 0]/Extend[true true]/Function<</FunctionType 3/Domain[0 1]"
                         "/Functions[<</FunctionType 2/Domain[0 1]/N 1/C0[1 0 0]/C1[1 1 1]>><</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0]/C1[0 0 1]>>]"
                         "/Bounds[.25]/Encode[0 1 0 1]>>>>>>");
    assert_contains(all, "/ShadingType 3/ColorSpace/DeviceGray/Coords[200 100 0 200 100 50]/Extend[true true]/Function<</FunctionType 3/Domain[0 1]"
                         "/Functions[<</FunctionType 2/Domain[0 1]/N 1/C0[0]/C1[0]>><</FunctionType 2/Domain[0 1]/N 1/C0[0]/C1[1]>>]/Bounds[.10001]");
    assert_contains(all, "/Pattern cs/P0 scn\n10 10 380 30 re\nf\n/Pattern cs/P1 scn\n");
    inc_str print = shown(b, &s, INC_PRINT);
    assert_contains(print, "/ShadingType 2/ColorSpace/DeviceCMYK");
    assert_true(count(print, "/FunctionType 2") > 6); /* inks of steps in between */
    assert_contains(print, "/ShadingType 3/ColorSpace/DeviceGray");
}

static void test_gradients_repeat(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch s = sketch_of(arena, 400, 200);
    static const inc_stop stops[] = {{0, {255, 0, 0, 255}}, {65536, {0, 0, 255, 255}}};
    s.fill = gradient_paint(arena, INC_PAINT_LINEAR, (double[]){100, 0, 0, 120, 0, 0}, stops, 2);
    ((inc_gradient *)s.fill.as.gradient)->spread = INC_SPREAD_REFLECT;
    draw_path(&s, "M75 10L145 10L145 40L75 40Z");
    s.fill = gradient_paint(arena, INC_PAINT_RADIAL, (double[]){200, 100, 0, 200, 100, 10}, stops, 2);
    ((inc_gradient *)s.fill.as.gradient)->spread = INC_SPREAD_REPEAT;
    draw_path(&s, "M170 70L230 70L230 130L170 130Z");
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "/Coords[60 0 160 0]/Extend[true true]/Domain[0 5]/Function<</FunctionType 3/Domain[0 5]/Functions[");
    assert_contains(all, "/Bounds[1 2 3 4]/Encode[ 0 1 1 0 0 1 1 0 0 1]");
    assert_contains(all, "/Coords[200 100 0 200 100 50]/Extend[true true]/Domain[0 5]");
    assert_contains(all, "/Encode[ 0 1 0 1 0 1 0 1 0 1]");
    shown(b, &s, INC_PRINT);
}

static void test_gradient_opacities(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch s = sketch_of(arena, 400, 200);
    static const inc_stop fading[] = {{0, {255, 0, 0, 255}}, {65536, {255, 0, 0, 0}}}, half[] = {{0, {255, 0, 0, 51}}, {65536, {0, 0, 0, 51}}};
    s.fill = gradient_paint(arena, INC_PAINT_LINEAR, (double[]){10, 0, 0, 110, 0, 0}, fading, 2);
    draw_path(&s, "M10 10L390 10L390 40L10 40Z");
    s.fill = gradient_paint(arena, INC_PAINT_LINEAR, (double[]){10, 0, 0, 110, 0, 0}, half, 2);
    draw_path(&s, "M10 10L390 10L390 40L10 40Z");
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "/BBox[10 10 390 40]/Group<</S/Transparency/I true/CS/DeviceGray>>");
    assert_contains(all, "/C0[1]/C1[0]");
    assert_contains(all, "/SMask<</S/Luminosity/G ");
    assert_contains(all, "-\nq /E1 gs\n/Pattern cs/P0 scn\n10 10 380 30 re\nf\nQ\n/E2 gs\n/Pattern cs/P1 scn\n");
    assert_contains(all, "/E2<</ca .2/CA 1>>");
    shown(b, &s, INC_PRINT);
}

static void test_patterns(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch tile = sketch_of(arena, 8, 8), s = sketch_of(arena, 400, 200);
    tile.fill = ink_of(0x00AA00, 255);
    draw_path(&tile, "M0 0L4 0L4 4L0 4Z");
    inc_pattern pattern = {.matrix = {INC_MATRIX_ONE / 2, 0, 0, INC_MATRIX_ONE / 2, PX(3), 0}, .width = PX(8), .height = PX(8), .tile = graphic_of(&tile)};
    s.fill = (inc_paint){.kind = INC_PAINT_PATTERN, .opacity = 128, .as.pattern = &pattern};
    draw_path(&s, "M10 10L390 10L390 40L10 40Z");
    draw_path(&s, "M10 50L390 50L390 90L10 90Z");
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 8 8]/XStep 8/YStep 8/Matrix[.5 0 0 .5 3 0]/Resources<<>>");
    assert_contains(all, "\n-\n0 .667 0 rg\n0 0 4 4 re\nf\n=\n");
    assert_contains(all, "-\n/E1 gs\n/Pattern cs/P0 scn\n10 10 380 30 re\nf\n10 50 380 40 re\nf\n=\n");
    assert_int_equal(count(all, "/PatternType 1"), 1);
    shown(b, &s, INC_PRINT);
}

static void test_masks(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch veil = sketch_of(arena, 400, 200), s = sketch_of(arena, 400, 200);
    veil.fill = ink_of(0x00FF00, 255);
    draw_path(&veil, "M0 0L100 0L100 100L0 100Z");
    inc_mask mask = {.content = graphic_of(&veil), .luminance = true, .x = PX(-10), .width = PX(200), .height = PX(100)};
    s.fill = ink_of(0x123456, 255);
    inc_op *group = begin_group(&s, 255);
    group->as.group.mask = &mask;
    group->as.group.clips = clip_of(arena, "M0 0L50 0L50 50L0 50Z", "M20 20L20 90L90 90L90 20Z", false); /* a mask too */
    group->as.group.clip_count = 1;
    draw_path(&s, "M0 0L400 0L400 200L0 200Z");
    end_group(&s);
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "/BBox[-10 0 190 100]/Group<</S/Transparency/I true/CS/DeviceGray>>/Resources<<>>");
    assert_contains(all, "-\n.715 g\n0 0 100 100 re\nf\n=\n"); /* the luminance of green */
    assert_int_equal(count(all, "/SMask<</S/Luminosity"), 1);
    assert_int_equal(count(all, "/SMask<</S/Alpha"), 1);
    shown(b, &s, INC_PRINT);
}

static void test_blend_modes(void **state)
{
    book *b = make_book(*state);
    sketch s = sketch_of(*state, 400, 200);
    s.fill = ink_of(0xFFCC00, 255);
    draw_path(&s, "M0 0L100 0L100 100L0 100Z");
    begin_group(&s, 255)->as.group.blend = INC_BLEND_MULTIPLY;
    s.fill = ink_of(0x00CCFF, 255);
    draw_path(&s, "M50 0L150 0L150 100L50 100Z");
    end_group(&s);
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "/BM/Multiply");
    assert_contains(all, "/Matrix[1 0 0 -1 0 200]/Group<</S/Transparency/I true"); /* blends with the drawing, not with the page */
    shown(b, &s, INC_PRINT);
}

static void test_text(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch s = sketch_of(arena, 400, 200);
    b->size = 20 * INC_PT;
    s.fill = ink_of(0x1F2937, 255);
    draw_text(&s, b, "Affluent waves", 10, 30);
    inc_op *turned = draw_text(&s, b, "upwards", 0, 0);
    turned->matrix = (inc_matrix){0, -INC_MATRIX_ONE, INC_MATRIX_ONE, 0, PX(30), PX(150)};
    s.stroke = ink_of(0xFFFFFF, 255);
    s.line = PX(3);
    draw_text(&s, b, "haloed", 100, 100)->stroke_first = true;
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "-\n.122 .161 .216 rg\nBT\n0 Tr\n1 0 0 -1 10 30 Tm\n/F0 20 Tf\n[(");
    assert_contains(all, "BT\n0 -1 -1 0 30 150 Tm\n[(");
    assert_contains(all, "/Span<</ActualText<FEFF>>>BDC\nBT\n1 Tr\n1 0 0 -1 100 100 Tm\n");
    assert_contains(all, "BT\n0 Tr\n1 0 0 -1 100 100 Tm\n");
    inc_str print = shown(b, &s, INC_PRINT);
    assert_contains(print, "-\n.157 g\nBT\n"); /* nearly black: black alone */
    if (!installed("pdftotext"))
        return;
    int status;
    inc_str path = to_file(arena, write_pdf(b, INC_SCREEN, 1), "graphic-text.pdf");
    inc_str text = say(arena, "pdftotext -f 2 -l 2 %s -", path, &status);
    assert_contains(text, "Affluent waves");
    assert_contains(text, "upwards");
    assert_int_equal(count(text, "haloed"), 1);
    drop_file(path);
}

static void test_pictures_inside(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch s = sketch_of(arena, 400, 200);
    inc_op *op = push_op(&s, INC_OP_IMAGE);
    op->matrix = (inc_matrix){100 * INC_MATRIX_ONE, 0, 0, 60 * INC_MATRIX_ONE, PX(10), PX(20)};
    op->as.image = make_image(b, INC_IMAGE_JPEG, "inside.jpg", make_jpeg(arena), 1);
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "-\nq 100 0 0 -60 10 80 cm q 1 0 0 1 0 0 cm/I");
    assert_contains(shown(b, &s, INC_PRINT), "/XObject<</I");
}

/* Groups in groups in tiles, deeper than any stream may save states. */
static void test_depth(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch s = sketch_of(arena, 400, 200);
    for (int i = 0; i < INC_GRAPHIC_DEPTH_MAX; i++) {
        inc_op *group = begin_group(&s, 255);
        group->as.group.clips = clip_of(arena, "M0 0L100 0L100 100L0 100Z", NULL, false);
        group->as.group.clip_count = 1;
    }
    s.fill = ink_of(0, 255);
    draw_path(&s, "M10 10L20 10L20 20L10 20Z");
    for (int i = 0; i < INC_GRAPHIC_DEPTH_MAX; i++)
        end_group(&s);
    inc_str all = shown(b, &s, INC_SCREEN);
    assert_contains(all, "10 10 10 10 re\nf\n");
    assert_false(contains(all, "/Group")); /* nothing is blended */
    s.ops.n = 0;
    for (int i = 0; i < INC_GRAPHIC_DEPTH_MAX; i++) {
        begin_group(&s, 250);
        draw_path(&s, "M30 10L40 10L40 20L30 20Z");
    }
    draw_path(&s, "M10 10L20 10L20 20L10 20Z");
    for (int i = 0; i < INC_GRAPHIC_DEPTH_MAX; i++)
        end_group(&s);
    all = shown(b, &s, INC_SCREEN);
    assert_int_equal(count(all, "30 10 10 10 re\nf\n"), INC_GRAPHIC_DEPTH_MAX);
    assert_int_equal(count(all, "/Subtype/Form"), 24);
    assert_contains(all, "10 10 10 10 re\nf\n");
}

/* More ink than the paper bears is told of, once a colour. */
static void test_too_much_ink(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch s = sketch_of(arena, 400, 200);
    s.fill = s.stroke = ink_of(0x001040, 255);
    draw_path(&s, "M10 10L20 10L20 20L10 20Z");
    show_graphic(b, graphic_of(&s), 40 * INC_PT, 40 * INC_PT, 40 * INC_PT, 20 * INC_PT);
    inc_buf out = inc_buf_in(arena);
    inc_memory_sink sink = inc_memory_sink_to(&out);
    inc_pdf_options options = {.medium = INC_PRINT, .inks = test_inks(arena, false, 200), .producer = INC_STR("incipit 0.1.0"), .jobs = 1};
    assert_true(inc_pdf_write(&b->pages, &options, arena, b->diags, &sink.sink));
    assert_int_equal(b->diags->n, 1);
    assert_int_equal(b->diags->v[0].id, INC_DIAG_INK_LIMIT);
    assert_str(b->diags->v[0].page, "v");
    assert_true(inc_str_starts(b->diags->v[0].message, INC_STR("the colour #001040 needs ")));
}

/* Many things in many paints take no more than their number. */
static void test_many_paints(void **state)
{
    enum { MANY = 2000 };
    inc_arena *arena = *state;
    book *b = make_book(arena);
    sketch s = sketch_of(arena, 400, 200);
    static const inc_stop stops[] = {{0, {255, 0, 0, 255}}, {65536, {0, 0, 255, 255}}};
    s.fill = gradient_paint(arena, INC_PAINT_LINEAR, (double[]){0, 0, 0, 1, 0, 0}, stops, 2);
    for (int i = 0; i < MANY; i++)
        draw_path(&s, "M0 0L1 0L1 1L0 1Z")->matrix.e = i * INC_PT / 64;
    inc_str pdf = shown(b, &s, INC_SCREEN);
    assert_int_equal(count(pdf, "/PatternType 2"), MANY);
    assert_int_equal(count(pdf, "/FunctionType"), 0); /* the function is an object of its own */
}

static void test_same_bytes(void **state)
{
    inc_arena *arena = *state;
    book *b = make_book(arena);
    for (int i = 0; i < 5; i++) {
        sketch s = sketch_of(arena, 400, 200);
        s.fill = ink_of(0x102030u * (unsigned)i, 200);
        draw_path(&s, "M10 10L20 10L20 20L10 20Z");
        show_graphic(b, graphic_of(&s), 40 * INC_PT, (40 + 30 * i) * INC_PT, 40 * INC_PT, 20 * INC_PT);
    }
    for (int medium = INC_SCREEN; medium <= INC_PRINT; medium++)
        assert_true(inc_str_eq(write_pdf(b, (inc_medium)medium, 1), write_pdf(b, (inc_medium)medium, 4)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_paths), TEST(test_is_shared), TEST(test_opacity), TEST(test_fill_and_stroke), TEST(test_clips), TEST(test_gradients), TEST(test_gradients_repeat),
        TEST(test_gradient_opacities), TEST(test_patterns), TEST(test_masks), TEST(test_blend_modes), TEST(test_text), TEST(test_pictures_inside), TEST(test_depth),
        TEST(test_too_much_ink), TEST(test_many_paints), TEST(test_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
