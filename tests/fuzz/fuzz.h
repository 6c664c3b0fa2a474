/* fuzz.h - what the fuzz targets share: an arena and a guard around one input. Each target defines fuzz_one and includes
 * this; it is a libFuzzer target, or (replay.c) a program that runs the files it is given. */
#ifndef INC_FUZZ_H
#define INC_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "base/guard.h"
#include "base/source.h"
#include "base/utf8.h"
#include "document/document.h"

static void fuzz_one(inc_str input, inc_arena *arena);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    inc_guard guard;
    inc_arena *volatile arena = NULL;
    if (INC_GUARD(&guard) == 0) {
        arena = inc_arena_new();
        fuzz_one((inc_str){(const char *)data, size}, arena);
        inc_guard_leave(&guard);
    }
    inc_arena_free(arena);
    return 0;
}

/* The input as the sources hold text: well-formed, no NUL, no CR. */
static inline inc_str fuzz_text(inc_str input, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    for (size_t at = 0, next; at < input.n; at = next) {
        uint32_t cp = inc_utf8_decode(input, at, &next);
        inc_buf_code_point(&out, cp == 0 ? INC_REPLACEMENT : cp == '\r' ? '\n' : cp);
    }
    return inc_buf_str(&out);
}

#endif
