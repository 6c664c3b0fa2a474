/*
 * captions.c - figures, tables and listings get their numbers and labels; alerts get their titles, details a summary.
 *
 * Numbers count by kind within a chapter of depth 0 ("6-2"); outside of numbered chapters they run through the book
 * ("2"). An author's own number, given by the attribute or by the caption's first words ("Figure 4-1: ..."), is kept, and
 * counting goes on from it.
 */
#include "base/utf8.h"
#include "resolve/passes.h"

enum { OWN_WORD_MAX = 40 }; /* bytes of an author's word before a number, and the blank behind it */

typedef struct caption_pass {
    inc_resolver *r;
    inc_str prefix;        /* number of the depth-0 chapter, or "" */
    uint32_t in_chapter[3], elsewhere[3]; /* last number, by inc_figure_kind */
    const inc_node *whole; /* the figure whose parts are being lettered ... */
    unsigned parts;        /* ... and how many there were */
} caption_pass;

static inc_node *find_caption(const inc_node *figure)
{
    return inc_next_of(figure->first, INC_NODE_CAPTION);
}

/* ---- <span class="caption"> after an image, the Rust Book's older way ---- */

static inc_node *lone_child(const inc_node *paragraph)
{
    inc_node *only = NULL;
    for (inc_node *n = paragraph->first; n; n = n->next) {
        if (n->kind == INC_NODE_SOFT_BREAK || n->kind == INC_NODE_ANCHOR || (n->kind == INC_NODE_TEXT && !inc_str_trim(n->as.text.text).n))
            continue;
        if (only)
            return NULL;
        only = n;
    }
    return only;
}

static inc_node *find_caption_span(const inc_node *block)
{
    if (block->kind != INC_NODE_PARAGRAPH)
        return NULL;
    inc_node *span = lone_child(block);
    return span && span->kind == INC_NODE_SPAN && inc_node_has_class(span, "caption") ? span : NULL;
}

static bool takes_caption(const inc_node *block, inc_figure_kind *kind)
{
    const inc_node *only = block->kind == INC_NODE_PARAGRAPH ? lone_child(block) : NULL;
    *kind = block->kind == INC_NODE_TABLE ? INC_FIGURE_TABLE : block->kind == INC_NODE_CODE ? INC_FIGURE_LISTING : INC_FIGURE_FIGURE;
    return block->kind == INC_NODE_TABLE || block->kind == INC_NODE_CODE || (only && only->kind == INC_NODE_IMAGE);
}

/* block and the paragraph after it, which holds just a span of class "caption", become a FIGURE. */
static void gather_figure(inc_resolver *r, inc_node *block)
{
    inc_figure_kind kind;
    inc_node *after = block->next;
    inc_node *span = after ? find_caption_span(after) : NULL;
    if (!span || !takes_caption(block, &kind) || block->parent->kind == INC_NODE_FIGURE)
        return;
    inc_node *figure = inc_node_new(r->arena, INC_NODE_FIGURE, block->span);
    figure->as.figure.kind = kind;
    figure->label = span->label.n ? span->label : after->label;
    inc_node *caption = inc_node_new(r->arena, INC_NODE_CAPTION, after->span);
    caption->lang = span->lang;
    while (span->first) {
        inc_node *n = span->first;
        inc_node_detach(n);
        inc_node_append(caption, n);
    }
    inc_node_insert_before(block, figure);
    inc_node_detach(after);
    inc_node_detach(block);
    inc_node_append(figure, block);
    inc_node_append(figure, caption);
}

/* ---- <span class="filename">Filename: src/main.rs</span> before a listing, the Rust Book's other way ---- */

static inc_str read_file_name(inc_resolver *r, const inc_node *block)
{
    const inc_node *span = block && block->kind == INC_NODE_PARAGRAPH ? lone_child(block) : NULL;
    if (!span || span->kind != INC_NODE_SPAN || !inc_node_has_class(span, "filename"))
        return INC_STR("");
    inc_str text = inc_node_flatten(r->arena, span, true);
    size_t colon = inc_str_find(text, INC_STR(": "));
    return inc_str_trim(colon == INC_NPOS ? text : inc_str_slice(text, colon + 2, text.n));
}

/* The code block becomes a listing with that file name and without a number. */
static void gather_listing(inc_resolver *r, inc_node *code)
{
    if (code->kind != INC_NODE_CODE || code->parent->kind == INC_NODE_FIGURE)
        return;
    inc_str name = read_file_name(r, code->prev);
    if (!name.n)
        return;
    inc_node *figure = inc_node_new(r->arena, INC_NODE_FIGURE, code->span);
    figure->as.figure.kind = INC_FIGURE_LISTING;
    figure->as.figure.file_name = name;
    figure->label = code->prev->label;
    inc_node_detach(code->prev);
    inc_node_insert_before(code, figure);
    inc_node_detach(code);
    inc_node_append(figure, code);
    inc_node_add_class(r->arena, figure, INC_STR("unnumbered"));
}

static void gather_figures(inc_resolver *r, inc_node *chapter)
{
    for (inc_walk w = inc_walk_begin(chapter); inc_next_block(&w);) {
        if (w.node->kind == INC_NODE_CHAPTER)
            continue;
        gather_figure(r, w.node);
        gather_listing(r, w.node);
    }
}

/* ---- the author's number ---- */

static bool is_number_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
}

/* Reads "Figure 4-1", then ":" or "." and blanks. True with the number and the count of bytes read. */
bool inc_read_number(inc_str text, const char *word, inc_str *number, size_t *length)
{
    static const inc_str nbsp = {"\xC2\xA0", 2};
    inc_str w = inc_str_of(word);
    if (!w.n || !inc_str_starts(text, w))
        return false;
    size_t at = w.n;
    if (at < text.n && text.p[at] == ' ')
        at++;
    else if (inc_str_starts(inc_str_slice(text, at, text.n), nbsp))
        at += nbsp.n;
    else
        return false;
    size_t from = at;
    bool digit = false;
    for (; at < text.n && is_number_char(text.p[at]); at++)
        digit |= text.p[at] >= '0' && text.p[at] <= '9';
    size_t to = at;
    while (to > from && (text.p[to - 1] == '.' || text.p[to - 1] == '-'))
        to--;
    if (!digit || (at < text.n && text.p[at] != ':' && text.p[at] != ' ' && text.p[at] != ')'))
        return false;
    if (at < text.n && text.p[at] == ':')
        at++;
    while (at < text.n && text.p[at] == ' ')
        at++;
    *number = inc_str_slice(text, from, to);
    *length = at;
    return to > from;
}

static size_t count_digits(inc_str text, size_t from)
{
    size_t at = from;
    while (at < text.n && text.p[at] >= '0' && text.p[at] <= '9')
        at++;
    return at - from;
}

/* Reads any word with a number of two parts and a colon, as translators write: "表 B-1：". True with the label and the bytes read. "Encoding UTF-8:"
 * is none: before the hyphen stand digits or one letter. */
static bool read_own_label(inc_str text, inc_str *label, inc_str *number, size_t *length)
{
    static const inc_str colons[] = {{":", 1}, {"\xEF\xBC\x9A", 3}};
    size_t word = inc_str_find_char(inc_utf8_start(text, OWN_WORD_MAX), ' ');
    if (word == INC_NPOS || word == 0 || count_digits(text, 0))
        return false;
    size_t from = word + 1, first = count_digits(text, from);
    if (!first && from < text.n && text.p[from] >= 'A' && text.p[from] <= 'Z')
        first = 1;
    size_t hyphen = from + first, last = count_digits(text, hyphen + 1), end = hyphen + 1 + last;
    if (!first || hyphen >= text.n || text.p[hyphen] != '-' || !last)
        return false;
    for (size_t i = 0; i < INC_COUNT(colons); i++) {
        if (!inc_str_starts(inc_str_slice(text, end, text.n), colons[i]))
            continue;
        *label = inc_str_slice(text, 0, end);
        *number = inc_str_slice(text, from, end);
        *length = end + colons[i].n;
        while (*length < text.n && text.p[*length] == ' ')
            ++*length;
        return true;
    }
    return false;
}

/* Cuts the author's label off the caption's text: "Figure 4-1: The heap" or "Figure 4-1. The heap", but not "Figure 8 knots".
 * The word may change the kind: a picture of a table is a table. */
static bool take_written_number(inc_node *figure, inc_node *caption)
{
    inc_node *first = caption->first;
    if (!first || first->kind != INC_NODE_TEXT)
        return false;
    const inc_terms *all;
    size_t n = inc_terms_all(&all), length;
    for (size_t i = 0; i < n; i++) {
        for (unsigned kind = 0; kind < 3; kind++) {
            inc_str text = first->as.text.text, number;
            if (!inc_read_number(text, all[i].figure[kind], &number, &length))
                continue;
            size_t end = (size_t)(number.p - text.p) + number.n;
            if (end < text.n && text.p[end] != ':' && text.p[end] != '.')
                continue;
            figure->as.figure.kind = (inc_figure_kind)kind;
            figure->as.figure.number = number;
            first->as.text.text = inc_str_slice(text, length, text.n);
            return true;
        }
    }
    inc_str text = first->as.text.text;
    if (!read_own_label(text, &figure->as.figure.written, &figure->as.figure.number, &length))
        return false;
    first->as.text.text = inc_str_slice(text, length, text.n);
    return true;
}

/* ---- counting ---- */

static uint32_t *counter_of(caption_pass *p, inc_figure_kind kind)
{
    return p->prefix.n ? &p->in_chapter[kind] : &p->elsewhere[kind];
}

/* Counting goes on from the number that the author gave, if it ends in one. */
static void count_from(caption_pass *p, const inc_node *figure)
{
    inc_str number = figure->as.figure.number;
    size_t at = number.n;
    while (at > 0 && number.p[at - 1] >= '0' && number.p[at - 1] <= '9')
        at--;
    uint64_t value;
    if (inc_str_to_uint(inc_str_slice(number, at, number.n), &value) && value < UINT32_MAX)
        *counter_of(p, figure->as.figure.kind) = (uint32_t)value;
}

static void give_number(caption_pass *p, inc_node *figure)
{
    uint32_t n = ++*counter_of(p, figure->as.figure.kind);
    if (p->prefix.n)
        figure->as.figure.number = inc_strf(p->r->arena, "%.*s-%u", INC_STR_ARG(p->prefix), n);
    else
        figure->as.figure.number = inc_strf(p->r->arena, "%u", n);
}

static inc_node *generate_caption(caption_pass *p, inc_node *figure)
{
    inc_node *caption = inc_generated(p->r, INC_NODE_CAPTION, NULL);
    inc_node_append(figure, caption);
    return caption;
}

/* Captions stand above tables and listings; those of figures stay where the author put them. */
static void raise_caption(inc_node *figure, inc_node *caption)
{
    if (!caption || figure->as.figure.kind == INC_FIGURE_FIGURE || figure->first == caption)
        return;
    inc_node_detach(caption);
    inc_node_insert_before(figure->first, caption);
}

static void append_file_name(inc_resolver *r, inc_node *caption, inc_str file_name)
{
    if (caption->first) {
        inc_node *space = inc_node_text(r->arena, INC_STR(" "), INC_NO_SPAN);
        space->generated = true;
        inc_node_append(caption, space);
    }
    inc_node_append(caption, inc_generated_span(r, "file-name", file_name));
}

/* A caption that says something; markdown/ makes an empty one for a listing that has a file name only. */
static bool says_something(const inc_node *caption)
{
    return caption && caption->first && (caption->first != caption->last || caption->first->kind != INC_NODE_TEXT || caption->first->as.text.text.n);
}

/* ---- parts: figures inside a figure ---- */

static const inc_node *whole_of(const inc_node *figure)
{
    return inc_node_within(figure->parent, INC_NODE_FIGURE);
}

/* Cuts off a letter that the author wrote: "(a) before". */
static void cut_written_letter(inc_node *caption, inc_str letter)
{
    inc_node *first = caption->first;
    if (!first || first->kind != INC_NODE_TEXT || !inc_str_starts(first->as.text.text, letter))
        return;
    inc_str rest = inc_str_slice(first->as.text.text, letter.n, first->as.text.text.n);
    while (rest.n && rest.p[0] == ' ')
        rest = inc_str_slice(rest, 1, rest.n);
    first->as.text.text = rest;
}

/* A part is lettered: "(a)" in its caption, "Figure 6-2a" where it is referred to. */
static void resolve_part(caption_pass *p, inc_node *figure, const inc_node *whole)
{
    inc_node *caption = find_caption(figure);
    if (whole != p->whole) {
        p->whole = whole;
        p->parts = 0;
    }
    if (!says_something(caption) || p->parts == 26 || inc_node_has_class(figure, "unnumbered"))
        return;
    char c = (char)('a' + p->parts++);
    inc_str letter = inc_strf(p->r->arena, "(%c)", c);
    cut_written_letter(caption, letter);
    if (whole->as.figure.number.n)
        figure->as.figure.number = inc_strf(p->r->arena, "%.*s%c", INC_STR_ARG(whole->as.figure.number), c);
    inc_prepend_label(p->r, caption, inc_generated_span(p->r, "label", letter));
}

static void resolve_figure(caption_pass *p, inc_node *figure)
{
    inc_node *caption = find_caption(figure);
    const inc_node *whole = whole_of(figure);
    if (whole && figure->as.figure.kind == INC_FIGURE_FIGURE && whole->as.figure.kind == INC_FIGURE_FIGURE) {
        resolve_part(p, figure, whole);
        return;
    }
    bool counted = says_something(caption) || figure->label.n;
    if (caption)
        take_written_number(figure, caption);
    if (figure->as.figure.number.n)
        count_from(p, figure);
    else if (counted && !inc_node_has_class(figure, "unnumbered"))
        give_number(p, figure);
    inc_str number = figure->as.figure.number, file_name = figure->as.figure.file_name;
    if (!caption && (number.n || file_name.n))
        caption = generate_caption(p, figure);
    raise_caption(figure, caption);
    if (number.n) {
        inc_prepend_label(p->r, caption, inc_generated_span(p->r, "label", inc_cited_number(p->r, figure)));
    }
    if (file_name.n)
        append_file_name(p->r, caption, file_name);
}

/* A picture without a caption is meant by its place ("looking like this:"), so it may not move away. */
static void keep_in_place(inc_resolver *r, inc_node *figure)
{
    bool placed = inc_node_has_class(figure, "here") || inc_node_has_class(figure, "full-page") || inc_node_has_class(figure, "full-bleed");
    if (figure->as.figure.kind == INC_FIGURE_FIGURE && !find_caption(figure) && !whole_of(figure) && !placed)
        inc_node_add_class(r->arena, figure, INC_STR("here"));
}

void inc_resolve_captions(inc_resolver *r)
{
    caption_pass p = {.r = r, .prefix = INC_STR("")};
    for (inc_node *c = inc_first_chapter(r); c; c = inc_next_chapter(c)) {
        if (c->as.chapter.depth == 0) {
            p.prefix = c->as.chapter.number;
            memset(p.in_chapter, 0, sizeof p.in_chapter);
        }
        gather_figures(r, c);
        for (inc_walk w = inc_walk_begin(c); inc_next_block(&w);)
            if (w.node->kind == INC_NODE_FIGURE) {
                resolve_figure(&p, w.node);
                keep_in_place(r, w.node);
            }
    }
}

static void put_first(inc_node *parent, inc_node *title)
{
    if (parent->first)
        inc_node_insert_before(parent->first, title);
    else
        inc_node_append(parent, title);
}

/* What browsers say above details that nobody summed up. */
static inc_node *make_summary(inc_resolver *r)
{
    inc_node *summary = inc_generated(r, INC_NODE_PARAGRAPH, "summary"), *strong = inc_generated(r, INC_NODE_SPAN, NULL);
    strong->as.span_.tag = INC_SPAN_STRONG;
    inc_node_append(strong, inc_node_text(r->arena, inc_str_of(r->terms->details), INC_NO_SPAN));
    inc_node_append(summary, strong);
    return summary;
}

static bool lacks_summary(const inc_node *node)
{
    return node->kind == INC_NODE_DIV && node->as.div.tag == INC_DIV_DETAILS
           && !(node->first && node->first->kind == INC_NODE_PARAGRAPH && inc_node_has_class(node->first, "summary"));
}

void inc_resolve_titles(inc_resolver *r)
{
    for (inc_walk w = inc_walk_begin(r->document->book); inc_next_block(&w);)
        if (w.node->kind == INC_NODE_ALERT)
            put_first(w.node, inc_generated_paragraph(r, "alert-title", inc_str_of(r->terms->alert[w.node->as.alert.kind])));
        else if (lacks_summary(w.node))
            put_first(w.node, make_summary(r));
}
