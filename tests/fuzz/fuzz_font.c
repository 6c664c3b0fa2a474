/* fuzz_font.c - any bytes are a font file: opened, shaped with, drawn, and cut down to subsets for PDF and EPUB. */
#include "folder.h"
#include "font/font.h"

typedef struct outline {
    bool open; /* a line or a curve needs a point to begin at */
    unsigned steps;
} outline;

static void move_to(void *context, int32_t x, int32_t y)
{
    (void)x, (void)y;
    ((outline *)context)->open = true;
}

static void line_to(void *context, int32_t x, int32_t y)
{
    outline *o = context;
    FUZZ_CHECK(o->open, "a line without a beginning, to %d %d", x, y);
    o->steps++;
}

static void curve_to(void *context, int32_t x1, int32_t y1, int32_t x2, int32_t y2, int32_t x, int32_t y)
{
    (void)x1, (void)y1, (void)x2, (void)y2;
    line_to(context, x, y);
}

static void draw(const inc_font *font, uint16_t gid, inc_arena *arena, inc_buf *out)
{
    outline o = {0};
    inc_outline_sink sink = {move_to, line_to, curve_to, &o};
    inc_bitmap bitmap;
    inc_font_outline(font, gid, &sink);
    inc_box ink = inc_font_ink(font, gid);
    if (inc_font_raster(font, gid, 24, arena, &bitmap))
        inc_buf_add(out, (inc_str){(const char *)bitmap.coverage, (size_t)bitmap.width * (size_t)bitmap.height});
    inc_buf_printf(out, "%u: %u %d %d %d %d\n", gid, o.steps, ink.x0, ink.y0, ink.x1, ink.y1);
}

static void shape(const inc_chain *chain, inc_shaper *shaper, inc_glyph_set *set, inc_buf *out)
{
    static const inc_shape_feature features[] = {{"liga", 1}, {"smcp", 1}, {"onum", 1}};
    static const char *const texts[] = {"fi", "AVA", "office-", "x\xCC\x81\xE2\x82\xAC 12", "\xD0\x9F"};
    const inc_font *font = inc_chain_first(chain);
    for (unsigned i = 0; i < 2 * INC_COUNT(texts); i++) {
        inc_shape_request request = {.chain = chain, .size = 10 * INC_PT, .features = features, .feature_count = i % 2 ? 3 : 0, .language = INC_STR("en"), .monospace_grid = i % 2};
        inc_str text = inc_str_of(texts[i / 2]);
        const inc_shaped *shaped = inc_shape(shaper, &request, text);
        for (uint32_t r = 0; r < shaped->run_count; r++)
            for (uint32_t g = 0; g < shaped->runs[r].count; g++) {
                const inc_glyph *glyph = &shaped->runs[r].glyphs[g];
                FUZZ_CHECK(glyph->cluster < text.n, "cluster %u of %zu", glyph->cluster, text.n);
                if (glyph->gid < inc_font_glyph_count(font))
                    inc_glyph_set_add(set, glyph->gid);
                inc_buf_printf(out, "%u+%d ", glyph->gid, glyph->advance);
            }
    }
}

static void subset(const inc_font *font, const inc_glyph_set *set, inc_arena *arena, inc_diags *diags, inc_buf *out)
{
    inc_font_subset made;
    inc_str web;
    static const uint32_t code_points[] = {'A', 'V', 'f', 'i', 0x20AC};
    if (inc_font_subset_pdf(font, set, arena, diags, &made)) {
        for (uint32_t gid = 0; gid < inc_font_glyph_count(font); gid++)
            if (inc_glyph_set_has(set, (uint16_t)gid))
                FUZZ_CHECK(made.new_gid[gid] < made.glyph_count && (!gid || made.old_gid[made.new_gid[gid]] == gid), "glyph %u is lost", gid);
        inc_buf_add(out, made.bytes);
    }
    if (inc_font_subset_web(font, code_points, INC_COUNT(code_points), arena, diags, &web))
        inc_buf_add(out, web);
}

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    inc_str folder = fuzz_folder(), family = INC_STR("A");
    fuzz_file(arena, folder, INC_STR("font"), input);
    inc_sources *sources = inc_sources_new(arena);
    inc_diags *diags = inc_diags_new(arena);
    inc_fonts *fonts = inc_fonts_new(arena, diags);
    inc_fonts_declare(fonts, family, 400, false, inc_strf(arena, "%.*s/font", INC_STR_ARG(folder)), INC_NO_SPAN);
    const inc_chain *chain = inc_fonts_chain(fonts, &family, 1, 400, false);
    const inc_font *font = inc_chain_first(chain);
    if (font) {
        inc_glyph_set set = inc_glyph_set_new(arena, font);
        inc_font_metrics m = inc_font_metrics_of(font);
        FUZZ_CHECK(m.upem > 0, "no units");
        fuzz_check_line(inc_font_postscript_name(font), "the PostScript name");
        shape(chain, inc_shaper_new(arena, fonts), &set, out);
        for (uint16_t gid = 0; gid < INC_MIN(inc_font_glyph_count(font), 8); gid++)
            draw(font, gid, arena, out);
        subset(font, &set, arena, diags, out);
    }
    fuzz_check_diags(sources, diags, out);
}
