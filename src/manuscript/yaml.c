/* yaml.c - YAML front matter into a tree, through libyaml's event interface (no recursion, no expansion). */
#include <yaml.h>

#include "base/guard.h"
#include "manuscript/tree.h"

enum { SIZE_LARGEST = 64 * 1024 }; /* libyaml is quadratic on some input; front matter is short */

typedef struct reader {
    inc_arena *arena;
    inc_diags *diags;
    yaml_parser_t parser;
    yaml_event_t event;
    inc_points points;
    inc_span part;
    inc_tree *open[INC_TREE_DEPTH_MAX];
    unsigned depth;
    inc_tree *key;  /* read, its value not yet */
    inc_tree *root;
    bool failed;
} reader;

static void close_reader(void *handle)
{
    reader *r = handle;
    yaml_event_delete(&r->event);
    yaml_parser_delete(&r->parser);
}

static inc_span span_of(const reader *r, yaml_mark_t begin, yaml_mark_t end)
{
    uint32_t from = inc_points_offset(&r->points, (uint32_t)begin.index);
    uint32_t to = inc_points_offset(&r->points, (uint32_t)end.index);
    return (inc_span){r->part.file, r->part.offset + from, to > from ? to - from : 0};
}

static void fail(reader *r, inc_span span, const char *message)
{
    if (!r->failed)
        inc_report(r->diags, INC_DIAG_BAD_FRONT_MATTER, span, "%s", message);
    r->failed = true;
}

static bool is_null(inc_str s)
{
    return !s.n || inc_str_is(s, "~") || inc_str_is(s, "null") || inc_str_is(s, "Null") || inc_str_is(s, "NULL");
}

static inc_tree *new_node(reader *r, inc_tree_kind kind)
{
    inc_tree *node = INC_NEW(r->arena, inc_tree);
    node->kind = kind;
    node->span = span_of(r, r->event.start_mark, r->event.end_mark);
    node->key_span = node->span;
    if (kind == INC_TREE_STRING) {
        node->string = inc_tree_text(r->arena, (inc_str){(const char *)r->event.data.scalar.value, r->event.data.scalar.length});
        node->plain = r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        if (node->plain && is_null(node->string))
            node->kind = INC_TREE_OTHER;
    }
    return node;
}

/* Puts the node where it belongs: the root, an array's element, a table's key, or the value of the key before. */
static void place(reader *r, inc_tree *node)
{
    inc_tree *parent = r->depth ? r->open[r->depth - 1] : NULL;
    if (!parent)
        r->root = node;
    else if (parent->kind == INC_TREE_ARRAY)
        inc_tree_append(parent, node);
    else if (!r->key) {
        if (node->kind == INC_TREE_TABLE || node->kind == INC_TREE_ARRAY)
            fail(r, node->span, "a key must be a plain word");
        r->key = node;
    } else {
        node->key = r->key->string;
        node->key_span = r->key->span;
        r->key = NULL;
        inc_tree_append(parent, node);
    }
}

static void open_collection(reader *r, inc_tree_kind kind)
{
    inc_tree *node = new_node(r, kind);
    if (r->depth == INC_TREE_DEPTH_MAX) {
        fail(r, node->span, "front matter is nested too deep");
        return;
    }
    place(r, node);
    r->open[r->depth++] = node;
}

static void take(reader *r)
{
    switch (r->event.type) {
    case YAML_SCALAR_EVENT:
        place(r, new_node(r, INC_TREE_STRING));
        break;
    case YAML_MAPPING_START_EVENT:
        open_collection(r, INC_TREE_TABLE);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_collection(r, INC_TREE_ARRAY);
        break;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        r->depth--;
        break;
    case YAML_ALIAS_EVENT:
        fail(r, span_of(r, r->event.start_mark, r->event.end_mark), "front matter cannot have aliases (*name)");
        break;
    default:
        break;
    }
}

static void report_syntax(reader *r)
{
    const yaml_parser_t *p = &r->parser;
    if (p->error == YAML_MEMORY_ERROR)
        inc_out_of_memory();
    inc_span span = span_of(r, p->problem_mark, p->problem_mark);
    inc_str problem = inc_str_of(p->problem ? p->problem : "it cannot be read");
    fail(r, span, inc_strf(r->arena, "front matter is not YAML: %.*s", INC_STR_ARG(problem)).p);
    r->diags->v[r->diags->n - 1].hint = INC_STR("put a value with ':', '#' or quotes in it between double quotes");
}

static void read_events(reader *r)
{
    for (bool more = true; more && !r->failed;) {
        if (!yaml_parser_parse(&r->parser, &r->event)) {
            report_syntax(r);
            return;
        }
        more = r->event.type != YAML_STREAM_END_EVENT && r->event.type != YAML_DOCUMENT_END_EVENT;
        take(r);
        yaml_event_delete(&r->event);
    }
}

inc_tree *inc_yaml_parse(inc_sources *sources, inc_span part, inc_arena *arena, inc_diags *diags)
{
    const inc_source *source = inc_sources_get(sources, part.file);
    inc_str text = inc_str_slice(source->bytes, part.offset, part.offset + part.length);
    if (text.n > SIZE_LARGEST) {
        inc_report(diags, INC_DIAG_BAD_FRONT_MATTER, (inc_span){part.file, part.offset, 0}, "front matter of more than 64 KiB is not read");
        return NULL;
    }
    reader *r = INC_NEW(arena, reader);
    *r = (reader){.arena = arena, .diags = diags, .points = inc_points_of(arena, text), .part = part};
    void **slot = inc_defer(arena, close_reader);
    if (!yaml_parser_initialize(&r->parser))
        inc_out_of_memory();
    *slot = r;
    yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r->parser, (const unsigned char *)text.p, text.n);
    read_events(r);
    *slot = NULL;
    close_reader(r);
    return r->failed ? NULL : r->root;
}
