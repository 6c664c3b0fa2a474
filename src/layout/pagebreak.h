/*
 * pagebreak.h - the best sequence of page breaks for a chapter's vertical list and its footnotes, over plain arrays.
 *
 * The boxes are the text; the note lines are all footnotes of the list, one below the other in the order of their calls. A page holds some boxes
 * at its head and some note lines at its foot. A note begins on the page of its call; what does not fit stands at the foot of the next pages,
 * before their own notes, and behind the last box on pages that hold nothing else.
 *
 * Facing pages should end at the same depth. Three things give way for that, and to fill a page: blocks that may have a grid unit more room,
 * paragraphs that may have a line more or less, and the breaks themselves. The spread is what is optimised: the cheapest way to a box is kept for
 * each depth that the left-hand page before it may have.
 *
 * A figure that does not fit where it stands may move to the head of the next page, and the text flows on. It stays behind what stands before it,
 * before the next figure, and within its section.
 */
#ifndef INC_PAGEBREAK_H
#define INC_PAGEBREAK_H

#include "base/arena.h"
#include "base/length.h"

#define INC_NO_PAGE_BREAK 1000000 /* a penalty that forbids */
#define INC_BAD_PAGE_BREAK 20000  /* a penalty taken only when everything else is worse: widows and orphans */

typedef enum inc_pb_stretch { /* room that a block on the grid takes when its page has some left: one grid unit */
    INC_PB_RIGID, INC_PB_ABOVE, /* a heading: what follows it keeps its distance */
    INC_PB_AROUND, /* half of it above, half below: before the next box in sync; above when there is none on the page */
    INC_PB_LED /* the same, but it takes all of it above last: what leads in to it stands there */
} inc_pb_stretch;

typedef enum inc_pb_side { INC_PB_ANY_SIDE, INC_PB_RECTO, INC_PB_VERSO } inc_pb_side;

typedef struct inc_pb_box { /* a line, a row, a picture: nothing that is cut */
    inc_len height;
    inc_len gap;         /* space before it, unless a page begins with it */
    int32_t penalty;     /* of a page break before it */
    bool forced;         /* a page must begin with it */
    uint8_t side;        /* inc_pb_side: on which side, when forced; a blank page comes before it if need be */
    inc_len phase;       /* where in a grid unit it stands: of a block on the grid, what its gap leaves above whole units */
    bool grid;           /* the phase is kept when a page begins with it, so that its block stays on the grid */
    bool sync;           /* the position behind the gap is rounded up to the grid, or to its place between two lines */
    inc_len repeated;    /* height of what is set again above it when a page begins with it (a table's head) */
    uint32_t notes;      /* count of the note lines called in it */
    uint8_t stretch;     /* inc_pb_stretch of the block that begins with it */
    bool barrier;        /* no figure moves past it: a heading */
} inc_pb_box;

typedef struct inc_pb_float { /* a figure that may move to the head of the next page; no notes are called in it */
    uint32_t first, end; /* its boxes */
    inc_len after;       /* space below it at the head of a page */
    inc_len bare;        /* gap of the box behind it when it has moved */
} inc_pb_float;

typedef struct inc_pb_variant { /* a paragraph that may have one line less or more when it stands whole on a page */
    uint32_t first, count; /* its boxes */
    int32_t shorter, longer; /* what that costs, or 0 when it cannot be done */
} inc_pb_variant;

typedef struct inc_pb_note { /* a line of a footnote */
    inc_len height;
    inc_len gap;         /* space before it, unless the notes of a page begin with it */
    bool begins;         /* first line of its note */
    bool firm;           /* stays on the page of the line before it */
} inc_pb_note;

typedef struct inc_pb_list {
    const inc_pb_box *boxes;
    size_t n;
    const inc_pb_note *notes;
    size_t note_count;   /* sum of the boxes' notes */
    const inc_pb_variant *variants; /* in the order of their boxes */
    size_t variant_count;
    const inc_pb_float *floats; /* in the order of their boxes */
    size_t float_count;
} inc_pb_list;

typedef struct inc_pb_params {
    inc_len height;      /* of the text block */
    inc_len first_height; /* of the first page's, when it has another one; else 0 */
    inc_len first_top;   /* taken away at the head of the first page */
    inc_len unit;        /* grid unit, 0 for none */
    inc_len note_space;  /* what the notes of a page cost beside their own height */
    bool recto;          /* the first page is a right-hand one */
} inc_pb_params;

typedef struct inc_pb_page {
    uint32_t first, end; /* boxes [first, end): none on the pages behind the last box that finish a note */
    uint32_t note_first, note_end; /* note lines */
    uint32_t head, moved; /* index + 1 of the float that stands at its head, and of the one among its boxes that has moved to the next page */
    inc_len height;      /* used by the boxes */
    int8_t lines;        /* that its paragraphs have more (or less) than they would by themselves, see inc_pb_chosen */
    uint8_t stretched;   /* blocks that take a grid unit more */
    inc_len notes;       /* used by the note lines, with note_space */
    bool overfull;
    bool blank;          /* for the sake of the next one's side */
} inc_pb_page;

size_t inc_pagebreak(inc_arena *arena, const inc_pb_list *list, const inc_pb_params *params, inc_pb_page **pages);

/* Puts the boxes in the order of the pages: order[i] is the box that comes to stand i-th; the pages' boxes are then those of that order. For lists
 * with floats. */
void inc_pb_order(const inc_pb_list *list, inc_pb_page *pages, size_t page_count, uint32_t *order);

/* The variants that a page with `lines` has chosen: indices into list->variants, one for each line less or more. Returns their count. */
enum { INC_PB_LINES_MAX = 2, INC_PB_STRETCHED_MAX = 3 };
size_t inc_pb_chosen(const inc_pb_list *list, const inc_pb_page *page, uint32_t chosen[INC_PB_LINES_MAX]);

/* Where the boxes of a page stand, from the text block's head: tops[i] of box page->first + i; boxes in their final heights. Returns the
 * position behind the last. */
inc_len inc_pb_tops(const inc_pb_box *boxes, const inc_pb_page *page, const inc_pb_params *params, inc_len *tops);

/* The position of a box behind `position` on its page: the walk that both the breaker and the page builder use. Adds the gap (or what is
 * kept of it at the head of a page) and the repeated head. */
inc_len inc_pb_advance(const inc_pb_box *box, const inc_pb_params *params, inc_len position, bool page_first);

#endif
