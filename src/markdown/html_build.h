/*
 * html_build.h - putting nodes in their places while HTML elements open and close around them.
 *
 * A builder works on one block of Markdown (its root): blocks and inlines are put in one after another, elements are
 * pushed and popped in between. It invents what HTML lets authors leave out (paragraphs, items, rows) and keeps the
 * shape that document.h promises.
 */
#ifndef INC_HTML_BUILD_H
#define INC_HTML_BUILD_H

#include "markdown/internal.h"

typedef enum inc_element_kind {
    INC_ELEMENT_SPAN, INC_ELEMENT_CODE, INC_ELEMENT_LINK, INC_ELEMENT_IMAGE, INC_ELEMENT_BREAK, INC_ELEMENT_WORD_BREAK,
    INC_ELEMENT_QUOTATION, INC_ELEMENT_TRANSPARENT, /* the latter stands for nothing, holds inlines: font, time */
    INC_ELEMENT_FIRST_BLOCK,
    INC_ELEMENT_PARAGRAPH = INC_ELEMENT_FIRST_BLOCK, INC_ELEMENT_HEADING, INC_ELEMENT_RULE, INC_ELEMENT_DIV, INC_ELEMENT_QUOTE, INC_ELEMENT_LIST, INC_ELEMENT_ITEM,
    INC_ELEMENT_TABLE, INC_ELEMENT_TABLE_CAPTION, INC_ELEMENT_ROWS, INC_ELEMENT_ROW, INC_ELEMENT_CELL, INC_ELEMENT_FIGURE,
    INC_ELEMENT_CAPTION, INC_ELEMENT_DEFINITIONS, INC_ELEMENT_TERM, INC_ELEMENT_DEFINITION, INC_ELEMENT_SUMMARY, INC_ELEMENT_PRE,
    INC_ELEMENT_LISTING, INC_ELEMENT_IGNORED /* col, source: nothing, and nothing in it */,
    INC_ELEMENT_DROPPED /* script, style: its text goes too */, INC_ELEMENT_MEDIA /* video, iframe: its text goes, a link may stand in */,
    INC_ELEMENT_UNKNOWN /* reported; its text stays */
} inc_element_kind;

typedef struct inc_element {
    const char *name;
    inc_element_kind kind;
    int value;        /* span tag, heading level, list ordered, cell head, rows head; of an unknown one: its text is all there is to it */
} inc_element;

/* The element of that name in any case, or NULL when HTML knows none (the Rust Book's Listing is known). */
const inc_element *inc_element_find(inc_str name);

typedef struct inc_open {
    const inc_element *element; /* NULL: made by us */
    inc_node *node;             /* NULL: transparent */
    inc_node *caption;          /* of a listing or a table: to be put in when it closes */
    inc_span span;              /* of the tag */
    bool flattened;             /* transparent because there was no room for its node */
    bool begun;                 /* thead, tbody, tfoot: has a row */
    bool dropped;               /* nothing inside is shown */
    inc_node *link;             /* of MEDIA: stands in for it, once it has an address */
} inc_open;

typedef struct inc_builder {
    inc_md *md;
    inc_node *root;
    unsigned depth;             /* of root */
    INC_VEC(inc_open) stack;
    inc_buf code;               /* text of the open <pre> */
    INC_VEC(inc_span) lines;
    bool line_begins;
    bool pre_told;              /* of the open <pre>: that formatting in it is not shown */
} inc_builder;

inc_builder inc_builder_on(inc_md *md, inc_node *root, unsigned depth);

inc_node *inc_builder_current(const inc_builder *b); /* the innermost open node */
unsigned inc_builder_depth(const inc_builder *b);    /* its depth */
bool inc_takes_only_inlines(const inc_node *node);
void inc_trim_inlines(inc_node *node);               /* no white space at either end */

/* May a node with children still be opened here, without nesting too deep? Reports once when not. */
bool inc_builder_has_room(inc_builder *b, inc_span span);

void inc_builder_put_inline(inc_builder *b, inc_node *node);
void inc_builder_put_block(inc_builder *b, inc_node *node);

/* Appends the node where such a node belongs and opens it. element may be NULL. */
void inc_builder_open(inc_builder *b, const inc_element *element, inc_node *node, inc_span span);

/* Opens an element without a node. */
void inc_builder_open_transparent(inc_builder *b, const inc_element *element, inc_span span);

/* Opens one with nothing inside that is shown: until it closes, tags are only counted. The link may be NULL. */
void inc_builder_open_dropped(inc_builder *b, const inc_element *element, inc_node *link, inc_span span);
inc_open *inc_builder_dropping(const inc_builder *b); /* the open element that was opened so, or NULL */

void inc_builder_close(inc_builder *b); /* the innermost */

/* Closes inlines, and paragraphs too, so that a block may begin. False when the root takes no blocks. */
bool inc_builder_end_inlines(inc_builder *b);

/* Closes the innermost open node of one of two kinds, unless a node of the kind `within` is met first. */
void inc_builder_close_sibling(inc_builder *b, inc_node_kind kind, inc_node_kind or_kind, inc_node_kind within);

/* Closes everything that is open above stack[n]; what the author should have closed is reported. */
void inc_builder_close_to(inc_builder *b, size_t n);

#endif
