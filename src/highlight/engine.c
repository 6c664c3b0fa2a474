/* engine.c - the common engine: comments, strings, numbers and words by a language's table. */
#include "highlight/language.h"

enum { BLANK = 1, WORD = 2, DIGIT = 4, COMMENT = 8, STRING = 16, SIGIL = 32, HOOK = 64, OTHER = 128 };

/* ---- looking ---- */

bool inc_lex_starts_at(const inc_lexer *lexer, size_t at, const char *mark)
{
    for (; *mark; mark++, at++)
        if (at >= lexer->code.n || lexer->code.p[at] != *mark)
            return false;
    return true;
}

bool inc_lex_starts(const inc_lexer *lexer, const char *mark)
{
    return inc_lex_starts_at(lexer, lexer->at, mark);
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
    if (at >= lexer->line[0] && at <= lexer->line[1])
        return lexer->line[1];
    const char *end = memchr(lexer->code.p + at, '\n', lexer->code.n - at);
    lexer->line[0] = at;
    return lexer->line[1] = end ? (size_t)(end - lexer->code.p) : lexer->code.n;
}

size_t inc_lex_reach(const inc_lexer *lexer, size_t at)
{
    const char *end = memchr(lexer->code.p + at, '\n', INC_MIN(lexer->code.n - at, (size_t)INC_LEX_REACH));
    return end ? (size_t)(end - lexer->code.p) : INC_MIN(lexer->code.n, at + INC_LEX_REACH);
}

static bool is_word_byte(const inc_lexer *lexer, char c)
{
    return inc_lex_is_letter(c) || inc_lex_is_digit(c) || (lexer->language->word_characters && c && strchr(lexer->language->word_characters, c));
}

size_t inc_lex_word_end(const inc_lexer *lexer, size_t at)
{
    if (at >= lexer->code.n || inc_lex_is_digit(lexer->code.p[at]))
        return at;
    while (at < lexer->code.n && lexer->in_word[(unsigned char)lexer->code.p[at]])
        at++;
    return at;
}

bool inc_lex_follows(const inc_lexer *lexer, size_t at, char mark)
{
    while (at < lexer->code.n && (lexer->code.p[at] == ' ' || lexer->code.p[at] == '\t'))
        at++;
    return at < lexer->code.n && lexer->code.p[at] == mark;
}

/* ---- steps ---- */

void inc_lex_token(inc_lexer *lexer, size_t start, size_t end, const char *token_class)
{
    assert(start <= end && end <= lexer->code.n);
    while (end > start && end < lexer->code.n && ((unsigned char)lexer->code.p[end] & 0xC0) == 0x80) /* a character stays whole */
        end++;
    if (end > start && token_class)
        INC_PUSH(lexer->arena, &lexer->tokens, (inc_token){(uint32_t)start, (uint32_t)(end - start), token_class});
    lexer->at = end;
}

/* Index of the closing mark of "a string" in a comment, or `at` when it does not end on its line. */
static size_t skip_quoted(const inc_lexer *lexer, size_t at)
{
    for (size_t i = at + 1; i < lexer->code.n && lexer->code.p[i] != '\n'; i++)
        if (lexer->code.p[i] == '"')
            return i;
        else if (lexer->code.p[i] == '\\')
            i++;
    return at;
}

/* Index behind a comment whose text begins at `at`, or INC_NPOS. */
static size_t comment_end(const inc_lexer *lexer, size_t at, const char *open, const char *close)
{
    size_t depth = 1;
    bool quoted = lexer->language->flags & INC_LANGUAGE_QUOTED_COMMENTS;
    while (at < lexer->code.n) {
        if (quoted && lexer->code.p[at] == '"')
            at = skip_quoted(lexer, at);
        const char *next = lexer->language->nested_comments ? lexer->code.p + at : memchr(lexer->code.p + at, close[0], lexer->code.n - at);
        if (!next)
            return INC_NPOS;
        at = (size_t)(next - lexer->code.p);
        if (inc_lex_starts_at(lexer, at, close)) {
            at += strlen(close);
            if (--depth == 0)
                return at;
        } else if (lexer->language->nested_comments && inc_lex_starts_at(lexer, at, open)) {
            depth++;
            at += strlen(open);
        } else
            at++;
    }
    return INC_NPOS;
}

/* A comment that a fragment cuts off: its line, and those after it that go on with a `*`. */
static size_t cut_comment_end(const inc_lexer *lexer, size_t at)
{
    size_t end = inc_lex_line_end(lexer, at);
    while (end < lexer->code.n && inc_lex_follows(lexer, end + 1, '*'))
        end = inc_lex_line_end(lexer, end + 1);
    return end;
}

bool inc_lex_comment(inc_lexer *lexer)
{
    const inc_language *l = lexer->language;
    for (size_t i = 0; i < INC_COUNT(l->block_comments) && l->block_comments[i][0]; i++) {
        const char *open = l->block_comments[i][0], *close = l->block_comments[i][1];
        if (!inc_lex_starts(lexer, open))
            continue;
        size_t end = lexer->unclosed & INC_UNCLOSED_COMMENT ? INC_NPOS : comment_end(lexer, lexer->at + strlen(open), open, close);
        if (end == INC_NPOS) {
            lexer->unclosed |= INC_UNCLOSED_COMMENT;
            end = cut_comment_end(lexer, lexer->at);
        }
        inc_lex_token(lexer, lexer->at, end, "comment");
        return true;
    }
    for (size_t i = 0; i < INC_COUNT(l->line_comments) && l->line_comments[i]; i++)
        if (inc_lex_starts(lexer, l->line_comments[i])) {
            inc_lex_token(lexer, lexer->at, inc_lex_line_end(lexer, lexer->at), "comment");
            return true;
        }
    return false;
}

/* A number in the broad sense of C's pp-number, but `1..2` is a range, `1.max(2)` a call and `pair.0` a field. */
bool inc_lex_number(inc_lexer *lexer)
{
    const char *p = lexer->code.p;
    size_t start = lexer->at, at = start, n = lexer->code.n;
    bool fraction = p[at] == '.' && at + 1 < n && inc_lex_is_digit(p[at + 1]) && !lexer->after_value && (at == 0 || p[at - 1] != '.'); /* .5 */
    if (!inc_lex_is_digit(p[at]) && !fraction)
        return false;
    bool hex = p[at] == '0' && at + 1 < n && (p[at + 1] == 'x' || p[at + 1] == 'X');
    for (at++; at < n; at++) {
        char c = p[at], next = at + 1 < n ? p[at + 1] : '\0', before = p[at - 1];
        bool word = inc_lex_is_digit(c) || (inc_lex_is_letter(c) && (unsigned char)c < 0x80);
        bool point = c == '.' && inc_lex_is_digit(next) && !hex;
        bool exponent = hex ? before == 'p' || before == 'P' : before == 'e' || before == 'E';
        bool sign = (c == '+' || c == '-') && exponent && inc_lex_is_digit(next);
        bool separator = c == '\'' && lexer->language->flags & INC_LANGUAGE_SEPARATORS && inc_lex_is_digit(next);
        bool base = c == '#' && lexer->language->flags & INC_LANGUAGE_BASES && !fraction; /* 16#FF# */
        if (!word && !point && !sign && !separator && !base)
            break;
    }
    bool field = start > 0 && p[start - 1] == '.' && !(start > 1 && (p[start - 2] == '.' || inc_lex_is_blank(p[start - 2])));
    inc_lex_token(lexer, start, at, field ? NULL : "number");
    lexer->after_value = true;
    lexer->next_word = NULL;
    return true;
}

/* # include <x>  up to the end of the line or to a comment; a backslash continues it. */
static bool lex_preprocessor(inc_lexer *lexer)
{
    if (lexer->code.p[lexer->at] != '#' || !inc_lex_line_start(lexer, lexer->at))
        return false;
    size_t at = lexer->at + 1;
    while (at < lexer->code.n && !inc_lex_starts_at(lexer, at, "//") && !inc_lex_starts_at(lexer, at, "/*")) {
        if (lexer->code.p[at] == '\n' && lexer->code.p[at - 1] != '\\')
            break;
        at++;
    }
    size_t end = at;
    while (end > lexer->at && inc_lex_is_blank(lexer->code.p[end - 1]))
        end--;
    inc_lex_token(lexer, lexer->at, end, "meta");
    return true;
}

static bool lex_sigil(inc_lexer *lexer)
{
    const inc_sigil *sigils = lexer->language->sigils;
    char c = lexer->code.p[lexer->at];
    for (size_t i = 0; i < INC_COUNT(lexer->language->sigils) && sigils[i].mark; i++) {
        if (sigils[i].mark != c)
            continue;
        size_t name = lexer->at + 1 + (inc_lex_peek(lexer, 1) == c), end = inc_lex_word_end(lexer, name); /* @@class */
        while (c == '$' && end < lexer->code.n && lexer->in_word[(unsigned char)lexer->code.p[end]]) /* $0, $0xFF */
            end++;
        if (end == name)
            return false;
        inc_lex_token(lexer, lexer->at, end, sigils[i].token_class);
        lexer->after_value = true;
        lexer->next_word = NULL;
        return true;
    }
    return false;
}

/* :name, but neither a path's :: nor the colon of a type, a key or a conditional. */
static bool lex_colon_name(inc_lexer *lexer)
{
    size_t at = lexer->at;
    const char *p = lexer->code.p;
    char before = at > 0 ? p[at - 1] : ' ';
    if (p[at] != ':' || !(inc_lex_is_blank(before) || strchr("([{,|!=>", before)))
        return false;
    size_t end = inc_lex_word_end(lexer, at + 1);
    if (end == at + 1)
        return false;
    inc_lex_token(lexer, at, end, "symbol");
    lexer->after_value = true;
    return true;
}

/* ---- words ---- */

static const char *class_by_shape(const inc_lexer *lexer, inc_str word)
{
    unsigned flags = lexer->language->flags;
    if (!(flags & (INC_LANGUAGE_CONSTANTS | INC_LANGUAGE_CAMEL_TYPES)) || !inc_lex_is_upper(word.p[word.p[0] == '_' && word.n > 1]))
        return NULL;
    size_t lower = 0, upper = 0;
    for (size_t i = 0; i < word.n; i++) {
        lower += inc_lex_is_lower(word.p[i]);
        upper += inc_lex_is_upper(word.p[i]);
    }
    if (flags & INC_LANGUAGE_CONSTANTS && upper > 1 && lower == 0)
        return "literal";
    return flags & INC_LANGUAGE_CAMEL_TYPES && inc_lex_is_upper(word.p[0]) && (lower || word.n == 1) ? "type" : NULL;
}

/* A word behind a point is a member, whatever it is called; `1..x` is none. */
static bool is_member(const inc_lexer *lexer)
{
    size_t at = lexer->at;
    const char *p = lexer->code.p;
    return at > 0 && p[at - 1] == '.' && !(at > 1 && (p[at - 2] == '.' || inc_lex_is_blank(p[at - 2])));
}

/* `known` is how the word stands in the table. */
static const char *class_of_word(inc_lexer *lexer, inc_str word, const inc_word *known)
{
    bool member = is_member(lexer);
    size_t end = lexer->at + word.n;
    char next = end < lexer->code.n ? lexer->code.p[end] : '\0';
    if (known && member && !inc_str_is(word, "await"))
        known = NULL;
    if (known && strcmp(known->token_class, "keyword") == 0) {
        if (known->introduces || next != '.') /* def self.name */
            lexer->next_word = known->introduces ? "title" : NULL;
        lexer->after_value = false;
        return "keyword";
    }
    const char *introduced = lexer->next_word;
    lexer->next_word = next == '.' ? introduced : NULL; /* function Module.name */
    lexer->after_value = !known || strcmp(known->token_class, "built_in") != 0; /* print /x/ */
    if (introduced || known)
        return introduced ? introduced : known->token_class;
    bool method = member && next == '(';
    return method ? NULL : class_by_shape(lexer, word);
}

/* name! ( ... ) of a macro; `a != b` is none. */
static bool is_macro(const inc_lexer *lexer, size_t end)
{
    return end + 1 < lexer->code.n && lexer->code.p[end] == '!' && lexer->code.p[end + 1] != '=';
}

static void lex_word(inc_lexer *lexer, size_t end)
{
    unsigned flags = lexer->language->flags;
    inc_str word = inc_str_slice(lexer->code, lexer->at, end), folded = word;
    char lowered[32];
    if (flags & INC_LANGUAGE_NO_CASE && word.n <= sizeof lowered) {
        for (size_t i = 0; i < word.n; i++)
            lowered[i] = inc_lex_is_upper(word.p[i]) ? (char)(word.p[i] + 32) : word.p[i];
        folded.p = lowered;
    }
    const char *token_class = class_of_word(lexer, word, inc_lex_find_word(lexer, folded));
    if (flags & INC_LANGUAGE_MACROS && is_macro(lexer, end) && (!token_class || strcmp(token_class, "keyword") != 0)) {
        token_class = "built_in";
        end++;
        if (inc_str_is(word, "macro_rules"))
            lexer->next_word = "title";
    }
    if (!token_class && flags & INC_LANGUAGE_CALLS && end < lexer->code.n && lexer->code.p[end] == '(')
        token_class = "title";
    inc_lex_token(lexer, lexer->at, end, token_class);
}

/* ---- the loop ---- */

static void mark_first(inc_lexer *lexer, const char *mark, uint8_t what)
{
    if (mark)
        lexer->first[(unsigned char)mark[0]] |= what;
}

static void prepare(inc_lexer *lexer)
{
    const inc_language *l = lexer->language;
    for (unsigned c = 0; c < 256; c++) {
        lexer->in_word[c] = is_word_byte(lexer, (char)c);
        if (inc_lex_is_blank((char)c))
            lexer->first[c] = BLANK;
        else if (inc_lex_is_digit((char)c))
            lexer->first[c] = DIGIT;
        else if (lexer->in_word[c])
            lexer->first[c] = WORD;
    }
    lexer->first['.'] |= DIGIT;
    for (size_t i = 0; i < INC_COUNT(l->block_comments); i++)
        mark_first(lexer, l->block_comments[i][0], COMMENT);
    for (size_t i = 0; i < INC_COUNT(l->line_comments); i++)
        mark_first(lexer, l->line_comments[i], COMMENT);
    for (size_t i = 0; i < INC_COUNT(l->strings) && l->strings[i].open; i++)
        if (!l->strings[i].prefixes) {
            mark_first(lexer, l->strings[i].open, STRING);
            mark_first(lexer, l->strings[i].flags & INC_STRING_HASHES ? "#" : NULL, STRING);
        }
    for (size_t i = 0; i < INC_COUNT(l->sigils) && l->sigils[i].mark; i++)
        lexer->first[(unsigned char)l->sigils[i].mark] |= SIGIL;
    for (unsigned c = 1; l->hook && c < 256; c++)
        if (l->hook_at ? strchr(l->hook_at, (int)c) != NULL : !inc_lex_is_blank((char)c))
            lexer->first[c] |= HOOK;
    const struct {
        unsigned flag;
        char c;
    } others[] = {{INC_LANGUAGE_REGEX, '/'}, {INC_LANGUAGE_QUOTE_NAMES, '\''}, {INC_LANGUAGE_COLON_NAMES, ':'}, {INC_LANGUAGE_HERE, '<'}, {INC_LANGUAGE_PREPROCESSOR, '#'}};
    for (size_t i = 0; i < INC_COUNT(others); i++)
        if (l->flags & others[i].flag)
            lexer->first[(unsigned char)others[i].c] |= OTHER;
}

static bool lex_other(inc_lexer *lexer)
{
    switch (lexer->code.p[lexer->at]) {
    case '/': return inc_lex_regex(lexer);
    case '\'': return inc_lex_quote(lexer);
    case ':': return lex_colon_name(lexer);
    case '<': return inc_lex_here(lexer);
    default: return lex_preprocessor(lexer);
    }
}

/* An interpolation in a one-line string does not outlast its line. */
static void line_ends(inc_lexer *lexer)
{
    while (lexer->depth > 0 && !(lexer->frames[lexer->depth - 1].kind->flags & INC_STRING_LINES))
        lexer->depth--;
    lexer->at++;
    if (lexer->here_count > 0)
        inc_lex_here_bodies(lexer);
}

/* Does } rather end a block than a subscript, so that / behind it begins a regular expression? Not where $h{key} is common. */
static bool block_ends(const inc_language *language)
{
    return language->flags & INC_LANGUAGE_REGEX && !(language->flags & INC_LANGUAGE_HERE);
}

void inc_lex_run(inc_lexer *lexer, size_t run_end)
{
    const inc_language *language = lexer->language;
    while (lexer->at < run_end) {
        char c = lexer->code.p[lexer->at];
        uint8_t what = lexer->first[(unsigned char)c];
        if (what & BLANK) {
            if (c == '\n')
                line_ends(lexer);
            else
                lexer->at++;
            continue;
        }
        if ((what & HOOK && language->hook(lexer)) || (lexer->depth > 0 && inc_lex_inside(lexer)) || (what & COMMENT && inc_lex_comment(lexer)) ||
            (what & STRING && inc_lex_strings(lexer)) || (what & SIGIL && lex_sigil(lexer)) || (what & OTHER && lex_other(lexer)) || (what & DIGIT && inc_lex_number(lexer)))
            continue;
        if (what & WORD) {
            size_t end = inc_lex_word_end(lexer, lexer->at);
            char next = end < lexer->code.n ? lexer->code.p[end] : '\0';
            if (!((next == '"' || next == '\'' || next == '#' || next == '`') && inc_lex_prefixed(lexer, end)))
                lex_word(lexer, end);
            continue;
        }
        lexer->after_value = c == ')' || c == ']' || (c == '}' && !block_ends(language));
        if (c != '*' && c != '&' && c != '.') /* function* name, function &name */
            lexer->next_word = NULL;
        lexer->at++;
    }
}

/* ---- the interface ---- */

static bool is_named(const char *names, inc_str name)
{
    for (const char *p = names; *p;) {
        size_t n = strcspn(p, " ");
        if (n == name.n && memcmp(p, name.p, n) == 0)
            return true;
        p += n + (p[n] == ' ');
    }
    return false;
}

static const inc_language *find_language(inc_str name)
{
    for (size_t i = 0; name.n && i < inc_language_count; i++)
        if (is_named(inc_languages[i]->names, name))
            return inc_languages[i];
    return NULL;
}

bool inc_highlight_knows(inc_str language)
{
    return find_language(language) != NULL;
}

const inc_token *inc_highlight(inc_arena *arena, inc_str language, inc_str code, size_t *count)
{
    size_t line[2] = {1, 0};
    inc_lexer lexer = {.arena = arena, .language = find_language(language), .code = code, .line = line};
    if (lexer.language && code.n > 0 && code.n < UINT32_MAX) {
        inc_lex_words(&lexer);
        prepare(&lexer);
        if (lexer.language->lex)
            lexer.language->lex(&lexer);
        else
            inc_lex_run(&lexer, code.n);
    }
    *count = lexer.tokens.n;
    return lexer.tokens.v;
}
