/* typescript.c - TypeScript and TSX. */
#include "highlight/languages/ecmascript.h"

extern const inc_language inc_language_typescript;
const inc_language inc_language_typescript = {
    .names = "typescript ts tsx mts cts",
    .keywords = ECMASCRIPT_KEYWORDS " abstract asserts declare enum implements infer interface is keyof namespace override private protected "
                                    "public readonly satisfies type",
    .types = "any bigint boolean never number object string symbol unknown",
    ECMASCRIPT_REST,
};
