/* paint.h - colours and their names, and the two media a page is painted for. */
#ifndef INC_PAINT_H
#define INC_PAINT_H

#include "base/str.h"

typedef enum inc_medium { INC_SCREEN, INC_PRINT, INC_MEDIUM_COUNT } inc_medium;

typedef struct inc_color { /* sRGB */
    uint8_t r, g, b, a; /* a 0: not painted */
} inc_color;

bool inc_color_hex(inc_str digits, inc_color *color);   /* what stands behind "#": 3, 4, 6 or 8 digits (CSS Color 4, section 5.2) */
bool inc_color_named(inc_str name, inc_color *color); /* CSS Color 4, section 6.1; ASCII case does not matter */

enum { INC_MARKS_CROP = 1, INC_MARKS_CROSS = 2 }; /* printer's marks: where to cut, and whether the inks lie on each other */

#endif
