/* codemarks.c - what stands on, below and beside the lines of a listing: numbers, grounds of marked lines, the discs of callouts. */
#include "layout/coder.h"

enum { NUMBERED_EVERY = 5 };

/* ---- numbers ---- */

static const inc_style *number_style(inc_coder *c)
{
    return inc_style_synthetic(c->flow->worker->styler, c->node, c->style, "span", INC_STR("line-number"));
}

static inc_len number_distance(const inc_style *style)
{
    return inc_dim_resolve(style->margin[INC_RIGHT], 0, 0);
}

static inc_len number_marks(inc_coder *c, inc_marks *marks, const inc_style *style, uint32_t number)
{
    return inc_shape_marks(c->flow, marks, style, inc_strf(c->flow->arena, "%u", number), 0, c->baseline);
}

void inc_code_make_room(inc_coder *c)
{
    bool margin = c->b->list->paged && !c->b->columns;
    if (!c->node->as.code.first_number || margin)
        return;
    const inc_style *style = number_style(c);
    inc_marks marks = {0};
    uint32_t lines = 0;
    for (size_t i = 0; i < c->text.n; i++)
        lines += c->text.p[i] == '\n';
    inc_len room = number_marks(c, &marks, style, c->node->as.code.first_number + lines) + number_distance(style);
    room = INC_MIN(room, c->width / 3);
    c->x += room;
    c->width -= room;
}

void inc_code_number(inc_coder *c, inc_marks *marks, uint32_t index, bool first)
{
    uint32_t number = c->node->as.code.first_number + index;
    if (!c->node->as.code.first_number || (!first && number % NUMBERED_EVERY))
        return;
    const inc_style *style = number_style(c);
    size_t from = marks->n;
    inc_len width = number_marks(c, marks, style, number);
    for (size_t i = from; i < marks->n; i++)
        marks->v[i].x += c->x - number_distance(style) - width;
}

/* ---- grounds ---- */

static inc_str classes_of(uint8_t marks)
{
    static const char *const classes[] = {"line", "line highlighted", "line added", "line added highlighted", "line deleted", "line deleted highlighted"};
    return inc_str_of(classes[marks % INC_COUNT(classes)]);
}

void inc_code_band_end(inc_coder *c)
{
    inc_vlist *list = c->b->list;
    if (!c->band)
        return;
    inc_vframe *frame = &list->frames.v[c->band - 1];
    frame->end = (uint32_t)list->boxes.n;
    frame->inset = list->boxes.v[frame->first].inset;
    frame->height = list->boxes.v[frame->end - 1].fit.height;
    c->band = 0;
}

void inc_code_band(inc_coder *c, uint32_t index)
{
    const inc_node *node = c->node;
    uint8_t marks = node->as.code.marks && index < node->as.code.mark_count ? node->as.code.marks[index] : 0;
    if (marks == c->band_marks)
        return;
    inc_code_band_end(c);
    c->band_marks = marks;
    c->line_style = marks ? inc_style_synthetic(c->flow->worker->styler, node, c->style, "span", classes_of(marks)) : c->style;
    if (!marks)
        return;
    inc_vlist *list = c->b->list;
    uint32_t first = (uint32_t)list->boxes.n;
    INC_PUSH(c->flow->lists, &list->frames, (inc_vframe){.first = first, .end = first, .outer = c->b->frame, .style = c->line_style,
                                                         .x = c->band_x, .width = c->band_width});
    c->band = (uint32_t)list->frames.n;
}

/* ---- callouts ---- */

/* Where a byte of the node's text stands in the text with tabs expanded. */
static uint32_t shown_at(const inc_coder *c, uint32_t byte)
{
    if (!c->origin)
        return byte;
    size_t low = 0, high = c->origin_count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (c->origin[mid] < byte)
            low = mid + 1;
        else
            high = mid;
    }
    return (uint32_t)low;
}

static uint32_t callout_end(const inc_coder *c, const inc_node *callout)
{
    return shown_at(c, callout->as.callout.byte + callout->as.callout.length);
}

static const inc_style *disc_style(inc_coder *c)
{
    return inc_style_synthetic(c->flow->worker->styler, c->node, c->style, "span", INC_STR("callout"));
}

static inc_len disc_pitch(const inc_style *style)
{
    return inc_disc_width(style) * 6 / 5;
}

uint32_t inc_code_callouts(inc_coder *c, uint32_t from, uint32_t *to)
{
    uint32_t end = *to, count = 0;
    for (const inc_node *callout = c->callout; callout && shown_at(c, callout->as.callout.byte) < end; callout = callout->next) {
        if (!count++)
            *to = INC_MAX(shown_at(c, callout->as.callout.byte), from);
    }
    if (!count)
        return 0;
    inc_len room = disc_pitch(disc_style(c)) * (inc_len)count + c->cell;
    return (uint32_t)((room + c->cell - 1) / c->cell);
}

/* The blanks between the code and its callouts, there for those who copy the line. */
static void set_blanks(inc_coder *c, inc_marks *marks, inc_str *comment, inc_len x)
{
    size_t first = marks->n, n = 0;
    while (n < comment->n && comment->p[n] == ' ')
        n++;
    inc_str blanks = inc_str_slice(*comment, 0, n);
    inc_text_marks(c->flow, marks, c->line_style, blanks, x, c->baseline, c->tag);
    for (size_t i = first; i < marks->n; i++)
        marks->v[i].width = 0;
    *comment = inc_str_slice(*comment, n, comment->n);
}

inc_len inc_code_discs(inc_coder *c, inc_marks *marks, uint32_t end, inc_len x)
{
    const inc_style *style = c->callout ? disc_style(c) : NULL;
    inc_len pitch = style ? disc_pitch(style) : 0, right = c->x + c->width;
    uint32_t count = 0;
    for (const inc_node *callout = c->callout; callout && callout_end(c, callout) <= end; callout = callout->next)
        count++;
    for (uint32_t left = count; left > 0; left--, c->callout = c->callout->next) {
        const inc_node *callout = c->callout, *item = callout->as.callout.item;
        inc_str comment = inc_str_slice(c->text, shown_at(c, callout->as.callout.byte), callout_end(c, callout));
        if (left == count)
            set_blanks(c, marks, &comment, x);
        x = right - (inc_len)left * pitch + pitch - inc_disc_width(style);
        inc_tag *tag = item ? inc_tag_new(c->flow->arena, c->tag, INC_TAG_LINK) : c->tag;
        inc_disc disc = {style, callout->as.callout.number, comment, x, c->baseline - c->style->font_size / 3, tag};
        inc_disc_marks(c->flow, marks, &disc);
        if (item)
            inc_disc_link(c->flow, marks, &disc, item);
    }
    return count ? right : x;
}
