/* cli.h - what the files of the command line share. Only this folder prints, exits, and reads the environment. */
#ifndef INC_CLI_H
#define INC_CLI_H

#include <stdio.h>

#include "build.h"
#include "cli/report.h"

enum { INC_STATUS_USAGE = 2 };

typedef enum inc_command {
    INC_COMMAND_BUILD,
    INC_COMMAND_CHECK,
    INC_COMMAND_TEST,
    INC_COMMAND_DUMP,
    INC_COMMAND_INIT,
    INC_COMMAND_EXPLAIN,
    INC_COMMAND_COMPLETION,
    INC_COMMAND_COUNT
} inc_command;
typedef enum inc_when { INC_WHEN_AUTO, INC_WHEN_ALWAYS, INC_WHEN_NEVER } inc_when;

/* ---- options.c ---- */
typedef struct inc_options {
    inc_command command;
    const char *book, *output; /* output: NULL when not given */
    const char *root;            /* NULL when not given */
    const char *baseline, *write_baseline; /* NULL when not given */
    const char *title, *language; /* of init; NULL when not given */
    const char *authors[16];
    unsigned author_count;
    const char *only[16];        /* parts of the book that test is asked for; none: all of it */
    unsigned only_count;
    const char *results;         /* where test writes its results as JSON; "-" for standard output; NULL when not given */
    bool bless, diagrams, tidy_diagrams;
    char *const *words; /* what follows the command, word_count of them */
    int word_count;
    unsigned to;
    bool strict, keep_going, commonmark, gfm, quiet, verbose;
    bool version; /* print it, and nothing else counts */
    bool renderer; /* the book stands on standard input: mdBook runs us */
    unsigned jobs;
    inc_format format;
    inc_when color;
    inc_dump_kind dump;
} inc_options;

/* Reads the command line. True: go on with *options. False: leave with *status; help, or what was wrong with the
 * usage, has been printed. */
bool inc_options_read(int argc, char **argv, inc_arena *arena, inc_options *options, int *status);

/* ---- help.c: the table of commands and options, from which reading, help, suggestions and completions are made ---- */
enum { INC_OPTION_COUNT = 25 };

typedef struct inc_option_info {
    const char *name;
    int value;          /* its letter, or a number above 255 */
    unsigned commands;  /* that it belongs to: 1 << inc_command, or-ed */
    const char *argument, *help; /* argument: NULL when it takes none */
    const char *choices; /* words for the argument, separated by spaces; "/" for a folder, "." for a file; or NULL */
} inc_option_info;

typedef struct inc_command_info {
    const char *name, *argument, *help;
    int words_least, words_most;
} inc_command_info;

extern const inc_option_info inc_option_infos[INC_OPTION_COUNT];
extern const inc_command_info inc_command_infos[INC_COMMAND_COUNT];

/* Values of getopt for options without a letter. */
enum { INC_OPTION_TO = 256, INC_OPTION_AS, INC_OPTION_STRICT, INC_OPTION_KEEP_GOING, INC_OPTION_COMMONMARK, INC_OPTION_GFM, INC_OPTION_DIAGNOSTICS,
       INC_OPTION_COLOR, INC_OPTION_BASELINE, INC_OPTION_WRITE_BASELINE, INC_OPTION_TITLE, INC_OPTION_AUTHOR, INC_OPTION_LANGUAGE,
       INC_OPTION_BLESS, INC_OPTION_ONLY, INC_OPTION_RESULTS, INC_OPTION_DIAGRAMS, INC_OPTION_TIDY_DIAGRAMS, INC_OPTION_ROOT };

void inc_help_print(void);
void inc_help_print_command(inc_command command);

/* The nearest of the candidates if it is near enough to be meant, else NULL. */
const char *inc_help_nearest(inc_str word, const char *const *candidates, size_t count);

/* ---- init.c, explain.c, completion.c ---- */
int inc_init(const inc_options *options, inc_arena *arena);
int inc_explain(const inc_options *options);
int inc_completion(const inc_options *options);

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

/* ---- environment.c ---- */
/* What a book's commands get to see: the environment without what changes their words by language or setting. */
char *const *inc_clean_environment(inc_arena *arena);
inc_str inc_scratch_folder(void); /* $TMPDIR when it is an absolute path, else /tmp */

/* ---- test.c ---- */
/* Runs `incipit test`: what the commands of the listings get to see, where they may write. */
inc_build_result inc_test_book(const inc_options *options, const inc_build_options *build, inc_arena *arena);

/* ---- commands.c ---- */
int inc_command_run(const inc_options *options, inc_arena *arena);

#endif
