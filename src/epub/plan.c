/* plan.c - which file every chapter becomes and which id every node gets, before a line of XHTML is written. */
#include "epub/book.h"
#include "epub/xml.h"

const inc_node *inc_epub_file_node(const inc_node *node)
{
    while (node && node->kind != INC_NODE_CHAPTER && node->kind != INC_NODE_PART)
        node = node->parent;
    return node;
}

const inc_epub_file *inc_epub_file_of(const inc_epub_book *book, const inc_node *node)
{
    const inc_node *root = inc_epub_file_node(node);
    uint32_t index = root ? book->file_of[root->id] : 0;
    return index ? &book->files.v[index - 1] : NULL;
}

bool inc_epub_is_kept(const inc_node *node)
{
    return !node->paper && (node->kind != INC_NODE_NOTE || node->as.note.number > 0);
}

/* The half-title belongs to paper, the contents are the nav document, drafts have nothing to show. */
static bool has_file(const inc_node *node)
{
    if (node->kind == INC_NODE_PART)
        return true;
    return node->kind == INC_NODE_CHAPTER && !node->as.chapter.draft && node->as.chapter.role != INC_ROLE_HALF_TITLE &&
           node->as.chapter.role != INC_ROLE_CONTENTS;
}

static bool can_have_id(const inc_node *node)
{
    return inc_node_element(node).n > 0 && node->kind != INC_NODE_BREAK && node->kind != INC_NODE_BOOK;
}

/* ---- names ---- */

inc_str inc_epub_unique_id(inc_epub_book *book, inc_map *taken, inc_str wish)
{
    inc_str id = wish;
    uintptr_t next = (uintptr_t)inc_map_find(taken, wish); /* the suffix to try first, so that many equal wishes stay cheap */
    if (next) {
        do
            id = inc_strf(book->arena, "%.*s-%u", INC_STR_ARG(wish), (unsigned)next++);
        while (inc_map_has(taken, id));
        inc_map_put(taken, wish, (void *)next);
    }
    inc_map_put(taken, id, (void *)(uintptr_t)2);
    return id;
}

/* Stems are unique among chapters already, but "nav" and "cover" are ours and parts have none. */
static inc_str file_name(inc_epub_book *book, const inc_node *node, unsigned part_number)
{
    inc_str stem = node->kind == INC_NODE_PART ? inc_strf(book->arena, "part-%u", part_number) : node->as.chapter.name;
    stem = inc_xml_name(book->arena, stem);
    inc_str name = inc_strf(book->arena, "%.*s.xhtml", INC_STR_ARG(stem));
    for (unsigned n = 2; inc_map_has(&book->names, name); n++)
        name = inc_strf(book->arena, "%.*s-%u.xhtml", INC_STR_ARG(stem), n);
    inc_map_put(&book->names, name, &book->names);
    return name;
}

static void plan_files(inc_epub_book *book)
{
    unsigned parts = 0;
    inc_map_put(&book->names, INC_STR("nav.xhtml"), &book->names);
    inc_map_put(&book->names, INC_STR("cover.xhtml"), &book->names);
    for (const inc_node *node = book->document->book->first; node; node = node->next) {
        parts += node->kind == INC_NODE_PART;
        if (!has_file(node))
            continue;
        inc_epub_file file = {.node = node, .name = file_name(book, node, parts), .ids = inc_map_in(book->arena)};
        INC_PUSH(book->arena, &book->files, file);
        book->file_of[node->id] = (uint32_t)book->files.n;
    }
}

/* ---- ids ---- */

static void mark_target(bool *wanted, const inc_node *target)
{
    if (target && target->kind != INC_NODE_CHAPTER && target->kind != INC_NODE_PART)
        wanted[target->id] = true;
}

/* Which nodes are linked to from somewhere. */
static bool *linked_nodes(inc_epub_book *book)
{
    bool *wanted = INC_NEW_N(book->arena, bool, (size_t)book->document->node_count + 1);
    for (inc_walk w = inc_walk_begin(book->document->book); inc_walk_next(&w);) {
        if (!w.enter)
            continue;
        w.skip = w.node->paper;
        if (w.node->paper)
            continue;
        if (w.node->kind == INC_NODE_LINK)
            mark_target(wanted, w.node->as.link.target);
        else if (w.node->kind == INC_NODE_PAGE_REF)
            mark_target(wanted, w.node->as.page_ref.target);
    }
    return wanted;
}

/* An id of our own making for a node without a label, or "". */
static inc_str generated_id(inc_epub_book *book, const inc_node *node, bool linked)
{
    if (node->kind == INC_NODE_NOTE)
        return inc_strf(book->arena, "fn-%u", node->as.note.number);
    if (node->kind == INC_NODE_NOTE_REF && node->as.note_ref.note) {
        unsigned number = node->as.note_ref.note->as.note.number, ordinal = node->as.note_ref.ordinal;
        return ordinal > 1 ? inc_strf(book->arena, "fnref-%u-%u", number, ordinal)
                           : inc_strf(book->arena, "fnref-%u", number);
    }
    if (node->kind == INC_NODE_HEADING)
        return INC_STR("section");
    return linked ? INC_STR("place") : INC_STR("");
}

/* Authors' labels first, so that a link from outside to #fn-1 still means what it says. */
static void plan_ids(inc_epub_book *book, inc_epub_file *file, const bool *linked)
{
    for (int own = 1; own >= 0; own--)
        for (inc_walk w = inc_walk_begin(file->node); inc_walk_next(&w);) {
            const inc_node *node = w.node;
            if (!w.enter)
                continue;
            w.skip = !inc_epub_is_kept(node);
            if (w.skip || !can_have_id(node) || book->ids[node->id].n || (node->label.n > 0) != own)
                continue;
            inc_str wish = own ? inc_xml_name(book->arena, node->label) : generated_id(book, node, linked[node->id]);
            if (wish.n)
                book->ids[node->id] = inc_epub_unique_id(book, &file->ids, wish);
            if (node->kind == INC_NODE_NOTE_REF && node->as.note_ref.note &&
                !book->first_refs[node->as.note_ref.note->id])
                book->first_refs[node->as.note_ref.note->id] = node->id;
        }
}

void inc_epub_plan(inc_epub_book *book)
{
    size_t count = (size_t)book->document->node_count + 1;
    book->file_of = INC_NEW_N(book->arena, uint32_t, count);
    book->ids = INC_NEW_N(book->arena, inc_str, count);
    book->first_refs = INC_NEW_N(book->arena, uint32_t, count);
    book->names = inc_map_in(book->arena);
    plan_files(book);
    const bool *linked = linked_nodes(book);
    for (size_t i = 0; i < book->files.n; i++)
        plan_ids(book, &book->files.v[i], linked);
}

inc_str inc_epub_href(const inc_epub_book *book, const inc_node *from, const inc_node *target)
{
    const inc_node *root = target ? inc_epub_file_node(target) : NULL;
    if (!root)
        return INC_STR("");
    if (root->kind == INC_NODE_CHAPTER && root->as.chapter.role == INC_ROLE_CONTENTS)
        return INC_STR("nav.xhtml");
    const inc_epub_file *file = inc_epub_file_of(book, root);
    if (!file)
        return INC_STR("");
    inc_str id = book->ids[target->id];
    if (id.n == 0 || target == root)
        return file->name;
    if (from && inc_epub_file_node(from) == root)
        return inc_strf(book->arena, "#%.*s", INC_STR_ARG(id));
    return inc_strf(book->arena, "%.*s#%.*s", INC_STR_ARG(file->name), INC_STR_ARG(id));
}

/* ---- what a chapter is ---- */

/* Titles of front and back matter in English; EPUB Structural Semantics Vocabulary 1.1 and DPUB-ARIA 1.1. */
static const struct {
    const char *title, *type, *role;
} known_titles[] = {
    {"foreword", "foreword", "doc-foreword"},
    {"preface", "preface", "doc-preface"},
    {"introduction", "introduction", "doc-introduction"},
    {"prologue", "prologue", "doc-prologue"},
    {"dedication", "dedication", "doc-dedication"},
    {"acknowledgments", "acknowledgments", "doc-acknowledgments"},
    {"acknowledgements", "acknowledgments", "doc-acknowledgments"},
    {"epilogue", "epilogue", "doc-epilogue"},
    {"afterword", "afterword", "doc-afterword"},
    {"conclusion", "conclusion", "doc-conclusion"},
    {"glossary", "glossary", "doc-glossary"},
    {"bibliography", "bibliography", "doc-bibliography"},
    {"colophon", "colophon", "doc-colophon"},
    {"index", "index", "doc-index"},
};

static bool matter_by_title(inc_str title, inc_epub_semantics *semantics)
{
    for (size_t i = 0; i < INC_COUNT(known_titles); i++)
        if (inc_str_eq_nocase(title, inc_str_of(known_titles[i].title))) {
            semantics->type = known_titles[i].type;
            semantics->role = known_titles[i].role;
            return true;
        }
    return false;
}

static bool is_appendix(const inc_node *node)
{
    inc_str number = node->as.chapter.number;
    return inc_str_starts(node->as.chapter.title, INC_STR("Appendix")) ||
           (number.n == 1 && number.p[0] >= 'A' && number.p[0] <= 'Z');
}

inc_epub_semantics inc_epub_semantics_of(const inc_epub_book *book, const inc_node *node)
{
    (void)book;
    if (node->kind == INC_NODE_PART)
        return (inc_epub_semantics){"part", "doc-part", "bodymatter"};
    inc_epub_semantics semantics = {NULL, NULL, "bodymatter"};
    bool top = node->as.chapter.depth == 0;
    switch (node->as.chapter.role) {
    case INC_ROLE_CHAPTER:
        if (top && is_appendix(node))
            return (inc_epub_semantics){"appendix", "doc-appendix", "backmatter"};
        if (top && !matter_by_title(node->as.chapter.title, &semantics))
            semantics = (inc_epub_semantics){"chapter", "doc-chapter", "bodymatter"};
        break;
    case INC_ROLE_PREFIX:
        semantics.matter = "frontmatter";
        matter_by_title(node->as.chapter.title, &semantics);
        break;
    case INC_ROLE_SUFFIX:
        semantics.matter = "backmatter";
        if (!matter_by_title(node->as.chapter.title, &semantics) && is_appendix(node))
            semantics = (inc_epub_semantics){"appendix", "doc-appendix", "backmatter"};
        break;
    case INC_ROLE_HALF_TITLE:
        return (inc_epub_semantics){"halftitlepage", NULL, "frontmatter"};
    case INC_ROLE_TITLE_PAGE:
        return (inc_epub_semantics){"titlepage", NULL, "frontmatter"};
    case INC_ROLE_COPYRIGHT:
        return (inc_epub_semantics){"copyright-page", NULL, "frontmatter"};
    case INC_ROLE_CONTENTS:
        return (inc_epub_semantics){"toc", "doc-toc", "frontmatter"};
    case INC_ROLE_FIGURES:
        return (inc_epub_semantics){"loi", NULL, "frontmatter"};
    case INC_ROLE_TABLES:
        return (inc_epub_semantics){"lot", NULL, "frontmatter"};
    case INC_ROLE_LISTINGS: /* the vocabulary has no word for it */
        return (inc_epub_semantics){NULL, NULL, "frontmatter"};
    case INC_ROLE_INDEX:
        return (inc_epub_semantics){"index", "doc-index", "backmatter"};
    }
    return semantics;
}
