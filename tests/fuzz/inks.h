/* inks.h - the printing condition that incipit brings along, opened once for a whole run. */
#ifndef INC_FUZZ_INKS_H
#define INC_FUZZ_INKS_H

#include "base/files.h"
#include "image/ink.h"

/* NULL when INCIPIT_ROOT, the source tree, is not in the environment. */
static inline inc_inks *fuzz_inks(bool black_alone)
{
    static inc_arena *arenas[2]; /* kept to the end */
    static inc_inks *inks[2];
    static bool tried[2];
    const char *root = getenv("INCIPIT_ROOT"), *fault;
    if (!tried[black_alone] && root) {
        inc_arena *arena = arenas[black_alone] = inc_arena_new();
        inc_str profile;
        if (inc_file_read(arena, inc_path_join(arena, inc_str_of(root), INC_STR("profiles/FOGRA39L_coated.icc")), INC_PROFILE_SIZE_MAX, &profile) == 0)
            inks[black_alone] = inc_inks_open(arena, profile, black_alone, INC_INK_TOTAL, &fault);
    }
    tried[black_alone] = true;
    return inks[black_alone];
}

#endif
