/*
 * diagram.h - pictures that a command draws from text: SVG out of a block of the book, kept by what it was drawn from.
 *
 * A drawing bears the sum of everything that makes it: the block, the command as the book writes it, and the words by which the author tells versions
 * apart. The same block has the same name on every machine, and what was drawn on one is good on all.
 */
#ifndef INC_DIAGRAM_H
#define INC_DIAGRAM_H

#include <signal.h>

#include "base/rules.h"

#define INC_DRAWING_SIZE_MAX ((size_t)16 << 20) /* bytes of SVG, and of what a command says */
#define INC_DRAWING_FILE_MAX ((uint64_t)64 << 20) /* bytes of any file that a command writes */
#define INC_DIAGRAM_SIZE_MAX ((size_t)1 << 20)  /* bytes of a block that is drawn */

/* The file's name: "dot-" and 20 hexadecimal digits (of the SHA-256, FIPS 180-4) and ".svg". text: the block as written. */
inc_str inc_diagram_name(const inc_diagram_rule *rule, inc_str text, inc_arena *arena);

/* Whether a file of that name could be one of ours. */
bool inc_diagram_is_name(inc_str name);

/* The Debian package that has the program, when it is known, else NULL. */
const char *inc_diagram_package(inc_str program);

/* The number of the line that a tool's message blames ("line 3", "<stdin>:3:", "-:3:7"), or 0. */
uint32_t inc_diagram_blamed_line(inc_str said);

/* The first lines of what a tool said that say something, on one line. */
inc_str inc_diagram_gist(inc_str said, inc_arena *arena);

/* Why bytes are no SVG that a book can show, or NULL. */
const char *inc_diagram_fault(inc_str svg);

typedef struct inc_diagram_bench { /* where commands run */
    inc_str root;             /* the book's folder, absolute: for {root} */
    inc_str scratch;          /* an existing folder, in which temporary ones are made */
    char *const *environment; /* "NAME=value", NULL at the end */
    const volatile sig_atomic_t *interrupted;
} inc_diagram_bench;

typedef enum inc_diagram_end {
    INC_DIAGRAM_DRAWN,
    INC_DIAGRAM_MISSING,     /* there is no such program */
    INC_DIAGRAM_FAILED,      /* what it says of the block is in `said` */
    INC_DIAGRAM_NO_SCRATCH,  /* the machine has no room for it */
    INC_DIAGRAM_INTERRUPTED
} inc_diagram_end;

typedef struct inc_drawing {
    inc_diagram_end end;
    inc_str svg;    /* as the command wrote it; "" unless drawn */
    inc_str reason; /* "exit status 1", "what it wrote is no SVG" ...; "" when drawn */
    inc_str said;   /* on standard error, and when it failed on standard output: any bytes */
} inc_drawing;

/* Runs the rule's command on the block in a scratch folder of its own, which is gone afterwards. Any number of threads may. */
inc_drawing inc_diagram_draw(const inc_diagram_bench *bench, const inc_diagram_rule *rule, inc_str text, inc_arena *arena);

#endif
