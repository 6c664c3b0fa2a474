/* parser.h - what parse.c and parser.c share: the state while md4c calls back. */
#ifndef INC_PARSER_H
#define INC_PARSER_H

#include <md4c.h>

#include "markdown/internal.h"

typedef struct inc_frame { /* what md4c, or a definition of ours, has open */
    int type;          /* the MD_BLOCKTYPE, INC_SPAN_FRAME + MD_SPANTYPE, or INC_DEFINITION_FRAME */
    inc_node *node;    /* NULL: flattened, what is inside goes to the node around it */
    inc_node *implied; /* the paragraph of a tight item's text, open until the next block */
    size_t from, to;   /* the texts inside, as offsets into the prepared text; from > to: none yet */
    unsigned depth;    /* of node, or of the nearest around it */
    size_t holder;     /* index of the nearest frame with a node, this one included */
    bool in_link, in_cell;
} inc_frame;

enum { INC_SPAN_FRAME = 100, INC_DEFINITION_FRAME = 1000 };

typedef struct inc_stretch { /* of pending text */
    size_t at, from;     /* offset in the pending text; in the prepared text */
    bool literal;        /* begins with an escaped character or an entity: no footnote begins here */
} inc_stretch;

typedef struct inc_parser {
    inc_md *md;
    const inc_text *text;
    const inc_prepared *prepared; /* NULL when only inlines are parsed */
    INC_VEC(inc_frame) stack;
    inc_buf pending;              /* text that is not a node yet */
    INC_VEC(inc_stretch) stretches;
    size_t pending_to;
    size_t last;                  /* behind the last text seen */
    size_t next_mark;
    inc_text_builder raw;         /* raw HTML that is not a node yet */
    inc_buf code;                 /* text of the code block or span that is open */
    inc_str info;
    INC_VEC(inc_span) lines;
    size_t line_from;             /* where its current line begins, or INC_NPOS: not known */
    size_t code_first;            /* index of the first line with a known place */
    bool line_begins;
    INC_VEC(inc_node *) leaves[INC_LEAF_DEFINITION + 1]; /* nodes whose places the pre-pass knows, by kind */
    uint64_t spent, budget;       /* bytes of output, so that repeated references cannot explode */
    bool out_of_memory, too_far;
    unsigned image_depth;
} inc_parser;

/* ---- places ---- */

/* The offset of md4c's pointer in the text, or INC_NPOS when it points into a constant of md4c's own. */
size_t inc_parser_offset_of(const inc_parser *p, const char *at);

/* from > to gives the end of the last text seen. */
inc_span inc_parser_span_of(const inc_parser *p, size_t from, size_t to);

/* Text at [from, to) was seen: what is open holds it. */
void inc_parser_see(inc_parser *p, size_t from, size_t to);

/* Takes bytes off the budget; false (reported once) when it is used up. */
bool inc_parser_spend(inc_parser *p, size_t bytes);

/* ---- what is open ---- */
inc_frame *inc_parser_top(inc_parser *p);
inc_frame *inc_parser_holder_frame(inc_parser *p); /* the innermost with a node */
inc_node *inc_parser_holder(inc_parser *p);
bool inc_parser_takes_inlines(const inc_node *n);

/* Opens a frame, with its node or none. */
void inc_parser_push_frame(inc_parser *p, int type, inc_node *node, unsigned depth);

/* Opens a frame with a new node, or NULL where it would nest too deep; needs: how many levels its family takes. */
inc_node *inc_parser_push(inc_parser *p, int type, inc_node_kind kind, unsigned needs);
inc_node *inc_parser_pop(inc_parser *p);
bool inc_parser_pop_to(inc_parser *p, int type); /* closes definitions; is that type open then? */
void inc_parser_end_implied(inc_parser *p);
void inc_parser_report_deep(inc_parser *p);

/* ---- parse_inline.c: spans; what a callback returns: 0, or INC_PARSER_STOPPED when the budget is spent ---- */
enum { INC_PARSER_STOPPED = 1 };
inc_str inc_parser_attribute_text(inc_parser *p, const MD_ATTRIBUTE *a); /* entities decoded */
int inc_parser_enter_span(inc_parser *p, MD_SPANTYPE type, void *detail);
int inc_parser_leave_span(inc_parser *p, MD_SPANTYPE type);
bool inc_parser_is_verbatim(int type);          /* of a frame: code, a formula */
void inc_parser_leave_verbatim(inc_parser *p, int type);
void inc_parser_leave_image(inc_parser *p);

/* ---- text and raw HTML on their way to nodes ---- */
void inc_parser_append_inline(inc_parser *p, inc_node *node);
void inc_parser_grow_span(inc_node *node, inc_span span);
void inc_parser_add_pending(inc_parser *p, inc_str text, size_t from, size_t to, bool literal);
void inc_parser_flush_text(inc_parser *p);   /* makes TEXT, NOTE_REF and LINK of what is pending */
void inc_parser_flush_raw(inc_parser *p);
void inc_parser_flush_inlines(inc_parser *p); /* both */
inc_node *inc_parser_new_raw(inc_parser *p, inc_node_kind kind);
const inc_mark *inc_parser_mark_at(inc_parser *p, size_t offset); /* or NULL; offsets only grow */

#endif
