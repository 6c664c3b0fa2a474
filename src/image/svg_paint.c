/* svg_paint.c - colours, gradients and patterns as paint (SVG 2, chapters 13.2 and 14). */
#include <math.h>

#include "image/svg.h"

enum { HREFS_MAX = 16, STOPS_MAX = 4096 };

static uint8_t byte_of(double part)
{
    return !(part > 0) ? 0 : part >= 1 ? 255 : (uint8_t)(part * 255 + 0.5);
}

static inc_paint color_paint(inc_svg *svg, const inc_svg_target *target, inc_color color, double opacity)
{
    color.a = byte_of(color.a / 255.0 * opacity);
    if (target->state->clipping)
        color = (inc_color){255, 255, 255, 255};
    (void)svg;
    if (!color.a)
        return (inc_paint){.kind = INC_PAINT_NONE};
    target->state->canvas->transparent |= color.a < 255;
    return (inc_paint){.kind = INC_PAINT_COLOR, .opacity = 255, .as.color = color};
}

/* ---- what gradients and patterns inherit by href ---- */

typedef struct server {
    inc_svg_node *chain[HREFS_MAX]; /* the element, that which it refers to, and so on */
    unsigned n;
} server;

static server server_of(inc_svg *svg, inc_svg_node *node)
{
    server s = {.n = 0};
    while (node && s.n < HREFS_MAX) {
        for (unsigned i = 0; i < s.n; i++)
            if (s.chain[i] == node)
                return s;
        s.chain[s.n++] = node;
        node = inc_svg_href(svg, node);
    }
    return s;
}

static inc_str attribute(const server *s, const char *name)
{
    for (unsigned i = 0; i < s->n; i++)
        if (inc_svg_has(s->chain[i], name))
            return inc_svg_attr(s->chain[i], name);
    return INC_STR("");
}

static bool is_user_space(const server *s, const char *name)
{
    return inc_str_is(attribute(s, name), "userSpaceOnUse");
}

/* A length of the viewport, or a part of the box. */
static double coordinate(const server *s, const char *name, bool user, double whole, double otherwise)
{
    inc_str text = attribute(s, name);
    double v;
    if (!text.n || !inc_svg_length(text, user ? whole : 1, 16, &v))
        return user ? otherwise * whole : otherwise;
    return v;
}

static inc_svg_matrix matrix_of(const server *s, const char *name)
{
    inc_svg_matrix m;
    return inc_svg_transform(attribute(s, name), &m) ? m : INC_SVG_IDENTITY;
}

/* ---- gradients ---- */

static inc_color stop_color(const inc_svg_style *style)
{
    inc_color color = style->stop_current ? style->color : style->stop_color;
    color.a = byte_of(color.a / 255.0 * style->stop_opacity);
    return color;
}

static bool same(inc_color a, inc_color b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}

static uint32_t read_stops(inc_svg *svg, const server *s, inc_stop **stops, bool *transparent, bool *flat)
{
    INC_VEC(inc_stop) list = {0};
    inc_svg_node *child = NULL;
    for (unsigned i = 0; i < s->n && !list.n; i++)
        for (child = s->chain[i]->first; child && list.n < STOPS_MAX; child = child->next) {
            if (child->tag != INC_SVG_STOP)
                continue;
            double offset = inc_svg_number_or(inc_svg_attr(child, "offset"), 0);
            uint32_t at = !(offset > 0) ? 0 : offset >= 1 ? 65536 : (uint32_t)(offset * 65536 + 0.5);
            inc_stop stop = {INC_MAX(at, list.n ? list.v[list.n - 1].offset : 0), stop_color(inc_svg_style_of(svg, child))};
            *transparent |= stop.color.a < 255;
            INC_PUSH(svg->arena, &list, stop);
        }
    *flat = true;
    for (size_t i = 1; i < list.n; i++)
        *flat = *flat && same(list.v[i].color, list.v[0].color);
    *stops = list.v;
    return (uint32_t)list.n;
}

static inc_svg_matrix box_matrix(inc_svg_rect box)
{
    return (inc_svg_matrix){box.width, 0, 0, box.height, box.x, box.y};
}

/* The focus must lie in the circle. */
static void pull_focus(inc_svg_point *focus, inc_svg_point center, double r)
{
    double dx = focus->x - center.x, dy = focus->y - center.y, reach = dx * dx + dy * dy, most = r * 0.999;
    if (reach > most * most) {
        double shrink = most / sqrt(reach);
        focus->x = center.x + dx * shrink;
        focus->y = center.y + dy * shrink;
    }
}

static inc_paint gradient_paint(inc_svg *svg, const inc_svg_target *target, inc_svg_node *node, double opacity)
{
    server s = server_of(svg, node);
    inc_stop *stops;
    bool transparent = false, flat, user = is_user_space(&s, "gradientUnits");
    uint32_t count = read_stops(svg, &s, &stops, &transparent, &flat);
    double w = target->state->width, h = target->state->height, diagonal = inc_svg_diagonal(w, h);
    if (!count || (!user && (!(target->bounds.width > 0) || !(target->bounds.height > 0))))
        return (inc_paint){.kind = INC_PAINT_NONE};
    inc_color last = stops[count - 1].color;
    if (flat || target->state->clipping)
        return color_paint(svg, target, last, opacity);
    inc_gradient *g = INC_NEW(svg->arena, inc_gradient);
    inc_svg_matrix m = inc_svg_multiply(target->to_op, inc_svg_multiply(user ? INC_SVG_IDENTITY : box_matrix(target->bounds), matrix_of(&s, "gradientTransform")));
    double scale = inc_svg_scale_of(m), r = 0;
    if (!(scale > 1e-12))
        return (inc_paint){.kind = INC_PAINT_NONE};
    inc_svg_point from, to;
    bool radial = node->tag == INC_SVG_RADIAL_GRADIENT;
    if (radial) {
        to = (inc_svg_point){coordinate(&s, "cx", user, w, 0.5), coordinate(&s, "cy", user, h, 0.5)};
        r = coordinate(&s, "r", user, diagonal, 0.5);
        from = (inc_svg_point){attribute(&s, "fx").n ? coordinate(&s, "fx", user, w, 0.5) : to.x, attribute(&s, "fy").n ? coordinate(&s, "fy", user, h, 0.5) : to.y};
        double fr = coordinate(&s, "fr", user, diagonal, 0);
        if (!(r > 0))
            return color_paint(svg, target, last, opacity);
        pull_focus(&from, to, r);
        g->r0 = inc_svg_len((fr > 0 && fr < r ? fr : 0) * scale);
        g->r1 = INC_MAX(inc_svg_len(r * scale), 1);
    } else {
        from = (inc_svg_point){coordinate(&s, "x1", user, w, 0), coordinate(&s, "y1", user, h, 0)};
        to = (inc_svg_point){coordinate(&s, "x2", user, w, 1), coordinate(&s, "y2", user, h, 0)};
        if (from.x == to.x && from.y == to.y)
            return color_paint(svg, target, last, opacity);
    }
    inc_str spread = attribute(&s, "spreadMethod");
    g->spread = inc_str_is(spread, "reflect") ? INC_SPREAD_REFLECT : inc_str_is(spread, "repeat") ? INC_SPREAD_REPEAT : INC_SPREAD_PAD;
    g->matrix = inc_svg_baked(inc_svg_multiply(m, inc_svg_scaling(1 / scale, 1 / scale)));
    g->x0 = inc_svg_len(from.x * scale), g->y0 = inc_svg_len(from.y * scale);
    g->x1 = inc_svg_len(to.x * scale), g->y1 = inc_svg_len(to.y * scale);
    g->stops = stops;
    g->stop_count = count;
    if (!radial && g->x0 == g->x1 && g->y0 == g->y1)
        return color_paint(svg, target, last, opacity);
    inc_paint paint = {.kind = radial ? INC_PAINT_RADIAL : INC_PAINT_LINEAR, .opacity = byte_of(opacity), .as.gradient = g};
    target->state->canvas->transparent |= transparent || paint.opacity < 255;
    return paint.opacity ? paint : (inc_paint){.kind = INC_PAINT_NONE};
}

/* ---- patterns ---- */

static inc_svg_node *pattern_content(const server *s)
{
    for (unsigned i = 0; i < s->n; i++)
        for (inc_svg_node *child = s->chain[i]->first; child; child = child->next)
            if (inc_svg_is_element(child))
                return s->chain[i];
    return NULL;
}

/* The tile in a space of its own, with the origin in its corner; its contents stand there too, as in all browsers. */
static const inc_graphic *draw_tile(inc_svg *svg, const inc_svg_target *target, const server *s, inc_svg_node *content, inc_svg_rect tile, double scale)
{
    inc_svg_canvas canvas = {.width = tile.width * scale, .height = tile.height * scale};
    inc_svg_rect box, port = {0, 0, tile.width, tile.height};
    inc_svg_matrix into = INC_SVG_IDENTITY;
    inc_svg_state state = {.canvas = &canvas, .style = inc_svg_style_of(svg, content), .width = target->state->width, .height = target->state->height};
    if (inc_svg_view_box(attribute(s, "viewBox"), &box)) {
        into = inc_svg_fit(box, attribute(s, "preserveAspectRatio"), port);
        state.width = box.width, state.height = box.height;
    } else if (inc_str_is(attribute(s, "patternContentUnits"), "objectBoundingBox"))
        into = inc_svg_scaling(target->bounds.width, target->bounds.height);
    state.ctm = inc_svg_multiply(inc_svg_scaling(scale, scale), into);
    if (svg->nested == INC_GRAPHIC_NESTING_MAX || !inc_svg_enter(svg, content, target->node))
        return NULL;
    svg->nested++;
    inc_svg_draw_children(svg, content, &state);
    svg->nested--;
    inc_svg_leave(svg, content);
    target->state->canvas->transparent |= canvas.transparent;
    return canvas.ops.n ? inc_svg_canvas_graphic(svg, &canvas) : NULL;
}

static inc_paint pattern_paint(inc_svg *svg, const inc_svg_target *target, inc_svg_node *node, double opacity)
{
    server s = server_of(svg, node);
    inc_svg_node *content = pattern_content(&s);
    bool user = is_user_space(&s, "patternUnits");
    inc_svg_rect b = target->bounds;
    double w = target->state->width, h = target->state->height;
    inc_paint none = {.kind = INC_PAINT_NONE};
    if (!content || (!user && (!(b.width > 0) || !(b.height > 0))))
        return none;
    inc_svg_rect tile = {coordinate(&s, "x", user, w, 0), coordinate(&s, "y", user, h, 0), coordinate(&s, "width", user, w, 0), coordinate(&s, "height", user, h, 0)};
    if (!user)
        tile = (inc_svg_rect){b.x + tile.x * b.width, b.y + tile.y * b.height, tile.width * b.width, tile.height * b.height};
    inc_svg_matrix m = inc_svg_multiply(target->to_op, inc_svg_multiply(matrix_of(&s, "patternTransform"), inc_svg_translation(tile.x, tile.y)));
    double scale = inc_svg_scale_of(m);
    if (!(tile.width * scale > 1e-3) || !(tile.height * scale > 1e-3) || !(tile.width * scale < 1e6) || !(tile.height * scale < 1e6))
        return none;
    if (target->state->clipping)
        return color_paint(svg, target, (inc_color){0, 0, 0, 255}, 1);
    inc_pattern *pattern = INC_NEW(svg->arena, inc_pattern);
    pattern->tile = draw_tile(svg, target, &s, content, tile, scale);
    pattern->matrix = inc_svg_baked(inc_svg_multiply(m, inc_svg_scaling(1 / scale, 1 / scale)));
    pattern->width = inc_svg_len(tile.width * scale);
    pattern->height = inc_svg_len(tile.height * scale);
    inc_paint paint = {.kind = INC_PAINT_PATTERN, .opacity = byte_of(opacity), .as.pattern = pattern};
    target->state->canvas->transparent |= paint.opacity < 255;
    return pattern->tile && paint.opacity ? paint : none;
}

/* ---- any paint ---- */

static inc_paint faded(inc_paint paint, double opacity)
{
    if (paint.kind == INC_PAINT_COLOR)
        paint.as.color.a = byte_of(paint.as.color.a / 255.0 * opacity);
    else
        paint.opacity = byte_of(paint.opacity / 255.0 * opacity);
    return paint;
}

static inc_paint plain_paint(inc_svg *svg, const inc_svg_target *target, inc_svg_paint_kind kind, inc_color color, double opacity)
{
    const inc_paint *context = kind == INC_SVG_PAINT_CONTEXT_FILL ? target->state->context_fill : target->state->context_stroke;
    switch (kind) {
    case INC_SVG_PAINT_COLOR: return color_paint(svg, target, color, opacity);
    case INC_SVG_PAINT_CURRENT: return color_paint(svg, target, target->style->color, opacity);
    case INC_SVG_PAINT_CONTEXT_FILL:
    case INC_SVG_PAINT_CONTEXT_STROKE: return context ? faded(*context, opacity) : (inc_paint){.kind = INC_PAINT_NONE};
    case INC_SVG_PAINT_NONE:
    case INC_SVG_PAINT_URL: break;
    }
    return (inc_paint){.kind = INC_PAINT_NONE};
}

inc_paint inc_svg_paint_of(inc_svg *svg, const inc_svg_target *target, const inc_svg_paint *paint, double opacity)
{
    if (target->state->clipping) /* only the shape counts, painted or not */
        return color_paint(svg, target, (inc_color){255, 255, 255, 255}, 1);
    if (paint->kind != INC_SVG_PAINT_URL)
        return plain_paint(svg, target, paint->kind, paint->color, opacity);
    inc_svg_node *node = inc_svg_find(svg, paint->id, target->node);
    if (node && node->tag == INC_SVG_PATTERN)
        return pattern_paint(svg, target, node, opacity);
    if (node && (node->tag == INC_SVG_LINEAR_GRADIENT || node->tag == INC_SVG_RADIAL_GRADIENT))
        return gradient_paint(svg, target, node, opacity);
    return plain_paint(svg, target, paint->otherwise, paint->color, opacity);
}
