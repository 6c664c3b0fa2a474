/*
 * svg.h - what the files that draw SVGs share.
 *
 * A file goes through these hands: svg_xml.c reads it into a tree; svg_css.c reads its style sheets, svg_match.c says which declarations hold for
 * an element, svg_style.c what they mean; svg_draw.c walks the tree and calls on svg_shape.c, svg_path.c, svg_paint.c, svg_stroke.c, svg_clip.c,
 * svg_text.c and svg_image.c, which put operations into the canvas.
 *
 * Numbers are doubles here, and only + - * / and sqrt make them, so that all machines come to the same ones. "User space" is the space of the element at
 * hand; `ctm` leads from it to the space of the graphic.
 */
#ifndef INC_IMAGE_SVG_H
#define INC_IMAGE_SVG_H

#include "base/map.h"
#include "base/vec.h"
#include "image/graphic.h"
#include "image/svg_geometry.h"

enum {
    INC_SVG_NODES_MAX = 200000,    /* elements and texts of a file */
    INC_SVG_DEPTH_MAX = 256,       /* elements in each other */
    INC_SVG_DRAWN_MAX = 150000,    /* elements that are drawn, each as often as it is used */
    INC_SVG_OPS_MAX = 150000,
    INC_SVG_DRAW_DEPTH_MAX = 320,  /* elements in each other with all that they use */
    INC_SVG_RULES_MAX = 10000,     /* selectors in style sheets */
    INC_SVG_LEVELS_MAX = 4,        /* SVGs in each other by <image> */
    INC_SVG_COMPOUNDS_MAX = 32,    /* of a selector */
    INC_SVG_TESTS_MAX = 32,        /* of a compound */
    INC_SVG_LETTERS_MAX = 300000, /* of all texts that are drawn */
    INC_SVG_DECLARED_MAX = 4000000, /* declarations of all elements */
};
#define INC_SVG_SIZE_MAX ((size_t)64 << 20)      /* bytes of a file */
#define INC_SVG_TEXT_MAX ((size_t)64 << 20)      /* bytes of its attributes and texts, entities expanded */
#define INC_SVG_POINTS_MAX 2500000u              /* numbers in all paths that are drawn */
#define INC_SVG_MATCHES_MAX 50000000u           /* selectors tried on elements */

/* ---- the tree ---- */

typedef enum inc_svg_tag {
    INC_SVG_OTHER, INC_SVG_TEXT_NODE, /* not an element: characters */
    INC_SVG_A, INC_SVG_ANIMATION, INC_SVG_CIRCLE, INC_SVG_CLIP_PATH, INC_SVG_DEFS, INC_SVG_ELLIPSE, INC_SVG_FILTER, INC_SVG_FOREIGN_OBJECT, INC_SVG_G,
    INC_SVG_IMAGE, INC_SVG_LINE, INC_SVG_LINEAR_GRADIENT, INC_SVG_MARKER, INC_SVG_MASK, INC_SVG_PATH, INC_SVG_PATTERN, INC_SVG_POLYGON,
    INC_SVG_POLYLINE, INC_SVG_RADIAL_GRADIENT, INC_SVG_RECT, INC_SVG_SCRIPT, INC_SVG_STOP, INC_SVG_STYLE, INC_SVG_SVG, INC_SVG_SWITCH,
    INC_SVG_SYMBOL, INC_SVG_TEXT, INC_SVG_TEXT_PATH, INC_SVG_TREF, INC_SVG_TSPAN, INC_SVG_USE
} inc_svg_tag;

typedef struct inc_svg_attribute {
    inc_str name; /* without prefix, but for xml:space and xml:lang */
    inc_str value;
} inc_svg_attribute;

typedef struct inc_svg_declaration {
    uint16_t property; /* inc_svg_property */
    bool important;
    inc_str name;      /* of a custom property */
    inc_str value;
} inc_svg_declaration;
typedef INC_VEC(inc_svg_declaration) inc_svg_declarations;

struct inc_svg_style;

typedef struct inc_svg_node {
    inc_svg_tag tag;
    bool matched;            /* declarations is filled */
    bool busy;               /* it is being drawn as a mask, a pattern and so on: what uses it again goes in a circle */
    uint32_t offset;         /* of its tag in the file's bytes */
    uint32_t index, siblings; /* place among its parent's elements, from 1, and how many these are */
    inc_str name;
    inc_str text;            /* TEXT_NODE */
    const inc_svg_attribute *attributes;
    uint32_t attribute_count;
    struct inc_svg_node *parent, *first, *last, *next, *prev;
    const inc_svg_declaration *declarations; /* those that hold, one a property */
    uint32_t declaration_count;
    const struct inc_svg_style *style, *style_under; /* the last one computed, and that of the parent it was computed under */
} inc_svg_node;

/* ---- styles ---- */

typedef enum inc_svg_paint_kind { INC_SVG_PAINT_NONE, INC_SVG_PAINT_COLOR, INC_SVG_PAINT_CURRENT, INC_SVG_PAINT_URL, INC_SVG_PAINT_CONTEXT_FILL, INC_SVG_PAINT_CONTEXT_STROKE } inc_svg_paint_kind;

typedef struct inc_svg_paint {
    inc_svg_paint_kind kind, otherwise; /* otherwise: when the URL leads nowhere */
    inc_color color;
    inc_str id;
} inc_svg_paint;

typedef struct inc_svg_numbers {
    const double *v;
    uint32_t n;
} inc_svg_numbers;

typedef enum inc_svg_baseline { INC_SVG_BASELINE_AUTO, INC_SVG_BASELINE_MIDDLE, INC_SVG_BASELINE_CENTRAL, INC_SVG_BASELINE_HANGING, INC_SVG_BASELINE_MATHEMATICAL, INC_SVG_BASELINE_TOP, INC_SVG_BASELINE_BOTTOM } inc_svg_baseline;
enum { INC_SVG_UNDERLINE = 1, INC_SVG_OVERLINE = 2, INC_SVG_LINE_THROUGH = 4 };
enum { INC_SVG_PAINT_FILL = 1, INC_SVG_PAINT_STROKE, INC_SVG_PAINT_MARKERS }; /* paint-order: three of these, two bits each, first lowest */
#define INC_SVG_PAINT_ORDER_NORMAL (INC_SVG_PAINT_FILL | INC_SVG_PAINT_STROKE << 2 | INC_SVG_PAINT_MARKERS << 4)

/* Computed values. Each property of the table below is one field. */
typedef enum inc_svg_case { INC_SVG_CASE_NONE, INC_SVG_CASE_UPPER, INC_SVG_CASE_LOWER, INC_SVG_CASE_CAPITALIZE } inc_svg_case;

typedef struct inc_svg_style {
    inc_color color, stop_color;
    bool stop_current;
    inc_svg_paint fill, stroke;
    double fill_opacity, stroke_opacity, stop_opacity, opacity;
    double stroke_width, miter_limit, dash_offset; /* user units, percentages resolved */
    inc_svg_numbers dashes;
    uint8_t fill_rule, clip_rule; /* 1: even-odd */
    uint8_t line_cap, line_join;  /* inc_cap, inc_join */
    uint8_t paint_order, anchor /* 0 start, 1 middle, 2 end */, dominant_baseline, alignment_baseline, decoration, blend, letter_case /* inc_svg_case */;
    bool hidden, none /* display: none */, overflow_visible, non_scaling, preserve_space, italic, small_caps, mask_alpha, rtl, isolated;
    uint16_t weight;
    double font_size, letter_spacing, word_spacing, baseline_shift /* user units, up */;
    inc_str family, language;
    inc_str marker_start, marker_mid, marker_end, clip_path, mask, filter; /* ids, or "" */
    char nothing;
} inc_svg_style;

/* constant, CSS name, field of the style, inherited? */
#define INC_SVG_PROPERTIES(P)                                                                                                                       \
    P(ALIGNMENT_BASELINE, "alignment-baseline", alignment_baseline, false)                                                                          \
    P(BACKGROUND_COLOR, "background-color", nothing, false) /* of the root */                                                                      \
    P(BASELINE_SHIFT, "baseline-shift", baseline_shift, false)                                                                                      \
    P(CLIP_PATH, "clip-path", clip_path, false)                                                                                                     \
    P(CLIP_RULE, "clip-rule", clip_rule, true)                                                                                                      \
    P(COLOR, "color", color, true)                                                                                                                  \
    P(CX, "cx", nothing, false)                                                                                                                     \
    P(CY, "cy", nothing, false)                                                                                                                     \
    P(D, "d", nothing, false)                                                                                                                       \
    P(DIRECTION, "direction", rtl, true)                                                                                                            \
    P(DISPLAY, "display", none, false)                                                                                                              \
    P(DOMINANT_BASELINE, "dominant-baseline", dominant_baseline, true)                                                                              \
    P(FILL, "fill", fill, true)                                                                                                                     \
    P(FILL_OPACITY, "fill-opacity", fill_opacity, true)                                                                                             \
    P(FILL_RULE, "fill-rule", fill_rule, true)                                                                                                      \
    P(FILTER, "filter", filter, false)                                                                                                              \
    P(FONT_FAMILY, "font-family", family, true)                                                                                                     \
    P(FONT_SIZE, "font-size", font_size, true)                                                                                                      \
    P(FONT_STYLE, "font-style", italic, true)                                                                                                       \
    P(FONT_VARIANT, "font-variant", small_caps, true)                                                                                               \
    P(FONT_WEIGHT, "font-weight", weight, true)                                                                                                     \
    P(HEIGHT, "height", nothing, false)                                                                                                             \
    P(ISOLATION, "isolation", isolated, false)                                                                                                      \
    P(LETTER_SPACING, "letter-spacing", letter_spacing, true)                                                                                       \
    P(MARKER_END, "marker-end", marker_end, true)                                                                                                   \
    P(MARKER_MID, "marker-mid", marker_mid, true)                                                                                                   \
    P(MARKER_START, "marker-start", marker_start, true)                                                                                             \
    P(MASK, "mask", mask, false)                                                                                                                    \
    P(MASK_TYPE, "mask-type", mask_alpha, false)                                                                                                    \
    P(MIX_BLEND_MODE, "mix-blend-mode", blend, false)                                                                                               \
    P(OPACITY, "opacity", opacity, false)                                                                                                           \
    P(OVERFLOW, "overflow", overflow_visible, false)                                                                                                \
    P(PAINT_ORDER, "paint-order", paint_order, true)                                                                                                \
    P(R, "r", nothing, false)                                                                                                                       \
    P(RX, "rx", nothing, false)                                                                                                                     \
    P(RY, "ry", nothing, false)                                                                                                                     \
    P(STOP_COLOR, "stop-color", stop_color, false)                                                                                                  \
    P(STOP_OPACITY, "stop-opacity", stop_opacity, false)                                                                                            \
    P(STROKE, "stroke", stroke, true)                                                                                                               \
    P(STROKE_DASHARRAY, "stroke-dasharray", dashes, true)                                                                                           \
    P(STROKE_DASHOFFSET, "stroke-dashoffset", dash_offset, true)                                                                                    \
    P(STROKE_LINECAP, "stroke-linecap", line_cap, true)                                                                                             \
    P(STROKE_LINEJOIN, "stroke-linejoin", line_join, true)                                                                                          \
    P(STROKE_MITERLIMIT, "stroke-miterlimit", miter_limit, true)                                                                                    \
    P(STROKE_OPACITY, "stroke-opacity", stroke_opacity, true)                                                                                       \
    P(STROKE_WIDTH, "stroke-width", stroke_width, true)                                                                                             \
    P(TEXT_ANCHOR, "text-anchor", anchor, true)                                                                                                     \
    P(TEXT_DECORATION, "text-decoration", decoration, true) /* CSS propagates it; for one text that comes to the same */                            \
    P(TEXT_TRANSFORM, "text-transform", letter_case, true)                                                                                          \
    P(TRANSFORM, "transform", nothing, false)                                                                                                       \
    P(TRANSFORM_BOX, "transform-box", nothing, false)                                                                                               \
    P(TRANSFORM_ORIGIN, "transform-origin", nothing, false)                                                                                         \
    P(VECTOR_EFFECT, "vector-effect", non_scaling, false)                                                                                           \
    P(VISIBILITY, "visibility", hidden, true)                                                                                                       \
    P(WHITE_SPACE, "white-space", preserve_space, true)                                                                                             \
    P(WIDTH, "width", nothing, false)                                                                                                               \
    P(WORD_SPACING, "word-spacing", word_spacing, true)                                                                                             \
    P(X, "x", nothing, false)                                                                                                                       \
    P(Y, "y", nothing, false)

typedef enum inc_svg_property {
#define P(id, name, field, inherited) INC_SVG_P_##id,
    INC_SVG_PROPERTIES(P)
#undef P
    INC_SVG_CUSTOM, /* --name */
    INC_SVG_PROPERTY_COUNT = INC_SVG_CUSTOM
} inc_svg_property;

typedef struct inc_svg_rule inc_svg_rule; /* one selector and its declarations: svg_css.c */

/* ---- a file at work ---- */

typedef struct inc_svg_budget { /* of all that one graphic takes, SVGs in SVGs included */
    uint32_t drawn, ops;
    uint64_t points, matches, letters, declared, expanded /* bytes of values with var() */;
    bool spent;
} inc_svg_budget;

typedef struct inc_svg_server { /* a gradient or pattern, where it was made: what is filled alike shares it */
    const inc_svg_node *node;
    inc_svg_matrix matrix;
    inc_svg_rect rect;      /* of a pattern: its tile */
    double width, height;   /* of the viewport */
    inc_paint paint;
    bool transparent;
} inc_svg_server;

typedef struct inc_svg {
    inc_arena *arena;
    const inc_image *image;
    const inc_graphic_context *context;
    inc_diags *diags;
    inc_svg_node *root;
    inc_map ids;           /* inc_svg_node */
    INC_VEC(inc_svg_rule *) rules; /* in order of specificity, then of the file */
    double width, height;  /* of the viewport, for media queries */
    uint32_t file;         /* among the sources; 0: not there yet */
    bool file_tried;
    uint32_t told;         /* bits: inc_svg_finding */
    unsigned level;        /* how many SVGs it stands in */
    inc_span around;       /* where the SVG around it names it */
    inc_svg_budget *budget;
    const inc_svg_style *initial;
    const inc_svg_style *font_style; /* the last one that a chain of fonts was looked up for, and the chain */
    const inc_chain *chain;
    double narrowed;       /* what letters of this chain are scaled by: svg_font.c */
    INC_VEC(inc_svg_server) servers; /* gradients and patterns made */
    unsigned depth;        /* of what is being drawn */
    unsigned nested;       /* graphics that are being made for others: masks, patterns */
} inc_svg;

typedef struct inc_svg_canvas { /* a graphic that is being made */
    INC_VEC(inc_op) ops;
    double width, height;
    unsigned depth;        /* groups that are open */
    bool transparent;
} inc_svg_canvas;

/* What an element is drawn under. */
typedef struct inc_svg_state {
    inc_svg_canvas *canvas;
    inc_svg_matrix ctm;
    const inc_svg_style *style; /* of the parent */
    double width, height;      /* of the nearest viewport */
    const inc_paint *context_fill, *context_stroke; /* in markers: how their path is painted; NULL elsewhere */
    bool clipping;             /* in a clipPath: everything is painted opaque */
} inc_svg_state;

/* ---- findings ---- */

typedef enum inc_svg_finding {
    INC_SVG_F_FILTER, INC_SVG_F_FOREIGN, INC_SVG_F_ANIMATION, INC_SVG_F_SCRIPT, INC_SVG_F_REFERENCE, INC_SVG_F_CIRCLE, INC_SVG_F_BUDGET,
    INC_SVG_F_DEPTH, INC_SVG_F_CLIP_SHAPE, INC_SVG_F_GLYPH, INC_SVG_F_IMAGE, INC_SVG_F_VERTICAL, INC_SVG_F_COLOR
} inc_svg_finding;

/* svg_report.c. The place of a node in the file; that of the picture in the book when the file is not among the sources. */
inc_span inc_svg_span(inc_svg *svg, const inc_svg_node *node);
inc_span inc_svg_span_at(inc_svg *svg, size_t offset, size_t length);

/* Reports, once a file and finding; NULL when it was said before. */
inc_diag *inc_svg_tell(inc_svg *svg, inc_svg_finding finding, inc_diag_id id, const inc_svg_node *node, const char *format, ...) INC_PRINTF(5, 6);

/* ---- svg_xml.c ---- */

/* The file as a tree; false when it is not XML, not an SVG, or beyond the limits (reported). */
bool inc_svg_read(inc_svg *svg);

/* In the file's order, each node before those in it; NULL behind the last. */
static inline inc_svg_node *inc_svg_next(const inc_svg_node *node)
{
    if (node->first)
        return node->first;
    while (node && !node->next)
        node = node->parent;
    return node ? node->next : NULL;
}

static inline bool inc_svg_is_element(const inc_svg_node *node) { return node->tag != INC_SVG_TEXT_NODE; }
bool inc_svg_has(const inc_svg_node *node, const char *name);
inc_str inc_svg_attr(const inc_svg_node *node, const char *name); /* trimmed; "" when absent */
inc_str inc_svg_attr_raw(const inc_svg_node *node, const char *name);

/* The element that an attribute href names; NULL when absent, remote, or not in this file (the last two are reported). */
inc_svg_node *inc_svg_href(inc_svg *svg, const inc_svg_node *node);
inc_svg_node *inc_svg_find(inc_svg *svg, inc_str id, const inc_svg_node *from); /* NULL: reported */

/* ---- svg_value.c ---- */

bool inc_svg_number(inc_str *s, double *value);                 /* cuts a number off */
void inc_svg_skip(inc_str *s);                                  /* white space, and one comma among it */
void inc_svg_blanks(inc_str *s);
double inc_svg_number_or(inc_str s, double otherwise);          /* "50%" is 0.5 */

/* A length in user units; percentages are of `whole`, em of the font size. False when it is none. */
bool inc_svg_length(inc_str s, double whole, double font_size, double *value);
bool inc_svg_length_cut(inc_str *s, double whole, double font_size, double *value);
double inc_svg_diagonal(double width, double height);           /* what percentages of neither width nor height are of */

bool inc_svg_transform(inc_str s, inc_svg_matrix *matrix);      /* a transform list; false when malformed */
bool inc_svg_view_box(inc_str s, inc_svg_rect *box);

/* The matrix that puts the box into a viewport (SVG 2, 8.6). *sliced: it may stand out of it. */
inc_svg_matrix inc_svg_fit(inc_svg_rect box, inc_str preserve, inc_svg_rect viewport);

/* ---- svg_color.c ---- */
bool inc_svg_color(inc_str s, inc_color *color);                /* not currentColor */

/* ---- svg_css.c, svg_match.c ---- */
inc_svg_property inc_svg_property_of(inc_str name);             /* INC_SVG_PROPERTY_COUNT when unknown */
void inc_svg_declarations_read(inc_svg *svg, inc_str text, inc_svg_declarations *into);
void inc_svg_declare(inc_arena *arena, inc_svg_declarations *into, inc_str name, inc_str value, bool important);
void inc_svg_sheets_read(inc_svg *svg);
void inc_svg_match(inc_svg *svg, inc_svg_node *node);           /* fills node->declarations */
bool inc_svg_declared(inc_svg *svg, inc_svg_node *node, inc_svg_property property, inc_str *value);

/* A selector: compounds from right to left. */
typedef enum inc_svg_test_kind {
    INC_SVG_TEST_TYPE, INC_SVG_TEST_ID, INC_SVG_TEST_CLASS, INC_SVG_TEST_HAS, INC_SVG_TEST_IS, INC_SVG_TEST_WORD, INC_SVG_TEST_DASH, INC_SVG_TEST_PREFIX,
    INC_SVG_TEST_SUFFIX, INC_SVG_TEST_PART, INC_SVG_TEST_NTH, INC_SVG_TEST_NTH_LAST, INC_SVG_TEST_ROOT, INC_SVG_TEST_EMPTY, INC_SVG_TEST_NEVER
} inc_svg_test_kind;
typedef struct inc_svg_test {
    inc_svg_test_kind kind;
    bool negated;      /* :not() */
    inc_str name, value;
    int step, start;   /* NTH */
} inc_svg_test;
typedef struct inc_svg_compound {
    INC_VEC(inc_svg_test) tests;
    char combinator;   /* to the compound on its left: ' ', '>', '+', '~'; 0 for the leftmost */
} inc_svg_compound;
struct inc_svg_rule {
    INC_VEC(inc_svg_compound) compounds; /* as written */
    uint32_t specificity, order;
    const inc_svg_declaration *declarations;
    size_t declaration_count;
};

/* ---- svg_style.c ---- */
const inc_svg_style *inc_svg_initial(inc_svg *svg);
/* The node's style under that of a parent. */
const inc_svg_style *inc_svg_style_under(inc_svg *svg, inc_svg_node *node, const inc_svg_style *parent, double width, double height);
const inc_svg_style *inc_svg_style_of(inc_svg *svg, inc_svg_node *node); /* where it stands in the file */
bool inc_svg_value_holds(inc_svg *svg, const inc_svg_node *node, inc_svg_property property, inc_str value); /* false, and told: it means nothing */
/* A length that is a property and an attribute; `otherwise` when it is absent, auto or wrong. */
double inc_svg_geometry_of(inc_svg *svg, inc_svg_node *node, inc_svg_property property, const inc_svg_style *style, double whole, double otherwise);
/* Its transforms, and where a use moves what it uses. */
inc_svg_matrix inc_svg_transform_of(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style);

/* ---- svg_path.c, svg_shape.c ---- */
void inc_svg_path_read(inc_svg_path *path, inc_str d);
/* The outline of a shape in user space; false when it is none, or has nothing to draw. */
bool inc_svg_shape(inc_svg *svg, inc_svg_node *node, const inc_svg_style *style, double width, double height, inc_svg_path *path);

/* ---- svg_draw.c ---- */
void inc_svg_draw(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state);
void inc_svg_draw_children(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state);
void inc_svg_push(inc_svg *svg, inc_svg_canvas *canvas, const inc_op *op);
void inc_svg_spend(inc_svg *svg);             /* the budget is used up: told, and nothing more is drawn */
void inc_svg_charge(inc_svg *svg, size_t n);  /* for work and memory as of n points */
void inc_svg_draw_root(inc_svg *svg, inc_svg_canvas *canvas, inc_svg_matrix ctm, double width, double height);
/* One outline, filled and stroked: matrix-free where its strokes allow it. */
void inc_svg_draw_path(inc_svg *svg, const inc_svg_state *state, const inc_svg_style *style, const inc_svg_node *node, const inc_svg_path *path, double opacity);
const inc_graphic *inc_svg_canvas_graphic(inc_svg *svg, const inc_svg_canvas *canvas);
bool inc_svg_open_group(inc_svg *svg, inc_svg_canvas *canvas, const inc_op *op); /* false, and told, when too many are open */
/* Clips everything up to its end to a rectangle in the space of the matrix; the count of groups opened. */
unsigned inc_svg_begin_clip(inc_svg *svg, inc_svg_canvas *canvas, inc_svg_rect rect, inc_svg_matrix matrix);
/* What an element with a viewport of its own shows: fits its viewBox into the rectangle, clips, and draws its children. */
void inc_svg_draw_viewport(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, inc_svg_rect port);
bool inc_svg_enter(inc_svg *svg, inc_svg_node *node, const inc_svg_node *from); /* false, and told: it is being drawn already, or too deep */
void inc_svg_leave(inc_svg *svg, inc_svg_node *node);
/* The space of what an element shows, without strokes, in its user space (SVG 2, 8.10); false when it shows nothing. state->style is that of its
 * parent. */
bool inc_svg_bounds(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, inc_svg_rect *bounds);
bool inc_svg_children_bounds(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, inc_svg_rect *bounds);

/* How lengths of an element become those of its operation: op = matrix * (scaled user space). */
typedef struct inc_svg_frame {
    inc_svg_matrix to_op; /* from user space to the operation's */
    inc_matrix matrix;    /* of the operation */
    double scale;         /* of lengths that have no direction */
} inc_svg_frame;
inc_svg_frame inc_svg_frame_of(inc_svg_matrix ctm, bool keep_shape); /* keep_shape: only a similarity may be put into the points */

/* ---- svg_paint.c, svg_stroke.c ---- */
typedef struct inc_svg_target { /* what is painted */
    const inc_svg_state *state;
    const inc_svg_style *style;
    const inc_svg_node *node;
    inc_svg_matrix to_op;
    inc_svg_rect bounds; /* in user space */
    const inc_svg_path *path; /* what is stroked; NULL: letters */
} inc_svg_target;
inc_paint inc_svg_paint_of(inc_svg *svg, const inc_svg_target *target, const inc_svg_paint *paint, double opacity);
inc_stroke inc_svg_stroke_of(inc_svg *svg, const inc_svg_target *target, double scale);
double inc_svg_path_length(inc_svg *svg, const inc_svg_path *path); /* svg_text_path.c */
void inc_svg_draw_markers(inc_svg *svg, const inc_svg_state *state, const inc_svg_style *style, const inc_svg_node *node, const inc_svg_path *path);

/* ---- svg_clip.c ---- */
/* Opens the groups that an element needs for its opacity, clip, mask and blending, and says how many these are. state->ctm leads from the element's
 * own user space. */
unsigned inc_svg_begin_groups(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, double opacity);
void inc_svg_end_groups(inc_svg *svg, inc_svg_canvas *canvas, unsigned count);

/* ---- svg_text.c ---- */
void inc_svg_draw_text(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style);
bool inc_svg_text_bounds(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, inc_svg_rect *bounds);

/* ---- svg_image.c ---- */
void inc_svg_draw_image(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style);

#endif
