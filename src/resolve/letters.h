/* letters.h - which code points are letters and digits, and their lower case. */
#ifndef INC_LETTERS_H
#define INC_LETTERS_H

#include "base/utf8.h"

bool inc_is_letter_or_digit(uint32_t cp);
bool inc_is_white_space(uint32_t cp); /* Unicode White_Space */
bool inc_is_combining(uint32_t cp);   /* the common accents, U+0300 to U+036F */
uint32_t inc_lower(uint32_t cp);      /* simple lower case: one code point for one */

#endif
