/*
 * listings.h - `incipit test`: every listing of the book is compiled, run, and compared with what the book says of it.
 *
 * A listing is a file below one of the book's folders whose extension a language claims. Its first lines may hold directives:
 *
 *     //@ kind: fail          what is to be done, by the names of the language's rules; else "run", or "fail" when only NAME.err stands beside it
 *     //@ edition: 2024       {edition} in the commands
 *     //@ min: 1.85           skipped with an older compiler
 *     //@ needs: x86_64       skipped elsewhere: names of machines (uname -m) and systems, or command:NAME
 *     //@ status: 101         what the program returns; 0 otherwise. 77 means that it could not be tried: skipped
 *     //@ pinned              the output holds for the pinned version of the compiler alone
 *     //@ timeout: 60         seconds
 *
 * What the last command prints is compared with the recorded NAME.out (standard output) or NAME.err (messages, normalised). With another compiler than
 * the pinned one, messages pass when their codes, first lines and places agree; numbers that hold for the pinned version alone are a drift.
 * A lock file of SHA-256 sums, written by a run in which everything passed, lets a machine without the compiler prove that nothing changed since.
 */
#ifndef INC_LISTINGS_H
#define INC_LISTINGS_H

#include <signal.h>

#include "base/diag.h"
#include "base/rules.h"
#include "document/document.h"

typedef enum inc_verdict { INC_LISTING_PASS, INC_LISTING_BLESSED, INC_LISTING_SKIP, INC_LISTING_DRIFT, INC_LISTING_FAIL, INC_VERDICT_COUNT } inc_verdict;
const char *inc_verdict_name(inc_verdict verdict); /* "pass" ... */

typedef struct inc_listing {
    inc_str path;     /* relative to the book: "listings/ch04/main.rs", or "src/ch04.md:31" of a fence */
    inc_str file;     /* as opened */
    inc_str golden;   /* as opened, or "" */
    inc_span span;    /* its first line; of a fence: the block */
    const inc_rule_language *language;
    const inc_rule *rule;
    inc_str edition, min, needs;
    inc_str codes;    /* of a fence that must not compile: the errors that must be among its messages, "E0382 E0499", or "" */
    uint32_t seconds;
    int status;       /* that it must end with; -1: the language's must_fail decides */
    bool pinned, broken /* a directive is wrong (reported) */;
    bool left_out;    /* not asked for: neither run nor told of, and the lock keeps what it has */
    inc_str text;     /* of a fence: what is written to the scratch folder; "" of a file */
    inc_verdict verdict;
    inc_str reason;   /* one line; "" for a plain pass */
    inc_str got;      /* what is to be recorded, or differs */
    inc_str recorded;
    inc_str details;  /* what the compiler said, or the difference; several lines, or "" */
} inc_listing;

typedef struct inc_compiler {
    const inc_rule_language *language;
    inc_str version; /* "1.95.0"; "" when the program is not there */
    inc_str reason;  /* why not */
} inc_compiler;

typedef struct inc_listings {
    inc_listing *v;
    size_t n, cap;
    inc_compiler *compilers; /* of the languages that the listings are in */
    uint32_t compiler_count;
    size_t count[INC_VERDICT_COUNT];
} inc_listings;

typedef struct inc_listings_options {
    const inc_rules *rules;
    inc_str root;               /* the book's folder */
    inc_str scratch;            /* an existing folder for temporary ones */
    char *const *environment;   /* of the commands */
    unsigned jobs;
    bool bless;                 /* record what comes out */
    const char *const *only;    /* as in inc_test_options */
    size_t only_count;
    const volatile sig_atomic_t *interrupted;
    void (*progress)(void *context, size_t done, size_t total);
    void *progress_context;
} inc_listings_options;

/* find.c: the listings of the folders, sorted by path; findings about folders and directives are reported. */
void inc_listings_find(const inc_listings_options *options, inc_arena *arena, inc_sources *sources, inc_diags *diags, inc_listings *listings);

/* fences.c: adds the blocks of the chapters that are to be tested. */
void inc_listings_add_fences(const inc_listings_options *options, const inc_document *document, inc_sources *sources, inc_arena *arena, inc_listings *listings);

/* choice.c: leaves out what is not asked for; a name that nothing has is reported. */
void inc_listings_choose(const inc_listings_options *options, inc_arena *arena, inc_diags *diags, inc_listings *listings);

/* run.c: asks each compiler for its version, then runs all of them. False when memory ran out. */
bool inc_listings_run(const inc_listings_options *options, inc_arena *arena, inc_listings *listings);

/* lock.c: what the lock file should hold: "sum  path" for each listing that passed and its recorded file, sorted by path; one that was skipped keeps the
 * lines it has in the old lock as long as they are true. */
inc_str inc_listings_lock(const inc_listings *listings, inc_str old, inc_arena *arena);
/* Verdicts of listings whose compiler is missing: skipped when the lock has them as they are, else failed. */
void inc_listings_apply_lock(inc_listings *listings, inc_str lock, bool frozen, inc_arena *arena);

/* report.c: findings for what is not a pass, and the whole as JSON (docs/listings.md). */
void inc_listings_report(inc_listings *listings, inc_sources *sources, inc_arena *arena, inc_diags *diags);
void inc_listings_json(const inc_listings *listings, inc_buf *out);

/* languages.c: rust, c, go, python, sh, javascript ...; NULL when we know no language of that name. */
const inc_rule_language *inc_listings_builtin(inc_str name);
const inc_rule_language *inc_listings_builtins(size_t *count);

#endif
