/* paint.h - colours, and the two media a page is painted for. */
#ifndef INC_PAINT_H
#define INC_PAINT_H

#include "base/base.h"

typedef enum inc_medium { INC_SCREEN, INC_PRINT, INC_MEDIUM_COUNT } inc_medium;

typedef struct inc_color { /* sRGB */
    uint8_t r, g, b, a; /* a 0: not painted */
} inc_color;

enum { INC_MARKS_CROP = 1, INC_MARKS_CROSS = 2 }; /* printer's marks: where to cut, and whether the inks lie on each other */

#endif
