/* image.c (pdf) - image XObjects. */
#include "pdf/image.h"

#include "pdf/glyphs.h"
#include "pdf/syntax.h"

/* ---- collecting ---- */

static void enter(inc_pdf_images *images, inc_pdf_picture *picture, inc_diags *diags)
{
    inc_pdf_image **known = &images->by_picture[picture->index];
    if (*known)
        return;
    *known = INC_NEW(images->arena, inc_pdf_image);
    **known = (inc_pdf_image){.picture = picture, .number = (uint32_t)images->list.n};
    INC_PUSH(images->arena, &images->list, *known);
    inc_diags_append(diags, picture->diags);
    if (images->medium == INC_PRINT)
        inc_diags_append(diags, picture->print_diags);
}

static void enter_mark(inc_pdf_images *images, const inc_mark *mark, inc_str page, inc_diags *diags)
{
    const inc_image *image = mark->as.image;
    if (image->kind != INC_IMAGE_SVG)
        enter(images, inc_pdf_pictures_find(images->pictures, image), diags);
    else if (!image->graphic)
        inc_report(diags, INC_DIAG_PICTURE_LEFT_OUT, image->span, "picture '%.*s' is an SVG that could not be drawn", INC_STR_ARG(image->name))->page = page;
}

void inc_pdf_images_gather(inc_pdf_images *images, const inc_pages *pages, const inc_graphic *const *graphics, size_t graphic_count, inc_medium medium,
                           const inc_inks *inks, inc_diags *diags)
{
    images->medium = medium;
    images->inks = medium == INC_SCREEN && inks && !inc_inks_are_grey(inks) ? inc_inks_profile(inks) : INC_STR("");
    images->profiles = inc_map_in(images->arena);
    images->by_picture = INC_NEW_N(images->arena, inc_pdf_image *, images->pictures->list.n);
    for (size_t p = 0; p < pages->page_count; p++)
        for (size_t m = 0; m < pages->pages[p].mark_count; m++) {
            const inc_mark *mark = &pages->pages[p].marks[m];
            if (mark->kind == INC_MARK_IMAGE && inc_pdf_mark_shows(mark, medium))
                enter_mark(images, mark, pages->pages[p].label, diags);
        }
    for (size_t i = 0; i < graphic_count; i++)
        for (size_t k = 0; k < graphics[i]->op_count; k++) {
            const inc_op *op = &graphics[i]->ops[k];
            if (op->kind == INC_OP_IMAGE && op->as.image && op->as.image->kind != INC_IMAGE_SVG)
                enter(images, inc_pdf_pictures_find(images->pictures, op->as.image), diags);
        }
}

const inc_pdf_image *inc_pdf_images_find(const inc_pdf_images *images, const inc_image *image)
{
    const inc_pdf_picture *picture = inc_pdf_pictures_find(images->pictures, image);
    return picture ? images->by_picture[picture->index] : NULL;
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

static void put_head(inc_buf *out, const inc_pixels *pixels, unsigned bits)
{
    inc_buf_printf(out, "/Type/XObject/Subtype/Image/Width %u/Height %u/BitsPerComponent %u", pixels->width, pixels->height, bits);
}

/* The stream of a picture's own profile; 0 when the file's version of PDF does not know the profile's of ICC (ISO 32000-1, 8.6.5.5). */
static inc_ref embed_profile(inc_pdf_images *images, inc_str profile, inc_image_color color, inc_pdf *pdf, inc_deflate *deflate)
{
    if (!profile.n || profile.p[8] > 4 || (profile.p[8] == 4 && (unsigned char)profile.p[9] > 0x2F))
        return 0;
    inc_ref *known = inc_map_find(&images->profiles, profile);
    if (known)
        return *known;
    inc_ref *ref = INC_NEW(images->arena, inc_ref);
    *ref = inc_pdf_object(pdf);
    inc_map_put(&images->profiles, profile, ref);
    inc_pdf_fill_stream(pdf, *ref, inc_strf(images->arena, "/N %u/Alternate/%s/Filter/FlateDecode", (unsigned)color, space_name(color)),
                        inc_deflate_run(deflate, images->arena, profile));
    return *ref;
}

static inc_ref embed_alpha(inc_pdf_images *images, const inc_pdf_image *image, const inc_pixels *pixels, inc_pdf *pdf)
{
    inc_buf out = inc_buf_in(images->arena);
    put_head(&out, pixels, 8);
    inc_buf_puts(&out, "/ColorSpace/DeviceGray/Filter/FlateDecode");
    inc_ref ref = inc_pdf_object(pdf);
    inc_pdf_fill_stream(pdf, ref, inc_buf_str(&out), image->picture->form[images->medium].alpha);
    return ref;
}

void inc_pdf_image_embed(inc_pdf_images *images, inc_pdf_image *image, inc_pdf *pdf, inc_deflate *deflate)
{
    const inc_pdf_picture *picture = image->picture;
    const inc_pdf_form *form = &picture->form[images->medium];
    const inc_pixels *pixels = &form->pixels;
    if (!picture->ready)
        return;
    inc_buf out = inc_buf_in(images->arena);
    inc_str own = pixels->color == INC_IMAGE_CMYK && !pixels->profile.n ? images->inks : pixels->profile;
    inc_ref profile = embed_profile(images, own, pixels->color, pdf, deflate);
    put_head(&out, pixels, pixels->bits);
    if (profile)
        inc_buf_printf(&out, "/ColorSpace[/ICCBased %u 0 R]", profile);
    else
        inc_buf_printf(&out, "/ColorSpace/%s", space_name(pixels->color));
    images->cmyk |= !profile && pixels->color == INC_IMAGE_CMYK;
    if (pixels->inverted_cmyk)
        inc_buf_puts(&out, "/Decode[1 0 1 0 1 0 1 0]");
    inc_buf_puts(&out, pixels->jpeg ? "/Filter/DCTDecode" : "/Filter/FlateDecode");
    if (form->predicted)
        inc_buf_printf(&out, "/DecodeParms<</Predictor 15/Colors %u/BitsPerComponent %u/Columns %u>>", (unsigned)pixels->color, pixels->bits,
                       pixels->width);
    if (form->alpha.n) {
        inc_buf_puts(&out, "/SMask ");
        inc_pdf_put_ref(&out, embed_alpha(images, image, pixels, pdf));
    }
    image->ref = inc_pdf_object(pdf);
    inc_pdf_fill_stream(pdf, image->ref, inc_buf_str(&out), form->data);
}

void inc_pdf_image_draw(const inc_pdf_image *image, inc_len x, inc_len y, inc_len width, inc_len height, inc_buf *out)
{
    /* Where the unit square (stored columns to the right, stored rows downwards from 1) goes for Exif orientations 1 to 8:
     * X = a u + c v + e, Y = b u + d v + f, in units of the rectangle. */
    static const int8_t matrices[8][6] = {{1, 0, 0, 1, 0, 0},  {-1, 0, 0, 1, 1, 0}, {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1},
                                          {0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1}, {0, 1, 1, 0, 0, 0},   {0, 1, -1, 0, 1, 0}};
    unsigned orientation = image->picture->image->orientation;
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
