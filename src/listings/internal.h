/* internal.h - what the files of listings/ share. */
#ifndef INC_LISTINGS_INTERNAL_H
#define INC_LISTINGS_INTERNAL_H

#include "listings/listings.h"

enum { INC_LISTING_SIZE_MAX = 4 << 20, INC_LISTING_OUTPUT_MAX = 4 << 20 };

/* The language's compiler as it was found; never NULL for a language that a listing is in. */
const inc_compiler *inc_listings_compiler(const inc_listings *listings, const inc_rule_language *language);

/* The recorded file's path as it is shown: "listings/ch04/main.out". */
inc_str inc_listings_golden_path(inc_arena *arena, const inc_listing *listing);

/* The rule of that name, or NULL. */
const inc_rule *inc_listings_rule(const inc_rule_language *language, inc_str name);

#endif
