/* matlab.c - MATLAB and Octave: transposes against strings. */
#include "highlight/language.h"

/* After a value a quote transposes. */
static bool hook(inc_lexer *lexer)
{
    char before = lexer->at > 0 ? lexer->code.p[lexer->at - 1] : ' ';
    if (before != '.' && (!lexer->after_value || inc_lex_is_blank(before)))
        return false;
    lexer->at++;
    return true;
}

extern const inc_language inc_language_matlab;
const inc_language inc_language_matlab = {
    .names = "matlab m octave",
    .introducers = "function",
    .keywords =
        "break case catch classdef continue else elseif end endfor endfunction endif endwhile enumeration events for global if methods "
        "otherwise parfor persistent properties return spmd switch try until unwind_protect while",
    .literals = "Inf NaN eps false pi true",
    .built_ins = "disp fprintf length linspace numel ones plot printf rand size sum zeros",
    .hook = hook,
    .hook_at = "'",
    .line_comments = {"%", "#"},
    .block_comments = {{"%{", "%}"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_DOUBLED},
                {"'", "'", .flags = INC_STRING_DOUBLED}},
};
