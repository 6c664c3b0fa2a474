/*
 * image.h - what kind of picture a file is, how big, and its pixels in a form that PDF and EPUB can store.
 *
 * Input is untrusted: sizes are checked before anything is allocated; corrupt files give a diagnostic and no image.
 */
#ifndef INC_IMAGE_H
#define INC_IMAGE_H

#include "base/diag.h"
#include "base/length.h"

#define INC_PIXELS_MAX ((uint64_t)200 * 1000 * 1000)
#define INC_SIGN_MOST (48 * INC_PT) /* height up to which a picture among words is a sign, set as tall as their type */

typedef enum inc_image_kind { INC_IMAGE_PNG, INC_IMAGE_JPEG, INC_IMAGE_SVG, INC_IMAGE_GIF, INC_IMAGE_WEBP, INC_IMAGE_UNKNOWN } inc_image_kind;

typedef struct inc_image {
    inc_image_kind kind;
    inc_str name;          /* the key given at loading */
    inc_str file;          /* its path as opened, "" when it stands in another file */
    inc_str bytes;         /* the file */
    uint32_t width, height; /* pixels after orientation; SVG: its size in CSS px (viewBox if no width), at least 1 */
    inc_len natural_width, natural_height; /* at the file's resolution, or 96 per inch */
    uint8_t orientation;   /* Exif 1..8, JPEG only */
    uint64_t hash;         /* of the bytes: identical pictures are stored once */
    inc_span span;         /* where the book first names it */
    const struct inc_graphic *graphic; /* SVG: its drawing (graphic.h); NULL until it is made, and when it cannot be */
    bool tried;            /* SVG: its drawing was made, or it was reported why that cannot be */
} inc_image;

typedef struct inc_images inc_images; /* registry: a file is opened once */
inc_images *inc_images_new(inc_arena *arena, inc_diags *diags);

/* The image of a file, probed; NULL when it cannot be read or is none that we know (reported once, at span). */
const inc_image *inc_images_open(inc_images *images, inc_str name, inc_str file, inc_span span);

/* Gives an image of the registry its drawing, which takes the book's fonts and so comes later than the rest; NULL: it cannot be drawn, and that was
 * reported. Before anything else reads the image. */
void inc_images_draw(inc_images *images, const inc_image *image, const struct inc_graphic *graphic);
/* The same of bytes that stand in another file, such as a data: URL; they are copied. Equal bytes are one image, whatever they are called. */
const inc_image *inc_images_add(inc_images *images, inc_str name, inc_str bytes, inc_span span);

/* Pixels for a PDF image XObject. */
typedef enum inc_image_color { INC_IMAGE_GRAY = 1, INC_IMAGE_RGB = 3, INC_IMAGE_CMYK = 4 } inc_image_color;
typedef struct inc_pixels {
    inc_image_color color;
    uint8_t bits;          /* 8 or 16 per component */
    uint32_t width, height; /* as stored; JPEG: before orientation */
    inc_str data;          /* JPEG: the file itself (DCTDecode); else rows of interleaved samples, big-endian, no padding */
    bool jpeg;
    bool inverted_cmyk;    /* Adobe marker: /Decode [1 0 1 0 1 0 1 0] */
    inc_str alpha;         /* width * height bytes of coverage, or "" when opaque */
    inc_str profile;       /* ICC profile of the colours: "" for sRGB, for greys, and for inks that the file says nothing of */
} inc_pixels;
bool inc_image_pixels(const inc_image *image, inc_arena *arena, inc_diags *diags, inc_span span, inc_pixels *pixels);

/* Rows through PNG's filters, in place: each row becomes its differences from what stands left and above, behind its filter's number;
 * so `rows` must have room for height * (stride + 1) bytes. `filters` are those to try (1 << 0 to 1 << 4); per row the one with the
 * smallest sum of magnitudes is taken, which is PNG writers' usual guess of what packs best. step: bytes of a pixel, at most 8. */
void inc_png_filter(inc_arena *arena, uint8_t *rows, size_t stride, uint32_t height, unsigned step, unsigned filters);

/* Writes an 8-bit PNG: grey (1 channel), grey and alpha (2), RGB (3) or RGB and alpha (4); deterministic. filters: as above, 1 << 0 for flat
 * colours. profile: of the colours, or "". The samples, with room for one byte more a row, are used up. */
void inc_png_write(inc_arena *arena, uint8_t *samples, uint32_t width, uint32_t height, unsigned channels, unsigned filters, inc_str profile, inc_buf *out);

#endif
