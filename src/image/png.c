/* png.c - reading PNG through libpng, and writing it. */
#include "image/internal.h"

#include <libdeflate.h>
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

#include "base/guard.h"

enum { CHUNK_MEMORY_MAX = 8 << 20 };

/* ---- probing ---- */

/* pHYs: pixels a metre. */
static void read_resolution(inc_probe *p, const char *chunk)
{
    p->natural_width = inc_natural(p->width, (uint64_t)inc_be32(chunk + 8) * 254, 10000);
    p->natural_height = inc_natural(p->height, (uint64_t)inc_be32(chunk + 12) * 254, 10000);
    if (!p->natural_width || !p->natural_height)
        p->natural_width = p->natural_height = 0;
}

/* Goes through all chunks to the end, so that a file that is cut off or spoilt is known before anything is made of it. */
inc_probe inc_png_probe(inc_str s)
{
    inc_probe p = {.orientation = 1};
    if (s.n < 33 || memcmp(s.p + 12, "IHDR", 4) != 0) {
        p.fault = "is cut off";
        return p;
    }
    p.width = inc_be32(s.p + 16);
    p.height = inc_be32(s.p + 20);
    bool pixels = false;
    for (size_t at = 8; s.n - at >= 12;) {
        const char *chunk = s.p + at;
        size_t length = inc_be32(chunk);
        if (length > s.n - at - 12)
            break;
        bool critical = !(chunk[4] & 0x20);
        if (critical && libdeflate_crc32(0, chunk + 4, length + 4) != inc_be32(chunk + 8 + length)) {
            p.fault = "is a damaged PNG";
            return p;
        }
        if (memcmp(chunk + 4, "IEND", 4) == 0 && pixels)
            return p;
        pixels |= memcmp(chunk + 4, "IDAT", 4) == 0;
        if (memcmp(chunk + 4, "pHYs", 4) == 0 && length == 9 && chunk[16] == 1 && !pixels)
            read_resolution(&p, chunk);
        at += length + 12;
    }
    p.fault = "is a cut-off PNG";
    return p;
}

/* ---- reading ---- */

typedef struct reader {
    inc_str bytes;
    size_t at;
    png_structp png;
    png_infop info;
    inc_str profile; /* libpng's */
} reader;

static void on_error(png_structp png, png_const_charp message)
{
    (void)message;
    png_longjmp(png, 1);
}

static void on_warning(png_structp png, png_const_charp message)
{
    (void)png, (void)message; /* odd profiles and the like: the pixels are good */
}

static void on_read(png_structp png, png_bytep to, size_t n)
{
    reader *r = png_get_io_ptr(png);
    if (n > r->bytes.n - r->at)
        png_error(png, "cut off");
    memcpy(to, r->bytes.p + r->at, n);
    r->at += n;
}

static void free_reader(void *p)
{
    reader *r = p;
    png_destroy_read_struct(&r->png, &r->info, NULL);
}

/* Colours that are told by their gamma alone become sRGB here; a file that says sRGB, or brings a profile, keeps its samples. */
static void to_srgb(reader *r)
{
    png_charp name;
    png_bytep profile;
    png_uint_32 n;
    int compression, intent;
    png_fixed_point gamma;
    if (png_get_sRGB(r->png, r->info, &intent))
        return;
    if (png_get_iCCP(r->png, r->info, &name, &compression, &profile, &n))
        r->profile = (inc_str){(const char *)profile, n};
    else if (png_get_gAMA_fixed(r->png, r->info, &gamma) && gamma > 0)
        png_set_gamma_fixed(r->png, PNG_DEFAULT_sRGB, gamma);
}

/* Reads the header and asks for 8 or 16 bits of grey or RGB, with alpha where the file has any. libpng unwinds to here.
 */
static bool read_header(reader *r)
{
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    png_set_user_limits(r->png, INC_IMAGE_SIDE_MAX, INC_IMAGE_SIDE_MAX);
    png_set_chunk_malloc_max(r->png, CHUNK_MEMORY_MAX);
    png_set_crc_action(r->png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE); /* inc_png_probe has looked at the sums, faster */
    png_set_read_fn(r->png, r, on_read);
#ifdef PNG_IGNORE_ADLER32
    png_set_option(r->png, PNG_IGNORE_ADLER32, PNG_OPTION_ON); /* each chunk has its CRC */
#endif
    png_read_info(r->png, r->info);
    to_srgb(r);
    png_set_expand(r->png);
    png_set_interlace_handling(r->png);
    png_read_update_info(r->png, r->info);
    return true;
}

static bool read_rows(reader *r, uint8_t *rows, size_t stride, uint32_t height, int passes)
{
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    for (int pass = 0; pass < passes; pass++)
        for (uint32_t y = 0; y < height; y++)
            png_read_row(r->png, rows + y * stride, NULL);
    return true;
}

typedef struct split { /* colours and alpha of a picture that is taken apart row by row */
    uint8_t *line, *line_alpha; /* room for a row */
    uint8_t *colors, *alpha;
    bool transparent;           /* false: nothing is yet, and alpha is untouched */
} split;

static void split_row(split *s, uint32_t y, uint32_t width, unsigned channels)
{
    inc_pixels_split(s->line, width, channels, s->colors + (size_t)y * width * (channels - 1), s->line_alpha);
    if (!s->transparent) {
        uint8_t all = 0xFF;
        for (uint32_t x = 0; x < width; x++)
            all &= s->line_alpha[x];
        if (all == 0xFF)
            return;
        s->transparent = true;
        memset(s->alpha, 0xFF, (size_t)y * width);
    }
    memcpy(s->alpha + (size_t)y * width, s->line_alpha, width);
}

/* Each row is taken apart at once: most pictures of this kind are large screen shots. */
static bool read_split_rows(reader *r, split *s, uint32_t width, uint32_t height, unsigned channels)
{
    if (setjmp(png_jmpbuf(r->png)))
        return false;
    for (uint32_t y = 0; y < height; y++) {
        png_read_row(r->png, s->line, NULL);
        split_row(s, y, width, channels);
    }
    return true;
}

static bool is_grey_16(const uint8_t *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (memcmp(rows + i * 6, rows + i * 6 + 2, 4) != 0)
            return false;
    return true;
}

/* 16 bits: the samples stay, alpha is rounded to 8. */
static void split_16(inc_pixels *pixels, uint8_t *rows, unsigned channels, inc_arena *arena)
{
    size_t count = (size_t)pixels->width * pixels->height, step = channels * 2u, keep = channels < 3 ? 2 : 6;
    if (channels % 2 == 0) {
        uint8_t *alpha = inc_alloc(arena, count);
        bool opaque = true;
        for (size_t i = 0; i < count; i++) {
            const uint8_t *a = rows + i * step + step - 2;
            alpha[i] = (uint8_t)(((uint32_t)(a[0] << 8 | a[1]) * 255 + 32767) / 65535);
            opaque = opaque && alpha[i] == 0xFF;
            memmove(rows + i * keep, rows + i * step, keep);
        }
        if (!opaque)
            pixels->alpha = (inc_str){(const char *)alpha, count};
    }
    if (keep == 6 && is_grey_16(rows, count)) {
        for (size_t i = 0; i < count; i++)
            memmove(rows + i * 2, rows + i * 6, 2);
        keep = 2;
    }
    pixels->color = keep == 2 ? INC_IMAGE_GRAY : INC_IMAGE_RGB;
    pixels->bits = 16;
    pixels->data = (inc_str){(const char *)rows, count * keep};
}

/* What follows may grow the samples where they stand: to four inks a pixel, and a byte more a row (inc_png_filter). Pages that are never
 * touched cost nothing. */
static size_t row_room(size_t stride, uint32_t width)
{
    return INC_MAX(stride, (size_t)width * 4) + 1;
}

static bool read_png(reader *r, inc_arena *arena, inc_pixels *pixels)
{
    if (!read_header(r))
        return false;
    uint32_t width = png_get_image_width(r->png, r->info), height = png_get_image_height(r->png, r->info);
    unsigned channels = png_get_channels(r->png, r->info), bits = png_get_bit_depth(r->png, r->info);
    size_t stride = png_get_rowbytes(r->png, r->info);
    if ((uint64_t)width * height > INC_PIXELS_MAX || channels < 1 || channels > 4 || (bits != 8 && bits != 16) ||
        stride != (size_t)width * channels * (bits / 8))
        return false;
    int passes = png_get_interlace_type(r->png, r->info) == PNG_INTERLACE_ADAM7 ? 7 : 1;
    pixels->width = width;
    pixels->height = height;
    pixels->profile = inc_str_dup(arena, r->profile);
    if (bits == 8 && channels % 2 == 0 && passes == 1) {
        split s = {.line = inc_alloc(arena, stride), .line_alpha = inc_alloc(arena, width), .alpha = inc_alloc_array(arena, height, width)};
        s.colors = inc_alloc_array(arena, height, row_room((size_t)width * (channels - 1), width)); /* last, so that it may grow */
        if (!read_split_rows(r, &s, width, height, channels))
            return false;
        inc_pixels_from_planes(pixels, s.colors, channels - 1, s.transparent ? s.alpha : NULL);
        return true;
    }
    uint8_t *rows = inc_alloc_array(arena, height, row_room(stride, width));
    if (!read_rows(r, rows, stride, height, passes))
        return false;
    if (bits == 16)
        split_16(pixels, rows, channels, arena);
    else
        inc_pixels_from_rows(pixels, rows, channels, arena);
    return true;
}

bool inc_png_read(inc_str bytes, inc_arena *arena, inc_pixels *pixels, const char **fault)
{
    reader *r = INC_NEW(arena, reader);
    void **slot = inc_defer(arena, free_reader);
    r->bytes = bytes;
    r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, on_error, on_warning);
    if (!r->png)
        inc_out_of_memory();
    *slot = r;
    r->info = png_create_info_struct(r->png);
    if (!r->info)
        inc_out_of_memory();
    bool good = read_png(r, arena, pixels);
    *slot = NULL;
    free_reader(r);
    *fault = "is a damaged PNG";
    return good;
}

/* ---- writing ---- */

static void put_be32(char *p, uint32_t v)
{
    for (int i = 0; i < 4; i++)
        p[i] = (char)(v >> (24 - 8 * i));
}

static void add_chunk(inc_buf *out, const char type[4], const void *data, size_t n)
{
    char word[4];
    put_be32(word, (uint32_t)n);
    inc_buf_add(out, (inc_str){word, 4});
    inc_buf_add(out, (inc_str){type, 4});
    inc_buf_add(out, (inc_str){data, n});
    put_be32(word, libdeflate_crc32(libdeflate_crc32(0, type, 4), data, n));
    inc_buf_add(out, (inc_str){word, 4});
}

static void free_compressor(void *p)
{
    libdeflate_free_compressor(p);
}

/* A zlib stream. Higher levels take thrice the time for five per cent. */
static inc_str pack(inc_arena *arena, const void *data, size_t size)
{
    void **slot = inc_defer(arena, free_compressor);
    struct libdeflate_compressor *deflate = *slot = libdeflate_alloc_compressor(6);
    if (!deflate)
        inc_out_of_memory();
    size_t bound = libdeflate_zlib_compress_bound(deflate, size);
    char *packed = inc_alloc(arena, bound);
    size_t n = libdeflate_zlib_compress(deflate, data, size, packed, bound);
    libdeflate_free_compressor(deflate);
    *slot = NULL;
    return (inc_str){packed, n};
}

static void add_profile(inc_arena *arena, inc_str profile, inc_buf *out)
{
    inc_buf chunk = inc_buf_in(arena);
    inc_buf_add(&chunk, INC_STR("icc\0\0")); /* a name, and the only method */
    inc_buf_add(&chunk, pack(arena, profile.p, profile.n));
    add_chunk(out, "iCCP", inc_buf_str(&chunk).p, chunk.n);
}

void inc_png_write(inc_arena *arena, uint8_t *samples, uint32_t width, uint32_t height, unsigned channels, unsigned filters, inc_str profile, inc_buf *out)
{
    static const char types[] = {[1] = PNG_COLOR_TYPE_GRAY, [2] = PNG_COLOR_TYPE_GRAY_ALPHA, [3] = PNG_COLOR_TYPE_RGB, [4] = PNG_COLOR_TYPE_RGB_ALPHA};
    assert(channels >= 1 && channels <= 4 && width && height && (uint64_t)width * height <= INC_PIXELS_MAX);
    size_t stride = (size_t)width * channels, size = (stride + 1) * height;
    inc_png_filter(arena, samples, stride, height, channels, filters);
    inc_str packed = pack(arena, samples, size);
    char header[13] = {[8] = 8, [9] = types[channels]};
    put_be32(header, width);
    put_be32(header + 4, height);
    inc_buf_add(out, INC_STR("\x89PNG\r\n\x1A\n"));
    add_chunk(out, "IHDR", header, sizeof header);
    if (profile.n)
        add_profile(arena, profile, out);
    add_chunk(out, "IDAT", packed.p, packed.n);
    add_chunk(out, "IEND", "", 0);
}
