/* powershell.c - PowerShell: cmdlets, here-strings, parameters. */
#include "highlight/language.h"

/* $name, ${any name}, $env:PATH; -Parameter and -eq; [type]; Verb-Noun. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, n = lexer->code.n, end = at + 1;
    const char *p = lexer->code.p;
    if (inc_lex_is_upper(p[at])) {
        end = inc_lex_word_end(lexer, at);
        if (lexer->next_word || !memchr(p + at, '-', end - at))
            return false;
        inc_lex_token(lexer, at, end, "built_in");
        return true;
    }
    if (p[at] == '$') {
        if (end < n && p[end] == '{') {
            const char *close = memchr(p + end, '}', inc_lex_reach(lexer, end) - end);
            end = close ? (size_t)(close - p) + 1 : end;
        } else
            while (end < n && (inc_lex_is_letter(p[end]) || inc_lex_is_digit(p[end]) || (p[end] == ':' && end + 1 < n && inc_lex_is_letter(p[end + 1])) || p[end] == '?'))
                end++;
        if (end == at + 1)
            return false;
        inc_str name = inc_str_slice(lexer->code, at, end);
        bool literal = inc_str_is(name, "$true") || inc_str_is(name, "$false") || inc_str_is(name, "$null");
        inc_lex_token(lexer, at, end, literal ? "literal" : "variable");
        lexer->after_value = true;
        return true;
    }
    bool after_blank = at > 0 && inc_lex_is_blank(p[at - 1]);
    size_t reach = inc_lex_reach(lexer, at);
    while (end < reach && (inc_lex_is_letter(p[end]) || inc_lex_is_digit(p[end]) || (p[at] == '[' && strchr(".[],", p[end]) && p[end] && p[end] != ']')))
        end++;
    if (end == at + 1 || !inc_lex_is_letter(p[at + 1]) || (p[at] == '-' && !after_blank) || (p[at] == '[' && (end >= n || p[end] != ']' || lexer->after_value)))
        return false;
    end += p[at] == '[';
    inc_lex_token(lexer, at, end, p[at] == '[' ? "type" : "attr");
    return true;
}

extern const inc_language inc_language_powershell;
const inc_language inc_language_powershell = {
    .names = "powershell pwsh ps ps1 psm1",
    .introducers = "filter function",
    .keywords =
        "begin break catch class continue data do dynamicparam else elseif end enum exit finally for foreach hidden if in param process "
        "return static switch throw trap try until using while",
    .literals = "$false $null $true",
    .hook = hook,
    .hook_at = "$-[ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    .line_comments = {"#"},
    .block_comments = {{"<#", "#>"}},
    .strings = {{"@\"", "\"@", .flags = INC_STRING_LINES, .inside = "$("},
                {"@'", "'@", .flags = INC_STRING_LINES},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_DOUBLED, .inside = "$("},
                {"'", "'", .flags = INC_STRING_LINES | INC_STRING_DOUBLED}},
    .word_characters = "-",
    .flags = INC_LANGUAGE_NO_CASE,
};
