/* svg_shape.c - the outlines of the basic shapes (SVG 2, chapter 10). */
#include "image/svg.h"

typedef struct box { /* what percentages are of, and the style that em is of */
    inc_svg *svg;
    inc_svg_node *node;
    const inc_svg_style *style;
    double width, height;
} box;

static double across(const box *b, inc_svg_property property, double otherwise)
{
    return inc_svg_geometry_of(b->svg, b->node, property, b->style, b->width, otherwise);
}

static double down(const box *b, inc_svg_property property, double otherwise)
{
    return inc_svg_geometry_of(b->svg, b->node, property, b->style, b->height, otherwise);
}

/* SVG 2, 9.2: a radius that is missing is as the other; none is more than half of its side. */
static bool rect(const box *b, inc_svg_path *path)
{
    inc_svg_rect r = {across(b, INC_SVG_P_X, 0), down(b, INC_SVG_P_Y, 0), across(b, INC_SVG_P_WIDTH, 0), down(b, INC_SVG_P_HEIGHT, 0)};
    double rx = across(b, INC_SVG_P_RX, -1), ry = down(b, INC_SVG_P_RY, -1);
    if (!(r.width > 0) || !(r.height > 0))
        return false;
    rx = rx < 0 ? ry : rx;
    ry = ry < 0 ? rx : ry;
    rx = rx > r.width / 2 ? r.width / 2 : rx;
    ry = ry > r.height / 2 ? r.height / 2 : ry;
    if (!(rx > 0) || !(ry > 0)) {
        inc_svg_path_rect(path, r);
        return true;
    }
    double right = r.x + r.width, bottom = r.y + r.height;
    inc_svg_move(path, r.x + rx, r.y);
    inc_svg_line(path, right - rx, r.y);
    inc_svg_arc(path, rx, ry, 0, false, true, right, r.y + ry);
    inc_svg_line(path, right, bottom - ry);
    inc_svg_arc(path, rx, ry, 0, false, true, right - rx, bottom);
    inc_svg_line(path, r.x + rx, bottom);
    inc_svg_arc(path, rx, ry, 0, false, true, r.x, bottom - ry);
    inc_svg_line(path, r.x, r.y + ry);
    inc_svg_arc(path, rx, ry, 0, false, true, r.x + rx, r.y);
    inc_svg_close(path);
    return true;
}

static bool ellipse(const box *b, inc_svg_path *path)
{
    double rx, ry;
    if (b->node->tag == INC_SVG_CIRCLE)
        rx = ry = inc_svg_geometry_of(b->svg, b->node, INC_SVG_P_R, b->style, inc_svg_diagonal(b->width, b->height), 0);
    else {
        rx = across(b, INC_SVG_P_RX, -1);
        ry = down(b, INC_SVG_P_RY, -1);
        rx = rx < 0 ? ry : rx;
        ry = ry < 0 ? rx : ry;
    }
    if (!(rx > 0) || !(ry > 0))
        return false;
    inc_svg_path_ellipse(path, across(b, INC_SVG_P_CX, 0), down(b, INC_SVG_P_CY, 0), rx, ry);
    return true;
}

static double attribute(const box *b, const char *name, double whole)
{
    double v;
    return inc_svg_length(inc_svg_attr(b->node, name), whole, b->style->font_size, &v) ? v : 0;
}

static bool points(const box *b, inc_svg_path *path)
{
    inc_str s = inc_svg_attr(b->node, "points");
    double x, y;
    for (inc_svg_skip(&s); s.n && inc_svg_number(&s, &x); inc_svg_skip(&s)) {
        inc_svg_skip(&s);
        if (!inc_svg_number(&s, &y))
            break;
        if (path->segments.n)
            inc_svg_line(path, x, y);
        else
            inc_svg_move(path, x, y);
    }
    if (b->node->tag == INC_SVG_POLYGON)
        inc_svg_close(path);
    return path->segments.n > 1;
}

static bool path_data(const box *b, inc_svg_path *path)
{
    inc_str d = inc_svg_attr(b->node, "d");
    if (inc_svg_declared(b->svg, b->node, INC_SVG_P_D, &d) && inc_str_starts(d, INC_STR("path(")) && d.n > 8)
        d = inc_str_slice(d, 6, d.n - 2);
    inc_svg_path_read(path, d);
    return path->segments.n > 1;
}

bool inc_svg_shape(inc_svg *svg, inc_svg_node *node, const inc_svg_style *style, double width, double height, inc_svg_path *path)
{
    box b = {svg, node, style, width, height};
    *path = inc_svg_path_in(svg->arena);
    bool some = false;
    switch (node->tag) {
    case INC_SVG_RECT: some = rect(&b, path); break;
    case INC_SVG_CIRCLE:
    case INC_SVG_ELLIPSE: some = ellipse(&b, path); break;
    case INC_SVG_LINE:
        inc_svg_move(path, attribute(&b, "x1", width), attribute(&b, "y1", height));
        inc_svg_line(path, attribute(&b, "x2", width), attribute(&b, "y2", height));
        some = true;
        break;
    case INC_SVG_POLYLINE:
    case INC_SVG_POLYGON: some = points(&b, path); break;
    case INC_SVG_PATH: some = path_data(&b, path); break;
    default: break;
    }
    inc_svg_charge(svg, path->points.n);
    return some && !svg->budget->spent;
}
