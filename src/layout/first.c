/* first.c - ::first-letter and ::first-line (CSS Pseudo-Elements 4, section 2): atoms of a paragraph in another style. */
#include "base/utf8.h"
#include "layout/paragraph.h"

enum { ROUNDS = 4 };

/* Cuts the atom that stands over byte `at`, so that one begins there. */
static void cut_at(inc_para *p, uint32_t at)
{
    for (size_t i = 0; i < p->atoms.n; i++) {
        const inc_atom *atom = &p->atoms.v[i];
        if (atom->kind != INC_ATOM_TEXT || atom->start >= at || atom->end <= at)
            continue;
        inc_atom rest = *atom;
        rest.start = at;
        rest.node_byte = atom->recased ? 0 : atom->node_byte + (at - atom->start);
        p->atoms.v[i].end = at;
        INC_PUSH(p->scratch, &p->atoms, rest);
        memmove(&p->atoms.v[i + 2], &p->atoms.v[i + 1], (p->atoms.n - i - 2) * sizeof rest);
        p->atoms.v[i + 1] = rest;
        return;
    }
}

static void restyle(inc_para *p, const inc_style *from, const inc_style *to, uint32_t start, uint32_t end)
{
    cut_at(p, start);
    cut_at(p, end);
    for (size_t i = 0; i < p->atoms.n; i++) {
        inc_atom *atom = &p->atoms.v[i];
        if (atom->kind == INC_ATOM_TEXT && atom->start >= start && atom->end <= end && atom->style == from)
            atom->style = to;
    }
}

static bool is_punctuation(uint32_t cp)
{
    return (cp > ' ' && cp < 0x80 && !(cp >= '0' && cp <= '9') && !((cp | 32) >= 'a' && (cp | 32) <= 'z')) || cp == 0xA1 || cp == 0xAB || cp == 0xBB
           || cp == 0xBF || (cp >= 0x2010 && cp <= 0x203A);
}

/* The first letter with the punctuation around it. */
void inc_para_first_letter(inc_para *p, const inc_style *style)
{
    inc_str text = inc_buf_str(&p->text);
    size_t at = 0, next = 0;
    while (at < text.n && is_punctuation(inc_utf8_decode(text, at, &next)))
        at = next;
    if (at < text.n)
        inc_utf8_decode(text, at, &at);
    while (at < text.n && is_punctuation(inc_utf8_decode(text, at, &next)))
        at = next;
    for (size_t i = 0; at && i < p->atoms.n; i++)
        if (p->atoms.v[i].kind == INC_ATOM_TEXT && p->atoms.v[i].end > p->atoms.v[i].start) {
            restyle(p, p->atoms.v[i].style, style, p->atoms.v[i].start, INC_MIN((uint32_t)at, p->atoms.v[i].end));
            return;
        }
}

/* Where the second line's text begins. */
static uint32_t end_of_first(const inc_para *p, const inc_lb_line *lines, size_t n)
{
    for (uint32_t i = n > 1 ? lines[1].start : (uint32_t)p->items.n; i < p->items.n; i++)
        if (p->pieces.v[i].run && !p->pieces.v[i].hyphen)
            return p->pieces.v[i].start;
    return (uint32_t)p->text.n;
}

/* Its other style makes the line hold more or less: what it holds in that style is found by trying, the last try counts. */
void inc_para_first_line(inc_para *p, const inc_style *style, size_t (*break_lines)(inc_para *p, inc_len width, inc_len indent, inc_lb_line **lines),
                         inc_len width, inc_len indent)
{
    inc_lb_line *lines;
    size_t n = break_lines(p, width, indent, &lines);
    uint32_t end = end_of_first(p, lines, n);
    for (int round = 0; round < ROUNDS; round++) {
        restyle(p, style, p->style, end, (uint32_t)p->text.n);
        restyle(p, p->style, style, 0, end);
        n = break_lines(p, width, indent, &lines);
        uint32_t now = end_of_first(p, lines, n);
        if (now == end || round + 1 == ROUNDS)
            return;
        end = now;
    }
}
