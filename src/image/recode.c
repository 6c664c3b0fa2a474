/*
 * recode.c - JPEG for print: colour becomes inks, row by row from a decoder into an encoder.
 *
 * Colour loses a little by being compressed again, at a quality where nothing of it is seen; losslessly packed the same picture
 * would be five times as large. Grey that was stored as colour, and any colour of which only the luma is wanted, keeps its coefficients.
 */
#include "image/link.h"

#include "image/transcode.h"

enum { QUALITY = 95 };

static bool open_input(inc_transcoder *t, const inc_pixels *pixels)
{
    if (setjmp(t->env))
        return false;
    jpeg_abort_decompress(&t->in);
    jpeg_mem_src(&t->in, (const unsigned char *)pixels->data.p, pixels->data.n);
    jpeg_read_header(&t->in, TRUE);
    return t->in.image_width == pixels->width && t->in.image_height == pixels->height;
}

static void start_input(inc_transcoder *t, J_COLOR_SPACE space)
{
    t->in.out_color_space = space;
    t->in.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&t->in);
}

/* ---- ways ---- */

/* The end of a way: the new file in place of the old one. */
static void take(inc_transcoder *t, inc_pixels *pixels, inc_image_color color, inc_arena *arena)
{
    pixels->data = inc_transcoder_file(t, arena);
    pixels->color = color;
    pixels->inverted_cmyk = color == INC_IMAGE_CMYK;
    pixels->profile = INC_STR("");
}

/* Is every pixel grey? Looks no further than the first that is not. */
static bool is_grey(inc_transcoder *t, const inc_pixels *pixels, bool *grey)
{
    if (!open_input(t, pixels))
        return false;
    if (setjmp(t->env))
        return false;
    start_input(t, JCS_RGB);
    *grey = true;
    while (*grey && t->in.output_scanline < t->in.output_height) {
        inc_transcoder_read(t);
        for (uint32_t x = 0; x < pixels->width && *grey; x++)
            *grey = t->row[3 * x] == t->row[3 * x + 1] && t->row[3 * x + 1] == t->row[3 * x + 2];
    }
    return true;
}

/* The luma plane alone, coefficient by coefficient. */
static bool drop_chroma(inc_transcoder *t, const inc_pixels *pixels)
{
    if (!open_input(t, pixels))
        return false;
    if (setjmp(t->env))
        return false;
    jvirt_barray_ptr *planes = jpeg_read_coefficients(&t->in);
    jpeg_mem_dest(&t->out, &t->bytes, &t->size);
    jpeg_copy_critical_parameters(&t->in, &t->out);
    int table = t->out.comp_info[0].quant_tbl_no;
    jpeg_set_colorspace(&t->out, JCS_GRAYSCALE);
    t->out.comp_info[0].quant_tbl_no = table;
    jpeg_write_coefficients(&t->out, planes);
    jpeg_finish_compress(&t->out);
    jpeg_finish_decompress(&t->in);
    return true;
}

/* One grey sample of RGB, or of CMYK as the file stores it. */
static uint8_t grey_of(const uint8_t *p, unsigned components, bool inverted)
{
    if (components == 3)
        return inc_luma(p[0], p[1], p[2]);
    unsigned flip = inverted ? 0 : 255, k = p[3] ^ flip; /* light, not ink */
    return inc_luma((p[0] ^ flip) * k / 255, (p[1] ^ flip) * k / 255, (p[2] ^ flip) * k / 255);
}

static bool to_grey(inc_transcoder *t, const inc_pixels *pixels)
{
    unsigned components = pixels->color == INC_IMAGE_CMYK ? 4 : 3;
    if (!open_input(t, pixels))
        return false;
    if (setjmp(t->env))
        return false;
    start_input(t, components == 4 ? JCS_CMYK : JCS_RGB);
    inc_transcoder_start(t, t->in.output_width, t->in.output_height, 1, QUALITY);
    while (t->in.output_scanline < t->in.output_height) {
        inc_transcoder_read(t);
        for (uint32_t x = 0; x < pixels->width; x++)
            t->painted[x] = grey_of(t->row + components * (size_t)x, components, pixels->inverted_cmyk);
        inc_transcoder_write(t, t->painted);
    }
    jpeg_finish_compress(&t->out);
    return true;
}

/* Inverted, as everyone's CMYK JPEGs are. */
static bool to_inks(inc_transcoder *t, const inc_pixels *pixels, const inc_repaint *paint, inc_link link)
{
    if (!open_input(t, pixels))
        return false;
    if (setjmp(t->env))
        return false;
    start_input(t, JCS_RGB);
    inc_transcoder_start(t, t->in.output_width, t->in.output_height, 4, QUALITY);
    while (t->in.output_scanline < t->in.output_height) {
        inc_transcoder_read(t);
        inc_repaint_row(paint, link, t->row, 8, t->painted, pixels->width, false);
        for (size_t i = 0; i < (size_t)pixels->width * 4; i++)
            t->painted[i] ^= 255;
        inc_transcoder_write(t, t->painted);
    }
    jpeg_finish_compress(&t->out);
    return true;
}

/* The largest sum of inks in a CMYK file. */
static bool weigh(inc_transcoder *t, const inc_pixels *pixels, unsigned *most)
{
    const unsigned flip = pixels->inverted_cmyk ? 255 : 0;
    if (!open_input(t, pixels))
        return false;
    if (setjmp(t->env))
        return false;
    start_input(t, JCS_CMYK);
    while (t->in.output_scanline < t->in.output_height) {
        inc_transcoder_read(t);
        for (uint32_t x = 0; x < pixels->width; x++) {
            const uint8_t *p = t->row + 4 * (size_t)x;
            unsigned sum = (p[0] ^ flip) + (p[1] ^ flip) + (p[2] ^ flip) + (p[3] ^ flip);
            *most = INC_MAX(*most, sum);
        }
    }
    return true;
}

bool inc_jpeg_repaint(inc_pixels *pixels, inc_repaint *paint)
{
    if (pixels->color == INC_IMAGE_GRAY)
        return true;
    inc_transcoder *t = inc_transcoder_open(paint->arena, pixels->width);
    if (pixels->color == INC_IMAGE_CMYK && paint->links) { /* the author's own inks are kept */
        unsigned most = 0; /* of 4 * 255 */
        bool good = paint->limit >= 400 || weigh(t, pixels, &most);
        unsigned heaviest = most * 100 / 255;
        paint->heaviest = heaviest > paint->limit ? heaviest : 0;
        return good;
    }
    bool grey = !paint->links;
    if (!grey && !is_grey(t, pixels, &grey))
        return false;
    if (grey && pixels->color == INC_IMAGE_RGB && open_input(t, pixels) && t->in.jpeg_color_space == JCS_YCbCr) {
        if (!drop_chroma(t, pixels))
            return false;
        take(t, pixels, INC_IMAGE_GRAY, paint->arena);
        return true;
    }
    if (grey) {
        if (!to_grey(t, pixels))
            return false;
        take(t, pixels, INC_IMAGE_GRAY, paint->arena);
        return true;
    }
    inc_link link = inc_links_get(paint->links, pixels->profile, 8, paint->arena);
    if (!link || !to_inks(t, pixels, paint, link))
        return false;
    take(t, pixels, INC_IMAGE_CMYK, paint->arena);
    return true;
}
