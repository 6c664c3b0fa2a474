/* patterns.h - Liang's hyphenation patterns, read from a dictionary of the Hyphen library. Private to text/. */
#ifndef INC_TEXT_PATTERNS_H
#define INC_TEXT_PATTERNS_H

#include "base/str.h"

enum { INC_PATTERN_LETTERS_MAX = 100 };

typedef struct inc_patterns inc_patterns; /* immutable once read */

/* Reads a dictionary file; NULL when its charset is unknown or it has no patterns. Linear in the file. */
inc_patterns *inc_patterns_read(inc_arena *arena, inc_str file);

/* Sets points[i] for each letter i (0 < i < n) before which the patterns allow a plain hyphen; n at most
 * INC_PATTERN_LETTERS_MAX. letters are lower case code points, with ' for an apostrophe. */
void inc_patterns_apply(const inc_patterns *patterns, const uint32_t *letters, size_t n, bool *points);

#endif
