/*
 * transcode.h - a JPEG decoder and an encoder that work row by row, one into the other; only for image/.
 *
 * libjpeg unwinds to `env`: each function that calls it begins with `if (setjmp(t->env)) return false;`, and none allocates behind that.
 */
#ifndef INC_IMAGE_TRANSCODE_H
#define INC_IMAGE_TRANSCODE_H

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "base/str.h"

typedef struct inc_transcoder {
    struct jpeg_decompress_struct in;
    struct jpeg_compress_struct out;
    struct jpeg_error_mgr errors;
    jmp_buf env;
    unsigned char *bytes; /* the new file; libjpeg's */
    unsigned long size;
    uint8_t *row, *painted; /* one of each, of `width` pixels with four samples */
    void **slot;            /* closes it with the arena */
} inc_transcoder;

/* Messages are not reported: jpeg.c has looked at what is read. */
inc_transcoder *inc_transcoder_open(inc_arena *arena, uint32_t width);
void inc_transcoder_close(inc_transcoder *t); /* before the arena goes */

/* The output begins: 1, 3 or 4 components (grey, RGB, CMYK kept as YCCK), no samples thrown away. Call it with `env` set. */
void inc_transcoder_start(inc_transcoder *t, uint32_t width, uint32_t height, int components, int quality);
void inc_transcoder_read(inc_transcoder *t); /* into `row` */
void inc_transcoder_write(inc_transcoder *t, uint8_t *row);
inc_str inc_transcoder_file(const inc_transcoder *t, inc_arena *arena); /* what was written, in the arena */

#endif
