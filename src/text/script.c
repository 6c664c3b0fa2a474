/* script.c - direction classes and case, from ICU's character data. */
#include "text/text.h"

#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/uscript.h>

#include "base/guard.h"
#include "base/utf8.h"

static inc_script_class class_of(uint32_t cp)
{
    if (cp < 0x590)
        return INC_SCRIPT_SIMPLE;
    UCharDirection direction = u_charDirection((UChar32)cp);
    if (direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC)
        return INC_SCRIPT_RIGHT_TO_LEFT;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript((UChar32)cp, &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_YI:
        return INC_SCRIPT_CJK;
    default:
        return INC_SCRIPT_SIMPLE;
    }
}

inc_script_class inc_text_script(inc_str s, size_t *at)
{
    for (size_t i = 0, next; i < s.n; i = next) {
        next = i + 1;
        if ((unsigned char)s.p[i] < 0x80)
            continue;
        inc_script_class class = class_of(inc_utf8_decode(s, i, &next));
        if (class != INC_SCRIPT_SIMPLE) {
            if (at)
                *at = i;
            return class;
        }
    }
    return INC_SCRIPT_SIMPLE;
}

const char *inc_text_script_name(uint32_t cp)
{
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode script = uscript_getScript((UChar32)cp, &status);
    if (U_FAILURE(status) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED || script == USCRIPT_UNKNOWN)
        return "";
    const char *name = uscript_getName(script);
    return name ? name : "";
}

/* ---- case ---- */

typedef int32_t case_function(const UCaseMap *map, char *to, int32_t cap, const char *from, int32_t n,
                              UErrorCode *status);

static void free_map(void *p)
{
    ucasemap_close(p);
}

static inc_str map_case(inc_arena *arena, inc_str s, inc_str language, case_function *function)
{
    if (!s.n || s.n > INT32_MAX / 4)
        return s;
    char locale[ULOC_FULLNAME_CAPACITY] = ""; /* never NULL, which would be the machine's locale */
    UErrorCode status = U_ZERO_ERROR;
    uloc_forLanguageTag(inc_cstr(arena, language), locale, sizeof locale, NULL, &status);
    if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
        locale[0] = '\0';
    status = U_ZERO_ERROR;
    void **slot = inc_defer(arena, free_map);
    UCaseMap *map = *slot = ucasemap_open(locale, 0, &status);
    if (U_FAILURE(status))
        inc_out_of_memory();
    int32_t cap = (int32_t)s.n + 16, n;
    char *to = inc_alloc(arena, (size_t)cap);
    n = function(map, to, cap, s.p, (int32_t)s.n, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        cap = n + 1;
        to = inc_alloc(arena, (size_t)cap);
        n = function(map, to, cap, s.p, (int32_t)s.n, &status);
    }
    *slot = NULL;
    ucasemap_close(map);
    return U_SUCCESS(status) ? (inc_str){to, (size_t)n} : s;
}

inc_str inc_text_upper(inc_arena *arena, inc_str s, inc_str language)
{
    return map_case(arena, s, language, ucasemap_utf8ToUpper);
}

inc_str inc_text_lower(inc_arena *arena, inc_str s, inc_str language)
{
    return map_case(arena, s, language, ucasemap_utf8ToLower);
}
