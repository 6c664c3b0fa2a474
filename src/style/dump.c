/* dump.c - a computed style as text, for `dump --as style` and for tests. */
#include "style/property.h"

static void put_length(inc_buf *out, inc_len length)
{
    char text[32];
    inc_buf_add(out, (inc_str){text, inc_len_format(length, 3, text)});
    inc_buf_puts(out, "pt");
}

static void put_dim(inc_buf *out, inc_dim dim)
{
    char text[32];
    if (dim.kind == INC_DIM_AUTO)
        inc_buf_puts(out, "auto");
    else if (dim.kind == INC_DIM_LENGTH)
        put_length(out, dim.value);
    else {
        inc_buf_add(out, (inc_str){text, inc_len_format(dim.value, 3, text)});
        inc_buf_byte(out, '%');
    }
}

static void put_color(inc_buf *out, inc_color c)
{
    if (c.a == 255)
        inc_buf_printf(out, "#%02X%02X%02X", c.r, c.g, c.b);
    else if (c.a == 0)
        inc_buf_puts(out, "transparent");
    else
        inc_buf_printf(out, "#%02X%02X%02X%02X", c.r, c.g, c.b, c.a);
}

static void put_quoted(inc_buf *out, inc_str s)
{
    inc_buf_byte(out, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\')
            inc_buf_byte(out, '\\');
        if (s.p[i] == '\n')
            inc_buf_puts(out, "\\a ");
        else
            inc_buf_byte(out, s.p[i]);
    }
    inc_buf_byte(out, '"');
}

static void put_contents(inc_buf *out, inc_contents contents)
{
    static const char *const forms[] = {"", "counter(", "string(", "attr(", "target-counter(attr(href), ", "content(text", "counter(", "counters(", "counter(",
        "target-counter(attr(href), ", "target-text(attr(href)", "leader(", "quote("};
    if (!contents.n)
        inc_buf_puts(out, contents.none ? "none" : "normal");
    for (uint32_t i = 0; i < contents.n; i++) {
        inc_content c = contents.v[i];
        inc_buf_puts(out, i ? " " : "");
        if (c.kind == INC_CONTENT_STRING) {
            put_quoted(out, c.text);
            continue;
        }
        inc_buf_puts(out, forms[c.kind]);
        inc_buf_add(out, c.text);
        inc_buf_byte(out, ')');
    }
}

static void put_features(inc_buf *out, inc_features features)
{
    for (uint32_t i = 0; i < features.n; i++)
        inc_buf_printf(out, "%s\"%.4s\" %u", i ? ", " : "", features.v[i].tag, features.v[i].value);
    inc_buf_puts(out, features.n ? "" : "normal");
}

static void put_enum(inc_buf *out, inc_property_id id, unsigned value)
{
    for (const inc_keyword *k = inc_property_keywords(id); k && k->word; k++)
        if (k->value == (int)value) {
            inc_buf_puts(out, k->word);
            return;
        }
    if (id == INC_PROP_VERTICAL_ALIGN || id == INC_PROP_LIST_STYLE_TYPE)
        return; /* the value is in the second field */
    if (id == INC_PROP_FONT_STYLE || id == INC_PROP_TEXT_INDENT)
        inc_buf_puts(out, id == INC_PROP_FONT_STYLE ? "italic" : "hanging");
    else
        inc_buf_printf(out, "%u", value);
}

static void put_field(inc_buf *out, inc_property_id id, const inc_field *f, const void *p)
{
    switch (f->type) {
    case INC_FIELD_BOOL:
    case INC_FIELD_U8: put_enum(out, id, *(const uint8_t *)p); break;
    case INC_FIELD_U16: put_enum(out, id, *(const uint16_t *)p); break;
    case INC_FIELD_U32:
    case INC_FIELD_ENUM: put_enum(out, id, *(const uint32_t *)p); break;
    case INC_FIELD_LEN: put_length(out, *(const inc_len *)p); break;
    case INC_FIELD_DIM: put_dim(out, *(const inc_dim *)p); break;
    case INC_FIELD_STR: put_quoted(out, *(const inc_str *)p); break;
    case INC_FIELD_FEATURES: put_features(out, *(const inc_features *)p); break;
    case INC_FIELD_CONTENTS: put_contents(out, *(const inc_contents *)p); break;
    case INC_FIELD_FAMILIES:
        for (uint32_t i = 0; i < ((const inc_families *)p)->n; i++) {
            inc_buf_puts(out, i ? ", " : "");
            put_quoted(out, ((const inc_families *)p)->v[i]);
        }
        break;
    case INC_FIELD_COLOR:
    case INC_FIELD_COLOR_VALUE:
    case INC_FIELD_COUNTER_OPS:
        for (uint32_t i = 0; i < ((const inc_counter_ops *)p)->n; i++) {
            const inc_counter_op *op = &((const inc_counter_ops *)p)->v[i];
            inc_buf_printf(out, "%s%.*s %lld", i ? " " : "", INC_STR_ARG(op->name), (long long)op->value);
        }
        break;
    case INC_FIELD_POINTER: break; /* written apart */
    }
}

static bool differs(const inc_field *f, const void *a, const void *b)
{
    switch (f->type) {
    case INC_FIELD_DIM: return ((const inc_dim *)a)->kind != ((const inc_dim *)b)->kind || ((const inc_dim *)a)->value != ((const inc_dim *)b)->value;
    case INC_FIELD_STR: return !inc_str_eq(*(const inc_str *)a, *(const inc_str *)b);
    case INC_FIELD_FAMILIES: return ((const inc_families *)a)->n != ((const inc_families *)b)->n;
    case INC_FIELD_COUNTER_OPS: return ((const inc_counter_ops *)a)->n != ((const inc_counter_ops *)b)->n;
    case INC_FIELD_FEATURES: return ((const inc_features *)a)->n != ((const inc_features *)b)->n;
    case INC_FIELD_CONTENTS: return ((const inc_contents *)a)->n != ((const inc_contents *)b)->n || ((const inc_contents *)a)->none;
    default: return memcmp(a, b, f->size) != 0;
    }
}

static void dump_paint(const inc_style *s, inc_medium m, inc_buf *out)
{
    static const char *const sides[] = {"top", "right", "bottom", "left"};
    const char *medium = m == INC_SCREEN ? "screen" : "print";
    const inc_style_paint *p = &s->paint[m];
    inc_buf_printf(out, "%s color: ", medium);
    put_color(out, p->color);
    if (p->background.a) {
        inc_buf_printf(out, "\n%s background-color: ", medium);
        put_color(out, p->background);
    }
    for (int side = 0; side < 4; side++)
        if (s->border_width[side] && p->border[side].a) {
            inc_buf_printf(out, "\n%s border-%s-color: ", medium, sides[side]);
            put_color(out, p->border[side]);
        }
    if (p->decoration_lines) {
        inc_buf_printf(out, "\n%s text-decoration:%s%s%s ", medium, p->decoration_lines & INC_DECORATION_UNDERLINE ? " underline" : "",
                       p->decoration_lines & INC_DECORATION_LINE_THROUGH ? " line-through" : "",
                       p->decoration_lines & INC_DECORATION_OVERLINE ? " overline" : "");
        put_color(out, p->decoration);
    }
    inc_buf_byte(out, '\n');
}

void inc_style_dump(const inc_style *style, inc_buf *out)
{
    static const char *const sides[] = {"top", "right", "bottom", "left"};
    const inc_computed *c = inc_computed_of(style);
    inc_property_id id = INC_PROP_NONE, open = INC_PROP_NONE;
    for (const inc_field *f = inc_field_next(NULL, &id); f; f = inc_field_next(f, &id)) {
        const void *p = inc_field_of(c, f, INC_PRINT);
        if (f->medium || f->type == INC_FIELD_POINTER || id == INC_PROP_LINE_HEIGHT || id == INC_PROP_HANGING_PUNCTUATION
            || inc_property_info_of(id)->flags & INC_PROP_PAGE_ONLY || !differs(f, p, inc_field_of(&inc_computed_initial, f, INC_PRINT)))
            continue;
        if (id != open)
            inc_buf_printf(out, "%s%s: ", open ? "\n" : "", inc_property_info_of(id)->name);
        else
            inc_buf_byte(out, ' ');
        open = id;
        put_field(out, id, f, p);
    }
    inc_buf_puts(out, open ? "\nline-height: " : "line-height: ");
    put_length(out, style->line_height);
    inc_buf_byte(out, '\n');
    for (int side = 0; side < 4; side++)
        if (style->border_width[side]) {
            inc_buf_printf(out, "border-%s-width: ", sides[side]);
            put_length(out, style->border_width[side]);
            inc_buf_byte(out, '\n');
        }
    for (uint32_t i = 0; i < style->string_set_count; i++) {
        inc_buf_printf(out, "string-set: %.*s ", INC_STR_ARG(style->string_sets[i].name));
        put_contents(out, style->string_sets[i].value);
        inc_buf_byte(out, '\n');
    }
    dump_paint(style, INC_SCREEN, out);
    dump_paint(style, INC_PRINT, out);
}
