/* picture.c - decoding and compressing pictures. */
#include "pdf/picture.h"

#include "pdf/deflate.h"

enum { FILTERS = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 4 }; /* of PNG's; the average gains nothing */
enum { SAMPLED_FROM = 1 << 20 /* bytes */, BAND = 16 /* rows together */, SAMPLED = 8 /* one band of so many */ };

/* ---- collecting ---- */

static bool same_file(const inc_image *a, const inc_image *b)
{
    return a == b || (a->hash == b->hash && a->orientation == b->orientation && inc_str_eq(a->bytes, b->bytes));
}

static size_t slot_of(const inc_pdf_pictures *pictures, const inc_image *image)
{
    size_t i = image->hash & (pictures->slot_count - 1);
    while (pictures->slots[i] && !same_file(pictures->list.v[pictures->slots[i] - 1]->image, image))
        i = (i + 1) & (pictures->slot_count - 1);
    return i;
}

static void grow_slots(inc_pdf_pictures *pictures)
{
    pictures->slot_count = pictures->slot_count ? pictures->slot_count * 2 : 64;
    pictures->slots = INC_NEW_N(pictures->arena, uint32_t, pictures->slot_count);
    for (size_t i = 0; i < pictures->list.n; i++)
        pictures->slots[slot_of(pictures, pictures->list.v[i]->image)] = (uint32_t)i + 1;
}

static void free_arena(void *handle)
{
    inc_arena_free(handle);
}

static void enter(inc_pdf_pictures *pictures, const inc_image *image)
{
    if (pictures->list.n * 2 >= pictures->slot_count)
        grow_slots(pictures);
    size_t slot = slot_of(pictures, image);
    if (pictures->slots[slot])
        return;
    void **cleanup = inc_defer(pictures->arena, free_arena);
    inc_pdf_picture *picture = INC_NEW(pictures->arena, inc_pdf_picture);
    *picture = (inc_pdf_picture){.image = image, .index = (uint32_t)pictures->list.n, .arena = *cleanup = inc_arena_new()};
    INC_PUSH(pictures->arena, &pictures->list, picture);
    pictures->slots[slot] = (uint32_t)pictures->list.n;
}

inc_pdf_pictures *inc_pdf_pictures_new(const inc_pages *pages, inc_arena *arena)
{
    inc_pdf_pictures *pictures = INC_NEW(arena, inc_pdf_pictures);
    pictures->arena = arena;
    for (size_t p = 0; p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++) {
            const inc_mark *mark = &pages->pages[p].marks[m];
            if (mark->kind == INC_MARK_IMAGE && mark->as.image->kind != INC_IMAGE_SVG)
                enter(pictures, mark->as.image);
        }
    return pictures;
}

size_t inc_pdf_pictures_count(const inc_pdf_pictures *pictures)
{
    return pictures->list.n;
}

inc_pdf_picture *inc_pdf_pictures_find(const inc_pdf_pictures *pictures, const inc_image *image)
{
    uint32_t found = pictures->slot_count ? pictures->slots[slot_of(pictures, image)] : 0;
    return found ? pictures->list.v[found - 1] : NULL;
}

/* ---- compressing ---- */

/* Are there as many samples as the size says? What follows counts on it. */
static bool complete(const inc_pixels *p)
{
    uint64_t count = (uint64_t)p->width * p->height;
    if (!count || (p->alpha.n && p->alpha.n != count))
        return false;
    return p->jpeg ? p->data.n > 0 : p->data.n == count * (unsigned)p->color * (p->bits / 8);
}

/* Filters the rows, which have room for that, in place. */
static inc_str predict(const inc_pixels *pixels, uint8_t *rows, size_t stride, uint32_t height, inc_arena *scratch)
{
    inc_png_filter(scratch, rows, stride, height, (unsigned)pixels->color * pixels->bits / 8, FILTERS);
    return (inc_str){(char *)rows, (stride + 1) * height};
}

/* Drawings with few colours do better without a predictor. A sample of a large picture's rows tells: to compress all of them twice
 * would be a good part of the work of a whole book. */
static bool gains(const inc_pixels *pixels, size_t stride, inc_deflate *deflate, inc_arena *scratch)
{
    uint32_t bands = pixels->data.n > SAMPLED_FROM ? SAMPLED : 1, height = 0;
    uint8_t *rows = inc_alloc_array(scratch, pixels->height, stride + 1); /* what is not sampled stays untouched */
    for (uint32_t y = 0; y < pixels->height; y++)
        if (y / BAND % bands == 0)
            memcpy(rows + height++ * stride, pixels->data.p + y * stride, stride);
    size_t flat = inc_deflate_run(deflate, scratch, (inc_str){(char *)rows, height * stride}).n;
    return inc_deflate_run(deflate, scratch, predict(pixels, rows, stride, height, scratch)).n < flat;
}

static void compress(inc_pdf_picture *picture, const inc_pixels *pixels, inc_deflate *deflate, inc_arena *scratch, inc_arena *more_scratch)
{
    if (pixels->alpha.n)
        picture->alpha = inc_deflate_run(deflate, picture->arena, pixels->alpha);
    if (pixels->jpeg) {
        picture->data = pixels->data; /* the file's own bytes */
        return;
    }
    size_t stride = pixels->data.n / pixels->height;
    inc_str data = pixels->data;
    picture->predicted = gains(pixels, stride, deflate, more_scratch);
    if (picture->predicted) {
        uint8_t *rows = inc_realloc(scratch, (char *)data.p, data.n, data.n + pixels->height);
        data = predict(pixels, rows, stride, pixels->height, scratch);
    }
    picture->data = inc_deflate_run(deflate, picture->arena, data);
}

void inc_pdf_pictures_make(inc_pdf_pictures *pictures, size_t i)
{
    inc_pdf_picture *picture = pictures->list.v[i];
    inc_pixels *pixels = &picture->pixels;
    picture->diags = inc_diags_new(picture->arena);
    void **cleanup = inc_defer(picture->arena, free_arena), **more = inc_defer(picture->arena, free_arena);
    inc_arena *scratch = *cleanup = inc_arena_new(); /* the pixels, which grow in place when nothing comes after them */
    inc_arena *more_scratch = *more = inc_arena_new();
    inc_deflate *deflate = inc_deflate_new(more_scratch);
    picture->ready = inc_image_pixels(picture->image, scratch, picture->diags, picture->image->span, pixels) && complete(pixels);
    if (picture->ready)
        compress(picture, pixels, deflate, scratch, more_scratch);
    pixels->data = pixels->alpha = INC_STR("");
    *cleanup = *more = NULL;
    inc_arena_free(scratch);
    inc_arena_free(more_scratch);
}
