/* rust.c - Rust: lifetimes and characters, raw strings, attributes (The Rust Reference, chapter "Lexical structure").
 */
#include "base/utf8.h"
#include "highlight/language.h"

static const char *const keywords[] = {
    "Self", "as",   "async",  "await", "become", "box",     "break", "const", "continue", "crate",  "do",    "dyn",
    "else", "enum", "extern", "fn",    "for",    "gen",     "if",    "impl",  "in",       "let",    "loop",  "match",
    "mod",  "move", "mut",    "pub",   "ref",    "return",  "safe",  "self",  "static",   "struct", "super", "trait",
    "try",  "type", "typeof", "union", "unsafe", "unsized", "use",   "where", "while",    "yield"};
static const char *const types[] = {"bool", "char",  "f128", "f16",  "f32", "f64", "i128", "i16", "i32",  "i64",
                                    "i8",   "isize", "str",  "u128", "u16", "u32", "u64",  "u8",  "usize"};
static const char *const literals[] = {"false", "true"};
static const char *const introducers[] = {"fn"};

/* `union`, `safe`, `gen`, `box` and the like are keywords only here and there; as plain names they are commoner. */
static bool weak_keyword(inc_lexer *lexer, size_t end)
{
    static const char *const weak[] = {"become", "box",    "do",    "gen",     "safe",
                                       "try",    "typeof", "union", "unsized", "yield"};
    static const inc_words words = INC_WORDS(weak);
    inc_str word = inc_str_slice(lexer->code, lexer->at, end);
    if (!inc_words_have(words, word))
        return false;
    char next = end < lexer->code.n ? lexer->code.p[end] : '\0';
    bool declares =
        next == ' ' && end + 1 < lexer->code.n && inc_lex_is_upper(lexer->code.p[end + 1]); /* union Bits { */
    return !(inc_str_is(word, "union") && declares);
}

/* r"", r#""#, b"", br#""#, c"", cr#""# and b'': true when one begins here. */
static bool lex_prefixed(inc_lexer *lexer)
{
    static const inc_string_kind plain = {"\"", "\"", INC_STRING_LINES | INC_STRING_ESCAPES},
                                 byte = {"'", "'", INC_STRING_ESCAPES};
    size_t start = lexer->at, at = start;
    char c = lexer->code.p[at];
    if (c == 'b' || c == 'c')
        at++;
    bool raw = at < lexer->code.n && lexer->code.p[at] == 'r';
    at += raw;
    if (at == start || at >= lexer->code.n)
        return false;
    size_t hashes = 0;
    while (raw && at < lexer->code.n && lexer->code.p[at] == '#' && hashes < 255) {
        hashes++;
        at++;
    }
    if (at >= lexer->code.n)
        return false;
    if (!raw && c == 'b' && lexer->code.p[at] == '\'') {
        inc_lex_string(lexer, start, at, &byte);
        return true;
    }
    if (lexer->code.p[at] != '"')
        return false;
    if (!raw) {
        inc_lex_string(lexer, start, at, &plain);
        return true;
    }
    char close[257] = {'"'};
    memset(close + 1, '#', hashes);
    inc_string_kind kind = {"\"", close, INC_STRING_LINES};
    inc_lex_string(lexer, start, at, &kind);
    return true;
}

/* 'a' is a character, 'a a lifetime or a loop's label; a lone quote is nothing. */
static bool lex_quote(inc_lexer *lexer)
{
    inc_str code = lexer->code;
    size_t at = lexer->at + 1, next;
    if (at < code.n && code.p[at] == '\\') { /* '\'' and '\u{1F600}': at most 12 bytes on one line */
        size_t end = at + 2;
        while (end < code.n && end < at + 12 && code.p[end] != '\'' && code.p[end] != '\n')
            end++;
        bool closed = end < code.n && code.p[end] == '\'';
        inc_lex_token(lexer, lexer->at, closed ? end + 1 : at, closed ? "string" : NULL);
        lexer->after_value = true;
        return true;
    }
    if (at < code.n && code.p[at] != '\n') {
        inc_utf8_decode(code, at, &next);
        if (next < code.n && code.p[next] == '\'') {
            inc_lex_token(lexer, lexer->at, next + 1, "string");
            lexer->after_value = true;
            return true;
        }
    }
    size_t end = inc_lex_word_end(lexer, at);
    inc_lex_token(lexer, lexer->at, INC_MAX(end, at), end > at ? "symbol" : NULL);
    return true;
}

/* #[...] and #![...] up to the matching bracket; one that does not close soon is no attribute. */
static bool lex_attribute(inc_lexer *lexer)
{
    enum { FAR = 2000 };
    size_t at = lexer->at + 1, open = 0;
    bool quoted = false;
    if (at < lexer->code.n && lexer->code.p[at] == '!')
        at++;
    if (at >= lexer->code.n || lexer->code.p[at] != '[')
        return false;
    for (; at < lexer->code.n && at < lexer->at + FAR; at++) {
        char c = lexer->code.p[at];
        if (quoted && c == '\\')
            at++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '[')
            open++;
        else if (!quoted && c == ']' && --open == 0) {
            inc_lex_token(lexer, lexer->at, at + 1, "meta");
            return true;
        }
    }
    return false;
}

static bool hook(inc_lexer *lexer)
{
    char c = lexer->code.p[lexer->at];
    if (c == '\'')
        return lex_quote(lexer);
    if (c == '#')
        return lex_attribute(lexer);
    if ((c == 'r' || c == 'b' || c == 'c') && lex_prefixed(lexer))
        return true;
    if (c == 'r' && inc_lex_peek(lexer, 1) == '#' &&
        inc_lex_is_letter(inc_lex_peek(lexer, 2))) { /* r#type is a plain name */
        inc_lex_token(lexer, lexer->at, inc_lex_word_end(lexer, lexer->at + 2), NULL);
        lexer->after_value = true;
        return true;
    }
    if (inc_lex_is_lower(c)) {
        size_t end = inc_lex_word_end(lexer, lexer->at);
        if (weak_keyword(lexer, end)) {
            inc_lex_token(lexer, lexer->at, end, lexer->next_word);
            lexer->next_word = NULL;
            lexer->after_value = true;
            return true;
        }
    }
    return false;
}

static const char *const names[] = {"rust", "rs", NULL};
static const inc_language language = {
    .names = names,
    .hook = hook,
    .keywords = INC_WORDS(keywords),
    .types = INC_WORDS(types),
    .literals = INC_WORDS(literals),
    .introducers = INC_WORDS(introducers),
    .line_comments = {"//"},
    .block_comment = {"/*", "*/"},
    .nested_comments = true,
    .strings = {{"\"", "\"", INC_STRING_LINES | INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS | INC_LANGUAGE_MACROS,
};

const inc_language_family inc_languages_rust = {&language, 1};
