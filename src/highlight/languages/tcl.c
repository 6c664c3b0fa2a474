/* tcl.c - Tcl and Expect. */
#include "highlight/language.h"

extern const inc_language inc_language_tcl;
const inc_language inc_language_tcl = {
    .names = "tcl tk expect",
    .introducers = "proc",
    .keywords =
        "after break catch continue default else elseif error expr for foreach global if incr namespace package return set source switch "
        "then try unset uplevel upvar variable while",
    .built_ins =
        "append array close concat dict eof eval exec exit file format gets glob info join lappend lindex linsert list llength lrange "
        "lreplace lsearch lset lsort open puts read regexp regsub scan seek send spawn split string subst",
    .line_comments = {"#"},
    .strings = {{"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES}},
    .sigils = {{'$', "variable"}},
    .word_characters = ":",
};
