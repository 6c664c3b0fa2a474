/* c.c - C and the languages that took its looks: C++, C#, Java, JavaScript, TypeScript, Go, Kotlin, Swift, Zig, WGSL.
 */
#include "highlight/language.h"

#define C_COMMENTS .line_comments = {"//"}, .block_comment = {"/*", "*/"}
#define QUOTED                                                                                                         \
    {"\"", "\"", INC_STRING_ESCAPES},                                                                                  \
    {                                                                                                                  \
        "'", "'", INC_STRING_ESCAPES                                                                                   \
    }

static const char *const c_keywords[] = {"_Alignas",       "_Alignof",      "_Atomic",  "_Generic",     "_Noreturn",
                                         "_Static_assert", "_Thread_local", "alignas",  "alignof",      "asm",
                                         "auto",           "break",         "case",     "const",        "constexpr",
                                         "continue",       "default",       "do",       "else",         "enum",
                                         "extern",         "for",           "goto",     "if",           "inline",
                                         "register",       "restrict",      "return",   "sizeof",       "static",
                                         "static_assert",  "struct",        "switch",   "thread_local", "typedef",
                                         "typeof",         "union",         "volatile", "while"};
static const char *const c_types[] = {"FILE",      "_Bool",     "_Complex", "bool",      "char",     "double",
                                      "float",     "int",       "int16_t",  "int32_t",   "int64_t",  "int8_t",
                                      "intmax_t",  "intptr_t",  "long",     "ptrdiff_t", "short",    "signed",
                                      "size_t",    "ssize_t",   "uint16_t", "uint32_t",  "uint64_t", "uint8_t",
                                      "uintmax_t", "uintptr_t", "unsigned", "void",      "wchar_t"};
static const char *const c_literals[] = {"NULL", "false", "nullptr", "true"};

static const char *const cpp_keywords[] = {
    "alignas",    "alignof",   "and",          "asm",          "auto",          "break",       "case",
    "catch",      "class",     "co_await",     "co_return",    "co_yield",      "concept",     "const",
    "const_cast", "consteval", "constexpr",    "constinit",    "continue",      "decltype",    "default",
    "delete",     "do",        "dynamic_cast", "else",         "enum",          "explicit",    "export",
    "extern",     "final",     "for",          "friend",       "goto",          "if",          "import",
    "inline",     "module",    "mutable",      "namespace",    "new",           "noexcept",    "not",
    "operator",   "or",        "override",     "private",      "protected",     "public",      "reinterpret_cast",
    "requires",   "return",    "sizeof",       "static",       "static_assert", "static_cast", "struct",
    "switch",     "template",  "this",         "thread_local", "throw",         "try",         "typedef",
    "typeid",     "typename",  "union",        "using",        "virtual",       "volatile",    "while",
    "xor"};
static const char *const cpp_types[] = {
    "FILE",        "bool",      "char",       "char16_t", "char32_t", "char8_t",   "double",     "float",
    "int",         "int16_t",   "int32_t",    "int64_t",  "int8_t",   "intptr_t",  "long",       "map",
    "optional",    "ptrdiff_t", "shared_ptr", "short",    "signed",   "size_t",    "span",       "string",
    "string_view", "uint16_t",  "uint32_t",   "uint64_t", "uint8_t",  "uintptr_t", "unique_ptr", "unordered_map",
    "unsigned",    "variant",   "vector",     "void",     "wchar_t"};

static const char *const csharp_keywords[] = {
    "abstract", "as",       "async",    "await",     "base",     "break",     "case",       "catch",     "checked",
    "class",    "const",    "continue", "default",   "delegate", "do",        "else",       "enum",      "event",
    "explicit", "extern",   "finally",  "fixed",     "for",      "foreach",   "get",        "goto",      "if",
    "implicit", "in",       "init",     "interface", "internal", "is",        "lock",       "namespace", "new",
    "operator", "out",      "override", "params",    "private",  "protected", "public",     "readonly",  "record",
    "ref",      "required", "return",   "sealed",    "set",      "sizeof",    "stackalloc", "static",    "struct",
    "switch",   "this",     "throw",    "try",       "typeof",   "unchecked", "unsafe",     "using",     "var",
    "virtual",  "volatile", "when",     "where",     "while",    "with",      "yield"};
static const char *const csharp_types[] = {"bool",   "byte", "char",  "decimal", "double", "dynamic", "float",
                                           "int",    "long", "nint",  "nuint",   "object", "sbyte",   "short",
                                           "string", "uint", "ulong", "ushort",  "void"};

static const char *const java_keywords[] = {
    "abstract",  "assert",   "break",      "case",      "catch",        "class",     "const",   "continue",
    "default",   "do",       "else",       "enum",      "extends",      "final",     "finally", "for",
    "goto",      "if",       "implements", "import",    "instanceof",   "interface", "native",  "new",
    "package",   "permits",  "private",    "protected", "public",       "record",    "return",  "sealed",
    "static",    "strictfp", "super",      "switch",    "synchronized", "this",      "throw",   "throws",
    "transient", "try",      "var",        "volatile",  "while",        "yield"};
static const char *const java_types[] = {"boolean", "byte", "char", "double", "float", "int", "long", "short", "void"};

static const char *const js_keywords[] = {
    "as",       "async",    "await",  "break",  "case",   "catch",  "class",      "const",   "continue",
    "debugger", "default",  "delete", "do",     "else",   "export", "extends",    "finally", "for",
    "from",     "function", "get",    "if",     "import", "in",     "instanceof", "let",     "new",
    "of",       "return",   "set",    "static", "super",  "switch", "this",       "throw",   "try",
    "typeof",   "var",      "void",   "while",  "with",   "yield"};
static const char *const js_built_ins[] = {"clearTimeout",   "console", "document",    "fetch",      "globalThis",
                                           "isNaN",          "module",  "parseFloat",  "parseInt",   "process",
                                           "queueMicrotask", "require", "setInterval", "setTimeout", "window"};
static const char *const ts_keywords[] = {
    "abstract", "as",       "asserts",  "async",      "await",     "break",    "case",     "catch",  "class",
    "const",    "continue", "debugger", "declare",    "default",   "delete",   "do",       "else",   "enum",
    "export",   "extends",  "finally",  "for",        "from",      "function", "get",      "if",     "implements",
    "import",   "in",       "infer",    "instanceof", "interface", "is",       "keyof",    "let",    "namespace",
    "new",      "of",       "override", "private",    "protected", "public",   "readonly", "return", "satisfies",
    "set",      "static",   "super",    "switch",     "this",      "throw",    "try",      "type",   "typeof",
    "var",      "void",     "while",    "with",       "yield"};
static const char *const ts_types[] = {"any",    "bigint", "boolean", "never",  "number",
                                       "object", "string", "symbol",  "unknown"};
static const char *const js_literals[] = {"Infinity", "NaN", "false", "null", "true", "undefined"};

static const char *const go_keywords[] = {"break",  "case",        "chan", "const",   "continue", "default", "defer",
                                          "else",   "fallthrough", "for",  "func",    "go",       "goto",    "if",
                                          "import", "interface",   "map",  "package", "range",    "return",  "select",
                                          "struct", "switch",      "type", "var"};
static const char *const go_types[] = {"any",    "bool",    "byte",    "comparable", "complex128", "complex64",
                                       "error",  "float32", "float64", "int",        "int16",      "int32",
                                       "int64",  "int8",    "rune",    "string",     "uint",       "uint16",
                                       "uint32", "uint64",  "uint8",   "uintptr"};
static const char *const go_literals[] = {"false", "iota", "nil", "true"};
static const char *const go_built_ins[] = {"append", "cap", "clear", "close", "copy",  "delete",  "len",    "make",
                                           "max",    "min", "new",   "panic", "print", "println", "recover"};

static const char *const kotlin_keywords[] = {
    "abstract",    "actual",    "as",        "break",  "by",     "catch",    "class",  "companion", "const",
    "constructor", "continue",  "data",      "do",     "else",   "enum",     "expect", "finally",   "for",
    "fun",         "get",       "if",        "import", "in",     "init",     "inline", "inner",     "interface",
    "internal",    "is",        "lateinit",  "object", "open",   "operator", "out",    "override",  "package",
    "private",     "protected", "public",    "return", "sealed", "set",      "super",  "suspend",   "this",
    "throw",       "try",       "typealias", "val",    "var",    "when",     "where",  "while"};

static const char *const swift_keywords[] = {
    "actor",     "as",       "associatedtype", "async",       "await",       "break",  "case",
    "catch",     "class",    "continue",       "default",     "defer",       "deinit", "do",
    "else",      "enum",     "extension",      "fallthrough", "fileprivate", "final",  "for",
    "func",      "get",      "guard",          "if",          "import",      "in",     "indirect",
    "init",      "inout",    "internal",       "is",          "lazy",        "let",    "mutating",
    "open",      "operator", "override",       "private",     "protocol",    "public", "repeat",
    "rethrows",  "return",   "self",           "set",         "some",        "static", "struct",
    "subscript", "super",    "switch",         "throw",       "throws",      "try",    "typealias",
    "unowned",   "var",      "weak",           "where",       "while"};

static const char *const zig_keywords[] = {
    "align", "allowzero",   "and",    "anytype",  "asm",     "break",    "callconv", "catch",       "comptime",
    "const", "continue",    "defer",  "else",     "enum",    "errdefer", "error",    "export",      "extern",
    "fn",    "for",         "if",     "inline",   "noalias", "opaque",   "or",       "orelse",      "packed",
    "pub",   "resume",      "return", "struct",   "suspend", "switch",   "test",     "threadlocal", "try",
    "union", "unreachable", "var",    "volatile", "while"};
static const char *const zig_types[] = {
    "anyerror", "bool",  "comptime_float", "comptime_int", "f16", "f32", "f64", "i16", "i32",   "i64",
    "i8",       "isize", "noreturn",       "type",         "u16", "u32", "u64", "u8",  "usize", "void"};

static const char *const wgsl_keywords[] = {
    "alias",      "break",    "case",   "const",  "const_assert", "continue", "continuing", "default",
    "diagnostic", "discard",  "else",   "enable", "fn",           "for",      "if",         "let",
    "loop",       "override", "return", "struct", "switch",       "var",      "while"};
static const char *const wgsl_types[] = {"array",   "atomic",  "bool",    "f16",     "f32",        "i32",
                                         "mat2x2f", "mat3x3f", "mat4x4f", "sampler", "texture_2d", "u32",
                                         "vec2",    "vec2f",   "vec3",    "vec3f",   "vec4",       "vec4f"};

static const char *const bool_null[] = {"false", "null", "true"}, *const bool_nil[] = {"false", "nil", "true"};
static const char *const zig_literals[] = {"false", "null", "true", "undefined"};
static const char *const function_word[] = {"function"}, *const func_word[] = {"func"}, *const fun_word[] = {"fun"},
                         *const fn_word[] = {"fn"};

/* R"tag( ... )tag", after an optional u8, u, U or L. */
static bool hook_cpp(inc_lexer *lexer)
{
    size_t start = lexer->at, at = start, n = lexer->code.n;
    const char *p = lexer->code.p;
    if (start > 0 && (inc_lex_is_letter(p[start - 1]) || inc_lex_is_digit(p[start - 1])))
        return false;
    if (inc_lex_starts(lexer, "u8"))
        at += 2;
    else if (p[at] == 'u' || p[at] == 'U' || p[at] == 'L')
        at++;
    if (n - at < 3 || p[at] != 'R' || p[at + 1] != '"')
        return false;
    char close[20] = {')'};
    size_t tag = at + 2, length = 0;
    while (tag + length < n && length < 16 && p[tag + length] != '(') {
        close[1 + length] = p[tag + length];
        length++;
    }
    if (tag + length >= n || p[tag + length] != '(')
        return false;
    close[1 + length] = '"';
    inc_string_kind kind = {"(", close, INC_STRING_LINES};
    inc_lex_string(lexer, start, tag + length, &kind);
    return true;
}

/* The stretch of a template literal from `at` to its closing ` or to the next ${. */
static void lex_template(inc_lexer *lexer, size_t start)
{
    size_t at = lexer->at, n = lexer->unclosed ? inc_lex_line_end(lexer, lexer->at) : lexer->code.n;
    for (; at < n; at++) {
        char c = lexer->code.p[at];
        if (c == '\\')
            at++;
        else if (c == '`') {
            inc_lex_token(lexer, start, at + 1, "string");
            lexer->after_value = true;
            return;
        } else if (c == '$' && at + 1 < n && lexer->code.p[at + 1] == '{' && lexer->depth < INC_COUNT(lexer->braces)) {
            inc_lex_token(lexer, start, at, "string");
            lexer->at = at + 2;
            lexer->braces[lexer->depth++] = 0;
            lexer->after_value = false;
            return;
        }
    }
    lexer->unclosed = true; /* no end in sight: the line only */
    inc_lex_token(lexer, start, inc_lex_line_end(lexer, lexer->at), "string");
}

/* A regular expression where a value may begin: /ab[/]c/flags on one line. */
static bool lex_regex(inc_lexer *lexer)
{
    size_t at = lexer->at + 1;
    bool set = false;
    char next = inc_lex_peek(lexer, 1);
    if (lexer->after_value || next == '/' || next == '*' || next == '\0')
        return false;
    for (; at < lexer->code.n && lexer->code.p[at] != '\n'; at++) {
        char c = lexer->code.p[at];
        if (c == '\\')
            at++;
        else if (c == '[')
            set = true;
        else if (c == ']')
            set = false;
        else if (c == '/' && !set) {
            size_t end = at + 1;
            while (end < lexer->code.n && inc_lex_is_lower(lexer->code.p[end]))
                end++;
            inc_lex_token(lexer, lexer->at, end, "string");
            lexer->after_value = true;
            return true;
        }
    }
    return false;
}

static bool hook_js(inc_lexer *lexer)
{
    char c = lexer->code.p[lexer->at];
    if (c == '`') {
        size_t start = lexer->at++;
        lex_template(lexer, start);
        return true;
    }
    if (lexer->depth > 0 && c == '{')
        lexer->braces[lexer->depth - 1]++;
    if (lexer->depth > 0 && c == '}' && lexer->braces[lexer->depth - 1]-- == 0) {
        lexer->depth--;
        size_t start = ++lexer->at;
        lex_template(lexer, start);
        return true;
    }
    return c == '/' && lex_regex(lexer);
}

/* @Annotation, @State, @builtin */
static bool hook_at(inc_lexer *lexer)
{
    if (lexer->code.p[lexer->at] != '@')
        return false;
    size_t end = inc_lex_word_end(lexer, lexer->at + 1);
    if (end == lexer->at + 1)
        return false;
    inc_lex_token(lexer, lexer->at, end, "meta");
    return true;
}

static const char *const c_names[] = {"c", "h", NULL}, *const cpp_names[] = {"cpp", "c++", "cc",   "cxx",
                                                                             "hpp", "hxx", "objc", NULL},
                         *const csharp_names[] = {"csharp", "cs", "c#", NULL}, *const java_names[] = {"java", NULL},
                         *const js_names[] = {"javascript", "js", "mjs", "jsx", "node", NULL},
                         *const ts_names[] = {"typescript", "ts", "tsx", NULL},
                         *const go_names[] = {"go", "golang", NULL},
                         *const kotlin_names[] = {"kotlin", "kt", "kts", NULL}, *const swift_names[] = {"swift", NULL},
                         *const zig_names[] = {"zig", NULL}, *const wgsl_names[] = {"wgsl", NULL};

static const inc_language languages[] = {
    {.names = c_names,
     .keywords = INC_WORDS(c_keywords),
     .types = INC_WORDS(c_types),
     .literals = INC_WORDS(c_literals),
     C_COMMENTS,
     .strings = {QUOTED},
     .flags = INC_LANGUAGE_PREPROCESSOR | INC_LANGUAGE_SEPARATORS},
    {.names = cpp_names,
     .hook = hook_cpp,
     .keywords = INC_WORDS(cpp_keywords),
     .types = INC_WORDS(cpp_types),
     .literals = INC_WORDS(c_literals),
     C_COMMENTS,
     .strings = {QUOTED},
     .flags = INC_LANGUAGE_PREPROCESSOR | INC_LANGUAGE_SEPARATORS | INC_LANGUAGE_CAMEL_TYPES},
    {.names = csharp_names,
     .keywords = INC_WORDS(csharp_keywords),
     .types = INC_WORDS(csharp_types),
     .literals = INC_WORDS(bool_null),
     C_COMMENTS,
     .strings = {{"\"\"\"", "\"\"\"", INC_STRING_LINES},
                 {"@\"", "\"", INC_STRING_LINES | INC_STRING_DOUBLED},
                 {"$\"", "\"", INC_STRING_ESCAPES},
                 QUOTED},
     .flags = INC_LANGUAGE_PREPROCESSOR | INC_LANGUAGE_CAMEL_TYPES},
    {.names = java_names,
     .hook = hook_at,
     .keywords = INC_WORDS(java_keywords),
     .types = INC_WORDS(java_types),
     .literals = INC_WORDS(bool_null),
     C_COMMENTS,
     .strings = {{"\"\"\"", "\"\"\"", INC_STRING_LINES | INC_STRING_ESCAPES}, QUOTED},
     .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS},
    {.names = js_names,
     .hook = hook_js,
     .keywords = INC_WORDS(js_keywords),
     .literals = INC_WORDS(js_literals),
     .built_ins = INC_WORDS(js_built_ins),
     .introducers = INC_WORDS(function_word),
     C_COMMENTS,
     .strings = {QUOTED},
     .word_characters = "$",
     .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS},
    {.names = ts_names,
     .hook = hook_js,
     .keywords = INC_WORDS(ts_keywords),
     .types = INC_WORDS(ts_types),
     .literals = INC_WORDS(js_literals),
     .built_ins = INC_WORDS(js_built_ins),
     .introducers = INC_WORDS(function_word),
     C_COMMENTS,
     .strings = {QUOTED},
     .word_characters = "$",
     .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS},
    {.names = go_names,
     .keywords = INC_WORDS(go_keywords),
     .types = INC_WORDS(go_types),
     .literals = INC_WORDS(go_literals),
     .built_ins = INC_WORDS(go_built_ins),
     .introducers = INC_WORDS(func_word),
     C_COMMENTS,
     .strings = {{"`", "`", INC_STRING_LINES}, QUOTED}},
    {.names = kotlin_names,
     .hook = hook_at,
     .keywords = INC_WORDS(kotlin_keywords),
     .literals = INC_WORDS(bool_null),
     .introducers = INC_WORDS(fun_word),
     C_COMMENTS,
     .nested_comments = true,
     .strings = {{"\"\"\"", "\"\"\"", INC_STRING_LINES}, QUOTED},
     .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS},
    {.names = swift_names,
     .hook = hook_at,
     .keywords = INC_WORDS(swift_keywords),
     .literals = INC_WORDS(bool_nil),
     .introducers = INC_WORDS(func_word),
     C_COMMENTS,
     .nested_comments = true,
     .strings = {{"\"\"\"", "\"\"\"", INC_STRING_LINES | INC_STRING_ESCAPES}, {"\"", "\"", INC_STRING_ESCAPES}},
     .flags = INC_LANGUAGE_CAMEL_TYPES},
    {.names = zig_names,
     .keywords = INC_WORDS(zig_keywords),
     .types = INC_WORDS(zig_types),
     .literals = INC_WORDS(zig_literals),
     .introducers = INC_WORDS(fn_word),
     .line_comments = {"//"},
     .strings = {{"\\\\", "\n", INC_STRING_LINES}, QUOTED},
     .flags = INC_LANGUAGE_CAMEL_TYPES},
    {.names = wgsl_names,
     .hook = hook_at,
     .keywords = INC_WORDS(wgsl_keywords),
     .types = INC_WORDS(wgsl_types),
     .literals = INC_WORDS(bool_null),
     .introducers = INC_WORDS(fn_word),
     C_COMMENTS,
     .nested_comments = true,
     .flags = INC_LANGUAGE_CAMEL_TYPES},
};

const inc_language_family inc_languages_c = {languages, INC_COUNT(languages)};
