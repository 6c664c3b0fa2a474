/*
 * notes.c - footnotes of a chapter: references bound to notes, numbered by first reference.
 *
 * Notes that a note calls follow it, before the next one of the text: so they stand at the foot of the page, and so they are numbered.
 */
#include "base/vec.h"
#include "resolve/letters.h"
#include "resolve/passes.h"

typedef struct note_pass {
    inc_resolver *r;
    inc_map by_name;
    INC_VEC(inc_node *) used; /* in number order */
} note_pass;

inc_str inc_note_key(inc_arena *arena, inc_str name)
{
    inc_buf key = inc_buf_in(arena);
    for (size_t at = 0; at < name.n;)
        inc_buf_code_point(&key, inc_lower(inc_utf8_decode(name, at, &at)));
    return inc_buf_str(&key);
}

inc_str inc_reference_key(inc_arena *arena, const inc_node *reference)
{
    const inc_node *note = reference->as.note_ref.note; /* bound by markdown/ already, which folds names its own way */
    return inc_note_key(arena, note ? note->as.note.name : reference->as.note_ref.name);
}

/* Takes the notes out of the chapter; a second one of the same name is dropped (markdown/ has reported it). */
static void collect(note_pass *p, inc_node *chapter)
{
    for (inc_node *n = chapter->first, *next; n; n = next) {
        next = n->next;
        if (n->kind != INC_NODE_NOTE)
            continue;
        inc_node_detach(n);
        inc_str key = inc_note_key(p->r->arena, n->as.note.name);
        n->as.note.number = n->as.note.references = 0;
        if (!inc_map_has(&p->by_name, key))
            inc_map_put(&p->by_name, key, n);
    }
}

static void bind(note_pass *p, inc_node *reference)
{
    inc_node *note = inc_map_find(&p->by_name, inc_reference_key(p->r->arena, reference));
    reference->as.note_ref.note = note;
    if (!note)
        return;
    if (!note->as.note.number) {
        INC_PUSH(p->r->arena, &p->used, note);
        note->as.note.number = (uint32_t)p->used.n;
    }
    reference->as.note_ref.ordinal = ++note->as.note.references;
}

static void bind_below(note_pass *p, inc_node *root)
{
    for (inc_walk w = inc_walk_begin(root); inc_walk_next(&w);)
        if (w.enter && w.node->kind == INC_NODE_NOTE_REF)
            bind(p, w.node);
}

/* The text's references; behind each that brings a new note, those of that note, and of the notes that they bring. */
static void bind_text(note_pass *p, inc_node *chapter)
{
    for (inc_walk w = inc_walk_begin(chapter); inc_walk_next(&w);) {
        if (!w.enter || w.node->kind != INC_NODE_NOTE_REF)
            continue;
        size_t fresh = p->used.n;
        bind(p, w.node);
        for (; fresh < p->used.n; fresh++)
            bind_below(p, p->used.v[fresh]);
    }
}

static void resolve_chapter(inc_resolver *r, inc_node *chapter)
{
    note_pass p = {.r = r, .by_name = inc_map_in(r->arena)};
    collect(&p, chapter);
    if (!p.by_name.n)
        return;
    bind_text(&p, chapter);
    for (size_t i = 0; i < p.used.n; i++)
        inc_node_append(chapter, p.used.v[i]);
    for (size_t i = 0; i < p.by_name.n; i++) {
        const inc_node *note = p.by_name.entries[i].value;
        if (!note->as.note.number)
            inc_report(r->diags, INC_DIAG_UNUSED_NOTE, note->span, "footnote '%.*s' is never referenced", INC_STR_ARG(note->as.note.name));
    }
}

void inc_resolve_notes(inc_resolver *r)
{
    for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c))
        resolve_chapter(r, c);
}
