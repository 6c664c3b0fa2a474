/* test_epub.c - chapters as XHTML, navigation, metadata, the archive. */
#include "harness.h"

#include <stdlib.h>
#include <zip.h>

#include "base/guard.h"
#include "base/sink.h"
#include "epub/book.h"
#include "epub/xml.h"

/* A document built by hand, and the EPUB in the making over it. */
typedef struct fixture {
    inc_arena *arena;
    inc_document *document;
    inc_epub_input input;
    inc_epub_book book;
    inc_pagemap pagemap;
} fixture;

static fixture *new_fixture(inc_arena *arena)
{
    fixture *f = INC_NEW(arena, fixture);
    f->arena = arena;
    f->document = inc_document_new(arena, inc_sources_new(arena));
    f->document->meta.title = INC_STR("A & B");
    f->document->meta.language = INC_STR("en");
    return f;
}

static inc_node *child(fixture *f, inc_node *parent, inc_node_kind kind)
{
    inc_node *node = inc_node_new(f->arena, kind, INC_NO_SPAN);
    inc_node_append(parent, node);
    return node;
}

static inc_node *text(fixture *f, inc_node *parent, const char *bytes)
{
    inc_node *node = inc_node_text(f->arena, inc_str_of(bytes), INC_NO_SPAN);
    inc_node_append(parent, node);
    return node;
}

static inc_node *chapter(fixture *f, const char *name, const char *title)
{
    inc_node *node = child(f, f->document->book, INC_NODE_CHAPTER);
    node->as.chapter.name = inc_str_of(name);
    node->as.chapter.title = inc_str_of(title);
    return node;
}

static inc_node *heading(fixture *f, inc_node *parent, unsigned level, const char *title, const char *label)
{
    inc_node *node = child(f, parent, INC_NODE_HEADING);
    node->as.heading.level = (uint8_t)level;
    node->as.heading.in_contents = true;
    node->label = inc_str_of(label);
    text(f, node, title);
    return node;
}

static inc_node *paragraph(fixture *f, inc_node *parent, const char *bytes)
{
    inc_node *node = child(f, parent, INC_NODE_PARAGRAPH);
    if (bytes)
        text(f, node, bytes);
    return node;
}

static void free_arena(void *arena)
{
    inc_arena_free(arena);
}

static inc_arena *arena_beside(inc_arena *arena)
{
    void **slot = inc_defer(arena, free_arena);
    return *slot = inc_arena_new();
}

static void plan(fixture *f)
{
    inc_document_number(f->document);
    const inc_node *where;
    const char *broken = inc_document_check(f->document, &where);
    if (broken)
        fail_msg("the fixture is no document: %s", broken);
    f->input = (inc_epub_input){.document = f->document, .pagemap = &f->pagemap, .generator = INC_STR("incipit test")};
    f->book = (inc_epub_book){
        .input = &f->input, .document = f->document, .arena = f->arena, .diags = inc_diags_new(f->arena)};
    f->book.page = arena_beside(f->arena);
    f->book.scratch = arena_beside(f->arena);
    f->book.page_labels = f->book.picture_names = f->book.picture_hrefs = inc_map_in(f->arena);
    inc_epub_plan(&f->book);
}

static inc_str xhtml(fixture *f, size_t file)
{
    inc_epub_xhtml(&f->book, &f->book.files.v[file]);
    return f->book.files.v[file].xhtml;
}

static void assert_has(inc_str all, const char *part)
{
    if (inc_str_find(all, inc_str_of(part)) == INC_NPOS)
        fail_msg("no \"%s\" in:\n%.*s", part, INC_STR_ARG(all));
}

static void assert_lacks(inc_str all, const char *part)
{
    if (inc_str_find(all, inc_str_of(part)) != INC_NPOS)
        fail_msg("\"%s\" in:\n%.*s", part, INC_STR_ARG(all));
}

static void test_text_and_headings(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *c = chapter(f, "ch01", "One < Two");
    c->as.chapter.number = INC_STR("1");
    heading(f, c, 1, "One < Two", "one two");
    inc_node *p = paragraph(f, c, "a \x01 & \"b\"");
    child(f, p, INC_NODE_SOFT_BREAK);
    inc_node *em = child(f, p, INC_NODE_SPAN);
    em->as.span_.tag = INC_SPAN_EM;
    em->lang = INC_STR("de");
    text(f, em, "c");
    child(f, p, INC_NODE_BREAK);
    plan(f);
    inc_str out = xhtml(f, 0);
    assert_has(out, "<title>One &lt; Two</title>");
    assert_has(out, "<body epub:type=\"bodymatter\">\n<section class=\"chapter numbered depth-0\" "
                    "epub:type=\"chapter\" role=\"doc-chapter\">\n");
    assert_has(out, "<h1 id=\"one-two\">One &lt; Two</h1>\n");
    assert_has(out, "<p>a \xEF\xBF\xBD &amp; \"b\"\n<em lang=\"de\" xml:lang=\"de\">c</em><br/>\n</p>");
    assert_lacks(out, "style=");
}

static void test_notes(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *c = chapter(f, "ch01", "One");
    inc_node *p = paragraph(f, c, "text");
    inc_node *refs[3];
    for (int i = 0; i < 3; i++)
        refs[i] = child(f, p, INC_NODE_NOTE_REF);
    inc_node *second = child(f, c, INC_NODE_NOTE), *first = child(f, c, INC_NODE_NOTE),
             *unused = child(f, c, INC_NODE_NOTE);
    second->as.note.number = 2;
    first->as.note.number = 1;
    paragraph(f, second, "two");
    child(f, first, INC_NODE_CODE)->as.code.text = INC_STR("x\n");
    paragraph(f, unused, "never");
    refs[0]->as.note_ref.note = first;
    refs[1]->as.note_ref.note = second;
    refs[2]->as.note_ref.note = first;
    refs[0]->as.note_ref.ordinal = refs[1]->as.note_ref.ordinal = 1;
    refs[2]->as.note_ref.ordinal = 2;
    paragraph(f, c, NULL)->label = INC_STR("fn-2"); /* the author's own label keeps its name */
    inc_node_detach(c->last);
    plan(f);
    inc_str out = xhtml(f, 0);
    assert_has(out,
               "<a id=\"fnref-1\" class=\"noteref\" href=\"#fn-1\" epub:type=\"noteref\" role=\"doc-noteref\">1</a>");
    assert_has(out,
               "<a id=\"fnref-1-2\" class=\"noteref\" href=\"#fn-1\" epub:type=\"noteref\" role=\"doc-noteref\">1</a>");
    assert_has(out, "<section class=\"footnotes\" epub:type=\"footnotes\">\n<aside id=\"fn-1\" class=\"footnote\" "
                    "epub:type=\"footnote\" role=\"doc-footnote\">\n"
                    "<p><a class=\"backlink\" href=\"#fnref-1\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">1.</a> </p>\n<pre>");
    assert_has(out, "<p><a class=\"backlink\" href=\"#fnref-2\" role=\"doc-backlink\" aria-label=\"Back to reference 2\">2.</a> "
                    "two</p>\n</aside>\n</section>\n</section>\n</body>");
    assert_lacks(out, "never");
}

/* What is written from right to left says so, in a book that is not, and the other way round; a sign stands in an alert. */
static void test_directions_and_signs(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *c = chapter(f, "a", "A"), *alert = inc_node_new(f->arena, INC_NODE_ALERT, INC_NO_SPAN);
    paragraph(f, c, "arabic")->lang = INC_STR("ar-EG");
    paragraph(f, c, "letters")->lang = INC_STR("ar-Latn");
    paragraph(f, c, "french")->lang = INC_STR("fr");
    alert->as.alert.kind = INC_ALERT_WARNING;
    inc_node_append(c, alert);
    inc_node_add_class(f->arena, paragraph(f, alert, "Warning"), INC_STR("alert-title"));
    plan(f);
    inc_str out = xhtml(f, 0);
    assert_has(out, "<p lang=\"ar-EG\" xml:lang=\"ar-EG\" dir=\"rtl\">arabic</p>");
    assert_has(out, "<p lang=\"ar-Latn\" xml:lang=\"ar-Latn\">letters</p>");
    assert_has(out, "<p lang=\"fr\" xml:lang=\"fr\">french</p>");
    assert_has(out, "aria-hidden=\"true\"");
    assert_has(out, "</svg>Warning</p>");
    assert_true(f->book.files.v[0].has_svg);
    f->document->meta.right_to_left = true;
    out = xhtml(f, 0);
    assert_has(out, "<p lang=\"ar-EG\" xml:lang=\"ar-EG\">arabic</p>");
    assert_has(out, "<p lang=\"fr\" xml:lang=\"fr\" dir=\"ltr\">french</p>");
}

static void test_ids_are_unique_names(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *c = chapter(f, "nav", "Nav");
    heading(f, c, 1, "A", "1st");
    heading(f, c, 2, "B", "fn-1");
    heading(f, c, 2, "C", "a:b c");
    heading(f, c, 2, "D", "");
    inc_node *ref = child(f, paragraph(f, c, NULL), INC_NODE_NOTE_REF);
    inc_node *note = child(f, c, INC_NODE_NOTE);
    note->as.note.number = 1;
    ref->as.note_ref.note = note;
    plan(f);
    assert_str(f->book.files.v[0].name, "nav-2.xhtml");
    inc_str out = xhtml(f, 0);
    assert_has(out, "<h1 id=\"x-1st\">");
    assert_has(out, "<h2 id=\"fn-1\">");
    assert_has(out, "<h2 id=\"a-b-c\">");
    assert_has(out, "<h2 id=\"section\">");
    assert_has(out, "href=\"#fn-1-2\"");
    assert_has(out, "<aside id=\"fn-1-2\"");
}

static void test_links(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *a = chapter(f, "a", "A"), *b = chapter(f, "b", "B"), *draft = chapter(f, "d", "D");
    draft->as.chapter.draft = true;
    inc_node *target = heading(f, b, 1, "B", "poll");
    struct {
        const inc_node *target;
        const char *url;
        bool external;
    } links[] = {{target, "", false},
                 {b, "", false},
                 {draft, "", false},
                 {NULL, "https://x.org/a b?q=<&x=%20", true},
                 {NULL, "javascript:alert(1)", true},
                 {NULL, "gone.md", false},
                 {NULL, "https://", true},
                 {NULL, "http://a:b/", true}};
    inc_node *p = paragraph(f, a, NULL);
    for (size_t i = 0; i < INC_COUNT(links); i++) {
        inc_node *link = child(f, p, INC_NODE_LINK);
        link->as.link.target = links[i].target;
        link->as.link.url = inc_str_of(links[i].url);
        link->as.link.external = links[i].external;
        text(f, link, "t");
    }
    inc_node *outer = child(f, p, INC_NODE_LINK), *span = child(f, outer, INC_NODE_SPAN),
             *inner = child(f, span, INC_NODE_LINK);
    outer->as.link.target = inner->as.link.target = b;
    text(f, inner, "i");
    plan(f);
    inc_str out = xhtml(f, 0);
    assert_has(
        out,
        "<p><a href=\"b.xhtml#poll\">t</a><a href=\"b.xhtml\">t</a><span>t</span>"
        "<a href=\"https://x.org/a%20b?q=%3C&amp;x=%20\">t</a><span>t</span><span>t</span><span>t</span><span>t</span>"
        "<a href=\"b.xhtml\"><span><span>i</span></span></a></p>");
}

static void put_code(inc_arena *arena, const char *language, const char *text, inc_buf *out)
{
    inc_node *code = inc_node_new(arena, INC_NODE_CODE, INC_NO_SPAN);
    code->as.code.language = inc_str_of(language);
    code->as.code.text = inc_str_of(text);
    inc_epub_code(arena, code, NULL, 0, NULL, NULL, out);
}

static void test_code(void **state)
{
    inc_buf out = inc_buf_in(*state);
    put_code(*state, "rust", "/* a\n\nb */ x < 1\n", &out);
    assert_str(inc_buf_str(&out),
               "<span class=\"line\"><span class=\"hljs-comment\">/* a</span>\n</span><span class=\"line\">\n</span>"
               "<span class=\"line\"><span class=\"hljs-comment\">b */</span> x &lt; <span "
               "class=\"hljs-number\">1</span>\n</span>");
    out = inc_buf_in(*state); /* a turned line hangs from its own indent */
    put_code(*state, "", "   a\n    b\n\t\tc\n                    d", &out);
    assert_str(
        inc_buf_str(&out),
        "<span class=\"line\">   a\n</span><span class=\"line indent-1\">    b\n</span>"
        "<span class=\"line indent-2\">\t\tc\n</span><span class=\"line indent-3\">                    d</span>");
}

static void test_page_breaks(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *c = chapter(f, "a", "A");
    inc_node *t = text(f, paragraph(f, c, NULL), "one two");
    inc_node *list = child(f, c, INC_NODE_LIST), *item = child(f, list, INC_NODE_ITEM);
    paragraph(f, item, "item");
    inc_node *code = child(f, c, INC_NODE_CODE);
    code->as.code.language = INC_STR("rust");
    code->as.code.text = INC_STR("let a;\nlet b;\n");
    inc_node *rule = child(f, c, INC_NODE_RULE);
    inc_document_number(f->document);
    inc_page_break breaks[] = {{c->id, 0, INC_STR("1")},    {t->id, 4, INC_STR("2")},    {list->id, 0, INC_STR("3")},
                               {code->id, 7, INC_STR("4")}, {rule->id, 0, INC_STR("5")}, {rule->id, 0, INC_STR("5")}};
    f->pagemap = (inc_pagemap){breaks, INC_COUNT(breaks)};
    plan(f);
    inc_str out = xhtml(f, 0);
#define BREAK(n) "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-" n "\" aria-label=\"" n "\"></span>"
    assert_has(out, "<p>" BREAK("1") "one " BREAK("2") "two</p>\n<ul>\n<li>\n<p>" BREAK("3") "item</p>");
    assert_has(out, "<span class=\"line\">" BREAK(
                        "4") "<span class=\"hljs-keyword\">let</span> b;\n</span></code></pre>\n" BREAK("5") "<hr/>");
    assert_int_equal(f->book.pages.n, 5);
    assert_str(f->book.pages.v[3].href, "a.xhtml#page-4");
    inc_str nav = inc_epub_nav(&f->book);
    assert_has(nav, "<nav epub:type=\"page-list\" role=\"doc-pagelist\" id=\"page-list\" hidden=\"hidden\" "
                    "aria-label=\"Pages\">\n<ol>\n<li><a href=\"a.xhtml#page-1\">1</a></li>");
    assert_has(inc_epub_package(&f->book), "<meta property=\"schema:accessibilityFeature\">pageBreakMarkers</meta>");
}

/* A mark stands behind the word that a page's end has parted. */
static void test_page_marks_part_no_words(void **state)
{
    static const struct {
        const char *text;
        uint32_t byte;
        const char *before, *behind;
    } marks[] = {{"told separately, then", 8, "told separately,", " then"}, {"well-known so", 5, "well-known", " so"}, {"café", 4, "café", ""},
                 {"one two", 4, "one ", "two"}, {"one two", 3, "one", " two"}, {"so—then", 5, "so—", "then"}, {"中文字", 3, "中", "文字"}};
    for (size_t i = 0; i < INC_COUNT(marks); i++) {
        fixture *f = new_fixture(*state);
        inc_node *t = text(f, paragraph(f, chapter(f, "a", "A"), NULL), marks[i].text);
        inc_document_number(f->document);
        inc_page_break breaks[] = {{t->id, marks[i].byte, INC_STR("2")}};
        f->pagemap = (inc_pagemap){breaks, 1};
        plan(f);
        assert_has(xhtml(f, 0), inc_strf(f->arena, "<p>%s" BREAK("2") "%s</p>", marks[i].before, marks[i].behind).p);
    }
}

static void test_tables(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *table = child(f, chapter(f, "a", "A"), INC_NODE_TABLE);
    table->as.table.column_count = 2;
    table->as.table.aligns = INC_NEW_N(f->arena, inc_align, 2);
    for (int r = 0; r < 3; r++) {
        inc_node *row = child(f, table, INC_NODE_ROW);
        row->as.row.head = r != 1; /* the last one comes too late for a head */
        for (int i = 0; i < 2; i++) {
            inc_node *cell = child(f, row, INC_NODE_CELL);
            cell->as.cell.head = row->as.row.head;
            cell->as.cell.align = i ? INC_ALIGN_RIGHT : INC_ALIGN_NONE;
            if (r > 0 || i > 0)
                text(f, cell, "x");
        }
    }
    plan(f);
    assert_has(
        xhtml(f, 0),
        "<table>\n<thead>\n<tr>\n<td></td>\n<th class=\"align-right\" scope=\"col\">x</th>\n</tr>\n</thead>\n<tbody>\n"
        "<tr>\n<td>x</td>\n<td class=\"align-right\">x</td>\n</tr>\n<tr>\n<th scope=\"row\">x</th>\n"
        "<th class=\"align-right\" scope=\"row\">x</th>\n</tr>\n</tbody>\n</table>");
}

static void test_lists_definitions_alerts(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *c = chapter(f, "a", "A"), *list = child(f, c, INC_NODE_LIST);
    list->as.list.ordered = list->as.list.tight = true;
    list->as.list.start = 3;
    inc_node *done = child(f, list, INC_NODE_ITEM), *open = child(f, list, INC_NODE_ITEM);
    done->as.item.task = INC_TASK_DONE;
    open->as.item.task = INC_TASK_OPEN;
    paragraph(f, done, "d");
    inc_node *definitions = child(f, c, INC_NODE_DEFINITIONS);
    paragraph(f, child(f, definitions, INC_NODE_DEFINITION), "x");
    text(f, child(f, definitions, INC_NODE_TERM), "t");
    inc_node *alert = child(f, c, INC_NODE_ALERT);
    alert->as.alert.kind = INC_ALERT_WARNING;
    paragraph(f, alert, "w");
    plan(f);
    inc_str out = xhtml(f, 0);
    assert_has(out, "<ol class=\"tight\" start=\"3\">\n<li class=\"task\">\n<p><span class=\"check\">☑</span> "
                    "d</p>\n</li>\n<li class=\"task\">\n"
                    "<p><span class=\"check\">☐</span> </p>\n</li>\n</ol>");
    assert_has(out, "<dl>\n<dt></dt>\n<dd>\n<p>x</p>\n</dd>\n<dt>t</dt>\n<dd></dd>\n</dl>");
    assert_has(out, "<aside class=\"alert warning\" role=\"note\">\n<p>w</p>\n</aside>");
}

static void test_navigation(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *title = chapter(f, "title", "Title");
    title->as.chapter.role = INC_ROLE_TITLE_PAGE;
    inc_node *part = child(f, f->document->book, INC_NODE_PART);
    part->as.part.title = INC_STR("First");
    part->as.part.number = INC_STR("I");
    inc_node *a = chapter(f, "a", "A"), *deep = chapter(f, "deep", "Deep");
    a->as.chapter.part = deep->as.chapter.part = part;
    a->as.chapter.number = INC_STR("1");
    heading(f, a, 1, "A", "a");
    heading(f, a, 2, "S", "s");
    heading(f, a, 4, "skips a level", "t");
    deep->as.chapter.depth = 1;
    heading(f, deep, 2, "Deep", "deep");
    chapter(f, "after", "After")->as.chapter.role = INC_ROLE_SUFFIX;
    plan(f);
    inc_str nav = inc_epub_nav(&f->book);
    assert_has(nav, "<ol>\n<li><a href=\"part-1.xhtml\">I. First</a>\n<ol>\n<li><a href=\"a.xhtml\">1 "
                    "A</a>\n<ol>\n<li><a href=\"a.xhtml#s\">S</a>\n<ol>\n"
                    "<li><a href=\"a.xhtml#t\">skips a level</a></li>\n</ol>\n</li>\n<li><a "
                    "href=\"deep.xhtml\">Deep</a></li>\n</ol>\n</li>\n</ol>\n</li>\n"
                    "<li><a href=\"after.xhtml\">After</a></li>\n</ol>\n");
    assert_has(nav, "<li><a epub:type=\"bodymatter\" href=\"part-1.xhtml\">First</a></li>");
    assert_lacks(nav, "page-list");
    inc_str ncx = inc_epub_ncx(&f->book);
    assert_has(ncx, "<content src=\"a.xhtml\"/>\n</navPoint>\n<navPoint id=\"n3\" playOrder=\"3\">\n");
    assert_has(ncx, "<content src=\"deep.xhtml\"/>\n</navPoint>\n</navPoint>\n<navPoint id=\"n4\"");
    inc_str package = inc_epub_package(&f->book);
    assert_has(package,
               "<spine toc=\"ncx\">\n<itemref idref=\"c1\"/>\n<itemref idref=\"nav\"/>\n<itemref idref=\"c2\"/>");
}

static void test_metadata(void **state)
{
    fixture *f = new_fixture(*state);
    chapter(f, "a", "A");
    inc_str authors[] = {INC_STR("X & Y")};
    f->document->meta.authors = authors;
    f->document->meta.author_count = 1;
    f->document->meta.date = INC_STR("2024-05");
    f->document->meta.isbn_print = INC_STR("978-3-16-148410-0");
    plan(f);
    f->book.images_described = 2;
    inc_str package = inc_epub_package(&f->book);
    assert_has(package,
               "<dc:title id=\"title\">A &amp; B</dc:title>\n<dc:creator id=\"author-1\">X &amp; Y</dc:creator>");
    assert_has(package, "<dc:date>2024-05</dc:date>");
    assert_has(package, "<meta property=\"dcterms:modified\">2024-05-01T00:00:00Z</meta>");
    assert_has(package, "<dc:source>urn:isbn:9783161484100</dc:source>");
    assert_has(package, "<meta property=\"schema:accessModeSufficient\">textual</meta>");
    assert_has(package, "<meta property=\"schema:accessibilityFeature\">alternativeText</meta>");
    f->book.images_without_alt = 1;
    package = inc_epub_package(&f->book);
    assert_lacks(package, "alternativeText");
    assert_lacks(package, "<meta property=\"schema:accessModeSufficient\">textual</meta>");
    assert_has(package, "1 of 3 images have no alternative text.");
    f->document->meta.isbn_epub = INC_STR("978 3");
    assert_str(inc_epub_identifier(&f->book), "urn:isbn:9783");
}

/* Only who is named in book.toml says that the EPUB conforms, and not against what stands in the file. */
static void test_certificate(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *c = chapter(f, "a", "A");
    heading(f, c, 1, "A", "a");
    plan(f);
    inc_str package = inc_epub_package(&f->book);
    assert_lacks(package, "conformsTo");
    assert_lacks(package, "certifiedBy");
    f->document->meta.certified_by = INC_STR("Press & Co");
    package = inc_epub_package(&f->book);
    assert_has(package, "<meta property=\"dcterms:conformsTo\" id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>\n"
                        "<meta property=\"a11y:certifiedBy\" refines=\"#conformance\" id=\"certifier\">Press &amp; Co</meta>\n");
    assert_int_equal(f->book.diags->n, 0);
    f->book.images_without_alt = 1;
    assert_lacks(inc_epub_package(&f->book), "conformsTo");
    assert_int_equal(f->book.diags->n, 1);
    assert_int_equal(f->book.diags->v[0].id, INC_DIAG_NOT_CERTIFIED);
    f->book.images_without_alt = 0;
    f->document->meta.language = INC_STR("english");
    assert_lacks(inc_epub_package(&f->book), "certifiedBy");
}

static void test_uuid(void **state)
{
    uint8_t digest[20];
    inc_sha1(INC_STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), digest);
    static const uint8_t want[] = {0x84, 0x98, 0x3E, 0x44, 0x1C, 0x3B, 0xD2, 0x6E, 0xBA, 0xAE,
                                   0x4A, 0xA1, 0xF9, 0x51, 0x29, 0xE5, 0xE5, 0x46, 0x70, 0xF1};
    assert_memory_equal(digest, want, sizeof want);
    inc_sha1(INC_STR(""), digest);
    assert_int_equal(digest[0], 0xDA);
    assert_str(inc_uuid_v5(*state, INC_STR("http://www.python.org/")), "c2a8cbf8-d0f1-5ef4-9740-c3faec8ab1a0");
}

static void test_language_and_url_shapes(void **state)
{
    assert_true(inc_xml_is_language(INC_STR("de-CH-1996")));
    assert_true(inc_xml_is_language(INC_STR("x-klingon")));
    assert_false(inc_xml_is_language(INC_STR("english")));
    assert_false(inc_xml_is_language(INC_STR("e")));
    assert_false(inc_xml_is_language(INC_STR("de_DE")));
    assert_false(inc_xml_is_language(INC_STR("de-")));
    inc_str url;
    assert_true(inc_xml_url(*state, INC_STR("mailto:a@b.org"), &url));
    assert_true(inc_xml_url(*state, INC_STR("https://[::1]:80/x#a#b"), &url));
    assert_str(url, "https://[::1]:80/x#a%23b");
    assert_false(inc_xml_url(*state, INC_STR("file:///etc/passwd"), &url));
    assert_false(inc_xml_url(*state, INC_STR("https:/x"), &url));
}

static void svg(void **state, const char *in, const char *want)
{
    inc_buf out = inc_buf_in(*state);
    const char *why;
    bool good = inc_svg_sanitise(*state, inc_str_of(in), &out, &why);
    if (!want) {
        assert_false(good);
        assert_non_null(why);
        return;
    }
    if (!good)
        fail_msg("%s: %s", in, why);
    static const char head[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
                               "xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    inc_str got = inc_str_trim(inc_buf_str(&out));
    assert_true(inc_str_starts(got, inc_str_of(head)));
    assert_str(inc_str_slice(got, strlen(head), got.n), want);
}

static void test_svg(void **state)
{
    svg(state, "<svg viewBox='0 0 1 1'><rect onload=\"x()\" width='1'/><script>x</script></svg>",
        " viewBox=\"0 0 1 1\"><rect width=\"1\"/></svg>");
    svg(state,
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://x/svg.dtd\" [<!ENTITY a \"b&#99;\"> <!ENTITY c "
        "SYSTEM 'x'>]><svg>&a;<!-- -- --></svg>",
        ">bc</svg>");
    svg(state, "<svg>&undeclared;</svg>", NULL);
    svg(state, "<svg><g></svg>", NULL);
    svg(state, "<svg><g>", NULL);
    svg(state, "<p/>", NULL);
    svg(state, "", NULL);
    svg(state, "<svg a='1' a='2'/>", NULL);
    svg(state,
        "<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns:i='http://ink'><i:view><s:g/></i:view><s:g i:x='1' id='a "
        "b'/></s:svg>",
        "><g id=\"a-b\"/></svg>");
    svg(state,
        "<svg xmlns:l='http://www.w3.org/1999/xlink'><use l:href='#a'/><use l:href='http://x'/><a "
        "href='http://x'>t</a><image href='x.png'/></svg>",
        "><use xlink:href=\"#a\"/><use/><a>t</a><image/></svg>");
    svg(state,
        "<svg><style>@import 'x'</style><style><![CDATA[a>b{fill:url(#c)}]]></style><g "
        "style='fill:url(http://x)'/></svg>",
        "><style> </style><style>a&gt;b{fill:url(#c)}</style><g style=\"fill:none\"/></svg>");
    svg(state, "<svg><foreignObject><p>x</p></foreignObject><?php x?><g id='a'/><g id='a'/></svg>",
        "><g id=\"a\"/><g/></svg>");
    svg(state, "<svg><!DOCTYPE x></svg>", NULL);
    svg(state, "<svg><g id='1'/><g id='b c'/><use href='#1'/><rect fill='url(#1)' stroke=\"url( '#b c' )\"/></svg>",
        "><g id=\"x-1\"/><g id=\"b-c\"/><use href=\"#x-1\"/><rect fill=\"url(#x-1)\" stroke=\"url(#b-c)\"/></svg>");
    svg(state, "<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns='http://other'><rect/><s:g xmlns='http://www.w3.org/2000/svg'><rect/></s:g></s:svg>",
        "><g><rect/></g></svg>");
    svg(state, "<!DOCTYPE svg [<!ENTITY a 'x &#38;#38; y &#38;lt;'>]><svg b='&a;'>&a;</svg>", " b=\"x &amp; y &lt;\">x &amp; y &lt;</svg>");
    svg(state, "<svg><style>u<![CDATA[rl(http://x)]]></style></svg>", "><style>none</style></svg>");
}

static void css(void **state, const char *in, const char *want)
{
    inc_str got = inc_svg_css(*state, inc_str_of(in));
    assert_str(got, want);
    assert_str(inc_svg_css(*state, got), want);
}

/* What is fetched goes, the rest stays; nothing that is left becomes a reference by what went between. */
static void test_svg_css(void **state)
{
    css(state, "a{fill:red}", "a{fill:red}");
    css(state, "@import url('https://x/y;z');a{fill:red}", " a{fill:red}");
    css(state, "@IMPORT \"x\"", " ");
    css(state, "@font-face{font-family:A;src:url(https://x/a.woff2) format('woff2')}b{fill:red}",
        "@font-face{font-family:A;src:  format('woff2')}b{fill:red}");
    css(state, "URL( \"x.svg#a\" ) red", "  red");
    css(state, "fill:url(x.svg#a)", "fill:none");
    css(state, "fill:url(x.svg#a)!important", "fill:none!important");
    css(state, "fill:url(#a) red", "fill:url(#a) red");
    css(state, "fill:url(\"#a.b:c\")", "fill:url(#a.b-c)");
    css(state, "fill:url(#)", "fill:none");
    css(state, "background:url('data:image/png;base64,AA==')", "background:url(data:image/png;base64,AA==)");
    css(state, "background:url(data:image/svg+xml,x)", "background:none");
    css(state, "uurl(x)rl(http://x) a", "u rl(http://x) a");
    css(state, "\\75rl(http://x)", "_75rl(http://x)");
    css(state, "@im@import x;port y", "@im port y");
    css(state, "url(http://x", "none");
    css(state, "url('http://x", "none");
    css(state, "url('", "none");
    css(state, "url(", "none");
}

static void test_svg_cuts(void **state)
{
    static const char whole[] =
        "<!DOCTYPE svg [<!ENTITY a '&#x41;'>]><svg x='&a;'><g><![CDATA[x]]></g><?p?><!-- c --></svg>";
    for (size_t n = 0; n + 1 < sizeof whole; n++) {
        inc_buf out = inc_buf_in(*state);
        const char *why;
        inc_str cut = inc_str_dup(*state, (inc_str){whole, n});
        assert_int_equal(inc_svg_sanitise(*state, cut, &out, &why), n == sizeof whole - 1);
    }
}

static void test_archive(void **state)
{
    const inc_epub_entry entries[] = {{INC_STR("mimetype"), INC_STR("application/epub+zip"), true},
                                      {INC_STR("a/b.txt"), INC_STR("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"), false},
                                      {INC_STR("empty"), INC_STR(""), false}};
    inc_buf bytes[2] = {inc_buf_in(*state), inc_buf_in(*state)};
    for (int i = 0; i < 2; i++) {
        inc_memory_sink sink = inc_memory_sink_to(&bytes[i]);
        assert_true(inc_epub_archive(entries, INC_COUNT(entries), *state, inc_diags_new(*state), &sink.sink));
    }
    assert_true(inc_str_eq(inc_buf_str(&bytes[0]), inc_buf_str(&bytes[1])));
    assert_memory_equal(bytes[0].p, "PK\3\4", 4);
    assert_memory_equal(bytes[0].p + 8, "\0\0\0\0\x21\0", 6);                     /* stored, 1980-01-01 00:00 */
    assert_memory_equal(bytes[0].p + 28, "\0\0mimetypeapplication/epub+zip", 30); /* no extra field */
    zip_error_t error;
    zip_source_t *source = zip_source_buffer_create(bytes[0].p, bytes[0].n, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    assert_non_null(zip);
    assert_int_equal(zip_get_num_entries(zip, 0), 3);
    assert_string_equal(zip_get_name(zip, 1, 0), "a/b.txt");
    zip_discard(zip);
}

static inc_str whole_book(fixture *f, inc_arena *arena)
{
    static const char css[] =
        "@font-face { font-family: \"Serif\"; src: url(\"fonts/source-serif-4/SourceSerif4_400Regular.ttf\") }\n"
        "@font-face { font-family: \"Mono\"; src: url(\"fonts/iosevka-charon-mono/IosevkaCharonMono_400Regular.ttf\") "
        "}\n"
        "@media print, screen { body { font-family: \"Serif\" } pre { font-family: \"Mono\" } }\n"
        "@media epub { pre { font-family: \"Mono\", monospace } }\n";
    inc_diags *diags = inc_diags_new(arena);
    inc_sheet *sheet = inc_sheet_new(arena, f->document->sources, diags);
    inc_str path = inc_strf(arena, "%s/test.css", getenv("INCIPIT_DATA"));
    uint32_t file = inc_sources_find(f->document->sources, path);
    inc_sheet_add(sheet,
                  file ? file : inc_sources_add(f->document->sources, INC_STR("test.css"), path, inc_str_of(css)),
                  INC_STR(""));
    inc_fonts *fonts = inc_fonts_new(arena, diags);
    const inc_font_face *faces;
    size_t n = inc_sheet_font_faces(sheet, &faces);
    for (size_t i = 0; i < n; i++)
        inc_fonts_declare(fonts, faces[i].family, faces[i].weight, faces[i].italic, faces[i].path, faces[i].span);
    inc_epub_input input = {
        f->document, sheet, fonts, inc_images_new(arena, diags), &f->pagemap, INC_STR("incipit test"), 0, INC_STR("")};
    inc_buf bytes = inc_buf_in(arena);
    inc_memory_sink sink = inc_memory_sink_to(&bytes);
    assert_true(inc_epub_write(&input, arena, diags, &sink.sink));
    if (diags->n > 0)
        fail_msg("%.*s", INC_STR_ARG(diags->v[0].message));
    return inc_buf_str(&bytes);
}

/* Shares of the width are doubled on a narrow page, up to the whole. */
static void test_widths_of_pictures(void **state)
{
    fixture *f = new_fixture(*state);
    chapter(f, "a", "A");
    plan(f);
    inc_epub_input input = *f->book.input;
    input.sheet = inc_sheet_new(f->arena, f->document->sources, inc_diags_new(f->arena));
    f->book.input = &input;
    assert_int_equal(inc_epub_size_class(&f->book, INC_STR("30%"), INC_STR("")), 1);
    assert_int_equal(inc_epub_size_class(&f->book, INC_STR("75%"), INC_STR("")), 2);
    assert_int_equal(inc_epub_size_class(&f->book, INC_STR("30px"), INC_STR("")), 3);
    inc_str sheet = inc_epub_sheet(&f->book);
    assert_has(sheet, "img.w1{width:30%}\nimg.w2{width:75%}\nimg.w3{width:30px}\n");
    assert_has(sheet, "@media (max-width:30em){img.w1{width:60%}}\n@media (max-width:30em){img.w2{width:100%}}\n");
    assert_lacks(sheet, "{img.w3");
}

/* A flat picture as a PNG file, of which only the size matters. */
static void write_picture(inc_arena *arena, const char *name, uint32_t width, uint32_t height)
{
    inc_buf png = inc_buf_in(arena);
    uint8_t *samples = inc_alloc_array(arena, height, width + 1);
    memset(samples, 99, (size_t)height * (width + 1));
    inc_png_write(arena, samples, width, height, 1, 1 << 0, INC_STR(""), &png);
    inc_str bytes = inc_buf_str(&png);
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    fclose(file);
}

/* Shops take 1400 pixels on the shorter side and 2000 on the longer, whichever is which; a drawing has none. */
static void test_small_covers(void **state)
{
    static const struct {
        uint32_t width, height;
        const char *told;
    } cases[] = {
        {1400, 2000, NULL},
        {2000, 1400, NULL},
        {1399, 2000, "cover 'test_epub_cover.png' has 1399 x 2000 pixels; shops ask for 1600 x 2560"},
        {1400, 1999, "cover 'test_epub_cover.png' has 1400 x 1999 pixels; shops ask for 1600 x 2560"},
        {3000, 1399, "cover 'test_epub_cover.png' has 3000 x 1399 pixels; shops ask for 1600 x 2560"},
        {1, 1, "cover 'test_epub_cover.png' has 1 x 1 pixels; shops ask for 1600 x 2560"},
        {0, 0, NULL}, /* the drawing */
    };
    for (size_t i = 0; i < INC_COUNT(cases); i++) {
        const char *name = cases[i].width ? "test_epub_cover.png" : "test_epub_small.svg";
        if (cases[i].width)
            write_picture(*state, name, cases[i].width, cases[i].height);
        else {
            FILE *file = fopen(name, "w");
            assert_non_null(file);
            fputs("<svg xmlns='http://www.w3.org/2000/svg' width='16' height='24'><rect width='9' height='9'/></svg>", file);
            fclose(file);
        }
        fixture *f = new_fixture(*state);
        chapter(f, "a", "A");
        f->document->meta.cover = inc_str_of(name);
        plan(f);
        f->input.images = inc_images_new(f->arena, f->book.diags);
        inc_epub_cover(&f->book);
        remove(name);
        assert_int_equal(f->book.diags->n, cases[i].told ? 1 : 0);
        if (cases[i].told) {
            assert_int_equal(f->book.diags->v[0].id, INC_DIAG_COVER_TOO_SMALL);
            assert_str(f->book.diags->v[0].message, cases[i].told);
        }
        assert_int_equal(f->book.cover_png.n, 0); /* a small one is a cover too */
    }
}

/* The cover that is set in type, under that style sheet. */
static inc_pixels drawn_cover(void **state, const char *rules, uint32_t authors)
{
    fixture *f = new_fixture(*state);
    chapter(f, "a", "A");
    inc_str *names = INC_NEW_N(f->arena, inc_str, authors + 1);
    for (uint32_t i = 0; i < authors; i++)
        names[i] = INC_STR("Ada B. Ink");
    f->document->meta.authors = names;
    f->document->meta.author_count = authors;
    plan(f);
    inc_sheet *sheet = inc_sheet_new(f->arena, f->document->sources, f->book.diags);
    inc_sheet_add(sheet, inc_sources_add(f->document->sources, INC_STR("x.css"), INC_STR("x.css"), inc_str_of(rules)), INC_STR(""));
    f->input.sheet = sheet;
    f->input.fonts = inc_fonts_new(f->arena, f->book.diags);
    inc_epub_cover(&f->book);
    inc_pixels pixels;
    const inc_image *image = inc_images_add(inc_images_new(f->arena, f->book.diags), INC_STR("cover"), f->book.cover_png, INC_NO_SPAN);
    assert_non_null(image);
    assert_true(inc_image_pixels(image, f->arena, f->book.diags, INC_NO_SPAN, &pixels));
    assert_int_equal(pixels.width, 1600);
    assert_int_equal(pixels.height, 2560);
    assert_int_equal(pixels.color, INC_IMAGE_RGB);
    return pixels;
}

static uint32_t pixel_at(const inc_pixels *pixels, uint32_t x, uint32_t y)
{
    const uint8_t *p = (const uint8_t *)pixels->data.p + ((size_t)y * pixels->width + x) * 3;
    return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

/* The band has the colour of the rule below the title page's title, on screens; a title page on the middle axis gets a frame. */
static void test_covers_go_with_the_theme(void **state)
{
    inc_pixels p = drawn_cover(state, ".title-page .title::after { content: ''; border-top: 2pt solid #102030 } @media screen { .title-page .title::after { border-top-color: #0A8040 } }", 1);
    assert_int_equal(pixel_at(&p, 0, 0), 0x0A8040);
    assert_int_equal(pixel_at(&p, 83, 2559), 0x0A8040);
    assert_int_equal(pixel_at(&p, 84, 2559), 0xF8F6F1);
    p = drawn_cover(state, "p { color: #F00 }", 0);
    assert_int_equal(pixel_at(&p, 0, 0), 0x1F1E1C);
    p = drawn_cover(state, ".title-page .title { text-align: center }", 80); /* more names than are shown */
    assert_int_equal(pixel_at(&p, 0, 0), 0xF8F6F1);
    assert_int_equal(pixel_at(&p, 69, 1280), 0xF8F6F1);
    assert_int_equal(pixel_at(&p, 70, 1280), 0x1F1E1C);
    assert_int_equal(pixel_at(&p, 81, 1280), 0x1F1E1C);
    assert_int_equal(pixel_at(&p, 82, 1280), 0xF8F6F1);
    assert_int_equal(pixel_at(&p, 1529, 1280), 0x1F1E1C);
    assert_int_equal(pixel_at(&p, 1530, 1280), 0xF8F6F1);
}

/* The whole file twice: the same bytes, and only the fonts that the EPUB's rules name. */
static void test_whole_book(void **state)
{
    fixture *f = new_fixture(*state);
    inc_node *c = chapter(f, "ch01", "One");
    heading(f, c, 1, "One", "one");
    child(f, c, INC_NODE_CODE)->as.code.text = INC_STR("code\n");
    inc_document_number(f->document);
    inc_str first = whole_book(f, *state), second = whole_book(f, *state);
    assert_true(inc_str_eq(first, second));
    zip_error_t error;
    zip_t *zip = zip_open_from_source(zip_source_buffer_create(first.p, first.n, 0, &error), ZIP_RDONLY, &error);
    assert_non_null(zip);
    static const char *const there[] = {"META-INF/container.xml", "OEBPS/package.opf",     "OEBPS/nav.xhtml",
                                        "OEBPS/toc.ncx",          "OEBPS/style.css",       "OEBPS/cover.xhtml",
                                        "OEBPS/ch01.xhtml",       "OEBPS/images/cover.png"};
    assert_int_equal(zip_name_locate(zip, "mimetype", 0), 0);
    for (size_t i = 0; i < INC_COUNT(there); i++)
        if (zip_name_locate(zip, there[i], 0) < 0)
            fail_msg("no %s", there[i]);
    unsigned fonts = 0;
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++)
        if (strstr(zip_get_name(zip, (zip_uint64_t)i, 0), "OEBPS/fonts/"))
            fonts++;
    assert_int_equal(fonts, 1);
    zip_discard(zip);
}

static void torture_book(fixture *f, inc_arena *arena)
{
    inc_sheet *sheet = inc_sheet_new(arena, f->document->sources, inc_diags_new(arena));
    inc_diags *diags = inc_diags_new(arena);
    inc_epub_input input = {f->document, sheet,      inc_fonts_new(arena, diags), inc_images_new(arena, diags),
                            &f->pagemap, INC_STR(""), 0, INC_STR("")};
    inc_buf bytes = inc_buf_in(arena);
    inc_memory_sink sink = inc_memory_sink_to(&bytes);
    inc_epub_write(&input, arena, diags, &sink.sink);
}

/* Memory running out anywhere unwinds to the guard, and nothing leaks (the sanitizer looks). */
static void test_each_failed_allocation(void **state)
{
    fixture *f = new_fixture(*state);
    static const char cover[] = "test_epub_cover.svg";
    FILE *file = fopen(cover, "w");
    assert_non_null(file);
    fputs("<svg xmlns='http://www.w3.org/2000/svg' width='16' height='24'><rect width='9' height='9'/></svg>", file);
    fclose(file);
    f->document->meta.cover = INC_STR(cover);
    inc_node *c = chapter(f, "ch01", "One"), *note = NULL;
    child(f, c, INC_NODE_CODE)->as.code.text = INC_STR("let a;\n");
    inc_node *ref = child(f, paragraph(f, c, "text"), INC_NODE_NOTE_REF);
    note = child(f, c, INC_NODE_NOTE);
    note->as.note.number = 1;
    ref->as.note_ref.note = note;
    inc_document_number(f->document);
    volatile bool failed = true;
    volatile unsigned failures = 0;
    for (volatile unsigned long n = 1; failed; n++) {
        inc_guard guard;
        inc_arena *arena = inc_arena_new();
        inc_alloc_fail_after(n);
        if (INC_GUARD(&guard) == 0) {
            torture_book(f, arena);
            failed = false;
            inc_guard_leave(&guard);
        }
        inc_alloc_fail_after(0);
        inc_arena_free(arena);
        failures += failed;
    }
    remove(cover);
    assert_true(failures > 5);
}

/* A full disk is the sink's to report: writing goes through. */
static void test_full_disk(void **state)
{
    const inc_epub_entry entry = {INC_STR("mimetype"), INC_STR("application/epub+zip"), true};
    inc_buf bytes = inc_buf_in(*state);
    inc_memory_sink memory = inc_memory_sink_to(&bytes);
    inc_failing_sink sink = inc_failing_sink_on(&memory.sink, 10, 28);
    inc_epub_archive(&entry, 1, *state, inc_diags_new(*state), &sink.sink);
    assert_false(inc_sink_ok(&sink.sink));
    assert_int_equal(sink.sink.error, 28);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_text_and_headings),
                                       TEST(test_notes),
                                       TEST(test_directions_and_signs),
                                       TEST(test_ids_are_unique_names),
                                       TEST(test_links),
                                       TEST(test_code),
                                       TEST(test_page_breaks),
                                       TEST(test_page_marks_part_no_words), TEST(test_tables),
                                       TEST(test_lists_definitions_alerts),
                                       TEST(test_navigation),
                                       TEST(test_metadata),
                                       TEST(test_certificate),
                                       TEST(test_uuid),
                                       TEST(test_language_and_url_shapes),
                                       TEST(test_svg),
                                       TEST(test_svg_css),
                                       TEST(test_svg_cuts),
                                       TEST(test_archive),
                                       TEST(test_widths_of_pictures),
                                       TEST(test_small_covers),
                                       TEST(test_covers_go_with_the_theme),
                                       TEST(test_whole_book),
                                       TEST(test_each_failed_allocation),
                                       TEST(test_full_disk)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
