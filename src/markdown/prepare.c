/*
 * prepare.c - the text that md4c reads: the chapter's, with what md4c lacks taken out or put in a form that it knows.
 *
 *  - The body of a footnote's definition moves to the end of the text, behind a mark of its own, without its indent. So
 *    it is parsed as Markdown like the rest and sees the chapter's link reference definitions.
 *  - The body of a definition (": text" under a term) loses its indent and stands between two marks.
 *  - The attributes of a heading ("# T {#id .class}") become a mark in the heading.
 *  - Delimiter rows of tables get at least three dashes a cell, as md4c wants them; a row whose count of cells differs from
 *    the head's is escaped, since GFM (section 4.10) sees no table there.
 *  - Backticks in a row of a table that find no partner in their cell are escaped: GFM parts the cells before it looks for code.
 *    An empty cell ("||") gets a space.
 *
 * Every stretch that is copied keeps its origin. What is put in stands for the place it was put in for.
 */
#include "document/grid.h"
#include "markdown/internal.h"
#include "markdown/tag.h"

typedef struct sink { /* the main text, or a note's body */
    inc_text_builder out;
    size_t held_from, held_to; /* of the source: the end of the last line, not in `out` yet, so that it may still change */
    INC_VEC(inc_mark) marks;
    INC_VEC(inc_leaf) leaves;
    size_t leaf_from, leaf_to; /* the place of the last leaf, in the source */
    inc_node *note;            /* NULL: the main text, or a duplicate to be dropped */
} sink;

typedef struct work {
    inc_md *md;
    inc_scanner scanner;
    INC_VEC(sink *) sinks;     /* [0] the main text, [n] that of note n - 1 of the scanner */
} work;

inc_str inc_md_fold_name(inc_arena *arena, inc_str name)
{
    return inc_str_lower(arena, name);
}

/* ---- sinks ---- */

static void flush(work *w, sink *s)
{
    inc_text_add_slice(&s->out, w->md->source, s->held_from, s->held_to);
    s->held_from = s->held_to = 0;
}

static void put(work *w, sink *s, size_t from, size_t to)
{
    flush(w, s);
    s->held_from = from;
    s->held_to = INC_MAX(from, to);
}

static void put_generated(work *w, sink *s, inc_str bytes, size_t place)
{
    flush(w, s);
    inc_text_add_generated(&s->out, bytes, inc_text_span(w->md->source, place, place));
}

static void put_mark(work *w, sink *s, inc_mark mark, size_t place)
{
    flush(w, s);
    mark.at = s->out.bytes.n;
    put_generated(w, s, INC_MARK_TEXT, place);
    INC_PUSH(w->md->arena, &s->marks, mark);
}

/* ---- prefixes of containers ---- */

/* The sink of a container: that of the innermost note among stack[0..n), whose index plus one goes to *base. */
static sink *sink_of(work *w, const inc_container *stack, size_t n, size_t *base)
{
    for (*base = n; *base > 1; --*base)
        if (stack[*base - 1].kind == INC_IN_NOTE)
            return w->sinks.v[stack[*base - 1].note + 1];
    return w->sinks.v[0];
}

/* The prefix that continues one container on a line of its own. */
static void put_prefix(work *w, sink *s, const inc_container *container, size_t place)
{
    static const char spaces[] = "                ";
    if (container->kind == INC_IN_QUOTE)
        put_generated(w, s, INC_STR("> "), place);
    else if (container->kind == INC_IN_ITEM)
        for (size_t n = container->indent; n; n -= INC_MIN(n, sizeof spaces - 1))
            put_generated(w, s, (inc_str){spaces, INC_MIN(n, sizeof spaces - 1)}, place);
}

static void new_line(work *w, sink *s, size_t place)
{
    flush(w, s);
    if (s->out.bytes.n && s->out.bytes.p[s->out.bytes.n - 1] != '\n')
        put_generated(w, s, INC_STR("\n"), place);
}

/* An empty line inside stack[from, to), in front of the one that is to be put. */
static void put_empty_line(work *w, sink *s, const inc_container *stack, size_t from, size_t to, size_t place)
{
    new_line(w, s, place);
    for (size_t i = from; i < to; i++)
        put_prefix(w, s, &stack[i], place);
    put_generated(w, s, INC_STR("\n"), place);
}

/* To md4c a mark directly below a table is one more row. */
static bool ends_in_table(const sink *s)
{
    return s->leaves.n && s->leaves.v[s->leaves.n - 1].kind == INC_LEAF_TABLE;
}

/* ---- closing ---- */

static inc_str terminator(inc_arena *arena, inc_leaf_state leaf)
{
    static const char *const html[] = {"", "</pre>", "-->", "?>", ">", "]]>", "", ""};
    if (leaf.kind == INC_LEAF_HTML)
        return inc_str_of(html[leaf.html]);
    inc_buf b = inc_buf_in(arena);
    for (uint32_t i = 0; leaf.kind == INC_LEAF_FENCE && i < leaf.length; i++)
        inc_buf_byte(&b, leaf.fence);
    return inc_buf_str(&b);
}

/* Ends a body whose container md4c does not know: first what is open in it, then the body itself. */
static void close_body(work *w, size_t index, size_t place)
{
    const inc_scanner *sc = &w->scanner;
    const inc_container *closed = sc->closed.v;
    INC_VEC(inc_container) outer = {0}; /* around closed[index] */
    for (size_t i = 0; i < sc->stack_kept; i++)
        INC_PUSH(w->md->arena, &outer, sc->stack.v[i]);
    for (size_t i = 0; i < index; i++)
        INC_PUSH(w->md->arena, &outer, closed[i]);
    size_t base = 0;
    bool note = closed[index].kind == INC_IN_NOTE;
    sink *s = note ? w->sinks.v[closed[index].note + 1] : sink_of(w, outer.v, outer.n, &base);
    inc_str end = index + 1 == sc->closed.n ? terminator(w->md->arena, sc->closed_leaf) : INC_STR("");
    if (!note && ends_in_table(s))
        put_empty_line(w, s, outer.v, base, outer.n, place);
    new_line(w, s, place);
    for (int pass = end.n ? 0 : 1; pass < (note ? 1 : 2); pass++) {
        for (size_t i = note ? outer.n : base; i < outer.n; i++)
            put_prefix(w, s, &outer.v[i], place);
        if (pass == 0)
            put_generated(w, s, end, place);
        else
            put_mark(w, s, (inc_mark){.kind = INC_MARK_DEFINITION_END}, place);
        put_generated(w, s, INC_STR("\n"), place);
    }
}

static void close_bodies(work *w, size_t place)
{
    for (size_t i = w->scanner.closed.n; i-- > 0;)
        if (w->scanner.closed.v[i].kind == INC_IN_DEFINITION || w->scanner.closed.v[i].kind == INC_IN_NOTE)
            close_body(w, i, place);
}

/* ---- fences that do not close ---- */

/* Do the places stand in two files, and the second one's file began before the first one's? Then that was included, and has ended. */
static bool leaves_file(const inc_text *text, size_t place, size_t end)
{
    uint32_t file = inc_text_span(text, place, place).file, end_file = inc_text_span(text, end, end).file;
    for (size_t i = 0; i < text->piece_count && end_file != file && text->pieces[i].origin.file != file; i++)
        if (text->pieces[i].origin.file == end_file)
            return true;
    return false;
}

/* The leaf stood open when the container was closed, or the whole text (INC_IN_ROOT). */
static void check_fence(work *w, inc_leaf_state leaf, inc_container_kind kind, size_t end)
{
    static const char *const names[] = {
        [INC_IN_QUOTE] = "quote", [INC_IN_ITEM] = "list item", [INC_IN_NOTE] = "footnote", [INC_IN_DEFINITION] = "definition"};
    inc_str text = w->md->source->bytes;
    if (leaf.kind != INC_LEAF_FENCE || w->md->options->commonmark)
        return;
    size_t length = inc_str_find_char(inc_str_slice(text, leaf.from, text.n), '\n');
    inc_span span = inc_text_span(w->md->source, leaf.from, length == INC_NPOS ? text.n : leaf.from + length);
    inc_diag *diag;
    if (leaves_file(w->md->source, leaf.from, end - 1))
        diag = inc_report(w->md->diags, INC_DIAG_UNCLOSED_FENCE, span,
                          "the code fence is not closed in this file; what stands behind it in the chapter is code too");
    else if (kind == INC_IN_ROOT)
        diag = inc_report(w->md->diags, INC_DIAG_UNCLOSED_FENCE, span, "the code fence is never closed; the rest of the chapter is code");
    else
        diag = inc_report(w->md->diags, INC_DIAG_UNCLOSED_FENCE, span, "the code fence is not closed; it ends with the %s around it", names[kind]);
    diag->hint = INC_STR("it closes with a line of the same marks, at least as many, indented as it is");
}

static void check_closed_fence(work *w, size_t end)
{
    const inc_scanner *sc = &w->scanner;
    if (sc->closed.n)
        check_fence(w, sc->closed_leaf, sc->closed.v[sc->closed.n - 1].kind, end);
}

/* ---- opening ---- */

static void open_note(work *w, const inc_container *container, sink *outer, size_t from)
{
    inc_md *md = w->md;
    inc_str name = inc_str_dup(md->arena, w->scanner.note_label), key = inc_md_fold_name(md->arena, name);
    inc_span span = inc_text_span(md->source, container->from, INC_MAX(container->from, container->to));
    sink *s = INC_NEW(md->arena, sink);
    s->out = inc_text_begin(md->arena);
    INC_PUSH(md->arena, &w->sinks, s);
    assert(w->sinks.n == container->note + 2);
    put(w, outer, from, container->from);
    put_mark(w, outer, (inc_mark){.kind = INC_MARK_NOTHING}, container->from);
    put_generated(w, outer, INC_STR("\n"), container->from);
    if (inc_map_has(&md->notes, key)) {
        inc_report(md->diags, INC_DIAG_DUPLICATE_NOTE, span, "footnote '%.*s' is defined twice; the first definition counts",
                   INC_STR_ARG(name));
        return;
    }
    s->note = inc_node_new(md->arena, INC_NODE_NOTE, span);
    s->note->as.note.name = name;
    inc_map_put(&md->notes, key, s->note);
}

/* Puts in what a definition's marker stands for: a mark on a line of its own, then the prefix of the line again. */
static void open_definition(work *w, sink *s, size_t base, size_t index)
{
    const inc_container *stack = w->scanner.stack.v;
    size_t place = stack[index].from;
    put_mark(w, s, (inc_mark){.kind = INC_MARK_DEFINITION}, place);
    put_generated(w, s, INC_STR("\n"), place);
    for (size_t i = base; i < index; i++)
        put_prefix(w, s, &stack[i], place);
}

/* ---- the text of a line ---- */

/* Whether an image ends right before `at`: "![alt](file)". Braces behind it are its own, also at the end of a heading. */
static bool image_ends(inc_str text, size_t from, size_t at)
{
    if (at == from || text.p[at - 1] != ')')
        return false;
    size_t middle = at - 1; /* of "](" */
    while (middle > from && !(text.p[middle] == '(' && text.p[middle - 1] == ']'))
        middle--;
    size_t begin = middle;
    while (begin > from && text.p[begin] != '[')
        begin--;
    return middle > from && begin > from && text.p[begin - 1] == '!';
}

/* Where the "{#id .class key=value}" at the end of [from, to) begins, or `to`. *end is behind its brace. */
static size_t find_attributes(inc_str text, size_t from, size_t to, size_t *end)
{
    size_t last = to;
    while (last > from && inc_is_space(text.p[last - 1]))
        last--;
    *end = last;
    if (last == from || text.p[last - 1] != '}')
        return to;
    size_t open = last - 1;
    while (open > from && text.p[open] != '{')
        open--;
    if (text.p[open] != '{' || (open > from && text.p[open - 1] == '\\') || image_ends(text, from, open))
        return to;
    inc_str body = inc_str_slice(text, open + 1, last - 1);
    if (inc_str_find_char(body, '}') != INC_NPOS)
        return to;
    body = inc_str_trim(body);
    bool named = body.n > 1 && (body.p[0] == '#' || body.p[0] == '.');
    return named || (body.n && inc_str_find_char(body, '=') != INC_NPOS) ? open : to;
}

/* Puts [from, to), the text of a heading, with its attributes as a mark. */
static void put_heading(work *w, sink *s, size_t from, size_t text_from, size_t to)
{
    inc_str text = w->md->source->bytes;
    size_t end, open = find_attributes(text, text_from, to, &end);
    if (open == to) {
        put(w, s, from, to);
        return;
    }
    size_t title_end = open;
    while (title_end > text_from && (text.p[title_end - 1] == ' ' || text.p[title_end - 1] == '\t'))
        title_end--;
    put(w, s, from, title_end);
    if (title_end > from && text.p[title_end - 1] == '#')
        put_generated(w, s, INC_STR(" "), open); /* a heading's mark needs it */
    inc_str body = inc_str_dup(w->md->arena, inc_str_slice(text, open + 1, end - 1));
    put_mark(w, s, (inc_mark){.kind = INC_MARK_HEADING, .attributes = body}, open);
    put(w, s, end, to);
}

/* The delimiter row with three dashes in every cell. */
static inc_str widened_row(inc_arena *arena, inc_str row)
{
    inc_buf b = inc_buf_in(arena);
    for (size_t i = 0; i < row.n; i++) {
        if (row.p[i] == '-') {
            inc_buf_puts(&b, "---");
            while (i + 1 < row.n && row.p[i + 1] == '-')
                i++;
        } else if (row.p[i] != ' ' && row.p[i] != '\t')
            inc_buf_byte(&b, row.p[i]);
    }
    return inc_buf_str(&b);
}

static bool has_short_cell(inc_str row)
{
    for (size_t i = 0, n = 0; i <= row.n; i++) {
        if (i < row.n && row.p[i] == '-')
            n++;
        else if (n > 0 && n < 3)
            return true;
        else
            n = 0;
    }
    return false;
}

enum { CODE_MARK_LONGEST = 32 }; /* backticks that begin code, to md4c */

static size_t run_of_backticks(inc_str s, size_t at)
{
    size_t n = 0;
    while (at + n < s.n && s.p[at + n] == '`')
        n++;
    return n;
}

/* Behind the run of n backticks that closes what one before `at` has opened, or INC_NPOS. */
static size_t code_end(inc_str cell, size_t at, size_t n)
{
    for (size_t run; n <= CODE_MARK_LONGEST && at < cell.n; at += INC_MAX(run, (size_t)1)) {
        run = run_of_backticks(cell, at);
        if (run == n)
            return at + n;
    }
    return INC_NPOS;
}

/* The end of the cell that begins at `at`: the next bar that no backslash escapes. */
static size_t cell_end(inc_str row, size_t at)
{
    while (at < row.n && row.p[at] != '|')
        at += row.p[at] == '\\' ? 2 : 1;
    return INC_MIN(at, row.n);
}

/* A row of a table. Returns the count of runs of backticks that were escaped. */
static unsigned put_row(work *w, sink *s, size_t from, size_t to)
{
    inc_str row = inc_str_slice(w->md->source->bytes, 0, to);
    size_t done = from;
    unsigned escaped = 0;
    for (size_t at = from, end; at < to; at = end + 1) {
        end = cell_end(row, at);
        inc_str cell = inc_str_slice(row, 0, end);
        while (at < end) {
            size_t n = run_of_backticks(cell, at), behind = n ? code_end(cell, at + n, n) : INC_NPOS;
            for (size_t i = 0; n && behind == INC_NPOS && i < n; i++) {
                put(w, s, done, at + i);
                put_generated(w, s, INC_STR("\\"), at + i);
                done = at + i;
            }
            escaped += n && behind == INC_NPOS;
            at = behind != INC_NPOS ? behind : at + (n ? n : row.p[at] == '\\' ? 2 : 1);
        }
        if (end + 1 < to && row.p[end + 1] == '|') { /* md4c does not see a cell without a space in it */
            put(w, s, done, end + 1);
            put_generated(w, s, INC_STR(" "), end + 1);
            done = end + 1;
        }
    }
    put(w, s, done, to);
    return escaped;
}

/* Is the line a row below a table's delimiters? */
static bool is_row(const work *w, const sink *s)
{
    const inc_scanner *sc = &w->scanner;
    return sc->line == INC_LINE_TEXT && !sc->leaf_begins && ends_in_table(s) && sc->column_count;
}

/* The head is known to be one when the row below it comes: it is put anew. */
static void put_head(work *w, sink *s)
{
    size_t from = s->held_from, to = s->held_to;
    s->held_from = s->held_to = 0;
    put_row(w, s, from, to);
}

static void put_delimiters(work *w, sink *s, size_t from, size_t content, size_t to)
{
    inc_md *md = w->md;
    inc_str row = inc_str_slice(md->source->bytes, content, w->scanner.to);
    bool fits = w->scanner.line == INC_LINE_DELIMITERS;
    if (fits && w->scanner.column_count > INC_TABLE_COLUMNS_MAX) {
        inc_report(md->diags, INC_DIAG_TABLE_TOO_WIDE, inc_text_span(md->source, content, w->scanner.to),
                   "table with %u columns; incipit reads at most %d", w->scanner.column_count, INC_TABLE_COLUMNS_MAX);
        fits = false;
    }
    if (fits)
        put_head(w, s);
    put(w, s, from, content);
    if (!fits) {
        put_generated(w, s, INC_STR("\\"), content);
        put(w, s, content, to);
    } else if (has_short_cell(row)) {
        put_generated(w, s, widened_row(md->arena, row), content);
        put(w, s, w->scanner.to, to);
    } else
        put(w, s, content, to);
}

/* GFM drops cells for which the head has no column. */
static void check_cells(work *w, unsigned escaped)
{
    const inc_scanner *sc = &w->scanner;
    if (w->md->options->commonmark)
        return;
    uint32_t cells = inc_scan_count_cells(inc_str_slice(sc->text, sc->content, sc->to));
    if (cells > sc->column_count)
        inc_report(w->md->diags, INC_DIAG_TABLE_CELLS, inc_text_span(w->md->source, sc->content, sc->to),
                   "the row has %u cells, the table's head %u; what is too much is left out", cells, sc->column_count)
            ->hint = INC_STR("\\| is a bar inside a cell, in code too");
    else if (escaped > 1)
        inc_report(w->md->diags, INC_DIAG_TABLE_CELLS, inc_text_span(w->md->source, sc->content, sc->to),
                   "a bar parts code in this row into two cells, as in mdBook; its backticks are text")
            ->hint = INC_STR("\\| is a bar inside a cell, in code too");
}

/* ---- places of leaves ---- */

static void note_leaf_end(work *w, sink *s)
{
    if (s->leaves.n)
        s->leaves.v[s->leaves.n - 1].span = inc_text_span(w->md->source, s->leaf_from, s->leaf_to);
}

static void note_leaf(work *w, sink *s)
{
    const inc_scanner *sc = &w->scanner;
    static const inc_leaf_kind by_line[] = {[INC_LINE_TEXT] = INC_LEAF_PARAGRAPH, [INC_LINE_HEADING] = INC_LEAF_HEADING,
        [INC_LINE_RULE] = INC_LEAF_RULE, [INC_LINE_FENCE] = INC_LEAF_FENCE, [INC_LINE_VERBATIM] = INC_LEAF_NONE};
    if (sc->leaf_begins) {
        note_leaf_end(w, s);
        inc_leaf_kind kind = by_line[sc->line];
        if (sc->line == INC_LINE_VERBATIM)
            kind = sc->stack.v[sc->stack.n - 1].last;
        INC_PUSH(w->md->arena, &s->leaves, (inc_leaf){.kind = kind});
        s->leaf_from = sc->content;
        s->leaf_to = sc->to;
    } else if (s->leaves.n && sc->line != INC_LINE_BLANK) {
        inc_leaf *leaf = &s->leaves.v[s->leaves.n - 1];
        if (sc->line == INC_LINE_UNDERLINE)
            leaf->kind = INC_LEAF_HEADING;
        else if (sc->line == INC_LINE_DELIMITERS && sc->column_count <= INC_TABLE_COLUMNS_MAX)
            leaf->kind = INC_LEAF_TABLE;
        if (leaf->kind != INC_LEAF_INDENTED || inc_str_trim(inc_str_slice(sc->text, sc->from, sc->to)).n)
            s->leaf_to = sc->to;
    }
}

/* ---- lines ---- */

/* Where the text behind a prefix that is cut begins; what is left of a tab becomes spaces. */
static size_t cut_tab(work *w, sink *s, const inc_container *container)
{
    if (!container->tab)
        return container->to;
    put_generated(w, s, (inc_str){"   ", container->tab}, container->to);
    return container->to + 1;
}

/* An empty line between the parts of a paragraph that is too long; the rest of it begins without an indent, or it would be code. Returns where. */
static size_t put_cut(work *w, sink *s, size_t base, size_t at, size_t content)
{
    const inc_scanner *sc = &w->scanner;
    put_empty_line(w, s, sc->stack.v, base, sc->stack.n, sc->from);
    put(w, s, at, INC_MAX(at, sc->stack.v[sc->stack.n - 1].to));
    inc_report(w->md->diags, INC_DIAG_PARAGRAPH_CUT, inc_text_span(w->md->source, content, sc->to), "a paragraph of more than %d lines goes on as another one here",
               INC_PARAGRAPH_LINES_MAX);
    return content;
}

/* What ends a block for md4c where there is no empty line. That would make a list loose; a paragraph ends with a mark as well. */
static void put_end(work *w, sink *s, size_t base)
{
    const inc_scanner *sc = &w->scanner;
    if (ends_in_table(s)) {
        put_empty_line(w, s, sc->stack.v, base, sc->stack.n, sc->from);
        return;
    }
    new_line(w, s, sc->from);
    for (size_t i = base; i < sc->stack.n; i++)
        put_prefix(w, s, &sc->stack.v[i], sc->from);
    put_mark(w, s, (inc_mark){.kind = INC_MARK_NOTHING}, sc->from);
    put_generated(w, s, INC_STR("\n"), sc->from);
}

static void put_line(work *w, size_t next)
{
    inc_scanner *sc = &w->scanner;
    const inc_container *stack = sc->stack.v;
    for (size_t i = 1, from = sc->from; i < sc->matched; i++)
        if (stack[i].kind == INC_IN_NOTE && stack[i].opened) { /* the line up to here belongs to the text around */
            size_t base;
            sink *outer = sink_of(w, stack, i, &base);
            from = INC_MAX(from, stack[base - 1].to);
            if (ends_in_table(outer))
                put_empty_line(w, outer, stack, base, i, sc->from);
            open_note(w, &stack[i], outer, from);
        }
    size_t base;
    sink *s = sink_of(w, stack, sc->stack.n, &base);
    if (sc->parted)
        put_end(w, s, base);
    size_t at = stack[INC_MIN(base, sc->matched) - 1].to;
    if (base <= sc->matched)
        at = cut_tab(w, s, &stack[base - 1]);
    for (size_t i = base; i < sc->matched; i++) {
        if (stack[i].kind != INC_IN_DEFINITION)
            continue;
        put(w, s, at, stack[i].from);
        if (stack[i].opened)
            open_definition(w, s, base, i);
        at = cut_tab(w, s, &stack[i]);
    }
    size_t content = INC_MAX(at, sc->content);
    if (sc->cut)
        at = put_cut(w, s, base, at, content);
    bool row = is_row(w, s);
    unsigned escaped = 0;
    if (row)
        escaped = put_row(w, s, at, next);
    else if (sc->line == INC_LINE_HEADING && w->md->options->commonmark == false)
        put_heading(w, s, at, content, next);
    else if (sc->line == INC_LINE_UNDERLINE && w->md->options->commonmark == false && s->held_to > s->held_from) {
        size_t held_from = s->held_from, held_to = s->held_to;
        s->held_from = s->held_to = 0;
        put_heading(w, s, held_from, INC_MIN(INC_MAX(held_from, sc->head_from), held_to), held_to);
        put(w, s, at, next);
    } else if (sc->line == INC_LINE_DELIMITERS || sc->line == INC_LINE_NO_TABLE)
        put_delimiters(w, s, at, content, next);
    else if (sc->line == INC_LINE_TEXT && w->md->source->bytes.p[next - 1] == '\n'
             && inc_str_ends(inc_str_trim(inc_str_slice(w->md->source->bytes, at, next)), INC_STR("<!--"))) {
        put(w, s, at, next - 1); /* md4c does not see a comment that begins at the very end of a line (a space would be trimmed) */
        put_generated(w, s, INC_STR("\xE2\x80\x8B"), next - 1);
        put(w, s, next - 1, next);
    } else
        put(w, s, at, next);
    note_leaf(w, s);
    if (row)
        check_cells(w, escaped);
}

/* ---- putting it together ---- */

static void append_sink(work *w, inc_text_builder *out, sink *s, inc_prepared *prepared)
{
    inc_arena *arena = w->md->arena;
    flush(w, s);
    note_leaf_end(w, s);
    size_t base = out->bytes.n;
    inc_text text = inc_text_finish(&s->out);
    inc_text_add_slice(out, &text, 0, text.bytes.n);
    for (size_t i = 0; i < s->marks.n; i++) {
        s->marks.v[i].at += base;
        INC_PUSH(arena, &prepared->marks, s->marks.v[i]);
    }
    for (size_t i = 0; i < s->leaves.n; i++)
        INC_PUSH(arena, &prepared->leaves, s->leaves.v[i]);
}

static void append_notes(work *w, inc_text_builder *out, inc_prepared *prepared)
{
    for (size_t i = 1; i < w->sinks.n; i++) {
        sink *s = w->sinks.v[i];
        if (!s->note)
            continue;
        inc_text_add_generated(out, INC_STR("\n\n"), s->note->span);
        INC_PUSH(w->md->arena, &prepared->marks, (inc_mark){.kind = INC_MARK_NOTE, .at = out->bytes.n, .note = s->note});
        inc_text_add_generated(out, INC_MARK_TEXT, s->note->span);
        inc_text_add_generated(out, INC_STR("\n\n"), s->note->span);
        append_sink(w, out, s, prepared);
    }
}

void inc_md_prepare(inc_md *md, inc_prepared *prepared)
{
    const inc_markdown_options *options = md->options;
    inc_str text = md->source->bytes;
    work w = {.md = md, .scanner = inc_scanner_on(md->arena, text)};
    w.scanner.notes = !options->commonmark;
    w.scanner.definitions = !options->commonmark && options->definition_lists;
    w.scanner.tables = !options->commonmark || options->gfm;
    sink *main = INC_NEW(md->arena, sink);
    main->out = inc_text_begin(md->arena);
    INC_PUSH(md->arena, &w.sinks, main);
    size_t at = 0;
    inc_leaf_state last = {0};
    while (inc_scan_line(&w.scanner, at)) {
        size_t next = INC_MIN(w.scanner.to + 1, text.n);
        check_closed_fence(&w, at);
        close_bodies(&w, at);
        put_line(&w, next);
        last = w.scanner.stack.n == 1 ? w.scanner.leaf : (inc_leaf_state){0};
        at = next;
    }
    check_closed_fence(&w, at);
    check_fence(&w, last, INC_IN_ROOT, at);
    close_bodies(&w, at);
    inc_str end = terminator(md->arena, last);
    if (w.sinks.n > 1 && end.n) { /* or the last block of the text would swallow the notes */
        new_line(&w, main, at);
        put_generated(&w, main, end, at);
    }
    *prepared = (inc_prepared){0};
    inc_text_builder out = inc_text_begin(md->arena);
    append_sink(&w, &out, main, prepared);
    append_notes(&w, &out, prepared);
    prepared->text = inc_text_finish(&out);
}
