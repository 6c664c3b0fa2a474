/* perl.c - Perl: sigils, quote-like operators, here-documents, POD. */
#include "highlight/language.h"

/* q(), qq{}, qw//, m//, qr//, s/a/b/, tr/a/b/, y/a/b/ on one line. */
static bool lex_quote_like(inc_lexer *lexer)
{
    static const struct {
        const char *word;
        bool two, pattern;
    } words[] = {{"qq", 0, 0}, {"qw", 0, 0}, {"qr", 0, 1}, {"qx", 0, 0}, {"q", 0, 0}, {"tr", 1, 1}, {"m", 0, 1}, {"s", 1, 1}, {"y", 1, 1}};
    size_t start = lexer->at, end = inc_lex_word_end(lexer, start);
    const char *p = lexer->code.p;
    if (start > 0 && (p[start - 1] == '$' || p[start - 1] == '@' || p[start - 1] == '%' || p[start - 1] == '>' || p[start - 1] == '{'))
        return false;
    for (size_t i = 0; i < INC_COUNT(words); i++) {
        if (!inc_str_is(inc_str_slice(lexer->code, start, end), words[i].word))
            continue;
        if (end >= lexer->code.n || !strchr("/({[<|!#,~", p[end]) || (p[end] == ',' && !words[i].two))
            return false;
        size_t stop = inc_lex_delimited(lexer, end);
        if (stop != INC_NPOS && words[i].two)
            stop = p[end] == p[stop - 1] ? inc_lex_delimited(lexer, stop - 1) : stop < lexer->code.n && strchr("({[<", p[stop]) ? inc_lex_delimited(lexer, stop) : INC_NPOS;
        if (stop == INC_NPOS)
            return false;
        while (words[i].pattern && stop < lexer->code.n && inc_lex_is_lower(p[stop]))
            stop++;
        inc_lex_token(lexer, start, stop, words[i].pattern ? "regexp" : "string");
        lexer->after_value = true;
        return true;
    }
    return false;
}

/* $name, @{...}, %hash, $_, $1, $#array; a % or @ that computes has a value before it. */
static bool lex_variable(inc_lexer *lexer)
{
    size_t at = lexer->at + 1, n = lexer->code.n;
    const char *p = lexer->code.p;
    if ((p[lexer->at] != '$' && lexer->after_value) || at >= n)
        return false;
    at += p[at] == '#' && at + 1 < n;
    size_t end = inc_lex_word_end(lexer, at);
    while (inc_lex_starts_at(lexer, end, "::") && inc_lex_word_end(lexer, end + 2) > end + 2)
        end = inc_lex_word_end(lexer, end + 2);
    if (end == at && p[lexer->at] == '$' && at < n && p[at] != '\n' && strchr("0123456789!@/\\,;.&_", p[at]))
        end = at + 1;
    if (end == at)
        return false;
    inc_lex_token(lexer, lexer->at, end, "variable");
    lexer->after_value = true;
    return true;
}

/* =pod ... =cut */
static bool lex_pod(inc_lexer *lexer)
{
    size_t at = lexer->at;
    if ((at > 0 && lexer->code.p[at - 1] != '\n') || !inc_lex_is_letter(inc_lex_peek(lexer, 1)) || lexer->unclosed & INC_UNCLOSED_COMMENT)
        return false;
    size_t cut = inc_str_find(inc_str_slice(lexer->code, at, lexer->code.n), INC_STR("\n=cut"));
    if (cut == INC_NPOS)
        lexer->unclosed |= INC_UNCLOSED_COMMENT;
    inc_lex_token(lexer, at, inc_lex_line_end(lexer, cut == INC_NPOS ? at : at + cut + 1), "comment");
    return true;
}

static bool hook(inc_lexer *lexer)
{
    switch (lexer->code.p[lexer->at]) {
    case '=': return lex_pod(lexer);
    case '$':
    case '@':
    case '%': return lex_variable(lexer);
    default: return lex_quote_like(lexer);
    }
}

extern const inc_language inc_language_perl;
const inc_language inc_language_perl = {
    .names = "perl pl pm",
    .introducers = "package sub",
    .keywords =
        "and cmp continue do else elsif eq for foreach ge goto gt if last le local lt my ne next no not or our redo require return state "
        "unless until use when while x xor",
    .literals = "STDERR STDIN STDOUT __DATA__ __END__ __FILE__ __LINE__",
    .built_ins =
        "bless chomp chop close defined delete die each eof eval exists exit grep join keys lc length map open pop pos print printf push "
        "ref reverse say scalar shift sort splice split sprintf substr uc undef unshift values wantarray warn",
    .hook = hook,
    .hook_at = "qmsty=$@%",
    .line_comments = {"#"},
    .strings = {{"\"", "\"", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"'", "'", .flags = INC_STRING_LINES | INC_STRING_ESCAPES},
                {"`", "`", .flags = INC_STRING_LINES | INC_STRING_ESCAPES}},
    .flags = INC_LANGUAGE_CAMEL_TYPES | INC_LANGUAGE_REGEX | INC_LANGUAGE_HERE,
};
