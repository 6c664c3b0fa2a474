/* svg_geometry.c - matrices, sines from a series, and outlines. */
#include "image/svg_geometry.h"

#include <math.h>

/* ---- matrices ---- */

inc_svg_matrix inc_svg_multiply(inc_svg_matrix o, inc_svg_matrix i)
{
    return (inc_svg_matrix){o.a * i.a + o.c * i.b, o.b * i.a + o.d * i.b, o.a * i.c + o.c * i.d,
                            o.b * i.c + o.d * i.d, o.a * i.e + o.c * i.f + o.e, o.b * i.e + o.d * i.f + o.f};
}

bool inc_svg_invert(inc_svg_matrix m, inc_svg_matrix *inverse)
{
    double det = m.a * m.d - m.b * m.c;
    if (!(det > 1e-18 || det < -1e-18)) /* so written, it holds for what is no number too */
        return false;
    *inverse = (inc_svg_matrix){m.d / det, -m.b / det, -m.c / det, m.a / det, (m.c * m.f - m.d * m.e) / det, (m.b * m.e - m.a * m.f) / det};
    return true;
}

double inc_svg_scale_of(inc_svg_matrix m)
{
    double det = m.a * m.d - m.b * m.c;
    return sqrt(det < 0 ? -det : det);
}

bool inc_svg_is_similarity(inc_svg_matrix m)
{
    double along = m.a * m.a + m.b * m.b, across = m.c * m.c + m.d * m.d, skew = m.a * m.c + m.b * m.d;
    double size = along > across ? along : across;
    double odd = along - across;
    return (odd < 0 ? -odd : odd) <= size * 1e-6 && (skew < 0 ? -skew : skew) <= size * 1e-6;
}

/* Degrees are brought into an eighth of a turn, where the series has done after seven terms. */
void inc_svg_sine(double degrees, double *sine, double *cosine)
{
    if (!(degrees > -1e9 && degrees < 1e9))
        degrees = 0;
    int64_t quarter = (int64_t)(degrees / 90 + (degrees < 0 ? -0.5 : 0.5));
    double r = (degrees - 90.0 * (double)quarter) * 0.017453292519943295, q = r * r;
    double s = r * (1 + q * (-1.0 / 6 + q * (1.0 / 120 + q * (-1.0 / 5040 + q * (1.0 / 362880 + q * (-1.0 / 39916800 + q / 6227020800.0))))));
    double c = 1 + q * (-0.5 + q * (1.0 / 24 + q * (-1.0 / 720 + q * (1.0 / 40320 + q * (-1.0 / 3628800 + q / 479001600.0)))));
    int turn = (int)(quarter % 4 + 4) % 4;
    *sine = turn == 0 ? s : turn == 1 ? c : turn == 2 ? -s : -c;
    *cosine = turn == 0 ? c : turn == 1 ? -s : turn == 2 ? -c : s;
}

/* The arc tangent: the angle is halved until Gregory's series is short. */
static double arc_tangent(double t)
{
    unsigned halvings = 0;
    for (; halvings < 4; halvings++)
        t = t / (1 + sqrt(1 + t * t));
    double q = t * t, sum = 0;
    for (int k = 17; k >= 1; k -= 2)
        sum = 1.0 / k - q * sum;
    return sum * t * 16 * 57.295779513082323;
}

double inc_svg_angle(double y, double x)
{
    double ay = y < 0 ? -y : y, ax = x < 0 ? -x : x, angle;
    if (!(ax + ay > 0))
        return 0;
    angle = ay <= ax ? arc_tangent(ay / ax) : 90 - arc_tangent(ax / ay);
    if (x < 0)
        angle = 180 - angle;
    return y < 0 ? -angle : angle;
}

inc_svg_matrix inc_svg_rotation(double degrees)
{
    double s, c;
    inc_svg_sine(degrees, &s, &c);
    return (inc_svg_matrix){c, s, -s, c, 0, 0};
}

/* ---- into whole numbers ---- */

static int64_t rounded(double v, double most)
{
    if (!(v > -most))
        return v <= -most ? (int64_t)-most : 0;
    if (v >= most)
        return (int64_t)most;
    return (int64_t)(v + (v < 0 ? -0.5 : 0.5));
}

inc_len inc_svg_len(double v)
{
    return rounded(v * 65536, (double)INC_LEN_SANE);
}

inc_matrix inc_svg_baked(inc_svg_matrix m)
{
    return (inc_matrix){inc_svg_len(m.a), inc_svg_len(m.b), inc_svg_len(m.c), inc_svg_len(m.d), inc_svg_len(m.e), inc_svg_len(m.f)};
}

/* ---- rectangles ---- */

void inc_svg_rect_add(inc_svg_rect *r, bool *any, double x, double y)
{
    if (!*any) {
        *r = (inc_svg_rect){x, y, 0, 0};
        *any = true;
        return;
    }
    double right = r->x + r->width, bottom = r->y + r->height;
    r->x = x < r->x ? x : r->x;
    r->y = y < r->y ? y : r->y;
    r->width = (x > right ? x : right) - r->x;
    r->height = (y > bottom ? y : bottom) - r->y;
}

inc_svg_rect inc_svg_rect_through(inc_svg_matrix m, inc_svg_rect r)
{
    inc_svg_rect through = {0, 0, 0, 0};
    bool any = false;
    for (int i = 0; i < 4; i++) {
        inc_svg_point p = inc_svg_apply(m, r.x + (i & 1 ? r.width : 0), r.y + (i & 2 ? r.height : 0));
        inc_svg_rect_add(&through, &any, p.x, p.y);
    }
    return through;
}

/* ---- outlines ---- */

static void add(inc_svg_path *path, uint8_t segment, double x, double y)
{
    INC_PUSH(path->arena, &path->segments, segment);
    INC_PUSH(path->arena, &path->points, (inc_svg_point){x, y});
    path->at = (inc_svg_point){x, y};
}

void inc_svg_move(inc_svg_path *path, double x, double y)
{
    add(path, INC_SEGMENT_MOVE, x, y);
    path->start = path->at;
    path->open = true;
}

/* What is drawn after a close goes on from where the subpath began. */
static void ensure_open(inc_svg_path *path)
{
    if (!path->open)
        inc_svg_move(path, path->at.x, path->at.y);
}

void inc_svg_line(inc_svg_path *path, double x, double y)
{
    ensure_open(path);
    add(path, INC_SEGMENT_LINE, x, y);
}

static void curve(inc_svg_path *path, uint8_t flag, double x1, double y1, double x2, double y2, double x, double y)
{
    ensure_open(path);
    INC_PUSH(path->arena, &path->points, (inc_svg_point){x1, y1});
    INC_PUSH(path->arena, &path->points, (inc_svg_point){x2, y2});
    add(path, (uint8_t)(INC_SEGMENT_CURVE | flag), x, y);
}

void inc_svg_curve(inc_svg_path *path, double x1, double y1, double x2, double y2, double x, double y)
{
    curve(path, 0, x1, y1, x2, y2, x, y);
}

void inc_svg_quadratic(inc_svg_path *path, double x1, double y1, double x, double y)
{
    inc_svg_point p = path->at;
    curve(path, 0, p.x + (x1 - p.x) * 2 / 3, p.y + (y1 - p.y) * 2 / 3, x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3, x, y);
}

/* SVG 1.1, F.6.5: from end points to the centre; each quarter turn at most is one curve. */
void inc_svg_arc(inc_svg_path *path, double rx, double ry, double turn, bool large, bool sweep, double x, double y)
{
    inc_svg_point from = path->at;
    rx = rx < 0 ? -rx : rx;
    ry = ry < 0 ? -ry : ry;
    if (from.x == x && from.y == y)
        return;
    if (!(rx > 0) || !(ry > 0)) {
        inc_svg_line(path, x, y);
        return;
    }
    inc_svg_matrix round = inc_svg_rotation(turn);
    double dx = (from.x - x) / 2, dy = (from.y - y) / 2;
    double px = (round.a * dx + round.b * dy) / rx, py = (round.c * dx + round.d * dy) / ry; /* on the unit circle */
    double reach = px * px + py * py;
    if (reach > 1) {
        double grow = sqrt(reach);
        rx *= grow, ry *= grow, px /= grow, py /= grow, reach = 1;
    }
    double k = reach > 0 ? sqrt((1 - reach) / reach) : 0;
    k = large == sweep ? -k : k;
    double cx = k * py, cy = -k * px; /* the centre, seen from the middle between the ends */
    double begin = inc_svg_angle(py - cy, px - cx), end = inc_svg_angle(-py - cy, -px - cx), sweep_angle = end - begin;
    if (sweep && sweep_angle < 0)
        sweep_angle += 360;
    if (!sweep && sweep_angle > 0)
        sweep_angle -= 360;
    int pieces = (int)((sweep_angle < 0 ? -sweep_angle : sweep_angle) / 90.0001) + 1;
    inc_svg_matrix place = inc_svg_multiply(inc_svg_multiply(inc_svg_translation((from.x + x) / 2, (from.y + y) / 2), round), inc_svg_scaling(rx, ry));
    double step = sweep_angle / pieces, s, c;
    inc_svg_sine(step / 4, &s, &c);
    double handle = 4.0 / 3 * (s / c); /* of a curve that follows the circle: 4/3 tan(step / 4) */
    for (int i = 0; i < pieces; i++) {
        double s0, c0, s1, c1;
        inc_svg_sine(begin + step * i, &s0, &c0);
        inc_svg_sine(begin + step * (i + 1), &s1, &c1);
        inc_svg_point p1 = inc_svg_apply(place, cx + c0 - handle * s0, cy + s0 + handle * c0);
        inc_svg_point p2 = inc_svg_apply(place, cx + c1 + handle * s1, cy + s1 - handle * c1);
        inc_svg_point p3 = inc_svg_apply(place, cx + c1, cy + s1);
        bool last = i + 1 == pieces;
        curve(path, last ? 0 : INC_SVG_INNER, p1.x, p1.y, p2.x, p2.y, last ? x : p3.x, last ? y : p3.y);
    }
}

void inc_svg_close(inc_svg_path *path)
{
    if (!path->open)
        return;
    INC_PUSH(path->arena, &path->segments, INC_SEGMENT_CLOSE);
    path->at = path->start;
    path->open = false;
}

void inc_svg_path_rect(inc_svg_path *path, inc_svg_rect r)
{
    inc_svg_move(path, r.x, r.y);
    inc_svg_line(path, r.x + r.width, r.y);
    inc_svg_line(path, r.x + r.width, r.y + r.height);
    inc_svg_line(path, r.x, r.y + r.height);
    inc_svg_close(path);
}

void inc_svg_path_ellipse(inc_svg_path *path, double cx, double cy, double rx, double ry)
{
    const double k = 0.55228474983079339; /* 4/3 (sqrt 2 - 1) */
    inc_svg_move(path, cx + rx, cy);
    inc_svg_curve(path, cx + rx, cy + ry * k, cx + rx * k, cy + ry, cx, cy + ry);
    inc_svg_curve(path, cx - rx * k, cy + ry, cx - rx, cy + ry * k, cx - rx, cy);
    inc_svg_curve(path, cx - rx, cy - ry * k, cx - rx * k, cy - ry, cx, cy - ry);
    inc_svg_curve(path, cx + rx * k, cy - ry, cx + rx, cy - ry * k, cx + rx, cy);
    inc_svg_close(path);
}

/* ---- bounds ---- */

static double cubic(double p0, double p1, double p2, double p3, double t)
{
    double u = 1 - t;
    return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
}

/* Where a coordinate of a curve turns: the roots of its derivative. */
static int turns(double p0, double p1, double p2, double p3, double t[2])
{
    double a = -p0 + 3 * p1 - 3 * p2 + p3, b = 2 * (p0 - 2 * p1 + p2), c = p1 - p0;
    int n = 0;
    if (a < 1e-12 && a > -1e-12) {
        if (b != 0)
            t[n++] = -c / b;
        return n;
    }
    double d = b * b - 4 * a * c;
    if (d < 0)
        return 0;
    d = sqrt(d);
    t[n++] = (-b + d) / (2 * a);
    t[n++] = (-b - d) / (2 * a);
    return n;
}

static void add_curve_bounds(inc_svg_rect *r, bool *any, const inc_svg_point p[4])
{
    double t[4];
    int n = turns(p[0].x, p[1].x, p[2].x, p[3].x, t);
    n += turns(p[0].y, p[1].y, p[2].y, p[3].y, t + n);
    for (int i = 0; i < n; i++)
        if (t[i] > 0 && t[i] < 1)
            inc_svg_rect_add(r, any, cubic(p[0].x, p[1].x, p[2].x, p[3].x, t[i]), cubic(p[0].y, p[1].y, p[2].y, p[3].y, t[i]));
    inc_svg_rect_add(r, any, p[3].x, p[3].y);
}

bool inc_svg_path_bounds(const inc_svg_path *path, inc_svg_matrix m, inc_svg_rect *bounds)
{
    bool any = false;
    size_t k = 0;
    inc_svg_point at = {0, 0};
    for (size_t i = 0; i < path->segments.n; i++) {
        unsigned segment = path->segments.v[i] & ~(unsigned)INC_SVG_INNER;
        inc_svg_point p[4] = {at};
        unsigned n = segment == INC_SEGMENT_CURVE ? 3 : segment == INC_SEGMENT_CLOSE ? 0 : 1;
        for (unsigned j = 0; j < n; j++, k++)
            p[j + 1] = inc_svg_apply(m, path->points.v[k].x, path->points.v[k].y);
        if (segment == INC_SEGMENT_CURVE)
            add_curve_bounds(bounds, &any, p);
        else if (n && (segment == INC_SEGMENT_LINE || i + 1 < path->segments.n || path->segments.n == 1))
            inc_svg_rect_add(bounds, &any, p[1].x, p[1].y);
        if (n)
            at = p[n];
    }
    return any;
}

inc_path inc_svg_path_bake(const inc_svg_path *path, inc_svg_matrix m)
{
    uint8_t *segments = INC_NEW_N(path->arena, uint8_t, path->segments.n);
    inc_len *points = INC_NEW_N(path->arena, inc_len, path->points.n * 2);
    inc_path baked = {.segments = segments, .points = points};
    size_t k = 0;
    for (size_t i = 0; i < path->segments.n; i++) {
        uint8_t segment = (uint8_t)(path->segments.v[i] & ~(unsigned)INC_SVG_INNER);
        unsigned n = segment == INC_SEGMENT_CURVE ? 3 : segment == INC_SEGMENT_CLOSE ? 0 : 1;
        if (segment == INC_SEGMENT_MOVE && (i + 1 == path->segments.n || path->segments.v[i + 1] == INC_SEGMENT_MOVE)) {
            k += n; /* a place, and nothing drawn from it */
            continue;
        }
        segments[baked.segment_count++] = segment;
        for (; n; n--, k++) {
            inc_svg_point p = inc_svg_apply(m, path->points.v[k].x, path->points.v[k].y);
            points[baked.point_count * 2] = inc_svg_len(p.x);
            points[baked.point_count * 2 + 1] = inc_svg_len(p.y);
            baked.point_count++;
        }
    }
    return baked;
}
