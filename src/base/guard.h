/*
 * guard.h - the one way back from exhausted memory.
 *
 *     inc_guard guard;
 *     if (INC_GUARD(&guard) == 0) { ...work...; inc_guard_leave(&guard); }
 *     else { ...memory ran out somewhere in work; the guard is left already... }
 *
 * Guards nest per thread. Between INC_GUARD and leaving, no foreign frame may lie between the guard and an allocation
 * of ours (a callback called by a library opens its own guard and turns the failure into the library's error code).
 * Locals changed inside the guarded part and read after a failure must be volatile.
 */
#ifndef INC_GUARD_H
#define INC_GUARD_H

#include <setjmp.h>

#include "base/base.h"

typedef struct inc_guard {
    jmp_buf env;
    struct inc_guard *outer;
} inc_guard;

void inc_guard_enter(inc_guard *guard);
void inc_guard_leave(inc_guard *guard);

#define INC_GUARD(guard) (inc_guard_enter(guard), setjmp((guard)->env))

/* Unwinds to the innermost guard of this thread; aborts when there is none. */
INC_NORETURN void inc_out_of_memory(void);

/* malloc that never returns NULL, zeroed; for the few things that are not in an arena. */
void *inc_malloc(size_t n);

/*
 * Libraries that make do without the memory that they asked for in vain, HarfBuzz above all, would leave a page without its kerning or a font
 * without a table, and say nothing. But malloc says ENOMEM, and they do not reset it: begin clears errno, and check, called when their work is done,
 * unwinds if it is ENOMEM.
 */
void inc_libraries_begin(void);
void inc_libraries_check(void);

/* For the tests, of this thread alone: the nth allocation of ours from now fails (0: none), and those of which `fails`, asked before each of them
 * with its number, says so. */
void inc_alloc_fail_after(unsigned long n);
void inc_alloc_ask(bool (*fails)(unsigned long n));
unsigned long inc_alloc_count(void);

#endif
