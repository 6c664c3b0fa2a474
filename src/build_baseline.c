/* build_baseline.c - the list of findings that a book is known to have, if there is one. */
#include <errno.h>

#include "base/files.h"
#include "build_run.h"

enum { SIZE_MAX_MIB = 64 };

static void report_unread(inc_run *run, inc_str path, int error)
{
    inc_diags *diags = run->result.diags;
    inc_arena *arena = run->result.arena;
    if (error == ENOENT)
        inc_report(diags, INC_DIAG_MISSING_FILE, INC_NO_SPAN, "baseline '%.*s' does not exist", INC_STR_ARG(path))->hint =
            inc_strf(arena, "write it with: incipit check --write-baseline %.*s", INC_STR_ARG(path));
    else
        inc_report(diags, INC_DIAG_CANNOT_READ, INC_NO_SPAN, "cannot read '%.*s': %s", INC_STR_ARG(path), strerrordesc_np(error));
}

void inc_run_open_baseline(inc_run *run)
{
    inc_arena *arena = run->result.arena;
    inc_str path = run->options->baseline, text, own = run->manuscript->settings.baseline;
    if (!path.n && own.n)
        path = inc_path_join(arena, run->manuscript->root, own);
    if (!path.n || run->options->no_baseline)
        return;
    int error = inc_file_read(arena, path, (size_t)SIZE_MAX_MIB << 20, &text);
    if (error) {
        report_unread(run, path, error);
        return;
    }
    inc_baseline *baseline = INC_NEW(arena, inc_baseline);
    unsigned line;
    if (inc_baseline_read(baseline, text, arena, &line))
        run->baseline = baseline;
    else
        inc_report(run->result.diags, INC_DIAG_BAD_BASELINE, INC_NO_SPAN, "line %u of '%.*s' is none of a baseline", line, INC_STR_ARG(path))
            ->hint = inc_strf(arena, "write it anew with: incipit check --write-baseline %.*s", INC_STR_ARG(path));
}

void inc_run_apply_baseline(inc_run *run)
{
    if (!run->baseline)
        return;
    run->result.baseline = true;
    inc_baseline_apply(run->baseline, run->result.diags, run->result.sources);
}
