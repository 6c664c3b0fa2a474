/* flow.c - appending to a vertical list: collapsing space, penalties, anchors; and lists apart, for pages of their own. */
#include "layout/flow.h"

inc_vbuilder inc_vbuilder_on(inc_flow *flow, inc_vlist *list, inc_len x, inc_len width, inc_tag *tag)
{
    return (inc_vbuilder){.flow = flow, .list = list, .x = x, .width = width, .tag = tag};
}

void inc_vbuilder_space(inc_vbuilder *b, inc_len space)
{
    if (space >= 0) {
        b->gap = INC_MAX(b->gap, space);
        b->bare_gap = INC_MAX(b->bare_gap, space);
    } else
        b->negative_gap = INC_MIN(b->negative_gap, space);
}

void inc_vbuilder_penalty(inc_vbuilder *b, int32_t penalty)
{
    b->penalty = INC_MAX(b->penalty, penalty);
}

/* Below a heading stand two lines, of whatever, or something that is as high. */
static void keep_with_heading(inc_vbuilder *b, inc_pb_box *fit)
{
    if (!b->kept)
        return;
    fit->penalty = INC_NO_PAGE_BREAK;
    b->kept = fit->height >= 2 * b->flow->book_style->line_height ? 0 : b->kept - 1;
}

inc_vbox *inc_vbuilder_box(inc_vbuilder *b, inc_len height)
{
    inc_vbox box = {.fit = {.height = height, .gap = b->gap + b->negative_gap, .penalty = b->penalty, .forced = b->forced, .side = (uint8_t)b->side,
                            .grid = b->grid, .sync = b->sync, .barrier = b->barrier, .repeated = b->repeat_height},
                    .page_name = b->page_name, .anchors = b->anchors, .strings = b->strings, .repeat = b->repeat, .fill = b->fill,
                    .owed = b->owed};
    if (box.fit.gap < 0)
        box.fit.gap = 0;
    keep_with_heading(b, &box.fit);
    if (b->list->floats.n && b->list->floats.v[b->list->floats.n - 1].end == b->list->boxes.n)
        b->list->floats.v[b->list->floats.n - 1].bare = INC_MAX(b->bare_gap + b->negative_gap, 0);
    if (b->list->boxes.n && !inc_str_eq(b->list->boxes.v[b->list->boxes.n - 1].page_name, b->page_name))
        box.fit.forced = true; /* another kind of page (css-page-3, 9) */
    INC_PUSH(b->flow->lists, &b->list->boxes, box);
    b->gap = b->negative_gap = b->bare_gap = b->owed = 0;
    b->penalty = 0;
    b->side = INC_PB_ANY_SIDE;
    b->lead = INC_LEAD_NONE;
    b->forced = b->grid = b->sync = b->fill = b->barrier = false;
    b->anchors = NULL;
    b->strings = NULL;
    return &b->list->boxes.v[b->list->boxes.n - 1];
}

void inc_vbuilder_finish(inc_vbuilder *b)
{
    b->list->trailing = b->gap + b->negative_gap;
    inc_vlist *list = b->list;
    if (!list->boxes.n && b->anchors)
        inc_vbuilder_box(b, 0);
    if (!list->boxes.n)
        return;
    inc_vbox *last = &list->boxes.v[list->boxes.n - 1]; /* anchors at the very end belong to the last box */
    inc_vanchor **at = &last->anchors;
    while (*at)
        at = &(*at)->next;
    *at = b->anchors;
    b->anchors = NULL;
}

void inc_vbuilder_anchor(inc_vbuilder *b, const inc_node *node)
{
    inc_vanchor *anchor = INC_NEW(b->flow->lists, inc_vanchor);
    anchor->node = node;
    anchor->next = b->anchors;
    b->anchors = anchor;
}

void inc_vbuilder_hang_marker(inc_vbuilder *b, inc_vbox *box, inc_len baseline)
{
    size_t n = b->marker.n;
    if (!n)
        return;
    inc_mark *marks = INC_NEW_N(b->flow->lists, inc_mark, n + box->mark_count);
    for (size_t i = 0; i < n; i++) {
        marks[i] = b->marker.v[i];
        marks[i].y += baseline;
    }
    for (size_t i = 0; i < box->mark_count; i++)
        marks[n + i] = box->marks[i];
    box->marks = marks;
    box->mark_count += (uint32_t)n;
    b->marker.n = 0;
}

void inc_vbox_take_notes(inc_vbox *to, inc_vbox *from)
{
    if (!from->notes)
        return;
    *(to->notes ? &to->last_note->next : &to->notes) = from->notes;
    to->last_note = from->last_note;
    to->fit.notes += from->fit.notes;
    from->notes = from->last_note = NULL;
    from->fit.notes = 0;
}

inc_tag *inc_tag_new(inc_arena *arena, inc_tag *parent, inc_tag_kind kind)
{
    inc_tag *tag = INC_NEW(arena, inc_tag);
    tag->kind = kind;
    tag->parent = parent;
    tag->span = parent ? parent->span : INC_NO_SPAN;
    tag->colspan = tag->rowspan = 1;
    if (parent) {
        *(parent->last ? &parent->last->next : &parent->first) = tag;
        parent->last = tag;
    }
    return tag;
}

inc_tag *inc_tag_of(inc_flow *flow, inc_tag *parent, inc_tag_kind kind, const inc_node *node)
{
    inc_tag *tag = inc_tag_new(flow->arena, parent, kind);
    tag->span = node->span;
    tag->lang = node->lang;
    return tag;
}

inc_len inc_vlist_height(const inc_vlist *list)
{
    inc_len height = 0;
    for (size_t i = 0; i < list->boxes.n; i++)
        height += (i ? list->boxes.v[i].fit.gap : 0) + list->boxes.v[i].fit.height;
    return height;
}

void inc_vbox_lift(inc_vbox *to, const inc_vlist *from, uint32_t first, uint32_t end)
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

void inc_apart_begin(inc_apart *apart, inc_vbuilder *b, const inc_node *node, inc_len measure, inc_len page_height)
{
    inc_flow *flow = b->flow;
    *apart = (inc_apart){
        .own = {.list = {.paged = true}, .measure = measure, .page_height = page_height, .node = node, .after = b->list->boxes.n ? (uint32_t)b->list->boxes.n - 1 : 0},
        .measure = flow->measure,
        .page_height = flow->page_height,
    };
    flow->measure = measure;
    flow->page_height = page_height;
    apart->inside = inc_vbuilder_on(flow, &apart->own.list, 0, measure, b->tag);
    apart->inside.page_name = b->page_name;
    apart->inside.turned = true;
}

void inc_apart_end(inc_apart *apart)
{
    inc_flow *flow = apart->inside.flow;
    flow->measure = apart->measure;
    flow->page_height = apart->page_height;
    INC_PUSH(flow->lists, &flow->turned, apart->own);
}
