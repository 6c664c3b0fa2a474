/* mdbook.h - the book as mdBook hands it to a renderer: JSON with all settings and the chapters after its preprocessors. */
#ifndef INC_MANUSCRIPT_MDBOOK_H
#define INC_MANUSCRIPT_MDBOOK_H

#include "manuscript/reading.h"

/* Reads the RenderContext (mdBook 0.4 and 0.5) into the book. Places lead to the files on disk as far as these can be found again in the text. */
void inc_mdbook_read(inc_reading *r, inc_str json);

#endif
