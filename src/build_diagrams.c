/*
 * build_diagrams.c - blocks that are drawn by a command of the book: between parsing, which made images of them, and resolve, for which they are
 * images like any other.
 *
 * A drawing is taken from the book's folder of drawings, where it lies under the sum of what it is drawn from (image/diagram.h). Only when the user
 * says so on the command line are commands run for those that are not there: book.toml is the author's word, and the author of a book is not always
 * the one who builds it.
 */
#include <dirent.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "base/guard.h"
#include "base/vec.h"
#include "build_run.h"
#include "image/diagram.h"

typedef struct drawn { /* one drawing, which several blocks may show */
    const inc_diagram_rule *rule;
    inc_str text, name, path; /* name: relative to the book; path: to open */
    bool there;               /* the file is */
    inc_drawing drawing;      /* when it was drawn now */
    bool tried;
} drawn;

typedef struct shown { /* a block */
    inc_node *image;
    drawn *drawing;
} shown;

typedef struct drawings {
    inc_run *run;
    const inc_diagram_rules *rules;
    inc_map by_name; /* drawn */
    INC_VEC(shown) blocks;
    INC_VEC(drawn *) wanted; /* to be drawn now */
    inc_diagram_bench bench;
    atomic_size_t done;
} drawings;

/* ---- what the book shows ---- */

static drawn *drawing_for(drawings *d, const inc_diagram_rule *rule, inc_str text)
{
    inc_arena *arena = d->run->result.arena;
    inc_str file = inc_diagram_name(rule, text, arena), name = inc_path_join(arena, d->rules->folder, file);
    drawn *found = inc_map_find(&d->by_name, name);
    if (found)
        return found;
    found = INC_NEW(arena, drawn);
    *found = (drawn){.rule = rule, .text = text, .name = name, .path = inc_path_join(arena, d->run->manuscript->root, name)};
    found->there = inc_file_exists(found->path);
    inc_map_put(&d->by_name, found->name, found);
    if (!found->there)
        INC_PUSH(arena, &d->wanted, found);
    return found;
}

static void collect(drawings *d)
{
    for (inc_walk w = inc_walk_begin(d->run->document->book); inc_walk_next(&w);) {
        const inc_diagram *diagram = w.node->kind == INC_NODE_IMAGE && w.enter ? w.node->as.image.diagram : NULL;
        const inc_diagram_rule *rule = diagram ? inc_diagram_rule_find(d->rules, diagram->language) : NULL;
        if (!rule)
            continue;
        shown block = {.image = w.node, .drawing = drawing_for(d, rule, diagram->text)};
        INC_PUSH(d->run->result.arena, &d->blocks, block);
    }
}

/* ---- drawing ---- */

static void draw_one(void *context, size_t i, unsigned worker)
{
    drawings *d = context;
    drawn *drawing = d->wanted.v[i];
    if (inc_run_stopped(d->run))
        return;
    drawing->drawing = inc_diagram_draw(&d->bench, drawing->rule, drawing->text, d->run->workers[worker]);
    drawing->tried = true;
    size_t done = atomic_fetch_add(&d->done, 1) + 1;
    if (worker == 0)
        inc_run_progress(d->run, "diagrams", done, d->wanted.n);
}

/* Puts the SVG into the folder, which no link may lead out of the book. */
static void keep(drawings *d, drawn *drawing)
{
    inc_run *run = d->run;
    inc_str root = run->manuscript->root.n ? run->manuscript->root : INC_STR("."), folder = inc_path_folder(drawing->path);
    int error = inc_folder_make(folder);
    if (!error && !inc_path_inside(root, folder)) {
        inc_report(run->result.diags, INC_DIAG_OUTSIDE_BOOK, d->rules->span, "the folder of diagrams '%.*s' lies outside of the book's", INC_STR_ARG(d->rules->folder));
        return;
    }
    if (!error)
        error = inc_file_write(run->result.arena, drawing->path, drawing->drawing.svg);
    drawing->there = !error;
    if (error)
        inc_report(run->result.diags, INC_DIAG_CANNOT_WRITE, INC_NO_SPAN, "cannot write '%.*s': %s", INC_STR_ARG(drawing->name), strerror(error));
}

static void draw_wanted(drawings *d)
{
    inc_run *run = d->run;
    d->bench = (inc_diagram_bench){
        .root = inc_path_absolute(run->result.arena, run->manuscript->root.n ? run->manuscript->root : INC_STR(".")),
        .scratch = run->options->scratch,
        .environment = run->options->environment,
        .interrupted = run->options->interrupted,
    };
    inc_run_progress(run, "diagrams", 0, d->wanted.n);
    unsigned jobs = INC_MIN(inc_parallel_jobs(run->options->jobs), (unsigned)INC_COUNT(run->workers));
    if (!inc_parallel(jobs, d->wanted.n, draw_one, d))
        inc_out_of_memory();
    for (size_t i = 0; i < d->wanted.n && !inc_run_stopped(run); i++) { /* one after the other: a full disk is said once */
        drawn *drawing = d->wanted.v[i];
        if (drawing->tried && drawing->drawing.end == INC_DIAGRAM_DRAWN)
            keep(d, drawing);
        else if (drawing->tried && drawing->drawing.end == INC_DIAGRAM_NO_SCRATCH)
            inc_report(run->result.diags, INC_DIAG_CANNOT_WRITE, INC_NO_SPAN, "%.*s", INC_STR_ARG(drawing->drawing.reason));
    }
}

/* ---- what is said ---- */

/* The line of the block that the tool blames, else the block. */
static inc_span place_of(const shown *block)
{
    const inc_diagram *diagram = block->image->as.image.diagram;
    uint32_t line = inc_diagram_blamed_line(block->drawing->drawing.said);
    return line && line <= diagram->line_count ? diagram->lines[line - 1] : block->image->span;
}

/* "'dot' (Debian package graphviz)" */
static inc_str program_of(const drawings *d, const drawn *drawing)
{
    inc_arena *arena = d->run->result.arena;
    inc_str program = drawing->rule->command.v[0];
    const char *package = inc_diagram_package(program);
    return package ? inc_strf(arena, "'%.*s' (Debian package %s)", INC_STR_ARG(program), package) : inc_strf(arena, "'%.*s'", INC_STR_ARG(program));
}

static void report_failure(drawings *d, const shown *block)
{
    inc_diags *diags = d->run->result.diags;
    const drawn *drawing = block->drawing;
    inc_str language = block->image->as.image.diagram->language, gist = inc_diagram_gist(drawing->drawing.said, diags->arena);
    inc_str program = program_of(d, drawing);
    if (!drawing->tried)
        inc_report(diags, INC_DIAG_DIAGRAM_NOT_DRAWN, block->image->span, "the diagram in %.*s is not drawn: '%.*s' does not exist", INC_STR_ARG(language),
            INC_STR_ARG(drawing->name))->hint = inc_strf(diags->arena, "'incipit build --diagrams' runs %.*s for it", INC_STR_ARG(program));
    else if (drawing->drawing.end == INC_DIAGRAM_MISSING)
        inc_report(diags, INC_DIAG_DIAGRAM_FAILED, block->image->span, "the diagram in %.*s cannot be drawn: %.*s", INC_STR_ARG(language),
            INC_STR_ARG(drawing->drawing.reason))->hint =
            inc_strf(diags->arena, "install %.*s, or take '%.*s' from a machine that has it", INC_STR_ARG(program), INC_STR_ARG(drawing->name));
    else if (drawing->drawing.end == INC_DIAGRAM_FAILED)
        inc_report(diags, INC_DIAG_DIAGRAM_FAILED, place_of(block), "'%.*s' did not draw the diagram: %.*s%s%.*s", INC_STR_ARG(drawing->rule->command.v[0]),
            INC_STR_ARG(drawing->drawing.reason), gist.n ? ": " : "", INC_STR_ARG(gist));
}

static void report_remark(drawings *d, const shown *block)
{
    inc_diags *diags = d->run->result.diags;
    const drawn *drawing = block->drawing;
    inc_str gist = drawing->tried ? inc_diagram_gist(drawing->drawing.said, diags->arena) : INC_STR("");
    if (gist.n)
        inc_report(diags, INC_DIAG_DIAGRAM_REMARK, place_of(block), "'%.*s' says of the diagram: %.*s", INC_STR_ARG(drawing->rule->command.v[0]), INC_STR_ARG(gist));
}

static void settle(drawings *d, const shown *block)
{
    inc_node *image = block->image;
    if (!block->drawing->there) {
        report_failure(d, block);
        return;
    }
    report_remark(d, block);
    inc_str root = d->run->manuscript->root.n ? d->run->manuscript->root : INC_STR(".");
    if (!inc_path_inside(root, block->drawing->path)) {
        inc_report(d->run->result.diags, INC_DIAG_OUTSIDE_BOOK, image->span, "'%.*s' lies outside of the book's folder", INC_STR_ARG(block->drawing->name));
        return;
    }
    image->as.image.url = image->as.image.name = block->drawing->name;
    image->as.image.file = block->drawing->path;
}

/* ---- what is left over ---- */

static int by_bytes(const void *a, const void *b)
{
    return inc_str_cmp(*(const inc_str *)a, *(const inc_str *)b);
}

typedef INC_VEC(inc_str) names;

static names find_unused(const drawings *d, inc_str folder)
{
    inc_arena *arena = d->run->result.arena;
    names unused = {0};
    DIR *open = opendir(inc_cstr(arena, folder));
    const struct dirent *entry;
    while (open && (entry = readdir(open)) != NULL) {
        inc_str file = inc_str_of(entry->d_name);
        if (!inc_diagram_is_name(file) || inc_map_has(&d->by_name, inc_path_join(arena, d->rules->folder, file)))
            continue;
        INC_PUSH(arena, &unused, inc_str_dup(arena, file));
    }
    if (open)
        closedir(open);
    if (unused.n)
        qsort(unused.v, unused.n, sizeof *unused.v, by_bytes);
    return unused;
}

/* Files of our kind of name that no block shows. Those beside a single file may be another's. */
static void look_for_unused(const drawings *d)
{
    inc_run *run = d->run;
    inc_arena *arena = run->result.arena;
    inc_str folder = inc_path_join(arena, run->manuscript->root, d->rules->folder);
    if (run->manuscript->single_file || !inc_folder_exists(folder) || !inc_path_inside(run->manuscript->root.n ? run->manuscript->root : INC_STR("."), folder))
        return;
    names unused = find_unused(d, folder);
    bool tidy = run->options->tidy_diagrams;
    for (size_t i = 0; tidy && i < unused.n; i++)
        if (unlink(inc_cstr(arena, inc_path_join(arena, folder, unused.v[i]))) != 0)
            inc_report(run->result.diags, INC_DIAG_CANNOT_WRITE, INC_NO_SPAN, "cannot remove '%.*s/%.*s'", INC_STR_ARG(d->rules->folder), INC_STR_ARG(unused.v[i]));
    if (!unused.n || tidy)
        return;
    inc_str more = unused.n > 1 ? inc_strf(arena, " and %zu more are", unused.n - 1) : INC_STR(" is");
    inc_report(run->result.diags, INC_DIAG_DIAGRAM_UNUSED, d->rules->span, "'%.*s/%.*s'%.*s of no diagram of the book", INC_STR_ARG(d->rules->folder),
        INC_STR_ARG(unused.v[0]), INC_STR_ARG(more))->hint = INC_STR("'incipit build --tidy-diagrams' removes what is left over");
}

void inc_run_diagrams(inc_run *run)
{
    drawings d = {.run = run, .rules = &run->manuscript->settings.diagrams, .by_name = inc_map_in(run->result.arena)};
    if (!d.rules->n)
        return;
    collect(&d);
    if (run->options->draw_diagrams && d.wanted.n)
        draw_wanted(&d);
    for (size_t i = 0; i < d.blocks.n && !inc_run_stopped(run); i++)
        settle(&d, &d.blocks.v[i]);
    if (!inc_run_stopped(run))
        look_for_unused(&d);
}
