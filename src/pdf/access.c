/* access.c - what of PDF/UA-1 (ISO 14289-1) can be told from the tags. */
#include "pdf/tags.h"

static bool any_of(inc_tag_kind kind, const inc_tag_kind *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == kind)
            return true;
    return false;
}

#define ONE_OF(kind, ...) any_of(kind, (const inc_tag_kind[]){__VA_ARGS__}, INC_COUNT(((const inc_tag_kind[]){__VA_ARGS__})))

/* ISO 32000-1, 14.8.4.3: parts of tables, lists and contents stand only where they belong. */
static bool stands_right(const inc_tag *tag)
{
    inc_tag_kind up = tag->parent ? tag->parent->kind : INC_TAG_DOCUMENT, kind = tag->kind;
    if (up == INC_TAG_TABLE && !ONE_OF(kind, INC_TAG_THEAD, INC_TAG_TBODY, INC_TAG_TFOOT, INC_TAG_TR, INC_TAG_CAPTION))
        return false;
    if (up == INC_TAG_TR && !ONE_OF(kind, INC_TAG_TH, INC_TAG_TD))
        return false;
    if (ONE_OF(up, INC_TAG_THEAD, INC_TAG_TBODY, INC_TAG_TFOOT) && kind != INC_TAG_TR)
        return false;
    if (up == INC_TAG_L && !ONE_OF(kind, INC_TAG_LI, INC_TAG_L, INC_TAG_CAPTION))
        return false;
    if (up == INC_TAG_LI && !ONE_OF(kind, INC_TAG_LBL, INC_TAG_LBODY))
        return false;
    if (up == INC_TAG_TOC && !ONE_OF(kind, INC_TAG_TOC, INC_TAG_TOCI, INC_TAG_CAPTION))
        return false;
    switch (kind) {
    case INC_TAG_TR: return ONE_OF(up, INC_TAG_TABLE, INC_TAG_THEAD, INC_TAG_TBODY, INC_TAG_TFOOT);
    case INC_TAG_TH:
    case INC_TAG_TD: return up == INC_TAG_TR;
    case INC_TAG_THEAD:
    case INC_TAG_TBODY:
    case INC_TAG_TFOOT: return up == INC_TAG_TABLE;
    case INC_TAG_LI: return up == INC_TAG_L;
    case INC_TAG_LBODY: return up == INC_TAG_LI;
    case INC_TAG_TOCI: return up == INC_TAG_TOC;
    default: return true;
    }
}

static const char *tag_objection(const inc_tag *tag, int *level)
{
    if (!stands_right(tag))
        return "a part of a table, list or table of contents stands where it may not";
    if ((tag->kind == INC_TAG_FIGURE || tag->kind == INC_TAG_FORMULA) && !tag->alt.n && !tag->actual_text.n)
        return "a picture has no alternative text";
    if (tag->kind == INC_TAG_NOTE && !tag->note_id.n)
        return "a note has no id";
    if (tag->kind >= INC_TAG_H1 && tag->kind <= INC_TAG_H6) {
        int now = (int)(tag->kind - INC_TAG_H1) + 1;
        if (now > *level + 1)
            return "a heading level is skipped";
        *level = now;
    }
    return NULL;
}

static bool in_link(const inc_tag *tag)
{
    while (tag && tag->kind != INC_TAG_LINK)
        tag = tag->parent;
    return tag != NULL;
}

const char *inc_pdf_tags_objection(const inc_pdf_tags *tags)
{
    int level = 0;
    for (size_t i = 0; i < tags->kept.n; i++) {
        const char *objection = tag_objection(tags->kept.v[i], &level);
        if (objection)
            return objection;
    }
    for (size_t i = 1; i < tags->notes.n; i++) /* sorted */
        if (inc_str_eq(tags->notes.v[i - 1]->note_id, tags->notes.v[i]->note_id))
            return "two notes have the same id";
    for (size_t i = 0; i < tags->annotations.n; i++)
        if (!in_link(tags->annotations.v[i].tag))
            return "a link stands outside the tags";
    return NULL;
}
