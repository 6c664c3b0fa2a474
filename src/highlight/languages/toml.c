/* toml.c - TOML. */
#include "highlight/language.h"

/* [table] and [[array]] at the start of a line; dotted and quoted keys before the first '='. */
static bool lex_key(inc_lexer *lexer)
{
    size_t at = lexer->at, end = inc_lex_reach(lexer, at);
    const char *p = lexer->code.p;
    if (p[at] == '[' && inc_lex_line_start(lexer, at) && at > 0 ? p[at - 1] == '\n' || p[at - 1] == ' '
                                                                : p[at] == '[' && at == 0) {
        const char *close = memchr(p + at, ']', end - at);
        size_t behind = close ? (size_t)(close - p) + 1 : at;
        if (behind < end && p[behind] == ']')
            behind++;
        size_t rest = behind;
        while (rest < end && (p[rest] == ' ' || p[rest] == '\t'))
            rest++;
        if (behind > at + 1 && (rest == end || p[rest] == '#') &&
            !memchr(p + at, ',', behind - at)) { /* not an array in a list */
            inc_lex_token(lexer, at, behind, "title");
            return true;
        }
    }
    char before = ',';
    for (size_t i = at; i > 0; i--)
        if (p[i - 1] != ' ' && p[i - 1] != '\t') {
            before = p[i - 1];
            break;
        }
    if (before != '\n' && before != ',' && before != '{')
        return false;
    size_t key = at;
    while (key < end && (inc_lex_is_letter(p[key]) || inc_lex_is_digit(p[key]) || strchr("-.", p[key]) ||
                         p[key] == '"' || p[key] == '\'')) {
        if (p[key] == '"' || p[key] == '\'') {
            const char *quote = memchr(p + key + 1, p[key], end - key - 1);
            if (!quote)
                return false;
            key = (size_t)(quote - p);
        }
        key++;
    }
    if (key == at || !inc_lex_follows(lexer, key, '='))
        return false;
    inc_lex_token(lexer, at, key, "attr");
    return true;
}

/* Dates and times of TOML are one number: 1979-05-27T07:32:00Z. */
static bool hook(inc_lexer *lexer)
{
    if (lex_key(lexer))
        return true;
    size_t at = lexer->at;
    const char *p = lexer->code.p;
    if (!inc_lex_is_digit(p[at]))
        return false;
    while (at < lexer->code.n && (inc_lex_is_digit(p[at]) || inc_lex_is_letter(p[at]) || strchr(":.+-", p[at])))
        at++;
    inc_lex_token(lexer, lexer->at, at, "number");
    return true;
}

extern const inc_language inc_language_toml;
const inc_language inc_language_toml = {
    .names = "toml cargo-toml",
    .hook = hook,
    .literals = "false inf nan true",
    .line_comments = {"#"},
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"'''", "'''", .flags = INC_STRING_LINES},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = 0}},
    .word_characters = "-",
};
