/*
 * shape.c - letters that are drawn instead of written: marks beside code, which nobody means to copy, search or hear.
 *
 * That they are artifacts does not suffice: readers that know nothing of tags (and pdftotext, and browsers) copy an artifact's text all the same.
 * A path they cannot. Each glyph has its outline in thousandths of the type size, so that the same digit is the same bytes wherever it
 * stands, of which the compression leaves little.
 */
#include "pdf/shape.h"

#include "pdf/syntax.h"

enum { EM = 1000 /* steps of an outline */ };

typedef struct outline {
    inc_buf *out;
    int32_t upem;
    bool open;
} outline;

static void put_point(outline *o, int32_t x, int32_t y)
{
    inc_pdf_put_fixed(o->out, inc_len_scale(x, EM, o->upem), 0);
    inc_buf_byte(o->out, ' ');
    inc_pdf_put_fixed(o->out, inc_len_scale(y, EM, o->upem), 0);
    inc_buf_byte(o->out, ' ');
}

static void move_to(void *context, int32_t x, int32_t y)
{
    outline *o = context;
    put_point(o, x, y);
    inc_buf_puts(o->out, "m\n");
    o->open = true;
}

static void line_to(void *context, int32_t x, int32_t y)
{
    put_point(context, x, y);
    inc_buf_puts(((outline *)context)->out, "l\n");
}

static void curve_to(void *context, int32_t x1, int32_t y1, int32_t x2, int32_t y2, int32_t x, int32_t y)
{
    put_point(context, x1, y1);
    put_point(context, x2, y2);
    put_point(context, x, y);
    inc_buf_puts(((outline *)context)->out, "c\n");
}

/* The space of the glyph: its origin at (x, y) of the page, an em of 1000. */
static void put_place(inc_buf *out, const inc_mark *mark, inc_len size, inc_len x, inc_len y)
{
    bool turned = mark->turned;
    int64_t factor = inc_len_scale(size, 100000, (int64_t)EM * INC_PT);
    const int64_t matrix[4] = {turned ? 0 : factor, turned ? factor : 0, turned ? -factor : 0, turned ? 0 : factor};
    for (int i = 0; i < 4; i++) {
        inc_pdf_put_fixed(out, matrix[i], 5);
        inc_buf_byte(out, ' ');
    }
    inc_pdf_put_len(out, x);
    inc_buf_byte(out, ' ');
    inc_pdf_put_len(out, y);
    inc_buf_puts(out, " cm\n");
}

void inc_pdf_put_shapes(inc_buf *out, const inc_mark *mark, inc_len x, inc_len y)
{
    static const inc_outline_sink calls = {.move_to = move_to, .line_to = line_to, .curve_to = curve_to};
    const inc_text_mark *text = &mark->as.text;
    int32_t upem = INC_MAX((int32_t)inc_font_metrics_of(text->run->font).upem, 1);
    inc_len pen = 0;
    for (uint32_t i = 0; i < text->count; i++) {
        const inc_glyph *glyph = &text->run->glyphs[text->first + i];
        inc_len along = pen + inc_len_from_units(glyph->x_offset, text->run->size, upem), up = inc_len_from_units(glyph->y_offset, text->run->size, upem);
        outline o = {out, upem, false};
        inc_outline_sink sink = calls;
        sink.context = &o;
        inc_buf_puts(out, "q ");
        put_place(out, mark, text->run->size, mark->turned ? x - up : x + along, mark->turned ? y + along : y + up);
        inc_font_outline(text->run->font, glyph->gid, &sink);
        inc_buf_puts(out, o.open ? "f\nQ\n" : "Q\n"); /* nonzero, as fonts are filled */
        pen += glyph->advance + text->extra;
    }
}
