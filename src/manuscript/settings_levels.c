/* settings_levels.c - [output.incipit.diagnostics]: what the book makes of single ids. */
#include "manuscript/settings.h"

static const char *const level_names[] = {
    [INC_LEVEL_OFF] = "off", [INC_LEVEL_NOTE] = "note", [INC_LEVEL_WARNING] = "warning", [INC_LEVEL_ERROR] = "error"};

static inc_level level_of(inc_reading *r, const inc_tree *entry)
{
    inc_str name;
    bool off = false;
    if (entry->kind == INC_TREE_BOOLEAN && !entry->boolean) /* what some tools make of a bare off in YAML */
        off = true;
    else if (!inc_settings_string(r, entry, &name))
        return INC_LEVEL_DEFAULT;
    for (unsigned level = INC_LEVEL_OFF; level <= INC_LEVEL_ERROR; level++)
        if (off || inc_str_is(name, level_names[level]))
            return (inc_level)level;
    inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be \"off\", \"note\", \"warning\" or \"error\"", INC_STR_ARG(entry->key));
    return INC_LEVEL_DEFAULT;
}

static void report_unknown_id(inc_reading *r, const inc_tree *entry)
{
    const char *names[INC_DIAG_COUNT];
    for (unsigned id = 0; id < INC_DIAG_COUNT; id++)
        names[id] = inc_diag_info_of((inc_diag_id)id)->name;
    inc_diag *diag = inc_report(r->diags, INC_DIAG_UNKNOWN_SETTING, entry->key_span, "there is no diagnostic '%.*s'", INC_STR_ARG(entry->key));
    const char *meant = inc_reading_meant(entry->key, names, INC_DIAG_COUNT, sizeof names[0]);
    if (meant)
        diag->hint = inc_strf(r->diags->arena, "did you mean '%s'?", meant);
    else
        diag->hint = INC_STR("'incipit explain' lists them");
}

/* id = "off", "note", "warning" or "error". */
void inc_settings_levels(inc_reading *r, const inc_tree *list)
{
    uint8_t **levels = &r->book->settings.levels;
    if (list->kind != INC_TREE_TABLE) {
        inc_report(r->diags, INC_DIAG_BAD_SETTING, list->span, "'%.*s' must be a table, not %s", INC_STR_ARG(list->key), inc_tree_kind_name(list->kind));
        return;
    }
    if (!*levels)
        *levels = INC_NEW_N(r->arena, uint8_t, INC_DIAG_COUNT);
    for (const inc_tree *entry = list->first; entry; entry = entry->next) {
        inc_diag_id id = inc_diag_find(entry->key);
        if (id == INC_DIAG_COUNT)
            report_unknown_id(r, entry);
        else if (inc_diag_info_of(id)->severity == INC_FATAL)
            inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->key_span, "'%.*s' is a failure of the machine and stays one", INC_STR_ARG(entry->key));
        else
            (*levels)[id] = (uint8_t)level_of(r, entry);
    }
}
