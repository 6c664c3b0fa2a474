/* julia.c - Julia: nested comments, transposes, macros, symbols. */
#include "highlight/language.h"

extern const inc_language inc_language_julia;
const inc_language inc_language_julia = {
    .names = "julia jl julia-repl",
    .introducers = "function macro",
    .keywords =
        "abstract baremodule begin break catch const continue do else elseif end export finally for global if import in isa let local "
        "module mutable outer primitive quote return struct try type using where while",
    .types =
        "Any Array Bool Char Complex Dict Float16 Float32 Float64 Int Int128 Int16 Int32 Int64 Int8 Integer Matrix Nothing Number "
        "Rational Real Set String Symbol Tuple UInt UInt128 UInt16 UInt32 UInt64 UInt8 Union Vector",
    .literals = "Inf NaN false im missing nothing pi true",
    .line_comments = {"#"},
    .block_comments = {{"#=", "=#"}},
    .nested_comments = true,
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES, .prefixes = "raw r b v md"},
                {"\"", "\"", .flags = INC_STRING_LINES, .prefixes = "raw r b v md"},
                {"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "$("},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "$("},
                {"`", "`", .flags = INC_STRING_LINES, .inside = "$("},
                {"'", "'", .flags = INC_STRING_ESCAPES | INC_STRING_CHARACTER}},
    .sigils = {{'@', "meta"}},
    .word_characters = "!",
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_COLON_NAMES,
};
