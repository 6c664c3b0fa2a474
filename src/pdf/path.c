/* path.c - paths and clips as operators (ISO 32000-1, 8.5), and arithmetic of matrices. */
#include "pdf/drawing.h"

enum { CLIP_PATHS_MAX = 32 /* more than that are not compared with each other: they become a mask */ };

/* ---- matrices ---- */

void inc_pdf_put_matrix(inc_buf *out, const inc_matrix *m, unsigned decimals)
{
    const int64_t factors[4] = {m->a, m->b, m->c, m->d};
    for (int i = 0; i < 4; i++) {
        inc_pdf_put_unit(out, factors[i], 5);
        inc_buf_byte(out, ' ');
    }
    inc_pdf_put_unit(out, m->e, decimals);
    inc_buf_byte(out, ' ');
    inc_pdf_put_unit(out, m->f, decimals);
    inc_buf_byte(out, ' ');
}

static int64_t times(int64_t value, int64_t factor)
{
    return inc_len_scale(inc_len_sane(value), inc_len_sane(factor), INC_MATRIX_ONE);
}

void inc_pdf_matrix_apply(const inc_matrix *m, inc_len *x, inc_len *y)
{
    inc_len from_x = *x, from_y = *y;
    *x = times(from_x, m->a) + times(from_y, m->c) + m->e;
    *y = times(from_x, m->b) + times(from_y, m->d) + m->f;
}

inc_matrix inc_pdf_matrix_product(const inc_matrix *first, const inc_matrix *then)
{
    inc_matrix m = {
        .a = times(first->a, then->a) + times(first->b, then->c),
        .b = times(first->a, then->b) + times(first->b, then->d),
        .c = times(first->c, then->a) + times(first->d, then->c),
        .d = times(first->c, then->b) + times(first->d, then->d),
        .e = first->e,
        .f = first->f,
    };
    inc_pdf_matrix_apply(then, &m.e, &m.f);
    return m;
}

unsigned inc_pdf_finer(const inc_matrix *m, unsigned decimals)
{
    const int64_t factors[4] = {m->a, m->b, m->c, m->d};
    int64_t most = 0;
    for (int i = 0; i < 4; i++)
        most = INC_MAX(most, factors[i] < 0 ? -factors[i] : factors[i]);
    for (; decimals < 5 && most >= 3 * INC_MATRIX_ONE; most /= 10)
        decimals++;
    return decimals;
}

/* ---- paths ---- */

static void put_point(inc_buf *out, const inc_len *point, unsigned decimals)
{
    inc_pdf_put_unit(out, point[0], decimals);
    inc_buf_byte(out, ' ');
    inc_pdf_put_unit(out, point[1], decimals);
    inc_buf_byte(out, ' ');
}

static bool same(const inc_len *a, const inc_len *b)
{
    return a[0] == b[0] && a[1] == b[1];
}

/* A curve whose first or last control point is its end has a shorter form (8.5.2.2). */
static void put_curve(inc_buf *out, const inc_len *p, const inc_len *from, unsigned decimals)
{
    bool starts = same(p, from), ends = !starts && same(p + 2, p + 4);
    if (!starts)
        put_point(out, p, decimals);
    if (!ends)
        put_point(out, p + 2, decimals);
    put_point(out, p + 4, decimals);
    inc_buf_puts(out, starts ? "v\n" : ends ? "y\n" : "c\n");
}

/* Is what begins at segment i an upright rectangle: four corners, closed? */
static bool is_rectangle(const inc_path *path, uint32_t i, const inc_len *p)
{
    if (path->segment_count - i < 5)
        return false;
    const uint8_t *s = path->segments + i;
    uint32_t closing = 4;
    if (s[4] == INC_SEGMENT_LINE && path->segment_count - i > 5 && same(p, p + 8))
        closing = 5;
    if (s[1] != INC_SEGMENT_LINE || s[2] != INC_SEGMENT_LINE || s[3] != INC_SEGMENT_LINE || s[closing] != INC_SEGMENT_CLOSE)
        return false;
    bool across = p[1] == p[3] && p[2] == p[4] && p[5] == p[7] && p[6] == p[0];
    return across; /* the corners in the order of `re` */
}

static uint32_t put_rectangle(inc_buf *out, const inc_path *path, uint32_t i, const inc_len *p, unsigned decimals)
{
    put_point(out, p, decimals);
    inc_len size[2] = {p[4] - p[0], p[5] - p[1]};
    put_point(out, size, decimals);
    inc_buf_puts(out, "re\n");
    return path->segments[i + 4] == INC_SEGMENT_CLOSE ? 5 : 6;
}

void inc_pdf_put_path(inc_buf *out, const inc_path *path, unsigned decimals)
{
    const inc_len *p = path->points;
    for (uint32_t i = 0; i < path->segment_count; i++) {
        switch ((inc_segment)path->segments[i]) {
        case INC_SEGMENT_MOVE:
            if (is_rectangle(path, i, p)) {
                uint32_t n = put_rectangle(out, path, i, p, decimals);
                p += 2 * (n - 1);
                i += n - 1;
                break;
            }
            put_point(out, p, decimals);
            inc_buf_puts(out, "m\n");
            p += 2;
            break;
        case INC_SEGMENT_LINE:
            put_point(out, p, decimals);
            inc_buf_puts(out, "l\n");
            p += 2;
            break;
        case INC_SEGMENT_CURVE:
            put_curve(out, p, p - 2, decimals);
            p += 6;
            break;
        case INC_SEGMENT_CLOSE:
            inc_buf_puts(out, "h\n");
            break;
        }
    }
}

inc_area inc_pdf_path_area(const inc_path *path)
{
    inc_area area = {0};
    for (uint32_t i = 0; i < path->point_count; i++) {
        inc_len x = path->points[2 * i], y = path->points[2 * i + 1];
        if (i == 0)
            area = (inc_area){x, y, x, y};
        area.x0 = INC_MIN(area.x0, x);
        area.y0 = INC_MIN(area.y0, y);
        area.x1 = INC_MAX(area.x1, x);
        area.y1 = INC_MAX(area.y1, y);
    }
    return area;
}

/* ---- clips ---- */

/* The sign of the area around which a path without holes runs, by its points; 0 when it has several parts. */
static int direction(const inc_path *path)
{
    __int128 twice = 0;
    for (uint32_t i = 1; i < path->segment_count; i++)
        if (path->segments[i] == INC_SEGMENT_MOVE)
            return 0;
    for (uint32_t i = 0; i < path->point_count; i++) {
        const inc_len *a = path->points + 2 * i, *b = path->points + 2 * ((i + 1) % path->point_count);
        twice += (__int128)inc_len_sane(a[0]) * inc_len_sane(b[1]) - (__int128)inc_len_sane(b[0]) * inc_len_sane(a[1]);
    }
    return twice < 0 ? -1 : twice > 0;
}

static bool are_apart(const inc_area *a, const inc_area *b)
{
    return a->x1 <= b->x0 || b->x1 <= a->x0 || a->y1 <= b->y0 || b->y1 <= a->y0;
}

/* Paths that do not meet, or that run around the same way without holes, cut nothing out of each other. */
bool inc_pdf_clip_is_plain(const inc_clip *clip)
{
    inc_area areas[CLIP_PATHS_MAX];
    if (clip->path_count > CLIP_PATHS_MAX)
        return false;
    for (uint32_t i = 0; i < clip->path_count; i++) {
        areas[i] = inc_pdf_path_area(&clip->paths[i]);
        if (clip->even_odd[i] != clip->even_odd[0])
            return false;
        for (uint32_t k = 0; k < i; k++) {
            if (are_apart(&areas[i], &areas[k]))
                continue;
            int way = direction(&clip->paths[i]);
            if (clip->even_odd[i] || !way || way != direction(&clip->paths[k]))
                return false;
        }
    }
    return true;
}

void inc_pdf_put_clip(inc_buf *out, const inc_clip *clip, unsigned decimals)
{
    for (uint32_t i = 0; i < clip->path_count; i++)
        inc_pdf_put_path(out, &clip->paths[i], decimals);
    inc_buf_puts(out, clip->even_odd[0] ? "W* n\n" : "W n\n");
}
