/* svg_draw.c - walks the tree and draws it: containers, viewports, what is used by reference, shapes. */
#include "image/svg.h"

/* ---- the canvas ---- */

void inc_svg_spend(inc_svg *svg)
{
    svg->budget->spent = true;
    inc_svg_tell(svg, INC_SVG_F_BUDGET, INC_DIAG_SVG_TOO_LARGE, svg->root, "image '%.*s' draws more than incipit takes; the rest is left out",
                 INC_STR_ARG(svg->image->name));
}

void inc_svg_charge(inc_svg *svg, size_t n)
{
    svg->budget->points += n;
    if (svg->budget->points > INC_SVG_POINTS_MAX)
        inc_svg_spend(svg);
}

void inc_svg_push(inc_svg *svg, inc_svg_canvas *canvas, const inc_op *op)
{
    if (++svg->budget->ops > INC_SVG_OPS_MAX) {
        inc_svg_spend(svg);
        return;
    }
    INC_PUSH(svg->arena, &canvas->ops, *op);
}

bool inc_svg_open_group(inc_svg *svg, inc_svg_canvas *canvas, const inc_op *op)
{
    if (canvas->depth == INC_GRAPHIC_DEPTH_MAX || svg->budget->spent) {
        inc_svg_tell(svg, INC_SVG_F_DEPTH, INC_DIAG_SVG_NOT_DRAWN, svg->root, "image '%.*s' has clips and groups in each other more than %d deep",
                     INC_STR_ARG(svg->image->name), INC_GRAPHIC_DEPTH_MAX);
        return false;
    }
    canvas->depth++;
    canvas->transparent |= op->as.group.opacity < 255 || op->as.group.mask || op->as.group.blend != INC_BLEND_NORMAL;
    INC_PUSH(svg->arena, &canvas->ops, *op);
    canvas->ops.v[canvas->ops.n - 1].matrix = inc_svg_baked(INC_SVG_IDENTITY);
    return true;
}

/* Groups in which nothing stands are taken away again. */
void inc_svg_end_groups(inc_svg *svg, inc_svg_canvas *canvas, unsigned count)
{
    for (; count; count--) {
        canvas->depth--;
        if (canvas->ops.v[canvas->ops.n - 1].kind == INC_OP_BEGIN)
            canvas->ops.n--;
        else
            INC_PUSH(svg->arena, &canvas->ops, (inc_op){.kind = INC_OP_END, .matrix = {INC_MATRIX_ONE, 0, 0, INC_MATRIX_ONE, 0, 0}});
    }
}

unsigned inc_svg_begin_clip(inc_svg *svg, inc_svg_canvas *canvas, inc_svg_rect rect, inc_svg_matrix matrix)
{
    inc_svg_path outline = inc_svg_path_in(svg->arena);
    inc_svg_path_rect(&outline, rect);
    inc_path *path = INC_NEW(svg->arena, inc_path);
    bool *even_odd = INC_NEW(svg->arena, bool);
    inc_clip *clip = INC_NEW(svg->arena, inc_clip);
    *path = inc_svg_path_bake(&outline, matrix);
    *clip = (inc_clip){path, even_odd, 1};
    inc_op op = {.kind = INC_OP_BEGIN, .as.group = {.opacity = 255, .clips = clip, .clip_count = 1}};
    return inc_svg_open_group(svg, canvas, &op);
}

const inc_graphic *inc_svg_canvas_graphic(inc_svg *svg, const inc_svg_canvas *canvas)
{
    inc_graphic *graphic = INC_NEW(svg->arena, inc_graphic);
    *graphic = (inc_graphic){inc_svg_len(canvas->width), inc_svg_len(canvas->height), canvas->ops.v, canvas->ops.n, canvas->transparent};
    return graphic;
}

bool inc_svg_enter(inc_svg *svg, inc_svg_node *node, const inc_svg_node *from)
{
    if (node->busy) {
        inc_svg_tell(svg, INC_SVG_F_CIRCLE, INC_DIAG_SVG_BAD_REFERENCE, from, "image '%.*s' has a <%.*s> that refers to itself", INC_STR_ARG(svg->image->name),
                     INC_STR_ARG(node->name));
        return false;
    }
    if (svg->depth == INC_SVG_DRAW_DEPTH_MAX || svg->budget->spent) {
        inc_svg_tell(svg, INC_SVG_F_DEPTH, INC_DIAG_SVG_NOT_DRAWN, from, "image '%.*s' has elements that use each other too deep", INC_STR_ARG(svg->image->name));
        return false;
    }
    svg->depth++;
    node->busy = true;
    return true;
}

void inc_svg_leave(inc_svg *svg, inc_svg_node *node)
{
    svg->depth--;
    node->busy = false;
}

/* ---- outlines ---- */

inc_svg_frame inc_svg_frame_of(inc_svg_matrix ctm, bool keep_shape)
{
    double scale = inc_svg_scale_of(ctm);
    if (!keep_shape || inc_svg_is_similarity(ctm) || !(scale > 1e-9))
        return (inc_svg_frame){ctm, inc_svg_baked(INC_SVG_IDENTITY), scale};
    return (inc_svg_frame){inc_svg_scaling(scale, scale), inc_svg_baked(inc_svg_multiply(ctm, inc_svg_scaling(1 / scale, 1 / scale))), scale};
}

static bool needs_bounds(const inc_svg_style *style)
{
    return style->fill.kind == INC_SVG_PAINT_URL || style->stroke.kind == INC_SVG_PAINT_URL;
}

static bool stroke_before(const inc_svg_style *style, unsigned part)
{
    for (unsigned i = 0; i < 3; i++) {
        unsigned at = style->paint_order >> i * 2 & 3;
        if (at == INC_SVG_PAINT_STROKE || at == part)
            return at == INC_SVG_PAINT_STROKE;
    }
    return false;
}

void inc_svg_draw_path(inc_svg *svg, const inc_svg_state *state, const inc_svg_style *style, const inc_svg_node *node, const inc_svg_path *path, double opacity)
{
    bool stroked = style->stroke.kind != INC_SVG_PAINT_NONE && style->stroke_width > 0 && !state->clipping;
    inc_svg_frame frame = inc_svg_frame_of(state->ctm, stroked && !style->non_scaling);
    if (style->non_scaling)
        frame.scale = 1;
    inc_svg_target target = {.state = state, .style = style, .node = node, .to_op = frame.to_op};
    if (needs_bounds(style))
        inc_svg_path_bounds(path, INC_SVG_IDENTITY, &target.bounds);
    inc_op op = {.kind = INC_OP_PATH, .matrix = frame.matrix, .as.path.even_odd = state->clipping ? style->clip_rule : style->fill_rule};
    op.fill = inc_svg_paint_of(svg, &target, &style->fill, style->fill_opacity * opacity);
    if (stroked) {
        op.stroke = inc_svg_stroke_of(svg, &target, frame.scale);
        if (op.stroke.paint.kind == INC_PAINT_COLOR)
            op.stroke.paint.as.color.a = (uint8_t)(op.stroke.paint.as.color.a * opacity + 0.5);
        else
            op.stroke.paint.opacity = (uint8_t)(op.stroke.paint.opacity * opacity + 0.5);
    }
    op.stroke_first = stroked && stroke_before(style, INC_SVG_PAINT_FILL);
    if (op.fill.kind == INC_PAINT_NONE && op.stroke.paint.kind == INC_PAINT_NONE)
        return;
    op.as.path.path = inc_svg_path_bake(path, frame.to_op);
    if (op.as.path.path.segment_count > 1)
        inc_svg_push(svg, state->canvas, &op);
}

static bool has_markers(const inc_svg_node *node, const inc_svg_style *style)
{
    return (style->marker_start.n || style->marker_mid.n || style->marker_end.n) &&
           (node->tag == INC_SVG_PATH || node->tag == INC_SVG_LINE || node->tag == INC_SVG_POLYLINE || node->tag == INC_SVG_POLYGON);
}

static void draw_shape(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, double opacity)
{
    inc_svg_path path;
    if (style->hidden || !inc_svg_shape(svg, node, style, state->width, state->height, &path))
        return;
    bool markers = !state->clipping && has_markers(node, style), first = markers && (style->paint_order & 3) == INC_SVG_PAINT_MARKERS;
    if (first)
        inc_svg_draw_markers(svg, state, style, node, &path);
    inc_svg_draw_path(svg, state, style, node, &path, opacity);
    if (markers && !first)
        inc_svg_draw_markers(svg, state, style, node, &path);
}

/* ---- containers ---- */

void inc_svg_draw_children(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state)
{
    for (inc_svg_node *child = node->first; child; child = child->next)
        inc_svg_draw(svg, child, state);
}

/* One of the list is the book's language, or that without its region (SVG 2, 5.7.5). */
static bool language_fits(const inc_svg *svg, inc_str list)
{
    inc_str book = svg->context->language.n ? svg->context->language : INC_STR("en");
    while (list.n) {
        inc_str one = inc_str_trim(inc_str_cut(&list, ','));
        size_t n = INC_MIN(one.n, book.n);
        bool ends = (one.n <= n || one.p[n] == '-') && (book.n <= n || book.p[n] == '-');
        if (n && ends && inc_str_eq_nocase(inc_str_slice(one, 0, n), inc_str_slice(book, 0, n)))
            return true;
    }
    return false;
}

static bool conditions_hold(const inc_svg *svg, const inc_svg_node *node)
{
    inc_str languages = inc_svg_attr(node, "systemLanguage");
    return !inc_svg_attr(node, "requiredExtensions").n && (!languages.n || language_fits(svg, languages)); /* requiredFeatures is no more, says SVG 2 */
}

/* The first child whose conditions hold. HTML in it always has another one behind it: that is what `switch` is there for. */
static void draw_switch(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state)
{
    inc_svg_node *foreign = NULL;
    for (inc_svg_node *child = node->first; child; child = child->next) {
        if (!inc_svg_is_element(child) || !conditions_hold(svg, child))
            continue;
        if (child->tag == INC_SVG_FOREIGN_OBJECT) {
            foreign = foreign ? foreign : child;
            continue;
        }
        inc_svg_draw(svg, child, state);
        return;
    }
    if (foreign)
        inc_svg_draw(svg, foreign, state);
}

void inc_svg_draw_viewport(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, inc_svg_rect port)
{
    inc_svg_state inner = *state;
    inc_svg_rect box;
    if (!(port.width > 0) || !(port.height > 0))
        return;
    bool fitted = inc_svg_view_box(inc_svg_attr(node, "viewBox"), &box);
    inc_svg_matrix into = fitted ? inc_svg_fit(box, inc_svg_attr(node, "preserveAspectRatio"), port) : inc_svg_translation(port.x, port.y);
    inner.style = style;
    inner.width = fitted ? box.width : port.width;
    inner.height = fitted ? box.height : port.height;
    inner.ctm = inc_svg_multiply(state->ctm, into);
    unsigned groups = style->overflow_visible ? 0 : inc_svg_begin_clip(svg, state->canvas, port, state->ctm);
    inc_svg_draw_children(svg, node, &inner);
    inc_svg_end_groups(svg, state->canvas, groups);
}

static void draw_inner_svg(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style)
{
    inc_svg_rect port = {inc_svg_geometry_of(svg, node, INC_SVG_P_X, style, state->width, 0),
                         inc_svg_geometry_of(svg, node, INC_SVG_P_Y, style, state->height, 0),
                         inc_svg_geometry_of(svg, node, INC_SVG_P_WIDTH, style, state->width, state->width),
                         inc_svg_geometry_of(svg, node, INC_SVG_P_HEIGHT, style, state->height, state->height)};
    inc_svg_draw_viewport(svg, node, state, style, port);
}

/* SVG 2, 5.6: what is used stands as a child of the use element, which moves it by x and y, and gives its size to a symbol or svg. */
static void draw_use(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style)
{
    inc_svg_node *target = inc_svg_href(svg, node);
    if (!target || !inc_svg_enter(svg, target, node))
        return;
    inc_svg_state inner = *state;
    inner.style = style;
    inner.ctm = inc_svg_multiply(state->ctm, inc_svg_translation(inc_svg_geometry_of(svg, node, INC_SVG_P_X, style, state->width, 0),
                                                                 inc_svg_geometry_of(svg, node, INC_SVG_P_Y, style, state->height, 0)));
    if (target->tag == INC_SVG_SYMBOL || target->tag == INC_SVG_SVG) {
        const inc_svg_style *own = inc_svg_style_under(svg, target, style, state->width, state->height);
        inc_svg_rect port = {inc_svg_geometry_of(svg, target, INC_SVG_P_X, own, state->width, 0), inc_svg_geometry_of(svg, target, INC_SVG_P_Y, own, state->height, 0),
                             inc_svg_geometry_of(svg, target, INC_SVG_P_WIDTH, own, state->width, state->width),
                             inc_svg_geometry_of(svg, target, INC_SVG_P_HEIGHT, own, state->height, state->height)};
        port.width = inc_svg_geometry_of(svg, node, INC_SVG_P_WIDTH, style, state->width, port.width);
        port.height = inc_svg_geometry_of(svg, node, INC_SVG_P_HEIGHT, style, state->height, port.height);
        inner.ctm = inc_svg_multiply(inner.ctm, inc_svg_transform_of(svg, target, state, own));
        if (!own->none) {
            unsigned groups = inc_svg_begin_groups(svg, target, &inner, own, own->opacity);
            inc_svg_draw_viewport(svg, target, &inner, own, port);
            inc_svg_end_groups(svg, state->canvas, groups);
        }
    } else
        inc_svg_draw(svg, target, &inner);
    inc_svg_leave(svg, target);
}

/* ---- elements ---- */

static void tell_foreign(inc_svg *svg, const inc_svg_node *node)
{
    inc_diag *diag = inc_svg_tell(svg, INC_SVG_F_FOREIGN, INC_DIAG_SVG_NOT_DRAWN, node, "image '%.*s' holds HTML (foreignObject), which is not drawn",
                                  INC_STR_ARG(svg->image->name));
    if (diag)
        diag->hint = INC_STR("export it with text as SVG: in Mermaid set htmlLabels to false, in draw.io switch 'Formatted Text' off");
}

static bool is_shape(inc_svg_tag tag)
{
    return tag == INC_SVG_RECT || tag == INC_SVG_CIRCLE || tag == INC_SVG_ELLIPSE || tag == INC_SVG_LINE || tag == INC_SVG_POLYLINE || tag == INC_SVG_POLYGON ||
           tag == INC_SVG_PATH;
}

/* An outline that is filled or stroked, not both, bears its opacity itself: most drawings need no group then. */
static bool bears_opacity(const inc_svg_node *node, const inc_svg_style *style)
{
    bool stroked = style->stroke.kind != INC_SVG_PAINT_NONE && style->stroke_width > 0, filled = style->fill.kind != INC_SVG_PAINT_NONE;
    return is_shape(node->tag) && !(stroked && filled) && !has_markers(node, style);
}

static void draw_content(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, double opacity)
{
    inc_svg_state inner = *state;
    inner.style = style;
    switch (node->tag) {
    case INC_SVG_G: case INC_SVG_A: inc_svg_draw_children(svg, node, &inner); break;
    case INC_SVG_SWITCH: draw_switch(svg, node, &inner); break;
    case INC_SVG_SVG: draw_inner_svg(svg, node, state, style); break;
    case INC_SVG_USE: draw_use(svg, node, state, style); break;
    case INC_SVG_TEXT: inc_svg_draw_text(svg, node, state, style); break;
    case INC_SVG_IMAGE: inc_svg_draw_image(svg, node, state, style); break;
    case INC_SVG_FOREIGN_OBJECT: tell_foreign(svg, node); break;
    default:
        if (is_shape(node->tag))
            draw_shape(svg, node, state, style, opacity);
    }
}

static bool is_drawn(inc_svg_tag tag)
{
    return is_shape(tag) || tag == INC_SVG_G || tag == INC_SVG_A || tag == INC_SVG_SWITCH || tag == INC_SVG_SVG || tag == INC_SVG_USE || tag == INC_SVG_TEXT ||
           tag == INC_SVG_IMAGE || tag == INC_SVG_FOREIGN_OBJECT;
}

static void draw_element(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state)
{
    const inc_svg_style *style = inc_svg_style_under(svg, node, state->style, state->width, state->height);
    inc_svg_state own = *state;
    if (style->none || !conditions_hold(svg, node))
        return;
    own.ctm = inc_svg_multiply(state->ctm, inc_svg_transform_of(svg, node, state, style));
    if (!(inc_svg_scale_of(own.ctm) > 1e-9))
        return;
    if (style->filter.n)
        inc_svg_tell(svg, INC_SVG_F_FILTER, INC_DIAG_SVG_NOT_DRAWN, node, "image '%.*s' has a filter; what it is set on is drawn without it",
                     INC_STR_ARG(svg->image->name));
    double opacity = state->clipping ? 1 : style->opacity;
    bool bears = bears_opacity(node, style);
    unsigned groups = inc_svg_begin_groups(svg, node, &own, style, bears ? 1 : opacity);
    draw_content(svg, node, &own, style, bears ? opacity : 1);
    inc_svg_end_groups(svg, state->canvas, groups);
}

void inc_svg_draw(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state)
{
    if (!is_drawn(node->tag) || svg->budget->spent)
        return;
    if (++svg->budget->drawn > INC_SVG_DRAWN_MAX) {
        inc_svg_spend(svg);
        return;
    }
    if (svg->depth == INC_SVG_DRAW_DEPTH_MAX) {
        inc_svg_tell(svg, INC_SVG_F_DEPTH, INC_DIAG_SVG_NOT_DRAWN, node, "image '%.*s' has elements that use each other too deep", INC_STR_ARG(svg->image->name));
        return;
    }
    svg->depth++;
    draw_element(svg, node, state);
    svg->depth--;
}

/* ---- the whole ---- */

static void draw_background(inc_svg *svg, const inc_svg_state *state)
{
    inc_str text;
    inc_color color;
    if (!inc_svg_declared(svg, svg->root, INC_SVG_P_BACKGROUND_COLOR, &text) || !inc_svg_color(text, &color) || !color.a)
        return;
    inc_svg_path path = inc_svg_path_in(svg->arena);
    inc_svg_style style = *inc_svg_initial(svg);
    style.fill = (inc_svg_paint){.kind = INC_SVG_PAINT_COLOR, .color = color};
    inc_svg_path_rect(&path, (inc_svg_rect){0, 0, svg->width, svg->height});
    inc_svg_draw_path(svg, state, &style, svg->root, &path, 1);
}

void inc_svg_draw_root(inc_svg *svg, inc_svg_canvas *canvas, inc_svg_matrix ctm, double width, double height)
{
    svg->width = width;
    svg->height = height;
    inc_svg_sheets_read(svg);
    inc_svg_rect port = {0, 0, width, height}, box;
    inc_svg_state state = {.canvas = canvas, .ctm = ctm, .style = inc_svg_initial(svg), .width = width, .height = height};
    const inc_svg_style *style = inc_svg_style_under(svg, svg->root, state.style, width, height);
    if (style->none)
        return;
    unsigned groups = inc_svg_begin_groups(svg, svg->root, &state, style, style->opacity);
    draw_background(svg, &state);
    state.style = style;
    if (inc_svg_view_box(inc_svg_attr(svg->root, "viewBox"), &box)) {
        state.ctm = inc_svg_multiply(ctm, inc_svg_fit(box, inc_svg_attr(svg->root, "preserveAspectRatio"), port));
        state.width = box.width;
        state.height = box.height;
    }
    inc_svg_draw_children(svg, svg->root, &state);
    inc_svg_end_groups(svg, canvas, groups);
}
