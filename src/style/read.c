/* read.c - the readers of box, page and paint properties. */
#include "style/read.h"

#include "style/sheet.h"

/* An unsigned field of whatever width. */
static void store(inc_apply *a, inc_property_id id, int64_t value)
{
    void *p = inc_apply_field(a, id, 0);
    switch (inc_property_field(id, 0)->size) {
    case 1: *(uint8_t *)p = (uint8_t)value; break;
    case 2: *(uint16_t *)p = (uint16_t)value; break;
    default: *(uint32_t *)p = (uint32_t)value; break;
    }
}

static void store_length(inc_apply *a, inc_property_id id, unsigned nth, inc_len value)
{
    *(inc_len *)inc_apply_field(a, id, nth) = value;
}

static void store_dim(inc_apply *a, inc_property_id id, inc_dim_kind kind, inc_len value)
{
    inc_dim *dim = inc_apply_field(a, id, 0);
    dim->kind = kind;
    dim->value = value;
}

/* Takes the next word if it is one of the property's, with its value. */
static bool keyword(inc_cursor *c, inc_property_id id, int *value)
{
    for (const inc_keyword *k = inc_property_keywords(id); k && k->word; k++)
        if (inc_cursor_word(c, k->word)) {
            *value = k->value;
            return true;
        }
    return false;
}

inc_css_result inc_read_keyword(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    int value;
    if (!keyword(c, id, &value))
        return INC_CSS_BAD;
    if (value < 0)
        return INC_CSS_IGNORED;
    store(a, id, value);
    return INC_CSS_OK;
}

inc_css_result inc_read_small_integer(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    int64_t value;
    if (!inc_read_integer(c, 1, 99, &value))
        return INC_CSS_BAD;
    store(a, id, value);
    return INC_CSS_OK;
}

inc_css_result inc_read_spacing(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_len length = 0;
    if (!inc_cursor_word(c, "normal") && !inc_read_length(c, &length))
        return INC_CSS_BAD;
    store_length(a, id, 0, length);
    return INC_CSS_OK;
}

/* A length or percentage as inc_dim has it. */
static bool dimension(inc_cursor *c, bool negative, inc_dim *dim)
{
    inc_quantity q;
    size_t at = c->at;
    dim->kind = INC_DIM_LENGTH;
    if (!inc_read_quantity(c, &q) || (q.kind == INC_QUANTITY_NUMBER && q.value) || (!negative && q.value < 0)) {
        c->at = at;
        return false;
    }
    dim->value = q.value;
    if (q.kind == INC_QUANTITY_PERCENT) {
        dim->kind = INC_DIM_PERCENT;
        dim->value = inc_len_scale(q.value, INC_PT, INC_CSS_UNIT);
    }
    return true;
}

inc_css_result inc_read_text_indent(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_dim dim;
    bool hanging = inc_cursor_word(c, "hanging");
    if (!dimension(c, true, &dim))
        return INC_CSS_BAD;
    hanging |= inc_cursor_word(c, "hanging");
    store_dim(a, id, dim.kind, dim.value);
    *(bool *)inc_apply_field(a, id, 1) = hanging;
    return INC_CSS_OK;
}

inc_css_result inc_read_hanging_punctuation(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    bool any = false, none = inc_cursor_word(c, "none");
    while (!none && (inc_cursor_word(c, "first") || inc_cursor_word(c, "last") || inc_cursor_word(c, "allow-end") || inc_cursor_word(c, "force-end")))
        any = true;
    store(a, id, any);
    return any || none ? INC_CSS_OK : INC_CSS_BAD;
}

bool inc_read_counter_style(inc_apply *a, inc_cursor *c, inc_list_style *style, const inc_counter_style **own)
{
    const inc_css_token *t = inc_cursor_peek(c);
    int value;
    *own = t->kind == INC_CSS_IDENT && a->interner->sheet ? inc_counter_style_find(a->interner->sheet, t->text) : NULL;
    if (*own) {
        *style = INC_LIST_OWN;
        inc_cursor_next(c);
    } else if (keyword(c, INC_PROP_LIST_STYLE_TYPE, &value))
        *style = (inc_list_style)value;
    else
        return false;
    return true;
}

inc_css_result inc_read_list_style_type(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    const inc_css_token *t = inc_cursor_peek(c);
    inc_list_style style = INC_LIST_STRING;
    const inc_counter_style *own = NULL;
    inc_str text = INC_STR("");
    if (t->kind == INC_CSS_STRING) {
        text = inc_intern_str(a->interner, t->text);
        inc_cursor_next(c);
    } else if (!inc_read_counter_style(a, c, &style, &own))
        return INC_CSS_BAD;
    *(inc_str *)inc_apply_field(a, id, 1) = text;
    *(const inc_counter_style **)inc_apply_field(a, id, 2) = own;
    store(a, id, style);
    return INC_CSS_OK;
}

inc_css_result inc_read_page(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_str name = INC_STR("");
    const inc_css_token *t = inc_cursor_peek(c);
    if (t->kind != INC_CSS_IDENT)
        return INC_CSS_BAD;
    if (!inc_css_is_word(t, "auto"))
        name = inc_intern_str(a->interner, t->text);
    inc_cursor_next(c);
    *(inc_str *)inc_apply_field(a, id, 0) = name;
    return INC_CSS_OK;
}

/* ---- boxes ---- */

static inc_css_result read_dim(inc_apply *a, inc_cursor *c, inc_property_id id, bool automatic, bool negative)
{
    inc_dim dim = {INC_DIM_AUTO, 0};
    if (!(automatic && inc_cursor_word(c, "auto")) && !dimension(c, negative, &dim))
        return INC_CSS_BAD;
    store_dim(a, id, dim.kind, dim.value);
    return INC_CSS_OK;
}

inc_css_result inc_read_margin_side(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    return read_dim(a, c, id, true, true);
}

inc_css_result inc_read_padding_side(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    return read_dim(a, c, id, false, false);
}

inc_css_result inc_read_width(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    if (inc_cursor_word(c, "min-content") || inc_cursor_word(c, "max-content") || inc_cursor_word(c, "fit-content"))
        return INC_CSS_IGNORED;
    const inc_css_token *t = inc_cursor_peek(c);
    static const char *const screen_units[] = {"vw", "vh", "vmin", "vmax", "dvh", "svh", "lvh", "fr"};
    for (size_t i = 0; i < INC_COUNT(screen_units); i++)
        if (t->kind == INC_CSS_DIMENSION && inc_str_eq_nocase(t->text, inc_str_of(screen_units[i])))
            return INC_CSS_IGNORED;
    bool most = id == INC_PROP_MAX_WIDTH || id == INC_PROP_MAX_HEIGHT;
    if (most && inc_cursor_word(c, "none")) {
        store_dim(a, id, INC_DIM_AUTO, 0);
        return INC_CSS_OK;
    }
    return read_dim(a, c, id, !most, false);
}

inc_css_result inc_read_vertical_align(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_quantity q = {0};
    int value = INC_VALIGN_LENGTH;
    if (!keyword(c, id, &value)) {
        if (!inc_read_quantity(c, &q) || (q.kind == INC_QUANTITY_NUMBER && q.value))
            return INC_CSS_BAD;
        if (q.kind == INC_QUANTITY_PERCENT)
            q.value = inc_len_times(a->units.lh, q.value / 100);
    }
    store(a, id, value);
    store_length(a, id, 1, q.value);
    return INC_CSS_OK;
}

inc_css_result inc_read_column_count(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    int64_t count = 0;
    if (!inc_cursor_word(c, "auto") && !inc_read_integer(c, 1, 9, &count))
        return INC_CSS_BAD;
    store(a, id, count);
    return INC_CSS_OK;
}

inc_css_result inc_read_column_width(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_len width = 0;
    if (!inc_cursor_word(c, "auto") && (!inc_read_length(c, &width) || width <= 0))
        return INC_CSS_BAD;
    store_length(a, id, 0, width);
    return INC_CSS_OK;
}

inc_css_result inc_read_column_gap(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_len gap = a->units.em;
    if (!inc_cursor_word(c, "normal") && (!inc_read_length(c, &gap) || gap < 0))
        return INC_CSS_BAD;
    store_length(a, id, 0, gap);
    return INC_CSS_OK;
}

inc_css_result inc_read_length_or_none(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_len unit = 0;
    if (!inc_cursor_word(c, "none") && (!inc_read_length(c, &unit) || unit < 0))
        return INC_CSS_BAD;
    store_length(a, id, 0, unit);
    return INC_CSS_OK;
}

/* ---- paint ---- */

inc_css_result inc_read_color_property(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_color color;
    bool current;
    if (!inc_read_color(c, &color, &current))
        return INC_CSS_BAD;
    if (id == INC_PROP_COLOR) {
        inc_color *own = inc_apply_field(a, id, 0);
        *own = current ? a->parent->medium[a->medium].color : color;
        return INC_CSS_OK;
    }
    inc_color_value *value = inc_apply_field(a, id, 0);
    value->color = color;
    value->current = current;
    return INC_CSS_OK;
}

inc_css_result inc_read_border_width(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_len width;
    if (inc_cursor_word(c, "thin"))
        width = INC_PT * 3 / 4;
    else if (inc_cursor_word(c, "medium"))
        width = INC_PT * 9 / 4;
    else if (inc_cursor_word(c, "thick"))
        width = INC_PT * 15 / 4;
    else if (!inc_read_length(c, &width) || width < 0)
        return INC_CSS_BAD;
    store_length(a, id, 0, width);
    return INC_CSS_OK;
}

inc_css_result inc_read_decoration_line(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    uint8_t lines = 0;
    bool any = inc_cursor_word(c, "none"), more = !any;
    while (more) {
        more = true;
        if (inc_cursor_word(c, "underline"))
            lines |= INC_DECORATION_UNDERLINE;
        else if (inc_cursor_word(c, "line-through"))
            lines |= INC_DECORATION_LINE_THROUGH;
        else if (inc_cursor_word(c, "overline"))
            lines |= INC_DECORATION_OVERLINE;
        else
            more = inc_cursor_word(c, "blink");
        any |= more;
    }
    store(a, id, lines);
    return any ? INC_CSS_OK : INC_CSS_BAD;
}

/* ---- pages ---- */

typedef struct sheet_size {
    const char *name;
    int32_t width, height; /* tenths of mm, or of pt below 0 */
} sheet_size;

static inc_len sheet_length(int32_t v)
{
    return v < 0 ? inc_len_scale(INC_PT, -v, 10) : inc_len_scale(INC_PT * v, 36, 127);
}

/* What a PDF can show, less some room for bleed and marks around it. */
#define PAGE_SIDE_MIN (10 * INC_PT)
#define PAGE_SIDE_MAX (14000 * INC_PT)
#define BLEED_MAX (144 * INC_PT)

static bool is_page_side(inc_len v) { return v >= PAGE_SIDE_MIN && v <= PAGE_SIDE_MAX; }

inc_css_result inc_read_size(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    static const sheet_size sizes[] = {{"a3", 2970, 4200}, {"a4", 2100, 2970}, {"a5", 1480, 2100}, {"a6", 1050, 1480}, {"b4", 2500, 3530},
        {"b5", 1760, 2500}, {"jis-b4", 2570, 3640}, {"jis-b5", 1820, 2570}, {"letter", -6120, -7920}, {"legal", -6120, -10080},
        {"ledger", -7920, -12240}};
    inc_len w = inc_computed_initial.page_width, h = inc_computed_initial.page_height;
    bool any = inc_cursor_word(c, "auto"), named = false;
    if (!any && inc_read_length(c, &w)) {
        any = true;
        if (!inc_read_length(c, &h))
            h = w;
    }
    bool landscape = !any && inc_cursor_word(c, "landscape"), portrait = !any && !landscape && inc_cursor_word(c, "portrait");
    for (size_t i = 0; i < INC_COUNT(sizes) && !any; i++)
        if (inc_cursor_word(c, sizes[i].name)) {
            w = sheet_length(sizes[i].width);
            h = sheet_length(sizes[i].height);
            any = named = true;
        }
    if (named && !landscape && !portrait) {
        landscape = inc_cursor_word(c, "landscape");
        portrait = !landscape && inc_cursor_word(c, "portrait");
    }
    if ((!any && !landscape && !portrait) || !is_page_side(w) || !is_page_side(h))
        return INC_CSS_BAD;
    store_length(a, id, 0, landscape ? INC_MAX(w, h) : w);
    store_length(a, id, 1, landscape ? INC_MIN(w, h) : h);
    return INC_CSS_OK;
}

inc_css_result inc_read_bleed(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_len bleed = 0;
    if (!inc_cursor_word(c, "auto") && (!inc_read_length(c, &bleed) || bleed < 0 || bleed > BLEED_MAX))
        return INC_CSS_BAD;
    store_length(a, id, 0, bleed);
    return INC_CSS_OK;
}

inc_css_result inc_read_marks(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    bool none = inc_cursor_word(c, "none");
    unsigned marks = 0;
    for (bool more = !none; more;) {
        unsigned one = inc_cursor_word(c, "crop") ? INC_MARKS_CROP : inc_cursor_word(c, "cross") ? INC_MARKS_CROSS : 0;
        more = one != 0;
        marks |= one;
    }
    store(a, id, marks);
    return none || marks ? INC_CSS_OK : INC_CSS_BAD;
}
