/* build_run.h - what the phases of one run hand on. Only for build*.c. */
#ifndef INC_BUILD_RUN_H
#define INC_BUILD_RUN_H

#include "build.h"
#include "base/baseline.h"
#include "base/pool.h"
#include "base/sink.h"
#include "image/ink.h"
#include "layout/layout.h"
#include "manuscript/manuscript.h"
#include "pdf/pdf.h"

typedef struct inc_printing { /* what the settings say of it */
    inc_inks *inks;    /* NULL without a PDF */
    inc_str condition; /* its name in ICC's registry, or "" */
} inc_printing;

typedef struct inc_run {
    const inc_build_options *options;
    const inc_test_options *test; /* of inc_test */
    inc_build_result result;
    inc_manuscript *manuscript;
    inc_document *document;
    inc_sheet *sheet;
    inc_fonts *fonts;
    inc_images *images;
    inc_layout_result layout;
    inc_printing printing;
    inc_str inks_profile;      /* what CMYK pictures without a profile are taken to be meant for; read when the EPUB needs it */
    inc_pdf_pictures *pictures; /* NULL without a PDF */
    inc_background *painting;   /* of the pictures */
    inc_file_sink *pending[3]; /* temporary files, by position in result.outputs; NULL when none or done */
    inc_baseline *baseline;    /* NULL without one */
    inc_arena *workers[64];    /* one for each thread that parsed: nodes live there */
} inc_run;

/* Says that a phase begins, or how far it is. */
void inc_run_progress(inc_run *run, const char *what, size_t done, size_t total);

/* The outputs that are wanted: INC_TO_..., or-ed. */
static inline unsigned inc_run_wanted(const inc_run *run)
{
    return run->options->to ? run->options->to : INC_TO_ALL;
}

/* True when there is no use in going on: a fatal finding, or the user's interruption. */
bool inc_run_stopped(const inc_run *run);

/* True when there are errors (warnings too under --strict). */
bool inc_run_has_errors(const inc_run *run);

/* build_document.c: manuscript, markdown and, if wanted, resolve. */
void inc_run_document(inc_run *run, bool resolve);
void inc_run_plain(inc_run *run); /* the .md file alone as plain CommonMark, nothing of a book around it */

/* build_diagrams.c: the files of the images that are drawn from blocks; runs commands for those that are not there when the user said so. */
void inc_run_diagrams(inc_run *run);

/* build_baseline.c: reads the file, which the manuscript may name; marks what was reported since the last time and is listed in it. */
void inc_run_open_baseline(inc_run *run);
void inc_run_apply_baseline(inc_run *run);

/* build_style.c: sheets, the fonts they declare, and layout. */
void inc_run_style(inc_run *run);
void inc_run_layout(inc_run *run);

/* build_print.c: what the settings say of the print file. */
void inc_run_page_boxes(inc_run *run); /* the settings' bleed and marks in place of the style sheets' */
void inc_run_read_inks(inc_run *run); /* run->inks_profile; "" when it cannot be read (reported) */
bool inc_run_printing(inc_run *run, inc_printing *printing); /* false when not even our own profile can be read (reported) */

/* build_graphics.c: makes the drawings of the book's SVGs. */
void inc_run_graphics(inc_run *run);

/* build_pictures.c: opens the printing condition and the pictures that the PDFs will need, and begins to make them. */
void inc_run_pictures(inc_run *run);

/* build_pages.c: fills in the pages of the findings from the `from`th on that have none but a place. */
void inc_run_name_pages(inc_run *run, size_t from);

/* build_outputs.c: the back ends, into temporary files or (write false) into nothing; then the renaming. */
void inc_run_outputs(inc_run *run, bool write);
void inc_run_commit(inc_run *run);
void inc_run_abort(inc_run *run); /* removes what is pending */
inc_str inc_run_slug(inc_arena *arena, inc_str title); /* "a-book": lower case, all but letters and digits one '-' */

/* build_listings.c: the whole of inc_test. */
void inc_run_listings(inc_run *run);

/* build_dump.c */
void inc_run_dump(inc_run *run, inc_dump_kind kind);

#endif
