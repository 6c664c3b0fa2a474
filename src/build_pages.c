/* build_pages.c - the pages of what layout found before it knew them: a wrapped line of code is reported when it is set, not when its page is made. */
#include <stdlib.h>

#include "base/vec.h"
#include "build_run.h"

typedef struct stretch { /* of a file, and what it became */
    uint32_t file, offset, length;
    const inc_node *node;
    uint32_t byte; /* of the node's text, for the stretch's first byte */
} stretch;

typedef struct stretches {
    inc_arena *arena;
    stretch *v;
    size_t n, cap;
} stretches;

static void add(stretches *s, inc_span span, const inc_node *node, uint32_t byte)
{
    if (!span.file)
        return;
    if (s->n == s->cap)
        s->v = inc_vec_grow(s->arena, s->v, &s->cap, sizeof *s->v);
    s->v[s->n++] = (stretch){span.file, span.offset, span.length, node, byte};
}

static void add_code(stretches *s, const inc_node *node)
{
    inc_str text = node->as.code.text;
    size_t byte = 0;
    for (uint32_t i = 0; i < node->as.code.line_count && byte <= text.n; i++) {
        add(s, node->as.code.lines[i], node, (uint32_t)byte);
        const char *newline = byte < text.n ? memchr(text.p + byte, '\n', text.n - byte) : NULL;
        byte = newline ? (size_t)(newline - text.p) + 1 : text.n + 1;
    }
}

/* By place; what is further inside comes later. */
static int compare(const void *a, const void *b)
{
    const stretch *x = a, *y = b;
    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    if (x->length != y->length)
        return x->length > y->length ? -1 : 1;
    return x->node->id != y->node->id ? (x->node->id < y->node->id ? -1 : 1) : x->byte < y->byte ? -1 : x->byte > y->byte;
}

static void collect(stretches *s, const inc_document *document)
{
    for (inc_walk w = inc_walk_begin(document->book); inc_walk_next(&w);) {
        if (!w.enter)
            continue;
        add(s, w.node->span, w.node, 0);
        if (w.node->kind == INC_NODE_CODE)
            add_code(s, w.node);
    }
    if (s->n)
        qsort(s->v, s->n, sizeof *s->v, compare);
}

/* The last stretch that begins at or before the place, if it reaches it. */
static const stretch *find(const stretches *s, inc_span span)
{
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const stretch *m = &s->v[middle];
        if (m->file < span.file || (m->file == span.file && m->offset <= span.offset))
            low = middle + 1;
        else
            high = middle;
    }
    const stretch *found = low ? &s->v[low - 1] : NULL;
    return found && found->file == span.file && span.offset - found->offset <= found->length ? found : NULL;
}

static void free_arena(void *arena)
{
    inc_arena_free(arena);
}

void inc_run_name_pages(inc_run *run, size_t from)
{
    inc_diags *diags = run->result.diags;
    stretches s = {0};
    void **slot = NULL;
    for (size_t i = from; i < diags->n; i++) {
        inc_diag *diag = &diags->v[i];
        if (diag->page.n || !diag->span.file)
            continue;
        if (!slot) { /* most books need it, few for more than a handful of findings */
            slot = inc_defer(run->result.arena, free_arena);
            *slot = s.arena = inc_arena_new();
            collect(&s, run->document);
        }
        const stretch *found = find(&s, diag->span);
        if (found)
            diag->page = inc_pagemap_label(&run->layout.pagemap, found->node, found->byte + (diag->span.offset - found->offset));
    }
    if (slot) {
        inc_arena_free(s.arena);
        *slot = NULL;
    }
}
