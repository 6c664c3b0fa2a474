/* python.c - Python: prefixed and formatted strings, decorators. */
#include "highlight/language.h"

/* @decorator at the start of a line; `match` is a keyword only before a subject and its colon. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, end = inc_lex_word_end(lexer, at + 1);
    const char *p = lexer->code.p;
    if (p[at] == '@' && inc_lex_line_start(lexer, at) && end > at + 1) {
        while (end < lexer->code.n && p[end] == '.')
            end = inc_lex_word_end(lexer, end + 1);
        inc_lex_token(lexer, at, end, "meta");
        return true;
    }
    end = inc_lex_word_end(lexer, at);
    if (!inc_str_is(inc_str_slice(lexer->code, at, end), "match"))
        return false;
    size_t line = inc_lex_line_end(lexer, at);
    while (line > end && inc_lex_is_blank(p[line - 1]))
        line--;
    if (inc_lex_line_start(lexer, at) && p[line - 1] == ':')
        return false;
    inc_lex_token(lexer, at, end, NULL);
    lexer->after_value = true;
    return true;
}

extern const inc_language inc_language_python;
const inc_language inc_language_python = {
    .names = "python py gyp ipython python3 py3 pyi starlark bazel bzl",
    .introducers = "def",
    .keywords =
        "and as assert async await break case class continue del elif else except finally for from global if import in is lambda match "
        "nonlocal not or pass raise return try while with yield",
    .literals = "Ellipsis False None NotImplemented True __debug__",
    .built_ins =
        "abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir "
        "divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int isinstance "
        "issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set "
        "setattr slice sorted staticmethod str sum super tuple type vars zip",
    .hook = hook,
    .hook_at = "@m",
    .line_comments = {"#"},
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES | INC_STRING_DOUBLED_INSIDE, .inside = "{", .prefixes = "f F fr Fr fR FR rf rF Rf RF t T tr rt"},
                {"'''", "'''", .flags = INC_STRING_LINES | INC_STRING_ESCAPES | INC_STRING_DOUBLED_INSIDE, .inside = "{", .prefixes = "f F fr Fr fR FR rf rF Rf RF t T tr rt"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES | INC_STRING_DOUBLED_INSIDE, .inside = "{", .prefixes = "f F fr Fr fR FR rf rF Rf RF t T tr rt"},
                {"'", "'", .flags = INC_STRING_ESCAPES | INC_STRING_DOUBLED_INSIDE, .inside = "{", .prefixes = "f F fr Fr fR FR rf rF Rf RF t T tr rt"},
                {"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .prefixes = "r R b B u U br Br bR BR rb rB Rb RB"},
                {"'''", "'''", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .prefixes = "r R b B u U br Br bR BR rb rB Rb RB"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES, .prefixes = "r R b B u U br Br bR BR rb rB Rb RB"},
                {"'", "'", .flags = INC_STRING_ESCAPES, .prefixes = "r R b B u U br Br bR BR rb rB Rb RB"},
                {"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"'''", "'''", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS,
};
