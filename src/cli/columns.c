/* columns.c - source lines on a terminal: widths, tabs, and the carets below what is meant. */
#include <unicode/uchar.h>

#include "base/utf8.h"
#include "cli/cli.h"

enum { TAB = 4, LONG = 4096 /* bytes or columns that are worth a look */ };

unsigned inc_columns_of(uint32_t cp)
{
    if (cp < 0x300)
        return cp == 0xAD ? 0 : 1;
    switch (u_charType((UChar32)cp)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
        return 0;
    default:
        break;
    }
    switch (u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE:
    case U_EA_FULLWIDTH:
        return 2;
    default:
        return 1;
    }
}

/* Characters that drive the terminal or turn the order of what follows round: a finding must not hide what it shows. */
static bool is_unsafe(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

void inc_columns_add_safe(inc_buf *out, inc_str text)
{
    for (size_t at = 0, next; at < text.n; at = next) {
        uint32_t cp = inc_utf8_decode(text, at, &next);
        if (is_unsafe(cp))
            inc_buf_code_point(out, INC_REPLACEMENT);
        else
            inc_buf_add(out, inc_str_slice(text, at, next));
    }
}

/* Columns that cp takes when it begins in `column`. */
static unsigned advance(uint32_t cp, unsigned column)
{
    return cp == '\t' ? TAB - column % TAB : is_unsafe(cp) ? 1 : inc_columns_of(cp);
}

/* What of the line is looked at: all of it, or, far inside of a very long one, the part from some way before the span. */
typedef struct view {
    inc_str line;
    size_t into, until; /* the span, in bytes of `line`; a span of several lines ends with its first */
} view;

static view view_of(const inc_place *place)
{
    inc_str line = place->line_text;
    view v = {.line = line, .into = INC_MIN(place->offset - place->line_offset, (uint32_t)line.n)};
    v.until = place->end_line == place->line ? INC_MIN(place->end_offset - place->line_offset, (uint32_t)line.n) : line.n;
    size_t cut = v.into > LONG ? v.into - LONG / 2 : 0;
    while (cut > 0 && ((unsigned char)line.p[cut] & 0xC0) == 0x80)
        cut--;
    return (view){inc_str_slice(line, cut, line.n), v.into - cut, v.until - cut};
}

/* The columns where the span begins and where it ends; an end that is further off than any terminal is wide is not looked for. */
static void measure(const view *v, unsigned *from, unsigned *to)
{
    unsigned column = 0;
    size_t at = 0, next;
    for (; at < v->into; at = next)
        column += advance(inc_utf8_decode(v->line, at, &next), column);
    *from = column;
    for (; at < v->until && column < *from + LONG; at = next)
        column += advance(inc_utf8_decode(v->line, at, &next), column);
    *to = INC_MAX(column, *from + 1);
}

void inc_columns_excerpt(const inc_place *place, unsigned width, inc_buf *text, inc_buf *carets)
{
    view v = view_of(place);
    unsigned from, to;
    measure(&v, &from, &to);
    /* The window starts at the line's beginning when the span shows there, else a third of its width before the span. */
    unsigned start = to <= width || from < width / 2 ? 0 : from - width / 3;
    unsigned column = 0, stop = start + width;
    inc_str line = v.line;
    size_t at = 0, next;
    for (; at < line.n && column < stop; at = next) {
        uint32_t cp = inc_utf8_decode(line, at, &next);
        unsigned step = advance(cp, column);
        if (column + step > stop)
            break;
        if (column >= start) {
            if (cp == '\t')
                for (unsigned i = 0; i < step; i++)
                    inc_buf_byte(text, ' ');
            else
                inc_columns_add_safe(text, inc_str_slice(line, at, next));
        } else if (column + step > start) /* a wide one cut by the window's edge */
            for (unsigned i = start; i < column + step; i++)
                inc_buf_byte(text, ' ');
        column += step;
    }
    if (at < line.n)
        inc_buf_puts(text, "…");
    for (unsigned i = start; i < from; i++)
        inc_buf_byte(carets, ' ');
    for (unsigned i = from; i < INC_MIN(to, stop); i++)
        inc_buf_byte(carets, '^');
}
