/* svg_none.c - until SVGs are read: none has a drawing, and layout shows descriptions. */
#include "image/graphic.h"
const inc_graphic *inc_svg_graphic(const inc_image *image, const inc_graphic_context *context, inc_arena *arena, inc_diags *diags)
{
    (void)image, (void)context, (void)arena, (void)diags;
    return NULL;
}
