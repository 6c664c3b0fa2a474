/* fuzz_manuscript.c - the input, cut at lines "%%%", is book.toml, SUMMARY.md and a chapter. */
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "manuscript/manuscript.h"

static void put(inc_arena *arena, const char *folder, const char *name, inc_str text)
{
    FILE *file = fopen(inc_strf(arena, "%s/%s", folder, name).p, "wb");
    if (!file)
        abort();
    fwrite(text.p ? text.p : "", 1, text.n, file);
    fclose(file);
}

static inc_str part(inc_str *rest)
{
    size_t at = inc_str_find(*rest, INC_STR("\n%%%\n"));
    inc_str first = at == INC_NPOS ? *rest : inc_str_slice(*rest, 0, at + 1);
    *rest = at == INC_NPOS ? (inc_str){"", 0} : inc_str_slice(*rest, at + 5, rest->n);
    return first;
}

static void fuzz_one(inc_str input, inc_arena *arena)
{
    char folder[] = "/tmp/fuzz-book-XXXXXX";
    if (!mkdtemp(folder) || mkdir(inc_strf(arena, "%s/src", folder).p, 0700) != 0)
        abort();
    static const char *const names[] = {"book.toml", "src/SUMMARY.md", "src/one.md"};
    put(arena, folder, names[0], part(&input));
    put(arena, folder, names[1], part(&input));
    put(arena, folder, names[2], input);
    inc_manuscript_read(inc_str_of(folder), arena, inc_sources_new(arena), inc_diags_new(arena));
    for (size_t i = 0; i < INC_COUNT(names); i++)
        unlink(inc_strf(arena, "%s/%s", folder, names[i]).p);
    rmdir(inc_strf(arena, "%s/src", folder).p);
    rmdir(folder);
}
