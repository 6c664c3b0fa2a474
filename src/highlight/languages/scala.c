/* scala.c - Scala: interpolators, symbols, annotations. */
#include "highlight/language.h"

extern const inc_language inc_language_scala;
const inc_language inc_language_scala = {
    .names = "scala sc sbt",
    .introducers = "def",
    .keywords =
        "abstract case catch class derives do else end enum export extends extension final finally for forSome given if implicit import "
        "infix inline lazy match new object opaque open override package private protected return sealed super then this throw trait "
        "transparent try type using val var while with yield",
    .literals = "false null true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .nested_comments = true,
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES, .inside = "${", .prefixes = "s f raw q sql"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES, .inside = "${", .prefixes = "s f raw q"},
                {"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES | INC_STRING_CHARACTER}},
    .sigils = {{'@', "meta"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS | INC_LANGUAGE_QUOTE_NAMES,
};
