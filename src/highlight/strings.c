/*
 * strings.c - strings of every make: with prefixes and hashes, over several lines, with code inside; characters, regular
 * expressions, here-documents.
 *
 * A string that may run over lines and does not end in the listing is taken to the end of its line only, and its kind is not
 * searched for over lines again: the listing is a fragment, and one odd mark costs no more than its own line.
 */
#include "base/utf8.h"
#include "highlight/language.h"

enum { PREFIX_MAX = 4, CHARACTER_MAX = 12, HASHES_MAX = 255 };

/* Index behind the closing mark at `at`, or INC_NPOS when none stands there. */
static size_t closing(const inc_lexer *lexer, size_t at, const inc_string_kind *kind, uint32_t hashes)
{
    if (!inc_lex_starts_at(lexer, at, kind->close))
        return INC_NPOS;
    at += strlen(kind->close);
    for (; hashes > 0; hashes--, at++)
        if (at >= lexer->code.n || lexer->code.p[at] != '#')
            return INC_NPOS;
    return at;
}

/* Where the string's text ends: at its closing mark (*end behind it), at code inside (*inside behind its mark), or INC_NPOS. */
static size_t text_end(const inc_lexer *lexer, size_t at, const inc_string_kind *kind, uint32_t hashes, bool lines, size_t *end, size_t *inside)
{
    char close = kind->close[0], open = kind->inside ? kind->inside[0] : close;
    *end = *inside = INC_NPOS;
    while (at < lexer->code.n) {
        char c = lexer->code.p[at];
        if (c == '\n' && !lines && close != '\n')
            return INC_NPOS;
        if (c == '\\' && kind->flags & INC_STRING_ESCAPES && !(open == '\\' && inc_lex_starts_at(lexer, at, kind->inside))) {
            at += 2; /* an escaped LF continues a one-line string, as in C */
            continue;
        }
        if (c == close && (*end = closing(lexer, at, kind, hashes)) != INC_NPOS) {
            if (!(kind->flags & INC_STRING_DOUBLED) || closing(lexer, *end, kind, hashes) == INC_NPOS)
                return at;
            at = closing(lexer, *end, kind, hashes);
            continue;
        }
        if (kind->inside && c == open && inc_lex_starts_at(lexer, at, kind->inside)) {
            size_t behind = at + strlen(kind->inside);
            if (!(kind->flags & INC_STRING_DOUBLED_INSIDE) || !inc_lex_starts_at(lexer, behind, kind->inside)) {
                *inside = behind;
                return at;
            }
            at = behind;
        }
        at++;
    }
    return INC_NPOS;
}

static uint32_t bit_of(const inc_lexer *lexer, const inc_string_kind *kind)
{
    ptrdiff_t index = kind - lexer->language->strings; /* kinds of hooks share a bit */
    return index >= 0 && index < (ptrdiff_t)INC_COUNT(lexer->language->strings) ? 1u << index : INC_UNCLOSED_OTHER;
}

/* Is there a closing mark at all? What stands inside is not looked at. */
static bool ends(inc_lexer *lexer, size_t at, const inc_string_kind *kind, uint32_t hashes)
{
    inc_string_kind plain = *kind;
    size_t end, inside;
    plain.inside = NULL;
    if (text_end(lexer, at, &plain, hashes, true, &end, &inside) != INC_NPOS)
        return true;
    lexer->unclosed |= bit_of(lexer, kind);
    return false;
}

/* From `at`, inside the string, to its end or to the next code in it; the token begins at `start`. */
static void lex_text(inc_lexer *lexer, size_t start, size_t at, const inc_string_kind *kind, uint32_t hashes, bool lines)
{
    const char *token_class = kind->token_class ? kind->token_class : "string";
    size_t end, inside, stop = text_end(lexer, at, kind, hashes, lines, &end, &inside);
    if (stop != INC_NPOS && inside == INC_NPOS && kind->close[0] == '\n')
        end = stop; /* the LF ends it, but is none of it */
    lexer->after_value = true;
    lexer->next_word = NULL;
    if (stop == INC_NPOS) {
        inc_lex_token(lexer, start, inc_lex_line_end(lexer, INC_MIN(at, lexer->code.n)), token_class);
    } else if (inside == INC_NPOS || lexer->depth == INC_LEX_FRAMES) {
        inc_lex_token(lexer, start, inside == INC_NPOS ? end : inc_lex_line_end(lexer, at), token_class);
    } else {
        inc_lex_token(lexer, start, stop, token_class);
        lexer->frames[lexer->depth++] = (inc_frame){kind, hashes, 0};
        lexer->at = inside;
        lexer->after_value = false;
    }
}

static void lex_hashed(inc_lexer *lexer, size_t start, size_t open, const inc_string_kind *kind, uint32_t hashes)
{
    size_t at = open + strlen(kind->open);
    bool lines = kind->flags & INC_STRING_LINES && !(lexer->unclosed & bit_of(lexer, kind)) && ends(lexer, at, kind, hashes);
    lex_text(lexer, start, at, kind, hashes, lines);
}

void inc_lex_string(inc_lexer *lexer, size_t start, size_t open, const inc_string_kind *kind)
{
    lex_hashed(lexer, start, open, kind, 0);
}

bool inc_lex_inside(inc_lexer *lexer)
{
    inc_frame *frame = &lexer->frames[lexer->depth - 1];
    size_t n = strlen(frame->kind->inside);
    char c = lexer->code.p[lexer->at], open = frame->kind->inside[n - 1], close = open == '(' ? ')' : open == '[' ? ']' : '}';
    if (c == open)
        frame->depth++;
    if (c != close || frame->depth-- > 0)
        return false;
    lexer->depth--;
    bool lines = frame->kind->flags & INC_STRING_LINES && !(lexer->unclosed & bit_of(lexer, frame->kind));
    size_t start = ++lexer->at;
    lex_text(lexer, start, start, frame->kind, frame->hashes, lines);
    return true;
}

/* One character or one escape between quotes: 'a', '\'', '\u{1F600}'. */
static bool lex_character(inc_lexer *lexer, size_t start, size_t open, const inc_string_kind *kind)
{
    inc_str code = lexer->code;
    size_t at = open + strlen(kind->open), end;
    if (at < code.n && code.p[at] == '\\') {
        for (end = at + 2; end < code.n && end < at + CHARACTER_MAX && !inc_lex_starts_at(lexer, end, kind->close) && code.p[end] != '\n';)
            end++;
    } else if (at < code.n && code.p[at] != '\n')
        inc_utf8_decode(code, at, &end);
    else
        return false;
    if (end >= code.n || !inc_lex_starts_at(lexer, end, kind->close))
        return false;
    inc_lex_token(lexer, start, end + strlen(kind->close), "string");
    lexer->after_value = true;
    lexer->next_word = NULL;
    return true;
}

/* Right behind a name or a bracket a quote transposes, or names an attribute: A', Word'First. */
static bool behind_value(const inc_lexer *lexer, size_t at)
{
    return lexer->after_value && at > 0 && !inc_lex_is_blank(lexer->code.p[at - 1]);
}

static bool lex_kind(inc_lexer *lexer, size_t start, size_t at, const inc_string_kind *kind)
{
    uint32_t hashes = 0;
    if (kind->flags & INC_STRING_HASHES)
        for (; at < lexer->code.n && lexer->code.p[at] == '#' && hashes < HASHES_MAX; at++)
            hashes++;
    if (!inc_lex_starts_at(lexer, at, kind->open))
        return false;
    if (kind->flags & INC_STRING_CHARACTER)
        return !(start == at && behind_value(lexer, at)) && lex_character(lexer, start, at, kind);
    lex_hashed(lexer, start, at, kind, hashes);
    return true;
}

bool inc_lex_strings(inc_lexer *lexer)
{
    const inc_string_kind *kinds = lexer->language->strings;
    for (size_t i = 0; i < INC_COUNT(lexer->language->strings) && kinds[i].open; i++)
        if (!kinds[i].prefixes && lex_kind(lexer, lexer->at, lexer->at, &kinds[i]))
            return true;
    return false;
}

static bool has_prefix(const char *prefixes, inc_str word)
{
    for (const char *p = prefixes; *p; p += *p == ' ') {
        size_t n = 0;
        while (n < word.n && p[n] && p[n] == word.p[n])
            n++;
        if (n == word.n && (p[n] == ' ' || !p[n]))
            return true;
        while (*p && *p != ' ')
            p++;
    }
    return false;
}

bool inc_lex_prefixed(inc_lexer *lexer, size_t word_end)
{
    const inc_string_kind *kinds = lexer->language->strings;
    size_t start = lexer->at;
    if (word_end - start > PREFIX_MAX || word_end >= lexer->code.n)
        return false;
    inc_str word = inc_str_slice(lexer->code, start, word_end);
    for (size_t i = 0; i < INC_COUNT(lexer->language->strings) && kinds[i].open; i++)
        if (kinds[i].prefixes && has_prefix(kinds[i].prefixes, word) && lex_kind(lexer, start, word_end, &kinds[i]))
            return true;
    return false;
}

bool inc_lex_quote(inc_lexer *lexer)
{
    size_t end = inc_lex_word_end(lexer, lexer->at + 1);
    bool opens = lexer->at == 0 || !(inc_lex_is_letter(lexer->code.p[lexer->at - 1]) || inc_lex_is_digit(lexer->code.p[lexer->at - 1]));
    bool name = opens && end > lexer->at + 1;
    inc_lex_token(lexer, lexer->at, name ? end : lexer->at + 1, name ? "symbol" : NULL);
    lexer->after_value = name;
    return true;
}

size_t inc_lex_delimited(const inc_lexer *lexer, size_t at)
{
    static const char partners[] = "()[]{}<>";
    const char *p = lexer->code.p, *found = strchr(partners, p[at]);
    char open = p[at], close = found && *found && (found - partners) % 2 == 0 ? found[1] : open;
    size_t depth = 1;
    size_t stop = inc_lex_reach(lexer, at);
    for (at++; at < stop; at++) {
        if (p[at] == '\\' && at + 1 < lexer->code.n && p[at + 1] != '\n')
            at++;
        else if (p[at] == close && --depth == 0)
            return at + 1;
        else if (p[at] == open && open != close)
            depth++;
    }
    return INC_NPOS;
}

/* A regular expression where a value may begin: /ab[/]c/flags on one line. */
bool inc_lex_regex(inc_lexer *lexer)
{
    size_t at = lexer->at + 1;
    bool set = false;
    char next = inc_lex_peek(lexer, 1);
    if (lexer->after_value || next == '/' || next == '*' || next == ' ' || next == '=' || next == '\0')
        return false;
    size_t stop = inc_lex_reach(lexer, lexer->at);
    for (; at < stop; at++) {
        char c = lexer->code.p[at];
        if (c == '\\' && at + 1 < lexer->code.n && lexer->code.p[at + 1] != '\n')
            at++;
        else if (c == '[')
            set = true;
        else if (c == ']')
            set = false;
        else if (c == '/' && !set) {
            size_t end = at + 1;
            while (end < lexer->code.n && inc_lex_is_lower(lexer->code.p[end]))
                end++;
            inc_lex_token(lexer, lexer->at, end, "regexp");
            lexer->after_value = true;
            return true;
        }
    }
    return false;
}

/* ---- here-documents ---- */

/* <<EOF, <<-'EOF', <<~"EOF", <<<EOT; a shift operator has a blank before its right side, or a number, or a name in lower case. */
bool inc_lex_here(inc_lexer *lexer)
{
    size_t at = lexer->at + 2, n = lexer->code.n;
    const char *p = lexer->code.p;
    if (!inc_lex_starts(lexer, "<<") || lexer->here_count == INC_LEX_HERE || lexer->unclosed & INC_UNCLOSED_OTHER)
        return false;
    at += at < n && p[at] == '<';
    bool marked = at < n && (p[at] == '-' || p[at] == '~');
    at += marked;
    char quote = at < n && (p[at] == '\'' || p[at] == '"') ? p[at] : '\0';
    at += quote != '\0';
    size_t end = inc_lex_word_end(lexer, at);
    if (end == at || !(quote || marked || inc_lex_is_upper(p[at])) || (quote && (end >= n || p[end] != quote)))
        return false;
    lexer->here[lexer->here_count++] = inc_str_slice(lexer->code, at, end);
    inc_lex_token(lexer, lexer->at, end + (quote != '\0'), "string");
    lexer->after_value = true;
    return true;
}

/* Index behind the delimiter that begins a line (a `;`, `,` or `)` may follow it), or INC_NPOS. */
static size_t delimiter_end(const inc_lexer *lexer, size_t line, size_t line_end, inc_str delimiter)
{
    inc_str text = inc_str_trim(inc_str_slice(lexer->code, line, line_end));
    size_t start = (size_t)(text.p - lexer->code.p);
    bool ends = inc_str_starts(text, delimiter) && (text.n == delimiter.n || strchr(";,)", text.p[delimiter.n]) != NULL);
    return ends ? start + delimiter.n : INC_NPOS;
}

void inc_lex_here_bodies(inc_lexer *lexer)
{
    size_t start = lexer->at;
    uint32_t i = 0;
    for (size_t line = start; i < lexer->here_count && line < lexer->code.n;) {
        size_t line_end = inc_lex_line_end(lexer, line), end = delimiter_end(lexer, line, line_end, lexer->here[i]);
        if (end != INC_NPOS && ++i == lexer->here_count)
            inc_lex_token(lexer, start, end, "string");
        line = line_end + 1;
    }
    if (i < lexer->here_count)
        lexer->unclosed |= INC_UNCLOSED_OTHER; /* a fragment: the body is shown as code */
    lexer->here_count = 0;
}
