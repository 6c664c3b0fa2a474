/* frontmatter.h - the YAML block at the head of a Markdown file. */
#ifndef INC_MANUSCRIPT_FRONTMATTER_H
#define INC_MANUSCRIPT_FRONTMATTER_H

#include "manuscript/reading.h"

/* Reads the file's front matter, if it has any, into the book's fields and settings. Returns the offset where the text begins (0: no front
 * matter). A block that does not look like "key: value" is text between two rules, not front matter. */
uint32_t inc_frontmatter_read(inc_reading *r, uint32_t file);

/* The same offset for a chapter of a book, where the block is for other tools: it says nothing to us, and what is no YAML is text. The chapters
 * that have one are counted. */
uint32_t inc_frontmatter_skip(inc_reading *r, uint32_t file);

/* Says, once for the whole book, that chapters have front matter. */
void inc_frontmatter_report(inc_reading *r);

#endif
