/* graphic.c - a graphic as text, for tests and for `dump`. */
#include "image/graphic.h"

typedef struct dump {
    inc_buf *out;
    unsigned depth;
} dump;

static void dump_graphic(dump *d, const inc_graphic *graphic);

static void begin_line(dump *d)
{
    for (unsigned i = 0; i < d->depth; i++)
        inc_buf_puts(d->out, "  ");
}

static void number(dump *d, inc_len v)
{
    char text[32];
    inc_buf_byte(d->out, ' ');
    inc_buf_add(d->out, (inc_str){text, inc_len_format(v, 2, text)});
}

static void word(dump *d, const char *text)
{
    inc_buf_byte(d->out, ' ');
    inc_buf_puts(d->out, text);
}

static void matrix(dump *d, const inc_matrix *m)
{
    if (m->a == INC_MATRIX_ONE && !m->b && !m->c && m->d == INC_MATRIX_ONE && !m->e && !m->f)
        return;
    word(d, "matrix");
    const int64_t v[] = {m->a, m->b, m->c, m->d, m->e, m->f};
    for (size_t i = 0; i < INC_COUNT(v); i++)
        number(d, v[i]);
}

static void path(dump *d, const inc_path *p)
{
    static const char letters[] = "MLCZ";
    static const unsigned counts[] = {1, 1, 3, 0};
    const inc_len *at = p->points;
    for (uint32_t i = 0; i < p->segment_count; i++) {
        inc_buf_byte(d->out, ' ');
        inc_buf_byte(d->out, letters[p->segments[i]]);
        for (unsigned k = 0; k < counts[p->segments[i]] * 2; k++)
            number(d, *at++);
    }
}

static void color(dump *d, inc_color c)
{
    inc_buf_printf(d->out, " #%02x%02x%02x", c.r, c.g, c.b);
    if (c.a < 255)
        inc_buf_printf(d->out, "%02x", c.a);
}

static void gradient(dump *d, const inc_gradient *g, bool radial)
{
    static const char *const spreads[] = {"pad", "reflect", "repeat"};
    word(d, radial ? "radial" : "linear");
    word(d, spreads[g->spread]);
    const inc_len v[] = {g->x0, g->y0, g->r0, g->x1, g->y1, g->r1};
    for (size_t i = 0; i < INC_COUNT(v); i++)
        if (radial || i % 3 < 2)
            number(d, v[i]);
    matrix(d, &g->matrix);
    word(d, "stops");
    for (uint32_t i = 0; i < g->stop_count; i++) {
        number(d, g->stops[i].offset);
        color(d, g->stops[i].color);
    }
}

static void paint(dump *d, const char *what, const inc_paint *p)
{
    if (p->kind == INC_PAINT_NONE)
        return;
    word(d, what);
    if (p->kind != INC_PAINT_COLOR && p->opacity < 255)
        inc_buf_printf(d->out, " opacity %u", p->opacity);
    switch (p->kind) {
    case INC_PAINT_NONE: break;
    case INC_PAINT_COLOR: color(d, p->as.color); break;
    case INC_PAINT_LINEAR: gradient(d, p->as.gradient, false); break;
    case INC_PAINT_RADIAL: gradient(d, p->as.gradient, true); break;
    case INC_PAINT_PATTERN:
        word(d, "pattern");
        number(d, p->as.pattern->x), number(d, p->as.pattern->y), number(d, p->as.pattern->width), number(d, p->as.pattern->height);
        matrix(d, &p->as.pattern->matrix);
        break;
    }
}

static void stroke(dump *d, const inc_stroke *s)
{
    static const char *const caps[] = {"butt", "round", "square"}, *const joins[] = {"miter", "round", "bevel"};
    if (s->paint.kind == INC_PAINT_NONE)
        return;
    paint(d, "stroke", &s->paint);
    word(d, "width");
    number(d, s->width);
    if (s->cap)
        word(d, caps[s->cap]);
    if (s->join)
        word(d, joins[s->join]);
    if (!s->join && s->miter_limit != 4 * INC_MATRIX_ONE) {
        word(d, "limit");
        number(d, s->miter_limit);
    }
    if (!s->dashes)
        return;
    word(d, "dashes");
    for (uint32_t i = 0; i < s->dash_count; i++)
        number(d, s->dashes[i]);
    if (s->dash_offset) {
        word(d, "from");
        number(d, s->dash_offset);
    }
}

static void begin_group(dump *d, const inc_op *op)
{
    static const char *const blends[] = {"normal", "multiply", "screen", "overlay", "darken", "lighten"};
    inc_buf_puts(d->out, "begin");
    if (op->as.group.opacity < 255)
        inc_buf_printf(d->out, " opacity %u", op->as.group.opacity);
    if (op->as.group.blend)
        word(d, blends[op->as.group.blend]);
    for (uint32_t i = 0; i < op->as.group.clip_count; i++) {
        const inc_clip *clip = &op->as.group.clips[i];
        word(d, "clip");
        for (uint32_t k = 0; k < clip->path_count; k++) {
            word(d, clip->even_odd[k] ? "even-odd" : "nonzero");
            path(d, &clip->paths[k]);
        }
    }
    const inc_mask *mask = op->as.group.mask;
    if (mask) {
        word(d, mask->luminance ? "luminance" : "alpha");
        number(d, mask->x), number(d, mask->y), number(d, mask->width), number(d, mask->height);
    }
    inc_buf_byte(d->out, '\n');
    d->depth++;
    if (mask) {
        begin_line(d);
        inc_buf_puts(d->out, "mask ");
        dump_graphic(d, mask->content);
    }
}

static void text(dump *d, const inc_op *op)
{
    const inc_glyph_run *run = op->as.text.run;
    inc_str name = inc_font_postscript_name(run->font);
    inc_buf_puts(d->out, "text");
    matrix(d, &op->matrix);
    number(d, op->as.text.x), number(d, op->as.text.y);
    inc_buf_printf(d->out, " %.*s", INC_STR_ARG(name));
    number(d, run->size);
    inc_buf_printf(d->out, " \"%.*s\" advance", INC_STR_ARG(inc_str_slice(op->as.text.text, run->start, run->start + run->length)));
    number(d, run->advance);
}

static void tile(dump *d, const inc_paint *p)
{
    if (p->kind != INC_PAINT_PATTERN)
        return;
    d->depth++;
    begin_line(d);
    inc_buf_puts(d->out, "tile ");
    dump_graphic(d, p->as.pattern->tile);
    d->depth--;
}

static void operation(dump *d, const inc_op *op)
{
    d->depth -= op->kind == INC_OP_END;
    begin_line(d);
    switch (op->kind) {
    case INC_OP_BEGIN: begin_group(d, op); return;
    case INC_OP_END: inc_buf_puts(d->out, "end\n"); return;
    case INC_OP_IMAGE:
        inc_buf_printf(d->out, "image %.*s %u %u", INC_STR_ARG(op->as.image->name), op->as.image->width, op->as.image->height);
        matrix(d, &op->matrix);
        inc_buf_byte(d->out, '\n');
        return;
    case INC_OP_PATH:
        inc_buf_puts(d->out, "path");
        matrix(d, &op->matrix);
        path(d, &op->as.path.path);
        if (op->as.path.even_odd)
            word(d, "even-odd");
        break;
    case INC_OP_TEXT: text(d, op); break;
    }
    paint(d, "fill", &op->fill);
    stroke(d, &op->stroke);
    if (op->stroke_first)
        word(d, "stroke-first");
    inc_buf_byte(d->out, '\n');
    tile(d, &op->fill);
    tile(d, &op->stroke.paint);
}

static void dump_graphic(dump *d, const inc_graphic *graphic)
{
    inc_buf_puts(d->out, "graphic");
    number(d, graphic->width), number(d, graphic->height);
    inc_buf_puts(d->out, graphic->transparent ? " transparent\n" : "\n");
    d->depth++;
    for (size_t i = 0; i < graphic->op_count; i++)
        operation(d, &graphic->ops[i]);
    d->depth--;
}

void inc_graphic_dump(const inc_graphic *graphic, inc_buf *out)
{
    dump d = {out, 0};
    dump_graphic(&d, graphic);
}
