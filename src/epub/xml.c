/* xml.c - escaping and checking (XML 1.0, fifth edition; RFC 3986; RFC 5646). */
#include "epub/xml.h"

#include "base/utf8.h"

/* Bytes that inc_xml_text copies as they are, in long runs: all but markup, controls, and the lead of U+FFFE and
 * U+FFFF. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '&' && c != '<' && c != '>' && c != 0xEF && c != 0x7F;
}

static bool is_forbidden(uint32_t cp)
{
    return (cp < 0x20 && cp != '\t' && cp != '\n' && cp != '\r') || cp == 0x7F || cp == 0xFFFE || cp == 0xFFFF;
}

static void write_escaped(inc_buf *out, inc_str text, bool attribute)
{
    for (size_t at = 0; at < text.n;) {
        size_t run = at;
        while (run < text.n && is_plain((unsigned char)text.p[run]) && !(attribute && text.p[run] == '"'))
            run++;
        inc_buf_add(out, inc_str_slice(text, at, run));
        if ((at = run) == text.n)
            break;
        uint32_t cp = inc_utf8_decode(text, at, &at);
        switch (cp) {
        case '&':
            inc_buf_puts(out, "&amp;");
            break;
        case '<':
            inc_buf_puts(out, "&lt;");
            break;
        case '>':
            inc_buf_puts(out, "&gt;");
            break;
        case '"':
            inc_buf_puts(out, "&quot;");
            break;
        case '\n':
            if (attribute)
                inc_buf_puts(out, " ");
            else
                inc_buf_byte(out, '\n');
            break;
        default:
            inc_buf_code_point(out, is_forbidden(cp) ? INC_REPLACEMENT : cp);
            break;
        }
    }
}

void inc_xml_text(inc_buf *out, inc_str text)
{
    write_escaped(out, text, false);
}

void inc_xml_value(inc_buf *out, inc_str value)
{
    write_escaped(out, value, true);
}

void inc_xml_attribute(inc_buf *out, const char *name, inc_str value)
{
    inc_buf_byte(out, ' ');
    inc_buf_puts(out, name);
    inc_buf_puts(out, "=\"");
    write_escaped(out, value, true);
    inc_buf_byte(out, '"');
}

/* NCName of "Namespaces in XML"; the ranges of XML 1.0 [4] and [4a]. */
static bool is_name_start(uint32_t cp)
{
    static const uint32_t ranges[][2] = {{'A', 'Z'},       {'_', '_'},       {'a', 'z'},        {0xC0, 0xD6},
                                         {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},    {0x37F, 0x1FFF},
                                         {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},  {0x3001, 0xD7FF},
                                         {0xF900, 0xFDCF}, {0xFDF0, 0xFFFC}, {0x10000, 0xEFFFF}};
    for (size_t i = 0; i < INC_COUNT(ranges); i++)
        if (cp >= ranges[i][0] && cp <= ranges[i][1])
            return true;
    return false;
}

static bool is_name_char(uint32_t cp)
{
    return is_name_start(cp) || cp == '-' || cp == '.' || (cp >= '0' && cp <= '9') || cp == 0xB7 ||
           (cp >= 0x300 && cp <= 0x36F) || cp == 0x203F || cp == 0x2040;
}

inc_str inc_xml_name(inc_arena *arena, inc_str label)
{
    inc_buf out = inc_buf_in(arena);
    for (size_t at = 0; at < label.n;) {
        uint32_t cp = inc_utf8_decode(label, at, &at);
        if (out.n == 0 && !is_name_start(cp))
            inc_buf_puts(&out, "x-");
        if (is_name_char(cp))
            inc_buf_code_point(&out, cp);
        else if (out.n > 0 && out.p[out.n - 1] != '-')
            inc_buf_byte(&out, '-');
    }
    if (out.n == 0)
        inc_buf_puts(&out, "x");
    return inc_buf_str(&out);
}

static bool is_alphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool inc_xml_is_language(inc_str tag)
{
    if (tag.n == 0 || tag.n > 64 || tag.p[tag.n - 1] == '-')
        return false;
    for (bool first = true; tag.n > 0; first = false) {
        inc_str part = inc_str_cut(&tag, '-');
        if (part.n == 0 || part.n > 8 ||
            (first && (part.n < 2 || part.n > 3) && !inc_str_eq_nocase(part, INC_STR("x"))))
            return false;
        for (size_t i = 0; i < part.n; i++)
            if (!is_alphanumeric(part.p[i]) || (first && part.p[i] <= '9'))
                return false;
    }
    return true;
}

/* ---- URLs ---- */

static bool is_url_char(char c)
{
    return is_alphanumeric(c) || (c && strchr("-._~:/?#@!$&'()*+,;=", c));
}

/* Brackets may stand only in the host: the first `host` bytes. */
static inc_str percent_encode(inc_arena *arena, inc_str url, size_t host)
{
    inc_buf out = inc_buf_in(arena);
    bool fragment = false;
    for (size_t i = 0; i < url.n; i++) {
        char c = url.p[i];
        bool encoded = c == '%' && url.n - i > 2 && inc_hex_digit(url.p[i + 1]) >= 0 && inc_hex_digit(url.p[i + 2]) >= 0;
        bool bracket = (c == '[' || c == ']') && i < host;
        if ((is_url_char(c) && !(c == '#' && fragment)) || encoded || bracket)
            inc_buf_byte(&out, c);
        else
            inc_buf_printf(&out, "%%%02X", (unsigned char)c);
        fragment |= c == '#';
    }
    return inc_buf_str(&out);
}

/* [user@]host[:port] with a host of letters, digits, dots, hyphens, or an address in brackets. */
static bool is_authority(inc_str rest)
{
    size_t n = 0;
    while (n < rest.n && !strchr("/?#", rest.p[n]))
        n++;
    inc_str host = inc_str_slice(rest, 0, n);
    size_t user = inc_str_rfind_char(host, '@');
    if (user != INC_NPOS)
        host = inc_str_slice(host, user + 1, host.n);
    bool bracket = host.n > 0 && host.p[0] == '[';
    size_t end = bracket ? inc_str_find_char(host, ']') : inc_str_find_char(host, ':');
    if (bracket && end == INC_NPOS)
        return false;
    end = end == INC_NPOS ? host.n : end + bracket;
    if (end < host.n && host.p[end] != ':')
        return false;
    for (size_t i = end + 1; i < host.n; i++)
        if (host.p[i] < '0' || host.p[i] > '9')
            return false;
    for (size_t i = bracket; i < end - bracket; i++) {
        unsigned char c = (unsigned char)host.p[i];
        if (!is_alphanumeric((char)c) && c != '.' && c != '-' && c != '_' && c < 0x80 && !(bracket && c == ':'))
            return false;
    }
    return end > 0;
}

bool inc_xml_url(inc_arena *arena, inc_str url, inc_str *clean)
{
    static const char *const schemes[] = {"http", "https", "mailto", "ftp", "tel"};
    url = inc_str_trim(url);
    size_t colon = inc_str_find_char(url, ':');
    if (colon == INC_NPOS)
        return false;
    inc_str scheme = inc_str_slice(url, 0, colon), rest = inc_str_slice(url, colon + 1, url.n);
    bool known = false;
    for (size_t i = 0; i < INC_COUNT(schemes); i++)
        known |= inc_str_eq_nocase(scheme, inc_str_of(schemes[i]));
    bool hierarchical = !inc_str_eq_nocase(scheme, INC_STR("mailto")) && !inc_str_eq_nocase(scheme, INC_STR("tel"));
    if (!known || rest.n == 0)
        return false;
    if (hierarchical && (!inc_str_starts(rest, INC_STR("//")) || !is_authority(inc_str_slice(rest, 2, rest.n))))
        return false;
    if (!hierarchical && rest.p[0] == '/')
        return false;
    size_t host = hierarchical ? colon + 3 : 0;
    while (hierarchical && host < url.n && !strchr("/?#", url.p[host]))
        host++;
    *clean = percent_encode(arena, url, host);
    return true;
}
