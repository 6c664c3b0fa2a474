/* awk.c - awk. */
#include "highlight/language.h"

extern const inc_language inc_language_awk;
const inc_language inc_language_awk = {
    .names = "awk gawk mawk",
    .introducers = "function",
    .keywords =
        "BEGIN BEGINFILE END ENDFILE break case continue default delete do else exit for getline if in next nextfile print printf return "
        "switch while",
    .built_ins =
        "ARGC ARGV ENVIRON FILENAME FNR FS NF NR OFS ORS RS atan2 close cos exp gsub index int length log match rand sin split sprintf "
        "sqrt srand sub substr system tolower toupper",
    .line_comments = {"#"},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'$', "variable"}},
    .flags = INC_LANGUAGE_REGEX,
};
