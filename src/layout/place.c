/* place.c - boxes at positions: marks move to where they belong, frames are painted below them. */
#include "layout/flow.h"

static void push_rect(inc_arena *arena, inc_marks *marks, inc_len x, inc_len y, inc_len width, inc_len height, const inc_style *style, int side)
{
    inc_mark mark = {.kind = INC_MARK_RULE, .x = x, .y = y, .width = width, .height = height};
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        mark.color[m] = side < 0 ? style->paint[m].background : style->paint[m].border[side];
    if (width > 0 && height > 0 && (mark.color[INC_SCREEN].a || mark.color[INC_PRINT].a))
        INC_PUSH(arena, marks, mark);
}

/* A frame where it shows on this page; edges that lie on another page are left open. */
static void paint_frame(inc_arena *arena, inc_marks *marks, const inc_vframe *frame, const inc_vlist *list, const inc_len *tops, uint32_t first,
                        uint32_t end, inc_len x)
{
    uint32_t from = INC_MAX(frame->first, first), to = INC_MIN(frame->end, end);
    if (from >= to)
        return;
    bool begins = frame->first >= first, ends = frame->end <= end;
    const inc_style *style = frame->style;
    const inc_len *w = style->border_width;
    inc_len top = tops[from - first], bottom = tops[to - 1 - first] + list->boxes.v[to - 1].fit.height;
    inc_len pushed_down = list->boxes.v[frame->first].inset - frame->inset; /* by the frames around this one */
    if (begins)
        top += pushed_down;
    if (ends)
        bottom = tops[to - 1 - first] + frame->height + (frame->end - 1 == frame->first ? pushed_down : 0);
    inc_len left = x + frame->x, height = bottom - top, inset = style->rule_inset;
    push_rect(arena, marks, left, top, frame->width, height, style, -1);
    if (begins)
        push_rect(arena, marks, left + inset, top, frame->width - 2 * inset, w[INC_TOP], style, INC_TOP);
    if (ends)
        push_rect(arena, marks, left + inset, bottom - w[INC_BOTTOM], frame->width - 2 * inset, w[INC_BOTTOM], style, INC_BOTTOM);
    push_rect(arena, marks, left, top, w[INC_LEFT], height, style, INC_LEFT);
    push_rect(arena, marks, left + frame->width - w[INC_RIGHT], top, w[INC_RIGHT], height, style, INC_RIGHT);
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

inc_len inc_place_boxes(inc_arena *arena, inc_marks *marks, const inc_vlist *list, uint32_t first, uint32_t end, inc_len x, inc_len y,
                        const inc_pb_params *params)
{
    if (first >= end)
        return y;
    inc_len *tops = INC_NEW_N(arena, inc_len, end - first);
    inc_len position = first == 0 ? params->first_top : 0;
    for (uint32_t i = first; i < end; i++) {
        position = inc_pb_advance(&list->boxes.v[i].fit, params, position, i == first);
        tops[i - first] = y + position;
        position += list->boxes.v[i].fit.height;
    }
    for (size_t i = list->frames.n; i > 0; i--) /* outer ones first */
        paint_frame(arena, marks, &list->frames.v[i - 1], list, tops, first, end, x);
    if (list->boxes.v[first].repeat)
        place_repeated(arena, marks, list->boxes.v[first].repeat, x, tops[0] - list->boxes.v[first].fit.repeated);
    for (uint32_t i = first; i < end; i++)
        move_marks(arena, marks, &list->boxes.v[i], x, tops[i - first], false);
    return y + position;
}
