/* pool.c - parallel loops over pthreads, at once or in the background. */
#include "base/pool.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "base/guard.h"

enum { JOBS_MAX = 64 };

typedef struct loop {
    void (*fn)(void *, size_t, unsigned);
    void *context;
    size_t n;
    atomic_size_t next;
    atomic_bool failed;
} loop;

typedef struct worker {
    loop *loop;
    unsigned index;
    pthread_t thread;
    bool started;
} worker;

struct inc_background {
    loop loop;
    worker helper;
    unsigned jobs;
};

static void run_one(loop *l, size_t i, unsigned index)
{
    inc_guard guard;
    if (INC_GUARD(&guard) == 0) {
        inc_libraries_begin();
        l->fn(l->context, i, index);
        inc_libraries_check();
        inc_guard_leave(&guard);
    } else
        atomic_store(&l->failed, true);
}

static void *work(void *arg)
{
    worker *w = arg;
    for (size_t i; !atomic_load(&w->loop->failed) && (i = atomic_fetch_add(&w->loop->next, 1)) < w->loop->n;)
        run_one(w->loop, i, w->index);
    return NULL;
}

unsigned inc_parallel_jobs(unsigned jobs)
{
    long online = jobs ? (long)jobs : sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > JOBS_MAX ? JOBS_MAX : (unsigned)online;
}

static void start(worker *w, loop *l, unsigned index)
{
    int before = errno;
    *w = (worker){.loop = l, .index = index};
    w->started = pthread_create(&w->thread, NULL, work, w) == 0;
    errno = before; /* a thread for which there is no room is not missed */
}

static void join(worker *w)
{
    if (w->started)
        pthread_join(w->thread, NULL);
    w->started = false;
}

/* Does what is left of the loop on `count` threads, this one among them. */
static void work_together(loop *l, unsigned count)
{
    worker workers[JOBS_MAX] = {0};
    inc_libraries_check(); /* what was asked for in vain before must not be forgotten */
    for (unsigned i = 1; i < count; i++)
        start(&workers[i], l, i);
    workers[0] = (worker){.loop = l};
    work(&workers[0]); /* if no thread could be started, this one does it all */
    for (unsigned i = 1; i < count; i++)
        join(&workers[i]);
}

bool inc_parallel(unsigned jobs, size_t n, void (*fn)(void *, size_t, unsigned), void *context)
{
    loop l = {.fn = fn, .context = context, .n = n};
    unsigned count = inc_parallel_jobs(jobs);
    work_together(&l, count > n ? (n ? (unsigned)n : 1) : count);
    return !atomic_load(&l.failed);
}

/* ---- in the background ---- */

static void abandon(void *handle)
{
    inc_background *background = handle;
    atomic_store(&background->loop.next, background->loop.n);
    join(&background->helper);
}

inc_background *inc_background_begin(inc_arena *arena, unsigned jobs, size_t n, void (*fn)(void *, size_t, unsigned), void *context)
{
    inc_background *background = INC_NEW(arena, inc_background);
    void **slot = inc_defer(arena, abandon);
    background->loop.fn = fn;
    background->loop.context = context;
    background->loop.n = n;
    if (inc_parallel_jobs(jobs) == 1)
        work_together(&background->loop, 1);
    else if (n)
        start(&background->helper, &background->loop, 0);
    *slot = background;
    return background;
}

bool inc_background_finish(inc_background *background, unsigned threads)
{
    loop *l = &background->loop;
    size_t begun = atomic_load(&l->next), left = begun < l->n ? l->n - begun : 0;
    unsigned others = INC_MAX(threads, 1u) - background->helper.started;
    if (others && left)
        work_together(l, (unsigned)INC_MIN((size_t)others, left));
    join(&background->helper);
    return !atomic_load(&l->failed);
}
