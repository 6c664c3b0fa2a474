/*
 * report_github.c - workflow commands, which GitHub turns into annotations of the commit. It shows ten of each kind for a step and drops the
 * rest: those come as plain lines in a group.
 */
#include "cli/report.h"

enum { KIND_MAX = 10 };

typedef struct state {
    unsigned annotated[INC_FATAL + 1];
    inc_buf rest; /* lines of the group */
    unsigned rest_count;
} state;

/* What a command's data must not hold as it is; properties (`strict`) none of ":" and "," either. Old commands ("##[") are found anywhere in a
 * line, and are broken up. */
static void add_escaped(inc_buf *out, inc_str text, bool strict)
{
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '%' || c == '\r' || c == '\n' || (strict && (c == ':' || c == ',')))
            inc_buf_printf(out, "%%%02X", (unsigned char)c);
        else if (c == '[' && i >= 2 && text.p[i - 1] == '#' && text.p[i - 2] == '#')
            inc_buf_puts(out, " [");
        else
            inc_buf_byte(out, c);
    }
}

static void add_safe(inc_writer *w, inc_buf *out, inc_str text, bool strict)
{
    inc_buf safe = inc_buf_in(w->arena);
    inc_columns_add_safe(&safe, text);
    add_escaped(out, inc_buf_str(&safe), strict);
}

static void add_place(inc_writer *w, const inc_finding *finding)
{
    const inc_place *place = &finding->place;
    inc_buf_puts(w->out, "file=");
    add_safe(w, w->out, finding->path, true);
    inc_buf_printf(w->out, ",line=%u", place->line);
    if (place->end_line > place->line)
        inc_buf_printf(w->out, ",endLine=%u", place->end_line);
    else
        inc_buf_printf(w->out, ",col=%u,endColumn=%u", place->column, INC_MAX(place->end_column, place->column + 1));
    inc_buf_byte(w->out, ',');
}

static void annotate(inc_writer *w, const inc_finding *finding)
{
    static const char *const kinds[] = {[INC_NOTE] = "notice", [INC_WARNING] = "warning", [INC_ERROR] = "error", [INC_FATAL] = "error"};
    const inc_diag *diag = finding->diag;
    inc_buf_printf(w->out, "::%s ", kinds[diag->severity]);
    if (finding->placed)
        add_place(w, finding);
    inc_buf_printf(w->out, "title=%s::", finding->info->name);
    add_safe(w, w->out, diag->message, false);
    if (diag->page.n) {
        inc_buf_puts(w->out, " (page ");
        add_safe(w, w->out, diag->page, false);
        inc_buf_byte(w->out, ')');
    }
    if (diag->hint.n) {
        inc_buf_puts(w->out, "%0AHint: ");
        add_safe(w, w->out, diag->hint, false);
    }
    for (unsigned i = 0; i < finding->chain_count; i++) {
        inc_buf_puts(w->out, "%0AIncluded from ");
        add_safe(w, w->out, finding->chain[i].path, false);
        inc_buf_printf(w->out, ":%u", finding->chain[i].place.line);
    }
    inc_buf_byte(w->out, '\n');
}

static void begin(inc_writer *w)
{
    state *s = w->state = INC_NEW(w->arena, state);
    s->rest = inc_buf_in(w->arena);
}

static void write_finding(inc_writer *w, const inc_finding *finding)
{
    state *s = w->state;
    inc_severity kind = INC_MIN(finding->diag->severity, INC_ERROR);
    if (!finding->diag->known && s->annotated[kind]++ < KIND_MAX) {
        annotate(w, finding);
        return;
    }
    inc_buf line = inc_buf_in(w->arena);
    inc_report_add_line(&line, finding);
    inc_buf_byte(&s->rest, ' '); /* so that none begins like a command */
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '[' && i >= 2 && line.p[i - 1] == '#' && line.p[i - 2] == '#')
            inc_buf_byte(&s->rest, ' ');
        inc_buf_byte(&s->rest, line.p[i]);
    }
    inc_buf_byte(&s->rest, '\n');
    s->rest_count++;
}

static void end(inc_writer *w)
{
    const state *s = w->state;
    if (!s->rest_count)
        return;
    inc_buf_printf(w->out, "::group::%u more finding%s that GitHub does not annotate\n", s->rest_count, s->rest_count == 1 ? "" : "s");
    inc_buf_add(w->out, inc_buf_str(&s->rest));
    inc_buf_puts(w->out, "::endgroup::\n");
}

const inc_writer_info inc_writer_github = {.begin = begin, .finding = write_finding, .end = end};
