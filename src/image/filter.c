/* filter.c - PNG's filters (PNG, 9), for the cover and for PDF's predictors. */
#include "image/image.h"

enum { BLOCK = 64, LEFT_MAX = 8 }; /* bytes; a pixel has at most 8 */

static uint8_t average(uint8_t a, uint8_t b)
{
    return (uint8_t)((a + b) / 2);
}

static uint8_t paeth(uint8_t a, uint8_t b, uint8_t c)
{
    int16_t pa = (int16_t)(b - c), pb = (int16_t)(a - c), pc = (int16_t)(pa + pb);
    pa = pa < 0 ? (int16_t)-pa : pa;
    pb = pb < 0 ? (int16_t)-pb : pb;
    pc = pc < 0 ? (int16_t)-pc : pc;
    uint8_t other = pb <= pc ? b : c;
    return pa <= pb && pa <= pc ? a : other;
}

/* out = row - guess over n bytes; returns the sum of the differences' magnitudes. */
static inline uint32_t differ(const uint8_t *restrict row, const uint8_t *restrict guess, uint8_t *restrict out, size_t n)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        uint8_t d = (uint8_t)(row[i] - guess[i]);
        out[i] = d;
        sum += d < 128 ? d : (uint8_t)-d;
    }
    return sum;
}

/* What the filter expects at row[0..n), from the bytes left, above, and left above; in `room` when it must be worked out. */
static inline const uint8_t *guess_of(unsigned filter, const uint8_t *row, const uint8_t *above, unsigned step, uint8_t *room, size_t n)
{
    static const uint8_t nothing[BLOCK];
    const uint8_t *left = row - step, *above_left = above - step;
    switch (filter) {
    case 1: return left;
    case 2: return above;
    case 3:
        for (size_t i = 0; i < n; i++)
            room[i] = average(left[i], above[i]);
        return room;
    case 4:
        for (size_t i = 0; i < n; i++)
            room[i] = paeth(left[i], above[i], above_left[i]);
        return room;
    default: return nothing;
    }
}

/* A row through a filter, block by block (a count that the compiler knows makes it use vectors), unless the sum of magnitudes
 * reaches `best` before the end. row and above have `step` bytes of zero before them. */
static uint64_t filter_row(unsigned filter, const uint8_t *row, const uint8_t *above, size_t n, unsigned step, uint8_t *out, uint64_t best)
{
    uint8_t room[BLOCK];
    uint64_t sum = 0;
    size_t i = 0;
    for (; n - i >= BLOCK && sum < best; i += BLOCK)
        sum += differ(row + i, guess_of(filter, row + i, above + i, step, room, BLOCK), out + i, BLOCK);
    if (i < n && sum < best)
        sum += differ(row + i, guess_of(filter, row + i, above + i, step, room, n - i), out + i, n - i);
    return sum;
}

static uint8_t *padded(inc_arena *arena, size_t stride)
{
    return (uint8_t *)inc_alloc_array(arena, 1, LEFT_MAX + stride) + LEFT_MAX;
}

/* From the last row to the first: a filtered row covers nothing of the rows above it. */
void inc_png_filter(inc_arena *arena, uint8_t *rows, size_t stride, uint32_t height, unsigned step, unsigned filters)
{
    assert(step <= LEFT_MAX && filters);
    uint8_t *row = padded(arena, stride), *above = padded(arena, stride), *trial = inc_alloc(arena, stride), *good = inc_alloc(arena, stride), *swap;
    if (height)
        memcpy(row, rows + (height - 1) * stride, stride);
    for (size_t y = height; y-- > 0;) {
        uint8_t *to = rows + y * (stride + 1);
        uint64_t best = UINT64_MAX;
        if (y)
            memcpy(above, rows + (y - 1) * stride, stride);
        else
            memset(above, 0, stride);
        for (unsigned filter = 0; filter <= 4; filter++) {
            uint64_t sum = filters >> filter & 1 ? filter_row(filter, row, above, stride, step, trial, best) : best;
            if (sum >= best)
                continue;
            best = sum;
            to[0] = (uint8_t)filter;
            swap = good, good = trial, trial = swap;
        }
        memcpy(to + 1, good, stride);
        swap = row, row = above, above = swap;
    }
}
