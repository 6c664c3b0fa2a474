/* sheet.h - a parsed sheet: what parse.c makes and styler.c, page.c and write_epub.c read. */
#ifndef INC_STYLE_SHEET_H
#define INC_STYLE_SHEET_H

#include "base/vec.h"
#include "style/property.h"
#include "style/selector.h"

typedef struct inc_declaration {
    inc_property_id property; /* NONE: for the EPUB only */
    bool important, has_var;
    bool broken;              /* unbalanced: not even for the EPUB */
    inc_str name;             /* lower case; a custom property's as written */
    inc_css_tokens value;     /* without !important */
    inc_span span;
} inc_declaration;

typedef struct inc_declarations {
    const inc_declaration *v;
    size_t n;
} inc_declarations;

/* The @media and @supports around a rule. */
typedef struct inc_condition {
    const struct inc_condition *outer;
    bool paged[INC_MEDIUM_COUNT]; /* holds for screen, print; those around it considered */
    bool epub;                    /* goes into the EPUB's sheet; those around it considered */
    inc_str epub_wrap;            /* the at-rule to put around it there, as "@media (prefers-color-scheme: dark)"; or "" */
} inc_condition;

typedef struct inc_rule {
    const inc_selector *selectors;
    uint32_t selector_count;
    inc_declarations declarations;
    const inc_condition *condition;
} inc_rule;

enum { INC_PAGE_FIRST = 1, INC_PAGE_LEFT = 2, INC_PAGE_RIGHT = 4, INC_PAGE_BLANK = 8 };
enum { INC_BOX_FOOTNOTE = INC_BOX_COUNT, INC_PAGE_PARTS };

typedef struct inc_page_rule {
    inc_str name; /* "" for any */
    uint8_t pseudo;
    uint32_t specificity;
    inc_declarations declarations;
    inc_declarations boxes[INC_PAGE_PARTS];
    const inc_condition *condition;
    inc_span span;
} inc_page_rule;

#define INC_PAGE_RULES_MAX 256 /* that hold for one page */

struct inc_sheet {
    inc_arena *arena;
    inc_sources *sources;
    inc_diags *diags;
    INC_VEC(inc_rule) rules;
    INC_VEC(inc_page_rule) pages;
    INC_VEC(inc_font_face) faces;
    INC_VEC(inc_counter_style *) counter_styles;
    bool has_counters;           /* some rule counts something */
    bool variables_refer;        /* some custom property has a var() in it */
    INC_VEC(uint32_t) importing; /* files, to see a circle */
    uint32_t imports;            /* followed so far, and bytes of all sheets: against caps */
    uint64_t size;
    inc_map told_foreign;        /* names of properties that were noted */
    inc_map property_ids;        /* name -> inc_property_id */
    inc_interner interner;       /* of the values that are checked */
};

/* Where in a file the parser is. */
typedef struct inc_parse {
    inc_sheet *sheet;
    uint32_t file;
    inc_str root;
    const inc_condition *condition;
    bool imports; /* still allowed */
} inc_parse;

extern const inc_condition inc_condition_none;

inc_span inc_parse_span(const inc_parse *p, inc_css_tokens tokens);
inc_css_tokens inc_css_block(const inc_css_token *open, size_t limit); /* what stands between the brackets; limit: tokens from open on */

/* The declarations of a block. at_rule, if given, is handed each at-rule inside (its tokens up to its end). */
inc_declarations inc_parse_declarations(inc_parse *p, inc_css_tokens tokens, bool page,
                                        void (*at_rule)(inc_parse *p, inc_css_tokens prelude, inc_css_tokens block, void *context), void *context);

/* Reads the value into a style nobody sees. */
inc_css_result inc_declaration_check(inc_sheet *sheet, inc_property_id property, inc_css_tokens value);

/* media.c: the condition of an @media's prelude, or of an @supports'. */
const inc_condition *inc_media_parse(inc_arena *arena, inc_css_tokens prelude, const inc_condition *outer);
const inc_condition *inc_supports_parse(inc_sheet *sheet, inc_css_tokens prelude, const inc_condition *outer);

/* at_rule.c */
void inc_parse_page(inc_parse *p, inc_css_tokens prelude, inc_css_tokens block);
void inc_parse_counter_style(inc_parse *p, inc_css_tokens at, inc_css_tokens prelude, inc_css_tokens block);
const inc_counter_style *inc_counter_style_find(const struct inc_sheet *sheet, inc_str name); /* the last one of that name, or NULL */
void inc_parse_font_face(inc_parse *p, inc_css_tokens at, inc_css_tokens block);

#endif
