/* data.c - where incipit's own fonts, style sheets and hyphenation dictionaries are. */
#include <stdlib.h>
#include <unistd.h>

#include "base/files.h"
#include "cli/cli.h"

static bool holds_data(inc_arena *arena, inc_str folder)
{
    return inc_folder_exists(inc_path_join(arena, folder, INC_STR("fonts")));
}

inc_str inc_data_folder(inc_arena *arena)
{
    const char *named = getenv("INCIPIT_DATA");
    if (named && *named)
        return inc_str_of(named);
    inc_str source = INC_STR(INCIPIT_SOURCE_DIR), installed = INC_STR(INCIPIT_DATA_DIR);

    char exe[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe);
    if (n > 0 && (size_t)n < sizeof exe) {
        inc_str folder = inc_path_folder((inc_str){exe, (size_t)n});
        bool in_build_tree = inc_str_starts(folder, inc_strf(arena, "%.*s/", INC_STR_ARG(source)));
        if (in_build_tree && holds_data(arena, source))
            return source;
        inc_str beside = inc_path_join(arena, inc_path_folder(folder), INC_STR("share/incipit")); /* the prefix may have moved */
        if (holds_data(arena, beside))
            return inc_str_dup(arena, beside);
    }
    return holds_data(arena, installed) || !holds_data(arena, source) ? installed : source;
}
