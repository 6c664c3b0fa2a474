/* property.c - the table of properties, its fields, and the keywords of the enumerated ones. */
#include "style/property.h"

#include "style/read.h"

static const inc_property_info infos[] = {
    {.name = ""},
#define INC_PROPERTY(id, text, bits, reader) {.name = text, .flags = bits, .read = reader},
#define INC_FIELD(type, member)
#define INC_MEDIUM_FIELD(type, member)
#include "style/property.def"
};

/* The fields, each with the property above it in the table: an entry of a property opens a run. */
#define OPENS ((inc_field_type)-1)
static const inc_field entries[] = {
#define INC_PROPERTY(id, name, flags, read) {INC_PROP_##id, OPENS, false, 0, 0},
#define INC_FIELD(kind, member) \
    {INC_PROP_NONE, INC_FIELD_##kind, false, offsetof(inc_computed, member), sizeof(((inc_computed *)0)->member)},
#define INC_MEDIUM_FIELD(kind, member) \
    {INC_PROP_NONE, INC_FIELD_##kind, true, offsetof(inc_style_medium, member), sizeof(((inc_style_medium *)0)->member)},
#include "style/property.def"
};

const inc_property_info *inc_property_info_of(inc_property_id id)
{
    return &infos[id];
}

const inc_field *inc_field_next(const inc_field *at, inc_property_id *property)
{
    for (at = at ? at + 1 : entries; at < entries + INC_COUNT(entries); at++) {
        if (at->type != OPENS)
            return at;
        *property = at->property;
    }
    return NULL;
}

void *inc_field_of(const inc_computed *style, const inc_field *field, inc_medium medium)
{
    const char *base = field->medium ? (const char *)&style->medium[medium] : (const char *)style;
    return (void *)(uintptr_t)(base + field->offset);
}

const inc_field *inc_property_field(inc_property_id id, unsigned nth)
{
    const inc_field *at = entries, *end = entries + INC_COUNT(entries);
    while (at < end && !(at->type == OPENS && at->property == id))
        at++;
    for (at++; at < end && at->type != OPENS; at++)
        if (nth-- == 0)
            return at;
    return NULL;
}

/* ---- names ---- */

typedef struct alias {
    const char *name;
    inc_property_id id;
} alias;

static const alias aliases[] = {
    {"page-break-before", INC_PROP_BREAK_BEFORE}, {"page-break-after", INC_PROP_BREAK_AFTER}, {"page-break-inside", INC_PROP_BREAK_INSIDE},
    {"word-wrap", INC_PROP_OVERFLOW_WRAP}, {"margin-block-start", INC_PROP_MARGIN_TOP}, {"margin-block-end", INC_PROP_MARGIN_BOTTOM},
    {"margin-inline-start", INC_PROP_MARGIN_LEFT}, {"margin-inline-end", INC_PROP_MARGIN_RIGHT},
    {"padding-block-start", INC_PROP_PADDING_TOP}, {"padding-block-end", INC_PROP_PADDING_BOTTOM},
    {"padding-inline-start", INC_PROP_PADDING_LEFT}, {"padding-inline-end", INC_PROP_PADDING_RIGHT},
    {"border-block-start", INC_PROP_BORDER_TOP}, {"border-block-end", INC_PROP_BORDER_BOTTOM},
    {"border-inline-start", INC_PROP_BORDER_LEFT}, {"border-inline-end", INC_PROP_BORDER_RIGHT},
    {"inline-size", INC_PROP_WIDTH}, {"min-inline-size", INC_PROP_MIN_WIDTH}, {"max-inline-size", INC_PROP_MAX_WIDTH},
    {"block-size", INC_PROP_HEIGHT},
};

inc_property_id inc_property_find(inc_str name)
{
    for (int id = INC_PROP_NONE + 1; id < INC_PROP_COUNT; id++)
        if (inc_str_is(name, infos[id].name))
            return (inc_property_id)id;
    for (size_t i = 0; i < INC_COUNT(aliases); i++)
        if (inc_str_is(name, aliases[i].name))
            return aliases[i].id;
    return INC_PROP_NONE;
}

/* Screens, scripts and reading systems use these; on paper they would do nothing, so nobody needs to be told. */
static const char *const foreign[] = {
    "accent-color", "align-content", "align-items", "align-self", "all", "animation", "animation-delay", "animation-duration", "animation-name",
    "appearance", "aspect-ratio", "backdrop-filter", "backface-visibility", "background-attachment", "background-blend-mode",
    "background-clip", "background-image", "background-origin", "background-position", "background-repeat", "background-size",
    "border-bottom-left-radius", "border-bottom-right-radius", "border-collapse", "border-image", "border-radius", "border-spacing",
    "border-top-left-radius", "border-top-right-radius", "bottom", "box-decoration-break", "box-shadow", "box-sizing", "caption-side",
    "caret-color", "clear", "clip", "clip-path", "color-adjust", "color-scheme", "column-rule",
    "contain", "cursor", "direction", "empty-cells", "filter", "flex", "flex-basis", "flex-direction", "flex-flow", "flex-grow", "flex-shrink",
    "flex-wrap", "font-display", "font-language-override", "font-optical-sizing", "font-size-adjust", "font-stretch", "font-synthesis",
    "font-variant-alternates", "font-variant-east-asian", "font-variation-settings", "forced-color-adjust", "gap", "grid", "grid-area",
    "grid-auto-columns", "grid-auto-flow", "grid-auto-rows", "grid-column", "grid-gap", "grid-row", "grid-template", "grid-template-areas",
    "grid-template-columns", "grid-template-rows", "hyphenate-character", "hyphenate-limit-chars", "image-orientation", "image-rendering",
    "inset", "isolation", "justify-content", "justify-items", "justify-self", "left", "line-break", "line-gap-override",
    "list-style-image", "list-style-position", "mask", "min-height", "mix-blend-mode", "object-fit", "object-position",
    "opacity", "order", "outline", "outline-color", "outline-offset", "outline-style", "outline-width", "overflow", "overflow-anchor",
    "overflow-x", "overflow-y", "overscroll-behavior", "perspective", "place-content", "place-items", "place-self", "pointer-events",
    "position", "print-color-adjust", "quotes", "resize", "right", "row-gap", "ruby-align", "ruby-position", "scroll-behavior",
    "scroll-margin", "scroll-margin-top", "scroll-padding", "scroll-padding-top", "scroll-snap-type", "scrollbar-color",
    "scrollbar-gutter", "scrollbar-width", "shape-outside", "speak", "speak-as", "table-layout", "text-combine-upright",
    "text-decoration-skip", "text-decoration-skip-ink", "text-decoration-style", "text-decoration-thickness", "text-emphasis", "text-justify",
    "text-orientation", "text-overflow", "text-rendering", "text-shadow", "text-size-adjust", "text-underline-offset",
    "text-underline-position", "text-wrap", "top", "touch-action", "transform", "transform-origin", "transition", "transition-delay",
    "transition-duration", "transition-property", "unicode-bidi", "user-select", "visibility", "voice-family", "will-change",
    "word-break", "writing-mode", "z-index", "zoom",
};

bool inc_property_is_foreign(inc_str name)
{
    static const char *const vendors[] = {"-webkit-", "-moz-", "-ms-", "-o-", "-epub-", "-apple-", "-amzn-", "-ah-", "adobe-", "adapt-",
        "ibooks-", "-kobo-", "-rbe-", "fill", "stroke"};
    for (size_t i = 0; i < INC_COUNT(vendors); i++)
        if (inc_str_starts(name, inc_str_of(vendors[i])))
            return true;
    for (size_t i = 0; i < INC_COUNT(foreign); i++)
        if (inc_str_is(name, foreign[i]))
            return true;
    return false;
}

const char *inc_property_suggest(inc_str name)
{
    const char *best = NULL;
    unsigned least = name.n > 6 ? 3 : 2; /* at most two letters wrong, one in a short name */
    for (int id = INC_PROP_NONE + 1; id < INC_PROP_COUNT; id++) {
        unsigned distance = inc_str_distance(name, inc_str_of(infos[id].name), least);
        if (distance < least) {
            least = distance;
            best = infos[id].name;
        }
    }
    return best;
}

/* ---- shorthands ---- */

#define LIST(...) \
    do { \
        static const inc_property_id ids[] = {__VA_ARGS__}; \
        *list = ids; \
        return INC_COUNT(ids); \
    } while (0)
#define SIDES(before, after) \
    INC_PROP_##before##_TOP##after, INC_PROP_##before##_RIGHT##after, INC_PROP_##before##_BOTTOM##after, INC_PROP_##before##_LEFT##after
#define ONE_BORDER(side) LIST(INC_PROP_BORDER_##side##_WIDTH, INC_PROP_BORDER_##side##_STYLE, INC_PROP_BORDER_##side##_COLOR)

size_t inc_property_longhands(inc_property_id id, const inc_property_id **list)
{
    static const inc_property_id self[] = {
#define INC_PROPERTY(own, name, flags, read) INC_PROP_##own,
#define INC_FIELD(type, member)
#define INC_MEDIUM_FIELD(type, member)
#include "style/property.def"
    };
    switch (id) {
    case INC_PROP_FONT:
        LIST(INC_PROP_FONT_SIZE, INC_PROP_LINE_HEIGHT, INC_PROP_FONT_STYLE, INC_PROP_FONT_WEIGHT, INC_PROP_FONT_FAMILY, INC_PROP_FONT_VARIANT_CAPS);
    case INC_PROP_FONT_VARIANT:
        LIST(INC_PROP_FONT_VARIANT_LIGATURES, INC_PROP_FONT_VARIANT_NUMERIC, INC_PROP_FONT_VARIANT_CAPS, INC_PROP_FONT_VARIANT_POSITION);
    case INC_PROP_MARGIN: LIST(SIDES(MARGIN, ));
    case INC_PROP_PADDING: LIST(SIDES(PADDING, ));
    case INC_PROP_BORDER_WIDTH: LIST(SIDES(BORDER, _WIDTH));
    case INC_PROP_BORDER_STYLE: LIST(SIDES(BORDER, _STYLE));
    case INC_PROP_BORDER_COLOR: LIST(SIDES(BORDER, _COLOR));
    case INC_PROP_BORDER: LIST(SIDES(BORDER, _WIDTH), SIDES(BORDER, _STYLE), SIDES(BORDER, _COLOR));
    case INC_PROP_BORDER_TOP: ONE_BORDER(TOP);
    case INC_PROP_BORDER_RIGHT: ONE_BORDER(RIGHT);
    case INC_PROP_BORDER_BOTTOM: ONE_BORDER(BOTTOM);
    case INC_PROP_BORDER_LEFT: ONE_BORDER(LEFT);
    case INC_PROP_BACKGROUND: LIST(INC_PROP_BACKGROUND_COLOR);
    case INC_PROP_LIST_STYLE: LIST(INC_PROP_LIST_STYLE_TYPE);
    case INC_PROP_TEXT_DECORATION: LIST(INC_PROP_TEXT_DECORATION_LINE, INC_PROP_TEXT_DECORATION_COLOR);
    case INC_PROP_COLUMNS: LIST(INC_PROP_COLUMN_COUNT, INC_PROP_COLUMN_WIDTH);
    default: *list = &self[id - 1]; return 1;
    }
}

void inc_property_reset(inc_computed *out, inc_property_id id, const inc_computed *from, inc_medium medium)
{
    const inc_field *field;
    for (unsigned i = 0; (field = inc_property_field(id, i)); i++)
        memcpy(inc_field_of(out, field, medium), inc_field_of(from, field, medium), field->size);
}

/* ---- keywords ---- */

static const inc_keyword text_align[] = {{"left", INC_TEXT_LEFT}, {"start", INC_TEXT_LEFT}, {"right", INC_TEXT_RIGHT}, {"end", INC_TEXT_RIGHT},
    {"center", INC_TEXT_CENTER}, {"justify", INC_TEXT_JUSTIFY}, {0}};
static const inc_keyword text_align_last[] = {{"auto", INC_TEXT_AUTO}, {"left", INC_TEXT_LEFT}, {"start", INC_TEXT_LEFT},
    {"right", INC_TEXT_RIGHT}, {"end", INC_TEXT_RIGHT}, {"center", INC_TEXT_CENTER}, {"justify", INC_TEXT_JUSTIFY}, {0}};
static const inc_keyword text_transform[] = {{"none", INC_TRANSFORM_NONE}, {"uppercase", INC_TRANSFORM_UPPER},
    {"lowercase", INC_TRANSFORM_LOWER}, {"capitalize", INC_TRANSFORM_CAPITALIZE}, {"full-width", -1}, {0}};
static const inc_keyword white_space[] = {{"normal", INC_WHITE_NORMAL}, {"nowrap", INC_WHITE_NOWRAP}, {"pre", INC_WHITE_PRE},
    {"pre-wrap", INC_WHITE_PRE_WRAP}, {"break-spaces", INC_WHITE_PRE_WRAP}, {"pre-line", -1}, {0}};
static const inc_keyword hyphens[] = {{"manual", INC_HYPHENS_MANUAL}, {"none", INC_HYPHENS_NONE}, {"auto", INC_HYPHENS_AUTO}, {0}};
static const inc_keyword on_off[] = {{"off", 0}, {"on", 1}, {0}};
static const inc_keyword page_float[] = {{"off", INC_PAGE_FLOAT_NONE}, {"on", INC_PAGE_FLOAT_HEAD}, {"page", INC_PAGE_FLOAT_PAGE}, {0}};
static const inc_keyword overflow_wrap[] = {{"normal", 0}, {"anywhere", 1}, {"break-word", 1}, {0}};
static const inc_keyword kerning[] = {{"auto", INC_KERNING_AUTO}, {"normal", INC_KERNING_NORMAL}, {"none", INC_KERNING_NONE}, {0}};
static const inc_keyword display[] = {{"inline", INC_DISPLAY_INLINE}, {"block", INC_DISPLAY_BLOCK}, {"inline-block", INC_DISPLAY_INLINE_BLOCK},
    {"list-item", INC_DISPLAY_LIST_ITEM}, {"table", INC_DISPLAY_TABLE}, {"table-row", INC_DISPLAY_ROW}, {"table-cell", INC_DISPLAY_CELL},
    {"run-in", INC_DISPLAY_RUN_IN}, {"none", INC_DISPLAY_NONE}, {"flow-root", INC_DISPLAY_BLOCK}, {"flex", INC_DISPLAY_FLEX}, {"inline-flex", -1},
    {"grid", -1}, {"inline-grid", -1}, {"contents", -1}, {"inline-table", -1}, {"table-row-group", -1}, {"table-header-group", -1},
    {"table-footer-group", -1}, {"table-column", -1}, {"table-column-group", -1}, {"table-caption", -1}, {"ruby", -1}, {"ruby-text", -1}, {0}};
static const inc_keyword float_side[] = {{"none", INC_FLOAT_NONE}, {"left", INC_FLOAT_LEFT}, {"right", INC_FLOAT_RIGHT},
    {"footnote", INC_FLOAT_FOOTNOTE}, {"inline-start", INC_FLOAT_LEFT}, {"inline-end", INC_FLOAT_RIGHT}, {0}};
static const inc_keyword break_between[] = {{"auto", INC_BREAK_AUTO}, {"avoid", INC_BREAK_AVOID}, {"page", INC_BREAK_PAGE},
    {"recto", INC_BREAK_RECTO}, {"verso", INC_BREAK_VERSO}, {"always", INC_BREAK_PAGE}, {"right", INC_BREAK_RECTO}, {"left", INC_BREAK_VERSO},
    {"avoid-page", INC_BREAK_AVOID}, {"column", INC_BREAK_COLUMN}, {"avoid-column", INC_BREAK_AVOID}, {0}};
static const inc_keyword break_inside[] = {{"auto", INC_BREAK_AUTO}, {"avoid", INC_BREAK_AVOID}, {"avoid-page", INC_BREAK_AVOID}, {"avoid-column", INC_BREAK_AVOID}, {0}};
static const inc_keyword column_span[] = {{"none", 0}, {"all", 1}, {0}};
static const inc_keyword column_fill[] = {{"balance", 0}, {"balance-all", 0}, {"auto", 1}, {0}};
static const inc_keyword border_style[] = {{"none", INC_BORDER_NONE}, {"solid", INC_BORDER_SOLID}, {"hidden", INC_BORDER_NONE},
    {"dotted", INC_BORDER_DOTTED}, {"dashed", INC_BORDER_DASHED}, {"double", INC_BORDER_DOUBLE}, {"groove", INC_BORDER_SOLID},
    {"ridge", INC_BORDER_SOLID}, {"inset", INC_BORDER_SOLID}, {"outset", INC_BORDER_SOLID}, {0}};
static const inc_keyword list_style_type[] = {{"disc", INC_LIST_DISC}, {"none", INC_LIST_NONE}, {"circle", INC_LIST_CIRCLE},
    {"square", INC_LIST_SQUARE}, {"decimal", INC_LIST_DECIMAL}, {"lower-alpha", INC_LIST_LOWER_ALPHA}, {"lower-latin", INC_LIST_LOWER_ALPHA},
    {"upper-alpha", INC_LIST_UPPER_ALPHA}, {"upper-latin", INC_LIST_UPPER_ALPHA}, {"lower-roman", INC_LIST_LOWER_ROMAN},
    {"upper-roman", INC_LIST_UPPER_ROMAN}, {"decimal-leading-zero", INC_LIST_LEADING_ZERO}, {"lower-greek", INC_LIST_LOWER_GREEK}, {0}};
static const inc_keyword vertical_align[] = {{"baseline", INC_VALIGN_BASELINE}, {"sub", INC_VALIGN_SUB}, {"super", INC_VALIGN_SUPER},
    {"top", INC_VALIGN_TOP}, {"middle", INC_VALIGN_MIDDLE}, {"bottom", INC_VALIGN_BOTTOM}, {"text-top", INC_VALIGN_TOP},
    {"text-bottom", INC_VALIGN_BOTTOM}, {0}};

const inc_keyword *inc_property_keywords(inc_property_id id)
{
    switch (id) {
    case INC_PROP_TEXT_ALIGN: return text_align;
    case INC_PROP_TEXT_ALIGN_LAST: return text_align_last;
    case INC_PROP_TEXT_TRANSFORM: return text_transform;
    case INC_PROP_WHITE_SPACE: return white_space;
    case INC_PROP_HYPHENS: return hyphens;
    case INC_PROP_PROTRUSION:
    case INC_PROP_LOOSENESS:
    case INC_PROP_STRETCH:
    case INC_PROP_GRID: return on_off;
    case INC_PROP_PAGE_FLOAT: return page_float;
    case INC_PROP_OVERFLOW_WRAP: return overflow_wrap;
    case INC_PROP_FONT_KERNING: return kerning;
    case INC_PROP_DISPLAY: return display;
    case INC_PROP_FLOAT: return float_side;
    case INC_PROP_BREAK_BEFORE:
    case INC_PROP_BREAK_AFTER: return break_between;
    case INC_PROP_BREAK_INSIDE: return break_inside;
    case INC_PROP_COLUMN_SPAN: return column_span;
    case INC_PROP_COLUMN_FILL: return column_fill;
    case INC_PROP_BORDER_TOP_STYLE:
    case INC_PROP_BORDER_RIGHT_STYLE:
    case INC_PROP_BORDER_BOTTOM_STYLE:
    case INC_PROP_BORDER_LEFT_STYLE: return border_style;
    case INC_PROP_LIST_STYLE_TYPE: return list_style_type;
    case INC_PROP_VERTICAL_ALIGN: return vertical_align;
    default: return NULL;
    }
}

/* ---- initial values ---- */

#define ZERO {.kind = INC_DIM_LENGTH}
#define BLACK {0, 0, 0, 255}
#define MEDIUM_WIDTH (INC_PT * 9 / 4) /* border-width: medium is 3px */
#define CURRENT {.current = true}
#define INITIAL_MEDIUM \
    {.color = BLACK, .decoration_color = CURRENT, .border_color = {CURRENT, CURRENT, CURRENT, CURRENT}, \
     .border_width = {MEDIUM_WIDTH, MEDIUM_WIDTH, MEDIUM_WIDTH, MEDIUM_WIDTH}}

const inc_computed inc_computed_initial = {
    .style = {.font_size = 12 * INC_PT, .weight = 400, .line_height = 12 * INC_PT * 6 / 5, .text_align_last = INC_TEXT_AUTO, .text_indent = ZERO, .hyphens = INC_HYPHENS_MANUAL,
        .column_gap = 12 * INC_PT, .orphans = 2, .widows = 2, .tab_size = 8, .list_style = INC_LIST_DISC, .list_string = {"", 0}, .page = {"", 0}, .display = INC_DISPLAY_INLINE,
        .margin = {ZERO, ZERO, ZERO, ZERO}, .padding = {ZERO, ZERO, ZERO, ZERO}, 
        .paint = {{.color = BLACK}, {.color = BLACK}}, .computed = &inc_computed_initial},
    .medium = {INITIAL_MEDIUM, INITIAL_MEDIUM},
    .line_kind = INC_LINE_NORMAL,
    .page_width = 504 * INC_PT,
    .page_height = 720 * INC_PT,
};

/* ---- applying a declaration ---- */

static inc_css_stage stage_of(inc_property_id id)
{
    return id == INC_PROP_FONT_SIZE ? INC_STAGE_FONT_SIZE : id == INC_PROP_LINE_HEIGHT ? INC_STAGE_LINE_HEIGHT : INC_STAGE_REST;
}

/* Shorthands run in every stage; what is not due yet, or no longer, is written to where nobody looks. */
void *inc_apply_field(inc_apply *a, inc_property_id id, unsigned nth)
{
    if (stage_of(id) != a->stage)
        return &a->elsewhere;
    return inc_field_of(a->out, inc_property_field(id, nth), a->medium);
}

static bool apply_wide_keyword(inc_apply *a, inc_property_id id, inc_css_tokens value)
{
    const inc_css_token *t = value.v;
    if (value.n != 1 || t->kind != INC_CSS_IDENT)
        return false;
    bool inherit = inc_css_is_word(t, "inherit"), initial = inc_css_is_word(t, "initial");
    bool unset = inc_css_is_word(t, "unset") || inc_css_is_word(t, "revert") || inc_css_is_word(t, "revert-layer");
    const inc_property_id *longhands;
    size_t n = inc_property_longhands(id, &longhands);
    for (size_t i = 0; i < n && (inherit || initial || unset); i++) {
        bool from_parent = inherit || (unset && infos[longhands[i]].flags & INC_PROP_INHERITED);
        if (stage_of(longhands[i]) == a->stage)
            inc_property_reset(a->out, longhands[i], from_parent ? a->parent : &inc_computed_initial, a->medium);
    }
    return inherit || initial || unset;
}

inc_css_result inc_property_read(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    return infos[id].read(a, c, id);
}

inc_css_result inc_property_apply(inc_apply *a, inc_property_id id, inc_css_tokens value)
{
    if (id < INC_PROP_FONT && stage_of(id) != a->stage)
        return INC_CSS_OK;
    value = inc_css_trim(value);
    if (apply_wide_keyword(a, id, value))
        return INC_CSS_OK;
    inc_cursor c = {.t = value, .units = &a->units};
    inc_css_result result = inc_property_read(a, &c, id);
    return result == INC_CSS_OK && !inc_cursor_done(&c) ? INC_CSS_BAD : result;
}
