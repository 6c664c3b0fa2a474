/*
 * haru.h - libharu 2.3's object layer, as object.c, save.c and pack.c see it; the only file that includes <hpdf*.h>.
 *
 * Every dictionary and stream of ours is an HPDF_Dict without elements whose write_fn prints its body and whose after_write_fn prints
 * its data, so that any filter, a direct /Length and exact numbers are possible, and libharu's own serialisation of names, reals and
 * streams (fixed buffers, floats, no check of write errors) is passed by. cmake/ProbeHaru.cmake proves at configure time that this works.
 */
#ifndef INC_PDF_HARU_H
#define INC_PDF_HARU_H

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_outline.h>
#include <hpdf_pages.h>
#include <hpdf_streams.h>

#include "base/vec.h"
#include "pdf/object.h"

#if HPDF_VERSION_ID / 100 != 203 && HPDF_VERSION_ID / 100 != 204
#error "libharu 2.3 or 2.4 is needed: its internal structures are used"
#endif

enum {
    INC_HARU_BUFFER = 64 * 1024,
    INC_HARU_NUMBER_MAX = 8388607, /* libharu keeps 23 bits */
};

typedef struct inc_haru_body { /* of one dictionary; its HPDF_Dict's attr */
    HPDF_Dict dict;
    inc_str entries, data;
    bool stream;
    HPDF_Stream out; /* where write_fn wrote, for after_write_fn, which is not told */
} inc_haru_body;

typedef struct inc_haru_output { /* bytes on their way to the sink: counted, hashed, gathered into large writes */
    inc_sink *sink;
    char *buffer; /* INC_HARU_BUFFER */
    size_t fill;
    uint64_t size, hash_a, hash_b;
    bool out_of_memory, too_big;
} inc_haru_output;

struct inc_pdf {
    inc_arena *arena;
    inc_diags *diags;
    HPDF_Doc haru;
    INC_VEC(inc_haru_body *) bodies; /* by object number; NULL for libharu's own */
    size_t page_count;
    HPDF_Pages node;
    inc_haru_body catalog, info, trailer;
    inc_ref first_virtual;
    inc_haru_output out;
    bool failed;
};

/* Reports the first failure; status is libharu's, or 0. */
void inc_haru_fail(inc_pdf *pdf, const char *what, unsigned long status);

HPDF_STATUS inc_haru_put(HPDF_Stream s, const void *p, size_t n);
HPDF_STATUS inc_haru_put_str(HPDF_Stream s, inc_str str);
HPDF_STATUS inc_haru_write_entries(HPDF_Dict dict, HPDF_Stream s); /* the write_fn of a body */

/* Opens the stream to the sink, writes the header and completes the trailer. NULL when that fails (reported). */
HPDF_Stream inc_haru_begin(inc_pdf *pdf, const char *version, inc_sink *sink);

/* Empties the buffer, closes the stream and tells whether all went well; the sink's own errors are its owner's to report. */
bool inc_haru_end(inc_pdf *pdf, HPDF_Stream s, HPDF_STATUS status);

#endif
