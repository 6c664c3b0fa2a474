/* highlight.c - the common engine: comments, strings, numbers and words by a language's table. */
#include "highlight/language.h"

static const inc_language_family *const families[] = {
    &inc_languages_rust, &inc_languages_c,      &inc_languages_script,  &inc_languages_shell,
    &inc_languages_data, &inc_languages_markup, &inc_languages_terminal};

const inc_language_family *const *inc_language_families(size_t *count)
{
    *count = INC_COUNT(families);
    return families;
}

static const inc_language *find_language(inc_str name)
{
    for (size_t f = 0; f < INC_COUNT(families); f++)
        for (size_t i = 0; i < families[f]->n; i++)
            for (const char *const *known = families[f]->languages[i].names; *known; known++)
                if (inc_str_is(name, *known))
                    return &families[f]->languages[i];
    return NULL;
}

bool inc_words_have(inc_words words, inc_str word)
{
    size_t low = 0, high = words.n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = inc_str_cmp(inc_str_of(words.v[mid]), word);
        if (order == 0)
            return true;
        if (order < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return false;
}

/* ---- steps ---- */

static bool starts_at(const inc_lexer *lexer, size_t at, const char *mark)
{
    size_t n = strlen(mark);
    return lexer->code.n - at >= n && memcmp(lexer->code.p + at, mark, n) == 0;
}

bool inc_lex_starts(const inc_lexer *lexer, const char *mark)
{
    return starts_at(lexer, lexer->at, mark);
}

char inc_lex_peek(const inc_lexer *lexer, size_t ahead)
{
    return lexer->code.n - lexer->at > ahead ? lexer->code.p[lexer->at + ahead] : '\0';
}

bool inc_lex_line_start(const inc_lexer *lexer, size_t at)
{
    while (at > 0 && (lexer->code.p[at - 1] == ' ' || lexer->code.p[at - 1] == '\t'))
        at--;
    return at == 0 || lexer->code.p[at - 1] == '\n';
}

size_t inc_lex_line_end(const inc_lexer *lexer, size_t at)
{
    const char *end = memchr(lexer->code.p + at, '\n', lexer->code.n - at);
    return end ? (size_t)(end - lexer->code.p) : lexer->code.n;
}

static bool is_word_byte(const inc_lexer *lexer, char c)
{
    const char *extra = lexer->language->word_characters;
    return inc_lex_is_letter(c) || inc_lex_is_digit(c) || (extra && c && strchr(extra, c));
}

size_t inc_lex_word_end(const inc_lexer *lexer, size_t at)
{
    if (at >= lexer->code.n || inc_lex_is_digit(lexer->code.p[at]))
        return at;
    while (at < lexer->code.n && is_word_byte(lexer, lexer->code.p[at]))
        at++;
    return at;
}

void inc_lex_token(inc_lexer *lexer, size_t start, size_t end, const char *token_class)
{
    assert(start <= end && end <= lexer->code.n);
    if (end > start && token_class)
        INC_PUSH(lexer->arena, &lexer->tokens, (inc_token){(uint32_t)start, (uint32_t)(end - start), token_class});
    lexer->at = end;
}

bool inc_lex_comment(inc_lexer *lexer)
{
    const inc_language *language = lexer->language;
    const char *open = language->block_comment[0], *close = language->block_comment[1];
    if (!open || !inc_lex_starts(lexer, open)) {
        for (size_t i = 0; i < INC_COUNT(language->line_comments) && language->line_comments[i]; i++)
            if (inc_lex_starts(lexer, language->line_comments[i])) {
                inc_lex_token(lexer, lexer->at, inc_lex_line_end(lexer, lexer->at), "comment");
                return true;
            }
        return false;
    }
    size_t at = lexer->at + strlen(open), depth = 1;
    while (at < lexer->code.n && depth > 0) {
        if (starts_at(lexer, at, close)) {
            depth--;
            at += strlen(close);
        } else if (language->nested_comments && starts_at(lexer, at, open)) {
            depth++;
            at += strlen(open);
        } else
            at++;
    }
    inc_lex_token(lexer, lexer->at, at, "comment");
    return true;
}

/* Index behind the closing mark, or INC_NPOS when there is none (on the line, or at all). */
static size_t string_end(const inc_lexer *lexer, size_t at, const inc_string_kind *kind, bool lines)
{
    size_t close = strlen(kind->close);
    while (at < lexer->code.n) {
        char c = lexer->code.p[at];
        if (c == '\\' && kind->flags & INC_STRING_ESCAPES && at + 1 < lexer->code.n)
            at += 2; /* an escaped LF continues a one-line string, as in C */
        else if (starts_at(lexer, at, kind->close)) {
            if (!(kind->flags & INC_STRING_DOUBLED) || !starts_at(lexer, at + close, kind->close))
                return at + close;
            at += 2 * close;
        } else if (c == '\n' && !lines)
            return INC_NPOS;
        else
            at++;
    }
    return INC_NPOS;
}

void inc_lex_string(inc_lexer *lexer, size_t start, size_t open, const inc_string_kind *kind)
{
    bool lines = kind->flags & INC_STRING_LINES && !lexer->unclosed;
    size_t end = string_end(lexer, open + strlen(kind->open), kind, lines);
    if (end == INC_NPOS) {
        lexer->unclosed |= lines;
        end = inc_lex_line_end(lexer, open);
    }
    inc_lex_token(lexer, start, end, "string");
    lexer->after_value = true;
}

bool inc_lex_strings(inc_lexer *lexer)
{
    const inc_string_kind *kinds = lexer->language->strings;
    for (size_t i = 0; i < INC_COUNT(lexer->language->strings) && kinds[i].open; i++)
        if (inc_lex_starts(lexer, kinds[i].open)) {
            inc_lex_string(lexer, lexer->at, lexer->at, &kinds[i]);
            return true;
        }
    return false;
}

/* A number in the broad sense of C's pp-number, but `1..2` is a range and `1.max(2)` a call. */
bool inc_lex_number(inc_lexer *lexer)
{
    const char *p = lexer->code.p;
    size_t start = lexer->at, at = start, n = lexer->code.n;
    if (!inc_lex_is_digit(p[at]))
        return false;
    bool hex = p[at] == '0' && at + 1 < n && (p[at + 1] == 'x' || p[at + 1] == 'X');
    for (at++; at < n; at++) {
        char c = p[at], next = at + 1 < n ? p[at + 1] : '\0', before = p[at - 1];
        bool word = inc_lex_is_digit(c) || (inc_lex_is_letter(c) && (unsigned char)c < 0x80);
        bool point = c == '.' && inc_lex_is_digit(next) && !hex;
        bool sign = (c == '+' || c == '-') && (before == 'e' || before == 'E') && !hex && inc_lex_is_digit(next);
        bool separator = c == '\'' && lexer->language->flags & INC_LANGUAGE_SEPARATORS && inc_lex_is_digit(next);
        if (!word && !point && !sign && !separator)
            break;
    }
    bool field = start > 0 && p[start - 1] == '.' && !(start > 1 && p[start - 2] == '.'); /* pair.0 */
    inc_lex_token(lexer, start, at, field ? NULL : "number");
    lexer->after_value = true;
    return true;
}

/* ---- words ---- */

static const char *class_by_shape(const inc_lexer *lexer, inc_str word)
{
    size_t lower = 0, upper = 0;
    for (size_t i = 0; i < word.n; i++) {
        lower += inc_lex_is_lower(word.p[i]);
        upper += inc_lex_is_upper(word.p[i]);
    }
    if (lexer->language->flags & INC_LANGUAGE_CONSTANTS && upper > 1 && lower == 0)
        return "literal";
    if (lexer->language->flags & INC_LANGUAGE_CAMEL_TYPES && inc_lex_is_upper(word.p[0]) && (lower || word.n == 1))
        return "type";
    return NULL;
}

static const char *class_of_word(inc_lexer *lexer, inc_str word)
{
    const inc_language *language = lexer->language;
    size_t at = lexer->at;
    bool member = at > 0 && lexer->code.p[at - 1] == '.' && !(at > 1 && lexer->code.p[at - 2] == '.');
    bool keyword = inc_words_have(language->keywords, word) && (!member || inc_str_is(word, "await"));
    if (keyword) {
        lexer->next_word = inc_words_have(language->introducers, word) ? "title" : NULL;
        lexer->after_value = false;
        return "keyword";
    }
    const char *introduced = lexer->next_word;
    lexer->next_word = NULL;
    lexer->after_value = true;
    if (introduced)
        return introduced;
    if (!member && inc_words_have(language->types, word))
        return "type";
    if (!member && inc_words_have(language->literals, word))
        return "literal";
    if (!member && inc_words_have(language->built_ins, word))
        return "built_in";
    return class_by_shape(lexer, word);
}

static void lex_word(inc_lexer *lexer, size_t end)
{
    inc_str word = inc_str_slice(lexer->code, lexer->at, end);
    char lowered[32];
    if (lexer->language->flags & INC_LANGUAGE_NO_CASE && word.n <= sizeof lowered) {
        for (size_t i = 0; i < word.n; i++)
            lowered[i] = inc_lex_is_upper(word.p[i]) ? (char)(word.p[i] + 32) : word.p[i];
        word.p = lowered;
    }
    const char *token_class = class_of_word(lexer, word);
    bool bang = lexer->language->flags & INC_LANGUAGE_MACROS && end + 1 < lexer->code.n && lexer->code.p[end] == '!' &&
                lexer->code.p[end + 1] != '=';
    if (bang && (!token_class || strcmp(token_class, "keyword") != 0)) {
        token_class = "built_in";
        end++;
        if (inc_str_is(word, "macro_rules"))
            lexer->next_word = "title";
    }
    inc_lex_token(lexer, lexer->at, end, token_class);
}

/* # include <x>  up to the end of the line or to a comment; a backslash continues it. */
static bool lex_preprocessor(inc_lexer *lexer)
{
    if (lexer->code.p[lexer->at] != '#' || !inc_lex_line_start(lexer, lexer->at))
        return false;
    size_t at = lexer->at + 1;
    while (at < lexer->code.n && !starts_at(lexer, at, "//") && !starts_at(lexer, at, "/*")) {
        if (lexer->code.p[at] == '\n' && lexer->code.p[at - 1] != '\\')
            break;
        at++;
    }
    inc_lex_token(lexer, lexer->at, at, "meta");
    return true;
}

void inc_lex_run(inc_lexer *lexer)
{
    const inc_language *language = lexer->language;
    while (lexer->at < lexer->code.n) {
        char c = lexer->code.p[lexer->at];
        if (inc_lex_is_blank(c)) {
            lexer->at++;
            continue;
        }
        if ((language->hook && language->hook(lexer)) || inc_lex_comment(lexer) || inc_lex_strings(lexer) ||
            inc_lex_number(lexer))
            continue;
        if (language->flags & INC_LANGUAGE_PREPROCESSOR && lex_preprocessor(lexer))
            continue;
        size_t end = inc_lex_word_end(lexer, lexer->at);
        if (end > lexer->at) {
            lex_word(lexer, end);
            continue;
        }
        lexer->after_value = c == ')' || c == ']' || c == '}';
        lexer->next_word = NULL;
        lexer->at++;
    }
}

/* ---- the interface ---- */

bool inc_highlight_knows(inc_str language)
{
    return find_language(language) != NULL;
}

const inc_token *inc_highlight(inc_arena *arena, inc_str language, inc_str code, size_t *count)
{
    inc_lexer lexer = {.arena = arena, .language = find_language(language), .code = code};
    if (lexer.language && code.n > 0 && code.n < UINT32_MAX) {
        if (lexer.language->lex)
            lexer.language->lex(&lexer);
        else
            inc_lex_run(&lexer);
    }
    *count = lexer.tokens.n;
    return lexer.tokens.v;
}
