/* svg_css.c - declarations, and the style sheets of an SVG as a list of selectors with their declarations. */
#include <stdlib.h>

#include "image/svg.h"

enum { NESTING_MAX = 8 };

static const struct {
    const char *name;
    inc_svg_property property;
} names[] = {
#define P(id, name, field, inherited) {name, INC_SVG_P_##id},
    INC_SVG_PROPERTIES(P)
#undef P
};

inc_svg_property inc_svg_property_of(inc_str name)
{
    size_t low = 0, high = INC_COUNT(names);
    while (low < high) { /* the table is sorted */
        size_t middle = low + (high - low) / 2;
        int order = inc_str_cmp(name, inc_str_of(names[middle].name));
        if (order == 0)
            return names[middle].property;
        *(order < 0 ? &high : &low) = order < 0 ? middle : middle + 1;
    }
    return INC_SVG_PROPERTY_COUNT;
}

/* ---- declarations ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static void push(inc_arena *arena, inc_svg_declarations *into, inc_svg_property property, inc_str value, bool important)
{
    INC_PUSH(arena, into, (inc_svg_declaration){.property = (uint16_t)property, .important = important, .value = value});
}

static inc_str cut_word(inc_str *s)
{
    size_t n = 0;
    *s = inc_str_trim(*s);
    while (n < s->n && !is_blank(s->p[n]))
        n++;
    inc_str word = inc_str_slice(*s, 0, n);
    *s = inc_str_slice(*s, n, s->n);
    return word;
}

/* font: style, variant and weight in any order, then size, then the families. What it does not say is normal. */
static void declare_font(inc_arena *arena, inc_svg_declarations *into, inc_str value, bool important)
{
    static const inc_svg_property parts[] = {INC_SVG_P_FONT_STYLE, INC_SVG_P_FONT_VARIANT, INC_SVG_P_FONT_WEIGHT, INC_SVG_P_FONT_SIZE, INC_SVG_P_FONT_FAMILY};
    bool whole_value = inc_str_find_char(value, ' ') == INC_NPOS; /* inherit, initial: of all of them */
    for (unsigned i = 0; i < (whole_value ? 5 : 3); i++)
        push(arena, into, parts[i], whole_value ? value : INC_STR("normal"), important);
    for (inc_str word = whole_value ? INC_STR("") : cut_word(&value); word.n; word = cut_word(&value)) {
        bool number = word.p[0] >= '0' && word.p[0] <= '9', whole = number;
        for (size_t i = 0; i < word.n && whole; i++)
            whole = word.p[i] >= '0' && word.p[i] <= '9';
        if (inc_str_is(word, "italic") || inc_str_is(word, "oblique"))
            push(arena, into, INC_SVG_P_FONT_STYLE, word, important);
        else if (inc_str_is(word, "small-caps"))
            push(arena, into, INC_SVG_P_FONT_VARIANT, word, important);
        else if (inc_str_is(word, "bold") || inc_str_is(word, "bolder") || inc_str_is(word, "lighter") || whole)
            push(arena, into, INC_SVG_P_FONT_WEIGHT, word, important);
        else if (!inc_str_is(word, "normal")) {
            size_t slash = inc_str_find_char(word, '/');
            push(arena, into, INC_SVG_P_FONT_SIZE, inc_str_slice(word, 0, slash == INC_NPOS ? word.n : slash), important);
            push(arena, into, INC_SVG_P_FONT_FAMILY, inc_str_trim(value), important);
            return;
        }
    }
}

void inc_svg_declare(inc_arena *arena, inc_svg_declarations *into, inc_str name, inc_str value, bool important)
{
    value = inc_str_trim(value);
    if (!value.n)
        return;
    if (inc_str_starts(name, INC_STR("--"))) {
        INC_PUSH(arena, into, (inc_svg_declaration){INC_SVG_CUSTOM, important, name, value});
        return;
    }
    if (inc_str_is(name, "marker")) {
        for (int i = 0; i < 3; i++)
            push(arena, into, i == 0 ? INC_SVG_P_MARKER_START : i == 1 ? INC_SVG_P_MARKER_MID : INC_SVG_P_MARKER_END, value, important);
        return;
    }
    if (inc_str_is(name, "font")) {
        declare_font(arena, into, value, important);
        return;
    }
    if (inc_str_is(name, "text-decoration-line"))
        name = INC_STR("text-decoration");
    else if (inc_str_is(name, "background"))
        name = INC_STR("background-color"); /* what is more than a colour is no colour, and then nothing */
    else if (inc_str_is(name, "font-variant-caps"))
        name = INC_STR("font-variant");
    inc_svg_property property = inc_svg_property_of(name);
    if (property != INC_SVG_PROPERTY_COUNT)
        push(arena, into, property, value, important);
}

/* The text up to a character outside of strings and brackets. */
static size_t up_to(inc_str s, size_t at, const char *stops)
{
    int depth = 0;
    for (char quote = 0; at < s.n; at++) {
        char c = s.p[at];
        if (quote) {
            if (c == '\\')
                at++;
            else if (c == quote)
                quote = 0;
        } else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '(' || c == '[')
            depth++;
        else if ((c == ')' || c == ']') && depth)
            depth--;
        else if (!depth && strchr(stops, c))
            return at;
    }
    return s.n;
}

static bool cut_important(inc_str *value)
{
    inc_str v = inc_str_trim(*value), mark = INC_STR("important");
    if (v.n < mark.n + 1 || !inc_str_eq_nocase(inc_str_slice(v, v.n - mark.n, v.n), mark))
        return false;
    v = inc_str_trim(inc_str_slice(v, 0, v.n - mark.n));
    if (!v.n || v.p[v.n - 1] != '!')
        return false;
    *value = inc_str_trim(inc_str_slice(v, 0, v.n - 1));
    return true;
}

/* Comments become blanks. */
static inc_str without_comments(inc_arena *arena, inc_str s)
{
    if (inc_str_find(s, INC_STR("/*")) == INC_NPOS)
        return s;
    inc_buf out = inc_buf_in(arena);
    while (s.n) {
        size_t open = inc_str_find(s, INC_STR("/*"));
        inc_buf_add(&out, inc_str_slice(s, 0, INC_MIN(open, s.n)));
        if (open == INC_NPOS)
            break;
        inc_buf_byte(&out, ' ');
        s = inc_str_slice(s, open + 2, s.n);
        size_t close = inc_str_find(s, INC_STR("*/"));
        s = close == INC_NPOS ? INC_STR("") : inc_str_slice(s, close + 2, s.n);
    }
    return inc_buf_str(&out);
}

static void read_declarations(inc_svg *svg, inc_str text, inc_svg_declarations *into)
{
    for (size_t at = 0; at < text.n;) {
        size_t end = up_to(text, at, ";");
        inc_str one = inc_str_trim(inc_str_slice(text, at, end));
        size_t colon = inc_str_find_char(one, ':');
        at = end + 1;
        if (colon == INC_NPOS)
            continue;
        inc_str name = inc_str_trim(inc_str_slice(one, 0, colon)), value = inc_str_slice(one, colon + 1, one.n);
        bool important = cut_important(&value);
        if (!inc_str_starts(name, INC_STR("--")))
            name = inc_str_lower(svg->arena, name);
        inc_svg_declare(svg->arena, into, name, value, important);
    }
}

void inc_svg_declarations_read(inc_svg *svg, inc_str text, inc_svg_declarations *into)
{
    read_declarations(svg, without_comments(svg->arena, text), into);
}

/* ---- selectors ---- */

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '\\' || (unsigned char)c >= 0x80;
}

/* A name; a backslash takes the next character as it is. */
static inc_str cut_name(inc_arena *arena, inc_str s, size_t *at)
{
    size_t from = *at;
    bool escaped = false;
    while (*at < s.n && is_name(s.p[*at])) {
        escaped |= s.p[*at] == '\\';
        *at += s.p[*at] == '\\' && *at + 1 < s.n ? 2 : 1;
    }
    inc_str raw = inc_str_slice(s, from, *at);
    if (!escaped)
        return raw;
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < raw.n; i++)
        if (raw.p[i] != '\\' || ++i < raw.n)
            inc_buf_byte(&out, raw.p[i]);
    return inc_buf_str(&out);
}

static bool attribute_test(inc_arena *arena, inc_str s, size_t *at, inc_svg_test *test)
{
    size_t end = up_to(s, *at + 1, "]");
    size_t close = inc_str_find_char(inc_str_slice(s, *at, s.n), ']');
    end = close == INC_NPOS ? end : *at + close;
    inc_str inside = inc_str_trim(inc_str_slice(s, *at + 1, end));
    *at = INC_MIN(end + 1, s.n);
    size_t k = 0;
    test->kind = INC_SVG_TEST_HAS;
    test->name = cut_name(arena, inside, &k);
    inc_str rest = inc_str_trim(inc_str_slice(inside, k, inside.n));
    if (!test->name.n || !rest.n)
        return test->name.n > 0;
    static const struct {
        const char *sign;
        inc_svg_test_kind kind;
    } signs[] = {{"~=", INC_SVG_TEST_WORD},   {"|=", INC_SVG_TEST_DASH}, {"^=", INC_SVG_TEST_PREFIX},
                 {"$=", INC_SVG_TEST_SUFFIX}, {"*=", INC_SVG_TEST_PART}, {"=", INC_SVG_TEST_IS}};
    for (size_t i = 0; i < INC_COUNT(signs); i++)
        if (inc_str_starts(rest, inc_str_of(signs[i].sign))) {
            inc_str value = inc_str_trim(inc_str_slice(rest, strlen(signs[i].sign), rest.n));
            if (value.n >= 2 && (value.p[0] == '"' || value.p[0] == '\'') && value.p[value.n - 1] == value.p[0])
                value = inc_str_slice(value, 1, value.n - 1);
            test->kind = signs[i].kind;
            test->value = value;
            return true;
        }
    return false;
}

/* an+b, odd, even */
static void read_nth(inc_str s, inc_svg_test *test)
{
    s = inc_str_trim(s);
    size_t n = inc_str_find_char(s, 'n');
    double v;
    if (inc_str_is(s, "odd") || inc_str_is(s, "even")) {
        test->step = 2;
        test->start = s.p[0] == 'o';
        return;
    }
    if (n != INC_NPOS) {
        inc_str step = inc_str_trim(inc_str_slice(s, 0, n));
        test->step = inc_str_is(step, "-") ? -1 : !step.n || inc_str_is(step, "+") ? 1 : inc_svg_number(&step, &v) ? (int)INC_MAX(INC_MIN(v, 1e6), -1e6) : 0;
        s = inc_str_trim(inc_str_slice(s, n + 1, s.n));
    }
    bool minus = s.n && s.p[0] == '-';
    if (s.n && (minus || s.p[0] == '+'))
        s = inc_str_trim(inc_str_slice(s, 1, s.n));
    if (inc_svg_number(&s, &v))
        test->start = (int)INC_MIN(v, 1e6) * (minus ? -1 : 1);
}

static bool read_simple(inc_arena *arena, inc_str s, size_t *at, inc_svg_test *test, uint32_t *specificity, bool nested);

static void pseudo_class(inc_arena *arena, inc_str s, size_t *at, inc_svg_test *test, uint32_t *specificity, bool nested)
{
    ++*at;
    inc_str name = cut_name(arena, s, at), inside = INC_STR("");
    if (*at < s.n && s.p[*at] == '(') {
        size_t end = up_to(s, *at + 1, ")");
        inside = inc_str_trim(inc_str_slice(s, *at + 1, end));
        *at = INC_MIN(end + 1, s.n);
    }
    *specificity += 1 << 8;
    test->kind = INC_SVG_TEST_NTH;
    if (inc_str_is(name, "first-child"))
        test->start = 1;
    else if (inc_str_is(name, "last-child")) {
        test->kind = INC_SVG_TEST_NTH_LAST;
        test->start = 1;
    } else if (inc_str_is(name, "nth-child") || inc_str_is(name, "nth-last-child")) {
        test->kind = inc_str_is(name, "nth-child") ? INC_SVG_TEST_NTH : INC_SVG_TEST_NTH_LAST;
        read_nth(inside, test);
    } else if (inc_str_is(name, "root"))
        test->kind = INC_SVG_TEST_ROOT;
    else if (inc_str_is(name, "empty"))
        test->kind = INC_SVG_TEST_EMPTY;
    else if (inc_str_is(name, "not") && !nested) {
        size_t k = 0;
        *specificity -= 1 << 8;
        if (!read_simple(arena, inside, &k, test, specificity, true) || k < inside.n)
            test->kind = INC_SVG_TEST_NEVER;
        else
            test->negated = true;
    } else
        test->kind = INC_SVG_TEST_NEVER; /* :hover and what else paper has not */
}

/* One test of a compound; false when the selector is none. */
static bool read_simple(inc_arena *arena, inc_str s, size_t *at, inc_svg_test *test, uint32_t *specificity, bool nested)
{
    char c = s.p ? s.p[*at] : 0;
    if (*at >= s.n)
        return false;
    if (c == '[') {
        *specificity += 1 << 8;
        return attribute_test(arena, s, at, test);
    }
    if (c == ':') {
        pseudo_class(arena, s, at, test, specificity, nested);
        return true;
    }
    if (c == '#' || c == '.')
        ++*at;
    else if (c == '*') {
        ++*at;
        *test = (inc_svg_test){.kind = INC_SVG_TEST_TYPE, .name = INC_STR("*")};
        return true;
    }
    test->kind = c == '#' ? INC_SVG_TEST_ID : c == '.' ? INC_SVG_TEST_CLASS : INC_SVG_TEST_TYPE;
    *specificity += c == '#' ? 1 << 16 : c == '.' ? 1 << 8 : 1;
    test->name = cut_name(arena, s, at);
    return test->name.n > 0;
}

static inc_svg_rule *read_selector(inc_arena *arena, inc_str s)
{
    inc_svg_rule *rule = INC_NEW(arena, inc_svg_rule);
    char combinator = 0;
    size_t at = 0;
    s = inc_str_trim(s);
    if (!s.n)
        return NULL;
    while (at < s.n) {
        inc_svg_compound compound = {.combinator = combinator};
        if (rule->compounds.n == INC_SVG_COMPOUNDS_MAX)
            return NULL;
        while (at < s.n && !is_blank(s.p[at]) && !strchr(">+~", s.p[at])) {
            inc_svg_test test = {0};
            if (compound.tests.n == INC_SVG_TESTS_MAX || !read_simple(arena, s, &at, &test, &rule->specificity, false))
                return NULL;
            if (test.kind != INC_SVG_TEST_TYPE || !inc_str_is(test.name, "*"))
                INC_PUSH(arena, &compound.tests, test);
        }
        INC_PUSH(arena, &rule->compounds, compound);
        combinator = ' ';
        for (; at < s.n && (is_blank(s.p[at]) || strchr(">+~", s.p[at])); at++)
            if (!is_blank(s.p[at]))
                combinator = s.p[at];
    }
    return rule;
}

/* ---- sheets ---- */

static void add_rule(inc_svg *svg, inc_str prelude, const inc_svg_declarations *list)
{
    for (size_t at = 0; at < prelude.n;) {
        size_t end = up_to(prelude, at, ",");
        inc_svg_rule *rule = svg->rules.n < INC_SVG_RULES_MAX ? read_selector(svg->arena, inc_str_slice(prelude, at, end)) : NULL;
        at = end + 1;
        if (!rule)
            continue;
        rule->declarations = list->v;
        rule->declaration_count = list->n;
        rule->order = (uint32_t)svg->rules.n;
        INC_PUSH(svg->arena, &svg->rules, rule);
    }
}

/* One feature of a media query, without its brackets. A picture is drawn on white paper, and nothing moves. */
static bool feature_holds(const inc_svg *svg, inc_str s)
{
    size_t colon = inc_str_find_char(s, ':');
    inc_str name = inc_str_trim(inc_str_slice(s, 0, colon == INC_NPOS ? s.n : colon));
    inc_str value = colon == INC_NPOS ? INC_STR("") : inc_str_trim(inc_str_slice(s, colon + 1, s.n));
    double length = 0;
    bool measured = inc_svg_length(value, 0, 16, &length);
    if (inc_str_is(name, "prefers-color-scheme"))
        return inc_str_is(value, "light");
    if (inc_str_is(name, "prefers-reduced-motion"))
        return !inc_str_is(value, "no-preference");
    if (inc_str_is(name, "prefers-contrast"))
        return inc_str_is(value, "no-preference");
    if (inc_str_is(name, "min-width"))
        return measured && svg->width >= length;
    if (inc_str_is(name, "max-width"))
        return measured && svg->width <= length;
    return inc_str_is(name, "color") && !value.n;
}

/* Both files show the same drawing, so that `screen` and `print` hold. */
static bool one_query_holds(const inc_svg *svg, inc_str s)
{
    bool holds = true, negated = false;
    for (inc_str rest = inc_str_trim(s); rest.n; rest = inc_str_trim(rest)) {
        if (rest.p[0] == '(') {
            size_t end = up_to(rest, 1, ")");
            holds = feature_holds(svg, inc_str_trim(inc_str_slice(rest, 1, end))) && holds;
            rest = inc_str_slice(rest, INC_MIN(end + 1, rest.n), rest.n);
            continue;
        }
        size_t n = 0;
        while (n < rest.n && !is_blank(rest.p[n]) && rest.p[n] != '(')
            n++;
        inc_str word = inc_str_slice(rest, 0, n);
        rest = inc_str_slice(rest, n, rest.n);
        if (inc_str_eq_nocase(word, INC_STR("not")))
            negated = true;
        else if (!inc_str_eq_nocase(word, INC_STR("and")) && !inc_str_eq_nocase(word, INC_STR("only")))
            holds = holds && (inc_str_eq_nocase(word, INC_STR("all")) || inc_str_eq_nocase(word, INC_STR("screen")) || inc_str_eq_nocase(word, INC_STR("print")));
    }
    return holds != negated;
}

static bool media_holds(const inc_svg *svg, inc_str s)
{
    if (!inc_str_trim(s).n)
        return true;
    for (size_t at = 0; at < s.n;) {
        size_t end = up_to(s, at, ",");
        if (one_query_holds(svg, inc_str_slice(s, at, end)))
            return true;
        at = end + 1;
    }
    return false;
}

/* Behind the bracket that closes the block whose inside begins at `at`. */
static size_t block_end(inc_str s, size_t at)
{
    int depth = 1;
    while (at < s.n) {
        at = up_to(s, at, "{}");
        if (at >= s.n)
            break;
        depth += s.p[at] == '{' ? 1 : -1;
        if (!depth)
            return at;
        at++;
    }
    return s.n;
}

static void read_rules(inc_svg *svg, inc_str s, unsigned nesting)
{
    for (size_t at = 0; at < s.n;) {
        size_t open = up_to(s, at, "{;}");
        inc_str prelude = inc_str_trim(inc_str_slice(s, at, open));
        if (open >= s.n)
            return;
        at = open + 1;
        if (s.p[open] != '{')
            continue;
        size_t end = block_end(s, at);
        inc_str inside = inc_str_slice(s, at, end);
        at = end + 1;
        if (inc_str_starts(prelude, INC_STR("@media"))) {
            if (nesting < NESTING_MAX && media_holds(svg, inc_str_slice(prelude, 6, prelude.n)))
                read_rules(svg, inside, nesting + 1);
        } else if (inc_str_starts(prelude, INC_STR("@supports")) || inc_str_starts(prelude, INC_STR("@layer"))) {
            if (nesting < NESTING_MAX)
                read_rules(svg, inside, nesting + 1);
        } else if (prelude.n && prelude.p[0] != '@') {
            inc_svg_declarations list = {0};
            read_declarations(svg, inside, &list);
            if (list.n)
                add_rule(svg, prelude, &list);
        }
    }
}

static int by_specificity(const void *a, const void *b)
{
    const inc_svg_rule *one = *(const inc_svg_rule *const *)a, *two = *(const inc_svg_rule *const *)b;
    if (one->specificity != two->specificity)
        return one->specificity < two->specificity ? -1 : 1;
    return one->order < two->order ? -1 : one->order > two->order;
}

/* HTML habits: a sheet may stand in a comment. */
static inc_str without_marks(inc_str s)
{
    s = inc_str_trim(s);
    if (inc_str_starts(s, INC_STR("<!--")))
        s = inc_str_slice(s, 4, s.n);
    return inc_str_ends(s, INC_STR("-->")) ? inc_str_slice(s, 0, s.n - 3) : s;
}

static void read_sheet(inc_svg *svg, const inc_svg_node *style)
{
    inc_str type = inc_svg_attr(style, "type");
    if ((type.n && !inc_str_eq_nocase(type, INC_STR("text/css"))) || !media_holds(svg, inc_svg_attr(style, "media")))
        return;
    inc_buf text = inc_buf_in(svg->arena);
    for (const inc_svg_node *child = style->first; child; child = child->next)
        inc_buf_add(&text, child->text);
    read_rules(svg, without_comments(svg->arena, without_marks(inc_buf_str(&text))), 0);
}

void inc_svg_sheets_read(inc_svg *svg)
{
    for (inc_svg_node *node = svg->root; node; node = inc_svg_next(node))
        if (node->tag == INC_SVG_STYLE)
            read_sheet(svg, node);
    if (svg->rules.n)
        qsort(svg->rules.v, svg->rules.n, sizeof *svg->rules.v, by_specificity);
}
