/* block.c - block nodes become boxes: tags, generated content, and one function a kind. */
#include "layout/flow.h"

enum { DEPTH_MAX = INC_NESTING_MAX + 16, PENALTY_INTRO = 12000, PENALTY_LABEL = 1500 };

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

void inc_block_begin(inc_vbuilder *b, const inc_node *node, const inc_style *style)
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
        inc_block_begin(b, child, child_style);
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
    inc_block_begin(b, node, style);
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
        inc_block_begin(b, node, style);
        inc_picture(b, image, inc_style_of(b->flow->worker->styler, image, style), b->tag);
        inc_block_close(b, &open);
        return;
    }
    size_t first = b->list->boxes.n;
    text_node(b, node, behind_turned(b, node, style), inc_tag_of(b->flow, b->tag, INC_TAG_P, node));
    bool shown = node->next && (node->next->kind == INC_NODE_CODE || node->next->kind == INC_NODE_FIGURE);
    size_t lines = b->list->boxes.n - first;
    bool one_line = lines == 1, leads = node->parent->kind == INC_NODE_ITEM && node->next && node->next->kind == INC_NODE_LIST;
    if (introduces(node) || (leads && lines <= INC_LINES_KEPT)) { /* also "Limits", an item's word above a list of its own */
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
    inc_block_break_before(b, style);
    inc_vbuilder_space(b, inc_dim_resolve(style->margin[INC_TOP], b->width, 0));
    inc_open_block open = inc_block_open(b, paragraph_style);
    inc_block_begin(b, heading, style);
    inc_block_begin(b, next, paragraph_style);
    inc_paragraph_options options = {.style = paragraph_style, .no_indent = !paragraph_style->hanging_indent, .run_in = heading, .run_in_style = style, .run_in_tag = tag,
                                     .tag = inc_tag_of(b->flow, b->tag, INC_TAG_P, next)};
    inc_paragraph(b, next, &options);
    inc_block_close(b, &open);
}

/* ---- definitions ---- */

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
    inc_block_begin(b, node, style);
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
        inc_block_begin(b, child, child_style);
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
    inc_block_begin(b, node, style);
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
    inc_block_begin(b, node, style);
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
    inc_block_begin(b, node, style);
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
    case INC_NODE_LIST: inc_list_block(b, node, style); break;
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
        inc_block_begin(b, node, style);
        b->forced = true;
        break;
    case INC_NODE_NOTE: break; /* stands at the foot of the page of its call */
    default: break;            /* inlines never stand among blocks: inc_document_check */
    }
}
