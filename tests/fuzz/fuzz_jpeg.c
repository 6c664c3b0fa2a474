/* fuzz_jpeg.c - any bytes are a JPEG file. */
#include "image.h"
