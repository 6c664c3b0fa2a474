/* graphic.c (pdf) - which graphics a file shows, and the objects that they become. */
#include "pdf/graphic.h"

#include "pdf/drawing.h"

/* ---- collecting ---- */

static inc_str address_of(const inc_graphic *const *graphic)
{
    return (inc_str){(const char *)graphic, sizeof *graphic};
}

static void add_part(const inc_graphic *part, inc_arena *arena, inc_map *seen, inc_graphic_parts *parts)
{
    inc_str key = address_of(&part);
    if (!part || inc_map_has(seen, key))
        return;
    inc_map_put(seen, inc_str_dup(arena, key), (void *)part);
    INC_PUSH(arena, parts, part);
}

static void add_tile(const inc_paint *paint, inc_arena *arena, inc_map *seen, inc_graphic_parts *parts)
{
    if (paint->kind == INC_PAINT_PATTERN)
        add_part(paint->as.pattern->tile, arena, seen, parts);
}

void inc_pdf_graphic_parts(const inc_graphic *graphic, inc_arena *arena, inc_map *seen, inc_graphic_parts *parts)
{
    size_t at = parts->n;
    add_part(graphic, arena, seen, parts);
    for (; at < parts->n; at++)
        for (size_t i = 0; i < parts->v[at]->op_count; i++) {
            const inc_op *op = &parts->v[at]->ops[i];
            if (op->kind == INC_OP_PATH || op->kind == INC_OP_TEXT) {
                add_tile(&op->fill, arena, seen, parts);
                add_tile(&op->stroke.paint, arena, seen, parts);
            } else if (op->kind == INC_OP_BEGIN && op->as.group.mask)
                add_part(op->as.group.mask->content, arena, seen, parts);
        }
}

inc_pdf_graphic *inc_pdf_graphics_find(const inc_pdf_graphics *graphics, const inc_graphic *graphic)
{
    return graphic && graphics->list.n ? inc_map_find(&graphics->known, address_of(&graphic)) : NULL;
}

void inc_pdf_graphics_gather(inc_pdf_graphics *graphics, const inc_pages *pages, inc_medium medium)
{
    inc_arena *arena = graphics->arena;
    inc_map seen = inc_map_in(arena);
    graphics->known = inc_map_in(arena);
    for (size_t p = 0; p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++) {
            const inc_mark *mark = &pages->pages[p].marks[m];
            const inc_graphic *graphic = mark->kind == INC_MARK_IMAGE && inc_pdf_mark_shows(mark, medium) ? mark->as.image->graphic : NULL;
            if (!graphic || graphic->width <= 0 || graphic->height <= 0 || inc_pdf_graphics_find(graphics, graphic))
                continue;
            inc_pdf_graphic *new = INC_NEW(arena, inc_pdf_graphic);
            *new = (inc_pdf_graphic){.graphic = graphic, .number = (uint32_t)graphics->list.n};
            inc_map_put(&graphics->known, inc_str_dup(arena, address_of(&graphic)), new);
            INC_PUSH(arena, &graphics->list, new);
            inc_pdf_graphic_parts(graphic, arena, &seen, &graphics->parts);
        }
}

/* ---- objects ---- */

static const char *space_of(const inc_pdf_stream *s, const inc_pdf_canvas *canvas)
{
    if (s->grey)
        return "DeviceGray";
    return !canvas->inks ? "DeviceRGB" : inc_inks_are_grey(canvas->inks) ? "DeviceGray" : "DeviceCMYK";
}

static void put_box(inc_buf *out, const inc_area *box)
{
    const inc_len values[4] = {box->x0, box->y0, box->x1, box->y1};
    inc_buf_puts(out, "/BBox[");
    for (int i = 0; i < 4; i++) {
        if (i)
            inc_buf_byte(out, ' ');
        inc_pdf_put_unit(out, values[i], 5);
    }
    inc_buf_byte(out, ']');
}

static void put_state(inc_buf *out, size_t index, const inc_pdf_state *s)
{
    static const char *const blends[] = {"Normal", "Multiply", "Screen", "Overlay", "Darken", "Lighten"};
    inc_buf_printf(out, "/E%zu<</ca ", index);
    inc_pdf_put_milli(out, (s->fill * 1000 + 127) / 255);
    inc_buf_puts(out, "/CA ");
    inc_pdf_put_milli(out, (s->stroke * 1000 + 127) / 255);
    if (s->blend != INC_BLEND_NORMAL)
        inc_buf_printf(out, "/BM/%s", blends[s->blend]);
    if (s->mask)
        inc_buf_printf(out, "/SMask<</S/%s/G %u 0 R>>", s->luminosity ? "Luminosity" : "Alpha", s->mask->ref);
    inc_buf_puts(out, ">>");
}

/* One function for each period: the same, forwards or backwards. */
static void put_periods(inc_buf *out, const inc_pdf_shading *s)
{
    inc_buf_printf(out, "<</FunctionType 3/Domain[0 %d]/Functions[", s->count);
    for (int32_t i = 0; i < s->count; i++)
        inc_buf_printf(out, i ? " %u 0 R" : "%u 0 R", s->function->ref);
    inc_buf_puts(out, "]/Bounds[");
    for (int32_t i = 1; i < s->count; i++)
        inc_buf_printf(out, i > 1 ? " %d" : "%d", i);
    inc_buf_puts(out, "]/Encode[");
    for (int32_t i = 0; i < s->count; i++)
        inc_buf_puts(out, s->reflected && (s->first + i) % 2 ? " 1 0" : " 0 1");
    inc_buf_puts(out, "]>>");
}

static bool repeats(const inc_pdf_shading *s)
{
    return s->count > 1 || s->first;
}

static void put_shading(inc_buf *out, const inc_pdf_shading *s)
{
    inc_buf_puts(out, "/Shading<<");
    inc_buf_add(out, s->entries);
    if (repeats(s))
        inc_buf_printf(out, "/Domain[0 %d]", s->count);
    inc_buf_puts(out, "/Function");
    if (repeats(s))
        put_periods(out, s);
    else if (s->function->ref)
        inc_buf_printf(out, " %u 0 R", s->function->ref);
    else
        inc_buf_add(out, s->function->dictionary);
    inc_buf_puts(out, ">>");
}

/* A function that is named in several places is an object. */
static void embed_function(const inc_pdf_shading *s, inc_pdf *pdf)
{
    inc_pdf_function *f = s->function;
    if (f->ref || (f->uses < 2 && !repeats(s)))
        return;
    f->ref = inc_pdf_object(pdf);
    inc_pdf_fill(pdf, f->ref, inc_str_slice(f->dictionary, 2, f->dictionary.n - 2));
}

static void put_pattern(inc_buf *out, size_t index, const inc_pdf_pattern *p)
{
    if (p->tile) {
        inc_buf_printf(out, "/P%zu %u 0 R", index, p->ref);
        return;
    }
    inc_buf_printf(out, "/P%zu<</PatternType 2", index);
    inc_buf_add(out, p->matrix);
    put_shading(out, &p->shading);
    inc_buf_puts(out, ">>");
}

static void put_resources(inc_buf *out, const inc_pdf_stream *s)
{
    inc_buf_puts(out, "/Resources<<");
    if (s->fonts.n) {
        inc_buf_puts(out, "/Font<<");
        for (size_t i = 0; i < s->fonts.n; i++)
            inc_buf_printf(out, "/F%u %u 0 R", s->fonts.v[i]->number, s->fonts.v[i]->ref);
        inc_buf_puts(out, ">>");
    }
    if (s->forms.n || s->images.n) {
        inc_buf_puts(out, "/XObject<<");
        for (size_t i = 0; i < s->forms.n; i++)
            inc_buf_printf(out, "/X%zu %u 0 R", i, s->forms.v[i]->ref);
        for (size_t i = 0; i < s->images.n; i++)
            inc_buf_printf(out, "/I%u %u 0 R", s->images.v[i]->number, s->images.v[i]->ref);
        inc_buf_puts(out, ">>");
    }
    if (s->patterns.n) {
        inc_buf_puts(out, "/Pattern<<");
        for (size_t i = 0; i < s->patterns.n; i++)
            put_pattern(out, i, &s->patterns.v[i]);
        inc_buf_puts(out, ">>");
    }
    if (s->states.n > 1) {
        inc_buf_puts(out, "/ExtGState<<");
        for (size_t i = 0; i < s->states.n; i++)
            put_state(out, i, &s->states.v[i]);
        inc_buf_puts(out, ">>");
    }
    inc_buf_puts(out, ">>");
}

static void embed_form(inc_pdf_stream *s, const inc_pdf_canvas *canvas, inc_pdf *pdf, inc_arena *arena);

/* What a stream names becomes objects before it. */
static void embed_parts(inc_pdf_stream *s, const inc_pdf_canvas *canvas, inc_pdf *pdf, inc_arena *arena)
{
    for (size_t i = 0; i < s->forms.n; i++)
        embed_form(s->forms.v[i], canvas, pdf, arena);
    for (size_t i = 0; i < s->states.n; i++)
        if (s->states.v[i].mask)
            embed_form(s->states.v[i].mask, canvas, pdf, arena);
    for (size_t i = 0; i < s->patterns.n; i++) {
        inc_pdf_pattern *p = &s->patterns.v[i];
        if (!p->tile) {
            embed_function(&p->shading, pdf);
            continue;
        }
        if (!p->tile->embedded)
            embed_parts(p->tile, canvas, pdf, arena);
        p->tile->embedded = true;
        inc_buf out = inc_buf_in(arena);
        inc_buf_puts(&out, "/PatternType 1/PaintType 1/TilingType 1");
        put_box(&out, &p->tile->box);
        inc_buf_add(&out, p->tile->step);
        inc_buf_add(&out, p->matrix);
        put_resources(&out, p->tile);
        inc_buf_puts(&out, "/Filter/FlateDecode");
        p->ref = inc_pdf_object(pdf);
        inc_pdf_fill_stream(pdf, p->ref, inc_buf_str(&out), p->tile->data);
    }
}

static void embed_form(inc_pdf_stream *s, const inc_pdf_canvas *canvas, inc_pdf *pdf, inc_arena *arena)
{
    if (s->ref)
        return;
    embed_parts(s, canvas, pdf, arena);
    inc_buf out = inc_buf_in(arena);
    inc_buf_puts(&out, "/Type/XObject/Subtype/Form");
    put_box(&out, &s->box);
    if (s->root) {
        inc_buf_puts(&out, "/Matrix[1 0 0 -1 0 ");
        inc_pdf_put_unit(&out, s->box.y1, 5);
        inc_buf_byte(&out, ']');
    }
    if (s->group)
        inc_buf_printf(&out, "/Group<</S/Transparency/I true/CS/%s>>", space_of(s, canvas));
    put_resources(&out, s);
    inc_buf_puts(&out, "/Filter/FlateDecode");
    s->ref = inc_pdf_object(pdf);
    inc_pdf_fill_stream(pdf, s->ref, inc_buf_str(&out), s->data);
}

void inc_pdf_graphic_embed(inc_pdf_graphic *graphic, const inc_pdf_canvas *canvas, inc_pdf *pdf, inc_arena *arena)
{
    embed_form(graphic->form, canvas, pdf, arena);
    graphic->ref = graphic->form->ref;
}

/* ---- on the page ---- */

/* What one unit of the graphic measures there: 1/65536. */
static int64_t scale_of(inc_len shown, inc_len own)
{
    return inc_len_scale(shown, INC_MATRIX_ONE, own);
}

void inc_pdf_graphic_draw(const inc_pdf_graphic *graphic, inc_len x, inc_len y, inc_len width, inc_len height, bool turned, inc_buf *out)
{
    const inc_graphic *g = graphic->graphic;
    inc_matrix m = {.e = x, .f = y};
    if (turned) {
        m.b = scale_of(height, g->width);
        m.c = -scale_of(width, g->height);
        m.e += width;
    } else {
        m.a = scale_of(width, g->width);
        m.d = scale_of(height, g->height);
    }
    inc_buf_puts(out, "q ");
    inc_pdf_put_matrix(out, &m, 3);
    inc_buf_printf(out, "cm/D%u Do Q\n", graphic->number);
}
