/* reading.h - what the files of this folder share while one book is read, and how they open the book's files. */
#ifndef INC_MANUSCRIPT_READING_H
#define INC_MANUSCRIPT_READING_H

#include "manuscript/manuscript.h"

typedef struct inc_reading {
    inc_arena *arena;
    inc_arena *scratch; /* reset after each chapter */
    inc_sources *sources;
    inc_diags *diags;
    inc_manuscript *book;
    uint64_t expanded;  /* bytes that helpers have put into chapters or looked through so far, against a cap */
    bool too_much;      /* the cap was hit, and that reported */
    unsigned front_matters; /* chapters with front matter, which is left out ... */
    inc_span front_matter;  /* ... and where the first of them has it */
} inc_reading;

typedef enum inc_found {
    INC_FOUND_FILE,
    INC_FOUND_NOTHING,
    INC_FOUND_FOLDER,
    INC_FOUND_OUTSIDE /* it leads out of the book's folder, by ".." or through a link */
} inc_found;

/* The path of `relative` as seen from `folder`, both relative to the book's root; normalised. An absolute one stays absolute. */
inc_str inc_reading_name(inc_reading *r, inc_str folder, inc_str relative);

/* Looks for the file `name`, relative to the book's root and normalised. */
inc_found inc_reading_find(inc_reading *r, inc_str name);

/* Reads it as text. 0 when the system would not let us: that is reported (cannot-read, file-too-big) at `asked`. */
uint32_t inc_reading_open(inc_reading *r, inc_str name, inc_span asked);

/* The file's text from that byte on. */
inc_text inc_reading_text(inc_reading *r, uint32_t file, uint32_t from);

/* What a book without a title is called: as its folder, by its true path ("." has a name too). *plain: that says only "book" or "docs", and the
 * title is the name of a folder around it. */
inc_str inc_reading_folder_title(inc_reading *r, bool *plain);

/* Gives the book that title; with a plain folder that is reported at `place`. */
void inc_reading_name_book(inc_reading *r, inc_span place);

/* What to say of a file that is not there: the file beside it that was probably meant, or else `otherwise`. */
inc_str inc_reading_hint(inc_reading *r, inc_str name, const char *otherwise);

/* The known word that `word` was probably meant to be, or NULL: a few letters wrong, another separator, or the beginning of it. The words
 * are `count` pointers to C strings, `stride` bytes apart. */
const char *inc_reading_meant(inc_str word, const char *const *words, size_t count, size_t stride);

#endif
