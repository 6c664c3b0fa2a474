/* deflate.c - libdeflate at level 6: in our measurements higher levels gain less than one per cent. */
#include "pdf/deflate.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/guard.h"

enum { LEVEL = 6 };

struct inc_deflate {
    struct libdeflate_compressor *compressor;
    char *room; /* for the longest stream so far: what is compressed leaves most of it untouched */
    size_t room_size;
};

static void close_deflate(void *handle)
{
    inc_deflate *deflate = handle;
    libdeflate_free_compressor(deflate->compressor);
    free(deflate->room);
}

inc_deflate *inc_deflate_new(inc_arena *arena)
{
    inc_deflate *deflate = INC_NEW(arena, inc_deflate);
    *inc_defer(arena, close_deflate) = deflate;
    deflate->compressor = libdeflate_alloc_compressor(LEVEL);
    if (!deflate->compressor)
        inc_out_of_memory();
    return deflate;
}

inc_str inc_deflate_run(inc_deflate *deflate, inc_arena *arena, inc_str bytes)
{
    size_t bound = libdeflate_zlib_compress_bound(deflate->compressor, bytes.n);
    if (bound > deflate->room_size) {
        free(deflate->room);
        deflate->room = NULL;
        deflate->room_size = 0;
        deflate->room = inc_malloc(bound);
        deflate->room_size = bound;
    }
    size_t n = libdeflate_zlib_compress(deflate->compressor, bytes.p ? bytes.p : "", bytes.n, deflate->room, bound);
    assert(n > 0); /* the bound is large enough */
    return inc_str_dup(arena, (inc_str){deflate->room, n});
}
