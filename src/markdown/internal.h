/* internal.h - what the passes of markdown/ share. */
#ifndef INC_MARKDOWN_INTERNAL_H
#define INC_MARKDOWN_INTERNAL_H

#include "base/vec.h"
#include "markdown/markdown.h"
#include "markdown/scan.h"

/* A block that is to be drawn. */
typedef struct inc_md_drawn {
    inc_node *code;
    inc_str info; /* behind the language */
    const inc_diagram *diagram;
} inc_md_drawn;

/* One chapter on its way. */
typedef struct inc_md {
    const inc_text *source;
    const inc_markdown_options *options;
    inc_arena *arena;
    inc_diags *diags;
    inc_node *chapter;
    inc_map notes;              /* folded name -> NOTE */
    inc_map unknown_tags;       /* names of start tags that are no elements and were shown */
    bool deep_reported;         /* once a chapter */
    INC_VEC(inc_md_drawn) diagrams;
    INC_VEC(inc_text) raws;     /* raw HTML by node id - 1, until the HTML pass resolves it */
} inc_md;

/* ---- prepare.c: the text that md4c reads ---- */

/* A mark is a comment "<!-- -->" that the pre-pass put into the text; it is known by its place, so that no author's
 * comment can pass for one. */
typedef enum inc_mark_kind {
    INC_MARK_NOTHING,           /* ends a paragraph: where a footnote's definition was cut out, or where md4c sees no end */
    INC_MARK_NOTE,              /* from here on the body of a note */
    INC_MARK_DEFINITION,        /* the body of a definition begins; the paragraph before it is the term ... */
    INC_MARK_DEFINITION_END,
    INC_MARK_HEADING            /* inside a heading: its attributes */
} inc_mark_kind;

typedef struct inc_mark {
    inc_mark_kind kind;
    size_t at;                  /* in the prepared text */
    inc_node *note;
    inc_str attributes;         /* what stood between the braces */
} inc_mark;

typedef struct inc_leaf {       /* where a block stands that md4c tells no place of */
    inc_leaf_kind kind;
    inc_span span;
} inc_leaf;

typedef struct inc_masked { /* a byte of the prepared text that md4c is not to see */
    size_t at;
    char byte;
} inc_masked;

typedef struct inc_prepared {
    inc_text text;
    INC_VEC(inc_masked) masks;  /* sorted by at */
    INC_VEC(inc_mark) marks;    /* sorted by at */
    INC_VEC(inc_leaf) leaves;   /* in the order of the text */
} inc_prepared;

#define INC_MARK_TEXT INC_STR("<!-- -->")

void inc_md_prepare(inc_md *md, inc_prepared *prepared);
inc_str inc_md_fold_name(inc_arena *arena, inc_str name); /* of a note: the key in inc_md.notes */

/* ---- mask.c: for what md4c does not know ---- */
void inc_md_mask(inc_md *md, inc_prepared *prepared);
inc_str inc_md_unmask(const inc_prepared *prepared, inc_arena *arena, inc_str text, size_t offset); /* text as it was written; copied if it must be */
void inc_md_unmask_bytes(const inc_prepared *prepared, char *bytes, size_t n, size_t offset);

/* Of a text that has no place: "*", "_" and "~" in bare addresses have stand-ins that no UTF-8 holds. */
inc_str inc_md_unmask_marks(inc_arena *arena, inc_str text);

/* ---- address.c: bare addresses ---- */
enum {
    INC_ADDRESS_ALL = 1,   /* www. and e-mail too */
    INC_ADDRESS_PARSED = 2 /* the text holds no Markdown */
};
typedef struct inc_address {
    size_t head, to; /* behind what shows that it is one ("https://", "www.", "a@"); its end */
    inc_str scheme;  /* what a link to it needs before it */
} inc_address;

/* Does a bare address begin at text[at]? */
bool inc_md_find_address(inc_str text, size_t at, unsigned how, inc_address *address);

static inline bool inc_md_links_addresses(const inc_markdown_options *options)
{
    return !options->commonmark || options->gfm;
}

/* ---- parse.c: md4c's events become nodes ---- */

/* Appends the blocks of the prepared text to md->chapter, the bodies of notes to their NOTEs. Raw HTML becomes nodes with
 * `raw` set: TEXT among inlines, CODE among blocks, with node->id - 1 an index of md->raws. */
void inc_md_parse(inc_md *md, const inc_prepared *prepared);

/* Parses text as inline Markdown and appends the inlines to parent. For captions. */
void inc_md_parse_inline(inc_md *md, const inc_text *text, inc_node *parent);

/* ---- code.c ---- */

/* Fills language, classes, text and lines of a CODE node; lines[i] is the place of text's i-th line. */
void inc_md_code(inc_md *md, inc_node *code, inc_str info, inc_str text, inc_span *lines, uint32_t line_count);

/* ---- diagram.c: a block that is to be drawn ---- */
bool inc_md_is_diagram(const inc_md *md, const inc_node *code); /* its language has a command */
void inc_md_diagram(inc_md *md, inc_node *code, inc_str info, inc_str text, inc_span *lines, uint32_t line_count); /* info: behind the language */
void inc_md_diagrams(inc_md *md); /* these blocks become paragraphs with an image */

/* ---- listing.c: what a fence asks of the page ---- */
enum { INC_MD_RANGES_MAX = 256 };
typedef struct inc_md_lines { /* from 1, both included */
    uint32_t from, to;
} inc_md_lines;
typedef struct inc_md_wishes {
    INC_VEC(inc_md_lines) highlighted;
    uint32_t first_number; /* 0: no numbers */
    bool number_all;       /* the book's wish, while the fence says nothing of numbers */
    bool callouts;
    bool in_ranges;        /* the word before was a list of lines, and this one may go on with it */
} inc_md_wishes;
bool inc_md_take_wish(inc_md *md, inc_node *code, inc_md_wishes *wishes, inc_str word); /* false: a class and no more */
void inc_md_grant_wishes(inc_md *md, inc_node *code, const inc_md_wishes *wishes);      /* when the text is known */

/* ---- definitions.c, attributes.c ---- */

/* Begins a definition in parent: turns a paragraph before it into terms; returns the new DEFINITION. */
inc_node *inc_md_begin_definition(inc_md *md, inc_node *parent, inc_span span);

/* "#id .class key=value" onto a node. */
void inc_md_set_attributes(inc_md *md, inc_node *node, inc_str attributes);

/* Cuts the next of "#id", ".class", "key=value", "key=\"a value\""; "" at the end. */
inc_str inc_md_next_attribute(inc_str *rest);

/* ---- html.c: raw HTML becomes nodes; then none is left ---- */
void inc_md_html(inc_md *md, inc_node *root);

/* ---- shape.c: alerts, figures, captions, anchors; over finished nodes ---- */
void inc_md_shape(inc_md *md, inc_node *root);

/* ---- picture.c ---- */
void inc_md_set_image_attributes(inc_md *md, inc_node *image, inc_str attributes); /* #id .class width= height= */
inc_str inc_md_take_attribute(inc_node *node, const char *name); /* out of the node's list; "" when it is not there */
void inc_md_image_attributes(inc_md *md, inc_node *root);  /* ![alt](file){width=60% .wide} */
void inc_md_part_pictures(inc_md *md, inc_node *holder);   /* in a block of class side-by-side: a paragraph of several becomes one each */

/* ---- figure.c ---- */
void inc_md_figures(inc_md *md, inc_node *root);

/* Reads a caption's "Figure 4-1: " off its inlines; returns the number ("4-1") or an empty string. */
inc_str inc_md_take_label(inc_node *caption);

/* ---- math.c ---- */
void inc_md_math(inc_md *md, inc_node *root);

/* icon.c: an empty <i> or <span> that mdBook shows as an icon of Font Awesome gets a character or its name. */
void inc_md_icon(inc_md *md, inc_node *span);

/* ---- helpers ---- */
static inline bool inc_md_is_blank(const inc_node *n) /* white space that counts for nothing at a block's edge */
{
    return n->kind == INC_NODE_SOFT_BREAK || (n->kind == INC_NODE_TEXT && !n->raw && inc_str_trim(n->as.text.text).n == 0
        && inc_str_find(n->as.text.text, INC_STR("\xC2\xA0")) == INC_NPOS);
}

#endif
