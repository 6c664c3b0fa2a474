/*
 * table_columns.c - how wide columns are.
 *
 * As in CSS 2.1, 17.5.2.2, each column has a least width (its widest word) and a most width (all on one line). If the most widths fit, they
 * are taken. If only the least ones do, a level is sought at which the columns fill the measure, none wider than its most width and none
 * narrower than its least one, so that short columns stay on one line; or one at which longer columns take more, whatever makes for the
 * lower table; then columns trade widths as long as that saves lines.
 *
 * If not even the least widths fit, the table gets smaller type, in steps, with narrower paddings; then its words are divided; then (table.c)
 * it is turned; only then words break anywhere.
 */
#include "layout/table.h"

#define STEP (INC_PT * 2 / 5)       /* from one size of type to the next */
#define SMALLEST (INC_PT * 15 / 2)  /* of a table's type: code in it is still over 7 pt */

enum { STEPS_MAX = 8, ROW_WEIGHT = 8, SHORT_EMS = 10, TRADES = 400000 /* cells looked at */, PADDING_STEP = 18, PADDING_LEAST = 40 /* percent */, NARROW_EMS = 7, LINES_MAX = 100,
       CROWDED = 150, CROWDED_SMALL = 25 /* percent: small type is hard enough to read */ };

inc_len inc_table_edge(const inc_table *t, const inc_style *cell, inc_side side)
{
    inc_len padding = inc_dim_resolve(cell->padding[side], 0, 0);
    if (side == INC_LEFT || side == INC_RIGHT)
        padding = inc_len_scale(padding, t->padding, 100);
    return cell->border_width[side] + padding;
}

static inc_len edges(const inc_table *t, const inc_style *cell)
{
    return inc_table_edge(t, cell, INC_LEFT) + inc_table_edge(t, cell, INC_RIGHT);
}

/* ---- what cells need ---- */

static void measure_cells(inc_table *t)
{
    inc_styler *styler = t->flow->worker->styler;
    for (uint32_t r = 0; r < t->grid.row_count; r++) {
        const inc_node *row = t->grid.rows[r];
        t->row_styles[r] = inc_style_of(styler, row, t->style);
        for (uint32_t i = t->grid.row_first[r]; i < t->grid.row_first[r + 1]; i++) {
            const inc_node *node = t->grid.cells[i].node;
            inc_table_cell *c = &t->cells[i];
            c->style = inc_style_of(styler, node, t->row_styles[r]);
            inc_widths w = inc_content_widths(t->b, node, c->style, false);
            c->least = c->divided = w.least;
            c->most = INC_MAX(w.most, w.least) + INC_PT / 64; /* so that rounding does not break what just fits */
            c->total = w.total;
            c->lines = INC_MAX(w.lines, 1u);
        }
    }
    inc_table_decimals(t);
}

static void measure_divided(inc_table *t)
{
    for (uint32_t i = 0; i < t->grid.row_first[t->grid.row_count]; i++) {
        inc_widths w = inc_content_widths(t->b, t->grid.cells[i].node, t->cells[i].style, true);
        t->cells[i].divided = INC_MIN(w.least + t->cells[i].indent, t->cells[i].least);
    }
}

typedef struct scale { /* widths in another size of type, without measuring again */
    inc_len size, base;
    int32_t padding;
    bool divided;
} scale;

static inc_len scaled(const scale *s, inc_len width)
{
    return s->size == s->base ? width : inc_len_scale(width, s->size, INC_MAX(s->base, 1));
}

/* Gives columns [first, end) as much more as they need together, in proportion to what they have. */
static void stretch(inc_column *columns, uint32_t first, uint32_t end, inc_len least, inc_len most)
{
    inc_len have_least = 0, have_most = 0;
    for (uint32_t i = first; i < end; i++) {
        have_least += columns[i].least;
        have_most += columns[i].most;
    }
    inc_len more_least = INC_MAX(least - have_least, 0), more_most = INC_MAX(most - have_most, 0);
    for (uint32_t i = first; i < end; i++) {
        inc_column *c = &columns[i];
        inc_len part = have_most > 0 ? inc_len_scale(more_least, c->most, have_most) : more_least / (end - first);
        c->least += part;
        c->most += have_most > 0 ? inc_len_scale(more_most, c->most, have_most) : more_most / (end - first);
    }
}

static void measure_columns(const inc_table *t, const scale *s, inc_column *columns, inc_len room)
{
    inc_table sized = *t;
    sized.padding = s->padding;
    uint32_t n = t->grid.column_count, cells = t->grid.row_first[t->grid.row_count];
    memset(columns, 0, n * sizeof *columns);
    bool spans = false;
    for (uint32_t i = 0; i < cells; i++) {
        const inc_grid_cell *at = &t->grid.cells[i];
        const inc_table_cell *c = &t->cells[i];
        if (at->columns > 1) {
            spans = true;
            continue;
        }
        inc_column *column = &columns[at->column];
        inc_len edge = edges(&sized, c->style), least = scaled(s, s->divided ? c->divided : c->least) + edge;
        least = INC_MAX(least, inc_dim_resolve(c->style->min_width, room, 0));
        column->least = INC_MAX(column->least, least);
        column->most = INC_MAX(column->most, INC_MAX(scaled(s, c->most) + edge, least));
        column->stated = INC_MAX(column->stated, inc_dim_resolve(c->style->width, room, 0));
        if (c->style->max_width.kind != INC_DIM_AUTO)
            column->most = INC_MIN(column->most, INC_MAX(inc_dim_resolve(c->style->max_width, room, column->most), least));
    }
    for (uint32_t i = 0; i < cells && spans; i++) {
        const inc_grid_cell *at = &t->grid.cells[i];
        const inc_table_cell *c = &t->cells[i];
        inc_len edge = edges(&sized, c->style);
        if (at->columns > 1)
            stretch(columns, at->column, at->column + at->columns, scaled(s, s->divided ? c->divided : c->least) + edge, scaled(s, c->most) + edge);
    }
    for (uint32_t i = 0; i < n; i++) {
        inc_column *c = &columns[i];
        c->most = INC_MAX(c->most, c->least);
        if (c->stated)
            c->most = INC_MAX(INC_MIN(c->stated, room), c->least); /* a wish: words are not broken for it */
    }
}

static inc_len sum_of_least(const inc_column *columns, uint32_t n)
{
    inc_len sum = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += columns[i].least;
    return sum;
}

bool inc_table_begin(inc_table *t, inc_vbuilder *b, const inc_node *node, const inc_style *style)
{
    const inc_table *known = b->flow->measured;
    if (known && known->node == node && known->style == style) {
        *t = *known;
        t->b = b;
        return true;
    }
    *t = (inc_table){.b = b, .flow = b->flow, .node = node, .style = style, .padding = 100};
    inc_arena *arena = b->flow->lists;
    t->grid = inc_grid_of(arena, node);
    uint32_t cells = t->grid.row_first[t->grid.row_count];
    if (!cells)
        return false;
    t->columns = INC_NEW_N(arena, inc_column, t->grid.column_count);
    t->cells = INC_NEW_N(arena, inc_table_cell, cells);
    t->row_styles = INC_NEW_N(arena, const inc_style *, t->grid.row_count);
    measure_cells(t);
    measure_columns(t, &(scale){.size = style->font_size, .base = style->font_size, .padding = 100}, t->columns, b->width);
    return true;
}

/* ---- widths ---- */

static inc_len root_of(inc_len value)
{
    inc_len root = 0;
    for (inc_len bit = (inc_len)1 << 30; bit; bit >>= 1)
        if ((root + bit) * (root + bit) <= value)
            root += bit;
    return root;
}

static inc_len at_level(const inc_column *c, inc_len weight, inc_len level)
{
    return INC_MAX(INC_MIN(inc_len_scale(weight, level, 1024), c->most), c->least);
}

/* Widths between least and most that fill the room, in proportion to the weights. */
static void find_level(inc_column *columns, uint32_t n, inc_len room, const inc_len *weights)
{
    inc_len low = 0, high = (inc_len)1 << 36;
    while (low + 1 < high) {
        inc_len middle = low + (high - low) / 2, sum = 0;
        for (uint32_t i = 0; i < n; i++)
            sum += at_level(&columns[i], weights[i], middle);
        if (sum <= room)
            low = middle;
        else
            high = middle;
    }
    for (uint32_t i = 0; i < n; i++)
        columns[i].width = at_level(&columns[i], weights[i], low);
}

static inc_len inner_width(const inc_table *t, uint32_t cell)
{
    const inc_grid_cell *at = &t->grid.cells[cell];
    inc_len width = 0;
    for (uint32_t i = at->column; i < at->column + at->columns; i++)
        width += t->columns[i].width;
    return INC_MAX(width - edges(t, t->cells[cell].style), INC_PT);
}

/* The lines of all rows, about: a text is never broken so that all lines are full. What counts is how tall rows become, but each line of a cell
 * counts a little too: where several cells make a row tall, the first that gets room is a step. */
static inc_len guess_lines(const inc_table *t)
{
    inc_len all = 0, cells = 0, spanned = 0; /* lines of cells over several rows that their rows have not yet filled */
    for (uint32_t r = 0; r < t->grid.row_count; r++) {
        inc_len tallest = 1;
        for (uint32_t i = t->grid.row_first[r]; i < t->grid.row_first[r + 1]; i++) {
            const inc_table_cell *c = &t->cells[i];
            inc_len width = inner_width(t, i), lines = c->lines;
            if (c->most > width)
                lines = INC_MAX(lines, c->total * 21 / (width * 20) + (lines + 1) / 2);
            bool is_short = c->most < SHORT_EMS * t->style->font_size; /* a name, a few words: they want to stay on a line */
            cells += lines + (is_short ? (lines - c->lines) * ROW_WEIGHT : 0);
            if (t->grid.cells[i].rows == 1)
                tallest = INC_MAX(tallest, lines);
            else
                spanned = INC_MAX(spanned, lines - (inc_len)t->grid.cells[i].rows * 6 / 5);
        }
        all += tallest;
    }
    return (all + spanned) * ROW_WEIGHT + cells;
}

/* Tries three ways of sharing and keeps the one with the fewest lines: all columns are alike; as before, but those that did not get all
 * they want share again by the roots of that; all share by these roots. */
static void fill_room(inc_table *t, inc_len room)
{
    uint32_t n = t->grid.column_count;
    inc_column *columns = t->columns;
    inc_len *weights = INC_NEW_N(t->flow->lists, inc_len, n), *best = INC_NEW_N(t->flow->lists, inc_len, n), fewest = INC_LEN_MAX;
    inc_len *least = INC_NEW_N(t->flow->lists, inc_len, n);
    for (int way = 0; way < 3; way++) {
        for (uint32_t i = 0; i < n; i++) {
            inc_column *c = &columns[i];
            weights[i] = way == 0 ? 1024 : root_of(c->most);
            least[i] = c->least;
            if (way == 1)
                c->least = INC_MAX(c->least, c->width >= c->most ? c->most : c->width / 2);
        }
        find_level(columns, n, room, weights);
        inc_len lines = guess_lines(t);
        for (uint32_t i = 0; i < n; i++) {
            columns[i].least = least[i];
            best[i] = lines < fewest ? columns[i].width : best[i];
        }
        fewest = INC_MIN(fewest, lines);
    }
    for (uint32_t i = 0; i < n; i++)
        columns[i].width = best[i];
}

/* Moves width from column to column as long as lines are saved. The cost has a limit; what is reached by then is kept. */
static void trade_widths(inc_table *t)
{
    uint32_t n = t->grid.column_count, cells = t->grid.row_first[t->grid.row_count];
    int64_t budget = TRADES;
    inc_len lines = guess_lines(t);
    for (inc_len step = 24 * INC_PT; step >= 3 * INC_PT; step /= 2)
        for (bool better = true; better && budget > 0;) {
            better = false;
            for (uint32_t from = 0; from < n; from++)
                for (uint32_t to = 0; to < n && budget > 0; to++) {
                    inc_column *a = &t->columns[from], *b = &t->columns[to];
                    if (from == to || a->width - step < a->least || b->width >= b->most)
                        continue;
                    a->width -= step;
                    b->width += step;
                    inc_len now = guess_lines(t);
                    budget -= cells;
                    if (now < lines) {
                        lines = now;
                        better = true;
                        continue;
                    }
                    a->width += step;
                    b->width -= step;
                }
        }
}

inc_len inc_table_share_out(inc_table *t, inc_len room)
{
    uint32_t n = t->grid.column_count;
    inc_len least = sum_of_least(t->columns, n), most = 0, free_most = 0, x = 0;
    for (uint32_t i = 0; i < n; i++) {
        most += t->columns[i].most;
        free_most += t->columns[i].stated ? 0 : t->columns[i].most;
    }
    bool fill = t->style->width.kind != INC_DIM_AUTO;
    if (least > room) { /* each column keeps room for its edges and a letter or two, as far as there is any */
        for (uint32_t i = 0; i < n; i++) {
            t->columns[i].most = t->columns[i].least;
            t->columns[i].least = INC_MIN(t->columns[i].least, room / n);
        }
        fill_room(t, room);
    } else if (most > room) {
        fill_room(t, room);
        trade_widths(t);
    } else
        for (uint32_t i = 0; i < n; i++) {
            inc_column *c = &t->columns[i];
            inc_len whole = free_most ? free_most : most, part = free_most && c->stated ? 0 : c->most;
            c->width = c->most + (fill && whole ? inc_len_scale(room - most, part, whole) : 0);
        }
    for (uint32_t i = 0; i < n; i++) {
        t->columns[i].x = x;
        x += t->columns[i].width;
    }
    inc_len rest = room - x;
    if (rest < 0 || (rest < INC_PT && (fill || most > room))) { /* rounding */
        t->columns[n - 1].width += rest;
        x = room;
    }
    return x;
}

/* ---- type that fits ---- */

/* Text in columns of a word or two runs over many lines: how many more than one a cell has on average, in percent; heads do not count. */
static int32_t crowding_of(inc_table *t, const scale *s, inc_len room)
{
    uint32_t first = t->grid.row_first[t->grid.head_end], end = t->grid.row_first[t->grid.row_count];
    inc_len extra = 0;
    inc_table_share_out(t, room);
    for (uint32_t i = first; i < end; i++) {
        inc_len width = inner_width(t, i), most = scaled(s, t->cells[i].most);
        if (width < NARROW_EMS * s->size && most > width)
            extra += INC_MIN(most * 21 / (width * 20), LINES_MAX);
    }
    return (int32_t)(extra * 100 / INC_MAX(end - first, 1));
}

inc_table_fit inc_table_choose(inc_table *t, inc_len room)
{
    inc_table trial = *t;
    inc_len base = t->style->font_size;
    scale s = {.size = base, .base = base, .padding = 100};
    trial.columns = INC_NEW_N(t->flow->lists, inc_column, t->grid.column_count);
    inc_table_fit crowded = {.size = base, .padding = 100};
    for (int divided = 0; divided < 2; divided++) {
        if (divided)
            measure_divided(t);
        for (int step = 0; step < STEPS_MAX; step++) {
            s.size = INC_MAX(base - step * STEP, INC_MIN(base, SMALLEST));
            s.padding = trial.padding = INC_MAX(100 - step * PADDING_STEP, PADDING_LEAST);
            s.divided = divided;
            measure_columns(&trial, &s, trial.columns, room);
            inc_table_fit fit = {.size = s.size, .padding = s.padding, .divided = divided, .fits = true};
            bool last = s.size <= SMALLEST && s.padding == PADDING_LEAST;
            if (sum_of_least(trial.columns, t->grid.column_count) <= room) {
                fit.crowding = crowding_of(&trial, &s, room);
                fit.crowded = fit.crowding > (s.size == base && !divided ? CROWDED : CROWDED_SMALL);
                if (!fit.crowded)
                    return fit;
                if (!crowded.fits || (!divided && step))
                    crowded = fit;
            }
            if (last)
                break;
        }
        if (crowded.fits)
            return crowded;
    }
    return (inc_table_fit){.size = s.size, .padding = s.padding, .divided = true};
}

void inc_table_apply(inc_table *t, const inc_table_fit *fit)
{
    bool changed = fit->size != t->style->font_size || fit->divided;
    t->padding = fit->padding;
    if (changed) {
        t->style = inc_style_resized(t->flow->worker->styler, t->style, fit->size, fit->divided);
        measure_cells(t);
        if (fit->divided)
            measure_divided(t);
    }
    scale s = {.size = fit->size, .base = fit->size, .padding = fit->padding, .divided = fit->divided};
    measure_columns(t, &s, t->columns, t->b->width);
}
