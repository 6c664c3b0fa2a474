/* bat.c - Batch files of Windows. */
#include "highlight/language.h"

/* rem and :: comments, :labels, %NAME% and %1. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, line = inc_lex_line_end(lexer, at), reach = inc_lex_reach(lexer, at), end = at + 1;
    const char *p = lexer->code.p;
    bool first = inc_lex_line_start(lexer, at) || (at > 0 && p[at - 1] == '@');
    if (p[at] == '%') {
        while (end < reach && (inc_lex_is_letter(p[end]) || inc_lex_is_digit(p[end]) || strchr("~%:", p[end])) && p[end - 1 + (end == at + 1)] != '%')
            end++;
        if (end == at + 1)
            return false;
        inc_lex_token(lexer, at, end, "variable");
        return true;
    }
    bool remark = first && line - at >= 3 && (p[at] | 32) == 'r' && (p[at + 1] | 32) == 'e' && (p[at + 2] | 32) == 'm' && (line == at + 3 || p[at + 3] == ' ');
    if (remark || (first && inc_lex_starts(lexer, "::"))) {
        inc_lex_token(lexer, at, line, "comment");
        return true;
    }
    end = inc_lex_word_end(lexer, at + 1);
    if (p[at] != ':' || !first || end == at + 1)
        return false;
    inc_lex_token(lexer, at, end, "symbol");
    return true;
}

extern const inc_language inc_language_bat;
const inc_language inc_language_bat = {
    .names = "bat batch dos",
    .keywords =
        "call cd cls copy del do echo else endlocal errorlevel exist exit for goto if in md mkdir move not pause popd pushd rd rem ren "
        "rmdir set setlocal shift start title type xcopy",
    .literals = "defined equ geq gtr leq lss neq nul off on",
    .hook = hook,
    .hook_at = "rR:%@",
    .strings = {{"\"", "\"", .flags = 0}},
    .flags = INC_LANGUAGE_NO_CASE,
};
