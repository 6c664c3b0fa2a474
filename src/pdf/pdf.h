/* pdf.h - pages to bytes. */
#ifndef INC_PDF_H
#define INC_PDF_H

#include "base/diag.h"
#include "base/sink.h"
#include "layout/page.h"

typedef struct inc_pdf_options {
    inc_medium medium;  /* SCREEN: tagged, outline, links, labels. PRINT: boxes, bleed, one-ink black, no annotations or tags */
    inc_str producer;   /* "incipit 0.1.0" */
    unsigned jobs;      /* threads for deflate */
} inc_pdf_options;

/* Writes the file; false when it could not be made (reported). Sink errors are the caller's to check. */
bool inc_pdf_write(const inc_pages *pages, const inc_pdf_options *options, inc_arena *arena, inc_diags *diags, inc_sink *sink);

#endif
