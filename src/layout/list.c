/* list.c - lists: items, and the numbers, bullets, check boxes and discs before them. */
#include "layout/flow.h"

enum { PENALTY_LONE_ITEM = 4000 };

static inc_str number_text(inc_flow *flow, const inc_node *item, const inc_style *style)
{
    bool own = style->list_style == INC_LIST_OWN, bullet = style->list_style < INC_LIST_DECIMAL;
    inc_str text = inc_counter_format(flow->arena, style->list_style, style->list_own, item->as.item.number, own);
    if (own || bullet)
        return inc_str_trim(text);
    return inc_strf(flow->arena, "%.*s%s", INC_STR_ARG(text), item->parent->as.list.delimiter == ')' ? ")" : ".");
}

/* What stands before an item: ::marker's content, a check box, or what list-style-type makes of its number. */
static inc_str marker_text(inc_flow *flow, const inc_node *item, const inc_style *style, const inc_style *marker)
{
    if (marker && marker->content.none)
        return INC_STR("");
    if (marker && marker->content.n)
        return inc_str_trim(inc_contents_text(flow, &marker->content, item, INC_PSEUDO_MARKER));
    if (item->as.item.task != INC_TASK_NONE)
        return item->as.item.task == INC_TASK_DONE ? INC_STR("\xE2\x98\x91") : INC_STR("\xE2\x98\x90");
    return style->list_style == INC_LIST_STRING ? inc_str_trim(style->list_string) : number_text(flow, item, style);
}

static inc_numbering numbering_of(const inc_node *list, const inc_style *style)
{
    switch (style->list_style) {
    case INC_LIST_NONE: return INC_NUMBERING_NONE;
    case INC_LIST_DISC: return INC_NUMBERING_DISC;
    case INC_LIST_CIRCLE: return INC_NUMBERING_CIRCLE;
    case INC_LIST_SQUARE: return INC_NUMBERING_SQUARE;
    case INC_LIST_LEADING_ZERO:
    case INC_LIST_LOWER_GREEK:
    case INC_LIST_DECIMAL: return INC_NUMBERING_DECIMAL;
    case INC_LIST_LOWER_ALPHA: return INC_NUMBERING_LOWER_ALPHA;
    case INC_LIST_UPPER_ALPHA: return INC_NUMBERING_UPPER_ALPHA;
    case INC_LIST_LOWER_ROMAN: return INC_NUMBERING_LOWER_ROMAN;
    case INC_LIST_UPPER_ROMAN: return INC_NUMBERING_UPPER_ROMAN;
    case INC_LIST_OWN:
    case INC_LIST_STRING: return list->as.list.ordered ? INC_NUMBERING_DECIMAL : INC_NUMBERING_DISC;
    }
    return INC_NUMBERING_NONE;
}

/* The disc of a callout instead of a mark, leading back to its line. */
static void prepare_disc(inc_vbuilder *b, const inc_node *item, const inc_style *style, inc_tag *label, inc_len hang)
{
    inc_flow *flow = b->flow;
    uint32_t number = item->as.item.number;
    inc_disc disc = {.style = inc_style_synthetic(flow->worker->styler, item, style, "span", INC_STR("callout")), .number = number,
                     .text = inc_strf(flow->arena, "%u.", number), .x = b->x - hang, .middle = -style->font_size / 3,
                     .tag = inc_tag_new(flow->arena, label, INC_TAG_LINK)};
    inc_disc_marks(flow, &b->marker, &disc);
    inc_disc_link(flow, &b->marker, &disc, item->as.item.callout);
}

/* The mark waits in the builder for the item's first baseline. */
static void prepare_marker(inc_vbuilder *b, const inc_node *item, const inc_style *style, inc_tag *li, inc_len hang)
{
    const inc_style *marker = inc_style_pseudo(b->flow->worker->styler, item, style, INC_PSEUDO_MARKER);
    if (item->as.item.callout) {
        prepare_disc(b, item, style, inc_tag_new(b->flow->arena, li, INC_TAG_LBL), hang);
        return;
    }
    inc_str text = marker_text(b->flow, item, style, marker);
    if (!text.n)
        return;
    if (!marker)
        marker = inc_style_anonymous(b->flow->worker->styler, style, INC_DISPLAY_INLINE);
    inc_tag *tag = inc_tag_new(b->flow->arena, li, INC_TAG_LBL);
    size_t first = b->marker.n; /* behind that of the item around, when this list begins it */
    inc_len width = inc_text_marks(b->flow, &b->marker, marker, text, b->x - hang, 0, tag);
    inc_len over = width + INC_PT * 2 - hang; /* "100." in a hang made for "9.": move out to the left */
    for (size_t i = first; i < b->marker.n && over > 0; i++)
        b->marker.v[i].x -= over;
}

static void item(inc_vbuilder *b, const inc_node *node, const inc_style *list_style, inc_tag *list_tag, inc_len hang)
{
    inc_tag *outer = b->tag;
    bool contents = list_tag->kind == INC_TAG_TOC;
    const inc_style *style = inc_style_of(b->flow->worker->styler, node, list_style);
    if (style->display == INC_DISPLAY_NONE)
        return;
    inc_tag *li = inc_tag_of(b->flow, list_tag, contents ? INC_TAG_TOCI : INC_TAG_LI, node);
    inc_open_block open = inc_block_open(b, style);
    inc_block_begin(b, node, style);
    if (!contents)
        prepare_marker(b, node, style, li, hang);
    b->tag = contents ? li : inc_tag_new(b->flow->arena, li, INC_TAG_LBODY);
    size_t first = b->list->boxes.n;
    inc_block_children(b, node, style);
    if (b->marker.n) { /* an item without text still shows its mark */
        inc_vbox *box = first < b->list->boxes.n ? &b->list->boxes.v[first] : inc_vbuilder_box(b, style->line_height);
        inc_vbuilder_hang_marker(b, box, inc_baseline(b->flow, style, style->line_height));
    }
    b->tag = outer;
    inc_block_close(b, &open);
}

/* Neither the first line of a list nor its last one stands alone on a page. */
static void keep_ends(inc_vbuilder *b, const inc_node *list, size_t first)
{
    size_t end = b->list->boxes.n;
    if (end - first < 2 || list->parent->kind == INC_NODE_ITEM)
        return;
    const size_t ends[] = {first + 1, end - 1};
    for (size_t i = 0; i < INC_COUNT(ends); i++) {
        inc_pb_box *fit = &b->list->boxes.v[ends[i]].fit;
        fit->penalty = INC_MAX(fit->penalty, PENALTY_LONE_ITEM);
    }
}

void inc_list_block(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    bool contents = inc_node_has_class(node, "toc");
    inc_tag *tag = inc_tag_of(b->flow, b->tag, contents ? INC_TAG_TOC : INC_TAG_L, node);
    inc_open_block open = inc_block_open(b, style);
    inc_block_begin(b, node, style);
    inc_len hang = inc_dim_resolve(style->padding[INC_LEFT], open.width, 0);
    tag->numbering = numbering_of(node, style);
    for (const inc_node *child = node->first; child; child = child->next)
        item(b, child, style, tag, hang);
    if (!contents)
        keep_ends(b, node, open.first);
    inc_block_close(b, &open);
}
