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

/* Before a block begins or ends. md4c 0.4.8 can forget to close a span: "*[a](b*c)". */
static void end_spans(inc_parser *p)
{
    inc_parser_flush_inlines(p);
    p->image_depth = 0;
    for (int type; p->stack.n > 1 && (type = inc_parser_top(p)->type) >= INC_SPAN_FRAME && type < INC_DEFINITION_FRAME;) {
        if (type == INC_SPAN_FRAME + MD_SPAN_IMG)
            inc_parser_leave_image(p);
        else if (inc_parser_is_verbatim(type))
            inc_parser_leave_verbatim(p, type);
        else
            inc_parser_pop(p);
    }
}

/* ---- blocks ---- */

static void remember(inc_parser *p, inc_leaf_kind kind, inc_node *node)
{
    if (node && p->prepared)
        INC_PUSH(p->md->arena, &p->leaves[kind], node);
}

static void enter_code(inc_parser *p, const MD_BLOCK_CODE_DETAIL *detail)
{
    inc_node *code = inc_parser_push(p, MD_BLOCK_CODE, INC_NODE_CODE, 1);
    p->code = inc_buf_in(p->md->arena);
    p->info = inc_parser_attribute_text(p, &detail->info);
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

/* md4c passes an indent as blanks. Where the author typed tabs they come back, since make and others live by them; one that
 * the list item's or the fence's own indent cuts in two stays blanks (CommonMark 0.31.2, section 2.2). */
static void restore_tabs(inc_parser *p, size_t offset)
{
    inc_str bytes = p->text->bytes;
    size_t blanks = 0, from = offset, column = 0;
    while (blanks < p->code.n && p->code.p[p->code.n - 1 - blanks] == ' ')
        blanks++;
    while (from > 0 && (bytes.p[from - 1] == ' ' || bytes.p[from - 1] == '\t'))
        from--;
    if (!blanks || !memchr(bytes.p + from, '\t', offset - from))
        return;
    size_t start = from, end;
    while (start > 0 && bytes.p[start - 1] != '\n')
        start--;
    for (size_t at = start; at < offset; at++)
        column = bytes.p[at] == '\t' ? column - column % 4 + 4 : column + 1;
    if (blanks > column)
        return;
    end = column - blanks; /* of the indent that is not the code's */
    p->code.n -= blanks;
    column = 0;
    for (size_t at = start; at < offset; at++) {
        size_t next = bytes.p[at] == '\t' ? column - column % 4 + 4 : column + 1;
        if (at >= from && column >= end)
            inc_buf_byte(&p->code, bytes.p[at]);
        else if (at >= from && next > end)
            for (size_t i = end; i < next; i++)
                inc_buf_byte(&p->code, ' ');
        column = next;
    }
}

/* md4c passes a line's indent, its text and its LF one by one; of these only the text points into the input. */
static void add_code(inc_parser *p, inc_str text, size_t offset)
{
    if (offset != INC_NPOS && p->line_begins && inc_parser_top(p)->type == MD_BLOCK_CODE)
        restore_tabs(p, offset);
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
        return INC_PARSER_STOPPED;
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
            return INC_PARSER_STOPPED;
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

/* ---- text ---- */

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
        return INC_PARSER_STOPPED;
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
static int on_enter_span(MD_SPANTYPE type, void *detail, void *userdata) { GUARDED(inc_parser_enter_span(p, type, detail)) }
static int on_leave_span(MD_SPANTYPE type, void *detail, void *userdata) { (void)detail; GUARDED(inc_parser_leave_span(p, type)) }
static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *userdata) { GUARDED(add_text(p, type, text, size)) }

static unsigned flags_of(const inc_markdown_options *options, bool inlines_only)
{
    unsigned flags = inlines_only ? MD_FLAG_NOINDENTEDCODEBLOCKS : 0;
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
