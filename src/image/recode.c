/*
 * recode.c - JPEG for print: colour becomes inks, row by row from a decoder into an encoder.
 *
 * Colour loses a little by being compressed again, at a quality where nothing of it is seen; losslessly packed the same picture
 * would be five times as large. Grey that was stored as colour, and any colour of which only the luma is wanted, keeps its coefficients.
 */
#include "image/link.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "base/guard.h"

enum { QUALITY = 95 };

typedef struct recoder {
    struct jpeg_decompress_struct in;
    struct jpeg_compress_struct out;
    struct jpeg_error_mgr errors;
    jmp_buf env;
    unsigned char *bytes; /* libjpeg's */
    unsigned long size;
    uint8_t *row, *painted; /* one of each */
    unsigned most;        /* the largest sum of inks so far, of 4 * 255 */
} recoder;

static void on_error(j_common_ptr common)
{
    longjmp(((recoder *)common->client_data)->env, 1);
}

static void on_message(j_common_ptr common, int level)
{
    (void)common, (void)level; /* readers of the PDF would show a spoilt picture just so */
}

static void close_recoder(void *handle)
{
    recoder *r = handle;
    jpeg_destroy_decompress(&r->in);
    jpeg_destroy_compress(&r->out);
    free(r->bytes);
}

/* libjpeg unwinds to the setjmp of each function that is called from here; none of them allocates in between. */
static recoder *open_recoder(const inc_pixels *pixels, inc_arena *arena)
{
    recoder *r = INC_NEW(arena, recoder);
    void **slot = inc_defer(arena, close_recoder);
    r->row = inc_alloc_array(arena, pixels->width, 4);
    r->painted = inc_alloc_array(arena, pixels->width, 4);
    r->in.err = r->out.err = jpeg_std_error(&r->errors);
    r->errors.error_exit = on_error;
    r->errors.emit_message = on_message;
    r->in.client_data = r->out.client_data = r;
    *slot = r; /* both are zero: destroying them does nothing yet */
    return r;
}

static bool open_input(recoder *r, const inc_pixels *pixels)
{
    if (setjmp(r->env))
        return false;
    jpeg_abort_decompress(&r->in);
    jpeg_mem_src(&r->in, (const unsigned char *)pixels->data.p, pixels->data.n);
    jpeg_read_header(&r->in, TRUE);
    return r->in.image_width == pixels->width && r->in.image_height == pixels->height;
}

static void create(recoder *r)
{
    if (setjmp(r->env))
        inc_out_of_memory(); /* creating allocates only */
    jpeg_create_decompress(&r->in);
    r->in.client_data = r;
    jpeg_create_compress(&r->out);
    r->out.client_data = r;
}

static void read_row(recoder *r)
{
    JSAMPROW row = r->row;
    jpeg_read_scanlines(&r->in, &row, 1);
}

static void write_row(recoder *r)
{
    JSAMPROW row = r->painted;
    jpeg_write_scanlines(&r->out, &row, 1);
}

static void start_output(recoder *r, int components)
{
    jpeg_mem_dest(&r->out, &r->bytes, &r->size);
    r->out.image_width = r->in.output_width;
    r->out.image_height = r->in.output_height;
    r->out.input_components = components;
    r->out.in_color_space = components == 1 ? JCS_GRAYSCALE : JCS_CMYK;
    jpeg_set_defaults(&r->out);
    if (components == 4)
        jpeg_set_colorspace(&r->out, JCS_YCCK);
    for (int i = 0; i < components; i++)
        r->out.comp_info[i].h_samp_factor = r->out.comp_info[i].v_samp_factor = 1;
    jpeg_set_quality(&r->out, QUALITY, TRUE);
    r->out.dct_method = JDCT_ISLOW; /* whole numbers: the same on every machine */
    jpeg_start_compress(&r->out, TRUE);
}

static void start_input(recoder *r, J_COLOR_SPACE space)
{
    r->in.out_color_space = space;
    r->in.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&r->in);
}

/* ---- ways ---- */

/* The end of a way: the new file in place of the old one. */
static void take(recoder *r, inc_pixels *pixels, inc_image_color color, inc_arena *arena)
{
    pixels->data = inc_str_dup(arena, (inc_str){(char *)r->bytes, r->size});
    pixels->color = color;
    pixels->inverted_cmyk = color == INC_IMAGE_CMYK;
    pixels->profile = INC_STR("");
}

/* Is every pixel grey? Looks no further than the first that is not. */
static bool is_grey(recoder *r, const inc_pixels *pixels, bool *grey)
{
    if (!open_input(r, pixels))
        return false;
    if (setjmp(r->env))
        return false;
    start_input(r, JCS_RGB);
    *grey = true;
    while (*grey && r->in.output_scanline < r->in.output_height) {
        read_row(r);
        for (uint32_t x = 0; x < pixels->width && *grey; x++)
            *grey = r->row[3 * x] == r->row[3 * x + 1] && r->row[3 * x + 1] == r->row[3 * x + 2];
    }
    return true;
}

/* The luma plane alone, coefficient by coefficient. */
static bool drop_chroma(recoder *r, const inc_pixels *pixels)
{
    if (!open_input(r, pixels))
        return false;
    if (setjmp(r->env))
        return false;
    jvirt_barray_ptr *planes = jpeg_read_coefficients(&r->in);
    jpeg_mem_dest(&r->out, &r->bytes, &r->size);
    jpeg_copy_critical_parameters(&r->in, &r->out);
    int table = r->out.comp_info[0].quant_tbl_no;
    jpeg_set_colorspace(&r->out, JCS_GRAYSCALE);
    r->out.comp_info[0].quant_tbl_no = table;
    jpeg_write_coefficients(&r->out, planes);
    jpeg_finish_compress(&r->out);
    jpeg_finish_decompress(&r->in);
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

static bool to_grey(recoder *r, const inc_pixels *pixels)
{
    unsigned components = pixels->color == INC_IMAGE_CMYK ? 4 : 3;
    if (!open_input(r, pixels))
        return false;
    if (setjmp(r->env))
        return false;
    start_input(r, components == 4 ? JCS_CMYK : JCS_RGB);
    start_output(r, 1);
    while (r->in.output_scanline < r->in.output_height) {
        read_row(r);
        for (uint32_t x = 0; x < pixels->width; x++)
            r->painted[x] = grey_of(r->row + components * (size_t)x, components, pixels->inverted_cmyk);
        write_row(r);
    }
    jpeg_finish_compress(&r->out);
    return true;
}

/* Inverted, as everyone's CMYK JPEGs are. */
static bool to_inks(recoder *r, const inc_pixels *pixels, const inc_repaint *paint, inc_link link)
{
    if (!open_input(r, pixels))
        return false;
    if (setjmp(r->env))
        return false;
    start_input(r, JCS_RGB);
    start_output(r, 4);
    while (r->in.output_scanline < r->in.output_height) {
        read_row(r);
        inc_repaint_row(paint, link, r->row, 8, r->painted, pixels->width, false);
        for (size_t i = 0; i < (size_t)pixels->width * 4; i++)
            r->painted[i] ^= 255;
        write_row(r);
    }
    jpeg_finish_compress(&r->out);
    return true;
}

/* The largest sum of inks in a CMYK file. */
static bool weigh(recoder *r, const inc_pixels *pixels)
{
    const unsigned flip = pixels->inverted_cmyk ? 255 : 0;
    if (!open_input(r, pixels))
        return false;
    if (setjmp(r->env))
        return false;
    start_input(r, JCS_CMYK);
    while (r->in.output_scanline < r->in.output_height) {
        read_row(r);
        for (uint32_t x = 0; x < pixels->width; x++) {
            const uint8_t *p = r->row + 4 * (size_t)x;
            unsigned sum = (p[0] ^ flip) + (p[1] ^ flip) + (p[2] ^ flip) + (p[3] ^ flip);
            r->most = INC_MAX(r->most, sum);
        }
    }
    return true;
}

bool inc_jpeg_repaint(inc_pixels *pixels, inc_repaint *paint)
{
    if (pixels->color == INC_IMAGE_GRAY)
        return true;
    recoder *r = open_recoder(pixels, paint->arena);
    create(r);
    if (pixels->color == INC_IMAGE_CMYK && paint->links) { /* the author's own inks are kept */
        bool good = paint->limit >= 400 || weigh(r, pixels);
        unsigned heaviest = r->most * 100 / 255;
        paint->heaviest = heaviest > paint->limit ? heaviest : 0;
        return good;
    }
    bool grey = !paint->links;
    if (!grey && !is_grey(r, pixels, &grey))
        return false;
    if (grey && pixels->color == INC_IMAGE_RGB && open_input(r, pixels) && r->in.jpeg_color_space == JCS_YCbCr) {
        if (!drop_chroma(r, pixels))
            return false;
        take(r, pixels, INC_IMAGE_GRAY, paint->arena);
        return true;
    }
    if (grey) {
        if (!to_grey(r, pixels))
            return false;
        take(r, pixels, INC_IMAGE_GRAY, paint->arena);
        return true;
    }
    inc_link link = inc_links_get(paint->links, pixels->profile, 8, paint->arena);
    if (!link || !to_inks(r, pixels, paint, link))
        return false;
    take(r, pixels, INC_IMAGE_CMYK, paint->arena);
    return true;
}
