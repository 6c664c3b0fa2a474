/* nim.c - Nim. */
#include "highlight/language.h"

extern const inc_language inc_language_nim;
const inc_language inc_language_nim = {
    .names = "nim nims nimble",
    .introducers = "converter func iterator macro method proc template",
    .keywords =
        "addr and as asm bind block break case cast concept const continue defer discard distinct div do elif else end enum except export "
        "finally for from if import in include interface is isnot let mixin mod nil not notin object of or out ptr raise ref return shl "
        "shr static try tuple type using var when while xor yield",
    .types =
        "auto bool byte char cstring float float32 float64 int int16 int32 int64 int8 pointer seq string uint uint16 uint32 uint64 uint8 "
        "void",
    .literals = "false true",
    .line_comments = {"#"},
    .block_comments = {{"#[", "]#"}},
    .nested_comments = true,
    .strings = {{"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES},
                {"\"", "\"", .flags = 0, .prefixes = "r R"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES | INC_STRING_CHARACTER}},
    .flags = INC_LANGUAGE_CAMEL_TYPES,
};
