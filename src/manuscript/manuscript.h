/*
 * manuscript.h - what stands on disk: a folder with book.toml, a folder with SUMMARY.md, or one .md file; out comes the list of chapters as
 * source-mapped text with every {{#...}} helper expanded, and the settings.
 */
#ifndef INC_MANUSCRIPT_H
#define INC_MANUSCRIPT_H

#include "base/diag.h"
#include "base/length.h"
#include "base/rules.h"
#include "base/source.h"

typedef enum inc_item_kind { INC_ITEM_CHAPTER, INC_ITEM_PART, INC_ITEM_SEPARATOR } inc_item_kind;
typedef enum inc_item_place { INC_PLACE_PREFIX, INC_PLACE_NUMBERED, INC_PLACE_SUFFIX } inc_item_place;

typedef struct inc_words { /* a stretch of a title */
    inc_str text;
    bool code; /* it stands between backticks */
} inc_words;

typedef struct inc_item {
    inc_item_kind kind;
    inc_item_place place;
    uint8_t depth;      /* nesting in SUMMARY.md, 0 for the top */
    inc_str title;      /* link text flattened, or the part's name */
    inc_words *words;   /* the same in stretches, when some are code; else NULL */
    uint32_t word_count;
    uint32_t *number;   /* section number, depth + 1 entries, or NULL when unnumbered */
    inc_str path;       /* relative to src, normalised, "%20" decoded; "" for a draft */
    inc_str running_title; /* {{#title}}, or "" */
    inc_text text;      /* empty for drafts, parts and separators */
    inc_span span;      /* the entry in SUMMARY.md */
} inc_item;

#define INC_DEPTH_UNSET UINT8_MAX

typedef struct inc_settings { /* [output.incipit] and what we honour of mdBook's own tables */
    inc_str output;             /* folder, absolute or relative to the book; "" for the default "out" */
    inc_str *styles;            /* paths relative to the book */
    uint32_t style_count;
    inc_str theme;              /* "rubric" */
    bool smart_punctuation, smart_punctuation_set; /* default true */
    bool definition_lists, admonitions, mathjax;
    inc_str cover, base_url, date, isbn_print, isbn_epub, identifier, publisher, rights, subtitle, edition, certified_by;
    inc_str default_edition;    /* [rust] edition */
    inc_str *hidelines;         /* pairs: language, prefix, ... */
    uint32_t hideline_count;    /* entries, twice the pairs */
    inc_str *redirects;         /* pairs: a page's old path, and an address relative to it, ... */
    uint32_t redirect_count;    /* entries, twice the pairs */
    bool number_sections;       /* number the second-level headings inside chapters; default true */
    uint8_t number_depth;       /* levels that bear numbers: 0 none, 1 chapters ...; INC_DEPTH_UNSET: as SUMMARY.md has them, sections too */
    uint8_t contents_depth;     /* levels listed: 1 chapters ...; INC_DEPTH_UNSET: all that SUMMARY.md lists, headings down to level 2 */
    inc_str baseline;           /* file with the findings that do not count, relative to the book; "" for none */
    uint8_t *levels;            /* inc_level by inc_diag_id; NULL when the book leaves them as they are */
    bool line_numbers;          /* number the lines of all code blocks in a language */
    bool index;                 /* an index at the end */
    uint32_t print_ppi;         /* pixels an inch that pictures must have on paper; 0: what their kind needs */
    uint32_t screen_ppi;        /* pixels an inch of pictures in the screen PDF, at most; 0: all there are */
    uint32_t epub_pixels;       /* of a picture in the EPUB, at most; 0: all there are */
    bool lists[3];              /* of figures, tables and listings, behind the contents */
    bool page_references;       /* "(page 87)" behind links inside the book; default true */
    inc_str url_notes;          /* "notes", "chapter" or "none" */
    inc_rules test;             /* what the book says of testing its listings: what it leaves out is "", 0 or NULL */
    inc_diagram_rules diagrams; /* none when the book does not say */
    /* of the print file */
    inc_str print_profile;      /* path relative to the book; "" for incipit's own */
    inc_span print_profile_span, print_condition_span;
    inc_str print_condition;    /* the profile's name in ICC's registry, such as "FOGRA51" */
    inc_len print_bleed;        /* instead of the style sheets', when set */
    uint8_t print_marks;        /* INC_MARKS_... of base/paint.h; likewise */
    bool print_bleed_set, print_marks_set;
    bool print_black;           /* everything in black ink alone */
    uint16_t print_ink_limit;   /* per cent of all inks together; 0: none */
} inc_settings;

typedef struct inc_manuscript {
    inc_sources *sources;
    inc_str root;       /* the book's folder (for a single file: its folder) */
    inc_str reach;      /* the folder that no file of the book may lie outside of: the root, or one around it */
    inc_str src;        /* path of the chapters' folder */
    inc_str destination; /* folder that mdBook wants the files in, or "" */
    bool single_file;
    inc_str title, description, language, direction; /* "" when absent */
    inc_str *authors;
    uint32_t author_count;
    inc_settings settings;
    inc_item *items;
    size_t item_count;
} inc_manuscript;

/* Reads the book at path. reach: a folder around it whose files belong to it too, or "". Never NULL; with errors among the diagnostics it
 * holds what could be read. */
inc_manuscript *inc_manuscript_read(inc_str path, inc_str reach, inc_arena *arena, inc_sources *sources, inc_diags *diags);

/* The book as mdBook hands it to a renderer on standard input (a RenderContext in JSON): settings from there, chapters after the preprocessors. */
inc_manuscript *inc_manuscript_read_mdbook(inc_str json, inc_arena *arena, inc_sources *sources, inc_diags *diags);

#endif
