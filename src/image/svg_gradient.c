/* svg_gradient.c - linear and radial gradients (SVG 2, 14.2). */
#include "image/svg_paint.h"

enum { STOPS_MAX = 4096 };

static uint8_t byte_of(double part)
{
    return !(part > 0) ? 0 : part >= 1 ? 255 : (uint8_t)(part * 255 + 0.5);
}

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

static uint32_t read_stops(inc_svg *svg, const inc_svg_chain *s, inc_stop **stops, bool *transparent, bool *flat)
{
    INC_VEC(inc_stop) list = {0};
    inc_svg_node *child = NULL;
    for (unsigned i = 0; i < s->n && !list.n; i++)
        for (child = s->v[i]->first; child && list.n < STOPS_MAX; child = child->next) {
            if (child->tag != INC_SVG_STOP)
                continue;
            double offset = inc_svg_number_or(inc_svg_attr(child, "offset"), 0);
            uint32_t at = !(offset > 0) ? 0 : offset >= 1 ? 65536 : (uint32_t)(offset * 65536 + 0.5);
            inc_stop stop = {INC_MAX(at, list.n ? list.v[list.n - 1].offset : 0), stop_color(inc_svg_style_of(svg, child))};
            *transparent |= stop.color.a < 255;
            INC_PUSH(svg->arena, &list, stop);
        }
    inc_svg_charge(svg, list.n);
    *flat = true;
    for (size_t i = 1; i < list.n; i++)
        *flat = *flat && same(list.v[i].color, list.v[0].color);
    *stops = list.v;
    return (uint32_t)list.n;
}

/* Lengths are enlarged by `scale`, so that the whole numbers of the graphic keep them. False when there is no way between the ends. */
static bool set_linear(const inc_svg_chain *c, bool user, double w, double h, double scale, inc_gradient *g)
{
    g->x0 = inc_svg_len(inc_svg_chain_length(c, "x1", user, w, 0) * scale);
    g->y0 = inc_svg_len(inc_svg_chain_length(c, "y1", user, h, 0) * scale);
    g->x1 = inc_svg_len(inc_svg_chain_length(c, "x2", user, w, 1) * scale);
    g->y1 = inc_svg_len(inc_svg_chain_length(c, "y2", user, h, 0) * scale);
    return g->x0 != g->x1 || g->y0 != g->y1;
}

static bool set_radial(const inc_svg_chain *c, bool user, double w, double h, double scale, inc_gradient *g)
{
    double diagonal = inc_svg_diagonal(w, h), cx = inc_svg_chain_length(c, "cx", user, w, 0.5), cy = inc_svg_chain_length(c, "cy", user, h, 0.5);
    double r = inc_svg_chain_length(c, "r", user, diagonal, 0.5), fr = inc_svg_chain_length(c, "fr", user, diagonal, 0);
    double fx = inc_svg_chain_attr(c, "fx").n ? inc_svg_chain_length(c, "fx", user, w, 0.5) : cx;
    double fy = inc_svg_chain_attr(c, "fy").n ? inc_svg_chain_length(c, "fy", user, h, 0.5) : cy;
    g->x0 = inc_svg_len(fx * scale), g->y0 = inc_svg_len(fy * scale);
    g->x1 = inc_svg_len(cx * scale), g->y1 = inc_svg_len(cy * scale);
    g->r0 = inc_svg_len((fr > 0 ? fr : 0) * scale);
    g->r1 = inc_svg_len((r > 0 ? r : 0) * scale);
    return g->r1 > 0;
}

static inc_spread spread_of(inc_str s)
{
    return inc_str_is(s, "reflect") ? INC_SPREAD_REFLECT : inc_str_is(s, "repeat") ? INC_SPREAD_REPEAT : INC_SPREAD_PAD;
}

inc_paint inc_svg_gradient_paint(inc_svg *svg, const inc_svg_target *target, inc_svg_node *node, double opacity)
{
    inc_svg_chain c = inc_svg_chain_of(svg, node);
    bool user = inc_svg_chain_is_user_space(&c, "gradientUnits"), radial = node->tag == INC_SVG_RADIAL_GRADIENT, flat;
    if (!user && (!(target->bounds.width > 0) || !(target->bounds.height > 0)))
        return (inc_paint){.kind = INC_PAINT_NONE};
    inc_svg_matrix own = inc_svg_multiply(user ? INC_SVG_IDENTITY : inc_svg_box_matrix(target->bounds), inc_svg_chain_matrix(&c, "gradientTransform"));
    inc_svg_server made = {.node = node, .matrix = inc_svg_multiply(target->to_op, own), .width = target->state->width, .height = target->state->height};
    const inc_svg_server *found = inc_svg_server_find(svg, &made);
    if (found)
        return inc_svg_server_paint(target, found, opacity);
    inc_stop *stops;
    uint32_t count = read_stops(svg, &c, &stops, &made.transparent, &flat);
    double scale = inc_svg_scale_of(made.matrix);
    if (!count || !(scale > 1e-12))
        return (inc_paint){.kind = INC_PAINT_NONE};
    inc_gradient *g = INC_NEW(svg->arena, inc_gradient);
    if (flat || !(radial ? set_radial : set_linear)(&c, user, made.width, made.height, scale, g))
        return inc_svg_color_paint(target, stops[count - 1].color, opacity);
    g->spread = spread_of(inc_svg_chain_attr(&c, "spreadMethod"));
    g->matrix = inc_svg_baked(inc_svg_multiply(made.matrix, inc_svg_scaling(1 / scale, 1 / scale)));
    g->stops = stops;
    g->stop_count = count;
    made.paint = (inc_paint){.kind = radial ? INC_PAINT_RADIAL : INC_PAINT_LINEAR, .as.gradient = g};
    INC_PUSH(svg->arena, &svg->servers, made);
    return inc_svg_server_paint(target, &made, opacity);
}
