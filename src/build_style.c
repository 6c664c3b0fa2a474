/* build_style.c - the theme's sheet and the book's own, the fonts they declare, and the pages. */
#include "base/files.h"
#include "build_run.h"

static bool is_theme_name(inc_str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!((name.p[i] >= 'a' && name.p[i] <= 'z') || (name.p[i] >= '0' && name.p[i] <= '9') || name.p[i] == '-'))
            return false;
    return name.n > 0;
}

static inc_str theme_path(const inc_run *run, inc_str theme)
{
    inc_arena *arena = run->result.arena;
    return inc_path_join(arena, run->options->data, inc_strf(arena, "styles/%.*s.css", INC_STR_ARG(theme)));
}

static inc_str choose_theme(inc_run *run)
{
    inc_str standard = INC_STR("rubric"), theme = run->manuscript->settings.theme;
    if (!theme.n || inc_str_eq(theme, standard))
        return standard;
    if (is_theme_name(theme) && inc_file_exists(theme_path(run, theme)))
        return theme;
    inc_report(run->result.diags, INC_DIAG_UNKNOWN_THEME, INC_NO_SPAN, "there is no theme '%.*s'", INC_STR_ARG(theme))->hint =
        INC_STR("themes are the sheets in incipit's folder styles/; a book's own sheets go into 'styles'");
    return standard;
}

static void add_theme(inc_run *run)
{
    inc_build_result *result = &run->result;
    inc_str theme = choose_theme(run), path = theme_path(run, theme);
    inc_str name = inc_strf(result->arena, "styles/%.*s.css", INC_STR_ARG(theme));
    int error = 0;
    uint32_t file = inc_file_read_text(result->sources, result->arena, name, path, result->diags, &error);
    if (file)
        inc_sheet_add(run->sheet, file, run->options->data);
    else
        inc_report(result->diags, INC_DIAG_MISSING_DATA, INC_NO_SPAN, "style sheet '%.*s' was not found", INC_STR_ARG(path))->hint =
            INC_STR("set INCIPIT_DATA to the folder with fonts/, styles/, hyphenation/ and profiles/");
}

/* The manuscript has checked that the file is there, and inside the book. */
static void add_own_sheet(inc_run *run, inc_str name)
{
    inc_build_result *result = &run->result;
    inc_str path = inc_path_join(result->arena, run->manuscript->root, name);
    int error = 0;
    uint32_t file = inc_file_read_text(result->sources, result->arena, name, path, result->diags, &error);
    if (file)
        inc_sheet_add(run->sheet, file, run->manuscript->root);
    else
        inc_report(result->diags, INC_DIAG_CANNOT_READ, INC_NO_SPAN, "cannot read style sheet '%.*s'", INC_STR_ARG(name));
}

static void declare_fonts(inc_run *run)
{
    const inc_font_face *faces;
    size_t n = inc_sheet_font_faces(run->sheet, &faces);
    for (size_t i = 0; i < n; i++)
        inc_fonts_declare(run->fonts, faces[i].family, faces[i].weight, faces[i].italic, faces[i].path, faces[i].span);
}

void inc_run_style(inc_run *run)
{
    inc_build_result *result = &run->result;
    const inc_settings *set = &run->manuscript->settings;
    inc_run_progress(run, "style", 0, 0);
    run->sheet = inc_sheet_new(result->arena, result->sources, result->diags);
    run->fonts = inc_fonts_new(result->arena, result->diags);
    run->images = inc_images_new(result->arena, result->diags);
    add_theme(run);
    for (uint32_t i = 0; i < set->style_count; i++)
        add_own_sheet(run, set->styles[i]);
    declare_fonts(run);
    inc_sheet_check(run->sheet, run->document, result->arena);
}

void inc_run_layout(inc_run *run)
{
    inc_build_result *result = &run->result;
    inc_run_progress(run, "layout", 0, 0);
    inc_layout_input input = {
        .document = run->document,
        .sheet = run->sheet,
        .fonts = run->fonts,
        .images = run->images,
        .hyphenation_folder = inc_path_join(result->arena, run->options->data, INC_STR("hyphenation")),
        .jobs = run->options->jobs,
        .progress = run->options->progress,
        .progress_context = run->options->progress_context,
    };
    size_t reported = result->diags->n;
    inc_layout(&input, result->arena, result->diags, &run->layout);
    inc_run_name_pages(run, reported);
    result->page_count = run->layout.pages.page_count;
    result->layout_passes = run->layout.passes;
    inc_run_page_boxes(run);
}
