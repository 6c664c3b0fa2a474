/*
 * svg_clip.c - the groups of an element: opacity, blending, clipPath, mask (CSS Masking 1).
 *
 * A clipPath of shapes becomes paths. One with text, or with children that are clipped themselves, becomes a mask: what its children cover.
 */
#include "image/svg.h"

typedef struct collecting {
    inc_svg *svg;
    const inc_svg_state *state; /* of the element that is clipped */
    INC_VEC(inc_path) paths;
    INC_VEC(bool) even_odd;
    bool only_paths;
} collecting;

static bool bounds_of(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, inc_svg_rect *bounds)
{
    inc_svg_state above = *state;
    above.style = node->style_under ? node->style_under : inc_svg_initial(svg);
    return inc_svg_bounds(svg, node, &above, bounds);
}

static inc_svg_matrix box_matrix(inc_svg_rect box)
{
    return (inc_svg_matrix){box.width, 0, 0, box.height, box.x, box.y};
}

static void collect(collecting *c, inc_svg_node *child, const inc_svg_style *parent, inc_svg_matrix ctm, unsigned depth);

static void collect_used(collecting *c, inc_svg_node *use, const inc_svg_style *style, inc_svg_matrix ctm, unsigned depth)
{
    inc_svg_node *target = inc_svg_href(c->svg, use);
    if (!target || target->tag == INC_SVG_G || target->tag == INC_SVG_SYMBOL || depth > 8) /* clipPath takes shapes and text alone */
        return;
    collect(c, target, style, ctm, depth + 1);
}

static void collect(collecting *c, inc_svg_node *child, const inc_svg_style *parent, inc_svg_matrix ctm, unsigned depth)
{
    inc_svg_path path;
    const inc_svg_style *style = inc_svg_style_under(c->svg, child, parent, c->state->width, c->state->height);
    if (style->none || style->hidden)
        return;
    if (style->clip_path.n || child->tag == INC_SVG_TEXT) {
        c->only_paths = false;
        return;
    }
    inc_svg_state under = *c->state;
    ctm = inc_svg_multiply(ctm, inc_svg_transform_of(c->svg, child, &under, style));
    if (child->tag == INC_SVG_USE)
        collect_used(c, child, style, ctm, depth);
    else if (inc_svg_shape(c->svg, child, style, c->state->width, c->state->height, &path)) {
        inc_path baked = inc_svg_path_bake(&path, ctm);
        if (baked.segment_count > 1) {
            INC_PUSH(c->svg->arena, &c->paths, baked);
            INC_PUSH(c->svg->arena, &c->even_odd, style->clip_rule != 0);
        }
    }
}

static inc_svg_rect whole(const inc_svg_canvas *canvas)
{
    return (inc_svg_rect){0, 0, canvas->width, canvas->height};
}

/* What the clip's children cover, as a mask. */
static const inc_mask *clip_mask(inc_svg *svg, inc_svg_node *clip, const inc_svg_state *state, inc_svg_matrix ctm, const inc_svg_style *style)
{
    inc_svg_canvas canvas = {.width = state->canvas->width, .height = state->canvas->height};
    inc_svg_state inner = *state;
    inner.canvas = &canvas;
    inner.ctm = ctm;
    inner.style = style;
    inner.clipping = true;
    if (svg->nested == INC_GRAPHIC_NESTING_MAX)
        return NULL;
    svg->nested++;
    for (inc_svg_node *child = clip->first; child; child = child->next)
        if (child->tag != INC_SVG_G && child->tag != INC_SVG_SVG && child->tag != INC_SVG_IMAGE)
            inc_svg_draw(svg, child, &inner);
    svg->nested--;
    inc_mask *mask = INC_NEW(svg->arena, inc_mask);
    inc_svg_rect r = whole(&canvas);
    *mask = (inc_mask){inc_svg_canvas_graphic(svg, &canvas), false, 0, 0, inc_svg_len(r.width), inc_svg_len(r.height)};
    return mask;
}

typedef struct seen { /* what is left to see of an element */
    INC_VEC(inc_clip) clips;
    INC_VEC(const inc_mask *) masks;
} seen;

static void add_clip(inc_svg *svg, inc_str id, inc_svg_node *node, const inc_svg_state *state, seen *s)
{
    inc_svg_node *clip = inc_svg_find(svg, id, node);
    inc_svg_rect box = {0, 0, 0, 0};
    if (!clip || clip->tag != INC_SVG_CLIP_PATH || !inc_svg_enter(svg, clip, node))
        return;
    const inc_svg_style *style = inc_svg_style_of(svg, clip);
    inc_svg_state own = *state;
    if (inc_str_is(inc_svg_attr(clip, "clipPathUnits"), "objectBoundingBox")) {
        bounds_of(svg, node, state, &box);
        own.ctm = inc_svg_multiply(own.ctm, box_matrix(box));
        own.width = own.height = 1;
    }
    inc_svg_matrix ctm = inc_svg_multiply(own.ctm, inc_svg_transform_of(svg, clip, &own, style));
    collecting c = {.svg = svg, .state = &own, .only_paths = true};
    for (inc_svg_node *child = clip->first; child; child = child->next)
        if (inc_svg_is_element(child))
            collect(&c, child, style, ctm, 0);
    const inc_mask *mask = c.only_paths ? NULL : clip_mask(svg, clip, &own, ctm, style);
    if (mask)
        INC_PUSH(svg->arena, &s->masks, mask);
    else
        INC_PUSH(svg->arena, &s->clips, (inc_clip){c.paths.v, c.even_odd.v, (uint32_t)c.paths.n});
    if (style->clip_path.n)
        add_clip(svg, style->clip_path, node, state, s);
    inc_svg_leave(svg, clip);
}

/* ---- masks ---- */

static double part(const inc_svg_node *node, const char *name, bool user, double size, double otherwise, double font_size)
{
    double v;
    if (!inc_svg_length(inc_svg_attr(node, name), user ? size : 1, font_size, &v))
        return otherwise * (user ? size : 1);
    return v;
}

static inc_svg_rect mask_rect(const inc_svg_node *mask, const inc_svg_state *state, inc_svg_rect box, double font_size)
{
    bool user = inc_str_is(inc_svg_attr(mask, "maskUnits"), "userSpaceOnUse");
    inc_svg_rect r = {part(mask, "x", user, state->width, -0.1, font_size), part(mask, "y", user, state->height, -0.1, font_size),
                      part(mask, "width", user, state->width, 1.2, font_size), part(mask, "height", user, state->height, 1.2, font_size)};
    if (!user)
        r = (inc_svg_rect){box.x + r.x * box.width, box.y + r.y * box.height, r.width * box.width, r.height * box.height};
    return r;
}

static void add_mask(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, seen *s)
{
    inc_svg_node *mask = inc_svg_find(svg, style->mask, node);
    inc_svg_rect box = {0, 0, 0, 0};
    if (!mask || mask->tag != INC_SVG_MASK || svg->nested == INC_GRAPHIC_NESTING_MAX || !inc_svg_enter(svg, mask, node))
        return;
    const inc_svg_style *own = inc_svg_style_of(svg, mask);
    bounds_of(svg, node, state, &box);
    inc_svg_rect rect = mask_rect(mask, state, box, own->font_size), around = inc_svg_rect_through(state->ctm, rect);
    inc_svg_canvas canvas = {.width = state->canvas->width, .height = state->canvas->height};
    inc_svg_state inner = *state, frame = *state;
    inner.canvas = frame.canvas = &canvas;
    inner.style = own;
    inner.clipping = false;
    inner.context_fill = inner.context_stroke = NULL;
    if (inc_str_is(inc_svg_attr(mask, "maskContentUnits"), "objectBoundingBox")) {
        inner.ctm = inc_svg_multiply(state->ctm, box_matrix(box));
        inner.width = inner.height = 1;
    }
    svg->nested++;
    unsigned groups = state->ctm.b != 0 || state->ctm.c != 0 ? inc_svg_begin_clip(svg, &canvas, rect, state->ctm) : 0;
    groups += inc_svg_begin_groups(svg, mask, &frame, own, own->opacity); /* a mask may be clipped and masked itself */
    inc_svg_draw_children(svg, mask, &inner);
    inc_svg_end_groups(svg, &canvas, groups);
    svg->nested--;
    inc_svg_leave(svg, mask);
    inc_mask *made = INC_NEW(svg->arena, inc_mask);
    *made = (inc_mask){inc_svg_canvas_graphic(svg, &canvas), !own->mask_alpha, inc_svg_len(around.x), inc_svg_len(around.y), INC_MAX(inc_svg_len(around.width), 0),
                       INC_MAX(inc_svg_len(around.height), 0)};
    INC_PUSH(svg->arena, &s->masks, made);
}

/* ---- groups ---- */

unsigned inc_svg_begin_groups(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, double opacity)
{
    seen s = {0};
    if (style->clip_path.n)
        add_clip(svg, style->clip_path, node, state, &s);
    if (style->mask.n && !state->clipping)
        add_mask(svg, node, state, style, &s);
    inc_blend blend = state->clipping ? INC_BLEND_NORMAL : (inc_blend)style->blend;
    uint8_t alpha = !(opacity > 0) ? 0 : opacity >= 1 ? 255 : (uint8_t)(opacity * 255 + 0.5);
    if (!s.clips.n && !s.masks.n && alpha == 255 && blend == INC_BLEND_NORMAL && (!style->isolated || state->clipping))
        return 0;
    inc_op op = {.kind = INC_OP_BEGIN};
    op.as.group.opacity = alpha;
    op.as.group.blend = blend;
    op.as.group.clips = s.clips.v;
    op.as.group.clip_count = (uint32_t)s.clips.n;
    op.as.group.mask = s.masks.n ? s.masks.v[0] : NULL;
    unsigned count = inc_svg_open_group(svg, state->canvas, &op);
    for (size_t i = 1; i < s.masks.n; i++) {
        inc_op further = {.kind = INC_OP_BEGIN, .as.group = {.opacity = 255, .mask = s.masks.v[i]}};
        count += inc_svg_open_group(svg, state->canvas, &further);
    }
    return count;
}
