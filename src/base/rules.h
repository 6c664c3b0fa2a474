/* rules.h - how a book's listings are compiled, run and compared: plain data between book.toml (manuscript/) and listings/. */
#ifndef INC_RULES_H
#define INC_RULES_H

#include "base/source.h"

/* A command and its arguments. {file}, {name}, {folder}, {scratch}, {root}, {edition} and {width} in them are replaced. */
typedef struct inc_words_list {
    inc_str *v;
    uint32_t n;
} inc_words_list;

typedef enum inc_compared { INC_COMPARE_NOTHING, INC_COMPARE_STDOUT, INC_COMPARE_STDERR } inc_compared;
typedef enum inc_normaliser { INC_NORMALISE_LINES /* CRLF, blank lines at the end */, INC_NORMALISE_RUSTC } inc_normaliser;

typedef struct inc_rule { /* a kind of listing: "run", "fail" */
    inc_str name;
    inc_words_list compile, run; /* in this order; either may be empty */
    bool must_fail;              /* the last command must refuse it */
    inc_compared compare;        /* what the last command says, with NAME.out or NAME.err */
    inc_normaliser normaliser;
    bool pinned;                 /* the output holds for the pinned version alone */
} inc_rule;

typedef struct inc_rule_language {
    inc_str name, extension; /* "rust", "rs" */
    inc_str comment;         /* directives stand behind it and an @: "//" */
    inc_words_list version;  /* prints the compiler's version; the first number in it counts */
    inc_str pinned;          /* the version that the recorded files are of, or "" */
    inc_str edition, width;  /* for {edition}, {width} */
    inc_rule *rules;
    uint32_t rule_count;
} inc_rule_language;

typedef struct inc_rules {
    inc_words_list folders; /* relative to the book; "listings" when the book does not say */
    bool folders_by_default; /* then it may be missing */
    inc_words_list fences;  /* languages whose blocks in the chapters are tested too */
    inc_str lock;           /* relative to the book */
    uint32_t seconds;       /* for one command */
    inc_rule_language *languages;
    uint32_t language_count;
    inc_span span;          /* of [output.incipit.test], or INC_NO_SPAN */
} inc_rules;

#endif
