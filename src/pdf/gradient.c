/*
 * gradient.c - gradients as axial and radial shadings (ISO 32000-1, 8.7.4.5.3 and .4) whose functions stitch the stretches between stops.
 *
 * A shading does not repeat: where the gradient does, its axis is drawn out as far as what it fills, and one function takes each period in turn.
 * Inks do not follow a line where colours do: between coloured stops the print file gets the inks of steps in between, where they stray from it.
 */
#include <math.h>

#include "pdf/drawing.h"

enum { STEPS = 8, STRAY = 15 /* 1/1000 */, WHOLE = 65536 };

/* ---- functions ---- */

typedef struct stretch {
    uint32_t from, to; /* 1/65536 of a period */
    inc_pdf_tint start, end;
} stretch;

typedef INC_VEC(stretch) stretches;

typedef struct coloring {
    inc_pdf_channel channel;
    const inc_inks *inks;
    bool grey;
} coloring;

static uint8_t between(uint8_t a, uint8_t b, unsigned step)
{
    return (uint8_t)((a * (STEPS - step) + b * step + STEPS / 2) / STEPS);
}

static inc_pdf_tint tint_at(const coloring *c, const inc_stop *a, const inc_stop *b, unsigned step)
{
    inc_color color = {between(a->color.r, b->color.r, step), between(a->color.g, b->color.g, step), between(a->color.b, b->color.b, step),
                       between(a->color.a, b->color.a, step)};
    if (c->channel == INC_PDF_OPACITIES)
        return inc_pdf_tint_of((inc_color){color.a, color.a, color.a, 255}, NULL);
    return c->grey ? inc_pdf_luminance(color) : inc_pdf_tint_of(color, c->inks);
}

/* The same colour in four inks. */
static inc_pdf_tint in_inks(inc_pdf_tint t)
{
    return t.count == 1 ? (inc_pdf_tint){4, {0, 0, 0, (int16_t)(1000 - t.v[0])}} : t;
}

/* Do the inks of the steps lie near the line from the first to the last? */
static bool is_straight(const inc_pdf_tint steps[STEPS + 1])
{
    inc_pdf_tint first = in_inks(steps[0]), last = in_inks(steps[STEPS]);
    for (int s = 1; s < STEPS; s++) {
        inc_pdf_tint at = in_inks(steps[s]);
        for (int i = 0; i < 4; i++) {
            int line = (first.v[i] * (STEPS - s) + last.v[i] * s) / STEPS;
            if (at.v[i] > line + STRAY || at.v[i] < line - STRAY)
                return false;
        }
    }
    return true;
}

static void add_between(inc_arena *arena, stretches *all, const coloring *c, const inc_stop *a, const inc_stop *b)
{
    inc_pdf_tint steps[STEPS + 1];
    for (unsigned s = 0; s <= STEPS; s++)
        steps[s] = tint_at(c, a, b, s);
    bool colored = steps[0].count == 4 || steps[STEPS].count == 4 || steps[STEPS / 2].count == 4;
    uint32_t width = b->offset - a->offset;
    if (!colored || width < STEPS * 8 || is_straight(steps)) {
        INC_PUSH(arena, all, (stretch){a->offset, b->offset, steps[0], steps[STEPS]});
        return;
    }
    for (unsigned s = 0; s < STEPS; s++)
        INC_PUSH(arena, all, (stretch){a->offset + width * s / STEPS, a->offset + width * (s + 1) / STEPS, steps[s], steps[s + 1]});
}

/* Without gaps from 0 to 1. Where two stops stand at one place, the colour leaps. */
static stretches stretches_of(const inc_gradient *g, const coloring *c, inc_arena *arena)
{
    stretches all = {0};
    const inc_stop *first = &g->stops[0], *last = &g->stops[g->stop_count - 1];
    inc_pdf_tint start = tint_at(c, first, first, 0), end = tint_at(c, last, last, 0);
    if (first->offset > 0)
        INC_PUSH(arena, &all, (stretch){0, INC_MIN(first->offset, (uint32_t)WHOLE), start, start});
    for (uint32_t i = 0; i + 1 < g->stop_count; i++)
        if (g->stops[i].offset < g->stops[i + 1].offset)
            add_between(arena, &all, c, &g->stops[i], &g->stops[i + 1]);
    if (last->offset < WHOLE)
        INC_PUSH(arena, &all, (stretch){last->offset, WHOLE, end, end});
    return all;
}

/* The components that all of them need. */
static unsigned components_of(const stretches *all)
{
    unsigned count = 1;
    for (size_t i = 0; i < all->n; i++)
        count = INC_MAX(count, INC_MAX(all->v[i].start.count, all->v[i].end.count));
    return count;
}

static void put_components(inc_buf *out, const char *name, inc_pdf_tint tint, unsigned count)
{
    if (tint.count == 1 && count == 3)
        tint = (inc_pdf_tint){3, {tint.v[0], tint.v[0], tint.v[0]}};
    if (count == 4)
        tint = in_inks(tint);
    inc_buf_puts(out, name);
    for (unsigned i = 0; i < count; i++) {
        if (i)
            inc_buf_byte(out, ' ');
        inc_pdf_put_milli(out, tint.v[i]);
    }
    inc_buf_byte(out, ']');
}

static void put_stretch(inc_buf *out, const stretch *s, unsigned count)
{
    inc_buf_puts(out, "<</FunctionType 2/Domain[0 1]/N 1");
    put_components(out, "/C0[", s->start, count);
    put_components(out, "/C1[", s->end, count);
    inc_buf_puts(out, ">>");
}

static inc_str function_of(const stretches *all, unsigned count, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    if (all->n == 1) {
        put_stretch(&out, &all->v[0], count);
        return inc_buf_str(&out);
    }
    inc_buf_puts(&out, "<</FunctionType 3/Domain[0 1]/Functions[");
    for (size_t i = 0; i < all->n; i++)
        put_stretch(&out, &all->v[i], count);
    inc_buf_puts(&out, "]/Bounds[");
    for (size_t i = 1; i < all->n; i++) {
        if (i > 1)
            inc_buf_byte(&out, ' ');
        inc_pdf_put_unit(&out, all->v[i].from, 5);
    }
    inc_buf_puts(&out, "]/Encode[");
    for (size_t i = 0; i < all->n; i++)
        inc_buf_puts(&out, i ? " 0 1" : "0 1");
    inc_buf_puts(&out, "]>>");
    return inc_buf_str(&out);
}

/* ---- periods ---- */

/* The corners of the area in the gradient's space; false when the matrix has no inverse. */
static bool corners_of(const inc_matrix *m, const inc_area *area, double x[4], double y[4])
{
    double a = (double)m->a / WHOLE, b = (double)m->b / WHOLE, c = (double)m->c / WHOLE, d = (double)m->d / WHOLE;
    double determinant = a * d - b * c;
    if (determinant == 0)
        return false;
    for (int i = 0; i < 4; i++) {
        double px = (double)((i & 1 ? area->x1 : area->x0) - m->e), py = (double)((i & 2 ? area->y1 : area->y0) - m->f);
        x[i] = (d * px - c * py) / determinant;
        y[i] = (a * py - b * px) / determinant;
    }
    return true;
}

static int32_t whole(double value)
{
    return value > INC_PDF_PERIODS_MAX ? INC_PDF_PERIODS_MAX : value < -INC_PDF_PERIODS_MAX ? -INC_PDF_PERIODS_MAX : (int32_t)floor(value);
}

static void linear_periods(const inc_gradient *g, const double x[4], const double y[4], int32_t *first, int32_t *end)
{
    double dx = (double)(g->x1 - g->x0), dy = (double)(g->y1 - g->y0), square = dx * dx + dy * dy;
    double low = 0, high = 0;
    for (int i = 0; i < 4; i++) {
        double t = ((x[i] - (double)g->x0) * dx + (y[i] - (double)g->y0) * dy) / square;
        low = i && low < t ? low : t;
        high = i && high > t ? high : t;
    }
    *first = whole(low);
    *end = whole(high) + 1;
}

/* Circle t holds all corners. */
static bool holds(const inc_gradient *g, int32_t t, const double x[4], const double y[4])
{
    double cx = (double)g->x0 + (double)(g->x1 - g->x0) * t, cy = (double)g->y0 + (double)(g->y1 - g->y0) * t;
    double r = (double)g->r0 + (double)(g->r1 - g->r0) * t;
    for (int i = 0; i < 4; i++)
        if ((x[i] - cx) * (x[i] - cx) + (y[i] - cy) * (y[i] - cy) > r * r)
            return false;
    return true;
}

static void radial_periods(const inc_gradient *g, const double x[4], const double y[4], int32_t *first, int32_t *end)
{
    if (g->r1 <= g->r0)
        return;
    *first = -whole((double)g->r0 / (double)(g->r1 - g->r0));
    while (*end < INC_PDF_PERIODS_MAX && !holds(g, *end, x, y))
        ++*end;
}

/* ---- the shading ---- */

static void put_coordinates(inc_buf *out, const inc_gradient *g, bool radial, int32_t first, int32_t end)
{
    const inc_len start[3] = {g->x0, g->y0, g->r0}, step[3] = {g->x1 - g->x0, g->y1 - g->y0, g->r1 - g->r0};
    inc_buf_puts(out, "/Coords[");
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < (radial ? 3 : 2); i++) {
            if (k || i)
                inc_buf_byte(out, ' ');
            inc_pdf_put_unit(out, start[i] + step[i] * (k ? end : first), 4);
        }
    inc_buf_puts(out, "]/Extend[true true]");
}

static bool is_radial(const inc_gradient *g)
{
    return g->r0 || g->r1;
}

int inc_pdf_gradient_opacity(const inc_gradient *g)
{
    for (uint32_t i = 1; i < g->stop_count; i++)
        if (g->stops[i].color.a != g->stops[0].color.a)
            return -1;
    return g->stops[0].color.a;
}

bool inc_pdf_gradient_is_flat(const inc_gradient *g, inc_color *color)
{
    *color = g->stops[g->stop_count - 1].color;
    return is_radial(g) ? g->r1 <= 0 : g->x0 == g->x1 && g->y0 == g->y1;
}

inc_pdf_function inc_pdf_gradient_function(const inc_gradient *g, inc_pdf_channel channel, const inc_inks *inks, bool grey, inc_arena *arena)
{
    const coloring c = {channel, inks, grey};
    stretches all = stretches_of(g, &c, arena);
    unsigned components = components_of(&all);
    return (inc_pdf_function){.dictionary = function_of(&all, components, arena), .components = components};
}

inc_pdf_shading inc_pdf_gradient_shading(const inc_gradient *g, inc_pdf_function *function, const inc_matrix *matrix, const inc_area *area, inc_arena *arena)
{
    static const char *const spaces[] = {"", "DeviceGray", "", "DeviceRGB", "DeviceCMYK"};
    int32_t first = 0, end = 1;
    double x[4], y[4];
    if (g->spread != INC_SPREAD_PAD && corners_of(matrix, area, x, y))
        is_radial(g) ? radial_periods(g, x, y, &first, &end) : linear_periods(g, x, y, &first, &end);
    inc_buf out = inc_buf_in(arena);
    inc_buf_printf(&out, "/ShadingType %d/ColorSpace/%s", is_radial(g) ? 3 : 2, spaces[function->components]);
    put_coordinates(&out, g, is_radial(g), first, end);
    return (inc_pdf_shading){.entries = inc_buf_str(&out), .function = function, .first = first, .count = end - first, .reflected = g->spread == INC_SPREAD_REFLECT};
}
