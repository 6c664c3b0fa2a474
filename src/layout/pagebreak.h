/*
 * pagebreak.h - the best sequence of page breaks for a chapter's vertical list and its footnotes, over plain arrays.
 *
 * The boxes are the text; the note lines are all footnotes of the list, one below the other in the order of their calls. A page holds some boxes
 * at its head and some note lines at its foot. A note begins on the page of its call; what does not fit stands at the foot of the next pages,
 * before their own notes, and behind the last box on pages that hold nothing else.
 */
#ifndef INC_PAGEBREAK_H
#define INC_PAGEBREAK_H

#include "base/arena.h"
#include "base/length.h"

#define INC_NO_PAGE_BREAK 1000000 /* a penalty that forbids */
#define INC_BAD_PAGE_BREAK 20000  /* a penalty taken only when everything else is worse: widows and orphans */

typedef struct inc_pb_box { /* a line, a row, a picture: nothing that is cut */
    inc_len height;
    inc_len gap;         /* space before it, unless a page begins with it */
    int32_t penalty;     /* of a page break before it */
    bool forced;         /* a page must begin with it */
    inc_len phase;       /* where in a grid unit it stands: of a block on the grid, what its gap leaves above whole units */
    bool grid;           /* the phase is kept when a page begins with it, so that its block stays on the grid */
    bool sync;           /* the position behind the gap is rounded up to the grid, or to its place between two lines */
    inc_len repeated;    /* height of what is set again above it when a page begins with it (a table's head) */
    uint32_t notes;      /* count of the note lines called in it */
} inc_pb_box;

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
} inc_pb_list;

typedef struct inc_pb_params {
    inc_len height;      /* of the text block */
    inc_len first_height; /* of the first page's, when it has another one; else 0 */
    inc_len first_top;   /* taken away at the head of the first page */
    inc_len unit;        /* grid unit, 0 for none */
    inc_len note_space;  /* what the notes of a page cost beside their own height */
} inc_pb_params;

typedef struct inc_pb_page {
    uint32_t first, end; /* boxes [first, end): none on the pages behind the last box that finish a note */
    uint32_t note_first, note_end; /* note lines */
    inc_len height;      /* used by the boxes */
    inc_len notes;       /* used by the note lines, with note_space */
    bool overfull;
} inc_pb_page;

size_t inc_pagebreak(inc_arena *arena, const inc_pb_list *list, const inc_pb_params *params, inc_pb_page **pages);

/* The position of a box behind `position` on its page: the walk that both the breaker and the page builder use. Adds the gap (or what is
 * kept of it at the head of a page) and the repeated head. */
inc_len inc_pb_advance(const inc_pb_box *box, const inc_pb_params *params, inc_len position, bool page_first);

#endif
