/*
 * plate.c - figures on pages of their own, behind the page where they are met; the text goes on and fills that page.
 *
 * The picture is as large as its page allows with the caption below it. On a page without margins (a named page of the style sheet's) it
 * covers the whole page and runs into the bleed; its caption then stays in the text.
 */
#include "layout/book.h"
#include "layout/flow.h"

/* The only picture of a figure that holds no other content beside its caption; or NULL. */
static const inc_node *only_picture(const inc_node *figure)
{
    const inc_node *found = NULL;
    for (const inc_node *child = figure->first; child; child = child->next) {
        if (child->kind == INC_NODE_CAPTION)
            continue;
        if (child->kind != INC_NODE_PARAGRAPH || found)
            return NULL;
        for (const inc_node *in = child->first; in; in = in->next) {
            if (in->kind == INC_NODE_SOFT_BREAK)
                continue;
            if (in->kind != INC_NODE_IMAGE || found)
                return NULL;
            found = in;
        }
    }
    return found;
}

static inc_vbox *box_of_picture(inc_vlist *list)
{
    for (size_t i = 0; i < list->boxes.n; i++)
        if (list->boxes.v[i].mark_count == 1 && list->boxes.v[i].marks->kind == INC_MARK_IMAGE)
            return &list->boxes.v[i];
    return NULL;
}

/* Takes what room the page has left, or gives back what it lacks; in its proportions, in the middle of the measure. */
static void fill_page(inc_vlist *list, inc_len measure, inc_len page_height, bool grow)
{
    inc_vbox *box = box_of_picture(list);
    inc_len left = page_height - inc_vlist_height(list);
    if (!box || (left > 0 && !grow))
        return;
    inc_mark *mark = box->marks;
    inc_len width = mark->width, height = mark->height, tall = INC_MAX(height + left, INC_PT);
    inc_len wide = inc_len_scale(width, tall, height);
    if (wide > measure) {
        wide = measure;
        tall = inc_len_scale(height, wide, width);
    }
    mark->x = (measure - wide) / 2;
    mark->width = wide;
    mark->height = tall;
    box->fit.height += tall - height;
}

/* The picture alone, as large as the page: what it covers beyond is settled when the bleed is known (inc_pages_spread). */
static void cover_page(inc_vbuilder *around, const inc_node *image, const inc_style *style)
{
    inc_flow *flow = around->flow;
    inc_picture(around, image, style, around->tag);
    inc_vbox *box = box_of_picture(around->list);
    if (!box)
        return;
    *box->marks = (inc_mark){.kind = INC_MARK_IMAGE, .bleeds = true, .tag = box->marks->tag, .width = flow->measure, .height = flow->page_height, .as.image = box->marks->as.image};
    box->fit.height = flow->page_height;
    box->inset = 0;
}

/* Captions of a picture that leaves them no room; in the style of the text around, for the figure's own names another page. */
static void set_captions(inc_vbuilder *b, const inc_node *figure, const inc_style *style, const inc_style *parent_style)
{
    inc_style *around = INC_NEW(b->flow->arena, inc_style);
    *around = *style;
    around->page = parent_style->page;
    inc_open_block open = inc_block_open(b, around);
    for (const inc_node *child = figure->first; child; child = child->next)
        if (child->kind == INC_NODE_CAPTION)
            inc_block(b, child, parent_style);
    inc_block_close(b, &open);
}

static bool covers(inc_flow *flow, inc_str page, const inc_text_block *block)
{
    const inc_page_style *ps = inc_page_style_of(flow->worker->styler, page, true, false, false);
    return !block->x0 && !block->y0 && block->x1 == ps->width && block->y1 == ps->height;
}

static void lay(inc_vbuilder *around, const inc_node *node, const inc_style *style, const inc_style *parent_style, bool bleeds)
{
    const inc_node *image = only_picture(node);
    inc_styler *styler = around->flow->worker->styler;
    if (!bleeds) {
        inc_block(around, node, parent_style);
        return;
    }
    inc_tag *outer = around->tag;
    inc_vbuilder_anchor(around, node);
    around->tag = inc_tag_of(around->flow, outer, INC_TAG_DIV, node);
    cover_page(around, image, inc_style_of(styler, image, inc_style_of(styler, image->parent, style)));
}

bool inc_plate(inc_vbuilder *b, const inc_node *node, const inc_style *style, const inc_style *parent_style)
{
    inc_flow *flow = b->flow;
    if (node->kind != INC_NODE_FIGURE || style->page_float != INC_PAGE_FLOAT_PAGE || b->turned || b->columns || b->list != &flow->list)
        return false;
    const inc_text_block block = inc_text_block_of(flow->worker->styler, style->page, true, false);
    const inc_node *image = only_picture(node);
    bool bleeds = image && image->as.image.file.n && covers(flow, style->page, &block);
    inc_apart apart;
    inc_apart_begin(&apart, b, node, block.x1 - block.x0, block.y1 - block.y0);
    apart.own.upright = true;
    apart.inside.page_name = style->page;
    lay(&apart.inside, node, style, parent_style, bleeds);
    inc_vbuilder_finish(&apart.inside);
    if (image && !bleeds)
        fill_page(&apart.own.list, apart.own.measure, apart.own.page_height,
                  !inc_picture_is_sized(image, inc_style_of(flow->worker->styler, image, style)));
    inc_apart_end(&apart);
    if (bleeds)
        set_captions(b, node, style, parent_style);
    return true;
}
