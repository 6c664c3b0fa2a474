/*
 * address.c - bare addresses in running text: https://..., www...., a@b.c (GFM 0.29, section 6.9).
 *
 * md4c's own reading of them takes the destination of "[a](https://b.c)**d**" for one and loses the marks behind it, so it is not asked for.
 */
#include "markdown/internal.h"
#include "markdown/tag.h"

enum { HOST_MAX = 255 }; /* bytes, as in the DNS */

static bool is_alnum(char c)
{
    return inc_is_letter(c) || inc_is_digit(c);
}

static bool starts_nocase(inc_str text, size_t at, inc_str prefix)
{
    return text.n - at > prefix.n && inc_str_eq_nocase(inc_str_slice(text, at, at + prefix.n), prefix);
}

static bool is_host(inc_str text, size_t at)
{
    return at < text.n && (is_alnum(text.p[at]) || text.p[at] == '-' || text.p[at] == '_' || (unsigned char)text.p[at] >= 0x80);
}

/* Where the host ends: parts with dots between them, at least two, without "_" in the last two. 0: there is none. */
static size_t host_end(inc_str text, size_t from)
{
    size_t at = from, parts = 1;
    bool low = false, low_before = false; /* "_" in this part, in the one before */
    for (; at - from < HOST_MAX && (is_host(text, at) || (at > from && at < text.n && text.p[at] == '.' && is_host(text, at + 1))); at++) {
        low_before = text.p[at] == '.' ? low : low_before;
        low = text.p[at] == '_' || (low && text.p[at] != '.');
        parts += text.p[at] == '.';
    }
    return parts > 1 && at - from < HOST_MAX && !low && !low_before ? at : 0;
}

static bool is_blank(inc_str text, size_t at)
{
    return inc_is_space(text.p[at]) || inc_str_starts(inc_str_slice(text, at, text.n), INC_STR("\xC2\xA0"));
}

/* Where the rest behind the host ends. Before they are parsed, marks around the address may still belong to links, code and HTML. */
static size_t path_end(inc_str text, size_t at, bool parsed)
{
    size_t open = 0;
    for (; at < text.n && !is_blank(text, at) && text.p[at] != '<'; at++) {
        char c = text.p[at];
        open += c == '(';
        if (!parsed && (strchr(">\"`[]|", c) || (c == ')' && !open)))
            break;
        open -= c == ')' && open;
    }
    return at;
}

/* Without the punctuation at its end, a bracket that was opened before it, or what looks like an entity. */
static size_t trimmed(inc_str text, size_t from, size_t to)
{
    size_t round = 0, square = 0; /* excess of closing ones */
    for (size_t at = from, round_open = 0, square_open = 0; at < to; at++)
        switch (text.p[at]) {
        case '(': round_open++; break;
        case '[': square_open++; break;
        case ')': *(round_open ? &round_open : &round) += round_open ? (size_t)-1 : 1; break;
        case ']': *(square_open ? &square_open : &square) += square_open ? (size_t)-1 : 1; break;
        }
    while (to > from) {
        char c = text.p[to - 1];
        size_t name = to - 1; /* of an entity */
        while (c == ';' && name > from && inc_is_letter(text.p[name - 1]))
            name--;
        if (c == ';' && name < to - 1 && name > from && text.p[name - 1] == '&')
            to = name - 1;
        else if (strchr("?!.,:;*_~'\"&>", c))
            to--;
        else if (c == ')' && round) {
            round--;
            to--;
        } else if (c == ']' && square) {
            square--;
            to--;
        } else
            break;
    }
    return to;
}

static bool find_url(inc_str text, size_t at, inc_address *address, bool parsed)
{
    static const inc_str heads[] = {{"https://", 8}, {"http://", 7}, {"ftp://", 6}};
    for (size_t i = 0; i < INC_COUNT(heads); i++) {
        size_t head = at + heads[i].n, end = starts_nocase(text, at, heads[i]) ? host_end(text, head) : 0;
        if (end) {
            *address = (inc_address){.head = head, .to = trimmed(text, head, path_end(text, end, parsed))};
            return true;
        }
    }
    return false;
}

static bool find_www(inc_str text, size_t at, inc_address *address, bool parsed)
{
    size_t end = starts_nocase(text, at, INC_STR("www.")) ? host_end(text, at) : 0;
    if (end)
        *address = (inc_address){.head = at + 4, .to = trimmed(text, at, path_end(text, end, parsed)), .scheme = INC_STR("http://")};
    return end > 0;
}

static size_t mail_host_end(inc_str text, size_t from)
{
    size_t at = from, parts = 1;
    for (; at < text.n; at++)
        if (text.p[at] == '.' && at + 1 < text.n && is_alnum(text.p[at + 1]))
            parts++;
        else if (!is_alnum(text.p[at]) && text.p[at] != '-' && text.p[at] != '_')
            break;
    bool ends_well = at > from && text.p[at - 1] != '-' && text.p[at - 1] != '_';
    return parts > 1 && ends_well ? at : 0;
}

static bool find_mail(inc_str text, size_t at, inc_address *address)
{
    bool xmpp = starts_nocase(text, at, INC_STR("xmpp:")), mailto = starts_nocase(text, at, INC_STR("mailto:"));
    size_t name = at + (xmpp ? 5 : mailto ? 7 : 0), sign = name;
    while (sign < text.n && (is_alnum(text.p[sign]) || strchr(".+-_", text.p[sign])))
        sign++;
    size_t end = sign > name && sign < text.n && text.p[sign] == '@' ? mail_host_end(text, sign + 1) : 0;
    if (!end)
        return false;
    if (xmpp && end + 1 < text.n && text.p[end] == '/' && is_alnum(text.p[end + 1])) /* a resource */
        for (end++; end < text.n && (is_alnum(text.p[end]) || text.p[end] == '@' || text.p[end] == '.');)
            end++;
    *address = (inc_address){.head = sign + 1, .to = trimmed(text, at, end), .scheme = xmpp || mailto ? INC_STR("") : INC_STR("mailto:")};
    return true;
}

bool inc_md_find_address(inc_str text, size_t at, unsigned how, inc_address *address)
{
    char before = at ? text.p[at - 1] : ' ';
    if (!inc_is_space(before) && !strchr("*_~([", before))
        return false;
    bool parsed = how & INC_ADDRESS_PARSED;
    return find_url(text, at, address, parsed)
           || ((how & INC_ADDRESS_ALL) && (find_www(text, at, address, parsed) || (before != '_' && find_mail(text, at, address))));
}
