/*
 * table.c - tables: column widths from content that always fit the measure, rows as boxes, the head set again on every page.
 *
 * Widths as in CSS 2.1, 17.5.2.2: each column has a least width (its widest unbreakable piece) and a most width (all on one line). If the
 * most widths fit, they are taken; if only the least ones do, the room between is shared out by appetite; else the measure is shared out
 * and words break anywhere.
 */
#include "layout/flow.h"

typedef struct column {
    inc_len least, most, width, x;
} column;

typedef struct table {
    inc_vbuilder *b;
    inc_flow *flow;
    const inc_node *node;
    const inc_style *style;
    column *columns;
    uint32_t count;
    inc_tag *section; /* THead or TBody being filled */
} table;

typedef struct cell {
    const inc_node *node;
    const inc_style *style;
    uint32_t column, span;
    inc_len x, width;   /* of its border box */
    inc_vlist list;
} cell;

static inc_len edge(const inc_style *style, inc_side side)
{
    return inc_block_edge(style, side, 0);
}

static void block_widths(inc_vbuilder *b, const inc_node *parent, const inc_style *style, inc_len *least, inc_len *most)
{
    for (const inc_node *child = parent->first; child; child = child->next) {
        const inc_style *child_style = inc_style_of(b->flow->worker->styler, child, style);
        inc_len l = 60 * INC_PT, m = b->width / 2;
        if (child->kind == INC_NODE_PARAGRAPH || child->kind == INC_NODE_HEADING)
            inc_paragraph_widths(b, child, child_style, &l, &m);
        *least = INC_MAX(*least, l);
        *most = INC_MAX(*most, m);
    }
}

static void cell_widths(table *t, const inc_node *node, const inc_style *style, inc_len *least, inc_len *most)
{
    *least = *most = 0;
    if (node->first && inc_node_is_inline(node->first))
        inc_paragraph_widths(t->b, node, style, least, most);
    else
        block_widths(t->b, node, style, least, most);
    inc_len edges = edge(style, INC_LEFT) + edge(style, INC_RIGHT);
    *least += edges;
    *most += edges + INC_PT / 64; /* so that rounding does not break what just fits */
}

static void measure_columns(table *t)
{
    for (const inc_node *row = t->node->first; row; row = row->next) {
        const inc_style *row_style = inc_style_of(t->flow->worker->styler, row, t->style);
        uint32_t at = 0;
        for (const inc_node *node = row->first; node && at < t->count; node = node->next) {
            const inc_style *style = inc_style_of(t->flow->worker->styler, node, row_style);
            uint32_t span = INC_MIN((uint32_t)INC_MAX(node->as.cell.colspan, 1), t->count - at);
            inc_len least, most;
            cell_widths(t, node, style, &least, &most);
            for (uint32_t i = at; i < at + span; i++) {
                t->columns[i].least = INC_MAX(t->columns[i].least, least / span);
                t->columns[i].most = INC_MAX(t->columns[i].most, most / span);
            }
            at += span;
        }
    }
}

static void share_out(table *t, inc_len room)
{
    inc_len least = 0, most = 0, x = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        t->columns[i].most = INC_MAX(t->columns[i].most, t->columns[i].least);
        least += t->columns[i].least;
        most += t->columns[i].most;
    }
    bool fill = t->style->width.kind != INC_DIM_AUTO;
    for (uint32_t i = 0; i < t->count; i++) {
        column *c = &t->columns[i];
        if (most <= room)
            c->width = c->most + (fill && most ? inc_len_scale(room - most, c->most, most) : 0);
        else if (least <= room)
            c->width = c->least + (most > least ? inc_len_scale(room - least, c->most - c->least, most - least) : 0);
        else
            c->width = least ? inc_len_scale(room, c->least, least) : room / t->count;
        c->x = x;
        x += c->width;
    }
    if (x > room) /* rounding */
        t->columns[t->count - 1].width -= x - room;
}

static const inc_style *with_align(inc_flow *flow, const inc_style *style, inc_align align)
{
    static const inc_text_align aligns[] = {INC_TEXT_LEFT, INC_TEXT_LEFT, INC_TEXT_CENTER, INC_TEXT_RIGHT};
    if (align == INC_ALIGN_NONE)
        return style;
    inc_style *copy = INC_NEW(flow->arena, inc_style);
    *copy = *style;
    copy->text_align = aligns[align];
    return copy;
}

static void lay_cell(table *t, cell *c, inc_tag *row_tag)
{
    inc_flow *flow = t->flow;
    inc_tag *tag = inc_tag_of(flow, row_tag, c->node->as.cell.head ? INC_TAG_TH : INC_TAG_TD, c->node);
    tag->colspan = (uint16_t)c->span;
    tag->scope_row = c->node->as.cell.head && !c->node->parent->as.row.head;
    inc_len left = edge(c->style, INC_LEFT), width = INC_MAX(c->width - left - edge(c->style, INC_RIGHT), INC_PT);
    inc_vbuilder b = inc_vbuilder_on(flow, &c->list, c->x + left, width, tag);
    b.depth = t->b->depth + 1;
    if (c->node->label.n)
        inc_vbuilder_anchor(&b, c->node);
    if (c->node->first && inc_node_is_inline(c->node->first)) {
        inc_paragraph_options options = {.style = with_align(flow, c->style, c->node->as.cell.align), .tag = tag};
        inc_paragraph(&b, c->node, &options);
    } else
        inc_block_children(&b, c->node, c->style);
    inc_vbuilder_finish(&b);
}

static void push_rule(table *t, inc_marks *marks, const inc_style *style, inc_side side, inc_len x, inc_len y, inc_len width)
{
    inc_border_marks(t->flow->lists, marks, style, side, x, y, width, style->border_width[side]);
}

static void push_ground(table *t, inc_marks *marks, const inc_style *style, inc_len x, inc_len width, inc_len height)
{
    inc_mark mark = {.kind = INC_MARK_RULE, .x = x, .width = width, .height = height};
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        mark.color[m] = style->paint[m].background;
    if (mark.color[INC_SCREEN].a || mark.color[INC_PRINT].a)
        INC_PUSH(t->flow->lists, marks, mark);
}

/* What hangs on the boxes inside goes to the row's box. */
static void lift(inc_vbox *to, const inc_vlist *from, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        inc_vbox *box = &from->boxes.v[i];
        inc_vbox_take_notes(to, box);
        inc_vanchor **anchor = &to->anchors;
        while (*anchor)
            anchor = &(*anchor)->next;
        *anchor = box->anchors;
        if (!to->node) {
            to->node = box->node;
            to->byte = box->byte;
        }
    }
}

typedef struct slice { /* which boxes of each cell a row's box holds */
    uint32_t first, end;
} slice;

static inc_len range_height(const inc_vlist *list, uint32_t first, uint32_t end)
{
    inc_len height = 0;
    for (uint32_t i = first; i < end; i++)
        height += (i > first ? list->boxes.v[i].fit.gap : 0) + list->boxes.v[i].fit.height;
    return height;
}

/* One box of a row: the whole row as a rule, a part of it when the row is too tall for a page. */
static inc_vbox *row_box(table *t, const cell *cells, uint32_t n, const slice *slices, const inc_style *row_style, bool top, bool bottom)
{
    inc_len height = 0;
    for (uint32_t i = 0; i < n; i++) {
        inc_len h = range_height(&cells[i].list, slices[i].first, slices[i].end) + (top ? edge(cells[i].style, INC_TOP) : 0)
                    + (bottom ? edge(cells[i].style, INC_BOTTOM) : 0);
        height = INC_MAX(height, h);
    }
    height += (top ? row_style->border_width[INC_TOP] : 0) + (bottom ? row_style->border_width[INC_BOTTOM] : 0);
    inc_vbox *box = inc_vbuilder_box(t->b, height);
    inc_len left = t->columns[0].x, right = t->columns[t->count - 1].x + t->columns[t->count - 1].width;
    inc_marks marks = {0};
    push_ground(t, &marks, row_style, left, right - left, height);
    if (top)
        push_rule(t, &marks, row_style, INC_TOP, left, 0, right - left);
    if (bottom)
        push_rule(t, &marks, row_style, INC_BOTTOM, left, height - row_style->border_width[INC_BOTTOM], right - left);
    inc_pb_params params = {.height = INC_LEN_MAX};
    for (uint32_t i = 0; i < n; i++) {
        const cell *c = &cells[i];
        push_ground(t, &marks, c->style, c->x, c->width, height);
        if (bottom)
            push_rule(t, &marks, c->style, INC_BOTTOM, c->x, height - c->style->border_width[INC_BOTTOM], c->width);
        if (top)
            push_rule(t, &marks, c->style, INC_TOP, c->x, 0, c->width);
        inc_place_boxes(t->flow->lists, &marks, &c->list, slices[i].first, slices[i].end, 0,
                        top ? row_style->border_width[INC_TOP] + edge(c->style, INC_TOP) : 0, &params);
        lift(box, &c->list, slices[i].first, slices[i].end);
    }
    box->marks = marks.v;
    box->mark_count = (uint32_t)marks.n;
    return box;
}

/* Cuts a tall row into parts of a few lines, so that it can run over pages and nothing is lost. */
static void row_in_parts(table *t, const cell *cells, uint32_t n, const inc_style *row_style)
{
    inc_len part = t->flow->page_height / 10;
    slice *slices = INC_NEW_N(t->flow->lists, slice, n);
    bool top = true, more = true;
    while (more) {
        more = false;
        for (uint32_t i = 0; i < n; i++) {
            const inc_vlist *list = &cells[i].list;
            slices[i].first = slices[i].end;
            inc_len height = 0;
            while (slices[i].end < list->boxes.n) {
                const inc_pb_box *fit = &list->boxes.v[slices[i].end].fit;
                inc_len next = height + (slices[i].end > slices[i].first ? fit->gap : 0) + fit->height;
                if (next > part && slices[i].end > slices[i].first)
                    break;
                height = next;
                slices[i].end++;
            }
            more |= slices[i].end < list->boxes.n;
        }
        row_box(t, cells, n, slices, row_style, top, !more);
        top = false;
    }
}

static void lay_row(table *t, const inc_node *row)
{
    inc_flow *flow = t->flow;
    const inc_style *row_style = inc_style_of(flow->worker->styler, row, t->style);
    inc_tag *row_tag = inc_tag_of(flow, t->section, INC_TAG_TR, row);
    if (row->label.n)
        inc_vbuilder_anchor(t->b, row);
    cell *cells = INC_NEW_N(flow->lists, cell, t->count);
    uint32_t n = 0, at = 0;
    inc_len tallest = 0;
    for (const inc_node *node = row->first; node && at < t->count; node = node->next, n++) {
        cell *c = &cells[n];
        c->node = node;
        c->style = inc_style_of(flow->worker->styler, node, row_style);
        c->column = at;
        c->span = INC_MIN((uint32_t)INC_MAX(node->as.cell.colspan, 1), t->count - at);
        c->x = t->columns[at].x;
        at += c->span;
        c->width = t->columns[at - 1].x + t->columns[at - 1].width - c->x;
        lay_cell(t, c, row_tag);
        tallest = INC_MAX(tallest, inc_vlist_height(&c->list));
    }
    if (tallest > flow->page_height / 3) {
        row_in_parts(t, cells, n, row_style);
        return;
    }
    slice *slices = INC_NEW_N(flow->lists, slice, INC_MAX(n, 1));
    for (uint32_t i = 0; i < n; i++)
        slices[i].end = (uint32_t)cells[i].list.boxes.n;
    row_box(t, cells, n, slices, row_style, true, true);
}

enum { SHORT_TABLE = 10, PENALTY_ROW = 60, PENALTY_EDGE_ROW = 8000, PENALTY_SHORT = 6000 };

/* Rows [first, end) of the body: never one alone, a short table stays whole if that is cheap. */
static void set_penalties(inc_vlist *list, size_t first, size_t end)
{
    for (size_t i = first + 1; i < end; i++) {
        int32_t penalty = i == first + 1 || i + 1 == end ? PENALTY_EDGE_ROW : end - first <= SHORT_TABLE ? PENALTY_SHORT : PENALTY_ROW;
        list->boxes.v[i].fit.penalty = INC_MAX(list->boxes.v[i].fit.penalty, penalty);
    }
}

static void lay_rows(table *t)
{
    inc_vbuilder *b = t->b;
    inc_tag *tag = inc_tag_of(t->flow, b->tag, INC_TAG_TABLE, t->node);
    size_t first = b->list->boxes.n;
    const inc_node *row = t->node->first;
    if (row && row->as.row.head)
        t->section = inc_tag_new(t->flow->arena, tag, INC_TAG_THEAD);
    for (; row && row->as.row.head; row = row->next)
        lay_row(t, row);
    size_t head_count = b->list->boxes.n - first;
    inc_vlist *head = NULL;
    if (head_count) {
        inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK);
        head = INC_NEW(t->flow->lists, inc_vlist);
        for (size_t i = first; i < b->list->boxes.n; i++) {
            INC_PUSH(t->flow->lists, &head->boxes, b->list->boxes.v[i]);
            if (i > first)
                b->list->boxes.v[i].fit.penalty = INC_NO_PAGE_BREAK;
        }
    }
    inc_len head_height = head ? inc_vlist_height(head) : 0;
    if (head_height > t->flow->page_height / 3 || b->list != &t->flow->list) /* once, if it would eat the page, or in a cell or a note */
        head = NULL, head_height = 0;
    b->repeat = head;
    b->repeat_height = head_height;
    t->section = inc_tag_new(t->flow->arena, tag, INC_TAG_TBODY);
    size_t body = b->list->boxes.n;
    for (; row; row = row->next)
        lay_row(t, row);
    set_penalties(b->list, body, b->list->boxes.n);
    if (b->list->boxes.n > first)
        inc_vbuilder_hang_marker(b, &b->list->boxes.v[first], inc_baseline(t->flow, t->style, t->style->line_height));
    b->repeat = NULL;
    b->repeat_height = 0;
}

void inc_table(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    table t = {.b = b, .flow = b->flow, .node = node, .style = style, .count = node->as.table.column_count};
    if (!t.count || !node->first)
        return;
    t.columns = INC_NEW_N(b->flow->lists, column, t.count);
    measure_columns(&t);
    share_out(&t, inc_block_room(b, style));
    inc_len used = t.columns[t.count - 1].x + t.columns[t.count - 1].width;
    inc_style *sized = INC_NEW(b->flow->arena, inc_style);
    *sized = *style;
    sized->width = (inc_dim){INC_DIM_LENGTH, used};
    inc_open_block open = inc_block_open(b, sized);
    for (uint32_t i = 0; i < t.count; i++)
        t.columns[i].x += b->x;
    if (node->label.n)
        inc_vbuilder_anchor(b, node);
    lay_rows(&t);
    inc_block_close(b, &open);
}
