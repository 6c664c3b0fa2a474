/* link.c - device links, and samples through them. */
#include "image/link.h"

#include <lcms2.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/guard.h"
#include "base/map.h"

enum { KEPT_MAX = 16 };

typedef struct kept {
    uint64_t hash;
    inc_str source; /* malloc'ed */
    unsigned bits;
    cmsHTRANSFORM transform;
} kept;

struct inc_links {
    inc_str output;
    pthread_mutex_t lock; /* of the list; never held over an allocation */
    kept list[KEPT_MAX];
    unsigned count;
};

/* ---- links ---- */

static void close_links(void *handle)
{
    inc_links *links = handle;
    for (unsigned i = 0; i < links->count; i++) {
        cmsDeleteTransform(links->list[i].transform);
        free((char *)links->list[i].source.p);
    }
    pthread_mutex_destroy(&links->lock);
}

inc_links *inc_links_new(inc_arena *arena, inc_str output)
{
    inc_links *links = INC_NEW(arena, inc_links);
    void **slot = inc_defer(arena, close_links);
    links->output = output;
    if (pthread_mutex_init(&links->lock, NULL) != 0)
        inc_out_of_memory();
    *slot = links;
    return links;
}

/* No context: lcms' global one, which is only read, so that a transform may outlive the thread that made it. */
static cmsHTRANSFORM make(const inc_links *links, inc_str source, unsigned bits)
{
    cmsHPROFILE from = source.n ? cmsOpenProfileFromMem(source.p, (cmsUInt32Number)source.n) : NULL;
    if (from && cmsGetColorSpace(from) != cmsSigRgbData) {
        cmsCloseProfile(from);
        from = NULL;
    }
    if (!from)
        from = cmsCreate_sRGBProfile();
    cmsHPROFILE to = cmsOpenProfileFromMem(links->output.p, (cmsUInt32Number)links->output.n);
    cmsHTRANSFORM transform = NULL;
    if (from && to)
        transform = cmsCreateTransform(from, bits == 16 ? TYPE_RGB_16_SE : TYPE_RGB_8, to, TYPE_CMYK_8, INTENT_RELATIVE_COLORIMETRIC,
                                       cmsFLAGS_BLACKPOINTCOMPENSATION);
    if (from)
        cmsCloseProfile(from);
    if (to)
        cmsCloseProfile(to);
    return transform;
}

static cmsHTRANSFORM find(inc_links *links, uint64_t hash, inc_str source, unsigned bits)
{
    cmsHTRANSFORM found = NULL;
    pthread_mutex_lock(&links->lock);
    for (unsigned i = 0; i < links->count && !found; i++)
        if (links->list[i].hash == hash && links->list[i].bits == bits && inc_str_eq(links->list[i].source, source))
            found = links->list[i].transform;
    pthread_mutex_unlock(&links->lock);
    return found;
}

static bool keep(inc_links *links, kept link)
{
    pthread_mutex_lock(&links->lock);
    bool room = links->count < KEPT_MAX;
    if (room)
        links->list[links->count++] = link;
    pthread_mutex_unlock(&links->lock);
    return room;
}

static void close_transform(void *transform)
{
    cmsDeleteTransform(transform);
}

inc_link inc_links_get(inc_links *links, inc_str source, unsigned bits, inc_arena *arena)
{
    uint64_t hash = inc_hash(source.p ? source.p : "", source.n);
    cmsHTRANSFORM found = find(links, hash, source, bits);
    if (found)
        return found;
    void **own = inc_defer(arena, close_transform), **copied = inc_defer(arena, free);
    char *copy = *copied = inc_malloc(source.n + 1);
    if (source.n)
        memcpy(copy, source.p, source.n);
    cmsHTRANSFORM made = *own = make(links, source, bits);
    if (!made && source.n) /* what cannot be used counts as sRGB */
        return inc_links_get(links, INC_STR(""), bits, arena);
    if (made && keep(links, (kept){hash, {copy, source.n}, bits, made}))
        *own = *copied = NULL;
    return made;
}

/* ---- samples ---- */

static inline bool equal(const uint8_t *a, const uint8_t *b, unsigned step)
{
    return a[0] == b[0] && a[1] == b[1] && a[2] == b[2] && (step == 3 || memcmp(a + 3, b + 3, 3) == 0);
}

static void limit_pixel(uint8_t *ink, unsigned limit)
{
    unsigned colors = ink[0] + ink[1] + (unsigned)ink[2];
    if (colors + ink[3] <= limit)
        return;
    unsigned room = limit - INC_MIN((unsigned)ink[3], limit);
    for (int i = 0; i < 3; i++)
        ink[i] = (uint8_t)(ink[i] * room / colors);
}

static bool is_neutral(const uint8_t *rgb, unsigned bits)
{
    if (bits == 8)
        return rgb[0] == rgb[1] && rgb[1] == rgb[2];
    return rgb[0] == rgb[2] && rgb[2] == rgb[4] && rgb[1] == rgb[3] && rgb[3] == rgb[5];
}

/* Pixels become inks: what is neutral, black alone, if `neutral` asks for that; what is too heavy, lighter. */
static void paint_pixels(const inc_repaint *paint, inc_link link, const uint8_t *rgb, unsigned bits, uint8_t *cmyk, uint32_t n, bool neutral)
{
    unsigned step = 3 * bits / 8, limit = paint->limit * 255 / 100;
    cmsDoTransform(link, rgb, cmyk, n);
    for (uint32_t i = 0; i < n && neutral; i++)
        if (is_neutral(rgb + (size_t)i * step, bits)) {
            memset(cmyk + (size_t)i * 4, 0, 3);
            cmyk[(size_t)i * 4 + 3] = (uint8_t)(255 - rgb[(size_t)i * step]);
        }
    for (uint32_t i = 0; i < n && limit < 4 * 255; i++)
        limit_pixel(cmyk + (size_t)i * 4, limit);
}

static void fill(uint8_t *cmyk, uint32_t n, const uint8_t ink[4])
{
    for (uint32_t i = 0; i < n; i++)
        memcpy(cmyk + (size_t)i * 4, ink, 4);
}

/* Stretches of equal pixels, of which drawings are made, are converted once. */
void inc_repaint_row(const inc_repaint *paint, inc_link link, const uint8_t *rgb, unsigned bits, uint8_t *cmyk, uint32_t n, bool neutral)
{
    unsigned step = 3 * bits / 8;
    for (uint32_t at = 0; at < n;) {
        const uint8_t *from = rgb + (size_t)at * step;
        uint8_t *to = cmyk + (size_t)at * 4;
        uint32_t same = at + 1, other = at + 1;
        while (same < n && equal(rgb + (size_t)same * step, from, step))
            same++;
        while (same == at + 1 && other < n && !equal(rgb + (size_t)other * step, rgb + (size_t)(other - 1) * step, step))
            other++;
        paint_pixels(paint, link, from, bits, to, same > at + 1 ? 1 : other - at, neutral);
        if (same > at + 1)
            fill(to + 4, same - at - 1, to);
        at = INC_MAX(same, other);
    }
}

/* Drawings and screen shots: most pixels equal the one before. In photographs a pixel is grey by chance, and one grey among coloured
 * neighbours would show. Every fourth row tells. */
static bool is_drawing(const uint8_t *samples, uint32_t width, uint32_t height, unsigned step)
{
    uint64_t same = 0, seen = 0;
    for (uint32_t y = 0; y < height; y += 4) {
        const uint8_t *row = samples + (size_t)y * width * step;
        for (uint32_t x = 1; x < width; x++)
            same += equal(row + (size_t)x * step, row + (size_t)(x - 1) * step, step);
        seen += width - 1;
    }
    return same * 2 >= seen;
}

static void repaint_grey(inc_pixels *pixels, const uint8_t *samples, size_t count, unsigned step, const inc_repaint *paint)
{
    uint8_t *grey = paint->use_up ? (uint8_t *)samples : inc_alloc(paint->arena, count);
    unsigned next = step / 3;
    for (size_t i = 0; i < count; i++) { /* never ahead of what is read */
        const uint8_t *p = samples + i * step; /* of 16 bits the upper ones */
        grey[i] = inc_luma(p[0], p[next], p[2 * next]);
    }
    pixels->data = (inc_str){(char *)grey, count};
    pixels->color = INC_IMAGE_GRAY;
    pixels->bits = 8;
}

/* Four bytes of ink come from three, or from six: in place the rows are gone through so that none is written over before it is read. */
static void repaint_rows(const inc_pixels *pixels, const inc_repaint *paint, inc_link link, const uint8_t *samples, uint8_t *inks)
{
    uint32_t width = pixels->width, height = pixels->height;
    unsigned step = 3u * pixels->bits / 8;
    size_t stride = (size_t)width * step, row = (size_t)width * 4;
    bool upwards = pixels->bits == 8, drawing = is_drawing(samples, width, height, step);
    uint8_t *now = inc_alloc(paint->arena, stride), *last = inc_alloc(paint->arena, stride), *swap;
    for (uint32_t done = 0; done < height; done++) {
        size_t y = upwards ? height - 1 - done : done, before = upwards ? y + 1 : y - 1;
        memcpy(now, samples + y * stride, stride);
        if (done && memcmp(now, last, stride) == 0)
            memcpy(inks + y * row, inks + before * row, row);
        else
            inc_repaint_row(paint, link, now, pixels->bits, inks + y * row, width, drawing);
        swap = now, now = last, last = swap;
    }
}

bool inc_samples_repaint(inc_pixels *pixels, inc_repaint *paint)
{
    const uint8_t *samples = (const uint8_t *)pixels->data.p;
    size_t count = (size_t)pixels->width * pixels->height, size = pixels->data.n;
    if (pixels->color != INC_IMAGE_RGB)
        return true;
    inc_str source = pixels->profile;
    pixels->profile = INC_STR("");
    if (!paint->links) {
        repaint_grey(pixels, samples, count, 3u * pixels->bits / 8, paint);
        return true;
    }
    uint8_t *inks;
    if (paint->use_up) /* first of all: while it is the arena's last block it grows without a copy */
        samples = inks = inc_realloc(paint->arena, (char *)pixels->data.p, size, INC_MAX(size, count * 4));
    else
        inks = inc_alloc_array(paint->arena, count, 4);
    inc_link link = inc_links_get(paint->links, source, pixels->bits, paint->arena);
    if (!link)
        return false;
    repaint_rows(pixels, paint, link, samples, inks);
    pixels->data = (inc_str){(char *)inks, count * 4};
    pixels->color = INC_IMAGE_CMYK;
    pixels->bits = 8;
    return true;
}
