/* hyphenate.c - which dictionary serves a language, and the words it divides. */
#include "text/text.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/files.h"
#include "base/map.h"
#include "base/utf8.h"
#include "text/patterns.h"

enum {
    LEFT_MIN = 2,
    RIGHT_MIN = 3,
    LETTERS_MIN = 6,
    LETTERS_MAX = INC_PATTERN_LETTERS_MAX,
    BYTES_MAX = 400,
    FILE_MAX = 16 << 20
};

struct inc_hyphenator {
    inc_arena *arena;
    inc_patterns *patterns;
    inc_map cache; /* word -> found */
    const UNormalizer2 *nfc;
};

typedef struct found {
    uint32_t n;
    uint16_t offsets[];
} found;

/* ---- finding the dictionary ---- */

typedef struct region {
    const char *language, *file;
} region;

/* What CLDR would say: the world outside the Americas spells and divides the British way. */
static const region regions[] = {
    {"en-GB", "en_GB"}, {"en-AU", "en_GB"}, {"en-NZ", "en_GB"}, {"en-IE", "en_GB"},
    {"en-IN", "en_GB"}, {"en-ZA", "en_GB"}, {"en", "en_US"},    {"de", "de_DE"},
    {"fr", "fr"},       {"es", "es_ES"},    {"it", "it_IT"},
};

/* A tag as a file may be named by it: letters, digits and '-' only, so that no path can be smuggled in. */
static bool is_tag(inc_str language)
{
    for (size_t i = 0; i < language.n; i++) {
        char c = language.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return language.n >= 2 && language.n <= 35;
}

static bool file_if_there(inc_arena *arena, inc_str folder, inc_str name, inc_str *path)
{
    *path = inc_path_join(arena, folder, inc_strf(arena, "hyph_%.*s.dic", INC_STR_ARG(name)));
    return inc_file_exists(*path);
}

/* "pt-BR" as pt_BR, then pt, then pt_PT: how the dictionaries of LibreOffice are named. */
static bool find_by_name(inc_arena *arena, inc_str folder, inc_str language, inc_str *path)
{
    inc_str rest = language, first = inc_str_lower(arena, inc_str_cut(&rest, '-'));
    char upper[8];
    size_t n = INC_MIN(rest.n, sizeof upper);
    for (size_t i = 0; i < n; i++)
        upper[i] = (char)(rest.p[i] >= 'a' && rest.p[i] <= 'z' ? rest.p[i] - 32 : rest.p[i]);
    if (rest.n == 2 && file_if_there(arena, folder, inc_strf(arena, "%.*s_%.2s", INC_STR_ARG(first), upper), path))
        return true;
    if (file_if_there(arena, folder, first, path))
        return true;
    n = INC_MIN(first.n, sizeof upper);
    for (size_t i = 0; i < n; i++)
        upper[i] = (char)(first.p[i] >= 'a' && first.p[i] <= 'z' ? first.p[i] - 32 : first.p[i]);
    return first.n == 2 && file_if_there(arena, folder, inc_strf(arena, "%.*s_%.2s", INC_STR_ARG(first), upper), path);
}

static bool find_file(inc_arena *arena, inc_str folder, inc_str language, inc_str *path)
{
    if (!is_tag(language))
        return false;
    for (size_t i = 0; i < INC_COUNT(regions); i++) {
        inc_str tag = inc_str_of(regions[i].language);
        bool fits = language.n >= tag.n && inc_str_eq_nocase(inc_str_slice(language, 0, tag.n), tag) &&
                    (language.n == tag.n || language.p[tag.n] == '-');
        if (fits && file_if_there(arena, folder, inc_str_of(regions[i].file), path))
            return true;
    }
    return find_by_name(arena, folder, language, path);
}

/* ---- opening it ---- */

inc_hyphenator *inc_hyphenator_new(inc_arena *arena, inc_str folder, inc_str language, inc_diags *diags)
{
    inc_str path, file;
    if (!find_file(arena, folder, language, &path))
        return NULL;
    inc_hyphenator *h = INC_NEW(arena, inc_hyphenator);
    h->arena = arena;
    h->cache = inc_map_in(arena);
    UErrorCode status = U_ZERO_ERROR;
    h->nfc = unorm2_getNFCInstance(&status);
    if (inc_file_read(arena, path, FILE_MAX, &file) == 0)
        h->patterns = inc_patterns_read(arena, file);
    if (h->patterns && U_SUCCESS(status))
        return h;
    inc_report(diags, INC_DIAG_BROKEN_HYPHENATION, INC_NO_SPAN, "hyphenation dictionary '%.*s' cannot be used",
               INC_STR_ARG(path));
    return NULL;
}

/* ---- a word ---- */

typedef struct letters {
    uint32_t cp[LETTERS_MAX]; /* lower case, composed */
    uint16_t at[LETTERS_MAX]; /* byte offset in the word */
    size_t n, real;           /* with and without apostrophes */
} letters;

/* False when the word has anything but letters, marks and inner apostrophes. */
static bool read_letters(const inc_hyphenator *h, inc_str word, letters *out)
{
    out->n = out->real = 0;
    for (size_t at = 0, next; at < word.n; at = next) {
        uint32_t cp = inc_utf8_decode(word, at, &next);
        int8_t type = u_charType((UChar32)cp);
        if (type == U_NON_SPACING_MARK) {
            UChar32 composed = out->n ? unorm2_composePair(h->nfc, (UChar32)out->cp[out->n - 1], (UChar32)cp) : -1;
            if (composed < 0)
                return false;
            out->cp[out->n - 1] = (uint32_t)u_tolower(composed);
            continue;
        }
        bool apostrophe = cp == 0x2019 || cp == '\'';
        if ((!apostrophe && !u_isalpha((UChar32)cp)) || out->n == LETTERS_MAX)
            return false;
        out->cp[out->n] = apostrophe ? '\'' : (uint32_t)u_tolower((UChar32)cp);
        out->at[out->n++] = (uint16_t)at;
        out->real += !apostrophe;
    }
    return out->real >= LETTERS_MIN;
}

static bool near_apostrophe(const letters *l, size_t i)
{
    return l->cp[i] == '\'' || l->cp[i - 1] == '\'' || l->cp[i - LEFT_MIN] == '\'' || l->cp[i + 1] == '\'';
}

/* The patterns' points that our own minima and the apostrophes leave. */
static void find_points(const inc_hyphenator *h, const letters *l, bool *points)
{
    inc_patterns_apply(h->patterns, l->cp, l->n, points);
    for (size_t i = 0; i < l->n; i++)
        points[i] = points[i] && i >= LEFT_MIN && i + RIGHT_MIN <= l->n && !near_apostrophe(l, i);
}

static const found *look_up(inc_hyphenator *h, inc_str word)
{
    const found *known = inc_map_find(&h->cache, word);
    if (known)
        return known;
    letters l;
    bool points[LETTERS_MAX];
    size_t n = 0;
    if (read_letters(h, word, &l))
        find_points(h, &l, points);
    else
        l.n = 0;
    for (size_t i = 0; i < l.n; i++)
        n += points[i];
    found *f = inc_alloc(h->arena, sizeof(found) + n * sizeof(uint16_t));
    for (size_t i = 0; i < l.n; i++)
        if (points[i])
            f->offsets[f->n++] = l.at[i];
    inc_map_put(&h->cache, inc_str_dup(h->arena, word), f);
    return f;
}

size_t inc_hyphenate(inc_hyphenator *h, inc_str word, uint16_t *offsets, size_t max)
{
    if (word.n < LETTERS_MIN || word.n > BYTES_MAX)
        return 0;
    const found *f = look_up(h, word);
    size_t n = INC_MIN((size_t)f->n, max);
    for (size_t i = 0; i < n; i++)
        offsets[i] = f->offsets[i];
    return n;
}
