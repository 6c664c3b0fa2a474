/*
 * table_cells.c - the cells of rows that belong together, set beside and below each other, and cut into boxes for the page breaker.
 *
 * Rows that a cell joins (rowspan) are one group; a row by itself is the smallest one. A group that is not too tall is one box. A taller one
 * is cut into bands: at the edges of its rows and between the lines of its cells, wherever no line of any cell is cut. When no such place
 * comes for long, one is made: the lines in its way move down, and all that follows with them.
 */
#include "layout/table.h"

enum { PENALTY_IN_ROW = 500 };

typedef struct member { /* a cell of the group while it is set */
    const inc_table_cell *cell;
    const inc_grid_cell *at;
    uint32_t first, next; /* its boxes [first, next) stand in the band */
    inc_len y, next_y;    /* of boxes `first` and `next`, from the group's top, without the shift */
    bool edges[4];        /* whose borders it paints */
} member;

typedef struct group {
    inc_table *t;
    uint32_t first, end;  /* rows */
    inc_len *tops;        /* of rows first .. end, from the group's top; the last is its height */
    uint32_t settled;     /* count of tops that are final; the others move with the shift */
    inc_len shift;        /* of everything that is not yet set */
    uint32_t begun;       /* the next row to begin */
    INC_VEC(member) members; /* of rows that have begun and not yet ended */
    inc_len from, to;     /* the band */
    inc_row_bands *bands;
} group;

/* ---- laying out cells ---- */

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

static inc_tag *cell_tag(inc_table *t, const inc_grid_cell *at, inc_tag *row_tag)
{
    inc_tag *tag = inc_tag_of(t->flow, row_tag, at->node->as.cell.head ? INC_TAG_TH : INC_TAG_TD, at->node);
    tag->colspan = (uint16_t)INC_MIN(at->columns, (uint32_t)UINT16_MAX);
    tag->rowspan = (uint16_t)INC_MIN(at->rows, (uint32_t)UINT16_MAX);
    inc_str scope = inc_node_attribute(at->node, "scope");
    bool row = inc_str_starts(scope, INC_STR("row")), column = inc_str_starts(scope, INC_STR("col"));
    tag->scope_row = at->node->as.cell.head && (row || (!column && !at->node->parent->as.row.head));
    return tag;
}

static void lay_cell(inc_table *t, uint32_t index, inc_tag *row_tag)
{
    inc_flow *flow = t->flow;
    inc_table_cell *c = &t->cells[index];
    const inc_grid_cell *at = &t->grid.cells[index];
    const inc_column *last = &t->columns[at->column + at->columns - 1];
    c->x = t->columns[at->column].x;
    c->width = last->x + last->width - c->x;
    c->tag = cell_tag(t, at, row_tag);
    inc_len left = inc_table_edge(t, c->style, INC_LEFT), width = INC_MAX(c->width - left - c->indent - inc_table_edge(t, c->style, INC_RIGHT), INC_PT);
    inc_vbuilder b = inc_vbuilder_on(flow, &c->list, c->x + left, width, c->tag);
    b.depth = t->b->depth + 1;
    if (at->node->label.n)
        inc_vbuilder_anchor(&b, at->node);
    if (at->node->first && inc_node_is_inline(at->node->first)) {
        inc_paragraph_options options = {.style = with_align(flow, c->style, at->node->as.cell.align), .tag = c->tag};
        inc_paragraph(&b, at->node, &options);
    } else
        inc_block_children(&b, at->node, with_align(flow, c->style, at->node->as.cell.align));
    inc_vbuilder_finish(&b);
}

/* Elements for slots that no cell covers, so that each row has the same count of columns (ISO 14289-1, 7.5). */
static void fill_holes(inc_table *t, inc_tag *row_tag, uint32_t *at, uint32_t to, uint32_t row, uint32_t *taken)
{
    for (; *at < to; ++*at)
        if (taken[*at] <= row)
            inc_tag_new(t->flow->arena, row_tag, INC_TAG_TD);
}

static void lay_rows(inc_table *t, uint32_t first, uint32_t end, inc_tag *section)
{
    uint32_t n = t->grid.column_count, *taken = INC_NEW_N(t->flow->lists, uint32_t, n); /* by column: the row from which on it is free */
    for (uint32_t r = first; r < end; r++) {
        const inc_node *row = t->grid.rows[r];
        inc_tag *tag = inc_tag_of(t->flow, section, INC_TAG_TR, row);
        if (row->label.n)
            inc_vbuilder_anchor(t->b, row);
        uint32_t column = 0;
        for (uint32_t i = t->grid.row_first[r]; i < t->grid.row_first[r + 1]; i++) {
            const inc_grid_cell *at = &t->grid.cells[i];
            fill_holes(t, tag, &column, at->column, r, taken);
            lay_cell(t, i, tag);
            for (column = at->column; column < at->column + at->columns; column++)
                taken[column] = r + at->rows;
        }
        fill_holes(t, tag, &column, n, r, taken);
    }
}

/* ---- heights ---- */

/* The cell's border box, less the borders of its rows. */
static inc_len cell_height(const inc_table *t, const inc_table_cell *c)
{
    inc_len height = inc_vlist_height(&c->list) + inc_table_edge(t, c->style, INC_TOP) + inc_table_edge(t, c->style, INC_BOTTOM);
    return INC_MAX(height, inc_dim_resolve(c->style->height, t->flow->page_height, 0));
}

static inc_len row_edge(const inc_table *t, uint32_t row, inc_side side)
{
    return t->row_styles[row]->border_width[side];
}

/* Rows of one line each need no more room; of those with several, it shows where one ends. */
static inc_len gap_below(const inc_table *t, uint32_t row)
{
    return row >= t->grid.head_end && row + 1 < t->grid.foot ? t->row_gap : 0;
}

/* Tops of the rows: each as tall as its cells; what a cell over several rows needs beyond them is shared out among these. */
static void measure_rows(group *g)
{
    inc_table *t = g->t;
    uint32_t n = g->end - g->first;
    inc_len *heights = INC_NEW_N(t->flow->lists, inc_len, n);
    for (uint32_t r = g->first; r < g->end; r++) {
        inc_len *height = &heights[r - g->first];
        for (uint32_t i = t->grid.row_first[r]; i < t->grid.row_first[r + 1]; i++)
            if (t->grid.cells[i].rows == 1)
                *height = INC_MAX(*height, cell_height(t, &t->cells[i]));
        *height = INC_MAX(*height, inc_dim_resolve(t->row_styles[r]->height, t->flow->page_height, 0));
        *height += row_edge(t, r, INC_TOP) + row_edge(t, r, INC_BOTTOM) + gap_below(t, r);
    }
    for (uint32_t r = g->first; r < g->end; r++)
        for (uint32_t i = t->grid.row_first[r]; i < t->grid.row_first[r + 1]; i++) {
            uint32_t rows = t->grid.cells[i].rows;
            if (rows == 1)
                continue;
            inc_len have = 0, need = cell_height(t, &t->cells[i]) + row_edge(t, r, INC_TOP) + row_edge(t, r + rows - 1, INC_BOTTOM);
            for (uint32_t k = 0; k < rows; k++)
                have += heights[r - g->first + k];
            for (uint32_t k = rows; k > 0 && need > have; k--) {
                inc_len part = (need - have) / k;
                heights[r - g->first + k - 1] += part;
                have += part;
            }
        }
    for (uint32_t k = 0; k < n; k++)
        g->tops[k + 1] = g->tops[k] + heights[k];
}

/* How far the content of a cell that is not split stands below its place at the top. */
static inc_len drop_of(const group *g, const inc_table_cell *c, const inc_grid_cell *at)
{
    uint32_t last = at->row + at->rows - 1;
    inc_len room = g->tops[last + 1 - g->first] - g->tops[at->row - g->first] - row_edge(g->t, at->row, INC_TOP) - row_edge(g->t, last, INC_BOTTOM);
    room -= gap_below(g->t, last);
    inc_len rest = INC_MAX(room - cell_height(g->t, c), 0);
    return c->style->vertical_align == INC_VALIGN_BOTTOM ? rest : c->style->vertical_align == INC_VALIGN_MIDDLE ? rest / 2 : 0;
}

/* ---- painting ---- */

static void push_rect(group *g, inc_marks *marks, const inc_style *style, int side, inc_len x, inc_len y, inc_len width, inc_len height)
{
    if (side >= 0) {
        inc_border_marks(g->t->flow->lists, marks, style, (inc_side)side, x, y, width, height);
        return;
    }
    inc_mark mark = {.kind = INC_MARK_RULE, .x = x, .y = y, .width = width, .height = height};
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        mark.color[m] = style->paint[m].background;
    if (width > 0 && height > 0 && (mark.color[INC_SCREEN].a || mark.color[INC_PRINT].a))
        INC_PUSH(g->t->flow->lists, marks, mark);
}

/* Ground and borders of a box from `top` to `bottom` in the group, as far as they show in the band. */
static void paint_box(group *g, inc_marks *marks, const inc_style *style, inc_len x, inc_len width, inc_len top, inc_len bottom, const bool edges[4])
{
    inc_len y0 = INC_MAX(top, g->from) - g->from, y1 = INC_MIN(bottom, g->to) - g->from;
    if (y1 <= y0)
        return;
    const inc_len *w = style->border_width, inset = style->rule_inset;
    push_rect(g, marks, style, -1, x, y0, width, y1 - y0);
    if (top >= g->from && edges[INC_TOP])
        push_rect(g, marks, style, INC_TOP, x + inset, y0, width - 2 * inset, w[INC_TOP]);
    if (bottom <= g->to)
        push_rect(g, marks, style, INC_BOTTOM, x + inset, y1 - w[INC_BOTTOM], width - 2 * inset, w[INC_BOTTOM]);
    if (edges[INC_LEFT])
        push_rect(g, marks, style, INC_LEFT, x, y0, w[INC_LEFT], y1 - y0);
    push_rect(g, marks, style, INC_RIGHT, x + width - w[INC_RIGHT], y0, w[INC_RIGHT], y1 - y0);
}

static inc_len top_of(const group *g, uint32_t row)
{
    uint32_t k = row - g->first;
    return g->tops[k] + (k < g->settled ? 0 : g->shift);
}

static void paint_band(group *g, inc_marks *marks)
{
    static const bool all[4] = {true, true, true, true};
    inc_table *t = g->t;
    const inc_column *last = &t->columns[t->grid.column_count - 1];
    inc_len x = t->columns[0].x, width = last->x + last->width - x;
    for (uint32_t r = g->first + (g->settled ? g->settled - 1 : 0); r < g->end && top_of(g, r) < g->to; r++) /* the last settled may be open */
        paint_box(g, marks, t->row_styles[r], x, width, top_of(g, r), top_of(g, r + 1), all);
    for (size_t i = 0; i < g->members.n; i++) {
        const member *m = &g->members.v[i];
        uint32_t end = m->at->row + m->at->rows;
        inc_len top = top_of(g, m->at->row) + row_edge(t, m->at->row, INC_TOP), bottom = top_of(g, end) - row_edge(t, end - 1, INC_BOTTOM);
        paint_box(g, marks, m->cell->style, m->cell->x, m->cell->width, top, bottom, m->edges);
    }
}

/* ---- a band's content ---- */

static const inc_vbox *next_box(const member *m)
{
    return m->next < m->cell->list.boxes.n ? &m->cell->list.boxes.v[m->next] : NULL;
}

static inc_len bottom_of_next(const group *g, const member *m)
{
    return m->next_y + g->shift + next_box(m)->fit.height;
}

static void take_next(member *m)
{
    m->next_y += next_box(m)->fit.height;
    m->next++;
    m->next_y += next_box(m) ? next_box(m)->fit.gap : 0;
}

/* Where the borders of two cells meet one is drawn: that of the left or upper cell, if it has any. */
static void meet_neighbours(const group *g, member *m, uint32_t index)
{
    const inc_table *t = g->t;
    for (int side = 0; side < 4; side++)
        m->edges[side] = true;
    if (!m->cell->style->border_width[INC_LEFT] && !m->cell->style->border_width[INC_TOP])
        return;
    const inc_grid_cell *left = index > t->grid.row_first[m->at->row] ? &t->grid.cells[index - 1] : NULL;
    if (left && left->column + left->columns == m->at->column)
        m->edges[INC_LEFT] = !t->cells[index - 1].style->border_width[INC_RIGHT];
    for (uint32_t i = m->at->row ? t->grid.row_first[m->at->row - 1] : index; i < t->grid.row_first[m->at->row]; i++)
        if (t->grid.cells[i].column <= m->at->column && m->at->column < t->grid.cells[i].column + t->grid.cells[i].columns)
            m->edges[INC_TOP] = !t->cells[i].style->border_width[INC_BOTTOM];
}

static void begin_row(group *g, bool whole)
{
    inc_table *t = g->t;
    uint32_t row = g->begun++;
    for (uint32_t i = t->grid.row_first[row]; i < t->grid.row_first[row + 1]; i++) {
        const inc_table_cell *c = &t->cells[i];
        member m = {.cell = c, .at = &t->grid.cells[i]};
        m.y = g->tops[row - g->first] + row_edge(t, row, INC_TOP) + inc_table_edge(t, c->style, INC_TOP);
        m.y += whole ? drop_of(g, c, m.at) : 0;
        m.next_y = m.y;
        meet_neighbours(g, &m, i);
        INC_PUSH(t->flow->lists, &g->members, m);
    }
}

/* Moves the band's end down until no line is cut, or it is far too low. Rows that begin before it begin. */
static void grow_band(group *g, inc_len limit)
{
    for (bool grown = true; grown && g->to <= limit;) {
        grown = false;
        while (g->begun < g->end && g->tops[g->begun - g->first] + g->shift < g->to)
            begin_row(g, false);
        for (size_t i = 0; i < g->members.n; i++)
            for (member *m = &g->members.v[i]; next_box(m) && m->next_y + g->shift < g->to; take_next(m))
                if (bottom_of_next(g, m) > g->to) {
                    g->to = bottom_of_next(g, m);
                    grown = true;
                }
    }
}

/* Lets the band end at `limit`: lines that reach over it stay out. False when none stays in. */
static bool cut_band(group *g, inc_len limit)
{
    bool any = false;
    g->to = limit;
    for (size_t i = 0; i < g->members.n; i++) {
        member *m = &g->members.v[i];
        m->next = m->first;
        m->next_y = m->y;
        for (; next_box(m) && bottom_of_next(g, m) <= limit; take_next(m))
            any = true;
    }
    return any;
}

/* The lowest place where the first line of any cell ends. */
static inc_len first_bottom(group *g)
{
    inc_len bottom = INC_LEN_MAX;
    for (size_t i = 0; i < g->members.n; i++) {
        member *m = &g->members.v[i];
        m->next = m->first;
        m->next_y = m->y;
        if (next_box(m))
            bottom = INC_MIN(bottom, bottom_of_next(g, m));
    }
    return bottom;
}

/* A band that cuts no line reaches down to where the next line begins, or to the edge of a row. */
static void round_band(group *g)
{
    uint32_t r = g->first + g->settled;
    while (r < g->end && top_of(g, r) < g->to)
        r++;
    inc_len end = top_of(g, r);
    for (size_t i = 0; i < g->members.n; i++)
        if (next_box(&g->members.v[i]))
            end = INC_MIN(end, g->members.v[i].next_y + g->shift);
    g->to = INC_MAX(g->to, end);
}

/* ---- bands ---- */

static void note_band(group *g, inc_vbox *box)
{
    inc_row_band band = {.box = (size_t)(box - g->t->b->list->boxes.v), .row = UINT32_MAX};
    for (uint32_t r = g->first + (g->settled ? g->settled - 1 : 0); r < g->end && top_of(g, r) <= g->from; r++)
        if (top_of(g, r) == g->from)
            band.row = r;
    int32_t penalty = PENALTY_IN_ROW;
    for (size_t i = 0; i < g->members.n; i++) {
        const member *m = &g->members.v[i];
        band.joined = band.joined || m->at->row < band.row;
        if (m->first > 0 && m->first < m->cell->list.boxes.n)
            penalty = INC_MAX(penalty, m->cell->list.boxes.v[m->first].fit.penalty);
    }
    if (band.row == UINT32_MAX)
        box->fit.penalty = INC_MAX(box->fit.penalty, penalty);
    INC_PUSH(g->t->flow->lists, g->bands, band);
}

static void set_band(group *g)
{
    inc_flow *flow = g->t->flow;
    inc_vbox *box = inc_vbuilder_box(g->t->b, g->to - g->from);
    note_band(g, box);
    inc_marks marks = {0};
    paint_band(g, &marks);
    for (size_t i = 0; i < g->members.n; i++) {
        member *m = &g->members.v[i];
        inc_place_band(flow->lists, &marks, &m->cell->list, m->first, m->next, m->y + g->shift - g->from, g->to - g->from);
        inc_vbox_lift(box, &m->cell->list, m->first, m->next);
    }
    box->marks = marks.v;
    box->mark_count = (uint32_t)marks.n;
}

/* Forgets what the band has finished; what is left out of it moves below its end. */
static void step(group *g)
{
    inc_len moved = 0;
    while (g->settled <= g->end - g->first && g->tops[g->settled] + g->shift < g->to)
        g->tops[g->settled++] += g->shift;
    size_t kept = 0;
    for (size_t i = 0; i < g->members.n; i++) {
        member m = g->members.v[i];
        m.first = m.next;
        m.y = m.next_y;
        if (next_box(&m))
            moved = INC_MAX(moved, g->to - m.y - g->shift);
        else if (top_of(g, m.at->row + m.at->rows) <= g->to)
            continue;
        g->members.v[kept++] = m;
    }
    g->members.n = kept;
    g->shift += moved;
    g->from = g->to;
}

static void cut_into_bands(group *g, inc_len tallest)
{
    while (g->from < top_of(g, g->end)) {
        inc_len limit = g->from + tallest;
        g->to = g->from + 1;
        grow_band(g, limit);
        if (g->to > limit && !cut_band(g, limit))
            cut_band(g, first_bottom(g));
        round_band(g);
        set_band(g);
        step(g);
    }
}

void inc_table_lay_group(inc_table *t, uint32_t first, uint32_t end, inc_tag *section, inc_len whole, inc_row_bands *bands)
{
    lay_rows(t, first, end, section);
    group g = {.t = t, .first = first, .end = end, .begun = first, .bands = bands};
    g.tops = INC_NEW_N(t->flow->lists, inc_len, end - first + 1);
    measure_rows(&g);
    if (g.tops[end - first] > whole) {
        cut_into_bands(&g, whole);
        return;
    }
    while (g.begun < g.end)
        begin_row(&g, true);
    for (size_t i = 0; i < g.members.n; i++)
        while (next_box(&g.members.v[i]))
            take_next(&g.members.v[i]);
    g.to = g.tops[end - first];
    set_band(&g);
}
