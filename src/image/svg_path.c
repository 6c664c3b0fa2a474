/* svg_path.c - path data (SVG 2, 9.3): up to the first mistake, as the standard says. */
#include "image/svg.h"

typedef struct pen {
    inc_svg_path *path;
    inc_str rest;
    inc_svg_point control; /* of the curve before */
    char before;           /* its command, upper case */
} pen;

static bool numbers(pen *p, double *v, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        inc_svg_skip(&p->rest);
        if (!inc_svg_number(&p->rest, &v[i]))
            return false;
    }
    return true;
}

static bool flag(pen *p, double *v)
{
    inc_svg_skip(&p->rest);
    if (!p->rest.n || (p->rest.p[0] != '0' && p->rest.p[0] != '1'))
        return false;
    *v = p->rest.p[0] == '1';
    p->rest = inc_str_slice(p->rest, 1, p->rest.n);
    return true;
}

/* Where the control point of a smooth curve lies: mirrored at the current point. */
static inc_svg_point mirrored(const pen *p, char one, char other)
{
    inc_svg_point at = p->path->at;
    if (p->before != one && p->before != other)
        return at;
    return (inc_svg_point){2 * at.x - p->control.x, 2 * at.y - p->control.y};
}

static bool arc(pen *p, double ox, double oy)
{
    double v[7];
    if (!numbers(p, v, 3) || !flag(p, &v[3]) || !flag(p, &v[4]) || !numbers(p, v + 5, 2))
        return false;
    inc_svg_arc(p->path, v[0], v[1], v[2], v[3] != 0, v[4] != 0, ox + v[5], oy + v[6]);
    return true;
}

static bool curves(pen *p, char command, double ox, double oy)
{
    double v[6];
    inc_svg_point c;
    switch (command) {
    case 'C':
        if (!numbers(p, v, 6))
            return false;
        inc_svg_curve(p->path, ox + v[0], oy + v[1], ox + v[2], oy + v[3], ox + v[4], oy + v[5]);
        p->control = (inc_svg_point){ox + v[2], oy + v[3]};
        return true;
    case 'S':
        if (!numbers(p, v, 4))
            return false;
        c = mirrored(p, 'C', 'S');
        inc_svg_curve(p->path, c.x, c.y, ox + v[0], oy + v[1], ox + v[2], oy + v[3]);
        p->control = (inc_svg_point){ox + v[0], oy + v[1]};
        return true;
    case 'Q':
        if (!numbers(p, v, 4))
            return false;
        p->control = (inc_svg_point){ox + v[0], oy + v[1]};
        inc_svg_quadratic(p->path, p->control.x, p->control.y, ox + v[2], oy + v[3]);
        return true;
    case 'T':
        if (!numbers(p, v, 2))
            return false;
        p->control = mirrored(p, 'Q', 'T');
        inc_svg_quadratic(p->path, p->control.x, p->control.y, ox + v[0], oy + v[1]);
        return true;
    case 'A': return arc(p, ox, oy);
    default: return false;
    }
}

/* One command with one set of numbers. */
static bool draw(pen *p, char command, bool relative)
{
    inc_svg_point at = p->path->at;
    double ox = relative ? at.x : 0, oy = relative ? at.y : 0, v[2];
    switch (command) {
    case 'M':
    case 'L':
        if (!numbers(p, v, 2))
            return false;
        if (command == 'M')
            inc_svg_move(p->path, ox + v[0], oy + v[1]);
        else
            inc_svg_line(p->path, ox + v[0], oy + v[1]);
        return true;
    case 'H':
    case 'V':
        if (!numbers(p, v, 1))
            return false;
        inc_svg_line(p->path, command == 'H' ? ox + v[0] : at.x, command == 'V' ? oy + v[0] : at.y);
        return true;
    default: return curves(p, command, ox, oy);
    }
}

void inc_svg_path_read(inc_svg_path *path, inc_str d)
{
    pen p = {.path = path, .rest = d};
    char command = 0;
    bool relative = false, fresh = false;
    for (inc_svg_blanks(&p.rest); p.rest.n; fresh ? inc_svg_blanks(&p.rest) : inc_svg_skip(&p.rest)) {
        char c = p.rest.p[0], upper = (char)(c & ~32);
        fresh = false;
        if (c >= 'A' && strchr("MLHVCSQTAZ", upper) && upper) {
            command = upper;
            relative = c != upper;
            p.rest = inc_str_slice(p.rest, 1, p.rest.n);
            fresh = true;
        }
        if (!command || (!path->segments.n && command != 'M'))
            return;
        if (command == 'Z') {
            if (!fresh)
                return; /* numbers behind a close */
            inc_svg_close(path);
        } else if (!draw(&p, command, relative))
            return;
        p.before = command;
        if (command == 'M')
            command = 'L'; /* further pairs are lines */
        fresh = p.before == 'Z';
    }
}
