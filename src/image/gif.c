/* gif.c - the first picture of a GIF (GIF89a; LZW with variable code length, appendix F). */
#include "image/internal.h"

enum { CODE_MAX = 4096 };

typedef struct gif {
    inc_str s;
    size_t at;
    uint32_t width, height; /* of the screen */
    const uint8_t *palette;
    unsigned colors;
    int transparent;          /* index, or -1 */
    uint32_t left, top, w, h; /* of the picture */
    bool interlaced;
} gif;

static bool left(const gif *g, size_t n)
{
    return g->s.n - g->at >= n;
}

static bool take_palette(gif *g, unsigned flags)
{
    if (!(flags & 0x80))
        return true;
    unsigned n = 2u << (flags & 7);
    if (!left(g, n * 3))
        return false;
    g->palette = (const uint8_t *)g->s.p + g->at;
    g->colors = n;
    g->at += n * 3;
    return true;
}

static bool skip_blocks(gif *g)
{
    while (left(g, 1)) {
        size_t n = (unsigned char)g->s.p[g->at++];
        if (!n)
            return true;
        if (!left(g, n))
            return false;
        g->at += n;
    }
    return false;
}

/* Up to the first picture's data. */
static bool read_headers(gif *g)
{
    g->width = inc_le16(g->s.p + 6);
    g->height = inc_le16(g->s.p + 8);
    g->at = 13;
    g->transparent = -1;
    if (!take_palette(g, (unsigned char)g->s.p[10]))
        return false;
    while (left(g, 1)) {
        char kind = g->s.p[g->at++];
        if (kind == ',') {
            if (!left(g, 9))
                return false;
            const char *p = g->s.p + g->at;
            g->left = inc_le16(p), g->top = inc_le16(p + 2), g->w = inc_le16(p + 4), g->h = inc_le16(p + 6);
            unsigned flags = (unsigned char)p[8];
            g->interlaced = (flags & 0x40) != 0;
            g->at += 9;
            return take_palette(g, flags) && g->palette;
        }
        if (kind != '!' || !left(g, 1))
            return false;
        unsigned char label = (unsigned char)g->s.p[g->at++];
        if (label == 0xF9 && left(g, 6) && g->s.p[g->at] == 4 && (g->s.p[g->at + 1] & 1))
            g->transparent = (unsigned char)g->s.p[g->at + 4];
        if (!skip_blocks(g))
            return false;
    }
    return false;
}

/* The screen, grown where its first picture sticks out, as browsers have it. */
static bool read_screen(gif *g)
{
    if (g->s.n < 13 || !read_headers(g))
        return false;
    g->width = INC_MAX(g->width, g->left + g->w);
    g->height = INC_MAX(g->height, g->top + g->h);
    return g->w && g->h;
}

inc_probe inc_gif_probe(inc_str s)
{
    inc_probe p = {.orientation = 1};
    gif g = {.s = s};
    if (!read_screen(&g))
        p.fault = s.n < 13 ? "is a cut-off GIF" : "is a damaged GIF";
    p.width = g.width;
    p.height = g.height;
    return p;
}

/* ---- LZW ---- */

typedef struct lzw {
    gif *g;
    size_t block_end;
    uint32_t bits;
    unsigned count;
    uint16_t prefix[CODE_MAX];
    uint8_t suffix[CODE_MAX], stack[CODE_MAX];
} lzw;

static int next_code(lzw *z, unsigned width)
{
    gif *g = z->g;
    while (z->count < width) {
        if (g->at == z->block_end) {
            if (!left(g, 1) || g->s.p[g->at] == 0)
                return -1;
            size_t n = (unsigned char)g->s.p[g->at++];
            if (!left(g, n))
                return -1;
            z->block_end = g->at + n;
        }
        z->bits |= (uint32_t)(unsigned char)g->s.p[g->at++] << z->count;
        z->count += 8;
    }
    int code = (int)(z->bits & ((1u << width) - 1));
    z->bits >>= width;
    z->count -= width;
    return code;
}

/* Fills out with n colour indexes; false when the data ends or makes no sense before that. */
static bool unpack(gif *g, uint8_t *out, size_t n, inc_arena *arena)
{
    if (!left(g, 1))
        return false;
    unsigned root = (unsigned char)g->s.p[g->at++];
    if (root < 2 || root > 8)
        return false;
    lzw *z = INC_NEW(arena, lzw);
    z->g = g;
    z->block_end = g->at;
    const unsigned clear = 1u << root, stop = clear + 1;
    unsigned width = root + 1, free_code = clear + 2;
    int before = -1;
    uint8_t first = 0;
    for (size_t done = 0; done < n;) {
        int code = next_code(z, width);
        if (code < 0 || (unsigned)code == stop)
            return false;
        if ((unsigned)code == clear) {
            width = root + 1, free_code = clear + 2, before = -1;
            continue;
        }
        if ((unsigned)code > free_code || (before < 0 && (unsigned)code >= clear) ||
            ((unsigned)code == free_code && before < 0))
            return false;
        unsigned depth = 0, at = (unsigned)code;
        if (at == free_code) { /* the string just being made: the one before and its own first letter */
            z->stack[depth++] = first;
            at = (unsigned)before;
        }
        for (; at >= clear && depth < CODE_MAX - 1; at = z->prefix[at])
            z->stack[depth++] = z->suffix[at];
        first = (uint8_t)at;
        z->stack[depth++] = first;
        while (depth && done < n)
            out[done++] = z->stack[--depth];
        if (before >= 0 && free_code < CODE_MAX) {
            z->prefix[free_code] = (uint16_t)before;
            z->suffix[free_code++] = first;
            width += free_code == 1u << width && width < 12;
        }
        before = code;
    }
    return true;
}

/* The row of the picture that the kth stored row is. */
static uint32_t row_of(const gif *g, uint32_t k)
{
    static const struct {
        uint32_t start, step;
    } passes[] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
    for (int i = 0; g->interlaced && i < 4; i++) {
        uint32_t rows = g->h > passes[i].start ? (g->h - passes[i].start + passes[i].step - 1) / passes[i].step : 0;
        if (k < rows)
            return passes[i].start + k * passes[i].step;
        k -= rows;
    }
    return k;
}

bool inc_gif_read(inc_str bytes, inc_arena *arena, inc_pixels *pixels, const char **fault)
{
    gif g = {.s = bytes};
    *fault = "is a damaged GIF";
    if (!read_screen(&g) || (uint64_t)g.width * g.height > INC_PIXELS_MAX)
        return false;
    uint8_t *indexes = inc_alloc_array(arena, g.h, g.w), *rows = inc_alloc_array(arena, (size_t)g.width * 4, g.height);
    if (!unpack(&g, indexes, (size_t)g.w * g.h, arena))
        return false;
    for (uint32_t k = 0; k < g.h; k++) { /* what the picture leaves free of the screen stays transparent */
        uint8_t *to = rows + ((size_t)(g.top + row_of(&g, k)) * g.width + g.left) * 4;
        for (uint32_t x = 0; x < g.w; x++, to += 4) {
            unsigned index = indexes[(size_t)k * g.w + x];
            if (index < g.colors && (int)index != g.transparent) {
                memcpy(to, g.palette + index * 3, 3);
                to[3] = 0xFF;
            }
        }
    }
    pixels->width = g.width;
    pixels->height = g.height;
    inc_pixels_from_rows(pixels, rows, 4, arena);
    return true;
}
