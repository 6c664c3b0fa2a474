/* markup.c - HTML, XML, SVG and templates of them. */
#include "highlight/language.h"

/* Index behind `close`, or the line's end when it does not come (a fragment). */
static size_t behind(inc_lexer *lexer, size_t from, const char *close)
{
    size_t found =
        lexer->unclosed ? INC_NPOS : inc_str_find(inc_str_slice(lexer->code, from, lexer->code.n), inc_str_of(close));
    if (found != INC_NPOS)
        return from + found + strlen(close);
    lexer->unclosed = true;
    return inc_lex_line_end(lexer, from);
}

/* name = "value" pairs up to '>'. */
static void lex_attributes(inc_lexer *lexer)
{
    const char *p = lexer->code.p;
    while (lexer->at < lexer->code.n && p[lexer->at] != '>' && p[lexer->at] != '<') {
        size_t at = lexer->at;
        if (p[at] == '"' || p[at] == '\'') {
            inc_string_kind kind = {p[at] == '"' ? "\"" : "'", p[at] == '"' ? "\"" : "'", .flags = INC_STRING_LINES};
            inc_lex_string(lexer, at, at, &kind);
        } else if (inc_lex_word_end(lexer, at) > at) {
            bool value = at > 0 && p[at - 1] == '=';
            inc_lex_token(lexer, at, inc_lex_word_end(lexer, at), value ? "string" : "attr");
        } else
            lexer->at++;
    }
}

static void lex(inc_lexer *lexer)
{
    const char *p = lexer->code.p;
    while (lexer->at < lexer->code.n) {
        size_t at = lexer->at;
        if (p[at] == '&') {
            size_t end = at + 1;
            while (end < lexer->code.n && end < at + 12 &&
                   (inc_lex_is_letter(p[end]) || inc_lex_is_digit(p[end]) || p[end] == '#'))
                end++;
            bool entity = end < lexer->code.n && p[end] == ';' && end > at + 1;
            inc_lex_token(lexer, at, entity ? end + 1 : at + 1, entity ? "symbol" : NULL);
        } else if (p[at] != '<') {
            lexer->at++;
        } else if (inc_lex_starts(lexer, "<!--")) {
            inc_lex_token(lexer, at, behind(lexer, at + 4, "-->"), "comment");
        } else if (inc_lex_starts(lexer, "<![CDATA[")) {
            inc_lex_token(lexer, at, behind(lexer, at + 9, "]]>"), "string");
        } else if (inc_lex_starts(lexer, "<!") || inc_lex_starts(lexer, "<?")) {
            inc_lex_token(lexer, at, behind(lexer, at + 2, ">"), "meta");
        } else {
            size_t name = at + 1 + (inc_lex_peek(lexer, 1) == '/'), end = inc_lex_word_end(lexer, name);
            lexer->at = name;
            if (end == name)
                continue;
            inc_lex_token(lexer, name, end, "keyword");
            lex_attributes(lexer);
        }
    }
}

extern const inc_language inc_language_markup;
const inc_language inc_language_markup = {
    .names = "html xml svg xhtml htm rss atom xsd xsl plist wsf vue svelte astro handlebars hbs htmlbars mustache jinja jinja2 django erb ejs twig mathml xaml",
    .lex = lex,
    .word_characters = "-:.",
};
