/*
 * row.c - blocks side by side: pictures in one row, each with its caption.
 *
 * Columns are as wide as their pictures are in proportion, so that all pictures come out equally tall; none is enlarged beyond its natural
 * size. A row is one box: pages do not break in it.
 */
#include "layout/flow.h"

enum { ROW_MAX = 12 };

typedef struct column {
    const inc_node *node;
    inc_len natural_width, natural_height; /* of its picture; 0: it has none, or states its own width */
    inc_len width;
} column;

/* The first picture below a block, with its natural size. */
static bool find_picture(inc_flow *flow, const inc_node *block, inc_len *width, inc_len *height)
{
    for (inc_walk w = inc_walk_begin(block); inc_walk_next(&w);) {
        if (!w.enter || w.node->kind != INC_NODE_IMAGE || !w.node->as.image.file.n)
            continue;
        const inc_image *image = inc_images_open(flow->worker->input->images, w.node->as.image.name, w.node->as.image.file, w.node->span);
        if (!image || w.node->as.image.width.n || w.node->as.image.height.n)
            return false;
        *width = image->natural_width;
        *height = image->natural_height;
        return true;
    }
    return false;
}

static uint32_t gather(inc_vbuilder *b, const inc_node *node, const inc_style *style, column *columns)
{
    uint32_t n = 0;
    for (const inc_node *child = node->first; child; child = child->next) {
        if (child->kind == INC_NODE_CAPTION || inc_style_of(b->flow->worker->styler, child, style)->display == INC_DISPLAY_NONE)
            continue;
        if (n == ROW_MAX)
            return 0;
        columns[n] = (column){.node = child};
        if (!find_picture(b->flow, child, &columns[n].natural_width, &columns[n].natural_height))
            columns[n].natural_width = columns[n].natural_height = 0;
        n++;
    }
    return n;
}

/* Widths of pictures that are equally tall: their sum is `room`, or less when that would enlarge all of them. */
static void share_by_pictures(column *columns, uint32_t n, inc_len room)
{
    const inc_len unit = 1000 * INC_PT; /* the height that proportions are measured at */
    inc_len sum = 0, tallest = 0;
    for (uint32_t i = 0; i < n; i++) {
        columns[i].width = inc_len_scale(columns[i].natural_width, unit, columns[i].natural_height);
        sum += columns[i].width;
        tallest = INC_MAX(tallest, columns[i].natural_height);
    }
    inc_len height = INC_MIN(inc_len_scale(unit, room, sum), tallest);
    for (uint32_t i = 0; i < n; i++)
        columns[i].width = INC_MAX(inc_len_scale(columns[i].width, height, unit), INC_PT);
}

static void share_width(column *columns, uint32_t n, inc_len room)
{
    bool pictures = true;
    for (uint32_t i = 0; i < n; i++)
        pictures = pictures && columns[i].natural_height > 0;
    if (pictures)
        share_by_pictures(columns, n, room);
    for (uint32_t i = 0; i < n && !pictures; i++)
        columns[i].width = room / n;
}

bool inc_side_by_side(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    inc_flow *flow = b->flow;
    column columns[ROW_MAX];
    uint32_t n = gather(b, node, style, columns);
    inc_len gaps = (inc_len)(n - 1) * style->column_gap, room = b->width - gaps;
    if (n < 2 || room < (inc_len)n * 18 * INC_PT)
        return false;
    share_width(columns, n, room);
    inc_len used = gaps, height = 0;
    for (uint32_t i = 0; i < n; i++)
        used += columns[i].width;
    inc_len x = b->x + (style->text_align == INC_TEXT_CENTER ? (b->width - used) / 2 : 0);
    inc_vlist *lists = INC_NEW_N(flow->lists, inc_vlist, n);
    for (uint32_t i = 0; i < n; i++) {
        inc_vbuilder inner = inc_vbuilder_on(flow, &lists[i], x, columns[i].width, b->tag);
        inner.depth = b->depth + 1;
        inc_block(&inner, columns[i].node, style);
        inc_vbuilder_finish(&inner);
        height = INC_MAX(height, inc_vlist_height(&lists[i]));
        x += columns[i].width + style->column_gap;
    }
    inc_vbox *box = inc_vbuilder_box(b, height);
    inc_marks marks = {0};
    inc_pb_params params = {.height = INC_LEN_MAX};
    for (uint32_t i = 0; i < n; i++) {
        inc_place_boxes(flow->lists, &marks, &lists[i], 0, (uint32_t)lists[i].boxes.n, 0, 0, &params);
        inc_vbox_lift(box, &lists[i], 0, (uint32_t)lists[i].boxes.n);
    }
    box->marks = marks.v;
    box->mark_count = (uint32_t)marks.n;
    for (const inc_node *child = node->first; child; child = child->next) {
        if (child->kind != INC_NODE_CAPTION)
            continue;
        inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK);
        inc_block(b, child, style);
    }
    return true;
}
