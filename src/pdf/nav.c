/* nav.c - destinations, outline, page labels, links (ISO 32000-1, 12.3, 12.4.2, 12.5.6.5). */
#include "pdf/nav.h"

#include "pdf/syntax.h"

enum { LEAF = 64, DEPTH_MAX = 32 };

static void put_xyz(inc_buf *out, const inc_pages *pages, inc_ref page, inc_len x, inc_len y)
{
    inc_buf_byte(out, '[');
    inc_pdf_put_ref(out, page);
    inc_buf_puts(out, "/XYZ ");
    inc_pdf_put_len(out, x);
    inc_buf_byte(out, ' ');
    inc_pdf_put_len(out, pages->height - y);
    inc_buf_puts(out, " null]");
}

/* ---- destinations ---- */

static inc_ref destination_leaf(inc_pdf *pdf, const inc_pages *pages, size_t from, size_t to, const inc_ref *page_refs, inc_arena *arena)
{
    const inc_destination *d = pages->destinations;
    inc_buf out = inc_buf_in(arena);
    inc_buf_puts(&out, "/Limits[");
    inc_pdf_put_bytes(&out, d[from].name);
    inc_pdf_put_bytes(&out, d[to - 1].name);
    inc_buf_puts(&out, "]/Names[");
    for (size_t i = from; i < to; i++) {
        assert(d[i].page < pages->page_count);
        inc_pdf_put_bytes(&out, d[i].name);
        put_xyz(&out, pages, page_refs[d[i].page], d[i].x, d[i].y);
    }
    inc_buf_byte(&out, ']');
    inc_ref ref = inc_pdf_object(pdf);
    inc_pdf_fill(pdf, ref, inc_buf_str(&out));
    return ref;
}

inc_ref inc_pdf_destinations(inc_pdf *pdf, const inc_pages *pages, const inc_ref *page_refs, inc_arena *arena)
{
    size_t n = pages->destination_count;
    if (!n)
        return 0;
    inc_buf out = inc_buf_in(arena);
    inc_buf_puts(&out, "/Kids[");
    for (size_t from = 0; from < n; from += LEAF) {
        inc_pdf_put_ref(&out, destination_leaf(pdf, pages, from, INC_MIN(from + LEAF, n), page_refs, arena));
        inc_buf_byte(&out, ' ');
    }
    inc_buf_byte(&out, ']');
    inc_ref ref = inc_pdf_object(pdf);
    inc_pdf_fill(pdf, ref, inc_buf_str(&out));
    return ref;
}

static bool has_destination(const inc_pages *pages, inc_str name)
{
    size_t low = 0, high = pages->destination_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = inc_str_cmp(pages->destinations[middle].name, name);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* ---- outline and labels ---- */

void inc_pdf_outline(inc_pdf *pdf, const inc_pages *pages, const inc_ref *page_refs, inc_arena *arena)
{
    inc_ref path[DEPTH_MAX] = {0}; /* the last item of each depth */
    unsigned depth = 0;            /* of the next item at most */
    for (size_t i = 0; i < pages->outline_count; i++) {
        const inc_outline_item *item = &pages->outline[i];
        assert(item->page < pages->page_count);
        depth = INC_MIN(INC_MIN((unsigned)item->depth, depth), (unsigned)DEPTH_MAX - 1);
        path[depth] = inc_pdf_outline_item(pdf, depth ? path[depth - 1] : 0, item->open);
        inc_buf out = inc_buf_in(arena);
        inc_buf_puts(&out, "/Title");
        inc_pdf_put_text(&out, item->title);
        inc_buf_puts(&out, "/Dest");
        put_xyz(&out, pages, page_refs[item->page], 0, item->y);
        inc_pdf_fill(pdf, path[depth], inc_buf_str(&out));
        depth++;
    }
}

void inc_pdf_labels(inc_pdf *pdf, const inc_pages *pages)
{
    for (size_t i = 0; i < pages->label_count; i++) {
        const inc_page_labels_run *run = &pages->labels[i];
        if (i == 0 && run->page > 0)
            inc_pdf_page_labels(pdf, 0, 'D', 1);
        inc_pdf_page_labels(pdf, run->page, run->style, run->start);
    }
}

/* ---- links ---- */

/* A URI string is 7-bit ASCII (12.6.4.7): other bytes are percent-encoded as RFC 3987 maps an IRI. */
static void put_uri(inc_buf *out, inc_str uri)
{
    inc_buf ascii = inc_buf_in(out->arena);
    for (size_t i = 0; i < uri.n; i++) {
        unsigned char c = (unsigned char)uri.p[i];
        if (c > 0x20 && c < 0x7F)
            inc_buf_byte(&ascii, (char)c);
        else
            inc_buf_printf(&ascii, "%%%02X", c);
    }
    inc_pdf_put_bytes(out, inc_buf_str(&ascii));
}

static void put_link(inc_buf *out, const inc_pages *pages, const inc_mark *mark)
{
    inc_len y = pages->height - mark->y - mark->height;
    inc_len corners[4] = {mark->x, y, mark->x + mark->width, y + mark->height};
    inc_buf_puts(out, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
    for (int i = 0; i < 4; i++) {
        if (i)
            inc_buf_byte(out, ' ');
        inc_pdf_put_len(out, corners[i]);
    }
    inc_buf_puts(out, "]/Contents");
    inc_str target = mark->as.link.uri.n ? mark->as.link.uri : mark->as.link.destination;
    inc_pdf_put_text(out, mark->as.link.contents.n ? mark->as.link.contents : target);
    if (mark->as.link.uri.n) {
        inc_buf_puts(out, "/A<</S/URI/URI");
        put_uri(out, mark->as.link.uri);
        inc_buf_puts(out, ">>");
    } else {
        inc_buf_puts(out, "/Dest");
        inc_pdf_put_bytes(out, mark->as.link.destination);
    }
}

static bool leads_somewhere(const inc_pages *pages, const inc_page *page, const inc_mark *mark, inc_diags *diags)
{
    inc_str name = mark->as.link.destination;
    if (mark->as.link.uri.n || has_destination(pages, name))
        return true;
    inc_report(diags, INC_DIAG_LINK_LEFT_OUT, INC_NO_SPAN, "no page has the destination '%.*s' of a link", INC_STR_ARG(name))->page = page->label;
    return false;
}

void inc_pdf_links(inc_pdf *pdf, const inc_pages *pages, uint32_t p, inc_pdf_tags *tags, const inc_ref *page_refs, inc_diags *diags,
                   inc_arena *arena, inc_buf *out)
{
    const inc_page *page = &pages->pages[p];
    bool any = false;
    for (size_t m = 0; m < page->mark_count; m++) {
        const inc_mark *mark = &page->marks[m];
        if (mark->kind != INC_MARK_LINK || !leads_somewhere(pages, page, mark, diags))
            continue;
        inc_ref ref = inc_pdf_object(pdf);
        inc_buf entries = inc_buf_in(arena);
        put_link(&entries, pages, mark);
        inc_buf_puts(&entries, "/P ");
        inc_pdf_put_ref(&entries, page_refs[p]);
        if (tags)
            inc_buf_printf(&entries, "/StructParent %u", inc_pdf_tags_annotation(tags, mark->tag, p, ref));
        inc_pdf_fill(pdf, ref, inc_buf_str(&entries));
        inc_buf_puts(out, any ? " " : "/Annots[");
        inc_pdf_put_ref(out, ref);
        any = true;
    }
    if (any)
        inc_buf_puts(out, "]/Tabs/S");
}
