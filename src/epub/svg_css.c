/*
 * svg_css.c - the CSS in an SVG made harmless: nothing is fetched, and what it says otherwise stays.
 *
 * Not a parser: what could lead outside is found wherever it stands, in strings and comments too, and a blank or a word takes its place, so that
 * the pieces on its two sides never become one. What is left bears to be cleaned again and stays as it is.
 */
#include "epub/book.h"
#include "epub/xml.h"

static bool looking_at(inc_str css, size_t at, const char *word)
{
    size_t n = strlen(word);
    return (css.p[at] | 32) == (word[0] | 32) && css.n - at >= n && inc_str_eq_nocase(inc_str_slice(css, at, at + n), (inc_str){word, n});
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static size_t over_blanks(inc_str css, size_t at)
{
    while (at < css.n && is_blank(css.p[at]))
        at++;
    return at;
}

/* Where the string that begins with the quote at `at` is over. */
static size_t over_string(inc_str css, size_t at)
{
    char quote = css.p[at++];
    while (at < css.n && css.p[at] != quote)
        at++;
    return at + (at < css.n);
}

/* @import and all that belongs to it; a font's address may hold semicolons. */
static size_t over_import(inc_str css, size_t at)
{
    while (at < css.n && css.p[at] != ';')
        at = css.p[at] == '"' || css.p[at] == '\'' ? over_string(css, at) : at + 1;
    return at + (at < css.n);
}

/* The reference that `url(` begins: what it names, without its quotes; returns where it is over. */
static size_t read_url(inc_str css, size_t at, inc_str *target)
{
    at = over_blanks(css, at + strlen("url("));
    size_t end;
    if (at < css.n && (css.p[at] == '"' || css.p[at] == '\'')) {
        end = over_string(css, at);
        bool closed = end > at + 1 && css.p[end - 1] == css.p[at];
        *target = inc_str_slice(css, at + 1, end - closed);
        at = end;
    } else {
        for (end = at; end < css.n && css.p[end] != ')';)
            end++;
        *target = inc_str_trim(inc_str_slice(css, at, end));
    }
    while (end < css.n && css.p[end] != ')')
        end++;
    return end + (end < css.n);
}

static bool is_picture(inc_str target)
{
    if (!inc_str_starts(target, INC_STR("data:image/")) || inc_str_starts(target, INC_STR("data:image/svg")))
        return false;
    for (size_t i = 0; i < target.n; i++)
        if (is_blank(target.p[i]) || strchr("\"'()\\@<>&", target.p[i]))
            return false;
    return true;
}

/* A paint that follows in place of one that cannot be had: `url(a.svg#b) red`. */
static bool has_fallback(inc_str css, size_t at)
{
    at = over_blanks(css, at);
    return at < css.n && !strchr(";},!/)", css.p[at]);
}

static size_t write_url(inc_arena *arena, inc_str css, size_t at, inc_buf *out)
{
    inc_str target;
    size_t end = read_url(css, at, &target);
    if (target.n > 1 && target.p[0] == '#')
        inc_buf_printf(out, "url(#%.*s)", INC_STR_ARG(inc_xml_name(arena, inc_str_slice(target, 1, target.n))));
    else if (is_picture(target))
        inc_buf_printf(out, "url(%.*s)", INC_STR_ARG(target));
    else
        inc_buf_puts(out, has_fallback(css, end) ? " " : "none");
    return end;
}

inc_str inc_svg_css(inc_arena *arena, inc_str css)
{
    inc_buf out = inc_buf_in(arena);
    size_t from = 0;
    for (size_t at = 0; at < css.n;) {
        bool url = looking_at(css, at, "url("), import = css.p[at] == '@' && looking_at(css, at, "@import");
        if (!url && !import && css.p[at] != '\\') {
            at++;
            continue;
        }
        inc_buf_add(&out, inc_str_slice(css, from, at));
        if (url)
            at = write_url(arena, css, at, &out);
        else if (import) {
            at = over_import(css, at);
            inc_buf_byte(&out, ' ');
        } else { /* letters that are written as numbers */
            at++;
            inc_buf_byte(&out, '_');
        }
        from = at;
    }
    if (from == 0)
        return css;
    inc_buf_add(&out, inc_str_slice(css, from, css.n));
    return inc_buf_str(&out);
}
