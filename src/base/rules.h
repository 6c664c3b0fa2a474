/* rules.h - how a book's listings are compiled, run and compared, and its diagrams drawn: plain data between book.toml (manuscript/) and those who run commands. */
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

typedef struct inc_diagram_rule { /* a language whose blocks become pictures: "dot" */
    inc_str name;           /* in lower case */
    inc_words_list command; /* {input}, {output} and {root} in them are replaced */
    inc_str version;        /* words of the author's; others than before have everything drawn anew */
    uint32_t seconds;       /* for one block */
    inc_span span;          /* of its key */
} inc_diagram_rule;

typedef struct inc_diagram_rules {
    inc_diagram_rule *v;
    uint32_t n;
    inc_str folder;         /* of what was drawn, relative to the book, normalised */
    inc_span span;          /* of [output.incipit.diagrams], or INC_NO_SPAN */
} inc_diagram_rules;

/* The rule for blocks of this language (in lower case), or NULL. "graphviz" and "gv" are "dot" where they have no rule of their own. */
static inline const inc_diagram_rule *inc_diagram_rule_find(const inc_diagram_rules *rules, inc_str language)
{
    for (uint32_t i = 0; i < rules->n; i++)
        if (inc_str_eq(rules->v[i].name, language))
            return &rules->v[i];
    if (inc_str_is(language, "graphviz") || inc_str_is(language, "gv"))
        return inc_diagram_rule_find(rules, INC_STR("dot"));
    return NULL;
}

/* True for languages (in lower case) that describe pictures: whoever writes a block in one means the picture, as a rule. */
static inline bool inc_diagram_language(inc_str language)
{
    static const char *const languages[] = {"mermaid", "bob", "svgbob", "dot", "graphviz", "gv", "plantuml", "puml", "ditaa", "d2", "pikchr"};
    for (size_t i = 0; i < INC_COUNT(languages); i++)
        if (inc_str_is(language, languages[i]))
            return true;
    return false;
}

#endif
