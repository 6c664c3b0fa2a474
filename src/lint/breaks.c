/* breaks.c - what page breaks have torn: widows, orphans, headings left behind; uneven spreads; figures overleaf; short and blank pages. */
#include "lint/internal.h"

enum { FEW_LINES = 5, ROWS_BELOW_HEADING = 2 };

#define UNEVEN_FROM (21 * INC_PT) /* a line and a half of common text */

/* ---- paragraphs over two pages ---- */

static void check_paragraph(inc_linter *l, const inc_lint_line *opening)
{
    const inc_lint_line *last = opening;
    uint32_t total = 0, on_first = 0, on_last = 0;
    for (const inc_lint_line *line = opening; line; line = line->next) {
        on_last = line->page == last->page ? on_last + 1 : 1;
        on_first += line->page == opening->page;
        total++;
        last = line;
    }
    if (last->page == opening->page)
        return;
    if (on_first == 1)
        inc_lint_add(l, INC_DIAG_ORPHAN, opening->page, opening->block->span,
                     "a paragraph's first line stands alone at the foot of the page: '%.*s'",
                     INC_STR_ARG(inc_lint_words(l, opening)));
    if (on_last == 1 && total > 2)
        inc_lint_add(l, INC_DIAG_WIDOW, last->page, opening->block->span,
                     "a paragraph's last line stands alone at the head of the page: '%.*s'",
                     INC_STR_ARG(inc_lint_words(l, last)));
}

/* ---- headings at the foot of a page ---- */

static const inc_lint_line *first_body_line(const inc_linter *l, uint32_t page)
{
    for (uint32_t i = l->page_lines[page]; i < l->page_lines[page + 1]; i++)
        if (!l->lines.v[i].note)
            return &l->lines.v[i];
    return NULL;
}

/* True when what a heading announces may stand on the next page: it is of the same chapter, and what follows the
 * heading, if anything, does not end with this page. */
static bool runs_on(const inc_linter *l, uint32_t page, unsigned rows)
{
    if (page + 1 >= l->pages->page_count || !l->flows[page] || l->flows[page + 1] != l->flows[page])
        return false;
    const inc_lint_line *next = first_body_line(l, page + 1);
    return rows == 0 || !next || next->kind != INC_LINE_HEADING;
}

static bool has_picture_below(const inc_page *page, inc_len y)
{
    for (size_t i = 0; i < page->mark_count; i++)
        if (page->marks[i].kind == INC_MARK_IMAGE && page->marks[i].y + page->marks[i].height > y)
            return true;
    return false;
}

static void check_heading(inc_linter *l, uint32_t page)
{
    const inc_lint_line *stranded = NULL;
    inc_len above = INC_LEN_MAX; /* the highest row counted */
    unsigned rows = 0, rows_below = 0;
    for (uint32_t i = l->page_lines[page + 1]; i > l->page_lines[page] && rows < ROWS_BELOW_HEADING; i--) {
        const inc_lint_line *line = &l->lines.v[i - 1];
        if (line->note)
            continue;
        if (line->kind == INC_LINE_HEADING) {
            stranded = line;
            rows_below = rows;
        } else if (line->y < above - INC_PT) {
            rows += line->block->kind == INC_TAG_FIGURE ? ROWS_BELOW_HEADING : 1;
            above = line->y;
        }
    }
    if (!stranded || !stranded->block->span.file || !runs_on(l, page, rows_below))
        return;
    if (has_picture_below(&l->pages->pages[page], stranded->y))
        return;
    while (stranded > l->lines.v && stranded[-1].block == stranded->block && stranded[-1].page == page)
        stranded--;
    inc_lint_add(l, INC_DIAG_STRANDED_HEADING, page, stranded->block->span,
                 "less than two lines follow the heading '%.*s' on its page", INC_STR_ARG(inc_lint_words(l, stranded)));
}

/* ---- pages nearly or wholly empty ---- */

static bool is_last_of_many(const inc_linter *l, uint32_t page)
{
    const inc_tag *flow = l->flows[page];
    return flow && page > 0 && l->flows[page - 1] == flow &&
           (page + 1 == l->pages->page_count || l->flows[page + 1] != flow);
}

static void check_short_page(inc_linter *l, uint32_t page)
{
    if (!is_last_of_many(l, page) || has_picture_below(&l->pages->pages[page], 0))
        return;
    inc_len below = 0; /* the lowest row counted */
    unsigned rows = 0;
    inc_span span = INC_NO_SPAN;
    for (uint32_t i = l->page_lines[page]; i < l->page_lines[page + 1]; i++) {
        const inc_lint_line *line = &l->lines.v[i];
        if (!span.file)
            span = line->block->span;
        if (line->block->kind == INC_TAG_FIGURE)
            return;
        if (line->y > below + INC_PT) {
            below = line->y;
            rows++;
        }
    }
    if (rows < FEW_LINES && span.file)
        inc_lint_add(l, INC_DIAG_SHORT_PAGE, page, span, "the chapter's last page has only %u line%s", rows,
                     rows == 1 ? "" : "s");
}

/* ---- spreads ---- */

/* The lowest baseline or picture's edge, and what stands there. */
static inc_len depth_of(const inc_linter *l, uint32_t page, inc_span *span)
{
    const inc_page *p = &l->pages->pages[page];
    inc_len depth = 0;
    for (size_t i = 0; i < p->mark_count; i++) {
        const inc_mark *mark = &p->marks[i];
        inc_len low = mark->y + (mark->kind == INC_MARK_IMAGE ? mark->height : 0);
        if (!mark->tag || mark->kind == INC_MARK_LINK || low <= depth)
            continue;
        depth = low;
        *span = mark->tag->span;
    }
    return depth;
}

/* A page that the next one goes on from. */
static bool runs_over(const inc_linter *l, uint32_t page)
{
    return page + 1 < l->pages->page_count && l->flows[page] && l->flows[page + 1] == l->flows[page];
}

static void check_spread(inc_linter *l, uint32_t left)
{
    if (l->pages->pages[left].recto || !runs_over(l, left) || !runs_over(l, left + 1))
        return;
    inc_span span[2] = {INC_NO_SPAN, INC_NO_SPAN};
    inc_len depth[2] = {depth_of(l, left, &span[0]), depth_of(l, left + 1, &span[1])};
    int higher = depth[0] < depth[1] ? 0 : 1; /* the page that ends too early */
    inc_len apart = depth[!higher] - depth[higher];
    if (apart < UNEVEN_FROM)
        return;
    char by[32];
    by[inc_len_format(apart, 0, by)] = '\0';
    inc_lint_add(l, INC_DIAG_UNEVEN_SPREAD, left + (uint32_t)higher, span[higher], "the page ends %s pt above the one beside it", by);
}

/* ---- figures that have moved ---- */

typedef struct standing { /* what stands on which pages, by tag id */
    uint32_t *first, *last; /* index + 1; 0: nowhere */
} standing;

static standing find_pages(const inc_linter *l)
{
    standing s = {INC_NEW_N(l->arena, uint32_t, l->pages->tag_count + 1), INC_NEW_N(l->arena, uint32_t, l->pages->tag_count + 1)};
    for (uint32_t p = 0; p < l->pages->page_count; p++)
        for (size_t i = 0; i < l->pages->pages[p].mark_count; i++)
            for (const inc_tag *tag = l->pages->pages[p].marks[i].tag; tag && s.last[tag->id] != p + 1; tag = tag->parent) {
                s.last[tag->id] = p + 1;
                if (!s.first[tag->id])
                    s.first[tag->id] = p + 1;
            }
    return s;
}

/* Nothing else is told on the page: the figure was given a page of its own. */
static bool has_page(const inc_linter *l, const inc_tag *figure, uint32_t page)
{
    for (size_t i = 0; i < l->pages->pages[page].mark_count; i++) {
        const inc_tag *tag = l->pages->pages[page].marks[i].tag;
        while (tag && tag != figure && tag->parent)
            tag = tag->parent;
        if (tag && tag != figure)
            return false;
    }
    return true;
}

/* A figure's element stands between two others; what follows it begins on an earlier page, and that is a right-hand one. */
static void check_floats(inc_linter *l)
{
    standing s = find_pages(l);
    for (const inc_tag *tag = l->pages->tags; tag;) {
        const inc_tag *behind = tag->next;
        uint32_t page = s.first[tag->id];
        if (tag->kind == INC_TAG_DIV && behind && page && s.first[behind->id] && s.first[behind->id] < page && l->pages->pages[page - 2].recto && !has_page(l, tag, page - 1))
            inc_lint_add(l, INC_DIAG_FAR_FLOAT, page - 1, tag->span, "the figure stands overleaf from its place on page %.*s",
                         INC_STR_ARG(l->pages->pages[s.first[behind->id] - 1].label));
        const inc_tag *next = tag->first;
        while (!next && tag) {
            next = tag->next;
            tag = tag->parent;
        }
        tag = next;
    }
}

/* ---- blank pages ---- */

/* The place is that of the chapter that comes after the blank pages. */
static void check_blank(inc_linter *l, uint32_t page)
{
    const inc_page *pages = l->pages->pages;
    if (page == 0 || !pages[page].blank || !pages[page - 1].blank || (page > 1 && pages[page - 2].blank))
        return;
    uint32_t count = 1, next = page;
    for (; next < l->pages->page_count && pages[next].blank; next++)
        count++;
    const inc_tag *flow = next < l->pages->page_count ? l->flows[next] : NULL;
    inc_lint_add(l, INC_DIAG_BLANK_PAGES, page, flow ? flow->span : INC_NO_SPAN, "%u blank pages in a row", count);
}

void inc_lint_breaks(inc_linter *l)
{
    for (uint32_t i = 0; i < l->lines.n; i++)
        if (l->lines.v[i].opens && l->lines.v[i].kind == INC_LINE_PROSE)
            check_paragraph(l, &l->lines.v[i]);
    check_floats(l);
    for (uint32_t page = 0; page < l->pages->page_count; page++) {
        check_heading(l, page);
        check_short_page(l, page);
        check_spread(l, page);
        check_blank(l, page);
    }
}
