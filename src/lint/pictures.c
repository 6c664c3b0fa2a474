/*
 * pictures.c - pictures with too few pixels for the size they are printed at. Each file is reported once, where it is largest.
 *
 * Printers ask for 300 pixels an inch. A photograph below that looks soft. A screen shot is made of sharp squares, of which readers see single ones only
 * below about 150: shots of a display with two pixels a point, shown as large as they were there, have 144 and are reported with what is worse;
 * so PNG and GIF, which hold such pictures and drawings, are judged by 150, JPEG and WebP by 300. A printer who asks for a figure of his own is what the setting print-ppi is for: it holds for all pictures.
 */
#include "lint/internal.h"

#include "base/map.h"

enum { LEAST = 150, LEAST_OF_PHOTOGRAPHS = 300 /* pixels an inch */ };

typedef struct coarse {
    const inc_mark *mark;
    uint32_t page;
    int64_t resolution;
} coarse;

static int64_t least_of(const inc_linter *l, const inc_image *image)
{
    if (l->print_ppi)
        return l->print_ppi;
    return image->kind == INC_IMAGE_JPEG || image->kind == INC_IMAGE_WEBP ? LEAST_OF_PHOTOGRAPHS : LEAST;
}

/* Pixels an inch along the side that has fewer. */
static int64_t resolution_of(const inc_mark *mark)
{
    const inc_image *image = mark->as.image;
    inc_len width = mark->turned ? mark->height : mark->width, height = mark->turned ? mark->width : mark->height;
    int64_t across = inc_len_scale((inc_len)image->width * 72, INC_PT, width), down = inc_len_scale((inc_len)image->height * 72, INC_PT, height);
    return INC_MIN(across, down);
}

/* Where the book shows it there: its element's place, else where the file is named first. */
static inc_span place_of(const inc_mark *mark)
{
    return mark->tag && mark->tag->kind == INC_TAG_FIGURE && mark->tag->span.file ? mark->tag->span : mark->as.image->span;
}

void inc_lint_pictures(inc_linter *l)
{
    inc_map seen = inc_map_in(l->arena);
    INC_VEC(coarse *) found = {0};
    const inc_mark *mark;
    for (inc_lint_place at = {0}; (mark = inc_lint_picture(l, &at));) {
        if (mark->as.image->kind == INC_IMAGE_SVG)
            continue;
        int64_t resolution = resolution_of(mark);
        coarse *known = inc_map_find(&seen, mark->as.image->name);
        if (resolution >= least_of(l, mark->as.image) || (known && known->resolution <= resolution))
            continue;
        if (!known) {
            known = INC_NEW(l->arena, coarse);
            inc_map_put(&seen, mark->as.image->name, known);
            INC_PUSH(l->arena, &found, known);
        }
        *known = (coarse){mark, at.page, resolution};
    }
    for (size_t i = 0; i < found.n; i++) {
        const inc_image *image = found.v[i]->mark->as.image;
        const char *why = l->print_ppi ? NULL : least_of(l, image) == LEAST ? "below 150 single pixels are seen" : "photographs need 300";
        if (!why)
            why = inc_cstr(l->arena, inc_strf(l->arena, "the book asks for %u", (unsigned)l->print_ppi));
        inc_lint_add(l, INC_DIAG_LOW_RESOLUTION, found.v[i]->page, place_of(found.v[i]->mark), "image '%.*s' is printed at %d ppi; %s",
                     INC_STR_ARG(image->name), (int)found.v[i]->resolution, why);
    }
}
