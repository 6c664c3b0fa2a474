/* groovy.c - Groovy and Gradle. */
#include "highlight/language.h"

extern const inc_language inc_language_groovy;
const inc_language inc_language_groovy = {
    .names = "groovy gradle jenkinsfile",
    .keywords =
        "abstract as assert break case catch class const continue def default do else enum extends final finally for goto if implements "
        "import in instanceof interface native new package private protected public return static super switch synchronized this "
        "threadsafe throw throws trait transient try var void volatile while",
    .types = "boolean byte char double float int long short",
    .literals = "false null true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "${"},
                {"'''", "'''", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"\"", "\"", .flags = INC_STRING_ESCAPES, .inside = "${"},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'@', "meta"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS,
};
