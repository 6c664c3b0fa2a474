/* erlang.c - Erlang: atoms, variables, characters, attributes. */
#include "highlight/language.h"

/* -module(...), $c, ?MACRO; a name that begins with a capital is a variable. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, end = inc_lex_word_end(lexer, at + 1);
    char c = lexer->code.p[at];
    const char *token_class = "variable";
    if (c == '$') {
        end = INC_MIN(at + 2 + (inc_lex_peek(lexer, 1) == '\\'), lexer->code.n);
        while (end < lexer->code.n && ((unsigned char)lexer->code.p[end] & 0xC0) == 0x80)
            end++;
        token_class = "string";
        if (memchr(lexer->code.p + at, '\n', end - at))
            return false;
    } else if (c == '?' || c == '-') {
        if (end == at + 1 || (c == '-' && !inc_lex_line_start(lexer, at)))
            return false;
        token_class = "meta";
    } else
        end = inc_lex_word_end(lexer, at);
    inc_lex_token(lexer, at, end, token_class);
    lexer->after_value = true;
    return true;
}

extern const inc_language inc_language_erlang;
const inc_language inc_language_erlang = {
    .names = "erlang erl hrl",
    .keywords =
        "after and andalso band begin bnot bor bsl bsr bxor case catch cond div else end fun if let maybe not of or orelse receive rem "
        "try when xor",
    .literals = "error false ok true undefined",
    .built_ins =
        "apply exit hd is_atom is_binary is_function is_integer is_list is_map is_pid is_tuple length link monitor node self send spawn "
        "spawn_link throw tl",
    .hook = hook,
    .hook_at = "-$?ABCDEFGHIJKLMNOPQRSTUVWXYZ_",
    .line_comments = {"%"},
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES, .token_class = "symbol"}},
    .word_characters = "@",
    .flags = INC_LANGUAGE_CALLS | INC_LANGUAGE_BASES,
};
