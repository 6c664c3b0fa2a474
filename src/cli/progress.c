/* progress.c - one line on the terminal that follows the build, and the times of its phases. */
#include <time.h>

#include "cli/cli.h"

enum { MILLISECOND = 1000000, SILENT_FIRST = 150 * MILLISECOND, REDRAW = 50 * MILLISECOND };

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

inc_progress inc_progress_begin(bool line, bool times, inc_buf *log)
{
    int64_t began = now();
    return (inc_progress){.line = line, .times = times, .log = log, .began = began, .phase_began = began};
}

static void close_phase(inc_progress *progress, int64_t at)
{
    if (progress->phase && progress->times)
        inc_buf_printf(progress->log, "%-12s %8.1f ms\n", progress->phase, (double)(at - progress->phase_began) / MILLISECOND);
    progress->phase_began = at;
}

static void draw(inc_progress *progress, const char *what, size_t done, size_t total, int64_t at)
{
    if (!progress->line || at - progress->began < SILENT_FIRST || at - progress->drawn < REDRAW)
        return;
    if (total)
        fprintf(stderr, "\r\033[K%s %zu/%zu", what, done, total);
    else
        fprintf(stderr, "\r\033[K%s", what);
    fflush(stderr);
    progress->drawn = at;
    progress->shown = true;
}

void inc_progress_report(void *context, const char *what, size_t done, size_t total)
{
    inc_progress *progress = context;
    int64_t at = now();
    if (!progress->phase || strcmp(progress->phase, what) != 0) {
        close_phase(progress, at);
        progress->phase = what;
    }
    draw(progress, what, done, total, at);
}

void inc_progress_end(inc_progress *progress)
{
    if (progress->shown) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
        progress->shown = false;
    }
    close_phase(progress, now());
    progress->phase = NULL;
}

double inc_progress_seconds(const inc_progress *progress)
{
    return (double)(now() - progress->began) / 1e9;
}
