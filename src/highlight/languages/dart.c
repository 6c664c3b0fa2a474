/* dart.c - Dart: interpolation, raw strings. */
#include "highlight/language.h"

extern const inc_language inc_language_dart;
const inc_language inc_language_dart = {
    .names = "dart",
    .keywords =
        "abstract as assert async await base break case catch class const continue covariant default deferred do dynamic else enum export "
        "extends extension external factory final finally for get hide if implements import in interface is late library mixin new on "
        "operator part required rethrow return sealed set show static super switch sync this throw try typedef var when while with yield",
    .types = "bool double int num void",
    .literals = "false null true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .nested_comments = true,
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES, .prefixes = "r"},
                {"'''", "'''", .flags = INC_STRING_LINES, .prefixes = "r"},
                {"\"", "\"", .flags = 0, .prefixes = "r"},
                {"'", "'", .flags = 0, .prefixes = "r"},
                {"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "${"},
                {"'''", "'''", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "${"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES, .inside = "${"},
                {"'", "'", .flags = INC_STRING_ESCAPES, .inside = "${"}},
    .sigils = {{'@', "meta"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES,
};
