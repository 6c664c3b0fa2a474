/* picture.c - the images of the book: each stored once, under a name of its own, in a form that readers take. */
#include "base/files.h"
#include "epub/book.h"

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
        inc_report(book->diags, INC_DIAG_SVG_UNUSABLE, span, "SVG '%.*s' cannot go into the EPUB: %s",
                   INC_STR_ARG(name), why)
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
    if (image->kind != INC_IMAGE_SVG && (uint64_t)image->width * image->height > APPLE_PIXELS)
        inc_report(book->diags, INC_DIAG_IMAGE_TOO_LARGE_FOR_SHOPS, span,
                   "image '%.*s' has %u x %u pixels; Apple Books takes 5.6 million", INC_STR_ARG(name), image->width,
                   image->height);
    picture->href = picture_href(book, file, image->kind);
    picture->media_type = media_types[image->kind];
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
