/* java.c - Java, with text blocks and annotations. */
#include "highlight/language.h"

extern const inc_language inc_language_java;
const inc_language inc_language_java = {
    .names = "java jsp",
    .keywords =
        "abstract assert break case catch class const continue default do else enum extends final finally for goto if implements import "
        "instanceof interface native new package permits private protected public record return sealed static strictfp super switch "
        "synchronized this throw throws transient try var volatile while yield",
    .types = "boolean byte char double float int long short void",
    .literals = "false null true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'@', "meta"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS,
};
