/* font.c (pdf) - Type 0 fonts with Identity-H: character codes are the glyph ids of the subset. */
#include "pdf/font.h"

#include "base/map.h"
#include "pdf/syntax.h"

enum { BFCHARS_PER_BLOCK = 100 /* Adobe Technical Note 5014: at most so many in one operator */ };

void inc_pdf_font_prepare(inc_pdf_font *font, inc_arena *arena, inc_diags *diags)
{
    int64_t upem = INC_MAX(inc_font_metrics_of(font->font).upem, 1);
    font->width = INC_NEW_N(arena, int32_t, inc_font_glyph_count(font->font));
    font->embedded = inc_font_subset_pdf(font->font, &font->set, arena, diags, &font->subset);
    for (uint32_t i = 0; font->embedded && i < font->subset.glyph_count; i++) {
        uint16_t gid = font->subset.old_gid[i];
        font->width[gid] = (int32_t)inc_len_scale(inc_font_advance(font->font, gid), 100000, upem);
    }
}

/* "ABCDEF+Name": the six letters tell subsets of one font apart (9.6.4), so they follow from the set of glyphs. */
static inc_str subset_name(const inc_pdf_font *font, inc_arena *arena)
{
    uint64_t h = inc_hash(font->subset.bytes.p, font->subset.bytes.n);
    char tag[6];
    for (int i = 0; i < 6; i++, h /= 26)
        tag[i] = (char)('A' + h % 26);
    return inc_strf(arena, "%.6s+%.*s", tag, INC_STR_ARG(inc_font_postscript_name(font->font)));
}

static int64_t per_mille(int64_t units, int64_t upem)
{
    return inc_len_scale(units, 1000, INC_MAX(upem, 1));
}

static inc_ref embed_file(inc_pdf_font *font, inc_pdf *pdf, inc_deflate *deflate, inc_arena *arena)
{
    inc_ref ref = inc_pdf_object(pdf);
    inc_str data = inc_deflate_run(deflate, arena, font->subset.bytes);
    if (font->subset.cff)
        inc_pdf_fill_stream(pdf, ref, INC_STR("/Subtype/CIDFontType0C/Filter/FlateDecode"), data);
    else
        inc_pdf_fill_stream(pdf, ref, inc_strf(arena, "/Length1 %zu/Filter/FlateDecode", font->subset.bytes.n), data);
    return ref;
}

static inc_ref embed_descriptor(inc_pdf_font *font, inc_pdf *pdf, inc_deflate *deflate, inc_str name, inc_arena *arena)
{
    inc_font_metrics m = inc_font_metrics_of(font->font);
    inc_box box = inc_font_bbox(font->font);
    bool italic = inc_font_is_italic(font->font);
    unsigned flags = 4u /* symbolic: its own encoding */ | (inc_font_is_fixed_pitch(font->font) ? 1u : 0) | (italic ? 64u : 0);
    int64_t values[] = {box.x0, box.y0, box.x1, box.y1, m.ascent, m.descent, m.cap_height, m.x_height};
    inc_buf out = inc_buf_in(arena);
    inc_buf_printf(&out, "/Type/FontDescriptor/FontName/%.*s/Flags %u/FontBBox[", INC_STR_ARG(name), flags);
    for (size_t i = 0; i < INC_COUNT(values); i++) {
        static const char *const before[] = {"", " ", " ", " ", "]/Ascent ", "/Descent ", "/CapHeight ", "/XHeight "};
        inc_buf_puts(&out, before[i]);
        inc_pdf_put_fixed(&out, per_mille(values[i], m.upem), 0);
    }
    /* no table of a font tells its stems: the usual estimate from the weight */
    unsigned weight = inc_font_weight(font->font);
    inc_buf_printf(&out, "/ItalicAngle %d/StemV %u", italic ? -12 : 0, 50 + weight * weight / 4225);
    inc_buf_puts(&out, font->subset.cff ? "/FontFile3 " : "/FontFile2 ");
    inc_pdf_put_ref(&out, embed_file(font, pdf, deflate, arena));
    inc_ref ref = inc_pdf_object(pdf);
    inc_pdf_fill(pdf, ref, inc_buf_str(&out));
    return ref;
}

/* Codes are the glyph ids of the subset, then the aliases. */
static uint32_t code_count(const inc_pdf_font *font)
{
    return font->subset.glyph_count + (uint32_t)font->aliases.n;
}

static uint16_t gid_of_code(const inc_pdf_font *font, uint32_t code)
{
    uint32_t glyphs = font->subset.glyph_count;
    return code < glyphs ? font->subset.old_gid[code] : font->aliases.v[code - glyphs]->gid;
}

static inc_str reading_of_code(const inc_pdf_font *font, uint32_t code)
{
    uint32_t glyphs = font->subset.glyph_count;
    return code < glyphs ? font->reading[font->subset.old_gid[code]] : font->aliases.v[code - glyphs]->reading;
}

static void put_code_map(inc_pdf_font *font, inc_pdf *pdf, inc_deflate *deflate, inc_buf *out)
{
    inc_buf_puts(out, "/CIDToGIDMap");
    if (!font->aliases.n) {
        inc_buf_puts(out, "/Identity");
        return;
    }
    inc_buf map = inc_buf_in(out->arena);
    for (uint32_t code = 0; code < code_count(font); code++) {
        uint16_t gid = code < font->subset.glyph_count ? (uint16_t)code : font->subset.new_gid[gid_of_code(font, code)];
        inc_buf_byte(&map, (char)(gid >> 8));
        inc_buf_byte(&map, (char)gid);
    }
    inc_ref ref = inc_pdf_object(pdf);
    inc_pdf_fill_stream(pdf, ref, INC_STR("/Filter/FlateDecode"), inc_deflate_run(deflate, out->arena, inc_buf_str(&map)));
    inc_buf_byte(out, ' ');
    inc_pdf_put_ref(out, ref);
}

static inc_ref embed_descendant(inc_pdf_font *font, inc_pdf *pdf, inc_deflate *deflate, inc_str name, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    inc_buf_printf(&out, "/Type/Font/Subtype/%s/BaseFont/%.*s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
                   font->subset.cff ? "CIDFontType0" : "CIDFontType2", INC_STR_ARG(name));
    if (!font->subset.cff)
        put_code_map(font, pdf, deflate, &out);
    inc_buf_puts(&out, "/FontDescriptor ");
    inc_pdf_put_ref(&out, embed_descriptor(font, pdf, deflate, name, arena));
    inc_buf_puts(&out, "/DW 0/W[0[");
    for (uint32_t code = 0; code < code_count(font); code++) {
        if (code)
            inc_buf_byte(&out, ' ');
        inc_pdf_put_fixed(&out, font->width[gid_of_code(font, code)], 2);
    }
    inc_buf_puts(&out, "]]");
    inc_ref ref = inc_pdf_object(pdf);
    inc_pdf_fill(pdf, ref, inc_buf_str(&out));
    return ref;
}

static void put_bfchars(const inc_pdf_font *font, inc_buf *out)
{
    uint32_t *codes = INC_NEW_N(out->arena, uint32_t, code_count(font)), n = 0;
    for (uint32_t code = 0; code < code_count(font); code++)
        if (reading_of_code(font, code).p)
            codes[n++] = code;
    for (uint32_t i = 0; i < n; i++) {
        if (i % BFCHARS_PER_BLOCK == 0)
            inc_buf_printf(out, "%u beginbfchar\n", INC_MIN(n - i, (uint32_t)BFCHARS_PER_BLOCK));
        inc_buf_printf(out, "<%04X><", codes[i]);
        inc_pdf_put_utf16_digits(out, reading_of_code(font, codes[i]));
        inc_buf_puts(out, ">\n");
        if (i % BFCHARS_PER_BLOCK == BFCHARS_PER_BLOCK - 1 || i == n - 1)
            inc_buf_puts(out, "endbfchar\n");
    }
}

static inc_ref embed_to_unicode(inc_pdf_font *font, inc_pdf *pdf, inc_deflate *deflate, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    inc_buf_puts(&out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                       "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                       "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                       "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    put_bfchars(font, &out);
    inc_buf_puts(&out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    inc_ref ref = inc_pdf_object(pdf);
    inc_pdf_fill_stream(pdf, ref, INC_STR("/Filter/FlateDecode"), inc_deflate_run(deflate, arena, inc_buf_str(&out)));
    return ref;
}

void inc_pdf_font_embed(inc_pdf_font *font, inc_pdf *pdf, inc_deflate *deflate, inc_arena *arena)
{
    if (!font->embedded)
        return;
    inc_str name = subset_name(font, arena);
    inc_buf out = inc_buf_in(arena);
    inc_buf_printf(&out, "/Type/Font/Subtype/Type0/BaseFont/%.*s/Encoding/Identity-H/DescendantFonts[", INC_STR_ARG(name));
    inc_pdf_put_ref(&out, embed_descendant(font, pdf, deflate, name, arena));
    inc_buf_puts(&out, "]/ToUnicode ");
    inc_pdf_put_ref(&out, embed_to_unicode(font, pdf, deflate, arena));
    font->ref = inc_pdf_object(pdf);
    inc_pdf_fill(pdf, font->ref, inc_buf_str(&out));
}
