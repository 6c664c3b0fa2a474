/* settings_test.c - [output.incipit.test]: how the listings are compiled and run (docs/listings.md). */
#include "manuscript/settings.h"

enum { SECONDS_MAX = 3600 };

typedef inc_settings_key key;

static bool take_words(inc_reading *r, const inc_tree *entry, inc_words_list *list)
{
    return inc_settings_strings(r, entry, &list->v, &list->n);
}

static bool wrong_word(inc_reading *r, const inc_tree *entry, const char *want)
{
    inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be %s", INC_STR_ARG(entry->key), want);
    return false;
}

/* ---- a kind ---- */

static bool take_compile(inc_reading *r, const inc_tree *entry, void *into)
{
    return take_words(r, entry, &((inc_rule *)into)->compile);
}

static bool take_run(inc_reading *r, const inc_tree *entry, void *into)
{
    return take_words(r, entry, &((inc_rule *)into)->run);
}

static bool take_must_fail(inc_reading *r, const inc_tree *entry, void *into)
{
    return inc_settings_flag(r, entry, &((inc_rule *)into)->must_fail);
}

static bool take_rule_pinned(inc_reading *r, const inc_tree *entry, void *into)
{
    return inc_settings_flag(r, entry, &((inc_rule *)into)->pinned);
}

static bool take_compare(inc_reading *r, const inc_tree *entry, void *into)
{
    static const char *const names[] = {"nothing", "stdout", "stderr"};
    inc_str name;
    if (!inc_settings_string(r, entry, &name))
        return false;
    for (unsigned i = 0; i < INC_COUNT(names); i++)
        if (inc_str_is(name, names[i])) {
            ((inc_rule *)into)->compare = (inc_compared)i;
            return true;
        }
    return wrong_word(r, entry, "\"stdout\", \"stderr\" or \"nothing\"");
}

static bool take_normalise(inc_reading *r, const inc_tree *entry, void *into)
{
    inc_str name;
    if (!inc_settings_string(r, entry, &name))
        return false;
    if (!inc_str_is(name, "rustc") && !inc_str_is(name, "lines"))
        return wrong_word(r, entry, "\"rustc\" or \"lines\"");
    ((inc_rule *)into)->normaliser = inc_str_is(name, "rustc") ? INC_NORMALISE_RUSTC : INC_NORMALISE_LINES;
    return true;
}

static bool take_kinds(inc_reading *r, const inc_tree *table, void *into)
{
    static const key keys[] = {{"compare", take_compare}, {"compile", take_compile}, {"must-fail", take_must_fail}, {"normalise", take_normalise},
        {"pinned", take_rule_pinned}, {"run", take_run}};
    inc_rule_language *language = into;
    uint32_t n = 0;
    if (table->kind != INC_TREE_TABLE)
        return wrong_word(r, table, "a table of kinds");
    for (const inc_tree *entry = table->first; entry; entry = entry->next)
        n++;
    language->rules = INC_NEW_N(r->arena, inc_rule, n);
    for (const inc_tree *entry = table->first; entry; entry = entry->next) {
        inc_rule *rule = &language->rules[language->rule_count++];
        *rule = (inc_rule){.name = entry->key};
        inc_settings_take(r, entry, keys, INC_COUNT(keys), "a kind of listing", rule);
        if (!rule->compile.n && !rule->run.n)
            wrong_word(r, entry, "a table with a command in 'compile' or 'run'");
    }
    return true;
}

/* ---- a language ---- */

#define TAKE_STRING(field) \
    static bool take_##field(inc_reading *r, const inc_tree *entry, void *into) \
    { \
        return inc_settings_string(r, entry, &((inc_rule_language *)into)->field); \
    }
TAKE_STRING(extension)
TAKE_STRING(comment)
TAKE_STRING(pinned)
TAKE_STRING(edition)
TAKE_STRING(width)

static bool take_version(inc_reading *r, const inc_tree *entry, void *into)
{
    return take_words(r, entry, &((inc_rule_language *)into)->version);
}

static bool take_languages(inc_reading *r, const inc_tree *table, void *into)
{
    static const key keys[] = {{"comment", take_comment}, {"edition", take_edition}, {"extension", take_extension}, {"kinds", take_kinds},
        {"pinned", take_pinned}, {"version", take_version}, {"width", take_width}};
    inc_rules *rules = into;
    uint32_t n = 0;
    if (table->kind != INC_TREE_TABLE)
        return wrong_word(r, table, "a table of languages");
    for (const inc_tree *entry = table->first; entry; entry = entry->next)
        n++;
    rules->languages = INC_NEW_N(r->arena, inc_rule_language, n);
    for (const inc_tree *entry = table->first; entry; entry = entry->next) {
        inc_rule_language *language = &rules->languages[rules->language_count++];
        *language = (inc_rule_language){.name = entry->key};
        inc_settings_take(r, entry, keys, INC_COUNT(keys), "a language of [output.incipit.test]", language);
    }
    return true;
}

/* ---- the whole ---- */

static bool take_folders(inc_reading *r, const inc_tree *entry, void *into)
{
    return take_words(r, entry, &((inc_rules *)into)->folders);
}

static bool take_blocks(inc_reading *r, const inc_tree *entry, void *into)
{
    return take_words(r, entry, &((inc_rules *)into)->fences);
}

static bool take_lock(inc_reading *r, const inc_tree *entry, void *into)
{
    return inc_settings_string(r, entry, &((inc_rules *)into)->lock);
}

static bool take_timeout(inc_reading *r, const inc_tree *entry, void *into)
{
    if (entry->kind != INC_TREE_INTEGER || entry->integer < 1 || entry->integer > SECONDS_MAX)
        return wrong_word(r, entry, "a number of seconds from 1 to 3600");
    ((inc_rules *)into)->seconds = (uint32_t)entry->integer;
    return true;
}

void inc_settings_test(inc_reading *r, const inc_tree *table)
{
    static const key keys[] = {{"blocks", take_blocks}, {"folders", take_folders}, {"languages", take_languages}, {"lock", take_lock}, {"timeout", take_timeout}};
    inc_rules *rules = &r->book->settings.test;
    rules->span = table->key_span;
    inc_settings_take(r, table, keys, INC_COUNT(keys), "[output.incipit.test]", rules);
}
