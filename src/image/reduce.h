/*
 * reduce.h - pictures in fewer pixels, and CMYK as colours of a screen: for what is shown on screens, never for print.
 */
#ifndef INC_IMAGE_REDUCE_H
#define INC_IMAGE_REDUCE_H

#include "image/image.h"

/* Grey or RGB samples in fewer pixels; 16 bits become 8. New memory of the arena, the colours last and with the room that a PNG's filters and four
 * inks need. */
void inc_samples_reduce(inc_pixels *pixels, uint32_t width, uint32_t height, inc_arena *arena);

/* The picture about `width` pixels wide (of those that are stored, before orientation), in its proportions; never wider than it is. A JPEG stays one:
 * libjpeg makes it 1/8 .. 7/8 of its size while it decodes, never less than asked, and it is compressed again. False when libjpeg fails. */
bool inc_pixels_reduce(inc_pixels *pixels, uint32_t width, inc_arena *arena);

typedef struct inc_jpeg_change {
    uint32_t width;       /* at least that wide, in eighths of what it was; 0: as it is */
    bool to_srgb;         /* CMYK becomes sRGB ... */
    inc_str inks;         /* ... by the file's own profile, else by this one */
    bool markers;         /* writes the profile and the orientation into the file, for readers that know nothing else of it */
    uint8_t orientation;
} inc_jpeg_change;

/* Compresses a JPEG anew, in rows. The pixels' data become a file of the arena's. False when libjpeg or lcms fails. */
bool inc_jpeg_rewrite(inc_pixels *pixels, const inc_jpeg_change *change, inc_arena *arena);

/* Has the JPEG four components: CMYK or YCCK? */
bool inc_jpeg_has_inks(const inc_image *image);

/* 8-bit grey or RGB samples as a JPEG file. */
bool inc_jpeg_write(const inc_pixels *pixels, inc_arena *arena, inc_str *file);

#endif
