/* markdown.c - Markdown. */
#include "highlight/language.h"

/* Markdown: headings, fences, list marks, code spans, emphasis of a line are enough for a listing. */
static void lex(inc_lexer *lexer)
{
    const char *p = lexer->code.p;
    bool fence = false;
    while (lexer->at < lexer->code.n) {
        size_t line = lexer->at, end = inc_lex_line_end(lexer, line);
        while (lexer->at < end && p[lexer->at] == ' ')
            lexer->at++;
        char c = inc_lex_peek(lexer, 0);
        if (inc_lex_starts(lexer, "```") || inc_lex_starts(lexer, "~~~")) {
            inc_lex_token(lexer, lexer->at, end, "meta");
            fence = !fence;
        } else if (fence) {
            lexer->at = end;
        } else if (c == '#') {
            inc_lex_token(lexer, lexer->at, end, "title");
        } else if (c == '>' || ((c == '-' || c == '*' || c == '+') && inc_lex_peek(lexer, 1) == ' ')) {
            inc_lex_token(lexer, lexer->at, lexer->at + 1, "symbol");
        }
        while (lexer->at < end) {
            size_t at = lexer->at;
            const char *close = p[at] == '`' ? memchr(p + at + 1, '`', INC_MIN(inc_lex_reach(lexer, at), end) - at - 1) : NULL;
            if (close)
                inc_lex_token(lexer, at, (size_t)(close - p) + 1, "string");
            else
                lexer->at++;
        }
        lexer->at = INC_MIN(end + 1, lexer->code.n);
    }
}

extern const inc_language inc_language_markdown;
const inc_language inc_language_markdown = {
    .names = "markdown md mkdown mkd mdx",
    .lex = lex,
};
