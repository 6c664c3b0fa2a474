/*
 * figure.c - images, tables and listings with captions.
 *
 * An image alone in its paragraph, or in a link that is, is a figure. Its caption is the <span class="caption"> or <p class="caption"> behind it,
 * else its title. Before a table, and behind a code block if it says "Listing", such a span is a caption as well. A label in
 * front of a caption ("Figure 4-1: ") gives the figure its number and is cut off: the label is set from the number later.
 */
#include "markdown/internal.h"
#include "markdown/tag.h"

/* ---- labels ---- */

/* "4", "4-1", "A.2": its length, 0 when s begins with no number. */
static size_t number_length(inc_str s)
{
    size_t i = 0, digits = 0;
    if (s.n > 1 && s.p[0] >= 'A' && s.p[0] <= 'Z' && !inc_is_letter(s.p[1]))
        i = digits = 1;
    for (; i < s.n; i++) {
        bool joins = (s.p[i] == '-' || s.p[i] == '.') && digits && i + 1 < s.n && inc_is_digit(s.p[i + 1]);
        if (!joins && !inc_is_digit(s.p[i]))
            break;
        digits++;
    }
    return digits ? i : 0;
}

/* Splits "Figure 4-1: Text" into the number and the offset of the text; false when it is not of that form. */
static bool split_label(inc_str s, inc_str *number, size_t *text)
{
    static const char *const words[] = {"Figure ", "Fig. ", "Table ", "Listing ", "Example "};
    for (size_t i = 0; i < INC_COUNT(words); i++) {
        size_t n = strlen(words[i]);
        if (s.n <= n || !inc_str_eq_nocase(inc_str_slice(s, 0, n), inc_str_of(words[i])))
            continue;
        inc_str rest = inc_str_slice(s, n, s.n);
        size_t length = number_length(rest);
        if (!length || length >= rest.n || (rest.p[length] != ':' && rest.p[length] != '.'))
            return false;
        *number = inc_str_slice(rest, 0, length);
        *text = n + length + 1;
        while (*text < s.n && s.p[*text] == ' ')
            ++*text;
        return true;
    }
    return false;
}

inc_str inc_md_take_label(inc_node *caption)
{
    inc_node *first = caption->first;
    inc_str number;
    size_t text;
    if (!first || first->kind != INC_NODE_TEXT || !split_label(first->as.text.text, &number, &text))
        return INC_STR("");
    first->as.text.text = inc_str_slice(first->as.text.text, text, first->as.text.text.n);
    first->span.offset += (uint32_t)INC_MIN(text, first->span.length);
    first->span.length -= (uint32_t)INC_MIN(text, first->span.length);
    while (caption->first && inc_md_is_blank(caption->first))
        inc_node_detach(caption->first);
    return number;
}

/* ---- captions ---- */

/* The node whose children are the caption's text, when the paragraph is a caption and nothing else; or NULL. */
static inc_node *caption_source(inc_node *paragraph)
{
    if (!paragraph || paragraph->kind != INC_NODE_PARAGRAPH)
        return NULL;
    if (inc_node_has_class(paragraph, "caption"))
        return paragraph;
    inc_node *only = paragraph->first;
    bool spanned = only && !only->next && only->kind == INC_NODE_SPAN && inc_node_has_class(only, "caption");
    return spanned ? only : NULL;
}

static void add_caption(inc_md *md, inc_node *figure, inc_node *source)
{
    inc_node *caption = inc_node_new(md->arena, INC_NODE_CAPTION, source->span);
    while (source->first) {
        inc_node *child = source->first;
        inc_node_detach(child);
        inc_node_append(caption, child);
    }
    caption->lang = source->lang;
    if (source->label.n && !figure->label.n)
        figure->label = source->label;
    figure->as.figure.number = inc_md_take_label(caption);
    if (figure->as.figure.kind == INC_FIGURE_TABLE)
        inc_node_insert_before(figure->first, caption);
    else
        inc_node_append(figure, caption);
}

static inc_node *wrap(inc_md *md, inc_node *block, inc_figure_kind kind)
{
    inc_node *figure = inc_node_new(md->arena, INC_NODE_FIGURE, block->span);
    figure->as.figure.kind = kind;
    figure->label = block->label;
    block->label = INC_STR("");
    inc_node_insert_before(block, figure);
    inc_node_detach(block);
    inc_node_append(figure, block);
    return figure;
}

/* ---- images ---- */

/* The image, or the link around it, that is alone in its paragraph, but for a caption behind it; or NULL. */
static inc_node *lone_picture(inc_node *paragraph, inc_node **caption)
{
    inc_node *picture = NULL;
    *caption = NULL;
    for (inc_node *c = paragraph->first; c; c = c->next) {
        if (!picture && inc_node_picture(c))
            picture = c;
        else if (c->kind == INC_NODE_SPAN && picture && !*caption && inc_node_has_class(c, "caption"))
            *caption = c;
        else if (!inc_md_is_blank(c) && c->kind != INC_NODE_BREAK)
            return NULL;
    }
    return picture;
}

/* Small pictures in list items are not figures, unless they are given a title. */
static bool may_be_figure(const inc_node *paragraph, const inc_node *image)
{
    switch (paragraph->parent->kind) {
    case INC_NODE_FIGURE: return inc_node_has_class(paragraph->parent, "side-by-side") && image->as.image.title.n;
    case INC_NODE_CELL: return false;
    case INC_NODE_ITEM: return image->as.image.title.n || paragraph->prev || !paragraph->parent->parent->as.list.tight;
    default: return true;
    }
}

/* Classes that say where a figure stands; on its picture they mean the figure, and move there. */
static void lend_classes(inc_md *md, inc_node *figure, inc_node *image)
{
    static const char *const names[] = {"here", "wide", "full-page", "full-bleed", "unnumbered"};
    uint32_t kept = 0;
    for (uint32_t c = 0; c < image->class_count; c++) {
        bool lent = false;
        for (size_t i = 0; i < INC_COUNT(names); i++)
            lent = lent || inc_str_is(image->classes[c], names[i]);
        if (lent)
            inc_node_add_class(md->arena, figure, image->classes[c]);
        else
            image->classes[kept++] = image->classes[c];
    }
    image->class_count = kept;
}

static void make_figure(inc_md *md, inc_node *paragraph)
{
    inc_node *caption, *picture = lone_picture(paragraph, &caption), *image = picture ? (inc_node *)inc_node_picture(picture) : NULL;
    if (!image || !may_be_figure(paragraph, image))
        return;
    inc_node *after = caption ? NULL : paragraph->next, *source = caption ? caption : caption_source(after);
    inc_node *figure = wrap(md, paragraph, INC_FIGURE_FIGURE);
    lend_classes(md, figure, image);
    if (!figure->label.n) {
        figure->label = image->label;
        image->label = INC_STR("");
    }
    if (caption)
        inc_node_detach(caption);
    while (paragraph->last != picture)
        inc_node_detach(paragraph->last);
    while (paragraph->first != picture)
        inc_node_detach(paragraph->first);
    if (source) {
        add_caption(md, figure, source);
        if (!caption)
            inc_node_detach(after);
    } else if (image->as.image.title.n) {
        inc_node *holder = inc_node_new(md->arena, INC_NODE_SPAN, image->span);
        inc_node_append(holder, inc_node_text(md->arena, image->as.image.title, image->span));
        image->as.image.title = INC_STR("");
        add_caption(md, figure, holder);
    }
}

/* ---- tables and listings ---- */

static void caption_table(inc_md *md, inc_node *table)
{
    inc_node *before = table->prev, *source = caption_source(before);
    if (!source || table->parent->kind == INC_NODE_FIGURE)
        return;
    inc_node_detach(before);
    add_caption(md, wrap(md, table, INC_FIGURE_TABLE), source);
}

static void caption_listing(inc_md *md, inc_node *code)
{
    inc_node *after = code->next, *source = caption_source(after);
    bool says_so = source && source->first && source->first->kind == INC_NODE_TEXT
                   && inc_str_starts(source->first->as.text.text, INC_STR("Listing "));
    if (!says_so || code->parent->kind == INC_NODE_FIGURE)
        return;
    inc_node_detach(after);
    add_caption(md, wrap(md, code, INC_FIGURE_LISTING), source);
}

/* A <figure> is what it holds. */
static void classify(inc_node *figure)
{
    bool table = false, code = false, other = false;
    for (const inc_node *c = figure->first; c; c = c->next) {
        table = table || c->kind == INC_NODE_TABLE;
        code = code || c->kind == INC_NODE_CODE;
        other = other || (c->kind != INC_NODE_TABLE && c->kind != INC_NODE_CODE && c->kind != INC_NODE_CAPTION);
    }
    if (figure->as.figure.kind == INC_FIGURE_FIGURE && !other && table != code)
        figure->as.figure.kind = table ? INC_FIGURE_TABLE : INC_FIGURE_LISTING;
}

void inc_md_figures(inc_md *md, inc_node *root)
{
    for (inc_walk w = inc_walk_begin(root); inc_walk_next(&w);) {
        if (w.enter || !w.node->first || inc_node_is_inline(w.node->first))
            continue;
        inc_md_part_pictures(md, w.node);
        for (inc_node *child = w.node->first, *next; child; child = next) {
            next = child->next;
            if (child->kind == INC_NODE_PARAGRAPH)
                make_figure(md, child);
            else if (child->kind == INC_NODE_CODE)
                caption_listing(md, child);
            if (child->parent && child->parent->kind == INC_NODE_FIGURE && child->parent != w.node)
                next = child->parent->next;
        }
        for (inc_node *child = w.node->first, *next; child; child = next) {
            next = child->next;
            if (child->kind == INC_NODE_TABLE)
                caption_table(md, child);
        }
        if (w.node->kind == INC_NODE_FIGURE)
            classify(w.node);
    }
}
