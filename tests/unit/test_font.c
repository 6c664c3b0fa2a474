/* test_font.c - the catalogue, shaping with the real fonts, fallback, subsets, outlines. */
#include "harness.h"

#include <hb-ot.h>
#include <hb.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "base/guard.h"
#include "base/pool.h"
#include "font/font.h"

#define SERIF "Source Serif 4"
#define SANS "Source Sans 3"
#define MONO "Iosevka Charon Mono"

typedef struct world {
    inc_arena *arena;
    inc_diags *diags;
    inc_fonts *fonts;
    inc_shaper *shaper;
} world;

static inc_str font_path(inc_arena *arena, const char *file)
{
    const char *root = getenv("INCIPIT_ROOT");
    assert_non_null(root);
    return inc_strf(arena, "%s/fonts/%s", root, file);
}

static world begin(void **state)
{
    static const struct {
        const char *family, *file;
        uint16_t weight;
        bool italic;
    } faces[] = {
        {SERIF, "source-serif-4/SourceSerif4_300Light.ttf", 300, false},
        {SERIF, "source-serif-4/SourceSerif4_400Regular.ttf", 400, false},
        {SERIF, "source-serif-4/SourceSerif4_400Regular_Italic.ttf", 400, true},
        {SERIF, "source-serif-4/SourceSerif4_700Bold.ttf", 700, false},
        {SANS, "source-sans-3/SourceSans3_400Regular.ttf", 400, false},
        {MONO, "iosevka-charon-mono/IosevkaCharonMono_400Regular.ttf", 400, false},
        {"Noto Sans Math", "noto-sans-math/NotoSansMath_400Regular.ttf", 400, false},
        {"Noto Sans Symbols 2", "noto-sans-symbols-2/NotoSansSymbols2_400Regular.ttf", 400, false},
        {"Noto Emoji", "noto-emoji/NotoEmoji_400Regular.ttf", 400, false},
    };
    inc_arena *arena = *state;
    world w = {.arena = arena, .diags = inc_diags_new(arena)};
    w.fonts = inc_fonts_new(arena, w.diags);
    for (size_t i = 0; i < INC_COUNT(faces); i++)
        inc_fonts_declare(w.fonts, inc_str_of(faces[i].family), faces[i].weight, faces[i].italic, font_path(arena, faces[i].file), INC_NO_SPAN);
    w.shaper = inc_shaper_new(arena, w.fonts);
    return w;
}

static const inc_chain *serif_chain(const world *w)
{
    inc_str families[] = {INC_STR(SERIF), INC_STR(SANS), INC_STR("Noto Sans Math"), INC_STR("Noto Sans Symbols 2"),
                          INC_STR(MONO), INC_STR("Noto Emoji"), INC_STR("serif")};
    return inc_fonts_chain(w->fonts, families, INC_COUNT(families), 400, false);
}

static const inc_chain *mono_chain(const world *w)
{
    inc_str families[] = {INC_STR(MONO), INC_STR("Noto Sans Symbols 2"), INC_STR("Noto Emoji"), INC_STR("monospace")};
    return inc_fonts_chain(w->fonts, families, INC_COUNT(families), 400, false);
}

static const inc_shaped *shape_with(const world *w, const inc_chain *chain, const char *text, const inc_shape_feature *features,
                                    uint32_t n)
{
    inc_shape_request request = {.chain = chain, .size = 10 * INC_PT, .features = features, .feature_count = n, .language = INC_STR("en")};
    return inc_shape(w->shaper, &request, inc_str_of(text));
}

static const inc_shaped *shape(const world *w, const char *text)
{
    return shape_with(w, serif_chain(w), text, NULL, 0);
}

static void test_matching(void **state)
{
    world w = begin(state);
    inc_str serif[] = {INC_STR("source SERIF 4")};
    assert_int_equal(inc_font_weight(inc_chain_first(inc_fonts_chain(w.fonts, serif, 1, 500, false))), 400);
    assert_int_equal(inc_font_weight(inc_chain_first(inc_fonts_chain(w.fonts, serif, 1, 600, false))), 700);
    assert_int_equal(inc_font_weight(inc_chain_first(inc_fonts_chain(w.fonts, serif, 1, 350, false))), 300);
    assert_int_equal(inc_font_weight(inc_chain_first(inc_fonts_chain(w.fonts, serif, 1, 100, false))), 300);
    assert_true(inc_font_is_italic(inc_chain_first(inc_fonts_chain(w.fonts, serif, 1, 700, true))));
    assert_ptr_equal(inc_fonts_chain(w.fonts, serif, 1, 400, false), inc_fonts_chain(w.fonts, serif, 1, 420, false));
    assert_int_equal(w.diags->n, 0);
    inc_str unknown[] = {INC_STR("Georgia"), INC_STR("serif")};
    assert_non_null(inc_chain_first(inc_fonts_chain(w.fonts, unknown, 2, 400, false)));
    inc_fonts_chain(w.fonts, unknown, 2, 400, true);
    assert_int_equal(w.diags->n, 1);
    assert_int_equal(w.diags->v[0].id, INC_DIAG_UNKNOWN_FAMILY);
}

static void test_metrics(void **state)
{
    world w = begin(state);
    const inc_font *serif = inc_chain_first(serif_chain(&w)), *mono = inc_chain_first(mono_chain(&w));
    inc_font_metrics m = inc_font_metrics_of(serif);
    assert_int_equal(m.upem, 1000);
    assert_int_equal(m.x_height, 475);
    assert_int_equal(m.cap_height, 670);
    assert_int_equal(m.ascent, 1036);
    assert_int_equal(m.descent, -335);
    assert_str(inc_font_postscript_name(serif), "SourceSerif4-Regular");
    assert_false(inc_font_is_fixed_pitch(serif));
    assert_true(inc_font_is_fixed_pitch(mono));
    assert_int_equal(inc_font_advance(serif, inc_font_glyph(serif, 'x')), 569);
    inc_box ink = inc_font_ink(serif, inc_font_glyph(serif, 'H'));
    assert_int_equal(ink.x0, 38);
    assert_int_equal(ink.x1, 776);
    assert_int_equal(ink.y0, 0);
    assert_int_equal(ink.y1, 670);
    ink = inc_font_ink(serif, inc_font_glyph(serif, ' '));
    assert_int_equal(ink.x1 - ink.x0, 0);
    inc_box all = inc_font_bbox(serif);
    assert_true(all.y1 >= 800 && all.y0 <= -250 && all.x1 >= 1000);
}

static void test_ligature_and_kerning(void **state)
{
    world w = begin(state);
    const inc_shaped *fi = shape(&w, "fi");
    assert_int_equal(fi->run_count, 1);
    assert_int_equal(fi->runs[0].count, 1);
    inc_shape_request spaced = {.chain = serif_chain(&w), .size = 10 * INC_PT, .letter_spacing = INC_PT};
    const inc_shaped *apart = inc_shape(w.shaper, &spaced, INC_STR("fi"));
    assert_int_equal(apart->runs[0].count, 2);
    inc_shape_feature no_ligature = {"liga", 0};
    assert_int_equal(apart->advance, shape_with(&w, serif_chain(&w), "fi", &no_ligature, 1)->advance + 2 * INC_PT);

    inc_shape_feature off = {"kern", 0};
    const inc_shaped *kerned = shape(&w, "AVAVA"), *plain = shape_with(&w, serif_chain(&w), "AVAVA", &off, 1);
    assert_true(kerned->advance < plain->advance);
    assert_true(kerned->runs[0].glyphs[1].flags & INC_GLYPH_UNSAFE_TO_BREAK);
    assert_int_equal(shape(&w, "HH")->runs[0].glyphs[1].flags, 0);
}

static void test_advances_add_up(void **state)
{
    world w = begin(state);
    inc_shape_request odd = {.chain = serif_chain(&w), .size = 655361, .language = INC_STR("en")};
    const inc_shaped *s = inc_shape(w.shaper, &odd, INC_STR("Hamburgefonstiv"));
    inc_len sum = 0;
    for (uint32_t i = 0; i < s->runs[0].count; i++)
        sum += s->runs[0].glyphs[i].advance;
    assert_int_equal(sum, s->advance);
    assert_int_equal(sum, s->runs[0].advance);
    const inc_font *serif = inc_chain_first(odd.chain);
    int32_t h = inc_font_advance(serif, inc_font_glyph(serif, 'H'));
    assert_int_equal(inc_shape(w.shaper, &odd, INC_STR("H"))->advance, inc_len_from_units(h, 655361, 1000));
    assert_ptr_equal(s, inc_shape(w.shaper, &odd, INC_STR("Hamburgefonstiv")));
    odd.size++;
    assert_ptr_not_equal(s, inc_shape(w.shaper, &odd, INC_STR("Hamburgefonstiv")));
}

static void test_features(void **state)
{
    world w = begin(state);
    const inc_chain *chain = serif_chain(&w);
    inc_shape_feature old[] = {{"onum", 1}, {"pnum", 1}}, sups = {"sups", 1}, smcp = {"smcp", 1};
    assert_true(shape_with(&w, chain, "1", old, 2)->advance < shape(&w, "1")->advance);
    assert_int_equal(shape(&w, "1")->advance, shape(&w, "8")->advance);
    assert_int_not_equal(shape_with(&w, chain, "2", &sups, 1)->runs[0].glyphs[0].gid, shape(&w, "2")->runs[0].glyphs[0].gid);
    assert_int_not_equal(shape_with(&w, chain, "a", &smcp, 1)->runs[0].glyphs[0].gid, shape(&w, "a")->runs[0].glyphs[0].gid);

    inc_shape_feature narrow[] = {{"NWID", 1}, {"calt", 0}};
    assert_int_equal(shape_with(&w, mono_chain(&w), "→", NULL, 0)->advance, 10 * INC_PT);
    assert_int_equal(shape_with(&w, mono_chain(&w), "→", narrow, 2)->advance, 5 * INC_PT);
    assert_int_equal(shape_with(&w, mono_chain(&w), "->", narrow, 2)->runs[0].count, 2);
}

static const inc_font *font_for(const world *w, const char *text)
{
    const inc_shaped *s = shape(w, text);
    assert_int_equal(s->run_count, 1);
    assert_int_equal(s->missing, 0);
    return s->runs[0].font;
}

static void test_fallback(void **state)
{
    world w = begin(state);
    assert_str(inc_font_family_name(font_for(&w, "é")), SERIF);
    assert_str(inc_font_family_name(font_for(&w, "e\u0301")), SERIF);
    assert_str(inc_font_family_name(font_for(&w, "\u2200")), SANS);
    assert_str(inc_font_family_name(font_for(&w, "\u2286")), "Noto Sans Math");
    assert_str(inc_font_family_name(font_for(&w, "\u26A0")), "Noto Sans Symbols 2");
    assert_str(inc_font_family_name(font_for(&w, "\U0001F600")), "Noto Emoji");
    assert_str(inc_font_family_name(font_for(&w, "a\u2009b\u202Fc\u2011d")), SERIF);
    const inc_shaped *s = shape(&w, "a\u2286b");
    assert_int_equal(s->run_count, 3);
    assert_int_equal(s->runs[1].start, 1);
    assert_int_equal(s->runs[1].length, 3);
    assert_int_equal(s->runs[1].glyphs[0].cluster, 1);
    assert_int_equal(s->runs[2].glyphs[0].cluster, 4);
    assert_int_equal(s->runs[1].size, inc_len_scale(10 * INC_PT, 475, 536));
    inc_len emoji = shape(&w, "\U0001F600")->runs[0].size;
    assert_true(emoji > 8 * INC_PT && emoji < 9 * INC_PT);
    /* a family is one cluster and, where the face has it, one glyph */
    s = shape(&w, "\U0001F468\u200D\U0001F469\u200D\U0001F467");
    assert_int_equal(s->run_count, 1);
    assert_int_equal(s->runs[0].count, 1);
}

static void test_missing(void **state)
{
    world w = begin(state);
    const inc_shaped *s = shape(&w, "a\u5B57\u6F22b");
    assert_int_equal(s->missing, 2);
    assert_int_equal(s->first_missing, 0x5B57);
    assert_int_equal(s->run_count, 3); /* two scripts, one face */
    assert_ptr_equal(s->runs[1].font, s->runs[0].font);
    assert_int_equal(s->runs[1].glyphs[1].flags & INC_GLYPH_MISSING, INC_GLYPH_MISSING);
    assert_int_equal(s->runs[1].glyphs[1].gid, 0);
    assert_true(s->runs[1].glyphs[1].advance > 0);
    assert_int_equal(shape(&w, "plain")->missing, 0);
    s = shape(&w, "a\u00AD\u200Bb\tc\u2060");
    assert_int_equal(s->missing, 0);
    assert_int_equal(s->run_count, 1);
    assert_int_equal(s->runs[0].count, 3);
    assert_int_equal(shape(&w, "\u00AD")->advance, 0);
    assert_int_equal(shape(&w, "")->run_count, 0);
    assert_int_equal(w.diags->n, 0);
}

static void test_grid(void **state)
{
    world w = begin(state);
    inc_shape_feature narrow[] = {{"NWID", 1}, {"calt", 0}};
    inc_shape_request code = {.chain = mono_chain(&w), .size = 8 * INC_PT, .features = narrow, .feature_count = 2, .monospace_grid = true};
    const inc_shaped *s = inc_shape(w.shaper, &code, INC_STR("a\U0001F600b\u2423\U0001F5F8"));
    assert_int_equal(s->missing, 0);
    assert_int_equal(s->runs[1].advance, 2 * 4 * INC_PT);
    assert_str(inc_font_family_name(s->runs[1].font), "Noto Emoji");
    assert_int_equal(s->advance % (4 * INC_PT), 0);
    for (uint32_t i = 0; i < s->run_count; i++) {
        inc_len sum = 0;
        for (uint32_t g = 0; g < s->runs[i].count; g++)
            sum += s->runs[i].glyphs[g].advance;
        assert_int_equal(sum, s->runs[i].advance);
    }
    /* the ink is centred */
    const inc_glyph_run *run = &s->runs[1];
    inc_box ink = inc_font_ink(run->font, run->glyphs[0].gid);
    inc_len left = inc_len_from_units(ink.x0 + run->glyphs[0].x_offset, run->size, 2048);
    inc_len right = run->advance - inc_len_from_units(ink.x1 + run->glyphs[0].x_offset, run->size, 2048);
    assert_true(left >= 0 && right >= 0 && llabs((long long)(left - right)) < INC_PT / 50);
}

static void test_letter_spacing_keeps_accents(void **state)
{
    world w = begin(state);
    inc_shape_request spaced = {.chain = serif_chain(&w), .size = 10 * INC_PT, .letter_spacing = INC_PT};
    inc_len with = inc_shape(w.shaper, &spaced, INC_STR("q\u0303x"))->advance;
    spaced.letter_spacing = 0;
    inc_len without = inc_shape(w.shaper, &spaced, INC_STR("q\u0303x"))->advance;
    assert_int_equal(with - without, 2 * INC_PT);
}

static hb_font_t *reopen(inc_str bytes, hb_face_t **face)
{
    hb_blob_t *blob = hb_blob_create(bytes.p, (unsigned)bytes.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    *face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    return hb_font_create(*face);
}

static void test_pdf_subset(void **state)
{
    world w = begin(state);
    const inc_font *serif = inc_chain_first(serif_chain(&w));
    inc_glyph_set set = inc_glyph_set_new(w.arena, serif);
    const char *text = "Hamburgefonstiv é";
    for (size_t i = 0; i < 15; i++)
        inc_glyph_set_add(&set, inc_font_glyph(serif, (uint32_t)text[i]));
    inc_glyph_set_add(&set, inc_font_glyph(serif, 0xE9)); /* a composite */
    inc_font_subset subset;
    assert_true(inc_font_subset_pdf(serif, &set, w.arena, w.diags, &subset));
    assert_false(subset.cff);
    assert_true(subset.bytes.n < 12000);
    assert_true(subset.glyph_count >= 17 && subset.glyph_count < 24);
    hb_face_t *face;
    hb_font_t *font = reopen(subset.bytes, &face);
    assert_int_equal(hb_face_get_glyph_count(face), subset.glyph_count);
    for (uint32_t gid = 1; gid < subset.glyph_count; gid++) {
        uint16_t old = subset.old_gid[gid];
        assert_int_equal(subset.new_gid[old], gid);
        assert_int_equal(hb_font_get_glyph_h_advance(font, gid), inc_font_advance(serif, old));
    }
    assert_int_equal(subset.new_gid[inc_font_glyph(serif, 'Q')], 0);
    hb_font_destroy(font);
    hb_face_destroy(face);
    inc_font_subset again;
    assert_true(inc_font_subset_pdf(serif, &set, w.arena, w.diags, &again));
    assert_true(inc_str_eq(subset.bytes, again.bytes));
}

static void test_web_subset(void **state)
{
    world w = begin(state);
    uint32_t ascii[96], n = 0;
    for (uint32_t cp = 0x20; cp < 0x7F; cp++)
        ascii[n++] = cp;
    inc_str bytes;
    const inc_font *serif = inc_chain_first(serif_chain(&w)), *mono = inc_chain_first(mono_chain(&w));
    assert_true(inc_font_subset_web(serif, ascii, n, w.arena, w.diags, &bytes));
    assert_true(bytes.n < 120000);
    hb_face_t *face;
    hb_font_t *font = reopen(bytes, &face);
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, "fi", 2, 0, 2);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, NULL, 0);
    assert_int_equal(hb_buffer_get_length(buffer), 1);
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
    hb_face_destroy(face);

    uint32_t arrows[] = {'-', '>', 'a', 0x2192};
    assert_true(inc_font_subset_web(mono, arrows, 4, w.arena, w.diags, &bytes));
    assert_true(bytes.n < 20000);
    font = reopen(bytes, &face);
    buffer = hb_buffer_create();
    hb_feature_t narrow;
    hb_feature_from_string("NWID", -1, &narrow);
    hb_buffer_add_utf8(buffer, "\u2192", 3, 0, 3);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, &narrow, 1);
    assert_int_equal(hb_buffer_get_glyph_positions(buffer, NULL)[0].x_advance, 500);
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
    hb_face_destroy(face);
}

typedef struct trace {
    int moves, lines, curves;
    int32_t top;
} trace;

static void trace_move(void *context, int32_t x, int32_t y)
{
    trace *t = context;
    (void)x;
    t->moves++;
    t->top = INC_MAX(t->top, y);
}

static void trace_line(void *context, int32_t x, int32_t y)
{
    trace *t = context;
    (void)x;
    t->lines++;
    t->top = INC_MAX(t->top, y);
}

static void trace_curve(void *context, int32_t x1, int32_t y1, int32_t x2, int32_t y2, int32_t x, int32_t y)
{
    trace *t = context;
    (void)x1, (void)y1, (void)x2, (void)y2, (void)x;
    t->curves++;
    t->top = INC_MAX(t->top, y);
}

static void test_outline_and_raster(void **state)
{
    world w = begin(state);
    const inc_font *serif = inc_chain_first(serif_chain(&w));
    trace t = {0};
    inc_outline_sink sink = {trace_move, trace_line, trace_curve, &t};
    assert_true(inc_font_outline(serif, inc_font_glyph(serif, 'o'), &sink));
    assert_int_equal(t.moves, 2);
    assert_true(t.curves > 6);
    assert_int_equal(t.top, inc_font_ink(serif, inc_font_glyph(serif, 'o')).y1);
    assert_false(inc_font_outline(serif, 65000, &sink));

    inc_bitmap bitmap;
    assert_true(inc_font_raster(serif, inc_font_glyph(serif, 'H'), 100, w.arena, &bitmap));
    assert_int_equal(bitmap.height, 67);
    assert_int_equal(bitmap.top, 67);
    assert_int_equal(bitmap.left, 3);
    assert_in_range(bitmap.advance, 814 * 65536 / 10 - 700, 814 * 65536 / 10 + 700);
    assert_true(inc_font_raster(serif, inc_font_glyph(serif, ' '), 100, w.arena, &bitmap));
    assert_int_equal(bitmap.width, 0);
}

static void test_bad_files(void **state)
{
    inc_arena *arena = *state;
    inc_diags *diags = inc_diags_new(arena);
    inc_fonts *fonts = inc_fonts_new(arena, diags);
    inc_str family = INC_STR("Bad");
    inc_fonts_declare(fonts, family, 400, false, font_path(arena, "source-serif-4/LICENSE_FONT"), INC_NO_SPAN);
    inc_fonts_declare(fonts, family, 700, false, font_path(arena, "nowhere.ttf"), INC_NO_SPAN);
    const inc_chain *chain = inc_fonts_chain(fonts, &family, 1, 400, false);
    assert_null(inc_chain_first(chain));
    assert_int_equal(diags->count[INC_ERROR], 2);
    assert_int_equal(diags->count[INC_FATAL], 1);
    inc_shaper *shaper = inc_shaper_new(arena, fonts);
    inc_shape_request request = {.chain = chain, .size = INC_PT};
    assert_int_equal(inc_shape(shaper, &request, INC_STR("ab"))->missing, 2);
    inc_fonts_declare(fonts, family, 700, false, font_path(arena, "source-serif-4/SourceSerif4_700Bold.ttf"), INC_NO_SPAN);
    assert_non_null(inc_chain_first(inc_fonts_chain(fonts, &family, 1, 400, false)));
}

/* Every prefix and many damaged copies of a font are refused or usable, never fatal. */
static void test_damaged_fonts(void **state)
{
    inc_arena *arena = *state;
    inc_str good;
    assert_int_equal(inc_file_read(arena, font_path(arena, "noto-emoji/NotoEmoji_400Regular.ttf"), 1 << 24, &good), 0);
    char path[] = "/tmp/incipit-font-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    uint32_t seed = 1;
    for (int round = 0; round < 24; round++) {
        char *bytes = inc_alloc(arena, good.n);
        memcpy(bytes, good.p, good.n);
        size_t n = round < 8 ? good.n * (size_t)round / 8 : good.n;
        for (int i = 0; round >= 8 && i < 200; i++) {
            seed = seed * 1664525u + 1013904223u;
            size_t at = seed % (round % 2 ? good.n : 2000);
            bytes[at] = (char)(seed >> 24);
        }
        FILE *f = fopen(path, "wb");
        assert_int_equal(fwrite(bytes, 1, n, f), n);
        fclose(f);
        inc_diags *diags = inc_diags_new(arena);
        inc_fonts *fonts = inc_fonts_new(arena, diags);
        inc_str family = INC_STR("Damaged");
        inc_fonts_declare(fonts, family, 400, false, inc_str_of(path), INC_NO_SPAN);
        const inc_chain *chain = inc_fonts_chain(fonts, &family, 1, 400, false);
        const inc_font *font = inc_chain_first(chain);
        assert_true(font || diags->n > 0);
        inc_shape_request request = {.chain = chain, .size = 10 * INC_PT};
        inc_shaper *shaper = inc_shaper_new(arena, fonts);
        inc_shape(shaper, &request, INC_STR("a\U0001F600\u2764\uFE0F\U0001F468\u200D\U0001F469"));
        if (!font)
            continue;
        inc_glyph_set set = inc_glyph_set_new(arena, font);
        for (uint16_t g = 0; g < inc_font_glyph_count(font); g += 7)
            inc_glyph_set_add(&set, g);
        inc_font_subset subset;
        inc_font_subset_pdf(font, &set, arena, diags, &subset);
        inc_bitmap bitmap;
        inc_font_raster(font, 40, 40, arena, &bitmap);
    }
    remove(path);
}

/* ---- other containers, licences ---- */

static void put_be(char *p, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        p[i] = (char)(v >> (8 * (bytes - 1 - i)));
}

static uint32_t get_be(const char *p, int bytes)
{
    uint32_t v = 0;
    for (int i = 0; i < bytes; i++)
        v = v << 8 | (unsigned char)p[i];
    return v;
}

static const inc_font *open_bytes(inc_arena *arena, inc_diags *diags, inc_str bytes)
{
    char path[] = "/tmp/incipit-font-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p, bytes.n), bytes.n);
    close(fd);
    inc_fonts *fonts = inc_fonts_new(arena, diags);
    inc_str family = INC_STR("Test");
    inc_fonts_declare(fonts, family, 400, false, inc_str_of(path), INC_NO_SPAN);
    const inc_font *font = inc_chain_first(inc_fonts_chain(fonts, &family, 1, 400, false));
    remove(path);
    return font;
}

/* A WOFF whose tables are stored as they are (WOFF 1.0, 4: compLength equal to origLength). */
static inc_str woff_of(inc_arena *arena, inc_str sfnt)
{
    uint32_t n = get_be(sfnt.p + 4, 2);
    size_t header = 44 + (size_t)n * 20, at = header;
    char *out = inc_alloc(arena, header + sfnt.n + 4 * n);
    memcpy(out, "wOFF", 4);
    memcpy(out + 4, sfnt.p, 4);
    put_be(out + 12, n, 2);
    put_be(out + 16, (uint32_t)sfnt.n, 4);
    for (uint32_t i = 0; i < n; i++) {
        const char *entry = sfnt.p + 12 + i * 16;
        uint32_t offset = get_be(entry + 8, 4), length = get_be(entry + 12, 4);
        char *to = out + 44 + i * 20;
        memcpy(to, entry, 4);
        put_be(to + 4, (uint32_t)at, 4);
        put_be(to + 8, length, 4);
        put_be(to + 12, length, 4);
        memcpy(to + 16, entry + 4, 4);
        memcpy(out + at, sfnt.p + offset, length);
        at += (length + 3) & ~3u;
    }
    put_be(out + 8, (uint32_t)at, 4);
    return (inc_str){out, at};
}

static void test_woff(void **state)
{
    world w = begin(state);
    inc_str sfnt;
    assert_int_equal(inc_file_read(w.arena, font_path(w.arena, "source-serif-4/SourceSerif4_400Regular.ttf"), 1 << 24, &sfnt), 0);
    inc_str woff = woff_of(w.arena, sfnt);
    const inc_font *font = open_bytes(w.arena, w.diags, woff), *plain = inc_chain_first(serif_chain(&w));
    assert_non_null(font);
    assert_int_equal(inc_font_glyph_count(font), inc_font_glyph_count(plain));
    assert_int_equal(inc_font_advance(font, inc_font_glyph(font, 'm')), inc_font_advance(plain, inc_font_glyph(plain, 'm')));
    inc_glyph_set set = inc_glyph_set_new(w.arena, font);
    inc_glyph_set_add(&set, inc_font_glyph(font, 'm'));
    inc_font_subset a, b;
    assert_true(inc_font_subset_pdf(font, &set, w.arena, w.diags, &a));
    assert_true(inc_font_subset_pdf(plain, &set, w.arena, w.diags, &b));
    assert_true(inc_str_eq(a.bytes, b.bytes));
    char *bomb = inc_alloc(w.arena, woff.n);
    memcpy(bomb, woff.p, woff.n);
    put_be(bomb + 16, 0xFFFFFFF0u, 4);
    assert_null(open_bytes(w.arena, w.diags, (inc_str){bomb, woff.n}));
    assert_null(open_bytes(w.arena, w.diags, inc_str_slice(woff, 0, woff.n / 2)));
}

static void test_licence_bits(void **state)
{
    inc_arena *arena = *state;
    inc_str good;
    assert_int_equal(inc_file_read(arena, font_path(arena, "source-sans-3/SourceSans3_400Regular.ttf"), 1 << 24, &good), 0);
    size_t os2 = 0;
    for (uint32_t i = 0; i < get_be(good.p + 4, 2); i++)
        if (memcmp(good.p + 12 + i * 16, "OS/2", 4) == 0)
            os2 = get_be(good.p + 12 + i * 16 + 8, 4);
    assert_true(os2 > 0);
    char *bytes = inc_alloc(arena, good.n);
    memcpy(bytes, good.p, good.n);
    inc_str patched = {bytes, good.n};
    inc_diags *diags = inc_diags_new(arena);
    put_be(bytes + os2 + 8, 0x0002, 2);
    assert_null(open_bytes(arena, diags, patched));
    assert_int_equal(diags->v[0].id, INC_DIAG_FONT_RESTRICTED);
    put_be(bytes + os2 + 8, 0x000C, 2);
    assert_non_null(open_bytes(arena, diags, patched));
    put_be(bytes + os2 + 8, 0x0100, 2); /* may be embedded, but only whole */
    const inc_font *font = open_bytes(arena, diags, patched);
    assert_non_null(font);
    inc_glyph_set set = inc_glyph_set_new(arena, font);
    inc_font_subset subset;
    assert_true(inc_font_subset_pdf(font, &set, arena, diags, &subset));
    assert_int_equal(subset.glyph_count, inc_font_glyph_count(font));
}

/* ---- threads, exhaustion ---- */

static const char *const samples[] = {"Hamburg", "fi\u2286x", "\u26A0\uFE0F", "\U0001F600", "AVAVA", "\u5B57", "e\u0301q\u0303", "a\u2192b"};

typedef struct parallel {
    world *w;
    const inc_chain *chain;
    inc_len advance[64][INC_COUNT(samples)];
} parallel;

static void shape_all(void *context, size_t i, unsigned worker)
{
    parallel *p = context;
    (void)worker;
    inc_arena *arena = inc_arena_new();
    inc_shaper *shaper = inc_shaper_new(arena, p->w->fonts);
    for (size_t k = 0; k < INC_COUNT(samples); k++) {
        size_t s = (k + i) % INC_COUNT(samples);
        inc_shape_request request = {.chain = p->chain, .size = 10 * INC_PT};
        p->advance[i][s] = inc_shape(shaper, &request, inc_str_of(samples[s]))->advance;
    }
    inc_arena_free(arena);
}

static void test_threads_agree(void **state)
{
    world w = begin(state);
    parallel *p = INC_NEW(w.arena, parallel);
    p->w = &w;
    p->chain = serif_chain(&w);
    assert_true(inc_parallel(4, 64, shape_all, p));
    for (size_t i = 1; i < 64; i++)
        assert_memory_equal(p->advance[i], p->advance[0], sizeof p->advance[0]);
    assert_int_equal(p->advance[0][0], shape(&w, samples[0])->advance);
}

static void whole_journey(inc_arena *arena)
{
    inc_diags *diags = inc_diags_new(arena);
    inc_fonts *fonts = inc_fonts_new(arena, diags);
    inc_str families[] = {INC_STR(SANS), INC_STR("Noto Emoji"), INC_STR("Nowhere")};
    inc_fonts_declare(fonts, families[0], 400, false, font_path(arena, "source-sans-3/SourceSans3_400Regular.ttf"), INC_NO_SPAN);
    inc_fonts_declare(fonts, families[1], 400, false, font_path(arena, "noto-emoji/NotoEmoji_400Regular.ttf"), INC_NO_SPAN);
    inc_fonts_declare(fonts, families[2], 400, false, INC_STR("/nowhere"), INC_NO_SPAN);
    const inc_chain *chain = inc_fonts_chain(fonts, families, 3, 400, false);
    const inc_font *font = inc_chain_first(chain);
    inc_shaper *shaper = inc_shaper_new(arena, fonts);
    inc_shape_request request = {.chain = chain, .size = 10 * INC_PT};
    inc_shape(shaper, &request, INC_STR("Word \U0001F600 \u5B57"));
    inc_glyph_set set = inc_glyph_set_new(arena, font);
    inc_glyph_set_add(&set, 40);
    inc_font_subset subset;
    inc_font_subset_pdf(font, &set, arena, diags, &subset);
    uint32_t cps[] = {'a', 'b'};
    inc_str bytes;
    inc_font_subset_web(font, cps, 2, arena, diags, &bytes);
    inc_bitmap bitmap;
    inc_font_raster(font, 40, 40, arena, &bitmap);
}

/* Each allocation fails in turn; the leak checker watches. */
static void test_exhaustion(void **state)
{
    (void)state;
    volatile bool failed = true;
    for (unsigned long n = 1; failed; n += n < 60 ? 1 : 5) {
        inc_arena *arena = inc_arena_new();
        inc_guard guard;
        inc_alloc_fail_after(n);
        if (INC_GUARD(&guard) == 0) {
            whole_journey(arena);
            inc_guard_leave(&guard);
            failed = false;
        } else
            failed = true;
        inc_alloc_fail_after(0);
        inc_arena_free(arena);
        assert_true(n < 2000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_matching), TEST(test_metrics), TEST(test_ligature_and_kerning), TEST(test_advances_add_up), TEST(test_features),
        TEST(test_fallback), TEST(test_missing), TEST(test_grid), TEST(test_letter_spacing_keeps_accents), TEST(test_pdf_subset),
        TEST(test_web_subset), TEST(test_outline_and_raster), TEST(test_bad_files), TEST(test_damaged_fonts), TEST(test_woff),
        TEST(test_licence_bits), TEST(test_threads_agree), TEST(test_exhaustion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
