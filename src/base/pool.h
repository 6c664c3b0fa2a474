/* pool.h - the same function over many items on a few threads. Results must not depend on the order of execution. */
#ifndef INC_POOL_H
#define INC_POOL_H

#include "base/base.h"

/* Calls fn(context, i, worker) for i in [0, n) from up to `jobs` threads (0: one per online core), the caller's among them;
 * worker is in [0, jobs). Returns when all are done; false if memory ran out in one of them (the others still ran). */
bool inc_parallel(unsigned jobs, size_t n, void (*fn)(void *context, size_t i, unsigned worker), void *context);

/* The count of threads inc_parallel would use at most. */
unsigned inc_parallel_jobs(unsigned jobs);

#endif
