/* paragraph.c - a paragraph's lines: the passes over the line breaker, a line less or more, what stands on which line. line.c sets each of them. */
#include "layout/paragraph.h"

enum { LAST_LINE_EMS = 250 /* percent of an em */, MAX_HYPHENS = 2 };
enum { STRETCH_MAX = 1 << 16 /* bytes */, PENALTY_BEHIND_HYPHEN = 50 };
enum { LOOSE_LINES_MIN = 3, LOOSE_LINES_MAX = 30, LOOSE_TOLERANCE = 150, LOOSE_COST = 30, LOOSE_COST_MAX = 1000, LOOSE_DEMERITS = 60 };

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
        bool last_word = p->justify ? i >= 3 : i >= 1; /* better cut it than leave a line that does not fill the measure */
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
        inc_line_set(p, way->v, way->n, i, indent);
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
        inc_line_set(p, lines, kept, i, indent);
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
    p.in_cell = inc_node_within(node, INC_NODE_CELL);
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
    inc_para p = {.b = b, .flow = b->flow, .style = style, .scratch = b->flow->worker->scratch, .text = inc_buf_in(b->flow->arena),
                  .in_cell = inc_node_within(node, INC_NODE_CELL)};
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
