/* hcl.c - HCL: Terraform. */
#include "highlight/language.h"

extern const inc_language inc_language_hcl;
const inc_language inc_language_hcl = {
    .names = "hcl terraform tf tfvars",
    .keywords = "check data dynamic for for_each if import in locals module moved output provider resource terraform variable",
    .types = "any bool list map number object set string tuple",
    .literals = "false null true",
    .built_ins = "concat file format jsonencode length lookup merge templatefile tolist tomap tostring",
    .line_comments = {"#", "//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES, .inside = "${"}},
    .word_characters = "-",
    .flags = INC_LANGUAGE_HERE,
};
