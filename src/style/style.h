/*
 * style.h - CSS sheets in, computed styles out.
 *
 * A sheet is parsed once (style/parse.c; css-syntax-3 with its error recovery), then a styler answers for each node. Styles
 * are computed for paged output with both paints at once: geometry comes from the rules for `print` (a sheet whose
 * `screen` rules change geometry gets a diagnostic), paint is kept for screen and for print. Computed styles are interned:
 * the same values are the same pointer, and they never change.
 */
#ifndef INC_STYLE_H
#define INC_STYLE_H

#include "base/length.h"
#include "base/paint.h"
#include "document/document.h"

typedef enum inc_side { INC_TOP, INC_RIGHT, INC_BOTTOM, INC_LEFT } inc_side;

typedef enum inc_dim_kind { INC_DIM_AUTO, INC_DIM_LENGTH, INC_DIM_PERCENT /* value in 1/65536 of a percent */ } inc_dim_kind;
typedef struct inc_dim {
    inc_dim_kind kind;
    inc_len value;
} inc_dim;

/* The dimension against its base, a million pt at most; AUTO gives `automatic`. */
inc_len inc_dim_resolve(inc_dim dim, inc_len base, inc_len automatic);

typedef enum inc_display { INC_DISPLAY_BLOCK, INC_DISPLAY_INLINE, INC_DISPLAY_INLINE_BLOCK, INC_DISPLAY_LIST_ITEM, INC_DISPLAY_TABLE,
    INC_DISPLAY_ROW, INC_DISPLAY_CELL, INC_DISPLAY_RUN_IN, INC_DISPLAY_NONE, INC_DISPLAY_FLEX /* its children stand side by side */ } inc_display;
typedef enum inc_page_float { INC_PAGE_FLOAT_NONE, INC_PAGE_FLOAT_HEAD /* of the next page */, INC_PAGE_FLOAT_PAGE /* to a page of its own */ } inc_page_float;
typedef enum inc_text_align { INC_TEXT_LEFT, INC_TEXT_RIGHT, INC_TEXT_CENTER, INC_TEXT_JUSTIFY,
    INC_TEXT_AUTO /* of text_align_last only */ } inc_text_align;
typedef enum inc_white_space { INC_WHITE_NORMAL, INC_WHITE_NOWRAP, INC_WHITE_PRE, INC_WHITE_PRE_WRAP } inc_white_space;
typedef enum inc_hyphens { INC_HYPHENS_NONE, INC_HYPHENS_MANUAL, INC_HYPHENS_AUTO } inc_hyphens;
typedef enum inc_transform { INC_TRANSFORM_NONE, INC_TRANSFORM_UPPER, INC_TRANSFORM_LOWER, INC_TRANSFORM_CAPITALIZE } inc_transform;
typedef enum inc_break { INC_BREAK_AUTO, INC_BREAK_AVOID, INC_BREAK_PAGE, INC_BREAK_RECTO, INC_BREAK_VERSO,
    INC_BREAK_COLUMN } inc_break;
typedef enum inc_float { INC_FLOAT_NONE, INC_FLOAT_LEFT, INC_FLOAT_RIGHT, INC_FLOAT_FOOTNOTE } inc_float;
typedef enum inc_vertical_align { INC_VALIGN_BASELINE, INC_VALIGN_SUB, INC_VALIGN_SUPER, INC_VALIGN_LENGTH, INC_VALIGN_TOP,
    INC_VALIGN_MIDDLE, INC_VALIGN_BOTTOM } inc_vertical_align;
typedef enum inc_list_style { INC_LIST_NONE, INC_LIST_DISC, INC_LIST_CIRCLE, INC_LIST_SQUARE, INC_LIST_DECIMAL, INC_LIST_LEADING_ZERO,
    INC_LIST_LOWER_ALPHA, INC_LIST_UPPER_ALPHA, INC_LIST_LOWER_GREEK, INC_LIST_LOWER_ROMAN, INC_LIST_UPPER_ROMAN, INC_LIST_STRING,
    INC_LIST_OWN /* a @counter-style */ } inc_list_style;

typedef enum inc_counter_system { INC_SYSTEM_CYCLIC, INC_SYSTEM_FIXED, INC_SYSTEM_NUMERIC, INC_SYSTEM_ALPHABETIC, INC_SYSTEM_SYMBOLIC,
    INC_SYSTEM_ADDITIVE } inc_counter_system;
typedef struct inc_counter_style { /* @counter-style */
    inc_str name, prefix, suffix;
    inc_counter_system system;
    inc_str *symbols;
    int64_t *weights; /* of additive symbols */
    uint32_t count;
} inc_counter_style;
typedef struct inc_counter_op { /* one name of counter-reset, counter-increment or counter-set */
    inc_str name;
    int64_t value;
} inc_counter_op;
typedef struct inc_counter_ops { /* interned */
    const inc_counter_op *v;
    uint32_t n;
} inc_counter_ops;
enum { INC_DECORATION_UNDERLINE = 1, INC_DECORATION_LINE_THROUGH = 2, INC_DECORATION_OVERLINE = 4 };

typedef struct inc_feature { /* an OpenType feature, as hb_feature_t wants it */
    char tag[4];
    uint32_t value;
} inc_feature;
typedef struct inc_features { /* interned, sorted by tag */
    const inc_feature *v;
    uint32_t n;
} inc_features;
typedef struct inc_families { /* interned: the font-family list is the fallback chain */
    const inc_str *v;
    uint32_t n;
} inc_families;

typedef enum inc_content_kind { INC_CONTENT_STRING, INC_CONTENT_PAGE /* counter(page) */, INC_CONTENT_NAMED /* string(name) */,
    INC_CONTENT_ATTR, INC_CONTENT_TARGET_PAGE /* target-counter(attr(href), page) */, INC_CONTENT_TEXT /* content(text): string-set */,
    INC_CONTENT_COUNTER, INC_CONTENT_COUNTERS, INC_CONTENT_PAGES /* counter(pages) */, INC_CONTENT_TARGET_COUNTER,
    INC_CONTENT_TARGET_TEXT, INC_CONTENT_LEADER, INC_CONTENT_QUOTE } inc_content_kind;
typedef struct inc_content {
    inc_content_kind kind;
    inc_str text;         /* the string, or the name; of a leader what is repeated; of string() and target-text() the keyword: more */
    inc_str more;         /* counters(): what stands between them */
    inc_list_style style; /* of a counter */
    const inc_counter_style *own_style;
} inc_content;
typedef struct inc_contents { /* n == 0 and !none: content: normal */
    const inc_content *v;
    uint32_t n;
    bool none;
} inc_contents;

typedef struct inc_string_set {
    inc_str name;
    inc_contents value;
} inc_string_set;

typedef enum inc_border_style { INC_BORDER_NONE, INC_BORDER_SOLID, INC_BORDER_DOTTED, INC_BORDER_DASHED, INC_BORDER_DOUBLE } inc_border_style;

typedef struct inc_style_paint {
    inc_color color, background;
    inc_color border[4]; /* by inc_side; a 0 when the side's style is none */
    uint8_t border_style[4];
    inc_color decoration;
    uint8_t decoration_lines; /* paint, so that screen links may be underlined and printed ones not */
} inc_style_paint;

typedef struct inc_style {
    /* inherited */
    inc_families families;
    inc_features features;     /* font-feature-settings, font-variant-*, font-kerning together */
    inc_len font_size;
    uint16_t weight;           /* 100..900 */
    bool italic;
    inc_len line_height;       /* of this element's font size, resolved */
    inc_len letter_spacing, word_spacing;
    inc_text_align text_align, text_align_last;
    inc_dim text_indent;
    bool hanging_indent;       /* text-indent: 2em hanging */
    inc_transform transform;
    inc_white_space white_space;
    inc_hyphens hyphens;
    inc_len tracking;          /* -inc-tracking: letters of a justified line may be set so much further apart, two thirds of it closer */
    bool looseness;            /* -inc-looseness: a paragraph may have a line more or less for its page's sake */
    bool protrude;             /* hanging-punctuation: first last, or -inc-protrusion: on */
    bool break_anywhere;       /* overflow-wrap: anywhere | break-word */
    uint8_t orphans, widows, tab_size;
    inc_list_style list_style;
    inc_str list_string;
    const inc_counter_style *list_own; /* of INC_LIST_OWN */
    /* not inherited */
    inc_display display;
    inc_float float_side;
    inc_dim margin[4], padding[4];
    inc_len border_width[4];   /* 0 when the style is none in both media */
    inc_dim width, min_width, max_width, height, max_height;
    inc_vertical_align vertical_align;
    inc_len vertical_shift;    /* for LENGTH, upwards */
    inc_break break_before, break_after, break_inside;
    inc_contents content;      /* of ::before, ::after, ::marker */
    inc_counter_ops counter_resets, counter_increments, counter_sets;
    const inc_string_set *string_sets;
    uint32_t string_set_count;
    inc_str page;              /* named page, inherited: "" for auto */
    uint8_t column_count;      /* 0: auto */
    inc_len column_width;      /* 0: auto */
    inc_len column_gap;
    bool column_span;          /* all: stands across the columns of its parent */
    bool column_fill_auto;     /* the last columns are filled in turn, not made equal */
    inc_len row_gap;           /* -inc-row-gap: between the rows of a table's body, when any of its cells has more than one line */
    inc_len least_size;        /* -inc-least-size: a listing may be set in type as small as this, when fewer of its lines are wrapped then; 0: never */
    inc_len rule_inset;        /* -inc-rule-inset: top and bottom borders are painted that much shorter at both ends */
    bool grid;                 /* -inc-grid: round the block's height up to whole grid units (inherited no) */
    inc_page_float page_float; /* -inc-float: where a figure may move */
    bool stretch;              /* -inc-stretch: a block on the grid may take a unit more room, for its page's sake */
    inc_style_paint paint[INC_MEDIUM_COUNT];
    const void *computed;      /* the engine's own part; a copy of a style keeps it, so that children may still inherit */
} inc_style;

typedef enum inc_pseudo { INC_PSEUDO_NONE, INC_PSEUDO_BEFORE, INC_PSEUDO_AFTER, INC_PSEUDO_MARKER, INC_PSEUDO_FIRST_LINE, INC_PSEUDO_FIRST_LETTER,
    INC_PSEUDO_FOOTNOTE_CALL, INC_PSEUDO_FOOTNOTE_MARKER } inc_pseudo;

/* ---- sheets ---- */
typedef struct inc_sheet inc_sheet;

inc_sheet *inc_sheet_new(inc_arena *arena, inc_sources *sources, inc_diags *diags);

/* Appends the rules of a file already among the sources; later sheets win over earlier ones of equal specificity. @import is
 * followed inside `root` (""; not at all). url()s in @font-face are taken relative to the sheet's own folder, and must lead to a file inside
 * `root` ("": to any file). */
void inc_sheet_add(inc_sheet *sheet, uint32_t file, inc_str root);

typedef struct inc_font_face { /* one @font-face */
    inc_str family;
    uint16_t weight;
    bool italic;
    inc_str path; /* as to be opened */
    inc_span span;
} inc_font_face;
size_t inc_sheet_font_faces(const inc_sheet *sheet, const inc_font_face **faces);

/* The sheet for the EPUB: the same rules less what reading systems choke on (@page, print-only media, -inc- properties, margin
 * boxes); `@media epub` rules are taken in, `screen`/`print` ones left out as design.md section 5 says; @font-face with the
 * paths that `font_href` (may be NULL: drop them) gives for each face. */
void inc_sheet_write_epub(const inc_sheet *sheet, inc_str (*font_href)(void *context, const inc_font_face *face), void *context, inc_buf *out);

/* ---- computed styles ---- */
typedef struct inc_styler inc_styler;

/* Reports what can only be said when all sheets are there; works in `arena`. */
void inc_sheet_check(const inc_sheet *sheet, const inc_document *document, inc_arena *arena);

/* `diags` is told, once for each place, of custom properties that need themselves; NULL when that has been said. */
inc_styler *inc_styler_new(inc_arena *arena, const inc_sheet *sheet, inc_diags *diags);

/* The node's style; parent is its parent's style, NULL for BOOK. Nodes without an element (TEXT, SOFT_BREAK) have their
 * parent's. One styler serves one thread. */
const inc_style *inc_style_of(inc_styler *styler, const inc_node *node, const inc_style *parent);

/* The style of a pseudo-element, or NULL when no rule gives it content (MARKER, FOOTNOTE_CALL, FOOTNOTE_MARKER: when no rule
 * names it). */
const inc_style *inc_style_pseudo(inc_styler *styler, const inc_node *node, const inc_style *style, inc_pseudo pseudo);

/* The style in type of another size, its line height in proportion, and with hyphens if `hyphenate`; children inherit that. */
const inc_style *inc_style_resized(inc_styler *styler, const inc_style *style, inc_len font_size, bool hyphenate);

/* The style of a synthetic element inside a node: element name and classes separated by blanks, e.g. "span", "hljs-keyword". */
const inc_style *inc_style_synthetic(inc_styler *styler, const inc_node *inside, const inc_style *parent, const char *element, inc_str classes);

/* An anonymous block or inline box: inherited values from parent, all else initial. */
const inc_style *inc_style_anonymous(inc_styler *styler, const inc_style *parent, inc_display display);

/* The value of an attribute as selectors and attr() see it: id, lang, href, title, src and alt among them; "" when there is none. */
inc_str inc_style_attribute(const inc_node *node, inc_str name);

/* ---- pages ---- */
typedef enum inc_margin_box { /* three in each row from left to right; the inner two of a row are -inc-top-left-next etc. */
    INC_BOX_TOP_LEFT, INC_BOX_TOP_LEFT_NEXT, INC_BOX_TOP_CENTER, INC_BOX_TOP_RIGHT_NEXT, INC_BOX_TOP_RIGHT,
    INC_BOX_BOTTOM_LEFT, INC_BOX_BOTTOM_LEFT_NEXT, INC_BOX_BOTTOM_CENTER, INC_BOX_BOTTOM_RIGHT_NEXT, INC_BOX_BOTTOM_RIGHT,
    INC_BOX_TOP_LEFT_CORNER, INC_BOX_TOP_RIGHT_CORNER, INC_BOX_BOTTOM_LEFT_CORNER, INC_BOX_BOTTOM_RIGHT_CORNER,
    INC_BOX_LEFT_TOP, INC_BOX_LEFT_MIDDLE, INC_BOX_LEFT_BOTTOM, INC_BOX_RIGHT_TOP, INC_BOX_RIGHT_MIDDLE, INC_BOX_RIGHT_BOTTOM,
    INC_BOX_COUNT
} inc_margin_box;

typedef struct inc_page_style {
    inc_len width, height;     /* trim size */
    inc_len margin[4];
    inc_len bleed;             /* print only */
    uint8_t marks;             /* INC_MARKS_..., print only */
    const inc_style *boxes[INC_BOX_COUNT]; /* NULL: no such box, or content: none. In a top box padding-top is the distance from
        the trim edge to the line box (0: the line stands in the middle of the margin) (line-height high), in a bottom box padding-bottom that from the line box to the trim
        edge; margin-left/right is space beside a -next box */
    const inc_style *footnote; /* the @footnote area: margin-top, border-top, padding-top, width of the rule in `width`; never NULL */
} inc_page_style;

/* The page's style for a named page ("" for none), a recto or verso page, the first page of its run (:first), a blank one. Cached. */
const inc_page_style *inc_page_style_of(inc_styler *styler, inc_str name, bool recto, bool first, bool blank);

/* The grid unit: -inc-grid-unit on the root, e.g. 14pt; 0 when the sheet sets none. */
inc_len inc_styler_grid(inc_styler *styler);

/* For `dump --as style`: all values that differ from the initial ones, one a line. */
void inc_style_dump(const inc_style *style, inc_buf *out);

#endif
