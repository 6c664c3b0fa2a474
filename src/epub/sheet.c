/* sheet.c - the EPUB's one style sheet: what our markup needs to work at all, then the book's own sheet. */
#include "epub/book.h"

/* Only structure: line blocks of listings, notes, marks without a look of their own. Looks come from styles/. */
static const char base[] =
    "body{margin:0;padding:0 .2em}\n"
    "img{max-width:100%;height:auto}\n"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;text-align:left;text-indent:0;hyphens:none}\n"
    "pre .line{display:block;padding-left:2em;text-indent:-2em}\n"
    "code,kbd{hyphens:none}\n"
    "a.noteref{vertical-align:super;font-size:.75em;line-height:1;text-decoration:none}\n"
    ".footnotes{margin-top:2em;font-size:.85em}\n"
    ".footnotes aside{margin:.4em 0}\n"
    ".tight>li>p{margin:0;text-indent:0}\n"
    "li.task{list-style-type:none}\n"
    "table{border-collapse:collapse}\n"
    "td,th{vertical-align:top;text-align:left;padding:.2em .5em}\n"
    "thead td{border-bottom:.08em solid}\n"
    ".align-left{text-align:left}\n.align-center{text-align:center}\n.align-right{text-align:right}\n"
    "figure{margin:1em 0}\n"
    "nav ol{list-style-type:none;margin:0;padding-left:1.2em}\n"
    "nav li{margin:.3em 0}\n"
    "nav a{text-decoration:none}\n"
    "section.cover{text-align:center;margin:0;padding:0}\n"
    "section.cover img{max-height:98vh}\n"
    "hr.page{display:none}\n";

static inc_str font_href(void *context, const inc_font_face *face)
{
    const inc_epub_book *book = context;
    for (size_t i = 0; i < book->fonts.n; i++)
        if (inc_str_eq(book->fonts.v[i].path, face->path))
            return book->fonts.v[i].href;
    return INC_STR("");
}

inc_str inc_epub_sheet(inc_epub_book *book)
{
    inc_buf out = inc_buf_in(book->arena);
    inc_buf_puts(&out, "@charset \"utf-8\";\n");
    inc_buf_puts(&out, base);
    inc_sheet_write_epub(book->input->sheet, font_href, book, &out);
    for (size_t i = 0; i < book->widths.n; i++)
        inc_buf_printf(&out, "img.w%zu{width:%.*s}\n", i + 1, INC_STR_ARG(book->widths.v[i]));
    return inc_buf_str(&out);
}
