/*
 * tree.h - what TOML and YAML have in common: tables, arrays and scalars, each with its place. book.toml and front matter are both
 * read into this, so that the settings need to know neither syntax.
 */
#ifndef INC_MANUSCRIPT_TREE_H
#define INC_MANUSCRIPT_TREE_H

#include "base/diag.h"

#define INC_TREE_DEPTH_MAX 64

typedef enum inc_tree_kind {
    INC_TREE_TABLE,
    INC_TREE_ARRAY,
    INC_TREE_STRING, /* every scalar of YAML is one */
    INC_TREE_INTEGER,
    INC_TREE_BOOLEAN,
    INC_TREE_DATE,   /* string: YYYY-MM-DD, without the time if there was one */
    INC_TREE_OTHER   /* a float, a time of day, a YAML null */
} inc_tree_kind;

typedef struct inc_tree inc_tree;
struct inc_tree {
    inc_tree_kind kind;
    bool plain;        /* a YAML scalar without quotes: may stand for a boolean or an integer */
    inc_str key;       /* of a table's entry, else "" */
    inc_span key_span; /* of a table's entry, else where the value begins */
    inc_span span;     /* the value */
    inc_str string;
    int64_t integer;
    bool boolean;
    inc_tree *first, *last, *next; /* entries of a table, elements of an array */
};

/* Appends child to a table or array. */
void inc_tree_append(inc_tree *parent, inc_tree *child);

/* The table's entry with that key; NULL when absent or when table is NULL or no table. With a key twice (YAML), the last. */
const inc_tree *inc_tree_find(const inc_tree *table, const char *key);

/* A scalar's text as we keep it: a copy in which the control characters that escapes can smuggle in (NUL above all) are U+FFFD; tabs and line
 * ends stay. */
inc_str inc_tree_text(inc_arena *arena, inc_str s);

/* "a string", "an array" ... for messages. */
const char *inc_tree_kind_name(inc_tree_kind kind);

/*
 * Where the nth code point of a text stands, in bytes: both libraries count their positions in code points. Built once for a text, so that a
 * look-up costs nothing even when a whole file is one long line.
 */
typedef struct inc_points {
    uint32_t *offsets;     /* of each code point, and of the end */
    uint32_t count;        /* code points */
    uint32_t *lines;       /* index of the first code point of each line */
    uint32_t line_count;
} inc_points;

inc_points inc_points_of(inc_arena *arena, inc_str text);
uint32_t inc_points_offset(const inc_points *points, uint32_t index);                       /* index from 0, cut at the end */
uint32_t inc_points_offset_at(const inc_points *points, uint32_t line, uint32_t column);    /* both from 1, cut at the end */

/* The whole file as TOML; NULL when it is not TOML (reported). */
inc_tree *inc_toml_parse(inc_sources *sources, uint32_t file, inc_arena *arena, inc_diags *diags);

/* The bytes of `part` as one YAML document; NULL when they are not YAML (reported). Aliases and merge keys are errors: front matter needs none,
 * and they make small files big. */
inc_tree *inc_yaml_parse(inc_sources *sources, inc_span part, inc_arena *arena, inc_diags *diags);

#endif
