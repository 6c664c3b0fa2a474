/* fuzz_yaml.c - any text is a Markdown file that may begin with front matter. */
#include "manuscript/frontmatter.h"
#include "reading.h"

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    inc_reading r = fuzz_reading(arena, fuzz_folder());
    inc_str text = fuzz_text(input, arena);
    uint32_t body = inc_frontmatter_read(&r, fuzz_source(r.sources, "a.md", text));
    FUZZ_CHECK(body <= text.n, "the text begins at %u of %zu", body, text.n);
    FUZZ_CHECK(!body || text.p[body - 1] == '\n' || body == text.n, "the text begins within a line");
    inc_buf_printf(out, "%u\n", body);
    fuzz_show_reading(&r, out);
}
