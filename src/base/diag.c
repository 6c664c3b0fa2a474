/* diag.c - collecting findings. */
#include "base/diag.h"

#include "base/vec.h"

static const inc_diag_info infos[] = {
#define INC_DIAG(id, name, severity, explanation) {name, severity, explanation},
#include "base/diag.def"
#undef INC_DIAG
};

const inc_diag_info *inc_diag_info_of(inc_diag_id id)
{
    return &infos[id];
}

inc_diags *inc_diags_new(inc_arena *arena)
{
    inc_diags *diags = INC_NEW(arena, inc_diags);
    diags->arena = arena;
    return diags;
}

inc_diag *inc_report(inc_diags *diags, inc_diag_id id, inc_span span, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    inc_diag diag = {.id = id, .severity = infos[id].severity, .span = span, .message = inc_vstrf(diags->arena, format, args)};
    va_end(args);
    INC_PUSH(diags->arena, diags, diag);
    diags->count[diag.severity]++;
    return &diags->v[diags->n - 1];
}

void inc_diags_append(inc_diags *diags, const inc_diags *from)
{
    for (size_t i = 0; i < from->n; i++) {
        inc_diag diag = from->v[i];
        diag.message = inc_str_dup(diags->arena, diag.message);
        diag.hint = inc_str_dup(diags->arena, diag.hint);
        diag.page = inc_str_dup(diags->arena, diag.page);
        INC_PUSH(diags->arena, diags, diag);
        diags->count[diag.severity]++;
    }
}
