/*
 * text.h - where text may be broken: UAX #14 through ICU, hyphenation by Liang's patterns, and direction.
 */
#ifndef INC_TEXT_H
#define INC_TEXT_H

#include "base/diag.h"

/* ---- line break opportunities ---- */
typedef enum inc_break_kind {
    INC_BREAK_NONE, INC_BREAK_ALLOWED, INC_BREAK_MANDATORY,
    INC_BREAK_POOR, /* of code, when nothing else helps */
    INC_BREAK_LAST  /* of code, when a line would stick out */
} inc_break_kind;

typedef struct inc_breaker inc_breaker; /* one thread */
inc_breaker *inc_breaker_new(inc_arena *arena, inc_str language);

/* kinds[i] for i in [0, s.n]: the opportunity before byte i (UAX #14; kinds[0] NONE; kinds[s.n] is MANDATORY or ALLOWED and may be
 * ignored). The array holds s.n + 1 entries. */
void inc_breaker_find(inc_breaker *breaker, inc_str s, uint8_t *kinds);

/* Takes back what UAX #14 allows, but nobody would do: after the marks that a word begins with (--flag, /etc), and between the signs of C++. Allows
 * the blank before such a word instead. */
void inc_breaks_in_text(inc_str s, uint8_t *kinds);

/* Places inside code-like words and URLs beside those that kinds has already. In code after "::" . / _ - \ , ( as INC_BREAK_ALLOWED, and as
 * INC_BREAK_POOR or INC_BREAK_LAST before a capital inside a long name in camelCase; what kinds allows is taken back after the marks that a word
 * begins with, after ! and ?, between + and +, and before what closes. */
void inc_breaks_in_code(inc_str s, uint8_t *kinds);
void inc_breaks_in_url(inc_str s, uint8_t *kinds); /* after / . ? & = - _ : and before %, never between two of them */

/* ---- hyphenation ---- */
typedef struct inc_hyphenator inc_hyphenator; /* one thread; dictionaries in folder (hyph_en_US.dic ...) */
inc_hyphenator *inc_hyphenator_new(inc_arena *arena, inc_str folder, inc_str language, inc_diags *diags); /* NULL: no dictionary for it */

/* Byte offsets inside the word (letters only, any case, UTF-8) before which a hyphen may be put, ascending; honours left and right
 * minima in characters (2, 3) and words of at least 6 letters. Returns the count, at most max. Results are cached. */
size_t inc_hyphenate(inc_hyphenator *hyphenator, inc_str word, uint16_t *offsets, size_t max);

/* ---- direction ---- */
/* The first strong right-to-left or CJK code point, or 0: what the layout cannot set properly yet. */
typedef enum inc_script_class { INC_SCRIPT_SIMPLE, INC_SCRIPT_RIGHT_TO_LEFT, INC_SCRIPT_CJK } inc_script_class;
inc_script_class inc_text_script(inc_str s, size_t *at);

/* The script's name in English ("Han", "Cyrillic"), or "" for a character of none or of many. */
const char *inc_text_script_name(uint32_t cp);

/* ---- case (ICU, root locale unless language says else) ---- */
inc_str inc_text_upper(inc_arena *arena, inc_str s, inc_str language);
inc_str inc_text_lower(inc_arena *arena, inc_str s, inc_str language);

#endif
