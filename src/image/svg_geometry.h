/*
 * svg_geometry.h - points, matrices, rectangles and outlines in doubles.
 *
 * Only + - * / and sqrt, which IEEE 754 settles to the last bit, take part: sines come from a series of our own.
 */
#ifndef INC_IMAGE_SVG_GEOMETRY_H
#define INC_IMAGE_SVG_GEOMETRY_H

#include "base/vec.h"
#include "image/graphic.h"

typedef struct inc_svg_point {
    double x, y;
} inc_svg_point;
typedef struct inc_svg_matrix { /* x' = a x + c y + e, y' = b x + d y + f */
    double a, b, c, d, e, f;
} inc_svg_matrix;
typedef struct inc_svg_rect {
    double x, y, width, height;
} inc_svg_rect;

#define INC_SVG_IDENTITY ((inc_svg_matrix){1, 0, 0, 1, 0, 0})

inc_svg_matrix inc_svg_multiply(inc_svg_matrix outer, inc_svg_matrix inner); /* inner is done first */
bool inc_svg_invert(inc_svg_matrix m, inc_svg_matrix *inverse);              /* false when it flattens the plane */
static inline inc_svg_matrix inc_svg_translation(double x, double y) { return (inc_svg_matrix){1, 0, 0, 1, x, y}; }
static inline inc_svg_matrix inc_svg_scaling(double x, double y) { return (inc_svg_matrix){x, 0, 0, y, 0, 0}; }
inc_svg_matrix inc_svg_rotation(double degrees);
static inline inc_svg_point inc_svg_apply(inc_svg_matrix m, double x, double y)
{
    return (inc_svg_point){m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f};
}
double inc_svg_scale_of(inc_svg_matrix m);    /* the square root of how it enlarges areas */
bool inc_svg_is_similarity(inc_svg_matrix m); /* angles stay as they are, but for mirroring */
void inc_svg_sine(double degrees, double *sine, double *cosine);
double inc_svg_angle(double y, double x);     /* in degrees, -180 to 180 */

inc_len inc_svg_len(double v);                /* to 1/65536, cut to what is sane; 0 for what is no number */
inc_matrix inc_svg_baked(inc_svg_matrix m);

void inc_svg_rect_add(inc_svg_rect *rect, bool *any, double x, double y); /* makes it hold the point */
inc_svg_rect inc_svg_rect_through(inc_svg_matrix m, inc_svg_rect rect);   /* what holds the rectangle there */

/* ---- outlines ---- */

enum { INC_SVG_INNER = 0x80 }; /* of a segment: it ends inside of one that was written, so that no marker stands there */

typedef struct inc_svg_path {
    inc_arena *arena;
    INC_VEC(uint8_t) segments; /* inc_segment, and INC_SVG_INNER */
    INC_VEC(inc_svg_point) points;
    inc_svg_point start, at;   /* of the subpath; the current point */
    bool open;                 /* a MOVE stands before what comes next */
} inc_svg_path;

static inline inc_svg_path inc_svg_path_in(inc_arena *arena) { return (inc_svg_path){.arena = arena}; }
void inc_svg_move(inc_svg_path *path, double x, double y);
void inc_svg_line(inc_svg_path *path, double x, double y);
void inc_svg_curve(inc_svg_path *path, double x1, double y1, double x2, double y2, double x, double y);
void inc_svg_quadratic(inc_svg_path *path, double x1, double y1, double x, double y);
/* SVG 1.1, appendix F.6: radii, the turn of the ellipse in degrees, which of four arcs, where to. */
void inc_svg_arc(inc_svg_path *path, double rx, double ry, double turn, bool large, bool sweep, double x, double y);
void inc_svg_close(inc_svg_path *path);
void inc_svg_path_rect(inc_svg_path *path, inc_svg_rect rect);
void inc_svg_path_ellipse(inc_svg_path *path, double cx, double cy, double rx, double ry);

bool inc_svg_path_bounds(const inc_svg_path *path, inc_svg_matrix m, inc_svg_rect *bounds); /* false when it is empty */
inc_path inc_svg_path_bake(const inc_svg_path *path, inc_svg_matrix m);                     /* in the path's arena */

#endif
