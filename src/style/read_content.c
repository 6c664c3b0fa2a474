/* read_content.c - content and string-set (CSS Generated Content 3, CSS Generated Content for Paged Media). */
#include "style/read.h"

enum { CONTENTS_MAX = 32, STRING_SETS_MAX = 16, COUNTER_OPS_MAX = 32 };

static bool take_name(inc_apply *a, inc_cursor *c, inc_str *name)
{
    const inc_css_token *t = inc_cursor_peek(c);
    if (t->kind != INC_CSS_IDENT)
        return false;
    *name = inc_intern_str(a->interner, t->text);
    inc_cursor_next(c);
    return true;
}

/* attr(name type, fallback): what follows the name is of no use on paper. */
static bool read_attr(inc_apply *a, inc_cursor in, inc_content *item)
{
    item->kind = INC_CONTENT_ATTR;
    if (!take_name(a, &in, &item->text))
        return false;
    while (inc_cursor_comma(&in) || inc_cursor_peek(&in)->kind == INC_CSS_IDENT || inc_cursor_peek(&in)->kind == INC_CSS_STRING)
        if (inc_cursor_peek(&in)->kind == INC_CSS_IDENT || inc_cursor_peek(&in)->kind == INC_CSS_STRING)
            inc_cursor_next(&in);
    return inc_cursor_done(&in);
}

/* The style behind a counter's name, if there is one. */
static bool counter_style(inc_apply *a, inc_cursor *in, inc_content *item)
{
    item->style = INC_LIST_DECIMAL;
    return !inc_cursor_comma(in) || inc_read_counter_style(a, in, &item->style, &item->own_style);
}

/* counter(name, style), counters(name, string, style) */
static bool read_counter(inc_apply *a, inc_cursor in, inc_content *item, bool all)
{
    if (!take_name(a, &in, &item->text))
        return false;
    item->kind = all ? INC_CONTENT_COUNTERS : INC_CONTENT_COUNTER;
    if (all) {
        if (!inc_cursor_comma(&in) || inc_cursor_peek(&in)->kind != INC_CSS_STRING)
            return false;
        item->more = inc_intern_str(a->interner, inc_cursor_peek(&in)->text);
        inc_cursor_next(&in);
    } else if (inc_str_is(item->text, "page"))
        item->kind = INC_CONTENT_PAGE;
    else if (inc_str_is(item->text, "pages"))
        item->kind = INC_CONTENT_PAGES;
    return counter_style(a, &in, item) && inc_cursor_done(&in);
}

/* attr(href), as the targets of links are named. */
static bool take_href(inc_cursor *in)
{
    inc_cursor attr = inc_cursor_inside(in);
    if (!inc_css_is_function(inc_cursor_peek(in), "attr") || !inc_cursor_word(&attr, "href"))
        return false;
    inc_cursor_next(in);
    return true;
}

/* target-counter(attr(href), name, style) */
static bool read_target_counter(inc_apply *a, inc_cursor in, inc_content *item)
{
    if (!take_href(&in))
        return false;
    inc_cursor_comma(&in);
    if (!take_name(a, &in, &item->text))
        return false;
    item->kind = inc_str_is(item->text, "page") ? INC_CONTENT_TARGET_PAGE : INC_CONTENT_TARGET_COUNTER;
    return counter_style(a, &in, item) && inc_cursor_done(&in);
}

/* target-text(attr(href), content) */
static bool read_target_text(inc_cursor in, inc_content *item)
{
    item->kind = INC_CONTENT_TARGET_TEXT;
    if (!take_href(&in))
        return false;
    if (inc_cursor_comma(&in))
        inc_cursor_word(&in, "content");
    return inc_cursor_done(&in);
}

/* string(name, first | start | last | first-except) */
static bool read_string(inc_apply *a, inc_cursor in, inc_content *item)
{
    static const char *const places[] = {"first", "start", "last", "first-except"};
    item->kind = INC_CONTENT_NAMED;
    item->more = INC_STR("first");
    if (!take_name(a, &in, &item->text))
        return false;
    if (inc_cursor_comma(&in)) {
        size_t i = 0;
        while (i < INC_COUNT(places) && !inc_cursor_word(&in, places[i]))
            i++;
        if (i == INC_COUNT(places))
            return false;
        item->more = inc_str_of(places[i]);
    }
    return inc_cursor_done(&in);
}

/* leader(dotted | solid | space | string) */
static bool read_leader(inc_apply *a, inc_cursor in, inc_content *item)
{
    item->kind = INC_CONTENT_LEADER;
    const inc_css_token *t = inc_cursor_peek(&in);
    if (t->kind == INC_CSS_STRING && t->text.n) {
        item->text = inc_intern_str(a->interner, t->text);
        inc_cursor_next(&in);
    } else if (inc_cursor_word(&in, "dotted"))
        item->text = INC_STR(". ");
    else if (inc_cursor_word(&in, "solid"))
        item->text = INC_STR("_");
    else if (inc_cursor_word(&in, "space"))
        item->text = INC_STR(" ");
    else
        return false;
    return inc_cursor_done(&in);
}

static bool read_text(inc_cursor in, inc_content *item)
{
    item->kind = INC_CONTENT_TEXT;
    inc_cursor_word(&in, "text");
    return inc_cursor_done(&in);
}

static bool read_function(inc_apply *a, inc_cursor *c, inc_content *item)
{
    const inc_css_token *t = inc_cursor_peek(c);
    inc_cursor in = t->kind == INC_CSS_FUNCTION ? inc_cursor_inside(c) : *c;
    if (inc_css_is_function(t, "counter") || inc_css_is_function(t, "counters"))
        return read_counter(a, in, item, inc_css_is_function(t, "counters"));
    if (inc_css_is_function(t, "string"))
        return read_string(a, in, item);
    if (inc_css_is_function(t, "attr"))
        return read_attr(a, in, item);
    if (inc_css_is_function(t, "target-counter"))
        return read_target_counter(a, in, item);
    if (inc_css_is_function(t, "target-text"))
        return read_target_text(in, item);
    if (inc_css_is_function(t, "leader"))
        return read_leader(a, in, item);
    return inc_css_is_function(t, "content") && read_text(in, item);
}

static inc_css_result read_item(inc_apply *a, inc_cursor *c, inc_content *item)
{
    static const char *const quotes[] = {"open-quote", "close-quote", "no-open-quote", "no-close-quote"};
    const inc_css_token *t = inc_cursor_peek(c);
    *item = (inc_content){.text = INC_STR(""), .more = INC_STR("")};
    if (t->kind == INC_CSS_STRING)
        item->text = inc_intern_str(a->interner, t->text);
    else if (t->kind == INC_CSS_URL || inc_css_is_function(t, "url"))
        return INC_CSS_IGNORED; /* a picture: reading systems show it */
    else if (t->kind == INC_CSS_FUNCTION) {
        if (!read_function(a, c, item))
            return INC_CSS_BAD;
    } else {
        size_t i = 0;
        while (i < INC_COUNT(quotes) && !inc_css_is_word(t, quotes[i]))
            i++;
        if (i == INC_COUNT(quotes))
            return INC_CSS_BAD;
        if (i < 2)
            *item = (inc_content){.kind = INC_CONTENT_QUOTE, .text = inc_str_of(quotes[i]), .more = INC_STR("")};
    }
    inc_cursor_next(c);
    return INC_CSS_OK;
}

static inc_css_result read_items(inc_apply *a, inc_cursor *c, inc_contents *contents)
{
    inc_content items[CONTENTS_MAX];
    uint32_t n = 0;
    while (!inc_cursor_done(c) && inc_cursor_peek(c)->kind != INC_CSS_COMMA && !inc_css_is_delim(inc_cursor_peek(c), '/')) {
        inc_css_result result = n < CONTENTS_MAX ? read_item(a, c, &items[n++]) : INC_CSS_BAD;
        if (result != INC_CSS_OK)
            return result;
    }
    *contents = inc_intern_contents(a->interner, items, n);
    return n ? INC_CSS_OK : INC_CSS_BAD;
}

inc_css_result inc_read_content(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_contents *contents = inc_apply_field(a, id, 0), value = {0};
    if (inc_cursor_word(c, "none"))
        value.none = true;
    else if (!inc_cursor_word(c, "normal")) {
        inc_css_result result = read_items(a, c, &value);
        if (result != INC_CSS_OK)
            return result;
        if (inc_cursor_slash(c)) /* what a screen reader says instead */
            while (inc_cursor_peek(c)->kind == INC_CSS_STRING || inc_cursor_peek(c)->kind == INC_CSS_FUNCTION)
                inc_cursor_next(c);
    }
    *contents = value;
    return INC_CSS_OK;
}

inc_css_result inc_read_string_set(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_string_set sets[STRING_SETS_MAX];
    uint32_t n = 0;
    if (!inc_cursor_word(c, "none"))
        do {
            const inc_css_token *t = inc_cursor_peek(c);
            if (t->kind != INC_CSS_IDENT || n == STRING_SETS_MAX)
                return INC_CSS_BAD;
            sets[n].name = inc_intern_str(a->interner, t->text);
            inc_cursor_next(c);
            inc_css_result result = read_items(a, c, &sets[n++].value);
            if (result != INC_CSS_OK)
                return INC_CSS_BAD;
        } while (inc_cursor_comma(c));
    *(const inc_string_set **)inc_apply_field(a, id, 0) = inc_intern_string_sets(a->interner, sets, n);
    *(uint32_t *)inc_apply_field(a, id, 1) = n;
    return INC_CSS_OK;
}

/* counter-reset, counter-increment, counter-set: names, each with its number (CSS Lists 3, section 4). */
inc_css_result inc_read_counter_ops(inc_apply *a, inc_cursor *c, inc_property_id id)
{
    inc_counter_op ops[COUNTER_OPS_MAX];
    uint32_t n = 0;
    int64_t usual = id == INC_PROP_COUNTER_INCREMENT;
    if (!inc_cursor_word(c, "none"))
        do {
            if (n == COUNTER_OPS_MAX || !take_name(a, c, &ops[n].name))
                return INC_CSS_BAD;
            ops[n].value = usual;
            inc_read_integer(c, -1000000, 1000000, &ops[n].value);
            n++;
        } while (!inc_cursor_done(c));
    *(inc_counter_ops *)inc_apply_field(a, id, 0) = inc_intern_counter_ops(a->interner, ops, n);
    return INC_CSS_OK;
}
