/* lua.c - Lua: long brackets of any level. */
#include "highlight/language.h"

enum { LEVELS_MAX = 16 };

/* [[...]], [==[...]==], and after -- as comments. */
static bool hook(inc_lexer *lexer)
{
    bool comment = inc_lex_starts(lexer, "--");
    size_t open = lexer->at + (comment ? 2 : 0), level = 0;
    if (!inc_lex_starts_at(lexer, open, "["))
        return false;
    while (inc_lex_starts_at(lexer, open + 1 + level, "=") && level < LEVELS_MAX)
        level++;
    if (!inc_lex_starts_at(lexer, open + 1 + level, "["))
        return false;
    char opening[LEVELS_MAX + 3] = "[", closing[LEVELS_MAX + 3] = "]";
    memset(opening + 1, '=', level);
    memset(closing + 1, '=', level);
    opening[1 + level] = '[';
    closing[1 + level] = ']';
    const inc_string_kind kind = {opening, closing, INC_STRING_LINES, .token_class = comment ? "comment" : "string"};
    inc_lex_string(lexer, lexer->at, open, &kind);
    return true;
}

extern const inc_language inc_language_lua;
const inc_language inc_language_lua = {
    .names = "lua luau pluto",
    .introducers = "function",
    .keywords = "and break do else elseif end for goto if in local not or repeat return then until while",
    .literals = "false nil true",
    .built_ins =
        "assert collectgarbage coroutine dofile error getmetatable io ipairs load math next os pairs pcall print rawequal rawget rawset "
        "require select self setmetatable string table tonumber tostring type utf8 xpcall",
    .hook = hook,
    .hook_at = "[-",
    .line_comments = {"--"},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
};
