/* border.c - one side of a border as rules: solid, dotted, dashed or double (CSS Backgrounds and Borders 3, section 3.2). */
#include "layout/flow.h"

enum { PIECES_MAX = 400 };

typedef struct side_box { /* the side's rectangle, along and across it */
    inc_len x, y, length, thickness;
    bool upright;
} side_box;

static void push_piece(inc_arena *arena, inc_marks *marks, const side_box *box, inc_len along, inc_len length, inc_len across, inc_len thickness,
                       const inc_color color[INC_MEDIUM_COUNT])
{
    inc_mark mark = {.kind = INC_MARK_RULE, .x = box->x + (box->upright ? across : along), .y = box->y + (box->upright ? along : across),
                     .width = box->upright ? thickness : length, .height = box->upright ? length : thickness};
    memcpy(mark.color, color, sizeof mark.color);
    if (mark.width > 0 && mark.height > 0)
        INC_PUSH(arena, marks, mark);
}

/* Pieces from end to end, with gaps of about `gap`. */
static void push_pieces(inc_arena *arena, inc_marks *marks, const side_box *box, inc_len piece, inc_len gap, const inc_color color[INC_MEDIUM_COUNT])
{
    inc_len least = box->length / PIECES_MAX + 1;
    piece = INC_MIN(INC_MAX(piece, least), box->length);
    gap = INC_MAX(gap, least);
    inc_len n = (box->length + gap + (piece + gap) / 2) / (piece + gap);
    for (inc_len i = 0; i < n; i++)
        push_piece(arena, marks, box, n > 1 ? inc_len_scale(box->length - piece, i, n - 1) : 0, piece, 0, box->thickness, color);
}

static void push_style(inc_arena *arena, inc_marks *marks, const side_box *box, inc_border_style style, const inc_color color[INC_MEDIUM_COUNT])
{
    inc_len third = INC_MAX(box->thickness / 3, (inc_len)1);
    switch (style) {
    case INC_BORDER_NONE: break;
    case INC_BORDER_SOLID: push_piece(arena, marks, box, 0, box->length, 0, box->thickness, color); break;
    case INC_BORDER_DOTTED: push_pieces(arena, marks, box, box->thickness, box->thickness, color); break;
    case INC_BORDER_DASHED: push_pieces(arena, marks, box, box->thickness * 3, box->thickness * 2, color); break;
    case INC_BORDER_DOUBLE:
        push_piece(arena, marks, box, 0, box->length, 0, third, color);
        push_piece(arena, marks, box, 0, box->length, box->thickness - third, third, color);
        break;
    }
}

void inc_border_marks(inc_arena *arena, inc_marks *marks, const inc_style *style, inc_side side, inc_len x, inc_len y, inc_len width, inc_len height)
{
    if (width <= 0 || height <= 0)
        return;
    bool upright = side == INC_LEFT || side == INC_RIGHT;
    side_box box = {x, y, upright ? height : width, upright ? width : height, upright};
    inc_color color[INC_MEDIUM_COUNT];
    inc_border_style styles[INC_MEDIUM_COUNT];
    for (int m = 0; m < INC_MEDIUM_COUNT; m++) {
        color[m] = style->paint[m].border[side];
        styles[m] = color[m].a ? (inc_border_style)style->paint[m].border_style[side] : INC_BORDER_NONE;
    }
    if (styles[INC_SCREEN] == styles[INC_PRINT] || styles[INC_PRINT] == INC_BORDER_NONE) {
        push_style(arena, marks, &box, styles[INC_SCREEN], color);
        return;
    }
    for (int m = 0; m < INC_MEDIUM_COUNT; m++) { /* each for itself */
        inc_color own[INC_MEDIUM_COUNT] = {{0}};
        own[m] = color[m];
        push_style(arena, marks, &box, styles[m], own);
    }
}
