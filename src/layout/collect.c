/* collect.c - a paragraph's inlines become one text and a list of atoms over it. */
#include "layout/paragraph.h"


typedef struct context { /* what inlines inherit */
    const inc_style *style;
    inc_tag *tag;
    const inc_node *link;
    inc_len shift;
    inc_str language;
} context;

static inc_atom *push_atom(inc_para *p, inc_atom_kind kind, const inc_node *node, const context *c)
{
    inc_atom atom = {.kind = kind, .style = c->style, .node = node, .tag = c->tag, .link = c->link, .shift = c->shift,
                     .language = c->language, .start = (uint32_t)p->text.n, .end = (uint32_t)p->text.n};
    INC_PUSH(p->scratch, &p->atoms, atom);
    return &p->atoms.v[p->atoms.n - 1];
}

static void push_kern(inc_para *p, inc_len width, const context *c)
{
    if (width)
        push_atom(p, INC_ATOM_KERN, NULL, c)->width = width;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* Adds text with white space collapsed. A new atom begins where bytes were dropped, so that offsets inside an atom stay linear. */
static void add_text(inc_para *p, inc_str text, const inc_node *node, const context *c, bool code)
{
    bool collapse = c->style->white_space == INC_WHITE_NORMAL || c->style->white_space == INC_WHITE_NOWRAP;
    inc_str shown = inc_recase(p->flow, c->style, text, c->language, p->text.n ? p->text.p[p->text.n - 1] : ' ');
    inc_atom *atom = NULL;
    for (size_t i = 0; i < shown.n;) {
        bool space = is_space(shown.p[i]) && (collapse || shown.p[i] != ' ');
        if (space && collapse && p->after_space) {
            i++;
            atom = NULL;
            continue;
        }
        if (!atom) {
            atom = push_atom(p, INC_ATOM_TEXT, node, c);
            atom->recased = shown.p != text.p;
            atom->node_byte = atom->recased ? 0 : (uint32_t)i;
            atom->code = code;
        }
        if (space) {
            inc_buf_byte(&p->text, ' ');
            p->after_space = true;
            i++;
        } else {
            size_t from = i;
            while (i < shown.n && !(is_space(shown.p[i]) && (collapse || shown.p[i] != ' ')))
                i++;
            inc_buf_add(&p->text, inc_str_slice(shown, from, i));
            p->after_space = false;
        }
        atom->end = (uint32_t)p->text.n;
    }
}

/* Cuts a space that stands at the end of what was collected: at a hard break and at the paragraph's end. */
static void drop_last_space(inc_para *p)
{
    if (!p->atoms.n || !p->text.n || p->text.p[p->text.n - 1] != ' ')
        return;
    for (size_t i = p->atoms.n; i > 0; i--) {
        inc_atom *atom = &p->atoms.v[i - 1];
        if (atom->kind == INC_ATOM_BREAK)
            return;
        if (atom->kind != INC_ATOM_TEXT)
            continue;
        if (atom->end == p->text.n && atom->end > atom->start) {
            atom->end--;
            p->text.n--;
            for (size_t k = i; k < p->atoms.n; k++)
                p->atoms.v[k].start = p->atoms.v[k].end = (uint32_t)p->text.n;
        }
        return;
    }
}

static void break_line(inc_para *p, const context *c)
{
    drop_last_space(p);
    push_atom(p, INC_ATOM_BREAK, NULL, c);
    p->after_space = true;
}

static inc_len shift_of(const inc_style *style, const inc_style *parent)
{
    switch (style->vertical_align) {
    case INC_VALIGN_SUB: return -inc_len_scale(parent->font_size, 18, 100);
    case INC_VALIGN_SUPER: return inc_len_scale(parent->font_size, 34, 100);
    case INC_VALIGN_LENGTH: return style->vertical_shift;
    case INC_VALIGN_BASELINE:
    case INC_VALIGN_TOP:
    case INC_VALIGN_MIDDLE:
    case INC_VALIGN_BOTTOM: return 0;
    }
    return 0;
}

static inc_len atoms_width(inc_para *p, size_t from)
{
    inc_len width = 0;
    for (size_t i = from; i < p->atoms.n; i++) {
        const inc_atom *atom = &p->atoms.v[i];
        width += atom->width;
        if (atom->kind != INC_ATOM_TEXT)
            continue;
        inc_shape_request request = inc_shape_request_of(p->flow, atom->style, atom->language);
        width += inc_shape(p->flow->worker->shaper, &request, inc_str_slice(inc_buf_str(&p->text), atom->start, atom->end))->advance;
    }
    return width;
}

/* What is missing of an inline block's stated width. */
static void fill_inline_block(inc_para *p, size_t first, const context *c)
{
    if (c->style->display != INC_DISPLAY_INLINE_BLOCK || c->style->width.kind == INC_DIM_AUTO)
        return;
    inc_len rest = inc_dim_resolve(c->style->width, p->b->width, 0) - atoms_width(p, first);
    push_kern(p, INC_MAX(rest, 0), c);
}

/* Generated text: leaders in it become atoms of their own. */
static void add_generated(inc_para *p, inc_str text, const context *c)
{
    while (text.n) {
        size_t begin = inc_str_find_char(text, INC_LEADER_BEGIN), end = inc_str_find_char(text, INC_LEADER_END);
        if (begin == INC_NPOS || end == INC_NPOS || end < begin) {
            add_text(p, text, NULL, c, false);
            return;
        }
        add_text(p, inc_str_slice(text, 0, begin), NULL, c, false);
        if (p->text.n)
            add_text(p, INC_STR(" "), NULL, c, false); /* what stands on both sides are two words */
        inc_atom *atom = push_atom(p, INC_ATOM_LEADER, NULL, c);
        atom->leader = inc_str_slice(text, begin + 1, end);
        atom->width = c->style->font_size;
        p->after_space = true;
        text = inc_str_slice(text, end + 1, text.n);
    }
}

static void add_pseudo(inc_para *p, const inc_node *node, const context *c, inc_pseudo pseudo)
{
    const inc_style *style = inc_style_pseudo(p->flow->worker->styler, node, c->style, pseudo);
    if (!style || style->display == INC_DISPLAY_BLOCK || !style->content.n)
        return;
    context inner = *c;
    inner.style = style;
    push_kern(p, inc_dim_resolve(style->margin[INC_LEFT], p->b->width, 0), &inner);
    size_t first = p->atoms.n;
    add_generated(p, inc_contents_text(p->flow, &style->content, node, pseudo), &inner);
    fill_inline_block(p, first, &inner);
    push_kern(p, inc_dim_resolve(style->margin[INC_RIGHT], p->b->width, 0), &inner);
}

static void collect_children(inc_para *p, const inc_node *node, const context *c);

/* "12" of a PAGE_REF. */
static inc_str page_text(inc_para *p, const inc_node *ref)
{
    if (ref->parent->kind == INC_NODE_PAGE_LIST)
        return p->page_text;
    return inc_target_page(p->flow, ref->as.page_ref.target);
}

/* An inline element: margins and paddings as kerns, its content, and up to its width if it is an inline block. */
static void collect_element(inc_para *p, const inc_node *node, const context *outer, inc_tag_kind tag_kind, bool own_tag)
{
    inc_flow *flow = p->flow;
    context c = *outer;
    c.style = inc_style_of(flow->worker->styler, node, outer->style);
    if (c.style->display == INC_DISPLAY_NONE)
        return;
    if (c.style->float_side == INC_FLOAT_RIGHT && !p->floated) {
        if (node->label.n)
            INC_PUSH(p->scratch, &p->mentions, (inc_mention){node, (uint32_t)p->text.n});
        p->floated = node;
        p->floated_style = c.style;
        return;
    }
    if (node->lang.n)
        c.language = node->lang;
    if (own_tag || node->lang.n) {
        c.tag = inc_tag_new(flow->arena, outer->tag, tag_kind);
        c.tag->lang = node->lang;
    }
    if (node->label.n)
        INC_PUSH(p->scratch, &p->mentions, (inc_mention){node, (uint32_t)p->text.n});
    c.shift += shift_of(c.style, outer->style);
    bool new_line = c.style->display == INC_DISPLAY_BLOCK && p->text.n;
    if (new_line)
        break_line(p, &c);
    inc_len before = inc_dim_resolve(c.style->margin[INC_LEFT], p->b->width, 0) + c.style->border_width[INC_LEFT]
                     + inc_dim_resolve(c.style->padding[INC_LEFT], p->b->width, 0);
    inc_len after = inc_dim_resolve(c.style->margin[INC_RIGHT], p->b->width, 0) + c.style->border_width[INC_RIGHT]
                    + inc_dim_resolve(c.style->padding[INC_RIGHT], p->b->width, 0);
    push_kern(p, before, &c);
    size_t first = p->atoms.n;
    add_pseudo(p, node, &c, INC_PSEUDO_BEFORE);
    if (node->kind == INC_NODE_CODE_SPAN || node->kind == INC_NODE_MATH)
        add_text(p, node->as.text.text, node, &c, node->kind == INC_NODE_CODE_SPAN);
    else if (node->kind == INC_NODE_NOTE_REF) {
        uint32_t number = node->as.note_ref.note ? inc_note_paper_number(node->as.note_ref.note) : 0;
        if (node->as.note_ref.note && node->as.note_ref.ordinal <= 1)
            INC_PUSH(p->scratch, &p->mentions, (inc_mention){node, (uint32_t)p->text.n});
        const inc_style *call = node->as.note_ref.note ? inc_style_pseudo(flow->worker->styler, node->as.note_ref.note, c.style, INC_PSEUDO_FOOTNOTE_CALL) : NULL;
        context inner = c;
        inner.style = call ? call : c.style;
        inner.shift += call ? shift_of(call, c.style) : 0;
        bool own = call && call->content.n;
        if (node->prev && node->prev->kind == INC_NODE_NOTE_REF)
            add_text(p, INC_STR("\u202F"), NULL, &inner, false); /* 1 and 2 are not 12 */
        add_text(p, own ? inc_contents_text(flow, &call->content, node->as.note_ref.note, INC_PSEUDO_FOOTNOTE_CALL) : inc_strf(p->scratch, "%u", number), NULL, &inner, false);
    } else if (node->kind == INC_NODE_PAGE_REF)
        add_text(p, page_text(p, node), NULL, &c, false);
    else
        collect_children(p, node, &c);
    add_pseudo(p, node, &c, INC_PSEUDO_AFTER);
    fill_inline_block(p, first, &c);
    push_kern(p, after, &c);
}

/* ---- pages ---- */

static void collect_page_ref(inc_para *p, const inc_node *node, const context *c)
{
    context inner = *c;
    inner.link = node;
    collect_element(p, node, &inner, INC_TAG_LINK, true);
}

/* "3, 12-14, 30": every run is a link to its first place. */
static void collect_pages(inc_para *p, const inc_node *list, const context *outer)
{
    context c = *outer;
    c.style = inc_style_of(p->flow->worker->styler, list, outer->style);
    uint32_t n = 0, i = 0;
    for (const inc_node *ref = list->first; ref; ref = ref->next)
        n++;
    inc_page_place *places = INC_NEW_N(p->scratch, inc_page_place, n);
    const inc_node **refs = INC_NEW_N(p->scratch, const inc_node *, n);
    for (const inc_node *ref = list->first; ref; ref = ref->next, i++) {
        refs[i] = ref;
        places[i].from = inc_target_page(p->flow, ref->as.page_ref.target);
        places[i].to = ref->as.page_ref.end ? inc_target_page(p->flow, ref->as.page_ref.end) : INC_STR("");
        places[i].main = inc_node_has_class(ref, "main");
    }
    inc_page_run *runs = INC_NEW_N(p->scratch, inc_page_run, n);
    uint32_t count = inc_page_runs(p->scratch, places, n, runs);
    for (i = 0; i < count; i++) {
        if (i)
            add_text(p, INC_STR(", "), NULL, &c, false);
        p->page_text = runs[i].to.n ? inc_strf(p->scratch, "%.*s\xE2\x80\x93%.*s", INC_STR_ARG(runs[i].from), INC_STR_ARG(runs[i].to)) : runs[i].from;
        collect_page_ref(p, refs[runs[i].place], &c);
    }
}

/* "(page 87)" behind a link, or nothing on the page of its target. */
static bool shows_page_note(inc_para *p, const inc_node *node)
{
    inc_flow *flow = p->flow;
    const inc_node *ref = node->first;
    while (ref && ref->kind != INC_NODE_PAGE_REF)
        ref = ref->next;
    if (!ref || !ref->as.page_ref.target)
        return true;
    INC_PUSH(p->scratch, &p->mentions, (inc_mention){node, (uint32_t)p->text.n});
    inc_page_note note = {node, ref->as.page_ref.target, true};
    if (flow->labels && !(flow->settled && flow->settled[node->id]))
        note.shown = !flow->labels[node->id].n || !inc_str_eq(flow->labels[node->id], flow->labels[note.target->id]);
    INC_PUSH(flow->arena, &flow->page_notes, note);
    return note.shown;
}

/* What stands in the PDFs alone is marked up as a reference: a reader may skip it. */
static void collect_span(inc_para *p, const inc_node *node, const context *c)
{
    if (!node->paper) {
        collect_element(p, node, c, INC_TAG_SPAN, false);
    } else if (!inc_node_has_class(node, "page-note") || shows_page_note(p, node))
        collect_element(p, node, c, INC_TAG_REFERENCE, true);
}

static void collect_picture(inc_para *p, const inc_node *node, const context *outer)
{
    context c = *outer;
    c.style = inc_style_of(p->flow->worker->styler, node, outer->style);
    if (node->label.n)
        INC_PUSH(p->scratch, &p->mentions, (inc_mention){node, (uint32_t)p->text.n});
    const inc_image *picture;
    inc_len width, height;
    bool known = inc_picture_size(p->flow, node, c.style, p->b->width, &picture, &width, &height);
    if (!known || !inc_picture_is_drawn(picture)) {
        add_text(p, node->as.image.alt, NULL, &c, false);
        return;
    }
    if (!node->as.image.decorative) {
        c.tag = inc_tag_of(p->flow, outer->tag, INC_TAG_FIGURE, node);
        c.tag->alt = inc_node_told(p->flow->arena, node);
    } else
        c.tag = NULL;
    inc_picture_in_line(p, node, c.style, &width, &height);
    inc_atom *atom = push_atom(p, INC_ATOM_PICTURE, node, &c);
    atom->picture = picture;
    atom->width = width;
    atom->height = height;
    inc_buf_puts(&p->text, "\xEF\xBF\xBC"); /* U+FFFC holds its place for the line breaker */
    atom->end = (uint32_t)p->text.n;
    p->after_space = false;
}

static void collect(inc_para *p, const inc_node *node, const context *c)
{
    switch (node->kind) {
    case INC_NODE_TEXT: add_text(p, node->as.text.text, node, c, false); break;
    case INC_NODE_SOFT_BREAK:
        if (c->style->white_space == INC_WHITE_PRE || c->style->white_space == INC_WHITE_PRE_WRAP)
            break_line(p, c);
        else
            add_text(p, INC_STR(" "), NULL, c, false);
        break;
    case INC_NODE_BREAK: break_line(p, c); break;
    case INC_NODE_CODE_SPAN: collect_element(p, node, c, INC_TAG_CODE, true); break;
    case INC_NODE_MATH: collect_element(p, node, c, INC_TAG_SPAN, false); break;
    case INC_NODE_SPAN: collect_span(p, node, c); break;
    case INC_NODE_LINK: {
        context inner = *c;
        bool live = node->as.link.external || node->as.link.target;
        inner.link = live ? node : c->link;
        collect_element(p, node, &inner, INC_TAG_LINK, live);
        break;
    }
    case INC_NODE_NOTE_REF: {
        context inner = *c;
        inner.link = node->as.note_ref.note ? node : NULL;
        if (inner.link) {
            inner.tag = inc_tag_new(p->flow->arena, c->tag, INC_TAG_REFERENCE);
            collect_element(p, node, &inner, INC_TAG_LINK, true);
        }
        break;
    }
    case INC_NODE_PAGE_REF: collect_page_ref(p, node, c); break;
    case INC_NODE_PAGE_LIST: collect_pages(p, node, c); break;
    case INC_NODE_IMAGE: collect_picture(p, node, c); break;
    case INC_NODE_ANCHOR:
    case INC_NODE_INDEX_MARK:
        INC_PUSH(p->scratch, &p->mentions, (inc_mention){node, (uint32_t)p->text.n});
        break;
    default: break; /* blocks never stand among inlines: inc_document_check */
    }
}

static void collect_children(inc_para *p, const inc_node *node, const context *c)
{
    for (const inc_node *child = node->first; child; child = child->next)
        collect(p, child, c);
}

void inc_para_collect(inc_para *p, const inc_node *node, const inc_paragraph_options *options)
{
    inc_str language = inc_node_language(node, p->flow->worker->input->document->meta.language);
    context c = {.style = options->style, .tag = options->tag, .language = language};
    p->after_space = options->style->white_space != INC_WHITE_PRE;
    if (options->run_in) {
        context heading = {.style = options->run_in_style, .tag = options->run_in_tag, .language = language};
        collect_children(p, options->run_in, &heading);
        inc_len after = inc_dim_resolve(options->run_in_style->margin[INC_RIGHT], p->b->width, 0);
        push_kern(p, after, &heading);
        add_text(p, INC_STR(" "), NULL, &heading, false);
    }
    if (options->prefix.n) {
        context generated = c;
        generated.style = options->prefix_style;
        size_t first = p->atoms.n;
        add_generated(p, options->prefix, &generated);
        fill_inline_block(p, first, &generated);
    }
    for (const inc_node *child = options->from ? options->from : node->first; child; child = child->next)
        collect(p, child, &c);
    if (options->suffix.n) {
        context generated = c;
        generated.style = options->suffix_style;
        add_generated(p, options->suffix, &generated);
    }
    drop_last_space(p);
}
