/* markup.c - HTML, XML, SVG; Markdown. */
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
            inc_string_kind kind = {p[at] == '"' ? "\"" : "'", p[at] == '"' ? "\"" : "'", INC_STRING_LINES};
            inc_lex_string(lexer, at, at, &kind);
        } else if (inc_lex_word_end(lexer, at) > at) {
            bool value = at > 0 && p[at - 1] == '=';
            inc_lex_token(lexer, at, inc_lex_word_end(lexer, at), value ? "string" : "attr");
        } else
            lexer->at++;
    }
}

static void lex_markup(inc_lexer *lexer)
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

/* Markdown: headings, fences, list marks, code spans, emphasis of a line are enough for a listing. */
static void lex_markdown(inc_lexer *lexer)
{
    const char *p = lexer->code.p;
    bool fence = false;
    while (lexer->at < lexer->code.n) {
        size_t line = lexer->at, end = inc_lex_line_end(lexer, line);
        while (lexer->at < end && p[lexer->at] == ' ')
            lexer->at++;
        char c = inc_lex_peek(lexer, 0);
        if (inc_lex_starts(lexer, "```") || inc_lex_starts(lexer, "~~~")) {
            inc_lex_token(lexer, lexer->at, end, "meta");
            fence = !fence;
        } else if (fence) {
            lexer->at = end;
        } else if (c == '#') {
            inc_lex_token(lexer, lexer->at, end, "title");
        } else if (c == '>' || ((c == '-' || c == '*' || c == '+') && inc_lex_peek(lexer, 1) == ' ')) {
            inc_lex_token(lexer, lexer->at, lexer->at + 1, "symbol");
        }
        while (lexer->at < end) {
            size_t at = lexer->at;
            const char *close = p[at] == '`' ? memchr(p + at + 1, '`', end - at - 1) : NULL;
            if (close)
                inc_lex_token(lexer, at, (size_t)(close - p) + 1, "string");
            else
                lexer->at++;
        }
        lexer->at = INC_MIN(end + 1, lexer->code.n);
    }
}

static const char *const markup_names[] = {"html",   "xml",        "svg", "xhtml", "htm", "vue",
                                           "svelte", "handlebars", "hbs", "plist", NULL},
                         *const markdown_names[] = {"markdown", "md", NULL};
static const inc_language languages[] = {
    {.names = markup_names, .lex = lex_markup, .word_characters = "-:."},
    {.names = markdown_names, .lex = lex_markdown},
};

const inc_language_family inc_languages_markup = {languages, INC_COUNT(languages)};
