/* preprocessors.h - what to say of the mdBook preprocessors that book.toml names. */
#ifndef INC_MANUSCRIPT_PREPROCESSORS_H
#define INC_MANUSCRIPT_PREPROCESSORS_H

#include "manuscript/reading.h"
#include "manuscript/tree.h"

/* Reports those that change the text and are not run. table: [preprocessor], or NULL. The settings must have been read: diagrams that the book
 * has drawn need no preprocessor. */
void inc_preprocessors_check(inc_reading *r, const inc_tree *table);

#endif
