/* image.h - any bytes are a picture file of the target's kind: probed, decoded as the PDF has it, in inks as the print file has
 * it, and as the EPUB has it if that is an SVG. */
#ifndef INC_FUZZ_IMAGE_H
#define INC_FUZZ_IMAGE_H

#include "epub/book.h"
#include "folder.h"
#include "image/image.h"
#include "image/reduce.h"
#include "inks.h"
#include "output.h"

#define FUZZ_PIXELS_MAX 4000000 /* larger ones are only probed: decoding them says nothing new */

static inline void fuzz_check_pixels(const inc_pixels *p, inc_buf *out)
{
    uint64_t count = (uint64_t)p->width * p->height;
    FUZZ_CHECK(count > 0, "a picture without pixels");
    FUZZ_CHECK(p->bits == 8 || p->bits == 16, "%u bits", p->bits);
    FUZZ_CHECK(p->jpeg || p->data.n == count * p->color * (p->bits / 8), "%zu bytes for %u x %u", p->data.n, p->width, p->height);
    FUZZ_CHECK(!p->alpha.n || p->alpha.n == count, "%zu alphas for %u x %u", p->alpha.n, p->width, p->height);
    inc_buf_add(out, p->data);
    inc_buf_add(out, p->alpha);
}

/* In black ink alone, which goes the same ways but makes no tables of its own. */
static inline void fuzz_repaint(inc_pixels pixels, inc_arena *arena, inc_buf *out)
{
    unsigned heaviest;
    inc_inks *inks = fuzz_inks(true);
    if (!inks || !inc_inks_pixels(inks, arena, false, &pixels, &heaviest))
        return;
    FUZZ_CHECK(pixels.color == INC_IMAGE_GRAY, "not grey: %d", pixels.color);
    fuzz_check_pixels(&pixels, out);
}

/* In fewer pixels, as a screen has it. */
static inline void fuzz_reduce(inc_pixels pixels, inc_arena *arena, inc_buf *out)
{
    uint32_t before = pixels.width, wanted = pixels.width / 3 + 1;
    if (pixels.width < 2 || !inc_pixels_reduce(&pixels, wanted, arena))
        return;
    FUZZ_CHECK(pixels.width >= INC_MIN(wanted, before) && pixels.width <= before, "%u pixels across instead of %u of %u", pixels.width, wanted, before);
    fuzz_check_pixels(&pixels, out);
}

/* CMYK as the EPUB has it. */
static inline void fuzz_to_srgb(inc_pixels pixels, inc_arena *arena, inc_buf *out)
{
    inc_inks *inks = fuzz_inks(false);
    if (!pixels.jpeg || pixels.color != INC_IMAGE_CMYK || !inks)
        return;
    if (inc_jpeg_rewrite(&pixels, &(inc_jpeg_change){.to_srgb = true, .inks = inc_inks_profile(inks), .markers = true, .orientation = 6}, arena)) {
        FUZZ_CHECK(pixels.color == INC_IMAGE_RGB, "not RGB: %d", pixels.color);
        fuzz_check_pixels(&pixels, out);
    }
}

static inline void fuzz_sanitise(inc_str svg, inc_arena *arena, inc_buf *out)
{
    const char *why = "";
    inc_buf once = inc_buf_in(arena), twice = inc_buf_in(arena);
    if (!inc_svg_sanitise(arena, svg, &once, &why))
        return;
    fuzz_check_xml(inc_buf_str(&once), arena, "the clean SVG");
    FUZZ_CHECK(inc_svg_sanitise(arena, inc_buf_str(&once), &twice, &why), "what was made clean is refused: %s", why);
    FUZZ_CHECK(inc_str_eq(inc_buf_str(&once), inc_buf_str(&twice)), "cleaning twice gives something else");
    inc_buf_add(out, inc_buf_str(&once));
}

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    inc_str folder = fuzz_folder(), name = INC_STR("picture");
    fuzz_file(arena, folder, name, input);
    inc_sources *sources = inc_sources_new(arena);
    inc_diags *diags = inc_diags_new(arena);
    const inc_image *image = inc_images_open(inc_images_new(arena, diags), name, inc_strf(arena, "%.*s/picture", INC_STR_ARG(folder)), INC_NO_SPAN);
    if (image) {
        FUZZ_CHECK(image->width && image->height && image->natural_width > 0 && image->natural_height > 0, "a picture without a size");
        inc_buf_printf(out, "%d %u %u\n", image->kind, image->width, image->height);
        inc_pixels pixels;
        if (image->kind == INC_IMAGE_SVG)
            fuzz_sanitise(image->bytes, arena, out);
        else if ((uint64_t)image->width * image->height < FUZZ_PIXELS_MAX && inc_image_pixels(image, arena, diags, INC_NO_SPAN, &pixels)) {
            fuzz_check_pixels(&pixels, out);
            fuzz_reduce(pixels, arena, out);
            fuzz_to_srgb(pixels, arena, out);
            fuzz_repaint(pixels, arena, out);
        }
    }
    fuzz_check_diags(sources, diags, out);
}

#endif
