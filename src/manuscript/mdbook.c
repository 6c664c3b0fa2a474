/* mdbook.c - a RenderContext into settings and chapters. */
#include "manuscript/mdbook.h"

#include <jansson.h>

#include "base/files.h"
#include "base/guard.h"
#include "base/map.h"
#include "manuscript/align.h"
#include "manuscript/config.h"
#include "manuscript/frontmatter.h"
#include "manuscript/helpers.h"
#include "manuscript/summary.h"
#include "manuscript/tree.h"

enum { DEPTH_MOST = 32, NUMBER_MOST = DEPTH_MOST + 1 };

typedef struct context {
    inc_reading *r;
    inc_str src;          /* folder of the chapters, relative to the root */
    inc_map places;       /* path of a chapter -> inc_span of its entry in SUMMARY.md */
    inc_item *items;
    size_t n, cap;
    bool numbered;        /* a numbered chapter or a part came */
} context;

/* ---- JSON ---- */

static void free_json(void *value)
{
    json_decref(value);
}

static const json_t *parse(inc_reading *r, inc_str json)
{
    json_error_t error;
    void **slot = inc_defer(r->arena, free_json);
    json_t *root = json_loadb(json.p, json.n, 0, &error);
    *slot = root;
    if (root && json_is_object(root))
        return root;
    if (!root && json_error_code(&error) == json_error_out_of_memory)
        inc_out_of_memory();
    inc_report(r->diags, INC_DIAG_BAD_CONTEXT, INC_NO_SPAN, "standard input is no book of mdBook's: %s", root ? "not an object" : error.text)->hint =
        INC_STR("mdBook runs incipit as a renderer when book.toml has a table [output.incipit]");
    return NULL;
}

/* "" for what is no string. */
static inc_str string_of(const json_t *value)
{
    return json_is_string(value) ? (inc_str){json_string_value(value), json_string_length(value)} : INC_STR("");
}

static inc_str member(const json_t *object, const char *key)
{
    return string_of(json_object_get(object, key));
}

/* ---- settings ---- */

/* The value as a tree. `like` is what stands in the same place of book.toml, whose places are taken over, or NULL. */
static inc_tree *tree_of(inc_reading *r, const char *key, const json_t *value, const inc_tree *like, unsigned depth)
{
    inc_tree *tree = INC_NEW(r->arena, inc_tree);
    tree->key = inc_str_dup(r->arena, inc_str_of(key));
    tree->kind = INC_TREE_OTHER;
    if (like) {
        tree->key_span = like->key_span;
        tree->span = like->span;
    }
    const json_t *date = json_object_get(value, "$__toml_private_datetime"); /* how a date of TOML arrives */
    if (json_is_string(date)) {
        tree->kind = INC_TREE_DATE;
        tree->string = inc_tree_text(r->arena, inc_str_slice(string_of(date), 0, INC_MIN(string_of(date).n, (size_t)10)));
    } else if (json_is_string(value)) {
        tree->kind = INC_TREE_STRING;
        tree->string = inc_tree_text(r->arena, string_of(value));
    } else if (json_is_integer(value)) {
        tree->kind = INC_TREE_INTEGER;
        tree->integer = json_integer_value(value);
    } else if (json_is_boolean(value)) {
        tree->kind = INC_TREE_BOOLEAN;
        tree->boolean = json_is_true(value);
    } else if (json_is_array(value) && depth < DEPTH_MOST) {
        tree->kind = INC_TREE_ARRAY;
        const inc_tree *twin = like && like->kind == INC_TREE_ARRAY ? like->first : NULL;
        for (size_t i = 0; i < json_array_size(value); i++, twin = twin ? twin->next : NULL)
            inc_tree_append(tree, tree_of(r, "", json_array_get(value, i), twin, depth + 1));
    } else if (json_is_object(value) && depth < DEPTH_MOST) {
        tree->kind = INC_TREE_TABLE;
        const char *name;
        json_t *entry;
        json_object_foreach((json_t *)(uintptr_t)value, name, entry)
            if (!json_is_null(entry)) /* how mdBook 0.5 writes what is not set */
                inc_tree_append(tree, tree_of(r, name, entry, inc_tree_find(like, name), depth + 1));
    }
    return tree;
}

static void read_settings(context *c, const json_t *config)
{
    inc_reading *r = c->r;
    const inc_tree *toml = NULL;
    if (inc_reading_find(r, INC_STR("book.toml")) == INC_FOUND_FILE) {
        uint32_t file = inc_reading_open(r, INC_STR("book.toml"), INC_NO_SPAN);
        inc_diags *unheard = inc_diags_new(r->scratch); /* mdBook has read it, so it is well-formed */
        toml = file ? inc_toml_parse(r->sources, file, r->arena, unheard) : NULL;
    }
    inc_config_apply(r, tree_of(r, "", config, toml, 0), true, &c->src);
    c->src = inc_path_normalise(r->arena, c->src);
}

/* ---- chapters ---- */

/* What finds an item in SUMMARY.md: a chapter's path; a draft's or a part's title behind a character that no path begins with. */
static inc_str key_of(const context *c, const inc_item *item)
{
    if (item->path.n)
        return item->path;
    return inc_strf(c->r->arena, "%c%.*s", item->kind == INC_ITEM_PART ? '\1' : '\2', INC_STR_ARG(item->title));
}

static void find_place(const context *c, inc_item *item)
{
    const inc_item *own = inc_map_find(&c->places, key_of(c, item));
    item->span = own ? own->span : INC_NO_SPAN;
    if (own && inc_str_eq(own->title, item->title)) {
        item->words = own->words;
        item->word_count = own->word_count;
    }
}

/* Where SUMMARY.md lists the chapters. What is wrong with it has been mdBook's to say. */
static void find_places(context *c)
{
    inc_reading *r = c->r;
    inc_str name = inc_reading_name(r, c->src, INC_STR("SUMMARY.md")), heading;
    c->places = inc_map_in(r->scratch);
    uint32_t file = inc_reading_find(r, name) == INC_FOUND_FILE ? inc_reading_open(r, name, INC_NO_SPAN) : 0;
    if (!file)
        return;
    inc_diags *heard = r->diags;
    r->diags = inc_diags_new(r->scratch);
    inc_summary_read(r, file, &heading);
    r->diags = heard;
    for (size_t i = 0; i < r->book->item_count; i++)
        if (r->book->items[i].kind != INC_ITEM_SEPARATOR)
            inc_map_put(&c->places, key_of(c, &r->book->items[i]), &r->book->items[i]);
    r->book->items = NULL;
    r->book->item_count = 0;
}

/* mdBook leaves the ends of lines as they are in the file. */
static inc_str with_plain_line_ends(inc_arena *arena, inc_str s)
{
    inc_buf out = inc_buf_in(arena);
    inc_buf_reserve(&out, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r')
            inc_buf_byte(&out, s.p[i]);
        else if (i + 1 == s.n || s.p[i + 1] != '\n')
            inc_buf_byte(&out, '\n');
    return inc_buf_str(&out);
}

/* A chapter of which there is no file: a preprocessor made it. */
static inc_text generated_text(inc_reading *r, inc_str name, inc_str content)
{
    inc_str path = inc_path_join(r->arena, r->book->root, name);
    uint32_t file = inc_sources_find(r->sources, path);
    if (!file)
        file = inc_sources_add(r->sources, name, path, content);
    return inc_str_eq(inc_sources_get(r->sources, file)->bytes, content) ? inc_text_of_source(r->arena, r->sources, file) : (inc_text){.bytes = content};
}

/* The content with the places of the file that it was made from. Our own reading of the file, with its includes, is the same text unless a
 * preprocessor has changed it. */
static inc_text mapped_text(context *c, inc_item *item, inc_str content)
{
    inc_reading *r = c->r;
    inc_str name = inc_reading_name(r, c->src, item->path);
    uint32_t file = inc_reading_find(r, name) == INC_FOUND_FILE ? inc_reading_open(r, name, item->span) : 0;
    if (!file)
        return generated_text(r, name, content);
    inc_diags *heard = r->diags;
    r->diags = inc_diags_new(r->arena);
    uint32_t size = (uint32_t)inc_sources_get(r->sources, file)->bytes.n;
    inc_sources_add_inclusion(r->sources, (inc_span){file, 0, size}, INC_NO_SPAN);
    uint32_t body = inc_frontmatter_skip(r, file);
    if (inc_str_starts(content, inc_str_slice(inc_sources_get(r->sources, file)->bytes, 0, body)))
        content = inc_str_slice(content, body, content.n);
    inc_text own = inc_helpers_expand(r, name, inc_reading_text(r, file, body), &item->running_title);
    inc_diags *own_diags = r->diags;
    r->diags = heard;
    if (!inc_str_eq(own.bytes, content))
        return inc_align(&own, (inc_span){file, 0, 0}, content, r->arena, r->scratch);
    inc_diags_append(r->diags, own_diags);
    return own;
}

static void add_item(context *c, inc_item item)
{
    if (c->n == c->cap) {
        size_t cap = c->cap ? c->cap * 2 : 64;
        c->items = inc_realloc(c->r->arena, c->items, c->cap * sizeof *c->items, cap * sizeof *c->items);
        c->cap = cap;
    }
    c->items[c->n++] = item;
}

/* mdBook's section number; the last entry is the chapter's own. */
static uint32_t *number_of(inc_reading *r, const json_t *number, unsigned depth)
{
    size_t n = json_array_size(number); /* 0 for null */
    if (!n || n > NUMBER_MOST)
        return NULL;
    uint32_t *out = INC_NEW_N(r->arena, uint32_t, depth + 1);
    for (size_t i = 0; i < n && i <= depth; i++)
        out[i] = (uint32_t)json_integer_value(json_array_get(number, i));
    return n == depth + 1 ? out : NULL;
}

/* A title or name: one line. */
static inc_str line_of(inc_arena *arena, inc_str text)
{
    char *line = inc_alloc(arena, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        line[i] = (unsigned char)text.p[i] < 0x20 || text.p[i] == 0x7F ? ' ' : text.p[i];
    return inc_str_trim((inc_str){line, text.n});
}

/* Relative to src: of the file on disk, or the one that a preprocessor gave to a chapter of its own; "" for a draft. */
static inc_str path_of(inc_reading *r, const json_t *chapter)
{
    inc_str path = member(chapter, "source_path");
    if (!path.n)
        path = member(chapter, "path");
    path = path.n ? inc_path_normalise(r->arena, path) : INC_STR("");
    if (!inc_str_starts(path, INC_STR("/")) && !inc_str_starts(path, INC_STR("..")))
        return path;
    inc_report(r->diags, INC_DIAG_OUTSIDE_BOOK, INC_NO_SPAN, "chapter file '%.*s' is not inside the book's folder", INC_STR_ARG(path));
    return INC_STR("");
}

static void add_chapter(context *c, const json_t *chapter, unsigned depth)
{
    inc_reading *r = c->r;
    inc_item item = {
        .kind = INC_ITEM_CHAPTER,
        .depth = (uint8_t)depth,
        .title = line_of(r->arena, member(chapter, "name")),
        .number = number_of(r, json_object_get(chapter, "number"), depth),
        .path = path_of(r, chapter),
        .running_title = INC_STR(""),
        .text = {.bytes = INC_STR("")},
    };
    c->numbered |= item.number != NULL;
    item.place = item.number ? INC_PLACE_NUMBERED : c->numbered ? INC_PLACE_SUFFIX : INC_PLACE_PREFIX;
    find_place(c, &item);
    if (item.path.n) {
        inc_arena_mark mark = inc_arena_mark_get(r->scratch);
        item.text = mapped_text(c, &item, with_plain_line_ends(r->arena, member(chapter, "content")));
        inc_arena_reset(r->scratch, mark);
    }
    add_item(c, item);
}

/* A part or a separator. */
static void add_other(context *c, inc_item_kind kind, inc_str title)
{
    inc_item item = {.kind = kind, .place = c->numbered ? INC_PLACE_NUMBERED : INC_PLACE_PREFIX, .title = line_of(c->r->arena, title),
                     .path = INC_STR(""), .running_title = INC_STR(""), .text = {.bytes = INC_STR("")}};
    find_place(c, &item);
    add_item(c, item);
}

/* Chapters, parts and separators; recursion is no deeper than DEPTH_MOST. */
static void read_items(context *c, const json_t *items, unsigned depth)
{
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *entry = json_array_get(items, i), *chapter = json_object_get(entry, "Chapter"), *part = json_object_get(entry, "PartTitle");
        if (json_is_object(chapter)) {
            add_chapter(c, chapter, depth);
            if (depth + 1 < DEPTH_MOST)
                read_items(c, json_object_get(chapter, "sub_items"), depth + 1);
        } else if (json_is_string(part)) {
            c->numbered = true;
            add_other(c, INC_ITEM_PART, string_of(part));
        } else if (inc_str_is(string_of(entry), "Separator"))
            add_other(c, INC_ITEM_SEPARATOR, INC_STR(""));
    }
}

/* Items of mdBook 0.5, or the sections of 0.4. */
static const json_t *items_of(inc_reading *r, const json_t *root)
{
    const json_t *book = json_object_get(root, "book"), *items = json_object_get(book, "items");
    if (!items)
        items = json_object_get(book, "sections");
    if (json_is_array(items))
        return items;
    inc_report(r->diags, INC_DIAG_BAD_CONTEXT, INC_NO_SPAN, "standard input is no book of mdBook's: it has neither book.items nor book.sections");
    return NULL;
}

void inc_mdbook_read(inc_reading *r, inc_str json)
{
    const json_t *root = parse(r, json), *items = root ? items_of(r, root) : NULL;
    if (!items)
        return;
    inc_str folder = member(root, "root");
    context c = {.r = r, .src = INC_STR("src")};
    r->book->root = folder.n ? inc_str_dup(r->arena, folder) : INC_STR(".");
    r->book->destination = inc_str_dup(r->arena, member(root, "destination"));
    read_settings(&c, json_object_get(root, "config"));
    r->book->src = inc_path_normalise(r->arena, inc_path_join(r->arena, r->book->root, c.src));
    if (!inc_str_trim(r->book->title).n)
        inc_reading_name_book(r, INC_NO_SPAN);
    find_places(&c);
    read_items(&c, items, 0);
    inc_frontmatter_report(r);
    r->book->items = c.items;
    r->book->item_count = c.n;
}
