/* report.c - from diagnostics to findings, and to the format that shows them. */
#include "cli/report.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"

static const inc_writer_info *writer_of(inc_format format)
{
    switch (format) {
    case INC_FORMAT_AUTO:
    case INC_FORMAT_GCC: return &inc_writer_gcc;
    case INC_FORMAT_HUMAN: return &inc_writer_human;
    case INC_FORMAT_JSON: return &inc_writer_json;
    case INC_FORMAT_SARIF: return &inc_writer_sarif;
    case INC_FORMAT_GITHUB: return &inc_writer_github;
    }
    return NULL;
}

bool inc_report_is_for_stdout(inc_format format)
{
    return writer_of(format)->to_stdout;
}

const char *inc_report_severity(inc_severity severity)
{
    static const char *const names[] = {[INC_NOTE] = "note", [INC_WARNING] = "warning", [INC_ERROR] = "error", [INC_FATAL] = "error"};
    return names[severity];
}

/* ---- paths ---- */

typedef struct paths {
    inc_arena *arena;
    inc_str here;   /* the working folder with a '/' at its end, or "" */
    inc_str top;    /* the folder paths are relative to, likewise */
    inc_str prefix; /* from top to here, with a '/' at its end, or "" */
} paths;

static inc_str with_slash(inc_arena *arena, inc_str folder)
{
    return folder.n && folder.p[folder.n - 1] != '/' ? inc_strf(arena, "%.*s/", INC_STR_ARG(folder)) : inc_str_dup(arena, folder);
}

static paths paths_begin(inc_arena *arena, inc_str top)
{
    char here[4096];
    paths p = {.arena = arena, .here = INC_STR(""), .prefix = INC_STR("")};
    if (getcwd(here, sizeof here) && strcmp(here, "/") != 0)
        p.here = with_slash(arena, inc_str_of(here));
    p.top = p.here;
    if (!top.n || !p.here.n)
        return p;
    char *real = realpath(inc_cstr(arena, top), NULL);
    inc_str folder = real ? with_slash(arena, inc_str_of(real)) : INC_STR("");
    free(real);
    if (folder.n > 1 && inc_str_starts(p.here, folder)) {
        p.top = folder;
        p.prefix = inc_str_slice(p.here, folder.n, p.here.n);
    }
    return p;
}

static inc_str shown_path(const paths *p, const inc_source *source)
{
    inc_str path = source->path.n ? source->path : source->name;
    if (p->prefix.n && !inc_str_starts(path, INC_STR("/")))
        path = inc_path_join(p->arena, p->prefix, path);
    path = inc_path_normalise(p->arena, path);
    if (p->top.n && inc_str_starts(path, p->top))
        path = inc_str_slice(path, p->top.n, path.n);
    return path;
}

/* ---- findings ---- */

static void follow_includes(inc_sources *sources, const paths *p, inc_finding *finding)
{
    inc_span span = finding->diag->span, by;
    uint32_t others;
    while (finding->chain_count < INC_CHAIN_MAX && inc_sources_includer(sources, span, &by, &others)) {
        inc_included *link = &finding->chain[finding->chain_count++];
        inc_sources_place(sources, by, &link->place);
        link->path = shown_path(p, inc_sources_get(sources, by.file));
        link->others = others;
        span = by;
    }
}

static inc_finding finding_of(inc_sources *sources, const paths *p, const inc_diag *diag)
{
    inc_finding finding = {.diag = diag, .info = inc_diag_info_of(diag->id), .path = INC_STR("")};
    finding.placed = inc_sources_place(sources, diag->span, &finding.place);
    if (finding.placed) {
        finding.source = inc_sources_get(sources, diag->span.file);
        finding.path = shown_path(p, finding.source);
        follow_includes(sources, p, &finding);
    }
    return finding;
}

void inc_report_render(const inc_diags *diags, inc_sources *sources, const inc_build_result *result, const inc_render *how, inc_buf *out)
{
    const inc_writer_info *info = writer_of(how->format);
    inc_writer writer = {.how = how, .diags = diags, .sources = sources, .result = result, .arena = out->arena, .out = out};
    paths p = paths_begin(out->arena, how->top);
    inc_fingerprints fingerprints = inc_fingerprints_in(out->arena);
    if (info->begin)
        info->begin(&writer);
    for (size_t i = 0; diags && i < diags->n; i++) {
        const inc_diag *diag = &diags->v[i];
        inc_str fingerprint = info->fingerprints ? inc_fingerprint_next(&fingerprints, sources, diag) : INC_STR("");
        if (diag->severity == INC_NOTE && !how->notes)
            continue;
        inc_finding finding = finding_of(sources, &p, diag);
        finding.fingerprint = fingerprint;
        info->finding(&writer, &finding);
    }
    if (info->end)
        info->end(&writer);
}

inc_str inc_report_summary(const inc_diags *diags, bool notes, inc_arena *arena)
{
    size_t counts[] = {diags->count[INC_FATAL] + diags->count[INC_ERROR], diags->count[INC_WARNING], notes ? diags->count[INC_NOTE] : 0};
    static const char *const names[] = {"error", "warning", "note"};
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < INC_COUNT(counts); i++)
        if (counts[i])
            inc_buf_printf(&out, "%s%zu %s%s", out.n ? ", " : "", counts[i], names[i], counts[i] == 1 ? "" : "s");
    if (diags->known)
        inc_buf_printf(&out, "%s%zu known", out.n ? ", " : "", diags->known);
    return inc_buf_str(&out);
}
