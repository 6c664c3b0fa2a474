/* ini.c - INI files, Java properties, .env: keys and values. */
#include "highlight/language.h"

static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, end = inc_lex_line_end(lexer, at);
    const char *p = lexer->code.p;
    if (!inc_lex_line_start(lexer, at) || p[at] == '#' || p[at] == ';')
        return false;
    if (p[at] == '[') {
        const char *close = memchr(p + at, ']', end - at);
        inc_lex_token(lexer, at, close ? (size_t)(close - p) + 1 : end, "title");
        return true;
    }
    const char *equals = memchr(p + at, '=', end - at);
    if (!equals)
        return false;
    size_t key = (size_t)(equals - p);
    while (key > at && (p[key - 1] == ' ' || p[key - 1] == '\t'))
        key--;
    inc_lex_token(lexer, at, key, "attr");
    if (key == at)
        lexer->at++;
    return true;
}

extern const inc_language inc_language_ini;
const inc_language inc_language_ini = {
    .names = "ini conf cfg properties dotenv env editorconfig gitconfig desktop systemd service",
    .hook = hook,
    .literals = "false true yes no on off",
    .line_comments = {"#", ";"},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES}},
    .word_characters = "-",
};
