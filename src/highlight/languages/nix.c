/* nix.c - Nix: indented strings, paths, interpolation. */
#include "highlight/language.h"

extern const inc_language inc_language_nix;
const inc_language inc_language_nix = {
    .names = "nix nixos",
    .keywords = "assert else if in inherit let or rec then with",
    .literals = "false null true",
    .built_ins = "abort baseNameOf builtins derivation fetchTarball import map removeAttrs throw toString",
    .line_comments = {"#"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"''", "''", .flags = INC_STRING_LINES, .inside = "${"},
                {"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "${"}},
    .word_characters = "-'",
};
