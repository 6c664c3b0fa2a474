/* svg_value.c - numbers, lengths, transforms and view boxes as SVG writes them. */
#include <math.h>

#include "image/svg.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

void inc_svg_blanks(inc_str *s)
{
    size_t n = 0;
    while (n < s->n && is_blank(s->p[n]))
        n++;
    *s = inc_str_slice(*s, n, s->n);
}

void inc_svg_skip(inc_str *s)
{
    inc_svg_blanks(s);
    if (s->n && s->p[0] == ',') {
        *s = inc_str_slice(*s, 1, s->n);
        inc_svg_blanks(s);
    }
}

static double power_of_ten(int exponent)
{
    double power = 1, base = 10;
    for (; exponent; exponent >>= 1, base *= base)
        if (exponent & 1)
            power *= base;
    return power;
}

/* Digits beyond the 18th only move the point. */
bool inc_svg_number(inc_str *s, double *value)
{
    size_t at = 0;
    bool minus = s->n && s->p[0] == '-', any = false, fraction = false;
    uint64_t digits = 0;
    int exponent = 0, written = 0;
    at += s->n && (minus || s->p[0] == '+');
    for (; at < s->n; at++) {
        char c = s->p[at];
        if (c == '.' && !fraction && at + 1 < s->n && is_digit(s->p[at + 1]))
            fraction = true;
        else if (c == '.' && !fraction && any) { /* "1." */
            at++;
            break;
        } else if (is_digit(c)) {
            any = true;
            bool kept = digits < UINT64_C(100000000000000000);
            if (kept)
                digits = digits * 10 + (uint64_t)(c - '0');
            exponent += (!kept && !fraction && exponent < 400) - (kept && fraction && exponent > -400);
        } else
            break;
    }
    if (!any)
        return false;
    if (at + 1 < s->n && (s->p[at] == 'e' || s->p[at] == 'E')) {
        size_t k = at + 1;
        bool down = s->p[k] == '-';
        k += down || s->p[k] == '+';
        if (k < s->n && is_digit(s->p[k])) {
            for (at = k; at < s->n && is_digit(s->p[at]); at++)
                written = INC_MIN(written * 10 + (s->p[at] - '0'), 400);
            exponent += down ? -written : written;
        }
    }
    exponent = INC_MAX(INC_MIN(exponent, 300), -300);
    double v = (double)digits;
    v = exponent < 0 ? v / power_of_ten(-exponent) : v * power_of_ten(exponent);
    v = v > 1e30 ? 1e30 : v;
    *value = minus ? -v : v;
    *s = inc_str_slice(*s, at, s->n);
    return true;
}

double inc_svg_number_or(inc_str s, double otherwise)
{
    double v;
    s = inc_str_trim(s);
    if (!inc_svg_number(&s, &v))
        return otherwise;
    return inc_str_is(s, "%") ? v / 100 : s.n ? otherwise : v;
}

/* ---- lengths ---- */

double inc_svg_diagonal(double width, double height)
{
    return sqrt((width * width + height * height) / 2);
}

bool inc_svg_length_cut(inc_str *s, double whole, double font_size, double *value)
{
    static const struct {
        const char *unit;
        double px;
    } units[] = {{"px", 1}, {"pt", 4.0 / 3}, {"pc", 16}, {"in", 96}, {"cm", 96 / 2.54}, {"mm", 9.6 / 2.54}, {"q", 2.4 / 2.54}};
    double v;
    inc_svg_blanks(s);
    if (!inc_svg_number(s, &v))
        return false;
    size_t n = 0;
    while (n < s->n && ((s->p[n] | 32) >= 'a' && (s->p[n] | 32) <= 'z'))
        n++;
    inc_str unit = inc_str_slice(*s, 0, n);
    if (!n && s->n && s->p[0] == '%') {
        *s = inc_str_slice(*s, 1, s->n);
        *value = v * whole / 100;
        return true;
    }
    *s = inc_str_slice(*s, n, s->n);
    *value = v;
    if (!n)
        return true;
    for (size_t i = 0; i < INC_COUNT(units); i++)
        if (inc_str_eq_nocase(unit, inc_str_of(units[i].unit))) {
            *value = v * units[i].px;
            return true;
        }
    bool em = inc_str_eq_nocase(unit, INC_STR("em")), half = inc_str_eq_nocase(unit, INC_STR("ex")) || inc_str_eq_nocase(unit, INC_STR("ch"));
    *value = em ? v * font_size : half ? v * font_size / 2 : v * 16;
    return em || half || inc_str_eq_nocase(unit, INC_STR("rem"));
}

bool inc_svg_length(inc_str s, double whole, double font_size, double *value)
{
    return inc_svg_length_cut(&s, whole, font_size, value) && !inc_str_trim(s).n;
}

/* ---- transforms ---- */

/* An angle in degrees: CSS writes units. */
static double degrees(double v, inc_str unit)
{
    if (inc_str_eq_nocase(unit, INC_STR("rad")))
        return v * 57.295779513082323;
    if (inc_str_eq_nocase(unit, INC_STR("turn")))
        return v * 360;
    return inc_str_eq_nocase(unit, INC_STR("grad")) ? v * 0.9 : v;
}

static double tangent(double angle)
{
    double s, c;
    inc_svg_sine(angle, &s, &c);
    return c > -1e-9 && c < 1e-9 ? 0 : s / c;
}

static bool one_transform(inc_str name, const double *v, unsigned n, inc_svg_matrix *m)
{
    double y = n > 1 ? v[1] : 0;
    if (inc_str_is(name, "matrix") && n == 6)
        *m = (inc_svg_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
    else if (inc_str_is(name, "translate") && (n == 1 || n == 2))
        *m = inc_svg_translation(v[0], y);
    else if (inc_str_is(name, "translateX") && n == 1)
        *m = inc_svg_translation(v[0], 0);
    else if (inc_str_is(name, "translateY") && n == 1)
        *m = inc_svg_translation(0, v[0]);
    else if (inc_str_is(name, "scale") && (n == 1 || n == 2))
        *m = inc_svg_scaling(v[0], n > 1 ? y : v[0]);
    else if (inc_str_is(name, "scaleX") && n == 1)
        *m = inc_svg_scaling(v[0], 1);
    else if (inc_str_is(name, "scaleY") && n == 1)
        *m = inc_svg_scaling(1, v[0]);
    else if (inc_str_is(name, "rotate") && n == 1)
        *m = inc_svg_rotation(v[0]);
    else if (inc_str_is(name, "rotate") && n == 3)
        *m = inc_svg_multiply(inc_svg_multiply(inc_svg_translation(v[1], v[2]), inc_svg_rotation(v[0])), inc_svg_translation(-v[1], -v[2]));
    else if (inc_str_is(name, "skewX") && n == 1)
        *m = (inc_svg_matrix){1, 0, tangent(v[0]), 1, 0, 0};
    else if (inc_str_is(name, "skewY") && n == 1)
        *m = (inc_svg_matrix){1, tangent(v[0]), 0, 1, 0, 0};
    else if (inc_str_is(name, "skew") && (n == 1 || n == 2))
        *m = (inc_svg_matrix){1, tangent(y), tangent(v[0]), 1, 0, 0};
    else
        return false;
    return true;
}

static size_t name_end(inc_str s)
{
    size_t n = 0;
    while (n < s.n && ((s.p[n] | 32) >= 'a' && (s.p[n] | 32) <= 'z'))
        n++;
    return n;
}

bool inc_svg_transform(inc_str s, inc_svg_matrix *matrix)
{
    *matrix = INC_SVG_IDENTITY;
    for (inc_svg_skip(&s); s.n; inc_svg_skip(&s)) {
        size_t n = name_end(s);
        inc_str name = inc_str_slice(s, 0, n);
        s = inc_str_slice(s, n, s.n);
        inc_svg_blanks(&s);
        if (!n || !s.n || s.p[0] != '(')
            return inc_str_is(name, "none");
        s = inc_str_slice(s, 1, s.n);
        double v[6];
        unsigned count = 0;
        bool angles = inc_str_is(name, "rotate") || inc_str_starts(name, INC_STR("skew"));
        for (inc_svg_blanks(&s); s.n && s.p[0] != ')'; inc_svg_skip(&s)) {
            inc_str before = s;
            double number;
            if (count == 6 || !inc_svg_number(&before, &number))
                return false;
            if (angles) {
                size_t unit = name_end(before);
                v[count++] = degrees(number, inc_str_slice(before, 0, unit));
                s = inc_str_slice(before, unit, before.n);
            } else if (!inc_svg_length_cut(&s, 0, 16, &v[count++]))
                return false;
        }
        inc_svg_matrix m;
        if (!s.n || !one_transform(name, v, count, &m))
            return false;
        s = inc_str_slice(s, 1, s.n);
        *matrix = inc_svg_multiply(*matrix, m);
    }
    return true;
}

/* ---- view boxes ---- */

bool inc_svg_view_box(inc_str s, inc_svg_rect *box)
{
    double v[4];
    for (int i = 0; i < 4; i++) {
        inc_svg_skip(&s);
        if (!inc_svg_number(&s, &v[i]))
            return false;
    }
    *box = (inc_svg_rect){v[0], v[1], v[2], v[3]};
    return v[2] > 0 && v[3] > 0;
}

inc_svg_matrix inc_svg_fit(inc_svg_rect box, inc_str preserve, inc_svg_rect viewport)
{
    double sx = viewport.width / box.width, sy = viewport.height / box.height, ax = 0.5, ay = 0.5;
    preserve = inc_str_trim(preserve);
    if (inc_str_starts(preserve, INC_STR("defer")))
        preserve = inc_str_trim(inc_str_slice(preserve, 5, preserve.n));
    if (!inc_str_starts(preserve, INC_STR("none"))) {
        if (preserve.n >= 8 && preserve.p[0] == 'x' && preserve.p[4] == 'Y') {
            ax = inc_str_starts(preserve, INC_STR("xMin")) ? 0 : inc_str_starts(preserve, INC_STR("xMax")) ? 1 : 0.5;
            inc_str y = inc_str_slice(preserve, 4, 8);
            ay = inc_str_is(y, "YMin") ? 0 : inc_str_is(y, "YMax") ? 1 : 0.5;
        }
        bool slice = inc_str_ends(preserve, INC_STR("slice"));
        sx = sy = slice == (sx > sy) ? sx : sy;
    }
    double x = viewport.x + (viewport.width - box.width * sx) * ax - box.x * sx;
    double y = viewport.y + (viewport.height - box.height * sy) * ay - box.y * sy;
    return (inc_svg_matrix){sx, 0, 0, sy, x, y};
}
