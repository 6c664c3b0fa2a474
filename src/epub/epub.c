/* epub.c - the phases of an EPUB in order: plan, chapters, cover, fonts, sheet, navigation, package, archive. */
#include "epub/epub.h"

#include "epub/book.h"

static const char container[] =
    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
    "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n"
    "<rootfiles>\n<rootfile full-path=\"OEBPS/package.opf\" "
    "media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n"
    "</container>\n";

typedef INC_VEC(inc_epub_entry) entries;

static void add(inc_epub_book *book, entries *list, inc_str name, inc_str bytes, bool stored)
{
    INC_PUSH(book->arena, list,
             (inc_epub_entry){inc_strf(book->arena, "OEBPS/%.*s", INC_STR_ARG(name)), bytes, stored});
}

/* The mimetype must come first and bare; the rest in the order in which a reader needs it. */
static entries pack(inc_epub_book *book)
{
    entries list = {0};
    INC_PUSH(book->arena, &list, (inc_epub_entry){INC_STR("mimetype"), INC_STR("application/epub+zip"), true});
    INC_PUSH(book->arena, &list, (inc_epub_entry){INC_STR("META-INF/container.xml"), INC_STR(container), false});
    add(book, &list, INC_STR("package.opf"), inc_epub_package(book), false);
    add(book, &list, INC_STR("nav.xhtml"), inc_epub_nav(book), false);
    add(book, &list, INC_STR("toc.ncx"), inc_epub_ncx(book), false);
    add(book, &list, INC_STR("style.css"), inc_epub_sheet(book), false);
    add(book, &list, INC_STR("cover.xhtml"), inc_epub_cover_page(book), false);
    for (size_t i = 0; i < book->files.n; i++)
        add(book, &list, book->files.v[i].name, book->files.v[i].xhtml, false);
    if (book->cover_png.n)
        add(book, &list, book->cover_href, book->cover_png, true);
    for (size_t i = 0; i < book->pictures.n; i++)
        add(book, &list, book->pictures.v[i]->href, book->pictures.v[i]->bytes,
            book->pictures.v[i]->image->kind != INC_IMAGE_SVG);
    for (size_t i = 0; i < book->fonts.n; i++)
        add(book, &list, book->fonts.v[i].href, book->fonts.v[i].bytes, false);
    return list;
}

static void free_arena(void *arena)
{
    inc_arena_free(arena);
}

bool inc_epub_write(const inc_epub_input *input, inc_arena *arena, inc_diags *diags, inc_sink *sink)
{
    inc_epub_book book = {.input = input, .document = input->document, .arena = arena, .diags = diags};
    book.page_labels = book.picture_names = book.picture_hrefs = inc_map_in(arena);
    void **page = inc_defer(arena, free_arena), **scratch = inc_defer(arena, free_arena);
    book.page = *page = inc_arena_new();
    book.scratch = *scratch = inc_arena_new();
    book.counters = inc_counters_of(arena, input->sheet, NULL, input->document);
    inc_epub_plan(&book);
    inc_epub_cover(&book);
    for (size_t i = 0; i < book.files.n; i++)
        inc_epub_xhtml(&book, &book.files.v[i]);
    inc_epub_fonts(&book);
    entries list = pack(&book);
    return inc_epub_archive(list.v, list.n, arena, diags, sink);
}
