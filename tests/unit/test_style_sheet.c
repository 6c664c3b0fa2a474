/* test_style_sheet.c - the default theme: it parses clean, gives the look's values, and makes an EPUB sheet. */
#include <stdlib.h>

#include "harness.h"
#include "style/style.h"

#include "base/files.h"

static inc_str root_folder(inc_arena *arena)
{
    const char *root = getenv("INCIPIT_ROOT");
    return inc_str_dup(arena, inc_str_of(root ? root : "."));
}

static inc_sheet *load_theme(inc_arena *arena, inc_diags **diags)
{
    inc_sources *sources = inc_sources_new(arena);
    *diags = inc_diags_new(arena);
    inc_sheet *sheet = inc_sheet_new(arena, sources, *diags);
    int error = 0;
    inc_str folder = inc_path_join(arena, root_folder(arena), INC_STR("styles"));
    uint32_t file = inc_file_read_text(sources, arena, INC_STR("rubric.css"), inc_path_join(arena, folder, INC_STR("rubric.css")), *diags, &error);
    assert_int_not_equal(file, 0);
    inc_sheet_add(sheet, file, folder);
    for (size_t i = 0; i < (*diags)->n; i++) {
        inc_place place = {.name = INC_STR("")};
        inc_sources_place(sources, (*diags)->v[i].span, &place);
        print_message("%.*s:%u:%u: %.*s\n", INC_STR_ARG(place.name), place.line, place.column, INC_STR_ARG((*diags)->v[i].message));
    }
    return sheet;
}

static void test_theme_is_clean(void **state)
{
    inc_diags *diags;
    const inc_font_face *faces;
    inc_sheet *sheet = load_theme(*state, &diags);
    assert_int_equal(diags->n, 0);
    assert_int_equal(inc_sheet_font_faces(sheet, &faces), 17);
    assert_str(faces[0].family, "Source Serif 4");
    assert_int_equal(faces[0].weight, 300);
    assert_true(inc_str_ends(faces[0].path, INC_STR("/fonts/source-serif-4/SourceSerif4_300Light.ttf")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_theme_is_clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
