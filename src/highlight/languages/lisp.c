/* lisp.c - Lisps: Common Lisp, Scheme, Racket, Emacs Lisp, Clojure. */
#include "highlight/language.h"

/* #t, #f, #\a, #\newline */
static bool hook(inc_lexer *lexer)
{
    size_t at = lexer->at;
    char c = inc_lex_peek(lexer, 1);
    if (c == '\\') {
        size_t end = inc_lex_word_end(lexer, at + 2);
        inc_lex_token(lexer, at, end > at + 2 ? end : INC_MIN(at + 3, inc_lex_line_end(lexer, at)), "string");
        return true;
    }
    if ((c != 't' && c != 'f') || inc_lex_word_end(lexer, at + 1) != at + 2)
        return false;
    inc_lex_token(lexer, at, at + 2, "literal");
    return true;
}

extern const inc_language inc_language_lisp;
const inc_language inc_language_lisp = {
    .names = "lisp scheme scm racket rkt clojure clj cljs edn elisp emacs-lisp common-lisp cl fennel",
    .introducers =
        "def defgeneric define define-syntax defmacro defmethod defn defonce defparameter defprotocol defrecord defstruct deftype defun "
        "defvar",
    .keywords =
        "and begin case catch cond do doseq dotimes else fn for if if-let import in-package lambda let let* letfn letrec loop match not "
        "ns or progn quote recur require set! setq throw try unless use when when-let while",
    .literals = "false nil t true",
    .built_ins =
        "apply assoc car cdr conj cons count eq? equal filter first format get length list map mapcar null print println reduce rest str "
        "swap!",
    .hook = hook,
    .hook_at = "#",
    .line_comments = {";"},
    .block_comments = {{"#|", "|#"}},
    .nested_comments = true,
    .strings = {{"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES}},
    .sigils = {{':', "symbol"}},
    .word_characters = "-*+!?<>=/&%$.'",
};
