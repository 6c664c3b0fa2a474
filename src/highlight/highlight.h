/*
 * highlight.h - code to classified tokens. Class names are mdBook's without the prefix:
 *
 *     keyword, literal (true, MAX_LEN), number, string, comment, type, built_in (macros, functions of the language),
 *     title (the name a definition gives; headers of TOML and Markdown), symbol (lifetimes, labels, entities),
 *     variable (shell, make), attr (keys, HTML attributes), meta (attributes, preprocessor, prompts), addition,
 * deletion; in terminal sessions also input (what was typed), message (what an error or warning says), error, warning, ok.
 */
#ifndef INC_HIGHLIGHT_H
#define INC_HIGHLIGHT_H

#include "base/str.h"

typedef struct inc_token {
    uint32_t start, length;  /* bytes; tokens are ascending, do not overlap, and leave plain text out */
    const char *token_class; /* static string, "keyword" */
} inc_token;

/* The tokens of code in that language (as written in the fence, lower case); none for a language we do not know. */
const inc_token *inc_highlight(inc_arena *arena, inc_str language, inc_str code, size_t *count);
/* The same of a difference: the first column of a line says what became of it (+ addition, - deletion), the rest is code. */
const inc_token *inc_highlight_diff(inc_arena *arena, inc_str language, inc_str code, size_t *count);
bool inc_highlight_knows(inc_str language);

#endif
