/* painter.c - content streams of drawings: their beginning and end, what their operators name, and what the graphics state is known to be. */
#include "pdf/painter.h"

enum { UNSET = -1 };

/* ---- streams ---- */

inc_pdf_stream *inc_pdf_stream_new(inc_pdf_painter *p, inc_area box, bool group, bool grey)
{
    inc_pdf_stream *s = INC_NEW(p->kept, inc_pdf_stream);
    *s = (inc_pdf_stream){.box = box, .group = group, .grey = grey, .step = INC_STR("")};
    INC_PUSH(p->kept, &s->states, (inc_pdf_state){255, 255, INC_BLEND_NORMAL, NULL, false});
    return s;
}

inc_pdf_writer inc_pdf_stream_begin(inc_pdf_painter *p, inc_pdf_stream *s)
{
    inc_len side = INC_MAX(s->box.x1 - s->box.x0, s->box.y1 - s->box.y0) / INC_PT;
    inc_pdf_writer w = {.p = p, .s = s, .out = inc_buf_in(p->buffers), .decimals = side >= 400 ? 2 : side >= 40 ? 3 : side >= 4 ? 4 : 5};
    w.states = w.patterns = w.masks = w.images = inc_map_in(p->buffers);
    w.look = (inc_pdf_look){.fill_opacity = 255, .stroke_opacity = 255, .width = UNSET, .cap = UNSET, .join = UNSET, .miter_limit = UNSET, .mode = UNSET};
    p->depth++;
    return w;
}

void inc_pdf_stream_finish(inc_pdf_writer *w)
{
    w->s->data = inc_deflate_run(w->p->deflate, w->p->kept, inc_buf_str(&w->out));
    w->p->depth--;
}

inc_pdf_look inc_pdf_writer_save(inc_pdf_writer *w)
{
    inc_buf_puts(&w->out, "q ");
    w->saved++;
    return w->look;
}

void inc_pdf_writer_restore(inc_pdf_writer *w, const inc_pdf_look *before)
{
    inc_buf_puts(&w->out, "Q\n");
    w->saved--;
    w->look = *before;
}

void *inc_pdf_known(const inc_map *map, const inc_pdf_key *k)
{
    return inc_map_find(map, (inc_str){(const char *)k, sizeof *k});
}

void inc_pdf_remember(inc_pdf_writer *w, inc_map *map, const inc_pdf_key *k, void *value)
{
    inc_map_put(map, inc_str_dup(w->p->buffers, (inc_str){(const char *)k, sizeof *k}), value);
}

/* ---- resources ---- */

static uint32_t state_index(inc_pdf_writer *w, inc_pdf_state state)
{
    inc_pdf_key k = {state.mask, {state.fill, state.stroke, state.blend, state.luminosity}};
    inc_pdf_state plain = {255, 255, INC_BLEND_NORMAL, NULL, false};
    if (state.fill == 255 && state.stroke == 255 && state.blend == plain.blend && !state.mask)
        return 0;
    uintptr_t at = (uintptr_t)inc_pdf_known(&w->states, &k);
    if (at)
        return (uint32_t)at;
    INC_PUSH(w->p->kept, &w->s->states, state);
    w->p->transparent = true;
    at = w->s->states.n - 1;
    inc_pdf_remember(w, &w->states, &k, (void *)at);
    return (uint32_t)at;
}

uint32_t inc_pdf_add_pattern(inc_pdf_writer *w, inc_pdf_pattern pattern, const inc_pdf_key *k)
{
    INC_PUSH(w->p->kept, &w->s->patterns, pattern);
    inc_pdf_remember(w, &w->patterns, k, (void *)(uintptr_t)w->s->patterns.n);
    return (uint32_t)w->s->patterns.n - 1;
}

void inc_pdf_use_font(inc_pdf_writer *w, const inc_pdf_font *font)
{
    for (size_t i = 0; i < w->s->fonts.n; i++)
        if (w->s->fonts.v[i] == font)
            return;
    INC_PUSH(w->p->kept, &w->s->fonts, font);
}

void inc_pdf_use_image(inc_pdf_writer *w, const inc_pdf_image *image)
{
    inc_pdf_key k = {image, {0}};
    if (inc_pdf_known(&w->images, &k))
        return;
    INC_PUSH(w->p->kept, &w->s->images, image);
    inc_pdf_remember(w, &w->images, &k, (void *)image);
}

/* ---- the graphics state ---- */

void inc_pdf_put_state(inc_pdf_writer *w, inc_pdf_state state)
{
    inc_buf_printf(&w->out, "/E%u gs\n", state_index(w, state));
}

void inc_pdf_set_opacities(inc_pdf_writer *w, const inc_pdf_brush *fill, const inc_pdf_brush *stroke)
{
    uint8_t f = fill ? fill->opacity : w->look.fill_opacity, s = stroke ? stroke->opacity : w->look.stroke_opacity;
    if (f == w->look.fill_opacity && s == w->look.stroke_opacity)
        return;
    inc_pdf_put_state(w, (inc_pdf_state){f, s, INC_BLEND_NORMAL, NULL, false});
    w->look.fill_opacity = f;
    w->look.stroke_opacity = s;
}

void inc_pdf_set_operators(inc_pdf_writer *w, const inc_pdf_brush *b, char *current)
{
    if (strcmp(b->operators, current) == 0)
        return;
    inc_buf_puts(&w->out, b->operators);
    memcpy(current, b->operators, sizeof b->operators);
}

static void put_dashes(inc_pdf_writer *w, const inc_stroke *s, unsigned decimals)
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

void inc_pdf_set_pen(inc_pdf_writer *w, const inc_stroke *s, unsigned decimals)
{
    inc_pdf_look *l = &w->look;
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
