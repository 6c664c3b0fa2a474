/* dockerfile.c - Dockerfiles. */
#include "highlight/language.h"

static bool hook(inc_lexer *lexer)
{
    char c = lexer->code.p[lexer->at];
    if (c == '$')
        return inc_lex_shell_variable(lexer);
    size_t end = inc_lex_word_end(lexer, lexer->at);
    bool first = inc_lex_line_start(lexer, lexer->at), as = end - lexer->at == 2 && (c == 'A' || c == 'a');
    if (end == lexer->at || first || (as && inc_lex_is_upper(c)))
        return false;
    inc_lex_token(lexer, lexer->at, end, NULL); /* arguments are plain */
    return true;
}

extern const inc_language inc_language_dockerfile;
const inc_language inc_language_dockerfile = {
    .names = "dockerfile docker containerfile",
    .hook = hook,
    .keywords = "add arg as cmd copy entrypoint env expose from healthcheck label maintainer onbuild run shell stopsignal user volume workdir",
    .line_comments = {"#"},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES}, {"'", "'", .flags = 0}},
    .flags = INC_LANGUAGE_NO_CASE,
};
