/*
 * table_rows.c - the rows of a table as boxes for the page breaker: which rows are set together, where pages may break, and what is set
 * again above the rows on each further page: "Table 4-1, continued" and the head.
 */
#include "layout/table.h"

enum { SHORT_TABLE = 10 /* rows */, FEW_LINES = 4, PENALTY_ROW = 60, PENALTY_JOINED = 2500, PENALTY_EDGE_ROW = 20000, PENALTY_SHORT = 9000,
       PENALTY_KEEP_ROW = 50000 };

/* The end of the rows that cells join with `row`. */
static uint32_t group_end(const inc_table *t, uint32_t row)
{
    uint32_t end = row + 1;
    for (uint32_t r = row; r < end; r++)
        for (uint32_t i = t->grid.row_first[r]; i < t->grid.row_first[r + 1]; i++)
            end = INC_MAX(end, r + t->grid.cells[i].rows);
    return end;
}

static bool breaks_page(inc_break kind)
{
    return kind == INC_BREAK_PAGE || kind == INC_BREAK_RECTO || kind == INC_BREAK_VERSO;
}

/* Rows [first, end), a group at a time. */
static void lay_section(inc_table *t, uint32_t first, uint32_t end, inc_tag *table_tag, inc_tag_kind kind, inc_row_bands *bands)
{
    inc_tag *section = NULL;
    bool paged = t->b->list->paged;
    for (uint32_t r = first, to; r < end; r = to) {
        to = group_end(t, r);
        if (!section || t->grid.rows[r]->as.row.opens)
            section = inc_tag_new(t->flow->arena, table_tag, kind);
        bool keep = t->row_styles[r]->break_inside == INC_BREAK_AVOID;
        inc_len whole = to > r + 1 ? t->flow->page_height / 2 : t->flow->page_height / 3;
        if (breaks_page(t->row_styles[r]->break_before) && paged && r > 0)
            t->b->forced = true;
        else if (t->row_styles[r]->break_before == INC_BREAK_AVOID)
            inc_vbuilder_penalty(t->b, INC_NO_PAGE_BREAK);
        inc_table_lay_group(t, r, to, section, keep ? t->flow->page_height * 3 / 4 : whole, bands);
        if (breaks_page(t->row_styles[to - 1]->break_after) && paged)
            t->b->forced = true;
        else if (t->row_styles[to - 1]->break_after == INC_BREAK_AVOID)
            inc_vbuilder_penalty(t->b, INC_NO_PAGE_BREAK);
    }
}

/* Never a short row alone at the head or the foot of a page; a short table stays whole if that is cheap. */
static void set_penalties(const inc_table *t, const inc_row_bands *bands, size_t from)
{
    inc_vlist *list = t->b->list;
    inc_len few = FEW_LINES * t->style->line_height, height = 0;
    size_t edges = 0, first_edge = 0, last_edge = 0;
    for (size_t i = from; i < bands->n; i++) {
        height += list->boxes.v[bands->v[i].box].fit.height;
        if (i == from || bands->v[i].row == UINT32_MAX)
            continue;
        first_edge = edges++ ? first_edge : i;
        last_edge = i;
    }
    bool is_short = edges < SHORT_TABLE && height <= t->flow->page_height * 2 / 5;
    inc_len above = 0;
    for (size_t i = from; i < bands->n; i++) {
        const inc_row_band *band = &bands->v[i];
        inc_pb_box *fit = &list->boxes.v[band->box].fit;
        inc_len box = fit->height;
        if (i > from && band->row != UINT32_MAX) {
            bool alone = (i == first_edge && above < few) || (i == last_edge && height - above < few);
            int32_t penalty = alone ? PENALTY_EDGE_ROW : is_short ? PENALTY_SHORT : band->joined ? PENALTY_JOINED : PENALTY_ROW;
            fit->penalty = INC_MAX(fit->penalty, penalty);
        }
        above += box;
    }
}

/* ---- what is set again ---- */

/* A call of a note stands on the page of its note alone. */
static bool calls_note(const inc_mark *mark)
{
    const inc_tag *tag = mark->tag;
    while (tag && tag->kind != INC_TAG_TH && tag->kind != INC_TAG_TD && tag->kind != INC_TAG_REFERENCE)
        tag = tag->parent;
    return tag && tag->kind == INC_TAG_REFERENCE;
}

static inc_vbox without_calls(inc_flow *flow, const inc_vbox *box)
{
    inc_vbox copy = *box;
    copy.marks = INC_NEW_N(flow->lists, inc_mark, box->mark_count);
    copy.mark_count = 0;
    for (uint32_t i = 0; i < box->mark_count; i++)
        if (!calls_note(&box->marks[i]))
            copy.marks[copy.mark_count++] = box->marks[i];
    return copy;
}

/* Sets head boxes [first, end), and what is said above them, again on the pages behind; in a cell or a note there are none. */
static void repeat_head(inc_table *t, size_t first, size_t end)
{
    inc_vbuilder *b = t->b;
    if (!b->list->paged)
        return;
    inc_vlist *head = INC_NEW(t->flow->lists, inc_vlist);
    inc_continued_line(t->flow, head, t->node, t->columns[0].x, t->b->width);
    for (size_t i = first; i < end; i++)
        INC_PUSH(t->flow->lists, &head->boxes, without_calls(t->flow, &b->list->boxes.v[i]));
    if (head->boxes.n > end - first && end > first)
        head->boxes.v[head->boxes.n - (end - first)].fit.gap = 0;
    inc_len height = inc_vlist_height(head);
    if (!head->boxes.n || height > t->flow->page_height / 3) /* once, if it would eat the page */
        return;
    b->repeat = head;
    b->repeat_height = height;
}

static bool takes_lines(const inc_table *t, const inc_table_cell *c, const inc_grid_cell *at)
{
    const inc_column *last = &t->columns[at->column + at->columns - 1];
    inc_len width = last->x + last->width - t->columns[at->column].x - inc_table_edge(t, c->style, INC_LEFT) - inc_table_edge(t, c->style, INC_RIGHT);
    bool broken = false;
    for (const inc_node *n = at->node->first; n && !broken; n = n->next)
        broken = n->kind == INC_NODE_BREAK;
    return broken || c->lines > 1 || c->most - INC_PT / 16 > width;
}

/* Any cell of the body that takes more than one line, as its widths and the columns' tell. */
static bool has_tall_rows(const inc_table *t)
{
    for (uint32_t i = t->grid.row_first[t->grid.head_end]; i < t->grid.row_first[t->grid.foot]; i++)
        if (takes_lines(t, &t->cells[i], &t->grid.cells[i]))
            return true;
    return false;
}

void inc_table_rows(inc_table *t)
{
    t->row_gap = t->style->row_gap > 0 && has_tall_rows(t) ? t->style->row_gap : 0;
    inc_vbuilder *b = t->b;
    const inc_grid *grid = &t->grid;
    inc_tag *tag = b->table_tag ? b->table_tag : inc_tag_of(t->flow, b->tag, INC_TAG_TABLE, t->node);
    b->table_tag = NULL;
    inc_row_bands bands = {0};
    size_t first = b->list->boxes.n;
    lay_section(t, 0, grid->head_end, tag, INC_TAG_THEAD, &bands);
    size_t head = b->list->boxes.n;
    for (size_t i = first + 1; i < head; i++)
        b->list->boxes.v[i].fit.penalty = INC_NO_PAGE_BREAK;
    repeat_head(t, first, head);
    if (head > first)
        inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK);
    size_t body = bands.n;
    lay_section(t, grid->head_end, grid->foot, tag, INC_TAG_TBODY, &bands);
    set_penalties(t, &bands, body);
    if (grid->foot < grid->row_count)
        inc_vbuilder_penalty(b, PENALTY_KEEP_ROW);
    size_t foot = b->list->boxes.n;
    lay_section(t, grid->foot, grid->row_count, tag, INC_TAG_TFOOT, &bands);
    for (size_t i = foot + 1; i < b->list->boxes.n; i++)
        b->list->boxes.v[i].fit.penalty = INC_MAX(b->list->boxes.v[i].fit.penalty, PENALTY_KEEP_ROW);
    inc_table_headers(t);
    if (b->list->boxes.n > first)
        inc_vbuilder_hang_marker(b, &b->list->boxes.v[first], inc_baseline(t->flow, t->style, t->style->line_height));
    b->repeat = NULL;
    b->repeat_height = 0;
}
