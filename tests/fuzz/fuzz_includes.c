/* fuzz_includes.c - a folder of files (folder.h), of which a.md is a chapter with helpers. */
#include "base/files.h"
#include "manuscript/helpers.h"
#include "reading.h"

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    inc_str folder = fuzz_folder(), title = INC_STR("");
    fuzz_unpack(arena, input, folder);
    inc_reading r = fuzz_reading(arena, folder);
    if (inc_reading_find(&r, INC_STR("a.md")) != INC_FOUND_FILE)
        return;
    uint32_t file = inc_reading_open(&r, INC_STR("a.md"), INC_NO_SPAN);
    if (!file)
        return;
    inc_text text = inc_helpers_expand(&r, INC_STR("a.md"), inc_text_of_source(arena, r.sources, file), &title);
    fuzz_check_text(r.sources, &text);
    inc_buf_add(out, text.bytes);
    fuzz_show(out, title);
    fuzz_show_reading(&r, out);
}
