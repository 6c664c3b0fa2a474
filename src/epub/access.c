/*
 * access.c - the accessibility metadata (EPUB Accessibility 1.1, section 2; names of schema.org). They say what is in the file, and so they are
 * computed from what was written: whether there are images, whether all have an alternative, whether there are a page list and an index.
 */
#include "epub/book.h"
#include "epub/xml.h"

typedef struct facts {
    uint32_t shown; /* images that carry information */
    bool images, described, pages, index, headings;
} facts;

static bool has_heading(const inc_node *root)
{
    for (inc_walk w = inc_walk_begin(root); inc_walk_next(&w);)
        if (w.enter && (w.node->kind == INC_NODE_HEADING || (w.node->kind == INC_NODE_PARAGRAPH && inc_node_has_class(w.node, "title"))))
            return true;
    return false;
}

static facts facts_of(const inc_epub_book *book)
{
    facts f = {.shown = book->images_described + book->images_without_alt, .pages = book->pages.n > 0, .headings = true};
    f.images = f.shown + book->images_decorative > 0;
    f.described = book->images_without_alt == 0;
    for (size_t i = 0; i < book->files.n; i++) {
        const inc_node *node = book->files.v[i].node;
        bool copyright = node->kind == INC_NODE_CHAPTER && node->as.chapter.role == INC_ROLE_COPYRIGHT;
        f.index |= node->kind == INC_NODE_CHAPTER && node->as.chapter.role == INC_ROLE_INDEX;
        f.headings &= copyright || has_heading(node);
    }
    return f;
}

static void meta(inc_buf *out, const char *property, const char *value)
{
    inc_buf_printf(out, "<meta property=\"schema:%s\">%s</meta>\n", property, value);
}

/* In English, which it says. */
static void write_summary(const facts *f, const inc_epub_book *book, inc_buf *out)
{
    inc_buf_puts(out, "<meta property=\"schema:accessibilitySummary\" xml:lang=\"en\">The text can be reflowed, resized and read aloud; headings, lists, tables, "
                      "notes and code are marked as such, and the contents lead to every chapter and section.");
    if (!f->shown)
        inc_buf_puts(out, " There are no images that carry information.");
    else if (f->described)
        inc_buf_puts(out, " All images have alternative text.");
    else
        inc_buf_printf(out, " %u of %u images have no alternative text.", book->images_without_alt, f->shown);
    inc_buf_puts(out, f->pages ? " Page numbers agree with the PDF and print editions." : "");
    inc_buf_puts(out, "</meta>\n");
}

/* What speaks against it among the things that a program can see, or NULL. */
static const char *objection(const facts *f, const inc_meta *m)
{
    if (!f->described)
        return "an image has no alternative text";
    if (!f->headings)
        return "a file has no heading";
    if (!inc_str_trim(m->title).n)
        return "the book has no title";
    return inc_xml_is_language(m->language) ? NULL : "the book has no language";
}

/*
 * That a publication conforms is reported together with the name of who has evaluated it (EPUB Accessibility 1.1, conformance reporting), and much of
 * WCAG only people can judge: without `certified-by` in book.toml there is no claim. With it there still is none where the file shows the opposite.
 */
static void write_certificate(const facts *f, inc_epub_book *book, inc_buf *out)
{
    const inc_meta *m = &book->document->meta;
    if (!m->certified_by.n)
        return;
    const char *against = objection(f, m);
    if (against) {
        inc_report(book->diags, INC_DIAG_NOT_CERTIFIED, INC_NO_SPAN, "the EPUB does not say that it is certified by '%.*s': %s", INC_STR_ARG(m->certified_by), against);
        return;
    }
    inc_buf_puts(out, "<meta property=\"dcterms:conformsTo\" id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>\n"
                      "<meta property=\"a11y:certifiedBy\" refines=\"#conformance\" id=\"certifier\">");
    inc_xml_text(out, m->certified_by);
    inc_buf_puts(out, "</meta>\n");
}

void inc_epub_accessibility(inc_epub_book *book, inc_buf *out)
{
    facts f = facts_of(book);
    meta(out, "accessMode", "textual");
    if (f.images)
        meta(out, "accessMode", "visual");
    if (f.described)
        meta(out, "accessModeSufficient", "textual");
    if (f.images)
        meta(out, "accessModeSufficient", "textual,visual");
    meta(out, "accessibilityFeature", "tableOfContents");
    meta(out, "accessibilityFeature", "readingOrder");
    meta(out, "accessibilityFeature", "structuralNavigation");
    meta(out, "accessibilityFeature", "displayTransformability");
    if (f.described && f.shown)
        meta(out, "accessibilityFeature", "alternativeText");
    if (book->images_at_length)
        meta(out, "accessibilityFeature", "longDescriptions");
    if (f.index)
        meta(out, "accessibilityFeature", "index");
    if (f.pages) {
        meta(out, "accessibilityFeature", "pageNavigation");
        meta(out, "accessibilityFeature", "pageBreakMarkers");
    }
    meta(out, "accessibilityHazard", "none");
    write_summary(&f, book, out);
    write_certificate(&f, book, out);
}
