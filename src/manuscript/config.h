/* config.h - book.toml. */
#ifndef INC_MANUSCRIPT_CONFIG_H
#define INC_MANUSCRIPT_CONFIG_H

#include "manuscript/reading.h"
#include "manuscript/tree.h"

/* Reads book.toml (already among the sources) into the book's fields and settings. *src: [book] src, relative to the root. */
void inc_config_read(inc_reading *r, uint32_t file, inc_str *src);

/* The same from settings that are a tree already. trusted: mdBook has read them, and runs the preprocessors that they name. */
void inc_config_apply(inc_reading *r, const inc_tree *root, bool trusted, inc_str *src);

#endif
