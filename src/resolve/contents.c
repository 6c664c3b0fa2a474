/*
 * contents.c - the table of contents as nodes: LIST.toc of parts and chapters, nested LIST.toc of sections.
 *
 * Each entry is one paragraph: LINK(SPAN.number, TEXT title), TEXT " ", PAGE_REF. Layout fills in the pages; EPUB makes its
 * navigation from the same chapters and headings.
 */
#include "resolve/passes.h"

typedef struct contents {
    inc_resolver *r;
    inc_node *lists[INC_CONTENTS_DEPTH_MAX + 1]; /* open lists by depth; [0] is the outer one */
    inc_node *items[INC_CONTENTS_DEPTH_MAX + 1]; /* the last item of each */
    unsigned depth;                              /* index of the innermost open list */
} contents;

static inc_node *new_list(inc_resolver *r)
{
    inc_node *list = inc_generated(r, INC_NODE_LIST, "toc");
    list->as.list.tight = true;
    return list;
}

/* The list that entries of that depth go into; lists between are opened below the last item. */
static unsigned open_list(contents *c, unsigned depth)
{
    depth = INC_MIN(depth, INC_CONTENTS_DEPTH_MAX);
    while (c->depth > depth)
        c->depth--;
    while (c->depth < depth && c->items[c->depth]) {
        inc_node *list = new_list(c->r);
        inc_node_append(c->items[c->depth], list);
        c->lists[++c->depth] = list;
        c->items[c->depth] = NULL;
    }
    return c->depth;
}

/* The walk goes down at most INC_NESTING_MAX levels, and `into` with it. */
void inc_copy_inlines(inc_resolver *r, const inc_node *heading, inc_node *into)
{
    for (inc_walk w = inc_walk_begin(heading); inc_walk_next(&w);) {
        const inc_node *n = w.node;
        if (n == heading)
            continue;
        bool goes_in = n->kind == INC_NODE_SPAN && !n->generated;
        if (!w.enter) {
            if (goes_in)
                into = into->parent;
            continue;
        }
        w.skip = n->generated || n->paper;
        if (w.skip || !(goes_in || n->kind == INC_NODE_TEXT || n->kind == INC_NODE_CODE_SPAN || n->kind == INC_NODE_MATH || n->kind == INC_NODE_IMAGE
                        || n->kind == INC_NODE_SOFT_BREAK || n->kind == INC_NODE_BREAK))
            continue;
        inc_node *copy = inc_node_new(r->arena, n->kind, n->span.file ? n->span : heading->span);
        copy->lang = n->lang;
        copy->classes = n->classes;
        copy->class_count = n->class_count;
        if (n->kind == INC_NODE_IMAGE) {
            copy->kind = INC_NODE_TEXT;
            copy->as.text.text = n->as.image.alt;
        } else if (n->kind == INC_NODE_BREAK)
            copy->kind = INC_NODE_SOFT_BREAK;
        else
            copy->as = n->as;
        inc_node_append(into, copy);
        if (goes_in)
            into = copy;
    }
}

void inc_append_title(inc_resolver *r, inc_node *heading, const inc_node *words, inc_str title, inc_span span)
{
    if (words)
        inc_copy_inlines(r, words, heading);
    else
        inc_node_append(heading, inc_node_text(r->arena, title, span));
}

void inc_append_page(inc_resolver *r, inc_node *parent, const inc_node *target)
{
    inc_node *space = inc_node_text(r->arena, INC_STR(" "), INC_NO_SPAN), *page = inc_generated(r, INC_NODE_PAGE_REF, NULL);
    space->generated = true;
    page->as.page_ref.target = target;
    inc_node_append(parent, space);
    inc_node_append(parent, page);
}

/* The title is the heading's when it says the same, else that of SUMMARY.md, whose words may be nodes. span: where it stands in the manuscript.
 * target NULL: a draft, shown without link and page. */
static void add_entry(contents *c, unsigned depth, const char *class_name, inc_str number, inc_str title, const inc_node *heading,
                      const inc_node *words, inc_span span, const inc_node *target)
{
    inc_resolver *r = c->r;
    inc_node *item = inc_generated(r, INC_NODE_ITEM, class_name), *paragraph = inc_generated(r, INC_NODE_PARAGRAPH, NULL), *text = paragraph;
    depth = open_list(c, depth);
    inc_node_append(c->lists[depth], item);
    c->items[depth] = item;
    inc_node_append(item, paragraph);
    if (target) {
        text = inc_generated(r, INC_NODE_LINK, NULL);
        text->as.link.target = target;
        inc_node_append(paragraph, text);
    }
    if (heading && inc_str_eq(inc_node_flatten(r->arena, heading, false), title))
        inc_copy_inlines(r, heading, text);
    else
        inc_append_title(r, text, words, title, span);
    if (number.n)
        inc_prepend_label(r, text, inc_generated_span(r, "number", number));
    if (target)
        inc_append_page(r, paragraph, target);
}

static const char *class_of(const inc_node *chapter)
{
    if (chapter->as.chapter.depth > 0)
        return "toc-section";
    switch (chapter->as.chapter.role) {
    case INC_ROLE_PREFIX:
    case INC_ROLE_FIGURES:
    case INC_ROLE_TABLES:
    case INC_ROLE_LISTINGS: return "toc-front";
    case INC_ROLE_SUFFIX:
    case INC_ROLE_INDEX: return "toc-back";
    default: return "toc-chapter";
    }
}

static void add_sections(contents *c, const inc_node *chapter)
{
    const unsigned base = chapter->as.chapter.depth + 1u;
    for (inc_walk w = inc_walk_begin(chapter); inc_next_block(&w);) {
        const inc_node *n = w.node;
        if (n->kind != INC_NODE_HEADING || !n->as.heading.in_contents || n->as.heading.level <= base)
            continue;
        add_entry(c, n->as.heading.level - 1u, "toc-section", n->as.heading.number, inc_node_flatten(c->r->arena, n, false), n, NULL, n->span, n);
    }
}

static void add_chapter(contents *c, const inc_node *chapter)
{
    unsigned depth = chapter->as.chapter.depth;
    bool front = chapter->as.chapter.role == INC_ROLE_PREFIX;
    bool opening = chapter->as.chapter.role >= INC_ROLE_HALF_TITLE && chapter->as.chapter.role <= INC_ROLE_CONTENTS;
    if (opening || depth >= c->r->chapters_listed)
        return;
    if (front && !chapter->as.chapter.draft && !inc_first_heading(chapter))
        return; /* what stands before the first heading of a single file */
    const inc_node *heading = inc_first_heading(chapter);
    add_entry(c, depth, class_of(chapter), chapter->as.chapter.number, chapter->as.chapter.title, heading, chapter->as.chapter.words,
              heading ? heading->span : chapter->span, chapter->as.chapter.draft ? NULL : chapter);
    if (!chapter->as.chapter.draft)
        add_sections(c, chapter);
}

inc_node *inc_contents_chapter(inc_resolver *r)
{
    inc_str title = inc_str_of(r->terms->contents);
    inc_node *chapter = inc_generated_chapter(r, INC_ROLE_CONTENTS, title);
    inc_node *heading = inc_generated(r, INC_NODE_HEADING, NULL), *list = new_list(r);
    heading->as.heading.level = 1;
    inc_node_append(heading, inc_node_text(r->arena, title, INC_NO_SPAN));
    inc_node_append(chapter, heading);
    inc_node_append(chapter, list);
    contents c = {.r = r, .lists = {list}};
    for (const inc_node *n = r->document->book->first; n; n = n->next) {
        if (n->kind == INC_NODE_PART)
            add_entry(&c, 0, "toc-part", inc_numbered(r, r->terms->part, n->as.part.number), n->as.part.title, NULL, n->as.part.words,
                      n->span, n);
        else
            add_chapter(&c, n);
    }
    return chapter;
}
