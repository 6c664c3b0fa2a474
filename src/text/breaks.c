/* breaks.c - line break opportunities: UAX #14 from ICU, and the further ones that code and URLs need. */
#include "text/text.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/utext.h>

#include "base/guard.h"
#include "base/utf8.h"

struct inc_breaker {
    UBreakIterator *iterator; /* NULL: ICU's data is missing; breaks at blanks only */
    UText text;
};

static void free_iterator(void *p)
{
    ubrk_close(p);
}

static UBreakIterator *open_iterator(const char *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(UBRK_LINE, locale, NULL, 0, &status);
    if (status == U_MEMORY_ALLOCATION_ERROR)
        inc_out_of_memory();
    return U_SUCCESS(status) ? iterator : NULL;
}

inc_breaker *inc_breaker_new(inc_arena *arena, inc_str language)
{
    inc_breaker *breaker = INC_NEW(arena, inc_breaker);
    void **slot = inc_defer(arena, free_iterator);
    char locale[ULOC_FULLNAME_CAPACITY] = "";
    UErrorCode status = U_ZERO_ERROR;
    uloc_forLanguageTag(inc_cstr(arena, language), locale, sizeof locale - 16, NULL, &status);
    if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
        locale[0] = '\0';
    if (strncmp(locale, "ja", 2) == 0 && !strchr(locale, '@'))
        strcat(locale, "@lb=strict"); /* no line begins with a small kana */
    breaker->iterator = open_iterator(locale);
    if (!breaker->iterator)
        breaker->iterator = open_iterator("");
    *slot = breaker->iterator;
    breaker->text = (UText)UTEXT_INITIALIZER;
    return breaker;
}

static void find_at_blanks(inc_str s, uint8_t *kinds)
{
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i - 1] == '\n')
            kinds[i] = INC_BREAK_MANDATORY;
        else if (s.p[i - 1] == ' ' && s.p[i] != ' ')
            kinds[i] = INC_BREAK_ALLOWED;
}

void inc_breaker_find(inc_breaker *breaker, inc_str s, uint8_t *kinds)
{
    memset(kinds, INC_BREAK_NONE, s.n + 1);
    if (!s.n)
        return;
    s.n = INC_MIN(s.n, (size_t)INT32_MAX);
    kinds[s.n] = INC_BREAK_ALLOWED;
    UErrorCode status = U_ZERO_ERROR;
    if (!breaker->iterator) {
        find_at_blanks(s, kinds);
        return;
    }
    utext_openUTF8(&breaker->text, s.p, (int64_t)s.n, &status);
    ubrk_setUText(breaker->iterator, &breaker->text, &status); /* ICU keeps a shallow copy of the UText */
    if (U_FAILURE(status))
        inc_out_of_memory();
    ubrk_first(breaker->iterator);
    for (int32_t at; (at = ubrk_next(breaker->iterator)) != UBRK_DONE;) {
        bool hard = ubrk_getRuleStatus(breaker->iterator) >= UBRK_LINE_HARD;
        if (at > 0 && (size_t)at <= s.n)
            kinds[at] = hard ? INC_BREAK_MANDATORY : INC_BREAK_ALLOWED;
    }
    utext_close(&breaker->text);
}

/* ---- code and URLs ---- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* True when something that can begin a line stands at i: not a blank, a closing mark, or an accent for what is before.
 */
static bool can_begin(inc_str s, size_t i)
{
    if ((unsigned char)s.p[i] < 0x80)
        return (unsigned char)s.p[i] > ' ' && !strchr(")]}>,;:.!?\"'`-_/\\|=&%", s.p[i]);
    size_t next;
    int8_t type = u_charType((UChar32)inc_utf8_decode(s, i, &next));
    return type != U_NON_SPACING_MARK && type != U_ENCLOSING_MARK && type != U_COMBINING_SPACING_MARK &&
           type != U_END_PUNCTUATION && type != U_FINAL_PUNCTUATION && type != U_SPACE_SEPARATOR &&
           type != U_FORMAT_CHAR;
}

static bool code_break_after(inc_str s, size_t i)
{
    char c = s.p[i], before = i ? s.p[i - 1] : ' ', after = s.p[i + 1];
    switch (c) {
    case ':':
        return before == ':';
    case '.':
        return !(is_digit(before) && is_digit(after));
    case '_':
        return !(is_digit(before) && is_digit(after)); /* 1_000 is one number */
    case ',':
    case '(':
    case '/':
    case '\\':
    case '-':
        return true;
    default:
        return false;
    }
}

/* Marks that begin a word stay with it, unless there are more than this; a name in camelCase of so many letters may be parted where a line would
 * be very loose without that, and one of so many only where it would stick out. */
enum { MARKS_MAX = 64, CAMEL_POOR = 21, CAMEL_LEAST = 10 };

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The names inside word [from, to) of a long one: "ThreadPool|Builder", none shorter than four letters. */
static void break_camel_case(inc_str s, size_t from, size_t to, uint8_t *kinds)
{
    if (to - from < CAMEL_LEAST)
        return;
    size_t last = from;
    for (size_t i = from + 1; i < to; i++)
        if (is_upper(s.p[i]) && is_lower(s.p[i - 1]) && i - last >= 4 && to - i >= 4) {
            kinds[i] = kinds[i] != INC_BREAK_NONE ? kinds[i] : to - from < CAMEL_POOR ? INC_BREAK_LAST : INC_BREAK_POOR;
            last = i;
        }
}

/* The marks that a word begins with, as the bytes go by: the signs of an option, of a path, a leading underscore. Parted from the word they would
 * stand at the line's end alone. */
typedef struct opening {
    size_t marks;
    bool over; /* a letter came, or a figure, or anything beyond ASCII */
} opening;

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* True when nothing but marks stands between the word's start and the place behind c. */
static bool still_opening(opening *o, char c)
{
    if (is_blank(c))
        *o = (opening){0};
    else if ((unsigned char)c >= 0x80 || is_lower(c) || is_upper(c) || is_digit(c) || o->marks >= MARKS_MAX)
        o->over = true;
    else
        o->marks++;
    return o->marks && !o->over;
}

/* Not before byte i + 1, whatever UAX #14 says. */
static void forbid(uint8_t *kinds, size_t i)
{
    if (kinds[i + 1] != INC_BREAK_MANDATORY)
        kinds[i + 1] = INC_BREAK_NONE;
}

void inc_breaks_in_text(inc_str s, uint8_t *kinds)
{
    opening word = {0};
    for (size_t i = 0; i + 1 < s.n; i++) {
        size_t marks = word.over ? 0 : word.marks;
        if (still_opening(&word, s.p[i]) || (s.p[i] == '+' && s.p[i + 1] == '+'))
            forbid(kinds, i);
        if (marks && marks < i && word.over && s.p[i - marks - 1] == ' ' && strchr("!?/.:,;", s.p[i - marks]))
            kinds[i - marks] |= INC_BREAK_ALLOWED; /* they close a word for UAX #14, which keeps them with the one before the blank (LB13) */
    }
}

void inc_breaks_in_code(inc_str s, uint8_t *kinds)
{
    opening word = {0};
    size_t name = 0; /* where the letters before i begin */
    for (size_t i = 0; i + 1 < s.n; i++) {
        char c = s.p[i];
        bool opens = still_opening(&word, c), ends = !is_blank(c) && !can_begin(s, i + 1);
        if (opens || ends || c == '!' || c == '?' || (c == '+' && s.p[i + 1] == '+'))
            forbid(kinds, i);
        else if (code_break_after(s, i) && can_begin(s, i + 1))
            kinds[i + 1] |= INC_BREAK_ALLOWED;
        if (!is_lower(c) && !is_upper(c) && !is_digit(c)) {
            break_camel_case(s, name, i, kinds);
            name = i + 1;
        }
    }
    if (name < s.n)
        break_camel_case(s, name, s.n, kinds);
}

void inc_breaks_in_url(inc_str s, uint8_t *kinds)
{
    for (size_t i = 0; i + 1 < s.n; i++) {
        char c = s.p[i], after = s.p[i + 1];
        bool blank = (unsigned char)c <= ' ' || (unsigned char)after <= ' ';
        if (i > 0 && after == '%' && !blank)
            kinds[i + 1] |= INC_BREAK_ALLOWED; /* before an escape, so that it stays whole */
        else if (c && strchr("/.?&=-_:", c) && !blank && !strchr("/.?&=-_:,;)", after) &&
                 ((unsigned char)after < 0x80 || can_begin(s, i + 1)))
            kinds[i + 1] |= INC_BREAK_ALLOWED;
    }
}
