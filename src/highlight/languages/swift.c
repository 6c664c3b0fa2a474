/* swift.c - Swift: raw strings with hashes, interpolation, directives. */
#include "highlight/language.h"

extern const inc_language inc_language_swift;
const inc_language inc_language_swift = {
    .names = "swift",
    .introducers = "func",
    .keywords =
        "Self actor any as associatedtype async await borrowing break case catch class consuming continue convenience default defer "
        "deinit didSet do dynamic each else enum extension fallthrough fileprivate final for get guard if import in indirect infix init "
        "inout internal is isolated lazy let macro mutating nonisolated open operator optional override package postfix precedencegroup "
        "prefix private protocol public repeat required rethrows return self sending set some static struct subscript super switch throw "
        "throws try typealias unowned var weak where while willSet",
    .literals = "false nil true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .nested_comments = true,
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES | INC_STRING_HASHES, .inside = "\\("},
                {"\"", "\"", .flags = INC_STRING_ESCAPES | INC_STRING_HASHES, .inside = "\\("}},
    .sigils = {{'@', "meta"}, {'#', "meta"}, {'$', "variable"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES,
};
