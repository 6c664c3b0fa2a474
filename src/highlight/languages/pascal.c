/* pascal.c - Pascal and Delphi. */
#include "highlight/language.h"

extern const inc_language inc_language_pascal;
const inc_language inc_language_pascal = {
    .names = "pascal delphi pas dpr objectpascal",
    .introducers = "constructor destructor function procedure program unit",
    .keywords =
        "and array as asm begin case class const div do downto else end except exports file finalization finally for goto if "
        "implementation in inherited initialization inline interface is label library mod not object of on or out override packed private "
        "property protected public published raise record repeat set shl shr string then threadvar to try type until uses var virtual "
        "while with xor",
    .types = "boolean byte cardinal char double extended int64 integer longint longword pchar pointer real shortint single smallint word",
    .literals = "false nil true",
    .line_comments = {"//"},
    .block_comments = {{"{", "}"}, {"(*", "*)"}},
    .strings = {{"'", "'", .flags = INC_STRING_DOUBLED}},
    .flags = INC_LANGUAGE_NO_CASE,
};
