/* svg_paint.c - what an element is filled and stroked with (SVG 2, chapter 13.2), and how paint servers inherit. */
#include "image/svg_paint.h"

enum { SERVERS_LOOKED_AT = 64 };

static uint8_t byte_of(double part)
{
    return !(part > 0) ? 0 : part >= 1 ? 255 : (uint8_t)(part * 255 + 0.5);
}

inc_paint inc_svg_color_paint(const inc_svg_target *target, inc_color color, double opacity)
{
    color.a = byte_of(color.a / 255.0 * opacity);
    if (target->state->clipping)
        color = (inc_color){255, 255, 255, 255};
    if (!color.a)
        return (inc_paint){.kind = INC_PAINT_NONE};
    target->state->canvas->transparent |= color.a < 255;
    return (inc_paint){.kind = INC_PAINT_COLOR, .opacity = 255, .as.color = color};
}

/* ---- paint servers ---- */

inc_svg_chain inc_svg_chain_of(inc_svg *svg, inc_svg_node *node)
{
    inc_svg_chain c = {.n = 0};
    while (node && c.n < INC_SVG_HREFS_MAX) {
        for (unsigned i = 0; i < c.n; i++)
            if (c.v[i] == node)
                return c;
        c.v[c.n++] = node;
        node = inc_svg_href(svg, node);
    }
    return c;
}

inc_str inc_svg_chain_attr(const inc_svg_chain *chain, const char *name)
{
    for (unsigned i = 0; i < chain->n; i++)
        if (inc_svg_has(chain->v[i], name))
            return inc_svg_attr(chain->v[i], name);
    return INC_STR("");
}

bool inc_svg_chain_is_user_space(const inc_svg_chain *chain, const char *name)
{
    return inc_str_is(inc_svg_chain_attr(chain, name), "userSpaceOnUse");
}

double inc_svg_chain_length(const inc_svg_chain *chain, const char *name, bool user, double whole, double otherwise)
{
    inc_str text = inc_svg_chain_attr(chain, name);
    double v;
    if (!text.n || !inc_svg_length(text, user ? whole : 1, 16, &v))
        return user ? otherwise * whole : otherwise;
    return v;
}

inc_svg_matrix inc_svg_chain_matrix(const inc_svg_chain *chain, const char *name)
{
    inc_svg_matrix m;
    return inc_svg_transform(inc_svg_chain_attr(chain, name), &m) ? m : INC_SVG_IDENTITY;
}

inc_svg_matrix inc_svg_box_matrix(inc_svg_rect box)
{
    return (inc_svg_matrix){box.width, 0, 0, box.height, box.x, box.y};
}

const inc_svg_server *inc_svg_server_find(const inc_svg *svg, const inc_svg_server *like)
{
    const inc_svg_matrix *m = &like->matrix;
    for (size_t i = svg->servers.n, end = i > SERVERS_LOOKED_AT ? i - SERVERS_LOOKED_AT : 0; i-- > end;) {
        const inc_svg_server *s = &svg->servers.v[i];
        if (s->node == like->node && s->matrix.a == m->a && s->matrix.b == m->b && s->matrix.c == m->c && s->matrix.d == m->d && s->matrix.e == m->e &&
            s->matrix.f == m->f && s->width == like->width && s->height == like->height && s->rect.x == like->rect.x && s->rect.y == like->rect.y &&
            s->rect.width == like->rect.width && s->rect.height == like->rect.height)
            return s;
    }
    return NULL;
}

inc_paint inc_svg_server_paint(const inc_svg_target *target, const inc_svg_server *server, double opacity)
{
    inc_paint paint = server->paint;
    paint.opacity = byte_of(opacity);
    target->state->canvas->transparent |= server->transparent || paint.opacity < 255;
    return paint.opacity ? paint : (inc_paint){.kind = INC_PAINT_NONE};
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

static inc_paint plain_paint(const inc_svg_target *target, inc_svg_paint_kind kind, inc_color color, double opacity)
{
    const inc_paint *context = kind == INC_SVG_PAINT_CONTEXT_FILL ? target->state->context_fill : target->state->context_stroke;
    switch (kind) {
    case INC_SVG_PAINT_COLOR: return inc_svg_color_paint(target, color, opacity);
    case INC_SVG_PAINT_CURRENT: return inc_svg_color_paint(target, target->style->color, opacity);
    case INC_SVG_PAINT_CONTEXT_FILL:
    case INC_SVG_PAINT_CONTEXT_STROKE: return context ? faded(*context, opacity) : (inc_paint){.kind = INC_PAINT_NONE};
    case INC_SVG_PAINT_NONE:
    case INC_SVG_PAINT_URL: break;
    }
    return (inc_paint){.kind = INC_PAINT_NONE};
}

/* What is measured by the box of a shape that has no area is not painted: its fallback is (SVG 2, 14.2.2). */
static bool lacks_box(inc_svg *svg, const inc_svg_target *target, inc_svg_node *node)
{
    inc_svg_chain chain = inc_svg_chain_of(svg, node);
    return !inc_svg_chain_is_user_space(&chain, node->tag == INC_SVG_PATTERN ? "patternUnits" : "gradientUnits") &&
           !(target->bounds.width > 0 && target->bounds.height > 0);
}

inc_paint inc_svg_paint_of(inc_svg *svg, const inc_svg_target *target, const inc_svg_paint *paint, double opacity)
{
    if (target->state->clipping) /* only the shape counts, painted or not */
        return inc_svg_color_paint(target, (inc_color){255, 255, 255, 255}, 1);
    if (paint->kind != INC_SVG_PAINT_URL)
        return plain_paint(target, paint->kind, paint->color, opacity);
    inc_svg_node *node = inc_svg_find(svg, paint->id, target->node);
    bool gradient = node && (node->tag == INC_SVG_LINEAR_GRADIENT || node->tag == INC_SVG_RADIAL_GRADIENT);
    if (!node || !(gradient || node->tag == INC_SVG_PATTERN) || lacks_box(svg, target, node))
        return plain_paint(target, paint->otherwise, paint->color, opacity);
    if (node->tag == INC_SVG_PATTERN)
        return inc_svg_pattern_paint(svg, target, node, opacity);
    return inc_svg_gradient_paint(svg, target, node, opacity);
}
