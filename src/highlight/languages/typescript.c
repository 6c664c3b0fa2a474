/* typescript.c - TypeScript and TSX. */
#include "highlight/language.h"

extern const inc_language inc_language_typescript;
const inc_language inc_language_typescript = {
    .names = "typescript ts tsx mts cts",
    .introducers = "function",
    .keywords =
        "abstract as asserts async await break case catch class const continue debugger declare default delete do else enum export "
        "extends finally for from get if implements import in infer instanceof interface is keyof let namespace new of override private "
        "protected public readonly return satisfies set static super switch this throw try type typeof var void while with yield",
    .types = "any bigint boolean never number object string symbol unknown",
    .literals = "Infinity NaN false null true undefined",
    .built_ins =
        "Array Boolean Date Error JSON Map Math Number Object Promise Proxy Reflect RegExp Set String Symbol WeakMap WeakSet clearTimeout "
        "console document exports fetch globalThis isNaN module parseFloat parseInt process queueMicrotask require setInterval setTimeout "
        "structuredClone window",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"`", "`", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "${"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'@', "meta"}},
    .word_characters = "$",
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS | INC_LANGUAGE_REGEX,
};
