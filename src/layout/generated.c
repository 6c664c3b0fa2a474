/* generated.c - generated content: what ::before, ::after, ::marker and string-set say (css-content-3), and numbers of pages in the text. */
#include "layout/flow.h"

inc_str inc_target_page(inc_flow *flow, const inc_node *target)
{
    inc_str text = flow->labels && target ? flow->labels[target->id] : INC_STR("");
    if (!text.n)
        text = flow->labels ? INC_STR(INC_NO_PLACE) : INC_STR("00"); /* in the first pass two figures, as most have */
    text = inc_str_dup(flow->arena, text); /* labels live for one pass */
    inc_page_ref ref = {target, text};
    INC_PUSH(flow->arena, &flow->page_refs, ref);
    return text;
}

/* A heading may have shorter words for the running head. */
static inc_str running_text(inc_flow *flow, const inc_node *node)
{
    inc_str number = node->kind == INC_NODE_HEADING ? node->as.heading.number : INC_STR(""), words = inc_node_attribute(node, "running");
    return number.n ? inc_strf(flow->arena, "%.*s %.*s", INC_STR_ARG(number), INC_STR_ARG(words)) : words;
}

/* The number of a heading stands off its title by an en, as in the heading itself. */
static inc_str heading_text(inc_flow *flow, const inc_node *node)
{
    inc_str text = inc_node_attribute(node, "running").n ? running_text(flow, node) : inc_node_flatten(flow->arena, node, true);
    inc_str number = node->kind == INC_NODE_HEADING ? node->as.heading.number : INC_STR("");
    if (!number.n || !inc_str_starts(text, number) || number.n == text.n || text.p[number.n] != ' ')
        return text;
    return inc_strf(flow->arena, "%.*s\xE2\x80\x82%.*s", INC_STR_ARG(number), INC_STR_ARG(inc_str_slice(text, number.n + 1, text.n)));
}

static const inc_node *target_of(const inc_node *node)
{
    if (node->kind == INC_NODE_LINK)
        return node->as.link.target;
    return node->kind == INC_NODE_PAGE_REF ? node->as.page_ref.target : NULL;
}

static inc_str target_text(inc_flow *flow, const inc_node *target)
{
    if (target->kind == INC_NODE_CHAPTER)
        return target->as.chapter.title;
    return target->kind == INC_NODE_PART ? target->as.part.title : inc_node_flatten(flow->arena, target, false);
}

static bool has_target(const inc_contents *contents)
{
    for (uint32_t i = 0; i < contents->n; i++)
        if (contents->v[i].kind == INC_CONTENT_TARGET_PAGE || contents->v[i].kind == INC_CONTENT_TARGET_COUNTER
            || contents->v[i].kind == INC_CONTENT_TARGET_TEXT)
            return true;
    return false;
}

inc_str inc_quote_text(inc_flow *flow, inc_str which)
{
    static const struct {
        const char *languages, *open, *close;
    } marks[] = {{"de cs sk sl bg is lt et", "\xE2\x80\x9E", "\xE2\x80\x9C"}, {"fr es it pt ru uk be el hy ca", "\xC2\xAB", "\xC2\xBB"},
                 {"pl ro hu nl hr", "\xE2\x80\x9E", "\xE2\x80\x9D"}, {"sv fi", "\xE2\x80\x9D", "\xE2\x80\x9D"}, {"", "\xE2\x80\x9C", "\xE2\x80\x9D"}};
    inc_str language = flow->worker->input->document->meta.language;
    language.n = INC_MIN(language.n, (size_t)2);
    size_t i = 0;
    while (i + 1 < INC_COUNT(marks) && (language.n < 2 || inc_str_find(inc_str_of(marks[i].languages), language) == INC_NPOS))
        i++;
    return inc_str_of(inc_str_is(which, "open-quote") ? marks[i].open : marks[i].close);
}

static void put_item(inc_flow *flow, inc_buf *out, const inc_content *item, const inc_node *node, inc_pseudo pseudo)
{
    const inc_node *target = target_of(node);
    switch (item->kind) {
    case INC_CONTENT_STRING: inc_buf_add(out, item->text); break;
    case INC_CONTENT_TEXT: inc_buf_add(out, heading_text(flow, node)); break;
    case INC_CONTENT_ATTR: inc_buf_add(out, inc_style_attribute(node, item->text)); break;
    case INC_CONTENT_QUOTE: inc_buf_add(out, inc_quote_text(flow, item->text)); break;
    case INC_CONTENT_COUNTER:
    case INC_CONTENT_COUNTERS: inc_buf_add(out, inc_counters_text(flow->counters, flow->arena, item, node, pseudo)); break;
    case INC_CONTENT_TARGET_COUNTER: inc_buf_add(out, inc_counters_text(flow->counters, flow->arena, item, target, INC_PSEUDO_NONE)); break;
    case INC_CONTENT_TARGET_TEXT: inc_buf_add(out, target_text(flow, target)); break;
    case INC_CONTENT_TARGET_PAGE: inc_buf_add(out, inc_target_page(flow, target)); break;
    case INC_CONTENT_LEADER:
        inc_buf_byte(out, INC_LEADER_BEGIN);
        inc_buf_add(out, item->text);
        inc_buf_byte(out, INC_LEADER_END);
        break;
    case INC_CONTENT_PAGE:
    case INC_CONTENT_PAGES:
    case INC_CONTENT_NAMED: break; /* of margin boxes only */
    }
}

inc_str inc_contents_text(inc_flow *flow, const inc_contents *contents, const inc_node *node, inc_pseudo pseudo)
{
    inc_buf out = inc_buf_in(flow->arena);
    if (has_target(contents) && !target_of(node)) /* a link out of the book: no "on page" before nothing */
        return INC_STR("");
    for (uint32_t i = 0; i < contents->n; i++)
        put_item(flow, &out, &contents->v[i], node, pseudo);
    return inc_buf_str(&out);
}
