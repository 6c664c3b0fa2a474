/*
 * baseline.h - telling old findings from new ones.
 *
 * A fingerprint names a finding by what it is about and not by where it stands: its id, the file, the text around it and its message
 * without numbers. It stays the same when lines move, and several equal ones are told apart by their order. A baseline is a text file
 * with the fingerprints of the findings that a book is known to have: those are shown, but count neither under --strict nor for the exit
 * status. Errors are never taken from it.
 */
#ifndef INC_BASELINE_H
#define INC_BASELINE_H

#include "base/diag.h"
#include "base/map.h"

typedef struct inc_fingerprints {
    inc_arena *arena;
    inc_map seen; /* hash -> how often it came */
} inc_fingerprints;

inc_fingerprints inc_fingerprints_in(inc_arena *arena);

/* The fingerprint of the next finding, "39fa2ee980eb94b0:1": sixteen hexadecimal digits and the number among equal ones. Findings must come in the
 * order of their report. */
inc_str inc_fingerprint_next(inc_fingerprints *fingerprints, inc_sources *sources, const inc_diag *diag);

typedef struct inc_baseline {
    inc_fingerprints fingerprints;
    inc_map known;   /* "id fingerprint" */
    size_t done;     /* findings looked at so far */
} inc_baseline;

/* Reads a baseline's text. False, with *line, when a line is none of a baseline. */
bool inc_baseline_read(inc_baseline *baseline, inc_str text, inc_arena *arena, unsigned *line);

/* Marks the warnings and notes reported since the last call that the baseline lists, and takes them out of the counts. */
void inc_baseline_apply(inc_baseline *baseline, inc_diags *diags, inc_sources *sources);

/* Writes all warnings and notes as a baseline: sorted by file, so that changes are easy to read. */
void inc_baseline_write(const inc_diags *diags, inc_sources *sources, inc_buf *out);

#endif
