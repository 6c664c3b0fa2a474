/* wasm.c - WebAssembly's text form. */
#include "highlight/language.h"

/* Instructions have a point in their names: i32.const, local.get. */
static bool hook(inc_lexer *lexer)
{
    size_t end = inc_lex_word_end(lexer, lexer->at);
    if (!memchr(lexer->code.p + lexer->at, '.', end - lexer->at))
        return false;
    inc_lex_token(lexer, lexer->at, end, "keyword");
    return true;
}

extern const inc_language inc_language_wasm;
const inc_language inc_language_wasm = {
    .names = "wasm wat wast webassembly",
    .keywords =
        "block br br_if br_table call call_indirect data drop elem else end export func global if import local loop memory module mut nop "
        "offset param result return select start table then type unreachable",
    .types = "externref f32 f64 funcref i32 i64 v128",
    .hook = hook,
    .hook_at = "abcdefghijklmnopqrstuvwxyz",
    .line_comments = {";;"},
    .block_comments = {{"(;", ";)"}},
    .nested_comments = true,
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'$', "variable"}},
    .word_characters = ".",
};
