/*
 * split.c - one .md file becomes a book of chapters.
 *
 * With a title in its front matter the file is a book: its highest headings (as a rule of level 1) open chapters, numbered
 * from 1 save those of class "unnumbered". Without one it is an article: a lone level-1 heading is the title, the
 * level-2 headings open the chapters. What stands before the first chapter stays in a prefix chapter.
 */
#include "base/files.h"
#include "resolve/passes.h"

typedef struct splitter {
    inc_resolver *r;
    inc_node *whole;   /* the file's chapter; becomes the first of the new ones */
    uint8_t level;     /* headings of this level (or above) open chapters */
    bool numbered;
    uint32_t number;   /* the last one given */
    inc_node *title;   /* the article's, which opens no chapter */
} splitter;

/* ---- where to split ---- */

static uint8_t highest_level(const inc_node *chapter, unsigned *count, inc_node **first)
{
    uint8_t level = 0;
    *count = 0;
    for (inc_node *n = chapter->first; n; n = n->next) {
        if (n->kind != INC_NODE_HEADING || (level && n->as.heading.level > level))
            continue;
        if (n->as.heading.level != level) {
            level = n->as.heading.level;
            *count = 0;
            *first = n;
        }
        ++*count;
    }
    return level;
}

/* The lone level-1 heading that is the title of the whole, or NULL. */
static inc_node *find_title(splitter *s)
{
    unsigned count;
    inc_node *first = NULL;
    if (highest_level(s->whole, &count, &first) != 1 || count != 1 || inc_first_heading(s->whole) != first)
        return NULL;
    inc_str known = inc_str_trim(s->r->document->meta.title);
    return !known.n || inc_str_eq(known, inc_node_flatten(s->r->arena, first, false)) ? first : NULL;
}

static uint8_t level_below(const inc_node *title)
{
    uint8_t level = 0;
    for (const inc_node *n = title->next; n; n = n->next)
        if (n->kind == INC_NODE_HEADING && (!level || n->as.heading.level < level))
            level = n->as.heading.level;
    return level;
}

/* ---- splitting ---- */

static void set_role(splitter *s, inc_node *chapter, const inc_node *heading)
{
    if (!heading) {
        chapter->as.chapter.role = INC_ROLE_PREFIX;
    } else if (!s->numbered) {
        chapter->as.chapter.role = INC_ROLE_CHAPTER;
    } else if (inc_node_has_class(heading, "unnumbered")) {
        chapter->as.chapter.role = s->number ? INC_ROLE_SUFFIX : INC_ROLE_PREFIX;
    } else {
        chapter->as.chapter.role = INC_ROLE_CHAPTER;
        chapter->as.chapter.number = inc_strf(s->r->arena, "%u", ++s->number);
    }
}

static inc_node *open_chapter(splitter *s, inc_node *after, inc_node *heading)
{
    inc_node *chapter = inc_node_new(s->r->arena, INC_NODE_CHAPTER, heading->span);
    chapter->as.chapter.path = s->whole->as.chapter.path;
    chapter->as.chapter.title = inc_node_flatten(s->r->arena, heading, false);
    chapter->lang = s->whole->lang;
    set_role(s, chapter, heading);
    inc_node_insert_after(after, chapter);
    return chapter;
}

static void split(splitter *s)
{
    inc_node *chapter = s->whole;
    for (inc_node *n = s->whole->first, *next; n; n = next) {
        next = n->next;
        bool opens = n->kind == INC_NODE_HEADING && n->as.heading.level <= s->level && n != s->title;
        if (opens && n == s->whole->first) { /* nothing before it: the file's own chapter is this one */
            s->whole->as.chapter.title = inc_node_flatten(s->r->arena, n, false);
            set_role(s, s->whole, n);
        } else if (opens) {
            chapter = open_chapter(s, chapter, n);
        }
        if (chapter != s->whole && n->kind != INC_NODE_NOTE) {
            inc_node_detach(n);
            inc_node_append(chapter, n);
        }
    }
}

/* ---- notes go with their references ---- */

static inc_node *clone(inc_resolver *r, const inc_node *node, unsigned depth)
{
    inc_node *copy = inc_node_new(r->arena, node->kind, node->span);
    *copy = *node;
    copy->parent = copy->prev = copy->next = copy->first = copy->last = NULL;
    copy->label = INC_STR("");
    for (const inc_node *c = node->first; c && depth < 2 * INC_NESTING_MAX; c = c->next)
        inc_node_append(copy, clone(r, c, depth + 1));
    return copy;
}

/* Gives chapter the notes that its text and, in turn, these notes refer to. A note wanted by several chapters is copied. */
static void fetch_notes(inc_resolver *r, inc_node *chapter, const inc_map *notes)
{
    inc_map here = inc_map_in(r->arena);
    for (inc_walk w = inc_walk_begin(chapter); inc_walk_next(&w);) { /* appended notes are walked too */
        if (!w.enter || w.node->kind != INC_NODE_NOTE_REF)
            continue;
        inc_str key = inc_reference_key(r->arena, w.node);
        inc_node *note = inc_map_find(notes, key);
        if (!note || inc_map_has(&here, key))
            continue;
        if (note->parent)
            note = clone(r, note, 0);
        inc_map_put(&here, key, note);
        inc_node_append(chapter, note);
    }
}

static void share_notes(splitter *s)
{
    inc_map notes = inc_map_in(s->r->arena);
    for (inc_node *n = s->whole->first, *next; n; n = next) {
        next = n->next;
        if (n->kind != INC_NODE_NOTE)
            continue;
        inc_node_detach(n);
        inc_str key = inc_note_key(s->r->arena, n->as.note.name);
        if (!inc_map_has(&notes, key))
            inc_map_put(&notes, key, n);
    }
    for (inc_node *c = s->whole; c; c = inc_next_chapter(c))
        fetch_notes(s->r, c, &notes);
    for (size_t i = 0; i < notes.n; i++) {
        inc_node *note = notes.entries[i].value;
        if (!note->parent) /* never used: inc_resolve_notes says so */
            inc_node_append(s->whole, note);
    }
}

void inc_resolve_single(inc_resolver *r)
{
    inc_meta *meta = &r->document->meta;
    inc_node *whole = inc_first_chapter(r);
    if (!r->options->single_file || !whole)
        return;
    splitter s = {.r = r, .whole = whole};
    unsigned count;
    inc_node *first;
    s.title = find_title(&s);
    s.level = s.title ? level_below(s.title) : highest_level(whole, &count, &first);
    meta->article = s.title || !meta->title.n || !s.level;
    s.numbered = !meta->article;
    if (s.title) {
        inc_node_add_class(r->arena, s.title, INC_STR("title"));
        meta->title = inc_node_flatten(r->arena, s.title, false);
        whole->as.chapter.title = meta->title;
    } else {
        whole->as.chapter.title = INC_STR("");
    }
    if (!meta->title.n)
        meta->title = inc_path_stem(whole->as.chapter.path);
    whole->as.chapter.number = INC_STR("");
    set_role(&s, whole, s.level ? NULL : whole);
    if (s.level) {
        split(&s);
        share_notes(&s);
    }
    if (meta->article)
        inc_node_add_class(r->arena, r->document->book, INC_STR("article"));
}
