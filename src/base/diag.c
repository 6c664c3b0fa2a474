/* diag.c - collecting findings. */
#include "base/diag.h"

#include <stdio.h>

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"

/* Both tables, joined by the id. */
static const inc_diag_info infos[] = {
#define INC_DIAG(id, name_, severity_, explanation_) [INC_DIAG_##id].name = name_, [INC_DIAG_##id].severity = severity_, [INC_DIAG_##id].explanation = explanation_,
#include "base/diag.def"
#undef INC_DIAG
#define INC_DIAG_HELP(id, example_, why_, mend_) [INC_DIAG_##id].example = example_, [INC_DIAG_##id].why = why_, [INC_DIAG_##id].mend = mend_,
#include "base/diag_help.def"
#undef INC_DIAG_HELP
};

const inc_diag_info *inc_diag_info_of(inc_diag_id id)
{
    return &infos[id];
}

inc_diag_id inc_diag_find(inc_str name)
{
    unsigned id = 0;
    while (id < INC_DIAG_COUNT && !inc_str_is(name, infos[id].name))
        id++;
    return (inc_diag_id)id;
}

inc_diags *inc_diags_new(inc_arena *arena)
{
    inc_diags *diags = INC_NEW(arena, inc_diags);
    diags->arena = arena;
    return diags;
}

/* A name of a megabyte in a message helps nobody, and a thousand such messages would fill the memory. */
enum { MESSAGE_MAX = 500 };

static inc_str message_of(inc_arena *arena, const char *format, va_list args)
{
    char line[MESSAGE_MAX + sizeof "..."];
    int n = vsnprintf(line, MESSAGE_MAX + 1, format, args);
    if (n <= MESSAGE_MAX)
        return inc_str_dup(arena, (inc_str){line, n < 0 ? 0 : (size_t)n});
    size_t end = MESSAGE_MAX;
    while (end > 0 && ((unsigned char)line[end - 1] & 0xC0) == 0x80) /* not in the middle of a character */
        end--;
    end -= end > 0 && (unsigned char)line[end - 1] >= 0xC0;
    memcpy(line + end, "...", 3);
    return inc_str_dup(arena, (inc_str){line, end + 3});
}

/* False when the book does not want to hear of it. */
static bool apply_level(const inc_diags *diags, inc_diag *diag)
{
    if (!diags->levels || infos[diag->id].severity == INC_FATAL)
        return true;
    switch ((inc_level)diags->levels[diag->id]) {
    case INC_LEVEL_DEFAULT: break;
    case INC_LEVEL_OFF: return false;
    case INC_LEVEL_NOTE: diag->severity = INC_NOTE; break;
    case INC_LEVEL_WARNING: diag->severity = INC_WARNING; break;
    case INC_LEVEL_ERROR: diag->severity = INC_ERROR; break;
    }
    return true;
}

inc_diag *inc_report(inc_diags *diags, inc_diag_id id, inc_span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    inc_diag diag = {.id = id, .severity = infos[id].severity, .span = span, .message = message_of(diags->arena, format, args)};
    va_end(args);
    if (!apply_level(diags, &diag)) {
        diags->off++;
        diags->dropped = diag;
        return &diags->dropped;
    }
    INC_PUSH(diags->arena, diags, diag);
    diags->count[diag.severity]++;
    return &diags->v[diags->n - 1];
}

void inc_diags_set_levels(inc_diags *diags, const uint8_t *levels)
{
    size_t kept = 0;
    diags->levels = levels;
    for (size_t i = 0; i < diags->n; i++) {
        inc_diag diag = diags->v[i];
        diags->count[diag.severity]--;
        if (!apply_level(diags, &diag)) {
            diags->off++;
            continue;
        }
        diags->count[diag.severity]++;
        diags->v[kept++] = diag;
    }
    diags->n = kept;
}

void inc_diags_append(inc_diags *diags, const inc_diags *from)
{
    for (size_t i = 0; i < from->n; i++) {
        inc_diag diag = from->v[i];
        if (!apply_level(diags, &diag)) {
            diags->off++;
            continue;
        }
        diag.message = inc_str_dup(diags->arena, diag.message);
        diag.hint = inc_str_dup(diags->arena, diag.hint);
        diag.page = inc_str_dup(diags->arena, diag.page);
        INC_PUSH(diags->arena, diags, diag);
        diags->count[diag.severity]++;
    }
}

enum { MESSAGE_LONGEST = 400 };

static bool is_tidy(inc_str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7F)
            return false;
    return s.n <= MESSAGE_LONGEST;
}

static inc_str tidy(inc_arena *arena, inc_str s)
{
    if (is_tidy(s))
        return s;
    inc_buf out = inc_buf_in(arena);
    inc_str shown = inc_utf8_start(s, MESSAGE_LONGEST);
    for (size_t i = 0; i < shown.n; i++)
        inc_buf_byte(&out, (unsigned char)shown.p[i] < 0x20 || shown.p[i] == 0x7F ? ' ' : shown.p[i]);
    if (shown.n < s.n)
        inc_buf_puts(&out, "...");
    return inc_buf_str(&out);
}

void inc_diags_tidy(inc_diags *diags, size_t from)
{
    for (size_t i = from; i < diags->n; i++) {
        inc_diag *diag = &diags->v[i];
        diag->message = tidy(diags->arena, diag->message);
        diag->hint = tidy(diags->arena, diag->hint);
    }
}

void inc_diags_drop_repeated(inc_diags *diags)
{
    inc_map told = inc_map_in(diags->arena);
    size_t kept = 0;
    for (size_t i = 0; i < diags->n; i++) {
        inc_diag diag = diags->v[i];
        inc_str key = inc_strf(diags->arena, "%d %u %u %u %.*s", (int)diag.id, diag.span.file, diag.span.offset, diag.span.length, INC_STR_ARG(diag.message));
        if (diag.span.file && inc_map_has(&told, key)) {
            diags->count[diag.severity] -= !diag.known;
            continue;
        }
        inc_map_put(&told, key, diags);
        diags->v[kept++] = diag;
    }
    diags->n = kept;
}
