/*
 * drawing.c - the operations of a graphic as content streams.
 *
 * Operators stand in the graphic's own space, y down, so that points are written as they are; text and pictures are turned upright one by one. A group
 * becomes a form of its own only where it is blended as one thing: a clip alone is a clip, and one thing alone can be made transparent by itself.
 */
#include <stdio.h>

#include "pdf/content.h"
#include "pdf/drawing.h"

enum { UNSET = -1, SAVED_MAX = 20 /* graphics states that a stream may save; PDF/A bears 28 */ };

typedef struct painter { /* of one graphic */
    const inc_pdf_canvas *canvas;
    inc_arena *kept, *buffers, *scratch; /* scratch is reset by the writing of text, so buffers grow elsewhere */
    inc_deflate *deflate;
    inc_map streams;   /* of tiles and masks, by their addresses and tone */
    inc_map functions; /* of gradients, by their addresses, channels and tone */
    unsigned depth;   /* of streams inside of each other */
    bool transparent;
} painter;

typedef struct look { /* what the graphics state is known to be */
    char fill[64], stroke[64]; /* the operators that set the paint; "" unknown */
    uint8_t fill_opacity, stroke_opacity;
    inc_len width;      /* UNSET: unknown, as below */
    int cap, join;
    int64_t miter_limit;
    const inc_len *dashes;
    inc_len dash_offset;
    bool dash_known;
    const inc_pdf_font *font;
    inc_len size;
    int mode;           /* of text rendering */
} look;

typedef struct writer {
    painter *p;
    inc_pdf_stream *s;
    inc_buf out;
    unsigned decimals, saved;
    look look;
    inc_map states, patterns, masks, images; /* what the stream names, to name it once: each by a `key` */
} writer;

typedef struct key {
    const void *what; /* NULL: nothing */
    int64_t more[11]; /* what else tells them apart */
} key;

typedef struct brush { /* a paint, ready to be set */
    bool shows, mask_luminosity;
    uint8_t opacity;
    char operators[64];
    inc_pdf_stream *mask; /* of a gradient whose stops differ in opacity */
} brush;

static void draw(writer *w, const inc_graphic *g, size_t from, size_t to, uint8_t opacity);
static void put_state(writer *w, inc_pdf_state state);

static uint8_t product(uint8_t a, uint8_t b)
{
    return (uint8_t)((a * b + 127) / 255);
}

/* ---- streams ---- */

static inc_pdf_stream *new_stream(painter *p, inc_area box, bool group, bool grey)
{
    inc_pdf_stream *s = INC_NEW(p->kept, inc_pdf_stream);
    *s = (inc_pdf_stream){.box = box, .group = group, .grey = grey, .step = INC_STR("")};
    INC_PUSH(p->kept, &s->states, (inc_pdf_state){255, 255, INC_BLEND_NORMAL, NULL, false});
    return s;
}

/* The state that a stream begins with is that of the place where it is used. Only what blends is known. */
static writer begin(painter *p, inc_pdf_stream *s)
{
    inc_len side = INC_MAX(s->box.x1 - s->box.x0, s->box.y1 - s->box.y0) / INC_PT;
    writer w = {.p = p, .s = s, .out = inc_buf_in(p->buffers), .decimals = side >= 400 ? 2 : side >= 40 ? 3 : side >= 4 ? 4 : 5};
    w.states = w.patterns = w.masks = w.images = inc_map_in(p->buffers);
    w.look = (look){.fill_opacity = 255, .stroke_opacity = 255, .width = UNSET, .cap = UNSET, .join = UNSET, .miter_limit = UNSET, .mode = UNSET};
    p->depth++;
    return w;
}

static void finish(writer *w)
{
    w->s->data = inc_deflate_run(w->p->deflate, w->p->kept, inc_buf_str(&w->out));
    w->p->depth--;
}

static look save(writer *w)
{
    inc_buf_puts(&w->out, "q ");
    w->saved++;
    return w->look;
}

static void restore(writer *w, const look *before)
{
    inc_buf_puts(&w->out, "Q\n");
    w->saved--;
    w->look = *before;
}

static void *known(const inc_map *map, const key *k)
{
    return inc_map_find(map, (inc_str){(const char *)k, sizeof *k});
}

static void remember(writer *w, inc_map *map, const key *k, void *value)
{
    inc_map_put(map, inc_str_dup(w->p->buffers, (inc_str){(const char *)k, sizeof *k}), value);
}

/* ---- resources ---- */

static uint32_t state_index(writer *w, inc_pdf_state state)
{
    key k = {state.mask, {state.fill, state.stroke, state.blend, state.luminosity}};
    inc_pdf_state plain = {255, 255, INC_BLEND_NORMAL, NULL, false};
    if (state.fill == 255 && state.stroke == 255 && state.blend == plain.blend && !state.mask)
        return 0;
    uintptr_t at = (uintptr_t)known(&w->states, &k);
    if (at)
        return (uint32_t)at;
    INC_PUSH(w->p->kept, &w->s->states, state);
    w->p->transparent = true;
    at = w->s->states.n - 1;
    remember(w, &w->states, &k, (void *)at);
    return (uint32_t)at;
}

static uint32_t add_pattern(writer *w, inc_pdf_pattern pattern, const key *k)
{
    INC_PUSH(w->p->kept, &w->s->patterns, pattern);
    remember(w, &w->patterns, k, (void *)(uintptr_t)w->s->patterns.n);
    return (uint32_t)w->s->patterns.n - 1;
}

static inc_str matrix_entry(writer *w, const inc_matrix *m)
{
    inc_buf out = inc_buf_in(w->p->kept);
    if (inc_pdf_is_identity(m))
        return INC_STR("");
    inc_buf_puts(&out, "/Matrix[");
    inc_pdf_put_matrix(&out, m, w->decimals);
    out.p[out.n - 1] = ']';
    return inc_buf_str(&out);
}

static void use_font(writer *w, const inc_pdf_font *font)
{
    for (size_t i = 0; i < w->s->fonts.n; i++)
        if (w->s->fonts.v[i] == font)
            return;
    INC_PUSH(w->p->kept, &w->s->fonts, font);
}

static void use_image(writer *w, const inc_pdf_image *image)
{
    key k = {image, {0}};
    if (known(&w->images, &k))
        return;
    INC_PUSH(w->p->kept, &w->s->images, image);
    remember(w, &w->images, &k, (void *)image);
}

/* ---- brushes ---- */

static void keep_operators(brush *b, const inc_buf *out)
{
    size_t n = INC_MIN(out->n, sizeof b->operators - 1);
    memcpy(b->operators, out->p, n);
    b->operators[n] = '\0';
}

static void color_brush(const writer *w, brush *b, inc_color color, bool stroke)
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

static void pattern_brush(brush *b, uint32_t index, bool stroke)
{
    snprintf(b->operators, sizeof b->operators, stroke ? "/Pattern CS/P%u SCN\n" : "/Pattern cs/P%u scn\n", index);
}

/* What tells a paint from others: where it repeats, the area that it fills too. */
static key paint_key(const void *what, int channel, const inc_matrix *m, const inc_area *area)
{
    key k = {what, {channel, m->a, m->b, m->c, m->d, m->e, m->f}};
    if (area) {
        k.more[7] = area->x0;
        k.more[8] = area->y0;
        k.more[9] = area->x1;
        k.more[10] = area->y1;
    }
    return k;
}

/* The function of a gradient, which all that it fills share. */
static inc_pdf_function *function_of(writer *w, const inc_gradient *g, inc_pdf_channel channel)
{
    key k = {g, {channel, w->s->grey}};
    inc_pdf_function *f = known(&w->p->functions, &k);
    if (!f) {
        f = INC_NEW(w->p->kept, inc_pdf_function);
        *f = inc_pdf_gradient_function(g, channel, w->s->grey ? NULL : w->p->canvas->inks, w->s->grey, w->p->kept);
        remember(w, &w->p->functions, &k, f);
    }
    return f;
}

/* The index of a gradient as a pattern. */
static uint32_t shading_index(writer *w, const inc_gradient *g, inc_pdf_channel channel, const inc_matrix *matrix, const inc_area *area)
{
    key k = paint_key(g, channel, matrix, g->spread == INC_SPREAD_PAD ? NULL : area);
    uintptr_t at = (uintptr_t)known(&w->patterns, &k);
    if (at)
        return (uint32_t)at - 1;
    inc_pdf_function *function = function_of(w, g, channel);
    function->uses++;
    inc_pdf_pattern pattern = {.matrix = matrix_entry(w, matrix), .shading = inc_pdf_gradient_shading(g, function, matrix, area, w->p->kept)};
    return add_pattern(w, pattern, &k);
}

/* A form that shows the gradient's opacities as greys all over the area. */
static inc_pdf_stream *opacity_mask(writer *w, const inc_gradient *g, const inc_matrix *matrix, const inc_area *area, uint8_t opacity)
{
    key k = paint_key(g, INC_PDF_OPACITIES + 256 * opacity, matrix, area);
    inc_pdf_stream *s = known(&w->masks, &k);
    if (s)
        return s;
    s = new_stream(w->p, *area, true, true);
    writer inside = begin(w->p, s);
    if (opacity < 255)
        put_state(&inside, (inc_pdf_state){opacity, opacity, INC_BLEND_NORMAL, NULL, false});
    inc_buf_printf(&inside.out, "/Pattern cs/P%u scn ", shading_index(&inside, g, INC_PDF_OPACITIES, matrix, area));
    const inc_len values[4] = {area->x0, area->y0, area->x1 - area->x0, area->y1 - area->y0};
    for (int i = 0; i < 4; i++) {
        inc_pdf_put_unit(&inside.out, values[i], inside.decimals);
        inc_buf_byte(&inside.out, ' ');
    }
    inc_buf_puts(&inside.out, "re f");
    finish(&inside);
    remember(w, &w->masks, &k, s);
    return s;
}

static void gradient_brush(writer *w, brush *b, const inc_gradient *g, const inc_matrix *to_stream, const inc_area *area, bool stroke)
{
    inc_color flat;
    int opacity = inc_pdf_gradient_opacity(g);
    if (inc_pdf_gradient_is_flat(g, &flat)) {
        b->opacity = product(b->opacity, flat.a);
        color_brush(w, b, flat, stroke);
        return;
    }
    inc_matrix matrix = inc_pdf_matrix_product(&g->matrix, to_stream);
    pattern_brush(b, shading_index(w, g, INC_PDF_COLORS, &matrix, area), stroke);
    if (opacity >= 0)
        b->opacity = product(b->opacity, (uint8_t)opacity);
    else {
        b->mask = opacity_mask(w, g, &matrix, area, b->opacity);
        b->opacity = 255; /* the paint's own is in the mask: some programs count one twice that stands beside it */
    }
}

static inc_pdf_stream *tile_stream(writer *w, const inc_pattern *pattern)
{
    painter *p = w->p;
    key k = {pattern, {w->s->grey}};
    inc_pdf_stream *s = known(&p->streams, &k);
    if (s || p->depth >= INC_PDF_DRAWING_DEPTH)
        return s;
    s = new_stream(p, (inc_area){pattern->x, pattern->y, pattern->x + pattern->width, pattern->y + pattern->height}, false, w->s->grey);
    inc_buf step = inc_buf_in(p->kept);
    inc_buf_puts(&step, "/XStep ");
    inc_pdf_put_unit(&step, pattern->width, 5);
    inc_buf_puts(&step, "/YStep ");
    inc_pdf_put_unit(&step, pattern->height, 5);
    s->step = inc_buf_str(&step);
    writer inside = begin(p, s);
    draw(&inside, pattern->tile, 0, pattern->tile->op_count, 255);
    finish(&inside);
    remember(w, &p->streams, &k, s);
    return s;
}

static void tile_brush(writer *w, brush *b, const inc_pattern *pattern, const inc_matrix *to_stream, bool stroke)
{
    inc_matrix matrix = inc_pdf_matrix_product(&pattern->matrix, to_stream);
    key k = paint_key(pattern, 0, &matrix, NULL);
    uintptr_t at = (uintptr_t)known(&w->patterns, &k);
    inc_pdf_stream *s = at ? NULL : tile_stream(w, pattern);
    b->shows = at || s;
    if (s)
        at = add_pattern(w, (inc_pdf_pattern){.matrix = matrix_entry(w, &matrix), .tile = s}, &k) + 1;
    if (at)
        pattern_brush(b, (uint32_t)at - 1, stroke);
}

static bool paint_shows(const inc_paint *paint)
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

static bool stroke_shows(const inc_op *op)
{
    return op->stroke.width > 0 && paint_shows(&op->stroke.paint);
}

/* area: what it may fill, in the stream's space. */
static brush brush_of(writer *w, const inc_paint *paint, const inc_op *op, const inc_area *area, bool stroke, uint8_t opacity)
{
    brush b = {.shows = true, .opacity = opacity};
    switch (paint->kind) {
    case INC_PAINT_NONE: break;
    case INC_PAINT_COLOR: {
        inc_color c = paint->as.color;
        b.opacity = product(opacity, c.a);
        color_brush(w, &b, op->kind == INC_OP_TEXT && w->p->canvas->inks ? inc_ink_text_color(c) : c, stroke);
        break;
    }
    case INC_PAINT_LINEAR:
    case INC_PAINT_RADIAL:
        b.opacity = product(opacity, paint->opacity);
        gradient_brush(w, &b, paint->as.gradient, &op->matrix, area, stroke);
        break;
    case INC_PAINT_PATTERN:
        b.opacity = product(opacity, paint->opacity);
        tile_brush(w, &b, paint->as.pattern, &op->matrix, stroke);
        break;
    }
    return b;
}

/* ---- the graphics state ---- */

static void put_state(writer *w, inc_pdf_state state)
{
    inc_buf_printf(&w->out, "/E%u gs\n", state_index(w, state));
}

/* Opacities of what is painted next; NULL: whatever they are. */
static void set_opacities(writer *w, const brush *fill, const brush *stroke)
{
    uint8_t f = fill ? fill->opacity : w->look.fill_opacity, s = stroke ? stroke->opacity : w->look.stroke_opacity;
    if (f == w->look.fill_opacity && s == w->look.stroke_opacity)
        return;
    put_state(w, (inc_pdf_state){f, s, INC_BLEND_NORMAL, NULL, false});
    w->look.fill_opacity = f;
    w->look.stroke_opacity = s;
}

static void set_operators(writer *w, const brush *b, char *current)
{
    if (strcmp(b->operators, current) == 0)
        return;
    inc_buf_puts(&w->out, b->operators);
    memcpy(current, b->operators, sizeof b->operators);
}

static void put_dashes(writer *w, const inc_stroke *s, unsigned decimals)
{
    inc_len period = 0, offset = s->dash_offset;
    inc_buf_byte(&w->out, '[');
    for (uint32_t i = 0; i < s->dash_count; i++) {
        if (i)
            inc_buf_byte(&w->out, ' ');
        inc_pdf_put_unit(&w->out, s->dashes[i], decimals);
        period += inc_len_sane(s->dashes[i]);
    }
    period *= 2; /* an odd count goes round twice */
    if (offset < 0 && period > 0)
        offset = offset % period + period;
    inc_buf_byte(&w->out, ']');
    inc_pdf_put_unit(&w->out, offset, decimals);
    inc_buf_puts(&w->out, " d\n");
}

static void set_pen(writer *w, const inc_stroke *s, unsigned decimals)
{
    look *l = &w->look;
    if (l->width != s->width) {
        inc_pdf_put_unit(&w->out, s->width, decimals + (decimals < 5));
        inc_buf_puts(&w->out, " w\n");
    }
    if (l->cap != (int)s->cap)
        inc_buf_printf(&w->out, "%d J\n", (int)s->cap);
    if (l->join != (int)s->join)
        inc_buf_printf(&w->out, "%d j\n", (int)s->join);
    if (s->join == INC_JOIN_MITER && l->miter_limit != s->miter_limit) {
        inc_pdf_put_unit(&w->out, INC_MAX(s->miter_limit, INC_MATRIX_ONE), 2);
        inc_buf_puts(&w->out, " M\n");
        l->miter_limit = s->miter_limit;
    }
    const inc_len *dashes = s->dash_count ? s->dashes : NULL;
    if (!l->dash_known || l->dashes != dashes || (dashes && l->dash_offset != s->dash_offset)) {
        if (dashes)
            put_dashes(w, s, decimals);
        else
            inc_buf_puts(&w->out, "[]0 d\n");
    }
    l->width = s->width;
    l->cap = (int)s->cap;
    l->join = (int)s->join;
    l->dashes = dashes;
    l->dash_offset = s->dash_offset;
    l->dash_known = true;
}

/* ---- things ---- */

/* What the path and its stroke may touch, in the stream's space: for gradients that repeat, and for masks. */
static inc_area reach_of(const writer *w, const inc_op *op)
{
    if (op->kind != INC_OP_PATH)
        return w->s->box;
    inc_area area = inc_pdf_path_area(&op->as.path.path);
    inc_len more = stroke_shows(op) ? op->stroke.width : 0;
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

static const inc_pdf_font *font_of(const writer *w, const inc_op *op)
{
    const inc_glyph_run *run = op->as.text.run;
    const inc_pdf_font *font = run && run->count && run->size > 0 ? inc_pdf_fonts_find(w->p->canvas->fonts, run->font) : NULL;
    return font && font->embedded ? font : NULL;
}

static void put_text(writer *w, const inc_op *op, bool fill, bool stroke, bool inside_matrix, bool silent)
{
    const inc_pdf_font *font = font_of(w, op);
    int mode = fill && stroke ? 2 : stroke ? 1 : 0;
    inc_mark mark = {.kind = INC_MARK_TEXT, .as.text = inc_pdf_text_of(op)};
    inc_matrix upright = {INC_MATRIX_ONE, 0, 0, -INC_MATRIX_ONE, op->as.text.x, op->as.text.y};
    if (!inside_matrix)
        upright = inc_pdf_matrix_product(&upright, &op->matrix);
    use_font(w, font);
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

static void put_shape(writer *w, const inc_op *op, bool fill, bool stroke, unsigned decimals)
{
    bool even_odd = fill && op->as.path.even_odd;
    inc_pdf_put_path(&w->out, &op->as.path.path, decimals);
    inc_buf_puts(&w->out, fill && stroke ? (even_odd ? "B*\n" : "B\n") : stroke ? "S\n" : even_odd ? "f*\n" : "f\n");
}

/* One painting of the path or text: filled, stroked or both. */
static void paint_once(writer *w, const inc_op *op, const brush *fill, const brush *stroke, bool silent)
{
    const brush *masked = fill && fill->mask ? fill : stroke && stroke->mask ? stroke : NULL;
    bool inside_matrix = !inc_pdf_is_identity(&op->matrix) && (op->kind == INC_OP_PATH || stroke);
    unsigned decimals = inside_matrix ? inc_pdf_finer(&op->matrix, w->decimals) : w->decimals;
    look before = {0};
    bool saves = masked || inside_matrix;
    if (saves)
        before = save(w);
    if (masked) {
        put_state(w, (inc_pdf_state){masked->opacity, masked->opacity, INC_BLEND_NORMAL, masked->mask, true});
        w->look.fill_opacity = w->look.stroke_opacity = masked->opacity;
    }
    set_opacities(w, fill, stroke);
    if (fill)
        set_operators(w, fill, w->look.fill);
    if (stroke)
        set_operators(w, stroke, w->look.stroke);
    if (inside_matrix) {
        inc_pdf_put_matrix(&w->out, &op->matrix, w->decimals);
        inc_buf_puts(&w->out, "cm\n");
    }
    if (stroke)
        set_pen(w, &op->stroke, decimals);
    if (op->kind == INC_OP_PATH)
        put_shape(w, op, fill != NULL, stroke != NULL, decimals);
    else
        put_text(w, op, fill != NULL, stroke != NULL, inside_matrix, silent);
    if (saves)
        restore(w, &before);
}

/* Fill and stroke go together where the stroke covers what it lies on: otherwise PDF would blend the two as one (ISO 32000-1, 11.7.4.4). */
static void paint(writer *w, const inc_op *op, uint8_t opacity)
{
    inc_area area = reach_of(w, op);
    brush fill = {0}, stroke = {0};
    if (op->kind == INC_OP_TEXT ? !font_of(w, op) : op->as.path.path.segment_count < 2)
        return;
    if (paint_shows(&op->fill))
        fill = brush_of(w, &op->fill, op, &area, false, opacity);
    if (stroke_shows(op))
        stroke = brush_of(w, &op->stroke.paint, op, &area, true, opacity);
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

static void show_image(writer *w, const inc_op *op, uint8_t opacity)
{
    const inc_pdf_image *image = op->as.image && op->as.image->kind != INC_IMAGE_SVG ? inc_pdf_images_find(w->p->canvas->images, op->as.image) : NULL;
    if (!image || !image->picture->ready || !opacity)
        return;
    inc_matrix upright = {INC_MATRIX_ONE, 0, 0, -INC_MATRIX_ONE, 0, INC_PT}, matrix = inc_pdf_matrix_product(&upright, &op->matrix);
    use_image(w, image);
    w->p->transparent |= image->picture->form[w->p->canvas->images->medium].alpha.n > 0;
    set_opacities(w, &(brush){.opacity = opacity}, NULL);
    look before = save(w);
    inc_pdf_put_matrix(&w->out, &matrix, w->decimals);
    inc_buf_puts(&w->out, "cm ");
    inc_pdf_image_draw(image, 0, 0, INC_PT, INC_PT, &w->out);
    restore(w, &before);
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
    case INC_OP_TEXT: return from + 1 == to && !(paint_shows(&op->fill) && stroke_shows(op));
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
static inc_pdf_stream *clip_mask(writer *w, const inc_clip *clip)
{
    inc_pdf_stream *s = new_stream(w->p, w->s->box, true, true);
    writer inside = begin(w->p, s);
    inc_buf_puts(&inside.out, "0 g\n");
    for (uint32_t i = 0; i < clip->path_count; i++) {
        inc_pdf_put_path(&inside.out, &clip->paths[i], inside.decimals);
        inc_buf_puts(&inside.out, clip->even_odd[i] ? "f*\n" : "f\n");
    }
    finish(&inside);
    return s;
}

static inc_pdf_stream *mask_form(writer *w, const inc_mask *mask)
{
    painter *p = w->p;
    bool grey = mask->luminance || w->s->grey;
    key k = {mask, {grey}};
    inc_pdf_stream *s = known(&p->streams, &k);
    if (s || p->depth >= INC_PDF_DRAWING_DEPTH)
        return s;
    s = new_stream(p, (inc_area){mask->x, mask->y, mask->x + mask->width, mask->y + mask->height}, true, grey);
    writer inside = begin(p, s);
    draw(&inside, mask->content, 0, mask->content->op_count, 255);
    finish(&inside);
    remember(w, &p->streams, &k, s);
    return s;
}

/* Shows a form, through a mask if there is one. */
static void show_form(writer *w, inc_pdf_stream *form, inc_pdf_state state)
{
    look before = save(w);
    INC_PUSH(w->p->kept, &w->s->forms, form);
    if (state.fill < 255 || state.blend != INC_BLEND_NORMAL || state.mask || w->look.fill_opacity < 255 || w->look.stroke_opacity < 255)
        put_state(w, state);
    inc_buf_printf(&w->out, "/X%zu Do ", w->s->forms.n - 1);
    restore(w, &before);
}

/* The form inside of another one through a mask, since a graphics state has but one. */
static inc_pdf_stream *behind_mask(writer *w, inc_pdf_stream *form, inc_pdf_stream *mask, bool luminosity)
{
    inc_pdf_stream *outer = new_stream(w->p, w->s->box, true, w->s->grey);
    writer inside = begin(w->p, outer);
    show_form(&inside, form, (inc_pdf_state){255, 255, INC_BLEND_NORMAL, mask, luminosity});
    finish(&inside);
    return outer;
}

static void put_clips(writer *w, const inc_op *group)
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
static void group_form(writer *w, const inc_graphic *g, size_t from, size_t to, const inc_op *group, uint8_t opacity)
{
    painter *p = w->p;
    inc_pdf_state state = {opacity, opacity, group->as.group.blend, NULL, false};
    if (p->depth >= INC_PDF_DRAWING_DEPTH) { /* nothing is lost but that it is one thing */
        draw(w, g, from, to, 255);
        return;
    }
    bool blended = opacity < 255 || state.blend != INC_BLEND_NORMAL || group->as.group.mask || blends_within(g, from, to);
    for (uint32_t i = 0; i < group->as.group.clip_count; i++)
        blended |= !inc_pdf_clip_is_plain(&group->as.group.clips[i]);
    inc_pdf_stream *form = new_stream(p, w->s->box, blended, w->s->grey);
    writer inside = begin(p, form);
    draw(&inside, g, from, to, 255);
    finish(&inside);
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
    look before = save(w);
    put_clips(w, group);
    show_form(w, form, state);
    restore(w, &before);
}

static void group(writer *w, const inc_graphic *g, size_t from, size_t to, uint8_t opacity)
{
    const inc_op *op = &g->ops[from++];
    bool form = op->as.group.blend != INC_BLEND_NORMAL || op->as.group.mask;
    opacity = product(opacity, op->as.group.opacity);
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
        look before = save(w);
        put_clips(w, op);
        draw(w, g, from, to, opacity);
        restore(w, &before);
    } else
        draw(w, g, from, to, opacity);
}

/* Operations [from, to); opacity below 255 only for what is single. */
static void draw(writer *w, const inc_graphic *g, size_t from, size_t to, uint8_t opacity)
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
    painter p = {.canvas = canvas, .kept = kept, .buffers = buffers, .scratch = scratch, .deflate = deflate, .streams = inc_map_in(buffers), .functions = inc_map_in(buffers)};
    /* what blends with its ground blends with the drawing, not with the page */
    graphic->form = new_stream(&p, (inc_area){0, 0, g->width, g->height}, blends_within(g, 0, g->op_count), false);
    graphic->form->root = true;
    writer w = begin(&p, graphic->form);
    draw(&w, g, 0, g->op_count, 255);
    finish(&w);
    graphic->transparent = p.transparent;
}
