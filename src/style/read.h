/* read.h - the readers of property values, named in property.def (read.c, read_font.c, read_content.c, shorthand.c). */
#ifndef INC_STYLE_READ_H
#define INC_STYLE_READ_H

#include "style/property.h"

inc_read_fn inc_read_keyword, inc_read_small_integer, inc_read_spacing, inc_read_text_indent, inc_read_hanging_punctuation,
    inc_read_list_style_type, inc_read_page, inc_read_margin_side, inc_read_padding_side, inc_read_width, inc_read_vertical_align,
    inc_read_column_count, inc_read_column_width, inc_read_column_gap, inc_read_length_or_none, inc_read_color_property, inc_read_border_width, inc_read_decoration_line,
    inc_read_size, inc_read_bleed, inc_read_marks;
inc_read_fn inc_read_families, inc_read_font_size, inc_read_font_weight, inc_read_font_style, inc_read_line_height,
    inc_read_feature_settings, inc_read_variant;
inc_read_fn inc_read_content, inc_read_string_set, inc_read_counter_ops;
inc_read_fn inc_read_font, inc_read_font_variant, inc_read_four_sides, inc_read_border, inc_read_background, inc_read_list_style,
    inc_read_text_decoration, inc_read_columns;

/* The property's nth field in the style that is being computed. */
void *inc_apply_field(inc_apply *a, inc_property_id id, unsigned nth);

/* For inc_computed.settings and the font-variant-* bits together, sorted by tag (read_font.c). */
inc_features inc_features_merge(inc_interner *in, const inc_computed *style);

/* The name of a counter's style: predefined or the sheet's own; false when it is none. */
bool inc_read_counter_style(inc_apply *a, inc_cursor *c, inc_list_style *style, const inc_counter_style **own);

#endif
