/* image.c (pdf) - image XObjects. */
#include "pdf/image.h"

#include <stdlib.h>

#include "pdf/glyphs.h"
#include "pdf/syntax.h"

/* ---- collecting ---- */

static bool same_file(const inc_image *a, const inc_image *b)
{
    return a == b || (a->hash == b->hash && a->orientation == b->orientation && inc_str_eq(a->bytes, b->bytes));
}

static size_t slot_of(const inc_pdf_images *images, const inc_image *image)
{
    size_t i = image->hash & (images->slot_count - 1);
    while (images->slots[i] && !same_file(images->list.v[images->slots[i] - 1]->image, image))
        i = (i + 1) & (images->slot_count - 1);
    return i;
}

static void grow_slots(inc_pdf_images *images)
{
    images->slot_count = images->slot_count ? images->slot_count * 2 : 64;
    images->slots = INC_NEW_N(images->arena, uint32_t, images->slot_count);
    for (size_t i = 0; i < images->list.n; i++)
        images->slots[slot_of(images, images->list.v[i]->image)] = (uint32_t)i + 1;
}

static void enter(inc_pdf_images *images, const inc_image *image)
{
    if (images->list.n * 2 >= images->slot_count)
        grow_slots(images);
    size_t slot = slot_of(images, image);
    if (images->slots[slot])
        return;
    inc_pdf_image *entry = INC_NEW(images->arena, inc_pdf_image);
    entry->image = image;
    entry->number = (uint32_t)images->list.n;
    INC_PUSH(images->arena, &images->list, entry);
    images->slots[slot] = (uint32_t)images->list.n;
}

void inc_pdf_images_gather(inc_pdf_images *images, const inc_pages *pages, inc_medium medium, inc_diags *diags)
{
    for (size_t p = 0; p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++) {
            const inc_mark *mark = &pages->pages[p].marks[m];
            if (mark->kind != INC_MARK_IMAGE || !inc_pdf_mark_shows(mark, medium))
                continue;
            if (mark->as.image->kind == INC_IMAGE_SVG)
                inc_report(diags, INC_DIAG_PICTURE_LEFT_OUT, INC_NO_SPAN, "picture '%.*s' is an SVG that was not turned into pixels",
                           INC_STR_ARG(mark->as.image->name))->page = pages->pages[p].label;
            else
                enter(images, mark->as.image);
        }
}

inc_pdf_image *inc_pdf_images_find(const inc_pdf_images *images, const inc_image *image)
{
    uint32_t found = images->slot_count ? images->slots[slot_of(images, image)] : 0;
    return found ? images->list.v[found - 1] : NULL;
}

/* ---- compressing ---- */

static unsigned paeth(unsigned a, unsigned b, unsigned c)
{
    int p = (int)a + (int)b - (int)c, pa = abs(p - (int)a), pb = abs(p - (int)b), pc = abs(p - (int)c);
    return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}

/* One row through PNG filter 0, 1, 2 or 4; returns the sum of the differences' magnitudes. */
static uint64_t filter_row(int kind, const uint8_t *row, const uint8_t *above, size_t n, size_t step, uint8_t *out)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned left = i >= step ? row[i - step] : 0, up = above ? above[i] : 0, corner = above && i >= step ? above[i - step] : 0;
        unsigned guess = kind == 1 ? left : kind == 2 ? up : kind == 4 ? paeth(left, up, corner) : 0;
        out[i] = (uint8_t)(row[i] - guess);
        sum += out[i] < 128 ? out[i] : 256 - out[i];
    }
    return sum;
}

/* The usual heuristic of PNG writers: per row the filter with the smallest sum of absolute differences. */
static inc_str predict(inc_str samples, size_t row_bytes, size_t step, inc_arena *arena)
{
    static const int kinds[] = {0, 1, 2, 4};
    size_t rows = samples.n / row_bytes;
    uint8_t *out = inc_alloc_array(arena, rows, row_bytes + 1), *trial = inc_alloc(arena, row_bytes);
    const uint8_t *in = (const uint8_t *)samples.p, *above = NULL;
    for (size_t y = 0; y < rows; y++, above = in, in += row_bytes) {
        uint8_t *to = out + y * (row_bytes + 1);
        uint64_t best = UINT64_MAX;
        for (size_t k = 0; k < INC_COUNT(kinds); k++) {
            uint64_t sum = filter_row(kinds[k], in, above, row_bytes, step, trial);
            if (sum < best) {
                best = sum;
                to[0] = (uint8_t)kinds[k];
                memcpy(to + 1, trial, row_bytes);
            }
        }
    }
    return (inc_str){(char *)out, rows * (row_bytes + 1)};
}

/* Are there as many samples as the size says? What follows counts on it. */
static bool complete(const inc_pixels *p)
{
    uint64_t count = (uint64_t)p->width * p->height;
    if (!count || (p->alpha.n && p->alpha.n != count))
        return false;
    return p->jpeg ? p->data.n > 0 : p->data.n == count * (unsigned)p->color * (p->bits / 8);
}

void inc_pdf_image_prepare(inc_pdf_image *image, inc_deflate *deflate, inc_arena *arena, inc_diags *diags)
{
    inc_pixels *pixels = &image->pixels;
    image->ready = inc_image_pixels(image->image, arena, diags, INC_NO_SPAN, pixels) && complete(pixels);
    if (!image->ready)
        return;
    if (pixels->jpeg)
        image->data = pixels->data;
    else {
        size_t step = (size_t)pixels->color * pixels->bits / 8;
        inc_str predicted = predict(pixels->data, step * pixels->width, step, arena);
        inc_str flat = inc_deflate_run(deflate, arena, pixels->data);
        image->data = inc_deflate_run(deflate, arena, predicted);
        image->predicted = image->data.n < flat.n; /* drawings with few colours do better without */
        if (!image->predicted)
            image->data = flat;
    }
    if (pixels->alpha.n)
        image->alpha = inc_deflate_run(deflate, arena, pixels->alpha);
}

/* ---- objects ---- */

static const char *space_name(inc_image_color color)
{
    switch (color) {
    case INC_IMAGE_GRAY: return "DeviceGray";
    case INC_IMAGE_RGB: return "DeviceRGB";
    case INC_IMAGE_CMYK: return "DeviceCMYK";
    }
    return "DeviceGray";
}

static void put_head(inc_buf *out, const inc_pixels *pixels, const char *space, unsigned bits)
{
    inc_buf_printf(out, "/Type/XObject/Subtype/Image/Width %u/Height %u/ColorSpace/%s/BitsPerComponent %u", pixels->width, pixels->height,
                   space, bits);
}

static inc_ref embed_alpha(const inc_pdf_image *image, inc_pdf *pdf, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    put_head(&out, &image->pixels, "DeviceGray", 8);
    inc_buf_puts(&out, "/Filter/FlateDecode");
    inc_ref ref = inc_pdf_object(pdf);
    inc_pdf_fill_stream(pdf, ref, inc_buf_str(&out), image->alpha);
    return ref;
}

void inc_pdf_image_embed(inc_pdf_image *image, inc_pdf *pdf, inc_arena *arena)
{
    if (!image->ready)
        return;
    const inc_pixels *pixels = &image->pixels;
    inc_buf out = inc_buf_in(arena);
    put_head(&out, pixels, space_name(pixels->color), pixels->bits);
    if (pixels->inverted_cmyk)
        inc_buf_puts(&out, "/Decode[1 0 1 0 1 0 1 0]");
    inc_buf_puts(&out, pixels->jpeg ? "/Filter/DCTDecode" : "/Filter/FlateDecode");
    if (image->predicted)
        inc_buf_printf(&out, "/DecodeParms<</Predictor 15/Colors %u/BitsPerComponent %u/Columns %u>>", (unsigned)pixels->color, pixels->bits,
                       pixels->width);
    if (image->alpha.n) {
        inc_buf_puts(&out, "/SMask ");
        inc_pdf_put_ref(&out, embed_alpha(image, pdf, arena));
    }
    image->ref = inc_pdf_object(pdf);
    inc_pdf_fill_stream(pdf, image->ref, inc_buf_str(&out), image->data);
}

void inc_pdf_image_draw(const inc_pdf_image *image, inc_len x, inc_len y, inc_len width, inc_len height, inc_buf *out)
{
    /* Where the unit square (stored columns to the right, stored rows downwards from 1) goes for Exif orientations 1 to 8:
     * X = a u + c v + e, Y = b u + d v + f, in units of the rectangle. */
    static const int8_t matrices[8][6] = {{1, 0, 0, 1, 0, 0},  {-1, 0, 0, 1, 1, 0}, {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1},
                                          {0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1}, {0, 1, 1, 0, 0, 0},   {0, 1, -1, 0, 1, 0}};
    unsigned orientation = image->image->orientation;
    const int8_t *m = matrices[orientation >= 1 && orientation <= 8 ? orientation - 1 : 0];
    inc_len values[6] = {m[0] * width, m[1] * height, m[2] * width, m[3] * height, x + m[4] * width, y + m[5] * height};
    inc_buf_puts(out, "q ");
    for (int i = 0; i < 6; i++) {
        inc_pdf_put_len(out, values[i]);
        inc_buf_byte(out, ' ');
    }
    inc_buf_puts(out, "cm/I");
    inc_pdf_put_uint(out, image->number);
    inc_buf_puts(out, " Do Q\n");
}
