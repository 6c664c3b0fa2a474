/* test_ink.c - colours and pictures as inks: neutral ones in black alone, limits, profiles that cannot be used, the ways of each kind. */
#include "ink_fixture.h"

#include <jpeglib.h>
#include <lcms2.h>

enum { W = 16, H = 16 };

/* ---- single colours ---- */

static void assert_ink(inc_ink got, unsigned c, unsigned m, unsigned y, unsigned k)
{
    if (got.cyan != c || got.magenta != m || got.yellow != y || got.black != k)
        fail_msg("got %u %u %u %u, want %u %u %u %u", got.cyan, got.magenta, got.yellow, got.black, c, m, y, k);
}

static void test_colours(void **state)
{
    inc_inks *inks = test_inks(*state, false, INC_INK_TOTAL);
    unsigned wanted;
    assert_ink(inc_inks_of(inks, (inc_color){0, 0, 0, 255}, NULL), 0, 0, 0, 100);
    assert_ink(inc_inks_of(inks, (inc_color){255, 255, 255, 255}, NULL), 0, 0, 0, 0);
    assert_ink(inc_inks_of(inks, (inc_color){128, 128, 128, 255}, &wanted), 0, 0, 0, 50);
    assert_int_equal(wanted, 50);
    inc_ink red = inc_inks_of(inks, (inc_color){255, 0, 0, 255}, NULL), blue = inc_inks_of(inks, (inc_color){0, 0, 255, 255}, NULL);
    assert_true(red.cyan < 5 && red.magenta > 90 && red.yellow > 90 && red.black == 0);
    assert_true(blue.cyan > 85 && blue.magenta > 75 && blue.yellow < 10);
    inc_color text = inc_ink_text_color((inc_color){0x1F, 0x29, 0x37, 255});
    assert_true(text.r == text.g && text.g == text.b);
    text = inc_ink_text_color((inc_color){0x80, 0, 0, 255});
    assert_int_equal(text.r, 0x80);
}

static void test_limit(void **state)
{
    inc_inks *free_inks = test_inks(*state, false, INC_INK_TOTAL), *inks = test_inks(*state, false, 200);
    inc_color night = {0, 0, 40, 255};
    unsigned wanted, all;
    inc_ink a = inc_inks_of(free_inks, night, &all), b = inc_inks_of(inks, night, &wanted);
    assert_int_equal(a.cyan + a.magenta + a.yellow + a.black, all);
    assert_int_equal(wanted, all);
    assert_true(all > 200);
    assert_true(b.cyan + b.magenta + b.yellow + b.black <= 200 && b.cyan + b.magenta + b.yellow + b.black > 196);
    assert_int_equal(a.black, b.black);
    assert_true(b.cyan < a.cyan);
}

static void test_black_alone(void **state)
{
    inc_inks *inks = test_inks(*state, true, INC_INK_TOTAL);
    assert_ink(inc_inks_of(inks, (inc_color){255, 0, 0, 255}, NULL), 0, 0, 0, 70);
    assert_false(inc_inks_are_grey(inks));
}

/* ---- profiles ---- */

static void assert_refused(inc_arena *arena, inc_str bytes, const char *want)
{
    const char *fault = NULL;
    assert_null(inc_inks_open(arena, bytes, false, INC_INK_TOTAL, &fault));
    assert_string_equal(fault, want);
}

static inc_str saved(inc_arena *arena, cmsHPROFILE profile)
{
    cmsUInt32Number n = 0;
    assert_true(cmsSaveProfileToMem(profile, NULL, &n));
    char *p = inc_alloc(arena, n);
    assert_true(cmsSaveProfileToMem(profile, p, &n));
    cmsCloseProfile(profile);
    return (inc_str){p, n};
}

static inc_str changed(inc_arena *arena, inc_str s, size_t at, const char *bytes, size_t n)
{
    s = inc_str_dup(arena, s);
    memcpy((char *)s.p + at, bytes, n);
    return s;
}

static void test_profiles(void **state)
{
    inc_arena *arena = *state;
    inc_str own = own_profile(arena), srgb = saved(arena, cmsCreate_sRGBProfile());
    assert_refused(arena, INC_STR(""), "is not an ICC profile");
    assert_refused(arena, inc_str_slice(own, 0, 100), "is not an ICC profile");
    assert_refused(arena, changed(arena, own, 36, "x", 1), "is not an ICC profile");
    assert_refused(arena, inc_str_slice(own, 0, own.n - 1), "is a cut-off or damaged ICC profile");
    assert_refused(arena, srgb, "is not the profile of a printing condition (its device class is not 'prtr')");
    assert_refused(arena, changed(arena, own, 16, "RGB ", 4), "is neither a CMYK nor a grey profile");
    assert_refused(arena, changed(arena, own, 8, "\4\x30", 2), "is of a version of ICC that PDF/X-4 does not know (it ends with 4.2)");
    assert_refused(arena, changed(arena, own, 8, "\5\0", 2), "is of a version of ICC that PDF/X-4 does not know (it ends with 4.2)");
    assert_refused(arena, changed(arena, own, 128, "\xFF\xFF\xFF\xFF", 4), "is a damaged ICC profile"); /* tags */
    char no_tables[13 * 12];
    memcpy(no_tables, own.p + 132, sizeof no_tables);
    for (size_t i = 0; i < sizeof no_tables; i += 12)
        if (memcmp(no_tables + i, "B2A", 3) == 0)
            no_tables[i] = 'X';
    assert_refused(arena, changed(arena, own, 132, no_tables, sizeof no_tables), "is an ICC profile that cannot convert colours into inks");
    assert_str(inc_inks_description(test_inks(arena, false, INC_INK_TOTAL)), "FOGRA39L Coated");
}

static void test_grey_profile(void **state)
{
    inc_arena *arena = *state;
    cmsToneCurve *curve = cmsBuildGamma(NULL, 2.2);
    cmsHPROFILE profile = cmsCreateGrayProfile(cmsD50_xyY(), curve);
    cmsFreeToneCurve(curve);
    cmsSetDeviceClass(profile, cmsSigOutputClass);
    cmsSetProfileVersion(profile, 2.4);
    const char *fault = NULL;
    inc_inks *inks = inc_inks_open(arena, saved(arena, profile), false, INC_INK_TOTAL, &fault);
    assert_non_null(inks);
    assert_true(inc_inks_are_grey(inks));
    assert_ink(inc_inks_of(inks, (inc_color){0, 255, 0, 255}, NULL), 0, 0, 0, 41);
}

/* ---- pictures ---- */

static inc_pixels samples(inc_arena *arena, bool noisy)
{
    uint8_t *p = inc_alloc_array(arena, W * H, 3);
    for (size_t i = 0; i < W * H; i++) {
        uint8_t v = noisy ? (uint8_t)(i * 37 % 251) : 0;
        uint8_t rgb[3] = {v, i % W < 12 || noisy ? v : 200, v};
        memcpy(p + 3 * i, rgb, 3);
    }
    p[0] = 250; /* so that it is not grey */
    return (inc_pixels){.color = INC_IMAGE_RGB, .bits = 8, .width = W, .height = H, .data = {(char *)p, W * H * 3}, .alpha = INC_STR(""), .profile = INC_STR("")};
}

static void test_drawing(void **state)
{
    inc_arena *arena = *state;
    inc_inks *inks = test_inks(arena, false, INC_INK_TOTAL);
    unsigned heaviest = 1;
    inc_pixels drawing = samples(arena, false), photo = samples(arena, true);
    assert_true(inc_inks_pixels(inks, arena, false, &drawing, &heaviest));
    assert_int_equal(heaviest, 0);
    assert_int_equal(drawing.color, INC_IMAGE_CMYK);
    assert_int_equal(drawing.data.n, W * H * 4);
    assert_memory_equal(drawing.data.p + 4 * 5, "\0\0\0\xFF", 4); /* black is black */
    assert_true((uint8_t)drawing.data.p[4 * 13] > 100);           /* green is not */
    for (size_t i = 1; i < W * H; i++) /* of pixels that are alike one is converted */
        assert_memory_equal(drawing.data.p + 4 * i, drawing.data.p + 4 * (i % W < 12 ? 5 : 13), 4);
    assert_memory_not_equal(drawing.data.p, drawing.data.p + 4, 4);
    assert_true(inc_inks_pixels(inks, arena, false, &photo, &heaviest));
    assert_true((uint8_t)photo.data.p[4 * 2] > 100); /* a dark grey of several inks, like its neighbours */
}

static void test_picture_limit(void **state)
{
    inc_arena *arena = *state;
    unsigned heaviest;
    inc_pixels photo = samples(arena, true);
    assert_true(inc_inks_pixels(test_inks(arena, false, 180), arena, false, &photo, &heaviest));
    const uint8_t *p = (const uint8_t *)photo.data.p;
    for (size_t i = 0; i < W * H; i++, p += 4)
        assert_true(p[0] + p[1] + p[2] + p[3] <= 180 * 255 / 100);
}

/* In place, growing or shrinking, the result is the same. */
static void test_in_place(void **state)
{
    inc_arena *arena = *state, *own = inc_arena_new();
    inc_inks *inks = test_inks(arena, false, INC_INK_TOTAL);
    unsigned heaviest;
    for (int bits = 8; bits <= 16; bits += 8)
        for (int noisy = 0; noisy < 2; noisy++) {
            inc_pixels apart = samples(arena, noisy), together;
            size_t n = W * H * 3u * (unsigned)bits / 8;
            if (bits == 16) {
                char *wide = inc_alloc(arena, n);
                for (size_t i = 0; i < n / 2; i++)
                    wide[2 * i] = apart.data.p[i], wide[2 * i + 1] = (char)(i * 7);
                apart.bits = 16;
                apart.data = (inc_str){wide, n};
            }
            together = apart;
            together.data.p = memcpy(inc_alloc(own, n), apart.data.p, n);
            assert_true(inc_inks_pixels(inks, arena, false, &apart, &heaviest) && inc_inks_pixels(inks, own, true, &together, &heaviest));
            assert_int_equal(together.data.n, apart.data.n);
            assert_memory_equal(together.data.p, apart.data.p, apart.data.n);
        }
    inc_arena_free(own);
}

static void test_16_bits(void **state)
{
    inc_arena *arena = *state;
    unsigned heaviest;
    inc_pixels eight = samples(arena, true), sixteen = eight;
    char *p = inc_alloc(arena, W * H * 6);
    for (size_t i = 0; i < W * H * 3; i++)
        p[2 * i] = p[2 * i + 1] = eight.data.p[i];
    sixteen.bits = 16;
    sixteen.data = (inc_str){p, W * H * 6};
    inc_inks *inks = test_inks(arena, false, INC_INK_TOTAL);
    assert_true(inc_inks_pixels(inks, arena, false, &eight, &heaviest) && inc_inks_pixels(inks, arena, false, &sixteen, &heaviest));
    assert_int_equal(sixteen.bits, 8);
    for (size_t i = 0; i < W * H * 4; i++)
        assert_in_range((uint8_t)eight.data.p[i] + 2, (uint8_t)sixteen.data.p[i], (uint8_t)sixteen.data.p[i] + 4);
}

/* The same numbers of another space are another colour. */
static void test_profile_of_picture(void **state)
{
    inc_arena *arena = *state;
    cmsCIExyYTRIPLE wide = {{0.7347, 0.2653, 1}, {0.1152, 0.8264, 1}, {0.1566, 0.0177, 1}};
    cmsToneCurve *curve = cmsBuildGamma(NULL, 2.2), *curves[3] = {curve, curve, curve};
    inc_str profile = saved(arena, cmsCreateRGBProfile(cmsD50_xyY(), &wide, curves));
    cmsFreeToneCurve(curve);
    inc_inks *inks = test_inks(arena, false, INC_INK_TOTAL);
    inc_pixels plain = samples(arena, false), told = samples(arena, false), broken = samples(arena, false);
    told.profile = profile;
    broken.profile = INC_STR("nothing of the kind");
    unsigned heaviest;
    assert_true(inc_inks_pixels(inks, arena, false, &plain, &heaviest) && inc_inks_pixels(inks, arena, false, &told, &heaviest) &&
                inc_inks_pixels(inks, arena, false, &broken, &heaviest));
    assert_memory_not_equal(plain.data.p, told.data.p, W * H * 4);
    assert_memory_equal(plain.data.p, broken.data.p, W * H * 4);
    assert_int_equal(told.profile.n, 0);
}

/* ---- JPEG ---- */

/* Of 3 components (RGB, or YCbCr with `chroma` 0 or not) or 4 (inverted CMYK). */
static inc_pixels jpeg(inc_arena *arena, int components, bool chroma)
{
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL;
    unsigned long n = 0;
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &n);
    c.image_width = W;
    c.image_height = H;
    c.input_components = components;
    c.in_color_space = components == 4 ? JCS_CMYK : JCS_RGB;
    jpeg_set_defaults(&c);
    jpeg_start_compress(&c, TRUE);
    for (int y = 0; y < H; y++) {
        unsigned char row[W * 4] = {0};
        for (int x = 0; x < W * components; x++)
            row[x] = (unsigned char)(components == 4 ? 10 : chroma ? (x % 3 == 1 ? 220 : 30) : y * 15);
        JSAMPROW rows[] = {row};
        jpeg_write_scanlines(&c, rows, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    inc_pixels p = {.color = components == 4 ? INC_IMAGE_CMYK : INC_IMAGE_RGB, .bits = 8, .width = W, .height = H, .jpeg = true,
                    .inverted_cmyk = components == 4, .data = inc_str_dup(arena, (inc_str){(char *)bytes, n}), .alpha = INC_STR(""), .profile = INC_STR("")};
    free(bytes);
    return p;
}

/* The first pixel of a JPEG, in the components that it has. */
static unsigned first_pixel(inc_str bytes, uint8_t pixel[4])
{
    struct jpeg_decompress_struct d;
    struct jpeg_error_mgr errors;
    d.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&d);
    jpeg_mem_src(&d, (const unsigned char *)bytes.p, bytes.n);
    jpeg_read_header(&d, TRUE);
    assert_int_equal(d.image_width, W);
    assert_int_equal(d.image_height, H);
    d.out_color_space = d.num_components == 1 ? JCS_GRAYSCALE : JCS_CMYK;
    jpeg_start_decompress(&d);
    uint8_t line[W * 4];
    JSAMPROW rows[] = {line};
    jpeg_read_scanlines(&d, rows, 1);
    unsigned components = (unsigned)d.output_components;
    memcpy(pixel, line, components);
    jpeg_destroy_decompress(&d);
    return components;
}

static void test_jpeg(void **state)
{
    inc_arena *arena = *state;
    inc_inks *inks = test_inks(arena, false, INC_INK_TOTAL);
    unsigned heaviest;
    uint8_t pixel[4];
    inc_pixels green = jpeg(arena, 3, true), grey = jpeg(arena, 3, false), cmyk = jpeg(arena, 4, true);
    inc_str before = cmyk.data;
    assert_true(inc_inks_pixels(inks, arena, false, &green, &heaviest));
    assert_int_equal(green.color, INC_IMAGE_CMYK);
    assert_true(green.jpeg && green.inverted_cmyk);
    assert_int_equal(first_pixel(green.data, pixel), 4);
    inc_ink ink = inc_inks_of(inks, (inc_color){30, 220, 30, 255}, NULL);
    assert_in_range(255 - pixel[0], ink.cyan * 255 / 100 - 9, ink.cyan * 255 / 100 + 9);
    assert_in_range(255 - pixel[2], ink.yellow * 255 / 100 - 9, ink.yellow * 255 / 100 + 9);
    assert_true(inc_inks_pixels(inks, arena, false, &grey, &heaviest));
    assert_int_equal(grey.color, INC_IMAGE_GRAY);
    assert_int_equal(first_pixel(grey.data, pixel), 1);
    assert_true(inc_inks_pixels(inks, arena, false, &cmyk, &heaviest));
    assert_ptr_equal(cmyk.data.p, before.p);
    assert_int_equal(heaviest, 0);
    assert_true(inc_inks_pixels(test_inks(arena, false, 240), arena, false, &cmyk, &heaviest));
    assert_ptr_equal(cmyk.data.p, before.p);
    assert_in_range(heaviest, 375, 390); /* four times 245 */
}

static void test_jpeg_in_black(void **state)
{
    inc_arena *arena = *state;
    inc_inks *inks = test_inks(arena, true, INC_INK_TOTAL);
    unsigned heaviest;
    uint8_t pixel[4];
    inc_pixels green = jpeg(arena, 3, true), cmyk = jpeg(arena, 4, true);
    assert_true(inc_inks_pixels(inks, arena, false, &green, &heaviest) && inc_inks_pixels(inks, arena, false, &cmyk, &heaviest));
    assert_int_equal(green.color, INC_IMAGE_GRAY);
    assert_int_equal(first_pixel(green.data, pixel), 1);
    assert_in_range(pixel[0], 138, 146); /* .299 * 30 + .587 * 220 + .114 * 30 */
    assert_int_equal(cmyk.color, INC_IMAGE_GRAY);
    assert_false(cmyk.inverted_cmyk);
    assert_int_equal(first_pixel(cmyk.data, pixel), 1);
    assert_in_range(pixel[0], 0, 4);
}

static void test_broken_jpeg(void **state)
{
    inc_arena *arena = *state;
    unsigned heaviest;
    inc_pixels p = jpeg(arena, 3, true);
    size_t table = inc_str_find(p.data, (inc_str){"\xFF\xC4", 2});
    memset((char *)p.data.p + table + 4, 0xFF, 18); /* an impossible Huffman table */
    assert_false(inc_inks_pixels(test_inks(arena, false, INC_INK_TOTAL), arena, false, &p, &heaviest));
    p = jpeg(arena, 3, true);
    p.width = W / 2; /* what stands in the file is another size */
    assert_false(inc_inks_pixels(test_inks(arena, false, INC_INK_TOTAL), arena, false, &p, &heaviest));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_colours), TEST(test_limit), TEST(test_black_alone), TEST(test_profiles), TEST(test_grey_profile), TEST(test_drawing),
        TEST(test_picture_limit), TEST(test_in_place), TEST(test_16_bits), TEST(test_profile_of_picture), TEST(test_jpeg), TEST(test_jpeg_in_black), TEST(test_broken_jpeg),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
