/* document.c - building and walking the tree. */
#include "document/document.h"

#include "document/grid.h"

inc_document *inc_document_new(inc_arena *arena, inc_sources *sources)
{
    inc_document *document = INC_NEW(arena, inc_document);
    document->arena = arena;
    document->sources = sources;
    document->book = inc_node_new(arena, INC_NODE_BOOK, INC_NO_SPAN);
    document->labels = inc_map_in(arena);
    return document;
}

inc_node *inc_node_new(inc_arena *arena, inc_node_kind kind, inc_span span)
{
    inc_node *node = INC_NEW(arena, inc_node);
    node->kind = kind;
    node->span = span;
    if (kind == INC_NODE_CELL)
        node->as.cell.colspan = node->as.cell.rowspan = 1;
    return node;
}

void inc_node_append(inc_node *parent, inc_node *child)
{
    assert(!child->parent && !child->prev && !child->next);
    child->parent = parent;
    child->prev = parent->last;
    *(parent->last ? &parent->last->next : &parent->first) = child;
    parent->last = child;
}

void inc_node_insert_before(inc_node *at, inc_node *node)
{
    assert(!node->parent && !node->prev && !node->next && at->parent);
    node->parent = at->parent;
    node->next = at;
    node->prev = at->prev;
    *(at->prev ? &at->prev->next : &at->parent->first) = node;
    at->prev = node;
}

void inc_node_insert_after(inc_node *at, inc_node *node)
{
    if (at->next)
        inc_node_insert_before(at->next, node);
    else
        inc_node_append(at->parent, node);
}

void inc_node_detach(inc_node *node)
{
    if (!node->parent)
        return;
    *(node->prev ? &node->prev->next : &node->parent->first) = node->next;
    *(node->next ? &node->next->prev : &node->parent->last) = node->prev;
    node->parent = node->prev = node->next = NULL;
}

void inc_node_unwrap(inc_node *node)
{
    while (node->first) {
        inc_node *child = node->first;
        inc_node_detach(child);
        inc_node_insert_before(node, child);
    }
    inc_node_detach(node);
}

inc_node *inc_node_text(inc_arena *arena, inc_str text, inc_span span)
{
    inc_node *node = inc_node_new(arena, INC_NODE_TEXT, span);
    node->as.text.text = text;
    return node;
}

bool inc_node_has_class(const inc_node *node, const char *name)
{
    for (uint32_t i = 0; i < node->class_count; i++)
        if (inc_str_is(node->classes[i], name))
            return true;
    return false;
}

void inc_node_add_class(inc_arena *arena, inc_node *node, inc_str name)
{
    for (uint32_t i = 0; i < node->class_count; i++)
        if (inc_str_eq(node->classes[i], name))
            return;
    if (node->class_count == INC_CLASSES_MAX)
        return;
    size_t old = node->class_count * sizeof(inc_str);
    node->classes = inc_realloc(arena, node->classes, old, old + sizeof(inc_str));
    node->classes[node->class_count++] = name;
}

void inc_node_set_attribute(inc_arena *arena, inc_node *node, inc_str name, inc_str value)
{
    inc_attribute **at = &node->attributes;
    for (; *at; at = &(*at)->next)
        if (inc_str_eq((*at)->name, name)) {
            (*at)->value = value;
            return;
        }
    *at = INC_NEW(arena, inc_attribute);
    (*at)->name = name;
    (*at)->value = value;
}

inc_str inc_node_attribute(const inc_node *node, const char *name)
{
    for (const inc_attribute *a = node->attributes; a; a = a->next)
        if (inc_str_is(a->name, name))
            return a->value;
    return INC_STR("");
}

bool inc_node_is_inline(const inc_node *node)
{
    return node->kind >= INC_NODE_TEXT;
}

const inc_node *inc_node_within(const inc_node *node, inc_node_kind kind)
{
    while (node && node->kind != kind)
        node = node->parent;
    return node;
}

inc_str inc_node_language(const inc_node *node, inc_str book_language)
{
    for (; node; node = node->parent)
        if (node->lang.n)
            return node->lang;
    return book_language;
}

inc_walk inc_walk_begin(const inc_node *root)
{
    return (inc_walk){.root = (inc_node *)root};
}

bool inc_walk_next(inc_walk *walk)
{
    if (!walk->started) {
        walk->started = walk->enter = true;
        walk->node = walk->root;
        return walk->node != NULL;
    }
    if (walk->enter) { /* down to the first child, or out of this node at once */
        bool down = walk->node->first && !walk->skip;
        walk->skip = false;
        if (down)
            walk->node = walk->node->first;
        else
            walk->enter = false;
        return true;
    }
    if (walk->node == walk->root)
        return false;
    walk->enter = walk->node->next != NULL;
    walk->node = walk->enter ? walk->node->next : walk->node->parent;
    return true;
}

inc_str inc_node_flatten(inc_arena *arena, const inc_node *node, bool with_generated)
{
    inc_buf out = inc_buf_in(arena);
    for (inc_walk w = inc_walk_begin(node); inc_walk_next(&w);) {
        const inc_node *n = w.node;
        if (!w.enter)
            continue;
        if (n != node && n->generated && !with_generated)
            w.skip = true;
        else if (n->kind == INC_NODE_TEXT || n->kind == INC_NODE_CODE_SPAN || n->kind == INC_NODE_MATH)
            inc_buf_add(&out, n->as.text.text);
        else if (n->kind == INC_NODE_BREAK || n->kind == INC_NODE_SOFT_BREAK)
            inc_buf_byte(&out, ' ');
        else if (n->kind == INC_NODE_IMAGE)
            inc_buf_add(&out, n->as.image.alt);
    }
    return inc_str_trim(inc_buf_str(&out));
}

static void give_columns(inc_document *document, const inc_node *table)
{
    inc_arena_mark start = inc_arena_mark_get(document->arena);
    inc_grid grid = inc_grid_of(document->arena, table);
    for (uint32_t i = 0; i < grid.row_first[grid.row_count]; i++) {
        inc_node *cell = (inc_node *)(uintptr_t)grid.cells[i].node;
        cell->as.cell.column = (uint16_t)grid.cells[i].column;
        cell->as.cell.column_end = (uint16_t)(grid.cells[i].column + grid.cells[i].columns);
        cell->as.cell.rows = (uint16_t)INC_MIN(grid.cells[i].rows, (uint32_t)UINT16_MAX);
    }
    inc_arena_reset(document->arena, start);
}

void inc_document_number(inc_document *document)
{
    uint32_t id = 0;
    for (inc_walk w = inc_walk_begin(document->book); inc_walk_next(&w);) {
        if (!w.enter)
            continue;
        w.node->id = ++id;
        if (w.node->kind == INC_NODE_TABLE)
            give_columns(document, w.node);
    }
    document->node_count = id;
}

inc_str inc_node_told(inc_arena *arena, const inc_node *image)
{
    inc_str path = image->as.image.name.n ? image->as.image.name : image->as.image.url, told = image->as.image.alt;
    if (!told.n) {
        size_t from = path.n;
        while (from && path.p[from - 1] != '/')
            from--;
        told = inc_str_slice(path, from, path.n);
    }
    inc_buf out = inc_buf_in(arena);
    inc_buf_add(&out, told);
    for (const inc_node *block = image->as.image.description ? image->as.image.description->first : NULL; block; block = block->next) {
        inc_str words = inc_node_has_class(block, "summary") ? INC_STR("") : inc_str_trim(inc_node_flatten(arena, block, true));
        if (!words.n)
            continue;
        inc_buf_puts(&out, out.n ? "\n" : "");
        inc_buf_add(&out, words);
    }
    return inc_buf_str(&out);
}

const inc_node *inc_node_picture(const inc_node *node)
{
    if (node->kind == INC_NODE_LINK && node->first && node->first == node->last)
        node = node->first;
    return node->kind == INC_NODE_IMAGE ? node : NULL;
}

bool inc_node_among_words(const inc_node *node)
{
    const inc_node *block = node;
    while (block->parent && inc_node_is_inline(block))
        block = block->parent;
    for (inc_walk w = inc_walk_begin(block); inc_walk_next(&w);) {
        bool words = w.node->kind == INC_NODE_TEXT || w.node->kind == INC_NODE_CODE_SPAN || w.node->kind == INC_NODE_MATH;
        if (w.enter && words && inc_str_trim(w.node->as.text.text).n)
            return true;
    }
    return false;
}
