/* report_human.c - findings for a person at a terminal: the line at fault with carets, where it was included, what to do. */
#include <stdio.h>

#include "cli/report.h"

enum { SAME_MAX = 12, EXCERPT_LEAST = 40, EXCERPT_USUAL = 96, EXCERPT_MOST = 160 };

typedef struct tally {
    uint32_t count[INC_FATAL + 1];
    inc_str first; /* where the first stands */
} tally;

typedef struct state {
    uint32_t seen[INC_DIAG_COUNT]; /* those that may be left out */
    uint32_t known[INC_DIAG_COUNT];
    tally tallies[INC_DIAG_COUNT];
} state;

static const char *paint(const inc_writer *w, const char *code)
{
    return w->how->color ? code : "";
}

static const char *severity_color(const inc_writer *w, inc_severity severity)
{
    static const char *const colors[] = {
        [INC_NOTE] = "\033[1;36m", [INC_WARNING] = "\033[1;33m", [INC_ERROR] = "\033[1;31m", [INC_FATAL] = "\033[1;31m"};
    return paint(w, colors[severity]);
}

/* "   | " beneath the line number. */
static void add_gutter(const inc_writer *w, int digits, const char *sign)
{
    inc_buf_printf(w->out, " %*s %s%s%s", digits, "", paint(w, "\033[1;34m"), sign, paint(w, "\033[0m"));
}

static void add_excerpt(const inc_writer *w, const inc_finding *finding, int digits)
{
    inc_buf text = inc_buf_in(w->arena), carets = inc_buf_in(w->arena);
    unsigned margin = (unsigned)digits + 5; /* " 12 | ", and the ellipsis at the end */
    unsigned width = w->how->width > margin ? INC_MAX(w->how->width - margin, (unsigned)EXCERPT_LEAST) : EXCERPT_USUAL;
    inc_columns_excerpt(&finding->place, INC_MIN(width, (unsigned)EXCERPT_MOST), &text, &carets);
    if (!inc_str_trim(inc_buf_str(&text)).n)
        return;
    inc_buf_printf(w->out, " %s%*u |%s ", paint(w, "\033[1;34m"), digits, finding->place.line, paint(w, "\033[0m"));
    inc_buf_add(w->out, inc_buf_str(&text));
    inc_buf_byte(w->out, '\n');
    add_gutter(w, digits, "|");
    inc_buf_printf(w->out, " %s", severity_color(w, finding->diag->severity));
    inc_buf_add(w->out, inc_buf_str(&carets));
    inc_buf_printf(w->out, "%s\n", paint(w, "\033[0m"));
}

static void add_chain(const inc_writer *w, const inc_finding *finding, int digits)
{
    for (unsigned i = 0; i < finding->chain_count; i++) {
        const inc_included *link = &finding->chain[i];
        add_gutter(w, digits, "=");
        inc_buf_puts(w->out, " included from ");
        inc_columns_add_safe(w->out, link->path);
        inc_buf_printf(w->out, ":%u:%u", link->place.line, link->place.column);
        if (link->others)
            inc_buf_printf(w->out, " and %u other place%s", link->others, link->others == 1 ? "" : "s");
        inc_buf_byte(w->out, '\n');
    }
}

static void add_finding(const inc_writer *w, const inc_finding *finding)
{
    const inc_diag *diag = finding->diag;
    inc_buf_printf(w->out, "%s%s%s[%s]%s: %s", severity_color(w, diag->severity), inc_report_severity(diag->severity), paint(w, "\033[0m"),
        finding->info->name, diag->known ? " (known)" : "", paint(w, "\033[1m"));
    inc_columns_add_safe(w->out, diag->message);
    inc_buf_printf(w->out, "%s\n", paint(w, "\033[0m"));

    int digits = 1;
    if (finding->placed) {
        digits = snprintf(NULL, 0, "%u", finding->place.line);
        inc_buf_printf(w->out, " %*s%s-->%s ", digits, "", paint(w, "\033[1;34m"), paint(w, "\033[0m"));
        inc_columns_add_safe(w->out, finding->path);
        inc_buf_printf(w->out, ":%u:%u", finding->place.line, finding->place.column);
    }
    if (diag->page.n) {
        inc_buf_puts(w->out, finding->placed ? ", page " : "   page ");
        inc_columns_add_safe(w->out, diag->page);
    }
    if (finding->placed || diag->page.n)
        inc_buf_byte(w->out, '\n');
    if (finding->placed) {
        add_excerpt(w, finding, digits);
        add_chain(w, finding, digits);
    }
    if (diag->hint.n) {
        add_gutter(w, digits, "=");
        inc_buf_puts(w->out, " hint: ");
        inc_columns_add_safe(w->out, diag->hint);
        inc_buf_byte(w->out, '\n');
    }
    inc_buf_byte(w->out, '\n');
}

static inc_str place_text(const inc_writer *w, const inc_finding *finding)
{
    inc_buf out = inc_buf_in(w->arena);
    if (finding->placed) {
        inc_columns_add_safe(&out, finding->path);
        inc_buf_printf(&out, ":%u:%u", finding->place.line, finding->place.column);
    }
    if (finding->diag->page.n) {
        inc_buf_puts(&out, out.n ? ", page " : "page ");
        inc_columns_add_safe(&out, finding->diag->page);
    }
    return inc_buf_str(&out);
}

static void begin(inc_writer *w)
{
    w->state = INC_NEW(w->arena, state);
}

static void write_finding(inc_writer *w, const inc_finding *finding)
{
    state *s = w->state;
    const inc_diag *diag = finding->diag;
    if (diag->known && !w->how->all) { /* what is new must not be lost among them */
        s->known[diag->id]++;
        return;
    }
    tally *t = &s->tallies[diag->id];
    if (!t->count[INC_NOTE] && !t->count[INC_WARNING] && !t->count[INC_ERROR] && !t->count[INC_FATAL])
        t->first = place_text(w, finding);
    t->count[diag->severity]++;
    if (diag->severity >= INC_ERROR || w->how->all || ++s->seen[diag->id] <= SAME_MAX)
        add_finding(w, finding);
}

/* Long runs of the same warning or note drown the rest, so a person sees the first of them and a count. */
static void add_left_out(inc_writer *w, const state *s)
{
    bool any = false;
    for (unsigned id = 0; id < INC_DIAG_COUNT; id++)
        if (s->seen[id] > SAME_MAX) {
            inc_buf_printf(w->out, "... and %u more of %s\n", s->seen[id] - SAME_MAX, inc_diag_info_of((inc_diag_id)id)->name);
            any = true;
        }
    if (any)
        inc_buf_puts(w->out, "(--verbose shows them all)\n\n");
}

static void add_known(inc_writer *w, const state *s)
{
    const char *between = "known: ";
    for (unsigned id = 0; id < INC_DIAG_COUNT; id++)
        if (s->known[id]) {
            inc_buf_printf(w->out, "%s%u %s", between, s->known[id], inc_diag_info_of((inc_diag_id)id)->name);
            between = ", ";
        }
    if (between[0] == ',')
        inc_buf_puts(w->out, " (--verbose shows them)\n");
}

/* What there is of each id, the gravest first. */
static void add_table(inc_writer *w, const state *s)
{
    bool any = false;
    for (int severity = INC_FATAL; severity >= INC_NOTE; severity--)
        for (unsigned id = 0; id < INC_DIAG_COUNT; id++) {
            const tally *t = &s->tallies[id];
            if (!t->count[severity])
                continue;
            inc_buf_printf(w->out, "%6u  %s%-8s%s %-26s", t->count[severity], severity_color(w, (inc_severity)severity),
                inc_report_severity((inc_severity)severity), paint(w, "\033[0m"), inc_diag_info_of((inc_diag_id)id)->name);
            if (t->first.n)
                inc_buf_printf(w->out, "%s%.*s", t->count[severity] > 1 ? "first at " : "at ", INC_STR_ARG(t->first));
            inc_buf_byte(w->out, '\n');
            any = true;
        }
    if (any)
        inc_buf_puts(w->out, "'incipit explain ID' says more.\n");
}

static void end(inc_writer *w)
{
    const state *s = w->state;
    add_left_out(w, s);
    if (w->how->table)
        add_table(w, s);
    add_known(w, s);
}

const inc_writer_info inc_writer_human = {.begin = begin, .finding = write_finding, .end = end};
