/* code.c - a listing: highlighted, a block for each line, with page breaks at their bytes. */
#include "epub/book.h"
#include "epub/xml.h"
#include "highlight/highlight.h"

enum { NUMBERED_EVERY = 5 };

/* A turned line goes on four columns inside its line's own indent, up to twelve: the class says which. Its number is an attribute, for the sheet to
 * show: no part of the text. */
static void open_line(const inc_node *node, uint32_t index, inc_str line, inc_buf *out)
{
    static const char *const marks[] = {"", " highlighted", " added", " added highlighted", " deleted", " deleted highlighted"};
    uint8_t mark = node->as.code.marks && index < node->as.code.mark_count ? node->as.code.marks[index] : 0;
    uint32_t number = node->as.code.first_number + index;
    unsigned columns = 0;
    for (size_t i = 0; i < line.n && (line.p[i] == ' ' || line.p[i] == '\t'); i++)
        columns += line.p[i] == '\t' ? 4 : 1;
    unsigned step = INC_MIN(columns / 4, 3);
    inc_buf_puts(out, "<span class=\"line");
    if (step)
        inc_buf_printf(out, " indent-%u", step);
    inc_buf_printf(out, "%s\"", marks[mark % INC_COUNT(marks)]);
    if (node->as.code.first_number && (index == 0 || number % NUMBERED_EVERY == 0))
        inc_buf_printf(out, " data-line=\"%u\"", number);
    inc_buf_puts(out, ">");
}

/* The comment of a callout; but for its number it is there to be copied, not to be seen. */
static void put_callout(inc_str comment, inc_buf *out)
{
    size_t from = 0, to;
    while (from < comment.n && (comment.p[from] < '0' || comment.p[from] > '9'))
        from++;
    for (to = from; to < comment.n && comment.p[to] >= '0' && comment.p[to] <= '9';)
        to++;
    inc_buf_puts(out, "<span class=\"source\">");
    inc_xml_text(out, inc_str_slice(comment, 0, from));
    inc_buf_puts(out, "</span>");
    inc_xml_text(out, inc_str_slice(comment, from, to));
    if (to < comment.n) {
        inc_buf_puts(out, "<span class=\"source\">");
        inc_xml_text(out, inc_str_slice(comment, to, comment.n));
        inc_buf_puts(out, "</span>");
    }
}

/* Each line stands in a span that the sheet makes a block (so that turned lines can hang), with its LF inside: taken
 * out of the tags, the text is the listing's to the byte. A token over several lines is closed and opened again at each
 * end. */
void inc_epub_code(inc_arena *arena, const inc_node *node, const inc_page_break *breaks, size_t break_count, const inc_epub_code_events *on,
                   void *context, inc_buf *out)
{
    size_t token_count, t = 0, b = 0, line_end = 0;
    inc_str code = node->as.code.text;
    const inc_token *tokens = (node->as.code.diff ? inc_highlight_diff : inc_highlight)(arena, inc_node_syntax(node), code, &token_count);
    const inc_node *callout = node->first;
    uint32_t index = 0;
    bool in_line = false, in_discs = false; /* the callouts of a line stand together */
    for (size_t at = 0; at < code.n;) {
        if (!in_line) {
            const char *lf = memchr(code.p + at, '\n', code.n - at);
            line_end = lf ? (size_t)(lf - code.p) : code.n;
            open_line(node, index++, inc_str_slice(code, at, line_end), out);
            in_line = true;
        }
        for (; b < break_count && breaks[b].byte <= at; b++)
            on->page_break(context, &breaks[b]);
        if (callout && callout->as.callout.byte == at) {
            at += callout->as.callout.length;
            inc_buf_puts(out, in_discs ? "" : "<span class=\"discs\">");
            on->callout(context, callout, true);
            put_callout(inc_str_slice(code, callout->as.callout.byte, at), out);
            on->callout(context, callout, false);
            callout = callout->next;
            in_discs = callout && callout->as.callout.byte == at;
            inc_buf_puts(out, in_discs ? "" : "</span>");
            continue;
        }
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
        if (callout)
            stop = INC_MIN(stop, callout->as.callout.byte);
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
        on->page_break(context, &breaks[b]);
    if (in_line)
        inc_buf_puts(out, "</span>");
}
