/* pool.c - a parallel loop over pthreads. */
#include "base/pool.h"

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

static void run_one(loop *l, size_t i, unsigned index)
{
    inc_guard guard;
    if (INC_GUARD(&guard) == 0) {
        l->fn(l->context, i, index);
        inc_guard_leave(&guard);
    } else
        atomic_store(&l->failed, true);
}

static void *work(void *arg)
{
    worker *w = arg;
    for (size_t i; (i = atomic_fetch_add(&w->loop->next, 1)) < w->loop->n;)
        run_one(w->loop, i, w->index);
    return NULL;
}

unsigned inc_parallel_jobs(unsigned jobs)
{
    long online = jobs ? (long)jobs : sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : online > JOBS_MAX ? JOBS_MAX : (unsigned)online;
}

bool inc_parallel(unsigned jobs, size_t n, void (*fn)(void *, size_t, unsigned), void *context)
{
    loop l = {.fn = fn, .context = context, .n = n};
    worker workers[JOBS_MAX] = {0};
    unsigned count = inc_parallel_jobs(jobs);
    if (count > n)
        count = n ? (unsigned)n : 1;
    for (unsigned i = 1; i < count; i++) {
        workers[i] = (worker){.loop = &l, .index = i};
        workers[i].started = pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
    }
    workers[0] = (worker){.loop = &l};
    work(&workers[0]); /* if no thread could be started, this one does it all */
    for (unsigned i = 1; i < count; i++)
        if (workers[i].started)
            pthread_join(workers[i].thread, NULL);
    return !atomic_load(&l.failed);
}
