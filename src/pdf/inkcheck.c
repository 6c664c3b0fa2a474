/* inkcheck.c - colours that are too much for the paper. */
#include "pdf/inkcheck.h"

#include "base/map.h"
#include "base/vec.h"
#include "pdf/glyphs.h"
#include "pdf/graphic.h"
#include "pdf/syntax.h"

typedef struct heavy { /* a colour, where it is first met in the book's own text */
    inc_color color;
    unsigned ink; /* per cent */
    inc_span span;
    inc_str page;
} heavy;

typedef struct check {
    const inc_inks *inks;
    inc_arena *arena;
    inc_map seen; /* heavy, by colour */
    inc_map parts; /* graphics that were looked at */
    INC_VEC(heavy *) found;
} check;

/* Of the block that a mark belongs to: a ground has no tag, but text that stands on it has one. */
static inc_span span_near(const inc_page *page, const inc_mark *mark)
{
    if (mark->tag)
        return mark->tag->span;
    for (size_t m = 0; m < page->mark_count; m++) {
        const inc_mark *text = &page->marks[m];
        if (text->tag && text->kind == INC_MARK_TEXT && text->x >= mark->x && text->x < mark->x + mark->width && text->y >= mark->y &&
            text->y < mark->y + mark->height)
            return text->tag->span;
    }
    return INC_NO_SPAN;
}

/* The colour as it is printed, met in the span on the page. */
static void weigh(check *c, inc_color color, bool text, inc_span span, inc_str page)
{
    inc_str key = {(const char *)&color, sizeof color};
    heavy *h = inc_map_find(&c->seen, key);
    if (h && (h->span.file || h->ink <= inc_inks_limit(c->inks)))
        return;
    if (!h) {
        h = INC_NEW(c->arena, heavy);
        h->color = color;
        inc_inks_of(c->inks, inc_pdf_on_white(text ? inc_ink_text_color(color) : color), &h->ink);
        inc_map_put(&c->seen, inc_str_dup(c->arena, key), h);
        INC_PUSH(c->arena, &c->found, h);
    }
    if (span.file || !h->page.p) {
        h->span = span;
        h->page = page;
    }
}

static void weigh_mark(check *c, const inc_page *page, const inc_mark *mark)
{
    inc_color color = mark->color[INC_PRINT];
    const heavy *h = inc_map_find(&c->seen, (inc_str){(const char *)&color, sizeof color});
    if (!h || (!h->span.file && h->ink > inc_inks_limit(c->inks))) /* else there is no use in looking for its place */
        weigh(c, color, mark->kind == INC_MARK_TEXT, span_near(page, mark), page->label);
}

/* Opaque, as the drawing's colours become inks before anything is blended. */
static void weigh_paint(check *c, const inc_paint *paint, bool text, inc_span span, inc_str page)
{
    if (paint->kind == INC_PAINT_COLOR && paint->as.color.a) {
        inc_color color = paint->as.color;
        color.a = 255;
        weigh(c, color, text, span, page);
    }
    if (paint->kind != INC_PAINT_LINEAR && paint->kind != INC_PAINT_RADIAL)
        return;
    for (uint32_t i = 0; i < paint->as.gradient->stop_count; i++) {
        inc_color color = paint->as.gradient->stops[i].color;
        color.a = 255;
        weigh(c, color, false, span, page);
    }
}

/* A graphic and the tiles and masks inside; each once. */
static void weigh_graphic(check *c, const inc_page *page, const inc_mark *mark)
{
    inc_graphic_parts parts = {0};
    inc_span span = mark->tag ? mark->tag->span : mark->as.image->span;
    inc_pdf_graphic_parts(mark->as.image->graphic, c->arena, &c->parts, &parts);
    for (size_t i = 0; i < parts.n; i++)
        for (size_t k = 0; k < parts.v[i]->op_count; k++) {
            const inc_op *op = &parts.v[i]->ops[k];
            if (op->kind != INC_OP_PATH && op->kind != INC_OP_TEXT)
                continue;
            weigh_paint(c, &op->fill, op->kind == INC_OP_TEXT, span, page->label);
            weigh_paint(c, &op->stroke.paint, op->kind == INC_OP_TEXT, span, page->label);
        }
}

void inc_pdf_check_inks(const inc_pages *pages, const inc_inks *inks, inc_arena *arena, inc_diags *diags)
{
    check c = {.inks = inks, .arena = arena, .seen = inc_map_in(arena), .parts = inc_map_in(arena)};
    unsigned limit = inc_inks_limit(inks);
    for (size_t p = 0; limit < INC_INK_TOTAL && p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++) {
            const inc_mark *mark = &pages->pages[p].marks[m];
            if (mark->kind == INC_MARK_LINK || !inc_pdf_mark_shows(mark, INC_PRINT))
                continue;
            if (mark->kind != INC_MARK_IMAGE)
                weigh_mark(&c, &pages->pages[p], mark);
            else if (mark->as.image->graphic)
                weigh_graphic(&c, &pages->pages[p], mark);
        }
    for (size_t i = 0; i < c.found.n; i++) {
        const heavy *h = c.found.v[i];
        if (h->ink > limit)
            inc_report(diags, INC_DIAG_INK_LIMIT, h->span, "the colour #%02X%02X%02X needs %u %% of ink, over the limit of %u %%; it is printed with less",
                       h->color.r, h->color.g, h->color.b, h->ink, limit)
                ->page = h->page;
    }
}
