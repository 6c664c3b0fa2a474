/*
 * svg.c - SVGs made harmless: one well-formed tree of SVG elements, nothing that runs, nothing that points outside.
 *
 * A small XML reader (XML 1.0 without external entities, Namespaces 1.0) that writes what it keeps. Elements and
 * attributes of editors' name spaces (inkscape:, sodipodi:, rdf: ...), scripts, foreign objects, event handlers, links,
 * processing instructions, comments and the DOCTYPE are left out; text entities that the DTD declares are put in where
 * they stand.
 */
#include "base/utf8.h"
#include "base/vec.h"
#include "epub/book.h"
#include "epub/xml.h"

enum { DEPTH_MAX = 256, EXPANSION_MAX = 1 << 20 };

#define SVG_SPACE "http://www.w3.org/2000/svg"
#define XLINK_SPACE "http://www.w3.org/1999/xlink"

typedef struct reader {
    inc_arena *arena;
    inc_str in;
    size_t at;
    inc_buf *out;
    const char *why;
    inc_map entities; /* name to inc_str * */
    size_t expanded;  /* bytes put in for entities */
    inc_map prefixes; /* declared prefix to inc_str * with its name space */
    inc_map ids;      /* seen */
    inc_str open[DEPTH_MAX];
    bool other[DEPTH_MAX];   /* of each: names without a prefix in it belong to another name space than SVG's */
    inc_buf css;             /* of the style sheet that is open */
    size_t depth, skip; /* open elements; how deep the innermost left-out one lies + 1, 0: none */
    bool root_seen;
} reader;

typedef struct attribute {
    inc_str name, value; /* value with entities resolved */
} attribute;

static bool fail(reader *r, const char *why)
{
    if (!r->why)
        r->why = why;
    return false;
}

static bool looking_at(const reader *r, const char *mark)
{
    size_t n = strlen(mark);
    return r->in.n - r->at >= n && memcmp(r->in.p + r->at, mark, n) == 0;
}

/* Over everything up to and with `mark`. */
static bool pass(reader *r, const char *mark, inc_str *between)
{
    size_t found = inc_str_find(inc_str_slice(r->in, r->at, r->in.n), inc_str_of(mark));
    if (found == INC_NPOS)
        return fail(r, "it ends in the middle");
    *between = inc_str_slice(r->in, r->at, r->at + found);
    r->at += found + strlen(mark);
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_blanks(reader *r)
{
    while (r->at < r->in.n && is_blank(r->in.p[r->at]))
        r->at++;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("_-.:", c)) ||
           (unsigned char)c >= 0x80;
}

static inc_str read_name(reader *r)
{
    size_t start = r->at;
    while (r->at < r->in.n && is_name_byte(r->in.p[r->at]))
        r->at++;
    return inc_str_slice(r->in, start, r->at);
}

/* ---- entities ---- */

static bool number_entity(inc_str digits, uint32_t *cp)
{
    unsigned base = 10;
    if (digits.n > 1 && digits.p[0] == 'x') {
        base = 16;
        digits = inc_str_slice(digits, 1, digits.n);
    }
    *cp = 0;
    for (size_t i = 0; i < digits.n; i++) {
        char c = digits.p[i];
        unsigned v = c >= '0' && c <= '9'   ? (unsigned)(c - '0')
                     : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a' + 10)
                     : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A' + 10)
                                            : 99;
        if (v >= base || (*cp = *cp * base + v) > 0x10FFFF)
            return false;
    }
    return digits.n > 0;
}

/* Text or an attribute's value with its references resolved. */
static bool resolve(reader *r, inc_str raw, inc_str *plain)
{
    static const struct {
        const char *name, *value;
    } known[] = {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
    if (inc_str_find_char(raw, '&') == INC_NPOS) {
        *plain = raw;
        return true;
    }
    inc_buf out = inc_buf_in(r->arena);
    while (raw.n > 0) {
        size_t amp = inc_str_find_char(raw, '&');
        if (amp == INC_NPOS)
            amp = raw.n;
        inc_buf_add(&out, inc_str_slice(raw, 0, amp));
        raw = inc_str_slice(raw, amp, raw.n);
        if (raw.n == 0)
            break;
        size_t semicolon = inc_str_find_char(raw, ';');
        if (semicolon == INC_NPOS || semicolon > 64)
            return fail(r, "it has a bare &");
        inc_str name = inc_str_slice(raw, 1, semicolon);
        raw = inc_str_slice(raw, semicolon + 1, raw.n);
        uint32_t cp;
        bool done = false;
        if (name.n > 1 && name.p[0] == '#' && number_entity(inc_str_slice(name, 1, name.n), &cp)) {
            inc_buf_code_point(&out, cp);
            done = true;
        }
        for (size_t i = 0; i < INC_COUNT(known) && !done; i++)
            if (inc_str_is(name, known[i].name)) {
                inc_buf_puts(&out, known[i].value);
                done = true;
            }
        const inc_str *value = done ? NULL : inc_map_find(&r->entities, name);
        if (value) {
            inc_buf_add(&out, *value);
            r->expanded += value->n;
        }
        if (!done && !value)
            return fail(r, "it uses an entity that it does not declare");
        if (r->expanded > EXPANSION_MAX)
            return fail(r, "its entities grow too large");
    }
    *plain = inc_buf_str(&out);
    return true;
}

/* An entity's value as it is declared: numbers stand for their characters at once, names for theirs only where the entity is used (XML 1.0, 4.4).
 * References in what comes of it count: "&#38;lt;" is <. */
static bool resolve_twice(reader *r, inc_str value, inc_str *plain)
{
    inc_buf once = inc_buf_in(r->arena);
    for (size_t at = 0; at < value.n;) {
        size_t semicolon = value.p[at] == '&' ? inc_str_find_char(inc_str_slice(value, at, INC_MIN(value.n, at + 16)), ';') : INC_NPOS;
        uint32_t cp;
        if (semicolon != INC_NPOS && semicolon > 2 && value.p[at + 1] == '#' &&
            number_entity(inc_str_slice(value, at + 2, at + semicolon), &cp)) {
            inc_buf_code_point(&once, cp);
            at += semicolon + 1;
        } else
            inc_buf_byte(&once, value.p[at++]);
    }
    value = inc_buf_str(&once);
    return inc_str_find_char(value, '<') == INC_NPOS && resolve(r, value, plain);
}

/* <!ENTITY name "value"> with a plain value; all other declarations are passed over, and so are the external ones. */
static bool read_declaration(reader *r)
{
    inc_str body;
    if (looking_at(r, "<!--")) {
        r->at += 4;
        return pass(r, "-->", &body);
    }
    bool entity = looking_at(r, "<!ENTITY");
    size_t start = r->at;
    char quote = '\0';
    for (; r->at < r->in.n && (quote || r->in.p[r->at] != '>'); r->at++)
        if (quote ? r->in.p[r->at] == quote : r->in.p[r->at] == '"' || r->in.p[r->at] == '\'')
            quote = quote ? '\0' : r->in.p[r->at];
    if (r->at >= r->in.n)
        return fail(r, "its DOCTYPE does not end");
    size_t end = r->at++;
    if (!entity)
        return true;
    inc_str rest = inc_str_trim(inc_str_slice(r->in, start + strlen("<!ENTITY"), end));
    size_t blank = 0;
    while (blank < rest.n && !is_blank(rest.p[blank]))
        blank++;
    inc_str name = inc_str_slice(rest, 0, blank), value = inc_str_trim(inc_str_slice(rest, blank, rest.n)), plain;
    bool quoted = value.n >= 2 && (value.p[0] == '"' || value.p[0] == '\'') && value.p[value.n - 1] == value.p[0];
    if (!quoted || inc_str_is(name, "%"))
        return true;
    value = inc_str_slice(value, 1, value.n - 1);
    if (!resolve_twice(r, value, &plain)) {
        r->why = NULL; /* only bad if it is used */
        return true;
    }
    inc_str *kept = INC_NEW(r->arena, inc_str);
    *kept = plain;
    if (!inc_map_has(&r->entities, name))
        inc_map_put(&r->entities, name, kept);
    return true;
}

static bool read_doctype(reader *r)
{
    while (r->at < r->in.n && r->in.p[r->at] != '>' && r->in.p[r->at] != '[') {
        if (r->in.p[r->at] == '"' || r->in.p[r->at] == '\'') {
            const char mark[2] = {r->in.p[r->at++], '\0'};
            inc_str literal;
            if (!pass(r, mark, &literal))
                return false;
        } else
            r->at++;
    }
    if (r->at < r->in.n && r->in.p[r->at] == '[') {
        for (r->at++; r->at < r->in.n && r->in.p[r->at] != ']';) {
            if (r->in.p[r->at] != '<')
                r->at++;
            else if (!read_declaration(r))
                return false;
        }
        r->at += r->at < r->in.n;
        skip_blanks(r);
    }
    if (r->at >= r->in.n || r->in.p[r->at] != '>')
        return fail(r, "its DOCTYPE does not end");
    r->at++;
    return true;
}

/* ---- what is kept ---- */

static inc_str local_name(inc_str name)
{
    size_t colon = inc_str_find_char(name, ':');
    return colon == INC_NPOS ? name : inc_str_slice(name, colon + 1, name.n);
}

/* A name that XML allows behind a prefix. SVG has only such ones in ASCII. */
static bool is_plain_name(inc_str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == ':' || (unsigned char)name.p[i] >= 0x80)
            return false;
    return name.n && !strchr("0123456789-.", name.p[0]);
}

/* "" for no prefix; otherwise the name space it is bound to ("" when it is not). */
static inc_str space_of(const reader *r, inc_str name, bool *prefixed)
{
    size_t colon = inc_str_find_char(name, ':');
    *prefixed = colon != INC_NPOS;
    if (!*prefixed)
        return INC_STR("");
    const inc_str *space = inc_map_find(&r->prefixes, inc_str_slice(name, 0, colon));
    return space ? *space : INC_STR("");
}

/* other: a name without a prefix is not SVG's here. */
static bool element_kept(const reader *r, inc_str name, bool other)
{
    static const char *const dropped[] = {"script", "foreignObject", "metadata", "iframe",
                                          "audio",  "video",         "handler",  "listener"};
    bool prefixed;
    inc_str space = space_of(r, name, &prefixed), local = local_name(name);
    if (prefixed ? !inc_str_is(space, SVG_SPACE) : other)
        return false;
    if (!is_plain_name(local))
        return false;
    for (size_t i = 0; i < INC_COUNT(dropped); i++)
        if (inc_str_eq_nocase(local, inc_str_of(dropped[i])))
            return false;
    return true;
}

static bool attribute_kept(const reader *r, inc_str element, const attribute *a)
{
    bool prefixed;
    inc_str space = space_of(r, a->name, &prefixed), local = local_name(a->name);
    if (!is_plain_name(local))
        return false;
    if (inc_str_starts(a->name, INC_STR("xml:")))
        return inc_str_is(local, "space") || inc_str_is(local, "lang");
    if (prefixed && !inc_str_is(space, XLINK_SPACE))
        return false;
    if (inc_str_is(local, "href")) {
        bool image = inc_str_is(local_name(element), "image");
        return inc_str_starts(a->value, INC_STR("#")) || (image && inc_str_starts(a->value, INC_STR("data:image/")) &&
                                                          !inc_str_starts(a->value, INC_STR("data:image/svg")));
    }
    if (prefixed)
        return false;
    if (a->name.n > 2 && (a->name.p[0] | 32) == 'o' && (a->name.p[1] | 32) == 'n')
        return false;
    if (inc_str_is(a->name, "id")) /* one that stands twice is of no use to anybody */
        return a->value.n && !inc_map_has(&r->ids, inc_xml_name(r->arena, a->value));
    return !inc_str_is(a->name, "src") && !inc_str_is(a->name, "base") && !inc_str_is(a->name, "target");
}

/* Ids must be names of XML: others get one made of theirs, and so do the references to them. */
static inc_str written_value(const reader *r, const attribute *a)
{
    if (inc_str_is(a->name, "id"))
        return inc_xml_name(r->arena, a->value);
    if (!inc_str_is(local_name(a->name), "href"))
        return inc_svg_css(r->arena, a->value);
    if (a->value.n < 2 || a->value.p[0] != '#')
        return a->value;
    inc_str name = inc_xml_name(r->arena, inc_str_slice(a->value, 1, a->value.n));
    return inc_strf(r->arena, "#%.*s", INC_STR_ARG(name));
}

static bool declare(reader *r, const attribute *a)
{
    bool is_default = inc_str_is(a->name, "xmlns");
    if (!is_default && !inc_str_starts(a->name, INC_STR("xmlns:")))
        return false;
    if (!is_default) {
        inc_str *space = INC_NEW(r->arena, inc_str);
        *space = a->value;
        inc_map_put(&r->prefixes, local_name(a->name), space);
    }
    return true;
}

/* ---- tags and text ---- */

typedef INC_VEC(attribute) attributes;

static bool read_attributes(reader *r, attributes *list)
{
    for (;;) {
        skip_blanks(r);
        attribute a = {.name = read_name(r)};
        if (a.name.n == 0)
            return true;
        skip_blanks(r);
        if (!looking_at(r, "="))
            return fail(r, "an attribute has no value");
        r->at++;
        skip_blanks(r);
        char quote[2] = {r->at < r->in.n ? r->in.p[r->at] : '\0', '\0'};
        inc_str raw;
        if (quote[0] != '"' && quote[0] != '\'')
            return fail(r, "an attribute has no value");
        r->at++;
        if (!pass(r, quote, &raw) || !resolve(r, raw, &a.value))
            return false;
        for (size_t i = 0; i < list->n; i++)
            if (inc_str_eq(list->v[i].name, a.name))
                return fail(r, "an attribute stands twice in one tag");
        if (list->n >= 200)
            return fail(r, "a tag has too many attributes");
        INC_PUSH(r->arena, list, a);
    }
}

/* As it is written: whatever prefix the file has for XLink becomes "xlink". */
static inc_str written_name(reader *r, inc_str name)
{
    bool xlink = inc_str_find_char(name, ':') != INC_NPOS && !inc_str_starts(name, INC_STR("xml:"));
    return xlink ? inc_strf(r->arena, "xlink:%.*s", INC_STR_ARG(local_name(name))) : name;
}

static void write_start(reader *r, inc_str name, const attributes *list)
{
    bool root = r->depth == 0;
    inc_map written = inc_map_in(r->arena);
    inc_buf_byte(r->out, '<');
    inc_buf_add(r->out, local_name(name));
    if (root)
        inc_buf_puts(r->out, " xmlns=\"" SVG_SPACE "\" xmlns:xlink=\"" XLINK_SPACE "\"");
    for (size_t i = 0; i < list->n; i++) {
        const attribute *a = &list->v[i];
        inc_str as = written_name(r, a->name);
        if (inc_str_starts(a->name, INC_STR("xmlns")) || !attribute_kept(r, name, a) || inc_map_has(&written, as))
            continue;
        inc_map_put(&written, as, r);
        inc_str value = written_value(r, a);
        if (inc_str_is(a->name, "id"))
            inc_map_put(&r->ids, value, r);
        inc_xml_attribute(r->out, inc_cstr(r->arena, as), value);
    }
}

static bool read_start(reader *r)
{
    r->at++;
    inc_str name = read_name(r);
    attributes list = {0};
    if (name.n == 0)
        return fail(r, "it has a bare <");
    if (!read_attributes(r, &list))
        return false;
    bool empty = looking_at(r, "/>");
    if (!empty && !looking_at(r, ">"))
        return fail(r, "a tag does not end");
    r->at += empty ? 2 : 1;
    bool root = r->depth == 0, other = !root && r->other[r->depth - 1];
    for (size_t i = 0; i < list.n; i++) {
        declare(r, &list.v[i]);
        if (inc_str_is(list.v[i].name, "xmlns"))
            other = !inc_str_is(list.v[i].value, SVG_SPACE);
    }
    if (root && (r->root_seen || !inc_str_is(local_name(name), "svg") || !element_kept(r, name, other)))
        return fail(r, "its root is not an svg element");
    r->root_seen = true;
    bool kept = r->skip == 0 && element_kept(r, name, other);
    if (kept) {
        write_start(r, name, &list);
        inc_buf_puts(r->out, empty ? "/>" : ">");
    }
    if (empty)
        return true;
    if (r->depth + 1 >= DEPTH_MAX)
        return fail(r, "its elements lie too deep in each other");
    r->other[r->depth] = other;
    r->open[r->depth++] = name;
    if (!kept && r->skip == 0)
        r->skip = r->depth;
    return true;
}

/* A sheet may come in pieces, and is judged as one. */
static bool in_sheet(const reader *r)
{
    return r->depth > 0 && inc_str_is(local_name(r->open[r->depth - 1]), "style");
}

static bool read_end(reader *r)
{
    r->at += 2;
    inc_str name = read_name(r);
    skip_blanks(r);
    if (r->depth == 0 || !looking_at(r, ">") || !inc_str_eq(name, r->open[r->depth - 1]))
        return fail(r, "its tags do not match");
    r->at++;
    if (r->skip == 0) {
        if (in_sheet(r)) {
            inc_xml_text(r->out, inc_svg_css(r->arena, inc_buf_str(&r->css)));
            r->css = inc_buf_in(r->arena);
        }
        inc_buf_puts(r->out, "</");
        inc_buf_add(r->out, local_name(name));
        inc_buf_byte(r->out, '>');
    }
    if (r->skip == r->depth)
        r->skip = 0;
    r->depth--;
    return true;
}

static bool write_text(reader *r, inc_str text)
{
    if (r->depth == 0) {
        if (inc_str_trim(text).n > 0)
            return fail(r, "text stands outside its root");
    } else if (r->skip == 0 && in_sheet(r))
        inc_buf_add(&r->css, text);
    else if (r->skip == 0)
        inc_xml_text(r->out, text);
    return true;
}

static bool read_text(reader *r)
{
    size_t start = r->at;
    while (r->at < r->in.n && r->in.p[r->at] != '<')
        r->at++;
    inc_str plain;
    return resolve(r, inc_str_slice(r->in, start, r->at), &plain) && write_text(r, plain);
}

static bool step(reader *r)
{
    inc_str between;
    if (!looking_at(r, "<"))
        return read_text(r);
    if (looking_at(r, "<!--")) {
        r->at += 4;
        return pass(r, "-->", &between);
    }
    if (looking_at(r, "<![CDATA[")) {
        r->at += 9;
        return pass(r, "]]>", &between) && write_text(r, between);
    }
    if (looking_at(r, "<?"))
        return pass(r, "?>", &between);
    if (looking_at(r, "<!DOCTYPE") && !r->root_seen)
        return read_doctype(r);
    if (looking_at(r, "<!"))
        return fail(r, "it has a declaration in the wrong place");
    return looking_at(r, "</") ? read_end(r) : read_start(r);
}

bool inc_svg_sanitise(inc_arena *arena, inc_str svg, inc_buf *out, const char **why)
{
    reader r = {.arena = arena,
                .in = svg,
                .out = out,
                .css = inc_buf_in(arena),
                .entities = inc_map_in(arena),
                .prefixes = inc_map_in(arena),
                .ids = inc_map_in(arena)};
    if (inc_str_starts(svg, INC_STR("\xEF\xBB\xBF")))
        r.at = 3;
    if (inc_utf8_invalid(svg) != INC_NPOS) {
        *why = "it is not UTF-8";
        return false;
    }
    inc_buf_puts(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    bool good = true;
    while (good && r.at < r.in.n)
        good = step(&r);
    if (good && (r.depth > 0 || !r.root_seen))
        good = fail(&r, "it ends in the middle");
    inc_buf_byte(out, '\n');
    *why = r.why;
    return good;
}
