/*
 * language.h - what the highlighter knows about a language, and the lexer that its hooks work on. Private to highlight/.
 *
 * A language is one file of languages/: a table of words, comments, strings and sigils for the common engine (engine.c), and a hook for
 * what a table cannot say. Languages that are not made of words (markup, diffs, terminal sessions) bring a lexer of their own. Listings
 * are often fragments: nothing here may take the rest of a block for a string or a comment because of one odd mark.
 */
#ifndef INC_HIGHLIGHT_LANGUAGE_H
#define INC_HIGHLIGHT_LANGUAGE_H

#include "base/vec.h"
#include "highlight/highlight.h"

typedef struct inc_language inc_language;
typedef struct inc_lexer inc_lexer;

enum {                          /* of a string kind */
       INC_STRING_LINES = 1,    /* may run over several lines */
       INC_STRING_ESCAPES = 2,  /* a backslash hides the next character */
       INC_STRING_DOUBLED = 4,  /* a doubled closing mark stands for itself */
       INC_STRING_HASHES = 8,   /* any number of # before the opening mark, as many after the closing one */
       INC_STRING_CHARACTER = 16, /* one character or one escape, else it is no string; never right behind a value */
       INC_STRING_DOUBLED_INSIDE = 32, /* a doubled mark of code inside stands for itself */
};
typedef struct inc_string_kind {
    const char *open, *close;
    unsigned flags;
    const char *inside;   /* the mark that begins code inside, ended by the bracket's partner: "${", "#{", "\\(", "{"; or NULL */
    const char *prefixes; /* words, one of which must stand right before the opening mark, "r br"; or NULL */
    const char *token_class; /* "string" when NULL */
} inc_string_kind;

enum {                                 /* of a language */
       INC_LANGUAGE_NO_CASE = 1,       /* words in any case: the table has them in lower case */
       INC_LANGUAGE_CAMEL_TYPES = 2,   /* CamelCase is a type */
       INC_LANGUAGE_CONSTANTS = 4,     /* ALL_CAPS is a constant */
       INC_LANGUAGE_MACROS = 8,        /* name! is a macro */
       INC_LANGUAGE_PREPROCESSOR = 16, /* # at the start of a line */
       INC_LANGUAGE_SEPARATORS = 32,   /* ' between digits */
       INC_LANGUAGE_REGEX = 64,        /* /.../ where a value may begin */
       INC_LANGUAGE_QUOTE_NAMES = 128, /* 'name is a symbol: a lifetime, a type variable */
       INC_LANGUAGE_COLON_NAMES = 256, /* :name is a symbol */
       INC_LANGUAGE_HERE = 512,        /* <<WORD begins a here-document on the next line */
       INC_LANGUAGE_QUOTED_COMMENTS = 2048, /* "a string" in a comment hides its end */
       INC_LANGUAGE_BASES = 4096,      /* 16#FF#: the base stands before a number */
       INC_LANGUAGE_CALLS = 1024,      /* a plain name before ( is the name of a function: languages with few words of their own */
};

typedef struct inc_sigil { /* a mark that makes a word of another class: @name, $name */
    char mark;
    const char *token_class;
} inc_sigil;

struct inc_language {
    const char *names;              /* as in a fence, in lower case, blanks between them */
    void (*lex)(inc_lexer *lexer);  /* instead of the common engine; or NULL */
    bool (*hook)(inc_lexer *lexer); /* true when it has moved on */
    const char *hook_at;            /* the bytes at which the hook is asked; NULL: all but blanks */
    /* Words, blanks between them; none stands in two lists. */
    const char *keywords, *introducers /* keywords whose next word is a title */, *types, *literals, *built_ins;
    const char *line_comments[4];
    const char *block_comments[2][2];
    bool nested_comments;
    inc_string_kind strings[12]; /* longest opening mark first; ended by open == NULL */
    inc_sigil sigils[4];
    const char *word_characters; /* beside letters, digits, _ and non-ASCII */
    unsigned flags;
};

/* A word of the table, by its hash. */
typedef struct inc_word {
    const char *p;
    uint32_t n;
    bool introduces;
    const char *token_class;
} inc_word;

typedef struct inc_frame { /* code inside a string */
    const inc_string_kind *kind;
    uint32_t hashes, depth /* of brackets in the code */;
} inc_frame;

enum { INC_LEX_FRAMES = 16, INC_LEX_HERE = 4, INC_LEX_REACH = 1000 };

struct inc_lexer {
    inc_arena *arena;
    const inc_language *language;
    inc_str code;
    size_t at; /* the next byte to look at */
    INC_VEC(inc_token) tokens;
    inc_word *words; /* open addressing */
    uint32_t word_mask;
    uint8_t first[256];    /* what may begin with this byte */
    bool in_word[256];     /* may this byte go on with a word? */
    const char *next_word; /* class of the next word, after `fn` and the like; or NULL */
    bool after_value;      /* a value ended just before: `/` divides, `'` does not open */
    uint32_t unclosed;     /* string kinds, by index, and INC_UNCLOSED_...: searched over lines in vain, not again (linear cost) */
    uint32_t depth;
    inc_frame frames[INC_LEX_FRAMES];
    inc_str here[INC_LEX_HERE]; /* delimiters of the here-documents whose bodies begin on the next line */
    uint32_t here_count;
    size_t *line; /* of the line that was looked at last: its first byte that was asked about, and its end */
};
enum { INC_UNCLOSED_COMMENT = 1u << 30, INC_UNCLOSED_OTHER = 1u << 31 };

/* All languages, in the order of their files' names; made by the build (cmake/Languages.cmake). */
extern const inc_language *const inc_languages[];
extern const size_t inc_language_count;

/* ---- words ---- */
void inc_lex_words(inc_lexer *lexer); /* builds the table */
const inc_word *inc_lex_find_word(const inc_lexer *lexer, inc_str word); /* or NULL */
bool inc_lex_is(const inc_lexer *lexer, inc_str word, const char *token_class); /* is it in the table under that class? */

/* ---- looking ---- */
bool inc_lex_starts(const inc_lexer *lexer, const char *mark); /* at the current byte */
bool inc_lex_starts_at(const inc_lexer *lexer, size_t at, const char *mark);
char inc_lex_peek(const inc_lexer *lexer, size_t ahead);       /* 0 past the end */
bool inc_lex_line_start(const inc_lexer *lexer, size_t at);    /* only blanks before `at` on its line */
size_t inc_lex_line_end(const inc_lexer *lexer, size_t at);    /* index of the LF, or the end */
/* How far to look for what closes on its line: to the line's end, and no farther than INC_LEX_REACH bytes (linear cost on endless lines). */
size_t inc_lex_reach(const inc_lexer *lexer, size_t at);
size_t inc_lex_word_end(const inc_lexer *lexer, size_t at);    /* `at` itself when no word begins there */
bool inc_lex_follows(const inc_lexer *lexer, size_t at, char mark); /* after blanks of this line */

/* ---- steps: each moves behind what it took ---- */
void inc_lex_token(inc_lexer *lexer, size_t start, size_t end, const char *token_class); /* NULL: plain */
void inc_lex_string(inc_lexer *lexer, size_t start, size_t open, const inc_string_kind *kind); /* opening mark at `open`, prefix from start */
bool inc_lex_strings(inc_lexer *lexer);
bool inc_lex_prefixed(inc_lexer *lexer, size_t word_end); /* a string whose prefix is the word up to word_end */
bool inc_lex_inside(inc_lexer *lexer);                    /* brackets of code inside a string */
size_t inc_lex_delimited(const inc_lexer *lexer, size_t at); /* behind the partner of the bracket or mark at `at`, on its line; or INC_NPOS */
bool inc_lex_shell_variable(inc_lexer *lexer); /* $name, ${...}, $1 */
bool inc_lex_instruction(inc_lexer *lexer); /* a hook: labels, directives and instructions of assembly */
bool inc_lex_quote(inc_lexer *lexer);                     /* 'c', else 'name */
bool inc_lex_regex(inc_lexer *lexer);
bool inc_lex_comment(inc_lexer *lexer);
bool inc_lex_number(inc_lexer *lexer);
bool inc_lex_here(inc_lexer *lexer);        /* <<WORD: notes the delimiter */
void inc_lex_here_bodies(inc_lexer *lexer); /* at the start of the line after it */
void inc_lex_run(inc_lexer *lexer, size_t end); /* the common engine from `at` to `end` */

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
