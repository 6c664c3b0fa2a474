/*
 * reduce.c - samples in fewer pixels: each new pixel is the mean of the area that it covers, in linear light, where means are what an eye sees
 * from further away. Whole numbers throughout, so that the result is the same on every machine.
 */
#include "image/reduce.h"

/* Linear light of the 8-bit values of sRGB (IEC 61966-2-1), of 65535. */
static const uint16_t linear[256] = {
    0, 20, 40, 60, 80, 99, 119, 139, 159, 179, 199, 219, 241, 264, 288, 313,
    340, 367, 396, 427, 458, 491, 526, 562, 599, 637, 677, 718, 761, 805, 851, 898,
    947, 997, 1048, 1101, 1156, 1212, 1270, 1330, 1391, 1453, 1517, 1583, 1651, 1720, 1790, 1863,
    1937, 2013, 2090, 2170, 2250, 2333, 2418, 2504, 2592, 2681, 2773, 2866, 2961, 3058, 3157, 3258,
    3360, 3464, 3570, 3678, 3788, 3900, 4014, 4129, 4247, 4366, 4488, 4611, 4736, 4864, 4993, 5124,
    5257, 5392, 5530, 5669, 5810, 5953, 6099, 6246, 6395, 6547, 6700, 6856, 7014, 7174, 7335, 7500,
    7666, 7834, 8004, 8177, 8352, 8528, 8708, 8889, 9072, 9258, 9445, 9635, 9828, 10022, 10219, 10417,
    10619, 10822, 11028, 11235, 11446, 11658, 11873, 12090, 12309, 12530, 12754, 12980, 13209, 13440, 13673, 13909,
    14146, 14387, 14629, 14874, 15122, 15371, 15623, 15878, 16135, 16394, 16656, 16920, 17187, 17456, 17727, 18001,
    18277, 18556, 18837, 19121, 19407, 19696, 19987, 20281, 20577, 20876, 21177, 21481, 21787, 22096, 22407, 22721,
    23038, 23357, 23678, 24002, 24329, 24658, 24990, 25325, 25662, 26001, 26344, 26688, 27036, 27386, 27739, 28094,
    28452, 28813, 29176, 29542, 29911, 30282, 30656, 31033, 31412, 31794, 32179, 32567, 32957, 33350, 33745, 34143,
    34544, 34948, 35355, 35764, 36176, 36591, 37008, 37429, 37852, 38278, 38706, 39138, 39572, 40009, 40449, 40891,
    41337, 41785, 42236, 42690, 43147, 43606, 44069, 44534, 45002, 45473, 45947, 46423, 46903, 47385, 47871, 48359,
    48850, 49344, 49841, 50341, 50844, 51349, 51858, 52369, 52884, 53401, 53921, 54445, 54971, 55500, 56032, 56567,
    57105, 57646, 58190, 58737, 59287, 59840, 60396, 60955, 61517, 62082, 62650, 63221, 63795, 64372, 64952, 65535,
};

enum { CHANNELS_MAX = 3 };

typedef struct reducer {
    const inc_pixels *from;
    uint32_t width, height;  /* wanted */
    unsigned channels;
    uint8_t *encoded;        /* by linear light: 65536 values of sRGB */
    uint64_t *sums, *cover;  /* of a row of new pixels: colours times coverage, and coverage */
    uint64_t *row_sums, *row_cover; /* the same of one row of the source */
} reducer;

static void fill_encoded(uint8_t *encoded)
{
    unsigned code = 0;
    for (uint32_t light = 0; light < 65536; light++) {
        while (code < 255 && light * 2 >= (uint32_t)linear[code] + linear[code + 1])
            code++;
        encoded[light] = (uint8_t)code;
    }
}

/* One sample as linear light. */
static inline uint32_t light_of(const uint8_t *data, unsigned bits, size_t sample)
{
    if (bits == 8)
        return linear[data[sample]];
    unsigned high = data[sample * 2], low = data[sample * 2 + 1];
    uint32_t next = linear[high < 255 ? high + 1 : 255];
    return linear[high] + (next - linear[high]) * low / 256;
}

/* The sums of row y of the source, over the new pixels across. A source pixel is r->width parts wide, a new one as many as the source has pixels;
 * so each lies in one new pixel, or in two. */
static inline void sum_pixels(const reducer *r, uint32_t y, unsigned channels, unsigned bits)
{
    uint32_t from_width = r->from->width, width = r->width;
    const uint8_t *data = (const uint8_t *)r->from->data.p + (size_t)y * from_width * channels * (bits / 8);
    const uint8_t *alphas = r->from->alpha.n ? (const uint8_t *)r->from->alpha.p + (size_t)y * from_width : NULL;
    uint64_t sums[CHANNELS_MAX] = {0}, cover = 0, room = from_width; /* of the new pixel's first parts; parts that are left of it */
    uint64_t whole[CHANNELS_MAX] = {0}, whole_cover = 0;             /* of the source pixels that lie in it whole */
    uint64_t *to = r->row_sums, *to_cover = r->row_cover;
    for (uint32_t x = 0; x < from_width; x++) {
        uint32_t alpha = alphas ? alphas[x] : 255, light[CHANNELS_MAX];
        for (unsigned c = 0; c < channels; c++)
            light[c] = light_of(data, bits, (size_t)x * channels + c) * alpha;
        if (room > width) {
            for (unsigned c = 0; c < channels; c++)
                whole[c] += light[c];
            whole_cover += alpha;
            room -= width;
            continue;
        }
        uint64_t rest = width - room; /* lies in the next one */
        for (unsigned c = 0; c < channels; c++) {
            *to++ = sums[c] + whole[c] * width + room * light[c];
            sums[c] = rest * light[c];
            whole[c] = 0;
        }
        *to_cover++ = cover + whole_cover * width + room * alpha;
        cover = rest * alpha;
        whole_cover = 0;
        room = from_width - rest;
    }
}

static bool same_row(const inc_pixels *pixels, uint32_t y, unsigned channels)
{
    size_t width = pixels->width, stride = width * channels * (pixels->bits / 8);
    const char *data = pixels->data.p + y * stride, *alpha = pixels->alpha.p + (pixels->alpha.n ? y * width : 0);
    return memcmp(data, data - stride, stride) == 0 && (!pixels->alpha.n || memcmp(alpha, alpha - width, width) == 0);
}

/* Many rows of a drawing equal the one before. */
static void sum_row(reducer *r, uint32_t y)
{
    if (y && same_row(r->from, y, r->channels))
        return;
    if (r->from->bits != 8)
        sum_pixels(r, y, r->channels, 16);
    else if (r->channels == 1)
        sum_pixels(r, y, 1, 8);
    else
        sum_pixels(r, y, CHANNELS_MAX, 8);
}

/* Adds the row, of which `rows` parts in r->height lie in the new row. */
static void add_row(reducer *r, uint64_t rows)
{
    for (size_t i = 0; i < (size_t)r->width * r->channels; i++)
        r->sums[i] += rows * r->row_sums[i];
    for (size_t x = 0; x < r->width; x++)
        r->cover[x] += rows * r->row_cover[x];
}

static void finish_row(reducer *r, uint8_t *colors, uint8_t *alpha)
{
    uint64_t whole = (uint64_t)r->from->width * r->from->height;
    for (uint32_t x = 0; x < r->width; x++) {
        uint64_t cover = r->cover[x];
        for (unsigned c = 0; c < r->channels; c++) {
            uint64_t sum = r->sums[(size_t)x * r->channels + c];
            colors[(size_t)x * r->channels + c] = cover ? r->encoded[(sum + cover / 2) / cover] : 0;
        }
        if (alpha)
            alpha[x] = (uint8_t)((cover + whole / 2) / whole);
    }
    memset(r->sums, 0, (size_t)r->width * r->channels * sizeof *r->sums);
    memset(r->cover, 0, (size_t)r->width * sizeof *r->cover);
}

static void reduce(reducer *r, uint8_t *colors, uint8_t *alpha)
{
    uint32_t to = 0;
    uint64_t edge = r->from->height;
    for (uint32_t y = 0; y < r->from->height; y++) {
        sum_row(r, y);
        for (uint64_t at = (uint64_t)y * r->height, end = at + r->height; at < end;) {
            uint64_t part = INC_MIN(end, edge) - at;
            add_row(r, part);
            at += part;
            if (at < edge)
                continue;
            finish_row(r, colors + (size_t)to * r->width * r->channels, alpha ? alpha + (size_t)to * r->width : NULL);
            to++;
            edge += r->from->height;
        }
    }
}

void inc_samples_reduce(inc_pixels *pixels, uint32_t width, uint32_t height, inc_arena *arena)
{
    assert(!pixels->jpeg && pixels->color != INC_IMAGE_CMYK && width && height && width <= pixels->width && height <= pixels->height);
    unsigned channels = (unsigned)pixels->color;
    size_t count = (size_t)width * height;
    reducer r = {.from = pixels, .width = width, .height = height, .channels = channels, .encoded = inc_alloc(arena, 65536),
                 .sums = INC_NEW_N(arena, uint64_t, (size_t)width * channels), .cover = INC_NEW_N(arena, uint64_t, width),
                 .row_sums = INC_NEW_N(arena, uint64_t, (size_t)width * channels), .row_cover = INC_NEW_N(arena, uint64_t, width)};
    fill_encoded(r.encoded);
    uint8_t *alpha = pixels->alpha.n ? inc_alloc(arena, count) : NULL;
    uint8_t *colors = inc_alloc_array(arena, height, (size_t)width * INC_MAX(channels, 4u) + 1); /* last: there is room for what grows it */
    reduce(&r, colors, alpha);
    pixels->data = (inc_str){(char *)colors, count * channels};
    pixels->alpha = alpha ? (inc_str){(char *)alpha, count} : INC_STR("");
    pixels->bits = 8;
    pixels->width = width;
    pixels->height = height;
}

bool inc_pixels_reduce(inc_pixels *pixels, uint32_t width, inc_arena *arena)
{
    width = INC_MAX(width, 1u);
    if (width >= pixels->width)
        return true;
    if (pixels->jpeg)
        return inc_jpeg_rewrite(pixels, &(inc_jpeg_change){.width = width}, arena);
    uint32_t height = (uint32_t)(((uint64_t)pixels->height * width + pixels->width / 2) / pixels->width);
    inc_samples_reduce(pixels, width, INC_MAX(height, 1u), arena);
    return true;
}
