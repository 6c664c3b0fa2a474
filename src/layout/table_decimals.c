/*
 * table_decimals.c - columns of numbers stand with their decimal points below each other.
 *
 * A column is one of numbers when it is set flush right and each of its cells below the head is a number, with or without a unit behind it, or empty
 * or a dash. What stands behind the digits before the point is the number's tail; a cell with a short one is indented at its right by what it lacks.
 */
#include "base/utf8.h"
#include "layout/table.h"

enum { UNIT_MAX = 12 /* bytes */ };

typedef struct number {
    inc_str text;
    size_t points, commas, last_point, last_comma; /* counts and offsets */
    size_t digits_end;                             /* behind the last digit */
} number;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t sign_length(inc_str s)
{
    static const char *const signs[] = {"+", "-", "\u2212", "\u2013", "\u00B1", "$", "\u20AC", "\u00A3"};
    for (size_t i = 0; i < INC_COUNT(signs); i++)
        if (inc_str_starts(s, inc_str_of(signs[i])))
            return strlen(signs[i]);
    return 0;
}

/* Signs, digits in groups, and a unit without digits. */
static bool read_number(inc_str text, number *n)
{
    *n = (number){.text = text};
    size_t at = 0;
    for (size_t sign; (sign = sign_length(inc_str_slice(text, at, text.n))) > 0;)
        at += sign;
    if (at >= text.n || (!is_digit(text.p[at]) && text.p[at] != '.'))
        return false;
    for (; at < text.n && (is_digit(text.p[at]) || text.p[at] == '.' || text.p[at] == ',' || text.p[at] == '_' || text.p[at] == '\''); at++) {
        if (text.p[at] == '.')
            n->points++, n->last_point = at;
        else if (text.p[at] == ',')
            n->commas++, n->last_comma = at;
        else if (is_digit(text.p[at]))
            n->digits_end = at + 1;
    }
    if (!n->digits_end || text.n - at > UNIT_MAX)
        return false;
    for (size_t i = at; i < text.n; i++)
        if (is_digit(text.p[i]))
            return false;
    return true;
}

static bool is_dash(inc_str text)
{
    static const char *const dashes[] = {"", "-", "\u2013", "\u2014", "\u2212"};
    for (size_t i = 0; i < INC_COUNT(dashes); i++)
        if (inc_str_is(text, dashes[i]))
            return true;
    return false;
}

static bool is_flush_right(const inc_table *t, uint32_t cell)
{
    inc_align align = t->grid.cells[cell].node->as.cell.align;
    return align == INC_ALIGN_RIGHT || (align == INC_ALIGN_NONE && t->cells[cell].style->text_align == INC_TEXT_RIGHT);
}

/* The text of a cell that is nothing but text. */
static bool plain_text(const inc_node *cell, inc_str *text)
{
    *text = INC_STR("");
    if (!cell->first)
        return true;
    if (cell->first != cell->last || cell->first->kind != INC_NODE_TEXT)
        return false;
    *text = inc_str_trim(cell->first->as.text.text);
    return true;
}

typedef struct figures { /* a column's */
    bool numbers;
    size_t count;
    bool points, commas;    /* some number has one */
    bool many_points, many_commas; /* some number has several: they part thousands */
    bool point_last, comma_last;   /* in a number that has both */
    bool odd;               /* somewhere behind a lone sign there are not just three digits */
} figures;

static void look_at(figures *f, inc_str text)
{
    number n;
    if (is_dash(text))
        return;
    if (!read_number(text, &n)) {
        f->numbers = false;
        return;
    }
    f->count++;
    f->points |= n.points > 0;
    f->commas |= n.commas > 0;
    f->many_points |= n.points > 1;
    f->point_last |= n.points && n.commas && n.last_point > n.last_comma;
    f->comma_last |= n.points && n.commas && n.last_comma > n.last_point;
    f->many_commas |= n.commas > 1;
    size_t last = n.points ? n.last_point : n.last_comma;
    f->odd |= (n.points || n.commas) && n.digits_end - last != 4;
}

/* The sign that begins the fractions, or 0 when there are none or nobody can tell: "1,234" is a thousand, or little more than one. */
static char decimal_sign(const figures *f)
{
    if (!f->numbers || f->count < 2)
        return 0;
    if (f->points && f->commas) {
        bool point = f->point_last || f->many_commas, comma = f->comma_last || f->many_points;
        return point == comma ? 0 : point ? '.' : ',';
    }
    if (!f->odd || f->many_points || f->many_commas)
        return 0;
    return f->points ? '.' : ',';
}

static inc_len tail_width(const inc_table *t, uint32_t cell, inc_str text, char sign)
{
    number n;
    if (!read_number(text, &n))
        return 0;
    size_t from = sign == '.' && n.points ? n.last_point : sign == ',' && n.commas ? n.last_comma : n.digits_end;
    inc_str tail = inc_str_slice(text, from, text.n);
    if (!tail.n)
        return 0;
    inc_shape_request request = inc_shape_request_of(t->flow, t->cells[cell].style, t->flow->worker->input->document->meta.language);
    return inc_shape(t->flow->worker->shaper, &request, tail)->advance;
}

static void indent(inc_table_cell *c, inc_len by)
{
    c->indent = by;
    c->least += by;
    c->divided += by;
    c->most += by;
    c->total += by;
}

void inc_table_decimals(inc_table *t)
{
    uint32_t n = t->grid.column_count, first = t->grid.row_first[t->grid.head_end], end = t->grid.row_first[t->grid.row_count];
    figures *columns = INC_NEW_N(t->flow->lists, figures, n);
    inc_len *widest = INC_NEW_N(t->flow->lists, inc_len, n);
    inc_str text;
    for (uint32_t i = 0; i < n; i++)
        columns[i].numbers = true;
    for (uint32_t i = first; i < end; i++) {
        const inc_grid_cell *at = &t->grid.cells[i];
        figures *f = &columns[at->column];
        if (at->columns > 1 || !is_flush_right(t, i) || !plain_text(at->node, &text))
            f->numbers = false;
        else if (f->numbers)
            look_at(f, text);
    }
    for (int pass = 0; pass < 2; pass++) /* the widest tail, then what the others lack */
        for (uint32_t i = first; i < end; i++) {
            uint32_t column = t->grid.cells[i].column;
            char sign = decimal_sign(&columns[column]);
            if (!sign || !plain_text(t->grid.cells[i].node, &text) || is_dash(text))
                continue;
            inc_len tail = tail_width(t, i, text, sign);
            if (pass == 0)
                widest[column] = INC_MAX(widest[column], tail);
            else
                indent(&t->cells[i], widest[column] - tail);
        }
}
