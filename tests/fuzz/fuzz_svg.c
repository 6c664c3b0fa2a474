/* fuzz_svg.c - any bytes are a SVG file. */
#include "image.h"
