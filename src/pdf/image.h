/* image.h (pdf) - image XObjects: each distinct picture once, with its soft mask (ISO 32000-1, 8.9.5). */
#ifndef INC_PDF_IMAGE_H
#define INC_PDF_IMAGE_H

#include "base/vec.h"
#include "layout/page.h"
#include "pdf/deflate.h"
#include "pdf/object.h"

typedef struct inc_pdf_image {
    const inc_image *image;
    uint32_t number;     /* its resource name is /I<number> */
    bool ready;          /* false: could not be decoded (reported); not painted */
    inc_pixels pixels;
    inc_str data, alpha; /* as stored, filtered */
    bool predicted;      /* data went through a PNG predictor */
    inc_ref ref;
} inc_pdf_image;

typedef struct inc_pdf_images {
    inc_arena *arena;
    INC_VEC(inc_pdf_image *) list; /* in order of first use */
    uint32_t *slots;               /* hash table of index + 1 */
    size_t slot_count;
    bool cmyk;                     /* a picture in DeviceCMYK is among them */
} inc_pdf_images;

/* Collects the pictures that the pages show. One that has no pixels (an SVG) is reported and left out. */
void inc_pdf_images_gather(inc_pdf_images *images, const inc_pages *pages, inc_medium medium, inc_diags *diags);
inc_pdf_image *inc_pdf_images_find(const inc_pdf_images *images, const inc_image *image);

/* Decodes and compresses one picture; touches only `image`, so they may be done in parallel. */
void inc_pdf_image_prepare(inc_pdf_image *image, inc_deflate *deflate, inc_arena *arena, inc_diags *diags);

void inc_pdf_image_embed(inc_pdf_image *image, inc_pdf *pdf, inc_arena *arena);

/* Draws the picture upright into the rectangle (lower left corner, PDF axes). */
void inc_pdf_image_draw(const inc_pdf_image *image, inc_len x, inc_len y, inc_len width, inc_len height, inc_buf *out);

#endif
