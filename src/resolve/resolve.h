/*
 * resolve.h - from parsed chapters to a finished document: levels, numbers, labels, references, notes, quotes, generated matter.
 */
#ifndef INC_RESOLVE_H
#define INC_RESOLVE_H

#include "document/document.h"

typedef enum inc_url_notes { INC_URLS_NOTES, INC_URLS_LIST, INC_URLS_NONE } inc_url_notes; /* footnotes, a list at the chapter's end */

typedef struct inc_resolve_options {
    inc_str reach, src;       /* folders, for images and links */
    bool smart_punctuation, number_sections;
    uint8_t number_depth;     /* levels that bear numbers: 0 none, 1 chapters ...; above 6: as SUMMARY.md has them, sections too */
    uint8_t contents_depth;   /* 1: chapters only ... 6; above: all that SUMMARY.md lists, headings down to level 2 */
    bool single_file;         /* the book is one .md: its only CHAPTER is split at headings */
    bool page_references;     /* "(page 87)" behind links inside the book; in the PDFs */
    inc_url_notes url_notes;  /* where the PDFs print addresses of links */
    bool index;               /* an index at the end, when no chapter holds <div class="index"> */
    bool lists[3];            /* lists behind the contents, by inc_figure_kind */
    const inc_str *redirects; /* pairs: a page's old path in src, ".html" at its end, and an address that is relative to it */
    uint32_t redirect_count;  /* entries, twice the pairs */
    bool own_styles;          /* the book has style sheets: the theme's faces need not be its faces */
} inc_resolve_options;

/* Finishes the document in place, numbers its nodes and checks its invariants. */
void inc_resolve(inc_document *document, const inc_resolve_options *options, inc_diags *diags);

#endif
