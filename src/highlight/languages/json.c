/* json.c - JSON, with comments where a dialect has them. */
#include "highlight/language.h"

static bool hook(inc_lexer *lexer)
{
    static const inc_string_kind quoted = {"\"", "\"", .flags = INC_STRING_ESCAPES};
    size_t start = lexer->at;
    char c = lexer->code.p[start];
    if (c == '-' && inc_lex_is_digit(inc_lex_peek(lexer, 1))) {
        lexer->at++;
        inc_lex_number(lexer);
        lexer->tokens.v[lexer->tokens.n - 1].start--;
        lexer->tokens.v[lexer->tokens.n - 1].length++;
        return true;
    }
    if (c != '"')
        return false;
    inc_lex_string(lexer, start, start, &quoted);
    if (inc_lex_follows(lexer, lexer->at, ':'))
        lexer->tokens.v[lexer->tokens.n - 1].token_class = "attr";
    return true;
}

extern const inc_language inc_language_json;
const inc_language inc_language_json = {
    .names = "json jsonc json5 jsonl ndjson webmanifest geojson",
    .hook = hook,
    .hook_at = "-\"",
    .literals = "Infinity NaN false null true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"'", "'", .flags = INC_STRING_ESCAPES}},
};
