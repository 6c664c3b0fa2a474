/*
 * drawing.c - the operations of a graphic as content streams.
 *
 * Operators stand in the graphic's own space, y down, so that points are written as they are; text and pictures are turned upright one by one. A group
 * becomes a form of its own only where it is blended as one thing: a clip alone is a clip, and one thing alone can be made transparent by itself.
 */
#include "pdf/content.h"
#include "pdf/painter.h"

enum { SAVED_MAX = 20 /* graphics states that a stream may save; PDF/A bears 28 */ };

/* ---- things ---- */

/* What the path and its stroke may touch, in the stream's space: for gradients that repeat, and for masks. */
static inc_area reach_of(const inc_pdf_writer *w, const inc_op *op)
{
    if (op->kind != INC_OP_PATH)
        return w->s->box;
    inc_area area = inc_pdf_path_area(&op->as.path.path);
    inc_len more = inc_pdf_stroke_shows(op) ? op->stroke.width : 0;
    if (more && op->stroke.join == INC_JOIN_MITER)
        more = inc_len_scale(inc_len_sane(more), INC_MIN(op->stroke.miter_limit, 100 * INC_MATRIX_ONE), INC_MATRIX_ONE);
    inc_len x[4] = {area.x0 - more, area.x1 + more, area.x0 - more, area.x1 + more}, y[4] = {area.y0 - more, area.y0 - more, area.y1 + more, area.y1 + more};
    for (int i = 0; i < 4; i++) {
        inc_pdf_matrix_apply(&op->matrix, &x[i], &y[i]);
        area.x0 = i ? INC_MIN(area.x0, x[i]) : x[i];
        area.y0 = i ? INC_MIN(area.y0, y[i]) : y[i];
        area.x1 = i ? INC_MAX(area.x1, x[i]) : x[i];
        area.y1 = i ? INC_MAX(area.y1, y[i]) : y[i];
    }
    const inc_area *box = &w->s->box;
    area = (inc_area){INC_MAX(area.x0, box->x0), INC_MAX(area.y0, box->y0), INC_MIN(area.x1, box->x1), INC_MIN(area.y1, box->y1)};
    return area.x0 < area.x1 && area.y0 < area.y1 ? area : *box;
}

static const inc_pdf_font *font_of(const inc_pdf_writer *w, const inc_op *op)
{
    const inc_glyph_run *run = op->as.text.run;
    const inc_pdf_font *font = run && run->count && run->size > 0 ? inc_pdf_fonts_find(w->p->canvas->fonts, run->font) : NULL;
    return font && font->embedded ? font : NULL;
}

static void put_text(inc_pdf_writer *w, const inc_op *op, bool fill, bool stroke, bool inside_matrix, bool silent)
{
    const inc_pdf_font *font = font_of(w, op);
    int mode = fill && stroke ? 2 : stroke ? 1 : 0;
    inc_mark mark = {.kind = INC_MARK_TEXT, .as.text = inc_pdf_text_of(op)};
    inc_matrix upright = {INC_MATRIX_ONE, 0, 0, -INC_MATRIX_ONE, op->as.text.x, op->as.text.y};
    if (!inside_matrix)
        upright = inc_pdf_matrix_product(&upright, &op->matrix);
    inc_pdf_use_font(w, font);
    bool hidden = silent && w->p->canvas->spans;
    if (hidden)
        inc_buf_puts(&w->out, "/Span<</ActualText<FEFF>>>BDC\n"); /* the same letters are read where they are filled */
    inc_buf_puts(&w->out, "BT\n");
    if (w->look.mode != mode)
        inc_buf_printf(&w->out, "%d Tr\n", mode);
    w->look.mode = mode;
    inc_pdf_put_matrix(&w->out, &upright, w->decimals);
    inc_buf_puts(&w->out, "Tm\n");
    inc_pdf_text text = {.paint = w->p->canvas->paint, .out = &w->out, .scratch = w->p->scratch, .spans = w->p->canvas->spans && !silent,
                         .font = w->look.font, .size = w->look.size};
    inc_pdf_text_run(&text, &mark);
    w->look.font = text.font;
    w->look.size = text.size;
    inc_buf_puts(&w->out, "ET\n");
    if (hidden)
        inc_buf_puts(&w->out, "EMC\n");
}

static void put_shape(inc_pdf_writer *w, const inc_op *op, bool fill, bool stroke, unsigned decimals)
{
    bool even_odd = fill && op->as.path.even_odd;
    inc_pdf_put_path(&w->out, &op->as.path.path, decimals);
    inc_buf_puts(&w->out, fill && stroke ? (even_odd ? "B*\n" : "B\n") : stroke ? "S\n" : even_odd ? "f*\n" : "f\n");
}

/* One painting of the path or text: filled, stroked or both. */
static void paint_once(inc_pdf_writer *w, const inc_op *op, const inc_pdf_brush *fill, const inc_pdf_brush *stroke, bool silent)
{
    const inc_pdf_brush *masked = fill && fill->mask ? fill : stroke && stroke->mask ? stroke : NULL;
    bool inside_matrix = !inc_pdf_is_identity(&op->matrix) && (op->kind == INC_OP_PATH || stroke);
    unsigned decimals = inside_matrix ? inc_pdf_finer(&op->matrix, w->decimals) : w->decimals;
    inc_pdf_look before = {0};
    bool saves = masked || inside_matrix;
    if (saves)
        before = inc_pdf_writer_save(w);
    if (masked) {
        inc_pdf_put_state(w, (inc_pdf_state){masked->opacity, masked->opacity, INC_BLEND_NORMAL, masked->mask, true});
        w->look.fill_opacity = w->look.stroke_opacity = masked->opacity;
    }
    inc_pdf_set_opacities(w, fill, stroke);
    if (fill)
        inc_pdf_set_operators(w, fill, w->look.fill);
    if (stroke)
        inc_pdf_set_operators(w, stroke, w->look.stroke);
    if (inside_matrix) {
        inc_pdf_put_matrix(&w->out, &op->matrix, w->decimals);
        inc_buf_puts(&w->out, "cm\n");
    }
    if (stroke)
        inc_pdf_set_pen(w, &op->stroke, decimals);
    if (op->kind == INC_OP_PATH)
        put_shape(w, op, fill != NULL, stroke != NULL, decimals);
    else
        put_text(w, op, fill != NULL, stroke != NULL, inside_matrix, silent);
    if (saves)
        inc_pdf_writer_restore(w, &before);
}

/* Fill and stroke go together where the stroke covers what it lies on: otherwise PDF would blend the two as one (ISO 32000-1, 11.7.4.4). */
static void paint(inc_pdf_writer *w, const inc_op *op, uint8_t opacity)
{
    inc_area area = reach_of(w, op);
    inc_pdf_brush fill = {0}, stroke = {0};
    if (op->kind == INC_OP_TEXT ? !font_of(w, op) : op->as.path.path.segment_count < 2)
        return;
    if (inc_pdf_paint_shows(&op->fill))
        fill = inc_pdf_brush_of(w, &op->fill, op, &area, false, opacity);
    if (inc_pdf_stroke_shows(op))
        stroke = inc_pdf_brush_of(w, &op->stroke.paint, op, &area, true, opacity);
    bool apart = op->stroke_first || stroke.opacity < 255 || stroke.mask || fill.mask || op->stroke.paint.kind == INC_PAINT_PATTERN;
    if (!fill.shows || !stroke.shows) {
        if (fill.shows || stroke.shows)
            paint_once(w, op, fill.shows ? &fill : NULL, stroke.shows ? &stroke : NULL, false);
    } else if (!apart)
        paint_once(w, op, &fill, &stroke, false);
    else if (op->stroke_first) {
        paint_once(w, op, NULL, &stroke, true);
        paint_once(w, op, &fill, NULL, false);
    } else {
        paint_once(w, op, &fill, NULL, false);
        paint_once(w, op, NULL, &stroke, true);
    }
}

static void show_image(inc_pdf_writer *w, const inc_op *op, uint8_t opacity)
{
    const inc_pdf_image *image = op->as.image && op->as.image->kind != INC_IMAGE_SVG ? inc_pdf_images_find(w->p->canvas->images, op->as.image) : NULL;
    if (!image || !image->picture->ready || !opacity)
        return;
    inc_matrix upright = {INC_MATRIX_ONE, 0, 0, -INC_MATRIX_ONE, 0, INC_PT}, matrix = inc_pdf_matrix_product(&upright, &op->matrix);
    inc_pdf_use_image(w, image);
    w->p->transparent |= image->picture->form[w->p->canvas->images->medium].alpha.n > 0;
    inc_pdf_set_opacities(w, &(inc_pdf_brush){.opacity = opacity}, NULL);
    inc_pdf_look before = inc_pdf_writer_save(w);
    inc_pdf_put_matrix(&w->out, &matrix, w->decimals);
    inc_buf_puts(&w->out, "cm ");
    inc_pdf_image_draw(image, 0, 0, INC_PT, INC_PT, &w->out);
    inc_pdf_writer_restore(w, &before);
}

/* ---- groups ---- */

/* Behind the END of the group that begins at `at`. */
static size_t behind_group(const inc_graphic *g, size_t at)
{
    for (unsigned depth = 0; at < g->op_count; at++) {
        depth += g->ops[at].kind == INC_OP_BEGIN;
        if (g->ops[at].kind == INC_OP_END && --depth == 0)
            return at + 1;
    }
    return at;
}

/* Is [from, to) one thing, whose parts do not lie on each other? */
static bool is_single(const inc_graphic *g, size_t from, size_t to)
{
    if (from >= to)
        return true;
    const inc_op *op = &g->ops[from];
    switch (op->kind) {
    case INC_OP_PATH:
    case INC_OP_TEXT: return from + 1 == to && !(inc_pdf_paint_shows(&op->fill) && inc_pdf_stroke_shows(op));
    case INC_OP_IMAGE: return from + 1 == to;
    case INC_OP_BEGIN: return behind_group(g, from) == to;
    case INC_OP_END: break;
    }
    return false;
}

static bool is_void(const inc_clip *clip)
{
    for (uint32_t i = 0; i < clip->path_count; i++)
        if (clip->paths[i].segment_count > 1)
            return false;
    return true;
}

/* A form that is opaque where the clip lets through. */
static inc_pdf_stream *clip_mask(inc_pdf_writer *w, const inc_clip *clip)
{
    inc_pdf_stream *s = inc_pdf_stream_new(w->p, w->s->box, true, true);
    inc_pdf_writer inside = inc_pdf_stream_begin(w->p, s);
    inc_buf_puts(&inside.out, "0 g\n");
    for (uint32_t i = 0; i < clip->path_count; i++) {
        inc_pdf_put_path(&inside.out, &clip->paths[i], inside.decimals);
        inc_buf_puts(&inside.out, clip->even_odd[i] ? "f*\n" : "f\n");
    }
    inc_pdf_stream_finish(&inside);
    return s;
}

static inc_pdf_stream *mask_form(inc_pdf_writer *w, const inc_mask *mask)
{
    inc_pdf_painter *p = w->p;
    bool grey = mask->luminance || w->s->grey;
    inc_pdf_key k = {mask, {grey}};
    inc_pdf_stream *s = inc_pdf_known(&p->streams, &k);
    if (s || p->depth >= INC_PDF_DRAWING_DEPTH)
        return s;
    s = inc_pdf_stream_new(p, (inc_area){mask->x, mask->y, mask->x + mask->width, mask->y + mask->height}, true, grey);
    inc_pdf_writer inside = inc_pdf_stream_begin(p, s);
    inc_pdf_draw_ops(&inside, mask->content, 0, mask->content->op_count, 255);
    inc_pdf_stream_finish(&inside);
    inc_pdf_remember(w, &p->streams, &k, s);
    return s;
}

/* Shows a form, through a mask if there is one. */
static void show_form(inc_pdf_writer *w, inc_pdf_stream *form, inc_pdf_state state)
{
    inc_pdf_look before = inc_pdf_writer_save(w);
    INC_PUSH(w->p->kept, &w->s->forms, form);
    if (state.fill < 255 || state.blend != INC_BLEND_NORMAL || state.mask || w->look.fill_opacity < 255 || w->look.stroke_opacity < 255)
        inc_pdf_put_state(w, state);
    inc_buf_printf(&w->out, "/X%zu Do ", w->s->forms.n - 1);
    inc_pdf_writer_restore(w, &before);
}

/* The form inside of another one through a mask, since a graphics state has but one. */
static inc_pdf_stream *behind_mask(inc_pdf_writer *w, inc_pdf_stream *form, inc_pdf_stream *mask, bool luminosity)
{
    inc_pdf_stream *outer = inc_pdf_stream_new(w->p, w->s->box, true, w->s->grey);
    inc_pdf_writer inside = inc_pdf_stream_begin(w->p, outer);
    show_form(&inside, form, (inc_pdf_state){255, 255, INC_BLEND_NORMAL, mask, luminosity});
    inc_pdf_stream_finish(&inside);
    return outer;
}

static void put_clips(inc_pdf_writer *w, const inc_op *group)
{
    for (uint32_t i = 0; i < group->as.group.clip_count; i++)
        if (inc_pdf_clip_is_plain(&group->as.group.clips[i]))
            inc_pdf_put_clip(&w->out, &group->as.group.clips[i], w->decimals);
}

static bool blends_within(const inc_graphic *g, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (g->ops[i].kind == INC_OP_BEGIN && g->ops[i].as.group.blend != INC_BLEND_NORMAL)
            return true;
    return false;
}

/* As a form, which is blended as one thing. Masks beyond one are put around it one by one, the innermost first. */
static void group_form(inc_pdf_writer *w, const inc_graphic *g, size_t from, size_t to, const inc_op *group, uint8_t opacity)
{
    inc_pdf_painter *p = w->p;
    inc_pdf_state state = {opacity, opacity, group->as.group.blend, NULL, false};
    if (p->depth >= INC_PDF_DRAWING_DEPTH) { /* nothing is lost but that it is one thing */
        inc_pdf_draw_ops(w, g, from, to, 255);
        return;
    }
    bool blended = opacity < 255 || state.blend != INC_BLEND_NORMAL || group->as.group.mask || blends_within(g, from, to);
    for (uint32_t i = 0; i < group->as.group.clip_count; i++)
        blended |= !inc_pdf_clip_is_plain(&group->as.group.clips[i]);
    inc_pdf_stream *form = inc_pdf_stream_new(p, w->s->box, blended, w->s->grey);
    inc_pdf_writer inside = inc_pdf_stream_begin(p, form);
    inc_pdf_draw_ops(&inside, g, from, to, 255);
    inc_pdf_stream_finish(&inside);
    if (group->as.group.mask) {
        state.mask = mask_form(w, group->as.group.mask);
        state.luminosity = group->as.group.mask->luminance;
        if (!state.mask)
            return;
    }
    for (uint32_t i = 0; i < group->as.group.clip_count; i++) {
        const inc_clip *clip = &group->as.group.clips[i];
        if (inc_pdf_clip_is_plain(clip))
            continue;
        if (state.mask)
            form = behind_mask(w, form, state.mask, state.luminosity);
        state.mask = clip_mask(w, clip);
        state.luminosity = false;
    }
    if (state.mask && state.fill < 255) { /* some programs count an opacity twice that stands beside a mask */
        form = behind_mask(w, form, state.mask, state.luminosity);
        state.mask = NULL;
    }
    inc_pdf_look before = inc_pdf_writer_save(w);
    put_clips(w, group);
    show_form(w, form, state);
    inc_pdf_writer_restore(w, &before);
}

static void group(inc_pdf_writer *w, const inc_graphic *g, size_t from, size_t to, uint8_t opacity)
{
    const inc_op *op = &g->ops[from++];
    bool form = op->as.group.blend != INC_BLEND_NORMAL || op->as.group.mask;
    opacity = inc_pdf_opacity_product(opacity, op->as.group.opacity);
    to -= g->ops[to - 1].kind == INC_OP_END;
    for (uint32_t i = 0; i < op->as.group.clip_count; i++) {
        if (is_void(&op->as.group.clips[i]))
            return;
        form |= !inc_pdf_clip_is_plain(&op->as.group.clips[i]);
    }
    if (!opacity || from >= to)
        return;
    form |= opacity < 255 && !is_single(g, from, to);
    form |= blends_within(g, from, to); /* with what stands in the group, and with nothing below it */
    form |= w->saved >= SAVED_MAX && op->as.group.clip_count > 0;
    if (form) {
        group_form(w, g, from, to, op, opacity);
    } else if (op->as.group.clip_count) {
        inc_pdf_look before = inc_pdf_writer_save(w);
        put_clips(w, op);
        inc_pdf_draw_ops(w, g, from, to, opacity);
        inc_pdf_writer_restore(w, &before);
    } else
        inc_pdf_draw_ops(w, g, from, to, opacity);
}

void inc_pdf_draw_ops(inc_pdf_writer *w, const inc_graphic *g, size_t from, size_t to, uint8_t opacity)
{
    for (size_t i = from; i < to;) {
        const inc_op *op = &g->ops[i];
        size_t next = op->kind == INC_OP_BEGIN ? behind_group(g, i) : i + 1;
        switch (op->kind) {
        case INC_OP_PATH:
        case INC_OP_TEXT: paint(w, op, opacity); break;
        case INC_OP_IMAGE: show_image(w, op, opacity); break;
        case INC_OP_BEGIN: group(w, g, i, next, opacity); break;
        case INC_OP_END: break;
        }
        i = next;
    }
}

void inc_pdf_graphic_compose(inc_pdf_graphic *graphic, const inc_pdf_canvas *canvas, inc_arena *kept, inc_arena *buffers, inc_arena *scratch,
                             inc_deflate *deflate)
{
    const inc_graphic *g = graphic->graphic;
    inc_pdf_painter p = {.canvas = canvas, .kept = kept, .buffers = buffers, .scratch = scratch, .deflate = deflate, .streams = inc_map_in(buffers), .functions = inc_map_in(buffers)};
    /* what blends with its ground blends with the drawing, not with the page */
    graphic->form = inc_pdf_stream_new(&p, (inc_area){0, 0, g->width, g->height}, blends_within(g, 0, g->op_count), false);
    graphic->form->root = true;
    inc_pdf_writer w = inc_pdf_stream_begin(&p, graphic->form);
    inc_pdf_draw_ops(&w, g, 0, g->op_count, 255);
    inc_pdf_stream_finish(&w);
    graphic->transparent = p.transparent;
}
