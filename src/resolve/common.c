/* common.c - what several passes need: generated nodes, and looking around in the book. */
#include "resolve/letters.h"
#include "resolve/passes.h"

inc_node *inc_generated(inc_resolver *r, inc_node_kind kind, const char *class_name)
{
    inc_node *node = inc_node_new(r->arena, kind, INC_NO_SPAN);
    node->generated = true;
    if (class_name)
        inc_node_add_class(r->arena, node, inc_str_of(class_name));
    return node;
}

inc_node *inc_generated_span(inc_resolver *r, const char *class_name, inc_str text)
{
    inc_node *span = inc_generated(r, INC_NODE_SPAN, class_name);
    inc_node_append(span, inc_node_text(r->arena, text, INC_NO_SPAN));
    return span;
}

inc_node *inc_generated_paragraph(inc_resolver *r, const char *class_name, inc_str text)
{
    inc_node *paragraph = inc_generated(r, INC_NODE_PARAGRAPH, class_name);
    inc_node_append(paragraph, inc_node_text(r->arena, text, INC_NO_SPAN));
    return paragraph;
}

void inc_prepend_label(inc_resolver *r, inc_node *parent, inc_node *node)
{
    inc_node *space = inc_node_text(r->arena, INC_STR(" "), INC_NO_SPAN);
    space->generated = true;
    bool alone = !parent->first;
    if (alone)
        inc_node_append(parent, node);
    else
        inc_node_insert_before(parent->first, node);
    if (!alone)
        inc_node_insert_after(node, space);
}

bool inc_is_section_heading(const inc_node *heading)
{
    const inc_node *up = heading->parent;
    while (up && up->kind == INC_NODE_DIV)
        up = up->parent;
    return up && (up->kind == INC_NODE_CHAPTER || up->kind == INC_NODE_PART);
}

bool inc_next_block(inc_walk *walk)
{
    while (inc_walk_next(walk)) {
        if (!walk->enter)
            continue;
        walk->skip = walk->node->first && inc_node_is_inline(walk->node->first);
        return true;
    }
    return false;
}

void inc_survey(inc_resolver *r)
{
    for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c)) {
        for (inc_walk w = inc_walk_begin(c); inc_walk_next(&w);) {
            inc_node *n = w.node;
            if (!w.enter || n == c)
                continue;
            if (n->label.n)
                INC_PUSH(r->arena, &r->labelled, (inc_found_node){c, n});
            if (n->kind == INC_NODE_MATH && !r->math && c->as.chapter.role < INC_ROLE_HALF_TITLE)
                r->math = n;
            if (n->kind == INC_NODE_LINK)
                INC_PUSH(r->arena, &r->links, (inc_found_node){c, n});
            else if (n->kind == INC_NODE_IMAGE)
                INC_PUSH(r->arena, &r->images, (inc_found_node){c, n});
        }
    }
}

inc_node *inc_first_heading(const inc_node *chapter)
{
    for (inc_walk w = inc_walk_begin(chapter); inc_next_block(&w);) {
        if (w.node == chapter)
            continue;
        if (w.node->kind == INC_NODE_HEADING)
            return w.node;
        w.skip = w.node->kind != INC_NODE_DIV;
    }
    return NULL;
}

inc_node *inc_next_of(inc_node *node, inc_node_kind kind)
{
    while (node && node->kind != kind)
        node = node->next;
    return node;
}

inc_node *inc_first_chapter(const inc_resolver *r)
{
    return inc_next_of(r->document->book->first, INC_NODE_CHAPTER);
}

inc_node *inc_next_chapter(const inc_node *chapter)
{
    return inc_next_of(chapter->next, INC_NODE_CHAPTER);
}

bool inc_has_subchapters(const inc_node *chapter)
{
    const inc_node *next = chapter->next;
    return next && next->kind == INC_NODE_CHAPTER && next->as.chapter.depth > chapter->as.chapter.depth;
}

inc_str inc_slug(inc_arena *arena, inc_str text)
{
    inc_buf out = inc_buf_in(arena);
    text = inc_str_trim(text);
    for (size_t at = 0; at < text.n;) {
        uint32_t cp = inc_utf8_decode(text, at, &at);
        if (inc_is_white_space(cp))
            inc_buf_byte(&out, '-');
        else if (cp == '_' || cp == '-' || inc_is_letter_or_digit(cp))
            inc_buf_code_point(&out, inc_lower(cp));
    }
    return inc_buf_str(&out);
}
