/* compare.h - outputs made comparable, and the difference shown. Private to listings/. */
#ifndef INC_LISTINGS_COMPARE_H
#define INC_LISTINGS_COMPARE_H

#include "base/rules.h"

/* LF line ends, no blank lines at the end, one LF behind the last line; "" stays empty. INC_NORMALISE_RUSTC also leaves out the closing lines
 * ("For more information about", "aborting due to"), and the text of the standard library that the compiler may or may not quote. */
inc_str inc_listings_normalise(inc_arena *arena, inc_str text, inc_normaliser normaliser);

/* Compilers' messages less their notes: the first line of each error and its place. */
inc_str inc_listings_loosen(inc_arena *arena, inc_str text);

/* The difference of two texts in the unified form with three lines of context, cut after some 60 lines; *line: of the first difference, from 1. */
inc_str inc_listings_difference(inc_arena *arena, inc_str recorded, inc_str got, inc_str recorded_name, size_t *line);

/* Compares two versions by their numbers: <0, 0, >0. */
int inc_listings_compare_versions(inc_str a, inc_str b);

#endif
