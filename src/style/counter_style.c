/* counter_style.c - numbers as they are written: the predefined styles and those of @counter-style (CSS Counter Styles 3). */
#include "style/counter.h"

#include "style/sheet.h"

enum { DIGITS_MAX = 64, SYMBOLS_MAX = 256, REPEAT_MAX = 40 };

static inc_str alphabetic(inc_arena *arena, int64_t n, const inc_str *symbols, size_t count)
{
    inc_str digits[DIGITS_MAX];
    size_t k = 0;
    for (; n > 0 && k < DIGITS_MAX; n = (n - 1) / (int64_t)count)
        digits[k++] = symbols[(n - 1) % (int64_t)count];
    inc_buf out = inc_buf_in(arena);
    while (k > 0)
        inc_buf_add(&out, digits[--k]);
    return inc_buf_str(&out);
}

static inc_str letters(inc_arena *arena, int64_t n, char first)
{
    char alphabet[26];
    inc_str symbols[26];
    for (int i = 0; i < 26; i++) {
        alphabet[i] = (char)(first + i);
        symbols[i] = (inc_str){&alphabet[i], 1};
    }
    return alphabetic(arena, n, symbols, 26);
}

static inc_str greek(inc_arena *arena, int64_t n)
{
    static const char *const names[] = {"α", "β", "γ", "δ", "ε", "ζ", "η", "θ", "ι", "κ", "λ", "μ", "ν", "ξ", "ο", "π", "ρ", "σ", "τ", "υ", "φ", "χ", "ψ", "ω"};
    inc_str symbols[INC_COUNT(names)];
    for (size_t i = 0; i < INC_COUNT(names); i++)
        symbols[i] = inc_str_of(names[i]);
    return alphabetic(arena, n, symbols, INC_COUNT(names));
}

static inc_str decimal(inc_arena *arena, int64_t value)
{
    return inc_strf(arena, "%lld", (long long)value);
}

static inc_str numeric(inc_arena *arena, const inc_counter_style *s, int64_t n)
{
    inc_str digits[DIGITS_MAX];
    size_t k = 0;
    do
        digits[k++] = s->symbols[n % s->count];
    while ((n /= s->count) > 0 && k < DIGITS_MAX);
    inc_buf out = inc_buf_in(arena);
    while (k > 0)
        inc_buf_add(&out, digits[--k]);
    return inc_buf_str(&out);
}

static inc_str additive(inc_arena *arena, const inc_counter_style *s, int64_t n)
{
    inc_buf out = inc_buf_in(arena);
    unsigned given = 0;
    for (uint32_t i = 0; i < s->count; i++) {
        if (!s->weights[i]) {
            if (n == 0 && !out.n)
                inc_buf_add(&out, s->symbols[i]);
            continue;
        }
        for (; n >= s->weights[i] && given < REPEAT_MAX; n -= s->weights[i], given++)
            inc_buf_add(&out, s->symbols[i]);
    }
    return n ? INC_STR("") : inc_buf_str(&out);
}

static inc_str repeated(inc_arena *arena, const inc_counter_style *s, int64_t n)
{
    int64_t times = (n + s->count - 1) / s->count;
    inc_buf out = inc_buf_in(arena);
    for (int64_t i = 0; i < times && times <= REPEAT_MAX; i++)
        inc_buf_add(&out, s->symbols[(n - 1) % s->count]);
    return inc_buf_str(&out);
}

/* "" when the style cannot write the number: it is written in decimal then. */
static inc_str own_number(inc_arena *arena, const inc_counter_style *s, int64_t value)
{
    switch (s->system) {
    case INC_SYSTEM_CYCLIC: return s->symbols[((value - 1) % s->count + s->count) % s->count];
    case INC_SYSTEM_FIXED: return value >= 1 && value <= s->count ? s->symbols[value - 1] : INC_STR("");
    case INC_SYSTEM_NUMERIC: return value >= 0 && s->count > 1 ? numeric(arena, s, value) : INC_STR("");
    case INC_SYSTEM_ALPHABETIC: return value > 0 && s->count > 1 ? alphabetic(arena, value, s->symbols, s->count) : INC_STR("");
    case INC_SYSTEM_SYMBOLIC: return value > 0 ? repeated(arena, s, value) : INC_STR("");
    case INC_SYSTEM_ADDITIVE: return value >= 0 ? additive(arena, s, value) : INC_STR("");
    }
    return INC_STR("");
}

static inc_str own_style(inc_arena *arena, const inc_counter_style *s, int64_t value, bool marker)
{
    inc_str number = own_number(arena, s, value);
    if (!number.n)
        number = decimal(arena, value);
    return marker ? inc_strf(arena, "%.*s%.*s%.*s", INC_STR_ARG(s->prefix), INC_STR_ARG(number), INC_STR_ARG(s->suffix)) : number;
}

inc_str inc_counter_format(inc_arena *arena, inc_list_style style, const inc_counter_style *own, int64_t value, bool marker)
{
    const char *end = marker ? "." : "";
    inc_str number = INC_STR("");
    switch (style) {
    case INC_LIST_NONE: return number;
    case INC_LIST_DISC: return INC_STR("\xE2\x80\xA2");
    case INC_LIST_CIRCLE: return INC_STR("\xE2\x97\xA6");
    case INC_LIST_SQUARE: return INC_STR("\xE2\x96\xAA");
    case INC_LIST_STRING: return number;
    case INC_LIST_OWN: return own ? own_style(arena, own, value, marker) : number;
    case INC_LIST_DECIMAL: break;
    case INC_LIST_LEADING_ZERO: number = value >= 0 && value < 10 ? inc_strf(arena, "0%d", (int)value) : number; break;
    case INC_LIST_LOWER_ALPHA: number = letters(arena, value, 'a'); break;
    case INC_LIST_UPPER_ALPHA: number = letters(arena, value, 'A'); break;
    case INC_LIST_LOWER_GREEK: number = greek(arena, value); break;
    case INC_LIST_LOWER_ROMAN:
    case INC_LIST_UPPER_ROMAN: number = value > 0 && value < 4000 ? inc_str_roman(arena, (uint32_t)value, style == INC_LIST_UPPER_ROMAN) : number; break;
    }
    if (!number.n)
        number = decimal(arena, value);
    return inc_strf(arena, "%.*s%s", INC_STR_ARG(number), end);
}

/* ---- @counter-style ---- */

const inc_counter_style *inc_counter_style_find(const inc_sheet *sheet, inc_str name)
{
    for (size_t i = sheet->counter_styles.n; i > 0; i--)
        if (inc_str_eq(sheet->counter_styles.v[i - 1]->name, name))
            return sheet->counter_styles.v[i - 1];
    return NULL;
}

static bool read_system(inc_counter_style *s, inc_css_tokens value)
{
    static const char *const names[] = {"cyclic", "fixed", "numeric", "alphabetic", "symbolic", "additive"};
    for (size_t i = 0; i < INC_COUNT(names); i++)
        if (value.n == 1 && inc_css_is_word(value.v, names[i])) {
            s->system = (inc_counter_system)i;
            return true;
        }
    return false;
}

/* Strings and names, each with its weight before or behind it when they add up. */
static bool read_symbols(inc_arena *arena, inc_counter_style *s, inc_css_tokens value)
{
    inc_str symbols[SYMBOLS_MAX];
    int64_t weights[SYMBOLS_MAX] = {0}, weight = 0;
    uint32_t n = 0;
    for (size_t i = 0; i < value.n; i++) {
        const inc_css_token *t = &value.v[i];
        if (t->kind == INC_CSS_NUMBER)
            weight = t->number / INC_CSS_UNIT;
        else if ((t->kind == INC_CSS_STRING || t->kind == INC_CSS_IDENT) && n < SYMBOLS_MAX) {
            weights[n] = weight;
            symbols[n++] = t->text;
        } else if (t->kind != INC_CSS_SPACE && t->kind != INC_CSS_COMMA)
            return false;
    }
    if (!n)
        return false;
    s->count = n;
    s->symbols = INC_NEW_N(arena, inc_str, n);
    s->weights = INC_NEW_N(arena, int64_t, n);
    for (uint32_t i = 0; i < n; i++) {
        s->symbols[i] = inc_str_dup(arena, symbols[i]);
        s->weights[i] = INC_MAX(weights[i], (int64_t)0);
    }
    return true;
}

static bool read_affix(inc_arena *arena, inc_str *affix, inc_css_tokens value)
{
    if (value.n != 1 || (value.v->kind != INC_CSS_STRING && value.v->kind != INC_CSS_IDENT))
        return false;
    *affix = inc_str_dup(arena, value.v->text);
    return true;
}

void inc_parse_counter_style(inc_parse *p, inc_css_tokens at, inc_css_tokens prelude, inc_css_tokens block)
{
    inc_arena *arena = p->sheet->arena;
    inc_counter_style *s = INC_NEW(arena, inc_counter_style);
    *s = (inc_counter_style){.system = INC_SYSTEM_SYMBOLIC, .prefix = INC_STR(""), .suffix = INC_STR(". ")};
    bool good = prelude.n == 1 && prelude.v->kind == INC_CSS_IDENT;
    if (good)
        s->name = prelude.v->text;
    for (size_t from = 0, to; from <= block.n && good; from = to + 1) {
        for (to = from; to < block.n && block.v[to].kind != INC_CSS_SEMICOLON;)
            to = INC_MIN(to + inc_css_extent(&block.v[to]), block.n);
        inc_css_tokens one = inc_css_trim((inc_css_tokens){block.v + from, to - from});
        size_t colon = 0;
        while (colon < one.n && one.v[colon].kind != INC_CSS_COLON)
            colon++;
        if (!one.n)
            continue;
        inc_css_tokens value = colon < one.n ? inc_css_trim((inc_css_tokens){one.v + colon + 1, one.n - colon - 1}) : (inc_css_tokens){0};
        if (inc_css_is_word(one.v, "system"))
            good = read_system(s, value);
        else if (inc_css_is_word(one.v, "symbols") || inc_css_is_word(one.v, "additive-symbols"))
            good = read_symbols(arena, s, value);
        else if (inc_css_is_word(one.v, "prefix"))
            good = read_affix(arena, &s->prefix, value);
        else if (inc_css_is_word(one.v, "suffix"))
            good = read_affix(arena, &s->suffix, value);
        else
            good = inc_css_is_word(one.v, "fallback") || inc_css_is_word(one.v, "speak-as");
    }
    if (good && s->count) {
        INC_PUSH(arena, &p->sheet->counter_styles, s);
        return;
    }
    inc_report(p->sheet->diags, INC_DIAG_CSS_UNKNOWN_RULE, inc_parse_span(p, at), "@counter-style is not understood; skipped")->hint =
        INC_STR("system (cyclic, fixed, numeric, alphabetic, symbolic, additive), symbols, additive-symbols, prefix and suffix are");
}
