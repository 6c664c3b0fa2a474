/*
 * svg_font.c - which of the book's fonts a text of an SVG is set in.
 *
 * The families that the SVG names come first, for the book may declare them. What is well known stands for a kind, and that is the book's sans, serif or mono.
 * Nothing comes from the system: the same book gives the same bytes everywhere.
 */
#include "base/utf8.h"
#include "image/svg_text.h"

enum { FAMILIES_MAX = 32 };
#define SIZE_MOST 16000.0 /* px: glyphs' advances have 32 bits */

typedef enum kind { KIND_NONE, KIND_SERIF, KIND_SANS, KIND_MONO } kind;

static const struct {
    const char *part; /* of the family's name, lower case */
    kind kind;
} well_known[] = { /* the first that fits counts */
    {"mono", KIND_MONO},      {"courier", KIND_MONO},  {"consolas", KIND_MONO},  {"menlo", KIND_MONO},     {"monaco", KIND_MONO},   {"code", KIND_MONO},
    {"typewriter", KIND_MONO}, {"cascadia", KIND_MONO}, {"fixed", KIND_MONO},    {"terminal", KIND_MONO},
    {"sans", KIND_SANS},      {"arial", KIND_SANS},    {"helvetica", KIND_SANS}, {"verdana", KIND_SANS},   {"tahoma", KIND_SANS},   {"segoe", KIND_SANS},
    {"trebuchet", KIND_SANS}, {"ui-", KIND_SANS},      {"system", KIND_SANS},    {"roboto", KIND_SANS},    {"inter", KIND_SANS},    {"calibri", KIND_SANS},
    {"lato", KIND_SANS},      {"ubuntu", KIND_SANS},   {"nimbus san", KIND_SANS}, {"lucida", KIND_SANS},   {"gill", KIND_SANS},     {"futura", KIND_SANS},
    {"geneva", KIND_SANS},    {"virgil", KIND_SANS},   {"excalifont", KIND_SANS}, {"comic", KIND_SANS},    {"impact", KIND_SANS},
    {"serif", KIND_SERIF},    {"times", KIND_SERIF},   {"georgia", KIND_SERIF},  {"garamond", KIND_SERIF}, {"palatino", KIND_SERIF}, {"cambria", KIND_SERIF},
    {"roman", KIND_SERIF},    {"bookman", KIND_SERIF}, {"century", KIND_SERIF},  {"cmr", KIND_SERIF},      {"baskerville", KIND_SERIF},
};

static kind kind_of(inc_arena *arena, inc_str family)
{
    inc_str lower = inc_str_lower(arena, family);
    if (inc_str_starts(lower, INC_STR("ui-serif")))
        return KIND_SERIF;
    for (size_t i = 0; i < INC_COUNT(well_known); i++)
        if (inc_str_find(lower, inc_str_of(well_known[i].part)) != INC_NPOS)
            return well_known[i].kind;
    return KIND_NONE;
}

typedef struct list {
    inc_str v[FAMILIES_MAX * 4];
    uint32_t n;
} list;

static void add(list *l, const inc_str *families, uint32_t n)
{
    for (uint32_t i = 0; i < n && l->n < INC_COUNT(l->v); i++)
        l->v[l->n++] = families[i];
}

static void add_kind(list *l, const inc_graphic_context *c, kind k)
{
    if (k == KIND_SERIF)
        add(l, c->serif, c->serif_count);
    else if (k == KIND_MONO)
        add(l, c->mono, c->mono_count);
    else
        add(l, c->sans, c->sans_count);
}

static inc_str unquoted(inc_str s)
{
    s = inc_str_trim(s);
    return s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0] ? inc_str_trim(inc_str_slice(s, 1, s.n - 1)) : s;
}

/* ---- letters that were measured with another face ---- */

#define NARROWED_MOST 0.8

/* Well-known faces that programs measure their drawings with: the mean advance of a to z, in thousandths of the em, of the regular face. Measured in
 * fonts of the same metrics: Liberation Serif, Sans, Sans Narrow and Mono; DejaVu's own. */
static const struct {
    const char *family;
    int mean;
} measured[] = {
    {"times", 459},          {"times new roman", 459}, {"times roman", 459}, {"times-roman", 459},   {"liberation serif", 459},
    {"arial", 490},          {"helvetica", 490},       {"liberation sans", 490}, {"arial narrow", 401}, {"courier", 600},
    {"courier new", 600},    {"liberation mono", 600}, {"dejavu sans", 563}, {"dejavu serif", 570},  {"dejavu sans mono", 602},
};

static int measured_mean(inc_str family)
{
    for (size_t i = 0; i < INC_COUNT(measured); i++)
        if (inc_str_eq_nocase(family, inc_str_of(measured[i].family)))
            return measured[i].mean;
    return 0;
}

/* The mean advance of a to z, in thousandths of the em; 0 when the face lacks any of them. */
static double mean_of(const inc_font *font)
{
    double sum = 0, upem = inc_font_metrics_of(font).upem;
    for (uint32_t cp = 'a'; cp <= 'z'; cp++) {
        uint16_t gid = inc_font_glyph(font, cp);
        if (!gid)
            return 0;
        sum += inc_font_advance(font, gid);
    }
    return upem > 0 ? sum / 26 * 1000 / upem : 0;
}

/* What the letters of a drawing are scaled by, so that lower-case text is no wider than in the face that it was measured with, and stays in its boxes.
 * Only where that face is well known and the book does not have it; regular faces are compared, since bold ones are wider in all families. Letters are
 * never made larger, and never so small that they look like another size. */
static double narrowed(inc_svg *svg, const list *families, inc_str named)
{
    int mean = measured_mean(named);
    inc_fonts *fonts = svg->context->fonts;
    if (!mean || inc_fonts_has(fonts, named))
        return 1;
    const inc_font *font = inc_chain_first(inc_fonts_chain(fonts, families->v, families->n, 400, false));
    double ours = font ? mean_of(font) : 0;
    return ours > mean ? INC_MAX(mean / ours, NARROWED_MOST) : 1;
}

/* Without a family, or with none that we know, the kind is what drawings are mostly lettered in. Behind all stand the other kinds, for single characters. */
static const inc_chain *chain_of(inc_svg *svg, const inc_svg_style *style)
{
    list families = {.n = 0}, *l = &families;
    if (svg->font_style == style)
        return svg->chain;
    inc_str rest = style->family;
    inc_str named = INC_STR(""); /* the first one that is known or declared: what the drawing was measured with, as it seems */
    bool known = false;
    for (unsigned i = 0; rest.n && i < FAMILIES_MAX; i++) {
        inc_str family = unquoted(inc_str_cut(&rest, ','));
        kind k = kind_of(svg->arena, family);
        add(l, &family, family.n > 0);
        if (!named.n && family.n && (k != KIND_NONE || inc_fonts_has(svg->context->fonts, family)))
            named = family;
        if (k != KIND_NONE && !known) {
            add_kind(l, svg->context, k);
            known = true;
        }
    }
    add_kind(l, svg->context, style->family.n ? KIND_SANS : KIND_SERIF);
    for (kind k = KIND_SERIF; k <= KIND_MONO; k++)
        add_kind(l, svg->context, k);
    svg->font_style = style;
    svg->narrowed = narrowed(svg, l, named);
    svg->chain = inc_fonts_chain(svg->context->fonts, l->v, l->n, style->weight, style->italic);
    return svg->chain;
}

static void tell_missing(inc_svg *svg, const inc_svg_node *node, const inc_shaped *shaped)
{
    char bytes[4];
    inc_str shown = {bytes, inc_utf8_encode(shaped->first_missing, bytes)};
    inc_diag *diag = inc_svg_tell(svg, INC_SVG_F_GLYPH, INC_DIAG_MISSING_GLYPH, node, "no font has '%.*s' (U+%04X), in image '%.*s'", INC_STR_ARG(shown),
                                  (unsigned)shaped->first_missing, INC_STR_ARG(svg->image->name));
    if (diag)
        diag->hint = INC_STR("add a font that has it to the font-family list in a style sheet of the book");
}

/* SVG 2, 11.10.2, in the metrics of the first face. */
static double baseline_of(const inc_svg_style *style, inc_font_metrics m, double unit)
{
    switch ((inc_svg_baseline)(style->alignment_baseline ? style->alignment_baseline : style->dominant_baseline)) {
    case INC_SVG_BASELINE_AUTO: break;
    case INC_SVG_BASELINE_MIDDLE: return m.x_height * unit / 2;
    case INC_SVG_BASELINE_CENTRAL: return (m.ascent + m.descent) * unit / 2;
    case INC_SVG_BASELINE_HANGING: return m.ascent * unit * 0.8;
    case INC_SVG_BASELINE_MATHEMATICAL: return m.ascent * unit / 2;
    case INC_SVG_BASELINE_TOP: return m.ascent * unit;
    case INC_SVG_BASELINE_BOTTOM: return m.descent * unit;
    }
    return 0;
}

static void set_metrics(const inc_svg_style *style, const inc_font *font, double narrowed, inc_svg_stretch *s)
{
    inc_font_metrics m = inc_font_metrics_of(font);
    double size = style->font_size * narrowed, unit = size / (m.upem > 0 ? m.upem : 1000);
    s->baseline = baseline_of(style, m, unit);
    s->ascent = m.ascent * unit;
    s->descent = -m.descent * unit;
    s->x_height = m.x_height * unit;
    s->underline = m.underline_position * unit;
    s->thickness = m.underline_thickness > 0 ? m.underline_thickness * unit : size / 20;
}

void inc_svg_shape_text(inc_svg *svg, const inc_svg_style *style, const inc_svg_node *node, inc_str bytes, double scale, inc_svg_stretch *stretch)
{
    static const inc_shape_feature small_caps[] = {{{'s', 'm', 'c', 'p'}, 1}};
    if (!bytes.n)
        return;
    const inc_chain *chain = chain_of(svg, style);
    double size = style->font_size * scale * svg->narrowed;
    if (!(size > 1.0 / 256) || !(size < SIZE_MOST))
        return;
    const inc_font *font = inc_chain_first(chain);
    inc_shape_request request = {.chain = chain, .size = inc_svg_len(size), .letter_spacing = inc_svg_len(style->letter_spacing * scale),
                                 .word_spacing = inc_svg_len(style->word_spacing * scale), .features = small_caps, .feature_count = style->small_caps,
                                 .language = style->language};
    if (!font)
        return;
    set_metrics(style, font, svg->narrowed, stretch);
    const inc_shaped *shaped = inc_shape(svg->context->shaper, &request, bytes);
    if (shaped->missing)
        tell_missing(svg, node, shaped);
    stretch->runs = shaped->runs;
    stretch->run_count = shaped->run_count;
    stretch->advance = (double)shaped->advance / 65536 / scale;
}
