/*
 * parse.c - md4c's events become nodes.
 *
 * Places. md4c tells no offsets, but the text that it passes points into its input, so that:
 *  - TEXT, CODE_SPAN, raw HTML, NOTE_REF: exact (from the first to behind the last byte; of a code span without its
 *    backticks); with an entity or an escape inside, the bytes that were written;
 *  - EM, STRONG, LINK, IMAGE and so on: from the first to the last text inside, without the marks around it; an
 *    image without alt text or an empty link: the end of the text before it;
 *  - PARAGRAPH, LIST, ITEM, QUOTE, ROW, CELL: from the first to the last text inside;
 *  - HEADING, CODE, RULE, TABLE, HTML blocks: the whole block from its first mark to the end of its last line, found by
 *    the pre-pass; each line of CODE has its own exact place;
 *  - BREAK, SOFT_BREAK: the end of the text before.
 */
#include <md4c.h>

#include "base/guard.h"
#include "markdown/entity.h"
#include "markdown/parser.h"
#include "markdown/tag.h"

enum { STOPPED = 1 }; /* a callback's answer when the budget is spent */

/* ---- raw HTML ---- */

static void end_html(inc_parser *p);
static void obey(inc_parser *p, const inc_mark *mark);

static void add_raw(inc_parser *p, inc_str text, size_t offset)
{
    if (offset == INC_NPOS) {
        inc_text_add_generated(&p->raw, text, inc_text_span(p->text, p->last, p->last));
        return;
    }
    const inc_mark *mark = inc_parser_mark_at(p, offset);
    if (!mark) {
        inc_text_add_slice(&p->raw, p->text, offset, offset + text.n);
        if (p->prepared)
            inc_md_unmask_bytes(p->prepared, p->raw.bytes.p + p->raw.bytes.n - text.n, text.n, offset);
        inc_parser_see(p, offset, offset + text.n);
    } else if (mark->kind == INC_MARK_HEADING) {
        if (inc_parser_holder(p)->kind == INC_NODE_HEADING)
            inc_md_set_attributes(p->md, inc_parser_holder(p), mark->attributes);
    } else if (inc_parser_top(p)->type == MD_BLOCK_HTML) { /* md4c may give several marks, and HTML of the author's, as one block */
        end_html(p);
        obey(p, mark);
        inc_parser_push_frame(p, MD_BLOCK_HTML, NULL, inc_parser_top(p)->depth);
    }
}

static bool is_verbatim(int type)
{
    return type == INC_SPAN_FRAME + MD_SPAN_CODE || type == INC_SPAN_FRAME + MD_SPAN_LATEXMATH || type == INC_SPAN_FRAME + MD_SPAN_LATEXMATH_DISPLAY;
}

static void leave_verbatim(inc_parser *p, int type);
static void leave_image(inc_parser *p);

/* Before a block begins or ends. md4c 0.4.8 can forget to close a span: "*[a](b*c)". */
static void end_spans(inc_parser *p)
{
    inc_parser_flush_inlines(p);
    p->image_depth = 0;
    for (int type; p->stack.n > 1 && (type = inc_parser_top(p)->type) >= INC_SPAN_FRAME && type < INC_DEFINITION_FRAME;) {
        if (type == INC_SPAN_FRAME + MD_SPAN_IMG)
            leave_image(p);
        else if (is_verbatim(type))
            leave_verbatim(p, type);
        else
            inc_parser_pop(p);
    }
}

/* ---- blocks ---- */

static inc_str attribute_text(inc_parser *p, const MD_ATTRIBUTE *a)
{
    inc_buf b = inc_buf_in(p->md->arena);
    for (size_t i = 0; a->text && a->substr_offsets[i] < a->size; i++) {
        inc_str part = {a->text + a->substr_offsets[i], a->substr_offsets[i + 1] - a->substr_offsets[i]};
        size_t offset = inc_parser_offset_of(p, part.p);
        if (p->prepared && offset != INC_NPOS)
            part = inc_md_unmask(p->prepared, p->md->arena, part, offset);
        if (a->substr_types[i] == MD_TEXT_NULLCHAR)
            inc_buf_puts(&b, "\xEF\xBF\xBD");
        else if (a->substr_types[i] != MD_TEXT_ENTITY || !inc_entity_decode(part, &b))
            inc_buf_add(&b, part);
    }
    return inc_buf_str(&b);
}

static void remember(inc_parser *p, inc_leaf_kind kind, inc_node *node)
{
    if (node && p->prepared)
        INC_PUSH(p->md->arena, &p->leaves[kind], node);
}

static void enter_code(inc_parser *p, const MD_BLOCK_CODE_DETAIL *detail)
{
    inc_node *code = inc_parser_push(p, MD_BLOCK_CODE, INC_NODE_CODE, 1);
    p->code = inc_buf_in(p->md->arena);
    p->info = attribute_text(p, &detail->info);
    p->lines.n = 0;
    p->line_begins = true;
    p->line_from = INC_NPOS;
    p->code_first = INC_NPOS;
    if (code) {
        code->as.code.fenced = detail->fence_char != 0;
        remember(p, detail->fence_char ? INC_LEAF_FENCE : INC_LEAF_INDENTED, code);
    }
}

static size_t next_line(const inc_parser *p, size_t at)
{
    const char *lf = at < p->text->bytes.n ? memchr(p->text->bytes.p + at, '\n', p->text->bytes.n - at) : NULL;
    return lf ? (size_t)(lf - p->text->bytes.p) + 1 : p->text->bytes.n;
}

/* md4c passes a line's indent, its text and its LF one by one; of these only the text points into the input. */
static void add_code(inc_parser *p, inc_str text, size_t offset)
{
    inc_buf_add(&p->code, text);
    if (inc_parser_top(p)->type != MD_BLOCK_CODE)
        return;
    if (offset != INC_NPOS) {
        inc_parser_see(p, offset, offset + text.n);
        if (p->line_begins) {
            if (p->code_first == INC_NPOS)
                p->code_first = p->lines.n;
            INC_PUSH(p->md->arena, &p->lines, inc_text_span(p->text, offset, offset + text.n));
            p->line_begins = false;
        }
        p->line_from = offset;
    }
    if (text.n && text.p[text.n - 1] == '\n') {
        if (p->line_begins) /* an empty line: only its line is known */
            INC_PUSH(p->md->arena, &p->lines,
                     p->line_from == INC_NPOS ? INC_NO_SPAN : inc_text_span(p->text, p->line_from, p->line_from));
        if (p->line_from != INC_NPOS)
            p->line_from = next_line(p, p->line_from);
        p->line_begins = true;
    }
}

static void leave_code(inc_parser *p)
{
    inc_frame f = *inc_parser_top(p);
    inc_node *code = inc_parser_pop(p);
    if (!code)
        return;
    if (p->code_first != INC_NPOS) { /* empty lines before the first with text */
        size_t at = f.from;
        for (size_t i = p->code_first; i-- > 0;) {
            while (at > 0 && p->text->bytes.p[at - 1] != '\n')
                at--;
            at -= at > 0;
            p->lines.v[i] = inc_text_span(p->text, at, at);
        }
    }
    inc_span *lines = INC_NEW_N(p->md->arena, inc_span, p->lines.n);
    if (p->lines.n)
        memcpy(lines, p->lines.v, p->lines.n * sizeof *lines);
    inc_md_code(p->md, code, p->info, inc_buf_str(&p->code), lines, (uint32_t)p->lines.n);
}

static void enter_list(inc_parser *p, const MD_BLOCK_OL_DETAIL *ol, const MD_BLOCK_UL_DETAIL *ul)
{
    inc_node *list = inc_parser_push(p, ol ? MD_BLOCK_OL : MD_BLOCK_UL, INC_NODE_LIST, 3);
    if (!list)
        return;
    list->as.list.ordered = ol != NULL;
    list->as.list.tight = ol ? ol->is_tight : ul->is_tight;
    list->as.list.start = ol ? ol->start : 0;
    list->as.list.delimiter = ol ? ol->mark_delimiter : 0;
}

static void enter_item(inc_parser *p, const MD_BLOCK_LI_DETAIL *detail)
{
    inc_node *item = inc_parser_push(p, MD_BLOCK_LI, INC_NODE_ITEM, 1);
    if (!item)
        return;
    if (detail->is_task)
        item->as.item.task = detail->task_mark == ' ' ? INC_TASK_OPEN : INC_TASK_DONE;
    if (item->parent->as.list.ordered)
        item->as.item.number = item->prev ? item->prev->as.item.number + 1 : item->parent->as.list.start;
}

static inc_align align_of(MD_ALIGN align)
{
    switch (align) {
    case MD_ALIGN_LEFT: return INC_ALIGN_LEFT;
    case MD_ALIGN_CENTER: return INC_ALIGN_CENTER;
    case MD_ALIGN_RIGHT: return INC_ALIGN_RIGHT;
    case MD_ALIGN_DEFAULT: break;
    }
    return INC_ALIGN_NONE;
}

static void enter_table(inc_parser *p, const MD_BLOCK_TABLE_DETAIL *detail)
{
    inc_node *table = inc_parser_push(p, MD_BLOCK_TABLE, INC_NODE_TABLE, 3);
    if (!table)
        return;
    table->as.table.column_count = detail->col_count;
    table->as.table.aligns = INC_NEW_N(p->md->arena, inc_align, detail->col_count);
    remember(p, INC_LEAF_TABLE, table);
}

static void enter_cell(inc_parser *p, int type, const MD_BLOCK_TD_DETAIL *detail)
{
    inc_node *cell = inc_parser_push(p, type, INC_NODE_CELL, 1);
    if (!cell)
        return;
    cell->as.cell.head = type == MD_BLOCK_TH;
    cell->as.cell.align = align_of(detail->align);
    inc_node *row = cell->parent, *table = row->parent;
    row->as.row.head = type == MD_BLOCK_TH;
    uint32_t column = 0;
    for (inc_node *c = cell->prev; c && row->as.row.head; c = c->prev)
        column++;
    if (row->as.row.head && column < table->as.table.column_count)
        table->as.table.aligns[column] = cell->as.cell.align;
}

static int enter_block(inc_parser *p, MD_BLOCKTYPE type, void *detail)
{
    end_spans(p);
    if (!inc_parser_spend(p, 4))
        return STOPPED;
    inc_node *node;
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY: return 0;
    case MD_BLOCK_QUOTE: inc_parser_push(p, type, INC_NODE_QUOTE, 2); break;
    case MD_BLOCK_UL: enter_list(p, NULL, detail); break;
    case MD_BLOCK_OL: enter_list(p, detail, NULL); break;
    case MD_BLOCK_LI: enter_item(p, detail); break;
    case MD_BLOCK_HR:
        node = inc_parser_push(p, type, INC_NODE_RULE, 1);
        remember(p, INC_LEAF_RULE, node);
        break;
    case MD_BLOCK_H:
        node = inc_parser_push(p, type, INC_NODE_HEADING, 1);
        if (node)
            node->as.heading.level = (uint8_t)((MD_BLOCK_H_DETAIL *)detail)->level;
        remember(p, INC_LEAF_HEADING, node);
        break;
    case MD_BLOCK_CODE: enter_code(p, detail); break;
    case MD_BLOCK_HTML:
        inc_parser_end_implied(p);
        inc_parser_push_frame(p, type, NULL, inc_parser_top(p)->depth);
        break;
    case MD_BLOCK_P: inc_parser_push(p, type, INC_NODE_PARAGRAPH, 1); break;
    case MD_BLOCK_TABLE: enter_table(p, detail); break;
    case MD_BLOCK_TR: inc_parser_push(p, type, INC_NODE_ROW, 2); break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        if (!inc_parser_spend(p, 16))
            return STOPPED;
        enter_cell(p, type, detail);
        break;
    }
    return 0;
}

/* The body of a note or a definition begins or ends. */
static void obey(inc_parser *p, const inc_mark *mark)
{
    inc_parser_end_implied(p);
    switch (mark->kind) {
    case INC_MARK_NOTE:
        while (p->stack.n > 1)
            inc_parser_pop(p);
        p->stack.n = 0;
        inc_parser_push_frame(p, -1, mark->note, 2);
        inc_node_append(p->md->chapter, mark->note);
        break;
    case INC_MARK_DEFINITION: {
        inc_node *parent = inc_parser_holder(p);
        unsigned depth = inc_parser_top(p)->depth;
        if (depth + 3 > INC_NESTING_MAX || inc_parser_takes_inlines(parent)) {
            inc_parser_report_deep(p);
            break;
        }
        inc_node *body = inc_md_begin_definition(p->md, parent, inc_parser_span_of(p, p->last, p->last));
        inc_parser_push_frame(p, INC_DEFINITION_FRAME, body, depth + 2);
        break;
    }
    case INC_MARK_DEFINITION_END:
        if (inc_parser_top(p)->type == INC_DEFINITION_FRAME)
            inc_parser_pop(p);
        break;
    case INC_MARK_HEADING:
    case INC_MARK_NOTHING: break;
    }
}

static void end_html(inc_parser *p)
{
    inc_frame f = *inc_parser_top(p);
    inc_parser_pop(p);
    if (inc_str_trim(inc_buf_str(&p->raw.bytes)).n) {
        inc_node *raw = inc_parser_new_raw(p, INC_NODE_CODE);
        raw->span = inc_parser_span_of(p, f.from, f.to);
        inc_node_append(inc_parser_holder(p), raw);
        remember(p, INC_LEAF_HTML, raw);
    }
    p->raw = inc_text_begin(p->md->arena);
}

/* md4c keeps a tab at a heading's end, and there may be a space before attributes. */
static void trim_end(inc_node *heading)
{
    inc_node *last = heading->last;
    if (!last || last->kind != INC_NODE_TEXT || last->raw)
        return;
    inc_str *text = &last->as.text.text;
    while (text->n && (text->p[text->n - 1] == ' ' || text->p[text->n - 1] == '\t'))
        text->n--;
    if (!text->n)
        inc_node_detach(last);
}

static int leave_block(inc_parser *p, MD_BLOCKTYPE type)
{
    end_spans(p);
    if (type == MD_BLOCK_H && inc_parser_top(p)->node)
        trim_end(inc_parser_top(p)->node);
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_THEAD:
    case MD_BLOCK_TBODY: return 0;
    case MD_BLOCK_CODE:
        if (inc_parser_pop_to(p, type))
            leave_code(p);
        return 0;
    case MD_BLOCK_HTML:
        if (inc_parser_pop_to(p, type))
            end_html(p);
        return 0;
    default:
        if (inc_parser_pop_to(p, (int)type))
            inc_parser_pop(p);
        return 0;
    }
}

/* ---- inlines ---- */

static void enter_link(inc_parser *p, const MD_SPAN_A_DETAIL *detail)
{
    inc_node *link = inc_parser_push(p, INC_SPAN_FRAME + MD_SPAN_A, INC_NODE_LINK, 1);
    if (!link)
        return;
    link->as.link.url = attribute_text(p, &detail->href);
    link->as.link.title = attribute_text(p, &detail->title);
}

static void enter_image(inc_parser *p, const MD_SPAN_IMG_DETAIL *detail)
{
    if (p->image_depth++)
        return; /* an image in an alt text: only its own alt text counts */
    inc_node *image = inc_node_new(p->md->arena, INC_NODE_IMAGE, INC_NO_SPAN);
    inc_parser_append_inline(p, image);
    image->as.image.url = attribute_text(p, &detail->src);
    image->as.image.title = attribute_text(p, &detail->title);
    inc_parser_push_frame(p, INC_SPAN_FRAME + MD_SPAN_IMG, image, inc_parser_top(p)->depth);
    p->code = inc_buf_in(p->md->arena); /* the alt text */
}

static void enter_formatting(inc_parser *p, MD_SPANTYPE type, inc_span_tag tag)
{
    inc_node *span = inc_parser_push(p, INC_SPAN_FRAME + (int)type, INC_NODE_SPAN, 1);
    if (span)
        span->as.span_.tag = tag;
}

static void enter_verbatim(inc_parser *p, MD_SPANTYPE type)
{
    inc_parser_push_frame(p, INC_SPAN_FRAME + (int)type, NULL, inc_parser_top(p)->depth);
    p->code = inc_buf_in(p->md->arena);
}

static int enter_span(inc_parser *p, MD_SPANTYPE type, void *detail)
{
    if (p->image_depth && type != MD_SPAN_IMG)
        return 0;
    inc_parser_flush_inlines(p);
    switch (type) {
    case MD_SPAN_EM: enter_formatting(p, type, INC_SPAN_EM); break;
    case MD_SPAN_STRONG: enter_formatting(p, type, INC_SPAN_STRONG); break;
    case MD_SPAN_DEL: enter_formatting(p, type, INC_SPAN_DEL); break;
    case MD_SPAN_U: enter_formatting(p, type, INC_SPAN_U); break;
    case MD_SPAN_A: {
        MD_SPAN_A_DETAIL *a = detail;
        enter_link(p, a);
        return inc_parser_spend(p, (size_t)a->href.size + a->title.size) ? 0 : STOPPED;
    }
    case MD_SPAN_IMG: {
        MD_SPAN_IMG_DETAIL *image = detail;
        enter_image(p, image);
        return inc_parser_spend(p, (size_t)image->src.size + image->title.size) ? 0 : STOPPED;
    }
    case MD_SPAN_CODE:
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY: enter_verbatim(p, type); break;
    case MD_SPAN_WIKILINK: break; /* not asked for */
    }
    return 0;
}

/* In a table "\|" is a pipe, in code too (GFM, section 4.10); md4c leaves the backslash. */
static inc_str unescape_pipes(inc_arena *arena, inc_str s)
{
    inc_buf b = inc_buf_in(arena);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\\' || i + 1 == s.n || s.p[i + 1] != '|')
            inc_buf_byte(&b, s.p[i]);
    return inc_buf_str(&b);
}

/* "$5 and $6" is no formula: no blank stands inside the dollars, no digit behind the second (pandoc's rule). */
static bool is_math(const inc_parser *p, inc_str text, size_t end)
{
    inc_str all = p->text->bytes;
    bool digit_behind = end + 1 < all.n && all.p[end] == '$' && inc_is_digit(all.p[end + 1]);
    return text.n && !inc_is_space(text.p[0]) && !inc_is_space(text.p[text.n - 1]) && !digit_behind;
}

static void leave_verbatim(inc_parser *p, int type)
{
    inc_frame f = *inc_parser_top(p);
    inc_parser_pop(p);
    inc_node *node = inc_node_new(p->md->arena, type == INC_SPAN_FRAME + MD_SPAN_CODE ? INC_NODE_CODE_SPAN : INC_NODE_MATH,
                                  inc_parser_span_of(p, f.from, f.to));
    inc_str text = inc_buf_str(&p->code);
    if (type == INC_SPAN_FRAME + MD_SPAN_LATEXMATH && !is_math(p, text, f.to)) {
        text = inc_strf(p->md->arena, "$%.*s$", INC_STR_ARG(text));
        inc_parser_append_inline(p, inc_node_text(p->md->arena, text, inc_parser_span_of(p, f.from, f.to)));
        return;
    }
    node->as.text.text = inc_parser_top(p)->in_cell ? unescape_pipes(p->md->arena, text) : inc_str_dup(p->md->arena, text);
    if (node->kind == INC_NODE_MATH)
        node->as.text.text = inc_str_trim(node->as.text.text);
    if (type == INC_SPAN_FRAME + MD_SPAN_LATEXMATH_DISPLAY)
        inc_node_add_class(p->md->arena, node, INC_STR("display"));
    inc_parser_append_inline(p, node);
}

/* A link or an image without any text inside: its place is that of the next one in the source. */
static void find_place(inc_parser *p, const char *opening)
{
    inc_frame *f = inc_parser_top(p);
    if (f->from <= f->to)
        return;
    inc_str mark = inc_str_of(opening);
    size_t at = inc_str_find(inc_str_slice(p->text->bytes, p->last, p->text->bytes.n), mark);
    if (at != INC_NPOS)
        inc_parser_see(p, p->last + at, p->last + at + mark.n);
}

static void leave_image(inc_parser *p)
{
    find_place(p, "![");
    inc_node *image = inc_parser_pop(p);
    image->as.image.alt = inc_buf_str(&p->code);
    if (inc_parser_holder_frame(p)->implied && image->parent == inc_parser_holder_frame(p)->implied)
        inc_parser_grow_span(image->parent, image->span);
}

static int leave_span(inc_parser *p, MD_SPANTYPE type)
{
    if (p->image_depth && (type != MD_SPAN_IMG || --p->image_depth))
        return 0;
    inc_parser_flush_inlines(p);
    if (p->stack.n < 2 || inc_parser_top(p)->type != INC_SPAN_FRAME + (int)type)
        return 0;
    if (is_verbatim(inc_parser_top(p)->type))
        leave_verbatim(p, inc_parser_top(p)->type);
    else if (type == MD_SPAN_IMG)
        leave_image(p);
    else {
        if (type == MD_SPAN_A)
            find_place(p, "[](");
        inc_parser_pop(p);
    }
    return 0;
}

static void add_break(inc_parser *p, inc_node_kind kind)
{
    inc_parser_flush_inlines(p);
    inc_parser_append_inline(p, inc_node_new(p->md->arena, kind, inc_parser_span_of(p, p->last, p->last)));
}

/* Inside an image everything is alt text. */
static void add_alt(inc_parser *p, MD_TEXTTYPE type, inc_str text, size_t offset)
{
    if (type == MD_TEXT_SOFTBR || type == MD_TEXT_BR)
        inc_buf_byte(&p->code, p->md->options->commonmark ? '\n' : ' ');
    else if (type != MD_TEXT_HTML && (type != MD_TEXT_ENTITY || !inc_entity_decode(text, &p->code)))
        inc_buf_add(&p->code, text);
    if (offset != INC_NPOS)
        inc_parser_see(p, offset, offset + text.n);
}

static int add_text(inc_parser *p, MD_TEXTTYPE type, const MD_CHAR *at, size_t size)
{
    inc_str text = {at, size};
    size_t offset = inc_parser_offset_of(p, text.p);
    if (!inc_parser_spend(p, text.n))
        return STOPPED;
    if (type == MD_TEXT_HTML && !p->image_depth) {
        inc_parser_flush_text(p);
        add_raw(p, text, offset);
        return 0;
    }
    if (p->prepared && offset != INC_NPOS)
        text = inc_md_unmask(p->prepared, p->md->arena, text, offset);
    if (p->image_depth) {
        add_alt(p, type, text, offset);
        return 0;
    }
    if (p->raw.bytes.n && type != MD_TEXT_CODE && inc_parser_top(p)->type != MD_BLOCK_HTML)
        inc_parser_flush_raw(p);
    size_t from = offset == INC_NPOS ? p->last : offset, to = offset == INC_NPOS ? p->last : offset + text.n;
    switch (type) {
    case MD_TEXT_NORMAL: {
        while (inc_parser_top(p)->type == MD_BLOCK_H && inc_parser_top(p)->from > inc_parser_top(p)->to && text.n && text.p[0] == '\t') { /* md4c keeps it */
            text = inc_str_slice(text, 1, text.n);
            from++;
        }
        bool escaped = offset != INC_NPOS && offset > 0 && p->text->bytes.p[offset - 1] == '\\' && p->last != offset;
        inc_parser_add_pending(p, text, from, to, escaped);
        break;
    }
    case MD_TEXT_NULLCHAR: inc_parser_add_pending(p, INC_STR("\xEF\xBF\xBD"), from, to, true); break;
    case MD_TEXT_ENTITY: {
        inc_buf b = inc_buf_in(p->md->arena);
        bool known = inc_entity_decode(text, &b);
        inc_parser_add_pending(p, known ? inc_buf_str(&b) : text, from, to, known);
        break;
    }
    case MD_TEXT_BR: add_break(p, INC_NODE_BREAK); break;
    case MD_TEXT_SOFTBR: add_break(p, INC_NODE_SOFT_BREAK); break;
    case MD_TEXT_CODE:
    case MD_TEXT_LATEXMATH:
        add_code(p, text, offset);
        if (offset != INC_NPOS && inc_parser_top(p)->type != MD_BLOCK_CODE)
            inc_parser_see(p, from, to);
        break;
    case MD_TEXT_HTML: break;
    }
    return 0;
}

/* ---- md4c's callbacks: memory that runs out must not unwind through md4c ---- */

#define GUARDED(call) \
    inc_parser *p = userdata; \
    inc_guard guard; \
    if (INC_GUARD(&guard) == 0) { \
        int result = (call); \
        inc_guard_leave(&guard); \
        return result; \
    } \
    p->out_of_memory = true; \
    return -1;

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *userdata) { GUARDED(enter_block(p, type, detail)) }
static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *userdata) { (void)detail; GUARDED(leave_block(p, type)) }
static int on_enter_span(MD_SPANTYPE type, void *detail, void *userdata) { GUARDED(enter_span(p, type, detail)) }
static int on_leave_span(MD_SPANTYPE type, void *detail, void *userdata) { (void)detail; GUARDED(leave_span(p, type)) }
static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *userdata) { GUARDED(add_text(p, type, text, size)) }

static unsigned flags_of(const inc_markdown_options *options, bool inlines_only)
{
    unsigned flags = inlines_only ? MD_FLAG_NOINDENTEDCODEBLOCKS : 0;
    if (!options->commonmark)
        flags |= MD_FLAG_PERMISSIVEURLAUTOLINKS;
    else if (options->gfm)
        flags |= MD_FLAG_PERMISSIVEAUTOLINKS;
    if (!options->commonmark || options->gfm)
        flags |= MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS;
    if (!options->commonmark && options->math)
        flags |= MD_FLAG_LATEXMATHSPANS;
    return flags;
}

/* The pre-pass's places go to the nodes if both count the same blocks; else the nodes keep what their texts told. */
static void place_leaves(inc_parser *p)
{
    for (int kind = 0; kind <= INC_LEAF_DEFINITION; kind++) {
        size_t n = 0;
        for (size_t i = 0; i < p->prepared->leaves.n; i++)
            n += p->prepared->leaves.v[i].kind == (inc_leaf_kind)kind;
        if (n != p->leaves[kind].n)
            continue;
        for (size_t i = 0, k = 0; i < p->prepared->leaves.n; i++)
            if (p->prepared->leaves.v[i].kind == (inc_leaf_kind)kind)
                p->leaves[kind].v[k++]->span = p->prepared->leaves.v[i].span;
    }
}

static void run(inc_parser *p, inc_node *root)
{
    static const size_t LEAST_BUDGET = 1 << 20;
    p->budget = INC_MAX((uint64_t)p->text->bytes.n * 16, LEAST_BUDGET);
    p->pending = inc_buf_in(p->md->arena);
    p->raw = inc_text_begin(p->md->arena);
    inc_parser_push_frame(p, -1, root, 1);
    const MD_PARSER md4c = {
        .flags = flags_of(p->md->options, !p->prepared),
        .enter_block = on_enter_block,
        .leave_block = on_leave_block,
        .enter_span = on_enter_span,
        .leave_span = on_leave_span,
        .text = on_text,
    };
    int status = md_parse(p->text->bytes.p, (MD_SIZE)p->text->bytes.n, &md4c, p);
    if (p->out_of_memory || (status < 0 && !p->too_far))
        inc_out_of_memory();
    if (p->too_far) { /* what was open stays as it is */
        p->pending.n = 0;
        while (p->stack.n > 1)
            inc_parser_pop(p);
    }
}

void inc_md_parse(inc_md *md, const inc_prepared *prepared)
{
    inc_parser *p = INC_NEW(md->arena, inc_parser);
    p->md = md;
    p->text = &prepared->text;
    p->prepared = prepared;
    run(p, md->chapter);
    place_leaves(p);
}

/* Moves all inlines below `block` to parent, whatever blocks they stand in. Nodes nest at most INC_NESTING_MAX deep. */
static void gather_inlines(inc_md *md, inc_node *block, inc_node *parent)
{
    if (parent->last && block->first && inc_node_is_inline(block->first))
        inc_node_append(parent, inc_node_new(md->arena, INC_NODE_SOFT_BREAK, block->span));
    for (inc_node *child = block->first, *next; child; child = next) {
        next = child->next;
        if (inc_node_is_inline(child)) {
            inc_node_detach(child);
            inc_node_append(parent, child);
        } else if (child->kind == INC_NODE_CODE) {
            inc_node *text = inc_node_text(md->arena, inc_str_trim(child->as.code.text), child->span);
            text->raw = child->raw;
            text->id = child->id;
            inc_node_append(parent, text);
        } else
            gather_inlines(md, child, parent);
    }
}

void inc_md_parse_inline(inc_md *md, const inc_text *text, inc_node *parent)
{
    inc_parser *p = INC_NEW(md->arena, inc_parser);
    p->md = md;
    p->text = text;
    inc_node *holder = inc_node_new(md->arena, INC_NODE_DIV, INC_NO_SPAN);
    run(p, holder);
    gather_inlines(md, holder, parent);
}
