/*
 * build.h - the whole run: a manuscript in, three files out. Names the phases in order; the commands of cli/ call it.
 *
 * A result owns one arena with everything in it (sources, diagnostics, names of the files written). The functions below
 * print nothing and never exit; exhausted memory comes back as status 3.
 */
#ifndef INC_BUILD_H
#define INC_BUILD_H

#include <signal.h>

#include "base/diag.h"

enum { INC_TO_PDF = 1, INC_TO_PRINT = 2, INC_TO_EPUB = 4, INC_TO_ALL = 7 };

enum { INC_STATUS_FINE = 0, INC_STATUS_ERRORS = 1, INC_STATUS_MACHINE = 3, INC_STATUS_INTERRUPTED = 130 };

typedef enum inc_dump_kind { INC_DUMP_DOCUMENT, INC_DUMP_HTML, INC_DUMP_PAGES, INC_DUMP_STYLE } inc_dump_kind;

typedef struct inc_build_options {
    inc_str book;       /* a folder with book.toml, one with SUMMARY.md, or one .md file */
    inc_str root;       /* a folder around the book whose files belong to it too; "": the book's folder alone */
    inc_str context;    /* instead of it, what mdBook gives a renderer on standard input; else "" */
    unsigned to;        /* INC_TO_..., or-ed; 0 stands for all */
    inc_str output;     /* folder, relative to the working folder; "" for the book's own setting, else <book>/out */
    inc_str data;       /* folder that holds fonts/, styles/, hyphenation/ and profiles/ */
    inc_str date;       /* ISO 8601, where the book names none (from SOURCE_DATE_EPOCH); "" for no date */
    unsigned jobs;      /* threads; 0 for one per core */
    inc_str baseline;   /* file with the findings that do not count (base/baseline.h), or "" for the book's own setting */
    bool no_baseline;   /* the book's own is left aside: a new one is being written */
    bool draw_diagrams; /* the book's commands for diagrams may be run; else only what they have drawn before is shown */
    bool tidy_diagrams; /* drawings that no block shows any more are removed */
    inc_str scratch;    /* with draw_diagrams: an existing folder, in which temporary ones are made */
    char *const *environment; /* with draw_diagrams: of the commands, "NAME=value", NULL at the end */
    bool strict;        /* warnings count as errors */
    bool keep_going;    /* write even if there are errors */
    bool commonmark;    /* dump only: plain CommonMark, none of our extensions, resolve left out for document and html */
    bool gfm;           /* with commonmark: GFM's extensions too */
    /* Called on the caller's thread when a phase begins and as it goes on; what is one of "manuscript", "markdown",
     * "diagrams", "resolve", "style", "layout", "pdf", "print", "epub". total may be 0 (not known). May be NULL. */
    void (*progress)(void *context, const char *what, size_t done, size_t total);
    void *progress_context;
    const volatile sig_atomic_t *interrupted; /* polled between phases; non-zero ends the run. May be NULL */
} inc_build_options;

typedef struct inc_test_options {
    inc_str scratch;          /* an existing folder, in which temporary ones are made */
    char *const *environment; /* of the commands: "NAME=value", NULL at the end */
    bool bless;               /* record what comes out */
    bool frozen;              /* never write the lock: one that is not as it should be is an error (CI) */
    const char *const *only;  /* listings and folders that are asked for, relative to the book or to the current folder; the others are left alone */
    size_t only_count;        /* 0: all */
} inc_test_options;

typedef struct inc_output {
    unsigned to;        /* INC_TO_PDF ... */
    inc_str path;
    uint64_t bytes;
} inc_output;

typedef struct inc_build_result {
    int status;         /* INC_STATUS_... */
    bool out_of_memory; /* then diags may be NULL or lack the finding that says so */
    inc_arena *arena;   /* NULL only if memory ran out at once */
    inc_sources *sources;
    inc_diags *diags;   /* in the order of the phases; all of them, also when nothing was written */
    bool baseline;      /* there is one: findings that are not `known` are new */
    inc_output outputs[3];
    unsigned output_count; /* files really written (renamed into place); 0 after errors */
    inc_str dump;       /* inc_dump: the text; inc_test: the results as JSON */
    inc_str details;    /* inc_test: what compilers said and how outputs differ, for people */
    inc_str summary;    /* inc_test: "65 listings: 64 passed, 1 skipped" */
    inc_str root;       /* the book's folder, "" before it is known */
    inc_str title;
    size_t chapter_count, page_count; /* page_count: of the laid out book, blank pages too */
    unsigned layout_passes;
} inc_build_result;

/* Writes the book: all files or none. */
inc_build_result inc_build(const inc_build_options *options);

/* The same without writing: every phase runs, back ends included, and its findings are kept. */
inc_build_result inc_check(const inc_build_options *options);

/* The inner data as text in result.dump: the document after resolve, its HTML, the finished pages, or the computed styles
 * of every node. Errors do not stop it. */
inc_build_result inc_dump(const inc_build_options *options, inc_dump_kind kind);

/* Compiles and runs the book's listings and compares them with what is recorded (listings/listings.h). */
inc_build_result inc_test(const inc_build_options *options, const inc_test_options *test);

/* Frees all that the result owns. */
void inc_build_result_free(inc_build_result *result);

/* "harfbuzz 6.0.0\n" ...: every library in use, one a line, for `--version --verbose`. */
void inc_library_versions(inc_buf *out);

#endif
