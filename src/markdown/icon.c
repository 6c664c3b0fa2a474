/*
 * icon.c - icons of Font Awesome, which mdBook draws where an empty <i class="fas fa-print"></i> stands.
 *
 * None of our fonts has them. Where one has a character that everybody takes for the same, that stands there; else the icon's name in brackets.
 */
#include "markdown/internal.h"

typedef struct icon {
    const char *name, *character;
} icon;

/* Sorted by name; each character is in a font of both themes. */
static const icon icons[] = {
    {"arrow-down", "↓"}, {"arrow-left", "←"}, {"arrow-right", "→"}, {"arrow-up", "↑"}, {"arrow-up-right-from-square", "↗"}, {"bars", "☰"},
    {"bell", "🔔"}, {"bug", "🐛"}, {"cat", "🐈"}, {"check", "✓"}, {"circle-info", "🛈"}, {"close", "✗"}, {"edit", "✎"}, {"envelope", "✉"},
    {"external-link", "↗"}, {"external-link-alt", "↗"}, {"eye", "👁"}, {"gear", "⚙"}, {"heart", "♥"}, {"home", "⌂"}, {"house", "⌂"},
    {"info-circle", "🛈"}, {"lightbulb", "💡"}, {"link", "🔗"}, {"lock", "🔒"}, {"long-arrow-right", "→"}, {"magnifying-glass", "🔍"},
    {"paintbrush", "🖌"}, {"pause", "⏸"}, {"pencil", "✎"}, {"play", "▶"}, {"print", "🖨"}, {"remove", "✗"}, {"search", "🔍"}, {"star", "★"},
    {"stop", "■"}, {"times", "✗"}, {"triangle-exclamation", "⚠"}, {"unlock", "🔓"}, {"user", "👤"}, {"warning", "⚠"}, {"xmark", "✗"},
};

static bool is_one_of(inc_str word, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (inc_str_is(word, words[i]))
            return true;
    return false;
}

/* The name of the icon that the classes ask for, or "". */
static inc_str name_of(const inc_node *span)
{
    static const char *const sets[] = {"fa", "fas", "far", "fab", "fa-solid", "fa-regular", "fa-brands"};
    static const char *const manners[] = {"fa-solid", "fa-regular", "fa-brands", "fa-fw", "fa-2xs", "fa-xs", "fa-sm", "fa-lg", "fa-xl", "fa-2xl",
        "fa-1x", "fa-2x", "fa-3x", "fa-4x", "fa-5x", "fa-spin", "fa-pulse", "fa-beat", "fa-fade", "fa-border", "fa-inverse", "fa-pull-left", "fa-pull-right"};
    bool asked = false;
    inc_str name = INC_STR("");
    for (uint32_t i = 0; i < span->class_count; i++) {
        inc_str word = span->classes[i];
        asked = asked || is_one_of(word, sets, INC_COUNT(sets));
        if (!name.n && inc_str_starts(word, INC_STR("fa-")) && !is_one_of(word, manners, INC_COUNT(manners)))
            name = inc_str_slice(word, strlen("fa-"), word.n);
    }
    return asked ? name : INC_STR("");
}

static inc_str text_of(inc_arena *arena, inc_str name)
{
    for (size_t i = 0; i < INC_COUNT(icons); i++)
        if (inc_str_is(name, icons[i].name))
            return inc_str_of(icons[i].character);
    return inc_strf(arena, "[%.*s]", INC_STR_ARG(name));
}

void inc_md_icon(inc_md *md, inc_node *span)
{
    inc_str name = span->as.span_.tag == INC_SPAN_I || span->as.span_.tag == INC_SPAN_SPAN ? name_of(span) : INC_STR("");
    if (!name.n)
        return;
    span->as.span_.tag = INC_SPAN_SPAN; /* the <i> says nothing of slant */
    inc_node_append(span, inc_node_text(md->arena, text_of(md->arena, name), span->span));
}
