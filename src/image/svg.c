/* svg.c - an SVG's size, from its root element alone: a bounded look, not an XML parser. */
#include "image/internal.h"

enum { LOOK_MAX = 64 * 1024, NUMBER_MAX = 1000000 };

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Behind the first `end` at or after at; s.n when there is none. */
static size_t behind(inc_str s, size_t at, const char *end)
{
    size_t hit = inc_str_find(inc_str_slice(s, at, s.n), inc_str_of(end));
    return hit == INC_NPOS ? s.n : at + hit + strlen(end);
}

/* Behind a DOCTYPE, with its internal subset. */
static size_t behind_doctype(inc_str s, size_t at)
{
    bool subset = false;
    for (; at < s.n; at++) {
        if (s.p[at] == '[')
            subset = true;
        else if (s.p[at] == ']')
            subset = false;
        else if (s.p[at] == '>' && !subset)
            return at + 1;
    }
    return s.n;
}

/* The inside of the root's start tag when it is svg (with or without a prefix); p NULL when it is not. */
static inc_str root_tag(inc_str s)
{
    s.n = INC_MIN(s.n, (size_t)LOOK_MAX);
    size_t at = s.n >= 3 && memcmp(s.p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (;;) {
        while (at < s.n && is_blank(s.p[at]))
            at++;
        inc_str rest = inc_str_slice(s, at, s.n);
        if (inc_str_starts(rest, INC_STR("<?")))
            at = behind(s, at, "?>");
        else if (inc_str_starts(rest, INC_STR("<!--")))
            at = behind(s, at, "-->");
        else if (inc_str_starts(rest, INC_STR("<!")))
            at = behind_doctype(s, at);
        else
            break;
    }
    if (at >= s.n || s.p[at] != '<')
        return (inc_str){NULL, 0};
    size_t name = ++at, colon = at;
    while (at < s.n && !is_blank(s.p[at]) && s.p[at] != '>' && s.p[at] != '/')
        if (s.p[at++] == ':')
            colon = at;
    inc_str local = inc_str_slice(s, colon > name ? colon : name, at);
    if (!inc_str_is(local, "svg"))
        return (inc_str){NULL, 0};
    size_t end = at;
    for (char quote = 0; end < s.n && (quote || s.p[end] != '>'); end++)
        if (s.p[end] == '"' || s.p[end] == '\'')
            quote = !quote ? s.p[end] : quote == s.p[end] ? 0 : quote;
    return inc_str_slice(s, at, end);
}

bool inc_svg_is(inc_str bytes)
{
    return root_tag(bytes).p != NULL;
}

/* The value of an attribute, "" when absent. */
static inc_str attribute(inc_str tag, const char *name)
{
    for (size_t at = 0; at < tag.n;) {
        while (at < tag.n && (is_blank(tag.p[at]) || tag.p[at] == '/'))
            at++;
        size_t from = at;
        while (at < tag.n && tag.p[at] != '=' && !is_blank(tag.p[at]))
            at++;
        inc_str key = inc_str_slice(tag, from, at);
        while (at < tag.n && (is_blank(tag.p[at]) || tag.p[at] == '='))
            at++;
        if (at >= tag.n || (tag.p[at] != '"' && tag.p[at] != '\''))
            return INC_STR("");
        size_t value = at + 1;
        size_t end = inc_str_find_char(inc_str_slice(tag, value, tag.n), tag.p[at]);
        if (end == INC_NPOS)
            return INC_STR("");
        if (inc_str_is(key, name))
            return inc_str_trim(inc_str_slice(tag, value, value + end));
        at = value + end + 1;
    }
    return INC_STR("");
}

/* A decimal number in 1/65536 from the front of *s, at most a million; false when there is none. Exponents up to 9. */
static bool number(inc_str *s, int64_t *value)
{
    size_t at = 0;
    bool minus = s->n && s->p[0] == '-', any = false;
    at += s->n && (s->p[0] == '-' || s->p[0] == '+');
    int64_t v = 0, scale = 1;
    bool fraction = false;
    for (; at < s->n; at++) {
        char c = s->p[at];
        if (c == '.' && !fraction)
            fraction = true;
        else if (c >= '0' && c <= '9') {
            any = true;
            if (v < (int64_t)1 << 36 && scale < 1000000) {
                v = v * 10 + (c - '0');
                scale *= fraction ? 10 : 1;
            } else if (!fraction)
                return false;
        } else
            break;
    }
    int exponent = 0;
    if (at + 1 < s->n && (s->p[at] == 'e' || s->p[at] == 'E')) {
        size_t k = at + 1;
        bool down = s->p[k] == '-';
        k += down || s->p[k] == '+';
        if (k < s->n && s->p[k] >= '0' && s->p[k] <= '9') {
            for (at = k; at < s->n && s->p[at] >= '0' && s->p[at] <= '9'; at++)
                exponent = INC_MIN(exponent * 10 + (s->p[at] - '0'), 9);
            exponent = down ? -exponent : exponent;
        }
    }
    for (; exponent > 0 && v < (int64_t)1 << 36; exponent--)
        v *= 10;
    for (; exponent < 0 && scale < 1000000000000; exponent++)
        scale *= 10;
    v = inc_len_scale(minus ? -v : v, INC_PT, scale);
    *s = inc_str_slice(*s, at, s->n);
    *value = v;
    return any && v <= NUMBER_MAX * INC_PT && v >= -NUMBER_MAX * INC_PT;
}

/* A length in CSS px, 1/65536; 0 when it is missing, relative or not positive. */
static int64_t css_px(inc_str s)
{
    static const struct {
        const char *unit;
        int numerator, denominator;
    } units[] = {{"", 1, 1},       {"px", 1, 1},    {"pt", 4, 3},  {"pc", 16, 1},  {"in", 96, 1}, {"cm", 9600, 254},
                 {"mm", 960, 254}, {"Q", 240, 254}, {"em", 16, 1}, {"rem", 16, 1}, {"ex", 8, 1}};
    int64_t v;
    if (!s.n || !number(&s, &v) || v <= 0)
        return 0;
    s = inc_str_trim(s);
    for (size_t i = 0; i < INC_COUNT(units); i++)
        if (inc_str_eq_nocase(s, inc_str_of(units[i].unit)))
            return inc_len_scale(v, units[i].numerator, units[i].denominator);
    return 0;
}

static bool view_box(inc_str s, int64_t box[4])
{
    for (int i = 0; i < 4; i++) {
        while (s.n && (is_blank(s.p[0]) || s.p[0] == ','))
            s = inc_str_slice(s, 1, s.n);
        if (!number(&s, &box[i]))
            return false;
    }
    return box[2] > 0 && box[3] > 0;
}

static uint32_t whole_px(int64_t v)
{
    return (uint32_t)INC_MAX((v + INC_PT / 2) / INC_PT, (int64_t)1);
}

inc_probe inc_svg_probe(inc_str bytes)
{
    inc_probe p = {.orientation = 1};
    inc_str tag = root_tag(bytes);
    int64_t width = css_px(attribute(tag, "width")), height = css_px(attribute(tag, "height")), box[4];
    if (view_box(attribute(tag, "viewBox"), box)) { /* SVG 2, 8.2: what is missing follows from the ratio */
        if (!width && !height)
            width = box[2], height = box[3];
        else if (!width)
            width = inc_len_scale(height, box[2], box[3]);
        else if (!height)
            height = inc_len_scale(width, box[3], box[2]);
    }
    width = INC_MIN(width ? width : 300 * INC_PT, (int64_t)INC_IMAGE_SIDE_MAX * INC_PT); /* CSS 2.2, 10.3.2 */
    height = INC_MIN(height ? height : 150 * INC_PT, (int64_t)INC_IMAGE_SIDE_MAX * INC_PT);
    p.width = whole_px(width);
    p.height = whole_px(height);
    p.natural_width = INC_MAX(width * 3 / 4, (int64_t)1);
    p.natural_height = INC_MAX(height * 3 / 4, (int64_t)1);
    while ((uint64_t)p.width * p.height > INC_PIXELS_MAX) /* a vector has no pixels: only the ratio counts */
        p.width = INC_MAX(p.width / 2, 1u), p.height = INC_MAX(p.height / 2, 1u);
    return p;
}
