/* image.c - the registry: files are told by their first bytes, never by their names. */
#include "image/internal.h"

#include <errno.h>

#include "base/files.h"
#include "base/map.h"

enum { FILE_MAX = 256 << 20 };

struct inc_images {
    inc_arena *arena;
    inc_diags *diags;
    inc_map by_name; /* inc_image; refused ones have kind UNKNOWN */
};

inc_images *inc_images_new(inc_arena *arena, inc_diags *diags)
{
    inc_images *images = INC_NEW(arena, inc_images);
    images->arena = arena;
    images->diags = diags;
    images->by_name = inc_map_in(arena);
    return images;
}

inc_len inc_natural(uint32_t count, uint64_t numerator, uint64_t denominator)
{
    if (!denominator || numerator / denominator < 10 || numerator / denominator > 10000 ||
        numerator > UINT32_MAX * (uint64_t)1000)
        return 0;
    return inc_len_scale((inc_len)count * 72 * INC_PT, (int64_t)denominator, (int64_t)numerator);
}

static bool begins(inc_str s, const char *signature, size_t n)
{
    return s.n >= n && memcmp(s.p, signature, n) == 0;
}

static inc_image_kind kind_of(inc_str s)
{
    if (begins(s, "\x89PNG\r\n\x1A\n", 8))
        return INC_IMAGE_PNG;
    if (begins(s, "\xFF\xD8\xFF", 3))
        return INC_IMAGE_JPEG;
    if (begins(s, "GIF87a", 6) || begins(s, "GIF89a", 6))
        return INC_IMAGE_GIF;
    if (s.n >= 16 && begins(s, "RIFF", 4) && memcmp(s.p + 8, "WEBP", 4) == 0)
        return INC_IMAGE_WEBP;
    return inc_svg_is(s) ? INC_IMAGE_SVG : INC_IMAGE_UNKNOWN;
}

static inc_probe probe(inc_image_kind kind, inc_str bytes)
{
    switch (kind) {
    case INC_IMAGE_PNG:
        return inc_png_probe(bytes);
    case INC_IMAGE_JPEG:
        return inc_jpeg_probe(bytes);
    case INC_IMAGE_SVG:
        return inc_svg_probe(bytes);
    case INC_IMAGE_GIF:
        return inc_gif_probe(bytes);
    case INC_IMAGE_WEBP:
        return inc_webp_probe(bytes);
    case INC_IMAGE_UNKNOWN:
        break;
    }
    return (inc_probe){.fault = "unknown"};
}

/* False and a diagnostic when the size is out of bounds. */
static bool size_allowed(const inc_images *images, const inc_probe *p, inc_str name, inc_span span)
{
    bool empty = !p->width || !p->height;
    if (!empty && p->width <= INC_IMAGE_SIDE_MAX && p->height <= INC_IMAGE_SIDE_MAX &&
        (uint64_t)p->width * p->height <= INC_PIXELS_MAX)
        return true;
    inc_report(images->diags, empty ? INC_DIAG_BROKEN_IMAGE : INC_DIAG_IMAGE_TOO_BIG, span,
               "image '%.*s' is %u by %u pixels", INC_STR_ARG(name), p->width, p->height);
    return false;
}

static void set_sizes(inc_image *image, const inc_probe *p)
{
    inc_len css_px = INC_PT * 3 / 4;
    inc_len width = p->natural_width > 0 ? p->natural_width : p->width * css_px;
    inc_len height = p->natural_height > 0 ? p->natural_height : p->height * css_px;
    bool turned = p->orientation >= 5 && p->orientation <= 8;
    image->orientation = p->orientation;
    image->width = turned ? p->height : p->width;
    image->height = turned ? p->width : p->height;
    image->natural_width = INC_MAX(turned ? height : width, (inc_len)1);
    image->natural_height = INC_MAX(turned ? width : height, (inc_len)1);
}

/* What GIF and WebP hold is not protected by sums, and an EPUB takes the file as it is: such files, which are few, are decoded once to know.
 * (PNG's sums are looked at by the probe; a JPEG's codes when the PDF takes them.) An animated WebP is good for an EPUB. NULL: nothing is wrong. */
static const char *spoilt_inside(inc_images *images, const inc_image *image)
{
    const char *fault = NULL;
    inc_pixels pixels = {0};
    inc_arena_mark start = inc_arena_mark_get(images->arena);
    bool good = true;
    if (image->kind == INC_IMAGE_GIF)
        good = inc_gif_read(image->bytes, images->arena, &pixels, &fault);
    else if (image->kind == INC_IMAGE_WEBP && !inc_webp_moves(image->bytes))
        good = inc_webp_read(image->bytes, images->arena, &pixels, &fault);
    inc_arena_reset(images->arena, start);
    return good ? NULL : fault;
}

static void examine(inc_images *images, inc_image *image, inc_str bytes, inc_span span)
{
    inc_str name = image->name;
    inc_image_kind kind = kind_of(bytes);
    if (kind == INC_IMAGE_UNKNOWN) {
        inc_report(images->diags, INC_DIAG_UNKNOWN_IMAGE, span, "image '%.*s' is of no kind that can be used",
                   INC_STR_ARG(name))
            ->hint = INC_STR("PNG, JPEG, SVG, GIF and WebP are read");
        return;
    }
    inc_probe p = probe(kind, bytes);
    bool size_known = !p.fault || (p.width && p.height);
    if (size_known && !size_allowed(images, &p, name, span))
        return;
    if (p.fault) {
        inc_report(images->diags, INC_DIAG_BROKEN_IMAGE, span, "image '%.*s' %s", INC_STR_ARG(name), p.fault);
        return;
    }
    image->kind = kind;
    image->bytes = bytes;
    const char *fault = spoilt_inside(images, image);
    if (fault) {
        image->kind = INC_IMAGE_UNKNOWN;
        inc_report(images->diags, INC_DIAG_BROKEN_IMAGE, span, "image '%.*s' %s", INC_STR_ARG(name), fault);
        return;
    }
    set_sizes(image, &p);
    image->hash = inc_hash(bytes.p, bytes.n);
}

/* Reads and probes into *image; its kind stays UNKNOWN when it is refused. */
static void load(inc_images *images, inc_image *image, inc_str file, inc_span span)
{
    inc_str bytes, name = image->name;
    int error = inc_file_read(images->arena, file, FILE_MAX, &bytes);
    if (error == EFBIG) {
        inc_report(images->diags, INC_DIAG_IMAGE_TOO_BIG, span, "image '%.*s' is larger than 256 MB",
                   INC_STR_ARG(name));
        return;
    }
    if (error) {
        inc_report(images->diags, INC_DIAG_UNREADABLE_IMAGE, span, "image '%.*s' %s", INC_STR_ARG(name),
                   error == ENOENT ? "does not exist" : "cannot be read");
        return;
    }
    examine(images, image, bytes, span);
}

const inc_image *inc_images_open(inc_images *images, inc_str name, inc_str file, inc_span span)
{
    inc_image *image = inc_map_find(&images->by_name, name);
    if (!image) {
        image = INC_NEW(images->arena, inc_image);
        image->name = inc_str_dup(images->arena, name);
        image->file = inc_str_dup(images->arena, file);
        image->kind = INC_IMAGE_UNKNOWN;
        image->orientation = 1;
        image->span = span;
        inc_map_put(&images->by_name, image->name, image);
        load(images, image, file, span);
    }
    return image->kind == INC_IMAGE_UNKNOWN ? NULL : image;
}

void inc_images_draw(inc_images *images, const inc_image *image, const struct inc_graphic *graphic)
{
    inc_image *own = inc_map_find(&images->by_name, image->name);
    assert(own == image);
    own->graphic = graphic;
    own->tried = true;
}

const inc_image *inc_images_add(inc_images *images, inc_str name, inc_str bytes, inc_span span)
{
    inc_str key;
    inc_image *image = NULL;
    for (unsigned i = 0;; i++) { /* two files may have one hash */
        key = inc_strf(images->arena, "data:%016llx-%u", (unsigned long long)inc_hash(bytes.p, bytes.n), i);
        image = inc_map_find(&images->by_name, key);
        if (!image || inc_str_eq(image->bytes, bytes))
            break;
    }
    if (!image) {
        image = INC_NEW(images->arena, inc_image);
        *image = (inc_image){.kind = INC_IMAGE_UNKNOWN, .name = inc_str_dup(images->arena, name), .file = INC_STR(""), .orientation = 1, .span = span};
        image->bytes = inc_str_dup(images->arena, bytes); /* also of what is none: it is told once */
        inc_map_put(&images->by_name, key, image);
        examine(images, image, image->bytes, span);
    }
    return image->kind == INC_IMAGE_UNKNOWN ? NULL : image;
}

/* ---- pixels ---- */

bool inc_image_pixels(const inc_image *image, inc_arena *arena, inc_diags *diags, inc_span span, inc_pixels *pixels)
{
    const char *fault = NULL;
    bool good = false;
    *pixels = (inc_pixels){.alpha = INC_STR(""), .profile = INC_STR("")};
    switch (image->kind) {
    case INC_IMAGE_PNG:
        good = inc_png_read(image->bytes, arena, pixels, &fault);
        break;
    case INC_IMAGE_JPEG:
        good = inc_jpeg_read(image->bytes, arena, pixels, &fault);
        break;
    case INC_IMAGE_GIF:
        good = inc_gif_read(image->bytes, arena, pixels, &fault);
        break;
    case INC_IMAGE_WEBP:
        good = inc_webp_read(image->bytes, arena, pixels, &fault);
        break;
    case INC_IMAGE_SVG:
    case INC_IMAGE_UNKNOWN:
        return false; /* not made of pixels: the caller draws what it draws for these */
    }
    pixels->profile = good ? inc_profile_of(pixels->profile, pixels->color) : INC_STR("");
    if (!good)
        inc_report(diags, INC_DIAG_BROKEN_IMAGE, span, "image '%.*s' %s", INC_STR_ARG(image->name),
                   fault ? fault : "is damaged");
    return good;
}

static bool all_opaque(const uint8_t *alpha, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (alpha[i] != 0xFF)
            return false;
    return true;
}

static bool all_grey(const uint8_t *colors, size_t pixels)
{
    for (size_t i = 0; i < pixels; i++)
        if (colors[i * 3] != colors[i * 3 + 1] || colors[i * 3 + 1] != colors[i * 3 + 2])
            return false;
    return true;
}

void inc_pixels_split(const uint8_t *rows, size_t n, unsigned channels, uint8_t *colors, uint8_t *alpha)
{
    if (channels == 2)
        for (size_t i = 0; i < n; i++) {
            colors[i] = rows[i * 2];
            alpha[i] = rows[i * 2 + 1];
        }
    else
        for (size_t i = 0; i < n; i++) {
            colors[i * 3] = rows[i * 4];
            colors[i * 3 + 1] = rows[i * 4 + 1];
            colors[i * 3 + 2] = rows[i * 4 + 2];
            alpha[i] = rows[i * 4 + 3];
        }
}

void inc_pixels_from_planes(inc_pixels *pixels, uint8_t *colors, unsigned channels, uint8_t *alpha)
{
    size_t count = (size_t)pixels->width * pixels->height;
    if (alpha && !all_opaque(alpha, count))
        pixels->alpha = (inc_str){(const char *)alpha, count};
    if (channels == 3 && all_grey(colors, count)) {
        for (size_t i = 0; i < count; i++)
            colors[i] = colors[i * 3];
        channels = 1;
    }
    pixels->color = channels == 1 ? INC_IMAGE_GRAY : INC_IMAGE_RGB;
    pixels->bits = 8;
    pixels->data = (inc_str){(const char *)colors, count * channels};
}

void inc_pixels_from_rows(inc_pixels *pixels, uint8_t *rows, unsigned channels, inc_arena *arena)
{
    uint8_t *alpha = NULL;
    if (channels % 2 == 0) { /* in place: each sample moves towards the beginning */
        alpha = inc_alloc_array(arena, pixels->height, pixels->width);
        inc_pixels_split(rows, (size_t)pixels->width * pixels->height, channels, rows, alpha);
    }
    inc_pixels_from_planes(pixels, rows, channels < 3 ? 1 : 3, alpha);
}
