/* make.c - makefiles. */
#include "highlight/language.h"

/* $(NAME), $(call f,$(x)), ${X}, $@: the parentheses match, on this line. */
static bool lex_variable(inc_lexer *lexer)
{
    char open = inc_lex_peek(lexer, 1);
    if (open == '\0' || open == '\n')
        return false;
    size_t at = lexer->at + 1, depth = 0;
    if (open == '(' || open == '{') {
        char close = open == '(' ? ')' : '}';
        for (size_t reach = inc_lex_reach(lexer, at); at < reach; at++) {
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
static void lex_line(inc_lexer *lexer)
{
    const char *p = lexer->code.p;
    size_t line = lexer->at, end = inc_lex_line_end(lexer, line), mark = line;
    bool recipe = line < end && p[line] == '\t';
    size_t word = inc_lex_word_end(lexer, line);
    if (!recipe && inc_lex_is(lexer, inc_str_slice(lexer->code, line, word), "keyword"))
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
        else if (!(c == '$' && lex_variable(lexer)))
            lexer->at++;
    }
}

static void lex(inc_lexer *lexer)
{
    while (lexer->at < lexer->code.n) {
        lex_line(lexer);
        lexer->at = INC_MIN(inc_lex_line_end(lexer, lexer->at) + 1, lexer->code.n);
    }
}

extern const inc_language inc_language_make;
const inc_language inc_language_make = {
    .names = "makefile make mk mak gnumake justfile just",
    .lex = lex,
    .keywords = "define else endef endif export ifdef ifeq ifndef ifneq include override undefine unexport vpath",
    .word_characters = "-",
};
