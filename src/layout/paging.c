/* paging.c - a flow's boxes come to stand on pages: what the breaker gets to see, and what it wanted. */
#include "layout/book.h"

#include <stdlib.h>

/* ---- before ---- */

/* All lines of all notes. A note is not parted behind its first line, nor where a paragraph would leave a line alone. */
static const inc_pb_note *list_notes(inc_flow_pages *f, size_t count)
{
    inc_pb_note *lines = INC_NEW_N(f->lists, inc_pb_note, count);
    f->note_lines = INC_NEW_N(f->lists, inc_note_line, count);
    size_t n = 0;
    for (size_t i = 0; i < f->flow.list.boxes.n; i++)
        for (const inc_vnote *note = f->flow.list.boxes.v[i].notes; note; note = note->next)
            for (uint32_t k = 0; k < note->list->boxes.n; k++, n++) {
                const inc_pb_box *fit = &note->list->boxes.v[k].fit;
                lines[n] = (inc_pb_note){.height = fit->height, .gap = k ? fit->gap : 0, .begins = k == 0,
                                         .firm = k == 1 || (k && fit->penalty >= INC_BAD_PAGE_BREAK)};
                f->note_lines[n] = (inc_note_line){note->list, k};
            }
    assert(n == count);
    return lines;
}

static size_t copy_boxes(inc_flow_pages *f)
{
    size_t n = f->flow.list.boxes.n, notes = 0;
    f->boxes = INC_NEW_N(f->lists, inc_pb_box, n);
    for (size_t i = 0; i < n; i++) {
        f->boxes[i] = f->flow.list.boxes.v[i].fit;
        notes += f->boxes[i].notes;
    }
    f->variants = INC_NEW_N(f->lists, inc_pb_variant, f->flow.list.variants.n);
    for (size_t i = 0; i < f->flow.list.variants.n; i++) {
        const inc_vvariant *v = &f->flow.list.variants.v[i];
        f->variants[i] = (inc_pb_variant){v->first, v->count, v->shorter_cost, v->longer_cost};
    }
    return notes;
}

static inc_pb_list list_of(const inc_flow_pages *f, const inc_pb_note *notes, size_t note_count)
{
    return (inc_pb_list){.boxes = f->boxes, .n = f->flow.list.boxes.n, .notes = notes, .note_count = note_count, .variants = f->variants,
                         .variant_count = f->flow.list.variants.n, .floats = f->flow.list.floats.v, .float_count = f->flow.list.floats.n};
}

static void break_turned(inc_flow_pages *f);

/* The boxes' order when a figure has moved, or NULL. */
static uint32_t *order_of(inc_flow_pages *f, const inc_pb_list *list, inc_pb_page *pages, size_t count)
{
    bool moved = false;
    for (size_t p = 0; p < count; p++)
        moved |= pages[p].moved != 0;
    if (!moved)
        return NULL;
    uint32_t *order = INC_NEW_N(f->lists, uint32_t, list->n);
    inc_pb_order(list, pages, count, order);
    return order;
}

void inc_flow_break(inc_flow_pages *f, bool on_verso, bool on_recto)
{
    break_turned(f);
    size_t count = copy_boxes(f);
    inc_pb_list list = list_of(f, list_notes(f, count), count);
    inc_arena *scratch = f->flow.worker->scratch;
    for (int recto = !on_verso; recto <= on_recto; recto++) {
        f->params.recto = recto;
        inc_arena_mark start = inc_arena_mark_get(scratch);
        inc_pb_page *pages;
        size_t n = f->ways[recto].count = inc_pagebreak(scratch, &list, &f->params, &pages);
        f->ways[recto].pages = INC_NEW_N(f->lists, inc_pb_page, n);
        memcpy(f->ways[recto].pages, pages, n * sizeof *pages);
        inc_arena_reset(scratch, start);
        f->ways[recto].order = order_of(f, &list, f->ways[recto].pages, f->ways[recto].count);
    }
}

const inc_vbox *inc_flow_box(const inc_flow_pages *f, uint32_t i)
{
    return &f->flow.list.boxes.v[f->order ? f->order[i] : i];
}

/* Behind the last box of a page, in the order in which they were made. */
static uint32_t text_end(const inc_flow_pages *f, uint32_t p)
{
    uint32_t end = f->pages[p].end;
    return f->order && end > f->pages[p].first ? f->order[end - 1] + 1 : end;
}

/* Turned pages stand behind the page with the box before them. */
static void order_sheets(inc_flow_pages *f)
{
    size_t count = f->page_count, next = 0;
    for (size_t i = 0; i < f->turned_count; i++)
        count += f->turned[i].page_count;
    f->sheets = INC_NEW_N(f->lists, inc_flow_sheet, count);
    f->sheet_count = 0;
    for (uint32_t p = 0; p < f->page_count; p++) {
        f->sheets[f->sheet_count++] = (inc_flow_sheet){f, p};
        bool last = p + 1 == f->page_count;
        for (; next < f->turned_count && (last || f->flow.turned.v[next].after < text_end(f, p)); next++)
            for (uint32_t k = 0; k < f->turned[next].page_count; k++)
                f->sheets[f->sheet_count++] = (inc_flow_sheet){&f->turned[next], k};
    }
}

void inc_flow_choose(inc_flow_pages *f, bool recto)
{
    assert(f->ways[recto].count);
    f->pages = f->ways[recto].pages;
    f->page_count = f->ways[recto].count;
    f->order = f->ways[recto].order;
    order_sheets(f);
}

/* Turned tables, and figures on pages of their own, are broken like flows: tables across. */
static void break_turned(inc_flow_pages *f)
{
    f->turned_count = f->flow.turned.n;
    f->turned = INC_NEW_N(f->lists, inc_flow_pages, f->turned_count);
    for (size_t i = 0; i < f->turned_count; i++) {
        inc_flow_pages *t = &f->turned[i];
        *t = (inc_flow_pages){.first = f->first, .end = f->end, .arena = f->arena, .lists = f->lists, .flow = f->flow};
        t->flow.list = f->flow.turned.v[i].list;
        t->flow.turned.n = 0;
        t->flow.measure = f->flow.turned.v[i].measure;
        t->flow.page_height = f->flow.turned.v[i].page_height;
        t->upright = f->flow.turned.v[i].upright;
        t->params = (inc_pb_params){.height = t->flow.page_height, .unit = f->params.unit, .note_space = f->params.note_space};
        inc_flow_break(t, false, true);
        inc_flow_choose(t, true);
    }
}

/* ---- after ---- */

/* What stands around figures that have moved. */
static void close_gaps(inc_flow_pages *f)
{
    const inc_pb_float *floats = f->flow.list.floats.v;
    for (size_t p = 0; p < f->page_count; p++) {
        const inc_pb_page *page = &f->pages[p];
        if (page->moved)
            f->boxes[floats[page->moved - 1].end].gap = floats[page->moved - 1].bare;
        if (!page->head)
            continue;
        const inc_pb_float *head = &floats[page->head - 1];
        uint32_t behind = page->first + head->end - head->first;
        if (behind < page->end) {
            inc_pb_box *box = &f->boxes[f->order[behind]];
            box->gap = INC_MAX(box->gap, head->after);
            box->sync = true;
        }
    }
}

typedef struct framed { /* a frame and where it stood */
    inc_vframe frame;
    uint32_t index;
} framed;

static int by_first(const void *x, const void *y)
{
    const framed *a = x, *b = y;
    if (a->frame.first != b->frame.first)
        return a->frame.first < b->frame.first ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

/* Frames follow their boxes: in the order of their first ones again. A figure may have come to stand among the boxes of one; its own frame, if it has
 * any, is then inside. */
static void move_frames(inc_flow_pages *f, const uint32_t *place)
{
    inc_vframe *frames = f->flow.list.frames.v;
    uint32_t n = (uint32_t)f->flow.list.frames.n;
    framed *sorted = INC_NEW_N(f->lists, framed, n);
    uint32_t *now = INC_NEW_N(f->lists, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        sorted[i] = (framed){frames[i], i};
        sorted[i].frame.first = place[frames[i].first];
        sorted[i].frame.end = frames[i].end > frames[i].first ? place[frames[i].end - 1] + 1 : sorted[i].frame.first;
    }
    qsort(sorted, n, sizeof *sorted, by_first);
    for (uint32_t i = 0; i < n; i++)
        now[sorted[i].index + 1] = i + 1;
    for (uint32_t i = 0; i < n; i++) {
        frames[i] = sorted[i].frame;
        frames[i].outer = now[frames[i].outer];
        for (uint32_t around = i; !frames[i].outer && around; around = frames[around - 1].outer)
            if (frames[around - 1].end > frames[i].first)
                frames[i].outer = around;
    }
}

/* The boxes in the order of the pages; what names boxes follows. */
static void put_in_order(inc_flow_pages *f)
{
    inc_vlist *list = &f->flow.list;
    size_t n = list->boxes.n;
    uint32_t *place = INC_NEW_N(f->lists, uint32_t, n + 1);
    inc_vbox *boxes = INC_NEW_N(f->lists, inc_vbox, n);
    inc_pb_box *fits = INC_NEW_N(f->lists, inc_pb_box, n);
    close_gaps(f);
    for (size_t i = 0; i < n; i++) {
        boxes[i] = list->boxes.v[f->order[i]];
        fits[i] = f->boxes[f->order[i]];
        place[f->order[i]] = (uint32_t)i;
    }
    list->boxes.v = boxes;
    f->boxes = fits;
    move_frames(f, place);
    for (size_t i = 0; i < list->variants.n; i++)
        list->variants.v[i].first = f->variants[i].first = place[list->variants.v[i].first];
}

/* The paragraph in its other count of lines. What the blocks around it have added to its first and last box stays. */
static void take_variant(inc_flow_pages *f, const inc_vvariant *v, bool longer)
{
    for (uint32_t i = 0; i < v->count; i++) {
        inc_vbox *box = &f->flow.list.boxes.v[v->first + i];
        const inc_vbox *other = longer ? &v->longer[i] : &v->shorter[i];
        box->marks = other->marks;
        box->mark_count = other->mark_count;
        box->node = other->node;
        box->byte = other->byte;
        box->anchors = other->anchors;
        box->fit.height += other->fit.height; /* the difference */
        f->boxes[v->first + i].height = box->fit.height;
    }
}

static void take_variants(inc_flow_pages *f)
{
    inc_pb_list list = list_of(f, NULL, 0);
    for (size_t p = 0; p < f->page_count; p++) {
        uint32_t chosen[INC_PB_LINES_MAX];
        size_t n = inc_pb_chosen(&list, &f->pages[p], chosen);
        for (size_t i = 0; i < n; i++)
            take_variant(f, &f->flow.list.variants.v[chosen[i]], f->pages[p].lines > 0);
    }
}

/* margin-top: auto on a page of its own (a copyright notice, a publisher's name) takes all the room that is left. */
static void fill_page(inc_flow_pages *f)
{
    inc_len left = f->params.first_height - f->pages[0].height - f->pages[0].notes;
    for (size_t i = 0; i < f->flow.list.boxes.n && left > 0; i++) {
        if (!f->flow.list.boxes.v[i].fill)
            continue;
        *(i ? &f->boxes[i].gap : &f->params.first_top) += left;
        f->pages[0].height += left;
        return;
    }
}

void inc_flow_settle(inc_flow_pages *f)
{
    for (size_t i = 0; i < f->turned_count; i++)
        inc_flow_settle(&f->turned[i]);
    if (f->order)
        put_in_order(f);
    take_variants(f);
    if (f->page_count == 1)
        fill_page(f);
    f->tops = INC_NEW_N(f->lists, inc_len, f->flow.list.boxes.n);
    for (size_t p = 0; p < f->page_count; p++)
        inc_pb_tops(f->boxes, &f->pages[p], &f->params, f->tops + f->pages[p].first);
}
