/*
 * source.h - the files a book is made of, places in them, and text that remembers where it came from.
 *
 * A span names bytes of one file. Text that is assembled from several files (a chapter with its includes) is an
 * inc_text: bytes plus a sorted list of pieces, each saying which file's bytes it was copied from.
 */
#ifndef INC_SOURCE_H
#define INC_SOURCE_H

#include "base/str.h"

typedef struct inc_span {
    uint32_t file;   /* index of the file in its inc_sources plus one; 0: no place (generated) */
    uint32_t offset; /* in bytes */
    uint32_t length; /* in bytes, may be 0 */
} inc_span;

#define INC_NO_SPAN ((inc_span){0, 0, 0})

/* Where cleaning changed the number of bytes: text[at] was byte `raw` of the file on disk, and so on from there to the next edit. */
typedef struct inc_edit {
    uint32_t at, raw;
} inc_edit;

/* Bytes from `from` to `to` of a file that stand in a chapter because of the helper at `by`; by.file 0: the file is a chapter itself. */
typedef struct inc_inclusion {
    uint32_t from, to;
    inc_span by;
} inc_inclusion;

typedef struct inc_source {
    inc_str name;  /* as shown in diagnostics: relative to the book's root, '/' as separator */
    inc_str path;  /* as opened */
    inc_str bytes; /* well-formed UTF-8, no BOM, CRLF and lone CR turned into LF, NUL into U+FFFD */
    uint32_t *lines; /* offset of each line's first byte; built on first use */
    uint32_t *counts; /* with them: code points before each 1024th byte */
    uint32_t line_count;
    const inc_edit *edits; /* sorted; none when the bytes are those of the file */
    uint32_t edit_count;
    inc_inclusion *inclusions; /* the first INC_INCLUSIONS_MAX of them */
    size_t inclusion_count, inclusion_cap;
} inc_source;

#define INC_INCLUSIONS_MAX 64 /* recorded of one file */

typedef struct inc_sources inc_sources;

inc_sources *inc_sources_new(inc_arena *arena);

/* Adds a file that is already in memory; bytes must be clean as above and outlive the set. Returns its span.file. */
uint32_t inc_sources_add(inc_sources *sources, inc_str name, inc_str path, inc_str bytes);

/* The file of a span, or NULL for INC_NO_SPAN. */
const inc_source *inc_sources_get(const inc_sources *sources, uint32_t file);

/* The file already added with this path, as span.file, or 0. */
uint32_t inc_sources_find(const inc_sources *sources, inc_str path);

/* Says how the file's bytes differ from those on disk. The edits must outlive the set. */
void inc_sources_set_edits(inc_sources *sources, uint32_t file, const inc_edit *edits, uint32_t count);

/* The offset in the file on disk of an offset in its cleaned bytes. */
uint32_t inc_source_raw_offset(const inc_source *source, uint32_t offset);

/* Records that the bytes `part` of a file stand in the book because of the helper at `by` (INC_NO_SPAN: it is a chapter). */
void inc_sources_add_inclusion(inc_sources *sources, inc_span part, inc_span by);

/* The helper that brought the place into the book, and how many others did as well. False for a file that is a chapter itself, or that no
 * helper names. */
bool inc_sources_includer(const inc_sources *sources, inc_span span, inc_span *by, uint32_t *others);

/* The place of the first such code point inside the span; the span itself when its bytes have none (an entity, generated text). */
inc_span inc_sources_find_char(const inc_sources *sources, inc_span span, uint32_t cp);

typedef struct inc_place {
    inc_str name;
    uint32_t line, column; /* from 1, column in code points */
    uint32_t end_line, end_column; /* the position behind the last byte of the span */
    uint32_t offset, end_offset;   /* in bytes of the cleaned text */
    uint32_t line_offset;          /* where the first line begins */
    inc_str line_text; /* the whole first line without its LF, for the caret display */
} inc_place;

/* False for INC_NO_SPAN. Builds the file's line table on first use (not thread-safe: report after joining). A look-up costs the same in
 * a line of any length. */
bool inc_sources_place(inc_sources *sources, inc_span span, inc_place *place);

/* ---- text with its origin ---- */

typedef struct inc_piece {
    uint32_t at;     /* offset in the text where the piece begins */
    inc_span origin; /* of the piece's own length: those bytes, copied verbatim; of another one (or file 0): inserted text,
                        whose place is that span */
} inc_piece;

typedef struct inc_text {
    inc_str bytes;
    const inc_piece *pieces; /* sorted by at; the first has at 0 unless the text is empty */
    size_t piece_count;
} inc_text;

/* The span of text[from, to): exact when one piece holds it all; else it begins at the first byte's origin and is cut
 * at the end of that piece. Binary search. */
inc_span inc_text_span(const inc_text *text, size_t from, size_t to);

/* Building one. */
typedef struct inc_text_builder {
    inc_arena *arena;
    inc_buf bytes;
    inc_piece *pieces;
    size_t n, cap;
} inc_text_builder;

inc_text_builder inc_text_begin(inc_arena *arena);
void inc_text_add_source(inc_text_builder *b, const inc_sources *sources, inc_span span); /* verbatim bytes of a file */
void inc_text_add_slice(inc_text_builder *b, const inc_text *from, size_t start, size_t end); /* keeps origins */
void inc_text_add_generated(inc_text_builder *b, inc_str bytes, inc_span place); /* bytes that stand in no file */
inc_text inc_text_finish(inc_text_builder *b);

/* A whole file as text. */
inc_text inc_text_of_source(inc_arena *arena, const inc_sources *sources, uint32_t file);

#endif
