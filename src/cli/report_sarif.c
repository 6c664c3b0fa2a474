/* report_sarif.c - SARIF 2.1.0 (OASIS, 2020), for code scanning and editors. Clauses are named where they decide something. */
#include "base/files.h"
#include "base/json.h"
#include "cli/report.h"
#include "incipit.h"

#define SCHEMA "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

typedef struct state {
    inc_json json;
    inc_buf notifications; /* JSON of the machine's failures, an array's content (3.20.21) */
    inc_json failures;
} state;

/* A path as a URI reference: relative, or file:// when it is absolute (RFC 3986, RFC 8089). */
static inc_str uri_of(inc_arena *arena, inc_str path)
{
    inc_buf out = inc_buf_in(arena);
    if (inc_str_starts(path, INC_STR("/")))
        inc_buf_puts(&out, "file://");
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~/", c));
        if (plain)
            inc_buf_byte(&out, (char)c);
        else
            inc_buf_printf(&out, "%%%02X", c);
    }
    return inc_buf_str(&out);
}

/* "[text](target)" is a link in a SARIF message (3.11.6); brackets that only look like one are escaped. */
static inc_str message_text(inc_arena *arena, inc_str text)
{
    if (inc_str_find(text, INC_STR("](")) == INC_NPOS)
        return text;
    inc_buf out = inc_buf_in(arena);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '[' || text.p[i] == ']' || text.p[i] == '\\')
            inc_buf_byte(&out, '\\');
        inc_buf_byte(&out, text.p[i]);
    }
    return inc_buf_str(&out);
}

static void add_message(inc_json *json, const char *key, inc_str text)
{
    inc_json_open_flat(json, key, '{');
    inc_json_str(json, "text", text);
    inc_json_close(json, '}');
}

/* Markdown for the viewers that show it. */
static void add_help(inc_json *json, inc_arena *arena, const inc_diag_info *info)
{
    inc_json_open(json, "help", '{');
    inc_json_str(json, "text", inc_strf(arena, "%s %s", info->why, info->mend));
    inc_json_str(json, "markdown", inc_strf(arena, "%s\n\n**What to do.** %s\n\n**Example:** %s", info->why, info->mend, info->example));
    inc_json_close(json, '}');
}

static void add_rule(inc_json *json, inc_arena *arena, const inc_diag_info *info)
{
    inc_json_open(json, NULL, '{');
    inc_json_str(json, "id", inc_str_of(info->name));
    add_message(json, "shortDescription", inc_str_of(info->explanation));
    add_help(json, arena, info);
    inc_json_open_flat(json, "defaultConfiguration", '{');
    inc_json_str(json, "level", inc_str_of(inc_report_severity(info->severity)));
    inc_json_close(json, '}');
    inc_json_close(json, '}');
}

static void begin(inc_writer *w)
{
    state *s = w->state = INC_NEW(w->arena, state);
    inc_json *json = &s->json;
    *json = inc_json_to(w->out);
    s->notifications = inc_buf_in(w->arena);
    inc_json_open(json, NULL, '{');
    inc_json_str(json, "$schema", INC_STR(SCHEMA));
    inc_json_str(json, "version", INC_STR("2.1.0"));
    inc_json_open(json, "runs", '[');
    inc_json_open(json, NULL, '{');
    inc_json_open(json, "tool", '{');
    inc_json_open(json, "driver", '{');
    inc_json_str(json, "name", INC_STR("incipit"));
    inc_json_str(json, "version", INC_STR(INCIPIT_VERSION));
    inc_json_str(json, "semanticVersion", INC_STR(INCIPIT_VERSION));
    inc_json_open(json, "rules", '['); /* all of them, so that an index is an id */
    for (unsigned id = 0; id < INC_DIAG_COUNT; id++)
        add_rule(json, w->arena, inc_diag_info_of((inc_diag_id)id));
    inc_json_close(json, ']');
    inc_json_close(json, '}');
    inc_json_close(json, '}');
    inc_json_str(json, "columnKind", INC_STR("unicodeCodePoints"));
    inc_json_open(json, "results", '[');
}

static void add_region(inc_json *json, const inc_source *source, const inc_place *place)
{
    inc_json_open_flat(json, "region", '{');
    inc_json_uint(json, "startLine", place->line);
    inc_json_uint(json, "startColumn", place->column);
    inc_json_uint(json, "endLine", place->end_line);
    inc_json_uint(json, "endColumn", place->end_column);
    if (source) {
        uint32_t start = inc_source_raw_offset(source, place->offset), end = inc_source_raw_offset(source, place->end_offset);
        inc_json_uint(json, "byteOffset", start);
        inc_json_uint(json, "byteLength", end - start);
    }
    inc_json_close(json, '}');
}

static void add_artifact(inc_json *json, inc_arena *arena, inc_str path)
{
    inc_json_open_flat(json, "artifactLocation", '{');
    inc_json_str(json, "uri", uri_of(arena, path));
    inc_json_close(json, '}');
}

/* What has no place stands at the book's own file: code scanning refuses results without a location. */
static inc_str book_file(const inc_writer *w)
{
    inc_str root = w->result && w->result->root.n ? w->result->root : INC_STR("."), book = inc_str_of(w->how->book);
    static const char *const names[] = {"book.toml", "SUMMARY.md", "src/SUMMARY.md"};
    if (inc_file_exists(book))
        return inc_path_normalise(w->arena, book);
    for (size_t i = 0; i < INC_COUNT(names); i++) {
        inc_str path = inc_path_join(w->arena, root, inc_str_of(names[i]));
        if (inc_file_exists(path))
            return inc_path_normalise(w->arena, path);
    }
    return inc_path_normalise(w->arena, book);
}

static void add_location(inc_writer *w, inc_json *json, const inc_finding *finding)
{
    static const inc_place top = {.line = 1, .column = 1, .end_line = 1, .end_column = 1};
    inc_json_open(json, "locations", '[');
    inc_json_open(json, NULL, '{');
    inc_json_open(json, "physicalLocation", '{');
    add_artifact(json, w->arena, finding->placed ? finding->path : book_file(w));
    add_region(json, finding->source, finding->placed ? &finding->place : &top);
    inc_json_close(json, '}');
    if (finding->diag->page.n) {
        inc_json_open(json, "logicalLocations", '[');
        inc_json_open_flat(json, NULL, '{');
        inc_json_str(json, "name", finding->diag->page);
        inc_json_str(json, "fullyQualifiedName", inc_strf(w->arena, "page %.*s", INC_STR_ARG(finding->diag->page)));
        inc_json_str(json, "kind", INC_STR("page"));
        inc_json_close(json, '}');
        inc_json_close(json, ']');
    }
    inc_json_close(json, '}');
    inc_json_close(json, ']');
}

static void add_chain(inc_writer *w, inc_json *json, const inc_finding *finding)
{
    if (!finding->chain_count)
        return;
    inc_json_open(json, "relatedLocations", '[');
    for (unsigned i = 0; i < finding->chain_count; i++) {
        const inc_included *link = &finding->chain[i];
        inc_json_open(json, NULL, '{');
        inc_json_uint(json, "id", i + 1);
        inc_json_open(json, "physicalLocation", '{');
        add_artifact(json, w->arena, link->path);
        add_region(json, NULL, &link->place);
        inc_json_close(json, '}');
        add_message(json, "message", INC_STR("included from here"));
        inc_json_close(json, '}');
    }
    inc_json_close(json, ']');
}

static inc_str whole_message(inc_writer *w, const inc_diag *diag)
{
    inc_buf out = inc_buf_in(w->arena);
    inc_buf_add(&out, diag->message);
    if (diag->page.n)
        inc_buf_printf(&out, " (page %.*s)", INC_STR_ARG(diag->page));
    if (diag->hint.n)
        inc_buf_printf(&out, "\nHint: %.*s", INC_STR_ARG(diag->hint));
    return message_text(w->arena, inc_buf_str(&out));
}

/* The machine's failure is no result of the analysis but a notification about the run. */
static void keep_failure(state *s, const inc_diag *diag)
{
    if (!s->failures.out) {
        s->failures = inc_json_to(&s->notifications);
        inc_json_open_flat(&s->failures, NULL, '[');
    }
    inc_json *json = &s->failures;
    inc_json_open(json, NULL, '{');
    inc_json_open(json, "descriptor", '{');
    inc_json_str(json, "id", inc_str_of(inc_diag_info_of(diag->id)->name));
    inc_json_close(json, '}');
    inc_json_str(json, "level", INC_STR("error"));
    add_message(json, "message", diag->message);
    inc_json_close(json, '}');
}

static void write_finding(inc_writer *w, const inc_finding *finding)
{
    state *s = w->state;
    inc_json *json = &s->json;
    const inc_diag *diag = finding->diag;
    if (diag->severity == INC_FATAL) {
        keep_failure(s, diag);
        return;
    }
    inc_json_open(json, NULL, '{');
    inc_json_str(json, "ruleId", inc_str_of(finding->info->name));
    inc_json_uint(json, "ruleIndex", diag->id);
    inc_json_str(json, "level", inc_str_of(inc_report_severity(diag->severity)));
    add_message(json, "message", whole_message(w, diag));
    add_location(w, json, finding);
    add_chain(w, json, finding);
    inc_json_open_flat(json, "partialFingerprints", '{');
    inc_json_str(json, "primaryLocationLineHash", finding->fingerprint); /* the name that code scanning looks for */
    inc_json_close(json, '}');
    if (w->result && w->result->baseline)
        inc_json_str(json, "baselineState", diag->known ? INC_STR("unchanged") : INC_STR("new"));
    inc_json_close(json, '}');
}

static void end(inc_writer *w)
{
    state *s = w->state;
    inc_json *json = &s->json;
    int status = w->result ? w->result->status : 0;
    inc_json_close(json, ']');
    inc_json_open(json, "invocations", '[');
    inc_json_open(json, NULL, '{');
    inc_json_bool(json, "executionSuccessful", status == INC_STATUS_FINE || status == INC_STATUS_ERRORS);
    inc_json_uint(json, "exitCode", (uint64_t)status);
    if (s->failures.out) {
        inc_json_close(&s->failures, ']');
        inc_json_raw(json, "toolExecutionNotifications", inc_str_trim(inc_buf_str(&s->notifications)));
    }
    inc_json_close(json, '}');
    inc_json_close(json, ']');
    inc_json_close(json, '}');
    inc_json_close(json, ']');
    inc_json_close(json, '}');
}

const inc_writer_info inc_writer_sarif = {.to_stdout = true, .fingerprints = true, .begin = begin, .finding = write_finding, .end = end};
