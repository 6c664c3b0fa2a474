/* csharp.c - C#: verbatim, interpolated and raw strings, attributes. */
#include "highlight/language.h"

/* [Attribute(...)] alone at the start of a line. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, line = inc_lex_line_end(lexer, at);
    if (!inc_lex_line_start(lexer, at) || !inc_lex_is_letter(inc_lex_peek(lexer, 1)))
        return false;
    size_t end = line;
    while (end > at && inc_lex_is_blank(lexer->code.p[end - 1]))
        end--;
    if (lexer->code.p[end - 1] != ']')
        return false;
    inc_lex_token(lexer, at, end, "meta");
    return true;
}

extern const inc_language inc_language_csharp;
const inc_language inc_language_csharp = {
    .names = "csharp cs c#",
    .keywords =
        "abstract as async await base break case catch checked class const continue default delegate do else enum event explicit extern "
        "finally fixed for foreach get goto if implicit in init interface internal is lock nameof namespace new operator out override "
        "params partial private protected public readonly record ref required return sealed set sizeof stackalloc static struct switch "
        "this throw try typeof unchecked unsafe using var virtual volatile when where while with yield",
    .types = "bool byte char decimal double dynamic float int long nint nuint object sbyte short string uint ulong ushort void",
    .literals = "false null true",
    .hook = hook,
    .hook_at = "[",
    .line_comments = {"//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"$\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_DOUBLED_INSIDE, .inside = "{"},
                {"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES},
                {"$@\"", "\"", .flags = INC_STRING_LINES | INC_STRING_DOUBLED | INC_STRING_DOUBLED_INSIDE, .inside = "{"},
                {"@$\"", "\"", .flags = INC_STRING_LINES | INC_STRING_DOUBLED | INC_STRING_DOUBLED_INSIDE, .inside = "{"},
                {"@\"", "\"", .flags = INC_STRING_LINES | INC_STRING_DOUBLED},
                {"$\"", "\"", .flags = INC_STRING_ESCAPES | INC_STRING_DOUBLED_INSIDE, .inside = "{"},
                {"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_PREPROCESSOR | INC_LANGUAGE_CAMEL_TYPES,
};
