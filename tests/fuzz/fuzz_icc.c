/* fuzz_icc.c - any bytes are an ICC profile: of the book's printing condition, and of a picture's colours. */
#include "fuzz.h"

#include "inks.h"

static void as_condition(inc_str input, inc_arena *arena, inc_buf *out)
{
    const char *fault = NULL;
    inc_inks *inks = inc_inks_open(arena, input, false, 200, &fault);
    FUZZ_CHECK((inks == NULL) == (fault != NULL), "no word about a profile that is refused, or one about a good one");
    if (!inks) {
        inc_buf_puts(out, fault);
        return;
    }
    inc_buf_add(out, inc_inks_description(inks));
    for (unsigned i = 0; i < 8; i++) {
        inc_ink ink = inc_inks_of(inks, (inc_color){i & 1 ? 255 : 0, i & 2 ? 255 : 0, i & 4 ? 255 : 0, 255}, NULL);
        FUZZ_CHECK(ink.cyan + ink.magenta + ink.yellow + ink.black <= 200, "more ink than the limit");
        inc_buf_add(out, (inc_str){(const char *)&ink, sizeof ink});
    }
}

static void as_pictures(inc_str input, inc_arena *arena, inc_buf *out)
{
    static const uint8_t samples[6] = {200, 30, 30, 30, 40, 200};
    inc_inks *inks = fuzz_inks(false);
    unsigned heaviest;
    inc_pixels pixels = {.color = INC_IMAGE_RGB, .bits = 8, .width = 2, .height = 1, .data = {(const char *)samples, 6}, .alpha = INC_STR(""), .profile = input};
    if (inks && inc_inks_pixels(inks, arena, false, &pixels, &heaviest)) {
        FUZZ_CHECK(pixels.color == INC_IMAGE_CMYK && pixels.data.n == 8, "%zu bytes", pixels.data.n);
        inc_buf_add(out, pixels.data);
    }
}

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    as_condition(input, arena, out);
    as_pictures(input, arena, out);
}
