/* report_json.c - everything as one JSON object; docs/diagnostics.schema.json describes it. Members are always there, in this order. */
#include "base/json.h"
#include "cli/report.h"
#include "incipit.h"

static void add_position(inc_json *json, const char *key, const inc_source *source, uint32_t line, uint32_t column, uint32_t offset)
{
    inc_json_open(json, key, '{');
    inc_json_uint(json, "line", line);
    inc_json_uint(json, "column", column);
    inc_json_uint(json, "offset", inc_source_raw_offset(source, offset));
    inc_json_close(json, '}');
}

static void add_span(inc_json *json, const inc_finding *finding)
{
    const inc_place *place = &finding->place;
    if (!finding->placed) {
        inc_json_null(json, "span");
        return;
    }
    inc_json_open_flat(json, "span", '{');
    add_position(json, "start", finding->source, place->line, place->column, place->offset);
    add_position(json, "end", finding->source, place->end_line, place->end_column, place->end_offset);
    inc_json_close(json, '}');
}

static void add_chain(inc_json *json, const inc_finding *finding)
{
    inc_json_open(json, "includedFrom", '[');
    for (unsigned i = 0; i < finding->chain_count; i++) {
        const inc_included *link = &finding->chain[i];
        inc_json_open_flat(json, NULL, '{');
        inc_json_str(json, "path", link->path);
        inc_json_uint(json, "line", link->place.line);
        inc_json_uint(json, "column", link->place.column);
        inc_json_uint(json, "others", link->others);
        inc_json_close(json, '}');
    }
    inc_json_close(json, ']');
}

static void begin(inc_writer *w)
{
    inc_json *json = w->state = INC_NEW(w->arena, inc_json);
    *json = inc_json_to(w->out);
    inc_json_open(json, NULL, '{');
    inc_json_str(json, "format", INC_STR("incipit-diagnostics"));
    inc_json_uint(json, "formatVersion", 1);
    inc_json_str(json, "incipit", INC_STR(INCIPIT_VERSION));
    inc_json_str(json, "command", inc_str_of(w->how->command));
    inc_json_str(json, "book", inc_str_of(w->how->book));
    inc_json_text(json, "title", w->result ? w->result->title : INC_STR(""));
    inc_json_open(json, "findings", '[');
}

static void write_finding(inc_writer *w, const inc_finding *finding)
{
    inc_json *json = w->state;
    const inc_diag *diag = finding->diag;
    inc_json_open(json, NULL, '{');
    inc_json_str(json, "id", inc_str_of(finding->info->name));
    inc_json_str(json, "severity", diag->severity == INC_FATAL ? INC_STR("fatal") : inc_str_of(inc_report_severity(diag->severity)));
    inc_json_bool(json, "known", diag->known);
    inc_json_str(json, "message", diag->message);
    inc_json_text(json, "hint", diag->hint);
    inc_json_text(json, "path", finding->path);
    add_span(json, finding);
    inc_json_text(json, "page", diag->page);
    add_chain(json, finding);
    inc_json_str(json, "fingerprint", finding->fingerprint);
    inc_json_close(json, '}');
}

static void add_summary(inc_json *json, const inc_diags *diags)
{
    static const inc_diags none = {0};
    const inc_diags *d = diags ? diags : &none;
    inc_json_open_flat(json, "summary", '{');
    inc_json_uint(json, "fatal", d->count[INC_FATAL]);
    inc_json_uint(json, "errors", d->count[INC_ERROR]);
    inc_json_uint(json, "warnings", d->count[INC_WARNING]);
    inc_json_uint(json, "notes", d->count[INC_NOTE]);
    inc_json_uint(json, "known", d->known);
    inc_json_uint(json, "off", d->off);
    inc_json_close(json, '}');
}

static void add_outputs(inc_json *json, const inc_build_result *result)
{
    inc_json_open(json, "outputs", '[');
    for (unsigned i = 0; result && i < result->output_count; i++) {
        const inc_output *output = &result->outputs[i];
        inc_json_open_flat(json, NULL, '{');
        inc_json_str(json, "kind", output->to == INC_TO_PDF ? INC_STR("pdf") : output->to == INC_TO_PRINT ? INC_STR("print") : INC_STR("epub"));
        inc_json_str(json, "path", output->path);
        inc_json_uint(json, "bytes", output->bytes);
        inc_json_close(json, '}');
    }
    inc_json_close(json, ']');
}

static void end(inc_writer *w)
{
    inc_json *json = w->state;
    const inc_build_result *result = w->result;
    inc_json_close(json, ']');
    add_summary(json, w->diags);
    add_outputs(json, result);
    inc_json_uint(json, "pages", result ? result->page_count : 0);
    inc_json_uint(json, "status", result ? (uint64_t)result->status : 0);
    inc_json_close(json, '}');
}

const inc_writer_info inc_writer_json = {.to_stdout = true, .fingerprints = true, .begin = begin, .finding = write_finding, .end = end};
