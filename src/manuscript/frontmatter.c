/* frontmatter.c - title, authors and settings at the head of a single Markdown file. Other tools read the same block, so keys that we do
 * not know are theirs; so is all of it at the head of a chapter. */
#include "manuscript/frontmatter.h"

#include "manuscript/settings.h"
#include "manuscript/tree.h"

static inc_str line_at(inc_str text, size_t at)
{
    const char *end = memchr(text.p + at, '\n', text.n - at);
    return inc_str_slice(text, at, end ? (size_t)(end - text.p) : text.n);
}

static inc_str trim_end(inc_str s)
{
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* A word, then a colon, then a space or nothing. */
static bool looks_like_key(inc_str line)
{
    size_t colon = inc_str_find_char(line, ':');
    if (colon == INC_NPOS || colon == 0 || (colon + 1 < line.n && line.p[colon + 1] != ' ' && line.p[colon + 1] != '\t'))
        return false;
    for (size_t i = 0; i < colon; i++)
        if (line.p[i] == ' ' || line.p[i] == '\t' || line.p[i] == '[' || line.p[i] == '(')
            return false;
    return true;
}

/* Finds the block between its two fences: *from, *to around the YAML; the text begins at *body. */
static bool find_block(inc_str text, size_t *from, size_t *to, size_t *body)
{
    inc_str line = line_at(text, 0);
    if (!inc_str_is(trim_end(line), "---") || line.n == text.n)
        return false;
    *from = line.n + 1;
    bool seen = false;
    for (size_t at = *from; at < text.n; at += line.n + 1) {
        line = line_at(text, at);
        inc_str trimmed = trim_end(line);
        if (inc_str_is(trimmed, "---") || inc_str_is(trimmed, "...")) {
            *to = at;
            *body = INC_MIN(at + line.n + 1, text.n);
            return true;
        }
        if (!seen && trimmed.n && trimmed.p[0] != '#') {
            seen = true;
            if (!looks_like_key(trimmed))
                return false;
        }
        if (at + line.n >= text.n)
            break;
    }
    return false;
}

/* Pandoc's long form of an author: {name: ..., affiliation: ...}. */
static bool author_of(inc_reading *r, const inc_tree *node, inc_str *name)
{
    const inc_tree *inner = node->kind == INC_TREE_TABLE ? inc_tree_find(node, "name") : NULL;
    return inc_settings_string(r, inner ? inner : node, name);
}

static void read_authors(inc_reading *r, const inc_tree *entry)
{
    size_t n = 1;
    for (const inc_tree *element = entry->first; element; element = element->next)
        n++;
    inc_manuscript *book = r->book;
    book->authors = INC_NEW_N(r->arena, inc_str, n);
    book->author_count = 0;
    if (entry->kind != INC_TREE_ARRAY) {
        book->author_count = author_of(r, entry, &book->authors[0]) ? 1 : 0;
        return;
    }
    for (const inc_tree *element = entry->first; element; element = element->next) {
        inc_tree named = *element;
        named.key = entry->key;
        if (author_of(r, &named, &book->authors[book->author_count]))
            book->author_count++;
    }
}

static void read_isbn(inc_reading *r, const inc_tree *entry)
{
    static const struct {
        const char *key, *setting;
    } names[] = {{"print", "isbn-print"}, {"epub", "isbn-epub"}};
    bool is_table = entry->kind == INC_TREE_TABLE;
    for (size_t i = 0; i < INC_COUNT(names); i++) {
        const inc_tree *value = is_table ? inc_tree_find(entry, names[i].key) : i == 0 ? entry : NULL;
        if (!value || value->kind == INC_TREE_OTHER)
            continue;
        inc_tree named = *value;
        named.key = inc_str_of(names[i].setting);
        inc_settings_set(r, &named);
    }
}

/* Settings that other tools' front matter has in the same sense. Their "theme", "output" or "identifier" mean something else. */
static bool is_shared(inc_str key)
{
    static const char *const keys[] = {"cover", "date", "isbn-epub", "isbn-print", "publisher", "rights", "styles", "subtitle"};
    for (size_t i = 0; i < INC_COUNT(keys); i++)
        if (inc_str_is(key, keys[i]))
            return true;
    return false;
}

/* "incipit:" holds what [output.incipit] holds in book.toml, and is as strict. */
static void read_own(inc_reading *r, const inc_tree *table)
{
    for (const inc_tree *entry = table->first; entry; entry = entry->next) {
        if (entry->kind == INC_TREE_OTHER || inc_settings_set(r, entry))
            continue;
        inc_diag *diag =
            inc_report(r->diags, INC_DIAG_UNKNOWN_SETTING, entry->key_span, "there is no setting '%.*s'", INC_STR_ARG(entry->key));
        const char *meant = inc_settings_meant(entry->key);
        if (meant)
            diag->hint = inc_strf(r->diags->arena, "did you mean '%s'?", meant);
    }
}

static void read_entry(inc_reading *r, const inc_tree *entry)
{
    inc_manuscript *book = r->book;
    if (entry->kind == INC_TREE_OTHER) /* "title:" and nothing: as if it were not there */
        return;
    if (inc_str_is(entry->key, "title"))
        inc_settings_string(r, entry, &book->title);
    else if (inc_str_is(entry->key, "author") || inc_str_is(entry->key, "authors"))
        read_authors(r, entry);
    else if (inc_str_is(entry->key, "language") || inc_str_is(entry->key, "lang"))
        inc_settings_string(r, entry, &book->language);
    else if (inc_str_is(entry->key, "description"))
        inc_settings_string(r, entry, &book->description);
    else if (inc_str_is(entry->key, "dir") && (inc_str_is(entry->string, "ltr") || inc_str_is(entry->string, "rtl")))
        book->direction = entry->string;
    else if (inc_str_is(entry->key, "isbn"))
        read_isbn(r, entry);
    else if (inc_str_is(entry->key, "incipit") && entry->kind == INC_TREE_TABLE)
        read_own(r, entry);
    else if (is_shared(entry->key))
        inc_settings_set(r, entry);
}

uint32_t inc_frontmatter_read(inc_reading *r, uint32_t file)
{
    inc_str text = inc_sources_get(r->sources, file)->bytes;
    size_t from, to, body;
    if (!find_block(text, &from, &to, &body))
        return 0;
    inc_span part = {file, (uint32_t)from, (uint32_t)(to - from)};
    const inc_tree *root = inc_yaml_parse(r->sources, part, r->arena, r->diags);
    if (root && root->kind == INC_TREE_TABLE)
        for (const inc_tree *entry = root->first; entry; entry = entry->next)
            read_entry(r, entry);
    return (uint32_t)body;
}

/* ---- chapters ---- */

/* Between two rules a line with a colon may well stand: here the first line must be a key, and none may be blank before the second rule. */
static bool is_plain_block(inc_str text, size_t from, size_t to)
{
    return looks_like_key(trim_end(line_at(text, from))) && to - from > 1 && text.p[to - 2] != '\n';
}

uint32_t inc_frontmatter_skip(inc_reading *r, uint32_t file)
{
    inc_str text = inc_sources_get(r->sources, file)->bytes;
    size_t from, to, body;
    if (!find_block(text, &from, &to, &body) || !is_plain_block(text, from, to))
        return 0;
    inc_span part = {file, (uint32_t)from, (uint32_t)(to - from)};
    const inc_tree *root = inc_yaml_parse(r->sources, part, r->arena, inc_diags_new(r->arena));
    if (!root || root->kind != INC_TREE_TABLE)
        return 0;
    if (!r->front_matters++)
        r->front_matter = (inc_span){file, 0, (uint32_t)body};
    return (uint32_t)body;
}

void inc_frontmatter_report(inc_reading *r)
{
    if (!r->front_matters)
        return;
    const char *message = "front matter of a chapter is left out";
    if (r->front_matters > 1)
        message = inc_strf(r->arena, "front matter of chapters is left out, here and in %u more", r->front_matters - 1).p;
    inc_report(r->diags, INC_DIAG_CHAPTER_FRONT_MATTER, r->front_matter, "%s", message);
}
