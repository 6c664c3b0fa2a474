/*
 * graphic.h (pdf) - vector graphics: each distinct one is a form XObject of the file, whose space is the graphic's own, turned upside down by the
 * form's matrix (ISO 32000-1, 8.10). Whoever shows it scales its width and height to a box.
 *
 * In the life of a file: gather, before the fonts and pictures of the file are known; compose, in any thread, when they are; embed.
 */
#ifndef INC_PDF_GRAPHIC_H
#define INC_PDF_GRAPHIC_H

#include "base/map.h"
#include "base/vec.h"
#include "pdf/deflate.h"
#include "pdf/glyphs.h"
#include "pdf/image.h"

typedef struct inc_pdf_stream inc_pdf_stream;

typedef struct inc_pdf_graphic {
    const inc_graphic *graphic;
    uint32_t number;      /* its resource name is /D<number> */
    inc_pdf_stream *form; /* composed; NULL before */
    bool transparent;     /* something in it is blended with what it stands on */
    inc_ref ref;
} inc_pdf_graphic;

typedef INC_VEC(const inc_graphic *) inc_graphic_parts;

typedef struct inc_pdf_graphics {
    inc_arena *arena;
    INC_VEC(inc_pdf_graphic *) list; /* in order of first use */
    inc_graphic_parts parts;         /* these, and the tiles and masks inside: each once */
    inc_map known;                   /* inc_pdf_graphic, by the graphic's address */
} inc_pdf_graphics;

typedef struct inc_pdf_canvas { /* what drawings of a file share; only read while they are composed */
    const inc_inks *inks; /* of the print file; NULL: sRGB */
    bool spans;           /* may write ActualText */
    const struct inc_pdf_paint *paint;
    const inc_pdf_fonts *fonts;
    const inc_pdf_images *images;
} inc_pdf_canvas;

void inc_pdf_graphics_gather(inc_pdf_graphics *graphics, const inc_pages *pages, inc_medium medium);
inc_pdf_graphic *inc_pdf_graphics_find(const inc_pdf_graphics *graphics, const inc_graphic *graphic); /* NULL when it is not among them */

/* Adds all parts of a graphic, itself first: the graphics of its patterns and masks too, each once. `seen` is a map of their addresses. */
void inc_pdf_graphic_parts(const inc_graphic *graphic, inc_arena *arena, inc_map *seen, inc_graphic_parts *parts);

/* Writes the operators of the graphic and all that they name into kept, deflated; buffers grow in the second arena, scratch is for the rest: none are the
 * same. Touches only `graphic`. */
void inc_pdf_graphic_compose(inc_pdf_graphic *graphic, const inc_pdf_canvas *canvas, inc_arena *kept, inc_arena *buffers, inc_arena *scratch,
                             inc_deflate *deflate);

/* Makes the objects of a composed one; fonts and pictures must have theirs. */
void inc_pdf_graphic_embed(inc_pdf_graphic *graphic, const inc_pdf_canvas *canvas, inc_pdf *pdf, inc_arena *arena);

/* Shows it in the rectangle (lower left corner, PDF axes); turned: its foot is at the right. */
void inc_pdf_graphic_draw(const inc_pdf_graphic *graphic, inc_len x, inc_len y, inc_len width, inc_len height, bool turned, inc_buf *out);

#endif
