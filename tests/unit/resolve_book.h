/* resolve_book.h - small books built by hand, for the tests of resolve. */
#ifndef INC_TEST_RESOLVE_BOOK_H
#define INC_TEST_RESOLVE_BOOK_H

#include "harness.h"

#include <stdlib.h>

#include "resolve/resolve.h"

typedef struct book {
    inc_arena *arena;
    inc_document *document;
    inc_diags *diags;
    inc_resolve_options options;
    inc_node *chapter; /* the last one added */
} book;

#define S(literal) inc_str_of(literal)

static inline book new_book(void **state)
{
    book b = {.arena = *state};
    b.document = inc_document_new(b.arena, inc_sources_new(b.arena));
    b.document->meta.language = S("en");
    b.document->meta.title = S("The Book");
    b.diags = inc_diags_new(b.arena);
    b.options = (inc_resolve_options){.reach = S("."), .src = S("."), .smart_punctuation = true, .number_sections = true, .number_depth = 255, .contents_depth = 2};
    return b;
}

static inline inc_node *new_chapter(book *b, const char *number, unsigned depth, const char *title, const char *path)
{
    inc_node *c = inc_node_new(b->arena, INC_NODE_CHAPTER, (inc_span){1, 0, 0});
    c->as.chapter.role = *number ? INC_ROLE_CHAPTER : INC_ROLE_PREFIX;
    c->as.chapter.number = S(number);
    c->as.chapter.depth = (uint8_t)depth;
    c->as.chapter.title = S(title);
    c->as.chapter.path = S(path);
    c->as.chapter.draft = !*path;
    inc_node_append(b->document->book, c);
    return b->chapter = c;
}

static inline inc_node *new_part(book *b, const char *title)
{
    inc_node *p = inc_node_new(b->arena, INC_NODE_PART, INC_NO_SPAN);
    p->as.part.title = S(title);
    inc_node_append(b->document->book, p);
    return p;
}

static inline inc_node *add_block(book *b, inc_node *parent, inc_node_kind kind, const char *text)
{
    inc_node *n = inc_node_new(b->arena, kind, (inc_span){1, 0, 0});
    if (text)
        inc_node_append(n, inc_node_text(b->arena, S(text), INC_NO_SPAN));
    inc_node_append(parent ? parent : b->chapter, n);
    return n;
}

static inline inc_node *add_heading(book *b, unsigned level, const char *text)
{
    inc_node *n = add_block(b, NULL, INC_NODE_HEADING, text);
    n->as.heading.level = (uint8_t)level;
    return n;
}

static inline inc_node *add_paragraph(book *b, const char *text)
{
    return add_block(b, NULL, INC_NODE_PARAGRAPH, text);
}

static inline inc_node *add_link(book *b, inc_node *parent, const char *text, const char *url)
{
    inc_node *n = add_block(b, parent, INC_NODE_LINK, text);
    n->as.link.url = S(url);
    return n;
}

static inline inc_node *add_figure(book *b, inc_figure_kind kind, const char *label, const char *caption)
{
    inc_node *n = add_block(b, NULL, INC_NODE_FIGURE, NULL);
    n->as.figure.kind = kind;
    n->label = S(label);
    add_block(b, n, INC_NODE_PARAGRAPH, "picture");
    if (caption)
        add_block(b, n, INC_NODE_CAPTION, caption);
    return n;
}

static inline inc_node *add_note_ref(book *b, inc_node *parent, const char *name)
{
    inc_node *n = add_block(b, parent, INC_NODE_NOTE_REF, NULL);
    n->as.note_ref.name = S(name);
    return n;
}

static inline inc_node *add_note(book *b, const char *name, const char *text)
{
    inc_node *n = add_block(b, NULL, INC_NODE_NOTE, NULL);
    n->as.note.name = S(name);
    add_block(b, n, INC_NODE_PARAGRAPH, text);
    return n;
}

static inline void resolve(book *b)
{
    const inc_node *where = NULL;
    inc_resolve(b->document, &b->options, b->diags);
    const char *broken = inc_document_check(b->document, &where);
    if (broken)
        fail_msg("%s", broken);
}

static inline size_t count_diags(const book *b, inc_diag_id id)
{
    size_t n = 0;
    for (size_t i = 0; i < b->diags->n; i++)
        n += b->diags->v[i].id == id;
    return n;
}

static inline const inc_diag *only_diag(const book *b, inc_diag_id id)
{
    assert_int_equal(b->diags->n, 1);
    assert_int_equal(b->diags->v[0].id, id);
    return &b->diags->v[0];
}

/* All text below, generated text too. */
static inline inc_str all_text(const book *b, const inc_node *node)
{
    return inc_node_flatten(b->arena, node, true);
}

static inline inc_node *find_role(const book *b, inc_chapter_role role)
{
    for (inc_node *n = b->document->book->first; n; n = n->next)
        if (n->kind == INC_NODE_CHAPTER && n->as.chapter.role == role)
            return n;
    return NULL;
}

#endif
