/* commands.c - build, check, dump: run the pipeline, show what it found and what it wrote. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/sink.h"
#include "cli/cli.h"
#include "incipit.h"

/* ---- interruption ---- */

static volatile sig_atomic_t interrupted; /* the signal's number */

static void on_signal(int number)
{
    interrupted = number;
}

/* The first signal lets the build stop between two phases and remove its temporary files; a second one kills. What the caller
 * chose to ignore (nohup, a background job of a script) stays ignored. */
static void catch_signal(int number)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND}, old;
    sigemptyset(&action.sa_mask);
    if (sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        sigaction(number, &action, NULL);
}

static void catch_signals(void)
{
    catch_signal(SIGINT);
    catch_signal(SIGTERM);
    catch_signal(SIGHUP);
    signal(SIGXFSZ, SIG_IGN); /* a file over the limit is a failed write, like a full disk */
}

/* ---- the terminal ---- */

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

static bool is_rich_terminal(void)
{
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && (!term || strcmp(term, "dumb") != 0);
}

/* Columns of the terminal, or 0. */
static unsigned terminal_width(void)
{
    struct winsize size;
    return isatty(STDERR_FILENO) && ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static inc_render choose_render(const inc_options *options)
{
    inc_format format = options->format;
    if (format == INC_FORMAT_AUTO)
        format = isatty(STDERR_FILENO) ? INC_FORMAT_HUMAN : INC_FORMAT_GCC;
    bool repository = format == INC_FORMAT_GITHUB || format == INC_FORMAT_SARIF;
    return (inc_render){
        .format = format,
        .color = options->color == INC_WHEN_ALWAYS || (options->color == INC_WHEN_AUTO && is_rich_terminal() && !is_set("NO_COLOR")),
        .notes = !options->quiet,
        .all = options->verbose,
        .table = options->command == INC_COMMAND_CHECK && !options->quiet,
        .width = terminal_width(),
        .command = inc_command_infos[options->command].name,
        .book = options->book,
        .top = inc_str_of(repository && is_set("GITHUB_WORKSPACE") ? getenv("GITHUB_WORKSPACE") : ""),
    };
}

/* ---- the report ---- */

static void add_size(inc_buf *out, uint64_t bytes)
{
    if (bytes < 1000 * 1000)
        inc_buf_printf(out, "%.0f kB", (double)(bytes + 999) / 1000 - 0.5);
    else
        inc_buf_printf(out, "%.1f MB", (double)bytes / 1e6);
}

static void add_outputs(const inc_build_result *result, inc_buf *out)
{
    for (unsigned i = 0; i < result->output_count; i++) {
        const inc_output *output = &result->outputs[i];
        inc_buf_puts(out, "wrote ");
        inc_columns_add_safe(out, output->path);
        inc_buf_puts(out, " (");
        if (output->to != INC_TO_EPUB)
            inc_buf_printf(out, "%zu page%s, ", result->page_count, result->page_count == 1 ? "" : "s");
        add_size(out, output->bytes);
        inc_buf_puts(out, ")\n");
    }
}

static void add_closing(const inc_options *options, const inc_build_result *result, const inc_render *render, double seconds, inc_buf *out)
{
    if (!options->quiet && options->command == INC_COMMAND_BUILD)
        add_outputs(result, out);
    if (result->details.n && (render->format == INC_FORMAT_HUMAN || render->format == INC_FORMAT_GCC))
        inc_buf_printf(out, "\n%.*s\n", INC_STR_ARG(result->details));
    if (result->summary.n)
        inc_buf_printf(out, "incipit: %.*s\n", INC_STR_ARG(result->summary));
    inc_str summary = result->diags ? inc_report_summary(result->diags, render->notes, out->arena) : INC_STR("");
    bool failed = result->status != INC_STATUS_FINE;
    if (result->status == INC_STATUS_INTERRUPTED)
        inc_buf_puts(out, "incipit: interrupted, nothing was written\n");
    else if (failed && options->command == INC_COMMAND_BUILD && result->output_count == 0)
        inc_buf_printf(out, "incipit: %.*s: nothing was written\n", INC_STR_ARG(summary.n ? summary : INC_STR("failed")));
    else if (summary.n && !options->quiet && options->command != INC_COMMAND_DUMP)
        inc_buf_printf(out, "incipit: %.*s\n", INC_STR_ARG(summary));
    if (options->verbose)
        inc_buf_printf(out, "%-12s %8.1f ms; %zu chapters, %zu pages, %u layout pass%s\n", "total", seconds * 1000,
            result->chapter_count, result->page_count, result->layout_passes, result->layout_passes == 1 ? "" : "es");
}

static inc_build_result run_pipeline(const inc_options *options, const inc_build_options *build, inc_arena *arena)
{
    switch (options->command) {
    case INC_COMMAND_BUILD: return inc_build(build);
    case INC_COMMAND_CHECK: return inc_check(build);
    case INC_COMMAND_TEST: return inc_test_book(options, build, arena);
    case INC_COMMAND_DUMP: return inc_dump(build, options->dump);
    case INC_COMMAND_INIT:
    case INC_COMMAND_EXPLAIN:
    case INC_COMMAND_COMPLETION:
    case INC_COMMAND_COUNT: break;
    }
    return (inc_build_result){.status = INC_STATUS_USAGE};
}

static int print_version(bool verbose, inc_arena *arena)
{
    fputs("incipit " INCIPIT_VERSION "\n", stdout);
    if (verbose) {
        inc_buf versions = inc_buf_in(arena);
        inc_library_versions(&versions);
        inc_buf_printf(&versions, "data %.*s\n", INC_STR_ARG(inc_data_folder(arena)));
        fwrite(versions.p, 1, versions.n, stdout);
    }
    return INC_STATUS_FINE;
}

/* Standard output belongs to the data of dump, or to the formats that another program reads. */
static void show(const inc_options *options, const inc_render *render, const inc_build_result *result, inc_buf *report)
{
    if (inc_report_is_for_stdout(render->format)) {
        inc_buf data = inc_buf_in(report->arena);
        inc_report_render(result->diags, result->sources, result, render, &data);
        fwrite(inc_buf_str(&data).p, 1, data.n, stdout);
    } else
        inc_report_render(result->diags, result->sources, result, render, report);
    if (options->command == INC_COMMAND_DUMP && result->status != INC_STATUS_INTERRUPTED)
        fwrite(result->dump.n ? result->dump.p : "", 1, result->dump.n, stdout);
}

/* False when the file cannot be written (reported). */
static bool write_baseline(const char *path, const inc_build_result *result, inc_buf *report)
{
    inc_buf text = inc_buf_in(report->arena);
    inc_baseline_write(result->diags, result->sources, &text);
    int error = inc_file_write(report->arena, inc_str_of(path), inc_buf_str(&text));
    if (error)
        inc_buf_printf(report, "incipit: cannot write '%s': %s\n", path, strerror(error));
    return !error;
}

enum { PATIENCE = 5000 /* milliseconds */ };

/* mdBook runs a renderer without arguments in the folder for its output, where no book is, with the book on a pipe. */
static bool is_run_by_mdbook(const inc_options *options)
{
    static const char *const own[] = {"book.toml", "SUMMARY.md", "src/SUMMARY.md"};
    struct stat st;
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    if (options->renderer)
        return true;
    if (options->word_count || options->command != INC_COMMAND_BUILD || fstat(STDIN_FILENO, &st) != 0 || !S_ISFIFO(st.st_mode))
        return false;
    for (size_t i = 0; i < INC_COUNT(own); i++)
        if (inc_file_exists(inc_str_of(own[i])))
            return false;
    return poll(&input, 1, PATIENCE) > 0; /* a pipe on which nothing comes is somebody else's */
}

/* All of standard input. */
static inc_str read_context(inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    char block[1 << 16];
    size_t n;
    while ((n = fread(block, 1, sizeof block, stdin)) > 0)
        inc_buf_add(&out, (inc_str){block, n});
    return inc_buf_str(&out);
}

static int run_book(const inc_options *options, inc_arena *arena)
{
    inc_buf report = inc_buf_in(arena), times = inc_buf_in(arena);
    inc_render render = choose_render(options);
    inc_progress progress = inc_progress_begin(!options->quiet && is_rich_terminal(), options->verbose, &times);
    catch_signals();
    inc_build_options build = {
        .book = inc_str_of(options->book),
        .root = inc_str_of(options->root ? options->root : ""),
        .to = options->to,
        .output = inc_str_of(options->output ? options->output : ""),
        .baseline = inc_str_of(options->baseline ? options->baseline : ""),
        .no_baseline = options->write_baseline != NULL,
        .data = inc_data_folder(arena),
        .jobs = options->jobs,
        .draw_diagrams = options->diagrams,
        .tidy_diagrams = options->tidy_diagrams,
        .scratch = inc_scratch_folder(),
        .environment = inc_clean_environment(arena),
        .strict = options->strict,
        .keep_going = options->keep_going,
        .commonmark = options->commonmark,
        .gfm = options->gfm,
        .progress = inc_progress_report,
        .progress_context = &progress,
        .interrupted = &interrupted,
    };
    if (is_run_by_mdbook(options)) {
        build.context = read_context(arena);
        if (!build.context.n && options->renderer)
            build.context = INC_STR(" "); /* which is no book, and is said to be none */
    }
    inc_build_result result = run_pipeline(options, &build, arena);
    inc_progress_end(&progress);

    show(options, &render, &result, &report);
    if (result.out_of_memory)
        inc_buf_puts(&report, "incipit: memory ran out\n");
    if (options->write_baseline && result.status <= INC_STATUS_ERRORS && !write_baseline(options->write_baseline, &result, &report))
        result.status = INC_STATUS_MACHINE;
    if (options->verbose)
        inc_buf_add(&report, inc_buf_str(&times));
    add_closing(options, &result, &render, inc_progress_seconds(&progress), &report);
    fwrite(inc_buf_str(&report).p, 1, report.n, stderr);
    int status = result.status;
    inc_build_result_free(&result);
    return status == INC_STATUS_INTERRUPTED && interrupted ? 128 + (int)interrupted : status;
}

int inc_command_run(const inc_options *options, inc_arena *arena)
{
    if (options->version)
        return print_version(options->verbose, arena);
    switch (options->command) {
    case INC_COMMAND_BUILD:
    case INC_COMMAND_CHECK:
    case INC_COMMAND_TEST:
    case INC_COMMAND_DUMP: return run_book(options, arena);
    case INC_COMMAND_INIT: return inc_init(options, arena);
    case INC_COMMAND_EXPLAIN: return inc_explain(options);
    case INC_COMMAND_COMPLETION: return inc_completion(options);
    case INC_COMMAND_COUNT: break;
    }
    return INC_STATUS_USAGE;
}
