/*
 * language.h - what the highlighter knows about a language, and the lexer that its hooks work on. Private to
 * highlight/.
 *
 * A language is a table of words, comment marks and string kinds for the common engine (highlight.c), plus a hook for
 * what a table cannot say; languages that are not made of words at all (markup, diffs, terminal sessions) bring a lexer
 * of their own. Listings are often fragments: nothing here may take the rest of a block for a string because of one odd
 * quote.
 */
#ifndef INC_HIGHLIGHT_LANGUAGE_H
#define INC_HIGHLIGHT_LANGUAGE_H

#include "base/vec.h"
#include "highlight/highlight.h"

typedef struct inc_language inc_language;

typedef struct inc_words { /* sorted bytewise, for binary search; in lower case when the language ignores case */
    const char *const *v;
    size_t n;
} inc_words;
#define INC_WORDS(array)                                                                                               \
    {                                                                                                                  \
        (array), INC_COUNT(array)                                                                                      \
    }

enum {                         /* of a string kind */
       INC_STRING_LINES = 1,   /* may run over several lines */
       INC_STRING_ESCAPES = 2, /* a backslash hides the next character */
       INC_STRING_DOUBLED = 4, /* a doubled closing mark stands for itself */
};
typedef struct inc_string_kind {
    const char *open, *close;
    unsigned flags;
} inc_string_kind;

enum {                                 /* of a language */
       INC_LANGUAGE_NO_CASE = 1,       /* words in any case */
       INC_LANGUAGE_CAMEL_TYPES = 2,   /* CamelCase is a type */
       INC_LANGUAGE_CONSTANTS = 4,     /* ALL_CAPS is a constant */
       INC_LANGUAGE_MACROS = 8,        /* name! is a macro */
       INC_LANGUAGE_PREPROCESSOR = 16, /* # at the start of a line */
       INC_LANGUAGE_SEPARATORS = 32,   /* ' between digits */
};

typedef struct inc_lexer {
    inc_arena *arena;
    const inc_language *language;
    inc_str code;
    size_t at; /* the next byte to look at */
    INC_VEC(inc_token) tokens;
    const char *next_word; /* class of the next word, after `fn` and the like; or NULL */
    bool after_value;      /* a value ended just before: `/` divides, `'` does not open */
    bool unclosed;         /* a search for a closing mark over several lines failed: do not try again (linear cost) */
    uint8_t depth;         /* of template literals inside each other */
    uint32_t braces[16];   /* open braces in each of their substitutions */
} inc_lexer;

struct inc_language {
    const char *const *names;       /* as in a fence, NULL at the end */
    void (*lex)(inc_lexer *lexer);  /* instead of the common engine; or NULL */
    bool (*hook)(inc_lexer *lexer); /* called at each non-blank byte; true when it has moved on */
    inc_words keywords, types, literals, built_ins, introducers /* keywords whose next word is a title */;
    const char *line_comments[3];
    const char *block_comment[2];
    bool nested_comments;
    inc_string_kind strings[6];  /* longest opening mark first; ended by open == NULL */
    const char *word_characters; /* beside letters, digits, _ and non-ASCII */
    unsigned flags;
};

/* The families, each an array of languages. */
typedef struct inc_language_family {
    const inc_language *languages;
    size_t n;
} inc_language_family;
extern const inc_language_family inc_languages_rust, inc_languages_c, inc_languages_script, inc_languages_shell,
    inc_languages_data, inc_languages_markup, inc_languages_terminal;
const inc_language_family *const *inc_language_families(size_t *count);

/* ---- the lexer's steps ---- */
bool inc_words_have(inc_words words, inc_str word);
bool inc_lex_starts(const inc_lexer *lexer, const char *mark); /* at the current byte */
char inc_lex_peek(const inc_lexer *lexer, size_t ahead);       /* 0 past the end */
bool inc_lex_line_start(const inc_lexer *lexer, size_t at);    /* only blanks before `at` on its line */
size_t inc_lex_line_end(const inc_lexer *lexer, size_t at);    /* index of the LF, or the end */
size_t inc_lex_word_end(const inc_lexer *lexer, size_t at);    /* `at` itself when no word begins there */
void inc_lex_token(inc_lexer *lexer, size_t start, size_t end, const char *token_class); /* and moves to end */
void inc_lex_string(inc_lexer *lexer, size_t start, size_t open,
                    const inc_string_kind *kind); /* opening mark at `open`, prefix from start */
bool inc_lex_comment(inc_lexer *lexer);
bool inc_lex_strings(inc_lexer *lexer);
bool inc_lex_number(inc_lexer *lexer);
void inc_lex_run(inc_lexer *lexer); /* the common engine, from `at` to the end */

static inline bool inc_lex_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
static inline bool inc_lex_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool inc_lex_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool inc_lex_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}
static inline bool inc_lex_is_letter(char c)
{
    return inc_lex_is_upper(c) || inc_lex_is_lower(c) || c == '_' || (unsigned char)c >= 0x80;
}

#endif
