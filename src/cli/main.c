/* main.c - the program: options in, a command, an exit status out. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/guard.h"
#include "cli/cli.h"

enum { LARGE = 256 * 1024 };

static int run(int argc, char **argv, inc_arena *arena)
{
    inc_options options;
    int status = INC_STATUS_FINE;
    if (inc_options_read(argc, argv, arena, &options, &status))
        status = inc_command_run(&options, arena);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        if (status == INC_STATUS_FINE) {
            perror("incipit: cannot write to standard output");
            status = INC_STATUS_MACHINE;
        }
    }
    return status;
}

/* Large blocks come from the system one by one and go back to it when they are freed; glibc would soon keep them. */
static void set_up_memory(void)
{
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, LARGE);
#endif
}

/* A caller may have closed a standard stream: the first file that we open must not take its number, or messages would be written into the book.
 * What is written to standard output then fails, as it should; messages go nowhere. */
static void hold_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY) < 0)
            abort();
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    set_up_memory();
    inc_guard guard;
    inc_arena *volatile arena = NULL;
    volatile int status = INC_STATUS_MACHINE;
    if (INC_GUARD(&guard) == 0) {
        arena = inc_arena_new();
        status = run(argc, argv, arena);
        inc_guard_leave(&guard);
    } else
        fputs("incipit: memory ran out\n", stderr);
    inc_arena_free(arena);
    return status;
}
