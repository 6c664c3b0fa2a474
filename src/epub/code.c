/* code.c - a listing: highlighted, a block for each line, with page breaks at their bytes. */
#include "epub/book.h"
#include "epub/xml.h"
#include "highlight/highlight.h"

/* A turned line goes on four columns inside its line's own indent, up to twelve: the class says which. */
static void open_line(inc_str line, inc_buf *out)
{
    unsigned columns = 0;
    for (size_t i = 0; i < line.n && (line.p[i] == ' ' || line.p[i] == '\t'); i++)
        columns += line.p[i] == '\t' ? 4 : 1;
    unsigned step = INC_MIN(columns / 4, 3);
    if (step)
        inc_buf_printf(out, "<span class=\"line indent-%u\">", step);
    else
        inc_buf_puts(out, "<span class=\"line\">");
}

/* Each line stands in a span that the sheet makes a block (so that turned lines can hang), with its LF inside: taken
 * out of the tags, the text is the listing's to the byte. A token over several lines is closed and opened again at each
 * end. */
void inc_epub_code(inc_arena *arena, inc_str language, inc_str code, const inc_page_break *breaks, size_t break_count,
                   inc_epub_break_fn *on_break, void *context, inc_buf *out)
{
    size_t token_count, t = 0, b = 0, line_end = 0;
    const inc_token *tokens = inc_highlight(arena, language, code, &token_count);
    bool in_line = false;
    for (size_t at = 0; at < code.n;) {
        if (!in_line) {
            const char *lf = memchr(code.p + at, '\n', code.n - at);
            line_end = lf ? (size_t)(lf - code.p) : code.n;
            open_line(inc_str_slice(code, at, line_end), out);
            in_line = true;
        }
        for (; b < break_count && breaks[b].byte <= at; b++)
            on_break(context, &breaks[b]);
        if (code.p[at] == '\n') {
            inc_buf_puts(out, "\n</span>");
            in_line = false;
            at++;
            continue;
        }
        while (t < token_count && tokens[t].start + tokens[t].length <= at)
            t++;
        bool inside = t < token_count && tokens[t].start <= at;
        size_t stop = line_end;
        if (t < token_count)
            stop = INC_MIN(stop, inside ? tokens[t].start + tokens[t].length : tokens[t].start);
        if (b < break_count)
            stop = INC_MIN(stop, INC_MAX(breaks[b].byte, at + 1));
        while (stop < line_end && ((unsigned char)code.p[stop] & 0xC0) == 0x80) /* not inside a character */
            stop++;
        if (inside)
            inc_buf_printf(out, "<span class=\"hljs-%s\">", tokens[t].token_class);
        inc_xml_text(out, inc_str_slice(code, at, stop));
        if (inside)
            inc_buf_puts(out, "</span>");
        at = stop;
    }
    for (; b < break_count; b++)
        on_break(context, &breaks[b]);
    if (in_line)
        inc_buf_puts(out, "</span>");
}
