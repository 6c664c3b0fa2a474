/* shell.c - sh and bash, makefiles, Dockerfiles, PowerShell. */
#include "highlight/language.h"

static const char *const sh_keywords[] = {"case",     "coproc", "do", "done",   "elif", "else", "esac",  "fi",   "for",
                                          "function", "if",     "in", "select", "then", "time", "until", "while"};
static const char *const sh_built_ins[] = {
    "alias",  "break",  "cat",    "cd",    "chmod",    "command", "continue", "cp",    "declare", "echo",  "eval",
    "exec",   "exit",   "export", "false", "getopts",  "grep",    "kill",     "let",   "local",   "ls",    "mkdir",
    "mv",     "printf", "pwd",    "read",  "readonly", "return",  "rm",       "sed",   "set",     "shift", "shopt",
    "source", "sudo",   "test",   "touch", "trap",     "true",    "type",     "umask", "unset",   "wait"};

/* $name, ${...}, $1, $?; the brace form ends on its line. */
static bool lex_variable(inc_lexer *lexer)
{
    size_t start = lexer->at, at = start + 1, n = lexer->code.n;
    const char *p = lexer->code.p;
    if (p[start] != '$' || at >= n)
        return false;
    if (p[at] == '{') {
        size_t line = inc_lex_line_end(lexer, at);
        const char *close = memchr(p + at, '}', line - at);
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

/* "..." with its variables cut out. */
static void lex_double_quoted(inc_lexer *lexer)
{
    static const inc_string_kind kind = {"\"", "\"", INC_STRING_LINES | INC_STRING_ESCAPES};
    size_t before = lexer->tokens.n, start = lexer->at;
    inc_lex_string(lexer, start, start, &kind);
    size_t end = lexer->at, from = start;
    lexer->tokens.n = before;
    for (lexer->at = start; lexer->at < end;) {
        size_t here = lexer->at;
        if (lexer->code.p[here] == '\\' && here + 1 < end) {
            lexer->at += 2;
        } else if (lexer->code.p[here] == '$') {
            size_t mark = lexer->tokens.n;
            if (!lex_variable(lexer) || lexer->at > end) {
                lexer->tokens.n = mark;
                lexer->at = here + 1;
                continue;
            }
            inc_token variable = lexer->tokens.v[mark];
            lexer->tokens.n = mark;
            inc_lex_token(lexer, from, here, "string");
            inc_lex_token(lexer, variable.start, variable.start + variable.length, "variable");
            from = lexer->at;
        } else
            lexer->at++;
    }
    inc_lex_token(lexer, from, end, "string");
}

/* The body of a here-document begins at `at`; the delimiter stands alone on its last line. */
static void lex_here_document(inc_lexer *lexer, inc_str delimiter, size_t at)
{
    for (size_t line = at; line < lexer->code.n;) {
        size_t end = inc_lex_line_end(lexer, line);
        if (inc_str_eq(inc_str_trim(inc_str_slice(lexer->code, line, end)), delimiter)) {
            inc_lex_token(lexer, at, end, "string");
            return;
        }
        line = end + 1;
    }
    lexer->unclosed = true; /* a fragment: the body is shown as commands */
    lexer->at = at;
}

/* <<EOF, <<-'EOF': gives the delimiter, or "". */
static inc_str here_delimiter(const inc_lexer *lexer, size_t *behind)
{
    size_t at = lexer->at + 2, n = lexer->code.n;
    const char *p = lexer->code.p;
    if (!inc_lex_starts(lexer, "<<") || inc_lex_starts(lexer, "<<<"))
        return INC_STR("");
    while (at < n && (p[at] == '-' || p[at] == ' ' || p[at] == '\'' || p[at] == '"'))
        at++;
    size_t end = inc_lex_word_end(lexer, at);
    inc_str word = inc_str_slice(lexer->code, at, end);
    *behind = end < n && (p[end] == '\'' || p[end] == '"') ? end + 1 : end;
    return word;
}

static void lex_sh(inc_lexer *lexer)
{
    static const inc_words keywords = INC_WORDS(sh_keywords), built_ins = INC_WORDS(sh_built_ins);
    static const inc_string_kind single = {"'", "'", INC_STRING_LINES};
    const char *p = lexer->code.p;
    bool command = true; /* the next word is a command's name */
    inc_str here = {0};
    while (lexer->at < lexer->code.n) {
        size_t at = lexer->at;
        char c = p[at], before = at ? p[at - 1] : '\n';
        if (c == '\n') {
            lexer->at++;
            command = true;
            if (here.n)
                lex_here_document(lexer, here, lexer->at);
            here.n = 0;
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
        } else if (c == '$' && lex_variable(lexer)) {
            command = false;
        } else if (c == '<' && !lexer->unclosed && !here.n && (here = here_delimiter(lexer, &lexer->at)).n) {
            inc_lex_token(lexer, at, lexer->at, "string");
        } else if (strchr(";|&(){}!`", c)) {
            lexer->at = at + 1;
            command = c != ')' && c != '}';
        } else if (inc_lex_is_letter(c)) {
            size_t end = inc_lex_word_end(lexer, at);
            inc_str word = inc_str_slice(lexer->code, at, end);
            char next = end < lexer->code.n ? p[end] : '\n';
            bool whole = (inc_lex_is_blank(next) || strchr(";|&()`", next)) &&
                         (inc_lex_is_blank(before) || strchr(";|&(`", before));
            bool keyword = whole && inc_words_have(keywords, word) &&
                           (command || inc_str_is(word, "in") || inc_str_is(word, "do"));
            bool assigns = command && next == '=';
            inc_lex_token(lexer, at, end,
                          keyword                                               ? "keyword"
                          : assigns                                             ? "variable"
                          : command && whole && inc_words_have(built_ins, word) ? "built_in"
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

/* ---- make ---- */

static const char *const make_keywords[] = {"define", "else",  "endef",   "endif",    "export",   "ifdef",    "ifeq",
                                            "ifndef", "ifneq", "include", "override", "undefine", "unexport", "vpath"};

/* $(NAME), $(call f,$(x)), ${X}, $@: the parentheses match, on this line. */
static bool lex_make_variable(inc_lexer *lexer)
{
    char open = inc_lex_peek(lexer, 1);
    if (open == '\0' || open == '\n')
        return false;
    size_t at = lexer->at + 1, depth = 0;
    if (open == '(' || open == '{') {
        char close = open == '(' ? ')' : '}';
        for (; at < lexer->code.n && lexer->code.p[at] != '\n'; at++) {
            depth += lexer->code.p[at] == open;
            if (lexer->code.p[at] == close && --depth == 0)
                break;
        }
        if (depth > 0)
            return false;
    }
    inc_lex_token(lexer, lexer->at, at + 1, "variable");
    return true;
}

/* The name before ':' or '=' at the start of a line. */
static void lex_make_line(inc_lexer *lexer)
{
    static const inc_words keywords = INC_WORDS(make_keywords);
    const char *p = lexer->code.p;
    size_t line = lexer->at, end = inc_lex_line_end(lexer, line), mark = line;
    bool recipe = line < end && p[line] == '\t';
    size_t word = inc_lex_word_end(lexer, line);
    if (!recipe && inc_words_have(keywords, inc_str_slice(lexer->code, line, word)))
        inc_lex_token(lexer, line, word, "keyword");
    else if (!recipe) {
        while (mark < end && !strchr(":=#$", p[mark]))
            mark++;
        bool assigns = mark < end && (p[mark] == '=' || (p[mark] == ':' && mark + 1 < end && p[mark + 1] == '='));
        bool target = mark < end && p[mark] == ':' && !assigns;
        size_t name = mark;
        while (name > line && strchr(" \t?+!:", p[name - 1]))
            name--;
        if (assigns || target)
            inc_lex_token(lexer, line, name, assigns ? "variable" : p[line] == '.' ? "meta" : "title");
    }
    while (lexer->at < end) {
        char c = p[lexer->at];
        if (c == '#' && (lexer->at == line || p[lexer->at - 1] != '\\'))
            inc_lex_token(lexer, lexer->at, end, "comment");
        else if (!(c == '$' && lex_make_variable(lexer)))
            lexer->at++;
    }
}

static void lex_make(inc_lexer *lexer)
{
    while (lexer->at < lexer->code.n) {
        lex_make_line(lexer);
        lexer->at = INC_MIN(inc_lex_line_end(lexer, lexer->at) + 1, lexer->code.n);
    }
}

/* ---- Dockerfile ---- */

static const char *const docker_keywords[] = {
    "add",   "arg",        "as",      "cmd", "copy",  "entrypoint", "env",  "expose", "from",   "healthcheck",
    "label", "maintainer", "onbuild", "run", "shell", "stopsignal", "user", "volume", "workdir"};

static bool hook_docker(inc_lexer *lexer)
{
    char c = lexer->code.p[lexer->at];
    if (c == '$')
        return lex_variable(lexer);
    size_t end = inc_lex_word_end(lexer, lexer->at);
    bool first = inc_lex_line_start(lexer, lexer->at), as = end - lexer->at == 2 && (c == 'A' || c == 'a');
    if (end == lexer->at || first || (as && inc_lex_is_upper(c)))
        return false;
    inc_lex_token(lexer, lexer->at, end, NULL); /* arguments are plain */
    return true;
}

/* ---- PowerShell ---- */

static const char *const powershell_keywords[] = {
    "begin",   "break",  "catch",   "class", "continue", "do",       "else",  "elseif", "end",
    "exit",    "filter", "finally", "for",   "foreach",  "function", "if",    "in",     "param",
    "process", "return", "switch",  "throw", "trap",     "try",      "until", "using",  "while"};
static bool hook_powershell(inc_lexer *lexer)
{
    return lexer->code.p[lexer->at] == '$' && lex_variable(lexer);
}

static const char *const sh_names[] = {"sh", "bash", "zsh", "ksh", "fish", "shellscript", NULL},
                         *const make_names[] = {"make", "makefile", "mk", NULL},
                         *const docker_names[] = {"dockerfile", "docker", NULL},
                         *const powershell_names[] = {"powershell", "ps1", "pwsh", NULL};

static const inc_language languages[] = {
    {.names = sh_names, .lex = lex_sh},
    {.names = make_names, .lex = lex_make, .word_characters = "-"},
    {.names = docker_names,
     .hook = hook_docker,
     .keywords = INC_WORDS(docker_keywords),
     .line_comments = {"#"},
     .strings = {{"\"", "\"", INC_STRING_ESCAPES}, {"'", "'", 0}},
     .flags = INC_LANGUAGE_NO_CASE},
    {.names = powershell_names,
     .hook = hook_powershell,
     .keywords = INC_WORDS(powershell_keywords),
     .line_comments = {"#"},
     .block_comment = {"<#", "#>"},
     .strings = {{"\"", "\"", 0}, {"'", "'", INC_STRING_DOUBLED}},
     .word_characters = "-",
     .flags = INC_LANGUAGE_NO_CASE},
};

const inc_language_family inc_languages_shell = {languages, INC_COUNT(languages)};
