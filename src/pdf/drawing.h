/*
 * drawing.h - inside the drawing of graphics: content streams in the making, and what their operators name.
 *
 * Only streams are objects of the file; shadings, functions and graphics states are direct dictionaries of the resources that name them. References are
 * known when all is composed, so resources are kept as data until then.
 */
#ifndef INC_PDF_DRAWING_H
#define INC_PDF_DRAWING_H

#include "base/map.h"
#include "base/vec.h"
#include "pdf/graphic.h"
#include "pdf/syntax.h"

enum { INC_PDF_DRAWING_DEPTH = 24, INC_PDF_PERIODS_MAX = 512 };

typedef struct inc_area { /* in 1/65536 of the unit of some space */
    inc_len x0, y0, x1, y1;
} inc_area;

typedef struct inc_pdf_state { /* an ExtGState */
    uint8_t fill, stroke;  /* opacities */
    inc_blend blend;
    inc_pdf_stream *mask;  /* NULL: none */
    bool luminosity;
} inc_pdf_state;

typedef struct inc_pdf_function { /* of a gradient, over one period */
    inc_str dictionary;
    unsigned components;
    uint32_t uses;         /* by shadings */
    inc_ref ref;           /* when it is used more than once */
} inc_pdf_function;

typedef struct inc_pdf_shading { /* entries of a shading dictionary, and its function over [first, first + count) periods */
    inc_str entries;
    inc_pdf_function *function;
    int32_t first, count;
    bool reflected;        /* every other period runs backwards */
} inc_pdf_shading;

typedef struct inc_pdf_pattern {
    inc_str matrix;        /* "/Matrix[...]", or "" */
    inc_pdf_stream *tile;  /* or a shading: */
    inc_pdf_shading shading;
    inc_ref ref;           /* of the tile with this matrix */
} inc_pdf_pattern;

struct inc_pdf_stream {
    inc_area box;
    bool group;            /* painted by itself, then blended as one thing */
    bool grey;             /* its colours are greys: of masks */
    bool root;             /* the graphic itself: turned upside down */
    inc_str step;          /* of a tile: "/XStep ...", else "" */
    inc_str data;          /* deflated */
    INC_VEC(const inc_pdf_font *) fonts;
    INC_VEC(const inc_pdf_image *) images;
    INC_VEC(inc_pdf_stream *) forms;   /* /X<index> */
    INC_VEC(inc_pdf_pattern) patterns; /* /P<index> */
    INC_VEC(inc_pdf_state) states;     /* /E<index>; the first is opaque and normal */
    inc_ref ref;
    bool embedded;         /* of a tile: what it names has its objects */
};

/* ---- numbers ---- */

/* A length with so many decimals, at most 5. */
static inline void inc_pdf_put_unit(inc_buf *out, inc_len value, unsigned decimals)
{
    static const int64_t power[] = {1, 10, 100, 1000, 10000, 100000};
    inc_pdf_put_fixed(out, inc_len_scale(inc_len_sane(value), power[decimals], INC_PT), decimals);
}

void inc_pdf_put_matrix(inc_buf *out, const inc_matrix *m, unsigned decimals); /* six numbers, each with a blank behind it */
static inline bool inc_pdf_is_identity(const inc_matrix *m)
{
    return m->a == INC_MATRIX_ONE && !m->b && !m->c && m->d == INC_MATRIX_ONE && !m->e && !m->f;
}
inc_matrix inc_pdf_matrix_product(const inc_matrix *first, const inc_matrix *then);
void inc_pdf_matrix_apply(const inc_matrix *m, inc_len *x, inc_len *y);
unsigned inc_pdf_finer(const inc_matrix *m, unsigned decimals); /* decimals for lengths that the matrix makes larger */

/* ---- path.c ---- */

void inc_pdf_put_path(inc_buf *out, const inc_path *path, unsigned decimals);
inc_area inc_pdf_path_area(const inc_path *path); /* of its points, also those that only control it */

/* Can all of these be one path whose inside is what lies inside any of them? */
bool inc_pdf_clip_is_plain(const inc_clip *clip);
void inc_pdf_put_clip(inc_buf *out, const inc_clip *clip, unsigned decimals); /* a plain one, which is not empty */

/* ---- gradient.c ---- */

typedef enum inc_pdf_channel { INC_PDF_COLORS, INC_PDF_OPACITIES } inc_pdf_channel;

/* The opacity that all stops have, or -1 when they differ. */
int inc_pdf_gradient_opacity(const inc_gradient *gradient);

/* The single colour of a gradient that has no extent: everything lies behind its end. */
bool inc_pdf_gradient_is_flat(const inc_gradient *gradient, inc_color *color);

/* The function of its colours, or of its opacities as greys. grey: colours as the luminance that they have. */
inc_pdf_function inc_pdf_gradient_function(const inc_gradient *gradient, inc_pdf_channel channel, const inc_inks *inks, bool grey, inc_arena *arena);

/* The shading that has it, where it fills `area` of the stream's space; matrix is from the gradient's space to that. */
inc_pdf_shading inc_pdf_gradient_shading(const inc_gradient *gradient, inc_pdf_function *function, const inc_matrix *matrix, const inc_area *area,
                                         inc_arena *arena);

#endif
