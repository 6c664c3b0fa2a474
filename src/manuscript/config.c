/* config.c - book.toml: mdBook's own tables, as far as they concern a book on paper, and [output.incipit]. */
#include "manuscript/config.h"

#include "base/files.h"
#include "manuscript/preprocessors.h"
#include "manuscript/settings.h"
#include "manuscript/tree.h"

/* What mdBook 0.5 accepts, and what 0.4 had besides. */
static const char *const top_keys[] = {"book", "build", "output", "preprocessor", "rust"};
static const char *const book_keys[] = {"authors", "description", "language", "multilingual", "src", "text-direction", "title"};
static const char *const build_keys[] = {"build-dir", "create-missing", "extra-watch-dirs", "use-default-preprocessors"};
static const char *const rust_keys[] = {"edition"};

static void suggest(inc_reading *r, inc_diag *diag, const char *meant)
{
    if (meant)
        diag->hint = inc_strf(r->diags->arena, "did you mean '%s'?", meant);
}

/* mdBook 0.4 ignores unknown keys, 0.5 refuses them: a warning. */
static void check_keys(inc_reading *r, const inc_tree *table, const char *name, const char *const *known, size_t count)
{
    if (!table || table->kind != INC_TREE_TABLE)
        return;
    for (const inc_tree *entry = table->first; entry; entry = entry->next) {
        bool is_known = false;
        for (size_t i = 0; i < count && !is_known; i++)
            is_known = inc_str_is(entry->key, known[i]);
        if (is_known)
            continue;
        inc_diag *diag = inc_report(r->diags, INC_DIAG_UNKNOWN_BOOK_KEY, entry->key_span, "mdBook has no key '%.*s' %s",
                                    INC_STR_ARG(entry->key), name);
        suggest(r, diag, inc_reading_meant(entry->key, known, count, sizeof known[0]));
    }
}

/* A table among the entries of another; an entry of another type is an error. */
static const inc_tree *find_table(inc_reading *r, const inc_tree *parent, const char *key)
{
    const inc_tree *entry = inc_tree_find(parent, key);
    if (!entry || entry->kind == INC_TREE_TABLE)
        return entry;
    inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%s' must be a table, not %s", key, inc_tree_kind_name(entry->kind));
    return NULL;
}

static void read_string(inc_reading *r, const inc_tree *table, const char *key, inc_str *value)
{
    const inc_tree *entry = inc_tree_find(table, key);
    if (entry)
        inc_settings_string(r, entry, value);
}

static bool read_flag(inc_reading *r, const inc_tree *table, const char *key, bool *value)
{
    const inc_tree *entry = inc_tree_find(table, key);
    return entry && inc_settings_flag(r, entry, value);
}

static void read_book(inc_reading *r, const inc_tree *table, inc_str *src)
{
    inc_manuscript *book = r->book;
    read_string(r, table, "title", &book->title);
    read_string(r, table, "description", &book->description);
    read_string(r, table, "language", &book->language);
    read_string(r, table, "src", src);
    const inc_tree *authors = inc_tree_find(table, "authors");
    if (authors)
        inc_settings_strings(r, authors, &book->authors, &book->author_count);
    const inc_tree *direction = inc_tree_find(table, "text-direction");
    inc_str value;
    if (!direction || !inc_settings_string(r, direction, &value))
        return;
    if (inc_str_is(value, "ltr") || inc_str_is(value, "rtl"))
        book->direction = value;
    else
        inc_report(r->diags, INC_DIAG_BAD_SETTING, direction->span, "'text-direction' must be \"ltr\" or \"rtl\"");
}

/* A table of strings as pairs: key, value, ... */
static inc_str *read_pairs(inc_reading *r, const inc_tree *table, uint32_t *count)
{
    size_t n = 0;
    for (const inc_tree *entry = table ? table->first : NULL; entry; entry = entry->next)
        n += 2;
    inc_str *pairs = INC_NEW_N(r->arena, inc_str, n), value;
    *count = 0;
    for (const inc_tree *entry = table ? table->first : NULL; entry; entry = entry->next) {
        if (!inc_settings_string(r, entry, &value) || !value.n)
            continue;
        pairs[(*count)++] = entry->key;
        pairs[(*count)++] = value;
    }
    return pairs;
}

/* What mdBook's HTML renderer is told and what concerns us as well. [output.incipit] is read after it and has the last word. */
static void read_html(inc_reading *r, const inc_tree *html)
{
    inc_settings *settings = &r->book->settings;
    bool curly = read_flag(r, html, "curly-quotes", &settings->smart_punctuation);
    bool smart = read_flag(r, html, "smart-punctuation", &settings->smart_punctuation);
    settings->smart_punctuation_set = curly || smart;
    read_flag(r, html, "definition-lists", &settings->definition_lists);
    read_flag(r, html, "admonitions", &settings->admonitions);
    read_flag(r, html, "mathjax-support", &settings->mathjax);
    settings->hidelines = read_pairs(r, find_table(r, find_table(r, html, "code"), "hidelines"), &settings->hideline_count);
    settings->redirects = read_pairs(r, find_table(r, html, "redirect"), &settings->redirect_count);
}

static void read_incipit(inc_reading *r, const inc_tree *table)
{
    for (const inc_tree *entry = table ? table->first : NULL; entry; entry = entry->next) {
        if (inc_settings_set(r, entry))
            continue;
        inc_diag *diag = inc_report(r->diags, INC_DIAG_UNKNOWN_SETTING, entry->key_span, "[output.incipit] has no setting '%.*s'",
                                    INC_STR_ARG(entry->key));
        suggest(r, diag, inc_settings_meant(entry->key));
    }
}

/* What mdBook refuses. */
static void check_tables(inc_reading *r, const inc_tree *root)
{
    check_keys(r, root, "at the top of book.toml", top_keys, INC_COUNT(top_keys));
    check_keys(r, inc_tree_find(root, "book"), "in [book]", book_keys, INC_COUNT(book_keys));
    check_keys(r, find_table(r, root, "build"), "in [build]", build_keys, INC_COUNT(build_keys));
    check_keys(r, inc_tree_find(root, "rust"), "in [rust]", rust_keys, INC_COUNT(rust_keys));
}

void inc_config_apply(inc_reading *r, const inc_tree *root, bool trusted, inc_str *src)
{
    if (!trusted)
        check_tables(r, root);
    read_book(r, find_table(r, root, "book"), src);
    read_string(r, find_table(r, root, "rust"), "edition", &r->book->settings.default_edition);
    const inc_tree *output = find_table(r, root, "output");
    read_html(r, find_table(r, output, "html"));
    read_incipit(r, find_table(r, output, "incipit"));
    if (!trusted) /* else mdBook has run them */
        inc_preprocessors_check(r, find_table(r, root, "preprocessor"));
}

void inc_config_read(inc_reading *r, uint32_t file, inc_str *src)
{
    const inc_tree *root = inc_toml_parse(r->sources, file, r->arena, r->diags);
    if (root)
        inc_config_apply(r, root, false, src);
}
