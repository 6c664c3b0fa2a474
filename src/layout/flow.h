/*
 * flow.h - inside layout: a chapter group's vertical list, and the workers that build it.
 *
 * A flow is what runs on without a forced page: a part's page, or a top-level chapter with the nested files after it. Its nodes become a list of
 * boxes (lines, rows, pictures), which pagebreak.c cuts and place.c sets on pages. The same builder makes the lists inside table cells and notes.
 */
#ifndef INC_FLOW_H
#define INC_FLOW_H

#include "base/map.h"
#include "base/vec.h"
#include "layout/layout.h"
#include "layout/pagebreak.h"
#include "style/counter.h"
#include "text/text.h"

typedef struct inc_vlist inc_vlist;

typedef struct inc_vnote { /* a footnote called in a box: its lines */
    const inc_vlist *list;
    struct inc_vnote *next;
} inc_vnote;

typedef struct inc_vanchor { /* a node that begins in a box: for destinations, outline and page references */
    const inc_node *node;
    struct inc_vanchor *next;
} inc_vanchor;

typedef struct inc_vstring { /* string-set */
    inc_str name, value;
    struct inc_vstring *next;
} inc_vstring;

typedef struct inc_vbox {
    inc_pb_box fit;          /* gap, penalty, height ...: what the page breaker sees */
    inc_len inset;           /* of the marks below the box's top: paddings and borders of the blocks that begin here */
    inc_mark *marks;         /* relative to the text block's left edge and, with the inset, to the box's top */
    uint32_t mark_count;
    const inc_node *node;    /* first text in it, for the page map; NULL for none */
    uint32_t byte;
    inc_str page_name;       /* named page in force */
    inc_vnote *notes, *last_note;
    inc_vanchor *anchors;
    inc_vstring *strings;
    const inc_vlist *repeat; /* set again above it when a page begins with it; its marks become artifacts */
    bool fill;               /* the space above it takes what room its page has left */
    inc_len owed;            /* part of the gap that a block before it on the grid has counted as its own */
} inc_vbox;

typedef struct inc_vframe { /* background and borders around boxes [first, end) */
    uint32_t first, end;
    uint32_t outer;          /* index + 1 of the frame around it, or 0 */
    const inc_style *style;
    inc_len x, width;        /* of the border box */
    inc_len inset, height;   /* of the first and last box when the frame was closed: outer frames add to them later */
} inc_vframe;

typedef struct inc_vvariant { /* a paragraph in other counts of lines: as many boxes as it has by itself, the heights differ */
    uint32_t first, count;
    int32_t shorter_cost, longer_cost; /* 0: there is none */
    const inc_vbox *shorter, *longer;
} inc_vvariant;

struct inc_vlist {
    INC_VEC(inc_vbox) boxes;
    INC_VEC(inc_vvariant) variants; /* in the order of their boxes */
    INC_VEC(inc_pb_float) floats; /* figures that may move, in the order of their boxes */
    INC_VEC(inc_vframe) frames; /* in the order of their first boxes, outer ones before inner ones */
    inc_len trailing;        /* space after the last box */
    bool paged;              /* is cut into pages: not that of a cell or a note */
    bool outside;            /* of what is repeated: it stands above the frames of the boxes below it */
};

typedef INC_VEC(inc_mark) inc_marks;

typedef struct inc_page_ref { /* a page number printed in the flow, to compare with the truth after paging */
    const inc_node *target;
    inc_str shown;
} inc_page_ref;

typedef struct inc_page_note { /* "(page 87)" behind a link: shown, or left out because its target stands on the same page */
    const inc_node *node, *target;
    bool shown;
} inc_page_note;

typedef struct inc_known_chain { /* a style's fonts, looked up once */
    const inc_str *families; /* interned: the address tells */
    uint32_t family_count;
    uint16_t weight;
    bool italic;
    const inc_chain *chain;
} inc_known_chain;

enum { INC_KNOWN_CHAINS = 64 };

typedef struct inc_worker { /* one a thread */
    inc_arena *arena;
    const inc_layout_input *input;
    inc_styler *styler;
    inc_shaper *shaper;
    inc_breaker *breaker;
    inc_diags *diags;        /* of its dictionaries */
    inc_map hyphenators;     /* language -> inc_hyphenator * or a mark for none */
    inc_arena *scratch;      /* of one paragraph, listing or page; a note's lies above that of its call */
    inc_known_chain chains[INC_KNOWN_CHAINS]; /* by a hash */
    INC_VEC(const inc_glyph_run *) hyphens;   /* one a font and size */
    inc_len grid;
} inc_worker;

typedef struct inc_columns inc_columns; /* columns.c */

typedef struct inc_table inc_table; /* table.h */

typedef struct inc_turned { /* a table turned by 90 degrees, its list as wide as a page is high, or a figure; and where it belongs */
    inc_vlist list;
    bool upright;            /* a figure on a page of its own: not turned */
    inc_len measure, page_height; /* what its pages have for it */
    const inc_node *node;
    uint32_t after;          /* the box of the flow whose page its pages follow */
} inc_turned;

typedef struct inc_flow {
    inc_worker *worker;
    inc_arena *arena;        /* of this flow in this pass: text, tags, what the finished pages name */
    inc_arena *lists;        /* boxes and their marks: gone when the pages are made */
    inc_diags *diags;
    const inc_node *first;   /* PART, or the first CHAPTER of the group */
    const inc_node *end;     /* the sibling behind the last one, or NULL */
    const inc_style *book_style, *root_style;
    inc_len measure;         /* width of the text block */
    inc_len page_height;
    const inc_counters *counters; /* or NULL */
    const inc_pb_params *params;
    uint32_t known_page;     /* a box of the list that begins a page, as far as columns had to find out */
    inc_tag *tag;            /* its element below DOCUMENT */
    inc_vlist list;
    INC_VEC(const inc_node *) calls; /* notes that are being set, or wait until the one before is */
    INC_VEC(inc_page_ref) page_refs;
    INC_VEC(inc_page_note) page_notes;
    const bool *settled;     /* by node id: page notes that are shown from now on, or NULL */
    const inc_str *labels;   /* page label by node id from the pass before, or NULL */
    inc_map missing;         /* characters that no font has (missing.c) */
    const inc_node *overfull_table; /* the last one that was reported */
    inc_span span;           /* what is being set, for findings about text that has no node */
    const inc_table *measured; /* the table that was measured last: to be set next */
    INC_VEC(inc_turned) turned; /* tables and figures on pages of their own, in the order of the text */
} inc_flow;

typedef enum inc_lead { INC_LEAD_NONE, INC_LEAD_WORDS /* "like this:" */, INC_LEAD_HEADING } inc_lead;

typedef struct inc_vbuilder {
    inc_flow *flow;
    inc_vlist *list;
    inc_len x, width;        /* the current block's content box, from the text block's left edge */
    inc_len gap;             /* collected space before the next box */
    inc_len negative_gap;    /* collapsed negative margins */
    inc_len bare_gap;        /* what the gap would be without the figure before it */
    inc_len owed;            /* see inc_vbox */
    unsigned grid_depth;     /* blocks on the grid that are open: the outermost one is rounded */
    int32_t penalty;
    bool turned;             /* what it sets is turned already */
    inc_pb_side side;        /* of the page that is forced */
    unsigned kept;           /* lines that stay with a heading before them */
    inc_lead lead;           /* what stands before the next box and belongs to it */
    bool forced, grid, sync, fill, barrier;
    inc_str page_name;
    inc_tag *tag;            /* parent for new elements */
    inc_tag *table_tag;      /* of the next table: it is there already, with the caption in it */
    inc_vanchor *anchors;    /* wait for the next box */
    inc_vstring *strings;
    inc_marks marker;        /* list items' marks, a note's number: stand on the first baseline that comes */
    const inc_vlist *repeat;
    inc_len repeat_height;
    uint32_t frame;          /* index + 1 of the innermost one open, or 0 */
    inc_columns *columns;    /* that are being filled, or NULL */
    unsigned depth;
} inc_vbuilder;

/* ---- flow.c: the vertical list ---- */
inc_vbuilder inc_vbuilder_on(inc_flow *flow, inc_vlist *list, inc_len x, inc_len width, inc_tag *tag);
void inc_vbuilder_space(inc_vbuilder *b, inc_len space);    /* margins collapse: the largest counts, negative ones are added */
void inc_vbuilder_penalty(inc_vbuilder *b, int32_t penalty); /* the largest counts */
inc_vbox *inc_vbuilder_box(inc_vbuilder *b, inc_len height); /* appends an empty box behind what was collected */
void inc_vbuilder_finish(inc_vbuilder *b);                  /* leaves the trailing space in the list */
void inc_vbuilder_anchor(inc_vbuilder *b, const inc_node *node);
void inc_vbuilder_hang_marker(inc_vbuilder *b, inc_vbox *box, inc_len baseline); /* the waiting list marks, if any, before the box's own */
void inc_vbox_take_notes(inc_vbox *to, inc_vbox *from);
void inc_vbox_lift(inc_vbox *to, const inc_vlist *from, uint32_t first, uint32_t end); /* what hangs on boxes inside it: notes, anchors, first text */
inc_tag *inc_tag_new(inc_arena *arena, inc_tag *parent, inc_tag_kind kind); /* with the parent's span, until a block sets its own */
inc_tag *inc_tag_of(inc_flow *flow, inc_tag *parent, inc_tag_kind kind, const inc_node *node); /* with the node's place and language */
inc_len inc_vlist_height(const inc_vlist *list);          /* without trailing space */

/* Content on pages of its own, behind the page where it is met: what `inside` sets goes there, on pages of this size, until the end. */
typedef struct inc_apart {
    inc_turned own;
    inc_vbuilder inside;
    inc_len measure, page_height; /* of the flow around */
} inc_apart;
void inc_apart_begin(inc_apart *apart, inc_vbuilder *b, const inc_node *node, inc_len measure, inc_len page_height);
void inc_apart_end(inc_apart *apart);

/* ---- block.c: nodes to boxes ---- */
void inc_block_children(inc_vbuilder *b, const inc_node *parent, const inc_style *style);
void inc_block(inc_vbuilder *b, const inc_node *node, const inc_style *parent_style);

/* A container whose element exists already. */
void inc_block_in_tag(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_tag *tag);

/* What a node brings beside its content: strings for running heads, and the place that links lead to. Called when its box is open. */
void inc_block_begin(inc_vbuilder *b, const inc_node *node, const inc_style *style);

/* ---- list.c ---- */
void inc_list_block(inc_vbuilder *b, const inc_node *node, const inc_style *style);

/* ---- box.c: a block's box ---- */
enum { INC_LINES_KEPT = 2 }; /* of what follows a heading */

/* Opens margins and paddings, and closes them with the frame. */
typedef struct inc_open_block {
    const inc_style *style;
    inc_len x, width;        /* of the builder outside */
    inc_len border_x, border_width;
    uint32_t first;          /* index of its first box */
    uint32_t frame, outer_frame; /* index + 1 */
    inc_str outer_page;
    bool outer_grid;
    inc_lead lead;           /* what stands before it */
    bool in_columns;         /* its content stands in columns */
    inc_columns *spanned;    /* those that it stands across */
} inc_open_block;
inc_open_block inc_block_open(inc_vbuilder *b, const inc_style *style);
void inc_block_close(inc_vbuilder *b, inc_open_block *open);
void inc_block_break_before(inc_vbuilder *b, const inc_style *style); /* inc_block_open does it too */
inc_len inc_block_room(const inc_vbuilder *b, const inc_style *style); /* width of the content box that it would have */
inc_len inc_block_edge(const inc_style *style, inc_side side, inc_len base); /* border and padding */

/* ---- columns.c: content side by side ---- */
bool inc_columns_open(inc_vbuilder *b, const inc_style *style); /* false: the style has one column, or there can be no others here */
void inc_columns_close(inc_vbuilder *b);
inc_columns *inc_columns_pause(inc_vbuilder *b); /* for an element across them; NULL: it stands too deep inside, or there are none */
void inc_columns_resume(inc_vbuilder *b, inc_columns *columns);
void inc_columns_count(inc_vbuilder *b, int change); /* a block was opened or closed inside */

/* ---- paragraph.c: inlines to lines ---- */
typedef struct inc_paragraph_options {
    const inc_style *style;  /* of the block */
    inc_tag *tag;            /* text belongs to it */
    inc_str prefix;          /* text put before (generated content), or "" */
    const inc_style *prefix_style;
    inc_str suffix;
    const inc_style *suffix_style;
    bool no_indent;
    bool goes_on;            /* more text of the same element follows in another paragraph */
    const inc_node *from;    /* first inline to set, or NULL for all: what stands before it was set as a block of its own */
    const inc_node *run_in;  /* heading whose inlines come first, or NULL */
    const inc_style *run_in_style;
    inc_tag *run_in_tag;
} inc_paragraph_options;
void inc_paragraph(inc_vbuilder *b, const inc_node *node, const inc_paragraph_options *options);

/* Widths of the node's inlines: the widest unbreakable piece, of words or of what hyphens divide them into, and everything on one line. */
void inc_paragraph_widths(inc_vbuilder *b, const inc_node *node, const inc_style *style, bool divide, inc_len *least, inc_len *most);

#define INC_NO_PLACE "?" /* the number of a page that does not exist */

/* ---- inline.c: shaping for others ---- */
inc_shape_request inc_shape_request_of(inc_flow *flow, const inc_style *style, inc_str language);
/* The text as text-transform has it; `before` is the byte before it. The same text when nothing changes it. */
inc_str inc_recase(inc_flow *flow, const inc_style *style, inc_str text, inc_str language, char before);
/* Marks for one short line of text at (x, baseline 0); returns its advance. */
inc_len inc_text_marks(inc_flow *flow, inc_marks *marks, const inc_style *style, inc_str text, inc_len x, inc_len baseline, inc_tag *tag);
/* The same, as an artifact that is drawn and not written: for what stands beside a text and must not be copied with it. */
inc_len inc_shape_marks(inc_flow *flow, inc_marks *marks, const inc_style *style, inc_str text, inc_len x, inc_len baseline);
/* A space without width where a line ends without one: the words on both sides stay apart for those who copy the text or listen to it. */
void inc_line_end_mark(inc_flow *flow, inc_marks *marks, const inc_style *style, inc_len x, inc_len baseline, inc_tag *tag);
/* Distance from a line box's top to the baseline. */
inc_len inc_baseline(inc_flow *flow, const inc_style *style, inc_len line_height);

/* missing.c: remembers the characters that no font has; `text` is what was shaped, `span` where it stands. */
void inc_note_missing(inc_flow *flow, const inc_shaped *shaped, inc_str text, const inc_style *style, inc_span span);

/* ---- generated.c: generated content ---- */
inc_str inc_target_page(inc_flow *flow, const inc_node *target); /* the page's number, as far as it is known: compared with the truth later */
inc_str inc_quote_text(inc_flow *flow, inc_str which); /* "open-quote" or "close-quote" */
enum { INC_LEADER_BEGIN = 0x1C, INC_LEADER_END = 0x1D }; /* around what a leader repeats */
inc_str inc_contents_text(inc_flow *flow, const inc_contents *contents, const inc_node *node, inc_pseudo pseudo); /* pseudo: of the node */

/* ---- code.c, table.c, figure.c, note.c ---- */
void inc_code_block(inc_vbuilder *b, const inc_node *node, const inc_style *style, inc_tag *parent);
void inc_table_block(inc_vbuilder *b, const inc_node *node, const inc_style *style);
const inc_node *inc_only_table(const inc_node *figure); /* the table that it holds beside a caption, or NULL when there is more or none */
/* A figure that its style moves to a page of its own (-inc-float: page); false: it does not, or there can be none here. */
bool inc_plate(inc_vbuilder *b, const inc_node *node, const inc_style *style, const inc_style *parent_style);
/* The children of a block side by side (display: flex), in columns whose pictures are as tall as each other; false: there are too few or too
 * many, and they are set below each other. */
bool inc_side_by_side(inc_vbuilder *b, const inc_node *node, const inc_style *style);
bool inc_turn(inc_vbuilder *b, const inc_node *node, const inc_style *style, const inc_style *parent_style); /* false: no table, or none too wide */
void inc_picture(inc_vbuilder *b, const inc_node *image, const inc_style *style, inc_tag *tag); /* an image alone */
/* Otherwise its description stands in its place. */
static inline bool inc_picture_is_drawn(const inc_image *picture) { return picture->kind != INC_IMAGE_SVG || picture->graphic; }
bool inc_picture_is_sized(const inc_node *image, const inc_style *style); /* a width or a height is stated */
bool inc_picture_size(inc_flow *flow, const inc_node *image, const inc_style *style, inc_len measure, const inc_image **picture, inc_len *width, inc_len *height);
void inc_note_call(inc_flow *flow, inc_vbox *box, const inc_node *note); /* hangs the note, and those called in it, on the box */

/* ---- disc.c: callouts, in a listing and before what explains them ---- */
typedef struct inc_disc {
    const inc_style *style;  /* "callout": its width is the disc's, its background the disc's colour, its text the number */
    uint32_t number;
    inc_str text;            /* what it reads as, the number in it */
    inc_len x, middle;       /* left edge, and the line through its centre */
    inc_tag *tag;
} inc_disc;
inc_len inc_disc_width(const inc_style *style);
void inc_disc_marks(inc_flow *flow, inc_marks *marks, const inc_disc *disc);
void inc_disc_link(inc_flow *flow, inc_marks *marks, const inc_disc *disc, const inc_node *target);

/* ---- line.c ---- */
inc_str inc_destination_of(inc_flow *flow, const inc_node *target); /* its name in the file, or "" */

/* ---- border.c ---- */
/* One side of a border, in its rectangle. */
void inc_border_marks(inc_arena *arena, inc_marks *marks, const inc_style *style, inc_side side, inc_len x, inc_len y, inc_len width, inc_len height);

/* ---- continued.c ---- */
/* Appends the line above the rest of a listing or table whose figure has a label; false if it has none. */
bool inc_continued_line(inc_flow *flow, inc_vlist *list, const inc_node *node, inc_len x, inc_len width);

/* ---- place.c: boxes on pages ---- */
/* Puts boxes [first, end) at (x, y) into marks (in `arena`, as what is needed meanwhile), frames painted below; returns the position behind
 * the last. */
inc_len inc_place_boxes(inc_arena *arena, inc_marks *marks, const inc_vlist *list, uint32_t first, uint32_t end, inc_len x, inc_len y,
                        const inc_pb_params *params);

/* The same at (0, y) of a band from 0 to `height` that is a part of what it shows: frames that go on fill it. */
void inc_place_band(inc_arena *arena, inc_marks *marks, const inc_vlist *list, uint32_t first, uint32_t end, inc_len y, inc_len height);

/* The same for boxes whose tops are known: tops[i] of box first + i. Those before `behind` are a figure that has come from the page before: what goes
 * on from there goes on behind it. */
void inc_place_boxes_at(inc_arena *arena, inc_marks *marks, const inc_vlist *list, uint32_t first, uint32_t behind, uint32_t end, inc_len x,
                        const inc_len *tops);

#endif
