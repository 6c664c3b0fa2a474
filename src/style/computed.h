/*
 * computed.h - a computed style as the engine keeps it: the public part first, behind it what inheritance needs besides.
 *
 * Geometry is computed once, from what holds for print; what is in inc_style_medium is computed for screen and for print.
 */
#ifndef INC_STYLE_COMPUTED_H
#define INC_STYLE_COMPUTED_H

#include "base/map.h"
#include "style/style.h"
#include "style/token.h"

/* ---- custom properties ---- */

typedef struct inc_variable {
    inc_str name; /* with its "--" */
    inc_css_tokens value;
    bool unset;   /* initial: has no value */
    inc_span span; /* of its declaration */
} inc_variable;

typedef struct inc_variables { /* interned; inherited: looks further in outer */
    const struct inc_variables *outer;
    const inc_variable *v;
    uint32_t n;
    const inc_map *by_name; /* name -> inc_variable, the last of equal names */
} inc_variables;

/* The nearest variable of that name, or NULL. */
const inc_variable *inc_variables_find(const inc_variables *variables, inc_str name);

/* Replaces every var() of the value. False when one has neither value nor fallback, or is part of a cycle, or when the whole
 * grows beyond all reason: the declaration is then invalid at computed-value time (CSS Variables 1, section 3). */
bool inc_variables_substitute(inc_arena *arena, const inc_variables *variables, inc_css_tokens value, inc_css_tokens *result);
bool inc_css_has_var(inc_css_tokens value);

/* ---- computed styles ---- */

typedef struct inc_color_value {
    inc_color color;
    bool current; /* currentcolor: resolved at the end */
} inc_color_value;

typedef struct inc_style_medium {
    const inc_variables *variables;
    inc_color color;
    inc_color_value background, border_color[4], decoration_color;
    inc_len border_width[4];
    uint8_t border_style[4]; /* inc_border_style */
    uint8_t decoration_own; /* text-decoration-line of this element */
} inc_style_medium;

enum { INC_LINE_NORMAL, INC_LINE_NUMBER, INC_LINE_LENGTH };
enum { /* bits of font-variant-*; each group's "normal" is none of its bits */
    INC_LIGATURES_NONE = 1, INC_LIGATURES_NO_COMMON = 2, INC_LIGATURES_DISCRETIONARY = 4, INC_LIGATURES_HISTORICAL = 8,
    INC_LIGATURES_NO_CONTEXTUAL = 16, INC_LIGATURES_COMMON = 32, INC_LIGATURES_CONTEXTUAL = 64,
    INC_NUMERIC_LINING = 1, INC_NUMERIC_OLDSTYLE = 2, INC_NUMERIC_PROPORTIONAL = 4, INC_NUMERIC_TABULAR = 8,
    INC_NUMERIC_DIAGONAL = 16, INC_NUMERIC_STACKED = 32, INC_NUMERIC_ORDINAL = 64, INC_NUMERIC_SLASHED_ZERO = 128,
    INC_CAPS_SMALL = 1, INC_CAPS_ALL_SMALL = 2, INC_CAPS_PETITE = 4, INC_CAPS_ALL_PETITE = 8, INC_CAPS_UNICASE = 16, INC_CAPS_TITLING = 32,
    INC_POSITION_SUB = 1, INC_POSITION_SUPER = 2,
    INC_KERNING_AUTO = 0, INC_KERNING_NORMAL = 1, INC_KERNING_NONE = 2
};

typedef struct inc_computed {
    inc_style style; /* its `computed` points to the whole */
    inc_style_medium medium[INC_MEDIUM_COUNT];
    uint8_t line_kind; /* INC_LINE_...: a number is inherited as such */
    int64_t line_value; /* number in millionths, or length */
    uint8_t ligatures, numeric, caps, position, kerning;
    inc_features settings; /* font-feature-settings, as written */
    inc_len grid_unit;
    /* of @page only */
    inc_len page_width, page_height, bleed;
    uint8_t marks;
} inc_computed;

static inline const inc_computed *inc_computed_of(const inc_style *style) { return style->computed; }

/* ---- interning: equal values, same pointer ---- */

typedef struct inc_interner {
    inc_arena *arena;
    const struct inc_sheet *sheet; /* for its counter styles */
    inc_diags *diags;              /* or NULL */
    inc_map strings, families, features, contents, counter_ops, string_sets, variables, styles, cycles;
    inc_buf key; /* being put together */
} inc_interner;

void inc_interner_init(inc_interner *in, inc_arena *arena);
inc_str inc_intern_str(inc_interner *in, inc_str s);
inc_families inc_intern_families(inc_interner *in, const inc_str *v, uint32_t n); /* of interned strings, like all below */
inc_features inc_intern_features(inc_interner *in, const inc_feature *v, uint32_t n); /* sorts, the last of equal tags wins */
inc_contents inc_intern_contents(inc_interner *in, const inc_content *v, uint32_t n);
inc_counter_ops inc_intern_counter_ops(inc_interner *in, const inc_counter_op *v, uint32_t n);
const inc_string_set *inc_intern_string_sets(inc_interner *in, const inc_string_set *v, uint32_t n);
const inc_variables *inc_intern_variables(inc_interner *in, const inc_variables *outer, const inc_variable *v, uint32_t n);
const inc_computed *inc_intern_computed(inc_interner *in, const inc_computed *style);

#endif
