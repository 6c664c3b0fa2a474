/* selector.c - tokens to selectors. */
#include "style/selector.h"

#include "base/vec.h"

typedef struct parser {
    inc_arena *arena;
    inc_css_tokens t;
    size_t at;
    unsigned depth;
    const inc_css_token *bad;
} parser;

static const inc_css_token *peek(const parser *p, size_t ahead)
{
    static const inc_css_token end = {.kind = INC_CSS_EOF};
    return p->at + ahead < p->t.n ? &p->t.v[p->at + ahead] : &end;
}

static bool fail(parser *p)
{
    if (!p->bad)
        p->bad = p->at < p->t.n ? &p->t.v[p->at] : p->t.n ? &p->t.v[p->t.n - 1] : NULL;
    return false;
}

static void skip_space(parser *p)
{
    while (peek(p, 0)->kind == INC_CSS_SPACE)
        p->at++;
}

static inc_css_tokens arguments(const parser *p) /* of the function or bracket we stand at */
{
    size_t from = p->at + 1, to = INC_MIN(p->at + peek(p, 0)->match, p->t.n);
    return inc_css_trim((inc_css_tokens){p->t.v + from, to - from});
}

static void step_over(parser *p) { p->at = INC_MIN(p->at + inc_css_extent(peek(p, 0)), p->t.n); }

static bool selectors_parse(parser *p, inc_css_tokens tokens, const inc_selector **list, uint32_t *count);

/* ---- an+b (CSS Syntax 3, section 6), read from its text without blanks ---- */

static bool read_int(inc_str *s, int32_t *value)
{
    bool minus = s->n && s->p[0] == '-';
    if (s->n && (s->p[0] == '-' || s->p[0] == '+'))
        *s = inc_str_slice(*s, 1, s->n);
    size_t n = 0;
    int32_t v = 0;
    for (; n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++)
        v = INC_MIN(v * 10 + (s->p[n] - '0'), 100000000);
    *value = minus ? -v : v;
    bool sign_only_or_digits = n > 0;
    *s = inc_str_slice(*s, n, s->n);
    if (!sign_only_or_digits)
        *value = minus ? -1 : 1; /* "n", "-n" */
    return sign_only_or_digits;
}

static bool parse_nth(parser *p, inc_css_tokens t, inc_simple *s)
{
    inc_buf text = inc_buf_in(p->arena);
    for (size_t i = 0; i < t.n; i++)
        if (t.v[i].kind != INC_CSS_SPACE)
            inc_buf_add(&text, t.v[i].raw);
    inc_str rest = inc_str_lower(p->arena, inc_buf_str(&text));
    if (inc_str_is(rest, "even") || inc_str_is(rest, "odd")) {
        s->a = 2;
        s->b = inc_str_is(rest, "odd");
        return true;
    }
    if (!rest.n)
        return false;
    bool digits = read_int(&rest, &s->a);
    if (!rest.n || rest.p[0] != 'n') { /* only b */
        s->b = s->a;
        s->a = 0;
        return digits && !rest.n;
    }
    rest = inc_str_slice(rest, 1, rest.n);
    s->b = 0;
    if (!rest.n)
        return true;
    return (rest.p[0] == '+' || rest.p[0] == '-') && read_int(&rest, &s->b) && !rest.n;
}

/* ---- simple selectors ---- */

typedef INC_VEC(inc_simple) simples;

static bool parse_list(parser *p, inc_css_tokens t, inc_simple *s, inc_simple_kind kind)
{
    if (p->depth >= INC_SELECTOR_NESTING_MAX)
        return fail(p);
    parser inner = {.arena = p->arena, .depth = p->depth + 1};
    s->kind = kind;
    if (!selectors_parse(&inner, t, &s->list, &s->list_count)) {
        p->bad = inner.bad;
        return fail(p);
    }
    for (uint32_t i = 0; i < s->list_count; i++)
        if (s->list[i].pseudo || s->list[i].foreign)
            return fail(p);
    return true;
}

static bool parse_attribute(parser *p, simples *out)
{
    parser in = {.arena = p->arena, .t = arguments(p)};
    inc_simple s = {.kind = INC_SIMPLE_ATTRIBUTE};
    if (peek(&in, 0)->kind != INC_CSS_IDENT)
        return fail(p);
    s.name = inc_str_lower(p->arena, peek(&in, 0)->text);
    in.at++;
    skip_space(&in);
    const inc_css_token *t = peek(&in, 0);
    if (t->kind == INC_CSS_DELIM) {
        s.op = (char)t->number;
        in.at++;
        if (s.op != '=') {
            if (!memchr("~|^$*", s.op, 5) || !inc_css_is_delim(peek(&in, 0), '='))
                return fail(p);
            in.at++;
        }
        skip_space(&in);
        t = peek(&in, 0);
        if (t->kind != INC_CSS_IDENT && t->kind != INC_CSS_STRING)
            return fail(p);
        s.value = t->text;
        in.at++;
        skip_space(&in);
        if (inc_css_is_word(peek(&in, 0), "i") || inc_css_is_word(peek(&in, 0), "s")) {
            s.nocase = inc_css_is_word(peek(&in, 0), "i");
            in.at++;
            skip_space(&in);
        }
    }
    if (in.at < in.t.n)
        return fail(p);
    step_over(p);
    INC_PUSH(p->arena, out, s);
    return true;
}

static bool parse_pseudo_function(parser *p, simples *out, bool *weightless)
{
    const inc_css_token *t = peek(p, 0);
    inc_css_tokens inside = arguments(p);
    inc_simple s = {0};
    bool ok = false;
    *weightless = false;
    if (inc_css_is_function(t, "not"))
        ok = parse_list(p, inside, &s, INC_SIMPLE_NOT);
    else if (inc_css_is_function(t, "is") || inc_css_is_function(t, "where") || inc_css_is_function(t, "matches")) {
        ok = parse_list(p, inside, &s, INC_SIMPLE_IS);
        *weightless = inc_css_is_function(t, "where");
    } else if (inc_css_is_function(t, "nth-child") || inc_css_is_function(t, "nth-of-type")) {
        s.kind = INC_SIMPLE_NTH;
        s.of_type = inc_css_is_function(t, "nth-of-type");
        ok = parse_nth(p, inside, &s);
    } else if (inc_css_is_function(t, "nth-col") || inc_css_is_function(t, "nth-last-col")) {
        s.kind = INC_SIMPLE_NTH_COL;
        s.from_end = inc_css_is_function(t, "nth-last-col");
        ok = parse_nth(p, inside, &s);
    } else if (inc_css_is_function(t, "lang")) {
        s.kind = INC_SIMPLE_LANG;
        ok = inside.n == 1 && (inside.v[0].kind == INC_CSS_IDENT || inside.v[0].kind == INC_CSS_STRING);
        if (ok)
            s.value = inside.v[0].text;
    }
    if (!ok)
        return fail(p);
    step_over(p);
    INC_PUSH(p->arena, out, s);
    return true;
}

static bool parse_pseudo_class(parser *p, simples *out)
{
    static const char *const never[] = {"hover", "active", "focus", "focus-visible", "focus-within", "visited", "target", "checked",
        "disabled", "enabled"};
    inc_str name = peek(p, 0)->text;
    inc_simple first = {.kind = INC_SIMPLE_NTH, .b = 1}, last = {.kind = INC_SIMPLE_LAST}, s = {.kind = INC_SIMPLE_NEVER};
    first.of_type = last.of_type = inc_str_ends(name, INC_STR("-of-type"));
    p->at++;
    if (inc_str_eq_nocase(name, INC_STR("first-child")) || inc_str_eq_nocase(name, INC_STR("first-of-type"))) {
        INC_PUSH(p->arena, out, first);
        return true;
    }
    if (inc_str_eq_nocase(name, INC_STR("last-child")) || inc_str_eq_nocase(name, INC_STR("last-of-type"))) {
        INC_PUSH(p->arena, out, last);
        return true;
    }
    if (inc_str_eq_nocase(name, INC_STR("only-child")) || inc_str_eq_nocase(name, INC_STR("only-of-type"))) {
        INC_PUSH(p->arena, out, first);
        INC_PUSH(p->arena, out, last);
        return true;
    }
    bool known = false;
    for (size_t i = 0; i < INC_COUNT(never); i++)
        known |= inc_str_eq_nocase(name, inc_str_of(never[i]));
    if (inc_str_eq_nocase(name, INC_STR("root")))
        s.kind = INC_SIMPLE_ROOT;
    else if (inc_str_eq_nocase(name, INC_STR("empty")))
        s.kind = INC_SIMPLE_EMPTY;
    else if (inc_str_eq_nocase(name, INC_STR("link")) || inc_str_eq_nocase(name, INC_STR("any-link")))
        s.kind = INC_SIMPLE_LINK;
    else if (!known) {
        p->at--;
        return fail(p);
    }
    INC_PUSH(p->arena, out, s);
    return true;
}

/* ---- pseudo-elements ---- */

static bool is_one_colon_element(inc_str name) /* CSS 2 wrote these with one colon */
{
    return inc_str_eq_nocase(name, INC_STR("before")) || inc_str_eq_nocase(name, INC_STR("after"))
           || inc_str_eq_nocase(name, INC_STR("first-line")) || inc_str_eq_nocase(name, INC_STR("first-letter"));
}

static bool parse_pseudo_element(parser *p, inc_selector *selector)
{
    static const struct {
        const char *name;
        inc_pseudo pseudo;
        bool ours;
    } names[] = {
        {"before", INC_PSEUDO_BEFORE, false}, {"after", INC_PSEUDO_AFTER, false}, {"marker", INC_PSEUDO_MARKER, false},
        {"first-line", INC_PSEUDO_FIRST_LINE, false}, {"first-letter", INC_PSEUDO_FIRST_LETTER, false}, {"footnote-call", INC_PSEUDO_FOOTNOTE_CALL, true},
        {"footnote-marker", INC_PSEUDO_FOOTNOTE_MARKER, true},
    };
    static const char *const foreign[] = {"selection", "placeholder", "backdrop", "target-text"};
    const inc_css_token *t = peek(p, 0);
    if (t->kind != INC_CSS_IDENT)
        return fail(p);
    for (size_t i = 0; i < INC_COUNT(names); i++)
        if (inc_css_is_word(t, names[i].name)) {
            selector->pseudo = names[i].pseudo;
            selector->ours = names[i].ours;
        }
    for (size_t i = 0; i < INC_COUNT(foreign); i++)
        selector->foreign |= inc_css_is_word(t, foreign[i]);
    selector->foreign |= inc_str_starts(t->text, INC_STR("-"));
    if (!selector->pseudo && !selector->foreign)
        return fail(p);
    p->at++;
    return true;
}

/* ---- compounds and lists ---- */

static uint32_t add_specificity(uint32_t a, uint32_t b)
{
    uint32_t sum = 0;
    for (int shift = 0; shift <= 20; shift += 10)
        sum |= INC_MIN((a >> shift & 1023) + (b >> shift & 1023), 1023u) << shift;
    return sum;
}

static uint32_t simple_specificity(const inc_simple *s)
{
    uint32_t most = 0;
    switch (s->kind) {
    case INC_SIMPLE_ID: return 1u << 20;
    case INC_SIMPLE_NOT:
    case INC_SIMPLE_IS:
        for (uint32_t i = 0; i < s->list_count; i++)
            most = INC_MAX(most, s->list[i].specificity);
        return most;
    default: return 1u << 10;
    }
}

/* One compound; *any is false when there was none. */
static bool parse_compound(parser *p, inc_selector *selector, inc_compound *c, bool *any)
{
    simples list = {0};
    size_t start = p->at;
    const inc_css_token *t = peek(p, 0);
    if (t->kind == INC_CSS_IDENT) {
        c->type = inc_str_lower(p->arena, t->text);
        selector->specificity = add_specificity(selector->specificity, 1);
        p->at++;
    } else if (inc_css_is_delim(t, '*'))
        p->at++;
    for (;;) {
        t = peek(p, 0);
        const inc_css_token *next = peek(p, 1);
        bool weightless = false;
        size_t had = list.n;
        if (selector->pseudo || selector->foreign) /* nothing may follow a pseudo-element */
            break;
        if (t->kind == INC_CSS_HASH && t->flag) {
            INC_PUSH(p->arena, &list, ((inc_simple){.kind = INC_SIMPLE_ID, .name = t->text}));
            p->at++;
        } else if (inc_css_is_delim(t, '.') && next->kind == INC_CSS_IDENT) {
            INC_PUSH(p->arena, &list, ((inc_simple){.kind = INC_SIMPLE_CLASS, .name = next->text}));
            p->at += 2;
        } else if (t->kind == INC_CSS_OPEN_SQUARE) {
            if (!parse_attribute(p, &list))
                return false;
        } else if (t->kind == INC_CSS_COLON && (next->kind == INC_CSS_COLON || (next->kind == INC_CSS_IDENT && is_one_colon_element(next->text)))) {
            p->at += next->kind == INC_CSS_COLON ? 2 : 1;
            if (!parse_pseudo_element(p, selector))
                return false;
            selector->specificity = add_specificity(selector->specificity, 1);
        } else if (t->kind == INC_CSS_COLON && next->kind == INC_CSS_IDENT) {
            p->at++;
            if (!parse_pseudo_class(p, &list))
                return false;
        } else if (t->kind == INC_CSS_COLON && next->kind == INC_CSS_FUNCTION) {
            p->at++;
            if (!parse_pseudo_function(p, &list, &weightless))
                return false;
        } else
            break;
        for (; had < list.n && !weightless; had++)
            selector->specificity = add_specificity(selector->specificity, simple_specificity(&list.v[had]));
    }
    c->simple = list.v;
    c->count = (uint32_t)list.n;
    *any = p->at > start;
    return true;
}

static bool parse_combinator(parser *p, inc_combinator *combinator)
{
    bool space = peek(p, 0)->kind == INC_CSS_SPACE;
    skip_space(p);
    const inc_css_token *t = peek(p, 0);
    if (inc_css_is_delim(t, '>'))
        *combinator = INC_COMBINATOR_CHILD;
    else if (inc_css_is_delim(t, '+'))
        *combinator = INC_COMBINATOR_NEXT;
    else if (inc_css_is_delim(t, '~'))
        *combinator = INC_COMBINATOR_LATER;
    else {
        *combinator = INC_COMBINATOR_DESCENDANT;
        return space;
    }
    p->at++;
    skip_space(p);
    return true;
}

static bool parse_selector(parser *p, inc_css_tokens t, inc_selector *selector)
{
    inc_compound compounds[INC_COMPOUNDS_MAX];
    uint32_t n = 0;
    inc_combinator combinator = INC_COMBINATOR_DESCENDANT;
    p->t = t;
    p->at = 0;
    selector->tokens = t;
    for (;;) {
        bool any;
        if (n == INC_COMPOUNDS_MAX || selector->pseudo || selector->foreign)
            return fail(p);
        compounds[n] = (inc_compound){.combinator = combinator};
        if (!parse_compound(p, selector, &compounds[n], &any) || !any)
            return fail(p);
        n++;
        if (p->at == t.n)
            break;
        if (!parse_combinator(p, &combinator))
            return fail(p);
    }
    inc_compound *reversed = INC_NEW_N(p->arena, inc_compound, n);
    for (uint32_t i = 0; i < n; i++)
        reversed[i] = compounds[n - 1 - i];
    selector->compounds = reversed;
    selector->count = n;
    return true;
}

static bool selectors_parse(parser *p, inc_css_tokens tokens, const inc_selector **list, uint32_t *count)
{
    INC_VEC(inc_selector) all = {0};
    for (size_t from = 0, to; from <= tokens.n; from = to + 1) {
        for (to = from; to < tokens.n && tokens.v[to].kind != INC_CSS_COMMA;)
            to = INC_MIN(to + inc_css_extent(&tokens.v[to]), tokens.n);
        inc_selector selector = {0};
        if (!parse_selector(p, inc_css_trim((inc_css_tokens){tokens.v + from, to - from}), &selector))
            return false;
        INC_PUSH(p->arena, &all, selector);
    }
    *list = all.v;
    *count = (uint32_t)all.n;
    return true;
}

bool inc_selectors_parse(inc_arena *arena, inc_css_tokens tokens, const inc_selector **list, uint32_t *count, const inc_css_token **bad)
{
    parser p = {.arena = arena};
    bool ok = selectors_parse(&p, tokens, list, count);
    *bad = p.bad;
    return ok;
}
