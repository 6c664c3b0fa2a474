/* widths.c - how narrow and how wide content can be set: what columns are measured by (CSS Sizing 3, min-content and max-content). */
#include "base/utf8.h"
#include "layout/table.h"

enum { CODE_COLUMNS = 24 /* a listing in a cell may be wrapped, but not narrower */, PICTURE_LEAST = 48 /* pt: pictures shrink to this */ };

static inc_widths below(inc_widths a, inc_widths b)
{
    return (inc_widths){INC_MAX(a.least, b.least), INC_MAX(a.most, b.most), a.total + b.total, a.lines + b.lines};
}

static inc_widths widened(inc_widths w, inc_len by)
{
    w.least += by;
    w.most += by;
    return w;
}

static inc_widths picture_widths(inc_vbuilder *b, const inc_node *image, const inc_style *style)
{
    const inc_image *picture;
    inc_len width = 0, height = 0;
    if (!inc_picture_size(b->flow, image, style, b->flow->measure, &picture, &width, &height))
        width = 2 * PICTURE_LEAST * INC_PT;
    inc_len least = INC_MIN(width, PICTURE_LEAST * INC_PT);
    return (inc_widths){least, width, width, (uint32_t)(INC_MIN(height, width * 8) / (12 * INC_PT)) + 1};
}

static uint32_t longest_line(inc_str text)
{
    uint32_t longest = 0, columns = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = inc_utf8_decode(text, at, &at);
        columns = cp == '\n' ? 0 : columns + (cp == '\t' ? 4 : 1);
        longest = INC_MAX(longest, columns);
    }
    return longest;
}

static inc_widths code_widths(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    inc_shape_request request = inc_shape_request_of(b->flow, style, INC_STR(""));
    inc_len cell = inc_shape(b->flow->worker->shaper, &request, INC_STR("0"))->advance;
    uint32_t columns = longest_line(node->as.code.text);
    inc_len least = cell * INC_MIN(columns, (uint32_t)CODE_COLUMNS);
    uint32_t lines = node->as.code.line_count;
    return (inc_widths){least, cell * columns + INC_PT / 64, cell * columns * lines, lines};
}

static inc_widths text_widths(inc_vbuilder *b, const inc_node *node, const inc_style *style, bool divide)
{
    const inc_node *only = node->first && node->first == node->last ? node->first : NULL;
    if (only && only->kind == INC_NODE_IMAGE) /* it becomes as narrow as its column */
        return picture_widths(b, only, inc_style_of(b->flow->worker->styler, only, style));
    inc_widths w = {.lines = 1};
    inc_paragraph_widths(b, node, style, divide, &w.least, &w.most);
    w.total = w.most;
    return w;
}

/* The edges at the sides; margins too, when they are not negative. */
static inc_len sides(const inc_style *style)
{
    inc_len width = 0;
    for (int side = INC_RIGHT; side <= INC_LEFT; side += INC_LEFT - INC_RIGHT)
        width += inc_block_edge(style, (inc_side)side, 0) + INC_MAX(inc_dim_resolve(style->margin[side], 0, 0), 0);
    return width;
}

static inc_widths block_widths(inc_vbuilder *b, const inc_node *node, const inc_style *style, bool divide)
{
    inc_widths w = {0};
    switch (node->kind) {
    case INC_NODE_PARAGRAPH:
    case INC_NODE_HEADING:
    case INC_NODE_TERM:
    case INC_NODE_CAPTION: w = text_widths(b, node, style, divide); break;
    case INC_NODE_CODE: w = code_widths(b, node, style); break;
    case INC_NODE_TABLE: w = inc_table_widths(b, node, style); break;
    default: w = inc_content_widths(b, node, style, divide); break;
    }
    if (style->width.kind == INC_DIM_LENGTH)
        w.most = INC_MAX(style->width.value, w.least);
    return widened(w, sides(style));
}

inc_widths inc_content_widths(inc_vbuilder *b, const inc_node *parent, const inc_style *style, bool divide)
{
    inc_widths all = {0};
    if (parent->first && inc_node_is_inline(parent->first))
        return text_widths(b, parent, style, divide);
    if (b->depth >= INC_NESTING_MAX)
        return all;
    b->depth++;
    for (const inc_node *child = parent->first; child; child = child->next) {
        const inc_style *child_style = inc_style_of(b->flow->worker->styler, child, style);
        if (child_style->display != INC_DISPLAY_NONE)
            all = below(all, block_widths(b, child, child_style, divide));
    }
    b->depth--;
    return all;
}

inc_widths inc_table_widths(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    inc_table t;
    inc_widths all = {0};
    if (!inc_table_begin(&t, b, node, style))
        return all;
    for (uint32_t i = 0; i < t.grid.column_count; i++) {
        all.least += t.columns[i].least;
        all.most += t.columns[i].most;
    }
    all.lines = t.grid.row_count;
    all.total = all.most * t.grid.row_count;
    return all;
}
