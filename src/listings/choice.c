/* choice.c - the part of the listings that is asked for: `incipit test --only listings/ch04`. */
#include "base/files.h"
#include "listings/listings.h"

/* The file itself, one below that folder, any file of that name without its extension, or a block of that chapter ("src/ch04.md:31"). */
static bool lies_in(inc_str path, inc_str asked)
{
    return inc_str_starts(path, asked) && (path.n == asked.n || strchr("/.:", path.p[asked.n]));
}

/* The name as the listings have theirs, if the path leads into the book from the current folder; else as it stands. */
static inc_str in_book(inc_arena *arena, inc_str root, inc_str asked)
{
    inc_str whole = inc_path_absolute(arena, asked), prefix = inc_strf(arena, "%.*s/", INC_STR_ARG(root));
    return inc_str_starts(whole, prefix) ? inc_str_slice(whole, prefix.n, whole.n) : asked;
}

static inc_str tidy(inc_str asked)
{
    while (inc_str_starts(asked, INC_STR("./")))
        asked = inc_str_slice(asked, 2, asked.n);
    while (asked.n && asked.p[asked.n - 1] == '/')
        asked.n--;
    return asked;
}

static size_t choose(inc_listings *listings, inc_str asked)
{
    size_t n = 0;
    for (size_t i = 0; i < listings->n; i++)
        if (lies_in(listings->v[i].path, asked)) {
            listings->v[i].left_out = false;
            n++;
        }
    return n;
}

void inc_listings_choose(const inc_listings_options *options, inc_arena *arena, inc_diags *diags, inc_listings *listings)
{
    for (size_t i = 0; i < listings->n && options->only_count; i++)
        listings->v[i].left_out = true;
    for (size_t i = 0; i < options->only_count; i++) {
        inc_str asked = tidy(inc_str_of(options->only[i]));
        if (!asked.n || (!choose(listings, asked) && !choose(listings, in_book(arena, options->root, asked))))
            inc_report(diags, INC_DIAG_NO_SUCH_LISTING, INC_NO_SPAN, "no listing is, or lies below, '%s'", options->only[i])->hint =
                INC_STR("a path within the book, such as listings/ch04 or src/ch04.md");
    }
}
