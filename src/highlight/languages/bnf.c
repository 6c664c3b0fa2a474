/* bnf.c - Grammars: BNF, EBNF, PEG. */
#include "highlight/language.h"

/* The name that a rule defines; <name> anywhere. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, line = inc_lex_line_end(lexer, at);
    if (lexer->code.p[at] == '<') {
        const char *close = memchr(lexer->code.p + at, '>', inc_lex_reach(lexer, at) - at);
        if (!close)
            return false;
        inc_lex_token(lexer, at, (size_t)(close - lexer->code.p) + 1, "variable");
        return true;
    }
    if (lexer->code.p[at] == ';' && inc_lex_line_start(lexer, at)) { /* a comment of ABNF; elsewhere it ends a rule */
        inc_lex_token(lexer, at, line, "comment");
        return true;
    }
    size_t end = inc_lex_word_end(lexer, at);
    if (end == at)
        return false;
    bool defines = inc_lex_line_start(lexer, at) && (inc_lex_follows(lexer, end, '=') || inc_lex_follows(lexer, end, ':'));
    inc_lex_token(lexer, at, end, defines ? "title" : NULL);
    return true;
}

extern const inc_language inc_language_bnf;
const inc_language inc_language_bnf = {
    .names = "bnf ebnf abnf peg pest antlr grammar",
    .hook = hook,
    .line_comments = {"//"},
    .block_comments = {{"(*", "*)"}, {"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES},
                {"`", "`", .flags = 0}},
    .word_characters = "-",
};
