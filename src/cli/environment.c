/* environment.c - what the commands of a book, its listings' and its diagrams', get to see of the environment, and where they may leave scraps. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

extern char **environ;

/* Variables that change what compilers and programs print. */
static const char *const unwanted[] = {"LC_ALL", "LANG", "LANGUAGE", "RUST_BACKTRACE", "RUST_LOG", "RUSTFLAGS", "CARGO_TERM_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR",
    "PYTHONDONTWRITEBYTECODE", "GCC_COLORS"};

static bool is_unwanted(const char *entry)
{
    size_t n = strcspn(entry, "=");
    if (strncmp(entry, "LC_", 3) == 0)
        return true;
    for (size_t i = 0; i < INC_COUNT(unwanted); i++)
        if (strlen(unwanted[i]) == n && memcmp(unwanted[i], entry, n) == 0)
            return true;
    return false;
}

char *const *inc_clean_environment(inc_arena *arena)
{
    size_t n = 0, kept = 0;
    while (environ && environ[n])
        n++;
    char **clean = INC_NEW_N(arena, char *, n + 3);
    for (size_t i = 0; i < n; i++)
        if (!is_unwanted(environ[i]))
            clean[kept++] = environ[i];
    clean[kept++] = (char *)(uintptr_t)inc_cstr(arena, INC_STR("LC_ALL=C.UTF-8"));
    clean[kept++] = (char *)(uintptr_t)inc_cstr(arena, INC_STR("PYTHONDONTWRITEBYTECODE=1"));
    return clean;
}

inc_str inc_scratch_folder(void)
{
    const char *scratch = getenv("TMPDIR");
    return inc_str_of(scratch && *scratch == '/' ? scratch : "/tmp");
}
