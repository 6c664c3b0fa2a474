/* utf8.c - decoding and encoding. */
#include "base/utf8.h"

uint32_t inc_utf8_decode_long(inc_str s, size_t at, size_t *next)
{
    const unsigned char *p = (const unsigned char *)s.p + at;
    size_t left = s.n - at;
    assert(left > 0);
    *next = at + 1;
    if (p[0] < 0x80)
        return p[0];
    unsigned need;
    uint32_t cp;
    unsigned char low = 0x80, high = 0xBF; /* bounds of the second byte shut out overlongs and surrogates */
    if (p[0] >= 0xC2 && p[0] <= 0xDF)
        need = 1, cp = p[0] & 0x1Fu;
    else if (p[0] >= 0xE0 && p[0] <= 0xEF) {
        need = 2, cp = p[0] & 0x0Fu;
        low = p[0] == 0xE0 ? 0xA0 : 0x80;
        high = p[0] == 0xED ? 0x9F : 0xBF;
    } else if (p[0] >= 0xF0 && p[0] <= 0xF4) {
        need = 3, cp = p[0] & 0x07u;
        low = p[0] == 0xF0 ? 0x90 : 0x80;
        high = p[0] == 0xF4 ? 0x8F : 0xBF;
    } else
        return INC_REPLACEMENT;
    for (unsigned i = 1; i <= need; i++) {
        if (i >= left || p[i] < low || p[i] > high)
            return INC_REPLACEMENT;
        cp = cp << 6 | (p[i] & 0x3Fu);
        low = 0x80, high = 0xBF;
        *next = at + i + 1;
    }
    return cp;
}

size_t inc_utf8_encode(uint32_t cp, char bytes[4])
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = INC_REPLACEMENT;
    if (cp < 0x80) {
        bytes[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        bytes[0] = (char)(0xC0 | cp >> 6);
        bytes[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        bytes[0] = (char)(0xE0 | cp >> 12);
        bytes[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | cp >> 18);
    bytes[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

size_t inc_utf8_invalid(inc_str s)
{
    for (size_t at = 0, next; at < s.n; at = next) {
        uint32_t cp = inc_utf8_decode(s, at, &next);
        bool written_out = next - at == 3 && memcmp(s.p + at, "\xEF\xBF\xBD", 3) == 0;
        if (cp == INC_REPLACEMENT && !written_out)
            return at;
    }
    return INC_NPOS;
}

size_t inc_utf8_count(inc_str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n; n++)
        inc_utf8_decode(s, at, &at);
    return n;
}

inc_str inc_utf8_start(inc_str s, size_t n)
{
    n = INC_MIN(s.n, n);
    while (n < s.n && n > 0 && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return inc_str_slice(s, 0, n);
}

inc_str inc_utf8_to_utf16be(inc_arena *arena, inc_str s, bool mark)
{
    unsigned char *out = inc_alloc(arena, s.n * 2 + 2);
    size_t n = 0;
    if (mark)
        out[n++] = 0xFE, out[n++] = 0xFF;
    for (size_t at = 0; at < s.n;) {
        uint32_t cp = inc_utf8_decode(s, at, &at);
        if (cp >= 0x10000) {
            uint32_t high = 0xD800 + ((cp - 0x10000) >> 10);
            out[n++] = (unsigned char)(high >> 8), out[n++] = (unsigned char)high;
            cp = 0xDC00 + ((cp - 0x10000) & 0x3FF);
        }
        out[n++] = (unsigned char)(cp >> 8), out[n++] = (unsigned char)cp;
    }
    return (inc_str){(const char *)out, n};
}
