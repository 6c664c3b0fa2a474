/* svg_color.c - the colours of CSS Color 4: names, #, rgb(), hsl(), hwb(), color(srgb ...), oklab(), oklch(), and light-dark(), of which paper is light. */
#include <math.h>

#include "image/svg.h"

static uint8_t byte_of(double part)
{
    return !(part > 0) ? 0 : part >= 1 ? 255 : (uint8_t)(part * 255 + 0.5);
}

/* Up to four components, with "none" as 0: the numbers, and which of them were percentages. False when there are fewer than three. */
static bool components(inc_str s, double v[4], bool percent[4])
{
    int n = 0;
    v[3] = 1;
    percent[3] = false;
    for (inc_svg_skip(&s); s.n && n < 4; n++) {
        percent[n] = false;
        if (inc_str_starts(s, INC_STR("none"))) {
            v[n] = 0;
            s = inc_str_slice(s, 4, s.n);
        } else if (!inc_svg_number(&s, &v[n]))
            return false;
        size_t unit = 0;
        while (unit < s.n && ((s.p[unit] | 32) >= 'a' && (s.p[unit] | 32) <= 'z'))
            unit++;
        inc_str word = inc_str_slice(s, 0, unit); /* of a hue */
        v[n] = inc_str_is(word, "turn") ? v[n] * 360 : inc_str_is(word, "rad") ? v[n] * 57.295779513082323 : inc_str_is(word, "grad") ? v[n] * 0.9 : v[n];
        s = inc_str_slice(s, unit, s.n);
        if (s.n && s.p[0] == '%') {
            percent[n] = true;
            s = inc_str_slice(s, 1, s.n);
        }
        inc_svg_skip(&s);
        if (s.n && s.p[0] == '/') {
            s = inc_str_slice(s, 1, s.n);
            inc_svg_blanks(&s);
        }
    }
    if (percent[3])
        v[3] /= 100;
    return n >= 3 && !s.n;
}

/* CSS Color 4, 7: hue in degrees, saturation and lightness from 0 to 1. */
static void hsl_to_rgb(double hue, double saturation, double lightness, double rgb[3])
{
    static const double turns[3] = {0, 8, 4};
    double reach = saturation * (lightness < 0.5 ? lightness : 1 - lightness);
    for (int i = 0; i < 3; i++) {
        double k = turns[i] + hue / 30;
        k -= 12 * (double)(int64_t)(k / 12);
        double slope = k - 3 < 9 - k ? k - 3 : 9 - k;
        slope = slope > 1 ? 1 : slope < -1 ? -1 : slope;
        rgb[i] = lightness - reach * slope;
    }
}

static double sane_hue(double hue)
{
    if (!(hue > -1e6 && hue < 1e6))
        return 0;
    hue -= 360 * (double)(int64_t)(hue / 360);
    return hue < 0 ? hue + 360 : hue;
}

static double unit_part(double v)
{
    return !(v > 0) ? 0 : v > 1 ? 1 : v;
}

/* x to the 5/12, which is the 1/2.4 of sRGB's curve: Newton for the third root, sqrt twice for the fourth. */
static double curve(double x)
{
    double quarter = sqrt(sqrt(x)), root = quarter > 0.5 ? quarter : 0.5;
    for (int i = 0; i < 40; i++)
        root = (2 * root + quarter / (root * root)) / 3;
    return root * root * root * root * root;
}

static double encoded(double linear)
{
    return !(linear > 0) ? 0 : linear >= 1 ? 1 : linear <= 0.0031308 ? linear * 12.92 : 1.055 * curve(linear) - 0.055;
}

/* CSS Color 4, 9.2 and its appendix: Oklab through cones' responses to linear sRGB; what is out of it is cut. */
static void oklab_to_rgb(double lightness, double a, double b, double rgb[3])
{
    double l = lightness + 0.3963377774 * a + 0.2158037573 * b, m = lightness - 0.1055613458 * a - 0.0638541728 * b, s = lightness - 0.0894841775 * a - 1.2914855480 * b;
    l = l * l * l, m = m * m * m, s = s * s * s;
    rgb[0] = encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
    rgb[1] = encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
    rgb[2] = encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
}

static void ok_color(bool polar, const double v[4], const bool percent[4], double rgb[3])
{
    double lightness = unit_part(percent[0] ? v[0] / 100 : v[0]), a = percent[1] ? v[1] * 0.004 : v[1], b = percent[2] ? v[2] * 0.004 : v[2];
    if (polar) {
        double chroma = a > 0 ? a : 0, sine, cosine;
        inc_svg_sine(v[2], &sine, &cosine);
        a = chroma * cosine;
        b = chroma * sine;
    }
    oklab_to_rgb(lightness, a, b, rgb);
}

static bool function_color(inc_str name, inc_str inside, inc_color *color)
{
    double v[4], rgb[3];
    bool percent[4];
    if (inc_str_is(name, "color")) {
        inside = inc_str_trim(inside);
        if (!inc_str_starts(inside, INC_STR("srgb ")) || !components(inc_str_slice(inside, 5, inside.n), v, percent))
            return false;
        for (int i = 0; i < 3; i++)
            rgb[i] = percent[i] ? v[i] / 100 : v[i];
    } else if (!components(inside, v, percent))
        return false;
    else if (inc_str_is(name, "rgb") || inc_str_is(name, "rgba")) {
        for (int i = 0; i < 3; i++)
            rgb[i] = percent[i] ? v[i] / 100 : v[i] / 255;
    } else if (inc_str_is(name, "oklab") || inc_str_is(name, "oklch"))
        ok_color(inc_str_is(name, "oklch"), v, percent, rgb);
    else if (inc_str_is(name, "hsl") || inc_str_is(name, "hsla"))
        hsl_to_rgb(sane_hue(v[0]), unit_part(v[1] / 100), unit_part(v[2] / 100), rgb);
    else if (inc_str_is(name, "hwb")) {
        double white = unit_part(v[1] / 100), black = unit_part(v[2] / 100);
        if (white + black > 1) {
            white = white / (white + black);
            black = 1 - white;
        }
        hsl_to_rgb(sane_hue(v[0]), 1, 0.5, rgb);
        for (int i = 0; i < 3; i++)
            rgb[i] = rgb[i] * (1 - white - black) + white;
    } else
        return false;
    *color = (inc_color){byte_of(rgb[0]), byte_of(rgb[1]), byte_of(rgb[2]), byte_of(v[3])};
    return true;
}

/* Where the argument ends: at a comma outside of brackets. */
static size_t argument_end(inc_str s)
{
    int depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        depth += (s.p[i] == '(') - (s.p[i] == ')');
        if (s.p[i] == ',' && !depth)
            return i;
    }
    return s.n;
}

bool inc_svg_color(inc_str s, inc_color *color)
{
    for (unsigned i = 0; i < 4; i++) { /* light-dark() in itself */
        s = inc_str_trim(s);
        size_t open = inc_str_find_char(s, '(');
        if (open == INC_NPOS)
            break;
        if (s.p[s.n - 1] != ')' || open > 12)
            return false;
        char lower[16];
        for (size_t k = 0; k < open; k++)
            lower[k] = (char)(s.p[k] >= 'A' && s.p[k] <= 'Z' ? s.p[k] | 32 : s.p[k]);
        inc_str name = {lower, open}, inside = inc_str_slice(s, open + 1, s.n - 1);
        if (!inc_str_is(name, "light-dark"))
            return function_color(name, inside, color);
        s = inc_str_slice(inside, 0, argument_end(inside));
    }
    if (s.n && s.p[0] == '#')
        return inc_color_hex(inc_str_slice(s, 1, s.n), color);
    if (inc_str_eq_nocase(s, INC_STR("CanvasText")) || inc_str_eq_nocase(s, INC_STR("WindowText")) || inc_str_eq_nocase(s, INC_STR("ButtonText")))
        s = INC_STR("black");
    else if (inc_str_eq_nocase(s, INC_STR("Canvas")) || inc_str_eq_nocase(s, INC_STR("Window")))
        s = INC_STR("white");
    return inc_color_named(s, color);
}
