/* tag.c - reading one HTML tag. */
#include "markdown/tag.h"

static size_t skip_space(inc_str s, size_t at)
{
    while (at < s.n && inc_is_space(s.p[at]))
        at++;
    return at;
}

static bool is_name_char(char c)
{
    return inc_is_letter(c) || inc_is_digit(c) || c == '-';
}

static bool starts_attribute_name(char c)
{
    return inc_is_letter(c) || c == '_' || c == ':';
}

static bool is_attribute_name_char(char c)
{
    return is_name_char(c) || c == '_' || c == ':' || c == '.';
}

/* Behind the `end` that is found at or after `at`, or INC_NPOS. */
static size_t behind(inc_str s, size_t at, inc_str end)
{
    size_t found = at <= s.n ? inc_str_find(inc_str_slice(s, at, s.n), end) : INC_NPOS;
    return found == INC_NPOS ? INC_NPOS : at + found + end.n;
}

/* Comments, processing instructions, declarations and CDATA sections: where one ends, or INC_NPOS. */
static size_t read_comment(inc_str s, size_t at)
{
    inc_str rest = inc_str_slice(s, at, s.n);
    if (inc_str_starts(rest, INC_STR("<!-->")))
        return at + 5;
    if (inc_str_starts(rest, INC_STR("<!--->")))
        return at + 6;
    if (inc_str_starts(rest, INC_STR("<!--")))
        return behind(s, at + 4, INC_STR("-->"));
    if (inc_str_starts(rest, INC_STR("<?")))
        return behind(s, at + 2, INC_STR("?>"));
    if (inc_str_starts(rest, INC_STR("<![CDATA[")))
        return behind(s, at + 9, INC_STR("]]>"));
    if (rest.n > 2 && rest.p[1] == '!' && inc_is_letter(rest.p[2]))
        return behind(s, at + 2, INC_STR(">"));
    return INC_NPOS;
}

/* Reads "= value" if there is one; false when it is ill-formed. */
static bool read_value(inc_str s, size_t *at, inc_tag_attribute *attribute)
{
    size_t i = skip_space(s, *at);
    attribute->from = attribute->to = *at;
    if (i >= s.n || s.p[i] != '=')
        return true;
    i = skip_space(s, i + 1);
    if (i >= s.n)
        return false;
    if (s.p[i] == '"' || s.p[i] == '\'') {
        const char *close = memchr(s.p + i + 1, s.p[i], s.n - i - 1);
        if (!close)
            return false;
        attribute->from = i + 1;
        attribute->to = (size_t)(close - s.p);
        *at = attribute->to + 1;
        return true;
    }
    attribute->from = i;
    while (i < s.n && !inc_is_space(s.p[i]) && !strchr("\"'=<>`", s.p[i]))
        i++;
    attribute->to = *at = i;
    return attribute->to > attribute->from;
}

static bool read_attributes(inc_str s, size_t *at, inc_tag *tag)
{
    for (;;) {
        size_t i = skip_space(s, *at);
        if (i >= s.n || !starts_attribute_name(s.p[i])) {
            *at = i;
            return true;
        }
        if (i == *at)
            return false; /* attributes are set apart by white space */
        inc_tag_attribute attribute = {0};
        size_t start = i;
        while (i < s.n && is_attribute_name_char(s.p[i]))
            i++;
        attribute.name = inc_str_slice(s, start, i);
        if (!read_value(s, &i, &attribute))
            return false;
        if (tag->attribute_count < INC_TAG_ATTRIBUTES_MAX)
            tag->attributes[tag->attribute_count++] = attribute;
        *at = i;
    }
}

bool inc_tag_read(inc_str s, size_t at, inc_tag *tag)
{
    *tag = (inc_tag){.from = at};
    if (at + 2 > s.n || s.p[at] != '<')
        return false;
    size_t i = at + 1;
    if (s.p[i] == '!' || s.p[i] == '?') {
        tag->kind = INC_TAG_COMMENT;
        tag->end = read_comment(s, at);
        return tag->end != INC_NPOS;
    }
    tag->kind = s.p[i] == '/' ? INC_TAG_CLOSE : INC_TAG_OPEN;
    i += tag->kind == INC_TAG_CLOSE;
    size_t start = i;
    if (i >= s.n || !inc_is_letter(s.p[i]))
        return false;
    while (i < s.n && is_name_char(s.p[i]))
        i++;
    tag->name = inc_str_slice(s, start, i);
    if (tag->kind == INC_TAG_OPEN) {
        if (!read_attributes(s, &i, tag))
            return false;
        if (i < s.n && s.p[i] == '/') {
            tag->self_closing = true;
            i++;
        }
    } else
        i = skip_space(s, i);
    tag->end = i + 1;
    return i < s.n && s.p[i] == '>';
}

static const inc_tag_attribute *find(const inc_tag *tag, const char *name)
{
    for (uint32_t i = 0; i < tag->attribute_count; i++)
        if (inc_str_eq_nocase(tag->attributes[i].name, inc_str_of(name)))
            return &tag->attributes[i];
    return NULL;
}

inc_str inc_tag_value(const inc_tag *tag, inc_str s, const char *name)
{
    const inc_tag_attribute *attribute = find(tag, name);
    return attribute ? inc_str_slice(s, attribute->from, attribute->to) : INC_STR("");
}

bool inc_tag_has(const inc_tag *tag, const char *name)
{
    return find(tag, name) != NULL;
}
