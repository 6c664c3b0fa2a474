/* code.c - code blocks: the info string, and the lines that a book hides. */
#include "markdown/internal.h"
#include "markdown/tag.h"

/* Where what opens at `at` ends: behind the brace or the quotation mark that closes it; `at` itself when nothing opens there. */
static size_t group_end(inc_str s, size_t at)
{
    bool quote = s.p[at] == '"' && at > 0 && s.p[at - 1] == '=';
    if (!quote && s.p[at] != '{')
        return at;
    size_t close = inc_str_find_char(inc_str_slice(s, at + 1, s.n), quote ? '"' : '}');
    return close == INC_NPOS ? at : at + close + 2;
}

/* Cuts the next word of an info string; words end at a blank or a comma (mdBook's rule), but {2,5-7} and what="2 5-7" are one. */
static inc_str next_word(inc_str *rest)
{
    size_t from = 0, to;
    while (from < rest->n && (inc_is_space(rest->p[from]) || rest->p[from] == ','))
        from++;
    for (to = from; to < rest->n && !inc_is_space(rest->p[to]) && rest->p[to] != ',';) {
        size_t end = group_end(*rest, to);
        if (end > to && rest->p[to] == '{') { /* a word of its own, also right behind another */
            to = to > from ? to : end;
            break;
        }
        to = end > to ? end : to + 1;
    }
    inc_str word = inc_str_slice(*rest, from, to);
    *rest = inc_str_slice(*rest, to, rest->n);
    return word;
}

/* The prefix that hides a line of this language, or "" for none. The fence's own hidelines= wins over the book's. */
static inc_str hiding_prefix(const inc_md *md, const inc_node *code)
{
    for (uint32_t i = 0; i < code->class_count; i++)
        if (inc_str_starts(code->classes[i], INC_STR("hidelines=")))
            return inc_str_slice(code->classes[i], strlen("hidelines="), code->classes[i].n);
    for (uint32_t i = 0; i < md->options->hideline_count; i++)
        if (inc_str_eq_nocase(md->options->hidelines[2 * i], code->as.code.language))
            return md->options->hidelines[2 * i + 1];
    return INC_STR("");
}

/* rust: "# x" and "#" alone are hidden, "##" shows one "#", "#[x]" and "#!" stay. Returns false when hidden; *cut is the
 * offset of a "#" to leave out, or INC_NPOS. */
static bool shows_rust(inc_str line, size_t *cut)
{
    size_t i = 0;
    *cut = INC_NPOS;
    while (i < line.n && inc_is_space(line.p[i]))
        i++;
    if (i == line.n || line.p[i] != '#')
        return true;
    if (i + 1 == line.n || line.p[i + 1] == ' ' || line.p[i + 1] == '\n')
        return false;
    if (line.p[i + 1] == '#')
        *cut = i;
    return true;
}

static inc_span behind(inc_span span, size_t bytes) /* the span without its first bytes */
{
    uint32_t n = (uint32_t)INC_MIN(bytes, span.length);
    return (inc_span){span.file, span.offset + n, span.length - n};
}

static void keep_line(inc_buf *out, inc_str line, size_t cut)
{
    if (cut == INC_NPOS)
        inc_buf_add(out, line);
    else {
        inc_buf_add(out, inc_str_slice(line, 0, cut));
        inc_buf_add(out, inc_str_slice(line, cut + 1, line.n));
    }
}

static void hide_lines(inc_md *md, inc_node *code, inc_str text, inc_span *lines, uint32_t line_count)
{
    bool rust = inc_str_is(code->as.code.language, "rust");
    inc_str prefix = hiding_prefix(md, code);
    inc_buf out = inc_buf_in(md->arena);
    inc_str whole = text;
    uint32_t shown = 0;
    for (uint32_t i = 0; text.n; i++) {
        size_t lf = inc_str_find_char(text, '\n'), cut = INC_NPOS;
        inc_str line = inc_str_slice(text, 0, lf == INC_NPOS ? text.n : lf + 1);
        text = inc_str_slice(text, line.n, text.n);
        bool hidden = prefix.n && inc_str_starts(inc_str_trim(line), prefix);
        if (hidden || (rust && !shows_rust(line, &cut)))
            continue;
        keep_line(&out, line, cut);
        if (i < line_count) {
            bool at_start = cut != INC_NPOS && inc_str_trim(inc_str_slice(line, 0, cut)).n == cut;
            lines[shown] = at_start ? behind(lines[i], 1) : lines[i];
        }
        shown++;
    }
    if (out.n && out.p[out.n - 1] != '\n')
        inc_buf_byte(&out, '\n');
    code->as.code.text = inc_buf_str(&out);
    code->as.code.whole = whole;
    code->as.code.lines = lines;
    code->as.code.line_count = INC_MIN(shown, line_count);
}

/* mdBook takes any word for a class; one letter away from a word that means something it is a slip. */
static void check_word(inc_md *md, const inc_node *code, inc_str word)
{
    static const char *const known[] = {"ignore", "no_run", "should_panic", "compile_fail", "editable", "noplayground", "noplaypen", "mdbook-runnable",
        "does_not_compile", "panics", "not_desired_behavior", "test_harness", "numbers", "callouts", "edition2015", "edition2018", "edition2021", "edition2024"};
    const char *meant = NULL;
    for (size_t i = 0; i < INC_COUNT(known); i++) {
        if (inc_str_is(word, known[i]))
            return;
        if (!meant && word.n >= 5 && inc_str_distance(word, inc_str_of(known[i]), 3) <= 2 && !inc_str_starts(word, INC_STR("edition")))
            meant = known[i];
    }
    if (inc_str_starts(word, INC_STR("edition")))
        meant = "edition2021";
    if (meant)
        inc_report(md->diags, INC_DIAG_UNKNOWN_INFO_WORD, code->span, "'%.*s' means nothing to mdBook behind a language", INC_STR_ARG(word))->hint =
            inc_strf(md->diags->arena, "did you mean '%s'?", meant);
}

/* Of a block that is not to be drawn. */
static void check_diagram(inc_md *md, const inc_node *code)
{
    if (!code->as.code.fenced || !inc_diagram_language(code->as.code.language))
        return;
    inc_str language = code->as.code.language;
    inc_report(md->diags, INC_DIAG_DIAGRAM_AS_SOURCE, code->span, "a diagram in %.*s is set as its source", INC_STR_ARG(language))->hint =
        inc_strf(md->diags->arena, "name a command that draws it in [output.incipit.diagrams.%.*s] (docs/pictures.md, \"Diagrams from text\")",
                 INC_STR_ARG(language));
}

void inc_md_code(inc_md *md, inc_node *code, inc_str info, inc_str text, inc_span *lines, uint32_t line_count)
{
    bool commonmark = md->options->commonmark;
    inc_md_wishes wishes = {0};
    if (commonmark) { /* the first word, whatever it is made of */
        info = inc_str_trim(info);
        size_t n = 0;
        while (n < info.n && !inc_is_space(info.p[n]))
            n++;
        code->as.code.language = inc_str_slice(info, 0, n);
    } else {
        inc_str first = next_word(&info);
        code->as.code.language = inc_str_lower(md->arena, first);
        if (inc_md_is_diagram(md, code)) {
            inc_md_diagram(md, code, info, text, lines, line_count);
            return;
        }
        check_diagram(md, code);
        wishes.number_all = md->options->line_numbers && code->as.code.fenced && first.n;
        for (inc_str word = next_word(&info); word.n; word = next_word(&info)) {
            if (inc_md_take_wish(md, code, &wishes, word))
                continue;
            check_word(md, code, word);
            inc_node_add_class(md->arena, code, word);
        }
    }
    if (!commonmark && code->as.code.fenced) {
        hide_lines(md, code, text, lines, line_count);
        inc_md_grant_wishes(md, code, &wishes);
        return;
    }
    code->as.code.text = text;
    code->as.code.lines = lines;
    code->as.code.line_count = line_count;
}
