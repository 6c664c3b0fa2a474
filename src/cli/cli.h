/* cli.h - what the files of the command line share. Only this folder prints, exits, and reads the environment. */
#ifndef INC_CLI_H
#define INC_CLI_H

#include <stdio.h>

#include "build.h"

enum { INC_STATUS_USAGE = 2 };

typedef enum inc_command { INC_COMMAND_BUILD, INC_COMMAND_CHECK, INC_COMMAND_DUMP, INC_COMMAND_COUNT } inc_command;
typedef enum inc_when { INC_WHEN_AUTO, INC_WHEN_ALWAYS, INC_WHEN_NEVER } inc_when;
typedef enum inc_format { INC_FORMAT_AUTO, INC_FORMAT_HUMAN, INC_FORMAT_GCC } inc_format;

/* ---- options.c ---- */
typedef struct inc_options {
    inc_command command;
    const char *book, *output; /* output: NULL when not given */
    unsigned to;
    bool strict, keep_going, commonmark, quiet, verbose;
    bool version; /* print it, and nothing else counts */
    unsigned jobs;
    inc_format format;
    inc_when color;
    inc_dump_kind dump;
} inc_options;

/* Reads the command line. True: go on with *options. False: leave with *status; help, or what was wrong with the
 * usage, has been printed. */
bool inc_options_read(int argc, char **argv, inc_arena *arena, inc_options *options, int *status);

/* ---- diagnostics.c ---- */
typedef struct inc_render {
    inc_format format; /* HUMAN or GCC */
    bool color;
    bool notes;        /* show those of severity note */
    bool all;          /* HUMAN: do not shorten long runs of the same finding */
} inc_render;

/* Appends all findings, in the order of their report, as they are shown on a terminal or as an editor reads them. */
void inc_diags_render(const inc_diags *diags, inc_sources *sources, const inc_render *render, inc_buf *out);

/* "1 error, 3 warnings", or "" when there is nothing to count. */
inc_str inc_diags_summary(const inc_diags *diags, const inc_render *render, inc_arena *arena);

/* ---- columns.c ---- */
/* Terminal columns of a code point: 0 (combining, ignorable), 1 or 2 (East Asian wide and fullwidth, emoji). */
unsigned inc_columns_of(uint32_t cp);

/* Appends text for a terminal: control characters, and those that reorder what follows, become U+FFFD. */
void inc_columns_add_safe(inc_buf *out, inc_str text);

/* The first line of a place, and a line of carets that marks the span below it: tabs expanded, long lines cut to a window
 * of `width` columns around the span. Neither ends in a line feed. */
void inc_columns_excerpt(const inc_place *place, unsigned width, inc_buf *text, inc_buf *carets);

/* ---- progress.c ---- */
typedef struct inc_progress {
    bool line;     /* keep one line on the terminal up to date */
    bool times;    /* say how long each phase took */
    bool shown;    /* the line is on the screen now */
    const char *phase;
    int64_t began, phase_began, drawn; /* nanoseconds of the monotonic clock */
    inc_buf *log;  /* the finished phases' times */
} inc_progress;

inc_progress inc_progress_begin(bool line, bool times, inc_buf *log);
void inc_progress_report(void *progress, const char *what, size_t done, size_t total); /* for inc_build_options.progress */
void inc_progress_end(inc_progress *progress); /* wipes the line and closes the last phase */
double inc_progress_seconds(const inc_progress *progress); /* since the beginning */

/* ---- data.c ---- */
/* The folder that holds fonts/, styles/, hyphenation/ and profiles/: $INCIPIT_DATA, else the source tree the program was built in when it
 * still stands there, else <prefix>/share/incipit beside it. */
inc_str inc_data_folder(inc_arena *arena);

/* ---- commands.c ---- */
int inc_command_run(const inc_options *options, inc_arena *arena);

#endif
