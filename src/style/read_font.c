/* read_font.c - the readers of font properties, and the OpenType features they come to. */
#include "style/read.h"

inc_css_result inc_read_families(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    enum { FAMILIES_MAX = 32 };
    inc_str names[FAMILIES_MAX];
    uint32_t n = 0;
    do {
        const inc_css_token *t = inc_cursor_peek(c);
        if (n == FAMILIES_MAX)
            return INC_CSS_BAD;
        if (t->kind == INC_CSS_STRING) {
            names[n++] = inc_intern_str(a->interner, t->text);
            inc_cursor_next(c);
            continue;
        }
        inc_buf name = inc_buf_in(a->interner->arena); /* words in a row are one name */
        for (; t->kind == INC_CSS_IDENT; t = inc_cursor_peek(c)) {
            if (name.n)
                inc_buf_byte(&name, ' ');
            inc_buf_add(&name, t->text);
            inc_cursor_next(c);
        }
        if (!name.n)
            return INC_CSS_BAD;
        names[n++] = inc_intern_str(a->interner, inc_buf_str(&name));
    } while (inc_cursor_comma(c));
    *(inc_families *)inc_apply_field(a, id, 0) = inc_intern_families(a->interner, names, n);
    return INC_CSS_OK;
}

inc_css_result inc_read_font_size(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    static const struct {
        const char *word;
        int sixteenths; /* of the root's size, so that `small` follows the book's own type size */
    } sizes[] = {{"xx-small", 9}, {"x-small", 10}, {"small", 13}, {"medium", 16}, {"large", 18}, {"x-large", 24}, {"xx-large", 32}, {"xxx-large", 48}};
    inc_len *size = inc_apply_field(a, id, 0), parent = a->units.em;
    for (size_t i = 0; i < INC_COUNT(sizes); i++)
        if (inc_cursor_word(c, sizes[i].word)) {
            *size = inc_len_scale(a->units.rem, sizes[i].sixteenths, 16);
            return INC_CSS_OK;
        }
    if (inc_cursor_word(c, "larger")) {
        *size = inc_len_scale(parent, 6, 5);
        return INC_CSS_OK;
    }
    if (inc_cursor_word(c, "smaller")) {
        *size = inc_len_scale(parent, 5, 6);
        return INC_CSS_OK;
    }
    inc_quantity q;
    if (!inc_read_quantity(c, &q) || q.value < 0 || (q.kind == INC_QUANTITY_NUMBER && q.value))
        return INC_CSS_BAD;
    inc_len length = q.kind == INC_QUANTITY_PERCENT ? inc_len_times(parent, q.value / 100) : q.value;
    *size = INC_MIN(length, 10000 * INC_PT);
    return INC_CSS_OK;
}

static uint16_t bolder(uint16_t weight) /* CSS Fonts 4, section 2.2.1 */
{
    return weight < 350 ? 400 : weight < 550 ? 700 : INC_MAX(weight, 900);
}

static uint16_t lighter(uint16_t weight)
{
    return weight < 100 ? weight : weight < 550 ? 100 : weight < 750 ? 400 : 700;
}

inc_css_result inc_read_font_weight(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    uint16_t *weight = inc_apply_field(a, id, 0);
    int64_t value;
    if (inc_cursor_word(c, "normal"))
        *weight = 400;
    else if (inc_cursor_word(c, "bold"))
        *weight = 700;
    else if (inc_cursor_word(c, "bolder"))
        *weight = bolder(a->parent->style.weight);
    else if (inc_cursor_word(c, "lighter"))
        *weight = lighter(a->parent->style.weight);
    else if (inc_read_integer(c, 1, 1000, &value))
        *weight = (uint16_t)INC_MAX(100, INC_MIN(900, value));
    else
        return INC_CSS_BAD;
    return INC_CSS_OK;
}

inc_css_result inc_read_font_style(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    bool *italic = inc_apply_field(a, id, 0);
    if (inc_cursor_word(c, "normal"))
        *italic = false;
    else if (inc_cursor_word(c, "italic"))
        *italic = true;
    else if (inc_cursor_word(c, "oblique")) {
        const inc_css_token *t = inc_cursor_peek(c);
        if (t->kind == INC_CSS_DIMENSION && inc_str_eq_nocase(t->text, INC_STR("deg")))
            inc_cursor_next(c);
        *italic = true;
    } else
        return INC_CSS_BAD;
    return INC_CSS_OK;
}

inc_css_result inc_read_line_height(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    uint8_t *kind = inc_apply_field(a, id, 0);
    inc_quantity q = {0};
    if (inc_cursor_word(c, "normal")) {
        *kind = INC_LINE_NORMAL;
    } else {
        if (!inc_read_quantity(c, &q) || q.value < 0)
            return INC_CSS_BAD;
        *kind = q.kind == INC_QUANTITY_NUMBER ? INC_LINE_NUMBER : INC_LINE_LENGTH;
        if (q.kind == INC_QUANTITY_PERCENT)
            q.value = inc_len_times(a->units.em, q.value / 100);
    }
    *(int64_t *)inc_apply_field(a, id, 1) = q.value;
    return INC_CSS_OK;
}

/* ---- features ---- */

inc_css_result inc_read_feature_settings(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    enum { FEATURES_MAX = 64 };
    inc_feature list[FEATURES_MAX];
    uint32_t n = 0;
    if (!inc_cursor_word(c, "normal"))
        do {
            const inc_css_token *t = inc_cursor_peek(c);
            if (t->kind != INC_CSS_STRING || t->text.n != 4 || n == FEATURES_MAX)
                return INC_CSS_BAD;
            inc_feature f = {.value = 1};
            memcpy(f.tag, t->text.p, 4);
            inc_cursor_next(c);
            int64_t value;
            if (inc_read_integer(c, 0, 65535, &value))
                f.value = (uint32_t)value;
            else if (inc_cursor_word(c, "off"))
                f.value = 0;
            else
                inc_cursor_word(c, "on");
            list[n++] = f;
        } while (inc_cursor_comma(c));
    *(inc_features *)inc_apply_field(a, id, 0) = inc_intern_features(a->interner, list, n);
    return INC_CSS_OK;
}

typedef struct variant {
    inc_property_id property;
    const char *word;
    uint8_t bit, excludes; /* other bits of its choice */
} variant;

static const variant variants[] = {
    {INC_PROP_FONT_VARIANT_LIGATURES, "none", INC_LIGATURES_NONE, 0xFF},
    {INC_PROP_FONT_VARIANT_LIGATURES, "common-ligatures", INC_LIGATURES_COMMON, INC_LIGATURES_NO_COMMON | INC_LIGATURES_NONE},
    {INC_PROP_FONT_VARIANT_LIGATURES, "no-common-ligatures", INC_LIGATURES_NO_COMMON, INC_LIGATURES_COMMON | INC_LIGATURES_NONE},
    {INC_PROP_FONT_VARIANT_LIGATURES, "discretionary-ligatures", INC_LIGATURES_DISCRETIONARY, INC_LIGATURES_NONE},
    {INC_PROP_FONT_VARIANT_LIGATURES, "no-discretionary-ligatures", 0, INC_LIGATURES_DISCRETIONARY | INC_LIGATURES_NONE},
    {INC_PROP_FONT_VARIANT_LIGATURES, "historical-ligatures", INC_LIGATURES_HISTORICAL, INC_LIGATURES_NONE},
    {INC_PROP_FONT_VARIANT_LIGATURES, "no-historical-ligatures", 0, INC_LIGATURES_HISTORICAL | INC_LIGATURES_NONE},
    {INC_PROP_FONT_VARIANT_LIGATURES, "contextual", INC_LIGATURES_CONTEXTUAL, INC_LIGATURES_NO_CONTEXTUAL | INC_LIGATURES_NONE},
    {INC_PROP_FONT_VARIANT_LIGATURES, "no-contextual", INC_LIGATURES_NO_CONTEXTUAL, INC_LIGATURES_CONTEXTUAL | INC_LIGATURES_NONE},
    {INC_PROP_FONT_VARIANT_NUMERIC, "lining-nums", INC_NUMERIC_LINING, INC_NUMERIC_OLDSTYLE},
    {INC_PROP_FONT_VARIANT_NUMERIC, "oldstyle-nums", INC_NUMERIC_OLDSTYLE, INC_NUMERIC_LINING},
    {INC_PROP_FONT_VARIANT_NUMERIC, "proportional-nums", INC_NUMERIC_PROPORTIONAL, INC_NUMERIC_TABULAR},
    {INC_PROP_FONT_VARIANT_NUMERIC, "tabular-nums", INC_NUMERIC_TABULAR, INC_NUMERIC_PROPORTIONAL},
    {INC_PROP_FONT_VARIANT_NUMERIC, "diagonal-fractions", INC_NUMERIC_DIAGONAL, INC_NUMERIC_STACKED},
    {INC_PROP_FONT_VARIANT_NUMERIC, "stacked-fractions", INC_NUMERIC_STACKED, INC_NUMERIC_DIAGONAL},
    {INC_PROP_FONT_VARIANT_NUMERIC, "ordinal", INC_NUMERIC_ORDINAL, 0},
    {INC_PROP_FONT_VARIANT_NUMERIC, "slashed-zero", INC_NUMERIC_SLASHED_ZERO, 0},
    {INC_PROP_FONT_VARIANT_CAPS, "small-caps", INC_CAPS_SMALL, 0xFF},
    {INC_PROP_FONT_VARIANT_CAPS, "all-small-caps", INC_CAPS_ALL_SMALL, 0xFF},
    {INC_PROP_FONT_VARIANT_CAPS, "petite-caps", INC_CAPS_PETITE, 0xFF},
    {INC_PROP_FONT_VARIANT_CAPS, "all-petite-caps", INC_CAPS_ALL_PETITE, 0xFF},
    {INC_PROP_FONT_VARIANT_CAPS, "unicase", INC_CAPS_UNICASE, 0xFF},
    {INC_PROP_FONT_VARIANT_CAPS, "titling-caps", INC_CAPS_TITLING, 0xFF},
    {INC_PROP_FONT_VARIANT_POSITION, "sub", INC_POSITION_SUB, 0xFF},
    {INC_PROP_FONT_VARIANT_POSITION, "super", INC_POSITION_SUPER, 0xFF},
};

static bool read_variant_word(inc_cursor *c, inc_property_id id, uint8_t *bits)
{
    for (size_t i = 0; i < INC_COUNT(variants); i++)
        if (variants[i].property == id && inc_cursor_word(c, variants[i].word)) {
            *bits = (uint8_t)((*bits & ~variants[i].excludes) | variants[i].bit);
            return true;
        }
    return false;
}

inc_css_result inc_read_variant(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    uint8_t bits = 0;
    bool any = inc_cursor_word(c, "normal");
    if (!any)
        while (read_variant_word(c, id, &bits))
            any = true;
    if (!any)
        return INC_CSS_BAD;
    *(uint8_t *)inc_apply_field(a, id, 0) = bits;
    return INC_CSS_OK;
}

inc_css_result inc_read_font_variant(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    const inc_property_id *parts;
    size_t n = inc_property_longhands(id, &parts);
    uint8_t bits[4] = {0};
    bool any = inc_cursor_word(c, "normal"), more = !any;
    while (more) {
        more = false;
        for (size_t i = 0; i < n && !more; i++)
            more = read_variant_word(c, parts[i], &bits[i]);
        any |= more;
    }
    for (size_t i = 0; i < n; i++)
        *(uint8_t *)inc_apply_field(a, parts[i], 0) = bits[i];
    return any ? INC_CSS_OK : INC_CSS_BAD;
}

typedef struct feature_list {
    inc_feature v[128];
    uint32_t n;
} feature_list;

static void add(feature_list *list, bool wanted, const char *tag, uint32_t value)
{
    if (!wanted)
        return;
    inc_feature *f = &list->v[list->n++];
    memcpy(f->tag, tag, 4);
    f->value = value;
}

/* CSS Fonts 4, section 7.2: low-level settings come last, so they win. */
inc_features inc_features_merge(inc_interner *in, const inc_computed *s)
{
    feature_list l = {.n = 0};
    bool none = s->ligatures & INC_LIGATURES_NONE;
    add(&l, none || s->ligatures & INC_LIGATURES_NO_COMMON, "liga", 0);
    add(&l, none || s->ligatures & INC_LIGATURES_NO_COMMON, "clig", 0);
    add(&l, none || s->ligatures & INC_LIGATURES_NO_CONTEXTUAL, "calt", 0);
    add(&l, none, "dlig", 0);
    add(&l, none, "hlig", 0);
    add(&l, s->ligatures & INC_LIGATURES_COMMON, "liga", 1);
    add(&l, s->ligatures & INC_LIGATURES_COMMON, "clig", 1);
    add(&l, s->ligatures & INC_LIGATURES_CONTEXTUAL, "calt", 1);
    add(&l, s->ligatures & INC_LIGATURES_DISCRETIONARY, "dlig", 1);
    add(&l, s->ligatures & INC_LIGATURES_HISTORICAL, "hlig", 1);
    add(&l, s->numeric & INC_NUMERIC_LINING, "lnum", 1);
    add(&l, s->numeric & INC_NUMERIC_OLDSTYLE, "onum", 1);
    add(&l, s->numeric & INC_NUMERIC_PROPORTIONAL, "pnum", 1);
    add(&l, s->numeric & INC_NUMERIC_TABULAR, "tnum", 1);
    add(&l, s->numeric & INC_NUMERIC_DIAGONAL, "frac", 1);
    add(&l, s->numeric & INC_NUMERIC_STACKED, "afrc", 1);
    add(&l, s->numeric & INC_NUMERIC_ORDINAL, "ordn", 1);
    add(&l, s->numeric & INC_NUMERIC_SLASHED_ZERO, "zero", 1);
    add(&l, s->caps & (INC_CAPS_SMALL | INC_CAPS_ALL_SMALL), "smcp", 1);
    add(&l, s->caps & INC_CAPS_ALL_SMALL, "c2sc", 1);
    add(&l, s->caps & (INC_CAPS_PETITE | INC_CAPS_ALL_PETITE), "pcap", 1);
    add(&l, s->caps & INC_CAPS_ALL_PETITE, "c2pc", 1);
    add(&l, s->caps & INC_CAPS_UNICASE, "unic", 1);
    add(&l, s->caps & INC_CAPS_TITLING, "titl", 1);
    add(&l, s->position & INC_POSITION_SUB, "subs", 1);
    add(&l, s->position & INC_POSITION_SUPER, "sups", 1);
    add(&l, s->kerning == INC_KERNING_NONE, "kern", 0);
    add(&l, s->kerning == INC_KERNING_NORMAL, "kern", 1);
    for (uint32_t i = 0; i < s->settings.n; i++)
        add(&l, true, s->settings.v[i].tag, s->settings.v[i].value);
    return inc_intern_features(in, l.v, l.n);
}
