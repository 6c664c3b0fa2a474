/*
 * picture.c - what stands in braces behind an image: ![alt](file){width=60% .wide #id}, as behind a heading; and pictures in one paragraph
 * that stand side by side.
 */
#include "markdown/internal.h"
#include "markdown/tag.h"

enum { TEXTS_MAX = 16 /* pieces that md4c may have cut the braces into */, BODY_MAX = 1000 };

/* ---- attributes ---- */

static bool is_attribute(inc_str word)
{
    if (word.p[0] == '#' || word.p[0] == '.')
        return word.n > 1;
    size_t equals = inc_str_find_char(word, '=');
    return equals != INC_NPOS && equals > 0 && inc_is_letter(word.p[0]);
}

/* Every word is an attribute: other braces behind an image are text. */
static bool are_attributes(inc_str body)
{
    bool any = false;
    for (inc_str word = inc_md_next_attribute(&body); word.n; word = inc_md_next_attribute(&body)) {
        if (!is_attribute(word))
            return false;
        any = true;
    }
    return any;
}

/* The text behind an image up to its brace, which may be several nodes. *last holds the brace, *length bytes in. */
static inc_str read_body(inc_md *md, inc_node *first, inc_node **last, size_t *length)
{
    inc_buf body = inc_buf_in(md->arena);
    unsigned n = 0;
    for (inc_node *text = first; text && text->kind == INC_NODE_TEXT && !text->raw && n < TEXTS_MAX && body.n < BODY_MAX; text = text->next, n++) {
        inc_str s = text->as.text.text;
        size_t close = inc_str_find_char(s, '}');
        inc_buf_add(&body, close == INC_NPOS ? s : inc_str_slice(s, 0, close));
        if (close == INC_NPOS)
            continue;
        *last = text;
        *length = close + 1;
        return inc_str_slice(inc_buf_str(&body), 1, body.n);
    }
    return INC_STR("");
}

inc_str inc_md_take_attribute(inc_node *node, const char *name)
{
    for (inc_attribute **at = &node->attributes; *at; at = &(*at)->next)
        if (inc_str_is((*at)->name, name)) {
            inc_str value = (*at)->value;
            *at = (*at)->next;
            return value;
        }
    return INC_STR("");
}

/* A bare number counts pixels. */
static inc_str size_of(inc_md *md, inc_str value)
{
    uint64_t pixels;
    value = inc_str_trim(value);
    return inc_str_to_uint(value, &pixels) ? inc_strf(md->arena, "%.*spx", INC_STR_ARG(value)) : value;
}

void inc_md_set_image_attributes(inc_md *md, inc_node *image, inc_str attributes)
{
    inc_md_set_attributes(md, image, attributes);
    inc_str width = inc_md_take_attribute(image, "width"), height = inc_md_take_attribute(image, "height");
    image->as.image.width = width.n ? size_of(md, width) : image->as.image.width;
    image->as.image.height = height.n ? size_of(md, height) : image->as.image.height;
}

static void cut_text(inc_node *first, inc_node *last, size_t length)
{
    for (inc_node *text = first, *next; text != last; text = next) {
        next = text->next;
        inc_node_detach(text);
    }
    last->as.text.text = inc_str_slice(last->as.text.text, length, last->as.text.text.n);
    last->span.offset += (uint32_t)INC_MIN(length, last->span.length);
    last->span.length -= (uint32_t)INC_MIN(length, last->span.length);
    if (!last->as.text.text.n)
        inc_node_detach(last);
}

static void take_attributes(inc_md *md, inc_node *image)
{
    inc_node *first = image->next, *last = NULL;
    size_t length = 0;
    if (!first || first->kind != INC_NODE_TEXT || first->raw || !inc_str_starts(first->as.text.text, INC_STR("{")))
        return;
    inc_str body = read_body(md, first, &last, &length);
    if (!body.n || !are_attributes(body))
        return;
    inc_md_set_image_attributes(md, image, body);
    cut_text(first, last, length);
}

void inc_md_image_attributes(inc_md *md, inc_node *root)
{
    for (inc_walk w = inc_walk_begin(root); inc_walk_next(&w);)
        if (w.enter && w.node->kind == INC_NODE_IMAGE)
            take_attributes(md, w.node);
}

/* ---- side by side ---- */

static bool is_caption(const inc_node *node)
{
    return node->kind == INC_NODE_SPAN && inc_node_has_class(node, "caption");
}

/* A paragraph of nothing but pictures, two at least, with captions behind them. */
static bool holds_pictures(const inc_node *paragraph)
{
    unsigned pictures = 0;
    for (const inc_node *c = paragraph->first; c; c = c->next) {
        bool passes = c->kind == INC_NODE_IMAGE || c->kind == INC_NODE_BREAK || inc_md_is_blank(c) || (is_caption(c) && pictures);
        if (!passes)
            return false;
        pictures += c->kind == INC_NODE_IMAGE;
    }
    return pictures > 1;
}

void inc_md_part_pictures(inc_md *md, inc_node *holder)
{
    bool beside = inc_node_has_class(holder, "side-by-side");
    for (inc_node *paragraph = beside ? holder->first : NULL, *next; paragraph; paragraph = next) {
        next = paragraph->next;
        if (paragraph->kind != INC_NODE_PARAGRAPH || !holds_pictures(paragraph))
            continue;
        inc_node *own = NULL;
        while (paragraph->first) {
            inc_node *child = paragraph->first;
            inc_node_detach(child);
            if (child->kind == INC_NODE_IMAGE) {
                own = inc_node_new(md->arena, INC_NODE_PARAGRAPH, child->span);
                inc_node_insert_before(paragraph, own);
            }
            if (own && (child->kind == INC_NODE_IMAGE || is_caption(child)))
                inc_node_append(own, child);
        }
        inc_node_detach(paragraph);
    }
}
