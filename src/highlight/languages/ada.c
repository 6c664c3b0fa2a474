/* ada.c - Ada. */
#include "highlight/language.h"

extern const inc_language inc_language_ada;
const inc_language inc_language_ada = {
    .names = "ada adb ads",
    .introducers = "function package procedure task",
    .keywords =
        "abort abs abstract accept access aliased all and array at begin body case constant declare delay delta digits do else elsif end "
        "entry exception exit for generic goto if in interface is limited loop mod new not null of or others out overriding parallel "
        "pragma private protected raise range record rem renames requeue return reverse select separate some subtype synchronized tagged "
        "terminate then type until use when while with xor",
    .types = "boolean character duration float integer natural positive string",
    .literals = "false true",
    .line_comments = {"--"},
    .strings = {{"\"", "\"", .flags = INC_STRING_DOUBLED},
                {"'", "'", .flags = INC_STRING_CHARACTER}},
    .flags = INC_LANGUAGE_NO_CASE | INC_LANGUAGE_BASES,
};
