/* pdf.h - pages to bytes. */
#ifndef INC_PDF_H
#define INC_PDF_H

#include "base/diag.h"
#include "base/sink.h"
#include "image/ink.h"
#include "layout/page.h"

typedef struct inc_pdf_pictures inc_pdf_pictures;

typedef struct inc_pdf_options {
    inc_medium medium;  /* SCREEN: tagged, outline, links, labels. PRINT: PDF/X-4: boxes, marks, inks alone; no annotations, outline or tags */
    inc_inks *inks;     /* of the printing condition; on the screen what CMYK pictures are meant for, may be NULL there */
    inc_str condition;  /* PRINT: its name in ICC's registry of characterisation data, "" when it has none */
    inc_str producer;   /* "incipit 0.1.0" */
    unsigned jobs;      /* threads for deflate */
    const inc_pdf_pictures *pictures; /* of these pages, all made; NULL: the file makes its own */
} inc_pdf_options;

/* Pictures as PDF files store them, which both files share: most of the work of a book with screen shots. screen: a screen file is wanted;
 * screen_ppi: pixels an inch that it needs at most, 0 for all there are; inks: of the print file, NULL when none is. Of an SVG's drawing the
 * pictures inside are taken. */
inc_pdf_pictures *inc_pdf_pictures_new(bool screen, unsigned screen_ppi, inc_inks *inks, inc_arena *arena);
inc_pdf_pictures *inc_pdf_pictures_of(const inc_pages *pages, bool screen, inc_inks *inks, inc_arena *arena); /* with all that are on the pages */
void inc_pdf_pictures_add(inc_pdf_pictures *pictures, const inc_image *image);
size_t inc_pdf_pictures_count(const inc_pdf_pictures *pictures);

/* Makes the ith, from any thread (the function fits inc_parallel); all must be made before a file is written. Memory comes from an arena of its own. */
void inc_pdf_pictures_make(void *pictures, size_t i, unsigned worker);

/* What screen_ppi makes of a large picture depends on its size on the pages. Before they are made, pictures may be expected in their natural width if
 * that is less than the measure, else in the measure; unless they are, every pixel is made. When the pages are known, and all pictures made, they are
 * measured; those that stand in another size are made again (from any thread; this too fits inc_parallel). False: there are none. */
void inc_pdf_pictures_expect(inc_pdf_pictures *pictures, inc_len measure);
bool inc_pdf_pictures_measure(inc_pdf_pictures *pictures, const inc_pages *pages);
void inc_pdf_pictures_make_again(void *pictures, size_t i, unsigned worker);

/* Writes the file; false when it could not be made (reported). Sink errors are the caller's to check. */
bool inc_pdf_write(const inc_pages *pages, const inc_pdf_options *options, inc_arena *arena, inc_diags *diags, inc_sink *sink);

/* libharu's version. */
const char *inc_pdf_library_version(void);

#endif
