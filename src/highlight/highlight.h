/* highlight.h - code to classified tokens. Class names are mdBook's without the prefix: "keyword", "string", "comment", "number", "literal",
 * "built_in", "type", "title", "meta", "attr", "symbol", "addition", "deletion" ... */
#ifndef INC_HIGHLIGHT_H
#define INC_HIGHLIGHT_H

#include "base/str.h"

typedef struct inc_token {
    uint32_t start, length; /* bytes; tokens are ascending, do not overlap, and leave plain text out */
    const char *token_class; /* static string, "keyword" */
} inc_token;

/* The tokens of code in that language (as written in the fence, lower case); none for a language we do not know. */
const inc_token *inc_highlight(inc_arena *arena, inc_str language, inc_str code, size_t *count);
bool inc_highlight_knows(inc_str language);

#endif
