/* svg_graphic.c - an SVG file becomes a graphic. */
#include "image/svg.h"

/* What moves or runs stands still on paper. */
static void tell_what_is_dead(inc_svg *svg)
{
    for (const inc_svg_node *node = svg->root; node; node = inc_svg_next(node)) {
        if (node->tag == INC_SVG_ANIMATION)
            inc_svg_tell(svg, INC_SVG_F_ANIMATION, INC_DIAG_SVG_NOT_DRAWN, node, "image '%.*s' is animated; its first moment is drawn",
                         INC_STR_ARG(svg->image->name));
        else if (node->tag == INC_SVG_SCRIPT)
            inc_svg_tell(svg, INC_SVG_F_SCRIPT, INC_DIAG_SVG_NOT_DRAWN, node, "image '%.*s' has a script, which is not run", INC_STR_ARG(svg->image->name));
    }
}

const inc_graphic *inc_svg_graphic(const inc_image *image, const inc_graphic_context *context, inc_arena *arena, inc_diags *diags)
{
    inc_svg_budget *budget = INC_NEW(arena, inc_svg_budget);
    inc_svg *svg = INC_NEW(arena, inc_svg);
    *svg = (inc_svg){.arena = arena, .image = image, .context = context, .diags = diags, .ids = inc_map_in(arena), .budget = budget};
    if (!inc_svg_read(svg))
        return NULL;
    tell_what_is_dead(svg);
    double width = (double)image->natural_width / 65536 * 4 / 3, height = (double)image->natural_height / 65536 * 4 / 3;
    inc_svg_canvas canvas = {.width = width, .height = height};
    inc_svg_draw_root(svg, &canvas, INC_SVG_IDENTITY, width, height);
    return inc_svg_canvas_graphic(svg, &canvas);
}
