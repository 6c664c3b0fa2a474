/*
 * svg_text_path.c - text along a path (SVG 2, 11.8): the path as short straight pieces, and where a length along it lies.
 *
 * Each letter stands on the path with its middle, turned as the path runs there; those that would stand before its beginning or behind its end are
 * not drawn.
 */
#include <math.h>

#include "image/svg_text.h"

enum { PIECES = 16 /* of a curve */ };

static void add(inc_svg *svg, inc_svg_track *track, inc_svg_point p, bool drawn)
{
    if (track->n) {
        double dx = p.x - track->v[track->n - 1].at.x, dy = p.y - track->v[track->n - 1].at.y;
        track->length += drawn ? sqrt(dx * dx + dy * dy) : 0;
    }
    INC_PUSH(svg->arena, track, (inc_svg_milestone){p, track->length});
}

static inc_svg_point on_curve(const inc_svg_point p[4], double t)
{
    double u = 1 - t, a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
    return (inc_svg_point){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x, a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

static void follow(inc_svg *svg, const inc_svg_path *path, inc_svg_matrix m, inc_svg_track *track)
{
    inc_svg_point at = {0, 0}, start = {0, 0};
    size_t k = 0;
    for (size_t i = 0; i < path->segments.n; i++) {
        unsigned segment = path->segments.v[i] & ~(unsigned)INC_SVG_INNER, n = segment == INC_SEGMENT_CURVE ? 3 : segment == INC_SEGMENT_CLOSE ? 0 : 1;
        inc_svg_point p[4] = {at};
        for (unsigned j = 1; j <= n; j++, k++)
            p[j] = inc_svg_apply(m, path->points.v[k].x, path->points.v[k].y);
        if (segment == INC_SEGMENT_CLOSE)
            p[0] = start;
        for (int step = 1; segment == INC_SEGMENT_CURVE && step < PIECES; step++)
            add(svg, track, on_curve(p, (double)step / PIECES), true);
        at = p[n];
        add(svg, track, at, segment != INC_SEGMENT_MOVE);
        start = segment == INC_SEGMENT_MOVE ? at : start;
    }
}

const inc_svg_track *inc_svg_track_of(inc_svg *svg, inc_svg_node *node, const inc_svg_style *style, double width, double height)
{
    inc_svg_node *target = inc_svg_href(svg, node);
    inc_svg_path path;
    if (!target)
        return NULL;
    const inc_svg_style *own = inc_svg_style_of(svg, target);
    if (!inc_svg_shape(svg, target, own, width, height, &path))
        return NULL;
    inc_svg_track *track = INC_NEW(svg->arena, inc_svg_track);
    inc_svg_state state = {.style = own, .width = width, .height = height};
    inc_svg_charge(svg, path.points.n * PIECES / 4);
    follow(svg, &path, inc_svg_transform_of(svg, target, &state, own), track);
    if (!inc_svg_length(inc_svg_attr(node, "startOffset"), track->length, style->font_size, &track->offset))
        track->offset = 0;
    return track->length > 0 ? track : NULL;
}

bool inc_svg_track_at(const inc_svg_track *track, double along, inc_svg_point *at, double *direction)
{
    size_t low = 0, high = track->n - 1;
    if (!(along >= 0) || !(along <= track->length))
        return false;
    while (high - low > 1) { /* v[low].along <= along <= v[high].along */
        size_t middle = low + (high - low) / 2;
        *(track->v[middle].along <= along ? &low : &high) = middle;
    }
    while (high + 1 < track->n && track->v[high].along == track->v[low].along)
        low++, high++;
    inc_svg_point from = track->v[low].at, to = track->v[high].at;
    double piece = track->v[high].along - track->v[low].along, t = piece > 0 ? (along - track->v[low].along) / piece : 0;
    *at = (inc_svg_point){from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t};
    *direction = inc_svg_angle(to.y - from.y, to.x - from.x);
    return true;
}
