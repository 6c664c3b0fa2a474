/* pool.h - the same function over many items on a few threads. Results must not depend on the order of execution. */
#ifndef INC_POOL_H
#define INC_POOL_H

#include "base/arena.h"

/* Calls fn(context, i, worker) for i in [0, n) from up to `jobs` threads (0: one per online core), the caller's among them;
 * worker is in [0, jobs). Returns when all are done; false if memory ran out in one of them; what had not begun by
 * then is left out, since a worker that was torn from its work may have left its things in disorder. */
bool inc_parallel(unsigned jobs, size_t n, void (*fn)(void *context, size_t i, unsigned worker), void *context);

/* The same while the caller goes on with other things: one thread works on it from now on; with one job all is done at once. The worker numbers say
 * nothing. Nothing else of the arena is used. Should the work not be finished, then the arena's end waits for the item in hand and leaves the rest. */
typedef struct inc_background inc_background;
inc_background *inc_background_begin(inc_arena *arena, unsigned jobs, size_t n, void (*fn)(void *context, size_t i, unsigned worker), void *context);

/* Waits for all of it, while `threads` threads at most, the one that works already among them, do what is left. False if memory ran out in one of
 * the items. Once only. */
bool inc_background_finish(inc_background *background, unsigned threads);

/* The count of threads inc_parallel would use at most. */
unsigned inc_parallel_jobs(unsigned jobs);

#endif
