/*
 * build_outputs.c - the three files: written under temporary names beside their places, renamed when all are whole.
 */
#include <errno.h>

#include "base/files.h"
#include "base/guard.h"
#include "base/pool.h"
#include "build_run.h"
#include "epub/epub.h"
#include "incipit.h"
#include "resolve/letters.h"

#define STALE_SECONDS 3600 /* no build takes so long between two writes */
#define SLUG_MAX 120 /* bytes: file names hold 255 */
#define GENERATOR "incipit " INCIPIT_VERSION

/* ---- names ---- */

inc_str inc_run_slug(inc_arena *arena, inc_str title)
{
    inc_buf out = inc_buf_in(arena);
    for (size_t at = 0; at < title.n && out.n < SLUG_MAX;) {
        uint32_t cp = inc_utf8_decode(title, at, &at);
        if (inc_is_letter_or_digit(cp) || (inc_is_combining(cp) && out.n))
            inc_buf_code_point(&out, inc_lower(cp));
        else if (out.n && out.p[out.n - 1] != '-')
            inc_buf_byte(&out, '-');
    }
    while (out.n && out.p[out.n - 1] == '-')
        out.n--;
    return inc_buf_str(&out);
}

static inc_str output_folder(const inc_run *run)
{
    inc_arena *arena = run->result.arena;
    if (run->options->output.n)
        return run->options->output;
    if (run->manuscript->destination.n)
        return run->manuscript->destination;
    inc_str own = run->manuscript->settings.output;
    return inc_path_join(arena, run->manuscript->root, own.n ? own : INC_STR("out"));
}

static inc_str output_path(const inc_run *run, inc_str folder, unsigned to)
{
    const char *ending = to == INC_TO_PDF ? ".pdf" : to == INC_TO_PRINT ? "-print.pdf" : ".epub";
    inc_str name = inc_strf(run->result.arena, "%.*s%s", INC_STR_ARG(run->document->meta.slug), ending);
    return inc_path_join(run->result.arena, folder, name);
}

/* ---- the back ends, each on a thread with an arena and findings of its own ---- */

typedef struct output_job {
    unsigned to;
    inc_sink *sink;
    inc_arena *arena;
    inc_diags *diags;
    bool whole;
} output_job;

typedef struct output_jobs {
    inc_run *run;
    output_job v[3];
    unsigned n, pdf_count; /* the EPUB is the last one */
    unsigned pdf_worker;   /* which thread sees to the PDFs */
} output_jobs;

static bool write_pdf(const output_jobs *jobs, const output_job *job)
{
    const inc_run *run = jobs->run;
    inc_pdf_options options = {
        .medium = job->to == INC_TO_PDF ? INC_SCREEN : INC_PRINT,
        .inks = run->printing.inks,
        .condition = run->printing.condition,
        .producer = INC_STR(GENERATOR),
        .jobs = run->options->jobs,
        .pictures = run->pictures,
    };
    return inc_pdf_write(&run->layout.pages, &options, job->arena, job->diags, job->sink);
}

static bool write_epub(const inc_run *run, const output_job *job)
{
    inc_epub_input input = {
        .document = run->document,
        .sheet = run->sheet,
        .fonts = run->fonts,
        .images = run->images,
        .pagemap = &run->layout.pagemap,
        .generator = INC_STR(GENERATOR),
        .picture_pixels = run->manuscript->settings.epub_pixels,
        .inks = run->inks_profile,
    };
    return inc_epub_write(&input, job->arena, job->diags, job->sink);
}

static const char *phase_name(unsigned to)
{
    return to == INC_TO_PDF ? "pdf" : to == INC_TO_PRINT ? "print" : "epub";
}

static void write_one(output_jobs *jobs, size_t i, unsigned worker)
{
    output_job *job = &jobs->v[i];
    if (worker == 0) /* that is the caller's thread */
        inc_run_progress(jobs->run, phase_name(job->to), 0, 0);
    job->diags = inc_diags_new(job->arena);
    job->whole = job->to == INC_TO_EPUB ? write_epub(jobs->run, job) : write_pdf(jobs, job);
}

static void write_pdf_file(void *context, size_t i, unsigned worker)
{
    output_jobs *jobs = context;
    write_one(jobs, i, jobs->pdf_worker ? jobs->pdf_worker : worker);
}

/* The PDFs, when their last pictures are made: by half of the threads, for a picture takes much memory. */
static void write_pdfs(output_jobs *jobs)
{
    inc_run *run = jobs->run;
    unsigned threads = inc_parallel_jobs(run->options->jobs), half = INC_MAX(threads / 2, 1u);
    bool good = inc_background_finish(run->painting, threads / 2);
    if (good && inc_pdf_pictures_measure(run->pictures, &run->layout.pages))
        good = inc_parallel(half, inc_pdf_pictures_count(run->pictures), inc_pdf_pictures_make_again, run->pictures);
    if (!good || !inc_parallel(threads, jobs->pdf_count, write_pdf_file, jobs))
        inc_out_of_memory();
}

/* The EPUB beside the PDFs. */
static void write_part(void *context, size_t i, unsigned worker)
{
    output_jobs *jobs = context;
    if (i < jobs->n - jobs->pdf_count) {
        write_one(jobs, jobs->pdf_count, worker);
        return;
    }
    jobs->pdf_worker = worker;
    write_pdfs(jobs);
}

static void write_all(output_jobs *jobs)
{
    size_t epubs = jobs->n - jobs->pdf_count;
    if (!inc_parallel(jobs->run->options->jobs, epubs + (jobs->pdf_count > 0), write_part, jobs))
        inc_out_of_memory();
}

/* ---- files ---- */

static void report_write(inc_run *run, inc_str path, int error)
{
    const char *why = strerrordesc_np(error);
    inc_report(run->result.diags, INC_DIAG_CANNOT_WRITE, INC_NO_SPAN, "cannot write '%.*s': %s", INC_STR_ARG(path), why ? why : "unknown error");
}

static bool write_nothing(inc_sink *sink, const void *p, size_t n)
{
    (void)sink, (void)p, (void)n;
    return true;
}

/* The temporary file of an output, entered among the results; NULL (reported) when it cannot be opened. */
static inc_sink *open_file(inc_run *run, inc_str folder, unsigned to)
{
    inc_build_result *result = &run->result;
    unsigned at = result->output_count;
    inc_str path = output_path(run, folder, to);
    int error = 0;
    run->pending[at] = inc_file_sink_open(result->arena, path, &error);
    if (!run->pending[at]) {
        report_write(run, path, error);
        return NULL;
    }
    result->outputs[at] = (inc_output){.to = to, .path = path};
    result->output_count++;
    return inc_file_sink_sink(run->pending[at]);
}

static void free_arena(void *arena)
{
    inc_arena_free(arena);
}

static void add_job(output_jobs *jobs, unsigned to, inc_sink *sink)
{
    output_job *job = &jobs->v[jobs->n++];
    void **slot = inc_defer(jobs->run->result.arena, free_arena);
    *job = (output_job){.to = to, .sink = sink, .arena = inc_arena_new()};
    jobs->pdf_count += to != INC_TO_EPUB;
    *slot = job->arena;
}

/* A full disk is told once, at the first file that it hit. */
static void take_results(output_jobs *jobs, bool write)
{
    inc_build_result *result = &jobs->run->result;
    int told = 0;
    for (unsigned i = 0; i < jobs->n; i++) {
        output_job *job = &jobs->v[i];
        inc_diags_append(result->diags, job->diags);
        if (write)
            result->outputs[i].bytes = job->sink->written;
        if (write && !inc_sink_ok(job->sink)) {
            if (job->sink->error != told)
                report_write(jobs->run, result->outputs[i].path, job->sink->error);
            told = job->sink->error;
        } else if (!job->whole && !job->diags->count[INC_ERROR] && !job->diags->count[INC_FATAL])
            inc_report(result->diags, INC_DIAG_INTERNAL, INC_NO_SPAN, "the %s could not be made", phase_name(job->to));
    }
}

void inc_run_outputs(inc_run *run, bool write)
{
    inc_str folder = output_folder(run);
    inc_sink nothing[3];
    output_jobs jobs = {.run = run};
    unsigned wanted = inc_run_wanted(run);
    int error = write ? inc_folder_make(folder) : 0;
    if (error) {
        report_write(run, folder, error);
        return;
    }
    if (wanted & INC_TO_EPUB)
        inc_run_read_inks(run);
    if (wanted & (INC_TO_PDF | INC_TO_PRINT) && !run->pictures)
        inc_run_pictures(run); /* not begun because of errors that the baseline has taken away */
    if (inc_run_stopped(run))
        return;
    for (unsigned to = INC_TO_PDF; to <= INC_TO_EPUB; to <<= 1) {
        if (!(wanted & to))
            continue;
        nothing[jobs.n] = (inc_sink){.write = write_nothing};
        inc_sink *sink = write ? open_file(run, folder, to) : &nothing[jobs.n];
        if (!sink)
            return;
        add_job(&jobs, to, sink);
    }
    write_all(&jobs);
    take_results(&jobs, write);
}

/* False and reported when the step fails for one of the files: inc_run_abort then takes all of them back. */
static bool each_pending(inc_run *run, int (*step)(inc_file_sink *file))
{
    for (unsigned i = 0; i < run->result.output_count; i++) {
        int error = step(run->pending[i]);
        if (!error)
            continue;
        report_write(run, run->result.outputs[i].path, error);
        return false;
    }
    return true;
}

/* No file takes its place before all are whole and on the disk. */
void inc_run_commit(inc_run *run)
{
    inc_str folder = output_folder(run);
    if (!each_pending(run, inc_file_sink_finish) || inc_run_stopped(run) || !each_pending(run, inc_file_sink_install))
        return;
    int error = inc_folder_sync(folder);
    if (error) {
        report_write(run, folder, error);
        return;
    }
    for (unsigned i = 0; i < run->result.output_count; i++) {
        inc_file_sink_keep(run->pending[i]);
        run->pending[i] = NULL;
        inc_file_sink_sweep(run->result.outputs[i].path, STALE_SECONDS);
    }
}

void inc_run_abort(inc_run *run)
{
    bool aborted = false;
    for (unsigned i = 0; i < INC_COUNT(run->pending); i++) {
        if (!run->pending[i])
            continue;
        inc_file_sink_abort(run->pending[i]);
        run->pending[i] = NULL;
        aborted = true;
    }
    if (aborted)
        run->result.output_count = 0;
}
