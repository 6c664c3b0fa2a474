/* package.c - package.opf (EPUB 3.3, section 5): metadata, manifest, spine. */
#include <stdio.h>

#include "epub/book.h"
#include "epub/xml.h"

/* ---- identity and dates ---- */

static inc_str isbn_urn(inc_arena *arena, inc_str isbn)
{
    inc_buf digits = inc_buf_in(arena);
    for (size_t i = 0; i < isbn.n; i++)
        if ((isbn.p[i] >= '0' && isbn.p[i] <= '9') || isbn.p[i] == 'X' || isbn.p[i] == 'x')
            inc_buf_byte(&digits, isbn.p[i]);
    return digits.n ? inc_strf(arena, "urn:isbn:%.*s", (int)digits.n, digits.p) : INC_STR("");
}

/* The author's own; else the ISBN; else a name-based UUID, so that a new edition of the same book is the same book. */
inc_str inc_epub_identifier(inc_epub_book *book)
{
    const inc_meta *meta = &book->document->meta;
    if (inc_str_trim(meta->identifier).n)
        return inc_str_trim(meta->identifier);
    inc_str isbn = isbn_urn(book->arena, meta->isbn_epub);
    if (isbn.n)
        return isbn;
    inc_buf name = inc_buf_in(book->arena);
    inc_buf_printf(&name, "incipit:%.*s\n%.*s\n", INC_STR_ARG(meta->title), INC_STR_ARG(meta->language));
    for (uint32_t i = 0; i < meta->author_count; i++)
        inc_buf_printf(&name, "%.*s\n", INC_STR_ARG(meta->authors[i]));
    return inc_strf(book->arena, "urn:uuid:%.*s", INC_STR_ARG(inc_uuid_v5(book->arena, inc_buf_str(&name))));
}

static bool digits(inc_str s, size_t at, size_t n, unsigned low, unsigned high)
{
    unsigned value = 0;
    if (s.n < at + n)
        return false;
    for (size_t i = at; i < at + n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        value = value * 10 + (unsigned)(s.p[i] - '0');
    }
    return value >= low && value <= high;
}

/* The length of the date part of a W3C-DTF date: 4, 7 or 10; 0 when it is none. */
static size_t date_length(inc_str date)
{
    if (!digits(date, 0, 4, 1, 9999))
        return 0;
    if (date.n == 4)
        return 4;
    if (date.p[4] != '-' || !digits(date, 5, 2, 1, 12))
        return 0;
    if (date.n == 7)
        return 7;
    return date.p[7] == '-' && digits(date, 8, 2, 1, 31) && (date.n == 10 || date.p[10] == 'T' || date.p[10] == ' ')
               ? 10
               : 0;
}

/* dcterms:modified wants seconds in UTC; without a date it is a fixed one, for there is no clock here. */
static inc_str modified(inc_epub_book *book)
{
    inc_str date = book->document->meta.date;
    size_t n = date_length(date);
    const char *rest[] = {"-01-01T00:00:00Z", "-01T00:00:00Z", "T00:00:00Z"};
    if (n == 10 && date.n == 20 && date.p[19] == 'Z' && date.p[13] == ':' && date.p[16] == ':' &&
        digits(date, 11, 2, 0, 23) && digits(date, 14, 2, 0, 59) && digits(date, 17, 2, 0, 59))
        return inc_strf(book->arena, "%.10sT%.9s", date.p, date.p + 11);
    if (n == 0)
        return INC_STR("2000-01-01T00:00:00Z");
    return inc_strf(book->arena, "%.*s%s", (int)n, date.p, rest[n == 4 ? 0 : n == 7 ? 1 : 2]);
}

/* ---- metadata ---- */

static void element(inc_buf *out, const char *name, const char *attributes, inc_str value)
{
    value = inc_str_trim(value);
    if (value.n == 0)
        return;
    inc_buf_printf(out, "<%s%s>", name, attributes);
    inc_xml_text(out, value);
    const char *space = strchr(name, ' ');
    inc_buf_printf(out, "</%.*s>\n", (int)(space ? space - name : (ptrdiff_t)strlen(name)), name);
}

static void meta(inc_buf *out, const char *property, inc_str value)
{
    char attributes[64];
    snprintf(attributes, sizeof attributes, " property=\"%s\"", property);
    element(out, "meta", attributes, value);
}

/* Where the page numbers come from: the print edition's ISBN, else the PDF that is made with the EPUB. */
static void write_page_source(inc_epub_book *book, inc_buf *out)
{
    inc_str print = isbn_urn(book->arena, book->document->meta.isbn_print);
    if (print.n)
        element(out, "dc:source", "", print);
    if (book->pages.n == 0)
        return;
    inc_str title = book->document->meta.title;
    meta(out, "pageBreakSource", print.n ? print : inc_strf(book->arena, "%.*s, PDF edition", INC_STR_ARG(title)));
}

static void write_metadata(inc_epub_book *book, inc_buf *out)
{
    const inc_meta *m = &book->document->meta;
    inc_buf_puts(out, "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    element(out, "dc:identifier", " id=\"identifier\"", inc_epub_identifier(book));
    element(out, "dc:title", " id=\"title\"", inc_str_trim(m->title).n ? m->title : INC_STR("Untitled"));
    if (inc_str_trim(m->subtitle).n) {
        inc_buf_puts(out, "<meta refines=\"#title\" property=\"title-type\">main</meta>\n<meta refines=\"#title\" "
                          "property=\"display-seq\">1</meta>\n");
        element(out, "dc:title", " id=\"subtitle\"", m->subtitle);
        inc_buf_puts(out, "<meta refines=\"#subtitle\" property=\"title-type\">subtitle</meta>\n<meta "
                          "refines=\"#subtitle\" property=\"display-seq\">2</meta>\n");
    }
    for (uint32_t i = 0; i < m->author_count; i++) {
        char id[64];
        if (inc_str_trim(m->authors[i]).n == 0)
            continue;
        snprintf(id, sizeof id, " id=\"author-%u\"", i + 1);
        element(out, "dc:creator", id, m->authors[i]);
        inc_buf_printf(out, "<meta refines=\"#author-%u\" property=\"role\" scheme=\"marc:relators\">aut</meta>\n",
                       i + 1);
    }
    element(out, "dc:language", "", inc_xml_is_language(m->language) ? m->language : INC_STR("und"));
    element(out, "dc:description", "", m->description);
    element(out, "dc:publisher", "", m->publisher);
    element(out, "dc:rights", "", m->rights);
    if (date_length(m->date))
        element(out, "dc:date", "", inc_str_slice(m->date, 0, date_length(m->date)));
    write_page_source(book, out);
    meta(out, "dcterms:modified", modified(book));
    inc_epub_accessibility(book, out);
    if (book->input->generator.n) {
        inc_buf_puts(out, "<meta name=\"generator\"");
        inc_xml_attribute(out, "content", book->input->generator);
        inc_buf_puts(out, "/>\n");
    }
    if (book->cover_href.n)
        inc_buf_puts(out,
                     "<meta name=\"cover\" content=\"cover-image\"/>\n"); /* EPUB 2's way, which Kindle's tools read */
    inc_buf_puts(out, "</metadata>\n");
}

/* ---- manifest and spine ---- */

static void write_item(inc_buf *out, inc_str id, inc_str href, const char *media_type, const char *properties)
{
    inc_buf_puts(out, "<item");
    inc_xml_attribute(out, "id", id);
    inc_xml_attribute(out, "href", href);
    inc_xml_attribute(out, "media-type", inc_str_of(media_type));
    if (properties)
        inc_xml_attribute(out, "properties", inc_str_of(properties));
    inc_buf_puts(out, "/>\n");
}

static void write_manifest(inc_epub_book *book, inc_buf *out)
{
    bool cover_listed = false;
    inc_buf_puts(out, "<manifest>\n");
    write_item(out, INC_STR("nav"), INC_STR("nav.xhtml"), "application/xhtml+xml", "nav");
    write_item(out, INC_STR("ncx"), INC_STR("toc.ncx"), "application/x-dtbncx+xml", NULL);
    write_item(out, INC_STR("style"), INC_STR("style.css"), "text/css", NULL);
    if (book->cover_href.n)
        write_item(out, INC_STR("cover"), INC_STR("cover.xhtml"), "application/xhtml+xml", NULL);
    for (size_t i = 0; i < book->files.n; i++)
        write_item(out, inc_strf(book->arena, "c%zu", i + 1), book->files.v[i].name, "application/xhtml+xml",
                   book->files.v[i].has_svg ? "svg" : NULL);
    for (size_t i = 0; i < book->pictures.n; i++) {
        const inc_epub_picture *picture = book->pictures.v[i];
        bool cover = inc_str_eq(picture->href, book->cover_href);
        cover_listed |= cover;
        write_item(out, cover ? INC_STR("cover-image") : inc_strf(book->arena, "i%zu", i + 1), picture->href,
                   picture->media_type, cover ? "cover-image" : NULL);
    }
    if (book->cover_href.n && !cover_listed)
        write_item(out, INC_STR("cover-image"), book->cover_href, "image/png", "cover-image");
    for (size_t i = 0; i < book->fonts.n; i++)
        write_item(out, inc_strf(book->arena, "f%zu", i + 1), book->fonts.v[i].href,
                   book->fonts.v[i].cff ? "font/otf" : "font/ttf", NULL);
    inc_buf_puts(out, "</manifest>\n");
}

/* The contents stand behind the title and copyright pages. */
static void write_spine(inc_epub_book *book, inc_buf *out)
{
    inc_buf_printf(out, "<spine toc=\"ncx\"%s>\n",
                   book->document->meta.right_to_left ? " page-progression-direction=\"rtl\"" : "");
    if (book->cover_href.n)
        inc_buf_puts(out, "<itemref idref=\"cover\"/>\n");
    bool nav = false;
    for (size_t i = 0; i < book->files.n; i++) {
        const inc_node *node = book->files.v[i].node;
        bool opening = node->kind == INC_NODE_CHAPTER &&
                       (node->as.chapter.role == INC_ROLE_TITLE_PAGE || node->as.chapter.role == INC_ROLE_COPYRIGHT);
        if (!nav && !opening) {
            inc_buf_puts(out, "<itemref idref=\"nav\"/>\n");
            nav = true;
        }
        inc_buf_printf(out, "<itemref idref=\"c%zu\"/>\n", i + 1);
    }
    if (!nav)
        inc_buf_puts(out, "<itemref idref=\"nav\"/>\n");
    inc_buf_puts(out, "</spine>\n");
}

inc_str inc_epub_package(inc_epub_book *book)
{
    inc_buf out = inc_buf_in(book->arena);
    inc_str language = book->document->meta.language;
    inc_buf_puts(&out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" "
                       "version=\"3.0\" unique-identifier=\"identifier\"");
    if (inc_xml_is_language(language))
        inc_xml_attribute(&out, "xml:lang", language);
    inc_buf_puts(&out, ">\n");
    write_metadata(book, &out);
    write_manifest(book, &out);
    write_spine(book, &out);
    inc_buf_puts(&out, "</package>\n");
    return inc_buf_str(&out);
}
