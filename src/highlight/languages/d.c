/* d.c - D. */
#include "highlight/language.h"

extern const inc_language inc_language_d;
const inc_language inc_language_d = {
    .names = "d dlang",
    .keywords =
        "abstract alias align asm assert auto body break case cast catch class const continue debug default delegate delete deprecated do "
        "else enum export extern final finally for foreach foreach_reverse function goto if immutable import in inout interface invariant "
        "is lazy mixin module new nothrow out override package pragma private protected public pure ref return scope shared static struct "
        "super switch synchronized template this throw try typeid typeof union unittest version while with",
    .types = "bool byte cdouble char dchar double float int long real short string ubyte uint ulong ushort void wchar",
    .literals = "false null true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}, {"/+", "+/"}},
    .strings = {{"`", "`", .flags = INC_STRING_LINES},
                {"\"", "\"", .flags = INC_STRING_LINES, .prefixes = "r"},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'@', "meta"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS,
};
