/* deflate.c - libdeflate at level 6: in our measurements higher levels gain less than one per cent. */
#include "pdf/deflate.h"

#include <libdeflate.h>

#include "base/guard.h"

enum { LEVEL = 6 };

struct inc_deflate {
    struct libdeflate_compressor *compressor;
};

static void close_compressor(void *handle)
{
    libdeflate_free_compressor(handle);
}

inc_deflate *inc_deflate_new(inc_arena *arena)
{
    inc_deflate *deflate = INC_NEW(arena, inc_deflate);
    void **slot = inc_defer(arena, close_compressor);
    deflate->compressor = *slot = libdeflate_alloc_compressor(LEVEL);
    if (!deflate->compressor)
        inc_out_of_memory();
    return deflate;
}

inc_str inc_deflate_run(inc_deflate *deflate, inc_arena *arena, inc_str bytes)
{
    size_t bound = libdeflate_zlib_compress_bound(deflate->compressor, bytes.n);
    char *p = inc_alloc(arena, bound);
    size_t n = libdeflate_zlib_compress(deflate->compressor, bytes.p ? bytes.p : "", bytes.n, p, bound);
    assert(n > 0); /* the bound is large enough */
    return (inc_str){inc_realloc(arena, p, bound, n), n};
}
