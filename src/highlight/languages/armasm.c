/* armasm.c - ARM and AArch64 assembly. */
#include "highlight/language.h"

extern const inc_language inc_language_armasm;
const inc_language inc_language_armasm = {
    .names = "armasm arm arm64 aarch64 armv7 asm-arm64",
    .types = "al asr cc cs eq ge gt hi le lo12 ls lsl lsr lt mi ne pl ror sxtb sxth sxtw uxtb uxth uxtw vc vs",
    .built_ins =
        "cpsr d0 d1 d10 d11 d12 d13 d14 d15 d16 d17 d18 d19 d2 d20 d21 d22 d23 d24 d25 d26 d27 d28 d29 d3 d30 d31 d4 d5 d6 d7 d8 d9 fp "
        "fpscr ip lr pc q0 q1 q10 q11 q12 q13 q14 q15 q16 q17 q18 q19 q2 q20 q21 q22 q23 q24 q25 q26 q27 q28 q29 q3 q30 q31 q4 q5 q6 q7 "
        "q8 q9 r0 r1 r10 r11 r12 r13 r14 r15 r2 r3 r4 r5 r6 r7 r8 r9 s0 s1 s10 s11 s12 s13 s14 s15 s16 s17 s18 s19 s2 s20 s21 s22 s23 s24 "
        "s25 s26 s27 s28 s29 s3 s30 s31 s4 s5 s6 s7 s8 s9 sp spsr v0 v1 v10 v11 v12 v13 v14 v15 v16 v17 v18 v19 v2 v20 v21 v22 v23 v24 "
        "v25 v26 v27 v28 v29 v3 v30 v31 v4 v5 v6 v7 v8 v9 w0 w1 w10 w11 w12 w13 w14 w15 w16 w17 w18 w19 w2 w20 w21 w22 w23 w24 w25 w26 "
        "w27 w28 w29 w3 w30 w31 w4 w5 w6 w7 w8 w9 wzr x0 x1 x10 x11 x12 x13 x14 x15 x16 x17 x18 x19 x2 x20 x21 x22 x23 x24 x25 x26 x27 "
        "x28 x29 x3 x30 x31 x4 x5 x6 x7 x8 x9 xzr",
    .hook = inc_lex_instruction,
    .line_comments = {"//", ";"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES}},
    .sigils = {{'#', "number"}},
    .word_characters = ".",
    .flags = INC_LANGUAGE_NO_CASE,
};
