/* test.c - `incipit test`: what may be written, and the results. */
#include <errno.h>
#include <stdlib.h>

#include "cli/cli.h"

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
    inc_test_options test = {
        .scratch = inc_scratch_folder(),
        .environment = inc_clean_environment(arena),
        .bless = options->bless,
        .frozen = is_ci(),
        .only = options->only,
        .only_count = options->only_count,
    };
    inc_build_result result = inc_test(build, &test);
    if (options->results && result.dump.n)
        write_results(options->results, result.dump);
    return result;
}
