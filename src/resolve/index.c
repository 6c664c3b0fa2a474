/*
 * index.c - the index: what the marks of the manuscript say, in order, as nodes.
 *
 * A mark is an INDEX_MARK, or any element with data-index. Its term may have levels, "waker; cloning", and names in `code`. The index stands where
 * the manuscript has <div class="index"></div>, else in a chapter of its own when the settings ask for it: per letter a HEADING.index-letter and a
 * LIST.index-entries; each ITEM is one PARAGRAPH (the term, then ", " and its PAGE_LIST, then what to see) and the LIST of its sub-entries.
 */
#include <stdlib.h>

#include "resolve/collate.h"
#include "resolve/letters.h"
#include "resolve/passes.h"

enum { LEVELS_MAX = 3 };

typedef struct entry entry;

typedef struct place { /* one mark's */
    inc_node *mark, *end; /* end: of a range, or NULL */
    bool main;
} place;

typedef struct pointer { /* see, see also */
    inc_str to;
    inc_span span;
    bool also;
} pointer;

struct entry {
    inc_str text;   /* as written, white space made one */
    inc_collation key;
    inc_span span;
    inc_node *item; /* once it is made */
    INC_VEC(place) places;
    INC_VEC(pointer) pointers;
    INC_VEC(entry *) below;
};

typedef struct index_pass {
    inc_resolver *r;
    entry root;
    inc_map entries;  /* "waker;cloning" -> entry */
    inc_map open;     /* ranges that have begun: the same key -> entry */
    const inc_node *first_mark;
    inc_node *div;    /* where the index is to stand */
    size_t marks, names;
} index_pass;

/* ---- reading marks ---- */

static inc_str one_line(inc_arena *arena, inc_str s)
{
    inc_buf out = inc_buf_in(arena);
    s = inc_str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        if (!inc_is_space(s.p[i]))
            inc_buf_byte(&out, s.p[i]);
        else if (out.n && out.p[out.n - 1] != ' ')
            inc_buf_byte(&out, ' ');
    }
    return inc_buf_str(&out);
}

/* Cuts the next level of a term off; a semicolon in `code` parts nothing. */
static inc_str next_level(inc_arena *arena, inc_str *rest)
{
    size_t i = 0;
    for (bool code = false; i < rest->n && (code || rest->p[i] != ';'); i++)
        code ^= rest->p[i] == '`';
    inc_str level = one_line(arena, inc_str_slice(*rest, 0, i));
    *rest = inc_str_slice(*rest, INC_MIN(i + 1, rest->n), rest->n);
    return level;
}

static inc_str path_key(inc_arena *arena, inc_str term)
{
    inc_buf key = inc_buf_in(arena);
    for (unsigned levels = 0; term.n && levels < LEVELS_MAX;) {
        inc_str level = next_level(arena, &term);
        if (!level.n)
            continue;
        if (levels++)
            inc_buf_byte(&key, ';');
        inc_buf_add(&key, level);
    }
    return inc_buf_str(&key);
}

static entry *find_or_add(index_pass *p, inc_str term, inc_str sort, inc_span span)
{
    inc_arena *arena = p->r->arena;
    inc_str rest = path_key(arena, term), key = rest;
    entry *at = &p->root;
    while (rest.n) {
        inc_str level = next_level(arena, &rest), path = inc_str_slice(key, 0, key.n - rest.n - (rest.n > 0));
        entry *found = inc_map_find(&p->entries, path);
        if (!found) {
            found = INC_NEW(arena, entry);
            *found = (entry){.text = level, .span = span};
            found->key = inc_collation_of(arena, sort.n && !rest.n ? sort : level);
            inc_map_put(&p->entries, path, found);
            INC_PUSH(arena, &at->below, found);
        }
        at = found;
    }
    return at;
}

static bool attribute_set(const inc_node *node, const char *name)
{
    for (const inc_attribute *a = node->attributes; a; a = a->next)
        if (inc_str_is(a->name, name))
            return !inc_str_eq_nocase(a->value, INC_STR("false"));
    return false;
}

static void add_pointer(index_pass *p, entry *at, const inc_node *mark, const char *name, bool also)
{
    inc_str to = one_line(p->r->arena, inc_node_attribute(mark, name));
    for (size_t i = 0; i < at->pointers.n; i++)
        if (inc_str_eq(at->pointers.v[i].to, to))
            return;
    if (to.n)
        INC_PUSH(p->r->arena, &at->pointers, (pointer){to, mark->span, also});
}

/* range="end" closes what range="begin" has opened. */
static void end_range(index_pass *p, entry *at, inc_node *mark, inc_str key)
{
    place *open = inc_map_find(&p->open, key);
    if (open) {
        at->places.v[(uintptr_t)open - 1].end = mark;
        inc_map_put(&p->open, key, NULL);
        return;
    }
    inc_report(p->r->diags, INC_DIAG_INDEX_RANGE, mark->span, "index range '%.*s' ends here but begins nowhere", INC_STR_ARG(key))->hint =
        INC_STR("range=\"begin\" opens one");
}

static void read_mark(index_pass *p, inc_node *mark, inc_str term)
{
    inc_arena *arena = p->r->arena;
    inc_str key = path_key(arena, term), range = inc_node_attribute(mark, "range");
    if (!key.n) {
        inc_report(p->r->diags, INC_DIAG_INDEX_EMPTY, mark->span, "an index mark without a term");
        return;
    }
    entry *at = find_or_add(p, term, inc_node_attribute(mark, "sort"), mark->span);
    if (!p->marks++)
        p->first_mark = mark;
    add_pointer(p, at, mark, "see", false);
    add_pointer(p, at, mark, "seealso", true);
    if (inc_node_attribute(mark, "see").n)
        return; /* a reference alone names no page */
    if (inc_str_eq_nocase(range, INC_STR("end"))) {
        end_range(p, at, mark, key);
        return;
    }
    INC_PUSH(arena, &at->places, (place){.mark = mark, .main = attribute_set(mark, "main")});
    if (inc_str_eq_nocase(range, INC_STR("begin")))
        inc_map_put(&p->open, key, (void *)(uintptr_t)at->places.n);
}

static void read_book(index_pass *p)
{
    for (inc_node *c = inc_first_chapter(p->r); c; c = inc_next_chapter(c))
        for (inc_walk w = inc_walk_begin(c); inc_walk_next(&w);) {
            inc_node *n = w.node;
            if (!w.enter)
                continue;
            if (n->kind == INC_NODE_INDEX_MARK)
                read_mark(p, n, n->as.index_mark.term);
            else if (n->attributes && n->kind != INC_NODE_SPAN) { /* a span's mark is a node of its own */
                inc_str term = inc_node_attribute(n, "data-index");
                if (term.n)
                    read_mark(p, n, term);
            }
            if (n->kind == INC_NODE_DIV && !p->div && inc_node_has_class(n, "index"))
                p->div = n;
        }
    for (size_t i = 0; i < p->open.n; i++)
        if (p->open.entries[i].value) {
            const entry *at = inc_map_find(&p->entries, p->open.entries[i].key);
            const place *begun = &at->places.v[(uintptr_t)p->open.entries[i].value - 1];
            inc_report(p->r->diags, INC_DIAG_INDEX_RANGE, begun->mark->span, "index range '%.*s' begins here but ends nowhere",
                       INC_STR_ARG(p->open.entries[i].key))
                ->hint = INC_STR("range=\"end\" closes it");
        }
}

/* ---- order ---- */

static int compare_entries(const void *x, const void *y)
{
    const entry *a = *(entry *const *)x, *b = *(entry *const *)y;
    return inc_collation_compare(&a->key, &b->key);
}

/* Also those below, down to LEVELS_MAX. */
static void sort_entries(entry *at)
{
    if (at->below.n > 1)
        qsort(at->below.v, at->below.n, sizeof *at->below.v, compare_entries);
    for (size_t i = 0; i < at->below.n; i++)
        sort_entries(at->below.v[i]);
}

/* ---- nodes ---- */

static inc_node *add_text(inc_resolver *r, inc_node *parent, inc_str text)
{
    inc_node *node = inc_node_text(r->arena, text, INC_NO_SPAN);
    inc_node_append(parent, node);
    return node;
}

/* A term with what stands between backticks as code. */
static void add_term(inc_resolver *r, inc_node *parent, inc_str term, inc_span span)
{
    while (term.n) {
        size_t tick = inc_str_find_char(term, '`');
        inc_str plain = inc_str_slice(term, 0, tick == INC_NPOS ? term.n : tick);
        inc_str rest = inc_str_slice(term, plain.n + (tick != INC_NPOS), term.n);
        size_t close = tick == INC_NPOS ? INC_NPOS : inc_str_find_char(rest, '`');
        if (tick != INC_NPOS && close == INC_NPOS) { /* alone it is a backtick */
            plain = term;
            rest = INC_STR("");
        }
        if (plain.n)
            add_text(r, parent, inc_smarten(r, plain, r->document->meta.language))->span = span;
        if (close != INC_NPOS) {
            inc_node *code = inc_node_new(r->arena, INC_NODE_CODE_SPAN, span);
            code->as.text.text = inc_str_slice(rest, 0, close);
            inc_node_append(parent, code);
            rest = inc_str_slice(rest, close + 1, rest.n);
        }
        term = rest;
    }
}

/* A place to go to must have a name. */
static const inc_node *named(index_pass *p, inc_node *mark)
{
    if (mark && !mark->label.n)
        mark->label = inc_strf(p->r->arena, "ix-%zu", ++p->names);
    return mark;
}

static void add_pages(index_pass *p, inc_node *paragraph, const entry *e)
{
    inc_resolver *r = p->r;
    if (!e->places.n)
        return;
    add_text(r, paragraph, INC_STR(", "));
    inc_node *list = inc_generated(r, INC_NODE_PAGE_LIST, NULL);
    inc_node_append(paragraph, list);
    for (size_t i = 0; i < e->places.n; i++) {
        inc_node *page = inc_generated(r, INC_NODE_PAGE_REF, e->places.v[i].main ? "main" : NULL);
        page->as.page_ref.target = named(p, e->places.v[i].mark);
        page->as.page_ref.end = named(p, e->places.v[i].end);
        inc_node_append(list, page);
    }
}

/* "; see also task". An entry with pages or sub-entries of its own says "see also" whatever was written. */
static void add_pointers(index_pass *p, const entry *e)
{
    inc_resolver *r = p->r;
    for (size_t i = 0; i < e->pointers.n; i++) {
        const pointer *to = &e->pointers.v[i];
        entry *target = inc_map_find(&p->entries, path_key(r->arena, to->to));
        bool also = to->also || e->places.n || e->below.n;
        inc_node *paragraph = e->item->first, *word = inc_generated(r, INC_NODE_SPAN, "see");
        word->as.span_.tag = INC_SPAN_EM;
        add_text(r, paragraph, i || (also && e->places.n) ? INC_STR("; ") : also ? INC_STR(". ") : INC_STR(", "));
        add_text(r, word, inc_str_of(also ? r->terms->see_also : r->terms->see));
        inc_node_append(paragraph, word);
        add_text(r, paragraph, INC_STR(" "));
        inc_node *holder = paragraph;
        if (target) {
            holder = inc_generated(r, INC_NODE_LINK, NULL);
            holder->as.link.target = target->item;
            if (!target->item->label.n)
                target->item->label = inc_strf(r->arena, "ix-to-%.*s", INC_STR_ARG(inc_slug(r->arena, target->text)));
            inc_node_append(paragraph, holder);
        } else
            inc_report(r->diags, INC_DIAG_INDEX_SEE, to->span, "the index has no entry '%.*s' to see", INC_STR_ARG(to->to));
        inc_str rest = to->to;
        for (bool more = false; rest.n; more = true) {
            inc_str level = next_level(r->arena, &rest);
            if (more)
                add_text(r, holder, INC_STR(", "));
            add_term(r, holder, level, to->span);
        }
    }
}

static void add_item(index_pass *p, inc_node *list, entry *e);

static inc_node *add_list(index_pass *p, inc_node *parent, entry *const *entries, size_t n)
{
    inc_node *list = inc_generated(p->r, INC_NODE_LIST, "index-entries");
    list->as.list.tight = true;
    inc_node_append(parent, list);
    for (size_t i = 0; i < n; i++)
        add_item(p, list, entries[i]);
    return list;
}

static void add_item(index_pass *p, inc_node *list, entry *e)
{
    inc_resolver *r = p->r;
    inc_node *paragraph = inc_generated(r, INC_NODE_PARAGRAPH, NULL);
    e->item = inc_generated(r, INC_NODE_ITEM, NULL);
    inc_node_append(list, e->item);
    inc_node_append(e->item, paragraph);
    add_term(r, paragraph, e->text, e->span);
    add_pages(p, paragraph, e);
    if (e->below.n)
        add_list(p, e->item, e->below.v, e->below.n);
}

static void add_letter(index_pass *p, const entry *first, uint8_t level)
{
    inc_node *heading = inc_generated(p->r, INC_NODE_HEADING, "index-letter");
    heading->as.heading.level = level;
    add_text(p->r, heading, first->key.group == INC_COLLATES_AS_SYMBOL ? inc_str_of(p->r->terms->symbols) : inc_collation_head(p->r->arena, &first->key));
    inc_node_append(p->div, heading);
}

static void fill(index_pass *p)
{
    const inc_node *chapter = inc_node_within(p->div, INC_NODE_CHAPTER);
    uint8_t level = (uint8_t)INC_MIN(chapter->as.chapter.depth + 2, 6);
    entry *const *all = p->root.below.v;
    for (size_t i = 0, end; i < p->root.below.n; i = end) {
        for (end = i + 1; end < p->root.below.n && inc_collation_same_head(&all[i]->key, &all[end]->key);)
            end++;
        add_letter(p, all[i], level);
        add_list(p, p->div, all + i, end - i);
    }
    for (size_t i = 0; i < p->entries.n; i++)
        add_pointers(p, p->entries.entries[i].value);
}

/* ---- where it stands ---- */

static void add_chapter(index_pass *p)
{
    inc_resolver *r = p->r;
    inc_str title = inc_str_of(r->terms->index);
    inc_node *chapter = inc_generated_chapter(r, INC_ROLE_INDEX, title), *heading = inc_generated(r, INC_NODE_HEADING, NULL);
    heading->as.heading.level = 1;
    heading->as.heading.in_contents = true;
    add_text(r, heading, title);
    p->div = inc_generated(r, INC_NODE_DIV, "index");
    inc_node_append(chapter, heading);
    inc_node_append(chapter, p->div);
    inc_node_append(r->document->book, chapter);
}

/* A chapter behind the numbered ones that holds the index is the index. */
static void name_chapter(index_pass *p)
{
    inc_node *chapter = (inc_node *)inc_node_within(p->div, INC_NODE_CHAPTER);
    if (p->div->parent == chapter && chapter->as.chapter.role == INC_ROLE_SUFFIX && chapter->as.chapter.depth == 0)
        chapter->as.chapter.role = INC_ROLE_INDEX;
}

void inc_resolve_index(inc_resolver *r)
{
    index_pass p = {.r = r, .entries = inc_map_in(r->arena), .open = inc_map_in(r->arena)};
    read_book(&p);
    if (!p.marks) {
        if (p.div || r->options->index)
            inc_report(r->diags, INC_DIAG_INDEX_EMPTY, p.div ? p.div->span : INC_NO_SPAN, "the book has no index marks: its index is empty")->hint =
                INC_STR("<span data-index=\"term\">words</span> marks a place");
        return;
    }
    if (!p.div && !r->options->index) {
        inc_report(r->diags, INC_DIAG_NO_INDEX, p.first_mark->span, "the book has %zu index mark%s and no index", p.marks, p.marks == 1 ? "" : "s")->hint =
            INC_STR("<div class=\"index\"></div> in a chapter, or index = true in [output.incipit], makes one");
        return;
    }
    if (p.div)
        name_chapter(&p);
    else
        add_chapter(&p);
    sort_entries(&p.root);
    fill(&p);
}
