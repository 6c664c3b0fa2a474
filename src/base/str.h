/*
 * str.h - text as pointer and length (inc_str), and a buffer to build it in (inc_buf).
 *
 * Text is UTF-8 unless a comment says otherwise; base/files.h checks what comes from outside. An inc_str is a borrowed
 * view and need not end in NUL; inc_cstr makes one that does.
 */
#ifndef INC_STR_H
#define INC_STR_H

#include "base/arena.h"

typedef struct inc_str {
    const char *p;
    size_t n;
} inc_str;

#define INC_STR(literal) ((inc_str){(literal), sizeof(literal) - 1})
#define INC_STR_ARG(s) (int)INC_MIN((s).n, (size_t)INT_MAX), (s).p /* for "%.*s" */

static inline inc_str inc_str_of(const char *cstr) { return (inc_str){cstr, cstr ? strlen(cstr) : 0}; }
static inline inc_str inc_str_slice(inc_str s, size_t from, size_t to)
{
    assert(from <= to && to <= s.n);
    return (inc_str){s.p ? s.p + from : NULL, to - from}; /* NULL + 0 is not defined in C */
}
static inline bool inc_str_eq(inc_str a, inc_str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
static inline bool inc_str_is(inc_str a, const char *cstr) { return inc_str_eq(a, inc_str_of(cstr)); }

/* ASCII white space as C's isspace has it: with the vertical tab, which HTML does not count. */
static inline bool inc_is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

int inc_str_cmp(inc_str a, inc_str b);               /* bytewise, shorter first on a tie */
bool inc_str_eq_nocase(inc_str a, inc_str b);        /* ASCII letters only */
bool inc_str_starts(inc_str s, inc_str prefix);
bool inc_str_ends(inc_str s, inc_str suffix);
#define INC_NPOS ((size_t)-1)
size_t inc_str_find(inc_str s, inc_str needle);      /* index or INC_NPOS */
size_t inc_str_find_char(inc_str s, char c);
size_t inc_str_rfind_char(inc_str s, char c);
inc_str inc_str_trim(inc_str s);                     /* ASCII white space at both ends */
inc_str inc_str_dup(inc_arena *arena, inc_str s);    /* a copy, NUL-terminated beyond its length */
const char *inc_cstr(inc_arena *arena, inc_str s);
inc_str inc_str_lower(inc_arena *arena, inc_str s);  /* ASCII letters only */
inc_str inc_strf(inc_arena *arena, const char *format, ...) INC_PRINTF(2, 3);
inc_str inc_vstrf(inc_arena *arena, const char *format, va_list args);

inc_str inc_str_roman(inc_arena *arena, uint32_t n, bool upper); /* "IV"; 0 and what is above 3999 in Arabic digits */

/* Cuts the part before the first `sep` off *rest and returns it; *rest becomes what follows (empty at the end). */
inc_str inc_str_cut(inc_str *rest, char sep);

/* Levenshtein distance with a cap, for "did you mean"; both at most 64 bytes, else `cap`. */
unsigned inc_str_distance(inc_str a, inc_str b, unsigned cap);

/* The value of a hexadecimal digit, or -1; of any other int too, so that an end of text may be one. */
static inline int inc_hex_digit(int c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Digits only, no sign; false when empty, another character, or too big. */
bool inc_str_to_uint(inc_str s, uint64_t *value);

typedef struct inc_buf {
    inc_arena *arena;
    char *p;
    size_t n, cap;
} inc_buf;

static inline inc_buf inc_buf_in(inc_arena *arena) { return (inc_buf){.arena = arena}; }
static inline inc_str inc_buf_str(const inc_buf *b) { return (inc_str){b->p ? b->p : "", b->n}; }
void inc_buf_reserve(inc_buf *b, size_t extra);
void inc_buf_add(inc_buf *b, inc_str s);
static inline void inc_buf_byte(inc_buf *b, char c)
{
    if (b->n == b->cap)
        inc_buf_reserve(b, 1);
    b->p[b->n++] = c;
}
void inc_buf_code_point(inc_buf *b, uint32_t cp);
void inc_buf_puts(inc_buf *b, const char *cstr);
void inc_buf_printf(inc_buf *b, const char *format, ...) INC_PRINTF(2, 3);

#endif
