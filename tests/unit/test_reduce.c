/* test_reduce.c - pictures in fewer pixels: means in linear light by figures worked out by hand, and JPEGs compressed anew. */
#include "harness.h"

#include <stdlib.h>

#include <jpeglib.h>

#include "image/reduce.h"

static uint8_t byte(inc_str s, size_t at)
{
    assert_true(at < s.n);
    return (uint8_t)s.p[at];
}

static inc_pixels samples(inc_image_color color, uint32_t width, uint32_t height, const uint8_t *data, const uint8_t *alpha)
{
    size_t n = (size_t)width * height;
    return (inc_pixels){.color = color, .bits = 8, .width = width, .height = height, .data = {(const char *)data, n * (unsigned)color},
                        .alpha = alpha ? (inc_str){(const char *)alpha, n} : INC_STR("")};
}

static void assert_bytes(inc_str got, const uint8_t *want, size_t n)
{
    assert_int_equal(got.n, n);
    assert_memory_equal(got.p, want, n);
}

/* ---- means ---- */

/* Black and white are half the light, which sRGB writes as 188, not as 128 (IEC 61966-2-1: 1.055 * 0.5^(1/2.4) - 0.055 = 0.7354). */
static void test_two_pixels(void **state)
{
    static const uint8_t grey[] = {0, 255}, rgb[] = {255, 0, 0, 0, 0, 255}, wanted[] = {188, 0, 188};
    inc_pixels p = samples(INC_IMAGE_GRAY, 2, 1, grey, NULL);
    inc_samples_reduce(&p, 1, 1, *state);
    assert_int_equal(p.width, 1);
    assert_int_equal(p.height, 1);
    assert_int_equal(p.data.n, 1);
    assert_int_equal(byte(p.data, 0), 188);
    assert_int_equal(p.alpha.n, 0);
    p = samples(INC_IMAGE_GRAY, 1, 2, grey, NULL);
    inc_samples_reduce(&p, 1, 1, *state);
    assert_int_equal(byte(p.data, 0), 188);
    p = samples(INC_IMAGE_RGB, 2, 1, rgb, NULL);
    inc_samples_reduce(&p, 1, 1, *state);
    assert_bytes(p.data, wanted, 3);
}

/* Three pixels in two: the middle one lies half in each. Its light is none; two thirds of the whole light are 213 (1.055 * 0.6667^(1/2.4) - 0.055 = 0.836). */
static void test_parts_of_pixels(void **state)
{
    static const uint8_t row[] = {255, 0, 255}, uneven[] = {0, 255, 255}, two_thirds[] = {213, 213}, wanted[] = {156, 255};
    inc_pixels p = samples(INC_IMAGE_GRAY, 3, 1, row, NULL);
    inc_samples_reduce(&p, 2, 1, *state);
    assert_bytes(p.data, two_thirds, 2);
    p = samples(INC_IMAGE_GRAY, 1, 3, row, NULL);
    inc_samples_reduce(&p, 1, 2, *state);
    assert_bytes(p.data, two_thirds, 2);
    p = samples(INC_IMAGE_GRAY, 3, 1, uneven, NULL); /* a third of the light: 1.055 * 0.3333^(1/2.4) - 0.055 = 0.6125 */
    inc_samples_reduce(&p, 2, 1, *state);
    assert_bytes(p.data, wanted, 2);
}

/* Pairs of a gradient, and fours. Their light by the formula of the standard in floating point: 20.45, 81.88, 145.13, 208.80; 60.33, 180.63. */
static void test_gradient(void **state)
{
    static const uint8_t row[] = {0, 32, 64, 96, 128, 160, 192, 224}, pairs[] = {20, 82, 145, 209}, fours[] = {60, 181};
    inc_pixels p = samples(INC_IMAGE_GRAY, 8, 1, row, NULL);
    inc_samples_reduce(&p, 4, 1, *state);
    assert_bytes(p.data, pairs, 4);
    p = samples(INC_IMAGE_GRAY, 1, 8, row, NULL);
    inc_samples_reduce(&p, 1, 2, *state);
    assert_bytes(p.data, fours, 2);
}

/* Every one of the 256 values is its own mean, across any number of pixels. */
static void test_flat_stays(void **state)
{
    for (unsigned v = 0; v < 256; v++) {
        uint8_t data[7 * 5];
        memset(data, (int)v, sizeof data);
        inc_pixels p = samples(INC_IMAGE_GRAY, 7, 5, data, NULL);
        inc_samples_reduce(&p, 3, 2, *state);
        for (size_t i = 0; i < 6; i++)
            assert_int_equal(byte(p.data, i), v);
    }
}

/* What is not seen has no colour: a transparent red takes nothing from the blue beside it. */
static void test_alpha_weighs(void **state)
{
    static const uint8_t rgb[] = {255, 0, 0, 0, 0, 255}, hidden[] = {0, 255}, faint[] = {85, 255}, none[] = {0, 0};
    static const uint8_t blue[] = {0, 0, 255}, mixed[] = {137, 0, 225}, black[] = {0, 0, 0};
    inc_pixels p = samples(INC_IMAGE_RGB, 2, 1, rgb, hidden);
    inc_samples_reduce(&p, 1, 1, *state);
    assert_bytes(p.data, blue, 3);
    assert_int_equal(p.alpha.n, 1);
    assert_int_equal(byte(p.alpha, 0), 128);
    p = samples(INC_IMAGE_RGB, 2, 1, rgb, faint); /* one part of light in four is 137, three are 225 */
    inc_samples_reduce(&p, 1, 1, *state);
    assert_bytes(p.data, mixed, 3);
    assert_int_equal(byte(p.alpha, 0), 170);
    p = samples(INC_IMAGE_RGB, 2, 1, rgb, none);
    inc_samples_reduce(&p, 1, 1, *state);
    assert_bytes(p.data, black, 3);
    assert_int_equal(byte(p.alpha, 0), 0);
}

/* Rows that equal the one before are not summed again: in colour and in coverage, or in neither. */
static void test_equal_rows(void **state)
{
    static const uint8_t rows[] = {0, 255, 0, 255, 0, 255, 255, 255}, wanted[] = {188, 225}; /* three in four: 225 */
    static const uint8_t same[] = {255, 255, 255, 255}, alpha[] = {255, 255, 0, 0};
    inc_pixels p = samples(INC_IMAGE_GRAY, 2, 4, rows, NULL);
    inc_samples_reduce(&p, 1, 2, *state);
    assert_bytes(p.data, wanted, 2);
    p = samples(INC_IMAGE_GRAY, 2, 2, same, alpha); /* equal colours, other coverage */
    inc_samples_reduce(&p, 1, 1, *state);
    assert_int_equal(byte(p.data, 0), 255);
    assert_int_equal(byte(p.alpha, 0), 128);
}

/* 16 bits are big-endian; black and white are half the light there too. */
static void test_sixteen_bits(void **state)
{
    static const uint8_t row[] = {0, 0, 255, 255, 0x80, 0, 0x80, 0}, wanted[] = {188, 128};
    inc_pixels p = samples(INC_IMAGE_GRAY, 4, 1, row, NULL);
    p.bits = 16;
    p.data.n = sizeof row;
    inc_samples_reduce(&p, 2, 1, *state);
    assert_int_equal(p.bits, 8);
    assert_bytes(p.data, wanted, 2);
}

/* ---- sizes ---- */

static void test_proportions(void **state)
{
    static const struct {
        uint32_t width, height, wanted, new_width, new_height;
    } cases[] = {{1, 40, 1, 1, 40}, {40, 1, 10, 10, 1}, {2, 40, 1, 1, 20}, {40, 2, 1, 1, 1}, {3, 5, 2, 2, 3}, {3, 5, 0, 1, 2}, {3, 5, 3, 3, 5}, {3, 5, 99, 3, 5}};
    uint8_t data[80];
    memset(data, 77, sizeof data);
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        inc_pixels p = samples(INC_IMAGE_GRAY, cases[i].width, cases[i].height, data, NULL);
        assert_true(inc_pixels_reduce(&p, cases[i].wanted, *state));
        assert_int_equal(p.width, cases[i].new_width);
        assert_int_equal(p.height, cases[i].new_height);
        assert_int_equal(p.data.n, cases[i].new_width * cases[i].new_height);
        assert_int_equal(byte(p.data, p.data.n - 1), 77);
    }
}

/* ---- JPEG ---- */

enum { WIDE = 64, TALL = 32 };

static inc_pixels jpeg(inc_arena *arena, inc_image_color color, uint8_t value)
{
    uint8_t *data = inc_alloc(arena, WIDE * TALL * 3);
    memset(data, value, WIDE * TALL * 3);
    inc_pixels p = samples(color, WIDE, TALL, data, NULL);
    assert_true(inc_jpeg_write(&p, arena, &p.data));
    p.jpeg = true;
    return p;
}

static unsigned first_sample(const inc_pixels *p, uint32_t *width, uint32_t *height)
{
    struct jpeg_decompress_struct c;
    struct jpeg_error_mgr errors;
    uint8_t row[WIDE * 4];
    JSAMPROW line = row;
    c.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&c);
    jpeg_mem_src(&c, (const unsigned char *)p->data.p, p->data.n);
    jpeg_read_header(&c, TRUE);
    jpeg_start_decompress(&c);
    assert_int_equal(c.output_components, p->color);
    jpeg_read_scanlines(&c, &line, 1);
    *width = c.output_width;
    *height = c.output_height;
    jpeg_destroy_decompress(&c);
    return row[0];
}

/* Eighths: the least that are as wide as asked. */
static void test_jpeg_widths(void **state)
{
    static const uint32_t cases[][3] = {{1, 8, 4}, {8, 8, 4}, {9, 16, 8}, {30, 32, 16}, {33, 40, 20}, {57, 64, 32}, {64, 64, 32}};
    for (size_t i = 0; i < INC_COUNT(cases); i++)
        for (int grey = 0; grey < 2; grey++) {
            inc_pixels p = jpeg(*state, grey ? INC_IMAGE_GRAY : INC_IMAGE_RGB, 99);
            uint32_t width, height;
            assert_true(inc_pixels_reduce(&p, cases[i][0], *state));
            assert_int_equal(first_sample(&p, &width, &height), 99);
            assert_int_equal(width, cases[i][1]);
            assert_int_equal(height, cases[i][2]);
            assert_int_equal(p.width, width);
            assert_int_equal(p.height, height);
            assert_true(p.jpeg);
        }
}

/* Orientation, big-endian, in an Exif block that holds nothing else; nothing when it is as stored or when no reader needs it. */
static void test_jpeg_markers(void **state)
{
    static const char exif[] = "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06";
    static const struct {
        bool markers;
        uint8_t orientation;
        bool there;
    } cases[] = {{true, 6, true}, {true, 1, false}, {false, 6, false}};
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        inc_pixels p = jpeg(*state, INC_IMAGE_RGB, 40);
        assert_true(inc_jpeg_rewrite(&p, &(inc_jpeg_change){.markers = cases[i].markers, .orientation = cases[i].orientation}, *state));
        assert_int_equal(inc_str_find(p.data, (inc_str){exif, sizeof exif - 1}) != INC_NPOS, cases[i].there);
        assert_int_equal(inc_str_find(p.data, INC_STR("Exif")) != INC_NPOS, cases[i].there);
        assert_int_equal(p.width, WIDE);
    }
}

static inc_pixels cmyk(inc_arena *arena, uint8_t inverted)
{
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    uint8_t row[16 * 4];
    JSAMPROW line = row;
    memset(row, inverted, sizeof row);
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &n);
    c.image_width = c.image_height = 16;
    c.input_components = 4;
    c.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&c);
    jpeg_start_compress(&c, TRUE);
    for (int y = 0; y < 16; y++)
        jpeg_write_scanlines(&c, &line, 1);
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    inc_pixels p = {.color = INC_IMAGE_CMYK, .bits = 8, .width = 16, .height = 16, .jpeg = true, .inverted_cmyk = true,
                    .data = inc_str_dup(arena, (inc_str){(const char *)bytes, n})};
    free(bytes);
    return p;
}

/* Inks stay inks, and become inverted ones if they were not; without a profile there are no colours for a screen, and the pixels are left alone. */
static void test_jpeg_inks(void **state)
{
    uint32_t width, height;
    inc_pixels p = cmyk(*state, 200);
    assert_true(inc_pixels_reduce(&p, 8, *state));
    assert_int_equal(p.color, INC_IMAGE_CMYK);
    assert_true(p.inverted_cmyk);
    assert_int_equal(first_sample(&p, &width, &height), 200);
    assert_int_equal(width, 8);
    p = cmyk(*state, 200);
    p.inverted_cmyk = false;
    assert_true(inc_jpeg_rewrite(&p, &(inc_jpeg_change){0}, *state));
    assert_true(p.inverted_cmyk);
    assert_int_equal(first_sample(&p, &width, &height), 55);
    p = cmyk(*state, 200);
    inc_str before = p.data;
    assert_false(inc_jpeg_rewrite(&p, &(inc_jpeg_change){.to_srgb = true, .inks = INC_STR("no profile")}, *state));
    assert_ptr_equal(p.data.p, before.p);
    assert_int_equal(p.color, INC_IMAGE_CMYK);
}

/* Damage is libjpeg's to find; what is said of the size must be true. */
static void test_jpeg_damage(void **state)
{
    inc_pixels p = jpeg(*state, INC_IMAGE_RGB, 40);
    p.width = 32;
    assert_false(inc_jpeg_rewrite(&p, &(inc_jpeg_change){0}, *state));
    p = jpeg(*state, INC_IMAGE_RGB, 40);
    p.data.n = 20;
    assert_false(inc_jpeg_rewrite(&p, &(inc_jpeg_change){.width = 8}, *state));
    assert_int_equal(p.width, WIDE);
    p = samples(INC_IMAGE_GRAY, 65501, 1, inc_alloc(*state, 65501), NULL); /* JPEG_MAX_DIMENSION is 65500 */
    inc_str file;
    assert_false(inc_jpeg_write(&p, *state, &file));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_two_pixels), TEST(test_parts_of_pixels), TEST(test_gradient), TEST(test_flat_stays), TEST(test_alpha_weighs), TEST(test_equal_rows),
        TEST(test_sixteen_bits), TEST(test_proportions), TEST(test_jpeg_widths), TEST(test_jpeg_markers), TEST(test_jpeg_inks), TEST(test_jpeg_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
