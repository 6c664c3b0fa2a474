/* x86asm.c - x86 and x86-64 assembly, Intel and AT&T. */
#include "highlight/language.h"

extern const inc_language inc_language_x86asm;
const inc_language inc_language_x86asm = {
    .names = "x86asm asm nasm masm gas s x86 x86-64 x86_64 assembly asm-x86-64 asm6502",
    .types = "byte dword far near offset oword ptr qword short tbyte word xmmword ymmword",
    .built_ins =
        "ah al ax bh bl bp bpl bx ch cl cr0 cr2 cr3 cr4 cs cx dh di dil dl ds dx eax ebp ebx ecx edi edx eip es esi esp fs gs k0 k1 k2 k3 "
        "r10 r10d r11 r11d r12 r12d r13 r13d r14 r14d r15 r15d r8 r8b r8d r8w r9 r9b r9d rax rbp rbx rcx rdi rdx rip rsi rsp si sil sp "
        "spl ss st xmm0 xmm1 xmm10 xmm11 xmm12 xmm13 xmm14 xmm15 xmm2 xmm3 xmm4 xmm5 xmm6 xmm7 xmm8 xmm9 ymm0 ymm1 ymm10 ymm11 ymm12 "
        "ymm13 ymm14 ymm15 ymm2 ymm3 ymm4 ymm5 ymm6 ymm7 ymm8 ymm9 zmm0 zmm1 zmm2 zmm3",
    .hook = inc_lex_instruction,
    .line_comments = {";", "#", "//"},
    .block_comments = {{"/*", "*/"}},
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = 0}},
    .sigils = {{'%', "built_in"}, {'$', "number"}},
    .word_characters = ".",
    .flags = INC_LANGUAGE_NO_CASE,
};
