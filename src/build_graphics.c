/*
 * build_graphics.c - the drawings of the book's SVGs, made once the style sheets and fonts are known, since their letters are the book's own, and before
 * layout, which shows a description where there is no drawing.
 */
#include "build_run.h"

/* What the generic families are: themes say so of an `svg` element with such a class. */
static inc_families families_of(inc_styler *styler, const inc_node *book, const inc_style *style, const char *generic)
{
    return inc_style_synthetic(styler, book, style, "svg", inc_str_of(generic))->families;
}

void inc_run_graphics(inc_run *run)
{
    inc_arena *arena = run->result.arena;
    const inc_node *book = run->document->book;
    inc_styler *styler = NULL;
    inc_graphic_context context;
    for (inc_walk w = inc_walk_begin(book); inc_walk_next(&w);) {
        const inc_node *node = w.node;
        if (!w.enter || node->kind != INC_NODE_IMAGE || !node->as.image.file.n)
            continue;
        const inc_image *image = inc_images_open(run->images, node->as.image.name, node->as.image.file, node->span);
        if (!image || image->kind != INC_IMAGE_SVG || image->tried)
            continue;
        if (!styler) {
            styler = inc_styler_new(arena, run->sheet, run->result.diags);
            const inc_style *style = inc_style_of(styler, book, NULL);
            inc_families serif = families_of(styler, book, style, "serif"), sans = families_of(styler, book, style, "sans-serif"),
                         mono = families_of(styler, book, style, "monospace");
            context = (inc_graphic_context){
                .fonts = run->fonts,
                .shaper = inc_shaper_new(arena, run->fonts),
                .images = run->images,
                .serif = serif.v, .sans = sans.v, .mono = mono.v,
                .serif_count = serif.n, .sans_count = sans.n, .mono_count = mono.n,
                .sources = run->result.sources,
                .root = run->manuscript->reach,
                .language = run->document->meta.language,
                .current = style->paint[INC_PRINT].color, /* one drawing for both files: where only one of the two is black, it is this */
            };
        }
        inc_images_draw(run->images, image, inc_svg_graphic(image, &context, arena, run->result.diags));
    }
}
