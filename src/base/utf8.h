/* utf8.h - UTF-8 (Unicode 15, section 3.9, table 3-7). */
#ifndef INC_UTF8_H
#define INC_UTF8_H

#include "base/str.h"

#define INC_REPLACEMENT 0xFFFDu

uint32_t inc_utf8_decode_long(inc_str s, size_t at, size_t *next); /* inc_utf8_decode, for what is not ASCII */

/* Decodes the code point at s[at] and sets *next behind it. An ill-formed sequence gives U+FFFD and advances past its
 * maximal subpart, at least one byte. Requires at < s.n. */
static inline uint32_t inc_utf8_decode(inc_str s, size_t at, size_t *next)
{
    assert(at < s.n);
    unsigned char c = (unsigned char)s.p[at];
    if (c >= 0x80)
        return inc_utf8_decode_long(s, at, next);
    *next = at + 1;
    return c;
}

/* Writes cp (a surrogate or > 10FFFF becomes U+FFFD) and returns the 1 to 4 bytes used. */
size_t inc_utf8_encode(uint32_t cp, char bytes[4]);

/* Index of the first ill-formed byte, or INC_NPOS when all of s is well-formed. */
size_t inc_utf8_invalid(inc_str s);

/* Number of code points (ill-formed parts count one each). */
size_t inc_utf8_count(inc_str s);

/* The beginning of s, of at most n bytes, that ends with a whole character. */
inc_str inc_utf8_start(inc_str s, size_t n);

/* UTF-16BE with a leading FE FF, as PDF text strings want it (ISO 32000-1, 7.9.2.2). */
inc_str inc_utf8_to_utf16be(inc_arena *arena, inc_str s, bool mark);

#endif
