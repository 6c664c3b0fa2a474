/*
 * linebreak.h - whole-paragraph line breaking (Knuth & Plass, "Breaking Paragraphs into Lines", 1981) over plain arrays.
 */
#ifndef INC_LINEBREAK_H
#define INC_LINEBREAK_H

#include "base/arena.h"
#include "base/length.h"

#define INC_PENALTY_NEVER 10000
#define INC_PENALTY_FORCED (-10000)

typedef enum inc_lb_kind { INC_LB_BOX, INC_LB_GLUE, INC_LB_PENALTY } inc_lb_kind;

typedef struct inc_lb_item {
    inc_lb_kind kind;
    bool flagged;          /* penalty: a hyphen is added */
    int32_t penalty;       /* of PENALTY; FORCED breaks always */
    inc_len width;         /* of BOX and GLUE; PENALTY: what is added when the line is broken here (the hyphen) */
    inc_len stretch, shrink; /* of GLUE; of BOX what tracking may add and take away: counts with `track` only */
    inc_len left, right;   /* BOX: how far it may hang out as the first or last of its line; PENALTY: right of its hyphen */
} inc_lb_item;

typedef struct inc_lb_params {
    inc_len width;
    int32_t tolerance;     /* largest badness of a line, 100 = stretched or shrunk to the stated limits; 10000 = anything */
    inc_len line_stretch;  /* of each line beside its glue: ragged setting, or an emergency */
    inc_len last_min;      /* a last line shorter than this costs */
    unsigned max_hyphens;  /* lines in a row that may end in a hyphen */
    bool track;            /* words may give a little when spaces do not suffice */
    bool force;            /* accept overfull lines where nothing else is possible */
} inc_lb_params;

typedef struct inc_lb_line {
    uint32_t start, end;   /* items [start, end); `end` is the item broken at; discardable items at the start are skipped */
    inc_len shortfall;     /* width minus natural width, protrusion taken in; negative when it must shrink */
    inc_len stretch, shrink; /* of the glue in the line */
    inc_len word_stretch, word_shrink; /* of its words */
    bool last, hyphenated, overfull;
} inc_lb_line;

typedef struct inc_lb_lines { /* one way to break a paragraph */
    inc_lb_line *v;
    size_t n;              /* 0: there is none */
    int64_t demerits;
} inc_lb_lines;

/* The lines, or 0 when no way within the tolerance exists (never with force). items must end with a forced penalty. */
size_t inc_linebreak(inc_arena *arena, const inc_lb_item *items, size_t n, const inc_lb_params *params, inc_lb_line **lines);

/* The best ways into one line less than is best for the paragraph, into as many, and into one more (TeX's looseness of -1, 0 and 1), those that
 * exist within the tolerance. For paragraphs of up to some thirty lines; in longer ones the first and last may be missed. */
void inc_linebreak_loose(inc_arena *arena, const inc_lb_item *items, size_t n, const inc_lb_params *params, inc_lb_lines ways[3]);

#endif
