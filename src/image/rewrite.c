/*
 * rewrite.c - JPEG compressed anew, row by row: smaller, or CMYK as sRGB, for screens. What print needs is in recode.c.
 */
#include "image/reduce.h"

#include <lcms2.h>

#include "image/transcode.h"

enum { QUALITY = 90 };

static void close_link(void *handle)
{
    cmsDeleteTransform(handle);
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
static void write_orientation(inc_transcoder *t, uint8_t orientation)
{
    uint8_t exif[32] = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation};
    jpeg_write_marker(&t->out, JPEG_APP0 + 1, exif, sizeof exif);
}

static void start_output(inc_transcoder *t, uint32_t width, uint32_t height, int components, const inc_jpeg_change *change, inc_str profile)
{
    inc_transcoder_start(t, width, height, components, QUALITY);
    if (change->markers && change->orientation > 1)
        write_orientation(t, change->orientation);
    if (change->markers && profile.n)
        jpeg_write_icc_profile(&t->out, (const JOCTET *)profile.p, (unsigned)profile.n);
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
static void paint_row(inc_transcoder *t, cmsHTRANSFORM link, uint32_t width, bool inverted)
{
    size_t count = (size_t)width * 4;
    if (inverted == (link != NULL)) /* ink for the link; inverted for the file */
        for (size_t i = 0; i < count; i++)
            t->row[i] ^= 255;
    if (link)
        cmsDoTransform(link, t->row, t->painted, width);
    else
        memcpy(t->painted, t->row, count);
}

static bool run(inc_transcoder *t, cmsHTRANSFORM link, inc_pixels *pixels, const inc_jpeg_change *change)
{
    int components = (int)pixels->color;
    if (setjmp(t->env))
        return false;
    jpeg_mem_src(&t->in, (const unsigned char *)pixels->data.p, pixels->data.n);
    jpeg_read_header(&t->in, TRUE);
    if (t->in.image_width != pixels->width || t->in.image_height != pixels->height)
        return false;
    t->in.out_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    t->in.dct_method = JDCT_ISLOW;
    t->in.scale_num = eighths(pixels->width, change->width);
    t->in.scale_denom = 8;
    jpeg_start_decompress(&t->in);
    uint32_t width = t->in.output_width, height = t->in.output_height;
    start_output(t, width, height, link ? 3 : components, change, link ? INC_STR("") : pixels->profile);
    while (t->in.output_scanline < height) {
        inc_transcoder_read(t);
        if (components == 4)
            paint_row(t, link, width, pixels->inverted_cmyk);
        inc_transcoder_write(t, components == 4 ? t->painted : t->row);
    }
    jpeg_finish_compress(&t->out);
    pixels->width = width;
    pixels->height = height;
    return true;
}

bool inc_jpeg_rewrite(inc_pixels *pixels, const inc_jpeg_change *change, inc_arena *arena)
{
    assert(pixels->jpeg);
    bool to_srgb = change->to_srgb && pixels->color == INC_IMAGE_CMYK;
    void **slot = inc_defer(arena, close_link);
    inc_transcoder *t = inc_transcoder_open(arena, pixels->width);
    cmsHTRANSFORM link = to_srgb ? link_to_srgb(pixels->profile, change->inks) : NULL;
    *slot = link;
    bool good = (!to_srgb || link) && run(t, link, pixels, change);
    if (good) {
        pixels->data = inc_transcoder_file(t, arena);
        pixels->color = to_srgb ? INC_IMAGE_RGB : pixels->color;
        pixels->inverted_cmyk = pixels->color == INC_IMAGE_CMYK;
        pixels->profile = to_srgb ? INC_STR("") : pixels->profile;
    }
    inc_transcoder_close(t);
    return good;
}

static bool run_samples(inc_transcoder *t, const inc_pixels *pixels)
{
    size_t stride = (size_t)pixels->width * (unsigned)pixels->color;
    if (setjmp(t->env))
        return false;
    start_output(t, pixels->width, pixels->height, (int)pixels->color, &(inc_jpeg_change){.markers = true}, pixels->profile);
    for (uint32_t y = 0; y < pixels->height; y++)
        inc_transcoder_write(t, (uint8_t *)(uintptr_t)pixels->data.p + y * stride);
    jpeg_finish_compress(&t->out);
    return true;
}

bool inc_jpeg_write(const inc_pixels *pixels, inc_arena *arena, inc_str *file)
{
    assert(!pixels->jpeg && pixels->bits == 8 && pixels->color != INC_IMAGE_CMYK);
    if (pixels->width > JPEG_MAX_DIMENSION || pixels->height > JPEG_MAX_DIMENSION)
        return false;
    inc_transcoder *t = inc_transcoder_open(arena, 1);
    bool good = run_samples(t, pixels);
    if (good)
        *file = inc_transcoder_file(t, arena);
    inc_transcoder_close(t);
    return good;
}
