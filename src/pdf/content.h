/* content.h - a page's marks as a content stream (ISO 32000-1, 8 and 9). */
#ifndef INC_PDF_CONTENT_H
#define INC_PDF_CONTENT_H

#include "pdf/glyphs.h"
#include "pdf/graphic.h"
#include "pdf/image.h"

typedef struct inc_pdf_paint { /* what all pages of a file share; only read while pages are composed */
    const inc_pages *pages;
    inc_medium medium;
    const inc_inks *inks; /* of the print file */
    bool tagged;
    inc_len margin; /* of the media box around the trimmed page */
    const inc_mark *slugs; /* by page: the line outside the bleed, beside printer's marks; NULL: none */
    const inc_pdf_fonts *fonts;
    const inc_pdf_images *images;
    const inc_pdf_graphics *graphics;
} inc_pdf_paint;

/* Appends the page's content stream; nothing for a page without marks. scratch is not out's arena. */
void inc_pdf_content(const inc_pdf_paint *paint, const inc_page *page, inc_arena *scratch, inc_buf *out);

/* ---- between content.c and text.c ---- */

typedef struct inc_pdf_text { /* the text state of a page being written */
    const inc_pdf_paint *paint;
    inc_buf *out;
    inc_arena *scratch;
    bool spans;          /* may write ActualText */
    /* graphics state: lasts through the page */
    const inc_pdf_font *font;
    inc_len size;
    bool colored;
    inc_color color;
    bool hidden;         /* text rendering mode 3 */
    /* text object */
    bool open;           /* between BT and ET */
    int64_t line_x, line_y; /* start of line, 1/1000 pt */
    bool turned;         /* the line runs upwards */
    /* line of glyphs: marks that follow each other on a baseline are shown by one TJ */
    bool line;
    inc_len origin_x, y; /* where it began, along the line, and its baseline */
    int64_t pen;         /* where its last glyph ended: 1/100000 em from origin_x */
    inc_len rise;
    bool array, string;  /* between [ and ], between ( and ) */
} inc_pdf_text;

void inc_pdf_text_color(inc_pdf_text *text, inc_color color);
void inc_pdf_text_mark(inc_pdf_text *text, const inc_mark *mark);
void inc_pdf_text_end(inc_pdf_text *text); /* writes ET if a text object is open */

/* The mark's glyphs inside the caller's text object, from where its text matrix is. The caller has set colour and rendering mode; the font is one
 * of the file's, and is embedded. */
void inc_pdf_text_run(inc_pdf_text *text, const inc_mark *mark);

#endif
