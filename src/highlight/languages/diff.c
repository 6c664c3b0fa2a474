/* diff.c - differences, unified, context and plain. */
#include "highlight/language.h"

static void lex(inc_lexer *lexer)
{
    while (lexer->at < lexer->code.n) {
        size_t line = lexer->at, end = inc_lex_line_end(lexer, line);
        inc_str text = inc_str_slice(lexer->code, line, end);
        const char *token_class = NULL;
        if (inc_str_starts(text, INC_STR("+++ ")) || inc_str_starts(text, INC_STR("--- ")) || inc_str_starts(text, INC_STR("@@")) || inc_str_starts(text, INC_STR("diff ")) ||
            inc_str_starts(text, INC_STR("index ")))
            token_class = "meta";
        else if (inc_str_starts(text, INC_STR("+")) || inc_str_starts(text, INC_STR(">")))
            token_class = "addition";
        else if (inc_str_starts(text, INC_STR("-")) || inc_str_starts(text, INC_STR("<")))
            token_class = "deletion";
        inc_lex_token(lexer, line, end, token_class);
        lexer->at = INC_MIN(end + 1, lexer->code.n);
    }
}

extern const inc_language inc_language_diff;
const inc_language inc_language_diff = {
    .names = "diff patch udiff",
    .lex = lex,
};
