/* urls.h - the little of RFC 3986 that links and images need. */
#ifndef INC_URLS_H
#define INC_URLS_H

#include "base/str.h"

typedef struct inc_url { /* views into the string it was cut from */
    inc_str scheme;   /* "https", or "" */
    inc_str path;     /* without query and fragment, as written */
    inc_str query;    /* with its '?', or "" */
    inc_str fragment; /* without its '#', or "" */
    bool has_fragment;
} inc_url;

inc_url inc_url_cut(inc_str url);

/* %XX as bytes (RFC 3986, 2.1): of any value, in whatever encoding. What is no escape stays as it is. */
inc_str inc_percent_decode(inc_arena *arena, inc_str s);

/* %XX decoded; the text itself when the result is no UTF-8 or holds a NUL or another control character. */
inc_str inc_url_decode(inc_arena *arena, inc_str s);

/* A reference against a base URL (RFC 3986, 5.2): its dot segments are resolved and never climb above the host. base without a
 * '/' at its end counts as a folder too. */
inc_str inc_url_resolve(inc_arena *arena, inc_str base, inc_str relative);

#endif
