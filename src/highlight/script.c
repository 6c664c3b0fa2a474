/* script.c - Python, Ruby, Lua, Elixir, Haskell, SQL: languages of words with comments of other makes. */
#include "highlight/language.h"

static const char *const python_keywords[] = {"and",     "as",       "assert", "async",    "await", "break",  "case",
                                              "class",   "continue", "def",    "del",      "elif",  "else",   "except",
                                              "finally", "for",      "from",   "global",   "if",    "import", "in",
                                              "is",      "lambda",   "match",  "nonlocal", "not",   "or",     "pass",
                                              "raise",   "return",   "try",    "while",    "with",  "yield"};
static const char *const python_literals[] = {"Ellipsis", "False", "None", "NotImplemented", "True"};
static const char *const python_built_ins[] = {
    "abs",       "all",          "any",   "bool",   "bytes",    "callable", "chr",        "dict",       "dir",
    "enumerate", "eval",         "exec",  "filter", "float",    "format",   "frozenset",  "getattr",    "hasattr",
    "hash",      "help",         "hex",   "id",     "input",    "int",      "isinstance", "issubclass", "iter",
    "len",       "list",         "map",   "max",    "min",      "next",     "object",     "open",       "ord",
    "pow",       "print",        "range", "repr",   "reversed", "round",    "set",        "setattr",    "slice",
    "sorted",    "staticmethod", "str",   "sum",    "super",    "tuple",    "type",       "vars",       "zip"};
static const char *const python_introducers[] = {"def"};

static const char *const ruby_keywords[] = {
    "BEGIN", "END",    "alias",  "and",   "begin", "break", "case",   "class", "def",  "defined?", "do",   "else",
    "elsif", "end",    "ensure", "for",   "if",    "in",    "module", "next",  "not",  "or",       "redo", "rescue",
    "retry", "return", "self",   "super", "then",  "undef", "unless", "until", "when", "while",    "yield"};
static const char *const ruby_built_ins[] = {
    "attr_accessor", "attr_reader", "attr_writer", "extend", "include", "lambda", "p",       "print",
    "private",       "proc",        "protected",   "public", "puts",    "raise",  "require", "require_relative"};
static const char *const bool_nil[] = {"false", "nil", "true"};

static const char *const lua_keywords[] = {"and",      "break",  "do",   "else",  "elseif", "end", "for",
                                           "function", "goto",   "if",   "in",    "local",  "not", "or",
                                           "repeat",   "return", "then", "until", "while"};
static const char *const lua_introducers[] = {"function"};
static const char *const lua_built_ins[] = {"assert",   "error",    "ipairs",  "next",   "pairs",
                                            "pcall",    "print",    "require", "select", "setmetatable",
                                            "tonumber", "tostring", "type"};

static const char *const elixir_keywords[] = {
    "after",  "and",         "case",      "catch", "cond",  "def",   "defimpl", "defmacro", "defmodule",
    "defp",   "defprotocol", "defstruct", "do",    "else",  "end",   "fn",      "for",      "if",
    "import", "in",          "not",       "or",    "quote", "raise", "receive", "require",  "rescue",
    "try",    "unless",      "unquote",   "use",   "when",  "with"};
static const char *const elixir_introducers[] = {"def", "defp"};

static const char *const haskell_keywords[] = {"case",   "class",     "data",     "deriving", "do",     "else",
                                               "forall", "foreign",   "if",       "import",   "in",     "infix",
                                               "infixl", "infixr",    "instance", "let",      "module", "newtype",
                                               "of",     "qualified", "then",     "type",     "where"};

static const char *const sql_keywords[] = {
    "add",      "all",     "alter",     "and",      "as",        "asc",        "begin",     "between",     "by",
    "cascade",  "case",    "check",     "column",   "commit",    "constraint", "create",    "cross",       "database",
    "default",  "delete",  "desc",      "distinct", "drop",      "else",       "end",       "except",      "exists",
    "explain",  "foreign", "from",      "full",     "function",  "grant",      "group",     "having",      "if",
    "in",       "index",   "inner",     "insert",   "intersect", "into",       "is",        "join",        "key",
    "left",     "like",    "limit",     "natural",  "not",       "offset",     "on",        "or",          "order",
    "outer",    "over",    "partition", "primary",  "procedure", "references", "returning", "revoke",      "right",
    "rollback", "schema",  "select",    "set",      "table",     "then",       "to",        "transaction", "trigger",
    "truncate", "union",   "unique",    "update",   "using",     "values",     "view",      "when",        "where",
    "with"};
static const char *const sql_types[] = {"bigint",  "blob",   "boolean",   "bytea",       "char",    "date",
                                        "decimal", "double", "float",     "int",         "integer", "interval",
                                        "json",    "jsonb",  "numeric",   "real",        "serial",  "smallint",
                                        "text",    "time",   "timestamp", "timestamptz", "uuid",    "varchar"};
static const char *const sql_literals[] = {"false", "null", "true", "unknown"};
static const char *const sql_built_ins[] = {"avg", "cast", "coalesce", "concat",     "count", "lower", "max",
                                            "min", "now",  "nullif",   "row_number", "sum",   "upper"};

/* Decorators, and strings with a prefix of up to three of r, b, f, u, t. */
static bool hook_python(inc_lexer *lexer)
{
    static const inc_string_kind kinds[] = {{"\"\"\"", "\"\"\"", INC_STRING_LINES | INC_STRING_ESCAPES},
                                            {"'''", "'''", INC_STRING_LINES | INC_STRING_ESCAPES},
                                            {"\"", "\"", INC_STRING_ESCAPES},
                                            {"'", "'", INC_STRING_ESCAPES}};
    size_t start = lexer->at, at = start;
    const char *p = lexer->code.p;
    if (p[at] == '@' && inc_lex_line_start(lexer, at)) {
        at++;
        while (at < lexer->code.n && (inc_lex_is_letter(p[at]) || inc_lex_is_digit(p[at]) || p[at] == '.'))
            at++;
        inc_lex_token(lexer, start, at, "meta");
        return true;
    }
    while (at < lexer->code.n && at < start + 3 && p[at] && strchr("rRbBfFuUtT", p[at]))
        at++;
    if (at == start || at >= lexer->code.n || (p[at] != '"' && p[at] != '\''))
        return false;
    lexer->at = at;
    for (size_t i = 0; i < INC_COUNT(kinds); i++)
        if (inc_lex_starts(lexer, kinds[i].open)) {
            inc_lex_string(lexer, start, at, &kinds[i]);
            break;
        }
    return true;
}

/* :symbol, @field, $global */
static bool hook_ruby(inc_lexer *lexer)
{
    char c = lexer->code.p[lexer->at];
    if (c != ':' && c != '@' && c != '$')
        return false;
    size_t at = lexer->at + 1;
    if (c == '@' && at < lexer->code.n && lexer->code.p[at] == '@')
        at++;
    bool path = c == ':' && ((lexer->at > 0 && lexer->code.p[lexer->at - 1] == ':') || inc_lex_peek(lexer, 1) == ':');
    size_t end = inc_lex_word_end(lexer, at);
    if (end == at || path)
        return false;
    inc_lex_token(lexer, lexer->at, end, c == ':' ? "symbol" : "variable");
    lexer->after_value = true;
    return true;
}

/* In Haskell a quote may end a name: x' is no character. */
static bool hook_haskell(inc_lexer *lexer)
{
    if (lexer->code.p[lexer->at] != '\'')
        return false;
    char after = inc_lex_peek(lexer, 1) == '\\' ? inc_lex_peek(lexer, 3) : inc_lex_peek(lexer, 2);
    size_t length = inc_lex_peek(lexer, 1) == '\\' ? 4 : 3;
    inc_lex_token(lexer, lexer->at, after == '\'' ? lexer->at + length : lexer->at + 1,
                  after == '\'' ? "string" : NULL);
    return true;
}

static const char *const python_names[] = {"python", "py", "python3", NULL}, *const ruby_names[] = {"ruby", "rb", NULL},
                         *const lua_names[] = {"lua", NULL}, *const elixir_names[] = {"elixir", "ex", "exs", NULL},
                         *const haskell_names[] = {"haskell", "hs", NULL},
                         *const sql_names[] = {"sql", "postgresql", "postgres", "sqlite", "mysql", "plpgsql", NULL};

static const inc_language languages[] = {
    {.names = python_names,
     .hook = hook_python,
     .keywords = INC_WORDS(python_keywords),
     .literals = INC_WORDS(python_literals),
     .built_ins = INC_WORDS(python_built_ins),
     .introducers = INC_WORDS(python_introducers),
     .line_comments = {"#"},
     .strings = {{"\"\"\"", "\"\"\"", INC_STRING_LINES | INC_STRING_ESCAPES},
                 {"'''", "'''", INC_STRING_LINES | INC_STRING_ESCAPES},
                 {"\"", "\"", INC_STRING_ESCAPES},
                 {"'", "'", INC_STRING_ESCAPES}},
     .flags = INC_LANGUAGE_CAMEL_TYPES},
    {.names = ruby_names,
     .hook = hook_ruby,
     .keywords = INC_WORDS(ruby_keywords),
     .literals = INC_WORDS(bool_nil),
     .built_ins = INC_WORDS(ruby_built_ins),
     .introducers = INC_WORDS(python_introducers),
     .line_comments = {"#"},
     .strings = {{"\"", "\"", INC_STRING_ESCAPES}, {"'", "'", INC_STRING_ESCAPES}},
     .word_characters = "?",
     .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS},
    {.names = lua_names,
     .keywords = INC_WORDS(lua_keywords),
     .literals = INC_WORDS(bool_nil),
     .built_ins = INC_WORDS(lua_built_ins),
     .introducers = INC_WORDS(lua_introducers),
     .line_comments = {"--"},
     .block_comment = {"--[[", "]]"},
     .strings = {{"[[", "]]", INC_STRING_LINES}, {"\"", "\"", INC_STRING_ESCAPES}, {"'", "'", INC_STRING_ESCAPES}}},
    {.names = elixir_names,
     .hook = hook_ruby,
     .keywords = INC_WORDS(elixir_keywords),
     .literals = INC_WORDS(bool_nil),
     .introducers = INC_WORDS(elixir_introducers),
     .line_comments = {"#"},
     .strings = {{"\"\"\"", "\"\"\"", INC_STRING_LINES | INC_STRING_ESCAPES},
                 {"\"", "\"", INC_STRING_ESCAPES},
                 {"'", "'", INC_STRING_ESCAPES}},
     .word_characters = "?!",
     .flags = INC_LANGUAGE_CAMEL_TYPES},
    {.names = haskell_names,
     .hook = hook_haskell,
     .keywords = INC_WORDS(haskell_keywords),
     .line_comments = {"--"},
     .block_comment = {"{-", "-}"},
     .nested_comments = true,
     .strings = {{"\"", "\"", INC_STRING_ESCAPES}},
     .word_characters = "'",
     .flags = INC_LANGUAGE_CAMEL_TYPES},
    {.names = sql_names,
     .keywords = INC_WORDS(sql_keywords),
     .types = INC_WORDS(sql_types),
     .literals = INC_WORDS(sql_literals),
     .built_ins = INC_WORDS(sql_built_ins),
     .line_comments = {"--"},
     .block_comment = {"/*", "*/"},
     .strings = {{"'", "'", INC_STRING_LINES | INC_STRING_DOUBLED}},
     .flags = INC_LANGUAGE_NO_CASE},
};

const inc_language_family inc_languages_script = {languages, INC_COUNT(languages)};
