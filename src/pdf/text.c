/*
 * text.c (pdf) - marks of text become TJ operators.
 *
 * Each glyph has an exact place on its line; the pen of the reader advances by the widths written in the font. Where the two differ by more
 * than half a step, an adjustment goes into the array and the pen is where that put it: errors never add up. A step is 1/1000 em, in
 * large type a tenth of that.
 */
#include "pdf/content.h"

#include <stdlib.h>

#include "pdf/syntax.h"

enum { STEP = 100 /* of 1/100000 em: one unit of TJ */, FINE_STEP = 10 };

#define LARGE (24 * INC_PT)

static void end_string(inc_pdf_text *t)
{
    if (t->string)
        inc_buf_byte(t->out, ')');
    t->string = false;
}

static void end_array(inc_pdf_text *t)
{
    end_string(t);
    if (t->array)
        inc_buf_puts(t->out, "]TJ\n");
    t->array = false;
}

static void end_line(inc_pdf_text *t)
{
    end_array(t);
    t->line = false;
}

void inc_pdf_text_end(inc_pdf_text *t)
{
    end_line(t);
    if (t->open)
        inc_buf_puts(t->out, "ET\n");
    t->open = false;
}

/* The fill colour, also of rules: part of the graphics state, allowed inside text objects. */
void inc_pdf_text_color(inc_pdf_text *t, inc_color color)
{
    if (t->colored && t->color.r == color.r && t->color.g == color.g && t->color.b == color.b && t->color.a == color.a)
        return;
    end_line(t);
    inc_pdf_put_fill(t->out, color, t->paint->inks);
    t->color = color;
    t->colored = true;
}

static void begin_text(inc_pdf_text *t)
{
    if (t->open)
        return;
    inc_buf_puts(t->out, "BT\n");
    t->open = true;
    t->line_x = t->line_y = 0;
    t->turned = false;
}

static void set_font(inc_pdf_text *t, const inc_pdf_font *font, inc_len size)
{
    if (t->font == font && t->size == size)
        return;
    end_line(t);
    inc_buf_puts(t->out, "/F");
    inc_pdf_put_uint(t->out, font->number);
    inc_buf_byte(t->out, ' ');
    inc_pdf_put_len(t->out, size);
    inc_buf_puts(t->out, " Tf\n");
    t->font = font;
    t->size = size;
}

/* Text without a colour of its own medium is there to be read and searched, not to be seen. */
static void set_visible(inc_pdf_text *t, bool visible)
{
    if (t->hidden == !visible)
        return;
    end_line(t);
    inc_buf_puts(t->out, visible ? "0 Tr\n" : "3 Tr\n");
    t->hidden = !visible;
}

static void set_rise(inc_pdf_text *t, inc_len rise)
{
    if (t->rise == rise)
        return;
    end_array(t);
    inc_pdf_put_len(t->out, rise);
    inc_buf_puts(t->out, " Ts\n");
    t->rise = rise;
}

/* How far along its line the mark begins: turned lines run upwards. */
static inc_len along(const inc_mark *mark)
{
    return mark->turned ? -mark->y : mark->x;
}

static void begin_line(inc_pdf_text *t, const inc_mark *mark)
{
    inc_len baseline = mark->turned ? mark->x : mark->y;
    if (t->line && t->turned == mark->turned && t->y == baseline)
        return;
    end_line(t);
    bool matrix = mark->turned || t->turned; /* Td cannot turn */
    int64_t to_x = inc_pdf_milli(mark->x + t->paint->margin), to_y = inc_pdf_milli(t->paint->pages->height - mark->y + t->paint->margin);
    inc_buf_puts(t->out, !matrix ? "" : mark->turned ? "0 1 -1 0 " : "1 0 0 1 ");
    inc_pdf_put_milli(t->out, matrix ? to_x : to_x - t->line_x);
    inc_buf_byte(t->out, ' ');
    inc_pdf_put_milli(t->out, matrix ? to_y : to_y - t->line_y);
    inc_buf_puts(t->out, matrix ? " Tm\n" : " Td\n");
    t->line_x = to_x;
    t->line_y = to_y;
    t->turned = mark->turned;
    t->line = true;
    t->origin_x = along(mark);
    t->y = baseline;
    t->pen = 0;
}

static void adjust(inc_pdf_text *t, int64_t target)
{
    int64_t step = t->size > LARGE ? FINE_STEP : STEP, gap = t->pen - target;
    if (llabs(gap) * 2 <= step)
        return;
    int64_t steps = (gap + (gap > 0 ? step / 2 : -step / 2)) / step;
    end_string(t);
    inc_pdf_put_fixed(t->out, steps * step, 2);
    t->pen -= steps * step;
}

static void put_code(inc_buf *out, unsigned byte)
{
    if (byte == '\r') {
        inc_buf_puts(out, "\\r");
        return;
    }
    if (byte == '(' || byte == ')' || byte == '\\')
        inc_buf_byte(out, '\\');
    inc_buf_byte(out, (char)byte);
}

static inc_len font_units(const inc_pdf_text *t, int16_t units)
{
    return units ? inc_len_scale(units, t->size, INC_MAX(inc_font_metrics_of(t->font->font).upem, 1)) : 0;
}

static void show_glyph(inc_pdf_text *t, const inc_glyph *glyph, uint16_t code, inc_len from_mark, inc_len mark_x)
{
    inc_len shift = font_units(t, glyph->x_offset);
    set_rise(t, font_units(t, glyph->y_offset));
    if (!t->array)
        inc_buf_byte(t->out, '[');
    t->array = true;
    adjust(t, inc_len_scale(mark_x - t->origin_x + from_mark + shift, 100000, t->size));
    if (!t->string)
        inc_buf_byte(t->out, '(');
    t->string = true;
    put_code(t->out, code >> 8);
    put_code(t->out, code & 255);
    t->pen += t->font->width[glyph->gid];
}

static void begin_span(inc_pdf_text *t, inc_str text)
{
    end_array(t);
    inc_buf_puts(t->out, "/Span<</ActualText<FEFF");
    inc_pdf_put_utf16_digits(t->out, text);
    inc_buf_puts(t->out, ">>>BDC\n");
}

static void end_span(inc_pdf_text *t)
{
    end_array(t);
    inc_buf_puts(t->out, "EMC\n");
}

/* The text of the clusters from *at on that their glyphs do not read as, joined, so that a word in small capitals is one span. */
static inc_str misread(inc_pdf_text *t, const inc_text_mark *m, uint32_t at, uint32_t *end)
{
    inc_buf text = inc_buf_in(t->scratch);
    inc_pdf_cluster cluster;
    uint16_t codes[INC_PDF_CODES];
    *end = at;
    for (uint32_t next = at; inc_pdf_cluster_next(m, &next, t->scratch, &cluster); *end = next) {
        if (!cluster.ignorable && inc_pdf_cluster_codes(t->font, m, &cluster, codes))
            break;
        inc_buf_add(&text, cluster.text);
    }
    return inc_buf_str(&text);
}

static inc_len show_cluster(inc_pdf_text *t, const inc_mark *mark, const inc_pdf_cluster *cluster, const uint16_t *codes, inc_len x)
{
    const inc_text_mark *m = &mark->as.text;
    for (uint32_t i = 0; i < cluster->count; i++) {
        const inc_glyph *glyph = &m->run->glyphs[cluster->first + i];
        if (!cluster->ignorable)
            show_glyph(t, glyph, i < INC_PDF_CODES ? codes[i] : inc_pdf_plain_code(t->font, glyph->gid), x, along(mark));
        x += glyph->advance + m->extra;
    }
    return x;
}

static void show_clusters(inc_pdf_text *t, const inc_mark *mark)
{
    const inc_text_mark *m = &mark->as.text;
    inc_len x = 0;
    inc_pdf_cluster cluster;
    uint16_t codes[INC_PDF_CODES];
    uint32_t span_end = 0;
    for (uint32_t at = 0; at < m->count;) {
        if (inc_pdf_is_common(t->font, m, at)) { /* never inside a span */
            const inc_glyph *glyph = &m->run->glyphs[m->first + at++];
            show_glyph(t, glyph, inc_pdf_plain_code(t->font, glyph->gid), x, along(mark));
            x += glyph->advance + m->extra;
            continue;
        }
        uint32_t begin = at;
        inc_pdf_cluster_next(m, &at, t->scratch, &cluster);
        bool good = inc_pdf_cluster_codes(t->font, m, &cluster, codes);
        if (t->spans && !span_end && !cluster.ignorable && !good)
            begin_span(t, misread(t, m, begin, &span_end));
        x = show_cluster(t, mark, &cluster, codes, x);
        if (span_end && at >= span_end) {
            end_span(t);
            span_end = 0;
        }
    }
}

void inc_pdf_text_run(inc_pdf_text *t, const inc_mark *mark)
{
    const inc_pdf_font *font = inc_pdf_fonts_find(t->paint->fonts, mark->as.text.run->font);
    inc_arena_mark start = inc_arena_mark_get(t->scratch);
    set_font(t, font, mark->as.text.run->size);
    t->line = true;
    t->origin_x = mark->x;
    t->pen = 0;
    show_clusters(t, mark);
    set_rise(t, 0);
    end_line(t);
    inc_arena_reset(t->scratch, start);
}

void inc_pdf_text_mark(inc_pdf_text *t, const inc_mark *mark)
{
    const inc_glyph_run *run = mark->as.text.run;
    const inc_pdf_font *font = inc_pdf_fonts_find(t->paint->fonts, run->font);
    if (!font || !font->embedded || run->size <= 0)
        return;
    inc_arena_mark start = inc_arena_mark_get(t->scratch);
    begin_text(t);
    inc_color color = mark->color[t->paint->medium];
    set_visible(t, color.a != 0);
    if (color.a)
        inc_pdf_text_color(t, t->paint->inks ? inc_ink_text_color(color) : color);
    set_font(t, font, run->size);
    begin_line(t, mark);
    show_clusters(t, mark);
    set_rise(t, 0);
    inc_arena_reset(t->scratch, start);
}
