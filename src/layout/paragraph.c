/* paragraph.c - lines: the passes over the line breaker, and setting each line's marks. */
#include "layout/paragraph.h"

#include "document/terms.h"

enum { LAST_LINE_EMS = 250 /* percent of an em */, MAX_HYPHENS = 2, LEADER_MAX = 500 };
enum { STRETCH_MAX = 1 << 16 /* bytes */, PENALTY_BEHIND_HYPHEN = 50 };
enum { LOOSE_LINES_MIN = 3, LOOSE_LINES_MAX = 30, LOOSE_TOLERANCE = 150, LOOSE_COST = 30, LOOSE_COST_MAX = 1000, LOOSE_DEMERITS = 60 };

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

static inc_str destination_of(inc_flow *flow, const inc_node *target)
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
            mark.as.link.destination = destination_of(flow, node->as.link.target);
        else
            mark.as.link.uri = node->as.link.url;
    } else if (node->kind == INC_NODE_NOTE_REF) {
        mark.as.link.destination = note_destination(flow, node->as.note_ref.note);
        mark.as.link.contents = inc_terms_numbered(flow->arena, terms_of(flow), terms_of(flow)->footnote,
                                                   inc_strf(flow->arena, "%u", inc_note_paper_number(node->as.note_ref.note)));
    } else {
        mark.as.link.destination = destination_of(flow, node->as.page_ref.target);
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
    const void *under = style && (style->paint[0].decoration_lines | style->paint[1].decoration_lines) ? (const void *)style : NULL;
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

/* Where in the paragraph's text the line begins; a line without text begins where the next one does. */
static uint32_t line_text_start(const inc_para *p, const inc_lb_line *line, uint32_t next)
{
    for (uint32_t item = line->start; item < line->end; item++)
        if (p->pieces.v[item].run && !p->pieces.v[item].hyphen)
            return p->pieces.v[item].start;
    return next;
}

static void add_mention(inc_para *p, inc_vbox *box, const inc_node *node)
{
    inc_flow *flow = p->flow;
    if (node->kind == INC_NODE_NOTE_REF) {
        inc_note_call(flow, box, node->as.note_ref.note);
    } else {
        inc_vanchor *anchor = INC_NEW(flow->lists, inc_vanchor);
        *anchor = (inc_vanchor){node, box->anchors};
        box->anchors = anchor;
    }
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

/* Once a paragraph, and once a table, where one column too many makes every cell too narrow. */
static void report_overfull(inc_para *p, const inc_node *node, const inc_lb_line *lines, size_t n)
{
    if (p->overfull_told)
        return;
    inc_len most = INC_PT / 4;
    for (size_t i = 0; i < n; i++)
        if (lines[i].overfull)
            most = INC_MAX(most, -lines[i].shortfall - lines[i].shrink - lines[i].word_shrink);
    const inc_node *table = inc_node_within(node, INC_NODE_TABLE);
    if (most == INC_PT / 4 || (table && table == p->flow->overfull_table))
        return;
    char by[32];
    inc_len_format(most, 1, by);
    inc_diag *diag = inc_report(p->flow->diags, INC_DIAG_OVERFULL_LINE, node->span, "a line sticks out by %s pt: nothing in it can be broken", by);
    if (table)
        diag->hint = INC_STR("the table is too wide: fewer columns, or shorter words");
    p->flow->overfull_table = table;
    p->overfull_told = true;
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

static void set_line(inc_para *p, const inc_lb_line *lines, size_t n, size_t i, inc_len indent)
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

/* Anchors and notes go to the boxes of the lines that mention them, from mention `next` on; `end` is where the text behind the lines begins.
 * Returns the first one behind them. */
static size_t place_mentions(inc_para *p, const inc_lb_line *lines, size_t n, size_t first, size_t next, uint32_t end)
{
    if (next == p->mentions.n)
        return next;
    uint32_t *starts = INC_NEW_N(p->scratch, uint32_t, n + 1);
    starts[n] = end;
    for (size_t i = n; i > 0; i--)
        starts[i - 1] = line_text_start(p, &lines[i - 1], starts[i]);
    for (size_t i = 0; i < n; i++)
        for (; next < p->mentions.n && p->mentions.v[next].at < starts[i + 1]; next++)
            add_mention(p, &p->b->list->boxes.v[first + i], p->mentions.v[next].node);
    return next;
}

static inc_lb_params params_of(const inc_para *p, inc_len width)
{
    return (inc_lb_params){.width = width, .max_hyphens = MAX_HYPHENS, .last_min = inc_len_scale(p->style->font_size, LAST_LINE_EMS, 100)};
}

static void indent_first(inc_para *p, inc_len by)
{
    if (p->items.v[0].kind == INC_LB_BOX)
        p->items.v[0].width += by;
}

/* Tries ever more: no hyphens, hyphens, loose lines, anything. */
static size_t break_lines(inc_para *p, inc_len width, inc_len indent, inc_lb_line **lines)
{
    const struct {
        bool hyphenate, track, force;
        int32_t tolerance;
        inc_len line_stretch, split;
    } justified[] = {
        {false, false, false, 100, 0, 0},
        {true, false, false, 200, 0, 0},
        {true, true, false, 200, 0, 0},
        {true, true, false, 1200, 0, 0},
        {true, true, false, 10000, width / 32, 0},
        {true, true, true, 10000, width / 8, width},
    }, ragged[] = {
        {false, false, false, 10000, width / 5, 0},
        {true, false, false, 10000, width / 5, 0}, /* only so that a word fits, and if the style hyphenates at all */
        {false, false, true, 10000, width / 5, width},
    };
    size_t passes = p->justify ? INC_COUNT(justified) : INC_COUNT(ragged);
    bool hyphens_ready = false;
    for (size_t i = 0; i < passes; i++) {
        bool hyphenate = p->justify ? justified[i].hyphenate : ragged[i].hyphenate;
        inc_len split = p->justify ? justified[i].split : ragged[i].split;
        bool last_word = p->justify ? i >= 4 : i >= 1; /* better cut it than leave a line that does not fill the measure */
        if (i == 0 || hyphenate != hyphens_ready || split || last_word != p->cut_last_word) {
            p->cut_last_word = last_word;
            inc_para_items(p, hyphenate, split);
            hyphens_ready = hyphenate;
        }
        inc_lb_params params = params_of(p, width);
        params.tolerance = p->justify ? justified[i].tolerance : ragged[i].tolerance;
        params.line_stretch = p->justify ? justified[i].line_stretch : ragged[i].line_stretch;
        params.force = p->justify ? justified[i].force : ragged[i].force;
        params.track = p->justify && justified[i].track;
        if (params.track && !p->style->tracking && i == 2)
            continue;
        indent_first(p, indent);
        size_t n = inc_linebreak(p->scratch, p->items.v, p->items.n, &params, lines);
        indent_first(p, -indent);
        if (n)
            return n;
    }
    return 0;
}

/* ---- a line less, a line more ---- */

static bool may_vary(const inc_para *p, const inc_vbuilder *before, size_t n)
{
    for (size_t i = 0; i < p->mentions.n; i++)
        if (p->mentions.v[i].node->kind == INC_NODE_NOTE_REF)
            return false; /* a note is set once */
    return p->style->looseness && p->justify && !p->floated && !p->first_line && !before->frame && before->list == &p->flow->list && n >= LOOSE_LINES_MIN
           && n <= LOOSE_LINES_MAX && p->style->line_height == p->flow->worker->grid;
}

/* The last but one box carries the last line too. */
static void join_last(inc_para *p, inc_vlist *list)
{
    inc_vbox *last = &list->boxes.v[list->boxes.n - 1], *to = last - 1;
    inc_mark *marks = INC_NEW_N(p->flow->lists, inc_mark, to->mark_count + last->mark_count);
    for (uint32_t i = 0; i < to->mark_count; i++)
        marks[i] = to->marks[i];
    for (uint32_t i = 0; i < last->mark_count; i++) {
        marks[to->mark_count + i] = last->marks[i];
        marks[to->mark_count + i].y += p->style->line_height;
    }
    to->marks = marks;
    to->mark_count += last->mark_count;
    inc_vanchor **at = &to->anchors;
    while (*at)
        at = &(*at)->next;
    *at = last->anchors;
    list->boxes.n--;
}

/* The lines as `boxes` boxes, whose heights are what they differ by from those of the paragraph itself; NULL when a line is of another height. */
static const inc_vbox *set_variant(inc_para *p, const inc_vbuilder *before, const inc_lb_lines *way, size_t boxes, inc_len indent)
{
    inc_vlist list = {0};
    inc_vbuilder b = *before, *outer = p->b;
    b.list = &list;
    p->b = &b;
    for (size_t i = 0; i < way->n; i++)
        set_line(p, way->v, way->n, i, indent);
    place_mentions(p, way->v, way->n, 0, 0, UINT32_MAX);
    p->b = outer;
    for (size_t i = 0; i < list.boxes.n; i++) {
        if (list.boxes.v[i].fit.height != p->style->line_height)
            return NULL;
        list.boxes.v[i].fit.height = 0;
    }
    if (way->n > boxes) {
        join_last(p, &list);
        list.boxes.v[boxes - 1].fit.height = p->style->line_height;
    } else
        INC_PUSH(p->flow->lists, &list.boxes, ((inc_vbox){.fit.height = -p->style->line_height}));
    assert(list.boxes.n == boxes);
    return list.boxes.v;
}

static int32_t variant_cost(const inc_lb_lines ways[3], int which)
{
    int64_t more = ways[which].demerits - ways[1].demerits;
    return LOOSE_COST + (int32_t)INC_MIN(INC_MAX(more, 0) / (LOOSE_DEMERITS * (int64_t)ways[1].n), LOOSE_COST_MAX);
}

/* What the page breaker may take instead of the paragraph's n lines. */
static void offer_variants(inc_para *p, const inc_vbuilder *before, size_t first, size_t n, inc_len width, inc_len indent)
{
    if (!may_vary(p, before, n))
        return;
    inc_lb_params params = params_of(p, width);
    params.tolerance = LOOSE_TOLERANCE;
    params.track = true;
    inc_lb_lines ways[3];
    indent_first(p, indent);
    inc_linebreak_loose(p->scratch, p->items.v, p->items.n, &params, ways);
    indent_first(p, -indent);
    if (ways[1].n != n)
        return;
    inc_vvariant v = {.first = (uint32_t)first, .count = (uint32_t)n};
    v.shorter = ways[0].n ? set_variant(p, before, &ways[0], n, indent) : NULL;
    v.longer = ways[2].n ? set_variant(p, before, &ways[2], n, indent) : NULL;
    v.shorter_cost = v.shorter ? variant_cost(ways, 0) : 0;
    v.longer_cost = v.longer ? variant_cost(ways, 2) : 0;
    if (v.shorter || v.longer)
        INC_PUSH(p->flow->lists, &p->flow->list.variants, v);
}

static inc_len floated_width(inc_para *p)
{
    inc_marks marks = {0};
    inc_str text = inc_node_flatten(p->flow->arena, p->floated, true);
    return inc_text_marks(p->flow, &marks, p->floated_style, text, 0, 0, NULL) + 12 * INC_PT;
}

/* The end of the stretch of text that is broken into lines at once: all of it, unless it has hundreds of pages. */
static uint32_t stretch_end(const inc_para *p, uint32_t from)
{
    inc_str text = inc_buf_str(&p->text);
    if (p->floated || text.n - from <= STRETCH_MAX * 3 / 2)
        return (uint32_t)text.n;
    size_t end = from + STRETCH_MAX, space = inc_str_rfind_char(inc_str_slice(text, from, end), ' ');
    if (space != INC_NPOS && space > STRETCH_MAX / 2)
        return from + (uint32_t)space + 1;
    while (((unsigned char)text.p[end] & 0xC0) == 0x80)
        end++;
    return (uint32_t)end;
}

/* Sets the lines of one stretch; all but the last one, which is broken anew with what follows. */
static void set_stretch(inc_para *p, const inc_node *node, inc_len width, inc_len indent, size_t *mention)
{
    inc_vbuilder *b = p->b, before = *b;
    size_t first = b->list->boxes.n;
    inc_lb_line *lines;
    size_t n = break_lines(p, width, indent, &lines), kept = n;
    bool whole = p->from == 0 && p->until == p->text.n;
    uint32_t end = UINT32_MAX;
    if (p->until < p->text.n) {
        kept = n > 1 ? n - 1 : n;
        end = kept < n ? line_text_start(p, &lines[kept], p->until) : p->until;
        end = end > p->from ? end : p->until;
    }
    for (size_t i = 0; i < kept; i++) {
        set_line(p, lines, kept, i, indent);
        inc_pb_box *fit = &b->list->boxes.v[b->list->boxes.n - 1].fit;
        if (i && lines[i - 1].hyphenated)
            fit->penalty = INC_MAX(fit->penalty, PENALTY_BEHIND_HYPHEN);
    }
    if (whole)
        offer_variants(p, &before, first, n, width, indent);
    report_overfull(p, node, lines, kept);
    *mention = place_mentions(p, lines, kept, first, *mention, end);
    p->from = INC_MIN(end, (uint32_t)p->text.n);
}

/* Widows and orphans: a strong wish, not a law. */
static void keep_lines(inc_para *p, size_t first)
{
    size_t n = p->b->list->boxes.n - first;
    for (size_t i = 1; i < n; i++) {
        inc_pb_box *fit = &p->b->list->boxes.v[first + i].fit;
        if (i < p->style->orphans || n - i < p->style->widows)
            fit->penalty = INC_MAX(fit->penalty, INC_BAD_PAGE_BREAK);
        if (p->floated)
            fit->penalty = INC_NO_PAGE_BREAK;
    }
}

static void set_paragraph(inc_vbuilder *b, const inc_node *node, const inc_paragraph_options *options)
{
    inc_para p = {.b = b, .flow = b->flow, .style = options->style, .tag = options->tag, .scratch = b->flow->worker->scratch,
                  .text = inc_buf_in(b->flow->arena)};
    p.justify = options->style->text_align == INC_TEXT_JUSTIFY;
    inc_para_collect(&p, node, options);
    p.goes_on = options->goes_on || p.floated;
    if (!p.atoms.n && !b->marker.n && !p.floated) { /* nothing to see: its anchors wait for the next box */
        for (size_t i = 0; i < p.mentions.n; i++)
            inc_vbuilder_anchor(b, p.mentions.v[i].node);
        return;
    }
    const inc_style *letter = inc_style_pseudo(b->flow->worker->styler, node, options->style, INC_PSEUDO_FIRST_LETTER);
    if (letter)
        inc_para_first_letter(&p, letter);
    inc_para_find_breaks(&p);
    inc_len width = b->width - (p.floated ? floated_width(&p) : 0);
    width = INC_MAX(width, INC_PT);
    inc_len indent = options->no_indent ? 0 : inc_dim_resolve(options->style->text_indent, b->width, 0);
    if (options->style->hanging_indent && indent > 0) {
        p.hang = INC_MIN(indent, width / 2);
        width -= p.hang;
        indent = -p.hang;
    }
    const inc_style *line_style = inc_style_pseudo(b->flow->worker->styler, node, options->style, INC_PSEUDO_FIRST_LINE);
    p.first_line = line_style != NULL;
    p.until = stretch_end(&p, 0);
    if (line_style)
        inc_para_first_line(&p, line_style, break_lines, width, indent);
    size_t first = b->list->boxes.n, mention = 0;
    do {
        inc_arena_mark start = inc_arena_mark_get(p.scratch);
        p.until = stretch_end(&p, p.from);
        set_stretch(&p, node, width, p.from ? 0 : indent, &mention);
        memset(&p.items, 0, sizeof p.items);
        memset(&p.pieces, 0, sizeof p.pieces);
        inc_arena_reset(p.scratch, start);
    } while (p.from < p.text.n);
    keep_lines(&p, first);
}

void inc_paragraph(inc_vbuilder *b, const inc_node *node, const inc_paragraph_options *options)
{
    inc_arena *scratch = b->flow->worker->scratch;
    inc_arena_mark start = inc_arena_mark_get(scratch);
    set_paragraph(b, node, options);
    inc_arena_reset(scratch, start);
}

typedef struct widths { /* so far: the widest piece and line, and those that are not at their end */
    inc_len least, most, word, line;
} widths;

/* The items of one stretch; the forced penalty at its end means something only at the end of the paragraph. */
static void measure_items(const inc_para *p, widths *w)
{
    bool ends = p->until == p->text.n;
    for (size_t i = 0; i + !ends < p->items.n; i++) {
        const inc_lb_item *item = &p->items.v[i];
        if (item->kind == INC_LB_BOX)
            w->word += item->width;
        bool breakable = (item->kind == INC_LB_GLUE && i && p->items.v[i - 1].kind == INC_LB_BOX)
                         || (item->kind == INC_LB_PENALTY && item->penalty < INC_PENALTY_POOR);
        if (item->kind == INC_LB_GLUE && !breakable)
            w->word += item->width;
        w->line += item->kind == INC_LB_PENALTY ? 0 : item->width;
        if (breakable) {
            w->least = INC_MAX(w->least, w->word + (item->flagged ? item->width : 0));
            w->word = 0;
        }
        if (item->kind == INC_LB_PENALTY && item->penalty <= INC_PENALTY_FORCED) {
            w->most = INC_MAX(w->most, w->line);
            w->line = 0;
        }
    }
}

void inc_paragraph_widths(inc_vbuilder *b, const inc_node *node, const inc_style *style, bool divide, inc_len *least, inc_len *most)
{
    inc_arena_mark start = inc_arena_mark_get(b->flow->worker->scratch);
    inc_para p = {.b = b, .flow = b->flow, .style = style, .scratch = b->flow->worker->scratch, .text = inc_buf_in(b->flow->arena)};
    size_t refs = b->flow->page_refs.n, notes = b->flow->page_notes.n;
    inc_paragraph_options options = {.style = style};
    inc_para_collect(&p, node, &options);
    b->flow->page_refs.n = refs;
    b->flow->page_notes.n = notes;
    inc_para_find_breaks(&p);
    p.divide = p.cut_last_word = divide;
    widths w = {0};
    do {
        inc_arena_mark stretch = inc_arena_mark_get(p.scratch);
        p.until = stretch_end(&p, p.from);
        inc_para_items(&p, divide, 0);
        measure_items(&p, &w);
        memset(&p.items, 0, sizeof p.items);
        memset(&p.pieces, 0, sizeof p.pieces);
        inc_arena_reset(p.scratch, stretch);
        p.from = p.until;
    } while (p.from < p.text.n);
    *least = w.least;
    *most = w.most;
    inc_arena_reset(p.scratch, start);
}
