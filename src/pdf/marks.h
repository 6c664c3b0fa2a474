/* marks.h - printer's marks: what stands around the page on the sheet, outside the bleed, and is cut off. */
#ifndef INC_PDF_MARKS_H
#define INC_PDF_MARKS_H

#include "pdf/content.h"

/* Room for the marks outside the bleed. */
#define INC_PDF_SLUG (24 * INC_PT)

/* Crop and register marks in registration colour, which prints on every plate. */
void inc_pdf_put_marks(const inc_pdf_paint *paint, inc_buf *out);

/* The entry of the resources that the marks need: registration colour (ISO 32000-1, 8.6.6.4), shown by the inks of the file. */
void inc_pdf_put_registration(const inc_inks *inks, inc_buf *out);

/* One line of text for each page, in the book's most used font: title, page, and which sheet of how many. NULL when the book has no text. */
const inc_mark *inc_pdf_slugs(const inc_pages *pages, inc_arena *arena);

#endif
