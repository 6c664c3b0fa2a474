/* picture.c - the images of the book: each stored once, under a name of its own, in a form that readers take. */
#include "base/files.h"
#include "epub/book.h"
#include "image/reduce.h"

enum { APPLE_PIXELS = 5600000 }; /* Apple Books Asset Guide 5.3 */

static const char *const media_types[] = {"image/png", "image/jpeg", "image/svg+xml", "image/gif", "image/webp", NULL};
static const char *const extensions[] = {"png", "jpg", "svg", "gif", "webp", NULL};

static inc_str picture_href(inc_epub_book *book, inc_str file, inc_image_kind kind)
{
    inc_str stem = inc_path_stem(inc_path_name(file));
    inc_buf clean = inc_buf_in(book->arena);
    for (size_t i = 0; i < stem.n && clean.n < 60; i++) {
        char c = stem.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (plain)
            inc_buf_byte(&clean, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
        else if (clean.n > 0 && clean.p[clean.n - 1] != '-')
            inc_buf_byte(&clean, '-');
    }
    if (clean.n == 0)
        inc_buf_puts(&clean, "image");
    inc_str base = inc_buf_str(&clean),
            href = inc_strf(book->arena, "images/%.*s.%s", INC_STR_ARG(base), extensions[kind]);
    for (unsigned n = 2; inc_map_has(&book->picture_hrefs, href); n++)
        href = inc_strf(book->arena, "images/%.*s-%u.%s", INC_STR_ARG(base), n, extensions[kind]);
    inc_map_put(&book->picture_hrefs, href, book);
    return href;
}

/* The same bytes under another name are the same picture. */
static inc_epub_picture *find_twin(const inc_epub_book *book, const inc_image *image)
{
    for (size_t i = 0; i < book->pictures.n; i++) {
        const inc_image *other = book->pictures.v[i]->image;
        if (other->hash == image->hash && inc_str_eq(other->bytes, image->bytes))
            return book->pictures.v[i];
    }
    return NULL;
}

/* True when the tag that begins with the name at `at` stands first in a switch, whose other children show the same without HTML. */
static bool has_stand_in(inc_str svg, size_t at)
{
    size_t open = inc_str_rfind_char(inc_str_slice(svg, 0, at), '<');
    inc_str before = inc_str_trim(inc_str_slice(svg, 0, open == INC_NPOS ? 0 : open));
    size_t parent = inc_str_rfind_char(before, '<');
    if (parent == INC_NPOS || before.p[before.n - 1] != '>')
        return false;
    inc_str tag = inc_str_slice(before, parent + 1, before.n - 1), rest = tag;
    inc_str name = inc_str_cut(&rest, ' '), local = name;
    size_t colon = inc_str_find_char(name, ':');
    if (colon != INC_NPOS)
        local = inc_str_slice(name, colon + 1, name.n);
    return inc_str_is(local, "switch");
}

static bool loses_text(inc_str svg)
{
    static const char word[] = "foreignObject";
    for (size_t from = 0;;) {
        size_t at = inc_str_find(inc_str_slice(svg, from, svg.n), INC_STR(word));
        if (at == INC_NPOS)
            return false;
        at += from;
        from = at + sizeof word - 1;
        size_t name = at;
        while (name > 0 && svg.p[name - 1] != '<' && svg.p[name - 1] != '/' && !strchr(" \t\n\r>\"'", svg.p[name - 1]))
            name--; /* over a prefix */
        if (name > 0 && svg.p[name - 1] == '<' && !has_stand_in(svg, at))
            return true;
    }
}

static bool take_svg(inc_epub_book *book, inc_epub_picture *picture, inc_str name, inc_span span)
{
    inc_buf clean = inc_buf_in(book->arena);
    const char *why = "";
    if (!inc_svg_sanitise(book->arena, picture->image->bytes, &clean, &why)) {
        if (!picture->image->tried || picture->image->graphic) /* otherwise it was said why it cannot even be drawn */
            inc_report(book->diags, INC_DIAG_SVG_UNUSABLE, span, "SVG '%.*s' cannot go into the EPUB: %s", INC_STR_ARG(name), why)
                ->hint = INC_STR("its alternative text stands in its place; save it as plain SVG or as PNG");
        return false;
    }
    if (loses_text(picture->image->bytes))
        inc_report(book->diags, INC_DIAG_SVG_TEXT_LOST, span, "SVG '%.*s' has HTML inside (foreignObject), which readers of EPUB do not show: it is left out",
                   INC_STR_ARG(name))
            ->hint = INC_STR("have its words drawn as SVG text: Mermaid does so with htmlLabels: false");
    picture->bytes = inc_buf_str(&clean);
    return true;
}

/* ---- what readers cannot show ---- */

static void free_arena(void *arena)
{
    inc_arena_free(arena);
}

/* The width, as stored, at which it has no more pixels than it may; 0: it has not. */
static uint32_t width_within(const inc_pixels *p, uint64_t most)
{
    if (!most || (uint64_t)p->width * p->height <= most)
        return 0;
    uint32_t low = 1, high = p->width; /* the largest w with w * (height * w / width) <= most */
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        uint64_t height = INC_MAX(((uint64_t)p->height * middle + p->width / 2) / p->width, (uint64_t)1);
        if (middle * height <= most)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The same of a JPEG, which libjpeg reduces by eighths. */
static uint32_t eighths_within(const inc_pixels *p, uint64_t most)
{
    for (uint64_t n = 7; most && (uint64_t)p->width * p->height > most && n > 0; n--) {
        uint64_t width = (p->width * n + 7) / 8, height = (p->height * n + 7) / 8;
        if (width * height <= most || n == 1)
            return (uint32_t)width;
    }
    return 0;
}

/* Samples as a file: a PNG, or a JPEG of what was a photograph. */
static inc_str file_of_samples(inc_pixels *p, bool photograph, inc_arena *arena, inc_image_kind *kind)
{
    inc_str file;
    if (photograph && !p->alpha.n && inc_jpeg_write(p, arena, &file)) {
        *kind = INC_IMAGE_JPEG;
        return file;
    }
    unsigned colors = (unsigned)p->color, channels = colors + (p->alpha.n > 0);
    size_t count = (size_t)p->width * p->height;
    uint8_t *rows = inc_alloc_array(arena, p->height, (size_t)p->width * channels + 1);
    for (size_t i = 0; i < count; i++) {
        memcpy(rows + i * channels, p->data.p + i * colors, colors);
        if (p->alpha.n)
            rows[i * channels + colors] = (uint8_t)p->alpha.p[i];
    }
    inc_buf out = inc_buf_in(arena);
    inc_png_write(arena, rows, p->width, p->height, channels, 1 << 0 | 1 << 1 | 1 << 2 | 1 << 4, p->profile, &out);
    *kind = INC_IMAGE_PNG;
    return inc_buf_str(&out);
}

/* Too many pixels for shops, or inks: the picture is made anew. What cannot be decoded stays as it is; the PDFs tell of it. GIFs stay, for they may
 * move. */
static void make_fit(inc_epub_book *book, inc_epub_picture *picture, inc_str name, inc_span span)
{
    const inc_image *image = picture->image;
    uint64_t most = book->input->picture_pixels;
    bool large = most && (uint64_t)image->width * image->height > most, jpeg = image->kind == INC_IMAGE_JPEG;
    if ((!large && !jpeg) || image->kind == INC_IMAGE_GIF || image->kind == INC_IMAGE_SVG || (!large && !inc_jpeg_has_inks(image)))
        return;
    void **slot = inc_defer(book->arena, free_arena);
    inc_arena *scratch = *slot = inc_arena_new();
    inc_pixels pixels;
    inc_image_kind kind = INC_IMAGE_JPEG;
    if (inc_image_pixels(image, scratch, inc_diags_new(scratch), span, &pixels)) {
        uint32_t width = pixels.jpeg ? eighths_within(&pixels, most) : width_within(&pixels, most);
        bool inks = pixels.color == INC_IMAGE_CMYK, good = true;
        inc_str file = INC_STR("");
        if (pixels.jpeg) {
            inc_jpeg_change change = {.width = width, .to_srgb = inks, .inks = book->input->inks, .markers = true,
                                      .orientation = image->orientation};
            good = inc_jpeg_rewrite(&pixels, &change, scratch);
            file = pixels.data;
        } else {
            if (width)
                inc_samples_reduce(&pixels, width, INC_MAX((uint32_t)(((uint64_t)pixels.height * width + pixels.width / 2) / pixels.width), 1u), scratch);
            file = file_of_samples(&pixels, image->kind == INC_IMAGE_WEBP, scratch, &kind);
        }
        if (good) {
            picture->bytes = inc_str_dup(book->arena, file);
            picture->kind = kind;
        }
        if (good && inks)
            inc_report(book->diags, INC_DIAG_CMYK_CONVERTED, span, "image '%.*s' has CMYK inks; the EPUB gets it as RGB", INC_STR_ARG(name));
    }
    *slot = NULL;
    inc_arena_free(scratch);
}

static inc_epub_picture *new_picture(inc_epub_book *book, const inc_image *image, inc_str name, inc_str file,
                                     inc_span span)
{
    inc_epub_picture *picture = find_twin(book, image);
    if (picture)
        return picture;
    picture = INC_NEW(book->arena, inc_epub_picture);
    picture->image = image;
    picture->bytes = image->bytes;
    if (image->kind == INC_IMAGE_UNKNOWN || (image->kind == INC_IMAGE_SVG && !take_svg(book, picture, name, span)))
        return NULL;
    picture->kind = image->kind;
    make_fit(book, picture, name, span);
    if (image->kind != INC_IMAGE_SVG && picture->bytes.p == image->bytes.p && (uint64_t)image->width * image->height > APPLE_PIXELS)
        inc_report(book->diags, INC_DIAG_IMAGE_TOO_LARGE_FOR_SHOPS, span,
                   "image '%.*s' has %u x %u pixels; Apple Books takes 5.6 million", INC_STR_ARG(name), image->width,
                   image->height);
    picture->href = picture_href(book, file, picture->kind);
    picture->media_type = media_types[picture->kind];
    INC_PUSH(book->arena, &book->pictures, picture);
    return picture;
}

const inc_epub_picture *inc_epub_picture_of(inc_epub_book *book, inc_str name, inc_str file, inc_span span)
{
    inc_str key = name.n ? name : file;
    if (inc_map_has(&book->picture_names, key))
        return inc_map_find(&book->picture_names, key);
    const inc_image *image = inc_images_open(book->input->images, key, file, span);
    inc_epub_picture *picture = image ? new_picture(book, image, key, file, span) : NULL;
    inc_map_put(&book->picture_names, key, picture);
    return picture;
}

/* ---- sizes ---- */

/* A number with an optional unit that CSS knows; a bare number is pixels. "" when it is anything else. */
static inc_str css_width(inc_arena *arena, inc_str width)
{
    static const char *const units[] = {"%", "px", "em", "rem", "pt", "pc", "cm", "mm", "in", "vw"};
    width = inc_str_trim(width);
    size_t digits = 0, points = 0;
    while (digits < width.n &&
           ((width.p[digits] >= '0' && width.p[digits] <= '9') || (width.p[digits] == '.' && points++ == 0)))
        digits++;
    inc_str number = inc_str_slice(width, 0, digits), unit = inc_str_slice(width, digits, width.n);
    if (digits == 0 || digits > 8 || number.p[digits - 1] == '.')
        return INC_STR("");
    if (unit.n == 0)
        return inc_strf(arena, "%.*spx", INC_STR_ARG(number));
    for (size_t i = 0; i < INC_COUNT(units); i++)
        if (inc_str_eq_nocase(unit, inc_str_of(units[i])))
            return inc_strf(arena, "%.*s%s", INC_STR_ARG(number), units[i]);
    return INC_STR("");
}

/* The declarations of a stated size. A picture keeps its proportions: of two lengths both are limits. Heights in per cent are a screen's. */
static inc_str declarations(inc_arena *arena, inc_str width, inc_str height)
{
    inc_str wide = width.n ? css_width(arena, width) : INC_STR(""), tall = height.n ? css_width(arena, height) : INC_STR("");
    if (inc_str_ends(tall, INC_STR("%")))
        tall = inc_strf(arena, "%.*svh", (int)(tall.n - 1), tall.p);
    if (!tall.n)
        return wide.n ? inc_strf(arena, "width:%.*s", INC_STR_ARG(wide)) : wide;
    if (!wide.n)
        return inc_strf(arena, "height:%.*s;object-fit:contain", INC_STR_ARG(tall));
    return inc_strf(arena, "width:%.*s;max-height:%.*s;object-fit:contain", INC_STR_ARG(wide), INC_STR_ARG(tall));
}

uint32_t inc_epub_size_class(inc_epub_book *book, inc_str width, inc_str height)
{
    inc_str css = declarations(book->arena, width, height);
    if (css.n == 0)
        return 0;
    for (size_t i = 0; i < book->sizes.n; i++)
        if (inc_str_eq(book->sizes.v[i], css))
            return (uint32_t)i + 1;
    INC_PUSH(book->arena, &book->sizes, css);
    return (uint32_t)book->sizes.n;
}
