/*
 * listing.c - what a fence asks of the page: numbered lines, highlighted lines, changes, callouts.
 *
 * mdBook takes every word behind the language for a class, so these words do no harm on a web site. Lines are counted as they are shown, from 1.
 */
#include "markdown/internal.h"
#include "markdown/tag.h"

enum { NUMBER_MAX = 999999, LINE_CALLOUTS = 8 };

/* ---- words ---- */

static inc_str unquoted(inc_str s)
{
    bool quoted = s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0];
    return quoted ? inc_str_slice(s, 1, s.n - 1) : s;
}

/* Reads "5" or "5-7"; false when it is something else. */
static bool read_range(inc_str s, inc_md_lines *range)
{
    size_t dash = inc_str_find_char(s, '-');
    uint64_t from, to;
    if (!inc_str_to_uint(inc_str_slice(s, 0, INC_MIN(dash, s.n)), &from))
        return false;
    to = from;
    if (dash != INC_NPOS && !inc_str_to_uint(inc_str_slice(s, dash + 1, s.n), &to))
        return false;
    *range = (inc_md_lines){(uint32_t)INC_MIN(from, (uint64_t)NUMBER_MAX), (uint32_t)INC_MIN(to, (uint64_t)NUMBER_MAX)};
    return from > 0 && to >= from;
}

/* The next piece between blanks and commas. */
static inc_str next_piece(inc_str *rest)
{
    size_t from = 0, to;
    while (from < rest->n && (inc_is_space(rest->p[from]) || rest->p[from] == ','))
        from++;
    for (to = from; to < rest->n && !inc_is_space(rest->p[to]) && rest->p[to] != ',';)
        to++;
    inc_str piece = inc_str_slice(*rest, from, to);
    *rest = inc_str_slice(*rest, to, rest->n);
    return piece;
}

static bool add_ranges(inc_md *md, inc_md_wishes *wishes, inc_str list)
{
    bool any = false;
    for (inc_str piece = next_piece(&list); piece.n; piece = next_piece(&list)) {
        inc_md_lines range;
        if (!read_range(piece, &range))
            return any;
        if (wishes->highlighted.n < INC_MD_RANGES_MAX)
            INC_PUSH(md->arena, &wishes->highlighted, range);
        any = true;
    }
    return any;
}

/* The words of other tools mean the same as ours. */
static bool is_numbers(inc_str name)
{
    static const char *const names[] = {"numbers", "linenos", "linenums", "line-numbers", "number-lines", "numberLines"};
    for (size_t i = 0; i < INC_COUNT(names); i++)
        if (inc_str_is(name, names[i]))
            return true;
    return false;
}

static void want_numbers(inc_md_wishes *wishes, inc_str value)
{
    uint64_t first;
    wishes->number_all = false;
    if (inc_str_is(value, "off") || inc_str_is(value, "false"))
        wishes->first_number = 0;
    else
        wishes->first_number = inc_str_to_uint(value, &first) ? (uint32_t)INC_MIN(first, (uint64_t)NUMBER_MAX) : 1;
}

static bool take_word(inc_md *md, inc_node *code, inc_md_wishes *wishes, inc_str word)
{
    size_t equals = inc_str_find_char(word, '=');
    inc_str name = inc_str_slice(word, 0, INC_MIN(equals, word.n));
    inc_str value = equals == INC_NPOS ? INC_STR("") : unquoted(inc_str_slice(word, equals + 1, word.n));
    bool goes_on = wishes->in_ranges;
    wishes->in_ranges = false;
    if (is_numbers(name))
        want_numbers(wishes, value);
    else if (equals != INC_NPOS && (inc_str_is(name, "highlight") || inc_str_is(name, "hl_lines")))
        wishes->in_ranges = add_ranges(md, wishes, value);
    else if (goes_on && add_ranges(md, wishes, word)) /* mdBook's commas part "highlight=2,5-7" */
        wishes->in_ranges = true;
    else if (inc_str_is(word, "callouts"))
        wishes->callouts = true;
    else if (inc_str_is(word, "diff"))
        code->as.code.diff = true;
    else
        return false;
    return true;
}

bool inc_md_take_wish(inc_md *md, inc_node *code, inc_md_wishes *wishes, inc_str word)
{
    if (word.n < 2 || word.p[0] != '{' || word.p[word.n - 1] != '}')
        return take_word(md, code, wishes, word);
    inc_str inside = inc_str_slice(word, 1, word.n - 1);
    if (inside.n && inc_is_digit(inside.p[0]))
        return add_ranges(md, wishes, inside);
    for (inc_str piece = next_piece(&inside); piece.n; piece = next_piece(&inside)) { /* {.numbers .mine}: classes, as attributes say them */
        piece = inc_str_slice(piece, piece.p[0] == '.', piece.n);
        if (piece.n && !take_word(md, code, wishes, piece))
            inc_node_add_class(md->arena, code, piece);
    }
    return true;
}

/* ---- lines ---- */

static bool is_difference(const inc_node *code)
{
    inc_str language = code->as.code.language;
    return code->as.code.diff || inc_str_is(language, "diff") || inc_str_is(language, "patch") || inc_str_is(language, "udiff");
}

/* What the signs of a difference say; its heads ("+++ file") are no change. */
static uint8_t change_of(inc_str line)
{
    if (inc_str_starts(line, INC_STR("+++ ")) || inc_str_starts(line, INC_STR("--- ")) || !line.n)
        return 0;
    return line.p[0] == '+' ? INC_LINE_ADDED : line.p[0] == '-' ? INC_LINE_DELETED : 0;
}

static uint32_t count_lines(inc_str text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        n += text.p[i] == '\n' || i + 1 == text.n;
    return n;
}

static void highlight(inc_md *md, const inc_node *code, const inc_md_wishes *wishes, uint8_t *marks, uint32_t count)
{
    for (size_t i = 0; i < wishes->highlighted.n; i++) {
        inc_md_lines range = wishes->highlighted.v[i];
        for (uint32_t line = range.from; line <= range.to && line <= count; line++)
            marks[line - 1] |= INC_LINE_HIGHLIGHTED;
        if (range.to > count)
            inc_report(md->diags, INC_DIAG_HIGHLIGHT_OUTSIDE, code->span, "line %u is to be highlighted, the listing shows %u", range.to, count);
    }
}

static inc_str next_line(inc_str text, size_t at)
{
    size_t lf = inc_str_find_char(inc_str_slice(text, at, text.n), '\n');
    return inc_str_slice(text, at, lf == INC_NPOS ? text.n : at + lf);
}

static void mark_changes(const inc_node *code, uint8_t *marks)
{
    inc_str text = code->as.code.text;
    uint32_t i = 0;
    for (size_t at = 0; at < text.n; i++) {
        inc_str line = next_line(text, at);
        marks[i] |= change_of(line);
        at += line.n + 1;
    }
}

/* ---- callouts ---- */

static size_t without_blanks(inc_str line, size_t end)
{
    while (end > 0 && (line.p[end - 1] == ' ' || line.p[end - 1] == '\t'))
        end--;
    return end;
}

static bool drop_end(inc_str line, size_t *end, const char *what)
{
    inc_str rest = inc_str_slice(line, 0, *end);
    bool there = inc_str_ends(rest, inc_str_of(what));
    if (there)
        *end -= strlen(what);
    return there;
}

/* A number in brackets that ends at *end, "(1)" or "<1>": moves *end before it; 0 when there is none. */
static uint32_t number_before(inc_str line, size_t *end)
{
    size_t at = *end;
    char close = at ? line.p[at - 1] : '\0', open = close == ')' ? '(' : '<';
    if (close != ')' && close != '>')
        return 0;
    size_t to = --at;
    while (at > 0 && inc_is_digit(line.p[at - 1]))
        at--;
    uint64_t n;
    if (at == 0 || line.p[at - 1] != open || !inc_str_to_uint(inc_str_slice(line, at, to), &n) || n < 1 || n > INC_CALLOUT_MAX)
        return 0;
    *end = at - 1;
    return (uint32_t)n;
}

/* The comments that may hold callouts, with what ends them. */
static bool opens_comment(inc_str line, size_t *end, bool closed_by_star, bool closed_by_arrow)
{
    static const char *const plain[] = {"//", "#", "--", ";", "%"};
    if (closed_by_star)
        return drop_end(line, end, "/*");
    if (closed_by_arrow)
        return drop_end(line, end, "<!--");
    for (size_t i = 0; i < INC_COUNT(plain); i++)
        if (drop_end(line, end, plain[i]))
            return true;
    return false;
}

static void add_callout(inc_md *md, inc_node *code, size_t from, size_t to, uint32_t number, inc_span span)
{
    inc_node *callout = inc_node_new(md->arena, INC_NODE_CALLOUT, span);
    callout->as.callout.byte = (uint32_t)from;
    callout->as.callout.length = (uint32_t)(to - from);
    callout->as.callout.number = number;
    inc_node_append(code, callout);
}

/* "let x = 1; // (1) (2)": a callout for each number. Together they cover the comment and the blanks before it. */
static void find_callouts(inc_md *md, inc_node *code, inc_str line, size_t start, inc_span span)
{
    size_t end = without_blanks(line, line.n), last = end, from[LINE_CALLOUTS];
    uint32_t numbers[LINE_CALLOUTS], n = 0;
    bool star = drop_end(line, &end, "*/"), arrow = !star && drop_end(line, &end, "-->");
    end = without_blanks(line, end);
    while (n < LINE_CALLOUTS && (numbers[n] = number_before(line, &end)) > 0) {
        from[n++] = end;
        end = without_blanks(line, end);
    }
    if (!n || !opens_comment(line, &end, star, arrow))
        return;
    from[n - 1] = without_blanks(line, end);
    for (uint32_t i = n; i-- > 0;)
        add_callout(md, code, start + from[i], start + (i ? from[i - 1] : last), numbers[i], span);
}

static void find_all_callouts(inc_md *md, inc_node *code)
{
    inc_str text = code->as.code.text;
    uint32_t i = 0;
    for (size_t at = 0; at < text.n; i++) {
        inc_str line = next_line(text, at);
        find_callouts(md, code, line, at, i < code->as.code.line_count ? code->as.code.lines[i] : code->span);
        at += line.n + 1;
    }
    if (!code->first)
        inc_report(md->diags, INC_DIAG_UNBOUND_CALLOUT, code->span, "no line of the listing ends in a callout")->hint =
            INC_STR("a callout is a comment with a number alone at the end of a line: // (1)");
}

void inc_md_grant_wishes(inc_md *md, inc_node *code, const inc_md_wishes *wishes)
{
    uint32_t count = count_lines(code->as.code.text);
    code->as.code.first_number = wishes->number_all && !inc_node_is_console(code) ? 1 : wishes->first_number;
    if (wishes->highlighted.n || is_difference(code)) {
        uint8_t *marks = INC_NEW_N(md->arena, uint8_t, count + 1);
        highlight(md, code, wishes, marks, count);
        if (is_difference(code))
            mark_changes(code, marks);
        code->as.code.marks = marks;
        code->as.code.mark_count = count;
    }
    if (wishes->callouts)
        find_all_callouts(md, code);
}
