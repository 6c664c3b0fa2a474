/*
 * code.c - listings: one box a line on the grid of the mono face, long lines wrapped with a hanging indent and a mark in the margin.
 */
#include "base/utf8.h"
#include "highlight/highlight.h"
#include "layout/codesplit.h"
#include "layout/flow.h"

enum { HANG_COLUMNS = 8, TAB_MAX = 16, COLUMNS_MIN = 16, COLUMNS_MAX = 4096 };
enum { FIRM_LINES = 3, SHORT_BLOCK = 12, PENALTY_SHORT = 6000 };

typedef struct coder {
    inc_vbuilder *b;
    inc_flow *flow;
    const inc_node *node;
    const inc_style *style;  /* of the code element inside pre */
    inc_tag *tag;
    inc_str text;            /* tabs expanded */
    const inc_token *tokens;
    size_t token_count, token; /* the next one not passed */
    inc_len cell;            /* advance of one column */
    uint32_t columns;        /* that fit the measure */
    inc_len line_height, baseline;
    INC_VEC(uint32_t) starts; /* of the source lines */
    INC_VEC(uint32_t) rows;  /* that each of them takes */
    uint32_t *origin;        /* offset in the node's text of each byte, when tabs were expanded */
} coder;

/* Columns of a code point: combining marks none, wide ones two. */
static uint32_t cells_of(uint32_t cp)
{
    if ((cp >= 0x300 && cp <= 0x36F) || cp == 0x200B || cp == 0x200D || (cp >= 0xFE00 && cp <= 0xFE0F))
        return 0;
    bool wide = (cp >= 0x1100 && cp <= 0x115F) || (cp >= 0x2E80 && cp <= 0xA4CF) || (cp >= 0xAC00 && cp <= 0xD7A3)
                || (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0xFE30 && cp <= 0xFE6F) || (cp >= 0xFF00 && cp <= 0xFF60)
                || (cp >= 0x1F300 && cp <= 0x1FAFF) || (cp >= 0x27F5 && cp <= 0x27FF);
    return wide ? 2 : 1;
}

static void expand_tabs(coder *c, inc_str text, unsigned tab_size)
{
    if (inc_str_find_char(text, '\t') == INC_NPOS) {
        c->text = text;
        return;
    }
    inc_buf out = inc_buf_in(c->flow->arena);
    INC_VEC(uint32_t) origin = {0};
    uint32_t column = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned n = text.p[i] == '\t' ? tab_size - column % tab_size : 1;
        for (unsigned k = 0; k < n; k++) {
            inc_buf_byte(&out, text.p[i] == '\t' ? ' ' : text.p[i]);
            INC_PUSH(c->flow->worker->scratch, &origin, (uint32_t)i);
        }
        column = text.p[i] == '\n' ? 0 : column + (((unsigned char)text.p[i] & 0xC0) != 0x80 ? n : 0);
    }
    c->text = inc_buf_str(&out);
    c->origin = origin.v;
}

static bool has_box_drawing(inc_str text)
{
    for (size_t i = 0; i + 1 < text.n; i++)
        if (text.p[i] == '\xE2' && (unsigned char)text.p[i + 1] >= 0x94 && (unsigned char)text.p[i + 1] <= 0x96)
            return true;
    return false;
}

static void measure_cell(coder *c)
{
    inc_shape_request request = inc_shape_request_of(c->flow, c->style, INC_STR(""));
    const inc_shaped *zero = inc_shape(c->flow->worker->shaper, &request, INC_STR("0"));
    c->cell = INC_MAX(zero->advance > 0 ? zero->advance : c->style->font_size / 2, (inc_len)1);
    c->columns = (uint32_t)INC_MIN(INC_MAX(c->b->width / c->cell, (inc_len)COLUMNS_MIN), (inc_len)COLUMNS_MAX);
    c->line_height = c->style->line_height;
    if (has_box_drawing(c->text)) /* strokes join only at 1.25 em */
        c->line_height = inc_len_scale(c->style->font_size, 125, 100);
    c->baseline = inc_baseline(c->flow, c->style, c->line_height);
}

/* The style of the byte at `at`, and where that style ends. */
static const inc_style *style_at(coder *c, uint32_t at, uint32_t *until)
{
    while (c->token < c->token_count && c->tokens[c->token].start + c->tokens[c->token].length <= at)
        c->token++;
    if (c->token == c->token_count || c->tokens[c->token].start > at) {
        *until = c->token == c->token_count ? (uint32_t)c->text.n : c->tokens[c->token].start;
        return c->style;
    }
    const inc_token *token = &c->tokens[c->token];
    *until = token->start + token->length;
    inc_str classes = inc_strf(c->flow->worker->scratch, "hljs-%s", token->token_class);
    return inc_style_synthetic(c->flow->worker->styler, c->node, c->style, "span", classes);
}

static void set_text(coder *c, inc_marks *marks, uint32_t from, uint32_t to, inc_len x)
{
    bool line_ends = to + 1 < c->text.n && c->text.p[to] == '\n'; /* of blank lines too: whoever reads the file aloud or copies from it counts lines */
    const inc_style *style = c->style;
    while (from < to) {
        uint32_t until;
        style = style_at(c, from, &until);
        until = INC_MIN(until, to);
        x += inc_text_marks(c->flow, marks, style, inc_str_slice(c->text, from, until), x, c->baseline, c->tag);
        from = until;
    }
    if (line_ends)
        inc_line_end_mark(c->flow, marks, style, x, c->baseline, c->tag);
}

/* Where to break a line that does not fit: the last good place in reach, else the edge of the measure. */
static uint32_t wrap_point(const coder *c, uint32_t from, uint32_t to, uint32_t columns)
{
    uint32_t best = 0, column = 0, hard = to;
    size_t at = from;
    bool in_indent = true;
    while (at < to) {
        size_t next;
        uint32_t cp = inc_utf8_decode(c->text, at, &next);
        column += cells_of(cp);
        if (column > columns) {
            hard = (uint32_t)at;
            break;
        }
        in_indent &= cp == ' ';
        char following = next < to ? c->text.p[next] : ' ';
        bool good = cp == ' ' ? following != ' ' : (cp == ',' || cp == '(' || cp == '[' || cp == '{' || cp == '.') && following != ' ';
        good |= cp == ':' && at > from && c->text.p[at - 1] == ':';
        if (good && !in_indent)
            best = (uint32_t)next;
        at = next;
    }
    if (hard == to)
        return to;
    uint32_t third = from + (hard - from) / 3;
    return best > third ? best : INC_MAX(hard, from + 1);
}

static uint32_t count_columns(const coder *c, uint32_t from, uint32_t to)
{
    uint32_t columns = 0;
    for (size_t at = from; at < to;)
        columns += cells_of(inc_utf8_decode(c->text, at, &at));
    return columns;
}

static uint32_t indent_of(const coder *c, uint32_t from, uint32_t to)
{
    uint32_t n = 0;
    while (from + n < to && c->text.p[from + n] == ' ')
        n++;
    return n;
}

static void continuation_mark(coder *c, inc_marks *marks)
{
    const inc_style *style = inc_style_synthetic(c->flow->worker->styler, c->node, c->style, "span", INC_STR("continuation"));
    inc_text_marks(c->flow, marks, style, INC_STR("\xE2\x86\xAA"), c->b->x - style->font_size - INC_PT / 2, c->baseline, NULL);
}

static void finish_line(coder *c, inc_marks *marks, uint32_t from)
{
    inc_vbox *box = inc_vbuilder_box(c->b, c->line_height);
    box->marks = marks->v;
    box->mark_count = (uint32_t)marks->n;
    inc_vbuilder_hang_marker(c->b, box, c->baseline);
    box->node = c->node;
    box->byte = c->origin && from < c->text.n ? c->origin[from] : from;
}

/* One source line, on one line or more. */
static void set_source_line(coder *c, uint32_t from, uint32_t to, uint32_t index)
{
    inc_marks marks = {0};
    c->flow->span = index < c->node->as.code.line_count ? c->node->as.code.lines[index] : c->node->span;
    if (count_columns(c, from, to) <= c->columns) {
        set_text(c, &marks, from, to, c->b->x);
        finish_line(c, &marks, from);
        return;
    }
    uint32_t indent = indent_of(c, from, to);
    uint32_t hang = INC_MIN(indent + HANG_COLUMNS, c->columns / 2), start = from;
    inc_report(c->flow->diags, INC_DIAG_CODE_WRAPPED, c->flow->span, "line is %u columns wide, %u fit; wrapped", count_columns(c, from, to), c->columns);
    while (start < to) {
        bool first = start == from;
        uint32_t columns = c->columns - (first ? 0 : hang);
        uint32_t end = wrap_point(c, start, to, columns);
        inc_marks part = {0};
        if (!first)
            continuation_mark(c, &part);
        set_text(c, &part, start, end, c->b->x + (first ? 0 : (inc_len)hang * c->cell));
        if (!first)
            inc_vbuilder_penalty(c->b, INC_NO_PAGE_BREAK);
        finish_line(c, &part, start);
        start = end;
    }
}

/* Never in the first or last three lines; a short block stays whole if that is cheap. */
static void set_penalties(coder *c, size_t first)
{
    inc_vlist *list = c->b->list;
    size_t n = list->boxes.n - first, count = c->starts.n;
    int32_t *penalties = INC_NEW_N(c->flow->worker->scratch, int32_t, count);
    inc_code_penalties(c->text, c->tokens, c->token_count, c->starts.v, count, penalties);
    for (size_t k = 0, i = 0; k < count; i += c->rows.v[k++]) {
        if (!i)
            continue;
        inc_pb_box *fit = &list->boxes.v[first + i].fit;
        bool firm = i < FIRM_LINES || n - i < FIRM_LINES;
        int32_t penalty = firm ? INC_NO_PAGE_BREAK / 4 : n <= SHORT_BLOCK ? INC_MAX(penalties[k], PENALTY_SHORT) : penalties[k];
        fit->penalty = INC_MAX(fit->penalty, penalty);
    }
}

/* Blank lines at both ends are the author's, not the listing's; returns the offset of the first line that counts. */
static uint32_t trim_lines(coder *c, uint32_t *index)
{
    uint32_t from = 0;
    for (uint32_t i = 0; i < c->text.n && (c->text.p[i] == ' ' || c->text.p[i] == '\n'); i++)
        if (c->text.p[i] == '\n') {
            from = i + 1;
            ++*index;
        }
    while (c->text.n > from && strchr(" \n", c->text.p[c->text.n - 1]))
        c->text.n--;
    return from;
}

static void set_lines(coder *c)
{
    uint32_t index = 0;
    for (uint32_t from = trim_lines(c, &index); from < c->text.n; index++) {
        size_t end = inc_str_find_char(inc_str_slice(c->text, from, c->text.n), '\n'), before = c->b->list->boxes.n;
        uint32_t to = end == INC_NPOS ? (uint32_t)c->text.n : from + (uint32_t)end;
        set_source_line(c, from, to, index);
        INC_PUSH(c->flow->worker->scratch, &c->starts, from);
        INC_PUSH(c->flow->worker->scratch, &c->rows, (uint32_t)(c->b->list->boxes.n - before));
        from = to + 1;
    }
}

/* "Listing 4-3, continued" above what a page break leaves of it, or NULL. */
static inc_vlist *label_again(coder *c)
{
    inc_vlist *line = INC_NEW(c->flow->lists, inc_vlist);
    line->outside = true;
    bool again = c->b->list == &c->flow->list && !c->b->repeat && inc_continued_line(c->flow, line, c->node, c->b->x, c->b->width);
    return again ? line : NULL;
}

void inc_code_block(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_tag *parent)
{
    inc_flow *flow = b->flow;
    coder c = {.b = b, .flow = flow, .node = node};
    inc_arena *scratch = flow->worker->scratch;
    inc_arena_mark start = inc_arena_mark_get(scratch);
    inc_open_block open = inc_block_open(b, style);
    if (node->label.n)
        inc_vbuilder_anchor(b, node);
    c.style = style;
    inc_str language = node->as.code.language;
    c.tag = inc_tag_new(flow->arena, inc_tag_of(flow, parent, INC_TAG_P, node), INC_TAG_CODE);
    expand_tabs(&c, node->as.code.text, style->tab_size ? INC_MIN(style->tab_size, TAB_MAX) : 4);
    c.tokens = inc_highlight(scratch, language, c.text, &c.token_count);
    measure_cell(&c);
    size_t first = b->list->boxes.n;
    inc_vlist *repeat = label_again(&c);
    set_lines(&c);
    for (size_t i = first + 1; i < b->list->boxes.n && repeat; i++) {
        b->list->boxes.v[i].repeat = repeat;
        b->list->boxes.v[i].fit.repeated = inc_vlist_height(repeat);
    }
    set_penalties(&c, first);
    inc_block_close(b, &open);
    inc_arena_reset(scratch, start);
}
