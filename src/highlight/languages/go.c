/* go.c - Go. */
#include "highlight/language.h"

extern const inc_language inc_language_go;
const inc_language inc_language_go = {
    .names = "go golang",
    .introducers = "func",
    .keywords =
        "break case chan const continue default defer else fallthrough for go goto if import interface map package range return select "
        "struct switch type var",
    .types =
        "any bool byte comparable complex128 complex64 error float32 float64 int int16 int32 int64 int8 rune string uint uint16 uint32 "
        "uint64 uint8 uintptr",
    .literals = "false iota nil true",
    .built_ins = "append cap clear close complex copy delete imag len make max min new panic print println real recover",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"`", "`", .flags = INC_STRING_LINES},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_CAMEL_TYPES,
};
