/* fuzz_yaml.c - any text is a Markdown file that may begin with front matter. */
#include "manuscript/frontmatter.h"
#include "reading.h"

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    inc_reading r = fuzz_reading(arena, fuzz_folder());
    inc_str text = fuzz_text(input, arena);
    uint32_t file = fuzz_source(r.sources, "a.md", text), body = inc_frontmatter_read(&r, file), skipped = inc_frontmatter_skip(&r, file);
    FUZZ_CHECK(body <= text.n, "the text begins at %u of %zu", body, text.n);
    FUZZ_CHECK(!body || text.p[body - 1] == '\n' || body == text.n, "the text begins within a line");
    FUZZ_CHECK(!skipped || skipped == body, "a chapter begins at %u, a single file at %u", skipped, body);
    inc_buf_printf(out, "%u %u\n", body, skipped);
    fuzz_show_reading(&r, out);
}
