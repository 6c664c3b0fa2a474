/* shorthand.c - the readers of shorthand properties. What a shorthand leaves out gets its initial value. */
#include "style/read.h"

static void reset(inc_apply *a, inc_property_id id)
{
    const inc_field *field;
    for (unsigned i = 0; (field = inc_property_field(id, i)); i++)
        memcpy(inc_apply_field(a, id, i), inc_field_of(&inc_computed_initial, field, a->medium), field->size);
}

static bool take_any(inc_cursor *c, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (inc_cursor_word(c, words[i]))
            return true;
    return false;
}

/* One to four values for top, right, bottom, left. */
inc_css_result inc_read_four_sides(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    static const uint8_t from[4][4] = {{0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}};
    const inc_property_id *sides;
    inc_property_longhands(id, &sides);
    size_t start[4], n = 0;
    for (; n < 4 && !inc_cursor_done(c); n++) {
        start[n] = c->at;
        inc_css_result result = inc_property_read(a, c, sides[n]);
        if (result != INC_CSS_OK)
            return result;
    }
    if (!n)
        return INC_CSS_BAD;
    for (size_t i = 0; i < 4; i++) {
        inc_cursor again = *c;
        again.at = start[from[n - 1][i]];
        inc_property_read(a, &again, sides[i]);
    }
    return INC_CSS_OK;
}

/* border and border-<side>: width, style and colour in any order, for the sides that the property has. */
inc_css_result inc_read_border(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    const inc_property_id *parts;
    size_t n = inc_property_longhands(id, &parts), sides = n / 3;
    bool seen[3] = {false, false, false};
    for (size_t i = 0; i < n; i++)
        reset(a, parts[i]);
    for (int i = 0; i < 3 && !inc_cursor_done(c); i++) {
        bool taken = false;
        for (size_t part = 0; part < 3 && !taken; part++) {
            size_t start = c->at;
            if (seen[part])
                continue;
            for (size_t side = 0; side < sides; side++) {
                c->at = start;
                taken = inc_property_read(a, c, parts[part * sides + side]) == INC_CSS_OK;
            }
            if (!taken)
                c->at = start;
            seen[part] = taken;
        }
        if (!taken)
            return INC_CSS_BAD;
    }
    return seen[0] || seen[1] || seen[2] ? INC_CSS_OK : INC_CSS_BAD;
}

inc_css_result inc_read_background(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    static const char *const words[] = {"none", "repeat", "no-repeat", "repeat-x", "repeat-y", "scroll", "fixed", "local", "left", "right",
        "top", "bottom", "center", "cover", "contain", "auto", "border-box", "padding-box", "content-box", "round", "space"};
    (void)id;
    bool color = false, picture = false;
    reset(a, INC_PROP_BACKGROUND_COLOR);
    while (!inc_cursor_done(c)) {
        inc_quantity q;
        const inc_css_token *t = inc_cursor_peek(c);
        if (!color && inc_property_read(a, c, INC_PROP_BACKGROUND_COLOR) == INC_CSS_OK) {
            color = true;
            continue;
        }
        if (t->kind == INC_CSS_URL || t->kind == INC_CSS_FUNCTION) {
            picture = true;
            inc_cursor_next(c);
        } else if (!take_any(c, words, INC_COUNT(words)) && !inc_cursor_slash(c) && !inc_cursor_comma(c) && !inc_read_quantity(c, &q))
            return INC_CSS_BAD;
    }
    return picture && !color ? INC_CSS_IGNORED : INC_CSS_OK;
}

inc_css_result inc_read_list_style(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    static const char *const positions[] = {"inside", "outside"};
    (void)id;
    bool type = false;
    reset(a, INC_PROP_LIST_STYLE_TYPE);
    while (!inc_cursor_done(c)) {
        const inc_css_token *t = inc_cursor_peek(c);
        if (take_any(c, positions, INC_COUNT(positions)))
            continue;
        if (t->kind == INC_CSS_URL) {
            inc_cursor_next(c);
            continue;
        }
        inc_css_result result = type ? INC_CSS_BAD : inc_property_read(a, c, INC_PROP_LIST_STYLE_TYPE);
        if (result != INC_CSS_OK)
            return result;
        type = true;
    }
    return INC_CSS_OK;
}

inc_css_result inc_read_text_decoration(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    static const char *const looks[] = {"solid", "double", "dotted", "dashed", "wavy", "auto", "from-font"};
    (void)id;
    bool line = false, color = false, any = false;
    reset(a, INC_PROP_TEXT_DECORATION_LINE);
    reset(a, INC_PROP_TEXT_DECORATION_COLOR);
    while (!inc_cursor_done(c)) {
        inc_quantity q;
        any = true;
        if (take_any(c, looks, INC_COUNT(looks)) || inc_read_quantity(c, &q))
            continue;
        inc_color value;
        bool current;
        size_t start = c->at;
        bool is_color = !color && inc_read_color(c, &value, &current);
        c->at = start;
        if (is_color) {
            inc_property_read(a, c, INC_PROP_TEXT_DECORATION_COLOR);
            color = true;
        } else if (line || inc_property_read(a, c, INC_PROP_TEXT_DECORATION_LINE) != INC_CSS_OK)
            return INC_CSS_BAD;
        else
            line = true;
    }
    return any ? INC_CSS_OK : INC_CSS_BAD;
}

inc_css_result inc_read_columns(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    (void)id;
    bool count = false, width = false;
    reset(a, INC_PROP_COLUMN_COUNT);
    reset(a, INC_PROP_COLUMN_WIDTH);
    int i = 0;
    for (; i < 2 && !inc_cursor_done(c); i++) {
        if (inc_cursor_word(c, "auto"))
            continue;
        size_t start = c->at;
        if (!count && inc_property_read(a, c, INC_PROP_COLUMN_COUNT) == INC_CSS_OK) {
            count = true;
            continue;
        }
        c->at = start;
        if (width || inc_property_read(a, c, INC_PROP_COLUMN_WIDTH) != INC_CSS_OK)
            return INC_CSS_BAD;
        width = true;
    }
    return i ? INC_CSS_OK : INC_CSS_BAD;
}

inc_css_result inc_read_font(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    static const char *const system[] = {"caption", "icon", "menu", "message-box", "small-caption", "status-bar"};
    static const inc_property_id before[] = {INC_PROP_FONT_STYLE, INC_PROP_FONT_WEIGHT, INC_PROP_FONT_VARIANT_CAPS};
    const inc_property_id *parts;
    size_t n = inc_property_longhands(id, &parts);
    if (take_any(c, system, INC_COUNT(system)))
        return INC_CSS_IGNORED;
    for (size_t i = 0; i < n; i++)
        reset(a, parts[i]);
    for (bool more = true; more;) {
        more = inc_cursor_word(c, "normal");
        for (size_t i = 0; i < INC_COUNT(before) && !more; i++) {
            size_t start = c->at;
            const inc_css_token *t = inc_cursor_peek(c);
            if (t->kind != INC_CSS_IDENT && t->kind != INC_CSS_NUMBER)
                break;
            more = inc_property_read(a, c, before[i]) == INC_CSS_OK;
            if (!more)
                c->at = start; /* a reader that fails has written nothing */
        }
    }
    if (inc_property_read(a, c, INC_PROP_FONT_SIZE) != INC_CSS_OK)
        return INC_CSS_BAD;
    if (inc_cursor_slash(c) && inc_property_read(a, c, INC_PROP_LINE_HEIGHT) != INC_CSS_OK)
        return INC_CSS_BAD;
    return inc_property_read(a, c, INC_PROP_FONT_FAMILY);
}
