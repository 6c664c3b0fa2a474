/* rust.c - Rust: lifetimes and characters, raw strings and names, attributes (The Rust Reference, "Lexical structure"). */
#include "highlight/language.h"

/* #[...] and #![...] up to the matching bracket; one that does not close soon is no attribute. */
static bool lex_attribute(inc_lexer *lexer)
{
    size_t at = lexer->at + 1, open = 0;
    bool quoted = false;
    at += inc_lex_starts_at(lexer, at, "!");
    if (!inc_lex_starts_at(lexer, at, "["))
        return false;
    for (; at < lexer->code.n && at < lexer->at + INC_LEX_REACH; at++) {
        char c = lexer->code.p[at];
        if (quoted && c == '\\')
            at++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '[')
            open++;
        else if (!quoted && c == ']' && --open == 0) {
            inc_lex_token(lexer, lexer->at, at + 1, "meta");
            return true;
        }
    }
    return false;
}

/* `union`, `safe`, `gen`, `box` and the like are keywords only here and there; as plain names they are commoner. */
static bool is_weak(const inc_lexer *lexer, inc_str word, size_t end)
{
    static const char *const weak[] = {"become", "box", "do", "gen", "safe", "try", "typeof", "union", "unsized", "yield"};
    bool declares = end + 1 < lexer->code.n && lexer->code.p[end] == ' ' && inc_lex_is_upper(lexer->code.p[end + 1]); /* union Bits { */
    bool opens = inc_lex_follows(lexer, end, '{');                                                                     /* try { */
    bool unsafe_extern = inc_str_is(word, "safe") && inc_lex_starts_at(lexer, end, " fn");
    for (size_t i = 0; i < INC_COUNT(weak); i++)
        if (inc_str_is(word, weak[i]))
            return !(inc_str_is(word, "union") && declares) && !((inc_str_is(word, "try") || inc_str_is(word, "gen")) && opens) && !unsafe_extern;
    return false;
}

static bool hook(inc_lexer *lexer)
{
    char c = lexer->code.p[lexer->at];
    if (c == '#')
        return lex_attribute(lexer);
    size_t end = inc_lex_word_end(lexer, lexer->at);
    if (c == 'r' && end == lexer->at + 1 && inc_lex_peek(lexer, 1) == '#' && inc_lex_is_letter(inc_lex_peek(lexer, 2)))
        end = inc_lex_word_end(lexer, lexer->at + 2); /* r#type is a plain name */
    else if (!is_weak(lexer, inc_str_slice(lexer->code, lexer->at, end), end))
        return false;
    inc_lex_token(lexer, lexer->at, end, lexer->next_word);
    lexer->next_word = NULL;
    lexer->after_value = true;
    return true;
}

extern const inc_language inc_language_rust;
const inc_language inc_language_rust = {
    .names = "rust rs",
    .introducers = "fn",
    .keywords =
        "Self as async await become box break const continue crate do dyn else enum extern for gen if impl in let loop match mod move mut "
        "pub ref return safe self static struct super trait try type typeof union unsafe unsized use where while yield",
    .types = "bool char f128 f16 f32 f64 i128 i16 i32 i64 i8 isize str u128 u16 u32 u64 u8 usize",
    .literals = "false true",
    .hook = hook,
    .hook_at = "#rubsgdty",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .nested_comments = true,
    .strings = {{"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_HASHES, .prefixes = "r br cr"},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .prefixes = "b c"},
                {"'", "'", .flags = INC_STRING_ESCAPES | INC_STRING_CHARACTER, .prefixes = "b"},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES | INC_STRING_CHARACTER}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS | INC_LANGUAGE_MACROS | INC_LANGUAGE_QUOTE_NAMES,
};
