/* fsharp.c - F#. */
#include "highlight/language.h"

extern const inc_language inc_language_fsharp;
const inc_language inc_language_fsharp = {
    .names = "fsharp fs fsx fsi f#",
    .introducers = "member",
    .keywords =
        "abstract and as assert async base begin class default delegate do done downcast downto elif else end exception extern finally "
        "fixed for fun function global if in inherit inline interface internal lazy let match module mutable namespace new not of open or "
        "override private public rec return select static struct task then to try type upcast use val void when while with yield",
    .types = "bool byte char decimal double float int int64 list obj option seq string unit",
    .literals = "false null true",
    .line_comments = {"//"},
    .block_comments = {{"(*", "*)"}},
    .nested_comments = true,
    .strings = {{"$\"\"\"", "\"\"\"", .flags = INC_STRING_LINES | INC_STRING_DOUBLED_INSIDE, .inside = "{"},
                {"\"\"\"", "\"\"\"", .flags = INC_STRING_LINES},
                {"@\"", "\"", .flags = INC_STRING_LINES | INC_STRING_DOUBLED},
                {"$\"", "\"", .flags = INC_STRING_ESCAPES | INC_STRING_DOUBLED_INSIDE, .inside = "{"},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES | INC_STRING_CHARACTER}},
    .word_characters = "'",
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_QUOTE_NAMES | INC_LANGUAGE_PREPROCESSOR | INC_LANGUAGE_QUOTED_COMMENTS,
};
