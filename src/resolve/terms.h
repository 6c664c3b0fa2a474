/* terms.h - the few words that we put into a book, by language. */
#ifndef INC_TERMS_H
#define INC_TERMS_H

#include "document/document.h"

typedef struct inc_terms {
    const char *language; /* BCP 47 primary subtag */
    const char *figure[3]; /* by inc_figure_kind */
    const char *part, *chapter, *section, *contents, *index, *see, *see_also;
    const char *alert[5]; /* by inc_alert_kind */
    const char *set_in;   /* the colophon's line */
    const char *edition;  /* before a bare number */
    const char *print;    /* beside the ISBN of the printed book */
    bool number_first;    /* "2. fejezet" instead of "Chapter 2" */
} inc_terms;

/* The words of a language ("de-CH" reads as "de"); English for one we do not know. Never NULL. */
const inc_terms *inc_terms_of(inc_str language);

/* All languages, English first, for reading numbers that an author wrote. */
size_t inc_terms_all(const inc_terms **all);

#endif
