/* test_image.c - probing and pixels of pictures made here, whole and damaged. */
#include "harness.h"

#include <png.h>
#include <stdlib.h>
#include <unistd.h>

#include <jpeglib.h>
#include <webp/encode.h>

#include "base/guard.h"
#include "image/image.h"

typedef struct world {
    inc_arena *arena;
    inc_diags *diags;
    inc_images *images;
    char path[64];
    unsigned count;
} world;

static world begin(void **state)
{
    world w = {.arena = *state};
    w.diags = inc_diags_new(w.arena);
    w.images = inc_images_new(w.arena, w.diags);
    strcpy(w.path, "/tmp/incipit-image-XXXXXX");
    int fd = mkstemp(w.path);
    assert_true(fd >= 0);
    close(fd);
    remove(w.path); /* until it is written */
    return w;
}

static const inc_image *open_bytes(world *w, inc_str bytes)
{
    FILE *f = fopen(w->path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, f), bytes.n);
    fclose(f);
    const inc_image *image = inc_images_open(w->images, inc_strf(w->arena, "image %u", w->count++), inc_str_of(w->path), INC_NO_SPAN);
    remove(w->path);
    return image;
}

static const inc_image *open_text(world *w, const char *text)
{
    return open_bytes(w, inc_str_of(text));
}

/* ---- PNG ---- */

static void png_to_buf(png_structp png, png_bytep data, size_t n)
{
    inc_buf_add(png_get_io_ptr(png), (inc_str){(const char *)data, n});
}

typedef struct kind {
    int type, bits;
    bool interlaced, trns;
} kind;

enum { W = 13, H = 9 };

/* Sample c of pixel (x, y), in `bits` bits. */
static unsigned sample(unsigned x, unsigned y, unsigned c, int bits)
{
    unsigned v = x * 37 + y * 91 + c * 53 + (x * y) % 7 * 11;
    return bits == 16 ? v * 257 % 65536 : v % (1u << bits);
}

static inc_str make_png(inc_arena *arena, kind k)
{
    inc_buf out = inc_buf_in(arena);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &out, png_to_buf, NULL);
    png_set_IHDR(png, info, W, H, k.bits, k.type, k.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(png, info, 11811, 11811, PNG_RESOLUTION_METER); /* 300 an inch */
    png_color palette[256];
    png_byte alphas[256];
    for (unsigned i = 0; i < 256; i++) {
        palette[i] = (png_color){(png_byte)i, (png_byte)(255 - i), (png_byte)(i * 3)};
        alphas[i] = (png_byte)(i * 5);
    }
    if (k.type == PNG_COLOR_TYPE_PALETTE) {
        png_set_PLTE(png, info, palette, 1 << k.bits);
        if (k.trns)
            png_set_tRNS(png, info, alphas, 1 << k.bits, NULL);
    } else if (k.trns) {
        png_color_16 key = {.red = (png_uint_16)sample(2, 3, 0, k.bits), .green = (png_uint_16)sample(2, 3, 1, k.bits),
                            .blue = (png_uint_16)sample(2, 3, 2, k.bits), .gray = (png_uint_16)sample(2, 3, 0, k.bits)};
        png_set_tRNS(png, info, NULL, 0, &key);
    }
    png_write_info(png, info);
    if (k.bits < 8)
        png_set_packing(png);
    unsigned channels = png_get_channels(png, info);
    size_t stride = (size_t)W * channels * (k.bits == 16 ? 2 : 1);
    png_bytep rows[H];
    for (unsigned y = 0; y < H; y++) {
        rows[y] = inc_alloc(arena, stride);
        for (unsigned x = 0; x < W; x++)
            for (unsigned c = 0; c < channels; c++) {
                unsigned v = sample(x, y, c, k.bits);
                if (k.bits == 16) {
                    rows[y][(x * channels + c) * 2] = (png_byte)(v >> 8);
                    rows[y][(x * channels + c) * 2 + 1] = (png_byte)v;
                } else
                    rows[y][x * channels + c] = (png_byte)v;
            }
    }
    png_write_image(png, rows);
    png_write_end(png, NULL);
    png_destroy_write_struct(&png, &info);
    return inc_buf_str(&out);
}

/* What the decoder must give for component c (3: alpha) of a pixel, in 8 bits. */
static unsigned want8(kind k, unsigned x, unsigned y, unsigned c)
{
    unsigned v[4];
    for (unsigned i = 0; i < 4; i++) {
        v[i] = sample(x, y, i, k.bits);
        if (k.bits < 8 && k.type == PNG_COLOR_TYPE_GRAY)
            v[i] = v[i] * 255 / ((1u << k.bits) - 1);
    }
    switch (k.type) {
    case PNG_COLOR_TYPE_PALETTE: {
        unsigned i = sample(x, y, 0, k.bits);
        unsigned rgba[4] = {i, 255 - i, i * 3 & 255, k.trns ? i * 5 & 255 : 255};
        return rgba[c];
    }
    case PNG_COLOR_TYPE_GRAY:
        return c == 3 ? (k.trns && sample(x, y, 0, k.bits) == sample(2, 3, 0, k.bits) ? 0 : 255) : v[0];
    case PNG_COLOR_TYPE_GRAY_ALPHA:
        return c == 3 ? v[1] : v[0];
    case PNG_COLOR_TYPE_RGB: {
        bool key = sample(x, y, 0, k.bits) == sample(2, 3, 0, k.bits) && sample(x, y, 1, k.bits) == sample(2, 3, 1, k.bits) &&
                   sample(x, y, 2, k.bits) == sample(2, 3, 2, k.bits);
        return c == 3 ? (k.trns && key ? 0 : 255) : v[c];
    }
    default:
        return v[c];
    }
}

static void check_pixels(kind k, const inc_pixels *p)
{
    bool grey = k.type == PNG_COLOR_TYPE_GRAY || k.type == PNG_COLOR_TYPE_GRAY_ALPHA;
    assert_int_equal(p->color, grey ? INC_IMAGE_GRAY : INC_IMAGE_RGB);
    assert_int_equal(p->bits, k.bits == 16 ? 16 : 8);
    assert_int_equal(p->data.n, (size_t)W * H * p->color * (p->bits / 8));
    bool alpha = k.trns || k.type == PNG_COLOR_TYPE_GRAY_ALPHA || k.type == PNG_COLOR_TYPE_RGB_ALPHA;
    assert_int_equal(p->alpha.n, alpha ? W * H : 0);
    const uint8_t *data = (const uint8_t *)p->data.p, *coverage = (const uint8_t *)p->alpha.p;
    for (unsigned y = 0; y < H; y++)
        for (unsigned x = 0; x < W; x++) {
            size_t i = (size_t)y * W + x;
            for (unsigned c = 0; c < (unsigned)p->color; c++) {
                if (k.bits == 16)
                    assert_int_equal(data[(i * p->color + c) * 2] << 8 | data[(i * p->color + c) * 2 + 1], sample(x, y, c, 16));
                else
                    assert_int_equal(data[i * p->color + c], want8(k, x, y, c));
            }
            if (alpha && k.bits != 16)
                assert_int_equal(coverage[i], want8(k, x, y, 3));
            else if (alpha && !k.trns)
                assert_in_range(coverage[i] * 257, sample(x, y, grey ? 1 : 3, 16) < 129 ? 0 : sample(x, y, grey ? 1 : 3, 16) - 129,
                                sample(x, y, grey ? 1 : 3, 16) + 129);
        }
}

static void test_png_kinds(void **state)
{
    world w = begin(state);
    const int types[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_PALETTE, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB_ALPHA};
    for (size_t t = 0; t < INC_COUNT(types); t++)
        for (int bits = 1; bits <= 16; bits *= 2)
            for (int variant = 0; variant < 4; variant++) {
                kind k = {types[t], bits, (variant & 1) != 0, (variant & 2) != 0};
                bool has_alpha = (k.type & PNG_COLOR_MASK_ALPHA) != 0;
                if ((bits < 8 && k.type != PNG_COLOR_TYPE_GRAY && k.type != PNG_COLOR_TYPE_PALETTE) ||
                    (bits == 16 && k.type == PNG_COLOR_TYPE_PALETTE) || (has_alpha && k.trns))
                    continue;
                const inc_image *image = open_bytes(&w, make_png(w.arena, k));
                assert_non_null(image);
                assert_int_equal(image->width, W);
                assert_int_equal(image->height, H);
                assert_in_range(image->natural_width, INC_PT * W * 72 / 300 - 200, INC_PT * W * 72 / 300 + 200);
                inc_pixels pixels;
                assert_true(inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &pixels));
                check_pixels(k, &pixels);
            }
    assert_int_equal(w.diags->n, 0);
}

static void test_png_damage(void **state)
{
    world w = begin(state);
    inc_str good = make_png(w.arena, (kind){PNG_COLOR_TYPE_RGB, 8, true, true});
    unsigned refused = 0;
    for (size_t n = 8; n < good.n - 12; n += 7) {
        size_t before = w.diags->n;
        assert_null(open_bytes(&w, inc_str_slice(good, 0, n))); /* at once, whatever is made of it later */
        assert_int_equal(w.diags->n, before + 1);
        refused++;
    }
    assert_true(refused > 30);
    for (size_t at = 8; at < good.n; at++) { /* a checksum or the reader notices, or the picture is still whole */
        char *bad = inc_alloc(w.arena, good.n);
        memcpy(bad, good.p, good.n);
        bad[at] = (char)(bad[at] ^ 0x55);
        const inc_image *image = open_bytes(&w, (inc_str){bad, good.n});
        inc_pixels pixels;
        if (image && inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &pixels))
            assert_int_equal(pixels.width, W);
    }
    char huge[] = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\2\0\0\0\0\0\0\0";
    assert_null(open_bytes(&w, (inc_str){huge, sizeof huge}));
    assert_int_equal(w.diags->v[w.diags->n - 1].id, INC_DIAG_IMAGE_TOO_BIG);
}

/* inc_png_write uses up what it is given. */
static void write_copy(inc_arena *arena, const uint8_t *samples, uint32_t width, uint32_t height, unsigned channels, inc_buf *out)
{
    uint8_t *copy = inc_alloc_array(arena, height, width * channels + 1);
    memcpy(copy, samples, (size_t)width * height * channels);
    inc_png_write(arena, copy, width, height, channels, 1 << 0, INC_STR(""), out);
}

static void test_png_write(void **state)
{
    world w = begin(state);
    uint8_t samples[W * H * 3];
    for (size_t i = 0; i < sizeof samples; i++)
        samples[i] = (uint8_t)(i * i / 7);
    for (unsigned channels = 1; channels <= 3; channels += 2) {
        inc_buf out = inc_buf_in(w.arena), again = inc_buf_in(w.arena);
        write_copy(w.arena, samples, W, H, channels, &out);
        write_copy(w.arena, samples, W, H, channels, &again);
        assert_true(inc_str_eq(inc_buf_str(&out), inc_buf_str(&again)));
        const inc_image *image = open_bytes(&w, inc_buf_str(&out));
        assert_non_null(image);
        assert_int_equal(image->natural_width, W * INC_PT * 3 / 4);
        inc_pixels pixels;
        assert_true(inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &pixels));
        assert_int_equal(pixels.color, channels);
        assert_memory_equal(pixels.data.p, samples, W * H * channels);
    }
}

/* The definition of PNG's filters, byte by byte. */
static uint8_t expected(unsigned filter, const uint8_t *samples, size_t stride, size_t y, size_t i, unsigned step)
{
    int a = i >= step ? samples[y * stride + i - step] : 0, b = y ? samples[(y - 1) * stride + i] : 0;
    int c = y && i >= step ? samples[(y - 1) * stride + i - step] : 0;
    int pa = abs(b - c), pb = abs(a - c), pc = abs(a + b - 2 * c), paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    int guesses[] = {0, a, b, (a + b) / 2, paeth};
    return (uint8_t)(samples[y * stride + i] - guesses[filter]);
}

static void check_filters(inc_arena *arena, const uint8_t *samples, size_t stride, uint32_t height, unsigned step, unsigned filters)
{
    uint8_t *got = inc_alloc_array(arena, height, stride + 1);
    memcpy(got, samples, stride * height);
    inc_png_filter(arena, got, stride, height, step, filters);
    for (uint32_t y = 0; y < height; y++, got += stride + 1) {
        uint64_t best = UINT64_MAX;
        unsigned first = 5; /* of the filters with the smallest sum */
        for (unsigned filter = 0; filter < 5; filter++) {
            uint64_t sum = 0;
            for (size_t i = 0; i < stride; i++)
                sum += (uint64_t)abs((int8_t)expected(filter, samples, stride, y, i, step));
            if ((filters >> filter & 1) && sum < best)
                best = sum, first = filter;
        }
        assert_int_equal(got[0], first);
        for (size_t i = 0; i < stride; i++)
            assert_int_equal(got[1 + i], expected(first, samples, stride, y, i, step));
    }
}

static void test_png_filters(void **state)
{
    enum { ROWS = 7, LONGEST = 200 };
    world w = begin(state);
    uint8_t samples[ROWS * LONGEST];
    for (size_t i = 0; i < sizeof samples; i++) /* slopes, flats and noise, so that each filter wins somewhere */
        samples[i] = (uint8_t)(i % 400 < 200 ? i * i / 90 : i % 3 ? i / 16 : i * 2654435761u >> 7);
    static const size_t strides[] = {8, 64, 72, 128, LONGEST};
    for (size_t k = 0; k < INC_COUNT(strides); k++)
        for (unsigned step = 1; step <= 8; step++)
            for (unsigned filters = 1; filters < 0x20; filters++)
                check_filters(w.arena, samples, strides[k], ROWS, step, filters);
}

static void test_grey_rgb_becomes_grey(void **state)
{
    world w = begin(state);
    uint8_t samples[W * H * 3];
    for (size_t i = 0; i < W * H; i++)
        memset(samples + i * 3, (int)i, 3);
    inc_buf out = inc_buf_in(w.arena);
    write_copy(w.arena, samples, W, H, 3, &out);
    inc_pixels pixels;
    assert_true(inc_image_pixels(open_bytes(&w, inc_buf_str(&out)), w.arena, w.diags, INC_NO_SPAN, &pixels));
    assert_int_equal(pixels.color, INC_IMAGE_GRAY);
    assert_int_equal((uint8_t)pixels.data.p[100], 100);
}

/* ---- JPEG ---- */

typedef struct jpeg_kind {
    J_COLOR_SPACE in, stored;
    int components;
    bool progressive, no_jfif;
    const char *exif;
    unsigned exif_n;
} jpeg_kind;

static inc_str make_jpeg(inc_arena *arena, jpeg_kind k)
{
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &n);
    c.image_width = 32;
    c.image_height = 16;
    c.input_components = k.components;
    c.in_color_space = k.in;
    jpeg_set_defaults(&c);
    jpeg_set_colorspace(&c, k.stored);
    if (k.no_jfif)
        c.write_JFIF_header = c.write_Adobe_marker = FALSE;
    if (k.progressive)
        jpeg_simple_progression(&c);
    jpeg_start_compress(&c, TRUE);
    if (k.exif)
        jpeg_write_marker(&c, JPEG_APP0 + 1, (const JOCTET *)k.exif, k.exif_n);
    JSAMPLE row[32 * 4];
    for (unsigned y = 0; y < 16; y++) {
        for (unsigned i = 0; i < sizeof row; i++)
            row[i] = (JSAMPLE)(i * 3 + y * 9);
        JSAMPROW rows[1] = {row};
        jpeg_write_scanlines(&c, rows, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    inc_str copy = inc_str_dup(arena, (inc_str){(const char *)bytes, n});
    free(bytes);
    return copy;
}

static void test_jpeg_passes_through(void **state)
{
    world w = begin(state);
    inc_str bytes = make_jpeg(w.arena, (jpeg_kind){JCS_RGB, JCS_YCbCr, 3, true, false, NULL, 0});
    inc_buf tail = inc_buf_in(w.arena);
    inc_buf_add(&tail, bytes);
    inc_buf_puts(&tail, "trailing rubbish");
    const inc_image *image = open_bytes(&w, inc_buf_str(&tail));
    assert_non_null(image);
    inc_pixels p;
    assert_true(inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &p));
    assert_true(p.jpeg);
    assert_true(inc_str_eq(p.data, bytes));
    assert_int_equal(p.color, INC_IMAGE_RGB);
    assert_int_equal(p.bits, 8);
    assert_false(p.inverted_cmyk);
    assert_int_equal(p.width, 32);
    image = open_bytes(&w, make_jpeg(w.arena, (jpeg_kind){JCS_GRAYSCALE, JCS_GRAYSCALE, 1, false, false, NULL, 0}));
    assert_true(inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &p));
    assert_int_equal(p.color, INC_IMAGE_GRAY);
    image = open_bytes(&w, make_jpeg(w.arena, (jpeg_kind){JCS_CMYK, JCS_YCCK, 4, false, false, NULL, 0}));
    assert_true(inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &p));
    assert_int_equal(p.color, INC_IMAGE_CMYK);
    assert_true(p.inverted_cmyk);
    image = open_bytes(&w, make_jpeg(w.arena, (jpeg_kind){JCS_RGB, JCS_RGB, 3, false, true, NULL, 0}));
    assert_true(inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &p));
    assert_false(p.jpeg);
    assert_int_equal(p.data.n, 32 * 16 * 3);
    assert_int_equal(w.diags->n, 0);
}

static void test_jpeg_orientation(void **state)
{
    world w = begin(state);
    static const char exif[] = "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    const inc_image *image = open_bytes(&w, make_jpeg(w.arena, (jpeg_kind){JCS_RGB, JCS_YCbCr, 3, false, false, exif, sizeof exif - 1}));
    assert_non_null(image);
    assert_int_equal(image->orientation, 6);
    assert_int_equal(image->width, 16);
    assert_int_equal(image->height, 32);
    assert_true(image->natural_width * 2 == image->natural_height);
    static const char big[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0\0\0\0\0";
    image = open_bytes(&w, make_jpeg(w.arena, (jpeg_kind){JCS_RGB, JCS_YCbCr, 3, false, false, big, sizeof big - 1}));
    assert_int_equal(image->orientation, 3);
    static const char wild[] = "Exif\0\0II*\0\xFF\xFF\xFF\x7F\xFF\xFF";
    image = open_bytes(&w, make_jpeg(w.arena, (jpeg_kind){JCS_RGB, JCS_YCbCr, 3, false, false, wild, sizeof wild - 1}));
    assert_int_equal(image->orientation, 1);
}

static void test_jpeg_damage(void **state)
{
    world w = begin(state);
    inc_str good = make_jpeg(w.arena, (jpeg_kind){JCS_RGB, JCS_YCbCr, 3, true, false, NULL, 0});
    for (size_t n = 3; n < good.n; n += 5) {
        size_t before = w.diags->n;
        assert_null(open_bytes(&w, inc_str_slice(good, 0, n)));
        assert_int_equal(w.diags->n, before + 1);
    }
    for (size_t at = 2; at < good.n; at++) {
        char *bad = inc_alloc(w.arena, good.n);
        memcpy(bad, good.p, good.n);
        bad[at] = (char)(bad[at] ^ 0xFF);
        const inc_image *image = open_bytes(&w, (inc_str){bad, good.n});
        inc_pixels p;
        if (image)
            inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &p);
    }
}

/* ---- GIF, WebP ---- */

static void test_gif(void **state)
{
    world w = begin(state);
    /* 3 by 2, palette red green blue white, index 3 transparent: 0 1 2 / 3 0 1 */
    static const char gif[] = "GIF89a\x03\0\x02\0\x81\0\0\xFF\0\0\0\xFF\0\0\0\xFF\xFF\xFF\xFF"
                              "!\xF9\x04\x01\0\0\x03\0,\0\0\0\0\x03\0\x02\0\0\x02\x04\x44\x34\x02\x05\0;";
    const inc_image *image = open_bytes(&w, (inc_str){gif, sizeof gif - 1});
    assert_non_null(image);
    assert_int_equal(image->kind, INC_IMAGE_GIF);
    inc_pixels p;
    assert_true(inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &p));
    assert_int_equal(p.width, 3);
    assert_int_equal(p.height, 2);
    static const uint8_t red_green_blue[] = {255, 0, 0, 0, 255, 0, 0, 0, 255};
    assert_memory_equal(p.data.p, red_green_blue, 9);
    static const uint8_t alpha[] = {255, 255, 255, 0, 255, 255};
    assert_memory_equal(p.alpha.p, alpha, 6);
    for (size_t n = 6; n < sizeof gif - 3; n++) {
        image = open_bytes(&w, (inc_str){gif, n});
        if (image)
            assert_false(inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &p));
    }
}

static void test_webp(void **state)
{
    world w = begin(state);
    uint8_t rgba[8 * 4 * 4], *out = NULL;
    for (size_t i = 0; i < sizeof rgba; i++)
        rgba[i] = (uint8_t)(i * 7 | 1);
    size_t n = WebPEncodeLosslessRGBA(rgba, 8, 4, 8 * 4, &out);
    assert_true(n > 0);
    const inc_image *image = open_bytes(&w, (inc_str){(const char *)out, n});
    assert_non_null(image);
    assert_int_equal(image->width, 8);
    inc_pixels p;
    assert_true(inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &p));
    for (size_t i = 0; i < 32; i++) {
        assert_memory_equal(p.data.p + i * 3, rgba + i * 4, 3);
        assert_int_equal((uint8_t)p.alpha.p[i], rgba[i * 4 + 3]);
    }
    image = open_bytes(&w, (inc_str){(const char *)out, n - n / 3});
    assert_true(!image || !inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &p));
    WebPFree(out);
}

/* ---- SVG and the rest ---- */

static void check_svg(world *w, const char *text, uint32_t width, uint32_t height)
{
    const inc_image *image = open_text(w, text);
    if (!image)
        fail_msg("refused: %s", text);
    assert_int_equal(image->kind, INC_IMAGE_SVG);
    assert_int_equal(image->width, width);
    assert_int_equal(image->height, height);
}

static void test_svg(void **state)
{
    world w = begin(state);
    check_svg(&w, "<svg width='200' height=\"100\"/>", 200, 100);
    check_svg(&w, "\xEF\xBB\xBF<?xml version='1.0'?>\n<!-- <svg width='1'> -->\n<!DOCTYPE svg [<!ENTITY a \"x>y\">]>\n<svg viewBox='0 0 640 480'>", 640, 480);
    check_svg(&w, "<svg:svg xmlns:svg='x' width='1in' viewBox='0,0,2,1'/>", 96, 48);
    check_svg(&w, "<svg width='100%' height='100%' viewBox='0 0 1.2e2 60'>", 120, 60);
    check_svg(&w, "<svg height='25.4mm' viewBox='-5 -5 30 10'>", 288, 96);
    check_svg(&w, "<svg data-width='7' width=' 72pt ' height='6pc'>", 96, 96);
    check_svg(&w, "<svg>", 300, 150);
    check_svg(&w, "<svg width='-5' height='99999999999999999999' viewBox='a b c d'>", 300, 150);
    check_svg(&w, "<svg width='0.1' height='0.1'>", 1, 1);
    const inc_image *image = open_text(&w, "<svg width='0.5' height='10'>");
    assert_int_equal(image->natural_width, INC_PT * 3 / 8);
    assert_int_equal(image->natural_height, INC_PT * 15 / 2);
    inc_pixels p;
    assert_false(inc_image_pixels(image, w.arena, w.diags, INC_NO_SPAN, &p));
    assert_int_equal(w.diags->n, 0);
    assert_null(open_text(&w, "<html><svg/></html>"));
    assert_null(open_text(&w, "<!-- no end"));
    assert_null(open_text(&w, "<!DOCTYPE svg [ <!ENTITY"));
    assert_null(open_text(&w, ""));
    assert_null(open_text(&w, "plain words"));
    assert_int_equal(w.diags->count[INC_ERROR], 5);
}

static void test_registry(void **state)
{
    world w = begin(state);
    assert_null(inc_images_open(w.images, INC_STR("a.png"), INC_STR("/nowhere/a.png"), INC_NO_SPAN));
    assert_null(inc_images_open(w.images, INC_STR("a.png"), INC_STR("/nowhere/a.png"), INC_NO_SPAN));
    assert_int_equal(w.diags->n, 1);
    const inc_image *one = open_text(&w, "<svg/>"), *two = open_text(&w, "<svg/>");
    assert_ptr_not_equal(one, two);
    assert_int_equal(one->hash, two->hash);
    assert_ptr_equal(one, inc_images_open(w.images, one->name, INC_STR("ignored"), INC_NO_SPAN));
}

static void whole_journey(inc_arena *arena, const char *path, const uint8_t *samples)
{
    inc_diags *diags = inc_diags_new(arena);
    const inc_image *image = inc_images_open(inc_images_new(arena, diags), INC_STR("x"), inc_str_of(path), INC_NO_SPAN);
    inc_pixels p;
    assert_non_null(image);
    assert_true(inc_image_pixels(image, arena, diags, INC_NO_SPAN, &p));
    inc_buf out = inc_buf_in(arena);
    write_copy(arena, samples, 8, 4, 3, &out);
}

static void fail_each_allocation(const char *path, const uint8_t *samples)
{
    volatile bool failed = true;
    for (unsigned long n = 1; failed; n++) {
        inc_arena *arena = inc_arena_new();
        inc_guard guard;
        inc_alloc_fail_after(n);
        if (INC_GUARD(&guard) == 0) {
            whole_journey(arena, path, samples);
            inc_guard_leave(&guard);
            failed = false;
        }
        inc_alloc_fail_after(0);
        inc_arena_free(arena);
        assert_true(n < 500);
    }
}

/* The leak checker watches. */
static void test_exhaustion(void **state)
{
    world w = begin(state);
    uint8_t rgba[8 * 4 * 4], *webp = NULL;
    memset(rgba, 7, sizeof rgba);
    size_t webp_n = WebPEncodeLosslessRGBA(rgba, 8, 4, 8 * 4, &webp);
    inc_str files[] = {
        make_png(w.arena, (kind){PNG_COLOR_TYPE_RGB_ALPHA, 16, true, false}),
        make_jpeg(w.arena, (jpeg_kind){JCS_RGB, JCS_RGB, 3, false, true, NULL, 0}),
        {(const char *)webp, webp_n},
    };
    for (size_t i = 0; i < INC_COUNT(files); i++) {
        FILE *f = fopen(w.path, "wb");
        assert_int_equal(fwrite(files[i].p, 1, files[i].n, f), files[i].n);
        fclose(f);
        fail_each_allocation(w.path, rgba);
    }
    remove(w.path);
    WebPFree(webp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_png_kinds), TEST(test_png_damage), TEST(test_png_write), TEST(test_png_filters), TEST(test_grey_rgb_becomes_grey), TEST(test_jpeg_passes_through),
        TEST(test_jpeg_orientation), TEST(test_jpeg_damage), TEST(test_gif), TEST(test_webp), TEST(test_svg), TEST(test_registry),
        TEST(test_exhaustion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
