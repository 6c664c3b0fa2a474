/* assembly.c - what all assemblers have in common. */
#include "highlight/language.h"

/* The first word of a statement is a label before a colon, a directive behind a point, else an instruction; operands follow. */
bool inc_lex_instruction(inc_lexer *lexer)
{
    size_t at = lexer->at, end = at, before = at;
    const char *p = lexer->code.p;
    while (end < lexer->code.n && (inc_lex_is_letter(p[end]) || inc_lex_is_digit(p[end]) || p[end] == '.' || p[end] == '$' || p[end] == '@'))
        end++;
    while (before > 0 && (p[before - 1] == ' ' || p[before - 1] == '\t'))
        before--;
    bool prefixed = before >= 4 && memcmp(p + before - 4, "lock", 4) == 0;
    bool first = prefixed || before == 0 || p[before - 1] == '\n' || p[before - 1] == ':' || p[before - 1] == ';';
    if (end == at || !first)
        return false;
    bool label = end < lexer->code.n && p[end] == ':';
    inc_lex_token(lexer, at, end, label ? "symbol" : p[at] == '.' ? "meta" : "keyword");
    lexer->after_value = false;
    return true;
}
