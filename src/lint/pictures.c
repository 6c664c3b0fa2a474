/*
 * pictures.c - pictures with too few pixels for the size they are printed at. Each file is reported once, where it is largest.
 */
#include "lint/internal.h"

#include "base/map.h"

enum { LEAST = 150 /* pixels an inch */ };

typedef struct coarse {
    const inc_image *image;
    uint32_t page;
    int64_t resolution;
} coarse;

/* Pixels an inch along the side that has fewer. */
static int64_t resolution_of(const inc_mark *mark)
{
    const inc_image *image = mark->as.image;
    int64_t across = inc_len_scale((inc_len)image->width * 72, INC_PT, mark->width), down = inc_len_scale((inc_len)image->height * 72, INC_PT, mark->height);
    return INC_MIN(across, down);
}

void inc_lint_pictures(inc_linter *l)
{
    inc_map seen = inc_map_in(l->arena);
    INC_VEC(coarse *) found = {0};
    for (uint32_t p = 0; p < l->pages->page_count; p++)
        for (size_t m = 0; m < l->pages->pages[p].mark_count; m++) {
            const inc_mark *mark = &l->pages->pages[p].marks[m];
            if (mark->kind != INC_MARK_IMAGE || !mark->as.image || mark->as.image->kind == INC_IMAGE_SVG || mark->width <= 0 || mark->height <= 0)
                continue;
            int64_t resolution = resolution_of(mark);
            coarse *known = inc_map_find(&seen, mark->as.image->name);
            if (resolution >= LEAST || (known && known->resolution <= resolution))
                continue;
            if (!known) {
                known = INC_NEW(l->arena, coarse);
                inc_map_put(&seen, mark->as.image->name, known);
                INC_PUSH(l->arena, &found, known);
            }
            *known = (coarse){mark->as.image, p, resolution};
        }
    for (size_t i = 0; i < found.n; i++)
        inc_lint_add(l, INC_DIAG_LOW_RESOLUTION, found.v[i]->page, found.v[i]->image->span, "image '%.*s' is printed with %d pixels an inch",
                     INC_STR_ARG(found.v[i]->image->name), (int)found.v[i]->resolution);
}
