/*
 * code.c - listings: one box a line on the grid of the mono face, long lines wrapped with a hanging indent and a mark in the margin.
 */
#include "base/utf8.h"
#include "layout/coder.h"
#include "layout/codesplit.h"

enum { HANG_COLUMNS = 8, TAB_MAX = 16, COLUMNS_MIN = 16, COLUMNS_MAX = 4096 };
enum { FIRM_LINES = 3, SHORT_BLOCK = 12, PENALTY_SHORT = 6000, PENALTY_EXPLAINED = 12000 /* before the list of its callouts */ };

static void expand_tabs(inc_coder *c, inc_str text, unsigned tab_size)
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
    c->origin_count = origin.n;
}

static bool has_box_drawing(inc_str text)
{
    for (size_t i = 0; i + 1 < text.n; i++)
        if (text.p[i] == '\xE2' && (unsigned char)text.p[i + 1] >= 0x94 && (unsigned char)text.p[i + 1] <= 0x96)
            return true;
    return false;
}

static void measure_cell(inc_coder *c)
{
    inc_shape_request request = inc_shape_request_of(c->flow, c->style, INC_STR(""));
    const inc_shaped *zero = inc_shape(c->flow->worker->shaper, &request, INC_STR("0"));
    c->cell = INC_MAX(zero->advance > 0 ? zero->advance : c->style->font_size / 2, (inc_len)1);
    c->columns = (uint32_t)INC_MIN(INC_MAX(c->width / c->cell, (inc_len)COLUMNS_MIN), (inc_len)COLUMNS_MAX);
    c->line_height = c->style->line_height;
    if (has_box_drawing(c->text)) /* strokes join only at 1.25 em */
        c->line_height = inc_len_scale(c->style->font_size, 125, 100);
    c->baseline = inc_baseline(c->flow, c->style, c->line_height);
}

/* ---- columns: what the shaper makes of a line decides, so that what is drawn and what is counted are the same ---- */

static bool is_ascii(inc_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

static void measure_line(inc_coder *c, uint32_t from, uint32_t to)
{
    inc_str line = inc_str_slice(c->text, from, to);
    inc_arena *scratch = c->flow->worker->scratch;
    c->cells = NULL;
    if (is_ascii(line))
        return;
    inc_len *advances = INC_NEW_N(scratch, inc_len, line.n);
    inc_shape_request request = inc_shape_request_of(c->flow, c->style, INC_STR(""));
    const inc_shaped *shaped = inc_shape(c->flow->worker->shaper, &request, line);
    for (uint32_t i = 0; i < shaped->run_count; i++)
        for (uint32_t k = 0; k < shaped->runs[i].count; k++) {
            const inc_glyph *glyph = &shaped->runs[i].glyphs[k];
            if (glyph->cluster < line.n)
                advances[glyph->cluster] += glyph->advance;
        }
    c->cells = INC_NEW_N(scratch, uint8_t, line.n);
    for (size_t i = 0; i < line.n; i++)
        c->cells[i] = (uint8_t)INC_MIN((advances[i] + c->cell / 2) / c->cell, (inc_len)UINT8_MAX);
    c->measured = from;
}

static uint32_t cells_at(const inc_coder *c, size_t at)
{
    return c->cells ? c->cells[at - c->measured] : 1;
}

static uint32_t count_columns(const inc_coder *c, uint32_t from, uint32_t to)
{
    uint32_t columns = 0;
    for (size_t at = from; at < to;)
        columns += cells_at(c, at++);
    return columns;
}

/* Is a line wider than the measure that would fit in columns as narrow as this? */
static bool would_fit(inc_coder *c, inc_len cell)
{
    uint32_t most = (uint32_t)INC_MIN(c->width / INC_MAX(cell, (inc_len)1), (inc_len)COLUMNS_MAX);
    for (uint32_t from = 0; from < c->text.n;) {
        size_t lf = inc_str_find_char(inc_str_slice(c->text, from, c->text.n), '\n');
        uint32_t to = lf == INC_NPOS ? (uint32_t)c->text.n : from + (uint32_t)lf;
        measure_line(c, from, to);
        uint32_t columns = count_columns(c, from, to);
        if (columns > c->columns && columns <= most)
            return true;
        from = to + 1;
    }
    return false;
}

/* What a terminal shows is as wide as it is: its type may become a little smaller, on lines as high as before. */
static void make_fit(inc_coder *c)
{
    inc_len least = c->style->least_size, height = c->style->line_height;
    if (least <= 0 || least >= c->style->font_size || !would_fit(c, inc_len_scale(c->cell, least, c->style->font_size)))
        return;
    c->style = c->line_style = inc_style_resized(c->flow->worker->styler, c->style, least, false);
    measure_cell(c);
    c->line_height = has_box_drawing(c->text) ? c->line_height : height;
    c->baseline = inc_baseline(c->flow, c->style, c->line_height);
}

/* The style of the byte at `at`, and where that style ends. */
static const inc_style *style_at(inc_coder *c, uint32_t at, uint32_t *until)
{
    while (c->token < c->token_count && c->tokens[c->token].start + c->tokens[c->token].length <= at)
        c->token++;
    if (c->token == c->token_count || c->tokens[c->token].start > at) {
        *until = c->token == c->token_count ? (uint32_t)c->text.n : c->tokens[c->token].start;
        return c->line_style;
    }
    const inc_token *token = &c->tokens[c->token];
    *until = token->start + token->length;
    inc_str classes = inc_strf(c->flow->worker->scratch, "hljs-%s", token->token_class);
    return inc_style_synthetic(c->flow->worker->styler, c->node, c->line_style, "span", classes);
}

/* Sets [from, to), which is all of its line or ends a row of it; returns where its text ends. */
static inc_len set_text(inc_coder *c, inc_marks *marks, uint32_t from, uint32_t to, inc_len x)
{
    while (from < to) {
        uint32_t until;
        const inc_style *style = style_at(c, from, &until);
        until = INC_MIN(until, to);
        x += inc_text_marks(c->flow, marks, style, inc_str_slice(c->text, from, until), x, c->baseline, c->tag);
        from = until;
    }
    return x;
}

/* What ends at the end of a source line, of blank ones too: its discs, and a space for those who copy it or have it read to them line by line. */
static void set_end(inc_coder *c, inc_marks *marks, uint32_t to, inc_len x)
{
    x = inc_code_discs(c, marks, to, x);
    if (to + 1 < c->text.n && c->text.p[to] == '\n')
        inc_line_end_mark(c->flow, marks, c->line_style, x, c->baseline, c->tag);
}

typedef enum break_grade { NO_BREAK, INSIDE /* an expression */, BETWEEN /* words */ } break_grade;

static bool begins_name(char c)
{
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Nothing but a bracket or two that close, which look lost on a line of their own. */
static bool is_tail(inc_str text, size_t at, size_t end)
{
    enum { TAIL = 3 };
    bool tail = end - at <= TAIL;
    for (; tail && at < end; at++)
        tail = strchr(")]}>;,", text.p[at]) != NULL;
    return tail;
}

/* May a line end before `at`? Method calls begin the next line with their point, as they do where an author breaks them; numbers are not parted. */
static break_grade break_before(inc_str text, size_t at, size_t end)
{
    char before = text.p[at - 1], here = at < end ? text.p[at] : ' ', next = at + 1 < end ? text.p[at + 1] : ' ';
    if (here == ' ' || is_tail(text, at, end))
        return NO_BREAK;
    if (before == ' ')
        return BETWEEN;
    if (here == '.')
        return strchr(" .([{", before) || !begins_name(next) ? NO_BREAK : INSIDE;
    return strchr(",([{", before) || (before == ':' && at > 1 && text.p[at - 2] == ':' && here != ':') ? INSIDE : NO_BREAK;
}

/* Where to break a line that does not fit: the last blank in the last third of it, else the last good place in reach, else the edge of the measure. */
static uint32_t wrap_point(const inc_coder *c, uint32_t from, uint32_t to, uint32_t columns)
{
    uint32_t best[BETWEEN + 1] = {0}, column = 0, hard = to;
    bool in_indent = true;
    for (size_t at = from, next; at < to; at = next) {
        uint32_t cp = inc_utf8_decode(c->text, at, &next);
        break_grade grade = in_indent ? NO_BREAK : break_before(c->text, at, to);
        column += cells_at(c, at);
        best[grade] = (uint32_t)at;
        if (column > columns) {
            hard = (uint32_t)at;
            break;
        }
        in_indent &= cp == ' ';
    }
    if (hard == to)
        return to;
    uint32_t third = (hard - from) / 3, last = INC_MAX(best[BETWEEN], best[INSIDE]);
    return best[BETWEEN] > hard - third ? best[BETWEEN] : last > from + third ? last : INC_MAX(hard, from + 1);
}

static uint32_t indent_of(const inc_coder *c, uint32_t from, uint32_t to)
{
    uint32_t n = 0;
    while (from + n < to && c->text.p[from + n] == ' ')
        n++;
    return n;
}

/* As far from the code as its style says, clear of the ground below it; where there is no margin, beside it. */
static void continuation_mark(inc_coder *c, inc_marks *marks)
{
    const inc_style *style = inc_style_synthetic(c->flow->worker->styler, c->node, c->style, "span", INC_STR("continuation"));
    bool margin = c->b->list->paged && !c->b->columns;
    inc_len distance = INC_MAX(margin ? inc_dim_resolve(style->margin[INC_RIGHT], 0, 0) : 0, INC_PT / 2);
    inc_shape_marks(c->flow, marks, style, INC_STR("\xE2\x86\xAA"), c->x - style->font_size - distance, c->baseline);
}

static void finish_line(inc_coder *c, inc_marks *marks, uint32_t from)
{
    inc_vbox *box = inc_vbuilder_box(c->b, c->line_height);
    box->marks = marks->v;
    box->mark_count = (uint32_t)marks->n;
    inc_vbuilder_hang_marker(c->b, box, c->baseline);
    box->node = c->node;
    box->byte = c->origin && from < c->text.n ? c->origin[from] : from;
}

/* Links from the explanations lead to the line. */
static void anchor_callouts(inc_coder *c, uint32_t to)
{
    uint32_t end = c->origin ? to < c->origin_count ? c->origin[to] : UINT32_MAX : to;
    for (const inc_node *callout = c->callout; callout && callout->as.callout.byte < end; callout = callout->next)
        inc_vbuilder_anchor(c->b, callout);
}

/* Terminals' lines are as long as they are: the author cannot break them. */
static void report_wrapped(inc_coder *c, uint32_t from, uint32_t to, uint32_t columns)
{
    if (!inc_node_is_console(c->node))
        inc_report(c->flow->diags, INC_DIAG_CODE_WRAPPED, c->flow->span, "line is %u columns wide, %u fit; wrapped", count_columns(c, from, to), columns);
}

/* One source line, on one line or more: [from, to) with its callouts, the first of the listing or not. */
static void set_source_line(inc_coder *c, uint32_t from, uint32_t to, uint32_t index, bool first_line)
{
    inc_marks marks = {0};
    c->flow->span = index < c->node->as.code.line_count ? c->node->as.code.lines[index] : c->node->span;
    measure_line(c, from, to);
    inc_code_band(c, index);
    inc_code_number(c, &marks, index, first_line);
    uint32_t end = to, discs = inc_code_callouts(c, from, &end), fit = c->columns - INC_MIN(discs, c->columns / 2);
    anchor_callouts(c, to);
    if (count_columns(c, from, end) <= fit) {
        inc_len x = set_text(c, &marks, from, end, c->x);
        set_end(c, &marks, to, x);
        finish_line(c, &marks, from);
        return;
    }
    uint32_t hang = INC_MIN(indent_of(c, from, end) + HANG_COLUMNS, fit / 2);
    report_wrapped(c, from, end, fit);
    for (uint32_t start = from, next; start < end; start = next) {
        bool first = start == from;
        inc_marks part = {0};
        next = wrap_point(c, start, end, fit - (first ? 0 : hang));
        if (first)
            part = marks;
        else
            continuation_mark(c, &part);
        inc_len x = set_text(c, &part, start, next, c->x + (first ? 0 : (inc_len)hang * c->cell));
        if (next == end)
            set_end(c, &part, to, x);
        if (!first)
            inc_vbuilder_penalty(c->b, INC_NO_PAGE_BREAK);
        finish_line(c, &part, start);
    }
}

/* Never in the first or last three lines; a short block stays whole if that is cheap. */
static void set_penalties(inc_coder *c, size_t first)
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
static uint32_t trim_lines(inc_coder *c, uint32_t *index)
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

static void set_lines(inc_coder *c)
{
    uint32_t index = 0;
    for (uint32_t from = trim_lines(c, &index); from < c->text.n; index++) {
        size_t end = inc_str_find_char(inc_str_slice(c->text, from, c->text.n), '\n'), before = c->b->list->boxes.n;
        uint32_t to = end == INC_NPOS ? (uint32_t)c->text.n : from + (uint32_t)end;
        set_source_line(c, from, to, index, !c->starts.n);
        INC_PUSH(c->flow->worker->scratch, &c->starts, from);
        INC_PUSH(c->flow->worker->scratch, &c->rows, (uint32_t)(c->b->list->boxes.n - before));
        from = to + 1;
    }
    inc_code_band_end(c);
}

/* "Listing 4-3, continued" above what a page break leaves of it, or NULL. */
static inc_vlist *label_again(inc_coder *c)
{
    inc_vlist *line = INC_NEW(c->flow->lists, inc_vlist);
    line->outside = true;
    bool again = c->b->list == &c->flow->list && !c->b->repeat && inc_continued_line(c->flow, line, c->node, c->b->x, c->b->width);
    return again ? line : NULL;
}

/* Is it a further part of a listing, behind others? */
static bool goes_on(const inc_node *node)
{
    return node->prev && node->prev->kind != INC_NODE_CAPTION;
}

void inc_code_block(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_tag *parent)
{
    inc_flow *flow = b->flow;
    inc_coder c = {.b = b, .flow = flow, .node = node};
    inc_arena *scratch = flow->worker->scratch;
    inc_arena_mark start = inc_arena_mark_get(scratch);
    inc_open_block open = inc_block_open(b, style);
    if (node->label.n)
        inc_vbuilder_anchor(b, node);
    c.style = c.line_style = style;
    c.x = b->x;
    c.width = b->width;
    c.band_x = open.border_x + style->border_width[INC_LEFT];
    c.band_width = open.border_width - style->border_width[INC_LEFT] - style->border_width[INC_RIGHT];
    c.callout = node->first;
    inc_str language = inc_node_syntax(node);
    c.tag = inc_tag_new(flow->arena, inc_tag_of(flow, parent, INC_TAG_P, node), INC_TAG_CODE);
    expand_tabs(&c, node->as.code.text, style->tab_size ? INC_MIN(style->tab_size, TAB_MAX) : 4);
    c.tokens = (node->as.code.diff ? inc_highlight_diff : inc_highlight)(scratch, language, c.text, &c.token_count);
    inc_code_make_room(&c);
    measure_cell(&c);
    make_fit(&c);
    size_t first = b->list->boxes.n;
    inc_vlist *repeat = label_again(&c);
    set_lines(&c);
    for (size_t i = first + !goes_on(node); i < b->list->boxes.n && repeat; i++) {
        b->list->boxes.v[i].repeat = repeat;
        b->list->boxes.v[i].fit.repeated = inc_vlist_height(repeat);
    }
    set_penalties(&c, first);
    inc_block_close(b, &open);
    if (node->first && node->first->as.callout.item)
        inc_vbuilder_penalty(b, PENALTY_EXPLAINED);
    inc_arena_reset(scratch, start);
}
