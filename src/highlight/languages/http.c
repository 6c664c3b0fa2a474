/* http.c - HTTP messages: request and status lines, header fields. */
#include "highlight/language.h"

static void lex_line(inc_lexer *lexer, size_t line, size_t end)
{
    static const char *const methods[] = {"GET ", "POST ", "PUT ", "PATCH ", "DELETE ", "HEAD ", "OPTIONS ", "CONNECT ", "TRACE "};
    inc_str text = inc_str_slice(lexer->code, line, end);
    for (size_t i = 0; i < INC_COUNT(methods); i++)
        if (inc_str_starts(text, inc_str_of(methods[i]))) {
            size_t verb = strlen(methods[i]) - 1, target = verb + 1, stop = target;
            while (stop < text.n && text.p[stop] != ' ')
                stop++;
            inc_lex_token(lexer, line, line + verb, "keyword");
            inc_lex_token(lexer, line + target, line + stop, "string");
            inc_lex_token(lexer, INC_MIN(line + stop + 1, end), end, "meta");
            return;
        }
    if (inc_str_starts(text, INC_STR("HTTP/"))) {
        size_t blank = INC_MIN(inc_str_find_char(text, ' '), text.n);
        inc_lex_token(lexer, line, line + blank, "meta");
        inc_lex_token(lexer, INC_MIN(line + blank + 1, end), end, "number");
        return;
    }
    size_t name = 0;
    while (name < text.n && (inc_lex_is_letter(text.p[name]) || inc_lex_is_digit(text.p[name]) || text.p[name] == '-'))
        name++;
    if (name > 0 && name < text.n && text.p[name] == ':')
        inc_lex_token(lexer, line, line + name, "attr");
}

/* The head's lines; the body behind an empty line is plain. */
static void lex(inc_lexer *lexer)
{
    while (lexer->at < lexer->code.n) {
        size_t line = lexer->at, end = inc_lex_line_end(lexer, line);
        if (end > line)
            lex_line(lexer, line, end);
        lexer->at = INC_MIN(end + 1, lexer->code.n);
    }
}

extern const inc_language inc_language_http;
const inc_language inc_language_http = {
    .names = "http https",
    .lex = lex,
};
