/*
 * scan.h - the block structure of Markdown, line by line (CommonMark 0.31.2, appendix "A parsing strategy", phase 1).
 *
 * md4c parses the chapter; this scanner only tells the pre-pass (prepare.c) where it stands: in which quotes and list
 * items, in a fence or not, at a table's delimiter row. Two kinds of container are ours: the body of a footnote and the
 * body of a definition.
 */
#ifndef INC_SCAN_H
#define INC_SCAN_H

#include "base/str.h"
#include "base/vec.h"

#define INC_SCAN_DEPTH_MAX 200 /* deeper containers are text to the scanner */
#define INC_PARAGRAPH_LINES_MAX 2000 /* md4c looks through all lines of a paragraph for each link in it */

typedef enum inc_container_kind { INC_IN_ROOT, INC_IN_QUOTE, INC_IN_ITEM, INC_IN_NOTE, INC_IN_DEFINITION } inc_container_kind;

typedef enum inc_leaf_kind {
    INC_LEAF_NONE, INC_LEAF_PARAGRAPH, INC_LEAF_FENCE, INC_LEAF_INDENTED, INC_LEAF_HTML, INC_LEAF_TABLE,
    INC_LEAF_HEADING, INC_LEAF_RULE, INC_LEAF_DEFINITION
} inc_leaf_kind;

typedef struct inc_container {
    inc_container_kind kind;
    uint32_t indent;      /* columns that its lines are indented by, beyond the containers around it */
    bool empty;           /* an item: nothing but its marker so far */
    inc_leaf_kind last;   /* what its last child was */
    uint32_t note;        /* of INC_IN_NOTE: a number for the caller */
    size_t from, to;      /* where its prefix stands on the current line ... */
    unsigned tab;         /* ... and how many columns of the tab at `to` lie behind it */
    bool opened;          /* on the current line */
} inc_container;

typedef enum inc_line_kind {
    INC_LINE_BLANK,
    INC_LINE_TEXT,        /* begins or continues a paragraph, or is a row of a table */
    INC_LINE_HEADING,     /* ATX */
    INC_LINE_UNDERLINE,   /* of a setext heading */
    INC_LINE_RULE,
    INC_LINE_FENCE,       /* opens a fence */
    INC_LINE_DELIMITERS,  /* of a table: the row under its head */
    INC_LINE_NO_TABLE,    /* looks like the row under a head but its cells do not match */
    INC_LINE_VERBATIM     /* inside code or HTML, the closing fence too; or the first line of such */
} inc_line_kind;

typedef struct inc_leaf_state { /* what is open below the innermost container */
    inc_leaf_kind kind;
    char fence;            /* '`' or '~' */
    uint32_t length;       /* of the fence */
    size_t from;           /* where the fence opens */
    unsigned html;         /* start condition 1..7 */
    uint32_t lines;        /* of the paragraph so far */
    bool definitions;      /* these lines are link reference definitions, one each */
} inc_leaf_state;

typedef struct inc_scanner {
    inc_arena *arena;
    inc_str text;
    bool notes, definitions, tables;
    INC_VEC(inc_container) stack;   /* [0] is the root */
    INC_VEC(inc_container) closed;  /* by the current line: outermost first; they stood at stack[stack_kept] and up */
    size_t stack_kept;
    size_t matched;                 /* so many of `stack` have their prefix on this line; the others go on lazily */
    inc_leaf_state leaf, closed_leaf; /* closed_leaf: the leaf that was open when `closed` were closed */
    size_t from, to;      /* the current line, without its LF */
    size_t content;       /* where the line's text begins, behind white space */
    size_t head_from, head_to; /* text of the line before: a table's head, a setext heading */
    inc_line_kind line;
    bool cut;             /* the line begins a paragraph only because the one before it is too long */
    bool parted;          /* the line begins a block, but md4c would see no end of the paragraph or the table before it */
    bool leaf_begins;     /* the line begins a leaf (leaf.kind, or `line` says which) */
    inc_str note_label;   /* when a note container was opened */
    uint32_t note_count, column_count;
} inc_scanner;

inc_scanner inc_scanner_on(inc_arena *arena, inc_str text);

/* Counts the cells of a table's row: those between unescaped pipes, outer pipes aside. */
uint32_t inc_scan_count_cells(inc_str row);

/* Reads the line that begins at `from`; false at the end of the text (closing everything: see `closed`). */
bool inc_scan_line(inc_scanner *s, size_t from);

#endif
