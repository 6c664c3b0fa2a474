/* tags.c - the structure tree as objects. */
#include "pdf/tags.h"

#include <stdlib.h>

#include "pdf/glyphs.h"
#include "pdf/syntax.h"

enum { LEAF = 64 /* entries of a leaf of the number and name trees */ };

struct inc_pdf_tag_state {
    uint32_t first_piece, last_piece;           /* index + 1 */
    uint32_t first_annotation, last_annotation; /* index + 1 */
    uint32_t key;  /* index + 1 of the first piece in the subtree: where the element begins in reading order */
    uint32_t rank; /* index + 1 in `kept` */
    bool alive;    /* to be kept: it or something below has content */
};

static inc_pdf_tag_state *state(const inc_pdf_tags *tags, const inc_tag *tag)
{
    assert(tag->id >= 1 && tag->id <= tags->pages->tag_count);
    return &tags->states[tag->id];
}

/* The tag behind `tag` in pre-order, NULL at the end. */
static const inc_tag *following(const inc_tag *tag)
{
    if (tag->first)
        return tag->first;
    while (tag && !tag->next)
        tag = tag->parent;
    return tag ? tag->next : NULL;
}

/* ---- pieces ---- */

static void add_piece(inc_pdf_tags *tags, const inc_tag *tag, uint32_t page, uint32_t mcid)
{
    INC_PUSH(tags->arena, &tags->pieces, (inc_pdf_piece){.tag = tag, .page = page, .mcid = mcid});
    uint32_t index = (uint32_t)tags->pieces.n; /* plus one */
    inc_pdf_tag_state *s = state(tags, tag);
    if (s->last_piece)
        tags->pieces.v[s->last_piece - 1].next = index;
    else
        s->first_piece = index;
    s->last_piece = index;
}

static void gather_page(inc_pdf_tags *tags, uint32_t p)
{
    const inc_page *page = &tags->pages->pages[p];
    const inc_tag *current = NULL;
    uint32_t mcid = 0;
    for (size_t m = 0; m < page->mark_count; m++) {
        const inc_mark *mark = &page->marks[m];
        if (mark->kind == INC_MARK_LINK || !inc_pdf_mark_shows(mark, INC_SCREEN))
            continue;
        if (mark->tag && mark->tag != current)
            add_piece(tags, mark->tag, p, mcid++);
        current = mark->tag;
    }
}

bool inc_pdf_tags_gather(inc_pdf_tags *tags, inc_pdf *pdf, const inc_pages *pages, const inc_ref *page_refs)
{
    if (!pages->tags)
        return false;
    tags->pages = pages;
    tags->page_refs = page_refs;
    tags->states = INC_NEW_N(tags->arena, inc_pdf_tag_state, (size_t)pages->tag_count + 1);
    tags->page_first = INC_NEW_N(tags->arena, uint32_t, pages->page_count + 1);
    for (uint32_t p = 0; p < pages->page_count; p++) {
        tags->page_first[p] = (uint32_t)tags->pieces.n;
        gather_page(tags, p);
    }
    tags->page_first[pages->page_count] = (uint32_t)tags->pieces.n;
    tags->root = inc_pdf_object(pdf);
    return true;
}

uint32_t inc_pdf_tags_annotation(inc_pdf_tags *tags, const inc_tag *tag, uint32_t page, inc_ref ref)
{
    INC_PUSH(tags->arena, &tags->annotations, (inc_pdf_annotation){.tag = tag, .page = page, .ref = ref});
    uint32_t index = (uint32_t)tags->annotations.n;
    if (tag) {
        inc_pdf_tag_state *s = state(tags, tag);
        if (s->last_annotation)
            tags->annotations.v[s->last_annotation - 1].next = index;
        else
            s->first_annotation = index;
        s->last_annotation = index;
    }
    return (uint32_t)tags->pages->page_count + index - 1;
}

/* ---- pruning ---- */

static int by_note_id(const void *a, const void *b)
{
    return inc_str_cmp((*(const inc_tag *const *)a)->note_id, (*(const inc_tag *const *)b)->note_id);
}

/* Keeps what has content of its own or below, and in a table also empty rows and cells: its grid. */
static void prune(inc_pdf_tags *tags)
{
    INC_VEC(const inc_tag *) order = {0};
    for (const inc_tag *tag = tags->pages->tags; tag; tag = following(tag))
        INC_PUSH(tags->arena, &order, tag);
    for (size_t i = order.n; i-- > 0;) { /* children before parents */
        const inc_tag *tag = order.v[i];
        inc_pdf_tag_state *s = state(tags, tag);
        s->alive |= s->first_piece || s->first_annotation;
        if (s->first_piece && (!s->key || s->first_piece < s->key))
            s->key = s->first_piece;
        if (!tag->parent || !s->alive)
            continue;
        inc_pdf_tag_state *up = state(tags, tag->parent);
        up->alive = true;
        if (s->key && (!up->key || s->key < up->key))
            up->key = s->key;
    }
    for (size_t i = 0; i < order.n; i++) { /* parents before children */
        const inc_tag *tag = order.v[i];
        inc_pdf_tag_state *s = state(tags, tag);
        bool grid = tag->kind == INC_TAG_TD || tag->kind == INC_TAG_TH || (tag->kind == INC_TAG_TR && tag->first);
        if (!s->alive && tag->parent && !(grid && state(tags, tag->parent)->rank))
            continue;
        INC_PUSH(tags->arena, &tags->kept, tag);
        s->rank = (uint32_t)tags->kept.n;
        if (tag->note_id.n)
            INC_PUSH(tags->arena, &tags->notes, tag);
    }
    if (tags->notes.n)
        qsort(tags->notes.v, tags->notes.n, sizeof *tags->notes.v, by_note_id);
}

/* ---- elements ---- */

static inc_ref element_ref(const inc_pdf_tags *tags, const inc_tag *tag)
{
    uint32_t rank = state(tags, tag)->rank;
    return rank ? tags->first + rank - 1 : 0;
}

typedef struct kids { /* of one element, being written */
    const inc_pdf_tags *tags;
    inc_buf *out;
    uint32_t page; /* the element's /Pg; the first piece's */
} kids;

static void put_blank(inc_buf *out)
{
    char last = out->p[out->n - 1];
    if (last != '[' && last != '>' && last != ']')
        inc_buf_byte(out, ' ');
}

static void put_piece(kids *k, const inc_pdf_piece *piece)
{
    if (piece->page == k->page) {
        put_blank(k->out);
        inc_pdf_put_uint(k->out, piece->mcid);
        return;
    }
    inc_buf_puts(k->out, "<</Type/MCR/Pg ");
    inc_pdf_put_ref(k->out, k->tags->page_refs[piece->page]);
    inc_buf_puts(k->out, "/MCID ");
    inc_pdf_put_uint(k->out, piece->mcid);
    inc_buf_puts(k->out, ">>");
}

/* The element's own pieces in front of `end` (index + 1), from *at on. */
static void put_pieces_before(kids *k, uint32_t *at, uint32_t end)
{
    while (*at && *at < end) {
        const inc_pdf_piece *piece = &k->tags->pieces.v[*at - 1];
        put_piece(k, piece);
        *at = piece->next;
    }
}

static void put_annotations(kids *k, uint32_t at)
{
    while (at) {
        const inc_pdf_annotation *a = &k->tags->annotations.v[at - 1];
        inc_buf_puts(k->out, "<</Type/OBJR/Pg ");
        inc_pdf_put_ref(k->out, k->tags->page_refs[a->page]);
        inc_buf_puts(k->out, "/Obj ");
        inc_pdf_put_ref(k->out, a->ref);
        inc_buf_puts(k->out, ">>");
        at = a->next;
    }
}

/* Own pieces and child elements, in reading order. */
static void put_kids(kids *k, const inc_tag *tag)
{
    const inc_pdf_tag_state *s = state(k->tags, tag);
    uint32_t at = s->first_piece;
    inc_buf_puts(k->out, "/K[");
    for (const inc_tag *child = tag->first; child; child = child->next) {
        const inc_pdf_tag_state *c = state(k->tags, child);
        if (!c->rank)
            continue;
        if (c->key)
            put_pieces_before(k, &at, c->key);
        put_blank(k->out);
        inc_pdf_put_ref(k->out, element_ref(k->tags, child));
    }
    put_pieces_before(k, &at, UINT32_MAX);
    put_annotations(k, s->first_annotation);
    inc_buf_byte(k->out, ']');
}

static const char *numbering_name(inc_numbering numbering)
{
    switch (numbering) {
    case INC_NUMBERING_NONE: return "None";
    case INC_NUMBERING_DISC: return "Disc";
    case INC_NUMBERING_CIRCLE: return "Circle";
    case INC_NUMBERING_SQUARE: return "Square";
    case INC_NUMBERING_DECIMAL: return "Decimal";
    case INC_NUMBERING_LOWER_ALPHA: return "LowerAlpha";
    case INC_NUMBERING_UPPER_ALPHA: return "UpperAlpha";
    case INC_NUMBERING_LOWER_ROMAN: return "LowerRoman";
    case INC_NUMBERING_UPPER_ROMAN: return "UpperRoman";
    }
    return "None";
}

static void put_box(inc_buf *out, const inc_pdf_tags *tags, const inc_tag *tag)
{
    inc_len height = tags->pages->height;
    inc_len values[4] = {tag->x0, height - tag->y1, tag->x1, height - tag->y0};
    inc_buf_puts(out, "/A<</O/Layout/Placement/Block/BBox[");
    for (int i = 0; i < 4; i++) {
        if (i)
            inc_buf_byte(out, ' ');
        inc_pdf_put_len(out, values[i]);
    }
    inc_buf_puts(out, "]>>");
}

static void put_headers(inc_buf *out, const inc_tag *tag)
{
    if (!tag->header_count)
        return;
    inc_buf_puts(out, "/Headers[");
    for (uint32_t i = 0; i < tag->header_count; i++)
        inc_pdf_put_bytes(out, tag->headers[i]->note_id);
    inc_buf_byte(out, ']');
}

static void put_attributes(inc_buf *out, const inc_pdf_tags *tags, const inc_tag *tag)
{
    bool head = tag->kind == INC_TAG_TH;
    if (tag->kind == INC_TAG_L) {
        inc_buf_puts(out, "/A<</O/List/ListNumbering/");
        inc_buf_puts(out, numbering_name(tag->numbering));
        inc_buf_puts(out, ">>");
    } else if (head || (tag->kind == INC_TAG_TD && (tag->colspan > 1 || tag->rowspan > 1 || tag->header_count))) {
        inc_buf_puts(out, "/A<</O/Table");
        if (head)
            inc_buf_puts(out, tag->scope_row ? "/Scope/Row" : "/Scope/Column");
        if (tag->colspan > 1)
            inc_buf_printf(out, "/ColSpan %u", tag->colspan);
        if (tag->rowspan > 1)
            inc_buf_printf(out, "/RowSpan %u", tag->rowspan);
        put_headers(out, tag);
        inc_buf_puts(out, ">>");
    } else if (tag->has_box && (tag->kind == INC_TAG_FIGURE || tag->kind == INC_TAG_FORMULA))
        put_box(out, tags, tag);
}

static void put_text_entry(inc_buf *out, const char *key, inc_str text)
{
    if (text.n) {
        inc_buf_puts(out, key);
        inc_pdf_put_text(out, text);
    }
}

static void compose_element(const inc_pdf_tags *tags, const inc_tag *tag, inc_buf *out)
{
    const inc_pdf_tag_state *s = state(tags, tag);
    kids k = {tags, out, s->first_piece ? tags->pieces.v[s->first_piece - 1].page : 0};
    inc_buf_puts(out, "<</S/");
    inc_buf_puts(out, inc_tag_kind_name(tag->kind));
    inc_buf_puts(out, "/P ");
    inc_pdf_put_ref(out, tag->parent ? element_ref(tags, tag->parent) : tags->root);
    if (s->first_piece) {
        inc_buf_puts(out, "/Pg ");
        inc_pdf_put_ref(out, tags->page_refs[k.page]);
    }
    put_attributes(out, tags, tag);
    put_text_entry(out, "/Alt", tag->alt);
    put_text_entry(out, "/ActualText", tag->actual_text);
    put_text_entry(out, "/Lang", tag->lang);
    if (tag->note_id.n) {
        inc_buf_puts(out, "/ID");
        inc_pdf_put_bytes(out, tag->note_id);
    }
    put_kids(&k, tag);
    inc_buf_puts(out, ">>");
}

/* ---- parent tree and id tree ---- */

static size_t parent_entries(const inc_pdf_tags *tags)
{
    return tags->pages->page_count + tags->annotations.n;
}

static void put_parent_entry(const inc_pdf_tags *tags, size_t key, inc_buf *out)
{
    size_t page_count = tags->pages->page_count;
    if (key >= page_count) {
        const inc_tag *tag = tags->annotations.v[key - page_count].tag;
        if (tag)
            inc_pdf_put_ref(out, element_ref(tags, tag));
        else
            inc_buf_puts(out, "null");
        return;
    }
    inc_buf_byte(out, '[');
    for (uint32_t i = tags->page_first[key]; i < tags->page_first[key + 1]; i++) {
        put_blank(out);
        inc_pdf_put_ref(out, element_ref(tags, tags->pieces.v[i].tag));
    }
    inc_buf_byte(out, ']');
}

static void compose_parent_leaf(const inc_pdf_tags *tags, size_t leaf, inc_buf *out)
{
    size_t from = leaf * LEAF, to = INC_MIN(from + LEAF, parent_entries(tags));
    inc_buf_printf(out, "<</Limits[%zu %zu]/Nums[", from, to - 1);
    for (size_t key = from; key < to; key++) {
        inc_buf_printf(out, "%zu ", key);
        put_parent_entry(tags, key, out);
        inc_buf_byte(out, '\n');
    }
    inc_buf_puts(out, "]>>");
}

static void compose_note_leaf(const inc_pdf_tags *tags, size_t leaf, inc_buf *out)
{
    size_t from = leaf * LEAF, to = INC_MIN(from + LEAF, tags->notes.n);
    inc_buf_puts(out, "<</Limits[");
    inc_pdf_put_bytes(out, tags->notes.v[from]->note_id);
    inc_pdf_put_bytes(out, tags->notes.v[to - 1]->note_id);
    inc_buf_puts(out, "]/Names[");
    for (size_t i = from; i < to; i++) {
        inc_pdf_put_bytes(out, tags->notes.v[i]->note_id);
        inc_pdf_put_ref(out, element_ref(tags, tags->notes.v[i]));
    }
    inc_buf_puts(out, "]>>");
}

static size_t leaves(size_t entries)
{
    return (entries + LEAF - 1) / LEAF;
}

/* Objects: the elements, then the leaves of the parent tree, then those of the id tree. */
static void compose(void *context, size_t k, inc_buf *out)
{
    const inc_pdf_tags *tags = context;
    size_t parent_leaves = leaves(parent_entries(tags));
    if (k < tags->kept.n)
        compose_element(tags, tags->kept.v[k], out);
    else if (k < tags->kept.n + parent_leaves)
        compose_parent_leaf(tags, k - tags->kept.n, out);
    else
        compose_note_leaf(tags, k - tags->kept.n - parent_leaves, out);
}

static void put_leaf_refs(inc_buf *out, inc_ref first, size_t n)
{
    inc_buf_puts(out, "<</Kids[");
    for (size_t i = 0; i < n; i++) {
        put_blank(out);
        inc_pdf_put_ref(out, first + (inc_ref)i);
    }
    inc_buf_puts(out, "]>>");
}

inc_pdf_virtual inc_pdf_tags_finish(inc_pdf_tags *tags, inc_pdf *pdf)
{
    prune(tags);
    tags->first = inc_pdf_first_virtual(pdf);
    size_t parent_leaves = leaves(parent_entries(tags)), note_leaves = leaves(tags->notes.n);
    inc_ref behind = tags->first + (inc_ref)tags->kept.n;
    inc_buf out = inc_buf_in(tags->arena);
    inc_buf_puts(&out, "/Type/StructTreeRoot/K ");
    inc_pdf_put_ref(&out, tags->first);
    inc_buf_puts(&out, "/ParentTree ");
    put_leaf_refs(&out, behind, parent_leaves);
    inc_buf_printf(&out, "/ParentTreeNextKey %zu", parent_entries(tags));
    if (note_leaves) {
        inc_buf_puts(&out, "/IDTree ");
        put_leaf_refs(&out, behind + (inc_ref)parent_leaves, note_leaves);
    }
    inc_pdf_fill(pdf, tags->root, inc_buf_str(&out));
    return (inc_pdf_virtual){.count = tags->kept.n + parent_leaves + note_leaves, .compose = compose, .context = tags};
}
