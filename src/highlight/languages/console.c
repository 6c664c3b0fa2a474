/* console.c - what a terminal shows: sessions with prompts, compilers' messages and test results. Line by line. */
#include "highlight/language.h"

extern const inc_language inc_language_console, inc_language_pycon;

static bool starts(inc_str line, const char *prefix)
{
    return inc_str_starts(line, inc_str_of(prefix));
}

/* Length of the prompt at the head of a line, its blank included; 0 for none. */
static size_t prompt_of(inc_str line, bool python)
{
    if (starts(line, "$ ") || starts(line, "> "))
        return 2;
    if (python && (starts(line, ">>> ") || starts(line, "... ")))
        return 4;
    if (starts(line, "PS> "))
        return 4;
    if (starts(line, "PS ")) {
        size_t end = inc_str_find_char(line, '>');
        return end != INC_NPOS && end + 1 < line.n && line.p[end + 1] == ' ' ? end + 2 : 0;
    }
    if (line.n > 3 && inc_lex_is_upper(line.p[0]) && line.p[1] == ':' && line.p[2] == '\\') { /* C:\Users> */
        size_t end = inc_str_find_char(line, '>');
        return end == INC_NPOS || memchr(line.p, ' ', end) ? 0 : end + 1;
    }
    return 0;
}

/* The length of "error", "error[E0277]:", "warning:" ... at the head of a line, and its class. */
static size_t verdict_of(inc_str line, const char **token_class)
{
    static const struct {
        const char *word, *token_class;
    } words[] = {{"error", "error"}, {"warning", "warning"}, {"fatal error", "error"}, {"fatal", "error"}};
    for (size_t i = 0; i < INC_COUNT(words); i++) {
        size_t n = strlen(words[i].word);
        if (!starts(line, words[i].word) || n >= line.n)
            continue;
        if (line.p[n] == '[') {
            size_t close = inc_str_find_char(line, ']');
            if (close == INC_NPOS)
                continue;
            n = close + 1;
        }
        if (n < line.n && line.p[n] == ':') {
            *token_class = words[i].token_class;
            return n + 1;
        }
    }
    return 0;
}

/* file.c:3:7: error: ...  as gcc and clang say it: offset of the word. */
static size_t verdict_inside(inc_str line, const char **token_class)
{
    static const struct {
        const char *word, *token_class;
    } words[] = {{": error:", "error"}, {": fatal error:", "error"}, {": warning:", "warning"}};
    for (size_t i = 0; i < INC_COUNT(words); i++) {
        size_t at = inc_str_find(line, inc_str_of(words[i].word));
        if (at != INC_NPOS && at > 0 && inc_lex_is_digit(line.p[at - 1])) {
            *token_class = words[i].token_class;
            return at + 2;
        }
    }
    return 0;
}

/* `   | ^^^^^ expected` under a source line: the carets alone. */
static void lex_carets(inc_lexer *lexer, size_t line, size_t end, const char *token_class)
{
    const char *p = lexer->code.p;
    size_t at = line;
    while (at < end && (p[at] == ' ' || inc_lex_is_digit(p[at])))
        at++;
    if (at >= end || p[at] != '|')
        return;
    size_t source = at + 1;
    while (source < end && (p[source] == ' ' || p[source] == '|' || p[source] == '-' || p[source] == '_'))
        source++;
    for (at = source; at < end && p[at] == '^'; at++)
        continue;
    if (at > source)
        inc_lex_token(lexer, source, at, token_class);
}

/* "test works ... ok", "... FAILED", "test result: ok." */
static void lex_test_result(inc_lexer *lexer, size_t line, size_t end)
{
    static const struct {
        const char *text, *token_class;
    } ends[] = {{" ... ok", "ok"}, {" ... FAILED", "error"}, {" ... ignored", "warning"}};
    inc_str text = inc_str_slice(lexer->code, line, end);
    if (starts(text, "test result: ok"))
        inc_lex_token(lexer, line + strlen("test result: "), line + strlen("test result: ok"), "ok");
    else if (starts(text, "test result: FAILED"))
        inc_lex_token(lexer, line + strlen("test result: "), line + strlen("test result: FAILED"), "error");
    else
        for (size_t i = 0; i < INC_COUNT(ends); i++)
            if (inc_str_ends(text, inc_str_of(ends[i].text)))
                inc_lex_token(lexer, end - strlen(ends[i].text) + strlen(" ... "), end, ends[i].token_class);
}

/* A shell asks for the rest of such a line with "> ". */
static bool asks_for_more(inc_str typed)
{
    static const char *const ends[] = {"\\", "|", "&&", "{", " do", " then"};
    for (size_t i = 0; i < INC_COUNT(ends); i++)
        if (inc_str_ends(typed, inc_str_of(ends[i])))
            return true;
    return inc_str_find(typed, INC_STR("<<")) != INC_NPOS;
}

static void lex_lines(inc_lexer *lexer, bool python)
{
    const char *verdict = "error";
    bool continued = false; /* the line before was typed and ended in a backslash */
    bool dollar = starts(lexer->code, "$ ") || inc_str_find(lexer->code, INC_STR("\n$ ")) != INC_NPOS;
    bool more = !dollar; /* "> " is a prompt here; beside "$ " it may be output */
    while (lexer->at < lexer->code.n) {
        size_t line = lexer->at, end = inc_lex_line_end(lexer, line);
        inc_str text = inc_str_slice(lexer->code, line, end);
        size_t prompt = starts(text, "> ") && !more ? 0 : prompt_of(text, python), head = 0;
        more = !dollar || (more && starts(text, "> ")) || ((prompt || continued) && asks_for_more(text));
        if (prompt || continued) {
            inc_lex_token(lexer, line, line + prompt, "meta");
            inc_lex_token(lexer, line + prompt, end, "input");
            continued = text.n > 0 && text.p[text.n - 1] == '\\';
        } else if ((head = verdict_of(text, &verdict)) > 0) {
            inc_lex_token(lexer, line, line + head, verdict);
            inc_lex_token(lexer, line + head, end, "message");
        } else if ((head = verdict_inside(text, &verdict)) > 0) {
            size_t colon = head + inc_str_find_char(inc_str_slice(text, head, text.n), ':');
            inc_lex_token(lexer, line + head, line + colon + 1, verdict);
        } else if (starts(text, "For more information about ")) {
            inc_lex_token(lexer, line, end, "message");
        } else {
            lex_carets(lexer, line, end, verdict);
            lex_test_result(lexer, line, end);
        }
        lexer->at = INC_MIN(end + 1, lexer->code.n);
    }
}

static void lex(inc_lexer *lexer)
{
    lex_lines(lexer, lexer->language == &inc_language_pycon);
}

const inc_language inc_language_console = {
    .names = "console text txt plain plaintext output shell sh-session shell-session shellsession bash-session terminal cmd",
    .lex = lex,
};
const inc_language inc_language_pycon = {
    .names = "pycon python-repl",
    .lex = lex,
};
