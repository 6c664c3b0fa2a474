/* inkcheck.c - colours that are too much for the paper. */
#include "pdf/inkcheck.h"

#include "base/map.h"
#include "base/vec.h"
#include "pdf/glyphs.h"
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

static void weigh(check *c, const inc_page *page, const inc_mark *mark)
{
    inc_color color = mark->color[INC_PRINT];
    inc_str key = {(const char *)&color, sizeof color};
    heavy *h = inc_map_find(&c->seen, key);
    if (h && (h->span.file || h->ink <= inc_inks_limit(c->inks)))
        return;
    if (!h) {
        h = INC_NEW(c->arena, heavy);
        h->color = color;
        inc_inks_of(c->inks, inc_pdf_on_white(mark->kind == INC_MARK_TEXT ? inc_ink_text_color(color) : color), &h->ink);
        inc_map_put(&c->seen, inc_str_dup(c->arena, key), h);
        INC_PUSH(c->arena, &c->found, h);
    }
    inc_span span = span_near(page, mark);
    if (span.file || !h->page.p) {
        h->span = span;
        h->page = page->label;
    }
}

void inc_pdf_check_inks(const inc_pages *pages, const inc_inks *inks, inc_arena *arena, inc_diags *diags)
{
    check c = {.inks = inks, .arena = arena, .seen = inc_map_in(arena)};
    unsigned limit = inc_inks_limit(inks);
    for (size_t p = 0; limit < INC_INK_TOTAL && p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++) {
            const inc_mark *mark = &pages->pages[p].marks[m];
            if ((mark->kind == INC_MARK_TEXT || mark->kind == INC_MARK_RULE) && inc_pdf_mark_shows(mark, INC_PRINT))
                weigh(&c, &pages->pages[p], mark);
        }
    for (size_t i = 0; i < c.found.n; i++) {
        const heavy *h = c.found.v[i];
        if (h->ink > limit)
            inc_report(diags, INC_DIAG_INK_LIMIT, h->span, "the colour #%02X%02X%02X needs %u %% of ink, over the limit of %u %%; it is printed with less",
                       h->color.r, h->color.g, h->color.b, h->ink, limit)
                ->page = h->page;
    }
}
