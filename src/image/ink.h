/*
 * ink.h - what colours become in print: the inks of a printing condition, which its ICC profile describes.
 *
 * Neutral colours are black ink alone and never pass the profile: a page of text must not depend on how exactly four plates meet. All
 * others are converted by lcms2, relative colorimetric with black point compensation, as prepress does. Where only black is printed, or the
 * profile is a grey one, everything becomes a grey of the same luma.
 *
 * The same profile, lcms2 and kind of processor give the same inks: no clock or place takes part, and lcms2 chooses no code at run time.
 * Apart from opening, every function may be called by several threads at a time.
 */
#ifndef INC_IMAGE_INK_H
#define INC_IMAGE_INK_H

#include "base/paint.h"
#include "image/image.h"

#define INC_PROFILE_SIZE_MAX ((size_t)16 << 20)

enum { INC_INK_TOTAL = 400 }; /* per cent: as much as four inks can be */

typedef struct inc_inks inc_inks;
typedef struct inc_ink { /* per cent */
    uint8_t cyan, magenta, yellow, black;
} inc_ink;

/* The inks of a profile, whose bytes must outlive them; closed with the arena. black_alone: only black ink is printed. limit: per cent of
 * all inks together that no colour exceeds. NULL when the profile is not fit to be the output intent of a PDF/X-4 file (ISO 15930-7), or
 * cannot convert; *fault then says why ("is not an ICC profile"). */
inc_inks *inc_inks_open(inc_arena *arena, inc_str profile, bool black_alone, unsigned limit, const char **fault);

inc_str inc_inks_profile(const inc_inks *inks);
inc_str inc_inks_description(const inc_inks *inks); /* the profile's own, UTF-8; "" when it has none */
bool inc_inks_are_grey(const inc_inks *inks);       /* the profile is one of black ink alone */
unsigned inc_inks_limit(const inc_inks *inks);

/* An opaque colour; its sum without the limit goes to *wanted, which may be NULL. */
inc_ink inc_inks_of(const inc_inks *inks, inc_color color, unsigned *wanted);

/* The colour that text is printed in: black and dark greys with a touch of colour lose it, so that small letters have one plate. */
inc_color inc_ink_text_color(inc_color color);

/* Is the picture stored otherwise in print? */
bool inc_inks_change(const inc_inks *inks, const inc_pixels *pixels);

/* Turns RGB samples into inks or grey, as stored in DeviceCMYK (255 is full ink) or DeviceGray: new memory of the arena, or the samples' own,
 * grown, when they stand in the arena and may be used up. What is grey or CMYK stays, unless only black is printed. JPEG stays JPEG: colour is compressed anew at high quality, a grey that was stored as colour loses
 * only its empty planes. *heaviest: the largest sum of inks, per cent, where the file's own CMYK exceeds the limit, else 0. */
bool inc_inks_pixels(inc_inks *inks, inc_arena *arena, bool use_up, inc_pixels *pixels, unsigned *heaviest);

#endif
