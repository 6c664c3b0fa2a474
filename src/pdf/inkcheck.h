/* inkcheck.h - which colours of the style sheets need more ink than the printing condition bears. */
#ifndef INC_PDF_INKCHECK_H
#define INC_PDF_INKCHECK_H

#include "image/ink.h"
#include "layout/page.h"

/* Tells once of each colour, where it is first met in the book's own text; it is printed with less. Nothing without a limit. */
void inc_pdf_check_inks(const inc_pages *pages, const inc_inks *inks, inc_arena *arena, inc_diags *diags);

#endif
