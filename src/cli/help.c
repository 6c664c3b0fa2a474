/* help.c - the one table of commands and options, and the help that is printed from it. */
#include "cli/cli.h"

enum {
    BUILD = 1 << INC_COMMAND_BUILD,
    CHECK = 1 << INC_COMMAND_CHECK,
    DUMP = 1 << INC_COMMAND_DUMP,
    INIT = 1 << INC_COMMAND_INIT,
    TEST = 1 << INC_COMMAND_TEST,
    BOOKS = BUILD | CHECK | TEST | DUMP, /* those that read a book */
    EACH = (1 << INC_COMMAND_COUNT) - 1
};

const inc_option_info inc_option_infos[INC_OPTION_COUNT] = {
    {"to", INC_OPTION_TO, BUILD, "LIST", "of pdf (screen), print, epub; default: all three", "pdf print epub"},
    {"output", 'o', BUILD, "DIR", "where the files go; default: the book's setting, else BOOK/out", "/"},
    {"diagrams", INC_OPTION_DIAGRAMS, BUILD, NULL, "run the book's commands for diagrams that are not drawn yet", NULL},
    {"tidy-diagrams", INC_OPTION_TIDY_DIAGRAMS, BUILD, NULL, "remove drawings that no diagram of the book shows", NULL},
    {"as", INC_OPTION_AS, DUMP, "KIND", "document, html, pages or style", "document html pages style"},
    {"commonmark", INC_OPTION_COMMONMARK, DUMP, NULL, "plain CommonMark, none of incipit's extensions", NULL},
    {"gfm", INC_OPTION_GFM, DUMP, NULL, "the same with GitHub's tables, strikethrough, task lists and bare links", NULL},
    {"strict", INC_OPTION_STRICT, BUILD | CHECK, NULL, "warnings count as errors", NULL},
    {"keep-going", INC_OPTION_KEEP_GOING, BUILD, NULL, "write the files even if the book has errors", NULL},
    {"baseline", INC_OPTION_BASELINE, BUILD | CHECK, "FILE", "findings that FILE lists are shown, but do not count", "."},
    {"write-baseline", INC_OPTION_WRITE_BASELINE, CHECK, "FILE", "list all warnings and notes in FILE", "."},
    {"title", INC_OPTION_TITLE, INIT, "TEXT", "of the new book; default: the folder's name", ""},
    {"author", INC_OPTION_AUTHOR, INIT, "NAME", "of the new book; may be given several times", ""},
    {"language", INC_OPTION_LANGUAGE, INIT, "TAG", "of the new book, such as en or pt-BR; default: en", ""},
    {"bless", INC_OPTION_BLESS, TEST, NULL, "record what the listings print now; refused when CI is set", NULL},
    {"only", INC_OPTION_ONLY, TEST, "PATH", "a listing or a folder of the book, such as listings/ch04; may be given several times", "."},
    {"results", INC_OPTION_RESULTS, TEST, "FILE", "write every verdict as JSON; '-' for standard output", "."},
    {"root", INC_OPTION_ROOT, BOOKS, "DIR", "a folder around the book whose files it may include and show", "/"},
    {"diagnostics", INC_OPTION_DIAGNOSTICS, BOOKS, "FMT", "human (default on a terminal), gcc (default elsewhere), json, sarif or github",
        "human gcc json sarif github"},
    {"jobs", 'j', BOOKS, "N", "threads; default: one for each core", ""},
    {"quiet", 'q', BOOKS | INIT, NULL, "errors and warnings only", NULL},
    {"verbose", 'v', BOOKS, NULL, "say how long each phase took, show every note", NULL},
    {"color", INC_OPTION_COLOR, BOOKS, "WHEN", "auto, always or never; default: auto, and NO_COLOR is honoured", "auto always never"},
    {"help", 'h', EACH, NULL, "this text", NULL},
    {"version", 'V', EACH, NULL, "the version; with --verbose those of the libraries too", NULL},
};

const inc_command_info inc_command_infos[INC_COMMAND_COUNT] = {
    [INC_COMMAND_BUILD] = {"build", "[BOOK]", "write the book: a screen PDF, a print PDF and an EPUB", 0, 1},
    [INC_COMMAND_CHECK] = {"check", "[BOOK]", "everything except writing: mistakes, links, layout", 0, 1},
    [INC_COMMAND_TEST] = {"test", "[BOOK]", "compile and run the listings, compare with their recorded output", 0, 1},
    [INC_COMMAND_DUMP] = {"dump", "[BOOK] --as KIND", "the inner data as text, for tests and for debugging", 0, 1},
    [INC_COMMAND_INIT] = {"init", "DIR", "a new book that builds at once, in an empty or new folder", 1, 1},
    [INC_COMMAND_EXPLAIN] = {"explain", "[ID]...", "what a finding means and how to mend it; without ID, all of them", 0, 1000},
    [INC_COMMAND_COMPLETION] = {"completion", "SHELL", "a script that completes commands and options in bash, zsh or fish", 1, 1},
};

static void print_options(unsigned mask)
{
    for (size_t i = 0; i < INC_OPTION_COUNT; i++) {
        const inc_option_info *info = &inc_option_infos[i];
        if (!(info->commands & mask))
            continue;
        char left[64];
        int n = info->value < 256 ? snprintf(left, sizeof left, "-%c, --%s", info->value, info->name)
                                  : snprintf(left, sizeof left, "    --%s", info->name);
        if (info->argument)
            snprintf(left + n, sizeof left - (size_t)n, " %s", info->argument);
        printf("  %-25s %s\n", left, info->help);
    }
}

void inc_help_print_command(inc_command command)
{
    const inc_command_info *info = &inc_command_infos[command];
    printf("usage: incipit %s %s [OPTION]...\n\n%s\n\n", info->name, info->argument, info->help);
    print_options(1u << command);
}

void inc_help_print(void)
{
    fputs("usage: incipit [COMMAND] [BOOK] [OPTION]...\n\n"
          "Makes a screen PDF, a print PDF and an EPUB from a Markdown book.\n"
          "BOOK is a folder with book.toml, a folder with SUMMARY.md, or one .md file; default: the working folder.\n\n"
          "commands (default: build)\n", stdout);
    for (int i = 0; i < INC_COMMAND_COUNT; i++)
        printf("  %-25s %s\n", inc_command_infos[i].name, inc_command_infos[i].help);
    fputs("\noptions of build\n", stdout);
    print_options(BUILD);
    fputs("\nexit status: 0 fine; 1 the book has errors (or, with --strict, warnings); 2 wrong usage;\n"
          "3 the machine failed (file, disk, memory, missing font); 130 interrupted.\n"
          "'incipit COMMAND --help' says what a command takes. See incipit(1).\n", stdout);
}

const char *inc_help_nearest(inc_str word, const char *const *candidates, size_t count)
{
    unsigned limit = word.n <= 2 ? 1 : word.n <= 6 ? 2 : 3, best = limit + 1;
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = inc_str_distance(word, inc_str_of(candidates[i]), limit + 1);
        if (distance < best)
            best = distance, found = candidates[i];
    }
    return found;
}
