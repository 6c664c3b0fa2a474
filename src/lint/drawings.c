/*
 * drawings.c - what paper may lose of drawings at the size they are printed at: lines under 0.25 pt and text under 5 pt. Each file is reported once for
 * each of the two, where it comes out smallest.
 */
#include "lint/internal.h"

#include <math.h>

#include "base/map.h"

#define LEAST_LINE (INC_PT / 4)
#define LEAST_TEXT (5 * INC_PT)
#define ROUNDING (INC_PT / 64)

typedef enum kind { LINES, TEXTS, KIND_COUNT } kind;

typedef struct fine { /* a drawing's smallest lines or letters */
    const inc_image *image;
    const inc_tag *tag;
    uint32_t page, count;
    inc_len size;
    inc_str text;
} fine;

typedef struct drawing {
    fine of[KIND_COUNT];
} drawing;

/* A length of the operation's space on the page, where its matrix stretches both ways alike, and in the mean where it does not. */
static inc_len shown(inc_len length, const inc_matrix *m, inc_len printed, inc_len own)
{
    double a = (double)m->a / INC_MATRIX_ONE, b = (double)m->b / INC_MATRIX_ONE, c = (double)m->c / INC_MATRIX_ONE, d = (double)m->d / INC_MATRIX_ONE;
    double area = a * d - b * c;
    return inc_len_scale((inc_len)((double)length * sqrt(area < 0 ? -area : area)), printed, own);
}

static void note(fine *f, inc_len size, inc_len least, inc_str text)
{
    if (size >= least - ROUNDING)
        return;
    if (!f->count || size < f->size) {
        f->size = size;
        f->text = text;
    }
    f->count++;
}

static bool is_drawn(const inc_paint *paint)
{
    return paint->kind != INC_PAINT_NONE && paint->opacity && (paint->kind != INC_PAINT_COLOR || paint->as.color.a);
}

static void look_at(const inc_mark *mark, uint32_t page, fine found[KIND_COUNT])
{
    const inc_graphic *g = mark->as.image->graphic;
    inc_len width = mark->turned ? mark->height : mark->width;
    for (int k = 0; k < KIND_COUNT; k++)
        found[k] = (fine){.image = mark->as.image, .tag = mark->tag, .page = page, .text = INC_STR("")};
    for (size_t i = 0; i < g->op_count; i++) {
        const inc_op *op = &g->ops[i];
        if (op->kind != INC_OP_PATH && op->kind != INC_OP_TEXT)
            continue;
        if (op->kind == INC_OP_PATH && is_drawn(&op->stroke.paint) && op->stroke.width > 0)
            note(&found[LINES], shown(op->stroke.width, &op->matrix, width, g->width), LEAST_LINE, INC_STR(""));
        if (op->kind == INC_OP_TEXT && op->as.text.run && (is_drawn(&op->fill) || is_drawn(&op->stroke.paint)))
            note(&found[TEXTS], shown(op->as.text.run->size, &op->matrix, width, g->width), LEAST_TEXT, inc_str_trim(op->as.text.text));
    }
}

static void report(inc_linter *l, const fine *f, kind k)
{
    char size[32];
    size[inc_len_format(f->size, 2, size)] = '\0';
    inc_span span = f->tag ? f->tag->span : f->image->span;
    if (k == LINES)
        inc_lint_add(l, INC_DIAG_THIN_LINE, f->page, span, "lines of %s pt in '%.*s' as it is printed; %u so thin", size, INC_STR_ARG(f->image->name), f->count);
    else
        inc_lint_add(l, INC_DIAG_SMALL_LETTERING, f->page, span, "text of %s pt in '%.*s' as it is printed: '%.*s'; %u so small", size,
                     INC_STR_ARG(f->image->name), INC_STR_ARG(f->text), f->count);
}

void inc_lint_drawings(inc_linter *l)
{
    inc_map seen = inc_map_in(l->arena);
    INC_VEC(drawing *) drawings = {0};
    const inc_mark *mark;
    for (inc_lint_place at = {0}; (mark = inc_lint_picture(l, &at));) {
        if (!mark->as.image->graphic)
            continue;
        drawing *known = inc_map_find(&seen, mark->as.image->name);
        if (!known) {
            known = INC_NEW(l->arena, drawing);
            inc_map_put(&seen, mark->as.image->name, known);
            INC_PUSH(l->arena, &drawings, known);
        }
        fine found[KIND_COUNT];
        look_at(mark, at.page, found);
        for (int k = 0; k < KIND_COUNT; k++)
            if (found[k].count && (!known->of[k].count || found[k].size < known->of[k].size))
                known->of[k] = found[k];
    }
    for (size_t i = 0; i < drawings.n; i++)
        for (int k = 0; k < KIND_COUNT; k++)
            if (drawings.v[i]->of[k].count)
                report(l, &drawings.v[i]->of[k], (kind)k);
}
