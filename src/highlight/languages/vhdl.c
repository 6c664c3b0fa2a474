/* vhdl.c - VHDL. */
#include "highlight/language.h"

extern const inc_language inc_language_vhdl;
const inc_language inc_language_vhdl = {
    .names = "vhdl vhd",
    .introducers = "architecture component entity function package procedure process",
    .keywords =
        "abs access after alias all and array assert attribute begin block body buffer bus case configuration constant disconnect downto "
        "else elsif end exit file for generate generic group guarded if impure in inertial inout is label library linkage literal loop "
        "map mod nand new next nor not null of on open or others out port postponed pure range record register reject rem report return "
        "rol ror select severity shared signal sla sll sra srl subtype then to transport type unaffected units until use variable wait "
        "when while with xnor xor",
    .types = "bit bit_vector boolean character integer natural positive real signed std_logic std_logic_vector string time unsigned",
    .literals = "false true",
    .line_comments = {"--"},
    .strings = {{"\"", "\"", .flags = INC_STRING_DOUBLED},
                {"'", "'", .flags = INC_STRING_CHARACTER}},
    .flags = INC_LANGUAGE_NO_CASE,
};
