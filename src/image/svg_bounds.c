/* svg_bounds.c - the box of an element, without its strokes, that "objectBoundingBox" is about (SVG 2, 8.10). */
#include "image/svg.h"

static void join(inc_svg_rect *all, bool *any, inc_svg_rect one)
{
    inc_svg_rect_add(all, any, one.x, one.y);
    inc_svg_rect_add(all, any, one.x + one.width, one.y + one.height);
}

static bool child_bounds(inc_svg *svg, inc_svg_node *child, const inc_svg_state *state, inc_svg_rect *bounds);

bool inc_svg_children_bounds(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, inc_svg_rect *bounds)
{
    bool any = false;
    for (inc_svg_node *child = node->first; child; child = child->next) {
        inc_svg_rect one;
        if (inc_svg_is_element(child) && child_bounds(svg, child, state, &one))
            join(bounds, &any, one);
    }
    return any;
}

static bool use_bounds(inc_svg *svg, inc_svg_node *node, const inc_svg_state *inner, inc_svg_rect *bounds)
{
    inc_svg_node *target = inc_svg_href(svg, node);
    if (!target || target->busy)
        return false;
    target->busy = true;
    bool some = target->tag == INC_SVG_SYMBOL ? inc_svg_children_bounds(svg, target, inner, bounds) : child_bounds(svg, target, inner, bounds);
    target->busy = false;
    return some;
}

static bool box_bounds(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, inc_svg_rect *bounds)
{
    *bounds = (inc_svg_rect){inc_svg_geometry_of(svg, node, INC_SVG_P_X, style, state->width, 0), inc_svg_geometry_of(svg, node, INC_SVG_P_Y, style, state->height, 0),
                             inc_svg_geometry_of(svg, node, INC_SVG_P_WIDTH, style, state->width, 0),
                             inc_svg_geometry_of(svg, node, INC_SVG_P_HEIGHT, style, state->height, 0)};
    return bounds->width > 0 && bounds->height > 0;
}

bool inc_svg_bounds(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, inc_svg_rect *bounds)
{
    const inc_svg_style *style = inc_svg_style_under(svg, node, state->style, state->width, state->height);
    inc_svg_state inner = *state;
    inc_svg_path path;
    inner.style = style;
    *bounds = (inc_svg_rect){0, 0, 0, 0};
    if (style->none || svg->depth == INC_SVG_DRAW_DEPTH_MAX || ++svg->budget->drawn > INC_SVG_DRAWN_MAX)
        return false;
    svg->depth++;
    bool some = false;
    switch (node->tag) {
    case INC_SVG_G: case INC_SVG_A: case INC_SVG_SWITCH: case INC_SVG_SVG: some = inc_svg_children_bounds(svg, node, &inner, bounds); break;
    case INC_SVG_USE: some = use_bounds(svg, node, &inner, bounds); break;
    case INC_SVG_TEXT: some = inc_svg_text_bounds(svg, node, state, style, bounds); break;
    case INC_SVG_IMAGE: some = box_bounds(svg, node, state, style, bounds); break;
    default: some = inc_svg_shape(svg, node, style, state->width, state->height, &path) && inc_svg_path_bounds(&path, INC_SVG_IDENTITY, bounds); break;
    }
    svg->depth--;
    return some;
}

static bool child_bounds(inc_svg *svg, inc_svg_node *child, const inc_svg_state *state, inc_svg_rect *bounds)
{
    if (!inc_svg_bounds(svg, child, state, bounds))
        return false;
    const inc_svg_style *style = inc_svg_style_under(svg, child, state->style, state->width, state->height);
    *bounds = inc_svg_rect_through(inc_svg_transform_of(svg, child, state, style), *bounds);
    return true;
}
