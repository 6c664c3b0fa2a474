/*
 * token.h - CSS text to tokens (CSS Syntax Module Level 3, section 4), with the bracket structure found in advance.
 *
 * Tokens borrow from the sheet's text where they can. Numbers are decimal fixed point: millionths, clamped to a billion
 * units, so that no floating point takes part.
 */
#ifndef INC_STYLE_TOKEN_H
#define INC_STYLE_TOKEN_H

#include "base/str.h"

typedef enum inc_css_kind {
    INC_CSS_EOF,
    INC_CSS_IDENT,
    INC_CSS_FUNCTION, /* text: the name; its bracket is part of the token */
    INC_CSS_AT,
    INC_CSS_HASH, /* flag: the name is an identifier, so it may select an id */
    INC_CSS_STRING,
    INC_CSS_BAD_STRING,
    INC_CSS_URL,
    INC_CSS_BAD_URL,
    INC_CSS_DELIM,      /* number: the code point */
    INC_CSS_NUMBER,     /* flag: written as an integer */
    INC_CSS_PERCENTAGE, /* flag as above */
    INC_CSS_DIMENSION,  /* flag as above; text: the unit */
    INC_CSS_SPACE,
    INC_CSS_CDO,
    INC_CSS_CDC,
    INC_CSS_COLON,
    INC_CSS_SEMICOLON,
    INC_CSS_COMMA,
    INC_CSS_OPEN_SQUARE,
    INC_CSS_CLOSE_SQUARE,
    INC_CSS_OPEN_ROUND,
    INC_CSS_CLOSE_ROUND,
    INC_CSS_OPEN_CURLY,
    INC_CSS_CLOSE_CURLY
} inc_css_kind;

#define INC_CSS_UNIT ((int64_t)1000000)             /* 1 as a token's number */
#define INC_CSS_NUMBER_MAX (1000000000 * INC_CSS_UNIT) /* clamp */

typedef struct inc_css_token {
    inc_css_kind kind;
    bool flag;
    uint32_t match; /* of an opening bracket or a function: how many tokens on its closing one (or the end) stands; else 0 */
    inc_str raw;    /* as written */
    inc_str text;   /* name, contents of a string, URL, unit: escapes resolved */
    int64_t number; /* in millionths */
} inc_css_token;

typedef struct inc_css_tokens { /* a stretch of tokens */
    const inc_css_token *v;
    size_t n;
} inc_css_tokens;

/* The tokens of a sheet; behind the last stands an EOF token that n does not count. text must be clean (base/source.h). */
inc_css_tokens inc_css_tokenize(inc_arena *arena, inc_str text);

/* Finds the closing bracket of each opening one; for token lists that were put together by hand. v[n] is not touched. */
void inc_css_match_brackets(inc_arena *arena, inc_css_token *v, size_t n);

static inline bool inc_css_is_delim(const inc_css_token *t, char c)
{
    return t->kind == INC_CSS_DELIM && t->number == (unsigned char)c;
}
static inline bool inc_css_is_word(const inc_css_token *t, const char *word) /* ASCII case does not matter */
{
    return t->kind == INC_CSS_IDENT && inc_str_eq_nocase(t->text, inc_str_of(word));
}
static inline bool inc_css_is_function(const inc_css_token *t, const char *name)
{
    return t->kind == INC_CSS_FUNCTION && inc_str_eq_nocase(t->text, inc_str_of(name));
}

/* How many tokens the component value that begins at t takes: a whole bracket or function, else 1. */
static inline size_t inc_css_extent(const inc_css_token *t) { return (size_t)t->match + 1; }

inc_css_tokens inc_css_trim(inc_css_tokens tokens); /* white space off both ends */

/* The tokens as text: comments gone, white space as one blank, all else as written. */
void inc_css_write(inc_css_tokens tokens, inc_buf *out);

#endif
