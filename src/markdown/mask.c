/*
 * mask.c - where Debian's md4c 0.4.8 knows less than CommonMark 0.31.2: the text is changed for its eyes, a byte for a byte, and what it hands back
 * is put right again (inc_md_unmask).
 *
 *  - comments with "--" inside, and <!--> and <!---> (section 6.6);
 *  - <textarea> as the beginning of an HTML block (section 4.6);
 *  - symbols such as the euro's beside * and _: they count as punctuation there (section 2.1);
 *  - *, _ and ~ in a bare address: GFM reads it as one before it looks for emphasis.
 *
 * All text comes back whole, so that a mask in the wrong place (in code, say) does no harm.
 */
#include "base/utf8.h"
#include "markdown/internal.h"
#include "markdown/tag.h"

typedef struct masker {
    inc_md *md;
    inc_prepared *prepared;
    char *p;         /* the prepared text, which is ours */
    size_t n;
    size_t barren;   /* up to here no comment ends */
    bool in_textarea;
} masker;

static void mask(masker *m, size_t at, const char *with, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (m->p[at + i] == with[i])
            continue;
        INC_PUSH(m->md->arena, &m->prepared->masks, (inc_masked){at + i, m->p[at + i]});
        m->p[at + i] = with[i];
    }
}

static inc_str rest_of(const masker *m, size_t at)
{
    return (inc_str){m->p + at, m->n - at};
}

/* Does nothing but blanks and the marks of containers stand before it on its line? */
static bool begins_line(const masker *m, size_t at)
{
    while (at > 0 && m->p[at - 1] != '\n') {
        char c = m->p[--at];
        if (!inc_is_space(c) && !inc_is_digit(c) && !strchr(">-*+.)", c))
            return false;
    }
    return true;
}

/* ---- comments ---- */

/* Where the "-->" of a comment begins, at or behind `at` in the same paragraph, or INC_NPOS. */
static size_t comment_end(masker *m, size_t at)
{
    if (at < m->barren)
        return INC_NPOS;
    bool blank = false; /* the line, up to here */
    for (; at + 2 < m->n; at++) {
        char c = m->p[at];
        if (c == '-' && m->p[at + 1] == '-' && m->p[at + 2] == '>')
            return at;
        if (c == '\n' && blank)
            break;
        blank = c == '\n' || (blank && inc_is_space(c));
    }
    m->barren = at;
    return INC_NPOS;
}

/* "--" must not stand in it, nor "-" at its end. What could be a list, a rule or an underline to md4c keeps the comment as it is. */
static void mask_dashes(masker *m, size_t from, size_t to)
{
    bool line_begins = false;
    for (size_t i = from; i < to; i++) {
        if (line_begins && m->p[i] == '-')
            return;
        line_begins = m->p[i] == '\n' || (line_begins && (inc_is_space(m->p[i]) || m->p[i] == '>'));
    }
    for (size_t i = from; i < to; i++)
        if (m->p[i] == '-' && (i + 1 == to || m->p[i + 1] == '-'))
            mask(m, i, ".", 1);
}

static size_t mask_comment(masker *m, size_t at)
{
    static const inc_str empty[] = {{"<!-->", 5}, {"<!--->", 6}}, tags[] = {{"<a b>", 5}, {"<a bc>", 6}};
    for (size_t i = 0; i < INC_COUNT(empty); i++)
        if (inc_str_starts(rest_of(m, at), empty[i])) {
            if (!begins_line(m, at))
                mask(m, at, tags[i].p, tags[i].n);
            return at + empty[i].n;
        }
    size_t end = comment_end(m, at + 4);
    if (end == INC_NPOS)
        return at + 4;
    mask_dashes(m, at + 4, end);
    return end + 3;
}

/* ---- <textarea> ---- */

static bool is_tag(const masker *m, size_t at, inc_str tag)
{
    inc_str rest = rest_of(m, at);
    return rest.n >= tag.n && inc_str_eq_nocase(inc_str_slice(rest, 0, tag.n), tag);
}

static size_t mask_tag(masker *m, size_t at)
{
    static const inc_str open = {"<textarea", 9}, close = {"</textarea>", 11};
    if (inc_str_starts(rest_of(m, at), INC_STR("<!--")) && !(m->md->options->commonmark && m->md->options->gfm)) /* GFM 0.29 has the old rule */
        return mask_comment(m, at);
    if (m->in_textarea && is_tag(m, at, close)) {
        mask(m, at, "</pre>.....", close.n); /* blanks at the end would be trimmed */
        m->in_textarea = false;
        return at + close.n;
    }
    char behind = at + open.n < m->n ? m->p[at + open.n] : '\n';
    if (is_tag(m, at, open) && (inc_is_space(behind) || behind == '>') && begins_line(m, at)) {
        mask(m, at, "<pre     ", open.n);
        m->in_textarea = true;
        return at + open.n;
    }
    return at + 1;
}

/* ---- symbols ---- */

/* General categories Sc, Sk, Sm and So above ASCII, as far as they are met in texts. */
static bool is_symbol(uint32_t cp)
{
    static const struct { uint32_t first, last; } ranges[] = {
        {0xA2, 0xA6}, {0xA8, 0xA9}, {0xAC, 0xAC}, {0xAE, 0xB1}, {0xB4, 0xB4}, {0xB8, 0xB8}, {0xD7, 0xD7}, {0xF7, 0xF7}, {0x20A0, 0x20C0},
        {0x2100, 0x2101}, {0x2103, 0x2106}, {0x2108, 0x2109}, {0x2114, 0x2114}, {0x2116, 0x2118}, {0x211E, 0x2123}, {0x2190, 0x2307},
        {0x230C, 0x2328}, {0x232B, 0x2426}, {0x249C, 0x24E9}, {0x2500, 0x2767}, {0x2794, 0x27C4}, {0x27C7, 0x27E5}, {0x27F0, 0x2982},
        {0x2999, 0x29D7}, {0x29DC, 0x29FB}, {0x29FE, 0x2B73}, {0x2B76, 0x2BFF}, {0x1F000, 0x1FAFF},
    };
    for (size_t i = 0; i < INC_COUNT(ranges); i++)
        if (cp >= ranges[i].first && cp <= ranges[i].last)
            return true;
    return false;
}

static void mask_symbol(masker *m, size_t at)
{
    static const char *const punctuation[] = {NULL, NULL, "\xC2\xA7", "\xE2\x80\xA6", "\xF0\x90\x84\x80"}; /* by length */
    size_t next;
    if (at < m->n && (unsigned char)m->p[at] >= 0x80 && is_symbol(inc_utf8_decode((inc_str){m->p, m->n}, at, &next)))
        mask(m, at, punctuation[next - at], next - at);
}

/* Behind the run of delimiters at `at`; the characters on both sides of it. */
static size_t mask_beside(masker *m, size_t at)
{
    size_t end = at, before = at;
    while (end < m->n && m->p[end] == m->p[at])
        end++;
    while (before > 0 && ((unsigned char)m->p[before - 1] & 0xC0) == 0x80)
        before--;
    if (before > 0 && before < at)
        mask_symbol(m, before - 1);
    mask_symbol(m, end);
    return end;
}

/* ---- bare addresses ---- */

static const char marks[] = "*_~", stand_ins[] = "\xF8\xF9\xFA"; /* bytes that stand in no UTF-8 */

static size_t mask_address(masker *m, size_t at)
{
    inc_address address;
    unsigned how = m->md->options->gfm ? INC_ADDRESS_ALL : 0;
    if (!inc_md_links_addresses(m->md->options) || !inc_md_find_address((inc_str){m->p, m->n}, at, how, &address))
        return at + 1;
    for (size_t i = at + 1; i < address.to; i++) {
        const char *mark = m->p[i] ? strchr(marks, m->p[i]) : NULL;
        if (mark && m->p[i - 1] != '\\')
            mask(m, i, &stand_ins[mark - marks], 1);
    }
    return address.to;
}

inc_str inc_md_unmask_marks(inc_arena *arena, inc_str text)
{
    char *copy = inc_alloc(arena, text.n);
    for (size_t i = 0; i < text.n; i++) {
        const char *stand_in = text.p[i] ? strchr(stand_ins, text.p[i]) : NULL;
        copy[i] = stand_in ? marks[stand_in - stand_ins] : text.p[i];
    }
    return (inc_str){copy, text.n};
}

void inc_md_mask(inc_md *md, inc_prepared *prepared)
{
    masker m = {.md = md, .prepared = prepared, .p = (char *)prepared->text.bytes.p, .n = prepared->text.bytes.n};
    for (size_t i = 0; i < m.n;)
        switch (m.p[i]) {
        case '<': i = mask_tag(&m, i); break;
        case '*':
        case '_':
        case '~': i = mask_beside(&m, i); break;
        case 'h':
        case 'H':
        case 'f':
        case 'F':
        case 'w':
        case 'W': i = mask_address(&m, i); break;
        default: i++;
        }
}

/* The first mask at or behind that offset. */
static size_t first_mask(const inc_prepared *prepared, size_t offset)
{
    size_t low = 0, high = prepared->masks.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (prepared->masks.v[middle].at < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void inc_md_unmask_bytes(const inc_prepared *prepared, char *bytes, size_t n, size_t offset)
{
    for (size_t i = first_mask(prepared, offset); i < prepared->masks.n && prepared->masks.v[i].at < offset + n; i++)
        bytes[prepared->masks.v[i].at - offset] = prepared->masks.v[i].byte;
}

inc_str inc_md_unmask(const inc_prepared *prepared, inc_arena *arena, inc_str text, size_t offset)
{
    if (!prepared->masks.n)
        return text;
    size_t first = first_mask(prepared, offset);
    if (first == prepared->masks.n || prepared->masks.v[first].at >= offset + text.n)
        return text;
    char *copy = inc_alloc(arena, text.n);
    memcpy(copy, text.p, text.n);
    inc_md_unmask_bytes(prepared, copy, text.n, offset);
    return (inc_str){copy, text.n};
}
