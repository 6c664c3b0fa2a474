/* r.c - R, with raw strings and back-quoted names. */
#include "highlight/language.h"

extern const inc_language inc_language_r;
const inc_language inc_language_r = {
    .names = "r rscript splus",
    .keywords = "break else for function if in next repeat return while",
    .literals = "FALSE Inf NA NA_character_ NA_integer_ NA_real_ NULL NaN TRUE",
    .built_ins =
        "apply c cat cbind data.frame dim factor lapply length library list matrix mean names paste paste0 print rbind rep require sapply "
        "sd seq source stop str sum summary tibble unique vector warning which",
    .line_comments = {"#"},
    .strings = {{"\"(", ")\"", .flags = INC_STRING_LINES, .prefixes = "r R"},
                {"'(", ")'", .flags = INC_STRING_LINES, .prefixes = "r R"},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"`", "`", .flags = 0, .token_class = "variable"}},
    .word_characters = ".",
    .flags = INC_LANGUAGE_CALLS,
};
