/* diagnostics.c - the findings as a person or an editor reads them. */
#include <unistd.h>

#include "base/files.h"
#include "cli/cli.h"

enum { EXCERPT_WIDTH = 96, SAME_MAX = 12 };

static const struct {
    const char *name, *gcc_name, *color;
} severities[] = {
    [INC_NOTE] = {"note", "note", "\033[1;36m"},
    [INC_WARNING] = {"warning", "warning", "\033[1;33m"},
    [INC_ERROR] = {"error", "error", "\033[1;31m"},
    [INC_FATAL] = {"error", "fatal error", "\033[1;31m"},
};

typedef struct renderer {
    const inc_render *how;
    inc_sources *sources;
    inc_arena *arena;
    inc_buf *out;
    inc_str here; /* the working folder with a '/' at its end, or "" */
} renderer;

static const char *paint(const renderer *r, const char *code)
{
    return r->how->color ? code : "";
}

/* The file as the reader can open it from where he stands. */
static inc_str shown_path(const renderer *r, inc_span span, const inc_place *place)
{
    const inc_source *source = inc_sources_get(r->sources, span.file);
    inc_str path = source && source->path.n ? inc_path_normalise(r->arena, source->path) : place->name;
    if (r->here.n && inc_str_starts(path, r->here))
        path = inc_str_slice(path, r->here.n, path.n);
    return path;
}

static void render_gcc(const renderer *r, const inc_diag *diag)
{
    inc_place place;
    if (inc_sources_place(r->sources, diag->span, &place)) {
        inc_columns_add_safe(r->out, shown_path(r, diag->span, &place));
        inc_buf_printf(r->out, ":%u:%u: ", place.line, place.column);
    } else
        inc_buf_puts(r->out, "incipit: ");
    inc_buf_printf(r->out, "%s: ", severities[diag->severity].gcc_name);
    inc_columns_add_safe(r->out, diag->message);
    if (diag->hint.n) {
        inc_buf_puts(r->out, "; ");
        inc_columns_add_safe(r->out, diag->hint);
    }
    if (diag->page.n) {
        inc_buf_puts(r->out, " (page ");
        inc_columns_add_safe(r->out, diag->page);
        inc_buf_byte(r->out, ')');
    }
    inc_buf_printf(r->out, " [%s]\n", inc_diag_info_of(diag->id)->name);
}

/* "   | " beneath the line number. */
static void render_gutter(const renderer *r, int digits, const char *sign)
{
    inc_buf_printf(r->out, " %*s %s%s%s", digits, "", paint(r, "\033[1;34m"), sign, paint(r, "\033[0m"));
}

static void render_excerpt(const renderer *r, const inc_diag *diag, const inc_place *place, int digits)
{
    inc_buf text = inc_buf_in(r->arena), carets = inc_buf_in(r->arena);
    inc_columns_excerpt(place, EXCERPT_WIDTH, &text, &carets);
    if (!inc_str_trim(inc_buf_str(&text)).n)
        return;
    inc_buf_printf(r->out, " %s%*u |%s ", paint(r, "\033[1;34m"), digits, place->line, paint(r, "\033[0m"));
    inc_buf_add(r->out, inc_buf_str(&text));
    inc_buf_byte(r->out, '\n');
    render_gutter(r, digits, "|");
    inc_buf_printf(r->out, " %s", paint(r, severities[diag->severity].color));
    inc_buf_add(r->out, inc_buf_str(&carets));
    inc_buf_printf(r->out, "%s\n", paint(r, "\033[0m"));
}

static void render_human(const renderer *r, const inc_diag *diag)
{
    inc_buf_printf(r->out, "%s%s%s[%s]: %s", paint(r, severities[diag->severity].color), severities[diag->severity].name,
        paint(r, "\033[0m"), inc_diag_info_of(diag->id)->name, paint(r, "\033[1m"));
    inc_columns_add_safe(r->out, diag->message);
    inc_buf_printf(r->out, "%s\n", paint(r, "\033[0m"));

    inc_place place;
    int digits = 1;
    bool placed = inc_sources_place(r->sources, diag->span, &place);
    if (placed) {
        digits = snprintf(NULL, 0, "%u", place.line);
        inc_buf_printf(r->out, " %*s%s-->%s ", digits, "", paint(r, "\033[1;34m"), paint(r, "\033[0m"));
        inc_columns_add_safe(r->out, shown_path(r, diag->span, &place));
        inc_buf_printf(r->out, ":%u:%u", place.line, place.column);
    }
    if (diag->page.n) {
        inc_buf_puts(r->out, placed ? ", page " : "   page ");
        inc_columns_add_safe(r->out, diag->page);
    }
    if (placed || diag->page.n)
        inc_buf_byte(r->out, '\n');
    if (placed)
        render_excerpt(r, diag, &place, digits);
    if (diag->hint.n) {
        render_gutter(r, digits, "=");
        inc_buf_puts(r->out, " hint: ");
        inc_columns_add_safe(r->out, diag->hint);
        inc_buf_byte(r->out, '\n');
    }
    inc_buf_byte(r->out, '\n');
}

/* Long runs of the same warning or note drown the rest, so a person sees the first of them and a count. */
static void render_left_out(const renderer *r, const uint32_t *seen)
{
    bool any = false;
    for (int id = 0; id < INC_DIAG_COUNT; id++)
        if (seen[id] > SAME_MAX) {
            inc_buf_printf(r->out, "... and %u more of %s\n", seen[id] - SAME_MAX, inc_diag_info_of((inc_diag_id)id)->name);
            any = true;
        }
    if (any)
        inc_buf_puts(r->out, "(--verbose shows them all)\n");
}

static inc_str working_folder(inc_arena *arena)
{
    char here[4096];
    return getcwd(here, sizeof here) && strcmp(here, "/") != 0 ? inc_strf(arena, "%s/", here) : INC_STR("");
}

void inc_diags_render(const inc_diags *diags, inc_sources *sources, const inc_render *render, inc_buf *out)
{
    renderer r = {.how = render, .sources = sources, .arena = out->arena, .out = out, .here = working_folder(out->arena)};
    uint32_t seen[INC_DIAG_COUNT] = {0};
    for (size_t i = 0; i < diags->n; i++) {
        const inc_diag *diag = &diags->v[i];
        if (diag->severity == INC_NOTE && !render->notes)
            continue;
        if (render->format == INC_FORMAT_GCC)
            render_gcc(&r, diag);
        else if (diag->severity >= INC_ERROR || render->all || ++seen[diag->id] <= SAME_MAX)
            render_human(&r, diag);
    }
    render_left_out(&r, seen);
}

inc_str inc_diags_summary(const inc_diags *diags, const inc_render *render, inc_arena *arena)
{
    size_t counts[] = {diags->count[INC_FATAL] + diags->count[INC_ERROR], diags->count[INC_WARNING],
        render->notes ? diags->count[INC_NOTE] : 0};
    static const char *const names[] = {"error", "warning", "note"};
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < INC_COUNT(counts); i++)
        if (counts[i])
            inc_buf_printf(&out, "%s%zu %s%s", out.n ? ", " : "", counts[i], names[i], counts[i] == 1 ? "" : "s");
    return inc_buf_str(&out);
}
