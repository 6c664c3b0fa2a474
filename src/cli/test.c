/* test.c - `incipit test`: a clean environment for the listings' commands, a place for their scratch, the results. */
#include <errno.h>
#include <stdlib.h>
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

static char *const *clean_environment(inc_arena *arena)
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

static bool is_ci(void)
{
    const char *ci = getenv("CI");
    return ci && *ci && strcmp(ci, "false") != 0 && strcmp(ci, "0") != 0;
}

static void write_results(const char *path, inc_str json)
{
    FILE *file = strcmp(path, "-") == 0 ? stdout : fopen(path, "wb");
    bool fine = file && fwrite(json.p, 1, json.n, file) == json.n;
    if (file && file != stdout)
        fine = fclose(file) == 0 && fine;
    if (!fine)
        fprintf(stderr, "incipit: cannot write '%s': %s\n", path, strerror(errno));
}

inc_build_result inc_test_book(const inc_options *options, const inc_build_options *build, inc_arena *arena)
{
    if (options->bless && is_ci()) {
        fputs("incipit: --bless is refused where CI is set: what a book prints is recorded and read by its authors\n", stderr);
        return (inc_build_result){.status = INC_STATUS_USAGE};
    }
    const char *scratch = getenv("TMPDIR");
    inc_test_options test = {
        .scratch = inc_str_of(scratch && *scratch == '/' ? scratch : "/tmp"),
        .environment = clean_environment(arena),
        .bless = options->bless,
        .frozen = is_ci(),
    };
    inc_build_result result = inc_test(build, &test);
    if (options->results && result.dump.n)
        write_results(options->results, result.dump);
    return result;
}
