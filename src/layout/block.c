/* block.c - block nodes become boxes: margins, frames, tags, and one function a kind. */
#include "layout/flow.h"

enum { DEPTH_MAX = INC_NESTING_MAX + 16, PENALTY_KEEP_WHOLE = 50000, PENALTY_INTRO = 12000, PENALTY_LABEL = 1500, PENALTY_LONE_ITEM = 4000 };

enum { LINES_KEPT = 2 }; /* of what follows a heading */

/* ---- the box of a block ---- */

inc_len inc_block_edge(const inc_style *style, inc_side side, inc_len base)
{
    return style->border_width[side] + inc_dim_resolve(style->padding[side], base, 0);
}

static bool painted(const inc_style *style)
{
    for (int m = 0; m < INC_MEDIUM_COUNT; m++) {
        if (style->paint[m].background.a)
            return true;
        for (int side = 0; side < 4; side++)
            if (style->border_width[side] && style->paint[m].border[side].a)
                return true;
    }
    return false;
}

/* Indents of blocks nested very deep give way before the text has less than two fifths of the page's measure. */
static void give_way(const inc_vbuilder *b, inc_len *left, inc_len *right, inc_len *inner, inc_len *edges)
{
    inc_len least = b->flow->measure * 2 / 5, indents = *left + *right + *edges, most = INC_MAX(b->width - least, 0);
    if (indents <= most || *left < 0 || *right < 0)
        return;
    *left = inc_len_scale(*left, most, indents);
    *right = inc_len_scale(*right, most, indents);
    *inner = inc_len_scale(*inner, most, indents);
    *edges = inc_len_scale(*edges, most, indents);
}

/* Width of the content box (CSS 2.1, 10.3.3): a stated width, else what margins and edges leave. */
static void horizontal(inc_vbuilder *b, const inc_style *style, inc_open_block *open)
{
    inc_len base = b->width;
    inc_len left = inc_dim_resolve(style->margin[INC_LEFT], base, 0), right = inc_dim_resolve(style->margin[INC_RIGHT], base, 0);
    inc_len edges = inc_block_edge(style, INC_LEFT, base) + inc_block_edge(style, INC_RIGHT, base);
    inc_len inner = inc_block_edge(style, INC_LEFT, base);
    if (b->list == &b->flow->list)
        give_way(b, &left, &right, &inner, &edges);
    inc_len available = base - left - right - edges;
    inc_len width = inc_dim_resolve(style->width, base, available);
    if (style->max_width.kind != INC_DIM_AUTO)
        width = INC_MIN(width, inc_dim_resolve(style->max_width, base, width));
    if (style->min_width.kind != INC_DIM_AUTO)
        width = INC_MAX(width, inc_dim_resolve(style->min_width, base, 0));
    width = INC_MAX(INC_MIN(width, inc_len_sane(base - edges + INC_MAX(-left, 0) + INC_MAX(-right, 0))), INC_PT);
    inc_len rest = available - width;
    if (rest > 0 && style->margin[INC_LEFT].kind == INC_DIM_AUTO)
        left += style->margin[INC_RIGHT].kind == INC_DIM_AUTO ? rest / 2 : rest;
    else if (rest > 0 && style->float_side == INC_FLOAT_RIGHT)
        left += rest;
    open->border_x = b->x + left;
    open->border_width = width + edges;
    b->x = inc_len_sane(b->x + left + inner);
    b->width = width;
}

static void force_page(inc_vbuilder *b, inc_break kind)
{
    b->forced = true;
    b->side = kind == INC_BREAK_RECTO ? INC_PB_RECTO : kind == INC_BREAK_VERSO ? INC_PB_VERSO : b->side;
}

static void break_before(inc_vbuilder *b, const inc_style *style)
{
    switch (style->break_before) {
    case INC_BREAK_AUTO: break;
    case INC_BREAK_AVOID: inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK); break;
    case INC_BREAK_PAGE:
    case INC_BREAK_RECTO:
    case INC_BREAK_VERSO: force_page(b, style->break_before); break;
    case INC_BREAK_COLUMN: b->forced |= b->columns != NULL; break;
    }
}

inc_open_block inc_block_open(inc_vbuilder *b, const inc_style *style)
{
    inc_columns *spanned = style->column_span ? inc_columns_pause(b) : NULL;
    inc_columns_count(b, 1);
    inc_open_block open = {.style = style, .spanned = spanned, .x = b->x, .width = b->width, .first = (uint32_t)b->list->boxes.n, .outer_grid = b->grid,
                           .lead = b->lead, .outer_frame = b->frame, .outer_page = b->page_name};
    break_before(b, style);
    if (style->break_after == INC_BREAK_AVOID)
        b->kept = 0; /* the heading before this one had less than two lines to say */
    if (style->page.n)
        b->page_name = style->page;
    inc_vbuilder_space(b, inc_dim_resolve(style->margin[INC_TOP], b->width, 0));
    if (style->margin[INC_TOP].kind == INC_DIM_AUTO)
        b->fill = true;
    if (style->grid) {
        b->grid = style->break_after == INC_BREAK_AVOID; /* a heading: what follows it keeps its distance; all else begins at the very top */
        b->grid_depth++;
    }
    horizontal(b, style, &open);
    if (painted(style)) {
        INC_PUSH(b->flow->lists, &b->list->frames, (inc_vframe){.first = open.first, .end = open.first, .outer = b->frame, .style = style,
                                                                .x = open.border_x, .width = open.border_width});
        open.frame = b->frame = (uint32_t)b->list->frames.n;
    }
    open.in_columns = inc_columns_open(b, style);
    return open;
}

inc_len inc_block_room(const inc_vbuilder *b, const inc_style *style)
{
    inc_vbuilder inside = *b;
    inc_open_block open;
    horizontal(&inside, style, &open);
    return inside.width;
}

static inc_len boxes_height(const inc_vlist *list, size_t first)
{
    inc_len height = 0;
    for (size_t i = first; i < list->boxes.n; i++)
        height += (i > first ? list->boxes.v[i].fit.gap : 0) + list->boxes.v[i].fit.height;
    return height;
}

/* Where a block may take a grid unit more: never between a heading and what it stands over. */
static inc_pb_stretch stretch_of(const inc_open_block *open)
{
    if (open->lead == INC_LEAD_HEADING)
        return INC_PB_RIGID;
    if (open->style->break_after == INC_BREAK_AVOID)
        return INC_PB_ABOVE;
    return open->lead == INC_LEAD_WORDS ? INC_PB_LED : INC_PB_AROUND;
}

/* Rounds the whole block up to grid units, so that what follows is on the grid again: half of the slack above, half below; of a heading all of it
 * above, since it belongs to what follows, but below at the head of a page, where every title stands at the same height. Behind a heading
 * it is below. */
static void keep_grid(inc_vbuilder *b, inc_open_block *open)
{
    inc_len unit = b->flow->worker->grid;
    if (!open->style->grid || !unit || !b->list->paged || b->grid_depth)
        return;
    inc_pb_box *first = &b->list->boxes.v[open->first].fit;
    inc_len owed = INC_MIN(b->list->boxes.v[open->first].owed, first->gap);
    inc_len total = first->gap - owed + boxes_height(b->list, open->first) + b->gap;
    inc_len rest = total % unit, slack = rest > INC_PT / 100 ? unit - rest : 0, above = slack / 2;
    if (open->style->break_after == INC_BREAK_AVOID)
        above = open->first == 0 || first->forced ? 0 : slack;
    else if (open->lead == INC_LEAD_HEADING)
        above = slack > unit * 5 / 6 ? unit / 4 : 0; /* the page builder would round so much down */
    first->phase = (first->gap - owed + above) % unit; /* the gaps stay as they are: the page builder rounds, also behind a block that was split */
    first->sync = true;
    if (open->style->stretch)
        first->stretch = (uint8_t)stretch_of(open);
    b->owed = b->gap + slack - above;
    b->sync = true;
}

static void keep_together(inc_vbuilder *b, const inc_open_block *open)
{
    if (open->style->break_inside != INC_BREAK_AVOID)
        return;
    bool fits = boxes_height(b->list, open->first) <= b->flow->page_height;
    for (size_t i = open->first + 1; i < b->list->boxes.n && fits; i++)
        b->list->boxes.v[i].fit.penalty = INC_MAX(b->list->boxes.v[i].fit.penalty, PENALTY_KEEP_WHOLE);
}

void inc_block_close(inc_vbuilder *b, inc_open_block *open)
{
    const inc_style *style = open->style;
    if (open->in_columns)
        inc_columns_close(b);
    inc_columns_count(b, -1);
    inc_len top = inc_block_edge(style, INC_TOP, open->width), bottom = inc_block_edge(style, INC_BOTTOM, open->width);
    inc_len height = inc_dim_resolve(style->height, b->flow->page_height, 0);
    if (open->first == b->list->boxes.n && top + bottom + height > 0)
        inc_vbuilder_box(b, 0);
    if (open->first < b->list->boxes.n) {
        inc_vbox *last = &b->list->boxes.v[b->list->boxes.n - 1], *first = &b->list->boxes.v[open->first];
        inc_len content = boxes_height(b->list, open->first);
        last->fit.height += INC_MAX(height - content, 0) + bottom;
        first->inset += top;
        first->fit.height += top;
        if (open->frame) {
            inc_vframe *frame = &b->list->frames.v[open->frame - 1];
            frame->end = (uint32_t)b->list->boxes.n;
            frame->inset = first->inset;
            frame->height = last->fit.height;
        }
        if (bottom)
            b->gap = b->negative_gap = 0; /* above a bottom edge the margin of the last child goes */
    }
    b->x = open->x;
    b->width = open->width;
    b->frame = open->outer_frame;
    b->page_name = open->outer_page;
    inc_vbuilder_space(b, inc_dim_resolve(style->margin[INC_BOTTOM], b->width, 0));
    if (style->grid)
        b->grid_depth--;
    if (open->first < b->list->boxes.n) {
        keep_grid(b, open);
        keep_together(b, open);
    }
    b->grid = open->first < b->list->boxes.n ? false : open->outer_grid;
    if (style->break_after == INC_BREAK_AVOID) {
        inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK);
        b->kept = LINES_KEPT;
        b->lead = INC_LEAD_HEADING;
    } else if (style->break_after == INC_BREAK_PAGE || style->break_after == INC_BREAK_RECTO || style->break_after == INC_BREAK_VERSO)
        force_page(b, style->break_after);
    else if (style->break_after == INC_BREAK_COLUMN)
        b->forced |= b->columns != NULL;
    if (open->spanned)
        inc_columns_resume(b, open->spanned);
}

/* ---- generated content ---- */

static void text_block(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_str text)
{
    inc_paragraph_options options = {.style = style, .prefix = text, .prefix_style = style};
    inc_node *empty = inc_node_new(b->flow->arena, INC_NODE_PARAGRAPH, node->span);
    empty->parent = (inc_node *)node;
    inc_paragraph(b, empty, &options);
}

static void block_pseudo(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_pseudo pseudo)
{
    const inc_style *generated = inc_style_pseudo(b->flow->worker->styler, node, style, pseudo);
    if (!generated || generated->display != INC_DISPLAY_BLOCK)
        return;
    inc_open_block open = inc_block_open(b, generated);
    if (pseudo == INC_PSEUDO_AFTER)
        inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK);
    inc_str text = inc_contents_text(b->flow, &generated->content, node, pseudo);
    if (text.n)
        text_block(b, node, generated, text);
    inc_block_close(b, &open);
}

static void inline_pseudo(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_pseudo pseudo, inc_str *text, const inc_style **of)
{
    const inc_style *generated = inc_style_pseudo(b->flow->worker->styler, node, style, pseudo);
    if (!generated || generated->display == INC_DISPLAY_BLOCK)
        return;
    *text = inc_contents_text(b->flow, &generated->content, node, pseudo);
    *of = generated;
}

static void set_strings(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    for (uint32_t i = 0; i < style->string_set_count; i++) {
        inc_vstring *s = INC_NEW(b->flow->arena, inc_vstring);
        s->name = style->string_sets[i].name;
        s->value = inc_contents_text(b->flow, &style->string_sets[i].value, node, INC_PSEUDO_NONE);
        s->next = b->strings;
        b->strings = s;
    }
}

static void open_node(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    set_strings(b, node, style);
    if (node->label.n || node->kind == INC_NODE_HEADING || node->kind == INC_NODE_CHAPTER || node->kind == INC_NODE_PART)
        inc_vbuilder_anchor(b, node);
}

/* ---- blocks of text ---- */

/* Leading inlines that the sheet sets as blocks (a chapter's number above its title) become paragraphs of their own; returns the first inline
 * behind them. */
static const inc_node *leading_blocks(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_tag *tag)
{
    const inc_node *child = node->first;
    while (child && child->kind == INC_NODE_SPAN) {
        const inc_style *child_style = inc_style_of(b->flow->worker->styler, child, style);
        if (child_style->display != INC_DISPLAY_BLOCK)
            break;
        inc_open_block open = inc_block_open(b, child_style);
        open_node(b, child, child_style);
        inc_paragraph_options options = {.style = child_style, .tag = tag, .goes_on = child->next};
        inc_paragraph(b, child, &options);
        inc_block_close(b, &open);
        inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK);
        child = child->next;
    }
    return child;
}

static void text_node(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_tag *tag)
{
    b->barrier |= node->kind == INC_NODE_HEADING;
    inc_open_block open = inc_block_open(b, style);
    open_node(b, node, style);
    block_pseudo(b, node, style, INC_PSEUDO_BEFORE);
    inc_paragraph_options options = {.style = style, .tag = tag};
    inline_pseudo(b, node, style, INC_PSEUDO_BEFORE, &options.prefix, &options.prefix_style);
    inline_pseudo(b, node, style, INC_PSEUDO_AFTER, &options.suffix, &options.suffix_style);
    options.from = leading_blocks(b, node, style, tag);
    inc_paragraph(b, node, &options);
    block_pseudo(b, node, style, INC_PSEUDO_AFTER);
    inc_block_close(b, &open);
}

static const inc_node *lone_image(const inc_node *node)
{
    const inc_node *child = node->first;
    while (child && child->kind == INC_NODE_SOFT_BREAK)
        child = child->next;
    const inc_node *image = child && child->kind == INC_NODE_IMAGE ? child : NULL;
    for (child = child ? child->next : NULL; child; child = child->next)
        if (child->kind != INC_NODE_SOFT_BREAK)
            return NULL;
    return image;
}

static bool introduces(const inc_node *node) /* "like this:" before a list or a listing */
{
    const inc_node *last = node->last;
    while (last && last->last)
        last = last->last;
    return last && last->kind == INC_NODE_TEXT && node->next && inc_str_ends(inc_str_trim(last->as.text.text), INC_STR(":"));
}

/* Where the table before the paragraph stands on a page of its own, it follows the paragraph before that, and is indented as others are. */
static const inc_style *behind_turned(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    const inc_flow *flow = b->flow;
    const inc_node *away = flow->turned.n ? flow->turned.v[flow->turned.n - 1].node : NULL, *next = node->next;
    if (!away || node->prev != away || !away->prev || away->prev->kind != INC_NODE_PARAGRAPH || !next || next->kind != INC_NODE_PARAGRAPH)
        return style;
    inc_style *indented = INC_NEW(flow->arena, inc_style);
    *indented = *style;
    indented->text_indent = inc_style_of(flow->worker->styler, next, inc_style_of(flow->worker->styler, node->parent, NULL))->text_indent;
    return indented;
}

static void paragraph(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    const inc_node *image = lone_image(node);
    if (image) {
        inc_open_block open = inc_block_open(b, style);
        open_node(b, node, style);
        inc_picture(b, image, inc_style_of(b->flow->worker->styler, image, style), b->tag);
        inc_block_close(b, &open);
        return;
    }
    size_t first = b->list->boxes.n;
    text_node(b, node, behind_turned(b, node, style), inc_tag_of(b->flow, b->tag, INC_TAG_P, node));
    bool shown = node->next && (node->next->kind == INC_NODE_CODE || node->next->kind == INC_NODE_FIGURE);
    size_t lines = b->list->boxes.n - first;
    bool one_line = lines == 1, leads = node->parent->kind == INC_NODE_ITEM && node->next && node->next->kind == INC_NODE_LIST;
    if (introduces(node) || (leads && lines <= LINES_KEPT)) { /* also "Limits", an item's word above a list of its own */
        inc_vbuilder_penalty(b, PENALTY_INTRO);
        b->lead = INC_LEAD_WORDS;
    } else if (one_line && shown) /* "Filename: src/main.rs" */
        inc_vbuilder_penalty(b, PENALTY_LABEL);
}

static inc_tag_kind heading_tag(const inc_node *node)
{
    return (inc_tag_kind)(INC_TAG_H1 + INC_MIN(node->as.heading.level, 6) - 1);
}

/* A run-in heading or term, and the paragraph that it opens. */
static void run_in(inc_vbuilder *b, const inc_node *heading, const inc_style *style, inc_tag *tag, const inc_node *next, const inc_style *parent_style)
{
    const inc_style *paragraph_style = inc_style_of(b->flow->worker->styler, next, parent_style);
    break_before(b, style);
    inc_vbuilder_space(b, inc_dim_resolve(style->margin[INC_TOP], b->width, 0));
    inc_open_block open = inc_block_open(b, paragraph_style);
    open_node(b, heading, style);
    open_node(b, next, paragraph_style);
    inc_paragraph_options options = {.style = paragraph_style, .no_indent = !paragraph_style->hanging_indent, .run_in = heading, .run_in_style = style, .run_in_tag = tag,
                                     .tag = inc_tag_of(b->flow, b->tag, INC_TAG_P, next)};
    inc_paragraph(b, next, &options);
    inc_block_close(b, &open);
}

/* ---- lists ---- */

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
    open_node(b, node, style);
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

static void list(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    bool contents = inc_node_has_class(node, "toc");
    inc_tag *tag = inc_tag_of(b->flow, b->tag, contents ? INC_TAG_TOC : INC_TAG_L, node);
    inc_open_block open = inc_block_open(b, style);
    open_node(b, node, style);
    inc_len hang = inc_dim_resolve(style->padding[INC_LEFT], open.width, 0);
    tag->numbering = numbering_of(node, style);
    for (const inc_node *child = node->first; child; child = child->next)
        item(b, child, style, tag, hang);
    if (!contents)
        keep_ends(b, node, open.first);
    inc_block_close(b, &open);
}

static void block_children_from(inc_vbuilder *b, const inc_node *child, const inc_style *style);

/* The paragraph that a run-in term opens, or NULL. */
static const inc_node *opened_by(const inc_node *term, const inc_style *style)
{
    const inc_node *body = style->display == INC_DISPLAY_RUN_IN ? term->next : NULL;
    return body && body->kind == INC_NODE_DEFINITION && body->first && body->first->kind == INC_NODE_PARAGRAPH ? body->first : NULL;
}

static void definitions(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    inc_tag *outer = b->tag, *list_tag = inc_tag_of(b->flow, b->tag, INC_TAG_L, node), *li = NULL;
    inc_open_block open = inc_block_open(b, style);
    open_node(b, node, style);
    for (const inc_node *child = node->first; child; child = child->next) {
        const inc_style *child_style = inc_style_of(b->flow->worker->styler, child, style);
        if (child->kind == INC_NODE_TERM || !li)
            li = inc_tag_new(b->flow->arena, list_tag, INC_TAG_LI);
        const inc_node *term = child->kind == INC_NODE_TERM ? child : NULL, *opened = term ? opened_by(term, child_style) : NULL;
        const inc_style *term_style = child_style;
        inc_tag *label = term ? inc_tag_of(b->flow, li, INC_TAG_LBL, term) : NULL;
        if (term && !opened) {
            text_node(b, term, term_style, label);
            inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK);
            continue;
        }
        if (opened) {
            child = child->next;
            child_style = inc_style_of(b->flow->worker->styler, child, style);
        }
        inc_open_block inner = inc_block_open(b, child_style);
        b->tag = inc_tag_of(b->flow, li, INC_TAG_LBODY, child);
        open_node(b, child, child_style);
        if (opened)
            run_in(b, term, term_style, label, opened, child_style);
        block_children_from(b, opened ? opened->next : child->first, child_style);
        inc_block_close(b, &inner);
    }
    b->tag = outer;
    inc_block_close(b, &open);
}

/* ---- containers ---- */

void inc_block_in_tag(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_tag *tag)
{
    inc_tag *outer = b->tag;
    inc_open_block open = inc_block_open(b, style);
    open_node(b, node, style);
    b->tag = tag;
    block_pseudo(b, node, style, INC_PSEUDO_BEFORE);
    if (style->display != INC_DISPLAY_FLEX || !inc_side_by_side(b, node, style))
        inc_block_children(b, node, style);
    block_pseudo(b, node, style, INC_PSEUDO_AFTER);
    b->tag = outer;
    inc_block_close(b, &open);
}

static void container(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_tag_kind kind)
{
    inc_block_in_tag(b, node, style, inc_tag_of(b->flow, b->tag, kind, node));
}

static void rule(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    inc_open_block open = inc_block_open(b, style);
    open_node(b, node, style);
    inc_str text = INC_STR("");
    const inc_style *of = style;
    inline_pseudo(b, node, style, INC_PSEUDO_BEFORE, &text, &of);
    if (text.n)
        text_block(b, node, of, text);
    inc_block_close(b, &open);
}

/* A figure between the paragraphs of a chapter may move to the head of the next page, whole. */
static void let_float(inc_vbuilder *b, const inc_node *node, const inc_style *style, const inc_open_block *open, inc_len bare_gap)
{
    size_t end = b->list->boxes.n;
    if (style->page_float != INC_PAGE_FLOAT_HEAD || node->parent->kind != INC_NODE_CHAPTER || b->list != &b->flow->list || b->frame || b->columns || end == open->first)
        return;
    inc_len height = 0;
    for (size_t i = open->first; i < end; i++) {
        const inc_pb_box *fit = &b->list->boxes.v[i].fit;
        if (fit->notes || fit->forced)
            return;
        height += fit->gap + fit->height;
    }
    if (height > b->flow->page_height)
        return;
    INC_PUSH(b->flow->lists, &b->list->floats, ((inc_pb_float){.first = open->first, .end = (uint32_t)end, .after = b->gap + b->negative_gap}));
    b->bare_gap = bare_gap;
    while (b->list->variants.n && b->list->variants.v[b->list->variants.n - 1].first >= open->first)
        b->list->variants.n--;
}

/* The caption is glued to what it belongs to: below a figure, above tables and listings. */
static void figure(inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    inc_tag *outer = b->tag;
    inc_len bare_gap = b->bare_gap;
    inc_open_block open = inc_block_open(b, style);
    open_node(b, node, style);
    const inc_node *table = inc_only_table(node); /* its caption is a part of its element */
    b->tag = inc_tag_of(b->flow, outer, table ? INC_TAG_TABLE : INC_TAG_DIV, table ? table : node);
    b->table_tag = table ? b->tag : NULL;
    bool row = style->display == INC_DISPLAY_FLEX && inc_side_by_side(b, node, style);
    for (const inc_node *child = row ? NULL : node->first; child; child = child->next) {
        size_t before = b->list->boxes.n;
        if (child->kind == INC_NODE_CAPTION && child->prev)
            inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK);
        inc_block(b, child, style);
        if (child->kind == INC_NODE_CAPTION && child->next && b->list->boxes.n > before)
            inc_vbuilder_penalty(b, INC_NO_PAGE_BREAK);
    }
    b->tag = outer;
    b->table_tag = NULL;
    inc_block_close(b, &open);
    let_float(b, node, style, &open, bare_gap);
}

static void block_children_from(inc_vbuilder *b, const inc_node *child, const inc_style *style)
{
    if (b->depth >= DEPTH_MAX)
        return; /* markdown/ flattens long before */
    b->depth++;
    for (; child; child = child->next) {
        const inc_style *child_style = inc_style_of(b->flow->worker->styler, child, style);
        if (child_style->display == INC_DISPLAY_RUN_IN && child->kind == INC_NODE_HEADING && child->next
            && child->next->kind == INC_NODE_PARAGRAPH && !lone_image(child->next)) {
            run_in(b, child, child_style, inc_tag_of(b->flow, b->tag, heading_tag(child), child), child->next, style);
            child = child->next;
        } else
            inc_block(b, child, style);
    }
    b->depth--;
}

void inc_block_children(inc_vbuilder *b, const inc_node *parent, const inc_style *style)
{
    block_children_from(b, parent->first, style);
}

void inc_block(inc_vbuilder *b, const inc_node *node, const inc_style *parent_style)
{
    const inc_style *style = inc_style_of(b->flow->worker->styler, node, parent_style);
    if (style->display == INC_DISPLAY_NONE || inc_turn(b, node, style, parent_style) || inc_plate(b, node, style, parent_style))
        return;
    switch (node->kind) {
    case INC_NODE_HEADING: text_node(b, node, style, inc_tag_of(b->flow, b->tag, heading_tag(node), node)); break;
    case INC_NODE_PARAGRAPH: paragraph(b, node, style); break;
    case INC_NODE_CAPTION: text_node(b, node, style, inc_tag_of(b->flow, b->tag, INC_TAG_CAPTION, node)); break;
    case INC_NODE_TERM: text_node(b, node, style, inc_tag_of(b->flow, b->tag, INC_TAG_P, node)); break;
    case INC_NODE_LIST: list(b, node, style); break;
    case INC_NODE_QUOTE: container(b, node, style, INC_TAG_BLOCKQUOTE); break;
    case INC_NODE_DIV: container(b, node, style, inc_node_has_class(node, "index") ? INC_TAG_INDEX : INC_TAG_DIV); break;
    case INC_NODE_ALERT:
    case INC_NODE_DEFINITION: container(b, node, style, INC_TAG_DIV); break;
    case INC_NODE_CHAPTER:
    case INC_NODE_PART: container(b, node, style, INC_TAG_SECT); break;
    case INC_NODE_DEFINITIONS: definitions(b, node, style); break;
    case INC_NODE_CODE: inc_code_block(b, node, style, b->tag); break;
    case INC_NODE_TABLE: inc_table_block(b, node, style); break;
    case INC_NODE_FIGURE: figure(b, node, style); break;
    case INC_NODE_RULE: rule(b, node, style); break;
    case INC_NODE_PAGE_BREAK:
        open_node(b, node, style);
        b->forced = true;
        break;
    case INC_NODE_NOTE: break; /* stands at the foot of the page of its call */
    default: break;            /* inlines never stand among blocks: inc_document_check */
    }
}
