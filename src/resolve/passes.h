/* passes.h - the passes of resolve in their order, and what they share. Inside resolve/ only. */
#ifndef INC_PASSES_H
#define INC_PASSES_H

#include "base/vec.h"
#include "resolve/resolve.h"
#include "document/terms.h"

#define INC_CONTENTS_DEPTH_MAX 6

typedef struct inc_found_node { /* a node, and the chapter it stands in */
    inc_node *chapter, *node;
} inc_found_node;
typedef INC_VEC(inc_found_node) inc_found_nodes;

typedef struct inc_resolver {
    inc_document *document;
    inc_arena *arena; /* the document's */
    const inc_resolve_options *options;
    inc_diags *diags;
    const inc_terms *terms;
    unsigned chapters_listed, headings_listed; /* levels in the contents: of SUMMARY.md, and of headings inside chapters */
    const inc_node *math; /* the first formula of the book, or NULL */
    inc_found_nodes labelled, links, images; /* of inc_survey, in document order */
} inc_resolver;

void inc_resolve_single(inc_resolver *r);   /* split.c: one .md file into chapters */
void inc_resolve_levels(inc_resolver *r);   /* levels.c: heading levels, generated headings */
void inc_resolve_notes(inc_resolver *r);    /* notes.c: references bound, notes numbered */
void inc_resolve_remote(inc_resolver *r);   /* remote.c: images that lie on the web become words */
void inc_resolve_callouts(inc_resolver *r); /* callouts.c: callouts of listings and what explains them */
void inc_resolve_quotes(inc_resolver *r);   /* quotes.c: typographic quotes, dashes, ellipses */
void inc_survey(inc_resolver *r);           /* common.c: finds what the passes below are about, in one walk */
void inc_resolve_labels(inc_resolver *r);   /* labels.c: names of chapters, ids of nodes, document->labels */
void inc_resolve_numbers(inc_resolver *r);  /* numbers.c: parts, chapters, sections */
void inc_resolve_captions(inc_resolver *r); /* captions.c: figures, tables, listings */
void inc_resolve_titles(inc_resolver *r);   /* captions.c: of alerts, and of details without a summary */
void inc_resolve_links(inc_resolver *r);    /* links.c: targets of links */
void inc_resolve_images(inc_resolver *r);   /* images.c: files of images */
void inc_resolve_matter(inc_resolver *r);   /* matter.c: half-title, title page, copyright page, contents */
void inc_resolve_paper(inc_resolver *r);    /* paper.c: pages and addresses of links, for the PDFs */
void inc_resolve_index(inc_resolver *r);    /* index.c: the index */
void inc_resolve_flags(inc_resolver *r);    /* matter.c: recto openings, where arabic folios start */

/* ---- small things that several passes need ---- */

/* The text of a cited label: "Figure 6-2", "Chapter 4", "Section 4.1"; "" when the node bears no number. */
inc_str inc_cited_number(inc_resolver *r, const inc_node *target);

/* "Figure 6-2", or "6-2. ábra" where the language puts numbers first. */
inc_str inc_numbered(inc_resolver *r, const char *word, inc_str number);


/* A block or span that stands in no source, with one class. */
inc_node *inc_generated(inc_resolver *r, inc_node_kind kind, const char *class_name);

/* SPAN.class holding that text, generated. */
inc_node *inc_generated_span(inc_resolver *r, const char *class_name, inc_str text);

/* PARAGRAPH.class holding that text, generated; the TEXT itself is not flagged, so that it is found by inc_node_flatten. */
inc_node *inc_generated_paragraph(inc_resolver *r, const char *class_name, inc_str text);

/* Puts node, then a generated TEXT " ", before all children of parent. */
void inc_prepend_label(inc_resolver *r, inc_node *parent, inc_node *node);

/* True when a heading stands in the chapter itself (or in DIVs there), not inside a quotation, list, alert ... */
bool inc_is_section_heading(const inc_node *heading);

/* The first section heading of a chapter or part, or NULL. */
inc_node *inc_first_heading(const inc_node *chapter);

/* True when the next chapter of the book lies below this one. */
bool inc_has_subchapters(const inc_node *chapter);

inc_node *inc_generated_chapter(inc_resolver *r, inc_chapter_role role, inc_str title);
inc_node *inc_contents_chapter(inc_resolver *r); /* contents.c */

/* The list of all numbered figures of that kind, or NULL when the book has none or wants no list (lists.c). */
inc_node *inc_list_chapter(inc_resolver *r, inc_figure_kind kind);

/* The inlines of a heading or caption as they stand in a list of them, put below `into`: formatting and code, but no links, notes, anchors,
 * pictures, marks, numbers or labels (contents.c). */
void inc_copy_inlines(inc_resolver *r, const inc_node *from, inc_node *into);

/* A heading's words as SUMMARY.md has them: those nodes, or the plain title (contents.c). */
void inc_append_title(inc_resolver *r, inc_node *heading, const inc_node *words, inc_str title, inc_span span);

/* Puts " " and the page of target behind the children of parent (contents.c). */
void inc_append_page(inc_resolver *r, inc_node *parent, const inc_node *target);

/* One string with quotes, dashes and ellipses as in running text, for titles that are no nodes. */
inc_str inc_smarten(inc_resolver *r, inc_str text, inc_str language);

/* Walks the blocks alone, on their way in: for (inc_walk w = inc_walk_begin(x); inc_next_block(&w);) ... A tree has many times more
 * inlines than blocks. */
bool inc_next_block(inc_walk *walk);

/* The next node of that kind among the siblings from `node` on, or NULL. */
inc_node *inc_next_of(inc_node *node, inc_node_kind kind);

/* for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c)) */
inc_node *inc_first_chapter(const inc_resolver *r);
inc_node *inc_next_chapter(const inc_node *chapter);

/* Reads "Figure 4-1: " at the start of text: true with the number and the bytes read, blanks behind it included. */
bool inc_read_number(inc_str text, const char *word, inc_str *number, size_t *length);

/* The key of document->labels: "ch04-intro#poll". */
inc_str inc_label_key(inc_arena *arena, const inc_node *chapter, inc_str label);

/* Under what a footnote's name is looked up: lower case. */
inc_str inc_note_key(inc_arena *arena, inc_str name);
inc_str inc_reference_key(inc_arena *arena, const inc_node *reference); /* the same for what a NOTE_REF refers to */

/* mdBook's rule for ids: trimmed, lower case, letters and digits, '_' and '-' kept, white space to '-', the rest dropped. */
inc_str inc_slug(inc_arena *arena, inc_str text);

#endif
