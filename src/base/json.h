/* json.h - writing JSON (RFC 8259): members and commas in their places, text escaped and made UTF-8. */
#ifndef INC_JSON_H
#define INC_JSON_H

#include "base/str.h"

enum { INC_JSON_DEPTH = 24 };

typedef struct inc_json {
    inc_buf *out;
    unsigned depth;
    unsigned flat;                 /* depth from which everything stands on one line, or 0 */
    bool filled[INC_JSON_DEPTH];   /* the container at that depth has a member */
} inc_json;

static inline inc_json inc_json_to(inc_buf *out) { return (inc_json){.out = out}; }

/* A key is NULL for the elements of an array, and for the outermost value. */
void inc_json_open(inc_json *json, const char *key, char bracket);      /* '{' or '[' */
void inc_json_open_flat(inc_json *json, const char *key, char bracket); /* the same, all of it on one line */
void inc_json_close(inc_json *json, char bracket);                      /* '}' or ']' */
void inc_json_str(inc_json *json, const char *key, inc_str value);
void inc_json_text(inc_json *json, const char *key, inc_str value);     /* null when empty */
void inc_json_uint(inc_json *json, const char *key, uint64_t value);
void inc_json_bool(inc_json *json, const char *key, bool value);
void inc_json_null(inc_json *json, const char *key);
void inc_json_raw(inc_json *json, const char *key, inc_str value);      /* JSON already */

#endif
