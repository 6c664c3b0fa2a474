/*
 * report.h - how findings are shown. One seam: report.c turns each diagnostic into an inc_finding, with its place, its path as the reader knows
 * it and the chain of includes; a format is a table of three functions that write those.
 */
#ifndef INC_CLI_REPORT_H
#define INC_CLI_REPORT_H

#include "base/baseline.h"
#include "build.h"

typedef enum inc_format {
    INC_FORMAT_AUTO, /* human on a terminal, else gcc */
    INC_FORMAT_HUMAN,
    INC_FORMAT_GCC,
    INC_FORMAT_JSON,
    INC_FORMAT_SARIF,
    INC_FORMAT_GITHUB,
} inc_format;

typedef struct inc_render {
    inc_format format;   /* not AUTO */
    bool color;
    bool notes;          /* show those of severity note */
    bool all;            /* HUMAN: do not shorten long runs of the same finding */
    bool table;          /* HUMAN: end with a table of the ids */
    unsigned width;      /* HUMAN: columns of the terminal, 0 when not known */
    const char *command; /* "check", for JSON and SARIF */
    const char *book;    /* as named on the command line */
    inc_str top;         /* folder that paths are shown relative to when the files lie in it, such as the repository's; "" for the working folder */
} inc_render;

typedef struct inc_included {
    inc_str path;
    inc_place place;
    uint32_t others; /* helpers that include the same lines */
} inc_included;

enum { INC_CHAIN_MAX = 12 };

typedef struct inc_finding {
    const inc_diag *diag;
    const inc_diag_info *info;
    bool placed;        /* the next two hold */
    inc_place place;
    inc_str path;       /* as the reader can open it from where he stands */
    inc_str fingerprint;
    const inc_source *source;
    inc_included chain[INC_CHAIN_MAX]; /* the helper that brought it into the book, then the one that brought that */
    unsigned chain_count;
} inc_finding;

typedef struct inc_writer inc_writer;

typedef struct inc_writer_info {
    bool to_stdout;
    bool fingerprints; /* it shows them */
    void (*begin)(inc_writer *writer);
    void (*finding)(inc_writer *writer, const inc_finding *finding);
    void (*end)(inc_writer *writer);
} inc_writer_info;

struct inc_writer {
    const inc_render *how;
    const inc_diags *diags;       /* may be NULL: memory ran out at once */
    inc_sources *sources;
    const inc_build_result *result; /* NULL in tests of single formats */
    inc_arena *arena;
    inc_buf *out;
    void *state;                  /* the format's own */
};

extern const inc_writer_info inc_writer_human, inc_writer_gcc, inc_writer_json, inc_writer_sarif, inc_writer_github;

/* Appends all findings in the order of their report. diags may be NULL. */
void inc_report_render(const inc_diags *diags, inc_sources *sources, const inc_build_result *result, const inc_render *how, inc_buf *out);

/* True for the formats that belong on standard output. */
bool inc_report_is_for_stdout(inc_format format);

/* "1 error, 3 warnings, 2 known", or "" when there is nothing to count. */
inc_str inc_report_summary(const inc_diags *diags, bool notes, inc_arena *arena);

/* "path:line:column: severity: message; hint (page iv) [id]", without a line end. */
void inc_report_add_line(inc_buf *out, const inc_finding *finding);

/* "error", "warning" or "note". */
const char *inc_report_severity(inc_severity severity);

/* ---- columns.c ---- */
/* Terminal columns of a code point: 0 (combining, ignorable), 1 or 2 (East Asian wide and fullwidth, emoji). */
unsigned inc_columns_of(uint32_t cp);

/* Appends text for a terminal: control characters, and those that reorder what follows, become U+FFFD. */
void inc_columns_add_safe(inc_buf *out, inc_str text);

/* The first line of a place, and a line of carets that marks the span below it: tabs expanded, long lines cut to a window
 * of `width` columns around the span. Neither ends in a line feed. */
void inc_columns_excerpt(const inc_place *place, unsigned width, inc_buf *text, inc_buf *carets);

#endif
