/*
 * levels.c - heading levels as the whole book sees them.
 *
 * The first heading of a file is its title and takes the level that SUMMARY.md gives (depth + 1). Every other heading
 * goes one below the nearest earlier heading that the author wrote with a smaller level: so the structure shifts as a
 * whole, no level is skipped, and a second level-1 heading falls under the first.
 */
#include "resolve/passes.h"

#define LEVEL_MAX 6

/* True for blocks that a reader sees (not a mere anchor or a forced page break). */
static bool is_content(const inc_node *block)
{
    if (block->kind == INC_NODE_PAGE_BREAK)
        return false;
    if (block->kind != INC_NODE_PARAGRAPH)
        return true;
    for (const inc_node *n = block->first; n; n = n->next)
        if (n->kind != INC_NODE_ANCHOR && n->kind != INC_NODE_INDEX_MARK && n->kind != INC_NODE_SOFT_BREAK)
            return true;
    return false;
}

static bool stands_first(const inc_node *heading)
{
    for (const inc_node *n = heading; n->kind != INC_NODE_CHAPTER; n = n->parent)
        for (const inc_node *before = n->prev; before; before = before->prev)
            if (is_content(before))
                return false;
    return true;
}

/* Whether the first heading of a file titles it: it opens the file, or is of level 1, or says what SUMMARY.md says. */
static bool is_title(inc_resolver *r, const inc_node *chapter, const inc_node *heading)
{
    return heading->as.heading.level == 1 || stands_first(heading) ||
           inc_str_eq(inc_node_flatten(r->arena, heading, false), inc_str_trim(chapter->as.chapter.title));
}

static void generate_heading(inc_resolver *r, inc_node *chapter, uint8_t level)
{
    inc_node *heading = inc_generated(r, INC_NODE_HEADING, NULL);
    heading->as.heading.level = level;
    inc_append_title(r, heading, chapter->as.chapter.words, chapter->as.chapter.title, chapter->span);
    if (chapter->first)
        inc_node_insert_before(chapter->first, heading);
    else
        inc_node_append(chapter, heading);
}

/* Levels of all headings below chapter; title is the one that has `base`, or NULL when it is generated. */
static void shift(inc_node *chapter, const inc_node *title, uint8_t base)
{
    struct { uint8_t written, given; } open[LEVEL_MAX + 2] = {{0, base}};
    unsigned n = 1;
    for (inc_walk w = inc_walk_begin(chapter); inc_next_block(&w);) {
        if (w.node->kind != INC_NODE_HEADING)
            continue;
        uint8_t written = INC_MIN(INC_MAX(w.node->as.heading.level, 1), LEVEL_MAX);
        if (w.node == title) {
            w.node->as.heading.level = base;
            continue;
        }
        while (n > 1 && open[n - 1].written >= written)
            n--;
        uint8_t given = INC_MIN(open[n - 1].given + 1, LEVEL_MAX);
        open[n].written = written;
        open[n++].given = given;
        w.node->as.heading.level = given;
    }
}

static void level_chapter(inc_resolver *r, inc_node *chapter)
{
    uint8_t base = INC_MIN(chapter->as.chapter.depth + 1, LEVEL_MAX);
    inc_node *first = inc_first_heading(chapter);
    bool titled = first && is_title(r, chapter, first);
    shift(chapter, titled ? first : NULL, base);
    if (titled) {
        if (!chapter->as.chapter.title.n)
            chapter->as.chapter.title = inc_node_flatten(r->arena, first, false);
    } else if (!r->options->single_file && chapter->as.chapter.title.n)
        generate_heading(r, chapter, base);
    if (!chapter->as.chapter.title.n)
        chapter->as.chapter.title = r->document->meta.title;
    inc_node *heading = inc_first_heading(chapter);
    inc_str running = inc_node_attribute(chapter, "running"); /* {{#title}} */
    if (heading && running.n && !inc_node_attribute(heading, "running").n)
        inc_node_set_attribute(r->arena, heading, INC_STR("running"), inc_smarten(r, running, inc_node_language(chapter, r->document->meta.language)));
}

/* A draft with chapters below it that have text is a chapter of a heading alone: else those would stand under the chapter before. */
static void open_drafts(inc_resolver *r)
{
    enum { DEPTHS = 32 };
    inc_node *above[DEPTHS] = {NULL}; /* the drafts around a chapter, by depth */
    for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c)) {
        const unsigned depth = INC_MIN(c->as.chapter.depth, DEPTHS - 1);
        for (unsigned i = 0; i < DEPTHS; i++) {
            if (i < depth && above[i] && !c->as.chapter.draft)
                above[i]->as.chapter.draft = false;
            if (i >= depth || !c->as.chapter.draft)
                above[i] = NULL;
        }
        above[depth] = c->as.chapter.draft ? c : NULL;
    }
}

void inc_resolve_levels(inc_resolver *r)
{
    open_drafts(r);
    for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c))
        if (!c->as.chapter.draft)
            level_chapter(r, c);
}
