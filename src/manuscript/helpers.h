/* helpers.h - {{#include}} and its family, expanded in a chapter's raw text before Markdown sees it. */
#ifndef INC_MANUSCRIPT_HELPERS_H
#define INC_MANUSCRIPT_HELPERS_H

#include "manuscript/reading.h"

/*
 * The text of a chapter with its helpers expanded, each byte mapped to the file it came from. `name` is the file's path relative to the book's
 * root; `text` its text. *title: what {{#title}} says, or "".
 *
 *     {{#include file}}  {{#include file:2:9}}  {{#include file:anchor}}     {{#include "a name.rs":4}}
 *     {{#rustdoc_include file:...}}     the whole file, what is not asked for behind "# "
 *     {{#playground file word...}}      a fenced Rust block with the file (old name: playpen)
 *     {{#title words}}
 *     \{{#...}}                         stands for itself without the backslash
 *
 * Paths are relative to the file that holds the helper. Included text is expanded in its turn, to a depth of 10. What stands before a helper on its
 * line is repeated before each further line of the inserted text if it is white space, ">" and other marks; of "1. " its width in spaces; of
 * anything with letters or digits only the white space it begins with.
 */
inc_text inc_helpers_expand(inc_reading *r, inc_str name, inc_text text, inc_str *title);

#endif
