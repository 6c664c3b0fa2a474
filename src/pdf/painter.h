/* painter.h - inside the drawing of graphics: one content stream being written, and the paints that it is written with. */
#ifndef INC_PDF_PAINTER_H
#define INC_PDF_PAINTER_H

#include "pdf/drawing.h"

typedef struct inc_pdf_painter { /* of one graphic */
    const inc_pdf_canvas *canvas;
    inc_arena *kept, *buffers, *scratch; /* scratch is reset by the writing of text, so buffers grow elsewhere */
    inc_deflate *deflate;
    inc_map streams;   /* of tiles and masks, by their addresses and tone */
    inc_map functions; /* of gradients, by their addresses, channels and tone */
    unsigned depth;    /* of streams inside of each other */
    bool transparent;
} inc_pdf_painter;

typedef struct inc_pdf_look { /* what the graphics state is known to be */
    char fill[64], stroke[64]; /* the operators that set the paint; "" unknown */
    uint8_t fill_opacity, stroke_opacity;
    inc_len width;      /* -1: unknown, as below */
    int cap, join;
    int64_t miter_limit;
    const inc_len *dashes;
    inc_len dash_offset;
    bool dash_known;
    const inc_pdf_font *font;
    inc_len size;
    int mode;           /* of text rendering */
} inc_pdf_look;

typedef struct inc_pdf_writer { /* of one stream */
    inc_pdf_painter *p;
    inc_pdf_stream *s;
    inc_buf out;
    unsigned decimals, saved;
    inc_pdf_look look;
    inc_map states, patterns, masks, images; /* what the stream names, to name it once: each by an inc_pdf_key */
} inc_pdf_writer;

typedef struct inc_pdf_key {
    const void *what; /* NULL: nothing */
    int64_t more[11]; /* what else tells them apart */
} inc_pdf_key;

typedef struct inc_pdf_brush { /* a paint, ready to be set */
    bool shows;
    uint8_t opacity;
    char operators[64];
    inc_pdf_stream *mask; /* of a gradient whose stops differ in opacity */
} inc_pdf_brush;

/* ---- streams ---- */

/* group: blended as one thing; grey: its colours become greys, as masks want them. */
inc_pdf_stream *inc_pdf_stream_new(inc_pdf_painter *p, inc_area box, bool group, bool grey);

/* The writing of one. Its look is that of the place where the stream is used, of which only what blends is known. */
inc_pdf_writer inc_pdf_stream_begin(inc_pdf_painter *p, inc_pdf_stream *s);
void inc_pdf_stream_finish(inc_pdf_writer *w);

/* q and Q; what save returns goes to restore. */
inc_pdf_look inc_pdf_writer_save(inc_pdf_writer *w);
void inc_pdf_writer_restore(inc_pdf_writer *w, const inc_pdf_look *before);

/* ---- resources: each is named once in a stream ---- */

void *inc_pdf_known(const inc_map *map, const inc_pdf_key *k);
void inc_pdf_remember(inc_pdf_writer *w, inc_map *map, const inc_pdf_key *k, void *value);
uint32_t inc_pdf_add_pattern(inc_pdf_writer *w, inc_pdf_pattern pattern, const inc_pdf_key *k); /* its index */
void inc_pdf_use_font(inc_pdf_writer *w, const inc_pdf_font *font);
void inc_pdf_use_image(inc_pdf_writer *w, const inc_pdf_image *image);

/* ---- the graphics state: operators are written only where they change it ---- */

void inc_pdf_put_state(inc_pdf_writer *w, inc_pdf_state state);
void inc_pdf_set_opacities(inc_pdf_writer *w, const inc_pdf_brush *fill, const inc_pdf_brush *stroke); /* NULL: whatever it is */
void inc_pdf_set_operators(inc_pdf_writer *w, const inc_pdf_brush *b, char *current);
void inc_pdf_set_pen(inc_pdf_writer *w, const inc_stroke *s, unsigned decimals);

/* ---- brush.c ---- */

uint8_t inc_pdf_opacity_product(uint8_t a, uint8_t b);
bool inc_pdf_paint_shows(const inc_paint *paint);
bool inc_pdf_stroke_shows(const inc_op *op);

/* The paint of an operation, to fill or to stroke with. area: what it may cover, in the stream's space. */
inc_pdf_brush inc_pdf_brush_of(inc_pdf_writer *w, const inc_paint *paint, const inc_op *op, const inc_area *area, bool stroke, uint8_t opacity);

/* ---- drawing.c ---- */

/* Operations [from, to); opacity below 255 only for what is single. */
void inc_pdf_draw_ops(inc_pdf_writer *w, const inc_graphic *g, size_t from, size_t to, uint8_t opacity);

#endif
