/* internal.h - what the files of image/ share. */
#ifndef INC_IMAGE_INTERNAL_H
#define INC_IMAGE_INTERNAL_H

#include "image/image.h"

#define INC_IMAGE_SIDE_MAX 100000u

/* What a probe finds. Sizes are as stored, before orientation. */
typedef struct inc_probe {
    uint32_t width, height;
    inc_len natural_width, natural_height; /* 0: the file does not say */
    uint8_t orientation;
    const char *fault; /* why the file cannot be used, for the diagnostic; NULL when it can */
} inc_probe;

/* Each is called when the signature fits. */
inc_probe inc_png_probe(inc_str bytes);
inc_probe inc_jpeg_probe(inc_str bytes);
inc_probe inc_gif_probe(inc_str bytes);
inc_probe inc_webp_probe(inc_str bytes);
inc_probe inc_svg_probe(inc_str bytes);
bool inc_webp_moves(inc_str bytes); /* is an animation */
bool inc_svg_is(inc_str bytes); /* the root element is svg, as far as the first 64 KB tell */

/* Pixels; *fault says why not. Memory from the arena. */
bool inc_png_read(inc_str bytes, inc_arena *arena, inc_pixels *pixels, const char **fault);
bool inc_jpeg_read(inc_str bytes, inc_arena *arena, inc_pixels *pixels, const char **fault);
bool inc_gif_read(inc_str bytes, inc_arena *arena, inc_pixels *pixels, const char **fault);
bool inc_webp_read(inc_str bytes, inc_arena *arena, inc_pixels *pixels, const char **fault);

/* The profile that a file embeds, when it says something of colours like these: else "" (damaged, of another space, or sRGB as near as
 * nothing). Greys have none: they are printed and shown as they are. */
inc_str inc_profile_of(inc_str icc, inc_image_color color);

/* Takes interleaved rows of 2 or 4 channels (or 1 or 3) of 8 bits apart: colour into data, alpha into alpha unless it
 * is opaque throughout; RGB that is grey throughout becomes grey. */
void inc_pixels_from_rows(inc_pixels *pixels, uint8_t *rows, unsigned channels, inc_arena *arena);

/* The same of planes: channels is 1 or 3, alpha may be NULL. */
void inc_pixels_from_planes(inc_pixels *pixels, uint8_t *colors, unsigned channels, uint8_t *alpha);

/* n pixels of 2 or 4 channels into colours and alpha; colors may be `rows` itself. */
void inc_pixels_split(const uint8_t *rows, size_t n, unsigned channels, uint8_t *colors, uint8_t *alpha);

static inline uint32_t inc_be16(const char *p)
{
    return (uint32_t)(unsigned char)p[0] << 8 | (unsigned char)p[1];
}
static inline uint32_t inc_le16(const char *p)
{
    return (uint32_t)(unsigned char)p[1] << 8 | (unsigned char)p[0];
}
static inline uint32_t inc_be32(const char *p)
{
    return inc_be16(p) << 16 | inc_be16(p + 2);
}
static inline uint32_t inc_le32(const char *p)
{
    return inc_le16(p + 2) << 16 | inc_le16(p);
}

/* count units at `numerator / denominator` units an inch, as a length; 0 when the resolution is absurd (below 10 or
 * above 10000). */
inc_len inc_natural(uint32_t count, uint64_t numerator, uint64_t denominator);

#endif
