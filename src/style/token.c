/* token.c - the tokenizer; names of functions follow CSS Syntax Module Level 3, section 4.3. */
#include "style/token.h"

#include "base/utf8.h"
#include "base/vec.h"

typedef struct lexer {
    inc_arena *arena;
    inc_str text;
    size_t at;
} lexer;

static int peek(const lexer *l, size_t ahead)
{
    return l->at + ahead < l->text.n ? (unsigned char)l->text.p[l->at + ahead] : -1;
}

static bool is_newline(int c) { return c == '\n' || c == '\r' || c == '\f'; }
static bool is_space(int c) { return c == ' ' || c == '\t' || is_newline(c); }
static bool is_digit(int c) { return c >= '0' && c <= '9'; }
static bool is_name_start(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80; }
static bool is_name(int c) { return is_name_start(c) || is_digit(c) || c == '-'; }

static bool is_non_printable(int c) { return (c >= 0 && c <= 8) || c == 0x0B || (c >= 0x0E && c <= 0x1F) || c == 0x7F; }

static bool starts_escape(const lexer *l, size_t ahead)
{
    return peek(l, ahead) == '\\' && !is_newline(peek(l, ahead + 1)) && peek(l, ahead + 1) >= 0;
}

static bool starts_name(const lexer *l, size_t ahead)
{
    int c = peek(l, ahead);
    if (c == '-')
        return is_name_start(peek(l, ahead + 1)) || peek(l, ahead + 1) == '-' || starts_escape(l, ahead + 1);
    return is_name_start(c) || starts_escape(l, ahead);
}

static bool starts_number(const lexer *l)
{
    size_t sign = peek(l, 0) == '+' || peek(l, 0) == '-';
    return is_digit(peek(l, sign)) || (peek(l, sign) == '.' && is_digit(peek(l, sign + 1)));
}

/* Behind the backslash. */
static void consume_escape(lexer *l, inc_buf *out)
{
    if (inc_hex_digit(peek(l, 0)) < 0) {
        if (peek(l, 0) < 0) {
            inc_buf_code_point(out, INC_REPLACEMENT);
            return;
        }
        size_t next;
        inc_buf_code_point(out, inc_utf8_decode(l->text, l->at, &next));
        l->at = next;
        return;
    }
    uint32_t cp = 0;
    for (int i = 0; i < 6 && inc_hex_digit(peek(l, 0)) >= 0; i++)
        cp = cp * 16 + (uint32_t)inc_hex_digit((unsigned char)l->text.p[l->at++]);
    if (is_space(peek(l, 0)))
        l->at++;
    inc_buf_code_point(out, cp ? cp : INC_REPLACEMENT);
}

/* A name; the common one without escapes is borrowed from the text. */
static inc_str consume_name(lexer *l)
{
    size_t start = l->at;
    while (is_name(peek(l, 0)))
        l->at++;
    if (!starts_escape(l, 0))
        return inc_str_slice(l->text, start, l->at);
    inc_buf name = inc_buf_in(l->arena);
    inc_buf_add(&name, inc_str_slice(l->text, start, l->at));
    for (;;) {
        if (starts_escape(l, 0)) {
            l->at++;
            consume_escape(l, &name);
        } else if (is_name(peek(l, 0)))
            inc_buf_byte(&name, l->text.p[l->at++]);
        else
            return inc_buf_str(&name);
    }
}

/* digits * 10^exponent in millionths, rounded and clamped. */
static int64_t to_millionths(uint64_t digits, int exponent, bool negative)
{
    exponent += 6;
    for (; exponent > 0 && digits && digits < (uint64_t)INC_CSS_NUMBER_MAX; exponent--)
        digits *= 10;
    unsigned rest = 0;
    for (; exponent < 0 && (digits || rest); exponent++) {
        rest = (unsigned)(digits % 10);
        digits /= 10;
    }
    digits += rest >= 5;
    int64_t value = (int64_t)INC_MIN(digits, (uint64_t)INC_CSS_NUMBER_MAX);
    return negative ? -value : value;
}

static void consume_number(lexer *l, inc_css_token *t)
{
    enum { EXPONENT_MAX = 1000 };
    bool negative = peek(l, 0) == '-';
    l->at += negative || peek(l, 0) == '+';
    uint64_t digits = 0;
    int exponent = 0;
    bool fraction = false;
    for (;; l->at++) {
        int c = peek(l, 0);
        if (c == '.' && !fraction && is_digit(peek(l, 1))) {
            fraction = true;
            continue;
        }
        if (!is_digit(c))
            break;
        if (digits < 100000000000000000u) { /* 17 digits are enough; the rest only moves the point */
            digits = digits * 10 + (uint64_t)(c - '0');
            exponent -= fraction;
        } else
            exponent += !fraction && exponent < EXPONENT_MAX;
    }
    t->flag = !fraction;
    size_t sign = peek(l, 1) == '+' || peek(l, 1) == '-';
    if ((peek(l, 0) == 'e' || peek(l, 0) == 'E') && is_digit(peek(l, 1 + sign))) {
        bool minus = peek(l, 1) == '-';
        int power = 0;
        for (l->at += 1 + sign; is_digit(peek(l, 0)); l->at++)
            power = INC_MIN(power * 10 + (peek(l, 0) - '0'), EXPONENT_MAX);
        exponent += minus ? -power : power;
        t->flag = false;
    }
    t->number = to_millionths(digits, exponent, negative);
}

static void consume_numeric(lexer *l, inc_css_token *t)
{
    consume_number(l, t);
    t->kind = INC_CSS_NUMBER;
    if (starts_name(l, 0)) {
        t->kind = INC_CSS_DIMENSION;
        t->text = consume_name(l);
    } else if (peek(l, 0) == '%') {
        t->kind = INC_CSS_PERCENTAGE;
        l->at++;
    }
}

static void consume_string(lexer *l, inc_css_token *t)
{
    int quote = peek(l, 0);
    size_t start = ++l->at;
    t->kind = INC_CSS_STRING;
    while (peek(l, 0) >= 0 && peek(l, 0) != quote && peek(l, 0) != '\\' && !is_newline(peek(l, 0)))
        l->at++;
    if (peek(l, 0) != '\\') {
        t->text = inc_str_slice(l->text, start, l->at);
    } else {
        inc_buf contents = inc_buf_in(l->arena);
        inc_buf_add(&contents, inc_str_slice(l->text, start, l->at));
        for (int c; (c = peek(l, 0)) >= 0 && c != quote && !is_newline(c);) {
            if (c != '\\') {
                inc_buf_byte(&contents, l->text.p[l->at++]);
                continue;
            }
            l->at++;
            if (is_newline(peek(l, 0)))
                l->at++; /* a line continued */
            else if (peek(l, 0) >= 0)
                consume_escape(l, &contents);
        }
        t->text = inc_buf_str(&contents);
    }
    if (peek(l, 0) == quote)
        l->at++;
    else if (is_newline(peek(l, 0)))
        t->kind = INC_CSS_BAD_STRING; /* the newline is not part of it */
}

static void consume_bad_url(lexer *l, inc_css_token *t)
{
    t->kind = INC_CSS_BAD_URL;
    for (; peek(l, 0) >= 0; l->at++) {
        if (peek(l, 0) == ')') {
            l->at++;
            return;
        }
        if (starts_escape(l, 0))
            l->at++;
    }
}

/* Behind "url(". */
static void consume_url(lexer *l, inc_css_token *t)
{
    inc_buf url = inc_buf_in(l->arena);
    t->kind = INC_CSS_URL;
    while (is_space(peek(l, 0)))
        l->at++;
    for (;;) {
        int c = peek(l, 0);
        if (is_space(c)) {
            while (is_space(peek(l, 0)))
                l->at++;
            c = peek(l, 0);
            if (c >= 0 && c != ')') {
                consume_bad_url(l, t);
                return;
            }
        }
        if (c < 0 || c == ')') {
            l->at += c == ')';
            t->text = inc_buf_str(&url);
            return;
        }
        if (starts_escape(l, 0)) {
            l->at++;
            consume_escape(l, &url);
        } else if (c == '"' || c == '\'' || c == '(' || c == '\\' || is_non_printable(c)) {
            consume_bad_url(l, t);
            return;
        } else
            inc_buf_byte(&url, l->text.p[l->at++]);
    }
}

static void consume_ident_like(lexer *l, inc_css_token *t)
{
    t->kind = INC_CSS_IDENT;
    t->text = consume_name(l);
    if (peek(l, 0) != '(')
        return;
    l->at++;
    t->kind = INC_CSS_FUNCTION;
    if (!inc_str_eq_nocase(t->text, INC_STR("url")))
        return;
    size_t ahead = 0;
    while (is_space(peek(l, ahead)))
        ahead++;
    if (peek(l, ahead) != '"' && peek(l, ahead) != '\'')
        consume_url(l, t);
}

static bool skip_comment(lexer *l)
{
    if (peek(l, 0) != '/' || peek(l, 1) != '*')
        return false;
    size_t end = inc_str_find(inc_str_slice(l->text, l->at + 2, l->text.n), INC_STR("*/"));
    l->at = end == INC_NPOS ? l->text.n : l->at + 2 + end + 2;
    return true;
}

static bool looking_at(const lexer *l, inc_str s)
{
    return inc_str_starts(inc_str_slice(l->text, l->at, l->text.n), s);
}

static inc_css_kind punctuation(int c)
{
    switch (c) {
    case ':': return INC_CSS_COLON;
    case ';': return INC_CSS_SEMICOLON;
    case ',': return INC_CSS_COMMA;
    case '[': return INC_CSS_OPEN_SQUARE;
    case ']': return INC_CSS_CLOSE_SQUARE;
    case '(': return INC_CSS_OPEN_ROUND;
    case ')': return INC_CSS_CLOSE_ROUND;
    case '{': return INC_CSS_OPEN_CURLY;
    case '}': return INC_CSS_CLOSE_CURLY;
    default: return INC_CSS_DELIM;
    }
}

static void consume_token(lexer *l, inc_css_token *t)
{
    int c = peek(l, 0);
    if (is_space(c)) {
        t->kind = INC_CSS_SPACE;
        while (is_space(peek(l, 0)))
            l->at++;
    } else if (c == '"' || c == '\'')
        consume_string(l, t);
    else if (c == '#' && (is_name(peek(l, 1)) || starts_escape(l, 1))) {
        t->kind = INC_CSS_HASH;
        t->flag = starts_name(l, 1);
        l->at++;
        t->text = consume_name(l);
    } else if (starts_number(l))
        consume_numeric(l, t);
    else if (looking_at(l, INC_STR("-->"))) {
        t->kind = INC_CSS_CDC;
        l->at += 3;
    } else if (starts_name(l, 0))
        consume_ident_like(l, t);
    else if (looking_at(l, INC_STR("<!--"))) {
        t->kind = INC_CSS_CDO;
        l->at += 4;
    } else if (c == '@' && starts_name(l, 1)) {
        t->kind = INC_CSS_AT;
        l->at++;
        t->text = consume_name(l);
    } else {
        t->kind = punctuation(c);
        t->number = c;
        l->at++;
    }
}

inc_css_tokens inc_css_tokenize(inc_arena *arena, inc_str text)
{
    INC_VEC(inc_css_token) tokens = {0};
    lexer l = {.arena = arena, .text = text};
    INC_RESERVE(arena, &tokens, text.n / 4 + 8);
    while (l.at < text.n) {
        if (skip_comment(&l))
            continue;
        inc_css_token token = {0};
        size_t start = l.at;
        consume_token(&l, &token);
        token.raw = inc_str_slice(text, start, l.at);
        INC_PUSH(arena, &tokens, token);
    }
    inc_css_token end = {.kind = INC_CSS_EOF, .raw = inc_str_slice(text, text.n, text.n)};
    INC_PUSH(arena, &tokens, end);
    inc_css_match_brackets(arena, tokens.v, tokens.n - 1);
    return (inc_css_tokens){tokens.v, tokens.n - 1};
}

static inc_css_kind closing(inc_css_kind kind)
{
    switch (kind) {
    case INC_CSS_FUNCTION:
    case INC_CSS_OPEN_ROUND: return INC_CSS_CLOSE_ROUND;
    case INC_CSS_OPEN_SQUARE: return INC_CSS_CLOSE_SQUARE;
    case INC_CSS_OPEN_CURLY: return INC_CSS_CLOSE_CURLY;
    default: return INC_CSS_EOF;
    }
}

/* A bracket ends only at its own mirror; other closing brackets inside are strays (section 5.4.8). */
void inc_css_match_brackets(inc_arena *arena, inc_css_token *v, size_t n)
{
    INC_VEC(size_t) open = {0};
    for (size_t i = 0; i < n; i++) {
        v[i].match = 0;
        if (closing(v[i].kind) != INC_CSS_EOF)
            INC_PUSH(arena, &open, i);
        else if (open.n && v[i].kind == closing(v[open.v[open.n - 1]].kind)) {
            size_t start = open.v[--open.n];
            v[start].match = (uint32_t)(i - start);
        }
    }
    while (open.n) { /* the end closes what is open */
        size_t start = open.v[--open.n];
        v[start].match = (uint32_t)(n - start);
    }
}

inc_css_tokens inc_css_trim(inc_css_tokens tokens)
{
    while (tokens.n && tokens.v[0].kind == INC_CSS_SPACE)
        tokens.v++, tokens.n--;
    while (tokens.n && tokens.v[tokens.n - 1].kind == INC_CSS_SPACE)
        tokens.n--;
    return tokens;
}

void inc_css_write(inc_css_tokens tokens, inc_buf *out)
{
    for (size_t i = 0; i < tokens.n; i++) {
        const inc_css_token *t = &tokens.v[i];
        bool space = t->kind == INC_CSS_SPACE;
        if (i && !space && tokens.v[i - 1].kind != INC_CSS_SPACE && tokens.v[i - 1].raw.p + tokens.v[i - 1].raw.n != t->raw.p)
            inc_buf_puts(out, "/**/"); /* a comment stood here, or the two come from different places: they must not merge */
        if (space)
            inc_buf_byte(out, ' ');
        else
            inc_buf_add(out, t->raw);
    }
}
