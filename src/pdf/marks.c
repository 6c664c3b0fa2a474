/* marks.c - printer's marks. */
#include "pdf/marks.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "pdf/syntax.h"

#define LENGTH (18 * INC_PT)   /* of a crop mark; it ends at the sheet's edge */
#define HAIRLINE (INC_PT / 4)
#define CROSS (5 * INC_PT)     /* arm of a register mark, from its centre */
#define CIRCLE (3 * INC_PT)
#define SLUG_SIZE (6 * INC_PT)
#define SLUG_INDENT (12 * INC_PT) /* from the trim's edge, and from the register mark */

/* ---- crop and register marks ---- */

static void put_point(const inc_pdf_paint *p, inc_len x, inc_len y, const char *operator, inc_buf *out)
{
    inc_pdf_put_len(out, x + p->margin);
    inc_buf_byte(out, ' ');
    inc_pdf_put_len(out, p->pages->height - y + p->margin);
    inc_buf_puts(out, operator);
}

static void put_stroke(const inc_pdf_paint *p, inc_len x0, inc_len y0, inc_len x1, inc_len y1, inc_buf *out)
{
    put_point(p, x0, y0, " m ", out);
    put_point(p, x1, y1, " l\n", out);
}

/* In line with the trim at its four corners. */
static void put_crop_marks(const inc_pdf_paint *p, inc_buf *out)
{
    inc_len near = p->margin - LENGTH; /* from the trim to the mark */
    for (int right = 0; right < 2; right++)
        for (int low = 0; low < 2; low++) {
            inc_len x = right ? p->pages->width : 0, y = low ? p->pages->height : 0, dx = right ? 1 : -1, dy = low ? 1 : -1;
            put_stroke(p, x + dx * near, y, x + dx * p->margin, y, out);
            put_stroke(p, x, y + dy * near, x, y + dy * p->margin, out);
        }
}

/* Four Bézier curves; 0.5523 of the radius is where their control points stand. */
static void put_circle(const inc_pdf_paint *p, inc_len x, inc_len y, inc_len r, inc_buf *out)
{
    static const int8_t quarter[5][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 0}};
    inc_len c = r * 5523 / 10000;
    put_point(p, x + r, y, " m ", out);
    for (int i = 0; i < 4; i++) {
        const int8_t *a = quarter[i], *b = quarter[i + 1];
        put_point(p, x + a[0] * r + b[0] * c, y + a[1] * r + b[1] * c, " ", out);
        put_point(p, x + b[0] * r + a[0] * c, y + b[1] * r + a[1] * c, " ", out);
        put_point(p, x + b[0] * r, y + b[1] * r, " c\n", out);
    }
}

static void put_cross(const inc_pdf_paint *p, inc_len x, inc_len y, inc_buf *out)
{
    put_stroke(p, x - CROSS, y, x + CROSS, y, out);
    put_stroke(p, x, y - CROSS, x, y + CROSS, out);
    put_circle(p, x, y, CIRCLE, out);
}

void inc_pdf_put_marks(const inc_pdf_paint *p, inc_buf *out)
{
    inc_len w = p->pages->width, h = p->pages->height, away = p->pages->bleed + INC_PDF_SLUG / 2;
    inc_buf_puts(out, "q/Registration CS 1 SCN ");
    inc_pdf_put_len(out, HAIRLINE);
    inc_buf_puts(out, " w\n");
    if (p->pages->marks & INC_MARKS_CROP)
        put_crop_marks(p, out);
    if (p->pages->marks & INC_MARKS_CROSS) {
        put_cross(p, w / 2, -away, out);
        put_cross(p, w / 2, h + away, out);
        put_cross(p, -away, h / 2, out);
        put_cross(p, w + away, h / 2, out);
    }
    inc_buf_puts(out, "S Q\n");
}

void inc_pdf_put_registration(const inc_inks *inks, inc_buf *out)
{
    bool grey = inc_inks_are_grey(inks);
    inc_buf_printf(out, "/ColorSpace<</Registration[/Separation/All/%s<</FunctionType 2/Domain[0 1]/C0[%s]/C1[%s]/N 1>>]>>",
                   grey ? "DeviceGray" : "DeviceCMYK", grey ? "1" : "0 0 0 0", grey ? "0" : "1 1 1 1");
}

/* ---- the line of text ---- */

/* The font with the most marks that has digits. */
static const inc_font *most_used_font(const inc_pages *pages, inc_arena *arena)
{
    INC_VEC(size_t) counts = {0};
    const inc_font *best = NULL;
    size_t most = 0;
    for (size_t p = 0; p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++) {
            const inc_mark *mark = &pages->pages[p].marks[m];
            const inc_font *font = mark->kind == INC_MARK_TEXT && mark->as.text.run && !mark->as.text.shapes ? mark->as.text.run->font : NULL;
            if (!font || !inc_font_glyph(font, '0'))
                continue;
            uint32_t index = inc_font_index(font);
            while (counts.n <= index)
                INC_PUSH(arena, &counts, 0);
            if (++counts.v[index] > most) {
                most = counts.v[index];
                best = font;
            }
        }
    return best;
}

/* A run of the text's nominal glyphs, as far as the font has them and they fit. */
static inc_text_mark set_line(const inc_font *font, inc_str text, inc_len width, inc_arena *arena)
{
    inc_glyph_run *run = INC_NEW(arena, inc_glyph_run);
    int32_t upem = INC_MAX(inc_font_metrics_of(font).upem, 1);
    run->font = font;
    run->size = SLUG_SIZE;
    run->glyphs = INC_NEW_N(arena, inc_glyph, text.n);
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint16_t gid = inc_font_glyph(font, inc_utf8_decode(text, at, &at));
        int32_t advance = (int32_t)inc_len_from_units(inc_font_advance(font, gid), SLUG_SIZE, upem);
        if (run->advance + advance > width)
            return (inc_text_mark){.run = run, .count = run->count, .text = inc_str_slice(text, 0, from)};
        if (!gid)
            continue;
        run->glyphs[run->count++] = (inc_glyph){.gid = gid, .advance = advance, .cluster = (uint32_t)from};
        run->advance += advance;
    }
    return (inc_text_mark){.run = run, .count = run->count, .text = text};
}

const inc_mark *inc_pdf_slugs(const inc_pages *pages, inc_arena *arena)
{
    const inc_font *font = most_used_font(pages, arena);
    if (!font)
        return NULL;
    inc_mark *slugs = INC_NEW_N(arena, inc_mark, pages->page_count);
    inc_len width = pages->width / 2 - 2 * SLUG_INDENT;
    for (size_t p = 0; p < pages->page_count; p++) {
        inc_str label = pages->pages[p].label;
        inc_str text = inc_strf(arena, "%zu/%zu%s%.*s%s%.*s", p + 1, pages->page_count, label.n ? "  p. " : "", INC_STR_ARG(label), pages->title.n ? "  " : "",
                                INC_STR_ARG(pages->title));
        inc_text_mark line = set_line(font, text, INC_MAX(width, (inc_len)0), arena);
        slugs[p] = (inc_mark){.kind = INC_MARK_TEXT, .x = SLUG_INDENT, .y = pages->height + pages->bleed + INC_PDF_SLUG / 2 + SLUG_SIZE / 3,
                              .width = line.run->advance, .color = {[INC_PRINT] = {0, 0, 0, 255}}, .as.text = line};
    }
    return slugs;
}
