/* build_print.c - the printing condition, bleed and marks, as the settings or else incipit's defaults have them. */
#include <errno.h>

#include "base/files.h"
#include "build_run.h"

#define OWN_PROFILE "profiles/FOGRA39L_coated.icc"
#define OWN_CONDITION "FOGRA39"

void inc_run_page_boxes(inc_run *run)
{
    const inc_settings *set = &run->manuscript->settings;
    inc_pages *pages = &run->layout.pages;
    if (set->print_bleed_set)
        pages->bleed = set->print_bleed;
    if (set->print_marks_set)
        pages->marks = set->print_marks;
    inc_pages_spread(pages);
}

/* The inks of the book's own profile. NULL (reported) when it cannot be used. */
static inc_inks *open_books_own(inc_run *run, unsigned limit)
{
    const inc_settings *set = &run->manuscript->settings;
    inc_arena *arena = run->result.arena;
    const char *fault = "cannot be read";
    inc_str bytes;
    int error = inc_file_read(arena, inc_path_join(arena, run->manuscript->root, set->print_profile), INC_PROFILE_SIZE_MAX, &bytes);
    if (error == EFBIG)
        fault = "is larger than 16 MiB";
    inc_inks *inks = error ? NULL : inc_inks_open(arena, bytes, set->print_black, limit, &fault);
    if (!inks)
        inc_report(run->result.diags, INC_DIAG_BAD_PROFILE, set->print_profile_span, "'%.*s' %s", INC_STR_ARG(set->print_profile), fault)->hint =
            INC_STR("take the CMYK or grey output profile that your printer names, such as one of ECI's");
    return inks;
}

static void report_missing_profile(inc_run *run, inc_str path, const char *fault)
{
    inc_report(run->result.diags, INC_DIAG_MISSING_DATA, INC_NO_SPAN, "colour profile '%.*s' %s", INC_STR_ARG(path), fault)->hint =
        INC_STR("set INCIPIT_DATA to the folder with fonts/, styles/, hyphenation/ and profiles/");
}

void inc_run_read_inks(inc_run *run)
{
    if (run->printing.inks) {
        run->inks_profile = inc_inks_profile(run->printing.inks);
        return;
    }
    const inc_settings *set = &run->manuscript->settings;
    inc_arena *arena = run->result.arena;
    bool own = set->print_profile.n > 0;
    inc_str path = own ? inc_path_join(arena, run->manuscript->root, set->print_profile) : inc_path_join(arena, run->options->data, INC_STR(OWN_PROFILE));
    int error = inc_file_read(arena, path, INC_PROFILE_SIZE_MAX, &run->inks_profile);
    if (!error)
        return;
    run->inks_profile = INC_STR("");
    if (own)
        inc_report(run->result.diags, INC_DIAG_BAD_PROFILE, set->print_profile_span, "'%.*s' cannot be read: %s", INC_STR_ARG(set->print_profile), strerror(error));
    else
        report_missing_profile(run, path, "was not found");
}

bool inc_run_printing(inc_run *run, inc_printing *printing)
{
    const inc_settings *set = &run->manuscript->settings;
    inc_arena *arena = run->result.arena;
    unsigned limit = set->print_ink_limit ? set->print_ink_limit : INC_INK_TOTAL;
    if (set->print_profile.n && (printing->inks = open_books_own(run, limit))) {
        printing->condition = set->print_condition;
        return true;
    }
    if (!set->print_profile.n && set->print_condition.n && !inc_str_is(set->print_condition, OWN_CONDITION))
        inc_report(run->result.diags, INC_DIAG_DOUBTFUL_SETTING, set->print_condition_span, "'print-condition' names %.*s, but there is no 'print-profile': the print file is made for %s",
                   INC_STR_ARG(set->print_condition), OWN_CONDITION)
            ->hint = INC_STR("PDF/X-4 holds the profile of its printing condition; put its file into the book and name it");
    const char *fault = "was not found";
    inc_str path = inc_path_join(arena, run->options->data, INC_STR(OWN_PROFILE)), bytes;
    int error = inc_file_read(arena, path, INC_PROFILE_SIZE_MAX, &bytes);
    printing->inks = error ? NULL : inc_inks_open(arena, bytes, set->print_black, limit, &fault);
    printing->condition = INC_STR(OWN_CONDITION);
    if (!printing->inks)
        report_missing_profile(run, path, fault);
    return printing->inks != NULL;
}
