/* continued.c - what stands again above the rest of something that a page break has parted: "Listing 4-3, continued". */
#include "layout/flow.h"

static const inc_node *caption_of(const inc_node *node)
{
    const inc_node *figure = node->parent, *child = figure && figure->kind == INC_NODE_FIGURE ? figure->first : NULL;
    while (child && child->kind != INC_NODE_CAPTION)
        child = child->next;
    return child;
}

bool inc_continued_line(inc_flow *flow, inc_vlist *list, const inc_node *node, inc_len x, inc_len width)
{
    const inc_node *caption = caption_of(node), *label = caption ? caption->first : NULL;
    if (!label || label->kind != INC_NODE_SPAN || !inc_node_has_class(label, "label"))
        return false;
    inc_styler *styler = flow->worker->styler;
    const inc_style *style = inc_style_of(styler, caption, inc_style_of(styler, node->parent, flow->root_style));
    const inc_style *words = inc_style_synthetic(styler, caption, style, "span", INC_STR("continued"));
    inc_vbuilder b = inc_vbuilder_on(flow, list, x, width, NULL);
    inc_vbox *box = inc_vbuilder_box(&b, style->line_height + inc_dim_resolve(style->margin[INC_BOTTOM], width, 0));
    inc_len baseline = inc_baseline(flow, style, style->line_height);
    inc_marks marks = {0};
    x += inc_text_marks(flow, &marks, inc_style_of(styler, label, style), inc_node_flatten(flow->arena, label, true), x, baseline, NULL);
    inc_text_marks(flow, &marks, words, inc_contents_text(flow, &words->content, caption, INC_PSEUDO_NONE), x, baseline, NULL);
    box->marks = marks.v;
    box->mark_count = (uint32_t)marks.n;
    return true;
}
