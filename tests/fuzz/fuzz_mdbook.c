/*
 * fuzz_mdbook.c - any text is what mdBook writes to a renderer. The input is files (folder.h): context.json, and those of the book; @ROOT@ stands
 * for the book's folder.
 */
#include "manuscript/mdbook.h"
#include "reading.h"

/* Every @ROOT@ replaced by the folder. */
static inc_str with_root(inc_str json, inc_str root, inc_arena *arena)
{
    inc_buf out = inc_buf_in(arena);
    for (size_t at; (at = inc_str_find(json, INC_STR("@ROOT@"))) != INC_NPOS; json = inc_str_slice(json, at + 6, json.n)) {
        inc_buf_add(&out, inc_str_slice(json, 0, at));
        inc_buf_add(&out, root);
    }
    inc_buf_add(&out, json);
    return inc_buf_str(&out);
}

static void fuzz_one(inc_str input, inc_arena *arena, inc_buf *out)
{
    inc_str folder = fuzz_folder(), name, json, rest = input, found = INC_STR("");
    while (fuzz_next_file(&rest, &name, &json))
        if (inc_str_is(name, "context.json"))
            found = json;
    fuzz_unpack(arena, input, folder);
    inc_reading r = fuzz_reading(arena, folder);
    r.book->destination = INC_STR("");
    inc_mdbook_read(&r, with_root(found, folder, arena));
    for (size_t i = 0; i < r.book->item_count; i++) {
        const inc_item *item = &r.book->items[i];
        fuzz_check_line(item->title, "a title");
        fuzz_check_text(r.sources, &item->text);
        FUZZ_CHECK(item->kind != INC_ITEM_CHAPTER || (item->place == INC_PLACE_NUMBERED) == (item->number != NULL), "a chapter's place and number");
        fuzz_show(out, item->text.bytes);
    }
    r.book->root = r.book->src = INC_STR(""); /* they are of this process */
    fuzz_show_reading(&r, out);
}
