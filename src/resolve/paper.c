/*
 * paper.c - links as paper needs them: "(page 87)" behind a link inside the book, the address of one that leads out of it
 * as a footnote, or in a list at the chapter's end.
 *
 * All that is put in here is flagged `paper`: both PDFs have it, since they share one layout; the EPUB has live links instead.
 */
#include "resolve/passes.h"
#include "base/urls.h"

enum { NEAR = 16 }; /* links back that are looked at for the same target in the same paragraph */

typedef struct paper_pass {
    inc_resolver *r;
    inc_node *chapter;      /* the one whose links are being read */
    inc_map notes;          /* address -> its NOTE, or its ITEM in the list */
    inc_node *list;         /* LIST of addresses at the chapter's end, or NULL */
    uint32_t count;
    const inc_node *block;  /* of the link before, with how far it was read ... */
    inc_walk read;
    unsigned open;          /* ... and the parentheses open there */
} paper_pass;

static inc_node *paper(inc_resolver *r, inc_node_kind kind, const char *class_name, inc_span span)
{
    inc_node *node = inc_generated(r, kind, class_name);
    node->paper = true;
    node->span = span;
    return node;
}

static inc_node *add_text(inc_resolver *r, inc_node *parent, inc_str text, inc_span span)
{
    inc_node *node = inc_node_text(r->arena, text, span);
    inc_node_append(parent, node);
    return node;
}

/* The block of text that an inline stands in. */
static const inc_node *block_of(const inc_node *node)
{
    while (inc_node_is_inline(node))
        node = node->parent;
    return node;
}

/* Running heads, the outline and the contents are made from headings: nothing is put into them. */
static bool is_left_alone(const inc_node *link)
{
    return link->generated || inc_node_has_class(link, "plain") || inc_node_within(link, INC_NODE_HEADING);
}

/* ---- pages of links inside the book ---- */

/* Does the text before the link, in its block, leave a parenthesis open? Then brackets stand in it. Links come in the order of the text. */
static bool in_parentheses(paper_pass *p, const inc_node *block, const inc_node *link)
{
    if (p->block != block) {
        p->block = block;
        p->read = inc_walk_begin(block);
        p->open = 0;
    }
    while (inc_walk_next(&p->read) && !(p->read.enter && p->read.node == link)) {
        const inc_node *n = p->read.node;
        p->read.skip = p->read.enter && n->paper;
        if (!p->read.enter || n->kind != INC_NODE_TEXT)
            continue;
        for (size_t i = 0; i < n->as.text.text.n; i++) {
            p->open += n->as.text.text.p[i] == '(';
            p->open -= n->as.text.text.p[i] == ')' && p->open;
        }
    }
    return p->open > 0;
}

/* Was the same target named before, in the same block? */
static bool is_named_before(const paper_pass *p, size_t at, const inc_node *block)
{
    const inc_found_node *links = p->r->links.v;
    const inc_node *target = links[at].node->as.link.target;
    for (size_t i = at; i > 0 && at - i < NEAR && links[i - 1].chapter == p->chapter; i--)
        if (links[i - 1].node->as.link.target == target && block_of(links[i - 1].node) == block)
            return true;
    return false;
}

static bool has_page(const inc_node *target)
{
    return target->kind != INC_NODE_CHAPTER || (!target->as.chapter.draft && target->first);
}

/* " (page 87)"; in a parenthesis " [page 87]". */
static void add_page(paper_pass *p, size_t at)
{
    inc_resolver *r = p->r;
    inc_node *link = r->links.v[at].node;
    const inc_node *block = block_of(link);
    if (!has_page(link->as.link.target) || link->as.link.target == p->chapter || is_named_before(p, at, block))
        return;
    bool inner = in_parentheses(p, block, link), first = r->terms->number_first;
    inc_node *note = paper(r, INC_NODE_SPAN, "page-note", link->span), *page = inc_generated(r, INC_NODE_PAGE_REF, NULL);
    page->as.page_ref.target = link->as.link.target;
    add_text(r, note, inc_strf(r->arena, "%s%s%s", inner ? " [" : " (", first ? "" : r->terms->page, first ? "" : "\xC2\xA0"), INC_NO_SPAN);
    inc_node_append(note, page);
    add_text(r, note, inc_strf(r->arena, "%s%s%s", first ? ".\xC2\xA0" : "", first ? r->terms->page : "", inner ? "]" : ")"), INC_NO_SPAN);
    inc_node_insert_after(link, note);
}

/* ---- addresses of links out of it ---- */

/* An address as people compare it: without scheme, "www." and a last slash. */
static inc_str bare_address(inc_str url)
{
    static const char *const heads[] = {"https://", "http://", "mailto:", "www."};
    url = inc_str_trim(url);
    for (size_t i = 0; i < INC_COUNT(heads); i++)
        if (url.n > strlen(heads[i]) && inc_str_eq_nocase(inc_str_slice(url, 0, strlen(heads[i])), inc_str_of(heads[i])))
            url = inc_str_slice(url, strlen(heads[i]), url.n);
    return inc_str_ends(url, INC_STR("/")) ? inc_str_slice(url, 0, url.n - 1) : url;
}

static bool says_address(inc_resolver *r, const inc_node *link)
{
    inc_str text = inc_node_flatten(r->arena, link, true);
    return inc_str_eq_nocase(bare_address(text), bare_address(link->as.link.url));
}

static inc_str printed_address(inc_str url)
{
    bool mail = url.n > 7 && inc_str_eq_nocase(inc_str_slice(url, 0, 7), INC_STR("mailto:"));
    return mail ? inc_str_slice(url, 7, url.n) : url;
}

/* SPAN.url > LINK, to be read past. */
static inc_node *address(inc_resolver *r, const inc_node *link)
{
    inc_node *span = paper(r, INC_NODE_SPAN, "url", link->span), *again = inc_generated(r, INC_NODE_LINK, NULL);
    again->as.link.url = link->as.link.url;
    again->as.link.external = true;
    add_text(r, again, printed_address(link->as.link.url), link->span);
    inc_node_append(span, again);
    return span;
}

static inc_node *paragraph_of(inc_resolver *r, inc_node *holder, const inc_node *link)
{
    inc_node *paragraph = inc_generated(r, INC_NODE_PARAGRAPH, NULL);
    inc_node_append(paragraph, address(r, link));
    inc_node_append(holder, paragraph);
    return paragraph;
}

static void add_note(paper_pass *p, inc_node *link)
{
    inc_resolver *r = p->r;
    inc_node *note = inc_map_find(&p->notes, link->as.link.url);
    if (!note) {
        note = paper(r, INC_NODE_NOTE, "url-note", link->span);
        note->as.note.name = inc_strf(r->arena, "url-%u", ++p->count);
        paragraph_of(r, note, link);
        inc_node_append(p->chapter, note);
        inc_map_put(&p->notes, link->as.link.url, note);
    }
    inc_node *reference = paper(r, INC_NODE_NOTE_REF, NULL, link->span);
    reference->as.note_ref.note = note;
    reference->as.note_ref.name = note->as.note.name;
    reference->as.note_ref.ordinal = ++note->as.note.references;
    inc_node_insert_after(link, reference);
}

/* DIV.link-list before the chapter's notes. */
static void open_list(paper_pass *p)
{
    inc_resolver *r = p->r;
    inc_node *list = p->list = inc_generated(r, INC_NODE_LIST, NULL), *div = paper(r, INC_NODE_DIV, "link-list", INC_NO_SPAN);
    inc_node *title = inc_generated(r, INC_NODE_PARAGRAPH, "link-list-title"), *words = paper(r, INC_NODE_SPAN, NULL, INC_NO_SPAN);
    add_text(r, words, inc_str_of(r->terms->links), INC_NO_SPAN);
    inc_node_append(title, words);
    list->as.list.ordered = list->as.list.tight = true;
    list->as.list.start = 1;
    list->as.list.delimiter = '.';
    inc_node_append(div, title);
    inc_node_append(div, list);
    inc_node *notes = inc_next_of(p->chapter->first, INC_NODE_NOTE);
    if (notes)
        inc_node_insert_before(notes, div);
    else
        inc_node_append(p->chapter, div);
}

/* "[3]" behind the link, its address as the list's third item. */
static void add_to_list(paper_pass *p, inc_node *link)
{
    inc_resolver *r = p->r;
    inc_node *item = inc_map_find(&p->notes, link->as.link.url);
    if (!p->list)
        open_list(p);
    if (!item) {
        item = inc_generated(r, INC_NODE_ITEM, NULL);
        item->as.item.number = ++p->count;
        paragraph_of(r, item, link);
        inc_node_append(p->list, item);
        inc_map_put(&p->notes, link->as.link.url, item);
    }
    inc_node *number = paper(r, INC_NODE_SPAN, "link-number", link->span);
    add_text(r, number, inc_strf(r->arena, "\xC2\xA0[%u]", item->as.item.number), INC_NO_SPAN);
    inc_node_insert_after(link, number);
}

/* A note of the author's takes the address into its own text. */
static void add_inside_note(paper_pass *p, inc_node *link)
{
    inc_resolver *r = p->r;
    inc_node *around = paper(r, INC_NODE_SPAN, NULL, link->span);
    add_text(r, around, INC_STR(" ("), INC_NO_SPAN);
    inc_node_append(around, address(r, link));
    add_text(r, around, INC_STR(")"), INC_NO_SPAN);
    inc_node_insert_after(link, around);
}

static void add_address(paper_pass *p, inc_node *link)
{
    if (p->r->options->url_notes == INC_URLS_NONE || says_address(p->r, link))
        return;
    if (inc_node_within(link, INC_NODE_NOTE))
        add_inside_note(p, link);
    else if (p->r->options->url_notes == INC_URLS_LIST)
        add_to_list(p, link);
    else
        add_note(p, link);
}

/* ---- numbers ---- */

typedef INC_VEC(inc_node *) notes_in_order;

static void number_below(inc_resolver *r, const inc_node *root, notes_in_order *used)
{
    for (inc_walk w = inc_walk_begin(root); inc_walk_next(&w);) {
        if (!w.enter)
            continue;
        w.skip = w.node->kind == INC_NODE_NOTE && w.node != root;
        inc_node *note = w.node->kind == INC_NODE_NOTE_REF ? w.node->as.note_ref.note : NULL;
        if (!note || note->as.note.paper_number)
            continue;
        INC_PUSH(r->arena, used, note);
        note->as.note.paper_number = (uint32_t)used->n;
    }
}

/* Notes of both kinds in one row, by first reference, as resolve/notes.c numbers the author's alone; it runs on through nested files, which may share
 * a page. */
static void number_notes(inc_resolver *r, inc_node *chapter, notes_in_order *used)
{
    size_t i = used->n;
    number_below(r, chapter, used);
    for (; i < used->n; i++)
        number_below(r, used->v[i], used);
}

void inc_resolve_paper(inc_resolver *r)
{
    paper_pass p = {.r = r};
    for (size_t i = 0; i < r->links.n; i++) {
        inc_node *link = r->links.v[i].node;
        if (r->links.v[i].chapter != p.chapter)
            p = (paper_pass){.r = r, .chapter = r->links.v[i].chapter, .notes = inc_map_in(r->arena)};
        if (link->kind != INC_NODE_LINK || is_left_alone(link))
            continue;
        if (link->as.link.target && r->options->page_references)
            add_page(&p, i);
        else if (link->as.link.external)
            add_address(&p, link);
    }
    notes_in_order used = {0};
    for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c)) {
        if (c->as.chapter.depth == 0 && !r->document->meta.article)
            used.n = 0;
        number_notes(r, c, &used);
    }
}
