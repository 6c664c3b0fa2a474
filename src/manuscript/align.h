/* align.h - finding out where text came from that somebody else has changed. */
#ifndef INC_MANUSCRIPT_ALIGN_H
#define INC_MANUSCRIPT_ALIGN_H

#include "base/source.h"

/*
 * `bytes`, which was made from `known` by changes that are not known (an mdBook preprocessor's), as text with origins: lines that are in both, in the
 * same order, keep theirs; the others stand for the place of the line before them, at first for `begin`. Linear. `bytes` must live as long as the arena; scratch
 * is only used meanwhile.
 */
inc_text inc_align(const inc_text *known, inc_span begin, inc_str bytes, inc_arena *arena, inc_arena *scratch);

#endif
