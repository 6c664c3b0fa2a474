/* latex.c - TeX and LaTeX: commands, mathematics between dollars. */
#include "highlight/language.h"

/* \command, \begin{name}, an escaped character; $...$ and \[...\] on one line. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, line = inc_lex_reach(lexer, at), end = at + 1;
    const char *p = lexer->code.p;
    if (p[at] == '$') {
        bool display = end < line && p[end] == '$';
        size_t close = end + display;
        while (close < line && p[close] != '$')
            close += p[close] == '\\' && close + 1 < line ? 2 : 1;
        if (close >= line || (display && (close + 1 >= line || p[close + 1] != '$')))
            return false;
        inc_lex_token(lexer, at, close + 1 + display, "string");
        return true;
    }
    while (end < line && (inc_lex_is_lower(p[end]) || inc_lex_is_upper(p[end]) || p[end] == '@'))
        end++;
    inc_str name = inc_str_slice(lexer->code, at, end);
    bool environment = inc_str_is(name, "\\begin") || inc_str_is(name, "\\end");
    if (end == at + 1 && end < line && !((unsigned char)p[end] & 0x80))
        end++;
    inc_lex_token(lexer, at, end, "keyword");
    if (environment && end < line && p[end] == '{') {
        const char *close = memchr(p + end, '}', line - end);
        if (close)
            inc_lex_token(lexer, end + 1, (size_t)(close - p), "title");
    }
    return true;
}

extern const inc_language inc_language_latex;
const inc_language inc_language_latex = {
    .names = "latex tex context bibtex",
    .hook = hook,
    .hook_at = "$\\",
    .line_comments = {"%"},
};
