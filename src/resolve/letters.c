/* letters.c - two sorted tables and a binary search; resolve/ may not ask ICU. */
#include "resolve/letters.h"

#include "resolve/letters.inc"

static const struct { uint32_t first, last; } alnum[] = {ALNUM_RANGES};
static const struct { uint32_t first, last; int32_t step, add; } lower[] = {LOWER_RUNS};

/* Index of the last entry that begins at or before cp, in a table of n entries of `size` bytes that begin with their first
 * code point; INC_NPOS when cp lies before all. */
static size_t search(const void *entries, size_t n, size_t size, uint32_t cp)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t first;
        memcpy(&first, (const char *)entries + middle * size, sizeof first);
        if (first <= cp)
            low = middle + 1;
        else
            high = middle;
    }
    return low - 1;
}

bool inc_is_letter_or_digit(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    size_t at = search(alnum, INC_COUNT(alnum), sizeof *alnum, cp);
    return at != INC_NPOS && cp <= alnum[at].last;
}

bool inc_is_white_space(uint32_t cp)
{
    return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xA0 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) ||
           cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

bool inc_is_combining(uint32_t cp)
{
    return cp >= 0x300 && cp <= 0x36F;
}

uint32_t inc_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    size_t at = search(lower, INC_COUNT(lower), sizeof *lower, cp);
    if (at == INC_NPOS || cp > lower[at].last || (cp - lower[at].first) % (uint32_t)lower[at].step != 0)
        return cp;
    return (uint32_t)((int64_t)cp + lower[at].add);
}
