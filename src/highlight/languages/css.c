/* css.c - CSS, SCSS, Less. */
#include "highlight/language.h"

/* Properties before a colon inside braces, at-rules, colours; selectors stay plain but for classes and ids. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, end;
    char c = lexer->code.p[at];
    if (c == '{' || c == '}') {
        lexer->frames[0].depth = c == '{' ? lexer->frames[0].depth + 1 : lexer->frames[0].depth - (lexer->frames[0].depth > 0);
        return false;
    }
    char next = inc_lex_peek(lexer, 1), before = at > 0 ? lexer->code.p[at - 1] : ' ';
    if (c == '-' && (inc_lex_is_digit(next) || next == '.')) { /* a sign, not a name's first letter */
        lexer->at++;
        return inc_lex_number(lexer) || true;
    }
    if (c == '.' && (inc_lex_is_digit(next) || inc_lex_is_letter(before) || inc_lex_is_digit(before)) && lexer->frames[0].depth > 0)
        return false; /* .5em, x.png */
    if (c == '@' || c == '.' || c == '#') {
        end = inc_lex_word_end(lexer, at + 1);
        if (c == '#' && end == at + 1) /* #123456 */
            while (end < lexer->code.n &&
                   (inc_lex_is_digit(lexer->code.p[end]) || inc_lex_is_letter(lexer->code.p[end])))
                end++;
        bool color = c == '#' && lexer->frames[0].depth > 0;
        if (end == at + 1)
            return false;
        inc_lex_token(lexer, at, end, c == '@' ? "keyword" : color ? "number" : "type");
        return true;
    }
    end = inc_lex_word_end(lexer, at);
    if (end == at)
        return false;
    bool declares = lexer->frames[0].depth > 0 && inc_lex_follows(lexer, end, ':') && end + 1 < lexer->code.n &&
                    lexer->code.p[end + 1] != ':';
    size_t stop = at;
    while (declares && stop < lexer->code.n && !strchr(";{}", lexer->code.p[stop]) && stop < at + 1000)
        stop++;
    if (declares && stop < lexer->code.n && lexer->code.p[stop] == '{') /* a:hover { inside @media */
        declares = false;
    inc_lex_token(lexer, at, end, declares ? "attr" : lexer->frames[0].depth == 0 && !inc_lex_is_digit(c) ? "keyword" : NULL);
    return true;
}

extern const inc_language inc_language_css;
const inc_language inc_language_css = {
    .names = "css scss sass less stylus",
    .hook = hook,
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES}, {"'", "'", .flags = INC_STRING_ESCAPES}},
    .word_characters = "-",
};
