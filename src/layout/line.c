/* line.c - one line of a paragraph: its text, leaders, pictures, decorations and links as marks, its space shared out. */
#include "layout/paragraph.h"

#include "document/terms.h"

enum { LEADER_MAX = 500 };

#define TRACKING_LEAST (INC_PT / 128) /* less does not show */

typedef struct setter { /* one line being set */
    inc_para *p;
    inc_marks back, text, links; /* painted in this order */
    inc_len x;               /* pen */
    inc_len baseline, height;
    inc_vbox *box;
    inc_len extra;           /* tracking */
    const inc_atom *last;    /* that drew something */
    inc_len leader;          /* what the line's leader takes beside its least width */
    bool even;               /* all spaces of the line grow alike: it is justified in text that is not */
} setter;

typedef struct stretchline { /* a continuous decoration or link rectangle */
    const void *key;
    inc_len x0, x1;
    const inc_atom *atom;
} stretchline;

static void set_colors(inc_mark *mark, const inc_style *style)
{
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        mark->color[m] = style->paint[m].color;
}

static void push_rule(setter *s, inc_marks *to, inc_len x, inc_len y, inc_len width, inc_len height, const inc_color color[INC_MEDIUM_COUNT])
{
    inc_mark mark = {.kind = INC_MARK_RULE, .x = x, .y = y, .width = width, .height = height};
    memcpy(mark.color, color, sizeof mark.color);
    if (mark.color[INC_SCREEN].a || mark.color[INC_PRINT].a)
        INC_PUSH(s->p->scratch, to, mark);
}

static void decoration_color(const inc_style *style, uint8_t line, inc_color color[INC_MEDIUM_COUNT])
{
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        color[m] = !(style->paint[m].decoration_lines & line) ? (inc_color){0, 0, 0, 0}
                   : style->paint[m].decoration.a            ? style->paint[m].decoration
                                                             : style->paint[m].color;
}

static void close_underline(setter *s, stretchline *line)
{
    if (!line->key)
        return;
    const inc_style *style = line->atom->style;
    inc_color color[INC_MEDIUM_COUNT];
    decoration_color(style, INC_DECORATION_UNDERLINE, color);
    push_rule(s, &s->text, line->x0, s->baseline + 2 * INC_PT, line->x1 - line->x0, INC_PT / 2, color);
    decoration_color(style, INC_DECORATION_LINE_THROUGH, color);
    push_rule(s, &s->text, line->x0, s->baseline - style->font_size / 4, line->x1 - line->x0, INC_PT * 3 / 4, color);
    decoration_color(style, INC_DECORATION_OVERLINE, color);
    push_rule(s, &s->text, line->x0, s->baseline - inc_len_scale(style->font_size, 92, 100), line->x1 - line->x0, INC_PT / 2, color);
    line->key = NULL;
}

static bool has_box(const inc_style *style)
{
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        if (style->paint[m].background.a)
            return true;
    return style->border_width[INC_TOP] || style->border_width[INC_RIGHT] || style->border_width[INC_BOTTOM] || style->border_width[INC_LEFT];
}

/* Background and border of an inline element around what stands on this line. */
static void close_inline_box(setter *s, stretchline *line)
{
    if (!line->key)
        return;
    const inc_style *style = line->atom->style;
    inc_len ascent = inc_len_scale(style->font_size, 92, 100), descent = inc_len_scale(style->font_size, 28, 100);
    ascent += inc_dim_resolve(style->padding[INC_TOP], s->p->b->width, 0);
    descent += inc_dim_resolve(style->padding[INC_BOTTOM], s->p->b->width, 0);
    inc_len y0 = s->baseline - line->atom->shift - ascent, y1 = s->baseline - line->atom->shift + descent;
    inc_color color[INC_MEDIUM_COUNT];
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        color[m] = style->paint[m].background;
    push_rule(s, &s->back, line->x0, y0, line->x1 - line->x0, y1 - y0, color);
    const inc_len *w = style->border_width;
    const struct {
        inc_side side;
        inc_len x, y, width, height;
    } edges[] = {
        {INC_TOP, line->x0, y0, line->x1 - line->x0, w[INC_TOP]},
        {INC_BOTTOM, line->x0, y1 - w[INC_BOTTOM], line->x1 - line->x0, w[INC_BOTTOM]},
        {INC_LEFT, line->x0, y0, w[INC_LEFT], y1 - y0},
        {INC_RIGHT, line->x1 - w[INC_RIGHT], y0, w[INC_RIGHT], y1 - y0},
    };
    for (size_t i = 0; i < INC_COUNT(edges); i++)
        inc_border_marks(s->p->scratch, &s->back, style, edges[i].side, edges[i].x, edges[i].y, edges[i].width, edges[i].height);
    line->key = NULL;
}

inc_str inc_destination_of(inc_flow *flow, const inc_node *target)
{
    const inc_node *chapter = inc_node_within(target, INC_NODE_CHAPTER);
    if (!chapter)
        return target->kind == INC_NODE_PART ? target->label : INC_STR("");
    if (target->kind == INC_NODE_CHAPTER || !target->label.n)
        return chapter->as.chapter.name;
    return inc_strf(flow->arena, "%.*s#%.*s", INC_STR_ARG(chapter->as.chapter.name), INC_STR_ARG(target->label));
}

static inc_str note_destination(inc_flow *flow, const inc_node *note)
{
    const inc_node *chapter = inc_node_within(note, INC_NODE_CHAPTER);
    inc_str name = chapter ? chapter->as.chapter.name : INC_STR("");
    return inc_strf(flow->arena, "%.*s#fn-%u", INC_STR_ARG(name), inc_note_paper_number(note));
}

static const inc_terms *terms_of(const inc_flow *flow)
{
    return inc_terms_of(flow->worker->input->document->meta.language);
}

static void close_link(setter *s, stretchline *line)
{
    if (!line->key)
        return;
    inc_flow *flow = s->p->flow;
    const inc_node *node = line->atom->link;
    inc_tag *tag = line->atom->tag;
    while (tag && tag->kind != INC_TAG_LINK)
        tag = tag->parent;
    inc_mark mark = {.kind = INC_MARK_LINK, .tag = tag, .x = line->x0, .y = 0, .width = line->x1 - line->x0, .height = s->height};
    if (node->kind == INC_NODE_LINK) {
        mark.as.link.contents = inc_node_flatten(flow->arena, node, true);
        if (node->as.link.target)
            mark.as.link.destination = inc_destination_of(flow, node->as.link.target);
        else
            mark.as.link.uri = node->as.link.url;
    } else if (node->kind == INC_NODE_NOTE_REF) {
        mark.as.link.destination = note_destination(flow, node->as.note_ref.note);
        mark.as.link.contents = inc_terms_numbered(flow->arena, terms_of(flow), terms_of(flow)->footnote,
                                                   inc_strf(flow->arena, "%u", inc_note_paper_number(node->as.note_ref.note)));
    } else {
        mark.as.link.destination = inc_destination_of(flow, node->as.page_ref.target);
        mark.as.link.contents = inc_terms_numbered(flow->arena, terms_of(flow), terms_of(flow)->page, inc_target_page(flow, node->as.page_ref.target));
        flow->page_refs.n--; /* asking again is no second reference */
    }
    if (tag && (mark.as.link.destination.n || mark.as.link.uri.n))
        INC_PUSH(s->p->scratch, &s->links, mark);
    line->key = NULL;
}

/* Lets a stretched thing go on, or closes it and begins anew. */
static bool goes_on(stretchline *line, const void *key, inc_len x1)
{
    if (line->key && line->key == key) {
        line->x1 = x1;
        return true;
    }
    return false;
}

typedef struct decorations {
    stretchline underline, box, link;
} decorations;

static void decorate(setter *s, decorations *d, const inc_atom *atom, inc_len x0, inc_len x1)
{
    const inc_style *style = atom ? atom->style : NULL;
    bool lined = style && atom->kind != INC_ATOM_PICTURE && (style->paint[0].decoration_lines | style->paint[1].decoration_lines);
    const void *under = lined ? (const void *)style : NULL;
    if (!goes_on(&d->underline, under, x1)) {
        close_underline(s, &d->underline);
        d->underline = (stretchline){under, x0, x1, atom};
    }
    const void *boxed = style && style != s->p->style && has_box(style) ? (const void *)style : NULL;
    if (!goes_on(&d->box, boxed, x1)) {
        close_inline_box(s, &d->box);
        d->box = (stretchline){boxed, x0, x1, atom};
    }
    const void *link = atom ? (const void *)atom->link : NULL;
    if (!goes_on(&d->link, link, x1)) {
        close_link(s, &d->link);
        d->link = (stretchline){link, x0, x1, atom};
    }
}

static void note_first_text(setter *s, const inc_lump *piece, const inc_atom *atom)
{
    if (s->box->node || !atom->node || (atom->node->kind != INC_NODE_TEXT && atom->node->kind != INC_NODE_CODE_SPAN))
        return;
    s->box->node = atom->node;
    s->box->byte = atom->recased ? 0 : atom->node_byte + (piece->start - atom->start);
}

/* Lengthens the last mark by a piece of the same run that follows it without a gap: halves of a word that was offered for hyphenation. */
static bool join_piece(setter *s, const inc_lump *piece, const inc_atom *atom, inc_len width)
{
    inc_mark *last = s->text.n ? &s->text.v[s->text.n - 1] : NULL;
    if (!last || piece->hyphen || last->kind != INC_MARK_TEXT || last->as.text.hyphen || last->as.text.run != piece->run || last->tag != atom->tag
        || last->as.text.first + last->as.text.count != piece->first || last->x + last->width != s->x)
        return false;
    const inc_glyph_run *run = piece->run;
    uint32_t end = piece->first + piece->count;
    uint32_t to = end < run->count ? run->glyphs[end].cluster : run->start + run->length;
    last->as.text.count += piece->count;
    last->as.text.text.n = to - last->as.text.text_start;
    last->width += width;
    return true;
}

/* The mark of a piece at the pen; a trailing space glyph goes with it but does not count as width. */
static void set_piece(setter *s, const inc_lump *piece, inc_len width, inc_len extra)
{
    inc_para *p = s->p;
    const inc_atom *atom = &p->atoms.v[piece->atom];
    if (join_piece(s, piece, atom, width))
        return;
    inc_mark mark = {.kind = INC_MARK_TEXT, .tag = atom->tag, .x = s->x, .y = s->baseline - atom->shift, .width = width};
    set_colors(&mark, atom->style);
    const inc_glyph_run *run = piece->run;
    if (piece->hyphen)
        mark.as.text = (inc_text_mark){.run = run, .count = 1, .text = INC_STR("\xC2\xAD"), .hyphen = true};
    else {
        uint32_t from = run->glyphs[piece->first].cluster, end = piece->first + piece->count;
        uint32_t to = end < run->count ? run->glyphs[end].cluster : run->start + run->length;
        uint32_t base = piece->start - from; /* the shaped text's place in the paragraph's */
        mark.as.text = (inc_text_mark){.run = run, .first = piece->first, .count = piece->count, .text_start = from, .extra = extra,
                                       .text = inc_str_slice(inc_buf_str(&p->text), base + from, base + to)};
        note_first_text(s, piece, atom);
    }
    INC_PUSH(p->scratch, &s->text, mark);
}

static void set_picture(setter *s, const inc_atom *atom)
{
    inc_mark mark = {.kind = INC_MARK_IMAGE, .tag = atom->tag, .x = s->x, .y = s->baseline - atom->height, .width = atom->width,
                     .height = atom->height};
    mark.as.image = atom->picture;
    INC_PUSH(s->p->scratch, &s->text, mark);
}

/* The share of the line's shortfall that falls on glue summing up to `part` of the whole. */
static inc_len share(inc_len shortfall, inc_len part, inc_len whole)
{
    return whole > 0 ? inc_len_scale(shortfall, part, whole) : 0;
}

/* At a hard break, and at the end of a paragraph whose element has more text: the next word has no space before it. */
static bool goes_on_elsewhere(const inc_para *p, uint32_t item)
{
    if (p->items.v[item].kind != INC_LB_PENALTY || p->items.v[item].penalty > INC_PENALTY_FORCED)
        return false;
    return item + 1 < p->items.n || p->goes_on;
}

static void set_line_end(setter *s, inc_tag *tag)
{
    inc_marks marks = {0};
    inc_line_end_mark(s->p->flow, &marks, s->last->style, s->x, s->baseline, tag);
    for (size_t i = 0; i < marks.n; i++)
        INC_PUSH(s->p->scratch, &s->text, marks.v[i]);
}

static inc_len spaces_of(const inc_para *p, const inc_lb_line *line)
{
    inc_len width = 0;
    for (uint32_t i = line->start; i < line->end; i++)
        width += p->items.v[i].kind == INC_LB_GLUE ? p->items.v[i].width : 0;
    return width;
}

/* Dots or the like over a width, in steps from the block's right edge, so that they stand below each other from line to line. */
static void set_leader(setter *s, const inc_atom *atom, inc_len width)
{
    inc_flow *flow = s->p->flow;
    inc_marks marks = {0};
    inc_len step = inc_text_marks(flow, &marks, atom->style, atom->leader, 0, 0, NULL), edge = s->p->b->x + s->p->b->width;
    if (step <= INC_PT / 8)
        return;
    inc_len end = edge - (INC_MAX(edge - s->x - width, 0) + step - 1) / step * step, n = INC_MIN((end - s->x) / step, (inc_len)LEADER_MAX);
    inc_buf text = inc_buf_in(flow->arena);
    for (inc_len i = 0; i < n; i++)
        inc_buf_add(&text, atom->leader);
    marks.n = 0;
    inc_text_marks(flow, &marks, atom->style, inc_buf_str(&text), end - n * step, s->baseline, NULL);
    for (size_t i = 0; i < marks.n; i++)
        INC_PUSH(s->p->scratch, &s->text, marks.v[i]);
}

static bool has_leader(const inc_para *p, const inc_lb_line *line)
{
    for (uint32_t i = line->start; i < line->end; i++)
        if (p->items.v[i].kind == INC_LB_BOX && p->atoms.v[p->pieces.v[i].atom].kind == INC_ATOM_LEADER)
            return true;
    return false;
}

/* How a line comes to its width: word spaces up to their limit, then tracking up to its own, then the spaces again. */
static inc_len track_line(setter *s, const inc_lb_line *line, inc_len adjust)
{
    const inc_para *p = s->p;
    bool stretched = adjust > 0;
    inc_len most = stretched ? line->word_stretch : line->word_shrink, rest = stretched ? adjust - line->stretch : -adjust - line->shrink;
    if (most <= 0 || rest <= 0)
        return adjust;
    uint32_t glyphs = 0; /* all that can be tracked have one limit or another: each takes its share */
    for (uint32_t i = line->start; i < line->end; i++)
        if (p->items.v[i].kind == INC_LB_BOX && p->items.v[i].stretch)
            glyphs += p->pieces.v[i].count - (p->pieces.v[i].space != 0);
    inc_len extra = glyphs ? INC_MIN(rest, most) / (inc_len)glyphs : 0;
    if (extra < TRACKING_LEAST)
        return adjust;
    s->extra = stretched ? extra : -extra;
    return adjust - s->extra * (inc_len)glyphs;
}

static void set_line_items(setter *s, const inc_lb_line *line, inc_len adjust, bool stretched)
{
    inc_para *p = s->p;
    decorations d = {0};
    adjust = s->even ? adjust : track_line(s, line, adjust);
    inc_len flexible = s->even ? spaces_of(p, line) : stretched ? line->stretch : line->shrink, so_far = 0, given = 0;
    for (uint32_t i = line->start; i <= line->end && i < p->items.n; i++) {
        const inc_lb_item *item = &p->items.v[i];
        const inc_lump *piece = &p->pieces.v[i];
        if (i == line->end && !(item->kind == INC_LB_PENALTY && item->flagged)) {
            if (item->kind == INC_LB_GLUE && piece->run) /* a space alone at the end: kept for those who copy the text */
                set_piece(s, piece, 0, 0);
            else if (s->last && goes_on_elsewhere(p, i))
                set_line_end(s, p->atoms.v[piece->atom].tag);
            break;
        }
        if (item->kind == INC_LB_PENALTY && i < line->end)
            continue;
        inc_len width = item->width;
        if (item->kind == INC_LB_GLUE) {
            so_far += s->even ? item->width : stretched ? item->stretch : item->shrink;
            inc_len now = share(adjust, so_far, flexible);
            width += now - given;
            given = now;
        }
        bool tracked = s->extra && item->kind == INC_LB_BOX && item->stretch;
        if (tracked)
            width += s->extra * (inc_len)(piece->count - (piece->space != 0));
        const inc_atom *atom = piece->run || item->kind == INC_LB_BOX ? &p->atoms.v[piece->atom] : NULL;
        if (item->kind != INC_LB_GLUE || piece->run)
            decorate(s, &d, atom, s->x, s->x + width);
        if (atom && atom->kind == INC_ATOM_LEADER) {
            width += s->leader;
            set_leader(s, atom, width);
        } else if (atom && atom->kind == INC_ATOM_PICTURE)
            set_picture(s, atom);
        else if (piece->run)
            set_piece(s, piece, item->kind == INC_LB_GLUE ? 0 : width, tracked ? s->extra : 0);
        s->last = piece->run ? atom : s->last;
        s->x += width;
    }
    decorate(s, &d, NULL, s->x, s->x);
}

static inc_len tallest_picture(const inc_para *p, const inc_lb_line *line)
{
    inc_len height = 0;
    for (uint32_t i = line->start; i < line->end; i++)
        if (p->items.v[i].kind == INC_LB_BOX && p->atoms.v[p->pieces.v[i].atom].kind == INC_ATOM_PICTURE)
            height = INC_MAX(height, p->atoms.v[p->pieces.v[i].atom].height);
    return height;
}

/* The line's marks in painting order, kept with its box. */
static void keep_marks(setter *s)
{
    const inc_marks *layers[] = {&s->back, &s->text, &s->links};
    inc_mark *to = INC_NEW_N(s->p->flow->lists, inc_mark, s->back.n + s->text.n + s->links.n);
    s->box->marks = to;
    for (size_t i = 0; i < INC_COUNT(layers); i++)
        for (size_t k = 0; k < layers[i]->n; k++)
            *to++ = layers[i]->v[k];
    s->box->mark_count = (uint32_t)(to - s->box->marks);
}

/* On the first line, `up` above this one, which is the last: so it is read after the text. */
static void float_to_the_right(setter *s, inc_len up)
{
    inc_para *p = s->p;
    inc_flow *flow = p->flow;
    inc_str text = inc_node_flatten(flow->arena, p->floated, true);
    inc_marks marks = {0};
    inc_len width = inc_text_marks(flow, &marks, p->floated_style, text, 0, s->baseline, p->tag);
    for (size_t i = 0; i < marks.n; i++) {
        marks.v[i].x += p->b->x + p->b->width - width;
        marks.v[i].y -= up;
        INC_PUSH(p->scratch, &s->text, marks.v[i]);
    }
}

static inc_len height_of_lines_before(const inc_vlist *list, size_t lines)
{
    inc_len height = 0;
    for (size_t i = list->boxes.n - 1 - lines; i + 1 < list->boxes.n; i++)
        height += list->boxes.v[i].fit.height;
    return height;
}

static inc_text_align alignment_of(const inc_style *style, const inc_lb_line *line)
{
    if (line->last && style->text_align_last != INC_TEXT_AUTO)
        return style->text_align_last;
    return line->last && style->text_align == INC_TEXT_JUSTIFY ? INC_TEXT_LEFT : style->text_align;
}

void inc_line_set(inc_para *p, const inc_lb_line *lines, size_t n, size_t i, inc_len indent)
{
    inc_vbuilder *b = p->b;
    const inc_lb_line *line = &lines[i];
    const inc_style *style = p->style;
    inc_len picture = tallest_picture(p, line);
    setter s = {.p = p, .height = style->line_height};
    s.baseline = inc_baseline(p->flow, style, style->line_height);
    if (picture > s.baseline) {
        s.height += picture - s.baseline;
        s.baseline = picture;
    }
    s.box = inc_vbuilder_box(b, s.height);
    s.x = b->x + p->hang + (i == 0 ? indent : 0);
    inc_len adjust = 0;
    bool stretched = line->shortfall > 0;
    inc_text_align align = alignment_of(style, line);
    if (line->shortfall > 0 && has_leader(p, line))
        s.leader = line->shortfall;
    else if (p->justify && (!line->last || line->shortfall < 0)) {
        inc_len most = stretched ? line->stretch * 4 + line->word_stretch : line->shrink + line->word_shrink;
        adjust = stretched ? INC_MIN(line->shortfall, most) : INC_MAX(line->shortfall, -most);
    } else if (align == INC_TEXT_JUSTIFY && line->shortfall > 0) { /* a last line, at any price */
        adjust = line->shortfall;
        s.even = true;
    } else if (align == INC_TEXT_RIGHT)
        s.x += line->shortfall;
    else if (align == INC_TEXT_CENTER)
        s.x += line->shortfall / 2;
    if (line->start < p->items.n)
        s.x -= p->items.v[line->start].kind == INC_LB_BOX ? p->items.v[line->start].left : 0;
    set_line_items(&s, line, adjust, stretched);
    if (i + 1 == n && p->floated)
        float_to_the_right(&s, height_of_lines_before(b->list, i));
    keep_marks(&s);
    inc_vbuilder_hang_marker(b, s.box, s.baseline);
}
