/* kotlin.c - Kotlin. */
#include "highlight/language.h"

extern const inc_language inc_language_kotlin;
const inc_language inc_language_kotlin = {
    .names = "kotlin kt kts",
    .introducers = "fun",
    .keywords =
        "abstract actual as break by catch class companion const constructor continue crossinline data do else enum expect external final "
        "finally for get if import in infix init inline inner interface internal is it lateinit noinline object open operator out "
        "override package private protected public reified return sealed set super suspend tailrec this throw try typealias val value var "
        "vararg when where while",
    .literals = "false null true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .nested_comments = true,
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES, .inside = "${"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES, .inside = "${"},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'@', "meta"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS,
};
