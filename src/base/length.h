/* length.h - lengths on the page: int64 in 1/65536 pt (1 pt = 1/72 in). No floating point takes part in layout. */
#ifndef INC_LENGTH_H
#define INC_LENGTH_H

#include "base/base.h"

typedef int64_t inc_len;

#define INC_PT ((inc_len)65536)
#define INC_LEN_MAX ((inc_len)1 << 46) /* a billion pt: sums of two never overflow */
#define INC_LEN_SANE ((inc_len)1 << 36) /* a million pt: more comes from hostile sheets alone, and is cut to it */

static inline inc_len inc_len_sane(inc_len v) { return v > INC_LEN_SANE ? INC_LEN_SANE : v < -INC_LEN_SANE ? -INC_LEN_SANE : v; }

/* value * numerator / denominator, rounded to nearest, ties away from zero; denominator > 0. */
inc_len inc_len_scale(inc_len value, int64_t numerator, int64_t denominator);

/* Font units to a length at a size: units * size / upem, rounded to nearest. */
static inline inc_len inc_len_from_units(int64_t units, inc_len size, int32_t upem) { return inc_len_scale(units, size, upem); }

/* Writes the length in pt with at most `decimals` (0..5) digits behind the point, no exponent, no "-0", no trailing
 * zeros; returns the count of bytes. out holds 32 bytes. */
size_t inc_len_format(inc_len value, unsigned decimals, char out[32]);

#endif
