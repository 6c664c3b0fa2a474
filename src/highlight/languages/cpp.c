/* cpp.c - C++, with raw strings and attributes; Objective-C goes by the same rules. */
#include "highlight/language.h"

enum { TAG_MAX = 16 };

/* R"tag( ... )tag", after an optional u8, u, U or L. */
static bool lex_raw(inc_lexer *lexer)
{
    size_t start = lexer->at, at = start, n = lexer->code.n;
    const char *p = lexer->code.p;
    if (start > 0 && (inc_lex_is_letter(p[start - 1]) || inc_lex_is_digit(p[start - 1])))
        return false;
    if (inc_lex_starts(lexer, "u8"))
        at += 2;
    else if (p[at] != 'R')
        at++;
    if (!inc_lex_starts_at(lexer, at, "R\""))
        return false;
    char close[TAG_MAX + 3] = {')'};
    size_t tag = at + 2, length = 0;
    for (; tag + length < n && length < TAG_MAX && p[tag + length] != '('; length++)
        close[1 + length] = p[tag + length];
    if (tag + length >= n || p[tag + length] != '(')
        return false;
    close[1 + length] = '"';
    const inc_string_kind kind = {"(", close, .flags = INC_STRING_LINES};
    inc_lex_string(lexer, start, tag + length, &kind);
    return true;
}

/* [[nodiscard]], on one line. */
static bool lex_attribute(inc_lexer *lexer)
{
    if (!inc_lex_starts(lexer, "[[") || (lexer->after_value && !inc_lex_line_start(lexer, lexer->at)))
        return false;
    size_t line = inc_lex_reach(lexer, lexer->at), length = inc_str_find(inc_str_slice(lexer->code, lexer->at, line), INC_STR("]]"));
    if (length == INC_NPOS)
        return false;
    inc_lex_token(lexer, lexer->at, lexer->at + length + 2, "meta");
    return true;
}

/* @interface and @"text" of Objective-C. */
static bool lex_at(inc_lexer *lexer)
{
    size_t end = inc_lex_word_end(lexer, lexer->at + 1);
    if (end == lexer->at + 1)
        return false;
    inc_lex_token(lexer, lexer->at, end, "keyword");
    return true;
}

static bool hook(inc_lexer *lexer)
{
    switch (lexer->code.p[lexer->at]) {
    case '[': return lex_attribute(lexer);
    case '@': return lex_at(lexer);
    default: return lex_raw(lexer);
    }
}

extern const inc_language inc_language_cpp;
const inc_language inc_language_cpp = {
    .names = "cpp c++ cc cxx hpp hxx h++ hh cuda cu objectivec objective-c objc obj-c mm arduino ino",
    .keywords =
        "alignas alignof and asm auto break case catch class co_await co_return co_yield concept const const_cast consteval constexpr "
        "constinit continue decltype default delete do dynamic_cast else enum explicit export extern final for friend goto if import "
        "inline module mutable namespace new noexcept not operator or override private protected public reinterpret_cast requires return "
        "sizeof static static_assert static_cast struct switch template this thread_local throw try typedef typeid typename union using "
        "virtual volatile while xor",
    .types =
        "FILE _Bool _Complex array atomic bool char char16_t char32_t char8_t coroutine_handle deque double float function int int16_t "
        "int32_t int64_t int8_t intmax_t intptr_t list long map mutex optional pair ptrdiff_t set shared_ptr short signed size_t span "
        "ssize_t string string_view suspend_always suspend_never thread time_t tuple u16string u32string uint16_t uint32_t uint64_t "
        "uint8_t uintmax_t uintptr_t unique_ptr unordered_map unordered_set unsigned va_list variant vector void wchar_t weak_ptr wstring",
    .literals = "NULL false nullptr true",
    .built_ins = "cerr cin cout endl forward make_shared make_unique move std",
    .hook = hook,
    .hook_at = "RuUL[@",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES, .prefixes = "u8 u U L"},
                {"'", "'", .flags = INC_STRING_ESCAPES, .prefixes = "u8 u U L"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES, .prefixes = "@"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_PREPROCESSOR | INC_LANGUAGE_SEPARATORS | INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS,
};
