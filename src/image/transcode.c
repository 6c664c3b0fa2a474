/* transcode.c - what the two ways to compress a JPEG anew have in common: for screens (rewrite.c) and for print (recode.c). */
#include "image/transcode.h"

#include <stdlib.h>

#include "base/guard.h"

static void on_error(j_common_ptr common)
{
    longjmp(((inc_transcoder *)common->client_data)->env, 1);
}

static void on_message(j_common_ptr common, int level)
{
    (void)common, (void)level;
}

static void close_transcoder(void *handle)
{
    inc_transcoder *t = handle;
    jpeg_destroy_decompress(&t->in);
    jpeg_destroy_compress(&t->out);
    free(t->bytes);
}

inc_transcoder *inc_transcoder_open(inc_arena *arena, uint32_t width)
{
    inc_transcoder *t = INC_NEW(arena, inc_transcoder);
    t->slot = inc_defer(arena, close_transcoder);
    t->row = inc_alloc_array(arena, width, 4);
    t->painted = inc_alloc_array(arena, width, 4);
    t->in.err = t->out.err = jpeg_std_error(&t->errors);
    t->errors.error_exit = on_error;
    t->errors.emit_message = on_message;
    t->in.client_data = t->out.client_data = t;
    *t->slot = t; /* both are zero: destroying them does nothing yet */
    if (setjmp(t->env))
        inc_out_of_memory(); /* creating allocates only */
    jpeg_create_decompress(&t->in);
    t->in.client_data = t;
    jpeg_create_compress(&t->out);
    t->out.client_data = t;
    return t;
}

void inc_transcoder_close(inc_transcoder *t)
{
    *t->slot = NULL;
    close_transcoder(t);
}

void inc_transcoder_start(inc_transcoder *t, uint32_t width, uint32_t height, int components, int quality)
{
    jpeg_mem_dest(&t->out, &t->bytes, &t->size);
    t->out.image_width = width;
    t->out.image_height = height;
    t->out.input_components = components;
    t->out.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&t->out);
    if (components == 4)
        jpeg_set_colorspace(&t->out, JCS_YCCK);
    for (int i = 0; i < components; i++) /* no samples are thrown away twice */
        t->out.comp_info[i].h_samp_factor = t->out.comp_info[i].v_samp_factor = 1;
    jpeg_set_quality(&t->out, quality, TRUE);
    t->out.dct_method = JDCT_ISLOW; /* whole numbers: the same on every machine */
    jpeg_start_compress(&t->out, TRUE);
}

void inc_transcoder_read(inc_transcoder *t)
{
    JSAMPROW row = t->row;
    jpeg_read_scanlines(&t->in, &row, 1);
}

void inc_transcoder_write(inc_transcoder *t, uint8_t *row)
{
    JSAMPROW line = row;
    jpeg_write_scanlines(&t->out, &line, 1);
}

inc_str inc_transcoder_file(const inc_transcoder *t, inc_arena *arena)
{
    return inc_str_dup(arena, (inc_str){(const char *)t->bytes, t->size});
}
