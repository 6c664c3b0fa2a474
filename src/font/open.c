/*
 * open.c - from a font file to an immutable face.
 *
 * FreeType opens the file: it knows WOFF and WOFF2, and what it refuses we refuse. HarfBuzz then reads the plain sfnt.
 * A variable font is turned into the static instance that was declared, so that nothing downstream meets variations.
 */
#include "font/internal.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_TRUETYPE_TABLES_H
#include <errno.h>
#include <hb-ot.h>
#include <hb-subset.h>

#include "base/files.h"
#include "base/guard.h"

typedef struct opener {
    inc_arena *arena;
    const inc_font_request *request;
    inc_diags *diags;
} opener;

static void free_library(void *p)
{
    FT_Done_FreeType(p);
}
static void free_face(void *p)
{
    hb_face_destroy(p);
}
static void free_font(void *p)
{
    hb_font_destroy(p);
}
static void free_blob(void *p)
{
    hb_blob_destroy(p);
}
static void free_input(void *p)
{
    hb_subset_input_destroy(p);
}

static bool refuse(const opener *o, const char *why)
{
    inc_report(o->diags, INC_DIAG_BROKEN_FONT, o->request->span, "font file '%.*s' %s", INC_STR_ARG(o->request->path),
               why);
    return false;
}

static uint32_t big32(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int16_t big16(const char *p)
{
    const unsigned char *b = (const unsigned char *)p;
    return (int16_t)(uint16_t)(b[0] << 8 | b[1]);
}

static bool read_file(const opener *o, inc_str *bytes)
{
    int error = inc_file_read(o->arena, o->request->path, INC_FONT_FILE_MAX, bytes);
    if (error == EFBIG)
        return refuse(o, "is larger than 128 MB");
    if (error) {
        inc_report(o->diags, INC_DIAG_MISSING_FONT, o->request->span,
                   "font file '%.*s' of family '%.*s' cannot be read", INC_STR_ARG(o->request->path),
                   INC_STR_ARG(o->request->family));
        return false;
    }
    return true;
}

/* The file's licence bits (OpenType, OS/2 fsType): 0x0002 alone forbids embedding, 0x0200 all but bitmaps. */
static bool licence_allows(const opener *o, FT_Face ft, inc_font *font)
{
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(ft, FT_SFNT_OS2);
    unsigned type = os2 ? os2->fsType : 0;
    if ((type & 0x000E) == 0x0002 || (type & 0x0200)) {
        inc_report(o->diags, INC_DIAG_FONT_RESTRICTED, o->request->span,
                   "font file '%.*s' forbids embedding (fsType 0x%04x)", INC_STR_ARG(o->request->path), type)
            ->hint = INC_STR("ask the foundry for a licence that allows embedding, or take another font");
        return false;
    }
    font->whole = (type & 0x0100) != 0;
    return true;
}

/* PostScript names go into PDF names: printable ASCII without delimiters. */
static inc_str postscript_name(const opener *o, const char *name)
{
    inc_str raw = name && *name ? inc_str_of(name) : o->request->family;
    inc_buf out = inc_buf_in(o->arena);
    for (size_t i = 0; i < raw.n && out.n < 63; i++)
        if (raw.p[i] > ' ' && raw.p[i] < 0x7F && !strchr("()<>[]{}/%#+", raw.p[i]))
            inc_buf_byte(&out, raw.p[i]);
    if (!out.n)
        inc_buf_puts(&out, "Font");
    return inc_buf_str(&out);
}

/* Lets FreeType read the file: checks the kind and the licence, takes the name, and unpacks WOFF into font->data. */
static bool read_with_freetype(const opener *o, inc_str bytes, inc_font *font)
{
    bool woff = bytes.n > 44 && (memcmp(bytes.p, "wOFF", 4) == 0 || memcmp(bytes.p, "wOF2", 4) == 0);
    if (woff && big32(bytes.p + 16) > INC_FONT_FILE_MAX)
        return refuse(o, "unpacks to more than 128 MB");
    void **slot = inc_defer(o->arena, free_library);
    FT_Library library;
    FT_Face ft;
    if (FT_Init_FreeType(&library) != 0)
        inc_out_of_memory();
    *slot = library;
    bool good = false;
    if (FT_New_Memory_Face(library, (const FT_Byte *)bytes.p, (FT_Long)bytes.n, 0, &ft) != 0)
        refuse(o, "is not a font, or damaged");
    else if (!FT_IS_SFNT(ft) || !FT_IS_SCALABLE(ft))
        refuse(o, "is not a TrueType or OpenType outline font");
    else if (licence_allows(o, ft, font)) {
        font->postscript = postscript_name(o, FT_Get_Postscript_Name(ft));
        font->fixed_pitch = FT_IS_FIXED_WIDTH(ft);
        font->data = bytes;
        good = true;
        if (woff) {
            FT_ULong n = 0; /* tag 0 stands for the whole, unpacked file */
            good = FT_Load_Sfnt_Table(ft, 0, 0, NULL, &n) == 0 && n <= INC_FONT_FILE_MAX;
            if (good) {
                char *p = inc_alloc(o->arena, n);
                good = FT_Load_Sfnt_Table(ft, 0, 0, (FT_Byte *)p, &n) == 0;
                font->data = (inc_str){p, n};
            }
            if (!good)
                refuse(o, "cannot be unpacked");
        }
    }
    *slot = NULL;
    FT_Done_FreeType(library); /* with the faces */
    return good;
}

static hb_face_t *face_of(const opener *o, inc_str data)
{
    void **blob = inc_defer(o->arena, free_blob);
    void **face = inc_defer(o->arena, free_face);
    *blob = hb_blob_create_or_fail(data.p, (unsigned)data.n, HB_MEMORY_MODE_READONLY, NULL, NULL);
    if (!*blob)
        inc_out_of_memory();
    return *face = hb_face_create(*blob, 0);
}

/* The static instance at the declared weight (and the default of every other axis), with all glyphs. */
static bool pin_variations(const opener *o, hb_face_t *face, inc_str *data)
{
    void **input_slot = inc_defer(o->arena, free_input), **slot = inc_defer(o->arena, free_face);
    hb_subset_input_t *input = *input_slot = hb_subset_input_create_or_fail();
    if (!input)
        inc_out_of_memory();
    hb_ot_var_axis_info_t axes[16];
    unsigned n = INC_COUNT(axes), all = hb_ot_var_get_axis_infos(face, 0, &n, axes);
    bool good = all <= INC_COUNT(axes);
    for (unsigned i = 0; good && i < n; i++) {
        float weight = INC_MIN(INC_MAX((float)o->request->weight, axes[i].min_value), axes[i].max_value);
        if (axes[i].tag == HB_OT_TAG_VAR_AXIS_WEIGHT)
            good = hb_subset_input_pin_axis_location(input, face, axes[i].tag, weight);
        else
            good = hb_subset_input_pin_axis_to_default(input, face, axes[i].tag);
    }
    static const hb_subset_sets_t keep[] = {HB_SUBSET_SETS_GLYPH_INDEX, HB_SUBSET_SETS_UNICODE, HB_SUBSET_SETS_NAME_ID,
                                            HB_SUBSET_SETS_LAYOUT_FEATURE_TAG};
    for (size_t i = 0; i < INC_COUNT(keep); i++) {
        hb_set_t *set = hb_subset_input_set(input, keep[i]);
        hb_set_clear(set);
        hb_set_invert(set);
    }
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_RETAIN_GIDS);
    *slot = good ? hb_subset_or_fail(face, input) : NULL;
    if ((good = *slot != NULL)) {
        hb_blob_t *blob = hb_face_reference_blob(*slot);
        unsigned length;
        const char *bytes = hb_blob_get_data(blob, &length);
        void **blob_slot = inc_defer(o->arena, free_blob);
        *blob_slot = blob;
        *data = (inc_str){bytes, length};
    }
    return good && data->n > 0;
}

static int32_t metric(hb_font_t *hb, hb_ot_metrics_tag_t tag)
{
    hb_position_t value = 0;
    return hb_ot_metrics_get_position(hb, tag, &value) ? value : 0;
}

static int32_t ink_height(hb_font_t *hb, uint32_t cp)
{
    hb_codepoint_t gid;
    hb_glyph_extents_t ink;
    if (!hb_font_get_nominal_glyph(hb, cp, &gid) || !hb_font_get_glyph_extents(hb, gid, &ink))
        return 0;
    return -ink.height;
}

static void read_metrics(inc_font *font)
{
    inc_font_metrics *m = &font->metrics;
    hb_font_extents_t line = {0};
    m->upem = (int32_t)hb_face_get_upem(font->face);
    if (!hb_font_get_h_extents(font->hb, &line) || line.ascender <= line.descender)
        line = (hb_font_extents_t){.ascender = m->upem * 4 / 5, .descender = -m->upem / 5};
    m->ascent = line.ascender;
    m->descent = INC_MIN(line.descender, 0);
    m->line_gap = INC_MAX(line.line_gap, 0);
    m->x_height = metric(font->hb, HB_OT_METRICS_TAG_X_HEIGHT);
    m->cap_height = metric(font->hb, HB_OT_METRICS_TAG_CAP_HEIGHT);
    m->underline_position = metric(font->hb, HB_OT_METRICS_TAG_UNDERLINE_OFFSET);
    m->underline_thickness = metric(font->hb, HB_OT_METRICS_TAG_UNDERLINE_SIZE);
    int32_t x = ink_height(font->hb, 'x'), cap = ink_height(font->hb, 'H');
    if (m->x_height <= 0 || m->x_height > 2 * m->upem)
        m->x_height = x;
    if (m->cap_height <= 0 || m->cap_height > 2 * m->upem || (cap && m->cap_height > cap + cap / 5))
        m->cap_height = cap ? cap : m->upem * 7 / 10; /* some symbol fonts state the ascent */
    if (m->underline_thickness <= 0)
        m->underline_thickness = m->upem / 20;
    if (m->underline_position == 0)
        m->underline_position = -m->upem / 10;
}

/* Bounds of all glyphs (OpenType, head table, offset 36). */
static inc_box head_box(hb_face_t *face)
{
    inc_box box = {0, 0, 0, 0};
    hb_blob_t *head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned n;
    const char *p = hb_blob_get_data(head, &n);
    if (n >= 44)
        box = (inc_box){big16(p + 36), big16(p + 38), big16(p + 40), big16(p + 42)};
    hb_blob_destroy(head);
    return box;
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *table = hb_face_reference_table(face, tag);
    bool there = hb_blob_get_length(table) > 0;
    hb_blob_destroy(table);
    return there;
}

static hb_position_t advance_of(hb_font_t *hb, uint32_t cp)
{
    hb_codepoint_t gid;
    return hb_font_get_nominal_glyph(hb, cp, &gid) ? hb_font_get_glyph_h_advance(hb, gid) : -1;
}

static void measure(inc_font *font)
{
    read_metrics(font);
    font->bbox = head_box(font->face);
    hb_position_t narrow = advance_of(font->hb, 'i'), wide = advance_of(font->hb, 'M');
    if (narrow > 0) /* the file's flag is wrong in fonts that also have double-width glyphs */
        font->fixed_pitch = narrow == wide && narrow == advance_of(font->hb, '.');
    if (font->metrics.x_height <= 0) {
        int32_t face = ink_height(font->hb, 0x1F600);
        font->pictorial_height = face > 0 ? face : font->bbox.y1 - font->bbox.y0;
        font->metrics.x_height = font->metrics.upem / 2;
    }
}

inc_font *inc_font_open(inc_arena *arena, const inc_font_request *request, inc_diags *diags)
{
    opener o = {arena, request, diags};
    inc_font *font = INC_NEW(arena, inc_font);
    font->path = request->path;
    font->family = request->family;
    font->weight = request->weight;
    font->italic = request->italic;
    font->index = request->index;
    inc_str bytes;
    if (!read_file(&o, &bytes) || !read_with_freetype(&o, bytes, font))
        return NULL;
    font->face = face_of(&o, font->data);
    if (hb_ot_var_has_data(font->face)) {
        if (has_table(font->face, HB_TAG('C', 'F', 'F', '2')) || !pin_variations(&o, font->face, &font->data)) {
            refuse(&o, "is a variable font of a kind that cannot be fixed to one weight");
            return NULL;
        }
        font->face = face_of(&o, font->data);
    }
    unsigned count = hb_face_get_glyph_count(font->face), upem = hb_face_get_upem(font->face);
    font->cff = has_table(font->face, HB_TAG('C', 'F', 'F', ' '));
    if (count == 0 || count > 65535 || upem < 16 || upem > 16384 ||
        (!font->cff && !has_table(font->face, HB_TAG('g', 'l', 'y', 'f')))) {
        refuse(&o, "has no usable outlines");
        return NULL;
    }
    font->glyph_count = (uint16_t)count;
    hb_face_make_immutable(font->face);
    void **slot = inc_defer(arena, free_font);
    font->hb = *slot = hb_font_create(font->face);
    hb_ot_font_set_funcs(font->hb);
    hb_font_set_scale(font->hb, (int)upem, (int)upem);
    hb_font_make_immutable(font->hb);
    measure(font);
    return font;
}
