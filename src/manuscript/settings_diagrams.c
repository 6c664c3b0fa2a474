/* settings_diagrams.c - [output.incipit.diagrams]: which blocks are drawn, by which commands (docs/pictures.md, "Diagrams from text"). */
#include "base/files.h"
#include "manuscript/settings.h"

enum { SECONDS_MAX = 3600, SECONDS_DEFAULT = 30 };

/* ---- a language ---- */

static bool take_command(inc_reading *r, const inc_tree *entry, void *into)
{
    inc_diagram_rule *rule = into;
    inc_words_list command = {0};
    if (!inc_settings_strings(r, entry, &command.v, &command.n))
        return false;
    if (command.n && command.v[0].n) {
        rule->command = command;
        return true;
    }
    inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'command' names no program")->hint = INC_STR("command = [\"dot\", \"-Tsvg\"]");
    return false;
}

static bool take_timeout(inc_reading *r, const inc_tree *entry, void *into)
{
    if (entry->kind != INC_TREE_INTEGER || entry->integer < 1 || entry->integer > SECONDS_MAX) {
        inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'timeout' must be a number of seconds from 1 to %d", SECONDS_MAX);
        return false;
    }
    ((inc_diagram_rule *)into)->seconds = (uint32_t)entry->integer;
    return true;
}

static bool take_version(inc_reading *r, const inc_tree *entry, void *into)
{
    return inc_settings_string(r, entry, &((inc_diagram_rule *)into)->version);
}

/* Graphviz needs no more than that the book names it; for all others there is no command that everybody means. */
static void set_default_command(inc_reading *r, const inc_tree *table, inc_diagram_rule *rule)
{
    if (inc_str_is(rule->name, "dot")) {
        rule->command = (inc_words_list){INC_NEW_N(r->arena, inc_str, 2), 2};
        rule->command.v[0] = INC_STR("dot");
        rule->command.v[1] = INC_STR("-Tsvg");
    } else
        inc_report(r->diags, INC_DIAG_BAD_SETTING, table->key_span, "diagrams in '%.*s' need a 'command'", INC_STR_ARG(table->key))->hint =
            INC_STR("command = [\"program\", \"argument\"]: it gets the block on standard input and writes SVG to standard output");
}

static void take_language(inc_reading *r, const inc_tree *table, inc_diagram_rules *rules)
{
    static const inc_settings_key keys[] = {{"command", take_command}, {"timeout", take_timeout}, {"version", take_version}};
    inc_diagram_rule rule = {.name = inc_str_lower(r->arena, table->key), .version = INC_STR(""), .seconds = SECONDS_DEFAULT, .span = table->key_span};
    inc_settings_take(r, table, keys, INC_COUNT(keys), "a language of [output.incipit.diagrams]", &rule);
    if (!inc_tree_find(table, "command"))
        set_default_command(r, table, &rule);
    if (rule.command.n)
        rules->v[rules->n++] = rule;
}

/* ---- the whole ---- */

/* What is drawn is written there: it has to lie inside the book. That no link leads out is asked when it is written. */
static void take_folder(inc_reading *r, const inc_tree *entry, inc_diagram_rules *rules)
{
    inc_str folder;
    if (!inc_settings_string(r, entry, &folder))
        return;
    inc_str name = inc_path_normalise(r->arena, folder);
    bool outside = inc_str_starts(folder, INC_STR("/")) || inc_str_is(name, "..") || inc_str_starts(name, INC_STR("../"));
    if (outside)
        inc_report(r->diags, INC_DIAG_OUTSIDE_BOOK, entry->span, "'%.*s' is not inside the book's folder", INC_STR_ARG(folder));
    else if (!name.n || inc_str_is(name, "."))
        inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'folder' must name a folder of its own inside the book's");
    else
        rules->folder = name;
}

void inc_settings_diagrams(inc_reading *r, const inc_tree *table)
{
    inc_diagram_rules *rules = &r->book->settings.diagrams;
    uint32_t n = 0;
    if (table->kind != INC_TREE_TABLE) {
        inc_settings_take(r, table, NULL, 0, "[output.incipit.diagrams]", NULL); /* says that it must be a table */
        return;
    }
    for (const inc_tree *entry = table->first; entry; entry = entry->next)
        n++;
    *rules = (inc_diagram_rules){.v = INC_NEW_N(r->arena, inc_diagram_rule, n), .folder = INC_STR("diagrams"), .span = table->key_span};
    for (const inc_tree *entry = table->first; entry; entry = entry->next) {
        if (inc_str_is(entry->key, "folder") && entry->kind != INC_TREE_TABLE)
            take_folder(r, entry, rules);
        else if (entry->kind == INC_TREE_TABLE)
            take_language(r, entry, rules);
        else
            inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be a table with a command, not %s", INC_STR_ARG(entry->key),
                inc_tree_kind_name(entry->kind))->hint = inc_strf(r->diags->arena, "[output.incipit.diagrams.%.*s]", INC_STR_ARG(entry->key));
    }
}
