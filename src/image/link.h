/* link.h - how the pictures of a print file get their inks; only for image/. */
#ifndef INC_IMAGE_LINK_H
#define INC_IMAGE_LINK_H

#include "image/image.h"

/* Device links, straight from the colours of a picture to the inks of an output profile. Each is a table of some hundred kilobytes that takes
 * ten milliseconds to make: it is made when first needed and serves all pictures of its kind. */
typedef struct inc_links inc_links;
inc_links *inc_links_new(inc_arena *arena, inc_str output);

typedef void *inc_link;

/* The link from the source profile ("": sRGB; one that cannot be used counts as that) for samples of 8 or 16 bits. From any thread; what is not
 * kept is closed with the arena. NULL when lcms cannot make it. */
inc_link inc_links_get(inc_links *links, inc_str source, unsigned bits, inc_arena *arena);

/* Luma of gamma-encoded colour (ITU-R BT.601), as JPEG's Y: the grey that stands for it. */
static inline uint8_t inc_luma(unsigned r, unsigned g, unsigned b)
{
    return (uint8_t)((299 * r + 587 * g + 114 * b + 500) / 1000);
}

typedef struct inc_repaint {
    inc_arena *arena;
    bool use_up;       /* the samples stand in the arena and may be changed */
    inc_links *links;  /* NULL: greys */
    unsigned limit;    /* of the inks' sum, per cent */
    unsigned heaviest; /* result: of CMYK that was left alone, where it exceeds the limit */
} inc_repaint;

/* A row of n RGB pixels as inks, of which coloured ones give way to the limit. neutral: grey pixels are black ink alone. */
void inc_repaint_row(const inc_repaint *paint, inc_link link, const uint8_t *rgb, unsigned bits, uint8_t *cmyk, uint32_t n, bool neutral);

/* In place of the pixels' data comes new memory of paint->arena. False when lcms or libjpeg fails. */
bool inc_samples_repaint(inc_pixels *pixels, inc_repaint *paint);
bool inc_jpeg_repaint(inc_pixels *pixels, inc_repaint *paint); /* recode.c */

#endif
