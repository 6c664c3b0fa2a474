/* settings.h - the keys of [output.incipit]. docs/settings.md describes each of them. */
#ifndef INC_MANUSCRIPT_SETTINGS_H
#define INC_MANUSCRIPT_SETTINGS_H

#include "manuscript/reading.h"
#include "manuscript/tree.h"

/* Everything at its default. */
void inc_settings_default(inc_settings *settings);

/* Sets the setting that is named like the entry. False when there is no such setting. A value of the wrong type or form is reported and leaves the
 * setting as it was. */
bool inc_settings_set(inc_reading *r, const inc_tree *entry);

/* The setting whose name resembles the key, or NULL. */
const char *inc_settings_meant(inc_str key);

/* Typed values. Each reports a wrong type (as bad-setting, at the value, naming the key) and returns false then. */
bool inc_settings_string(inc_reading *r, const inc_tree *entry, inc_str *value);
bool inc_settings_flag(inc_reading *r, const inc_tree *entry, bool *value);
bool inc_settings_strings(inc_reading *r, const inc_tree *entry, inc_str **values, uint32_t *count); /* an array; in YAML one string too */

/* Checks the digits; a wrong one is a warning. */
void inc_settings_check_isbn(inc_reading *r, const inc_tree *entry, inc_str isbn);

/* The table of severities: id = "off", "note", "warning" or "error". Unknown ids are reported. */
void inc_settings_levels(inc_reading *r, const inc_tree *list);

/* A table of settings below one of [output.incipit]: each entry goes to the key of its name; others are errors with a suggestion. `where` names the
 * table in messages. */
typedef struct inc_settings_key {
    const char *name;
    bool (*take)(inc_reading *r, const inc_tree *entry, void *into);
} inc_settings_key;
void inc_settings_take(inc_reading *r, const inc_tree *list, const inc_settings_key *keys, size_t count, const char *where, void *into);

/* The table of what `incipit test` does. */
void inc_settings_test(inc_reading *r, const inc_tree *table);

/* The table of the commands that draw diagrams. */
void inc_settings_diagrams(inc_reading *r, const inc_tree *table);

/* True for YYYY, YYYY-MM and YYYY-MM-DD. */
bool inc_settings_is_date(inc_str date);

#endif
