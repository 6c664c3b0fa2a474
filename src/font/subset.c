/*
 * subset.c - fonts reduced to what a file uses, through hb-subset.
 *
 * For PDF the glyphs are renumbered and everything but outlines and widths goes, layout tables above all: HarfBuzz
 * would follow GSUB from each glyph and keep what can never be shown. For EPUB the reader shapes, so cmap and layout
 * stay, with the features our style sheets use.
 */
#include "font/internal.h"

#include <hb-subset.h>

#include "base/guard.h"

inc_glyph_set inc_glyph_set_new(inc_arena *arena, const inc_font *font)
{
    uint32_t words = (uint32_t)font->glyph_count / 32 + 1;
    inc_glyph_set set = {INC_NEW_N(arena, uint32_t, words), words * 32};
    inc_glyph_set_add(&set, 0);
    return set;
}

static void free_input(void *p)
{
    hb_subset_input_destroy(p);
}
static void free_plan(void *p)
{
    hb_subset_plan_destroy(p);
}
static void free_face(void *p)
{
    hb_face_destroy(p);
}
static void free_blob(void *p)
{
    hb_blob_destroy(p);
}

/* Foreign handles of one subsetting; closed at once when it is done, by the arena if memory runs out. */
typedef struct work {
    void **input, **plan, **face, **blob;
} work;

static work begin(inc_arena *arena)
{
    work w = {inc_defer(arena, free_input), inc_defer(arena, free_plan), inc_defer(arena, free_face),
              inc_defer(arena, free_blob)};
    *w.input = hb_subset_input_create_or_fail();
    if (!*w.input)
        inc_out_of_memory();
    return w;
}

static void end(work *w)
{
    hb_blob_destroy(*w->blob);
    hb_face_destroy(*w->face);
    hb_subset_plan_destroy(*w->plan);
    hb_subset_input_destroy(*w->input);
    *w->blob = *w->face = *w->plan = *w->input = NULL;
}

static bool fail(const inc_font *font, inc_diags *diags)
{
    inc_report(diags, INC_DIAG_FONT_SUBSET, INC_NO_SPAN, "font '%.*s' could not be subset",
               INC_STR_ARG(font->postscript));
    return false;
}

static bool take_bytes(work *w, inc_arena *arena, inc_str *bytes)
{
    unsigned n;
    const char *p = hb_blob_get_data(*w->blob, &n);
    if (!n)
        return false;
    *bytes = inc_str_dup(arena, (inc_str){p, n});
    return true;
}

static void read_mapping(const inc_font *font, hb_subset_plan_t *plan, inc_arena *arena, inc_font_subset *subset)
{
    const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
    subset->new_gid = INC_NEW_N(arena, uint16_t, font->glyph_count);
    subset->glyph_count = 0;
    for (uint32_t old = 0; old < font->glyph_count; old++) {
        hb_codepoint_t fresh = hb_map_get(map, old);
        if (fresh < font->glyph_count) {
            subset->new_gid[old] = (uint16_t)fresh;
            subset->glyph_count = INC_MAX(subset->glyph_count, fresh + 1);
        }
    }
    subset->old_gid = INC_NEW_N(arena, uint16_t, subset->glyph_count);
    for (uint32_t old = 0; old < font->glyph_count; old++)
        if (subset->new_gid[old])
            subset->old_gid[subset->new_gid[old]] = (uint16_t)old;
}

bool inc_font_subset_pdf(const inc_font *font, const inc_glyph_set *set, inc_arena *arena, inc_diags *diags,
                         inc_font_subset *subset)
{
    static const char drop[][5] = {"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "DSIG", "name", "OS/2",
                                   "post", "kern", "MATH", "cmap", "VORG", "vhea", "vmtx", "gasp",
                                   "hdmx", "LTSH", "VDMX", "STAT", "COLR", "CPAL", "SVG "};
    *subset = (inc_font_subset){.cff = font->cff};
    work w = begin(arena);
    hb_set_t *tables = hb_subset_input_set(*w.input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < INC_COUNT(drop); i++)
        hb_set_add(tables, hb_tag_from_string(drop[i], 4));
    hb_set_t *glyphs = hb_subset_input_glyph_set(*w.input);
    for (uint32_t gid = 0; gid < font->glyph_count; gid++)
        if (font->whole || (gid < set->bit_count && inc_glyph_set_has(set, (uint16_t)gid)))
            hb_set_add(glyphs, gid);
    hb_subset_input_set_flags(*w.input, HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_NO_HINTING);
    *w.plan = hb_subset_plan_create_or_fail(font->face, *w.input);
    *w.face = *w.plan ? hb_subset_plan_execute_or_fail(*w.plan) : NULL;
    bool good = *w.face != NULL;
    if (good) {
        *w.blob =
            font->cff ? hb_face_reference_table(*w.face, HB_TAG('C', 'F', 'F', ' ')) : hb_face_reference_blob(*w.face);
        good = take_bytes(&w, arena, &subset->bytes);
        read_mapping(font, *w.plan, arena, subset);
    }
    end(&w);
    return good || fail(font, diags);
}

/* ---- for EPUB ---- */

/* The features that style sheets may ask for. HarfBuzz's own default adds what shaping always needs; contextual
 * alternates and ligatures of a code font are left out: they are switched off in code, and Iosevka's would pull in a
 * thousand glyphs. */
static void choose_features(const inc_font *font, hb_subset_input_t *input)
{
    static const char text[][5] = {"smcp", "c2sc", "onum", "lnum", "pnum", "tnum",
                                   "sups", "subs", "frac", "ordn", "case", "zero"};
    static const char code_off[][5] = {"calt", "liga", "clig", "dlig", "rlig", "rclt"};
    hb_set_t *features = hb_subset_input_set(input, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    if (font->fixed_pitch) {
        for (size_t i = 0; i < INC_COUNT(code_off); i++)
            hb_set_del(features, hb_tag_from_string(code_off[i], 4));
        hb_set_add(features, HB_TAG('N', 'W', 'I', 'D'));
        hb_set_add(features, HB_TAG('z', 'e', 'r', 'o'));
        return;
    }
    for (size_t i = 0; i < INC_COUNT(text); i++)
        hb_set_add(features, hb_tag_from_string(text[i], 4));
}

bool inc_font_subset_web(const inc_font *font, const uint32_t *code_points, size_t n, inc_arena *arena,
                         inc_diags *diags, inc_str *bytes)
{
    *bytes = INC_STR("");
    if (font->whole) {
        *bytes = font->data;
        return true;
    }
    work w = begin(arena);
    hb_set_t *unicodes = hb_subset_input_unicode_set(*w.input);
    for (size_t i = 0; i < n; i++)
        if (code_points[i] <= 0x10FFFF)
            hb_set_add(unicodes, code_points[i]);
    choose_features(font, *w.input);
    hb_set_t *names = hb_subset_input_set(*w.input, HB_SUBSET_SETS_NAME_ID);
    hb_set_add(names, 13); /* the licence and where it stands: the OFL wants them to stay */
    hb_set_add(names, 14);
    hb_subset_input_set_flags(*w.input, HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_NO_HINTING);
    *w.face = hb_subset_or_fail(font->face, *w.input);
    bool good = *w.face != NULL;
    if (good) {
        *w.blob = hb_face_reference_blob(*w.face);
        good = take_bytes(&w, arena, bytes);
    }
    end(&w);
    return good || fail(font, diags);
}
