/*
 * columns.c - a block's content in columns side by side (CSS Multi-column Layout 1).
 *
 * The content is collected into a list of its own, as wide as one column. At the block's end the list is cut into rows: what stands in the columns
 * of one page is one box of the list around it. All rows but the last fill their page; the last one is as low as it can be with its columns
 * in order, so that they end level. Elements with column-span: all stand between rows.
 *
 * How much room the first row has is found by breaking pages over what stands before it, from the last page that is known on: each box is looked
 * at a bounded number of times.
 */
#include "layout/flow.h"

enum { COLUMNS_MAX = 9, NOTE_ROUNDS = 4, LAST_LINES = 2 };

struct inc_columns {
    inc_vlist *list;         /* being collected */
    inc_vbuilder outer;      /* the builder as it waits outside */
    inc_len x, width, gap, full;
    unsigned count;
    bool balance;
    unsigned open_blocks;
};

typedef struct rows { /* a collected list on its way into rows */
    inc_columns *columns;
    inc_flow *flow;
    const inc_vlist *list;
    inc_len *before;         /* height of all boxes before the i-th, gaps included */
    uint32_t n;
} rows;

typedef struct row { /* columns [ends[i - 1], ends[i]) */
    uint32_t first, ends[COLUMNS_MAX];
    inc_len height;
} row;

/* ---- filling ---- */

static inc_len head_of(const inc_vbox *box)
{
    return box->repeat ? box->fit.repeated : 0;
}

/* Where a column ends that begins with box `first`: at the best legal place within `height`, at any place if there is none. */
static uint32_t column_end(const rows *r, uint32_t first, inc_len height)
{
    inc_len y = head_of(&r->list->boxes.v[first]);
    uint32_t good = 0, legal = 0;
    for (uint32_t i = first; i < r->n; i++) {
        const inc_pb_box *fit = &r->list->boxes.v[i].fit;
        if (i > first && fit->forced)
            return i;
        if (i > first && fit->penalty < INC_NO_PAGE_BREAK)
            legal = i;
        if (i > first && fit->penalty < INC_BAD_PAGE_BREAK)
            good = i;
        y += (i > first ? fit->gap : 0) + fit->height;
        if (y > height && i > first)
            return good ? good : legal ? legal : i;
    }
    return r->n;
}

static inc_len column_height(const rows *r, uint32_t first, uint32_t end)
{
    if (first >= end)
        return 0;
    return head_of(&r->list->boxes.v[first]) + r->before[end] - r->before[first] - r->list->boxes.v[first].fit.gap;
}

/* As much as goes into columns of that height. */
static row fill(const rows *r, uint32_t first, inc_len height)
{
    row filled = {.first = first};
    for (unsigned c = 0; c < r->columns->count; c++) {
        uint32_t end = first < r->n ? column_end(r, first, height) : r->n;
        filled.height = INC_MAX(filled.height, column_height(r, first, end));
        filled.ends[c] = first = end;
    }
    return filled;
}

static uint32_t end_of(const rows *r, const row *filled)
{
    return filled->ends[r->columns->count - 1];
}

/* The lowest columns that hold all from `first` on, no higher than `most`; they may not hold all. */
static row balance(const rows *r, uint32_t first, inc_len most)
{
    row best = fill(r, first, most);
    if (end_of(r, &best) < r->n)
        return best;
    inc_len low = (r->before[r->n] - r->before[first]) / (inc_len)r->columns->count / 2, high = INC_MIN(best.height, most);
    while (high - low > INC_PT / 8) {
        inc_len middle = low + (high - low) / 2;
        row tried = fill(r, first, middle);
        if (end_of(r, &tried) == r->n && tried.height <= middle) {
            best = tried;
            high = INC_MIN(middle, tried.height);
        } else
            low = middle;
    }
    return best;
}

static inc_len notes_height(const rows *r, uint32_t first, uint32_t end)
{
    inc_len height = 0;
    for (uint32_t i = first; i < end; i++)
        for (const inc_vnote *note = r->list->boxes.v[i].notes; note; note = note->next)
            height += inc_vlist_height(note->list) + note->list->trailing;
    return height ? height + r->flow->params->note_space : 0;
}

/* A row for a page with that much room, for its notes too. */
static row make_row(const rows *r, uint32_t first, inc_len room)
{
    row made = {0};
    inc_len taken = 0;
    for (int round = 0; round < NOTE_ROUNDS; round++) {
        made = r->columns->balance ? balance(r, first, room - taken) : fill(r, first, room - taken);
        inc_len notes = notes_height(r, first, end_of(r, &made));
        if (made.height + notes <= room || room - notes < room / 3)
            break;
        taken = notes;
    }
    return made;
}

/* ---- the page that the rows begin on ---- */

/* What must fit, or the block begins on the next page. */
static inc_len least_height(const rows *r)
{
    uint32_t end = 1;
    while (end < r->n && !r->list->boxes.v[end].fit.forced && r->list->boxes.v[end].fit.penalty >= INC_BAD_PAGE_BREAK)
        end++;
    return INC_MIN(column_height(r, 0, end), r->flow->page_height);
}

/* Room below what stands before a box that will be appended to the builder's list. */
static inc_len room_left(inc_flow *flow, const inc_vbuilder *b, inc_len least)
{
    const inc_vlist *list = b->list;
    uint32_t start = INC_MIN(flow->known_page, (uint32_t)list->boxes.n), n = (uint32_t)list->boxes.n - start;
    inc_arena *scratch = flow->worker->scratch;
    inc_arena_mark mark = inc_arena_mark_get(scratch);
    inc_pb_box *boxes = INC_NEW_N(scratch, inc_pb_box, (size_t)n + 2);
    for (uint32_t i = 0; i < n; i++) {
        const inc_vbox *box = &list->boxes.v[start + i];
        boxes[i] = box->fit;
        boxes[i].notes = 0;
        for (const inc_vnote *note = box->notes; note; note = note->next)
            boxes[i].height += inc_vlist_height(note->list) + flow->params->note_space;
    }
    boxes[n] = (inc_pb_box){.height = least, .gap = INC_MAX(b->gap + b->negative_gap, 0), .penalty = b->penalty, .forced = b->forced, .sync = b->sync};
    boxes[n + 1] = (inc_pb_box){.forced = true}; /* so that the page is not counted as the last one */
    inc_pb_params params = *flow->params;
    if (start)
        params.first_height = params.first_top = 0;
    inc_pb_page *pages;
    size_t count = inc_pagebreak(scratch, &(inc_pb_list){.boxes = boxes, .n = (size_t)n + 2}, &params, &pages);
    const inc_pb_page *page = &pages[count - 2];
    inc_len height = start + page->first == 0 && params.first_height ? params.first_height : params.height;
    flow->known_page = start + page->first;
    inc_len room = height - (page->height - least);
    inc_arena_reset(scratch, mark);
    return room;
}

/* ---- rows become boxes ---- */

/* What hangs on the boxes of a row goes to its own box, in their order. */
static void lift(inc_vbox *to, inc_vbox *from)
{
    inc_vbox_take_notes(to, from);
    inc_vanchor **anchor = &to->anchors;
    while (*anchor)
        anchor = &(*anchor)->next;
    *anchor = from->anchors;
    inc_vstring **string = &to->strings;
    while (*string)
        string = &(*string)->next;
    *string = from->strings;
    if (!to->node) {
        to->node = from->node;
        to->byte = from->byte;
    }
}

static void push_row(inc_vbuilder *outer, const rows *r, const row *made)
{
    inc_columns *c = r->columns;
    inc_vbox *box = inc_vbuilder_box(outer, made->height);
    inc_marks marks = {0};
    inc_pb_params params = {.height = INC_LEN_MAX};
    uint32_t first = made->first;
    for (unsigned i = 0; i < c->count; i++) {
        inc_place_boxes(r->flow->lists, &marks, r->list, first, made->ends[i], (inc_len)i * (c->width + c->gap), 0, &params);
        for (; first < made->ends[i]; first++)
            lift(box, &r->list->boxes.v[first]);
    }
    box->marks = marks.v;
    box->mark_count = (uint32_t)marks.n;
}

static void push_rows(inc_vbuilder *outer, inc_columns *c)
{
    rows r = {.columns = c, .flow = outer->flow, .list = c->list, .n = (uint32_t)c->list->boxes.n};
    if (!r.n)
        return;
    r.before = INC_NEW_N(r.flow->lists, inc_len, (size_t)r.n + 1);
    for (uint32_t i = 0; i < r.n; i++)
        r.before[i + 1] = r.before[i] + r.list->boxes.v[i].fit.gap + r.list->boxes.v[i].fit.height;
    inc_len room = room_left(r.flow, outer, least_height(&r));
    for (uint32_t first = 0; first < r.n;) {
        row made = make_row(&r, first, room);
        uint32_t end = end_of(&r, &made);
        if (end < r.n && made.height > room / 2 && column_height(&r, end, r.n) < LAST_LINES * (inc_len)c->count * r.list->boxes.v[end].fit.height)
            made = make_row(&r, first, room - LAST_LINES * r.list->boxes.v[end].fit.height); /* leave the last page more than a line */
        outer->forced |= first > 0;
        push_row(outer, &r, &made);
        if (first > 0)
            r.flow->known_page = (uint32_t)outer->list->boxes.n - 1;
        first = end_of(&r, &made);
        room = r.flow->page_height;
    }
}

/* ---- the builder goes in and out ---- */

static void enter(inc_vbuilder *b, inc_columns *c)
{
    c->outer = *b;
    c->list = INC_NEW(b->flow->lists, inc_vlist);
    b->list = c->list;
    b->x = c->x;
    b->width = c->width;
    b->gap = b->negative_gap = b->owed = 0;
    b->penalty = 0;
    b->forced = b->grid = b->sync = b->fill = false;
    b->anchors = NULL;
    b->strings = NULL;
    b->frame = 0;
    b->columns = c;
    c->open_blocks = 0;
}

static void leave(inc_vbuilder *b)
{
    inc_columns *c = b->columns;
    inc_vbuilder inner = *b;
    *b = c->outer;
    b->marker = inner.marker;
    b->depth = inner.depth;
    b->tag = inner.tag;
    push_rows(b, c);
    inc_vbuilder_space(b, inner.gap);
    inc_vbuilder_space(b, INC_MIN(inner.negative_gap, 0));
    for (inc_vanchor *anchor = inner.anchors, *next; anchor; anchor = next) { /* they wait for the next box */
        next = anchor->next;
        anchor->next = b->anchors;
        b->anchors = anchor;
    }
    for (inc_vstring *string = inner.strings, *next; string; string = next) {
        next = string->next;
        string->next = b->strings;
        b->strings = string;
    }
}

/* As many as are asked for and, when they have a width, as fit (section 3.4). */
static unsigned columns_of(const inc_style *style, inc_len room)
{
    inc_len most = style->column_count ? style->column_count : style->column_width ? COLUMNS_MAX : 1;
    if (style->column_width)
        most = INC_MIN(most, (room + style->column_gap) / INC_MAX(style->column_width + style->column_gap, INC_PT));
    return (unsigned)INC_MAX(INC_MIN(most, (inc_len)COLUMNS_MAX), 1);
}

bool inc_columns_open(inc_vbuilder *b, const inc_style *style)
{
    unsigned count = columns_of(style, b->width);
    if (count < 2 || style->display == INC_DISPLAY_TABLE || b->columns || b->list != &b->flow->list || !b->flow->params)
        return false;
    inc_len gap = INC_MIN(style->column_gap, b->width / 4);
    inc_len width = (b->width - gap * (inc_len)(count - 1)) / (inc_len)count;
    if (width < 24 * INC_PT)
        return false;
    inc_columns *c = INC_NEW(b->flow->lists, inc_columns);
    *c = (inc_columns){.x = b->x, .full = b->width, .width = width, .gap = gap, .count = count, .balance = !style->column_fill_auto};
    enter(b, c);
    return true;
}

void inc_columns_close(inc_vbuilder *b)
{
    leave(b);
    b->columns = NULL;
}

inc_columns *inc_columns_pause(inc_vbuilder *b)
{
    inc_columns *c = b->columns;
    if (!c || c->open_blocks)
        return NULL;
    leave(b);
    b->columns = NULL;
    return c;
}

void inc_columns_resume(inc_vbuilder *b, inc_columns *columns)
{
    enter(b, columns);
}

void inc_columns_count(inc_vbuilder *b, int change)
{
    if (b->columns)
        b->columns->open_blocks += (unsigned)change;
}
