/*
 * alloc.c - every allocation of ours fails in turn.
 *
 * usage: alloc BOOK DATA OUT FIRST STEP [LAST]
 *
 * Builds the book once to count the allocations, then again and again in the same process, with the FIRSTth of them failing, then the one STEP
 * further, and so on; every second time all later ones fail as well. Asked of each run: status 3, one finding that says so, no file written, the
 * old ones untouched, no descriptor left open; LeakSanitizer, where it is built in, says at the end what leaks.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/guard.h"
#include "build.h"

static int faults;

static void complain(unsigned long n, const char *what)
{
    if (++faults <= 20)
        printf("allocation %lu: %s\n", n, what);
}

static size_t count_entries(const char *path)
{
    size_t n = 0;
    DIR *folder = opendir(path);
    while (folder && readdir(folder))
        n++;
    if (folder)
        closedir(folder);
    return n;
}

/* What stands in the output folder: count, sizes, inodes. */
static unsigned long long fingerprint(const char *path)
{
    unsigned long long sum = 0;
    struct dirent *entry;
    DIR *folder = opendir(path);
    while (folder && (entry = readdir(folder))) {
        char name[4096];
        struct stat st;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && stat(name, &st) == 0)
            sum += 1000003ull * (unsigned long long)st.st_ino + (unsigned long long)st.st_size + (unsigned long long)st.st_mtime;
    }
    if (folder)
        closedir(folder);
    return sum;
}

static void check_run(unsigned long n, const inc_build_result *result, bool all_fail)
{
    if (result->status != INC_STATUS_MACHINE)
        complain(n, "the status is not 3");
    if (result->output_count)
        complain(n, "files are said to be written");
    size_t said = 0;
    for (size_t i = 0; result->diags && i < result->diags->n; i++)
        said += result->diags->v[i].severity == INC_FATAL;
    if (result->diags && said != 1 && !(all_fail && said == 0))
        complain(n, "not one fatal finding");
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return 2;
    inc_build_options options = {.book = inc_str_of(argv[1]), .data = inc_str_of(argv[2]), .output = inc_str_of(argv[3]), .jobs = 1};
    unsigned long first = strtoul(argv[4], NULL, 10), step = strtoul(argv[5], NULL, 10), runs = 0;
    inc_alloc_fail_after(0);
    inc_build_result result = inc_build(&options);
    unsigned long all = inc_alloc_count();
    if (result.output_count != 3) {
        printf("the book cannot be built: status %d\n", result.status);
        return 1;
    }
    inc_build_result_free(&result);
    unsigned long last = argc > 6 ? strtoul(argv[6], NULL, 10) : all;
    unsigned long long old = fingerprint(argv[3]);
    size_t open_files = count_entries("/proc/self/fd");
    for (unsigned long n = first; n <= INC_MIN(last, all); n += step, runs++) {
        bool all_fail = runs % 2;
        inc_alloc_fail_after(n);
        inc_alloc_keep_failing(all_fail);
        result = inc_build(&options);
        inc_alloc_keep_failing(false);
        inc_alloc_fail_after(0);
        check_run(n, &result, all_fail);
        inc_build_result_free(&result);
        if (fingerprint(argv[3]) != old)
            complain(n, "the output folder is not as it was");
        if (count_entries("/proc/self/fd") != open_files)
            complain(n, "a file stays open");
        open_files = count_entries("/proc/self/fd");
    }
    printf("%lu of %lu allocations failed, %d faults\n", runs, all, faults);
    return faults ? 1 : 0;
}
