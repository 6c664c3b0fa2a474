/*
 * itemize.c - which face of a chain shows which part of a text.
 *
 * The unit is the grapheme cluster (UAX #29): a letter never comes from another face than its accents, an emoji
 * sequence is never torn. A cluster goes to the first face that has all of it, composed or decomposed; if none has, to
 * the first face that has its base; if none has even that, to the chain's first face, which draws its .notdef.
 */
#include "font/internal.h"

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "base/vec.h"

enum { CLUSTER_MAX = 32 }; /* code points looked at; a longer pile of marks goes where its beginning goes */

bool inc_font_ignorable(uint32_t cp)
{
    if (cp < 0x300)
        return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0xAD;
    return u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static bool is_regional(uint32_t cp)
{
    return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

bool inc_font_extends(uint32_t before, uint32_t cp)
{
    if (cp < 0x300)
        return false;
    switch (u_getIntPropertyValue((UChar32)cp, UCHAR_GRAPHEME_CLUSTER_BREAK)) {
    case U_GCB_EXTEND:
    case U_GCB_SPACING_MARK:
    case U_GCB_ZWJ:
        return true;
    default:
        return before == 0x200D && u_hasBinaryProperty((UChar32)cp, UCHAR_EXTENDED_PICTOGRAPHIC);
    }
}

typedef struct cluster {
    uint32_t cps[CLUSTER_MAX];
    uint32_t n;
    size_t end;
} cluster;

static void read_cluster(inc_str text, size_t at, cluster *c)
{
    c->n = 0;
    c->end = at;
    uint32_t before = 0;
    while (c->end < text.n) {
        size_t next;
        uint32_t cp = inc_utf8_decode(text, c->end, &next);
        bool flag = c->n == 1 && is_regional(before) && is_regional(cp); /* two letters make a flag */
        if (c->n && !flag && !inc_font_extends(before, cp))
            break;
        if (c->n < CLUSTER_MAX)
            c->cps[c->n++] = cp;
        before = cp;
        c->end = next;
    }
}

/* What HarfBuzz can show: the code point itself, or what it puts in its place. */
static bool shows(const inc_font *font, uint32_t cp)
{
    if (inc_font_ignorable(cp) || inc_font_glyph(font, cp))
        return true;
    if (cp == 0x2011)
        return inc_font_glyph(font, 0x2010) != 0;
    if (cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x202F || cp == 0x205F || cp == 0x3000)
        return inc_font_glyph(font, ' ') != 0;
    hb_codepoint_t a, b;
    return cp >= 0xC0 && hb_unicode_decompose(hb_unicode_funcs_get_default(), cp, &a, &b) && inc_font_glyph(font, a) &&
           (!b || inc_font_glyph(font, b));
}

static bool shows_all(const inc_font *font, const cluster *c)
{
    uint32_t base = c->cps[0];
    bool base_shown = shows(font, base);
    for (uint32_t i = 1; i < c->n; i++) {
        hb_codepoint_t composed;
        if (hb_unicode_compose(hb_unicode_funcs_get_default(), base, c->cps[i], &composed) &&
            inc_font_glyph(font, composed)) {
            base = composed;
            base_shown = true;
        } else if (!shows(font, c->cps[i]))
            return false;
    }
    return base_shown;
}

static const inc_font *pick(const inc_chain *chain, const cluster *c)
{
    const inc_font *with_base = NULL;
    for (uint32_t i = 0; i < inc_chain_length(chain); i++) {
        const inc_font *font = inc_chain_font(chain, i);
        if (!font)
            continue;
        if (shows_all(font, c))
            return font;
        if (!with_base && shows(font, c->cps[0]))
            with_base = font;
    }
    return with_base ? with_base : inc_chain_first(chain);
}

static uint8_t columns_of(const cluster *c)
{
    for (uint32_t i = 1; i < c->n; i++)
        if (c->cps[i] == 0xFE0F || (is_regional(c->cps[0]) && is_regional(c->cps[i])))
            return 2; /* emoji presentation was asked for */
    int width = u_getIntPropertyValue((UChar32)c->cps[0], UCHAR_EAST_ASIAN_WIDTH);
    bool wide = width == U_EA_WIDE || width == U_EA_FULLWIDTH ||
                u_hasBinaryProperty((UChar32)c->cps[0], UCHAR_EMOJI_PRESENTATION);
    return wide ? 2 : 1;
}

static bool is_real(hb_script_t script)
{
    return script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED && script != HB_SCRIPT_UNKNOWN;
}

static bool is_plain(const inc_font *font, inc_str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < 0x20 || text.p[i] >= 0x7F || !inc_font_glyph(font, (uint32_t)text.p[i]))
            return false;
    return true;
}

void inc_font_itemize(const inc_chain *chain, inc_str text, bool single, inc_arena *arena, inc_font_items *items)
{
    const inc_font *first = inc_chain_first(chain);
    items->n = 0;
    if (text.n && is_plain(first, text)) {
        INC_PUSH(arena, items, (inc_font_item){first, 0, (uint32_t)text.n, HB_SCRIPT_LATIN, 1});
        return;
    }
    for (size_t at = 0; at < text.n;) {
        cluster c;
        read_cluster(text, at, &c);
        const inc_font *font = pick(chain, &c);
        hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), c.cps[0]);
        inc_font_item *last = items->n ? &items->v[items->n - 1] : NULL;
        bool ignorable = c.n == 1 && inc_font_ignorable(c.cps[0]);
        bool fits = last && (last->font == font || ignorable) && !(single && last->font != first) &&
                    !(is_real(script) && is_real(last->script) && script != last->script);
        if (fits) {
            last->length += (uint32_t)(c.end - at);
            if (is_real(script) && !is_real(last->script))
                last->script = script;
        } else
            INC_PUSH(arena, items, (inc_font_item){font, (uint32_t)at, (uint32_t)(c.end - at), script, columns_of(&c)});
        at = c.end;
    }
    for (size_t i = 0; i < items->n; i++)
        if (!is_real(items->v[i].script))
            items->v[i].script = HB_SCRIPT_LATIN; /* punctuation and figures: take the features of the Latin script */
}
