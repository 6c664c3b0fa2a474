/* numbers.c - parts, chapters and sections: their numbers, and the generated nodes that show them. */
#include "resolve/passes.h"

inc_str inc_numbered(inc_resolver *r, const char *word, inc_str number)
{
    return inc_terms_numbered(r->arena, r->terms, word, number);
}

enum { LEVEL_MAX = 6 };

/* ---- parts ---- */

static void number_part(inc_resolver *r, inc_node *part, uint32_t n)
{
    if (!part->as.part.number.n)
        part->as.part.number = inc_str_roman(r->arena, n, true);
    inc_node *heading = inc_generated(r, INC_NODE_HEADING, "part-title");
    heading->as.heading.level = 1;
    heading->as.heading.number = part->as.part.number;
    heading->as.heading.in_contents = true;
    inc_append_title(r, heading, part->as.part.words, part->as.part.title, part->span);
    inc_node *number = inc_generated_paragraph(r, "part-number", inc_numbered(r, r->terms->part, part->as.part.number));
    if (part->first)
        inc_node_insert_before(part->first, number);
    else
        inc_node_append(part, number);
    inc_node_insert_after(number, heading);
}

/* ---- chapters and sections ---- */

static void show_number(inc_resolver *r, inc_node *heading, inc_str number)
{
    heading->as.heading.number = number;
    if (number.n)
        inc_prepend_label(r, heading, inc_generated_span(r, "number", number));
}

/* The number of a heading of that level, which stands in numbers[level]; "" below one without a number. */
static inc_str next_number(inc_resolver *r, inc_str *numbers, uint32_t *counts, unsigned level, bool unnumbered)
{
    for (unsigned below = level + 1; below <= LEVEL_MAX; below++)
        counts[below] = 0;
    numbers[level] = INC_STR("");
    if (!unnumbered && numbers[level - 1].n)
        numbers[level] = inc_strf(r->arena, "%.*s.%u", INC_STR_ARG(numbers[level - 1]), ++counts[level]);
    return numbers[level];
}

/* Sections are numbered, and listed in the contents, only where SUMMARY.md gives a chapter no chapters below it. */
static void number_sections(inc_resolver *r, inc_node *chapter, const inc_node *title)
{
    const unsigned depth = chapter->as.chapter.depth, base = INC_MIN(depth + 1, LEVEL_MAX);
    bool leaf = chapter->as.chapter.role == INC_ROLE_CHAPTER && !inc_has_subchapters(chapter);
    const unsigned deepest = !leaf || !r->options->number_sections ? 0 : r->options->number_depth <= LEVEL_MAX ? r->options->number_depth : 2;
    inc_str numbers[LEVEL_MAX + 1] = {0};
    uint32_t counts[LEVEL_MAX + 1] = {0};
    numbers[base] = chapter->as.chapter.number;
    for (inc_walk w = inc_walk_begin(chapter); inc_next_block(&w);) {
        inc_node *n = w.node;
        if (n->kind != INC_NODE_HEADING || n == title || !inc_is_section_heading(n))
            continue;
        n->as.heading.in_contents = leaf && n->as.heading.level <= r->headings_listed && !inc_node_has_class(n, "unlisted");
        if (n->as.heading.level > base && n->as.heading.level <= deepest)
            show_number(r, n, next_number(r, numbers, counts, n->as.heading.level, inc_node_has_class(n, "unnumbered")));
    }
}

static void number_chapter(inc_resolver *r, inc_node *chapter)
{
    inc_node *title = inc_first_heading(chapter);
    if (chapter->as.chapter.depth >= r->options->number_depth)
        chapter->as.chapter.number = INC_STR("");
    if (title && inc_node_has_class(title, "unnumbered"))
        chapter->as.chapter.number = INC_STR("");
    if (title && title->as.heading.level != chapter->as.chapter.depth + 1u && chapter->as.chapter.depth < 6)
        title = NULL; /* a prefix of a single file, without a title of its own */
    if (title) {
        title->as.heading.in_contents = chapter->as.chapter.depth < r->chapters_listed;
        show_number(r, title, chapter->as.chapter.number);
    }
    number_sections(r, chapter, title);
}

void inc_resolve_numbers(inc_resolver *r)
{
    uint32_t parts = 0;
    inc_node *part = NULL;
    for (inc_node *n = r->document->book->first; n; n = n->next) {
        if (n->kind == INC_NODE_PART) {
            number_part(r, n, ++parts);
            part = n;
        } else {
            n->as.chapter.part = n->as.chapter.role == INC_ROLE_CHAPTER ? part : NULL;
            if (!n->as.chapter.draft)
                number_chapter(r, n);
        }
    }
}

/* ---- citing ---- */

static inc_str cite_chapter(inc_resolver *r, const inc_node *chapter)
{
    if (!chapter->as.chapter.number.n)
        return INC_STR("");
    return inc_numbered(r, chapter->as.chapter.depth ? r->terms->section : r->terms->chapter, chapter->as.chapter.number);
}

inc_str inc_cited_number(inc_resolver *r, const inc_node *target)
{
    switch (target->kind) {
    case INC_NODE_FIGURE:
        if (target->as.figure.written.n)
            return target->as.figure.written;
        return target->as.figure.number.n ? inc_numbered(r, r->terms->figure[target->as.figure.kind], target->as.figure.number) : INC_STR("");
    case INC_NODE_PART: return inc_numbered(r, r->terms->part, target->as.part.number);
    case INC_NODE_CHAPTER: return cite_chapter(r, target);
    case INC_NODE_HEADING: {
        const inc_node *chapter = inc_node_within(target, INC_NODE_CHAPTER);
        if (!target->as.heading.number.n || !chapter)
            return INC_STR("");
        if (inc_str_eq(chapter->as.chapter.number, target->as.heading.number))
            return cite_chapter(r, chapter);
        return inc_numbered(r, r->terms->section, target->as.heading.number);
    }
    default: return INC_STR("");
    }
}
