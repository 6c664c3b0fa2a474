/*
 * collate.h - the order of an index: word by word, accents and case count last, punctuation not at all.
 *
 * Right for English and for Latin letters with accents; other scripts go by their lower-case code points. Not the Unicode Collation Algorithm (UTS #10),
 * but its levels: base letters, then accents, then case, then the bytes, so that the order is total.
 */
#ifndef INC_COLLATE_H
#define INC_COLLATE_H

#include "base/str.h"

typedef enum inc_collation_group { INC_COLLATES_AS_SYMBOL, INC_COLLATES_AS_DIGIT, INC_COLLATES_AS_LETTER } inc_collation_group;

typedef struct inc_collation {
    inc_collation_group group; /* of the first character: symbols before digits before letters */
    inc_str base;              /* base letters in lower case, words parted by one space */
    inc_str written;
} inc_collation;

/* The key of a term; backticks count for nothing. */
inc_collation inc_collation_of(inc_arena *arena, inc_str term);

int inc_collation_compare(const inc_collation *a, const inc_collation *b);

/* Do both stand under one head, and what it says: "A", or "0–9". A symbol has none. */
bool inc_collation_same_head(const inc_collation *a, const inc_collation *b);
inc_str inc_collation_head(inc_arena *arena, const inc_collation *key);

#endif
