/*
 * build_pictures.c - the book's pictures, made ready for the PDFs while it is laid out: for a book with screen shots that is a good part of all the
 * work, and depends on little that layout finds out.
 */
#include "build_run.h"

/* Opens every picture of the document, in its order. */
static void add_pictures(inc_run *run)
{
    for (inc_walk w = inc_walk_begin(run->document->book); inc_walk_next(&w);) {
        const inc_node *node = w.node;
        if (!w.enter || node->kind != INC_NODE_IMAGE || !node->as.image.file.n)
            continue;
        const inc_image *image = inc_images_open(run->images, node->as.image.name, node->as.image.file, node->span);
        if (image)
            inc_pdf_pictures_add(run->pictures, image);
    }
}

void inc_run_pictures(inc_run *run)
{
    unsigned wanted = inc_run_wanted(run);
    if (!(wanted & (INC_TO_PDF | INC_TO_PRINT)) || !inc_run_printing(run, &run->printing))
        return;
    run->pictures = inc_pdf_pictures_new(wanted & INC_TO_PDF, run->manuscript->settings.screen_ppi, wanted & INC_TO_PRINT ? run->printing.inks : NULL, run->result.arena);
    add_pictures(run);
    inc_pdf_pictures_expect(run->pictures, inc_layout_measure(run->sheet, run->document, run->result.arena));
    run->painting = inc_background_begin(run->result.arena, run->options->jobs, inc_pdf_pictures_count(run->pictures), inc_pdf_pictures_make, run->pictures);
}
