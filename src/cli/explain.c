/* explain.c - what a finding means, why it matters, and how to mend it. */
#include "cli/cli.h"

enum { WIDTH = 78 };

static const char *severity_name(inc_severity severity)
{
    return severity == INC_FATAL ? "fatal" : inc_report_severity(severity);
}

/* A paragraph, its lines broken at spaces, each behind the indent; the first behind `head`. */
static void print_paragraph(const char *head, int indent, const char *text)
{
    inc_str rest = inc_str_of(text);
    int column = printf("%-*s", indent, head);
    for (bool first = true; rest.n; first = false) {
        inc_str word = inc_str_cut(&rest, ' ');
        if (!first && column + 1 + (int)word.n > WIDTH)
            column = printf("\n%*s", indent, "") - 1;
        else if (!first)
            column += printf(" ");
        column += printf("%.*s", INC_STR_ARG(word));
    }
    putchar('\n');
}

static void explain(const inc_diag_info *info)
{
    printf("%s (%s)\n\n", info->name, severity_name(info->severity));
    print_paragraph("", 2, info->explanation);
    printf("\n");
    print_paragraph("  example:", 12, info->example);
    print_paragraph("  why:", 12, info->why);
    print_paragraph("  to do:", 12, info->mend);
}

static int unknown(const char *word)
{
    const char *names[INC_DIAG_COUNT];
    for (unsigned id = 0; id < INC_DIAG_COUNT; id++)
        names[id] = inc_diag_info_of((inc_diag_id)id)->name;
    const char *meant = inc_help_nearest(inc_str_of(word), names, INC_DIAG_COUNT);
    fprintf(stderr, "incipit: there is no diagnostic '%s'", word);
    if (meant)
        fprintf(stderr, "; did you mean '%s'?", meant);
    fputs("\n'incipit explain' lists them.\n", stderr);
    return INC_STATUS_USAGE;
}

int inc_explain(const inc_options *options)
{
    for (int i = 0; i < options->word_count; i++)
        if (inc_diag_find(inc_str_of(options->words[i])) == INC_DIAG_COUNT)
            return unknown(options->words[i]);
    for (int i = 0; i < options->word_count; i++) {
        if (i)
            putchar('\n');
        explain(inc_diag_info_of(inc_diag_find(inc_str_of(options->words[i]))));
    }
    for (unsigned id = 0; !options->word_count && id < INC_DIAG_COUNT; id++) {
        const inc_diag_info *info = inc_diag_info_of((inc_diag_id)id);
        printf("%-26s %-8s %s\n", info->name, severity_name(info->severity), info->explanation);
    }
    return INC_STATUS_FINE;
}
