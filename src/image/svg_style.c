/* svg_style.c - what the declarations of an element mean: computed values (SVG 2, chapters 6, 11, 13; CSS Values 4). */
#include "image/svg.h"

enum { VARIABLES_MAX = 16 /* var() in var() */, VALUE_MAX = 4096, DASHES_MAX = 64 };

typedef struct reading { /* of one element's properties */
    inc_svg *svg;
    inc_svg_style *style;
    const inc_svg_style *parent;
    double width, height, em;
    const inc_svg_node *node;
} reading;

const inc_svg_style *inc_svg_initial(inc_svg *svg)
{
    if (!svg->initial) {
        inc_svg_style *s = INC_NEW(svg->arena, inc_svg_style);
        *s = (inc_svg_style){.color = svg->context->current,
                             .stop_color = {0, 0, 0, 255},
                             .fill = {.kind = INC_SVG_PAINT_COLOR, .color = {0, 0, 0, 255}},
                             .fill_opacity = 1,
                             .stroke_opacity = 1,
                             .stop_opacity = 1,
                             .opacity = 1,
                             .stroke_width = 1,
                             .miter_limit = 4,
                             .paint_order = INC_SVG_PAINT_ORDER_NORMAL,
                             .weight = 400,
                             .font_size = 16,
                             .family = INC_STR(""),
                             .language = svg->context->language};
        s->marker_start = s->marker_mid = s->marker_end = s->clip_path = s->mask = s->filter = INC_STR("");
        svg->initial = s;
    }
    return svg->initial;
}

/* ---- variables ---- */

static bool find_variable(inc_svg *svg, const inc_svg_node *node, inc_str name, inc_str *value)
{
    for (; node; node = node->parent) {
        inc_svg_match(svg, (inc_svg_node *)node);
        for (uint32_t i = 0; i < node->declaration_count; i++)
            if (node->declarations[i].property == INC_SVG_CUSTOM && inc_str_eq(node->declarations[i].name, name)) {
                *value = node->declarations[i].value;
                return true;
            }
    }
    return false;
}

static size_t matching_bracket(inc_str s, size_t at)
{
    int depth = 1;
    for (; at < s.n; at++) {
        depth += (s.p[at] == '(') - (s.p[at] == ')');
        if (!depth)
            return at;
    }
    return s.n;
}

/* Puts the values of variables in; "" when one has none, or leads to itself. */
static inc_str with_variables(inc_svg *svg, const inc_svg_node *node, inc_str value, unsigned depth)
{
    size_t at = inc_str_find(value, INC_STR("var("));
    if (at == INC_NPOS)
        return value;
    if (depth == VARIABLES_MAX)
        return INC_STR("");
    inc_buf out = inc_buf_in(svg->arena);
    if ((svg->budget->expanded += value.n) > INC_SVG_TEXT_MAX)
        return INC_STR("");
    while (at != INC_NPOS) {
        size_t end = matching_bracket(value, at + 4);
        inc_str inside = inc_str_slice(value, at + 4, end), found;
        size_t comma = inc_str_find_char(inside, ',');
        inc_str name = inc_str_trim(inc_str_slice(inside, 0, comma == INC_NPOS ? inside.n : comma));
        inc_buf_add(&out, inc_str_slice(value, 0, at));
        if (!find_variable(svg, node, name, &found))
            found = comma == INC_NPOS ? INC_STR("") : inc_str_slice(inside, comma + 1, inside.n);
        found = inc_str_trim(with_variables(svg, node, found, depth + 1));
        inc_buf_add(&out, found);
        if (!found.n || out.n > VALUE_MAX)
            return INC_STR("");
        value = inc_str_slice(value, INC_MIN(end + 1, value.n), value.n);
        at = inc_str_find(value, INC_STR("var("));
    }
    inc_buf_add(&out, value);
    return inc_buf_str(&out);
}

/* ---- values ---- */

static bool is(inc_str s, const char *word)
{
    return inc_str_eq_nocase(s, inc_str_of(word));
}

/* The id in url(#id); *rest is what stands behind. False when it is none. */
static bool read_url(inc_str s, inc_str *id, inc_str *rest)
{
    if (!inc_str_starts(s, INC_STR("url(")))
        return false;
    size_t end = inc_str_find_char(s, ')');
    inc_str inside = inc_str_trim(inc_str_slice(s, 4, end == INC_NPOS ? s.n : end));
    *rest = inc_str_trim(inc_str_slice(s, end == INC_NPOS ? s.n : end + 1, s.n));
    if (inside.n >= 2 && (inside.p[0] == '"' || inside.p[0] == '\'') && inside.p[inside.n - 1] == inside.p[0])
        inside = inc_str_trim(inc_str_slice(inside, 1, inside.n - 1));
    size_t hash = inc_str_find_char(inside, '#');
    *id = hash == INC_NPOS ? inside : inc_str_slice(inside, hash + 1, inside.n);
    return true;
}

static void read_reference(const reading *r, inc_str s, inc_str *id)
{
    inc_str rest;
    if (is(s, "none"))
        *id = INC_STR("");
    else if (!read_url(s, id, &rest))
        inc_svg_tell(r->svg, INC_SVG_F_CLIP_SHAPE, INC_DIAG_SVG_NOT_DRAWN, r->node, "image '%.*s' has '%.*s' where incipit knows url(#...) alone",
                     INC_STR_ARG(r->svg->image->name), INC_STR_ARG(s));
}

static bool read_plain_paint(inc_str s, inc_svg_paint_kind *kind, inc_color *color)
{
    size_t device = inc_str_find(s, INC_STR(" icc-color("));
    s = inc_str_trim(inc_str_slice(s, 0, device == INC_NPOS ? s.n : device));
    if (is(s, "none"))
        *kind = INC_SVG_PAINT_NONE;
    else if (is(s, "currentcolor"))
        *kind = INC_SVG_PAINT_CURRENT;
    else if (is(s, "context-fill"))
        *kind = INC_SVG_PAINT_CONTEXT_FILL;
    else if (is(s, "context-stroke"))
        *kind = INC_SVG_PAINT_CONTEXT_STROKE;
    else if (inc_svg_color(s, color))
        *kind = INC_SVG_PAINT_COLOR;
    else
        return false;
    return true;
}

static void tell_color(const reading *r, inc_str s)
{
    inc_svg_tell(r->svg, INC_SVG_F_COLOR, INC_DIAG_SVG_NOT_DRAWN, r->node, "image '%.*s' has the colour '%.*s', which incipit does not know",
                 INC_STR_ARG(r->svg->image->name), INC_STR_ARG(s));
}

static void read_paint(const reading *r, inc_str s, inc_svg_paint *paint)
{
    inc_svg_paint p = {0};
    inc_str rest;
    if (read_url(s, &p.id, &rest)) {
        p.kind = INC_SVG_PAINT_URL;
        if (rest.n && !read_plain_paint(rest, &p.otherwise, &p.color))
            return;
    } else if (!read_plain_paint(s, &p.kind, &p.color)) {
        tell_color(r, s);
        return;
    }
    *paint = p;
}

static void read_opacity(inc_str s, double *opacity)
{
    double v = inc_svg_number_or(s, -1e9);
    if (v > -1e9)
        *opacity = v < 0 ? 0 : v > 1 ? 1 : v;
}

static bool read_length(const reading *r, inc_str s, double whole, double *value)
{
    return inc_svg_length(s, whole, r->em, value);
}

static void read_font_size(const reading *r, inc_str s)
{
    static const struct {
        const char *word;
        double px;
    } words[] = {{"xx-small", 9}, {"x-small", 10}, {"small", 13}, {"medium", 16}, {"large", 18}, {"x-large", 24}, {"xx-large", 32}};
    double v;
    for (size_t i = 0; i < INC_COUNT(words); i++)
        if (is(s, words[i].word)) {
            r->style->font_size = words[i].px;
            return;
        }
    if (is(s, "larger") || is(s, "smaller"))
        r->style->font_size = is(s, "larger") ? r->parent->font_size * 1.2 : r->parent->font_size / 1.2;
    else if (inc_svg_length(s, r->parent->font_size, r->parent->font_size, &v) && v >= 0)
        r->style->font_size = v;
}

static void read_weight(const reading *r, inc_str s)
{
    unsigned before = r->parent->weight;
    double v;
    if (is(s, "normal") || is(s, "bold"))
        r->style->weight = is(s, "bold") ? 700 : 400;
    else if (is(s, "bolder"))
        r->style->weight = before < 350 ? 400 : before < 550 ? 700 : 900;
    else if (is(s, "lighter"))
        r->style->weight = before < 550 ? 100 : before < 750 ? 400 : 700;
    else if (inc_svg_number(&s, &v) && !s.n && v >= 1 && v <= 1000)
        r->style->weight = (uint16_t)v;
}

static void read_dashes(const reading *r, inc_str s)
{
    INC_VEC(double) list = {0};
    double v, sum = 0, whole = inc_svg_diagonal(r->width, r->height);
    r->style->dashes = (inc_svg_numbers){NULL, 0};
    if (is(s, "none"))
        return;
    for (inc_svg_skip(&s); s.n; inc_svg_skip(&s)) {
        if (!inc_svg_length_cut(&s, whole, r->em, &v) || v < 0 || list.n == DASHES_MAX)
            return; /* SVG 2, 13.5.6: then there are no dashes */
        INC_PUSH(r->svg->arena, &list, v);
        sum += v;
    }
    size_t n = list.n;
    for (size_t i = 0; n % 2 && i < n; i++)
        INC_PUSH(r->svg->arena, &list, list.v[i]);
    if (sum > 0)
        r->style->dashes = (inc_svg_numbers){list.v, (uint32_t)list.n};
}

static uint8_t paint_order_of(inc_str s)
{
    uint8_t order[3] = {0}, n = 0;
    bool seen[4] = {false};
    while (s.n && n < 3) {
        s = inc_str_trim(s);
        inc_str word = inc_str_cut(&s, ' ');
        uint8_t part = is(word, "fill") ? INC_SVG_PAINT_FILL : is(word, "stroke") ? INC_SVG_PAINT_STROKE : is(word, "markers") ? INC_SVG_PAINT_MARKERS : 0;
        if (part && !seen[part])
            order[n++] = part, seen[part] = true;
    }
    for (uint8_t part = INC_SVG_PAINT_FILL; part <= INC_SVG_PAINT_MARKERS; part++)
        if (!seen[part])
            order[n++] = part;
    return (uint8_t)(order[0] | order[1] << 2 | order[2] << 4);
}

static void read_baseline(inc_str s, uint8_t *baseline)
{
    static const struct {
        const char *word;
        inc_svg_baseline baseline;
    } words[] = {{"auto", INC_SVG_BASELINE_AUTO},
                 {"baseline", INC_SVG_BASELINE_AUTO},
                 {"alphabetic", INC_SVG_BASELINE_AUTO},
                 {"middle", INC_SVG_BASELINE_MIDDLE},
                 {"central", INC_SVG_BASELINE_CENTRAL},
                 {"center", INC_SVG_BASELINE_CENTRAL},
                 {"hanging", INC_SVG_BASELINE_HANGING},
                 {"mathematical", INC_SVG_BASELINE_MATHEMATICAL},
                 {"text-before-edge", INC_SVG_BASELINE_TOP},
                 {"before-edge", INC_SVG_BASELINE_TOP},
                 {"text-top", INC_SVG_BASELINE_TOP},
                 {"top", INC_SVG_BASELINE_TOP},
                 {"text-after-edge", INC_SVG_BASELINE_BOTTOM},
                 {"after-edge", INC_SVG_BASELINE_BOTTOM},
                 {"text-bottom", INC_SVG_BASELINE_BOTTOM},
                 {"bottom", INC_SVG_BASELINE_BOTTOM},
                 {"ideographic", INC_SVG_BASELINE_BOTTOM}};
    for (size_t i = 0; i < INC_COUNT(words); i++)
        if (is(s, words[i].word))
            *baseline = (uint8_t)words[i].baseline;
}

static uint8_t decoration_of(inc_str s)
{
    return (uint8_t)((inc_str_find(s, INC_STR("underline")) != INC_NPOS ? INC_SVG_UNDERLINE : 0) |
                     (inc_str_find(s, INC_STR("overline")) != INC_NPOS ? INC_SVG_OVERLINE : 0) |
                     (inc_str_find(s, INC_STR("line-through")) != INC_NPOS ? INC_SVG_LINE_THROUGH : 0));
}

static uint8_t blend_of(inc_str s)
{
    static const char *const words[] = {"normal", "multiply", "screen", "overlay", "darken", "lighten"}; /* as inc_blend */
    for (uint8_t i = 0; i < INC_COUNT(words); i++)
        if (is(s, words[i]))
            return i;
    return INC_BLEND_NORMAL;
}

static void read_shift(const reading *r, inc_str s)
{
    double v;
    if (is(s, "sub") || is(s, "super"))
        r->style->baseline_shift = r->parent->font_size * (is(s, "sub") ? -0.2 : 1.0 / 3);
    else if (is(s, "baseline"))
        r->style->baseline_shift = 0;
    else if (read_length(r, s, r->parent->font_size, &v)) /* SVG 2 says the line height: the size is near it */
        r->style->baseline_shift = v;
}

static void read_text_property(const reading *r, inc_svg_property property, inc_str s)
{
    inc_svg_style *style = r->style;
    switch (property) {
    case INC_SVG_P_FONT_FAMILY: style->family = s; break;
    case INC_SVG_P_FONT_STYLE: style->italic = inc_str_starts(s, INC_STR("italic")) || inc_str_starts(s, INC_STR("oblique")); break;
    case INC_SVG_P_FONT_VARIANT: style->small_caps = inc_str_find(s, INC_STR("small-caps")) != INC_NPOS; break;
    case INC_SVG_P_FONT_WEIGHT: read_weight(r, s); break;
    case INC_SVG_P_LETTER_SPACING: case INC_SVG_P_WORD_SPACING: {
        double *spacing = property == INC_SVG_P_LETTER_SPACING ? &style->letter_spacing : &style->word_spacing;
        if (is(s, "normal"))
            *spacing = 0;
        else
            read_length(r, s, r->em, spacing);
        break;
    }
    case INC_SVG_P_TEXT_ANCHOR: style->anchor = is(s, "middle") ? 1 : is(s, "end") ? 2 : 0; break;
    case INC_SVG_P_TEXT_DECORATION: style->decoration = decoration_of(s); break;
    case INC_SVG_P_DOMINANT_BASELINE: read_baseline(s, &style->dominant_baseline); break;
    case INC_SVG_P_ALIGNMENT_BASELINE: read_baseline(s, &style->alignment_baseline); break;
    case INC_SVG_P_BASELINE_SHIFT: read_shift(r, s); break;
    case INC_SVG_P_WHITE_SPACE: style->preserve_space = inc_str_starts(s, INC_STR("pre")) || is(s, "break-spaces"); break;
    case INC_SVG_P_DIRECTION: style->rtl = is(s, "rtl"); break;
    default: break;
    }
}

static void read_stroke_property(const reading *r, inc_svg_property property, inc_str s)
{
    inc_svg_style *style = r->style;
    double whole = inc_svg_diagonal(r->width, r->height), v;
    switch (property) {
    case INC_SVG_P_STROKE: read_paint(r, s, &style->stroke); break;
    case INC_SVG_P_STROKE_OPACITY: read_opacity(s, &style->stroke_opacity); break;
    case INC_SVG_P_STROKE_WIDTH:
        if (read_length(r, s, whole, &v) && v >= 0)
            style->stroke_width = v;
        break;
    case INC_SVG_P_STROKE_DASHARRAY: read_dashes(r, s); break;
    case INC_SVG_P_STROKE_DASHOFFSET: read_length(r, s, whole, &style->dash_offset); break;
    case INC_SVG_P_STROKE_LINECAP: style->line_cap = is(s, "round") ? INC_CAP_ROUND : is(s, "square") ? INC_CAP_SQUARE : INC_CAP_BUTT; break;
    case INC_SVG_P_STROKE_LINEJOIN:
        style->line_join = is(s, "round") ? INC_JOIN_ROUND : is(s, "bevel") ? INC_JOIN_BEVEL : INC_JOIN_MITER;
        break;
    case INC_SVG_P_STROKE_MITERLIMIT:
        if (inc_svg_number(&s, &v) && v >= 1)
            style->miter_limit = v;
        break;
    case INC_SVG_P_VECTOR_EFFECT: style->non_scaling = is(s, "non-scaling-stroke"); break;
    case INC_SVG_P_PAINT_ORDER: style->paint_order = paint_order_of(s); break;
    default: read_text_property(r, property, s); break;
    }
}

static void read_property(const reading *r, inc_svg_property property, inc_str s)
{
    inc_svg_style *style = r->style;
    switch (property) {
    case INC_SVG_P_COLOR:
        if (is(s, "currentcolor"))
            style->color = r->parent->color;
        else if (!inc_svg_color(s, &style->color))
            tell_color(r, s);
        break;
    case INC_SVG_P_FILL: read_paint(r, s, &style->fill); break;
    case INC_SVG_P_FILL_OPACITY: read_opacity(s, &style->fill_opacity); break;
    case INC_SVG_P_FILL_RULE: style->fill_rule = is(s, "evenodd"); break;
    case INC_SVG_P_CLIP_RULE: style->clip_rule = is(s, "evenodd"); break;
    case INC_SVG_P_STOP_COLOR:
        style->stop_current = is(s, "currentcolor");
        if (!style->stop_current && !inc_svg_color(s, &style->stop_color))
            tell_color(r, s);
        break;
    case INC_SVG_P_STOP_OPACITY: read_opacity(s, &style->stop_opacity); break;
    case INC_SVG_P_OPACITY: read_opacity(s, &style->opacity); break;
    case INC_SVG_P_DISPLAY: style->none = is(s, "none"); break;
    case INC_SVG_P_VISIBILITY: style->hidden = is(s, "hidden") || is(s, "collapse"); break;
    case INC_SVG_P_OVERFLOW: style->overflow_visible = is(s, "visible") || is(s, "auto"); break;
    case INC_SVG_P_CLIP_PATH: read_reference(r, s, &style->clip_path); break;
    case INC_SVG_P_MASK: read_reference(r, s, &style->mask); break;
    case INC_SVG_P_FILTER: style->filter = is(s, "none") ? INC_STR("") : s; break;
    case INC_SVG_P_MASK_TYPE: style->mask_alpha = is(s, "alpha"); break;
    case INC_SVG_P_MIX_BLEND_MODE: style->blend = blend_of(s); break;
    case INC_SVG_P_MARKER_START: read_reference(r, s, &style->marker_start); break;
    case INC_SVG_P_MARKER_MID: read_reference(r, s, &style->marker_mid); break;
    case INC_SVG_P_MARKER_END: read_reference(r, s, &style->marker_end); break;
    default: read_stroke_property(r, property, s); break;
    }
}

/* ---- an element's style ---- */

static void copy_property(inc_svg_property property, inc_svg_style *to, const inc_svg_style *from)
{
    switch (property) {
#define P(id, name, field, inherited) case INC_SVG_P_##id: to->field = from->field; break;
        INC_SVG_PROPERTIES(P)
#undef P
    case INC_SVG_CUSTOM: break;
    }
    if (property == INC_SVG_P_STOP_COLOR)
        to->stop_current = from->stop_current;
}

static bool is_inherited(inc_svg_property property)
{
    static const bool inherited_by[] = {
#define P(id, name, field, inherited) inherited,
        INC_SVG_PROPERTIES(P)
#undef P
    };
    return inherited_by[property];
}

static void take_declaration(const reading *r, const inc_svg_declaration *d)
{
    inc_svg_property property = (inc_svg_property)d->property;
    inc_str value = inc_str_trim(with_variables(r->svg, r->node, d->value, 0));
    if (!value.n)
        return;
    bool unset = is(value, "unset") || is(value, "revert") || is(value, "revert-layer");
    if (is(value, "inherit") || (unset && is_inherited(property)))
        copy_property(property, r->style, r->parent);
    else if (is(value, "initial") || unset)
        copy_property(property, r->style, inc_svg_initial(r->svg));
    else if (property == INC_SVG_P_FONT_SIZE)
        read_font_size(r, value);
    else
        read_property(r, property, value);
}

const inc_svg_style *inc_svg_style_under(inc_svg *svg, inc_svg_node *node, const inc_svg_style *parent, double width, double height)
{
    if (node->style && node->style_under == parent)
        return node->style;
    inc_svg_style *style = INC_NEW(svg->arena, inc_svg_style);
    const inc_svg_style *initial = inc_svg_initial(svg);
    inc_svg_match(svg, node);
    *style = *parent;
#define P(id, name, field, inherited) \
    if (!inherited) \
        style->field = initial->field;
    INC_SVG_PROPERTIES(P)
#undef P
    style->stop_current = false;
    inc_str space = inc_svg_attr(node, "xml:space"), language = inc_svg_attr(node, inc_svg_has(node, "lang") ? "lang" : "xml:lang");
    if (space.n)
        style->preserve_space = inc_str_is(space, "preserve");
    if (language.n)
        style->language = language;
    reading r = {svg, style, parent, width, height, parent->font_size, node};
    for (uint32_t i = 0; i < node->declaration_count; i++) /* what others are measured by comes first */
        if (node->declarations[i].property == INC_SVG_P_FONT_SIZE)
            take_declaration(&r, &node->declarations[i]);
    r.em = style->font_size;
    for (uint32_t i = 0; i < node->declaration_count; i++)
        if (node->declarations[i].property != INC_SVG_P_FONT_SIZE && node->declarations[i].property != INC_SVG_CUSTOM)
            take_declaration(&r, &node->declarations[i]);
    node->style = style;
    node->style_under = parent;
    return style;
}

const inc_svg_style *inc_svg_style_of(inc_svg *svg, inc_svg_node *node)
{
    const inc_svg_style *parent = node->parent ? inc_svg_style_of(svg, node->parent) : inc_svg_initial(svg);
    return inc_svg_style_under(svg, node, parent, svg->width, svg->height);
}

/* ---- what is not part of the style ---- */

bool inc_svg_declared(inc_svg *svg, inc_svg_node *node, inc_svg_property property, inc_str *value)
{
    inc_svg_match(svg, node);
    for (uint32_t i = 0; i < node->declaration_count; i++)
        if (node->declarations[i].property == property) {
            *value = inc_str_trim(with_variables(svg, node, node->declarations[i].value, 0));
            return value->n > 0;
        }
    return false;
}

double inc_svg_geometry_of(inc_svg *svg, inc_svg_node *node, inc_svg_property property, const inc_svg_style *style, double whole, double otherwise)
{
    inc_str text;
    double v;
    return inc_svg_declared(svg, node, property, &text) && inc_svg_length(text, whole, style->font_size, &v) ? v : otherwise;
}

static void read_origin(inc_str s, const inc_svg_state *state, const inc_svg_style *style, double *x, double *y)
{
    double *to[2] = {x, y};
    for (int i = 0; i < 2; i++) {
        double whole = i ? state->height : state->width;
        inc_svg_skip(&s);
        inc_str word = s, rest = s;
        word = inc_str_cut(&rest, ' ');
        if (is(word, "center") || is(word, "left") || is(word, "right") || is(word, "top") || is(word, "bottom")) {
            *to[i] = is(word, "center") ? whole / 2 : is(word, "right") || is(word, "bottom") ? whole : 0;
            s = rest;
        } else if (!inc_svg_length_cut(&s, whole, style->font_size, to[i]))
            return;
    }
}

inc_svg_matrix inc_svg_transform_of(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style)
{
    inc_str text;
    inc_svg_matrix m;
    double x = 0, y = 0;
    if (!inc_svg_declared(svg, node, INC_SVG_P_TRANSFORM, &text) || !inc_svg_transform(text, &m))
        return INC_SVG_IDENTITY;
    if (inc_svg_declared(svg, node, INC_SVG_P_TRANSFORM_ORIGIN, &text)) {
        read_origin(text, state, style, &x, &y);
        m = inc_svg_multiply(inc_svg_multiply(inc_svg_translation(x, y), m), inc_svg_translation(-x, -y));
    }
    return m;
}
