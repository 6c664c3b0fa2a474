/* fuzz_image.c - any bytes are a picture file. */
#include <unistd.h>

#include "fuzz.h"
#include "image/image.h"

static void fuzz_one(inc_str input, inc_arena *arena)
{
    char path[] = "/tmp/fuzz-image-XXXXXX";
    int fd = mkstemp(path);
    if (fd < 0 || write(fd, input.p, input.n) != (ssize_t)input.n)
        abort();
    close(fd);
    inc_diags *diags = inc_diags_new(arena);
    inc_images *images = inc_images_new(arena, diags);
    const inc_image *image = inc_images_open(images, INC_STR("a"), inc_str_of(path), INC_NO_SPAN);
    unlink(path);
    inc_pixels pixels;
    if (image && (uint64_t)image->width * image->height < 4000000)
        inc_image_pixels(image, arena, diags, INC_NO_SPAN, &pixels);
}
