/* report.c - verdicts counted, findings for what did not pass, the whole as JSON. */
#include "listings/compare.h"
#include "listings/internal.h"

#include "base/files.h"
#include "base/json.h"

static const char *const names[INC_VERDICT_COUNT] = {"pass", "blessed", "skip", "drift", "fail"};

const char *inc_verdict_name(inc_verdict verdict)
{
    return names[verdict];
}

const inc_compiler *inc_listings_compiler(const inc_listings *listings, const inc_rule_language *language)
{
    static const inc_compiler none;
    for (uint32_t i = 0; i < listings->compiler_count; i++)
        if (listings->compilers[i].language == language)
            return &listings->compilers[i];
    return &none;
}

inc_str inc_listings_golden_path(inc_arena *arena, const inc_listing *listing)
{
    return inc_path_join(arena, inc_path_folder(listing->path), inc_path_name(listing->golden));
}

const inc_rule *inc_listings_rule(const inc_rule_language *language, inc_str name)
{
    for (uint32_t i = 0; i < language->rule_count; i++)
        if (inc_str_eq(language->rules[i].name, name))
            return &language->rules[i];
    return NULL;
}

/* The first line of the recorded file that differs; the listing's own place when there is none. */
static inc_span place_of(const inc_listing *listing, inc_sources *sources, inc_arena *arena)
{
    size_t line;
    if (!listing->recorded.n || listing->verdict != INC_LISTING_FAIL)
        return listing->span;
    inc_listings_difference(arena, listing->recorded, listing->got, INC_STR(""), &line);
    int error = 0;
    uint32_t file = inc_file_read_text(sources, arena, inc_listings_golden_path(arena, listing), listing->golden, inc_diags_new(arena), &error);
    if (!file)
        return listing->span;
    inc_str bytes = inc_sources_get(sources, file)->bytes;
    size_t at = 0;
    for (; line > 1 && at < bytes.n; line--) {
        size_t lf = inc_str_find_char(inc_str_slice(bytes, at, bytes.n), '\n');
        at = lf == INC_NPOS ? bytes.n : at + lf + 1;
    }
    size_t end = inc_str_find_char(inc_str_slice(bytes, at, bytes.n), '\n');
    return (inc_span){file, (uint32_t)at, (uint32_t)(end == INC_NPOS ? bytes.n - at : end)};
}

void inc_listings_report(inc_listings *listings, inc_sources *sources, inc_arena *arena, inc_diags *diags)
{
    for (size_t i = 0; i < listings->n; i++) {
        const inc_listing *listing = &listings->v[i];
        if (listing->left_out)
            continue;
        listings->count[listing->broken ? INC_LISTING_FAIL : listing->verdict]++;
        if (listing->broken) /* told where the directive stands */
            continue;
        switch (listing->verdict) {
        case INC_LISTING_FAIL:
            inc_report(diags, INC_DIAG_LISTING_FAILED, place_of(listing, sources, arena), "listing '%.*s' %.*s", INC_STR_ARG(listing->path), INC_STR_ARG(listing->reason));
            break;
        case INC_LISTING_DRIFT:
            inc_report(diags, INC_DIAG_LISTING_DRIFT, listing->span, "listing '%.*s' has other numbers: %.*s", INC_STR_ARG(listing->path), INC_STR_ARG(listing->reason));
            break;
        case INC_LISTING_SKIP:
            inc_report(diags, INC_DIAG_LISTING_SKIPPED, listing->span, "listing '%.*s' was not run: %.*s", INC_STR_ARG(listing->path), INC_STR_ARG(listing->reason));
            break;
        case INC_LISTING_PASS:
        case INC_LISTING_BLESSED:
        case INC_VERDICT_COUNT: break;
        }
    }
}

/* ---- JSON ---- */

static void add_listing(inc_json *json, const inc_listing *listing)
{
    inc_json_open(json, NULL, '{');
    inc_json_str(json, "path", listing->path);
    inc_json_str(json, "language", listing->language->name);
    inc_json_text(json, "kind", listing->rule ? listing->rule->name : INC_STR(""));
    inc_json_str(json, "verdict", inc_str_of(names[listing->broken ? INC_LISTING_FAIL : listing->verdict]));
    inc_json_text(json, "reason", listing->reason);
    inc_json_text(json, "details", listing->details);
    inc_json_close(json, '}');
}

void inc_listings_json(const inc_listings *listings, inc_buf *out)
{
    inc_json json = inc_json_to(out);
    inc_json_open(&json, NULL, '{');
    inc_json_str(&json, "format", INC_STR("incipit-test-results"));
    inc_json_uint(&json, "formatVersion", 1);
    inc_json_open(&json, "compilers", '{');
    for (uint32_t i = 0; i < listings->compiler_count; i++)
        inc_json_text(&json, inc_cstr(out->arena, listings->compilers[i].language->name), listings->compilers[i].version);
    inc_json_close(&json, '}');
    inc_json_open(&json, "listings", '[');
    for (size_t i = 0; i < listings->n; i++)
        if (!listings->v[i].left_out)
            add_listing(&json, &listings->v[i]);
    inc_json_close(&json, ']');
    inc_json_open_flat(&json, "summary", '{');
    for (size_t i = 0; i < INC_VERDICT_COUNT; i++)
        inc_json_uint(&json, names[i], listings->count[i]);
    inc_json_close(&json, '}');
    inc_json_close(&json, '}');
}
