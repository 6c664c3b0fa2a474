/* ruby.c - Ruby: symbols, sigils, interpolation, here-documents, %-literals. */
#include "highlight/language.h"

/* %w(...), %Q[...], %{...} on one line, its brackets nested. */
static bool lex_percent(inc_lexer *lexer)
{
    size_t at = lexer->at + 1;
    const char *p = lexer->code.p;
    at += at < lexer->code.n && p[at] && strchr("qQwWiIrsx", p[at]);
    if (lexer->after_value || at >= lexer->code.n || !p[at] || !strchr("([{<|!/", p[at]))
        return false;
    size_t end = inc_lex_delimited(lexer, at);
    if (end == INC_NPOS)
        return false;
    inc_lex_token(lexer, lexer->at, end, "string");
    lexer->after_value = true;
    return true;
}

/* =begin ... =end, and what stands behind __END__. */
static bool lex_block(inc_lexer *lexer, const char *open, const char *close)
{
    size_t at = lexer->at, n = lexer->code.n;
    if ((at > 0 && lexer->code.p[at - 1] != '\n') || !inc_lex_starts(lexer, open) || lexer->unclosed & INC_UNCLOSED_COMMENT)
        return false;
    size_t found = close ? inc_str_find(inc_str_slice(lexer->code, at, n), inc_str_of(close)) : n - at;
    if (found == INC_NPOS) {
        lexer->unclosed |= INC_UNCLOSED_COMMENT;
        return false;
    }
    inc_lex_token(lexer, at, inc_lex_line_end(lexer, INC_MIN(at + found + (close ? 1 : 0), n)), "comment");
    return true;
}

static bool hook(inc_lexer *lexer)
{
    switch (lexer->code.p[lexer->at]) {
    case '%': return lex_percent(lexer);
    case '=': return lex_block(lexer, "=begin", "\n=end");
    default: return lex_block(lexer, "__END__", NULL);
    }
}

extern const inc_language inc_language_ruby;
const inc_language inc_language_ruby = {
    .names = "ruby rb gemspec podspec thor irb rake crystal cr",
    .introducers = "def",
    .keywords =
        "BEGIN END __FILE__ __LINE__ alias and begin break case class defined? do else elsif end ensure for if in module next not or redo "
        "rescue retry return self super then undef unless until when while yield",
    .literals = "false nil true",
    .built_ins =
        "attr_accessor attr_reader attr_writer block_given? catch extend format freeze include lambda loop p prepend print private proc "
        "protected public puts raise rand require require_relative sleep throw",
    .hook = hook,
    .hook_at = "%=_",
    .line_comments = {"#"},
    .strings = {{"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "#{"},
                {"'", "'", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"`", "`", .flags = INC_STRING_LINES | INC_STRING_ESCAPES, .inside = "#{"}},
    .sigils = {{'@', "variable"}, {'$', "variable"}},
    .word_characters = "?",
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_CONSTANTS | INC_LANGUAGE_REGEX | INC_LANGUAGE_COLON_NAMES | INC_LANGUAGE_HERE,
};
