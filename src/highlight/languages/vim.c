/* vim.c - Vim script. */
#include "highlight/language.h"

/* A double quote at the start of a line begins a comment. */
static bool hook(inc_lexer *lexer)
{
    if (!inc_lex_line_start(lexer, lexer->at))
        return false;
    inc_lex_token(lexer, lexer->at, inc_lex_line_end(lexer, lexer->at), "comment");
    return true;
}

extern const inc_language inc_language_vim;
const inc_language inc_language_vim = {
    .names = "vim viml vimscript",
    .introducers = "def function function!",
    .keywords =
        "abort augroup autocmd break call catch class command const continue echo echom else elseif endclass enddef endfor endfunction "
        "endif endtry endwhile execute export finally finish for highlight if imap import in inoremap let lua map nmap nnoremap noremap "
        "normal return set setlocal silent source syntax throw try unlet vim9script vmap vnoremap while",
    .literals = "v:false v:null v:true",
    .hook = hook,
    .hook_at = "\"",
    .strings = {{"'", "'", .flags = INC_STRING_DOUBLED},
                {"\"", "\"", .flags = INC_STRING_ESCAPES}},
    .word_characters = ":!#",
};
