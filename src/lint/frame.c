/*
 * frame.c - what leaves the text block: text and pictures at its right and its foot, anything at the page's edge.
 *
 * To the left, sheets hang numbers and marks out on purpose; there the page's edge is the limit. Punctuation may hang
 * out at the right.
 */
#include "lint/internal.h"

#define SLACK (INC_PT / 2)

typedef struct excess {
    inc_len by;
    const char *where;
} excess;

static excess wider(excess a, inc_len by, const char *where)
{
    return by > a.by ? (excess){by, where} : a;
}

/* How far a line may hang out: two thirds of its last glyph unless that is a letter or a digit (layout lets no sign
 * hang out by more). */
static inc_len hang(const inc_mark *mark)
{
    const inc_text_mark *text = &mark->as.text;
    inc_str shown = inc_str_trim(text->text);
    char c = shown.n ? shown.p[shown.n - 1] : 'a';
    bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    uint32_t behind = shown.n && shown.p + shown.n < text->text.p + text->text.n ? 1 : 0; /* the space */
    if (word || text->count <= behind)
        return SLACK;
    return INC_MAX(text->run->glyphs[text->first + text->count - 1 - behind].advance * 2 / 3, SLACK);
}

/* A turned line runs upwards: it must end below the text block's head. */
static excess excess_of_turned(const inc_page *page, const inc_mark *mark)
{
    excess over = wider((excess){SLACK, NULL}, page->frame_y0 - (mark->y - mark->width) - hang(mark), "at the head");
    return wider(over, mark->x - page->frame_x1, "at the right");
}

static excess excess_of(const inc_pages *pages, const inc_page *page, const inc_mark *mark)
{
    if (mark->turned && mark->kind == INC_MARK_TEXT)
        return excess_of_turned(page, mark);
    inc_len x1 = mark->x + mark->width, y1 = mark->y + mark->height;
    excess over = {SLACK, NULL};
    if (mark->kind != INC_MARK_RULE && mark->tag && mark->width > 0) {
        inc_len right = x1 - page->frame_x1;
        if ((mark->kind == INC_MARK_IMAGE && !mark->leaves) || (mark->kind != INC_MARK_IMAGE && right > hang(mark)))
            over = wider(over, right, "at the right");
        over = wider(over, y1 - page->frame_y1, "at the foot");
    }
    if (over.where)
        return over;
    over = wider(over, -pages->bleed - mark->x, "beyond the page's left edge");
    over = wider(over, x1 - pages->width - pages->bleed, "beyond the page's right edge");
    over = wider(over, -pages->bleed - mark->y, "beyond the page's head");
    return wider(over, y1 - pages->height - pages->bleed, "beyond the page's foot");
}

static const inc_tag *paragraph_of(const inc_tag *tag)
{
    while (tag && (tag->kind == INC_TAG_SPAN || tag->kind == INC_TAG_LINK || tag->kind == INC_TAG_CODE ||
                   tag->kind == INC_TAG_REFERENCE))
        tag = tag->parent;
    return tag;
}

static void check_page(inc_linter *l, uint32_t number)
{
    const inc_page *page = &l->pages->pages[number];
    const inc_tag *reported = NULL;
    for (size_t i = 0; i < page->mark_count; i++) {
        const inc_mark *mark = &page->marks[i];
        if (mark->kind == INC_MARK_LINK || mark->bleeds)
            continue;
        excess over = excess_of(l->pages, page, mark);
        const inc_tag *block = paragraph_of(mark->tag);
        if (!over.where || (block && block == reported))
            continue;
        reported = block;
        char by[32];
        by[inc_len_format(over.by, 1, by)] = '\0';
        inc_str what = mark->kind == INC_MARK_TEXT
                           ? inc_strf(l->arena, "'%.*s'", INC_STR_ARG(inc_str_trim(mark->as.text.text)))
                       : mark->kind == INC_MARK_IMAGE ? INC_STR("a picture")
                                                      : INC_STR("a rule or a ground");
        inc_lint_add(l, INC_DIAG_OUTSIDE_FRAME, number, block ? block->span : INC_NO_SPAN,
                     "%.*s sticks out by %s pt %s", INC_STR_ARG(what), by, over.where);
    }
}

void inc_lint_frame(inc_linter *l)
{
    for (uint32_t p = 0; p < l->pages->page_count; p++)
        check_page(l, p);
}
