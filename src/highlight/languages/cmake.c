/* cmake.c - CMake. */
#include "highlight/language.h"

/* ${NAME}, $ENV{NAME}, $<generator expression>, on one line. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, line = inc_lex_reach(lexer, at), open = inc_lex_word_end(lexer, at + 1);
    if (open >= line || (lexer->code.p[open] != '{' && lexer->code.p[open] != '<'))
        return false;
    const char *close = memchr(lexer->code.p + open, lexer->code.p[open] == '{' ? '}' : '>', line - open);
    if (!close)
        return false;
    inc_lex_token(lexer, at, (size_t)(close - lexer->code.p) + 1, "variable");
    return true;
}

extern const inc_language inc_language_cmake;
const inc_language inc_language_cmake = {
    .names = "cmake cmake.in",
    .introducers = "function macro",
    .keywords =
        "and block break cmake_minimum_required continue defined else elseif endblock endforeach endfunction endif endmacro endwhile "
        "equal exists foreach greater if in_list include less matches not or project return strequal strgreater strless target "
        "version_greater version_less while",
    .literals = "false interface no off on private public required true yes",
    .hook = hook,
    .hook_at = "$",
    .line_comments = {"#"},
    .block_comments = {{"#[[", "]]"}},
    .strings = {{"[[", "]]", .flags = INC_STRING_LINES},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_NO_CASE | INC_LANGUAGE_CALLS,
};
