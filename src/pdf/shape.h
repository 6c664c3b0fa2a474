/* shape.h - marks of text as paths (ISO 32000-1, 8.5). */
#ifndef INC_PDF_SHAPE_H
#define INC_PDF_SHAPE_H

#include "layout/page.h"

/* The outlines of the mark's glyphs, filled with the colour that is set; its baseline begins at (x, y) of the media box. Outside of text objects. */
void inc_pdf_put_shapes(inc_buf *out, const inc_mark *mark, inc_len x, inc_len y);

#endif
