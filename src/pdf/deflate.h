/* deflate.h - FlateDecode. */
#ifndef INC_PDF_DEFLATE_H
#define INC_PDF_DEFLATE_H

#include "base/str.h"

typedef struct inc_deflate inc_deflate; /* one compressor, for one thread */

inc_deflate *inc_deflate_new(inc_arena *arena); /* freed with the arena */

/* The zlib stream of bytes, in arena. The same bytes give the same stream whatever was compressed before. */
inc_str inc_deflate_run(inc_deflate *deflate, inc_arena *arena, inc_str bytes);

#endif
