/* urls.c - cutting, decoding and joining URLs. */
#include "base/urls.h"

#include "base/utf8.h"

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 3986, 3.1; a single letter is a drive of Windows rather than a scheme. */
static size_t scheme_length(inc_str url)
{
    size_t i = 0;
    while (i < url.n && (is_alpha(url.p[i]) || (i > 0 && ((url.p[i] >= '0' && url.p[i] <= '9') || memchr("+-.", url.p[i], 3)))))
        i++;
    return i > 1 && i < url.n && url.p[i] == ':' ? i : 0;
}

inc_url inc_url_cut(inc_str url)
{
    inc_url cut = {.scheme = inc_str_slice(url, 0, scheme_length(url))};
    inc_str rest = inc_str_slice(url, cut.scheme.n ? cut.scheme.n + 1 : 0, url.n);
    size_t hash = inc_str_find_char(rest, '#');
    cut.has_fragment = hash != INC_NPOS;
    if (cut.has_fragment) {
        cut.fragment = inc_str_slice(rest, hash + 1, rest.n);
        rest = inc_str_slice(rest, 0, hash);
    }
    size_t query = inc_str_find_char(rest, '?');
    if (query != INC_NPOS) {
        cut.query = inc_str_slice(rest, query, rest.n);
        rest = inc_str_slice(rest, 0, query);
    }
    cut.path = rest;
    return cut;
}

inc_str inc_percent_decode(inc_arena *arena, inc_str s)
{
    if (inc_str_find_char(s, '%') == INC_NPOS)
        return s;
    char *bytes = inc_alloc(arena, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool escape = s.p[i] == '%' && i + 2 < s.n && inc_hex_digit(s.p[i + 1]) >= 0 && inc_hex_digit(s.p[i + 2]) >= 0;
        bytes[n++] = escape ? (char)(inc_hex_digit(s.p[i + 1]) * 16 + inc_hex_digit(s.p[i + 2])) : s.p[i];
        i += escape ? 2 : 0;
    }
    return (inc_str){bytes, n};
}

inc_str inc_url_decode(inc_arena *arena, inc_str s)
{
    inc_str text = inc_percent_decode(arena, s);
    for (size_t i = 0; text.p != s.p && i < text.n; i++)
        if ((unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7F)
            return s;
    return inc_utf8_invalid(text) == INC_NPOS ? text : s;
}

/* Length of "https://host", or of "scheme:" when there is no authority. */
static size_t origin_length(inc_str base)
{
    size_t i = scheme_length(base);
    i = i ? i + 1 : 0;
    if (!inc_str_starts(inc_str_slice(base, i, base.n), INC_STR("//")))
        return i;
    i += 2;
    while (i < base.n && base.p[i] != '/' && base.p[i] != '?' && base.p[i] != '#')
        i++;
    return i;
}

static void add_segments(inc_buf *out, size_t floor, inc_str path)
{
    while (path.n) {
        bool more = inc_str_find_char(path, '/') != INC_NPOS;
        inc_str segment = inc_str_cut(&path, '/');
        if (inc_str_is(segment, "..")) {
            if (out->n > floor + 1) {
                out->n--;
                while (out->n > floor && out->p[out->n - 1] != '/')
                    out->n--;
            }
        } else if (segment.n && !inc_str_is(segment, ".")) {
            inc_buf_add(out, segment);
            if (more)
                inc_buf_byte(out, '/');
        }
    }
}

inc_str inc_url_resolve(inc_arena *arena, inc_str base, inc_str relative)
{
    inc_url cut = inc_url_cut(relative);
    size_t origin = origin_length(base);
    inc_buf out = inc_buf_in(arena);
    inc_buf_add(&out, inc_str_slice(base, 0, origin));
    inc_buf_byte(&out, '/');
    if (!inc_str_starts(cut.path, INC_STR("/"))) {
        inc_str path = inc_url_cut(inc_str_slice(base, origin, base.n)).path;
        add_segments(&out, origin, path);
        if (out.p[out.n - 1] != '/')
            inc_buf_byte(&out, '/');
    }
    add_segments(&out, origin, cut.path);
    inc_buf_add(&out, cut.query);
    if (cut.has_fragment) {
        inc_buf_byte(&out, '#');
        inc_buf_add(&out, cut.fragment);
    }
    return inc_buf_str(&out);
}
