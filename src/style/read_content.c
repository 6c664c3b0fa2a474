/* read_content.c - content and string-set (CSS Generated Content 3, CSS Generated Content for Paged Media). */
#include "style/read.h"

enum { CONTENTS_MAX = 32, STRING_SETS_MAX = 16 };

/* The name in counter(name ...), string(name ...), attr(name ...); what follows a comma or a type is of no use on paper. */
static bool name_argument(inc_apply *a, inc_cursor *c, inc_str *name)
{
    inc_cursor in = inc_cursor_inside(c);
    const inc_css_token *t = inc_cursor_peek(&in);
    if (t->kind != INC_CSS_IDENT)
        return false;
    *name = inc_intern_str(a->interner, t->text);
    inc_cursor_next(&in);
    while (inc_cursor_comma(&in) || inc_cursor_peek(&in)->kind == INC_CSS_IDENT || inc_cursor_peek(&in)->kind == INC_CSS_STRING)
        if (inc_cursor_peek(&in)->kind == INC_CSS_IDENT || inc_cursor_peek(&in)->kind == INC_CSS_STRING)
            inc_cursor_next(&in);
    return inc_cursor_done(&in);
}

/* target-counter(attr(href), page) */
static bool is_target_page(inc_cursor *c)
{
    inc_cursor in = inc_cursor_inside(c);
    if (!inc_css_is_function(inc_cursor_peek(&in), "attr"))
        return false;
    inc_cursor_next(&in);
    if (!inc_cursor_comma(&in) || !inc_cursor_word(&in, "page"))
        return false;
    if (inc_cursor_comma(&in))
        inc_cursor_next(&in); /* the style of the number is the page's own */
    return inc_cursor_done(&in);
}

static inc_css_result read_item(inc_apply *a, inc_cursor *c, inc_content *item)
{
    static const char *const quotes[][2] = {{"open-quote", "\xE2\x80\x9C"}, {"close-quote", "\xE2\x80\x9D"}, {"no-open-quote", ""}, {"no-close-quote", ""}};
    const inc_css_token *t = inc_cursor_peek(c);
    *item = (inc_content){.text = INC_STR("")};
    if (t->kind == INC_CSS_STRING)
        item->text = inc_intern_str(a->interner, t->text);
    else if (inc_css_is_function(t, "counter")) {
        if (!name_argument(a, c, &item->text))
            return INC_CSS_BAD;
        item->kind = inc_str_is(item->text, "page") ? INC_CONTENT_PAGE : INC_CONTENT_COUNTER;
    } else if (inc_css_is_function(t, "string")) {
        item->kind = INC_CONTENT_NAMED;
        if (!name_argument(a, c, &item->text))
            return INC_CSS_BAD;
    } else if (inc_css_is_function(t, "attr")) {
        item->kind = INC_CONTENT_ATTR;
        if (!name_argument(a, c, &item->text))
            return INC_CSS_BAD;
    } else if (inc_css_is_function(t, "target-counter")) {
        item->kind = INC_CONTENT_TARGET_PAGE;
        if (!is_target_page(c))
            return INC_CSS_BAD;
    } else if (inc_css_is_function(t, "content")) {
        inc_cursor in = inc_cursor_inside(c);
        item->kind = INC_CONTENT_TEXT;
        inc_cursor_word(&in, "text");
        if (!inc_cursor_done(&in))
            return INC_CSS_BAD;
    } else if (t->kind == INC_CSS_URL || inc_css_is_function(t, "url"))
        return INC_CSS_IGNORED; /* a picture: reading systems show it */
    else {
        size_t i = 0;
        while (i < INC_COUNT(quotes) && !inc_css_is_word(t, quotes[i][0]))
            i++;
        if (i == INC_COUNT(quotes))
            return INC_CSS_BAD;
        item->text = inc_str_of(quotes[i][1]);
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
