/* parser.c - the stack of what is open, text that is not a node yet, and where nodes go. */
#include "markdown/parser.h"

#include "markdown/tag.h"

/* ---- places ---- */

/* The offset of md4c's pointer, or INC_NPOS when it points into a constant of its own. */
size_t inc_parser_offset_of(const inc_parser *p, const char *at)
{
    uintptr_t base = (uintptr_t)p->text->bytes.p, x = (uintptr_t)at;
    return x >= base && x < base + p->text->bytes.n ? (size_t)(x - base) : INC_NPOS;
}

inc_span inc_parser_span_of(const inc_parser *p, size_t from, size_t to)
{
    return from <= to ? inc_text_span(p->text, from, to) : inc_text_span(p->text, p->last, p->last);
}

inc_frame *inc_parser_top(inc_parser *p)
{
    return &p->stack.v[p->stack.n - 1];
}

/* The text [from, to) was seen: all open frames hold it once they close. */
void inc_parser_see(inc_parser *p, size_t from, size_t to)
{
    inc_frame *f = inc_parser_top(p);
    f->from = INC_MIN(f->from, from);
    f->to = INC_MAX(f->to, to);
    p->last = to;
}

bool inc_parser_spend(inc_parser *p, size_t bytes)
{
    p->spent += bytes;
    if (p->spent <= p->budget)
        return true;
    if (!p->too_far)
        inc_report(p->md->diags, INC_DIAG_EXPANDS_TOO_FAR, inc_parser_span_of(p, p->last, p->last),
                   "the text grows to more than %llu bytes here; the rest of the chapter is left out",
                   (unsigned long long)p->budget)
            ->hint = INC_STR("is one link reference used thousands of times, or a table far wider than its rows?");
    p->too_far = true;
    return false;
}

/* ---- where children go ---- */

inc_frame *inc_parser_holder_frame(inc_parser *p)
{
    return &p->stack.v[inc_parser_top(p)->holder];
}

inc_node *inc_parser_holder(inc_parser *p)
{
    return inc_parser_holder_frame(p)->node;
}

void inc_parser_push_frame(inc_parser *p, int type, inc_node *node, unsigned depth)
{
    inc_frame f = {.type = type, .node = node, .from = SIZE_MAX, .depth = depth};
    f.holder = node || !p->stack.n ? p->stack.n : inc_parser_top(p)->holder;
    f.in_link = type == INC_SPAN_FRAME + MD_SPAN_A || (p->stack.n && inc_parser_top(p)->in_link);
    f.in_cell = type == MD_BLOCK_TH || type == MD_BLOCK_TD || (p->stack.n && inc_parser_top(p)->in_cell);
    INC_PUSH(p->md->arena, &p->stack, f);
}

bool inc_parser_takes_inlines(const inc_node *n)
{
    switch (n->kind) {
    case INC_NODE_HEADING:
    case INC_NODE_PARAGRAPH:
    case INC_NODE_TERM:
    case INC_NODE_CAPTION:
    case INC_NODE_CELL:
    case INC_NODE_SPAN:
    case INC_NODE_LINK: return true;
    default: return false;
    }
}

/* The node that takes the next inline: in a tight item a paragraph that md4c does not mention. */
static inc_node *inline_holder(inc_parser *p)
{
    inc_frame *f = inc_parser_holder_frame(p);
    if (inc_parser_takes_inlines(f->node))
        return f->node;
    if (!f->implied) {
        f->implied = inc_node_new(p->md->arena, INC_NODE_PARAGRAPH, INC_NO_SPAN);
        inc_node_append(f->node, f->implied);
    }
    return f->implied;
}

void inc_parser_grow_span(inc_node *node, inc_span span)
{
    if (!node->span.file)
        node->span = span;
    else if (span.file == node->span.file && span.offset >= node->span.offset)
        node->span.length = INC_MAX(node->span.length, span.offset + span.length - node->span.offset);
}

void inc_parser_append_inline(inc_parser *p, inc_node *node)
{
    inc_node *parent = inline_holder(p);
    inc_node_append(parent, node);
    if (parent == inc_parser_holder_frame(p)->implied)
        inc_parser_grow_span(parent, node->span);
}

/* ---- pending text ---- */

/* The stretch that holds the byte `at` of the pending text. */
static size_t stretch_at(const inc_parser *p, size_t at)
{
    size_t low = 0, high = p->stretches.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(p->stretches.v[middle].at <= at ? &low : &high) = middle;
    }
    return low;
}

static inc_span pending_span(const inc_parser *p, size_t from, size_t to)
{
    size_t i = stretch_at(p, from);
    size_t start = p->stretches.v[i].from + (from - p->stretches.v[i].at);
    i = stretch_at(p, to - 1);
    size_t end = p->stretches.v[i].from + (to - p->stretches.v[i].at);
    return inc_text_span(p->text, INC_MIN(start, p->pending_to), INC_MIN(INC_MAX(start, end), p->pending_to));
}

static void append_text(inc_parser *p, inc_str text, size_t from, size_t to)
{
    if (from < to)
        inc_parser_append_inline(p, inc_node_text(p->md->arena, inc_str_slice(text, from, to), pending_span(p, from, to)));
}

static bool is_literal(const inc_parser *p, size_t at)
{
    const inc_stretch *s = &p->stretches.v[stretch_at(p, at)];
    return s->literal && s->at == at;
}

/* Makes a NOTE_REF of the "[^name]" at text[at]; returns its end, or 0 when there is none. */
static size_t take_note_ref(inc_parser *p, inc_str text, size_t at, size_t plain_from)
{
    inc_str rest = inc_str_slice(text, at + 2, INC_MIN(text.n, at + 1000));
    size_t length = inc_str_find_char(rest, ']');
    if (length == INC_NPOS || length == 0 || is_literal(p, at))
        return 0;
    inc_str name = inc_str_slice(rest, 0, length);
    for (size_t i = 0; i < name.n; i++)
        if (inc_is_space(name.p[i]) || name.p[i] == '[')
            return 0;
    size_t end = at + 2 + length + 1;
    inc_node *note = inc_map_find(&p->md->notes, inc_md_fold_name(p->md->arena, name));
    if (!note || inc_parser_top(p)->in_link) {
        inc_diag *d = inc_report(p->md->diags, INC_DIAG_UNDEFINED_NOTE, pending_span(p, at, end),
                                 note ? "footnote '%.*s' is referred to inside a link; it stays text" : "footnote '%.*s' is not defined",
                                 INC_STR_ARG(name));
        d->hint = note ? INC_STR("put the reference behind the link") : INC_STR("write [^name]: before its text, or \\[^ for plain text");
        return 0;
    }
    append_text(p, text, plain_from, at);
    inc_node *ref = inc_node_new(p->md->arena, INC_NODE_NOTE_REF, pending_span(p, at, end));
    ref->as.note_ref.note = note;
    ref->as.note_ref.name = note->as.note.name;
    inc_parser_append_inline(p, ref);
    return end;
}

/* Does raw HTML stand directly before the pending text? An address in <a> or <code> is not to be linked. */
static bool follows_html(inc_parser *p)
{
    const inc_node *before = inline_holder(p)->last;
    return before && before->raw;
}

/* Makes a LINK of the bare address at text[at]; returns its end, or 0 when there is none. */
static size_t take_address(inc_parser *p, inc_str text, size_t at, size_t plain_from)
{
    inc_address address;
    unsigned how = INC_ADDRESS_PARSED | (p->md->options->gfm ? INC_ADDRESS_ALL : 0);
    if (inc_parser_top(p)->in_link || !inc_md_find_address(text, at, how, &address) || (at == 0 && follows_html(p)))
        return 0;
    for (size_t i = at; i < address.head; i++)
        if (is_literal(p, i))
            return 0;
    if (inc_parser_top(p)->depth + 1 > INC_NESTING_MAX) {
        inc_parser_report_deep(p);
        return 0;
    }
    append_text(p, text, plain_from, at);
    inc_str shown = inc_str_slice(text, at, address.to);
    inc_node *link = inc_node_new(p->md->arena, INC_NODE_LINK, pending_span(p, at, address.to));
    link->as.link.url = address.scheme.n ? inc_strf(p->md->arena, "%.*s%.*s", INC_STR_ARG(address.scheme), INC_STR_ARG(shown)) : shown;
    inc_parser_append_inline(p, link);
    inc_node_append(link, inc_node_text(p->md->arena, shown, link->span));
    return address.to;
}

static size_t take(inc_parser *p, inc_str text, size_t at, size_t plain_from)
{
    const inc_markdown_options *options = p->md->options;
    if (text.p[at] == '[')
        return !options->commonmark && at + 3 < text.n && text.p[at + 1] == '^' ? take_note_ref(p, text, at, plain_from) : 0;
    return inc_md_links_addresses(options) ? take_address(p, text, at, plain_from) : 0;
}

/* A comment that does not end in its paragraph is text to Markdown. */
static void find_lost_comment(inc_parser *p, inc_str text)
{
    size_t at = p->md->options->commonmark ? INC_NPOS : inc_str_find(text, INC_STR("<!--"));
    if (at != INC_NPOS && !is_literal(p, at))
        inc_report(p->md->diags, INC_DIAG_UNCLOSED_HTML, pending_span(p, at, at + 4), "'<!--' is not closed in its paragraph; it is shown as it stands")->hint =
            INC_STR("a comment inside a paragraph ends with --> before the next blank line");
}

void inc_parser_flush_text(inc_parser *p)
{
    if (!p->pending.n)
        return;
    inc_str text = inc_str_dup(p->md->arena, inc_buf_str(&p->pending));
    size_t plain = 0;
    for (size_t i = 0; i < text.n; i++) {
        size_t end = take(p, text, i, plain);
        if (end) {
            plain = end;
            i = end - 1;
        }
    }
    append_text(p, text, plain, text.n);
    find_lost_comment(p, text);
    p->pending.n = p->stretches.n = 0;
}

void inc_parser_add_pending(inc_parser *p, inc_str text, size_t from, size_t to, bool literal)
{
    inc_stretch *before = p->stretches.n ? &p->stretches.v[p->stretches.n - 1] : NULL;
    if (!before || literal || before->from + (p->pending.n - before->at) != from)
        INC_PUSH(p->md->arena, &p->stretches, (inc_stretch){p->pending.n, from, literal});
    inc_buf_add(&p->pending, text);
    p->pending_to = to;
    inc_parser_see(p, from, to);
}

/* ---- raw HTML ---- */

inc_node *inc_parser_new_raw(inc_parser *p, inc_node_kind kind)
{
    inc_text html = inc_text_finish(&p->raw);
    inc_node *node = inc_node_new(p->md->arena, kind, inc_text_span(&html, 0, html.bytes.n));
    node->raw = true;
    INC_PUSH(p->md->arena, &p->md->raws, html);
    node->id = p->md->options->commonmark ? 0 : (uint32_t)p->md->raws.n;
    *(kind == INC_NODE_CODE ? &node->as.code.text : &node->as.text.text) = html.bytes;
    p->raw = inc_text_begin(p->md->arena);
    return node;
}

void inc_parser_flush_raw(inc_parser *p)
{
    if (p->raw.bytes.n)
        inc_parser_append_inline(p, inc_parser_new_raw(p, INC_NODE_TEXT));
}

void inc_parser_flush_inlines(inc_parser *p)
{
    inc_parser_flush_text(p);
    if (p->stack.n && inc_parser_top(p)->type != MD_BLOCK_HTML)
        inc_parser_flush_raw(p);
}

const inc_mark *inc_parser_mark_at(inc_parser *p, size_t offset)
{
    if (!p->prepared)
        return NULL;
    while (p->next_mark < p->prepared->marks.n && p->prepared->marks.v[p->next_mark].at < offset)
        p->next_mark++;
    bool hit = p->next_mark < p->prepared->marks.n && p->prepared->marks.v[p->next_mark].at == offset;
    return hit ? &p->prepared->marks.v[p->next_mark] : NULL;
}

/* ---- frames ---- */

void inc_parser_report_deep(inc_parser *p)
{
    if (!p->md->deep_reported)
        inc_report(p->md->diags, INC_DIAG_NESTED_TOO_DEEP, inc_parser_span_of(p, p->last, p->last),
                   "blocks or inlines are nested deeper than %d here; the inner ones are flattened", INC_NESTING_MAX);
    p->md->deep_reported = true;
}

/* A flattened block's text is a paragraph of its own all the same, and a tight item holds but one. */
static void begin_flattened(inc_parser *p)
{
    inc_node *holder = inc_parser_holder(p);
    inc_parser_holder_frame(p)->implied = NULL;
    if (holder->kind == INC_NODE_ITEM && holder->first)
        holder->parent->as.list.tight = false;
}

/* Opens a frame for a node of that kind; needs: how many levels its family takes (a table has rows and cells). */
inc_node *inc_parser_push(inc_parser *p, int type, inc_node_kind kind, unsigned needs)
{
    inc_frame *around = p->stack.n ? inc_parser_top(p) : NULL;
    unsigned depth = around ? around->depth : 1;
    inc_node *node = NULL;
    bool orphan = around && !around->node && (kind == INC_NODE_ITEM || kind == INC_NODE_ROW || kind == INC_NODE_CELL);
    if (depth + needs > INC_NESTING_MAX && !orphan)
        inc_parser_report_deep(p);
    else if (!orphan) {
        node = inc_node_new(p->md->arena, kind, INC_NO_SPAN);
        depth++;
        if (inc_node_is_inline(node))
            inc_node_append(inline_holder(p), node);
        else if (around) {
            inc_parser_holder_frame(p)->implied = NULL;
            inc_node_append(inc_parser_holder(p), node);
        }
    }
    if (!node && around && kind != INC_NODE_SPAN && kind != INC_NODE_LINK)
        begin_flattened(p);
    inc_parser_push_frame(p, type, node, depth);
    return node;
}

inc_node *inc_parser_pop(inc_parser *p)
{
    inc_frame f = *inc_parser_top(p);
    p->stack.n--;
    if (f.from <= f.to && p->stack.n) {
        size_t last = p->last;
        inc_parser_see(p, f.from, f.to);
        p->last = last;
    }
    if (f.node && !f.node->span.file)
        f.node->span = inc_parser_span_of(p, f.from, f.to);
    return f.node;
}

void inc_parser_end_implied(inc_parser *p)
{
    inc_parser_holder_frame(p)->implied = NULL;
}

/* Pops to the frame of that type, over definitions that were left open. */
bool inc_parser_pop_to(inc_parser *p, int type)
{
    while (p->stack.n > 1 && inc_parser_top(p)->type == INC_DEFINITION_FRAME)
        inc_parser_pop(p);
    return p->stack.n > 1 && inc_parser_top(p)->type == type;
}
