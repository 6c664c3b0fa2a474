/* fuzz_summary.c - any text is SUMMARY.md. */
#include "manuscript/summary.h"
#include "reading.h"

/* Numbers go on where the chapter before left off, and no chapter is deeper than one below it. */
static void check_numbers(const inc_manuscript *book)
{
    int depth = -1;
    for (size_t i = 0; i < book->item_count; i++) {
        const inc_item *item = &book->items[i];
        if (item->kind != INC_ITEM_CHAPTER || item->place != INC_PLACE_NUMBERED) {
            FUZZ_CHECK(!item->depth, "depth %d outside of a list", item->depth);
            depth = item->kind == INC_ITEM_CHAPTER ? 0 : depth;
            continue;
        }
        FUZZ_CHECK(item->depth <= depth + 1, "depth %d after %d", item->depth, depth);
        for (int k = 0; item->number && k <= item->depth; k++)
            FUZZ_CHECK(item->number[k] > 0, "chapter number 0");
        depth = item->depth;
    }
}

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    inc_reading r = fuzz_reading(arena, fuzz_folder());
    inc_str title = INC_STR("");
    inc_summary_read(&r, fuzz_source(r.sources, "SUMMARY.md", fuzz_text(input, arena)), &title);
    check_numbers(r.book);
    fuzz_show(out, title);
    fuzz_show_reading(&r, out);
}
