/* value.c - numbers, lengths, calc() and colours. */
#include "style/value.h"

#define LENGTH_MAX INC_LEN_SANE /* sums of many stay far from overflow */

const inc_css_token *inc_cursor_peek(inc_cursor *c)
{
    static const inc_css_token end = {.kind = INC_CSS_EOF};
    while (c->at < c->t.n && c->t.v[c->at].kind == INC_CSS_SPACE)
        c->at++;
    return c->at < c->t.n ? &c->t.v[c->at] : &end;
}

void inc_cursor_next(inc_cursor *c)
{
    const inc_css_token *t = inc_cursor_peek(c);
    if (c->at < c->t.n)
        c->at = INC_MIN(c->at + inc_css_extent(t), c->t.n);
}

bool inc_cursor_word(inc_cursor *c, const char *word)
{
    bool is = inc_css_is_word(inc_cursor_peek(c), word);
    c->at += is;
    return is;
}

bool inc_cursor_comma(inc_cursor *c)
{
    bool is = inc_cursor_peek(c)->kind == INC_CSS_COMMA;
    c->at += is;
    return is;
}

bool inc_cursor_slash(inc_cursor *c)
{
    bool is = inc_css_is_delim(inc_cursor_peek(c), '/');
    c->at += is;
    return is;
}

bool inc_cursor_done(inc_cursor *c)
{
    return inc_cursor_peek(c)->kind == INC_CSS_EOF;
}

inc_cursor inc_cursor_inside(inc_cursor *c)
{
    const inc_css_token *t = inc_cursor_peek(c);
    size_t from = INC_MIN(c->at + 1, c->t.n), to = INC_MIN(c->at + t->match, c->t.n);
    return (inc_cursor){.t = {c->t.v + from, to > from ? to - from : 0}, .units = c->units};
}

/* ---- arithmetic ---- */

static int64_t clamp(__int128 v, int64_t most) { return v > most ? most : v < -most ? -most : (int64_t)v; }

static int64_t divide(__int128 a, int64_t b) /* rounded; b > 0 */
{
    __int128 q = (a >= 0 ? a + b / 2 : a - b / 2) / b;
    return clamp(q, INT64_MAX / 4);
}

inc_len inc_len_times(inc_len value, int64_t millionths)
{
    return clamp(divide((__int128)value * millionths, INC_CSS_UNIT), LENGTH_MAX);
}

static bool dimension(const inc_css_token *t, const inc_css_units *units, inc_len *length)
{
    static const struct {
        const char *name;
        int32_t points, per; /* one unit is points / per pt */
    } absolute[] = {{"pt", 1, 1}, {"px", 3, 4}, {"pc", 12, 1}, {"in", 72, 1}, {"cm", 3600, 127}, {"mm", 360, 127}, {"q", 90, 127}};
    for (size_t i = 0; i < INC_COUNT(absolute); i++)
        if (inc_str_eq_nocase(t->text, inc_str_of(absolute[i].name))) {
            __int128 points = (__int128)t->number * INC_PT * absolute[i].points;
            *length = clamp(divide(points, INC_CSS_UNIT * absolute[i].per), LENGTH_MAX);
            return true;
        }
    static const char *const relative[] = {"em", "rem", "lh", "ex", "ch"};
    const inc_len bases[] = {units->em, units->rem, units->lh, units->em / 2, units->em / 2};
    for (size_t i = 0; i < INC_COUNT(relative); i++)
        if (inc_str_eq_nocase(t->text, inc_str_of(relative[i]))) {
            *length = inc_len_times(bases[i], t->number);
            return true;
        }
    return false;
}

/* ---- calc(): sum and product by precedence, typed as CSS Values 3, section 8.1.2 says ---- */

enum { CALC_DEPTH_MAX = 16 };

static bool calc_sum(inc_cursor *c, inc_quantity *q, unsigned depth);

static bool calc_value(inc_cursor *c, inc_quantity *q, unsigned depth)
{
    const inc_css_token *t = inc_cursor_peek(c);
    if (t->kind == INC_CSS_OPEN_ROUND || inc_css_is_function(t, "calc")) {
        inc_cursor in = inc_cursor_inside(c);
        if (depth >= CALC_DEPTH_MAX || !calc_sum(&in, q, depth + 1) || !inc_cursor_done(&in))
            return false;
        inc_cursor_next(c);
        return true;
    }
    *q = (inc_quantity){.value = t->number, .integer = t->flag};
    if (t->kind == INC_CSS_PERCENTAGE)
        q->kind = INC_QUANTITY_PERCENT;
    else if (t->kind == INC_CSS_DIMENSION) {
        q->kind = INC_QUANTITY_LENGTH;
        if (!dimension(t, c->units, &q->value))
            return false;
    } else if (t->kind != INC_CSS_NUMBER)
        return false;
    inc_cursor_next(c);
    return true;
}

static int64_t limit_of(inc_quantity_kind kind) { return kind == INC_QUANTITY_LENGTH ? LENGTH_MAX : INC_CSS_NUMBER_MAX; }

static bool calc_product(inc_cursor *c, inc_quantity *q, unsigned depth)
{
    if (!calc_value(c, q, depth))
        return false;
    for (;;) {
        const inc_css_token *t = inc_cursor_peek(c);
        bool times = inc_css_is_delim(t, '*');
        inc_quantity b;
        if (!times && !inc_css_is_delim(t, '/'))
            return true;
        c->at++;
        if (!calc_value(c, &b, depth))
            return false;
        q->integer = q->integer && b.integer && times;
        if (times && q->kind == INC_QUANTITY_NUMBER) {
            inc_quantity swap = *q;
            *q = b;
            b = swap;
            q->integer = swap.integer && q->integer;
        }
        if (b.kind != INC_QUANTITY_NUMBER || (!times && b.value == 0))
            return false;
        __int128 product = times ? (__int128)q->value * b.value : (__int128)q->value * INC_CSS_UNIT * (b.value < 0 ? -1 : 1);
        int64_t by = times ? INC_CSS_UNIT : b.value < 0 ? -b.value : b.value;
        q->value = clamp(divide(product, by), limit_of(q->kind));
    }
}

static bool calc_sum(inc_cursor *c, inc_quantity *q, unsigned depth)
{
    if (!calc_product(c, q, depth))
        return false;
    for (;;) {
        const inc_css_token *t = inc_cursor_peek(c);
        bool plus = inc_css_is_delim(t, '+'), space = c->at > 0 && c->t.v[c->at - 1].kind == INC_CSS_SPACE;
        inc_quantity b;
        if (!plus && !inc_css_is_delim(t, '-'))
            return true;
        c->at++;
        if (!space || c->at >= c->t.n || c->t.v[c->at].kind != INC_CSS_SPACE)
            return false; /* blanks around + and - are required */
        if (!calc_product(c, &b, depth) || b.kind != q->kind)
            return false; /* a sum of length and percentage has no representation here */
        q->integer = q->integer && b.integer;
        q->value = clamp((__int128)q->value + (plus ? b.value : -b.value), limit_of(q->kind));
    }
}

bool inc_read_quantity(inc_cursor *c, inc_quantity *q)
{
    const inc_css_token *t = inc_cursor_peek(c);
    if (t->kind == INC_CSS_OPEN_ROUND)
        return false;
    size_t at = c->at;
    bool ok = calc_value(c, q, 0);
    if (!ok)
        c->at = at;
    return ok;
}

bool inc_read_length(inc_cursor *c, inc_len *length)
{
    size_t at = c->at;
    inc_quantity q;
    if (inc_read_quantity(c, &q) && (q.kind == INC_QUANTITY_LENGTH || (q.kind == INC_QUANTITY_NUMBER && q.value == 0))) {
        *length = q.value;
        return true;
    }
    c->at = at;
    return false;
}

bool inc_read_integer(inc_cursor *c, int64_t low, int64_t high, int64_t *value)
{
    size_t at = c->at;
    inc_quantity q;
    if (inc_read_quantity(c, &q) && q.kind == INC_QUANTITY_NUMBER && q.integer && q.value % INC_CSS_UNIT == 0) {
        *value = q.value / INC_CSS_UNIT;
        if (*value >= low && *value <= high)
            return true;
    }
    c->at = at;
    return false;
}

/* ---- colours (CSS Color 4, sections 5 to 7) ---- */

/* A number or percentage as 0..255; `one` is the number that means all of it. */
static bool channel(inc_cursor *c, int64_t one, uint8_t *value)
{
    inc_quantity q;
    if (!inc_read_quantity(c, &q) || q.kind == INC_QUANTITY_LENGTH)
        return false;
    int64_t all = (q.kind == INC_QUANTITY_PERCENT ? 100 : one) * INC_CSS_UNIT;
    int64_t v = divide((__int128)q.value * 255, all);
    *value = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
    return true;
}

static bool hue(inc_cursor *c, int64_t *degrees) /* millionths, in [0, 360) */
{
    const inc_css_token *t = inc_cursor_peek(c);
    static const struct {
        const char *unit;
        int64_t millionths;
    } units[] = {{"deg", 1000000}, {"turn", 360000000}, {"grad", 900000}, {"rad", 57295780}};
    *degrees = t->number;
    if (t->kind == INC_CSS_DIMENSION) {
        size_t i = 0;
        while (i < INC_COUNT(units) && !inc_str_eq_nocase(t->text, inc_str_of(units[i].unit)))
            i++;
        if (i == INC_COUNT(units))
            return false;
        *degrees = divide((__int128)t->number * units[i].millionths, INC_CSS_UNIT);
    } else if (t->kind != INC_CSS_NUMBER)
        return false;
    inc_cursor_next(c);
    int64_t circle = 360 * INC_CSS_UNIT;
    *degrees = (*degrees % circle + circle) % circle;
    return true;
}

static bool unit_percent(inc_cursor *c, int64_t *value) /* 0..1 in millionths */
{
    inc_quantity q;
    if (!inc_read_quantity(c, &q) || q.kind == INC_QUANTITY_LENGTH)
        return false;
    *value = q.value / 100;
    *value = *value < 0 ? 0 : INC_MIN(*value, INC_CSS_UNIT);
    return true;
}

static uint8_t hsl_channel(int64_t n, int64_t h, int64_t s, int64_t l) /* section 7.1 */
{
    int64_t k = (n * INC_CSS_UNIT + h / 30) % (12 * INC_CSS_UNIT);
    int64_t a = s * INC_MIN(l, INC_CSS_UNIT - l) / INC_CSS_UNIT;
    int64_t m = INC_MIN(INC_MIN(k - 3 * INC_CSS_UNIT, 9 * INC_CSS_UNIT - k), INC_CSS_UNIT);
    int64_t v = l - a * INC_MAX(m, -INC_CSS_UNIT) / INC_CSS_UNIT;
    return (uint8_t)divide((__int128)v * 255, INC_CSS_UNIT);
}

static bool color_function(inc_cursor *in, bool hsl, inc_color *color)
{
    int64_t h = 0, s = 0, l = 0;
    color->a = 255;
    if (!(hsl ? hue(in, &h) : channel(in, 255, &color->r)))
        return false;
    bool commas = inc_cursor_comma(in);
    if (!(hsl ? unit_percent(in, &s) : channel(in, 255, &color->g)) || inc_cursor_comma(in) != commas)
        return false;
    if (!(hsl ? unit_percent(in, &l) : channel(in, 255, &color->b)))
        return false;
    if (!inc_cursor_done(in) && (!(commas ? inc_cursor_comma(in) : inc_cursor_slash(in)) || !channel(in, 1, &color->a)))
        return false;
    if (hsl)
        *color = (inc_color){hsl_channel(0, h, s, l), hsl_channel(8, h, s, l), hsl_channel(4, h, s, l), color->a};
    return inc_cursor_done(in);
}

bool inc_read_color(inc_cursor *c, inc_color *color, bool *current)
{
    const inc_css_token *t = inc_cursor_peek(c);
    bool rgb = inc_css_is_function(t, "rgb") || inc_css_is_function(t, "rgba");
    bool hsl = inc_css_is_function(t, "hsl") || inc_css_is_function(t, "hsla");
    bool ok = false;
    *current = inc_css_is_word(t, "currentcolor");
    *color = (inc_color){0, 0, 0, 0};
    if (*current)
        ok = true;
    else if (t->kind == INC_CSS_HASH)
        ok = inc_color_hex(t->text, color);
    else if (t->kind == INC_CSS_IDENT)
        ok = inc_color_named(t->text, color);
    else if (rgb || hsl) {
        inc_cursor in = inc_cursor_inside(c);
        ok = color_function(&in, hsl, color);
    }
    if (ok)
        inc_cursor_next(c);
    return ok;
}
