/* settings_print.h - the settings print-bleed, print-marks, print-inks and print-ink-limit; each reports a wrong value at its place. */
#ifndef INC_MANUSCRIPT_SETTINGS_PRINT_H
#define INC_MANUSCRIPT_SETTINGS_PRINT_H

#include "manuscript/settings.h"

void inc_settings_bleed(inc_reading *r, const inc_tree *entry);     /* "3mm" */
void inc_settings_marks(inc_reading *r, const inc_tree *entry);     /* "crop cross", as the property of CSS */
void inc_settings_inks(inc_reading *r, const inc_tree *entry);      /* "cmyk" or "black" */
void inc_settings_ink_limit(inc_reading *r, const inc_tree *entry); /* 100 to 400 */

#endif
