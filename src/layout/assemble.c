/* assemble.c - finished pages: text blocks, footnotes, running heads; destinations, outline, page labels, page map, tag tree. */
#include "document/terms.h"
#include "layout/margin.h"

#include <stdlib.h>

typedef struct place { /* where a node begins */
    uint32_t page;
    inc_len x, y;
    bool known;
} place;

typedef struct assembler {
    inc_book *book;
    inc_flow *flow;          /* the current one: gives worker and arenas for the margin boxes */
    inc_arena *scratch;      /* of one page */
    inc_pages *pages;
    place *places;           /* by node id */
    inc_margins margins;
    bool turned;             /* the page is set on its side: what begins on it begins at its head */
    inc_len turned_x, turned_y;
    INC_VEC(inc_page_break) breaks;
    INC_VEC(inc_destination) destinations;
    INC_VEC(inc_outline_item) outline;
} assembler;

/* ---- the text block ---- */

static void remember(assembler *a, const inc_vanchor *anchor, uint32_t page, inc_len x, inc_len y)
{
    for (; anchor; anchor = anchor->next) {
        place *p = &a->places[anchor->node->id];
        if (!p->known)
            *p = a->turned ? (place){page, a->turned_x, a->turned_y, true} : (place){page, x, y, true};
    }
}

static void remember_note(assembler *a, const inc_vlist *list, uint32_t first, uint32_t end, const inc_pb_params *params, uint32_t page, inc_len x,
                          inc_len y)
{
    inc_len position = 0;
    for (uint32_t i = first; i < end; i++) {
        position = inc_pb_advance(&list->boxes.v[i].fit, params, position, i == first);
        remember(a, list->boxes.v[i].anchors, page, x, y + position);
        position += list->boxes.v[i].fit.height;
    }
}

/* The first box of a page behind the figure that has come from the page before. */
static uint32_t behind_head(const inc_flow_pages *f, const inc_pb_page *p)
{
    const inc_pb_float *head = p->head ? &f->flow.list.floats.v[p->head - 1] : NULL;
    return p->first + (head ? head->end - head->first : 0);
}

static void set_boxes(assembler *a, inc_marks *marks, const inc_flow_pages *f, const inc_pb_page *p, uint32_t number, const inc_page *page)
{
    inc_len *tops = INC_NEW_N(a->scratch, inc_len, p->end - p->first);
    for (uint32_t i = p->first; i < p->end; i++) {
        tops[i - p->first] = page->frame_y0 + f->tops[i];
        remember(a, f->flow.list.boxes.v[i].anchors, number, page->frame_x0, tops[i - p->first]);
    }
    inc_place_boxes_at(a->scratch, marks, &f->flow.list, p->first, behind_head(f, p), p->end, page->frame_x0, tops);
}

static void set_notes(assembler *a, inc_marks *marks, const inc_flow_pages *f, const inc_pb_page *p, const inc_page_style *ps, uint32_t number,
                      const inc_page *page)
{
    if (!p->notes)
        return;
    const inc_style *area = ps->footnote;
    inc_len y = page->frame_y1 - p->notes + f->params.note_space;
    inc_len padding = INC_MIN(inc_dim_resolve(area->padding[INC_TOP], f->flow.measure, 0), f->params.note_space);
    inc_mark rule = {.kind = INC_MARK_RULE, .x = page->frame_x0, .y = y - padding - area->border_width[INC_TOP], .height = area->border_width[INC_TOP],
                     .width = inc_dim_resolve(area->width, f->flow.measure, f->flow.measure)};
    for (int m = 0; m < INC_MEDIUM_COUNT; m++)
        rule.color[m] = area->paint[m].border[INC_TOP];
    if (rule.height && (rule.color[INC_SCREEN].a || rule.color[INC_PRINT].a))
        INC_PUSH(a->scratch, marks, rule);
    inc_pb_params params = {.height = INC_LEN_MAX};
    for (uint32_t k = p->note_first, n; k < p->note_end; k += n) { /* note by note */
        const inc_note_line *line = &f->note_lines[k];
        for (n = 1; k + n < p->note_end && line[n].list == line->list;)
            n++;
        remember_note(a, line->list, line->index, line->index + n, &params, number, page->frame_x0, y);
        y = inc_place_boxes(a->scratch, marks, line->list, line->index, line->index + n, page->frame_x0, y, &params);
    }
}

static void note_break(assembler *a, const inc_flow_pages *f, const inc_pb_page *p, inc_str label)
{
    for (uint32_t i = behind_head(f, p); i < p->end; i++) { /* a figure from the page before does not begin this one */
        const inc_vbox *box = &f->flow.list.boxes.v[i];
        if (!box->node)
            continue;
        inc_page_break next = {box->node->id, box->byte, label};
        const inc_page_break *last = a->breaks.n ? &a->breaks.v[a->breaks.n - 1] : NULL;
        if (!last || next.node_id > last->node_id || (next.node_id == last->node_id && next.byte > last->byte))
            INC_PUSH(a->book->arena, &a->breaks, next);
        return;
    }
}

static void box_figures(inc_page *page, uint32_t number)
{
    for (size_t i = 0; i < page->mark_count; i++) {
        const inc_mark *mark = &page->marks[i];
        inc_tag *tag = mark->tag;
        if (!tag || tag->kind != INC_TAG_FIGURE || mark->kind == INC_MARK_LINK || (tag->has_box && tag->box_page != number))
            continue;
        bool text = mark->kind == INC_MARK_TEXT, upwards = text && mark->turned;
        inc_len top = upwards ? mark->y - mark->width : text ? mark->y - mark->as.text.run->size : mark->y;
        inc_len x0 = upwards ? mark->x - mark->as.text.run->size : mark->x;
        inc_len x1 = upwards ? mark->x : mark->x + mark->width, y1 = mark->y + mark->height;
        tag->x0 = tag->has_box ? INC_MIN(tag->x0, x0) : x0;
        tag->y0 = tag->has_box ? INC_MIN(tag->y0, top) : top;
        tag->x1 = tag->has_box ? INC_MAX(tag->x1, x1) : x1;
        tag->y1 = tag->has_box ? INC_MAX(tag->y1, y1) : y1;
        tag->has_box = true;
        tag->box_page = number;
    }
}

/* A page without margins has no room for their boxes. */
static void set_margins(assembler *a, inc_marks *marks, const inc_page_style *ps, size_t number)
{
    if (!ps->margin[INC_TOP] && !ps->margin[INC_RIGHT] && !ps->margin[INC_BOTTOM] && !ps->margin[INC_LEFT])
        return;
    a->margins.flow = a->flow;
    a->margins.scratch = a->scratch;
    a->margins.page = &a->pages->pages[number];
    a->margins.number = number;
    inc_margins_put(&a->margins, marks, ps);
}

static void keep_marks(assembler *a, inc_page *page, const inc_marks *marks)
{
    page->marks = INC_NEW_N(a->book->arena, inc_mark, marks->n);
    page->mark_count = marks->n;
    for (size_t i = 0; i < marks->n; i++)
        page->marks[i] = marks->v[i];
}

/* What is set at (x, y) on a turned page `length` wide goes to its place on the page: x runs upwards, y to the right. */
static void turn_marks(inc_marks *marks, const inc_text_block *block, inc_len length)
{
    for (size_t i = 0; i < marks->n; i++) {
        inc_mark *mark = &marks->v[i];
        bool text = mark->kind == INC_MARK_TEXT;
        inc_len x = block->x0 + mark->y, y = block->y0 + length - mark->x - (text ? 0 : mark->width);
        mark->turned = text || mark->kind == INC_MARK_IMAGE;
        mark->x = x;
        mark->y = y;
        if (!text) {
            inc_len width = mark->width;
            mark->width = mark->height;
            mark->height = width;
        }
    }
}

static void set_turned(assembler *a, inc_marks *marks, const inc_flow_pages *t, const inc_pb_page *p, const inc_page_style *ps, uint32_t number,
                       const inc_text_block *block)
{
    inc_page page = {.frame_x1 = t->flow.measure, .frame_y1 = t->flow.page_height};
    a->turned = true;
    a->turned_x = block->x0;
    a->turned_y = block->y0;
    set_boxes(a, marks, t, p, number, &page);
    set_notes(a, marks, t, p, ps, number, &page);
    a->turned = false;
    turn_marks(marks, block, t->flow.measure);
}

static void set_page(assembler *a, const inc_flow_pages *flow, size_t index)
{
    inc_book *book = a->book;
    const inc_flow_pages *f = flow->sheets[index].from;
    const inc_pb_page *p = &f->pages[flow->sheets[index].page];
    size_t number = flow->first_page + index;
    inc_page *page = &a->pages->pages[number];
    bool recto = number % 2 == 0;
    const inc_vbox *first = &f->flow.list.boxes.v[INC_MIN(p->first, f->flow.list.boxes.n - 1)]; /* a page may hold notes alone */
    bool opening = index == 0 && inc_flow_has_opening(flow);
    const inc_page_style *ps = inc_page_style_of(book->workers[0].styler, first->page_name, recto, opening, false);
    page->label = inc_book_page_label(book, book->arena, number);
    page->recto = recto;
    inc_text_block block = inc_text_block_of(book->workers[0].styler, first->page_name, recto, opening);
    page->frame_x0 = block.x0;
    page->frame_y0 = block.y0;
    page->frame_x1 = block.x1;
    page->frame_y1 = block.y1;
    inc_marks marks = {0};
    if (f != flow && !f->upright)
        set_turned(a, &marks, f, p, ps, (uint32_t)number, &block);
    else {
        set_boxes(a, &marks, f, p, (uint32_t)number, page);
        set_notes(a, &marks, f, p, ps, (uint32_t)number, page);
    }
    inc_margins_turn(&a->margins);
    for (uint32_t i = p->first; i < p->end; i++)
        inc_margins_set(&a->margins, f->flow.list.boxes.v[i].strings);
    set_margins(a, &marks, ps, number);
    keep_marks(a, page, &marks);
    box_figures(page, (uint32_t)number);
    note_break(a, f, p, page->label);
    if (p->overfull) {
        const inc_node *node = first->node ? first->node : f->first;
        inc_report(book->diags, INC_DIAG_OVERFULL_PAGE, node->span, "the content of page %.*s is taller than the page", INC_STR_ARG(page->label))->page =
            page->label;
    }
}

/* A page without text; @page :blank may have margin boxes for it. */
static void set_blank(assembler *a, size_t number)
{
    inc_page *page = &a->pages->pages[number];
    page->label = inc_book_page_label(a->book, a->book->arena, number);
    page->recto = number % 2 == 0;
    inc_styler *styler = a->book->workers[0].styler;
    const inc_page_style *ps = inc_page_style_of(styler, INC_STR(""), page->recto, false, true);
    inc_text_block block = inc_text_block_of(styler, INC_STR(""), page->recto, false);
    inc_marks marks = {0};
    inc_margins_turn(&a->margins);
    page->frame_x0 = block.x0, page->frame_x1 = block.x1, page->frame_y0 = block.y0, page->frame_y1 = block.y1;
    if (a->flow) {
        inc_arena *lists = a->flow->lists; /* of the last flow: gone */
        a->flow->lists = lists ? lists : a->scratch;
        set_margins(a, &marks, ps, number);
        a->flow->lists = lists;
    }
    keep_marks(a, page, &marks);
    page->blank = !marks.n;
    if (page->blank)
        page->frame_x0 = page->frame_x1 = page->frame_y0 = page->frame_y1 = 0;
}

/* ---- navigation ---- */

static int compare_destinations(const void *x, const void *y)
{
    return inc_str_cmp(((const inc_destination *)x)->name, ((const inc_destination *)y)->name);
}

static void add_destination(assembler *a, const inc_node *node, inc_str name)
{
    const place *p = &a->places[node->id];
    if (p->known)
        INC_PUSH(a->book->arena, &a->destinations, (inc_destination){name, p->page, p->x, p->y});
}

static void add_destinations(assembler *a)
{
    inc_str chapter = INC_STR("");
    for (inc_walk w = inc_walk_begin(a->book->input->document->book); inc_walk_next(&w);) {
        const inc_node *node = w.node;
        if (!w.enter)
            continue;
        if (node->kind == INC_NODE_CHAPTER) {
            chapter = node->as.chapter.name;
            add_destination(a, node, chapter);
        } else if (node->kind == INC_NODE_PART) {
            chapter = node->label;
            add_destination(a, node, chapter);
        } else if (node->kind == INC_NODE_NOTE)
            add_destination(a, node, inc_strf(a->book->arena, "%.*s#fn-%u", INC_STR_ARG(chapter), inc_note_paper_number(node)));
        else if (node->label.n)
            add_destination(a, node, inc_strf(a->book->arena, "%.*s#%.*s", INC_STR_ARG(chapter), INC_STR_ARG(node->label)));
    }
    qsort(a->destinations.v, a->destinations.n, sizeof(inc_destination), compare_destinations);
    size_t kept = 0;
    for (size_t i = 0; i < a->destinations.n; i++)
        if (!kept || !inc_str_eq(a->destinations.v[kept - 1].name, a->destinations.v[i].name))
            a->destinations.v[kept++] = a->destinations.v[i];
    a->pages->destinations = a->destinations.v;
    a->pages->destination_count = kept;
}

static void add_outline_item(assembler *a, const inc_node *node, inc_str number, inc_str title, unsigned depth)
{
    const place *p = &a->places[node->id];
    if (!p->known || !title.n)
        return;
    unsigned deepest = a->outline.n ? a->outline.v[a->outline.n - 1].depth + 1u : 0;
    inc_str shown = number.n ? inc_strf(a->book->arena, "%.*s  %.*s", INC_STR_ARG(number), INC_STR_ARG(title)) : title;
    inc_outline_item item = {.title = shown, .depth = (uint8_t)INC_MIN(depth, deepest), .page = p->page, .y = p->y, .open = depth == 0};
    INC_PUSH(a->book->arena, &a->outline, item);
}

static bool in_outline(const inc_node *chapter)
{
    inc_chapter_role role = chapter->as.chapter.role;
    return role != INC_ROLE_HALF_TITLE && role != INC_ROLE_TITLE_PAGE && role != INC_ROLE_COPYRIGHT;
}

/* Parts, chapters, and the headings of chapters down to the third level; a chapter's own heading is the chapter. */
static void add_outline(assembler *a)
{
    unsigned base = 0, level = 1;
    bool own = false;
    for (inc_walk w = inc_walk_begin(a->book->input->document->book); inc_walk_next(&w);) {
        const inc_node *node = w.node;
        if (!w.enter)
            continue;
        if (node->kind == INC_NODE_PART) {
            inc_str number = node->as.part.number;
            const inc_terms *terms = inc_terms_of(a->book->input->document->meta.language);
            inc_str shown = number.n ? inc_terms_numbered(a->book->arena, terms, terms->part, number) : number;
            add_outline_item(a, node, shown, node->as.part.title, 0);
            w.skip = true;
        } else if (node->kind == INC_NODE_CHAPTER) {
            base = (node->as.chapter.part ? 1u : 0u) + node->as.chapter.depth;
            level = node->as.chapter.depth + 1u;
            own = true;
            if (in_outline(node))
                add_outline_item(a, node, node->as.chapter.number, node->as.chapter.title, base);
            w.skip = !in_outline(node);
        } else if (node->kind == INC_NODE_HEADING) {
            bool first = own && node->as.heading.level <= level;
            own = own && !first;
            unsigned deeper = node->as.heading.level > level ? node->as.heading.level - level : 0;
            if (!first && deeper <= 2 && node->parent->kind == INC_NODE_CHAPTER)
                add_outline_item(a, node, node->as.heading.number, inc_node_flatten(a->book->arena, node, false), base + INC_MAX(deeper, 1u));
        }
    }
    a->pages->outline = a->outline.v;
    a->pages->outline_count = a->outline.n;
}

static void add_labels(assembler *a)
{
    inc_book *book = a->book;
    size_t start = book->flows.n ? book->flows.v[book->arabic_flow].first_page : 0;
    a->pages->labels = INC_NEW_N(book->arena, inc_page_labels_run, 2);
    if (start > 0)
        a->pages->labels[a->pages->label_count++] = (inc_page_labels_run){0, 'r', 1};
    a->pages->labels[a->pages->label_count++] = (inc_page_labels_run){(uint32_t)start, 'D', 1};
}

/* ---- the tag tree ---- */

static uint32_t number_tags(inc_tag *root)
{
    uint32_t id = 0;
    for (inc_tag *tag = root; tag;) {
        tag->id = ++id;
        if (tag->first) {
            tag = tag->first;
            continue;
        }
        while (tag && !tag->next)
            tag = tag->parent;
        tag = tag ? tag->next : NULL;
    }
    return id;
}

static void join_tags(assembler *a)
{
    inc_book *book = a->book;
    inc_tag *root = inc_tag_new(book->arena, NULL, INC_TAG_DOCUMENT);
    for (size_t i = 0; i < book->flows.n; i++) {
        inc_tag *tag = book->flows.v[i].flow.tag;
        tag->parent = root;
        tag->next = NULL;
        *(root->last ? &root->last->next : &root->first) = tag;
        root->last = tag;
    }
    a->pages->tags = root;
    a->pages->tag_count = number_tags(root);
}

static void describe(assembler *a)
{
    const inc_meta *meta = &a->book->input->document->meta;
    inc_pages *pages = a->pages;
    inc_buf authors = inc_buf_in(a->book->arena);
    for (uint32_t i = 0; i < meta->author_count; i++) {
        inc_buf_puts(&authors, i ? ", " : "");
        inc_buf_add(&authors, meta->authors[i]);
    }
    pages->title = meta->title;
    pages->author = inc_buf_str(&authors);
    pages->subject = meta->description;
    pages->language = meta->language;
    pages->date = meta->date;
    pages->identifier = meta->identifier;
    pages->publisher = meta->publisher;
    pages->rights = meta->rights;
    const inc_page_style *ps = inc_page_style_of(a->book->workers[0].styler, INC_STR(""), true, false, false);
    pages->width = ps->width;
    pages->height = ps->height;
    pages->bleed = ps->bleed;
    pages->marks = ps->marks;
}

void inc_book_pages(inc_book *book, inc_layout_result *result)
{
    inc_pages *pages = &result->pages;
    assembler a = {.book = book, .pages = pages, .scratch = book->workers[0].scratch, .margins = {.book = book}};
    pages->page_count = book->page_count;
    pages->pages = INC_NEW_N(book->arena, inc_page, INC_MAX(book->page_count, 1));
    a.places = INC_NEW_N(book->arena, place, book->input->document->node_count + 1);
    for (size_t i = 0; i < book->flows.n; i++) {
        inc_flow_pages *f = &book->flows.v[i];
        f->flow.worker = &book->workers[0]; /* from here on one thread */
        a.flow = &f->flow;
        if (f->blank_before)
            set_blank(&a, f->first_page - 1);
        for (size_t p = 0; p < f->sheet_count; p++) {
            inc_arena_mark start = inc_arena_mark_get(a.scratch);
            if (f->sheets[p].from->pages[f->sheets[p].page].blank)
                set_blank(&a, f->first_page + p);
            else
                set_page(&a, f, p);
            inc_arena_reset(a.scratch, start);
        }
        inc_arena_free(f->lists);
        f->lists = f->flow.lists = NULL;
        f->pages = NULL;
    }
    size_t used = book->flows.n ? book->flows.v[book->flows.n - 1].first_page + book->flows.v[book->flows.n - 1].sheet_count : 0;
    for (size_t p = used; p < book->page_count; p++)
        set_blank(&a, p);
    describe(&a);
    add_destinations(&a);
    add_outline(&a);
    add_labels(&a);
    join_tags(&a);
    result->pagemap = (inc_pagemap){a.breaks.v, a.breaks.n};
}
