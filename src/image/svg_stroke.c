/* svg_stroke.c - strokes, and the markers on the vertices of an outline (SVG 2, 13.5 and 13.7). */
#include <math.h>

#include "image/svg.h"

/* Below this a dash is no more than a change of grey, and there would be a great many of them. */
#define DASH_LEAST (INC_PT / 64)

/* Dashes are counted in the author's measure of the path, when he has given one (SVG 2, 9.6.1). */
static double author_scale(inc_svg *svg, const inc_svg_target *target)
{
    double length;
    if (!target->path || !inc_svg_length(inc_svg_attr(target->node, "pathLength"), 0, 16, &length) || !(length > 0))
        return 1;
    return inc_svg_path_length(svg, target->path) / length;
}

static void set_dashes(inc_svg *svg, const inc_svg_target *target, double scale, inc_stroke *stroke)
{
    const inc_svg_style *style = target->style;
    scale *= author_scale(svg, target);
    inc_len *dashes = INC_NEW_N(svg->arena, inc_len, style->dashes.n), sum = 0;
    for (uint32_t i = 0; i < style->dashes.n; i++)
        sum += dashes[i] = inc_svg_len(style->dashes.v[i] * scale);
    if (sum < DASH_LEAST)
        return;
    stroke->dashes = dashes;
    stroke->dash_count = style->dashes.n;
    stroke->dash_offset = inc_svg_len(style->dash_offset * scale);
}

inc_stroke inc_svg_stroke_of(inc_svg *svg, const inc_svg_target *target, double scale)
{
    const inc_svg_style *style = target->style;
    inc_stroke stroke = {.width = inc_svg_len(style->stroke_width * scale), .cap = style->line_cap, .join = style->line_join};
    stroke.miter_limit = INC_MAX(inc_svg_len(style->miter_limit), INC_MATRIX_ONE);
    if (stroke.width > 0)
        stroke.paint = inc_svg_paint_of(svg, target, &style->stroke, style->stroke_opacity);
    if (stroke.paint.kind != INC_PAINT_NONE && style->dashes.n)
        set_dashes(svg, target, scale, &stroke);
    return stroke;
}

/* ---- markers ---- */

typedef struct vertex {
    inc_svg_point at, in, out; /* directions, of any length; 0 when there is none */
} vertex;
typedef INC_VEC(vertex) vertices;

static inc_svg_point difference(inc_svg_point a, inc_svg_point b)
{
    return (inc_svg_point){a.x - b.x, a.y - b.y};
}

static bool is_null(inc_svg_point p)
{
    return p.x == 0 && p.y == 0;
}

static void go(inc_arena *arena, vertices *list, const inc_svg_point *p, unsigned n, bool inner) /* p[0] to p[n] */
{
    inc_svg_point out = {0, 0}, in = {0, 0};
    for (unsigned i = 1; i <= n && is_null(out); i++)
        out = difference(p[i], p[0]);
    for (unsigned i = n; i-- > 0 && is_null(in);)
        in = difference(p[n], p[i]);
    vertex *last = &list->v[list->n - 1];
    if (is_null(last->out))
        last->out = out;
    if (!inner)
        INC_PUSH(arena, list, (vertex){p[n], in, {0, 0}});
}

static vertices vertices_of(inc_arena *arena, const inc_svg_path *path)
{
    vertices list = {0};
    inc_svg_point at = {0, 0}, start = {0, 0};
    size_t k = 0, first = 0;
    for (size_t i = 0; i < path->segments.n; i++) {
        unsigned segment = path->segments.v[i] & ~(unsigned)INC_SVG_INNER, n = segment == INC_SEGMENT_CURVE ? 3 : 1;
        inc_svg_point p[4] = {at};
        if (segment == INC_SEGMENT_CLOSE) {
            p[1] = start;
            go(arena, &list, p, 1, false);
            if (is_null(list.v[list.n - 1].in) && list.n > 1)
                list.v[list.n - 1].in = list.v[list.n - 2].in;
            list.v[list.n - 1].out = list.v[first].out;
            list.v[first].in = list.v[list.n - 1].in;
            at = start;
            continue;
        }
        for (unsigned j = 1; j <= n; j++)
            p[j] = path->points.v[k++];
        if (segment == INC_SEGMENT_MOVE) {
            start = p[1];
            first = list.n;
            INC_PUSH(arena, &list, (vertex){.at = p[1]});
        } else
            go(arena, &list, p, n, path->segments.v[i] & INC_SVG_INNER);
        at = p[n];
    }
    return list;
}

static inc_svg_point unit(inc_svg_point p)
{
    double length = sqrt(p.x * p.x + p.y * p.y);
    return length > 0 ? (inc_svg_point){p.x / length, p.y / length} : p;
}

static double direction(const vertex *v)
{
    inc_svg_point in = unit(v->in), out = unit(v->out), sum = {in.x + out.x, in.y + out.y};
    if (is_null(sum))
        sum = is_null(in) ? out : in;
    return inc_svg_angle(sum.y, sum.x);
}

typedef struct marker {
    inc_svg_node *node;
    const inc_svg_style *style;
    inc_svg_matrix fit;   /* from its contents to its viewport */
    inc_svg_rect port, shown; /* shown: the viewport, seen from the contents */
    inc_svg_point reference; /* in the viewport */
    double enlarged, angle;
    bool turns, reversed, clips;
    inc_svg_state inner;
} marker;

static double reference(inc_str s, double from, double size, double font_size)
{
    double v;
    if (inc_str_is(s, "left") || inc_str_is(s, "top"))
        return from;
    if (inc_str_is(s, "center"))
        return from + size / 2;
    if (inc_str_is(s, "right") || inc_str_is(s, "bottom"))
        return from + size;
    return inc_svg_length(s, size, font_size, &v) ? v : 0;
}

/* Whether something of the contents may stand out of what is shown; strokes with room for their corners. */
static bool stands_out(inc_svg *svg, const marker *m)
{
    inc_svg_rect b;
    double room = 0;
    for (inc_svg_node *child = m->node->first; child; child = child->next)
        if (inc_svg_is_element(child)) {
            const inc_svg_style *style = inc_svg_style_under(svg, child, m->style, m->inner.width, m->inner.height);
            if (child->first)
                return true; /* not worth a closer look */
            if (style->stroke.kind != INC_SVG_PAINT_NONE && style->stroke_width / 2 > room)
                room = style->stroke_width / 2;
        }
    if (!inc_svg_children_bounds(svg, m->node, &m->inner, &b))
        return false;
    return b.x - room < m->shown.x - 1e-6 || b.y - room < m->shown.y - 1e-6 || b.x + b.width + room > m->shown.x + m->shown.width + 1e-6 ||
           b.y + b.height + room > m->shown.y + m->shown.height + 1e-6;
}

static bool open_marker(inc_svg *svg, inc_str id, const inc_svg_state *state, const inc_svg_style *path_style, const inc_svg_node *from, marker *m)
{
    inc_svg_node *node = id.n ? inc_svg_find(svg, id, from) : NULL;
    if (!node || node->tag != INC_SVG_MARKER)
        return false;
    const inc_svg_style *style = inc_svg_style_of(svg, node);
    double width = 3, height = 3;
    inc_svg_length(inc_svg_attr(node, "markerWidth"), state->width, style->font_size, &width);
    inc_svg_length(inc_svg_attr(node, "markerHeight"), state->height, style->font_size, &height);
    *m = (marker){.node = node, .style = style, .port = {0, 0, width, height}, .fit = INC_SVG_IDENTITY, .inner = *state, .enlarged = 1};
    if (!(width > 0) || !(height > 0))
        return false;
    m->shown = m->port;
    if (inc_svg_view_box(inc_svg_attr(node, "viewBox"), &m->shown)) {
        m->fit = inc_svg_fit(m->shown, inc_svg_attr(node, "preserveAspectRatio"), m->port);
        inc_svg_matrix back;
        inc_svg_rect box = m->shown;
        m->reference = inc_svg_apply(m->fit, reference(inc_svg_attr(node, "refX"), box.x, box.width, style->font_size),
                                     reference(inc_svg_attr(node, "refY"), box.y, box.height, style->font_size));
        if (!inc_svg_invert(m->fit, &back))
            return false;
        m->inner.width = box.width, m->inner.height = box.height;
        m->shown = inc_svg_rect_through(back, m->port);
    } else
        m->reference = (inc_svg_point){reference(inc_svg_attr(node, "refX"), 0, width, style->font_size), reference(inc_svg_attr(node, "refY"), 0, height, style->font_size)};
    if (!inc_str_is(inc_svg_attr(node, "markerUnits"), "userSpaceOnUse"))
        m->enlarged = path_style->stroke_width;
    inc_str orient = inc_svg_attr(node, "orient");
    m->turns = inc_str_starts(orient, INC_STR("auto"));
    m->reversed = inc_str_is(orient, "auto-start-reverse");
    if (!m->turns && inc_svg_number(&orient, &m->angle))
        m->angle *= inc_str_is(orient, "rad") ? 57.295779513082323 : inc_str_is(orient, "turn") ? 360 : 1;
    m->inner.style = style;
    m->clips = !style->overflow_visible && stands_out(svg, m);
    return true;
}

static void draw_marker(inc_svg *svg, const marker *m, const inc_svg_state *state, const vertex *v, bool is_start)
{
    double angle = m->turns ? direction(v) : m->angle;
    if (m->reversed && is_start)
        angle += 180;
    inc_svg_state port = m->inner, inner = m->inner;
    port.ctm = inc_svg_multiply(inc_svg_multiply(state->ctm, inc_svg_translation(v->at.x, v->at.y)), inc_svg_rotation(angle));
    port.ctm = inc_svg_multiply(port.ctm, inc_svg_scaling(m->enlarged, m->enlarged));
    port.ctm = inc_svg_multiply(port.ctm, inc_svg_translation(-m->reference.x, -m->reference.y));
    inner.ctm = inc_svg_multiply(port.ctm, m->fit);
    if (!(inc_svg_scale_of(inner.ctm) > 1e-9))
        return;
    unsigned groups = inc_svg_begin_groups(svg, m->node, &port, m->style, m->style->opacity);
    groups += m->clips ? inc_svg_begin_clip(svg, state->canvas, m->port, port.ctm) : 0;
    inc_svg_draw_children(svg, m->node, &inner);
    inc_svg_end_groups(svg, state->canvas, groups);
}

static void draw_all(inc_svg *svg, inc_str id, const inc_svg_state *state, const inc_svg_style *style, const inc_svg_node *node, const vertex *v, size_t n, bool is_start)
{
    marker m;
    if (!n || !open_marker(svg, id, state, style, node, &m) || !inc_svg_enter(svg, m.node, node))
        return;
    for (size_t i = 0; i < n && !svg->budget->spent; i++)
        draw_marker(svg, &m, state, &v[i], is_start);
    inc_svg_leave(svg, m.node);
}

void inc_svg_draw_markers(inc_svg *svg, const inc_svg_state *state, const inc_svg_style *style, const inc_svg_node *node, const inc_svg_path *path)
{
    vertices list = vertices_of(svg->arena, path);
    inc_svg_state own = *state;
    inc_svg_target target = {.state = state, .style = style, .node = node, .to_op = state->ctm};
    if (!list.n)
        return;
    inc_svg_path_bounds(path, INC_SVG_IDENTITY, &target.bounds);
    inc_paint fill = inc_svg_paint_of(svg, &target, &style->fill, 1), stroke = inc_svg_paint_of(svg, &target, &style->stroke, 1);
    own.context_fill = &fill;
    own.context_stroke = &stroke;
    draw_all(svg, style->marker_start, &own, style, node, list.v, 1, true);
    if (list.n > 2)
        draw_all(svg, style->marker_mid, &own, style, node, list.v + 1, list.n - 2, false);
    draw_all(svg, style->marker_end, &own, style, node, list.v + list.n - 1, 1, false);
}
