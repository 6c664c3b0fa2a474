/*
 * alloc.c - every allocation of ours fails in turn.
 *
 * usage: alloc BOOK DATA OUT FIRST STEP [LAST]
 *
 * Builds the book once to count the allocations and to have an old output, then once more: before the FIRSTth allocation of that run, the one STEP
 * further, and so on, the process forks. In the child this allocation fails, and then in another child all later ones as well, and the child sees the
 * run to its end; so nothing is done twice but what a failure brings about, and every point can be tried in minutes. Asked of each child: status 3,
 * one finding that says so, no file written or left behind, the old ones untouched, no descriptor open, and of LeakSanitizer, where it is built in,
 * that nothing leaks.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "base/guard.h"
#include "build.h"

int __lsan_do_recoverable_leak_check(void) __attribute__((weak));

enum { FILES_MAX = 8, NAME_SIZE = 4096, CHILD_SECONDS = 120 };

/* A temporary file that the parent has open while it forks: the child takes back what it believes to be its own. */
typedef struct open_file {
    char name[NAME_SIZE], kept[NAME_SIZE];
    int fd;
} open_file;

static struct {
    const char *out;
    char kept_folder[NAME_SIZE];
    unsigned long first, step, last, runs;
    unsigned long long old; /* fingerprint of the output before the second build */
    size_t old_entries;
    bool is_child, all_fail;
    unsigned long point;
    int faults;
    size_t descriptors; /* before the build */
} rack;

static void complain(unsigned long n, const char *what)
{
    if (++rack.faults <= 20)
        printf("allocation %lu%s: %s\n", n, rack.all_fail ? " and all later ones" : "", what);
    fflush(stdout);
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

static void join(char path[NAME_SIZE], const char *folder, const char *name)
{
    if (snprintf(path, NAME_SIZE, "%s/%s", folder, name) >= NAME_SIZE)
        _exit(97);
}

static bool is_output(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (strcmp(dot, ".pdf") == 0 || strcmp(dot, ".epub") == 0);
}

/* What stands in the output folder under the names of outputs: count, sizes, inodes. */
static unsigned long long fingerprint(const char *path)
{
    unsigned long long sum = 0;
    struct dirent *entry;
    DIR *folder = opendir(path);
    while (folder && (entry = readdir(folder))) {
        char name[NAME_SIZE];
        struct stat st;
        join(name, path, entry->d_name);
        if (is_output(entry->d_name) && stat(name, &st) == 0)
            sum += 1000003ull * (unsigned long long)st.st_ino + (unsigned long long)st.st_size + (unsigned long long)st.st_mtime;
    }
    if (folder)
        closedir(folder);
    return sum;
}

/* ---- the parent's temporary files ---- */

static int descriptor_of(const char *path)
{
    struct stat wanted, st;
    if (stat(path, &wanted) != 0)
        return -1;
    for (int fd = 3; fd < 64; fd++)
        if (fstat(fd, &st) == 0 && st.st_ino == wanted.st_ino && st.st_dev == wanted.st_dev)
            return fd;
    return -1;
}

/* Finds them and gives each a second name in another folder. */
static size_t keep_temporaries(open_file *files)
{
    size_t n = 0;
    struct dirent *entry;
    DIR *folder = opendir(rack.out);
    while (folder && (entry = readdir(folder)) && n < FILES_MAX) {
        if (entry->d_name[0] == '.' || is_output(entry->d_name))
            continue;
        open_file *file = &files[n++];
        join(file->name, rack.out, entry->d_name);
        join(file->kept, rack.kept_folder, entry->d_name);
        file->fd = descriptor_of(file->name);
        unlink(file->kept);
        if (link(file->name, file->kept) != 0)
            perror(file->kept);
    }
    if (folder)
        closedir(folder);
    return n;
}

/* Puts them back where the child has removed them, and says whether it has. */
static bool put_back(const open_file *files, size_t n)
{
    bool removed = true;
    for (size_t i = 0; i < n; i++) {
        removed &= access(files[i].name, F_OK) != 0;
        unlink(files[i].name);
        if (rename(files[i].kept, files[i].name) != 0)
            perror(files[i].name);
    }
    return removed;
}

/* In the child: what it writes and where it stands in the file must not be the parent's. */
static void take_copies(const open_file *files, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (files[i].fd < 0)
            continue;
        off_t at = lseek(files[i].fd, 0, SEEK_CUR);
        char block[4096];
        unlink(files[i].name);
        int copy = open(files[i].name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        for (off_t from = 0; copy >= 0;) {
            ssize_t got = pread(files[i].fd, block, sizeof block, from);
            if (got <= 0 || write(copy, block, (size_t)got) != got)
                break;
            from += got;
        }
        if (copy < 0 || lseek(copy, at, SEEK_SET) != at || dup2(copy, files[i].fd) < 0)
            _exit(99);
        close(copy);
    }
}

/* ---- the points ---- */

static void judge_child(unsigned long n, int status)
{
    char what[64];
    if (WIFSIGNALED(status))
        snprintf(what, sizeof what, "ended by signal %d", WTERMSIG(status));
    else if (WEXITSTATUS(status))
        snprintf(what, sizeof what, "the child says %d", WEXITSTATUS(status));
    else
        return;
    complain(n, what);
}

/* True in the child, where the allocation is to fail. */
static bool try_point(unsigned long n, bool all_fail)
{
    open_file files[FILES_MAX];
    size_t count = keep_temporaries(files);
    fflush(NULL);
    rack.all_fail = all_fail;
    pid_t child = fork();
    if (child == 0) {
        rack.is_child = true;
        rack.point = n;
        rack.faults = 0;
        alarm(CHILD_SECONDS);
        take_copies(files, count);
        return true;
    }
    int status = 0;
    if (child < 0)
        complain(n, "no child");
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    judge_child(n, status);
    rack.runs++;
    if (!put_back(files, count) && status == 0)
        complain(n, "a temporary file is left");
    if (count_entries(rack.out) != rack.old_entries + count)
        complain(n, "there are other files than before");
    if (fingerprint(rack.out) != rack.old)
        complain(n, "the output is not as it was");
    return false;
}

/* Asked before each allocation. */
static bool must_fail(unsigned long n)
{
    if (rack.is_child)
        return rack.all_fail;
    if (n < rack.first || n > rack.last || (n - rack.first) % rack.step != 0)
        return false;
    int before = errno;
    bool fails = try_point(n, false) || try_point(n, true);
    errno = before;
    return fails;
}

/* The end of the run in a child. */
static void check_child(inc_build_result *result)
{
    unsigned long n = rack.point;
    if (result->status != INC_STATUS_MACHINE)
        complain(n, "the status is not 3");
    if (result->output_count)
        complain(n, "files are said to be written");
    size_t said = 0;
    for (size_t i = 0; result->diags && i < result->diags->n; i++)
        said += result->diags->v[i].severity == INC_FATAL;
    if (result->diags && said != 1 && !(rack.all_fail && said == 0))
        complain(n, "not one fatal finding");
    inc_alloc_ask(NULL);
    inc_build_result_free(result);
    if (count_entries("/proc/self/fd") != rack.descriptors)
        complain(n, "a file stays open");
    if (__lsan_do_recoverable_leak_check && __lsan_do_recoverable_leak_check())
        complain(n, "memory leaks");
    _exit(rack.faults ? 98 : 0);
}

static bool set_up(char **argv, int argc, unsigned long all)
{
    rack.out = argv[3];
    rack.first = strtoul(argv[4], NULL, 10);
    rack.step = strtoul(argv[5], NULL, 10);
    rack.last = argc > 6 ? strtoul(argv[6], NULL, 10) : all;
    rack.old = fingerprint(rack.out);
    rack.old_entries = count_entries(rack.out);
    rack.descriptors = count_entries("/proc/self/fd");
    snprintf(rack.kept_folder, sizeof rack.kept_folder, "%s.kept", rack.out);
    return rack.first && rack.step && (mkdir(rack.kept_folder, 0700) == 0 || errno == EEXIST);
}

int main(int argc, char **argv)
{
    if (argc < 6)
        return 2;
    inc_build_options options = {.book = inc_str_of(argv[1]), .data = inc_str_of(argv[2]), .output = inc_str_of(argv[3]), .jobs = 1};
    inc_alloc_fail_after(0);
    inc_build_result result = inc_build(&options);
    unsigned long all = inc_alloc_count();
    if (result.output_count != 3) {
        printf("the book cannot be built: status %d\n", result.status);
        return 1;
    }
    inc_build_result_free(&result);
    if (!set_up(argv, argc, all))
        return 2;
    inc_alloc_fail_after(0);
    inc_alloc_ask(must_fail);
    result = inc_build(&options);
    if (rack.is_child)
        check_child(&result);
    inc_alloc_ask(NULL);
    if (result.status != INC_STATUS_FINE && result.status != INC_STATUS_ERRORS)
        complain(0, "the run that went through is not fine");
    inc_build_result_free(&result);
    rmdir(rack.kept_folder);
    printf("%lu of %lu allocations failed, each alone and with all later ones; %d faults\n", rack.runs / 2, all, rack.faults);
    return rack.faults || !rack.runs ? 1 : 0;
}
