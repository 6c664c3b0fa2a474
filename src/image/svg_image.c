/* svg_image.c - pictures inside of an SVG: data: URLs, files of the book, and SVGs up to a depth. */
#include "base/files.h"
#include "base/urls.h"
#include "image/svg.h"

/* ---- where the picture is ---- */

static int base64_digit(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : c >= '0' && c <= '9' ? c - '0' + 52 : c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static inc_str from_base64(inc_arena *arena, inc_str s)
{
    char *bytes = inc_alloc(arena, s.n / 4 * 3 + 4);
    size_t n = 0;
    uint32_t word = 0;
    unsigned bits = 0;
    for (size_t i = 0; i < s.n; i++) {
        int digit = base64_digit(s.p[i]);
        if (digit < 0)
            continue; /* line ends, and = */
        word = word << 6 | (uint32_t)digit;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes[n++] = (char)(word >> bits & 0xFF);
        }
    }
    return (inc_str){bytes, n};
}

static const inc_image *data_image(inc_svg *svg, const inc_svg_node *node, inc_str url)
{
    size_t comma = inc_str_find_char(url, ',');
    if (comma == INC_NPOS)
        return NULL;
    inc_svg_charge(svg, url.n / 64);
    inc_str head = inc_str_slice(url, 0, comma), body = inc_percent_decode(svg->arena, inc_str_slice(url, comma + 1, url.n));
    if (inc_str_find(head, INC_STR(";base64")) != INC_NPOS)
        body = from_base64(svg->arena, body);
    return inc_images_add(svg->context->images, inc_strf(svg->arena, "picture in %.*s", INC_STR_ARG(svg->image->name)), body, inc_svg_span(svg, node));
}

static const inc_image *file_image(inc_svg *svg, const inc_svg_node *node, inc_str url)
{
    if (!svg->context->root.n || !svg->image->file.n || (url.n && url.p[0] == '/'))
        return NULL;
    inc_str relative = inc_url_decode(svg->arena, inc_url_cut(url).path);
    inc_str name = inc_path_normalise(svg->arena, inc_path_join(svg->arena, inc_path_folder(svg->image->name), relative));
    inc_str file = inc_path_join(svg->arena, inc_path_folder(svg->image->file), relative);
    if (!inc_file_exists(file))
        inc_svg_tell(svg, INC_SVG_F_IMAGE, INC_DIAG_MISSING_IMAGE, node, "image file '%.*s' does not exist", INC_STR_ARG(name));
    else if (!inc_path_inside(svg->context->root, file))
        inc_svg_tell(svg, INC_SVG_F_IMAGE, INC_DIAG_OUTSIDE_BOOK, node, "image file '%.*s' lies outside of the book's folder", INC_STR_ARG(name));
    else
        return inc_images_open(svg->context->images, name, file, inc_svg_span(svg, node));
    return NULL;
}

static const inc_image *find_image(inc_svg *svg, const inc_svg_node *node)
{
    inc_str url = inc_svg_attr(node, "href");
    if (!url.n || !svg->context->images)
        return NULL;
    if (inc_str_starts(url, INC_STR("data:")))
        return data_image(svg, node, url);
    if (!inc_url_cut(url).scheme.n && !inc_str_starts(url, INC_STR("//")))
        return file_image(svg, node, url);
    inc_svg_tell(svg, INC_SVG_F_IMAGE, INC_DIAG_REMOTE_IMAGE, node, "image '%.*s' shows '%.*s', which is no file of the book", INC_STR_ARG(svg->image->name),
                 INC_STR_ARG(url));
    return NULL;
}

/* ---- drawing it ---- */

static void draw_inner_svg(inc_svg *svg, const inc_svg_state *state, const inc_svg_node *node, const inc_image *image, inc_svg_matrix ctm, double width, double height)
{
    if (svg->level + 1 >= INC_SVG_LEVELS_MAX) {
        inc_svg_tell(svg, INC_SVG_F_DEPTH, INC_DIAG_SVG_NOT_DRAWN, node, "image '%.*s' has SVGs in each other too deep", INC_STR_ARG(svg->image->name));
        return;
    }
    inc_svg_charge(svg, image->bytes.n / 8);
    if (svg->budget->spent)
        return;
    inc_svg *inner = INC_NEW(svg->arena, inc_svg);
    inc_graphic_context *context = INC_NEW(svg->arena, inc_graphic_context);
    *context = *svg->context;
    context->current = (inc_color){0, 0, 0, 255};
    *inner = (inc_svg){.arena = svg->arena, .image = image, .context = context, .diags = svg->diags, .ids = inc_map_in(svg->arena), .level = svg->level + 1,
                       .budget = svg->budget, .depth = svg->depth, .nested = svg->nested};
    if (inc_svg_read(inner))
        inc_svg_draw_root(inner, state->canvas, ctm, width, height);
}

void inc_svg_draw_image(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style)
{
    const inc_image *image = style->hidden || state->clipping ? NULL : find_image(svg, node);
    if (!image)
        return;
    double natural_width = (double)image->natural_width / 65536 * 4 / 3, natural_height = (double)image->natural_height / 65536 * 4 / 3;
    inc_svg_rect box = {0, 0, image->width, image->height}, port = {inc_svg_geometry_of(svg, node, INC_SVG_P_X, style, state->width, 0),
                                                                    inc_svg_geometry_of(svg, node, INC_SVG_P_Y, style, state->height, 0),
                                                                    inc_svg_geometry_of(svg, node, INC_SVG_P_WIDTH, style, state->width, -1),
                                                                    inc_svg_geometry_of(svg, node, INC_SVG_P_HEIGHT, style, state->height, -1)};
    if (image->kind == INC_IMAGE_SVG)
        box.width = natural_width, box.height = natural_height;
    if (port.width < 0) /* auto: the picture's own, in pixels */
        port.width = port.height < 0 ? box.width : port.height * box.width / box.height;
    if (port.height < 0)
        port.height = port.width * box.height / box.width;
    if (!(port.width > 0) || !(port.height > 0))
        return;
    inc_str preserve = inc_svg_attr(node, "preserveAspectRatio");
    inc_svg_matrix ctm = inc_svg_multiply(state->ctm, inc_svg_fit(box, preserve, port));
    bool clips = image->kind == INC_IMAGE_SVG || inc_str_ends(preserve, INC_STR("slice"));
    unsigned groups = clips && !style->overflow_visible ? inc_svg_begin_clip(svg, state->canvas, port, state->ctm) : 0;
    if (image->kind == INC_IMAGE_SVG)
        draw_inner_svg(svg, state, node, image, ctm, box.width, box.height);
    else {
        inc_op op = {.kind = INC_OP_IMAGE, .matrix = inc_svg_baked(inc_svg_multiply(ctm, inc_svg_scaling(box.width, box.height))), .as.image = image};
        state->canvas->transparent |= image->kind != INC_IMAGE_JPEG;
        inc_svg_push(svg, state->canvas, &op);
    }
    inc_svg_end_groups(svg, state->canvas, groups);
}
