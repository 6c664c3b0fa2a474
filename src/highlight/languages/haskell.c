/* haskell.c - Haskell: nested comments, pragmas, names with primes. */
#include "highlight/language.h"

/* {-# LANGUAGE ... #-}; and -- is a comment unless it is part of an operator: -->, |--. */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at, end = at;
    if (inc_lex_starts(lexer, "{-#")) {
        size_t line = inc_lex_line_end(lexer, at), close = inc_str_find(inc_str_slice(lexer->code, at, line), INC_STR("#-}"));
        if (close == INC_NPOS)
            return false;
        inc_lex_token(lexer, at, at + close + 3, "meta");
        return true;
    }
    while (end < lexer->code.n && lexer->code.p[end] == '-')
        end++;
    const char *symbols = "!#$%&*+./<=>?@\\^|~:";
    bool operator_part = (end < lexer->code.n && strchr(symbols, lexer->code.p[end])) || (at > 0 && lexer->code.p[at - 1] && strchr(symbols, lexer->code.p[at - 1]));
    if (end - at < 2 || operator_part)
        return false;
    inc_lex_token(lexer, at, inc_lex_line_end(lexer, at), "comment");
    return true;
}

extern const inc_language inc_language_haskell;
const inc_language inc_language_haskell = {
    .names = "haskell hs lhs purescript elm agda idris",
    .keywords =
        "case class data default deriving do else family forall foreign if import in infix infixl infixr instance let mdo module newtype "
        "of pattern proc qualified rec then type where",
    .built_ins = "error fmap foldr fromIntegral map mapM_ mconcat otherwise print pure putStrLn return show traverse undefined",
    .hook = hook,
    .hook_at = "{-",
    .line_comments = {NULL},
    .block_comments = {{"{-", "-}"}},
    .nested_comments = true,
    .strings = {{"\"", "\"", .flags = INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_ESCAPES | INC_STRING_CHARACTER}},
    .word_characters = "'",
    .flags = INC_LANGUAGE_CAMEL_TYPES,
};
