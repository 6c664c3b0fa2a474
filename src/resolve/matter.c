/* matter.c - half-title, title page and copyright page, the order of what stands before the text, and where pages and folios begin. */
#include "resolve/passes.h"

#define CONTENTS_AT_LEAST 2 /* chapters, below which a table of contents says nothing */

inc_node *inc_generated_chapter(inc_resolver *r, inc_chapter_role role, inc_str title)
{
    inc_node *chapter = inc_generated(r, INC_NODE_CHAPTER, NULL);
    chapter->as.chapter.role = role;
    chapter->as.chapter.title = title;
    return chapter;
}

static void add(inc_resolver *r, inc_node *chapter, const char *class_name, inc_str text)
{
    if (!text.n)
        return;
    inc_str smart = inc_smarten(r, text, r->document->meta.language);
    inc_node_append(chapter, inc_generated_paragraph(r, class_name, smart));
}

static inc_str authors_of(inc_resolver *r)
{
    const inc_meta *meta = &r->document->meta;
    inc_buf out = inc_buf_in(r->arena);
    for (uint32_t i = 0; i < meta->author_count; i++) {
        if (i)
            inc_buf_puts(&out, ", ");
        inc_buf_add(&out, inc_str_trim(meta->authors[i]));
    }
    return inc_buf_str(&out);
}

/* ---- the pages ---- */

static inc_node *half_title(inc_resolver *r)
{
    inc_node *chapter = inc_generated_chapter(r, INC_ROLE_HALF_TITLE, r->document->meta.title);
    add(r, chapter, "title", r->document->meta.title);
    return chapter;
}

static inc_node *title_page(inc_resolver *r)
{
    const inc_meta *meta = &r->document->meta;
    inc_node *chapter = inc_generated_chapter(r, INC_ROLE_TITLE_PAGE, meta->title);
    add(r, chapter, "title", meta->title);
    add(r, chapter, "subtitle", meta->subtitle);
    for (uint32_t i = 0; i < meta->author_count; i++)
        add(r, chapter, "author", inc_str_trim(meta->authors[i]));
    add(r, chapter, "publisher", meta->publisher);
    return chapter;
}

static inc_str year_of(inc_str date)
{
    for (size_t i = 0; i < 4; i++)
        if (date.n < 4 || date.p[i] < '0' || date.p[i] > '9')
            return INC_STR("");
    return inc_str_slice(date, 0, 4);
}

static inc_str copyright_line(inc_resolver *r)
{
    const inc_meta *meta = &r->document->meta;
    inc_str year = year_of(meta->date), holders = authors_of(r);
    if (meta->rights.n)
        return meta->rights;
    if (!holders.n)
        holders = meta->publisher;
    if (!year.n && !holders.n)
        return INC_STR("");
    return inc_strf(r->arena, "Copyright ©%s%.*s%s%.*s", year.n ? " " : "", INC_STR_ARG(year), holders.n ? " " : "", INC_STR_ARG(holders));
}

static inc_str edition_line(inc_resolver *r)
{
    uint64_t n;
    inc_str edition = r->document->meta.edition;
    return inc_str_to_uint(edition, &n) ? inc_numbered(r, r->terms->edition, edition) : edition;
}

static void add_isbn(inc_resolver *r, inc_node *chapter, inc_str isbn, const char *what)
{
    if (isbn.n)
        add(r, chapter, "isbn", inc_strf(r->arena, "ISBN %.*s (%s)", INC_STR_ARG(isbn), what));
}

static inc_node *copyright_page(inc_resolver *r)
{
    const inc_meta *meta = &r->document->meta;
    inc_node *chapter = inc_generated_chapter(r, INC_ROLE_COPYRIGHT, INC_STR("Copyright"));
    add(r, chapter, "rights", copyright_line(r));
    add(r, chapter, "edition", edition_line(r));
    add(r, chapter, "publisher", meta->publisher);
    add_isbn(r, chapter, meta->isbn_print, r->terms->print);
    add_isbn(r, chapter, meta->isbn_epub, "EPUB");
    add(r, chapter, "colophon", inc_str_of(r->options->own_styles ? r->terms->set_by : r->terms->set_in));
    return chapter;
}

static size_t chapters_with_text(const inc_resolver *r)
{
    size_t n = 0;
    for (const inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c))
        n += !c->as.chapter.draft;
    return n;
}

void inc_resolve_matter(inc_resolver *r)
{
    inc_node *book = r->document->book, *first = book->first;
    if (r->document->meta.article || !first)
        return;
    inc_node_insert_before(first, half_title(r));
    inc_node_insert_before(first, title_page(r));
    inc_node_insert_before(first, copyright_page(r));
    bool contents = chapters_with_text(r) - 3 >= CONTENTS_AT_LEAST;
    inc_node *behind = NULL; /* the first list: the contents name it, so they are made after it */
    for (int kind = 0; kind < 3; kind++) {
        inc_node *list = inc_list_chapter(r, (inc_figure_kind)kind);
        if (list)
            inc_node_insert_before(first, list);
        if (list && !behind)
            behind = list;
    }
    if (contents)
        inc_node_insert_before(behind ? behind : first, inc_contents_chapter(r));
}

/* ---- flags ---- */

static bool is_generated_matter(const inc_node *chapter)
{
    return chapter->as.chapter.role >= INC_ROLE_HALF_TITLE;
}

/* Where arabic folios begin with 1: at the chapter after the first part's opening page, at the first numbered chapter, or,
 * in a book without either, at the first chapter after the generated matter. */
static inc_node *first_arabic(const inc_resolver *r)
{
    inc_node *fallback = NULL;
    bool in_part = false;
    for (inc_node *n = r->document->book->first; n; n = n->next) {
        in_part |= n->kind == INC_NODE_PART;
        if (n->kind != INC_NODE_CHAPTER || n->as.chapter.draft || is_generated_matter(n))
            continue;
        if (in_part || n->as.chapter.number.n || (r->options->number_depth == 0 && n->as.chapter.role == INC_ROLE_CHAPTER))
            return n;
        if (!fallback)
            fallback = n;
    }
    return fallback;
}

void inc_resolve_flags(inc_resolver *r)
{
    for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c)) {
        c->as.chapter.opens_recto = !r->document->meta.article && c->as.chapter.depth == 0 &&
                                        c->as.chapter.role != INC_ROLE_COPYRIGHT /* the back of the title page */ && !inc_role_lists(c->as.chapter.role);
        c->as.chapter.numbered_pages_start = false;
    }
    inc_node *start = first_arabic(r);
    if (start)
        start->as.chapter.numbered_pages_start = true;
}
