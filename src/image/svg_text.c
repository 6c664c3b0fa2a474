/*
 * svg_text.c - text (SVG 2, chapter 11): gathered into letters with their places, cut into stretches of one style, shaped, placed, drawn.
 *
 * Text stays text, in the book's own fonts: svg_font.c says in which. What a drawing was measured with is rarely at hand, so that text may be
 * somewhat wider or narrower than its author saw it; its anchor holds.
 */
#include "image/svg_text.h"

#include "base/utf8.h"

/* ---- letters ---- */

typedef struct gathering {
    inc_svg *svg;
    inc_svg_text *text;
    double width, height;
    bool after_space; /* a space here would be one too many */
} gathering;

static bool is_space(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == '\f';
}

static void add_letters(gathering *g, inc_str s, const inc_svg_letter *like)
{
    for (size_t at = 0, next; at < s.n; at = next) {
        uint32_t cp = inc_utf8_decode(s, at, &next);
        bool space = is_space(cp);
        if (space && !like->style->preserve_space && g->after_space)
            continue;
        g->after_space = space;
        if (++g->svg->budget->letters > INC_SVG_LETTERS_MAX) {
            inc_svg_spend(g->svg);
            return;
        }
        inc_svg_letter letter = *like;
        letter.byte = (uint32_t)g->text->bytes.n;
        inc_buf_code_point(&g->text->bytes, space ? ' ' : cp);
        INC_PUSH(g->svg->arena, &g->text->letters, letter);
    }
}

/* A list of lengths for the letters from `from` on; those that an element inside has placed are left alone. */
static void place_list(gathering *g, inc_svg_node *node, const inc_svg_style *style, const char *name, size_t from, inc_svg_place place)
{
    inc_str s = inc_svg_attr(node, name);
    double v, whole = place == INC_SVG_PLACE_X || place == INC_SVG_PLACE_DX ? g->width : g->height;
    size_t at = from;
    for (inc_svg_skip(&s); s.n && at < g->text->letters.n && inc_svg_length_cut(&s, whole, style->font_size, &v); inc_svg_skip(&s), at++) {
        inc_svg_letter *letter = &g->text->letters.v[at];
        if (!(letter->placed & place)) {
            letter->placed |= (uint8_t)place;
            *(place == INC_SVG_PLACE_X ? &letter->x : place == INC_SVG_PLACE_Y ? &letter->y : place == INC_SVG_PLACE_DX ? &letter->dx : &letter->dy) = v;
        }
    }
}

static void place_turns(gathering *g, inc_svg_node *node, size_t from)
{
    inc_str s = inc_svg_attr(node, "rotate");
    double turn;
    inc_svg_blanks(&s);
    if (!inc_svg_number(&s, &turn))
        return;
    for (size_t i = from; i < g->text->letters.n; i++) { /* the last number holds for all that follow */
        inc_svg_letter *letter = &g->text->letters.v[i];
        if (!(letter->placed & INC_SVG_PLACE_TURN)) {
            letter->placed |= INC_SVG_PLACE_TURN;
            letter->turn = turn;
        }
        inc_svg_skip(&s);
        inc_svg_number(&s, &turn);
    }
}

static void place_length(gathering *g, inc_svg_node *node, const inc_svg_style *style, size_t from)
{
    double length;
    if (!inc_svg_length(inc_svg_attr(node, "textLength"), g->width, style->font_size, &length) || !(length > 0) || from == g->text->letters.n)
        return;
    inc_svg_adjustment a = {from, g->text->letters.n, length, inc_str_is(inc_svg_attr(node, "lengthAdjust"), "spacingAndGlyphs")};
    INC_PUSH(g->svg->arena, &g->text->adjustments, a);
}

static void gather(gathering *g, inc_svg_node *node, const inc_svg_style *style, const inc_svg_letter *above)
{
    size_t from = g->text->letters.n;
    inc_svg_letter like = *above;
    like.style = style;
    like.node = node;
    for (inc_svg_node *child = node->first; child; child = child->next) {
        if (child->tag == INC_SVG_TEXT_NODE) {
            add_letters(g, child->text, &like);
            continue;
        }
        if (child->tag != INC_SVG_TSPAN && child->tag != INC_SVG_A && child->tag != INC_SVG_TEXT_PATH)
            continue;
        const inc_svg_style *inner = inc_svg_style_under(g->svg, child, style, g->width, g->height);
        inc_svg_letter below = like;
        below.opacity *= inner->opacity;
        below.shift += inner->baseline_shift;
        if (child->tag == INC_SVG_TEXT_PATH)
            below.track = inc_svg_track_of(g->svg, child, inner, g->width, g->height);
        if (!inner->none && (child->tag != INC_SVG_TEXT_PATH || below.track))
            gather(g, child, inner, &below);
    }
    place_list(g, node, style, "x", from, INC_SVG_PLACE_X);
    place_list(g, node, style, "y", from, INC_SVG_PLACE_Y);
    place_list(g, node, style, "dx", from, INC_SVG_PLACE_DX);
    place_list(g, node, style, "dy", from, INC_SVG_PLACE_DY);
    place_turns(g, node, from);
    place_length(g, node, style, from);
}

/* ---- stretches ---- */

static bool breaks_before(const inc_svg_letter *before, const inc_svg_letter *letter)
{
    return letter->style != before->style || letter->track || before->track || letter->placed & ~INC_SVG_PLACE_TURN || letter->shift != before->shift || letter->turn != 0 || before->turn != 0;
}

static void cut_stretches(inc_svg *svg, inc_svg_text *text)
{
    for (size_t i = 0; i < text->letters.n; i++) {
        inc_svg_letter *letter = &text->letters.v[i];
        if (i && !breaks_before(letter - 1, letter))
            continue;
        if (text->stretches.n)
            text->stretches.v[text->stretches.n - 1].to = i;
        inc_svg_stretch s = {.from = i, .to = text->letters.n, .widened = 1, .chunk = !i || letter->placed & (INC_SVG_PLACE_X | INC_SVG_PLACE_Y) || letter->track != letter[-1].track};
        INC_PUSH(svg->arena, &text->stretches, s);
    }
}

static inc_str bytes_of(const inc_svg_text *text, const inc_svg_stretch *s)
{
    size_t end = s->to < text->letters.n ? text->letters.v[s->to].byte : text->bytes.n;
    return inc_str_slice(inc_buf_str(&text->bytes), text->letters.v[s->from].byte, end);
}

static void shape_stretches(inc_svg *svg, inc_svg_text *text)
{
    for (size_t i = 0; i < text->stretches.n; i++) {
        inc_svg_stretch *s = &text->stretches.v[i];
        s->bytes = bytes_of(text, s);
        s->letter = &text->letters.v[s->from];
        inc_svg_shape_text(svg, s->letter->style, s->letter->node, s->bytes, text->scale, s);
    }
}

/* textLength: the room that is missing goes between the letters, or widens them. */
static void adjust_lengths(inc_svg_text *text)
{
    for (size_t i = 0; i < text->adjustments.n; i++) {
        const inc_svg_adjustment *a = &text->adjustments.v[i];
        double natural = 0;
        for (size_t k = 0; k < text->stretches.n; k++)
            if (text->stretches.v[k].from >= a->from && text->stretches.v[k].to <= a->to)
                natural += text->stretches.v[k].advance;
        if (!(natural > 0))
            continue;
        for (size_t k = 0; k < text->stretches.n; k++) {
            inc_svg_stretch *s = &text->stretches.v[k];
            if (s->from < a->from || s->to > a->to)
                continue;
            size_t count = s->to - s->from;
            if (a->widens) {
                s->widened = a->length / natural;
                s->advance *= s->widened;
            } else if (a->to - a->from > 1) {
                s->extra = (a->length - natural) / (double)(a->to - a->from - 1);
                s->advance += s->extra * (double)(s->to == a->to ? count - 1 : count);
            }
        }
    }
}

/* One chunk begins at each absolute place; it is anchored as a whole. */
static void anchor_chunk(inc_svg_text *text, size_t from, size_t to)
{
    if (from == to)
        return;
    const inc_svg_stretch *first = &text->stretches.v[from], *last = &text->stretches.v[to - 1];
    double width = last->x + last->advance - first->x, shift = 0;
    uint8_t anchor = first->letter->style->anchor;
    if (first->letter->style->rtl && anchor != 1)
        anchor = (uint8_t)(2 - anchor);
    shift = anchor == 1 ? width / 2 : anchor == 2 ? width : 0;
    for (size_t i = from; i < to; i++)
        text->stretches.v[i].x -= shift;
}

/* From a straight line to the path: x is the length along it, y the distance from it. */
static void bend(inc_svg_stretch *s)
{
    inc_svg_point at;
    double direction, sine, cosine;
    s->turn = s->letter->turn;
    if (!s->letter->track)
        return;
    s->off = !inc_svg_track_at(s->letter->track, s->x + s->advance / 2, &at, &direction);
    if (s->off)
        return;
    inc_svg_sine(direction, &sine, &cosine);
    double back = -s->advance / 2, down = s->y;
    s->x = at.x + back * cosine - down * sine;
    s->y = at.y + back * sine + down * cosine;
    s->turn += direction;
}

static void place_stretches(inc_svg_text *text)
{
    double x = 0, y = 0;
    size_t chunk = 0;
    for (size_t i = 0; i < text->stretches.n; i++) {
        inc_svg_stretch *s = &text->stretches.v[i];
        const inc_svg_letter *letter = s->letter;
        if (s->chunk) {
            anchor_chunk(text, chunk, i);
            chunk = i;
        }
        if (letter->track && s->chunk)
            x = letter->track->offset, y = 0;
        x = letter->placed & INC_SVG_PLACE_X ? letter->x : x;
        y = letter->placed & INC_SVG_PLACE_Y ? letter->y : y;
        x += letter->dx;
        y += letter->dy;
        s->x = x;
        s->y = y + s->baseline - letter->shift;
        x += s->advance;
    }
    anchor_chunk(text, chunk, text->stretches.n);
    for (size_t i = 0; i < text->stretches.n; i++)
        bend(&text->stretches.v[i]);
}

static void lay_out(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, double scale, inc_svg_text *text)
{
    *text = (inc_svg_text){.bytes = inc_buf_in(svg->arena), .scale = scale};
    gathering g = {svg, text, state->width, state->height, true};
    gather(&g, node, style, &(inc_svg_letter){.opacity = 1, .shift = style->baseline_shift});
    while (text->letters.n && text->bytes.p[text->bytes.n - 1] == ' ' && !text->letters.v[text->letters.n - 1].style->preserve_space) {
        text->letters.n--; /* the space at the end */
        text->bytes.n--;
    }
    for (size_t i = 0; i < text->adjustments.n; i++)
        text->adjustments.v[i].to = INC_MIN(text->adjustments.v[i].to, text->letters.n);
    cut_stretches(svg, text);
    shape_stretches(svg, text);
    adjust_lengths(text);
    place_stretches(text);
}

/* ---- bounds ---- */

static bool bounds_of(const inc_svg_text *text, inc_svg_rect *bounds)
{
    bool any = false;
    for (size_t i = 0; i < text->stretches.n; i++) {
        const inc_svg_stretch *s = &text->stretches.v[i];
        inc_svg_rect_add(bounds, &any, s->x, s->y - s->ascent);
        inc_svg_rect_add(bounds, &any, s->x + s->advance, s->y + s->descent);
    }
    return any;
}

bool inc_svg_text_bounds(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style, inc_svg_rect *bounds)
{
    inc_svg_text text;
    lay_out(svg, node, state, style, 1, &text);
    return bounds_of(&text, bounds);
}

/* ---- drawing ---- */

static void draw_line(inc_svg *svg, const inc_svg_state *state, const inc_svg_stretch *s, double y, double thickness)
{
    inc_svg_path path = inc_svg_path_in(svg->arena);
    inc_svg_style plain = *s->letter->style;
    plain.stroke.kind = INC_SVG_PAINT_NONE;
    inc_svg_path_rect(&path, (inc_svg_rect){s->x, y - thickness / 2, s->advance, thickness});
    inc_svg_draw_path(svg, state, &plain, s->letter->node, &path, s->letter->opacity);
}

static void draw_lines(inc_svg *svg, const inc_svg_state *state, const inc_svg_stretch *s, unsigned which)
{
    which &= s->letter->style->decoration;
    if (which & INC_SVG_UNDERLINE)
        draw_line(svg, state, s, s->y - s->underline, s->thickness);
    if (which & INC_SVG_OVERLINE)
        draw_line(svg, state, s, s->y - s->ascent, s->thickness);
    if (which & INC_SVG_LINE_THROUGH)
        draw_line(svg, state, s, s->y - s->x_height / 2, s->thickness);
}

/* A copy in the graphic's own arena: the shaper shares its runs. The room that textLength asks for is added behind each cluster. */
static const inc_glyph_run *own_run(inc_svg *svg, const inc_glyph_run *run, double extra)
{
    inc_glyph_run *copy = INC_NEW(svg->arena, inc_glyph_run);
    *copy = *run;
    copy->glyphs = INC_NEW_N(svg->arena, inc_glyph, run->count);
    copy->advance = 0;
    for (uint32_t i = 0; i < run->count; i++) {
        copy->glyphs[i] = run->glyphs[i];
        bool last = i + 1 == run->count || run->glyphs[i + 1].cluster != run->glyphs[i].cluster;
        if (last && extra != 0)
            copy->glyphs[i].advance += (int32_t)INC_MAX(INC_MIN(inc_svg_len(extra), (inc_len)1 << 30), -((inc_len)1 << 30));
        copy->advance += copy->glyphs[i].advance;
    }
    return copy;
}

static bool is_upright(inc_svg_matrix m)
{
    return m.b == 0 && m.c == 0 && m.a > 0 && m.a - m.d < 1e-9 * m.a && m.d - m.a < 1e-9 * m.a;
}

static void draw_stretch(inc_svg *svg, const inc_svg_state *state, const inc_svg_text *text, const inc_svg_stretch *s, const inc_svg_rect *bounds)
{
    const inc_svg_style *style = s->letter->style;
    double scale = text->scale, x = s->x;
    inc_svg_matrix around = state->ctm;
    if (s->turn != 0)
        around = inc_svg_multiply(inc_svg_multiply(around, inc_svg_translation(s->x, s->y)),
                                  inc_svg_multiply(inc_svg_rotation(s->turn), inc_svg_translation(-s->x, -s->y)));
    if (s->widened != 1) {
        around = inc_svg_multiply(around, inc_svg_multiply(inc_svg_translation(s->x, 0), inc_svg_scaling(s->widened, 1)));
        x = 0;
    }
    inc_svg_target target = {.state = state, .style = style, .node = s->letter->node, .bounds = *bounds};
    inc_op op = {.kind = INC_OP_TEXT, .matrix = inc_svg_baked(INC_SVG_IDENTITY)};
    target.to_op = around;
    if (!is_upright(around)) {
        target.to_op = inc_svg_scaling(scale, scale);
        op.matrix = inc_svg_baked(inc_svg_multiply(around, inc_svg_scaling(1 / scale, 1 / scale)));
    }
    op.fill = inc_svg_paint_of(svg, &target, &style->fill, style->fill_opacity * s->letter->opacity);
    if (style->stroke.kind != INC_SVG_PAINT_NONE && style->stroke_width > 0 && !state->clipping) {
        op.stroke = inc_svg_stroke_of(svg, &target, style->non_scaling ? 1 : scale);
        op.stroke_first = (style->paint_order & 3) == INC_SVG_PAINT_STROKE;
    }
    if (op.fill.kind == INC_PAINT_NONE && op.stroke.paint.kind == INC_PAINT_NONE)
        return;
    inc_svg_point at = inc_svg_apply(target.to_op, x, s->y);
    inc_len pen = inc_svg_len(at.x);
    op.as.text.text = s->bytes;
    op.as.text.y = inc_svg_len(at.y);
    for (uint32_t i = 0; i < s->run_count; i++) {
        op.as.text.run = own_run(svg, &s->runs[i], s->extra * scale);
        op.as.text.x = pen;
        pen += op.as.text.run->advance;
        inc_svg_push(svg, state->canvas, &op);
    }
}

void inc_svg_draw_text(inc_svg *svg, inc_svg_node *node, const inc_svg_state *state, const inc_svg_style *style)
{
    inc_svg_text text;
    inc_svg_rect bounds = {0, 0, 0, 0};
    lay_out(svg, node, state, style, inc_svg_scale_of(state->ctm), &text);
    bounds_of(&text, &bounds);
    for (size_t i = 0; i < text.stretches.n && !svg->budget->spent; i++) {
        const inc_svg_stretch *s = &text.stretches.v[i];
        if (s->letter->style->hidden || !s->run_count || s->off)
            continue;
        draw_lines(svg, state, s, INC_SVG_UNDERLINE | INC_SVG_OVERLINE);
        draw_stretch(svg, state, &text, s, &bounds);
        draw_lines(svg, state, s, INC_SVG_LINE_THROUGH);
    }
}
