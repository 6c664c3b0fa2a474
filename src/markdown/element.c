/* element.c - the elements of HTML, and what becomes of each. */
#include "markdown/html_build.h"
#include "markdown/tag.h"

#define SPAN(name, tag) {name, INC_ELEMENT_SPAN, INC_SPAN_##tag}
#define PLAIN(name, kind) {name, INC_ELEMENT_##kind, 0}

/* Sorted by name. */
static const inc_element elements[] = {
    PLAIN("a", LINK), SPAN("abbr", ABBR), SPAN("acronym", ABBR), PLAIN("address", DIV), PLAIN("area", IGNORED), PLAIN("article", DIV),
    PLAIN("aside", DIV), PLAIN("audio", MEDIA), SPAN("b", B), PLAIN("base", IGNORED), SPAN("bdi", BDI),
    SPAN("bdo", BDO), PLAIN("big", TRANSPARENT), PLAIN("blockquote", QUOTE), PLAIN("body", DIV), PLAIN("br", BREAK),
    PLAIN("button", UNKNOWN), PLAIN("canvas", MEDIA), PLAIN("caption", TABLE_CAPTION), PLAIN("center", DIV), SPAN("cite", CITE),
    PLAIN("code", CODE), PLAIN("col", IGNORED), PLAIN("colgroup", IGNORED), PLAIN("data", TRANSPARENT), PLAIN("datalist", UNKNOWN),
    PLAIN("dd", DEFINITION), SPAN("del", DEL), PLAIN("details", DIV), SPAN("dfn", DFN), PLAIN("dialog", DIV), PLAIN("div", DIV),
    PLAIN("dl", DEFINITIONS), PLAIN("dt", TERM), SPAN("em", EM), PLAIN("embed", MEDIA), PLAIN("fieldset", DIV),
    PLAIN("figcaption", CAPTION), PLAIN("figure", FIGURE), PLAIN("font", TRANSPARENT), PLAIN("footer", DIV), PLAIN("form", UNKNOWN),
    {"h1", INC_ELEMENT_HEADING, 1}, {"h2", INC_ELEMENT_HEADING, 2}, {"h3", INC_ELEMENT_HEADING, 3}, {"h4", INC_ELEMENT_HEADING, 4},
    {"h5", INC_ELEMENT_HEADING, 5}, {"h6", INC_ELEMENT_HEADING, 6}, PLAIN("head", UNKNOWN), PLAIN("header", DIV), PLAIN("hgroup", DIV),
    PLAIN("hr", RULE), PLAIN("html", DIV), SPAN("i", I), PLAIN("iframe", MEDIA), PLAIN("img", IMAGE), PLAIN("input", UNKNOWN),
    SPAN("ins", INS), SPAN("kbd", KBD), PLAIN("label", UNKNOWN), PLAIN("legend", PARAGRAPH), PLAIN("li", ITEM), PLAIN("link", IGNORED),
    PLAIN("listing", LISTING), PLAIN("main", DIV), PLAIN("map", UNKNOWN), SPAN("mark", MARK), PLAIN("math", UNKNOWN), PLAIN("menu", LIST),
    PLAIN("meta", IGNORED), PLAIN("meter", UNKNOWN), PLAIN("nav", DIV), PLAIN("nobr", TRANSPARENT), {"noscript", INC_ELEMENT_UNKNOWN, 1},
    PLAIN("object", MEDIA), {"ol", INC_ELEMENT_LIST, 1}, PLAIN("optgroup", UNKNOWN), PLAIN("option", UNKNOWN), PLAIN("output", UNKNOWN),
    PLAIN("p", PARAGRAPH), PLAIN("param", IGNORED), PLAIN("picture", TRANSPARENT), PLAIN("pre", PRE), PLAIN("progress", UNKNOWN),
    PLAIN("q", QUOTATION), PLAIN("rp", DROPPED), SPAN("rt", RT), SPAN("ruby", RUBY), SPAN("s", S), PLAIN("samp", CODE),
    PLAIN("script", DROPPED), PLAIN("search", DIV), PLAIN("section", DIV), PLAIN("select", UNKNOWN), PLAIN("slot", UNKNOWN),
    SPAN("small", SMALL), PLAIN("source", IGNORED), SPAN("span", SPAN), SPAN("strike", S), SPAN("strong", STRONG), PLAIN("style", DROPPED),
    SPAN("sub", SUB), PLAIN("summary", SUMMARY), SPAN("sup", SUP), PLAIN("svg", UNKNOWN), PLAIN("table", TABLE), {"tbody", INC_ELEMENT_ROWS, 0},
    {"td", INC_ELEMENT_CELL, 0}, PLAIN("template", UNKNOWN), PLAIN("textarea", UNKNOWN), {"tfoot", INC_ELEMENT_ROWS, 0},
    {"th", INC_ELEMENT_CELL, 1}, {"thead", INC_ELEMENT_ROWS, 1}, PLAIN("time", TRANSPARENT), PLAIN("title", UNKNOWN),
    PLAIN("tr", ROW), PLAIN("track", IGNORED), PLAIN("tt", CODE), SPAN("u", U), {"ul", INC_ELEMENT_LIST, 0}, SPAN("var", VAR),
    PLAIN("video", MEDIA), PLAIN("wbr", WORD_BREAK),
};

static int compare(inc_str name, const char *with)
{
    size_t i = 0;
    for (; i < name.n && with[i]; i++) {
        char c = name.p[i];
        c = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
        if (c != with[i])
            return c < with[i] ? -1 : 1;
    }
    return i < name.n ? 1 : with[i] ? -1 : 0;
}

const inc_element *inc_element_find(inc_str name)
{
    size_t low = 0, high = INC_COUNT(elements);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(name, elements[middle].name);
        if (order == 0)
            return &elements[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
