/* elixir.c - Elixir: atoms, sigils, attributes. */
#include "highlight/language.h"

/* ~r/.../i, ~w[...]a, ~D[2026-01-01] on one line. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at + 1;
    const char *p = lexer->code.p;
    while (at < lexer->code.n && (inc_lex_is_lower(p[at]) || inc_lex_is_upper(p[at])))
        at++;
    if (at == lexer->at + 1 || at >= lexer->code.n || !strchr("/|\"'([{<", p[at]))
        return false;
    at = inc_lex_delimited(lexer, at);
    if (at == INC_NPOS)
        return false;
    while (at < lexer->code.n && inc_lex_is_lower(p[at]))
        at++;
    inc_lex_token(lexer, lexer->at, at, "string");
    lexer->after_value = true;
    return true;
}

extern const inc_language inc_language_elixir;
const inc_language inc_language_elixir = {
    .names = "elixir ex exs",
    .introducers = "def defguard defmacro defmacrop defp",
    .keywords =
        "after alias and case catch cond defdelegate defexception defimpl defmodule defoverridable defprotocol defstruct do else end fn "
        "for if import in not or quote raise receive require reraise rescue super throw try unless unquote use when with",
    .literals = "false nil true",
    .built_ins = "__DIR__ __ENV__ __MODULE__ self send spawn",
    .hook = hook,
    .hook_at = "~",
    .line_comments = {"#"},
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "#{"},
                {"'''", "'''", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "#{"},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "#{"},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'@', "meta"}},
    .word_characters = "?!",
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_COLON_NAMES,
};
