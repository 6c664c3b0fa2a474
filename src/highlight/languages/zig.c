/* zig.c - Zig: lines of a string, builtins. */
#include "highlight/language.h"

extern const inc_language inc_language_zig;
const inc_language inc_language_zig = {
    .names = "zig zir zon",
    .introducers = "fn",
    .keywords =
        "addrspace align allowzero and anyframe anytype asm async await break callconv catch comptime const continue defer else enum "
        "errdefer error export extern for if inline linksection noalias noinline nosuspend opaque or orelse packed pub resume return "
        "struct suspend switch test threadlocal try union unreachable usingnamespace var volatile while",
    .types =
        "anyerror anyopaque bool c_char c_int c_long c_uint c_ulong comptime_float comptime_int f128 f16 f32 f64 f80 i128 i16 i32 i64 i8 "
        "isize noreturn type u128 u16 u32 u64 u8 usize void",
    .literals = "false null true undefined",
    .line_comments = {"//"},
    .strings = {{"\\\\", "\n", .flags = 0},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'@', "built_in"}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS,
};
