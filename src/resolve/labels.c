/*
 * labels.c - names of chapters, ids of headings and terms, and the map of all labels.
 *
 * Ids follow mdBook's rule (inc_slug; a second "notes" becomes "notes-1"), so that fragments which work on a web site
 * work here. What the author named himself goes first.
 */
#include "resolve/letters.h"
#include "resolve/passes.h"

/* ---- names of chapters ---- */

enum { STEM_MAX = 100 }; /* bytes: it becomes the name of a file, and every link to the chapter holds it */

/* [a-z0-9-]+ of a path without its extension: "ch04/intro.md" gives "ch04-intro"; "" when nothing is left. */
static inc_str stem_of(inc_arena *arena, inc_str path)
{
    size_t dot = inc_str_rfind_char(path, '.'), slash = inc_str_rfind_char(path, '/');
    if (dot != INC_NPOS && dot > 0 && (slash == INC_NPOS || dot > slash + 1))
        path = inc_str_slice(path, 0, dot);
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < path.n && out.n < STEM_MAX; i++) {
        char c = path.p[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        bool keep = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (keep)
            inc_buf_byte(&out, c);
        else if (out.n && out.p[out.n - 1] != '-')
            inc_buf_byte(&out, '-');
    }
    while (out.n && out.p[out.n - 1] == '-')
        out.n--;
    return inc_buf_str(&out);
}

/* wanted, or wanted-1, -2 ... The map's value is the last suffix tried plus one, so that many equal names stay cheap. */
static inc_str make_unique(inc_arena *arena, inc_map *used, inc_str wanted)
{
    inc_str name = wanted;
    uintptr_t next = (uintptr_t)inc_map_find(used, wanted);
    if (next) {
        do
            name = inc_strf(arena, "%.*s-%u", INC_STR_ARG(wanted), (unsigned)next++);
        while (inc_map_has(used, name));
        inc_map_put(used, wanted, (void *)next);
    }
    inc_map_put(used, name, (void *)(uintptr_t)1);
    return name;
}

static inc_str wanted_name(inc_resolver *r, const inc_node *chapter, size_t position)
{
    static const char *const generated[] = {"half-title", "title-page", "copyright", "contents", "list-of-figures", "list-of-tables", "list-of-listings", "index"};
    inc_str name = INC_STR("");
    if (chapter->as.chapter.role >= INC_ROLE_HALF_TITLE)
        return inc_str_of(generated[chapter->as.chapter.role - INC_ROLE_HALF_TITLE]);
    if (!r->options->single_file)
        name = stem_of(r->arena, chapter->as.chapter.path);
    if (!name.n)
        name = stem_of(r->arena, inc_strf(r->arena, "%.*s.x", INC_STR_ARG(chapter->as.chapter.title)));
    return name.n ? name : inc_strf(r->arena, "chapter-%zu", position);
}

static void name_chapters(inc_resolver *r)
{
    static const char *const taken[] = {"nav", "toc", "cover", "package"}; /* files that every EPUB has */
    inc_map used = inc_map_in(r->arena);
    size_t position = 0, parts = 0;
    for (size_t i = 0; i < INC_COUNT(taken); i++)
        inc_map_put(&used, inc_str_of(taken[i]), (void *)(uintptr_t)1);
    for (unsigned generated = 0; generated < 2; generated++) /* the author's files keep their names */
        for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c)) {
            if ((c->as.chapter.role >= INC_ROLE_HALF_TITLE) != generated)
                continue;
            c->as.chapter.name = make_unique(r->arena, &used, wanted_name(r, c, ++position));
            inc_map_put(&r->document->labels, c->as.chapter.name, c);
        }
    for (inc_node *p = inc_next_of(r->document->book->first, INC_NODE_PART); p; p = inc_next_of(p->next, INC_NODE_PART)) {
        p->label = make_unique(r->arena, &used, inc_strf(r->arena, "part-%zu", ++parts));
        inc_map_put(&r->document->labels, p->label, p);
    }
}

/* ---- ids inside a chapter ---- */

/* HTML ids hold no white space; control characters have no business there either. */
static inc_str clean_label(inc_arena *arena, inc_str label)
{
    label = inc_str_trim(label);
    bool clean = true;
    for (size_t i = 0; i < label.n; i++)
        clean &= (unsigned char)label.p[i] > ' ' && label.p[i] != 0x7F;
    if (clean)
        return label;
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < label.n; i++)
        inc_buf_byte(&out, (unsigned char)label.p[i] > ' ' && label.p[i] != 0x7F ? label.p[i] : '-');
    return inc_buf_str(&out);
}

/* What a list names is linked to, and so needs a name. */
static bool is_listed(const inc_resolver *r, const inc_node *node)
{
    return node->kind == INC_NODE_FIGURE && node->as.figure.number.n && r->options->lists[node->as.figure.kind] && !inc_node_within(node->parent, INC_NODE_FIGURE);
}

static bool gets_id(const inc_resolver *r, const inc_node *node)
{
    bool description = node->kind == INC_NODE_DIV && inc_node_has_class(node, "description"); /* what its image names */
    return !node->label.n && (node->kind == INC_NODE_HEADING || node->kind == INC_NODE_TERM || description || is_listed(r, node));
}

/* "writing-tests" for a heading, "figure-6-2" for a figure. */
static inc_str id_for(inc_resolver *r, const inc_node *node)
{
    inc_str words = node->kind == INC_NODE_DIV ? INC_STR("description") : node->kind == INC_NODE_FIGURE ? inc_cited_number(r, node) : inc_node_flatten(r->arena, node, false);
    inc_str slug = inc_slug(r->arena, words);
    return slug.n ? slug : INC_STR("section");
}

/* A place where ids must be unique: a file. Chapters split from one file share it, so that the file's fragments stay good. */
static bool share_ids(const inc_node *a, const inc_node *b)
{
    return a == b || (a->as.chapter.path.n && inc_str_eq(a->as.chapter.path, b->as.chapter.path));
}

static void enter_label(inc_resolver *r, const inc_node *chapter, inc_node *node)
{
    inc_map_put(&r->document->labels, inc_label_key(r->arena, chapter, node->label), node);
}

static void keep_written(inc_resolver *r, const inc_node *chapter, inc_node *node, inc_map *used)
{
    inc_str wanted = clean_label(r->arena, node->label);
    node->label = wanted.n ? make_unique(r->arena, used, wanted) : wanted;
    if (!wanted.n)
        return;
    if (!inc_str_eq(node->label, wanted))
        inc_report(r->diags, INC_DIAG_DUPLICATE_LABEL, node->span, "label '%.*s' is given twice in this chapter", INC_STR_ARG(wanted))->hint =
            inc_strf(r->diags->arena, "links to it lead to the first; this one is '%.*s' now", INC_STR_ARG(node->label));
    enter_label(r, chapter, node);
}

/* Callouts and what explains them lead to each other. */
static void label_callouts(inc_resolver *r, const inc_node *chapter, inc_node *code, inc_map *used)
{
    for (inc_node *callout = code->first; callout; callout = callout->next) {
        callout->label = make_unique(r->arena, used, inc_strf(r->arena, "callout-%u", callout->as.callout.number));
        enter_label(r, chapter, callout);
    }
}

static void generate_missing(inc_resolver *r, inc_node *chapter, inc_map *used)
{
    for (inc_walk w = inc_walk_begin(chapter); inc_next_block(&w);) {
        if (w.node->kind == INC_NODE_CODE)
            label_callouts(r, chapter, w.node, used);
        if (w.node->kind == INC_NODE_ITEM && w.node->as.item.callout && !w.node->label.n) {
            w.node->label = make_unique(r->arena, used, inc_strf(r->arena, "about-callout-%u", w.node->as.item.number));
            enter_label(r, chapter, w.node);
        }
        if (!gets_id(r, w.node))
            continue;
        w.node->label = make_unique(r->arena, used, id_for(r, w.node));
        enter_label(r, chapter, w.node);
    }
}

inc_str inc_label_key(inc_arena *arena, const inc_node *chapter, inc_str label)
{
    return inc_strf(arena, "%.*s#%.*s", INC_STR_ARG(chapter->as.chapter.name), INC_STR_ARG(label));
}

void inc_resolve_labels(inc_resolver *r)
{
    name_chapters(r);
    size_t next = 0;
    for (inc_node *c = inc_first_chapter(r), *first; c;) {
        inc_map used = inc_map_in(r->arena);
        first = c;
        for (; next < r->labelled.n && share_ids(first, r->labelled.v[next].chapter); next++)
            keep_written(r, r->labelled.v[next].chapter, r->labelled.v[next].node, &used);
        for (; c && share_ids(first, c); c = inc_next_chapter(c))
            generate_missing(r, c, &used);
    }
}
