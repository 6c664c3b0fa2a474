/* codesplit.h - where a listing may be parted by the end of a page. */
#ifndef INC_CODESPLIT_H
#define INC_CODESPLIT_H

#include "base/str.h"
#include "highlight/highlight.h"

/* penalties[i] of a page break before line i, from hardly any to INC_CODE_NEVER; [0] is 0. lines[i] is the offset of line i; the last line ends
 * with the text. Gladly at blank lines, then at the smallest indent; unwillingly behind a line that opens something; if anything else is possible
 * not inside a run of comments, between a comment or an attribute and what it is about, before a line that closes something. */
enum { INC_CODE_NEVER = 9000 };
void inc_code_penalties(inc_str text, const inc_token *tokens, size_t token_count, const uint32_t *lines, size_t n, int32_t *penalties);

#endif
