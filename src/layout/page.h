/*
 * page.h - finished pages: what stands where. The only thing pdf/ knows of a book.
 *
 * Coordinates: 1/65536 pt from the upper left corner of the trimmed page, y down; text at its baseline. One set of pages serves the
 * screen and the print file: geometry is shared, paint is kept per medium (inc_color with a == 0 is not painted).
 *
 * Reading order: tags form a tree in logical order; each mark names the tag it belongs to, or NULL for an artifact (running heads, rules,
 * hyphenation-free decoration). Marks of a page stand in painting order.
 */
#ifndef INC_PAGE_H
#define INC_PAGE_H

#include "base/length.h"
#include "base/paint.h"
#include "font/font.h"
#include "image/graphic.h"

typedef enum inc_tag_kind { /* ISO 32000-1, 14.8.4 */
    INC_TAG_DOCUMENT, INC_TAG_PART, INC_TAG_SECT, INC_TAG_DIV, INC_TAG_H1, INC_TAG_H2, INC_TAG_H3, INC_TAG_H4, INC_TAG_H5, INC_TAG_H6,
    INC_TAG_P, INC_TAG_L, INC_TAG_LI, INC_TAG_LBL, INC_TAG_LBODY, INC_TAG_BLOCKQUOTE, INC_TAG_CODE, INC_TAG_TABLE, INC_TAG_THEAD, INC_TAG_TBODY, INC_TAG_TFOOT,
    INC_TAG_TR, INC_TAG_TH, INC_TAG_TD, INC_TAG_FIGURE, INC_TAG_CAPTION, INC_TAG_LINK, INC_TAG_NOTE, INC_TAG_REFERENCE, INC_TAG_SPAN,
    INC_TAG_TOC, INC_TAG_TOCI, INC_TAG_INDEX, INC_TAG_FORMULA, INC_TAG_KIND_COUNT
} inc_tag_kind;

typedef enum inc_numbering { INC_NUMBERING_NONE, INC_NUMBERING_DISC, INC_NUMBERING_CIRCLE, INC_NUMBERING_SQUARE, INC_NUMBERING_DECIMAL,
    INC_NUMBERING_LOWER_ALPHA, INC_NUMBERING_UPPER_ALPHA, INC_NUMBERING_LOWER_ROMAN, INC_NUMBERING_UPPER_ROMAN } inc_numbering;

typedef struct inc_tag inc_tag;
struct inc_tag {
    inc_tag_kind kind;
    inc_tag *parent, *first, *last, *next;
    inc_span span;         /* the block it stands for or is part of; generated text has none */
    uint32_t id;           /* from 1, in order of creation (logical order, but notes follow their chapter's text) */
    inc_str alt;           /* of FIGURE and FORMULA: required */
    inc_str actual_text;   /* replacement text, or "" */
    inc_str lang;          /* when it differs from the parent's */
    inc_str note_id;       /* of NOTE, and of TH when cells name it: unique in the file */
    inc_numbering numbering; /* of L */
    uint16_t colspan, rowspan; /* of TH, TD: 1 as a rule */
    bool scope_row;        /* of TH: Scope Row instead of Column */
    inc_tag **headers;     /* of TH, TD: heads of the cell, where scopes do not tell */
    uint32_t header_count;
    bool has_box;          /* FIGURE: x0.. are its bounding box on page box_page */
    uint32_t box_page;     /* index */
    inc_len x0, y0, x1, y1;
};

typedef enum inc_mark_kind { INC_MARK_TEXT, INC_MARK_RULE, INC_MARK_IMAGE, INC_MARK_LINK } inc_mark_kind;

typedef struct inc_text_mark { /* one run of glyphs on one baseline */
    const inc_glyph_run *run; /* glyphs [first, first + count) of a shared run */
    uint32_t first, count;
    inc_str text;          /* the source text of these glyphs: cluster c stands for the bytes from c - text_start on */
    uint32_t text_start;   /* cluster value of text's first byte */
    inc_len extra;         /* added to the advance of each glyph of this mark but the last (tracking), usually 0 */
    bool hyphen;           /* the mark is one hyphen added at a line's end: read as U+00AD */
    bool shapes;           /* an artifact that is drawn, not written: whoever copies or searches the page does not meet it */
} inc_text_mark;

typedef struct inc_mark {
    inc_mark_kind kind;
    bool turned;           /* TEXT, IMAGE: stands on a page turned by 90 degrees: the line runs upwards from its baseline's start at (x, y),
                              the picture has its foot at the right */
    bool round;            /* RULE: a disc that fills its box */
    bool bleeds;           /* IMAGE: covers the whole page and its bleed */
    bool leaves;           /* IMAGE: its style sheet sets it wider than the text block */
    inc_tag *tag;          /* NULL: artifact */
    inc_len x, y;          /* text: start of baseline; else upper left corner */
    inc_len width, height; /* text: its advance with extra, and 0 */
    inc_color color[INC_MEDIUM_COUNT];
    union {
        inc_text_mark text;
        const inc_image *image;
        struct {
            inc_str destination; /* name of a destination in the file, or "" */
            inc_str uri;         /* absolute URI, or "" */
            inc_str contents;    /* what a screen reader says: the link's text */
        } link;            /* one rectangle of it; screen only */
    } as;
} inc_mark;

typedef struct inc_page {
    inc_str label;         /* "iv", "87" */
    bool recto, blank;     /* blank: no marks at all */
    inc_mark *marks;
    size_t mark_count;
    inc_len frame_x0, frame_y0, frame_x1, frame_y1; /* the text block, for lint and dumps */
} inc_page;

typedef struct inc_destination {
    inc_str name;          /* "ch04-intro#poll" */
    uint32_t page;         /* index */
    inc_len x, y;
} inc_destination;

typedef struct inc_outline_item {
    inc_str title;
    uint8_t depth;         /* 0 for top level; never skips a level */
    uint32_t page;
    inc_len y;
    bool open;
} inc_outline_item;

typedef struct inc_page_labels_run { /* as PDF page labels want it: from this page on */
    uint32_t page;
    char style;            /* 'D' decimal, 'r' lower roman */
    uint32_t start;
} inc_page_labels_run;

typedef struct inc_pages {
    inc_page *pages;
    size_t page_count;
    inc_len width, height; /* trim */
    inc_len bleed;         /* print file */
    uint8_t marks;         /* INC_MARKS_... of the print file */
    inc_tag *tags;         /* the DOCUMENT element */
    uint32_t tag_count;
    inc_destination *destinations; /* sorted by name, bytewise */
    size_t destination_count;
    inc_outline_item *outline;
    size_t outline_count;
    inc_page_labels_run *labels;
    size_t label_count;
    /* for Info, XMP and the catalog */
    inc_str title, author /* joined with ", " */, subject, language, date /* ISO 8601 or "" */, identifier, publisher, rights;
} inc_pages;

const char *inc_tag_kind_name(inc_tag_kind kind); /* "H1", "LBody": the standard structure type */

/* Pictures that bleed cover their pages with the bleed around them, in their own proportions: what sticks out is cut off. For when the bleed is
 * known. */
void inc_pages_spread(inc_pages *pages);

/* For `dump --as pages`: every page's marks as text, lengths in pt with two decimals. */
void inc_pages_dump(const inc_pages *pages, inc_buf *out);

#endif
