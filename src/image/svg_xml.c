/* svg_xml.c - an SVG file as a tree of elements, read by expat. What belongs to other vocabularies (editors' own, metadata) is not kept. */
#include <expat.h>
#include <stdlib.h>

#include "base/guard.h"
#include "image/svg.h"

enum { ATTRIBUTES_MAX = 1024 };

static const struct {
    const char *name;
    inc_svg_tag tag;
} tags[] = {
    {"a", INC_SVG_A},
    {"animate", INC_SVG_ANIMATION},
    {"animateColor", INC_SVG_ANIMATION},
    {"animateMotion", INC_SVG_ANIMATION},
    {"animateTransform", INC_SVG_ANIMATION},
    {"circle", INC_SVG_CIRCLE},
    {"clipPath", INC_SVG_CLIP_PATH},
    {"defs", INC_SVG_DEFS},
    {"ellipse", INC_SVG_ELLIPSE},
    {"filter", INC_SVG_FILTER},
    {"foreignObject", INC_SVG_FOREIGN_OBJECT},
    {"g", INC_SVG_G},
    {"image", INC_SVG_IMAGE},
    {"line", INC_SVG_LINE},
    {"linearGradient", INC_SVG_LINEAR_GRADIENT},
    {"marker", INC_SVG_MARKER},
    {"mask", INC_SVG_MASK},
    {"path", INC_SVG_PATH},
    {"pattern", INC_SVG_PATTERN},
    {"polygon", INC_SVG_POLYGON},
    {"polyline", INC_SVG_POLYLINE},
    {"radialGradient", INC_SVG_RADIAL_GRADIENT},
    {"rect", INC_SVG_RECT},
    {"script", INC_SVG_SCRIPT},
    {"set", INC_SVG_ANIMATION},
    {"stop", INC_SVG_STOP},
    {"style", INC_SVG_STYLE},
    {"svg", INC_SVG_SVG},
    {"switch", INC_SVG_SWITCH},
    {"symbol", INC_SVG_SYMBOL},
    {"text", INC_SVG_TEXT},
    {"textPath", INC_SVG_TEXT_PATH},
    {"tref", INC_SVG_TREF},
    {"tspan", INC_SVG_TSPAN},
    {"use", INC_SVG_USE},
};

static inc_svg_tag tag_of(inc_str name)
{
    size_t low = 0, high = INC_COUNT(tags);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = inc_str_cmp(name, inc_str_of(tags[middle].name));
        if (order == 0)
            return tags[middle].tag;
        *(order < 0 ? &high : &low) = order < 0 ? middle : middle + 1;
    }
    return INC_SVG_OTHER;
}

/* ---- building the tree ---- */

typedef struct frame {
    inc_svg_node *node; /* NULL: inside of what is not kept */
    bool is_svg;        /* unprefixed names below are SVG's */
} frame;

typedef struct reader {
    inc_svg *svg;
    XML_Parser parser;
    frame stack[INC_SVG_DEPTH_MAX];
    unsigned depth, skipped; /* skipped: elements that are open inside of one that is not kept */
    uint32_t nodes;
    size_t text;             /* bytes kept */
    INC_VEC(inc_str) prefixes; /* bound to SVG, anywhere before: no file binds one to two things */
    inc_buf characters;      /* of the text node that is being read */
    size_t characters_at;
    const char *fault;       /* why reading was stopped */
    bool out_of_memory;
} reader;

static void stop(reader *r, const char *fault)
{
    r->fault = r->fault ? r->fault : fault;
    XML_StopParser(r->parser, XML_FALSE);
}

static inc_str keep(reader *r, inc_str s)
{
    r->text += s.n;
    if (r->text > INC_SVG_TEXT_MAX) {
        stop(r, "is too large once its entities are expanded");
        return INC_STR("");
    }
    return inc_str_dup(r->svg->arena, s);
}

static inc_svg_node *append(reader *r, inc_svg_tag tag, size_t offset)
{
    if (++r->nodes > INC_SVG_NODES_MAX) {
        stop(r, "has more than 200000 elements");
        return NULL;
    }
    inc_svg_node *node = INC_NEW(r->svg->arena, inc_svg_node), *parent = r->depth ? r->stack[r->depth - 1].node : NULL;
    node->tag = tag;
    node->offset = (uint32_t)INC_MIN(offset, (size_t)UINT32_MAX);
    node->parent = parent;
    if (parent) {
        node->prev = parent->last;
        *(parent->last ? &parent->last->next : &parent->first) = node;
        parent->last = node;
    }
    return node;
}

static void end_characters(reader *r)
{
    if (!r->characters.n)
        return;
    inc_svg_node *node = append(r, INC_SVG_TEXT_NODE, r->characters_at);
    if (node)
        node->text = keep(r, inc_buf_str(&r->characters));
    r->characters.n = 0;
}

static inc_str local_part(inc_str name, inc_str *prefix)
{
    size_t colon = inc_str_find_char(name, ':');
    *prefix = inc_str_slice(name, 0, colon == INC_NPOS ? 0 : colon);
    return colon == INC_NPOS ? name : inc_str_slice(name, colon + 1, name.n);
}

/* xlink:href, under whatever prefix, is href. Of other vocabularies only XML's own count. */
static bool kept_name(inc_str name, inc_str *kept)
{
    inc_str prefix;
    *kept = local_part(name, &prefix);
    if (inc_str_is(prefix, "xml"))
        *kept = name;
    return !prefix.n ? !inc_str_is(name, "xmlns") : inc_str_is(prefix, "xml") || inc_str_is(*kept, "href");
}

static void set_attributes(reader *r, inc_svg_node *node, const char **attributes)
{
    uint32_t count = 0;
    while (count < ATTRIBUTES_MAX && attributes[(size_t)count * 2])
        count++;
    inc_svg_attribute *list = INC_NEW_N(r->svg->arena, inc_svg_attribute, count);
    for (int pass = 0; pass < 2; pass++) /* href counts before xlink:href */
        for (uint32_t i = 0; i < count; i++) {
            inc_str name = inc_str_of(attributes[(size_t)i * 2]), kept;
            if (kept_name(name, &kept) && (kept.n != name.n) == (pass == 1)) {
                list[node->attribute_count++] = (inc_svg_attribute){keep(r, kept), keep(r, inc_str_of(attributes[(size_t)i * 2 + 1]))};
            }
        }
    node->attributes = list;
}

static bool default_is_svg(const char **attributes, bool before)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(attributes[0], "xmlns") == 0)
            return strcmp(attributes[1], "http://www.w3.org/2000/svg") == 0 || !*attributes[1];
    return before;
}

enum { PREFIXES_MAX = 16 };

static bool is_svg_prefix(const reader *r, inc_str prefix)
{
    for (size_t i = 0; i < r->prefixes.n; i++)
        if (inc_str_eq(r->prefixes.v[i], prefix))
            return true;
    return false;
}

static void take_prefixes(reader *r, const char **attributes)
{
    for (; attributes[0]; attributes += 2) {
        inc_str name = inc_str_of(attributes[0]);
        if (!inc_str_starts(name, INC_STR("xmlns:")) || strcmp(attributes[1], "http://www.w3.org/2000/svg") != 0)
            continue;
        name = inc_str_slice(name, 6, name.n);
        if (r->prefixes.n < PREFIXES_MAX && !is_svg_prefix(r, name))
            INC_PUSH(r->svg->arena, &r->prefixes, keep(r, name));
    }
}

static void open_root(reader *r, inc_str name, const char **attributes, size_t offset)
{
    inc_str prefix, local = local_part(name, &prefix);
    if (!inc_str_is(local, "svg")) {
        stop(r, "is no SVG: its root is another element");
        return;
    }
    take_prefixes(r, attributes);
    if (prefix.n && !is_svg_prefix(r, prefix))
        INC_PUSH(r->svg->arena, &r->prefixes, keep(r, prefix));
    inc_svg_node *node = r->svg->root = append(r, INC_SVG_SVG, offset);
    node->name = keep(r, local);
    set_attributes(r, node, attributes);
    node->index = node->siblings = 1;
    r->stack[r->depth++] = (frame){node, default_is_svg(attributes, !prefix.n)};
}

static void number_child(inc_svg_node *node)
{
    inc_svg_node *before = node->prev;
    while (before && !inc_svg_is_element(before))
        before = before->prev;
    node->index = before ? before->index + 1 : 1;
}

static int open_element(reader *r, const char *raw, const char **attributes)
{
    inc_str name = inc_str_of(raw), prefix;
    size_t offset = (size_t)XML_GetCurrentByteIndex(r->parser);
    if (!r->depth) {
        open_root(r, name, attributes, offset);
        return 0;
    }
    end_characters(r);
    frame *top = &r->stack[r->depth - 1];
    bool is_svg = default_is_svg(attributes, top->is_svg);
    take_prefixes(r, attributes);
    inc_str local = local_part(name, &prefix);
    bool ours = prefix.n ? is_svg_prefix(r, prefix) : is_svg;
    if (r->skipped || !ours) {
        r->skipped++;
        return 0;
    }
    if (r->depth == INC_SVG_DEPTH_MAX) {
        stop(r, "has elements in each other more than 256 deep");
        return 0;
    }
    inc_svg_node *node = append(r, tag_of(local), offset);
    if (!node)
        return 0;
    node->name = keep(r, local);
    set_attributes(r, node, attributes);
    number_child(node);
    inc_str id = inc_svg_attr(node, "id");
    if (id.n && !inc_map_has(&r->svg->ids, id))
        inc_map_put(&r->svg->ids, id, node);
    r->stack[r->depth++] = (frame){node, is_svg};
    return 0;
}

static int close_element(reader *r)
{
    end_characters(r);
    if (r->skipped) {
        r->skipped--;
        return 0;
    }
    inc_svg_node *node = r->stack[--r->depth].node, *last = node->last;
    while (last && !inc_svg_is_element(last))
        last = last->prev;
    for (inc_svg_node *child = node->first; child && last; child = child->next)
        child->siblings = last->index;
    return 0;
}

static bool holds_characters(inc_svg_tag tag)
{
    return tag == INC_SVG_TEXT || tag == INC_SVG_TSPAN || tag == INC_SVG_TEXT_PATH || tag == INC_SVG_STYLE || tag == INC_SVG_A;
}

static int add_characters(reader *r, inc_str text)
{
    if (r->skipped || !r->depth || !holds_characters(r->stack[r->depth - 1].node->tag))
        return 0;
    if (!r->characters.n)
        r->characters_at = (size_t)XML_GetCurrentByteIndex(r->parser);
    if (r->text + r->characters.n + text.n > INC_SVG_TEXT_MAX)
        stop(r, "is too large once its entities are expanded");
    else
        inc_buf_add(&r->characters, text);
    return 0;
}

/* ---- expat's callbacks: memory that runs out must not unwind through expat ---- */

#define GUARDED(call) \
    reader *r = userdata; \
    inc_guard guard; \
    if (r->fault || r->out_of_memory) \
        return; \
    if (INC_GUARD(&guard) == 0) { \
        (void)(call); \
        inc_guard_leave(&guard); \
        return; \
    } \
    r->out_of_memory = true; \
    XML_StopParser(r->parser, XML_FALSE);

static void on_open(void *userdata, const XML_Char *name, const XML_Char **attributes) { GUARDED(open_element(r, name, attributes)) }
static void on_close(void *userdata, const XML_Char *name) { (void)name; GUARDED(close_element(r)) }
static void on_characters(void *userdata, const XML_Char *text, int n) { GUARDED(add_characters(r, (inc_str){text, (size_t)n})) }

static void free_parser(void *parser)
{
    XML_ParserFree(parser);
}

static bool report_failure(const reader *r, enum XML_Error error)
{
    inc_svg *svg = r->svg;
    inc_span place = inc_svg_span_at(svg, (size_t)XML_GetCurrentByteIndex(r->parser), 0);
    if (r->fault)
        inc_report(svg->diags, INC_DIAG_BROKEN_IMAGE, place, "image '%.*s' %s", INC_STR_ARG(svg->image->name), r->fault);
    else
        inc_report(svg->diags, INC_DIAG_BROKEN_IMAGE, place, "image '%.*s' is not well-formed XML: %s", INC_STR_ARG(svg->image->name), XML_ErrorString(error));
    return false;
}

bool inc_svg_read(inc_svg *svg)
{
    inc_str bytes = svg->image->bytes;
    if (bytes.n > INC_SVG_SIZE_MAX) {
        inc_report(svg->diags, INC_DIAG_IMAGE_TOO_BIG, svg->image->span, "image '%.*s' is larger than 64 MB", INC_STR_ARG(svg->image->name));
        return false;
    }
    reader *r = INC_NEW(svg->arena, reader);
    r->svg = svg;
    r->characters = inc_buf_in(svg->arena);
    void **slot = inc_defer(svg->arena, free_parser);
    r->parser = *slot = XML_ParserCreate(NULL);
    if (!r->parser)
        inc_out_of_memory();
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_open, on_close);
    XML_SetCharacterDataHandler(r->parser, on_characters);
    enum XML_Status status = XML_Parse(r->parser, bytes.p, (int)bytes.n, XML_TRUE);
    enum XML_Error error = XML_GetErrorCode(r->parser);
    if (r->out_of_memory || error == XML_ERROR_NO_MEMORY)
        inc_out_of_memory(); /* the arena frees the parser */
    bool good = (status == XML_STATUS_OK && !r->fault && svg->root) || report_failure(r, error);
    *slot = NULL;
    XML_ParserFree(r->parser);
    return good;
}

/* ---- asking the tree ---- */

static const inc_svg_attribute *attribute(const inc_svg_node *node, const char *name)
{
    size_t n = strlen(name);
    for (uint32_t i = 0; i < node->attribute_count; i++)
        if (node->attributes[i].name.n == n && memcmp(node->attributes[i].name.p, name, n) == 0)
            return &node->attributes[i];
    return NULL;
}

bool inc_svg_has(const inc_svg_node *node, const char *name)
{
    return attribute(node, name) != NULL;
}

inc_str inc_svg_attr_raw(const inc_svg_node *node, const char *name)
{
    const inc_svg_attribute *found = attribute(node, name);
    return found ? found->value : INC_STR("");
}

inc_str inc_svg_attr(const inc_svg_node *node, const char *name)
{
    return inc_str_trim(inc_svg_attr_raw(node, name));
}

inc_svg_node *inc_svg_find(inc_svg *svg, inc_str id, const inc_svg_node *from)
{
    inc_svg_node *found = inc_map_find(&svg->ids, id);
    if (!found)
        inc_svg_tell(svg, INC_SVG_F_REFERENCE, INC_DIAG_SVG_BAD_REFERENCE, from, "image '%.*s' has no element with the id '%.*s'", INC_STR_ARG(svg->image->name),
                     INC_STR_ARG(id));
    return found;
}

inc_svg_node *inc_svg_href(inc_svg *svg, const inc_svg_node *node)
{
    inc_str href = inc_svg_attr(node, "href");
    if (!href.n)
        return NULL;
    if (href.p[0] == '#')
        return inc_svg_find(svg, inc_str_slice(href, 1, href.n), node);
    inc_svg_tell(svg, INC_SVG_F_REFERENCE, INC_DIAG_SVG_BAD_REFERENCE, node, "image '%.*s' uses a part of another file, '%.*s'", INC_STR_ARG(svg->image->name),
                 INC_STR_ARG(href));
    return NULL;
}
