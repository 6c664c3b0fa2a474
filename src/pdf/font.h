/* font.h (pdf) - composite fonts: subset, widths, ToUnicode (ISO 32000-1, 9.7). */
#ifndef INC_PDF_FONT_H
#define INC_PDF_FONT_H

#include "pdf/deflate.h"
#include "pdf/glyphs.h"

/* Subsets the gathered fonts and computes widths; touches only `font`, so fonts may be done in parallel. */
void inc_pdf_font_prepare(inc_pdf_font *font, inc_arena *arena, inc_diags *diags);

/* Makes the objects of a prepared font; sets font->ref. */
void inc_pdf_font_embed(inc_pdf_font *font, inc_pdf *pdf, inc_deflate *deflate, inc_arena *arena);

#endif
