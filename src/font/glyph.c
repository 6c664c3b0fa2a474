/* glyph.c - what can be asked of a face and its glyphs: metrics, ink, outlines, pixels. */
#include "font/internal.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <math.h>
#include <stdlib.h>

#include "base/guard.h"

inc_font_metrics inc_font_metrics_of(const inc_font *font)
{
    return font->metrics;
}
inc_str inc_font_postscript_name(const inc_font *font)
{
    return font->postscript;
}
inc_str inc_font_family_name(const inc_font *font)
{
    return font->family;
}
inc_str inc_font_path(const inc_font *font)
{
    return font->path;
}
uint32_t inc_font_index(const inc_font *font)
{
    return font->index;
}
bool inc_font_is_cff(const inc_font *font)
{
    return font->cff;
}
bool inc_font_is_fixed_pitch(const inc_font *font)
{
    return font->fixed_pitch;
}
bool inc_font_is_italic(const inc_font *font)
{
    return font->italic;
}
uint16_t inc_font_weight(const inc_font *font)
{
    return font->weight;
}
uint16_t inc_font_glyph_count(const inc_font *font)
{
    return font->glyph_count;
}
inc_box inc_font_bbox(const inc_font *font)
{
    return font->bbox;
}

uint16_t inc_font_glyph(const inc_font *font, uint32_t cp)
{
    hb_codepoint_t gid = 0;
    return hb_font_get_nominal_glyph(font->hb, cp, &gid) ? (uint16_t)gid : 0;
}

int32_t inc_font_advance(const inc_font *font, uint16_t gid)
{
    return hb_font_get_glyph_h_advance(font->hb, gid);
}

inc_box inc_font_ink(const inc_font *font, uint16_t gid)
{
    hb_glyph_extents_t e;
    if (!hb_font_get_glyph_extents(font->hb, gid, &e))
        return (inc_box){0, 0, 0, 0};
    return (inc_box){e.x_bearing, e.y_bearing + e.height, e.x_bearing + e.width, e.y_bearing};
}

/* ---- outlines ----
 * HarfBuzz's callbacks only collect; the caller's sink runs after HarfBuzz has returned, because a sink may allocate
 * and so unwind, which must never go through a foreign frame. */

typedef struct segment {
    char kind; /* m l c */
    int32_t at[6];
} segment;

typedef struct path {
    segment *v;
    size_t n, cap;
    bool failed;
} path;

static void add_segment(path *p, segment s)
{
    enum { SEGMENTS_MAX = 1 << 20 };
    if (p->n == p->cap && !p->failed) {
        size_t cap = p->cap ? p->cap * 2 : 64;
        segment *v = cap > SEGMENTS_MAX ? NULL : realloc(p->v, cap * sizeof *v);
        p->failed = !v;
        if (v) {
            p->v = v;
            p->cap = cap;
        }
    }
    if (!p->failed)
        p->v[p->n++] = s;
}

static int32_t units(float v)
{
    return (int32_t)lrintf(fmaxf(-1e6f, fminf(v, 1e6f)));
}

static void on_move(hb_draw_funcs_t *f, void *p, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)f, (void)state, (void)user;
    add_segment(p, (segment){'m', {units(x), units(y)}});
}

static void on_line(hb_draw_funcs_t *f, void *p, hb_draw_state_t *state, float x, float y, void *user)
{
    (void)f, (void)state, (void)user;
    add_segment(p, (segment){'l', {units(x), units(y)}});
}

static void on_cubic(hb_draw_funcs_t *f, void *p, hb_draw_state_t *state, float x1, float y1, float x2, float y2,
                     float x, float y, void *user)
{
    (void)f, (void)state, (void)user;
    add_segment(p, (segment){'c', {units(x1), units(y1), units(x2), units(y2), units(x), units(y)}});
}

static void replay(const path *p, const inc_outline_sink *sink)
{
    for (size_t i = 0; i < p->n; i++) {
        const int32_t *a = p->v[i].at;
        if (p->v[i].kind == 'm')
            sink->move_to(sink->context, a[0], a[1]);
        else if (p->v[i].kind == 'l')
            sink->line_to(sink->context, a[0], a[1]);
        else
            sink->curve_to(sink->context, a[0], a[1], a[2], a[3], a[4], a[5]);
    }
}

bool inc_font_outline(const inc_font *font, uint16_t gid, const inc_outline_sink *sink)
{
    if (gid >= font->glyph_count)
        return false;
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, on_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, on_line, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, on_cubic, NULL, NULL); /* quadratics arrive here as cubics */
    path p = {0};
    hb_font_get_glyph_shape(font->hb, gid, funcs, &p);
    hb_draw_funcs_destroy(funcs);
    bool good = !p.failed;
    inc_guard guard;
    if (INC_GUARD(&guard) != 0) {
        free(p.v);
        inc_out_of_memory();
    }
    if (good)
        replay(&p, sink);
    inc_guard_leave(&guard);
    free(p.v);
    return good;
}

/* ---- pixels ---- */

static void free_library(void *p)
{
    FT_Done_FreeType(p);
}

static bool render(FT_Face face, uint16_t gid, uint32_t pixels_per_em, inc_arena *arena, inc_bitmap *bitmap)
{
    if (FT_Set_Pixel_Sizes(face, 0, pixels_per_em) != 0 ||
        FT_Load_Glyph(face, gid, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP | FT_LOAD_RENDER) != 0)
        return false;
    const FT_GlyphSlot slot = face->glyph;
    const FT_Bitmap *pixels = &slot->bitmap;
    if (pixels->pixel_mode != FT_PIXEL_MODE_GRAY)
        return false;
    bitmap->width = (int32_t)pixels->width;
    bitmap->height = (int32_t)pixels->rows;
    bitmap->left = slot->bitmap_left;
    bitmap->top = slot->bitmap_top;
    bitmap->advance = slot->linearHoriAdvance;
    bitmap->coverage = inc_alloc_array(arena, pixels->width, pixels->rows);
    for (uint32_t y = 0; pixels->width && y < pixels->rows; y++)
        memcpy(bitmap->coverage + (size_t)y * pixels->width, pixels->buffer + (ptrdiff_t)y * pixels->pitch,
               pixels->width);
    return true;
}

bool inc_font_raster(const inc_font *font, uint16_t gid, uint32_t pixels_per_em, inc_arena *arena, inc_bitmap *bitmap)
{
    enum { PIXELS_PER_EM_MAX = 4096 };
    *bitmap = (inc_bitmap){0};
    if (gid >= font->glyph_count || pixels_per_em == 0 || pixels_per_em > PIXELS_PER_EM_MAX)
        return false;
    /* A library for each call: a FreeType face must not be shared between threads, and this serves one cover. */
    void **slot = inc_defer(arena, free_library);
    FT_Library library;
    FT_Face face;
    if (FT_Init_FreeType(&library) != 0)
        inc_out_of_memory();
    *slot = library;
    bool good = FT_New_Memory_Face(library, (const FT_Byte *)font->data.p, (FT_Long)font->data.n, 0, &face) == 0 &&
                render(face, gid, pixels_per_em, arena, bitmap);
    *slot = NULL;
    FT_Done_FreeType(library);
    return good;
}
