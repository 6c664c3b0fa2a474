/* php.c - PHP: variables, here-documents, attributes. */
#include "highlight/language.h"

/* <?php, <?=, ?> and #[Attribute]. */
static bool hook(inc_lexer *lexer)
{
    static const char *const marks[] = {"<?php", "<?=", "?>"};
    for (size_t i = 0; i < INC_COUNT(marks); i++)
        if (inc_lex_starts(lexer, marks[i])) {
            inc_lex_token(lexer, lexer->at, lexer->at + strlen(marks[i]), "meta");
            return true;
        }
    if (!inc_lex_starts(lexer, "#["))
        return false;
    size_t line = inc_lex_reach(lexer, lexer->at);
    const char *close = memchr(lexer->code.p + lexer->at, ']', line - lexer->at);
    if (!close)
        return false;
    inc_lex_token(lexer, lexer->at, (size_t)(close - lexer->code.p) + 1, "meta");
    return true;
}

extern const inc_language inc_language_php;
const inc_language inc_language_php = {
    .names = "php php3 php4 php5 php6 php7 php8",
    .introducers = "fn function",
    .keywords =
        "abstract and array as break callable case catch class clone const continue declare default die do echo else elseif empty "
        "enddeclare endfor endforeach endif endswitch endwhile enum exit extends final finally for foreach global goto if implements "
        "include include_once instanceof insteadof interface isset list match namespace new or print private protected public readonly "
        "require require_once return static switch throw trait try unset use var while xor yield",
    .types = "bool float int iterable mixed never object self string void",
    .literals = "false null true",
    .hook = hook,
    .hook_at = "<?#",
    .line_comments = {"//", "#"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"`", "`", .flags = INC_STRING_LINES | INC_STRING_ESCAPES}},
    .sigils = {{'$', "variable"}},
    .flags = INC_LANGUAGE_NO_CASE | INC_LANGUAGE_CONSTANTS | INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_HERE,
};
