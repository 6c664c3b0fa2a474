/* llvm.c - LLVM IR. */
#include "highlight/language.h"

/* %local, @global, !metadata, #attributes; a name may be a number or quoted. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, end = at + 1, line = inc_lex_reach(lexer, at);
    const char *p = lexer->code.p;
    const char *close = end < line && p[end] == '"' ? memchr(p + end + 1, '"', line - end - 1) : NULL;
    if (close)
        end = (size_t)(close - p) + 1;
    else
        while (end < line && (inc_lex_is_letter(p[end]) || inc_lex_is_digit(p[end]) || p[end] == '.' || p[end] == '-' || p[end] == '$'))
            end++;
    if (end == at + 1)
        return false;
    inc_lex_token(lexer, at, end, p[at] == '%' ? "variable" : p[at] == '@' ? "title" : "meta");
    return true;
}

extern const inc_language inc_language_llvm;
const inc_language inc_language_llvm = {
    .names = "llvm llvm-ir ll mir",
    .keywords =
        "add addrspacecast align alloca and ashr asm atomic atomicrmw attributes bitcast br call catch cleanup cmpxchg comdat constant "
        "declare define dso_local eq extractvalue fadd fcmp fdiv fence fmul fneg fpext fptosi fptoui fptrunc freeze fsub getelementptr "
        "global icmp inbounds indirectbr insertvalue internal inttoptr invoke landingpad linkonce linkonce_odr load local_unnamed_addr "
        "lshr metadata mul musttail ne noalias nocapture nofree nonnull noundef nounwind nsw nuw or personality phi private ptrtoint "
        "readnone readonly resume ret sdiv section select sext sge sgt shl shufflevector sitofp sle slt source_filename srem store sub "
        "switch tail target to trunc type udiv uge ugt uitofp ule ult unnamed_addr unreachable unwind urem va_arg volatile weak xor "
        "zeroext zext",
    .types = "double float fp128 half i1 i128 i16 i32 i64 i8 label ptr token void x86_fp80",
    .literals = "false none null poison true undef x zeroinitializer",
    .hook = hook,
    .hook_at = "%@!#",
    .line_comments = {";"},
    .strings = {{"\"", "\"", .flags = 0, .prefixes = "c"},
                {"\"", "\"", .flags = 0}},
    .word_characters = ".",
};
