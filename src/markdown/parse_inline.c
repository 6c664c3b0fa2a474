/* parse_inline.c - md4c's spans become inlines: formatting, links, images, code and formulas. */
#include "markdown/entity.h"
#include "markdown/parser.h"
#include "markdown/tag.h"

inc_str inc_parser_attribute_text(inc_parser *p, const MD_ATTRIBUTE *a)
{
    inc_buf b = inc_buf_in(p->md->arena);
    for (size_t i = 0; a->text && a->substr_offsets[i] < a->size; i++) {
        inc_str part = {a->text + a->substr_offsets[i], a->substr_offsets[i + 1] - a->substr_offsets[i]};
        size_t offset = inc_parser_offset_of(p, part.p);
        if (p->prepared && offset != INC_NPOS)
            part = inc_md_unmask(p->prepared, p->md->arena, part, offset);
        else if (p->prepared) /* md4c's own copy */
            part = inc_md_unmask_marks(p->md->arena, part);
        if (a->substr_types[i] == MD_TEXT_NULLCHAR)
            inc_buf_puts(&b, "\xEF\xBF\xBD");
        else if (a->substr_types[i] != MD_TEXT_ENTITY || !inc_entity_decode(part, &b))
            inc_buf_add(&b, part);
    }
    return inc_buf_str(&b);
}

bool inc_parser_is_verbatim(int type)
{
    return type == INC_SPAN_FRAME + MD_SPAN_CODE || type == INC_SPAN_FRAME + MD_SPAN_LATEXMATH || type == INC_SPAN_FRAME + MD_SPAN_LATEXMATH_DISPLAY;
}

static void enter_link(inc_parser *p, const MD_SPAN_A_DETAIL *detail)
{
    inc_node *link = inc_parser_push(p, INC_SPAN_FRAME + MD_SPAN_A, INC_NODE_LINK, 1);
    if (!link)
        return;
    link->as.link.url = inc_parser_attribute_text(p, &detail->href);
    link->as.link.title = inc_parser_attribute_text(p, &detail->title);
}

static void enter_image(inc_parser *p, const MD_SPAN_IMG_DETAIL *detail)
{
    if (p->image_depth++)
        return; /* an image in an alt text: only its own alt text counts */
    inc_node *image = inc_node_new(p->md->arena, INC_NODE_IMAGE, INC_NO_SPAN);
    inc_parser_append_inline(p, image);
    image->as.image.url = inc_parser_attribute_text(p, &detail->src);
    image->as.image.title = inc_parser_attribute_text(p, &detail->title);
    inc_parser_push_frame(p, INC_SPAN_FRAME + MD_SPAN_IMG, image, inc_parser_top(p)->depth);
    p->code = inc_buf_in(p->md->arena); /* the alt text */
}

static void enter_formatting(inc_parser *p, MD_SPANTYPE type, inc_span_tag tag)
{
    inc_node *span = inc_parser_push(p, INC_SPAN_FRAME + (int)type, INC_NODE_SPAN, 1);
    if (span)
        span->as.span_.tag = tag;
}

static void enter_verbatim(inc_parser *p, MD_SPANTYPE type)
{
    inc_parser_push_frame(p, INC_SPAN_FRAME + (int)type, NULL, inc_parser_top(p)->depth);
    p->code = inc_buf_in(p->md->arena);
}

int inc_parser_enter_span(inc_parser *p, MD_SPANTYPE type, void *detail)
{
    if (p->image_depth && type != MD_SPAN_IMG)
        return 0;
    inc_parser_flush_inlines(p);
    switch (type) {
    case MD_SPAN_EM: enter_formatting(p, type, INC_SPAN_EM); break;
    case MD_SPAN_STRONG: enter_formatting(p, type, INC_SPAN_STRONG); break;
    case MD_SPAN_DEL: enter_formatting(p, type, INC_SPAN_DEL); break;
    case MD_SPAN_U: enter_formatting(p, type, INC_SPAN_U); break;
    case MD_SPAN_A: {
        MD_SPAN_A_DETAIL *a = detail;
        enter_link(p, a);
        return inc_parser_spend(p, (size_t)a->href.size + a->title.size) ? 0 : INC_PARSER_STOPPED;
    }
    case MD_SPAN_IMG: {
        MD_SPAN_IMG_DETAIL *image = detail;
        enter_image(p, image);
        return inc_parser_spend(p, (size_t)image->src.size + image->title.size) ? 0 : INC_PARSER_STOPPED;
    }
    case MD_SPAN_CODE:
    case MD_SPAN_LATEXMATH:
    case MD_SPAN_LATEXMATH_DISPLAY: enter_verbatim(p, type); break;
    case MD_SPAN_WIKILINK: break; /* not asked for */
    }
    return 0;
}

/* In a table "\|" is a pipe, in code too (GFM, section 4.10); md4c leaves the backslash. */
static inc_str unescape_pipes(inc_arena *arena, inc_str s)
{
    inc_buf b = inc_buf_in(arena);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\\' || i + 1 == s.n || s.p[i + 1] != '|')
            inc_buf_byte(&b, s.p[i]);
    return inc_buf_str(&b);
}

/* "$5 and $6" is no formula: no blank stands inside the dollars, no digit behind the second (pandoc's rule). */
static bool is_math(const inc_parser *p, inc_str text, size_t end)
{
    inc_str all = p->text->bytes;
    bool digit_behind = end + 1 < all.n && all.p[end] == '$' && inc_is_digit(all.p[end + 1]);
    return text.n && !inc_is_space(text.p[0]) && !inc_is_space(text.p[text.n - 1]) && !digit_behind;
}

void inc_parser_leave_verbatim(inc_parser *p, int type)
{
    inc_frame f = *inc_parser_top(p);
    inc_parser_pop(p);
    inc_node *node = inc_node_new(p->md->arena, type == INC_SPAN_FRAME + MD_SPAN_CODE ? INC_NODE_CODE_SPAN : INC_NODE_MATH,
                                  inc_parser_span_of(p, f.from, f.to));
    inc_str text = inc_buf_str(&p->code);
    if (type == INC_SPAN_FRAME + MD_SPAN_LATEXMATH && !is_math(p, text, f.to)) {
        text = inc_strf(p->md->arena, "$%.*s$", INC_STR_ARG(text));
        inc_parser_append_inline(p, inc_node_text(p->md->arena, text, inc_parser_span_of(p, f.from, f.to)));
        return;
    }
    node->as.text.text = inc_parser_top(p)->in_cell ? unescape_pipes(p->md->arena, text) : inc_str_dup(p->md->arena, text);
    if (node->kind == INC_NODE_MATH)
        node->as.text.text = inc_str_trim(node->as.text.text);
    if (type == INC_SPAN_FRAME + MD_SPAN_LATEXMATH_DISPLAY)
        inc_node_add_class(p->md->arena, node, INC_STR("display"));
    inc_parser_append_inline(p, node);
}

/* A link or an image without any text inside: its place is that of the next one in the source. */
static void find_place(inc_parser *p, const char *opening)
{
    inc_frame *f = inc_parser_top(p);
    if (f->from <= f->to)
        return;
    inc_str mark = inc_str_of(opening);
    size_t at = inc_str_find(inc_str_slice(p->text->bytes, p->last, p->text->bytes.n), mark);
    if (at != INC_NPOS)
        inc_parser_see(p, p->last + at, p->last + at + mark.n);
}

void inc_parser_leave_image(inc_parser *p)
{
    find_place(p, "![");
    inc_node *image = inc_parser_pop(p);
    image->as.image.alt = inc_buf_str(&p->code);
    if (inc_parser_holder_frame(p)->implied && image->parent == inc_parser_holder_frame(p)->implied)
        inc_parser_grow_span(image->parent, image->span);
}

int inc_parser_leave_span(inc_parser *p, MD_SPANTYPE type)
{
    if (p->image_depth && (type != MD_SPAN_IMG || --p->image_depth))
        return 0;
    inc_parser_flush_inlines(p);
    if (p->stack.n < 2 || inc_parser_top(p)->type != INC_SPAN_FRAME + (int)type)
        return 0;
    if (inc_parser_is_verbatim(inc_parser_top(p)->type))
        inc_parser_leave_verbatim(p, inc_parser_top(p)->type);
    else if (type == MD_SPAN_IMG)
        inc_parser_leave_image(p);
    else {
        if (type == MD_SPAN_A)
            find_place(p, "[](");
        inc_parser_pop(p);
    }
    return 0;
}
