/* c.c - C (C17 and what C23 adds). */
#include "highlight/language.h"

extern const inc_language inc_language_c;
const inc_language inc_language_c = {
    .names = "c h",
    .keywords =
        "_Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert _Thread_local alignas alignof asm auto break case const constexpr "
        "continue default do else enum extern for goto if inline register restrict return sizeof static static_assert struct switch "
        "thread_local typedef typeof union volatile while",
    .types =
        "FILE _Bool _Complex bool char double float int int16_t int32_t int64_t int8_t intmax_t intptr_t long ptrdiff_t short signed "
        "size_t ssize_t time_t uint16_t uint32_t uint64_t uint8_t uintmax_t uintptr_t unsigned va_list void wchar_t",
    .literals = "NULL false nullptr stderr stdin stdout true",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES, .prefixes = "u8 u U L"},
                {"'", "'", .flags = INC_STRING_ESCAPES, .prefixes = "u8 u U L"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_PREPROCESSOR | INC_LANGUAGE_SEPARATORS | INC_LANGUAGE_CONSTANTS,
};
