/* test_pdf_picture.c - pictures made ready for PDF files: what is stored decodes to the samples, whichever way it was packed. */
#include "harness.h"

#include <stdlib.h>
#include <zlib.h>

#include "pdf/picture.h"

enum { W = 900, H = 500, STRIDE = W * 3 }; /* more than a megabyte: the kind of packing is found by a sample */

static inc_image *png_of(inc_arena *arena, const uint8_t *samples, uint32_t width, uint32_t height)
{
    uint8_t *copy = inc_alloc_array(arena, height, (size_t)width * 3 + 1);
    memcpy(copy, samples, (size_t)width * 3 * height);
    inc_buf png = inc_buf_in(arena);
    inc_png_write(arena, copy, width, height, 3, 1 << 0, INC_STR(""), &png);
    inc_image *image = INC_NEW(arena, inc_image);
    *image = (inc_image){.kind = INC_IMAGE_PNG, .name = INC_STR("x.png"), .bytes = inc_buf_str(&png), .width = width, .height = height,
                         .natural_width = width * INC_PT * 3 / 4, .natural_height = height * INC_PT * 3 / 4, .orientation = 1};
    return image;
}

static inc_pdf_picture *make(inc_arena *arena, const uint8_t *samples)
{
    inc_image *image = png_of(arena, samples, W, H);
    inc_mark *mark = INC_NEW(arena, inc_mark);
    *mark = (inc_mark){.kind = INC_MARK_IMAGE, .width = INC_PT, .height = INC_PT, .as.image = image};
    inc_page page = {.marks = mark, .mark_count = 1};
    inc_pages pages = {.pages = &page, .page_count = 1};
    inc_pdf_pictures *pictures = inc_pdf_pictures_of(&pages, true, NULL, arena);
    assert_int_equal(inc_pdf_pictures_count(pictures), 1);
    inc_pdf_pictures_make(pictures, 0, 0);
    inc_pdf_picture *picture = inc_pdf_pictures_find(pictures, image);
    assert_non_null(picture);
    assert_true(picture->ready);
    assert_int_equal(picture->form[INC_SCREEN].alpha.n, 0);
    return picture;
}

static uint8_t *inflated(inc_arena *arena, inc_str data, size_t size)
{
    uint8_t *out = inc_alloc(arena, size);
    uLongf n = (uLongf)size;
    assert_int_equal(uncompress(out, &n, (const Bytef *)data.p, (uLong)data.n), Z_OK);
    assert_int_equal(n, size);
    return out;
}

/* The rows behind PNG's predictor, as a reader of the file undoes it. */
static uint8_t *unfiltered(inc_arena *arena, const uint8_t *rows)
{
    uint8_t *out = inc_alloc_array(arena, H, STRIDE);
    for (size_t y = 0; y < H; y++)
        for (size_t i = 0; i < STRIDE; i++) {
            const uint8_t *row = rows + y * (STRIDE + 1);
            int a = i >= 3 ? out[y * STRIDE + i - 3] : 0, b = y ? out[(y - 1) * STRIDE + i] : 0, c = y && i >= 3 ? out[(y - 1) * STRIDE + i - 3] : 0;
            int pa = abs(b - c), pb = abs(a - c), pc = abs(a + b - 2 * c);
            int guess = row[0] == 0 ? 0 : row[0] == 1 ? a : row[0] == 2 ? b : pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
            assert_in_set(row[0], ((LargestIntegralType[]){0, 1, 2, 4}), 4);
            out[y * STRIDE + i] = (uint8_t)(row[1 + i] + guess);
        }
    return out;
}

static void test_slopes_are_predicted(void **state)
{
    inc_arena *arena = *state;
    uint8_t *samples = inc_alloc_array(arena, H, STRIDE);
    for (size_t y = 0; y < H; y++)
        for (size_t i = 0; i < STRIDE; i++)
            samples[y * STRIDE + i] = (uint8_t)(y * y / 300 + i * (y % 7 + 1) / 40 + i % 3 * 80);
    const inc_pdf_picture *picture = make(arena, samples);
    assert_true(picture->form[INC_SCREEN].predicted);
    assert_memory_equal(unfiltered(arena, inflated(arena, picture->form[INC_SCREEN].data, (size_t)(STRIDE + 1) * H)), samples, (size_t)STRIDE * H);
}

static void test_patterns_are_not(void **state)
{
    inc_arena *arena = *state;
    uint8_t *samples = inc_alloc_array(arena, H, STRIDE);
    for (size_t y = 0; y < H; y++)
        for (size_t i = 0; i < STRIDE; i++) /* a few kinds of rows, wild in themselves, in no order */
            samples[y * STRIDE + i] = (uint8_t)((i * 2654435761u ^ y * y % 5 * 40503u) >> 9);
    const inc_pdf_picture *picture = make(arena, samples);
    assert_false(picture->form[INC_SCREEN].predicted);
    assert_memory_equal(inflated(arena, picture->form[INC_SCREEN].data, (size_t)STRIDE * H), samples, (size_t)STRIDE * H);
}

/* The screen's form of a picture of 1200 by 900 pixels that is expected in one width, shown in another. */
static inc_pdf_form shown(inc_arena *arena, inc_image *image, inc_len expected, inc_len width, bool again)
{
    inc_pdf_pictures *pictures = inc_pdf_pictures_new(true, 144, NULL, arena);
    inc_mark mark = {.kind = INC_MARK_IMAGE, .width = width, .height = width * 3 / 4, .as.image = image};
    inc_page page = {.marks = &mark, .mark_count = 1};
    inc_pages pages = {.pages = &page, .page_count = 1};
    inc_pdf_pictures_add(pictures, image);
    if (expected)
        inc_pdf_pictures_expect(pictures, expected);
    inc_pdf_pictures_make(pictures, 0, 0);
    assert_int_equal(inc_pdf_pictures_measure(pictures, &pages), again);
    inc_pdf_pictures_make_again(pictures, 0, 0);
    inc_pdf_picture *picture = inc_pdf_pictures_find(pictures, image);
    assert_true(picture->ready);
    return picture->form[INC_SCREEN];
}

/* What was expected changes the work, never the file. */
static void test_size_on_the_page_decides(void **state)
{
    inc_arena *arena = *state;
    enum { WIDTH = 1200, HEIGHT = 900 };
    uint8_t *samples = inc_alloc_array(arena, HEIGHT, WIDTH * 3);
    for (size_t i = 0; i < (size_t)WIDTH * HEIGHT * 3; i++)
        samples[i] = (uint8_t)(i / 90 * 7 + i % 3 * 50);
    inc_image *image = png_of(arena, samples, WIDTH, HEIGHT);
    inc_pdf_form right = shown(arena, image, 200 * INC_PT, 200 * INC_PT, false), all = shown(arena, image, 0, 800 * INC_PT, false);
    assert_int_equal(right.pixels.width, 402); /* 301 rows, for 150 pt and a part of a pixel */
    assert_int_equal(all.pixels.width, WIDTH);
    inc_pdf_form wider = shown(arena, image, 300 * INC_PT, 200 * INC_PT, true), narrower = shown(arena, image, 100 * INC_PT, 200 * INC_PT, true),
                 full = shown(arena, image, 100 * INC_PT, 800 * INC_PT, true);
    assert_int_equal(wider.pixels.width, 402);
    assert_true(inc_str_eq(wider.data, right.data));
    assert_true(inc_str_eq(narrower.data, right.data));
    assert_int_equal(full.pixels.width, WIDTH);
    assert_true(inc_str_eq(full.data, all.data));
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_slopes_are_predicted), TEST(test_patterns_are_not), TEST(test_size_on_the_page_decides)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
