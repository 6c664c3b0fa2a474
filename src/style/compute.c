/* compute.c - inheritance, the cascaded declarations in three stages, and what follows from them. */
#include "style/compute.h"

#include "style/read.h"

static const inc_computed *unset_source(inc_property_id id, const inc_computed *parent)
{
    return inc_property_info_of(id)->flags & INC_PROP_INHERITED ? parent : &inc_computed_initial;
}

static void start(inc_computed *c, const inc_compute *r)
{
    inc_property_id id = INC_PROP_NONE;
    *c = inc_computed_initial;
    for (const inc_field *f = inc_field_next(NULL, &id); f; f = inc_field_next(f, &id))
        if (inc_property_info_of(id)->flags & INC_PROP_INHERITED)
            for (int m = 0; m < (f->medium ? INC_MEDIUM_COUNT : 1); m++)
                memcpy(inc_field_of(c, f, (inc_medium)m), inc_field_of(r->parent, f, (inc_medium)m), f->size);
    c->style.display = r->display;
    if (r->own_align)
        c->style.text_align = r->text_align;
}

/* ---- custom properties ---- */

static bool is_word_alone(const inc_declaration *d, const char *word) { return d->value.n == 1 && inc_css_is_word(&d->value.v[0], word); }

static const inc_variables *variables_of(const inc_compute *r, inc_medium m)
{
    INC_VEC(inc_variable) list = {0};
    const inc_variables *outer = r->parent->medium[m].variables;
    for (int important = 0; important < 2; important++)
        for (size_t i = 0; i < r->count; i++)
            for (size_t k = 0; k < r->sources[i].declarations.n && r->sources[i].condition->paged[m]; k++) {
                const inc_declaration *d = &r->sources[i].declarations.v[k];
                if (d->property != INC_PROP_CUSTOM || d->important != important || d->broken)
                    continue;
                inc_variable v = {.name = d->name, .value = d->value, .unset = is_word_alone(d, "initial"), .span = d->span};
                const inc_variable *inherited = is_word_alone(d, "inherit") || is_word_alone(d, "unset") ? inc_variables_find(outer, d->name) : NULL;
                v = inherited ? *inherited : v;
                INC_PUSH(r->interner->arena, &list, v);
            }
    return inc_intern_variables(r->interner, outer, list.v, (uint32_t)list.n);
}

/* ---- declarations ---- */

static void unset(inc_apply *a, inc_property_id id)
{
    const inc_property_id *longhands;
    size_t n = inc_property_longhands(id, &longhands);
    for (size_t i = 0; i < n; i++) {
        const inc_field *field;
        for (unsigned k = 0; (field = inc_property_field(longhands[i], k)); k++)
            memcpy(inc_apply_field(a, longhands[i], k), inc_field_of(unset_source(longhands[i], a->parent), field, a->medium), field->size);
    }
}

static void apply(inc_apply *a, const inc_declaration *d)
{
    inc_css_tokens value = d->value;
    bool valid = !d->has_var || inc_variables_substitute(a->interner->arena, a->out->medium[a->medium].variables, d->value, &value);
    if (!valid || inc_property_apply(a, d->property, value) != INC_CSS_OK)
        unset(a, d->property); /* invalid at computed-value time */
}

static inc_len line_height_of(const inc_computed *c)
{
    switch (c->line_kind) {
    case INC_LINE_NORMAL: return inc_len_scale(c->style.font_size, 6, 5);
    case INC_LINE_NUMBER: return inc_len_times(c->style.font_size, c->line_value);
    default: return c->line_value;
    }
}

static void apply_all(inc_computed *c, const inc_compute *r, inc_medium m)
{
    inc_apply a = {.out = c, .parent = r->parent, .medium = m, .interner = r->interner,
        .units = {.em = r->parent->style.font_size, .rem = r->rem, .lh = line_height_of(r->parent)}};
    c->medium[m].variables = variables_of(r, m);
    for (a.stage = INC_STAGE_FONT_SIZE; a.stage < INC_STAGE_COUNT; a.stage++) {
        for (int important = 0; important < 2; important++)
            for (size_t i = 0; i < r->count; i++)
                for (size_t k = 0; k < r->sources[i].declarations.n && r->sources[i].condition->paged[m]; k++) {
                    const inc_declaration *d = &r->sources[i].declarations.v[k];
                    if (d->property > INC_PROP_NONE && d->property < INC_PROP_COUNT && d->important == important)
                        apply(&a, d);
                }
        a.units.em = c->style.font_size;
        if (a.stage == INC_STAGE_LINE_HEIGHT)
            a.units.lh = line_height_of(c);
    }
}

/* ---- what follows ---- */

static inc_color resolved(inc_color_value value, inc_color current) { return value.current ? current : value.color; }

/* Decorations reach into inline children, not into boxes that stand apart (CSS Text Decoration 3, section 2). */
static void finish_decoration(inc_style *s, const inc_style_medium *own, const inc_style *parent, inc_medium m)
{
    inc_style_paint *paint = &s->paint[m];
    const inc_style_paint *from = &parent->paint[m];
    bool apart = s->display == INC_DISPLAY_INLINE_BLOCK || s->float_side != INC_FLOAT_NONE;
    paint->decoration_lines = own->decoration_own;
    paint->decoration = own->decoration_own ? resolved(own->decoration_color, own->color) : (inc_color){0, 0, 0, 0};
    if (apart || !from->decoration_lines)
        return;
    if (!own->decoration_own)
        paint->decoration = from->decoration;
    paint->decoration_lines |= from->decoration_lines;
}

static void finish(inc_computed *c, const inc_compute *r)
{
    inc_style *s = &c->style;
    s->line_height = line_height_of(c);
    s->features = inc_features_merge(r->interner, c);
    for (int m = 0; m < INC_MEDIUM_COUNT; m++) {
        const inc_style_medium *own = &c->medium[m];
        inc_style_paint *paint = &s->paint[m];
        paint->color = own->color;
        paint->background = resolved(own->background, own->color);
        memcpy(paint->border_style, own->border_style, sizeof paint->border_style);
        for (int side = 0; side < 4; side++)
            paint->border[side] = own->border_style[side] ? resolved(own->border_color[side], own->color) : (inc_color){0, 0, 0, 0};
        finish_decoration(s, own, &r->parent->style, (inc_medium)m);
    }
    for (int side = 0; side < 4; side++) {
        const inc_style_medium *print = &c->medium[INC_PRINT], *screen = &c->medium[INC_SCREEN];
        s->border_width[side] = print->border_style[side]    ? print->border_width[side]
                                : screen->border_style[side] ? screen->border_width[side]
                                                               : 0;
    }
}

const inc_computed *inc_style_compute(const inc_compute *request)
{
    inc_computed style, screen;
    start(&style, request);
    screen = style;
    apply_all(&style, request, INC_PRINT); /* geometry is print's */
    apply_all(&screen, request, INC_SCREEN);
    style.medium[INC_SCREEN] = screen.medium[INC_SCREEN];
    finish(&style, request);
    return inc_intern_computed(request->interner, &style);
}
