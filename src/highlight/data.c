/* data.c - TOML, INI, JSON, YAML, CSS: keys and values. */
#include "highlight/language.h"

static const char *const bools[] = {"false", "inf", "nan", "true"};
static const char *const bool_null[] = {"false", "null", "true"};

/* After a string or word just lexed: does `:` or `=` follow on this line? Then it is a key. */
static bool key_follows(const inc_lexer *lexer, size_t at, char mark)
{
    while (at < lexer->code.n && (lexer->code.p[at] == ' ' || lexer->code.p[at] == '\t'))
        at++;
    return at < lexer->code.n && lexer->code.p[at] == mark;
}

/* ---- TOML and INI ---- */

/* [table] and [[array]] at the start of a line; dotted and quoted keys before the first '='. */
static bool hook_toml(inc_lexer *lexer)
{
    size_t at = lexer->at, end = inc_lex_line_end(lexer, at);
    const char *p = lexer->code.p;
    if (p[at] == '[' && inc_lex_line_start(lexer, at) && at > 0 ? p[at - 1] == '\n' || p[at - 1] == ' '
                                                                : p[at] == '[' && at == 0) {
        const char *close = memchr(p + at, ']', end - at);
        size_t behind = close ? (size_t)(close - p) + 1 : at;
        if (behind < end && p[behind] == ']')
            behind++;
        size_t rest = behind;
        while (rest < end && (p[rest] == ' ' || p[rest] == '\t'))
            rest++;
        if (behind > at + 1 && (rest == end || p[rest] == '#') &&
            !memchr(p + at, ',', behind - at)) { /* not an array in a list */
            inc_lex_token(lexer, at, behind, "title");
            return true;
        }
    }
    char before = ',';
    for (size_t i = at; i > 0; i--)
        if (p[i - 1] != ' ' && p[i - 1] != '\t') {
            before = p[i - 1];
            break;
        }
    if (before != '\n' && before != ',' && before != '{')
        return false;
    size_t key = at;
    while (key < end && (inc_lex_is_letter(p[key]) || inc_lex_is_digit(p[key]) || strchr("-.", p[key]) ||
                         p[key] == '"' || p[key] == '\'')) {
        if (p[key] == '"' || p[key] == '\'') {
            const char *quote = memchr(p + key + 1, p[key], end - key - 1);
            if (!quote)
                return false;
            key = (size_t)(quote - p);
        }
        key++;
    }
    if (key == at || !key_follows(lexer, key, '='))
        return false;
    inc_lex_token(lexer, at, key, "attr");
    return true;
}

static bool hook_ini(inc_lexer *lexer)
{
    size_t at = lexer->at, end = inc_lex_line_end(lexer, at);
    const char *p = lexer->code.p;
    if (!inc_lex_line_start(lexer, at) || p[at] == '#' || p[at] == ';')
        return false;
    if (p[at] == '[') {
        const char *close = memchr(p + at, ']', end - at);
        inc_lex_token(lexer, at, close ? (size_t)(close - p) + 1 : end, "title");
        return true;
    }
    const char *equals = memchr(p + at, '=', end - at);
    if (!equals)
        return false;
    size_t key = (size_t)(equals - p);
    while (key > at && (p[key - 1] == ' ' || p[key - 1] == '\t'))
        key--;
    inc_lex_token(lexer, at, key, "attr");
    if (key == at)
        lexer->at++;
    return true;
}

/* Dates and times of TOML are one number: 1979-05-27T07:32:00Z. */
static bool hook_toml_values(inc_lexer *lexer)
{
    if (hook_toml(lexer))
        return true;
    size_t at = lexer->at;
    const char *p = lexer->code.p;
    if (!inc_lex_is_digit(p[at]))
        return false;
    while (at < lexer->code.n && (inc_lex_is_digit(p[at]) || inc_lex_is_letter(p[at]) || strchr(":.+-", p[at])))
        at++;
    inc_lex_token(lexer, lexer->at, at, "number");
    return true;
}

/* ---- JSON ---- */

static bool hook_json(inc_lexer *lexer)
{
    static const inc_string_kind quoted = {"\"", "\"", INC_STRING_ESCAPES};
    size_t start = lexer->at;
    char c = lexer->code.p[start];
    if (c == '-' && inc_lex_is_digit(inc_lex_peek(lexer, 1))) {
        lexer->at++;
        inc_lex_number(lexer);
        lexer->tokens.v[lexer->tokens.n - 1].start--;
        lexer->tokens.v[lexer->tokens.n - 1].length++;
        return true;
    }
    if (c != '"')
        return false;
    inc_lex_string(lexer, start, start, &quoted);
    if (key_follows(lexer, lexer->at, ':'))
        lexer->tokens.v[lexer->tokens.n - 1].token_class = "attr";
    return true;
}

/* ---- YAML ---- */

static const char *const yaml_literals[] = {"False", "No",  "Null", "True", "Yes", "false", "no",
                                            "null",  "off", "on",   "true", "yes", "~"};

static size_t indent_of(const inc_lexer *lexer, size_t line)
{
    size_t at = line;
    while (at < lexer->code.n && lexer->code.p[at] == ' ')
        at++;
    return at - line;
}

/* A block scalar (| or >) whose header ends at `end`: the lines deeper than its own are text. */
static void lex_block_scalar(inc_lexer *lexer, size_t line, size_t end)
{
    size_t own = indent_of(lexer, line), at = INC_MIN(end + 1, lexer->code.n), from = at, last = at;
    while (at < lexer->code.n) {
        size_t next = inc_lex_line_end(lexer, at), indent = indent_of(lexer, at);
        bool empty = at + indent >= next;
        if (!empty && indent <= own)
            break;
        if (!empty)
            last = next;
        at = INC_MIN(next + 1, lexer->code.n);
    }
    if (last > from)
        inc_lex_token(lexer, from, last, "string");
}

static void lex_yaml_value(inc_lexer *lexer, size_t end)
{
    static const inc_words literals = INC_WORDS(yaml_literals);
    static const inc_string_kind kinds[] = {{"\"", "\"", INC_STRING_ESCAPES}, {"'", "'", INC_STRING_DOUBLED}};
    const char *p = lexer->code.p;
    while (lexer->at < end) {
        size_t at = lexer->at;
        char c = p[at];
        bool fresh = at == 0 || strchr(" \t\n[{,:", p[at - 1]);
        if (c == '#' && fresh)
            inc_lex_token(lexer, at, end, "comment");
        else if (fresh && (c == '"' || c == '\'')) {
            inc_lex_string(lexer, at, at, &kinds[c == '\'']);
            if (key_follows(lexer, lexer->at, ':'))
                lexer->tokens.v[lexer->tokens.n - 1].token_class = "attr";
        } else if (fresh && (c == '&' || c == '*' || c == '!')) {
            size_t stop = at + 1;
            while (stop < end && !strchr(" \t,]}", p[stop]))
                stop++;
            inc_lex_token(lexer, at, stop, c == '!' ? "type" : "symbol");
        } else if (fresh && !strchr(" \t[]{},:", c)) {
            size_t stop = at;
            while (stop < end && !strchr(",[]{}", p[stop]) &&
                   !(p[stop] == ' ' && stop + 1 < end && p[stop + 1] == '#') &&
                   !(p[stop] == ':' && (stop + 1 == end || p[stop + 1] == ' ')))
                stop++;
            inc_str word = inc_str_trim(inc_str_slice(lexer->code, at, stop));
            bool key = stop < end && p[stop] == ':', number = inc_lex_is_digit(c) || (c == '-' && word.n > 1);
            for (size_t i = 1; i < word.n; i++)
                number = number && (inc_lex_is_digit(word.p[i]) || strchr("._eExXabcdefABCDEF+-", word.p[i]));
            inc_lex_token(lexer, at, stop,
                          key                              ? "attr"
                          : number                         ? "number"
                          : inc_words_have(literals, word) ? "literal"
                                                           : NULL);
            if (lexer->at == at)
                lexer->at++;
        } else
            lexer->at++;
    }
}

static void lex_yaml(inc_lexer *lexer)
{
    while (lexer->at < lexer->code.n) {
        size_t line = lexer->at, end = inc_lex_line_end(lexer, line), last = end;
        inc_str text = inc_str_slice(lexer->code, line, end);
        if (inc_str_starts(text, INC_STR("---")) || inc_str_starts(text, INC_STR("...")) ||
            inc_str_starts(text, INC_STR("%")))
            inc_lex_token(lexer, line, end, "meta");
        lexer->at = INC_MAX(lexer->at, line + indent_of(lexer, line));
        while (lexer->at + 1 < end && lexer->code.p[lexer->at] == '-' && lexer->code.p[lexer->at + 1] == ' ')
            lexer->at += 2;
        lex_yaml_value(lexer, end);
        while (last > line && (inc_lex_is_digit(lexer->code.p[last - 1]) || strchr(" +-", lexer->code.p[last - 1])))
            last--;
        bool header = last > line + 1 && (lexer->code.p[last - 1] == '|' || lexer->code.p[last - 1] == '>') &&
                      strchr(" -:", lexer->code.p[last - 2]);
        if (header)
            lex_block_scalar(lexer, line, end);
        lexer->at = INC_MAX(lexer->at, INC_MIN(end + 1, lexer->code.n));
    }
}

/* ---- CSS ---- */

/* Properties before a colon inside braces, at-rules, colours; selectors stay plain but for classes and ids. */
static bool hook_css(inc_lexer *lexer)
{
    size_t at = lexer->at, end;
    char c = lexer->code.p[at];
    if (c == '{' || c == '}') {
        lexer->braces[0] = c == '{' ? lexer->braces[0] + 1 : lexer->braces[0] - (lexer->braces[0] > 0);
        return false;
    }
    if (c == '@' || c == '.' || c == '#') {
        end = inc_lex_word_end(lexer, at + 1);
        if (c == '#' && end == at + 1) /* #123456 */
            while (end < lexer->code.n &&
                   (inc_lex_is_digit(lexer->code.p[end]) || inc_lex_is_letter(lexer->code.p[end])))
                end++;
        bool color = c == '#' && lexer->braces[0] > 0;
        if (end == at + 1)
            return false;
        inc_lex_token(lexer, at, end, c == '@' ? "keyword" : color ? "number" : "type");
        return true;
    }
    end = inc_lex_word_end(lexer, at);
    if (end == at)
        return false;
    bool declares = lexer->braces[0] > 0 && key_follows(lexer, end, ':') && end + 1 < lexer->code.n &&
                    lexer->code.p[end + 1] != ':';
    size_t stop = at;
    while (declares && stop < lexer->code.n && !strchr(";{}", lexer->code.p[stop]) && stop < at + 1000)
        stop++;
    if (declares && stop < lexer->code.n && lexer->code.p[stop] == '{') /* a:hover { inside @media */
        declares = false;
    inc_lex_token(lexer, at, end, declares ? "attr" : lexer->braces[0] == 0 && !inc_lex_is_digit(c) ? "keyword" : NULL);
    return true;
}

static const char *const toml_names[] = {"toml", NULL}, *const ini_names[] = {"ini",        "conf",   "cfg",
                                                                              "properties", "dotenv", NULL},
                         *const json_names[] = {"json", "jsonc", "json5", "jsonl", NULL},
                         *const yaml_names[] = {"yaml", "yml", NULL},
                         *const css_names[] = {"css", "scss", "less", NULL};

static const inc_language languages[] = {
    {.names = toml_names,
     .hook = hook_toml_values,
     .literals = INC_WORDS(bools),
     .line_comments = {"#"},
     .strings = {{"\"\"\"", "\"\"\"", INC_STRING_LINES | INC_STRING_ESCAPES},
                 {"'''", "'''", INC_STRING_LINES},
                 {"\"", "\"", INC_STRING_ESCAPES},
                 {"'", "'", 0}},
     .word_characters = "-"},
    {.names = ini_names,
     .hook = hook_ini,
     .literals = INC_WORDS(bools),
     .line_comments = {"#", ";"},
     .strings = {{"\"", "\"", INC_STRING_ESCAPES}},
     .word_characters = "-"},
    {.names = json_names,
     .hook = hook_json,
     .literals = INC_WORDS(bool_null),
     .line_comments = {"//"},
     .block_comment = {"/*", "*/"}},
    {.names = yaml_names, .lex = lex_yaml},
    {.names = css_names,
     .hook = hook_css,
     .block_comment = {"/*", "*/"},
     .strings = {{"\"", "\"", INC_STRING_ESCAPES}, {"'", "'", INC_STRING_ESCAPES}},
     .word_characters = "-"},
};

const inc_language_family inc_languages_data = {languages, INC_COUNT(languages)};
