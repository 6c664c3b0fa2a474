/* xml.h - writing XML: text, attribute values, names, and the few checks on values that reading systems are strict
 * about. */
#ifndef INC_EPUB_XML_H
#define INC_EPUB_XML_H

#include "base/str.h"

/* Character data: & < > escaped, what XML 1.0 forbids turned into U+FFFD. */
void inc_xml_text(inc_buf *out, inc_str text);

/* What may stand between the quotes of an attribute. */
void inc_xml_value(inc_buf *out, inc_str value);

/* ` name="value"`, with quotes and line ends escaped too. */
void inc_xml_attribute(inc_buf *out, const char *name, inc_str value);

/* An NCName made of any label: what may not stand there becomes '-', a bad first character gets "x-" before it. Never
 * empty. The label itself when it is one already. */
inc_str inc_xml_name(inc_arena *arena, inc_str label);

/* A well-formed BCP 47 tag, as far as its shape goes: subtags of 1 to 8 letters and digits. */
bool inc_xml_is_language(inc_str tag);

/* A URL that may stand in an href: a scheme that readers follow (http, https, mailto, ftp, tel), a host, and everything
 * else percent-encoded as RFC 3986 wants it. False when there is no way to make it one. */
bool inc_xml_url(inc_arena *arena, inc_str url, inc_str *clean);

#endif
