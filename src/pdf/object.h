/*
 * object.h - the objects of a PDF file: numbers, dictionaries, streams, the page tree, the outline, and saving.
 *
 * libharu (haru.h) owns the cross-reference, the page tree, the outline's links and the page labels; what stands inside a dictionary is
 * text that the other files of pdf/ write (syntax.h). Nothing here shows a type of libharu.
 *
 * Errors are sticky: after the first one every call does nothing (references are 0) and saving returns false; it is reported once.
 */
#ifndef INC_PDF_OBJECT_H
#define INC_PDF_OBJECT_H

#include "base/diag.h"
#include "base/sink.h"

typedef struct inc_pdf inc_pdf;
typedef uint32_t inc_ref; /* object number, generation 0; 0: none */

/* An empty document; closed with the arena. NULL when libharu cannot make one (reported). */
inc_pdf *inc_pdf_open(inc_arena *arena, inc_diags *diags);
bool inc_pdf_ok(const inc_pdf *pdf);
void inc_pdf_fail(inc_pdf *pdf, const char *what); /* makes the file fail for a reason found outside: reported as internal */

/* A new object whose number is valid at once and whose content comes later. An object that is never filled, and every object that
 * nothing refers to, is written nevertheless: make only what is needed. */
inc_ref inc_pdf_object(inc_pdf *pdf);

/* Content of a dictionary: entries without << and >>. Borrowed until saving is done, here as below. */
void inc_pdf_fill(inc_pdf *pdf, inc_ref ref, inc_str entries);

/* Content of a stream; data stand as given (filtered already), /Length is added. */
void inc_pdf_fill_stream(inc_pdf *pdf, inc_ref ref, inc_str entries, inc_str data);

/* The next page. Its /Type and /Parent are written; inc_pdf_fill adds the rest. */
inc_ref inc_pdf_page(inc_pdf *pdf);

/* From page `index` on: style 'D' or 'r', first number. In ascending order of index, the first at 0. */
void inc_pdf_page_labels(inc_pdf *pdf, uint32_t index, char style, uint32_t start);

/* An outline item under `parent` (0: top), in order; its /Title and /Dest come with inc_pdf_fill. */
inc_ref inc_pdf_outline_item(inc_pdf *pdf, inc_ref parent, bool open);

/* Further entries of the catalog and of the document information dictionary. */
void inc_pdf_catalog(inc_pdf *pdf, inc_str entries);
void inc_pdf_info(inc_pdf *pdf, inc_str entries);

/* Many small dictionaries that exist only while the file is being saved (structure elements): number first + k. */
typedef struct inc_pdf_virtual {
    size_t count;
    /* Writes the whole object k, << and >> included. */
    void (*compose)(void *context, size_t k, inc_buf *out);
    void *context;
} inc_pdf_virtual;

/* The number of the first virtual object. No object may be made after this call. */
inc_ref inc_pdf_first_virtual(inc_pdf *pdf);

/* Saves with a cross-reference table, as every reader and every prepress system knows it. version is "1.6". */
bool inc_pdf_save(inc_pdf *pdf, const char *version, inc_sink *sink);

/* Saves with object streams and a cross-reference stream (ISO 32000-1, 7.5.7 and 7.5.8): less than half the size when the file is
 * tagged. */
bool inc_pdf_save_packed(inc_pdf *pdf, const char *version, const inc_pdf_virtual *objects, inc_sink *sink);

#endif
