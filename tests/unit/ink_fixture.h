/* ink_fixture.h - the printing condition that incipit brings along, for tests. */
#ifndef INC_TEST_INK_FIXTURE_H
#define INC_TEST_INK_FIXTURE_H

#include "harness.h"

#include <stdlib.h>

#include "base/files.h"
#include "image/ink.h"

static inline inc_str own_profile(inc_arena *arena)
{
    inc_str bytes, path = inc_path_join(arena, inc_str_of(getenv("INCIPIT_ROOT")), INC_STR("profiles/FOGRA39L_coated.icc"));
    assert_int_equal(inc_file_read(arena, path, INC_PROFILE_SIZE_MAX, &bytes), 0);
    return bytes;
}

static inline inc_inks *test_inks(inc_arena *arena, bool black_alone, unsigned limit)
{
    const char *fault = NULL;
    inc_inks *inks = inc_inks_open(arena, own_profile(arena), black_alone, limit, &fault);
    assert_non_null(inks);
    return inks;
}

#endif
