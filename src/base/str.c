/* str.c - string views and buffers. */
#include "base/str.h"

#include <stdio.h>

#include "base/utf8.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

int inc_str_cmp(inc_str a, inc_str b)
{
    size_t n = INC_MIN(a.n, b.n);
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool inc_str_eq_nocase(inc_str a, inc_str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

bool inc_str_starts(inc_str s, inc_str prefix)
{
    return s.n >= prefix.n && inc_str_eq(inc_str_slice(s, 0, prefix.n), prefix);
}

bool inc_str_ends(inc_str s, inc_str suffix)
{
    return s.n >= suffix.n && inc_str_eq(inc_str_slice(s, s.n - suffix.n, s.n), suffix);
}

size_t inc_str_find(inc_str s, inc_str needle)
{
    if (needle.n == 0)
        return 0;
    for (size_t i = 0; i + needle.n <= s.n; i++) {
        const char *hit = memchr(s.p + i, needle.p[0], s.n - needle.n - i + 1);
        if (!hit)
            return INC_NPOS;
        i = (size_t)(hit - s.p);
        if (memcmp(hit, needle.p, needle.n) == 0)
            return i;
    }
    return INC_NPOS;
}

size_t inc_str_find_char(inc_str s, char c)
{
    const char *hit = s.n ? memchr(s.p, c, s.n) : NULL;
    return hit ? (size_t)(hit - s.p) : INC_NPOS;
}

size_t inc_str_rfind_char(inc_str s, char c)
{
    for (size_t i = s.n; i > 0; i--)
        if (s.p[i - 1] == c)
            return i - 1;
    return INC_NPOS;
}

inc_str inc_str_trim(inc_str s)
{
    while (s.n && inc_is_space(s.p[0]))
        s.p++, s.n--;
    while (s.n && inc_is_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

inc_str inc_str_dup(inc_arena *arena, inc_str s)
{
    char *p = inc_alloc(arena, s.n + 1);
    if (s.n)
        memcpy(p, s.p, s.n);
    return (inc_str){p, s.n};
}

const char *inc_cstr(inc_arena *arena, inc_str s)
{
    return inc_str_dup(arena, s).p;
}

inc_str inc_str_lower(inc_arena *arena, inc_str s)
{
    char *p = inc_alloc(arena, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = lower(s.p[i]);
    return (inc_str){p, s.n};
}

inc_str inc_vstrf(inc_arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(n >= 0);
    char *p = inc_alloc(arena, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, args);
    return (inc_str){p, (size_t)n};
}

inc_str inc_strf(inc_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    inc_str s = inc_vstrf(arena, format, args);
    va_end(args);
    return s;
}

inc_str inc_str_roman(inc_arena *arena, uint32_t n, bool upper)
{
    static const struct {
        uint32_t value;
        const char *low, *up;
    } steps[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"}, {100, "c", "C"}, {90, "xc", "XC"}, {50, "l", "L"},
                 {40, "xl", "XL"}, {10, "x", "X"}, {9, "ix", "IX"}, {5, "v", "V"}, {4, "iv", "IV"}, {1, "i", "I"}};
    if (n == 0 || n > 3999)
        return inc_strf(arena, "%u", n);
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < INC_COUNT(steps); i++)
        for (; n >= steps[i].value; n -= steps[i].value)
            inc_buf_puts(&out, upper ? steps[i].up : steps[i].low);
    return inc_buf_str(&out);
}

inc_str inc_str_cut(inc_str *rest, char sep)
{
    size_t at = inc_str_find_char(*rest, sep);
    inc_str head = inc_str_slice(*rest, 0, at == INC_NPOS ? rest->n : at);
    *rest = at == INC_NPOS ? (inc_str){rest->p + rest->n, 0} : inc_str_slice(*rest, at + 1, rest->n);
    return head;
}

unsigned inc_str_distance(inc_str a, inc_str b, unsigned cap)
{
    enum { MOST = 64 };
    if (a.n > MOST || b.n > MOST)
        return cap;
    unsigned row[MOST + 1];
    for (size_t j = 0; j <= b.n; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned diagonal = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            unsigned above = row[j];
            unsigned change = diagonal + (a.p[i - 1] != b.p[j - 1]);
            row[j] = INC_MIN(change, INC_MIN(above, row[j - 1]) + 1);
            diagonal = above;
        }
    }
    return INC_MIN(row[b.n], cap);
}

bool inc_str_to_uint(inc_str s, uint64_t *value)
{
    uint64_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' || v > (UINT64_MAX - 9) / 10)
            return false;
        v = v * 10 + (uint64_t)(s.p[i] - '0');
    }
    *value = v;
    return s.n > 0;
}

void inc_buf_reserve(inc_buf *b, size_t extra)
{
    if (b->cap - b->n >= extra)
        return;
    size_t cap = INC_MAX(b->cap * 2, INC_MAX(b->n + extra, (size_t)64));
    b->p = inc_realloc(b->arena, b->p, b->cap, cap);
    b->cap = cap;
}

void inc_buf_add(inc_buf *b, inc_str s)
{
    inc_buf_reserve(b, s.n);
    if (s.n)
        memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void inc_buf_code_point(inc_buf *b, uint32_t cp)
{
    char bytes[4];
    inc_buf_add(b, (inc_str){bytes, inc_utf8_encode(cp, bytes)});
}

void inc_buf_puts(inc_buf *b, const char *cstr)
{
    inc_buf_add(b, inc_str_of(cstr));
}

void inc_buf_printf(inc_buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    size_t room = b->cap - b->n;
    int n = vsnprintf(room ? b->p + b->n : NULL, room, format, args);
    va_end(args);
    assert(n >= 0);
    if ((size_t)n >= room) {
        inc_buf_reserve(b, (size_t)n + 1);
        vsnprintf(b->p + b->n, (size_t)n + 1, format, again);
    }
    va_end(again);
    b->n += (size_t)n;
}
