/* main.c - the program: options in, a command, an exit status out. */
#include <stdlib.h>
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

int main(int argc, char **argv)
{
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
