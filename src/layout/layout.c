/*
 * layout.c - the passes: flows are laid out (in parallel), broken into pages and numbered; page numbers printed in the text feed the next pass
 * until nothing changes.
 */
#include "base/guard.h"
#include "base/pool.h"
#include "base/utf8.h"
#include "layout/book.h"

enum { PASSES_MAX = 5 };

#define TEXT_BLOCK_MIN (36 * INC_PT)

/* ---- flows ---- */

static bool opens_flow(const inc_style *style)
{
    return style->break_before == INC_BREAK_PAGE || style->break_before == INC_BREAK_RECTO || style->break_before == INC_BREAK_VERSO;
}

static bool is_draft(const inc_node *node)
{
    return node->kind == INC_NODE_CHAPTER && node->as.chapter.draft;
}

static void split_flows(inc_book *book)
{
    const inc_document *document = book->input->document;
    inc_styler *styler = book->workers[0].styler;
    book->book_style = inc_style_of(styler, document->book, NULL);
    for (const inc_node *node = document->book->first; node; node = node->next) {
        if (is_draft(node))
            continue;
        const inc_style *style = inc_style_of(styler, node, book->book_style);
        bool after_part = book->flows.n && book->flows.v[book->flows.n - 1].first->kind == INC_NODE_PART;
        bool own = !book->flows.n || node->kind == INC_NODE_PART || after_part || (!document->meta.article && opens_flow(style));
        if (!own)
            continue;
        if (book->flows.n)
            book->flows.v[book->flows.n - 1].end = node;
        inc_flow_pages made = {.first = node};
        made.recto = style->break_before == INC_BREAK_RECTO && !document->meta.article
                     && (node->kind == INC_NODE_PART || node->as.chapter.opens_recto || node->as.chapter.role > INC_ROLE_SUFFIX || node->as.chapter.depth > 0);
        made.verso = style->break_before == INC_BREAK_VERSO && !document->meta.article && book->flows.n;
        INC_PUSH(book->arena, &book->flows, made);
    }
}

/* ---- the text block ---- */

/* Margins that leave no room give way, those at the end first. */
static void leave_room(inc_len *from, inc_len *to, inc_len size)
{
    *from = INC_MAX(*from, 0);
    *to = INC_MIN(*to, size);
    if (*to - *from >= TEXT_BLOCK_MIN)
        return;
    *from = INC_MAX(INC_MIN(*from, size - TEXT_BLOCK_MIN), 0);
    *to = *from + TEXT_BLOCK_MIN;
}

inc_text_block inc_text_block_of(inc_styler *styler, inc_str page_name, bool recto, bool opening)
{
    const inc_page_style *side = inc_page_style_of(styler, page_name, recto, false, false);
    const inc_page_style *ps = inc_page_style_of(styler, page_name, recto, opening, false);
    inc_text_block block = {side->margin[INC_LEFT], ps->margin[INC_TOP], side->width - side->margin[INC_RIGHT], ps->height - ps->margin[INC_BOTTOM]};
    leave_room(&block.x0, &block.x1, side->width);
    leave_room(&block.y0, &block.y1, ps->height);
    return block;
}

inc_len inc_layout_measure(const inc_sheet *sheet, const inc_document *document, inc_arena *arena)
{
    inc_styler *styler = inc_styler_new(arena, sheet, NULL);
    inc_text_block block = inc_text_block_of(styler, inc_style_of(styler, document->book, NULL)->page, true, false);
    return block.x1 - block.x0;
}

/* Margins that leave no room are the sheet's mistake: told once. */
static void report_margins(inc_book *book)
{
    inc_styler *styler = book->workers[0].styler;
    for (int recto = 0; recto < 2; recto++) {
        const inc_page_style *ps = inc_page_style_of(styler, book->book_style->page, recto, false, false);
        inc_len width = ps->width - ps->margin[INC_LEFT] - ps->margin[INC_RIGHT], height = ps->height - ps->margin[INC_TOP] - ps->margin[INC_BOTTOM];
        if (width >= TEXT_BLOCK_MIN && height >= TEXT_BLOCK_MIN)
            continue;
        char least[32];
        inc_len_format(TEXT_BLOCK_MIN, 0, least);
        inc_report(book->diags, INC_DIAG_MARGINS_TOO_WIDE, INC_NO_SPAN, "the margins of %s-hand pages leave less than %s pt for text; they were made smaller",
                   recto ? "right" : "left", least);
        return;
    }
}

bool inc_flow_has_opening(const inc_flow_pages *flow)
{
    return flow->first->kind == INC_NODE_PART || flow->first->as.chapter.depth == 0;
}

/* One measure and one height for the whole flow: the smaller ones, should left and right pages differ. */
static void measure_pages(inc_flow_pages *f, inc_worker *worker)
{
    inc_str name = f->flow.root_style->page;
    inc_len width[2], height[2], first_height[2];
    for (int recto = 0; recto < 2; recto++) {
        inc_text_block block = inc_text_block_of(worker->styler, name, recto, false);
        inc_text_block first = inc_text_block_of(worker->styler, name, recto, inc_flow_has_opening(f));
        width[recto] = block.x1 - block.x0;
        height[recto] = block.y1 - block.y0;
        first_height[recto] = first.y1 - first.y0;
    }
    f->flow.measure = INC_MIN(width[0], width[1]);
    f->flow.page_height = INC_MIN(height[0], height[1]);
    const inc_style *notes = inc_page_style_of(worker->styler, name, true, false, false)->footnote;
    f->params = (inc_pb_params){.height = f->flow.page_height, .first_height = INC_MIN(first_height[0], first_height[1]), .unit = worker->grid};
    f->params.note_space = inc_dim_resolve(notes->margin[INC_TOP], f->flow.measure, 0) + notes->border_width[INC_TOP]
                           + inc_dim_resolve(notes->padding[INC_TOP], f->flow.measure, 0);
    f->params.note_space = INC_MIN(f->params.note_space, f->flow.page_height / 2);
}

/* ---- a flow ---- */

static void lay_flow_nodes(inc_flow *flow, const inc_style *book_style)
{
    flow->list.paged = true;
    inc_vbuilder b = inc_vbuilder_on(flow, &flow->list, 0, flow->measure, flow->tag);
    for (const inc_node *node = flow->first; node != flow->end; node = node->next) {
        if (is_draft(node))
            continue;
        const inc_style *style = inc_style_of(flow->worker->styler, node, book_style);
        if (node == flow->first)
            inc_block_in_tag(&b, node, style, flow->tag);
        else
            inc_block(&b, node, book_style);
    }
    if (!flow->list.boxes.n)
        inc_vbuilder_box(&b, 0); /* a part or chapter without content still has its page */
    flow->list.boxes.v[0].fit.forced = false; /* the flow itself knows its side */
    inc_vbuilder_finish(&b);
}

/* Empties the flow for another pass. */
static void renew(inc_flow_pages *f)
{
    inc_arena_free(f->arena);
    inc_arena_free(f->lists);
    f->arena = f->lists = NULL;
    f->arena = inc_arena_new();
    f->lists = inc_arena_new();
}

/* One flow in one pass, into arenas of its own. */
static void lay_flow(void *context, size_t i, unsigned worker_index)
{
    inc_book *book = context;
    inc_flow_pages *f = &book->flows.v[i];
    if (f->clean)
        return;
    inc_worker *worker = &book->workers[worker_index];
    renew(f);
    f->flow = (inc_flow){.worker = worker, .arena = f->arena, .lists = f->lists, .diags = inc_diags_new(f->arena), .first = f->first, .end = f->end,
                         .book_style = book->book_style, .counters = book->counters, .labels = book->labels, .settled = book->settled};
    const inc_style *book_style = inc_style_of(worker->styler, book->input->document->book, NULL);
    f->flow.root_style = inc_style_of(worker->styler, f->first, book_style);
    f->flow.params = &f->params;
    measure_pages(f, worker);
    f->flow.tag = inc_tag_of(&f->flow, NULL, f->first->kind == INC_NODE_PART ? INC_TAG_PART : INC_TAG_SECT, f->first);
    lay_flow_nodes(&f->flow, book_style);
    inc_flow_break(f, !(i == 0 || f->recto), !f->verso);
    if (book->input->progress && worker_index == 0) /* that is the caller's thread */
        book->input->progress(book->input->progress_context, "layout", i + 1, book->flows.n);
}

/* ---- numbers ---- */

/* The flow from which on folios are arabic: that of the chapter marked so, or its part's page just before it. */
static size_t arabic_from(const inc_book *book)
{
    for (size_t i = 0; i < book->flows.n; i++) {
        const inc_node *node = book->flows.v[i].first;
        if (node->kind != INC_NODE_CHAPTER || !node->as.chapter.numbered_pages_start)
            continue;
        return i > 0 && book->flows.v[i - 1].first->kind == INC_NODE_PART ? i - 1 : i;
    }
    return 0;
}

/* Gives every flow its first physical page, with blank pages before those that open on a recto. */
static void number_pages(inc_book *book)
{
    size_t physical = 0;
    book->arabic_flow = arabic_from(book);
    for (size_t i = 0; i < book->flows.n; i++) {
        inc_flow_pages *f = &book->flows.v[i];
        f->blank_before = (f->recto && physical % 2 == 1) || (f->verso && physical % 2 == 0);
        physical += f->blank_before;
        f->first_page = physical;
        inc_flow_choose(f, physical % 2 == 0);
        physical += f->sheet_count;
    }
    book->page_count = physical;
    if (book->input->document->meta.article == false && physical % 2 == 1 && book->flows.n > 1)
        book->page_count++; /* a book has an even count of pages */
}

inc_str inc_book_page_label(inc_book *book, inc_arena *arena, size_t page)
{
    size_t start = book->flows.n ? book->flows.v[book->arabic_flow].first_page : 0;
    if (page < start)
        return inc_str_roman(arena, (uint32_t)page + 1, false);
    return inc_strf(arena, "%zu", page - start + 1);
}

size_t inc_book_page_number(const inc_book *book, size_t page)
{
    size_t start = book->flows.n ? book->flows.v[book->arabic_flow].first_page : 0;
    return page < start ? page + 1 : page - start + 1;
}

static void label_anchor(inc_book *book, const inc_vanchor *anchor, size_t page)
{
    for (; anchor; anchor = anchor->next)
        if (!book->labels[anchor->node->id].n)
            book->labels[anchor->node->id] = inc_book_page_label(book, book->pass, page);
}

/* The page label of every node that begins somewhere. */
static void collect_labels(inc_book *book)
{
    book->labels = INC_NEW_N(book->pass, inc_str, book->input->document->node_count + 1);
    for (size_t i = 0; i < book->flows.n; i++) {
        const inc_flow_pages *f = &book->flows.v[i];
        for (size_t p = 0; p < f->sheet_count; p++) {
            const inc_flow_pages *from = f->sheets[p].from;
            const inc_pb_page *page = &from->pages[f->sheets[p].page];
            for (uint32_t k = page->first; k < page->end; k++)
                label_anchor(book, inc_flow_box(from, k)->anchors, f->first_page + p);
            for (uint32_t k = page->note_first; k < page->note_end; k++)
                label_anchor(book, from->note_lines[k].list->boxes.v[from->note_lines[k].index].anchors, f->first_page + p);
        }
    }
}

/* A page note is left out on the page of its target. One that was left out wrongly is shown from then on, whatever comes: so the passes end. */
static bool page_note_is_right(inc_book *book, const inc_page_note *note)
{
    inc_str here = book->labels[note->node->id], there = book->labels[note->target->id];
    bool same = here.n && inc_str_eq(here, there);
    if (!note->shown && !same)
        book->settled[note->node->id] = true;
    return note->shown ? !same || book->settled[note->node->id] : same;
}

/* Which flows print a page number that is no longer true. */
static size_t mark_dirty(inc_book *book)
{
    size_t dirty = 0;
    for (size_t i = 0; i < book->flows.n; i++) {
        inc_flow_pages *f = &book->flows.v[i];
        f->clean = true;
        for (size_t k = 0; k < f->flow.page_refs.n && f->clean; k++) {
            const inc_page_ref *ref = &f->flow.page_refs.v[k];
            inc_str now = ref->target ? book->labels[ref->target->id] : INC_STR("");
            f->clean = inc_str_eq(now.n ? now : INC_STR(INC_NO_PLACE), ref->shown);
        }
        for (size_t k = 0; k < f->flow.page_notes.n; k++)
            f->clean = page_note_is_right(book, &f->flow.page_notes.v[k]) && f->clean;
        dirty += !f->clean;
    }
    return dirty;
}

/* ---- before the first pass ---- */

/* An arena that goes with another one. */
static inc_arena *open_arena(inc_arena *with)
{
    void **slot = inc_defer(with, (void (*)(void *))inc_arena_free);
    *slot = inc_arena_new();
    return *slot;
}

static void open_workers(inc_book *book)
{
    book->worker_count = inc_parallel_jobs(book->input->jobs);
    book->workers = INC_NEW_N(book->arena, inc_worker, book->worker_count);
    for (unsigned i = 0; i < book->worker_count; i++) {
        inc_worker *w = &book->workers[i];
        w->arena = open_arena(book->arena);
        w->scratch = open_arena(book->arena);
        w->input = book->input;
        w->diags = inc_diags_new(w->arena);
        w->styler = inc_styler_new(w->arena, book->input->sheet, NULL);
        w->shaper = inc_shaper_new(w->arena, book->input->fonts);
        w->breaker = inc_breaker_new(w->arena, book->input->document->meta.language);
        w->hyphenators = inc_map_in(w->arena);
        w->grid = inc_styler_grid(w->styler);
    }
}

static void report_script(inc_book *book, bool reported[3], const inc_node *node)
{
    size_t at;
    inc_script_class script = inc_text_script(node->as.text.text, &at);
    if (script == INC_SCRIPT_SIMPLE || reported[script])
        return;
    reported[script] = true;
    const char *what = script == INC_SCRIPT_CJK ? "Chinese, Japanese or Korean" : "right-to-left";
    inc_span span = inc_sources_find_char(book->input->document->sources, node->span, inc_utf8_decode(node->as.text.text, at, &at));
    inc_report(book->diags, INC_DIAG_SCRIPT_UNSUPPORTED, span, "%s text is set left to right without its script's line rules", what);
}

/* Opens every picture and looks at every script before the workers start: neither may be touched by two threads. */
static void inspect(inc_book *book)
{
    bool reported[3] = {false};
    for (inc_walk w = inc_walk_begin(book->input->document->book); inc_walk_next(&w);) {
        if (!w.enter)
            continue;
        if (w.node->kind == INC_NODE_TEXT)
            report_script(book, reported, w.node);
        if (w.node->kind == INC_NODE_IMAGE && w.node->as.image.file.n)
            inc_images_open(book->input->images, w.node->as.image.name, w.node->as.image.file, w.node->span);
    }
}

static void free_flows(void *handle)
{
    inc_book *book = handle;
    for (size_t i = 0; i < book->flows.n; i++)
        inc_arena_free(book->flows.v[i].arena), inc_arena_free(book->flows.v[i].lists);
    inc_arena_free(book->pass);
    inc_arena_free(book->pass_before);
}

/* Lays out what is not clean. Memory that ran out in a worker is raised again here, on this thread. */
static void lay_flows(inc_book *book)
{
    if (!inc_parallel(book->worker_count, book->flows.n, lay_flow, book))
        inc_out_of_memory();
}

/* What the workers found out about dictionaries: each met the same ones, in whatever pass. */
static void append_once(inc_book *book)
{
    inc_map told = inc_map_in(book->arena);
    for (unsigned i = 0; i < book->worker_count; i++)
        for (size_t k = 0; k < book->workers[i].diags->n; k++) {
            const inc_diag *diag = &book->workers[i].diags->v[k];
            if (inc_map_has(&told, diag->message))
                continue;
            inc_str message = inc_str_dup(book->arena, diag->message);
            inc_map_put(&told, message, book);
            inc_report(book->diags, diag->id, diag->span, "%.*s", INC_STR_ARG(message));
        }
}

void inc_layout(const inc_layout_input *input, inc_arena *arena, inc_diags *diags, inc_layout_result *result)
{
    inc_book *book = INC_NEW(arena, inc_book);
    void **cleanup = inc_defer(arena, free_flows);
    *book = (inc_book){.input = input, .arena = arena, .diags = diags};
    *cleanup = book;
    book->settled = INC_NEW_N(arena, bool, (size_t)input->document->node_count + 1);
    open_workers(book);
    inspect(book);
    split_flows(book);
    book->counters = inc_counters_of(arena, input->sheet, book->workers[0].styler, input->document);
    report_margins(book);
    unsigned pass = 0;
    for (size_t dirty = book->flows.n; dirty && pass < PASSES_MAX; pass++) {
        lay_flows(book);
        number_pages(book);
        book->pass_before = book->pass;
        book->pass = NULL;
        book->pass = inc_arena_new();
        collect_labels(book);
        inc_arena_free(book->pass_before);
        book->pass_before = NULL;
        dirty = mark_dirty(book);
        if (dirty && pass + 1 == PASSES_MAX)
            inc_report(diags, INC_DIAG_REFERENCES_UNSETTLED, INC_NO_SPAN, "page numbers did not settle in %d passes", PASSES_MAX);
    }
    for (size_t i = 0; i < book->flows.n; i++)
        inc_diags_append(diags, book->flows.v[i].flow.diags);
    append_once(book);
    inc_book_report_missing(book);
    for (size_t i = 0; i < book->flows.n; i++)
        inc_flow_settle(&book->flows.v[i]);
    inc_book_pages(book, result);
    result->passes = pass;
}
