/* note.c - a footnote's own list of boxes, set at the foot of the page of its call and, if need be, of the pages behind it. */
#include "layout/flow.h"

enum { NUMBER_GAP = 5 }; /* pt */

/* The number waits in the builder for the note's first line, which begins behind it; returns where. */
static inc_len put_number(inc_vbuilder *b, const inc_node *note, const inc_style *style, inc_tag *tag)
{
    const inc_style *marker = inc_style_pseudo(b->flow->worker->styler, note, style, INC_PSEUDO_FOOTNOTE_MARKER);
    if (!marker)
        marker = inc_style_anonymous(b->flow->worker->styler, style, INC_DISPLAY_INLINE);
    inc_str number = marker->content.n ? inc_str_trim(inc_contents_text(b->flow, &marker->content, note, INC_PSEUDO_FOOTNOTE_MARKER))
                                       : inc_strf(b->flow->arena, "%u", inc_note_paper_number(note));
    inc_len width = inc_text_marks(b->flow, &b->marker, marker, number, b->x, 0, inc_tag_new(b->flow->arena, tag, INC_TAG_LBL));
    return width + NUMBER_GAP * INC_PT;
}

/* A note's first paragraph, or a note without one. */
static void first_paragraph(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_len indent)
{
    inc_style *indented = INC_NEW(b->flow->arena, inc_style);
    *indented = *style;
    indented->text_indent = (inc_dim){INC_DIM_LENGTH, indent};
    inc_paragraph_options options = {.style = indented, .tag = inc_tag_of(b->flow, b->tag, INC_TAG_P, node)};
    inc_paragraph(b, node, &options);
    inc_vbuilder_space(b, inc_dim_resolve(style->margin[INC_BOTTOM], b->width, 0));
}

static void set_note(inc_vbuilder *b, const inc_node *note, inc_tag *tag)
{
    inc_styler *styler = b->flow->worker->styler;
    const inc_style *style = inc_style_of(styler, note, b->flow->root_style);
    inc_open_block open = inc_block_open(b, style);
    b->gap = 0;
    inc_vbuilder_anchor(b, note);
    inc_len indent = put_number(b, note, style, tag);
    const inc_node *child = note->first;
    if (child && child->kind == INC_NODE_PARAGRAPH) {
        first_paragraph(b, child, inc_style_of(styler, child, style), indent);
        child = child->next;
    }
    for (; child; child = child->next)
        inc_block(b, child, style);
    if (!b->list->boxes.n)
        first_paragraph(b, note, style, indent);
    inc_block_close(b, &open);
    inc_vbuilder_finish(b);
}

static inc_tag *note_tag(inc_flow *flow, const inc_node *note)
{
    inc_tag *tag = inc_tag_of(flow, flow->tag, INC_TAG_NOTE, note);
    const inc_node *chapter = inc_node_within(note, INC_NODE_CHAPTER);
    inc_str name = chapter ? chapter->as.chapter.name : INC_STR("book");
    tag->note_id = inc_strf(flow->arena, "%.*s-fn-%u", INC_STR_ARG(name), inc_note_paper_number(note));
    return tag;
}

static void set_call(inc_flow *flow, inc_vbox *box, const inc_node *note)
{
    inc_vlist *list = INC_NEW(flow->lists, inc_vlist);
    inc_tag *tag = note_tag(flow, note);
    inc_vbuilder b = inc_vbuilder_on(flow, list, 0, flow->measure, tag);
    set_note(&b, note, tag);
    inc_vnote *made = INC_NEW(flow->lists, inc_vnote);
    made->list = list;
    inc_vbox_take_notes(box, &(inc_vbox){.notes = made, .last_note = made, .fit.notes = (uint32_t)list->boxes.n});
}

/* Notes called in a note wait until that one is set, and follow it: a chain of notes is as long as its author likes, the stack is not. */
void inc_note_call(inc_flow *flow, inc_vbox *box, const inc_node *note)
{
    bool outermost = !flow->calls.n;
    INC_PUSH(flow->lists, &flow->calls, note);
    if (!outermost)
        return;
    for (size_t i = 0; i < flow->calls.n; i++)
        set_call(flow, box, flow->calls.v[i]);
    flow->calls.n = 0;
}
