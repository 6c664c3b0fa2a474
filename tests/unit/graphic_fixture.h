/* graphic_fixture.h - graphics made by hand, as an SVG would give them. */
#ifndef INC_TEST_GRAPHIC_FIXTURE_H
#define INC_TEST_GRAPHIC_FIXTURE_H

#include "pdf_tools.h"

#include "image/graphic.h"

typedef struct sketch {
    inc_arena *arena;
    inc_len width, height;
    INC_VEC(inc_op) ops;
    inc_paint fill, stroke; /* of what is drawn next */
    inc_len line;
} sketch;

#define PX(value) ((inc_len)((value) * 65536.0))

static const inc_matrix same_space = {INC_MATRIX_ONE, 0, 0, INC_MATRIX_ONE, 0, 0};

static inline sketch sketch_of(inc_arena *arena, int width, int height)
{
    return (sketch){.arena = arena, .width = width * INC_PT, .height = height * INC_PT, .line = INC_PT};
}

static inline inc_paint ink_of(unsigned rgb, uint8_t a)
{
    return (inc_paint){.kind = INC_PAINT_COLOR, .opacity = 255, .as.color = {(uint8_t)(rgb >> 16), (uint8_t)(rgb >> 8), (uint8_t)rgb, a}};
}

/* "M0 0L10 0C1 2 3 4 5 6Z" in px. */
static inline inc_path path_of(inc_arena *arena, const char *text)
{
    INC_VEC(uint8_t) segments = {0};
    INC_VEC(inc_len) points = {0};
    for (const char *p = text; *p;) {
        static const char letters[] = "MLCZ";
        if (strchr(letters, *p)) {
            INC_PUSH(arena, &segments, (uint8_t)(strchr(letters, *p++) - letters));
        } else if (*p == ' ')
            p++;
        else {
            char *end;
            INC_PUSH(arena, &points, PX(strtod(p, &end)));
            p = end;
        }
    }
    return (inc_path){segments.v, (uint32_t)segments.n, points.v, (uint32_t)points.n / 2};
}

static inline inc_op *push_op(sketch *s, inc_op_kind kind)
{
    INC_PUSH(s->arena, &s->ops, (inc_op){.kind = kind, .matrix = same_space, .fill = s->fill});
    inc_op *op = &s->ops.v[s->ops.n - 1];
    op->stroke = (inc_stroke){.paint = s->stroke, .width = s->line, .miter_limit = 4 * INC_MATRIX_ONE};
    return op;
}

static inline inc_op *draw_path(sketch *s, const char *path)
{
    inc_op *op = push_op(s, INC_OP_PATH);
    op->as.path.path = path_of(s->arena, path);
    return op;
}

static inline inc_op *draw_text(sketch *s, book *b, const char *text, double x, double y)
{
    inc_shape_request request = {.chain = b->chain, .size = b->size, .language = INC_STR("en")};
    const inc_shaped *shaped = inc_shape(b->shaper, &request, inc_str_of(text));
    inc_op *op = push_op(s, INC_OP_TEXT);
    op->as.text.run = &shaped->runs[0];
    op->as.text.text = inc_str_of(text);
    op->as.text.x = PX(x);
    op->as.text.y = PX(y);
    return op;
}

static inline inc_op *begin_group(sketch *s, uint8_t opacity)
{
    inc_op *op = push_op(s, INC_OP_BEGIN);
    op->as.group.opacity = opacity;
    return op;
}

static inline void end_group(sketch *s)
{
    push_op(s, INC_OP_END);
}

static inline const inc_clip *clip_of(inc_arena *arena, const char *a, const char *b, bool even_odd)
{
    inc_path *paths = INC_NEW_N(arena, inc_path, 2);
    bool *rules = INC_NEW_N(arena, bool, 2);
    inc_clip *clip = INC_NEW(arena, inc_clip);
    paths[0] = path_of(arena, a);
    if (b)
        paths[1] = path_of(arena, b);
    rules[0] = rules[1] = even_odd;
    *clip = (inc_clip){paths, rules, b ? 2 : 1};
    return clip;
}

static inline const inc_graphic *graphic_of(const sketch *s)
{
    inc_graphic *g = INC_NEW(s->arena, inc_graphic);
    *g = (inc_graphic){.width = s->width, .height = s->height, .ops = s->ops.v, .op_count = s->ops.n};
    return g;
}

static inline inc_paint gradient_paint(inc_arena *arena, inc_paint_kind kind, const double box[6], const inc_stop *stops, uint32_t n)
{
    inc_gradient *g = INC_NEW(arena, inc_gradient);
    *g = (inc_gradient){.matrix = same_space, .x0 = PX(box[0]), .y0 = PX(box[1]), .r0 = PX(box[2]), .x1 = PX(box[3]), .y1 = PX(box[4]), .r1 = PX(box[5]),
                        .stops = stops, .stop_count = n};
    return (inc_paint){.kind = kind, .opacity = 255, .as.gradient = g};
}

/* A page of the book with the graphic on it, in a figure. */
static inline inc_mark *show_graphic(book *b, const inc_graphic *graphic, inc_len x, inc_len y, inc_len width, inc_len height)
{
    inc_image *image = make_image(b, INC_IMAGE_SVG, "drawing.svg", INC_STR("<svg/>"), 1);
    inc_tag *figure = tag(b, b->pages.tags, INC_TAG_FIGURE);
    image->graphic = graphic;
    figure->alt = INC_STR("A drawing");
    b->page = 1;
    picture(b, figure, image, x, y, width, height);
    b->pages.pages[1].blank = false;
    b->pages.pages[1].marks = b->marks[1].v;
    b->pages.pages[1].mark_count = b->marks[1].n;
    b->pages.tag_count = b->tags;
    return &b->marks[1].v[b->marks[1].n - 1];
}

#endif
