/* paragraph.h - inside layout: a paragraph between its inlines and its lines. */
#ifndef INC_PARAGRAPH_H
#define INC_PARAGRAPH_H

#include "layout/flow.h"
#include "layout/linebreak.h"

typedef enum inc_atom_kind { INC_ATOM_TEXT, INC_ATOM_KERN, INC_ATOM_PICTURE, INC_ATOM_BREAK, INC_ATOM_LEADER } inc_atom_kind;

typedef struct inc_atom { /* a stretch of inlines with one style */
    inc_atom_kind kind;
    const inc_style *style;
    const inc_node *node;    /* TEXT, CODE_SPAN ...; NULL for generated text */
    uint32_t start, end;     /* TEXT: bytes of the paragraph's text */
    uint32_t node_byte;      /* where start stands in the node's text */
    bool recased;            /* capitals or small letters of it: bytes are not those of the node's text */
    inc_tag *tag;
    const inc_node *link;    /* LINK, NOTE_REF or PAGE_REF it is part of, or NULL */
    inc_len shift;           /* baseline, upwards */
    inc_len width;           /* KERN, PICTURE */
    inc_len height;          /* PICTURE */
    const inc_image *picture;
    inc_str leader;          /* LEADER: what is repeated */
    inc_str language;
    bool code;               /* break like code, never hyphenate; its spaces keep their width */
} inc_atom;

typedef struct inc_lump { /* what an item of the line breaker stands for */
    const inc_glyph_run *run; /* NULL: nothing is drawn */
    uint32_t first, count;   /* glyphs, trailing space glyph among them */
    uint32_t atom;
    uint32_t start;          /* byte in the paragraph's text */
    bool hyphen;             /* the hyphen of a flagged penalty */
    inc_len space;           /* advance of the trailing space glyph, not part of the item's width */
} inc_lump;

typedef struct inc_mention { /* an anchor or a note's call at a place in the text */
    const inc_node *node;
    uint32_t at;
} inc_mention;

typedef struct inc_para {
    inc_vbuilder *b;
    inc_flow *flow;
    const inc_style *style;
    inc_tag *tag;            /* of the text outside inner elements */
    inc_arena *scratch;      /* what follows, but not the text, which the marks name */
    inc_buf text;
    bool after_space;        /* collapsing: a further space is dropped */
    INC_VEC(inc_atom) atoms;
    INC_VEC(inc_mention) mentions;
    INC_VEC(inc_lb_item) items;
    INC_VEC(inc_lump) pieces; /* parallel to items */
    uint8_t *kinds;          /* break opportunities before each byte */
    uint8_t *urls;           /* 1 for each byte of an address; NULL: there is none */
    uint32_t from, until;    /* bytes of the text that items are made of: a long paragraph is set in stretches */
    const inc_node *floated; /* set flush right on the first line, or NULL */
    const inc_style *floated_style;
    inc_str page_text;       /* of the run of pages that is collected */
    bool justify;
    inc_len hang;            /* of all lines but the first: text-indent: ... hanging */
    bool cut_last_word;      /* the last word may be hyphenated too */
    bool divide;             /* hyphenate whatever the style says */
    bool overfull_told;
    bool in_cell;            /* of a table: long names break as in code */
    bool first_line;         /* has a style of its own: where it ends is settled */
    bool goes_on;            /* see inc_paragraph_options */
    bool words_looked_for, has_words; /* beside pictures */
} inc_para;

/* collect.c: inlines to atoms. */
void inc_para_collect(inc_para *p, const inc_node *node, const inc_paragraph_options *options);

/* figure.c: a small picture among words that states no size becomes as tall as their type. */
void inc_picture_in_line(inc_para *p, const inc_node *image, const inc_style *style, inc_len *width, inc_len *height);

/* first.c: the first letter, or the first line as break_lines makes it, in the style of its pseudo-element. */
void inc_para_first_letter(inc_para *p, const inc_style *style);
void inc_para_first_line(inc_para *p, const inc_style *style, size_t (*break_lines)(inc_para *p, inc_len width, inc_len indent, inc_lb_line **lines),
                         inc_len width, inc_len indent);

#define INC_PENALTY_POOR 700 /* of a break that is no better than a very loose line */

/* items.c: atoms to items. hyphenate: offer hyphens; split: boxes wider than `split` may break anywhere (0: never). */
void inc_para_find_breaks(inc_para *p);
void inc_para_items(inc_para *p, bool hyphenate, inc_len split);

/* ---- line.c ---- */
/* Line i of the n that were broken becomes a box with its marks; `indent` is the first one's. */
void inc_line_set(inc_para *p, const inc_lb_line *lines, size_t n, size_t i, inc_len indent);

#endif
