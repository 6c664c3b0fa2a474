/* sh.c - the shells of POSIX: sh, bash, zsh. */
#include "highlight/language.h"

enum { EXPANSION_MAX = 1000 };

/* $name, ${...}, $1, $?; the brace form ends on its line. */
bool inc_lex_shell_variable(inc_lexer *lexer)
{
    size_t start = lexer->at, at = start + 1, n = lexer->code.n;
    const char *p = lexer->code.p;
    if (p[start] != '$' || at >= n)
        return false;
    if (p[at] == '{') {
        const char *close = memchr(p + at, '}', inc_lex_reach(lexer, at) - at);
        if (!close)
            return false;
        at = (size_t)(close - p) + 1;
    } else if (inc_lex_is_letter(p[at]))
        at = inc_lex_word_end(lexer, at);
    else if (inc_lex_is_digit(p[at]) || strchr("?!@*#$-", p[at]))
        at++;
    else
        return false;
    inc_lex_token(lexer, start, at, "variable");
    return true;
}

/* Index behind $( ... ) or ${ ... } with what is quoted inside, or `at` when its bracket does not close. */
static size_t skip_expansion(const inc_lexer *lexer, size_t at)
{
    const char *p = lexer->code.p;
    char open = p[at + 1], close = open == '(' ? ')' : '}';
    size_t depth = 0;
    for (size_t i = at + 1; i < lexer->code.n && i < at + EXPANSION_MAX; i++) {
        if (p[i] == '\\')
            i++;
        else if (p[i] == open)
            depth++;
        else if (p[i] == close && --depth == 0)
            return i + 1;
    }
    return at;
}

/* Index behind the quote that closes the string begun at `at`, or the end of its line. */
static size_t double_quoted_end(inc_lexer *lexer, size_t at)
{
    const char *p = lexer->code.p;
    for (size_t i = at + 1; i < lexer->code.n && !(lexer->unclosed & INC_UNCLOSED_OTHER); i++) {
        if (p[i] == '"')
            return i + 1;
        if (p[i] == '\\')
            i++;
        else if (p[i] == '$' && i + 1 < lexer->code.n && (p[i + 1] == '(' || p[i + 1] == '{'))
            i = INC_MAX(skip_expansion(lexer, i), i + 1) - 1;
    }
    size_t line = inc_lex_line_end(lexer, at);
    const char *close = memchr(p + at + 1, '"', line - at - 1);
    lexer->unclosed |= INC_UNCLOSED_OTHER;
    return close ? (size_t)(close - p) + 1 : line;
}

/* "..." with its variables cut out; commands inside stay part of the string. */
static void lex_double_quoted(inc_lexer *lexer)
{
    size_t from = lexer->at, end = double_quoted_end(lexer, from);
    for (lexer->at = from + 1; lexer->at < end;) {
        size_t here = lexer->at, mark = lexer->tokens.n;
        char c = lexer->code.p[here];
        lexer->at = INC_MIN(here + (c == '\\' ? 2 : 1), end);
        if (c != '$')
            continue;
        lexer->at = here;
        if (!inc_lex_shell_variable(lexer) || lexer->at > end) {
            lexer->tokens.n = mark;
            lexer->at = here + 1;
            continue;
        }
        inc_token variable = lexer->tokens.v[mark];
        lexer->tokens.n = mark;
        inc_lex_token(lexer, from, here, "string");
        inc_lex_token(lexer, variable.start, variable.start + variable.length, "variable");
        from = lexer->at;
    }
    inc_lex_token(lexer, from, end, "string");
}

static void lex(inc_lexer *lexer)
{
    static const inc_string_kind single = {"'", "'", .flags = INC_STRING_LINES};
    const char *p = lexer->code.p;
    bool command = true; /* the next word is a command's name */
    while (lexer->at < lexer->code.n) {
        size_t at = lexer->at;
        char c = p[at], before = at ? p[at - 1] : '\n';
        if (c == '\n') {
            lexer->at++;
            command = true;
            if (lexer->here_count > 0)
                inc_lex_here_bodies(lexer);
        } else if (inc_lex_is_blank(c)) {
            lexer->at++;
        } else if (c == '#' && (inc_lex_is_blank(before) || before == ';')) {
            inc_lex_token(lexer, at, inc_lex_line_end(lexer, at),
                          at == 0 && inc_lex_peek(lexer, 1) == '!' ? "meta" : "comment");
        } else if (c == '\'') {
            inc_lex_string(lexer, at, at, &single);
        } else if (c == '"') {
            lex_double_quoted(lexer);
            command = false;
        } else if (c == '\\') {
            lexer->at = INC_MIN(at + 2, lexer->code.n);
        } else if (c == '$' && inc_lex_shell_variable(lexer)) {
            command = false;
        } else if (c == '<' && !inc_lex_starts(lexer, "<<<") && inc_lex_here(lexer)) {
            command = false;
        } else if (strchr(";|&(){}!`", c)) {
            lexer->at = at + 1;
            command = c != ')' && c != '}';
        } else if (inc_lex_is_letter(c)) {
            size_t end = inc_lex_word_end(lexer, at);
            inc_str word = inc_str_slice(lexer->code, at, end);
            char next = end < lexer->code.n ? p[end] : '\n';
            bool whole = (inc_lex_is_blank(next) || strchr(";|&()`", next)) &&
                         (inc_lex_is_blank(before) || strchr(";|&(`", before));
            bool keyword = whole && inc_lex_is(lexer, word, "keyword") &&
                           (command || inc_str_is(word, "in") || inc_str_is(word, "do"));
            bool assigns = command && next == '=';
            inc_lex_token(lexer, at, end,
                          keyword                                               ? "keyword"
                          : assigns                                             ? "variable"
                          : command && whole && inc_lex_is(lexer, word, "built_in") ? "built_in"
                                                                                : NULL);
            command = assigns ||
                      (keyword && !inc_str_is(word, "for") && !inc_str_is(word, "case") && !inc_str_is(word, "in"));
            if (assigns) /* over the = and a plain value: the command may follow */
                for (lexer->at++; lexer->at < lexer->code.n && !inc_lex_is_blank(p[lexer->at]) &&
                                  !strchr("\"'$;|&(){}`\\", p[lexer->at]);)
                    lexer->at++;
        } else {
            lexer->at = at + 1;
            command = false;
            while (lexer->at < lexer->code.n && (inc_lex_is_digit(p[lexer->at]) || strchr("-./", p[lexer->at])))
                lexer->at++;
        }
    }
}

extern const inc_language inc_language_sh;
const inc_language inc_language_sh = {
    .names = "sh bash zsh ksh fish shellscript zsh-session",
    .lex = lex,
    .keywords = "case coproc do done elif else esac fi for function if in select then time until while",
    .built_ins =
        "alias apt awk break cargo cat cd chmod command continue cp curl cut declare docker echo eval exec exit export false find getopts git grep head kill "
        "let local ls make mkdir mv printf pwd read readonly return rm rustc rustup sed set shift shopt sort source sudo tail tar test touch trap true type "
        "umask unset wait wc xargs",
};
