/*
 * resolve.h - from parsed chapters to a finished document: levels, numbers, labels, references, notes, quotes, generated matter.
 */
#ifndef INC_RESOLVE_H
#define INC_RESOLVE_H

#include "document/document.h"

typedef struct inc_resolve_options {
    inc_str root, src;        /* folders, for images and links */
    bool smart_punctuation, number_sections;
    uint8_t contents_depth;   /* 1: chapters only ... 6 */
    bool single_file;         /* the book is one .md: its only CHAPTER is split at headings */
} inc_resolve_options;

/* Finishes the document in place, numbers its nodes and checks its invariants. */
void inc_resolve(inc_document *document, const inc_resolve_options *options, inc_diags *diags);

#endif
