/* yaml.c - YAML: keys, anchors, block scalars. */
#include "highlight/language.h"

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
    static const inc_string_kind kinds[] = {{"\"", "\"", .flags = INC_STRING_ESCAPES}, {"'", "'", .flags = INC_STRING_DOUBLED}};
    const char *p = lexer->code.p;
    while (lexer->at < end) {
        size_t at = lexer->at;
        char c = p[at];
        bool fresh = at == 0 || strchr(" \t\n[{,:", p[at - 1]);
        if (c == '#' && fresh)
            inc_lex_token(lexer, at, end, "comment");
        else if (fresh && (c == '"' || c == '\'')) {
            inc_lex_string(lexer, at, at, &kinds[c == '\'']);
            if (inc_lex_follows(lexer, lexer->at, ':'))
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
                          : inc_lex_find_word(lexer, word) ? "literal"
                                                           : NULL);
            if (lexer->at == at)
                lexer->at++;
        } else
            lexer->at++;
    }
}

static void lex(inc_lexer *lexer)
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

extern const inc_language inc_language_yaml;
const inc_language inc_language_yaml = {
    .names = "yaml yml",
    .lex = lex,
    .literals = "False No Null True Yes false no null off on true yes ~",
};
