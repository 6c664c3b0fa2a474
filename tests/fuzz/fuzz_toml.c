/* fuzz_toml.c - any text is book.toml. */
#include "manuscript/config.h"
#include "reading.h"

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    inc_reading r = fuzz_reading(arena, fuzz_folder());
    inc_str src = INC_STR("src");
    inc_config_read(&r, fuzz_source(r.sources, "book.toml", fuzz_text(input, arena)), &src);
    fuzz_show(out, src);
    fuzz_show_reading(&r, out);
}
