/* settings.c - the table of settings, and how each is read and checked. */
#include "manuscript/settings.h"

#include "base/files.h"
#include "manuscript/settings_print.h"

typedef enum setting_type { TEXT, FLAG, DATE, ISBN, DEPTH, NUMBER_DEPTH, URL, URL_NOTES, FILE_PATH, FILE_PATHS, PROFILE, CONDITION, BLEED, MARKS, INKS, INK_LIMIT, PPI, PIXELS, LEVELS, TEST, DIAGRAMS, MDBOOKS_OWN } setting_type;

typedef struct setting {
    const char *name;
    setting_type type;
    size_t at; /* in inc_settings */
} setting;

#define AT(field) offsetof(inc_settings, field)

static const setting table[] = {
    {"admonitions", FLAG, AT(admonitions)},
    {"base-url", URL, AT(base_url)},
    {"baseline", TEXT, AT(baseline)},
    {"certified-by", TEXT, AT(certified_by)},
    {"command", MDBOOKS_OWN, 0}, /* mdBook reads these two when it runs us as a renderer */
    {"contents-depth", DEPTH, AT(contents_depth)},
    {"cover", FILE_PATH, AT(cover)},
    {"date", DATE, AT(date)},
    {"definition-lists", FLAG, AT(definition_lists)},
    {"diagnostics", LEVELS, AT(levels)},
    {"diagrams", DIAGRAMS, AT(diagrams)},
    {"edition", TEXT, AT(edition)},
    {"epub-pixels", PIXELS, AT(epub_pixels)},
    {"identifier", TEXT, AT(identifier)},
    {"index", FLAG, AT(index)},
    {"isbn-epub", ISBN, AT(isbn_epub)},
    {"isbn-print", ISBN, AT(isbn_print)},
    {"line-numbers", FLAG, AT(line_numbers)},
    {"list-of-figures", FLAG, AT(lists[0])}, /* in the order of inc_figure_kind */
    {"list-of-listings", FLAG, AT(lists[2])},
    {"list-of-tables", FLAG, AT(lists[1])},
    {"mathjax", FLAG, AT(mathjax)},
    {"number-depth", NUMBER_DEPTH, AT(number_depth)},
    {"number-sections", FLAG, AT(number_sections)},
    {"optional", MDBOOKS_OWN, 0},
    {"output", TEXT, AT(output)},
    {"page-references", FLAG, AT(page_references)},
    {"print-bleed", BLEED, AT(print_bleed)},
    {"print-condition", CONDITION, AT(print_condition)},
    {"print-ink-limit", INK_LIMIT, AT(print_ink_limit)},
    {"print-inks", INKS, AT(print_black)},
    {"print-marks", MARKS, AT(print_marks)},
    {"print-ppi", PPI, AT(print_ppi)},
    {"print-profile", PROFILE, AT(print_profile)},
    {"publisher", TEXT, AT(publisher)},
    {"rights", TEXT, AT(rights)},
    {"screen-ppi", PPI, AT(screen_ppi)},
    {"smart-punctuation", FLAG, AT(smart_punctuation)},
    {"styles", FILE_PATHS, AT(styles)},
    {"subtitle", TEXT, AT(subtitle)},
    {"test", TEST, AT(test)},
    {"theme", TEXT, AT(theme)},
    {"url-notes", URL_NOTES, AT(url_notes)},
};

void inc_settings_default(inc_settings *settings)
{
    *settings = (inc_settings){
        .default_edition = INC_STR(""),
        .smart_punctuation = true,
        .definition_lists = true,
        .admonitions = true,
        .number_sections = true,
        .number_depth = INC_DEPTH_UNSET,
        .contents_depth = INC_DEPTH_UNSET,
        .page_references = true,
        .screen_ppi = 220,
        .epub_pixels = 5600000,
    };
    for (size_t i = 0; i < INC_COUNT(table); i++) {
        setting_type type = table[i].type;
        if (type == TEXT || type == DATE || type == ISBN || type == URL || type == FILE_PATH || type == PROFILE || type == CONDITION)
            *(inc_str *)(void *)((char *)settings + table[i].at) = INC_STR("");
    }
    settings->theme = INC_STR("rubric");
    settings->url_notes = INC_STR("notes");
}

const char *inc_settings_meant(inc_str key)
{
    return inc_reading_meant(key, &table[0].name, INC_COUNT(table), sizeof table[0]);
}

static inc_diag *report_type(inc_reading *r, const inc_tree *entry, const char *want)
{
    return inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be %s, not %s", INC_STR_ARG(entry->key), want,
               inc_tree_kind_name(entry->kind));
}

bool inc_settings_string(inc_reading *r, const inc_tree *entry, inc_str *value)
{
    if (entry->kind != INC_TREE_STRING) {
        inc_diag *diag = report_type(r, entry, "a string");
        if (entry->kind == INC_TREE_INTEGER)
            diag->hint = inc_strf(r->diags->arena, "put it in quotes: %.*s = \"%lld\"", INC_STR_ARG(entry->key), (long long)entry->integer);
        return false;
    }
    *value = inc_str_trim(entry->string);
    return true;
}

void inc_settings_take(inc_reading *r, const inc_tree *list, const inc_settings_key *keys, size_t count, const char *where, void *into)
{
    if (list->kind != INC_TREE_TABLE) {
        report_type(r, list, "a table");
        return;
    }
    for (const inc_tree *entry = list->first; entry; entry = entry->next) {
        bool known = false;
        for (size_t i = 0; i < count && !known; i++)
            if ((known = inc_str_is(entry->key, keys[i].name)))
                keys[i].take(r, entry, into);
        if (known)
            continue;
        inc_diag *diag = inc_report(r->diags, INC_DIAG_UNKNOWN_SETTING, entry->key_span, "%s has no setting '%.*s'", where, INC_STR_ARG(entry->key));
        const char *meant = inc_reading_meant(entry->key, &keys[0].name, count, sizeof keys[0]);
        if (meant)
            diag->hint = inc_strf(r->diags->arena, "did you mean '%s'?", meant);
    }
}

bool inc_settings_flag(inc_reading *r, const inc_tree *entry, bool *value)
{
    if (entry->kind == INC_TREE_BOOLEAN) {
        *value = entry->boolean;
        return true;
    }
    if (entry->plain && (inc_str_eq_nocase(entry->string, INC_STR("true")) || inc_str_eq_nocase(entry->string, INC_STR("false")))) {
        *value = entry->string.n == 4;
        return true;
    }
    report_type(r, entry, "true or false");
    return false;
}

static bool one_string(inc_reading *r, const inc_tree *entry, inc_str **values, uint32_t *count)
{
    *values = INC_NEW(r->arena, inc_str);
    *count = 1;
    return inc_settings_string(r, entry, *values);
}

bool inc_settings_strings(inc_reading *r, const inc_tree *entry, inc_str **values, uint32_t *count)
{
    if (entry->plain || (r->book->single_file && entry->kind == INC_TREE_STRING))
        return one_string(r, entry, values, count);
    if (entry->kind != INC_TREE_ARRAY) {
        inc_diag *diag = report_type(r, entry, "an array of strings");
        if (entry->kind == INC_TREE_STRING)
            diag->hint = inc_strf(r->diags->arena, "%.*s = [\"%.*s\"]", INC_STR_ARG(entry->key), INC_STR_ARG(entry->string));
        return false;
    }
    size_t n = 0;
    for (const inc_tree *element = entry->first; element; element = element->next)
        n++;
    *values = INC_NEW_N(r->arena, inc_str, n);
    *count = 0;
    for (const inc_tree *element = entry->first; element; element = element->next) {
        inc_tree named = *element; /* so that a message can say whose element it is */
        named.key = entry->key;
        if (inc_settings_string(r, &named, &(*values)[*count]))
            ++*count;
    }
    return true;
}

/* ---- dates ---- */

static bool number_in(inc_str s, uint64_t low, uint64_t high, uint64_t *value)
{
    return inc_str_to_uint(s, value) && *value >= low && *value <= high;
}

bool inc_settings_is_date(inc_str date)
{
    static const uint8_t month_days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint64_t year, month, day;
    if ((date.n != 4 && date.n != 7 && date.n != 10) || !number_in(inc_str_slice(date, 0, 4), 1, 9999, &year))
        return false;
    if (date.n == 4)
        return true;
    if (date.p[4] != '-' || !number_in(inc_str_slice(date, 5, 7), 1, 12, &month))
        return false;
    if (date.n == 7)
        return true;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return date.p[7] == '-' && number_in(inc_str_slice(date, 8, 10), 1, month_days[month - 1], &day)
        && (month != 2 || leap || day < 29);
}

/* In front matter, which other tools read too, a date in words is common: it is left out with a warning. */
static void set_date(inc_reading *r, const inc_tree *entry, inc_str *value)
{
    inc_str date = entry->string;
    if (entry->kind != INC_TREE_DATE && !inc_settings_string(r, entry, &date))
        return;
    if (inc_settings_is_date(date) || !date.n) {
        *value = date;
        return;
    }
    inc_diag_id id = r->book->single_file ? INC_DIAG_DOUBTFUL_SETTING : INC_DIAG_BAD_SETTING;
    inc_report(r->diags, id, entry->span, "'%.*s' is not a date", INC_STR_ARG(date))->hint =
        INC_STR("write year, month and day as 2026-03-31, or only 2026-03 or 2026");
}

/* ---- ISBNs (ISO 2108) ---- */

static bool isbn_is_right(inc_str isbn)
{
    unsigned n = 0, sum10 = 0, sum13 = 0;
    for (size_t i = 0; i < isbn.n; i++) {
        char c = isbn.p[i];
        if (c == '-' || c == ' ')
            continue;
        bool ten = (c == 'X' || c == 'x') && n == 9;
        if ((c < '0' || c > '9') && !ten)
            return false;
        unsigned digit = ten ? 10 : (unsigned)(c - '0');
        if (n == 13)
            return false;
        sum10 += n < 10 ? digit * (10 - n) : 0;
        sum13 += digit * (n % 2 ? 3 : 1);
        n++;
        if (ten && i + 1 != isbn.n)
            return false;
    }
    return (n == 10 && sum10 % 11 == 0) || (n == 13 && sum13 % 10 == 0);
}

void inc_settings_check_isbn(inc_reading *r, const inc_tree *entry, inc_str isbn)
{
    if (isbn.n && !isbn_is_right(isbn))
        inc_report(r->diags, INC_DIAG_DOUBTFUL_SETTING, entry->span, "'%.*s' is not an ISBN", INC_STR_ARG(isbn))->hint =
            INC_STR("it has 13 digits (or 10), the last of which is a check digit; hyphens may stand between them");
}

/* ---- files ---- */

static bool file_is_there(inc_reading *r, inc_span span, inc_str path, inc_str *name)
{
    *name = inc_reading_name(r, INC_STR(""), path);
    switch (inc_reading_find(r, *name)) {
    case INC_FOUND_FILE:
        return true;
    case INC_FOUND_OUTSIDE:
        inc_report(r->diags, INC_DIAG_OUTSIDE_BOOK, span, "'%.*s' is not inside the book's folder", INC_STR_ARG(path));
        return false;
    case INC_FOUND_FOLDER:
        inc_report(r->diags, INC_DIAG_MISSING_FILE, span, "'%.*s' is a folder", INC_STR_ARG(path));
        return false;
    case INC_FOUND_NOTHING:
        break;
    }
    inc_report(r->diags, INC_DIAG_MISSING_FILE, span, "file '%.*s' does not exist", INC_STR_ARG(path))->hint =
        inc_reading_hint(r, *name, "paths are relative to the book's folder");
    return false;
}

static void set_file(inc_reading *r, const inc_tree *entry, inc_str *value)
{
    inc_str path, name;
    if (inc_settings_string(r, entry, &path) && path.n && file_is_there(r, entry->span, path, &name))
        *value = name;
}

/* Those that exist; what is missing is reported here, where its place is known. */
static void set_styles(inc_reading *r, const inc_tree *entry)
{
    inc_str *paths = NULL;
    uint32_t count = 0, kept = 0;
    if (!inc_settings_strings(r, entry, &paths, &count))
        return;
    for (uint32_t i = 0; i < count; i++)
        if (file_is_there(r, entry->span, paths[i], &paths[kept]))
            kept++;
    r->book->settings.styles = paths;
    r->book->settings.style_count = kept;
}

/* ---- the rest ---- */

static void set_depth(inc_reading *r, const inc_tree *entry, uint64_t least, uint8_t *value)
{
    uint64_t depth = (uint64_t)entry->integer;
    bool is_number = entry->kind == INC_TREE_INTEGER || (entry->plain && inc_str_to_uint(entry->string, &depth));
    if (!is_number)
        report_type(r, entry, "a number");
    else if (depth < least || depth > 6)
        inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be from %d to 6", INC_STR_ARG(entry->key), (int)least);
    else
        *value = (uint8_t)depth;
}

/* From least to most; 0 switches it off. */
static void set_number(inc_reading *r, const inc_tree *entry, uint64_t least, uint64_t most, uint32_t *value)
{
    uint64_t number = (uint64_t)entry->integer;
    bool is_number = entry->kind == INC_TREE_INTEGER || (entry->plain && inc_str_to_uint(entry->string, &number));
    if (!is_number)
        report_type(r, entry, "a number");
    else if (number && (number < least || number > most))
        inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be from %u to %u, or 0", INC_STR_ARG(entry->key), (unsigned)least, (unsigned)most);
    else
        *value = (uint32_t)number;
}

static void set_url_notes(inc_reading *r, const inc_tree *entry, inc_str *value)
{
    static const char *const known[] = {"notes", "chapter", "none"};
    inc_str word;
    if (!inc_settings_string(r, entry, &word))
        return;
    for (size_t i = 0; i < INC_COUNT(known); i++)
        if (inc_str_is(word, known[i])) {
            *value = word;
            return;
        }
    inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be \"notes\", \"chapter\" or \"none\"", INC_STR_ARG(entry->key));
}

static void set_url(inc_reading *r, const inc_tree *entry, inc_str *value)
{
    inc_str url;
    if (!inc_settings_string(r, entry, &url))
        return;
    if (!url.n || inc_str_starts(url, INC_STR("https://")) || inc_str_starts(url, INC_STR("http://")))
        *value = url;
    else
        inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must begin with https:// or http://", INC_STR_ARG(entry->key));
}

bool inc_settings_set(inc_reading *r, const inc_tree *entry)
{
    const setting *found = NULL;
    for (size_t i = 0; i < INC_COUNT(table) && !found; i++)
        if (inc_str_is(entry->key, table[i].name))
            found = &table[i];
    if (!found)
        return false;
    char *at = (char *)&r->book->settings + found->at;
    switch (found->type) {
    case TEXT:
        inc_settings_string(r, entry, (inc_str *)(void *)at);
        break;
    case FLAG:
        if (inc_settings_flag(r, entry, (bool *)(void *)at) && found->at == AT(smart_punctuation))
            r->book->settings.smart_punctuation_set = true;
        break;
    case DATE:
        set_date(r, entry, (inc_str *)(void *)at);
        break;
    case ISBN:
        if (inc_settings_string(r, entry, (inc_str *)(void *)at))
            inc_settings_check_isbn(r, entry, *(inc_str *)(void *)at);
        break;
    case DEPTH:
        set_depth(r, entry, 1, (uint8_t *)at);
        break;
    case NUMBER_DEPTH:
        set_depth(r, entry, 0, (uint8_t *)at);
        break;
    case URL_NOTES:
        set_url_notes(r, entry, (inc_str *)(void *)at);
        break;
    case URL:
        set_url(r, entry, (inc_str *)(void *)at);
        break;
    case FILE_PATH:
        set_file(r, entry, (inc_str *)(void *)at);
        break;
    case FILE_PATHS:
        set_styles(r, entry);
        break;
    case PROFILE:
        set_file(r, entry, (inc_str *)(void *)at);
        r->book->settings.print_profile_span = entry->span;
        break;
    case CONDITION:
        inc_settings_string(r, entry, (inc_str *)(void *)at);
        r->book->settings.print_condition_span = entry->span;
        break;
    case BLEED:
        inc_settings_bleed(r, entry);
        break;
    case MARKS:
        inc_settings_marks(r, entry);
        break;
    case INKS:
        inc_settings_inks(r, entry);
        break;
    case INK_LIMIT:
        inc_settings_ink_limit(r, entry);
        break;
    case PPI:
        set_number(r, entry, 72, 2400, (uint32_t *)(void *)at);
        break;
    case PIXELS:
        set_number(r, entry, 100000, 200000000, (uint32_t *)(void *)at);
        break;
    case LEVELS:
        inc_settings_levels(r, entry);
        break;
    case TEST:
        inc_settings_test(r, entry);
        break;
    case DIAGRAMS:
        inc_settings_diagrams(r, entry);
        break;
    case MDBOOKS_OWN:
        break;
    }
    return true;
}
