/* place.c - boxes at positions: marks move to where they belong, frames are painted below them. */
#include "layout/flow.h"

typedef struct placing { /* boxes [first, end) of a list, at their places */
    inc_arena *arena;
    inc_marks *marks;
    const inc_vlist *list;
    uint32_t first, end;
    uint32_t behind;         /* the first box behind a figure that has come from the page before; otherwise `first` */
    const inc_len *tops;
    inc_len x;
    bool band;               /* frames that go on are painted from `top`, or to `bottom` */
    inc_len top, bottom;
} placing;

static void push_rect(const placing *p, inc_len x, inc_len y, inc_len width, inc_len height, const inc_style *style, int side)
{
    if (side >= 0) {
        inc_border_marks(p->arena, p->marks, style, (inc_side)side, x, y, width, height);
        return;
    }
    inc_mark mark = {.kind = INC_MARK_RULE, .x = x, .y = y, .width = width, .height = height};
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        mark.color[m] = style->paint[m].background;
    if (width > 0 && height > 0 && (mark.color[INC_SCREEN].a || mark.color[INC_PRINT].a))
        INC_PUSH(p->arena, p->marks, mark);
}

/* A frame where it shows on this page; edges that lie on another page are left open. */
static void paint_frame(const placing *p, const inc_vframe *frame)
{
    bool begins = frame->first >= p->first, ends = frame->end <= p->end;
    uint32_t from = begins ? frame->first : p->behind, to = INC_MIN(frame->end, p->end);
    if (from >= to)
        return;
    const inc_style *style = frame->style;
    const inc_len *w = style->border_width;
    const inc_vbox *boxes = p->list->boxes.v;
    inc_len top = p->tops[from - p->first], last = p->tops[to - 1 - p->first], bottom = last + boxes[to - 1].fit.height;
    inc_len pushed_down = boxes[frame->first].inset - frame->inset; /* by the frames around this one */
    if (begins)
        top += pushed_down;
    else if (p->band)
        top = p->top;
    else if (boxes[from].repeat && !boxes[from].repeat->outside)
        top -= boxes[from].fit.repeated;
    if (!ends && p->band)
        bottom = p->bottom;
    if (ends)
        bottom = last + frame->height + (frame->end - 1 == frame->first ? pushed_down : 0);
    inc_len left = p->x + frame->x, height = bottom - top, inset = style->rule_inset;
    push_rect(p, left, top, frame->width, height, style, -1);
    if (begins)
        push_rect(p, left + inset, top, frame->width - 2 * inset, w[INC_TOP], style, INC_TOP);
    if (ends)
        push_rect(p, left + inset, bottom - w[INC_BOTTOM], frame->width - 2 * inset, w[INC_BOTTOM], style, INC_BOTTOM);
    push_rect(p, left, top, w[INC_LEFT], height, style, INC_LEFT);
    push_rect(p, left + frame->width - w[INC_RIGHT], top, w[INC_RIGHT], height, style, INC_RIGHT);
}

/* The frame and those around it, outer ones first; no deeper than blocks are nested. */
static void paint_outer_frames(const placing *p, uint32_t index)
{
    if (!index)
        return;
    const inc_vframe *frame = &p->list->frames.v[index - 1];
    paint_outer_frames(p, frame->outer);
    paint_frame(p, frame);
}

/* Those that begin here, and below them those that began before and are still open: the last of these, or one around it. */
static void paint_frames(const placing *p)
{
    uint32_t low = 0, high = (uint32_t)p->list->frames.n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (p->list->frames.v[mid].first < p->first)
            low = mid + 1;
        else
            high = mid;
    }
    paint_outer_frames(p, low);
    for (uint32_t i = low; i < p->list->frames.n && p->list->frames.v[i].first < p->end; i++)
        paint_frame(p, &p->list->frames.v[i]);
}

static void move_marks(inc_arena *arena, inc_marks *marks, const inc_vbox *box, inc_len x, inc_len y, bool artifact)
{
    INC_RESERVE(arena, marks, box->mark_count);
    for (uint32_t i = 0; i < box->mark_count; i++) {
        inc_mark mark = box->marks[i];
        if (artifact && mark.kind == INC_MARK_LINK)
            continue;
        mark.x += x;
        mark.y += y + box->inset;
        if (artifact)
            mark.tag = NULL;
        INC_PUSH(arena, marks, mark);
    }
}

static void place_repeated(inc_arena *arena, inc_marks *marks, const inc_vlist *list, inc_len x, inc_len y)
{
    for (uint32_t i = 0; i < list->boxes.n; i++) {
        y += i ? list->boxes.v[i].fit.gap : 0;
        move_marks(arena, marks, &list->boxes.v[i], x, y, true);
        y += list->boxes.v[i].fit.height;
    }
}

static void place(const placing *p)
{
    const inc_vlist *list = p->list;
    inc_arena *arena = p->arena;
    inc_marks *marks = p->marks;
    const inc_len *tops = p->tops;
    uint32_t first = p->first, end = p->end;
    inc_len x = p->x;
    if (first >= end)
        return;
    paint_frames(p);
    if (list->boxes.v[first].repeat)
        place_repeated(arena, marks, list->boxes.v[first].repeat, x, tops[0] - list->boxes.v[first].fit.repeated);
    for (uint32_t i = first; i < end; i++)
        move_marks(arena, marks, &list->boxes.v[i], x, tops[i - first], false);
}

void inc_place_boxes_at(inc_arena *arena, inc_marks *marks, const inc_vlist *list, uint32_t first, uint32_t behind, uint32_t end, inc_len x,
                        const inc_len *tops)
{
    place(&(placing){.arena = arena, .marks = marks, .list = list, .first = first, .behind = behind, .end = end, .tops = tops, .x = x});
}

/* Tops of boxes that follow each other from y on; returns the position behind the last. */
static inc_len find_tops(inc_arena *arena, const inc_vlist *list, uint32_t first, uint32_t end, inc_len y, const inc_pb_params *params, inc_len **tops)
{
    inc_len position = 0;
    *tops = INC_NEW_N(arena, inc_len, end > first ? end - first : 0);
    for (uint32_t i = first; i < end; i++) {
        position = inc_pb_advance(&list->boxes.v[i].fit, params, position, i == first);
        (*tops)[i - first] = y + position;
        position += list->boxes.v[i].fit.height;
    }
    return y + position;
}

inc_len inc_place_boxes(inc_arena *arena, inc_marks *marks, const inc_vlist *list, uint32_t first, uint32_t end, inc_len x, inc_len y,
                        const inc_pb_params *params)
{
    inc_len *tops;
    inc_len position = find_tops(arena, list, first, end, y, params, &tops);
    inc_place_boxes_at(arena, marks, list, first, first, end, x, tops);
    return position;
}

void inc_place_band(inc_arena *arena, inc_marks *marks, const inc_vlist *list, uint32_t first, uint32_t end, inc_len y, inc_len height)
{
    inc_len *tops;
    inc_pb_params params = {.height = INC_LEN_MAX};
    find_tops(arena, list, first, end, y, &params, &tops);
    place(&(placing){.arena = arena, .marks = marks, .list = list, .first = first, .behind = first, .end = end, .tops = tops, .band = true, .bottom = height});
}
