/* note.c - a footnote's own list of boxes, set at the foot of the page of its call. */
#include "layout/flow.h"

/* The number stands in front of the note's first line. */
static void put_number(inc_vbuilder *b, const inc_node *note, const inc_style *style, inc_tag *tag)
{
    const inc_style *marker = inc_style_pseudo(b->flow->worker->styler, note, style, INC_PSEUDO_FOOTNOTE_MARKER);
    if (!marker)
        marker = inc_style_anonymous(b->flow->worker->styler, style, INC_DISPLAY_INLINE);
    inc_str number = inc_strf(b->flow->arena, "%u", note->as.note.number);
    inc_tag *label = inc_tag_new(b->flow->arena, tag, INC_TAG_LBL);
    inc_len width = inc_text_marks(b->flow, &b->marker, marker, number, b->x, 0, label);
    b->marker_tag = label;
    b->marker_baseline = width + 5 * INC_PT;
}

/* The first paragraph begins behind the number: its first line is indented by the number's width. */
static void first_paragraph(inc_vbuilder *b, const inc_node *node, const inc_style *note_style)
{
    const inc_style *style = inc_style_of(b->flow->worker->styler, node, note_style);
    inc_style *indented = INC_NEW(b->flow->arena, inc_style);
    *indented = *style;
    indented->text_indent = (inc_dim){INC_DIM_LENGTH, b->marker_baseline};
    inc_paragraph_options options = {.style = indented, .tag = inc_tag_new(b->flow->arena, b->tag, INC_TAG_P)};
    options.tag->span = node->span;
    inc_paragraph(b, node, &options);
    inc_vbuilder_space(b, inc_dim_resolve(style->margin[INC_BOTTOM], b->width, 0));
}

inc_vnote *inc_note_of(inc_flow *flow, const inc_node *note, inc_tag *parent)
{
    inc_vlist *list = INC_NEW(flow->lists, inc_vlist);
    inc_tag *tag = inc_tag_new(flow->arena, parent, INC_TAG_NOTE);
    tag->span = note->span;
    const inc_node *chapter = inc_node_within(note, INC_NODE_CHAPTER);
    inc_str name = chapter ? chapter->as.chapter.name : INC_STR("book");
    tag->note_id = inc_strf(flow->arena, "%.*s-fn-%u", INC_STR_ARG(name), note->as.note.number);
    inc_vbuilder b = inc_vbuilder_on(flow, list, 0, flow->measure, tag);
    const inc_style *style = inc_style_of(flow->worker->styler, note, flow->root_style);
    inc_open_block open = inc_block_open(&b, style);
    b.gap = 0;
    inc_vbuilder_anchor(&b, note);
    put_number(&b, note, style, tag);
    const inc_node *child = note->first;
    if (child && child->kind == INC_NODE_PARAGRAPH) {
        first_paragraph(&b, child, style);
        child = child->next;
    }
    for (; child; child = child->next)
        inc_block(&b, child, style);
    inc_block_close(&b, &open);
    inc_vbuilder_finish(&b);
    inc_vnote *made = INC_NEW(flow->lists, inc_vnote);
    *made = (inc_vnote){note, list, inc_vlist_height(list), NULL};
    return made;
}
