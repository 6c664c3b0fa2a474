/* scan.c - the block structure of Markdown, line by line. */
#include "markdown/scan.h"

#include "markdown/tag.h"

typedef struct cursor { /* `tab`: columns left of the tab at `at`, when it is half consumed */
    size_t at;
    unsigned column, tab;
} cursor;

typedef struct line { /* one call of inc_scan_line */
    cursor c;
    size_t matched;  /* containers that go on */
    bool opened;     /* a new one was opened */
    size_t nonspace; /* the first character that is no blank, or the line's end */
    unsigned indent; /* columns before it */
} line;

inc_scanner inc_scanner_on(inc_arena *arena, inc_str text)
{
    inc_scanner s = {.arena = arena, .text = text};
    INC_PUSH(arena, &s.stack, (inc_container){.kind = INC_IN_ROOT});
    return s;
}

static void look_ahead(const inc_scanner *s, line *l)
{
    unsigned cols = l->c.tab, column = l->c.column + cols;
    size_t i = l->c.at + (cols > 0);
    for (; i < s->to; i++) {
        unsigned width = s->text.p[i] == ' ' ? 1 : s->text.p[i] == '\t' ? 4 - column % 4 : 0;
        if (!width)
            break;
        cols += width;
        column += width;
    }
    l->nonspace = i;
    l->indent = cols;
}

static void advance(const inc_scanner *s, cursor *c, unsigned columns)
{
    while (columns && c->at < s->to) {
        unsigned width = c->tab ? c->tab : s->text.p[c->at] == '\t' ? 4 - c->column % 4 : 1;
        unsigned take = INC_MIN(width, columns);
        columns -= take;
        c->column += take;
        c->tab = width - take;
        c->at += c->tab == 0;
    }
}

/* Moves over the blanks to the first other character. */
static void skip_blanks(const inc_scanner *s, line *l)
{
    advance(s, &l->c, l->indent);
    look_ahead(s, l);
}

static char char_at(const inc_scanner *s, size_t at)
{
    return at < s->to ? s->text.p[at] : '\n';
}

static bool is_blank_char(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static bool blank_from(const inc_scanner *s, size_t at)
{
    while (at < s->to && is_blank_char(s->text.p[at]))
        at++;
    return at >= s->to;
}

static size_t run_of(const inc_scanner *s, size_t at, char c)
{
    size_t n = 0;
    while (at + n < s->to && s->text.p[at + n] == c)
        n++;
    return n;
}

/* ---- containers ---- */

/* One optional blank behind a ">". */
static void skip_one_blank(const inc_scanner *s, cursor *c)
{
    if (c->tab || char_at(s, c->at) == ' ' || char_at(s, c->at) == '\t')
        advance(s, c, 1);
}

/* Does the container go on in this line? Consumes its prefix. */
static bool continues(inc_scanner *s, line *l, inc_container *container)
{
    look_ahead(s, l);
    bool blank = l->nonspace >= s->to, goes_on;
    container->from = l->c.at;
    container->opened = false;
    if (container->kind == INC_IN_QUOTE) {
        goes_on = l->indent <= 3 && char_at(s, l->nonspace) == '>';
        if (goes_on) {
            advance(s, &l->c, l->indent + 1);
            skip_one_blank(s, &l->c);
        }
    } else if (blank) {
        goes_on = !container->empty;
        if (goes_on)
            advance(s, &l->c, INC_MIN(container->indent, l->indent));
    } else {
        goes_on = l->indent >= container->indent;
        if (goes_on)
            advance(s, &l->c, container->indent);
    }
    container->to = l->c.at;
    container->tab = l->c.tab;
    return goes_on;
}

/* Closes all containers that did not go on, and the open leaf. */
static void close_unmatched(inc_scanner *s, line *l)
{
    if (l->matched < s->stack.n) {
        s->closed_leaf = s->leaf;
        s->stack_kept = l->matched;
        for (size_t i = l->matched; i < s->stack.n; i++)
            INC_PUSH(s->arena, &s->closed, s->stack.v[i]);
        s->stack.n = l->matched;
        if (s->closed.v[0].kind == INC_IN_DEFINITION)
            s->stack.v[s->stack.n - 1].last = INC_LEAF_DEFINITION;
    }
    s->leaf = (inc_leaf_state){0};
}

static void open_container(inc_scanner *s, line *l, inc_container container, size_t from)
{
    INC_PUSH(s->arena, &s->stack, container);
    inc_container *top = &s->stack.v[s->stack.n - 1];
    top->from = from;
    top->to = l->c.at;
    top->tab = l->c.tab;
    top->opened = true;
    l->matched = s->stack.n;
    l->opened = true;
}

static void start_container(inc_scanner *s, line *l, inc_leaf_kind as)
{
    close_unmatched(s, l);
    s->stack.v[s->stack.n - 1].last = as;
    s->stack.v[s->stack.n - 1].empty = false;
}

static void open_quote(inc_scanner *s, line *l)
{
    start_container(s, l, INC_LEAF_NONE);
    size_t from = l->c.at;
    advance(s, &l->c, l->indent + 1);
    skip_one_blank(s, &l->c);
    open_container(s, l, (inc_container){.kind = INC_IN_QUOTE}, from);
}

/* Consumes the blanks behind a marker as list items do: one column when the text is missing or far away. Returns the
 * columns consumed. */
static unsigned skip_padding(inc_scanner *s, line *l)
{
    look_ahead(s, l);
    unsigned padding = l->nonspace >= s->to || l->indent > 4 ? 1 : l->indent;
    advance(s, &l->c, padding);
    return padding;
}

/* The width of a list marker at `at`, 0 when there is none. */
static unsigned marker_width(const inc_scanner *s, size_t at, bool *ordered, bool *first)
{
    char c = char_at(s, at);
    unsigned width = 0;
    *ordered = inc_is_digit(c);
    *first = true;
    if (c == '-' || c == '+' || c == '*')
        width = 1;
    else if (*ordered) {
        unsigned digits = 0, value = 0;
        while (digits < 10 && inc_is_digit(char_at(s, at + digits)))
            value = value * 10 + (unsigned)(char_at(s, at + digits++) - '0');
        c = char_at(s, at + digits);
        width = digits <= 9 && (c == '.' || c == ')') ? digits + 1 : 0;
        *first = value == 1;
    }
    return width && is_blank_char(char_at(s, at + width)) ? width : 0;
}

static bool open_item(inc_scanner *s, line *l)
{
    bool ordered, first;
    unsigned width = marker_width(s, l->nonspace, &ordered, &first);
    if (!width)
        return false;
    bool empty = blank_from(s, l->nonspace + width);
    bool interrupts = s->leaf.kind == INC_LEAF_PARAGRAPH && l->matched == s->stack.n && !l->opened;
    if (interrupts && (empty || !first))
        return false;
    start_container(s, l, INC_LEAF_NONE);
    size_t from = l->c.at;
    unsigned indent = l->indent + width;
    advance(s, &l->c, indent);
    indent += skip_padding(s, l);
    open_container(s, l, (inc_container){.kind = INC_IN_ITEM, .indent = indent, .empty = empty}, from);
    return true;
}

/* "[^label]:" at l->nonspace: its length, or 0. */
static size_t note_marker(const inc_scanner *s, size_t at, inc_str *label)
{
    if (char_at(s, at) != '[' || char_at(s, at + 1) != '^')
        return 0;
    size_t i = at + 2, limit = INC_MIN(s->to, at + 1000);
    while (i < limit && s->text.p[i] != ']' && s->text.p[i] != '[' && !inc_is_space(s->text.p[i]))
        i += s->text.p[i] == '\\' && i + 1 < limit ? 2 : 1;
    if (i == at + 2 || i >= limit || s->text.p[i] != ']' || char_at(s, i + 1) != ':')
        return 0;
    *label = inc_str_slice(s->text, at + 2, i);
    return i + 2 - at;
}

static bool open_note(inc_scanner *s, line *l)
{
    size_t length = note_marker(s, l->nonspace, &s->note_label);
    if (!length)
        return false;
    start_container(s, l, INC_LEAF_NONE);
    size_t from = l->c.at;
    advance(s, &l->c, l->indent);
    l->c.at += length; /* the label counts as no columns: only the body's indent of four matters */
    look_ahead(s, l);
    skip_blanks(s, l);
    open_container(s, l, (inc_container){.kind = INC_IN_NOTE, .indent = 4, .note = s->note_count++}, from);
    return true;
}

/* ": text" behind a term or behind another definition of it. */
static bool open_definition(inc_scanner *s, line *l)
{
    if (char_at(s, l->nonspace) != ':' || l->opened || l->indent > 2)
        return false;
    size_t at = l->nonspace + 1;
    if (!is_blank_char(char_at(s, at)) || blank_from(s, at))
        return false;
    bool after_definition = l->matched < s->stack.n && s->stack.v[l->matched].kind == INC_IN_DEFINITION;
    if (l->matched < s->stack.n && !after_definition)
        return false; /* a lazy line of something deeper */
    inc_leaf_kind last = s->stack.v[l->matched - 1].last;
    if (!after_definition && last != INC_LEAF_PARAGRAPH && last != INC_LEAF_DEFINITION)
        return false;
    start_container(s, l, INC_LEAF_DEFINITION);
    size_t from = l->c.at;
    unsigned indent = l->indent + 1;
    advance(s, &l->c, indent);
    indent += skip_padding(s, l);
    open_container(s, l, (inc_container){.kind = INC_IN_DEFINITION, .indent = indent}, from);
    return true;
}

/* ---- leaves ---- */

static void begin_leaf(inc_scanner *s, line *l, inc_leaf_state leaf, inc_line_kind kind)
{
    if (s->leaf.kind == INC_LEAF_TABLE && l->matched == s->stack.n && !l->opened)
        s->parted = leaf.kind == INC_LEAF_HEADING || leaf.kind == INC_LEAF_FENCE || leaf.kind == INC_LEAF_HTML;
    close_unmatched(s, l);
    s->stack.v[s->stack.n - 1].last = leaf.kind;
    s->stack.v[s->stack.n - 1].empty = false;
    s->leaf = leaf;
    s->line = kind;
    s->leaf_begins = true;
}

static bool is_rule(const inc_scanner *s, size_t at)
{
    char c = char_at(s, at);
    size_t n = 0;
    if (c != '*' && c != '-' && c != '_')
        return false;
    for (; at < s->to; at++) {
        if (s->text.p[at] == c)
            n++;
        else if (!is_blank_char(s->text.p[at]))
            return false;
    }
    return n >= 3;
}

static bool is_underline(const inc_scanner *s, size_t at)
{
    char c = char_at(s, at);
    return (c == '=' || c == '-') && blank_from(s, at + run_of(s, at, c));
}

/* Behind the destination of a link that begins at rest.p[0], or 0. */
static size_t destination_end(inc_str rest)
{
    size_t i = 1, open = 0;
    if (rest.p[0] == '<') {
        for (; i < rest.n && rest.p[i] != '>'; i++) {
            if (rest.p[i] == '<')
                return 0;
            i += rest.p[i] == '\\';
        }
        return i < rest.n ? i + 1 : 0;
    }
    for (i = 0; i < rest.n && !inc_is_space(rest.p[i]); i++) {
        if (rest.p[i] == ')' && !open--)
            return 0;
        open += rest.p[i] == '(';
        i += rest.p[i] == '\\' && i + 1 < rest.n && !inc_is_space(rest.p[i + 1]);
    }
    return open ? 0 : i;
}

/* Is the line from `at` on a link reference definition, and a whole one? (CommonMark 0.31.2, section 4.7) */
static bool is_definition(const inc_scanner *s, size_t at)
{
    enum { LABEL_MAX = 999 };
    inc_str rest = inc_str_trim(inc_str_slice(s->text, at, s->to));
    size_t i = 1, name = 0;
    for (; i < rest.n && i <= LABEL_MAX && rest.p[i] != ']' && rest.p[i] != '['; i++) {
        name += !inc_is_space(rest.p[i]);
        i += rest.p[i] == '\\';
    }
    if (!name || rest.p[0] != '[' || i + 1 >= rest.n || rest.p[i] != ']' || rest.p[i + 1] != ':')
        return false;
    rest = inc_str_trim(inc_str_slice(rest, i + 2, rest.n));
    size_t end = rest.n ? destination_end(rest) : 0;
    inc_str title = inc_str_trim(inc_str_slice(rest, end, rest.n));
    if (!end || !title.n)
        return end > 0;
    char close = title.p[0] == '(' ? ')' : title.p[0];
    size_t last = 1;
    while (last < title.n && title.p[last] != close)
        last += title.p[last] == '\\' ? 2 : 1;
    return inc_is_space(rest.p[end]) && strchr("\"')", close) && last + 1 == title.n;
}

static bool is_atx(const inc_scanner *s, size_t at)
{
    size_t n = run_of(s, at, '#');
    return n >= 1 && n <= 6 && is_blank_char(char_at(s, at + n));
}

static bool open_fence(inc_scanner *s, line *l)
{
    char c = char_at(s, l->nonspace);
    if (c != '`' && c != '~')
        return false;
    size_t n = run_of(s, l->nonspace, c);
    size_t info = l->nonspace + n;
    if (n < 3 || (c == '`' && memchr(s->text.p + info, '`', s->to - info)))
        return false;
    begin_leaf(s, l, (inc_leaf_state){.kind = INC_LEAF_FENCE, .fence = c, .length = (uint32_t)INC_MIN(n, UINT32_MAX), .from = l->nonspace}, INC_LINE_FENCE);
    return true;
}

static const char *const block_elements[] = {"address", "article", "aside", "base", "basefont", "blockquote", "body", "caption",
    "center", "col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link",
    "main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul"};
static const char *const verbatim_elements[] = {"pre", "script", "style", "textarea"};

static bool is_one_of(inc_str name, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (inc_str_eq_nocase(name, inc_str_of(names[i])))
            return true;
    return false;
}

/* The start condition of an HTML block (CommonMark 4.6) that holds at `at`, or 0. */
static unsigned html_start(const inc_scanner *s, size_t at)
{
    inc_str rest = inc_str_slice(s->text, at, s->to);
    if (rest.n < 2 || rest.p[0] != '<')
        return 0;
    if (inc_str_starts(rest, INC_STR("<!--")))
        return 2;
    if (rest.p[1] == '?')
        return 3;
    if (inc_str_starts(rest, INC_STR("<![CDATA[")))
        return 5;
    if (rest.p[1] == '!')
        return rest.n > 2 && inc_is_letter(rest.p[2]) ? 4 : 0;
    size_t from = 1 + (rest.p[1] == '/'), to = from;
    while (to < rest.n && (inc_is_letter(rest.p[to]) || inc_is_digit(rest.p[to])))
        to++;
    inc_str name = inc_str_slice(rest, from, to);
    char next = to < rest.n ? rest.p[to] : '\n';
    bool ends = is_blank_char(next) || next == '>';
    if (from == 1 && ends && is_one_of(name, verbatim_elements, INC_COUNT(verbatim_elements)))
        return 1;
    ends = ends || (next == '/' && to + 1 < rest.n && rest.p[to + 1] == '>');
    if (ends && is_one_of(name, block_elements, INC_COUNT(block_elements)))
        return 6;
    inc_tag tag;
    return inc_tag_read(rest, 0, &tag) && tag.kind != INC_TAG_COMMENT && blank_from(s, at + tag.end) ? 7 : 0;
}

/* Does the line hold the end of the open HTML block? (Conditions 6 and 7 end at a blank line.) */
static bool html_ends(const inc_scanner *s, size_t at)
{
    static const char *const ends[] = {"", "", "-->", "?>", ">", "]]>"};
    inc_str rest = inc_str_slice(s->text, at, s->to);
    if (s->leaf.html >= 6)
        return blank_from(s, at);
    if (s->leaf.html != 1)
        return inc_str_find(rest, inc_str_of(ends[s->leaf.html])) != INC_NPOS;
    for (size_t i = 0; i + 2 < rest.n; i++) {
        if (rest.p[i] != '<' || rest.p[i + 1] != '/')
            continue;
        for (size_t k = 0; k < INC_COUNT(verbatim_elements); k++) {
            size_t n = strlen(verbatim_elements[k]);
            if (i + 2 + n < rest.n && rest.p[i + 2 + n] == '>'
                && inc_str_eq_nocase(inc_str_slice(rest, i + 2, i + 2 + n), inc_str_of(verbatim_elements[k])))
                return true;
        }
    }
    return false;
}

static bool open_html(inc_scanner *s, line *l)
{
    unsigned condition = html_start(s, l->nonspace);
    bool interrupts = s->leaf.kind == INC_LEAF_PARAGRAPH && !l->opened; /* lazy ones too */
    if (!condition || (condition == 7 && interrupts))
        return false;
    begin_leaf(s, l, (inc_leaf_state){.kind = INC_LEAF_HTML, .html = condition}, INC_LINE_VERBATIM);
    if (condition < 6 && html_ends(s, condition == 2 ? INC_MIN(s->to, l->nonspace + 2) : l->nonspace))
        s->leaf = (inc_leaf_state){0};
    return true;
}

/* ---- tables ---- */

uint32_t inc_scan_count_cells(inc_str row)
{
    row = inc_str_trim(row);
    if (row.n && row.p[0] == '|')
        row = inc_str_slice(row, 1, row.n);
    uint32_t n = 1;
    for (size_t i = 0; i < row.n; i++) {
        if (row.p[i] == '\\')
            i++;
        else if (row.p[i] == '|' && i + 1 < row.n)
            n++;
    }
    return n;
}

/* ":-" and so on between pipes: the count of columns, or 0 when the line is no delimiter row. */
static uint32_t count_delimiters(inc_str row)
{
    row = inc_str_trim(row);
    bool pipe = inc_str_find_char(row, '|') != INC_NPOS;
    if (!pipe)
        return 0;
    if (row.p[0] == '|')
        row = inc_str_slice(row, 1, row.n);
    if (row.n && row.p[row.n - 1] == '|')
        row = inc_str_slice(row, 0, row.n - 1);
    uint32_t n = 0;
    for (bool more = true; more; n++) {
        more = inc_str_find_char(row, '|') != INC_NPOS;
        inc_str cell = inc_str_trim(inc_str_cut(&row, '|'));
        if (cell.n && cell.p[0] == ':')
            cell = inc_str_slice(cell, 1, cell.n);
        if (cell.n && cell.p[cell.n - 1] == ':')
            cell = inc_str_slice(cell, 0, cell.n - 1);
        if (!cell.n)
            return 0;
        for (size_t i = 0; i < cell.n; i++)
            if (cell.p[i] != '-')
                return 0;
    }
    return n;
}

/* The second line of a paragraph: is it the row under a table's head? */
static bool table_begins(inc_scanner *s, line *l)
{
    if (!s->tables || s->leaf.kind != INC_LEAF_PARAGRAPH || s->leaf.lines != 1 || l->matched < s->stack.n || l->opened || l->indent > 3)
        return false;
    char c = char_at(s, l->nonspace);
    if (c != '|' && c != '-' && c != ':')
        return false;
    s->column_count = count_delimiters(inc_str_slice(s->text, l->nonspace, s->to));
    if (!s->column_count)
        return false;
    bool fits = inc_scan_count_cells(inc_str_slice(s->text, s->head_from, s->head_to)) == s->column_count;
    s->line = fits ? INC_LINE_DELIMITERS : INC_LINE_NO_TABLE;
    if (!fits)
        return false;
    s->leaf.kind = INC_LEAF_TABLE;
    s->stack.v[s->stack.n - 1].last = INC_LEAF_TABLE;
    return true;
}

/* Does a table's head that begins with "|" end the paragraph before it? As in cmark-gfm, the row below must fit. */
static bool table_interrupts(const inc_scanner *s, const line *l)
{
    if (!s->tables || l->matched < s->stack.n || l->indent > 3 || char_at(s, l->nonspace) != '|' || s->to >= s->text.n)
        return false;
    inc_scanner next = *s;
    const char *lf = memchr(s->text.p + s->to + 1, '\n', s->text.n - s->to - 1);
    next.to = lf ? (size_t)(lf - s->text.p) : s->text.n;
    line below = {.c = {.at = s->to + 1}};
    for (size_t i = 1; i < s->stack.n; i++) {
        inc_container container = s->stack.v[i];
        if (!continues(&next, &below, &container))
            return false;
    }
    look_ahead(&next, &below);
    uint32_t columns = below.indent <= 3 && below.nonspace < next.to ? count_delimiters(inc_str_slice(s->text, below.nonspace, next.to)) : 0;
    return columns && columns == inc_scan_count_cells(inc_str_slice(s->text, l->nonspace, s->to));
}

/* ---- one line ---- */

/* The line belongs to an open fence or HTML block: true when that is all there is to say. */
static bool goes_on_verbatim(inc_scanner *s, line *l)
{
    look_ahead(s, l);
    s->content = l->c.at;
    bool blank = l->nonspace >= s->to;
    switch (s->leaf.kind) {
    case INC_LEAF_FENCE: {
        size_t n = l->indent <= 3 ? run_of(s, l->nonspace, s->leaf.fence) : 0;
        if (n >= s->leaf.length && blank_from(s, l->nonspace + n))
            s->leaf = (inc_leaf_state){0};
        return true;
    }
    case INC_LEAF_HTML:
        if (!html_ends(s, l->c.at))
            return true;
        if (s->leaf.html >= 6) { /* the blank line is not part of it */
            s->leaf = (inc_leaf_state){0};
            return false;
        }
        s->leaf = (inc_leaf_state){0};
        return true;
    case INC_LEAF_INDENTED:
        if (l->indent >= 4 || blank)
            return true;
        s->leaf = (inc_leaf_state){0};
        return false;
    default: return false;
    }
}

static bool open_block(inc_scanner *s, line *l)
{
    char c = char_at(s, l->nonspace);
    bool room = s->stack.n < INC_SCAN_DEPTH_MAX;
    if (c == '>' && room) {
        open_quote(s, l);
        return true;
    }
    bool underlined = s->leaf.kind == INC_LEAF_PARAGRAPH && l->matched == s->stack.n && !l->opened && is_underline(s, l->nonspace);
    if (underlined && !s->leaf.definitions) {
        s->line = INC_LINE_UNDERLINE;
        s->leaf = (inc_leaf_state){0};
        s->stack.v[s->stack.n - 1].last = INC_LEAF_HEADING;
        return false;
    }
    if (is_rule(s, l->nonspace)) {
        s->parted = underlined;
        begin_leaf(s, l, (inc_leaf_state){.kind = INC_LEAF_RULE}, INC_LINE_RULE);
        return false;
    }
    if (room && (open_item(s, l) || (s->notes && open_note(s, l)) || (s->definitions && open_definition(s, l))))
        return true;
    if (is_atx(s, l->nonspace))
        begin_leaf(s, l, (inc_leaf_state){.kind = INC_LEAF_HEADING}, INC_LINE_HEADING);
    else if (!open_fence(s, l))
        open_html(s, l);
    return false;
}

/* The rest of the line is no new block: text, or indented code. */
static void add_text(inc_scanner *s, line *l)
{
    bool goes_on = !l->opened && s->leaf.kind == INC_LEAF_PARAGRAPH; /* perhaps lazily */
    bool table = goes_on && table_begins(s, l);
    s->cut = goes_on && !table && s->leaf.lines >= INC_PARAGRAPH_LINES_MAX;
    s->parted = goes_on && !s->cut && s->line == INC_LINE_TEXT && table_interrupts(s, l);
    if (s->cut || s->parted)
        begin_leaf(s, l, (inc_leaf_state){.kind = INC_LEAF_PARAGRAPH, .lines = 1}, INC_LINE_TEXT);
    else if (goes_on)
        s->leaf.lines++;
    else if (!l->opened && s->leaf.kind == INC_LEAF_TABLE && l->matched == s->stack.n && l->indent <= 3) {
        /* another row */
    } else if (l->indent >= 4)
        begin_leaf(s, l, (inc_leaf_state){.kind = INC_LEAF_INDENTED}, INC_LINE_VERBATIM);
    else
        begin_leaf(s, l, (inc_leaf_state){.kind = INC_LEAF_PARAGRAPH, .lines = 1}, INC_LINE_TEXT);
    if (s->leaf.kind == INC_LEAF_PARAGRAPH)
        s->leaf.definitions = (s->leaf.lines == 1 || s->leaf.definitions) && is_definition(s, l->nonspace);
    s->head_from = l->nonspace;
    s->head_to = s->to;
}

static void add_blank(inc_scanner *s, line *l)
{
    s->line = INC_LINE_BLANK;
    if (l->matched < s->stack.n)
        close_unmatched(s, l);
    else if (s->leaf.kind != INC_LEAF_INDENTED)
        s->leaf = (inc_leaf_state){0};
}

bool inc_scan_line(inc_scanner *s, size_t from)
{
    s->closed.n = 0;
    s->leaf_begins = s->cut = s->parted = false;
    s->note_label = INC_STR("");
    s->line = INC_LINE_TEXT;
    s->from = s->to = from;
    line l = {.c = {.at = from}, .matched = 1};
    if (from >= s->text.n) {
        close_unmatched(s, &l);
        return false;
    }
    const char *lf = memchr(s->text.p + from, '\n', s->text.n - from);
    s->to = lf ? (size_t)(lf - s->text.p) : s->text.n;
    s->stack.v[0].to = from;
    while (l.matched < s->stack.n && continues(s, &l, &s->stack.v[l.matched]))
        l.matched++;
    s->matched = l.matched;
    if (l.matched == s->stack.n && goes_on_verbatim(s, &l)) {
        s->line = INC_LINE_VERBATIM;
        return true;
    }
    if (l.matched < s->stack.n && s->leaf.kind != INC_LEAF_PARAGRAPH)
        close_unmatched(s, &l);
    for (bool more = true; more;) {
        look_ahead(s, &l);
        more = l.nonspace < s->to && l.indent <= 3 && open_block(s, &l);
        s->matched = l.matched;
        s->content = l.nonspace;
        if (s->line != INC_LINE_TEXT)
            return true;
    }
    if (l.nonspace >= s->to)
        add_blank(s, &l);
    else
        add_text(s, &l);
    return true;
}
