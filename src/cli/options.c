/* options.c - the command line: one table of options, from which reading, help and suggestions are made. */
#include <getopt.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/cli.h"

enum { BUILD = 1 << INC_COMMAND_BUILD, CHECK = 1 << INC_COMMAND_CHECK, DUMP = 1 << INC_COMMAND_DUMP, EACH = BUILD | CHECK | DUMP };

/* Values of getopt for options without a letter. */
enum { TO = 256, AS, STRICT, KEEP_GOING, COMMONMARK, DIAGNOSTICS, COLOR };

typedef struct option_info {
    const char *name;
    int value;          /* its letter, or one of the numbers above */
    unsigned commands;  /* that it belongs to */
    const char *argument, *help;
} option_info;

static const option_info infos[] = {
    {"to", TO, BUILD, "LIST", "of pdf (screen), print, epub; default: all three"},
    {"output", 'o', BUILD, "DIR", "where the files go; default: the book's setting, else BOOK/out"},
    {"as", AS, DUMP, "KIND", "document, html, pages or style"},
    {"commonmark", COMMONMARK, DUMP, NULL, "plain CommonMark, none of incipit's extensions"},
    {"strict", STRICT, BUILD | CHECK, NULL, "warnings count as errors"},
    {"keep-going", KEEP_GOING, BUILD, NULL, "write the files even if the book has errors"},
    {"diagnostics", DIAGNOSTICS, EACH, "FMT", "human (default on a terminal) or gcc (default elsewhere)"},
    {"jobs", 'j', EACH, "N", "threads; default: one for each core"},
    {"quiet", 'q', EACH, NULL, "errors and warnings only"},
    {"verbose", 'v', EACH, NULL, "say how long each phase took, show every note"},
    {"color", COLOR, EACH, "WHEN", "auto, always or never; default: auto, and NO_COLOR is honoured"},
    {"help", 'h', EACH, NULL, "this text"},
    {"version", 'V', EACH, NULL, "the version; with --verbose those of the libraries too"},
};

static const struct {
    const char *name, *argument, *help;
} commands[INC_COMMAND_COUNT] = {
    [INC_COMMAND_BUILD] = {"build", "[BOOK]", "write the book: a screen PDF, a print PDF and an EPUB"},
    [INC_COMMAND_CHECK] = {"check", "[BOOK]", "everything except writing: mistakes, links, layout"},
    [INC_COMMAND_DUMP] = {"dump", "[BOOK] --as KIND", "the inner data as text, for tests and for debugging"},
};

/* ---- help ---- */

static void print_options(unsigned mask)
{
    for (size_t i = 0; i < INC_COUNT(infos); i++) {
        const option_info *info = &infos[i];
        if (!(info->commands & mask))
            continue;
        char left[64];
        int n = info->value < 256 ? snprintf(left, sizeof left, "-%c, --%s", info->value, info->name)
                                  : snprintf(left, sizeof left, "    --%s", info->name);
        if (info->argument)
            snprintf(left + n, sizeof left - (size_t)n, " %s", info->argument);
        printf("  %-22s %s\n", left, info->help);
    }
}

static void print_command_help(inc_command command)
{
    printf("usage: incipit %s %s [OPTION]...\n\n%s\n\n", commands[command].name, commands[command].argument, commands[command].help);
    print_options(1u << command);
}

static void print_help(void)
{
    fputs("usage: incipit [COMMAND] [BOOK] [OPTION]...\n\n"
          "Makes a screen PDF, a print PDF and an EPUB from a Markdown book.\n"
          "BOOK is a folder with book.toml, a folder with SUMMARY.md, or one .md file; default: the working folder.\n\n"
          "commands (default: build)\n", stdout);
    for (int i = 0; i < INC_COMMAND_COUNT; i++)
        printf("  %-22s %s\n", commands[i].name, commands[i].help);
    fputs("\noptions of build\n", stdout);
    print_options(BUILD);
    fputs("\nexit status: 0 fine; 1 the book has errors (or, with --strict, warnings); 2 wrong usage;\n"
          "3 the machine failed (file, disk, memory, missing font); 130 interrupted.\n"
          "'incipit COMMAND --help' says what a command takes. See incipit(1).\n", stdout);
}

/* ---- mistakes ---- */

/* The nearest of the candidates if it is near enough to be meant, else NULL. */
static const char *nearest(inc_str word, const char *const *candidates, size_t count)
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

static bool wrong(int *status, const char *meant, const char *prefix, const char *format, ...) INC_PRINTF(4, 5);

/* Says what is wrong with the usage, and what was perhaps meant; always false. */
static bool wrong(int *status, const char *meant, const char *prefix, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("incipit: ", stderr);
    vfprintf(stderr, format, args);
    va_end(args);
    if (meant)
        fprintf(stderr, "; did you mean '%s%s'?", prefix, meant);
    fputs("\nTry 'incipit --help'.\n", stderr);
    *status = INC_STATUS_USAGE;
    return false;
}

static bool wrong_option(int *status, unsigned mask, const char *word, inc_arena *arena)
{
    inc_str name = inc_str_of(word);
    if (!inc_str_starts(name, INC_STR("--")))
        return wrong(status, NULL, "", "unknown option '%s'", word);
    name = inc_str_slice(name, 2, name.n);
    name = inc_str_cut(&name, '=');
    const char *candidates[INC_COUNT(infos)];
    size_t count = 0;
    for (size_t i = 0; i < INC_COUNT(infos); i++)
        if (infos[i].commands & mask)
            candidates[count++] = infos[i].name;
    return wrong(status, nearest(name, candidates, count), "--", "unknown option '--%s'", inc_cstr(arena, name));
}

/* ---- values ---- */

typedef struct choice {
    const char *name;
    int value;
} choice;

static bool choose(inc_str word, const char *option, const choice *choices, size_t count, int *value, int *status, inc_arena *arena)
{
    const char *names[8];
    inc_buf list = inc_buf_in(arena);
    for (size_t i = 0; i < count; i++) {
        if (inc_str_is(word, choices[i].name)) {
            *value = choices[i].value;
            return true;
        }
        names[i] = choices[i].name;
        inc_buf_puts(&list, i ? ", " : "");
        inc_buf_puts(&list, choices[i].name);
    }
    const char *meant = nearest(word, names, count);
    return wrong(status, meant, "", "--%s takes one of %.*s, not '%s'", option, INC_STR_ARG(inc_buf_str(&list)), inc_cstr(arena, word));
}

static bool read_targets(inc_str list, unsigned *to, int *status, inc_arena *arena)
{
    static const choice targets[] = {{"pdf", INC_TO_PDF}, {"print", INC_TO_PRINT}, {"epub", INC_TO_EPUB}};
    *to = 0;
    do {
        int target;
        if (!choose(inc_str_trim(inc_str_cut(&list, ',')), "to", targets, INC_COUNT(targets), &target, status, arena))
            return false;
        *to |= (unsigned)target;
    } while (list.n);
    return true;
}

static bool read_option(int value, const char *argument, inc_options *options, bool *help, int *status, inc_arena *arena)
{
    static const choice formats[] = {{"human", INC_FORMAT_HUMAN}, {"gcc", INC_FORMAT_GCC}};
    static const choice colors[] = {{"auto", INC_WHEN_AUTO}, {"always", INC_WHEN_ALWAYS}, {"never", INC_WHEN_NEVER}};
    static const choice kinds[] = {
        {"document", INC_DUMP_DOCUMENT}, {"html", INC_DUMP_HTML}, {"pages", INC_DUMP_PAGES}, {"style", INC_DUMP_STYLE}};
    inc_str word = inc_str_of(argument ? argument : "");
    int chosen = 0;
    uint64_t number;
    switch (value) {
    case TO:
        return read_targets(word, &options->to, status, arena);
    case 'o':
        options->output = argument;
        return word.n > 0 || wrong(status, NULL, "", "--output takes a folder");
    case AS:
        if (!choose(word, "as", kinds, INC_COUNT(kinds), &chosen, status, arena))
            return false;
        options->dump = (inc_dump_kind)chosen;
        return true;
    case DIAGNOSTICS:
        if (!choose(word, "diagnostics", formats, INC_COUNT(formats), &chosen, status, arena))
            return false;
        options->format = (inc_format)chosen;
        return true;
    case COLOR:
        if (!choose(word, "color", colors, INC_COUNT(colors), &chosen, status, arena))
            return false;
        options->color = (inc_when)chosen;
        return true;
    case 'j':
        if (!inc_str_to_uint(word, &number) || number < 1 || number > 1024)
            return wrong(status, NULL, "", "--jobs takes a number from 1 to 1024, not '%s'", word.p);
        options->jobs = (unsigned)number;
        return true;
    case STRICT: options->strict = true; return true;
    case KEEP_GOING: options->keep_going = true; return true;
    case COMMONMARK: options->commonmark = true; return true;
    case 'q': options->quiet = true, options->verbose = false; return true;
    case 'v': options->verbose = true, options->quiet = false; return true;
    case 'h': *help = true; return true;
    case 'V': options->version = true; return true;
    }
    return false;
}

/* ---- reading ---- */

static bool is_path(const char *word)
{
    struct stat st;
    return strchr(word, '/') || strchr(word, '.') || stat(word, &st) == 0;
}

static bool read_words(char **words, int count, inc_options *options, bool *named, int *status)
{
    const char *names[INC_COMMAND_COUNT];
    for (int i = 0; i < INC_COMMAND_COUNT; i++) {
        names[i] = commands[i].name;
        if (!*named && count > 0 && strcmp(words[0], names[i]) == 0)
            options->command = (inc_command)i, *named = true;
    }
    if (*named)
        words++, count--;
    else if (count > 0 && !is_path(words[0]))
        return wrong(status, nearest(inc_str_of(words[0]), names, INC_COMMAND_COUNT), "", "unknown command '%s'", words[0]);
    if (count > 1)
        return wrong(status, NULL, "", "one book at a time: '%s' is one too many", words[1]);
    if (count == 1)
        options->book = words[0];
    if (!*options->book)
        return wrong(status, NULL, "", "the name of the book is empty");
    return true;
}

bool inc_options_read(int argc, char **argv, inc_arena *arena, inc_options *options, int *status)
{
    struct option table[INC_COUNT(infos) + 1] = {{0}};
    char letters[2 * INC_COUNT(infos) + 2] = ":";
    size_t letter = 1;
    for (size_t i = 0; i < INC_COUNT(infos); i++) {
        table[i] = (struct option){infos[i].name, infos[i].argument ? required_argument : no_argument, NULL, infos[i].value};
        if (infos[i].value < 256) {
            letters[letter++] = (char)infos[i].value;
            if (infos[i].argument)
                letters[letter++] = ':';
        }
    }
    *options = (inc_options){.book = "."};
    bool help = false, named = false, kind_named = false;
    unsigned seen[INC_COUNT(infos)], seen_count = 0; /* each option once, for the question whose they are */
    bool was_seen[INC_COUNT(infos)] = {false};
    opterr = 0;
    for (int value; (value = getopt_long(argc, argv, letters, table, NULL)) != -1;) {
        const char *word = argv[optind - 1];
        if (value == ':')
            return wrong(status, NULL, "", "option '%s' needs a value", word);
        if (value == '?' && optopt && optopt < 256 && word[1] != '-')
            return wrong(status, NULL, "", "unknown option '-%c'", optopt);
        if (value == '?' && optopt)
            return wrong(status, NULL, "", "option '%s' takes no value", word);
        if (value == '?')
            return wrong_option(status, EACH, word, arena);
        for (unsigned i = 0; i < INC_COUNT(infos); i++)
            if (infos[i].value == value && !was_seen[i])
                was_seen[i] = true, seen[seen_count++] = i;
        kind_named |= value == AS;
        if (!read_option(value, optarg, options, &help, status, arena))
            return false;
    }
    *status = INC_STATUS_FINE;
    if (options->version)
        return true;
    if (!read_words(argv + optind, argc - optind, options, &named, status))
        return false;
    if (help) {
        named ? print_command_help(options->command) : print_help();
        return false;
    }
    for (unsigned i = 0; i < seen_count; i++)
        if (!(infos[seen[i]].commands & 1u << options->command))
            return wrong(status, NULL, "", "'--%s' is not an option of '%s'", infos[seen[i]].name, commands[options->command].name);
    if (options->command == INC_COMMAND_DUMP && !kind_named)
        return wrong(status, NULL, "", "dump needs --as document, html, pages or style");
    return true;
}
