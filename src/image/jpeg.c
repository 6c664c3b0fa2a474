/*
 * jpeg.c - JPEG by its markers (ITU T.81, annex B). The compressed data goes into the PDF as it is.
 *
 * The scan walks every segment up to the end of the image, so that cut-off files are found, and takes the frame's size,
 * JFIF's density, Exif's orientation and resolution, the parts of the ICC profile, and Adobe's colour transform.
 */
#include "image/internal.h"
#include "image/reduce.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <jerror.h>

#include "base/guard.h"

enum { ICC_PARTS = 255, SCANS_MAX = 100 /* of a progressive file: encoders write about ten; each costs a pass over the picture */ };

typedef struct jpeg {
    uint32_t width, height, components;
    uint8_t ids[4];
    uint8_t orientation;
    bool jfif, adobe;
    uint8_t adobe_transform;
    uint64_t x_per_inch, y_per_inch, per_inch_scale; /* resolution as a fraction, 0: not told */
    size_t end;                                      /* behind the end-of-image marker */
    unsigned scans;
    inc_str icc[ICC_PARTS]; /* by number, from 0 */
    unsigned icc_count;     /* of parts, as the first one says */
    const char *fault;
} jpeg;

/* ---- Exif ---- */

typedef struct tiff {
    inc_str s;
    bool big;
} tiff;

static uint32_t tiff16(const tiff *t, size_t at)
{
    if (t->s.n < 2 || at > t->s.n - 2)
        return 0;
    return t->big ? inc_be16(t->s.p + at) : inc_le16(t->s.p + at);
}

static uint32_t tiff32(const tiff *t, size_t at)
{
    if (t->s.n < 4 || at > t->s.n - 4)
        return 0;
    return t->big ? inc_be32(t->s.p + at) : inc_le32(t->s.p + at);
}

/* The first directory of the TIFF header (Exif 2.3, 4.6). */
static void read_exif(jpeg *j, inc_str s)
{
    tiff t = {s, s.n > 2 && s.p[0] == 'M'};
    if (s.n < 8 || tiff16(&t, 2) != 42)
        return;
    size_t at = tiff32(&t, 4), count = tiff16(&t, at);
    uint32_t x[2] = {0, 0}, y[2] = {0, 0}, unit = 2;
    for (size_t i = 0; i < count && at < s.n && (i + 1) * 12 + 2 <= s.n - at; i++) {
        size_t entry = at + 2 + i * 12, value = tiff32(&t, entry + 8);
        switch (tiff16(&t, entry)) {
        case 0x0112:
            if (tiff16(&t, entry + 8) >= 1 && tiff16(&t, entry + 8) <= 8)
                j->orientation = (uint8_t)tiff16(&t, entry + 8);
            break;
        case 0x011A:
            x[0] = tiff32(&t, value), x[1] = tiff32(&t, value + 4);
            break;
        case 0x011B:
            y[0] = tiff32(&t, value), y[1] = tiff32(&t, value + 4);
            break;
        case 0x0128:
            unit = tiff16(&t, entry + 8);
            break;
        }
    }
    if (x[0] && x[1] && x[0] == y[0] && x[1] == y[1] && (unit == 2 || unit == 3)) {
        j->x_per_inch = j->y_per_inch = (uint64_t)x[0] * (unit == 3 ? 254 : 100);
        j->per_inch_scale = (uint64_t)x[1] * 100;
    }
}

/* ---- markers ---- */

static void read_jfif(jpeg *j, inc_str s)
{
    j->jfif = true;
    if (s.n < 12 || j->x_per_inch || (s.p[7] != 1 && s.p[7] != 2))
        return;
    uint64_t unit = s.p[7] == 2 ? 254 : 100;
    j->x_per_inch = inc_be16(s.p + 8) * unit;
    j->y_per_inch = inc_be16(s.p + 10) * unit;
    j->per_inch_scale = 100;
}

static void read_frame(jpeg *j, unsigned marker, inc_str s)
{
    if (marker > 0xC2)
        j->fault = "is a JPEG of a kind that PDF does not know (lossless, arithmetic or hierarchical)";
    else if (j->components)
        j->fault = "is a JPEG with more than one frame";
    else if (s.n < 6 || s.n < 6 + 3 * (size_t)(unsigned char)s.p[5])
        j->fault = "is a damaged JPEG";
    else if (s.p[0] != 8)
        j->fault = "is a JPEG with other than 8 bits a sample";
    else {
        j->height = inc_be16(s.p + 1);
        j->width = inc_be16(s.p + 3);
        j->components = (unsigned char)s.p[5];
        if (!j->width || !j->height || (j->components != 1 && j->components != 3 && j->components != 4))
            j->fault = "is a damaged JPEG";
        for (uint32_t i = 0; !j->fault && i < j->components; i++)
            j->ids[i] = (uint8_t)s.p[6 + 3 * i];
    }
}

/* ICC.1, annex B.4: a part's number, how many there are, and its bytes. */
static void read_icc(jpeg *j, inc_str s)
{
    unsigned number = (unsigned char)s.p[0], count = (unsigned char)s.p[1];
    if (!number || number > count || (j->icc_count && j->icc_count != count))
        return;
    j->icc_count = count;
    j->icc[number - 1] = inc_str_slice(s, 2, s.n);
}

/* The whole profile; "" when a part is missing. */
static inc_str join_icc(const jpeg *j, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    for (unsigned i = 0; i < j->icc_count; i++) {
        if (!j->icc[i].n)
            return INC_STR("");
        inc_buf_add(&out, j->icc[i]);
    }
    return inc_buf_str(&out);
}

static void read_segment(jpeg *j, unsigned marker, inc_str s)
{
    if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC)
        read_frame(j, marker, s);
    else if (marker == 0xE0 && s.n >= 5 && memcmp(s.p, "JFIF", 5) == 0)
        read_jfif(j, s);
    else if (marker == 0xE1 && s.n > 6 && memcmp(s.p, "Exif\0", 6) == 0)
        read_exif(j, inc_str_slice(s, 6, s.n));
    else if (marker == 0xE2 && s.n > 14 && memcmp(s.p, "ICC_PROFILE", 12) == 0)
        read_icc(j, inc_str_slice(s, 12, s.n));
    else if (marker == 0xEE && s.n >= 12 && memcmp(s.p, "Adobe", 5) == 0) {
        j->adobe = true;
        j->adobe_transform = (uint8_t)s.p[11];
    }
}

/* From entropy-coded data to the next marker that is neither stuffing nor a restart; INC_NPOS at the end. */
static size_t skip_scan(inc_str s, size_t at)
{
    while (at + 1 < s.n) {
        const char *hit = memchr(s.p + at, 0xFF, s.n - 1 - at);
        if (!hit)
            break;
        at = (size_t)(hit - s.p);
        unsigned next = (unsigned char)s.p[at + 1];
        if (next != 0x00 && next != 0xFF && !(next >= 0xD0 && next <= 0xD7))
            return at;
        at += next == 0xFF ? 1 : 2;
    }
    return INC_NPOS;
}

static jpeg scan(inc_str s)
{
    jpeg j = {.orientation = 1};
    for (size_t at = 2; !j.fault;) {
        while (at + 1 < s.n && (unsigned char)s.p[at] == 0xFF && (unsigned char)s.p[at + 1] == 0xFF)
            at++; /* fill bytes */
        if (at + 2 > s.n || (unsigned char)s.p[at] != 0xFF) {
            j.fault = at + 2 > s.n ? "is a cut-off JPEG" : "is a damaged JPEG";
            break;
        }
        unsigned marker = (unsigned char)s.p[at + 1];
        at += 2;
        if (marker == 0xD9) {
            j.end = at;
            break;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8))
            continue;
        size_t length = s.n - at >= 2 ? inc_be16(s.p + at) : 0;
        if (length < 2 || length > s.n - at) {
            j.fault = "is a cut-off JPEG";
            break;
        }
        read_segment(&j, marker, inc_str_slice(s, at + 2, at + length));
        at += length;
        if (marker == 0xDA) {
            if (++j.scans > SCANS_MAX)
                j.fault = "is a JPEG with more scans than any picture needs";
            at = skip_scan(s, at);
            if (at == INC_NPOS) {
                j.fault = "is a cut-off JPEG";
                break;
            }
        }
    }
    if (!j.fault && (!j.components || !j.scans))
        j.fault = "is a JPEG without a picture";
    return j;
}

inc_probe inc_jpeg_probe(inc_str bytes)
{
    jpeg j = scan(bytes);
    inc_probe p = {.width = j.width, .height = j.height, .orientation = j.orientation, .fault = j.fault};
    p.natural_width = inc_natural(j.width, j.x_per_inch, j.per_inch_scale);
    p.natural_height = inc_natural(j.height, j.y_per_inch, j.per_inch_scale);
    if (!p.natural_width || !p.natural_height)
        p.natural_width = p.natural_height = 0;
    return p;
}

/* ---- pixels ---- */

typedef struct decoder {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    jmp_buf env;
    bool spoilt; /* libjpeg has made up what it could not read */
} decoder;

static void on_error(j_common_ptr common)
{
    decoder *d = (decoder *)common; /* the first member */
    longjmp(d->env, 1);
}

/* Bytes too many between two markers are common and do no harm; other warnings are about codes that mean nothing, or data that end. */
static void on_message(j_common_ptr common, int level)
{
    decoder *d = (decoder *)common;
    if (level < 0 && common->err->msg_code != JWRN_EXTRANEOUS_DATA && common->err->msg_code != JWRN_ADOBE_XFORM && common->err->msg_code != JWRN_JFIF_MAJOR)
        d->spoilt = true;
}

static void free_decoder(void *p)
{
    decoder *d = p;
    jpeg_destroy_decompress(&d->jpeg);
}

static decoder *open_decoder(inc_arena *arena, void ***slot)
{
    decoder *d = INC_NEW(arena, decoder);
    *slot = inc_defer(arena, free_decoder);
    d->jpeg.err = jpeg_std_error(&d->errors);
    d->errors.error_exit = on_error;
    d->errors.emit_message = on_message;
    if (setjmp(d->env))
        inc_out_of_memory(); /* creating allocates only */
    jpeg_create_decompress(&d->jpeg);
    **slot = d;
    return d;
}

static void close_decoder(decoder *d, void **slot)
{
    *slot = NULL;
    jpeg_destroy_decompress(&d->jpeg);
}

/* libjpeg unwinds to here. */
static bool decode(decoder *d, inc_str bytes, uint8_t *rows, size_t stride)
{
    if (setjmp(d->env))
        return false;
    jpeg_mem_src(&d->jpeg, (const unsigned char *)bytes.p, bytes.n);
    jpeg_read_header(&d->jpeg, TRUE);
    d->jpeg.jpeg_color_space = JCS_RGB;
    d->jpeg.out_color_space = JCS_RGB;
    jpeg_start_decompress(&d->jpeg);
    while (d->jpeg.output_scanline < d->jpeg.output_height) {
        JSAMPROW row = rows + d->jpeg.output_scanline * stride;
        jpeg_read_scanlines(&d->jpeg, &row, 1);
    }
    return true;
}

/* Reads every code of the file, and makes as little of them as can be: a picture of an eighth of its size. */
static bool walk_codes(decoder *d, inc_str bytes, uint8_t *row)
{
    if (setjmp(d->env))
        return false;
    jpeg_mem_src(&d->jpeg, (const unsigned char *)bytes.p, bytes.n);
    jpeg_read_header(&d->jpeg, TRUE);
    d->jpeg.scale_num = 1;
    d->jpeg.scale_denom = 8;
    d->jpeg.out_color_space = d->jpeg.jpeg_color_space; /* no conversion */
    d->jpeg.do_fancy_upsampling = FALSE;
    jpeg_start_decompress(&d->jpeg);
    while (d->jpeg.output_scanline < d->jpeg.output_height) {
        JSAMPROW line = row;
        jpeg_read_scanlines(&d->jpeg, &line, 1);
    }
    return true;
}

/* What goes into the PDF as it is must be whole: readers make up what is missing, and printers refuse the file. */
static bool is_whole(inc_str bytes, const jpeg *j, inc_arena *arena)
{
    void **slot;
    decoder *d = open_decoder(arena, &slot);
    uint8_t *row = inc_alloc_array(arena, j->width, 4);
    bool good = walk_codes(d, bytes, row) && !d->spoilt;
    close_decoder(d, slot);
    return good;
}

/* Plain RGB without a marker that says so: readers of the PDF would take it for YCbCr, so it is stored as samples. */
static bool read_plain_rgb(inc_str bytes, const jpeg *j, inc_arena *arena, inc_pixels *pixels)
{
    void **slot;
    decoder *d = open_decoder(arena, &slot);
    size_t stride = (size_t)j->width * 3;
    uint8_t *rows = inc_alloc_array(arena, j->height, stride);
    bool good = decode(d, bytes, rows, stride) && !d->spoilt;
    close_decoder(d, slot);
    if (good)
        inc_pixels_from_rows(pixels, rows, 3, arena);
    return good;
}

bool inc_jpeg_read(inc_str bytes, inc_arena *arena, inc_pixels *pixels, const char **fault)
{
    jpeg j = scan(bytes);
    *fault = j.fault ? j.fault : "is a damaged JPEG";
    if (j.fault)
        return false;
    pixels->width = j.width;
    pixels->height = j.height;
    pixels->profile = join_icc(&j, arena);
    if (j.components == 3 && !j.adobe && !j.jfif && memcmp(j.ids, "RGB", 3) == 0)
        return read_plain_rgb(bytes, &j, arena, pixels);
    if (!is_whole(bytes, &j, arena))
        return false;
    pixels->bits = 8;
    pixels->jpeg = true;
    pixels->color = j.components == 1 ? INC_IMAGE_GRAY : j.components == 3 ? INC_IMAGE_RGB : INC_IMAGE_CMYK;
    pixels->inverted_cmyk = j.components == 4 && j.adobe;
    pixels->data = inc_str_slice(bytes, 0, j.end);
    return true;
}

bool inc_jpeg_has_inks(const inc_image *image)
{
    return image->kind == INC_IMAGE_JPEG && scan(image->bytes).components == 4;
}
