/* margin.c - running heads and folios: the sixteen margin boxes of a page (CSS Paged Media 3, section 6) and running strings (css-gcpm-3, 1.1). */
#include "layout/margin.h"

#include "base/utf8.h"

enum { HEAD_MAX = 300 }; /* bytes of a running head that are looked at */

/* ---- running strings ---- */

static inc_running *running_of(inc_margins *m, inc_str name)
{
    for (size_t i = 0; i < m->strings.n; i++)
        if (inc_str_eq(m->strings.v[i].name, name))
            return &m->strings.v[i];
    INC_PUSH(m->book->arena, &m->strings, (inc_running){.name = name, .start = INC_STR(""), .first = INC_STR(""), .last = INC_STR("")});
    return &m->strings.v[m->strings.n - 1];
}

void inc_margins_turn(inc_margins *m)
{
    for (size_t i = 0; i < m->strings.n; i++) {
        inc_running *s = &m->strings.v[i];
        s->start = s->first = s->last;
        s->set = false;
    }
}

void inc_margins_set(inc_margins *m, const inc_vstring *string)
{
    for (; string; string = string->next) {
        inc_running *s = running_of(m, string->name);
        if (!s->set)
            s->first = string->value;
        s->last = string->value;
        s->set = true;
    }
}

static inc_str running_text(inc_margins *m, const inc_content *item)
{
    const inc_running *s = running_of(m, item->text);
    if (inc_str_is(item->more, "start"))
        return s->start;
    if (inc_str_is(item->more, "last"))
        return s->last;
    return inc_str_is(item->more, "first-except") && s->set ? INC_STR("") : s->first;
}

/* ---- a box's text ---- */

static inc_str folio(inc_margins *m, const inc_content *item)
{
    if (item->style == INC_LIST_DECIMAL)
        return m->page->label;
    return inc_counter_format(m->book->arena, item->style, item->own_style, (int64_t)inc_book_page_number(m->book, m->number), false);
}

/* No more of a string than can show: a heading may be a megabyte, and is asked for on every page. */
static inc_str head_of(inc_str s)
{
    return inc_utf8_start(s, (size_t)HEAD_MAX * 2);
}

static inc_str box_text(inc_margins *m, const inc_style *style)
{
    inc_buf out = inc_buf_in(m->book->arena);
    for (uint32_t i = 0; i < style->content.n; i++) {
        const inc_content *item = &style->content.v[i];
        switch (item->kind) {
        case INC_CONTENT_STRING: inc_buf_add(&out, head_of(item->text)); break;
        case INC_CONTENT_PAGE: inc_buf_add(&out, folio(m, item)); break;
        case INC_CONTENT_PAGES: inc_buf_add(&out, inc_counter_format(m->book->arena, item->style, item->own_style, (int64_t)m->book->page_count, false)); break;
        case INC_CONTENT_NAMED: inc_buf_add(&out, head_of(running_text(m, item))); break;
        case INC_CONTENT_QUOTE: inc_buf_add(&out, inc_quote_text(m->flow, item->text)); break;
        case INC_CONTENT_ATTR:
        case INC_CONTENT_TARGET_PAGE:
        case INC_CONTENT_TARGET_COUNTER:
        case INC_CONTENT_TARGET_TEXT:
        case INC_CONTENT_LEADER:
        case INC_CONTENT_TEXT:
        case INC_CONTENT_COUNTER:
        case INC_CONTENT_COUNTERS: break; /* of elements: mean nothing in a margin box, and the sheet's reader has said so */
        }
    }
    return inc_str_trim(inc_buf_str(&out));
}

/* Sets a running head; one longer than its room is cut at a word, or in it when there is but one, with an ellipsis. */
static inc_len set_cut(inc_margins *m, inc_marks *marks, const inc_style *style, inc_str text, inc_len room)
{
    inc_str rest = text.n > HEAD_MAX ? inc_str_trim(inc_utf8_start(text, HEAD_MAX)) : text;
    for (;;) {
        marks->n = 0;
        inc_str shown = rest.n < text.n ? inc_strf(m->book->arena, "%.*s\xE2\x80\xA6", INC_STR_ARG(rest)) : rest;
        inc_len width = inc_text_marks(m->flow, marks, style, shown, 0, 0, NULL);
        if (width <= room || rest.n < 2)
            return width;
        size_t space = inc_str_rfind_char(rest, ' '), some = (size_t)inc_len_scale((inc_len)rest.n, INC_MAX(room, 0), width);
        size_t end = space != INC_NPOS && space > 0 ? space : inc_utf8_start(rest, INC_MIN(rest.n - 1, some)).n;
        rest = inc_str_trim(inc_str_slice(rest, 0, end));
    }
}

static void move(inc_margins *m, inc_marks *marks, const inc_marks *own, inc_len x, inc_len y)
{
    for (size_t i = 0; i < own->n; i++) {
        inc_mark mark = own->v[i];
        mark.x += x;
        mark.y += y;
        INC_PUSH(m->scratch, marks, mark);
    }
}

/* ---- the rows above and below the text block ---- */

static inc_len length_of(inc_dim dim)
{
    return inc_dim_resolve(dim, 0, 0);
}

/* Top of the line box: as far from the trim edge as the padding says, or in the middle of the margin. */
static inc_len line_top(const inc_page_style *ps, const inc_style *style, bool top)
{
    inc_len padding = length_of(style->padding[top ? INC_TOP : INC_BOTTOM]), line = style->line_height;
    inc_len margin = ps->margin[top ? INC_TOP : INC_BOTTOM];
    if (!padding)
        padding = (margin - line) / 2;
    return top ? padding : ps->height - padding - line;
}

/* A border of any box of the row runs all along the text block: below heads, above feet. */
static void row_rule(inc_margins *m, inc_marks *marks, const inc_page_style *ps, const inc_style *style, bool top)
{
    inc_side side = top ? INC_BOTTOM : INC_TOP;
    inc_len width = style->border_width[side];
    if (!width)
        return;
    inc_len y = line_top(ps, style, top), away = length_of(style->padding[side]);
    y = top ? y + style->line_height + away : y - away - width;
    inc_border_marks(m->scratch, marks, style, side, m->page->frame_x0, y, m->page->frame_x1 - m->page->frame_x0, width);
}

static inc_len centred_room(const inc_margins *m, inc_len left, inc_len right, inc_len gap)
{
    inc_len x0 = m->page->frame_x0, x1 = m->page->frame_x1, middle = x0 + (x1 - x0) / 2;
    inc_len before = middle - left - (left > x0 ? gap : 0), behind = right - middle - (right < x1 ? gap : 0);
    return 2 * INC_MAX(INC_MIN(before, behind), 0);
}

/* Two boxes from the left, two from the right, one in the middle. */
static void row(inc_margins *m, inc_marks *marks, const inc_page_style *ps, bool top)
{
    inc_len left = m->page->frame_x0, right = m->page->frame_x1;
    bool ruled = false;
    for (int i = 0; i < 5; i++) {
        static const inc_margin_box order[5] = {INC_BOX_TOP_LEFT, INC_BOX_TOP_LEFT_NEXT, INC_BOX_TOP_RIGHT, INC_BOX_TOP_RIGHT_NEXT, INC_BOX_TOP_CENTER};
        const inc_style *style = ps->boxes[order[i] + (top ? 0 : INC_BOX_BOTTOM_LEFT)];
        if (!style)
            continue;
        if (!ruled && style->border_width[top ? INC_BOTTOM : INC_TOP]) {
            row_rule(m, marks, ps, style, top);
            ruled = true;
        }
        inc_str text = box_text(m, style);
        if (!text.n)
            continue;
        inc_len before = length_of(style->margin[INC_LEFT]), after = length_of(style->margin[INC_RIGHT]);
        inc_len room = right - left - before - after;
        if (i == 4) /* in the middle, and an em off what stands on either side */
            room = INC_MIN(room, centred_room(m, left, right, style->font_size));
        inc_marks own = {0};
        inc_len width = set_cut(m, &own, style, text, room);
        inc_len x = i < 2 ? left + before : i < 4 ? right - after - width : m->page->frame_x0 + (m->page->frame_x1 - m->page->frame_x0 - width) / 2;
        move(m, marks, &own, x, line_top(ps, style, top) + inc_baseline(m->flow, style, style->line_height));
        if (i < 2)
            left = x + width + after;
        else if (i < 4)
            right = x - before;
    }
}

/* ---- corners and sides ---- */

typedef struct area {
    inc_margin_box box;
    inc_len x0, y0, x1, y1;
    int place; /* 0 at the top, 1 in the middle, 2 at the bottom */
} area;

static void set_area(inc_margins *m, inc_marks *marks, const inc_page_style *ps, const area *a)
{
    const inc_style *style = ps->boxes[a->box];
    inc_str text = style ? box_text(m, style) : INC_STR("");
    if (!text.n)
        return;
    inc_len x0 = a->x0 + length_of(style->padding[INC_LEFT]), x1 = a->x1 - length_of(style->padding[INC_RIGHT]);
    inc_len y0 = a->y0 + length_of(style->padding[INC_TOP]), y1 = a->y1 - length_of(style->padding[INC_BOTTOM]) - style->line_height;
    inc_marks own = {0};
    inc_len width = set_cut(m, &own, style, text, x1 - x0);
    inc_len x = style->text_align == INC_TEXT_RIGHT ? x1 - width : style->text_align == INC_TEXT_CENTER ? x0 + (x1 - x0 - width) / 2 : x0;
    inc_len y = a->place == 0 ? y0 : a->place == 2 ? y1 : y0 + (y1 - y0) / 2;
    move(m, marks, &own, x, y + inc_baseline(m->flow, style, style->line_height));
}

static void sides(inc_margins *m, inc_marks *marks, const inc_page_style *ps)
{
    inc_len x0 = m->page->frame_x0, x1 = m->page->frame_x1, y0 = m->page->frame_y0, y1 = m->page->frame_y1, w = ps->width, h = ps->height;
    const area areas[] = {
        {INC_BOX_TOP_LEFT_CORNER, 0, 0, x0, y0, 1}, {INC_BOX_TOP_RIGHT_CORNER, x1, 0, w, y0, 1},
        {INC_BOX_BOTTOM_LEFT_CORNER, 0, y1, x0, h, 1}, {INC_BOX_BOTTOM_RIGHT_CORNER, x1, y1, w, h, 1},
        {INC_BOX_LEFT_TOP, 0, y0, x0, y1, 0}, {INC_BOX_LEFT_MIDDLE, 0, y0, x0, y1, 1}, {INC_BOX_LEFT_BOTTOM, 0, y0, x0, y1, 2},
        {INC_BOX_RIGHT_TOP, x1, y0, w, y1, 0}, {INC_BOX_RIGHT_MIDDLE, x1, y0, w, y1, 1}, {INC_BOX_RIGHT_BOTTOM, x1, y0, w, y1, 2},
    };
    for (size_t i = 0; i < INC_COUNT(areas); i++)
        set_area(m, marks, ps, &areas[i]);
}

void inc_margins_put(inc_margins *m, inc_marks *marks, const inc_page_style *ps)
{
    row(m, marks, ps, true);
    row(m, marks, ps, false);
    sides(m, marks, ps);
}
