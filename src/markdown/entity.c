/* entity.c - character references. */
#include "markdown/entity.h"

#include "base/utf8.h"

static const struct entity {
    const char *name, *text;
} entities[] = {
#define E(name, text) {name, text},
#include "markdown/entities.def"
#undef E
};

enum { NAME_MAX_BYTES = 31, DECIMAL_MAX = 7, HEX_MAX = 6 };

inc_str inc_entity_find(inc_str name)
{
    size_t low = 0, high = INC_COUNT(entities);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = inc_str_cmp(name, inc_str_of(entities[middle].name));
        if (order == 0)
            return inc_str_of(entities[middle].text);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return INC_STR("");
}

static int digit_value(char c, bool hex)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (hex && (c | 32) >= 'a' && (c | 32) <= 'f')
        return (c | 32) - 'a' + 10;
    return -1;
}

static bool decode_number(inc_str digits, bool hex, inc_buf *out)
{
    uint32_t cp = 0;
    if (!digits.n || digits.n > (hex ? HEX_MAX : DECIMAL_MAX))
        return false;
    for (size_t i = 0; i < digits.n; i++) {
        int value = digit_value(digits.p[i], hex);
        if (value < 0)
            return false;
        cp = cp * (hex ? 16 : 10) + (uint32_t)value;
    }
    inc_buf_code_point(out, cp ? cp : INC_REPLACEMENT);
    return true;
}

bool inc_entity_decode(inc_str s, inc_buf *out)
{
    if (s.n < 3 || s.p[0] != '&' || s.p[s.n - 1] != ';')
        return false;
    inc_str body = inc_str_slice(s, 1, s.n - 1);
    if (body.p[0] == '#') {
        bool hex = body.n > 1 && (body.p[1] == 'x' || body.p[1] == 'X');
        return decode_number(inc_str_slice(body, hex ? 2 : 1, body.n), hex, out);
    }
    inc_str text = inc_entity_find(body);
    inc_buf_add(out, text);
    return text.n > 0;
}

inc_str inc_entity_decode_all(inc_arena *arena, inc_str s)
{
    if (inc_str_find_char(s, '&') == INC_NPOS)
        return s;
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < s.n;) {
        size_t end = i + 1;
        if (s.p[i] == '&') {
            size_t limit = INC_MIN(s.n, i + NAME_MAX_BYTES + 2);
            while (end < limit && s.p[end] != ';' && s.p[end] != '&')
                end++;
            if (end < limit && s.p[end] == ';' && inc_entity_decode(inc_str_slice(s, i, end + 1), &out)) {
                i = end + 1;
                continue;
            }
            end = i + 1;
        } else
            while (end < s.n && s.p[end] != '&')
                end++;
        inc_buf_add(&out, inc_str_slice(s, i, end));
        i = end;
    }
    return inc_buf_str(&out);
}
