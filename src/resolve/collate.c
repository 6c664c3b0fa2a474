/* collate.c - keys of index terms, and their order. */
#include "resolve/collate.h"

#include "resolve/letters.h"

/* The base letters of U+00C0 to U+017F; '.' for what has none. Two letters ("ae") are spelled out in `pairs`. */
static const char bases[] =
    "aaaaaa.ceeeeiiii"  /* C0: À ... Ï; Æ is a pair */
    "dnooooo.ouuuuy.."  /* D0: Ð ... ß */
    "aaaaaa.ceeeeiiii"  /* E0 */
    "dnooooo.ouuuuy.y"  /* F0 */
    "aaaaaaccccccccdd"  /* 100: Ā ... */
    "ddeeeeeeeeeegggg"  /* 110 */
    "gggghhhhiiiiiiii"  /* 120 */
    "ii..jjkkklllllll"  /* 130 */
    "lllnnnnnnnnnoooo"  /* 140 */
    "oo..rrrrrrssssss"  /* 150 */
    "ssttttttuuuuuuuu"  /* 160 */
    "uuuuwwyyyzzzzzzs"; /* 170 */

static const struct { uint32_t cp; char base[3]; } pairs[] = {
    {0xC6, "ae"}, {0xDE, "th"}, {0xDF, "ss"}, {0xE6, "ae"}, {0xFE, "th"}, {0x132, "ij"}, {0x133, "ij"}, {0x152, "oe"}, {0x153, "oe"}, {0x1E9E, "ss"},
};

static void add_base(inc_buf *out, uint32_t cp)
{
    for (size_t i = 0; i < INC_COUNT(pairs); i++)
        if (pairs[i].cp == cp) {
            inc_buf_puts(out, pairs[i].base);
            return;
        }
    if (cp >= 0xC0 && cp <= 0x17F && bases[cp - 0xC0] != '.')
        inc_buf_byte(out, bases[cp - 0xC0]);
    else if (cp >= 0x218 && cp <= 0x21B) /* Romanian s and t with a comma */
        inc_buf_byte(out, cp < 0x21A ? 's' : 't');
    else {
        uint32_t lower = inc_lower(cp);
        inc_buf_code_point(out, lower == 0x451 ? 0x435 : lower); /* Russian io stands among ie */
    }
}

inc_collation inc_collation_of(inc_arena *arena, inc_str term)
{
    inc_collation key = {.written = term};
    inc_buf base = inc_buf_in(arena);
    bool first = true, space = false;
    for (size_t at = 0; at < term.n;) {
        uint32_t cp = inc_utf8_decode(term, at, &at);
        if (cp == '`' || inc_is_combining(cp))
            continue;
        bool counts = inc_is_letter_or_digit(cp);
        if (first)
            key.group = !counts ? INC_COLLATES_AS_SYMBOL : cp >= '0' && cp <= '9' ? INC_COLLATES_AS_DIGIT : INC_COLLATES_AS_LETTER;
        first = false;
        space |= inc_is_white_space(cp) || cp == '_' || cp == '/' || cp == ':';
        if (!counts)
            continue;
        if (space && base.n)
            inc_buf_byte(&base, ' ');
        space = false;
        add_base(&base, cp);
    }
    key.base = inc_buf_str(&base);
    return key;
}

/* The written forms without backticks, folded or not. */
static int compare_written(inc_str a, inc_str b, bool fold)
{
    for (size_t i = 0, k = 0;;) {
        while (i < a.n && a.p[i] == '`')
            i++;
        while (k < b.n && b.p[k] == '`')
            k++;
        if (i == a.n || k == b.n)
            return i < a.n ? 1 : k < b.n ? -1 : 0;
        uint32_t x = inc_utf8_decode(a, i, &i), y = inc_utf8_decode(b, k, &k);
        if (fold) {
            x = inc_lower(x);
            y = inc_lower(y);
        }
        if (x != y) /* small letters before capitals */
            return !fold && inc_lower(x) == inc_lower(y) ? (x > y ? -1 : 1) : x < y ? -1 : 1;
    }
}

static uint64_t leading_number(inc_str s)
{
    uint64_t n = 0;
    for (size_t i = 0; i < s.n && i < 18 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        n = n * 10 + (uint64_t)(s.p[i] - '0');
    return n;
}

int inc_collation_compare(const inc_collation *a, const inc_collation *b)
{
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    uint64_t x = leading_number(a->base), y = leading_number(b->base); /* 0 of letters */
    if (x != y)
        return x < y ? -1 : 1;
    int order = a->group == INC_COLLATES_AS_SYMBOL ? 0 : inc_str_cmp(a->base, b->base);
    if (!order)
        order = compare_written(a->written, b->written, true);
    if (!order)
        order = compare_written(a->written, b->written, false);
    return order ? order : inc_str_cmp(a->written, b->written);
}

static inc_str first_letter(inc_str base)
{
    size_t next = 0;
    if (base.n)
        inc_utf8_decode(base, 0, &next);
    return inc_str_slice(base, 0, next);
}

bool inc_collation_same_head(const inc_collation *a, const inc_collation *b)
{
    return a->group == b->group && (a->group != INC_COLLATES_AS_LETTER || inc_str_eq(first_letter(a->base), first_letter(b->base)));
}

/* The capital whose lower case that is; Unicode keeps it before the small letter, at one of these distances. */
static uint32_t capital_of(uint32_t lower)
{
    static const uint32_t distances[] = {32, 1, 80, 48, 37, 38, 63, 64, 16};
    for (size_t i = 0; i < INC_COUNT(distances); i++)
        if (lower > distances[i] && inc_lower(lower - distances[i]) == lower)
            return lower - distances[i];
    return lower;
}

inc_str inc_collation_head(inc_arena *arena, const inc_collation *key)
{
    if (key->group != INC_COLLATES_AS_LETTER)
        return key->group == INC_COLLATES_AS_DIGIT ? INC_STR("0–9") : INC_STR("");
    size_t next;
    inc_buf out = inc_buf_in(arena);
    inc_buf_code_point(&out, capital_of(inc_utf8_decode(key->base, 0, &next)));
    return inc_buf_str(&out);
}
