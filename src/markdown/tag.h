/* tag.h - reading one HTML tag, comment or the like (the grammar of CommonMark 0.31.2, section 6.6). */
#ifndef INC_TAG_H
#define INC_TAG_H

#include "base/str.h"

#define INC_TAG_ATTRIBUTES_MAX 32 /* further ones are read over */

typedef enum inc_tag_kind { INC_TAG_OPEN, INC_TAG_CLOSE, INC_TAG_COMMENT /* also <?...>, <!...>, CDATA */ } inc_tag_kind;

typedef struct inc_tag_attribute {
    inc_str name;
    size_t from, to; /* the value without its quotes, as offsets into the string; references not decoded */
} inc_tag_attribute;

typedef struct inc_tag {
    inc_tag_kind kind;
    inc_str name;     /* as written */
    size_t from, end; /* "<" and behind ">" */
    bool self_closing;
    inc_tag_attribute attributes[INC_TAG_ATTRIBUTES_MAX];
    uint32_t attribute_count;
} inc_tag;

/* Reads the tag that begins at s[at] == '<'; false when what stands there is no tag. */
bool inc_tag_read(inc_str s, size_t at, inc_tag *tag);

/* The value as written, or an empty string; names compare without regard to ASCII case. */
inc_str inc_tag_value(const inc_tag *tag, inc_str s, const char *name);
bool inc_tag_has(const inc_tag *tag, const char *name);

static inline bool inc_is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }
static inline bool inc_is_digit(char c) { return c >= '0' && c <= '9'; }

#endif
