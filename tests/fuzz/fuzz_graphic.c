/* fuzz_graphic.c - any bytes are an SVG that is drawn: what comes out keeps to what image/graphic.h promises. */
#include "folder.h"

#include "base/files.h"
#include "image/graphic.h"

static void check_graphic(const inc_graphic *graphic, unsigned nesting);

static void check_len(inc_len v)
{
    FUZZ_CHECK(v >= -INC_LEN_SANE && v <= INC_LEN_SANE, "a length of %lld", (long long)v);
}

static void check_matrix(const inc_matrix *m)
{
    const int64_t v[] = {m->a, m->b, m->c, m->d, m->e, m->f};
    for (size_t i = 0; i < INC_COUNT(v); i++)
        check_len(v[i]);
}

static void check_path(const inc_path *path)
{
    static const uint32_t counts[] = {1, 1, 3, 0};
    uint32_t points = 0;
    for (uint32_t i = 0; i < path->segment_count; i++) {
        FUZZ_CHECK(path->segments[i] <= INC_SEGMENT_CLOSE, "segment %u", path->segments[i]);
        FUZZ_CHECK(path->segments[i] == INC_SEGMENT_MOVE || (i && path->segments[i - 1] != INC_SEGMENT_CLOSE), "segment %u begins without a place", i);
        points += counts[path->segments[i]];
    }
    FUZZ_CHECK(points == path->point_count, "%u points of %u", points, path->point_count);
    for (uint32_t i = 0; i < points * 2; i++)
        check_len(path->points[i]);
}

static void check_gradient(const inc_gradient *g)
{
    check_matrix(&g->matrix);
    FUZZ_CHECK(g->stop_count >= 2, "%u stops", g->stop_count);
    bool differ = false;
    for (uint32_t i = 0; i < g->stop_count; i++) {
        FUZZ_CHECK(g->stops[i].offset <= 65536 && (!i || g->stops[i].offset >= g->stops[i - 1].offset), "stop %u at %u", i, g->stops[i].offset);
        differ |= memcmp(&g->stops[i].color, &g->stops[0].color, sizeof(inc_color)) != 0;
    }
    FUZZ_CHECK(differ && g->r0 >= 0 && g->r1 >= 0, "a gradient that is none");
}

static void check_paint(const inc_paint *paint, unsigned nesting)
{
    if (paint->kind == INC_PAINT_LINEAR || paint->kind == INC_PAINT_RADIAL)
        check_gradient(paint->as.gradient);
    if (paint->kind == INC_PAINT_PATTERN) {
        const inc_pattern *p = paint->as.pattern;
        check_matrix(&p->matrix);
        FUZZ_CHECK(p->width > 0 && p->height > 0 && p->tile->width == p->width && p->tile->height == p->height, "a tile without a size");
        check_graphic(p->tile, nesting + 1);
    }
}

static void check_stroke(const inc_stroke *s, unsigned nesting)
{
    if (s->paint.kind == INC_PAINT_NONE)
        return;
    check_paint(&s->paint, nesting);
    FUZZ_CHECK(s->width > 0 && s->miter_limit >= INC_MATRIX_ONE, "a stroke of width %lld", (long long)s->width);
    inc_len sum = 0;
    for (uint32_t i = 0; s->dashes && i < s->dash_count; i++) {
        FUZZ_CHECK(s->dashes[i] >= 0, "a dash below 0");
        sum += s->dashes[i];
    }
    FUZZ_CHECK(!s->dashes || sum > 0, "dashes of no length");
}

static void check_text(const inc_op *op)
{
    const inc_glyph_run *run = op->as.text.run;
    inc_len advance = 0;
    FUZZ_CHECK(run->size > 0 && (size_t)run->start + run->length <= op->as.text.text.n, "a run from %u, %u long", run->start, run->length);
    FUZZ_CHECK(inc_utf8_invalid(op->as.text.text) == INC_NPOS, "text is not UTF-8");
    for (uint32_t i = 0; i < run->count; i++) {
        FUZZ_CHECK(run->glyphs[i].cluster <= op->as.text.text.n, "a cluster out of the text");
        advance += run->glyphs[i].advance;
    }
    FUZZ_CHECK(advance == run->advance, "advances that do not add up");
}

static void check_group(const inc_op *op, unsigned nesting)
{
    for (uint32_t i = 0; i < op->as.group.clip_count; i++)
        for (uint32_t k = 0; k < op->as.group.clips[i].path_count; k++)
            check_path(&op->as.group.clips[i].paths[k]);
    const inc_mask *mask = op->as.group.mask;
    if (mask) {
        check_len(mask->x), check_len(mask->y), check_len(mask->width), check_len(mask->height);
        check_graphic(mask->content, nesting + 1);
    }
}

static void check_graphic(const inc_graphic *graphic, unsigned nesting)
{
    unsigned depth = 0;
    FUZZ_CHECK(nesting <= INC_GRAPHIC_NESTING_MAX, "graphics in graphics, %u deep", nesting);
    for (size_t i = 0; i < graphic->op_count; i++) {
        const inc_op *op = &graphic->ops[i];
        check_matrix(&op->matrix);
        if (op->kind == INC_OP_BEGIN) {
            FUZZ_CHECK(++depth <= INC_GRAPHIC_DEPTH_MAX, "too deep");
            check_group(op, nesting);
        } else if (op->kind == INC_OP_END)
            FUZZ_CHECK(depth-- > 0, "an end too many");
        else if (op->kind == INC_OP_IMAGE)
            FUZZ_CHECK(op->as.image->kind != INC_IMAGE_SVG && op->as.image->kind != INC_IMAGE_UNKNOWN, "a picture that is none");
        else {
            check_paint(&op->fill, nesting);
            check_stroke(&op->stroke, nesting);
            if (op->kind == INC_OP_PATH)
                check_path(&op->as.path.path);
            else
                check_text(op);
        }
    }
    FUZZ_CHECK(depth == 0, "%u groups without an end", depth);
}

static void declare(inc_fonts *fonts, inc_arena *arena, const char *family, const char *file)
{
    const char *root = getenv("INCIPIT_ROOT");
    inc_fonts_declare(fonts, inc_str_of(family), 400, false, inc_strf(arena, "%s/fonts/%s", root ? root : ".", file), INC_NO_SPAN);
}

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    static const inc_str serif[] = {{"Serif", 5}}, sans[] = {{"Sans", 4}}, mono[] = {{"Mono", 4}};
    inc_str folder = fuzz_folder(), name = INC_STR("drawing.svg");
    fuzz_file(arena, folder, name, input);
    inc_sources *sources = inc_sources_new(arena);
    inc_diags *diags = inc_diags_new(arena);
    inc_fonts *fonts = inc_fonts_new(arena, diags);
    declare(fonts, arena, "Serif", "source-serif-4/SourceSerif4_400Regular.ttf");
    declare(fonts, arena, "Sans", "source-sans-3/SourceSans3_400Regular.ttf");
    declare(fonts, arena, "Mono", "iosevka-charon-mono/IosevkaCharonMono_400Regular.ttf");
    inc_graphic_context context = {.fonts = fonts, .shaper = inc_shaper_new(arena, fonts), .images = inc_images_new(arena, diags), .serif = serif, .sans = sans,
                                   .mono = mono, .serif_count = 1, .sans_count = 1, .mono_count = 1, .current = {0, 0, 0, 255}, .sources = sources, .root = folder};
    const inc_image *image = inc_images_open(context.images, name, inc_path_join(arena, folder, name), INC_NO_SPAN);
    if (image && image->kind == INC_IMAGE_SVG) {
        const inc_graphic *graphic = inc_svg_graphic(image, &context, arena, diags);
        if (graphic) {
            check_graphic(graphic, 0);
            inc_graphic_dump(graphic, out);
        }
    }
    fuzz_check_diags(sources, diags, out);
}
