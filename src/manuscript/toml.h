/*
 * toml.h - the seam to toml++, a C++ library: plain data only, so that no C++ reaches the rest and no unwinding of ours (base/guard.h)
 * passes through a C++ frame. The C++ side walks the parsed file and hands each value to inc_toml_visit.
 */
#ifndef INC_MANUSCRIPT_TOML_H
#define INC_MANUSCRIPT_TOML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct inc_toml_position { /* from 1, columns in code points */
    uint32_t line, column;
} inc_toml_position;

typedef enum inc_toml_event {
    INC_TOML_TABLE, /* its entries follow, then INC_TOML_END */
    INC_TOML_ARRAY, /* its elements follow, then INC_TOML_END */
    INC_TOML_END,
    INC_TOML_STRING,
    INC_TOML_INTEGER,
    INC_TOML_BOOLEAN,
    INC_TOML_DATE,
    INC_TOML_OTHER
} inc_toml_event;

typedef struct inc_toml_value {
    inc_toml_event event;
    const char *key; /* NULL in an array */
    size_t key_size;
    inc_toml_position key_begin, key_end, begin, end;
    const char *string;
    size_t string_size;
    int64_t integer;
    bool boolean;
    unsigned year, month, day;
} inc_toml_value;

typedef enum inc_toml_status { INC_TOML_OK, INC_TOML_SYNTAX, INC_TOML_MEMORY, INC_TOML_TOO_DEEP } inc_toml_status;

typedef struct inc_toml_error {
    inc_toml_position at;
    char message[256]; /* cut if longer, NUL-terminated */
} inc_toml_error;

/* Parses and calls inc_toml_visit(reader, ...) for everything in it, the root table included. Never throws. */
inc_toml_status inc_toml_walk(const char *text, size_t size, unsigned depth_max, void *reader, inc_toml_error *error);

/* Takes the value over (it copies what it keeps); false: memory ran out, stop. */
bool inc_toml_visit(void *reader, const inc_toml_value *value);

/* The library's version. */
const char *inc_toml_version(void);

#ifdef __cplusplus
}
#endif
#endif
