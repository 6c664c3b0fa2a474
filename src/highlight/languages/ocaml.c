/* ocaml.c - OCaml, Reason and Standard ML: nested comments, type variables, quoted strings. */
#include "highlight/language.h"

extern const inc_language inc_language_ocaml;
const inc_language inc_language_ocaml = {
    .names = "ocaml ml mli sml reason re reasonml rescript",
    .introducers = "method",
    .keywords =
        "and as asr assert begin class constraint do done downto else end exception external for fun function functor if in include "
        "inherit initializer land lazy let lor lsl lsr lxor match mod module mutable new nonrec object of open or private rec sig struct "
        "then to try type val virtual when while with",
    .types = "array bool bytes char exn float format int int32 int64 lazy_t list nativeint option ref result string unit",
    .literals = "false true",
    .block_comments = {{"(*", "*)"}},
    .nested_comments = true,
    .strings = {{"{|", "|}", .flags = INC_STRING_LINES},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES | INC_STRING_CHARACTER}},
    .word_characters = "'",
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_QUOTE_NAMES | INC_LANGUAGE_QUOTED_COMMENTS,
};
