/* element.c - the names of nodes: in dumps, in style sheets and in XHTML. */
#include "document/document.h"

static const char *const kind_names[INC_NODE_KIND_COUNT] = {
    "book", "part", "chapter", "heading", "paragraph", "list", "item", "quote", "code", "rule", "table", "row", "cell", "figure",
    "caption", "div", "definitions", "term", "definition", "alert", "note", "page-break", "text", "code-span", "span", "link", "image",
    "break", "soft-break", "anchor", "note-ref", "page-ref", "page-list", "index-mark", "math", "callout",
};

const char *inc_node_kind_name(inc_node_kind kind)
{
    return kind_names[kind];
}

static inc_str span_element(inc_span_tag tag)
{
    static const char *const names[] = {"span", "em", "strong", "b", "i", "u", "s", "del", "small", "mark", "kbd", "abbr", "sub", "sup",
        "ins", "cite", "dfn", "var", "bdi", "bdo", "ruby", "rt"};
    return inc_str_of(names[tag]);
}

static bool is_summary(const inc_node *paragraph)
{
    const inc_node *up = paragraph->parent;
    return up && up->kind == INC_NODE_DIV && up->as.div.tag == INC_DIV_DETAILS && up->first == paragraph && inc_node_has_class(paragraph, "summary");
}

inc_str inc_node_element(const inc_node *node)
{
    static const char *const headings[] = {"h1", "h2", "h3", "h4", "h5", "h6"};
    switch (node->kind) {
    case INC_NODE_BOOK: return INC_STR("body");
    case INC_NODE_PART:
    case INC_NODE_CHAPTER: return INC_STR("section");
    case INC_NODE_HEADING: return inc_str_of(headings[node->as.heading.level - 1]);
    case INC_NODE_PARAGRAPH: return is_summary(node) ? INC_STR("summary") : INC_STR("p");
    case INC_NODE_LIST: return node->as.list.ordered ? INC_STR("ol") : INC_STR("ul");
    case INC_NODE_ITEM: return INC_STR("li");
    case INC_NODE_QUOTE: return INC_STR("blockquote");
    case INC_NODE_CODE: return INC_STR("pre");
    case INC_NODE_RULE:
    case INC_NODE_PAGE_BREAK: return INC_STR("hr");
    case INC_NODE_TABLE: return INC_STR("table");
    case INC_NODE_ROW: return INC_STR("tr");
    case INC_NODE_CELL: return node->as.cell.head ? INC_STR("th") : INC_STR("td");
    case INC_NODE_FIGURE: return INC_STR("figure");
    case INC_NODE_CAPTION: return INC_STR("figcaption");
    case INC_NODE_DIV: return node->as.div.tag == INC_DIV_DETAILS ? INC_STR("details") : INC_STR("div");
    case INC_NODE_DEFINITIONS: return INC_STR("dl");
    case INC_NODE_TERM: return INC_STR("dt");
    case INC_NODE_DEFINITION: return INC_STR("dd");
    case INC_NODE_ALERT:
    case INC_NODE_NOTE: return INC_STR("aside");
    case INC_NODE_TEXT:
    case INC_NODE_SOFT_BREAK: return INC_STR("");
    case INC_NODE_CODE_SPAN: return INC_STR("code");
    case INC_NODE_SPAN: return span_element(node->as.span_.tag);
    case INC_NODE_LINK:
    case INC_NODE_CALLOUT:
    case INC_NODE_NOTE_REF: return INC_STR("a");
    case INC_NODE_IMAGE: return INC_STR("img");
    case INC_NODE_BREAK: return INC_STR("br");
    case INC_NODE_ANCHOR:
    case INC_NODE_PAGE_REF:
    case INC_NODE_PAGE_LIST:
    case INC_NODE_INDEX_MARK:
    case INC_NODE_MATH: return INC_STR("span");
    case INC_NODE_KIND_COUNT: break;
    }
    return INC_STR("");
}

static bool is_one_of(inc_str language, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (inc_str_is(language, names[i]))
            return true;
    return false;
}

/* In no language, and what rustc says of a mistake: with the place that it names in its second line. */
static bool is_message(inc_str text)
{
    if (!inc_str_starts(text, INC_STR("error[")) && !inc_str_starts(text, INC_STR("error: ")) && !inc_str_starts(text, INC_STR("warning: ")))
        return false;
    size_t end = inc_str_find_char(text, '\n');
    return end != INC_NPOS && inc_str_starts(inc_str_trim(inc_str_slice(text, end + 1, text.n)), INC_STR("--> "));
}

/* A listing in the language of a shell that begins with its prompt is no script: it shows what was typed, and what came of it. */
static bool is_session(inc_str language, inc_str text)
{
    if (!language.n)
        return is_message(text);
    static const char *const shells[] = {"sh", "bash", "zsh", "ksh", "fish"};
    static const char *const windows[] = {"powershell", "pwsh", "ps", "ps1", "bat", "batch", "dos"};
    if (is_one_of(language, shells, INC_COUNT(shells)))
        return inc_str_starts(text, INC_STR("$ "));
    return is_one_of(language, windows, INC_COUNT(windows)) &&
           (inc_str_starts(text, INC_STR("> ")) || inc_str_starts(text, INC_STR("PS ")) || inc_str_starts(text, INC_STR("PS> ")) || inc_str_starts(text, INC_STR("C:\\")));
}

bool inc_node_is_console(const inc_node *code)
{
    static const char *const names[] = {"console", "shell", "sh-session", "shell-session", "shellsession", "bash-session", "terminal", "cmd",
        "pycon", "text", "txt", "plain", "plaintext", "output"};
    return is_one_of(code->as.code.language, names, INC_COUNT(names)) || is_session(code->as.code.language, code->as.code.text);
}

/* Drawings made of letters, whose lines mean nothing when they are wrapped. */
static bool is_drawing(inc_str language)
{
    static const char *const names[] = {"bob", "svgbob", "ditaa", "ascii", "ascii-art", "asciiart"};
    return is_one_of(language, names, INC_COUNT(names));
}

inc_str inc_node_syntax(const inc_node *code)
{
    return is_session(code->as.code.language, code->as.code.text) ? INC_STR("console") : code->as.code.language;
}

/* "language-rust" for a fence; the names seen most are static, so that no arena is needed here. */
static inc_str language_class(inc_str language)
{
    static const char *const known[] = {"language-rust", "language-console", "language-text", "language-toml", "language-c", "language-bash",
        "language-sh", "language-json", "language-python", "language-go", "language-html", "language-css", "language-javascript"};
    for (size_t i = 0; i < INC_COUNT(known); i++)
        if (inc_str_is(language, known[i] + strlen("language-")))
            return inc_str_of(known[i]);
    return INC_STR("language-other");
}

uint32_t inc_node_implied_classes(const inc_node *node, inc_str *names, uint32_t max)
{
    static const char *const roles[] = {"numbered", "prefix", "suffix", "half-title", "title-page", "copyright", "contents",
                                        "list-of-figures", "list-of-tables", "list-of-listings", "index"};
    static const char *const depths[] = {"depth-0", "depth-1", "depth-2", "depth-3", "depth-4", "depth-5"};
    static const char *const alerts[] = {"note", "tip", "important", "warning", "caution"};
    static const char *const figures[] = {"figure", "table", "listing"};
    inc_str all[4];
    uint32_t n = 0;
    switch (node->kind) {
    case INC_NODE_CHAPTER:
        all[n++] = INC_STR("chapter");
        all[n++] = inc_str_of(roles[node->as.chapter.role]);
        if (inc_role_lists(node->as.chapter.role))
            all[n++] = INC_STR("list-of");
        all[n++] = inc_str_of(depths[INC_MIN(node->as.chapter.depth, INC_COUNT(depths) - 1)]);
        break;
    case INC_NODE_PART: all[n++] = INC_STR("part"); break;
    case INC_NODE_ALERT:
        all[n++] = INC_STR("alert");
        all[n++] = inc_str_of(alerts[node->as.alert.kind]);
        break;
    case INC_NODE_FIGURE: all[n++] = inc_str_of(figures[node->as.figure.kind]); break;
    case INC_NODE_NOTE: all[n++] = INC_STR("footnote"); break;
    case INC_NODE_NOTE_REF: all[n++] = INC_STR("noteref"); break;
    case INC_NODE_PAGE_REF:
    case INC_NODE_PAGE_LIST: all[n++] = INC_STR("pageref"); break;
    case INC_NODE_PAGE_BREAK: all[n++] = INC_STR("page"); break;
    case INC_NODE_MATH: all[n++] = INC_STR("math"); break;
    case INC_NODE_CALLOUT: all[n++] = INC_STR("callout"); break;
    case INC_NODE_CODE:
        if (node->as.code.language.n)
            all[n++] = language_class(node->as.code.language);
        if (inc_node_is_console(node))
            all[n++] = INC_STR("console");
        if (is_drawing(node->as.code.language))
            all[n++] = INC_STR("drawing"); /* no console */
        if (node->as.code.first_number)
            all[n++] = INC_STR("numbers");
        if (node->as.code.diff)
            all[n++] = INC_STR("diff");
        break;
    case INC_NODE_LIST:
        if (node->as.list.tight)
            all[n++] = INC_STR("tight");
        break;
    case INC_NODE_ITEM:
        if (node->as.item.task != INC_TASK_NONE)
            all[n++] = INC_STR("task");
        break;
    case INC_NODE_ROW:
        if (node->as.row.opens)
            all[n++] = INC_STR("opens");
        break;
    default: break; /* no implied class */
    }
    n = INC_MIN(n, max);
    memcpy(names, all, n * sizeof *names);
    return n;
}
