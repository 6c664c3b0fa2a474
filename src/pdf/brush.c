/* brush.c - paints made ready: a colour, a gradient or a pattern becomes the operators that set it, with its opacity and its mask. */
#include <stdio.h>

#include "pdf/painter.h"

uint8_t inc_pdf_opacity_product(uint8_t a, uint8_t b)
{
    return (uint8_t)((a * b + 127) / 255);
}

static void keep_operators(inc_pdf_brush *b, const inc_buf *out)
{
    size_t n = INC_MIN(out->n, sizeof b->operators - 1);
    memcpy(b->operators, out->p, n);
    b->operators[n] = '\0';
}

static void color_brush(const inc_pdf_writer *w, inc_pdf_brush *b, inc_color color, bool stroke)
{
    static const char *const names[2][5] = {{"", "g\n", "", "rg\n", "k\n"}, {"", "G\n", "", "RG\n", "K\n"}};
    inc_arena_mark start = inc_arena_mark_get(w->p->scratch);
    inc_buf out = inc_buf_in(w->p->scratch);
    inc_pdf_tint tint = w->s->grey ? inc_pdf_luminance(color) : inc_pdf_tint_of(color, w->p->canvas->inks);
    inc_pdf_put_tint(&out, &tint);
    inc_buf_puts(&out, names[stroke][tint.count]);
    keep_operators(b, &out);
    inc_arena_reset(w->p->scratch, start);
}

static void pattern_brush(inc_pdf_brush *b, uint32_t index, bool stroke)
{
    snprintf(b->operators, sizeof b->operators, stroke ? "/Pattern CS/P%u SCN\n" : "/Pattern cs/P%u scn\n", index);
}

static inc_str matrix_entry(inc_pdf_writer *w, const inc_matrix *m)
{
    inc_buf out = inc_buf_in(w->p->kept);
    if (inc_pdf_is_identity(m))
        return INC_STR("");
    inc_buf_puts(&out, "/Matrix[");
    inc_pdf_put_matrix(&out, m, w->decimals);
    out.p[out.n - 1] = ']';
    return inc_buf_str(&out);
}

/* What tells a paint from others: where it repeats, the area that it fills too. */
static inc_pdf_key paint_key(const void *what, int channel, const inc_matrix *m, const inc_area *area)
{
    inc_pdf_key k = {what, {channel, m->a, m->b, m->c, m->d, m->e, m->f}};
    if (area) {
        k.more[7] = area->x0;
        k.more[8] = area->y0;
        k.more[9] = area->x1;
        k.more[10] = area->y1;
    }
    return k;
}

/* The function of a gradient, which all that it fills share. */
static inc_pdf_function *function_of(inc_pdf_writer *w, const inc_gradient *g, inc_pdf_channel channel)
{
    inc_pdf_key k = {g, {channel, w->s->grey}};
    inc_pdf_function *f = inc_pdf_known(&w->p->functions, &k);
    if (!f) {
        f = INC_NEW(w->p->kept, inc_pdf_function);
        *f = inc_pdf_gradient_function(g, channel, w->s->grey ? NULL : w->p->canvas->inks, w->s->grey, w->p->kept);
        inc_pdf_remember(w, &w->p->functions, &k, f);
    }
    return f;
}

/* The index of a gradient as a pattern. */
static uint32_t shading_index(inc_pdf_writer *w, const inc_gradient *g, inc_pdf_channel channel, const inc_matrix *matrix, const inc_area *area)
{
    inc_pdf_key k = paint_key(g, channel, matrix, g->spread == INC_SPREAD_PAD ? NULL : area);
    uintptr_t at = (uintptr_t)inc_pdf_known(&w->patterns, &k);
    if (at)
        return (uint32_t)at - 1;
    inc_pdf_function *function = function_of(w, g, channel);
    function->uses++;
    inc_pdf_pattern pattern = {.matrix = matrix_entry(w, matrix), .shading = inc_pdf_gradient_shading(g, function, matrix, area, w->p->kept)};
    return inc_pdf_add_pattern(w, pattern, &k);
}

/* A form that shows the gradient's opacities as greys all over the area. */
static inc_pdf_stream *opacity_mask(inc_pdf_writer *w, const inc_gradient *g, const inc_matrix *matrix, const inc_area *area, uint8_t opacity)
{
    inc_pdf_key k = paint_key(g, INC_PDF_OPACITIES + 256 * opacity, matrix, area);
    inc_pdf_stream *s = inc_pdf_known(&w->masks, &k);
    if (s)
        return s;
    s = inc_pdf_stream_new(w->p, *area, true, true);
    inc_pdf_writer inside = inc_pdf_stream_begin(w->p, s);
    if (opacity < 255)
        inc_pdf_put_state(&inside, (inc_pdf_state){opacity, opacity, INC_BLEND_NORMAL, NULL, false});
    inc_buf_printf(&inside.out, "/Pattern cs/P%u scn ", shading_index(&inside, g, INC_PDF_OPACITIES, matrix, area));
    const inc_len values[4] = {area->x0, area->y0, area->x1 - area->x0, area->y1 - area->y0};
    for (int i = 0; i < 4; i++) {
        inc_pdf_put_unit(&inside.out, values[i], inside.decimals);
        inc_buf_byte(&inside.out, ' ');
    }
    inc_buf_puts(&inside.out, "re f");
    inc_pdf_stream_finish(&inside);
    inc_pdf_remember(w, &w->masks, &k, s);
    return s;
}

static void gradient_brush(inc_pdf_writer *w, inc_pdf_brush *b, const inc_gradient *g, const inc_matrix *to_stream, const inc_area *area, bool stroke)
{
    inc_color flat;
    int opacity = inc_pdf_gradient_opacity(g);
    if (inc_pdf_gradient_is_flat(g, &flat)) {
        b->opacity = inc_pdf_opacity_product(b->opacity, flat.a);
        color_brush(w, b, flat, stroke);
        return;
    }
    inc_matrix matrix = inc_pdf_matrix_product(&g->matrix, to_stream);
    pattern_brush(b, shading_index(w, g, INC_PDF_COLORS, &matrix, area), stroke);
    if (opacity >= 0)
        b->opacity = inc_pdf_opacity_product(b->opacity, (uint8_t)opacity);
    else {
        b->mask = opacity_mask(w, g, &matrix, area, b->opacity);
        b->opacity = 255; /* the paint's own is in the mask: some programs count one twice that stands beside it */
    }
}

static inc_pdf_stream *tile_stream(inc_pdf_writer *w, const inc_pattern *pattern)
{
    inc_pdf_painter *p = w->p;
    inc_pdf_key k = {pattern, {w->s->grey}};
    inc_pdf_stream *s = inc_pdf_known(&p->streams, &k);
    if (s || p->depth >= INC_PDF_DRAWING_DEPTH)
        return s;
    s = inc_pdf_stream_new(p, (inc_area){pattern->x, pattern->y, pattern->x + pattern->width, pattern->y + pattern->height}, false, w->s->grey);
    inc_buf step = inc_buf_in(p->kept);
    inc_buf_puts(&step, "/XStep ");
    inc_pdf_put_unit(&step, pattern->width, 5);
    inc_buf_puts(&step, "/YStep ");
    inc_pdf_put_unit(&step, pattern->height, 5);
    s->step = inc_buf_str(&step);
    inc_pdf_writer inside = inc_pdf_stream_begin(p, s);
    inc_pdf_draw_ops(&inside, pattern->tile, 0, pattern->tile->op_count, 255);
    inc_pdf_stream_finish(&inside);
    inc_pdf_remember(w, &p->streams, &k, s);
    return s;
}

static void tile_brush(inc_pdf_writer *w, inc_pdf_brush *b, const inc_pattern *pattern, const inc_matrix *to_stream, bool stroke)
{
    inc_matrix matrix = inc_pdf_matrix_product(&pattern->matrix, to_stream);
    inc_pdf_key k = paint_key(pattern, 0, &matrix, NULL);
    uintptr_t at = (uintptr_t)inc_pdf_known(&w->patterns, &k);
    inc_pdf_stream *s = at ? NULL : tile_stream(w, pattern);
    b->shows = at || s;
    if (s)
        at = inc_pdf_add_pattern(w, (inc_pdf_pattern){.matrix = matrix_entry(w, &matrix), .tile = s}, &k) + 1;
    if (at)
        pattern_brush(b, (uint32_t)at - 1, stroke);
}

bool inc_pdf_paint_shows(const inc_paint *paint)
{
    switch (paint->kind) {
    case INC_PAINT_NONE: return false;
    case INC_PAINT_COLOR: return paint->as.color.a > 0;
    case INC_PAINT_LINEAR:
    case INC_PAINT_RADIAL:
    case INC_PAINT_PATTERN: return paint->opacity > 0;
    }
    return false;
}

bool inc_pdf_stroke_shows(const inc_op *op)
{
    return op->stroke.width > 0 && inc_pdf_paint_shows(&op->stroke.paint);
}

inc_pdf_brush inc_pdf_brush_of(inc_pdf_writer *w, const inc_paint *paint, const inc_op *op, const inc_area *area, bool stroke, uint8_t opacity)
{
    inc_pdf_brush b = {.shows = true, .opacity = opacity};
    switch (paint->kind) {
    case INC_PAINT_NONE: break;
    case INC_PAINT_COLOR: {
        inc_color c = paint->as.color;
        b.opacity = inc_pdf_opacity_product(opacity, c.a);
        color_brush(w, &b, op->kind == INC_OP_TEXT && w->p->canvas->inks ? inc_ink_text_color(c) : c, stroke);
        break;
    }
    case INC_PAINT_LINEAR:
    case INC_PAINT_RADIAL:
        b.opacity = inc_pdf_opacity_product(opacity, paint->opacity);
        gradient_brush(w, &b, paint->as.gradient, &op->matrix, area, stroke);
        break;
    case INC_PAINT_PATTERN:
        b.opacity = inc_pdf_opacity_product(opacity, paint->opacity);
        tile_brush(w, &b, paint->as.pattern, &op->matrix, stroke);
        break;
    }
    return b;
}
