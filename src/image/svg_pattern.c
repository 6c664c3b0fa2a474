/* svg_pattern.c - patterns (SVG 2, 14.3): a tile is a graphic of its own. */
#include "image/svg_paint.h"

static inc_svg_node *content_of(const inc_svg_chain *c)
{
    for (unsigned i = 0; i < c->n; i++)
        for (inc_svg_node *child = c->v[i]->first; child; child = child->next)
            if (inc_svg_is_element(child))
                return c->v[i];
    return NULL;
}

/* The tile in a space of its own, with the origin in its corner; its contents stand there too, as in all browsers. */
static const inc_graphic *draw_tile(inc_svg *svg, const inc_svg_target *target, const inc_svg_chain *c, inc_svg_node *content, inc_svg_rect tile, double scale,
                                    bool *transparent)
{
    inc_svg_canvas canvas = {.width = tile.width * scale, .height = tile.height * scale};
    inc_svg_rect box, port = {0, 0, tile.width, tile.height};
    inc_svg_matrix into = INC_SVG_IDENTITY;
    inc_svg_state state = {.canvas = &canvas, .style = inc_svg_style_of(svg, content), .width = target->state->width, .height = target->state->height};
    if (inc_svg_view_box(inc_svg_chain_attr(c, "viewBox"), &box)) {
        into = inc_svg_fit(box, inc_svg_chain_attr(c, "preserveAspectRatio"), port);
        state.width = box.width, state.height = box.height;
    } else if (inc_str_is(inc_svg_chain_attr(c, "patternContentUnits"), "objectBoundingBox"))
        into = inc_svg_scaling(target->bounds.width, target->bounds.height);
    state.ctm = inc_svg_multiply(inc_svg_scaling(scale, scale), into);
    if (svg->nested == INC_GRAPHIC_NESTING_MAX || !inc_svg_enter(svg, content, target->node))
        return NULL;
    svg->nested++;
    inc_svg_draw_children(svg, content, &state);
    svg->nested--;
    inc_svg_leave(svg, content);
    *transparent = canvas.transparent;
    return canvas.ops.n ? inc_svg_canvas_graphic(svg, &canvas) : NULL;
}

static inc_svg_rect tile_of(const inc_svg_chain *c, const inc_svg_target *target, bool user)
{
    inc_svg_rect b = target->bounds;
    double w = target->state->width, h = target->state->height;
    inc_svg_rect tile = {inc_svg_chain_length(c, "x", user, w, 0), inc_svg_chain_length(c, "y", user, h, 0), inc_svg_chain_length(c, "width", user, w, 0),
                         inc_svg_chain_length(c, "height", user, h, 0)};
    return user ? tile : (inc_svg_rect){b.x + tile.x * b.width, b.y + tile.y * b.height, tile.width * b.width, tile.height * b.height};
}

inc_paint inc_svg_pattern_paint(inc_svg *svg, const inc_svg_target *target, inc_svg_node *node, double opacity)
{
    inc_svg_chain c = inc_svg_chain_of(svg, node);
    inc_svg_node *content = content_of(&c);
    bool user = inc_svg_chain_is_user_space(&c, "patternUnits");
    inc_paint none = {.kind = INC_PAINT_NONE};
    if (!content || (!user && (!(target->bounds.width > 0) || !(target->bounds.height > 0))))
        return none;
    inc_svg_rect tile = tile_of(&c, target, user);
    inc_svg_matrix own = inc_svg_multiply(inc_svg_chain_matrix(&c, "patternTransform"), inc_svg_translation(tile.x, tile.y));
    inc_svg_server made = {.node = node, .matrix = inc_svg_multiply(target->to_op, own), .rect = {target->bounds.width, target->bounds.height, tile.width, tile.height},
                           .width = target->state->width, .height = target->state->height};
    if (user && !inc_str_is(inc_svg_chain_attr(&c, "patternContentUnits"), "objectBoundingBox"))
        made.rect.x = made.rect.y = 0; /* the box takes no part in it */
    const inc_svg_server *found = inc_svg_server_find(svg, &made);
    if (found)
        return inc_svg_server_paint(target, found, opacity);
    double scale = inc_svg_scale_of(made.matrix);
    if (!(tile.width * scale > 1e-3) || !(tile.height * scale > 1e-3) || !(tile.width * scale < 1e6) || !(tile.height * scale < 1e6))
        return none;
    inc_pattern *pattern = INC_NEW(svg->arena, inc_pattern);
    pattern->tile = draw_tile(svg, target, &c, content, tile, scale, &made.transparent);
    pattern->matrix = inc_svg_baked(inc_svg_multiply(made.matrix, inc_svg_scaling(1 / scale, 1 / scale)));
    pattern->width = inc_svg_len(tile.width * scale);
    pattern->height = inc_svg_len(tile.height * scale);
    if (!pattern->tile)
        return none;
    made.paint = (inc_paint){.kind = INC_PAINT_PATTERN, .as.pattern = pattern};
    INC_PUSH(svg->arena, &svg->servers, made);
    return inc_svg_server_paint(target, &made, opacity);
}
