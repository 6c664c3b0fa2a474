/* sheet.c - the EPUB's one style sheet: what our markup needs to work at all, then the book's own sheet. */
#include "epub/book.h"

/* Only structure: line blocks of listings, notes, marks without a look of their own. Looks come from styles/. No reader
 * scrolls a table sideways: from four columns on it gets smaller and its cells break inside words, from six its heads
 * as well. */
static const char base[] =
    "body{margin:0;padding:0 .2em;overflow-wrap:break-word}\n"
    "img{max-width:100%;height:auto}\n"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;text-align:left;text-indent:0;hyphens:none}\n"
    "pre .line{display:block;padding-left:2em;text-indent:-2em}\n"
    "pre .line.indent-1{padding-left:4em;text-indent:-4em}\n"
    "pre .line.indent-2{padding-left:6em;text-indent:-6em}\n"
    "pre .line.indent-3{padding-left:8em;text-indent:-8em}\n"
    "pre .line[data-line]::before{content:attr(data-line);display:inline-block;width:2em;margin:0 .8em 0 -2.8em;text-indent:0;text-align:right}\n"
    "a.callout,span.callout{text-decoration:none}\n"
    "pre .callout .source{font-size:0}\n"
    "pre .discs{float:right;text-indent:0}\n"
    "pre .callout{display:inline-block;text-indent:0;margin-left:.4em}\n"
    ".callouts{list-style-type:none;padding-left:1.8em}\n"
    ".callouts .callout.backlink{display:inline-block;margin-left:-1.8em;margin-right:.2em;text-indent:0}\n"
    "code,kbd{hyphens:none}\n"
    "a.noteref{vertical-align:super;font-size:.75em;line-height:1;text-decoration:none}\n"
    ".footnotes{margin-top:2em;font-size:.85em}\n"
    ".footnotes aside{margin:.4em 0}\n"
    ".tight>li>p{margin:0;text-indent:0}\n"
    "li.task{list-style-type:none}\n"
    "table{border-collapse:collapse;overflow-wrap:break-word}\n"
    "tr>:first-child:nth-last-child(n+4),tr>:first-child:nth-last-child(n+4)~*{font-size:.85em}\n"
    "tr>:first-child:nth-last-child(-n+3),tr>:first-child:nth-last-child(-n+3)~*{overflow-wrap:anywhere;min-width:3em}\n"
    "tr>td:first-child:nth-last-child(n+4),tr>:first-child:nth-last-child(n+4)~td{overflow-wrap:anywhere;hyphens:auto}"
    "\n"
    "tr>:first-child:nth-last-child(n+6),tr>:first-child:nth-last-child(n+6)~*{overflow-wrap:anywhere}\n"
    "td,th{vertical-align:top;text-align:left;padding:.2em .5em}\n"
    "thead td{border-bottom:.08em solid}\n"
    ".align-left{text-align:left}\n.align-center{text-align:center}\n.align-right{text-align:right}\n"
    "figure{margin:1em 0}\n"
    "nav ol{list-style-type:none;margin:0;padding-left:1.2em}\n"
    "nav li{margin:.3em 0}\n"
    "nav a{text-decoration:none}\n"
    "section.cover{text-align:center;margin:0;padding:0}\n"
    "section.cover img{max-height:98vh}\n"
    "hr.page{display:none}\n"
    "svg.icon{width:1em;height:1em;margin-right:.4em;vertical-align:-.125em}\n"
    "[dir=\"rtl\"] svg.icon{margin-right:0;margin-left:.4em}\n";

static inc_str font_href(void *context, const inc_font_face *face)
{
    const inc_epub_book *book = context;
    for (size_t i = 0; i < book->fonts.n; i++)
        if (inc_str_eq(book->fonts.v[i].path, face->path))
            return book->fonts.v[i].href;
    return INC_STR("");
}

/* What fills half of a page is too small to read on half of a telephone: there a share of the width is doubled. */
static void write_sizes(const inc_epub_book *book, inc_buf *out)
{
    static const inc_str name = {"width:", 6};
    for (size_t i = 0; i < book->sizes.n; i++)
        inc_buf_printf(out, "img.w%zu{%.*s}\n", i + 1, INC_STR_ARG(book->sizes.v[i]));
    for (size_t i = 0; i < book->sizes.n; i++) {
        inc_str css = book->sizes.v[i], width = inc_str_cut(&css, ';');
        width = inc_str_starts(width, name) ? inc_str_slice(width, name.n, width.n) : INC_STR("");
        uint64_t percent;
        if (inc_str_ends(width, INC_STR("%")) && inc_str_to_uint(inc_str_slice(width, 0, width.n - 1), &percent) &&
            percent < 100)
            inc_buf_printf(out, "@media (max-width:30em){img.w%zu{width:%u%%}}\n", i + 1,
                           (unsigned)INC_MIN(2 * percent, 100));
    }
}

typedef struct resets { /* of one file */
    inc_buf *out;
    size_t file;
    bool any;
} resets;

static void write_reset(void *context, inc_str name, int64_t value)
{
    resets *r = context;
    if (!r->any)
        inc_buf_printf(r->out, "body.f%zu{counter-reset:", r->file);
    inc_buf_printf(r->out, "%s%.*s %lld", r->any ? " " : "", INC_STR_ARG(name), (long long)value);
    r->any = true;
}

/* A reading system counts each file by itself: it begins with what those before have counted. */
static void write_counters(const inc_epub_book *book, inc_buf *out)
{
    for (size_t i = 0; i < book->files.n; i++) {
        resets r = {.out = out, .file = i + 1};
        inc_counters_at_start(book->counters, book->files.v[i].node, write_reset, &r);
        inc_buf_puts(out, r.any ? "}\n" : "");
    }
}

inc_str inc_epub_sheet(inc_epub_book *book)
{
    inc_buf out = inc_buf_in(book->arena);
    inc_buf_puts(&out, "@charset \"utf-8\";\n");
    inc_buf_puts(&out, base);
    inc_sheet_write_epub(book->input->sheet, font_href, book, &out);
    write_sizes(book, &out);
    write_counters(book, &out);
    return inc_buf_str(&out);
}
