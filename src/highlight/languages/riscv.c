/* riscv.c - RISC-V and MIPS assembly. */
#include "highlight/language.h"

extern const inc_language inc_language_riscv;
const inc_language inc_language_riscv = {
    .names = "riscv riscv64 riscvasm mips mipsasm",
    .built_ins =
        "a0 a1 a2 a3 a4 a5 a6 a7 fa0 fa1 fa2 fa3 fa4 fa5 fa6 fa7 fp ft0 ft1 ft2 ft3 ft4 ft5 ft6 ft7 gp ra s0 s1 s10 s11 s2 s3 s4 s5 s6 s7 "
        "s8 s9 sp t0 t1 t2 t3 t4 t5 t6 tp x0 x1 x10 x11 x12 x13 x14 x15 x16 x17 x18 x19 x2 x20 x21 x22 x23 x24 x25 x26 x27 x28 x29 x3 x30 "
        "x31 x4 x5 x6 x7 x8 x9 zero",
    .hook = inc_lex_instruction,
    .line_comments = {"#", "//", ";"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'%', "meta"}, {'$', "built_in"}},
    .word_characters = ".",
    .flags = INC_LANGUAGE_NO_CASE,
};
