/* settings_print.c - the settings of the print file: its printing condition, inks, bleed and marks. */
#include "manuscript/settings_print.h"

#include "base/paint.h"

#define BLEED_MAX (72 * INC_PT)

/* A CSS length of one of the absolute units, not negative; false for anything else. */
static bool parse_length(inc_str s, inc_len *length)
{
    static const struct {
        const char *unit;
        int numerator, denominator; /* of a pt */
    } units[] = {{"pt", 1, 1}, {"mm", 7200, 2540}, {"cm", 72000, 2540}, {"in", 72, 1}, {"pc", 12, 1}, {"px", 3, 4}, {"", 0, 1}};
    int64_t value = 0, scale = 1;
    size_t at = 0, digits = 0;
    for (bool fraction = false; at < s.n && digits < 9; at++) {
        if (s.p[at] >= '0' && s.p[at] <= '9') {
            value = value * 10 + (s.p[at] - '0');
            scale *= fraction ? 10 : 1;
            digits++;
        } else if (s.p[at] == '.' && !fraction)
            fraction = true;
        else
            break;
    }
    inc_str unit = inc_str_slice(s, at, s.n);
    for (size_t i = 0; digits && i < INC_COUNT(units); i++)
        if (inc_str_eq_nocase(unit, inc_str_of(units[i].unit)) && (units[i].numerator || !value)) {
            *length = inc_len_scale(value * units[i].numerator, INC_PT, scale * units[i].denominator);
            return true;
        }
    return false;
}

void inc_settings_bleed(inc_reading *r, const inc_tree *entry)
{
    inc_settings *set = &r->book->settings;
    inc_str text;
    inc_len bleed;
    if (!inc_settings_string(r, entry, &text))
        return;
    if (!parse_length(text, &bleed) || bleed > BLEED_MAX)
        inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be a length of at most one inch, not '%.*s'", INC_STR_ARG(entry->key),
                   INC_STR_ARG(text))
            ->hint = INC_STR("printers ask for \"3mm\" or \"0.125in\"");
    else {
        set->print_bleed = bleed;
        set->print_bleed_set = true;
    }
}

void inc_settings_marks(inc_reading *r, const inc_tree *entry)
{
    inc_settings *set = &r->book->settings;
    inc_str text;
    if (!inc_settings_string(r, entry, &text))
        return;
    unsigned marks = 0;
    bool good = text.n > 0, none = inc_str_is(text, "none");
    for (inc_str rest = text, word; good && !none && rest.n; rest = inc_str_trim(rest)) {
        word = inc_str_cut(&rest, ' ');
        unsigned mark = inc_str_is(word, "crop") ? INC_MARKS_CROP : inc_str_is(word, "cross") ? INC_MARKS_CROSS : 0;
        good = mark != 0;
        marks |= mark;
    }
    if (!good)
        inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be \"crop\", \"cross\", \"crop cross\" or \"none\", not '%.*s'",
                   INC_STR_ARG(entry->key), INC_STR_ARG(text));
    else {
        set->print_marks = (uint8_t)marks;
        set->print_marks_set = true;
    }
}

void inc_settings_inks(inc_reading *r, const inc_tree *entry)
{
    inc_str text;
    if (!inc_settings_string(r, entry, &text))
        return;
    if (inc_str_is(text, "black") || inc_str_is(text, "cmyk"))
        r->book->settings.print_black = text.n == 5;
    else
        inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be \"cmyk\" or \"black\", not '%.*s'", INC_STR_ARG(entry->key),
                   INC_STR_ARG(text));
}

void inc_settings_ink_limit(inc_reading *r, const inc_tree *entry)
{
    uint64_t limit = (uint64_t)entry->integer;
    if (entry->kind != INC_TREE_INTEGER && !(entry->plain && inc_str_to_uint(entry->string, &limit)))
        inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be a number, not %s", INC_STR_ARG(entry->key),
                   inc_tree_kind_name(entry->kind));
    else if (limit < 100 || limit > 400)
        inc_report(r->diags, INC_DIAG_BAD_SETTING, entry->span, "'%.*s' must be from 100 to 400: per cent of all inks together",
                   INC_STR_ARG(entry->key));
    else
        r->book->settings.print_ink_limit = (uint16_t)limit;
}
