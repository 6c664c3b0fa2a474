/* fuzz_webp.c - any bytes are a WebP file. */
#include "image.h"
