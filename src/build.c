/* build.c - the phases in their order, and the one guard around them. */
#include "build.h"

#include "base/guard.h"
#include "build_run.h"
#include "lint/lint.h"

typedef enum run_goal { GOAL_BUILD, GOAL_CHECK, GOAL_DUMP, GOAL_TEST } run_goal;

void inc_run_progress(inc_run *run, const char *what, size_t done, size_t total)
{
    if (run->options->progress)
        run->options->progress(run->options->progress_context, what, done, total);
}

static bool is_interrupted(const inc_run *run)
{
    return run->options->interrupted && *run->options->interrupted;
}

bool inc_run_stopped(const inc_run *run)
{
    return is_interrupted(run) || run->result.diags->count[INC_FATAL] > 0;
}

bool inc_run_has_errors(const inc_run *run)
{
    const size_t *count = run->result.diags->count;
    return count[INC_FATAL] || count[INC_ERROR] || (run->options->strict && count[INC_WARNING]);
}

/* ---- the order ---- */

/* False when there are errors that keep the book from being written. */
static bool wants_files(const inc_run *run, run_goal goal)
{
    return goal == GOAL_CHECK || !inc_run_has_errors(run) || run->options->keep_going;
}

static void run_phases(inc_run *run, run_goal goal)
{
    inc_run_document(run, true);
    inc_libraries_check();
    inc_run_open_baseline(run);
    if (inc_run_stopped(run) || !run->document->book->first)
        return;
    inc_run_style(run);
    inc_libraries_check();
    if (inc_run_stopped(run))
        return;
    inc_run_graphics(run);
    inc_libraries_check();
    if (inc_run_stopped(run))
        return;
    if (wants_files(run, goal))
        inc_run_pictures(run);
    if (inc_run_stopped(run))
        return;
    inc_run_layout(run);
    inc_libraries_check();
    if (goal == GOAL_CHECK && !inc_run_stopped(run))
        inc_lint(&run->layout.pages, run->manuscript->settings.print_ppi, run->result.diags);
    inc_run_apply_baseline(run);
    if (inc_run_stopped(run) || !wants_files(run, goal))
        return;
    inc_run_outputs(run, goal == GOAL_BUILD);
    inc_libraries_check();
    inc_run_apply_baseline(run);
    if (goal == GOAL_BUILD && !inc_run_stopped(run) && (!inc_run_has_errors(run) || run->options->keep_going))
        inc_run_commit(run);
}

static void run_dump(inc_run *run, inc_dump_kind kind)
{
    bool text = kind == INC_DUMP_DOCUMENT || kind == INC_DUMP_HTML;
    if (run->options->commonmark && text && inc_str_ends(run->options->book, INC_STR(".md")))
        inc_run_plain(run);
    else
        inc_run_document(run, !(run->options->commonmark && text));
    if (!run->document->book->first)
        return;
    if (!text && !inc_run_stopped(run))
        inc_run_style(run);
    if (kind == INC_DUMP_PAGES && !inc_run_stopped(run))
        inc_run_graphics(run);
    if (kind == INC_DUMP_PAGES && !inc_run_stopped(run))
        inc_run_layout(run);
    if (!inc_run_stopped(run))
        inc_run_dump(run, kind);
}

static void run_all(inc_run *run, run_goal goal, inc_dump_kind kind)
{
    inc_build_result *result = &run->result;
    inc_libraries_begin();
    result->arena = inc_arena_new();
    result->sources = inc_sources_new(result->arena);
    result->diags = inc_diags_new(result->arena);
    if (goal == GOAL_DUMP)
        run_dump(run, kind);
    else if (goal == GOAL_TEST)
        inc_run_listings(run);
    else
        run_phases(run, goal);
    inc_diags_tidy(result->diags, 0);
    inc_run_apply_baseline(run);
}

/* ---- the end of it ---- */

static void report_exhaustion(inc_run *run)
{
    inc_guard guard;
    run->result.out_of_memory = true;
    if (!run->result.diags)
        return;
    if (INC_GUARD(&guard) == 0) {
        inc_report(run->result.diags, INC_DIAG_OUT_OF_MEMORY, INC_NO_SPAN, "memory ran out");
        inc_guard_leave(&guard);
    }
}

static int status_of(const inc_run *run)
{
    const inc_build_result *result = &run->result;
    if (result->out_of_memory || result->diags->count[INC_FATAL])
        return INC_STATUS_MACHINE;
    if (is_interrupted(run) && !result->output_count)
        return INC_STATUS_INTERRUPTED;
    return inc_run_has_errors(run) ? INC_STATUS_ERRORS : INC_STATUS_FINE;
}

static void run_guarded(inc_run *run, run_goal goal, inc_dump_kind kind)
{
    inc_guard guard;
    if (INC_GUARD(&guard) == 0) {
        run_all(run, goal, kind);
        inc_guard_leave(&guard);
    } else {
        report_exhaustion(run);
    }
}

static inc_run start_of(const inc_build_options *options)
{
    inc_str empty = INC_STR("");
    return (inc_run){.options = options, .result = {.root = empty, .title = empty, .dump = empty, .details = empty, .summary = empty}};
}

static inc_build_result finish(inc_run *run, run_goal goal, inc_dump_kind kind)
{
    run_guarded(run, goal, kind);
    inc_run_abort(run);
    run->result.status = status_of(run);
    return run->result;
}

static inc_build_result start(const inc_build_options *options, run_goal goal, inc_dump_kind kind)
{
    inc_run run = start_of(options);
    return finish(&run, goal, kind);
}

inc_build_result inc_build(const inc_build_options *options)
{
    return start(options, GOAL_BUILD, INC_DUMP_DOCUMENT);
}

inc_build_result inc_check(const inc_build_options *options)
{
    return start(options, GOAL_CHECK, INC_DUMP_DOCUMENT);
}

inc_build_result inc_dump(const inc_build_options *options, inc_dump_kind kind)
{
    return start(options, GOAL_DUMP, kind);
}

inc_build_result inc_test(const inc_build_options *options, const inc_test_options *test)
{
    inc_run run = start_of(options);
    run.test = test;
    return finish(&run, GOAL_TEST, INC_DUMP_DOCUMENT);
}

void inc_build_result_free(inc_build_result *result)
{
    inc_arena_free(result->arena);
    *result = (inc_build_result){.status = result->status};
}
