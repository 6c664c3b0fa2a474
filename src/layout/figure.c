/* figure.c - pictures: their size on the page, and the stand-in for those that cannot be drawn. */
#include "layout/paragraph.h"

#include "base/files.h"

/* "60%", "12cm", "300px" or "300" as HTML and CSS write lengths; false for anything else. */
static bool parse_length(inc_str s, inc_len base, inc_len em, inc_len *width)
{
    static const struct {
        const char *unit;
        int64_t numerator, denominator;
    } units[] = {{"px", 3, 4}, {"pt", 1, 1}, {"pc", 12, 1}, {"in", 72, 1}, {"cm", 7200, 254}, {"mm", 720, 254}, {"", 3, 4}};
    size_t digits = 0;
    int64_t value = 0, scale = 1;
    bool point = false;
    for (; digits < s.n && digits < 12; digits++) {
        char ch = s.p[digits];
        if (ch == '.' && !point)
            point = true;
        else if (ch >= '0' && ch <= '9') {
            value = value * 10 + (ch - '0');
            scale *= point ? 10 : 1;
        } else
            break;
    }
    if (!digits)
        return false;
    inc_str unit = inc_str_trim(inc_str_slice(s, digits, s.n));
    if (inc_str_is(unit, "%")) {
        *width = inc_len_scale(base, value, 100 * scale);
        return true;
    }
    if (inc_str_is(unit, "em")) {
        *width = inc_len_scale(em, value, scale);
        return true;
    }
    for (size_t i = 0; i < INC_COUNT(units); i++)
        if (inc_str_is(unit, units[i].unit)) {
            *width = inc_len_scale(INC_PT * value, units[i].numerator, units[i].denominator * scale);
            return true;
        }
    return false;
}

/* What the attribute says, else the style sheet; 0 for neither. */
static inc_len stated(inc_str attribute, inc_dim dim, inc_len base, inc_len em, inc_len natural)
{
    inc_len length;
    if (parse_length(attribute, base, em, &length))
        return INC_MAX(length, INC_PT);
    return dim.kind == INC_DIM_AUTO ? 0 : INC_MAX(inc_dim_resolve(dim, base, natural), INC_PT);
}

bool inc_picture_is_sized(const inc_node *image, const inc_style *style)
{
    return image->as.image.width.n || image->as.image.height.n || style->width.kind != INC_DIM_AUTO || style->height.kind != INC_DIM_AUTO;
}

/* A picture keeps its proportions: with a width and a height it is as large as fits into both. */
bool inc_picture_size(inc_flow *flow, const inc_node *image, const inc_style *style, inc_len measure, const inc_image **picture, inc_len *width,
                      inc_len *height)
{
    *picture = image->as.image.file.n ? inc_images_open(flow->worker->input->images, image->as.image.name, image->as.image.file, image->span) : NULL;
    if (!*picture)
        return false;
    inc_len natural_width = INC_MAX((*picture)->natural_width, INC_PT), natural_height = INC_MAX((*picture)->natural_height, INC_PT);
    inc_len wide = stated(image->as.image.width, style->width, measure, style->font_size, natural_width);
    inc_len tall = stated(image->as.image.height, style->height, flow->page_height, style->font_size, natural_height);
    *width = wide ? wide : natural_width;
    if (tall)
        *width = wide ? INC_MIN(wide, inc_len_scale(natural_width, tall, natural_height)) : inc_len_scale(natural_width, tall, natural_height);
    inc_len widest = measure, tallest = flow->page_height * 4 / 5; /* leaves room for a caption */
    if (style->max_width.kind != INC_DIM_AUTO)
        widest = INC_MIN(widest, inc_dim_resolve(style->max_width, measure, measure));
    if (style->max_height.kind != INC_DIM_AUTO)
        tallest = INC_MIN(tallest, inc_dim_resolve(style->max_height, flow->page_height, tallest));
    *width = INC_MAX(INC_MIN(*width, widest), INC_PT);
    *height = inc_len_scale(natural_height, *width, natural_width);
    if (*height > tallest) {
        *width = INC_MAX(inc_len_scale(*width, tallest, *height), INC_PT);
        *height = tallest;
    }
    *height = INC_MAX(*height, INC_PT);
    return true;
}

void inc_picture_in_line(inc_para *p, const inc_node *image, const inc_style *style, inc_len *width, inc_len *height)
{
    if (*height <= style->font_size || *height > INC_SIGN_MOST || inc_picture_is_sized(image, style))
        return;
    if (!p->words_looked_for) {
        p->words_looked_for = true;
        p->has_words = inc_node_among_words(image);
    }
    if (!p->has_words)
        return;
    *width = INC_MAX(inc_len_scale(*width, style->font_size, *height), INC_PT);
    *height = style->font_size;
}

static inc_len aligned(const inc_style *style, inc_len x, inc_len width, inc_len measure)
{
    if (style->text_align == INC_TEXT_CENTER)
        return x + (measure - width) / 2;
    return style->text_align == INC_TEXT_RIGHT ? x + measure - width : x;
}

static void push_edge(inc_flow *flow, inc_marks *marks, inc_len x, inc_len y, inc_len width, inc_len height)
{
    inc_mark mark = {.kind = INC_MARK_RULE, .x = x, .y = y, .width = width, .height = height};
    mark.color[INC_SCREEN] = mark.color[INC_PRINT] = (inc_color){0, 0, 0, 255};
    INC_PUSH(flow->lists, marks, mark);
}

/* A frame of the picture's size with its description set inside: nothing is lost, and the page keeps its shape. */
static void stand_in(inc_vbuilder *b, const inc_node *image, const inc_style *style, inc_tag *tag, inc_len width, inc_len height)
{
    inc_flow *flow = b->flow;
    inc_vlist text = {0};
    inc_len pad = 8 * INC_PT, inner_width = INC_MAX(width - 2 * pad, 36 * INC_PT);
    inc_vbuilder inner = inc_vbuilder_on(flow, &text, pad, inner_width, tag);
    const inc_style *caption = inc_style_synthetic(flow->worker->styler, image, style, "span", INC_STR("stand-in"));
    inc_str words = image->as.image.alt.n ? image->as.image.alt : inc_path_name(image->as.image.url);
    inc_paragraph_options options = {.style = caption, .tag = tag, .prefix = words, .prefix_style = caption, .no_indent = true};
    inc_node *empty = inc_node_new(flow->arena, INC_NODE_PARAGRAPH, image->span);
    empty->parent = (inc_node *)image;
    inc_paragraph(&inner, empty, &options);
    inc_len text_height = inc_vlist_height(&text);
    height = INC_MAX(height, text_height + 2 * pad);
    inc_vbox *box = inc_vbuilder_box(b, height);
    inc_len x = aligned(style, b->x, width, b->width), line = INC_PT * 3 / 4;
    inc_marks marks = {0};
    push_edge(flow, &marks, x, 0, width, line);
    push_edge(flow, &marks, x, height - line, width, line);
    push_edge(flow, &marks, x, 0, line, height);
    push_edge(flow, &marks, x + width - line, 0, line, height);
    inc_pb_params params = {.height = INC_LEN_MAX};
    inc_place_boxes(flow->lists, &marks, &text, 0, (uint32_t)text.boxes.n, x, (height - text_height) / 2, &params);
    box->marks = marks.v;
    box->mark_count = (uint32_t)marks.n;
    inc_vbuilder_hang_marker(b, box, inc_baseline(flow, style, style->line_height));
}

void inc_picture(inc_vbuilder *b, const inc_node *image, const inc_style *style, inc_tag *parent)
{
    inc_flow *flow = b->flow;
    const inc_image *picture;
    inc_len width = b->width, height = 60 * INC_PT;
    if (image->label.n)
        inc_vbuilder_anchor(b, image);
    bool known = inc_picture_size(flow, image, style, b->width, &picture, &width, &height);
    inc_tag *tag = NULL;
    bool drawn = known && inc_picture_is_drawn(picture);
    if (!image->as.image.decorative || !drawn) {
        tag = inc_tag_of(flow, parent, INC_TAG_FIGURE, image);
        tag->alt = inc_node_told(flow->arena, image);
    }
    if (!drawn) {
        stand_in(b, image, style, tag, width, height);
        return;
    }
    inc_vbox *box = inc_vbuilder_box(b, height);
    box->marks = INC_NEW(flow->lists, inc_mark);
    *box->marks = (inc_mark){.kind = INC_MARK_IMAGE, .tag = tag, .x = aligned(style, b->x, width, b->width), .width = width, .height = height};
    box->marks->leaves = b->x < 0 || b->x + b->width > flow->measure;
    box->marks->as.image = picture;
    box->mark_count = 1;
    box->node = image;
    inc_vbuilder_hang_marker(b, box, inc_baseline(flow, style, style->line_height));
}
