/* html_build.c - putting nodes in their places while HTML elements open and close around them. */
#include "markdown/html_open.h"

#include "document/grid.h"

enum { ROOM = INC_NESTING_MAX - 4 }; /* a table needs three levels more */

inc_builder inc_builder_on(inc_md *md, inc_node *root, unsigned depth)
{
    return (inc_builder){.md = md, .root = root, .depth = depth, .code = inc_buf_in(md->arena)};
}

inc_node *inc_builder_current(const inc_builder *b)
{
    for (size_t i = b->stack.n; i-- > 0;)
        if (b->stack.v[i].node)
            return b->stack.v[i].node;
    return b->root;
}

unsigned inc_builder_depth(const inc_builder *b)
{
    unsigned depth = b->depth;
    for (size_t i = 0; i < b->stack.n; i++)
        depth += b->stack.v[i].node != NULL;
    return depth;
}

bool inc_builder_has_room(inc_builder *b, inc_span span)
{
    if (inc_builder_depth(b) < ROOM)
        return true;
    if (!b->md->deep_reported)
        inc_report(b->md->diags, INC_DIAG_NESTED_TOO_DEEP, span, "blocks or inlines are nested deeper than %d here; the inner ones are flattened",
                   INC_NESTING_MAX);
    b->md->deep_reported = true;
    return false;
}

bool inc_takes_only_inlines(const inc_node *n)
{
    switch (n->kind) {
    case INC_NODE_HEADING:
    case INC_NODE_PARAGRAPH:
    case INC_NODE_TERM:
    case INC_NODE_CAPTION:
    case INC_NODE_SPAN:
    case INC_NODE_LINK: return true;
    default: return false;
    }
}

/* ---- opening ---- */

static void push(inc_builder *b, const inc_element *element, inc_node *node, inc_span span)
{
    INC_PUSH(b->md->arena, &b->stack, (inc_open){.element = element, .node = node, .span = span});
}

static void open_implied(inc_builder *b, inc_node_kind kind, inc_span span)
{
    inc_node *node = inc_node_new(b->md->arena, kind, span);
    inc_node_append(inc_builder_current(b), node);
    push(b, NULL, node, span);
}

/* What is put into a list stands in an item, into a table in a cell. */
static void open_missing(inc_builder *b, inc_span span)
{
    inc_node *at = inc_builder_current(b);
    if (at->kind == INC_NODE_LIST)
        open_implied(b, INC_NODE_ITEM, span);
    else if (at->kind == INC_NODE_DEFINITIONS)
        open_implied(b, INC_NODE_DEFINITION, span);
    else if (at->kind == INC_NODE_TABLE) {
        open_implied(b, INC_NODE_ROW, span);
        open_implied(b, INC_NODE_CELL, span);
    } else if (at->kind == INC_NODE_ROW)
        open_implied(b, INC_NODE_CELL, span);
}

void inc_builder_open_transparent(inc_builder *b, const inc_element *element, inc_span span)
{
    push(b, element, NULL, span);
}

void inc_builder_open_dropped(inc_builder *b, const inc_element *element, inc_node *link, inc_span span)
{
    INC_PUSH(b->md->arena, &b->stack, (inc_open){.element = element, .link = link, .span = span, .dropped = true});
}

inc_open *inc_builder_dropping(const inc_builder *b)
{
    for (size_t i = b->stack.n; i-- > 0;)
        if (b->stack.v[i].dropped)
            return &b->stack.v[i];
    return NULL;
}

void inc_builder_open(inc_builder *b, const inc_element *element, inc_node *node, inc_span span)
{
    if (inc_node_is_inline(node))
        inc_builder_put_inline(b, node);
    else if (node->kind == INC_NODE_ITEM || node->kind == INC_NODE_ROW || node->kind == INC_NODE_CELL || node->kind == INC_NODE_TERM
             || node->kind == INC_NODE_DEFINITION || node->kind == INC_NODE_CAPTION)
        inc_node_append(inc_builder_current(b), node); /* the caller made sure of the parent */
    else
        inc_builder_put_block(b, node);
    push(b, element, node, span);
}

/* ---- putting in ---- */

void inc_builder_put_inline(inc_builder *b, inc_node *node)
{
    if (inc_builder_dropping(b))
        return;
    inc_node *at = inc_builder_current(b);
    bool in_text = inc_takes_only_inlines(at) || (at->kind == INC_NODE_CELL && (!at->first || inc_node_is_inline(at->first)));
    if (!in_text) {
        if (inc_md_is_blank(node))
            return;
        open_missing(b, node->span);
        at = inc_builder_current(b);
        if (at->kind != INC_NODE_CELL || (at->first && !inc_node_is_inline(at->first)))
            open_implied(b, INC_NODE_PARAGRAPH, node->span);
        at = inc_builder_current(b);
    }
    bool begins = !at->first || at->last->kind == INC_NODE_SOFT_BREAK || at->last->kind == INC_NODE_BREAK;
    if (node->kind == INC_NODE_SOFT_BREAK && begins && !inc_node_is_inline(at))
        return;
    bool space_before = at->last && at->last->kind == INC_NODE_TEXT && inc_str_ends(at->last->as.text.text, INC_STR(" "));
    if (space_before && node->kind == INC_NODE_TEXT && inc_str_starts(node->as.text.text, INC_STR(" "))) {
        if (node->as.text.text.n == 1)
            return; /* a comment stood between two spaces */
        node->as.text.text = inc_str_slice(node->as.text.text, 1, node->as.text.text.n);
    }
    inc_node_append(at, node);
}

/* A cell holds inlines or blocks: before its first block, its inlines become a paragraph. */
static void wrap_inlines(inc_md *md, inc_node *cell)
{
    if (!cell->first || !inc_node_is_inline(cell->first))
        return;
    inc_node *paragraph = inc_node_new(md->arena, INC_NODE_PARAGRAPH, cell->first->span);
    while (cell->first) {
        inc_node *child = cell->first;
        inc_node_detach(child);
        inc_node_append(paragraph, child);
    }
    inc_node_append(cell, paragraph);
}

static bool move_inlines(inc_md *md, inc_node *from, inc_node *to)
{
    if (to->last)
        inc_node_append(to, inc_node_new(md->arena, INC_NODE_SOFT_BREAK, from->span));
    while (from->first) {
        inc_node *child = from->first;
        inc_node_detach(child);
        inc_node_append(to, child);
    }
    return true;
}

void inc_builder_put_block(inc_builder *b, inc_node *node)
{
    inc_node *at = inc_builder_current(b);
    bool authored = b->stack.n && b->stack.v[b->stack.n - 1].element && b->stack.v[b->stack.n - 1].node == at;
    if (node->kind == INC_NODE_PARAGRAPH && authored && inc_takes_only_inlines(at) && !inc_node_is_inline(at)) {
        move_inlines(b->md, node, at); /* "<p>", a blank line, text: the text is the paragraph's */
        return;
    }
    if (!inc_builder_end_inlines(b)) {
        if (inc_takes_only_inlines(node))
            move_inlines(b->md, node, b->root);
        else if (node->first)
            inc_report(b->md->diags, INC_DIAG_MISNESTED_HTML, node->span, "a %s cannot stand here", inc_node_kind_name(node->kind));
        return;
    }
    open_missing(b, node->span);
    at = inc_builder_current(b);
    if (at->kind == INC_NODE_CELL)
        wrap_inlines(b->md, at);
    inc_node_append(at, node);
}

/* ---- closing ---- */

void inc_trim_inlines(inc_node *n)
{
    while (n->last && inc_md_is_blank(n->last))
        inc_node_detach(n->last);
    while (n->first && inc_md_is_blank(n->first))
        inc_node_detach(n->first);
    inc_node *first = n->first, *last = n->last;
    if (first && first->kind == INC_NODE_TEXT && !first->raw)
        while (first->as.text.text.n && first->as.text.text.p[0] == ' ')
            first->as.text.text = inc_str_slice(first->as.text.text, 1, first->as.text.text.n);
    if (last && last->kind == INC_NODE_TEXT && !last->raw)
        while (last->as.text.text.n && last->as.text.text.p[last->as.text.text.n - 1] == ' ')
            last->as.text.text.n--;
}

/* <code> may hold other elements, a CODE_SPAN may not: the texts inside become code spans, the element goes. */
static void finish_code(inc_md *md, inc_node *code)
{
    inc_buf all = inc_buf_in(md->arena);
    bool plain = true;
    for (inc_node *c = code->first; c; c = c->next) {
        plain = plain && (c->kind == INC_NODE_TEXT || c->kind == INC_NODE_SOFT_BREAK);
        if (plain)
            inc_buf_add(&all, c->kind == INC_NODE_TEXT ? c->as.text.text : INC_STR(" "));
    }
    if (plain && code->first) {
        inc_node *span = inc_node_new(md->arena, INC_NODE_CODE_SPAN, code->first->span);
        span->as.text.text = inc_buf_str(&all);
        span->label = code->label;
        span->lang = code->lang;
        span->classes = code->classes;
        span->class_count = code->class_count;
        span->attributes = code->attributes;
        inc_node_insert_before(code, span);
        inc_node_detach(code);
        return;
    }
    for (inc_walk w = inc_walk_begin(code); inc_walk_next(&w);)
        if (w.enter && w.node->kind == INC_NODE_TEXT && !w.node->raw)
            w.node->kind = INC_NODE_CODE_SPAN;
    inc_node_unwrap(code);
}

static void finish_list(inc_node *list)
{
    uint32_t number = list->as.list.start;
    list->as.list.tight = true;
    for (inc_node *item = list->first; item; item = item->next) {
        if (list->as.list.ordered)
            item->as.item.number = number++;
        unsigned paragraphs = 0;
        for (inc_node *c = item->first; c; c = c->next)
            paragraphs += c->kind == INC_NODE_PARAGRAPH;
        list->as.list.tight = list->as.list.tight && paragraphs <= 1;
    }
}

/* Keeps the words, not the table. */
static void dissolve_table(inc_md *md, inc_node *table)
{
    while (table->first) {
        inc_node *row = table->first;
        while (row->first) {
            wrap_inlines(md, row->first);
            inc_node *cell = row->first;
            inc_node_detach(cell);
            inc_node_insert_before(table, cell);
            inc_node_unwrap(cell);
        }
        inc_node_detach(row);
    }
    inc_node_detach(table);
}

static bool all_heads(const inc_node *row)
{
    bool heads = row->first != NULL;
    for (const inc_node *cell = row->first; cell; cell = cell->next)
        heads = heads && cell->as.cell.head;
    return heads;
}

/* Without a thead, rows of nothing but heads at the front are the head, as far as no cell reaches out of them. */
static void imply_head(inc_node *table)
{
    const inc_node *end = NULL;
    uint32_t r = 0, reach = 0;
    for (inc_node *row = table->first; row && all_heads(row) && !row->as.row.foot; row = row->next) {
        for (const inc_node *cell = row->first; cell; cell = cell->next)
            reach = cell->as.cell.rowspan ? INC_MAX(reach, r + cell->as.cell.rowspan) : UINT32_MAX;
        if (reach <= ++r)
            end = row;
    }
    for (inc_node *row = table->first; end; row = row->next) {
        row->as.row.head = true;
        end = row == end ? NULL : end;
    }
}

/* Heads to the front, feet to the end, as HTML shows them. */
static void order_rows(inc_node *table)
{
    inc_node *end = table->last, *body = NULL, *next;
    bool thead = false;
    for (const inc_node *row = table->first; row; row = row->next)
        thead = thead || row->as.row.head;
    if (!thead)
        imply_head(table);
    for (inc_node *row = table->first; row; row = next) {
        next = row == end ? NULL : row->next;
        if (row->as.row.foot) {
            inc_node_detach(row);
            inc_node_append(table, row);
        } else if (!row->as.row.head)
            body = body ? body : row;
        else if (body) {
            inc_node_detach(row);
            inc_node_insert_before(body, row);
        }
    }
    for (inc_node *row = table->first; row; row = row->next) /* the first tbody opens nothing new */
        row->as.row.opens = row->as.row.opens && row->prev && !row->prev->as.row.head && !row->as.row.head;
}

static void finish_table(inc_md *md, inc_node *table, inc_node *caption)
{
    order_rows(table);
    uint32_t columns = inc_grid_of(md->arena, table).column_count;
    if (columns > INC_TABLE_COLUMNS_MAX) {
        inc_report(md->diags, INC_DIAG_TABLE_TOO_WIDE, table->span, "table with more than %d columns", INC_TABLE_COLUMNS_MAX);
        dissolve_table(md, table);
        return;
    }
    table->as.table.column_count = columns;
    table->as.table.aligns = INC_NEW_N(md->arena, inc_align, columns);
    if (!caption || !caption->first)
        return;
    inc_node *figure = inc_node_new(md->arena, INC_NODE_FIGURE, table->span);
    figure->as.figure.kind = INC_FIGURE_TABLE;
    inc_node_insert_before(table, figure);
    inc_node_detach(table);
    figure->as.figure.number = inc_md_take_label(caption);
    inc_node_append(figure, caption);
    inc_node_append(figure, table);
}

static void finish_pre(inc_builder *b, inc_node *code)
{
    if (b->code.n && b->code.p[b->code.n - 1] != '\n')
        inc_buf_byte(&b->code, '\n');
    code->as.code.text = inc_buf_str(&b->code);
    code->as.code.lines = b->lines.v;
    code->as.code.line_count = (uint32_t)b->lines.n;
    b->pre_told = false;
    b->code = inc_buf_in(b->md->arena);
    memset(&b->lines, 0, sizeof b->lines);
}

/* A <ruby> is base and reading by turns; anything else is a span. */
static void finish_ruby(inc_node *ruby)
{
    const inc_node *last = ruby->last;
    while (last && inc_md_is_blank(last))
        last = last->prev;
    if (!last || last->kind != INC_NODE_SPAN || last->as.span_.tag != INC_SPAN_RT || last == ruby->first)
        ruby->as.span_.tag = INC_SPAN_SPAN;
    for (inc_node *c = ruby->first; c && ruby->as.span_.tag == INC_SPAN_SPAN; c = c->next)
        if (c->kind == INC_NODE_SPAN && c->as.span_.tag == INC_SPAN_RT)
            c->as.span_.tag = INC_SPAN_SPAN;
}

/* HTML: the first <summary> sums up, wherever it stands. Where there is none, resolve/ puts one in. */
static void raise_summary(inc_node *details)
{
    inc_node *c = details->first;
    while (c && !(c->kind == INC_NODE_PARAGRAPH && inc_node_has_class(c, "summary")))
        c = c->next;
    if (!c || c == details->first)
        return;
    inc_node_detach(c);
    inc_node_insert_before(details->first, c);
}

static bool is_pointless_when_empty(const inc_node *n)
{
    switch (n->kind) {
    case INC_NODE_DIV: return n->as.div.tag == INC_DIV_DETAILS && !n->first && !n->label.n;
    case INC_NODE_PARAGRAPH:
    case INC_NODE_LIST:
    case INC_NODE_TABLE:
    case INC_NODE_ROW:
    case INC_NODE_DEFINITIONS:
    case INC_NODE_FIGURE: return !n->first && !n->label.n;
    default: return false;
    }
}

/* Where a video plays on the web, the book has a link, or says what it lacks. */
static void finish_media(inc_builder *b, const inc_open *media)
{
    inc_str url = media->link->as.link.url;
    const char *name = media->element->name;
    if (!url.n) {
        inc_report(b->md->diags, INC_DIAG_UNKNOWN_HTML, media->span, "<%s> has no place in a book; it is left out", name)->hint =
            INC_STR("put a picture there, or a link");
        return;
    }
    inc_report(b->md->diags, INC_DIAG_WEB_ONLY, media->span, "<%s> can be seen on the web alone; a link stands in for it", name);
    if (inc_node_within(inc_builder_current(b), INC_NODE_LINK)) { /* which leads somewhere already */
        memset(&media->link->as, 0, sizeof media->link->as);
        media->link->kind = INC_NODE_SPAN;
    }
    inc_builder_put_inline(b, media->link);
}

/* A <div> without a name, a class or the like: what it holds follows what is around it, as for the reader. */
static bool says_nothing(const inc_node *n)
{
    return n->kind == INC_NODE_DIV && n->as.div.tag == INC_DIV_DIV && n->parent && !n->label.n && !n->class_count && !n->lang.n
           && !n->attributes;
}

void inc_builder_close(inc_builder *b)
{
    inc_str quote = inc_html_quote(b);
    inc_open top = b->stack.v[--b->stack.n];
    inc_node *n = top.node;
    if (top.link)
        finish_media(b, &top);
    if (!n)
        return;
    if (top.element && top.element->kind == INC_ELEMENT_PRE)
        while (n->last && n->last->kind == INC_NODE_BREAK)
            inc_node_detach(n->last);
    if (n->kind == INC_NODE_PARAGRAPH || n->kind == INC_NODE_HEADING || n->kind == INC_NODE_CELL || n->kind == INC_NODE_CAPTION
        || n->kind == INC_NODE_TERM)
        inc_trim_inlines(n);
    if (top.element && top.element->kind == INC_ELEMENT_CODE)
        finish_code(b->md, n);
    else if (n->kind == INC_NODE_LIST)
        finish_list(n);
    else if (n->kind == INC_NODE_CODE)
        finish_pre(b, n);
    else if (n->kind == INC_NODE_DIV && n->as.div.tag == INC_DIV_DETAILS)
        raise_summary(n);
    else if (n->kind == INC_NODE_FIGURE && top.caption)
        inc_node_append(n, top.caption);
    else if (n->kind == INC_NODE_CAPTION && n->parent && n->parent->kind == INC_NODE_FIGURE) {
        inc_str number = inc_md_take_label(n);
        if (number.n)
            n->parent->as.figure.number = number;
    }
    else if (top.element && top.element->kind == INC_ELEMENT_QUOTATION)
        inc_node_append(n, inc_node_text(b->md->arena, quote, (inc_span){n->span.file, n->span.offset, 0}));
    else if (n->kind == INC_NODE_SPAN && n->as.span_.tag == INC_SPAN_RUBY)
        finish_ruby(n);
    else if (n->kind == INC_NODE_SPAN && n->first && n->first == n->last && n->first->kind == INC_NODE_INDEX_MARK && !n->label.n
             && !n->class_count) { /* <span data-index="x"></span> */
        inc_node_unwrap(n);
        return;
    } else if (n->kind == INC_NODE_SPAN && !n->first)
        inc_md_icon(b->md, n);
    if (is_pointless_when_empty(n))
        inc_node_detach(n);
    else if (top.element && says_nothing(n))
        inc_node_unwrap(n);
    else if (n->kind == INC_NODE_TABLE)
        finish_table(b->md, n, top.caption);
}

/* HTML lets these end without a tag; so do those that we made. */
static bool ends_by_itself(const inc_open *open)
{
    if (!open->element || open->flattened)
        return true;
    switch (open->element->kind) {
    case INC_ELEMENT_PARAGRAPH:
    case INC_ELEMENT_ITEM:
    case INC_ELEMENT_ROWS:
    case INC_ELEMENT_ROW:
    case INC_ELEMENT_CELL:
    case INC_ELEMENT_TERM:
    case INC_ELEMENT_DEFINITION:
    case INC_ELEMENT_UNKNOWN: return true;
    default: return false;
    }
}

void inc_builder_close_to(inc_builder *b, size_t n)
{
    while (b->stack.n > n) {
        const inc_open *top = &b->stack.v[b->stack.n - 1];
        if (!ends_by_itself(top))
            inc_report(b->md->diags, INC_DIAG_UNCLOSED_HTML, top->span, "<%s> is not closed", top->element->name);
        inc_builder_close(b);
    }
}

bool inc_builder_end_inlines(inc_builder *b)
{
    size_t cut = b->stack.n;
    for (size_t i = b->stack.n; i-- > 0;) {
        const inc_open *open = &b->stack.v[i];
        if (open->node && !inc_takes_only_inlines(open->node))
            break;
        if (open->node || (open->element && open->element->kind < INC_ELEMENT_FIRST_BLOCK))
            cut = i; /* what stands for nothing (<thead>, <svg>) may stay open, unless it is inside of such */
    }
    inc_builder_close_to(b, cut);
    return !inc_takes_only_inlines(inc_builder_current(b));
}

void inc_builder_close_sibling(inc_builder *b, inc_node_kind kind, inc_node_kind or_kind, inc_node_kind within)
{
    for (size_t i = b->stack.n; i-- > 0;) {
        const inc_node *node = b->stack.v[i].node;
        if (node && node->kind == within)
            return;
        if (node && (node->kind == kind || node->kind == or_kind)) {
            inc_builder_close_to(b, i);
            return;
        }
    }
}
