/*
 * tags.h - the logical structure: marked content pieces, the structure tree, the parent tree (ISO 32000-1, 14.7).
 *
 * A piece is a maximal run of consecutive marks of a page with one tag; it gets a marked content id. Structure elements are not objects
 * of the file until it is saved (object.h, inc_pdf_virtual): a book has tens of thousands.
 */
#ifndef INC_PDF_TAGS_H
#define INC_PDF_TAGS_H

#include "base/vec.h"
#include "layout/page.h"
#include "pdf/object.h"

typedef struct inc_pdf_piece {
    const inc_tag *tag;
    uint32_t page, mcid;
    uint32_t next; /* index + 1 of the tag's next piece */
} inc_pdf_piece;

typedef struct inc_pdf_annotation { /* a link's, as the tree sees it */
    const inc_tag *tag; /* may be NULL: outside the tree */
    uint32_t page;
    inc_ref ref;
    uint32_t next; /* index + 1 of the tag's next annotation */
} inc_pdf_annotation;

typedef struct inc_pdf_tag_state inc_pdf_tag_state;

typedef struct inc_pdf_tags {
    inc_arena *arena;
    const inc_pages *pages;
    INC_VEC(inc_pdf_piece) pieces;           /* in order of pages and ids */
    uint32_t *page_first;                    /* pieces of page p: [page_first[p], page_first[p + 1]) */
    INC_VEC(inc_pdf_annotation) annotations; /* annotation i has the /StructParent page_count + i */
    inc_pdf_tag_state *states;               /* by tag id */
    INC_VEC(const inc_tag *) kept;           /* elements, in pre-order: object first + k */
    INC_VEC(const inc_tag *) notes;          /* kept notes, sorted by id */
    const inc_ref *page_refs;
    inc_ref root, first;
} inc_pdf_tags;

/* Finds the pieces and makes the root's object. False, and nothing done, when the pages carry no tags. */
bool inc_pdf_tags_gather(inc_pdf_tags *tags, inc_pdf *pdf, const inc_pages *pages, const inc_ref *page_refs);

/* A link's annotation; returns its /StructParent. Call in order of pages. */
uint32_t inc_pdf_tags_annotation(inc_pdf_tags *tags, const inc_tag *tag, uint32_t page, inc_ref ref);

/* When no object will be made any more: prunes the tree, fills the root and gives the virtual objects. */
inc_pdf_virtual inc_pdf_tags_finish(inc_pdf_tags *tags, inc_pdf *pdf);

/* What in the tree stands against PDF/UA-1, as far as it can be told from the tags; NULL when nothing does. After finish. */
const char *inc_pdf_tags_objection(const inc_pdf_tags *tags);

#endif
