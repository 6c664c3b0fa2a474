/* box.c - the box of a block: its margins and width, its frame, where pages may break in it, and the grid of lines that it keeps. */
#include "layout/flow.h"

enum { PENALTY_KEEP_WHOLE = 50000 };

inc_len inc_block_edge(const inc_style *style, inc_side side, inc_len base)
{
    return style->border_width[side] + inc_dim_resolve(style->padding[side], base, 0);
}

static bool painted(const inc_style *style)
{
    for (int m = 0; m < INC_MEDIUM_COUNT; m++) {
        if (style->paint[m].background.a)
            return true;
        for (int side = 0; side < 4; side++)
            if (style->border_width[side] && style->paint[m].border[side].a)
                return true;
    }
    return false;
}

/* Indents of blocks nested very deep give way before the text has less than two fifths of the page's measure. */
static void give_way(const inc_vbuilder *b, inc_len *left, inc_len *right, inc_len *inner, inc_len *edges)
{
    inc_len least = b->flow->measure * 2 / 5, indents = *left + *right + *edges, most = INC_MAX(b->width - least, 0);
    if (indents <= most || *left < 0 || *right < 0)
        return;
    *left = inc_len_scale(*left, most, indents);
    *right = inc_len_scale(*right, most, indents);
    *inner = inc_len_scale(*inner, most, indents);
    *edges = inc_len_scale(*edges, most, indents);
}

/* Width of the content box (CSS 2.1, 10.3.3): a stated width, else what margins and edges leave. */
static void horizontal(inc_vbuilder *b, const inc_style *style, inc_open_block *open)
{
    inc_len base = b->width;
    inc_len left = inc_dim_resolve(style->margin[INC_LEFT], base, 0), right = inc_dim_resolve(style->margin[INC_RIGHT], base, 0);
    inc_len edges = inc_block_edge(style, INC_LEFT, base) + inc_block_edge(style, INC_RIGHT, base);
    inc_len inner = inc_block_edge(style, INC_LEFT, base);
    if (b->list == &b->flow->list)
        give_way(b, &left, &right, &inner, &edges);
    inc_len available = base - left - right - edges;
    inc_len width = inc_dim_resolve(style->width, base, available);
    if (style->max_width.kind != INC_DIM_AUTO)
        width = INC_MIN(width, inc_dim_resolve(style->max_width, base, width));
    if (style->min_width.kind != INC_DIM_AUTO)
        width = INC_MAX(width, inc_dim_resolve(style->min_width, base, 0));
    width = INC_MAX(INC_MIN(width, inc_len_sane(base - edges + INC_MAX(-left, 0) + INC_MAX(-right, 0))), INC_PT);
    inc_len rest = available - width;
    if (rest > 0 && style->margin[INC_LEFT].kind == INC_DIM_AUTO)
        left += style->margin[INC_RIGHT].kind == INC_DIM_AUTO ? rest / 2 : rest;
    else if (rest > 0 && style->float_side == INC_FLOAT_RIGHT)
        left += rest;
    open->border_x = b->x + left;
    open->border_width = width + edges;
    b->x = inc_len_sane(b->x + left + inner);
    b->width = width;
}

static void force_page(inc_vbuilder *b, inc_break kind)
{
    b->forced = true;
    b->side = kind == INC_BREAK_RECTO ? INC_PB_RECTO : kind == INC_BREAK_VERSO ? INC_PB_VERSO : b->side;
}

void inc_block_break_before(inc_vbuilder *b, const inc_style *style)
{
    switch (style->break_before) {
    case INC_BREAK_AUTO: break;
    case INC_BREAK_AVOID: inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK); break;
    case INC_BREAK_PAGE:
    case INC_BREAK_RECTO:
    case INC_BREAK_VERSO: force_page(b, style->break_before); break;
    case INC_BREAK_COLUMN: b->forced |= b->columns != NULL; break;
    }
}

inc_open_block inc_block_open(inc_vbuilder *b, const inc_style *style)
{
    inc_columns *spanned = style->column_span ? inc_columns_pause(b) : NULL;
    inc_columns_count(b, 1);
    inc_open_block open = {.style = style, .spanned = spanned, .x = b->x, .width = b->width, .first = (uint32_t)b->list->boxes.n, .outer_grid = b->grid,
                           .lead = b->lead, .outer_frame = b->frame, .outer_page = b->page_name};
    inc_block_break_before(b, style);
    if (style->break_after == INC_BREAK_AVOID)
        b->kept = 0; /* the heading before this one had less than two lines to say */
    if (style->page.n)
        b->page_name = style->page;
    inc_vbuilder_space(b, inc_dim_resolve(style->margin[INC_TOP], b->width, 0));
    if (style->margin[INC_TOP].kind == INC_DIM_AUTO)
        b->fill = true;
    if (style->grid) {
        b->grid = style->break_after == INC_BREAK_AVOID; /* a heading: what follows it keeps its distance; all else begins at the very top */
        b->grid_depth++;
    }
    horizontal(b, style, &open);
    if (painted(style)) {
        INC_PUSH(b->flow->lists, &b->list->frames, (inc_vframe){.first = open.first, .end = open.first, .outer = b->frame, .style = style,
                                                                .x = open.border_x, .width = open.border_width});
        open.frame = b->frame = (uint32_t)b->list->frames.n;
    }
    open.in_columns = inc_columns_open(b, style);
    return open;
}

inc_len inc_block_room(const inc_vbuilder *b, const inc_style *style)
{
    inc_vbuilder inside = *b;
    inc_open_block open;
    horizontal(&inside, style, &open);
    return inside.width;
}

static inc_len boxes_height(const inc_vlist *list, size_t first)
{
    inc_len height = 0;
    for (size_t i = first; i < list->boxes.n; i++)
        height += (i > first ? list->boxes.v[i].fit.gap : 0) + list->boxes.v[i].fit.height;
    return height;
}

/* Where a block may take a grid unit more: never between a heading and what it stands over. */
static inc_pb_stretch stretch_of(const inc_open_block *open)
{
    if (open->lead == INC_LEAD_HEADING)
        return INC_PB_RIGID;
    if (open->style->break_after == INC_BREAK_AVOID)
        return INC_PB_ABOVE;
    return open->lead == INC_LEAD_WORDS ? INC_PB_LED : INC_PB_AROUND;
}

/* Rounds the whole block up to grid units, so that what follows is on the grid again: half of the slack above, half below; of a heading all of it
 * above, since it belongs to what follows, but below at the head of a page, where every title stands at the same height. Behind a heading
 * it is below. */
static void keep_grid(inc_vbuilder *b, inc_open_block *open)
{
    inc_len unit = b->flow->worker->grid;
    if (!open->style->grid || !unit || !b->list->paged || b->grid_depth)
        return;
    inc_pb_box *first = &b->list->boxes.v[open->first].fit;
    inc_len owed = INC_MIN(b->list->boxes.v[open->first].owed, first->gap);
    inc_len total = first->gap - owed + boxes_height(b->list, open->first) + b->gap;
    inc_len rest = total % unit, slack = rest > INC_PT / 100 ? unit - rest : 0, above = slack / 2;
    if (open->style->break_after == INC_BREAK_AVOID)
        above = open->first == 0 || first->forced ? 0 : slack;
    else if (open->lead == INC_LEAD_HEADING)
        above = slack > unit * 5 / 6 ? unit / 4 : 0; /* the page builder would round so much down */
    first->phase = (first->gap - owed + above) % unit; /* the gaps stay as they are: the page builder rounds, also behind a block that was split */
    first->sync = true;
    if (open->style->stretch)
        first->stretch = (uint8_t)stretch_of(open);
    b->owed = b->gap + slack - above;
    b->sync = true;
}

static void keep_together(inc_vbuilder *b, const inc_open_block *open)
{
    if (open->style->break_inside != INC_BREAK_AVOID)
        return;
    bool fits = boxes_height(b->list, open->first) <= b->flow->page_height;
    for (size_t i = open->first + 1; i < b->list->boxes.n && fits; i++)
        b->list->boxes.v[i].fit.penalty = INC_MAX(b->list->boxes.v[i].fit.penalty, PENALTY_KEEP_WHOLE);
}

void inc_block_close(inc_vbuilder *b, inc_open_block *open)
{
    const inc_style *style = open->style;
    if (open->in_columns)
        inc_columns_close(b);
    inc_columns_count(b, -1);
    inc_len top = inc_block_edge(style, INC_TOP, open->width), bottom = inc_block_edge(style, INC_BOTTOM, open->width);
    inc_len height = inc_dim_resolve(style->height, b->flow->page_height, 0);
    if (open->first == b->list->boxes.n && top + bottom + height > 0)
        inc_vbuilder_box(b, 0);
    if (open->first < b->list->boxes.n) {
        inc_vbox *last = &b->list->boxes.v[b->list->boxes.n - 1], *first = &b->list->boxes.v[open->first];
        inc_len content = boxes_height(b->list, open->first);
        last->fit.height += INC_MAX(height - content, 0) + bottom;
        first->inset += top;
        first->fit.height += top;
        if (open->frame) {
            inc_vframe *frame = &b->list->frames.v[open->frame - 1];
            frame->end = (uint32_t)b->list->boxes.n;
            frame->inset = first->inset;
            frame->height = last->fit.height;
        }
        if (bottom)
            b->gap = b->negative_gap = 0; /* above a bottom edge the margin of the last child goes */
    }
    b->x = open->x;
    b->width = open->width;
    b->frame = open->outer_frame;
    b->page_name = open->outer_page;
    inc_vbuilder_space(b, inc_dim_resolve(style->margin[INC_BOTTOM], b->width, 0));
    if (style->grid)
        b->grid_depth--;
    if (open->first < b->list->boxes.n) {
        keep_grid(b, open);
        keep_together(b, open);
    }
    b->grid = open->first < b->list->boxes.n ? false : open->outer_grid;
    if (style->break_after == INC_BREAK_AVOID) {
        inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK);
        b->kept = INC_LINES_KEPT;
        b->lead = INC_LEAD_HEADING;
    } else if (style->break_after == INC_BREAK_PAGE || style->break_after == INC_BREAK_RECTO || style->break_after == INC_BREAK_VERSO)
        force_page(b, style->break_after);
    else if (style->break_after == INC_BREAK_COLUMN)
        b->forced |= b->columns != NULL;
    if (open->spanned)
        inc_columns_resume(b, open->spanned);
}
