/* entity.h - character references: &amp; &#8212; &#x2014; (CommonMark 0.31.2, section 2.5). */
#ifndef INC_ENTITY_H
#define INC_ENTITY_H

#include "base/str.h"

/* The characters of the named reference ("amp", no ampersand or semicolon), or an empty string. */
inc_str inc_entity_find(inc_str name);

/* Reads the whole reference s, "&...;", appends what it stands for and returns true; false (and nothing) when it is none. */
bool inc_entity_decode(inc_str s, inc_buf *out);

/* s with all its references decoded; s itself when it holds none. */
inc_str inc_entity_decode_all(inc_arena *arena, inc_str s);

#endif
