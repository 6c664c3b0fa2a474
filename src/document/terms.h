/* terms.h - the few words that we put into a book, by language. */
#ifndef INC_TERMS_H
#define INC_TERMS_H

#include "document/document.h"

typedef struct inc_terms {
    const char *language; /* BCP 47 primary subtag */
    const char *figure[3]; /* by inc_figure_kind */
    const char *list_of[3]; /* likewise: over the list of them all */
    const char *part, *chapter, *section, *contents, *index, *see, *see_also;
    const char *alert[5]; /* by inc_alert_kind */
    const char *set_in;   /* the colophon's line, with the faces of the built-in theme */
    const char *edition;  /* before a bare number */
    const char *print;    /* beside the ISBN of the printed book */
    const char *set_by;   /* the colophon's line, when the book brings style sheets of its own */
    const char *page;     /* in "(page 87)" */
    const char *symbols;  /* over index entries that begin with one */
    const char *links;    /* over a chapter's list of addresses */
    const char *footnote; /* what a screen reader says at a note's number */
    const char *details;  /* where <details> has no summary of its own */
    bool number_first;    /* "2. fejezet" instead of "Chapter 2" */
} inc_terms;

/* The words of a language ("de-CH" reads as "de"); English for one we do not know. Never NULL. */
const inc_terms *inc_terms_of(inc_str language);

/* "Figure 6-2", or "6-2. ábra" where the language puts numbers first. */
inc_str inc_terms_numbered(inc_arena *arena, const inc_terms *terms, const char *word, inc_str number);

/* All languages, English first, for reading numbers that an author wrote. */
size_t inc_terms_all(const inc_terms **all);

#endif
