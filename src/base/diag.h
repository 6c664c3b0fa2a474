/*
 * diag.h - what we tell the author: findings with an id, a severity, a place and a hint.
 *
 * Ids, severities and the one-line explanations stand in one table, base/diag.def, with an example and advice for each in
 * base/diag_help.def. Reporting never fails and never stops; the command decides by the counts. Nothing here prints: cli/ renders the
 * collected list.
 */
#ifndef INC_DIAG_H
#define INC_DIAG_H

#include "base/source.h"

typedef enum inc_severity { INC_NOTE, INC_WARNING, INC_ERROR, INC_FATAL /* the machine failed: exit status 3 */ } inc_severity;

typedef enum inc_diag_id {
#define INC_DIAG(id, name, severity, explanation) INC_DIAG_##id,
#include "base/diag.def"
#undef INC_DIAG
    INC_DIAG_COUNT
} inc_diag_id;

typedef struct inc_diag_info {
    const char *name; /* "missing-file" */
    inc_severity severity;
    const char *explanation; /* a sentence for docs/diagnostics.md */
    const char *example;     /* a message as it may look */
    const char *why, *mend;  /* why it matters; what to do about it. Sentences */
} inc_diag_info;

/* What a book makes of an id: its own severity, or one that book.toml gives it. */
typedef enum inc_level { INC_LEVEL_DEFAULT, INC_LEVEL_OFF, INC_LEVEL_NOTE, INC_LEVEL_WARNING, INC_LEVEL_ERROR } inc_level;

typedef struct inc_diag {
    inc_diag_id id;
    inc_severity severity;
    inc_span span; /* may be INC_NO_SPAN */
    inc_str message; /* one line, no full stop, at most some 500 bytes, names the thing: chapter file 'ch01.md' does not exist */
    inc_str hint;    /* one line on what to do, or empty */
    inc_str page;    /* label of the page it shows on, or empty */
    bool known;      /* the baseline lists it: shown, but not counted */
} inc_diag;

typedef struct inc_diags {
    inc_arena *arena;
    inc_diag *v;
    size_t n, cap;
    size_t count[INC_FATAL + 1]; /* by severity */
    size_t known, off;           /* not counted there: listed by the baseline; dropped because the book says "off" */
    const uint8_t *levels;       /* inc_level by id, or NULL */
    inc_diag dropped;            /* what inc_report gives for a finding that is dropped */
} inc_diags;

const inc_diag_info *inc_diag_info_of(inc_diag_id id);

/* The id of that name, or INC_DIAG_COUNT. */
inc_diag_id inc_diag_find(inc_str name);
inc_diags *inc_diags_new(inc_arena *arena);

/* Adds a finding and returns it, so that a hint may be set: inc_report(...)->hint = INC_STR("..."). */
inc_diag *inc_report(inc_diags *diags, inc_diag_id id, inc_span span, const char *format, ...) INC_PRINTF(4, 5);

/* Sets what the book makes of each id (INC_DIAG_COUNT levels, which must outlive the list; fatal ones stay fatal), for what was reported already
 * and for what will be. Lists whose findings are appended to this one need none. */
void inc_diags_set_levels(inc_diags *diags, const uint8_t *levels);
/* Drops what says the same about the same place as an earlier finding: a file may be included twice. */
void inc_diags_drop_repeated(inc_diags *diags);

/* Appends all findings of `from`, which lives in another arena (copied), e.g. those of one chapter's worker. */
void inc_diags_append(inc_diags *diags, const inc_diags *from);

/* Messages and hints quote what the author wrote: makes those from the `from`th on one line each, without control characters and of bearable
 * length. A run does it at its end. */
void inc_diags_tidy(inc_diags *diags, size_t from);

#endif
