/* javascript.c - JavaScript and JSX: template literals, regular expressions. */
#include "highlight/languages/ecmascript.h"

extern const inc_language inc_language_javascript;
const inc_language inc_language_javascript = {
    .names = "javascript js mjs cjs jsx node",
    .keywords = ECMASCRIPT_KEYWORDS,
    ECMASCRIPT_REST,
};
