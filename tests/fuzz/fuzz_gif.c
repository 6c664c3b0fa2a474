/* fuzz_gif.c - any bytes are a GIF file. */
#include "image.h"
