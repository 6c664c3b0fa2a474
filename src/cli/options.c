/* options.c - reading the command line. */
#include <getopt.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/files.h"
#include "cli/cli.h"

/* ---- mistakes ---- */

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

static bool wrong_option(int *status, const char *word, inc_arena *arena)
{
    inc_str name = inc_str_of(word);
    if (!inc_str_starts(name, INC_STR("--")))
        return wrong(status, NULL, "", "unknown option '%s'", word);
    name = inc_str_slice(name, 2, name.n);
    name = inc_str_cut(&name, '=');
    const char *candidates[INC_OPTION_COUNT];
    for (size_t i = 0; i < INC_OPTION_COUNT; i++)
        candidates[i] = inc_option_infos[i].name;
    return wrong(status, inc_help_nearest(name, candidates, INC_OPTION_COUNT), "--", "unknown option '--%s'", inc_cstr(arena, name));
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
    const char *meant = inc_help_nearest(word, names, count);
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
    static const choice formats[] = {{"human", INC_FORMAT_HUMAN}, {"gcc", INC_FORMAT_GCC}, {"json", INC_FORMAT_JSON},
        {"sarif", INC_FORMAT_SARIF}, {"github", INC_FORMAT_GITHUB}};
    static const choice colors[] = {{"auto", INC_WHEN_AUTO}, {"always", INC_WHEN_ALWAYS}, {"never", INC_WHEN_NEVER}};
    static const choice kinds[] = {
        {"document", INC_DUMP_DOCUMENT}, {"html", INC_DUMP_HTML}, {"pages", INC_DUMP_PAGES}, {"style", INC_DUMP_STYLE}};
    inc_str word = inc_str_of(argument ? argument : "");
    int chosen = 0;
    uint64_t number;
    switch (value) {
    case INC_OPTION_TO:
        return read_targets(word, &options->to, status, arena);
    case 'o':
        options->output = argument;
        return word.n > 0 || wrong(status, NULL, "", "--output takes a folder");
    case INC_OPTION_AS:
        if (!choose(word, "as", kinds, INC_COUNT(kinds), &chosen, status, arena))
            return false;
        options->dump = (inc_dump_kind)chosen;
        return true;
    case INC_OPTION_TITLE:
        options->title = argument;
        return word.n > 0 || wrong(status, NULL, "", "--title takes a text");
    case INC_OPTION_LANGUAGE: options->language = argument; return true;
    case INC_OPTION_AUTHOR:
        if (!word.n || options->author_count == INC_COUNT(options->authors))
            return wrong(status, NULL, "", word.n ? "too many authors" : "--author takes a name");
        options->authors[options->author_count++] = argument;
        return true;
    case INC_OPTION_BASELINE:
        options->baseline = argument;
        return word.n > 0 || wrong(status, NULL, "", "--baseline takes a file");
    case INC_OPTION_WRITE_BASELINE:
        options->write_baseline = argument;
        return word.n > 0 || wrong(status, NULL, "", "--write-baseline takes a file");
    case INC_OPTION_ROOT:
        options->root = argument;
        return word.n > 0 || wrong(status, NULL, "", "--root takes a folder");
    case INC_OPTION_ONLY:
        if (!word.n || options->only_count == INC_COUNT(options->only))
            return wrong(status, NULL, "", word.n ? "too many parts to test" : "--only takes a path");
        options->only[options->only_count++] = argument;
        return true;
    case INC_OPTION_RESULTS:
        options->results = argument;
        return word.n > 0 || wrong(status, NULL, "", "--results takes a file, or - for standard output");
    case INC_OPTION_DIAGNOSTICS:
        if (!choose(word, "diagnostics", formats, INC_COUNT(formats), &chosen, status, arena))
            return false;
        options->format = (inc_format)chosen;
        return true;
    case INC_OPTION_COLOR:
        if (!choose(word, "color", colors, INC_COUNT(colors), &chosen, status, arena))
            return false;
        options->color = (inc_when)chosen;
        return true;
    case 'j':
        if (!inc_str_to_uint(word, &number) || number < 1 || number > 1024)
            return wrong(status, NULL, "", "--jobs takes a number from 1 to 1024, not '%s'", word.p);
        options->jobs = (unsigned)number;
        return true;
    case INC_OPTION_BLESS: options->bless = true; return true;
    case INC_OPTION_DIAGRAMS: options->diagrams = true; return true;
    case INC_OPTION_TIDY_DIAGRAMS: options->tidy_diagrams = true; return true;
    case INC_OPTION_STRICT: options->strict = true; return true;
    case INC_OPTION_KEEP_GOING: options->keep_going = true; return true;
    case INC_OPTION_COMMONMARK: options->commonmark = true; return true;
    case INC_OPTION_GFM: options->commonmark = options->gfm = true; return true;
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
    return strcmp(word, "-") == 0 || strchr(word, '/') || strchr(word, '.') || stat(word, &st) == 0;
}

static bool read_words(char **words, int count, inc_options *options, bool *named, int *status)
{
    const char *names[INC_COMMAND_COUNT];
    for (int i = 0; i < INC_COMMAND_COUNT; i++) {
        names[i] = inc_command_infos[i].name;
        if (!*named && count > 0 && strcmp(words[0], names[i]) == 0)
            options->command = (inc_command)i, *named = true;
    }
    if (*named)
        words++, count--;
    else if (count > 0 && !is_path(words[0]))
        return wrong(status, inc_help_nearest(inc_str_of(words[0]), names, INC_COMMAND_COUNT), "", "unknown command '%s'", words[0]);
    options->words = words;
    options->word_count = count;
    return true;
}

static bool check_words(inc_options *options, int *status)
{
    const inc_command_info *info = &inc_command_infos[options->command];
    if (options->word_count < info->words_least)
        return wrong(status, NULL, "", "'%s' needs %s", info->name, info->argument);
    bool reads_book = options->command <= INC_COMMAND_DUMP;
    if (options->word_count > info->words_most)
        return wrong(status, NULL, "", "one %s at a time: '%s' is one too many", reads_book ? "book" : info->argument, options->words[info->words_most]);
    if (reads_book && options->word_count == 1)
        options->book = options->words[0];
    if (!*options->book)
        return wrong(status, NULL, "", "the name of the book is empty");
    options->renderer |= strcmp(options->book, "-") == 0;
    return true;
}

/* A name under which mdBook looks for a renderer; it gives no arguments. */
static bool is_mdbook_name(const char *program)
{
    return inc_str_starts(inc_path_name(inc_str_of(program ? program : "")), INC_STR("mdbook-"));
}

bool inc_options_read(int argc, char **argv, inc_arena *arena, inc_options *options, int *status)
{
    struct option table[INC_OPTION_COUNT + 1] = {{0}};
    char letters[2 * INC_OPTION_COUNT + 2] = ":";
    size_t letter = 1;
    for (size_t i = 0; i < INC_OPTION_COUNT; i++) {
        table[i] = (struct option){inc_option_infos[i].name, inc_option_infos[i].argument ? required_argument : no_argument, NULL, inc_option_infos[i].value};
        if (inc_option_infos[i].value < 256) {
            letters[letter++] = (char)inc_option_infos[i].value;
            if (inc_option_infos[i].argument)
                letters[letter++] = ':';
        }
    }
    *options = (inc_options){.book = ".", .renderer = argc > 0 && is_mdbook_name(argv[0])};
    bool help = false, named = false, kind_named = false;
    unsigned seen[INC_OPTION_COUNT], seen_count = 0; /* each option once, for the question whose they are */
    bool was_seen[INC_OPTION_COUNT] = {false};
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
            return wrong_option(status, word, arena);
        for (unsigned i = 0; i < INC_OPTION_COUNT; i++)
            if (inc_option_infos[i].value == value && !was_seen[i])
                was_seen[i] = true, seen[seen_count++] = i;
        kind_named |= value == INC_OPTION_AS;
        if (!read_option(value, optarg, options, &help, status, arena))
            return false;
    }
    *status = INC_STATUS_FINE;
    if (options->version)
        return true;
    if (!read_words(argv + optind, argc - optind, options, &named, status))
        return false;
    if (help) {
        named ? inc_help_print_command(options->command) : inc_help_print();
        return false;
    }
    for (unsigned i = 0; i < seen_count; i++)
        if (!(inc_option_infos[seen[i]].commands & 1u << options->command))
            return wrong(status, NULL, "", "'--%s' is not an option of '%s'", inc_option_infos[seen[i]].name, inc_command_infos[options->command].name);
    if (!check_words(options, status))
        return false;
    if (options->command == INC_COMMAND_DUMP && !kind_named)
        return wrong(status, NULL, "", "dump needs --as document, html, pages or style");
    if (options->command == INC_COMMAND_DUMP && inc_report_is_for_stdout(options->format))
        return wrong(status, NULL, "", "dump has standard output for itself: --diagnostics takes human, gcc or github there");
    return true;
}
