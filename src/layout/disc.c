/* disc.c - the disc of a callout, with its number in it: at the end of a line of code, and before what explains it. */
#include "layout/flow.h"

inc_len inc_disc_width(const inc_style *style)
{
    return inc_dim_resolve(style->width, 0, style->font_size * 4 / 3);
}

/* In the ground's colour; decoration, since the number reads as all there is. */
static void set_circle(inc_flow *flow, inc_marks *marks, const inc_disc *disc)
{
    inc_len width = inc_disc_width(disc->style);
    inc_mark mark = {.kind = INC_MARK_RULE, .round = true, .x = disc->x, .y = disc->middle - width / 2, .width = width, .height = width};
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        mark.color[m] = disc->style->paint[m].background;
    INC_PUSH(flow->lists, marks, mark);
}

/* Half the height of a figure: what lies above the middle when it stands in it. */
static inc_len half_figure(const inc_glyph_run *run)
{
    inc_box ink = inc_font_ink(run->font, run->glyphs[0].gid);
    return inc_len_from_units(ink.y0 + ink.y1, run->size, INC_MAX((int32_t)inc_font_metrics_of(run->font).upem, 1)) / 2;
}

void inc_disc_marks(inc_flow *flow, inc_marks *marks, const inc_disc *disc)
{
    set_circle(flow, marks, disc);
    size_t first = marks->n;
    inc_len width = inc_text_marks(flow, marks, disc->style, inc_strf(flow->arena, "%u", disc->number), 0, 0, disc->tag);
    for (size_t i = first; i < marks->n; i++) {
        inc_mark *mark = &marks->v[i];
        mark->x += disc->x + (inc_disc_width(disc->style) - width) / 2;
        mark->y = disc->middle + (mark->as.text.run->count ? half_figure(mark->as.text.run) : 0);
        mark->as.text.text = i == first ? disc->text : INC_STR("");
        mark->as.text.text_start = 0;
    }
}

void inc_disc_link(inc_flow *flow, inc_marks *marks, const inc_disc *disc, const inc_node *target)
{
    inc_len width = inc_disc_width(disc->style);
    inc_mark mark = {.kind = INC_MARK_LINK, .tag = disc->tag, .x = disc->x, .y = disc->middle - width / 2, .width = width, .height = width};
    mark.as.link.destination = inc_destination_of(flow, target);
    mark.as.link.contents = inc_strf(flow->arena, "(%u)", disc->number);
    if (mark.as.link.destination.n)
        INC_PUSH(flow->lists, marks, mark);
}
