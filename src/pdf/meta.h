/* meta.h - document information, XMP, output intent. */
#ifndef INC_PDF_META_H
#define INC_PDF_META_H

#include "image/ink.h"
#include "layout/page.h"
#include "pdf/deflate.h"
#include "pdf/object.h"

typedef struct inc_pdf_claims { /* standards the file says it meets */
    bool ua1, a2a, x4;
} inc_pdf_claims;

/* Fills the Info dictionary and the stream object `xmp`, with the same values. */
void inc_pdf_metadata(inc_pdf *pdf, inc_ref xmp, const inc_pages *pages, inc_medium medium, inc_str producer, inc_pdf_claims claims,
                      inc_arena *arena);

/* The output intent of a PDF/X-4 file: the profile whole, and the condition's name ("": it has none). */
inc_ref inc_pdf_print_intent(inc_pdf *pdf, const inc_inks *inks, inc_str condition, inc_deflate *deflate, inc_arena *arena);

/* An output intent for PDF/A with an sRGB profile of our making; 0 when lcms cannot make one. */
inc_ref inc_pdf_srgb_intent(inc_pdf *pdf, inc_deflate *deflate, inc_arena *arena);

#endif
