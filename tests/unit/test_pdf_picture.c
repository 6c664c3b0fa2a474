/* test_pdf_picture.c - pictures made ready for PDF files: what is stored decodes to the samples, whichever way it was packed. */
#include "harness.h"

#include <stdlib.h>
#include <zlib.h>

#include "pdf/picture.h"

enum { W = 900, H = 500, STRIDE = W * 3 }; /* more than a megabyte: the kind of packing is found by a sample */

static inc_pdf_picture *make(inc_arena *arena, const uint8_t *samples)
{
    uint8_t *copy = inc_alloc_array(arena, H, STRIDE + 1);
    memcpy(copy, samples, (size_t)STRIDE * H);
    inc_buf png = inc_buf_in(arena);
    inc_png_write(arena, copy, W, H, 3, 1 << 0, INC_STR(""), &png);
    inc_image *image = INC_NEW(arena, inc_image);
    *image = (inc_image){.kind = INC_IMAGE_PNG, .name = INC_STR("x.png"), .bytes = inc_buf_str(&png), .width = W, .height = H, .orientation = 1};
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

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_slopes_are_predicted), TEST(test_patterns_are_not)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
