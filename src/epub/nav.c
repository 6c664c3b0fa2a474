/* nav.c - the nav document (contents, landmarks, page list; EPUB 3.3, section 7) and the NCX that old readers and
 * Kindle want. */
#include <stdio.h>

#include "epub/book.h"
#include "epub/xml.h"

typedef struct entry {
    unsigned level; /* 0 at the top, no level left out below another */
    inc_str label, href;
} entry;
typedef INC_VEC(entry) entries;

enum { LEVEL_MAX = 8 };

/* A heading as one line: its own number included, notes and breaks left out. */
static inc_str label_of(inc_epub_book *book, const inc_node *node, inc_str number, inc_str title)
{
    if (title.n == 0 && node->kind == INC_NODE_HEADING)
        title = inc_node_flatten(book->arena, node, false);
    if (title.n == 0)
        title = number.n ? INC_STR("") : INC_STR("*");
    return number.n && title.n ? inc_strf(book->arena, "%.*s %.*s", INC_STR_ARG(number), INC_STR_ARG(title))
           : number.n          ? number
                               : title;
}

static void add(inc_epub_book *book, entries *list, unsigned level, inc_str label, inc_str href)
{
    unsigned limit = list->n ? list->v[list->n - 1].level + 1 : 0;
    entry e = {INC_MIN(INC_MIN(level, limit), (unsigned)LEVEL_MAX), label, href};
    INC_PUSH(book->arena, list, e);
}

/* The sections of a chapter below its title. */
static void add_sections(inc_epub_book *book, entries *list, const inc_node *chapter, unsigned level)
{
    const inc_node *title = NULL;
    for (inc_walk w = inc_walk_begin(chapter); inc_walk_next(&w);) {
        const inc_node *node = w.node;
        if (!w.enter || node->kind != INC_NODE_HEADING)
            continue;
        if (!title) {
            title = node;
            continue;
        }
        if (!node->as.heading.in_contents || node->as.heading.level <= title->as.heading.level ||
            book->ids[node->id].n == 0)
            continue;
        unsigned below = node->as.heading.level - title->as.heading.level;
        add(book, list, level + below, label_of(book, node, node->as.heading.number, INC_STR("")),
            inc_epub_href(book, NULL, node));
    }
}

static void add_part(inc_epub_book *book, entries *list, const inc_node *part, inc_str href)
{
    inc_str number = part->as.part.number, title = part->as.part.title;
    inc_str label = number.n && title.n ? inc_strf(book->arena, "%.*s. %.*s", INC_STR_ARG(number), INC_STR_ARG(title)) : number.n ? number : title;
    add(book, list, 0, label.n ? label : INC_STR("*"), href);
}

/* Chapters under their parts, sub-chapters under chapters; with `all` sections under both. Drafts have nothing to show. */
static entries collect(inc_epub_book *book, bool all)
{
    entries list = {0};
    for (const inc_node *node = book->document->book->first; node; node = node->next) {
        const inc_epub_file *file = inc_epub_file_of(book, node);
        if (node->kind == INC_NODE_PART && file)
            add_part(book, &list, node, file->name);
        if (node->kind != INC_NODE_CHAPTER || node->as.chapter.role == INC_ROLE_TITLE_PAGE || node->as.chapter.role == INC_ROLE_COPYRIGHT || !file)
            continue;
        unsigned level = (node->as.chapter.part ? 1u : 0u) + node->as.chapter.depth;
        add(book, &list, level, label_of(book, node, node->as.chapter.number, node->as.chapter.title), file->name);
        if (all)
            add_sections(book, &list, node, list.v[list.n - 1].level);
    }
    return list;
}

/* ---- nav.xhtml ---- */

static void write_link(inc_buf *out, const char *type, inc_str href, inc_str label)
{
    inc_buf_puts(out, "<li><a");
    if (type)
        inc_xml_attribute(out, "epub:type", inc_str_of(type));
    inc_xml_attribute(out, "href", href);
    inc_buf_byte(out, '>');
    inc_xml_text(out, label);
    inc_buf_puts(out, "</a>");
}

/* Nested lists: an <li> stays open until the next entry shows whether something hangs below it. */
static void write_entries(inc_buf *out, const entries *list)
{
    unsigned level = 0;
    inc_buf_puts(out, "<ol>\n");
    for (size_t i = 0; i < list->n; i++) {
        const entry *e = &list->v[i];
        if (i > 0 && e->level > level)
            inc_buf_puts(out, "\n<ol>\n");
        else if (i > 0)
            inc_buf_puts(out, "</li>\n");
        for (; level > e->level; level--)
            inc_buf_puts(out, "</ol>\n</li>\n");
        level = e->level;
        write_link(out, NULL, e->href, e->label);
    }
    for (; level > 0; level--)
        inc_buf_puts(out, "</li>\n</ol>\n");
    inc_buf_puts(out, list->n ? "</li>\n</ol>\n" : "</ol>\n");
}

inc_str inc_epub_contents_title(inc_epub_book *book)
{
    for (const inc_node *node = book->document->book->first; node; node = node->next)
        if (node->kind == INC_NODE_CHAPTER && node->as.chapter.role == INC_ROLE_CONTENTS) {
            if (node->as.chapter.title.n)
                return node->as.chapter.title;
            for (const inc_node *child = node->first; child; child = child->next)
                if (child->kind == INC_NODE_HEADING)
                    return inc_node_flatten(book->arena, child, true);
        }
    return INC_STR("Contents");
}

/* Where reading begins: the first of the numbered chapters, or what stands behind title and copyright when there are none. */
static size_t first_of_text(const inc_epub_book *book)
{
    size_t first = book->files.n;
    for (size_t i = book->files.n; i > 0; i--) {
        const inc_node *node = book->files.v[i - 1].node;
        if (strcmp(inc_epub_semantics_of(book, node).matter, "bodymatter") == 0)
            first = i - 1;
    }
    for (size_t i = 0; i < book->files.n && first == book->files.n; i++) {
        const inc_node *node = book->files.v[i].node;
        if (node->kind == INC_NODE_PART || (node->as.chapter.role != INC_ROLE_TITLE_PAGE && node->as.chapter.role != INC_ROLE_COPYRIGHT))
            first = i;
    }
    return first;
}

static void write_landmarks(inc_epub_book *book, inc_buf *out, inc_str contents)
{
    static const char *const wanted[] = {"titlepage",    "copyright-page", "foreword", "preface",
                                         "introduction", "bibliography",   "glossary", "index",   "loi",     "lot"};
    const inc_epub_words *words = inc_epub_words_of(book->document->meta.language);
    inc_buf_puts(out,
                 "<nav epub:type=\"landmarks\" id=\"landmarks\" hidden=\"hidden\"");
    inc_xml_attribute(out, "aria-label", inc_str_of(words->landmarks));
    inc_buf_puts(out, ">\n<ol>\n");
    if (book->cover_href.n) {
        write_link(out, "cover", INC_STR("cover.xhtml"), inc_str_of(words->cover));
        inc_buf_puts(out, "</li>\n");
    }
    write_link(out, "toc", INC_STR("nav.xhtml#toc"), contents);
    inc_buf_puts(out, "</li>\n");
    bool body = false;
    size_t start = first_of_text(book);
    for (size_t i = 0; i < book->files.n; i++) {
        const inc_epub_file *file = &book->files.v[i];
        inc_epub_semantics semantics = inc_epub_semantics_of(book, file->node);
        inc_str title = file->node->kind == INC_NODE_PART ? file->node->as.part.title : file->node->as.chapter.title;
        const char *type = NULL;
        for (size_t t = 0; t < INC_COUNT(wanted); t++)
            if (semantics.type && strcmp(semantics.type, wanted[t]) == 0)
                type = wanted[t];
        if (!body && i == start) {
            type = "bodymatter";
            body = true;
        }
        if (!type)
            continue;
        write_link(out, type, file->name, title.n ? title : inc_str_of(type));
        inc_buf_puts(out, "</li>\n");
    }
    inc_buf_puts(out, "</ol>\n</nav>\n");
}

static void write_page_list(inc_epub_book *book, inc_buf *out)
{
    if (book->pages.n == 0)
        return;
    inc_buf_puts(out, "<nav epub:type=\"page-list\" role=\"doc-pagelist\" id=\"page-list\" hidden=\"hidden\"");
    inc_xml_attribute(out, "aria-label", inc_str_of(inc_epub_words_of(book->document->meta.language)->pages));
    inc_buf_puts(out, ">\n<ol>\n");
    for (size_t i = 0; i < book->pages.n; i++) {
        write_link(out, NULL, book->pages.v[i].href, book->pages.v[i].label);
        inc_buf_puts(out, "</li>\n");
    }
    inc_buf_puts(out, "</ol>\n</nav>\n");
}

/* A list of figures, tables or listings as a nav of its own, which readers offer beside the contents; its page is a file of the book. */
static void write_list(inc_epub_book *book, inc_buf *out, const inc_node *chapter)
{
    const char *type = inc_epub_semantics_of(book, chapter).type;
    inc_buf_puts(out, "<nav");
    if (type)
        inc_xml_attribute(out, "epub:type", inc_str_of(type));
    inc_xml_attribute(out, "id", inc_strf(book->arena, "nav-%.*s", INC_STR_ARG(chapter->as.chapter.name)));
    inc_buf_puts(out, " hidden=\"hidden\">\n<h2>");
    inc_xml_text(out, chapter->as.chapter.title);
    inc_buf_puts(out, "</h2>\n<ol>\n");
    for (inc_walk w = inc_walk_begin(chapter); inc_walk_next(&w);) {
        const inc_node *link = w.node;
        if (!w.enter || link->kind != INC_NODE_LINK || !link->as.link.target)
            continue;
        write_link(out, NULL, inc_epub_href(book, NULL, link->as.link.target), inc_node_flatten(book->arena, link, true));
        inc_buf_puts(out, "</li>\n");
    }
    inc_buf_puts(out, "</ol>\n</nav>\n");
}

inc_str inc_epub_nav(inc_epub_book *book)
{
    inc_buf out = inc_buf_in(book->arena);
    inc_str contents = inc_epub_contents_title(book);
    entries list = collect(book, true);
    inc_epub_page_begin(book, &out, NULL, contents, "frontmatter");
    inc_buf_puts(&out, "<nav epub:type=\"toc\" role=\"doc-toc\" id=\"toc\" class=\"contents\" "
                       "aria-labelledby=\"toc-title\">\n<h1 id=\"toc-title\">");
    inc_xml_text(&out, contents);
    inc_buf_puts(&out, "</h1>\n");
    write_entries(&out, &list);
    inc_buf_puts(&out, "</nav>\n");
    write_landmarks(book, &out, contents);
    for (size_t i = 0; i < book->files.n; i++)
        if (book->files.v[i].node->kind == INC_NODE_CHAPTER && inc_role_lists(book->files.v[i].node->as.chapter.role))
            write_list(book, &out, book->files.v[i].node);
    write_page_list(book, &out);
    inc_epub_page_end(&out);
    return inc_buf_str(&out);
}

/* ---- toc.ncx ---- */

static void write_ncx_text(inc_buf *out, const char *element, inc_str text)
{
    inc_buf_printf(out, "<%s><text>", element);
    inc_xml_text(out, text);
    inc_buf_printf(out, "</text></%s>\n", element);
}

static void write_ncx_pages(inc_epub_book *book, inc_buf *out, size_t order)
{
    if (book->pages.n == 0)
        return;
    inc_buf_puts(out, "<pageList>\n");
    write_ncx_text(out, "navLabel", inc_str_of(inc_epub_words_of(book->document->meta.language)->pages));
    for (size_t i = 0; i < book->pages.n; i++) {
        const inc_epub_page *page = &book->pages.v[i];
        uint64_t value;
        bool normal = inc_str_to_uint(page->label, &value);
        inc_buf_printf(out, "<pageTarget id=\"p%zu\" type=\"%s\" playOrder=\"%zu\"", i + 1, normal ? "normal" : "front",
                       ++order);
        if (normal)
            inc_xml_attribute(out, "value", page->label);
        inc_buf_puts(out, ">\n");
        write_ncx_text(out, "navLabel", page->label);
        inc_buf_puts(out, "<content");
        inc_xml_attribute(out, "src", page->href);
        inc_buf_puts(out, "/>\n</pageTarget>\n");
    }
    inc_buf_puts(out, "</pageList>\n");
}

/* Two levels at most (Kindle), sections left out; playOrder is kept unique, which is all that readers ask of it. */
inc_str inc_epub_ncx(inc_epub_book *book)
{
    inc_buf out = inc_buf_in(book->arena);
    entries list = collect(book, false);
    bool open[2] = {false, false};
    inc_buf_puts(&out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ncx "
                       "xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\">\n<head>\n"
                       "<meta name=\"dtb:uid\"");
    inc_xml_attribute(&out, "content", inc_epub_identifier(book));
    inc_buf_printf(&out,
                   "/>\n<meta name=\"dtb:depth\" content=\"2\"/>\n<meta name=\"dtb:totalPageCount\" content=\"%zu\"/>\n"
                   "<meta name=\"dtb:maxPageNumber\" content=\"0\"/>\n</head>\n",
                   book->pages.n);
    write_ncx_text(&out, "docTitle", book->document->meta.title.n ? book->document->meta.title : INC_STR("Untitled"));
    inc_buf_puts(&out, "<navMap>\n");
    for (size_t i = 0; i < list.n; i++) {
        unsigned level = INC_MIN(list.v[i].level, 1u);
        for (unsigned l = 2; l-- > level;)
            if (open[l]) {
                inc_buf_puts(&out, "</navPoint>\n");
                open[l] = false;
            }
        inc_buf_printf(&out, "<navPoint id=\"n%zu\" playOrder=\"%zu\">\n", i + 1, i + 1);
        write_ncx_text(&out, "navLabel", list.v[i].label);
        inc_buf_puts(&out, "<content");
        inc_xml_attribute(&out, "src", list.v[i].href);
        inc_buf_puts(&out, "/>\n");
        open[level] = true;
    }
    for (unsigned l = 2; l-- > 0;)
        inc_buf_puts(&out, open[l] ? "</navPoint>\n" : "");
    inc_buf_puts(&out, "</navMap>\n");
    write_ncx_pages(book, &out, list.n);
    inc_buf_puts(&out, "</ncx>\n");
    return inc_buf_str(&out);
}
