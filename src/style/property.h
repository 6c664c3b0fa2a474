/*
 * property.h - the properties of the subset: names, which fields of a computed style they own, how their values are read.
 *
 * A value is kept as tokens and read when a style is computed, straight into its fields; there are few distinct styles, so this is cheap, and
 * var() needs nothing special. The same reading, into a style that is thrown away, is the check when a sheet is parsed.
 */
#ifndef INC_STYLE_PROPERTY_H
#define INC_STYLE_PROPERTY_H

#include "style/computed.h"
#include "style/value.h"

typedef enum inc_css_result {
    INC_CSS_OK,
    INC_CSS_BAD,
    INC_CSS_IGNORED /* known to CSS and means nothing on paper: kept for the EPUB only */
} inc_css_result;

typedef enum inc_css_stage { /* a font size must be known before the lengths that are measured in it, then the line height */
    INC_STAGE_FONT_SIZE, INC_STAGE_LINE_HEIGHT, INC_STAGE_REST, INC_STAGE_COUNT
} inc_css_stage;

typedef struct inc_apply {
    inc_computed *out;
    const inc_computed *parent;
    inc_medium medium;
    inc_css_stage stage;
    inc_css_units units;
    inc_interner *interner;
    max_align_t elsewhere[4]; /* for values that are not due in this stage */
} inc_apply;

enum { INC_PROP_INHERITED = 1, INC_PROP_PAINT = 2 /* may differ between screen and print */, INC_PROP_PAGED = 4 /* not for the EPUB */,
    INC_PROP_PAGE_ONLY = 8 /* in @page only */ };

typedef enum inc_property_id {
    INC_PROP_NONE,
#define INC_PROPERTY(id, name, flags, read) INC_PROP_##id,
#define INC_FIELD(type, member)
#define INC_MEDIUM_FIELD(type, member)
#include "style/property.def"
    INC_PROP_COUNT,
    INC_PROP_CUSTOM /* --name */
} inc_property_id;

typedef enum inc_field_type { INC_FIELD_BOOL, INC_FIELD_U8, INC_FIELD_U16, INC_FIELD_U32, INC_FIELD_ENUM, INC_FIELD_LEN, INC_FIELD_DIM, INC_FIELD_STR,
    INC_FIELD_COLOR, INC_FIELD_COLOR_VALUE, INC_FIELD_FAMILIES, INC_FIELD_FEATURES, INC_FIELD_CONTENTS, INC_FIELD_COUNTER_OPS, INC_FIELD_POINTER } inc_field_type;

typedef struct inc_field {
    inc_property_id property; /* of the entry that opens a property's run in the table */
    inc_field_type type;
    bool medium; /* offset is within inc_style_medium */
    uint16_t offset, size;
} inc_field;

typedef inc_css_result inc_read_fn(inc_apply *a, inc_cursor *c, inc_property_id id);

typedef struct inc_property_info {
    const char *name;
    uint8_t flags;
    inc_read_fn *read;
} inc_property_info;

const inc_property_info *inc_property_info_of(inc_property_id id);

/* Walks all fields in the table's order, beginning with NULL; *property is whose field it is (keep it between calls). */
const inc_field *inc_field_next(const inc_field *at, inc_property_id *property);
const inc_field *inc_property_field(inc_property_id id, unsigned nth); /* NULL behind its last */
void *inc_field_of(const inc_computed *style, const inc_field *field, inc_medium medium);

/* The property of that name (lower case), shorthand or not; INC_PROP_NONE when it is none of ours. */
inc_property_id inc_property_find(inc_str name);

/* Known to CSS or to reading systems, without meaning on paper. */
bool inc_property_is_foreign(inc_str name);

/* The property of ours that the author may have meant, or NULL. */
const char *inc_property_suggest(inc_str name);

/* The longhands that a property sets, itself if it is one. */
size_t inc_property_longhands(inc_property_id id, const inc_property_id **list);

/* Sets a property to its initial or its parent's value. */
void inc_property_reset(inc_computed *out, inc_property_id id, const inc_computed *from, inc_medium medium);

/* Reads a declaration's value (without var()) into a->out. CSS-wide keywords included. */
inc_css_result inc_property_apply(inc_apply *a, inc_property_id id, inc_css_tokens value);

/* Reads one longhand from where the cursor stands, as shorthands do. */
inc_css_result inc_property_read(inc_apply *a, inc_cursor *c, inc_property_id id);

/* Keywords of an ENUM property, for reading and for dumps; NULL when it has none. */
typedef struct inc_keyword {
    const char *word;
    int value; /* below 0: known, ignored */
} inc_keyword;
const inc_keyword *inc_property_keywords(inc_property_id id);

extern const inc_computed inc_computed_initial;

#endif
