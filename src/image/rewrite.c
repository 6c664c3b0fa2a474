/*
 * rewrite.c - JPEG compressed anew, row by row: smaller, or CMYK as sRGB, for screens. What print needs is in recode.c.
 */
#include "image/reduce.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <lcms2.h>

#include "base/guard.h"

enum { QUALITY = 90 };

typedef struct rewriter {
    struct jpeg_decompress_struct in;
    struct jpeg_compress_struct out;
    struct jpeg_error_mgr errors;
    jmp_buf env;
    unsigned char *bytes; /* libjpeg's */
    unsigned long size;
    uint8_t *row, *painted; /* one of each */
    cmsHTRANSFORM link;     /* from inks to sRGB, or NULL */
} rewriter;

static void on_error(j_common_ptr common)
{
    longjmp(((rewriter *)common->client_data)->env, 1);
}

static void on_message(j_common_ptr common, int level)
{
    (void)common, (void)level; /* jpeg.c has looked at what is read */
}

static void close_rewriter(void *handle)
{
    rewriter *r = handle;
    jpeg_destroy_decompress(&r->in);
    jpeg_destroy_compress(&r->out);
    free(r->bytes);
    if (r->link)
        cmsDeleteTransform(r->link);
}

/* libjpeg unwinds to the setjmp of each function that is called from here; none of them allocates in between. */
static rewriter *open_rewriter(uint32_t width, inc_arena *arena, void ***slot)
{
    rewriter *r = INC_NEW(arena, rewriter);
    *slot = inc_defer(arena, close_rewriter);
    r->row = inc_alloc_array(arena, width, 4);
    r->painted = inc_alloc_array(arena, width, 4);
    r->in.err = r->out.err = jpeg_std_error(&r->errors);
    r->errors.error_exit = on_error;
    r->errors.emit_message = on_message;
    r->in.client_data = r->out.client_data = r;
    **slot = r; /* both are zero: destroying them does nothing yet */
    if (setjmp(r->env))
        inc_out_of_memory(); /* creating allocates only */
    jpeg_create_decompress(&r->in);
    r->in.client_data = r;
    jpeg_create_compress(&r->out);
    r->out.client_data = r;
    return r;
}

static void close_early(rewriter *r, void **slot)
{
    *slot = NULL;
    close_rewriter(r);
}

/* From the file's inks, or those of a profile, to sRGB. */
static cmsHTRANSFORM link_to_srgb(inc_str own, inc_str inks)
{
    inc_str from[2] = {own, inks};
    cmsHTRANSFORM link = NULL;
    for (int i = 0; i < 2 && !link; i++) {
        cmsHPROFILE source = from[i].n ? cmsOpenProfileFromMem(from[i].p, (cmsUInt32Number)from[i].n) : NULL;
        if (!source)
            continue;
        cmsHPROFILE srgb = cmsCreate_sRGBProfile();
        if (srgb && cmsGetColorSpace(source) == cmsSigCmykData)
            link = cmsCreateTransform(source, TYPE_CMYK_8, srgb, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION);
        if (srgb)
            cmsCloseProfile(srgb);
        cmsCloseProfile(source);
    }
    return link;
}

/* ---- the new file ---- */

/* APP1 with an Exif block of nothing but the orientation (Exif 2.3, 4.5.4). */
static void write_orientation(rewriter *r, uint8_t orientation)
{
    uint8_t exif[32] = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation};
    jpeg_write_marker(&r->out, JPEG_APP0 + 1, exif, sizeof exif);
}

static void start_output(rewriter *r, uint32_t width, uint32_t height, int components, const inc_jpeg_change *change, inc_str profile)
{
    jpeg_mem_dest(&r->out, &r->bytes, &r->size);
    r->out.image_width = width;
    r->out.image_height = height;
    r->out.input_components = components;
    r->out.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&r->out);
    if (components == 4)
        jpeg_set_colorspace(&r->out, JCS_YCCK);
    for (int i = 0; i < components; i++) /* no samples are thrown away twice */
        r->out.comp_info[i].h_samp_factor = r->out.comp_info[i].v_samp_factor = 1;
    jpeg_set_quality(&r->out, QUALITY, TRUE);
    r->out.dct_method = JDCT_ISLOW; /* whole numbers: the same on every machine */
    jpeg_start_compress(&r->out, TRUE);
    if (change->markers && change->orientation > 1)
        write_orientation(r, change->orientation);
    if (change->markers && profile.n)
        jpeg_write_icc_profile(&r->out, (const JOCTET *)profile.p, (unsigned)profile.n);
}

static void write_row(rewriter *r, uint8_t *row)
{
    JSAMPROW line = row;
    jpeg_write_scanlines(&r->out, &line, 1);
}

/* The least eighths that give `width`. */
static unsigned eighths(uint32_t have, uint32_t width)
{
    unsigned n = 1;
    while (n < 8 && ((uint64_t)have * n + 7) / 8 < width)
        n++;
    return width ? n : 8;
}

/* CMYK is stored inverted in nearly all files, and in ours. */
static void paint_row(rewriter *r, uint32_t width, bool inverted)
{
    size_t count = (size_t)width * 4;
    if (inverted == (r->link != NULL)) /* ink for the link; inverted for the file */
        for (size_t i = 0; i < count; i++)
            r->row[i] ^= 255;
    if (r->link)
        cmsDoTransform(r->link, r->row, r->painted, width);
    else
        memcpy(r->painted, r->row, count);
}

static bool run(rewriter *r, inc_pixels *pixels, const inc_jpeg_change *change)
{
    int components = (int)pixels->color;
    if (setjmp(r->env))
        return false;
    jpeg_mem_src(&r->in, (const unsigned char *)pixels->data.p, pixels->data.n);
    jpeg_read_header(&r->in, TRUE);
    if (r->in.image_width != pixels->width || r->in.image_height != pixels->height)
        return false;
    r->in.out_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    r->in.dct_method = JDCT_ISLOW;
    r->in.scale_num = eighths(pixels->width, change->width);
    r->in.scale_denom = 8;
    jpeg_start_decompress(&r->in);
    uint32_t width = r->in.output_width, height = r->in.output_height;
    start_output(r, width, height, r->link ? 3 : components, change, r->link ? INC_STR("") : pixels->profile);
    while (r->in.output_scanline < height) {
        JSAMPROW line = r->row;
        jpeg_read_scanlines(&r->in, &line, 1);
        if (components == 4)
            paint_row(r, width, pixels->inverted_cmyk);
        write_row(r, components == 4 ? r->painted : r->row);
    }
    jpeg_finish_compress(&r->out);
    pixels->width = width;
    pixels->height = height;
    return true;
}

bool inc_jpeg_rewrite(inc_pixels *pixels, const inc_jpeg_change *change, inc_arena *arena)
{
    assert(pixels->jpeg);
    bool to_srgb = change->to_srgb && pixels->color == INC_IMAGE_CMYK;
    void **slot;
    rewriter *r = open_rewriter(pixels->width, arena, &slot);
    if (to_srgb)
        r->link = link_to_srgb(pixels->profile, change->inks);
    bool good = (!to_srgb || r->link) && run(r, pixels, change);
    if (good) {
        pixels->data = inc_str_dup(arena, (inc_str){(char *)r->bytes, r->size});
        pixels->color = to_srgb ? INC_IMAGE_RGB : pixels->color;
        pixels->inverted_cmyk = pixels->color == INC_IMAGE_CMYK;
        pixels->profile = to_srgb ? INC_STR("") : pixels->profile;
    }
    close_early(r, slot);
    return good;
}

static bool run_samples(rewriter *r, const inc_pixels *pixels)
{
    size_t stride = (size_t)pixels->width * (unsigned)pixels->color;
    if (setjmp(r->env))
        return false;
    start_output(r, pixels->width, pixels->height, (int)pixels->color, &(inc_jpeg_change){.markers = true}, pixels->profile);
    for (uint32_t y = 0; y < pixels->height; y++)
        write_row(r, (uint8_t *)(uintptr_t)pixels->data.p + y * stride);
    jpeg_finish_compress(&r->out);
    return true;
}

bool inc_jpeg_write(const inc_pixels *pixels, inc_arena *arena, inc_str *file)
{
    assert(!pixels->jpeg && pixels->bits == 8 && pixels->color != INC_IMAGE_CMYK);
    if (pixels->width > JPEG_MAX_DIMENSION || pixels->height > JPEG_MAX_DIMENSION)
        return false;
    void **slot;
    rewriter *r = open_rewriter(1, arena, &slot);
    bool good = run_samples(r, pixels);
    if (good)
        *file = inc_str_dup(arena, (inc_str){(char *)r->bytes, r->size});
    close_early(r, slot);
    return good;
}
