/* webp.c - WebP through libwebp (still pictures; of an animation the header's size, no pixels). */
#include "image/internal.h"

#include <webp/decode.h>

inc_probe inc_webp_probe(inc_str s)
{
    inc_probe p = {.orientation = 1};
    WebPBitstreamFeatures features;
    if (WebPGetFeatures((const uint8_t *)s.p, s.n, &features) != VP8_STATUS_OK || features.width <= 0 ||
        features.height <= 0)
        p.fault = "is a damaged WebP";
    else {
        p.width = (uint32_t)features.width;
        p.height = (uint32_t)features.height;
    }
    return p;
}

bool inc_webp_moves(inc_str s)
{
    WebPBitstreamFeatures features;
    return WebPGetFeatures((const uint8_t *)s.p, s.n, &features) == VP8_STATUS_OK && features.has_animation;
}

/* The chunk ICCP of the extended format, "" without one. */
static inc_str profile_of(inc_str s)
{
    for (size_t at = 12; at + 8 <= s.n;) {
        size_t n = inc_le32(s.p + at + 4), room = s.n - at - 8;
        if (n > room)
            break;
        if (memcmp(s.p + at, "ICCP", 4) == 0)
            return inc_str_slice(s, at + 8, at + 8 + n);
        at += 8 + n + (n & 1);
    }
    return INC_STR("");
}

bool inc_webp_read(inc_str bytes, inc_arena *arena, inc_pixels *pixels, const char **fault)
{
    WebPBitstreamFeatures features;
    *fault = "is a damaged WebP";
    if (WebPGetFeatures((const uint8_t *)bytes.p, bytes.n, &features) != VP8_STATUS_OK || features.width <= 0 ||
        features.height <= 0 || (uint64_t)features.width * (uint64_t)features.height > INC_PIXELS_MAX)
        return false;
    if (features.has_animation) {
        *fault = "is an animated WebP, which a page cannot show";
        return false;
    }
    size_t stride = (size_t)features.width * 4, size = stride * (size_t)features.height;
    uint8_t *rows = inc_alloc(arena, size);
    if (!WebPDecodeRGBAInto((const uint8_t *)bytes.p, bytes.n, rows, size, (int)stride))
        return false;
    pixels->width = (uint32_t)features.width;
    pixels->height = (uint32_t)features.height;
    pixels->profile = profile_of(bytes);
    inc_pixels_from_rows(pixels, rows, 4, arena);
    return true;
}
