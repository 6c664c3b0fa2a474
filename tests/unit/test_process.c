/* test_process.c - commands end in every way there is, and never take us with them. */
#include "harness.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/pool.h"
#include "process/process.h"

static char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "GREETING=hello", NULL};

static inc_process_result shell(inc_arena *arena, const char *script, uint32_t seconds, size_t output_max)
{
    inc_str words[] = {INC_STR("sh"), INC_STR("-c"), inc_str_of(script)};
    inc_process process = {.words = words, .word_count = 3, .folder = INC_STR("/"), .environment = environment, .limits = {seconds, output_max, 0}};
    return inc_process_run(&process, arena);
}

static void test_what_it_says(void **state)
{
    inc_process_result result = shell(*state, "echo $GREETING; pwd; echo wrong >&2; cat; exit 3", 10, 1000);
    assert_int_equal(result.end, INC_PROCESS_EXITED);
    assert_int_equal(result.status, 3);
    assert_str(result.out, "hello\n/\n");
    assert_str(result.err, "wrong\n");
}

static void test_large_output(void **state)
{
    inc_process_result result = shell(*state, "head -c 300000 /dev/zero | tr '\\0' x; head -c 300000 /dev/zero >&2", 10, 1000000);
    assert_int_equal(result.end, INC_PROCESS_EXITED);
    assert_int_equal(result.out.n, 300000);
    assert_int_equal(result.err.n, 300000);
}

static void test_limits(void **state)
{
    assert_int_equal(shell(*state, "yes", 10, 10000).end, INC_PROCESS_TALKED_TOO_MUCH);
    assert_int_equal(shell(*state, "sleep 100", 1, 10000).end, INC_PROCESS_TIMED_OUT);
    inc_process_result killed = shell(*state, "kill -SEGV $$", 10, 10000);
    assert_int_equal(killed.end, INC_PROCESS_SIGNALLED);
    assert_int_equal(killed.status, SIGSEGV);
}

/* A grandchild that holds the pipe open does not hold us. */
static void test_what_stays_behind(void **state)
{
    inc_process_result result = shell(*state, "sleep 100 & echo done", 20, 1000);
    assert_int_equal(result.end, INC_PROCESS_EXITED);
    assert_str(result.out, "done\n");
}

/* The script with our process id for each `@`, by which what sleeps in it is told from what sleeps elsewhere. */
static const char *ours(inc_arena *arena, const char *script)
{
    inc_buf out = inc_buf_in(arena);
    for (; *script; script++)
        if (*script == '@')
            inc_buf_printf(&out, ".%d", (int)getpid());
        else
            inc_buf_byte(&out, *script);
    return inc_cstr(arena, inc_str_dup(arena, inc_buf_str(&out)));
}

static bool is_there(inc_arena *arena, const char *argument)
{
    return system(ours(arena, inc_cstr(arena, inc_strf(arena, "pgrep -f 'slee[p] %s@' >/dev/null", argument)))) == 0;
}

/* Sessions of their own, orphans, and orphans of orphans do not outlive the command, however it ends. */
static void test_daemons(void **state)
{
    assert_int_equal(shell(*state, ours(*state, "setsid sleep 31009@ & sleep 0.2"), 20, 1000).end, INC_PROCESS_EXITED);
    assert_false(is_there(*state, "31009"));
    assert_int_equal(shell(*state, ours(*state, "setsid sh -c '(setsid sleep 31010@ &) & sleep 31011@' & sleep 0.2; exit 0"), 20, 1000).end, INC_PROCESS_EXITED);
    assert_false(is_there(*state, "31010") || is_there(*state, "31011"));
    assert_int_equal(shell(*state, ours(*state, "setsid sh -c '(setsid sleep 31012@ &) & sleep 31013@' & sleep 31014@"), 1, 1000).end, INC_PROCESS_TIMED_OUT);
    assert_false(is_there(*state, "31012") || is_there(*state, "31013") || is_there(*state, "31014"));
}

typedef struct many {
    inc_arena *arenas[8];
    inc_process_result results[64];
} many;

static void run_one(void *context, size_t i, unsigned worker)
{
    many *m = context;
    m->results[i] = shell(m->arenas[worker], i % 2 ? ours(m->arenas[worker], "setsid sleep 31015@ & echo $PPID; exit 5") : "echo one; kill -TERM $$", 20, 1000);
}

/* Several at once do not hold each other's pipes. */
static void test_several(void **state)
{
    many *m = INC_NEW(*state, many);
    for (size_t i = 0; i < INC_COUNT(m->arenas); i++)
        m->arenas[i] = inc_arena_new();
    assert_true(inc_parallel(INC_COUNT(m->arenas), INC_COUNT(m->results), run_one, m));
    for (size_t i = 0; i < INC_COUNT(m->results); i++) {
        assert_int_equal(m->results[i].end, i % 2 ? INC_PROCESS_EXITED : INC_PROCESS_SIGNALLED);
        assert_int_equal(m->results[i].status, i % 2 ? 5 : SIGTERM);
        assert_true(m->results[i].out.n > 1);
    }
    for (size_t i = 0; i < INC_COUNT(m->arenas); i++)
        inc_arena_free(m->arenas[i]);
    assert_false(is_there(*state, "31015"));
}

/* A command that kills its keeper is told as what it is: killed. */
static void test_rebels(void **state)
{
    assert_int_equal(shell(*state, "kill -KILL $PPID; sleep 0.1", 20, 1000).end, INC_PROCESS_SIGNALLED);
}

static void test_input_and_files(void **state)
{
    inc_str words[] = {INC_STR("sh"), INC_STR("-c"), INC_STR("read a b; echo $b; head -c 5000 /dev/zero >\"$0\" && echo written"), INC_STR("/tmp/incipit-process-test")};
    inc_process process = {.words = words, .word_count = 4, .folder = INC_STR(""), .input = INC_STR("/proc/self/status"), .environment = environment, .limits = {10, 1000, 5000}};
    inc_process_result result = inc_process_run(&process, *state);
    assert_true(inc_str_ends(result.out, INC_STR("written\n")) && result.out.n > strlen("written\n"));
    process.limits.file_max = 4999;
    result = inc_process_run(&process, *state);
    assert_false(inc_str_ends(result.out, INC_STR("written\n")));
    assert_true(result.status != 0);
    remove("/tmp/incipit-process-test");
    process.input = INC_STR("/no/such/file");
    result = inc_process_run(&process, *state);
    assert_int_equal(result.end, INC_PROCESS_FAILED);
}

static void test_missing(void **state)
{
    inc_str words[] = {INC_STR("no-such-program-anywhere")};
    inc_process process = {.words = words, .word_count = 1, .folder = INC_STR(""), .environment = environment, .limits = {1, 1000, 0}};
    inc_process_result result = inc_process_run(&process, *state);
    assert_int_equal(result.end, INC_PROCESS_MISSING);
    assert_str(inc_process_describe(&process, &result, *state), "'no-such-program-anywhere' cannot be run: No such file or directory");
    process.folder = INC_STR("/no/such/folder");
    assert_int_equal(inc_process_run(&process, *state).end, INC_PROCESS_MISSING);
}

static void test_interrupted(void **state)
{
    static volatile sig_atomic_t interrupted = 1;
    inc_str words[] = {INC_STR("sleep"), INC_STR("100")};
    inc_process process = {.words = words, .word_count = 2, .folder = INC_STR(""), .environment = environment, .limits = {60, 1000, 0}, .interrupted = &interrupted};
    assert_int_equal(inc_process_run(&process, *state).end, INC_PROCESS_INTERRUPTED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_what_it_says), TEST(test_large_output), TEST(test_limits), TEST(test_what_stays_behind), TEST(test_daemons), TEST(test_several), TEST(test_rebels), TEST(test_missing), TEST(test_input_and_files), TEST(test_interrupted)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
