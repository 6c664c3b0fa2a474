/* lines.c - marks become lines: which block each belongs to, where it stands, and which line of that block comes next.
 */
#include "lint/internal.h"

enum { WORDS_BYTES = 36 };

typedef struct reader {
    inc_linter *l;
    const inc_tag *tag; /* that block, kind and note were found for */
    const inc_tag *block;
    inc_line_kind kind;
    bool note;
    bool *wordy; /* by tag id: a paragraph with text outside of code */
} reader;

static bool is_heading(const inc_tag *tag)
{
    return tag->kind >= INC_TAG_H1 && tag->kind <= INC_TAG_H6;
}

static bool is_block(const inc_tag *tag)
{
    switch (tag->kind) {
    case INC_TAG_P:
    case INC_TAG_LBL:
    case INC_TAG_CAPTION:
    case INC_TAG_TH:
    case INC_TAG_TD:
    case INC_TAG_FIGURE:
        return true;
    default:
        return is_heading(tag);
    }
}

/* A code block is a paragraph with nothing but code in it. */
static bool only_code(const inc_tag *tag)
{
    return tag->first && tag->first == tag->last && tag->first->kind == INC_TAG_CODE;
}

static bool is_no_prose(inc_tag_kind kind)
{
    return kind == INC_TAG_TD || kind == INC_TAG_TH || kind == INC_TAG_TOC || kind == INC_TAG_TOCI ||
           kind == INC_TAG_INDEX || kind == INC_TAG_FIGURE || kind == INC_TAG_CAPTION;
}

static void find_block(reader *r, const inc_tag *tag)
{
    r->tag = r->block = tag;
    r->note = false;
    const inc_tag *up = tag;
    while (up && !is_block(up))
        up = up->parent;
    if (up)
        r->block = up;
    r->kind = is_heading(r->block)                                      ? INC_LINE_HEADING
              : r->block->kind == INC_TAG_P && r->block->span.file != 0 ? INC_LINE_PROSE
                                                                        : INC_LINE_OTHER;
    for (up = r->block->parent; up; up = up->parent) {
        if (is_no_prose(up->kind))
            r->kind = INC_LINE_OTHER;
        r->note |= up->kind == INC_TAG_NOTE;
    }
}

const inc_tag *inc_lint_flow_of(const inc_tag *tag)
{
    while (tag && tag->parent && tag->parent->parent)
        tag = tag->parent;
    return tag;
}

/* Text further to the right on about the same baseline goes on with the line; raised and lowered text is on it too. */
static bool goes_on(const inc_lint_line *line, const inc_mark *mark)
{
    inc_len size = INC_MAX(line->size, mark->as.text.run->size), apart = mark->y - line->y;
    return mark->x >= line->x1 - INC_PT && apart < size * 4 / 5 && apart > -size * 4 / 5;
}

static void lengthen(inc_lint_line *line, const inc_mark *mark, uint32_t at)
{
    line->end = at + 1;
    line->x1 = INC_MAX(line->x1, mark->x + mark->width);
    if (mark->as.text.run->size > line->size) {
        line->size = mark->as.text.run->size;
        line->y = mark->y;
    }
}

/* A run-in heading is a part of the paragraph that it opens. */
static void join_run_in(inc_linter *l, const reader *r)
{
    const inc_tag *heading = l->lines.v[l->lines.n - 1].block;
    for (size_t i = l->lines.n; i > 0 && l->lines.v[i - 1].block == heading; i--) {
        l->lines.v[i - 1].block = r->block;
        l->lines.v[i - 1].kind = r->kind;
    }
}

static void read_text(reader *r, uint32_t page, uint32_t at)
{
    inc_linter *l = r->l;
    const inc_mark *mark = &l->pages->pages[page].marks[at];
    if (mark->tag != r->tag)
        find_block(r, mark->tag);
    if (mark->tag == r->block && mark->width > 0)
        r->wordy[r->block->id] = true;
    inc_lint_line *line = l->lines.n > l->page_lines[page] ? &l->lines.v[l->lines.n - 1] : NULL;
    if (line && goes_on(line, mark)) {
        if (line->kind == INC_LINE_HEADING && r->block->kind == INC_TAG_P)
            join_run_in(l, r);
        if (line->block == r->block) {
            lengthen(line, mark, at);
            return;
        }
    }
    inc_lint_line fresh = {.kind = r->kind,
                           .block = r->block,
                           .note = r->note,
                           .page = page,
                           .first = at,
                           .x0 = mark->x,
                           .x1 = mark->x,
                           .y = mark->y};
    lengthen(&fresh, mark, at);
    INC_PUSH(l->arena, &l->lines, fresh);
}

static void chain_lines(reader *r)
{
    inc_linter *l = r->l;
    inc_lint_line **last = INC_NEW_N(l->arena, inc_lint_line *, l->pages->tag_count + 1); /* by tag id */
    for (uint32_t i = 0; i < l->lines.n; i++) {
        inc_lint_line *line = &l->lines.v[i];
        if (line->kind == INC_LINE_PROSE && only_code(line->block) && !r->wordy[line->block->id])
            line->kind = INC_LINE_OTHER;
        inc_lint_line **before = &last[line->block->id];
        line->opens = !*before;
        if (*before)
            (*before)->next = line;
        *before = line;
    }
}

void inc_lint_read(inc_linter *l)
{
    const inc_pages *pages = l->pages;
    reader r = {.l = l, .wordy = INC_NEW_N(l->arena, bool, pages->tag_count + 1)};
    l->page_lines = INC_NEW_N(l->arena, uint32_t, pages->page_count + 1);
    l->flows = INC_NEW_N(l->arena, const inc_tag *, pages->page_count);
    for (uint32_t p = 0; p < pages->page_count; p++) {
        const inc_page *page = &pages->pages[p];
        l->page_lines[p] = (uint32_t)l->lines.n;
        for (uint32_t i = 0; i < page->mark_count; i++) {
            const inc_mark *mark = &page->marks[i];
            if (mark->tag && !l->flows[p])
                l->flows[p] = inc_lint_flow_of(mark->tag);
            if (mark->tag && mark->kind == INC_MARK_TEXT && !mark->turned) /* a table's: no prose */
                read_text(&r, p, i);
        }
    }
    l->page_lines[pages->page_count] = (uint32_t)l->lines.n;
    chain_lines(&r);
}

const inc_mark *inc_lint_mark(const inc_linter *l, const inc_lint_line *line, const inc_mark *before)
{
    const inc_mark *marks = l->pages->pages[line->page].marks, *end = marks + line->end;
    for (const inc_mark *mark = before ? before + 1 : marks + line->first; mark < end; mark++)
        if (mark->tag && mark->kind == INC_MARK_TEXT)
            return mark;
    return NULL;
}

/* Whole words as far as they fit, one at least. */
inc_str inc_lint_words(const inc_linter *l, const inc_lint_line *line)
{
    inc_buf out = inc_buf_in(l->arena);
    for (const inc_mark *mark = NULL; (mark = inc_lint_mark(l, line, mark));) {
        inc_str text = mark->as.text.hyphen ? INC_STR("-") : mark->as.text.text;
        if (out.n && out.n + text.n > WORDS_BYTES)
            return inc_strf(l->arena, "%.*s ...", INC_STR_ARG(inc_str_trim(inc_buf_str(&out))));
        inc_buf_add(&out, text);
    }
    return inc_str_trim(inc_buf_str(&out));
}

const inc_mark *inc_lint_picture(const inc_linter *l, inc_lint_place *at)
{
    for (; at->page < l->pages->page_count; at->page++, at->next = 0)
        while (at->next < l->pages->pages[at->page].mark_count) {
            const inc_mark *mark = &l->pages->pages[at->page].marks[at->next++];
            if (mark->kind == INC_MARK_IMAGE && mark->as.image && mark->width > 0 && mark->height > 0)
                return mark;
        }
    return NULL;
}
