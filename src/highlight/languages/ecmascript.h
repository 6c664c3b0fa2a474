/* ecmascript.h - what JavaScript and TypeScript have in common. */
#ifndef INC_HIGHLIGHT_ECMASCRIPT_H
#define INC_HIGHLIGHT_ECMASCRIPT_H

#include "highlight/language.h"

#define ECMASCRIPT_KEYWORDS                                                                                                            \
    "as async await break case catch class const continue debugger default delete do else export extends finally for from get if "     \
    "import in instanceof let new of return set static super switch this throw try typeof var void while with yield"

#define ECMASCRIPT_REST                                                                                                                \
    .introducers = "function", .literals = "Infinity NaN false null true undefined",                                                   \
    .built_ins =                                                                                                                       \
        "Array Boolean Date Error JSON Map Math Number Object Promise Proxy Reflect RegExp Set String Symbol WeakMap WeakSet "         \
        "clearTimeout console document exports fetch globalThis isNaN module parseFloat parseInt process queueMicrotask require "      \
        "setInterval setTimeout structuredClone window",                                                                               \
    .line_comments = {"//"}, .block_comments = {{"/*", "*/"}},                                                                         \
    .strings = {{"`", "`", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "${"},                                            \
                {"\"", "\"", .flags = INC_STRING_ESCAPES},                                                                             \
                {"'", "'", .flags = INC_STRING_ESCAPES}},                                                                              \
    .sigils = {{'@', "meta"}}, .word_characters = "$",                                                                                 \
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS | INC_LANGUAGE_REGEX

#endif
