/* take.h - the part of a file that an {{#include}} asks for. */
#ifndef INC_MANUSCRIPT_TAKE_H
#define INC_MANUSCRIPT_TAKE_H

#include "manuscript/reading.h"

typedef struct inc_part {
    inc_str anchor;       /* "" for lines by number */
    uint64_t first, last; /* from 1, inclusive; last UINT64_MAX: to the end; 1 and UINT64_MAX: all of it */
} inc_part;

/* What stands behind the path's first ':' ("" when nothing does): N, A:B, A:, :B, or an anchor's name. */
inc_part inc_part_parse(inc_str s);

typedef enum inc_take_result { INC_TAKE_OK, INC_TAKE_NO_ANCHOR, INC_TAKE_OPEN_ANCHOR, INC_TAKE_NO_LINES, INC_TAKE_FEW_LINES } inc_take_result;

/* The part's lines of the file, the last without its line end. With an anchor all lines that open or close any anchor are left out. hide: all lines,
 * what is not in the part behind a "# " (whose place is `helper`). *line_count: lines of the file. */
inc_take_result inc_take(inc_reading *r, uint32_t file, const inc_part *part, bool hide, inc_span helper, inc_text *text, uint64_t *line_count);

/* For a part whose anchor is never closed: the name behind an ANCHOR_END of the file that was probably meant for it, or "". */
inc_str inc_take_meant_end(inc_reading *r, uint32_t file, inc_str anchor);

#endif
