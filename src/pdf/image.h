/* image.h (pdf) - image XObjects: each distinct picture once, with its soft mask (ISO 32000-1, 8.9.5). */
#ifndef INC_PDF_IMAGE_H
#define INC_PDF_IMAGE_H

#include "base/map.h"
#include "pdf/deflate.h"
#include "pdf/object.h"
#include "pdf/picture.h"

typedef struct inc_pdf_image {
    const inc_pdf_picture *picture;
    uint32_t number; /* its resource name is /I<number> */
    inc_ref ref;
} inc_pdf_image;

typedef struct inc_pdf_images {
    inc_arena *arena;
    const inc_pdf_pictures *pictures;
    INC_VEC(inc_pdf_image *) list; /* in order of first use */
    inc_pdf_image **by_picture;
    inc_medium medium;
    inc_str inks;                  /* the profile of CMYK pictures without one of their own, on the screen; "" for none */
    inc_map profiles;              /* of the pictures, by their bytes: the object is there once */
    bool cmyk;                     /* a picture in DeviceCMYK is among them */
} inc_pdf_images;

/* Collects the pictures that the pages and the graphics on them show in the medium, and what was found in making them. An SVG without a drawing is
 * reported and left out. */
void inc_pdf_images_gather(inc_pdf_images *images, const inc_pages *pages, const inc_graphic *const *graphics, size_t graphic_count, inc_medium medium,
                           const inc_inks *inks, inc_diags *diags);
const inc_pdf_image *inc_pdf_images_find(const inc_pdf_images *images, const inc_image *image);

void inc_pdf_image_embed(inc_pdf_images *images, inc_pdf_image *image, inc_pdf *pdf, inc_deflate *deflate);

/* Draws the picture upright into the rectangle (lower left corner, PDF axes). */
void inc_pdf_image_draw(const inc_pdf_image *image, inc_len x, inc_len y, inc_len width, inc_len height, inc_buf *out);

#endif
