/* frontmatter.h - the YAML block at the head of a single Markdown file. */
#ifndef INC_MANUSCRIPT_FRONTMATTER_H
#define INC_MANUSCRIPT_FRONTMATTER_H

#include "manuscript/reading.h"

/* Reads the file's front matter, if it has any, into the book's fields and settings. Returns the offset where the text begins (0: no front
 * matter). A block that does not look like "key: value" is text between two rules, not front matter. */
uint32_t inc_frontmatter_read(inc_reading *r, uint32_t file);

#endif
